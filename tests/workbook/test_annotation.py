"""The annotated copy: what is added for findings and for cells to fill in, and what stays as it was."""

import io
import re
from pathlib import Path
from typing import Any

import pytest

from lkt.errors import UnreadableWorkbookError
from lkt.findings import Severity
from lkt.model import Ref
from lkt.workbook import annotation
from lkt.workbook.annotation import LISTING, TITLE, Mark, Wait, add_marks, annotate
from tests.builders import EXAMPLES
from tests.packages import unzipped, zipped
from tests.xlsx.looking import (
    MAIN,
    canonical,
    cells_of,
    changed,
    conditions,
    load,
    note,
    problems,
    root,
    without_annotations,
    without_marks,
)
from tests.xlsx.samples import (
    INFO,
    ODD_NAME,
    SAMPLES,
    WARNING,
    by_hand,
    by_openpyxl,
    by_xlsxwriter,
    finding,
    findings_for,
    on,
    with_threads,
)

EVERY = pytest.mark.parametrize("name", SAMPLES)
SHEET = "xl/worksheets/sheet1.xml"
END = "\u200b"
OURS = f"{TITLE}\nKESALAHAN A103: Keliru.\nPerbaikan: Betulkan.{END}"
COLOURS = {Severity.ERROR: "FFFFB3AD", Severity.WARNING: "FFFFE36E", Severity.INFO: "FFBFDDF5"}
TOUCHED = re.compile(
    r"\[Content_Types\]\.xml|xl/(workbook|styles)\.xml|xl/_rels/.*|xl/comments.*|xl/drawings/(vml|comments).*"
    r"|xl/worksheets/.*|ab/.*"
)


def parts_like(name: str, data: bytes) -> list[str]:
    return [content.decode() for part, content in unzipped(data).items() if name in part]


# Nothing else changes


@EVERY
def test_parts_and_cells_keep_what_they_hold(name: str) -> None:
    original = SAMPLES[name]()
    annotated = annotate(original, findings_for(name))
    before, after = unzipped(original), unzipped(annotated)
    assert before.keys() <= after.keys()
    assert not {part for part in before if before[part] != after[part] and not TOUCHED.fullmatch(part)}
    for values in (False, True):
        assert cells_of(annotated, values=values) == cells_of(original, values=values)


@EVERY
def test_annotating_again_gives_the_same(name: str) -> None:
    original, found = SAMPLES[name](), findings_for(name)
    once = annotate(original, found)
    assert annotate(original, found) == once
    assert unzipped(annotate(once, found)) == unzipped(once)
    others = annotate(annotate(original, found[:2]), found)
    assert unzipped(others).keys() == unzipped(once).keys()
    assert load(others).sheetnames == load(once).sheetnames
    for sheet in load(once).sheetnames:
        assert _shown(others, sheet) == _shown(once, sheet)


def _shown(data: bytes, sheet: str) -> dict[str, object]:
    """Contents, notes and highlights of a sheet."""
    found = load(data)[sheet]
    cells = {
        cell.coordinate: (cell.value, cell.comment and cell.comment.text) for cell in found._cells.values()
    }
    return {**cells, **{str(each.sqref): each.rules[0].formula for each in found.conditional_formatting}}


@EVERY
def test_without_its_marks_a_workbook_reads_as_before(name: str) -> None:
    original = SAMPLES[name]()
    clean = without_annotations(annotate(original, findings_for(name)))
    assert load(clean).sheetnames == load(original).sheetnames
    for sheet in load(original).sheetnames:
        assert _shown(clean, sheet) == _shown(original, sheet)
    assert len(parts_like(".vml", clean)) == len(parts_like(".vml", original))


@pytest.mark.parametrize("name", ["xlsxwriter", "asli"])
def test_the_annotated_copy_is_valid(name: str, tmp_path: Path) -> None:
    original = SAMPLES[name]()
    assert problems(annotate(original, findings_for(name)), tmp_path) == problems(original, tmp_path)


def test_marks_are_found_after_a_save_by_another_program() -> None:
    original = by_openpyxl()
    clean = without_annotations(_saved(load(annotate(original, findings_for("openpyxl")))))
    assert load(clean).sheetnames == ["Data", "Kosong"]
    notes = [cell.comment for cell in load(clean)["Data"]._cells.values() if cell.comment]
    assert [str(comment.text) for comment in notes] == ["Catatan pengguna"]
    assert not conditions(clean, SHEET)
    assert cells_of(original).items() <= cells_of(clean).items()


def _saved(book: Any) -> bytes:
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"bukan zip",
        by_openpyxl()[:2000],
        zipped({"a": b"b"}),
        zipped({**unzipped(by_openpyxl()), SHEET: b"<worksheet"}),
        zipped({**unzipped(by_hand()), "xl/workbook.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
    ],
    ids=["empty", "text", "cut", "no workbook", "broken sheet", "dtd"],
)
def test_a_damaged_package_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableWorkbookError):
        annotate(data, [on("Data", "B2")])


# Highlights


@pytest.mark.parametrize("severity", Severity)
def test_the_worst_level_decides_the_colour(severity: Severity) -> None:
    found = [on("Data", "B2", severity=level) for level in Severity if level.value >= severity.value]
    worst = min((each.severity for each in found), key=list(Severity).index)
    assert _colours(annotate(by_xlsxwriter(), found)) == {"B2": COLOURS[worst]}


def test_a_merged_cell_is_marked_where_it_shows() -> None:
    annotated = annotate(by_xlsxwriter(), [on("Data", "F8", "E7")])
    assert list(conditions(annotated, SHEET)) == ["D7"]
    assert note(annotated, "Data", "D7") == OURS


def test_sheets_and_cells_are_found_as_people_write_them() -> None:
    annotated = annotate(by_openpyxl(), [on("DATA", "$b$2")])
    assert list(conditions(annotated, SHEET)) == ["B2"]
    assert load(annotated).worksheets[-1]["C3"].hyperlink.location == "'Data'!B2"


def _colours(data: bytes) -> dict[str, str]:
    formats = load(data)["Data"].conditional_formatting
    ours = [each for each in formats if "lkt" in "".join(each.rules[0].formula)]
    return {str(each.sqref): each.rules[0].dxf.fill.bgColor.rgb for each in ours}


# Notes


def test_a_note_says_level_code_message_and_repair() -> None:
    found = [on("Data", "B2"), on("Data", "B2", severity=WARNING, code="A101")]
    comment = load(annotate(by_openpyxl(), found))["Data"]["B2"].comment
    assert comment.author == "lkt"
    assert comment.text == OURS.replace(END, f"\n\nPERINGATAN A101: Keliru.\nPerbaikan: Betulkan.{END}")


def test_very_many_findings_on_a_cell_are_counted() -> None:
    found = [on("Data", "B2", code=f"A1{number:02}") for number in range(15)]
    assert note(annotate(by_openpyxl(), found), "Data", "B2").endswith(
        f"Dan 3 temuan lain pada sel ini.{END}"
    )


def test_a_conversation_is_left_alone() -> None:
    original = with_threads()
    annotated = annotate(original, [on("Data", "A2", "B2")])
    assert note(annotated, "Data", "A2") == "Catatan pengguna"
    assert note(annotated, "Data", "B2") == OURS
    only = annotate(original, [on("Data", "A2")])
    different = {part for part, content in unzipped(original).items() if unzipped(only)[part] != content}
    assert not any("omment" in part or part.endswith(".vml") for part in different)
    assert load(only).worksheets[-1]["C3"].value == "Data!A2"


def test_what_the_user_adds_to_our_note_stays() -> None:
    parts = unzipped(annotate(by_openpyxl(), [on("Data", "A2", "B2")]))
    name = next(part for part in parts if part.startswith("xl/comments"))
    parts[name] = parts[name].replace(END.encode(), f"{END}Sudah dibetulkan.".encode())
    clean = without_annotations(zipped(parts))
    assert note(clean, "Data", "A2") == "Catatan penggunaSudah dibetulkan."
    assert note(clean, "Data", "B2") == "Sudah dibetulkan."


# The sheet that lists them


def test_a_sheet_lists_every_finding_with_a_link() -> None:
    found = (on("Data", "B2", "B3", "B4", "D2"), on(ODD_NAME, "B2", severity=INFO), finding(Ref("Data")))
    sheet = load(annotate(by_xlsxwriter(), found)).worksheets[-1]
    rows = [[str(cell.value or "") for cell in row] for row in sheet.iter_rows()]
    assert sheet.title == LISTING
    assert rows[0] == ["Hasil pemeriksaan: 2 kesalahan, 1 catatan", *[""] * 7]
    assert rows[1] == ["Tingkat", "Kode", "Sel", "Pesan", "Perbaikan", "Tertulis", "Seharusnya", "Selisih"]
    assert rows[2] == [
        "KESALAHAN",
        "A103",
        "Data!B2:B4, D2",
        "Keliru.",
        "Betulkan.",
        "26%",
        "25,12%",
        "0,88 poin",
    ]
    assert [row[2] for row in rows[3:]] == [f"{ODD_NAME}!B2", "Data"]
    links = [sheet[f"C{row}"].hyperlink.location for row in (3, 4, 5)]
    assert links == ["'Data'!B2", "'Dana ''A'' & B'!B2", "'Data'!A1"]


def test_the_copy_opens_on_the_list_behind_the_guide() -> None:
    guide = "Petunjuk"
    original = (EXAMPLES / "senduro-2024-tw1-asli.xlsx").read_bytes()
    before, once = load(original), annotate(original, [on("Anggaran", "B2")])
    for data in (once, annotate(once, [on("Anggaran", "B3")])):
        book = load(data)
        assert book.sheetnames == [guide, LISTING, *before.sheetnames[1:]]
        assert book.active.title == LISTING
        assert [sheet.title for sheet in book if sheet.sheet_view.tabSelected] == [LISTING]
        assert [sheet.print_title_rows for sheet in book if sheet.title != LISTING] == [
            sheet.print_title_rows for sheet in before
        ]
    clean = load(without_annotations(once))
    assert clean.sheetnames == before.sheetnames
    assert clean.active.title == guide


def test_the_list_can_be_filtered_and_printed() -> None:
    sheet = load(annotate(by_xlsxwriter(), [on("Data", "B2")])).worksheets[-1]
    assert sheet.freeze_panes == "A3"
    assert sheet.auto_filter.ref == "A2:H3"
    assert sheet.page_setup.orientation == "landscape"
    assert (sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage) == (0, True)
    assert sheet.print_title_rows == "$1:$2"
    assert sheet["D3"].alignment.wrap_text


def test_many_cells_are_counted_and_a_missing_sheet_gets_no_link() -> None:
    found = [on("Data", *(f"B{row}" for row in range(2, 21, 2))), on("Tidak Ada", "A1")]
    sheet = load(annotate(by_openpyxl(), found)).worksheets[-1]
    assert sheet["C3"].value == "Data!B2, B4, B6, B8, dan 6 sel lain"
    assert sheet["C4"].value == "Tidak Ada!A1"
    assert sheet["C4"].hyperlink is None


def test_of_very_many_findings_the_first_are_marked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(annotation, "_MOST_LISTED", 50)
    found = [on("Data", f"B{row}", f"C{row}") for row in range(2, 60)]
    annotated = annotate(by_openpyxl(), found)
    sheet = load(annotated).worksheets[-1]
    assert (sheet["C52"].value, sheet["C53"].value) == ("Data!B51, C51", None)
    assert sheet["D53"].value == "Dan 8 temuan lain; betulkan dahulu yang di atas."
    assert len(conditions(annotated, SHEET)) == 50


def test_without_findings_the_list_says_so() -> None:
    sheet = load(annotate(by_openpyxl(), [])).worksheets[-1]
    assert [sheet[cell].value for cell in ("A1", "D3")] == ["Tidak ada temuan."] * 2


def test_a_sheet_of_the_same_name_by_the_user_is_left_alone() -> None:
    parts = unzipped(by_openpyxl())
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b'"Kosong"', f'"{LISTING.upper()}"'.encode())
    once = annotate(zipped(parts), [on("Data", "B2")])
    assert load(once).sheetnames == ["Data", LISTING.upper(), f"{LISTING} (2)"]
    assert unzipped(annotate(once, [on("Data", "B2")])) == unzipped(once)


def test_names_of_other_sheets_keep_their_place_when_the_list_is_not_last_any_more() -> None:
    book = load(annotate(by_openpyxl(), [on("Data", "B2")]))
    book.move_sheet(book[LISTING], -2)
    book["Kosong"].print_title_rows = "1:2"
    clean = load(without_annotations(_saved(book)))
    assert clean.sheetnames == ["Data", "Kosong"]
    assert clean["Kosong"].print_title_rows == "$1:$2"


# Cells that wait for the user


def waiting(data: bytes, *marks: Mark) -> bytes:
    return changed(data, lambda book: add_marks(book, marks))


@pytest.mark.parametrize(
    ("cell", "wait", "formula"),
    [
        ("B4", Wait.FILL, 'AND(N("lkt isian")=0,ISBLANK(B4))'),
        ("A2", Wait.REVIEW, 'AND(N("lkt isian")=0,ISTEXT(A2),EXACT(A2,"satu"))'),
        ("B2", Wait.REVIEW, 'AND(N("lkt isian")=0,ISNUMBER(B2),B2=1)'),
        ("A2", Wait.NOTHING, ""),
    ],
)
def test_until_when_a_cell_has_colour(cell: str, wait: Wait, formula: str) -> None:
    marked = waiting(by_openpyxl(), Mark(Ref("Data", cell), "Isi di sini.", wait))
    formulas = [item.text or "" for item in root(marked, SHEET).iter(f"{MAIN}formula")]
    assert [text for text in formulas if "isian" in text] == ([formula] if formula else [])
    assert "Isi di sini." in note(marked, "Data", cell)


@EVERY
def test_marks_change_no_content_and_go_without_a_trace(name: str, tmp_path: Path) -> None:
    original = SAMPLES[name]()
    sheet = load(original).sheetnames[0]
    wanted = [
        Mark(Ref(sheet, cell), "Isi.", wait) for cell, wait in zip(("A1", "B2", "C9"), Wait, strict=True)
    ]
    marked = waiting(original, *wanted, Mark(Ref("Tidak Ada", "A1"), "Isi."))
    assert cells_of(marked) == cells_of(original)
    assert set(problems(marked, tmp_path)) <= set(problems(original, tmp_path))
    clean = unzipped(without_marks(marked))
    for part, content in unzipped(original).items():
        if part.startswith("xl/worksheets/") and part.endswith(".xml"):
            assert canonical(clean[part]) == canonical(content)


def test_neither_kind_of_mark_takes_the_other_along() -> None:
    both = annotate(waiting(by_xlsxwriter(), Mark(Ref("Data", "A1"), "Isi di sini.")), [on("Data", "A1")])
    assert note(both, "Data", "A1").startswith("Catatan pengguna\n")
    only_waiting, only_checked = without_annotations(both), without_marks(both)
    assert "Isi di sini." in note(only_waiting, "Data", "A1")
    assert "Keliru." not in note(only_waiting, "Data", "A1")
    assert "Keliru." in note(only_checked, "Data", "A1")
    assert "Isi di sini." not in note(only_checked, "Data", "A1")
    assert note(without_marks(only_waiting), "Data", "A1") == "Catatan pengguna"


def test_a_colour_left_behind_is_used_again() -> None:
    once = waiting(by_openpyxl(), *(Mark(Ref("Data", cell), "Isi.") for cell in ("B2", "B3")))
    twice = waiting(without_marks(once), Mark(Ref("Data", "B4"), "Isi."))
    assert unzipped(twice)["xl/styles.xml"] == unzipped(once)["xl/styles.xml"]
