"""A chart as DrawingML: its series, their cached names and figures."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from lkt.report.chartaxes import axes, axis_ids
from lkt.report.chartbook import cells
from lkt.report.chartlook import (
    bar,
    letters,
    line,
    marker,
    no_outline,
    node,
    val,
)
from lkt.report.ledger import clean
from lkt.report.values import Chart, LabelPlace, Plot, Series
from lkt.report.wordml import R_NS

EMU_PER_MM = 36_000
_DECLARATION = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
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
    return f"{_DECLARATION}{space}".encode()


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
        node("c:tx", _texts([series.name], cells(number + 1, 0, 0))),
        line(series.look) if lines else bar(series.look),
        marker(series.look) if lines else val("c:invertIfNegative", 0),
        _labels(chart, series, font),
        node("c:cat", _texts(chart.categories, cells(0, 1, last))),
        node("c:val", _figures(series, chart.number_format, cells(number + 1, 1, last))),
        val("c:smooth", 0) if lines else "",
    )


def _texts(texts: Sequence[str], place: str) -> str:
    points = _points([clean(text) for text in texts])
    return node("c:strRef", node("c:f", text=place), node("c:strCache", *points))


def _figures(series: Series, number_format: str, place: str) -> str:
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
