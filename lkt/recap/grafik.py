"""The chart of the recap: serapan of each kecamatan, the highest first; "" with nothing to draw."""

from decimal import Decimal
from typing import Literal

from lkt.bahasa import format_percent, round_half_up, squeeze
from lkt.recap.rekap import Rekap, drawn
from lkt.report.grafik import EMU_PER_MM, INDONESIAN, at_end, percent_format, sentence
from lkt.report.labels import ROOM_MM, Label, fit
from lkt.report.values import Chart, Plot, Series

_TOP, _FIGURE, _BELOW = Decimal(2), Decimal(16), Decimal(13)
_ROW, _TALLEST = Decimal("4.4"), Decimal(96)  # what page 2 has room for with 21 kecamatan on A4
_LEAST = Decimal("3.6")  # what a name and a figure need so that the next row does not touch them
_WIDTH = Decimal(175)  # of the text
_LETTER = Decimal("1.9")  # of a name, generously
_DARK, _DECIMALS = 1, 2


def absorption_chart(rekap: Rekap) -> Chart | Literal[""]:
    """Serapan of each kecamatan that has one, of the highest and the lowest where there are many."""
    rows = drawn(rekap.jumlah.terserap)
    if not rows:
        return ""
    known = [row.serapan for row in rows]
    values = tuple(round_half_up(value, _DECIMALS) for value in known)
    names = [squeeze(row.kecamatan) or "-" for row in rows]
    labels = fit([Label(name) for name in names], _ROW, max(_TALLEST, _LEAST * len(names)))
    longest = max(map(len, labels.names)) * _LETTER
    left = min(longest, ROOM_MM) + 4 + (_FIGURE if values[-1] < 0 else 0)
    whose = "setiap kecamatan" if len(rows) == len(rekap.jumlah.terserap) else "tertinggi dan terendah"
    told = [f"{name} {format_percent(value)}" for name, value in zip(names, known, strict=True)]
    return Chart(
        kind="bar",
        categories=labels.names,
        series=(Series("Serapan", values, _DARK, at_end(values)),),
        number_format=percent_format(_DECIMALS),
        axis_format=f'{INDONESIAN}0"%"',
        axis_title="",
        title="Grafik serapan anggaran menurut kecamatan",
        alt=sentence(f"Grafik batang serapan anggaran {whose}", told),
        width_emu=int(_WIDTH * EMU_PER_MM),
        height_emu=int((_TOP + labels.height + _BELOW) * EMU_PER_MM),
        plot=Plot(left, _TOP, _WIDTH - left - _FIGURE, labels.height),
    )
