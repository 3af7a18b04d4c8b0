"""New values for cells of the user's own workbook, and how they get into its file."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from lkt.bounded import whole
from lkt.model import Cell, Ref
from lkt.workbook.cells import Raw, as_written
from lkt.workbook.styles import Percent
from lkt.xlsx.cell_styles import NumberFormats, Styles
from lkt.xlsx.package import Element, PatchError, Record, WorkbookPackage, children, m
from lkt.xlsx.reading import BUILTIN
from lkt.xlsx.setting import Formula, NewValue, set_cells
from lkt.xlsx.sheets import Book, SheetXml

TEXT, NUMBER, DATE, FORMULA = "teks", "angka", "tanggal", "rumus"
"""The kinds of content, as the user is told of them."""


@dataclass(frozen=True, slots=True)
class Put:
    """A new value for one cell that was read.

    Attributes:
        cell: the cell as it was read.
        subject: the heading of its column, or the key of sheet Identitas.
        value: what is put there; None leaves the cell blank.
        reason: what was wrong there, in a few words.
        number_format: shows the value as ``new`` does, where the cell's own format does not.
    """

    cell: Cell[Any]
    subject: str
    value: NewValue = None
    reason: str = ""
    number_format: str = ""

    @property
    def ref(self) -> Ref:
        """Where it is put."""
        return self.cell.ref

    @property
    def old(self) -> str:
        """What stands there, as the user sees it."""
        return self.cell.written

    @property
    def new(self) -> str:
        """What will stand there, as the user will see it."""
        return as_written(self.raw)

    @property
    def raw(self) -> Raw:
        """The cell as the reader will find it."""
        content = self.value.cached if isinstance(self.value, Formula) else self.value
        if isinstance(content, Percent):
            content = content.points / 100
        if isinstance(content, Decimal):
            content = float(content)
        return Raw(content, self.number_format or "General", formula=isinstance(self.value, Formula))

    @property
    def was(self) -> str:
        """What kind of content stands there, in a word; empty where that does not matter."""
        if self.cell.text or isinstance(self.cell.value, str):
            return TEXT
        return NUMBER if isinstance(self.cell.value, Decimal) else ""

    @property
    def becomes(self) -> str:
        """What kind of content will stand there, in a word; empty for a cell that is emptied."""
        match self.value:
            case None:
                return ""
            case Formula():
                return FORMULA
            case str():
                return TEXT
            case date():
                return DATE
            case _:
                return NUMBER


def put_into(data: bytes, puts: Sequence[Put]) -> tuple[bytes, dict[Ref, PatchError]]:
    """A copy of a workbook with new values, and the cells that its file does not let anyone change alone.

    Such are the heading of an Excel table, a cell below a merged one, a part of an array formula.

    Raises:
        UnreadableWorkbookError: the workbook is damaged.
    """
    try:
        return _with_values(data, puts), {}
    except PatchError:
        refused = {put.ref: error for put in puts if (error := _refusal(data, put))}
    return _with_values(data, [put for put in puts if put.ref not in refused]), refused


def _refusal(data: bytes, put: Put) -> PatchError | None:
    try:
        _with_values(data, [put])
    except PatchError as error:
        return error
    return None


def _with_values(data: bytes, puts: Sequence[Put]) -> bytes:
    formatted = [put for put in puts if put.number_format]
    if formatted:
        data = _with_formats(data, formatted)
    return set_cells(data, {put.ref: put.value for put in puts})


def _with_formats(data: bytes, puts: Sequence[Put]) -> bytes:
    """The workbook with number formats that show the values, which are not put in yet.

    A cell keeps its own format where that shows the value with the same digits, or as the same day.
    """
    book = Book(WorkbookPackage(data))
    styles = Styles(book, Record())
    formats = NumberFormats(styles)
    own_codes = {whole(item.get("numFmtId")): item.get("formatCode", "") for item in styles.items("numFmts")}
    codes = {**BUILTIN, **own_codes}
    cells = dict(_elements(book, [put.ref for put in puts]))
    for put in puts:
        cell = cells.get(put.ref)
        if cell is not None:
            style = whole(cell.get("s"))
            own = codes.get(whole(styles.format(style).get("numFmtId")), "General")
            fits = formats.is_date(style) == (put.becomes == DATE) and _shows(own, put)
            if formats.is_text(style) or not fits:
                cell.set("s", str(formats.with_code(style, put.number_format)))
    return book.package.save()


def _shows(number_format: str, put: Put) -> bool:
    shown = replace(put, number_format=number_format).new
    return shown == put.new or (put.becomes != DATE and _figures(shown) == _figures(put.new))


def _figures(text: str) -> str:
    return "".join(letter for letter in text if letter in "0123456789,%-")


def divided_texts(data: bytes, refs: Sequence[Ref]) -> set[Ref]:
    """The cells whose text has letters of different looks, which a new text would lose."""
    book = Book(WorkbookPackage(data))
    part = book.linked("sharedStrings")
    strings = list(children(None if part is None else book.package.root(part)))
    return {ref for ref, cell in _elements(book, refs) if _is_divided(cell, strings)}


def _is_divided(cell: Element, strings: Sequence[Element]) -> bool:
    item = cell.find(m("is"))
    number = whole(cell.findtext(m("v")), -1)
    if cell.get("t") == "s" and 0 <= number < len(strings):
        item = strings[number]
    return item is not None and item.find(m("r")) is not None


def _elements(book: Book, refs: Iterable[Ref]) -> Iterator[tuple[Ref, Element]]:
    """The elements of the cells that are there, to change."""
    grids: dict[str, SheetXml] = {}
    for ref in refs:
        sheet = book.worksheet(ref.sheet)
        if sheet is not None:
            grid = grids.setdefault(sheet.part, SheetXml(book.package.edit(sheet.part)))
            cell = grid.cell(ref.cell)
            if cell is not None:
                yield ref, cell
