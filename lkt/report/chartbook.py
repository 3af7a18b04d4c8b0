"""The workbook inside a chart, which Word opens for "Edit Data".

XlsxWriter makes all of it but its cells, once for all charts that are written alike; a report's own cells are
put into that. A whole workbook for each chart was the larger part of what a chart costs.
"""

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from xml.sax.saxutils import escape
from zipfile import ZipFile

from lkt.alamat import address, column_letters
from lkt.report.ledger import clean
from lkt.report.values import Chart
from lkt.report.zipping import zipped

SHEET = "Data"
_SHEET, _TEXTS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 - a workbook knows no zone; the same bytes on any day
_WIDTHS = (60, 24)
_EXTENT = re.compile(r'(?<=<dimension ref=")[^"]*')
_ESCAPE_OF_ITS_OWN = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # a spreadsheet reads _x0041_ as A
_PROBES = re.compile(r'<c r="(?:A2|B2)" s="(\d+)"')


@dataclass(frozen=True, slots=True)
class _Frame:
    """A workbook without cells.

    Attributes:
        parts: its parts but the sheet and its texts.
        head: the sheet up to its cells.
        tail: the sheet behind them.
        wrapped: the number of the format of texts.
        number: the number of the format of figures.
    """

    parts: tuple[tuple[str, bytes], ...]
    head: str
    tail: str
    wrapped: str
    number: str


def chart_workbook(chart: Chart) -> bytes:
    """The categories in column A, a series in each column after it, their names in row 1."""
    frame = _frame(chart.number_format, len(chart.series))
    extent = f"A1:{address(len(chart.categories) + 1, len(chart.series) + 1)}"
    rows = "".join(_rows(chart, frame))
    sheet = f"{_EXTENT.sub(extent, frame.head)}<sheetData>{rows}</sheetData>{frame.tail}"
    texts = _texts([*(series.name for series in chart.series), *chart.categories])
    parts = (*frame.parts, (_TEXTS, texts.encode()), (_SHEET, sheet.encode()))
    return zipped((name, data, True) for name, data in parts)


def cells(column: int, first: int, last: int) -> str:
    """The address of cells of one column, both counted from 0 as in ``chart_workbook``."""
    letters = column_letters(column + 1)
    begin, end = (f"${letters}${row + 1}" for row in (first, last))
    return f"{SHEET}!{begin}" if begin == end else f"{SHEET}!{begin}:{end}"


def _rows(chart: Chart, frame: _Frame) -> Iterator[str]:
    """The rows; the texts are numbered as they stand in them, the names of the series first."""
    columns = range(2, len(chart.series) + 2)
    yield _row(1, [_text(1, column, column - 2, frame) for column in columns])
    for place in range(len(chart.categories)):
        figures = (
            f'<c r="{address(place + 2, column)}" s="{frame.number}"><v>{value:f}</v></c>'
            for column, series in zip(columns, chart.series, strict=True)
            if (value := series.values[place]) is not None
        )
        yield _row(place + 2, [_text(place + 2, 1, len(columns) + place, frame), *figures])


def _row(number: int, content: Sequence[str]) -> str:
    return f'<row r="{number}">{"".join(content)}</row>'


def _text(row: int, column: int, number: int, frame: _Frame) -> str:
    return f'<c r="{address(row, column)}" s="{frame.wrapped}" t="s"><v>{number}</v></c>'


def _texts(texts: Sequence[str]) -> str:
    """The part in which a workbook keeps its texts."""
    written = (escape(_ESCAPE_OF_ITS_OWN.sub("_x005F_", clean(text))) for text in texts)
    items = "".join(f'<si><t xml:space="preserve">{text}</t></si>' for text in written)
    count = f'count="{len(texts)}" uniqueCount="{len(texts)}"'
    return f'{_DECLARATION}<sst xmlns="{_NAMESPACE}" {count}>{items}</sst>'


@lru_cache(maxsize=16)
def _frame(number_format: str, series: int) -> _Frame:
    """The workbook for charts with so many series whose figures are written so."""
    from xlsxwriter.workbook import Workbook  # noqa: PLC0415 - only a report with charts pays for it

    buffer = io.BytesIO()
    book = Workbook(buffer, {"in_memory": True})
    book.set_properties({"created": _CREATED})
    sheet = book.add_worksheet(SHEET)
    wrapped, number = book.add_format({"text_wrap": True}), book.add_format()
    number.set_num_format(number_format)
    sheet.set_column(0, 0, _WIDTHS[0], wrapped)
    sheet.set_column(1, series, _WIDTHS[1])
    sheet.write_string(1, 0, SHEET, wrapped)  # both cells tell the numbers of their formats, and go
    sheet.write_number(1, 1, 1, number)
    book.close()
    with ZipFile(buffer) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    del parts[_TEXTS]
    head, _, rest = parts.pop(_SHEET).decode().partition("<sheetData>")
    probes, _, tail = rest.partition("</sheetData>")
    return _Frame(tuple(sorted(parts.items())), head, tail, *_PROBES.findall(probes))
