"""The cells of one sheet: address and raw value."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from lxml.etree import _Element

from lkt.alamat import column_number
from lkt.workbook.cells import Raw
from lkt.workbook.marks import Place, wps_picture
from lkt.workbook.xlsx.numberformats import is_date, to_date
from lkt.workbook.xlsx.xml import TooLargeError, main, stream, without_blanks

C, F, IS, V, ROW, MERGE = (main(name) for name in ("c", "f", "is", "v", "row", "mergeCell"))
T, RUN, PHONETIC = main("t"), main("r"), main("rPh")
_ADDRESS = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_ON = ("1", "true")
_NO_DATE = "#VALUE!"  # what a spreadsheet program shows as ###### for a number that is no day


@dataclass(frozen=True, slots=True)
class SharedParts:
    """What the cells of every sheet refer to.

    Attributes:
        strings: the shared texts.
        formats: the number format of each cell style.
        from_1904: dates count from 1904.
    """

    strings: Sequence[str] = ()
    formats: Sequence[str] = ()
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
        heights: row -> its height in points, where one is set.
        usual_height: the height of the other rows.
    """

    rows: dict[int, dict[int, Raw]] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)
    count: int = 0
    described: dict[Place, int] = field(default_factory=dict)
    wps: dict[Place, str] = field(default_factory=dict)
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
    for element in stream(without_blanks(data), "row", "mergeCell", "sheetFormatPr"):
        if element.tag == ROW:
            last = _number(element.get("r"), last + 1)
            _read_row(element, last, shared, table)
            if table.count > limit:
                raise TooLargeError
        elif element.tag == MERGE:
            merged.append(element.get("ref", ""))
        else:
            table.usual_height = _points(element.get("defaultRowHeight")) or table.usual_height
    for area in merged:
        _uncover(table.rows, area)
    return table


def _read_row(element: _Element, number: int, shared: SharedParts, table: Table) -> None:
    cells = dict(_cells(element, number, shared, table))
    table.count += len(cells)
    if cells:
        table.rows.setdefault(number, {}).update(cells)
    if element.get("hidden") in _ON:
        table.hidden.add(number)
    if height := _points(element.get("ht")):
        table.heights[number] = height


def _cells(row: _Element, number: int, shared: SharedParts, table: Table) -> Iterator[tuple[int, Raw]]:
    column = 0
    for cell in row.iterchildren(C):
        match = _ADDRESS.fullmatch(cell.get("r", ""))
        column = _column(match[1]) if match else column + 1
        if described := cell.get("vm"):
            table.described[number, column] = _number(described, 0)
        raw = _raw(cell, shared)
        if raw is not None:
            yield column, raw
            if raw.formula and (picture := wps_picture(cell.findtext(F))):
                table.wps[number, column] = picture


_column = lru_cache(maxsize=1024)(column_number)


def _raw(cell: _Element, shared: SharedParts) -> Raw | None:
    """A cell; None where it holds neither a value nor a formula."""
    kind, written, formula = cell.get("t", "n"), None, False
    for part in cell:
        if part.tag == V:
            written = part.text
        elif part.tag == F:
            formula = True
        elif part.tag == IS:
            written = text_of(part)
    if written is None and not formula:
        return None
    style = cell.get("s", "0")
    place = int(style) if style.isdecimal() else 0
    code = shared.formats[place] if place < len(shared.formats) else "General"
    if written is None:
        # A formula that gave "" is of type text; one that was never calculated has no type.
        return Raw(None if kind == "n" else "", code, formula=True)
    return _typed(kind, written, code, shared, formula=formula)


def _typed(kind: str, written: str, code: str, shared: SharedParts, *, formula: bool) -> Raw:
    match kind:
        case "s":
            return Raw(_shared_string(written, shared), code, formula)
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


def _shared_string(written: str, shared: SharedParts) -> str:
    index = _number(written, -1)
    return shared.strings[index] if 0 <= index < len(shared.strings) else ""


def _numeric(written: str, code: str, shared: SharedParts, *, formula: bool) -> Raw:
    try:
        number = float(written) if set(".eE") & set(written) else int(written)
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
