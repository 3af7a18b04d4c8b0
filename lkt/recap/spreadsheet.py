"""``rekap.xlsx``: the recap as a workbook of native tables with live formulas, and a sheet of charts.

Each formula stands beside the value that it comes to, computed exactly here, so that a program that does not
calculate shows it too. Percentages are fractions of one in the format 0,00%: so they sort, chart and divide
like any other number.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from io import BytesIO
from math import ceil
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from xlsxwriter.workbook import Workbook

from lkt.figures import Standing
from lkt.findings import Severity
from lkt.formats.screen import compact
from lkt.indonesian import format_date, squeeze
from lkt.recap.summary import mean, share
from lkt.recap.totals import DRAWN, ENDS, IndicatorTotal, Recap, RecapRow, drawn
from lkt.wordtemplate import clean
from lkt.workbook.styles import FONT, INK, LINE, LINE_HEIGHT, NAVY, PAPER, Formats, Look
from lkt.xlsx import DATE_FORMAT

if TYPE_CHECKING:
    from xlsxwriter.chart import Chart
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

# The workbook ----------------------------------------------------------------------------------------------

_CREATED = datetime(2025, 1, 1)  # noqa: DTZ001 - a fixed stamp of the file, in no time zone
_UPRIGHT = 120  # letters that fit across a page on its short side
_FOOTER = 180  # letters; Excel takes 255 with its codes


def rekap_xlsx(recap: Recap) -> bytes:
    """The recap as a workbook, sums first and long lists last; equal recaps give equal bytes."""
    data, title = BytesIO(), text_of(recap.heading)
    book = Workbook(data, {"in_memory": True})
    book.set_properties(
        {
            "title": title,
            "subject": "Rekapitulasi Laporan Kinerja Triwulan",
            "author": "lkt",
            "category": "Laporan kinerja",
            "created": _CREATED,
        }
    )
    formats = Formats(book)

    def add(table: RecapTable, tab: str) -> None:
        sheet = book.add_worksheet(table.sheet)
        write_table(sheet, formats, table)
        wide = sum(column.width for column in table.columns) > _UPRIGHT
        _set_up_page(sheet, title, landscape=wide)
        sheet.set_tab_color(tab)

    for table in (overview(recap), follow_up(recap), programmes(recap), indicators(recap), *matrix(recap)):
        add(table, NAVY)
    if found := charts(recap):
        sheet = book.add_worksheet(CHARTS)
        write_charts(book, sheet, formats, found)
        _set_up_page(sheet, title, landscape=True)
        sheet.fit_to_pages(1, 1)  # no chart is cut in two
    for table in (absorption(recap), achievement(recap), findings(recap)):
        add(table, LINE)
    book.close()
    return data.getvalue()


def _set_up_page(sheet: "Worksheet", title: str, *, landscape: bool) -> None:
    """One page wide, with the number of each page."""
    sheet.set_paper(PAPER["F4"])
    if landscape:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    sheet.set_footer(f"&L&9{title[:_FOOTER].replace('&', '&&')} – &A&R&9Halaman &P dari &N")
    sheet.hide_gridlines(2)


# What a table is: columns with their values and formulas, and a row of totals ------------------------------

Value = str | int | Fraction | date | None
"""What one cell shows: money in rupiah, percentages in percentage points."""


class CellKind(NamedTuple):
    """What a column holds: its number format, its alignment, and whether long texts wrap."""

    number_format: str
    align: str
    wrap: bool = False


TEXT = CellKind("@", "left", wrap=True)
CENTRED = CellKind("General", "center", wrap=True)
COUNT = CellKind("#,##0", "center")
MONEY = CellKind('"Rp"#,##0', "right")
PERCENT = CellKind("0.00%", "right")
DATE = CellKind(DATE_FORMAT, "center")

BAR: Mapping[str, Any] = {
    "type": "data_bar", "data_bar_2010": True, "bar_solid": True, "bar_color": "#B4C6DA",
    "bar_border_color": NAVY, "min_type": "num", "min_value": 0, "max_type": "num", "max_value": 1,
}  # fmt: skip
"""A bar in each cell, full at 100 per cent. Like the other marks it can be seen in black and white too."""
POSITIVE: Mapping[str, Any] = {"type": "cell", "criteria": ">", "value": 0}
BEHIND: Mapping[str, Any] = {"type": "cell", "criteria": "==", "value": f'"{Standing.BEHIND.words}"'}
NOT_DONE: Mapping[str, Any] = {"type": "cell", "criteria": "!=", "value": '"selesai"'}


class TableColumn(NamedTuple):
    """One column of a table.

    Attributes:
        heading: its heading, unique in its table.
        width: in letters.
        kind: what it holds.
        value: its value in a row, or the path of attributes to it.
        formula: how Excel computes that, written in the rows that have a value; ``[@Pagu]`` is the cell of
            the same row, braces mark an array formula.
        total: what stands in the row of totals: the sum, the average, or Realisasi ÷ Pagu of that row.
        mark: the conditional format of its cells.
    """

    heading: str
    width: float
    kind: CellKind
    value: str | Callable[[Any], Value]
    formula: str = ""
    total: Literal["", "sum", "average", "share"] = ""
    mark: Mapping[str, Any] | None = None

    def values(self, rows: Sequence[Any]) -> list[Value]:
        """Its values in those rows."""
        return list(map(attrgetter(self.value) if isinstance(self.value, str) else self.value, rows))


@dataclass(frozen=True, slots=True)
class RecapTable:
    """One table on a sheet of its own; formulas call it by the name of the sheet, without spaces.

    Attributes:
        sheet: the name of the sheet.
        title: what stands above it.
        note: what one has to know of it.
        columns: left to right.
        rows: what the columns take their values from.
        frozen: how many columns stay in view.
        total: the label of the row of totals; no such row when empty.
        nothing: what it says when it has no rows.
    """

    sheet: str
    title: str
    note: str
    columns: Sequence[TableColumn]
    rows: Sequence[Any]
    frozen: int = 2
    total: str = ""
    nothing: str = "Tidak ada."

    @property
    def name(self) -> str:
        """What formulas call it."""
        return self.sheet.replace(" ", "")


# The tables in the order of their sheets: first those that are computed from the long lists -----------------

_SERAPAN = "=[@Realisasi]/[@Pagu]"


def overview(recap: Recap) -> RecapTable:
    """One row a workbook, and one a kecamatan without any."""

    def number_of(severity: Severity, mark: Mapping[str, Any] | None = None) -> TableColumn:
        formula = f'=COUNTIFS(Temuan[No],[@No],Temuan[Tingkat],"{severity.word}")'
        heading = severity.word.capitalize()
        return TableColumn(heading, 10, COUNT, lambda row: row.summary.count(severity), formula, "sum", mark)

    achieved = "=AVERAGEIFS(Capaian[Capaian],Capaian[No],[@No])"
    columns = (
        TableColumn("No", 5, CENTRED, "number"),
        TableColumn("Kode", 10, CENTRED, "summary.kode"),
        TableColumn(recap.terms.kecamatan, 20, TEXT, "summary.kecamatan"),
        TableColumn("Status", 19, CENTRED, "status.value", mark=NOT_DONE),
        TableColumn("Batas Penyampaian", 16, DATE, "summary.batas_lapor"),
        TableColumn("Tanggal Laporan", 16, DATE, "summary.tanggal_laporan"),
        TableColumn("Ketepatan", 18, CENTRED, "punctuality"),
        TableColumn("Hari Terlambat", 10, COUNT, "figures.days_late", mark=POSITIVE),
        number_of(Severity.ERROR, POSITIVE),
        number_of(Severity.WARNING),
        number_of(Severity.INFO),
        TableColumn("Rerata Capaian", 11, PERCENT, "figures.capaian", achieved, "average", BAR),
        *_budget("No", "figures."),
        TableColumn("Berkas", 30, TEXT, "file"),
    )
    counted = " ".join(filter(None, recap.counts))
    note = (
        f"{counted}\nJumlah dan rerata dihitung dari {recap.terms.kecamatan.lower()} yang tampil: saring "
        "atau urutkan lewat judul kolom. Sel angka yang kosong tidak dihitung; sebabnya ada pada lembar "
        "Tindak Lanjut."
    )
    return RecapTable("Ringkasan", recap.heading, note, columns, recap.rows, 3, "Jumlah dan rerata")


def _budget(numbers: str, prefix: str = "") -> tuple[TableColumn, ...]:
    """Pagu, realisasi and serapan of the rows of sheet Serapan that have No in their column ``numbers``.

    ``prefix`` leads from the row of this table to its figures.
    """

    def money(name: str) -> TableColumn:
        formula = f'=SUMIFS(Serapan[{name}],Serapan[{numbers}],[@No],Serapan[Dihitung],"ya")'
        return TableColumn(name, 18, MONEY, prefix + name.lower(), formula, "sum")

    serapan = TableColumn("Serapan", 11, PERCENT, f"{prefix}serapan", _SERAPAN, "share", BAR)
    return money("Pagu"), money("Realisasi"), serapan


def follow_up(recap: Recap) -> RecapTable:
    """One row a kecamatan or workbook that somebody has to see to."""
    columns = (
        *_whose(recap),
        TableColumn("Status", 20, CENTRED, "status.value", mark=NOT_DONE),
        TableColumn("Masalah", 116, TEXT, "problem"),
        TableColumn("Keterangan", 36, TEXT, "summary.note"),
        TableColumn("Berkas", 36, TEXT, "file"),
    )
    title, nothing = "Yang perlu ditindaklanjuti", "Tidak ada yang perlu ditindaklanjuti."
    note = (
        "Yang belum menyerahkan, tidak terbaca, ganda, dari triwulan lain, terlambat, atau memuat kesalahan. "
        "Rincian kesalahan ada pada lembar Temuan."
    )
    rows = [row for row in recap.rows if row.problem]
    return RecapTable("Tindak Lanjut", title, note, columns, rows, nothing=nothing)


def programmes(recap: Recap) -> RecapTable:
    """One row a programme, over all kecamatan."""
    number_of = '=COUNTIFS(Serapan[No Program],[@No],Serapan[Dihitung],"ya")'
    columns = (
        TableColumn("No", 5, CENTRED, "number"),
        TableColumn("Kode", 12, CENTRED, "kode"),
        TableColumn("Program", 64, TEXT, "program"),
        TableColumn(recap.terms.kecamatan, 12, COUNT, "kecamatan", number_of),
        *_budget("No Program"),
        TableColumn("Status", 18, CENTRED, "standing.words", mark=BEHIND),
    )
    title = "Anggaran menurut program"
    everywhere = f"di seluruh {recap.terms.kecamatan.lower()}"
    note = f"Pagu, realisasi, dan serapan setiap program {everywhere}; rinciannya pada lembar Serapan."
    return RecapTable("Program", title, note, columns, recap.programs, 3, "Jumlah")


def indicators(recap: Recap) -> RecapTable:
    """One row an indicator, over all kecamatan."""
    known = "(Capaian[No Indikator]=[@No])*ISNUMBER(Capaian[Capaian])"
    average = "=AVERAGEIFS(Capaian[Capaian],Capaian[No Indikator],[@No])"
    lowest, highest = (f"{{={function}(IF({known},Capaian[Capaian]))}}" for function in ("MIN", "MAX"))
    columns = (
        TableColumn("No", 5, CENTRED, "number"),
        TableColumn("Indikator", 64, TEXT, "indikator"),
        TableColumn(recap.terms.kecamatan, 12, COUNT, "kecamatan", f"=SUMPRODUCT({known})"),
        *map(_standing, (Standing.REACHED, Standing.ON_TRACK, Standing.NEEDS_ATTENTION, Standing.BEHIND)),
        TableColumn("Rerata Capaian", 13, PERCENT, "rerata", average, mark=BAR),
        TableColumn("Terendah", 12, PERCENT, "terendah", lowest),
        TableColumn("Tertinggi", 12, PERCENT, "tertinggi", highest),
    )
    title = "Capaian menurut indikator"
    everywhere = f"di seluruh {recap.terms.kecamatan.lower()}"
    note = (
        f"Capaian setiap indikator {everywhere}, dan banyaknya {recap.terms.kecamatan.lower()} menurut "
        "status terhadap yang seharusnya dicapai pada akhir triwulan; rinciannya pada lembar Capaian."
    )
    return RecapTable("Indikator", title, note, columns, recap.indicators)


def _standing(standing: Standing) -> TableColumn:
    formula = f'=COUNTIFS(Capaian[No Indikator],[@No],Capaian[Status],"{standing.words}")'
    heading = standing.words.capitalize()
    return TableColumn(heading, 13, COUNT, lambda total: total.standings.get(standing, 0), formula)


_COMPARED = 16  # columns that a page on its side has room for
_NAME_IN_HEADING = 90  # letters
_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")  # _x0041_ in the name of a column Excel takes for a letter


def matrix(recap: Recap) -> list[RecapTable]:
    """One row a kecamatan, one column an indicator that half of them have; no table without any such."""
    counted = recap.states["dihitung"]
    common = [each for each in recap.indicators if 2 * each.kecamatan >= len(counted) > 1]
    columns = (*_whose(recap), *map(_compared, common[:_COMPARED]))
    kind = recap.terms.kecamatan.lower()
    note = f"Indikator yang dimiliki sedikitnya separuh {kind}; sel kosong berarti tidak ada angkanya."
    return [RecapTable("Matriks", f"Capaian setiap {kind}", note, columns, counted)] if common else []


def _compared(indicator: IndicatorTotal) -> TableColumn:
    """The capaian of an indicator in each kecamatan; the mean where it stands there more than once."""

    def value(row: RecapRow) -> Fraction | None:
        return mean(each.capaian for each in row.summary.indicators if each.key == indicator.key)

    name = _ESCAPED.sub(" ", squeeze(clean(indicator.indikator)))
    if len(name) > _NAME_IN_HEADING:
        name = f"{name[: _NAME_IN_HEADING - 1].rpartition(' ')[0] or name[:_NAME_IN_HEADING]}…"
    formula = f"=AVERAGEIFS(Capaian[Capaian],Capaian[No],[@No],Capaian[No Indikator],{indicator.number})"
    return TableColumn(f"{indicator.number}. {name}", 22, PERCENT, value, formula, mark=BAR)


# The long lists: every programme, every indicator, every finding -------------------------------------------


class Entry(NamedTuple):
    """A programme, an indicator or a finding of a kecamatan, and its number on the sheet that sums it up."""

    row: RecapRow
    item: Any
    number: int | None = None


def absorption(recap: Recap) -> RecapTable:
    """One row a programme of a kecamatan."""
    columns = (
        *_whose(recap, "row."),
        TableColumn("No Program", 10, CENTRED, "number"),
        TableColumn("Kode", 12, CENTRED, "item.kode"),
        TableColumn("Program", 56, TEXT, "item.program"),
        TableColumn("Pagu", 19, MONEY, "item.pagu", total="sum"),
        TableColumn("Realisasi", 19, MONEY, "item.realisasi", total="sum"),
        TableColumn("Serapan", 11, PERCENT, "item.serapan", _SERAPAN, mark=BAR),
        TableColumn("Status", 18, CENTRED, "item.standing.words", mark=BEHIND),
        TableColumn("Dihitung", 12, CENTRED, lambda entry: "ya" if entry.item.known else "tidak"),
    )
    note = (
        f"Setiap program di setiap {recap.terms.kecamatan.lower()}. Program yang pagu atau realisasinya "
        "tidak diketahui tidak masuk "
        "jumlah pada lembar lain (kolom Dihitung)."
    )
    numbers = {total.key: total.number for total in recap.programs}
    counted = recap.states["dihitung"]
    rows = [Entry(row, each, numbers.get(each.key)) for row in counted for each in row.summary.programs]
    return RecapTable("Serapan", "Serapan anggaran", note, columns, rows, total="Jumlah")


def achievement(recap: Recap) -> RecapTable:
    """One row an indicator of a kecamatan."""
    columns = (
        *_whose(recap, "row."),
        TableColumn("No Indikator", 10, CENTRED, "number"),
        TableColumn("Nomor", 8, CENTRED, "item.nomor"),
        TableColumn("Sasaran", 40, TEXT, "item.sasaran"),
        TableColumn("Indikator", 48, TEXT, "item.indikator"),
        TableColumn("Satuan", 10, CENTRED, "item.satuan"),
        TableColumn("Target", 14, CENTRED, "item.target"),
        TableColumn("Realisasi", 14, CENTRED, "item.realisasi"),
        TableColumn("Capaian", 12, PERCENT, "item.capaian", mark=BAR),
        TableColumn("Status", 24, CENTRED, "item.standing.words", mark=BEHIND),
    )
    everywhere = f"di setiap {recap.terms.kecamatan.lower()}"
    note = f"Setiap indikator {everywhere}; target dan realisasi tertulis seperti dalam laporan."
    numbers = {total.key: total.number for total in recap.indicators}
    counted = recap.states["dihitung"]
    rows = [Entry(row, each, numbers[each.key]) for row in counted for each in row.summary.indicators]
    return RecapTable("Capaian", "Capaian indikator kinerja", note, columns, rows)


def findings(recap: Recap) -> RecapTable:
    """One row a finding of a workbook."""
    columns = (
        *_whose(recap, "row."),
        TableColumn("Tingkat", 13, CENTRED, "item.severity.word"),
        TableColumn("Kode", 9, CENTRED, "item.code"),
        TableColumn("Sel", 24, TEXT, lambda entry: compact(entry.item.refs)),
        TableColumn("Temuan", 96, TEXT, "item.message"),
    )
    note = "Kesalahan menghentikan penyusunan laporan. Penjelasan setiap kode: lkt explain KODE"
    rows = [Entry(row, each) for row in recap.rows for each in row.summary.findings]
    return RecapTable("Temuan", "Temuan pemeriksaan", note, columns, rows, nothing="Tidak ada temuan.")


def _whose(recap: Recap, prefix: str = "") -> tuple[TableColumn, ...]:
    """The number and name of a kecamatan; ``prefix`` leads to its row."""
    return (
        TableColumn("No", 5, CENTRED, f"{prefix}number"),
        TableColumn(recap.terms.kecamatan, 24, TEXT, f"{prefix}summary.kecamatan"),
    )


# A table on its sheet --------------------------------------------------------------------------------------

_WIDE_LETTER, _ARROW = 1.25, 4  # a bold letter of a heading and the arrow of its filter, in letters
TOP = 3
"""The row of the headings, from 0; above it stand the title and a note."""


def write_table(sheet: "Worksheet", formats: Formats, table: RecapTable) -> None:
    """Title, headings, rows, totals and marks of a table, and how its sheet is shown.

    Rows get no height: the spreadsheet program gives each the room that its texts take, also after sorting.
    """
    _write_title(sheet, formats, table.title, table.note)
    first, last = TOP + 1, TOP + max(1, len(table.rows))  # an empty table has one row, which says so
    label = next(number for number, column in enumerate(table.columns) if column.kind is TEXT)
    totals = _totals(table) if table.total else {}

    columns: list[dict[str, Any]] = []
    for number, column in enumerate(table.columns):
        longest = max(map(len, column.heading.split()))
        width = max(column.width, longest * _WIDE_LETTER + _ARROW)
        sheet.set_column(number, number, width)
        columns.append({"header": column.heading, "header_format": formats.get(Look.HEADING)})
        if column.heading in totals:
            formula = totals[column.heading][0]
            columns[-1]["total_function"] = formula if column.total == "share" else column.total
    if table.total:
        columns[label]["total_string"] = table.total
    options = {"name": table.name, "columns": columns, "style": None, "total_row": bool(table.total)}
    sheet.add_table(TOP, 0, last + bool(table.total), len(columns) - 1, options)
    lines = max(ceil((len(column.heading) + _ARROW) / column.width) for column in table.columns)
    sheet.set_row(TOP, LINE_HEIGHT * lines + 10)

    for number, column in enumerate(table.columns):
        values = column.values(table.rows) or [table.nothing if number == label else None]
        for row, value in enumerate(values, start=first):
            _write_value(sheet, formats, table, (row, number), value)
        look = _look(formats, column.kind, look=Look.TOTAL)
        if column.heading in totals:
            formula, total = totals[column.heading]
            sheet.write_formula(last + 1, number, f"={formula}", look, _number(total, column.kind))
        elif table.total:
            sheet.write(last + 1, number, table.total if number == label else None, look)
        if column.mark and table.rows:
            bold = {} if column.mark is BAR else {"format": formats.condition(Look.ATTENTION, bold=True)}
            sheet.conditional_format(first, number, last, number, {**column.mark, **bold})

    sheet.freeze_panes(TOP + 1, table.frozen)
    sheet.repeat_rows(TOP)
    # No green corners on codes that are texts, nor on blank cells between formulas
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{last + 2}", "calculated_column": "A1:XFD1048576"})


def _write_title(sheet: "Worksheet", formats: Formats, title: str, note: str) -> None:
    sheet.write_string(0, 0, text_of(title), formats.get(Look.SECTION, bottom=0))
    for row, told in enumerate(note.splitlines(), start=1):
        sheet.write_string(row, 0, text_of(told), formats.get(Look.BODY, text_wrap=False, indent=0))


def _totals(table: RecapTable) -> dict[str, tuple[str, Fraction]]:
    """Formula and total by the heading of its column; without a mean of nothing and a share of nought."""
    found: dict[str, tuple[str, Fraction]] = {}
    for column in table.columns:
        numbers = [
            Fraction(value) for value in column.values(table.rows) if isinstance(value, int | Fraction)
        ]
        cells, formula, total = f"{table.name}[{column.heading}]", "", None
        match column.total:
            case "sum":
                formula, total = f"SUBTOTAL(109,{cells})", sum(numbers, Fraction(0))
            case "average":
                formula, total = f"SUBTOTAL(101,{cells})", mean(numbers)
            case "share":
                formula = "/".join(f"{table.name}[[#Totals],[{name}]]" for name in ("Realisasi", "Pagu"))
                total = share(found["Realisasi"][1], found["Pagu"][1])
        if total is not None:
            found[column.heading] = formula, total
    return found


# One cell: texts as texts whatever they begin with, exact numbers, dates, formulas --------------------------

_LONGEST = 32_767  # UTF-16 units in one cell
_LONGEST_AS_TEXT = 255  # longer ones old versions of Excel show as ##### in the format of a text
_FIRST_DAY = date(1900, 3, 1)  # before it Excel counts days wrongly
_SMALLEST, _LARGEST = 1e-300, 1e300
_FORMULA_LIKE = ("=", "+", "-", "@", "\t", "\r")


def _write_value(
    sheet: "Worksheet", formats: Formats, table: RecapTable, cell: tuple[int, int], value: Value
) -> None:
    column = table.columns[cell[1]]
    if isinstance(value, date) and value < _FIRST_DAY:
        value = format_date(value)
    look = _look(formats, column.kind, value)
    if value is None or value == "":
        sheet.write_blank(*cell, None, look)
    elif isinstance(value, str):
        sheet.write_string(*cell, text_of(value), look)
    elif isinstance(value, date):
        sheet.write_datetime(*cell, value, look)
    elif column.formula:
        formula = re.sub(r"\[@([^]]+)]", rf"{table.name}[[#This Row],[\1]]", column.formula)
        sheet.write_formula(*cell, formula, look, _number(value, column.kind))
    else:
        sheet.write_number(*cell, _number(value, column.kind), look)


def _look(formats: Formats, kind: CellKind, value: Value = None, look: Look = Look.OPTIONAL) -> "Format":
    number_format, more = kind.number_format, {"indent": 1} if kind is TEXT else {}
    if isinstance(value, str) and value.startswith(_FORMULA_LIKE):
        more["quote_prefix"] = True  # a text still after it was edited in Excel
    if isinstance(value, str) and len(value) > _LONGEST_AS_TEXT:
        number_format = "General"
    return formats.get(look, number_format, align=kind.align, text_wrap=kind.wrap, **more)


def text_of(text: str) -> str:
    """A text as a cell can hold it."""
    return clean(text).encode("utf-16-le")[: 2 * _LONGEST].decode("utf-16-le", "ignore")


def _number(value: int | Fraction, kind: CellKind) -> float:
    """The nearest number of Excel, a percentage as a fraction of one; 0 where it is out of Excel's range."""
    try:
        nearest = float(Fraction(value, 100 if kind is PERCENT else 1))
    except OverflowError:
        return 0.0
    return nearest if _SMALLEST < abs(nearest) < _LARGEST else 0.0


# The sheet of charts: serapan of each kecamatan, the highest first; mean capaian of each indicator ---------

CHARTS = "Grafik"
_ROW_PX, _FRAME_PX, _WIDTH_PX = 24, 110, 760
_ROW_HEIGHT_PX = 20
_NAME = 62  # letters of a name beside its bar


class ChartBlock(NamedTuple):
    """One chart and its figures, which are formulas: so it follows what is corrected in the tables.

    Attributes:
        title: what it shows.
        table: the table that the figures come from.
        heading: what the names are.
        measure: what the figures are, and the column of that table.
        rows: number in that table, name, and figure in percentage points.
    """

    title: str
    table: str
    heading: str
    measure: str
    rows: Sequence[tuple[int, str, Fraction]]


def charts(recap: Recap) -> list[ChartBlock]:
    """The charts that there are figures for."""
    absorbed = [
        (row.number, row.summary.kecamatan, row.summary.serapan)
        for row in recap.absorbed
        if row.summary.serapan is not None
    ]
    achieved = [(row.number, row.indikator, row.rerata) for row in recap.indicators if row.rerata is not None]
    if len(achieved) > DRAWN:
        achieved.sort(key=lambda row: row[2], reverse=True)
    kind = recap.terms.kecamatan
    found = (
        ChartBlock(f"Serapan anggaran menurut {kind.lower()}", "Ringkasan", kind, "Serapan", absorbed),
        ChartBlock("Rerata capaian menurut indikator", "Indikator", "Indikator", "Rerata Capaian", achieved),
    )
    return [block for block in found if block.rows]


def write_charts(book: Workbook, sheet: "Worksheet", formats: Formats, found: Sequence[ChartBlock]) -> None:
    """The charts below each other, each beside its figures."""
    note = "Angka di sebelah grafik diambil dari lembar Ringkasan dan Indikator."
    if any(len(block.rows) > DRAWN for block in found):
        note += (
            f" Sebuah grafik memuat paling banyak {DRAWN} baris: bila ada lebih banyak, {ENDS} yang "
            f"tertinggi dan {ENDS} yang terendah; selengkapnya ada di kedua lembar itu."
        )
    _write_title(sheet, formats, "Grafik", note)
    sheet.set_column(0, 0, 60)
    sheet.set_column(1, 1, 16)
    names = formats.get(Look.OPTIONAL, "@", indent=1)
    figures = formats.get(Look.OPTIONAL, "0.00%", align="right")
    top = TOP
    for block in found:
        rows = drawn(block.rows)
        sheet.write_row(top, 0, (block.heading, block.measure), formats.get(Look.HEADING))
        for place, (number, name, value) in enumerate(rows, start=top + 1):
            short = squeeze(text_of(name))
            sheet.write_string(place, 0, short if len(short) <= _NAME else f"{short[: _NAME - 1]}…", names)
            formula = f"=INDEX({block.table}[{block.measure}],MATCH({number},{block.table}[No],0))"
            sheet.write_formula(place, 1, formula, figures, _number(value, PERCENT))
        height = _FRAME_PX + _ROW_PX * len(rows)
        chart = _chart(book, block, top + 1, top + len(rows))
        chart.set_size({"width": _WIDTH_PX, "height": height})
        sheet.insert_chart(top, 3, chart, {"object_position": 3})
        top += max(len(rows) + 2, height // _ROW_HEIGHT_PX + 2)


def _chart(book: Workbook, block: ChartBlock, first: int, last: int) -> "Chart":
    font = {"name": FONT, "size": 9, "color": INK}
    chart = book.add_chart({"type": "bar"})
    chart.add_series(
        {
            "name": block.measure,
            "categories": [CHARTS, first, 0, last, 0],
            "values": [CHARTS, first, 1, last, 1],
            "fill": {"color": NAVY},
            "gap": 45,
            "data_labels": {"value": True, "num_format": "0.00%", "font": font},
        }
    )
    chart.set_title({"name": block.title, "overlay": False, "name_font": {**font, "size": 12, "bold": True}})
    chart.set_legend({"none": True})
    least = {} if any(value < 0 for _, _, value in drawn(block.rows)) else {"min": 0}
    grid = {"visible": True, "line": {"color": LINE, "dash_type": "round_dot"}}
    chart.set_x_axis({"num_format": "0%", "num_font": font, "major_gridlines": grid, **least})
    chart.set_y_axis({"reverse": True, "num_font": font, "label_position": "low", "interval_unit": 1})
    return chart
