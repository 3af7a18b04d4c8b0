"""What all kecamatan come to together: gathered as they pass by one after the other, none of them kept."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from operator import attrgetter
from typing import TypeVar

from lkt.bahasa import normalize
from lkt.recap.barisan import Baris
from lkt.recap.exact import Sum, share
from lkt.recap.keadaan import KEADAAN
from lkt.recap.ringkasan import Capaian, Serapan

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


def jumlah(rows: Iterable[Baris]) -> Jumlah:
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

    def add(self, row: Baris) -> None:
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
