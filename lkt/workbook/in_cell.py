"""Pictures placed in a cell: by Excel 365 as the value of the cell, by WPS as a formula DISPIMG.

Excel's way from the cell to the picture: its ``vm`` counts in the value metadata, which counts in the rich
values, whose member counts in a list of relations. WPS keeps a list of pictures by name.
"""

import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

from lkt.attributes import whole
from lkt.workbook.marks import Marks, Place
from lkt.workbook.parts import MAIN, REL, WORKBOOK, part_bytes, part_tree, related, relations

_RICH = "{http://schemas.microsoft.com/office/spreadsheetml/2017/richdata}"
_TYPE, _STRUCTURE, _MEMBER = "XLRICHVALUE", "_localImage", "_rvRel:LocalImageIdentifier"
_BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"


def pictures_in_cells(package: zipfile.ZipFile, marks: Marks) -> dict[Place, bytes | None]:
    """Place -> the picture of each cell that holds one; None where its file is gone or damaged."""
    found: dict[Place, bytes | None] = {}
    if marks.values:
        placed = _excel_pictures(package)
        cells = ((place, placed.get(number)) for place, number in marks.values.items())
        found.update((place, part_bytes(package, part)) for place, part in cells if part is not None)
    if marks.wps:
        named = _wps_pictures(package)
        found.update((place, part_bytes(package, named.get(name, ""))) for place, name in marks.wps.items())
    return found


def _excel_pictures(package: zipfile.ZipFile) -> dict[int, str]:
    """Number of a value's description, from 1 -> the part of the picture; empty where that is not there."""
    parts = _rich_pictures(package)
    tree = part_tree(package, related(package, WORKBOOK, ("sheetmetadata",)))
    kinds = [kind.get("name") for kind in tree.iter(f"{MAIN}metadataType")]
    futures = [future for future in tree.iter(f"{MAIN}futureMetadata") if future.get("name") == _TYPE]
    blocks = [_rich_number(block) for future in futures for block in future.iter(f"{MAIN}bk")]
    found = {}
    for number, described in enumerate(tree.iterfind(f"{MAIN}valueMetadata/{MAIN}bk"), start=1):
        for record in described.iter(f"{MAIN}rc"):
            if _at(kinds, _count(record.get("t")) - 1) == _TYPE:
                part = parts.get(_count(_at(blocks, _count(record.get("v")))))
                if part is not None:
                    found[number] = part
    return found


def _rich_number(block: Any) -> str:
    return next((rich.get("i", "") for rich in block.iter(f"{_RICH}rvb")), "")


def _rich_pictures(package: zipfile.ZipFile) -> dict[int, str]:
    """Number of a rich value, from 0 -> the part of its picture, for the values that are pictures."""
    structures = [
        [key.get("n") for key in structure] if structure.get("t") == _STRUCTURE else []
        for structure in _children(package, "rdrichvaluestructure")
    ]
    targets = _rich_targets(package)
    found = {}
    for number, value in enumerate(_children(package, "rdrichvalue")):
        members = _at(structures, _count(value.get("s"))) or []
        if _MEMBER in members:
            texts = [member.text or "" for member in value]
            found[number] = _at(targets, _count(_at(texts, members.index(_MEMBER)))) or ""
    return found


def _children(package: zipfile.ZipFile, kind: str) -> list[Any]:
    return list(part_tree(package, related(package, WORKBOOK, (kind,))))


def _rich_targets(package: zipfile.ZipFile) -> list[str]:
    """The parts that rich values refer to by number."""
    part = related(package, WORKBOOK, ("richvaluerel",))
    targets = relations(package, part) if part else {}
    named = (targets.get(entry.get(f"{REL}id", "")) for entry in part_tree(package, part))
    return [relation.part if relation else "" for relation in named]


def _wps_pictures(package: zipfile.ZipFile) -> Mapping[str, str]:
    """The name of a picture in the formula DISPIMG -> its part."""
    part = related(package, WORKBOOK, ("cellimage", "cellimages")) or "xl/cellimages.xml"
    targets = relations(package, part)
    found = {}
    for picture in part_tree(package, part):
        names = [each.get("name", "") for each in picture.iter("{*}cNvPr")]
        blips = [targets.get(blip.get(f"{REL}embed", "")) for blip in picture.iter(_BLIP)]
        if names and blips and blips[0]:
            found[names[0]] = blips[0].part
    return found


def _count(text: str | None) -> int:
    """A number in an attribute; -1 where there is none."""
    return whole(text, -1)


def _at(items: Sequence[Any], index: int) -> Any:
    return items[index] if 0 <= index < len(items) else None
