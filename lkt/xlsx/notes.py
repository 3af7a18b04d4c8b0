"""Notes on the cells of a worksheet: their texts in one part, their boxes in a VML drawing.

Ours stand after what the user wrote, between a title and an invisible end, by which they are found again.
"""

import itertools
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import deepcopy
from functools import cache
from typing import TypeAlias

from lxml import etree

from lkt import addresses
from lkt.addresses import LAST_COLUMN, LAST_ROW
from lkt.bounded import measure, whole
from lkt.xlsx.package import (
    REL_ID,
    REL_NS,
    TRUE,
    Element,
    Package,
    XlsxError,
    add,
    add_text,
    children,
    detach,
    fragment,
    insert_in_order,
    m,
    new,
    serialize,
)
from lkt.xlsx.reading import Place

END = "\u200b"
"""The invisible end of our part of a note: what people write after it is theirs."""

Runs: TypeAlias = Sequence[tuple[str, bool]]
"""Pieces of text, each with whether it is bold."""

_AUTHOR = "lkt"
_LOOK = '<sz val="9"/><color indexed="81"/><rFont val="Tahoma"/><family val="2"/>'
_PLAIN, _BOLD = fragment(f"<r><rPr>{_LOOK}</rPr></r>"), fragment(f"<r><rPr><b/>{_LOOK}</rPr></r>")
_COMMENTS = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_VML = "application/vnd.openxmlformats-officedocument.vmlDrawing"


def add_notes(package: Package, sheet: str, notes: Mapping[str, Runs], title: str) -> None:
    """Write a title and a text into the note of each cell; one with a conversation keeps its own.

    Args:
        package: the workbook.
        sheet: the part of the worksheet.
        notes: cell -> text.
        title: the first line.
    """
    part = package.related(sheet, "comments")
    if part is None:
        part = package.free_name("xl/comments{}.xml")
        package.put(part, serialize(new("comments")), _COMMENTS)
        package.relate(sheet, "comments", part)
    authors, there = _authors(package.root(part)), _by_cell(package.root(part))
    mirrors = {number for number, name in authors.items() if name.startswith("tc=")}  # of conversations
    kept = {cell for cell, note in there.items() if note.get("authorId") in mirrors}
    wanted = {cell: runs for cell, runs in notes.items() if cell not in kept}
    if not wanted:
        return
    texts = _write(package.edit(part), wanted, title)
    drawing = _drawing(package, sheet) or _new_drawing(package, sheet)
    boxes = _Boxes(package.root(sheet))
    shapes = _Shapes(package.read(drawing))
    for cell, text in texts.items():
        if (place := addresses.place(cell)) is not None:
            shapes.fit(place, text, boxes)
    package.put(drawing, shapes.content())


def remove_notes(package: Package, sheet: str, title: str) -> None:
    """Take the texts with a title out, and the boxes and parts that held nothing else."""
    part = package.related(sheet, "comments")
    if part is None or not any(title in _text(note) for note in _by_cell(package.root(part)).values()):
        return
    ours, gone = re.compile(rf"\n?{re.escape(title)}[^{END}]*{END}?"), []
    for cell, note in _by_cell(package.edit(part)).items():
        text = _text(note)
        if found := ours.search(text):
            _cut(note, *found.span())
            if not found.start() and not text[found.end() :].strip():
                detach(note)
                gone.append(addresses.place(cell))
    if not _by_cell(package.root(part)):
        package.drop(sheet, "comments")
    drawing = _drawing(package, sheet)
    if drawing is None or not gone:
        return
    shapes = _Shapes(package.read(drawing))
    if shapes.remove(filter(None, gone)):
        package.put(drawing, shapes.content())
    else:
        for holder in package.edit(sheet).findall(m("legacyDrawing")):
            detach(holder)
        package.unrelate(sheet, [each for each in package.relations(sheet) if each.part == drawing])


# The texts ------------------------------------------------------------------------------------------------


def _by_cell(root: Element) -> dict[str, Element]:
    return {item.get("ref", ""): item for item in children(root.find(m("commentList")))}


def _authors(root: Element) -> dict[str, str]:
    names = enumerate(children(root.find(m("authors"))))
    return {str(number): author.text or "" for number, author in names}


def _write(root: Element, wanted: Mapping[str, Runs], title: str) -> dict[str, str]:
    """Put our texts into the notes of some cells, after those of the user; the whole text of each note."""
    for place, name in enumerate(("authors", "commentList")):
        if root.find(m(name)) is None:
            root.insert(place, new(name))
    authors, holder = root.find(m("authors")), root.find(m("commentList"))
    assert authors is not None
    assert holder is not None
    if _AUTHOR not in _authors(root).values():
        add(authors, "author", _AUTHOR)
    author = next(number for number, name in _authors(root).items() if name == _AUTHOR)
    notes = _by_cell(root)
    for cell, runs in wanted.items():
        note = notes.get(cell)
        if note is None:
            note = notes[cell] = add(holder, "comment", ref=cell, authorId=author)
        text = note.find(m("text"))
        if text is None:
            text = add(note, "text")
        if (bare := text.find(m("t"))) is not None:  # gets a run of its own
            run = new("r")
            text.replace(bare, run)
            run.append(bare)
        before = text.findall(m("r"))
        place = text.index(before[-1]) + 1 if before else 0
        ours = [("\n" if before else "", True), (title, True), *runs, (END, False)]
        for offset, (bold, same) in enumerate(itertools.groupby(ours, key=lambda run: run[1])):
            made = deepcopy(_BOLD if bold else _PLAIN)
            add_text(made, "".join(piece for piece, _ in same))
            text.insert(place + offset, made)
    return {cell: _text(notes[cell]) for cell in wanted}


def _pieces(note: Element) -> list[Element]:
    text = note.find(m("text"))
    return [] if text is None else [*text.iterfind(m("t")), *text.iterfind(f"{m('r')}/{m('t')}")]


def _text(note: Element) -> str:
    return "".join(piece.text or "" for piece in _pieces(note))


def _cut(note: Element, start: int, end: int) -> None:
    """Take a stretch of the text out, and the runs that hold nothing else then."""
    position = 0
    for piece in _pieces(note):
        content = piece.text or ""
        first, last = (min(max(place - position, 0), len(content)) for place in (start, end))
        position += len(content)
        if first == last:
            continue
        piece.text = content[:first] + content[last:]
        run = piece.getparent()
        if not piece.text:
            detach(piece)
            if run is not None and run.tag == m("r") and run.find(m("t")) is None:
                detach(run)


# The boxes ------------------------------------------------------------------------------------------------
#
# The drawing is changed as text: what Excel writes there is not always well-formed XML, and nothing else in
# it may change.


_NAMESPACES = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
_EMPTY_DRAWING = (
    f'<xml {_NAMESPACES}><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout></xml>'
)
_TYPE = (
    '<v:shapetype {names}id="_x0000_t202" coordsize="21600,21600" o:spt="202" '
    'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_NOTE = (
    '<v:shape {names}id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;'
    'margin-left:60pt;margin-top:2pt;width:240pt;height:80pt;z-index:1;visibility:hidden" '
    'fillcolor="#fffdf2" o:insetmode="auto"><v:fill color2="#fffdf2"/>'
    '<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
    '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor>'
    "<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)
_ROOT = re.compile(r"<xml(?:\s[^<>]*)?>")
_EDGE = re.compile(r"<(/?)(?:\w{1,16}:)?shape(?:\s[^<>]*)?>")
_ROW = re.compile(r"<(?:\w{1,16}:)?Row(?:\s[^<>]*)?>\s*(\d{1,9})\s*<")
_COLUMN = re.compile(r"<(?:\w{1,16}:)?Column(?:\s[^<>]*)?>\s*(\d{1,9})\s*<")
_ANCHOR = re.compile(r"(<(?:\w{1,16}:)?Anchor(?:\s[^<>]*)?>)([^<]*)(?=<)")
_NUMBER = re.compile(r"_x0000_s(\d{1,9})")
_FIRST_NUMBER = 1024  # as Excel numbers the shapes of a first drawing


def _drawing(package: Package, sheet: str) -> str | None:
    holder = package.root(sheet).find(m("legacyDrawing"))
    identifier = None if holder is None else holder.get(REL_ID)
    return next((each.part for each in package.relations(sheet) if each.identifier == identifier), None)


def _new_drawing(package: Package, sheet: str) -> str:
    part, root = package.free_name("xl/drawings/vmlDrawing{}.vml"), package.edit(sheet)
    package.put(part, _EMPTY_DRAWING.encode(), _VML)
    holder = root.find(m("legacyDrawing"))
    if holder is None:
        holder = etree.Element(m("legacyDrawing"), nsmap={"r": REL_NS})
        insert_in_order(root, [holder])
    holder.set(REL_ID, package.relate(sheet, "vmlDrawing", part))
    return part


class _Shapes:
    """A VML drawing as text, cut where its shapes begin and end."""

    def __init__(self, content: bytes) -> None:
        text = content.decode("utf-8", "surrogateescape")
        self._pieces: list[str] = []  # every other one is a shape
        self._notes: dict[Place, int] = {}
        start, opened = 0, -1
        for edge in _EDGE.finditer(text):
            if not edge[1] and opened < 0 and not edge[0].endswith("/>"):
                opened = edge.start()
            elif edge[1] and opened >= 0:
                shape = text[opened : edge.end()]
                self._pieces += text[start:opened], shape
                start, opened = edge.end(), -1
                row, column = _ROW.search(shape), _COLUMN.search(shape)
                if row and column and '"Note"' in shape.replace("'", '"'):
                    self._notes[int(row[1]) + 1, int(column[1]) + 1] = len(self._pieces) - 1
        self._rest = text[start:]
        self._made: list[str] = []
        self._last = max(map(int, _NUMBER.findall(text)), default=_FIRST_NUMBER)
        root = _ROOT.search(text)
        declared = root is not None and all(name in root[0] for name in _NAMESPACES.split())
        self._names = "" if declared else f"{_NAMESPACES} "
        self._typed = 'id="_x0000_t202"' in text

    def fit(self, place: Place, text: str, boxes: "_Boxes") -> None:
        """Let the box on a cell grow where a text needs it; a new one stands behind all other shapes."""
        if place in self._notes:
            index = self._notes[place]
            self._pieces[index] = _ANCHOR.sub(
                lambda found: found[1] + boxes.enlarged(found[2], text), self._pieces[index], count=1
            )
            return
        self._last += 1
        numbers = {"number": self._last, "row": place[0] - 1, "column": place[1] - 1}
        self._made.append(_NOTE.format(names=self._names, anchor=boxes.beside(place, text), **numbers))

    def remove(self, places: Iterable[Place]) -> bool:
        """Take the boxes on some cells out; whether any shape is left."""
        for place in places:
            if place in self._notes:
                self._pieces[self._notes.pop(place)] = ""
        return any(self._pieces[1::2])

    def content(self) -> bytes:
        """The content of the part.

        Raises:
            XlsxError: the drawing has no end that new boxes could stand before.
        """
        end = self._rest.rfind("</")
        if end < 0:
            raise XlsxError("gambar kotak catatannya tidak utuh")
        kind = "" if self._typed or not self._made else _TYPE.format(names=self._names)
        parts = [*self._pieces, self._rest[:end], kind, *self._made, self._rest[end:]]
        return "".join(parts).encode("utf-8", "surrogateescape")


_GAP = 15  # pixels between a cell and its note
_DIGIT = 7  # pixels of a figure in the usual font
_LINE, _MARGIN = 15, 16
_CHARACTER = 6.6  # of running text, with what is left blank at the ends of lines
_WIDTHS = ((12, 330), (24, 440), (1000, 560))  # up to so many lines so wide
_MOST_STEPS = 500  # rows or columns that a box spans


class _Boxes:
    """The measures of a worksheet in pixels; rows and columns count from 0.

    A corner is a row or column, and the distance from where it begins.
    """

    def __init__(self, sheet: Element) -> None:
        form = sheet.find(m("sheetFormatPr"))
        form = new("sheetFormatPr") if form is None else form
        usual = measure(form.get("baseColWidth"), 8) + 1
        self._height = round(measure(form.get("defaultRowHeight"), 15) * 4 / 3)
        self._width = round(measure(form.get("defaultColWidth"), usual) * _DIGIT)
        self._rows: dict[int, Element] = {}
        number = 0
        for row in sheet.iterfind(f"{m('sheetData')}/{m('row')}"):
            number = whole(row.get("r"), number + 1)
            self._rows[number - 1] = row
        self._columns = list(children(sheet.find(m("cols"))))
        self._width_of = cache(self._stated_width)

    def beside(self, place: Place, text: str) -> str:
        """The anchor of a new box for a text, to the right of its cell."""
        left = min(place[1], LAST_COLUMN - 12), _GAP
        top = min(max(place[0] - 2, 0), LAST_ROW - 60), 2
        return _anchor(left, top, *self._ends(left, top, text))

    def enlarged(self, anchor: str, text: str) -> str:
        """An anchor with the same corner, grown where the text needs it; as it is where it is none."""
        numbers = [whole(piece, -1) for piece in anchor.split(",")]
        if len(numbers) != 8 or min(numbers) < 0:
            return anchor
        left, top, right, bottom = zip(numbers[::2], numbers[1::2], strict=True)
        needed = self._ends(left, top, text)
        return _anchor(left, top, max(right, needed[0]), max(bottom, needed[1]))

    def _ends(self, left: Place, top: Place, text: str) -> tuple[Place, Place]:
        """The right and the lower edge of a box that holds a text; the longer the text, the wider."""
        lines, width = 0, 0
        for most, width in _WIDTHS:
            lines = sum(1 + int(len(line) * _CHARACTER / width) for line in text.splitlines())
            if lines <= most:
                break
        right = _reach(left[0], left[1] + width, self._width_of, LAST_COLUMN)
        return right, _reach(top[0], top[1] + lines * _LINE + _MARGIN, self._height_of, LAST_ROW)

    def _stated_width(self, column: int) -> int:
        holds = (c for c in self._columns if whole(c.get("min")) <= column + 1 <= whole(c.get("max")))
        return _pixels(next(holds, None), "width", _DIGIT, self._width)

    def _height_of(self, row: int) -> int:
        return _pixels(self._rows.get(row), "ht", 4 / 3, self._height)


def _reach(index: int, distance: int, size_of: Callable[[int], int], count: int) -> Place:
    """Where a distance ends that is measured from the beginning of a row or column."""
    for _ in range(_MOST_STEPS):
        size = size_of(index)
        if distance <= size or index >= count - 1:
            break
        index, distance = index + 1, distance - size
    return index, distance


def _anchor(*corners: Place) -> str:
    return ", ".join(f"{index}, {offset}" for index, offset in corners)


def _pixels(item: Element | None, name: str, factor: float, usual: int) -> int:
    """A stated width or height; 0 for what is hidden."""
    if item is None:
        return usual
    return 0 if item.get("hidden") in TRUE else int(measure(item.get(name), usual / factor) * factor)
