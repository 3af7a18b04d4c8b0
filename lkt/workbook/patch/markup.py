"""XML as the parts of a workbook hold it: names, careful parsing, serializing with the least change."""

import re
from collections.abc import Iterator
from typing import TypeAlias, cast

from lxml import etree
from lxml.etree import _Element

from lkt.workbook.patch.errors import unreadable

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
