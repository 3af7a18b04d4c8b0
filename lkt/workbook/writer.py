"""From values to a standard workbook, driven by ``declaration``: input cells, live formulas, help."""

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING, Any, Protocol

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.workbook import Workbook

from lkt.calendar import Triwulan
from lkt.indonesian import normalize, squeeze
from lkt.workbook import declaration as formulas
from lkt.workbook import styles
from lkt.workbook.declaration import (
    DESA_DATE,
    IDENTITAS,
    KEYS,
    PETUNJUK,
    SHEET,
    SHEETS,
    TOTAL_LABELS,
    VERSION,
    Column,
    Key,
    Kind,
    Sheet,
)
from lkt.workbook.guide import Header, write_guide
from lkt.workbook.reader import newest
from lkt.workbook.styles import Formats, Look, Percent, Value

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

# From the references of the declaration's formulas to addresses, wherever things stand in a workbook ------
#
# The standard workbook and one that an office has rearranged differ in their ``Layout`` alone.


_REFERENCE = re.compile(r"\[([^\[\]]+)\]")
_PLAIN = re.compile("[A-Za-z]+")


class Layout(Protocol):
    """Where things stand in one workbook; sheets, headings and keys by their names in the declaration."""

    def letter(self, sheet: str, heading: str) -> str:
        """The letter of a column."""

    def cells(self, sheet: str, heading: str) -> str:
        """The data range of a column as an absolute reference, without its sheet."""

    def title(self, sheet: str) -> str:
        """A sheet's name as written in the file."""

    def key(self, label: str) -> str:
        """The absolute address of the value of a key of sheet Identitas, with its sheet."""

    def deadline(self, document: str) -> str:
        """The absolute address of the deadline of a document, with its sheet."""

    def on_time(self) -> str:
        """The counts in the row Jumlah of sheet Desa, as arguments of a function."""


@dataclass(frozen=True, slots=True)
class FormulaSpot:
    """The cell that a formula is made for."""

    sheet: str
    row: int
    heading: str


def resolve(formula: str, spot: FormulaSpot, layout: Layout) -> str:
    """A formula of the declaration with addresses for its references.

    What the layout raises for a thing that is not there is passed on.
    """
    return _REFERENCE.sub(lambda found: _address(found[1], spot, layout), formula)


def _address(name: str, spot: FormulaSpot, layout: Layout) -> str:
    special = {
        "*": lambda: layout.cells(spot.sheet, spot.heading),
        "sel": lambda: f"{layout.letter(spot.sheet, spot.heading)}{spot.row}",
        "batas": lambda: layout.deadline(spot.heading),
        "Desa.jumlah": layout.on_time,
    }
    if name in special:
        return special[name]()
    sheet, dot, heading = name.partition(".")
    if not dot:
        return f"{layout.letter(spot.sheet, name)}{spot.row}"
    if sheet == IDENTITAS:
        return layout.key(heading)
    return f"{quoted(layout.title(sheet))}!{layout.cells(sheet, heading)}"


def quoted(title: str) -> str:
    """The name of a sheet as it stands in a reference."""
    return title if _PLAIN.fullmatch(title) else "'{}'".format(title.replace("'", "''"))


# From values to a standard workbook, driven by ``declaration``: input cells, live formulas, help ----------
#
# The bytes depend on the values alone: the same content always gives the same file.


Row = Mapping[str, Value]
"""One row: heading -> value."""

Contents = Mapping[str, Sequence[Row]]
"""Sheet -> its rows. Identitas has the headings Isian and Nilai; a total row is a last row named Jumlah."""

_TOTALS = frozenset(map(normalize, TOTAL_LABELS))
_SPARE_ROWS = 3
_OPEN_END = 1000
_CREATED = datetime(2025, 1, 1)  # noqa: DTZ001 - a fixed stamp of the file, in no time zone
_DATA_SHEET = re.compile(r"xl/worksheets/sheet(?!1\.)\d+\.xml")
_FIXED_HEIGHT = re.compile(rb'(<row r="(?!1")\d+"[^>]*) customHeight="1"')
_NOTHING = " "
"""A formula result that shows nothing; XlsxWriter turns an empty text into "never calculated"."""


def write_workbook(
    contents: Contents, cached: Mapping[tuple[str, str], object] | None = None, *, spare: bool = True
) -> bytes:
    """The bytes of a standard workbook.

    A value that is given for a derived cell is written instead of its formula, as if typed over it.

    Args:
        contents: the rows of each sheet; what is missing stays blank, a blank setting has its default.
        cached: (sheet, address) -> the result that a formula cell shows before anything calculates it;
            a number, or "" for nothing.
        spare: offer empty rows below those given.

    Raises:
        ValueError: a sheet or a heading that the standard workbook does not have.
    """
    plans = _plan_sheets(contents, spare=spare)
    values = _identitas_values(contents)
    data = io.BytesIO()
    book = Workbook(data, {"in_memory": True})
    _describe(book, values)
    formats = Formats(book)
    guide, front = book.add_worksheet(PETUNJUK), book.add_worksheet(IDENTITAS)
    _write_guide(guide, formats, values)
    _write_identitas(front, formats, values)
    writer = _WorkbookWriter(formats, plans, cached or {})
    for plan in plans.values():
        writer.write(book.add_worksheet(plan.sheet.name), plan)
    for sheet in book.worksheets():
        _set_up_page(sheet, str(values["Ukuran Kertas"]))
    book.close()
    return _with_free_heights(data.getvalue())


# What will stand where -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Plan:
    """One sheet as it will stand; rows count from 1 as in addresses.

    Attributes:
        sheet: its declaration.
        columns: its columns, those of the documents of sheet Desa included.
        rows: the rows that are given.
        last: the last row for data, prepared ones included.
        total: what is given for the row Jumlah; None where the sheet has no such row.
        due: heading -> the cell of the deadline, for the documents of sheet Desa.
    """

    sheet: Sheet
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    last: int
    total: Row | None
    due: Mapping[str, str]

    def letter(self, heading: str) -> str:
        """The letter of a column."""
        number = [column.heading for column in self.columns].index(heading)
        return str(xl_col_to_name(number))

    def values(self, row: int) -> Row:
        """What is given for a row; nothing for a prepared one."""
        return self.rows[row - 2] if row - 2 < len(self.rows) else {}

    def cells(self, heading: str) -> str:
        """The data range of a column as an absolute reference.

        Without a row Jumlah below, it reaches beyond the prepared rows.
        """
        letter = self.letter(heading)
        end = self.last if self.total is not None else max(self.last, _OPEN_END)
        return f"${letter}$2:${letter}${end}"


def _plan_sheets(contents: Contents, *, spare: bool) -> dict[str, _Plan]:
    unknown = contents.keys() - {IDENTITAS, *SHEET}
    if unknown:
        raise ValueError(f"no such sheet in the standard workbook: {sorted(unknown)}")
    return {sheet.name: _plan(sheet, contents, spare=spare) for sheet in SHEETS}


def _plan(sheet: Sheet, contents: Contents, *, spare: bool) -> _Plan:
    due = _documents(contents) if sheet.field == "desa" else {}
    dates = [replace(DESA_DATE, heading=name) for name in due]
    columns = (*sheet.columns[:-1], *dates, sheet.columns[-1]) if dates else sheet.columns
    rows = tuple(contents.get(sheet.name, ()))
    unknown = {heading for row in rows for heading in row} - {column.heading for column in columns}
    if unknown:
        raise ValueError(f"no such column on sheet {sheet.name}: {sorted(unknown)}")
    total: Row | None = {} if sheet.total_label else None
    if total is not None and rows and _says_total(rows[-1].get(sheet.total_label)):
        *others, total = rows
        rows = tuple(others)
    room = max(len(rows) + _SPARE_ROWS, sheet.prepared) if spare else max(len(rows), 1)
    return _Plan(sheet, columns, rows, 1 + room, total, due)


def _documents(contents: Contents) -> dict[str, str]:
    """Name of each document -> the cell of its deadline."""
    column = [column.field for column in SHEET["Dokumen"].columns].index("batas_waktu")
    return {
        str(row["Dokumen"]): f"Dokumen!${xl_col_to_name(column)}${number}"
        for number, row in enumerate(contents.get("Dokumen", ()), 2)
        if row.get("Dokumen")
    }


def _says_total(value: Value) -> bool:
    return isinstance(value, str) and normalize(value) in _TOTALS


def _identitas_values(contents: Contents) -> dict[str, Value]:
    """Label -> value in the order of the sheet; keys that the declaration lacks come last."""
    given = {str(row["Isian"]): row.get("Nilai") for row in contents.get(IDENTITAS, ())}
    declared = {key.label: _key_value(key, given.get(key.label)) for key in KEYS}
    return {**declared, **{label: value for label, value in given.items() if label not in declared}}


def _key_value(key: Key, value: Value) -> Value:
    """The value or its default; figures among the choices as numbers, as a dropdown enters them."""
    if key.label == VERSION:
        return newest()  # whatever the contents say: the sheets are written by the newest declaration
    value = key.default if value in {None, ""} else value
    figure = isinstance(value, str) and value.isdecimal() and (key.kind is Kind.WHOLE or key.choices)
    return int(str(value)) if figure else value


# Formulas ------------------------------------------------------------------------------------------------


def _key_cell(label: str) -> str:
    row = [key.label for key in KEYS].index(label) + 2
    return f"{IDENTITAS}!$B${row}"


@dataclass(frozen=True, slots=True)
class _Arrangement:
    """The layout of the workbook that is being written."""

    plans: Mapping[str, _Plan]

    def letter(self, sheet: str, heading: str) -> str:
        return self.plans[sheet].letter(heading)

    def cells(self, sheet: str, heading: str) -> str:
        return self.plans[sheet].cells(heading)

    def title(self, sheet: str) -> str:
        return sheet

    def key(self, label: str) -> str:
        return _key_cell(label)

    def deadline(self, document: str) -> str:
        return self.plans["Desa"].due[document]

    def on_time(self) -> str:
        """The counts under the documents of sheet Desa; 0 where there are no documents."""
        desa = self.plans["Desa"]
        letters = [desa.letter(name) for name in desa.due]
        row = desa.last + 1
        return f"Desa!${letters[0]}${row}:${letters[-1]}${row}" if letters else "0"


# Sheets --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _WorkbookWriter:
    """Writes one sheet after another."""

    formats: Formats
    plans: Mapping[str, _Plan]
    cached: Mapping[tuple[str, str], object]

    def write(self, sheet: "Worksheet", plan: _Plan) -> None:
        """One sheet with its headings, rows, row Jumlah and help."""
        _write_headings(sheet, self.formats, plan.columns)
        for row in range(2, plan.last + 1):
            values = plan.values(row)
            sheet.set_row(
                row - 1,
                styles.row_height((values.get(column.heading), column.width) for column in plan.columns),
            )
        for number, column in enumerate(plan.columns):
            for row in range(2, plan.last + 1):
                self._write_cell(sheet, plan, row, number, column)
            if plan.total is not None:
                self._write_total(sheet, plan, number, column)
            self._validate(sheet, plan, number, column)
        for condition in styles.CONDITIONS:
            if condition.sheet == plan.sheet.name:
                self._add_condition(sheet, plan, condition)
        _arrange(sheet, plan)

    def _write_cell(self, sheet: "Worksheet", plan: _Plan, row: int, number: int, column: Column) -> None:
        value = plan.values(row).get(column.heading)
        shown = styles.number_format(column.field, column.kind, value, derived=column.derived)
        aligned = styles.alignment(column.kind, column.width)
        cell_format = self.formats.get(styles.look_of(column), shown, **aligned)
        if value in {None, ""} and column.derived:
            formula = self._resolve(column.formula, plan, row, column.heading)
            prepared = row - 2 >= len(plan.rows)
            result = self._result(plan, row, number, _NOTHING if prepared else "")
            sheet.write_formula(row - 1, number, formula, cell_format, result)
        else:
            _write_value(sheet, row - 1, number, value, cell_format)

    def _write_total(self, sheet: "Worksheet", plan: _Plan, number: int, column: Column) -> None:
        row = plan.last + 1
        value = (plan.total or {}).get(column.heading)
        if value is None and column.heading == plan.sheet.total_label:
            value = TOTAL_LABELS[0]
        kind = Kind.WHOLE if column.kind is Kind.DATE else column.kind
        shown = styles.number_format(column.field, kind, value)
        aligned = (
            {"align": "center"} if column.kind is Kind.DATE else styles.alignment(column.kind, column.width)
        )
        cell_format = self.formats.get(Look.TOTAL, shown, **aligned)
        if value in {None, ""} and column.total:
            formula = self._resolve(column.total, plan, row, column.heading)
            empty: object = 0 if column.kind is Kind.MONEY else _NOTHING
            result = self._result(plan, row, number, "" if plan.rows else empty)
            sheet.write_formula(row - 1, number, formula, cell_format, result)
        else:
            _write_value(sheet, row - 1, number, value, cell_format)

    def _resolve(self, formula: str, plan: _Plan, row: int, heading: str) -> str:
        """A formula of the declaration for one cell."""
        return resolve(formula, FormulaSpot(plan.sheet.name, row, heading), _Arrangement(self.plans))

    def _result(self, plan: _Plan, row: int, number: int, unknown: object) -> object:
        """What a formula cell shows until something calculates it."""
        address = f"{xl_col_to_name(number)}{row}"
        match self.cached.get((plan.sheet.name, address)):
            case None:
                return unknown
            case "":
                return _NOTHING
            case Decimal() | Fraction() as result:
                return float(result)
            case result:
                return result

    def _validate(self, sheet: "Worksheet", plan: _Plan, number: int, column: Column) -> None:
        options = self._validation(plan, column)
        if options is not None:
            sheet.data_validation(1, number, plan.last - 1, number, options)
        if plan.total is not None and column.total:
            sheet.data_validation(plan.last, number, plan.last, number, styles.formula_guard())

    def _validation(self, plan: _Plan, column: Column) -> dict[str, Any] | None:
        if column.field == "realisasi" and column.derived:
            return styles.formula_guard(self._resolve(formulas.TYPED_REALISASI, plan, 2, column.heading))
        if column.derived:
            return styles.formula_guard()
        if column.field == "indikator" and column.kind is Kind.WHOLE:
            cells = f"Indikator!{self.plans['Indikator'].cells('No')}"
            return styles.numbers_of(cells, cells.partition(":")[0])
        return styles.validation(column.field, column.kind, column.choices)

    def _add_condition(self, sheet: "Worksheet", plan: _Plan, condition: styles.Condition) -> None:
        for number, column in enumerate(plan.columns):
            if column.field == condition.field:
                criteria = self._resolve(condition.formula, plan, 2, column.heading)
                cell_format = self.formats.condition(condition.look, condition.number_format)
                options = {"type": "formula", "criteria": criteria, "format": cell_format}
                sheet.conditional_format(1, number, plan.last - 1, number, options)


def _write_headings(sheet: "Worksheet", formats: Formats, columns: Sequence[Column]) -> None:
    """Row 1 with the widths of the columns and a note on each heading."""
    height = 1
    for number, column in enumerate(columns):
        look = Look.HEADING_COMPUTED if column.derived else Look.HEADING
        sheet.write_string(0, number, column.heading, formats.get(look))
        sheet.set_column(number, number, column.width)
        note = styles.note_of(column)
        sheet.write_comment(0, number, note, styles.note_options(note))
        height = max(height, ceil((len(column.heading) + 4) / column.width))
    sheet.set_row(0, styles.LINE_HEIGHT * height + 10)


def _arrange(sheet: "Worksheet", plan: _Plan) -> None:
    """What stays in view, the filter, the tab, and the page."""
    name, last_column = plan.sheet.name, len(plan.columns) - 1
    sheet.freeze_panes(1, styles.FROZEN_COLUMNS.get(name, 0))
    if name in styles.FILTERED:
        sheet.autofilter(0, 0, plan.last - 1, last_column)
    sheet.set_tab_color(styles.NAVY if plan.sheet.required else styles.LINE)
    if sum(column.width for column in plan.columns) > styles.WIDE:
        sheet.set_landscape()
    sheet.repeat_rows(0)
    sheet.ignore_errors({"number_stored_as_text": f"A2:{xl_col_to_name(last_column)}{plan.last}"})


def _write_value(sheet: "Worksheet", row: int, column: int, value: Value, cell_format: "Format") -> None:
    match value:
        case None | "":
            sheet.write_blank(row, column, None, cell_format)
        case str():
            _write_text(sheet, row, column, value, cell_format)
        case Percent():
            sheet.write_number(row, column, float(value.points / 100), cell_format)
        case date():
            sheet.write_datetime(row, column, value, cell_format)
        case int() | Decimal():
            sheet.write_number(row, column, float(value), cell_format)


def _write_text(sheet: "Worksheet", row: int, column: int, text: str, cell_format: "Format") -> None:
    """XlsxWriter takes a text that begins and ends as a run of its own for XML; as two runs it is text."""
    if text.startswith("<r>") and text.rstrip("\n").endswith("</r>"):
        rest = "".join(letter for letter in text[1:] if letter >= " " or letter in "\n\t")
        sheet.write_rich_string(row, column, text[0], cell_format, rest, cell_format)
    else:
        sheet.write_string(row, column, text, cell_format)


# Identitas, Petunjuk, and the book -----------------------------------------------------------------------

_IDENTITAS_COLUMNS = (
    Column("Isian", "isian", Kind.TEXT, "Nama isian; jangan diubah.", 26, filled=True),
    Column("Nilai", "nilai", Kind.TEXT, "Isi di kolom ini. Yang berwarna krem wajib diisi.", 48, filled=True),
    Column("Keterangan", "keterangan", Kind.TEXT, "Penjelasan setiap isian; tidak dicetak.", 84),
)


def _write_identitas(sheet: "Worksheet", formats: Formats, values: Mapping[str, Value]) -> None:
    """One line a key: label, value, help."""
    _write_headings(sheet, formats, _IDENTITAS_COLUMNS)
    keys = {key.label: key for key in KEYS}
    for row, (label, value) in enumerate(values.items(), 1):
        _write_key(
            sheet, formats, row, keys.get(label, Key(label, label, Kind.TEXT, "", filled=False)), value
        )
    sheet.freeze_panes(1, 0)
    sheet.set_tab_color(styles.NAVY)
    sheet.set_landscape()
    sheet.repeat_rows(0)
    sheet.ignore_errors({"number_stored_as_text": f"B2:B{len(values) + 1}"})


def _write_key(sheet: "Worksheet", formats: Formats, row: int, key: Key, value: Value) -> None:
    note = f"Wajib. {key.help}" if key.filled else key.help
    shown = styles.number_format(key.field, key.kind, value)
    sheet.write_string(row, 0, key.label, formats.get(Look.LABEL, bold=key.filled))
    _write_value(
        sheet, row, 1, value, formats.get(_look_of_key(key), shown, align="left", indent=1, text_wrap=True)
    )
    sheet.write_string(row, 2, note, formats.get(Look.HELP))
    widths = [column.width for column in _IDENTITAS_COLUMNS]
    sheet.set_row(row, styles.row_height(zip((key.label, value, note), widths, strict=True)))
    options = styles.validation(key.field, key.kind, key.choices)
    if options is not None:
        sheet.data_validation(row, 1, row, 1, options)


def _look_of_key(key: Key) -> Look:
    if key.field == "versi_format":
        return Look.COMPUTED
    return Look.REQUIRED if key.filled else Look.OPTIONAL


def _write_guide(sheet: "Worksheet", formats: Formats, values: Mapping[str, Value]) -> None:
    year, days = values["Tahun"], values["Batas Hari Kerja"]
    known = isinstance(year, int) and 2000 <= year <= 2100
    working_days = days if isinstance(days, int) and 1 <= days <= 60 else 5
    write_guide(
        sheet, formats, _header(values), year if known and isinstance(year, int) else None, working_days
    )
    sheet.hide_gridlines(2)
    sheet.hide_row_col_headers()
    sheet.set_tab_color(styles.SLATE)
    sheet.activate()


def _header(values: Mapping[str, Value]) -> Header:
    """The line of sheet Petunjuk that follows sheet Identitas."""
    name, year, quarter = (_key_cell(label) for label in ("Kecamatan", "Tahun", "Triwulan"))
    blank = "Isi dahulu lembar Identitas."
    formula = (
        f'=IF(OR({name}="",N({year})=0,N({quarter})=0),"{blank}",'
        f'"Kecamatan "&{name}&", Triwulan "&ROMAN({quarter})&" Tahun "&{year})'
    )
    period = _period(values)
    return Header(formula, f"Kecamatan {period}" if period else blank)


def _period(values: Mapping[str, Value]) -> str:
    """Kecamatan, quarter and year in one line; empty where one of the three is unknown."""
    year, quarter = values["Tahun"], values["Triwulan"]
    name = squeeze(str(values["Kecamatan"] or ""))
    if not name or not isinstance(year, int) or quarter not in {1, 2, 3, 4}:
        return ""
    return f"{name}, {Triwulan(year, int(str(quarter)))}"


def _describe(book: Workbook, values: Mapping[str, Value]) -> None:
    """The properties of the file, with a fixed stamp."""
    period = _period(values)
    book.set_properties(
        {
            "title": "Buku Kerja Laporan Kinerja Triwulan",
            "subject": f"Kecamatan {period}" if period else "",
            "author": "lkt",
            "category": "Laporan kinerja",
            "keywords": "laporan kinerja, kecamatan, triwulan",
            "comments": "Buku kerja baku untuk menyusun laporan kinerja triwulan Camat.",
            "created": _CREATED,
        }
    )


def _set_up_page(sheet: "Worksheet", paper: str) -> None:
    """Paper, margins and a footer; one page wide, and as many long as the rows take."""
    sheet.set_paper(styles.PAPER.get(paper, styles.PAPER["F4"]))
    sheet.fit_to_pages(1, int(sheet.name in {PETUNJUK, IDENTITAS}))
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    sheet.set_footer("&L&9&A&R&9Halaman &P dari &N")


def _with_free_heights(data: bytes) -> bytes:
    """The heights of data rows as a start only, so that a row still grows with what is typed into it.

    XlsxWriter marks every height as fixed by the user.
    """
    rewritten = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(rewritten, "w") as target:
        for entry in source.infolist():
            part = source.read(entry)
            if _DATA_SHEET.fullmatch(entry.filename):
                part = _FIXED_HEIGHT.sub(rb"\1", part)
            target.writestr(entry, part)
    return rewritten.getvalue()
