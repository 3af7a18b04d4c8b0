"""Lists of headings, tables and pictures: entries, links, fields, and what becomes of them when empty."""

import re
from typing import Any

import pytest
from docx.document import Document
from docx.enum.section import WD_SECTION
from docx.shared import Twips

from lkt.pipeline import run
from lkt.report.build import build_report
from lkt.report.templates import shipped_template
from lkt.wordtemplate.template import compile_template
from lkt.workbook.reader import read_workbook
from templates.build_laporan import OPTIONS
from templates.kit import TemplateDocument
from tests.builders import EXAMPLES
from tests.report.report_text import dump, report_of
from tests.wordtemplate.docx_builder import (
    PROPERTIES,
    Heading,
    Xml,
    fill,
    findings,
    lines,
    make,
    part,
    problem,
    problems,
    read,
    rendered,
    rezipped,
)

INSTRUCTION = re.compile(r"<w:instrText[^>]*>([^<]*)<")


def in_template(*paragraphs: tuple[str, str], **context: object) -> bytes:
    """Paragraphs of style and text in the styles of the default template, rendered."""
    document = TemplateDocument()
    for style, text in paragraphs:
        document.add(style, text)
    return compile_template(document.to_bytes(), "uji.docx").render(context, properties=PROPERTIES)


def entries(data: bytes) -> list[tuple[str, str]]:
    """The style and text of the list entries."""
    found: list[Any] = [p for p in read(data).paragraphs if p._p.xpath("./w:hyperlink")]
    return [(p.style.name, p.text) for p in found]


def test_headings_with_the_numbers_that_word_gives() -> None:
    data = in_template(
        ("Normal", "{{ daftar_isi() }}"),
        ("heading 1", "BAB I\nPENDAHULUAN"),
        ("heading 2", "Latar & {{ x }}"),
        ("List Number", "bukan judul"),
        ("heading 2", "Tugas"),
        ("heading 3", "terlalu dalam"),
        ("heading 1", "BAB II\nISI"),
        ("heading 2", "Capaian"),
        ("heading 2", "{{ kosong }}"),
        ("Judul Lampiran", "LAMPIRAN\nFOTO"),
        x="Isi",
        kosong="",
    )
    assert entries(data) == [
        ("toc 1", "BAB I PENDAHULUAN"),
        ("toc 2", "1.1\tLatar & Isi"),
        ("toc 2", "1.2\tTugas"),
        ("toc 1", "BAB II ISI"),
        ("toc 2", "2.1\tCapaian"),
        ("toc 1", "LAMPIRAN FOTO"),
    ]
    assert INSTRUCTION.findall(part(data)) == [r' TOC \o "1-2" \h \z \u ']
    assert findings(data) == []


def test_as_deep_as_was_asked_for() -> None:
    headings = (("heading 1", "A"), ("heading 2", "B"), ("heading 3", "C"))
    assert entries(in_template(("Normal", "{{ daftar_isi(1) }}"), *headings)) == [("toc 1", "A")]
    deep = in_template(("Normal", "{{ daftar_isi(3) }}"), *headings)
    assert entries(deep)[2] == ("toc 3", "1.1.1\tC")
    assert r"\o &quot;1-3&quot;" in part(deep) or r'\o "1-3"' in part(deep)


def test_captions_by_their_sequences() -> None:
    data = in_template(
        ("Normal", "{{ daftar_tabel() }}"),
        ("Normal", "{{ daftar_gambar() }}"),
        ("caption", "{{ tabel('a', 2) }}\nProgram"),
        ("caption", "{{ tabel('b', 3) }}: Capaian"),
        ("caption", "{{ gambar('c', 3) }} Grafik"),
        ("caption", "{{ tabel('d', 3) }} Biaya"),
        ("Normal", "lihat {{ rujuk('a') }}"),
    )
    assert entries(data) == [
        ("table of figures", "Tabel 2.1\tProgram"),
        ("table of figures", "Tabel 3.1: Capaian"),
        ("table of figures", "Tabel 3.2\tBiaya"),
        ("table of figures", "Gambar 3.1\tGrafik"),
    ]
    lists = [text for text in INSTRUCTION.findall(part(data)) if "TOC" in text]
    assert lists == [rf' TOC \h \z \c "{name}" ' for name in ("Tabel_2", "Tabel_3", "Gambar_3")]
    assert findings(data) == []


def test_each_entry_leads_to_its_own_bookmark() -> None:
    taken = '<w:p><w:bookmarkStart w:id="7" w:name="_Toc100000001"/><w:bookmarkEnd w:id="7"/></w:p>'
    xml = part(rendered("{{ daftar_isi() }}", Heading("Satu"), Xml(taken), Heading("Dua")))
    names = re.findall(r'<w:bookmarkStart [^>]*w:name="(_Toc\d+)"', xml)
    ids = re.findall(r'<w:bookmarkStart [^>]*w:id="(\d+)"', xml)
    assert len(set(names)) == len(names) == len(set(ids)) == 3
    assert [n for n in names if n != "_Toc100000001"] == re.findall(r'w:anchor="(\w+)"', xml)


def test_word_is_not_told_to_ask_on_opening() -> None:
    data = rendered("{{ daftar_isi() }}", Heading("Satu"))
    assert "w:dirty" not in part(data)
    assert "updateFields" not in part(data, "word/settings.xml")


def test_styles_that_the_template_lacks_are_made() -> None:
    blocks = ("{{ daftar_isi(9) }}", "{{ daftar_tabel() }}", Heading("Satu"), "{{ tabel('a', 1) }} Isi")
    data = rendered(*blocks)
    assert [style for style, _ in entries(data)] == ["toc 1", "table of figures"]
    assert findings(data) == []
    assert data == rendered(*blocks)


def test_the_numbers_end_at_the_margin_of_the_section() -> None:
    def change(document: Document) -> None:
        section = document.sections[0]
        section.page_width, section.left_margin, section.right_margin = Twips(10000), Twips(1500), Twips(500)
        document.add_section(WD_SECTION.NEW_PAGE).left_margin = Twips(0)
        document.add_heading("Satu", 1)

    template = compile_template(make("{{ daftar_isi() }}", change=change), "uji.docx")
    assert 'w:leader="dot" w:pos="8000"' in part(template.render({}, properties=PROPERTIES))


def test_an_empty_list_takes_its_title_along() -> None:
    data = in_template(
        ("TOC Heading", "DAFTAR GAMBAR"),
        ("Normal", "{{ daftar_gambar() }}"),
        ("Normal", "isi"),
        ("Normal", "{{ daftar_tabel() }}"),
    )
    assert lines(data) == ["isi"]


def test_an_empty_list_that_ends_a_section_leaves_the_end() -> None:
    block = Xml("<w:p><w:pPr><w:sectPr/></w:pPr><w:r><w:t>{{ daftar_isi() }}</w:t></w:r></w:p>")
    assert part(rendered(block, "isi")).count("<w:sectPr") == 2


@pytest.mark.parametrize(
    "blocks",
    [
        ("isi {{ daftar_isi() }}",),
        ("{{ daftar_tabel() }}{{ daftar_gambar() }}",),
        ("isi", "{% set d = daftar_isi() %}", "lihat {{ d }}"),
    ],
)
def test_a_list_is_alone_in_its_paragraph(blocks: tuple[str, ...]) -> None:
    assert "daftar harus sendirian dalam satu paragraf pada isi dokumen." in problem(*blocks)


def test_a_list_in_a_header_is_a_mistake() -> None:
    def change(document: Document) -> None:
        document.sections[0].header.paragraphs[0].text = "{{ daftar_isi() }}"

    template = compile_template(make("isi", change=change), "uji.docx")
    with pytest.raises(Exception, match=r"kepala halaman 1.*daftar harus sendirian"):
        template.render({}, properties=PROPERTIES)


@pytest.mark.parametrize("depth", ["0", "10", "'dua'"])
def test_a_depth_that_word_does_not_know(depth: str) -> None:
    assert "tingkat daftar isi adalah bilangan 1 sampai dengan 9." in problem(
        f"{{{{ daftar_isi({depth}) }}}}"
    )


def test_a_list_without_headings_says_nothing() -> None:
    assert fill("{{ daftar_isi() }}", "isi") == ["isi"]
    assert "fungsi «daftar_table» tidak dikenal" in problems("{{ daftar_table() }}")[0]


def test_a_list_in_a_template_with_a_style_of_no_kind() -> None:
    data = rezipped(
        make("{{ daftar_isi() }}", Heading("Satu")),
        lambda parts: parts.update(
            {"word/styles.xml": parts["word/styles.xml"].replace(b'w:type="character"', b'w:type="apa"')}
        ),
    )
    report = compile_template(data, "uji.docx").render({}, properties=PROPERTIES)
    assert entries(report) == [("toc 1", "Satu")]


def test_the_office_turns_the_lists_off_in_the_template() -> None:
    def change(parts: dict[str, bytes]) -> None:
        xml = parts["word/document.xml"].decode()
        assert OPTIONS[0] in xml
        parts["word/document.xml"] = xml.replace("daftar_isi = true", "daftar_isi = false").encode()

    result = run(read_workbook(EXAMPLES / "senduro-2024-tw1.xlsx"))
    with_lists = report_of(result)
    without = build_report(result, rezipped(shipped_template(), change), "kantor.docx")
    assert "DAFTAR ISI" in dump(with_lists)
    assert "DAFTAR" not in dump(without)
    assert len(read(without).sections) == len(read(with_lists).sections)  # ikhtisar stands there too
    assert findings(without) == []
