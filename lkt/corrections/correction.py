"""What a correction is."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from lkt.model import Cell, Ref
from lkt.workbook.cells import Raw, as_written
from lkt.workbook.patch import Formula, NewValue
from lkt.workbook.styles import Percent

TEXT, NUMBER, DATE, FORMULA = "teks", "angka", "tanggal", "rumus"
"""The kinds of content, as the user is told of them."""


@dataclass(frozen=True, slots=True)
class Correction:
    """One cell that has exactly one reading and is written in another way.

    Attributes:
        ref: the cell.
        subject: the heading of its column, or the key of sheet Identitas.
        old: what stands there, as the user sees it.
        new: what will stand there, as the user will see it.
        value: the same for the file.
        reason: what was wrong, in a few words.
        number_format: shows the value as ``new`` does, where the cell's own format does not.
        was: what kind of content stands there, in a word; empty where that does not matter.
    """

    ref: Ref
    subject: str
    old: str
    new: str
    value: NewValue
    reason: str
    number_format: str = ""
    was: str = ""

    @staticmethod
    def of(
        cell: Cell[Any], subject: str, value: NewValue, reason: str, number_format: str = ""
    ) -> "Correction":
        """The correction of a cell that was read."""
        new = as_written(raw_of(value, number_format))
        return Correction(cell.ref, subject, cell.written, new, value, reason, number_format, _kind_of(cell))

    @property
    def raw(self) -> Raw:
        """The cell as the reader will find it."""
        return raw_of(self.value, self.number_format)

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

    @property
    def is_date(self) -> bool:
        """A real date will stand there."""
        return isinstance(self.value, date)


def _kind_of(cell: Cell[Any]) -> str:
    if cell.text or isinstance(cell.value, str):
        return TEXT
    return NUMBER if isinstance(cell.value, Decimal) else ""


def raw_of(value: NewValue, number_format: str = "") -> Raw:
    """A value as the reader finds it in a cell of a number format."""
    content = value.cached if isinstance(value, Formula) else value
    if isinstance(content, Percent):
        content = content.points / 100
    if isinstance(content, Decimal):
        content = float(content)
    return Raw(content, number_format or "General", formula=isinstance(value, Formula))
