"""The pictures placed on the rows of a sheet: floating over it, or the content of a cell."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from lkt.bounded import whole
from lkt.xlsx.package import REL_ID, REL_NS, Element, Package, XlsxError, children, m
from lkt.xlsx.sheets import Place

T = TypeVar("T")


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


class RowHeights:
    """The heights of the rows of a sheet, in EMU.

    Args:
        own: row -> its height in points, where one is set.
        usual: the height of the other rows in points.
    """

    def __init__(self, own: Mapping[int, float], usual: float) -> None:
        self._usual = usual * _EMU_PER_POINT
        self._rows = sorted(own)
        self._own = {row: own[row] * _EMU_PER_POINT for row in self._rows}
        self._tops: list[float] = []
        extra = 0.0  # of the rows before, compared with as many usual ones
        for row in self._rows:
            self._tops.append((row - 1) * self._usual + extra)
            extra += self._own[row] - self._usual

    def of(self, row: int) -> float:
        """The height of a row."""
        return self._own.get(row, self._usual)

    def row_at(self, distance: float) -> int:
        """The row at a distance from the top of the sheet."""
        index = bisect_right(self._tops, distance) - 1
        row, top = 1, 0.0
        if index >= 0:
            row, top = self._rows[index], self._tops[index]
            if distance < top + self.of(row):
                return row
            row, top = row + 1, top + self.of(row)
        return row + int((distance - top) / self._usual) if self._usual else row


_EMU_PER_POINT = 12_700
_XDR = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_EMBED = f"{{{REL_NS}}}embed"
_DISPIMG = re.compile(r'DISPIMG\(\s*"([^"]+)"', re.IGNORECASE)


def wps_name(formula: str) -> str:
    """The name of the picture that a formula of WPS shows; empty where it shows none."""
    found = _DISPIMG.search(formula)
    return found[1] if found else ""


class Pictures:
    """The pictures of a workbook; each is unpacked once, however often it is shown.

    A picture whose part is missing or damaged is a lost one. So are those in cells where the list of them is
    missing; the cell then shows an error, or is told as lost. A drawing that is missing raises ``XlsxError``.

    Args:
        package: the workbook.
    """

    def __init__(self, package: Package) -> None:
        self._package = package
        self._data: dict[str, bytes | None] = {}
        self._excel: dict[int, str] | None = None
        self._wps: dict[str, str] | None = None

    def in_cells(
        self, described: Mapping[Place, int], named: Mapping[Place, str]
    ) -> Iterator[tuple[Place, bytes | None]]:
        """The pictures that are the content of cells.

        Args:
            described: the cells whose value the workbook's metadata describes -> number of the description,
                from 1; pictures that Excel placed in cells are among these.
            named: the cells that show a picture of WPS -> its name.
        """
        if described and self._excel is None:
            self._excel = _excel_pictures(self._package)
        for place, number in described.items():
            if self._excel and number in self._excel:
                yield place, self._read(self._excel[number])
        if named and self._wps is None:
            self._wps = _wps_pictures(self._package)
        for place, name in named.items():
            yield place, self._read((self._wps or {}).get(name, ""))

    def floating(self, sheet: str, heights: RowHeights) -> Iterator[tuple[Place, bytes | None]]:
        """The pictures that float over a sheet, also in groups; those that are only linked to are left out.

        Of a vector drawing the picture that goes with it for older programs is taken.
        """
        drawing = self._package.related(sheet, "drawing")
        if drawing is None:
            return
        targets = _targets(self._package, drawing)
        for anchor in children(self._package.root(drawing)):
            for picture in anchor.iter(f"{_XDR}pic"):
                embedded = next((blip.get(_EMBED) for blip in picture.iter(_BLIP)), None)
                if embedded:
                    place = _row(anchor, heights), _number(anchor, "from/col") + 1
                    yield place, self._read(targets.get(embedded, ""))

    def _read(self, part: str) -> bytes | None:
        if part not in self._data:
            try:
                self._data[part] = self._package.read(part)
            except XlsxError:
                self._data[part] = None
        return self._data[part]


def _targets(package: Package, part: str) -> dict[str, str]:
    return {each.identifier: each.part for each in package.relations(part)}


def _row(anchor: Element, heights: RowHeights) -> int:
    """The row where a picture begins, or the next where it was drawn a little too high."""
    if anchor.find(f"{_XDR}from") is None:
        position = anchor.find(f"{_XDR}pos")
        return heights.row_at(0 if position is None else _count(position.get("y")))
    row, offset = _number(anchor, "from/row") + 1, _number(anchor, "from/rowOff")
    height = heights.of(row)
    if anchor.find(f"{_XDR}to") is not None:
        goes_on = _number(anchor, "to/row") + 1 > row
    else:
        extent = anchor.find(f"{_XDR}ext")
        goes_on = offset + (0 if extent is None else _count(extent.get("cy"))) > height
    return row + 1 if goes_on and offset > height / 2 else row


def _number(anchor: Element, path: str) -> int:
    return _count(anchor.findtext("/".join(f"{_XDR}{step}" for step in path.split("/"))))


def _count(text: str | None) -> int:
    return max(0, whole(text))


# Pictures in cells: Excel's way leads from the cell by its attribute ``vm`` to the value metadata, from there
# to the rich values, whose member counts in a list of relations. WPS keeps a list of pictures by name -------


_RICH = "{http://schemas.microsoft.com/office/spreadsheetml/2017/richdata}"
_TYPE, _STRUCTURE, _MEMBER = "XLRICHVALUE", "_localImage", "_rvRel:LocalImageIdentifier"


def _excel_pictures(package: Package) -> dict[int, str]:
    """Number of a value's description, from 1 -> the part of the picture, for the values that are one."""
    metadata = _related(package, "sheetmetadata")
    if metadata is None:
        return {}
    pictures = _rich_pictures(package)
    kinds = [kind.get("name") for kind in metadata.iter(m("metadataType"))]
    futures = (future for future in metadata.iter(m("futureMetadata")) if future.get("name") == _TYPE)
    blocks = [_rich_number(block) for future in futures for block in future.iter(m("bk"))]
    found = {}
    for number, described in enumerate(metadata.iterfind(f"{m('valueMetadata')}/{m('bk')}"), start=1):
        for record in described.iter(m("rc")):
            if _at(kinds, whole(record.get("t"), -1) - 1) == _TYPE:
                picture = pictures.get(_at(blocks, whole(record.get("v"), -1)))
                if picture is not None:
                    found[number] = picture
    return found


def _rich_number(block: Element) -> int:
    return next((whole(rich.get("i"), -1) for rich in block.iter(f"{_RICH}rvb")), -1)


def _rich_pictures(package: Package) -> dict[int | None, str]:
    """Number of a rich value, from 0 -> the part of its picture; empty where that is lost."""
    structures = [
        [key.get("n") for key in children(structure)] if structure.get("t") == _STRUCTURE else []
        for structure in children(_related(package, "rdrichvaluestructure"))
    ]
    listed = package.related(package.workbook_part, "richvaluerel")
    targets = {} if listed is None else _targets(package, listed)
    parts = [targets.get(item.get(REL_ID, ""), "") for item in children(_related(package, "richvaluerel"))]
    found: dict[int | None, str] = {}
    for number, value in enumerate(children(_related(package, "rdrichvalue"))):
        members = _at(structures, whole(value.get("s"), -1)) or []
        if _MEMBER in members:
            texts = [member.text for member in children(value)]
            found[number] = _at(parts, whole(_at(texts, members.index(_MEMBER)), -1)) or ""
    return found


def _related(package: Package, kind: str) -> Element | None:
    """A part about pictures in cells; another program may have dropped it, and the pictures with it."""
    part = package.related(package.workbook_part, kind)
    return None if part is None or part not in package else package.root(part)


def _wps_pictures(package: Package) -> dict[str, str]:
    """The name of a picture in the formula DISPIMG -> its part."""
    listed = package.related(package.workbook_part, "cellimage", "cellimages") or "xl/cellimages.xml"
    if listed not in package:  # another program dropped it: the pictures are lost
        return {}
    targets = _targets(package, listed)
    found: dict[str, str] = {}
    for picture in children(package.root(listed)):
        names = [each.get("name", "") for each in picture.iter("{*}cNvPr")]
        blips = [targets.get(blip.get(_EMBED, "")) for blip in picture.iter(_BLIP)]
        if names and blips and blips[0]:
            found[names[0]] = blips[0]
    return found


def _at(items: Sequence[T], index: int) -> T | None:
    return items[index] if 0 <= index < len(items) else None
