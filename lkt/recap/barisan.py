"""The rows that the recaps show: one a workbook, numbered, with figures that tie with the totals."""

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from pathlib import PurePath
from typing import Any

from lkt.findings import Severity
from lkt.kalender import Triwulan
from lkt.recap.exact import share, total
from lkt.recap.ringkasan import Ringkasan, Serapan, Status

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
class Baris(Remembers):
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

    baris: Baris | None
    isi: Any
    nomor: int | None = None


def baris_of(nomor: int, each: Ringkasan, triwulan: Triwulan | None, folder: PurePath) -> Baris:
    """The row of a workbook in a recap of this quarter, whose files lie in this folder."""
    counts = each.status in _COUNTED and each.triwulan == triwulan
    other = each.triwulan if not counts and each.triwulan != triwulan else None
    return Baris(nomor, each, folder, dihitung=counts, lain=other)


def masuk(row: Serapan) -> bool:
    """Whether a programme is in the totals: its pagu and its realisasi are both known."""
    return row.pagu is not None and row.realisasi is not None


def nama_triwulan(triwulan: Triwulan | None) -> str:
    """Triwulan I Tahun 2024; empty for None."""
    return f"Triwulan {triwulan.roman} Tahun {triwulan.tahun}" if triwulan else ""


def _status(row: Baris) -> str:
    return row.ringkasan.pesan or _TROUBLE.get(row.ringkasan.status, "")


def _quarter(row: Baris) -> str:
    if row.lain is not None:
        return f"Buku kerja ini dari {nama_triwulan(row.lain)}."
    readable = row.ringkasan.status not in {Status.TIDAK_TERBACA, Status.BELUM}
    return "" if row.ringkasan.triwulan or not readable else "Tahun atau triwulannya tidak terbaca."


def _errors(row: Baris) -> str:
    number = row.ringkasan.jumlah(Severity.ERROR)
    if not number:
        return ""
    draft = " Laporannya disusun sebagai draf." if row.ringkasan.status is Status.DRAF else ""
    return f"Buku kerja memuat {number} kesalahan.{draft}"


def _late(row: Baris) -> str:
    return f"Laporan terlambat {row.terlambat} hari." if row.terlambat else ""
