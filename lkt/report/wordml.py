"""WordprocessingML names, and the one way XML is read and written here."""

from functools import lru_cache
from typing import TypeAlias

from lxml import etree
from lxml.etree import _Element

from lkt.errors import TemplateError

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
