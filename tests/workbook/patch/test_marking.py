"""Marks that wait for the user, beside those of a check."""

from pathlib import Path

import pytest

from lkt.model import Ref
from lkt.xlsx.annotate import MARK, Mark, Wait, annotate, mark, strip_annotations, strip_marks
from tests.workbook.patch.looking import canonical, cells_of, load, note, problems, root
from tests.workbook.patch.samples import SAMPLES, by_openpyxl, by_xlsxwriter, on, unzipped

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def marks(*cells: str, wait: Wait = Wait.FILL) -> list[Mark]:
    return [Mark(Ref("Data", cell), "Isi di sini.", wait) for cell in cells]


def formulas(data: bytes, part: str = "xl/worksheets/sheet1.xml") -> list[str]:
    found = [item.text or "" for item in root(data, part).iter(f"{MAIN}formula")]
    return [text for text in found if MARK in text]


@pytest.mark.parametrize(
    ("cell", "wait", "formula"),
    [
        ("B4", Wait.FILL, f"AND({MARK},ISBLANK(B4))"),
        ("A2", Wait.REVIEW, f'AND({MARK},ISTEXT(A2),EXACT(A2,"satu"))'),
        ("B2", Wait.REVIEW, f"AND({MARK},ISNUMBER(B2),B2=1)"),
        ("A2", Wait.NOTHING, ""),
    ],
)
def test_until_when_a_cell_has_colour(cell: str, wait: Wait, formula: str) -> None:
    marked = mark(by_openpyxl(), marks(cell, wait=wait))
    assert formulas(marked) == ([formula] if formula else [])
    assert "Isi di sini." in note(marked, "Data", cell)


@pytest.mark.parametrize("name", SAMPLES)
def test_marks_change_no_content_and_leave_no_trace_in_cells(name: str, tmp_path: Path) -> None:
    original = SAMPLES[name]()
    sheet = load(original).sheetnames[0]
    wanted = [
        Mark(Ref(sheet, cell), "Isi.", wait) for cell, wait in zip(("A1", "B2", "C9"), Wait, strict=True)
    ]
    marked = mark(original, [*wanted, Mark(Ref("Tidak Ada", "A1"), "Isi.")])
    assert cells_of(marked) == cells_of(original)
    assert set(problems(marked, tmp_path)) <= set(problems(original, tmp_path))
    stripped = strip_marks(marked)
    for part, content in unzipped(original).items():
        if part.startswith("xl/worksheets/") and part.endswith(".xml"):
            assert canonical(unzipped(stripped)[part]) == canonical(content)


def test_a_note_of_the_user_stays() -> None:
    marked = mark(by_xlsxwriter(), marks("A1"))
    assert note(marked, "Data", "A1").startswith("Catatan pengguna")
    assert "Isi di sini." in note(marked, "Data", "A1")
    assert note(strip_marks(marked), "Data", "A1") == "Catatan pengguna"


def test_neither_kind_of_mark_takes_the_other_along() -> None:
    both = annotate(mark(by_openpyxl(), marks("B2")), [on("Data", "B2")])
    assert "Isi di sini." in note(strip_annotations(both), "Data", "B2")
    assert "Keliru." not in note(strip_annotations(both), "Data", "B2")
    assert "Keliru." in note(strip_marks(both), "Data", "B2")
    assert "Isi di sini." not in note(strip_marks(both), "Data", "B2")


def test_a_colour_left_behind_is_used_again() -> None:
    once = mark(by_openpyxl(), marks("B2", "B3"))
    twice = mark(strip_marks(once), marks("B4"))
    assert unzipped(twice)["xl/styles.xml"] == unzipped(once)["xl/styles.xml"]
