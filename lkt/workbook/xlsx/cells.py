"""The cells of one sheet: address and raw value."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from lxml.etree import _Element

from lkt.alamat import column_letters, column_number
from lkt.workbook.cells import Raw
from lkt.workbook.marks import Place, wps_picture
from lkt.workbook.xlsx.numberformats import is_date, to_date
from lkt.workbook.xlsx.xml import TooLargeError, main, stream, without_blanks

C, F, IS, V, ROW = (main(name) for name in ("c", "f", "is", "v", "row"))
MERGE, DRAWING = main("mergeCell"), main("drawing")
T, RUN = main("t"), main("r")
_MOST_FIGURES = 7
_ADDRESS = re.compile(rf"\$?([A-Z]{{1,3}})\$?([0-9]{{1,{_MOST_FIGURES}}})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_FIRST_COLUMNS = {column_letters(number): number for number in range(1, 257)}
_ON = ("1", "true")
_NO_DATE = "#VALUE!"  # what a spreadsheet program shows as ###### for a number that is no day


class SharedTexts(dict[str, str]):
    """The shared texts by the number that a cell writes for one, each found when first asked for."""

    def __init__(self, texts: Sequence[str] = ()) -> None:
        super().__init__()
        self._texts = texts

    @classmethod
    def ready(cls, texts: Sequence[str]) -> "SharedTexts":
        """The same with all found beforehand, which is sooner done for a few."""
        shared = cls(texts)
        shared.update(zip(map(str, range(len(texts))), texts, strict=True))
        return shared

    def __missing__(self, written: str) -> str:
        """The text; empty where there is none of that number."""
        index = _number(written, -1)
        text = self[written] = self._texts[index] if 0 <= index < len(self._texts) else ""
        return text


class StyleFormats(dict[str, str]):
    """The number formats of the cell styles by the number that a cell writes for one."""

    def __init__(self, codes: Sequence[str] = ()) -> None:
        super().__init__()
        self._codes = codes

    def __missing__(self, written: str) -> str:
        """The code; General where there is no style of that number."""
        index = int(written) if written.isdecimal() else 0
        code = self[written] = self._codes[index] if index < len(self._codes) else "General"
        return code


@dataclass(frozen=True, slots=True)
class SharedParts:
    """What the cells of every sheet refer to.

    Attributes:
        strings: the shared texts.
        formats: the number formats of the cell styles.
        from_1904: dates count from 1904.
    """

    strings: SharedTexts = field(default_factory=SharedTexts)
    formats: StyleFormats = field(default_factory=StyleFormats)
    from_1904: bool = False


@dataclass(slots=True)
class Table:
    """What is being read of one sheet.

    Attributes:
        rows: row -> column -> cell, both from 1.
        hidden: the hidden rows.
        count: how many cells there are.
        described: the cells with a description in the workbook's metadata -> its number.
        wps: the cells that show a picture of WPS -> its name.
        drawn: something is drawn over the sheet.
        heights: row -> its height in points, where one is set.
        usual_height: the height of the other rows.
    """

    rows: dict[int, dict[int, Raw]] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)
    count: int = 0
    described: dict[Place, int] = field(default_factory=dict)
    wps: dict[Place, str] = field(default_factory=dict)
    drawn: bool = False
    heights: dict[int, float] = field(default_factory=dict)
    usual_height: float = 15.0


def read_table(data: bytes, shared: SharedParts, limit: int) -> Table:
    """The cells of a sheet that hold something; only the first of a merged range does.

    Args:
        data: the XML of the sheet.
        shared: what its cells refer to.
        limit: how many cells are read at most.

    Raises:
        XmlError: it cannot be parsed safely.
        TooLargeError: it holds more cells than ``limit``.
    """
    table, last = Table(), 0
    merged: list[str] = []
    for element in stream(without_blanks(data), "row", "mergeCell", "sheetFormatPr", "drawing"):
        if element.tag == ROW:
            last = _number(element.get("r"), last + 1)
            _read_row(element, last, shared, table)
            if table.count > limit:
                raise TooLargeError
        elif element.tag == MERGE:
            merged.append(element.get("ref", ""))
        elif element.tag == DRAWING:
            table.drawn = True
        else:
            table.usual_height = _points(element.get("defaultRowHeight")) or table.usual_height
    for area in merged:
        _uncover(table.rows, area)
    return table


def _read_row(element: _Element, number: int, shared: SharedParts, table: Table) -> None:
    cells = _cells(element, number, shared, table)
    table.count += len(cells)
    if number in table.rows:
        table.rows[number].update(cells)
    elif cells:
        table.rows[number] = cells
    if element.get("hidden") in _ON:
        table.hidden.add(number)
    if height := _points(element.get("ht")):
        table.heights[number] = height


def _cells(row: _Element, number: int, shared: SharedParts, table: Table) -> dict[int, Raw]:
    """The cells of a row that hold a value or a formula."""
    cells = {}
    column, own_number = 0, str(number)[:_MOST_FIGURES]
    for cell in row.iterchildren(C):
        address = cell.get("r", "")
        letters = address.removesuffix(own_number)
        known = _FIRST_COLUMNS.get(letters) if letters != address else None  # nearly always
        column = known or _column(address) or column + 1
        if described := cell.get("vm"):
            table.described[number, column] = _number(described, 0)
        if len(cell) == 1 and (only := cell[0]).tag == V:  # nearly always, and far cheaper than the loop
            written, formula = only.text, False
        else:
            written, formula = _content(cell)
        if written is not None:
            kind, code = cell.get("t"), shared.formats[cell.get("s", "0")]
            if kind == "s":
                cells[column] = Raw(shared.strings[written], code, formula)
            else:
                cells[column] = _typed(kind or "n", written, code, shared, formula=formula)
        elif formula:
            cells[column] = _without_result(cell, shared)
        if formula and (picture := wps_picture(cell.findtext(F))):
            table.wps[number, column] = picture
    return cells


def _column(address: str) -> int:
    """The column of an address; 0 where it is none."""
    match = _ADDRESS.fullmatch(address)
    return column_number(match[1]) if match else 0


def _content(cell: _Element) -> tuple[str | None, bool]:
    """What is written in a cell, None where there is nothing; and whether it holds a formula."""
    written, formula = None, False
    for part in cell:
        if part.tag == V:
            written = part.text
        elif part.tag == F:
            formula = True
        elif part.tag == IS:
            written = text_of(part)
    return written, formula


def _without_result(cell: _Element, shared: SharedParts) -> Raw:
    """A formula that gave "" is of type text; one that was never calculated has no type."""
    value = None if cell.get("t", "n") == "n" else ""
    return Raw(value, shared.formats[cell.get("s", "0")], formula=True)


def _typed(kind: str, written: str, code: str, shared: SharedParts, *, formula: bool) -> Raw:
    match kind:
        case "n":
            return _numeric(written, code, shared, formula=formula)
        case "b":
            return Raw(written.strip() in _ON, code, formula)
        case "e":
            return Raw(written, code, formula, error=True)
        case "d":
            return Raw(_iso_date(written), code, formula)
        case _:
            return Raw(unescaped(written), code, formula)


def _numeric(written: str, code: str, shared: SharedParts, *, formula: bool) -> Raw:
    fraction = "." in written or "e" in written or "E" in written
    try:
        number = float(written) if fraction else int(written)
    except ValueError:
        return Raw(written, code, formula)
    if not is_date(code):
        return Raw(number, code, formula)
    try:
        return Raw(to_date(number, code, from_1904=shared.from_1904), code, formula)
    except (OverflowError, ValueError):
        return Raw(_NO_DATE, code, formula, error=True)


def _iso_date(written: str) -> object:
    try:
        return datetime.fromisoformat(written.removesuffix("Z"))
    except ValueError:
        return written


def text_of(element: _Element) -> str:
    """The text of a shared or inline string: its own, or that of its runs."""
    if len(element) == 1 and element[0].tag == T:  # nearly always
        return unescaped(element[0].text or "")
    pieces = []
    for part in element.iterchildren(T, RUN):
        pieces.extend(
            [part.text or ""] if part.tag == T else [piece.text or "" for piece in part.iterchildren(T)]
        )
    return unescaped("".join(pieces))


def unescaped(text: str) -> str:
    """Text with the characters that XML cannot hold, written by Excel as _x000D_.

    Half of a pair of UTF-16 is no character, and no output could hold it.
    """
    if "_x" not in text:
        return text
    return _SURROGATE.sub("\ufffd", _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text))


def _points(written: str | None) -> float:
    """A height; 0 where none is set."""
    try:
        return float(written or 0)
    except ValueError:
        return 0.0


def _number(written: str | None, default: int) -> int:
    return int(written) if written is not None and written.strip().isdecimal() else default


def _uncover(rows: Mapping[int, dict[int, Raw]], area: str) -> None:
    """Drop what lies hidden under a merged range; looks at existing cells only, however large the range."""
    first, _, last = area.partition(":")
    start, end = _ADDRESS.fullmatch(first), _ADDRESS.fullmatch(last)
    if start is None or end is None:
        return
    left, right = column_number(start[1]), column_number(end[1])
    top, bottom = int(start[2]), int(end[2])
    for number in [number for number in rows if top <= number <= bottom]:
        covered = [column for column in rows[number] if left <= column <= right]
        for column in covered:
            if (number, column) != (top, left):
                del rows[number][column]
