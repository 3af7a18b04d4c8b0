"""The chart of the quarters of one year: capaian of each indicator, and serapan; "" with fewer than two."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from lkt.bahasa import format_percent, roman
from lkt.figures import Case, Computed, HasilIndikator
from lkt.model import Indikator
from lkt.pipeline import Result
from lkt.report.context import Laporan
from lkt.report.grafik import (
    EMU_PER_MM,
    INDONESIAN,
    WIDTH_MM,
    Nothing,
    name_of,
    number_of,
    percent_format,
    rounded,
    sentence,
)
from lkt.report.labels import breakable, shortened
from lkt.report.values import Chart, LabelPlace, Plot, Series
from lkt.rules.pairing import INDIKATOR_KEYS, bare, pair, within_year

_MOST_LINES = 6  # of indicators; more cannot be told apart
_SERAPAN, _SERAPAN_LOOK = "Serapan anggaran", 6
_LEFT, _TOP, _RIGHT, _HEIGHT = Decimal(13), Decimal(4), Decimal(4), Decimal(72)
_AXIS, _LEGEND_ROW = Decimal(9), Decimal("4.6")
_LABEL, _MARK = Decimal("3.6"), Decimal("1.2")  # the height of a figure, and half of that of a mark, in mm

Values = tuple[Fraction | None, ...]


def trend_chart(laporan: Laporan) -> Chart | Nothing:
    """One line an indicator, or one of their mean where they are many, and one of serapan."""
    history = quarters(laporan.result)
    if len(history) < 2:
        return ""
    span = range(min(history), max(history) + 1)
    cases = [history.get(number) for number in span]
    lines = [(name, values) for name, values in _lines(laporan, cases) if any(v is not None for v in values)]
    if all(sum(value is not None for value in values) < 2 for _, values in lines):
        return ""
    categories = tuple(f"Triwulan {roman(number)}" for number in span)
    told = [_told(laporan, name, categories, values) for name, values in lines]
    return _drawn(
        laporan, categories, lines, sentence("Grafik garis capaian indikator dan serapan anggaran", told)
    )


def quarters(result: Result) -> Mapping[int, Computed]:
    """The figures of each quarter of the year so far whose workbook is at hand, by its number."""
    now = result.computed.periode
    if now is None:
        return {}
    here = Case(result.dataset, result.computed)
    found = {
        case.computed.periode.triwulan.nomor: case.computed
        for case in result.sebelumnya
        if case.computed.periode and within_year(replace(here, sebelumnya=case))
    }
    return found | {now.triwulan.nomor: result.computed}


# Lines -----------------------------------------------------------------------------------------------------


def _lines(laporan: Laporan, cases: Sequence[Computed | None]) -> list[tuple[str, Values]]:
    spent = tuple(case.anggaran.tertimbang.value if case and case.anggaran else None for case in cases)
    return [*_of_indicators(laporan, cases), (_SERAPAN, spent)]


def _of_indicators(laporan: Laporan, cases: Sequence[Computed | None]) -> list[tuple[str, Values]]:
    rows = laporan.result.computed.indikator
    basis = laporan.dataset.identitas.dasar_capaian.value
    by_case = [_partners(rows, case) for case in cases]
    lines = [
        (
            f"Indikator {number_of(hasil, place)}: {name_of(hasil.baris.indikator)}",
            tuple(_capaian(partners.get(hasil.baris.row), basis) for partners in by_case),
        )
        for place, hasil in enumerate(rows, 1)
    ]
    return lines if len(lines) <= _MOST_LINES else _mean(lines, cases)


def _mean(lines: Sequence[tuple[str, Values]], cases: Sequence[Computed | None]) -> list[tuple[str, Values]]:
    """The mean over those indicators that have a value in every quarter, so that like is set beside like."""
    known = [case is not None for case in cases]
    whole = [values for _, values in lines if [value is not None for value in values] == known]
    if not whole:
        return []
    means = tuple(
        sum((value for value in column if value is not None), Fraction(0)) / len(whole) if there else None
        for there, column in zip(known, zip(*whole, strict=True), strict=True)
    )
    return [(f"Rata-rata capaian {len(whole)} indikator", means)]


def _partners(rows: Sequence[HasilIndikator], case: Computed | None) -> Mapping[int, HasilIndikator]:
    """The results of another quarter by the rows of this one that they belong to."""
    if case is None:
        return {}
    theirs = {hasil.baris.row: hasil for hasil in case.indikator}
    found = pair([h.baris for h in rows], [h.baris for h in case.indikator], INDIKATOR_KEYS)
    return {now.row: theirs[then.row] for now, then in found.both if _alike(now, then)}


def _alike(now: Indikator, then: Indikator) -> bool:
    """Of one name, or renamed: an indicator in the place of one that is gone measures something else."""
    if bare(now.indikator) == bare(then.indikator):
        return True
    return all(getattr(now, mark).value == getattr(then, mark).value for mark in ("jenis", "satuan", "arah"))


def _capaian(hasil: HasilIndikator | None, basis: str | None) -> Fraction | None:
    """Capaian by the basis of the current workbook, in every quarter."""
    if hasil is None:
        return None
    figure = {"tahun": hasil.capaian_tahun, "triwulan": hasil.capaian_triwulan}.get(basis or "")
    return None if figure is None else figure.value


def _told(laporan: Laporan, name: str, categories: Sequence[str], values: Values) -> str:
    parts = [
        f"{category} {'-' if value is None else format_percent(value, laporan.decimals)}"
        for category, value in zip(categories, values, strict=True)
    ]
    return f"{name}: {', '.join(parts)}"


# Drawing ---------------------------------------------------------------------------------------------------


def _drawn(
    laporan: Laporan, categories: tuple[str, ...], lines: Sequence[tuple[str, Values]], alt: str
) -> Chart:
    values = [tuple(rounded(value, laporan.decimals) for value in line) for _, line in lines]
    looks = [_SERAPAN_LOOK if name == _SERAPAN else number for number, (name, _) in enumerate(lines)]
    series = tuple(
        Series(shortened(breakable(name), 2), line, look, labels)
        for (name, _), line, look, labels in zip(lines, values, looks, label_places(values), strict=True)
    )
    height = _TOP + _HEIGHT + _AXIS + _LEGEND_ROW * len(series)
    return Chart(
        "line", categories, series, percent_format(laporan.decimals), f'{INDONESIAN}0"%"', "",
        "Grafik perkembangan capaian dan serapan", alt,
        int(WIDTH_MM * EMU_PER_MM), int(height * EMU_PER_MM),
        Plot(_LEFT, _TOP, WIDTH_MM - _LEFT - _RIGHT, _HEIGHT),
    )  # fmt: skip


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
