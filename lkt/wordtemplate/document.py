"""Word files: looked at within bounds, opened by python-docx, saved with the same bytes each time.

Whoever needs a Word file as it is, and no template, uses this module: ``open_document``, ``related``,
``parse``, ``custom_properties``, ``add_custom_properties`` and ``save``.
"""

import datetime as dt
import html
import io
import posixpath
import zipfile
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from importlib import resources
from typing import Any, NoReturn, TypeAlias

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.coreprops import CoreProperties
from docx.opc.oxml import CT_Relationships, CT_Types
from docx.opc.packuri import PackURI
from docx.opc.part import Part, PartFactory, XmlPart
from docx.opc.parts.coreprops import CorePropertiesPart
from docx.oxml.coreprops import CT_CoreProperties
from docx.oxml.exceptions import InvalidXmlError
from docx.oxml.ns import nsmap
from docx.oxml.parser import OxmlElement, parse_xml
from docx.package import Package
from docx.parts.document import DocumentPart
from docx.parts.image import ImagePart
from docx.parts.settings import SettingsPart
from docx.parts.story import StoryPart
from lxml import etree
from lxml.etree import _Element

from lkt.bounded import ZIP_DAMAGE, Trouble, ZipTroubleError, open_zip
from lkt.errors import TemplateError
from lkt.wordtemplate import limits
from lkt.wordtemplate.values import clean

# python-docx has no class for notes; as stories they are parsed, filled in and saved like headers.
PartFactory.part_type_for[CT.WML_FOOTNOTES] = StoryPart
PartFactory.part_type_for[CT.WML_ENDNOTES] = StoryPart

# Elements of WordprocessingML -----------------------------------------------------------------------------

Element: TypeAlias = _Element

FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
PI = etree.PI


def w(name: str) -> str:
    """The full name of an element or attribute of WordprocessingML."""
    return f"{{{nsmap['w']}}}{name}"


P, R, T, TBL, TR, TC = (w(name) for name in ("p", "r", "t", "tbl", "tr", "tc"))
P_PR, R_PR, P_STYLE, SECTION = (w(name) for name in ("pPr", "rPr", "pStyle", "sectPr"))
VAL, TEXT_BOX = w("val"), w("txbxContent")


class UnreadablePartError(TemplateError):
    """A part is not XML that may be read."""

    def __init__(self) -> None:
        super().__init__(
            "Berkas Word itu rusak: ada bagiannya yang tidak terbaca.",
            hint="Buka dan simpan ulang di Word, lalu coba lagi.",
        )


def parse(data: bytes) -> Element:
    """The root of an XML part as python-docx parses it: no entity is resolved, nothing is fetched.

    Raises:
        UnreadablePartError: when it is not well-formed, or declares a document type, which OOXML forbids.
    """
    try:
        root: Element = parse_xml(data)
    except (etree.LxmlError, ValueError) as error:
        raise UnreadablePartError from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadablePartError
    return root


def element(name: str, text: str = "", /, **attributes: str) -> Element:
    """A new WordprocessingML element."""
    made: Element = OxmlElement(f"w:{name}", {w(key): value for key, value in attributes.items()})
    if text:
        made.text = text
        made.set(XML_SPACE, "preserve")
    return made


def field_pieces(code: str, *result: Element) -> list[Element]:
    """The elements of a field of Word around its result; each needs a run of its own."""
    return [
        element("fldChar", fldCharType="begin"),
        element("instrText", code),
        element("fldChar", fldCharType="separate"),
        *result,
        element("fldChar", fldCharType="end"),
    ]


def parent_of(node: Element) -> Element:
    """The parent of a node that is known to have one."""
    parent = node.getparent()
    assert parent is not None
    return parent


def ancestor(node: Element, name: str) -> Element | None:
    """The nearest ancestor of that name."""
    return next(node.iterancestors(name), None)


def remove(node: Element) -> None:
    """Take a node out of its parent; text behind it stays."""
    parent, tail = parent_of(node), node.tail
    before = node.getprevious()
    if tail and before is not None:
        before.tail = (before.tail or "") + tail
    elif tail:
        parent.text = (parent.text or "") + tail
    parent.remove(node)


def divide(run: Element, first: Element) -> Element:
    """A run of the same formatting behind a run, with what that holds from a child on."""
    rest = element("r")
    rest.extend([deepcopy(properties) for properties in run.iterchildren(R_PR)])
    rest.extend([first, *first.itersiblings()])
    run.addnext(rest)
    return rest


def drop_hollow(*runs: Element) -> None:
    """Take the runs out that hold nothing but their formatting."""
    for run in runs:
        if all(child.tag == R_PR for child in run):
            remove(run)


# Opening --------------------------------------------------------------------------------------------------

_BEFORE_XML = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"  # marks of encodings, and blanks
_CONTENT_TYPES = "[Content_Types].xml"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_TEMPLATE_TYPE = b"wordprocessingml.template.main+xml"
_DOCUMENT_TYPE = b"wordprocessingml.document.main+xml"
_STRICT = "http://purl.oclc.org/ooxml/"
_STRICT_DOCUMENT = f"{_STRICT}officeDocument/relationships/officeDocument"
_ROOTS = {
    CT.WML_STYLES: "styles",
    CT.WML_SETTINGS: "settings",
    CT.WML_NUMBERING: "numbering",
    CT.WML_FOOTNOTES: "footnotes",
    CT.WML_ENDNOTES: "endnotes",
    CT.WML_COMMENTS: "comments",
}
"""The root of each part on which python-docx calls without looking."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DOCTYPES = tuple("<!DOCTYPE".encode(code) for code in ("ascii", "utf-16-le", "utf-16-be"))
_DAMAGE = (UnreadablePartError, etree.LxmlError, KeyError, ValueError, TypeError, AttributeError)
_AS_DOCX = "Buka berkas itu di Word, lalu pilih Simpan Sebagai > Dokumen Word (*.docx)."
_TOO_LARGE = (
    f"terlalu besar: melebihi {limits.BYTES // 1024**2} MB, terlalu banyak bagiannya, atau terlalu panjang",
    "Perkecil gambar di dalamnya; bila berkas ini dari orang lain, mungkin berkas jebakan.",
)
_TROUBLES = {
    Trouble.DAMAGED: ("bukan berkas Word, atau isinya rusak atau terpotong", _AS_DOCX),
    Trouble.PROTECTED: ("dilindungi kata sandi", "Buka di Word, hapus kata sandinya, lalu simpan."),
    Trouble.TOO_LARGE: _TOO_LARGE,
}


def open_document(data: bytes, name: str) -> Document:
    """A .docx or .dotx file, the latter as a .docx.

    Args:
        data: the file.
        name: what the user calls it, for messages.

    Raises:
        TemplateError: when it is anything else, damaged, protected or too large.
    """
    return load(read_parts(data, name), name)


def read_parts(data: bytes, name: str) -> dict[str, bytes]:
    """The parts of a zip package by name.

    Raises:
        TemplateError: when it is not a zip, is damaged, protected, or too large.
    """
    if data.startswith(_OLE):
        _refuse(name, "berformat .doc lama atau dilindungi kata sandi", _AS_DOCX)
    if not data.startswith(b"PK"):
        _refuse(name, "kosong (0 bita)" if not data else "bukan berkas Word, atau isinya rusak", _AS_DOCX)
    try:
        with open_zip(data, limits.BYTES) as archive:
            return {i.filename: archive.read(i) for i in archive.infolist() if not i.is_dir()}
    except ZipTroubleError as error:
        _refuse(name, *_TROUBLES[error.trouble])
    except ZIP_DAMAGE:
        _refuse(name, *_TROUBLES[Trouble.DAMAGED])


def load(parts: Mapping[str, bytes], name: str) -> Document:
    """The document that python-docx makes of parts; later changes to it leave them as they are.

    Raises:
        TemplateError: they are no Word document that can be read; ``name`` is what the user calls it.
    """
    if any(part.lower().endswith("vbaproject.bin") for part in parts):
        _refuse(name, "memuat makro, sehingga tidak dapat dipakai", _AS_DOCX)
    for part, data in parts.items():
        if part.lower().endswith((".xml", ".rels")) and any(sign in data for sign in _DOCTYPES):
            _refuse(name, f"memuat jenis dokumen (DTD) pada bagian {part}", _AS_DOCX)
    try:
        package = Package.open(io.BytesIO(zipped(_for_python_docx(parts, name), packed=False)))
    except _DAMAGE:
        _refuse(name, f"rusak: {_broken_part(parts)} tidak terbaca", _AS_DOCX)
    mains = related(package, RT.OFFICE_DOCUMENT) or related(package, _STRICT_DOCUMENT)
    main = mains[0] if mains else None
    if main is not None and "macroEnabled" in main.content_type:
        _refuse(name, "memuat makro, sehingga tidak dapat dipakai", _AS_DOCX)
    if not isinstance(main, DocumentPart):
        _refuse(name, "bukan dokumen Word (.docx)", _AS_DOCX)
    if str(main.element.tag).startswith(f"{{{_STRICT}"):
        _refuse(name, "disimpan sebagai Dokumen Strict Open XML", _AS_DOCX)
    _require_sound(package, name)
    document: Document = main.document
    return document


def _require_sound(package: Package, name: str) -> None:
    """Refuse what python-docx would stumble over later, and a document type that the bytes did not show."""
    for part in package.iter_parts():
        if not isinstance(part, XmlPart):
            continue
        if part.element.getroottree().docinfo.internalDTD is not None:
            _refuse(name, f"memuat jenis dokumen (DTD) pada bagian {part.partname[1:]}", _AS_DOCX)
        if part.content_type in _ROOTS and part.element.tag != w(_ROOTS[part.content_type]):
            _refuse(name, f"rusak: bagian {part.partname[1:]} berisi hal lain", _AS_DOCX)
    if not all(isinstance(part, ImagePart) for part in package.image_parts):
        _refuse(name, "rusak: daftar gambarnya tidak terbaca", _AS_DOCX)


def _refuse(name: str, reason: str, hint: str) -> NoReturn:
    raise TemplateError(f"Templat «{name}» {reason}.", hint=hint) from None


def _for_python_docx(parts: Mapping[str, bytes], name: str) -> dict[str, bytes]:
    """The parts with their indexes as python-docx reads them, and a Word template as a document."""
    names = {part.lower(): part for part in parts}
    indexes = [part for part in parts if part.lower().endswith(".rels")]
    if len(parts) > limits.PARTS or len(indexes) > limits.INDEXES or _marks(parts) > limits.MARKS:
        _refuse(name, *_TOO_LARGE)
    found = {part: data for part, data in parts.items() if part not in indexes}
    relations = 0
    for index in indexes:
        folder = posixpath.dirname(posixpath.dirname(index))
        source = posixpath.join(folder, posixpath.basename(index)[: -len(".rels")])
        source = names.get(source.lower(), source)
        made = _index(parts[index], folder, names)
        relations += made.count(b"<Relationship ")
        found[posixpath.join(folder, "_rels", f"{posixpath.basename(source)}.rels")] = made
    if relations > limits.RELATIONS:
        _refuse(name, *_TOO_LARGE)
    types = names.get(_CONTENT_TYPES.lower())
    if types is None:
        _refuse(name, "bukan dokumen Word (.docx)", _AS_DOCX)
    found[_CONTENT_TYPES] = found.pop(types).replace(_TEMPLATE_TYPE, _DOCUMENT_TYPE)
    return found


def _marks(parts: Mapping[str, bytes]) -> int:
    """How many elements and attributes the XML has, about; a part that does not begin like XML is none."""
    xml = (data for data in parts.values() if data[:64].lstrip(_BEFORE_XML).startswith(b"<"))
    return sum(data.count(b"<") + data.count(b"=") for data in xml)


def _index(data: bytes, folder: str, names: Mapping[str, str]) -> bytes:
    """An index of relationships to parts, compared regardless of case, or outside.

    A place in the text (``#…``) is outside, as Word writes it. What leads to no part is left out: Word opens
    such a file, python-docx does not.
    """
    made = CT_Relationships.new()
    for rel in parse(data).iter(_RELATIONSHIP):
        identifier, kind, target = (rel.get(key) or "" for key in ("Id", "Type", "Target"))
        external = _is_external(rel)
        if not external:
            path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            target = f"/{names[path.lower()]}" if path.lower() in names else ""
        if identifier and kind and target:
            made.add_rel(identifier, kind, target, external)
    return bytes(made.xml)


def _is_external(relationship: Element) -> bool:
    mode = (relationship.get("TargetMode") or "").strip().lower()
    return mode == "external" or (relationship.get("Target") or "").startswith("#")


def _broken_part(parts: Mapping[str, bytes]) -> str:
    for part, data in parts.items():
        try:
            if part.endswith((".xml", ".rels")):
                parse(data)
        except UnreadablePartError:
            return f"bagian {part}"
    return "daftar isinya"


# Parts and saving -----------------------------------------------------------------------------------------

_PACKED = (".jpeg", ".jpg", ".png", ".xlsx")  # compressed already
_STAMP = (1980, 1, 1, 0, 0, 0)


def related(source: Part | Package, kind: str) -> list[Part]:
    """The parts that a part or a package is related to in that way, in the order of the relationships."""
    targets = (rel.target_part for rel in source.rels.values() if rel.reltype == kind and not rel.is_external)
    return list(dict.fromkeys(targets))


def related_xml(source: Part, kind: str) -> list[XmlPart]:
    """Those of them that python-docx has parsed, such as styles, headers and notes."""
    return [part for part in related(source, kind) if isinstance(part, XmlPart)]


def styles_of(document: Document) -> list[Element]:
    """The styles of a document, which need not have any."""
    return [
        style for part in related_xml(document.part, RT.STYLES) for style in part.element.iter(w("style"))
    ]


def package_of(document: Document) -> Package:
    """The package that a document is in."""
    package = document.part.package
    assert isinstance(package, Package)
    return package


def parts_of(document: Document) -> dict[str, bytes]:
    """The parts of a document by their names in the zip, with the indexes."""
    package = package_of(document)
    types: Any = CT_Types.new()  # type: ignore[no-untyped-call]
    parts = {"_rels/.rels": bytes(package.rels.xml)}
    types.add_default("rels", CT.OPC_RELATIONSHIPS)
    for part in package.iter_parts():
        parts[part.partname.membername] = part.blob
        types.add_override(part.partname, part.content_type)
        if part.rels:
            parts[part.partname.rels_uri.membername] = bytes(part.rels.xml)
    return {**parts, _CONTENT_TYPES: etree.tostring(types, encoding="UTF-8", standalone=True)}


def save(document: Document) -> bytes:
    """The document as a file; equal documents give equal bytes."""
    return zipped(parts_of(document))


def zipped(parts: Mapping[str, bytes], *, packed: bool = True) -> bytes:
    """A zip package of parts by name, usually compressed; equal parts give equal bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in sorted(parts, key=lambda part: (part != _CONTENT_TYPES, part)):
            entry = zipfile.ZipInfo(name, _STAMP)
            entry.create_system, entry.external_attr = 3, 0o600 << 16
            small = not packed or name.endswith(_PACKED)
            archive.writestr(entry, parts[name], zipfile.ZIP_STORED if small else zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


# Properties: title and dates, and named values of our own -------------------------------------------------

_LONGEST = 255  # characters of a property, by Word and python-docx
_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VT = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_PROPERTY = f"{{{_CUSTOM}}}property"
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"


@dataclass(frozen=True)
class Properties:
    """What the document says of itself.

    Attributes:
        title: its title.
        subject: what it is about.
        author: who made it.
        created: when; taken for UTC when it has no zone.
    """

    title: str
    subject: str
    author: str
    created: dt.datetime


def set_properties(document: Document, properties: Properties) -> None:
    """Replace the core properties of a document; nothing of the template's own stays."""
    made, package = CT_CoreProperties.new(), package_of(document)
    core = CoreProperties(made)
    core.title, core.subject = _short(properties.title), _short(properties.subject)
    core.author = core.last_modified_by = _short(properties.author)
    moment = properties.created
    core.created = core.modified = moment.astimezone(dt.UTC) if moment.tzinfo else moment
    part = CorePropertiesPart(PackURI("/docProps/core.xml"), CT.OPC_CORE_PROPERTIES, made, package)
    _relate_instead(package, RT.CORE_PROPERTIES, part)


def custom_properties(document: Document) -> dict[str, str]:
    """The custom properties of a document as text.

    Raises:
        UnreadablePartError: the part that holds them is not well-formed.
    """
    items = _custom(document).iter(_PROPERTY)
    return {item.get("name") or "": "".join(map(str, item.itertext())).strip() for item in items}


def add_custom_properties(document: Document, values: Mapping[str, str]) -> None:
    """Add to the custom properties of a document, or replace those of the same names."""
    root, package = _custom(document), package_of(document)
    for old in [item for item in root.iter(_PROPERTY) if item.get("name") in values]:
        root.remove(old)
    for name, value in values.items():
        made = etree.SubElement(root, _PROPERTY, {"fmtid": _FORMAT, "name": clean(name)})
        etree.SubElement(made, f"{{{_VT}}}lpwstr").text = _short(value)
    for number, item in enumerate(root.iter(_PROPERTY), 2):
        item.set("pid", str(number))
    data = etree.tostring(root, encoding="UTF-8", standalone=True)
    part = Part(PackURI("/docProps/custom.xml"), CT.OFC_CUSTOM_PROPERTIES, data, package)
    _relate_instead(package, RT.CUSTOM_PROPERTIES, part)


def _custom(document: Document) -> Element:
    found = related(package_of(document), RT.CUSTOM_PROPERTIES)
    return parse(found[0].blob if found else f'<Properties xmlns="{_CUSTOM}" xmlns:vt="{_VT}"/>'.encode())


def _relate_instead(package: Package, kind: str, part: Part) -> None:
    for key in [key for key, rel in package.rels.items() if rel.reltype == kind]:
        del package.rels[key]
    package.relate_to(part, kind)


def _short(text: str) -> str:
    return clean(text)[:_LONGEST]


# A word in grey across each page, as Word itself draws it: WordArt hung in the headers --------------------

_WIDTH, _TALLEST = 440, 150  # points, on A4 between usual margins
_LETTER = 0.6  # the width of a letter by its height


def add_watermark(document: Document, text: str, name: str) -> None:
    """Put a watermark such as "DRAF" on each page.

    Raises:
        TemplateError: the sections of the document are damaged; ``name`` is what the user calls it.
    """
    try:
        _complete_headers(document)
    except (InvalidXmlError, ValueError, KeyError, AttributeError):
        _refuse(name, "rusak: pengaturan halamannya tidak terbaca", _AS_DOCX)
    shape = (resources.files("lkt.wordtemplate") / "watermark.xml").read_text(encoding="utf-8")
    height = int(min(_TALLEST, _WIDTH / (_LETTER * len(text))))
    for number, part in enumerate(related_xml(document.part, RT.HEADER), 1):
        paragraph = part.element.find(P)
        if paragraph is None:
            paragraph = element("p")
            part.element.append(paragraph)
        values = {"number": number, "spid": 2048 + number, "width": _WIDTH, "height": height}
        paragraph.append(parse_xml(shape.format(text=f'"{html.escape(clean(text))}"', **values)))


_BEFORE_BREAKS = (
    "useSingleBorderforContiguousCells", "wpJustification", "noTabHangInd", "noLeading", "spaceForUL",
    "noColumnBalance", "balanceSingleByteDoubleByteWidth", "noExtraLineSpacing", "doNotLeaveBackslashAlone",
    "ulTrailSpace",
)  # fmt: skip
_BEHIND_COMPAT = (
    "docVars", "rsids", "mathPr", "attachedSchema", "themeFontLang", "clrSchemeMapping", "captions",
    "doNotIncludeSubdocsInStats", "doNotAutoCompressPictures", "forceUpgrade", "readModeInkLockDown",
    "smartTagType", "shapeDefaults", "doNotEmbedSmartTags", "decimalSymbol", "listSeparator",
)  # fmt: skip
"""Elements of the settings, which stand in the order of their schema."""


def keep_short_lines(document: Document) -> None:
    """A line of a justified paragraph that ends with a line break is not stretched to the margin.

    Word and LibreOffice do so by a setting of the document (ECMA-376 Part 1, 17.15.3.1).
    """
    if not _has_settings(document):
        return
    settings: Any = document.settings.element
    compat = settings.find(w("compat"))
    if compat is None:
        compat = element("compat")
        places = [place for place, child in enumerate(settings) if _local(child) in _BEHIND_COMPAT]
        settings.insert(min(places, default=len(settings)), compat)
    if compat.find(w("doNotExpandShiftReturn")) is None:
        before = [child for child in compat if _local(child) in _BEFORE_BREAKS]
        compat.insert(len(before), element("doNotExpandShiftReturn"))


def _has_settings(document: Document) -> bool:
    return isinstance(next(iter(related(document.part, RT.SETTINGS)), None), SettingsPart)


def _local(node: Element) -> str:
    return str(node.tag).rpartition("}")[2]  # of a comment it is a function


def _complete_headers(document: Document) -> None:
    """Make the headers that pages use and no section has."""
    uneven = _has_settings(document) and document.settings.odd_and_even_pages_header_footer
    for section in document.sections:
        used = [section.header]
        if section.different_first_page_header_footer:
            used.append(section.first_page_header)
        if uneven:
            used.append(section.even_page_header)
        before = set(related(document.part, RT.HEADER))
        for header in used:
            if header.part not in before:  # asking for it makes one where no section has any
                etree.strip_elements(header.part.element, w("pPr"))  # its style need not be in this document
