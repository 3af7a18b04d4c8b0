"""One worksheet that is changed: its cells by their place, and what may be put into them."""

from bisect import bisect_right, insort
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import isfinite
from typing import TypeAlias

from lkt import addresses
from lkt.addresses import address
from lkt.bounded import whole
from lkt.errors import LktError
from lkt.xlsx.number_formats import from_date
from lkt.xlsx.package import (
    TRUE,
    Element,
    Package,
    add,
    add_text,
    children,
    detach,
    escape,
    insert_in_order,
    m,
    new,
    without,
)
from lkt.xlsx.results import moved
from lkt.xlsx.sheets import Area, Areas, Place, SheetEntry, cells_of


class CellError(LktError):
    """A cell cannot be given its new value without breaking the workbook."""


@dataclass(frozen=True, slots=True)
class Percent:
    """A percentage as a person types it: ``points`` 30.12 with 2 ``decimals`` is 30,12%."""

    points: Decimal
    decimals: int = 0


Scalar: TypeAlias = str | int | float | Decimal | date | Percent | None


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula for a cell.

    Attributes:
        text: without or with its equals sign, in the language of the file: English, commas.
        cached: the result that is shown until something calculates it.
    """

    text: str
    cached: Scalar = None


NewValue: TypeAlias = Scalar | Formula
"""What is put into a cell; None and "" leave it blank."""

_LONGEST = 32_767


def _content(value: Scalar, *, from_1904: bool) -> tuple[str, str]:
    """Type and text of a value as the file holds it.

    Raises:
        CellError: a text is longer than a cell holds, or a date is earlier than a spreadsheet knows.
    """
    match value:
        case bool():
            return "b", str(int(value))
        case str() if len(value) > _LONGEST:
            raise CellError(
                f"Teks sepanjang {len(value)} huruf tidak muat dalam satu sel Excel.",
                f"Ringkas sampai paling banyak {_LONGEST} huruf.",
            )
        case str():
            return "str", escape(value)
        case date():
            day = from_date(value, from_1904=from_1904)
            if day is None:
                raise CellError(
                    f"Tanggal {value:%d-%m-%Y} terlalu lama untuk sel Excel.", "Tulis sebagai teks."
                )
            return "n", day
    number = value.points / 100 if isinstance(value, Percent) else value
    if number is None:
        return "n", ""
    if not isfinite(number):
        raise ValueError(f"no cell holds {number}")
    return "n", format(number, "f") if isinstance(number, Decimal) else repr(number)


class Worksheet:
    """The cells of a worksheet, and which of them cannot be changed on their own.

    Args:
        package: the workbook.
        entry: the sheet.
    """

    def __init__(self, package: Package, entry: SheetEntry) -> None:
        self.name, self.part = entry.name, entry.part
        self.root = package.root(entry.part)
        self.rows: dict[int, Element] = {}
        number = 0
        for row in self.root.iterfind(f"{m('sheetData')}/{m('row')}"):
            number = whole(row.get("r"), number + 1)
            self.rows.setdefault(number, row)
        self._numbers = sorted(self.rows)
        self._cells: dict[int, dict[int, Element]] = {}
        self.merged = Areas(addresses.area(item.get("ref", "")) for item in self.root.iter(m("mergeCell")))
        tables = [package.root(each.part) for each in package.relations(entry.part) if each.kind == "table"]
        self._headings = Areas(_heading(table) for table in tables)
        self._shared: dict[str, list[Place]] = {}
        self._arrays = Areas(self._index_formulas())

    def cell(self, place: Place) -> Element | None:
        """The element of a cell, if there is one."""
        return self._row(place[0]).get(place[1])

    def style(self, place: Place) -> int:
        """The number of the format of a cell."""
        cell = self.cell(place)
        return 0 if cell is None else whole(cell.get("s"))

    def put(self, place: Place, value: NewValue, *, from_1904: bool) -> tuple[Element, bool]:
        """Give a cell a new value; its style stays.

        Returns:
            The element of the cell, and whether it held a formula.

        Raises:
            CellError: it cannot be changed on its own, or cannot hold the value. Nothing is changed then.
        """
        self._refuse(place)
        kind, content = _content(value.cached if isinstance(value, Formula) else value, from_1904=from_1904)
        cell = self._make(place)
        formula = cell.find(m("f"))
        if formula is not None and formula.get("t") == "shared" and formula.text:
            self._release(formula.get("si", ""), place, formula.text)
        for child in list(children(cell)):
            if child.tag in {m("f"), m("v"), m("is")}:
                detach(child)
        without(cell, "t", "cm", "vm")  # type and metadata belong to the old value
        if isinstance(value, Formula):
            add(cell, "f", value.text.removeprefix("="))
        if isinstance(value, str):
            if value:
                cell.set("t", "inlineStr")
                add_text(add(cell, "is"), value)
        elif content or kind == "str":
            add(cell, "v", content)
            if kind != "n":
                cell.set("t", kind)
        return cell, formula is not None

    def put_result(self, place: Place, value: float | str | None) -> bool:
        """Put a result where a cell has a formula, or take it out; whether it has one."""
        cell = self.cell(place)
        if cell is None or cell.find(m("f")) is None:
            return False
        for child in [*cell.findall(m("v")), *cell.findall(m("is"))]:
            detach(child)
        without(cell, "t")
        if value is not None:
            add(cell, "v", escape(value) if isinstance(value, str) else repr(value))
            if isinstance(value, str):
                cell.set("t", "str")
        return True

    def _index_formulas(self) -> list[Area | None]:
        """Note which cells share a formula; the areas of those that fill several cells at once."""
        found = []
        for number in self._numbers:
            for column, cell in self._row(number).items():
                formula = cell.find(m("f"))
                kind = None if formula is None else formula.get("t")
                if formula is not None and kind == "shared":
                    self._shared.setdefault(formula.get("si", ""), []).append((number, column))
                elif formula is not None and kind in {"array", "dataTable"}:
                    area = addresses.area(formula.get("ref", ""))
                    found.append(area if area and area[:2] != area[2:] else None)
        return found

    def _refuse(self, place: Place) -> None:
        """Refuse a cell that no spreadsheet program lets anyone change on its own."""
        at = f"Sel {self.name}!{address(*place)}"
        if first := self.merged.first(*place):
            raise CellError(f"{at} tertutup oleh sel gabungan.", f"Isi sel {self.name}!{address(*first)}.")
        if area := self._arrays.find(*place):
            shown = f"{address(*area[:2])}:{address(*area[2:])}"
            raise CellError(
                f"{at} adalah bagian dari rumus untuk beberapa sel ({shown}).", "Ubah rumus itu di Excel."
            )
        if self._headings.find(*place):
            raise CellError(f"{at} adalah judul kolom tabel Excel.", "Ubah judul itu di Excel.")

    def _release(self, group: str, origin: Place, text: str) -> None:
        """Give the cells that share the formula of a cell one of their own, before that cell loses it."""
        for place in self._shared.pop(group, ()):
            cell = self.cell(place)
            formula = None if cell is None else cell.find(m("f"))
            if cell is not None and formula is not None and formula.get("si") == group and place != origin:
                cell.replace(formula, new("f", formula.text or moved(text, origin, place)))

    def _row(self, number: int) -> dict[int, Element]:
        """The cells of a row by their column."""
        if number not in self._cells:
            row = self.rows.get(number)
            found: dict[int, Element] = {}
            for column, cell in () if row is None else cells_of(row):
                found.setdefault(column, cell)
            self._cells[number] = found
        return self._cells[number]

    def _make(self, place: Place) -> Element:
        """The element of a cell, made where there is none, in the style of its row or column."""
        number, column = place
        cells = self._row(number)
        if column not in cells:
            row = self._make_row(number)
            cells = self._row(number)
            cell = new("c", r=address(number, column))
            style = self._usual_style(row, column)
            if style != "0":
                cell.set("s", style)
            before = max((other for other in cells if other < column), default=None)
            if before is None:
                row.insert(0, cell)
            else:
                cells[before].addnext(cell)
            cells[column] = cell
            without(row, "spans")  # only hints, which may be wrong from now on
            for dimension in self.root.findall(m("dimension")):
                detach(dimension)
        return cells[column]

    def _make_row(self, number: int) -> Element:
        if number not in self.rows:
            row, holder = new("row", r=str(number)), self.root.find(m("sheetData"))
            if holder is None:
                holder = new("sheetData")
                insert_in_order(self.root, [holder])
            before = bisect_right(self._numbers, number)
            if before:
                self.rows[self._numbers[before - 1]].addnext(row)
            else:
                holder.insert(0, row)
            insort(self._numbers, number)
            self.rows[number] = row
            del self._cells[number]
        return self.rows[number]

    def _usual_style(self, row: Element, column: int) -> str:
        if row.get("customFormat") in TRUE:
            return row.get("s", "0")
        for item in children(self.root.find(m("cols"))):
            if whole(item.get("min")) <= column <= whole(item.get("max")):
                return item.get("style", "0")
        return "0"


def _heading(table: Element) -> Area | None:
    """The row of headings of an Excel table."""
    area = addresses.area(table.get("ref", ""))
    return (
        None if area is None or table.get("headerRowCount") == "0" else (area[0], area[1], area[0], area[3])
    )
