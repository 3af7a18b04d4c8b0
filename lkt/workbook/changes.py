"""New values for cells of the user's own workbook, and how they get into its file."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from lkt.model import Cell, Ref
from lkt.workbook.cells import as_written
from lkt.xlsx import CellError, Formula, NewValue, Percent, Raw, WorkbookEditor, is_date_format

TEXT, NUMBER, DATE, FORMULA = "teks", "angka", "tanggal", "rumus"
"""The kinds of content, as the user is told of them."""

OTHER_FIGURE = "rumus yang tertimpa angka lain"
"""The reason of a change that takes away a figure which nothing else says."""


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


def put_into(book: WorkbookEditor, puts: Iterable[Put]) -> dict[Ref, CellError]:
    """Put new values into a workbook; the cells that its file does not let anyone change alone, with why.

    Such are the heading of an Excel table, a cell below a merged one, a part of an array formula.

    Raises:
        UnreadableWorkbookError: the workbook is damaged.
    """
    refused = {}
    for put in puts:
        sheet, cell = put.ref.sheet, put.ref.cell
        code = _fitting_format(book.number_format(sheet, cell), put) if put.number_format else ""
        try:
            book.set_cell(sheet, cell, put.value, code)
        except CellError as error:
            refused[put.ref] = error
    return refused


def _fitting_format(own: str, put: Put) -> str:
    """The number format for a value; empty where the cell's own shows the same digits, or the same day."""
    shown = replace(put, number_format=own).new
    same = shown == put.new or (put.becomes != DATE and _figures(shown) == _figures(put.new))
    fits = own != "@" and is_date_format(own) == (put.becomes == DATE) and same
    return "" if fits else put.number_format


def _figures(text: str) -> str:
    return "".join(letter for letter in text if letter in "0123456789,%-")
