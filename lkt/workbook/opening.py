"""From a path to the raw grids of a workbook, or to a message that says why it cannot be read.

The first bytes and the list of zip entries tell what a file is before openpyxl is asked, since openpyxl
answers a protected, strict or foreign file with an unhelpful exception, or with no sheets at all.
"""

import io
import warnings
import zipfile
import zlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lkt.errors import UnreadableWorkbookError
from lkt.workbook.cells import Raw
from lkt.workbook.floating import Height
from lkt.workbook.marks import NONE, Marks, marks
from lkt.workbook.parts import sheet_parts, without_pictures
from lkt.workbook.placed import Placed, placed_pictures

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

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
    return grids_of(_read_bytes(path), path)


def grids_of(data: bytes, path: Path = Path("buku kerja.xlsx")) -> tuple[Grid, ...]:
    """The same for a workbook in memory; ``path`` is its name in messages.

    Raises:
        UnreadableWorkbookError: it is protected, damaged or no .xlsx workbook.
    """
    _refuse_foreign(path, data)
    with _open_zip(path, data) as package:
        _refuse_package(path, package)
        book = _load(path, _readable(path, data, package))
        parts = dict(sheet_parts(package))
        return tuple(_grid(sheet, package, parts.get(sheet.title, "")) for sheet in book.worksheets)


def _read_bytes(path: Path) -> bytes:
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


def _readable(path: Path, data: bytes, package: zipfile.ZipFile) -> bytes:
    """What openpyxl is given: the workbook, without its pictures where it has any."""
    if not any(name.startswith("xl/drawings/") or "/media/" in name for name in package.namelist()):
        return data
    try:
        return without_pictures(package)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError):
        raise UnreadableWorkbookError(
            f"“{path}” rusak atau terpotong.", "Salin ulang dari sumbernya, lalu coba lagi."
        ) from None


def _load(path: Path, data: bytes) -> Any:
    """The workbook by openpyxl, with the values that the spreadsheet program last calculated."""
    import openpyxl  # noqa: PLC0415 - costs 200 ms, so only the commands that read a workbook pay it

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl names what it drops; nothing of it is read here
            return openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    except Exception as error:  # noqa: BLE001 - openpyxl raises anything at all on a damaged file
        raise UnreadableWorkbookError(
            f"“{path}” tidak dapat dibaca sebagai buku kerja ({type(error).__name__}).",
            "Buka di Excel atau WPS, simpan sebagai berkas .xlsx baru, lalu coba lagi.",
        ) from None


def _grid(sheet: "Worksheet", package: zipfile.ZipFile, part: str) -> Grid:
    found = marks(package.read(part)) if part else NONE
    pictures = placed_pictures(package, part, found, _heights(sheet)) if part else {}
    inside = {(row, each.column) for row, placed in pictures.items() for each in placed if each.inside}
    hidden = frozenset(number for number, size in sheet.row_dimensions.items() if size.hidden)
    return Grid(sheet.title, _rows(sheet, found, inside), hidden, pictures)


def _rows(sheet: "Worksheet", found: Marks, inside: Collection[tuple[int, int]]) -> dict[int, dict[int, Raw]]:
    """The cells that hold something; one that shows a picture has no value, whatever stands for it."""
    rows: dict[int, dict[int, Raw]] = {}
    # The dictionary of existing cells: iter_rows() would make every cell up to a stray one at XFD1048576.
    for (row, column), cell in sheet._cells.items():  # noqa: SLF001
        formula = cell.coordinate in found.formulas
        if (row, column) in inside:
            rows.setdefault(row, {})[column] = Raw(None)
        elif cell.value is not None or formula:
            error = cell.data_type == "e"
            # A formula that gave "" has no value either, but its type is text; one never calculated has none.
            value = "" if formula and cell.value is None and cell.data_type != "n" else cell.value
            rows.setdefault(row, {})[column] = Raw(value, cell.number_format, formula, error)
    return rows


def _heights(sheet: "Worksheet") -> Height:
    """The height of a row in points."""
    usual = sheet.sheet_format.defaultRowHeight or 15.0

    def height(number: int) -> float:
        size = sheet.row_dimensions.get(number)
        return usual if size is None or size.height is None else float(size.height)

    return height
