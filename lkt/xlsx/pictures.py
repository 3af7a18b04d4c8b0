"""The pictures placed on the rows of a sheet: floating over it, or the content of a cell."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate

from lkt.addresses import LAST_ROW
from lkt.bounded import whole
from lkt.xlsx.package import REL_ID, REL_NS, Element, Package, XlsxError, children, m

_EMU_PER_POINT = 12_700
_XDR = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_EMBED = f"{{{REL_NS}}}embed"
_DISPIMG = re.compile(r'DISPIMG\(\s*"([^"]+)"', re.IGNORECASE)


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

    def in_cell(self, column: int, described: str | None, formula: Element | None) -> list[Placed]:
        """The picture that is the content of a cell, if there is one.

        Args:
            column: that of the cell.
            described: the number by which the workbook's metadata describe the value; pictures that Excel
                placed in cells are among these.
            formula: the cell's; one of WPS names the picture that it shows.
        """
        part = self._of_excel.get(whole(described)) if described else None
        if part is None and formula is not None and (named := _DISPIMG.search(formula.text or "")):
            part = self._of_wps.get(named[1], "")
        return [] if part is None else [Placed(column, self._read(part), inside=True)]

    def floating(
        self, sheet: str, heights: Mapping[int, float], usual: float
    ) -> Iterator[tuple[int, Placed]]:
        """The pictures that float over a sheet, also in groups, with their rows; not those only linked to.

        Of a vector drawing the picture that goes with it for older programs is taken.

        Args:
            sheet: its part.
            heights: row -> its height in points, where one is set.
            usual: the height of the other rows in points.
        """
        drawing = self._package.related(sheet, "drawing")
        if drawing is None:
            return
        targets = _targets(self._package, drawing)
        rows = _Rows(heights, usual)
        for anchor in children(self._package.root(drawing)):
            for picture in anchor.iter(f"{_XDR}pic"):
                embedded = next((blip.get(_EMBED) for blip in picture.iter(_BLIP)), None)
                if embedded:
                    data = self._read(targets.get(embedded, ""))
                    yield rows.of(anchor), Placed(_number(anchor, "from/col") + 1, data, inside=False)

    def _read(self, part: str) -> bytes | None:
        if part not in self._data:
            try:
                self._data[part] = self._package.read(part)
            except XlsxError:
                self._data[part] = None
        return self._data[part]

    # Excel's way leads from the cell by its attribute ``vm`` to the value metadata, from there to the rich
    # values, whose member counts in a list of relations. WPS keeps a list of pictures by name.

    @cached_property
    def _of_excel(self) -> Mapping[int, str]:
        """Number of a value's description, from 1 -> the part of the picture, for the values that are one."""
        metadata = self._root("sheetmetadata")
        if metadata is None:
            return {}
        pictures = self._rich_pictures()
        kinds = {number: kind.get("name") for number, kind in enumerate(metadata.iter(m("metadataType")), 1)}
        futures = (future for future in metadata.iter(m("futureMetadata")) if future.get("name") == _TYPE)
        blocks = dict(enumerate(block for future in futures for block in future.iter(m("bk"))))
        found = {}
        for number, described in enumerate(metadata.iterfind(f"{m('valueMetadata')}/{m('bk')}"), 1):
            for record in described.iter(m("rc")):
                block = blocks.get(whole(record.get("v"), -1))
                if kinds.get(whole(record.get("t"))) == _TYPE and block is not None:
                    rich = (whole(each.get("i"), -1) for each in block.iter(f"{_RICH}rvb"))
                    if (picture := pictures.get(next(rich, -1))) is not None:
                        found[number] = picture
        return found

    def _rich_pictures(self) -> dict[int, str]:
        """Number of a rich value, from 0 -> the part of its picture; empty where that is lost."""
        structures = dict(enumerate(children(self._root("rdrichvaluestructure"))))
        listed = self._package.related(self._package.workbook_part, "richvaluerel")
        targets = {} if listed is None else _targets(self._package, listed)
        items = enumerate(children(self._root("richvaluerel")))
        parts = {number: targets.get(item.get(REL_ID, ""), "") for number, item in items}
        found: dict[int, str] = {}
        for number, value in enumerate(children(self._root("rdrichvalue"))):
            structure = structures.get(whole(value.get("s"), -1))
            if structure is not None and structure.get("t") == _STRUCTURE:
                keys = [key.get("n") for key in children(structure)]
                members = dict(zip(keys, (member.text for member in children(value)), strict=False))
                found[number] = parts.get(whole(members.get(_MEMBER), -1), "")
        return found

    def _root(self, kind: str) -> Element | None:
        """A part about pictures in cells; another program may have dropped it, and the pictures with it."""
        part = self._package.related(self._package.workbook_part, kind)
        return None if part is None or part not in self._package else self._package.root(part)

    @cached_property
    def _of_wps(self) -> Mapping[str, str]:
        """The name of a picture in the formula DISPIMG -> its part."""
        book = self._package.workbook_part
        listed = self._package.related(book, "cellimage", "cellimages") or "xl/cellimages.xml"
        if listed not in self._package:  # another program dropped it: the pictures are lost
            return {}
        targets = _targets(self._package, listed)
        found: dict[str, str] = {}
        for picture in children(self._package.root(listed)):
            name = next((each.get("name", "") for each in picture.iter("{*}cNvPr")), "")
            blip = next((targets.get(each.get(_EMBED, "")) for each in picture.iter(_BLIP)), None)
            if blip:
                found[name] = blip
        return found


_RICH = "{http://schemas.microsoft.com/office/spreadsheetml/2017/richdata}"
_TYPE, _STRUCTURE, _MEMBER = "XLRICHVALUE", "_localImage", "_rvRel:LocalImageIdentifier"


def _targets(package: Package, part: str) -> dict[str, str]:
    return {each.identifier: each.part for each in package.relations(part)}


class _Rows:
    """Where the rows of a sheet are; heights in points become those of drawings."""

    def __init__(self, heights: Mapping[int, float], usual: float) -> None:
        points = {row: height for row, height in heights.items() if row <= LAST_ROW}
        self._heights = {row: height * _EMU_PER_POINT for row, height in points.items()}
        self._usual = usual * _EMU_PER_POINT

    def of(self, anchor: Element) -> int:
        """The row where a picture begins, or the next where it was drawn a little too high."""
        if anchor.find(f"{_XDR}from") is None:
            position = anchor.find(f"{_XDR}pos")
            return self._row_at(0 if position is None else max(0, whole(position.get("y"))))
        row, offset = _number(anchor, "from/row") + 1, _number(anchor, "from/rowOff")
        height = self._heights.get(row, self._usual)
        if anchor.find(f"{_XDR}to") is not None:
            goes_on = _number(anchor, "to/row") + 1 > row
        else:
            extent = anchor.find(f"{_XDR}ext")
            goes_on = offset + (0 if extent is None else whole(extent.get("cy"))) > height
        return row + 1 if goes_on and offset > height / 2 else row

    @cached_property
    def _ends(self) -> list[float]:
        """Where each row ends, up to the last of a height of its own."""
        last = max(self._heights, default=0)
        return list(accumulate(self._heights.get(row, self._usual) for row in range(1, last + 1)))

    def _row_at(self, distance: float) -> int:
        row = bisect_right(self._ends, distance)
        if row < len(self._ends) or not self._usual:
            return row + 1
        return row + 1 + int((distance - (self._ends[-1] if self._ends else 0)) / self._usual)


def _number(anchor: Element, path: str) -> int:
    """A number of an anchor from 0."""
    return max(0, whole(anchor.findtext("/".join(f"{_XDR}{step}" for step in path.split("/")))))
