"""The kinds of indicator: how each realisasi is worked out, its capaian, and the grades of a scale."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from lkt.figures import (
    Figure,
    HasilDokumen,
    HasilIndikator,
    Input,
    Part,
    Periode,
    Sifat,
    Unit,
    printed_value,
    unit_of,
)
from lkt.indonesian import format_date, format_span, normalize
from lkt.model import Cell, Dataset, Desa, Dokumen, Fasilitasi, Indikator, Measure, Skala

# What every indicator kind needs: its registration, and figures that say why they have no value -----------


@dataclass(frozen=True, slots=True)
class Bahan:
    """What an indicator may look at: the workbook, the quarter, and how the desa stand."""

    dataset: Dataset
    periode: Periode | None
    dokumen: tuple[HasilDokumen, ...]


@dataclass(frozen=True, slots=True)
class Perhitungan:
    """Realisasi of one indicator, with numerator and denominator where the kind has them."""

    realisasi: Figure
    pembilang: Figure | None = None
    penyebut: Figure | None = None


Compute = Callable[[Indikator, Bahan, str], Perhitungan]
"""(row, material, key prefix) -> calculation."""


@dataclass(frozen=True, slots=True)
class Jenis:
    """One kind of indicator: what is known of it, and how it is worked out."""

    sifat: Sifat
    compute: Compute


def indicator(
    name: str, source: str, needs: str, *, counted: bool = False, letters: bool = False, formula: str = ""
) -> Callable[[Compute], Jenis]:
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
    sifat = Sifat(name, source, tuple(needs.split()), counted, letters, formula)
    return lambda compute: Jenis(sifat, compute)


def kinds_of(module: object) -> dict[str, Jenis]:
    """The kinds of indicator of a module by the value of column Jenis, in the order of their functions."""
    return {value.sifat.name: value for value in vars(module).values() if isinstance(value, Jenis)}


def number_figure(key: str, label: str, cell: Cell[Any], unit: Unit = Unit.COUNT) -> Figure:
    """A figure that is typed in one cell as a number."""
    value = None if cell.value is None else exact(cell.value)
    inputs = (Input(label, cell.written, (cell.ref,)),)
    reason = missing(label, cell) if value is None else ""
    return Figure(key, label, value, unit, "seperti yang diisi", inputs, reason)


def exact(value: Decimal) -> Fraction:
    """A typed number as a fraction; most are whole, for which ``Fraction(value)`` takes twice as long."""
    top, bottom = value.as_integer_ratio()
    return Fraction(top) if bottom == 1 else Fraction(top, bottom)


def percent(part: Fraction, whole: Fraction) -> Fraction:
    """``part / whole * 100``, made in one step in place of two; ``whole`` is not 0."""
    return Fraction(part.numerator * whole.denominator * 100, part.denominator * whole.numerator)


def added(values: Sequence[Fraction]) -> Fraction:
    """The sum; whole numbers, as money and counts are, without looking for a common denominator each time."""
    if all(value.denominator == 1 for value in values):
        return Fraction(sum(value.numerator for value in values))
    return sum(values, Fraction(0))


def missing(label: str, cell: Cell[Any]) -> str:
    """Why a cell gives no value: blank, or something that cannot be read."""
    state = "tidak terbaca" if cell.broken else "belum diisi"
    return f"{label} {state} ({cell.ref})"


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
    inputs = tuple([Part(name, part) for name, part in parts])
    lacking = [part.reason for _, part in parts if part.value is None]
    if lacking:
        return Figure(key, label, None, unit, formula, inputs, lacking[0])
    outcome = work(*(part.value for _, part in parts))
    if isinstance(outcome, str):
        return Figure(key, label, None, unit, formula, inputs, outcome)
    return Figure(key, label, outcome, unit, formula, inputs)


def ratio(key: str, label: str, pembilang: Figure, penyebut: Figure) -> Figure:
    """Numerator ÷ denominator × 100, in percentage points; none for a denominator of 0."""

    def work(top: Fraction, bottom: Fraction) -> Fraction | str:
        return f"{penyebut.label} 0" if bottom == 0 else percent(top, bottom)

    formula = f"{pembilang.label} ÷ {penyebut.label} × 100"
    parts = ((pembilang.label, pembilang), (penyebut.label, penyebut))
    return derived(key, label, Unit.PERCENT, formula, parts, work)


def total(key: str, label: str, figures: Iterable[Figure], unit: Unit) -> Figure:
    """The sum of figures; none where one of them has no value, or where there are none."""
    parts = tuple(figures)
    inputs = tuple([Part(part.label, part) for part in parts])
    lacking = [part.reason for part in parts if part.value is None]
    if lacking or not parts:
        reason = lacking[0] if lacking else "tidak ada yang dijumlahkan"
        return Figure(key, label, None, unit, "jumlah", inputs, reason)
    value = added([part.value for part in parts if part.value is not None])
    return Figure(key, label, value, unit, "jumlah", inputs)


def count_input(name: str, count: int, cells: Iterable[Cell[Any]]) -> Input:
    """An input that is a count of rows, with the cells that decided it."""
    return Input(name, printed_value(count, Unit.COUNT), tuple(cell.ref for cell in cells))


# The kinds of indicator once more, as far as a spreadsheet can work them out while an office types --------
#
# References are written as in ``lkt.workbook.declaration``; what a formula shows is never used for the
# report.
# Percent is in percentage points, and a formula shows nothing where the program has no value.


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


# How the desa stand with each document at the end of the quarter ------------------------------------------


def judge_documents(dataset: Dataset, periode: Periode | None) -> tuple[HasilDokumen, ...]:
    """Every document of sheet Dokumen judged for every desa; nothing when the quarter is unknown."""
    if periode is None:
        return ()
    return tuple(
        _judge(dokumen, column, dataset.desa, periode.triwulan.akhir)
        for column, dokumen in enumerate(dataset.dokumen)
    )


def _judge(dokumen: Dokumen, column: int, roster: tuple[Desa, ...], until: date) -> HasilDokumen:
    """A desa is on time when its date lies on or before both the deadline and the end of the quarter."""
    due = dokumen.batas_waktu.value.end if dokumen.batas_waktu.value else None
    groups: dict[str, list[Desa]] = {"tepat": [], "terlambat": [], "belum": [], "tidak terbaca": []}
    for desa in roster:
        groups[_state(desa, column, due, until)].append(desa)
    on_time = tuple(groups["tepat"])
    return HasilDokumen(
        dokumen=dokumen,
        tepat_waktu=on_time,
        terlambat=tuple(groups["terlambat"]),
        belum=tuple(groups["belum"]),
        tidak_terbaca=tuple(groups["tidak terbaca"]),
        jatuh_tempo=due is not None and due <= until,
        jumlah=_count(dokumen, column, on_time, due, until),
    )


def _state(desa: Desa, column: int, due: date | None, until: date) -> str:
    cell = desa.tanggal[column]
    if cell.broken or due is None:
        return "tidak terbaca"
    if cell.value is None or cell.value.end > until:
        return "belum"
    return "tepat" if cell.value.end <= due else "terlambat"


def _count(dokumen: Dokumen, column: int, on_time: tuple[Desa, ...], due: date | None, until: date) -> Figure:
    name = dokumen.dokumen.value or ""
    limit = f"{format_date(min(due, until))}" if due else "-"
    return Figure(
        key=f"dokumen.{name}.tepat_waktu",
        label=f"Jumlah desa dengan {name} tepat waktu",
        value=None if due is None else Fraction(len(on_time)),
        unit=Unit.COUNT,
        formula=f"banyaknya desa dengan tanggal {name} paling lambat {limit}",
        inputs=(
            count_input(
                f"desa dengan {name} tepat waktu", len(on_time), (desa.tanggal[column] for desa in on_time)
            ),
        ),
        reason=""
        if due
        else f"Batas Waktu {name} belum diisi atau tidak terbaca ({dokumen.batas_waktu.ref})",
    )


# The kinds of indicator: one function a kind, in the order in which column Jenis offers them --------------


def counted_rows(rows: Iterable[Fasilitasi], periode: Periode | None) -> tuple[Fasilitasi, ...]:
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


@indicator("fasilitasi", "dari lembar Fasilitasi", "penyebut", counted=True, formula=FASILITASI)
def fasilitasi(row: Indikator, bahan: Bahan, key: str) -> Perhitungan:
    """Rows of the log followed up in the period ÷ Penyebut (the year's plan) × 100."""
    label = row.uraian_pembilang.value or "Fasilitasi yang ditindaklanjuti"
    penyebut = number_figure(f"{key}.penyebut", row.uraian_penyebut.value or "Penyebut", row.penyebut)
    pembilang = _count_log(f"{key}.pembilang", label, bahan)
    return Perhitungan(ratio(f"{key}.realisasi", "Realisasi", pembilang, penyebut), pembilang, penyebut)


def _count_log(key: str, label: str, bahan: Bahan) -> Figure:
    formula = "banyaknya baris lembar Fasilitasi dengan Ditindaklanjuti = Ya yang bertanggal dalam periode"
    if bahan.periode is None:
        return Figure(
            key, label, None, Unit.COUNT, formula, (), "Tahun atau Triwulan belum diisi dengan benar"
        )
    rows = counted_rows(bahan.dataset.fasilitasi, bahan.periode)
    until = bahan.periode.triwulan.akhir
    period = format_span(until.replace(month=1, day=1), until)
    cells: list[Cell[Any]] = [cell for row in rows for cell in (row.tanggal, row.ditindaklanjuti)]
    inputs = (count_input(f"baris bertanggal {period}", len(rows), cells),)
    return Figure(key, label, Fraction(len(rows)), Unit.COUNT, formula, inputs)


@indicator("dokumen desa", "dari lembar Desa", "", counted=True, formula=DOKUMEN_DESA)
def dokumen_desa(row: Indikator, bahan: Bahan, key: str) -> Perhitungan:
    """Documents on time so far ÷ (desa × documents) × 100."""
    pembilang = total(
        f"{key}.pembilang",
        row.uraian_pembilang.value or "Dokumen desa yang tepat waktu",
        (hasil.jumlah for hasil in bahan.dokumen),
        Unit.COUNT,
    )
    penyebut = _expected_documents(f"{key}.penyebut", row.uraian_penyebut.value or "Desa × dokumen", bahan)
    return Perhitungan(ratio(f"{key}.realisasi", "Realisasi", pembilang, penyebut), pembilang, penyebut)


def _expected_documents(key: str, label: str, bahan: Bahan) -> Figure:
    desa, dokumen = bahan.dataset.desa, bahan.dataset.dokumen
    inputs = (
        count_input("desa", len(desa), (row.desa for row in desa)),
        count_input("dokumen", len(dokumen), (row.dokumen for row in dokumen)),
    )
    value = Fraction(len(desa) * len(dokumen))
    return Figure(key, label, value, Unit.COUNT, "banyaknya desa × banyaknya dokumen", inputs)


@indicator("rasio", "Pembilang dibagi Penyebut", "pembilang penyebut", formula=RASIO)
def rasio(row: Indikator, _bahan: Bahan, key: str) -> Perhitungan:
    """Pembilang ÷ Penyebut × 100."""
    pembilang = number_figure(
        f"{key}.pembilang", row.uraian_pembilang.value or "Pembilang", row.pembilang, Unit.VALUE
    )
    penyebut = number_figure(
        f"{key}.penyebut", row.uraian_penyebut.value or "Penyebut", row.penyebut, Unit.VALUE
    )
    return Perhitungan(ratio(f"{key}.realisasi", "Realisasi", pembilang, penyebut), pembilang, penyebut)


@indicator("nilai", "diketik", "realisasi")
def nilai(row: Indikator, _bahan: Bahan, key: str) -> Perhitungan:
    """The typed value: an index, a score, a count, rupiah."""
    return Perhitungan(measure_figure(f"{key}.realisasi", "Realisasi", row.realisasi, row, ()))


@indicator("predikat", "huruf menurut lembar Skala", "realisasi", letters=True)
def predikat(row: Indikator, bahan: Bahan, key: str) -> Perhitungan:
    """The score of a typed letter by sheet Skala."""
    return Perhitungan(
        measure_figure(f"{key}.realisasi", "Realisasi", row.realisasi, row, bahan.dataset.skala)
    )


def measure_figure(
    key: str, label: str, cell: Cell[Measure], row: Indikator, skala: tuple[Skala, ...]
) -> Figure:
    """A target or value as a figure in the unit of its row; a letter by its lower bound in ``skala``."""
    unit = unit_of(row.satuan.value or "")
    if not isinstance(cell.value, str):
        return number_figure(key, label, cell, unit)
    grade = _grade(cell.value, skala)
    if grade is None or grade.batas_bawah.value is None:
        reason = f"{label}: predikat “{cell.value}” tidak ada pada lembar Skala ({cell.ref})"
        return Figure(key, label, None, Unit.VALUE, "nilai predikat menurut lembar Skala", (), reason)
    inputs = (Input(f"predikat {cell.value}", str(grade.batas_bawah), (cell.ref, grade.batas_bawah.ref)),)
    value = Fraction(grade.batas_bawah.value)
    return Figure(key, label, value, Unit.VALUE, "nilai predikat menurut lembar Skala", inputs)


def _grade(letter: str, skala: tuple[Skala, ...]) -> Skala | None:
    return next(
        (row for row in skala if row.of_nilai and normalize(row.predikat.value or "") == normalize(letter)),
        None,
    )


def unknown_kind(row: Indikator, key: str) -> Perhitungan:
    """The calculation of a row whose Jenis is blank or unreadable."""
    reason = missing("Jenis", row.jenis)
    return Perhitungan(Figure(f"{key}.realisasi", "Realisasi", None, Unit.VALUE, "-", (), reason))


# Capaian: how far a realisasi reaches its target ----------------------------------------------------------


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


# The grade of a value on a scale of sheet Skala -----------------------------------------------------------


def reaches(value: Fraction, bound: Decimal) -> bool:
    """``value >= bound``, for which Python first looks for what the two have in common."""
    top, bottom = bound.as_integer_ratio()
    return value.numerator * bottom >= top * value.denominator


def grade(value: Fraction | None, scale: Iterable[Skala]) -> Skala | None:
    """The grade with the highest lower bound that ``value`` reaches, exactly; None where there is none."""
    if value is None:
        return None
    reached = [
        row for row in scale if row.batas_bawah.value is not None and reaches(value, row.batas_bawah.value)
    ]
    return max(reached, key=lambda row: row.batas_bawah.value or Decimal(0), default=None)
