"""Names beside lying bars: how much room they take, so that none is cut off and no chart is too tall."""

import re
import textwrap
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

ROOM_MM = Decimal(62)  # for a name, beside the bars
_LETTERS = 34  # of 8 points on one line of it, generously
_LINE_MM = Decimal("3.3")
_MARGIN_MM = Decimal("1.2")  # between the names of two rows
_ENDLESS = re.compile(r"\S{24}(?=\S{6})")
_BREAK = "\u200b"  # where a word without end may be broken


class Label(NamedTuple):
    """A name beside a bar, and what follows it and may not be shortened."""

    name: str
    rest: str = ""


class Rows(NamedTuple):
    """The names beside the bars of a chart, and the height of all rows in mm."""

    names: tuple[str, ...]
    height: Decimal


def fit(labels: Sequence[Label], least_mm: Decimal, tallest_mm: Decimal) -> Rows:
    """Rows that hold the names whole, or shortened where they would be taller than ``tallest_mm``.

    Args:
        labels: top to bottom.
        least_mm: what the bars of a row need.
        tallest_mm: of all rows.
    """
    needed = max(_lines(f"{label.name}{label.rest}") for label in labels)
    allowed = max(1, int((tallest_mm / len(labels) - _MARGIN_MM) / _LINE_MM))
    lines = min(needed, allowed)
    row = min(max(least_mm, lines * _LINE_MM + _MARGIN_MM), tallest_mm / len(labels))
    return Rows(tuple(f"{shortened(*label, lines)}{label.rest}" for label in labels), row * len(labels))


def shortened(name: str, rest: str, lines: int) -> str:
    """The name, cut between two words where it and ``rest`` do not fit in so many lines."""
    if _lines(f"{name}{rest}") > lines:
        cut = textwrap.shorten(name[: lines * _LETTERS * 2], lines * _LETTERS - len(rest), placeholder="…")
        name = cut if len(cut) > _LETTERS // 3 else f"{name[: lines * _LETTERS - len(rest) - 1]}…"
    return _ENDLESS.sub(lambda word: f"{word[0]}{_BREAK}", name)


def _lines(text: str) -> int:
    return len(textwrap.wrap(text, _LETTERS)) or 1
