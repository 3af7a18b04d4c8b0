"""The sheets of any workbook as raw cells, with their pictures, read row by row within bounds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from lkt import addresses
from lkt.bounded import Trouble, measure, whole
from lkt.xlsx.number_formats import BUILTIN, GENERAL, LONGEST_CODE, is_date_format, section_for, to_date
from lkt.xlsx.package import TRUE, Element, Package, XlsxError, m, stream, unescape
from lkt.xlsx.placed import Pictures, Placed, RowHeights, wps_name
from lkt.xlsx.sheets import Area, Areas, Place, cells_of, dates_from_1904, list_sheets

_ROW, _MERGE, _DRAWING = m("row"), m("mergeCell"), m("drawing")
_F, _V, _IS, _T, _R = m("f"), m("v"), m("is"), m("t"), m("r")

MOST_CELLS = 1_500_000
"""Of a workbook; only those that hold something are counted."""


class Raw(NamedTuple):
    """What stands in one cell.

    Attributes:
        value: None, str, int, float, bool, datetime, time, timedelta, or an error as text.
        number_format: the number format, in the English codes of the file.
        formula: the cell holds a formula; its result is ``value``, None where it was never calculated.
        error: the result is an error value.
    """

    value: object
    number_format: str = GENERAL
    formula: bool = False
    error: bool = False


@dataclass(frozen=True, slots=True)
class SheetCells:
    """One sheet.

    Attributes:
        name: as written.
        rows: row number -> column number -> cell, both from 1, only those that hold something. Of merged
            cells only the first does, and a cell that shows a picture has no value.
        hidden: the numbers of hidden rows.
        pictures: row number -> the pictures placed on that row: those in cells, then from left to right.
        merged: the merged areas.
    """

    name: str
    rows: Mapping[int, Mapping[int, Raw]] = field(default_factory=dict)
    hidden: frozenset[int] = frozenset()
    pictures: Mapping[int, tuple[Placed, ...]] = field(default_factory=dict)
    merged: Areas = field(default_factory=Areas)


def read_sheets(package: Package, wanted: Callable[[str], bool] = lambda _: True) -> tuple[SheetCells, ...]:
    """The worksheets of a workbook.

    Args:
        package: the file.
        wanted: by its name, whether a sheet is read; one that is not is as an empty one.

    Raises:
        XlsxError: a part is missing or damaged, or there are too many cells.
    """
    reader, sheets = _Reader(package), []
    seen: set[str] = set()
    for entry in list_sheets(package):
        if not entry.holds_cells:
            continue
        if entry.part in seen:  # a thousand names of one huge sheet would take a thousand times as long
            raise XlsxError(f"dua lembar memakai bagian “{entry.part}” yang sama")
        seen.add(entry.part)
        sheets.append(reader.read(entry.name, entry.part) if wanted(entry.name) else SheetCells(entry.name))
    return tuple(sheets)


def read_texts(package: Package) -> list[str]:
    """The texts that cells share, by their number."""
    part = package.related(package.workbook_part, "sharedstrings")
    return [] if part is None else [text_of(item) for item in stream(package.read(part), part, "si")]


def text_of(item: Element) -> str:
    """The text of a shared or inline string: its own, or that of its runs; reading aids are left out."""
    pieces = []
    for part in item.iterchildren(_T, _R):
        pieces += [part] if part.tag == _T else part.findall(_T)
    return unescape("".join(piece.text or "" for piece in pieces))


def _format_codes(package: Package) -> list[str]:
    """The number format of each cell style, in the order in which cells refer to them."""
    part = package.related(package.workbook_part, "styles")
    if part is None:
        return []
    styles, codes = package.root(part), dict(BUILTIN)
    for declared in styles.iter(m("numFmt")):
        codes[whole(declared.get("numFmtId"), -1)] = (declared.get("formatCode") or GENERAL)[:LONGEST_CODE]
    return [
        codes.get(whole(xf.get("numFmtId")), GENERAL) for xf in styles.iterfind(f"{m('cellXfs')}/{m('xf')}")
    ]


@dataclass(slots=True)
class _Table:
    """What was read of one sheet.

    Attributes:
        rows: as of ``SheetCells``.
        hidden: as of ``SheetCells``.
        heights: row -> its height in points, where one is set.
        usual: the height of the other rows.
        described: the cells with a description in the workbook's metadata -> its number.
        named: the cells that show a picture of WPS -> its name.
        areas: the merged areas.
        drawn: something is drawn over the sheet.
    """

    rows: dict[int, dict[int, Raw]] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)
    heights: dict[int, float] = field(default_factory=dict)
    usual: float = 15.0
    described: dict[Place, int] = field(default_factory=dict)
    named: dict[Place, str] = field(default_factory=dict)
    areas: list[Area | None] = field(default_factory=list)
    drawn: bool = False


class _Reader:
    """What the cells of every sheet refer to, and how many cells may still be read."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._texts = read_texts(package)
        self._codes = _format_codes(package)
        self._from_1904 = dates_from_1904(package)
        self._pictures = Pictures(package)
        self._left = MOST_CELLS

    def read(self, name: str, part: str) -> SheetCells:
        """The cells of one sheet."""
        table, last = _Table(), 0
        data = _without_blank_tail(self._package.read(part))
        for item in stream(data, part, "row", "mergeCell", "sheetFormatPr", "drawing"):
            if item.tag == _ROW:
                last = whole(item.get("r"), last + 1)
                self._read_row(item, last, table)
            elif item.tag == _MERGE:
                table.areas.append(addresses.area(item.get("ref", "")))
            elif item.tag == _DRAWING:
                table.drawn = True
            elif item.get("zeroHeight") in TRUE:
                table.usual = 0
            else:
                table.usual = measure(item.get("defaultRowHeight")) or table.usual
        merged = Areas(table.areas)
        _uncover(table.rows, merged)
        pictures = self._place_pictures(part, table)
        return SheetCells(name, table.rows, frozenset(table.hidden), pictures, merged)

    def _read_row(self, row: Element, number: int, table: _Table) -> None:
        height = measure(row.get("ht"), -1)
        if height >= 0:
            table.heights[number] = height
        if row.get("hidden") in TRUE or height == 0:
            table.hidden.add(number)
        for column, cell in cells_of(row):
            parts = {str(part.tag): part for part in cell}
            raw = self._raw(cell, parts)
            if raw is not None:
                table.rows.setdefault(number, {})[column] = raw
                self._left -= 1
            if cell.get("vm"):
                table.described[number, column] = whole(cell.get("vm"))
            if _F in parts and (picture := wps_name(parts[_F].text or "")):
                table.named[number, column] = picture
        if self._left < 0:
            raise XlsxError("terlalu banyak sel terisi", Trouble.TOO_LARGE)

    def _place_pictures(self, part: str, table: _Table) -> dict[int, tuple[Placed, ...]]:
        """The pictures by their row; a cell that shows one has no value, whatever stands for it."""
        found: dict[int, list[Placed]] = {}
        for (row, column), content in self._pictures.in_cells(table.described, table.named):
            table.rows.setdefault(row, {})[column] = Raw(None)
            found.setdefault(row, []).append(Placed(column, content, inside=True))
        if table.drawn:
            heights = RowHeights(table.heights, table.usual)
            for (row, column), content in self._pictures.floating(part, heights):
                found.setdefault(row, []).append(Placed(column, content, inside=False))
        return {row: tuple(sorted(placed, key=_order)) for row, placed in found.items()}

    def _raw(self, cell: Element, parts: Mapping[str, Element]) -> Raw | None:
        """What stands in a cell; None where it holds neither a value nor a formula."""
        kind, style, formula = cell.get("t", "n"), whole(cell.get("s")), _F in parts
        code = self._codes[style] if 0 <= style < len(self._codes) else GENERAL
        if _IS in parts:
            return Raw(text_of(parts[_IS]), code, formula)
        written = parts[_V].text if _V in parts else None
        if not written:
            return Raw(None if kind == "n" else "", code, formula) if formula else None
        try:
            value = self._value(kind, written, code)
        except OverflowError:  # a number that is no day is shown as ###### by Excel
            return Raw("#VALUE!", code, formula, error=True)
        return Raw(value, code, formula, error=kind == "e")

    def _value(self, kind: str, written: str, code: str) -> object:
        match kind:
            case "n":
                return self._number(written, code)
            case "s":
                index = whole(written, -1)
                return self._texts[index] if 0 <= index < len(self._texts) else ""
            case "b":
                return written.strip() in TRUE
            case "d":
                return _iso_date(written)
            case "e":
                return written
            case _:
                return unescape(written)

    def _number(self, written: str, code: str) -> object:
        try:
            number = float(written) if set(written) & set(".eE") else int(written)
        except ValueError:
            return written
        section = section_for(code, number)
        return to_date(number, section, from_1904=self._from_1904) if is_date_format(section) else number


def _order(placed: Placed) -> tuple[bool, int]:
    return not placed.inside, placed.column


def _iso_date(written: str) -> object:
    try:
        return datetime.fromisoformat(written.removesuffix("Z"))
    except ValueError:
        return written


def _uncover(rows: Mapping[int, dict[int, Raw]], merged: Areas) -> None:
    """Drop what lies hidden under merged cells."""
    if merged:
        for row, cells in rows.items():
            for column in [column for column in cells if merged.first(row, column)]:
                del cells[column]


_LARGE = 1_000_000


def _without_blank_tail(data: bytes) -> bytes:
    """A large sheet without the rows behind its last value, which only carry formats.

    A sheet that was formatted down to its end has a million of them: 1.3 s to read, 0.05 s to cut.
    """
    end = data.rfind(b"</sheetData>") if len(data) > _LARGE else -1
    last = max(data.rfind(mark, 0, max(end, 0)) for mark in (b"</v>", b"</is>", b"<f", b"<is/>"))
    start = data.find(b"</row>", last, end) + len(b"</row>")
    return data[:start] + data[end:] if 0 <= last < start else data
