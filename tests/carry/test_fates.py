"""The table of fates beside the declaration of the workbook."""

import pytest

from lkt.carry.fates import BY_JENIS, COLUMNS, ROWS, Fate, is_emptied
from lkt.workbook.declaration import IDENTITAS, KEYS, SHEET, SHEETS


def test_every_key_has_a_fate() -> None:
    assert set(COLUMNS[IDENTITAS]) == {key.field for key in KEYS}


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_every_column_has_a_fate(sheet: object) -> None:
    declared = SHEET[getattr(sheet, "name", "")]
    dates = {"tanggal"} if declared.field == "desa" else set()
    assert set(COLUMNS[declared.name]) == {column.field for column in declared.columns} | dates


def test_no_other_sheet_or_kind_is_named() -> None:
    assert set(COLUMNS) == {IDENTITAS, *SHEET}
    assert set(ROWS) <= set(SHEET)
    assert {jenis for jenis, _ in BY_JENIS} <= set(SHEET["Indikator"].column("jenis").choices)
    assert {field for _, field in BY_JENIS} <= set(COLUMNS["Indikator"])


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
