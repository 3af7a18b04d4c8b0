"""What a recap needs of one workbook: small, frozen, and independent of the workbook itself."""

from dataclasses import dataclass
from datetime import date
from enum import Enum
from fractions import Fraction

from lkt.bahasa import bare_name
from lkt.errors import LktError
from lkt.figures import Figure, HasilIndikator, HasilProgram, printed, printed_measure
from lkt.findings import Finding, Severity
from lkt.formats.places import compact
from lkt.kalender import Triwulan
from lkt.pipeline import Result
from lkt.recap.exact import rerata


class Status(Enum):
    """What became of a workbook."""

    SELESAI = "selesai"
    """its report was built"""
    DRAF = "draf"
    """its report was built as a draft, though it has errors"""
    KESALAHAN = "ada kesalahan"
    """it has errors, so no report was built"""
    GAGAL = "gagal"
    """it has no errors, but its report could not be built or written"""
    TIDAK_TERBACA = "tidak terbaca"
    """the file is no workbook that can be read"""
    GANDA = "ganda"
    """another workbook is of the same kecamatan and quarter"""
    BELUM = "belum menyerahkan"
    """it is expected, and there is no workbook"""


class _Quick:
    """Is pickled as a call with the values of its fields, half the time of what dataclasses do by themselves.

    A batch makes each summary anew a dozen times (see ``lkt.recap.packed``).
    """

    __slots__ = ()
    __match_args__: tuple[str, ...] = ()

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        """The class and the values."""
        return type(self), tuple([getattr(self, name) for name in self.__match_args__])


@dataclass(frozen=True, slots=True)
class Temuan(_Quick):
    """One finding that is not accepted.

    Attributes:
        severity: how much it matters.
        code: the code of its rule.
        sel: its cells, such as ``Anggaran!H2:H4``.
        pesan: what is wrong.
    """

    severity: Severity
    code: str
    sel: str
    pesan: str


@dataclass(frozen=True, slots=True)
class Capaian(_Quick):
    """One indicator; texts as the report prints them, capaian in percentage points or None."""

    nomor: str
    sasaran: str
    indikator: str
    satuan: str
    target: str
    realisasi: str
    capaian: Fraction | None
    tercapai: bool | None


@dataclass(frozen=True, slots=True)
class Serapan(_Quick):
    """One programme; pagu and realisasi in rupiah, serapan in percentage points, None where unknown."""

    kode: str
    program: str
    pagu: Fraction | None
    realisasi: Fraction | None
    serapan: Fraction | None


@dataclass(frozen=True, slots=True)
class Ringkasan(_Quick):
    """One workbook in a recap, or one kecamatan that has not handed in any.

    Attributes:
        berkas: the file as it was found; empty for a kecamatan without one.
        status: what became of it.
        kode: the code of the kecamatan; may be empty.
        kecamatan: its name; the name of the file where that cannot be read.
        kabupaten: the name of the kabupaten.
        triwulan: the quarter; None where it cannot be read.
        batas_lapor: the last day for handing in.
        tanggal_laporan: the day on which the report is signed.
        pesan: what went wrong, and what to do, for a file that gave no figures or no report.
        catatan: what else there is to say: unchanged since the last run, written beside an edited report.
        laporan: the report, relative to the folder of the recap; empty where there is none.
        pdf: the same as PDF.
        temuan: the page of its findings, relative to the folder of the recap; empty where there is none.
        daftar_temuan: the findings, the worst first.
        capaian: its indicators.
        serapan: its programmes.
        pagu: of all programmes together, in rupiah.
        realisasi: the same.
        serapan_total: realisasi ÷ pagu × 100, weighted.
        rerata_serapan: the average that the office prints, by Rerata Anggaran.
    """

    berkas: str
    status: Status
    kecamatan: str
    kode: str = ""
    kabupaten: str = ""
    triwulan: Triwulan | None = None
    batas_lapor: date | None = None
    tanggal_laporan: date | None = None
    pesan: str = ""
    catatan: str = ""
    laporan: str = ""
    pdf: str = ""
    temuan: str = ""
    daftar_temuan: tuple[Temuan, ...] = ()
    capaian: tuple[Capaian, ...] = ()
    serapan: tuple[Serapan, ...] = ()
    pagu: Fraction | None = None
    realisasi: Fraction | None = None
    serapan_total: Fraction | None = None
    rerata_serapan: Fraction | None = None

    def jumlah(self, severity: Severity) -> int:
        """How many findings there are of a severity."""
        return sum(found.severity is severity for found in self.daftar_temuan)

    @property
    def rerata_capaian(self) -> Fraction | None:
        """The mean capaian of the indicators that have one."""
        return rerata([row.capaian for row in self.capaian if row.capaian is not None])

    @property
    def hari_terlambat(self) -> int | None:
        """Days of the calendar from deadline to signature, 0 when on time; None where one is unknown."""
        if self.batas_lapor is None or self.tanggal_laporan is None:
            return None
        return max(0, (self.tanggal_laporan - self.batas_lapor).days)


def summarize(result: Result, berkas: str, status: Status) -> Ringkasan:
    """The summary of a workbook that was worked out; where its report lies is filled in by who writes it."""
    identitas, computed = result.dataset.identitas, result.computed
    signed, totals = identitas.tanggal_laporan.value, computed.anggaran
    return Ringkasan(
        berkas=berkas,
        status=status,
        kecamatan=bare_name(identitas.kecamatan.value or "") or berkas,
        kode=identitas.kode_kecamatan.value or "",
        kabupaten=identitas.kabupaten.value or "",
        triwulan=computed.periode.triwulan if computed.periode else None,
        batas_lapor=computed.periode.batas_lapor if computed.periode else None,
        tanggal_laporan=signed.end if signed else None,
        daftar_temuan=_findings(result.findings),
        capaian=tuple(_capaian(row, identitas.decimals) for row in computed.indikator),
        serapan=tuple(_serapan(row) for row in computed.program),
        pagu=totals.pagu.value if totals else None,
        realisasi=totals.realisasi.value if totals else None,
        serapan_total=totals.tertimbang.value if totals else None,
        rerata_serapan=totals.rerata.value if totals else None,
    )


def unreadable(error: LktError, berkas: str, name: str) -> Ringkasan:
    """The summary of a file that cannot be read; ``name`` stands for its kecamatan."""
    return Ringkasan(berkas, Status.TIDAK_TERBACA, name, pesan=f"{error.message} {error.hint}".strip())


def _findings(findings: tuple[Finding, ...]) -> tuple[Temuan, ...]:
    order = list(Severity)
    still_open = [found for found in findings if not found.accepted]
    still_open.sort(key=lambda found: order.index(found.severity))
    return tuple(
        Temuan(found.severity, found.code, compact(found.refs), found.message) for found in still_open
    )


def _capaian(hasil: HasilIndikator, decimals: int) -> Capaian:
    row = hasil.baris
    target = row.target.value
    return Capaian(
        nomor=str(row.no),
        sasaran=row.sasaran.value or "",
        indikator=row.indikator.value or "",
        satuan=row.satuan.value or "",
        target=row.target.written or "-"
        if target is None
        else printed_measure(target, row.satuan.value or ""),
        realisasi=printed(hasil.realisasi, decimals),
        capaian=hasil.capaian.value,
        tercapai=hasil.tercapai,
    )


def _serapan(hasil: HasilProgram) -> Serapan:
    row = hasil.baris
    return Serapan(
        kode=row.kode.value or "",
        program=row.program.value or "",
        pagu=_exact(row.pagu.value),
        realisasi=_exact(row.realisasi.value),
        serapan=_value(hasil.serapan),
    )


def _value(figure: Figure) -> Fraction | None:
    return figure.value


def _exact(value: object) -> Fraction | None:
    return None if value is None else Fraction(str(value))
