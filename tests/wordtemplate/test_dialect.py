"""What template writers know from docxtpl: cells, comments, blocks over paragraphs, joined lines, rich text."""

# ruff: noqa: E501 - tables of templates are read across

from collections.abc import Sequence

import pytest
from docx.oxml.ns import qn
from docx.table import _Cell

from lkt.errors import TemplateError
from lkt.report.templates import FILTERS, KNOWN, inspect_template
from lkt.wordtemplate import compile_template
from lkt.wordtemplate.values import Piece, StyledText
from tests.wordtemplate.docx_builder import (
    PROPERTIES,
    Block,
    Xml,
    findings,
    lines,
    make,
    part,
    problem,
    problems,
    read,
    rendered,
)


def cells(data: bytes) -> list[str]:
    """The rows of the first table: the text of each cell, its columns when more, its merge and its colour."""
    found = []
    table = read(data).tables[0]
    for row in table._tbl.tr_lst:
        shown = []
        for cell in row.tc_lst:
            shade = cell.find(f".//{qn('w:shd')}")
            marks = f"{'×' + str(cell.grid_span) if cell.grid_span > 1 else ''}{(cell.vMerge or '')[:1]}"
            colour = "" if shade is None else f"#{shade.get(qn('w:fill'))}"
            shown.append(f"{_Cell(cell, table).text}{marks}{colour}")
        found.append(" | ".join(shown))
    return found


def widths(data: bytes) -> list[int]:
    return [int(column.get(qn("w:w")) or 0) for column in read(data).tables[0]._tbl.tblGrid]


# Cells -----------------------------------------------------------------------------------------------------

SASARAN = [
    {"nama": "A", "indikator": [{"nama": "a1", "ada": True}, {"nama": "a2", "ada": True}]},
    {"nama": "B", "indikator": [{"nama": "b1", "ada": False}, {"nama": "b2", "ada": True}, {"nama": "b3", "ada": True}]},
    {"nama": "C", "indikator": []},
]  # fmt: skip
NESTED = ["{%tr for s in sasaran %}{%tr for i in s.indikator %}", ""], ["{%tr endfor %}{%tr endfor %}", ""]
CHOSEN = ["{%tr if i.ada %}", ""], ["{%tr endif %}", ""]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([NESTED[0], ["{% vm %}{{ s.nama }}", "{{ i.nama }}"], NESTED[1]],
         ["Ar | a1", "c | a2", "Br | b1", "c | b2", "c | b3"]),
        ([NESTED[0], CHOSEN[0], ["{{ s.nama }}{% vm %}", "{{ i.nama }}"], CHOSEN[1], NESTED[1]],
         ["Ar | a1", "c | a2", "Br | b2", "c | b3"]),
        ([NESTED[0], ["{% vm %}{{ s.nama }}", "{% vm %}{{ s.nama }}"], NESTED[1]],
         ["Ar | Ar", "c | c", "Br | Br", "c | c", "c | c"]),
        ([["{%tc for s in sasaran %}", "{% hm %}Sasaran", "{%tc endfor %}"], ["{%tc for s in sasaran %}", "{{ s.nama }}", "{%tc endfor %}"]],
         ["Sasaran×3", "A | B | C"]),

        ([["{% cellbg 'ffdd00' %}kuning", "{% cellbg '' %}tanpa", "{% cellbg '#00FF00' %}hijau"]],
         ["kuning#FFDD00 | tanpa | hijau#00FF00"]),
        ([["{% colspan 2 %}dua", "satu"], ["a", "b"]], ["dua×2 | satu", "a | b×2"]),
        ([["{% colspan 0 %}kosong", "satu"]], ["kosong | satu"]),
    ],
    ids=["vm", "vm with a condition", "vm of two columns", "hm", "cellbg", "colspan", "colspan of none"],
)  # fmt: skip
def test_cells(rows: list[list[str]], expected: list[str]) -> None:
    data = rendered(rows, sasaran=SASARAN)
    assert cells(data) == expected
    assert "lkt-" not in part(data)
    assert findings(data) == []


@pytest.mark.parametrize(
    ("blocks", "reason"),
    [
        (("{% colspan 2 %}",), "«colspan» hanya berlaku di dalam sel tabel."),
        (([["{% vm %}x"]],), "«vm» menggabungkan sel ke bawah dalam sebuah perulangan; letakkan di antara {%tr for … %}"),
        (([["{%tr for x in y %}"], ["{% hm %}x"], ["{%tr endfor %}"]],), "letakkan di antara {%tc for … %}"),
        (([["{% vm 2 %}x"]],), "sesudah «vm» tidak boleh ada apa-apa lagi."),
        (([["{% colspan %}x"]],), "isinya belum lengkap."),
        (([["{% rowspan 2 %}x"]],), "perintah «rowspan» tidak dikenal; yang ada: for, endfor, if, elif, else, endif, set, vm, hm, colspan, cellbg."),
    ],
)  # fmt: skip
def test_where_cells_cannot_be_changed(blocks: Sequence[Block], reason: str) -> None:
    assert any(reason in each for each in problems(*blocks))


@pytest.mark.parametrize(
    ("tag", "reason"),
    [
        ("{% cellbg 'merah' %}", "warna ditulis dengan kode enam angka atau huruf A–F, misalnya FFDD00."),
        ("{% colspan 64 %}", "lebar sel ditulis dengan bilangan 1 sampai dengan 63."),
        ("{% colspan -1 %}", "lebar sel ditulis dengan bilangan"),
        ("{% cellbg zz %}", "nama «zz» tidak dikenal."),
    ],
)
def test_values_that_no_cell_can_have(tag: str, reason: str) -> None:
    found = problem([["a", tag]])
    assert found.startswith(f"isi dokumen, tabel 1, baris 1, kolom 2: {tag} — ")
    assert reason in found


def test_tags_that_read_the_same_value_are_told_apart() -> None:
    """What was compiled for one of them is kept between runs."""
    assert cells(rendered([["{% colspan x %}a"]], x="2"))[0] == "a×2"
    assert cells(rendered([["{% cellbg x %}a"]], x="22AA22"))[0] == "a#22AA22"


def test_the_check_knows_what_the_cell_tags_take() -> None:
    def told(text: str) -> list[str]:
        row = [["{%tr for i in indikator %}"], [text], ["{%tr endfor %}"]]
        return [mistake.reason for mistake in inspect_template(make(row), "uji.docx").mistakes]

    assert told("{% vm %}{{ i.nama }}{% colspan indikator|length %}{% cellbg 'FF0000' %}") == []
    assert told("{% colspan i.nama %}") == ["«colspan» memerlukan bilangan, sedangkan «i.nama» adalah teks."]
    assert told("{% cellbg indikator|length %}") == [
        "«cellbg» memerlukan kode warna, sedangkan isi tag ini adalah bilangan."
    ]
    assert "nama «nma» tidak dikenal" in told("{% cellbg i.nma %}")[0]


# Columns ---------------------------------------------------------------------------------------------------

LOOPED = ["Nama", "{%tc for x in l %}", "{{ x }}", "{%tc endfor %}"]


@pytest.mark.parametrize(
    ("rows", "values", "expected", "columns"),
    [
        ([LOOPED], ["a", "b", "c", "d", "e"], ["Nama | a | b | c | d | e"], 6),
        ([LOOPED], [], ["Nama"], 1),
        ([["Judul", "", "", ""], LOOPED], ["a"], ["Judul |  |  | ", "Nama | a"], 4),
        (
            [["Judul", "", "", ""], LOOPED],
            ["a"] * 9,
            ["Judul |  |  | ×7", " | ".join(["Nama", *"a" * 9])],
            10,
        ),
    ],
)
def test_repeated_columns_fit(
    rows: list[list[str]], values: list[str], expected: list[str], columns: int
) -> None:
    before = widths(make(rows))
    data = rendered(rows, l=values)
    assert cells(data) == expected
    assert len(widths(data)) == columns
    assert abs(sum(widths(data)) - sum(before)) <= columns
    assert findings(data) == []


def test_a_title_over_repeated_columns_is_as_wide_as_they_are() -> None:
    def change(document: object) -> None:
        table = document.tables[0]  # type: ignore[attr-defined]
        table.cell(0, 0).merge(table.cell(0, 3))

    template = compile_template(make([["Judul", "", "", ""], LOOPED], change=change), "uji.docx")
    for number in (1, 5):
        data = template.render({"l": ["x"] * number}, properties=PROPERTIES)
        assert cells(data)[0] == f"Judul\n\n\n×{number + 1}"
        assert len(widths(data)) == number + 1
        assert findings(data) == []


# Comments, literal braces, filters -------------------------------------------------------------------------

WITH_COMMENTS = (
    "{#p catatan #}",
    "isi",
    [["{#tr baris ini tidak ikut #}", "dan ini {{ zz }}"], ["a", "{#tc sel ini #}"], ["a", "b"]],
)


def test_comments_take_their_paragraph_row_or_cell_along() -> None:
    data = rendered(*WITH_COMMENTS)
    assert lines(data) == ["isi", "a", "a | b"]
    assert findings(data) == []
    (remark,) = inspect_template(make(*WITH_COMMENTS), "uji.docx").remarks
    assert str(remark).endswith("seluruh baris tabel ini tidak ikut ke hasil, beserta isi lainnya.")
    assert "tidak berada di dalamnya" in problems("{#tr x #}")[0]


SPLIT = Xml("<w:p><w:r><w:t>tulis {</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>_{ x }</w:t></w:r><w:r><w:t>_}.</w:t></w:r></w:p>")  # fmt: skip


@pytest.mark.parametrize(
    ("blocks", "expected"),
    [
        (("tulis {_{ nama }_}, {_% if %_} atau {_# … #_}",), ["tulis {{ nama }}, {% if %} atau {# … #}"]),
        ((SPLIT,), ["tulis {{ x }}."]),
        (("{{ '{_{ ' ~ x ~ ' }_}' }}",), ["{{ 1 }}"]),
        (("{{ zz|default('-') }}{{ x|default('-') }}{{ ''|default('kosong', true) }}",), ["-1kosong"]),
        (("{{ d.zz|default('-') }}{{ (l|first)|default('tidak ada') }}",), ["-tidak ada"]),
        (("{{ '<b>'|e }}{{ x|e }}",), ["<b>1"]),
        (("{{r x }}{{p x }}{{p}}{{r|upper}}{{p if x else x}}{{p ~ r}}",), ["11pRppr"]),
    ],
)
def test_texts(blocks: Sequence[Block], expected: list[str]) -> None:
    data = rendered(*blocks, x="1", l=[], d={}, p="p", r="r")
    assert lines(data) == expected
    assert findings(data) == []


def test_a_field_that_is_not_in_the_catalogue_stays_a_mistake() -> None:
    assert "nama «kecamtan» tidak dikenal" in str(
        inspect_template(make("{{ identitas.kecamtan|default('-') }}"), "uji.docx").mistakes[0]
    )


# Blocks over paragraphs and cells --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("blocks", "values", "expected"),
    [
        (("a {% if x %}b", "c", "d{% endif %} e"), {"x": 1}, ["a b", "c", "d e"]),
        (("a {% if x %}b", "c", "d{% endif %} e"), {"x": 0}, ["a  e"]),
        (("{% if x %}a", "b{% elif y %}c", "d{% else %}e", "f{% endif %}"), {"x": 0, "y": 1}, ["c", "d"]),
        (("{% for x in l %}<{{ x }}", "{{ x }}>{% endfor %}."), {"l": ["1", "2"]}, ["<1", "1><2", "2>."]),
        (("{% for x in l %}<{{ x }}", "{{ x }}>{% endfor %}."), {"l": []}, ["."]),
        (("{% for x in l %}", "- {{ x }}{% if not loop.last %}", "dan{% endif %}{% endfor %}"), {"l": ["1", "2"]},
         ["", "- 1", "dan", "- 2"]),
        (("{% for x in l %}Tabel {{ x }}", [["{{ x }}"]], "{% endfor %}"), {"l": ["1", "2"]},
         ["Tabel 1", "1", "Tabel 2", "2", ""]),
        (([["{% for x in l %}{{ x }}", "{% endfor %}"]],), {"l": ["1", "2"]}, ["1 | 2 | "]),
        (([["a{% if x %}b", "c", "d{% endif %}e"]],), {"x": 1}, ["ab | c | de"]),
        (([["a{% if x %}b", "c", "d{% endif %}e"]],), {"x": 0}, ["ae"]),
    ],
)  # fmt: skip
def test_blocks_reach_over_paragraphs_and_cells(
    blocks: Sequence[Block], values: dict[str, object], expected: list[str]
) -> None:
    data = rendered(*blocks, **values)
    assert lines(data) == expected
    assert findings(data) == []


@pytest.mark.parametrize(
    ("blocks", "words"),
    [
        (("{% if x %}", "a{% endif %}"), "meninggalkan paragraf kosong; pakai {%p if … %}"),
        (
            ([["a{% for x in tugas_fungsi %}", "{{ x }}", "{% endfor %}b"]],),
            "menambah sel ke samping dalam barisnya",
        ),
        (("{%- if x %}a", "b{% endif %}"), ""),
        (("{% if x -%}", "a{% endif %}"), ""),
        (([["a{% if x %}", "b{% endif %}"]],), ""),
        (([["{% for x in tugas_fungsi %}{{ x }}{% endfor %}", "b"]],), ""),
    ],
)
def test_what_a_block_over_paragraphs_may_leave_behind(blocks: Sequence[Block], words: str) -> None:
    inspection = inspect_template(make("{% set x = true %}", *blocks), "uji.docx")
    assert inspection.mistakes == ()
    assert [words in each.reason for each in inspection.remarks] == [True] * bool(words)


@pytest.mark.parametrize(
    "blocks",
    [
        ([["{% for x in l %}"], ["{% endfor %}"]],),
        ("{% if x %}", [["{% endif %}"]]),
        ("{%p if x %}", "a{% endif %}"),
    ],
    ids=["two rows", "into a table", "two kinds"],
)
def test_where_blocks_cannot_reach(blocks: Sequence[Block]) -> None:
    assert "berada di tempat lain" in problems(*blocks)[0]


BROKEN = Xml("<w:p><w:r><w:t>a</w:t><w:br/><w:t>{%- if x -%}</w:t><w:br/></w:r><w:r><w:t>b{%- endif -%}</w:t></w:r></w:p>")  # fmt: skip
HOUSE = ("Kantor berada", "{%- if kota -%}", " di kota", "{%- else -%}", " di desa", "{%- endif -%}", " kami.", "akhir")  # fmt: skip


@pytest.mark.parametrize(
    ("blocks", "values", "expected"),
    [
        (HOUSE, {"kota": True}, ["Kantor berada di kota kami.", "akhir"]),
        (HOUSE, {"kota": False}, ["Kantor berada di desa kami.", "akhir"]),
        (("a{% if x -%}", "{%- endif %} b"), {"x": 1}, ["a b"]),
        ((BROKEN,), {"x": 1}, ["ab"]),
        (("a {%- if x -%} b {%- endif %} c",), {"x": 1}, ["a  b  c"]),
        (("{%- if x -%}", "a{% endif %}", [["b"]]), {"x": 1}, ["a", "b"]),
        (("a{{- x -}}", "b"), {"x": "1"}, ["a1", "b"]),
    ],
)
def test_lines_are_joined(blocks: Sequence[Block], values: dict[str, object], expected: list[str]) -> None:
    data = rendered(*blocks, **values)
    assert lines(data) == expected
    assert findings(data) == []


def test_a_paragraph_that_ends_a_section_is_not_joined() -> None:
    section = Xml("<w:p><w:pPr><w:sectPr/></w:pPr><w:r><w:t>a</w:t></w:r></w:p>")
    found = problems(section, "{%- if x %}b{% endif %}")
    assert "mengakhiri sebuah bagian (section), sehingga tidak dapat disambung" in found[0]


RUNS = Xml("<w:p><w:r><w:rPr><w:b/></w:rPr><w:t xml:space='preserve'>a {%r if x %}b{{r x }} c{%r endif %} d</w:t></w:r></w:p>")  # fmt: skip


@pytest.mark.parametrize(("x", "expected"), [("1", "a b1 c d"), ("", "a  d")])
def test_a_run_is_cut_at_its_tags(x: str, expected: str) -> None:
    data = rendered(RUNS, x=x)
    assert lines(data) == [expected]
    assert all(run.bold for run in read(data).paragraphs[0].runs)
    assert findings(data) == []


# Rich text -------------------------------------------------------------------------------------------------

RICH = StyledText((Piece("tebal & ", bold=True), Piece("<merah>\nbaris\tdua", italic=True, colour="C00000"), Piece("\x07!")))  # fmt: skip


def test_a_text_of_several_looks() -> None:
    block = Xml("<w:p><w:r><w:rPr><w:sz w:val='30'/></w:rPr><w:t>Isi: {{r x }}.</w:t></w:r></w:p>")
    data = rendered(block, [["{{ x }}"]], x=RICH)
    paragraph = read(data).paragraphs[0]
    looks = [
        (run.text, run.bold, run.italic, run.font.color.rgb and str(run.font.color.rgb))
        for run in paragraph.runs
    ]
    assert looks == [
        ("Isi: ", None, None, None),
        ("tebal & ", True, None, None),
        ("<merah>\nbaris\tdua", None, True, "C00000"),
        ("!", None, None, None),
        (".", None, None, None),
    ]
    assert {run.font.size.pt for run in paragraph.runs if run.font.size} == {15.0}
    assert lines(data)[1] == "tebal & <merah>\nbaris\tdua!"
    assert findings(data) == []


def test_it_stands_alone() -> None:
    assert "harus berdiri sendiri" in problem("{{ 'a' ~ x }}", x=RICH)
    assert "harus berdiri sendiri" in problem("{{ x|upper }}", x=RICH)


def test_the_filters_of_a_report_make_it() -> None:
    template = compile_template(
        make("{{ identitas.kecamatan|tebal|miring }} {{ 'x'|warna('#c00000') }}"), "uji.docx", FILTERS, KNOWN
    )
    data = template.render({"identitas": {"kecamatan": "Sukamaju"}}, properties=PROPERTIES)
    name, _, mark = read(data).paragraphs[0].runs
    assert (name.text, name.bold, name.italic) == ("Sukamaju", True, True)
    assert (mark.text, str(mark.font.color.rgb)) == ("x", "C00000")
    with pytest.raises(TemplateError, match="kode enam angka atau huruf A–F"):
        compile_template(make("{{ 'x'|warna('merah') }}"), "uji.docx", FILTERS).render(
            {}, properties=PROPERTIES
        )


# Automatic numbers -----------------------------------------------------------------------------------------

LIST = "<w:p><w:pPr><w:pStyle w:val='ListNumber'/></w:pPr><w:r><w:t>{}</w:t></w:r></w:p>"
OUTER = "{%p for s in sasaran %}", "{{ s.nama }}", "{%p for i in s.indikator %}"
BOTH_END = "{%p endfor %}", "{%p endfor %}"


def lists(data: bytes) -> list[str]:
    """The texts of numbered paragraphs with the id of their own list, if they have one."""
    found = []
    for paragraph in read(data).paragraphs:
        if paragraph.style is not None and paragraph.style.name == "List Number":
            own = paragraph._p.find(f".//{qn('w:numId')}")
            found.append(f"{paragraph.text}{'' if own is None else ' ' + str(own.get(qn('w:val')))}")
    return found


def test_numbers_in_an_inner_loop_start_again() -> None:
    data = rendered(*OUTER, Xml(LIST.format("{{ i.nama }}")), *BOTH_END, sasaran=SASARAN)
    first, second, *others = lists(data)
    assert (first, second) == ("a1", "a2")
    assert len({each.split()[1] for each in others}) == 1
    new = others[0].split()[1]
    assert f'<w:num w:numId="{new}">' in part(data, "word/numbering.xml")
    assert '<w:startOverride w:val="1"/>' in part(data, "word/numbering.xml")
    assert "lkt-" not in part(data)
    assert findings(data) == []


def test_numbers_that_go_on_are_remarked() -> None:
    def remarks(*blocks: Block) -> list[str]:
        return [each.reason for each in inspect_template(make(*blocks), "uji.docx").remarks]

    loops = (
        "{%p for s in sasaran %}",
        "{%p for i in s.program %}",
        Xml(LIST.format("{{ i.nama }}")),
        *BOTH_END,
    )
    (remark,) = remarks(Xml(LIST.format("lain")), *loops)
    assert "nomor otomatis di dalam perulangan ini akan berlanjut" in remark
    assert remarks(*loops) == []
    assert remarks("{%p for s in sasaran %}", Xml(LIST.format("{{ s.nama }}")), "{%p endfor %}") == []
