"""An .xlsx package within bounds: its parts by name, relationship and content type, and their XML.

Names of parts are compared without regard to case, as the format asks for. A part that is referenced and
missing raises; it never reads as an empty one.
"""

import io
import itertools
import posixpath
import re
import zipfile
from collections.abc import Collection, Iterable, Iterator
from copy import deepcopy
from functools import cached_property
from typing import NamedTuple, TypeAlias, cast
from urllib.parse import unquote

from lxml import etree
from lxml.etree import _Element

from lkt.bounded import ZIP_DAMAGE, Trouble, ZipTroubleError, open_zip, part_key
from lkt.errors import UnreadableWorkbookError
from lkt.indonesian import format_number

MOST_UNPACKED = 400 * 1024 * 1024
"""Bytes of all parts together."""

MOST_TAGS = 12_000_000
"""Of one part that is read row by row; a cell with a value has four."""

MOST_TAGS_OF_A_TREE = 2_000_000
"""Of one part that is held in memory as a whole, where each tag costs some 200 bytes."""


class XlsxError(UnreadableWorkbookError):
    """A workbook that cannot be read.

    Attributes:
        detail: what is wrong, to follow a colon; names no file.
        trouble: the kind of trouble.
    """

    def __init__(self, detail: str, trouble: Trouble = Trouble.DAMAGED) -> None:
        large = trouble is Trouble.TOO_LARGE
        super().__init__(
            f"Buku kerja {'terlalu besar' if large else 'rusak atau tidak lengkap'}: {detail}.",
            "Hapus lembar atau baris yang bukan bagian buku kerja LKT, lalu coba lagi."
            if large
            else "Buka di Excel atau WPS, simpan sebagai berkas .xlsx baru, lalu coba lagi.",
        )
        self.detail = detail
        self.trouble = trouble


# XML: one way to parse, and what the parts of a workbook are made of --------------------------------------


Element: TypeAlias = _Element

MAIN_NS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL_NS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
REL_ID = f"{{{REL_NS}}}id"
TRUE = frozenset({"1", "true"})

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_NAMES = cast("dict[str, str]", {None: MAIN_NS})  # the stubs know no default namespace
HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_TO_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)|[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")


def m(name: str) -> str:
    """The full name of an element of SpreadsheetML."""
    return f"{{{MAIN_NS}}}{name}"


def parse(data: bytes, part: str) -> Element:
    """The root of a part.

    Raises:
        XlsxError: it is not well-formed, declares a document type, or has too many elements.
    """
    _refuse_unsafe(data, part, MOST_TAGS_OF_A_TREE)
    try:
        root: Element = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except (etree.LxmlError, ValueError):
        raise XlsxError(f"bagian “{part}” bukan XML yang utuh") from None
    return root


def stream(data: bytes, part: str, *names: str) -> Iterator[Element]:
    """The elements of SpreadsheetML with those names, each forgotten when the next comes.

    Raises:
        XlsxError: as ``parse``, whose limit on elements is lower.
    """
    _refuse_unsafe(data, part, MOST_TAGS)
    tags = [m(name) for name in names]
    try:
        for _, found in etree.iterparse(io.BytesIO(data), tag=tags, resolve_entities=False, no_network=True):
            yield found
            found.clear()
            while found.getprevious() is not None:
                del found.getparent()[0]
    except (etree.LxmlError, ValueError):
        raise XlsxError(f"bagian “{part}” bukan XML yang utuh") from None


def _refuse_unsafe(data: bytes, part: str, most: int) -> None:
    if data.count(b"<") > most:
        raise XlsxError(f"bagian “{part}” memuat lebih dari {format_number(most)} unsur", Trouble.TOO_LARGE)
    if b"<!DOCTYPE" in data or "<!DOCTYPE".encode("utf-16-le") in data:
        raise XlsxError(f"bagian “{part}” memuat DTD, yang tidak pernah ada dalam berkas Excel")


def serialize(root: Element) -> bytes:
    """The bytes of a part."""
    return HEAD + etree.tostring(root.getroottree(), encoding="UTF-8", xml_declaration=False)


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


def fragment(text: str) -> Element:
    """An element of SpreadsheetML from its XML, the root of a tree of its own."""
    return deepcopy(etree.fromstring(f'<x xmlns="{MAIN_NS}">{text}</x>')[0])


def add_text(parent: Element, text: str) -> None:
    """Add a child ``t`` that keeps its blanks."""
    add(parent, "t", escape(text), **{_SPACE: "preserve"})


def children(parent: Element | None) -> Iterator[Element]:
    """The child elements, without comments and processing instructions."""
    return iter(()) if parent is None else parent.iterchildren("*")


def detach(child: Element) -> None:
    """Take an element out."""
    parent = child.getparent()
    assert parent is not None
    parent.remove(child)


def escape(text: str) -> str:
    """A text as an ST_Xstring: what XML cannot hold stands as _xHHHH_."""
    clean = _SURROGATE.sub("\ufffd", text)
    return _TO_ESCAPE.sub(lambda match: f"_x{ord(match[0]):04X}_", clean)


def unescape(text: str) -> str:
    """The text that an ST_Xstring stands for; half of a UTF-16 pair, which no output can hold, is U+FFFD."""
    if "_x" not in text:
        return text
    return _SURROGATE.sub("\ufffd", _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text))


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


def insert_in_order(root: Element, made: Iterable[Element]) -> None:
    """Put children of one kind where the schema wants them: after the last one that may stand before them."""
    items = list(made)
    if items:
        ranks = _RANKS[str(root.tag)]
        rank, last = ranks[str(items[0].tag)], len(ranks)
        before = [place for place, other in enumerate(root, 1) if ranks.get(str(other.tag), last) <= rank]
        place = before[-1] if before else 0
        root[place:place] = items


# The package: parts, relationships, content types ---------------------------------------------------------


_CONTENT_TYPES = "[Content_Types].xml"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELS_NS = "http://schemas.openxmlformats.org/package/2006/relationships"
_NO_RELS = HEAD + f'<Relationships xmlns="{_RELS_NS}"/>'.encode()
_WORKBOOK_TYPE = re.compile(
    r"application/vnd\.(openxmlformats-officedocument\.spreadsheetml|ms-excel)\..*main\+xml"
)
_STAMP = (1980, 1, 1, 0, 0, 0)


class Relation(NamedTuple):
    """What a part refers to inside the package.

    Attributes:
        identifier: as the part names it.
        kind: the last word of its type, in small letters: "worksheet", "calcchain".
        part: the name of the other part, which may be missing.
    """

    identifier: str
    kind: str
    part: str


class Package:
    """The parts of a workbook by their name, without a leading slash.

    XML parts are parsed once; those that are edited, and parts that are put, are written by ``save``, all
    others keep their content.

    Args:
        data: the file.

    Raises:
        XlsxError: it is no zip file, protected, or unpacks to more than is ever read.
    """

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = open_zip(data, MOST_UNPACKED)
        except ZipTroubleError as error:
            raise XlsxError("bukan arsip zip yang utuh", error.trouble) from None
        self._entries: dict[str, zipfile.ZipInfo] = {}
        self._spelled: dict[str, str] = {}  # a name regardless of case -> the first that is written so
        for entry in self._zip.infolist():
            if not entry.is_dir():
                self._add(entry)
        self._put: dict[str, bytes] = {}
        self._roots: dict[str, Element] = {}
        self._edited: set[str] = set()

    def _add(self, entry: zipfile.ZipInfo) -> None:
        name = _clean(entry.filename)
        self._entries[name] = entry
        self._spelled.setdefault(name.casefold(), name)

    def _key(self, part: str) -> str:
        """The name of a part as it is written; of several that differ in case alone, the very one."""
        name = _clean(part)
        return name if name in self._entries else self._spelled.get(name.casefold(), name)

    def __contains__(self, part: str) -> bool:
        """Whether there is such a part."""
        return self._key(part) in self._entries

    def names(self) -> list[str]:
        """The names of all parts, as they are written."""
        return list(self._entries)

    def read(self, part: str) -> bytes:
        """The content of a part, as it is now.

        Raises:
            XlsxError: it is missing, damaged or encrypted.
        """
        name = self._key(part)
        if name not in self._entries:
            raise XlsxError(f"bagian “{part}” tidak ada")
        if name in self._edited:
            return serialize(self._roots[name])
        if name in self._put:
            return self._put[name]
        try:
            return self._zip.read(self._entries[name])
        except ZIP_DAMAGE:
            raise XlsxError(f"bagian “{part}” tidak dapat dibuka") from None

    def root(self, part: str) -> Element:
        """The root of an XML part, to look at.

        Raises:
            XlsxError: as ``read``, or it is no XML.
        """
        name = self._key(part)
        if name not in self._roots:
            self._roots[name] = parse(self.read(part), part)
        return self._roots[name]

    def edit(self, part: str) -> Element:
        """The root of an XML part, to change."""
        root = self.root(part)
        self._edited.add(self._key(part))
        return root

    def put(self, part: str, content: bytes, content_type: str = "") -> None:
        """Add or replace a part; a new one has a content type."""
        if part not in self:
            self._add(_entry(part))
        self._forget(part)
        self._put[self._key(part)] = content
        if content_type:
            self.retype(part, content_type)

    def _forget(self, part: str) -> None:
        name = self._key(part)
        self._put.pop(name, None)
        self._roots.pop(name, None)
        self._edited.discard(name)

    def free_name(self, pattern: str) -> str:
        """The first free name of a numbered series of parts, such as ``xl/comments{}.xml``."""
        return next(name for name in map(pattern.format, itertools.count(1)) if name not in self)

    def retype(self, part: str, content_type: str) -> None:
        """Say what a part holds; an empty type takes the statement out."""
        stated = children(self.root(_CONTENT_TYPES))
        for item in [item for item in stated if part_key(item.get("PartName", "")) == part_key(part)]:
            detach(item)
            self.edit(_CONTENT_TYPES)
        if content_type:
            root, name = self.edit(_CONTENT_TYPES), f"{_TYPES}Override"
            etree.SubElement(root, name, PartName=f"/{part}", ContentType=content_type)

    def relations(self, part: str, *kinds: str) -> list[Relation]:
        """What a part refers to inside the package, in some ways or in any; the package itself is ""."""
        rels, found = _rels_of(part), []
        for item in children(self.root(rels)) if rels in self else ():
            kind = item.get("Type", "").rpartition("/")[2].casefold()
            outside = item.get("TargetMode", "").strip().casefold() == "external"
            if (kind in kinds or not kinds) and not outside and item.get("Target"):
                found.append(Relation(item.get("Id", ""), kind, _target(part, item)))
        return found

    def related(self, part: str, *kinds: str) -> str | None:
        """The first part that another refers to in one of these ways; it may be missing."""
        return next((each.part for each in self.relations(part, *kinds)), None)

    def drop(self, part: str, kind: str) -> bool:
        """Take out what a part refers to in one way; whether there was anything."""
        gone = self.relations(part, kind)
        self.unrelate(part, gone)
        return bool(gone)

    def relate(self, source: str, kind: str, part: str) -> str:
        """Let a part refer to another; the id of the new relationship."""
        rels = _rels_of(source)
        if rels not in self:
            self.put(rels, _NO_RELS)
        root = self.edit(rels)
        taken = {item.get("Id") for item in root}
        identifier = next(name for name in map("rIdLkt{}".format, itertools.count(1)) if name not in taken)
        target = posixpath.relpath(f"/{part}", f"/{posixpath.dirname(source)}")
        attributes = {"Id": identifier, "Type": f"{REL_NS}/{kind}", "Target": target}
        etree.SubElement(root, f"{{{_RELS_NS}}}Relationship", attributes)
        return identifier

    def unrelate(self, source: str, gone: Collection[Relation]) -> None:
        """Take relationships of a part out, and the parts that nothing refers to any more."""
        if not gone:
            return
        identifiers = {each.identifier for each in gone}
        for item in list(children(self.edit(_rels_of(source)))):
            if item.get("Id") in identifiers:
                detach(item)
        indexes = (posixpath.split(name) for name in self.names() if name.casefold().endswith(".rels"))
        sources = (posixpath.join(posixpath.dirname(path), name[: -len(".rels")]) for path, name in indexes)
        used = {part_key(each.part) for other in sources for each in self.relations(other)}
        for part in {each.part for each in gone if each.part in self and part_key(each.part) not in used}:
            self.unrelate(part, self.relations(part))
            self.retype(part, "")
            for name in (part, _rels_of(part)):
                self._forget(name)
                self._entries.pop(self._key(name), None)

    @cached_property
    def workbook_part(self) -> str:
        """The part that lists the sheets, whatever its name.

        Raises:
            XlsxError: there is none (``Trouble.FOREIGN``), it is of the strict dialect (``Trouble.STRICT``),
                or it is damaged.
        """
        part = self.related("", "officedocument")
        if part is None and _CONTENT_TYPES in self:
            typed = (
                item.get("PartName", "").lstrip("/")
                for item in children(self.root(_CONTENT_TYPES))
                if _WORKBOOK_TYPE.fullmatch(item.get("ContentType", ""))
            )
            part = next(typed, None)
        if part is None or part.casefold().endswith(".bin"):  # .xlsb
            raise XlsxError("tidak ada buku kerja di dalamnya", Trouble.FOREIGN)
        root = etree.QName(self.root(part))
        if root.localname != "workbook":
            raise XlsxError("tidak ada buku kerja di dalamnya", Trouble.FOREIGN)
        if root.namespace != MAIN_NS:
            raise XlsxError("buku kerjanya berdialek lain (Strict Open XML)", Trouble.STRICT)
        return part

    def save(self) -> bytes:
        """The file as it is now; parts that were not touched keep their content, dates and attributes."""
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as target:
            for name, entry in self._entries.items():
                made = _entry(name, entry.date_time)
                made.external_attr = entry.external_attr
                target.writestr(made, self.read(name))
        return buffer.getvalue()


def _clean(name: str) -> str:
    return name.replace("\\", "/").lstrip("/")


def _entry(name: str, stamp: tuple[int, int, int, int, int, int] = _STAMP) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, stamp)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 0  # the same bytes on every system
    return entry


def _rels_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _target(source: str, item: Element) -> str:
    written = unquote(item.get("Target", "")).replace("\\", "/")
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(source), written)).lstrip("/")
