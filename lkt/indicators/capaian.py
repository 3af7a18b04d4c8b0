"""Capaian: how far a realisasi reaches its target."""

from fractions import Fraction

from lkt.figures import Figure, HasilIndikator, Unit
from lkt.indicators.base import Bahan, Jenis, Perhitungan, derived, missing, percent
from lkt.indicators.realisasi import measure_figure, unknown_kind
from lkt.model import Cell, Indikator, Measure

_FORMULA_UP = "Realisasi ÷ {target} × 100"
_FORMULA_DOWN = "(2 × {target} − Realisasi) ÷ {target} × 100, paling rendah 0"


def compute_indicator(row: Indikator, bahan: Bahan, kinds: dict[str, Jenis]) -> HasilIndikator:
    """One row of sheet Indikator worked out."""
    key = f"indikator.{row.no.value or f'baris {row.row}'}"
    kind = kinds.get(row.jenis.value or "")
    work = unknown_kind(row, key) if kind is None else kind.compute(row, bahan, key)
    yearly = _capaian(f"{key}.capaian_tahun", "Target", row.target, row, work, bahan)
    quarterly = None
    if not row.target_triwulan.blank:
        quarterly = _capaian(
            f"{key}.capaian_triwulan", "Target Triwulan", row.target_triwulan, row, work, bahan
        )
    return HasilIndikator(
        baris=row,
        sifat=None if kind is None else kind.sifat,
        pembilang=work.pembilang,
        penyebut=work.penyebut,
        realisasi=work.realisasi,
        capaian_tahun=yearly,
        capaian_triwulan=quarterly,
        capaian=_chosen(row, yearly, quarterly, bahan, key),
    )


def _chosen(row: Indikator, yearly: Figure, quarterly: Figure | None, bahan: Bahan, key: str) -> Figure:
    """The capaian that Dasar Capaian names."""
    basis = bahan.dataset.identitas.dasar_capaian
    if basis.value == "tahun":
        return yearly
    if basis.value == "triwulan" and quarterly is not None:
        return quarterly
    reason = (
        missing("Dasar Capaian", basis)
        if basis.value is None
        else missing("Target Triwulan", row.target_triwulan)
    )
    return Figure(f"{key}.capaian", "Capaian", None, Unit.PERCENT, "-", (), reason)


def _capaian(
    key: str, target_label: str, target: Cell[Measure], row: Indikator, work: Perhitungan, bahan: Bahan
) -> Figure:
    down = row.arah.value == "turun"
    formula = (_FORMULA_DOWN if down else _FORMULA_UP).format(target=target_label)
    cap = bahan.dataset.identitas.batas_capaian
    limit = Fraction(cap.value) if cap.value not in {None, "tanpa"} else None
    if row.arah.value is None or cap.value is None:
        reason = missing("Arah", row.arah) if row.arah.value is None else missing("Batas Capaian", cap)
        return Figure(key, "Capaian", None, Unit.PERCENT, formula, (), reason)
    if limit is not None:
        formula += f", paling tinggi {limit}"

    def compute(actual: Fraction, goal: Fraction) -> Fraction | str:
        if goal == 0:
            return f"{target_label} 0 ({target.ref})"
        value = max(Fraction(0), percent(2 * goal - actual, goal)) if down else percent(actual, goal)
        return value if limit is None else min(value, limit)

    goal = measure_figure(f"{key}.target", target_label, target, row, bahan.dataset.skala)
    parts = (("Realisasi", work.realisasi), (target_label, goal))
    return derived(key, "Capaian", Unit.PERCENT, formula, parts, compute)
