"""A chart as parts of a Word file: its XML, the workbook inside it, and how they know of each other."""

import re
from functools import lru_cache

from lkt.report.chartbook import chart_workbook
from lkt.report.chartml import chart_xml
from lkt.report.opc import Package
from lkt.report.values import Chart
from lkt.report.wordml import parse, w

_CHART = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_VALUE = "{http://schemas.openxmlformats.org/drawingml/2006/chart}v"
_STYLES = "word/styles.xml"


def store_chart(chart: Chart, part: str, package: Package) -> str:
    """Add a chart to a package; the id of its relationship from ``part``."""
    name = _unused(package, "word/charts/chart{}.xml")
    book = _unused(package, "word/embeddings/grafik{}.xlsx")
    package.parts[book] = chart_workbook(chart)
    package.parts[name] = b""  # the relationship to the workbook is part of its XML
    package.declare_extension("xlsx", _SHEET)
    package.declare(name, _CHART)
    package.parts[name] = chart_xml(chart, _font(package), package.relate(name, "package", book))
    return package.relate(part, "chart", name)


def chart_texts(package: Package) -> list[str]:
    """The cached names and figures of all charts of a document, in the order of the charts' numbers."""
    charts = sorted((name for name in package.parts if package.content_type(name) == _CHART), key=_natural)
    return [value.text or "" for name in charts for value in parse(package.parts[name]).iter(_VALUE)]


def _natural(name: str) -> tuple[int, str]:
    return int("".join(re.findall(r"\d", name)) or 0), name


def _unused(package: Package, pattern: str) -> str:
    return next(
        name for n in range(1, len(package.parts) + 2) if (name := pattern.format(n)) not in package.parts
    )


def _font(package: Package) -> str:
    """The font of plain text; empty where the document leaves it to its theme."""
    return _font_of(package.parts[_STYLES]) if _STYLES in package.parts else ""


@lru_cache(maxsize=8)
def _font_of(styles: bytes) -> str:
    fonts = parse(styles).find(f"{w('docDefaults')}//{w('rFonts')}")
    return "" if fonts is None else fonts.get(w("ascii")) or ""
