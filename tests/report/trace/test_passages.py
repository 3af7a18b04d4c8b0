"""What of a document is seen, what Word fills in itself, and the figures of charts."""

import pytest
from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from lkt.report.passages import Passage, changes, passages
from tests.wordtemplate.docx_builder import Heading, Xml, make, read

BEGIN, SEPARATE, END = (
    f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")
)


M = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'


def text(run: str) -> str:
    return f"<w:r><w:t>{run}</w:t></w:r>"


def complex_field(instruction: str, result: str) -> str:
    return f"{BEGIN}<w:r><w:instrText> {instruction} </w:instrText></w:r>{SEPARATE}{result}{END}"


def rows(*blocks: str) -> list[tuple[str, ...]]:
    """The texts of each passage of a document."""
    return [passage.texts for passage in passages(read(make(*map(Xml, blocks))))]


def seen(*paragraphs: str) -> list[str]:
    return [text for (text,) in rows(*map(paragraph, paragraphs))]


def paragraph(content: str) -> str:
    return f"<w:p>{content}</w:p>"


def cell(*content: str) -> str:
    return f"<w:tc><w:tcPr/>{''.join(content)}</w:tc>"


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/>{''.join(f'<w:tr><w:trPr/>{row}</w:tr>' for row in rows)}</w:tbl>"


def box(*content: str) -> str:
    return f"<w:r><w:txbxContent>{''.join(content)}</w:txbxContent></w:r>"


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        (text("a") + text("b"), "ab"),
        (text(" a\xa0 b ") + "<w:r><w:br/><w:t>c</w:t><w:tab/><w:t>d</w:t></w:r>", "a b c d"),
        ("<w:pPr><w:tabs><w:tab w:val='left'/></w:tabs></w:pPr>" + text("a"), "a"),
        (
            f"<m:oMath {M}><m:f><m:num><m:r><m:t>2 − 1</m:t></m:r></m:num><m:den><m:r><m:t>31</m:t></m:r>"
            "</m:den></m:f></m:oMath>" + text(" × 100%"),
            "(2 − 1) ÷ 31 × 100%",
        ),
        ("<w:r><w:t>s</w:t><w:noBreakHyphen/><w:t>d</w:t><w:softHyphen/></w:r>", "s-d"),
        ("<w:r><w:sym w:font='Wingdings' w:char='F0FE'/><w:sym w:char='zz'/></w:r>", "\uf0fe"),
        (text("Halaman ") + complex_field("PAGE", text("7")) + text(" akhir"), "Halaman akhir"),
        (complex_field("SEQ Tabel_3 \\* ARABIC", text("4")), "4"),
        (complex_field("REF _Ref1 \\h", text("Tabel 3.4")), "Tabel 3.4"),
        (complex_field("TOC \\o", text("Bab ") + complex_field("PAGEREF x", text("3")) + text("I")), ""),
        (f'<w:fldSimple w:instr=" NUMPAGES ">{text("9")}</w:fldSimple>' + text("x"), "x"),
        (f'<w:fldSimple w:instr="REF a">{text("9")}</w:fldSimple>', "9"),
        (f"<w:ins>{text('baru')}</w:ins><w:del><w:r><w:delText>lama</w:delText></w:r></w:del>", "baru"),
        (f"<w:moveFrom>{text('pindah')}</w:moveFrom>", ""),
        (END + SEPARATE + text("tanpa awal"), "tanpa awal"),
        (
            f'<w:fldSimple w:instr="PAGE"><w:fldSimple w:instr="REF">{text("9")}</w:fldSimple></w:fldSimple>',
            "",
        ),
        (f'<w:fldSimple w:instr="PAGE">{text("9")}<w:del>{text("8")}</w:del></w:fldSimple>' + text("x"), "x"),
        (f"<w:del>{BEGIN}<w:moveFrom>{text('a')}</w:moveFrom></w:del>{END}{text('b')}", "b"),
    ],
)
def test_the_text_that_is_seen(xml: str, expected: str) -> None:
    assert seen(xml) == [expected] * bool(expected)


def test_a_field_over_many_paragraphs() -> None:
    start = f"{BEGIN}<w:r><w:instrText>TOC \\o</w:instrText></w:r>{SEPARATE}{text('BAB I')}"
    assert seen(start, text("BAB II"), END + text("akhir")) == ["akhir"]


def test_the_text_of_a_box_follows_that_of_its_paragraph() -> None:
    inner = box(paragraph(text("kotak")))
    assert seen(text("luar ") + inner + text("lagi"), text("berikut")) == ["luar lagi\nkotak", "berikut"]
    table_in_box = box(table(cell(paragraph(text("dalam")))), paragraph(""))
    assert seen(text("luar ") + table_in_box + text("lagi")) == ["luar lagi\ndalam"]


def test_a_text_box_is_read_once() -> None:
    inner = f"<w:txbxContent><w:p>{text('kotak')}</w:p></w:txbxContent>"
    both = f"<w:r><mc:AlternateContent><mc:Choice>{inner}</mc:Choice><mc:Fallback>{inner}</mc:Fallback>"
    assert seen(text("luar") + both + "</mc:AlternateContent></w:r>") == ["luar\nkotak"]


def test_the_cells_of_a_table() -> None:
    one, two, three = (paragraph(text(name)) for name in ("satu", "dua", "tiga"))
    lines = table(cell(one) + cell(two, paragraph(""), one), cell(paragraph("")))
    assert rows(lines, two) == [("satu", "dua\nsatu"), ("dua",)]
    nested = cell(one, table(cell(two) + cell(three)), paragraph("")) + cell(three)
    assert rows(table(nested, cell(two))) == [("satu\ndua\ntiga", "tiga"), ("dua",)]
    control = f"<w:sdt><w:sdtContent>{two}</w:sdtContent></w:sdt>"
    assert rows(table(cell(one, control) + cell(three)), control) == [("satu\ndua", "tiga"), ("dua",)]
    in_control = f"<w:tbl><w:sdt><w:sdtContent><w:tr>{cell(one)}</w:tr></w:sdtContent></w:sdt></w:tbl>"
    assert rows(in_control) == [("satu",)]
    around = paragraph(text("luar ") + box(one) + text("lagi"))
    assert rows(table(cell(around) + cell(two), cell(three))) == [("luar lagi\nsatu", "dua"), ("tiga",)]


def test_what_is_in_no_paragraph_or_table_is_not_seen() -> None:
    assert rows(f"<w:tr>{cell('')}</w:tr>", text("lepas")) == []


@pytest.mark.parametrize(
    ("one", "other"), [("a\u2011b", "a-b"), ("e\u0301", "é"), ("a\u200bb", "ab"), ("a\u2003\nb", "a b")]
)
def test_texts_that_look_alike(one: str, other: str) -> None:
    assert seen(text(one)) == seen(text(other))


# The figures of a chart are content ------------------------------------------------------------------------

C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
DRAWING = f'<w:p><w:r><w:drawing><c:chart xmlns:c="{C}" r:id="%s"/></w:drawing></w:r></w:p>'


def cache(kind: str, *values: str) -> str:
    points = "".join(f"<c:pt idx='{n}'><c:v>{value}</c:v></c:pt>" for n, value in enumerate(values))
    return f"<c:{kind}><c:numRef><c:numCache>{points}</c:numCache></c:numRef></c:{kind}>"


def shown(*values: str) -> tuple[Passage, ...]:
    """The passages of a document with a chart of one series."""
    series = cache("tx", "Capaian") + cache("cat", "Indikator 1", "Indikator 2") + cache("val", *values)
    xml = f'<c:chartSpace xmlns:c="{C}"><c:ser>{series}</c:ser></c:chartSpace>'
    document = read(make(Heading("BAB III CAPAIAN"), "teks", Xml(DRAWING % "rIdGrafik")))
    chart = Part(PackURI("/word/charts/chart1.xml"), CT.DML_CHART, xml.encode())
    document.part.load_rel(RT.CHART, chart, "rIdGrafik")
    return passages(document)


def test_a_series_is_a_passage() -> None:
    assert shown("35.48", "33.33")[-1] == Passage(
        "BAB III, grafik 1, seri 1", ("Capaian", "35,48", "33,33"), ("Seri", "Indikator 1", "Indikator 2")
    )


def test_a_changed_value_is_named() -> None:
    (change,) = changes(shown("35.48", "33.33"), shown("35.48", "43.33"))
    assert change.place == "BAB III, grafik 1, seri 1, kolom “Indikator 2”"
    assert (change.before, change.after) == ("33,33", "43,33")


@pytest.mark.parametrize("again", ["35.480000000000004", "35.4800", "3.548E1"])
def test_the_same_number_written_otherwise(again: str) -> None:
    assert not list(changes(shown("35.48", "1"), shown(again, "1.0")))


@pytest.mark.parametrize("odd", ["", "NaN", "Infinity", "#N/A", "1e999999"])
def test_what_is_no_number_is_kept(odd: str) -> None:
    assert shown("1", odd)[-1].texts == ("Capaian", "1", odd)
