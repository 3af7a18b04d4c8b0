"""The charts of the report: capaian, serapan, and the quarters of one year."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from lkt.figures import Case, Computed, IndikatorResult
from lkt.indonesian import Number, format_number, format_percent, roman, round_half_up, squeeze
from lkt.model import Cell
from lkt.pipeline import Result
from lkt.report.chart_labels import ROOM_MM, Label, fit, shortened
from lkt.report.context import Laporan
from lkt.rules.pairing import INDIKATOR_KEYS, bare, pair, within_year
from lkt.wordtemplate import Chart, LabelPlace, Plot, Scale, Series

Nothing = Literal[""]
EMU_PER_MM = 36_000
WIDTH_MM = Decimal(160)
"""The width of the text on a page of either size."""

INDONESIAN = "[$-421]"
"""Where a program heeds it figures have a decimal comma; Word writes them as the computer is set."""


def percent_format(decimals: int) -> str:
    """The format of percentage points: 35,48%."""
    digits = f"0.{'0' * decimals}" if decimals else "0"
    return f'{INDONESIAN}{digits}"%"'


def name_of(cell: Cell[str]) -> str:
    """A name on one line; what cannot be read as it was written."""
    return squeeze(cell.value or cell.written) or "-"


def number_of(result: IndikatorResult, place: int) -> str:
    """The number of an indicator, as the tables have it."""
    number = result.row.no
    return (number.written.strip() if number.value is None else str(number.value)) or str(place)


def rounded(value: Number | None, decimals: int) -> Decimal | None:
    """The value as it is printed."""
    return None if value is None else round_half_up(value, decimals)


def at_end(values: Sequence[Decimal | None]) -> tuple[LabelPlace, ...]:
    """A figure at the end of each bar."""
    return tuple("outEnd" for _ in values)


def sentence(lead: str, told: Sequence[str]) -> str:
    """What a chart shows, in words."""
    return f"{lead}. {'; '.join(told)}."


# The charts of one quarter: capaian and serapan, with what is asked for; "" with nothing to draw ----------
# Lengths are in mm.

_BARS_TOP, _LEGEND, _RIGHT_EDGE = Decimal(2), Decimal(11), Decimal(2)
_ROW = Decimal("8.5")  # two lines of 8 points
_TALLEST = Decimal(175)
_TALLEST_LYING = Decimal(120)  # fits a page on its side too, which A4 makes 160 mm with its caption
_DARK = 1
_BLACK, _WHITE = 0, 1


def achievement_chart(laporan: Laporan) -> Chart | Nothing:
    """Capaian of each indicator, with strokes at the target of the year and at what the quarter asks for."""
    rows = laporan.result.computed.indikator
    values = tuple(rounded(each.capaian.value, max(laporan.decimals, each.capaian.decimals)) for each in rows)
    if all(value is None for value in values):
        return ""
    labels = [
        Label(f"{number_of(result, place)}. {name_of(result.row.indikator)}")
        for place, result in enumerate(rows, 1)
    ]
    beside = [
        laporan.figure(row.capaian) if row.capaian.value is not None else "belum dapat\ndihitung"
        for row in rows
    ]
    by_year = laporan.dataset.identitas.dasar_capaian.value == "tahun"
    asked = tuple(rounded(row.jalur.asked, 2) if by_year else None for row in rows)
    marks = [Series("Target", tuple(Decimal(100) for _ in rows), _BLACK)]
    legend = f"Garis hitam: target {'setahun' if by_year else 'triwulan'}"
    if any(share is not None for share in asked):
        marks.append(Series("Sampai triwulan ini", asked, _WHITE))
        legend += "; garis putih: yang diminta sampai triwulan ini"
    return _lying(
        labels,
        Series("Capaian", values, _DARK),
        marks,
        (beside, Decimal(20)),
        (
            "Grafik capaian kinerja",
            "Grafik batang capaian setiap indikator terhadap target 100%",
            legend,
        ),
        _TALLEST,
    )


def budget_chart(laporan: Laporan) -> Chart | Nothing:
    """Serapan of each programme, with a stroke at what the quarter asks for; realisasi and pagu beside it."""
    rows = laporan.result.computed.program
    if not any(program.row.pagu.value or program.row.realisasi.value for program in rows):
        return ""
    values = tuple(
        rounded(program.serapan.value, max(laporan.decimals, program.serapan.decimals)) for program in rows
    )
    labels = [
        Label(
            f"{place}. {name_of(program.row.program)}",
            f" ({unit})" if (unit := program.row.unit.value) else "",
        )
        for place, program in enumerate(rows, 1)
    ]
    beside = [
        f"{laporan.figure(program.serapan)}\n{_of(program.row.realisasi.value, program.row.pagu.value)}"
        for program in rows
    ]
    asked = tuple(rounded(program.jalur.asked, 2) for program in rows)
    return _lying(
        labels,
        Series("Serapan", values, _DARK),
        [Series("Sampai triwulan ini", asked, _WHITE)],
        (beside, Decimal(42)),
        (
            "Grafik serapan anggaran",
            "Grafik batang serapan anggaran setiap program, realisasi dari pagu",
            "Garis putih: serapan yang diharapkan sampai triwulan ini",
        ),
        _TALLEST_LYING,
    )


def _of(spent: Decimal | None, pagu: Decimal | None) -> str:
    """Rp6,7 dari Rp13,5 juta; in one unit in which both are short."""
    name, size, decimals = _scale(max(abs(value or Decimal(0)) for value in (spent, pagu)))
    told = [
        "-" if value is None else f"Rp{format_number(value / size, decimals if value else 0)}"
        for value in (spent, pagu)
    ]
    return f"{told[0]} dari {told[1]}{name}"


def _scale(largest: Decimal) -> tuple[str, Decimal, int]:
    """The unit of an amount: its name, its size in rupiah, the decimals of an amount in it."""
    units = ((" miliar", 10**9, 2), (" juta", 10**6, 1), (" ribu", 10**3, 0), ("", 1, 0))
    return next(
        (name, Decimal(size), decimals) for name, size, decimals in units if largest >= size or size == 1
    )


def _lying(
    labels: Sequence[Label],
    series: Series,
    marks: Sequence[Series],
    beside: tuple[Sequence[str], Decimal],
    texts: tuple[str, str, str],
    tallest: Decimal,
) -> Chart:
    """Bars from 0 to at least 100 per cent, with room in mm for the texts at their end.

    Args:
        labels: the names of the rows.
        series: the bars.
        marks: strokes across them.
        beside: a text a row, and the width in mm of the longest.
        texts: the title, what the chart shows, and what its bars and strokes are.
        tallest: of all rows, in mm.
    """
    rows = fit(labels, _ROW, tallest)
    left = ROOM_MM + 4
    width = WIDTH_MM - left - _RIGHT_EDGE
    largest = max(
        value for line in (series, *marks) for value in (*line.values, Decimal(0)) if value is not None
    )
    step = next(step for step in (25, 50, 100, 250, 10**3, 10**4, 10**6) if largest <= 6 * step)
    last = max(100, -(-int(largest * 100) // (100 * step)) * step)
    told = [
        f"{label.name}{label.rest}: {text.replace(chr(10), ' ')}"
        for label, text in zip(labels, beside[0], strict=True)
    ]
    return Chart(
        "bar", rows.names, (series,), percent_format(2), f'[>{last}]"";0"%"', texts[2],
        texts[0], sentence(texts[1], told),
        int(WIDTH_MM * EMU_PER_MM), int((_BARS_TOP + rows.height + _LEGEND) * EMU_PER_MM),
        Plot(left, _BARS_TOP, width, rows.height),
        tuple(marks), tuple(beside[0]), Scale(round_half_up(last * width / (width - beside[1]), 2), step),
    )  # fmt: skip


# The chart of the quarters of one year: capaian of each indicator, and serapan; "" with fewer than two ----

_MOST_LINES = 6  # of indicators; more cannot be told apart
_SERAPAN, _SERAPAN_LOOK = "Serapan anggaran", 6
_LEFT, _LINES_TOP, _RIGHT, _HEIGHT = Decimal(13), Decimal(4), Decimal(4), Decimal(72)
_AXIS, _LEGEND_ROW = Decimal(9), Decimal("4.6")
_LABEL, _MARK = Decimal("3.6"), Decimal("1.2")  # the height of a figure, and half of that of a mark

Line = tuple[str, tuple[Fraction | None, ...]]
"""The name of a line, and its value in each quarter."""


def trend_chart(laporan: Laporan) -> Chart | Nothing:
    """One line an indicator, or one of their mean where they are many, and one of serapan."""
    history = _quarters(laporan.result)
    if len(history) < 2:
        return ""
    span = range(min(history), max(history) + 1)
    cases = [history.get(number) for number in span]
    spent = tuple(case.anggaran.tertimbang.value if case and case.anggaran else None for case in cases)
    lines = [*_of_indicators(laporan, cases), (_SERAPAN, spent)]
    lines = [line for line in lines if any(value is not None for value in line[1])]
    if all(sum(value is not None for value in values) < 2 for _, values in lines):
        return ""
    categories = tuple(f"Triwulan {roman(number)}" for number in span)
    drawn = [tuple(rounded(value, laporan.decimals) for value in values) for _, values in lines]
    told, series = [], []
    for number, ((name, values), places) in enumerate(zip(lines, label_places(drawn), strict=True)):
        printed = tuple("-" if value is None else format_percent(value, laporan.decimals) for value in values)
        told.append(f"{name}: {', '.join(map(' '.join, zip(categories, printed, strict=True)))}")
        look = _SERAPAN_LOOK if name == _SERAPAN else number
        series.append(Series(shortened(name, "", 2), drawn[number], look, places, printed))
    height = _LINES_TOP + _HEIGHT + _AXIS + _LEGEND_ROW * len(series)
    return Chart(
        "line", categories, tuple(series), percent_format(laporan.decimals), f'{INDONESIAN}0"%"', "",
        "Grafik perkembangan capaian dan serapan",
        sentence("Grafik garis capaian indikator dan serapan anggaran", told),
        int(WIDTH_MM * EMU_PER_MM), int(height * EMU_PER_MM),
        Plot(_LEFT, _LINES_TOP, WIDTH_MM - _LEFT - _RIGHT, _HEIGHT),
    )  # fmt: skip


def _quarters(result: Result) -> Mapping[int, Computed]:
    """The figures of each quarter of the year so far whose workbook is at hand, by its number."""
    now = result.computed.periode
    if now is None:
        return {}
    here = Case(result.dataset, result.computed)
    found = {
        case.computed.periode.triwulan.nomor: case.computed
        for case in result.previous
        if case.computed.periode and within_year(replace(here, previous=case))
    }
    return found | {now.triwulan.nomor: result.computed}


def _of_indicators(laporan: Laporan, cases: Sequence[Computed | None]) -> list[Line]:
    """Capaian by the basis of the current workbook in every quarter; a mean where lines are too many.

    The mean is over those indicators that have a value in every quarter, so that like is set beside like.
    """
    rows = laporan.result.computed.indikator
    basis = laporan.dataset.identitas.dasar_capaian.value
    chosen = {"tahun": "capaian_tahun", "triwulan": "capaian_triwulan"}.get(basis or "", "")
    by_case = [_partners(rows, case) for case in cases]
    lines: list[Line] = []
    for place, row in enumerate(rows, 1):
        results = [partners.get(row.row.row) for partners in by_case]
        figures = [getattr(result, chosen) if result and chosen else None for result in results]
        name = f"Indikator {number_of(row, place)}: {name_of(row.row.indikator)}"
        lines.append((name, tuple(figure and figure.value for figure in figures)))
    if len(lines) <= _MOST_LINES:
        return lines
    known = [case is not None for case in cases]
    whole = [values for _, values in lines if [value is not None for value in values] == known]
    if not whole:
        return []
    columns = zip(*whole, strict=True)
    means = (Fraction(sum(filter(None, column)), len(whole)) for column in columns)
    values = tuple(mean if there else None for there, mean in zip(known, means, strict=True))
    return [(f"Rata-rata capaian {len(whole)} indikator", values)]


def _partners(rows: Sequence[IndikatorResult], case: Computed | None) -> Mapping[int, IndikatorResult]:
    """The results of another quarter by the rows of this one that they belong to.

    Of one name, or renamed: an indicator in the place of one that is gone measures something else.
    """
    if case is None:
        return {}
    theirs = {result.row.row: result for result in case.indikator}
    found = pair([h.row for h in rows], [h.row for h in case.indikator], INDIKATOR_KEYS)
    return {
        now.row: theirs[then.row]
        for now, then in found.both
        if bare(now.indikator) == bare(then.indikator)
        or all(getattr(now, mark).value == getattr(then, mark).value for mark in ("jenis", "satuan", "arah"))
    }


def label_places(lines: Sequence[Sequence[Decimal | None]]) -> list[tuple[LabelPlace, ...]]:
    """Where each figure stands so that none covers another figure or a mark; one without room is left out."""
    largest = max((abs(value) for line in lines for value in line if value is not None), default=Decimal(0))
    scale = _HEIGHT / (largest * Decimal("1.2") or 1)
    by_category = [
        _column([None if v is None else v * scale for v in column]) for column in zip(*lines, strict=True)
    ]
    return list(zip(*by_category, strict=True))


def _column(heights: Sequence[Decimal | None]) -> list[LabelPlace]:
    """The places of the figures of one category, from the highest point down; heights in mm."""
    taken = [(height - _MARK, height + _MARK) for height in set(heights) if height is not None]
    places: list[LabelPlace] = [""] * len(heights)
    points = sorted((-height, index) for index, height in enumerate(heights) if height is not None)
    for depth, index in points:
        spots: tuple[tuple[LabelPlace, Decimal], ...] = (("t", _MARK - depth), ("b", -depth - _MARK - _LABEL))
        for place, low in spots:
            if all(low + _LABEL <= start or low >= end for start, end in taken):
                places[index] = place
                taken.append((low, low + _LABEL))
                break
    return places
