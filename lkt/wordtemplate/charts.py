"""Native charts: their XML, their workbook, and how they look."""

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from xml.sax.saxutils import escape
from zipfile import ZipFile

from lkt.addresses import address, column_letters
from lkt.wordtemplate.document import R_NS, WordPackage, parse, w, zipped
from lkt.wordtemplate.values import Chart, LabelPlace, Plot, Series, clean

# The workbook inside a chart, which Word opens for "Edit Data" --------------------------------------------
#
# XlsxWriter makes all of it but its cells, once for all charts that are written alike; a report's own cells
# are
# put into that. A whole workbook for each chart was the larger part of what a chart costs.


SHEET = "Data"
_SHEET, _TEXTS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 - a workbook knows no zone; the same bytes on any day
_WIDTHS = (60, 24)
_EXTENT = re.compile(r'(?<=<dimension ref=")[^"]*')
_ESCAPE_OF_ITS_OWN = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # a spreadsheet reads _x0041_ as A
_PROBES = re.compile(r'<c r="(?:A2|B2)" s="(\d+)"')


@dataclass(frozen=True, slots=True)
class _Frame:
    """A workbook without cells.

    Attributes:
        parts: its parts but the sheet and its texts.
        head: the sheet up to its cells.
        tail: the sheet behind them.
        wrapped: the number of the format of texts.
        number: the number of the format of figures.
    """

    parts: tuple[tuple[str, bytes], ...]
    head: str
    tail: str
    wrapped: str
    number: str


def chart_workbook(chart: Chart) -> bytes:
    """The categories in column A, a series in each column after it, their names in row 1."""
    frame = _frame(chart.number_format, len(chart.series))
    extent = f"A1:{address(len(chart.categories) + 1, len(chart.series) + 1)}"
    rows = "".join(_rows(chart, frame))
    sheet = f"{_EXTENT.sub(extent, frame.head)}<sheetData>{rows}</sheetData>{frame.tail}"
    texts = _texts([*(series.name for series in chart.series), *chart.categories])
    parts = (*frame.parts, (_TEXTS, texts.encode()), (_SHEET, sheet.encode()))
    return zipped((name, data, True) for name, data in parts)


def cells(column: int, first: int, last: int) -> str:
    """The address of cells of one column, both counted from 0 as in ``chart_workbook``."""
    letters = column_letters(column + 1)
    begin, end = (f"${letters}${row + 1}" for row in (first, last))
    return f"{SHEET}!{begin}" if begin == end else f"{SHEET}!{begin}:{end}"


def _rows(chart: Chart, frame: _Frame) -> Iterator[str]:
    """The rows; the texts are numbered as they stand in them, the names of the series first."""
    columns = range(2, len(chart.series) + 2)
    yield _row(1, [_text(1, column, column - 2, frame) for column in columns])
    for place in range(len(chart.categories)):
        figures = (
            f'<c r="{address(place + 2, column)}" s="{frame.number}"><v>{value:f}</v></c>'
            for column, series in zip(columns, chart.series, strict=True)
            if (value := series.values[place]) is not None
        )
        yield _row(place + 2, [_text(place + 2, 1, len(columns) + place, frame), *figures])


def _row(number: int, content: Sequence[str]) -> str:
    return f'<row r="{number}">{"".join(content)}</row>'


def _text(row: int, column: int, number: int, frame: _Frame) -> str:
    return f'<c r="{address(row, column)}" s="{frame.wrapped}" t="s"><v>{number}</v></c>'


def _texts(texts: Sequence[str]) -> str:
    """The part in which a workbook keeps its texts."""
    written = (escape(_ESCAPE_OF_ITS_OWN.sub("_x005F_", clean(text))) for text in texts)
    items = "".join(f'<si><t xml:space="preserve">{text}</t></si>' for text in written)
    count = f'count="{len(texts)}" uniqueCount="{len(texts)}"'
    return f'{_DECLARATION}<sst xmlns="{_NAMESPACE}" {count}>{items}</sst>'


@lru_cache(maxsize=16)
def _frame(number_format: str, series: int) -> _Frame:
    """The workbook for charts with so many series whose figures are written so."""
    from xlsxwriter.workbook import Workbook  # noqa: PLC0415 - only a report with charts pays for it

    buffer = io.BytesIO()
    book = Workbook(buffer, {"in_memory": True})
    book.set_properties({"created": _CREATED})
    sheet = book.add_worksheet(SHEET)
    wrapped, number = book.add_format({"text_wrap": True}), book.add_format()
    number.set_num_format(number_format)
    sheet.set_column(0, 0, _WIDTHS[0], wrapped)
    sheet.set_column(1, series, _WIDTHS[1])
    sheet.write_string(1, 0, SHEET, wrapped)  # both cells tell the numbers of their formats, and go
    sheet.write_number(1, 1, 1, number)
    book.close()
    with ZipFile(buffer) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    del parts[_TEXTS]
    head, _, rest = parts.pop(_SHEET).decode().partition("<sheetData>")
    probes, _, tail = rest.partition("</sheetData>")
    return _Frame(tuple(sorted(parts.items())), head, tail, *_PROBES.findall(probes))


# How a chart looks, in colour and printed in black and white: fills, lines, markers, letters --------------
#
# A chart is written as text: it has some three hundred elements, most of them the same in every chart, and to
# make each of them an object took most of the time of a chart.


_QUOTED = {'"': "&quot;", "\n": "&#10;", "\t": "&#9;"}
INK, NAVY, GREY, PALE = "000000", "1F3864", "595959", "BFBFBF"
_SIZE = "800"  # hundredths of a point


@dataclass(frozen=True)
class Stroke:
    """One line of a line chart; no two look alike in grey.

    Args:
        colour: of the line.
        dash: its pattern.
        marker: the mark on its points.
        hollow: the mark is white inside.
        width: in EMU.
    """

    colour: str
    dash: str
    marker: str
    hollow: bool = False
    width: int = 19050


STROKES = (
    Stroke(NAVY, "solid", "circle"),
    Stroke(INK, "dash", "square"),
    Stroke(GREY, "sysDot", "triangle"),
    Stroke(NAVY, "lgDash", "diamond"),
    Stroke(INK, "dashDot", "x"),
    Stroke(GREY, "lgDashDotDot", "star"),
    Stroke(INK, "solid", "circle", hollow=True, width=31750),
)
"""The lines by the look of a series; the last is for the one that is of another kind."""


def node(name: str, *children: str, text: str = "", **attributes: object) -> str:
    """An element such as ``c:ser``, as XML; an attribute of relationships is written ``r_id``."""
    given = "".join([_attribute(key, str(value)) for key, value in attributes.items()])
    inside = escape(text) + "".join(children) if text else "".join(children)
    return f"<{name}{given}>{inside}</{name}>" if inside else f"<{name}{given}/>"


@lru_cache(maxsize=512)
def _attribute(key: str, value: str) -> str:
    return f' {key.replace("_", ":")}="{escape(value, _QUOTED)}"'


def val(name: str, value: object) -> str:
    """An element that is nothing but its value."""
    return node(name, val=value)


def solid(colour: str) -> str:
    """A fill of one colour."""
    return node("a:solidFill", node("a:srgbClr", val=colour))


def outline(colour: str, width: int = 6350, dash: str = "", *end: str, **attributes: str) -> str:
    """A line, or the edge of a bar."""
    dashes = val("a:prstDash", dash) if dash else ""
    return node("a:ln", solid(colour), dashes, *end, w=width, **attributes)


def no_outline() -> str:
    """No line."""
    return node("a:ln", node("a:noFill"))


@lru_cache(maxsize=64)
def bar(look: int) -> str:
    """The shape of the bars of a series: hatched on white, or dark."""
    return node("c:spPr", solid(NAVY) if look % 2 else _hatched(), outline(INK))


def _hatched() -> str:
    foreground = node("a:fgClr", node("a:srgbClr", val=GREY))
    background = node("a:bgClr", node("a:srgbClr", val="FFFFFF"))
    return node("a:pattFill", foreground, background, prst="ltUpDiag")


@lru_cache(maxsize=64)
def line(look: int) -> str:
    """The line of a series."""
    stroke = STROKES[look % len(STROKES)]
    drawn = outline(stroke.colour, stroke.width, stroke.dash, node("a:round"), cap="rnd")
    return node("c:spPr", drawn)


@lru_cache(maxsize=64)
def marker(look: int) -> str:
    """The mark on its points."""
    stroke = STROKES[look % len(STROKES)]
    fill = solid("FFFFFF" if stroke.hollow else stroke.colour)
    shape = node("c:spPr", fill, outline(stroke.colour, 9525))
    return node("c:marker", val("c:symbol", stroke.marker), val("c:size", 7), shape)


@lru_cache(maxsize=64)
def letters(font: str, wrap: str = "square") -> str:
    """Small black text in a font; in that of the theme when none is named."""
    properties = node("a:defRPr", solid(INK), _latin(font), sz=_SIZE, b=0)
    return _body("c:txPr", wrap, node("a:pPr", properties), node("a:endParaRPr", lang="id-ID"))


def words(text: str, font: str) -> str:
    """A text of its own, such as the title of an axis."""
    usual = node("a:defRPr", solid(INK), _latin(font), sz=_SIZE, b=0)
    properties = node("a:rPr", solid(INK), _latin(font), lang="id-ID", sz=_SIZE, b=0)
    run = node("a:r", properties, node("a:t", text=text))
    return node("c:tx", _body("c:rich", "square", node("a:pPr", usual), run))


def _latin(font: str) -> str:
    return node("a:latin", typeface=font) if font else ""


def _body(name: str, wrap: str, *paragraph: str) -> str:
    return node(name, node("a:bodyPr", wrap=wrap), node("a:lstStyle"), node("a:p", *paragraph))


# The two axes of a chart: its categories, and its values from nought --------------------------------------


_CATEGORIES, _VALUES = 111111111, 222222222  # the axes know each other by these


def axis_ids() -> tuple[str, str]:
    """The axes that the bars or lines belong to."""
    return val("c:axId", _CATEGORIES), val("c:axId", _VALUES)


def axes(chart: Chart, font: str) -> tuple[str, str]:
    """The axis of categories and that of values."""
    return _names(chart, font), _figures(chart, font)


def _names(chart: Chart, font: str) -> str:
    lying = chart.kind == "bar"
    return node(
        "c:catAx",
        val("c:axId", _CATEGORIES),
        node("c:scaling", val("c:orientation", "maxMin" if lying else "minMax")),
        val("c:delete", 0),
        val("c:axPos", "l" if lying else "b"),
        *_ticks("General", "low", font),
        val("c:crossAx", _VALUES),
        val("c:crosses", "autoZero"),
        val("c:auto", 0),
        val("c:lblAlgn", "ctr"),
        val("c:lblOffset", 50),
        val("c:noMultiLvlLbl", 1),
    )


def _figures(chart: Chart, font: str) -> str:
    lying = chart.kind == "bar"
    return node(
        "c:valAx",
        val("c:axId", _VALUES),
        node("c:scaling", val("c:orientation", "minMax"), "" if _negative(chart) else val("c:min", 0)),
        val("c:delete", 0),
        val("c:axPos", "b" if lying else "l"),
        node("c:majorGridlines", node("c:spPr", outline(PALE, dash="sysDot"))),
        _axis_title(chart, font) if chart.axis_title else "",
        *_ticks(chart.axis_format, "nextTo", font),
        val("c:crossAx", _CATEGORIES),
        val("c:crosses", "max" if lying else "autoZero"),
        val("c:crossBetween", "between"),
    )


def _negative(chart: Chart) -> bool:
    return any(value is not None and value < 0 for series in chart.series for value in series.values)


def _axis_title(chart: Chart, font: str) -> str:
    return node("c:title", words(clean(chart.axis_title), font), val("c:overlay", 0))


def _ticks(number_format: str, place: str, font: str) -> Iterator[str]:
    yield node("c:numFmt", formatCode=number_format, sourceLinked=0)
    yield val("c:majorTickMark", "none")
    yield val("c:minorTickMark", "none")
    yield val("c:tickLblPos", place)
    yield node("c:spPr", outline(INK))
    yield letters(font)


# A chart as DrawingML: its series, their cached names and figures -----------------------------------------


EMU_PER_MM = 36_000
_DECLARATION_CHARTML = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
_NAMESPACES = {
    "xmlns_c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "xmlns_a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "xmlns_r": R_NS,
}
_AXIS_MM = Decimal(7)  # the names below the lines
_SIDE_MM = Decimal(8)


def chart_xml(chart: Chart, font: str, workbook: str) -> bytes:
    """The chart part.

    Args:
        chart: what it shows.
        font: the font of its text; that of the theme when empty.
        workbook: the id of its relationship to the workbook inside.
    """
    space = node(
        "c:chartSpace",
        val("c:date1904", 0),
        val("c:lang", "id-ID"),
        val("c:roundedCorners", 0),
        _chart(chart, font),
        node("c:spPr", node("a:noFill"), no_outline()),
        letters(font),
        node("c:externalData", val("c:autoUpdate", 0), r_id=workbook),
        **_NAMESPACES,
    )
    return f"{_DECLARATION_CHARTML}{space}".encode()


def _chart(chart: Chart, font: str) -> str:
    drawn = _lines(chart, font) if chart.kind == "line" else _bars(chart, font)
    return node(
        "c:chart",
        val("c:autoTitleDeleted", 1),
        node("c:plotArea", _plot_layout(chart), drawn, *axes(chart, font)),
        node("c:legend", val("c:legendPos", "b"), _legend_layout(chart), val("c:overlay", 0), letters(font)),
        val("c:plotVisOnly", 1),
        val("c:dispBlanksAs", "span"),
    )


def _plot_layout(chart: Chart) -> str:
    return _layout(chart, chart.plot, val("c:layoutTarget", "inner"))


def _legend_layout(chart: Chart) -> str:
    """All the room below the lines, since their names are long; bars have short names."""
    if chart.kind != "line":
        return ""
    top = chart.plot.top + chart.plot.height + _AXIS_MM
    width, height = _mm(chart.width_emu), _mm(chart.height_emu)
    return _layout(chart, Plot(_SIDE_MM, top, width - 2 * _SIDE_MM, height - top))


def _layout(chart: Chart, place: Plot, target: str = "") -> str:
    width, height = _mm(chart.width_emu), _mm(chart.height_emu)
    edges = {
        "x": place.left / width,
        "y": place.top / height,
        "w": place.width / width,
        "h": place.height / height,
    }
    modes = val("c:xMode", "edge"), val("c:yMode", "edge")
    sizes = (val(f"c:{name}", format(edge, ".4f")) for name, edge in edges.items())
    return node("c:layout", node("c:manualLayout", target, *modes, *sizes))


def _mm(emu: int) -> Decimal:
    return Decimal(emu) / EMU_PER_MM


# Series ----------------------------------------------------------------------------------------------------


def _bars(chart: Chart, font: str) -> str:
    return node(
        "c:barChart",
        val("c:barDir", "bar" if chart.kind == "bar" else "col"),
        val("c:grouping", "clustered"),
        val("c:varyColors", 0),
        *(_series(chart, number, font) for number in range(len(chart.series))),
        val("c:gapWidth", 45),
        val("c:overlap", 0),
        *axis_ids(),
    )


def _lines(chart: Chart, font: str) -> str:
    return node(
        "c:lineChart",
        val("c:grouping", "standard"),
        val("c:varyColors", 0),
        *(_series(chart, number, font) for number in range(len(chart.series))),
        val("c:marker", 1),
        *axis_ids(),
    )


def _series(chart: Chart, number: int, font: str) -> str:
    series, lines = chart.series[number], chart.kind == "line"
    last = len(chart.categories)
    return node(
        "c:ser",
        val("c:idx", number),
        val("c:order", number),
        node("c:tx", _texts_chartml([series.name], cells(number + 1, 0, 0))),
        line(series.look) if lines else bar(series.look),
        marker(series.look) if lines else val("c:invertIfNegative", 0),
        _labels(chart, series, font),
        node("c:cat", _texts_chartml(chart.categories, cells(0, 1, last))),
        node("c:val", _figures_chartml(series, chart.number_format, cells(number + 1, 1, last))),
        val("c:smooth", 0) if lines else "",
    )


def _texts_chartml(texts: Sequence[str], place: str) -> str:
    points = _points([clean(text) for text in texts])
    return node("c:strRef", node("c:f", text=place), node("c:strCache", *points))


def _figures_chartml(series: Series, number_format: str, place: str) -> str:
    points = _points([None if value is None else format(value, "f") for value in series.values])
    cache = node("c:numCache", node("c:formatCode", text=number_format), *points)
    return node("c:numRef", node("c:f", text=place), cache)


def _points(texts: Sequence[str | None]) -> Iterator[str]:
    yield val("c:ptCount", len(texts))
    for index, text in enumerate(texts):
        if text is not None:
            yield node("c:pt", node("c:v", text=text), idx=index)


def _labels(chart: Chart, series: Series, font: str) -> str:
    """The figures at the points; the most usual place holds for all that are not named."""
    places: Sequence[LabelPlace] = series.labels or [""] * len(series.values)
    usual = max(places, key=lambda place: (places.count(place), place))
    named = (
        node("c:dLbl", val("c:idx", index), *_label(chart, place, font))
        for index, place in enumerate(places)
        if place != usual
    )
    return node("c:dLbls", *named, *_label(chart, usual, font, group=True))


def _label(chart: Chart, place: LabelPlace, font: str, *, group: bool = False) -> Iterator[str]:
    if not place and not group:
        yield val("c:delete", 1)
        return
    if place:
        yield node("c:numFmt", formatCode=chart.number_format, sourceLinked=0)
        yield node("c:spPr", node("a:noFill"), no_outline())
        yield letters(font, wrap="none")
        yield val("c:dLblPos", place)
    for name in ("LegendKey", "Val", "CatName", "SerName", "Percent", "BubbleSize"):
        yield val(f"c:show{name}", int(name == "Val" and bool(place)))


# A chart as parts of a Word file: its XML, the workbook inside it, and how they know of each other --------


_CHART = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_SHEET_CHARTS = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_VALUE = "{http://schemas.openxmlformats.org/drawingml/2006/chart}v"
_STYLES = "word/styles.xml"


def store_chart(chart: Chart, part: str, package: WordPackage) -> str:
    """Add a chart to a package; the id of its relationship from ``part``."""
    name = _unused(package, "word/charts/chart{}.xml")
    book = _unused(package, "word/embeddings/grafik{}.xlsx")
    package.parts[book] = chart_workbook(chart)
    package.parts[name] = b""  # the relationship to the workbook is part of its XML
    package.declare_extension("xlsx", _SHEET_CHARTS)
    package.declare(name, _CHART)
    package.parts[name] = chart_xml(chart, _font(package), package.relate(name, "package", book))
    return package.relate(part, "chart", name)


def chart_texts(package: WordPackage) -> list[str]:
    """The cached names and figures of all charts of a document, in the order of the charts' numbers."""
    charts = sorted((name for name in package.parts if package.content_type(name) == _CHART), key=_natural)
    return [value.text or "" for name in charts for value in parse(package.parts[name]).iter(_VALUE)]


def _natural(name: str) -> tuple[int, str]:
    return int("".join(re.findall(r"\d", name)) or 0), name


def _unused(package: WordPackage, pattern: str) -> str:
    return next(
        name for n in range(1, len(package.parts) + 2) if (name := pattern.format(n)) not in package.parts
    )


def _font(package: WordPackage) -> str:
    """The font of plain text; empty where the document leaves it to its theme."""
    return _font_of(package.parts[_STYLES]) if _STYLES in package.parts else ""


@lru_cache(maxsize=8)
def _font_of(styles: bytes) -> str:
    fonts = parse(styles).find(f"{w('docDefaults')}//{w('rFonts')}")
    return "" if fonts is None else fonts.get(w("ascii")) or ""
