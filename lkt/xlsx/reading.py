"""The sheets of any .xlsx file with their cells, read straight from its XML within bounds."""

import io
import posixpath
import re
import zipfile
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import Any, cast

from lxml import etree
from lxml.etree import XPath, _Element

from lkt.addresses import column_letters, column_number
from lkt.bounded import ZIP_DAMAGE
from lkt.workbook.cells import Raw

# The parts of a workbook's zip package: their bytes, their XML and what they refer to ---------------------
#
# Nothing here raises for a part that is missing or damaged: what cannot be read is not there.


MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
WORKBOOK = "xl/workbook.xml"


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part refers to.

    Attributes:
        kind: the last word of the relation's type, in lower case: "image", "drawing".
        part: the zip entry.
    """

    kind: str
    part: str


def part_bytes(package: zipfile.ZipFile, name: str) -> bytes | None:
    """The content of a part; None where it is missing or damaged."""
    if name not in package.NameToInfo:
        name = f"/{name}"  # some programs write the name of an entry as that of a part
    try:
        return package.read(name)
    except ZIP_DAMAGE:
        return None


def part_tree(package: zipfile.ZipFile, name: str) -> Any:
    """The root element of a part; an empty element where there is none that can be read."""
    data = part_bytes(package, name)
    if not data:
        return etree.Element("empty")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, recover=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError):
        root = None
    return etree.Element("empty") if root is None else root


def relations(package: zipfile.ZipFile, part: str) -> Mapping[str, Relation]:
    """Id -> what a part refers to inside the package."""
    return _relations(part, _targets(package, part))


def related(package: zipfile.ZipFile, part: str, kinds: Collection[str]) -> str:
    """The first part of one of the kinds that a part refers to; empty where there is none."""
    found = (target for _, kind, target in _targets(package, part) if kind in kinds)
    target = next(found, "")
    return _path(part, target) if target else ""


def _targets(package: zipfile.ZipFile, part: str) -> tuple[tuple[str, str, str], ...]:
    """Id, kind and target, as written, of what a part refers to inside the package."""
    folder, name = posixpath.split(part)
    found = []
    for relation in part_tree(package, f"{folder}/_rels/{name}.rels"):
        target = relation.get("Target", "")
        if relation.get("TargetMode") != "External" and target:
            kind = relation.get("Type", "").rpartition("/")[2].casefold()
            found.append((relation.get("Id", ""), kind, target))
    return tuple(found)


@lru_cache(maxsize=16)
def _relations(part: str, targets: tuple[tuple[str, str, str], ...]) -> Mapping[str, Relation]:
    """The same by id with the zip entries; those of the workbooks of a batch are mostly alike."""
    found = {identifier: Relation(kind, _path(part, target)) for identifier, kind, target in targets}
    return MappingProxyType(found)


def _path(part: str, target: str) -> str:
    """The zip entry of a target that is written in the relations of a part."""
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target)).lstrip("/")


# Names of SpreadsheetML and the one way its parts are parsed: no entity, no document type, no network -----


_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_SMALL = 300_000  # its tree takes a few megabytes at most, and is read sooner than a stream
_LARGE = 1_000_000
_MOST_TAGS = 12_000_000  # each costs a hundred bytes or two while its row is read; a cell has four
# A cell or row that only carries a format. Where text holds such characters they are written as &lt;.
_EMPTY_CELL = re.compile(rb"<c [^<>]*/>|<c [^<>]*[^<>/]></c>")
_EMPTY_ROW = re.compile(rb"<row [^<>]*/>|<row [^<>]*[^<>/]>\s*</row>")


class TooLargeError(Exception):
    """A part holds more than is ever read."""


class XmlError(Exception):
    """A part is not well-formed, or declares a document type, which Office files never do."""


def main(name: str) -> str:
    """The full name of an element of SpreadsheetML."""
    return f"{{{_MAIN}}}{name}"


def parse(data: bytes) -> _Element:
    """The root of a part.

    Raises:
        XmlError: it cannot be parsed safely.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root: _Element = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError) as error:
        raise XmlError(str(error)) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise XmlError("a document type is declared")
    return root


def is_small(data: bytes) -> bool:
    """Whether the elements of a part are kept while it is read."""
    return len(data) < _SMALL


def stream(data: bytes, *names: str) -> Iterator[_Element]:
    """The elements of those names, none inside another; of a large part each is emptied once read.

    Raises:
        XmlError: as ``parse``.
        TooLargeError: it has more elements than fit into memory.
    """
    if len(data) > _MOST_TAGS and data.count(b"<") > _MOST_TAGS:
        raise TooLargeError
    tags = [main(name) for name in names]
    if is_small(data):
        yield from parse(data).iter(*tags)
        return
    events = etree.iterparse(
        io.BytesIO(data),
        tag=tags,
        resolve_entities=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
    )
    checked = False
    try:
        for _, found in events:
            if not checked and found.getroottree().docinfo.internalDTD is not None:
                raise XmlError("a document type is declared")
            checked = True
            yield found
            found.clear()
    except etree.LxmlError as error:
        raise XmlError(str(error)) from None


def without_blanks(data: bytes) -> bytes:
    """A sheet without the rows and cells that hold nothing, where there may be a million of them."""
    if len(data) < _LARGE:
        return data
    return _EMPTY_ROW.sub(b"", _EMPTY_CELL.sub(b"", _without_tail(data)))


def _without_tail(data: bytes) -> bytes:
    """A sheet without the rows behind its last value, where they hold nothing: the usual million."""
    end = data.rfind(b"</sheetData>")
    last = max(data.rfind(b"</v>", 0, end), data.rfind(b"</is>", 0, end))
    start = data.find(b"</row>", last, end) + len(b"</row>")
    if min(end, last) < 0 or start < last:
        return data
    tail = data[start:end]
    blank = sum(map(tail.count, (b"<row ", b"<c ", b"</row>", b"</c>")))
    return data[:start] + data[end:] if blank == tail.count(b"<") else data


# Number formats: the code of each cell style, and dates from the numbers that hold them -------------------


# ECMA-376 Part 1, 18.8.30: the formats that a file uses without declaring them.
BUILTIN: Mapping[int, str] = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00",
    5: '"$"#,##0_);("$"#,##0)', 6: '"$"#,##0_);[Red]("$"#,##0)',
    7: '"$"#,##0.00_);("$"#,##0.00)', 8: '"$"#,##0.00_);[Red]("$"#,##0.00)',
    9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    14: "mm-dd-yy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM",
    20: "h:mm", 21: "h:mm:ss", 22: "m/d/yy h:mm",
    37: "#,##0_);(#,##0)", 38: "#,##0_);[Red](#,##0)", 39: "#,##0.00_);(#,##0.00)",
    40: "#,##0.00_);[Red](#,##0.00)", 41: r'_(* #,##0_);_(* \(#,##0\);_(* "-"_);_(@_)',
    42: r'_("$"* #,##0_);_("$"* \(#,##0\);_("$"* "-"_);_(@_)',
    43: r'_(* #,##0.00_);_(* \(#,##0.00\);_(* "-"??_);_(@_)',
    44: r'_("$"* #,##0.00_)_("$"* \(#,##0.00\)_("$"* "-"??_)_(@_)',
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mmss.0", 48: "##0.0E+0", 49: "@",
}  # fmt: skip

_NOT_A_PATTERN = re.compile(r'".*?"|\[(?!hh?\]|mm?\]|ss?\])[^\]]*\]')
_DATE_LETTER = re.compile(r"(?<![_\\])[dmhys]", re.IGNORECASE)
_DURATION = re.compile(r"\[(?:hh?|mm?|ss?)\]", re.IGNORECASE)
_MILLISECONDS = 86_400_000
_EPOCH, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001 - a workbook has no zone


def format_codes(styles: _Element | None) -> list[str]:
    """The number format of each cell style, in the order in which cells refer to them."""
    if styles is None:
        return []
    codes = dict(BUILTIN)
    for declared in styles.iter(main("numFmt")):
        identifier = declared.get("numFmtId", "")
        if identifier.isdecimal():
            codes[int(identifier)] = declared.get("formatCode") or "General"
    holder = styles.find(main("cellXfs"))
    return [] if holder is None else [_code(style, codes) for style in holder.iterchildren(main("xf"))]


def _code(style: _Element, codes: Mapping[int, str]) -> str:
    identifier = style.get("numFmtId", "0")
    return codes.get(int(identifier), "General") if identifier.isdecimal() else "General"


@lru_cache(maxsize=512)
def is_date(code: str) -> bool:
    """Whether a number in that format is shown as a date, a time or a duration."""
    return _DATE_LETTER.search(_NOT_A_PATTERN.sub("", code.split(";", 1)[0])) is not None


def to_date(number: float, code: str, *, from_1904: bool) -> datetime | time | timedelta:
    """The moment that a number stands for: a time alone below 1, a duration in a format such as [h]:mm.

    Raises:
        OverflowError: there is no such day; an amount of money in a cell formatted as a date.
    """
    if _DURATION.search(code.split(";", 1)[0]):
        return timedelta(days=number)
    day, fraction = divmod(number, 1)
    rest = timedelta(milliseconds=round(fraction * _MILLISECONDS))
    if 0 <= number < 1 and not rest.days:
        return (_EPOCH + rest).time()
    # Excel counts a 29 February 1900 that never was.
    if 0 < number < 60 and not from_1904:
        day += 1
    return (_EPOCH_1904 if from_1904 else _EPOCH) + timedelta(days=day) + rest


# The cells of a sheet that may hold a picture, as the sheet itself tells it -------------------------------


Place = tuple[int, int]
"""Row and column, both from 1."""

_DISPIMG = re.compile(r'DISPIMG\(\s*"([^"]+)"', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Marks:
    """The cells of one sheet that may be a picture.

    Attributes:
        values: those whose value is described by the workbook's metadata -> number of the description,
            from 1; a picture that Excel placed in the cell is one of these.
        wps: those that show a picture of WPS -> its name.
    """

    values: Mapping[Place, int] = field(default_factory=dict)
    wps: Mapping[Place, str] = field(default_factory=dict)


def wps_picture(formula: str | None) -> str:
    """The name of the picture that a formula of WPS shows; empty where it shows none."""
    found = _DISPIMG.search(formula or "")
    return found[1] if found else ""


# The cells of one sheet: address and raw value ------------------------------------------------------------


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
class CellTable:
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


def read_table(data: bytes, shared: SharedParts, limit: int) -> CellTable:
    """The cells of a sheet that hold something; only the first of a merged range does.

    Args:
        data: the XML of the sheet.
        shared: what its cells refer to.
        limit: how many cells are read at most.

    Raises:
        XmlError: it cannot be parsed safely.
        TooLargeError: it holds more cells than ``limit``.
    """
    table, last = CellTable(), 0
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


def _read_row(element: _Element, number: int, shared: SharedParts, table: CellTable) -> None:
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


def _cells(row: _Element, number: int, shared: SharedParts, table: CellTable) -> dict[int, Raw]:
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


# The sheets of a workbook in their order, each with its cells ---------------------------------------------


_MOST_CELLS = 1_500_000
_NAMESPACES = {"m": main("")[1:-1]}
_TEXTS, _RUNS = (XPath(path, namespaces=_NAMESPACES) for path in ("m:si/m:t", "m:si/*[2]"))
Wanted = Callable[[str], bool]


def _every(_name: str) -> bool:
    return True


class BookError(Exception):
    """The workbook cannot be read; ``too_large`` tells whether for its size alone."""

    def __init__(self, reason: str, *, too_large: bool = False) -> None:
        super().__init__(reason)
        self.too_large = too_large


@dataclass(frozen=True, slots=True)
class SheetCells:
    """One sheet.

    Attributes:
        name: as written.
        part: its name in the package.
        rows: row number -> column number -> cell, only those that hold something.
        hidden: the numbers of hidden rows.
        marks: the cells that may hold a picture.
        drawn: something is drawn over it, such as a picture.
        heights: row number -> its height in points, where one is set.
        usual_height: the height of the other rows.
    """

    name: str
    part: str
    rows: Mapping[int, Mapping[int, Raw]] = field(default_factory=dict)
    hidden: frozenset[int] = frozenset()
    marks: Marks = field(default_factory=Marks)
    drawn: bool = False
    heights: Mapping[int, float] = field(default_factory=dict)
    usual_height: float = 0

    def height(self, row: int) -> float:
        """The height of a row in points."""
        return self.heights.get(row, self.usual_height)


def read_book(package: zipfile.ZipFile, wanted: Wanted = _every) -> tuple[SheetCells, ...]:
    """The worksheets of a workbook.

    Args:
        package: the file.
        wanted: by its name, whether the cells of a sheet are read; without them it is as an empty one.

    Raises:
        BookError: a part is missing, damaged or unsafe, or there are too many cells.
    """
    try:
        return tuple(_sheets(package, wanted))
    except XmlError as error:
        raise BookError(str(error)) from None
    except (TooLargeError, MemoryError):
        raise BookError("too many cells", too_large=True) from None
    except ZIP_DAMAGE as error:
        raise BookError(type(error).__name__) from None


def _sheets(package: zipfile.ZipFile, wanted: Wanted) -> Iterator[SheetCells]:
    book, targets = parse(_bytes(package, WORKBOOK)), relations(package, WORKBOOK)
    shared = _shared(package, book, targets)
    left, seen = _MOST_CELLS, set[str]()
    for sheet in book.iter(main("sheet")):
        target = targets.get(sheet.get(f"{REL}id", ""))
        if target is None or target.kind != "worksheet":
            continue
        if target.part in seen:  # a thousand names of one huge sheet would take a thousand times as long
            raise XmlError("two sheets are one part")
        seen.add(target.part)
        name = sheet.get("name", "")
        if not wanted(name):
            yield SheetCells(name, target.part)
            continue
        table = read_table(_bytes(package, target.part), shared, left)
        left -= table.count
        yield SheetCells(
            name,
            target.part,
            table.rows,
            frozenset(table.hidden),
            Marks(table.described, table.wps),
            table.drawn,
            table.heights,
            table.usual_height,
        )


def _shared(package: zipfile.ZipFile, book: _Element, targets: Mapping[str, Relation]) -> SharedParts:
    parts = {target.kind: target.part for target in targets.values()}
    strings = _optional(package, parts.get("sharedstrings", ""))
    styles = _optional(package, parts.get("styles", ""))
    properties = book.find(main("workbookPr"))
    return SharedParts(
        strings=_texts(strings) if strings else SharedTexts(),
        formats=_formats(styles) if styles else StyleFormats(),
        from_1904=properties is not None and properties.get("date1904") in _ON,
    )


def _formats(styles: bytes) -> StyleFormats:
    """The number formats of the cell styles; workbooks that began as one file have the same part."""
    return StyleFormats(_known_codes(styles) if is_small(styles) else _codes(styles))


def _codes(styles: bytes) -> tuple[str, ...]:
    return tuple(format_codes(parse(styles)))


_known_codes = lru_cache(maxsize=16)(_codes)


def _texts(strings: bytes) -> SharedTexts:
    if not is_small(strings):
        return SharedTexts([text_of(item) for item in stream(strings, "si")])
    root = parse(strings)
    plain = [] if _RUNS(root) else cast("list[_Element]", _TEXTS(root))
    if len(plain) == len(root):  # each is one text: nearly always, and it saves looking into each
        texts = [each.text or "" for each in plain]
        return SharedTexts.ready([unescaped(text) if "_x" in text else text for text in texts])
    return SharedTexts.ready([text_of(item) for item in root.iter(main("si"))])


def _optional(package: zipfile.ZipFile, name: str) -> bytes:
    """A part that a workbook may do without."""
    return _bytes(package, name) if {name, f"/{name}"} & package.NameToInfo.keys() else b""


def _bytes(package: zipfile.ZipFile, name: str) -> bytes:
    """A part; some programs write the name of an entry with a slash before it."""
    return package.read(name if name in package.NameToInfo else f"/{name}")
