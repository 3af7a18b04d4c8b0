"""What a file is that is no .xlsx workbook, told by its first bytes or by the list of its zip entries."""

import re
from collections.abc import Collection
from dataclasses import dataclass

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
