"""Taking out what ``annotate`` put in; everything else stays, whatever was changed since."""

from lkt.workbook.patch.book import Book
from lkt.workbook.patch.conditions import has_conditions, remove_conditions
from lkt.workbook.patch.grid import Grid
from lkt.workbook.patch.highlight import Restorer, restore_cells
from lkt.workbook.patch.links import drop, links, unlink
from lkt.workbook.patch.names import marked_sheets, remove_names
from lkt.workbook.patch.notes import Notes
from lkt.workbook.patch.record import NAMESPACE, Record
from lkt.workbook.patch.styles import is_sealed, restore


def strip(book: Book) -> None:
    """Undo an earlier annotation, if there is one."""
    part, record = _find_record(book)
    sealed = is_sealed(book, record)
    marked = marked_sheets(book)
    for index in marked:
        book.remove_sheet(record, book.sheets()[index])
        remove_names(book, record, index)
    _clean_sheets(book, record)
    if part is not None or marked:
        _restore_fills(book, record, sealed=sealed)
    if sealed:
        restore(book, record)
    if part is not None:
        for item in list(links(book.package, part)):
            drop(book.package, item.part)
        unlink(book.package, record, book.part, part)
        drop(book.package, part)


def _find_record(book: Book) -> tuple[str | None, Record]:
    """The custom XML part with our record, and what it says; nothing where it is missing or spoilt."""
    for item in links(book.package, book.part):
        if item.kind == "customXml" and NAMESPACE.encode() in book.package.read(item.part):
            try:
                return item.part, Record.from_xml(book.package.root(item.part))
            except ValueError:
                return item.part, Record()
    return None, Record()


def _clean_sheets(book: Book, record: Record) -> None:
    for sheet in book.worksheets():
        root = book.package.root(sheet.part)
        if has_conditions(root):
            remove_conditions(book.package.edit(sheet.part))
        Notes(book.package, record, sheet.part).remove(root)


def _restore_fills(book: Book, record: Record, *, sealed: bool) -> None:
    part = book.linked("styles")
    restorer = Restorer(
        None if part is None else book.package.root(part), record.styles.originals if sealed else {}
    )
    if part is None or not restorer.needed:
        return
    for sheet in book.worksheets():
        if restore_cells(Grid(book.package.root(sheet.part)), restorer):
            book.package.edit(sheet.part)
    if not sealed:
        book.package.edit(part)
        restorer.remove_fills()
