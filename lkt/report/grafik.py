"""The charts of one quarter: capaian against target, pagu against realisasi; "" with nothing to draw."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

from lkt.bahasa import Number, round_half_up, squeeze
from lkt.figures import HasilIndikator, HasilProgram, Unit, printed_value
from lkt.model import Cell
from lkt.report.context import Laporan
from lkt.report.labels import ROOM_MM, Label, fit
from lkt.report.values import Chart, LabelPlace, Plot, Series

Nothing = Literal[""]
EMU_PER_MM = 36_000
WIDTH_MM = Decimal(160)
"""The width of the text on a page of either size."""

INDONESIAN = "[$-421]"
"""Where a program heeds it figures have a decimal comma; Word writes them as the computer is set."""
_TOP, _FIGURE, _LEGEND, _TITLE = Decimal(2), Decimal(16), Decimal(11), Decimal(5)
_ROW = Decimal("8.5")  # two bars with figures of 8 points
_TALLEST = Decimal(175)
_TALLEST_LYING = Decimal(120)  # fits a page on its side too, which A4 makes 160 mm with its caption
_HATCHED, _DARK = 0, 1


def percent_format(decimals: int) -> str:
    """The format of percentage points: 35,48%."""
    return f'{INDONESIAN}{_digits(decimals)}"%"'


def _digits(decimals: int) -> str:
    return f"0.{'0' * decimals}" if decimals else "0"


def name_of(cell: Cell[str]) -> str:
    """A name on one line; what cannot be read as it was written."""
    return squeeze(cell.value or cell.written) or "-"


def number_of(hasil: HasilIndikator, place: int) -> str:
    """The number of an indicator, as the tables have it."""
    number = hasil.baris.no
    return (number.written.strip() if number.value is None else str(number.value)) or str(place)


# Capaian ---------------------------------------------------------------------------------------------------


def achievement_chart(laporan: Laporan) -> Chart | Nothing:
    """Capaian of each indicator beside its target, which is 100 per cent whatever its unit."""
    rows = laporan.result.computed.indikator
    values = tuple(rounded(hasil.capaian.value, laporan.decimals) for hasil in rows)
    if all(value is None for value in values):
        return ""
    labels = [
        Label(
            f"{number_of(hasil, place)}. {name_of(hasil.baris.indikator)}",
            "" if hasil.capaian.value is not None else " (belum dapat dihitung)",
        )
        for place, hasil in enumerate(rows, 1)
    ]
    told = [
        label.text if label.rest else f"{label.text}: {laporan.figure(hasil.capaian)}"
        for label, hasil in zip(labels, rows, strict=True)
    ]
    target = Series("Target (100%)", tuple(Decimal(100) for _ in rows), _HATCHED)
    return _lying(
        labels,
        (target, Series("Capaian", values, _DARK, at_end(values))),
        (percent_format(laporan.decimals), f'{INDONESIAN}0"%"'),
        "",
        (
            "Grafik capaian kinerja",
            sentence("Grafik batang capaian setiap indikator terhadap target 100%", told),
        ),
        _TALLEST,
    )


def rounded(value: Number | None, decimals: int) -> Decimal | None:
    """The value as it is printed."""
    return None if value is None else round_half_up(value, decimals)


def at_end(values: Sequence[Decimal | None]) -> tuple[LabelPlace, ...]:
    """A figure at the end of each bar."""
    return tuple("outEnd" for _ in values)


def sentence(lead: str, told: Sequence[str]) -> str:
    """What a chart shows, in words."""
    return f"{lead}. {'; '.join(told)}."


# Anggaran --------------------------------------------------------------------------------------------------


def budget_chart(laporan: Laporan) -> Chart | Nothing:
    """Pagu and realisasi of each programme, in a unit in which they are short; serapan beside the name."""
    rows = laporan.result.computed.program
    pagu = [program.baris.pagu.value for program in rows]
    spent = [program.baris.realisasi.value for program in rows]
    amounts = [abs(value) for value in (*pagu, *spent) if value]
    if not amounts:
        return ""
    name, unit, decimals = _scale(max(amounts))
    series = tuple(
        Series(legend, values, look, at_end(values))
        for legend, look, column in (("Pagu", _HATCHED, pagu), ("Realisasi", _DARK, spent))
        for values in [
            tuple(None if value is None else round_half_up(value / unit, decimals) for value in column)
        ]
    )
    labels = [
        Label(f"{place}. {name_of(program.baris.program)}", f" ({laporan.figure(program.serapan)})")
        for place, program in enumerate(rows, 1)
    ]
    number_format = f"{INDONESIAN}#,##{_digits(decimals)}"
    return _lying(
        labels,
        series,
        (number_format, f"{INDONESIAN}#,##0" if max(amounts) / unit >= 10 else number_format),
        f"{name}; serapan di dalam kurung",
        (
            "Grafik pagu dan realisasi",
            sentence(
                "Grafik batang pagu dan realisasi setiap program", [_told(laporan, row) for row in rows]
            ),
        ),
        _TALLEST_LYING,
    )


def _scale(largest: Decimal) -> tuple[str, Decimal, int]:
    """The unit of the largest amount: its name, its size in rupiah, the decimals of an amount in it."""
    units = (("miliar rupiah", 10**9, 10**11), ("juta rupiah", 10**6, 10**6), ("rupiah", 1, 0))
    name, size, _ = next(unit for unit in units if largest >= unit[2])
    return name, Decimal(size), 0 if size == 1 else 2 if largest < 100 * size else 1


def _told(laporan: Laporan, program: HasilProgram) -> str:
    row = program.baris
    pagu, spent = (
        "-" if cell.value is None else printed_value(cell.value, Unit.RUPIAH)
        for cell in (row.pagu, row.realisasi)
    )
    return (
        f"{name_of(row.program)}: pagu {pagu}, realisasi {spent}, serapan {laporan.figure(program.serapan)}"
    )


# Size ------------------------------------------------------------------------------------------------------


def _lying(
    labels: Sequence[Label],
    series: tuple[Series, ...],
    formats: tuple[str, str],
    axis_title: str,
    texts: tuple[str, str],
    tallest: Decimal,
) -> Chart:
    rows = fit(labels, _ROW, tallest)
    below_nought = any(value is not None and value < 0 for line in series for value in line.values)
    left = ROOM_MM + 4 + (_FIGURE if below_nought else 0)
    below = _LEGEND + (_TITLE if axis_title else 0)
    plot = Plot(left, _TOP, WIDTH_MM - left - _FIGURE, rows.height)
    return Chart(
        "bar", rows.names, series, *formats, axis_title, *texts,
        int(WIDTH_MM * EMU_PER_MM), int((_TOP + rows.height + below) * EMU_PER_MM), plot,
    )  # fmt: skip
