"""From a path to the raw grids of a workbook, or to a message that says why it cannot be read.

The first bytes and the list of zip entries tell what a file is before openpyxl is asked, since openpyxl
answers a protected, strict or foreign file with an unhelpful exception, or with no sheets at all.
"""

import io
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lxml import etree

from lkt.errors import UnreadableWorkbookError
from lkt.workbook.cells import Raw

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_STRICT = b"purl.oclc.org/ooxml"
_MAX_UNPACKED = 400 * 1024 * 1024
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_SAVE_AS = "Buka di Excel atau WPS, pilih Simpan Sebagai, lalu jenis “Excel Workbook (*.xlsx)”."


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet as raw cells: row number -> column number -> cell, only those that exist.

    Attributes:
        name: the sheet's name as written.
        rows: both numbers count from 1.
        hidden: the numbers of hidden rows.
        pictures: row number -> the bytes of the first picture placed on that row.
    """

    name: str
    rows: Mapping[int, Mapping[int, Raw]]
    hidden: frozenset[int] = frozenset()
    pictures: Mapping[int, bytes] = field(default_factory=dict)


def open_grids(path: Path) -> tuple[Grid, ...]:
    """The sheets of a workbook in their order.

    Raises:
        UnreadableWorkbookError: the file is missing, locked, protected, damaged or no .xlsx workbook.
    """
    return grids_of(read_bytes(path), path)


def grids_of(data: bytes, path: Path = Path("buku kerja.xlsx")) -> tuple[Grid, ...]:
    """The same for a workbook in memory; ``path`` is its name in messages.

    Raises:
        UnreadableWorkbookError: it is protected, damaged or no .xlsx workbook.
    """
    refuse_other_files(data, path)
    with _open_zip(path, data) as package:
        formulas = _formula_cells(package)
    book = _load(path, data)
    return tuple(_grid(sheet, formulas.get(sheet.title, frozenset())) for sheet in book.worksheets)


def refuse_other_files(data: bytes, path: Path) -> None:
    """Say what a file is that is no .xlsx workbook, as far as that is seen without reading its cells.

    Raises:
        UnreadableWorkbookError: it is protected, damaged or no .xlsx workbook.
    """
    _refuse_foreign(path, data)
    with _open_zip(path, data) as package:
        _refuse_package(path, package)


def read_bytes(path: Path) -> bytes:
    """The content of the file of a workbook.

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


def _grid(sheet: "Worksheet", formulas: frozenset[str]) -> Grid:
    rows: dict[int, dict[int, Raw]] = {}
    # The dictionary of existing cells: iter_rows() would make every cell up to a stray one at XFD1048576.
    for (row, column), cell in sheet._cells.items():  # noqa: SLF001
        formula = cell.coordinate in formulas
        if cell.value is not None or formula:
            error = cell.data_type == "e"
            # A formula that gave "" has no value either, but its type is text; one never calculated has none.
            value = "" if formula and cell.value is None and cell.data_type != "n" else cell.value
            rows.setdefault(row, {})[column] = Raw(value, cell.number_format, formula, error)
    hidden = frozenset(number for number, size in sheet.row_dimensions.items() if size.hidden)
    return Grid(sheet.title, rows, hidden, dict(_pictures(sheet)))


def _pictures(sheet: "Worksheet") -> Iterator[tuple[int, bytes]]:
    """Row and bytes of each floating picture, the topmost of a row last so that it wins."""
    for picture in reversed(getattr(sheet, "_images", [])):
        anchor = getattr(picture.anchor, "_from", None)
        if anchor is not None:
            yield anchor.row + 1, picture._data()  # noqa: SLF001 - openpyxl has no public way to the bytes


def _formula_cells(package: zipfile.ZipFile) -> dict[str, frozenset[str]]:
    """Sheet name -> addresses of its formula cells, for the sheets that have any.

    With ``data_only`` openpyxl shows a formula that was never calculated as an empty cell; loading the
    workbook twice to tell the two apart would double the cost.
    """
    found = {}
    for name, part in _sheet_parts(package):
        xml = package.read(part)
        if b"<f" in xml or b":f" in xml:
            found[name] = frozenset(_addresses(xml))
    return found


def _addresses(xml: bytes) -> Iterator[str]:
    for _, cell in etree.iterparse(io.BytesIO(xml), tag=f"{_MAIN}c", resolve_entities=False, no_network=True):
        if cell.find(f"{_MAIN}f") is not None:
            yield cell.get("r", "")
        cell.clear()


def _sheet_parts(package: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Name and zip entry of each worksheet."""
    targets = {
        relation.get("Id"): relation.get("Target", "")
        for relation in _parse(package, "xl/_rels/workbook.xml.rels")
    }
    names = set(package.namelist())
    for sheet in _parse(package, "xl/workbook.xml").iter(f"{_MAIN}sheet"):
        target = targets.get(sheet.get(f"{_REL}id"), "")
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if part in names:
            yield sheet.get("name", ""), part


def _parse(package: zipfile.ZipFile, entry: str) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    if entry not in package.namelist():
        return etree.Element("empty")
    return etree.fromstring(package.read(entry), parser)
