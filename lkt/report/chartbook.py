"""The workbook inside a chart, which Word opens for "Edit Data"."""

import io
from datetime import datetime

from lkt.report.ledger import clean
from lkt.report.values import Chart

SHEET = "Data"
_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 - a workbook knows no zone; the same bytes on any day
_WIDTHS = (60, 24)


def chart_workbook(chart: Chart) -> bytes:
    """The categories in column A, a series in each column after it, their names in row 1."""
    from xlsxwriter.workbook import Workbook  # noqa: PLC0415 - only a report with charts pays for it

    buffer = io.BytesIO()
    book = Workbook(buffer, {"in_memory": True})
    book.set_properties({"created": _CREATED})
    sheet = book.add_worksheet(SHEET)
    wrapped, number = book.add_format({"text_wrap": True}), book.add_format()
    number.set_num_format(chart.number_format)
    sheet.set_column(0, 0, _WIDTHS[0], wrapped)
    sheet.set_column(1, len(chart.series), _WIDTHS[1])
    for row, category in enumerate(chart.categories, 1):
        sheet.write_string(row, 0, clean(category), wrapped)
    for column, series in enumerate(chart.series, 1):
        sheet.write_string(0, column, clean(series.name), wrapped)
        for row, value in enumerate(series.values, 1):
            if value is not None:
                sheet.write_number(row, column, value, number)
    book.close()
    return buffer.getvalue()


def cells(column: int, first: int, last: int) -> str:
    """The address of cells of one column, both counted from 0 as in ``chart_workbook``."""
    from xlsxwriter.utility import xl_range_abs  # noqa: PLC0415 - only a report with charts pays for it

    return f"{SHEET}!{xl_range_abs(first, column, last, column)}"
