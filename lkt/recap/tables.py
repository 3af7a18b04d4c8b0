"""A native Excel table: declared by its columns, written with live formulas and the values they come to.

Percentages are fractions of one in the format 0,00%: so they sort, chart and divide like any number of Excel,
and a formula such as Realisasi ÷ Pagu needs no factor. Texts are written as texts whatever they begin with.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING, Any

from lkt.bahasa import format_date
from lkt.recap.barisan import rerata
from lkt.report.ledger import clean
from lkt.workbook.styles import DATE_FORMAT, LINE_HEIGHT, NAVY, Formats, Look, row_height

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Value = str | int | Fraction | date | None
"""What stands in one cell; money in rupiah, percentages in percentage points."""

TOP = 3
"""The row of the headings, from 0; above it the title and a note."""

_LONGEST = 32_767  # letters in one cell
_LONGEST_AS_TEXT = 255  # longer ones old versions of Excel show as ##### in the format of a text
_FIRST_DAY = date(1900, 3, 1)  # before it Excel counts days wrongly
_SMALLEST, _LARGEST = 1e-300, 1e300
_THIS_ROW = re.compile(r"\[@([^\]]+)\]")
_FORMULA_LIKE = ("=", "+", "-", "@", "\t", "\r")
_SUBTOTALS = {"sum": 109, "average": 101}


class Kind(Enum):
    """What a column holds, which decides how it looks; the value is its number format."""

    TEXT = "@"
    CENTRED = "General"
    COUNT = "#,##0"
    MONEY = '"Rp"#,##0'
    PERCENT = "0.00%"
    DATE = DATE_FORMAT


_WRAPPED = {Kind.TEXT, Kind.CENTRED}


class Mark(Enum):
    """What a column shows of its values at a glance."""

    NONE = ""
    BAR = "a bar in each cell, full at 100 per cent"
    POSITIVE = "all but 0 stands out"
    NOT_DONE = "all but selesai stands out"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Attributes:
        heading: its heading, no two alike in a table.
        width: in letters.
        kind: what it holds.
        value: what a row has in it.
        formula: how Excel works that out, ``[@Pagu]`` is the cell of the same row; written where there is a
            value. An array formula stands in braces.
        total: ``sum`` or ``average`` for the row below; or a formula, then ``sums`` gives its value.
        sums: the value of that formula.
        mark: what it shows at a glance.
    """

    heading: str
    width: float
    kind: Kind
    value: Callable[[Any], Value]
    formula: str = ""
    total: str = ""
    sums: Callable[[Sequence[Any]], Value] | None = None
    mark: Mark = Mark.NONE


@dataclass(frozen=True, slots=True)
class Table:
    """One table with its sheet.

    Attributes:
        name: what formulas call it.
        sheet: the name of the sheet.
        title: what stands above it.
        note: what one has to know of it.
        columns: left to right.
        rows: what the columns take their values from.
        frozen: how many columns stay in view.
        total: the label of the row below; no such row when empty.
        nothing: what it says when it has no rows.
    """

    name: str
    sheet: str
    title: str
    note: str
    columns: tuple[Column, ...]
    rows: Sequence[Any]
    frozen: int = 0
    total: str = ""
    nothing: str = "Tidak ada."

    @property
    def last(self) -> int:
        """The last row of the data, from 0; an empty table has one blank row."""
        return TOP + max(1, len(self.rows))


def write_table(sheet: "Worksheet", formats: Formats, table: Table) -> None:
    """The title, the table, and how the sheet is shown."""
    sheet.write_string(0, 0, text_of(table.title), formats.get(Look.SECTION, bottom=0))
    sheet.write_string(1, 0, text_of(table.note), formats.get(Look.BODY, text_wrap=False, indent=0))
    _frame(sheet, formats, table)
    for row, source in enumerate(table.rows, start=TOP + 1):
        texts = ((column.value(source), column.width) for column in table.columns if column.kind in _WRAPPED)
        sheet.set_row(row, row_height((value, width) for value, width in texts if isinstance(value, str)))
    for number, column in enumerate(table.columns):
        for row, source in enumerate(table.rows, start=TOP + 1):
            _write(sheet, formats, table, (row, number), column.value(source))
        if not table.rows:
            _write(sheet, formats, table, (TOP + 1, number), "")
        _write_total(sheet, formats, table, number)
        _mark(sheet, formats, table, number)
    if not table.rows:
        place = next(n for n, column in enumerate(table.columns) if column.kind is Kind.TEXT)
        sheet.write_string(TOP + 1, place, table.nothing, _look(formats, table.columns[place]))
    sheet.freeze_panes(TOP + 1, table.frozen)
    sheet.repeat_rows(TOP)
    codes = {"number_stored_as_text": f"A1:XFD{table.last + 2}", "calculated_column": "A1:XFD1048576"}
    sheet.ignore_errors(codes)


def put(sheet: "Worksheet", row: int, column: int, value: Value, cell_format: "Format") -> None:
    """A value in a cell of no table; a percentage is given in points."""
    _put(sheet, row, column, value, cell_format, percent=isinstance(value, Fraction))


def text_of(text: str) -> str:
    """A text as a cell can hold it."""
    return clean(text)[:_LONGEST]


def number_of(value: Fraction, *, percent: bool) -> float:
    """The nearest number of Excel; a percentage as a fraction of one."""
    exact = value / 100 if percent else value
    return float(exact) if _SMALLEST < abs(exact) < _LARGEST else 0.0


def _frame(sheet: "Worksheet", formats: Formats, table: Table) -> None:
    """The table itself, its headings and the widths of its columns."""
    columns: list[dict[str, Any]] = []
    height = 1
    for number, column in enumerate(table.columns):
        columns.append({"header": column.heading, "header_format": formats.get(Look.HEADING)})
        sheet.set_column(number, number, column.width)
        height = max(height, ceil((len(column.heading) + 4) / column.width))
        if table.total and column.total in _SUBTOTALS and _total_of(column, table.rows) is not None:
            columns[-1]["total_function"] = column.total
        elif table.total and column.total and _total_of(column, table.rows) is not None:
            columns[-1]["total_function"] = _qualified(column.total, table.name)
    if table.total:
        columns[_label_place(table)]["total_string"] = table.total
    options = {"name": table.name, "columns": columns, "style": None, "total_row": bool(table.total)}
    sheet.add_table(TOP, 0, table.last + bool(table.total), len(columns) - 1, options)
    sheet.set_row(TOP, LINE_HEIGHT * height + 10)


def _label_place(table: Table) -> int:
    """The column of the label of the row below: the first of text."""
    return next(n for n, column in enumerate(table.columns) if column.kind is Kind.TEXT and not column.total)


def _write(sheet: "Worksheet", formats: Formats, table: Table, cell: tuple[int, int], value: Value) -> None:
    row, number = cell
    column = table.columns[number]
    cell_format = _look(formats, column, value)
    if column.formula and isinstance(value, int | Fraction):
        result = number_of(Fraction(value), percent=column.kind is Kind.PERCENT)
        formula = _qualified(column.formula, table.name)
        if formula.startswith("{"):
            sheet.write_array_formula(row, number, row, number, formula, cell_format, result)
        else:
            sheet.write_formula(row, number, formula, cell_format, result)
    else:
        _put(sheet, row, number, value, cell_format, percent=column.kind is Kind.PERCENT)


def _put(
    sheet: "Worksheet", row: int, column: int, value: Value, cell_format: "Format", *, percent: bool
) -> None:
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


def _qualified(formula: str, table: str) -> str:
    """A formula as a file holds it: ``[@Pagu]`` with the name of its table."""
    return _THIS_ROW.sub(rf"{table}[[#This Row],[\1]]", formula)


def _look(formats: Formats, column: Column, value: Value = None, look: Look = Look.OPTIONAL) -> "Format":
    more: dict[str, Any] = {"fg_color": "#FFFFFF"} if look is Look.OPTIONAL else {}
    if isinstance(value, str) and value.startswith(_FORMULA_LIKE):
        more["quote_prefix"] = True  # a text still after it was edited in Excel
    if column.kind is Kind.TEXT:
        shown = "General" if isinstance(value, str) and len(value) > _LONGEST_AS_TEXT else "@"
        return formats.get(look, shown, align="left", indent=1, text_wrap=True, **more)
    align = "center" if column.kind in {Kind.CENTRED, Kind.COUNT, Kind.DATE} else "right"
    return formats.get(look, column.kind.value, align=align, text_wrap=column.kind is Kind.CENTRED, **more)


# The row below ---------------------------------------------------------------------------------------------


def _write_total(sheet: "Worksheet", formats: Formats, table: Table, number: int) -> None:
    if not table.total:
        return
    row, column = table.last + 1, table.columns[number]
    cell_format, value = _look(formats, column, look=Look.TOTAL), _total_of(column, table.rows)
    if number == _label_place(table):
        sheet.write_string(row, number, table.total, cell_format)
    elif value is None:
        sheet.write_blank(row, number, None, cell_format)
    else:
        function = _SUBTOTALS.get(column.total)
        subtotal = f"=SUBTOTAL({function},{table.name}[{column.heading}])"
        formula = subtotal if function else f"={_qualified(column.total, table.name)}"
        result = number_of(Fraction(value), percent=column.kind is Kind.PERCENT)
        sheet.write_formula(row, number, formula, cell_format, result)


def _total_of(column: Column, rows: Sequence[Any]) -> Fraction | int | None:
    """The value of the row below; None where there is nothing to add or to divide."""
    if not column.total:
        return None
    if column.sums is not None:
        value = column.sums(rows)
        return value if isinstance(value, int | Fraction) else None
    known = [Fraction(value) for value in map(column.value, rows) if isinstance(value, int | Fraction)]
    return rerata(known) if column.total == "average" else sum(known, Fraction(0))


# At a glance -----------------------------------------------------------------------------------------------


def _mark(sheet: "Worksheet", formats: Formats, table: Table, number: int) -> None:
    """Bars and bold cells, which can be told apart in black and white too."""
    stands_out = formats.condition(Look.ATTENTION, bold=True)
    options: dict[Mark, dict[str, Any]] = {
        Mark.BAR: {
            "type": "data_bar", "data_bar_2010": True, "bar_solid": True, "bar_color": "#B4C6DA",
            "bar_border_color": NAVY, "min_type": "num", "min_value": 0, "max_type": "num", "max_value": 1,
        },
        Mark.POSITIVE: {"type": "cell", "criteria": ">", "value": 0, "format": stands_out},
        Mark.NOT_DONE: {"type": "cell", "criteria": "!=", "value": '"selesai"', "format": stands_out},
    }  # fmt: skip
    mark = table.columns[number].mark
    if mark is not Mark.NONE and table.rows:
        sheet.conditional_format(TOP + 1, number, table.last, number, options[mark])
