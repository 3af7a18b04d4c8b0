"""Pages as LibreOffice lays them out: none is left with a line or two, none ends with a heading."""

import io
import re
import shutil
from dataclasses import replace
from pathlib import Path

import docx
import pypdf
import pytest

from lkt.libreoffice import convert
from tests.looks import CASES, SECOND, draw_pictures, report_of

pytestmark = [
    pytest.mark.libreoffice,
    pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is missing"),
    pytest.mark.usefixtures("libreoffice"),
]

LONG_LOG = replace(CASES["03-sedang-tw2"], log=60)
REPORTS = {
    "kosong": CASES["02-kecil-a4-kosong"],
    "log-panjang": LONG_LOG,
    "triwulan": CASES["08-triwulan-f4"],
    "pembanding": replace(LONG_LOG, templat=SECOND),
}
MARGIN = 25 / 25.4 * 72
"""Points above and below the text."""
LEAST = 0.07
"""The part of a page that its text must take."""
HEADINGS = {"Heading 1", "Heading 2", "Heading 3", "Judul Depan", "TOC Heading", "Sub Ikhtisar"}


def lines_of(page: pypdf.PageObject) -> list[tuple[float, str]]:
    """The lines between the margins with their heights, from the top."""
    found: dict[float, str] = {}

    def visit(text: str, _: object, matrix: list[float], *__: object) -> None:
        if text.strip() and matrix[5] > MARGIN:
            height = round(matrix[5])
            found[height] = f"{found.get(height, '')}{text}"

    page.extract_text(visitor_text=visit)
    return sorted(((height, " ".join(text.split())) for height, text in found.items()), reverse=True)


def test_no_page_is_stranded(tmp_path: Path) -> None:
    pictures = draw_pictures(tmp_path / "gambar")
    reports = {name: report_of(case, pictures) for name, case in REPORTS.items()}
    for name, report in reports.items():
        (tmp_path / f"{name}.docx").write_bytes(report)
    stranded = []
    for pdf in convert([tmp_path / f"{name}.docx" for name in reports], tmp_path):
        document = docx.Document(io.BytesIO(reports[pdf.stem]))
        headings = {
            " ".join(paragraph.text.split())
            for paragraph in document.paragraphs
            if paragraph.style is not None and paragraph.style.name in HEADINGS
        }
        for number, page in enumerate(pypdf.PdfReader(pdf).pages[1:], 2):
            lines = lines_of(page)
            room = float(page.mediabox.height) - 2 * MARGIN
            last = re.sub(r"^[\d.]+\s*", "", lines[-1][1])
            filled = (float(page.mediabox.height) - MARGIN - lines[-1][0]) / room
            if filled < LEAST or last in headings:
                stranded.append((pdf.stem, number, round(filled, 2), last))
    assert not stranded, stranded
