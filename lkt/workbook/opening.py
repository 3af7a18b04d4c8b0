"""From a path to the raw grids of a workbook, or to a message that says why it cannot be read.

The first bytes and the list of zip entries tell what a file is before any of it is read.
"""

import io
import zipfile
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from lkt.bahasa import normalize
from lkt.errors import UnreadableWorkbookError
from lkt.workbook.cells import Raw
from lkt.workbook.placed import Placed, placed_pictures
from lkt.workbook.xlsx import BookError, SheetCells, read_book

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_STRICT = b"purl.oclc.org/ooxml"
_MAX_UNPACKED = 400 * 1024 * 1024
_SAVE_AS = "Buka di Excel atau WPS, pilih Simpan Sebagai, lalu jenis “Excel Workbook (*.xlsx)”."


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

    Where ``only`` names sheets, no others are read.

    Raises:
        UnreadableWorkbookError: it is protected, damaged or no .xlsx workbook.
    """
    refuse_other_files(data, path)
    with _open_zip(path, data) as package:
        return tuple(_grid(sheet, package) for sheet in _sheets(path, package, only))


def refuse_other_files(data: bytes, path: Path) -> None:
    """Say what a file is that is no .xlsx workbook, as far as that is seen without reading its cells.

    Raises:
        UnreadableWorkbookError: it is protected, damaged or no .xlsx workbook.
    """
    _refuse_foreign(path, data)
    with _open_zip(path, data) as package:
        _refuse_package(path, package)


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
    if path.is_dir():
        raise UnreadableWorkbookError(
            f"“{path}” adalah folder, bukan buku kerja.", "Sebutkan berkas .xlsx di dalamnya."
        )
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise UnreadableWorkbookError(
            f"Berkas “{path}” tidak ditemukan.", "Periksa nama dan foldernya."
        ) from None
    except PermissionError:
        raise UnreadableWorkbookError(
            f"Berkas “{path}” tidak boleh dibaca.",
            "Tutup dahulu bila sedang terbuka di Excel, atau periksa izin foldernya.",
        ) from None
    except OSError as error:
        raise UnreadableWorkbookError(f"Berkas “{path}” tidak dapat dibaca: {error.strerror}.") from None


def _refuse_foreign(path: Path, data: bytes) -> None:
    """Refuse what the first bytes show to be something else."""
    if not data:
        raise UnreadableWorkbookError(f"Berkas “{path}” kosong (0 bita).", "Salin ulang dari sumbernya.")
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise UnreadableWorkbookError(
                f"“{path}” dilindungi kata sandi.",
                "Buka di Excel, hapus kata sandinya (Berkas > Info > Proteksi Buku Kerja), lalu simpan.",
            )
        raise UnreadableWorkbookError(f"“{path}” berformat Excel lama (.xls).", _SAVE_AS)
    if not data.startswith(b"PK"):
        raise UnreadableWorkbookError(f"“{path}” bukan buku kerja Excel (.xlsx).", _SAVE_AS)


def _open_zip(path: Path, data: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except zipfile.BadZipFile:
        raise UnreadableWorkbookError(
            f"“{path}” rusak atau terpotong.", "Salin ulang dari sumbernya, lalu coba lagi."
        ) from None


def _refuse_package(path: Path, package: zipfile.ZipFile) -> None:
    """Refuse what the list of entries shows to be something else."""
    names = set(package.namelist())
    for entry, what in (
        ("xl/workbook.bin", "berformat Excel biner (.xlsb)"),
        ("content.xml", "berformat OpenDocument (.ods)"),
        ("word/document.xml", "adalah dokumen Word, bukan buku kerja"),
    ):
        if entry in names:
            raise UnreadableWorkbookError(f"“{path}” {what}.", _SAVE_AS)
    if "xl/workbook.xml" not in names:
        raise UnreadableWorkbookError(f"“{path}” bukan buku kerja Excel (.xlsx).", _SAVE_AS)
    if sum(entry.file_size for entry in package.infolist()) > _MAX_UNPACKED:
        raise UnreadableWorkbookError(
            f"“{path}” terlalu besar bila dibuka (lebih dari 400 MB).",
            "Hapus sheet, gambar, atau baris kosong yang tidak dipakai.",
        )
    if _STRICT in _entry(path, package, "xl/workbook.xml"):
        raise UnreadableWorkbookError(
            f"“{path}” disimpan sebagai “Strict Open XML Spreadsheet”, yang tidak dapat dibaca.", _SAVE_AS
        )


def _entry(path: Path, package: zipfile.ZipFile, name: str) -> bytes:
    try:
        return package.read(name)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError):
        raise UnreadableWorkbookError(
            f"“{path}” rusak atau terpotong.", "Salin ulang dari sumbernya, lalu coba lagi."
        ) from None


def _sheets(path: Path, package: zipfile.ZipFile, only: Collection[str]) -> tuple[SheetCells, ...]:
    names = {normalize(name) for name in only}
    try:
        return read_book(package, lambda name: not names or normalize(name) in names)
    except BookError as error:
        if error.too_large:
            raise UnreadableWorkbookError(
                f"“{path}” memuat terlalu banyak sel terisi.",
                "Hapus sheet atau baris yang bukan bagian buku kerja LKT, lalu coba lagi.",
            ) from None
        raise UnreadableWorkbookError(
            f"“{path}” tidak dapat dibaca sebagai buku kerja ({error}).",
            "Buka di Excel atau WPS, simpan sebagai berkas .xlsx baru, lalu coba lagi.",
        ) from None


def _grid(sheet: SheetCells, package: zipfile.ZipFile) -> Grid:
    """A sheet with its pictures; a cell that shows one has no value, whatever stands for it."""
    pictures = placed_pictures(package, sheet.part, sheet.marks, sheet.height)
    rows = {number: dict(cells) for number, cells in sheet.rows.items()}
    for row, placed in pictures.items():
        for each in placed:
            if each.inside:
                rows.setdefault(row, {})[each.column] = Raw(None)
    return Grid(sheet.name, rows, sheet.hidden, pictures)
