"""Pictures that float over a sheet, each with the row and column that it belongs to."""

import zipfile
from collections.abc import Callable, Iterator
from typing import Any

from lkt.attributes import whole
from lkt.workbook.parts import REL, part_bytes, part_tree, related, relations

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
