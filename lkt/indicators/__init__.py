"""Everything that is computed: the kinds of indicator, capaian, budget absorption and efficiency.

A new kind of indicator is one ``@indicator`` function in ``kinds``, a new efficiency formula one
``@efficiency`` function in ``serapan``.
"""

from lkt.calendar import Triwulan, report_deadline
from lkt.figures import Computed, Period
from lkt.indicators.kinds import KINDS, Material, compute_indicator, counted_rows, judge_documents
from lkt.indicators.serapan import (
    compute_budget,
    compute_goals,
    compute_programs,
    compute_units,
    mean_performance,
    spending_verdict,
)
from lkt.model import Dataset

__all__ = ["KINDS", "compute"]


def compute(dataset: Dataset) -> Computed:
    """Every figure of a workbook; pure and exact."""
    periode = _periode(dataset)
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
        jalur=spending_verdict("total.jalur", budget.tertimbang, periode),
        unit=compute_units(dataset, programs, budget, periode),
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
