"""Relationships and content types: how the parts of a package know of each other."""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from lxml import etree

from lkt.workbook.patch.errors import unreadable
from lkt.workbook.patch.markup import REL_NS, children, detach
from lkt.workbook.patch.package import Package
from lkt.workbook.patch.record import Record

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


def links(package: Package, source: str) -> Iterator[Link]:
    """The relationships of a part to other parts that exist."""
    if rels_of(source) in package:
        known = {name.casefold(): name for name in package.names()}
        for item in children(package.root(rels_of(source))):
            target = known.get(_resolve(source, item.get("Target", "")).casefold())
            if target and item.get("TargetMode") != "External":
                yield Link(item.get("Id", ""), item.get("Type", "").rpartition("/")[2], target)


def linked(package: Package, source: str, kind: str) -> str | None:
    """The first part that ``source`` is related to in that way."""
    return next((link.part for link in links(package, source) if link.kind == kind), None)


def link(package: Package, record: Record, source: str, kind: str, part: str) -> str:
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


def unlink(package: Package, record: Record, source: str, part: str) -> None:
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


def declare(package: Package, part: str, content_type: str) -> None:
    """Give a new part its content type, unless all parts with its extension have that type."""
    root, extension = package.root(_types(package)), part.rpartition(".")[2].lower()
    for item in children(root):
        if item.get("Extension", "").lower() == extension and item.get("ContentType") == content_type:
            return
    package.edit(_types(package))
    etree.SubElement(root, f"{_TYPES}Override", {"PartName": f"/{part}", "ContentType": content_type})


def retype(package: Package, part: str, content_type: str) -> bool:
    """Give a part that is there another content type; whether it had another one of its own."""
    for item in children(package.root(_types(package))):
        if item.get("PartName", "").casefold() == f"/{part}".casefold():
            changed = item.get("ContentType") != content_type
            if changed:
                package.edit(_types(package))
                item.set("ContentType", content_type)
            return changed
    return False


def drop(package: Package, part: str) -> None:
    """Remove a part with its content type and its own list of relationships."""
    package.remove(part)
    if rels_of(part) in package:
        package.remove(rels_of(part))
    for item in list(children(package.root(_types(package)))):
        if item.get("PartName", "").casefold() == f"/{part}".casefold():
            package.edit(_types(package))
            detach(item)


def _types(package: Package) -> str:
    return package.find(_CONTENT_TYPES)


def _resolve(source: str, target: str) -> str:
    path = posixpath.join("/", posixpath.dirname(source), unquote(target))
    return posixpath.normpath(path).lstrip("/")


def main_part(package: Package) -> str:
    """The name of the part that holds the workbook.

    Raises:
        UnreadableWorkbookError: there is none.
    """
    part = linked(package, "", "officeDocument")
    if part is None:
        raise unreadable("tidak ada bagian buku kerja")
    return part
