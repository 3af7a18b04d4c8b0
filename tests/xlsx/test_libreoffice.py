"""Patched workbooks as LibreOffice opens, calculates and saves them."""

import pytest

from lkt.model import Ref
from lkt.workbook.annotation import annotate
from lkt.xlsx import Formula, NewValue
from tests.converting import SavedAs
from tests.xlsx.looking import LISTING, conditions, load, note, with_cells, without_annotations
from tests.xlsx.samples import SAMPLES, by_openpyxl, by_xlsxwriter, findings_for, on

pytestmark = pytest.mark.libreoffice
CORRECTIONS: dict[str, NewValue] = {
    "B2": 2,
    "B3": None,
    "B4": 0.31,
    "B5": "-2.5",
    "B6": 1e19,
    "D4": 45383,
    "A2": "Satu",
    "A3": 5,
    "A4": "baris baru",
    "A5": "x" * 401,
    "A7": "tepi",
    "A8": "xA",
    "D2": None,
    "D3": False,
    "D5": 0,
    "C4": 1,
    "C6": "x",
}


def test_highlights_hold_until_a_cell_is_corrected(saved_as: SavedAs) -> None:
    original = by_xlsxwriter()
    formulas = conditions(annotate(original, [on("Data", *CORRECTIONS)]), "xl/worksheets/sheet1.xml")
    tests: dict[Ref, NewValue] = {
        Ref("Data", f"T{row}"): Formula(f"AND({formulas[cell]})") for row, cell in enumerate(CORRECTIONS, 1)
    }
    corrected = {Ref("Data", cell): value for cell, value in CORRECTIONS.items()}
    before, after = with_cells(original, tests), with_cells(original, corrected | tests)
    books = saved_as("xlsx", {"before.xlsx": before, "after.xlsx": after})
    for name, expected in (("before.xlsx", True), ("after.xlsx", False)):
        sheet = load(books[name], values=True)["Data"]
        results = {cell: sheet[f"T{row}"].value for row, cell in enumerate(CORRECTIONS, 1)}
        assert results == dict.fromkeys(CORRECTIONS, expected)


def test_an_annotated_copy_opens_and_prints(saved_as: SavedAs) -> None:
    books = {f"{name}.xlsx": annotate(SAMPLES[name](), findings_for(name)) for name in ("asli", "xlsxwriter")}
    assert all(data.startswith(b"%PDF") for data in saved_as("pdf", books).values())


def test_marks_are_found_after_a_save_by_libreoffice(saved_as: SavedAs) -> None:
    original = by_openpyxl()
    annotated = annotate(original, [on("Data", "A2", "B2", "B3")])
    saved = saved_as("xlsx", {"buku.xlsx": annotated})["buku.xlsx"]
    assert load(saved).sheetnames[-1] == LISTING
    stripped = without_annotations(saved)
    assert load(stripped).sheetnames == load(original).sheetnames
    assert note(stripped, "Data", "A2") == "Catatan pengguna"
    assert load(stripped)["Data"]["B2"].comment is None
    assert not conditions(stripped, "xl/worksheets/sheet1.xml")
    assert load(annotate(saved, [on("Data", "B2")])).sheetnames == [*load(original).sheetnames, LISTING]
