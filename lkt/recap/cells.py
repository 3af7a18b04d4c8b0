"""One cell of the recap workbook: texts as texts whatever they begin with, exact numbers, dates, formulas."""

import re
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from lkt.bahasa import format_date
from lkt.recap.tables import Column, Kind, Value
from lkt.report.ledger import clean
from lkt.workbook.styles import Formats, Look

if TYPE_CHECKING:
    from xlsxwriter.format import Format

_LONGEST = 32_767  # letters in one cell, one beyond U+FFFF counted twice
_LONGEST_AS_TEXT = 255  # longer ones old versions of Excel show as ##### in the format of a text
_FIRST_DAY = date(1900, 3, 1)  # before it Excel counts days wrongly
_DAY_0 = date(1899, 12, 30)  # from which Excel counts, from March 1900 on
_SMALLEST, _LARGEST = 1e-300, 1e300
_THIS_ROW = re.compile(r"\[@([^\]]+)\]")
_FORMULA_LIKE = ("=", "+", "-", "@", "\t", "\r")


def text_of(text: str) -> str:
    """A text as a cell can hold it."""
    cut = clean(text)[:_LONGEST]
    if cut.isascii() or len(cut) <= _LONGEST // 2:
        return cut
    return cut.encode("utf-16-le")[: 2 * _LONGEST].decode("utf-16-le", "ignore")


def number_of(value: int | Fraction, *, percent: bool) -> float:
    """The nearest number of Excel; a percentage as a fraction of one."""
    numerator, denominator = value.as_integer_ratio()
    try:
        nearest = numerator / (denominator * 100 if percent else denominator)
    except OverflowError:
        return 0.0
    return nearest if _SMALLEST < abs(nearest) < _LARGEST else 0.0


def serial(day: date) -> float:
    """A day as Excel counts, which is not before March 1900."""
    return float((day - _DAY_0).days)


def shown(value: Value) -> Value:
    """What a cell holds for a value: the text as it can hold it, None for none, a very old date in words."""
    if isinstance(value, str):
        return text_of(value) if value else None
    if isinstance(value, date) and value < _FIRST_DAY:
        return format_date(value)
    return value


def qualified(formula: str, table: str) -> str:
    """A formula as a file holds it: ``[@Pagu]`` with the name of its table."""
    return _THIS_ROW.sub(rf"{table}[[#This Row],[\1]]", formula)


def is_formula_like(value: Value) -> bool:
    """Whether a program could take a text for a formula."""
    return isinstance(value, str) and value.startswith(_FORMULA_LIKE)


def is_long(value: Value) -> bool:
    """Whether a text has more letters than old versions of Excel show in the format of a text."""
    return isinstance(value, str) and len(value) > _LONGEST_AS_TEXT


def look_of(formats: Formats, column: Column, value: Value = None, look: Look = Look.OPTIONAL) -> "Format":
    """How a value looks in a column."""
    more: dict[str, Any] = {"fg_color": "#FFFFFF"} if look is Look.OPTIONAL else {}
    if is_formula_like(value):
        more["quote_prefix"] = True  # a text still after it was edited in Excel
    if column.kind is Kind.TEXT:
        return formats.get(
            look, "General" if is_long(value) else "@", align="left", indent=1, text_wrap=True, **more
        )
    align = "center" if column.kind in {Kind.CENTRED, Kind.COUNT, Kind.DATE} else "right"
    return formats.get(look, column.kind.value, align=align, text_wrap=column.kind is Kind.CENTRED, **more)
