"""Everything that is computed: the kinds of indicator, capaian, budget absorption and efficiency.

A new kind of indicator is one ``@indicator`` function in ``realisasi``, a new formula one ``@efficiency``
function in ``efisiensi``.
"""

from lkt.calendar import Triwulan, report_deadline
from lkt.figures import Computed, Periode, Sifat
from lkt.indicators import kinds as realisasi
from lkt.indicators.kinds import Bahan, Jenis, compute_indicator, judge_documents, kinds_of
from lkt.indicators.serapan import amounts, compute_budget, compute_goals, compute_programs
from lkt.model import Dataset

KINDS: dict[str, Jenis] = kinds_of(realisasi)
"""The kinds of indicator by the value of column Jenis."""

SIFAT: dict[str, Sifat] = {name: kind.sifat for name, kind in KINDS.items()}
"""What is known of each kind, in the order in which column Jenis offers them."""


def compute(dataset: Dataset) -> Computed:
    """Every figure of a workbook; pure and exact."""
    periode = _periode(dataset)
    dokumen = judge_documents(dataset, periode)
    bahan = Bahan(dataset, periode, dokumen)
    indicators = tuple(compute_indicator(row, bahan, KINDS) for row in dataset.indikator)
    uang = amounts(dataset.anggaran)
    programs = compute_programs(dataset, uang)
    return Computed(
        periode=periode,
        dokumen=dokumen,
        indikator=indicators,
        program=programs,
        sasaran=compute_goals(dataset, indicators, programs, uang),
        anggaran=compute_budget("total", programs, uang, dataset.identitas),
    )


def _periode(dataset: Dataset) -> Periode | None:
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
    return Periode(triwulan, report_deadline(triwulan, int(days)), int(days))
