"""Relationships and content types: how the parts of an Office package know of each other."""

import posixpath
from functools import lru_cache
from typing import NamedTuple

from lxml import etree

from lkt.report.package import CONTENT_TYPES
from lkt.report.wordml import R_NS, Element, parse, serialize

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


class Package:
    """The parts of an Office file, with the two indexes that bind them.

    Args:
        parts: the bytes of each part by its name in the zip.
    """

    def __init__(self, parts: dict[str, bytes]) -> None:
        self.parts = parts

    def copy(self) -> "Package":
        """A package that can be changed without changing this one."""
        return Package(dict(self.parts))

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
