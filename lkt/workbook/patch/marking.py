"""Marks on cells that wait for the user: a fill that goes when the cell is filled or changed, and a note.

They live beside the marks of ``annotate``: each kind is put in and taken out without the other.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from lkt.model import Ref
from lkt.workbook.patch.addresses import plain
from lkt.workbook.patch.book import Book
from lkt.workbook.patch.conditions import Condition, add_conditions, has_conditions, remove_conditions
from lkt.workbook.patch.contents import Strings, unchanged
from lkt.workbook.patch.grid import Grid
from lkt.workbook.patch.highlight import INK
from lkt.workbook.patch.markup import Element, add, new
from lkt.workbook.patch.notes import Notes
from lkt.workbook.patch.package import Package
from lkt.workbook.patch.record import Record
from lkt.workbook.patch.styles import Styles
from lkt.workbook.patch.wording import END, Runs

MARK = 'N("lkt isian")=0'
"""Always true; it makes the conditions of these marks recognisable."""

TITLE = "— Isian lkt —"
"""The first line of these notes."""


class Wait(Enum):
    """What a marked cell waits for; the value is the colour of its fill."""

    FILL = "FFB9E4D4"
    REVIEW = "FFE4D3F2"
    NOTHING = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark on one cell.

    Attributes:
        ref: the cell.
        text: what the note says; empty for a mark without a note.
        wait: until when the cell is filled with colour: until it is filled in, or until it is changed.
    """

    ref: Ref
    text: str
    wait: Wait = Wait.FILL


def mark(data: bytes, marks: Iterable[Mark]) -> bytes:
    """A copy of a workbook with marks; those on sheets that do not exist are left out.

    Raises:
        UnreadableWorkbookError: the workbook is damaged.
    """
    book = Book(Package(data))
    looks, strings = _Looks(Styles(book, Record())), Strings(book)
    for part, of_sheet in _by_part(book, marks).items():
        grid = Grid(book.package.edit(part))
        placed = {grid.anchor(address): each for address, each in of_sheet.items()}
        add_conditions(grid, list(_conditions(grid, placed, looks, strings)))
        notes = {cell: _runs(each.text) for cell, each in placed.items() if each.text}
        Notes(book.package, Record(), part, TITLE).write(grid, notes)
    return book.package.save()


def strip_marks(data: bytes) -> bytes:
    """A copy of a workbook without the marks of ``mark``.

    Raises:
        UnreadableWorkbookError: the workbook is damaged.
    """
    book = Book(Package(data))
    for sheet in book.worksheets():
        root = book.package.root(sheet.part)
        if has_conditions(root, MARK):
            remove_conditions(book.package.edit(sheet.part), MARK)
        Notes(book.package, Record(), sheet.part, TITLE).remove(root)
    return book.package.save()


def _by_part(book: Book, marks: Iterable[Mark]) -> dict[str, dict[str, Mark]]:
    found: dict[str, dict[str, Mark]] = {}
    for each in marks:
        sheet, address = book.worksheet(each.ref.sheet), plain(each.ref.cell)
        if sheet is not None and address is not None:
            found.setdefault(sheet.part, {})[address] = each
    return found


def _conditions(
    grid: Grid, placed: dict[str, Mark], looks: "_Looks", strings: Strings
) -> Iterable[Condition]:
    for address, each in placed.items():
        formula = None
        if each.wait is Wait.FILL:
            formula = f"AND({MARK},ISBLANK({address}))"
        elif each.wait is Wait.REVIEW:
            formula = unchanged(address, grid.cell(address), strings, MARK)
        if formula is not None:
            yield Condition(address, formula, looks.number(each.wait))


def _runs(text: str) -> Runs:
    return [(TITLE, True), (f"\n{text}", False), (END, False)]


class _Looks:
    """The conditional formats of marks; one that an earlier marking left behind is used again."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles

    def number(self, wait: Wait) -> int:
        wanted = _differential(wait.value)
        known: Sequence[Element] = self._styles.items("dxfs")
        same = (number for number, item in enumerate(known) if _shape(item) == _shape(wanted))
        found = next(same, None)
        return self._styles.append("dxfs", wanted) if found is None else found


def _shape(item: Element) -> str:
    """An element without what its surroundings add to it."""
    return "".join(f"{each.tag}{sorted(each.attrib.items())}" for each in item.iter())


def _differential(color: str) -> Element:
    made = new("dxf")
    add(add(made, "font"), "color", rgb=INK)
    pattern = add(add(made, "fill"), "patternFill", patternType="solid")
    add(pattern, "fgColor", rgb=color)
    add(pattern, "bgColor", rgb=color)
    return made
