"""Rows that are made while the file is written, held against what XlsxWriter writes by itself."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

from lkt.recap.spreadsheet import (
    TOP,
    CellMark,
    RecapTable,
    RowSheet,
    TableColumn,
    TableKind,
    Value,
    look_of,
    number_of,
    qualified,
    shown,
    write_table,
)
from lkt.workbook.styles import Formats, row_height

TEXTS = st.one_of(
    st.sampled_from(
        ["", "=1+1", "-5", "\t", " x ", "a\nb", "_x0041_", "\x00", "<&>", "🌾" * 17_000, "kata " * 60]
    ),
    st.text(max_size=8),
)
NUMBERS = st.one_of(st.none(), st.integers(), st.fractions(), st.just(Fraction(10**400)))
DAYS = st.one_of(st.none(), st.dates(), st.just(date(1900, 2, 28)))
KINDS: tuple[tuple[TableKind, st.SearchStrategy[Any], str, CellMark], ...] = (
    (TableKind.CENTRED, NUMBERS, "", CellMark.NONE),
    (TableKind.TEXT, TEXTS, "", CellMark.NONE),
    (TableKind.DATE, DAYS, "", CellMark.NONE),
    (TableKind.CENTRED, TEXTS, "", CellMark.NOT_DONE),
    (TableKind.MONEY, NUMBERS, '=SUMIFS([@A],"<&")', CellMark.NONE),
    (TableKind.PERCENT, NUMBERS, "{=MIN(IF([@A]<>1,2))}", CellMark.BAR),
)
ROWS = st.lists(st.tuples(*(values for _, values, _, _ in KINDS)), min_size=1, max_size=20)


def column(number: int) -> TableColumn:
    kind, _, formula, mark = KINDS[number]
    return TableColumn("ABCDEF"[number], 20, kind, lambda row: row[number], formula, mark=mark)


TABLE = RecapTable(
    "Uji", "Uji", "Judul", "Catatan", tuple(map(column, range(len(KINDS)))), (), total="Jumlah"
)


class AsUsual(RowSheet):
    """A sheet that makes no rows, and takes each cell."""

    def make_rows(self, *_: object) -> None:
        pass

    def number_of(self, *_: object) -> int:
        return 0

    def take(self, place: tuple[int, int], each: TableColumn, value: Value, cell_format: Format) -> None:
        """One cell, by what XlsxWriter offers."""
        seen = shown(value)
        if isinstance(seen, int | Fraction):
            result = number_of(seen, percent=each.kind is TableKind.PERCENT)
            formula = qualified(each.formula, "Uji")
            if formula.startswith("{"):
                self.write_array_formula(*place, *place, formula, cell_format, result)
            elif formula:
                self.write_formula(*place, formula, cell_format, result)
            else:
                self.write_number(*place, result, cell_format)
        elif isinstance(seen, date):
            self.write_datetime(*place, seen, cell_format)
        elif seen is None:
            self.write_blank(*place, None, cell_format)
        else:
            self.write_string(*place, seen, cell_format)


def made(table: RecapTable, kind: type[RowSheet]) -> tuple[str, str]:
    """The sheet with its texts in their places, and the styles."""
    data = io.BytesIO()
    with Workbook(data, {"in_memory": True}) as book:
        sheet, formats = book.add_worksheet("Uji", kind), Formats(book)
        write_table(sheet, formats, table)
        if isinstance(sheet, AsUsual):
            for row, source in enumerate(table.rows, start=TOP + 1):
                for number, each in enumerate(table.columns):
                    value = each.value(source)
                    sheet.take((row, number), each, value, look_of(formats, each, value))
                wrapped = (each for each in table.columns if each.kind in {TableKind.TEXT, TableKind.CENTRED})
                texts = ((each.value(source), each.width) for each in wrapped)
                sheet.set_row(
                    row, row_height((text, width) for text, width in texts if isinstance(text, str))
                )
    with zipfile.ZipFile(data) as parts:
        names = ("worksheets/sheet1", "sharedStrings", "styles")
        found, strings, styles = (parts.read(f"xl/{name}.xml").decode() for name in names)
    shared = re.findall("<si>.*?</si>", strings, re.DOTALL)
    told = re.sub(r't="s"><v>(\d+)</v>', lambda match: shared[int(match[1])], found)
    return re.sub(r'(<row r="(?![1-4]")\d+"[^>]*) customHeight="1"', r"\1", told), styles


@settings(max_examples=60, deadline=None)
@given(ROWS)
def test_rows_are_written_as_xlsxwriter_does(rows: list[tuple[Value, ...]]) -> None:
    table = replace(TABLE, rows=rows)
    assert made(table, RowSheet) == made(table, AsUsual)


def test_no_row_is_made_before_it_is_written() -> None:
    """What is kept of a row is the numbers of its texts."""
    rows = [(number, f"baris {number}", None, "", number, number) for number in range(100)]
    book = Workbook(io.BytesIO(), {"in_memory": True})
    sheet = book.add_worksheet("Uji", RowSheet)
    write_table(sheet, Formats(book), replace(TABLE, rows=rows))
    assert sorted(sheet.table) == [0, 1, TOP, TOP + 101]
    book.close()
