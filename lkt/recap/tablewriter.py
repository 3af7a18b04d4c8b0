"""A table of the recap on its sheet: native, with live formulas, the values they come to, and marks."""

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from math import ceil
from typing import Any

from xlsxwriter.utility import xl_col_to_name

from lkt.recap.cells import is_formula_like, is_long, look_of, number_of, qualified, text_of
from lkt.recap.sheet import Row, RowSheet, array_formula, blank, figure, formula, style_of, text
from lkt.recap.sheet import told as formula_told
from lkt.recap.survey import Cell, Survey, Texts, survey
from lkt.recap.tables import TOP, Column, Kind, Mark, Table
from lkt.workbook.styles import LINE_HEIGHT, NAVY, Formats, Look

_SUBTOTALS = {"sum": 109, "average": 101}


def write_table(sheet: RowSheet, formats: Formats, table: Table) -> None:
    """The title, the table, and how the sheet is shown."""
    sheet.write_string(0, 0, text_of(table.title), formats.get(Look.SECTION, bottom=0))
    sheet.write_string(1, 0, text_of(table.note), formats.get(Look.BODY, text_wrap=False, indent=0))
    found = survey(table)
    _frame(sheet, formats, table, found)
    writers = []
    for number, texts in enumerate(found.texts):
        writers.append(_writer(sheet, formats, table, number, texts))
        if table.total:
            _write_total(sheet, formats, table, number, found)
        if found.number:
            _mark(sheet, formats, table, number, found.last)
    if found.number:
        sheet.make_rows(TOP + 1, found.number, len(writers), _rows(found, writers))
    else:
        _write_nothing(sheet, formats, table)
    sheet.freeze_panes(TOP + 1, table.frozen)
    sheet.repeat_rows(TOP)
    codes = {"number_stored_as_text": f"A1:XFD{found.last + 2}", "calculated_column": "A1:XFD1048576"}
    sheet.ignore_errors(codes)


# The table --------------------------------------------------------------------------------------------------


def _frame(sheet: RowSheet, formats: Formats, table: Table, found: Survey) -> None:
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

Writer = Callable[[int, Cell], str]
"""(number of the row, from 1; what the cell holds) -> the text of the cell."""


def _rows(found: Survey, writers: Sequence[Writer]) -> Iterator[Row]:
    for number, (height, cells) in enumerate(found.rows, start=TOP + 2):
        yield height, [write(number, cell) for write, cell in zip(writers, cells, strict=True)]


def _writer(sheet: RowSheet, formats: Formats, table: Table, number: int, found: Texts) -> Writer:
    """What writes the cells of a column; its texts are entered among the shared ones now."""
    column, letter = table.columns[number], xl_col_to_name(number)
    told = formula_told(qualified(column.formula, table.name))
    computed = array_formula if column.formula.startswith("{") else formula
    texts, styles = found.texts, _styles(formats, column)
    seen: dict[int, int] = {}
    numbers = [sheet.number_of(text_of(each), times) for each, times in zip(texts, found.times, strict=True)]

    def write(row: int, cell: Cell) -> str:
        place = f"{letter}{row}"
        if isinstance(cell, int):
            if cell not in seen:
                seen[cell] = styles(texts[cell])
            return text(place, seen[cell], numbers[cell])
        style = styles("")
        if cell is None:
            return blank(place, style)
        return computed(place, style, told, cell) if told else figure(place, style, cell)

    return write


def _styles(formats: Formats, column: Column) -> Callable[[str], int]:
    """The number of the format that a text, or "" for any other value, has in a column; there are four."""
    known: dict[tuple[bool, bool], int] = {}

    def style(value: str) -> int:
        kind = is_formula_like(value), is_long(value)
        if kind not in known:
            known[kind] = style_of(look_of(formats, column, value))
        return known[kind]

    return style


# The row below ---------------------------------------------------------------------------------------------


def _write_total(sheet: RowSheet, formats: Formats, table: Table, number: int, found: Survey) -> None:
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
