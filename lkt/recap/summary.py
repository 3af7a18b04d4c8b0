"""What a recap needs of one workbook: small, frozen, and independent of the workbook itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from lkt.calendar import Triwulan
from lkt.errors import LktError
from lkt.figures import IndikatorResult, Period, Standing, printed, printed_measure
from lkt.findings import Finding, Severity
from lkt.indicators.serapan import standing_of
from lkt.indonesian import normalize
from lkt.model import Anggaran, Cell, Terms
from lkt.pipeline import Result


class Status(Enum):
    """What became of a workbook; the value is the word that users read."""

    BUILT = "selesai"
    """its report was built"""
    DRAFT = "draf"
    """its report was built as a draft, though it has errors"""
    FAULTY = "ada kesalahan"
    """it has errors, so no report was built"""
    FAILED = "gagal"
    """it has no errors, but its report could not be built or written"""
    UNREADABLE = "tidak terbaca"
    """the file is no workbook that can be read"""
    UNFINISHED = "tidak selesai"
    """it took too much time or memory, or met a bug"""
    DUPLICATE = "ganda"
    """another workbook is of the same kecamatan and quarter"""
    OTHER_QUARTER = "triwulan lain"
    """it is of another quarter than the recap, whatever became of it"""
    MISSING = "belum menyerahkan"
    """it is expected, and there is no workbook"""


NOT_READ = frozenset({Status.UNREADABLE, Status.UNFINISHED})
"""Of whose content nothing is known."""


@dataclass(frozen=True, slots=True)
class SummaryIndicator:
    """One indicator; texts as the report prints them.

    Attributes:
        nomor: its number in the workbook.
        sasaran: the goal it belongs to.
        indikator: its name.
        satuan: its unit.
        target: the target.
        realisasi: what was reached.
        capaian: in percentage points; None where unknown.
        standing: how it stands at the end of the quarter.
    """

    nomor: str
    sasaran: str
    indikator: str
    satuan: str
    target: str
    realisasi: str
    capaian: Fraction | None
    standing: Standing

    @property
    def key(self) -> str:
        """What the indicator is known by in all kecamatan."""
        return normalize(self.indikator)


@dataclass(frozen=True, slots=True)
class SummaryProgram:
    """One programme.

    Attributes:
        kode: its code; may be empty.
        program: its name.
        pagu: in rupiah; None where unknown.
        realisasi: in rupiah; None where unknown.
        triwulan: the quarter at whose end that was spent; None where it cannot be read.
    """

    kode: str
    program: str
    pagu: Fraction | None
    realisasi: Fraction | None
    triwulan: Triwulan | None

    @property
    def key(self) -> str:
        """What the programme is known by in all kecamatan: its code, or its name where it has none."""
        return self.kode or normalize(self.program)

    @property
    def known(self) -> bool:
        """Whether both amounts are known; only then the programme is in any total."""
        return self.pagu is not None and self.realisasi is not None

    @property
    def serapan(self) -> Fraction | None:
        """Realisasi ÷ pagu × 100; None where one is unknown or pagu is 0."""
        return share(self.realisasi, self.pagu)

    @property
    def standing(self) -> Standing:
        """How that stands at the end of the quarter."""
        return standing_of(self.serapan, self.triwulan)


@dataclass(frozen=True, slots=True)
class Summary:
    """One workbook in a recap, or one kecamatan that has not handed in any.

    Attributes:
        file: the workbook as it was found; empty for a kecamatan without one.
        status: what became of it.
        kecamatan: its name; the name of the file where that cannot be read.
        kode: the code of the kecamatan; may be empty.
        kabupaten: the name of the kabupaten or kota.
        terms: what kabupaten and kecamatan are called there; None where no workbook tells.
        triwulan: the quarter; None where it cannot be read.
        batas_lapor: the last day for handing in.
        tanggal_laporan: the day on which the report is signed.
        message: what went wrong, and what to do, for a file that gave no figures or no report.
        note: what else there is to say, such as that the report was written beside an edited one.
        report: the report, relative to the folder of the recap; empty where there is none.
        pdf: its PDF, likewise.
        findings_page: the page of its findings, relative to the same folder; empty where there is none.
        findings: the findings that are not accepted, the worst first.
        indicators: its indicators.
        programs: its programmes.
    """

    file: str
    status: Status
    kecamatan: str
    kode: str = ""
    kabupaten: str = ""
    terms: Terms | None = None
    triwulan: Triwulan | None = None
    batas_lapor: date | None = None
    tanggal_laporan: date | None = None
    message: str = ""
    note: str = ""
    report: str = ""
    pdf: str = ""
    findings_page: str = ""
    findings: tuple[Finding, ...] = ()
    indicators: tuple[SummaryIndicator, ...] = ()
    programs: tuple[SummaryProgram, ...] = ()

    def count(self, severity: Severity) -> int:
        """How many findings there are of a severity."""
        return sum(found.severity is severity for found in self.findings)

    @property
    def capaian(self) -> Fraction | None:
        """The mean capaian of the indicators that have one, in percentage points."""
        return mean(row.capaian for row in self.indicators)

    @property
    def pagu(self) -> Fraction | None:
        """Of the programmes whose amounts are known, in rupiah; None without any."""
        return added(row.pagu for row in self.programs if row.known)

    @property
    def realisasi(self) -> Fraction | None:
        """Of the programmes whose amounts are known, in rupiah; None without any."""
        return added(row.realisasi for row in self.programs if row.known)

    @property
    def serapan(self) -> Fraction | None:
        """Realisasi ÷ pagu × 100."""
        return share(self.realisasi, self.pagu)

    @property
    def days_late(self) -> int | None:
        """Days of the calendar from deadline to signature, 0 when on time; None where one is unknown."""
        if self.batas_lapor is None or self.tanggal_laporan is None:
            return None
        return max(0, (self.tanggal_laporan - self.batas_lapor).days)


def summarize(result: Result, file: str, status: Status) -> Summary:
    """The summary of a workbook that was worked out; where its report lies is filled in by who writes it."""
    identitas, periode = result.dataset.identitas, result.computed.periode
    signed = identitas.tanggal_laporan.value
    severities = list(Severity)
    still_open = [found for found in result.findings if not found.accepted]
    return Summary(
        file=file,
        status=status,
        kecamatan=identitas.kecamatan.value or file,
        kode=identitas.kode_kecamatan.value or "",
        kabupaten=identitas.kabupaten.value or "",
        terms=identitas.terms,
        triwulan=periode.triwulan if periode else None,
        batas_lapor=periode.batas_lapor if periode else None,
        tanggal_laporan=signed.end if signed else None,
        findings=tuple(sorted(still_open, key=lambda found: severities.index(found.severity))),
        indicators=tuple(_indicator(row, identitas.decimals) for row in result.computed.indikator),
        programs=_programs((row.row for row in result.computed.program), periode),
    )


def told(error: LktError) -> str:
    """What went wrong and what to do, in one line."""
    return f"{error.message} {error.hint}".strip()


def _indicator(result: IndikatorResult, decimals: int) -> SummaryIndicator:
    row = result.row
    target, unit = row.target.value, row.satuan.value or ""
    return SummaryIndicator(
        nomor=str(row.no),
        sasaran=row.sasaran.value or "",
        indikator=row.indikator.value or "",
        satuan=unit,
        target=row.target.written or "-" if target is None else printed_measure(target, unit),
        realisasi=printed(result.realisasi, decimals),
        capaian=result.capaian.value,
        standing=result.jalur.status,
    )


def _programs(rows: Iterable[Anggaran], periode: Period | None) -> tuple[SummaryProgram, ...]:
    """The programmes of a kecamatan; one that several of its units have is one, with their amounts added."""
    groups: dict[object, list[Anggaran]] = {}
    for row in rows:
        groups.setdefault(row.kode.value or normalize(row.program.value or ""), []).append(row)
    return tuple(
        SummaryProgram(
            kode=group[0].kode.value or "",
            program=group[0].program.value or "",
            pagu=_sum(row.pagu for row in group),
            realisasi=_sum(row.realisasi for row in group),
            triwulan=periode.triwulan if periode else None,
        )
        for group in groups.values()
    )


def _sum(cells: Iterable[Cell[Decimal]]) -> Fraction | None:
    """The sum of amounts; None where one is unknown."""
    values = [cell.value for cell in cells]
    return None if None in values else sum((Fraction(value or 0) for value in values), Fraction(0))


def mean(values: Iterable[Fraction | None]) -> Fraction | None:
    """The mean of the known ones; None without any."""
    known = [value for value in values if value is not None]
    return sum(known, Fraction(0)) / len(known) if known else None


def added(values: Iterable[Fraction | None]) -> Fraction | None:
    """The sum of the known ones; None without any."""
    known = [value for value in values if value is not None]
    return sum(known, Fraction(0)) if known else None


def share(part: Fraction | None, whole: Fraction | None) -> Fraction | None:
    """Part ÷ whole × 100; None where one is unknown, or for a whole of 0."""
    return None if part is None or not whole else part / whole * 100
