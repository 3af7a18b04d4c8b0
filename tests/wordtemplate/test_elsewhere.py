"""Tags that stand outside the text of paragraphs: each is filled in, or told with its place."""

import io
import re
import zipfile
from collections.abc import Callable

import openpyxl
import pytest
from docx.document import Document
from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from lkt.errors import TemplateError
from lkt.report.templates import inspect_template
from lkt.wordtemplate.template import compile_template
from tests.wordtemplate.docx_builder import (
    NAMESPACES,
    PROPERTIES,
    Block,
    Xml,
    chart,
    findings,
    make,
    part,
    parts,
    picture,
    rendered,
    rezipped,
)

A = "http://schemas.openxmlformats.org/drawingml/2006/main"
M = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXml"
VALUES = {"nama": "A & B", "x": [1, 2], "foto": picture()}
LEFT = re.compile(rb"\{\{|\{%|\{#|%7B%7B|lkt-isian")

Change = Callable[[Document], object]


def filled(template: bytes, **values: object) -> bytes:
    return compile_template(template, "uji.docx").render(VALUES | values, properties=PROPERTIES)


def with_part(name: str, kind: str, xml: str, relation: str) -> Change:
    """A part more, related to the main one."""

    def change(document: Document) -> None:
        document.part.relate_to(Part(PackURI(name), kind, xml.encode(), document.part.package), relation)

    return change


def with_address(address: str) -> Change:
    def change(document: Document) -> None:
        key = document.part.relate_to(address, RT.HYPERLINK, is_external=True)
        link = f'<w:p><w:hyperlink r:id="{key}"><w:r><w:t>surel</w:t></w:r></w:hyperlink></w:p>'
        body = document.element.body
        body.insert(0, make_element(link))

    return change


def make_element(xml: str) -> object:
    from docx.oxml import parse_xml  # noqa: PLC0415

    return parse_xml(xml.replace(">", f" {NAMESPACES}>", 1))


def charted(old: bytes, new: bytes) -> bytes:
    """A template with a chart of Word, some of whose text is another."""
    data = rendered("{{ g }}", "teks", g=chart())

    def change(found: dict[str, bytes]) -> None:
        name = next(name for name in found if "charts/chart" in name)
        assert old in found[name]
        found[name] = found[name].replace(old, new)

    return rezipped(data, change)


def equation(*texts: str) -> Xml:
    runs = "".join(f"<m:r><m:t>{text}</m:t></m:r>" for text in texts)
    return Xml(f"<w:p {M}><m:oMath>{runs}</m:oMath></w:p>")


def code(text: str) -> Xml:
    begin, separate, end = (
        f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")
    )
    return Xml(
        f"<w:p>{begin}<w:r><w:instrText>{text}</w:instrText></w:r>{separate}<w:r><w:t>x</w:t></w:r>{end}</w:p>"
    )


WORD_ART = Xml(
    '<w:p><w:r><w:pict><v:shape id="_x0000_s1026" style="width:90pt;height:20pt">'
    '<v:textpath string="Desa {{ nama }}"/></v:shape></w:pict></w:r></w:p>'
)
BOUND = (
    "<w:sdt><w:sdtPr><w:dataBinding w:xpath='/a[1]' w:storeItemID='{55AF091B-3C7A-41E3-B477-F2FDAA23CFDA}'/>"
    "<w:text/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>Desa {{ nama }}</w:t></w:r></w:p></w:sdtContent></w:sdt>"
)


def alternative(document: Document) -> None:
    document.add_picture(io.BytesIO(picture().data))
    document.element.body.xpath(".//wp:docPr")[0].set("descr", "Foto {{ nama }}")


def commented(document: Document) -> None:
    paragraph = document.add_paragraph("teks")
    document.add_comment(paragraph.runs, "periksa {{ nama }}", "Sekretaris", "S")


def header(block: Xml) -> Change:
    def change(document: Document) -> None:
        document.sections[0].header._element.append(make_element(block.text))

    return change


SMART_ART = (
    f'<dgm:dataModel xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" xmlns:a="{A}">'
    '<dgm:ptLst><dgm:pt modelId="1"><dgm:t><a:bodyPr/><a:p><a:r><a:t>Desa {</a:t></a:r>'
    "<a:r><a:t>{ nama }}</a:t></a:r></a:p></dgm:t></dgm:pt></dgm:ptLst><dgm:cxnLst/></dgm:dataModel>"
)
APP = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Company>Desa {{ nama }}</Company></Properties>"
)
ITEM = "<a>Desa {{ nama }}</a>"

TITLE = (
    f'<c:title><c:tx><c:rich><a:bodyPr xmlns:a="{A}"/><a:p xmlns:a="{A}"><a:r><a:t>Desa {{{{ nama }}}}'
    "</a:t></a:r></a:p></c:rich></c:tx></c:title><c:autoTitleDeleted"
).encode()
GLOSSARY = (
    f"<w:glossaryDocument {NAMESPACES}><w:docParts><w:docPart><w:docPartPr><w:name w:val='desa'/>"
    "</w:docPartPr><w:docPartBody><w:p><w:r><w:t>Desa {{ nama }}</w:t></w:r></w:p></w:docPartBody>"
    "</w:docPart></w:docParts></w:glossaryDocument>"
)
EQUATION = equation("y=", "{{ na", "ma }}")

FILLED: dict[str, tuple[bytes, str, str]] = {
    "title of a chart": (charted(b"<c:autoTitleDeleted", TITLE), "charts/chart", "Desa A &amp; B</a:t>"),
    "category of a chart": (charted(b">satu<", b">Desa {{ nama }}<"), "charts/chart", ">Desa A &amp; B<"),
    "SmartArt, a tag in two runs": (
        make("teks", change=with_part(
            "/word/diagrams/data1.xml", CT.DML_DIAGRAM_DATA, SMART_ART, RT.DIAGRAM_DATA)),
        "diagrams/data1", "<a:t>Desa A &amp; B</a:t>",
    ),
    "WordArt": (make(WORD_ART), "document.xml", 'string="Desa A &amp; B"'),
    "alternative text": (make("teks", change=alternative), "document.xml", 'descr="Foto A &amp; B"'),
    "address, as Word writes it": (
        make("teks", change=with_address("mailto:%7B%7B%20nama%20%7D%7D@desa.id")),
        "document.xml.rels", "mailto:A%20&amp;%20B@desa.id",
    ),
    "address": (
        make("teks", change=with_address("https://desa.id/{{ nama }}?a=%2F")),
        "document.xml.rels", "https://desa.id/A%20&amp;%20B?a=%2F",
    ),
    "equation": (make(EQUATION), "document.xml", '<m:t xml:space="preserve">A &amp; B<'),
    "code of a field": (make(code('DOCPROPERTY "{{ nama }}"')), "document.xml", 'DOCPROPERTY "A &amp; B"'),
    "code of a simple field": (
        make(Xml('<w:p><w:fldSimple w:instr="QUOTE &quot;{{ nama }}&quot;"/></w:p>')),
        "document.xml", "QUOTE &quot;A &amp; B&quot;",
    ),
    "bound content control": (
        make(Xml(BOUND), change=with_part("/customXml/item9.xml", CT.XML, ITEM, CUSTOM)),
        "document.xml", "Desa A &amp; B",
    ),
    "bound data": (
        make(Xml(BOUND), change=with_part("/customXml/item9.xml", CT.XML, ITEM, CUSTOM)),
        "customXml/item9.xml", "<a>Desa A &amp; B</a>",
    ),
    "building block": (
        make("teks", change=with_part(
            "/word/glossary/document.xml", CT.WML_DOCUMENT_GLOSSARY, GLOSSARY, RT.GLOSSARY_DOCUMENT)),
        "glossary/document", "Desa A &amp; B</w:t>",
    ),
    "comment": (make(change=commented), "comments.xml", "periksa A &amp; B"),
    "header, WordArt": (make("teks", change=header(WORD_ART)), "header1.xml", 'string="Desa A &amp; B"'),
    "condition": (
        make("teks", change=with_address("https://desa.id/{% if x %}{{ nama }}{% endif %}")),
        "document.xml.rels", "https://desa.id/A%20&amp;%20B",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", FILLED)
def test_it_is_filled_in(kind: str) -> None:
    template, name, text = FILLED[kind]
    report = filled(template)
    (found,) = [each for each in parts(report) if name in each and (".rels" in name or ".rels" not in each)]
    assert text in part(report, found)
    with zipfile.ZipFile(io.BytesIO(report)) as package:
        assert [each for each in package.namelist() if LEFT.search(package.read(each))] == []
    assert findings(report) == findings(template)
    assert report == filled(template)


def test_properties_of_the_document_are_filled_in() -> None:
    def change(found: dict[str, bytes]) -> None:
        found["docProps/app.xml"] = APP.encode()

    assert "<Company>Desa A &amp; B<" in part(filled(rezipped(make("teks"), change)), "docProps/app.xml")


def test_a_bound_control_shows_what_was_filled_in() -> None:
    """Word takes what it shows from the data, also from the title of the document, which is another then."""
    assert "dataBinding" not in part(filled(make(Xml(BOUND))))
    untouched = make("{{ nama }}", Xml(BOUND.replace("{{ nama }}", "Suka")))
    assert "dataBinding" in part(filled(untouched))


# What cannot be filled in is told --------------------------------------------------------------------------

LOOP: tuple[Block, ...] = ("{%p for i in indikator %}", "{{ i.nama }}", "{%p endfor %}")


def mistakes(template: bytes) -> list[str]:
    return list(map(str, inspect_template(template, "uji.docx").mistakes))


@pytest.mark.parametrize(
    ("template", "told"),
    [
        (
            make(*LOOP, change=with_address("https://desa.id/{{ i.nama }}")),
            "paragraf 1 («surel»), tujuan tautan: {{ i.nama }} — «i» dari perulangan (for) tidak dikenal di",
        ),
        (charted(b">satu<", b">{{ periode.nma }}<"), "grafik: {{ periode.nma }} — nama «nma» tidak"),
        (make("teks", equation("{{ periode.nama")), "paragraf 1: {{ periode.nama — tanda {{ adalah pembuka"),
        (make("teks", WORD_ART), "paragraf 1, WordArt: {{ nama }} — nama «nama» tidak dikenal."),
        (make("teks", equation("{{ logo }}")), "di tempat ini hanya dapat ditulis teks"),
        (make("teks", change=commented), "komentar, paragraf 1 («periksa {{ nama }}»): {{ nama }} — nama"),
    ],
    ids=["loop", "chart", "equation", "WordArt", "picture", "comment"],
)  # fmt: skip
def test_what_cannot_be_filled_in_is_told_with_its_place(template: bytes, told: str) -> None:
    (mistake,) = mistakes(template)
    assert told in mistake


def test_the_sheet_behind_a_chart_is_told() -> None:
    book = openpyxl.Workbook()
    book.active.append(["", "{{ periode.nama }}"])  # type: ignore[union-attr]
    sheet = io.BytesIO()
    book.save(sheet)

    def change(found: dict[str, bytes]) -> None:
        found[next(name for name in found if name.endswith(".xlsx"))] = sheet.getvalue()

    template = rezipped(rendered("{{ g }}", g=chart()), change)
    (remark,) = inspect_template(template, "uji.docx").remarks
    assert "lembar data grafik: " in str(remark)
    assert "terlihat lagi bila datanya disunting" in str(remark)


def test_a_tag_that_is_cut_up_is_told() -> None:
    template = make("{{ periode.nama }}", change=with_part(
        "/customXml/item9.xml", CT.XML, "<a><b>{{ </b><b>periode.nama }}</b></a>", CUSTOM))  # fmt: skip
    (mistake,) = mistakes(template)
    assert mistake.startswith("bagian customXml/item9.xml: {{ periode.nama }} — tag di sini tidak terisi")


def test_an_address_must_be_a_safe_one_whatever_is_filled_in() -> None:
    with pytest.raises(TemplateError, match=r"tautan “file:///x”"):
        filled(make("teks", change=with_address("{{ nama }}")), nama="file:///x")


def test_a_filled_code_is_still_a_safe_one() -> None:
    with pytest.raises(TemplateError, match=r"bidang \(field\) {{"):
        filled(make(code("{{ nama }}")), nama="\nINCLUDETEXT x")


@pytest.mark.parametrize("text", ["{ }", "{{}}", '{{"a": 1}}', "}} %}"])
def test_braces_of_other_programs_are_no_tags(text: str) -> None:
    template = make("{{ nama }}", change=with_part("/customXml/item9.xml", CT.XML, f"<a>{text}</a>", CUSTOM))
    assert f"<a>{text}</a>" in part(filled(template), "customXml/item9.xml")


def test_a_template_without_a_tag_is_told() -> None:
    (mistake,) = mistakes(make("Surat biasa"))
    assert mistake.startswith("isi dokumen: templat tidak memuat isian satu pun; tulis tag seperti {{")


# Tracked changes -------------------------------------------------------------------------------------------


def tracked(kind: str, text: str, name: str = "t") -> str:
    run = f"<w:r><w:{name}>{text}</w:{name}></w:r>"
    return f'<w:{kind} w:id="7" w:author="a" w:date="2024-01-01T00:00:00Z">{run}</w:{kind}>'


def test_a_tag_that_was_deleted_is_gone_and_one_that_was_moved_counts_once() -> None:
    moved = Xml(f"<w:p>{tracked('moveFrom', '{{ tabel(1) }}')}{tracked('moveTo', '{{ nama }}')}</w:p>")
    gone = Xml(f"<w:p>{tracked('del', '{{ nma }}', 'delText')}<w:r><w:t>tetap</w:t></w:r></w:p>")
    kept = Xml(f"<w:p>{tracked('del', 'lama', 'delText')}{tracked('ins', 'baru {{ nama }}')}</w:p>")
    xml = part(filled(make(moved, gone, kept)))
    assert "{{" not in xml
    assert [xml.count(text) for text in ("A &amp; B", "tetap", "lama", "w:ins ", "baru ")] == [2, 1, 1, 1, 1]
