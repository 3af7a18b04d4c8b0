"""Tags become text, blocks repeat or go, rich values become elements; what is left is a valid document."""

# ruff: noqa: E501 - tables of templates are read across

import re
from collections.abc import Sequence
from decimal import Decimal

import pytest
from docx.document import Document
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from lkt.wordtemplate import Picture, Quotient, compile_template
from tests.wordtemplate.docx_builder import (
    PROPERTIES,
    Block,
    Xml,
    compiled,
    fill,
    findings,
    lines,
    make,
    part,
    parts,
    picture,
    problem,
    read,
    rendered,
)

# Blocks ----------------------------------------------------------------------------------------------------

ROWS: Block = [
    ["No", "Nama"],
    ["{%tr for x in l %}", ""],
    ["{{ loop.index }}", "{{ x }}"],
    ["{%tr endfor %}", ""],
]
CHOICE = ("{%p if n > 1 %}", "banyak", "{%p elif n == 1 %}", "satu", "{%p else %}", "kosong", "{%p endif %}")
IN_TABLE = ("{%p if ya %}", [["sel"]], "{%p endif %}", "akhir")
CELLS: Block = [["{%tc if ya %}", "isi", "{%tc endif %}"], ["a", "b", "c"]]


def runs(*texts: str) -> Xml:
    made = (f"<w:r><w:t xml:space='preserve'>{text}</w:t></w:r>" for text in texts)
    return Xml(f"<w:p>{''.join(made)}</w:p>")


@pytest.mark.parametrize(
    ("blocks", "values", "expected"),
    [
        (("{%p for x in l %}", "- {{ x }}", "{%p endfor %}", "z"), {"l": ["a", "b"]}, ["- a", "- b", "z"]),
        (("{%p for x in l %}", "- {{ x }}", "{%p endfor %}", "z"), {"l": []}, ["z"]),
        (("{%p for x in l %}{%p if x %}", "{{ x }}", "{%p endif %}{%p endfor %}"), {"l": ["a", "", "b"]}, ["a", "b"]),
        (CHOICE, {"n": 5}, ["banyak"]),
        (CHOICE, {"n": 1}, ["satu"]),
        (CHOICE, {"n": 0}, ["kosong"]),
        (IN_TABLE, {"ya": True}, ["sel", "akhir"]),
        (IN_TABLE, {"ya": False}, ["akhir"]),
        ((ROWS,), {"l": ["a", "b"]}, ["No | Nama", "1 | a", "2 | b"]),
        ((CELLS,), {"ya": False}, ["a | b | c"]),
        ((runs("a ", "{%r if ya %}", "b ", "{%r endif %}", "c"),), {"ya": True}, ["a b c"]),
        ((runs("a ", "{%r if ya %}", "b ", "{%r endif %}", "c"),), {"ya": False}, ["a c"]),
        (("{% for x in l %}{{ loop.index }}{{ x }}{% if not loop.last %}, {% endif %}{% endfor %}",),
         {"l": ["a", "b"]}, ["1a, 2b"]),
        (("{% set n = namespace(total=0) %}{% for x in l %}{% set n.total = n.total + x %}{% endfor %}{{ n.total }}",),
         {"l": [1, 2, 3]}, ["6"]),
        (("{{ ('a' ~ 1 ~ x)|upper }}{{ l|map('upper')|join(', ') }}",), {"x": "b<", "l": ["p", "q"]}, ["A1B<P, Q"]),
    ],
)  # fmt: skip
def test_blocks(blocks: Sequence[Block], values: dict[str, object], expected: list[str]) -> None:
    assert fill(*blocks, **values) == expected


GRID = "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid>{}</w:tbl>"
ROW = "<w:tr><w:tc>{}</w:tc></w:tr>"
P = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
INNER = GRID.format(
    "".join(ROW.format(P.format(each)) for each in ("{%tr for x in l %}", "{{ x }}", "{%tr endfor %}"))
)
START, END = "<w:bookmarkStart w:id='5' w:name='b'/>", "<w:bookmarkEnd w:id='5'/>"
HALF = Xml(f"<w:p>{START}<w:r><w:t>{{%p if ya %}}</w:t></w:r></w:p>")
CONTROL = Xml("<w:sdt><w:sdtPr><w:id w:val='9'/></w:sdtPr><w:sdtContent><w:p/></w:sdtContent></w:sdt>")
LOOP, CLOSE = "{%p for x in l %}", "{%p endfor %}"


@pytest.mark.parametrize(
    ("blocks", "piece", "times"),
    [
        (("atas", [["{%tr for x in no %}"], ["{{ x }}"], ["{%tr endfor %}"]], "bawah"), "<w:tbl>", 0),
        (([["a", "{%tc if ya %}", "isi", "{%tc endif %}"]],), "<w:tc>", 2),
        ((Xml(GRID.format(ROW.format("".join(map(P.format, ("{%p if no %}", "isi", "{%p endif %}")))))),),
         "<w:tc><w:p/></w:tc>", 1),
        ((Xml(GRID.format(ROW.format(f"{INNER}{P.format('{%p if no %}')}<w:p/>{P.format('{%p endif %}')}"))),),
         "</w:tbl><w:p/></w:tc>", 1),
        ((Xml(GRID.format(ROW.format(f"{INNER}<w:p/>"))),), "<w:tr>", 3),
        ((HALF, "isi", "{%p endif %}", Xml(f"<w:p>{END}</w:p>")), "bookmark", 2),
        ((LOOP, Xml(f"<w:p>{START}<w:r><w:t>{{{{ x }}}}</w:t></w:r>{END}</w:p>"), CLOSE), "bookmarkStart", 1),
        ((LOOP, CONTROL, CLOSE), '<w:id w:val="9"/>', 1),
    ],
    ids=["no rows", "cells", "hollow cell", "table ends cell", "nested", "a bookmark beside", "bookmarks", "controls"],
)  # fmt: skip
def test_what_blocks_leave_behind_is_valid(blocks: Sequence[Block], piece: str, times: int) -> None:
    data = rendered(*blocks, l=["a", "b"], ya=True, no=[])
    assert part(data).count(piece) == times
    if piece not in ("<w:tc>", "</w:tbl><w:p/></w:tc>"):  # whose grids are not those of their cells
        assert findings(data) == []


CLOSING = [["No", "Isi"], ["{%tr for x in l %}", ""], ["{{ x }}", ""], ["{%tr endfor %}", ""]]


@pytest.mark.parametrize(
    ("rows", "values", "expected"),
    [
        (CLOSING, ["1", "2"], ["1"]),
        ([*CLOSING, ["Jumlah", ""]], ["1", "2"], ["2"]),
        ([*CLOSING, ["Jumlah", ""], ["Rata-rata", ""]], ["1", "2"], ["2", "Jumlah"]),
        ([*CLOSING, ["{%tr if l %}", ""], ["Jumlah", ""], ["{%tr endif %}", ""]], ["1", "2"], ["2"]),
        ([*CLOSING, ["Jumlah", ""]], [], ["No"]),
        ([["a", "b"], ["Jumlah", ""]], [], []),
    ],
)
def test_rows_behind_the_loop_stay_with_the_row_before(
    rows: list[list[str]], values: list[str], expected: list[str]
) -> None:
    data = rendered(rows, l=values)
    kept = [
        row.cells[0].text for row in read(data).tables[0].rows if row._tr.findall(f".//{qn('w:keepNext')}")
    ]
    assert kept == expected
    assert "lkt-closing" not in part(data)
    assert findings(data) == []


# Text ------------------------------------------------------------------------------------------------------

TEMPLATE = compiled("{{ x }}")
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def printed(value: object) -> list[str]:
    return lines(TEMPLATE.render({"x": value}, properties=PROPERTIES))


@given(st.text(st.characters() | st.sampled_from("&<>\"'\n\t\x00\x01\x02\x07\u200f😀\u2028{}%#?]")))
@settings(max_examples=120, deadline=None)
def test_any_text_reads_back_as_it_was(text: str) -> None:
    assert printed(text) == [ILLEGAL.sub("", re.sub("\r\n?", "\n", text))]


@pytest.mark.parametrize(
    "text", ["A & B < C", "<w:br/>", "&amp;", "<?lkt-rich 0?>", "{{ x }}", "{%p if %}", "]]>", "<!DOCTYPE a>"]
)
def test_markup_is_only_text(text: str) -> None:
    assert printed(text) == printed(Markup(text)) == [text]


def test_numbers_lines_and_tabs() -> None:
    assert (printed(1234567), printed(-1)) == (["1234567"], ["-1"])
    data = rendered("a{{ x }}b", x="1\n\n2\t")
    assert (part(data).count("<w:br/>"), part(data).count("<w:tab/>")) == (2, 1)
    assert lines(data) == ["a1\n\n2\tb"]
    assert findings(data) == []


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (None, "isinya kosong"),
        (1.5, "belum berupa teks"),
        (Decimal(1), "belum berupa teks"),
        (print, "belum berupa teks"),
        (True, "ya atau tidak"),
        ([1], "kumpulan beberapa nilai"),
        ({"a": 1}, "kumpulan beberapa nilai"),
    ],
)
def test_what_is_no_text_is_a_problem(value: object, reason: str) -> None:
    found = problem("Nilai {{ x }} saja", x=value)
    assert found.startswith("isi dokumen, paragraf 1 («Nilai {{ x }} saja»): {{ x }} — ")
    assert reason in found


@pytest.mark.parametrize("tag", ["{{ 'a' ~ foto }}", "{{ foto|upper }}", "{{ [foto]|join }}"])
def test_a_rich_value_stands_alone(tag: str) -> None:
    assert "harus berdiri sendiri" in problem(tag, foto=picture())


# Pictures --------------------------------------------------------------------------------------------------


def test_a_picture_stands_in_the_line() -> None:
    data = rendered("a {{ foto }} b", foto=picture(alt="Rapat <1> & “2”"))
    (shape,) = read(data).inline_shapes
    assert (shape.width, shape.height) == (1440000, 1080000)
    assert 'descr="Rapat &lt;1&gt; &amp; “2”"' in part(data)
    assert lines(data) == ["a  b"]
    assert findings(data) == []


def test_equal_pictures_are_stored_once() -> None:
    photos = [picture("red"), picture("blue"), picture("red")]
    data = rendered(LOOP, "{{ x }}", CLOSE, l=photos)
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


# Fractions -------------------------------------------------------------------------------------------------


def test_a_quotient_is_an_equation_of_word_in_the_letters_of_its_tag() -> None:
    def change(document: Document) -> None:
        document.add_paragraph().add_run("a {{ q }} b").bold = True

    data = compile_template(make(change=change), "uji.docx").render(
        {"q": Quotient("1 < 2", "31")}, properties=PROPERTIES
    )
    assert re.findall(r"<m:(num|den)>.*?<w:b/>.*?<m:t[^>]*>([^<]*)</m:t>", part(data)) == [
        ("num", "1 &lt; 2"),
        ("den", "31"),
    ]
    assert read(data).paragraphs[0].text == "a  b"
    assert findings(data) == []
    assert problem("{{ q ~ '' }}", q=Quotient("1", "2")).endswith("harus berdiri sendiri dalam tagnya.")


# Captions and references -----------------------------------------------------------------------------------

SEQ = re.compile(r"<w:instrText[^>]*> SEQ (\S+) \\\* ARABIC </w:instrText>")


def test_captions_are_counted_by_label_and_chapter() -> None:
    tags = ("tabel('a', 3)", "tabel('b', 3)", "gambar('c', 3)", "tabel('d', 2)", "tabel('e')")
    data = rendered(*(f"{{{{ {tag} }}}} x" for tag in tags))
    assert lines(data) == ["Tabel 3.1 x", "Tabel 3.2 x", "Gambar 3.1 x", "Tabel 2.1 x", "Tabel 1 x"]
    assert SEQ.findall(part(data)) == ["Tabel_3", "Tabel_3", "Gambar_3", "Tabel_2", "Tabel"]
    assert findings(data) == []


def test_references_look_forward_and_backward() -> None:
    data = rendered(
        "lihat {{ rujuk('b') }}", "{{ tabel('a', 3) }}", "{{ tabel('b', 3) }}", "lihat {{ rujuk(key='a') }}."
    )
    assert lines(data) == ["lihat Tabel 3.2", "Tabel 3.1", "Tabel 3.2", "lihat Tabel 3.1."]
    names = re.findall(r'w:bookmarkStart w:id="\d+" w:name="(\w+)"', part(data))
    assert re.findall(r" REF (\w+) \\h ", part(data)) == names[::-1]
    assert all(re.fullmatch(r"_Ref\d{1,36}", name) for name in names)
    assert findings(data) == []


def test_captions_are_values() -> None:
    looped = (LOOP, "{{ tabel('t' ~ loop.index, 3) }} {{ x }}", CLOSE, "{{ rujuk('t2') }}")
    assert fill(*looped, l=["a", "b"]) == ["Tabel 3.1 a", "Tabel 3.2 b", "Tabel 3.2"]
    kept = fill("{% set judul = tabel('a', 1) %}", "{{ tabel('b', 1) }}{{ judul }}")
    assert kept[1] == "Tabel 1.1Tabel 1.2"


def test_a_caption_keeps_the_look_of_its_run() -> None:
    def change(document: Document) -> None:
        document.add_paragraph().add_run("{{ tabel('a', 1) }}: {{ x }}").bold = True

    data = compile_template(make(change=change), "uji.docx").render({"x": "isi"}, properties=PROPERTIES)
    assert all(run.bold for run in read(data).paragraphs[0].runs)
    assert read(data).paragraphs[0].text == "Tabel 1.1: isi"


@pytest.mark.parametrize(
    ("tag", "reason"),
    [
        ("lihat {{ rujuk('b') }}", "tidak ada tabel atau gambar dengan kunci «b»."),
        ("{{ tabel('a', 3) }}", "kunci «a» sudah dipakai; setiap nomor memerlukan kunci sendiri."),
    ],
)
def test_a_key_that_is_unknown_or_repeated(tag: str, reason: str) -> None:
    found = problem("{{ tabel('a', 3) }}", tag)
    assert found.startswith(f"isi dokumen, paragraf 2 («{tag}»)")
    assert found.endswith(reason)
