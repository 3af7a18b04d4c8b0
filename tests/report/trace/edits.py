"""A report, and what people do to one."""

import functools
import io
from collections.abc import Callable
from typing import Any

import docx
from PIL import Image

from lkt.report.passages import PassageChange, changes
from lkt.report.seal import unseal
from tests.report.report_text import report_of, result_of

SECOND_ROW = (
    "2 | Evaluasi rancangan Peraturan Desa tentang aset desa | 22 Januari 2024 | Lembar evaluasi | "
    "Kasi Pemerintahan"
)
"""What the row that ``without_row(3, 2)`` removes says."""

Edit = Callable[[Any], object]


@functools.cache
def report() -> bytes:
    """The report of the clean workbook."""
    return report_of(result_of({}))


def edited(edit: Edit, original: bytes | None = None) -> bytes:
    """A report after an edit in python-docx."""
    document = docx.Document(io.BytesIO(original or report()))
    edit(document)
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def found(data: bytes) -> tuple[PassageChange, ...]:
    """The edits that are found in a report."""
    sealed = unseal(data, "laporan.docx")
    assert sealed.written is not None
    return tuple(changes(sealed.written, sealed.content))


_SUMMARY = 2
"""Tables of the ikhtisar, before those that are counted here."""


def in_cell(table: int, row: int, column: int, text: str) -> Edit:
    def edit(document: Any) -> None:
        document.tables[table + _SUMMARY].rows[row].cells[column].paragraphs[0].runs[0].text = text

    return edit


def without_row(table: int, row: int) -> Edit:
    def edit(document: Any) -> None:
        found = document.tables[table + _SUMMARY].rows[row]._tr
        found.getparent().remove(found)

    return edit


def in_paragraph(old: str, new: str) -> Edit:
    """Put other words in the place of some."""

    def edit(document: Any) -> None:
        run = next(run for paragraph in document.paragraphs for run in paragraph.runs if old in run.text)
        run.text = run.text.replace(old, new, 1)

    return edit


def new_paragraph(before: str, text: str) -> Edit:
    def edit(document: Any) -> None:
        next(p for p in document.paragraphs if before in p.text).insert_paragraph_before(text)

    return edit


def other_picture(document: Any) -> None:
    """Swap the first picture for another one of the same size."""
    part = next(rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith("/image"))
    data = io.BytesIO()
    Image.new("RGB", (40, 30), "purple").save(data, "jpeg")
    part._blob = data.getvalue()


def footer(text: str) -> Edit:
    def edit(document: Any) -> None:
        document.sections[-1].footer.paragraphs[0].add_run(text)

    return edit
