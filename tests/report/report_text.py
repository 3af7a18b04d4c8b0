"""A report as readable text: a line a paragraph with its style, a line a table row with its cells."""

import io
from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

import docx
from docx.table import Table
from docx.text.paragraph import Paragraph

from lkt.pipeline import Result, run
from lkt.report.build import build_report, read_template
from lkt.report.passages import formula
from tests.builders import base, dataset, edited


def result_of(edits: Mapping[str, str], triwulan: int = 1, extra: str = "") -> Result:
    """The clean workbook with some cells changed, worked out."""
    return run(dataset(edited(base(triwulan=triwulan) + extra, edits)))


def report_of(result: Result, *, draft: bool = False) -> bytes:
    """Its report by the default template."""
    return build_report(result, *read_template(None), draft=draft)


def dump(report: bytes) -> str:
    """The visible text of the whole document, header and footer of each section included."""
    document: Any = docx.Document(io.BytesIO(report))
    lines = list(_blocks(document.iter_inner_content()))
    for number, section in enumerate(document.sections, start=1):
        size = f"{round(section.page_width.mm)} × {round(section.page_height.mm)} mm"
        footer = " / ".join(_shown(paragraph) for paragraph in section.footer.paragraphs)
        lines.append(f"[bagian {number}] {size}; kaki: {footer!r}")
    return "\n".join(lines) + "\n"


def _blocks(blocks: Iterator[Any]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            pictures = len(block._p.xpath(".//w:drawing"))
            text = _shown(block) + (f" [{pictures} gambar]" if pictures else "")
            yield f"[{block.style.name if block.style else '?'}] {text!r}"
        elif isinstance(block, Table):
            yield f"[tabel {block.style.name if block.style else '?'}]"
            for row in block.rows:
                merged = {cell._tc: cell for cell in row.cells}
                yield "  | " + " | ".join(map(_cell, merged.values()))


def _shown(paragraph: Any) -> str:
    """The text of a paragraph with its equations on the line; one kind of space."""
    copied = deepcopy(paragraph._p)
    for equation in copied.xpath("./m:oMath"):
        run = copied.add_r()
        run.text = formula(equation)
        equation.getparent().replace(equation, run)
    return Paragraph(copied, paragraph._parent).text.replace("\N{NO-BREAK SPACE}", " ")


def _cell(cell: Any) -> str:
    pictures = len(cell._tc.xpath(".//w:drawing"))
    return " ¶ ".join(map(_shown, cell.paragraphs)).replace("\n", " ↵ ") + (
        f"[{pictures} gambar]" if pictures else ""
    )


def sentences(report: bytes) -> str:
    """The body text alone, for looking for a sentence."""
    document: Any = docx.Document(io.BytesIO(report))
    return "\n".join(map(_shown, document.paragraphs))
