"""The rows that the recaps show: one a workbook, numbered, with figures that tie with the totals."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import PurePath
from typing import Any

from lkt.findings import Severity
from lkt.kalender import Triwulan
from lkt.recap.exact import share, total
from lkt.recap.ringkasan import Ringkasan, Serapan, Status

LEVELS = {Severity.ERROR: "kesalahan", Severity.WARNING: "peringatan", Severity.INFO: "catatan"}
"""What the severities are called."""

_TROUBLE = {
    Status.BELUM: "Buku kerja belum diserahkan.",
    Status.TIDAK_TERBACA: "Berkas tidak terbaca.",
    Status.GANDA: "Ada buku kerja lain dari kecamatan dan triwulan yang sama.",
    Status.GAGAL: "Laporan tidak dapat disusun.",
}


@dataclass(frozen=True, slots=True)
class Baris:
    """One row of a recap; all figures are None where they do not count.

    Attributes:
        nomor: its number, from 1, by which the sheets of the workbook know each other's rows.
        ringkasan: what is known of the workbook.
        berkas: its file, below the folder in which all of them lie; empty for a kecamatan without one.
        dihitung: whether its figures are in the totals.
        lain: its quarter, where that is another than the recap's.
        pagu: of the programmes that count, in rupiah.
        realisasi: the same.
        capaian: the mean of its indicators, in percentage points.
    """

    nomor: int
    ringkasan: Ringkasan
    berkas: str
    dihitung: bool
    lain: Triwulan | None = None
    pagu: Fraction | None = None
    realisasi: Fraction | None = None
    capaian: Fraction | None = None

    @property
    def serapan(self) -> Fraction | None:
        """Realisasi ÷ pagu × 100."""
        return None if self.pagu is None or self.realisasi is None else share(self.realisasi, self.pagu)

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


def baris_of(
    nomor: int, each: Ringkasan, triwulan: Triwulan | None, folder: PurePath, *, dihitung: bool
) -> Baris:
    """The row of a workbook in a recap of this quarter, whose files lie in this folder."""
    berkas = _below(folder, each.berkas)
    if not dihitung:
        other = each.triwulan if each.triwulan != triwulan else None
        return Baris(nomor, each, berkas, dihitung=False, lain=other)
    rows = [row for row in each.serapan if masuk(row)]
    pagu, realisasi = _total(row.pagu for row in rows), _total(row.realisasi for row in rows)
    return Baris(
        nomor, each, berkas, dihitung=True, pagu=pagu, realisasi=realisasi, capaian=each.rerata_capaian
    )


def _below(folder: PurePath, berkas: str) -> str:
    """A path without the folder that all have; the rest tells two files of the same name apart."""
    path = PurePath(berkas)
    return str(path.relative_to(folder)) if berkas and path.is_relative_to(folder) else berkas


def masuk(row: Serapan) -> bool:
    """Whether a programme is in the totals: its pagu and its realisasi are both known."""
    return row.pagu is not None and row.realisasi is not None


def nama_triwulan(triwulan: Triwulan | None) -> str:
    """Triwulan I Tahun 2024; empty for None."""
    return f"Triwulan {triwulan.roman} Tahun {triwulan.tahun}" if triwulan else ""


def serapan_terurut(rows: Sequence[Baris]) -> list[Baris]:
    """The rows that have a serapan, the highest first."""
    return sorted((row for row in rows if row.serapan is not None), key=_by_serapan)


def _by_serapan(row: Baris) -> tuple[Fraction, int]:
    return -(row.serapan or Fraction(0)), row.nomor


def _total(values: Iterable[Fraction | None]) -> Fraction | None:
    known = [value for value in values if value is not None]
    return total(known) if known else None


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
