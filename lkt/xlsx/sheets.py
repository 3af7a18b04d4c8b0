"""Where cells are: the sheets of a workbook, the cells of a row, and areas such as merged cells."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lkt import addresses
from lkt.xlsx.package import REL_ID, TRUE, Element, Package, XlsxError, m

Place = tuple[int, int]
"""Row and column, both from 1."""

Area = tuple[int, int, int, int]
"""First row and column, last row and column."""


class Areas:
    """Areas of one sheet that do not overlap, such as its merged cells.

    Args:
        areas: the areas; what is no area is left out.
    """

    def __init__(self, areas: Iterable[Area | None] = ()) -> None:
        self._areas = sorted(area for area in areas if area)
        self._by_column: dict[int, list[Area]] = {}

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self._areas)

    def find(self, row: int, column: int) -> Area | None:
        """The area that holds a cell."""
        if column not in self._by_column:
            self._by_column[column] = [area for area in self._areas if area[1] <= column <= area[3]]
        above = self._by_column[column]
        index = bisect_right(above, row, key=lambda area: area[0]) - 1
        return above[index] if index >= 0 and row <= above[index][2] else None

    def first(self, row: int, column: int) -> Place | None:
        """The first cell of the area that a cell lies in; None for that cell itself and outside of areas."""
        area = self.find(row, column)
        return None if area is None or area[:2] == (row, column) else area[:2]


# The workbook part: which sheets there are ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """One sheet.

    Attributes:
        name: as the user sees it.
        index: its place among all sheets, from 0.
        part: its part.
        holds_cells: it is a worksheet, not a chart or a dialog.
    """

    name: str
    index: int
    part: str
    holds_cells: bool


def list_sheets(package: Package) -> list[SheetEntry]:
    """All sheets in their order.

    Raises:
        XlsxError: the workbook part is damaged, or names a sheet that is not there.
    """
    book = package.workbook_part
    targets = {each.identifier: each for each in package.relations(book)}
    found = []
    for index, item in enumerate(package.root(book).iterfind(f"{m('sheets')}/{m('sheet')}")):
        name, target = item.get("name", ""), targets.get(item.get(REL_ID, ""))
        if target is None:
            raise XlsxError(f"isi lembar “{name}” tidak ada")
        found.append(SheetEntry(name, index, target.part, target.kind == "worksheet"))
    return found


def dates_from_1904(package: Package) -> bool:
    """Whether dates count from 1904."""
    properties = package.root(package.workbook_part).find(m("workbookPr"))
    return properties is not None and properties.get("date1904") in TRUE


def cells_of(row: Element) -> Iterator[tuple[int, Element]]:
    """The cells of a row with their column, which is implied where no address is written."""
    column = 0
    for cell in row.iterchildren(m("c")):
        place = addresses.place(cell.get("r", ""))
        column = place[1] if place else column + 1
        yield column, cell
