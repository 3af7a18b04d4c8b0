"""A .xlsx package that is edited: its entries, parts, relationships, and the record of what was added."""

import io
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias, cast
from urllib.parse import unquote

from lxml import etree
from lxml.etree import _Element

from lkt.bounded import ZIP_DAMAGE
from lkt.errors import LktError, UnreadableWorkbookError

# What stops a patch: a package that cannot be read, or a cell that cannot be written ----------------------


class PatchError(LktError):
    """A cell cannot be given its new value without breaking the workbook."""


def unreadable(detail: str) -> UnreadableWorkbookError:
    """The error for a damaged package."""
    return UnreadableWorkbookError(
        f"Buku kerja rusak atau tidak lengkap: {detail}.",
        "Buka di Excel atau WPS, simpan sebagai berkas .xlsx baru, lalu coba lagi.",
    )


# XML as the parts of a workbook hold it: names, careful parsing, serializing with the least change --------


Element: TypeAlias = _Element

MAIN_NS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL_NS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
REL_ID = f"{{{REL_NS}}}id"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
X14_RULE = "{http://schemas.microsoft.com/office/spreadsheetml/2009/9/main}cfRule"

_NAMES = cast("dict[str, str]", {None: MAIN_NS})  # the stubs know no default namespace
_HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_DECLARATION = re.compile(rb"\A(?:\xef\xbb\xbf)?<\?xml[^>]*\?>\s*")
_ENCODING = re.compile(rb"encoding\s*=\s*[\"']([^\"']+)", re.IGNORECASE)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_TO_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)|[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")


def m(name: str) -> str:
    """The full name of an element of SpreadsheetML."""
    return f"{{{MAIN_NS}}}{name}"


def parse(data: bytes, name: str) -> Element:
    """The root of an XML part.

    Raises:
        UnreadableWorkbookError: it is not well-formed, or declares a document type, which OOXML forbids.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root: Element = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise unreadable(f"bagian “{name}” bukan XML yang utuh") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise unreadable(f"bagian “{name}” memuat DTD")
    return root


def serialize(root: Element, before: bytes = _HEAD) -> bytes:
    """The bytes of an XML part, with the declaration that it had before."""
    body = etree.tostring(root.getroottree(), encoding="UTF-8", xml_declaration=False)
    return _head(before) + body


def _head(before: bytes) -> bytes:
    match = _DECLARATION.match(before)
    if match is None:
        return _HEAD if before.startswith((b"\xff\xfe", b"\xfe\xff")) else b""
    encoding = _ENCODING.search(match[0])
    utf8 = encoding is None or encoding[1].lower() in {b"utf-8", b"utf8"}
    return match[0] if utf8 else _HEAD


def new(name: str, text: str = "", /, **attributes: str) -> Element:
    """A new element of SpreadsheetML."""
    made = etree.Element(m(name), dict(attributes), nsmap=_NAMES)
    if text:
        made.text = text
    return made


def add(parent: Element, name: str, text: str = "", /, **attributes: str) -> Element:
    """A new last child in SpreadsheetML."""
    made = etree.SubElement(parent, m(name), dict(attributes))
    if text:
        made.text = text
    return made


def add_text(parent: Element, text: str) -> Element:
    """A new last child ``t`` that keeps its blanks."""
    made = add(parent, "t", escape(text))
    made.set(SPACE, "preserve")
    return made


def children(parent: Element | None) -> Iterator[Element]:
    """The child elements, without comments and processing instructions."""
    return iter(()) if parent is None else parent.iterchildren("*")


def detach(child: Element) -> None:
    """Take an element out, leaving the white space around it as it is."""
    parent, before = child.getparent(), child.getprevious()
    assert parent is not None
    if child.tail and before is not None:
        before.tail = (before.tail or "") + child.tail
    elif child.tail:
        parent.text = (parent.text or "") + child.tail
    parent.remove(child)


def escape(text: str) -> str:
    """A text as an ST_Xstring: what XML cannot hold stands as _xHHHH_."""
    clean = _SURROGATE.sub("\ufffd", text)
    return _TO_ESCAPE.sub(lambda match: f"_x{ord(match[0]):04X}_", clean)


def unescape(text: str) -> str:
    """The text that an ST_Xstring stands for."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)


# The order that the schema prescribes for the children of the three elements that get new ones ------------


_ORDERS = {
    "workbook": """fileVersion fileSharing workbookPr workbookProtection bookViews sheets functionGroups
        externalReferences definedNames calcPr oleSize customWorkbookViews pivotCaches smartTagPr
        smartTagTypes webPublishing fileRecoveryPr webPublishObjects extLst""",
    "worksheet": """sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection
        protectedRanges scenarios autoFilter sortState dataConsolidate customSheetViews mergeCells
        phoneticPr conditionalFormatting dataValidations hyperlinks printOptions pageMargins pageSetup
        headerFooter rowBreaks colBreaks customProperties cellWatches ignoredErrors smartTags drawing
        legacyDrawing legacyDrawingHF drawingHF picture oleObjects controls webPublishItems tableParts
        extLst""",
    "styleSheet": """numFmts fonts fills borders cellStyleXfs cellXfs cellStyles dxfs tableStyles colors
        extLst""",
}
_RANKS = {
    m(root): {m(name): rank for rank, name in enumerate(names.split())} for root, names in _ORDERS.items()
}


def insert_in_order(root: Element, child: Element) -> None:
    """Put a child where the schema wants it: after the last one that may stand before it."""
    ranks = _RANKS[str(root.tag)]
    position, last = 0, len(ranks)
    for number, other in enumerate(root, 1):
        if ranks.get(str(other.tag), last) <= ranks[str(child.tag)]:
            position = number
    root.insert(position, child)


# A zip archive whose entries can be replaced while all others keep their compressed bytes -----------------


_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_LOCAL_NAMES = struct.Struct("<2H")
_UTF8 = 0x800
_DESCRIPTOR = 0x8  # the sizes follow the data; here they always stand in the header
_ZIP64 = 1
_LIMIT = 0xFFFF
_STAMP = (1980, 1, 1, 0, 0, 0)


class Archive:
    """The entries of a zip file.

    Args:
        data: the file.

    Raises:
        UnreadableWorkbookError: it is not a zip file.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except ZIP_DAMAGE:
            raise unreadable("bukan arsip zip") from None
        self._infos = dict(self._zip.NameToInfo)

    def names(self) -> list[str]:
        """The names of the entries in their order; of entries with one name only the last counts."""
        return [info.filename for info in self._zip.infolist() if self._infos[info.filename] is info]

    def read(self, name: str) -> bytes:
        """The unpacked content of an entry.

        Raises:
            UnreadableWorkbookError: it is damaged or encrypted.
        """
        try:
            return self._zip.read(self._infos[name])
        except ZIP_DAMAGE:
            raise unreadable(f"bagian “{name}” tidak dapat dibuka") from None

    def replaced(self, changes: Mapping[str, bytes | None]) -> bytes:
        """The file with some entries replaced, added at the end, or left out where the change is None."""
        kept = [name for name in self.names() if changes.get(name, b"") is not None]
        added = [name for name, content in changes.items() if name not in self._infos and content is not None]
        writer = _Writer()
        for name in kept + added:
            content = changes.get(name)
            if content is None:
                writer.add(self._infos[name], self._raw(self._infos[name]))
            else:
                writer.add(*_packed(self._infos.get(name), name, content))
        return writer.finish()

    def _raw(self, info: zipfile.ZipInfo) -> bytes:
        """The compressed bytes of an entry as they stand in the file."""
        name_length, extra_length = _LOCAL_NAMES.unpack_from(self._data, info.header_offset + 26)
        start = info.header_offset + _LOCAL.size + name_length + extra_length
        return self._data[start : start + info.compress_size]


def _packed(old: zipfile.ZipInfo | None, name: str, content: bytes) -> tuple[zipfile.ZipInfo, bytes]:
    """A new entry; one that replaces another keeps its date and attributes."""
    info = zipfile.ZipInfo(name, old.date_time if old else _STAMP)
    info.flag_bits = old.flag_bits & _UTF8 if old else 0 if name.isascii() else _UTF8
    info.create_system = old.create_system if old else 0
    info.external_attr = old.external_attr if old else 0
    packer = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    raw = packer.compress(content) + packer.flush()
    info.compress_type = zipfile.ZIP_DEFLATED
    info.CRC, info.file_size, info.compress_size = zlib.crc32(content), len(content), len(raw)
    return info, raw


class _Writer:
    """Lays entries one after the other and lists them at the end."""

    def __init__(self) -> None:
        self._body = bytearray()
        self._directory = bytearray()
        self._count = 0

    def add(self, info: zipfile.ZipInfo, raw: bytes) -> None:
        name = info.orig_filename.encode("utf-8" if info.flag_bits & _UTF8 else "cp437")
        extra, offset = _without_zip64(info.extra), len(self._body)
        flags = info.flag_bits & ~_DESCRIPTOR
        common = (info.extract_version, flags, info.compress_type, *_dos_time(info.date_time))
        sizes = (info.CRC, info.compress_size, info.file_size)
        self._body += _LOCAL.pack(b"PK\x03\x04", *common, *sizes, len(name), 0) + name + raw
        made_by = info.create_version | info.create_system << 8
        lengths = (len(name), len(extra), len(info.comment))
        places = (0, info.internal_attr, info.external_attr, offset)
        self._directory += _CENTRAL.pack(b"PK\x01\x02", made_by, *common, *sizes, *lengths, *places)
        self._directory += name + extra + info.comment
        self._count += 1

    def finish(self) -> bytes:
        if self._count > _LIMIT:
            raise unreadable("terlalu banyak bagian")
        totals = (self._count, self._count, len(self._directory), len(self._body), 0)
        return bytes(self._body + self._directory + _END.pack(b"PK\x05\x06", 0, 0, *totals))


def _dos_time(stamp: tuple[int, int, int, int, int, int]) -> tuple[int, int]:
    year, month, day, hour, minute, second = stamp
    return hour << 11 | minute << 5 | second // 2, (year - 1980) << 9 | month << 5 | day


def _without_zip64(extra: bytes) -> bytes:
    """The extra fields but the one for sizes, which fit into the plain header here."""
    kept, position = b"", 0
    while position + 4 <= len(extra):
        kind, length = _LOCAL_NAMES.unpack_from(extra, position)
        if kind != _ZIP64:
            kept += extra[position : position + 4 + length]
        position += 4 + length
    return kept


# A workbook as a bag of parts: XML parts are parsed once, and only those that were edited are written -----


class WorkbookPackage:
    """The parts of a workbook by their name in the zip, without a leading slash.

    Args:
        data: the file.

    Raises:
        UnreadableWorkbookError: it is not a zip file.
    """

    def __init__(self, data: bytes) -> None:
        self._archive = Archive(data)
        self._names = dict.fromkeys(self._archive.names())
        self._changes: dict[str, bytes | None] = {}
        self._roots: dict[str, Element] = {}
        self._edited: set[str] = set()

    def __contains__(self, name: str) -> bool:
        """Whether there is such a part."""
        return name in self._names

    def names(self) -> list[str]:
        """The names of all parts."""
        return list(self._names)

    def find(self, name: str) -> str:
        """The name of a part as the zip spells it; part names are the same in any case.

        Raises:
            UnreadableWorkbookError: there is no such part.
        """
        if name in self._names:
            return name
        for known in self._names:
            if known.casefold() == name.casefold():
                return known
        raise unreadable(f"bagian “{name}” tidak ada")

    def read(self, name: str) -> bytes:
        """The content of a part as it would be written now."""
        if name in self._edited:
            return serialize(self._roots[name], self._before(name))
        return self._before(name)

    def root(self, name: str) -> Element:
        """The root of an XML part, to look at."""
        if name not in self._roots:
            self._roots[name] = parse(self.read(name), name)
        return self._roots[name]

    def edit(self, name: str) -> Element:
        """The root of an XML part, to change."""
        root = self.root(name)
        self._edited.add(name)
        return root

    def put(self, name: str, content: bytes) -> None:
        """Add or replace a part."""
        self._forget(name)
        self._names[name] = None
        self._changes[name] = content

    def remove(self, name: str) -> None:
        """Take a part out."""
        self._forget(name)
        self._names.pop(name, None)
        self._changes[name] = None

    def free_name(self, pattern: str) -> str:
        """The next name of a numbered series of parts, such as ``xl/comments{}.xml``."""
        before, after = (re.escape(piece) for piece in pattern.split("{}"))
        matches = (re.fullmatch(rf"{before}(\d+){after}", name, re.IGNORECASE) for name in self._names)
        return pattern.format(max((int(match[1]) for match in matches if match), default=0) + 1)

    def save(self) -> bytes:
        """The file; parts that were not touched keep their compressed bytes."""
        changes = {**self._changes, **{name: self.read(name) for name in sorted(self._edited)}}
        return self._archive.replaced(changes)

    def _before(self, name: str) -> bytes:
        changed = self._changes.get(name)
        return self._archive.read(name) if changed is None else changed

    def _forget(self, name: str) -> None:
        self._roots.pop(name, None)
        self._edited.discard(name)


# What is needed to undo an annotation exactly, kept in a custom XML part of the annotated copy ------------
#
# Marks themselves are recognised by what they are: conditional formats by their formula, notes by their
# author and marker line, the sheet by a hidden name. The record only says which containers did not exist
# before and how restyled cells looked. It holds nothing of the content of a cell. A copy that was saved by
# a spreadsheet program since may not fit it any more; each entry is verified before it is used.


NAMESPACE = "urn:lkt:pemeriksaan"
_N = f"{{{NAMESPACE}}}"


@dataclass(slots=True)
class StyleRecord:
    """How styles.xml was before.

    Attributes:
        digest: of the part as we wrote it; other bytes void this record.
        sizes: collection -> number of its elements and its attribute ``count`` before.
        originals: number of a restyled format -> attribute ``s`` of its cells before; may be empty.
    """

    digest: str = ""
    sizes: dict[str, tuple[int, str | None]] = field(default_factory=dict)
    originals: dict[int, str] = field(default_factory=dict)


@dataclass(slots=True)
class Record:
    """What an annotation added besides its marks.

    Attributes:
        created: parts and elements that did not exist before.
        plain: (comments part, cell) of notes whose text was not divided into runs.
        boxes: (drawing part, cell) -> the anchor of a note's box before and after it was enlarged.
        styles: how styles.xml was.
    """

    created: set[str] = field(default_factory=set)
    plain: set[tuple[str, str]] = field(default_factory=set)
    boxes: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    styles: StyleRecord = field(default_factory=StyleRecord)

    def to_xml(self) -> bytes:
        """The content of the custom XML part."""
        root = etree.Element(f"{_N}pemeriksaan", nsmap={"lkt": NAMESPACE})
        for name in sorted(self.created):
            _add(root, "dibuat", nama=name)
        for part, cell in sorted(self.plain):
            _add(root, "polos", bagian=part, sel=cell)
        for (part, cell), (before, after) in sorted(self.boxes.items()):
            _add(root, "kotak", bagian=part, sel=cell, asli=before, baru=after)
        self._add_styles(root)
        return serialize(root)

    def _add_styles(self, root: Element) -> None:
        styles = _add(root, "gaya", sidik=self.styles.digest)
        for name, (size, count) in sorted(self.styles.sizes.items()):
            item = _add(styles, "koleksi", nama=name, banyak=str(size))
            if count is not None:
                item.set("count", count)
        for made, original in sorted(self.styles.originals.items()):
            _add(styles, "format", baru=str(made), asli=original)

    @staticmethod
    def from_xml(root: Element) -> "Record":
        """The record that a custom XML part holds."""
        record = Record()
        record.created = {item.get("nama", "") for item in _all(root, "dibuat")}
        record.plain = {(item.get("bagian", ""), item.get("sel", "")) for item in _all(root, "polos")}
        for item in _all(root, "kotak"):
            anchors = item.get("asli", ""), item.get("baru", "")
            record.boxes[item.get("bagian", ""), item.get("sel", "")] = anchors
        for styles in _all(root, "gaya"):
            record.styles.digest = styles.get("sidik", "")
        for item in _all(root, "koleksi"):
            record.styles.sizes[_collection(item)] = int(item.get("banyak", "0")), item.get("count")
        for item in _all(root, "format"):
            record.styles.originals[int(item.get("baru", "0"))] = item.get("asli", "")
        return record


def _collection(item: Element) -> str:
    name = item.get("nama", "")
    if not name.isidentifier():
        raise ValueError("no name of a list of formats")
    return name


def _add(parent: Element, name: str, **attributes: str) -> Element:
    return etree.SubElement(parent, f"{_N}{name}", attributes)


def _all(root: Element, name: str) -> Iterator[Element]:
    return root.iter(f"{_N}{name}")


# Relationships and content types: how the parts of a package know of each other ---------------------------


_CONTENT_TYPES = "[Content_Types].xml"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_RELS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"
_NO_RELS = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
)


@dataclass(frozen=True, slots=True)
class Link:
    """One relationship inside the package; ``kind`` is the last word of its type."""

    identifier: str
    kind: str
    part: str


def rels_of(part: str) -> str:
    """The name of the part that holds the relationships of a part; of the package where it is empty."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def links(package: WorkbookPackage, source: str) -> Iterator[Link]:
    """The relationships of a part to other parts that exist."""
    if rels_of(source) in package:
        known = {name.casefold(): name for name in package.names()}
        for item in children(package.root(rels_of(source))):
            target = known.get(_resolve(source, item.get("Target", "")).casefold())
            if target and item.get("TargetMode") != "External":
                yield Link(item.get("Id", ""), item.get("Type", "").rpartition("/")[2], target)


def linked(package: WorkbookPackage, source: str, kind: str) -> str | None:
    """The first part that ``source`` is related to in that way."""
    return next((link.part for link in links(package, source) if link.kind == kind), None)


def link(package: WorkbookPackage, record: Record, source: str, kind: str, part: str) -> str:
    """Relate two parts; the id of the new relationship."""
    rels = rels_of(source)
    if rels not in package:
        package.put(rels, _NO_RELS)
        declare(package, rels, _RELS_TYPE)
        record.created.add(rels)
    root = package.edit(rels)
    taken = {item.get("Id") for item in root}
    identifier = next(name for name in map("rIdLkt{}".format, range(1, len(taken) + 2)) if name not in taken)
    target = posixpath.relpath(f"/{part}", f"/{posixpath.dirname(source)}")
    etree.SubElement(
        root, f"{_RELS}Relationship", {"Id": identifier, "Type": f"{REL_NS}/{kind}", "Target": target}
    )
    return identifier


def unlink(package: WorkbookPackage, record: Record, source: str, part: str) -> None:
    """Take out the relationships from one part to another, and the list when we made it and it is empty."""
    rels = rels_of(source)
    found = {link.identifier for link in links(package, source) if link.part == part}
    if not found:
        return
    root = package.edit(rels)
    for item in list(root):
        if item.get("Id") in found:
            detach(item)
    if rels in record.created and not len(root):
        drop(package, rels)


def declare(package: WorkbookPackage, part: str, content_type: str) -> None:
    """Give a new part its content type, unless all parts with its extension have that type."""
    root, extension = package.root(_types(package)), part.rpartition(".")[2].lower()
    for item in children(root):
        if item.get("Extension", "").lower() == extension and item.get("ContentType") == content_type:
            return
    package.edit(_types(package))
    etree.SubElement(root, f"{_TYPES}Override", {"PartName": f"/{part}", "ContentType": content_type})


def retype(package: WorkbookPackage, part: str, content_type: str) -> bool:
    """Give a part that is there another content type; whether it had another one of its own."""
    for item in children(package.root(_types(package))):
        if item.get("PartName", "").casefold() == f"/{part}".casefold():
            changed = item.get("ContentType") != content_type
            if changed:
                package.edit(_types(package))
                item.set("ContentType", content_type)
            return changed
    return False


def drop(package: WorkbookPackage, part: str) -> None:
    """Remove a part with its content type and its own list of relationships."""
    package.remove(part)
    if rels_of(part) in package:
        package.remove(rels_of(part))
    for item in list(children(package.root(_types(package)))):
        if item.get("PartName", "").casefold() == f"/{part}".casefold():
            package.edit(_types(package))
            detach(item)


def _types(package: WorkbookPackage) -> str:
    return package.find(_CONTENT_TYPES)


def _resolve(source: str, target: str) -> str:
    path = posixpath.join("/", posixpath.dirname(source), unquote(target))
    return posixpath.normpath(path).lstrip("/")


def main_part(package: WorkbookPackage) -> str:
    """The name of the part that holds the workbook.

    Raises:
        UnreadableWorkbookError: there is none.
    """
    part = linked(package, "", "officeDocument")
    if part is None:
        raise unreadable("tidak ada bagian buku kerja")
    return part


# A workbook with macros, or a template of one, as a plain .xlsx: Excel opens nothing else by that name ----


_PLAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_MACROS = frozenset({"vbaProject"})


def as_plain(data: bytes) -> tuple[bytes, bool]:
    """The workbook as .xlsx, and whether it lost macros by that; untouched where it is one already.

    Raises:
        UnreadableWorkbookError: it is damaged.
    """
    package = WorkbookPackage(data)
    part = main_part(package)
    macros = [item for item in links(package, part) if item.kind in _MACROS]
    changed = retype(package, part, _PLAIN)
    for item in macros:
        _remove(package, part, item)
    return (package.save() if changed or macros else data), bool(macros)


def _remove(package: WorkbookPackage, source: str, item: Link) -> None:
    for signature in list(links(package, item.part)):
        drop(package, signature.part)
    unlink(package, Record(), source, item.part)
    drop(package, item.part)
