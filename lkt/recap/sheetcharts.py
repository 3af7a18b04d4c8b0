"""The sheet of charts: serapan of each kecamatan, the highest first, and the mean capaian of each indicator.

The figures beside the charts are formulas on the tables, so a chart follows what is corrected there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from lkt.bahasa import squeeze
from lkt.recap.cells import number_of, text_of
from lkt.recap.rekap import DRAWN, ENDS, Rekap, drawn
from lkt.workbook.styles import FONT, INK, LINE, NAVY, Formats, Look

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

SHEET = "Grafik"
_TOP = 3
_ROW_PX, _FRAME_PX, _WIDTH_PX = 24, 110, 760
_ROW_HEIGHT_PX = 20
_NAME = 62  # letters of a name beside its bar


@dataclass(frozen=True, slots=True)
class Block:
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


def blocks(rekap: Rekap) -> list[Block]:
    """The charts that there are figures for."""
    absorbed = [(row.nomor, row.kecamatan, row.serapan) for row in drawn(rekap.jumlah.terserap)]
    reached = [
        (number, row.indikator, row.rerata)
        for number, row in enumerate(rekap.jumlah.indikator, start=1)
        if row.rerata is not None
    ]
    told = drawn(reached if len(reached) <= DRAWN else sorted(reached, key=_figure, reverse=True))
    budget = _looked_up("Ringkasan", "Serapan")
    targets = _looked_up("Indikator", "Rerata Capaian")
    found = (
        Block(
            "Serapan anggaran menurut kecamatan",
            "Kecamatan",
            "Serapan",
            budget,
            absorbed,
            len(rekap.jumlah.terserap) - len(absorbed),
        ),
        Block(
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


def write_charts(book: "Workbook", sheet: "Worksheet", formats: Formats, found: Sequence[Block]) -> None:
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


def _write_figures(sheet: "Worksheet", formats: Formats, block: Block, top: int) -> None:
    sheet.write_string(top, 0, block.heading, formats.get(Look.HEADING))
    sheet.write_string(top, 1, block.measure, formats.get(Look.HEADING))
    for row, (number, name, value) in enumerate(block.rows, start=top + 1):
        sheet.write_string(row, 0, _name(name), formats.get(Look.OPTIONAL, "@", indent=1))
        shown = formats.get(Look.OPTIONAL, "0.00%", align="right")
        sheet.write_formula(row, 1, block.formula.format(number), shown, number_of(value, percent=True))


def _name(name: str) -> str:
    short = squeeze(text_of(name))
    return short if len(short) <= _NAME else f"{short[: _NAME - 1]}…"


def _chart(book: "Workbook", block: Block, top: int, height: int) -> object:
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
