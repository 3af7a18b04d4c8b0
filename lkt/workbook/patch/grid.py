"""The XML of one worksheet: where its cells are, and where new elements belong."""

from collections.abc import Iterator

from lkt.alamat import address as join
from lkt.attributes import whole
from lkt.workbook.patch.addresses import corners, split
from lkt.workbook.patch.markup import Element, children, m, new
from lkt.workbook.patch.schema import insert_in_order


class Grid:
    """The cells of a worksheet, found by their address.

    Args:
        root: the root element of the worksheet.
    """

    def __init__(self, root: Element) -> None:
        self.root = root
        self._rows: dict[int, Element] | None = None
        self._merged: list[tuple[int, int, int, int]] | None = None

    def cell(self, address: str) -> Element | None:
        """The element of a cell, if there is one."""
        place = split(address)
        row = self.rows().get(place[0]) if place else None
        if row is None or place is None:
            return None
        return next((cell for column, cell in cells_of(row) if column == place[1]), None)

    def anchor(self, address: str) -> str:
        """The cell that shows what a cell shows: the first of the merged area that it is part of."""
        place = split(address)
        for top, left, bottom, right in self._merged_areas():
            if place and top <= place[0] <= bottom and left <= place[1] <= right:
                return join(top, left)
        return address

    def rows(self) -> dict[int, Element]:
        """The row elements by their number, which is implied where it is not written."""
        if self._rows is None:
            self._rows, number = {}, 0
            for row in children(self.root.find(m("sheetData"))):
                number = whole(row.get("r"), number + 1)
                self._rows.setdefault(number, row)
        return self._rows

    def insert(self, child: Element) -> None:
        """Put a new element of the worksheet where the schema wants it."""
        insert_in_order(self.root, child)

    def _merged_areas(self) -> list[tuple[int, int, int, int]]:
        if self._merged is None:
            areas = (item.get("ref", "") for item in self.root.iter(m("mergeCell")))
            self._merged = [found for found in map(corners, areas) if found]
        return self._merged

    def make(self, address: str) -> Element:
        """The element of a cell, made where there is none, in the style of its row or column."""
        place, found = split(address), self.cell(address)
        assert place is not None
        if found is not None:
            return found
        row = self._make_row(place[0])
        cell = new("c", r=join(*place))
        style = self._default_style(row, place[1])
        if style != "0":
            cell.set("s", style)
        after = [cell for column, cell in cells_of(row) if column < place[1]]
        row.insert(row.index(after[-1]) + 1 if after else 0, cell)
        if "spans" in row.attrib:  # only a hint, which may be wrong from now on
            del row.attrib["spans"]
        self._widen(*place)
        return cell

    def _make_row(self, number: int) -> Element:
        rows = self.rows()
        if number in rows:
            return rows[number]
        row, holder = new("row", r=str(number)), self.root.find(m("sheetData"))
        if holder is None:
            holder = new("sheetData")
            self.insert(holder)
        before = [known for known in rows if known < number]
        holder.insert(holder.index(rows[max(before)]) + 1 if before else 0, row)
        rows[number] = row
        return row

    def _default_style(self, row: Element, column: int) -> str:
        if row.get("customFormat") in {"1", "true"}:
            return row.get("s", "0")
        for item in children(self.root.find(m("cols"))):
            if whole(item.get("min")) <= column <= whole(item.get("max")):
                return item.get("style", "0")
        return "0"

    def _widen(self, row: int, column: int) -> None:
        """Let the stated extent of the sheet take in a new cell."""
        dimension = self.root.find(m("dimension"))
        area = corners(dimension.get("ref", "")) if dimension is not None else None
        if dimension is not None and area is not None:
            top, left, bottom, right = area
            first = join(min(top, row), min(left, column))
            last = join(max(bottom, row), max(right, column))
            dimension.set("ref", first if first == last else f"{first}:{last}")


def cells_of(row: Element) -> Iterator[tuple[int, Element]]:
    """The cells of a row with their column, which is implied where no address is written."""
    column = 0
    for cell in children(row):
        if cell.tag == m("c"):
            place = split(cell.get("r", ""))
            column = place[1] if place else column + 1
            yield column, cell
