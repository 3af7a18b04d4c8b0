"""Reports and sheets as offices have them, made from plain text.

A line with tabs is a row of a table, and rows that follow each other are one table. ``←`` merges a cell
with the one on its left, ``↑`` with the one above, ``⏎`` begins a paragraph in it. A line that begins with
``# `` is an item that Word numbers, one with ``* `` a heading by its style; all else is a paragraph.
"""

import io
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from docx.table import Table
from openpyxl import Workbook

FOLDER = Path(__file__).parent


def report(text: str) -> bytes:
    """A Word report."""
    document = Document()
    for is_table, lines in _blocks(text):
        if is_table:
            _add_table(document, [line.split("\t") for line in lines])
            continue
        for line in filter(None, map(str.strip, lines)):
            mark, _, rest = line.partition(" ")
            style = {"#": "List Number", "*": "Heading 2"}.get(mark)
            document.add_paragraph(rest if style else line, style)
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def sheets(text: str) -> bytes:
    """An Excel workbook; ``== Name`` begins a sheet, and figures become numbers."""
    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    sheet = None
    row = 0
    for line in text.strip("\n").split("\n"):
        if line.startswith("== "):
            sheet, row = book.create_sheet(line[3:]), 0
            continue
        assert sheet is not None
        row += 1
        cells = line.split("\t")
        for column, cell in enumerate(cells, 1):
            if cell not in {"←", "↑", ""}:
                sheet.cell(row, column, int(cell) if cell.isdecimal() else cell)
        for first, last in _spans(cells):
            below = 0
            sheet.merge_cells(start_row=row, start_column=first + 1, end_row=row + below, end_column=last + 1)
        for column, cell in enumerate(cells, 1):
            if cell == "↑":
                area = next(
                    (each for each in sheet.merged_cells.ranges if (row - 1, column) in each.cells), None
                )
                start = area.min_row if area is not None else row - 1
                if area is not None:
                    sheet.unmerge_cells(str(area))
                sheet.merge_cells(start_row=start, start_column=column, end_row=row, end_column=column)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def _blocks(text: str) -> Iterator[tuple[bool, list[str]]]:
    for is_table, lines in groupby(text.split("\n"), lambda line: "\t" in line):
        yield is_table, list(lines)


def _spans(cells: Sequence[str]) -> Iterator[tuple[int, int]]:
    """First and last place of what is merged in a row."""
    start = 0
    for place in range(1, len(cells) + 1):
        if place == len(cells) or cells[place] != "←":
            if place - 1 > start:
                yield start, place - 1
            start = place


def _add_table(document: WordDocument, rows: Sequence[Sequence[str]]) -> None:
    table = document.add_table(len(rows), max(map(len, rows)))
    for number, cells in enumerate(rows):
        for place, text in enumerate(cells):
            if text not in {"←", "↑"}:
                first, *others = text.split("⏎")
                cell = table.cell(number, place)
                cell.text = first
                for other in others:
                    cell.add_paragraph(other)
    for number, cells in enumerate(rows):
        _merge_row(table, number, cells)
    for number, cells in enumerate(rows):
        for place, text in enumerate(cells):
            if text == "↑":
                table.cell(number - 1, place).merge(table.cell(number, place))


def _merge_row(table: Table, number: int, cells: Sequence[str]) -> None:
    for first, last in _spans(cells):
        table.cell(number, first).merge(table.cell(number, last))
