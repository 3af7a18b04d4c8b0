"""Budget absorption: each programme, totals, both averages, and the efficiency formulas."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from lkt.calendar import Triwulan
from lkt.figures import (
    AnggaranTotals,
    Figure,
    IndikatorResult,
    Period,
    ProgramResult,
    SasaranResult,
    Standing,
    Unit,
    UnitResult,
    Verdict,
    printed,
    unit_of,
)
from lkt.indicators.kinds import (
    derived,
    judge,
    missing,
    number_figure,
    ratio,
    seen_true,
    share_of_year,
    total,
)
from lkt.indonesian import normalize, roman
from lkt.model import Anggaran, Dataset, Identitas, Level

# The efficiency formulas: one function each, selected by Rumus Efisiensi ----------------------------------


@dataclass(frozen=True, slots=True)
class EfficiencyBasis:
    """What an efficiency is worked out from.

    Attributes:
        capaian_kinerja: what was reached, in percent.
        capaian_anggaran: what was spent, in percent.
        programs: the budget rows concerned, each with its own capaian kinerja.
    """

    capaian_kinerja: Figure
    capaian_anggaran: Figure
    programs: tuple[tuple[Anggaran, Figure], ...]

    @property
    def parts(self) -> tuple[tuple[str, Figure], ...]:
        """The two percentages with their names."""
        return (("Capaian kinerja", self.capaian_kinerja), ("Capaian anggaran", self.capaian_anggaran))


Compute = Callable[[str, str, EfficiencyBasis], Figure]
"""(key, words of the formula, basis) -> efficiency."""


@dataclass(frozen=True, slots=True)
class EfficiencyFormula:
    """One efficiency formula.

    Attributes:
        name: the value of Rumus Efisiensi.
        words: the formula as the report prints it.
        help: what explains it where the operator chooses it.
        meaning: what its sign says, in a sentence of the report.
        compute: its computation.
    """

    name: str
    words: str
    help: str
    meaning: str
    compute: Compute


FORMULAS: dict[str, EfficiencyFormula] = {}
"""The formulas by the value of Rumus Efisiensi, in the order of their functions; the first is the default."""


def efficiency(name: str, words: str, explained: str, meaning: str) -> Callable[[Compute], Compute]:
    """Make a function the computation of the efficiency formula ``name``, offered by key Rumus Efisiensi."""

    def register(compute: Compute) -> Compute:
        FORMULAS[name] = EfficiencyFormula(name, words, explained, meaning, compute)
        return compute

    return register


@efficiency(
    "selisih",
    "capaian kinerja − capaian anggaran",
    "capaian kinerja dikurangi capaian anggaran",
    "di atas 0, capaian kinerja lebih tinggi daripada capaian anggaran; di bawah 0, sebaliknya",
)
def selisih(key: str, words: str, basis: EfficiencyBasis) -> Figure:
    """Capaian kinerja − capaian anggaran, in points; above 0 more was reached than was spent."""
    return derived(key, "Efisiensi", Unit.POINTS, words, basis.parts, lambda work, money: work - money)


@efficiency(
    "sisa anggaran",
    "100 − capaian anggaran, bila capaian kinerja 100% atau lebih",
    "100 dikurangi serapan, hanya bila capaian kinerja 100% atau lebih",
    "makin besar, makin banyak anggaran yang tersisa sesudah target tercapai",
)
def sisa_anggaran(key: str, words: str, basis: EfficiencyBasis) -> Figure:
    """100 − capaian anggaran, only when capaian kinerja is 100 or more."""

    def work(performance: Fraction, money: Fraction) -> Fraction | str:
        return 100 - money if performance >= 100 else "capaian kinerja belum 100%"

    return derived(key, "Efisiensi", Unit.PERCENT, words, basis.parts, work)


@efficiency(
    "pmk 214",
    "Σ(pagu × capaian − realisasi) ÷ Σ(pagu × capaian) × 100",
    "rumus PMK 214/PMK.02/2017",
    "di atas 0 hasil yang dicapai memerlukan anggaran yang lebih kecil daripada rencananya, di bawah 0 "
    "sebaliknya",
)
def pmk_214(key: str, words: str, basis: EfficiencyBasis) -> Figure:
    """Σ(pagu × capaian − realisasi) ÷ Σ(pagu × capaian) × 100 (PMK 214/PMK.02/2017)."""
    parts = [
        part
        for number, (row, performance) in enumerate(basis.programs, start=1)
        for part in (
            (f"Pagu {number}", _money(row, "pagu")),
            (f"Capaian kinerja {number}", performance),
            (f"Realisasi {number}", _money(row, "realisasi")),
        )
    ]

    def work(*values: Fraction) -> Fraction | str:
        planned = sum(pagu * reached / 100 for pagu, reached in zip(values[::3], values[1::3], strict=True))
        return "pagu × capaian berjumlah 0" if planned == 0 else (planned - sum(values[2::3])) / planned * 100

    return derived(key, "Efisiensi", Unit.PERCENT, words, parts, work)


def _efficiency(key: str, identitas: Identitas, basis: EfficiencyBasis) -> Figure:
    """The efficiency by the chosen formula; none where the choice cannot be read."""
    formula = FORMULAS.get(identitas.rumus_efisiensi.value or "")
    if formula is None:
        return Figure(key, "Efisiensi", None, Unit.POINTS, "-", (), "Rumus Efisiensi tidak terbaca")
    if basis.capaian_anggaran.value == 0:  # spending nothing is no efficiency
        reason = "belum ada realisasi anggaran"
        return Figure(key, "Efisiensi", None, Unit.POINTS, formula.words, (), reason)
    return formula.compute(key, formula.words, basis)


# Programmes with the rows below them ----------------------------------------------------------------------


_MOST_PARTS = 12
"""Parts of a code that are looked at for the row above it; the nomenclature has six."""


_Below = Mapping[tuple[str, str], list[Anggaran]]
"""Unit and code -> the rows right below it."""


def compute_programs(dataset: Dataset, periode: Period | None) -> tuple[ProgramResult, ...]:
    """Every programme with the rows below it; a row below no programme is a matter for the rules.

    A row lies below the row of its unit with the longest code that its own code begins with.
    """
    codes = {(row.owner, row.kode.value) for row in dataset.anggaran if row.kode.value}
    below: _Below = defaultdict(list)
    for row in dataset.anggaran:
        above = ".".join((row.kode.value or "").split(".")[:_MOST_PARTS])
        while above := above.rpartition(".")[0]:
            if (row.owner, above) in codes:
                below[row.owner, above].append(row)
                break
    programs = (row for row in dataset.anggaran if row.level is Level.PROGRAM)
    return tuple(_program(row, below, dataset.identitas, periode) for row in programs)


def _key(row: Anggaran) -> str:
    """The key of a budget row: program.7.01.01, program.7.01.01 (Kelurahan Serua)."""
    unit = f" ({row.unit.value})" if row.unit.value else ""
    return f"program.{row.kode.value or f'baris {row.row}'}{unit}"


def _program(row: Anggaran, below: _Below, identitas: Identitas, periode: Period | None) -> ProgramResult:
    key = _key(row)
    pagu, realisasi = _money(row, "pagu"), _money(row, "realisasi")
    serapan = ratio(f"{key}.serapan", "Serapan", ("Realisasi", realisasi), ("Pagu", pagu))
    left = _left(f"{key}.sisa", pagu, realisasi)
    work = "Realisasi Kinerja"
    actual = number_figure(f"{key}.realisasi_kinerja", work, row.realisasi_kinerja, unit_of(row.measured_in))
    goal = number_figure(f"{key}.target", "Target", row.target, unit_of(row.measured_in))
    performance = _performance(f"{key}.capaian_kinerja", row, (work, actual), ("Target", goal))
    basis = EfficiencyBasis(performance, serapan, ((row, performance),))
    return ProgramResult(
        row=row,
        serapan=serapan,
        sisa=left,
        capaian_kinerja=performance,
        efisiensi=_efficiency(f"{key}.efisiensi", identitas, basis),
        jalur=spending_verdict(f"{key}.jalur", serapan, periode, _planned(f"{key}.rencana", [row], periode)),
        realisasi_triwulan=_of_quarter(row),
        rincian=tuple(
            _program(part, below, identitas, periode)
            for part in below.get((row.owner, row.kode.value or ""), ())
        ),
    )


def _performance(key: str, row: Anggaran, actual: tuple[str, Figure], goal: tuple[str, Figure]) -> Figure:
    """Realisasi Kinerja against Target, by Arah."""
    name = "Capaian kinerja"
    if row.arah.value != "turun":
        return ratio(key, name, actual, goal)

    def work(reached: Fraction, aim: Fraction) -> Fraction | str:
        return "Target 0" if aim == 0 else max(Fraction(0), (2 * aim - reached) / aim * 100)

    formula = f"(2 × Target − {actual[0]}) ÷ Target × 100, paling rendah 0"
    return derived(key, name, Unit.PERCENT, formula, (actual, goal), work)


ENOUGH, NEAR = 90, 60
"""Percentages of the quarter's share from which serapan is on track, and from which it needs attention.

Offices seldom spend the last tenth of a pagu, so that a programme is not held against all of it.
"""


def _of_quarter(row: Anggaran) -> Figure | None:
    """What was spent in the quarter alone, where the office fills it in."""
    return None if row.realisasi_triwulan.blank else _money(row, "realisasi_triwulan")


def _planned(key: str, rows: Sequence[Anggaran], periode: Period | None) -> Figure | None:
    """Serapan that is planned by the end of the quarter; None unless every row with a pagu has a plan.

    Of the amounts by quarter in anggaran kas (Permendagri 77/2020).
    """
    quarters = periode.triwulan.nomor if periode else 4
    funded = [row for row in rows if row.pagu.value != 0]
    plans = [(row, name) for row in funded for name in _PLANS[:quarters]]
    if not plans or any(getattr(row, name).blank for row, name in plans):
        return None
    label = "Rencana penarikan s.d. triwulan ini"
    planned = total(key, label, [_money(row, name) for row, name in plans], Unit.RUPIAH)
    pagu = total(f"{key}.pagu", "Pagu", [_money(row, "pagu") for row in funded], Unit.RUPIAH)
    return ratio(key, "Rencana serapan", (label, planned), ("Pagu", pagu))


def spending_verdict(
    key: str, serapan: Figure, periode: Period | None, planned: Figure | None = None
) -> Verdict:
    """Serapan against what is planned, else against the share of the year that is over: 25% by Triwulan I."""
    if planned is not None:
        parts = (("Serapan", serapan), ("Rencana serapan", planned))
        figure = derived(
            key, "Serapan terhadap rencana", Unit.PERCENT, "Serapan ÷ Rencana serapan × 100", parts,
            lambda spent, aim: spent / aim * 100 if aim else "rencana serapan 0%",
        )  # fmt: skip
        gap = derived(
            f"{key}.deviasi", "Deviasi dari rencana serapan", Unit.POINTS, "Serapan − Rencana serapan", parts,
            lambda spent, aim: spent - aim,
        )  # fmt: skip
        status = Standing.UNKNOWN if figure.value is None else judge(figure.value, ENOUGH, NEAR)
        if planned.value == 0 and serapan.value is not None:
            status = Standing.ON_TRACK if serapan.value else Standing.NOT_YET_MEASURED
        return Verdict(figure, f"rencana serapan {printed(planned)}", status, planned.value, planned, gap)
    triwulan = periode.triwulan if periode else None
    share = _share_over(triwulan)
    figure = share_of_year(key, "Serapan", serapan, share, "pagu")
    return Verdict(figure, f"{share}% pagu", standing_of(serapan.value, triwulan), share)


def standing_of(serapan: Fraction | None, triwulan: Triwulan | None) -> Standing:
    """What a serapan in percentage points means at the end of a quarter; without one, of the year."""
    if serapan is None:
        return Standing.UNKNOWN
    return judge(serapan * 100 / _share_over(triwulan), ENOUGH, NEAR)


def _share_over(triwulan: Triwulan | None) -> Fraction:
    """How much of the year is over at the end of a quarter, in percent."""
    return Fraction(100 if triwulan is None else 25 * triwulan.nomor)


def _left(key: str, pagu: Figure, realisasi: Figure) -> Figure:
    """What of the pagu is not spent yet."""
    parts = (("Pagu", pagu), ("Realisasi", realisasi))
    return derived(
        key, "Sisa pagu", Unit.RUPIAH, "Pagu − Realisasi", parts, lambda whole, spent: whole - spent
    )


_PLANS = tuple(f"rencana_tw{number}" for number in range(1, 5))
_AMOUNTS = {
    "anggaran_pk": "Anggaran PK",
    "pagu": "Pagu",
    "realisasi": "Realisasi",
    "realisasi_triwulan": "Realisasi triwulan ini",
    **{name: f"Rencana TW {roman(number)}" for number, name in enumerate(_PLANS, 1)},
}


def _money(row: Anggaran, field: str) -> Figure:
    """One of the amounts of a budget row."""
    name = _AMOUNTS[field]
    key, label = f"{_key(row)}.{field}", f"{name} {row.name}"
    return number_figure(key, label, getattr(row, field), Unit.RUPIAH)


# Totals and averages --------------------------------------------------------------------------------------


def compute_budget(key: str, programs: Sequence[ProgramResult], identitas: Identitas) -> AnggaranTotals:
    """Totals and averages over programmes, kegiatan and sub kegiatan left out."""
    rows = [program.row for program in programs]
    signed = [row for row in rows if not row.anggaran_pk.blank]  # a programme that came later has none

    def added(field: str, label: str, rows: Sequence[Anggaran]) -> Figure:
        return total(f"{key}.{field}", label, [_money(row, field) for row in rows], Unit.RUPIAH)

    pagu = added("pagu", "Jumlah pagu", rows)
    realisasi = added("realisasi", "Jumlah realisasi", rows)
    simple = _mean(f"{key}.rerata", programs)
    weighted = ratio(f"{key}.tertimbang", "Serapan", ("Realisasi", realisasi), ("Pagu", pagu))
    choice = identitas.rerata_anggaran
    chosen = weighted if choice.value == "tertimbang" else simple
    if choice.value is None:
        reason = missing("Rerata Anggaran", choice)
        chosen = Figure(simple.key, "Rata-rata pencapaian anggaran", None, Unit.PERCENT, "-", (), reason)
    of_quarter = [row for row in rows if not row.realisasi_triwulan.blank]
    return AnggaranTotals(
        anggaran_pk=added("anggaran_pk", "Jumlah Anggaran PK", signed),
        realisasi_triwulan=(
            added("realisasi_triwulan", "Jumlah realisasi triwulan ini", rows) if of_quarter else None
        ),
        pagu=pagu,
        realisasi=realisasi,
        sisa=_left(f"{key}.sisa", pagu, realisasi),
        rerata_sederhana=simple,
        tertimbang=weighted,
        rerata=chosen,
    )


def _mean(key: str, programs: Sequence[ProgramResult]) -> Figure:
    """The simple mean of the programmes' serapan; a programme whose pagu is 0 has none to absorb."""
    parts = [
        (f"Serapan {program.row.name}", program.serapan)
        for program in programs
        if program.row.pagu.value != 0
    ]
    formula = f"jumlah serapan ÷ {len(parts)} program"
    return derived(key, "Rata-rata serapan program", Unit.PERCENT, formula, parts, _average)


def _average(*values: Fraction) -> Fraction | str:
    return sum(values, Fraction(0)) / len(values) if values else "tidak ada program dengan pagu"


def budget_verdict(
    key: str, programs: Sequence[ProgramResult], totals: AnggaranTotals, periode: Period | None
) -> Verdict:
    """The verdict on programmes together, against their plans where all have one."""
    planned = _planned(f"{key}.rencana", [program.row for program in programs], periode)
    return spending_verdict(f"{key}.jalur", totals.tertimbang, periode, planned)


def compute_units(
    dataset: Dataset, programs: Sequence[ProgramResult], whole: AnggaranTotals, periode: Period | None
) -> tuple[UnitResult, ...]:
    """The totals of each unit; of the only one they are those of all programmes."""
    identitas = dataset.identitas
    groups: dict[str, list[ProgramResult]] = {}
    for program in programs:
        groups.setdefault(program.row.owner, []).append(program)
    itself = f"{identitas.terms.kecamatan} {identitas.kecamatan.value or ''}".rstrip()
    units = []
    for number, group in enumerate(groups.values(), start=1):
        key = f"unit.{number}" if len(groups) > 1 else "total"
        totals = compute_budget(key, group, identitas) if len(groups) > 1 else whole
        verdict = budget_verdict(key, group, totals, periode)
        units.append(UnitResult(group[0].row.unit.value or itself, tuple(group), totals, verdict))
    return tuple(units)


# Sasaran with their indicators and programmes -------------------------------------------------------------


def compute_goals(
    dataset: Dataset, indicators: Sequence[IndikatorResult], programs: Sequence[ProgramResult]
) -> tuple[SasaranResult, ...]:
    """The sasaran in the order in which they first appear, each with its indicators and programmes."""
    groups: dict[str, list[IndikatorResult]] = {}
    for result in indicators:
        groups.setdefault(normalize(result.row.sasaran.value or ""), []).append(result)
    place = {
        result.row.no.value: number
        for number, group in enumerate(groups.values(), start=1)
        for result in group
    }
    # The money of a programme is counted once, for the sasaran of the first indicator that it supports.
    supported = [
        (program, list(dict.fromkeys(place[each] for each in program.row.supports if each in place)))
        for program in programs
    ]
    goals = []
    for number, group in enumerate(groups.values(), start=1):
        key = f"sasaran.{number}"
        mine = tuple(program for program, places in supported if places[:1] == [number])
        others = tuple(program for program, places in supported if number in places[1:])
        budget = compute_budget(key, mine, dataset.identitas)
        spending = tuple((program.row, program.capaian_kinerja) for program in mine)
        reached = mean_performance(key, group, dataset)
        basis = EfficiencyBasis(reached, budget.rerata, spending)
        goals.append(
            SasaranResult(
                nomor=number,
                nama=group[0].row.sasaran,
                indikator=tuple(group),
                program=mine,
                program_lain=others,
                anggaran=budget,
                capaian=reached,
                efisiensi=_efficiency(f"{key}.efisiensi", dataset.identitas, basis),
            )
        )
    return tuple(goals)


def mean_performance(key: str, group: Sequence[IndikatorResult], dataset: Dataset) -> Figure:
    """The capaian of several indicators: of the only one, or their mean."""
    if len(group) == 1:
        return group[0].capaian
    names = [result.row.no.written or f"baris {result.row.row}" for result in group]
    parts = [(f"Capaian indikator {name}", part.capaian) for name, part in zip(names, group, strict=True)]
    formula = "rata-rata capaian indikator"
    mean = derived(f"{key}.capaian", "Capaian kinerja", Unit.PERCENT, formula, parts, _average)
    return seen_true(mean, [each.batas_bawah.value for each in dataset.skala if each.of_capaian])
