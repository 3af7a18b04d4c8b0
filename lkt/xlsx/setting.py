"""New values in the cells of a workbook, formulas and their results included; all else stays as it is."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from math import isfinite
from typing import TypeAlias

from lkt.addresses import address as join
from lkt.addresses import column_number
from lkt.bounded import whole
from lkt.model import Ref
from lkt.workbook.styles import DATE_FORMAT, Percent, Value
from lkt.xlsx.cell_styles import GENERAL, NumberFormats, Styles
from lkt.xlsx.package import (
    Element,
    PatchError,
    Record,
    WorkbookPackage,
    add,
    add_text,
    children,
    detach,
    drop,
    escape,
    insert_in_order,
    links,
    m,
    new,
    unlink,
)
from lkt.xlsx.sheets import LAST_COLUMN, LAST_ROW, Book, SheetEntry, SheetXml, cells_of, corners, plain, split

# New values of cells: what a value looks like in the XML of its cell --------------------------------------


_LONGEST = 32767
_FIRST_DAY, _FIRST_DAY_1904 = date(1899, 12, 30), date(1904, 1, 1)
_MARCH_1900 = 61  # before it the calendar of spreadsheets is off by a day
_OTHER_CONTENT = ("t", "cm", "vm")  # type and metadata belong to the old value

Scalar: TypeAlias = Value | float


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


def clear(cell: Element) -> None:
    """Take the content of a cell out; its style stays."""
    for child in list(children(cell)):
        if child.tag in {m("f"), m("v"), m("is")}:
            detach(child)
    for name in _OTHER_CONTENT:
        if name in cell.attrib:
            del cell.attrib[name]


def fill(cell: Element, value: NewValue, *, from_1904: bool) -> None:
    """Put a value or a formula into a cell that was cleared.

    Raises:
        PatchError: a text is longer than a cell holds, or a date is earlier than a spreadsheet knows.
    """
    if isinstance(value, Formula):
        cell.insert(0, new("f", value.text.removeprefix("=")))
        _add_result(cell, value.cached, from_1904=from_1904)
    elif isinstance(value, str):
        if value:
            _check_length(value)
            cell.set("t", "inlineStr")
            add_text(add(cell, "is"), value)
    elif value is not None:
        _add_result(cell, value, from_1904=from_1904)


def _add_result(cell: Element, value: Scalar, *, from_1904: bool) -> None:
    if isinstance(value, str):
        _check_length(value)
        cell.set("t", "str")
        text = escape(value)
    elif isinstance(value, bool):
        cell.set("t", "b")
        text = str(int(value))
    elif value is None:
        return
    else:
        text = number_text(value, from_1904=from_1904)
    position = 0 if cell.find(m("f")) is None else 1
    cell.insert(position, new("v", text))


def number_text(value: float | Decimal | date | Percent, *, from_1904: bool) -> str:
    """A number as the file holds it."""
    if isinstance(value, date):
        return _serial(value, from_1904=from_1904)
    if isinstance(value, Percent):
        value = value.points / 100
    if not isfinite(value):
        raise ValueError(f"no cell holds {value}")
    return format(value, "f") if isinstance(value, Decimal) else repr(value)


def _serial(value: date, *, from_1904: bool) -> str:
    moment = value if isinstance(value, datetime) else datetime.combine(value, time())
    first = datetime.combine(_FIRST_DAY_1904 if from_1904 else _FIRST_DAY, time())
    passed = moment.replace(tzinfo=None) - first
    if passed.days < (0 if from_1904 else _MARCH_1900):
        raise PatchError(f"Tanggal {value:%d-%m-%Y} terlalu lama untuk sel Excel.", "Tulis sebagai teks.")
    return repr(passed.days + passed.seconds / 86400) if passed.seconds else str(passed.days)


def _check_length(text: str) -> None:
    if len(text) > _LONGEST:
        raise PatchError(
            f"Teks sepanjang {len(text)} huruf tidak muat dalam satu sel Excel.",
            f"Ringkas sampai paling banyak {_LONGEST} huruf.",
        )


# Formulas that reach beyond their own cell, and the order in which formulas are calculated ----------------


_AREAS = {"array", "dataTable"}


def refuse_areas(grid: SheetXml, ref: Ref) -> None:
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


def release_shared(grid: SheetXml, address: str) -> None:
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


def _sharing(grid: SheetXml, formula: Element) -> list[tuple[int, int, Element]]:
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


# New values in the cells of a workbook; everything else stays as it is ------------------------------------


def set_cells(data: bytes, values: Mapping[Ref, NewValue]) -> bytes:
    """A copy of a workbook with new values in some cells.

    A cell keeps its style; only its number format changes where the value would not show as what it is: a
    date, a percentage, or a number in a cell for text. Formulas are calculated when the copy is opened.

    Args:
        data: the workbook.
        values: the new values by their cell.

    Raises:
        UnreadableWorkbookError: the workbook is damaged.
        PatchError: there is no such cell, or it cannot be changed on its own.
    """
    if not values:
        return data
    book = Book(WorkbookPackage(data))
    setter, unchained = _Setter(book), set()
    for ref, value in values.items():
        sheet, address = book.worksheet(ref.sheet), plain(ref.cell)
        if sheet is None or address is None:
            raise PatchError(f"Sel {ref} tidak ada dalam buku kerja ini.")
        if setter.set(sheet, Ref(sheet.name, address), value):
            unchained.add((sheet.number, address))
    drop_from_chain(book, unchained)
    calculate_on_load(book)
    return book.package.save()


class _Setter:
    """Changes cells; each sheet is looked through once."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._grids: dict[str, SheetXml] = {}
        self._formats: NumberFormats | None = None

    def set(self, sheet: SheetEntry, ref: Ref, value: NewValue) -> bool:
        """Change one cell; whether it lost a formula."""
        grid = self._grid(sheet.part)
        self._refuse(grid, sheet, ref)
        release_shared(grid, ref.cell)
        cell = grid.make(ref.cell)
        had_formula = cell.find(m("f")) is not None
        clear(cell)
        fill(cell, value, from_1904=self._book.from_1904)
        self._adapt(cell, value)
        return had_formula and not isinstance(value, Formula)

    def _grid(self, part: str) -> SheetXml:
        if part not in self._grids:
            self._grids[part] = SheetXml(self._book.package.edit(part))
        return self._grids[part]

    def _refuse(self, grid: SheetXml, sheet: SheetEntry, ref: Ref) -> None:
        anchor = grid.anchor(ref.cell)
        if anchor != ref.cell:
            raise PatchError(f"Sel {ref} tertutup oleh sel gabungan.", f"Isi sel {sheet.name}!{anchor}.")
        refuse_areas(grid, ref)
        place = split(ref.cell)
        for item in links(self._book.package, sheet.part):
            table = self._book.package.root(item.part) if item.kind == "table" else None
            area = None if table is None else corners(table.get("ref", ""))
            has_heading = table is not None and table.get("headerRowCount") != "0"
            if place and area and has_heading and place[0] == area[0] and area[1] <= place[1] <= area[3]:
                raise PatchError(f"Sel {ref} adalah judul kolom tabel Excel.", "Ubah judul itu di Excel.")

    def _adapt(self, cell: Element, value: NewValue) -> None:
        """Another number format where the cell's own would hide what the value is."""
        code = self._code(whole(cell.get("s")), value)
        if code:
            formats = self._number_formats()
            cell.set("s", str(formats.with_code(whole(cell.get("s")), code)))

    def _code(self, style: int, value: NewValue) -> str:
        match value:
            case None | str() | Formula() | bool():
                return ""
            case Percent() if not self._number_formats().is_percent(style):
                return f"0.{'0' * value.decimals}%" if value.decimals else "0%"
            case date() if not self._number_formats().is_date(style):
                return DATE_FORMAT
            case int() | float() | Decimal() if self._number_formats().is_text(style):
                return GENERAL
        return ""

    def _number_formats(self) -> NumberFormats:
        if self._formats is None:
            self._formats = NumberFormats(Styles(self._book, Record()))
        return self._formats


# The results that formulas carry: forgotten where they hang on a changed cell, or put in anew -------------
#
# Excel works everything out when it opens a workbook; LibreOffice trusts the results that it finds, so that
# a stale one would stay on the screen.


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
    found = _formulas(Book(WorkbookPackage(data)))
    return frozenset(Ref(each.sheet, join(*each.place)) for each in found if each.areas != ())


def forget_results(data: bytes, changed: Collection[Ref]) -> bytes:
    """A copy of a workbook in which no formula shows a result that hangs on one of the changed cells.

    Raises:
        UnreadableWorkbookError: the workbook is damaged.
    """
    book = Book(WorkbookPackage(data))
    for each in _dependent(list(_formulas(book)), changed):
        book.package.edit(each.part)
        _put_result(each.cell, None)
    return book.package.save()


def set_results(data: bytes, results: Mapping[tuple[str, str], float | str]) -> bytes:
    """A copy of a workbook with these results where a cell has a formula; (sheet, cell) -> value.

    Raises:
        UnreadableWorkbookError: the workbook is damaged.
    """
    book = Book(WorkbookPackage(data))
    for sheet in book.worksheets():
        wanted = {cell: value for (name, cell), value in results.items() if name == sheet.name}
        grid = SheetXml(book.package.root(sheet.part)) if wanted else None
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
        for number, row in SheetXml(book.package.root(sheet.part)).rows().items():
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
