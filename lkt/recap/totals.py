"""The recap of a kabupaten: a row for every kecamatan, and what they come to together.

All forms of the recap (rekap.xlsx, rekap.docx, index.html) and the terminal take their figures from here.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from operator import attrgetter, itemgetter
from os.path import commonpath
from pathlib import PurePath
from typing import TypeVar

from lkt.calendar import Triwulan
from lkt.figures import Standing
from lkt.findings import Severity
from lkt.indicators.serapan import standing_of
from lkt.indonesian import normalize
from lkt.model import COMMON_TERMS, Terms
from lkt.recap.summary import (
    NOT_READ,
    Status,
    Summary,
    SummaryIndicator,
    SummaryProgram,
    added,
    mean,
    share,
)

# One row a workbook ----------------------------------------------------------------------------------------

_COUNTED = frozenset({Status.BUILT, Status.DRAFT, Status.FAULTY, Status.FAILED})
_NEVER_OF_A_QUARTER = frozenset({*NOT_READ, Status.MISSING, Status.DUPLICATE})
_NO_FIGURES = Summary("", Status.MISSING, "")
_TROUBLE = {
    Status.MISSING: "Buku kerja belum diserahkan.",
    Status.UNREADABLE: "Berkas tidak terbaca.",
    Status.UNFINISHED: "Pemeriksaannya tidak selesai.",
    Status.DUPLICATE: "Ada buku kerja lain dari kantor dan triwulan yang sama.",
    Status.FAILED: "Laporan tidak dapat disusun.",
}


@dataclass(frozen=True, slots=True)
class RecapRow:
    """One row of a recap.

    Attributes:
        number: its number, from 1, by which the sheets of the workbook know each other's rows.
        summary: what is known of the workbook.
        file: the workbook below the folder that all have in common; empty where there is none.
        counted: whether its figures are in the totals.
        other_quarter: its quarter, where that is another than the recap's.
    """

    number: int
    summary: Summary
    file: str
    counted: bool
    other_quarter: Triwulan | None = None

    @property
    def status(self) -> Status:
        """What became of the workbook, or that it is of another quarter."""
        known = self.counted or self.summary.status in _NEVER_OF_A_QUARTER
        return self.summary.status if known else Status.OTHER_QUARTER

    @property
    def figures(self) -> Summary:
        """The summary to take figures from: its own where they count, else one without any."""
        return self.summary if self.counted else _NO_FIGURES

    @property
    def punctuality(self) -> str:
        """Whether it was on time, in words."""
        days = self.figures.days_late
        if days is None:
            return "-"
        return f"terlambat {days} hari" if days else "tepat waktu"

    @property
    def problem(self) -> str:
        """What has to be seen to, in sentences; empty where all is well."""
        summary = self.summary
        told = [summary.message or _TROUBLE.get(summary.status, "")]
        if self.other_quarter is not None:
            told.append(f"Buku kerja ini dari {self.other_quarter}.")
        elif summary.triwulan is None and summary.status not in {*NOT_READ, Status.MISSING}:
            told.append("Tahun atau triwulannya tidak terbaca.")
        if errors := summary.count(Severity.ERROR):
            told.append(f"Buku kerja memuat {errors} kesalahan.")
            if summary.status is Status.DRAFT:
                told.append("Laporannya disusun sebagai draf.")
        if days := self.figures.days_late:
            told.append(f"Laporan terlambat {days} hari.")
        return " ".join(filter(None, told))


# The states in which kecamatan are counted and listed ------------------------------------------------------

STATES: Mapping[str, Callable[[RecapRow], bool]] = {
    "dihitung": lambda row: row.counted,
    "tepat_waktu": lambda row: row.figures.days_late == 0,
    "terlambat": lambda row: bool(row.figures.days_late),
    "tanpa_tanggal": lambda row: row.counted and row.summary.days_late is None,
    "kesalahan": lambda row: row.counted and row.summary.count(Severity.ERROR) > 0,
    "gagal": lambda row: row.status is Status.FAILED,
    "belum": lambda row: row.status is Status.MISSING,
    "tidak_terbaca": lambda row: row.status in NOT_READ,
    "ganda": lambda row: row.status is Status.DUPLICATE,
    "triwulan_lain": lambda row: row.status is Status.OTHER_QUARTER,
}
"""Name, as the template knows it -> whether a row is in that state."""


# What all kecamatan come to together -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ProgramTotal:
    """One programme over all kecamatan that have it with known amounts.

    Attributes:
        number: its number among the programmes of the recap, from 1.
        key: what it is known by, as ``SummaryProgram.key``.
        kode: its code; may be empty.
        program: its name, as most kecamatan write it.
        kecamatan: how often it occurs.
        pagu: in rupiah.
        realisasi: in rupiah.
        triwulan: the quarter of the recap.
    """

    number: int
    key: str
    kode: str
    program: str
    kecamatan: int
    pagu: Fraction
    realisasi: Fraction
    triwulan: Triwulan | None

    @property
    def serapan(self) -> Fraction | None:
        """Realisasi ÷ pagu × 100; None for a pagu of 0."""
        return share(self.realisasi, self.pagu)

    @property
    def standing(self) -> Standing:
        """How that stands at the end of the quarter."""
        return standing_of(self.serapan, self.triwulan)


@dataclass(frozen=True, slots=True)
class IndicatorTotal:
    """One indicator over all kecamatan that have it.

    Attributes:
        number: its number among the indicators of the recap, from 1.
        key: what it is known by, as ``SummaryIndicator.key``.
        indikator: its name, as most kecamatan write it.
        kecamatan: how many have it with a known capaian.
        standings: how many stand how, the best first; only what occurs, also without a capaian.
        rerata: the mean capaian in percentage points; None where nobody has one.
        terendah: the lowest.
        tertinggi: the highest.
    """

    number: int
    key: str
    indikator: str
    kecamatan: int
    standings: Mapping[Standing, int]
    rerata: Fraction | None
    terendah: Fraction | None
    tertinggi: Fraction | None


@dataclass(frozen=True, slots=True)
class Recap:
    """All kecamatan of a kabupaten in one quarter, side by side and together.

    Attributes:
        kabupaten: its name; empty where no workbook tells.
        terms: what it and its kecamatan are called, in most workbooks.
        triwulan: the quarter that most workbooks are of; None where there is none.
        rows: one a workbook, and one a kecamatan without one, in the order of their codes and names.
        states: the rows in each state, by its name.
        programs: the programmes by code.
        indicators: the indicators, in the order in which they first appear.
    """

    kabupaten: str
    terms: Terms
    triwulan: Triwulan | None
    rows: tuple[RecapRow, ...]
    states: Mapping[str, tuple[RecapRow, ...]]
    programs: tuple[ProgramTotal, ...]
    indicators: tuple[IndicatorTotal, ...]

    @property
    def heading(self) -> str:
        """What the recap is of, in one line."""
        period = f" {self.triwulan}" if self.triwulan else ""
        place = f" {self.daerah}" if self.kabupaten else ""
        return f"Rekapitulasi Laporan Kinerja{period}{place}"

    @property
    def daerah(self) -> str:
        """The kabupaten or kota as people write it: Kabupaten Lumajang."""
        return f"{self.terms.daerah} {self.kabupaten}".strip()

    @property
    def kecamatan(self) -> int:
        """How many there are, each once; an unreadable file counts as that of a missing one, if any."""
        count = self.status
        readable = [row.summary for row in self.rows if row.summary.status not in NOT_READ]
        known = {each.kode or normalize(each.kecamatan) for each in readable}
        return len(known) + max(0, sum(count[each] for each in NOT_READ) - count[Status.MISSING])

    @property
    def status(self) -> Mapping[Status, int]:
        """How many rows there are of each status."""
        return Counter(row.status for row in self.rows)

    @property
    def counts(self) -> tuple[str, str]:
        """What the terminal and all documents count: what is in the totals, and what is left out of them."""
        kind = self.terms.kecamatan.lower()
        counted, left_out = [], []
        for status in Status:
            number = self.status[status]
            if number and status in _COUNTED:
                counted.append(f"{number} {status.value}")
            elif number:
                left_out.append(f"{number} {kind if status is Status.MISSING else 'berkas'} {status.value}")
        sides = {"tepat waktu": "tepat_waktu", "terlambat": "terlambat", "memuat kesalahan": "kesalahan"}
        more = [f"{len(rows)} {words}" for words, name in sides.items() if (rows := self.states[name])]
        parts = "; ".join(filter(None, (", ".join(counted), ", ".join(more))))
        total = f"{self.kecamatan} {kind}, {len(self.states['dihitung'])} dihitung"
        return (
            f"{total}: {parts}." if parts else f"{total}.",
            f"Tidak dihitung: {', '.join(left_out)}." if left_out else "",
        )

    @property
    def absorbed(self) -> list[RecapRow]:
        """The rows that have a serapan, the highest first."""
        known = [(row.summary.serapan, row) for row in self.states["dihitung"]]
        found = [(value, row) for value, row in known if value is not None]
        return [
            row for _, row in sorted(found, key=itemgetter(0), reverse=True)
        ]  # equals stay in their order

    @property
    def capaian(self) -> Fraction | None:
        """The mean of the kecamatan's own mean capaian; None where nobody has one."""
        return mean(row.summary.capaian for row in self.states["dihitung"])

    @property
    def pagu(self) -> Fraction:
        """Of all programmes, in rupiah."""
        return sum((total.pagu for total in self.programs), Fraction(0))

    @property
    def realisasi(self) -> Fraction:
        """Of all programmes, in rupiah."""
        return sum((total.realisasi for total in self.programs), Fraction(0))

    @property
    def serapan(self) -> Fraction | None:
        """Realisasi ÷ pagu × 100 of all; None for a pagu of 0."""
        return share(self.realisasi, self.pagu)

    @property
    def batas_lapor(self) -> date | None:
        """The deadline of most kecamatan that count."""
        return _most(row.summary.batas_lapor for row in self.states["dihitung"] if row.summary.batas_lapor)

    @property
    def last_signed(self) -> date | None:
        """The last day on which a kecamatan that counts signed its report."""
        signed = (row.summary.tanggal_laporan for row in self.states["dihitung"])
        return max(filter(None, signed), default=None)


def combine(summaries: Iterable[Summary]) -> Recap:
    """The recap of these kecamatan."""
    ordered = sorted(
        summaries, key=lambda each: (not each.kode, each.kode, normalize(each.kecamatan), each.file)
    )
    triwulan = _most(each.triwulan for each in ordered if each.triwulan)
    folder = _common_folder(ordered)
    rows = tuple(_row(number, each, triwulan, folder) for number, each in enumerate(ordered, start=1))
    programs: dict[str, list[SummaryProgram]] = {}
    indicators: dict[str, list[SummaryIndicator]] = {}
    for summary in (row.summary for row in rows if row.counted):
        for program in filter(attrgetter("known"), summary.programs):
            programs.setdefault(program.key, []).append(program)
        for indicator in summary.indicators:
            indicators.setdefault(indicator.key, []).append(indicator)
    return Recap(
        _most(each.kabupaten for each in ordered if each.kabupaten) or "",
        _most(each.terms for each in ordered if each.terms) or COMMON_TERMS,
        triwulan,
        rows,
        {name: tuple(filter(holds, rows)) for name, holds in STATES.items()},
        tuple(
            _program_total(number, *item, triwulan)
            for number, item in enumerate(sorted(programs.items()), start=1)
        ),
        tuple(_indicator_total(number, *item) for number, item in enumerate(indicators.items(), start=1)),
    )


def _row(number: int, summary: Summary, triwulan: Triwulan | None, folder: PurePath) -> RecapRow:
    path = PurePath(summary.file)
    below = summary.file and path.is_relative_to(folder)
    same = summary.triwulan == triwulan
    return RecapRow(
        number,
        summary,
        file=str(path.relative_to(folder)) if below else summary.file,
        counted=same and summary.status in _COUNTED,
        other_quarter=None if same else summary.triwulan,
    )


def _common_folder(summaries: Iterable[Summary]) -> PurePath:
    try:
        return PurePath(commonpath({PurePath(each.file).parent for each in summaries if each.file}))
    except ValueError:  # there is no file, or there are several drives
        return PurePath()


def _program_total(
    number: int, key: str, found: Sequence[SummaryProgram], triwulan: Triwulan | None
) -> ProgramTotal:
    return ProgramTotal(
        number,
        key,
        kode=found[0].kode,
        program=_most(each.program for each in found) or "",
        kecamatan=len(found),
        pagu=added(each.pagu for each in found) or Fraction(0),
        realisasi=added(each.realisasi for each in found) or Fraction(0),
        triwulan=triwulan,
    )


def _indicator_total(number: int, key: str, found: Sequence[SummaryIndicator]) -> IndicatorTotal:
    known = [each.capaian for each in found if each.capaian is not None]
    standings = Counter(each.standing for each in found)
    return IndicatorTotal(
        number,
        key,
        indikator=_most(each.indikator for each in found) or "",
        kecamatan=len(known),
        standings={each: standings[each] for each in Standing if standings[each]},
        rerata=mean(known),
        terendah=min(known, default=None),
        tertinggi=max(known, default=None),
    )


T = TypeVar("T")


def _most(values: Iterable[T]) -> T | None:
    """The value that occurs most often, the first of equals; None of nothing."""
    return next((value for value, _ in Counter(values).most_common(1)), None)


# What is shown of long lists -------------------------------------------------------------------------------

LISTED = 100
"""The most rows of a list for reading on paper. A kabupaten has some fifty kecamatan at most, so that this
cuts nothing there; ``rekap.xlsx`` always has every row."""
ENDS = 25
"""How many of the highest and of the lowest a chart draws where it cannot draw all: more bars than twice that
cannot be told from each other, on paper or on a screen."""
DRAWN = 2 * ENDS
"""The most bars of a chart."""


def drawn(rows: Sequence[T]) -> Sequence[T]:
    """What a chart draws of rows in their order: all, or both ends where they are too many."""
    return rows if len(rows) <= DRAWN else (*rows[:ENDS], *rows[-ENDS:])
