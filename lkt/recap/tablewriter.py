"""A table of the recap on its sheet: native, with live formulas, the values they come to, and marks."""

from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from math import ceil
from typing import Any

from xlsxwriter.utility import xl_col_to_name

from lkt.recap.cells import is_formula_like, is_long, look_of, number_of, qualified, shown, text_of
from lkt.recap.exact import Sum
from lkt.recap.sheet import Row, RowSheet, array_formula, blank, day, figure, formula, style_of, text
from lkt.recap.sheet import told as formula_told
from lkt.recap.tables import TOP, Column, Kind, Mark, Table, Value
from lkt.workbook.styles import LINE_HEIGHT, NAVY, Formats, Look, row_height

_WRAPPED = {Kind.TEXT, Kind.CENTRED}
_SUBTOTALS = {"sum": 109, "average": 101}


def write_table(sheet: RowSheet, formats: Formats, table: Table) -> None:
    """The title, the table, and how the sheet is shown."""
    sheet.write_string(0, 0, text_of(table.title), formats.get(Look.SECTION, bottom=0))
    sheet.write_string(1, 0, text_of(table.note), formats.get(Look.BODY, text_wrap=False, indent=0))
    found = _survey(table)
    _frame(sheet, formats, table, found)
    writers = []
    for number, texts in enumerate(found.texts):
        writers.append(_writer(sheet, formats, table, number, texts))
        if table.total:
            _write_total(sheet, formats, table, number, found)
        if found.number:
            _mark(sheet, formats, table, number, found.last)
    if found.number:
        sheet.make_rows(TOP + 1, found.number, len(writers), _rows(table, writers))
    else:
        _write_nothing(sheet, formats, table)
    sheet.freeze_panes(TOP + 1, table.frozen)
    sheet.repeat_rows(TOP)
    codes = {"number_stored_as_text": f"A1:XFD{found.last + 2}", "calculated_column": "A1:XFD1048576"}
    sheet.ignore_errors(codes)


# What has to be known of the rows before the first is written -----------------------------------------------


@dataclass(slots=True)
class _Texts:
    """The texts of a column: each once, and which of them stands in each row that has one."""

    known: dict[str, int] = field(default_factory=dict)
    places: "array[int]" = field(default_factory=lambda: array("L"))

    def add(self, text: str) -> None:
        self.places.append(self.known.setdefault(text, len(self.known)))


@dataclass(frozen=True, slots=True)
class _Survey:
    """The number of the rows; for each column its texts, and the value of the row below."""

    number: int
    texts: Sequence[_Texts]
    totals: Sequence[Value]

    @property
    def last(self) -> int:
        """The last row of the data, from 0; an empty table has one blank row."""
        return TOP + max(1, self.number)


def _survey(table: Table) -> _Survey:
    """Go through the rows for the first time."""
    columns = [(column.value, _Texts(), Sum()) for column in table.columns]
    added = {number for number, column in enumerate(table.columns) if column.total in _SUBTOTALS}
    number = 0
    for number, row in enumerate(table.rows, start=1):  # noqa: B007 - the last one is how many there are
        for place, (value_of, texts, total) in enumerate(columns):
            value = value_of(row)
            if isinstance(value, int | Fraction):
                if place in added:
                    total.add(Fraction(value))
            elif value:
                text = value if isinstance(value, str) else shown(value)
                if isinstance(text, str):
                    texts.add(text)
    _, texts_of, sums = zip(*columns, strict=True)
    return _Survey(number, texts_of, _totals(table, sums))


def _totals(table: Table, sums: Sequence[Sum]) -> list[Value]:
    """The values of the row below; None where there is nothing to add or to divide."""
    if not table.total:
        return [None] * len(sums)
    known: dict[str, Value] = {}
    for column, found in zip(table.columns, sums, strict=True):
        if column.total in _SUBTOTALS:
            known[column.heading] = found.mean if column.total == "average" else found.total
    for column in table.columns:
        if column.sums is not None:
            known[column.heading] = column.sums(known)
    return [known.get(column.heading) for column in table.columns]


# The table --------------------------------------------------------------------------------------------------


def _frame(sheet: RowSheet, formats: Formats, table: Table, found: _Survey) -> None:
    """The table itself, its headings and the widths of its columns."""
    columns: list[dict[str, Any]] = []
    height = 1
    for number, column in enumerate(table.columns):
        columns.append({"header": column.heading, "header_format": formats.get(Look.HEADING)})
        sheet.set_column(number, number, column.width)
        height = max(height, ceil((len(column.heading) + 4) / column.width))
        if found.totals[number] is not None:
            own = column.total in _SUBTOTALS
            columns[-1]["total_function"] = column.total if own else qualified(column.total, table.name)
    if table.total:
        columns[table.label]["total_string"] = table.total
    options = {"name": table.name, "columns": columns, "style": None, "total_row": bool(table.total)}
    sheet.add_table(TOP, 0, found.last + bool(table.total), len(columns) - 1, options)
    sheet.set_row(TOP, LINE_HEIGHT * height + 10)


def _write_nothing(sheet: RowSheet, formats: Formats, table: Table) -> None:
    """The blank row of an empty table, and what it says."""
    for number, column in enumerate(table.columns):
        sheet.write_blank(TOP + 1, number, None, look_of(formats, column, ""))
    place = next(n for n, column in enumerate(table.columns) if column.kind is Kind.TEXT)
    sheet.write_string(TOP + 1, place, table.nothing, look_of(formats, table.columns[place]))


# The rows --------------------------------------------------------------------------------------------------

Writer = Callable[[int, Value], str]
"""(number of the row, from 1; value) -> the text of a cell."""


def _rows(table: Table, writers: Sequence[Writer]) -> Iterator[Row]:
    """The rows, each as high as its text that wraps most."""
    wrapped = [number for number, column in enumerate(table.columns) if column.kind in _WRAPPED]
    for number, source in enumerate(table.rows, start=TOP + 2):
        values = [column.value(source) for column in table.columns]
        texts = ((values[place], table.columns[place].width) for place in wrapped)
        height = row_height((value, width) for value, width in texts if isinstance(value, str))
        yield height, [write(number, value) for write, value in zip(writers, values, strict=True)]


def _writer(sheet: RowSheet, formats: Formats, table: Table, number: int, texts: _Texts) -> Writer:
    """What writes the cells of a column; its texts are entered among the shared ones now."""
    column, letter = table.columns[number], xl_col_to_name(number)
    percent = column.kind is Kind.PERCENT
    told = formula_told(qualified(column.formula, table.name))
    computed = array_formula if column.formula.startswith("{") else formula
    seen = [text_of(each) for each in texts.known]
    numbers = iter(array("L", (sheet.number_of(seen[place]) for place in texts.places)))
    styles = _styles(formats, column)

    def write(row: int, value: Value) -> str:
        place, style = f"{letter}{row}", styles(value)
        if isinstance(value, int | Fraction):
            result = number_of(value, percent=percent)
            return computed(place, style, told, result) if told else figure(place, style, result)
        if not value:
            return blank(place, style)
        if isinstance(value, date) and value is shown(value):
            return day(place, style, value)
        return text(place, style, next(numbers))

    return write


def _styles(formats: Formats, column: Column) -> Callable[[Value], int]:
    """The number of the format that a value has in a column; there are no more than four."""
    known: dict[tuple[bool, bool], int] = {}

    def style(value: Value) -> int:
        kind = is_formula_like(value), is_long(value)
        if kind not in known:
            known[kind] = style_of(look_of(formats, column, value))
        return known[kind]

    return style


# The row below ---------------------------------------------------------------------------------------------


def _write_total(sheet: RowSheet, formats: Formats, table: Table, number: int, found: _Survey) -> None:
    row, column, value = found.last + 1, table.columns[number], found.totals[number]
    cell_format = look_of(formats, column, look=Look.TOTAL)
    if number == table.label:
        sheet.write_string(row, number, table.total, cell_format)
    elif not isinstance(value, int | Fraction):
        sheet.write_blank(row, number, None, cell_format)
    else:
        function = _SUBTOTALS.get(column.total)
        subtotal = f"=SUBTOTAL({function},{table.name}[{column.heading}])"
        total = subtotal if function else f"={qualified(column.total, table.name)}"
        result = number_of(value, percent=column.kind is Kind.PERCENT)
        sheet.write_formula(row, number, total, cell_format, result)


# At a glance -----------------------------------------------------------------------------------------------


def _mark(sheet: RowSheet, formats: Formats, table: Table, number: int, last: int) -> None:
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
    if mark is not Mark.NONE:
        sheet.conditional_format(TOP + 1, number, last, number, options[mark])
