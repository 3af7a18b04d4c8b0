"""New values in the cells of a workbook; everything else stays as it is."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from lkt.attributes import whole
from lkt.model import Ref
from lkt.workbook.patch.addresses import corners, plain, split
from lkt.workbook.patch.book import Book, SheetEntry
from lkt.workbook.patch.errors import PatchError
from lkt.workbook.patch.formats import GENERAL, NumberFormats
from lkt.workbook.patch.formulas import calculate_on_load, drop_from_chain, refuse_areas, release_shared
from lkt.workbook.patch.grid import Grid
from lkt.workbook.patch.links import links
from lkt.workbook.patch.markup import Element, m
from lkt.workbook.patch.package import Package
from lkt.workbook.patch.record import Record
from lkt.workbook.patch.styles import Styles
from lkt.workbook.patch.values import Formula, NewValue, clear, fill
from lkt.workbook.styles import DATE_FORMAT, Percent


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
    book = Book(Package(data))
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
        self._grids: dict[str, Grid] = {}
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

    def _grid(self, part: str) -> Grid:
        if part not in self._grids:
            self._grids[part] = Grid(self._book.package.edit(part))
        return self._grids[part]

    def _refuse(self, grid: Grid, sheet: SheetEntry, ref: Ref) -> None:
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
