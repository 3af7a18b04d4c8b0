"""The annotated copy: what is added, and that nothing else is changed."""

import io
import re
from pathlib import Path
from typing import Any

import pytest

from lkt.errors import UnreadableWorkbookError
from lkt.xlsx.annotate import annotate, strip_annotations
from lkt.xlsx.cell_styles import STATIC_FILLS
from tests.workbook.patch.looking import (
    MAIN,
    canonical,
    cells_of,
    conditions,
    load,
    problems,
    raw_entries,
)
from tests.workbook.patch.samples import (
    ERROR,
    SAMPLES,
    by_hand,
    by_openpyxl,
    findings_for,
    on,
    unzipped,
    zipped,
)

EVERY = pytest.mark.parametrize("name", SAMPLES)
TOUCHED = re.compile(
    r"\[Content_Types\]\.xml|xl/(workbook|styles)\.xml|xl/_rels/.*|xl/comments.*|xl/drawings/(vml|comments).*"
    r"|xl/worksheets/.*|ab/.*|xl/comments/.*"
)


@EVERY
def test_parts_without_marks_keep_their_compressed_bytes(name: str) -> None:
    original = SAMPLES[name]()
    before, after = raw_entries(original), raw_entries(annotate(original, findings_for(name)))
    assert before.keys() <= after.keys()
    assert not {part for part in before if before[part] != after[part] and not TOUCHED.fullmatch(part)}


@EVERY
def test_every_cell_keeps_value_and_formatting(name: str) -> None:
    original = SAMPLES[name]()
    annotated = annotate(original, findings_for(name))
    assert cells_of(annotated) == cells_of(original)
    assert cells_of(annotated, values=True) == cells_of(original, values=True)


@EVERY
def test_stripping_gives_the_original_back(name: str) -> None:
    original = SAMPLES[name]()
    before, after = unzipped(original), unzipped(strip_annotations(annotate(original, findings_for(name))))
    assert before.keys() == after.keys()
    changed = {part for part in before if before[part] != after[part]}
    assert not {part for part in changed if canonical(before[part]) != canonical(after[part])}


@EVERY
def test_annotating_again_gives_the_same_bytes(name: str) -> None:
    original, found = SAMPLES[name](), findings_for(name)
    once = annotate(original, found)
    assert annotate(original, found) == once
    assert annotate(once, found) == once
    assert annotate(annotate(original, found[:2]), found) == once


@EVERY
def test_a_workbook_without_marks_stays_as_it_is(name: str) -> None:
    original = SAMPLES[name]()
    assert raw_entries(strip_annotations(original)) == raw_entries(original)


@pytest.mark.parametrize("name", ["xlsxwriter", "asli", "contoh"])
def test_the_annotated_copy_is_valid(name: str, tmp_path: Path) -> None:
    original = SAMPLES[name]()
    assert problems(annotate(original, findings_for(name)), tmp_path) == problems(original, tmp_path)


# Marks that other programs saved


def test_marks_are_found_after_a_save_by_another_program() -> None:
    original = by_openpyxl()
    saved = _saved(load(annotate(original, findings_for("openpyxl"))))
    stripped = strip_annotations(saved)
    assert load(stripped).sheetnames == ["Data", "Kosong"]
    notes = [cell.comment for cell in load(stripped)["Data"]._cells.values() if cell.comment]
    assert [str(comment.text) for comment in notes] == ["Catatan pengguna"]
    assert not conditions(stripped, "xl/worksheets/sheet1.xml")
    assert {key: value for key, value in cells_of(stripped).items() if key in cells_of(original)} == cells_of(
        original
    )


def _saved(book: Any) -> bytes:
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


# Packages that cannot be read


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"bukan zip",
        by_openpyxl()[:2000],
        zipped({"a": b"b"}),
        zipped({**unzipped(by_openpyxl()), "xl/worksheets/sheet1.xml": b"<worksheet"}),
        zipped({**unzipped(by_hand()), "xl/workbook.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
    ],
    ids=["empty", "text", "cut", "no workbook", "broken sheet", "dtd"],
)
def test_a_damaged_package_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableWorkbookError):
        annotate(data, [on("Data", "B2")])


# What is missing is made, and taken away again


@pytest.mark.parametrize(
    "styles",
    [
        b'<styleSheet xmlns="%s"/>' % MAIN[1:-1].encode(),
        b'<styleSheet xmlns="%s"><fonts/><fills/><cellXfs/><dxfs/></styleSheet>' % MAIN[1:-1].encode(),
        None,
    ],
    ids=["no lists", "empty lists", "no part"],
)
def test_styles_are_made_where_there_are_none(styles: bytes | None) -> None:
    parts = unzipped(by_hand())
    if styles is not None:
        parts["xl/styles.xml"] = styles
    else:
        del parts["xl/styles.xml"]
        for name in ("[Content_Types].xml", "xl/_rels/workbook.xml.rels"):
            parts[name] = re.sub(rb"<[^>]*styles.xml[^>]*>", b"", parts[name])
    annotated = annotate(zipped(parts), [on("Data", "A1", "B4")])
    assert load(annotated)["Data"]["B4"].fill.fgColor.rgb == STATIC_FILLS[ERROR]
    after = unzipped(strip_annotations(annotated))
    assert after.keys() == parts.keys()
    assert not {name for name in parts if canonical(parts[name]) != canonical(after[name])}
