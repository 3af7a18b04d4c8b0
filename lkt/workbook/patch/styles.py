"""styles.xml: what is added to it goes to the end of its lists, so that it can be taken off again."""

from copy import deepcopy
from hashlib import sha256

from lxml import etree

from lkt.workbook.patch.book import Book
from lkt.workbook.patch.errors import unreadable
from lkt.workbook.patch.links import declare, drop, link, unlink
from lkt.workbook.patch.markup import Element, add, children, detach, m, new
from lkt.workbook.patch.record import Record
from lkt.workbook.patch.schema import insert_in_order

_CREATED = "gaya:"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
_EMPTY = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
)


class Styles:
    """The lists of formats of a workbook; a part is made where there is none.

    Args:
        book: the workbook.
        record: where what is added is noted.

    Raises:
        UnreadableWorkbookError: what should be its part of formats is something else.
    """

    def __init__(self, book: Book, record: Record) -> None:
        self._book, self._record = book, record
        self._part = book.linked("styles") or _make_part(book, record)
        self._root = book.package.root(self._part)
        if self._root.tag != m("styleSheet"):
            raise unreadable("bagian format selnya berisi hal lain")

    def append(self, collection: str, item: Element) -> int:
        """Add an element to a list; its number there."""
        holder = self._collection(collection)
        self._extend(holder, [item])
        return len(list(children(holder))) - 1

    def format(self, number: int) -> Element:
        """The cell format of a number; the first where there is none of that number."""
        formats = list(children(self._collection("cellXfs")))
        return formats[number] if 0 <= number < len(formats) else formats[0]

    def variant(self, number: int, **attributes: str) -> int:
        """A copy of a cell format with other attributes; its number."""
        made = deepcopy(self.format(number))
        made.tail = None
        for key, value in attributes.items():
            made.set(key, value)
        return self.append("cellXfs", made)

    def items(self, collection: str) -> list[Element]:
        """All elements of a list."""
        return list(children(self._root.find(m(collection))))

    def _collection(self, name: str) -> Element:
        found = self._root.find(m(name))
        if found is None:
            found = new(name, count="0")
            insert_in_order(self._root, found)
            self._record.created.add(_CREATED + name)
        if not len(found):
            self._extend(found, _defaults(name))
        return found

    def _extend(self, holder: Element, items: list[Element]) -> None:
        self._book.package.edit(self._part)
        size, name = len(list(children(holder))), etree.QName(holder).localname
        self._record.styles.sizes.setdefault(name, (size, holder.get("count")))
        holder.extend(items)
        holder.set("count", str(size + len(items)))


def _defaults(collection: str) -> list[Element]:
    """The elements that every list starts with."""
    font, border, plain = new("font"), new("border"), new("fill")
    add(font, "sz", val="11")
    add(font, "name", val="Calibri")
    add(plain, "patternFill", patternType="none")
    gray = new("fill")
    add(gray, "patternFill", patternType="gray125")
    for side in ("left", "right", "top", "bottom", "diagonal"):
        add(border, side)
    xf = new("xf", numFmtId="0", fontId="0", fillId="0", borderId="0")
    return {"fonts": [font], "borders": [border], "fills": [plain, gray], "cellXfs": [xf]}.get(collection, [])


def _make_part(book: Book, record: Record) -> str:
    part = (
        "xl/styles.xml" if "xl/styles.xml" not in book.package else book.package.free_name("xl/styles{}.xml")
    )
    book.package.put(part, _EMPTY)
    declare(book.package, part, _TYPE)
    link(book.package, record, book.part, "styles", part)
    record.created.add(part)
    return part


def seal(book: Book, record: Record) -> None:
    """Note how the part looks now, so that only this very part is put back later."""
    part = book.linked("styles")
    if part is not None:
        record.styles.digest = sha256(book.package.read(part)).hexdigest()


def is_sealed(book: Book, record: Record) -> bool:
    """Whether the part is still as we wrote it."""
    part = book.linked("styles")
    return part is not None and sha256(book.package.read(part)).hexdigest() == record.styles.digest


def restore(book: Book, record: Record) -> None:
    """Put the lists of a sealed part back to their former length."""
    part = book.linked("styles")
    assert part is not None
    if part in record.created:
        unlink(book.package, record, book.part, part)
        drop(book.package, part)
        return
    root = book.package.edit(part)
    for name, (size, count) in record.styles.sizes.items():
        _shorten(root, name, size, count, created=_CREATED + name in record.created)


def _shorten(root: Element, name: str, size: int, count: str | None, *, created: bool) -> None:
    holder = root.find(m(name))
    if holder is None:
        return
    for item in list(children(holder))[max(size, 0) :]:
        detach(item)
    if count is None:
        holder.attrib.pop("count", "")
    else:
        holder.set("count", count)
    if created:
        detach(holder)
