"""Mistakes as Word comments at their tags; the rest of the document stays as it is."""

import io
import re
import zipfile

import docx
import pytest
from docx.document import Document
from lxml import etree

from lkt.report.templates import inspect_template
from lkt.wordtemplate.inspection import annotated
from tests.converting import SavedAs
from tests.wordtemplate.docx_builder import (
    Block,
    W,
    Xml,
    findings,
    make,
    new_document,
    part,
    parts,
    read,
    saved,
)

_W = f"{{{W}}}"


def marked(data: bytes) -> bytes:
    return annotated(data, "uji.docx", inspect_template(data, "uji.docx").mistakes)


def comments(data: bytes) -> list[tuple[str, str]]:
    """Of each comment what it is about and what it says."""
    root = etree.fromstring(part(data).encode())
    said = {
        each.get(f"{_W}id"): "\n".join(str(p.xpath("string(.)")) for p in each)
        for each in etree.fromstring(part(data, "word/comments.xml").encode())
    }
    return [(about(root, number or ""), text) for number, text in said.items()]


def about(root: etree._Element, number: str) -> str:
    """The text between the two marks of a comment, each of which is there once."""
    (start,) = root.iterfind(f".//{_W}commentRangeStart[@{_W}id='{number}']")
    (end,) = root.iterfind(f".//{_W}commentRangeEnd[@{_W}id='{number}']")
    (_,) = root.iterfind(f".//{_W}commentReference[@{_W}id='{number}']")
    order = list(root.iter())
    return "".join(
        each.text or "" for each in order[order.index(start) : order.index(end)] if each.tag == f"{_W}t"
    )


@pytest.mark.parametrize(
    ("block", "tags"),
    [
        ("awal {{ zz }} akhir", ["{{ zz }}"]),
        ("{{ zz }}{{ yy }}", ["{{ zz }}", "{{ yy }}"]),
        (("a {{ z", "z", " }} b {{ yy }}"), ["{{ zz }}", "{{ yy }}"]),
        ([["{{ zz }}", "{{ yy }}"]], ["{{ zz }}", "{{ yy }}"]),
        ("{% for i in indikator %}", ["{% for i in indikator %}"]),
        ("teks }} lagi", ["}}"]),
        (Xml("<w:p><w:r><w:t>a</w:t><w:br/><w:t>{{ zz }}b</w:t></w:r></w:p>"), ["{{ zz }}"]),
        (Xml('<w:p><w:hyperlink w:anchor="a"><w:r><w:t>{{z}}</w:t></w:r></w:hyperlink></w:p>'), ["{{z}}"]),
    ],
)  # fmt: skip
def test_a_comment_is_about_its_tag(block: Block, tags: list[str]) -> None:
    data = make(block)
    result = marked(data)
    assert [tag for tag, _ in comments(result)] == tags
    assert read(result).element.body.xpath("string(.)") == read(data).element.body.xpath("string(.)")
    assert findings(result) == []


def test_what_it_says_by_whom_and_nothing_of_when() -> None:
    result = marked(make("{{ periode.nma }}"))
    assert comments(result) == [("{{ periode.nma }}", "Nama «nma» tidak dikenal. Maksud Anda «nama»?")]
    assert 'w:author="lkt"' in part(result, "word/comments.xml")
    assert "w:date" not in part(result, "word/comments.xml")
    assert result == marked(make("{{ periode.nma }}"))


def test_two_mistakes_of_one_tag_are_one_comment() -> None:
    ((_, said),) = comments(marked(make("{{ zz ~ yy }}")))
    assert said.splitlines() == ["Nama «zz» tidak dikenal.", "Nama «yy» tidak dikenal."]


def test_formatting_stays_when_a_run_is_cut() -> None:
    rpr = "<w:rPr><w:b/></w:rPr>"
    result = marked(make(Xml(f"<w:p><w:r>{rpr}<w:t>a {{{{ zz }}}} b</w:t></w:r></w:p>")))
    bold = [run.text for run in read(result).paragraphs[0].runs if run.bold]
    assert bold == ["a ", "{{ zz }}", " b"]


def test_what_word_cannot_comment_is_told_in_the_body() -> None:
    def change(document: Document) -> None:
        document.sections[0].header.paragraphs[0].text = "{{ zz }}"

    box = Xml(
        '<w:p><w:r><w:t>luar</w:t></w:r><w:r><w:pict><v:shape style="width:9pt;height:9pt"><v:textbox>'
        "<w:txbxContent><w:p><w:r><w:t>{{ yy }}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape>"
        "</w:pict></w:r></w:p>"
    )
    result = marked(make("pertama", box, change=change))
    (first, header), (outer, inside) = comments(result)
    assert (first, "kepala halaman 1" in header, "{{ zz }}" in header) == ("pertama", True, True)
    assert (outer, "kotak teks" in inside) == ("luar{{ yy }}", True)
    assert findings(result) == []


def test_existing_comments_are_kept() -> None:
    document = new_document()
    paragraph = document.add_paragraph("{{ zz }}")
    document.add_comment(paragraph.runs, text="dari Camat", author="Camat")
    data = saved(document)
    result = marked(data)
    texts = [comment.text for comment in docx.Document(io.BytesIO(result)).comments]
    assert texts == ["dari Camat", "Nama «zz» tidak dikenal."]
    assert len(findings(result)) == len(findings(data))  # python-docx names a style that its document lacks


def test_all_else_in_the_file_is_as_it_was() -> None:
    data = make("awal", "{{ zz }}", [["a"]])
    result = marked(data)
    changed = {"word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"}
    assert set(parts(result)) - set(parts(data)) == {"word/comments.xml"}
    before, after = (zipfile.ZipFile(io.BytesIO(each)) for each in (data, result))
    for name in set(parts(data)) - changed:
        assert before.read(name) == after.read(name), name
    assert re.sub(r"<w:comment[^>]*>", "", part(result)).count("<w:p>") == part(data).count("<w:p>")


@pytest.mark.libreoffice
def test_libreoffice_shows_them(saved_as: SavedAs) -> None:
    saved = saved_as("odt", {"a.docx": marked(make("{{ zz }} dan {{ yy }}"))})["a.docx"]
    with zipfile.ZipFile(io.BytesIO(saved)) as archive:
        content = archive.read("content.xml").decode()
    assert content.count("<office:annotation ") == 2
    assert "Nama «yy» tidak dikenal." in content
