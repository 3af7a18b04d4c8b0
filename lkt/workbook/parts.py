"""The parts of a workbook's zip package: their bytes, their XML and what they refer to.

Nothing here raises for a part that is missing or damaged: what cannot be read is not there.
"""

import posixpath
import zipfile
from collections.abc import Collection, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from lxml import etree

from lkt.frozen import quick_dataclass
from lkt.workbook.zips import ZIP_DAMAGE

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
WORKBOOK = "xl/workbook.xml"


@quick_dataclass(frozen=True, slots=True)
class Relation:
    """What a part refers to.

    Attributes:
        kind: the last word of the relation's type, in lower case: "image", "drawing".
        part: the zip entry.
    """

    kind: str
    part: str


def part_bytes(package: zipfile.ZipFile, name: str) -> bytes | None:
    """The content of a part; None where it is missing or damaged."""
    if name not in package.NameToInfo:
        name = f"/{name}"  # some programs write the name of an entry as that of a part
    try:
        return package.read(name)
    except ZIP_DAMAGE:
        return None


def part_tree(package: zipfile.ZipFile, name: str) -> Any:
    """The root element of a part; an empty element where there is none that can be read."""
    data = part_bytes(package, name)
    if not data:
        return etree.Element("empty")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, recover=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError):
        root = None
    return etree.Element("empty") if root is None else root


def relations(package: zipfile.ZipFile, part: str) -> Mapping[str, Relation]:
    """Id -> what a part refers to inside the package."""
    return _relations(part, _targets(package, part))


def related(package: zipfile.ZipFile, part: str, kinds: Collection[str]) -> str:
    """The first part of one of the kinds that a part refers to; empty where there is none."""
    found = (target for _, kind, target in _targets(package, part) if kind in kinds)
    target = next(found, "")
    return _path(part, target) if target else ""


def _targets(package: zipfile.ZipFile, part: str) -> tuple[tuple[str, str, str], ...]:
    """Id, kind and target, as written, of what a part refers to inside the package."""
    folder, name = posixpath.split(part)
    found = []
    for relation in part_tree(package, f"{folder}/_rels/{name}.rels"):
        target = relation.get("Target", "")
        if relation.get("TargetMode") != "External" and target:
            kind = relation.get("Type", "").rpartition("/")[2].casefold()
            found.append((relation.get("Id", ""), kind, target))
    return tuple(found)


@lru_cache(maxsize=16)
def _relations(part: str, targets: tuple[tuple[str, str, str], ...]) -> Mapping[str, Relation]:
    """The same by id with the zip entries; those of the workbooks of a batch are mostly alike."""
    found = {identifier: Relation(kind, _path(part, target)) for identifier, kind, target in targets}
    return MappingProxyType(found)


def _path(part: str, target: str) -> str:
    """The zip entry of a target that is written in the relations of a part."""
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target)).lstrip("/")
