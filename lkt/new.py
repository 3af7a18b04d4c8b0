"""The blank standard workbook of a kecamatan, with figures already in its live formulas."""

import re
from collections.abc import Sequence

from lkt.bahasa import squeeze
from lkt.errors import LktError
from lkt.formats.workbook import derived_values
from lkt.indicators import compute
from lkt.workbook.defaults import new_contents
from lkt.workbook.opening import grids_of
from lkt.workbook.reader import read_grids
from lkt.workbook.writer import Contents, write_workbook

_CODED = re.compile(r"(?P<kode>[\d.]{5,})\s+(?P<nama>.+)")


def new_workbook(
    kecamatan: str,
    tahun: int,
    triwulan: int,
    *,
    kabupaten: str = "",
    kode: str = "",
    desa: Sequence[str] = (),
) -> bytes:
    """A blank workbook for one kecamatan and quarter, as a .xlsx file.

    Args:
        kecamatan: its name.
        tahun: the year.
        triwulan: 1 to 4.
        kabupaten: name of the kabupaten; may be empty.
        kode: code of the kecamatan; may be empty.
        desa: the names of its desa, each with its code before it where known: ``11.01.01.2001 Sukamaju``.

    Raises:
        LktError: the name of the kecamatan is blank.
    """
    if not squeeze(kecamatan):
        raise LktError("Nama kecamatan kosong.", "Sebutkan namanya: --kecamatan NAMA")
    kecamatan, kabupaten, kode = map(squeeze, (kecamatan, kabupaten, kode))
    roster = [_desa(text) for text in desa]
    return filled_workbook(
        new_contents(kecamatan, tahun, triwulan, kabupaten=kabupaten, kode=kode, desa=roster)
    )


def filled_workbook(contents: Contents, *, spare: bool = True) -> bytes:
    """A standard workbook of the contents.

    It is written twice: the first is read and worked out, so that the formulas of the second carry their
    values and a viewer that does not calculate shows figures too.
    """
    first = read_grids(grids_of(write_workbook(contents, spare=spare)))
    return write_workbook(contents, derived_values(first, compute(first)), spare=spare)


def _desa(text: str) -> tuple[str, str]:
    """Code and name of a desa."""
    match = _CODED.fullmatch(squeeze(text))
    return (match["kode"], match["nama"]) if match else ("", squeeze(text))
