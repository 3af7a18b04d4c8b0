"""The results that formulas carry: which of them hang on cells that changed.

Excel works everything out when it opens a workbook; LibreOffice trusts the results that it finds, so that a
stale one would stay on the screen.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from lkt import addresses
from lkt.addresses import LAST_COLUMN, LAST_ROW, address, column_number
from lkt.bounded import whole
from lkt.xlsx.package import Package, children, m, stream
from lkt.xlsx.sheets import Area, Place, cells_of, list_sheets

Cell = tuple[str, Place]
"""The name of a sheet in small letters, and a place on it."""

_COLUMNS = re.compile(r"\$?([A-Z]{1,3}):\$?([A-Z]{1,3})")
_ROWS = re.compile(r"\$?(\d{1,7}):\$?(\d{1,7})")
_DEEPEST = 5  # names that stand for names


@dataclass(frozen=True, slots=True)
class FormulaCell:
    """One formula.

    Attributes:
        sheet: the name of its sheet.
        place: its cell.
        looks_at: the areas that it looks at, each with its sheet in small letters; None where that cannot
            be told.
    """

    sheet: str
    place: Place
    looks_at: tuple[tuple[str, Area], ...] | None


def formulas_of(package: Package) -> Iterator[FormulaCell]:
    """Every formula of a workbook.

    Raises:
        XlsxError: the workbook is damaged.
    """
    holder = package.root(package.workbook_part).find(m("definedNames"))
    names = {item.get("name", "").casefold(): item.text or "" for item in children(holder)}
    for sheet in list_sheets(package):
        if sheet.holds_cells:
            for place, text in _texts(package, sheet.part):
                yield FormulaCell(sheet.name, place, _areas(text, sheet.name, names))


def dependents(formulas: Iterable[FormulaCell], changed: Iterable[Cell]) -> list[FormulaCell]:
    """The formulas that hang on changed cells, directly or by others."""
    fresh = list(changed)
    by_cell: dict[Cell, list[FormulaCell]] = defaultdict(list)  # by the single cells that they look at
    by_sheet: dict[str, list[tuple[Area, FormulaCell]]] = defaultdict(list)  # and by the larger areas
    reached: dict[Cell, FormulaCell] = {}

    def reach(formula: FormulaCell) -> None:
        cell = formula.sheet.casefold(), formula.place
        if cell not in reached:
            reached[cell] = formula
            fresh.append(cell)

    for formula in formulas if fresh else ():
        if formula.looks_at is None:
            reach(formula)
        for sheet, area in formula.looks_at or ():
            if area[:2] == area[2:]:
                by_cell[sheet, area[:2]].append(formula)
            else:
                by_sheet[sheet].append((area, formula))
    while fresh:
        sheet, place = fresh.pop()
        areas = [(area, formula) for area, formula in by_sheet[sheet] if _holds(area, place)]
        for formula in [*by_cell.pop((sheet, place), ()), *(formula for _, formula in areas)]:
            reach(formula)
        by_sheet[sheet] = [each for each in by_sheet[sheet] if not _holds(each[0], place)]
    return list(reached.values())


def _holds(area: Area, place: Place) -> bool:
    return area[0] <= place[0] <= area[2] and area[1] <= place[1] <= area[3]


def moved(formula: str, origin: Place, target: Place) -> str:
    """A formula of one cell as it reads in another: relative addresses move along."""
    from openpyxl.formula.tokenizer import TokenizerError  # noqa: PLC0415 - costs 200 ms and is rarely needed
    from openpyxl.formula.translate import Translator, TranslatorError  # noqa: PLC0415

    try:
        text: str = Translator(f"={formula}", origin=address(*origin)).translate_formula(address(*target))
    except (TokenizerError, TranslatorError):
        return formula
    return text.removeprefix("=")


def _texts(package: Package, part: str) -> Iterator[tuple[Place, str]]:
    """Each formula of a sheet; one that is shared stands in full in the first cell that has it."""
    shared: dict[str, tuple[Place, str]] = {}
    number = 0
    for row in stream(package.read(part), part, "row"):
        number = whole(row.get("r"), number + 1)
        for column, cell in cells_of(row):
            formula = cell.find(m("f"))
            if formula is None:
                continue
            group, text = formula.get("si", "") if formula.get("t") == "shared" else "", formula.text or ""
            if group and text:
                shared[group] = (number, column), text
            elif group in shared:
                text = moved(shared[group][1], shared[group][0], (number, column))
            yield (number, column), text


def _areas(
    formula: str, sheet: str, names: Mapping[str, str], depth: int = 0
) -> tuple[tuple[str, Area], ...] | None:
    """What a formula looks at; None where a part of it is neither an address nor a name that is known."""
    found: list[tuple[str, Area]] = []
    for operand in _operands(formula):
        area = _area(operand, sheet)
        text = names.get(operand.rpartition("!")[2].casefold())
        if area is not None:
            found.append(area)
            continue
        inner = _areas(text, sheet, names, depth + 1) if text is not None and depth < _DEEPEST else None
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


def _area(operand: str, sheet: str) -> tuple[str, Area] | None:
    name, mark, area = operand.rpartition("!")
    owner = (name.strip("'").replace("''", "'") if mark else sheet).casefold()
    if match := _COLUMNS.fullmatch(area.upper()):
        return owner, (1, column_number(match[1]), LAST_ROW, min(column_number(match[2]), LAST_COLUMN))
    if match := _ROWS.fullmatch(area):
        return owner, (int(match[1]), 1, int(match[2]), LAST_COLUMN)
    found = addresses.area(area)
    return None if found is None else (owner, found)
