"""The charts of the report: capaian, serapan, and the quarters of one year."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from lkt.figures import Case, Computed, IndikatorResult, Unit, printed_value
from lkt.indonesian import Number, format_percent, roman, round_half_up, squeeze
from lkt.model import Cell
from lkt.pipeline import Result
from lkt.report.chart_labels import ROOM_MM, Label, fit, shortened
from lkt.report.context import Laporan
from lkt.rules.pairing import INDIKATOR_KEYS, bare, pair, within_year
from lkt.wordtemplate import Chart, LabelPlace, Plot, Series

Nothing = Literal[""]
EMU_PER_MM = 36_000
WIDTH_MM = Decimal(160)
"""The width of the text on a page of either size."""

INDONESIAN = "[$-421]"
"""Where a program heeds it figures have a decimal comma; Word writes them as the computer is set."""


def percent_format(decimals: int, most: int = 0) -> str:
    """The format of percentage points: 35,48%; up to ``most`` decimals where a figure has more."""
    usual = max(decimals, 1) if most > decimals else decimals
    return f'{INDONESIAN}{_digits(usual)}{"#" * (most - usual)}"%"'


def _digits(decimals: int) -> str:
    return f"0.{'0' * decimals}" if decimals else "0"


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


# The charts of one quarter: capaian against target, pagu against realisasi; "" with nothing to draw -------
# Lengths are in mm.

_BARS_TOP, _FIGURE, _LEGEND, _TITLE = Decimal(2), Decimal(16), Decimal(11), Decimal(5)
_ROW = Decimal("8.5")  # two bars with figures of 8 points
_TALLEST = Decimal(175)
_TALLEST_LYING = Decimal(120)  # fits a page on its side too, which A4 makes 160 mm with its caption
_HATCHED, _DARK = 0, 1


def achievement_chart(laporan: Laporan) -> Chart | Nothing:
    """Capaian of each indicator beside its target, which is 100 per cent whatever its unit."""
    rows = laporan.result.computed.indikator
    most = max((result.capaian.decimals for result in rows), default=0)
    values = tuple(rounded(each.capaian.value, max(laporan.decimals, each.capaian.decimals)) for each in rows)
    if all(value is None for value in values):
        return ""
    labels = [
        Label(
            f"{number_of(result, place)}. {name_of(result.row.indikator)}",
            "" if result.capaian.value is not None else " (belum dapat dihitung)",
        )
        for place, result in enumerate(rows, 1)
    ]
    told = [
        f"{label.name}{label.rest or f': {laporan.figure(result.capaian)}'}"
        for label, result in zip(labels, rows, strict=True)
    ]
    target = Series("Target (100%)", tuple(Decimal(100) for _ in rows), _HATCHED)
    return _lying(
        labels,
        (target, Series("Capaian", values, _DARK, at_end(values))),
        (percent_format(laporan.decimals, most), f'{INDONESIAN}0"%"'),
        "",
        (
            "Grafik capaian kinerja",
            sentence("Grafik batang capaian setiap indikator terhadap target 100%", told),
        ),
        _TALLEST,
    )


def budget_chart(laporan: Laporan) -> Chart | Nothing:
    """Pagu and realisasi of each programme, in a unit in which they are short; serapan beside the name."""
    rows = laporan.result.computed.program
    pagu = [program.row.pagu.value for program in rows]
    spent = [program.row.realisasi.value for program in rows]
    amounts = [abs(value) for value in (*pagu, *spent) if value]
    if not amounts:
        return ""
    name, unit, decimals = _scale(max(amounts))
    series = []
    for legend, look, column in (("Pagu", _HATCHED, pagu), ("Realisasi", _DARK, spent)):
        values = tuple(rounded(value and value / unit, decimals) for value in column)
        series.append(Series(legend, values, look, at_end(values)))
    labels = [
        Label(
            f"{place}. {name_of(program.row.program)}",
            f" ({', '.join(filter(None, (program.row.unit.value, laporan.figure(program.serapan))))})",
        )
        for place, program in enumerate(rows, 1)
    ]
    told = [
        f"{squeeze(program.row.name)}: pagu {_money(paid)}, realisasi {_money(used)}, "
        f"serapan {laporan.figure(program.serapan)}"
        for program, paid, used in zip(rows, pagu, spent, strict=True)
    ]
    number_format = f"{INDONESIAN}#,##{_digits(decimals)}"
    return _lying(
        labels,
        series,
        (number_format, f"{INDONESIAN}#,##0" if max(amounts) / unit >= 10 else number_format),
        f"{name}; serapan di dalam kurung",
        (
            "Grafik pagu dan realisasi",
            sentence("Grafik batang pagu dan realisasi setiap program", told),
        ),
        _TALLEST_LYING,
    )


def _scale(largest: Decimal) -> tuple[str, Decimal, int]:
    """The unit of the largest amount: its name, its size in rupiah, the decimals of an amount in it."""
    units = (("miliar rupiah", 10**9, 10**11), ("juta rupiah", 10**6, 10**6), ("rupiah", 1, 0))
    name, size, _ = next(unit for unit in units if largest >= unit[2])
    return name, Decimal(size), 0 if size == 1 else 2 if largest < 100 * size else 1


def _money(value: Decimal | None) -> str:
    return "-" if value is None else printed_value(value, Unit.RUPIAH)


def _lying(
    labels: Sequence[Label],
    series: Sequence[Series],
    formats: tuple[str, str],
    axis_title: str,
    texts: tuple[str, str],
    tallest: Decimal,
) -> Chart:
    rows = fit(labels, _ROW, tallest)
    below_nought = any(value is not None and value < 0 for line in series for value in line.values)
    left = ROOM_MM + 4 + (_FIGURE if below_nought else 0)
    below = _LEGEND + (_TITLE if axis_title else 0)
    plot = Plot(left, _BARS_TOP, WIDTH_MM - left - _FIGURE, rows.height)
    return Chart(
        "bar", rows.names, tuple(series), *formats, axis_title, *texts,
        int(WIDTH_MM * EMU_PER_MM), int((_BARS_TOP + rows.height + below) * EMU_PER_MM), plot,
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
    told, drawn = [], []
    for name, values in lines:
        drawn.append(tuple(rounded(value, laporan.decimals) for value in values))
        printed = ("-" if value is None else format_percent(value, laporan.decimals) for value in values)
        told.append(f"{name}: {', '.join(map(' '.join, zip(categories, printed, strict=True)))}")
    series = tuple(
        Series(shortened(name, "", 2), values, _SERAPAN_LOOK if name == _SERAPAN else number, labels)
        for number, ((name, _), values, labels) in enumerate(
            zip(lines, drawn, label_places(drawn), strict=True)
        )
    )
    height = _LINES_TOP + _HEIGHT + _AXIS + _LEGEND_ROW * len(series)
    return Chart(
        "line", categories, series, percent_format(laporan.decimals), f'{INDONESIAN}0"%"', "",
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
