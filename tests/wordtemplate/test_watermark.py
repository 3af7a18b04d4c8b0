"""A watermark is in the header of every page, whichever headers the template has."""

from collections.abc import Callable

from docx.document import Document
from docx.enum.section import WD_SECTION

from lkt.wordtemplate.template import compile_template
from tests.wordtemplate.docx_builder import PROPERTIES, findings, lines, make, part, parts, read


def marked(change: Callable[[Document], object] = lambda _: None, text: str = "DRAF") -> bytes:
    template = compile_template(make("isi {{ x }}", change=change), "uji.docx")
    return template.render({"x": "1"}, properties=PROPERTIES, watermark=text)


def headers(data: bytes) -> list[str]:
    return [part(data, name) for name in parts(data) if name.startswith("word/header")]


def test_a_header_is_made_where_there_is_none() -> None:
    data = marked()
    assert len(headers(data)) == 1
    assert 'string="DRAF"' in headers(data)[0]
    assert lines(data) == ["isi 1"]
    assert findings(data) == []


def test_the_headers_that_are_there_are_used() -> None:
    def change(document: Document) -> None:
        document.sections[0].header.paragraphs[0].text = "Kecamatan {{ x }}"

    data = marked(change)
    (header,) = headers(data)
    assert 'string="DRAF"' in header
    assert "Kecamatan 1" in read(data).sections[0].header.paragraphs[0].text
    assert findings(data) == []


def test_first_and_even_pages_get_headers_of_their_own() -> None:
    def change(document: Document) -> None:
        document.sections[0].different_first_page_header_footer = True
        document.settings.odd_and_even_pages_header_footer = True

    data = marked(change)
    assert len(headers(data)) == 3
    assert part(data).count("w:headerReference") == 3
    assert findings(data) == []


def test_a_later_section_inherits_but_gets_what_it_lacks() -> None:
    def change(document: Document) -> None:
        document.add_section(WD_SECTION.NEW_PAGE).different_first_page_header_footer = True

    data = marked(change)
    assert len(headers(data)) == 2
    assert all('string="DRAF"' in header for header in headers(data))
    assert findings(data) == []


def test_its_text_is_escaped() -> None:
    assert 'string="A &amp; &quot;B&quot;"' in headers(marked(text='A & "B"'))[0]


def test_no_text_makes_no_watermark() -> None:
    assert headers(marked(text="")) == []
