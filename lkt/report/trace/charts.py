"""The figures of a chart as the document keeps them, which is what is drawn and printed."""

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from lkt.bahasa import format_trimmed, round_half_up
from lkt.report.opc import Package
from lkt.report.trace.texts import normal
from lkt.report.wordml import FALLBACK, Element, parse, r

_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
CHART = f"{_C}chart"
_DECIMALS = 6  # more are the noise of a program's binary numbers

Series = tuple[tuple[str, ...], tuple[str, ...]]
"""The name and the values of a series, and what these are called; both begin with the name's own."""


def chart_series(block: Element, package: Package, part: str) -> Iterator[list[Series]]:
    """The series of each chart in a paragraph or row.

    Raises:
        UnreadablePartError: the part of a chart is not well-formed.
    """
    for shown in block.iter(CHART):
        data = package.parts.get(package.target(part, shown.get(r("id")) or ""))
        if data is not None and next(shown.iterancestors(FALLBACK), None) is None:
            yield [_series(each) for each in parse(data).iter(f"{_C}ser")]


def _series(series: Element) -> Series:
    name = " ".join(_values(series, "tx"))
    categories = tuple(normal(text) for text in _values(series, "cat"))
    return (name, *map(_number, _values(series, "val"))), ("Seri", *categories)


def _values(series: Element, kind: str) -> list[str]:
    found = series.find(f"{_C}{kind}")
    return [] if found is None else [value.text or "" for value in found.iter(f"{_C}v")]


def _number(text: str) -> str:
    try:
        value = Decimal(text)
        return format_trimmed(round_half_up(value, _DECIMALS)) if abs(value) < 10**15 else text
    except (InvalidOperation, ValueError):
        return normal(text)
