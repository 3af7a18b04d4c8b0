"""Charts as parts of a Word file: valid, editable, the same bytes each time, readable in black and white."""

import re
import zipfile
from dataclasses import replace
from decimal import Decimal
from html import unescape
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from docx.document import Document

from lkt.errors import TemplateError
from lkt.wordtemplate.charts import STROKES
from lkt.wordtemplate.document import read_parts
from lkt.wordtemplate.template import compile_template
from lkt.wordtemplate.values import Chart, ChartKind, Scale, Series
from tests.validity.checks import audited
from tests.wordtemplate.docx_builder import (
    PROPERTIES,
    chart,
    findings,
    make,
    part,
    parts,
    problem,
    read,
    rendered,
    with_footnotes,
)
from tests.wordtemplate.test_tags import box

AWKWARD = ("A & B < C > \"D\" 'E'", "🏅 emas\x00", "x" * 300, "_x0041_")


def texts(data: bytes) -> list[str]:
    """The cached names and figures of all charts, in the order of their numbers."""
    found = {
        name: xml for name, xml in read_parts(data, "uji").items() if name.startswith("word/charts/chart")
    }
    names = sorted(found, key=lambda name: int("".join(re.findall(r"\d", name))))
    return [unescape(text) for name in names for text in re.findall("<c:v>(.*?)</c:v>", found[name].decode())]


def books(data: bytes) -> list[list[list[object]]]:
    """The cells of each workbook inside."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        names = [name for name in archive.namelist() if name.endswith(".xlsx")]
        sheets = [openpyxl.load_workbook(BytesIO(archive.read(name))).worksheets[0] for name in names]
    return [[[cell.value for cell in row] for row in sheet.rows] for sheet in sheets]


@pytest.mark.parametrize(
    ("kind", "values"),
    [("bar", ("35.48", "100")), ("bar", (None, None)), ("column", (None, "-2.50")), ("line", ("100", None))],
)
def test_a_chart_is_valid_and_reproducible(kind: ChartKind, values: tuple[str | None, ...]) -> None:
    data = rendered("a {{ x }}", x=chart(kind, values=values))
    assert findings(data) == []
    assert data == rendered("a {{ x }}", x=chart(kind, values=values))


def test_the_cache_and_the_workbook_inside_say_the_same() -> None:
    data = rendered("{{ x }}", x=chart(values=("35.48", None)))
    assert texts(data) == ["Sepuluh", "satu", "dua", "10", "10", "Nilai", "satu", "dua", "35.48"]
    assert books(data) == [[[None, "Sepuluh", "Nilai"], ["satu", 10, 35.48], ["dua", 10, None]]]
    xml = part(data, "word/charts/chart1.xml")
    assert re.findall("<c:f>(.*?)</c:f>", xml) == [
        "Data!$B$1", "Data!$A$2:$A$3", "Data!$B$2:$B$3", "Data!$C$1", "Data!$A$2:$A$3", "Data!$C$2:$C$3",
    ]  # fmt: skip

    assert '<c:externalData r:id="rId1"><c:autoUpdate val="0"/>' in xml
    assert 'Target="../embeddings/chart1.xlsx"' in part(data, "word/charts/_rels/chart1.xml.rels")
    assert 'name="Grafik" descr="isi grafik" title="Grafik uji"' in part(data)


def crossed() -> Chart:
    """Two rows: in the second the marks lie the other way round, and one text is blank."""
    marks = (
        Series("Target", (Decimal(100), Decimal(100)), 0),
        Series("Kini", (Decimal(25), Decimal(150)), 1),
    )
    return replace(
        chart(values=("35.48", None)), marks=marks, beside=("35,48%\nRp1", ""), scale=Scale(Decimal(200), 25)
    )


def test_strokes_across_bars_and_texts_beside_them() -> None:
    data = rendered("{{ x }}", x=crossed())
    assert findings(data) == []
    xml = part(data, "word/charts/chart1.xml")
    assert re.findall("<a:t>(.*?)</a:t>", xml) == ["35,48%", "Rp1", "satuan"]
    rows = books(data)[0]
    assert [row[3:5] for row in rows] == [["Target", "Kini"], [100, 25], [100, 150]]
    with zipfile.ZipFile(BytesIO(read_parts(data, "uji")["word/embeddings/chart1.xlsx"])) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    lengths = [float(value) for value in re.findall(r"</f><v>(.*?)</v>", sheet)]
    assert lengths == [23.9, 2.2, 72.8, 2.2, 98.9, 98.9, 2.2, 47.8, 2.2, 48.9]
    assert "SMALL(D2:E2,2)-1.100-SUM(F2:G2)" in sheet
    assert re.findall('<c:dPt><c:idx val="(.)"/>', xml) == ["0", "0"]  # where they lie the other way round


def test_marks_need_lying_bars_and_a_scale() -> None:
    for wrong in ({"scale": None}, {"kind": "column"}):
        with pytest.raises(ValueError, match="marks and texts"):
            replace(crossed(), **wrong)


def test_a_figure_is_written_as_it_was_handed_over() -> None:
    told = replace(
        chart("line"), series=(Series("Nilai", (Decimal(1), None), 0, ("t", "t"), ("1,00%", "-")),)
    )
    xml = part(rendered("{{ x }}", x=told), "word/charts/chart1.xml")
    assert re.findall("<a:t>(.*?)</a:t>", xml) == ["1,00%", "-", "satuan"]


def test_any_name_reads_back_and_the_workbook_inside_is_valid(tmp_path: Path) -> None:
    data = rendered("{{ x }}", x=chart(names=AWKWARD, values=("1", None, "3", "4")))
    names = [AWKWARD[0], "🏅 emas", *AWKWARD[2:]]
    assert findings(data) == []
    assert texts(data)[1:5] == names
    assert [row[0] for row in books(data)[0][1:]][:3] == names[:3]
    path = tmp_path / "data.xlsx"
    path.write_bytes(read_parts(data, "uji")["word/embeddings/chart1.xlsx"])
    assert audited(path) == []
    with zipfile.ZipFile(path) as book:  # a spreadsheet would take such a name for an escape
        assert "_x005F_x0041_" in book.read("xl/sharedStrings.xml").decode()


def test_each_chart_of_a_loop_has_its_own_parts() -> None:
    charts = [chart(names=(f"x{n}", "y")) for n in range(11)]
    data = rendered("{%p for g in grafik %}", "{{ g }}", "{%p endfor %}", grafik=[*charts, charts[0]])
    assert sum(name.startswith("word/charts/chart") for name in parts(data)) == 12
    assert texts(data)[1::10] == [*(f"x{n}" for n in range(11)), "x0"]
    assert re.findall(r'<wp:docPr id="(\d+)"', part(data)) == [str(n) for n in range(1, 13)]
    assert findings(data) == []


def test_a_chart_in_a_header_is_related_to_it() -> None:
    def change(document: Document) -> None:
        document.sections[0].header.paragraphs[0].text = "{{ x }}"

    data = compile_template(make("a", change=change), "uji.docx").render(
        {"x": chart()}, properties=PROPERTIES, watermark="DRAF"
    )
    header = next(name for name in parts(data) if name.startswith("word/header"))
    assert part(data, f"word/_rels/{header[5:]}.rels").count("/chart") == 2  # its kind and its name
    assert findings(data) == []


def test_a_chart_in_a_text_box_is_drawn_once() -> None:
    data = rendered(box("{{ x }}"), x=chart())
    assert len(books(data)) == 1
    assert findings(data) == []


def test_where_a_chart_cannot_be() -> None:
    note = "<w:footnote w:id='2'><w:p><w:r><w:t>{{ x }}</w:t></w:r></w:p></w:footnote>"
    template = compile_template(with_footnotes(read(make("a")), note), "uji.docx")
    with pytest.raises(TemplateError, match=r"catatan kaki, .*grafik tidak dapat diletakkan"):
        template.render({"x": chart()}, properties=PROPERTIES)
    assert "harus berdiri sendiri" in problem("{{ 'a' ~ x }}", x=chart())


def test_the_axis_starts_at_nought_unless_a_value_is_below() -> None:
    assert '<c:min val="0"/>' in part(rendered("{{ x }}", x=chart()), "word/charts/chart1.xml")
    below = rendered("{{ x }}", x=chart(values=("-1", "2")))
    assert "<c:min " not in part(below, "word/charts/chart1.xml")


@pytest.mark.parametrize("kind", ["bar", "column"])
def test_bars_are_told_apart_in_black_and_white(kind: ChartKind) -> None:
    xml = part(rendered("{{ x }}", x=chart(kind)), "word/charts/chart1.xml")
    hatched, dark = re.findall(r"<c:spPr><a:(\w+)(.*?)<a:ln w=", xml)[:2]
    assert (hatched[0], "ltUpDiag" in hatched[1]) == ("pattFill", True)
    assert dark[0] == "solidFill"
    assert _light(re.findall(r'val="(\w{6})"', dark[1])[0]) < 64


def test_lines_are_told_apart_in_black_and_white() -> None:
    assert len({(stroke.dash, stroke.marker, stroke.hollow) for stroke in STROKES}) == len(STROKES)
    assert all(_light(stroke.colour) < 128 for stroke in STROKES)


def _light(colour: str) -> float:
    red, green, blue = bytes.fromhex(colour)
    return 0.3 * red + 0.59 * green + 0.11 * blue


@pytest.mark.parametrize("names", [(), ("satu",)])
def test_what_cannot_be_drawn_is_a_mistake(names: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match=r"a chart has|a series has"):
        replace(chart(), categories=names)
