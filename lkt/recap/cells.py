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
    from xlsxwriter.worksheet import Worksheet

_LONGEST = 32_767  # letters in one cell
_LONGEST_AS_TEXT = 255  # longer ones old versions of Excel show as ##### in the format of a text
_FIRST_DAY = date(1900, 3, 1)  # before it Excel counts days wrongly
_SMALLEST, _LARGEST = 1e-300, 1e300
_THIS_ROW = re.compile(r"\[@([^\]]+)\]")
_FORMULA_LIKE = ("=", "+", "-", "@", "\t", "\r")


def text_of(text: str) -> str:
    """A text as a cell can hold it."""
    return clean(text)[:_LONGEST]


def number_of(value: Fraction, *, percent: bool) -> float:
    """The nearest number of Excel; a percentage as a fraction of one."""
    exact = value / 100 if percent else value
    return float(exact) if _SMALLEST < abs(exact) < _LARGEST else 0.0


def write_value(
    sheet: "Worksheet", row: int, column: int, value: Value, cell_format: "Format", *, percent: bool
) -> None:
    """A value that no formula works out."""
    match value:
        case None | "":
            sheet.write_blank(row, column, None, cell_format)
        case str():
            sheet.write_string(row, column, text_of(value), cell_format)
        case date() if value >= _FIRST_DAY:
            sheet.write_datetime(row, column, value, cell_format)
        case date():
            sheet.write_string(row, column, format_date(value), cell_format)
        case int() | Fraction():
            sheet.write_number(row, column, number_of(Fraction(value), percent=percent), cell_format)


def qualified(formula: str, table: str) -> str:
    """A formula as a file holds it: ``[@Pagu]`` with the name of its table."""
    return _THIS_ROW.sub(rf"{table}[[#This Row],[\1]]", formula)


def look_of(formats: Formats, column: Column, value: Value = None, look: Look = Look.OPTIONAL) -> "Format":
    """How a value looks in a column."""
    more: dict[str, Any] = {"fg_color": "#FFFFFF"} if look is Look.OPTIONAL else {}
    if isinstance(value, str) and value.startswith(_FORMULA_LIKE):
        more["quote_prefix"] = True  # a text still after it was edited in Excel
    if column.kind is Kind.TEXT:
        shown = "General" if isinstance(value, str) and len(value) > _LONGEST_AS_TEXT else "@"
        return formats.get(look, shown, align="left", indent=1, text_wrap=True, **more)
    align = "center" if column.kind in {Kind.CENTRED, Kind.COUNT, Kind.DATE} else "right"
    return formats.get(look, column.kind.value, align=align, text_wrap=column.kind is Kind.CENTRED, **more)
