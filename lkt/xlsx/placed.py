"""The pictures placed on the rows of a sheet: floating over it, or in a cell."""

import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lkt.bounded import whole
from lkt.xlsx.reading import (
    MAIN,
    REL,
    WORKBOOK,
    Marks,
    Place,
    SheetCells,
    part_bytes,
    part_tree,
    related,
    relations,
)

# Pictures that float over a sheet, each with the row and column that it belongs to ------------------------


Height = Callable[[int], float]
"""Number of a row -> its height in points."""

_XDR = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_EMU_PER_POINT = 12_700
_LAST_ROW = 1_048_576


def floating_pictures(
    package: zipfile.ZipFile, sheet: str, height: Height
) -> Iterator[tuple[int, int, bytes | None]]:
    """Row, column and bytes of each picture, also in a group, in the order in which they were placed.

    The bytes are None where the picture's file is gone or damaged; a picture that is only linked to is
    left out. Of a vector drawing the picture that goes with it for older programs is taken.
    """
    drawing = related(package, sheet, ("drawing",))
    if not drawing:
        return
    targets = relations(package, drawing)
    for anchor in part_tree(package, drawing):
        for picture in anchor.iter(f"{_XDR}pic"):
            blip = next(picture.iter(_BLIP), None)
            embedded = blip.get(f"{REL}embed") if blip is not None else None
            if embedded:
                target = targets.get(embedded)
                data = part_bytes(package, target.part) if target else None
                yield _row(anchor, height), _number(anchor, "from/col") + 1, data


def _row(anchor: Any, height: Height) -> int:
    """The row that a picture belongs to: the one where it begins.

    A picture that was drawn a little too high begins at the bottom of the row before; it belongs to the
    next.
    """
    if anchor.find(f"{_XDR}from") is None:
        return _row_at(_position(anchor), height)
    row, offset = _number(anchor, "from/row") + 1, _number(anchor, "from/rowOff")
    size = height(row) * _EMU_PER_POINT
    if anchor.find(f"{_XDR}to") is not None:
        goes_on = _number(anchor, "to/row") + 1 > row
    else:
        goes_on = offset + _extent(anchor) > size
    return row + 1 if goes_on and offset > size / 2 else row


def _row_at(top: int, height: Height) -> int:
    """The row at a distance from the top of the sheet."""
    row = 1
    while row < _LAST_ROW and top >= (size := max(height(row), 1) * _EMU_PER_POINT):
        top -= int(size)
        row += 1
    return row


def _position(anchor: Any) -> int:
    place = anchor.find(f"{_XDR}pos")
    return 0 if place is None else _whole(place.get("y"))


def _extent(anchor: Any) -> int:
    size = anchor.find(f"{_XDR}ext")
    return 0 if size is None else _whole(size.get("cy"))


def _number(anchor: Any, path: str) -> int:
    return _whole(anchor.findtext("/".join(f"{_XDR}{step}" for step in path.split("/"))))


def _whole(text: str | None) -> int:
    return max(0, whole(text))


# Pictures placed in a cell: by Excel 365 as the value of the cell, by WPS as a formula DISPIMG ------------
#
# Excel's way from the cell to the picture: its ``vm`` counts in the value metadata, which counts in the rich
# values, whose member counts in a list of relations. WPS keeps a list of pictures by name.


_RICH = "{http://schemas.microsoft.com/office/spreadsheetml/2017/richdata}"
_TYPE, _STRUCTURE, _MEMBER = "XLRICHVALUE", "_localImage", "_rvRel:LocalImageIdentifier"


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


# The pictures placed on the rows of a sheet, in a cell or floating ----------------------------------------


@dataclass(frozen=True, slots=True)
class Placed:
    """A picture on a row.

    Attributes:
        column: its column, from 1.
        data: its bytes; None where the workbook has lost them.
        inside: it is the content of the cell.
    """

    column: int
    data: bytes | None = field(repr=False)
    inside: bool


def placed_pictures(package: zipfile.ZipFile, sheet: SheetCells) -> dict[int, tuple[Placed, ...]]:
    """Row number -> the pictures on that row of a sheet: those in cells, then from left to right."""
    found: dict[int, list[Placed]] = {}
    for (row, column), data in pictures_in_cells(package, sheet.marks).items():
        found.setdefault(row, []).append(Placed(column, data, inside=True))
    floating = floating_pictures(package, sheet.part, sheet.height) if sheet.drawn else ()
    for row, column, data in floating:
        found.setdefault(row, []).append(Placed(column, data, inside=False))
    return {row: tuple(sorted(placed, key=_order)) for row, placed in found.items()}


def _order(placed: Placed) -> tuple[bool, int]:
    return not placed.inside, placed.column
