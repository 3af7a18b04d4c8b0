"""Budget absorption: each programme, totals, both averages, and the efficiency formulas."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from lkt.figures import Figure, HasilAnggaran, HasilIndikator, HasilProgram, HasilSasaran, Part, Unit
from lkt.indicators.kinds import added, derived, missing, number_figure, percent, total
from lkt.indonesian import normalize
from lkt.model import Anggaran, Cell, Dataset, Identitas, Indikator, Level

# The efficiency formulas: one function a formula, selected by Rumus Efisiensi -----------------------------


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


# Budget: absorption per programme, totals, both averages, and efficiency ----------------------------------


@dataclass(frozen=True, slots=True)
class Uang:
    """The amounts of one budget row, which go into several figures."""

    pagu: Figure
    realisasi: Figure
    anggaran_pk: Figure


def amounts(rows: Iterable[Anggaran]) -> dict[int, Uang]:
    """The amounts of each row by its number."""
    return {row.row: _uang(row) for row in rows}


def _uang(row: Anggaran) -> Uang:
    key, name = f"program.{row.kode.value}", row.program.written

    def typed(field: str, label: str, cell: Cell[Decimal]) -> Figure:
        return number_figure(f"{key}.{field}", f"{label} {name}", cell, Unit.RUPIAH)

    return Uang(
        typed("pagu", "Pagu", row.pagu),
        typed("realisasi", "Realisasi", row.realisasi),
        typed("anggaran_pk", "Anggaran PK", row.anggaran_pk),
    )


def compute_programs(dataset: Dataset, uang: Mapping[int, Uang]) -> tuple[HasilProgram, ...]:
    """Every programme with the rows below it; a row below no programme is a matter for the rules."""
    return tuple(_program(row, dataset, uang) for row in dataset.anggaran if row.level is Level.PROGRAM)


def children(row: Anggaran, rows: Sequence[Anggaran]) -> tuple[Anggaran, ...]:
    """The rows right below a row: their code begins with its code and none stands between."""
    below = _below(row, rows)
    deeper = {other.row for middle in below for other in _below(middle, below)}
    return tuple([other for other in below if other.row not in deeper])


def _below(row: Anggaran, rows: Sequence[Anggaran]) -> list[Anggaran]:
    if not row.kode.value:
        return []
    start = f"{row.kode.value}."
    return [other for other in rows if (other.kode.value or "").startswith(start)]


def _program(row: Anggaran, dataset: Dataset, uang: Mapping[int, Uang]) -> HasilProgram:
    key = f"program.{row.kode.value or f'baris {row.row}'}"
    pagu, realisasi = uang[row.row].pagu, uang[row.row].realisasi
    serapan = absorption(f"{key}.serapan", pagu, realisasi)
    performance = _performance(key, row)
    dasar = Dasar(performance, serapan, (Belanja(pagu, realisasi, performance),))
    return HasilProgram(
        baris=row,
        serapan=serapan,
        capaian_kinerja=performance,
        efisiensi=compute_efficiency(f"{key}.efisiensi", dataset.identitas.rumus_efisiensi.value, dasar),
        rincian=tuple(_program(child, dataset, uang) for child in children(row, dataset.anggaran)),
    )


def absorption(key: str, pagu: Figure, realisasi: Figure) -> Figure:
    """Serapan = realisasi ÷ pagu × 100; none for a pagu of 0."""

    def work(spent: Fraction, budget: Fraction) -> Fraction | str:
        return "Pagu 0" if budget == 0 else percent(spent, budget)

    return derived(
        key,
        "Serapan",
        Unit.PERCENT,
        "Realisasi ÷ Pagu × 100",
        (("Realisasi", realisasi), ("Pagu", pagu)),
        work,
    )


def _performance(key: str, row: Anggaran) -> Figure:
    """A programme's own capaian kinerja = Realisasi Kinerja ÷ Target × 100."""
    actual = number_figure(
        f"{key}.realisasi_kinerja", "Realisasi Kinerja", row.realisasi_kinerja, Unit.PERCENT
    )
    goal = number_figure(f"{key}.target", "Target", row.target, Unit.PERCENT)
    return derived(
        f"{key}.capaian_kinerja",
        "Capaian kinerja",
        Unit.PERCENT,
        "Realisasi Kinerja ÷ Target × 100",
        (("Realisasi Kinerja", actual), ("Target", goal)),
        lambda top, bottom: "Target 0" if bottom == 0 else percent(top, bottom),
    )


def compute_budget(
    key: str, programs: Sequence[HasilProgram], uang: Mapping[int, Uang], identitas: Identitas
) -> HasilAnggaran:
    """Totals and averages over programmes, kegiatan and sub kegiatan left out."""
    rows = [program.baris for program in programs]
    pagu = total(f"{key}.pagu", "Jumlah pagu", [uang[row.row].pagu for row in rows], Unit.RUPIAH)
    realisasi = total(
        f"{key}.realisasi", "Jumlah realisasi", [uang[row.row].realisasi for row in rows], Unit.RUPIAH
    )
    simple = _mean(f"{key}.rerata", programs)
    weighted = absorption(f"{key}.tertimbang", pagu, realisasi)
    return HasilAnggaran(
        anggaran_pk=_total_pk(key, rows, uang),
        pagu=pagu,
        realisasi=realisasi,
        rerata_sederhana=simple,
        tertimbang=weighted,
        rerata=_chosen(key, identitas, simple, weighted),
    )


def _chosen(key: str, identitas: Identitas, simple: Figure, weighted: Figure) -> Figure:
    """The average that Rerata Anggaran names."""
    choice = identitas.rerata_anggaran
    if choice.value is None:
        reason = missing("Rerata Anggaran", choice)
        return Figure(f"{key}.rerata", "Rata-rata pencapaian anggaran", None, Unit.PERCENT, "-", (), reason)
    return weighted if choice.value == "tertimbang" else simple


def _total_pk(key: str, rows: Sequence[Anggaran], uang: Mapping[int, Uang]) -> Figure:
    """The Perjanjian Kinerja as a whole; a programme that came later has no amount there."""
    figures = [uang[row.row].anggaran_pk for row in rows if not row.anggaran_pk.blank]
    return total(f"{key}.anggaran_pk", "Jumlah Anggaran PK", figures, Unit.RUPIAH)


def _mean(key: str, programs: Sequence[HasilProgram]) -> Figure:
    """The simple mean of the programmes' serapan; a programme whose pagu is 0 has none to absorb."""
    spending = [program for program in programs if program.baris.pagu.value != 0]
    parts = [program.serapan for program in spending]
    inputs = tuple([Part(f"Serapan {program.baris.program}", program.serapan) for program in spending])
    label, formula = "Rata-rata serapan program", f"jumlah serapan ÷ {len(parts)} program"
    lacking = [part.reason for part in parts if part.value is None]
    if lacking or not parts:
        reason = lacking[0] if lacking else "tidak ada program dengan pagu"
        return Figure(key, label, None, Unit.PERCENT, formula, inputs, reason)
    value = added([part.value for part in parts if part.value is not None]) / len(parts)
    return Figure(key, label, value, Unit.PERCENT, formula, inputs)


def compute_goals(
    dataset: Dataset,
    indicators: Sequence[HasilIndikator],
    programs: Sequence[HasilProgram],
    uang: Mapping[int, Uang],
) -> tuple[HasilSasaran, ...]:
    """The sasaran in the order in which they first appear, each with its indicators and programmes."""
    groups: dict[str, list[HasilIndikator]] = {}
    for hasil in indicators:
        groups.setdefault(normalize(hasil.baris.sasaran.value or ""), []).append(hasil)
    return tuple(
        _goal(number, group, programs, uang, dataset.identitas)
        for number, group in enumerate(groups.values(), start=1)
    )


def _goal(
    number: int,
    group: Sequence[HasilIndikator],
    programs: Sequence[HasilProgram],
    uang: Mapping[int, Uang],
    identitas: Identitas,
) -> HasilSasaran:
    key = f"sasaran.{number}"
    numbers = {hasil.baris.no.value for hasil in group if hasil.baris.no.value is not None}
    supporting = tuple(program for program in programs if program.baris.indikator.value in numbers)
    budget = compute_budget(key, supporting, uang, identitas)
    belanja = tuple(
        Belanja(uang[program.baris.row].pagu, uang[program.baris.row].realisasi, program.capaian_kinerja)
        for program in supporting
    )
    dasar = Dasar(_mean_performance(key, group), budget.rerata, belanja)
    return HasilSasaran(
        nomor=number,
        nama=group[0].baris.sasaran,
        indikator=tuple(group),
        program=supporting,
        anggaran=budget,
        efisiensi=compute_efficiency(f"{key}.efisiensi", identitas.rumus_efisiensi.value, dasar),
    )


def _mean_performance(key: str, group: Sequence[HasilIndikator]) -> Figure:
    """The capaian of a sasaran: of its indicator, or the mean of its indicators."""
    if len(group) == 1:
        return group[0].capaian
    parts = [(_name(hasil.baris), hasil.capaian) for hasil in group]
    return derived(
        f"{key}.capaian",
        "Capaian kinerja",
        Unit.PERCENT,
        "rata-rata capaian indikator",
        parts,
        lambda *values: added(values) / len(values),
    )


def _name(row: Indikator) -> str:
    return f"Capaian indikator {row.no}" if row.no.written else f"Capaian indikator baris {row.row}"
