"""What of a paragraph is seen, and what Word fills in itself."""

import pytest
from lxml import etree

from lkt.report.passages import TextBlock, blocks, normal
from tests.wordtemplate.docx_builder import W

BEGIN, SEPARATE, END = (
    f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")
)


def text(run: str) -> str:
    return f"<w:r><w:t>{run}</w:t></w:r>"


def complex_field(instruction: str, result: str) -> str:
    return f"{BEGIN}<w:r><w:instrText> {instruction} </w:instrText></w:r>{SEPARATE}{result}{END}"


def read(body: str) -> list[TextBlock]:
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    return list(blocks(etree.fromstring(f'<w:body xmlns:w="{W}" xmlns:mc="{mc}">{body}</w:body>')))


def seen(*paragraphs: str) -> list[str]:
    return [block.text for block in read("".join(map(paragraph, paragraphs)))]


def paragraph(content: str) -> str:
    return f"<w:p>{content}</w:p>"


def cell(*content: str) -> str:
    return f"<w:tc><w:tcPr/>{''.join(content)}</w:tc>"


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/>{''.join(f'<w:tr><w:trPr/>{row}</w:tr>' for row in rows)}</w:tbl>"


def box(*content: str) -> str:
    return f"<w:r><w:txbxContent>{''.join(content)}</w:txbxContent></w:r>"


def cells(body: str) -> list[list[tuple[str, ...]]]:
    """The rows of each table."""
    return [[texts for _, texts in block.rows] for block in read(body) if block.rows]


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        (text("a") + text("b"), "ab"),
        (text(" a\xa0 b ") + "<w:r><w:br/><w:t>c</w:t><w:tab/><w:t>d</w:t></w:r>", "a b c d"),
        ("<w:pPr><w:tabs><w:tab w:val='left'/></w:tabs></w:pPr>" + text("a"), "a"),
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
    assert seen(xml) == [expected]


def test_a_field_over_many_paragraphs() -> None:
    start = f"{BEGIN}<w:r><w:instrText>TOC \\o</w:instrText></w:r>{SEPARATE}{text('BAB I')}"
    assert seen(start, text("BAB II"), END + text("akhir")) == ["", "", "akhir"]


def test_behind_a_text_box_the_paragraph_goes_on() -> None:
    inner = box(paragraph(text("kotak")))
    assert seen(text("luar ") + inner + text("lagi"), text("berikut")) == ["luar lagi\nkotak", "berikut"]


def test_a_text_box_is_read_once_and_for_itself() -> None:
    inner = f"<w:txbxContent><w:p>{text('kotak')}</w:p></w:txbxContent>"
    both = f"<w:r><mc:AlternateContent><mc:Choice>{inner}</mc:Choice><mc:Fallback>{inner}</mc:Fallback>"
    assert seen(text("luar") + both + "</mc:AlternateContent></w:r>") == ["luar\nkotak"]


def test_the_cells_of_a_table() -> None:
    one, two = paragraph(text("satu")), paragraph(text("dua"))
    assert cells(table(cell(one) + cell(two, paragraph(""), one), cell(paragraph("")))) == [
        [("satu", "dua\nsatu"), ("",)]
    ]
    assert [block.text for block in read(table(cell(one)) + two)] == ["", "dua"]


def test_what_is_nested_in_a_cell_belongs_to_the_cell() -> None:
    one, two, three = (paragraph(text(name)) for name in ("satu", "dua", "tiga"))
    nested = cell(one, table(cell(two) + cell(three)), paragraph("")) + cell(three)
    assert cells(table(nested, cell(two))) == [[("satu\ndua\ntiga", "tiga"), ("dua",)]]
    control = f"<w:sdt><w:sdtContent>{two}</w:sdtContent></w:sdt>"
    assert cells(table(cell(one, control) + cell(three))) == [[("satu\ndua", "tiga")]]
    rows = f"<w:tbl><w:sdt><w:sdtContent><w:tr>{cell(one)}</w:tr></w:sdtContent></w:sdt></w:tbl>"
    assert cells(rows) == [[("satu",)]]
    around = paragraph(text("luar ") + box(one) + text("lagi"))
    assert cells(table(cell(around) + cell(two), cell(three))) == [[("luar lagi\nsatu", "dua"), ("tiga",)]]


def test_a_table_in_a_text_box_belongs_to_the_paragraph() -> None:
    inner = box(table(cell(paragraph(text("dalam")))), paragraph(""))
    assert seen(text("luar ") + inner + text("lagi")) == ["luar lagi\ndalam"]


def test_what_is_in_no_paragraph_or_table_is_no_block() -> None:
    control = f"<w:sdt><w:sdtContent>{paragraph(text('isi'))}</w:sdtContent></w:sdt><w:sectPr/>"
    assert [block.text for block in read(control)] == ["isi"]
    assert read(f"<w:tr>{cell('')}</w:tr>{text('lepas')}") == []


@pytest.mark.parametrize(
    ("one", "other"), [("a\u2011b", "a-b"), ("e\u0301", "é"), ("a\u200bb", "ab"), ("a\u2003\nb", "a b")]
)
def test_texts_that_look_alike(one: str, other: str) -> None:
    assert normal(one) == normal(other)
