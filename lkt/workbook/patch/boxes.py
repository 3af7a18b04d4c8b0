"""The box of a note: where it stands beside its cell, and how large it must be for its text."""

from collections.abc import Callable
from textwrap import wrap

from lkt.attributes import measure, whole
from lkt.workbook.patch.addresses import LAST_COLUMN, LAST_ROW
from lkt.workbook.patch.grid import Grid
from lkt.workbook.patch.markup import Element, children, m

_GAP = 15  # pixels between a cell and its note
_DIGIT = 7  # pixels of a figure in the usual font
_LINE, _MARGIN = 15, 16
_CHARACTER = 6.2
_WIDTHS = ((12, 330), (24, 440), (1000, 560))  # up to so many lines so wide

Measure = Callable[[int], int]


class Boxes:
    """The measures of a worksheet in pixels; rows and columns count from 0.

    Args:
        grid: the worksheet.
    """

    def __init__(self, grid: Grid) -> None:
        form = grid.root.find(m("sheetFormatPr"))
        self._row = round(_number(form, "defaultRowHeight", 15) * 4 / 3)
        self._column = round(_number(form, "defaultColWidth", _number(form, "baseColWidth", 8) + 1) * _DIGIT)
        self._rows = {number - 1: _pixels(row, "ht", 4 / 3) for number, row in grid.rows().items()}
        self._columns = list(children(grid.root.find(m("cols"))))

    def beside(self, row: int, column: int, text: str) -> str:
        """The anchor of a new box for a text, to the right of its cell."""
        width, height = size_of(text)
        column = min(column + 1, LAST_COLUMN - 12)
        row = min(max(row - 1, 0), LAST_ROW - 60)
        return self._anchor((column, _GAP), (row, 2), width, height)

    def enlarged(self, anchor: str, text: str) -> str:
        """An anchor with the same corner, grown where the text needs it; as it is where it is none."""
        numbers = [whole(piece, -1) for piece in anchor.split(",")]
        if len(numbers) != 8 or min(numbers) < 0:
            return anchor
        left, top, right, bottom = (tuple(numbers[place : place + 2]) for place in (0, 2, 4, 6))
        width, height = size_of(text)
        width = max(width, _distance(left, right, self._width))
        height = max(height, _distance(top, bottom, self._height))
        return self._anchor((left[0], left[1]), (top[0], top[1]), width, height)

    def _anchor(self, left: tuple[int, int], top: tuple[int, int], width: int, height: int) -> str:
        right = _reach(*left, width, self._width, LAST_COLUMN)
        bottom = _reach(*top, height, self._height, LAST_ROW)
        return ", ".join(str(number) for number in (*left, *top, *right, *bottom))

    def _width(self, column: int) -> int:
        for item in self._columns:
            if whole(item.get("min")) <= column + 1 <= whole(item.get("max")):
                width = _pixels(item, "width", _DIGIT)
                return self._column if width is None else width
        return self._column

    def _height(self, row: int) -> int:
        height = self._rows.get(row)
        return self._row if height is None else height


def size_of(text: str) -> tuple[int, int]:
    """Width and height in pixels of a box that holds a text; the longer the text, the wider."""
    lines, width = 0, 0
    for most, width in _WIDTHS:
        room = int(width / _CHARACTER)
        lines = sum(len(wrap(line, room)) or 1 for line in text.splitlines())
        if lines <= most:
            break
    return width, lines * _LINE + _MARGIN


def _reach(index: int, offset: int, size: int, measure: Measure, limit: int) -> tuple[int, int]:
    """The row or column, and the place inside it, where a length that starts at a place ends."""
    end = offset + size
    while end > measure(index) and index < limit - 1:
        end -= measure(index)
        index += 1
    return index, end


def _distance(start: tuple[int, ...], end: tuple[int, ...], measure: Measure) -> int:
    between = range(start[0], min(end[0], start[0] + 500))
    return sum(map(measure, between)) - start[1] + end[1]


def _pixels(item: Element, name: str, factor: float) -> int | None:
    """A stated width or height; 0 for what is hidden, None where nothing is stated."""
    if item.get("hidden") in {"1", "true"}:
        return 0
    stated = item.get(name)
    return None if stated is None else int(measure(stated) * factor)


def _number(item: Element | None, name: str, default: float) -> float:
    return default if item is None else measure(item.get(name), default)
