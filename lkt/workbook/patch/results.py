"""The results that formulas carry: forgotten where they hang on a changed cell, or put in anew.

Excel works everything out when it opens a workbook; LibreOffice trusts the results that it finds, so that
a stale one would stay on the screen.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from lkt.alamat import address as join
from lkt.alamat import column_number
from lkt.model import Ref
from lkt.workbook.patch.addresses import LAST_COLUMN, LAST_ROW, corners, split
from lkt.workbook.patch.book import Book
from lkt.workbook.patch.formulas import moved
from lkt.workbook.patch.grid import Grid, cells_of
from lkt.workbook.patch.markup import Element, children, detach, escape, m, new
from lkt.workbook.patch.package import Package

_COLUMNS = re.compile(r"\$?([A-Z]{1,3}):\$?([A-Z]{1,3})")
_ROWS = re.compile(r"\$?(\d+):\$?(\d+)")


@dataclass(frozen=True, slots=True)
class _Area:
    """A rectangle of cells on one sheet, its name in small letters."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int

    def holds(self, place: tuple[int, int]) -> bool:
        return self.top <= place[0] <= self.bottom and self.left <= place[1] <= self.right


@dataclass(frozen=True, slots=True)
class _Formula:
    """One formula: its cell, and what it looks at; None where that cannot be told."""

    sheet: str
    part: str
    place: tuple[int, int]
    cell: Element
    areas: tuple[_Area, ...] | None


def linked_cells(data: bytes) -> frozenset[Ref]:
    """The cells with a formula that looks at other cells; one of figures alone, =2+3, is typed content.

    Raises:
        UnreadableWorkbookError: the workbook is damaged.
    """
    found = _formulas(Book(Package(data)))
    return frozenset(Ref(each.sheet, join(*each.place)) for each in found if each.areas != ())


def forget_results(data: bytes, changed: Collection[Ref]) -> bytes:
    """A copy of a workbook in which no formula shows a result that hangs on one of the changed cells.

    Raises:
        UnreadableWorkbookError: the workbook is damaged.
    """
    book = Book(Package(data))
    for each in _dependent(list(_formulas(book)), changed):
        book.package.edit(each.part)
        _put_result(each.cell, None)
    return book.package.save()


def set_results(data: bytes, results: Mapping[tuple[str, str], float | str]) -> bytes:
    """A copy of a workbook with these results where a cell has a formula; (sheet, cell) -> value.

    Raises:
        UnreadableWorkbookError: the workbook is damaged.
    """
    book = Book(Package(data))
    for sheet in book.worksheets():
        wanted = {cell: value for (name, cell), value in results.items() if name == sheet.name}
        grid = Grid(book.package.root(sheet.part)) if wanted else None
        for address, value in wanted.items():
            cell = grid.cell(address) if grid else None
            if cell is not None and cell.find(m("f")) is not None:
                book.package.edit(sheet.part)
                _put_result(cell, value)
    return book.package.save()


def _put_result(cell: Element, value: float | str | None) -> None:
    for child in list(children(cell)):
        if child.tag in {m("v"), m("is")}:
            detach(child)
    if "t" in cell.attrib:
        del cell.attrib["t"]
    if isinstance(value, str):
        cell.set("t", "str")
    if value is not None:
        formula = cell.find(m("f"))
        assert formula is not None
        shown = escape(value) if isinstance(value, str) else repr(value)
        cell.insert(cell.index(formula) + 1, new("v", shown))


def _dependent(formulas: list[_Formula], changed: Collection[Ref]) -> Iterator[_Formula]:
    """The formulas that hang on changed cells, directly or by others."""
    fresh: dict[str, list[tuple[int, int]]] = {}
    for ref in changed:
        if place := split(ref.cell):
            fresh.setdefault(ref.sheet.casefold(), []).append(place)
    while fresh:
        reached: list[_Formula] = []
        others: list[_Formula] = []
        for each in formulas:
            (reached if _looks_at(each, fresh) else others).append(each)
        formulas = others
        fresh = {}
        for each in reached:
            fresh.setdefault(each.sheet.casefold(), []).append(each.place)
        yield from reached


def _looks_at(formula: _Formula, cells: Mapping[str, list[tuple[int, int]]]) -> bool:
    if formula.areas is None:
        return True
    return any(area.holds(place) for area in formula.areas for place in cells.get(area.sheet, ()))


def _formulas(book: Book) -> Iterator[_Formula]:
    names = _names(book)
    for sheet in book.worksheets():
        shared: dict[str, tuple[str, str]] = {}
        for number, row in Grid(book.package.root(sheet.part)).rows().items():
            for column, cell in cells_of(row):
                formula = cell.find(m("f"))
                if formula is not None:
                    text = _text(formula, join(number, column), shared)
                    areas = _areas(text, sheet.name, names)
                    yield _Formula(sheet.name, sheet.part, (number, column), cell, areas)


def _text(formula: Element, address: str, shared: dict[str, tuple[str, str]]) -> str:
    """The formula of a cell, which may be shared with the first cell that has it."""
    number = formula.get("si", "") if formula.get("t") == "shared" else ""
    if formula.text:
        if number:
            shared[number] = address, formula.text
        return formula.text
    origin, text = shared.get(number, ("", ""))
    return moved(text, origin, address) if text else ""


def _names(book: Book) -> dict[str, str]:
    holder = book.package.root(book.part).find(m("definedNames"))
    return {item.get("name", "").casefold(): item.text or "" for item in children(holder)}


def _areas(formula: str, sheet: str, names: Mapping[str, str], depth: int = 0) -> tuple[_Area, ...] | None:
    """What a formula looks at; None where a part of it is neither an address nor a name that is known."""
    found: list[_Area] = []
    for operand in _operands(formula):
        area = _area(operand, sheet)
        text = names.get(operand.rpartition("!")[2].casefold())
        if area is not None:
            found.append(area)
            continue
        inner = _areas(text, sheet, names, depth + 1) if text is not None and depth < 5 else None
        if inner is None:
            return None
        found += inner
    return tuple(found)


def _operands(formula: str) -> Iterator[str]:
    from openpyxl.formula.tokenizer import Tokenizer, TokenizerError  # noqa: PLC0415 - costs 200 ms

    try:
        items = Tokenizer(f"={formula}").items
    except TokenizerError:
        yield "?"
        return
    yield from (item.value for item in items if item.type == "OPERAND" and item.subtype == "RANGE")


def _area(operand: str, sheet: str) -> _Area | None:
    name, mark, address = operand.rpartition("!")
    owner = (name.strip("'").replace("''", "'") if mark else sheet).casefold()
    if match := _COLUMNS.fullmatch(address.upper()):
        return _Area(owner, 1, column_number(match[1]), LAST_ROW, min(column_number(match[2]), LAST_COLUMN))
    if match := _ROWS.fullmatch(address):
        return _Area(owner, int(match[1]), 1, int(match[2]), LAST_COLUMN)
    area = corners(address)
    return None if area is None else _Area(owner, *area)
