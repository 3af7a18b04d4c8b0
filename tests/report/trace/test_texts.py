"""What of a paragraph is seen, and what Word fills in itself."""

import pytest
from lxml import etree

from lkt.report.trace.texts import normal, paragraph_texts
from lkt.report.wordml import W_NS

BEGIN, SEPARATE, END = (
    f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")
)


def text(run: str) -> str:
    return f"<w:r><w:t>{run}</w:t></w:r>"


def complex_field(instruction: str, result: str) -> str:
    return f"{BEGIN}<w:r><w:instrText> {instruction} </w:instrText></w:r>{SEPARATE}{result}{END}"


def seen(*paragraphs: str) -> list[str]:
    body = "".join(f"<w:p>{paragraph}</w:p>" for paragraph in paragraphs)
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    root = etree.fromstring(f'<w:body xmlns:w="{W_NS}" xmlns:mc="{mc}">{body}</w:body>')
    return list(paragraph_texts(root).values())


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
    box = f"<w:r><w:txbxContent><w:p>{text('kotak')}</w:p></w:txbxContent></w:r>"
    assert seen(text("luar ") + box + text("lagi")) == ["luar lagi", "kotak"]


def test_a_text_box_is_read_once_and_for_itself() -> None:
    box = f"<w:txbxContent><w:p>{text('kotak')}</w:p></w:txbxContent>"
    both = f"<w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    assert seen(text("luar") + both + "</mc:AlternateContent></w:r>")[:2] == ["luar", "kotak"]


@pytest.mark.parametrize(
    ("one", "other"), [("a\u2011b", "a-b"), ("e\u0301", "é"), ("a\u200bb", "ab"), ("a\u2003\nb", "a b")]
)
def test_texts_that_look_alike(one: str, other: str) -> None:
    assert normal(one) == normal(other)
