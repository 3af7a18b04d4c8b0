"""The annotated copy of a workbook, and the way back from it."""

from collections.abc import Mapping, Sequence

from lkt.findings import Finding
from lkt.workbook.patch.addresses import plain
from lkt.workbook.patch.book import Book
from lkt.workbook.patch.conditions import Condition, add_conditions
from lkt.workbook.patch.contents import Strings, unchanged
from lkt.workbook.patch.grid import Grid
from lkt.workbook.patch.highlight import Highlights
from lkt.workbook.patch.links import declare, link
from lkt.workbook.patch.listing import add_listing
from lkt.workbook.patch.notes import Notes
from lkt.workbook.patch.package import Package
from lkt.workbook.patch.record import Record
from lkt.workbook.patch.strip import strip
from lkt.workbook.patch.styles import Styles, seal
from lkt.workbook.patch.wording import worst

ByCell = dict[str, list[Finding]]


def annotate(data: bytes, findings: Sequence[Finding]) -> bytes:
    """A copy of a workbook with its findings: highlighted cells, notes, and a last sheet that lists them.

    Earlier marks of ours are taken out first. Parts that need no mark keep their bytes.

    Args:
        data: the workbook.
        findings: in the order in which they shall be listed.

    Raises:
        UnreadableWorkbookError: the workbook is damaged.
    """
    book, record = Book(Package(data)), Record()
    strip(book)
    styles, strings = Styles(book, record), Strings(book)
    highlights = Highlights(styles, record)
    for part, cells in _by_sheet(book, findings).items():
        grid = Grid(book.package.edit(part))
        _highlight(grid, highlights, strings, cells)
        Notes(book.package, record, part).add(grid, cells)
    add_listing(book, record, styles, findings)
    seal(book, record)
    _keep(book, record)
    return book.package.save()


def strip_annotations(data: bytes) -> bytes:
    """A copy of a workbook without the marks of ``annotate``.

    Args:
        data: the workbook, annotated or not.

    Raises:
        UnreadableWorkbookError: the workbook is damaged.
    """
    book = Book(Package(data))
    strip(book)
    return book.package.save()


def _by_sheet(book: Book, findings: Sequence[Finding]) -> dict[str, ByCell]:
    """Part of the worksheet -> cell -> its findings; only for cells that exist in the workbook."""
    found: dict[str, ByCell] = {}
    parts = {name: book.worksheet(name) for name in {ref.sheet for f in findings for ref in f.refs}}
    grids: dict[str, Grid] = {}
    for finding in findings:
        for ref in finding.refs:
            sheet, address = parts[ref.sheet], plain(ref.cell)
            if sheet is not None and address is not None:
                grid = grids.setdefault(sheet.part, Grid(book.package.root(sheet.part)))
                of_cell = found.setdefault(sheet.part, {}).setdefault(grid.anchor(address), [])
                if finding not in of_cell:
                    of_cell.append(finding)
    return found


def _highlight(
    grid: Grid, highlights: Highlights, strings: Strings, cells: Mapping[str, Sequence[Finding]]
) -> None:
    """By a formula that holds as long as the cell is not corrected; by a fill of its own otherwise."""
    conditions = []
    for address, found in cells.items():
        cell, severity = grid.cell(address), worst(found)
        formula = unchanged(address, cell, strings)
        if formula is not None:
            conditions.append(Condition(address, formula, highlights.conditional(severity, cell)))
        elif cell is not None:
            highlights.restyle(severity, cell)
    add_conditions(grid, conditions)


def _keep(book: Book, record: Record) -> None:
    """Store what is needed to undo this, beside the workbook's own custom XML."""
    part = book.package.free_name("customXml/item{}.xml")
    link(book.package, record, book.part, "customXml", part)
    book.package.put(part, record.to_xml())
    declare(book.package, part, "application/xml")
