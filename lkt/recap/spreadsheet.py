"""The recap as a workbook: one table a sheet, live formulas, and a sheet of charts."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from fractions import Fraction
from math import ceil
from operator import attrgetter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from lkt.errors import OutputError
from lkt.files import why
from lkt.findings import Severity
from lkt.formats.screen import compact
from lkt.indonesian import format_date, normalize, squeeze
from lkt.recap.summary import mean, share
from lkt.recap.totals import (
    DRAWN,
    ENDS,
    Recap,
    RecapRow,
    drawn,
)
from lkt.wordtemplate.values import clean
from lkt.workbook.styles import (
    DATE_FORMAT,
    FONT,
    INK,
    LINE,
    LINE_HEIGHT,
    NAVY,
    PAPER,
    Formats,
    Look,
    row_height,
)

if TYPE_CHECKING:
    from xlsxwriter.format import Format

# What a table of the recap workbook is: its columns, their values and formulas, its row below -------------
#
# Percentages are fractions of one in the format 0,00%: so they sort, chart and divide like any number of Excel,
# and a formula such as Realisasi ÷ Pagu needs no factor.


Value = str | int | Fraction | date | None
"""What stands in one cell; money in rupiah, percentages in percentage points."""

TOP = 3
"""The row of the headings, from 0; above it the title and a note."""

DIVIDED = "=[@Realisasi]/[@Pagu]"
"""The formula of serapan."""


class TableKind(Enum):
    """What a column holds, which decides how it looks; the value is its number format."""

    TEXT = "@"
    CENTRED = "General"
    COUNT = "#,##0"
    MONEY = '"Rp"#,##0'
    PERCENT = "0.00%"
    DATE = DATE_FORMAT


class CellMark(Enum):
    """What a column shows of its values at a glance."""

    NONE = ""
    BAR = "a bar in each cell, full at 100 per cent"
    POSITIVE = "all but 0 stands out"
    NOT_DONE = "all but selesai stands out"


@dataclass(frozen=True, slots=True)
class RecapItem:
    """An indicator, a programme or a finding of a kecamatan; ``number`` is its number among its kind."""

    row: RecapRow | None
    value: Any
    number: int | None = None


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column of a table.

    Attributes:
        heading: its heading, no two alike in a table.
        width: in letters.
        kind: what it holds.
        value: what a row has in it.
        formula: how Excel works that out, ``[@Pagu]`` is the cell of the same row; written where there is a
            value. An array formula stands in braces.
        total: ``sum`` or ``average`` for the row below; or a formula, then ``sums`` gives its value.
        sums: the value of that formula, from those of the other columns by heading.
        mark: what it shows at a glance.
    """

    heading: str
    width: float
    kind: TableKind
    value: Callable[[Any], Value]
    formula: str = ""
    total: str = ""
    sums: Callable[[Mapping[str, Value]], Value] | None = None
    mark: CellMark = CellMark.NONE


@dataclass(frozen=True, slots=True)
class RecapTable:
    """One table with its sheet.

    Attributes:
        name: what formulas call it.
        sheet: the name of the sheet.
        title: what stands above it.
        note: what one has to know of it.
        columns: left to right.
        rows: what the columns take their values from; they are gone through once, and none is kept.
        frozen: how many columns stay in view.
        total: the label of the row below; no such row when empty.
        nothing: what it says when it has no rows.
    """

    name: str
    sheet: str
    title: str
    note: str
    columns: tuple[TableColumn, ...]
    rows: Iterable[Any]
    frozen: int = 0
    total: str = ""
    nothing: str = "Tidak ada."

    @property
    def label(self) -> int:
        """The column of the label of the row below: the first of text without a total."""
        return next(
            n for n, column in enumerate(self.columns) if column.kind is TableKind.TEXT and not column.total
        )


# The tables that sum up: a row a kecamatan, a programme, an indicator, each worked out from the long lists


_ALL_DIVIDED = "{0}[[#Totals],[Realisasi]]/{0}[[#Totals],[Pagu]]"
_COUNTED = 'Serapan[Dihitung],"ya"'
_SAME_INDICATOR = "(Capaian[No Indikator]=[@No])*ISNUMBER(Capaian[Capaian])"


def summary(title: str, rows: Iterable[RecapRow]) -> RecapTable:
    """One row a workbook, and a kecamatan without one; the title is that of the recap."""

    def counted(severity: Severity) -> TableColumn:
        level = severity.word
        mark = CellMark.POSITIVE if severity is Severity.ERROR else CellMark.NONE
        formula = f'=COUNTIFS(Temuan[No],[@No],Temuan[Tingkat],"{level}")'
        return TableColumn(
            level.capitalize(),
            10,
            TableKind.COUNT,
            lambda row: row.summary.count(severity),
            formula,
            "sum",
            mark=mark,
        )

    columns = (
        TableColumn("No", 5, TableKind.CENTRED, lambda row: row.number),
        TableColumn("Kode", 10, TableKind.CENTRED, lambda row: row.summary.kode),
        TableColumn("Kecamatan", 20, TableKind.TEXT, lambda row: row.summary.kecamatan),
        TableColumn(
            "Status", 17, TableKind.CENTRED, lambda row: row.summary.status.value, mark=CellMark.NOT_DONE
        ),
        TableColumn("Batas Penyampaian", 16, TableKind.DATE, lambda row: row.summary.batas_lapor),
        TableColumn("Tanggal Laporan", 16, TableKind.DATE, lambda row: row.summary.tanggal_laporan),
        TableColumn("Ketepatan", 18, TableKind.CENTRED, lambda row: row.punctuality),
        TableColumn("Hari Terlambat", 10, TableKind.COUNT, lambda row: row.days_late, mark=CellMark.POSITIVE),
        *map(counted, Severity),
        TableColumn(
            "Rerata Capaian",
            11,
            TableKind.PERCENT,
            lambda row: row.capaian,
            "=AVERAGEIFS(Capaian[Capaian],Capaian[No],[@No])",
            "average",
            mark=CellMark.BAR,
        ),
        _money("Pagu", f"=SUMIFS(Serapan[Pagu],Serapan[No],[@No],{_COUNTED})"),
        _money("Realisasi", f"=SUMIFS(Serapan[Realisasi],Serapan[No],[@No],{_COUNTED})"),
        _absorbed("Ringkasan"),
        TableColumn("Berkas", 30, TableKind.TEXT, lambda row: row.file),
    )
    note = (
        "Jumlah dan rerata dihitung dari kecamatan yang tampil: saring atau urutkan lewat judul kolom. "
        "Sel angka yang kosong tidak dihitung; sebabnya ada pada lembar Tindak Lanjut."
    )
    return RecapTable("Ringkasan", "Ringkasan", title, note, columns, rows, 3, "Jumlah dan rerata")


def programmes(recap: Recap) -> RecapTable:
    """One row a programme, over all kecamatan."""
    numbered = [RecapItem(None, row, row.number) for row in recap.totals.programs]
    columns = (
        TableColumn("No", 5, TableKind.CENTRED, lambda row: row.number),
        TableColumn("Kode", 12, TableKind.CENTRED, lambda row: row.value.kode),
        TableColumn("Program", 64, TableKind.TEXT, lambda row: row.value.program),
        TableColumn(
            "Kecamatan",
            12,
            TableKind.COUNT,
            lambda row: row.value.kecamatan,
            f"=COUNTIFS(Serapan[No Program],[@No],{_COUNTED})",
        ),
        _money("Pagu", f"=SUMIFS(Serapan[Pagu],Serapan[No Program],[@No],{_COUNTED})", "value.pagu"),
        _money(
            "Realisasi",
            f"=SUMIFS(Serapan[Realisasi],Serapan[No Program],[@No],{_COUNTED})",
            "value.realisasi",
        ),
        _absorbed("Program", "value."),
    )
    note = "Pagu, realisasi, dan serapan setiap program di seluruh kecamatan; rinciannya pada lembar Serapan."
    return RecapTable("Program", "Program", "Anggaran menurut program", note, columns, numbered, 3, "Jumlah")


def indicators(recap: Recap) -> RecapTable:
    """One row an indicator, over all kecamatan."""
    numbered = [RecapItem(None, row, row.number) for row in recap.totals.indicators]
    same = "Capaian[Capaian],Capaian[No Indikator],[@No]"
    columns = (
        TableColumn("No", 5, TableKind.CENTRED, lambda row: row.number),
        TableColumn("Indikator", 64, TableKind.TEXT, lambda row: row.value.indikator),
        TableColumn(
            "Kecamatan",
            12,
            TableKind.COUNT,
            lambda row: row.value.kecamatan,
            f"=SUMPRODUCT({_SAME_INDICATOR})",
        ),
        TableColumn(
            "Mencapai Target",
            12,
            TableKind.COUNT,
            lambda row: row.value.tercapai,
            '=COUNTIFS(Capaian[No Indikator],[@No],Capaian[Tercapai],"ya")',
        ),
        TableColumn(
            "Rerata Capaian",
            13,
            TableKind.PERCENT,
            lambda row: row.value.rerata,
            f"=AVERAGEIFS({same})",
            mark=CellMark.BAR,
        ),
        TableColumn(
            "Terendah",
            12,
            TableKind.PERCENT,
            lambda row: row.value.terendah,
            f"{{=MIN(IF({_SAME_INDICATOR},Capaian[Capaian]))}}",
        ),
        TableColumn(
            "Tertinggi",
            12,
            TableKind.PERCENT,
            lambda row: row.value.tertinggi,
            f"{{=MAX(IF({_SAME_INDICATOR},Capaian[Capaian]))}}",
        ),
    )
    note = "Capaian setiap indikator di seluruh kecamatan; rinciannya pada lembar Capaian."
    return RecapTable("Indikator", "Indikator", "Capaian menurut indikator", note, columns, numbered, 2)


# Columns that several tables have ---------------------------------------------------------------------------


def _money(name: str, formula: str, path: str = "") -> TableColumn:
    return TableColumn(name, 18, TableKind.MONEY, attrgetter(path or name.lower()), formula, "sum")


def _absorbed(table: str, prefix: str = "") -> TableColumn:
    value, total = attrgetter(f"{prefix}serapan"), _ALL_DIVIDED.format(table)
    return TableColumn("Serapan", 11, TableKind.PERCENT, value, DIVIDED, total, _all_absorbed, CellMark.BAR)


def _all_absorbed(totals: Mapping[str, Value]) -> Value:
    spent, pagu = totals["Realisasi"], totals["Pagu"]
    return share(spent, pagu) if isinstance(spent, Fraction) and isinstance(pagu, Fraction) else None


# The long lists: what has to be seen to, every programme, every indicator, every finding ------------------


def follow_up(rows: Iterable[RecapRow]) -> RecapTable:
    """Who has something to do."""
    columns = (
        TableColumn("No", 5, TableKind.CENTRED, lambda row: row.number),
        TableColumn("Kecamatan", 24, TableKind.TEXT, lambda row: row.summary.kecamatan),
        TableColumn(
            "Status", 20, TableKind.CENTRED, lambda row: row.summary.status.value, mark=CellMark.NOT_DONE
        ),
        TableColumn("Masalah", 80, TableKind.TEXT, lambda row: row.problem),
        TableColumn("Keterangan", 36, TableKind.TEXT, lambda row: row.summary.note),
        TableColumn("Berkas", 36, TableKind.TEXT, lambda row: row.file),
    )
    note = (
        "Yang belum menyerahkan, tidak terbaca, ganda, dari triwulan lain, terlambat, atau memuat kesalahan. "
        "Rincian kesalahan ada pada lembar Temuan."
    )
    found = (row for row in rows if row.problem)
    return RecapTable("TindakLanjut", "Tindak Lanjut", "Yang perlu ditindaklanjuti", note, columns, found, 2,
                 nothing="Tidak ada yang perlu ditindaklanjuti.")  # fmt: skip


def absorption(recap: Recap, rows: Iterable[RecapRow]) -> RecapTable:
    """Every programme of every kecamatan."""
    numbers = {row.key: row.number for row in recap.totals.programs}

    def found() -> Iterator[RecapItem]:
        for row in rows:
            for each in row.summary.programs if row.counted else ():
                yield RecapItem(row, each, numbers.get(each.key))

    columns = (
        *_whose(),
        TableColumn("No Program", 10, TableKind.CENTRED, lambda row: row.number),
        TableColumn("Kode", 12, TableKind.CENTRED, lambda row: row.value.kode),
        TableColumn("Program", 56, TableKind.TEXT, lambda row: row.value.program),
        TableColumn("Pagu", 19, TableKind.MONEY, lambda row: row.value.pagu, total="sum"),
        TableColumn("Realisasi", 19, TableKind.MONEY, lambda row: row.value.realisasi, total="sum"),
        TableColumn(
            "Serapan", 11, TableKind.PERCENT, lambda row: row.value.serapan, DIVIDED, mark=CellMark.BAR
        ),
        TableColumn("Dihitung", 10, TableKind.CENTRED, lambda row: _yes(value=row.value.known)),
    )
    note = (
        "Setiap program di setiap kecamatan. Program yang pagu atau realisasinya tidak diketahui tidak masuk "
        "jumlah pada lembar lain (kolom Dihitung)."
    )
    return RecapTable("Serapan", "Serapan", "Serapan anggaran", note, columns, found(), 2, "Jumlah")


def achievement(recap: Recap, rows: Iterable[RecapRow]) -> RecapTable:
    """Every indicator of every kecamatan."""
    numbers = {row.key: row.number for row in recap.totals.indicators}

    def found() -> Iterator[RecapItem]:
        for row in rows:
            for each in row.summary.indicators if row.counted else ():
                yield RecapItem(row, each, numbers[each.key])

    columns = (
        *_whose(),
        TableColumn("No Indikator", 10, TableKind.CENTRED, lambda row: row.number),
        TableColumn("Nomor", 8, TableKind.CENTRED, lambda row: row.value.nomor),
        TableColumn("Sasaran", 40, TableKind.TEXT, lambda row: row.value.sasaran),
        TableColumn("Indikator", 48, TableKind.TEXT, lambda row: row.value.indikator),
        TableColumn("Satuan", 10, TableKind.CENTRED, lambda row: row.value.satuan),
        TableColumn("Target", 14, TableKind.CENTRED, lambda row: row.value.target),
        TableColumn("Realisasi", 14, TableKind.CENTRED, lambda row: row.value.realisasi),
        TableColumn("Capaian", 12, TableKind.PERCENT, lambda row: row.value.capaian, mark=CellMark.BAR),
        TableColumn("Tercapai", 10, TableKind.CENTRED, lambda row: _yes(value=row.value.tercapai)),
    )
    note = "Setiap indikator di setiap kecamatan; target dan realisasi tertulis seperti dalam laporan."
    return RecapTable("Capaian", "Capaian", "Capaian indikator kinerja", note, columns, found(), 2)


def findings(rows: Iterable[RecapRow]) -> RecapTable:
    """Every finding of every workbook."""
    found = (RecapItem(row, each) for row in rows for each in row.summary.findings)
    columns = (
        *_whose(),
        TableColumn("Tingkat", 13, TableKind.CENTRED, lambda row: row.value.severity.word),
        TableColumn("Kode", 9, TableKind.CENTRED, lambda row: row.value.code),
        TableColumn("Sel", 24, TableKind.TEXT, lambda row: compact(row.value.refs)),
        TableColumn("Temuan", 96, TableKind.TEXT, lambda row: row.value.message),
    )
    note = "Kesalahan menghentikan penyusunan laporan. Penjelasan setiap kode: lkt explain KODE"
    return RecapTable(
        "Temuan", "Temuan", "Temuan pemeriksaan", note, columns, found, 2, nothing="Tidak ada temuan."
    )


# Columns that several lists have ----------------------------------------------------------------------------


def _whose() -> tuple[TableColumn, TableColumn]:
    return (
        TableColumn("No", 5, TableKind.CENTRED, lambda row: row.row.number),
        TableColumn("Kecamatan", 24, TableKind.TEXT, lambda row: row.row.summary.kecamatan),
    )


def _yes(*, value: bool | None) -> str:
    return "" if value is None else "ya" if value else "tidak"


# The indicators that most kecamatan have, side by side ----------------------------------------------------


_MOST = 16  # columns that a page on its side has room for
_HEADING = 90  # letters
_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")  # in the name of a column Excel would take it for a letter
_FORMULA = "=AVERAGEIFS(Capaian[Capaian],Capaian[No],[@No],Capaian[No Indikator],{})"


def matrix(recap: Recap, rows: Iterable[RecapRow]) -> RecapTable | None:
    """One row a kecamatan, one column an indicator; None where there are no two to compare."""
    counted = len(recap.totals.states["dihitung"])
    common = [
        (each.number, each.indikator) for each in recap.totals.indicators if 2 * each.kecamatan >= counted > 1
    ][:_MOST]
    if not common:
        return None
    columns = (
        TableColumn("No", 5, TableKind.CENTRED, lambda row: row.row.number),
        TableColumn("Kecamatan", 24, TableKind.TEXT, lambda row: row.row.summary.kecamatan),
        *(_column(number, name) for number, name in common),
    )
    keys = [normalize(name) for _, name in common]
    beside = (RecapItem(row, _means(row, keys)) for row in rows if row.counted)
    note = "Indikator yang dimiliki sedikitnya separuh kecamatan; sel kosong berarti tidak ada angkanya."
    return RecapTable("Matriks", "Matriks", "Capaian setiap kecamatan", note, columns, beside, 2)


def _column(number: int, name: str) -> TableColumn:
    heading = f"{number}. {_short(_ESCAPED.sub(' ', squeeze(clean(name))))}"
    key = normalize(name)
    return TableColumn(
        heading, 22, TableKind.PERCENT, lambda row: row.value[key], _FORMULA.format(number), mark=CellMark.BAR
    )


def _short(name: str) -> str:
    return name if len(name) <= _HEADING else f"{name[: _HEADING - 1].rpartition(' ')[0] or name[:_HEADING]}…"


def _means(row: RecapRow, indicators: Sequence[str]) -> dict[str, Fraction | None]:
    """The capaian of these indicators in a kecamatan; the mean where one stands there more than once."""
    found: dict[str, list[Fraction]] = {indicator: [] for indicator in indicators}
    for each in row.summary.indicators:
        mine = found.get(each.key)
        if mine is not None and each.capaian is not None:
            mine.append(each.capaian)
    return {indicator: mean(values) for indicator, values in found.items()}


# The sheets of the recap workbook in their order ----------------------------------------------------------


def tables(recap: Recap) -> list[RecapTable]:
    """All tables in the order of their sheets: sums first, long lists last."""
    rows = recap.rows
    sums = (summary(recap.heading, rows), follow_up(rows), programmes(recap), indicators(recap))
    long = (absorption(recap, rows), achievement(recap, rows), findings(rows))
    beside = matrix(recap, rows)
    return [*sums, *([beside] if beside else []), *long]


# One cell of the recap workbook: texts as texts whatever they begin with, exact numbers, dates, formulas --


_LONGEST = 32_767  # letters in one cell, one beyond U+FFFF counted twice
_LONGEST_AS_TEXT = 255  # longer ones old versions of Excel show as ##### in the format of a text
_FIRST_DAY = date(1900, 3, 1)  # before it Excel counts days wrongly
_DAY_0 = date(1899, 12, 30)  # from which Excel counts, from March 1900 on
_SMALLEST, _LARGEST = 1e-300, 1e300
_THIS_ROW = re.compile(r"\[@([^\]]+)\]")
_FORMULA_LIKE = ("=", "+", "-", "@", "\t", "\r")


def text_of(text: str) -> str:
    """A text as a cell can hold it."""
    cut = clean(text)[:_LONGEST]
    if cut.isascii() or len(cut) <= _LONGEST // 2:
        return cut
    return cut.encode("utf-16-le")[: 2 * _LONGEST].decode("utf-16-le", "ignore")


def number_of(value: int | Fraction, *, percent: bool) -> float:
    """The nearest number of Excel; a percentage as a fraction of one."""
    numerator, denominator = value.as_integer_ratio()
    try:
        nearest = numerator / (denominator * 100 if percent else denominator)
    except OverflowError:
        return 0.0
    return nearest if _SMALLEST < abs(nearest) < _LARGEST else 0.0


def serial(day: date) -> float:
    """A day as Excel counts, which is not before March 1900."""
    return float((day - _DAY_0).days)


def shown(value: Value) -> Value:
    """What a cell holds for a value: the text as it can hold it, None for none, a very old date in words."""
    if isinstance(value, str):
        return text_of(value) if value else None
    if isinstance(value, date) and value < _FIRST_DAY:
        return format_date(value)
    return value


def qualified(formula: str, table: str) -> str:
    """A formula as a file holds it: ``[@Pagu]`` with the name of its table."""
    return _THIS_ROW.sub(rf"{table}[[#This Row],[\1]]", formula)


def is_formula_like(value: Value) -> bool:
    """Whether a program could take a text for a formula."""
    return isinstance(value, str) and value.startswith(_FORMULA_LIKE)


def is_long(value: Value) -> bool:
    """Whether a text has more letters than old versions of Excel show in the format of a text."""
    return isinstance(value, str) and len(value) > _LONGEST_AS_TEXT


def look_of(
    formats: Formats, column: TableColumn, value: Value = None, look: Look = Look.OPTIONAL
) -> "Format":
    """How a value looks in a column."""
    more: dict[str, Any] = {"fg_color": "#FFFFFF"} if look is Look.OPTIONAL else {}
    if is_formula_like(value):
        more["quote_prefix"] = True  # a text still after it was edited in Excel
    if column.kind is TableKind.TEXT:
        return formats.get(
            look, "General" if is_long(value) else "@", align="left", indent=1, text_wrap=True, **more
        )
    align = "center" if column.kind in {TableKind.CENTRED, TableKind.COUNT, TableKind.DATE} else "right"
    return formats.get(
        look, column.kind.value, align=align, text_wrap=column.kind is TableKind.CENTRED, **more
    )


# A sheet of XlsxWriter whose long table is written row by row and never held whole ------------------------
#
# XlsxWriter keeps every cell as an object until the file is closed, several times what it needs in the file;
# its own mode with constant memory knows no tables. So a recap of all Indonesia gives its rows as text, made
# at the moment when XlsxWriter writes the sheet. All that this takes of XlsxWriter's inside stands here,
# and ``tests/recap/test_sheet.py`` holds it against what XlsxWriter writes by itself.


Row = tuple[float, Sequence[str]]
"""Its height in points, and the text of each of its cells."""


class _Unkept(dict[object, object]):
    """What is entered is not kept."""

    def __setitem__(self, _key: object, _value: object) -> None:
        """Do nothing."""


class RowSheet(Worksheet):  # type: ignore[misc] # XlsxWriter tells no types
    """A sheet with rows that are made while it is written.

    What stands above and below them is written as on any sheet.
    """

    def __init__(self) -> None:
        """No rows are to be made yet."""
        super().__init__()
        self.dim_rowmax: int
        self.table_cells = _Unkept()  # else each cell of a table, lest another one lies over it
        self._rows: Iterable[Row] = ()
        self._first = self._after = 0

    def make_rows(self, first: int, number: int, width: int, rows: Iterable[Row]) -> None:
        """Have rows written when the workbook is closed, and made then.

        Args:
            first: the first one, from 0.
            number: how many.
            width: how many columns they have.
            rows: the rows.
        """
        self._rows, self._first, self._after = rows, first, first + number
        self._check_dimensions(self._after - 1, width - 1)

    def number_of(self, text: str, times: int) -> int:
        """The number of a text among those that the sheets of the workbook share, for so many cells."""
        number: int = self.str_table._get_shared_string_index(text)  # noqa: SLF001 - see above
        self.str_table.count += times - 1
        return number

    def _write_rows(self) -> None:
        last: int = self.dim_rowmax
        self.dim_rowmax = self._first - 1
        super()._write_rows()
        more = ' x14ac:dyDescent="0.25"' if self.excel_version == 2010 else ""
        for number, (height, cells) in enumerate(self._rows, start=self._first + 1):
            # The height is a start only, so that a sorted row takes the room it needs; set_row would fix it.
            attributes = f'r="{number}" spans="1:{len(cells)}" ht="{height:.16g}"{more}'
            self.fh.write(f"<row {attributes}>{''.join(cells)}</row>")
        self.dim_rowmin, self.dim_rowmax = self._after, last
        super()._write_rows()


def style_of(cell_format: "Format") -> int:
    """The number of a format; to be asked when a cell in it is written, since it is numbered by that."""
    number: int = cell_format._get_xf_index()  # noqa: SLF001 - see above
    return number


# The text of cells ----------------------------------------------------------------------------------------


def blank(place: str, style: int) -> str:
    """A cell without a value, such as B5."""
    return f'<c r="{place}" s="{style}"/>'


def text(place: str, style: int, number: int) -> str:
    """A cell with a shared text."""
    return f'<c r="{place}" s="{style}" t="s"><v>{number}</v></c>'


def figure(place: str, style: int, value: float) -> str:
    """A cell with a number, or a day as Excel counts."""
    return f'<c r="{place}" s="{style}"><v>{value:.16G}</v></c>'


def formula(place: str, style: int, told: str, result: float) -> str:
    """A cell with a formula as ``told`` gives it, and what it comes to."""
    return f'<c r="{place}" s="{style}"><f>{told}</f><v>{result}</v></c>'


def array_formula(place: str, style: int, told: str, result: float) -> str:
    """The same of a formula that is one for arrays."""
    return f'<c r="{place}" s="{style}"><f t="array" ref="{place}">{told}</f><v>{result}</v></c>'


def told(formula: str) -> str:
    """A formula as it stands in the file: without = and braces."""
    return escape(formula.strip("{}").removeprefix("="))


# The rows of a table gone through once: what their cells hold, and what one has to know before the first --
#
# A sheet begins with how many rows there are and which texts they share; what comes below them is their sum. So
# the rows of a table come by before one is written, and what a cell holds is laid in a file meanwhile: to have
# all Indonesia in memory, or to work all of it out twice, would cost more.


Cell = int | float | None
"""A text by its place among those of the column, a number or a day as Excel counts, or nothing."""

_WRAPPED = {TableKind.TEXT, TableKind.CENTRED}
_ADDED = {"sum", "average"}


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of a column, each once, and in how many cells each stands."""

    texts: Sequence[str]
    times: Sequence[int]


@dataclass(frozen=True, slots=True)
class Survey:
    """What is known of a table.

    Attributes:
        number: how many rows there are.
        rows: the height of each in points, and its cells; to be gone through once.
        texts: those of each column.
        totals: what each column comes to in the row below; None where there is nothing to add or to divide.
    """

    number: int
    rows: list[tuple[float, list[Cell]]]
    texts: Sequence[Texts]
    totals: Sequence[Value]

    @property
    def last(self) -> int:
        """The last row of the data, from 0; an empty table has one blank row."""
        return TOP + max(1, self.number)


def survey(table: RecapTable) -> Survey:
    """Go through the rows of a table."""
    columns = [_Passing(column) for column in table.columns]
    rows = list(_passing(table, columns))
    return Survey(len(rows), rows, [column.found for column in columns], _totals(table, columns))


def _passing(table: RecapTable, columns: "Sequence[_Passing]") -> Iterator[tuple[float, list[Cell]]]:
    """The rows, each as high as its text that wraps most."""
    wrapped = [(place, column.width) for place, column in enumerate(table.columns) if column.kind in _WRAPPED]
    for row in table.rows:
        values: list[Any] = [column.value(row) for column in table.columns]
        height = row_height([(values[place], width) for place, width in wrapped])
        yield height, [column.take(value) for column, value in zip(columns, values, strict=True)]


class _Passing:
    """A column while its cells come by."""

    def __init__(self, column: TableColumn) -> None:
        self.added: list[Fraction] = []
        self._added = column.total in _ADDED
        self._percent = column.kind is TableKind.PERCENT
        self._known: dict[str, int] = {}
        self._times: list[int] = []

    @property
    def found(self) -> Texts:
        return Texts(tuple(self._known), self._times)

    def take(self, value: Value) -> Cell:
        if isinstance(value, date):
            value = shown(value)
            if isinstance(value, date):
                return serial(value)
        if value is None or isinstance(value, str):
            return self._text(value) if value else None
        if self._added:
            self.added.append(Fraction(value))
        return number_of(value, percent=self._percent)

    def _text(self, value: str) -> int:
        place = self._known.setdefault(value, len(self._times))
        if place == len(self._times):
            self._times.append(0)
        self._times[place] += 1
        return place


def _total(column: TableColumn, values: Sequence[Fraction]) -> Value:
    return mean(values) if column.total == "average" else sum(values, Fraction(0))


def _totals(table: RecapTable, columns: Sequence[_Passing]) -> list[Value]:
    """The values of the row below, those with a formula of their own from the others."""
    known: dict[str, Value] = {}
    if table.total:
        for column, found in zip(table.columns, columns, strict=True):
            if column.total in _ADDED:
                known[column.heading] = _total(column, found.added)
        for column in table.columns:
            if column.sums is not None:
                known[column.heading] = column.sums(known)
    return [known.get(column.heading) for column in table.columns]


# A table of the recap on its sheet: native, with live formulas, the values they come to, and marks --------


_SUBTOTALS = {"sum": 109, "average": 101}


def write_table(sheet: RowSheet, formats: Formats, table: RecapTable) -> None:
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


def _frame(sheet: RowSheet, formats: Formats, table: RecapTable, found: Survey) -> None:
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


def _write_nothing(sheet: RowSheet, formats: Formats, table: RecapTable) -> None:
    """The blank row of an empty table, and what it says."""
    for number, column in enumerate(table.columns):
        sheet.write_blank(TOP + 1, number, None, look_of(formats, column, ""))
    place = next(n for n, column in enumerate(table.columns) if column.kind is TableKind.TEXT)
    sheet.write_string(TOP + 1, place, table.nothing, look_of(formats, table.columns[place]))


# The rows --------------------------------------------------------------------------------------------------

Writer = Callable[[int, Cell], str]
"""(number of the row, from 1; what the cell holds) -> the text of the cell."""


def _rows(found: Survey, writers: Sequence[Writer]) -> Iterator[Row]:
    for number, (height, cells) in enumerate(found.rows, start=TOP + 2):
        yield height, [write(number, cell) for write, cell in zip(writers, cells, strict=True)]


def _writer(sheet: RowSheet, formats: Formats, table: RecapTable, number: int, found: Texts) -> Writer:
    """What writes the cells of a column; its texts are entered among the shared ones now."""
    column, letter = table.columns[number], xl_col_to_name(number)
    stated = told(qualified(column.formula, table.name))
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
        return computed(place, style, stated, cell) if stated else figure(place, style, cell)

    return write


def _styles(formats: Formats, column: TableColumn) -> Callable[[str], int]:
    """The number of the format that a text, or "" for any other value, has in a column; there are four."""
    known: dict[tuple[bool, bool], int] = {}

    def style(value: str) -> int:
        kind = is_formula_like(value), is_long(value)
        if kind not in known:
            known[kind] = style_of(look_of(formats, column, value))
        return known[kind]

    return style


# The row below ---------------------------------------------------------------------------------------------


def _write_total(sheet: RowSheet, formats: Formats, table: RecapTable, number: int, found: Survey) -> None:
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
        result = number_of(value, percent=column.kind is TableKind.PERCENT)
        sheet.write_formula(row, number, total, cell_format, result)


# At a glance -----------------------------------------------------------------------------------------------


def _mark(sheet: RowSheet, formats: Formats, table: RecapTable, number: int, last: int) -> None:
    """Bars and bold cells, which can be told apart in black and white too."""
    stands_out = formats.condition(Look.ATTENTION, bold=True)
    options: dict[CellMark, dict[str, Any]] = {
        CellMark.BAR: {
            "type": "data_bar", "data_bar_2010": True, "bar_solid": True, "bar_color": "#B4C6DA",
            "bar_border_color": NAVY, "min_type": "num", "min_value": 0, "max_type": "num", "max_value": 1,
        },
        CellMark.POSITIVE: {"type": "cell", "criteria": ">", "value": 0, "format": stands_out},
        CellMark.NOT_DONE: {"type": "cell", "criteria": "!=", "value": '"selesai"', "format": stands_out},
    }  # fmt: skip
    mark = table.columns[number].mark
    if mark is not CellMark.NONE:
        sheet.conditional_format(TOP + 1, number, last, number, options[mark])


# The sheet of charts: serapan of each kecamatan, the highest first, and the mean capaian of each indicator
#
# The figures beside the charts are formulas on the tables, so a chart follows what is corrected there.


SHEET = "Grafik"
_TOP = 3
_ROW_PX, _FRAME_PX, _WIDTH_PX = 24, 110, 760
_ROW_HEIGHT_PX = 20
_NAME = 62  # letters of a name beside its bar


@dataclass(frozen=True, slots=True)
class ChartBlock:
    """One chart and its figures.

    Attributes:
        title: what it shows.
        heading: what the names are.
        measure: what the figures are.
        formula: the figure of the row of a number.
        rows: number, name and figure in percentage points.
        left_out: how many rows there are beside these.
    """

    title: str
    heading: str
    measure: str
    formula: str
    rows: Sequence[tuple[int, str, Fraction]]
    left_out: int = 0


def blocks(recap: Recap) -> list[ChartBlock]:
    """The charts that there are figures for."""
    absorbed = [
        (row.number, row.summary.kecamatan, row.serapan)
        for row in drawn(recap.totals.absorbed)
        if row.serapan is not None
    ]
    reached = [
        (row.number, row.indikator, row.rerata) for row in recap.totals.indicators if row.rerata is not None
    ]
    told = drawn(reached if len(reached) <= DRAWN else sorted(reached, key=_figure, reverse=True))
    budget = _looked_up("Ringkasan", "Serapan")
    targets = _looked_up("Indikator", "Rerata Capaian")
    found = (
        ChartBlock(
            "Serapan anggaran menurut kecamatan",
            "Kecamatan",
            "Serapan",
            budget,
            absorbed,
            len(recap.totals.absorbed) - len(absorbed),
        ),
        ChartBlock(
            "Rerata capaian menurut indikator",
            "Indikator",
            "Rerata Capaian",
            targets,
            told,
            len(reached) - len(told),
        ),
    )
    return [block for block in found if block.rows]


def _figure(row: tuple[int, str, Fraction]) -> Fraction:
    return row[2]


def write_charts(book: "Workbook", sheet: "Worksheet", formats: Formats, found: Sequence[ChartBlock]) -> None:
    """The charts below each other, each beside its figures."""
    sheet.write_string(0, 0, "Grafik", formats.get(Look.SECTION, bottom=0))
    note = "Angka di sebelah grafik diambil dari lembar Ringkasan dan Indikator."
    if any(block.left_out for block in found):
        note += (
            f" Sebuah grafik memuat paling banyak {DRAWN} baris: bila ada lebih banyak, {ENDS} yang "
            f"tertinggi dan {ENDS} yang terendah; selengkapnya ada di kedua lembar itu."
        )
    sheet.write_string(1, 0, note, formats.get(Look.BODY, text_wrap=False, indent=0))
    sheet.set_column(0, 0, 60)
    sheet.set_column(1, 1, 16)
    top = _TOP
    for block in found:
        _write_figures(sheet, formats, block, top)
        height = _FRAME_PX + _ROW_PX * len(block.rows)
        sheet.insert_chart(top, 3, _chart(book, block, top, height), {"object_position": 3})
        top += max(len(block.rows) + 2, height // _ROW_HEIGHT_PX + 2)


def _looked_up(table: str, column: str) -> str:
    return f"=INDEX({table}[{column}],MATCH({{}},{table}[No],0))"


def _write_figures(sheet: "Worksheet", formats: Formats, block: ChartBlock, top: int) -> None:
    sheet.write_string(top, 0, block.heading, formats.get(Look.HEADING))
    sheet.write_string(top, 1, block.measure, formats.get(Look.HEADING))
    for row, (number, name, value) in enumerate(block.rows, start=top + 1):
        sheet.write_string(row, 0, _name(name), formats.get(Look.OPTIONAL, "@", indent=1))
        shown = formats.get(Look.OPTIONAL, "0.00%", align="right")
        sheet.write_formula(row, 1, block.formula.format(number), shown, number_of(value, percent=True))


def _name(name: str) -> str:
    short = squeeze(text_of(name))
    return short if len(short) <= _NAME else f"{short[: _NAME - 1]}…"


def _chart(book: "Workbook", block: ChartBlock, top: int, height: int) -> object:
    first, last = top + 1, top + len(block.rows)
    font = {"name": FONT, "size": 9, "color": INK}
    chart = book.add_chart({"type": "bar"})
    chart.add_series(
        {
            "name": block.measure,
            "categories": [SHEET, first, 0, last, 0],
            "values": [SHEET, first, 1, last, 1],
            "fill": {"color": NAVY},
            "gap": 45,
            "data_labels": {"value": True, "num_format": "0.00%", "font": font},
        }
    )
    chart.set_title({"name": block.title, "overlay": False, "name_font": {**font, "size": 12, "bold": True}})
    chart.set_legend({"none": True})
    least = {} if any(value < 0 for _, _, value in block.rows) else {"min": 0}
    grid = {"visible": True, "line": {"color": LINE, "dash_type": "round_dot"}}
    chart.set_x_axis({"num_format": "0%", "num_font": font, "major_gridlines": grid, **least})
    chart.set_y_axis({"reverse": True, "num_font": font, "label_position": "low", "interval_unit": 1})
    chart.set_size({"width": _WIDTH_PX, "height": height})
    return chart


# ``rekap.xlsx``: the recap as a workbook of native tables and charts; equal recaps give equal bytes -------


_CREATED = datetime(2025, 1, 1)  # noqa: DTZ001 - a fixed stamp of the file, in no time zone
_LONG = frozenset({"Serapan", "Capaian", "Temuan"})
_CHARTS_BEFORE = "Serapan"
_LONGEST_FOOTER = 180  # letters; Excel takes 255 with its codes
_NARROW = 120  # letters that fit upright
_IN_MEMORY = 250  # kecamatan whose parts take a few MB, and less time than thirty files


def rekap_xlsx(recap: Recap, paper: str = "F4") -> bytes:
    """The workbook; the parts of a large one are put together in files, ten times as large as it is.

    Args:
        recap: the recap.
        paper: ``F4`` or ``A4``.

    Raises:
        OutputError: the folder for temporary files is full or closed.
    """
    try:
        with TemporaryDirectory(prefix="lkt-recap-", ignore_cleanup_errors=True) as folder:
            path = Path(folder) / "rekap.xlsx"
            _write(recap, paper, path)
            return path.read_bytes()
    except (OSError, FileCreateError) as error:
        cause = error if isinstance(error, OSError) else error.args[0]
        raise OutputError(
            f"Berkas sementara tidak dapat ditulis: {why(cause)}.",
            "Kosongkan disk, atau arahkan variabel TMPDIR (TEMP di Windows) ke folder lain.",
        ) from None


def _write(recap: Recap, paper: str, path: Path) -> None:
    few = len(recap.rows) <= _IN_MEMORY
    book = Workbook(path, {"in_memory": few, "tmpdir": path.parent})
    title = recap.heading
    book.set_properties(
        {
            "title": text_of(title),
            "subject": "Rekapitulasi Laporan Kinerja Triwulan",
            "author": "lkt",
            "category": "Laporan kinerja",
            "created": _CREATED,
        }
    )
    formats, charts = Formats(book), blocks(recap)
    for table in tables(recap):
        if table.sheet == _CHARTS_BEFORE and charts:
            sheet = book.add_worksheet(SHEET)
            write_charts(book, sheet, formats, charts)
            _set_up(sheet, title, paper, landscape=True)
            sheet.fit_to_pages(1, 1)  # no chart is cut in two
        sheet = book.add_worksheet(table.sheet, RowSheet)
        write_table(sheet, formats, table)
        _set_up(sheet, title, paper, landscape=_wide(table))
        sheet.set_tab_color(LINE if table.sheet in _LONG else NAVY)
    book.close()
    # A workbook and its sheets hold each other, and all that was written, until the collector comes by.
    book.sheetnames.clear()
    book.worksheets().clear()


def _wide(table: RecapTable) -> bool:
    return sum(column.width for column in table.columns) > _NARROW


def _set_up(sheet: "Worksheet", title: str, paper: str, *, landscape: bool) -> None:
    """One page wide, with the number of each page."""
    sheet.set_paper(PAPER[paper])
    if landscape:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    shown = text_of(title)[:_LONGEST_FOOTER].replace("&", "&&")
    sheet.set_footer(f"&L&9{shown} – &A&R&9Halaman &P dari &N")
    sheet.hide_gridlines(2)
