"""Files that people mistake for a workbook, or make to do harm: small recipes, nothing stored."""

import io
import re
import struct
import zipfile
from collections.abc import Callable, Mapping

from tests.builders import EXAMPLES, base, workbook
from tests.packages import altered, relate, unzipped, zipped

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
BOOK = "xl/workbook.xml"


def good() -> bytes:
    return workbook(base())


def example() -> bytes:
    """A workbook with shared strings, as Excel writes it."""
    return (EXAMPLES / "senduro-2024-tw1.xlsx").read_bytes()


def changed(part: str, change: Callable[[bytes], bytes], book: Callable[[], bytes] = good) -> bytes:
    """A workbook, by default the clean one, with one part changed."""
    return altered(book(), {part: change})


def ole(*streams: str) -> bytes:
    """A compound file, as far as its directory names its streams, with other names in its text."""
    names = ((name.encode("utf-16-le"), 2 * len(name) + 2) for name in streams)
    entries = (name.ljust(64, b"\0") + size.to_bytes(2, "little") + bytes(62) for name, size in names)
    return OLE + bytes(504) + b"".join(entries) + "Workbook WordDocument".encode("utf-16-le")


def open_document(kind: str) -> bytes:
    return zipped({"mimetype": f"application/vnd.oasis.opendocument.{kind}", "content.xml": b"<x/>"})


def flagged(data: bytes) -> bytes:
    """The archive with every entry marked as encrypted."""
    out = bytearray(data)
    for sign, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        for head in re.finditer(re.escape(sign), data):
            out[head.start() + flags] |= 1
    return bytes(out)


def lying(parts: Mapping[str, bytes], name: str, size: int) -> bytes:
    """An archive in which an entry declares another size than it unpacks to."""
    out = bytearray(zipped(parts))
    for sign, declared, named in ((b"PK\x03\x04", 22, 30), (b"PK\x01\x02", 24, 46)):
        for head in re.finditer(re.escape(sign), bytes(out)):
            if out.startswith(name.encode(), head.start() + named):
                struct.pack_into("<L", out, head.start() + declared, size)
    return bytes(out)


def dtd(entities: str, use: str) -> Callable[[bytes], bytes]:
    """A part with a document type, and a use of its entity in its first text."""

    def change(xml: bytes) -> bytes:
        body = xml.partition(b"?>")[2] if xml.startswith(b"<?xml") else xml
        head = b'<?xml version="1.0"?><!DOCTYPE x [' + entities.encode() + b"]>"
        return head + body.replace(b"<v>", b"<v>" + use.encode(), 1).replace(b"<t>", b"<t>" + use.encode(), 1)

    return change


STRICT = b'<workbook xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"/>'
XML_2003 = (
    b'<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n'
    b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet/></Workbook>'
)
LAUGHS = '<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
EXTERNAL = '<!ENTITY i SYSTEM "file:///etc/passwd">'


def late_dtd(xml: bytes) -> bytes:
    """A document type behind a comment that is longer than any head that is looked at."""
    whole = dtd(LAUGHS, "&i;")(xml)
    return whole.replace(b"<!DOCTYPE", b"<!--" + b" " * 5000 + b"--><!DOCTYPE", 1)


def utf16_dtd(xml: bytes) -> bytes:
    text = dtd(LAUGHS, "&i;")(xml).decode()
    return text.replace('version="1.0"', 'version="1.0" encoding="UTF-16"', 1).encode("utf-16")


def many_entries() -> bytes:
    parts = unzipped(good())
    return zipped({**parts, **{f"x/{number}": b"" for number in range(25_000)}}, zipfile.ZIP_STORED)


def bomb() -> bytes:
    """A small file that would unpack to more than any workbook has."""
    return lying({**unzipped(good()), "xl/media/x.bin": b"x"}, "xl/media/x.bin", 450 * 1024**2)


def shared_part() -> bytes:
    """A workbook whose sheets are all one part."""
    return changed(
        "xl/_rels/workbook.xml.rels",
        lambda xml: xml.replace(b"sheet2.xml", b"sheet1.xml").replace(b"sheet3.xml", b"sheet1.xml"),
    )


def strange_names() -> bytes:
    """A good workbook with entries that would be written outside a folder if anybody extracted them."""
    parts = unzipped(good())
    return zipped({**parts, "../../lkt-keluar": b"x", "/lkt-keluar": b"x", "C:\\lkt-keluar": b"x"})


def doubled() -> bytes:
    """A good workbook that has one entry twice."""
    parts = unzipped(good())
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in (*parts.items(), (SHEET, parts[SHEET])):
            if name in archive.NameToInfo:
                del archive.NameToInfo[name]  # or zipfile warns
            archive.writestr(name, data)
    return buffer.getvalue()


_PLAIN = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_MACROS = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"


def typed(content_type: bytes) -> bytes:
    """A good workbook saved as another kind of workbook."""
    return changed("[Content_Types].xml", lambda xml: xml.replace(_PLAIN, content_type))


def with_macros() -> bytes:
    """A good workbook with macros in it, as far as anybody looks."""
    parts = unzipped(typed(_MACROS))
    relate(parts, BOOK, "http://schemas.microsoft.com/office/2006/relationships/vbaProject", "vbaProject.bin")
    return zipped({**parts, "xl/vbaProject.bin": OLE})


def template_of_workbooks() -> bytes:
    return typed(b"application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml")


Kind = tuple[str, Callable[[], bytes], int, str]
"""Name in the folder, recipe, exit code of ``lkt check``, words of its message separated by slashes."""

_UNREADABLE = "tidak dapat dibaca sebagai buku kerja"
_REFUSED: Mapping[str, tuple[Callable[[], bytes], str]] = {
    # damaged, protected, or nothing at all
    "kosong.xlsx": (lambda: b"", "kosong (0 bita) / Salin ulang"),
    "nol.xlsx": (lambda: bytes(5000), "hanya berisi bita nol / Salin ulang"),
    "satu bita.xlsx": (lambda: b"P", "bukan buku kerja Excel"),
    "terpotong.xlsx": (lambda: good()[:3000], "rusak atau terpotong / Salin ulang"),
    "tanpa akhir.xlsx": (lambda: good()[:-30], "rusak atau terpotong / Salin ulang"),
    "unduhan.crdownload": (lambda: good()[:8000], "rusak atau terpotong / Salin ulang"),
    "sandi.xlsx": (lambda: ole("EncryptedPackage"), "dilindungi kata sandi / hapus kata sandinya"),
    "sandi zip.xlsx": (lambda: flagged(good()), "dilindungi kata sandi / hapus kata sandinya"),
    "buku rusak.xlsx": (lambda: changed(BOOK, lambda xml: xml[:80]), "tidak dapat dibaca"),
    "gaya rusak.xlsx": (lambda: changed("xl/styles.xml", lambda _: b"<"), "tidak dapat dibaca"),
    "tanpa lembar.xlsx": (lambda: changed("xl/_rels/workbook.xml.rels", lambda _: b""), _UNREADABLE),
    "~$q1.xlsx": (lambda: b"\x05admin", "berkas kunci sementara / “q1.xlsx”"),
    # other formats, told apart by what they are
    "lama.xls": (lambda: ole("Workbook"), "berformat Excel lama (.xls) / Excel Workbook (*.xlsx)"),
    "lima.xls": (lambda: ole("Book"), "berformat Excel lama (.xls)"),
    "dinamai ulang.xlsx": (lambda: ole("Workbook", "WordDocument"), "berformat Excel lama (.xls) / Simpan"),
    "surat.doc": (lambda: ole("WordDocument", "Workbook"), "dokumen Word lama (.doc) / Sebutkan buku kerja"),
    "paparan.ppt": (lambda: ole("Current User", "PowerPoint Document", "Workbook"), "PowerPoint lama (.ppt)"),
    "surel.msg": (lambda: ole("__nameid_version1.0", "__properties_version1.0"), "pesan Outlook (.msg)"),
    "denah.vsd": (lambda: ole("VisioDocument"), "gambar Visio (.vsd)"),
    "brosur.pub": (lambda: ole("Quill", "Contents"), "publikasi Publisher (.pub)"),
    "jadwal.mpp": (lambda: ole("   114", "Props14"), "jadwal Microsoft Project (.mpp)"),
    "lain.ole": (lambda: ole("Apa Saja"), "bukan buku kerja Excel"),
    "surat.docx": (lambda: zipped({"word/document2.xml": b"<x/>"}), "dokumen Word"),
    "surat.rtf": (lambda: b"{\\rtf1 x}", "dokumen RTF / Sebutkan buku kerja"),
    "paparan.pptx": (lambda: zipped({"ppt/presentation.xml": b"<x/>"}), "presentasi PowerPoint"),
    "denah.vsdx": (lambda: zipped({"visio/document.xml": b"<x/>"}), "gambar Visio"),
    "biner.xlsb": (lambda: zipped({"xl/workbook.bin": b"x"}), "biner (.xlsb) / Simpan Sebagai"),
    "calc.ods": (lambda: open_document("spreadsheet"), "OpenDocument (.ods) / (.xlsx)"),
    "surat.odt": (lambda: open_document("text"), "dokumen OpenDocument (.odt)"),
    "paparan.odp": (lambda: open_document("presentation"), "presentasi OpenDocument (.odp)"),
    "angka.numbers": (lambda: zipped({"Index/Document.iwa": b"x"}), "Apple Numbers / Ekspor"),
    "arsip.zip": (lambda: zipped({"q1.xlsx": good()}), "arsip zip / Ekstrak dahulu"),
    "zip kosong.xlsx": (lambda: zipped({}), "bukan buku kerja Excel"),
    "arsip.rar": (lambda: b"Rar!\x1a\x07\x01\x00" + bytes(99), "arsip RAR / Ekstrak dahulu"),
    "arsip.7z": (lambda: b"7z\xbc\xaf\x27\x1c" + bytes(99), "arsip 7z / Ekstrak dahulu"),
    "data.csv": (lambda: b"kode,desa\n1,Sukamulya\n", "teks (CSV) / Simpan Sebagai / (*.xlsx)"),
    "csv.xlsx": (lambda: "kode;désa\n1;Sukamulya\n".encode("cp1252"), "teks (CSV)"),
    "csv16.xlsx": (lambda: "kode\tdesa\n1\tSukamulya\n".encode("utf-16"), "teks (CSV)"),
    "unduhan.xls": (lambda: b"\n<html><table><tr><td>1", "halaman web (HTML) / Simpan Sebagai"),
    "xml 2003.xls": (lambda: XML_2003, "XML Spreadsheet 2003 / Simpan Sebagai"),
    "cetak.xlsx": (lambda: b"%PDF-1.7 x", "adalah PDF"),
    "foto.xlsx": (lambda: b"\xff\xd8\xff\xe0 x", "adalah foto"),
    "acak.xlsx": (lambda: bytes(range(256)) * 40, "bukan buku kerja Excel"),
    "bukan apa-apa.xlsx": (lambda: zipped({"a": b"b"}), "bukan buku kerja Excel"),
    "ketat.xlsx": (lambda: changed(BOOK, lambda _: STRICT), "Strict Open XML Spreadsheet / Simpan Sebagai"),
    # made to do harm
    "bom.xlsx": (bomb, "terlalu besar bila dibuka / mungkin berkas jebakan"),
    "ribuan.xlsx": (many_entries, "terlalu besar bila dibuka"),
    "bohong.xlsx": (lambda: lying(unzipped(good()) | {SHEET: b" " * 40_000_000}, SHEET, 5), _UNREADABLE),
    "lzma.xlsx": (lambda: zipped(unzipped(good()), zipfile.ZIP_LZMA), "rusak atau terpotong"),
    "tawa.xlsx": (lambda: changed(SHEET, dtd(LAUGHS, "&i;")), f"{_UNREADABLE} / memuat DTD"),
    "tawa akhir.xlsx": (lambda: changed(SHEET, late_dtd), f"{_UNREADABLE} / memuat DTD"),
    "tawa 16.xlsx": (lambda: changed(SHEET, utf16_dtd), f"{_UNREADABLE} / memuat DTD"),
    "tawa teks.xlsx": (lambda: changed(STRINGS, late_dtd, example), f"{_UNREADABLE} / memuat DTD"),
    "tawa buku.xlsx": (lambda: changed(BOOK, dtd(LAUGHS, "&i;")), "memuat DTD"),
    "luar.xlsx": (lambda: changed(STRINGS, dtd(EXTERNAL, "&i;"), example), f"{_UNREADABLE} / memuat DTD"),
    "satu bagian.xlsx": (shared_part, _UNREADABLE),
}
_TAKEN: Mapping[str, Callable[[], bytes]] = {
    "makro.xlsm": with_macros,
    "pola.xltx": template_of_workbooks,
    "nama aneh.xlsx": strange_names,
    "ganda.xlsx": doubled,
    "berspasi  dan (kurung) & 'kutip'.xlsx": good,
    "キャマット 县报告 Ω.xlsx": good,
}
KINDS: tuple[Kind, ...] = (
    *((name, recipe, 2, words) for name, (recipe, words) in _REFUSED.items()),
    *((name, recipe, 0, "") for name, recipe in _TAKEN.items()),
)
