"""How cells look: a number format that shows a new value, and texts that a new value would make plainer."""

import re
from collections.abc import Iterable, Iterator, Sequence

from lkt.attributes import whole
from lkt.corrections.correction import Correction, raw_of
from lkt.model import Ref
from lkt.workbook.cells import as_written
from lkt.workbook.patch.book import Book
from lkt.workbook.patch.formats import NumberFormats
from lkt.workbook.patch.grid import Grid
from lkt.workbook.patch.markup import Element, children, m
from lkt.workbook.patch.package import Package
from lkt.workbook.patch.record import Record
from lkt.workbook.patch.styles import Styles
from lkt.workbook.xlsx.numberformats import BUILTIN

_NO_DIGITS = re.compile("[^0-9,%-]")


def with_formats(data: bytes, made: Iterable[Correction]) -> bytes:
    """The workbook with the cells ready for their new values, which are not put in yet.

    A cell keeps its own number format where that shows the value with the same digits, or as the same day.
    """
    book = Book(Package(data))
    styles = Styles(book, Record())
    formats = NumberFormats(styles)
    codes = {whole(item.get("numFmtId")): item.get("formatCode", "") for item in styles.items("numFmts")}
    for each, cell in _cells(book, [each for each in made if each.number_format]):
        style = whole(cell.get("s"))
        own = codes.get(whole(styles.format(style).get("numFmtId"))) or _built_in(styles, style)
        if formats.is_text(style) or formats.is_date(style) != each.is_date or not _shows(own, each):
            cell.set("s", str(formats.with_code(style, each.number_format)))
    return book.package.save()


def _built_in(styles: Styles, style: int) -> str:
    return BUILTIN.get(whole(styles.format(style).get("numFmtId")), "General")


def _shows(code: str, made: Correction) -> bool:
    shown = as_written(raw_of(made.value, code))
    return shown == made.new or (
        not made.is_date and _NO_DIGITS.sub("", shown) == _NO_DIGITS.sub("", made.new)
    )


def divided_texts(data: bytes, refs: Sequence[Ref]) -> set[Ref]:
    """The cells whose text has letters of different looks, which a new text would lose."""
    book = Book(Package(data))
    part = book.linked("sharedStrings")
    strings = list(children(None if part is None else book.package.root(part)))
    return {ref for ref, cell in _located(book, refs) if _is_divided(cell, strings)}


def _is_divided(cell: Element, strings: Sequence[Element]) -> bool:
    item = cell.find(m("is"))
    number = cell.findtext(m("v")) or ""
    if cell.get("t") == "s" and 0 <= whole(number, -1) < len(strings):
        item = strings[whole(number)]
    return item is not None and item.find(m("r")) is not None


def _cells(book: Book, made: Sequence[Correction]) -> Iterator[tuple[Correction, Element]]:
    found = dict(_located(book, [each.ref for each in made]))
    return ((each, found[each.ref]) for each in made if each.ref in found)


def _located(book: Book, refs: Iterable[Ref]) -> Iterator[tuple[Ref, Element]]:
    """The elements of cells, to change."""
    grids: dict[str, Grid] = {}
    for ref in refs:
        sheet = book.worksheet(ref.sheet)
        if sheet is not None:
            if sheet.part not in grids:
                grids[sheet.part] = Grid(book.package.edit(sheet.part))
            cell = grids[sheet.part].cell(ref.cell)
            if cell is not None:
                yield ref, cell
