"""The efficiency formulas: one function a formula, selected by Rumus Efisiensi."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from lkt.figures import Figure, Unit
from lkt.indicators.base import added, derived, percent


@dataclass(frozen=True, slots=True)
class Belanja:
    """One programme's money and performance, as an efficiency formula needs it."""

    pagu: Figure
    realisasi: Figure
    capaian_kinerja: Figure


@dataclass(frozen=True, slots=True)
class Dasar:
    """What an efficiency is worked out from: of one programme, or of a sasaran with its programmes."""

    capaian_kinerja: Figure
    capaian_anggaran: Figure
    belanja: tuple[Belanja, ...]


@dataclass(frozen=True, slots=True)
class Rumus:
    """One efficiency formula: the value of Rumus Efisiensi, its words and its computation.

    ``help`` explains it where the operator chooses it; the words themselves where that is blank.
    """

    name: str
    words: str
    help: str
    compute: "Compute"


Compute = Callable[[str, str, Dasar], Figure]
"""(key, words of the formula, material) -> efficiency."""


def efficiency(name: str, words: str, explained: str = "") -> Callable[[Compute], Rumus]:
    """Make a function the computation of the efficiency formula ``name``, offered by key Rumus Efisiensi."""
    return lambda compute: Rumus(name, words, explained or words, compute)


def _parts(dasar: Dasar) -> tuple[tuple[str, Figure], ...]:
    return (("Capaian kinerja", dasar.capaian_kinerja), ("Capaian anggaran", dasar.capaian_anggaran))


@efficiency(
    "selisih",
    "capaian kinerja − capaian anggaran",
    "capaian kinerja dikurangi capaian anggaran",
)
def selisih(key: str, words: str, dasar: Dasar) -> Figure:
    """Capaian kinerja − capaian anggaran, in points; above 0 more was reached than was spent."""
    return derived(key, "Efisiensi", Unit.POINTS, words, _parts(dasar), lambda work, money: work - money)


@efficiency(
    "sisa anggaran",
    "100 − capaian anggaran, bila capaian kinerja 100% atau lebih",
    "100 dikurangi serapan, hanya bila capaian kinerja 100% atau lebih",
)
def sisa_anggaran(key: str, words: str, dasar: Dasar) -> Figure:
    """100 − capaian anggaran, only when capaian kinerja is 100 or more."""

    def work(performance: Fraction, money: Fraction) -> Fraction | str:
        return 100 - money if performance >= 100 else "capaian kinerja belum 100%"

    return derived(key, "Efisiensi", Unit.PERCENT, words, _parts(dasar), work)


@efficiency(
    "pmk 214",
    "Σ(pagu × capaian − realisasi) ÷ Σ(pagu × capaian) × 100",
    "rumus PMK 214/PMK.02/2017",
)
def pmk_214(key: str, words: str, dasar: Dasar) -> Figure:
    """Σ(pagu × capaian − realisasi) ÷ Σ(pagu × capaian) × 100 (PMK 214/PMK.02/2017)."""
    parts = [
        (f"{name} {number}", figure)
        for number, row in enumerate(dasar.belanja, start=1)
        for name, figure in (
            ("Pagu", row.pagu),
            ("Capaian kinerja", row.capaian_kinerja),
            ("Realisasi", row.realisasi),
        )
    ]

    def work(*values: Fraction) -> Fraction | str:
        rows = list(zip(values[::3], values[1::3], values[2::3], strict=True))
        planned = added([pagu * capaian / 100 for pagu, capaian, _ in rows])
        spent = added([realisasi for *_, realisasi in rows])
        return "pagu × capaian berjumlah 0" if planned == 0 else percent(planned - spent, planned)

    return derived(key, "Efisiensi", Unit.PERCENT, words, parts, work)


FORMULAS: dict[str, Rumus] = {
    value.name: value for value in tuple(globals().values()) if isinstance(value, Rumus)
}
"""The formulas by the value of Rumus Efisiensi, in the order of their functions; the first is the default."""


def compute_efficiency(key: str, formula: str | None, dasar: Dasar) -> Figure:
    """The efficiency by the chosen formula; none where the choice cannot be read."""
    if formula not in FORMULAS:
        return Figure(key, "Efisiensi", None, Unit.POINTS, "-", (), "Rumus Efisiensi tidak terbaca")
    rumus = FORMULAS[formula]
    return rumus.compute(key, rumus.words, dasar)
