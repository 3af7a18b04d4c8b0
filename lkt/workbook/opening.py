"""From a path to the raw grids of a workbook, or to a message that says why it cannot be read."""

import re
from collections.abc import Collection
from pathlib import Path

from lkt.bounded import MOST_ENTRIES, MOST_RATIO, Trouble
from lkt.errors import UnreadableWorkbookError
from lkt.files import read_file
from lkt.indonesian import format_number, normalize
from lkt.xlsx import MOST_UNPACKED, Package, SheetCells, XlsxError, read_sheets

_SAVE_AS = "Buka di Excel atau WPS, pilih Simpan Sebagai, lalu jenis “Excel Workbook (*.xlsx)”."
_UNPROTECT = "Buka di Excel, hapus kata sandinya (Berkas > Info > Proteksi Buku Kerja), lalu simpan."
_COPY_AGAIN = "Salin ulang dari sumbernya, lalu coba lagi."
_NAME_ONE = "Sebutkan buku kerja .xlsx."
_UNPACK = "Ekstrak dahulu, lalu sebutkan buku kerja .xlsx di dalamnya."


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
    return read_file(path, error=UnreadableWorkbookError)


def grids_of(
    data: bytes, path: Path = Path("buku kerja.xlsx"), *, only: Collection[str] = ()
) -> tuple[SheetCells, ...]:
    """The sheets of a workbook in memory, in their order; ``path`` is its name in messages.

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


def _package(data: bytes, path: Path) -> Package:
    """The parts of what can only be an .xlsx workbook."""
    if not data.startswith(b"PK"):
        raise _refusal(path, what_bytes_are(data, path.suffix.lower()))
    try:
        package = Package(data)
    except XlsxError as error:
        if error.trouble is Trouble.TOO_LARGE:
            raise UnreadableWorkbookError(
                f"“{path}” terlalu besar bila dibuka: berkas {len(data) // 1024} KB ini memuat lebih dari "
                f"{MOST_UNPACKED // 1024**2} MB, {MOST_RATIO} kali ukurannya, atau "
                f"{format_number(MOST_ENTRIES)} bagian.",
                "Bila dari orang lain, jangan dibuka: mungkin berkas jebakan. Bila buatan sendiri, hapus "
                "lembar, gambar, atau baris kosong yang tidak dipakai.",
            ) from None
        what = _PROTECTED if error.trouble is Trouble.PROTECTED else ("rusak atau terpotong", _COPY_AGAIN)
        raise _refusal(path, what) from None
    try:
        _ = package.workbook_part
    except XlsxError as error:
        if error.trouble is Trouble.FOREIGN:
            raise _refusal(path, _what_parts_are(package)) from None
        raise _unreadable(error, path) from None
    return package


def _unreadable(error: XlsxError, path: Path) -> UnreadableWorkbookError:
    match error.trouble:
        case Trouble.TOO_LARGE:
            what = f"terlalu besar untuk dibaca: {error.detail}", error.hint
        case Trouble.STRICT:
            what = "disimpan sebagai “Strict Open XML Spreadsheet”, yang tidak dapat dibaca", _SAVE_AS
        case _:
            what = f"tidak dapat dibaca sebagai buku kerja ({error.detail})", error.hint
    return _refusal(path, what)


# What a file is that is no .xlsx workbook: by its first bytes, its streams or its parts -------------------

_What = tuple[str, str]
"""What a file is, to follow its name in a sentence, and what to do."""


def _refusal(path: Path, what: _What) -> UnreadableWorkbookError:
    return UnreadableWorkbookError(f"“{path}” {what[0]}.", what[1])


def _other(kind: str) -> _What:
    return f"adalah {kind}, bukan buku kerja", _NAME_ONE


_PROTECTED = "dilindungi kata sandi", _UNPROTECT
_OLD_EXCEL = "berformat Excel lama (.xls)", _SAVE_AS
_NO_WORKBOOK = "bukan buku kerja Excel (.xlsx)", _SAVE_AS
_TO_NEW = (
    "Buka di Excel, salin isinya ke buku kerja baku dari lkt new, atau pilih Simpan Sebagai, lalu jenis "
)
_CSV = "adalah teks (CSV), bukan buku kerja", f"{_TO_NEW}“Excel Workbook (*.xlsx)”."
_STARTS: dict[bytes, _What] = {
    b"%PDF": ("adalah PDF, bukan buku kerja", "Sebutkan buku kerja .xlsx asalnya."),
    b"{\\rtf": _other("dokumen RTF (Rich Text Format)"),
    b"\xff\xd8\xff": _other("foto"),
    b"\x89PNG": _other("gambar"),
    b"Rar!": ("adalah arsip RAR", _UNPACK),
    b"7z\xbc\xaf": ("adalah arsip 7z", _UNPACK),
}
# Streams and storages of a compound file, the container of encrypted files and of the formats before 2007.
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STREAMS: dict[str, _What] = {
    "EncryptedPackage": _PROTECTED,
    "Workbook": _OLD_EXCEL,
    "Book": _OLD_EXCEL,
    "WordDocument": _other("dokumen Word lama (.doc)"),
    "PowerPoint Document": _other("presentasi PowerPoint lama (.ppt)"),
    "__properties_version1.0": _other("pesan Outlook (.msg)"),
    "VisioDocument": _other("gambar Visio (.vsd)"),
    "Quill": _other("publikasi Publisher (.pub)"),
    **dict.fromkeys(("Props", "Props9", "Props12", "Props14"), _other("jadwal Microsoft Project (.mpp)")),
}
_FOLDERS: dict[str, _What] = {
    "xl/workbook.bin": ("berformat Excel biner (.xlsb)", _SAVE_AS),
    "word/": _other("dokumen Word"),
    "ppt/": _other("presentasi PowerPoint"),
    "visio/": _other("gambar Visio"),
    "index/document.iwa": (
        "berformat Apple Numbers",
        "Di Numbers pilih Berkas > Ekspor Ke > Excel, lalu .xlsx.",
    ),
}
_OPEN_DOCUMENTS: dict[bytes, _What] = {
    b"spreadsheet": (
        "berformat OpenDocument (.ods)",
        "Buka di LibreOffice atau Excel, pilih Simpan Sebagai, lalu jenis “Excel 2007–365 (.xlsx)”.",
    ),
    b"text": _other("dokumen OpenDocument (.odt)"),
    b"presentation": _other("presentasi OpenDocument (.odp)"),
}


def what_bytes_are(data: bytes, suffix: str) -> _What:
    """What a file is that is no zip file."""
    if not data:
        return "kosong (0 bita)", _COPY_AGAIN
    if data.startswith(_COMPOUND):
        first = min(_STREAMS, key=lambda name: _place_of_stream(data, name))
        return _STREAMS[first] if _place_of_stream(data, first) < len(data) else _NO_WORKBOOK
    if not data[:4096].strip(b"\0"):
        return "hanya berisi bita nol; isinya hilang, misalnya karena listrik padam", _COPY_AGAIN
    found = next((what for start, what in _STARTS.items() if data.startswith(start)), None)
    return found or _what_text_is(data[:4096], suffix)


def _place_of_stream(data: bytes, name: str) -> int:
    """Where the directory of a compound file names a stream; its end where it does not.

    The stream that makes a document what it is comes before those of the documents in it.
    """
    written = name.encode("utf-16-le")
    place = data.find(written.ljust(64, b"\0") + (len(written) + 2).to_bytes(2, "little"))
    return place if place >= 0 else len(data)


def _what_text_is(head: bytes, suffix: str) -> _What:
    """What a text is: a web page, XML, or a CSV."""
    try:
        text = head.decode("utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig", "ignore")
    except UnicodeError:
        return _NO_WORKBOOK
    start = text.lstrip().lower()
    if start.startswith(("<html", "<!doctype html", "<table", "<meta")):
        return "adalah halaman web (HTML) yang dinamai seperti buku kerja", _SAVE_AS
    if start.startswith("<?xml") and "office:spreadsheet" in start:
        return "berformat XML Spreadsheet 2003 atau OpenDocument datar", _SAVE_AS
    separated = re.compile(r"[^\r\n]*[,;\t|][^\r\n]*")
    lines = text.splitlines()[:2]
    table = len(lines) == 2 and all(map(separated.fullmatch, lines)) and "\0" not in text
    one_line = start.isprintable() and separated.match(start)
    return _CSV if table or one_line or suffix in {".csv", ".tsv", ".txt"} else _NO_WORKBOOK


def _what_parts_are(package: Package) -> _What:
    """What a zip file is that holds no workbook."""
    names = {name.casefold() for name in package.names()}
    kind = package.read("mimetype").rpartition(b".opendocument.")[2].strip() if "mimetype" in names else b""
    if kind in _OPEN_DOCUMENTS:
        return _OPEN_DOCUMENTS[kind]
    for folder, what in _FOLDERS.items():
        if any(name.startswith(folder) for name in names):
            return what
    return (
        ("adalah arsip zip", _UNPACK) if any(n.endswith((".xlsx", ".xls")) for n in names) else _NO_WORKBOOK
    )
