"""The workbook part and the XML of one worksheet: sheets, defined names, rows and cells."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from lxml import etree

from lkt.addresses import address as join
from lkt.addresses import column_number
from lkt.bounded import whole
from lkt.xlsx.package import (
    REL_ID,
    REL_NS,
    Element,
    Record,
    WorkbookPackage,
    add,
    children,
    detach,
    drop,
    insert_in_order,
    link,
    linked,
    links,
    m,
    main_part,
    new,
    rels_of,
    unescape,
    unlink,
    unreadable,
)

# Addresses of cells and references to sheets --------------------------------------------------------------


LAST_COLUMN, LAST_ROW = 16384, 1048576
_ADDRESS = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})")


def split(address: str) -> tuple[int, int] | None:
    """Row and column of an address, both from 1; None where it is none."""
    match = _ADDRESS.fullmatch(address.upper())
    if match is None:
        return None
    row, column = int(match[2]), column_number(match[1])
    return (row, column) if row <= LAST_ROW and column <= LAST_COLUMN else None


def plain(address: str) -> str | None:
    """An address without dollar signs and in capitals; None where it is none."""
    place = split(address)
    return None if place is None else join(*place)


def corners(area: str) -> tuple[int, int, int, int] | None:
    """First row and column, last row and column of an area such as B2:C4, or of a single cell."""
    first, _, last = area.partition(":")
    start, end = split(first), split(last or first)
    return None if start is None or end is None else (*start, *end)


def quoted(sheet: str) -> str:
    """The name of a sheet as it stands in a reference."""
    doubled = sheet.replace("'", "''")
    return f"'{doubled}'"


# The part that lists the sheets of a workbook -------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """One sheet.

    Attributes:
        name: as the user sees it.
        index: its place among all sheets, from 0.
        number: its lasting number, which the calculation chain uses.
        part: its part; empty where that is missing.
    """

    name: str
    index: int
    number: str
    part: str


class Book:
    """The list of the sheets of a workbook.

    Args:
        package: the parts.

    Raises:
        UnreadableWorkbookError: it has no workbook, or one in the strict dialect.
    """

    def __init__(self, package: WorkbookPackage) -> None:
        self.package = package
        self.part = main_part(package)
        if package.root(self.part).tag != m("workbook"):
            raise unreadable("buku kerjanya berdialek lain")

    def sheets(self) -> list[SheetEntry]:
        """All sheets in their order."""
        targets = {link.identifier: link.part for link in links(self.package, self.part)}
        return [
            SheetEntry(
                item.get("name", ""), index, item.get("sheetId", ""), targets.get(item.get(REL_ID, ""), "")
            )
            for index, item in enumerate(self._items())
        ]

    def worksheets(self) -> Iterator[SheetEntry]:
        """The sheets that hold cells; chart sheets do not."""
        for sheet in self.sheets():
            if sheet.part and self.package.root(sheet.part).tag == m("worksheet"):
                yield sheet

    def worksheet(self, name: str) -> SheetEntry | None:
        """The worksheet of a name, as written or else in any case."""
        named = [sheet for sheet in self.sheets() if sheet.name.casefold() == name.casefold()]
        for sheet in sorted(named, key=lambda sheet: sheet.name != name):
            if sheet.part and self.package.root(sheet.part).tag == m("worksheet"):
                return sheet
        return None

    def linked(self, kind: str) -> str | None:
        """The part of a kind that belongs to the workbook as a whole."""
        return linked(self.package, self.part, kind)

    @property
    def from_1904(self) -> bool:
        """Whether dates count from 1904."""
        properties = self.package.root(self.part).find(m("workbookPr"))
        return properties is not None and properties.get("date1904", "") in {"1", "true"}

    def free_name(self, wanted: str) -> str:
        """The name, or the first numbered one that no sheet has."""
        taken = {sheet.name.casefold() for sheet in self.sheets()}
        numbered = (f"{wanted} ({number})" for number in range(2, len(taken) + 3))
        return next(name for name in (wanted, *numbered) if name.casefold() not in taken)

    def add_sheet(self, record: Record, name: str, part: str) -> int:
        """Append a sheet; its index."""
        items = list(self._items())
        number = max((whole(item.get("sheetId")) for item in items), default=0) + 1
        identifier = link(self.package, record, self.part, "worksheet", part)
        self.package.edit(self.part)
        item = etree.SubElement(self._list(), m("sheet"), nsmap={"r": REL_NS})
        for key, value in (("name", name), ("sheetId", str(number)), (REL_ID, identifier)):
            item.set(key, value)
        return len(items)

    def remove_sheet(self, record: Record, sheet: SheetEntry) -> None:
        """Take a sheet out, with the printer settings that a spreadsheet program may have given it."""
        for item in links(self.package, sheet.part):
            if item.kind == "printerSettings":
                drop(self.package, item.part)
        self.package.edit(self.part)
        detach(list(self._items())[sheet.index])
        unlink(self.package, record, self.part, sheet.part)
        drop(self.package, sheet.part)
        self._move_views(sheet.index)

    def _move_views(self, removed: int) -> None:
        """Keep showing the sheet that was in front; the one before where that is gone."""
        for view in self.package.root(self.part).iter(m("workbookView")):
            for key in ("activeTab", "firstSheet"):
                place = whole(view.get(key))
                if place and place >= removed:
                    view.set(key, str(place - 1))

    def _list(self) -> Element:
        found = self.package.root(self.part).find(m("sheets"))
        if found is None:
            raise unreadable("tidak ada daftar lembar")
        return found

    def _items(self) -> Iterator[Element]:
        return (item for item in children(self._list()) if item.tag == m("sheet"))


# The XML of one worksheet: where its cells are, and where new elements belong -----------------------------


class SheetXml:
    """The cells of a worksheet, found by their address.

    Args:
        root: the root element of the worksheet.
    """

    def __init__(self, root: Element) -> None:
        self.root = root
        self._rows: dict[int, Element] | None = None
        self._merged: list[tuple[int, int, int, int]] | None = None

    def cell(self, address: str) -> Element | None:
        """The element of a cell, if there is one."""
        place = split(address)
        row = self.rows().get(place[0]) if place else None
        if row is None or place is None:
            return None
        return next((cell for column, cell in cells_of(row) if column == place[1]), None)

    def anchor(self, address: str) -> str:
        """The cell that shows what a cell shows: the first of the merged area that it is part of."""
        place = split(address)
        for top, left, bottom, right in self._merged_areas():
            if place and top <= place[0] <= bottom and left <= place[1] <= right:
                return join(top, left)
        return address

    def rows(self) -> dict[int, Element]:
        """The row elements by their number, which is implied where it is not written."""
        if self._rows is None:
            self._rows, number = {}, 0
            for row in children(self.root.find(m("sheetData"))):
                number = whole(row.get("r"), number + 1)
                self._rows.setdefault(number, row)
        return self._rows

    def insert(self, child: Element) -> None:
        """Put a new element of the worksheet where the schema wants it."""
        insert_in_order(self.root, child)

    def _merged_areas(self) -> list[tuple[int, int, int, int]]:
        if self._merged is None:
            areas = (item.get("ref", "") for item in self.root.iter(m("mergeCell")))
            self._merged = [found for found in map(corners, areas) if found]
        return self._merged

    def make(self, address: str) -> Element:
        """The element of a cell, made where there is none, in the style of its row or column."""
        place, found = split(address), self.cell(address)
        assert place is not None
        if found is not None:
            return found
        row = self._make_row(place[0])
        cell = new("c", r=join(*place))
        style = self._default_style(row, place[1])
        if style != "0":
            cell.set("s", style)
        after = [cell for column, cell in cells_of(row) if column < place[1]]
        row.insert(row.index(after[-1]) + 1 if after else 0, cell)
        if "spans" in row.attrib:  # only a hint, which may be wrong from now on
            del row.attrib["spans"]
        self._widen(*place)
        return cell

    def _make_row(self, number: int) -> Element:
        rows = self.rows()
        if number in rows:
            return rows[number]
        row, holder = new("row", r=str(number)), self.root.find(m("sheetData"))
        if holder is None:
            holder = new("sheetData")
            self.insert(holder)
        before = [known for known in rows if known < number]
        holder.insert(holder.index(rows[max(before)]) + 1 if before else 0, row)
        rows[number] = row
        return row

    def _default_style(self, row: Element, column: int) -> str:
        if row.get("customFormat") in {"1", "true"}:
            return row.get("s", "0")
        for item in children(self.root.find(m("cols"))):
            if whole(item.get("min")) <= column <= whole(item.get("max")):
                return item.get("style", "0")
        return "0"

    def _widen(self, row: int, column: int) -> None:
        """Let the stated extent of the sheet take in a new cell."""
        dimension = self.root.find(m("dimension"))
        area = corners(dimension.get("ref", "")) if dimension is not None else None
        if dimension is not None and area is not None:
            top, left, bottom, right = area
            first = join(min(top, row), min(left, column))
            last = join(max(bottom, row), max(right, column))
            dimension.set("ref", first if first == last else f"{first}:{last}")


def cells_of(row: Element) -> Iterator[tuple[int, Element]]:
    """The cells of a row with their column, which is implied where no address is written."""
    column = 0
    for cell in children(row):
        if cell.tag == m("c"):
            place = split(cell.get("r", ""))
            column = place[1] if place else column + 1
            yield column, cell


# The defined names that belong to the sheet of findings, one of which is its marker -----------------------


MARKER = "_lkt_hasil"
"""A hidden name on the sheet of findings: it survives renaming, moving and saving elsewhere."""

_CREATED = "definedNames"


def add_names(book: Book, record: Record, index: int, names: dict[str, str], *, hidden: set[str]) -> None:
    """Give a sheet its own names: name -> reference."""
    root = book.package.edit(book.part)
    holder = root.find(m("definedNames"))
    if holder is None:
        holder = new("definedNames")
        insert_in_order(root, holder)
        record.created.add(_CREATED)
    for name, reference in names.items():
        item = add(holder, "definedName", reference, name=name, localSheetId=str(index))
        if name in hidden:
            item.set("hidden", "1")


def marked_sheets(book: Book) -> list[int]:
    """The indexes of the sheets that carry our marker, the last first."""
    holder = book.package.root(book.part).find(m("definedNames"))
    found = {item.get("localSheetId") for item in children(holder) if item.get("name") == MARKER}
    count = len(book.sheets())
    return sorted(
        (place for place in (whole(text, -1) for text in found) if 0 <= place < count), reverse=True
    )


def remove_names(book: Book, record: Record, index: int) -> None:
    """Drop the names of a sheet that was removed; those of the sheets after it follow them."""
    holder = book.package.edit(book.part).find(m("definedNames"))
    if holder is None:
        return
    for item in list(children(holder)):
        place = whole(item.get("localSheetId"), -1)
        if place == index:
            detach(item)
        elif place > index:
            item.set("localSheetId", str(place - 1))
    if _CREATED in record.created and not len(holder):
        detach(holder)


# What stands in a cell, and the formula that says so ------------------------------------------------------


MARK = 'N("lkt")=0'
"""Always true; it makes our conditions recognisable, whichever program saved them last."""

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([Ee][+-]?\d+)?")
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_UNSAYABLE = re.compile(r"[\x00\ud800-\udfff\ufffe\uffff]")  # neither XML nor CHAR() knows them
_LONGEST = 4000  # half of what a formula may have
_PIECE = 250  # of the 255 characters that a text in a formula may have; half where some count twice


class Strings:
    """The shared strings of a workbook, read when the first one is asked for."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._items: list[Element] | None = None

    def text(self, index: str) -> str | None:
        """The text of a shared string; None where there is none of that number."""
        if self._items is None:
            part = self._book.linked("sharedStrings")
            root = None if part is None else self._book.package.root(part)
            self._items = [item for item in children(root) if item.tag == m("si")]
        try:
            return plain_text(self._items[int(index)])
        except (ValueError, IndexError):
            return None


def plain_text(item: Element) -> str:
    """The text of a string element with or without runs; phonetic hints are no part of it."""
    texts = [text for text in item.iter(m("t")) if not _is_phonetic(text)]
    return unescape("".join(text.text or "" for text in texts))


def _is_phonetic(text: Element) -> bool:
    parent = text.getparent()
    return parent is not None and parent.tag == m("rPh")


def unchanged(address: str, cell: Element | None, strings: Strings, mark: str = MARK) -> str | None:
    """A formula that holds as long as a cell shows what it shows now; None where none can say that.

    None it is for a formula that was never calculated, a picture in the cell, a date in ISO notation and a
    text too long for a formula.
    """
    test = _test(address, cell, strings)
    formula = f"AND({mark},{test})"
    return formula if test and len(formula) <= _LONGEST else None


def _test(address: str, cell: Element | None, strings: Strings) -> str | None:
    if cell is None:
        return f"ISBLANK({address})"
    if cell.get("vm") is not None:
        return None
    kind, value = cell.get("t", "n"), cell.findtext(m("v")) or ""
    if kind in {"s", "str", "inlineStr"}:
        return _test_text(address, cell, strings)
    if not value:
        return None if cell.find(m("f")) is not None else f"ISBLANK({address})"
    return _test_value(address, kind, value.strip())


def _test_value(address: str, kind: str, value: str) -> str | None:
    if kind == "n" and _NUMBER.fullmatch(value):
        return f"ISNUMBER({address}),{address}={value}"
    if kind == "b":
        return f"ISLOGICAL({address}),{address}={'TRUE' if value in {'1', 'true'} else 'FALSE'}"
    return f"ISERROR({address})" if kind == "e" else None


def _test_text(address: str, cell: Element, strings: Strings) -> str | None:
    """Type and letters are compared: a number that was typed as text is corrected by typing it again."""
    if cell.find(m("v")) is None and cell.find(m("is")) is None and cell.find(m("f")) is None:
        return f"ISBLANK({address})"
    text = text_of(cell, strings)
    if text is None or _UNSAYABLE.search(text):
        return None
    return f"ISTEXT({address}),EXACT({address},{literal(text)})"


def text_of(cell: Element, strings: Strings) -> str | None:
    """The text of a text cell; None where a shared string is missing."""
    inline, value = cell.find(m("is")), cell.findtext(m("v")) or ""
    if inline is not None:
        return plain_text(inline)
    return strings.text(value) if cell.get("t") == "s" else unescape(value)


def literal(text: str) -> str:
    """A text as an expression of a formula, in pieces that it may hold; control characters by number."""
    size = _PIECE if text.isascii() and '"' not in text else _PIECE // 2
    pieces = re.findall(rf"[\x00-\x1f]|[^\x00-\x1f]{{1,{size}}}", text)
    return "&".join(f"CHAR({ord(piece)})" if piece < " " else _quoted(piece) for piece in pieces) or '""'


def _quoted(piece: str) -> str:
    doubled = piece.replace('"', '""')
    return '"' + _LOOKS_ESCAPED.sub('_"&"', doubled) + '"'


# Pictures that float over rows which were emptied: they go with what they illustrated ---------------------


_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"


def remove_pictures(data: bytes, sheet: str, rows: Collection[int]) -> tuple[bytes, int]:
    """A copy of a workbook without the pictures whose upper edge lies on some rows; how many these were.

    Charts, shapes and all pictures elsewhere stay. An image that no other picture shows leaves the file.

    Raises:
        UnreadableWorkbookError: the workbook is damaged.
    """
    package = WorkbookPackage(data)
    entry, count = Book(package).worksheet(sheet), 0
    drawings = (
        [] if entry is None else [item for item in links(package, entry.part) if item.kind == "drawing"]
    )
    for drawing in drawings:
        gone = [anchor for anchor in children(package.root(drawing.part)) if _row(anchor) in rows]
        if gone:
            package.edit(drawing.part)
            for anchor in gone:
                detach(anchor)
            _release_images(package, drawing.part)
        count += len(gone)
    return (package.save(), count) if count else (data, 0)


def _row(anchor: Element) -> int | None:
    """The row of the upper edge of a picture; None for anything else."""
    row = anchor.findtext(f"{_DRAWING}from/{_DRAWING}row") or ""
    is_picture = anchor.find(f"{_DRAWING}pic") is not None
    return whole(row) + 1 if is_picture and row.strip() else None


def _release_images(package: WorkbookPackage, drawing: str) -> None:
    """Take out the relationships that no picture uses any more, and the images that nothing shows."""
    used = {value for item in package.root(drawing).iter("*") for value in _relations(item)}
    spare = {item.identifier: item.part for item in links(package, drawing) if item.kind == "image"}
    spare = {identifier: part for identifier, part in spare.items() if identifier not in used}
    for item in list(children(package.root(rels_of(drawing)))) if spare else ():
        if item.get("Id") in spare:
            package.edit(rels_of(drawing))
            detach(item)
    still_shown = {item.part for source in _sources(package) for item in links(package, source)}
    for part in sorted(set(spare.values()) - still_shown):
        drop(package, part)


def _relations(item: Element) -> Iterator[str]:
    return (str(value) for key, value in item.attrib.items() if str(key).startswith(f"{{{REL_NS}}}"))


def _sources(package: WorkbookPackage) -> Iterator[str]:
    """The parts that have relationships."""
    for name in package.names():
        folder, found, source = name.rpartition("_rels/")
        if found and source.endswith(".rels"):
            yield folder + source.removesuffix(".rels")
