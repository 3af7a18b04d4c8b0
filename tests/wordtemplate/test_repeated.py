"""What a loop repeats, or what stands beside a tag: valid, and nothing of it lost."""

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from docx.document import Document
from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml

from lkt.report.templates import inspect_template
from lkt.wordtemplate import annotated, compile_template
from lkt.wordtemplate.document import w
from tests.wordtemplate.docx_builder import (
    NAMESPACES,
    PROPERTIES,
    Block,
    Heading,
    Xml,
    findings,
    make,
    part,
    parts,
    picture,
    problems,
)

Change = Callable[[Document], object]
FOR, END = "{%p for i in x %}", "{%p endfor %}"


def filled(template: bytes, **values: object) -> bytes:
    values = {"x": ["satu", "dua", "tiga"], **values}
    return compile_template(template, "uji.docx").render(values, properties=PROPERTIES)


def run(text: str = "", *, more: str = "") -> str:
    return f"<w:r>{f'<w:t>{text}</w:t>' if text else ''}{more}</w:r>"


def paragraph(*content: str) -> Xml:
    return Xml(f"<w:p>{''.join(content)}</w:p>")


def notes(kind: str) -> Change:
    """Footnotes or endnotes, one of which has a text."""
    separators = "".join(
        f'<w:{kind} w:type="{name}" w:id="{number}"><w:p/></w:{kind}>'
        for number, name in ((-1, "separator"), (0, "continuationSeparator"))
    )
    own = f'<w:{kind} w:id="1"><w:p><w:r><w:t>Menurut {{{{ x[0] }}}}</w:t></w:r></w:p></w:{kind}>'
    xml = f"<w:{kind}s {NAMESPACES}>{separators}{own}</w:{kind}s>".encode()
    content, relation = {
        "footnote": (CT.WML_FOOTNOTES, RT.FOOTNOTES),
        "endnote": (CT.WML_ENDNOTES, RT.ENDNOTES),
    }[kind]

    def change(document: Document) -> None:
        name = PackURI(f"/word/{kind}s.xml")
        document.part.relate_to(Part(name, content, xml, document.part.package), relation)

    return change


def commented(document: Document) -> None:
    """A comment on the second paragraph, by a person."""
    comment: Any = document.add_comment(document.paragraphs[1].runs, "periksa", "Sekretaris", "S")
    for root in (document.element, comment._comment_elm):
        for style in [*root.iter(w("rStyle"), w("pStyle"))]:  # which this document has not
            style.getparent().remove(style)


def pictured(document: Document) -> None:
    """A picture in the second paragraph."""
    document.paragraphs[1].add_run().add_picture(io.BytesIO(picture().data))


def numbers(xml: str, name: str, attribute: str = "w:id") -> list[str]:
    return re.findall(rf"<{name}\b[^>]*? {attribute}=\"([^\"]*)\"", xml)


CHANGED = '<w:ins w:id="7" w:author="a" w:date="2024-01-01T00:00:00Z">{}</w:ins>'
SHAPE = (
    '<w:pict><v:shapetype id="_x0000_t202" coordsize="21600,21600" path="m,l,21600r21600,l21600,xe"/>'
    '<v:shape id="_x0000_s1026" type="#_x0000_t202" style="width:90pt;height:20pt"/></w:pict>'
)
CONTROL = "<w:sdt><w:sdtPr><w:id w:val='5'/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
BOOKMARK = '<w:bookmarkStart w:id="3" w:name="isi"/>{}<w:bookmarkEnd w:id="3"/>'
NAME = "{{ i }}"

REPEATED: dict[str, tuple[Xml | str, Change, str, str, str, int]] = {
    "comments": (NAME, commented, "comments.xml", "w:comment", "w:id", 3),
    "ranges of comments": (NAME, commented, "document.xml", "w:commentRangeStart", "w:id", 3),
    "footnotes": (
        paragraph(run(NAME), run(more='<w:footnoteReference w:id="1"/>')), notes("footnote"),
        "footnotes.xml", "w:footnote", "w:id", 5,
    ),
    "endnotes": (
        paragraph(run(NAME), run(more='<w:endnoteReference w:id="1"/>')), notes("endnote"),
        "document.xml", "w:endnoteReference", "w:id", 3,
    ),
    "bookmarks": (
        paragraph(BOOKMARK.format(run(NAME))), lambda _: None, "document.xml", "w:bookmarkStart", "w:name", 1,
    ),
    "drawings": (NAME, pictured, "document.xml", "wp:docPr", "id", 3),
    "shapes": (paragraph(run(NAME, more=SHAPE)), lambda _: None, "document.xml", "v:shape", "id", 3),
    "kinds of shapes": (
        paragraph(run(NAME, more=SHAPE)), lambda _: None, "document.xml", "v:shapetype", "id", 1,
    ),
    "content controls": (
        paragraph(CONTROL.format(run(NAME))), lambda _: None, "document.xml", "w:id", "w:val", 1,
    ),
    "tracked changes": (
        paragraph(CHANGED.format(run(NAME))), lambda _: None, "document.xml", "w:ins", "w:id", 3,
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", REPEATED)
def test_what_a_loop_repeats_has_a_number_of_its_own(kind: str) -> None:
    block, change, name, element, attribute, count = REPEATED[kind]
    template = make(FOR, block, END, change=change)
    report = filled(template)
    (name,) = [each for each in parts(report) if each.endswith(f"/{name}")]
    found = numbers(part(report, name), element, attribute)
    assert (len(found), len(set(found))) == (count, count)
    assert re.findall(r"<w:t[^>]*>(\w+)</w:t>", part(report))[:3] == ["satu", "dua", "tiga"]
    assert findings(report) == findings(template)


def test_each_place_has_its_own_copy_of_a_note() -> None:
    block = paragraph(run(NAME), run(more='<w:footnoteReference w:id="1"/>'))
    report = filled(make(FOR, block, END, change=notes("footnote")))
    assert (
        numbers(part(report), "w:footnoteReference")
        == numbers(part(report, "word/footnotes.xml"), "w:footnote")[2:]
    )
    assert part(report, "word/footnotes.xml").count("Menurut satu") == 3


def test_a_comment_that_a_condition_left_out_is_gone() -> None:
    template = make("{%p if x %}", "teks", "{%p endif %}", "akhir", change=commented)
    assert "periksa" in part(filled(template), "word/comments.xml")
    assert "periksa" not in part(filled(template, x=[]), "word/comments.xml")


# The notes of ``template check --annotate`` ----------------------------------------------------------------


def test_our_own_comments_are_taken_out_of_a_report() -> None:
    template = make("{{ identitas.kecamatan }}", "{{ identitas.kcamatan }}", change=commented)
    mistakes = inspect_template(template, "uji.docx").mistakes
    copy = annotated(template, "uji.docx", mistakes)
    assert part(copy, "word/comments.xml").count("<w:comment ") == 2
    corrected = compile_template(copy, "uji.docx").render(
        {"identitas": {"kecamatan": "A", "kcamatan": "B"}}, properties=PROPERTIES
    )
    assert "kcamatan" not in part(corrected, "word/comments.xml")
    assert "periksa" in part(corrected, "word/comments.xml")
    assert part(corrected).count("w:commentReference") == 1
    assert findings(corrected) == []


def test_annotating_a_copy_again_gives_the_same() -> None:
    template = make("{{ kcamatan }}")
    copy = annotated(template, "uji.docx", inspect_template(template, "uji.docx").mistakes)
    again = annotated(copy, "uji.docx", inspect_template(copy, "uji.docx").mistakes)
    assert part(again, "word/comments.xml").count("<w:comment ") == 1


# Beside a tag ----------------------------------------------------------------------------------------------

PAGE = '<w:br w:type="page"/>'
BEFORE = "<w:pPr><w:pageBreakBefore/></w:pPr>"


def outline(data: bytes) -> str:
    """The texts and breaks of a document in their order."""
    found = re.findall(r"<w:t[^>]*>([^<]*)</w:t>|(<w:br[^>]*>)|(<w:pageBreakBefore/>)|(<w:tbl>)", part(data))
    signs = {"": "", "<w:tbl>": "T", "<w:pageBreakBefore/>": "^"}
    return " ".join(text or "".join(signs.get(each, "|") for each in rest) for text, *rest in found)


@pytest.mark.parametrize(
    ("blocks", "expected"),
    [
        ((FOR, NAME, paragraph(run(END), run(more=PAGE)), "akhir"), "satu dua tiga | akhir"),
        ((paragraph(run(FOR), run(more=PAGE)), NAME, END, "akhir"), "| satu | dua | tiga akhir"),
        ((paragraph(run(more=PAGE), run(FOR)), NAME, END, "akhir"), "| satu dua tiga akhir"),
        (
            (paragraph(run("{%p if x %}", more=PAGE)), "a", "{%p else %}", "b", "{%p endif %}", "akhir"),
            "| a akhir",
        ),
        ((paragraph(BEFORE, run(FOR)), NAME, END, "akhir"), "^ satu ^ dua ^ tiga akhir"),
        ((FOR, NAME, paragraph(BEFORE, run(END)), "akhir"), "satu dua tiga ^ akhir"),
        ((FOR, NAME, paragraph(BEFORE, run(END)), [["sel"]]), "satu dua tiga ^ T sel"),
        ((paragraph(BEFORE, run("{%p if x %}")), "{%p for i in x %}", NAME, END, "{%p endif %}"),
         "^ satu ^ dua ^ tiga"),
        ((paragraph(BEFORE, run("{%p if not x %}")), "a", "{%p else %}", "b", "{%p endif %}"), "^ b"),
        ((paragraph(run("{#p catatan #}", more=PAGE)), "{{ x[0] }}"), "| satu"),
    ],
)  # fmt: skip
def test_breaks_of_pages_stay(blocks: tuple[Block, ...], expected: str) -> None:
    report = filled(make(*blocks))
    assert outline(report) == expected
    assert findings(report) == []


@pytest.mark.parametrize(
    "blocks",
    [
        (Xml('<w:p><w:bookmarkStart w:id="3" w:name="isi"/><w:r><w:t>{%p if x %}</w:t></w:r></w:p>'), "isi",
         Xml('<w:p><w:r><w:t>{%p endif %}</w:t></w:r><w:bookmarkEnd w:id="3"/></w:p>')),
        ("{%p if x %}", Xml('<w:p><w:bookmarkStart w:id="3" w:name="isi"/><w:r><w:t>isi</w:t></w:r></w:p>'),
         Xml('<w:p><w:bookmarkEnd w:id="3"/><w:r><w:t>{%p endif %}</w:t></w:r></w:p>')),
    ],
)  # fmt: skip
def test_the_halves_of_bookmarks_stay(blocks: tuple[Block, ...]) -> None:
    report = filled(make(*blocks))
    assert numbers(part(report), "w:bookmarkStart", "w:name") == ["isi"]
    assert part(report).count("<w:bookmarkEnd") == 1
    assert findings(report) == []


def test_bookmarks_around_rows_stay() -> None:
    def change(document: Document) -> None:
        for number, mark in (
            (1, '<w:bookmarkStart w:id="3" w:name="isi"/>'),
            (3, '<w:bookmarkEnd w:id="3"/>'),
        ):
            cell: Any = document.tables[0].rows[number].cells[0].paragraphs[0]._p
            cell.append(parse_xml(mark.replace("/>", f" {NAMESPACES}/>")))

    rows = [["kepala"], ["{%tr for i in x %}"], [NAME], ["{%tr endfor %}"]]
    report = filled(make(rows, change=change))
    assert numbers(part(report), "w:bookmarkStart", "w:name") == ["isi"]
    assert findings(report) == []


@pytest.mark.parametrize(
    "beside",
    [
        run(more=SHAPE),
        run(more='<w:footnoteReference w:id="1"/>'),
        run(more='<w:fldChar w:fldCharType="begin"/><w:fldChar w:fldCharType="end"/>'),
        run(more='<w:sym w:font="Wingdings" w:char="F0FE"/>'),
    ],
)
def test_what_would_vanish_with_a_tag_is_refused(beside: str) -> None:
    (problem,) = problems(paragraph(run(FOR), beside), NAME, END, change=notes("footnote"))
    assert "harus sendirian dalam satu paragraf; pindahkan isi di dekatnya" in problem


def test_a_section_break_and_an_anchored_picture_are_refused() -> None:
    section = Xml(
        "<w:p><w:pPr><w:sectPr><w:pgSz w:w='11906' w:h='16838'/></w:sectPr></w:pPr>"
        "<w:r><w:t>{%p endfor %}</w:t></w:r></w:p>"
    )
    assert "harus sendirian" in problems(FOR, NAME, section)[0]
    assert "harus sendirian" in problems(Heading("a"), FOR, NAME, END, change=pictured)[0]


def test_a_comment_on_a_tag_is_remarked() -> None:
    template = make("a", "{%p if indikator %}", "b", "{%p endif %}", change=commented)
    (remark,) = inspect_template(template, "uji.docx").remarks
    assert remark.reason == "komentar Word pada tag ini tidak ikut ke laporan."
