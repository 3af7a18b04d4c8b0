"""``lkt new``: blank workbooks for one kecamatan or a whole kabupaten, and the one of the next quarter."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lkt.errors import LktError, OutputError
from lkt.files import is_there, read_file, require_suffix, why, write_output
from lkt.indonesian import join_and
from lkt.workbook.carry import Carried, carry_over
from lkt.workbook.new import new_workbook
from lkt.workbook.opening import read_bytes
from lkt.workbook.roster import Kecamatan, file_names, read_roster, roster_workbook


def write_blank(
    target: Path, kecamatan: str, tahun: int, triwulan: int, *, force: bool, **known: Any
) -> None:
    """Write a blank workbook; ``known`` is what ``new_workbook`` takes besides.

    Raises:
        LktError: the name of the kecamatan is blank.
        OutputError: the file is no .xlsx, cannot be written, or is there already without ``force``.
    """
    require_suffix(target, ".xlsx")
    write_output(target, new_workbook(kecamatan, tahun, triwulan, **known), replace=force)


def write_next(target: Path, source: Path, *, force: bool) -> Carried:
    """Write the workbook of the quarter after ``source``.

    Raises:
        UnreadableWorkbookError: ``source`` cannot be read.
        LktError: its quarter is not known, or the target is the very same file.
        OutputError: the target cannot be written, or is there already without ``force``.
    """
    require_suffix(target, ".xlsx")
    data = read_bytes(source)
    if is_there(target) and target.samefile(source):
        raise LktError(
            f"“{target}” adalah buku kerja asalnya sendiri.", "Pakai nama lain untuk triwulan berikutnya."
        )
    if not force:
        _refuse_existing(target)
    book, carried = carry_over(data, source)
    write_output(target, book, replace=force)
    return carried


def _refuse_existing(target: Path) -> None:
    """Say so before the work is done, not after."""
    if is_there(target):
        write_output(target, b"")


@dataclass(frozen=True, slots=True)
class Made:
    """The workbook of one kecamatan; ``written`` is false where a file was there already and stays."""

    path: Path
    kecamatan: Kecamatan
    written: bool


def write_roster(
    folder: Path, roster: Path, *, kabupaten: str, tahun: int, triwulan: int, force: bool
) -> list[Made]:
    """Write one blank workbook for each kecamatan of a list; nothing where a line of the list is wrong.

    Raises:
        RosterError: the list has mistakes.
        LktError: it cannot be read.
        OutputError: the folder or a file cannot be written.
    """
    every = read_roster(read_file(roster), str(roster))
    names = file_names(every, tahun, triwulan)
    _make_folder(folder)
    made = []
    for name, kecamatan in zip(names, every, strict=True):
        path = folder / name
        wanted = force or not path.exists()
        if wanted:
            write_output(path, roster_workbook(kecamatan, tahun, triwulan, kabupaten), replace=force)
        made.append(Made(path, kecamatan, wanted))
    return made


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(exist_ok=True)
    except FileExistsError:
        raise OutputError(f"“{folder}” bukan folder.", "Sebutkan folder untuk buku kerja itu.") from None
    except FileNotFoundError:
        raise OutputError(f"Folder “{folder.parent}” tidak ada.", "Buat foldernya dahulu.") from None
    except OSError as error:
        raise OutputError(f"Folder “{folder}” tidak dapat dibuat: {why(error)}.") from None


_WAYS = (
    "Buku kerja kosong: --kecamatan, --tahun, dan --triwulan. Triwulan berikutnya: --from BUKU-KERJA. "
    "Semua kecamatan: --roster DAFTAR.csv dengan --tahun dan --triwulan."
)


def require_options(given: Mapping[str, object], *, carried: bool) -> None:
    """Refuse options that are missing or make no sense for one of the three ways of making a workbook.

    Args:
        given: option -> its value, for all but --from and --force.
        carried: whether --from is given.

    Raises:
        LktError: an option is missing, or one too many is given.
    """
    named = [option for option, value in given.items() if value]
    needed: tuple[str, ...] = ("kecamatan", "tahun", "triwulan")
    extra, way = [], "--from"
    if carried:
        extra, needed = named, ()
    elif given["roster"]:
        extra, way = [name for name in ("kecamatan", "kode", "desa") if name in named], "--roster"
        needed = ("tahun", "triwulan")
    if extra:
        raise LktError(f"{_options(extra)} tidak dapat dipakai bersama {way}.", _WAYS)
    if missing := [name for name in needed if name not in named]:
        raise LktError(f"Opsi {_options(missing)} belum disebutkan.", _WAYS)


def _options(names: Sequence[str]) -> str:
    return join_and([f"--{name}" for name in names])
