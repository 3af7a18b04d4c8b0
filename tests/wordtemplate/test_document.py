"""Files in and out: what is refused and why, reproducible bytes, properties, watermarks."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from docx.document import Document
from docx.enum.section import WD_SECTION

from lkt.errors import TemplateError
from lkt.wordtemplate import document as package
from lkt.wordtemplate import limits
from lkt.wordtemplate.template import compile_template
from tests.wordtemplate.docx_builder import (
    PROPERTIES,
    compiled,
    findings,
    lines,
    make,
    part,
    parts,
    picture,
    read,
    rezipped,
)

MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def with_part(name: str, change: Callable[[bytes], bytes]) -> bytes:
    return rezipped(make("isi"), lambda parts: parts.update({name: change(parts.get(name, b""))}))


def retyped(content_type: str) -> bytes:
    return with_part("[Content_Types].xml", lambda old: old.replace(MAIN.encode(), content_type.encode()))


def in_document(old: bytes, new: bytes) -> bytes:
    return with_part("word/document.xml", lambda data: data.replace(old, new))


WORD = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MANY = {f"word/media/{number}.xml": b"<a/>" for number in range(3000)}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"halo", "bukan berkas Word"),
        (make("isi")[:-500], "bukan berkas Word"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), ".doc lama atau dilindungi kata sandi"),
        (rezipped(make("isi"), dict.clear), "bukan dokumen Word"),
        (rezipped(make("isi"), lambda parts: parts.pop("word/document.xml")), "bukan dokumen Word"),
        (retyped("application/vnd.ms-excel"), "bukan dokumen Word"),
        (retyped("application/vnd.ms-word.document.macroEnabled.main+xml"), "memuat makro"),
        (with_part("word/vbaProject.bin", bytes), "memuat makro"),
        (in_document(b"</w:body>", b""), "bagian word/document.xml tidak terbaca"),
        (in_document(b"<w:document", b"<!DOCTYPE a [<!ENTITY b 'c'>]><w:document"),
         "jenis dokumen (DTD) pada bagian word/document.xml"),
        (in_document(WORD, b"http://purl.oclc.org/ooxml/wordprocessingml/main"), "Strict"),
        (with_part("[Content_Types].xml", lambda _: b"<"), "rusak"),
        (with_part("word/styles.xml", lambda data: data.replace(b"w:styles", b"w:settings")),
         "bagian word/styles.xml berisi hal lain"),
        (rezipped(make("isi"), lambda parts: parts.update(MANY)), "terlalu banyak bagiannya"),
    ],
)  # fmt: skip
def test_what_is_no_word_document_that_can_be_used(data: bytes, words: str) -> None:
    with pytest.raises(TemplateError) as caught:
        compile_template(data, "uji.docx")
    assert words in caught.value.message
    assert caught.value.hint


def test_a_word_template_becomes_a_document() -> None:
    template = compile_template(retyped(MAIN.replace("document.main", "template.main")), "uji.dotx")
    assert lines(template.render({}, properties=PROPERTIES)) == ["isi"]


def test_a_file_that_unpacks_to_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "BYTES", 1000)
    with pytest.raises(TemplateError, match="terlalu besar"):
        compile_template(make("isi"), "uji.docx")


RELS = "word/_rels/document.xml.rels"


def renamed(old: str, new: str, *, told: str = "") -> bytes:
    """A file with a part of another name; ``told`` is how the others call it."""

    def change(content: dict[str, bytes]) -> None:
        content[new] = content.pop(old)
        for name, data in list(content.items()):
            if name.endswith((".rels", "Types].xml")):
                content[name] = data.replace(old.encode(), (told or new).encode())

    return rezipped(make("isi {{ x }}"), change)


def linked(entry: str) -> bytes:
    end = b"</Relationships>"
    return rezipped(
        make("isi {{ x }}"),
        lambda content: content.update({RELS: content[RELS].replace(end, entry.encode() + end)}),
    )


OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@pytest.mark.parametrize(
    "data",
    [
        rezipped(
            renamed("word/document.xml", "word/document2.xml"),
            lambda content: content.update({"word/_rels/document2.xml.rels": content.pop(RELS)}),
        ),
        renamed("word/document.xml", "word/Document.xml", told="word/document.xml"),
        renamed(RELS, "word/_rels/Document.XML.RELS"),
        renamed("_rels/.rels", "_RELS/.rels"),
        linked(f'<Relationship Id="rId90" Type="{OFFICE}/image" Target="NULL"/>'),
        linked(f'<Relationship Id="rId90" Type="{OFFICE}/hyperlink" Target="#_top"/>'),
        linked(f'<Relationship Id="rId90" Type="{OFFICE}/image" Target="../word/media/tidak-ada.png"/>'),
    ],
    ids=["another name", "case of a name", "case of rels", "case of a folder", "NULL", "place", "missing"],
)
def test_files_of_other_programs(data: bytes) -> None:
    filled = compile_template(data, "uji.docx").render({"x": "1"}, properties=PROPERTIES, watermark="DRAF")
    assert lines(filled) == ["isi 1"]
    assert findings(filled) == []


def test_equal_input_gives_equal_bytes() -> None:
    blocks = ("{{ foto }}", "{{ tabel('a', 1) }}", "{{ rujuk('a') }}")
    data = make(*blocks)
    first, second = (
        compile_template(data, "uji.docx").render(
            {"foto": picture()}, properties=PROPERTIES, watermark="DRAF"
        )
        for _ in range(2)
    )
    assert first == second
    names = parts(first)
    assert names[0] == "[Content_Types].xml"
    assert names[1:] == sorted(names[1:])


def test_a_footer_that_is_none_is_filled_in_all_the_same() -> None:
    def change(document: Document) -> None:
        document.sections[0].footer.paragraphs[0].text = "{{ x }}"

    data = make("isi", change=change)
    (name,) = (name for name in parts(data) if name.startswith("word/footer"))
    odd = rezipped(
        data, lambda all_parts: all_parts.update({name: all_parts[name].replace(b"w:ftr", b"w:t")})
    )
    template = compile_template(odd, "uji.docx")
    assert "a</w:t>" in part(template.render({"x": "a"}, properties=PROPERTIES), name)


def test_rendering_leaves_the_template_as_it_was() -> None:
    template = compiled("{{ x }}")
    first = template.render({"x": "a"}, properties=PROPERTIES)
    template.render({"x": picture()}, properties=PROPERTIES, watermark="DRAF")
    assert template.render({"x": "a"}, properties=PROPERTIES) == first


def test_core_properties() -> None:
    wita = dt.timezone(dt.timedelta(hours=8))
    made = replace(PROPERTIES, subject="a & b", created=dt.datetime(2025, 4, 10, 8, tzinfo=wita))
    core = read(compiled("isi").render({}, properties=made)).core_properties
    assert (core.title, core.subject, core.author) == ("Laporan", "a & b", "Kecamatan")
    assert core.created == core.modified == dt.datetime(2025, 4, 10, tzinfo=dt.UTC)


def test_custom_properties_are_added_to_those_there() -> None:
    document = read(compiled("isi").render({}, properties=PROPERTIES))
    assert package.custom_properties(document) == {}
    package.add_custom_properties(document, {"a": "1", "b": "2"})
    package.add_custom_properties(document, {"b": "3", "c": "4"})
    again = package.save(document)
    assert package.custom_properties(read(again)) == {"a": "1", "b": "3", "c": "4"}
    assert findings(again) == []


# Watermarks ------------------------------------------------------------------------------------------------


def marked(change: Callable[[Document], object] = lambda _: None, text: str = "DRAF") -> bytes:
    template = compile_template(make("isi {{ x }}", change=change), "uji.docx")
    return template.render({"x": "1"}, properties=PROPERTIES, watermark=text)


def headers(data: bytes) -> list[str]:
    return [part(data, name) for name in parts(data) if name.startswith("word/header")]


def as_it_is(_: Document) -> None:
    """One section without a header."""


def with_header(document: Document) -> None:
    document.sections[0].header.paragraphs[0].text = "Kecamatan {{ x }}"


def of_each_kind(document: Document) -> None:
    document.sections[0].different_first_page_header_footer = True
    document.settings.odd_and_even_pages_header_footer = True


def later(document: Document) -> None:
    """A later section inherits the header of its pages, and lacks that of its first one."""
    document.add_section(WD_SECTION.NEW_PAGE).different_first_page_header_footer = True


@pytest.mark.parametrize(
    ("change", "number"), [(as_it_is, 1), (with_header, 1), (of_each_kind, 3), (later, 2)]
)
def test_the_word_is_on_every_page(change: Callable[[Document], object], number: int) -> None:
    data = marked(change)
    assert len(headers(data)) == part(data).count("w:headerReference") == number
    assert all('string="DRAF"' in header for header in headers(data))
    assert ("Kecamatan 1" in headers(data)[0]) == (change is with_header)
    assert lines(data)[0] == "isi 1"
    assert findings(data) == []


def test_its_text_is_escaped() -> None:
    assert 'string="A &amp; &quot;B&quot;"' in headers(marked(text='A & "B"'))[0]


def test_no_text_makes_no_watermark() -> None:
    assert headers(marked(text="")) == []


@pytest.mark.parametrize(
    "compat", ["", "<w:compat/>", "<w:compat><w:ulTrailSpace/><w:useFELayout/></w:compat>"]
)
def test_a_line_before_a_break_is_not_stretched(compat: str) -> None:
    def change(content: dict[str, bytes]) -> None:
        settings = re.sub(rb"<w:compat>.*</w:compat>", b"", content["word/settings.xml"])
        before = settings.index(b"<w:rsids>")
        content["word/settings.xml"] = settings[:before] + compat.encode() + settings[before:]

    template = compile_template(rezipped(make("{{ teks }}"), change), "uji.docx")
    filled = template.render({"teks": "satu\ndua"}, properties=PROPERTIES)
    settings = part(filled, "word/settings.xml")
    names = ("ulTrailSpace", "doNotExpandShiftReturn", "useFELayout", "rsids")
    places = [settings.index(f"<w:{name}") for name in names if f"<w:{name}" in settings]
    assert settings.count("<w:doNotExpandShiftReturn/>") == 1
    assert places == sorted(places)
