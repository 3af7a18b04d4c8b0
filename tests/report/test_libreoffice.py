"""The filled document as LibreOffice shows it."""

import shutil
from pathlib import Path

import pypdf
import pytest
from docx.document import Document
from docx.enum.section import WD_SECTION

from lkt.libreoffice import convert
from lkt.wordtemplate.template import compile_template
from tests.wordtemplate.docx_builder import PROPERTIES, Heading, chart, make, picture

pytestmark = [
    pytest.mark.libreoffice,
    pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is missing"),
    pytest.mark.usefixtures("libreoffice"),
]

BLOCKS = (
    Heading("BAB III CAPAIAN"),
    "Lihat {{ rujuk('t2') }} dan {{ rujuk('foto') }}.",
    "{%p for x in daftar %}",
    "{{ tabel('t' ~ loop.index, 3) }}: {{ x.nama }}",
    "{{ x.ket }}",
    "{%p endfor %}",
    [
        ["No", "Nama"],
        ["{%tr for x in daftar %}", ""],
        ["{{ loop.index }}", "{{ x.nama }}"],
        ["{%tr endfor %}", ""],
    ],
    "{{ foto }}",
    "{{ gambar('foto', 3) }}: rapat",
    "{{ grafik }}",
)


def sample() -> bytes:
    """A document of two sections, the second with a first page of its own."""

    def change(document: Document) -> None:
        document.sections[0].header.paragraphs[0].text = "Kecamatan {{ nama }} {{ logo }}"
        document.add_section(WD_SECTION.NEW_PAGE).different_first_page_header_footer = True
        document.add_paragraph("bagian dua")
        document.add_paragraph().paragraph_format.page_break_before = True
        document.add_paragraph("akhir")

    daftar = [{"nama": "A & B", "ket": "satu\ndua"}, {"nama": "C", "ket": "tiga"}]
    context = {"daftar": daftar, "foto": picture("blue"), "logo": picture("red"), "nama": "Sukamaju"}
    context["grafik"] = chart(names=("A&B<C", "kedua"), values=("35.48", None))
    template = compile_template(make(*BLOCKS, change=change), "uji.docx")
    return template.render(context, properties=PROPERTIES, watermark="DRAF")


def test_text_and_numbers_are_shown(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(sample())
    (pdf,) = convert([tmp_path / "a.docx"], tmp_path)
    pages = [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(pdf).pages]
    for words in (
        "Lihat Tabel 3.2 dan Gambar 3.1.",
        "Tabel 3.1: A & B satu dua Tabel 3.2: C tiga",
        "Gambar 3.1: rapat",
        "Kecamatan Sukamaju",
    ):
        assert words in pages[0]
    for words in ("A&B<C", "kedua", "35.48", "Sepuluh"):
        assert words in " ".join(pages)
