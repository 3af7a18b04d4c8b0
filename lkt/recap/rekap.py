"""The recap of a kabupaten: every kecamatan, and what they come to together."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from os.path import commonpath
from pathlib import PurePath
from typing import TypeVar

from lkt.bahasa import normalize
from lkt.kalender import Triwulan
from lkt.recap.barisan import Baris, baris_of, masuk
from lkt.recap.exact import rerata, share, total
from lkt.recap.ringkasan import Capaian, Ringkasan, Serapan, Status

T = TypeVar("T")

_COUNTED = frozenset({Status.SELESAI, Status.DRAF, Status.KESALAHAN, Status.GAGAL})


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


class _Remembers:
    """Has room for what is worked out once, beside the slots of the fields."""


@dataclass(frozen=True, slots=True)
class Rekap(_Remembers):
    """All kecamatan of a kabupaten in one quarter, in the order of their codes and names.

    What is worked out of them is kept, since each form of the recap asks for it time and again.

    Attributes:
        kabupaten: its name; empty where no workbook tells.
        triwulan: the quarter that most workbooks are of; None where there is none.
        kecamatan: one a workbook, and one a kecamatan that is expected.
    """

    kabupaten: str
    triwulan: Triwulan | None
    kecamatan: tuple[Ringkasan, ...]

    @cached_property
    def barisan(self) -> tuple[Baris, ...]:
        """The kecamatan as rows, numbered in their order."""
        return tuple(
            baris_of(number, each, self.triwulan, self._folder, dihitung=self._counts(each))
            for number, each in enumerate(self.kecamatan, start=1)
        )

    @cached_property
    def _folder(self) -> PurePath:
        """The folder in which all files lie, at some depth."""
        folders = {PurePath(row.berkas).parent for row in self.kecamatan if row.berkas}
        try:
            return PurePath(commonpath(folders))
        except ValueError:  # there is no file, or there are several drives
            return PurePath()

    @cached_property
    def dihitung(self) -> tuple[Ringkasan, ...]:
        """The kecamatan whose figures count: of this quarter, once, and readable."""
        return tuple(filter(self._counts, self.kecamatan))

    def _counts(self, row: Ringkasan) -> bool:
        return row.status in _COUNTED and row.triwulan == self.triwulan

    @cached_property
    def program(self) -> tuple[JumlahProgram, ...]:
        """The programmes by code."""
        groups: dict[str, list[Serapan]] = {}
        for kecamatan in self.dihitung:
            for row in filter(masuk, kecamatan.serapan):
                groups.setdefault(program_key(row), []).append(row)
        return tuple(_program(kode, rows) for kode, rows in sorted(groups.items()))

    @cached_property
    def indikator(self) -> tuple[JumlahIndikator, ...]:
        """The indicators by name, in the order in which they first appear."""
        groups: dict[str, list[Capaian]] = {}
        for kecamatan in self.dihitung:
            for row in kecamatan.capaian:
                groups.setdefault(normalize(row.indikator), []).append(row)
        return tuple(map(_indikator, groups.values()))

    @cached_property
    def pagu(self) -> Fraction:
        """The pagu of all programmes together; ties with ``program``."""
        return total(row.pagu for row in self.program)

    @cached_property
    def realisasi(self) -> Fraction:
        """The realisasi of all programmes together; ties with ``program``."""
        return total(row.realisasi for row in self.program)

    @property
    def serapan(self) -> Fraction | None:
        """Realisasi ÷ pagu × 100 of all; None for a pagu of 0."""
        return share(self.realisasi, self.pagu)

    @cached_property
    def rerata_capaian(self) -> Fraction | None:
        """The mean of the kecamatan's own mean capaian; None where nobody has one."""
        return rerata([row.capaian for row in self.barisan if row.capaian is not None])


def combine(rows: Iterable[Ringkasan]) -> Rekap:
    """The recap of these kecamatan."""
    ordered = sorted(rows, key=lambda row: (not row.kode, row.kode, normalize(row.kecamatan), row.berkas))
    quarters = [row.triwulan for row in ordered if row.triwulan is not None]
    names = [row.kabupaten for row in ordered if row.kabupaten]
    return Rekap(most(names) or "", most(quarters), tuple(ordered))


def program_key(row: Serapan) -> str:
    """What a programme is known by in all kecamatan: its code, or its name where it has none."""
    return row.kode or normalize(row.program)


def most(items: Iterable[T]) -> T | None:
    """What appears most often, the first of equals."""
    counts = Counter(items)  # in the order in which they first appear, as max takes them
    return max(counts, key=lambda item: counts[item], default=None)


def _program(kode: str, rows: Sequence[Serapan]) -> JumlahProgram:
    return JumlahProgram(
        kode,
        most(row.program for row in rows) or "",
        len(rows),
        total(row.pagu for row in rows if row.pagu is not None),
        total(row.realisasi for row in rows if row.realisasi is not None),
    )


def _indikator(rows: Sequence[Capaian]) -> JumlahIndikator:
    known = [row.capaian for row in rows if row.capaian is not None]
    return JumlahIndikator(
        indikator=most(row.indikator for row in rows) or "",
        kecamatan=len(known),
        tercapai=sum(row.tercapai is True for row in rows),
        rerata=rerata(known),
        terendah=min(known, default=None),
        tertinggi=max(known, default=None),
    )
