"""Everything that is computed: the kinds of indicator, capaian, budget absorption and efficiency.

A new kind of indicator is one ``@indicator`` function in ``kinds``, a new efficiency formula one
``@efficiency`` function in ``serapan``.
"""

from dataclasses import replace
from typing import TypeVar

from lkt.calendar import Triwulan, report_deadline
from lkt.figures import Computed, Period, is_amended
from lkt.indicators.kinds import KINDS, Material, compute_indicator, counted_rows, judge_documents
from lkt.indicators.serapan import (
    budget_verdict,
    compute_budget,
    compute_goals,
    compute_programs,
    compute_units,
    mean_performance,
)
from lkt.model import Anggaran, Cell, Dataset, Indikator

T = TypeVar("T")

__all__ = ["KINDS", "compute"]


def compute(dataset: Dataset) -> Computed:
    """Every figure of a workbook; pure and exact.

    The rows of the figures are as they are in force: with Target Triwulan of the targets by quarter, and what
    an amended Perjanjian Kinerja says.
    """
    periode = _periode(dataset)
    dataset = _in_force(dataset, periode)
    dokumen = judge_documents(dataset, periode)
    material = Material(dataset, periode, dokumen, counted_rows(dataset.fasilitasi, periode))
    indicators = tuple(compute_indicator(row, material) for row in dataset.indikator)
    known = [each for each in indicators if each.capaian.value is not None]
    programs = compute_programs(dataset, periode)
    budget = compute_budget("total", programs, dataset.identitas)
    return Computed(
        periode=periode,
        dokumen=dokumen,
        indikator=indicators,
        program=programs,
        sasaran=compute_goals(dataset, indicators, programs),
        anggaran=budget,
        capaian=mean_performance("total", known, dataset) if known else None,
        jalur=budget_verdict("total", programs, budget, periode),
        unit=compute_units(dataset, programs, budget, periode),
    )


def _in_force(dataset: Dataset, periode: Period | None) -> Dataset:
    """The workbook with the cells that hold for the quarter in place of those that they replace.

    Where it cannot be known which hold, there is a cell that cannot be read.
    """
    amended, day = is_amended(dataset, periode), dataset.identitas.tanggal_pk_perubahan
    unsure = day.broken or (periode is None and not day.blank)

    def changed(first: Cell[T], then: Cell[T]) -> Cell[T]:
        if then.blank or not (amended or unsure):
            return first
        return replace(then, value=None, broken=True) if unsure else then

    def agreed(row: Indikator) -> Indikator:
        quarter = row.target_triwulan
        if quarter.blank and periode is not None:
            quarter = row.steps[periode.triwulan.nomor - 1]
        elif quarter.blank and not all(step.blank for step in row.steps):
            quarter = replace(quarter, broken=True)
        quarter = row.target_triwulan if quarter.blank else quarter
        return replace(row, target=changed(row.target, row.target_perubahan), target_triwulan=quarter)

    def signed(row: Anggaran) -> Anggaran:
        return replace(row, anggaran_pk=changed(row.anggaran_pk, row.anggaran_perubahan))

    return replace(
        dataset,
        indikator=tuple(map(agreed, dataset.indikator)),
        anggaran=tuple(map(signed, dataset.anggaran)),
    )


def _periode(dataset: Dataset) -> Period | None:
    """The quarter reported on; None where year, quarter or the number of working days cannot be read."""
    identitas = dataset.identitas
    year, quarter, days = (
        cell.value for cell in (identitas.tahun, identitas.triwulan, identitas.batas_hari_kerja)
    )
    if year is None or quarter is None or days is None:
        return None
    if not 1990 <= year <= 2200 or quarter not in {1, 2, 3, 4} or not 1 <= days <= 60:
        return None
    triwulan = Triwulan(int(year), int(quarter))
    return Period(triwulan, report_deadline(triwulan, int(days)), int(days))
