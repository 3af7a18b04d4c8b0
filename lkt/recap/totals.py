"""The rows that the recaps show, and what all kecamatan come to together."""

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cached_property
from operator import attrgetter
from os.path import commonpath
from pathlib import PurePath
from typing import Any, TypeVar

from lkt.calendar import Triwulan
from lkt.findings import Severity
from lkt.indonesian import normalize
from lkt.recap.summary import Capaian, Mapped, Packed, Ringkasan, Serapan, Status, Sum, share, total

# The rows that the recaps show: one a workbook, numbered, with figures that tie with the totals -----------


LEVELS = {Severity.ERROR: "kesalahan", Severity.WARNING: "peringatan", Severity.INFO: "catatan"}
"""What the severities are called."""

_COUNTED = frozenset({Status.SELESAI, Status.DRAF, Status.KESALAHAN, Status.GAGAL})
_TROUBLE = {
    Status.BELUM: "Buku kerja belum diserahkan.",
    Status.TIDAK_TERBACA: "Berkas tidak terbaca.",
    Status.GANDA: "Ada buku kerja lain dari kecamatan dan triwulan yang sama.",
    Status.GAGAL: "Laporan tidak dapat disusun.",
}


class Remembers:
    """Has room for what is worked out once, beside the slots of the fields."""


@dataclass(frozen=True, slots=True)
class RecapRow(Remembers):
    """One row of a recap; all figures are None where they do not count, and worked out when asked for.

    Attributes:
        nomor: its number, from 1, by which the sheets of the workbook know each other's rows.
        ringkasan: what is known of the workbook.
        folder: the folder in which all files lie.
        dihitung: whether its figures are in the totals.
        lain: its quarter, where that is another than the recap's.
    """

    nomor: int
    ringkasan: Ringkasan
    folder: PurePath
    dihitung: bool
    lain: Triwulan | None = None

    @cached_property
    def berkas(self) -> str:
        """Its file below that folder, which tells two of one name apart; empty where there is none."""
        berkas = self.ringkasan.berkas
        path = PurePath(berkas)
        return str(path.relative_to(self.folder)) if berkas and path.is_relative_to(self.folder) else berkas

    @cached_property
    def pagu(self) -> Fraction | None:
        """Of the programmes that count, in rupiah."""
        return total(row.pagu for row in self.program if row.pagu is not None) if self.program else None

    @cached_property
    def realisasi(self) -> Fraction | None:
        """The same."""
        rows = self.program
        return total(row.realisasi for row in rows if row.realisasi is not None) if rows else None

    @cached_property
    def program(self) -> list[Serapan]:
        """The programmes that count."""
        return [row for row in self.ringkasan.serapan if masuk(row)] if self.dihitung else []

    @cached_property
    def serapan(self) -> Fraction | None:
        """Realisasi ÷ pagu × 100."""
        pagu, realisasi = self.pagu, self.realisasi
        return None if pagu is None or realisasi is None else share(realisasi, pagu)

    @cached_property
    def capaian(self) -> Fraction | None:
        """The mean of its indicators, in percentage points."""
        return self.ringkasan.rerata_capaian if self.dihitung else None

    @property
    def terlambat(self) -> int | None:
        """Days late, 0 when on time."""
        return self.ringkasan.hari_terlambat if self.dihitung else None

    @property
    def ketepatan(self) -> str:
        """Whether it was on time, in words."""
        days = self.terlambat
        if days is None:
            return "-"
        return f"terlambat {days} hari" if days else "tepat waktu"

    @property
    def masalah(self) -> str:
        """What has to be seen to; empty where all is well."""
        return " ".join(filter(None, (_status(self), _quarter(self), _errors(self), _late(self))))


@dataclass(frozen=True, slots=True)
class Butir:
    """An indicator, a programme or a finding of a kecamatan; ``nomor`` is its number among its kind."""

    baris: RecapRow | None
    isi: Any
    nomor: int | None = None


def baris_of(nomor: int, each: Ringkasan, triwulan: Triwulan | None, folder: PurePath) -> RecapRow:
    """The row of a workbook in a recap of this quarter, whose files lie in this folder."""
    counts = each.status in _COUNTED and each.triwulan == triwulan
    other = each.triwulan if not counts and each.triwulan != triwulan else None
    return RecapRow(nomor, each, folder, dihitung=counts, lain=other)


def masuk(row: Serapan) -> bool:
    """Whether a programme is in the totals: its pagu and its realisasi are both known."""
    return row.pagu is not None and row.realisasi is not None


def nama_triwulan(triwulan: Triwulan | None) -> str:
    """Triwulan I Tahun 2024; empty for None."""
    return f"Triwulan {triwulan.roman} Tahun {triwulan.tahun}" if triwulan else ""


def _status(row: RecapRow) -> str:
    return row.ringkasan.pesan or _TROUBLE.get(row.ringkasan.status, "")


def _quarter(row: RecapRow) -> str:
    if row.lain is not None:
        return f"Buku kerja ini dari {nama_triwulan(row.lain)}."
    readable = row.ringkasan.status not in {Status.TIDAK_TERBACA, Status.BELUM}
    return "" if row.ringkasan.triwulan or not readable else "Tahun atau triwulannya tidak terbaca."


def _errors(row: RecapRow) -> str:
    number = row.ringkasan.jumlah(Severity.ERROR)
    if not number:
        return ""
    draft = " Laporannya disusun sebagai draf." if row.ringkasan.status is Status.DRAF else ""
    return f"Buku kerja memuat {number} kesalahan.{draft}"


def _late(row: RecapRow) -> str:
    return f"Laporan terlambat {row.terlambat} hari." if row.terlambat else ""


# The states in which kecamatan are counted and listed -----------------------------------------------------


Test = Callable[[RecapRow], bool]


def _has(status: Status) -> Test:
    return lambda row: row.ringkasan.status is status


def _undated(row: RecapRow) -> bool:
    return row.dihitung and row.terlambat is None


def _built(row: RecapRow) -> bool:
    return row.dihitung and row.ringkasan.status is Status.SELESAI


def _has_errors(row: RecapRow) -> bool:
    return row.dihitung and row.ringkasan.jumlah(Severity.ERROR) > 0


def _other(row: RecapRow) -> bool:
    """A workbook that can be read and stands alone, yet is not of the quarter of the recap."""
    excused = {Status.BELUM, Status.TIDAK_TERBACA, Status.GANDA}
    return not row.dihitung and row.ringkasan.status not in excused


KEADAAN: tuple[tuple[str, str, Test], ...] = (
    ("dihitung", "yang angkanya masuk rekap", lambda row: row.dihitung),
    ("tepat_waktu", "yang laporannya tepat waktu", lambda row: row.terlambat == 0),
    ("terlambat", "yang laporannya terlambat", lambda row: bool(row.terlambat)),
    ("tanpa_tanggal", "yang tanggal laporan atau batasnya tidak terbaca", _undated),
    ("kesalahan", "yang buku kerjanya masih memuat kesalahan", _has_errors),
    ("selesai", "yang laporannya selesai disusun", _built),
    ("draf", "yang laporannya disusun sebagai draf", _has(Status.DRAF)),
    ("gagal", "yang laporannya tidak dapat disusun", _has(Status.GAGAL)),
    ("belum", "yang belum menyerahkan buku kerja", _has(Status.BELUM)),
    ("tidak_terbaca", "yang berkasnya tidak terbaca", _has(Status.TIDAK_TERBACA)),
    ("ganda", "yang buku kerjanya ganda", _has(Status.GANDA)),
    ("triwulan_lain", "yang buku kerjanya dari triwulan lain atau tidak jelas triwulannya", _other),
)
"""Name, meaning and test of each state."""


# What all kecamatan come to together: gathered as they pass by one after the other, none of them kept -----


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class JumlahProgram:
    """One programme over all kecamatan that have it; amounts in rupiah.

    Attributes:
        kode: its code.
        program: its name, as most kecamatan write it.
        kecamatan: how many have it with a known pagu and realisasi.
        pagu: their pagu together.
        realisasi: their realisasi together.
    """

    kode: str
    program: str
    kecamatan: int
    pagu: Fraction
    realisasi: Fraction

    @property
    def serapan(self) -> Fraction | None:
        """Realisasi ÷ pagu × 100; None for a pagu of 0."""
        return share(self.realisasi, self.pagu)


@dataclass(frozen=True, slots=True)
class JumlahIndikator:
    """One indicator over all kecamatan that have it.

    Attributes:
        indikator: its name, as most kecamatan write it.
        kecamatan: how many have it with a known capaian.
        tercapai: how many of them reached the target.
        rerata: the mean capaian in percentage points; None where nobody has one.
        terendah: the lowest.
        tertinggi: the highest.
    """

    indikator: str
    kecamatan: int
    tercapai: int
    rerata: Fraction | None
    terendah: Fraction | None
    tertinggi: Fraction | None


@dataclass(frozen=True, slots=True)
class Terserap:
    """What a kecamatan spent of its money: the number of its row, its name, and serapan."""

    nomor: int
    kecamatan: str
    serapan: Fraction


@dataclass(frozen=True, slots=True)
class Jumlah:
    """All kecamatan together.

    Attributes:
        baris: how many rows there are.
        kecamatan: how many kecamatan, each once however many workbooks it has.
        keadaan: the numbers of the rows that are in each state, by its name.
        program: the programmes by code.
        indikator: the indicators by name, in the order in which they first appear.
        terserap: the kecamatan that have a serapan, the highest first.
        rerata_capaian: the mean of the kecamatan's own mean capaian; None where nobody has one.
        batas_lapor: the deadline of most kecamatan that count.
        tanggal_terakhir: the last day on which one of them signed its report.
    """

    baris: int
    kecamatan: int
    keadaan: Mapping[str, tuple[int, ...]]
    program: tuple[JumlahProgram, ...]
    indikator: tuple[JumlahIndikator, ...]
    terserap: tuple[Terserap, ...]
    rerata_capaian: Fraction | None
    batas_lapor: date | None
    tanggal_terakhir: date | None


def jumlah(rows: Iterable[RecapRow]) -> Jumlah:
    """What these rows come to, which are gone through once."""
    keadaan: dict[str, list[int]] = {name: [] for name, _, _ in KEADAAN}
    counted = _Counted()
    marks = Counter[str]()
    for row in rows:
        marks[row.ringkasan.kode or normalize(row.ringkasan.kecamatan)] += 1
        for name, _, holds in KEADAAN:
            if holds(row):
                keadaan[name].append(row.nomor)
        if row.dihitung:
            counted.add(row)
    return Jumlah(
        baris=marks.total(),
        kecamatan=len(marks),
        keadaan={name: tuple(numbers) for name, numbers in keadaan.items()},
        program=tuple(found.jumlah(kode) for kode, found in sorted(counted.program.items())),
        indikator=tuple(found.jumlah() for found in counted.indikator.values()),
        terserap=tuple(sorted(counted.terserap, key=attrgetter("serapan"), reverse=True)),  # equals in order
        rerata_capaian=counted.capaian.mean,
        batas_lapor=most(counted.batas_lapor),
        tanggal_terakhir=max(counted.tanggal_laporan, default=None),
    )


def program_key(row: Serapan) -> str:
    """What a programme is known by in all kecamatan: its code, or its name where it has none."""
    return row.kode or normalize(row.program)


def most(counts: Counter[T]) -> T | None:
    """What was counted most often, the first of equals."""
    return max(counts, key=counts.__getitem__, default=None)  # in the order in which they first appear


@dataclass(slots=True)
class _Counted:
    """The rows that count, while they come by."""

    program: "dict[str, _Program]" = field(default_factory=dict)
    indikator: "dict[str, _Indikator]" = field(default_factory=dict)
    terserap: list[Terserap] = field(default_factory=list)
    capaian: Sum = field(default_factory=Sum)
    batas_lapor: Counter[date] = field(default_factory=Counter)
    tanggal_laporan: set[date] = field(default_factory=set)

    def add(self, row: RecapRow) -> None:
        data, capaian, serapan = row.ringkasan, row.capaian, row.serapan
        for program in row.program:
            self.program.setdefault(program_key(program), _Program()).add(program)
        for indikator in data.capaian:
            self.indikator.setdefault(normalize(indikator.indikator), _Indikator()).add(indikator)
        if serapan is not None:
            self.terserap.append(Terserap(row.nomor, data.kecamatan, serapan))
        if capaian is not None:
            self.capaian.add(capaian)
        if data.batas_lapor is not None:
            self.batas_lapor[data.batas_lapor] += 1
        if data.tanggal_laporan is not None:
            self.tanggal_laporan.add(data.tanggal_laporan)


@dataclass(slots=True)
class _Program:
    """One programme, while its rows come by."""

    names: Counter[str] = field(default_factory=Counter)
    pagu: Sum = field(default_factory=Sum)
    realisasi: Sum = field(default_factory=Sum)

    def add(self, row: Serapan) -> None:
        assert row.pagu is not None
        assert row.realisasi is not None
        self.names[row.program] += 1
        self.pagu.add(row.pagu)
        self.realisasi.add(row.realisasi)

    def jumlah(self, kode: str) -> JumlahProgram:
        return JumlahProgram(
            kode, most(self.names) or "", self.pagu.number, self.pagu.total, self.realisasi.total
        )


@dataclass(slots=True)
class _Indikator:
    """One indicator, while its rows come by."""

    names: Counter[str] = field(default_factory=Counter)
    capaian: Sum = field(default_factory=Sum)
    tercapai: int = 0
    terendah: Fraction | None = None
    tertinggi: Fraction | None = None

    def add(self, row: Capaian) -> None:
        self.names[row.indikator] += 1
        self.tercapai += row.tercapai is True
        value = row.capaian
        if value is None:
            return
        self.capaian.add(value)
        if self.terendah is None or value < self.terendah:
            self.terendah = value
        if self.tertinggi is None or value > self.tertinggi:
            self.tertinggi = value

    def jumlah(self) -> JumlahIndikator:
        return JumlahIndikator(
            indikator=most(self.names) or "",
            kecamatan=self.capaian.number,
            tercapai=self.tercapai,
            rerata=self.capaian.mean,
            terendah=self.terendah,
            tertinggi=self.tertinggi,
        )


# The recap of a kabupaten: every kecamatan, and what they come to together --------------------------------


LISTED = 100
"""The most that a list for reading on paper holds.

A kabupaten has some fifty kecamatan at most, so that this cuts nothing there. Two thousand would make sixty
pages of Word that nobody reads, and a document that is whole in memory while it is filled. The first ones in
their order are listed then, so that a name is found where it is looked for; all of them are counted, and
``rekap.xlsx`` has every one.
"""
ENDS = 25
"""How many of the highest and of the lowest a chart draws where it cannot draw all: more bars than twice that
cannot be told from each other, on paper or on a screen."""
DRAWN = 2 * ENDS
"""The most bars of a chart."""


@dataclass(frozen=True, slots=True)
class Rekap(Remembers):
    """All kecamatan of a kabupaten in one quarter, in the order of their codes and names.

    There may be all of Indonesia: a form of the recap goes through them from the first to the last, as few
    times as it can, and keeps none.

    Attributes:
        kabupaten: its name; empty where no workbook tells.
        triwulan: the quarter that most workbooks are of; None where there is none.
        kecamatan: one a workbook, and one a kecamatan that is expected; each is made when it is asked for.
        folder: the folder in which all files lie, at some depth.
    """

    kabupaten: str
    triwulan: Triwulan | None
    kecamatan: Sequence[Ringkasan]
    folder: PurePath = field(default_factory=PurePath)

    @property
    def barisan(self) -> Sequence[RecapRow]:
        """The kecamatan as rows, numbered in their order; each is made when it is asked for."""
        return Mapped(
            lambda each, place: baris_of(place + 1, each, self.triwulan, self.folder), self.kecamatan
        )

    @cached_property
    def jumlah(self) -> Jumlah:
        """What all come to together, which each form of the recap asks for time and again."""
        return jumlah(self.barisan)

    @cached_property
    def pagu(self) -> Fraction:
        """The pagu of all programmes together; ties with ``jumlah.program``."""
        return total(row.pagu for row in self.jumlah.program)

    @cached_property
    def realisasi(self) -> Fraction:
        """The realisasi of all programmes together; ties with ``jumlah.program``."""
        return total(row.realisasi for row in self.jumlah.program)

    @property
    def serapan(self) -> Fraction | None:
        """Realisasi ÷ pagu × 100 of all; None for a pagu of 0."""
        return share(self.realisasi, self.pagu)


@dataclass(frozen=True, slots=True)
class _Head:
    """What the recap asks of all kecamatan before it knows their order."""

    key: tuple[bool, str, str, str]
    triwulan: Triwulan | None
    kabupaten: str


def combine(rows: Iterable[Ringkasan]) -> Rekap:
    """The recap of these kecamatan, each of which is packed as it comes."""
    heads: list[_Head] = []
    folders: set[PurePath] = set()
    known: dict[Triwulan | None, Triwulan | None] = {}  # each once, not once a kecamatan

    def passing() -> Iterator[Ringkasan]:
        for row in rows:
            key = (not row.kode, row.kode, normalize(row.kecamatan), row.berkas)
            triwulan = known.setdefault(row.triwulan, row.triwulan)
            heads.append(_Head(key, triwulan, sys.intern(row.kabupaten)))
            if row.berkas:
                folders.add(PurePath(row.berkas).parent)
            yield row

    packed = Packed(passing())
    order = sorted(range(len(heads)), key=lambda place: heads[place].key)
    ordered = [heads[place] for place in order]
    names = Counter(head.kabupaten for head in ordered if head.kabupaten)
    quarters = Counter(head.triwulan for head in ordered if head.triwulan is not None)
    kecamatan = Mapped(lambda place, _: packed[place], order)
    return Rekap(most(names) or "", most(quarters), kecamatan, _common(folders))


def drawn(rows: Sequence[T]) -> Sequence[T]:
    """What a chart draws of rows in their order: all, or both ends where they are too many."""
    return rows if len(rows) <= DRAWN else (*rows[:ENDS], *rows[-ENDS:])


def _common(folders: set[PurePath]) -> PurePath:
    try:
        return PurePath(commonpath(folders))
    except ValueError:  # there is no file, or there are several drives
        return PurePath()
