"""New values of cells: what a value looks like in the XML of its cell."""

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from math import isfinite
from typing import TypeAlias

from lkt.workbook.patch.errors import PatchError
from lkt.workbook.patch.markup import Element, add, add_text, children, detach, escape, m, new
from lkt.workbook.styles import Percent, Value

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
