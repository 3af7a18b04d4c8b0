"""What a template may bring along: what makes Word fetch, run or insert something is refused or taken out.

A template is made by others, and a report goes on to others. Everything here is a list of what is allowed:
relationships with the elements that may use each and the content that its part may have, fields, attributes
with an address. Judged is the package as python-docx has read it and will save it, whatever the spelling of
modes, names and endings was.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from typing import Any, NamedTuple

from docx.document import Document
from docx.opc.part import Part, XmlPart
from lxml import etree

from lkt.bounded import ZIP_DAMAGE, ZipTroubleError, open_zip
from lkt.errors import TemplateError
from lkt.wordtemplate import limits
from lkt.wordtemplate.document import Element, UnreadablePartError, package_of, parse
from lkt.wordtemplate.tags import Mistake

# Relationships: what each may be used for, and what its part may be ---------------------------------------

_IMAGE = "image/"


class _Kind(NamedTuple):
    """A kind of relationship: the elements that may use it, and the end of the type of its part's content."""

    users: tuple[str, ...] = ()
    content: tuple[str, ...] = ()


_HYPERLINK = "hyperlink"
_KINDS = {
    kind.strip(): _Kind(tuple(users.split()), tuple(content.split()))
    for kind, users, content in (
        line.split("|")
        for line in """\
officeDocument      |                                                    | document.main+xml
core-properties     |                                                    | core-properties+xml
extended-properties |                                                    | extended-properties+xml
custom-properties   |                                                    | custom-properties+xml
thumbnail           |                                                    | image/
styles              |                                                    | styles+xml
settings            |                                                    | settings+xml
webSettings         |                                                    | webSettings+xml
fontTable           |                                                    | fontTable+xml
numbering           |                                                    | numbering+xml
footnotes           |                                                    | footnotes+xml
endnotes            |                                                    | endnotes+xml
comments            |                                                    | comments+xml
commentsExtended    |                                                    | commentsExtended+xml
commentsIds         |                                                    | commentsIds+xml
commentsExtensible  |                                                    | commentsExtensible+xml
people              |                                                    | people+xml
header              | headerReference                                    | header+xml
footer              | footerReference                                    | footer+xml
stylesWithEffects   |                                                    | stylesWithEffects+xml
glossaryDocument    |                                                    | document.glossary+xml
theme               |                                                    | theme+xml
themeOverride       |                                                    | themeOverride+xml
customXml           | contentPart                                        | application/xml inkml+xml
customXmlProps      |                                                    | customXmlProperties+xml
font                | embedRegular embedBold embedItalic embedBoldItalic | obfuscatedFont
image               | blip svgBlip imagedata fill stroke                 | image/
hdphoto             | imgLayer                                           | image/
chart               | chart                                              | chart+xml
chartEx             | chart                                              | chartex+xml
chartStyle          |                                                    | chartstyle+xml
chartColorStyle     |                                                    | chartcolorstyle+xml
chartUserShapes     | userShapes                                         | chartshapes+xml
package             | externalData                                       | spreadsheetml.sheet
diagramData         | relIds                                             | diagramData+xml
diagramLayout       | relIds                                             | diagramLayout+xml
diagramColors       | relIds                                             | diagramColors+xml
diagramQuickStyle   | relIds                                             | diagramStyle+xml
diagramDrawing      | relIds                                             | diagramDrawing+xml
hyperlink           | hyperlink hlinkClick hlinkHover                    |""".split("\n")  # noqa: SIM905 - a table
    )
}
_WORDS = {
    "oleObject": "objek OLE (sisipan dari program lain)",
    "OLEObject": "objek OLE (sisipan dari program lain)",
    "control": "kontrol ActiveX",
    "aFChunk": "dokumen lain yang disisipkan utuh (altChunk)",
    "subDocument": "subdokumen",
    "image": "gambar tertaut di luar dokumen; sisipkan gambarnya ke dalam dokumen",
    "frame": "bingkai halaman web",
    "attachedTemplate": "tautan ke templat asalnya (attachedTemplate)",
    "mailMerge": "surat gabung (mail merge)",
    "mailMergeSource": "surat gabung (mail merge)",
    "mailMergeHeaderSource": "surat gabung (mail merge)",
    "recipientData": "surat gabung (mail merge)",
    "vbaProject": "makro",
    "webVideoPr": "video dari web",
    "webextensiontaskpanes": "add-in Office",
    "userCustomization": "bilah alat",
    "attachedToolbars": "bilah alat",
    "keyMapCustomizations": "penyesuaian papan ketik",
    "printerSettings": "pengaturan pencetak",
    "origin": "tanda tangan digital, yang tidak lagi berlaku",
}
"""What the user is told of some things."""
_SAFE_LINK = re.compile(
    r"(?:https?://|mailto:|#|\{\{|%7B%7B)", re.IGNORECASE
)  # a tag is judged when filled in
_ONLY_LINKS = "yang boleh hanya alamat https dan surel"
_RELATED: Any = etree.XPath(
    "//@*[namespace-uri()='http://schemas.openxmlformats.org/officeDocument/2006/relationships'"
    " or namespace-uri()='http://purl.oclc.org/ooxml/officeDocument/relationships' or local-name()='relid']"
)
_TAKEN_OUT = (
    "attachedTemplate", "mailMerge", "saveThroughXslt", "schemaLibrary", "attachedSchema", "printerSettings",
    "webVideoPr",
)  # fmt: skip
"""Elements without which the document is the same on paper."""
_MOST_TOLD = 10


def strip_foreign(document: Document) -> list[Mistake]:
    """Take out what a report does without: what would be fetched, and parts of other programs.

    Returns:
        a remark that says what it was, where there was anything.
    """
    package, gone = package_of(document), list[str]()
    sources: list[Any] = [package, *package.iter_parts()]
    for source in sources:
        used = set[str]()
        root = None
        with suppress(UnreadablePartError):  # told by ``refuse_foreign`` unless it goes
            root = _root(source) if isinstance(source, Part) else None
        if root is not None:
            marks = [f"{{*}}{name}" for name in _TAKEN_OUT]
            found = [etree.QName(node).localname for node in root.iter(*marks)]
            etree.strip_elements(root, *marks, with_tail=False)
            if found and not isinstance(source, XmlPart):
                source._blob = etree.tostring(root, encoding="UTF-8", standalone=True)  # noqa: SLF001
            used = {str(value) for value in _RELATED(root)}
            gone += found
        for key, rel in list(source.rels.items()):
            if key not in used and _why_not(rel):
                del source.rels[key]
                gone.append(_kind_of(rel))
    told = dict.fromkeys(_WORDS.get(name, f"bagian jenis «{name}»") for name in gone)
    return [Mistake("berkas templat", "", f"tidak ikut ke laporan: {', '.join(told)}.")] if told else []


def refuse_foreign(document: Document, name: str, only: Collection[str] | None = None) -> None:
    """Refuse what reaches out of the document, or is no document.

    Args:
        document: as it will be saved.
        name: what the user calls the template.
        only: the names of the parts to look at; None for all.

    Raises:
        TemplateError: with everything that is refused.
    """
    parts = (
        part for part in package_of(document).iter_parts() if only is None or part.partname.membername in only
    )
    found = list(dict.fromkeys(reason for part in parts for reason in _foreign(part)))
    if found:
        more = f"; dan {len(found) - _MOST_TOLD} lainnya" if len(found) > _MOST_TOLD else ""
        raise TemplateError(
            f"Templat «{name}» memuat yang tidak boleh ikut ke laporan: "
            f"{'; '.join(found[:_MOST_TOLD])}{more}.",
            hint="Hapus di Word, simpan sebagai Dokumen Word (*.docx), lalu coba lagi.",
        )


def _kind_of(rel: Any) -> str:
    return str(rel.reltype.rpartition("/")[2])


def _why_not(rel: Any) -> str:
    """Why a relationship is not allowed, whatever it is used for; empty where it is."""
    kind, target = _kind_of(rel), str(rel.target_ref)
    allowed = _KINDS.get(kind)
    if allowed and rel.is_external and kind == _HYPERLINK:
        return "" if _SAFE_LINK.match(target.strip()) else f"tautan “{target[:80]}”; {_ONLY_LINKS}"
    if allowed and not rel.is_external and _has_content(rel.target_part, allowed.content):
        return ""
    return _WORDS.get(kind) or (
        f"tautan ke luar dokumen ({target[:80]})" if rel.is_external else f"bagian jenis «{kind}»"
    )


def _has_content(part: Part, ends: tuple[str, ...]) -> bool:
    content = part.content_type.lower()
    return content.endswith(tuple(map(str.lower, ends))) or (_IMAGE in ends and content.startswith(_IMAGE))


# Parts: XML, pictures and the workbooks of charts ---------------------------------------------------------

_NAME = re.compile(r"(?!.*\.\.)[\w .()\[\]&+,@!'~%/-]+")
_PICTURES = (
    b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"RIFF", b"II\xbc",
    b"\x01\0\0\0", b"\xd7\xcd\xc6\x9a", b"\x01\0\x09\0", b"\x02\0\x09\0", b"\x1f\x8b",  # EMF, WMF, packed
)  # fmt: skip
_OF_A_CHART = re.compile(
    r"(?i)relationships\+xml$|spreadsheetml\.(?:sheet\.main|worksheet|sharedStrings|styles|table|calcChain|"
    r"sheetMetadata|printerSettings)(?:\+xml)?$|(?:theme|core-properties|extended-properties)\+xml$|"
    r"/(?:officeDocument|worksheet|sharedStrings|styles|table|calcChain|sheetMetadata|printerSettings|theme|"
    r"core-properties|extended-properties)$"
)
"""What the workbook of a chart is made of: types of content, and of relationships."""
_SVG = "http://www.w3.org/2000/svg"
_VML = "urn:schemas-microsoft-com:vml"
_ADDRESSES = frozenset({"src", "href", "althref"})
_NEVER_FETCHED = frozenset(
    (
        "uri", "val", "name", "descr", "title", "alt", "tooltip", "string", "alias", "instr", "xpath",
        "prefixMappings", "schemaLocation", "minVer", "resource", "about",
    )
)  # fmt: skip
"""Attributes that may hold an address, or text with one."""
_WITH_ADDRESS: Any = etree.XPath(
    "//@*[contains(., ':') or contains(., '\\\\') or starts-with(., '//')"
    " or local-name()='src' or local-name()='href' or local-name()='althref']"
)
_ADDRESS = re.compile(r"://|^\s*(?:\\\\|//|(?:file|data|javascript|vbscript|mhtml):)", re.IGNORECASE)
_INSIDE = re.compile(r"\s*(?:#|$|data:image/)")
_DATA = ("application/xml", "customxmlproperties+xml")  # of other programs, for which Word fetches nothing


def _root(part: Part) -> Element | None:
    """The root of a part that is XML by the type of its content; None for any other.

    Raises:
        UnreadablePartError: it is not well-formed.
    """
    if isinstance(part, XmlPart):
        root: Element = part.element
        return root
    return parse(part.blob) if part.content_type.lower().endswith("xml") else None


def _foreign(part: Part) -> Iterator[str]:
    name = part.partname.membername
    if not _NAME.fullmatch(name):
        yield f"bagian bernama “{name}”"
    kinds = Counter(map(_kind_of, part.rels.values()))
    for kind, number in kinds.items():
        if number > 1 and kind in _KINDS and not _KINDS[kind].users:
            yield f"bagian jenis «{kind}» sebanyak {number}"
    try:
        root = _root(part)
    except UnreadablePartError:
        yield f"bagian “{name}” yang tidak terbaca"
        return
    if root is None:
        yield from _foreign_content(part)
        return
    yield from _foreign_uses(part, root)
    if not part.content_type.lower().endswith(_DATA):
        yield from _foreign_addresses(root)
    yield from forbidden_fields(root)


def _foreign_uses(part: Part, root: Element) -> Iterator[str]:
    for value in _RELATED(root):
        rel, user = part.rels.get(str(value)), etree.QName(value.getparent()).localname
        if rel is not None and (reason := _why_not(rel)):
            yield reason
        elif rel is not None and user not in _KINDS[_kind_of(rel)].users:
            yield _WORDS.get(user) or f"tautan jenis «{_kind_of(rel)}» yang dipakai oleh «{user}»"


def _foreign_addresses(root: Element) -> Iterator[str]:
    """The addresses that stand in a part itself, and are fetched."""
    for value in _WITH_ADDRESS(root):
        if _reaches_out(value.getparent(), str(value.attrname), str(value)):
            yield f"alamat “{str(value)[:80]}” pada «{etree.QName(value.getparent()).localname}»"
    for sheet in root.iter(f"{{{_SVG}}}style"):
        if "@import" in (sheet.text or "") or _ADDRESS.search(sheet.text or ""):
            yield "alamat pada «style»"


def _reaches_out(node: Element, attribute: str, value: str) -> bool:
    """Whether an attribute that may hold an address has one that is fetched."""
    name = etree.QName(attribute)
    if name.localname not in _ADDRESSES:
        return name.localname not in _NEVER_FETCHED and bool(_ADDRESS.search(value))
    link = name.localname == "href" and not name.namespace and etree.QName(node).namespace == _VML
    return not (_INSIDE.match(value) or (link and _SAFE_LINK.match(value)))


def _foreign_content(part: Part) -> Iterator[str]:
    name, data, content = part.partname.membername, part.blob, part.content_type.lower()
    if content.startswith(_IMAGE) and not data.startswith(_PICTURES):
        yield f"bagian “{name}” yang bukan gambar"
    if content.endswith("spreadsheetml.sheet"):
        try:
            with open_zip(data, limits.BYTES) as book:
                parts = [
                    book.read(each) for each in book.namelist() if each.lower().endswith((".rels", ".xml"))
                ]
            entries = [node for each in parts for node in parse(each).iter("{*}Relationship", "{*}Override")]
        except (*ZIP_DAMAGE, ZipTroubleError, UnreadablePartError):
            yield f"bagian “{name}” yang tidak terbaca"
            return
        for entry in entries:
            outside = (entry.get("TargetMode") or "").strip().lower() == "external"
            if outside or not _OF_A_CHART.search(entry.get("ContentType") or entry.get("Type") or ""):
                yield "data grafik dengan tautan, koneksi, makro, atau sisipan"


# Fields: those that count, refer or repeat what the document holds ----------------------------------------

ALLOWED_FIELDS = frozenset(
    (
        "ADVANCE", "AUTHOR", "AUTONUM", "AUTONUMLGL", "AUTONUMOUT", "BIBLIOGRAPHY", "CITATION", "COMMENTS",
        "COMPARE", "CREATEDATE", "DATE", "DISPLAYBARCODE", "DOCPROPERTY", "DOCVARIABLE", "EDITTIME", "EQ",
        "FILENAME", "FILESIZE", "FORMCHECKBOX", "FORMDROPDOWN", "FORMTEXT", "HYPERLINK", "IF", "INDEX",
        "INFO", "KEYWORDS", "LASTSAVEDBY", "LISTNUM", "NOTEREF", "NUMCHARS", "NUMPAGES", "NUMWORDS", "PAGE",
        "PAGEREF", "PRINTDATE", "QUOTE", "REF", "REVNUM", "SAVEDATE", "SECTION", "SECTIONPAGES", "SEQ", "SET",
        "STYLEREF", "SUBJECT", "SYMBOL", "TA", "TC", "TEMPLATE", "TIME", "TITLE", "TOA", "TOC", "USERADDRESS",
        "USERINITIALS", "USERNAME", "XE",
    )
)  # fmt: skip
"""Fields of Word that fetch and run nothing; HYPERLINK only to what is safe."""
_FIELD_WORDS = re.compile(r'"[^"]*"?|[^\s"]+')
_NESTED, _ENDLESS = "\x00", "\x01"  # a field inside the code of another; one without an end


def forbidden_fields(root: Element) -> Iterator[str]:
    """The fields of a part that are not allowed, as the user is told of them."""
    for code in _field_codes(root):
        words = _FIELD_WORDS.findall(code)
        word = words[0].upper() if words else ""
        if word == _NESTED:
            yield "bidang (field) yang kodenya dibuat oleh bidang lain"
        elif word == _ENDLESS:
            yield "bidang (field) yang tidak berakhir"
        elif word and not word.startswith("=") and word not in ALLOWED_FIELDS:
            yield f"bidang (field) {word[:40]}"
        elif word == "HYPERLINK" and any(
            target and not _SAFE_LINK.match(target) for target in _link_targets(words[1:])
        ):
            yield f"bidang (field) HYPERLINK ke alamat lain; {_ONLY_LINKS}"


def _link_targets(words: Iterable[str]) -> Iterator[str]:
    """What a HYPERLINK leads to: its words but for switches and their values."""
    words = iter(words)
    for word in words:
        if word.lower() in {r"\l", r"\o", r"\t"}:
            next(words, None)
        elif word.lower() not in {r"\m", r"\n", r"\h"}:
            yield word.removeprefix('"').removesuffix('"')


def _field_codes(root: Element) -> Iterator[str]:
    """The code of each field, those inside others included; text within a code is code to Word."""
    for simple in root.iter("{*}fldSimple"):
        yield _attribute(simple, "instr")
    codes: list[list[str] | None] = []  # of the fields that are open; None behind the end of a code
    for node in root.iter("{*}fldChar", "{*}instrText", "{*}delInstrText", "{*}t", "{*}delText"):
        code, is_text = codes[-1] if codes else None, etree.QName(node).localname in {"t", "delText"}
        kind = "" if is_text else _attribute(node, "fldCharType")
        if kind == "begin":
            if code is not None:
                code.append(f" {_NESTED} ")
            codes.append([])
        elif kind and codes:
            yield "".join(codes.pop() or ())
            if kind == "separate":
                codes.append(None)
        elif code is not None:
            code.append(node.text or "")
        elif not is_text:
            yield node.text or ""  # code outside of any field is judged alone
    if codes:
        yield _ENDLESS


def _attribute(node: Element, name: str) -> str:
    """An attribute of that name, whatever its namespace."""
    return next((str(value) for key, value in node.attrib.items() if etree.QName(key).localname == name), "")
