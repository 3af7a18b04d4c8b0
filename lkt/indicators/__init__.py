"""Everything that is computed: the kinds of indicator, capaian, budget absorption and efficiency.

A new kind of indicator is one ``@indicator`` function in ``kinds``, a new efficiency formula one
``@efficiency`` function in ``serapan``.
"""

from dataclasses import replace

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
from lkt.model import Anggaran, Dataset, Indikator

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
    """The workbook with the cells that hold for the quarter in place of those that they replace."""
    amended = is_amended(dataset, periode)

    def agreed(row: Indikator) -> Indikator:
        if row.target_triwulan.blank and periode is not None:
            step = row.steps[periode.triwulan.nomor - 1]
            row = row if step.blank else replace(row, target_triwulan=step)
        return (
            replace(row, target=row.target_perubahan) if amended and not row.target_perubahan.blank else row
        )

    def signed(row: Anggaran) -> Anggaran:
        changed = amended and not row.anggaran_perubahan.blank
        return replace(row, anggaran_pk=row.anggaran_perubahan) if changed else row

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
