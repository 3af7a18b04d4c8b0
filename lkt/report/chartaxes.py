"""The two axes of a chart: its categories, and its values from nought."""

from collections.abc import Iterator

from lkt.report.chartlook import INK, PALE, letters, node, outline, val, words
from lkt.report.ledger import clean
from lkt.report.values import Chart

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
