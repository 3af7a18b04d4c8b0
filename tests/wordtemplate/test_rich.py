"""Pictures, captions and references to them."""

import re

import pytest
from docx.document import Document

from lkt.wordtemplate.template import compile_template
from lkt.wordtemplate.values import Picture
from tests.wordtemplate.docx_builder import (
    PROPERTIES,
    fill,
    findings,
    make,
    part,
    parts,
    picture,
    problem,
    read,
    rendered,
)

SEQ = re.compile(r"<w:instrText[^>]*> SEQ (\S+) \\\* ARABIC </w:instrText>")


def test_a_picture_stands_in_the_line() -> None:
    data = rendered("a {{ foto }} b", foto=picture(alt="Rapat <1> & “2”"))
    (shape,) = read(data).inline_shapes
    assert (shape.width, shape.height) == (1440000, 1080000)
    assert 'descr="Rapat &lt;1&gt; &amp; “2”"' in part(data)
    assert fill("a {{ foto }} b", foto=picture()) == ["a  b"]
    assert findings(data) == []


def test_equal_pictures_are_stored_once() -> None:
    photos = [picture("red"), picture("blue"), picture("red")]
    data = rendered("{%p for f in foto %}", "{{ f }}", "{%p endfor %}", foto=photos)
    assert sum(name.startswith("word/media/") for name in parts(data)) == 2
    assert re.findall(r'<wp:docPr id="(\d+)"', part(data)) == ["1", "2", "3"]
    assert findings(data) == []


def test_a_picture_in_a_header_is_related_to_it() -> None:
    def change(document: Document) -> None:
        document.sections[0].header.paragraphs[0].text = "{{ logo }}"

    template = compile_template(make("{{ foto }}", change=change), "uji.docx")
    data = template.render({"logo": picture("blue"), "foto": picture("red")}, properties=PROPERTIES)
    header = next(name for name in parts(data) if name.startswith("word/header"))
    assert part(data, f"word/_rels/{header[5:]}.rels").count("relationships/image") == 1
    assert '<wp:docPr id="2"' in part(data, header)
    assert findings(data) == []


def test_a_picture_without_size_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="width"):
        Picture(b"", 0, 1, "")


def test_captions_are_counted_by_label_and_chapter() -> None:
    blocks = (
        "{{ tabel('a', 3) }}",
        "{{ tabel('b', 3) }} x",
        "{{ gambar('c', 3) }}",
        "{{ tabel('d', 2) }}",
        "{{ tabel('e') }}",
    )
    data = rendered(*blocks)
    assert fill(*blocks) == ["Tabel 3.1", "Tabel 3.2 x", "Gambar 3.1", "Tabel 2.1", "Tabel 1"]
    assert SEQ.findall(part(data)) == ["Tabel_3", "Tabel_3", "Gambar_3", "Tabel_2", "Tabel"]
    assert findings(data) == []


def test_references_look_forward_and_backward() -> None:
    blocks = (
        "lihat {{ rujuk('b') }}",
        "{{ tabel('a', 3) }}",
        "{{ tabel('b', 3) }}",
        "lihat {{ rujuk(key='a') }}.",
    )
    data = rendered(*blocks)
    assert fill(*blocks) == ["lihat Tabel 3.2", "Tabel 3.1", "Tabel 3.2", "lihat Tabel 3.1."]
    names = re.findall(r'w:bookmarkStart w:id="\d+" w:name="(\w+)"', part(data))
    assert re.findall(r" REF (\w+) \\h ", part(data)) == names[::-1]
    assert all(re.fullmatch(r"_Ref\d{1,36}", name) for name in names)
    assert findings(data) == []


def test_captions_in_a_loop_make_their_keys() -> None:
    blocks = (
        "{%p for x in daftar %}",
        "{{ tabel('t' ~ loop.index, 3) }} {{ x }}",
        "{%p endfor %}",
        "{{ rujuk('t2') }}",
    )
    assert fill(*blocks, daftar=["a", "b"]) == ["Tabel 3.1 a", "Tabel 3.2 b", "Tabel 3.2"]


def test_a_caption_keeps_the_look_of_its_run() -> None:
    def change(document: Document) -> None:
        document.add_paragraph().add_run("{{ tabel('a', 1) }}: {{ x }}").bold = True

    data = compile_template(make(change=change), "uji.docx").render({"x": "isi"}, properties=PROPERTIES)
    assert all(run.bold for run in read(data).paragraphs[0].runs)
    assert read(data).paragraphs[0].text == "Tabel 1.1: isi"


def test_a_caption_may_be_made_before_it_is_printed() -> None:
    assert (
        fill("{% set judul = tabel('a', 1) %}", "{{ tabel('b', 1) }}{{ judul }}")[1] == "Tabel 1.1Tabel 1.2"
    )


def test_an_unknown_key() -> None:
    found = problem("{{ tabel('a', 3) }}", "lihat {{ rujuk('b') }}")
    assert found.startswith("isi dokumen, paragraf 2 («lihat {{ rujuk('b') }}»): {{ rujuk('b') }} — ")
    assert found.endswith("tidak ada tabel atau gambar dengan kunci «b».")


def test_a_repeated_key() -> None:
    found = problem("{{ tabel('a', 3) }}", "{{ tabel('a', 3) }}")
    assert found.startswith("isi dokumen, paragraf 2")
    assert "kunci «a» sudah dipakai" in found
