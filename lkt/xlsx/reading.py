"""The sheets of any workbook as raw cells, with their pictures, read row by row within bounds."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from lkt import addresses
from lkt.bounded import Trouble, measure, whole
from lkt.indonesian import format_number
from lkt.xlsx.number_formats import BUILTIN, GENERAL, LONGEST_CODE, is_date_format, section_for, to_date
from lkt.xlsx.package import REL_ID, TRUE, Element, Package, XlsxError, m, stream, unescape
from lkt.xlsx.pictures import Pictures, Placed

MOST_CELLS = 500_000
"""Of a workbook; only those that hold something are counted."""

MOST_WIDTH = 2_000_000
"""Columns of the merged areas of a sheet, one after the other."""

Place = tuple[int, int]
"""Row and column, both from 1."""

Area = tuple[int, int, int, int]
"""First row and column, last row and column."""


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


class Areas:
    """Areas of one sheet that do not overlap, such as its merged cells.

    Args:
        areas: the areas; what is no area is left out.

    Raises:
        XlsxError: together they are wider than ``MOST_WIDTH``.
    """

    def __init__(self, areas: Iterable[Area | None] = ()) -> None:
        self._by_column: dict[int, list[Area]] = defaultdict(list)
        width = 0
        for area in sorted({area for area in areas if area}):
            width += area[3] - area[1] + 1
            if width > MOST_WIDTH:
                most = format_number(MOST_WIDTH)
                raise XlsxError(
                    f"sel gabungannya seluruhnya selebar lebih dari {most} sel", Trouble.TOO_LARGE
                )
            for column in range(area[1], area[3] + 1):
                self._by_column[column].append(area)

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self._by_column)

    def find(self, row: int, column: int) -> Area | None:
        """The area that holds a cell."""
        above = self._by_column.get(column, ())
        index = bisect_right(above, row, key=lambda area: area[0]) - 1
        return above[index] if index >= 0 and row <= above[index][2] else None

    def first(self, row: int, column: int) -> Place | None:
        """The first cell of the area that a cell lies in; None for that cell itself and outside of areas."""
        area = self.find(row, column)
        return None if area is None or area[:2] == (row, column) else area[:2]


@dataclass(frozen=True, slots=True)
class SheetCells:
    """One sheet.

    Attributes:
        name: as written.
        rows: row number -> column number -> cell, both from 1, only those that hold something. Of merged
            cells only the first does, and a cell that shows a picture has no value.
        hidden: the numbers of rows that nobody sees.
        pictures: row number -> the pictures placed on that row: those in cells, then from left to right.
        merged: the merged areas; ``merged.first(row, column)`` tells where a cell under one shows its value.
    """

    name: str
    rows: Mapping[int, Mapping[int, Raw]] = field(default_factory=dict)
    hidden: frozenset[int] = frozenset()
    pictures: Mapping[int, tuple[Placed, ...]] = field(default_factory=dict)
    merged: Areas = field(default_factory=Areas)


# What a workbook consists of ------------------------------------------------------------------------------


class SheetEntry(NamedTuple):
    """One sheet: its name as the user sees it, its part, whether it has cells and is no chart or dialog."""

    name: str
    part: str
    holds_cells: bool


def list_sheets(package: Package) -> list[SheetEntry]:
    """All sheets in their order.

    Raises:
        XlsxError: the workbook part is damaged, or names a sheet that is not there.
    """
    book = package.workbook_part
    targets = {each.identifier: each for each in package.relations(book)}
    found = []
    for item in package.root(book).iterfind(f"{m('sheets')}/{m('sheet')}"):
        name, target = item.get("name", ""), targets.get(item.get(REL_ID, ""))
        if target is None:
            raise XlsxError(f"isi lembar “{name}” tidak ada")
        found.append(SheetEntry(name, target.part, target.kind == "worksheet"))
    return found


def dates_from_1904(package: Package) -> bool:
    """Whether dates count from 1904."""
    properties = package.root(package.workbook_part).find(m("workbookPr"))
    return properties is not None and properties.get("date1904") in TRUE


def read_texts(package: Package) -> list[str]:
    """The texts that cells share, by their number."""
    part = package.related(package.workbook_part, "sharedstrings")
    return [] if part is None else [text_of(item) for item in stream(package.read(part), part, "si")]


def text_of(item: Element) -> str:
    """The text of a shared or inline string: its own, or that of its runs; reading aids are left out."""
    runs = (run.findtext(_T) if run.tag == _R else run.text for run in item.iterchildren(_T, _R))
    return unescape("".join(filter(None, runs)))


def cells_of(row: Element) -> Iterator[tuple[int, Element]]:
    """The cells of a row with their column, which is implied where no address is written."""
    column = 0
    for cell in row.iterchildren(_C):
        place = addresses.place(cell.get("r", ""))
        column = place[1] if place else column + 1
        yield column, cell


def _format_codes(package: Package) -> dict[str, str]:
    part = package.related(package.workbook_part, "styles")
    if part is None:
        return {}
    styles, codes = package.root(part), dict(BUILTIN)
    for declared in styles.iter(m("numFmt")):
        codes[whole(declared.get("numFmtId"), -1)] = (declared.get("formatCode") or GENERAL)[:LONGEST_CODE]
    formats = enumerate(styles.iterfind(f"{m('cellXfs')}/{m('xf')}"))
    return {str(number): codes.get(whole(xf.get("numFmtId")), GENERAL) for number, xf in formats}


# Sheets, rows and cells -----------------------------------------------------------------------------------

_C, _F, _V, _IS, _T, _R = (m(name) for name in ("c", "f", "v", "is", "t", "r"))
_ROW, _MERGED, _FORMAT = m("row"), m("mergeCell"), m("sheetFormatPr")
_USUAL_HEIGHT = 15.0  # points


def read_sheets(package: Package, wanted: Callable[[str], bool] = lambda _: True) -> tuple[SheetCells, ...]:
    """The worksheets of a workbook.

    Args:
        package: the file.
        wanted: by its name, whether a sheet is read; one that is not is as an empty one.

    Raises:
        XlsxError: a part is missing or damaged, or there are too many cells.
    """
    entries = [entry for entry in list_sheets(package) if entry.holds_cells]
    if len({entry.part for entry in entries}) < len(entries):
        # A thousand names of one huge sheet would take a thousand times as long.
        raise XlsxError("dua lembar memakai bagian yang sama")
    reader = _Reader(package)
    return tuple(reader.read(entry) if wanted(entry.name) else SheetCells(entry.name) for entry in entries)


class _Reader:
    """What the cells of every sheet refer to, and how many cells may still be read."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._texts = read_texts(package)
        self._codes = _format_codes(package)
        self._from_1904 = dates_from_1904(package)
        self._pictures = Pictures(package)
        self._left = MOST_CELLS

    def read(self, entry: SheetEntry) -> SheetCells:
        """The cells of one sheet, and its pictures by their row."""
        rows: dict[int, dict[int, Raw]] = {}
        heights: dict[int, float] = {}
        hidden, areas, number, usual = set(), [], 0, _USUAL_HEIGHT
        pictures: dict[int, list[Placed]] = defaultdict(list)
        data = _without_blank_tail(self._package.read(entry.part))
        for item in stream(data, entry.part, "row", "mergeCell", "sheetFormatPr"):
            if item.tag == _MERGED:
                areas.append(addresses.area(item.get("ref", "")))
            elif item.tag == _FORMAT:
                usual = measure(item.get("defaultRowHeight")) or usual
                usual = 0 if item.get("zeroHeight") in TRUE else usual
            else:
                number = whole(item.get("r"), number + 1)
                if (height := measure(item.get("ht"), -1)) >= 0:
                    heights[number] = height
                if item.get("hidden") in TRUE or height == 0:
                    hidden.add(number)
                if cells := self._read_row(item, pictures[number]):
                    rows.setdefault(number, {}).update(cells)
        merged = Areas(areas)
        for row, floating in self._pictures.floating(entry.part, heights, usual):
            pictures[row].append(floating)
        return SheetCells(
            entry.name,
            _uncovered(rows, merged) if merged else rows,
            frozenset(hidden),
            {row: tuple(sorted(placed, key=_order)) for row, placed in pictures.items() if placed},
            merged,
        )

    def _read_row(self, row: Element, pictures: list[Placed]) -> dict[int, Raw]:
        """The cells of a row by their column; one that shows a picture has no value."""
        cells: dict[int, Raw] = {}
        for column, cell in cells_of(row):
            parts = {str(child.tag): child for child in cell}
            raw, described = self._raw(cell, parts), cell.get("vm")
            if described or _F in parts:
                placed = self._pictures.in_cell(column, described, parts.get(_F))
                pictures += placed
                raw = Raw(None) if placed else raw
            if raw is not None:
                cells[column] = raw
        self._left -= len(cells)
        if self._left < 0:
            most = format_number(MOST_CELLS)
            raise XlsxError(f"lembarnya memuat lebih dari {most} sel terisi", Trouble.TOO_LARGE)
        return cells

    def _raw(self, cell: Element, parts: Mapping[str, Element]) -> Raw | None:
        """What stands in a cell; None where it holds neither a value nor a formula."""
        kind, formula = cell.get("t", "n"), _F in parts
        code = self._codes.get(cell.get("s", "0"), GENERAL)
        if _IS in parts:
            return Raw(text_of(parts[_IS]), code, formula)
        written = parts[_V].text if _V in parts else None
        if not written:
            return Raw(None if kind == "n" else "", code, formula) if formula else None
        try:
            return Raw(self._value(kind, written, code), code, formula, error=kind == "e")
        except OverflowError:  # a number that is no day is shown as ###### by Excel
            return Raw("#VALUE!", code, formula, error=True)

    def _value(self, kind: str, written: str, code: str) -> object:
        match kind:
            case "n":
                return self._number(written, code)
            case "s":
                index = whole(written, -1)
                if not 0 <= index < len(self._texts):
                    raise XlsxError("ada sel yang teksnya tidak ada di dalam berkas")
                return self._texts[index]
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


def _uncovered(rows: Mapping[int, Mapping[int, Raw]], merged: Areas) -> dict[int, dict[int, Raw]]:
    """The cells without those that lie hidden under merged ones."""
    return {
        row: {column: raw for column, raw in cells.items() if not merged.first(row, column)}
        for row, cells in rows.items()
    }


def _order(placed: Placed) -> tuple[bool, int]:
    return not placed.inside, placed.column


def _iso_date(written: str) -> object:
    try:
        return datetime.fromisoformat(written.removesuffix("Z"))
    except ValueError:
        return written


_LARGE = 1_000_000


def _without_blank_tail(data: bytes) -> bytes:
    """A large sheet without the rows behind its last value, which only carry formats.

    A sheet that was formatted down to its end has a million of them: 1.3 s to read, 0.05 s to cut.
    """
    end = data.rfind(b"</sheetData>") if len(data) > _LARGE else -1
    last = max(data.rfind(mark, 0, max(end, 0)) for mark in (b"</v>", b"</is>", b"<f", b"<is/>"))
    start = data.find(b"</row>", last, end) + len(b"</row>")
    return data[:start] + data[end:] if 0 <= last < start else data
