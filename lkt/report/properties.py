"""The properties of a document: title and dates, and named values of our own."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from lkt.report.ledger import clean
from lkt.report.opc import CORE_PROPERTIES, ROOT, Package
from lkt.report.wordml import Element, parse, serialize

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


def write_properties(package: Package, properties: Properties) -> None:
    """Replace the core properties of a package, and add to its custom ones."""
    name = _part(package, CORE_PROPERTIES, "docProps/core.xml", _CORE_TYPE)
    package.parts[name] = serialize(_core(properties))
    if properties.custom:
        write_custom(package, properties.custom)


def write_custom(package: Package, values: Mapping[str, str]) -> None:
    """Add to the custom properties of a package, or replace those of the same names."""
    name = _part(package, _CUSTOM_PART, "docProps/custom.xml", _CUSTOM_TYPE)
    package.parts[name] = serialize(_custom(package.parts.get(name), values))


def read_custom(package: Package) -> dict[str, str]:
    """The custom properties of a package as text.

    Raises:
        UnreadablePartError: the part that holds them is not well-formed.
    """
    found = package.related(ROOT, _CUSTOM_PART)
    items = parse(package.parts[found[0]]).iter(_PROPERTY) if found else ()
    return {item.get("name") or "": "".join(map(str, item.itertext())).strip() for item in items}


def _part(package: Package, kind: str, default: str, content_type: str) -> str:
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
