"""Names beside lying bars: how much room they take, so that none is cut off and no chart is too tall."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

ROOM_MM = Decimal(62)  # for a name, beside the bars
_PER_MM = 20  # widths are counted in twentieths of a mm
_ROOM = int(ROOM_MM * _PER_MM)
_LINE_MM = Decimal("3.3")
_MARGIN_MM = Decimal("1.2")  # between the names of two rows
_SLIM, _USUAL, _BROAD, _BROADEST = (int(Decimal(mm) * _PER_MM) for mm in ("0.9", "1.55", "1.95", "2.9"))
"""Letters of 8 points by their width, generously."""
_MOST_LETTERS = _ROOM // _SLIM + 2  # on one line, whatever they are
_ENDLESS = re.compile(r"\S{24}(?=\S{6})")
_BREAK = "\u200b"  # where a word without end may be broken


@dataclass(frozen=True, slots=True)
class Label:
    """A name beside a bar.

    Attributes:
        name: may be shortened.
        rest: follows it, and may not.
    """

    name: str
    rest: str = ""

    @property
    def text(self) -> str:
        """The whole of it."""
        return f"{self.name}{self.rest}"


@dataclass(frozen=True)
class Rows:
    """The rows of a chart of lying bars.

    Attributes:
        names: as they stand beside the bars.
        height: of all rows, in mm.
    """

    names: tuple[str, ...]
    height: Decimal


def fit(labels: Sequence[Label], least_mm: Decimal, tallest_mm: Decimal) -> Rows:
    """Rows that hold the names whole, or shortened where they would be taller than ``tallest_mm``.

    Args:
        labels: top to bottom.
        least_mm: what the bars of a row need.
        tallest_mm: of all rows.
    """
    labels = [Label(breakable(label.name), label.rest) for label in labels]
    needed = max(_lines(label.text) for label in labels)
    allowed = max(1, int((tallest_mm / len(labels) - _MARGIN_MM) / _LINE_MM))
    lines = min(needed, allowed)
    row = min(max(least_mm, lines * _LINE_MM + _MARGIN_MM), tallest_mm / len(labels))
    names = [label.text for label in labels]
    if needed > lines:
        names = [f"{shortened(label.name, lines, label.rest)}{label.rest}" for label in labels]
    return Rows(tuple(names), row * len(labels))


def shortened(name: str, lines: int, rest: str = "") -> str:
    """The name, cut between two words where it and ``rest`` do not fit in so many lines."""
    if _lines(f"{name}{rest}") <= lines:
        return name
    most = min(len(name), lines * _MOST_LETTERS)
    end = next((n for n in range(most, 0, -1) if _lines(f"{name[:n]}…{rest}") <= lines), 1)
    words = name[:end].rpartition(" ")[0]
    return f"{(words if len(words) > end // 3 else name[:end]).rstrip(' ,;:-')}…"


def breakable(name: str) -> str:
    """The name with places to break in words that are longer than a line."""
    return _ENDLESS.sub(lambda word: f"{word[0]}{_BREAK}", name)


def _lines(text: str) -> int:
    """How many lines the text takes, broken between words."""
    lines, used = 1, 0
    for word in text.replace(_BREAK, " ").split(" "):
        width = _width_of(word)
        if used and used + _SLIM + width > _ROOM:
            lines, used = lines + 1, width
        else:
            used += width + (_SLIM if used else 0)
    return lines


def _width_of(word: str) -> int:
    return sum(map(_width, word))


def _width(letter: str) -> int:
    if letter in " .,;:()'/-!|iIjlftr":
        return _SLIM
    if ord(letter) > 0x2FFF:
        return _BROADEST
    return _BROAD if letter.isupper() or letter in "mw%@&" else _USUAL
