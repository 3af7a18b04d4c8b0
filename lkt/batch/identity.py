"""Whose workbook a file is, told by sheet Identitas alone: cheap enough to ask before anything is built."""

from dataclasses import dataclass
from pathlib import Path

from lkt.bahasa import normalize
from lkt.errors import LktError
from lkt.kalender import Triwulan
from lkt.workbook.declaration import IDENTITAS
from lkt.workbook.opening import grids_of, read_bytes
from lkt.workbook.reader import read_keys

_ASKED = ("kode_kecamatan", "kecamatan", "tahun", "triwulan")


@dataclass(frozen=True, slots=True)
class Owner:
    """A workbook and whose it is.

    Attributes:
        path: the file.
        kode: the code of the kecamatan; may be empty.
        kecamatan: its name; may be empty.
        triwulan: the quarter; None where it cannot be read.
        error: why it cannot be read.
    """

    path: Path
    kode: str = ""
    kecamatan: str = ""
    triwulan: Triwulan | None = None
    error: LktError | None = None

    @property
    def mark(self) -> tuple[str, str]:
        """What a kecamatan is known by: the figures of its code, and its name."""
        return "".join(filter(str.isdecimal, self.kode)), normalize(self.kecamatan)


def owner_of(path: Path) -> Owner:
    """Whose workbook it is."""
    try:
        keys = read_keys(grids_of(read_bytes(path), path, only=(IDENTITAS,)), _ASKED)
    except LktError as error:
        return Owner(path, error=error)
    year, quarter = keys["tahun"].value, keys["triwulan"].value
    known = year is not None and quarter is not None and quarter in (1, 2, 3, 4)
    return Owner(
        path,
        keys["kode_kecamatan"].value or "",
        keys["kecamatan"].value or "",
        Triwulan(int(year), int(quarter)) if known and year is not None and quarter is not None else None,
    )


def same_kecamatan(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Whether two marks are of one kecamatan: the same code, or the same name where one has no code."""
    if one[0] and other[0]:
        return one[0] == other[0]
    return bool(one[1]) and one[1] == other[1]
