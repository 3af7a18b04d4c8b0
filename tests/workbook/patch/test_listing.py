"""The sheet of findings: what it lists, its links, its page, and its name."""

import io
from typing import Any

from lkt.model import Ref
from lkt.xlsx.annotate import annotate, strip_annotations
from tests.workbook.patch.looking import (
    LISTING,
    conditions,
    load,
)
from tests.workbook.patch.samples import (
    INFO,
    ODD_NAME,
    by_openpyxl,
    by_xlsxwriter,
    finding,
    on,
    unzipped,
    zipped,
)


def test_the_last_sheet_lists_every_finding_with_a_link() -> None:
    found = (on("Data", "B2", "B3", "B4", "D2"), on(ODD_NAME, "B2", severity=INFO), finding(Ref("Data")))
    sheet = load(annotate(by_xlsxwriter(), found)).worksheets[-1]
    rows = [[str(cell.value or "") for cell in row] for row in sheet.iter_rows()]
    assert sheet.title == LISTING
    assert rows[0] == ["Tingkat", "Kode", "Sel", "Pesan", "Tertulis", "Seharusnya", "Selisih", "Perbaikan"]
    assert rows[1] == [
        "KESALAHAN",
        "A103",
        "Data!B2:B4, D2",
        "Keliru.",
        "26%",
        "25,12%",
        "0,88 poin",
        "Betulkan.",
    ]
    assert [row[2] for row in rows[2:]] == [f"{ODD_NAME}!B2", "Data"]
    assert [sheet[f"C{row}"].hyperlink.location for row in (2, 3, 4)] == [
        "'Data'!B2",
        "'Dana ''A'' & B'!B2",
        "'Data'!A1",
    ]


def test_the_list_can_be_filtered_and_printed() -> None:
    sheet = load(annotate(by_xlsxwriter(), [on("Data", "B2")])).worksheets[-1]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:H2"
    assert sheet.page_setup.orientation == "landscape"
    assert (sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage) == (0, True)
    assert sheet.print_title_rows == "$1:$1"
    assert sheet["D2"].alignment.wrap_text


def test_sheets_and_cells_are_found_as_people_write_them() -> None:
    annotated = annotate(by_openpyxl(), [on("DATA", "$b$2")])
    assert list(conditions(annotated, "xl/worksheets/sheet1.xml")) == ["B2"]
    assert load(annotated).worksheets[-1]["C2"].hyperlink.location == "'Data'!B2"


def test_many_cells_are_counted_and_a_missing_sheet_gets_no_link() -> None:
    found = [on("Data", *(f"B{row}" for row in range(2, 21, 2))), on("Tidak Ada", "A1")]
    sheet = load(annotate(by_openpyxl(), found)).worksheets[-1]
    assert sheet["C2"].value == "Data!B2, B4, B6, B8, dan 6 sel lain"
    assert sheet["C3"].value == "Tidak Ada!A1"
    assert sheet["C3"].hyperlink is None


def test_without_findings_the_list_says_so() -> None:
    assert load(annotate(by_openpyxl(), [])).worksheets[-1]["D2"].value == "Tidak ada temuan."


def test_a_sheet_of_the_same_name_by_the_user_is_left_alone() -> None:
    parts = unzipped(by_openpyxl())
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b'"Kosong"', f'"{LISTING.upper()}"'.encode())
    once = annotate(zipped(parts), [on("Data", "B2")])
    assert load(once).sheetnames == ["Data", LISTING.upper(), f"{LISTING} (2)"]
    assert annotate(once, [on("Data", "B2")]) == once


def test_names_of_other_sheets_keep_their_place_when_the_list_is_not_last_any_more() -> None:
    book = load(annotate(by_openpyxl(), [on("Data", "B2")]))
    book.move_sheet(book[LISTING], -2)
    book["Kosong"].print_title_rows = "1:2"
    path_like = _saved(book)
    stripped = load(strip_annotations(path_like))
    assert stripped.sheetnames == ["Data", "Kosong"]
    assert stripped["Kosong"].print_title_rows == "$1:$2"


def _saved(book: Any) -> bytes:
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()
