"""The kecamatan of the made-up workbooks: the 21 of Lumajang with their real roster, and invented ones."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count, groupby, islice
from pathlib import Path

ROSTER = Path(__file__).parent / "data" / "lumajang_desa.csv"
_INVENTED = (
    "Sumber", "Karang", "Tegal", "Kali", "Wono", "Banyu", "Watu", "Gunung", "Ranu", "Pandan", "Jati", "Randu",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kecamatan:
    """One kecamatan.

    Attributes:
        nomor: its place among the workbooks, from 1.
        desa: code and name of each desa.
        kelurahan: the names of its kelurahan, which hand in no document of a desa.
    """

    nomor: int
    kabupaten: str
    kode: str
    nama: str
    desa: tuple[tuple[str, str], ...]
    kelurahan: tuple[str, ...] = ()

    @property
    def wilayah(self) -> tuple[str, ...]:
        """Every desa and kelurahan with its title, as a sentence names it."""
        return tuple(f"Desa {nama}" for _, nama in self.desa) + tuple(
            f"Kelurahan {nama}" for nama in self.kelurahan
        )


def kecamatan(number: int) -> Iterator[Kecamatan]:
    """The first so many: those of Lumajang by their code, then invented ones."""
    real = list(_real())
    invented = map(_invented, count(len(real) + 1))
    yield from real[:number]
    yield from islice(invented, max(0, number - len(real)))


def _real() -> Iterator[Kecamatan]:
    with ROSTER.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for nomor, (kode, group) in enumerate(groupby(rows, lambda row: row["kode_kec"]), 1):
        mine = list(group)
        desa = tuple((row["kode"], row["nama"]) for row in mine if row["jenis"] == "desa")
        kelurahan = tuple(row["nama"] for row in mine if row["jenis"] == "kelurahan")
        yield Kecamatan(nomor, "Lumajang", kode, mine[0]["kecamatan"], desa, kelurahan)


def _invented(nomor: int) -> Kecamatan:
    """Codes that begin with 99 belong to no province."""
    kode = f"99.{nomor // 99 + 1:02d}.{nomor % 99 + 1:02d}"
    names = _INVENTED[: 6 + nomor % 7]
    desa = tuple((f"{kode}.{2000 + place}", f"{name}rekaan") for place, name in enumerate(names, 1))
    return Kecamatan(nomor, "Rekaan", kode, f"Rekaan {nomor}", desa)
