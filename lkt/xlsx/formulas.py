"""What formulas look at: which of them hang on cells that changed, so that their results are out of date.

Excel works everything out when it opens a workbook; LibreOffice trusts the results that it finds, so that a
stale one would stay on the screen.
"""

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from lkt import addresses
from lkt.addresses import LAST_COLUMN, LAST_ROW, address, column_number
from lkt.bounded import whole
from lkt.xlsx.package import Package, children, m, stream
from lkt.xlsx.reading import Area, Place, cells_of, list_sheets

_COLUMNS = re.compile(r"\$?([A-Z]{1,3}):\$?([A-Z]{1,3})")
_ROWS = re.compile(r"\$?(\d{1,7}):\$?(\d{1,7})")
_DEEPEST = 5  # names that stand for names
_MOST_LETTERS = 1_000_000  # of all formulas together; some seconds
_LONGEST = 8192  # letters of a formula
_FEW_CELLS, _MOST_AREAS = 30, 500  # an area of few cells is kept as these; of larger ones only so many

SheetArea = tuple[str, Area]
"""The name of a sheet in small letters, and an area on it."""


class FormulaCell(NamedTuple):
    """One formula.

    Attributes:
        sheet: the name of its sheet.
        place: its cell.
        looks_at: the areas that it looks at; None where that cannot be told.
    """

    sheet: str
    place: Place
    looks_at: frozenset[SheetArea] | None


def formulas_of(package: Package) -> Iterator[FormulaCell]:
    """Every formula of a workbook.

    Raises:
        XlsxError: the workbook is damaged.
    """
    holder = package.root(package.workbook_part).find(m("definedNames"))
    names = {item.get("name", "").casefold(): item.text or "" for item in children(holder)}

    @cache
    def areas(text: str, sheet: str, depth: int = 0) -> frozenset[SheetArea] | None:
        found: set[SheetArea] = set()
        for operand in _operands(text):
            area, named = _area(operand, sheet), names.get(operand.rpartition("!")[2].casefold())
            if area is None and (named is None or depth == _DEEPEST):
                return None
            inner = areas(named or "", sheet, depth + 1) if area is None else {area}
            if inner is None:
                return None
            found |= inner
        return frozenset(found)

    left = _MOST_LETTERS
    for sheet in list_sheets(package):
        for place, text, origin in _texts(package, sheet.part) if sheet.holds_cells else ():
            left -= len(text)
            looks_at = None
            if left >= 0 and len(text) <= _LONGEST:
                own = text if place == origin else moved(text, origin, place)
                looks_at = areas(own, sheet.name)
            yield FormulaCell(sheet.name, place, looks_at)


def dependents(formulas: Iterable[FormulaCell], changed: Iterable[tuple[str, Place]]) -> list[FormulaCell]:
    """The formulas that hang on changed cells, directly or by others; sheets are named in small letters.

    A formula of which cannot be told what it looks at is taken to hang on them.
    """
    by_cell: dict[tuple[str, Place], list[FormulaCell]] = defaultdict(list)
    by_area: dict[SheetArea, list[FormulaCell]] = {}
    found: dict[tuple[str, Place], FormulaCell] = {}
    fresh = list(changed)

    def reach(hanging: Iterable[FormulaCell]) -> None:
        for formula in hanging:
            cell = formula.sheet.casefold(), formula.place
            if cell not in found:
                found[cell] = formula
                fresh.append(cell)

    every = list(formulas)
    reach(each for each in every if each.looks_at is None)
    for formula in every:
        for sheet, area in formula.looks_at or ():
            places = _places(area)
            for place in places:
                by_cell[sheet, place].append(formula)
            if not places and ((sheet, area) in by_area or len(by_area) < _MOST_AREAS):
                by_area.setdefault((sheet, area), []).append(formula)
            elif not places:
                reach([formula])
    while fresh:
        sheet, (row, column) = cell = fresh.pop()
        reach(by_cell.pop(cell, ()))
        hit = [each for each in by_area if each[0] == sheet and _holds(each[1], row, column)]
        reach(formula for each in hit for formula in by_area.pop(each))
    return list(found.values())


def _places(area: Area) -> list[Place]:
    """The cells of an area; none where there are many."""
    top, left, bottom, right = area
    if (bottom - top + 1) * (right - left + 1) > _FEW_CELLS:
        return []
    return list(itertools.product(range(top, bottom + 1), range(left, right + 1)))


def _holds(area: Area, row: int, column: int) -> bool:
    return area[0] <= row <= area[2] and area[1] <= column <= area[3]


def moved(formula: str, origin: Place, target: Place) -> str:
    """A formula of one cell as it reads in another: relative addresses move along."""
    from openpyxl.formula.tokenizer import TokenizerError  # noqa: PLC0415 - costs 200 ms and is rarely needed
    from openpyxl.formula.translate import Translator, TranslatorError  # noqa: PLC0415

    try:
        text: str = Translator(f"={formula}", origin=address(*origin)).translate_formula(address(*target))
    except (TokenizerError, TranslatorError):
        return formula
    return text.removeprefix("=")


def _texts(package: Package, part: str) -> Iterator[tuple[Place, str, Place]]:
    """The cell of each formula of a sheet, its text and the cell that this is written in.

    A shared formula stands in full in the first cell that has it.
    """
    shared: dict[str, tuple[str, Place]] = {}
    number = 0
    for row in stream(package.read(part), part, "row"):
        number = whole(row.get("r"), number + 1)
        for column, cell in cells_of(row):
            formula = cell.find(m("f"))
            if formula is None:
                continue
            group, place = formula.get("si", "") if formula.get("t") == "shared" else "", (number, column)
            own = formula.text or "", place
            if group and formula.text:
                shared[group] = own
            yield place, *shared.get(group, own)


def _operands(formula: str) -> Iterator[str]:
    from openpyxl.formula.tokenizer import Tokenizer, TokenizerError  # noqa: PLC0415 - costs 200 ms

    try:
        items = Tokenizer(f"={formula}").items
    except TokenizerError:
        yield "?"
        return
    yield from (item.value for item in items if item.type == "OPERAND" and item.subtype == "RANGE")


def _area(operand: str, sheet: str) -> SheetArea | None:
    name, mark, area = operand.rpartition("!")
    owner = (name.strip("'").replace("''", "'") if mark else sheet).casefold()
    if match := _COLUMNS.fullmatch(area.upper()):
        return owner, (1, column_number(match[1]), LAST_ROW, min(column_number(match[2]), LAST_COLUMN))
    if match := _ROWS.fullmatch(area):
        return owner, (int(match[1]), 1, int(match[2]), LAST_COLUMN)
    found = addresses.area(area)
    return None if found is None else (owner, found)
