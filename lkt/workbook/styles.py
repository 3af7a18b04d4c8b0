"""How the standard workbook looks and guides: colours, number formats, notes, validation, attention.

Everything here is data or a pure function of a column; ``writer`` puts it into cells.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from lkt.workbook.declaration import LIMITS, Column, Kind
from lkt.workbook.live_formulas import TYPED_REALISASI, of_kind
from lkt.xlsx import DATE_FORMAT, Percent

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook


Value = str | int | Decimal | date | Percent | None
"""What is written into one cell."""


# Looks ---------------------------------------------------------------------------------------------------

INK = "#1F2A37"
WHITE = "#FFFFFF"
NAVY = "#1F4E79"
SLATE = "#566573"
LINE = "#CBD3DC"
CREAM = "#FFF6DA"
MIST = "#E9EEF3"
SILVER = "#D8E0E8"
ORANGE = "#F6B784"
FONT = "Calibri"
LINE_HEIGHT = 15
_CHARS = 1.2  # letters of running text to a unit of width, which is the width of a figure

_BOX: dict[str, Any] = {"border": 1, "border_color": LINE, "valign": "vcenter"}
_LEFT: dict[str, Any] = {"align": "left", "valign": "vcenter", "indent": 1}
_TEXT_BOX = {**_BOX, **_LEFT, "bg_color": WHITE, "text_wrap": True}
_HEADING = {
    **_BOX,
    "bold": True,
    "font_color": WHITE,
    "border_color": WHITE,
    "align": "center",
    "text_wrap": True,
}


def _look(**properties: object) -> dict[str, Any]:
    return properties


class Look(Enum):
    """The looks of the workbook, as properties of XlsxWriter.

    Each stands for one meaning, which sheet Petunjuk explains.
    """

    HEADING = _look(**_HEADING, bg_color=NAVY)
    HEADING_COMPUTED = _look(**_HEADING, bg_color=SLATE)
    REQUIRED = _look(**_BOX, bg_color=CREAM)
    OPTIONAL = _look(**_BOX, bg_color=WHITE)
    COMPUTED = _look(**_BOX, bg_color=MIST)
    TOTAL = _look(**_BOX, bg_color=SILVER, bold=True, top=2, top_color=SLATE)
    ATTENTION = _look(bg_color=ORANGE)
    LABEL = _look(**_TEXT_BOX)
    HELP = _look(**_TEXT_BOX, font_color=SLATE)
    TITLE = _look(bold=True, font_size=18, font_color=WHITE, bg_color=NAVY, valign="vcenter")
    SUBTITLE = _look(font_size=11, font_color=WHITE, bg_color=NAVY, valign="vcenter")
    SECTION = _look(bold=True, font_size=13, font_color=NAVY, bottom=2, bottom_color=NAVY)
    BODY = _look(**_LEFT, text_wrap=True)
    NUMBER = _look(**_LEFT, bold=True, font_color=NAVY)
    LINK = _look(**_LEFT, font_color=NAVY, underline=1)


class Formats:
    """The cell formats of one workbook, each made once."""

    def __init__(self, book: "Workbook") -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, object], ...], Format] = {}

    def get(self, look: Look, number_format: str = "General", **extra: object) -> "Format":
        """The format of a look with a number format and further properties of XlsxWriter."""
        return self._format(
            {"font_name": FONT, "font_color": INK, "num_format": number_format, **look.value, **extra}
        )

    def condition(self, look: Look | None, number_format: str = "", *, bold: bool = False) -> "Format":
        """A conditional format: the fill of a look, a number format, or both; bold is seen in grey too."""
        properties: dict[str, object] = {}
        if look:
            properties["bg_color"] = look.value["bg_color"]
        if bold:
            properties["bold"] = True
        if number_format:
            properties["num_format"] = number_format
        return self._format(properties)

    def _format(self, properties: dict[str, object]) -> "Format":
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(properties)
        return self._made[key]


def look_of(column: Column) -> Look:
    """How the cells of a column look."""
    if column.derived:
        return Look.COMPUTED
    return Look.REQUIRED if column.filled else Look.OPTIONAL


def alignment(kind: Kind, width: float) -> dict[str, Any]:
    """Text and dates stand to the left and wrap, figures to the right, short numbers in the middle."""
    if kind is Kind.CHOICE or (kind in {Kind.WHOLE, Kind.NUMBERS} and width <= 12):
        return {"align": "center"}
    if kind in {Kind.TEXT, Kind.PERIOD, Kind.DATE}:
        return {"align": "left", "indent": 1, "text_wrap": kind is not Kind.DATE}
    return {"align": "right"}


def row_height(texts: Iterable[tuple[Value, float]]) -> float:
    """The height of a row in points, from its values and the widths of their columns."""
    lines = 1
    for text, width in texts:
        if isinstance(text, str):
            room = max(1, int(_CHARS * (width - 3)))
            lines = max(lines, sum(max(1, len(wrap(line, room))) for line in text.split("\n")))
    return LINE_HEIGHT * lines + 3


# Number formats ------------------------------------------------------------------------------------------

"""5 April 2024, with the months in Indonesian whatever the language of the spreadsheet program."""

_FORMATS = {
    Kind.WHOLE: "0",
    Kind.MONEY: "#,##0",
    Kind.PERCENT: "0.00%",
    Kind.DATE: DATE_FORMAT,
    Kind.PERIOD: DATE_FORMAT,
}


def number_format(field: str, kind: Kind, value: Value, *, derived: bool = False) -> str:
    """The format of a cell; a figure that is given shows the decimals that it has."""
    match value:
        case Percent():
            return _with_decimals("0", value.decimals) + "%"
        case Decimal():
            return _with_decimals("#,##0", max(0, -int(value.as_tuple().exponent)))
        case int() if kind is not Kind.WHOLE:
            return "#,##0"
    if field in {"kode", "kode_kecamatan", "nip"}:
        return "@"
    if kind is Kind.MEASURE and derived:
        return "#,##0.00"
    return _FORMATS.get(kind, "General")


def _with_decimals(whole: str, decimals: int) -> str:
    return f"{whole}.{'0' * decimals}" if decimals else whole


# Notes ---------------------------------------------------------------------------------------------------


def note_of(column: Column) -> str:
    """The note on a heading: what must be filled in, what for, and how people write it."""
    text = column.help
    if not column.derived:
        text = f"{'Wajib diisi' if column.filled else 'Boleh kosong'}. {text}"
    if column.choices:
        text += f"\nPilihan: {', '.join(column.choices)}."
    if column.examples:
        text += f"\nContoh: {'; '.join(column.examples)}"
    return text


def note_options(text: str) -> dict[str, Any]:
    """The box of a note, high enough for its text."""
    lines = sum(max(1, len(wrap(line, 46))) for line in text.splitlines())
    return {
        "width": 300,
        "height": 16 * lines + 14,
        "font_name": "Tahoma",
        "font_size": 9,
        "color": "#FFFDF2",
    }


# Validation ----------------------------------------------------------------------------------------------

_MESSAGES: dict[Kind, tuple[str, str, str]] = {
    Kind.DATE: (
        "date",
        "Bukan tanggal",
        "Ketik tanggal yang benar-benar ada, misalnya 26/02/2024. Kosongkan bila belum ada.",
    ),
    Kind.PERIOD: (
        "date",
        "Bukan satu tanggal",
        "Bulan (Februari) dan rentang (19 s.d. 26 Februari 2024) boleh. Tanggal yang pasti lebih kuat.",
    ),
    Kind.WHOLE: ("integer", "Bukan bilangan bulat", "Ketik bilangan bulat saja, misalnya 1."),
    Kind.MONEY: (
        "decimal",
        "Bukan jumlah rupiah",
        "Ketik angkanya saja, tanpa Rp dan tanpa titik, misalnya 13600000. Tulis 0 bila nihil.",
    ),
    Kind.NUMBER: (
        "decimal",
        "Bukan bilangan",
        "Ketik angkanya saja, misalnya 63. Tanda desimal adalah koma.",
    ),
    Kind.PERCENT: ("decimal", "Bukan persentase", "Ketik persentase dengan tanda persen, misalnya 25%."),
}
"""Type of a column -> what XlsxWriter calls it, and the title and text of the message."""


def validation(column: Column) -> dict[str, Any] | None:
    """What a spreadsheet program lets people type into an input cell; None where anything goes."""
    if column.choices:
        message = f"Pilih salah satu dari daftar: {', '.join(column.choices)}."
        return _error(
            {"validate": "list", "source": list(column.choices)}, "Bukan salah satu pilihan", message
        )
    if column.limits is None or column.kind not in _MESSAGES:
        return None
    validate, title, message = _MESSAGES[column.kind]
    least, most = column.limits
    bounds: tuple[object, object] = (least, most)
    if validate == "date":
        bounds = (date(least, 1, 1), date(most, 12, 31))
    elif column.kind is Kind.PERCENT:
        bounds = (least / 100, most / 100)
    elif (least, most) == LIMITS[Kind.DATE]:
        title, message = "Bukan tahun", "Ketik tahun dengan empat angka, misalnya 2024."
    rule = {"validate": validate, "criteria": "between", "minimum": bounds[0], "maximum": bounds[1]}
    return _error(rule, title, message, "information" if column.kind is Kind.PERIOD else "stop")


def numbers_of(cells: str, first: str) -> dict[str, Any]:
    """A dropdown of the numbers of sheet Indikator; others pass too, since one may fill in any order."""
    source = f"=OFFSET({first},0,0,MAX(1,COUNT({cells})),1)"
    message = "Nomor ini belum ada pada kolom No di lembar Indikator."
    return _error({"validate": "list", "source": source}, "Nomor belum ada", message, "warning")


def formula_guard(allowed: str = "FALSE") -> dict[str, Any]:
    """A warning before a formula is typed over, except where ``allowed`` holds."""
    message = "Sel ini berisi rumus. Angka yang diketik di sini menggantikan rumusnya."
    return _error({"validate": "custom", "value": f"={allowed}"}, "Dihitung otomatis", message, "warning")


def _error(rule: dict[str, Any], title: str, message: str, kind: str = "stop") -> dict[str, Any]:
    return {**rule, "error_title": title, "error_message": message[:255], "error_type": kind}


# Conditional formats -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Condition:
    """Cells that change their look with the content; ``[sel]`` in the formula is the cell itself."""

    sheet: str
    field: str
    formula: str
    look: Look | None = None
    number_format: str = ""


def _needs(field: str) -> str:
    """Whether the row's kind of indicator needs a cell that is blank."""
    return f'=AND({of_kind(lambda kind: field in kind.needs)},[sel]="")'


CONDITIONS = (
    # LibreOffice applies the first condition that holds, so these two exclude each other.
    Condition("Indikator", "realisasi", f"={TYPED_REALISASI}", Look.REQUIRED),
    Condition(
        "Indikator",
        "realisasi",
        '=AND(_xlfn.ISFORMULA([sel]),OR([Satuan]="%",[Satuan]="persen"))',
        number_format='#,##0.00"%"',
    ),
    Condition("Indikator", "pembilang", _needs("pembilang"), Look.ATTENTION),
    Condition("Indikator", "penyebut", _needs("penyebut"), Look.ATTENTION),
    Condition(
        "Anggaran",
        "keterangan",
        '=AND(ISNUMBER([Pagu]),ISNUMBER([Anggaran PK]),[Pagu]<>[Anggaran PK],[sel]="")',
        Look.ATTENTION,
    ),
    Condition("Desa", "tanggal", "=AND(ISNUMBER([sel]),N([batas])>0,[sel]>=[batas]+1)", Look.ATTENTION),
)

# Pages ---------------------------------------------------------------------------------------------------

FROZEN_COLUMNS = {"Indikator": 3, "Anggaran": 2, "Desa": 2}
"""How many columns stay in view; one everywhere else would only take room."""

FILTERED = frozenset({"Anggaran", "Fasilitasi", "Desa", "Kegiatan"})
"""The sheets whose rows people look for."""

PAPER = {"F4": 14, "A4": 9}
"""Excel's numbers of paper sizes; it knows F4 as Folio, 8,5 × 13 inci."""

WIDE = 125
"""Sheets with more characters across are printed in landscape."""

TWO_PAGES = 220
"""Sheets with more characters across are printed two pages wide; one would take letters below 8 points."""
