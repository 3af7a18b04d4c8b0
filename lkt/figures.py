"""Computed figures: each is exact, says how it was worked out, and keeps the cells that it used."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from enum import Enum
from fractions import Fraction
from itertools import chain

from lkt import indonesian
from lkt.areas import Listed
from lkt.calendar import Triwulan
from lkt.findings import Finding
from lkt.model import Anggaran, Cell, Dataset, Desa, Dokumen, Indikator, Measure, Ref, Row


class Unit(Enum):
    """The unit of a figure, which decides how it is printed."""

    PERCENT = "persen"
    POINTS = "poin"
    RUPIAH = "rupiah"
    COUNT = "jumlah"
    VALUE = "nilai"


@dataclass(frozen=True, slots=True)
class Input:
    """One thing that went into a figure.

    Attributes:
        name: what it is called.
        printed: its value as printed.
        refs: its cells; none where they lie in another workbook.
    """

    name: str
    printed: str
    refs: tuple[Ref, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A computed value, or the reason why there is none.

    Attributes:
        key: a stable name such as ``indikator.1.capaian``.
        label: what it is, for the reader.
        value: the exact value in ``unit``; None where it cannot be worked out.
        unit: percent is in percentage points, money in rupiah.
        formula: how it is worked out, in words.
        inputs: what went into it.
        reason: why there is no value; empty where there is one.
        decimals: how many decimals it is printed with at least: all that were typed, and as many as a
            verdict on it needs to be seen true.
    """

    key: str
    label: str
    value: Fraction | None
    unit: Unit
    formula: str
    inputs: tuple[Input, ...] = ()
    reason: str = ""
    decimals: int = 0

    @property
    def refs(self) -> tuple[Ref, ...]:
        """Every cell that the figure was worked out from."""
        return tuple(dict.fromkeys(chain.from_iterable(part.refs for part in self.inputs)))


class Standing(Enum):
    """How an indicator or a programme stands at the end of the quarter.

    The value is its name in a sentence, and the sign that tells it apart in black and white.
    """

    REACHED = ("tercapai", "●")
    ON_TRACK = ("sesuai jalur", "▲")
    NEEDS_ATTENTION = ("perlu perhatian", "□")
    BEHIND = ("tertinggal", "▼")
    NOT_YET_MEASURED = ("belum waktunya diukur", "–")
    UNKNOWN = ("belum dapat dihitung", "–")

    @property
    def words(self) -> str:
        """As it stands in a sentence."""
        return self.value[0]

    @property
    def sign(self) -> str:
        """One letter for tables, of the letters that every font has."""
        return self.value[1]

    @property
    def lags(self) -> bool:
        """Whether it asks for a reason."""
        return self in (Standing.NEEDS_ATTENTION, Standing.BEHIND)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the quarter asks for, and how that is reached.

    Attributes:
        figure: what was reached of it, in percent.
        against: what it is, in words: target triwulan, 25% target setahun, target setahun, 25% pagu.
        status: the verdict.
        asked: what it is in percent of the target of the year or of the pagu; None where it is all of that.
        planned: the serapan that the office planned, where it says so.
        deviasi: what was spent more than planned, in points.
    """

    figure: Figure
    against: str
    status: Standing
    asked: Fraction | None = None
    planned: Figure | None = None
    deviasi: Figure | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """The quarter that is reported on, and when the report is due.

    Attributes:
        triwulan: the quarter.
        batas_lapor: the last day on which the report is in time.
        hari_kerja: which working day after the quarter that is.
    """

    triwulan: Triwulan
    batas_lapor: date
    hari_kerja: int


@dataclass(frozen=True, slots=True)
class DokumenResult:
    """How the desa stand with one document at the end of the quarter.

    Attributes:
        dokumen: the row of sheet Dokumen.
        tepat_waktu: handed in or enacted by the deadline and by the end of the quarter.
        terlambat: after the deadline.
        belum: neither by the deadline nor by the end of the quarter, or without a date.
        tidak_terbaca: the date cannot be read, so nothing is said about this desa.
        jatuh_tempo: the deadline lies in or before the quarter.
        jumlah: how many desa were on time.
    """

    dokumen: Dokumen
    tepat_waktu: tuple[Desa, ...]
    terlambat: tuple[Desa, ...]
    belum: tuple[Desa, ...]
    tidak_terbaca: tuple[Desa, ...]
    jatuh_tempo: bool
    jumlah: Figure


@dataclass(frozen=True, slots=True)
class IndikatorKind:
    """What is known of a kind of indicator besides how it is worked out.

    Attributes:
        name: the value of column Jenis.
        help: where its realisasi comes from, for the operator.
        needs: the fields of its row that must be typed: ``pembilang``, ``penyebut``, ``realisasi``.
        counted: Pembilang is counted from another sheet; a Penyebut that is typed is then the year's plan.
        letters: a target or value may be a letter of sheet Skala.
        formula: Realisasi as a spreadsheet works it out, in the words of ``lkt.workbook.declaration``; empty
            where it is typed, or where no spreadsheet can.
    """

    name: str
    help: str
    needs: tuple[str, ...]
    counted: bool = False
    letters: bool = False
    formula: str = ""

    @property
    def computed(self) -> bool:
        """Whether Realisasi is worked out, not typed."""
        return "realisasi" not in self.needs


@dataclass(frozen=True, slots=True)
class IndikatorResult:
    """One indicator worked out.

    Attributes:
        row: its row in the workbook.
        kind: what is known of its kind; None where Jenis is blank or cannot be read.
        pembilang: the numerator, None where the kind has none.
        penyebut: the denominator, None where the kind has none.
        realisasi: in the unit of the row.
        capaian_tahun: measured against Target.
        capaian_triwulan: measured against Target Triwulan; None where that is blank.
        capaian: the one of the two that Dasar Capaian names.
        jalur: how it stands at the end of the quarter.
        kemajuan: measured against Target Akhir Renstra; None where that is blank.
    """

    row: Indikator
    kind: IndikatorKind | None
    pembilang: Figure | None
    penyebut: Figure | None
    realisasi: Figure
    capaian_tahun: Figure
    capaian_triwulan: Figure | None
    capaian: Figure
    jalur: Verdict
    kemajuan: Figure | None = None

    @property
    def computed(self) -> bool:
        """Whether Realisasi is worked out by a kind that is known."""
        return self.kind is not None and self.kind.computed

    @property
    def counted(self) -> bool:
        """Whether Pembilang is counted from another sheet."""
        return self.kind is not None and self.kind.counted

    @property
    def tercapai(self) -> bool | None:
        """Whether the target was reached; None where capaian has no value."""
        return None if self.capaian.value is None else self.capaian.value >= 100


@dataclass(frozen=True, slots=True)
class ProgramResult:
    """One budget row worked out.

    Attributes:
        row: its row in the workbook.
        serapan: realisasi ÷ pagu, in percent.
        sisa: pagu − realisasi, in rupiah.
        capaian_kinerja: Realisasi Kinerja ÷ Target, in percent.
        efisiensi: by the formula that Rumus Efisiensi names.
        jalur: how its serapan stands at the end of the quarter.
        rincian: the rows right below it.
        realisasi_triwulan: what was spent in the quarter alone, in rupiah; None where that is not filled in.
    """

    row: Anggaran
    serapan: Figure
    sisa: Figure
    capaian_kinerja: Figure
    efisiensi: Figure
    jalur: Verdict
    rincian: tuple["ProgramResult", ...] = ()
    realisasi_triwulan: Figure | None = None


@dataclass(frozen=True, slots=True)
class AnggaranTotals:
    """Totals and averages over a set of programmes.

    Attributes:
        anggaran_pk: the sum of Anggaran PK, in rupiah.
        pagu: the sum of pagu, in rupiah.
        realisasi: the sum of realisasi, in rupiah.
        sisa: pagu − realisasi, in rupiah.
        rerata_sederhana: the mean of serapan, in percent.
        tertimbang: realisasi ÷ pagu of all together, in percent.
        rerata: the one of the two that Rerata Anggaran names.
        realisasi_triwulan: the sum of what was spent in the quarter alone; None where no programme has it.
    """

    anggaran_pk: Figure
    pagu: Figure
    realisasi: Figure
    sisa: Figure
    rerata_sederhana: Figure
    tertimbang: Figure
    rerata: Figure
    realisasi_triwulan: Figure | None = None


@dataclass(frozen=True, slots=True)
class UnitResult:
    """A unit that has a budget of its own, such as a kelurahan, or the kecamatan itself.

    Attributes:
        nama: its name.
        program: its programmes.
        anggaran: their totals.
        jalur: how its serapan stands at the end of the quarter.
    """

    nama: str
    program: tuple[ProgramResult, ...]
    anggaran: AnggaranTotals
    jalur: Verdict


@dataclass(frozen=True, slots=True)
class SasaranResult:
    """One sasaran with its indicators and the programmes that support them.

    Attributes:
        nomor: its number, by the order in which the sasaran appear.
        nama: the cell in which it is first named.
        indikator: its indicators.
        program: the programmes whose column Indikator names one of them first.
        program_lain: those that name one of them too, but whose money is counted for another sasaran.
        anggaran: the totals of these programmes.
        efisiensi: by the formula that Rumus Efisiensi names.
        capaian: the mean capaian of its indicators.
    """

    nomor: int
    nama: Cell[str]
    indikator: tuple[IndikatorResult, ...]
    program: tuple[ProgramResult, ...]
    anggaran: AnggaranTotals
    efisiensi: Figure
    capaian: Figure
    program_lain: tuple[ProgramResult, ...] = ()

    @property
    def status(self) -> Standing:
        """That of the indicator which stands worst; those without a verdict decide only where all are so."""
        order = list(Standing)
        known = [order.index(each.jalur.status) for each in self.indikator]
        judged = [place for place in known if place <= order.index(Standing.BEHIND)]
        return order[max(judged or known)]

    @property
    def tercapai(self) -> bool | None:
        """All indicators reached their target; None where one has no value and none missed it."""
        states = [indikator.tercapai for indikator in self.indikator]
        if False in states:
            return False
        return None if None in states else True


@dataclass(frozen=True, slots=True)
class Computed:
    """Every figure of one workbook.

    Attributes:
        periode: None where year or quarter cannot be read.
        dokumen: how the desa stand with each document; none without a quarter.
        indikator: the indicators in the order of the sheet.
        program: the programmes, each with the rows below it.
        sasaran: the sasaran in the order in which they first appear.
        anggaran: the totals of all programmes.
        capaian: the mean capaian of the indicators that have one; None without indicators.
        jalur: how the serapan of all programmes together stands at the end of the quarter.
        unit: the units in the order in which they first appear; most offices have none but the kecamatan.
    """

    periode: Period | None
    dokumen: tuple[DokumenResult, ...] = ()
    indikator: tuple[IndikatorResult, ...] = ()
    program: tuple[ProgramResult, ...] = ()
    sasaran: tuple[SasaranResult, ...] = ()
    anggaran: AnggaranTotals | None = None
    capaian: Figure | None = None
    jalur: Verdict | None = None
    unit: tuple[UnitResult, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """What a rule looks at.

    Attributes:
        dataset: the workbook as read.
        computed: the figures worked out from it.
        previous: the workbook of the quarter before, where the operator named one.
        findings: what the rules found; only for the rules that judge the exceptions.
        titles: code -> title of the rules that were asked; only for these, too.
        listed: what the official list of areas says of the office; None where it is on no list.
    """

    dataset: Dataset
    computed: Computed
    previous: "Case | None" = None
    findings: tuple[Finding, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)
    listed: Listed | None = None


def printed(figure: Figure, decimals: int = 2) -> str:
    """The figure as the report prints it, rounded half up once; "-" where there is no value.

    Args:
        figure: the figure.
        decimals: decimals of a percentage, of points and of a value that does not end sooner; a figure that
            needs more has more.
    """
    places = max(decimals, figure.decimals)
    return "-" if figure.value is None else printed_value(figure.value, figure.unit, places)


_MOST_DECIMALS = 12


def decimals_for(
    value: Fraction, bounds: Iterable[Fraction], least: int = 0, *, falling: bool = False
) -> int:
    """How many decimals, ``least`` or more, a value needs to lie on its side of each bound when rounded.

    84,996 is below 85, so it is printed with three decimals; 85,004 has reached 85 and is so with none.

    Args:
        value: the exact value.
        bounds: what it is measured by; equal to a bound is reached.
        least: the fewest decimals.
        falling: a bound is reached by a value that is not above it.
    """
    sides = [(value <= bound if falling else value >= bound, bound) for bound in bounds]
    for places in range(least, _MOST_DECIMALS):
        shown = Fraction(indonesian.round_half_up(value, places))
        if all((shown <= bound if falling else shown >= bound) is reached for reached, bound in sides):
            return places
    return _MOST_DECIMALS


def printed_share(value: Fraction) -> str:
    """A percentage with two decimals, or with as many as show that it has not reached 100."""
    return indonesian.format_percent(value, decimals_for(value, [Fraction(100)], 2))


def printed_value(value: indonesian.Number, unit: Unit, decimals: int = 2) -> str:
    """A value in its unit as the report prints it, rounded half up."""
    match unit:
        case Unit.PERCENT:
            return indonesian.format_percent(value, decimals)
        case Unit.POINTS:
            return indonesian.format_points(value, decimals)
        case Unit.RUPIAH:
            return indonesian.format_rupiah(value)
        case Unit.COUNT:
            return indonesian.format_number(value)
        case Unit.VALUE:
            return indonesian.format_trimmed(indonesian.round_half_up(value, decimals))


def printed_measure(value: Measure, satuan: str) -> str:
    """A typed target or value in the unit of its row, with every decimal that was typed."""
    if isinstance(value, str):
        return value
    match unit_of(satuan):
        case Unit.PERCENT:
            return f"{indonesian.format_trimmed(value)}%"
        case Unit.RUPIAH:
            return indonesian.format_rupiah(value)
        case _:
            return indonesian.format_trimmed(value)


def unit_of(satuan: str) -> Unit:
    """The unit that a Satuan stands for."""
    match indonesian.normalize(satuan).rstrip("."):
        case "%" | "persen":
            return Unit.PERCENT
        case "rp" | "rupiah":
            return Unit.RUPIAH
        case _:
            return Unit.VALUE


def figures_of(value: object) -> Iterator[Figure]:
    """Every figure inside a computed value, in the order of its declaration."""
    if isinstance(value, Figure):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from figures_of(part)
    elif is_dataclass(value) and not isinstance(value, Row | Cell | type):
        for part in fields(value):
            yield from figures_of(getattr(value, part.name))


def all_figures(computed: Computed) -> tuple[Figure, ...]:
    """Every figure of a workbook, each key once."""
    return tuple({figure.key: figure for figure in figures_of(computed)}.values())


def is_amended(dataset: Dataset, periode: Period | None) -> bool:
    """Whether the Perjanjian Kinerja Perubahan is in force at the end of the quarter."""
    amended = dataset.identitas.tanggal_pk_perubahan.value
    return periode is not None and amended is not None and amended.end <= periode.triwulan.akhir
