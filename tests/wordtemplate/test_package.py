"""Files in and out: what is refused and why, reproducible bytes, properties."""

import datetime as dt
from dataclasses import replace

import pytest

from lkt.errors import TemplateError
from lkt.wordtemplate import document as package
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


def retyped(content_type: str) -> bytes:
    def change(content: dict[str, bytes]) -> None:
        name = "[Content_Types].xml"
        content[name] = content[name].replace(MAIN.encode(), content_type.encode())

    return rezipped(make("isi"), change)


def in_document(old: bytes, new: bytes) -> bytes:
    return rezipped(
        make("isi"),
        lambda parts: parts.update({"word/document.xml": parts["word/document.xml"].replace(old, new)}),
    )


def refusal(data: bytes) -> str:
    with pytest.raises(TemplateError) as caught:
        compile_template(data, "uji.docx")
    assert caught.value.hint
    return caught.value.message


def test_what_is_no_word_document() -> None:
    assert "bukan berkas Word" in refusal(b"halo")
    assert "bukan berkas Word" in refusal(make("isi")[:-500])
    assert ".doc lama atau dilindungi kata sandi" in refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512))
    assert "bukan dokumen Word" in refusal(rezipped(make("isi"), dict.clear))
    assert "bukan dokumen Word" in refusal(
        rezipped(make("isi"), lambda parts: parts.pop("word/document.xml"))
    )
    assert "bukan dokumen Word" in refusal(retyped("application/vnd.ms-excel"))


def test_macros_are_refused() -> None:
    assert "memuat makro" in refusal(retyped("application/vnd.ms-word.document.macroEnabled.main+xml"))
    assert "memuat makro" in refusal(
        rezipped(make("isi"), lambda parts: parts.update({"word/vbaProject.bin": b""}))
    )


def test_a_word_template_becomes_a_document() -> None:
    template = compile_template(retyped(MAIN.replace("document.main", "template.main")), "uji.dotx")
    assert lines(template.render({}, properties=PROPERTIES)) == ["isi"]


def test_damaged_and_hostile_xml() -> None:
    assert "bagian word/document.xml tidak terbaca" in refusal(in_document(b"</w:body>", b""))
    bomb = b"<!DOCTYPE a [<!ENTITY b 'c'>]><w:document"
    assert "jenis dokumen (DTD) pada bagian word/document.xml" in refusal(in_document(b"<w:document", bomb))
    strict = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
    assert "Strict" in refusal(
        in_document(b"http://schemas.openxmlformats.org/wordprocessingml/2006/main", strict)
    )


def test_a_damaged_index() -> None:
    assert "rusak" in refusal(
        rezipped(make("isi"), lambda parts: parts.update({"[Content_Types].xml": b"<"}))
    )


def test_a_protected_or_bombed_zip(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "LIMIT", 1000)
    assert "terlalu besar" in refusal(make("isi"))


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


def test_rendering_leaves_the_template_as_it_was() -> None:
    template = compiled("{{ x }}")
    first = template.render({"x": "a"}, properties=PROPERTIES)
    template.render({"x": picture()}, properties=PROPERTIES, watermark="DRAF")
    assert template.render({"x": "a"}, properties=PROPERTIES) == first


def test_core_properties() -> None:
    core = read(compiled("isi").render({}, properties=replace(PROPERTIES, keywords="a & b"))).core_properties
    assert (core.title, core.subject, core.author, core.keywords) == (
        "Laporan",
        "Kinerja",
        "Kecamatan",
        "a & b",
    )
    assert core.created == core.modified == PROPERTIES.created


def test_a_local_time_is_written_as_utc() -> None:
    wita = dt.timezone(dt.timedelta(hours=8))
    made = replace(PROPERTIES, created=dt.datetime(2025, 4, 10, 8, tzinfo=wita))
    assert "2025-04-10T00:00:00Z" in part(compiled("isi").render({}, properties=made), "docProps/core.xml")


def test_custom_properties_are_added_to_those_there() -> None:
    document = read(compiled("isi").render({}, properties=PROPERTIES))
    assert package.custom_properties(document) == {}
    package.add_custom_properties(document, {"a": "1", "b": "2"})
    package.add_custom_properties(document, {"b": "3", "c": "4"})
    again = package.save(document)
    assert package.custom_properties(read(again)) == {"a": "1", "b": "3", "c": "4"}
    assert findings(again) == []
