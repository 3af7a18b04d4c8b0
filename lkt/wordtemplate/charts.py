"""Native charts: the part of a chart, from ``chart.xml`` beside this file, and the workbook inside it."""

import io
import re
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

import jinja2
from docx.document import Document
from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.part import Part

from lkt.bytecode import bytecode_cache
from lkt.wordtemplate.document import package_of, related_xml, w
from lkt.wordtemplate.values import Chart, LabelPlace, Plot, Series, clean

if TYPE_CHECKING:
    from collections.abc import Sequence

INK, NAVY, GREY, PALE = "000000", "1F3864", "595959", "BFBFBF"
_UNDER_STROKES = "9DB4DB"  # black and white strokes are seen on it
_EMU_PER_MM = 36_000
_INDENT = re.compile(r">\n\s*<")  # of chart.xml; Word keeps none
_AXIS_MM, _SIDE_MM = Decimal(7), Decimal(8)  # the names below the lines; the margin beside the legend


@dataclass(frozen=True)
class Stroke:
    """One line of a line chart; no two look alike in grey.

    Attributes:
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


def store_chart(chart: Chart, part: Part, document: Document) -> str:
    """Add a chart to a document; the id of its relationship from ``part``."""
    package, workbook = package_of(document), "rId1"
    name = package.next_partname("/word/embeddings/chart%d.xlsx")
    book = Part(name, CT.SML_SHEET, chart_workbook(chart), package)
    name = package.next_partname("/word/charts/chart%d.xml")
    made = Part(name, CT.DML_CHART, chart_xml(chart, _font(document), workbook), package)
    made.load_rel(RT.PACKAGE, book, workbook)
    return part.relate_to(made, RT.CHART)


def chart_xml(chart: Chart, font: str, workbook: str) -> bytes:
    """The chart part.

    Args:
        chart: what it shows.
        font: the font of its text; that of the theme when empty.
        workbook: the id of its relationship to the workbook inside.
    """
    last = len(chart.categories)
    width, height = Decimal(chart.width_emu) / _EMU_PER_MM, Decimal(chart.height_emu) / _EMU_PER_MM
    top = chart.plot.top + chart.plot.height + _AXIS_MM  # of the legend: all the room below the lines
    legend = Plot(_SIDE_MM, top, width - 2 * _SIDE_MM, height - top)
    text = _template().render(
        chart=chart,
        font=font,
        workbook=workbook,
        axis_title=clean(chart.axis_title),
        categories=[clean(name) for name in chart.categories],
        categories_at=_cells(0, 1, last),
        lines=[_series(series, number, last) for number, series in enumerate(chart.series, 1)],
        from_zero=chart.scale is not None
        or not any(value < 0 for series in chart.series for value in series.values if value),
        plot=_shares(chart.plot, width, height),
        over=_over(chart),
        beside=[clean(text) for text in chart.beside],
        legend=_shares(legend, width, height) if chart.kind == "line" else None,
        ink=INK,
        navy=_UNDER_STROKES if chart.marks else NAVY,
        grey=GREY,
        pale=PALE,
    )
    return _INDENT.sub("><", text).encode()


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("lkt.wordtemplate", ""),
        bytecode_cache=bytecode_cache(),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
    )
    return environment.get_template("chart.xml")


def _series(series: Series, column: int, last: int) -> dict[str, Any]:
    """What the template shows of a series, whose cells stand in a column of the workbook, from 0."""
    labels: Sequence[LabelPlace] = series.labels or [""] * len(series.values)
    return {
        "name": clean(series.name),
        "name_at": _cells(column, 0, 0),
        "figures": [None if value is None else format(value, "f") for value in series.values],
        "values_at": _cells(column, 1, last),
        "look": series.look,
        "stroke": STROKES[series.look % len(STROKES)],
        "labels": labels,
        "texts": [clean(text) for text in series.texts],
        "usual_label": max(labels, key=lambda place: (labels.count(place), place)),
    }


# Strokes across the bars, and texts beside them: bars laid end to end over each row, most of them unseen ---

_STROKE = Decimal("0.011")  # of the axis


def _laid(chart: Chart, place: int) -> list[tuple[Decimal, int | None]]:
    """What lies over the row of a category: gap and stroke for each mark, then the room of the text beside.

    Each with its length, and the look of its mark where it is one.
    """
    if chart.scale is None:
        return []
    wide, end = chart.scale.end * _STROKE, Decimal(0)
    known = [(mark.values[place], mark.look) for mark in chart.marks]
    laid: list[tuple[Decimal, int | None]] = []
    for value, look in sorted((value, look) for value, look in known if value is not None):
        gap = max(Decimal(0), value - wide / 2 - end)
        laid += [(gap, None), (wide, look)]
        end += gap + wide
    laid += [(Decimal(0), None)] * (2 * len(chart.marks) - len(laid))
    return [*laid, (chart.scale.end - end, None)]


def _over(chart: Chart) -> list[dict[str, Any]]:
    """What the template shows of that, part by part."""
    rows = [_laid(chart, place) for place in range(len(chart.categories))]
    first = 1 + len(chart.series)
    parts: list[dict[str, Any]] = []
    for nth, column in enumerate(zip(*rows, strict=True)):
        mark, stroke = divmod(nth, 2)
        look = chart.marks[mark].look if stroke else None
        parts.append(
            {
                "name": clean(chart.marks[mark].name) if stroke else _gap(mark),
                "name_at": _cells(first + mark if stroke else first + len(chart.marks) + nth, 0, 0),
                "figures": [format(length, "f") for length, _ in column],
                "values_at": _cells(first + len(chart.marks) + nth, 1, len(rows)),
                "look": look,
                "others": {place: own for place, (_, own) in enumerate(column) if own not in (look, None)},
            }
        )
    return parts


def _gap(nth: int) -> str:
    return f"Jarak {nth + 1}"


def _over_formula(chart: Chart, nth: int, row: int) -> str:
    """The length of one of these parts in the workbook inside, so that a stroke goes where its value goes."""
    assert chart.scale is not None
    first = 1 + len(chart.series)
    marks = f"{_letter(first)}{row}:{_letter(first + len(chart.marks) - 1)}{row}"
    start = first + len(chart.marks)
    before = f"SUM({_letter(start)}{row}:{_letter(start + nth - 1)}{row})" if nth else "0"
    wide, (mark, stroke) = chart.scale.end * _STROKE, divmod(nth, 2)
    if mark == len(chart.marks):
        return f"={chart.scale.end}-{before}"
    if stroke:
        return f"=IF(COUNT({marks})>{mark},{wide},0)"
    return f"=IFERROR(MAX(0,SMALL({marks},{mark + 1})-{wide / 2}-{before}),0)"


def _shares(place: Plot, width: Decimal, height: Decimal) -> dict[str, str]:
    """A place as shares of the width and height of the chart."""
    shares = {"x": place.left / width, "y": place.top / height}
    shares |= {"w": place.width / width, "h": place.height / height}
    return {edge: format(share, ".4f") for edge, share in shares.items()}


def _font(document: Document) -> str:
    """The font of plain text; empty where the document leaves it to its theme."""
    for part in related_xml(document.part, RT.STYLES):
        for fonts in part.element.iterfind(f"{w('docDefaults')}//{w('rFonts')}"):
            return fonts.get(w("ascii")) or ""
    return ""


# The workbook inside a chart, which Word opens for "Edit Data" --------------------------------------------

_SHEET = "Data"
_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 - a workbook knows no zone; the same bytes on any day
_WIDTHS = (60, 24)


def chart_workbook(chart: Chart) -> bytes:
    """The categories in column A, a series in each column after it, their names in row 1."""
    from xlsxwriter.workbook import Workbook  # noqa: PLC0415 - only a report with charts pays for it

    buffer = io.BytesIO()
    book = Workbook(buffer, {"in_memory": True})
    book.set_properties({"created": _CREATED})
    sheet = book.add_worksheet(_SHEET)
    wrapped = book.add_format({"text_wrap": True})
    number = book.add_format({"num_format": chart.number_format})
    sheet.set_column(0, 0, _WIDTHS[0], wrapped)
    sheet.set_column(1, len(chart.series) + len(chart.marks), _WIDTHS[1])
    for row, category in enumerate(chart.categories, 1):
        sheet.write_string(row, 0, clean(category), wrapped)
    for column, series in enumerate((*chart.series, *chart.marks), 1):
        sheet.write_string(0, column, clean(series.name), wrapped)
        for row, value in enumerate(series.values, 1):
            if value is not None:
                sheet.write_number(row, column, value, number)
    for nth in range(len(_laid(chart, 0))):
        mark, stroke = divmod(nth, 2)
        name = f"Garis {mark + 1}" if stroke else _gap(mark)
        sheet.write_string(0, 1 + len(chart.series) + len(chart.marks) + nth, name)
    for row in range(1, len(chart.categories) + 1):
        for nth, (length, _) in enumerate(_laid(chart, row - 1)):
            column = 1 + len(chart.series) + len(chart.marks) + nth
            sheet.write_formula(row, column, _over_formula(chart, nth, row + 1), number, length)
    book.close()
    return buffer.getvalue()


def _cells(column: int, first: int, last: int) -> str:
    """The address of cells of one column, both counted from 0 as in ``chart_workbook``."""
    letter = _letter(column)
    begin, end = (f"${letter}${row + 1}" for row in (first, last))
    return f"{_SHEET}!{begin}" if begin == end else f"{_SHEET}!{begin}:{end}"


def _letter(column: int) -> str:
    """The letter of a column counted from 0; a chart has far fewer than 26."""
    return chr(ord("A") + column)
