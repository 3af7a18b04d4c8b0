"""The recap of a kabupaten: every kecamatan, and what they come to together."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from lkt.bahasa import normalize
from lkt.kalender import Triwulan
from lkt.recap.ringkasan import Ringkasan, Serapan, Status

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
class Rekap:
    """All kecamatan of a kabupaten in one quarter, in the order of their codes and names.

    Attributes:
        kabupaten: its name; empty where no workbook tells.
        triwulan: the quarter that most workbooks are of; None where there is none.
        kecamatan: one a workbook, and one a kecamatan that is expected.
    """

    kabupaten: str
    triwulan: Triwulan | None
    kecamatan: tuple[Ringkasan, ...]

    @property
    def dihitung(self) -> tuple[Ringkasan, ...]:
        """The kecamatan whose figures count: of this quarter, once, and readable."""
        counted = {Status.SELESAI, Status.DRAF, Status.KESALAHAN, Status.GAGAL}
        return tuple(row for row in self.kecamatan if row.status in counted and row.triwulan == self.triwulan)

    @property
    def program(self) -> tuple[JumlahProgram, ...]:
        """The programmes by code."""
        groups: dict[str, list[tuple[str, Fraction, Fraction]]] = {}
        for kecamatan in self.dihitung:
            for row in kecamatan.serapan:
                if row.pagu is not None and row.realisasi is not None:
                    groups.setdefault(program_key(row), []).append((row.program, row.pagu, row.realisasi))
        return tuple(_program(kode, rows) for kode, rows in sorted(groups.items()))

    @property
    def indikator(self) -> tuple[JumlahIndikator, ...]:
        """The indicators by name, in the order in which they first appear."""
        groups: dict[str, list[tuple[str, Fraction | None, bool | None]]] = {}
        for kecamatan in self.dihitung:
            for row in kecamatan.capaian:
                groups.setdefault(normalize(row.indikator), []).append(
                    (row.indikator, row.capaian, row.tercapai)
                )
        return tuple(_indikator(rows) for rows in groups.values())

    @property
    def pagu(self) -> Fraction:
        """The pagu of all programmes together; ties with ``program``."""
        return sum((row.pagu for row in self.program), Fraction(0))

    @property
    def realisasi(self) -> Fraction:
        """The realisasi of all programmes together; ties with ``program``."""
        return sum((row.realisasi for row in self.program), Fraction(0))

    @property
    def serapan(self) -> Fraction | None:
        """Realisasi ÷ pagu × 100 of all; None for a pagu of 0."""
        return share(self.realisasi, self.pagu)

    @property
    def rerata_capaian(self) -> Fraction | None:
        """The mean of the kecamatan's own mean capaian; None where nobody has one."""
        known = [row.rerata_capaian for row in self.dihitung if row.rerata_capaian is not None]
        return sum(known, Fraction(0)) / len(known) if known else None


def combine(rows: Iterable[Ringkasan]) -> Rekap:
    """The recap of these kecamatan."""
    ordered = sorted(rows, key=lambda row: (not row.kode, row.kode, normalize(row.kecamatan), row.berkas))
    quarters = [row.triwulan for row in ordered if row.triwulan is not None]
    names = [row.kabupaten for row in ordered if row.kabupaten]
    return Rekap(most(names) or "", most(quarters), tuple(ordered))


def program_key(row: Serapan) -> str:
    """What a programme is known by in all kecamatan: its code, or its name where it has none."""
    return row.kode or normalize(row.program)


def share(part: Fraction, whole: Fraction) -> Fraction | None:
    """Part ÷ whole × 100; None for a whole of 0."""
    return None if whole == 0 else part / whole * 100


def most(items: Iterable[T]) -> T | None:
    """What appears most often, the first of equals."""
    counts = Counter(items)  # in the order in which they first appear, as max takes them
    return max(counts, key=lambda item: counts[item], default=None)


def _program(kode: str, rows: Sequence[tuple[str, Fraction, Fraction]]) -> JumlahProgram:
    names, pagu, realisasi = zip(*rows, strict=True)
    return JumlahProgram(
        kode, most(names) or "", len(rows), sum(pagu, Fraction(0)), sum(realisasi, Fraction(0))
    )


def _indikator(rows: Sequence[tuple[str, Fraction | None, bool | None]]) -> JumlahIndikator:
    known = [capaian for _, capaian, _ in rows if capaian is not None]
    return JumlahIndikator(
        indikator=most([name for name, _, _ in rows]) or "",
        kecamatan=len(known),
        tercapai=sum(reached is True for _, _, reached in rows),
        rerata=sum(known, Fraction(0)) / len(known) if known else None,
        terendah=min(known, default=None),
        tertinggi=max(known, default=None),
    )
