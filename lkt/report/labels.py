"""Names beside lying bars: how much room they take, so that none is cut off and no chart is too tall."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil

ROOM_MM = Decimal(62)  # for a name, beside the bars
_LINE_MM = Decimal("3.3")
_MARGIN_MM = Decimal("1.2")  # between the names of two rows
_NARROW, _WIDE = Decimal("1.5"), Decimal("1.95")  # a letter of 8 points, in mm, generously
_FULL = Decimal("0.88")  # how much of a line is text, where it is broken between words


@dataclass(frozen=True)
class Label:
    """A name that may be shortened, and what follows it and may not."""

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
    needed = max(_lines(label.text) for label in labels)
    allowed = max(1, int((tallest_mm / len(labels) - _MARGIN_MM) / _LINE_MM))
    lines = min(needed, allowed)
    row = min(max(least_mm, lines * _LINE_MM + _MARGIN_MM), tallest_mm / len(labels))
    names = tuple(f"{shortened(label.name, lines, label.rest)}{label.rest}" for label in labels)
    return Rows(names, row * len(labels))


def shortened(name: str, lines: int, rest: str = "") -> str:
    """The name, cut between two words where it and ``rest`` do not fit in so many lines."""
    if _lines(f"{name}{rest}") <= lines:
        return name
    end = next((n for n in range(len(name), 0, -1) if _lines(f"{name[:n]}…{rest}") <= lines), 1)
    words = name[:end].rpartition(" ")[0]
    return f"{(words if len(words) > end // 3 else name[:end]).rstrip(' ,;:-')}…"


def _lines(text: str) -> int:
    width = sum(
        (_WIDE if letter.isupper() or ord(letter) > 0x2FFF else _NARROW for letter in text), Decimal(0)
    )
    return 1 if width <= ROOM_MM else ceil(width / (ROOM_MM * _FULL))
