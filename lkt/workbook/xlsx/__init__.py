"""The cells of a .xlsx file, read straight from its XML: bounded, without formulas, styles or drawings.

openpyxl builds an object for each font, border and cell, twelve times slower, and cannot be bounded on a file
with a merged range or a stray cell at XFD1048576. What is read here means the same as with
``openpyxl.load_workbook(data_only=True)``; a test compares the two.
"""

from lkt.workbook.xlsx.book import BookError, SheetCells, read_book

__all__ = ["BookError", "SheetCells", "read_book"]
