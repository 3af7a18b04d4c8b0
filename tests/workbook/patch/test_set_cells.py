"""New values in cells: what they become in the file, and that nothing else changes."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from lkt.model import Ref
from lkt.workbook.styles import DATE_FORMAT, Percent
from lkt.xlsx.annotate import annotate, strip_annotations
from lkt.xlsx.package import PatchError
from lkt.xlsx.setting import Formula, NewValue, set_cells
from tests.workbook.patch.looking import MAIN, cells_of, formatting, load, problems, raw_entries, root
from tests.workbook.patch.samples import (
    ODD_NAME,
    SAMPLES,
    by_hand,
    by_openpyxl,
    by_xlsxwriter,
    on,
    unzipped,
    zipped,
)

DAY = datetime.fromisoformat("2024-03-31")
MORNING = datetime.fromisoformat("2024-03-31T06:00")


def change(cell: str, value: NewValue, data: bytes | None = None) -> bytes:
    return set_cells(data or by_xlsxwriter(), {Ref("Data", cell): value})


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (5, 5),
        (Decimal("25.12"), 25.12),
        (0.5, 0.5),
        (True, True),
        ("teks <&> ", "teks <&> "),
        ("baris\nbaru", "baris\nbaru"),
        (None, None),
        ("", None),
        (date(2024, 3, 31), DAY),
        (MORNING, MORNING),
        (Percent(Decimal("25.12"), 2), 0.2512),
        (Formula("=SUM(B2:B4)", 7), "=SUM(B2:B4)"),
    ],
)
@pytest.mark.parametrize("cell", ["A2", "B2", "C6", "D2", "H3", "A200"])
def test_a_cell_takes_any_value(cell: str, value: NewValue, written: object) -> None:
    data = by_xlsxwriter()
    sheet = load(change(cell, value, data))["Data"]
    assert sheet[cell].value == written
    assert _others(change(cell, value, data), cell) == _others(data, cell)


def _others(data: bytes, cell: str) -> dict[tuple[str, str], str]:
    return {key: value for key, value in cells_of(data).items() if key != ("Data", cell)}


def test_only_the_sheet_changes() -> None:
    original = by_openpyxl()
    before, after = raw_entries(original), raw_entries(change("B1", 7, original))
    assert {part for part in before if before[part] != after[part]} == {"xl/worksheets/sheet1.xml"}
    assert set_cells(original, {}) == original


@pytest.mark.parametrize("name", ["xlsxwriter", "openpyxl", "asli"])
def test_the_workbook_stays_valid(name: str, tmp_path: Path) -> None:
    original = SAMPLES[name]()
    sheet = load(original).sheetnames[0]
    values: dict[Ref, NewValue] = {
        Ref(sheet, "H9"): 1,
        Ref(sheet, "J1"): "teks",
        Ref(sheet, "B4"): date(2024, 1, 2),
    }
    assert problems(set_cells(original, values), tmp_path) == problems(original, tmp_path)


def test_dependents_are_calculated_when_the_copy_is_opened() -> None:
    assert load(change("B2", 7)).calculation.fullCalcOnLoad
    assert root(change("B1", 7, by_hand()), "xl/workbook.xml").find(f"{MAIN}calcPr") is not None


# Formats


def test_the_style_is_kept() -> None:
    original = by_xlsxwriter()
    for cell in ("A1", "D4", "D5"):
        assert formatting(load(change(cell, "x", original))["Data"][cell]) == formatting(
            load(original)["Data"][cell]
        )


@pytest.mark.parametrize(
    ("cell", "value", "code"),
    [
        ("B2", date(2024, 3, 31), DATE_FORMAT),
        ("D4", date(2024, 3, 31), "d mmmm yyyy"),
        ("B2", Percent(Decimal(30)), "0%"),
        ("B2", Percent(Decimal("30.125"), 3), "0.000%"),
        ("B2", 5, "General"),
    ],
)
def test_a_value_shows_as_what_it_is(cell: str, value: NewValue, code: str) -> None:
    assert load(change(cell, value))["Data"][cell].number_format == code


def test_a_number_in_a_cell_for_text_becomes_a_number() -> None:
    book = SAMPLES["asli"]()
    assert load(book)["Identitas"]["B13"].number_format == "@"
    changed = load(set_cells(book, {Ref("Identitas", "B13"): 5}))["Identitas"]["B13"]
    assert (changed.value, changed.number_format) == (5, "General")


def test_dates_count_from_1904_where_the_workbook_says_so() -> None:
    parts = unzipped(by_xlsxwriter())
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b"<workbookPr ", b'<workbookPr date1904="1" ')
    assert load(change("B2", date(2024, 3, 31), zipped(parts)))["Data"]["B2"].value == DAY


# New cells


def test_new_rows_and_cells_stand_in_order() -> None:
    values: dict[Ref, NewValue] = {
        Ref("Data", cell): cell for cell in ("C2", "A3", "A2", "E4", "A4", "B9", "D1")
    }
    changed = root(set_cells(by_hand(), values), "ab/lembar.xml")
    assert [row.get("r") for row in changed.iter(f"{MAIN}row")] == [None, "2", "3", "4", "9"]
    sheet = load(set_cells(by_hand(), values))["Data"]
    assert {ref.cell: sheet[ref.cell].value for ref in values} == {ref.cell: ref.cell for ref in values}
    assert sheet["B1"].value == 5


def test_a_new_cell_looks_like_its_column_and_the_sheet_grows() -> None:
    book = SAMPLES["asli"]()
    parts = unzipped(book)
    name = "xl/worksheets/sheet5.xml"
    parts[name] = parts[name].replace(b'<col min="1" max="1" ', b'<col min="1" max="1" style="3" ', 1)
    changed = root(set_cells(zipped(parts), {Ref("Anggaran", "A99"): "x"}), name)
    (cell,) = [item for item in changed.iter(f"{MAIN}c") if item.get("r") == "A99"]
    assert cell.get("s") == "3"
    dimension = changed.find(f"{MAIN}dimension")
    assert dimension is not None
    assert (dimension.get("ref") or "").endswith("99")


# Refusals


@pytest.mark.parametrize(
    ("ref", "value", "message"),
    [
        (Ref("Tidak Ada", "A1"), 1, "tidak ada"),
        (Ref("Data"), 1, "tidak ada"),
        (Ref("Data", "F8"), 1, "sel gabungan"),
        (Ref(ODD_NAME, "A1"), "Lain", "judul kolom tabel"),
        (Ref("Data", "A2"), "x" * 32768, "tidak muat"),
        (Ref("Data", "A2"), date(1900, 1, 1), "terlalu lama"),
    ],
)
def test_what_would_break_the_workbook_is_refused(ref: Ref, value: NewValue, message: str) -> None:
    with pytest.raises(PatchError, match=message):
        set_cells(by_xlsxwriter(), {ref: value})


def test_a_cell_of_an_annotated_copy_can_be_set() -> None:
    annotated = annotate(by_xlsxwriter(), [on("Data", "B2", "A6")])
    changed = strip_annotations(
        set_cells(annotated, {Ref("Data", "B2"): 7, Ref("Data", "A6"): date(2024, 1, 2)})
    )
    sheet = load(changed)["Data"]
    assert (sheet["B2"].value, sheet["A6"].value) == (7, datetime.fromisoformat("2024-01-02"))
    assert load(changed).sheetnames == load(by_xlsxwriter()).sheetnames
    assert sheet["A6"].fill.fill_type is None
