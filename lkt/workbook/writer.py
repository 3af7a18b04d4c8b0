"""From values to a standard workbook, driven by ``declaration``: input cells, live formulas, help.

The bytes depend on the values alone: the same contents always give the same file.
"""

import io
import re
import zipfile
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING, Any

from xlsxwriter.workbook import Workbook

from lkt.addresses import column_letters
from lkt.indonesian import normalize
from lkt.model import Terms, usual_terms
from lkt.workbook import styles
from lkt.workbook.declaration import (
    DESA_DATE,
    FORMAT_VERSION,
    IDENTITAS,
    KEYS,
    PETUNJUK,
    SHEET,
    SHEETS,
    TOTAL_LABELS,
    Column,
    Key,
    Kind,
    Sheet,
)
from lkt.workbook.guide import SheetState, key_cell, period_of, write_guide
from lkt.workbook.live_formulas import OPEN_END, TYPED_REALISASI, FormulaSpot, Layout, resolve
from lkt.workbook.styles import Formats, Look, Value
from lkt.xlsx import Percent

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Row = Mapping[str, Value]
"""One row: heading -> value."""

Contents = Mapping[str, Sequence[Row]]
"""Sheet -> its rows. Identitas has the headings Isian and Nilai; a total row is a last row named Jumlah."""

_SPARE_ROWS = 3
_MAY_BE_EMPTY = "kosong (boleh)"
_SHOWS_NOTHING = " "  # a formula result; XlsxWriter turns an empty text into "never calculated"


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
    if unknown := contents.keys() - {IDENTITAS, *SHEET}:
        raise ValueError(f"no such sheet in the standard workbook: {sorted(unknown)}")
    plans = {sheet.name: _plan(sheet, contents, spare=spare) for sheet in SHEETS}
    layout = _layout(plans)
    values = _identitas_values(contents)
    data = io.BytesIO()
    book = Workbook(data, {"in_memory": True})
    formats = Formats(book)
    guide, front = book.add_worksheet(PETUNJUK), book.add_worksheet(IDENTITAS)
    terms = _terms(values)
    _describe(book, values, terms)
    only = normalize(terms.desa) == "kelurahan"
    jenis = f"Indikator!{layout.cells('Indikator', 'Jenis')}"
    kinds = {str(row["Jenis"]) for row in plans["Indikator"].rows if row.get("Jenis")}
    filled = [_progress(plan, jenis, kinds, kelurahan_only=only) for plan in plans.values()]
    write_guide(guide, formats, values, [_identity_progress(values), *filled], terms)
    _write_identitas(front, formats, values, terms)
    for name, plan in plans.items():
        _SheetWriter(book.add_worksheet(name), formats, plan, layout, cached or {}, terms).write()
    header = period_of(values)[:100].replace("&", "&&")  # Excel takes 255 characters in all
    for sheet in book.worksheets():
        wide = sheet.name in plans and plans[sheet.name].width > styles.TWO_PAGES
        sheet.set_paper(styles.PAPER.get(str(values["Ukuran Kertas"]), styles.PAPER["F4"]))
        sheet.fit_to_pages(2 if wide else 1, int(sheet.name == PETUNJUK))  # as many long as the rows take
        sheet.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.7)
        sheet.set_header(f"&R&9{header}")
        sheet.set_footer("&L&9&A&R&9Halaman &P dari &N")
    book.close()
    return _with_free_heights(data.getvalue())


def _describe(book: Workbook, values: Mapping[str, Value], terms: Terms) -> None:
    """The properties of the file, with a fixed stamp."""
    book.set_properties(
        {
            "title": "Buku Kerja Laporan Kinerja Triwulan",
            "subject": period_of(values),
            "author": "lkt",
            "category": "Laporan kinerja",
            "keywords": terms.said("laporan kinerja, kecamatan, triwulan"),
            "comments": terms.said("Buku kerja baku untuk menyusun laporan kinerja triwulan Camat."),
            "created": datetime(2025, 1, 1),  # noqa: DTZ001 - in no time zone
        }
    )


def _with_free_heights(data: bytes) -> bytes:
    """The heights of data rows as a start only, so that a row still grows with what is typed into it.

    XlsxWriter marks every height as fixed by the user.
    """
    rewritten = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(rewritten, "w") as target:
        for entry in source.infolist():
            part = source.read(entry)
            if re.fullmatch(r"xl/worksheets/sheet(?!1\.)\d+\.xml", entry.filename):
                part = re.sub(rb'(<row r="(?!1")\d+"[^>]*) customHeight="1"', rb"\1", part)
            target.writestr(entry, part)
    return rewritten.getvalue()


# What will stand where ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Plan:
    """One sheet as it will stand; rows count from 1 as in addresses.

    Attributes:
        sheet: its declaration.
        columns: its columns, those of the documents of sheet Desa included.
        rows: the rows that are given.
        last: the last row for data, prepared ones included.
        total: what is given for the row Jumlah below ``last``; None where the sheet has no such row.
        due: heading -> the cell of the deadline, for the documents of sheet Desa.
    """

    sheet: Sheet
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    last: int
    total: Row | None
    due: Mapping[str, str]

    @property
    def width(self) -> float:
        """Of all columns that are shown, in characters."""
        return sum(column.width for column in self.columns if not column.folded)

    def values(self, row: int) -> Row:
        """What is given for a row; nothing for a prepared one."""
        return self.rows[row - 2] if row - 2 < len(self.rows) else {}


def _plan(sheet: Sheet, contents: Contents, *, spare: bool) -> _Plan:
    due = _deadlines(contents) if sheet.field == "desa" else {}
    dates = [replace(DESA_DATE, heading=name) for name in due]
    columns = (*sheet.columns[:-1], *dates, sheet.columns[-1])
    rows = list(contents.get(sheet.name, ()))
    if any(column.folded and row.get(column.heading) for row in rows for column in columns):
        columns = tuple(replace(column, folded=False) for column in columns)
    unknown = {heading for row in rows for heading in row} - {column.heading for column in columns}
    if unknown:
        raise ValueError(f"no such column on sheet {sheet.name}: {sorted(unknown)}")
    total: Row | None = {} if sheet.total_label else None
    if rows and total is not None:
        label = rows[-1].get(sheet.total_label)
        if isinstance(label, str) and normalize(label) in map(normalize, TOTAL_LABELS):
            total = rows.pop()
    room = max(len(rows) + _SPARE_ROWS, sheet.prepared) if spare else max(len(rows), 1)
    return _Plan(sheet, columns, tuple(rows), 1 + room, total, due)


def _deadlines(contents: Contents) -> dict[str, str]:
    """Name of each document -> the cell of its deadline."""
    fields = [column.field for column in SHEET["Dokumen"].columns]
    letter = column_letters(fields.index("batas_waktu") + 1)
    return {
        str(row["Dokumen"]): f"Dokumen!${letter}${number}"
        for number, row in enumerate(contents.get("Dokumen", ()), 2)
        if row.get("Dokumen")
    }


def _layout(plans: Mapping[str, _Plan]) -> Layout:
    """Where things stand in the workbook that is being written."""
    return Layout(
        titles={name: name for name in plans},
        letters={
            (name, column.heading): column_letters(number)
            for name, plan in plans.items()
            for number, column in enumerate(plan.columns, 1)
        },
        ends={
            name: max(plan.last, OPEN_END) if plan.total is None else plan.last
            for name, plan in plans.items()
        },
        keys={key.label: key_cell(key.label) for key in KEYS},
        due=plans["Desa"].due,
        total=plans["Desa"].last + 1,
    )


# The sheets with rows -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _SheetWriter:
    """Writes one sheet with its headings, rows, row Jumlah and help."""

    sheet: "Worksheet"
    formats: Formats
    plan: _Plan
    layout: Layout
    cached: Mapping[tuple[str, str], object]
    terms: Terms

    def write(self) -> None:
        """Fill the sheet."""
        sheet, plan, name = self.sheet, self.plan, self.plan.sheet.name
        _write_headings(sheet, self.formats, plan.columns, self.terms)
        for row in range(2, plan.last + 1):
            texts = [(plan.values(row).get(column.heading), column.width) for column in plan.columns]
            sheet.set_row(row - 1, styles.row_height(texts))
        for number, column in enumerate(plan.columns):
            for row in range(2, plan.last + 1):
                self._write_cell(row, number, column)
            if plan.total is not None:
                self._write_total(number, column, plan.total)
            self._validate(number, column)
        for condition in styles.CONDITIONS:
            if condition.sheet == name:
                self._add_condition(condition)
        last_column = len(plan.columns) - 1
        sheet.freeze_panes(1, styles.FROZEN_COLUMNS.get(name, 0))
        if name in styles.FILTERED:
            sheet.autofilter(0, 0, plan.last - 1, last_column)
        sheet.set_tab_color(styles.NAVY if plan.sheet.required else styles.LINE)
        if plan.width > styles.WIDE:
            sheet.set_landscape()
        sheet.repeat_rows(0)
        if plan.width > styles.TWO_PAGES:
            sheet.repeat_columns(0, styles.FROZEN_COLUMNS[name] - 1)
        _write_way_back(sheet, self.formats, last_column + 1, folded=plan.columns[-1].folded)
        sheet.ignore_errors({"number_stored_as_text": f"A2:{column_letters(last_column + 1)}{plan.last}"})

    def _write_cell(self, row: int, number: int, column: Column) -> None:
        value = self.plan.values(row).get(column.heading)
        shown = styles.number_format(column.field, column.kind, value, derived=column.derived)
        aligned = styles.alignment(column.kind, column.width)
        cell_format = self.formats.get(styles.look_of(column), shown, **aligned)
        prepared = row - 2 >= len(self.plan.rows)
        if value in {None, ""} and column.derived:
            unknown = _SHOWS_NOTHING if prepared else ""
            self._write_formula(column.formula, row, number, cell_format, unknown)
        else:
            _write_value(self.sheet, row - 1, number, value, cell_format)

    def _write_total(self, number: int, column: Column, given: Row) -> None:
        row, counts = self.plan.last + 1, column.kind is Kind.DATE  # under dates stand counts
        value = given.get(column.heading)
        if value is None and column.heading == self.plan.sheet.total_label:
            value = TOTAL_LABELS[0]
        shown = styles.number_format(column.field, Kind.WHOLE if counts else column.kind, value)
        aligned = {"align": "center"} if counts else styles.alignment(column.kind, column.width)
        cell_format = self.formats.get(Look.TOTAL, shown, **aligned)
        if value in {None, ""} and column.total:
            empty: object = 0 if column.kind is Kind.MONEY else _SHOWS_NOTHING
            self._write_formula(column.total, row, number, cell_format, "" if self.plan.rows else empty)
        else:
            _write_value(self.sheet, row - 1, number, value, cell_format)

    def _write_formula(
        self, formula: str, row: int, number: int, cell_format: "Format", unknown: object
    ) -> None:
        """A formula with what it shows until something calculates it: ``unknown`` where that is not known."""
        result = self.cached.get((self.plan.sheet.name, f"{column_letters(number + 1)}{row}"))
        if result is None:
            result = unknown
        elif result == "":
            result = _SHOWS_NOTHING
        elif isinstance(result, Decimal | Fraction):
            result = float(result)
        text = self._resolve(formula, row, self.plan.columns[number])
        self.sheet.write_formula(row - 1, number, text, cell_format, result)

    def _resolve(self, formula: str, row: int, column: Column) -> str:
        return resolve(formula, FormulaSpot(self.plan.sheet.name, row, column.heading), self.layout)

    def _validate(self, number: int, column: Column) -> None:
        plan = self.plan
        if column.field == "realisasi" and column.derived:
            options: Any = styles.formula_guard(self._resolve(TYPED_REALISASI, 2, column))
        elif column.derived:
            options = styles.formula_guard()
        elif column.field == "indikator" and column.kind in {Kind.WHOLE, Kind.NUMBERS}:
            cells = f"Indikator!{self.layout.cells('Indikator', 'No')}"
            options = styles.numbers_of(cells, cells.partition(":")[0])
            options["show_error"] = column.kind is Kind.WHOLE  # a list of numbers is no number
        else:
            options = styles.validation(column)
        if options is not None:
            self.sheet.data_validation(1, number, plan.last - 1, number, options)
        if plan.total is not None and column.total:
            self.sheet.data_validation(plan.last, number, plan.last, number, styles.formula_guard())

    def _add_condition(self, condition: styles.Condition) -> None:
        for number, column in enumerate(self.plan.columns):
            if column.field == condition.field:
                criteria = self._resolve(condition.formula, 2, column)
                cell_format = self.formats.condition(condition.look, condition.number_format)
                options = {"type": "formula", "criteria": criteria, "format": cell_format}
                self.sheet.conditional_format(1, number, self.plan.last - 1, number, options)


def _write_headings(sheet: "Worksheet", formats: Formats, columns: Sequence[Column], terms: Terms) -> None:
    """Row 1 with the widths of the columns and a note on each heading."""
    lines = 1
    for number, column in enumerate(columns):
        look = Look.HEADING_COMPUTED if column.derived else Look.HEADING
        sheet.write_string(0, number, column.heading, formats.get(look))
        away = {"level": 1, "hidden": True} if column.folded else {}
        sheet.set_column(number, number, column.width, None, away)
        note = terms.said(styles.note_of(column))
        sheet.write_comment(0, number, note, styles.note_options(note))
        lines = max(lines, ceil((len(column.heading) + 4) / column.width))
    sheet.set_row(0, styles.LINE_HEIGHT * lines + 10)


def _write_way_back(sheet: "Worksheet", formats: Formats, column: int, *, folded: bool = False) -> None:
    """A link to sheet Petunjuk in row 1, right of the last heading."""
    sheet.write_url(0, column, f"internal:'{PETUNJUK}'!A1", formats.get(Look.LINK), f"← {PETUNJUK}")
    sheet.set_column(column, column, 14, None, {"collapsed": folded})


def _write_value(sheet: "Worksheet", row: int, column: int, value: Value, cell_format: "Format") -> None:
    match value:
        case None | "":
            sheet.write_blank(row, column, None, cell_format)
        case str() if value.startswith("<r>") and value.rstrip("\n").endswith("</r>"):
            # XlsxWriter takes such a text for the XML of a run; as two runs it is written as text.
            rest = "".join(letter for letter in value[1:] if letter >= " " or letter in "\n\t")
            sheet.write_rich_string(row, column, value[0], cell_format, rest, cell_format)
        case str():
            sheet.write_string(row, column, value, cell_format)
        case Percent():
            sheet.write_number(row, column, float(value.points / 100), cell_format)
        case date():
            sheet.write_datetime(row, column, value, cell_format)
        case int() | Decimal():
            sheet.write_number(row, column, float(value), cell_format)


# How far each sheet is filled in, live on sheet Petunjuk -------------------------------------------------


_KIND = {"fasilitasi": "fasilitasi", "dokumen": "dokumen desa", "desa": "dokumen desa"}
"""Sheet -> the kind of indicator that needs it."""


def _progress(plan: _Plan, jenis: str, kinds: Collection[str], *, kelurahan_only: bool) -> SheetState:
    """The rows of a sheet and the cells that must be filled in but are blank.

    As many rows are in use as the fullest of the columns has cells that must be filled in. A sheet that no
    indicator needs may stay empty, and kelurahan make no village documents; ``jenis`` are the cells with the
    kinds of the indicators, ``kinds`` what stands there.
    """
    name = plan.sheet.name
    columns = [(number, each) for number, each in enumerate(plan.columns, 1) if each.filled]
    ranges = [
        f"'{name}'!${column_letters(number)}$2:${column_letters(number)}${plan.last}" for number, _ in columns
    ]
    rows = f"MAX({','.join(f'COUNTA({each})' for each in ranges)})"
    missing = f"{len(ranges)}*{rows}-COUNTA({','.join(ranges)})"
    none, empty = '"belum diisi"', "belum diisi"
    if kind := _KIND.get(plan.sheet.field):
        of_desa = kind == "dokumen desa"
        only = f',LOWER({key_cell("Sebutan Desa")})="kelurahan"' if of_desa else ""
        needless = f'OR(AND(COUNTA({jenis})>0,COUNTIF({jenis},"{kind}")=0){only})'
        none = f'IF({needless},"{_MAY_BE_EMPTY}",{none})'
        empty = _MAY_BE_EMPTY if (kinds and kind not in kinds) or (of_desa and kelurahan_only) else empty
    elif not plan.sheet.required:
        none, empty = f'"{_MAY_BE_EMPTY}"', _MAY_BE_EMPTY
    formula = f'=IF({rows}=0,{none},{rows}&" baris"&IF({missing}=0,"",", kurang "&({missing})&" sel"))'
    filled = [sum(row.get(each.heading) not in {None, ""} for row in plan.rows) for _, each in columns]
    used = max(filled)
    lacking = len(filled) * used - sum(filled)
    shown = f"{used} baris{f', kurang {lacking} sel' if lacking else ''}" if used else empty
    return SheetState(name, formula, shown)


def _identity_progress(values: Mapping[str, Value]) -> SheetState:
    labels = [key.label for key in KEYS if key.filled]
    missing = "+".join(f"COUNTBLANK({key_cell(label)})" for label in labels)
    lacking = sum(values[label] in {None, ""} for label in labels)
    formula = f'=IF({missing}=0,"lengkap","kurang "&({missing})&" isian")'
    return SheetState(IDENTITAS, formula, f"kurang {lacking} isian" if lacking else "lengkap")


# Sheet Identitas ------------------------------------------------------------------------------------------

_IDENTITAS_COLUMNS = (
    Column("Isian", "isian", Kind.TEXT, "Nama isian; jangan diubah.", 26, filled=True),
    Column("Nilai", "nilai", Kind.TEXT, "Isi di kolom ini. Yang berwarna krem wajib diisi.", 48, filled=True),
    Column("Keterangan", "keterangan", Kind.TEXT, "Penjelasan setiap isian; tidak dicetak.", 84),
)


def _identitas_values(contents: Contents) -> dict[str, Value]:
    """Label -> value in the order of the sheet; keys that the declaration lacks come last."""
    given = {str(row["Isian"]): row.get("Nilai") for row in contents.get(IDENTITAS, ())}
    values: dict[str, Value] = {key.label: _key_value(key, given.pop(key.label, None)) for key in KEYS}
    return {**values, **given}


def _key_value(key: Key, value: Value) -> Value:
    """The value or its default; figures among the choices as numbers, as a dropdown enters them."""
    if key.field == "versi_format":
        return FORMAT_VERSION  # whatever the contents say
    value = key.default if value in {None, ""} else value
    figure = isinstance(value, str) and value.isdecimal() and (key.kind is Kind.WHOLE or key.choices)
    return int(str(value)) if figure else value


def _terms(values: Mapping[str, Value]) -> Terms:
    """What the area is called by sheet Identitas."""
    labels = ("Sebutan Kecamatan", "Jenis Daerah", "Sebutan Camat", "Sebutan Desa")
    return usual_terms(*(str(values[label] or "") for label in labels))


def _write_identitas(sheet: "Worksheet", formats: Formats, values: Mapping[str, Value], terms: Terms) -> None:
    """One line a key: label, value, help."""
    _write_headings(sheet, formats, _IDENTITAS_COLUMNS, terms)
    keys = {key.label: key for key in KEYS}
    for row, (label, value) in enumerate(values.items(), 1):
        key = keys.get(label, Key(label, label, Kind.TEXT, "", filled=False))
        _write_key(sheet, formats, row, replace(key, help=terms.said(key.help)), value)
    _write_way_back(sheet, formats, len(_IDENTITAS_COLUMNS))
    sheet.freeze_panes(1, 0)
    sheet.set_tab_color(styles.NAVY)
    sheet.set_landscape()
    sheet.repeat_rows(0)
    sheet.ignore_errors({"number_stored_as_text": f"B2:B{len(values) + 1}"})


def _write_key(sheet: "Worksheet", formats: Formats, row: int, key: Key, value: Value) -> None:
    note = f"Wajib. {key.help}" if key.filled else key.help
    look = Look.REQUIRED if key.filled else Look.OPTIONAL
    if key.field == "versi_format":
        look = Look.COMPUTED
    shown = styles.number_format(key.field, key.kind, value)
    sheet.write_string(row, 0, key.label, formats.get(Look.LABEL, bold=key.filled))
    _write_value(sheet, row, 1, value, formats.get(look, shown, align="left", indent=1, text_wrap=True))
    sheet.write_string(row, 2, note, formats.get(Look.HELP))
    widths = [column.width for column in _IDENTITAS_COLUMNS]
    sheet.set_row(row, styles.row_height(zip((key.label, value, note), widths, strict=True)))
    options = styles.validation(key.column)
    if options is not None:
        sheet.data_validation(row, 1, row, 1, options)
