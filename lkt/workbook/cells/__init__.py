"""One raw cell to a value or a problem. Pure: no file, no openpyxl, and no content of a cell raises.

A cell with one reading gives a value; one with two gives both as candidates, and nobody picks. A cell is
blank when nothing or only spaces stand in it; in a number or a date cell also when it holds only dashes,
which people write for "none".
"""

from lkt.workbook.cells.dates import date_order_evidence, read_date
from lkt.workbook.cells.display import as_written, is_seen
from lkt.workbook.cells.numbers import read_measure, read_money, read_number, read_percent, read_whole
from lkt.workbook.cells.raw import Raw, Reading
from lkt.workbook.cells.texts import read_choice, read_text

__all__ = [
    "Raw", "Reading", "as_written", "date_order_evidence", "is_seen", "read_choice", "read_date",
    "read_measure", "read_money", "read_number", "read_percent", "read_text", "read_whole",
]  # fmt: skip
