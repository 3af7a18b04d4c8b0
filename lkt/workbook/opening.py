"""From a path to the raw grids of a workbook, or to a message that says why it cannot be read.

The first bytes and the list of zip entries tell what a file is before any of it is read.
"""

import zipfile
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from lkt.bahasa import normalize
from lkt.errors import UnreadableWorkbookError
from lkt.files import is_folder, read_file
from lkt.workbook.cells import Raw
from lkt.workbook.foreign import SAVE_AS, UNPROTECT, foreign_bytes, foreign_package
from lkt.workbook.placed import Placed, placed_pictures
from lkt.workbook.xlsx import BookError, SheetCells, read_book
from lkt.workbook.zips import ZIP_DAMAGE, Trouble, ZipTroubleError, open_zip

_STRICT = b"purl.oclc.org/ooxml"
_MAX_UNPACKED = 400 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet as raw cells: row number -> column number -> cell, only those that exist.

    Attributes:
        name: the sheet's name as written.
        rows: both numbers count from 1.
        hidden: the numbers of hidden rows.
        pictures: row number -> the pictures placed on that row, those in a cell first.
    """

    name: str
    rows: Mapping[int, Mapping[int, Raw]]
    hidden: frozenset[int] = frozenset()
    pictures: Mapping[int, tuple[Placed, ...]] = field(default_factory=dict)


def open_grids(path: Path) -> tuple[Grid, ...]:
    """The sheets of a workbook in their order.

    Raises:
        UnreadableWorkbookError: the file is missing, locked, protected, damaged or no .xlsx workbook.
    """
    return grids_of(read_bytes(path), path)


def grids_of(
    data: bytes, path: Path = Path("buku kerja.xlsx"), *, only: Collection[str] = ()
) -> tuple[Grid, ...]:
    """The same for a workbook in memory; ``path`` is its name in messages.

    Where ``only`` names sheets, the cells of the others are not read.

    Raises:
        UnreadableWorkbookError: it is protected, damaged or no .xlsx workbook.
    """
    with _package(data, path) as package:
        return tuple(_grid(sheet, package) for sheet in _sheets(path, package, only))


def refuse_other_files(data: bytes, path: Path) -> None:
    """Say what a file is that is no .xlsx workbook, as far as that is seen without reading its cells.

    Raises:
        UnreadableWorkbookError: it is protected, damaged or no .xlsx workbook.
    """
    _package(data, path).close()


def _package(data: bytes, path: Path) -> zipfile.ZipFile:
    """The zip file of what can only be an .xlsx workbook."""
    if foreign := foreign_bytes(data, path.suffix):
        raise UnreadableWorkbookError(f"“{path}” {foreign.what}.", foreign.hint)
    package = _open_zip(path, data)
    _refuse_package(path, package)
    return package


def read_bytes(path: Path) -> bytes:
    """A workbook file as it is.

    Raises:
        UnreadableWorkbookError: the file is missing, locked, or only a temporary one.
    """
    if path.name.startswith("~$"):
        raise UnreadableWorkbookError(
            f"“{path.name}” adalah berkas kunci sementara Excel, bukan buku kerja.",
            f"Pakai berkas “{path.name[2:]}”.",
        )
    if is_folder(path):
        raise UnreadableWorkbookError(
            f"“{path}” adalah folder, bukan buku kerja.", "Sebutkan berkas .xlsx di dalamnya."
        )
    return read_file(path, error=UnreadableWorkbookError)


def _open_zip(path: Path, data: bytes) -> zipfile.ZipFile:
    try:
        return open_zip(data, _MAX_UNPACKED)
    except ZipTroubleError as error:
        raise _zip_trouble(path, data, error.trouble) from None


def _zip_trouble(path: Path, data: bytes, trouble: Trouble) -> UnreadableWorkbookError:
    match trouble:
        case Trouble.TOO_LARGE:
            return UnreadableWorkbookError(
                f"“{path}” terlalu besar bila dibuka (lebih dari {_MAX_UNPACKED // 1024**2} MB, padahal "
                f"berkasnya {len(data) // 1024:n} KB).",
                "Bila dari orang lain, jangan dibuka: mungkin berkas jebakan. Bila buatan sendiri, hapus "
                "lembar, gambar, atau baris kosong yang tidak dipakai.",
            )
        case Trouble.PROTECTED:
            return UnreadableWorkbookError(f"“{path}” dilindungi kata sandi.", UNPROTECT)
        case _:
            return UnreadableWorkbookError(
                f"“{path}” rusak atau terpotong.", "Salin ulang dari sumbernya, lalu coba lagi."
            )


def _refuse_package(path: Path, package: zipfile.ZipFile) -> None:
    """Refuse what the list of entries shows to be something else."""
    if foreign := foreign_package(package.NameToInfo):
        raise UnreadableWorkbookError(f"“{path}” {foreign.what}.", foreign.hint)
    if _STRICT in _entry(path, package, "xl/workbook.xml"):
        raise UnreadableWorkbookError(
            f"“{path}” disimpan sebagai “Strict Open XML Spreadsheet”, yang tidak dapat dibaca.", SAVE_AS
        )


def _entry(path: Path, package: zipfile.ZipFile, name: str) -> bytes:
    try:
        return package.read(name if name in package.NameToInfo else f"/{name}")
    except ZIP_DAMAGE:
        raise _zip_trouble(path, b"", Trouble.DAMAGED) from None


def _sheets(path: Path, package: zipfile.ZipFile, only: Collection[str]) -> tuple[SheetCells, ...]:
    names = {normalize(name) for name in only}
    try:
        return read_book(package, lambda name: not names or normalize(name) in names)
    except BookError as error:
        if error.too_large:
            raise UnreadableWorkbookError(
                f"“{path}” memuat terlalu banyak sel terisi.",
                "Hapus lembar atau baris yang bukan bagian buku kerja LKT, lalu coba lagi.",
            ) from None
        raise UnreadableWorkbookError(
            f"“{path}” tidak dapat dibaca sebagai buku kerja ({error}).",
            "Buka di Excel atau WPS, simpan sebagai berkas .xlsx baru, lalu coba lagi.",
        ) from None


def _grid(sheet: SheetCells, package: zipfile.ZipFile) -> Grid:
    """A sheet with its pictures; a cell that shows one has no value, whatever stands for it."""
    pictures = placed_pictures(package, sheet)
    rows = dict(sheet.rows)
    for row, placed in pictures.items():
        shown = {each.column: Raw(None) for each in placed if each.inside}
        if shown:
            rows[row] = {**rows.get(row, {}), **shown}
    return Grid(sheet.name, rows, sheet.hidden, pictures)
