"""What the declaration says of the fate of each column."""

import pytest

from lkt.workbook.declaration import KEYS, SHEETS, Fate, Kind, is_emptied

_FIGURES = {Kind.MONEY, Kind.PERCENT, Kind.MEASURE, Kind.DATE, Kind.PERIOD}


@pytest.mark.parametrize(
    "column",
    [column for sheet in SHEETS if sheet.fate is Fate.STAYS for column in sheet.columns],
    ids=lambda column: column.heading,
)
def test_no_figure_and_no_date_goes_on_by_oversight(column: object) -> None:
    """A column says nothing where it stays; an amount, a percentage or a date cannot stay for good."""
    kind, fate = getattr(column, "kind", None), getattr(column, "fate", None)
    assert kind not in _FIGURES or fate is not Fate.STAYS


def test_only_the_period_and_the_date_of_the_report_move_on_sheet_identitas() -> None:
    moving = {key.field: key.fate for key in KEYS if key.fate is not Fate.STAYS}
    assert moving == {"tahun": Fate.ROLLS, "triwulan": Fate.ROLLS, "tanggal_laporan": Fate.QUARTERLY}


@pytest.mark.parametrize(
    ("fate", "in_year", "in_new_year"),
    [
        (Fate.STAYS, False, False),
        (Fate.TEXT, False, False),
        (Fate.COMPUTED, False, False),
        (Fate.ROLLS, False, False),
        (Fate.QUARTERLY, True, True),
        (Fate.YEARLY, False, True),
        (Fate.YEARLY_TEXT, False, True),
    ],
)
def test_when_a_cell_is_emptied(fate: Fate, in_year: bool, in_new_year: bool) -> None:
    assert is_emptied(fate, new_year=False) is in_year
    assert is_emptied(fate, new_year=True) is in_new_year
