"""The pictures placed on the rows of a sheet, in a cell or floating."""

import zipfile
from dataclasses import dataclass, field

from lkt.workbook.floating import floating_pictures
from lkt.workbook.in_cell import pictures_in_cells
from lkt.workbook.xlsx import SheetCells


@dataclass(frozen=True, slots=True)
class Placed:
    """A picture on a row.

    Attributes:
        column: its column, from 1.
        data: its bytes; None where the workbook has lost them.
        inside: it is the content of the cell.
    """

    column: int
    data: bytes | None = field(repr=False)
    inside: bool


def placed_pictures(package: zipfile.ZipFile, sheet: SheetCells) -> dict[int, tuple[Placed, ...]]:
    """Row number -> the pictures on that row of a sheet: those in cells, then from left to right."""
    found: dict[int, list[Placed]] = {}
    for (row, column), data in pictures_in_cells(package, sheet.marks).items():
        found.setdefault(row, []).append(Placed(column, data, inside=True))
    floating = floating_pictures(package, sheet.part, sheet.height) if sheet.drawn else ()
    for row, column, data in floating:
        found.setdefault(row, []).append(Placed(column, data, inside=False))
    return {row: tuple(sorted(placed, key=_order)) for row, placed in found.items()}


def _order(placed: Placed) -> tuple[bool, int]:
    return not placed.inside, placed.column
