"""The worked examples of docs/templat.md, put into the default template as an office would in Word."""

import io
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import docx
from docx.shared import Mm

from lkt.report.templates import shipped_template

GUIDE = Path(__file__).parent / "templat.md"
_FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_STYLES = {"No": "Tabel Tengah", "Pagu": "Tabel Angka", "Serapan": "Tabel Angka"}
_WIDTHS = {"No": 24, "Program": 58, "Pagu": 36, "Serapan": 42, "Dokumen": 36, "Desa": 48, "Keadaan": 76}
_WIDTH = 80
"""Of a column, in mm."""
_BEFORE = "Tugas dan Fungsi {{ identitas.sebutan_camat }}"
"""The heading behind the last paragraph of the section that the examples are put into."""


def examples(kind: str) -> list[list[str]]:
    """The lines of each example of a kind: ``templat``, ``sebelum`` or ``sesudah``."""
    text = GUIDE.read_text(encoding="utf-8")
    return [body.splitlines() for name, body in _FENCE.findall(text) if name == kind]


def edited_template(added: Sequence[Sequence[str]] = (), wording: tuple[str, str] | None = None) -> bytes:
    """The default template with examples put in, and one wording changed for another.

    Raises:
        ValueError: the wording is not in the template.
    """
    document: Any = docx.Document(io.BytesIO(shipped_template()))
    for lines in added:
        _insert(document, lines)
    if wording:
        _reword(document, *wording)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _insert(document: Any, lines: Sequence[str]) -> None:
    heading = next(each for each in document.paragraphs if each.text == _BEFORE)
    rows = []
    for line in lines:
        if line.startswith("|"):
            rows.append([cell.strip() for cell in line[1:-1].split("|")])
        else:
            style = "caption" if line.startswith(("{{ tabel", "{{ gambar")) else "Body Text"
            heading.insert_paragraph_before(line, style=document.styles[style])
    if rows:
        heading._p.addprevious(_table(document, rows)._tbl)  # noqa: SLF001
        heading.insert_paragraph_before("", style=document.styles["Jarak Tabel"])


def _table(document: Any, rows: Sequence[Sequence[str]]) -> Any:
    """A table in the styles of the report; its first row is the heading."""
    table = document.add_table(len(rows), len(rows[0]), style=document.styles["Tabel Laporan"])
    table.autofit = False
    for column, heading in zip(table.columns, rows[0], strict=True):
        column.width = Mm(_WIDTHS.get(heading, _WIDTH))
    for number, (row, texts) in enumerate(zip(table.rows, rows, strict=True)):
        for cell, text, heading in zip(row.cells, texts, rows[0], strict=True):
            style = _STYLES.get(heading, "Tabel Isi") if number else "Tabel Kepala"
            cell.paragraphs[0].style = document.styles[style]
            cell.paragraphs[0].add_run(text)
            cell.width = Mm(_WIDTHS.get(heading, _WIDTH))
    return table


def _reword(document: Any, old: str, new: str) -> None:
    for paragraph in document.paragraphs:
        if old in paragraph.text:
            paragraph.text = paragraph.text.replace(old, new)
            return
    raise ValueError(f"not in the template: {old}")
