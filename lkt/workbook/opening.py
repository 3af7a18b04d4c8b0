"""From a path to the raw grids of a workbook, or to a message that says why it cannot be read."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from lkt.bounded import Trouble
from lkt.errors import UnreadableWorkbookError
from lkt.files import is_folder, read_file
from lkt.indonesian import normalize
from lkt.xlsx import MOST_UNPACKED, Package, SheetCells, XlsxError, read_sheets

_SAVE_AS = "Buka di Excel atau WPS, pilih Simpan Sebagai, lalu jenis “Excel Workbook (*.xlsx)”."
_UNPROTECT = "Buka di Excel, hapus kata sandinya (Berkas > Info > Proteksi Buku Kerja), lalu simpan."
_COPY_AGAIN = "Salin ulang dari sumbernya, lalu coba lagi."


def open_grids(path: Path) -> tuple[SheetCells, ...]:
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
) -> tuple[SheetCells, ...]:
    """The sheets of a workbook in memory; ``path`` is its name in messages.

    Where ``only`` names sheets, the cells of the others are not read.

    Raises:
        UnreadableWorkbookError: it is protected, damaged or no .xlsx workbook.
    """
    names = {normalize(name) for name in only}
    package = _package(data, path)
    try:
        return read_sheets(package, lambda name: not names or normalize(name) in names)
    except XlsxError as error:
        raise _unreadable(error, path) from None


def refuse_other_files(data: bytes, path: Path) -> None:
    """Say what a file is that is no .xlsx workbook, as far as that is seen without reading its cells.

    Raises:
        UnreadableWorkbookError: it is protected, damaged or no .xlsx workbook.
    """
    _package(data, path)


# The zip package, opened within bounds --------------------------------------------------------------------


def _package(data: bytes, path: Path) -> Package:
    """The parts of what can only be an .xlsx workbook."""
    if foreign := _foreign_bytes(data, path.suffix):
        raise UnreadableWorkbookError(f"“{path}” {foreign.what}.", foreign.hint)
    try:
        package = Package(data)
    except XlsxError as error:
        raise _zip_trouble(error.trouble, data, path) from None
    try:
        _ = package.workbook_part
    except XlsxError as error:
        if error.trouble is not Trouble.FOREIGN:
            raise _unreadable(error, path) from None
        foreign = _foreign_package(package.names())
        raise UnreadableWorkbookError(f"“{path}” {foreign.what}.", foreign.hint) from None
    return package


def _zip_trouble(trouble: Trouble, data: bytes, path: Path) -> UnreadableWorkbookError:
    match trouble:
        case Trouble.TOO_LARGE:
            return UnreadableWorkbookError(
                f"“{path}” terlalu besar bila dibuka (lebih dari {MOST_UNPACKED // 1024**2} MB, padahal "
                f"berkasnya {len(data) // 1024:n} KB).",
                "Bila dari orang lain, jangan dibuka: mungkin berkas jebakan. Bila buatan sendiri, hapus "
                "lembar, gambar, atau baris kosong yang tidak dipakai.",
            )
        case Trouble.PROTECTED:
            return UnreadableWorkbookError(f"“{path}” dilindungi kata sandi.", _UNPROTECT)
        case _:
            return UnreadableWorkbookError(f"“{path}” rusak atau terpotong.", _COPY_AGAIN)


def _unreadable(error: XlsxError, path: Path) -> UnreadableWorkbookError:
    match error.trouble:
        case Trouble.TOO_LARGE:
            return UnreadableWorkbookError(
                f"“{path}” memuat terlalu banyak sel terisi.",
                "Hapus lembar atau baris yang bukan bagian buku kerja LKT, lalu coba lagi.",
            )
        case Trouble.STRICT:
            return UnreadableWorkbookError(
                f"“{path}” disimpan sebagai “Strict Open XML Spreadsheet”, yang tidak dapat dibaca.", _SAVE_AS
            )
        case _:
            return UnreadableWorkbookError(
                f"“{path}” tidak dapat dibaca sebagai buku kerja ({error.detail}).", error.hint
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


def _foreign_package(names: Collection[str]) -> _Foreign:
    """What the names of its parts show a zip file without a workbook to be."""
    if found := next((foreign for part, foreign in _PARTS.items() if part in names), None):
        return found
    if any(name.lower().endswith((".xlsx", ".xls")) for name in names):
        return _Foreign("adalah arsip zip", _UNPACK)
    return _NO_WORKBOOK
