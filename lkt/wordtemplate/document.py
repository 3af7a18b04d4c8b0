"""The package of a Word file: opened within bounds, its XML, its parts, its properties, and written anew."""

import datetime as dt
import posixpath
import re
import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple, NoReturn, TypeAlias

from lxml import etree
from lxml.etree import _Element

from lkt.bounded import ZIP_DAMAGE, Trouble, ZipTroubleError, open_zip
from lkt.errors import TemplateError
from lkt.wordtemplate.values import clean

# A zip file made at once, byte for byte as Python's own zipfile makes it ----------------------------------
#
# A report has dozens of parts, most of them the same in every report. Packing these again each time, and
# opening each entry as a file, took longer than packing what is new.


_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s4B4H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_VERSION = 20
_UNIX = 3
_UTF_8 = 0x800
_MODE = 0o600 << 16  # the owner alone may read and write
_DATE = 1 << 5 | 1  # the first of January 1980, at midnight
_STORED, _DEFLATED = 0, 8
SMALL, QUICK = 6, 3  # how hard deflate tries: for what is made once; for reports, in a fifth of the time
_REMEMBERED_SIZE = 64 * 1024  # as many bytes of a part, and as many parts, are remembered packed
_REMEMBERED = 64


def zipped(entries: Iterable[tuple[str, bytes, bool]], level: int = SMALL) -> bytes:
    """A zip file.

    Args:
        entries: the name and the content of each, and whether it is packed; fewer than 65,536, of less than
            two gigabytes in all.
        level: how hard to pack, from 1 to 9.
    """
    pieces: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    for name, data, packed in entries:
        content = _packed(data, level) if packed else data
        encoded, flag = (name.encode(), 0) if name.isascii() else (name.encode(), _UTF_8)
        method, sizes = _DEFLATED if packed else _STORED, (len(content), len(data))
        shared = (0, flag, method, 0, _DATE, zlib.crc32(data), *sizes, len(encoded), 0)
        local = _LOCAL.pack(b"PK\3\4", _VERSION, *shared[1:]) + encoded
        directory.append(
            _CENTRAL.pack(b"PK\1\2", _VERSION, _UNIX, _VERSION, *shared, 0, 0, 0, _MODE, offset) + encoded
        )
        pieces += local, content
        offset += len(local) + len(content)
    listed = b"".join(directory)
    end = _END.pack(b"PK\5\6", 0, 0, len(directory), len(directory), len(listed), offset, 0)
    return b"".join((*pieces, listed, end))


def _packed(data: bytes, level: int) -> bytes:
    return _packed_once(data, level) if len(data) <= _REMEMBERED_SIZE else _deflated(data, level)


def _deflated(data: bytes, level: int) -> bytes:
    packer = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


_packed_once = lru_cache(maxsize=_REMEMBERED)(_deflated)


# A Word file as a bag of parts: read from a zip with care, written as a zip whose bytes are reproducible --


LIMIT = 200 * 1024 * 1024  # of a template unpacked; a real one is far under it
CONTENT_TYPES = "[Content_Types].xml"
_PACKED = (".jpeg", ".jpg", ".png", ".xlsx")  # compressed already

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_AS_DOCX = "Buka berkas itu di Word, lalu pilih Simpan Sebagai > Dokumen Word (*.docx)."
_REASONS = {
    Trouble.DAMAGED: ("bukan berkas Word, atau isinya rusak atau terpotong", _AS_DOCX),
    Trouble.PROTECTED: ("dilindungi kata sandi", "Buka di Word, hapus kata sandinya, lalu simpan."),
    Trouble.TOO_LARGE: (
        f"terlalu besar: isinya melebihi {LIMIT // 1024**2} MB",
        "Perkecil gambar di dalamnya; bila berkas ini dari orang lain, mungkin berkas jebakan.",
    ),
}


def read_parts(data: bytes, name: str) -> dict[str, bytes]:
    """The parts of a zip package by name.

    Args:
        data: the file.
        name: what the user calls the file, for messages.

    Raises:
        TemplateError: when it is not a zip, is damaged, protected, or too large.
    """
    if data.startswith(_OLE):
        _refuse(name, "berformat .doc lama atau dilindungi kata sandi", _AS_DOCX)
    if not data.startswith(b"PK"):
        _refuse(name, "kosong (0 bita)" if not data else "bukan berkas Word, atau isinya rusak", _AS_DOCX)
    try:
        with open_zip(data, LIMIT) as archive:
            return {i.filename: archive.read(i) for i in archive.infolist() if not i.is_dir()}
    except ZipTroubleError as error:
        reason, hint = _REASONS[error.trouble]
        _refuse(name, reason, hint)
    except ZIP_DAMAGE:
        _refuse(name, *_REASONS[Trouble.DAMAGED])


def _refuse(name: str, reason: str, hint: str) -> NoReturn:
    raise TemplateError(f"Templat «{name}» {reason}.", hint=hint) from None


def write_parts(parts: Mapping[str, bytes], level: int = SMALL) -> bytes:
    """A zip package; equal parts give equal bytes, packed as hard as the level says."""
    names = sorted(parts, key=lambda part: (part != CONTENT_TYPES, part))
    return zipped(((name, parts[name], not name.endswith(_PACKED)) for name in names), level)


# WordprocessingML names, and the one way XML is read and written here -------------------------------------


Element: TypeAlias = _Element

W_NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R_NS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NAMESPACES = {"w": W_NS}
STRICT_NS = "http://purl.oclc.org/ooxml/wordprocessingml/main"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

PI = etree.PI


class UnreadablePartError(TemplateError):
    """A part cannot be parsed; where it is known which one, the caller says so instead.

    Args:
        reason: what the parser says.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(
            "Berkas Word itu rusak: ada bagiannya yang tidak terbaca.",
            hint="Buka dan simpan ulang di Word, lalu coba lagi.",
        )
        self.reason = reason


@lru_cache(maxsize=512)
def w(name: str) -> str:
    """The full name of an element or attribute of WordprocessingML."""
    return f"{{{W_NS}}}{name}"


def r(name: str) -> str:
    """The full name of an attribute that holds a relationship id."""
    return f"{{{R_NS}}}{name}"


P, R, T, TBL, TR, TC = (w(name) for name in ("p", "r", "t", "tbl", "tr", "tc"))


def parse(data: bytes) -> Element:
    """The root of an XML part; entities, DTDs and the network stay untouched.

    Raises:
        UnreadablePartError: when it is not well-formed, or declares a document type, which OOXML forbids.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True)
    try:
        root: Element = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError) as error:
        raise UnreadablePartError(str(error)) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadablePartError("a document type is declared")
    return root


def serialize(root: Element) -> bytes:
    """The bytes of an XML part."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def element(name: str, text: str = "", /, **attributes: str) -> Element:
    """A new WordprocessingML element."""
    made = etree.Element(w(name), nsmap=_NAMESPACES)
    for key, value in attributes.items():
        made.set(w(key), value)
    if text:
        made.text = text
        made.set(XML_SPACE, "preserve")
    return made


def add(parent: Element, name: str, text: str = "", /, **attributes: str) -> Element:
    """A new WordprocessingML element at the end of another; sooner made than one that is then moved there."""
    made = etree.SubElement(parent, w(name), {w(key): value for key, value in attributes.items()})
    if text:
        made.text = text
        made.set(XML_SPACE, "preserve")
    return made


def parent_of(node: Element) -> Element:
    """The parent of a node that is known to have one."""
    parent = node.getparent()
    assert parent is not None
    return parent


def child_of(node: Element, name: str) -> Element | None:
    """The first child of that name."""
    # Word puts what is asked for at the front, and lxml prepares a search longer than it takes to look there.
    for child in node:
        if child.tag == name:
            return child
    return None


def ancestor(node: Element, name: str) -> Element | None:
    """The nearest ancestor of that name."""
    # It is nearly always the first or the second, and lxml prepares a search longer than these two take.
    above = node.getparent()
    while above is not None and above.tag != name:
        above = above.getparent()
    return above


def remove(node: Element) -> None:
    """Take a node out of its parent; text behind it stays."""
    parent, tail = parent_of(node), node.tail
    before = node.getprevious()
    if tail and before is not None:
        before.tail = (before.tail or "") + tail
    elif tail:
        parent.text = (parent.text or "") + tail
    parent.remove(node)


# Relationships and content types: how the parts of an Office package know of each other -------------------


_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
CORE_PROPERTIES = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_NO_RELS = f'<Relationships xmlns="{_RELS[1:-1]}"/>'.encode()
ROOT = ""  # the package itself as the source of relationships


class _Relationship(NamedTuple):
    """A relationship as it is written."""

    identifier: str
    kind: str
    target: str
    mode: str

    def inside_as(self, kind: str) -> bool:
        """Whether it is of that kind, and to a part of the package."""
        return self.kind == kind and self.mode != "External"


class WordPackage:
    """The parts of an Office file, with the two indexes that bind them.

    Args:
        parts: the bytes of each part by its name in the zip.
    """

    def __init__(self, parts: dict[str, bytes]) -> None:
        self.parts = parts

    def copy(self) -> "WordPackage":
        """A package that can be changed without changing this one."""
        return WordPackage(dict(self.parts))

    def related(self, source: str, kind: str) -> list[str]:
        """The names of existing parts that ``source`` is related to in that way, in order of their ids."""
        wanted = _type(kind)
        found = (_resolve(source, rel) for rel in self._relationships(source) if rel.inside_as(wanted))
        return [name for name in dict.fromkeys(found) if name in self.parts]

    def target(self, source: str, identifier: str) -> str:
        """The name of the part behind a relationship id; empty when there is none."""
        rels = self._relationships(source)
        return next((_resolve(source, rel) for rel in rels if rel.identifier == identifier), "")

    def relate(self, source: str, kind: str, part: str) -> str:
        """The id of the relationship from ``source`` to ``part``, made when it is missing."""
        name = rels_name(source)
        identifier, self.parts[name] = _with_relationship(
            self.parts.get(name, _NO_RELS), source, _type(kind), part
        )
        return identifier

    def content_type(self, part: str) -> str:
        """The declared content type of a part; empty when there is none."""
        root = parse(self.parts[CONTENT_TYPES])
        override = _entry(root, "Override", "PartName", f"/{part}")
        default = _entry(root, "Default", "Extension", part.rpartition(".")[2])
        found = override if override is not None else default
        return "" if found is None else found.get("ContentType") or ""

    def declare(self, part: str, content_type: str) -> None:
        """Give one part a content type of its own."""
        self._declare("Override", "PartName", f"/{part}", content_type)

    def declare_extension(self, extension: str, content_type: str) -> None:
        """Give all parts with that extension a content type."""
        self._declare("Default", "Extension", extension, content_type)

    def _declare(self, kind: str, key: str, value: str, content_type: str) -> None:
        self.parts[CONTENT_TYPES] = _with_type(self.parts[CONTENT_TYPES], kind, key, value, content_type)

    def _relationships(self, source: str) -> tuple[_Relationship, ...]:
        data = self.parts.get(rels_name(source))
        return () if data is None else _relationships_in(data)


def rels_name(source: str) -> str:
    """The name of the part that lists the relationships of ``source``."""
    folder, base = posixpath.split(source)
    return posixpath.join(folder, "_rels", f"{base}.rels")


def _type(kind: str) -> str:
    return kind if "://" in kind else f"{R_NS}/{kind}"


@lru_cache(maxsize=64)
def _relationships_in(data: bytes) -> tuple[_Relationship, ...]:
    """What an index lists; most indexes of a report are those of its template, asked time and again."""
    return tuple(
        _Relationship(*(rel.get(name) or "" for name in ("Id", "Type", "Target", "TargetMode")))
        for rel in parse(data).iter(f"{_RELS}Relationship")
    )


@lru_cache(maxsize=128)
def _with_relationship(data: bytes, source: str, kind: str, part: str) -> tuple[str, bytes]:
    """The id of a relationship and the index with it; the reports of a template ask for the same ones."""
    rels = _relationships_in(data)
    for rel in rels:
        if rel.inside_as(kind) and _resolve(source, rel) == part:
            return rel.identifier, data
    identifier = _unused({rel.identifier for rel in rels})
    target = posixpath.relpath(f"/{part}", f"/{posixpath.dirname(source)}")
    root = parse(data)
    etree.SubElement(root, f"{_RELS}Relationship", {"Id": identifier, "Type": kind, "Target": target})
    return identifier, serialize(root)


@lru_cache(maxsize=128)
def _with_type(data: bytes, kind: str, key: str, value: str, content_type: str) -> bytes:
    """The index of content types with that one; here too the reports of a template ask for the same."""
    root = parse(data)
    found = _entry(root, kind, key, value)
    if found is not None and found.get("ContentType") == content_type:
        return data
    if found is None:
        found = etree.Element(f"{_TYPES}{kind}", {key: value})
        root.insert(len(root) if kind == "Override" else 0, found)
    found.set("ContentType", content_type)
    return serialize(root)


def _resolve(source: str, rel: _Relationship) -> str:
    joined = posixpath.join("/", posixpath.dirname(source), rel.target)
    return posixpath.normpath(joined).lstrip("/")


def _unused(taken: set[str]) -> str:
    return next(name for n in range(1, len(taken) + 2) if (name := f"rId{n}") not in taken)


def _entry(root: Element, kind: str, key: str, value: str) -> Element | None:
    entries = root.iter(f"{_TYPES}{kind}")
    return next((item for item in entries if (item.get(key) or "").lower() == value.lower()), None)


# Opening a template: is this a Word document that we can fill? If not, say what it is and what to do ------


_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
DOCUMENT = f"{_WORD}.document.main+xml"
TEMPLATE = f"{_WORD}.template.main+xml"
_STRICT_MAIN = "http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument"


def open_package(data: bytes, name: str) -> tuple[WordPackage, str]:
    """The package of a .docx or .dotx file, as a .docx, and the name of its main part.

    Raises:
        TemplateError: when it is anything else.
    """
    package = WordPackage(read_parts(data, name))
    try:
        main = _main_part(package, name)
    except UnreadablePartError as exc:
        raise TemplateError(f"Templat «{name}» rusak: daftar isinya tidak terbaca.", hint=_AS_DOCX) from exc
    if package.content_type(main) == TEMPLATE:
        package.declare(main, DOCUMENT)
    return package, main


def _main_part(package: WordPackage, name: str) -> str:
    if CONTENT_TYPES not in package.parts:
        raise TemplateError(f"Templat «{name}» bukan dokumen Word (.docx).", hint=_AS_DOCX)
    mains = package.related(ROOT, "officeDocument") or package.related(ROOT, _STRICT_MAIN)
    kind = package.content_type(mains[0]) if mains else ""
    if "macroEnabled" in kind or any(part.endswith("vbaProject.bin") for part in package.parts):
        raise TemplateError(f"Templat «{name}» memuat makro, sehingga tidak dapat dipakai.", hint=_AS_DOCX)
    if kind not in (DOCUMENT, TEMPLATE):
        raise TemplateError(f"Templat «{name}» bukan dokumen Word (.docx).", hint=_AS_DOCX)
    return mains[0]


def parse_part(package: WordPackage, part: str, name: str) -> Element:
    """The root of an XML part of a template.

    Raises:
        TemplateError: when it is not well-formed, or written in the Strict variant of the format.
    """
    try:
        root = parse(package.parts[part])
    except UnreadablePartError as exc:
        raise TemplateError(f"Templat «{name}» rusak: bagian {part} tidak terbaca.", hint=_AS_DOCX) from exc
    if etree.QName(root).namespace == STRICT_NS:
        raise TemplateError(f"Templat «{name}» disimpan sebagai Dokumen Strict Open XML.", hint=_AS_DOCX)
    return root


# What a template may not bring along: what makes Word fetch, run or insert something from elsewhere -------
#
# A template is made by others, and a report goes on to others. What an operator may have put in unknowingly,
# the link to the template of Word that a document was begun with, is taken out; everything else is refused.


_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_HYPERLINK, _ATTACHED = "hyperlink", "attachedTemplate"
_SAFE_LINK = re.compile(r"(?:https?://|mailto:|#)", re.IGNORECASE)
_REFUSED = {
    "oleObject": "objek OLE (sisipan dari program lain)",
    "control": "kontrol ActiveX",
    "aFChunk": "dokumen lain yang disisipkan utuh (altChunk)",
    "subDocument": "subdokumen",
    "vbaProject": "makro",
    "wordVbaData": "makro",
    "keyMapCustomizations": "penyesuaian papan ketik",
    "attachedToolbars": "bilah alat",
    "recipientData": "data surat gabung (mail merge)",
}
_EXTERNAL = {
    "image": "gambar tertaut di luar dokumen; sisipkan gambarnya ke dalam dokumen",
    "mailMergeSource": "sumber data surat gabung (mail merge)",
    "mailMergeHeaderSource": "sumber data surat gabung (mail merge)",
    "frame": "bingkai halaman web",
}
_FIELDS = frozenset(
    (
        "ADDIN", "CONTROL", "DATABASE", "DDE", "DDEAUTO", "EMBED", "GLOSSARY", "IMPORT", "INCLUDE",
        "INCLUDEPICTURE", "INCLUDETEXT", "LINK", "MACROBUTTON", "PRINT", "RD",
    )
)  # fmt: skip
_MACROS = re.compile(r"vba(?:project|data)\w*\.(?:bin|xml)$", re.IGNORECASE)
_BINARY = re.compile(r"\.(?:bin|exe|dll|js|vbs|hta|lnk|xlsm|docm|pptm|dotm)$", re.IGNORECASE)
_DOCTYPES = tuple("<!DOCTYPE".encode(code) for code in ("ascii", "utf-16-le", "utf-16-be"))
_HINT = "Hapus di Word, simpan sebagai Dokumen Word (*.docx), lalu coba lagi."


def close(package: WordPackage, name: str) -> None:
    """Take the link to another template out of a package, and refuse what reaches out of it otherwise.

    Raises:
        TemplateError: with everything that is refused; ``name`` is what the user calls the template.
    """
    found = tuple(dict.fromkeys(_found(package, name)))
    if found:
        raise TemplateError(
            f"Templat «{name}» memuat yang tidak boleh ikut ke laporan: {'; '.join(found)}.", hint=_HINT
        )
    _detach(package, name)


def _found(package: WordPackage, name: str) -> Iterator[str]:
    for part, data in package.parts.items():
        if ".." in part.split("/") or "\\" in part or part.startswith("/"):
            yield f"bagian bernama “{part}”"
        if _MACROS.search(part):
            yield "makro"
        elif _BINARY.search(part) and "printerSettings" not in part:
            yield f"bagian “{posixpath.basename(part)}” yang bukan dokumen"
        if part.endswith((".xml", ".rels")):
            yield from _in_part(part, data, name)


def _in_part(part: str, data: bytes, name: str) -> Iterator[str]:
    if any(sign in data for sign in _DOCTYPES):
        yield f"jenis dokumen (DTD) pada bagian {part}"
    elif part.endswith(".rels"):
        for relation in _root(part, data, name).iter(_RELATION):
            yield from _in_relation(relation)
    elif b"fldSimple" in data or b"instrText" in data or data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        yield from forbidden_fields(_root(part, data, name))


def _root(part: str, data: bytes, name: str) -> Element:
    try:
        return parse(data)
    except UnreadablePartError:
        raise TemplateError(f"Templat «{name}» rusak: bagian {part} tidak terbaca.", hint=_HINT) from None


def _in_relation(relation: Element) -> Iterator[str]:
    kind = (relation.get("Type") or "").rpartition("/")[2]
    target = relation.get("Target") or ""
    if kind in _REFUSED:
        yield _REFUSED[kind]
    elif (relation.get("TargetMode") or "").lower() == "external" and kind != _ATTACHED:
        if kind != _HYPERLINK:
            yield _EXTERNAL.get(kind, f"tautan ke luar dokumen ({target[:80]})")
        elif not _SAFE_LINK.match(target.strip()):
            yield f"tautan “{target[:80]}”; yang boleh hanya alamat https dan surel"


def forbidden_fields(root: Element) -> Iterator[str]:
    """The fields of a part that fetch or run something, each told once."""
    for instruction in (*_simple(root), *_complex(root)):
        word = instruction.split(None, 1)[0].upper() if instruction.split() else ""
        if word in _FIELDS or word == _NESTED:
            yield f"bidang (field) {word if word in _FIELDS else 'yang kodenya dibuat oleh bidang lain'}"


_NESTED = "\x00"  # stands for a field inside another's code


def _simple(root: Element) -> Iterator[str]:
    for simple in root.iter(w("fldSimple")):
        yield simple.get(w("instr")) or ""


def _complex(root: Element) -> Iterator[str]:
    """The code of each field that is made of runs, those inside others included."""
    open_codes: list[list[str] | None] = []
    for node in root.iter(w("fldChar"), w("instrText"), w("delInstrText")):
        kind = node.get(w("fldCharType"))
        if kind == "begin":
            if open_codes and (code := open_codes[-1]) is not None:
                code.append(f" {_NESTED} ")
            open_codes.append([])
        elif kind in ("separate", "end") and open_codes:
            code = open_codes.pop()
            yield "".join(code or ())
            if kind == "separate":
                open_codes.append(None)
        elif kind is None:
            yield from _more_code(open_codes, node.text or "")


def _more_code(open_codes: list[list[str] | None], text: str) -> Iterator[str]:
    """Code belongs to the field that is open; code that stands alone is judged alone."""
    if open_codes and (code := open_codes[-1]) is not None:
        code.append(text)
    else:
        yield text


def _detach(package: WordPackage, name: str) -> None:
    """Forget the template that the document was begun with, which Word would fetch."""
    for part in [part for part in package.parts if part.endswith("settings.xml.rels")]:
        root = _root(part, package.parts[part], name)
        links = [link for link in root.iter(_RELATION) if (link.get("Type") or "").endswith(f"/{_ATTACHED}")]
        if not links:
            continue
        for link in links:
            root.remove(link)
        package.parts[part] = serialize(root)
        settings = part.replace("_rels/", "", 1).removesuffix(".rels")
        if settings in package.parts:
            tree = _root(settings, package.parts[settings], name)
            etree.strip_elements(tree, w("attachedTemplate"), with_tail=False)
            package.parts[settings] = serialize(tree)


# The properties of a document: title and dates, and named values of our own -------------------------------


_CP = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_DC = "http://purl.org/dc/elements/1.1/"
_DCTERMS = "http://purl.org/dc/terms/"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VT = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
_CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_NO_CUSTOM = f'<Properties xmlns="{_CUSTOM}" xmlns:vt="{_VT}"/>'.encode()
_CUSTOM_PART = "custom-properties"
_PROPERTY = f"{{{_CUSTOM}}}property"
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"


@dataclass(frozen=True)
class Properties:
    """What the document says of itself.

    Args:
        title: its title.
        subject: what it is about.
        author: who made it.
        created: when; taken for UTC when it has no zone.
        keywords: words to find it by.
        custom: named values of our own.
    """

    title: str
    subject: str
    author: str
    created: dt.datetime
    keywords: str = ""
    custom: Mapping[str, str] = field(default_factory=dict)


def write_properties(package: WordPackage, properties: Properties) -> None:
    """Replace the core properties of a package, and add to its custom ones."""
    name = _part(package, CORE_PROPERTIES, "docProps/core.xml", _CORE_TYPE)
    package.parts[name] = serialize(_core(properties))
    if properties.custom:
        write_custom(package, properties.custom)


def write_custom(package: WordPackage, values: Mapping[str, str]) -> None:
    """Add to the custom properties of a package, or replace those of the same names."""
    name = _part(package, _CUSTOM_PART, "docProps/custom.xml", _CUSTOM_TYPE)
    package.parts[name] = serialize(_custom(package.parts.get(name), values))


def read_custom(package: WordPackage) -> dict[str, str]:
    """The custom properties of a package as text.

    Raises:
        UnreadablePartError: the part that holds them is not well-formed.
    """
    found = package.related(ROOT, _CUSTOM_PART)
    items = parse(package.parts[found[0]]).iter(_PROPERTY) if found else ()
    return {item.get("name") or "": "".join(map(str, item.itertext())).strip() for item in items}


def _part(package: WordPackage, kind: str, default: str, content_type: str) -> str:
    name = next(iter(package.related(ROOT, kind)), default)
    package.relate(ROOT, kind, name)
    package.declare(name, content_type)
    return name


def _core(properties: Properties) -> Element:
    root = etree.Element(
        f"{{{_CP}}}coreProperties", nsmap={"cp": _CP, "dc": _DC, "dcterms": _DCTERMS, "xsi": _XSI}
    )
    texts = {
        f"{{{_DC}}}title": properties.title,
        f"{{{_DC}}}subject": properties.subject,
        f"{{{_DC}}}creator": properties.author,
        f"{{{_CP}}}keywords": properties.keywords,
        f"{{{_CP}}}lastModifiedBy": properties.author,
    }
    for name, text in texts.items():
        etree.SubElement(root, name).text = clean(text)
    for moment in ("created", "modified"):
        stamp = etree.SubElement(root, f"{{{_DCTERMS}}}{moment}", {f"{{{_XSI}}}type": "dcterms:W3CDTF"})
        stamp.text = _stamp(properties.created)
    return root


def _stamp(moment: dt.datetime) -> str:
    utc = moment.astimezone(dt.UTC) if moment.tzinfo else moment
    return f"{utc:%Y-%m-%dT%H:%M:%SZ}"


def _custom(existing: bytes | None, values: Mapping[str, str]) -> Element:
    root = parse(existing or _NO_CUSTOM)
    for old in [item for item in root.iter(_PROPERTY) if item.get("name") in values]:
        root.remove(old)
    for name, value in values.items():
        made = etree.SubElement(root, _PROPERTY, {"fmtid": _FORMAT, "name": clean(name)})
        etree.SubElement(made, f"{{{_VT}}}lpwstr").text = clean(value)
    for number, item in enumerate(root.iter(_PROPERTY), 2):
        item.set("pid", str(number))
    return root
