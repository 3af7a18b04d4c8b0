"""What moved since an earlier quarter of the same year, and since the same quarter of the year before. Pure.

Realisasi is cumulative and starts anew each January, so no other quarters of two years are set side by side.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from lkt.calendar import Triwulan
from lkt.figures import AnggaranTotals, Case, Figure, Input, Unit, unit_of
from lkt.indicators.kinds import derived, measure_figure, number_figure
from lkt.indonesian import normalize
from lkt.model import Anggaran, Cell, Indikator, Measure
from lkt.rules.helpers import program_rows
from lkt.rules.pairing import INDIKATOR_KEYS, NAMED_KEYS, PROGRAM_KEYS, Before, earlier, pair, within_year


@dataclass(frozen=True, slots=True)
class IndikatorBefore:
    """An indicator in the earlier quarter.

    Attributes:
        row: its row in the workbook of the current quarter.
        realisasi: the earlier realisasi.
        capaian: the earlier capaian.
        perubahan: capaian now − capaian then, in points.
    """

    row: Indikator
    realisasi: Figure
    capaian: Figure
    perubahan: Figure


@dataclass(frozen=True, slots=True)
class SerapanBefore:
    """A budget row, or all programmes together, in the earlier quarter.

    Attributes:
        row: its row in the workbook of the current quarter; None for all programmes.
        realisasi: the earlier realisasi, in rupiah.
        serapan: the earlier serapan; weighted for all programmes.
        perubahan: serapan now − serapan then, in points.
    """

    row: Anggaran | None
    realisasi: Figure
    serapan: Figure
    perubahan: Figure


@dataclass(frozen=True, slots=True)
class Comparison:
    """The current quarter beside an earlier one of the same year.

    Attributes:
        triwulan: the earlier quarter.
        indikator: the indicators that stand in both, in the order of the current workbook.
        anggaran: the rows of the budget that stand in both.
        jumlah: all programmes together; None where one of the two has none.
        unit: the units that stand in both, by their names; none where there is only the kecamatan itself.
    """

    triwulan: Triwulan
    indikator: tuple[IndikatorBefore, ...]
    anggaran: tuple[SerapanBefore, ...]
    jumlah: SerapanBefore | None
    unit: tuple[tuple[str, SerapanBefore], ...] = ()


@dataclass(frozen=True, slots=True)
class YearBefore:
    """An indicator in the same quarter of the year before.

    Attributes:
        row: its row in the workbook of the current quarter.
        realisasi: that of the year before, as typed or else of the workbook of that quarter.
        perubahan: realisasi now − realisasi then.
        huruf: the letter that was typed for it; empty where it was a figure.
    """

    row: Indikator
    realisasi: Figure
    perubahan: Figure
    huruf: str


def beside_year_before(case: Case, others: Sequence[Case]) -> tuple[YearBefore, ...]:
    """The indicators whose realisasi of the year before is known."""
    there, found = _in_year_before(case, others), []
    for result in case.computed.indikator:
        row, now = result.row, result.realisasi
        key, typed = f"{now.key}_tahun_lalu", row.realisasi_tahun_lalu
        figure = measure_figure(key, "Realisasi tahun lalu", typed, row, case.dataset.skala)
        if typed.blank and row.row in there:
            figure, typed = there[row.row]
        if figure.value is not None:
            unit = Unit.POINTS if now.unit is Unit.PERCENT else now.unit
            parts = (("Realisasi", now), ("Realisasi tahun lalu", figure))
            change = derived(
                f"{key}.perubahan",
                "Perubahan dari tahun lalu",
                unit,
                "Realisasi − Realisasi tahun lalu",
                parts,
                lambda value, earlier: value - earlier,
            )
            letter = typed.value if isinstance(typed.value, str) else ""
            found.append(YearBefore(row, replace(figure, key=key), change, letter))
    return tuple(found)


def _in_year_before(case: Case, others: Sequence[Case]) -> dict[int, tuple[Figure, Cell[Measure]]]:
    """Row -> realisasi in the workbook of that quarter, and its cell; numbers are given anew each year."""
    befores = [earlier(replace(case, previous=other)) for other in others]
    before = next((each for each in befores if each and each.year_before), None)
    if before is None or before.case.computed.periode is None:
        return {}
    then = {each.row.row: each.realisasi for each in before.case.computed.indikator}
    quarter = before.case.computed.periode.triwulan
    return {
        row.row: (_earlier("", then[other.row], quarter), other.realisasi)
        for row, other in pair(case.dataset.indikator, before.dataset.indikator, NAMED_KEYS).both
        if unit_of(row.satuan.value or "") is unit_of(other.satuan.value or "")
    }


def compare(case: Case) -> Comparison | None:
    """The comparison with ``case.previous``; None where that does not compare."""
    before = within_year(case)
    if before is None or before.case.computed.periode is None:
        return None
    now, then = case.computed, before.case.computed
    quarter = before.case.computed.periode.triwulan
    total = None
    if now.anggaran and then.anggaran:
        total = _total(now.anggaran, then.anggaran, quarter)
    earlier = {normalize(unit.nama): unit.anggaran for unit in then.unit}
    units = [unit for unit in now.unit if len(now.unit) > 1 and normalize(unit.nama) in earlier]
    return Comparison(
        quarter,
        _indicators(case, before, quarter),
        _budget(case, before, quarter),
        total,
        tuple((unit.nama, _total(unit.anggaran, earlier[normalize(unit.nama)], quarter)) for unit in units),
    )


def _total(now: AnggaranTotals, then: AnggaranTotals, quarter: Triwulan) -> SerapanBefore:
    return _serapan(None, now.tertimbang, then.tertimbang, then.realisasi, quarter)


def _indicators(case: Case, before: Before, quarter: Triwulan) -> tuple[IndikatorBefore, ...]:
    now = {each.row.row: each for each in case.computed.indikator}
    then = {each.row.row: each for each in before.case.computed.indikator}
    found = []
    for row, other in pair(case.dataset.indikator, before.dataset.indikator, INDIKATOR_KEYS).both:
        result, old = now[row.row], then[other.row]
        key = result.realisasi.key.removesuffix(".realisasi")
        realisasi = _earlier(f"{key}.realisasi", old.realisasi, quarter)
        capaian = _earlier(f"{key}.capaian", old.capaian, quarter)
        change = _change(f"{key}.capaian", result.capaian, capaian)
        found.append(IndikatorBefore(result.row, realisasi, capaian, change))
    return tuple(found)


def _budget(case: Case, before: Before, quarter: Triwulan) -> tuple[SerapanBefore, ...]:
    """The rows that stand in both; a row below no programme has no serapan."""
    now = {each.row.row: each for each in program_rows(case.computed.program)}
    then = {each.row.row: each.serapan for each in program_rows(before.case.computed.program)}
    found = []
    for row, other in pair(case.dataset.anggaran, before.dataset.anggaran, PROGRAM_KEYS).both:
        if row.row in now and other.row in then:
            spent = number_figure("", "Realisasi", other.realisasi, Unit.RUPIAH)
            result = now[row.row]
            found.append(_serapan(result.row, result.serapan, then[other.row], spent, quarter))
    return tuple(found)


def _serapan(
    row: Anggaran | None, now: Figure, then: Figure, spent: Figure, quarter: Triwulan
) -> SerapanBefore:
    """Serapan now beside serapan and realisasi then."""
    serapan = _earlier(now.key, then, quarter)
    realisasi = _earlier(f"{now.key.rpartition('.')[0]}.realisasi", spent, quarter)
    return SerapanBefore(row, realisasi, serapan, _change(now.key, now, serapan))


def _earlier(key: str, figure: Figure, quarter: Triwulan) -> Figure:
    """A figure of the earlier workbook under a name of its own; its cells lie in the other workbook."""
    inputs = tuple(Input(part.name, part.printed) for part in figure.inputs)
    return replace(figure, key=f"{key}.lalu", label=f"{figure.label} {quarter}", inputs=inputs)


def _change(key: str, now: Figure, then: Figure) -> Figure:
    """Now − then, in points."""
    return derived(
        f"{key}.perubahan",
        f"Perubahan {now.label.lower()}",
        Unit.POINTS,
        f"{now.label} − {then.label}",
        ((now.label, now), (then.label, then)),
        lambda value, earlier: value - earlier,
    )
