"""Formulas that reach beyond their own cell, and the order in which formulas are calculated."""

from collections.abc import Collection

from lkt.alamat import address as join
from lkt.model import Ref
from lkt.workbook.patch.addresses import corners, split
from lkt.workbook.patch.book import Book
from lkt.workbook.patch.errors import PatchError
from lkt.workbook.patch.grid import Grid, cells_of
from lkt.workbook.patch.links import drop, unlink
from lkt.workbook.patch.markup import Element, children, detach, m, new
from lkt.workbook.patch.record import Record
from lkt.workbook.patch.schema import insert_in_order

_AREAS = {"array", "dataTable"}


def refuse_areas(grid: Grid, ref: Ref) -> None:
    """Refuse a cell that is part of a formula for several cells: Excel lets no one change one of them.

    Raises:
        PatchError: it is one.
    """
    place = split(ref.cell)
    for formula in grid.root.iter(m("f")):
        area = corners(formula.get("ref", "")) if formula.get("t") in _AREAS else None
        if place and area and area[:2] != area[2:] and _within(place, area):
            raise PatchError(
                f"Sel {ref} adalah bagian dari rumus untuk beberapa sel ({formula.get('ref')}).",
                "Ubah rumus itu di Excel.",
            )


def release_shared(grid: Grid, address: str) -> None:
    """Give cells that share the formula of a cell one of their own, before that cell loses it."""
    cell = grid.cell(address)
    formula = None if cell is None else cell.find(m("f"))
    if formula is None or formula.get("t") != "shared" or not formula.text:
        return
    for row, column, other in _sharing(grid, formula):
        own = new("f", other.text or moved(formula.text, address, join(row, column)))
        holder = other.getparent()
        assert holder is not None
        holder.replace(other, own)


def _sharing(grid: Grid, formula: Element) -> list[tuple[int, int, Element]]:
    found = []
    for number, row in grid.rows().items():
        for column, cell in cells_of(row):
            other = cell.find(m("f"))
            if other is None or other is formula or other.get("t") != "shared":
                continue
            if other.get("si") == formula.get("si"):
                found.append((number, column, other))
    return found


def moved(formula: str, origin: str, target: str) -> str:
    """A formula of one cell as it reads in another: relative addresses move along."""
    from openpyxl.formula.translate import Translator  # noqa: PLC0415 - costs 200 ms and is rarely needed

    moved: str = Translator(f"={formula}", origin=origin).translate_formula(target)
    return moved.removeprefix("=")


def drop_from_chain(book: Book, cells: Collection[tuple[str, str]]) -> None:
    """Take cells, each by the number of its sheet and its address, out of the order of calculation."""
    part = book.linked("calcChain")
    if part is None:
        return
    root, sheet, written = book.package.root(part), "0", "0"
    for item in list(children(root)):
        sheet = item.get("i", sheet)
        if (sheet, item.get("r", "")) in cells:
            book.package.edit(part)
            detach(item)
            continue
        if sheet != written and not item.get("i"):
            item.set("i", sheet)  # it was implied by one that is gone
        written = sheet
    if next(children(root), None) is None:
        unlink(book.package, Record(), book.part, part)
        drop(book.package, part)


def calculate_on_load(book: Book) -> None:
    """Let the spreadsheet program calculate everything when it opens the workbook."""
    root = book.package.root(book.part)
    settings = root.find(m("calcPr"))
    if settings is not None and settings.get("fullCalcOnLoad") in {"1", "true"}:
        return
    book.package.edit(book.part)
    if settings is None:
        settings = new("calcPr")
        insert_in_order(root, settings)
    settings.set("fullCalcOnLoad", "1")


def _within(place: tuple[int, int], area: tuple[int, int, int, int]) -> bool:
    return area[0] <= place[0] <= area[2] and area[1] <= place[1] <= area[3]
