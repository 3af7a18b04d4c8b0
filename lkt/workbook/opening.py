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

# What a file is that is no .xlsx workbook, told by its first bytes or by the list of its zip entries ------


SAVE_AS = "Buka di Excel atau WPS, pilih Simpan Sebagai, lalu jenis “Excel Workbook (*.xlsx)”."
UNPROTECT = "Buka di Excel, hapus kata sandinya (Berkas > Info > Proteksi Buku Kerja), lalu simpan."
_COPY_AGAIN = "Salin ulang dari sumbernya, lalu coba lagi."
_NAME_ONE = "Sebutkan buku kerja .xlsx."
_UNPACK = "Ekstrak dahulu, lalu sebutkan buku kerja .xlsx di dalamnya."
_CALC = "Buka di LibreOffice atau Excel, pilih Simpan Sebagai, lalu jenis “Excel 2007–365 (.xlsx)”."
_TEXT = (
    "Buka di Excel, salin isinya ke buku kerja baku dari lkt new, atau pilih Simpan Sebagai, lalu jenis "
    "“Excel Workbook (*.xlsx)”."
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEAD = 4096
_LINE_OF_CSV = re.compile(r"[^\r\n]*[,;\t|][^\r\n]*")


@dataclass(frozen=True, slots=True)
class Foreign:
    """What a file is, to follow its name in a sentence, and what to do."""

    what: str
    hint: str


_NO_WORKBOOK = Foreign("bukan buku kerja Excel (.xlsx)", SAVE_AS)
_WORD = "adalah dokumen Word, bukan buku kerja"
_STARTS = (
    (b"%PDF", Foreign("adalah PDF, bukan buku kerja", "Sebutkan buku kerja .xlsx asalnya.")),
    (b"{\\rtf", Foreign(_WORD, _NAME_ONE)),
    (b"\xff\xd8\xff", Foreign("adalah foto, bukan buku kerja", _NAME_ONE)),
    (b"\x89PNG", Foreign("adalah gambar, bukan buku kerja", _NAME_ONE)),
    (b"Rar!", Foreign("adalah arsip RAR", _UNPACK)),
    (b"7z\xbc\xaf", Foreign("adalah arsip 7z", _UNPACK)),
)
_PARTS = (
    ("xl/workbook.bin", Foreign("berformat Excel biner (.xlsb)", SAVE_AS)),
    ("word/document.xml", Foreign(_WORD, _NAME_ONE)),
    ("ppt/presentation.xml", Foreign("adalah presentasi PowerPoint, bukan buku kerja", _NAME_ONE)),
    ("content.xml", Foreign("berformat OpenDocument (.ods)", _CALC)),
    (
        "Index/Document.iwa",
        Foreign("berformat Apple Numbers", "Di Numbers pilih Berkas > Ekspor Ke > Excel, lalu .xlsx."),
    ),
)


def foreign_bytes(data: bytes, suffix: str) -> Foreign | None:
    """What the first bytes show to be something else; None for a zip file, which is what a workbook is.

    Args:
        data: the whole file.
        suffix: of its name, with the dot.
    """
    if not data:
        return Foreign("kosong (0 bita)", _COPY_AGAIN)
    if data.startswith(b"PK"):
        return None
    if data.startswith(_OLE):
        return _old_office(data)
    if not data[:_HEAD].strip(b"\0"):
        return Foreign("hanya berisi bita nol; isinya hilang, misalnya karena listrik padam", _COPY_AGAIN)
    found = next((foreign for start, foreign in _STARTS if data.startswith(start)), None)
    return found or _text(data[:_HEAD], suffix.lower()) or _NO_WORKBOOK


def _old_office(data: bytes) -> Foreign:
    """A compound file: the container of encrypted files and of the formats before 2007."""
    if _utf16("EncryptedPackage") in data:
        return Foreign("dilindungi kata sandi", UNPROTECT)
    if _utf16("WordDocument") in data and _utf16("Workbook") not in data:
        return Foreign(_WORD, _NAME_ONE)
    return Foreign("berformat Excel lama (.xls)", SAVE_AS)


def _text(head: bytes, suffix: str) -> Foreign | None:
    """A text: a web page, XML, or a CSV."""
    try:
        text = head.decode("utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig", "ignore")
    except UnicodeError:
        return None
    start = text.lstrip().lower()
    if start.startswith(("<html", "<!doctype html", "<table", "<meta")):
        return Foreign("adalah halaman web (HTML) yang dinamai seperti buku kerja", SAVE_AS)
    if start.startswith("<?xml") and "office:spreadsheet" in start:
        return Foreign("berformat XML Spreadsheet 2003 atau OpenDocument datar", SAVE_AS)
    csv = suffix in {".csv", ".tsv", ".txt"} or (start.isprintable() and bool(_LINE_OF_CSV.match(start)))
    if csv or _looks_like_table(text):
        return Foreign("adalah teks (CSV), bukan buku kerja", _TEXT)
    return None


def _looks_like_table(text: str) -> bool:
    """Whether the first two lines are cells with separators, and nothing in them is binary."""
    lines = text.splitlines()[:2]
    return len(lines) == 2 and all(_LINE_OF_CSV.fullmatch(line) for line in lines) and "\0" not in text


def _utf16(text: str) -> bytes:
    return text.encode("utf-16-le")


def foreign_package(names: Collection[str]) -> Foreign | None:
    """What the list of zip entries shows to be something else; None for a workbook."""
    plain = {name.lstrip("/") for name in names}
    if "xl/workbook.xml" in plain:
        return None
    if found := next((foreign for part, foreign in _PARTS if part in plain), None):
        return found
    if any(name.lower().endswith((".xlsx", ".xls")) for name in plain):
        return Foreign("adalah arsip zip", _UNPACK)
    return _NO_WORKBOOK


# From a path to the raw grids of a workbook, or to a message that says why it cannot be read --------------
#
# The first bytes and the list of zip entries tell what a file is before any of it is read.


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
