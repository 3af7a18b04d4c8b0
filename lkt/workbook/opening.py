"""From a path to the raw grids of a workbook, or to a message that says why it cannot be read."""

import re
import zipfile
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from lkt.bounded import ZIP_DAMAGE, Trouble, ZipTroubleError, open_zip
from lkt.errors import UnreadableWorkbookError
from lkt.files import is_folder, read_file
from lkt.indonesian import normalize
from lkt.workbook.cells import Raw
from lkt.xlsx.placed import Placed, placed_pictures
from lkt.xlsx.reading import BookError, SheetCells, read_book

_SAVE_AS = "Buka di Excel atau WPS, pilih Simpan Sebagai, lalu jenis “Excel Workbook (*.xlsx)”."
_UNPROTECT = "Buka di Excel, hapus kata sandinya (Berkas > Info > Proteksi Buku Kerja), lalu simpan."
_COPY_AGAIN = "Salin ulang dari sumbernya, lalu coba lagi."
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


def grids_of(
    data: bytes, path: Path = Path("buku kerja.xlsx"), *, only: Collection[str] = ()
) -> tuple[Grid, ...]:
    """The sheets of a workbook in memory; ``path`` is its name in messages.

    Where ``only`` names sheets, the cells of the others are not read.

    Raises:
        UnreadableWorkbookError: it is protected, damaged or no .xlsx workbook.
    """
    names = {normalize(name) for name in only}
    with _package(data, path) as package:
        try:
            sheets = read_book(package, lambda name: not names or normalize(name) in names)
        except BookError as error:
            raise _unreadable(error, path) from None
        return tuple(_grid(sheet, package) for sheet in sheets)


def refuse_other_files(data: bytes, path: Path) -> None:
    """Say what a file is that is no .xlsx workbook, as far as that is seen without reading its cells.

    Raises:
        UnreadableWorkbookError: it is protected, damaged or no .xlsx workbook.
    """
    _package(data, path).close()


def _grid(sheet: SheetCells, package: zipfile.ZipFile) -> Grid:
    """A sheet with its pictures; a cell that shows one has no value, whatever stands for it."""
    pictures = placed_pictures(package, sheet)
    rows = {row: dict(cells) for row, cells in sheet.rows.items()}
    for row, placed in pictures.items():
        for each in placed:
            if each.inside:
                rows.setdefault(row, {})[each.column] = Raw(None)
    return Grid(sheet.name, rows, sheet.hidden, pictures)


# The zip package, opened within bounds --------------------------------------------------------------------


def _package(data: bytes, path: Path) -> zipfile.ZipFile:
    """The zip file of what can only be an .xlsx workbook."""
    if foreign := _foreign_bytes(data, path.suffix):
        raise UnreadableWorkbookError(f"“{path}” {foreign.what}.", foreign.hint)
    try:
        package = open_zip(data, _MAX_UNPACKED)
    except ZipTroubleError as error:
        raise _zip_trouble(error.trouble, data, path) from None
    if foreign := _foreign_package(package.namelist()):
        raise UnreadableWorkbookError(f"“{path}” {foreign.what}.", foreign.hint)
    try:
        name = "xl/workbook.xml"
        book = package.read(name if name in package.NameToInfo else f"/{name}")
    except ZIP_DAMAGE:
        raise _zip_trouble(Trouble.DAMAGED, data, path) from None
    if b"purl.oclc.org/ooxml" in book:
        raise UnreadableWorkbookError(
            f"“{path}” disimpan sebagai “Strict Open XML Spreadsheet”, yang tidak dapat dibaca.", _SAVE_AS
        )
    return package


def _zip_trouble(trouble: Trouble, data: bytes, path: Path) -> UnreadableWorkbookError:
    match trouble:
        case Trouble.TOO_LARGE:
            return UnreadableWorkbookError(
                f"“{path}” terlalu besar bila dibuka (lebih dari {_MAX_UNPACKED // 1024**2} MB, padahal "
                f"berkasnya {len(data) // 1024:n} KB).",
                "Bila dari orang lain, jangan dibuka: mungkin berkas jebakan. Bila buatan sendiri, hapus "
                "lembar, gambar, atau baris kosong yang tidak dipakai.",
            )
        case Trouble.PROTECTED:
            return UnreadableWorkbookError(f"“{path}” dilindungi kata sandi.", _UNPROTECT)
        case _:
            return UnreadableWorkbookError(f"“{path}” rusak atau terpotong.", _COPY_AGAIN)


def _unreadable(error: BookError, path: Path) -> UnreadableWorkbookError:
    if error.too_large:
        return UnreadableWorkbookError(
            f"“{path}” memuat terlalu banyak sel terisi.",
            "Hapus lembar atau baris yang bukan bagian buku kerja LKT, lalu coba lagi.",
        )
    return UnreadableWorkbookError(
        f"“{path}” tidak dapat dibaca sebagai buku kerja ({error}).",
        "Buka di Excel atau WPS, simpan sebagai berkas .xlsx baru, lalu coba lagi.",
    )


# What a file is that is no .xlsx workbook, by its first bytes or the names of its zip entries -------------


@dataclass(frozen=True, slots=True)
class _Foreign:
    """What a file is, to follow its name in a sentence, and what to do."""

    what: str
    hint: str


_NAME_ONE = "Sebutkan buku kerja .xlsx."
_UNPACK = "Ekstrak dahulu, lalu sebutkan buku kerja .xlsx di dalamnya."
_NO_WORKBOOK = _Foreign("bukan buku kerja Excel (.xlsx)", _SAVE_AS)
_WORD = _Foreign("adalah dokumen Word, bukan buku kerja", _NAME_ONE)
_CSV = _Foreign(
    "adalah teks (CSV), bukan buku kerja",
    "Buka di Excel, salin isinya ke buku kerja baku dari lkt new, atau pilih Simpan Sebagai, lalu jenis "
    "“Excel Workbook (*.xlsx)”.",
)

_STARTS = {
    b"%PDF": _Foreign("adalah PDF, bukan buku kerja", "Sebutkan buku kerja .xlsx asalnya."),
    b"{\\rtf": _WORD,
    b"\xff\xd8\xff": _Foreign("adalah foto, bukan buku kerja", _NAME_ONE),
    b"\x89PNG": _Foreign("adalah gambar, bukan buku kerja", _NAME_ONE),
    b"Rar!": _Foreign("adalah arsip RAR", _UNPACK),
    b"7z\xbc\xaf": _Foreign("adalah arsip 7z", _UNPACK),
}
_PARTS = {
    "xl/workbook.bin": _Foreign("berformat Excel biner (.xlsb)", _SAVE_AS),
    "word/document.xml": _WORD,
    "ppt/presentation.xml": _Foreign("adalah presentasi PowerPoint, bukan buku kerja", _NAME_ONE),
    "content.xml": _Foreign(
        "berformat OpenDocument (.ods)",
        "Buka di LibreOffice atau Excel, pilih Simpan Sebagai, lalu jenis “Excel 2007–365 (.xlsx)”.",
    ),
    "Index/Document.iwa": _Foreign(
        "berformat Apple Numbers", "Di Numbers pilih Berkas > Ekspor Ke > Excel, lalu .xlsx."
    ),
}


def _foreign_bytes(data: bytes, suffix: str) -> _Foreign | None:
    """What the bytes show to be something else; None for a zip file, which is what a workbook is."""
    head = data[:4096]
    if not data:
        return _Foreign("kosong (0 bita)", _COPY_AGAIN)
    if data.startswith(b"PK"):
        return None
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _old_office(data)
    if not head.strip(b"\0"):
        return _Foreign("hanya berisi bita nol; isinya hilang, misalnya karena listrik padam", _COPY_AGAIN)
    found = next((foreign for start, foreign in _STARTS.items() if data.startswith(start)), None)
    return found or _foreign_text(head, suffix.lower()) or _NO_WORKBOOK


def _old_office(data: bytes) -> _Foreign:
    """A compound file: the container of encrypted files and of the formats before 2007."""

    def holds(name: str) -> bool:
        return name.encode("utf-16-le") in data

    if holds("EncryptedPackage"):
        return _Foreign("dilindungi kata sandi", _UNPROTECT)
    if holds("WordDocument") and not holds("Workbook"):
        return _WORD
    return _Foreign("berformat Excel lama (.xls)", _SAVE_AS)


def _foreign_text(head: bytes, suffix: str) -> _Foreign | None:
    """A text: a web page, XML, or a CSV."""
    try:
        text = head.decode("utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig", "ignore")
    except UnicodeError:
        return None
    start = text.lstrip().lower()
    if start.startswith(("<html", "<!doctype html", "<table", "<meta")):
        return _Foreign("adalah halaman web (HTML) yang dinamai seperti buku kerja", _SAVE_AS)
    if start.startswith("<?xml") and "office:spreadsheet" in start:
        return _Foreign("berformat XML Spreadsheet 2003 atau OpenDocument datar", _SAVE_AS)
    separated = re.compile(r"[^\r\n]*[,;\t|][^\r\n]*")
    lines = text.splitlines()[:2]
    table = len(lines) == 2 and all(map(separated.fullmatch, lines)) and "\0" not in text
    one_line = start.isprintable() and separated.match(start)
    return _CSV if table or one_line or suffix in {".csv", ".tsv", ".txt"} else None


def _foreign_package(names: Collection[str]) -> _Foreign | None:
    """What the names of zip entries show to be something else; None for a workbook."""
    plain = {name.lstrip("/") for name in names}
    if "xl/workbook.xml" in plain:
        return None
    if found := next((foreign for part, foreign in _PARTS.items() if part in plain), None):
        return found
    if any(name.lower().endswith((".xlsx", ".xls")) for name in plain):
        return _Foreign("adalah arsip zip", _UNPACK)
    return _NO_WORKBOOK
