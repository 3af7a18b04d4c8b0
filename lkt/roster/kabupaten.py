"""The kecamatan of a list, and the blank workbook of each."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lkt.bahasa import normalize
from lkt.errors import RosterError
from lkt.new import filled_workbook
from lkt.roster.checks import problems
from lkt.roster.lines import Wilayah, digits, read_lines
from lkt.workbook.defaults import new_contents


@dataclass(frozen=True, slots=True)
class Kecamatan:
    """One kecamatan: code and name, code and name of each of its desa, and how many kelurahan it has."""

    kode: str
    nama: str
    desa: tuple[tuple[str, str], ...]
    kelurahan: int


def read_roster(data: bytes, name: str = "desa.csv") -> tuple[Kecamatan, ...]:
    """The kecamatan of a list in the order in which they are first named; ``name`` is used in messages.

    Comma, semicolon, tab or bar divide the columns, which are found by their headings: Kecamatan and Nama;
    Kode, Kode Kecamatan and Jenis may be missing. UTF-8, UTF-16 and the Windows encoding are read.

    Raises:
        RosterError: a heading is missing or a line is wrong; all such lines are listed.
    """
    rows = list(read_lines(data, name))
    wrong = problems(rows)
    if wrong:
        raise RosterError(
            f"“{name}” memuat {len(wrong)} kekeliruan; tidak ada buku kerja yang dibuat.",
            wrong,
            "Betulkan barisnya, lalu coba lagi.",
        )
    if not rows:
        raise RosterError(f"“{name}” tidak memuat satu desa pun.")
    return tuple(_kecamatan(rows))


def roster_workbook(kecamatan: Kecamatan, tahun: int, triwulan: int, kabupaten: str = "") -> bytes:
    """The blank workbook of a kecamatan, as a .xlsx file; a kelurahan makes no village documents."""
    return filled_workbook(
        new_contents(
            kecamatan.nama, tahun, triwulan, kabupaten=kabupaten, kode=kecamatan.kode, desa=kecamatan.desa
        )
    )


def file_names(every: Sequence[Kecamatan], tahun: int, triwulan: int) -> tuple[str, ...]:
    """A safe file name for each kecamatan: ``senduro-2024-tw1.xlsx``; with its code where two are alike."""
    stems = [_slug(each.nama) or _slug(each.kode) for each in every]
    names = []
    for number, (stem, each) in enumerate(zip(stems, every, strict=True), 1):
        mark = "" if stems.count(stem) == 1 else f"-{digits(each.kode) or number}"
        names.append(f"{stem}{mark}-{tahun}-tw{triwulan}.xlsx")
    return tuple(names)


def _kecamatan(rows: Sequence[Wilayah]) -> Iterator[Kecamatan]:
    by_name: dict[str, list[Wilayah]] = {}
    for row in rows:
        by_name.setdefault(normalize(row.kecamatan), []).append(row)
    for every in by_name.values():
        desa = tuple((row.kode, row.nama) for row in every if not row.is_kelurahan)
        code = next((row.kode_kecamatan for row in every if row.kode_kecamatan), "")
        yield Kecamatan(code, every[0].kecamatan, desa, len(every) - len(desa))


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    return "-".join(re.findall("[a-z0-9]+", plain.replace("'", "")))
