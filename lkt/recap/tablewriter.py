"""A table of the recap on its sheet: native, with live formulas, the values they come to, and marks."""

from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING, Any

from lkt.recap.cells import look_of, number_of, qualified, text_of, write_value
from lkt.recap.tables import TOP, Kind, Mark, Table, Value
from lkt.workbook.styles import LINE_HEIGHT, NAVY, Formats, Look, row_height

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_WRAPPED = {Kind.TEXT, Kind.CENTRED}
_SUBTOTALS = {"sum": 109, "average": 101}


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
        sheet.write_string(TOP + 1, place, table.nothing, look_of(formats, table.columns[place]))
    sheet.freeze_panes(TOP + 1, table.frozen)
    sheet.repeat_rows(TOP)
    codes = {"number_stored_as_text": f"A1:XFD{table.last + 2}", "calculated_column": "A1:XFD1048576"}
    sheet.ignore_errors(codes)


def _frame(sheet: "Worksheet", formats: Formats, table: Table) -> None:
    """The table itself, its headings and the widths of its columns."""
    columns: list[dict[str, Any]] = []
    height = 1
    for number, column in enumerate(table.columns):
        columns.append({"header": column.heading, "header_format": formats.get(Look.HEADING)})
        sheet.set_column(number, number, column.width)
        height = max(height, ceil((len(column.heading) + 4) / column.width))
        if table.total and column.total in _SUBTOTALS and column.total_of(table.rows) is not None:
            columns[-1]["total_function"] = column.total
        elif table.total and column.total and column.total_of(table.rows) is not None:
            columns[-1]["total_function"] = qualified(column.total, table.name)
    if table.total:
        columns[table.label]["total_string"] = table.total
    options = {"name": table.name, "columns": columns, "style": None, "total_row": bool(table.total)}
    sheet.add_table(TOP, 0, table.last + bool(table.total), len(columns) - 1, options)
    sheet.set_row(TOP, LINE_HEIGHT * height + 10)


def _write(sheet: "Worksheet", formats: Formats, table: Table, cell: tuple[int, int], value: Value) -> None:
    row, number = cell
    column = table.columns[number]
    cell_format = look_of(formats, column, value)
    if column.formula and isinstance(value, int | Fraction):
        result = number_of(Fraction(value), percent=column.kind is Kind.PERCENT)
        formula = qualified(column.formula, table.name)
        if formula.startswith("{"):
            sheet.write_array_formula(row, number, row, number, formula, cell_format, result)
        else:
            sheet.write_formula(row, number, formula, cell_format, result)
    else:
        write_value(sheet, row, number, value, cell_format, percent=column.kind is Kind.PERCENT)


# The row below ---------------------------------------------------------------------------------------------


def _write_total(sheet: "Worksheet", formats: Formats, table: Table, number: int) -> None:
    if not table.total:
        return
    row, column = table.last + 1, table.columns[number]
    cell_format, value = look_of(formats, column, look=Look.TOTAL), column.total_of(table.rows)
    if number == table.label:
        sheet.write_string(row, number, table.total, cell_format)
    elif value is None:
        sheet.write_blank(row, number, None, cell_format)
    else:
        function = _SUBTOTALS.get(column.total)
        subtotal = f"=SUBTOTAL({function},{table.name}[{column.heading}])"
        formula = subtotal if function else f"={qualified(column.total, table.name)}"
        result = number_of(Fraction(value), percent=column.kind is Kind.PERCENT)
        sheet.write_formula(row, number, formula, cell_format, result)


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
