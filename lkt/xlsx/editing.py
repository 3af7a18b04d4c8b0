"""Changes to somebody's workbook: cells, notes, highlights, a sheet more; all else stays as it is."""

from bisect import bisect_right, insort
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from math import isfinite
from typing import TypeAlias

from lkt import addresses
from lkt.addresses import address
from lkt.bounded import whole
from lkt.errors import LktError
from lkt.xlsx.cell_styles import Styles
from lkt.xlsx.formulas import dependents, formulas_of, moved
from lkt.xlsx.highlights import add_conditions, remove_conditions, while_blank, while_unchanged
from lkt.xlsx.listing import Listing, add_list, remove_lists
from lkt.xlsx.notes import Runs, add_notes, remove_notes
from lkt.xlsx.number_formats import (
    DATE_FORMAT,
    GENERAL,
    TEXT,
    from_date,
    is_date_format,
    is_percent_format,
)
from lkt.xlsx.package import (
    REL_NS,
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
    stream,
)
from lkt.xlsx.reading import (
    Area,
    Areas,
    Place,
    SheetEntry,
    cells_of,
    dates_from_1904,
    list_sheets,
    read_texts,
)


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

_PLAIN_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_DC = "{http://purl.org/dc/elements/1.1/}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"


class WorkbookEditor:
    """A workbook that is changed in memory until it is saved.

    Names of sheets are compared without regard to case. What is asked of a sheet or an address that does not
    exist changes nothing.

    Args:
        data: the file.

    Raises:
        XlsxError: it is damaged, protected or no .xlsx workbook. So does any method that comes upon a damaged
            part.
    """

    def __init__(self, data: bytes) -> None:
        self._package = Package(data)
        self._book = self._package.workbook_part
        self._from_1904 = dates_from_1904(self._package)
        self._worksheets: dict[str, _Worksheet] = {}

    def save(self) -> bytes:
        """The file as it is now."""
        return self._package.save()

    def _entries(self) -> list[SheetEntry]:
        return [entry for entry in list_sheets(self._package) if entry.holds_cells]

    def _sheet(self, name: str) -> "_Worksheet | None":
        key = name.casefold()
        if key not in self._worksheets:
            entry = next((entry for entry in self._entries() if entry.name.casefold() == key), None)
            if entry is None:
                return None
            self._worksheets[key] = _Worksheet(self._package, entry)
        return self._worksheets[key]

    def _cell(self, sheet: str, cell: str) -> "tuple[_Worksheet, Place] | None":
        found, place = self._sheet(sheet), addresses.place(cell)
        return None if found is None or place is None else (found, place)

    @cached_property
    def _styles(self) -> Styles:
        return Styles(self._package)

    @cached_property
    def _texts(self) -> list[str]:
        return read_texts(self._package)

    # Cells

    def shown_cell(self, sheet: str, cell: str) -> tuple[str, str] | None:
        """The sheet as it is written, and the cell that shows a cell: the first where several are merged.

        None where there is no such sheet, or the address is none.
        """
        at = self._cell(sheet, cell)
        return None if at is None else (at[0].name, address(*(at[0].merged.first(*at[1]) or at[1])))

    def number_format(self, sheet: str, cell: str) -> str:
        """The number format of a cell; ``@`` also where a quote makes its content text."""
        at = self._cell(sheet, cell)
        return GENERAL if at is None else self._styles.code(at[0].style(at[1]))

    def has_runs(self, sheet: str, cell: str) -> bool:
        """Whether the text of a cell has letters of different looks, which a new text would lose."""
        at = self._cell(sheet, cell)
        element = None if at is None else at[0].cells.get(at[1])
        if element is None or element.get("t") != "s":
            return element is not None and element.find(f"{m('is')}/{m('r')}") is not None
        return whole(element.findtext(m("v")), -1) in self._divided

    @cached_property
    def _divided(self) -> frozenset[int]:
        """The numbers of the shared texts that have letters of different looks."""
        part = self._package.related(self._book, "sharedstrings")
        items = () if part is None else stream(self._package.read(part), part, "si")
        return frozenset(number for number, item in enumerate(items) if item.find(m("r")) is not None)

    def set_cell(self, sheet: str, cell: str, value: NewValue, number_format: str = "") -> None:
        """Give a cell a new value; formulas are calculated when the workbook is opened.

        The cell keeps its style. Its number format changes where one is given, or where the value would not
        show as what it is: a date, a percentage, or a number in a cell for text.

        Args:
            sheet: the name of the sheet.
            cell: the address.
            value: the new value.
            number_format: the code of the number format; empty keeps that of the cell as far as it can.

        Raises:
            CellError: there is no such cell, or it cannot be changed on its own. Nothing is changed then.
        """
        at = self._cell(sheet, cell)
        if at is None:
            raise CellError(f"Sel {sheet}!{cell} tidak ada dalam buku kerja ini.")
        element, had_formula = at[0].put(at[1], value, from_1904=self._from_1904)
        self._package.edit(at[0].part)
        style = whole(element.get("s"))
        code = number_format or _fitting_code(self._styles.code(style), value)
        if code:
            element.set("s", str(self._styles.with_code(style, code)))
        settings = self._package.root(self._book).find(m("calcPr"))
        if settings is None:
            settings = new("calcPr")
            insert_in_order(self._package.edit(self._book), [settings])
        if settings.get("fullCalcOnLoad") not in TRUE:
            self._package.edit(self._book)
            settings.set("fullCalcOnLoad", "1")
        if had_formula:  # a spreadsheet program finds a new order of calculation
            self._package.drop(self._book, "calcchain")

    # Results of formulas

    def linked_cells(self) -> frozenset[tuple[str, str]]:
        """The cells whose formula looks at other cells; one of figures alone, =2+3, is typed content."""
        formulas = formulas_of(self._package)
        return frozenset(
            (each.sheet, address(*each.place)) for each in formulas if each.looks_at != frozenset()
        )

    def forget_results(self, changed: Iterable[tuple[str, str]]) -> None:
        """Take the results out of the formulas that hang on these cells, directly or by others."""
        places = [(sheet.casefold(), place) for sheet, cell in changed if (place := addresses.place(cell))]
        for each in dependents(formulas_of(self._package), places) if places else ():
            self.set_result(each.sheet, address(*each.place), None)

    def set_result(self, sheet: str, cell: str, value: float | str | None) -> None:
        """Put a result where a cell has a formula; None takes it out."""
        at = self._cell(sheet, cell)
        element = None if at is None else at[0].cells.get(at[1])
        if at is None or element is None or element.find(m("f")) is None:
            return
        self._package.edit(at[0].part)
        _empty(element, "v", "is")
        if value is not None:
            add(element, "v", escape(value) if isinstance(value, str) else repr(value))
        if isinstance(value, str):
            element.set("t", "str")

    # Marks: each has a name by which it is found again

    def highlight(self, sheet: str, colors: Mapping[str, str], mark: str, *, blank: bool = False) -> None:
        """Fill cells with colour until they are changed.

        Args:
            sheet: the name of the sheet.
            colors: cell -> its colour as ARGB.
            mark: the name of the mark.
            blank: the colour goes only when the cell is filled in.
        """
        found, looks = self._sheet(sheet), dict[tuple[int, str], int]()
        conditions = []
        for cell, color in colors.items():
            place = addresses.place(cell)
            if found is None or place is None:
                continue
            style = found.style(place)
            if (style, color) not in looks:
                looks[style, color] = self._styles.highlight(style, color)
            shown = None if blank else found.cells.get(place)
            formula = while_blank(place, mark) if blank else while_unchanged(place, shown, self._texts, mark)
            conditions.append((place, formula, looks[style, color]))
        if found is not None and conditions:
            add_conditions(self._package.edit(found.part), conditions)

    def add_notes(self, sheet: str, notes: Mapping[str, Runs], title: str) -> None:
        """Write into the note of each cell, after what the user wrote there.

        Args:
            sheet: the name of the sheet.
            notes: cell -> pieces of text, each with whether it is bold.
            title: the first line, by which the text is found again.
        """
        found = self._sheet(sheet)
        if found is not None and notes:
            add_notes(self._package, found.part, notes, title)

    def remove_marks(self, mark: str, title: str) -> None:
        """Take all highlights with a mark and all notes with a title out."""
        for entry in self._entries():
            if mark.encode() in self._package.read(entry.part):
                remove_conditions(self._package.edit(entry.part), mark)
            remove_notes(self._package, entry.part, title)

    # Sheets, pictures, properties

    def add_list(self, listing: Listing) -> None:
        """Append a sheet that lists something."""
        add_list(self._package, listing, self._styles)

    def remove_lists(self, mark: str) -> None:
        """Take the sheets out that carry a hidden name."""
        self._worksheets.clear()
        remove_lists(self._package, mark)

    def remove_pictures(self, sheet: str, rows: Collection[int]) -> int:
        """Take the pictures out whose upper edge lies on some rows; how many these were.

        Charts, shapes and all pictures elsewhere stay. An image that no other picture shows leaves the file.
        """
        found, gone = self._sheet(sheet), 0
        drawing = None if found is None else self._package.related(found.part, "drawing")
        if drawing is None:
            return 0
        root = self._package.root(drawing)
        for anchor in list(children(root)):
            row = anchor.findtext(f"{_DRAWING}from/{_DRAWING}row")
            if row and whole(row) + 1 in rows and anchor.find(f"{_DRAWING}pic") is not None:
                detach(anchor)
                gone += 1
        if gone:
            self._package.edit(drawing)
            prefix = f"{{{REL_NS}}}"
            named = (item.items() for item in root.iter("*"))
            used = {value for items in named for key, value in items if str(key).startswith(prefix)}
            images = self._package.relations(drawing, "image")
            self._package.unrelate(drawing, [each for each in images if each.identifier not in used])
        return gone

    def make_plain(self) -> bool:
        """Make a workbook with macros, or a template, a plain .xlsx; whether it lost macros by that."""
        self._package.retype(self._book, _PLAIN_TYPE)
        return self._package.drop(self._book, "vbaproject")

    def replace_in_property(self, name: str, old: str, new_text: str) -> None:
        """Replace a text in one of the properties of the workbook: title, subject, creator, description."""
        part = self._package.related("", "core-properties")
        if part is not None and part in self._package:
            item = self._package.root(part).find(f"{_DC}{name}")
            if item is not None and old in (item.text or ""):
                item.text = (item.text or "").replace(old, new_text)
                self._package.edit(part)

    def replace_in_headers(self, old: str, new_text: str) -> None:
        """Replace a text in what is printed above and below the pages of all sheets."""
        for entry in self._entries():
            for item in children(self._package.root(entry.part).find(m("headerFooter"))):
                if old in (item.text or ""):
                    item.text = (item.text or "").replace(old, new_text)
                    self._package.edit(entry.part)


# One worksheet --------------------------------------------------------------------------------------------

_LONGEST = 32_767
_MOST_SHARING = 5000  # cells of one formula, each of which would get one of its own


class _Worksheet:
    """The cells of a worksheet by their place, and which of them cannot be changed on their own.

    Args:
        package: the workbook.
        entry: the sheet.
    """

    def __init__(self, package: Package, entry: SheetEntry) -> None:
        self.name, self.part = entry.name, entry.part
        self._root = package.root(entry.part)
        self.cells: dict[Place, Element] = {}
        self._rows: dict[int, Element] = {}
        self._shared: dict[str, list[Place]] = {}
        number, arrays = 0, []
        for row in self._root.iterfind(f"{m('sheetData')}/{m('row')}"):
            number = whole(row.get("r"), number + 1)
            self._rows.setdefault(number, row)
            for column, cell in cells_of(row):
                self.cells.setdefault((number, column), cell)
                formula = cell.find(m("f"))
                if formula is not None and formula.get("t") == "shared":
                    self._shared.setdefault(formula.get("si", ""), []).append((number, column))
                elif formula is not None and formula.get("t") in {"array", "dataTable"}:
                    area = addresses.area(formula.get("ref", ""))
                    arrays.append(area if area and area[:2] != area[2:] else None)
        self._numbers = sorted(self._rows)
        self.merged = Areas(addresses.area(item.get("ref", "")) for item in self._root.iter(m("mergeCell")))
        self._arrays = Areas(arrays)
        tables = [package.root(each.part) for each in package.relations(entry.part, "table")]
        self._headings = Areas(map(_heading, tables))

    def style(self, place: Place) -> int:
        """The number of the format of a cell."""
        return whole(self.cells[place].get("s")) if place in self.cells else 0

    def put(self, place: Place, value: NewValue, *, from_1904: bool) -> tuple[Element, bool]:
        """Give a cell a new value; its style stays.

        Returns:
            The element of the cell, and whether it held a formula.

        Raises:
            CellError: it cannot be changed on its own, or cannot hold the value. Nothing is changed then.
        """
        self._refuse(place)
        kind, content = _content(value.cached if isinstance(value, Formula) else value, from_1904=from_1904)
        cell = self.cells.get(place)
        if cell is None:
            cell = self._make(place)
        formula = cell.find(m("f"))
        if formula is not None and formula.get("t") == "shared" and formula.text:
            self._release(formula.get("si", ""), place, formula.text)
        _empty(cell, "f", "v", "is")
        for name in ("cm", "vm"):  # metadata of the old value
            cell.attrib.pop(name, "")
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

    def _refuse(self, place: Place) -> None:
        at = f"Sel {self.name}!{address(*place)}"
        if first := self.merged.first(*place):
            raise CellError(f"{at} tertutup oleh sel gabungan.", f"Isi sel {self.name}!{address(*first)}.")
        if area := self._arrays.find(*place):
            shown = f"{address(*area[:2])}:{address(*area[2:])}"
            raise CellError(
                f"{at} adalah bagian dari rumus untuk beberapa sel ({shown}).", "Ubah rumus itu di Excel."
            )
        formula = self.cells[place].find(m("f")) if place in self.cells else None
        if formula is not None and len(self._shared.get(formula.get("si", ""), ())) > _MOST_SHARING:
            raise CellError(
                f"Rumus {at} dipakai bersama oleh lebih dari {_MOST_SHARING} sel.", "Ubah rumus itu di Excel."
            )
        if self._headings.find(*place):
            raise CellError(f"{at} adalah judul kolom tabel Excel.", "Ubah judul itu di Excel.")

    def _release(self, group: str, origin: Place, text: str) -> None:
        """Give the cells that share the formula of a cell one of their own, before that cell loses it."""
        for place in self._shared.pop(group, ()):
            formula = self.cells[place].find(m("f"))
            if formula is not None and formula.get("si") == group and place != origin:
                self.cells[place].replace(formula, new("f", formula.text or moved(text, origin, place)))

    def _make(self, place: Place) -> Element:
        """The element of a new cell, in the style of its row or column."""
        number, column = place
        row = self._rows[number] if number in self._rows else self._make_row(number)
        cell = new("c", r=address(number, column))
        style = row.get("s", "0") if row.get("customFormat") in TRUE else "0"
        for item in children(self._root.find(m("cols"))) if row.get("customFormat") not in TRUE else ():
            if whole(item.get("min")) <= column <= whole(item.get("max")):
                style = item.get("style", "0")
        if style != "0":
            cell.set("s", style)
        before = [other for at, other in cells_of(row) if at < column]
        row.insert(0 if not before else row.index(before[-1]) + 1, cell)
        self.cells[place] = cell
        row.attrib.pop("spans", "")  # only hints, which may be wrong from now on
        for dimension in self._root.findall(m("dimension")):
            detach(dimension)
        return cell

    def _make_row(self, number: int) -> Element:
        row, holder = new("row", r=str(number)), self._root.find(m("sheetData"))
        if holder is None:
            holder = new("sheetData")
            insert_in_order(self._root, [holder])
        before = bisect_right(self._numbers, number)
        if before:
            self._rows[self._numbers[before - 1]].addnext(row)
        else:
            holder.insert(0, row)
        insort(self._numbers, number)
        self._rows[number] = row
        return row


def _empty(cell: Element, *names: str) -> None:
    """Take parts of a cell out, and its type, which belonged to the old value."""
    for child in [child for name in names for child in cell.findall(m(name))]:
        detach(child)
    cell.attrib.pop("t", "")


def _heading(table: Element) -> Area | None:
    area = addresses.area(table.get("ref", ""))
    if area is None or table.get("headerRowCount") == "0":
        return None
    return area[0], area[1], area[0], area[3]


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


def _fitting_code(own: str, value: NewValue) -> str:
    """The number format for a value that a cell's own would hide; empty where it does not."""
    match value:
        case None | str() | Formula() | bool():
            return ""
        case Percent() if not is_percent_format(own):
            return f"0.{'0' * value.decimals}%" if value.decimals else "0%"
        case date() if not is_date_format(own):
            return DATE_FORMAT
        case int() | float() | Decimal() if own == TEXT:
            return GENERAL
    return ""
