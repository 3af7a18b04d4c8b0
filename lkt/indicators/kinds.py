"""The kinds of indicator: how each realisasi is worked out, its capaian, and the grades of a scale."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from lkt.figures import (
    DokumenResult,
    Figure,
    IndikatorKind,
    IndikatorResult,
    Input,
    Period,
    Standing,
    Unit,
    Verdict,
    decimals_for,
    printed,
    unit_of,
)
from lkt.indonesian import format_date, format_number, format_percent, format_span, normalize
from lkt.model import Cell, Dataset, Dokumen, Fasilitasi, Indikator, Measure, Skala

# Figures that say why they have no value ------------------------------------------------------------------


def missing(label: str, cell: Cell[Any]) -> str:
    """Why a cell gives no value: blank, or something that cannot be read."""
    state = "tidak terbaca" if cell.broken else "belum diisi"
    return f"{label} {state} ({cell.ref})"


def number_figure(key: str, label: str, cell: Cell[Any], unit: Unit = Unit.COUNT) -> Figure:
    """A figure that is typed in one cell as a number; it is printed with every decimal that was typed."""
    value = None if cell.value is None else Fraction(cell.value)
    reason = missing(label, cell) if value is None else ""
    inputs = (Input(label, cell.written, (cell.ref,)),)
    typed = 0
    if isinstance(cell.value, Decimal) and not cell.formula:
        typed = max(0, -int(cell.value.normalize().as_tuple().exponent))
    return Figure(key, label, value, unit, "seperti yang diisi", inputs, reason, typed)


def derived(
    key: str,
    label: str,
    unit: Unit,
    formula: str,
    parts: Sequence[tuple[str, Figure]],
    work: Callable[..., Fraction | str],
) -> Figure:
    """A figure worked out from others.

    Args:
        key: the figure's key.
        label: its label.
        unit: its unit.
        formula: in words.
        parts: (name, figure); each must have a value, or its reason becomes this figure's. Names come from
            the workbook too, where two may be the same.
        work: given the values in the order of ``parts``; returns the value, or the reason for none.
    """
    inputs = tuple(Input(name, printed(part), part.refs) for name, part in parts)
    lacking = [part.reason for _, part in parts if part.value is None]
    outcome = lacking[0] if lacking else work(*(part.value for _, part in parts))
    if isinstance(outcome, str):
        return Figure(key, label, None, unit, formula, inputs, outcome)
    return Figure(key, label, outcome, unit, formula, inputs)


def ratio(key: str, label: str, pembilang: tuple[str, Figure], penyebut: tuple[str, Figure]) -> Figure:
    """Numerator ÷ denominator × 100, each with its name; none for a denominator of 0."""
    return derived(
        key,
        label,
        Unit.PERCENT,
        f"{pembilang[0]} ÷ {penyebut[0]} × 100",
        (pembilang, penyebut),
        lambda top, bottom: f"{penyebut[0]} 0" if bottom == 0 else top / bottom * 100,
    )


def total(key: str, label: str, figures: Iterable[Figure], unit: Unit) -> Figure:
    """The sum of figures; none where one of them has no value, or where there are none."""

    def added(*values: Fraction) -> Fraction | str:
        return sum(values, Fraction(0)) if values else "tidak ada yang dijumlahkan"

    return derived(key, label, unit, "jumlah", [(part.label, part) for part in figures], added)


def count_input(name: str, count: int, cells: Iterable[Cell[Any]]) -> Input:
    """An input that is a count of rows, with the cells that decided it."""
    return Input(name, format_number(count), tuple(cell.ref for cell in cells))


def measure_figure(
    key: str, label: str, cell: Cell[Measure], row: Indikator, skala: tuple[Skala, ...]
) -> Figure:
    """A target or value as a figure in the unit of its row; a letter by its lower bound in ``skala``."""
    if not isinstance(cell.value, str):
        return number_figure(key, label, cell, unit_of(row.satuan.value or ""))
    formula = "nilai predikat menurut lembar Skala"
    letter = normalize(cell.value)
    for graded in skala:
        bound = graded.batas_bawah
        if graded.of_nilai and normalize(graded.predikat.value or "") == letter and bound.value is not None:
            inputs = (Input(f"predikat {cell.value}", str(bound), (cell.ref, bound.ref)),)
            return Figure(key, label, Fraction(bound.value), Unit.VALUE, formula, inputs)
    reason = f"{label}: predikat “{cell.value}” tidak ada pada lembar Skala ({cell.ref})"
    return Figure(key, label, None, Unit.VALUE, formula, (), reason)


# What a kind is, and what it may look at ------------------------------------------------------------------


@dataclass(frozen=True)
class Material:
    """What an indicator may look at.

    Attributes:
        dataset: the workbook.
        periode: the quarter reported on; None where it cannot be read.
        dokumen: how the desa stand with each document.
        log: the rows of the log that count.
    """

    dataset: Dataset
    periode: Period | None
    dokumen: tuple[DokumenResult, ...]
    log: tuple[Fasilitasi, ...]


@dataclass(frozen=True, slots=True)
class Calculation:
    """Realisasi of one indicator, with numerator and denominator where the kind has them.

    Attributes:
        realisasi: in the unit of the row.
        pembilang: the numerator.
        penyebut: the denominator.
        due: how many of how many parts of the year's work are due by the end of the quarter; None where the
            work is spread evenly over the year.
    """

    realisasi: Figure
    pembilang: Figure | None = None
    penyebut: Figure | None = None
    due: tuple[int, int] | None = None


def _divided(key: str, pembilang: Figure, penyebut: Figure) -> Calculation:
    """Realisasi as numerator ÷ denominator × 100."""
    parts = (pembilang.label, pembilang), (penyebut.label, penyebut)
    return Calculation(ratio(f"{key}.realisasi", "Realisasi", *parts), pembilang, penyebut)


Compute = Callable[[Indikator, Material, str], Calculation]
"""(row, material, key prefix) -> calculation."""

KINDS: dict[str, IndikatorKind] = {}
"""The kinds by the value of column Jenis, in the order in which the column offers them."""

_COMPUTE: dict[str, Compute] = {}


def indicator(
    name: str, source: str, needs: str, *, counted: bool = False, letters: bool = False, formula: str = ""
) -> Callable[[Compute], Compute]:
    """Make a function the computation of the indicator kind ``name``.

    Column Jenis offers it, the blank workbook asks for the cells it needs and shows its formula, the rules
    miss what is blank, and the next quarter's workbook empties what was typed: all by what is said here.

    Args:
        name: the value of column Jenis.
        source: where its realisasi comes from, in a few words for the operator.
        needs: the columns that must be typed, separated by spaces: pembilang, penyebut, realisasi.
        counted: Pembilang is counted from another sheet.
        letters: a target or value may be a letter of sheet Skala.
        formula: Realisasi as a spreadsheet works it out.
    """

    def register(compute: Compute) -> Compute:
        KINDS[name] = IndikatorKind(name, source, tuple(needs.split()), counted, letters, formula)
        _COMPUTE[name] = compute
        return compute

    return register


# The formulas that show Realisasi in the workbook while an office types -----------------------------------
#
# References are written as in ``lkt.workbook.declaration``; what a formula shows is never used for the
# report. Percent is in percentage points, and a formula shows nothing where the program has no value.


_MONTHS = {
    "Januari": 1, "Februari": 2, "Pebruari": 2, "Maret": 3, "April": 4, "Mei": 5, "Juni": 6, "Juli": 7,
    "Agustus": 8, "September": 9, "Oktober": 10, "November": 11, "Nopember": 11, "Desember": 12,
}  # fmt: skip
_MONTH_LIST = "{" + ",".join(f'"{month}"' for month in _MONTHS) + "}"
_MONTH_NUMBERS = "{" + ",".join(map(str, _MONTHS.values())) + "}"
_TAHUN = "[Identitas.Tahun]"
_TRIWULAN = "[Identitas.Triwulan]"
_PERIOD_START = f"DATE({_TAHUN},1,1)"
PERIOD_END = f"DATE({_TAHUN},3*{_TRIWULAN}+1,0)"
NO_PERIOD = f"N({_TAHUN})*N({_TRIWULAN})=0"

# A text such as "19 s.d. 26 Februari 2024" or "Februari" counts by its last month, a month without a year is
# one of the report's year. No COUNTIFS with wildcards here: LibreOffice matches them with real dates as well.
_DATED = (
    'COUNTIFS([Fasilitasi.Ditindaklanjuti],"Ya",'
    f'[Fasilitasi.Tanggal],">="&{_PERIOD_START},[Fasilitasi.Tanggal],"<"&{PERIOD_END}+1)'
)
_ENDS_WITH_MONTH = (
    f"(RIGHT([Fasilitasi.Tanggal],LEN({_MONTH_LIST}))={_MONTH_LIST})"
    f'+(RIGHT([Fasilitasi.Tanggal],LEN({_MONTH_LIST})+5)={_MONTH_LIST}&" "&{_TAHUN})'
)
_WORDED = (
    f'SUMPRODUCT(([Fasilitasi.Ditindaklanjuti]="Ya")*({_ENDS_WITH_MONTH})*({_MONTH_NUMBERS}<=3*{_TRIWULAN}))'
)
_DOCUMENTS = "COUNTA([Dokumen.Dokumen])"
_EXPECTED = f"COUNTA([Desa.Desa])*{_DOCUMENTS}"

RASIO = 'IF(OR(NOT(ISNUMBER([Pembilang])),N([Penyebut])=0),"",[Pembilang]/[Penyebut]*100)'
FASILITASI = f'IF(OR({NO_PERIOD},N([Penyebut])=0),"",({_DATED}+{_WORDED})/[Penyebut]*100)'
DOKUMEN_DESA = (
    f'IF(OR({_EXPECTED}=0,COUNT([Desa.jumlah])<>{_DOCUMENTS}),"",SUM([Desa.jumlah])/({_EXPECTED})*100)'
)


# The kinds: one function each, in the order in which column Jenis offers them -----------------------------


def counted_rows(rows: Iterable[Fasilitasi], periode: Period | None) -> tuple[Fasilitasi, ...]:
    """The log rows that were followed up in the period; none when the quarter is unknown.

    All figures are cumulative: a date, a month or a range counts when its last day lies between
    1 January and the last day of the quarter.
    """
    if periode is None:
        return ()
    until = periode.triwulan.akhir
    return tuple(
        row
        for row in rows
        if row.ditindaklanjuti.value == "Ya"
        and row.tanggal.value is not None
        and row.tanggal.value.end.year == until.year
        and row.tanggal.value.end <= until
    )


def _no_log(rows: Sequence[Fasilitasi]) -> str:
    """Why nothing can be counted in the log, which is not the same as none; empty where it can."""
    if not rows:
        return "lembar Fasilitasi belum mempunyai satu baris pun"
    columns = (
        ("Ditindaklanjuti", [row.ditindaklanjuti for row in rows]),
        ("Tanggal", [row.tanggal for row in rows]),
    )
    for name, cells in columns:
        if all(cell.value is None for cell in cells):
            return f"{missing(name, cells[0])} pada semua baris lembar Fasilitasi"
    return ""


@indicator("fasilitasi", "dari lembar Fasilitasi", "penyebut", counted=True, formula=FASILITASI)
def fasilitasi(row: Indikator, material: Material, key: str) -> Calculation:
    """Rows of the log followed up in the period ÷ Penyebut (the year's plan) × 100."""
    count, reason = None, _no_log(material.dataset.fasilitasi)
    inputs: tuple[Input, ...] = ()
    if material.periode is None:
        reason = "Tahun atau Triwulan belum diisi dengan benar"
    elif not reason:
        until = material.periode.triwulan.akhir
        period = format_span(until.replace(month=1, day=1), until)
        cells = (cell for logged in material.log for cell in (logged.tanggal, logged.ditindaklanjuti))
        count = Fraction(len(material.log))
        inputs = (count_input(f"baris bertanggal {period}", len(material.log), cells),)
    pembilang = Figure(
        f"{key}.pembilang",
        row.uraian_pembilang.value or "Fasilitasi yang ditindaklanjuti",
        count,
        Unit.COUNT,
        "banyaknya baris lembar Fasilitasi dengan Ditindaklanjuti = Ya yang bertanggal dalam periode",
        inputs,
        reason,
    )
    penyebut = number_figure(f"{key}.penyebut", row.uraian_penyebut.value or "Penyebut", row.penyebut)
    return _divided(key, pembilang, penyebut)


@indicator("dokumen desa", "dari lembar Desa", "", counted=True, formula=DOKUMEN_DESA)
def dokumen_desa(row: Indikator, material: Material, key: str) -> Calculation:
    """Documents on time so far ÷ (desa × documents) × 100."""
    sebutan = material.dataset.identitas.terms.desa
    label = row.uraian_pembilang.value or f"Dokumen {sebutan.lower()} yang tepat waktu"
    on_time = [result.jumlah for result in material.dokumen]
    pembilang = total(f"{key}.pembilang", label, on_time, Unit.COUNT)
    desa, dokumen = material.dataset.desa, material.dataset.dokumen
    penyebut = Figure(
        f"{key}.penyebut",
        row.uraian_penyebut.value or f"{sebutan} × dokumen",
        Fraction(len(desa) * len(dokumen)),
        Unit.COUNT,
        f"banyaknya {sebutan.lower()} × banyaknya dokumen",
        (
            count_input(sebutan.lower(), len(desa), (each.desa for each in desa)),
            count_input("dokumen", len(dokumen), (each.dokumen for each in dokumen)),
        ),
    )
    due = sum(result.jatuh_tempo for result in material.dokumen), len(dokumen)
    return replace(_divided(key, pembilang, penyebut), due=due)


@indicator("rasio", "Pembilang dibagi Penyebut", "pembilang penyebut", formula=RASIO)
def rasio(row: Indikator, _material: Material, key: str) -> Calculation:
    """Pembilang ÷ Penyebut × 100."""
    top, bottom = row.uraian_pembilang.value or "Pembilang", row.uraian_penyebut.value or "Penyebut"
    pembilang = number_figure(f"{key}.pembilang", top, row.pembilang, Unit.VALUE)
    penyebut = number_figure(f"{key}.penyebut", bottom, row.penyebut, Unit.VALUE)
    return _divided(key, pembilang, penyebut)


@indicator("nilai", "diketik", "realisasi")
def nilai(row: Indikator, _material: Material, key: str) -> Calculation:
    """The typed value: an index, a score, a count, rupiah."""
    return Calculation(measure_figure(f"{key}.realisasi", "Realisasi", row.realisasi, row, ()))


@indicator("predikat", "huruf menurut lembar Skala", "realisasi", letters=True)
def predikat(row: Indikator, material: Material, key: str) -> Calculation:
    """The score of a typed letter by sheet Skala."""
    skala = material.dataset.skala
    return Calculation(measure_figure(f"{key}.realisasi", "Realisasi", row.realisasi, row, skala))


# How the desa stand with each document at the end of the quarter ------------------------------------------


def judge_documents(dataset: Dataset, periode: Period | None) -> tuple[DokumenResult, ...]:
    """Every document of sheet Dokumen judged for every desa; nothing when the quarter is unknown."""
    if periode is None:
        return ()
    until = periode.triwulan.akhir
    return tuple(_judge(dokumen, column, dataset, until) for column, dokumen in enumerate(dataset.dokumen))


def _judge(dokumen: Dokumen, column: int, dataset: Dataset, until: date) -> DokumenResult:
    """A desa is on time when its date lies on or before both the deadline and the end of the quarter.

    After the deadline it is late, be it before or after the end of the quarter.
    """
    name, deadline = dokumen.dokumen.value or "", dokumen.batas_waktu
    sebutan = dataset.identitas.terms.desa.lower()
    due = deadline.value.end if deadline.value else None
    on_time, late, not_yet, unread = [], [], [], []
    for desa in dataset.desa:
        cell = desa.tanggal[column]
        if cell.broken or due is None:
            unread.append(desa)
        elif cell.value is not None and cell.value.end > due:
            late.append(desa)
        elif cell.value is None or cell.value.end > until:
            not_yet.append(desa)
        else:
            on_time.append(desa)
    cells = [desa.tanggal[column] for desa in on_time]
    limit = format_date(min(due, until)) if due else "-"
    count = Figure(
        key=f"dokumen.{name}.tepat_waktu",
        label=f"Jumlah {sebutan} dengan {name} tepat waktu",
        value=Fraction(len(on_time)) if due else None,
        unit=Unit.COUNT,
        formula=f"banyaknya {sebutan} dengan tanggal {name} paling lambat {limit}",
        inputs=(count_input(f"{sebutan} dengan {name} tepat waktu", len(on_time), cells),),
        reason="" if due else f"Batas Waktu {name} belum diisi atau tidak terbaca ({deadline.ref})",
    )
    return DokumenResult(
        dokumen=dokumen,
        tepat_waktu=tuple(on_time),
        terlambat=tuple(late),
        belum=tuple(not_yet),
        tidak_terbaca=tuple(unread),
        jatuh_tempo=due is not None and due <= until,
        jumlah=count,
    )


# Capaian: how far a realisasi reaches its target ----------------------------------------------------------


def compute_indicator(row: Indikator, material: Material) -> IndikatorResult:
    """One row of sheet Indikator worked out."""
    key, kind = f"indikator.{row.no.value or f'baris {row.row}'}", row.jenis.value or ""
    if kind in KINDS:
        work = _COMPUTE[kind](row, material, key)
    else:
        reason = missing("Jenis", row.jenis)
        work = Calculation(Figure(f"{key}.realisasi", "Realisasi", None, Unit.VALUE, "-", (), reason))
    skala = material.dataset.skala
    bounds = (row.target, row.target_triwulan, row.target_akhir_renstra)
    targets = [measure_figure("", "", cell, row, skala).value for cell in bounds]
    realisasi = seen_true(work.realisasi, targets, falling=row.arah.value == "turun")
    yearly = _capaian(f"{key}.capaian_tahun", "Target", row, realisasi, material.dataset)
    quarterly = None
    if not row.target_triwulan.blank:
        quarterly = _capaian(f"{key}.capaian_triwulan", "Target Triwulan", row, realisasi, material.dataset)
    progress = None
    if not row.target_akhir_renstra.blank:
        progress = _capaian(f"{key}.kemajuan", "Target Akhir Renstra", row, realisasi, material.dataset)
        progress = replace(progress, label="Kemajuan terhadap target akhir Renstra")
    basis = material.dataset.identitas.dasar_capaian
    if basis.value == "tahun":
        chosen = yearly
    elif basis.value == "triwulan" and quarterly is not None:
        chosen = quarterly
    else:
        lacking = (
            ("Dasar Capaian", basis) if basis.value is None else ("Target Triwulan", row.target_triwulan)
        )
        chosen = Figure(f"{key}.capaian", "Capaian", None, Unit.PERCENT, "-", (), missing(*lacking))
    return IndikatorResult(
        row=row,
        kind=KINDS.get(kind),
        jalur=_verdict(key, row, (yearly, quarterly), work.due, material.periode),
        pembilang=work.pembilang,
        penyebut=work.penyebut,
        realisasi=realisasi,
        capaian_tahun=yearly,
        capaian_triwulan=quarterly,
        capaian=chosen,
        kemajuan=progress,
    )


# How it stands at the end of the quarter ------------------------------------------------------------------

NEAR = 75
"""From this percentage of what the quarter asks for an indicator needs attention; below, it is behind."""


def _verdict(
    key: str,
    row: Indikator,
    reached: tuple[Figure, Figure | None],
    due: tuple[int, int] | None,
    periode: Period | None,
) -> Verdict:
    """An indicator against Target Triwulan, else against its share of the year's target.

    What accumulates over the year has a share for each quarter: of documents those that are due, of all else
    that is counted or divided 25% by the end of Triwulan I. A value that is measured once, and one that shall
    fall, is held against the target of the year, as everything is in Triwulan IV.
    """
    yearly, quarterly = reached
    last = periode is None or periode.triwulan.nomor == 4
    falling, kind = row.arah.value == "turun", KINDS.get(row.jenis.value or "")
    figure, against, asked = yearly, "target setahun", None
    if not last and quarterly is not None:
        figure, against, asked = quarterly, "target triwulan", _step(row)
    elif periode is not None and not last and not falling and kind is not None and kind.computed:
        asked = Fraction(25 * periode.triwulan.nomor)
        against = f"{asked}% target setahun"
        if due is not None:
            asked = Fraction(100 * due[0], due[1] or 1)
            against = f"{due[0]} dari {due[1]} dokumen yang jatuh tempo"
        if asked == 0:
            return Verdict(figure, against, Standing.NOT_YET_MEASURED)
        figure = share_of_year(f"{key}.jalur", "Capaian", yearly, asked, "target setahun")
    if figure.value is None:
        waits = not last and kind is not None and not kind.computed and row.realisasi.blank
        status = Standing.NOT_YET_MEASURED if waits else Standing.UNKNOWN
    elif yearly.value is not None and yearly.value >= 100 and (last or not falling):
        status = Standing.REACHED
    else:
        status = judge(figure.value, 100, NEAR)
    return Verdict(figure, against, status, asked)


def _step(row: Indikator) -> Fraction | None:
    """Target Triwulan as capaian of the target of the year, by Arah."""
    year, quarter = row.target.value, row.target_triwulan.value
    if not isinstance(year, Decimal) or not isinstance(quarter, Decimal) or year == 0:
        return None
    reached = 2 * year - quarter if row.arah.value == "turun" else quarter
    return max(Fraction(0), Fraction(reached) / Fraction(year) * 100)


def share_of_year(key: str, name: str, yearly: Figure, share: Fraction, of: str) -> Figure:
    """A percentage of the year against the share of the year's work that should be done."""
    told = format_percent(share, 0 if share.denominator == 1 else 2)
    label, formula = f"{name} terhadap {told} {of}", f"{name} ÷ {told} × 100"
    return derived(key, label, Unit.PERCENT, formula, ((name, yearly),), lambda value: value * 100 / share)


def judge(value: Fraction, enough: int, near: int) -> Standing:
    """What a percentage of what the quarter asks for means."""
    if value >= enough:
        return Standing.ON_TRACK
    return Standing.NEEDS_ATTENTION if value >= near else Standing.BEHIND


def seen_true(
    figure: Figure, bounds: Iterable[Fraction | Decimal | None], *, falling: bool = False
) -> Figure:
    """The figure with as many decimals as show on which side of each bound it lies."""
    if figure.value is None:
        return figure
    known = [Fraction(bound) for bound in bounds if bound is not None]
    return replace(figure, decimals=decimals_for(figure.value, known, figure.decimals, falling=falling))


def _capaian(key: str, target_label: str, row: Indikator, realisasi: Figure, dataset: Dataset) -> Figure:
    """Realisasi against one of the targets, by Arah and Batas Capaian."""
    target: Cell[Measure] = getattr(row, target_label.lower().replace(" ", "_"))
    down, cap = row.arah.value == "turun", dataset.identitas.batas_capaian
    formula = f"Realisasi ÷ {target_label} × 100"
    if down:
        formula = f"(2 × {target_label} − Realisasi) ÷ {target_label} × 100, paling rendah 0"
    if row.arah.value is None or cap.value is None:
        reason = missing("Arah", row.arah) if row.arah.value is None else missing("Batas Capaian", cap)
        return Figure(key, "Capaian", None, Unit.PERCENT, formula, (), reason)
    limit = None if cap.value == "tanpa" else Fraction(cap.value)
    if limit is not None:
        formula += f", paling tinggi {limit}"

    def work(actual: Fraction, goal: Fraction) -> Fraction | str:
        if goal == 0:
            return f"{target_label} 0 ({target.ref})"
        value = max(Fraction(0), (2 * goal - actual) / goal * 100) if down else actual / goal * 100
        return value if limit is None else min(value, limit)

    goal = measure_figure(f"{key}.target", target_label, target, row, dataset.skala)
    parts = (("Realisasi", realisasi), (target_label, goal))
    grades = [each.batas_bawah.value for each in dataset.skala if each.of_capaian]
    return seen_true(derived(key, "Capaian", Unit.PERCENT, formula, parts, work), [Fraction(100), *grades])


# The grade of a value on a scale of sheet Skala -----------------------------------------------------------


def grade(value: Fraction | None, scale: Iterable[Skala]) -> Skala | None:
    """The grade with the highest lower bound that ``value`` reaches, exactly; None where there is none."""
    bounds = [(row.batas_bawah.value, row) for row in scale if row.batas_bawah.value is not None]
    reached = [(bound, row) for bound, row in bounds if value is not None and value >= Fraction(bound)]
    return max(reached, key=lambda pair: pair[0], default=(Decimal(0), None))[1]
