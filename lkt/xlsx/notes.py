"""Notes on the cells of a worksheet: their texts in one part, their boxes in a VML drawing.

Ours stand after what the user wrote, between a title and an invisible end, by which they are found again.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import deepcopy
from textwrap import wrap

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
from lkt.xlsx.sheets import Place
from lkt.xlsx.worksheet import Worksheet

END = "\u200b"
"""The invisible end of our part of a note: what people write after it is theirs."""

Runs = Sequence[tuple[str, bool]]
"""Pieces of text, each with whether it is bold."""

_AUTHOR = "lkt"
_FONT = '<sz val="9"/><color indexed="81"/><rFont val="Tahoma"/><family val="2"/>'
_PLAIN, _BOLD = fragment(f"<r><rPr>{_FONT}</rPr></r>"), fragment(f"<r><rPr><b/>{_FONT}</rPr></r>")
_COMMENTS = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_VML = "application/vnd.openxmlformats-officedocument.vmlDrawing"


class Notes:
    """The notes of one worksheet.

    Args:
        package: the workbook.
        sheet: the worksheet.
    """

    def __init__(self, package: Package, sheet: Worksheet) -> None:
        self._package, self._part, self._sheet = package, sheet.part, sheet

    def write(self, notes: Mapping[str, Runs], title: str) -> None:
        """Write a title and a text into the note of each cell; one with a conversation keeps its own."""
        conversations = self._conversations()
        wanted = {cell: runs for cell, runs in notes.items() if cell not in conversations}
        if not wanted:
            return
        comments = _Comments(self._package.edit(self._comments_part()))
        drawing = self._drawing_part()
        shapes, boxes = self._shapes(drawing), _Boxes(self._sheet)
        for cell, runs in wanted.items():
            place = addresses.place(cell)
            assert place is not None
            text = comments.write(cell, [(title, True), *runs, (END, False)])
            if place in shapes.notes:
                shapes.enlarge(place, boxes, text)
            else:
                shapes.add(place, boxes.beside(place, text))
        self._put(drawing, shapes)

    def remove(self, title: str) -> None:
        """Take the texts with a title out, and the boxes and parts that held nothing else."""
        part = self._package.related(self._part, "comments")
        if part is None or not _Comments(self._package.root(part)).have(title):
            return
        comments = _Comments(self._package.edit(part))
        gone = [place for place in map(addresses.place, comments.remove(title)) if place]
        if comments.is_empty:
            self._package.remove_related(self._part, part)
        holder = self._sheet.root.find(m("legacyDrawing"))
        drawing = self._drawing(holder)
        if holder is not None and drawing is not None and gone:
            shapes = self._shapes(drawing)
            shapes.remove(gone)
            if shapes.is_empty:
                detach(holder)
                self._package.edit(self._part)
                self._package.remove_related(self._part, drawing)
            else:
                self._put(drawing, shapes)

    def _conversations(self) -> set[str]:
        """The cells with threaded comments, whose notes only mirror them for older programs."""
        found: set[str] = set()
        for each in self._package.relations(self._part):
            if each.kind == "threadedcomment":
                found |= {thread.get("ref", "") for thread in children(self._package.root(each.part))}
            elif each.kind == "comments":
                found |= _Comments(self._package.root(each.part)).conversations()
        return found

    def _comments_part(self) -> str:
        part = self._package.related(self._part, "comments")
        if part is None:
            part = self._package.free_name("xl/comments{}.xml")
            root = new("comments")
            add(root, "authors")
            add(root, "commentList")
            self._package.put(part, serialize(root), _COMMENTS)
            self._package.relate(self._part, "comments", part)
        return part

    def _drawing(self, holder: Element | None) -> str | None:
        identifier = None if holder is None else holder.get(REL_ID)
        found = (each.part for each in self._package.relations(self._part) if each.identifier == identifier)
        return next(found, None)

    def _drawing_part(self) -> str:
        holder = self._sheet.root.find(m("legacyDrawing"))
        part = self._drawing(holder)
        if part is None:
            part = self._package.free_name("xl/drawings/vmlDrawing{}.vml")
            self._package.put(part, _EMPTY_DRAWING.encode(), _VML)
            if holder is None:
                holder = etree.Element(m("legacyDrawing"), nsmap={"r": REL_NS})
                insert_in_order(self._sheet.root, [holder])
            holder.set(REL_ID, self._package.relate(self._part, "vmlDrawing", part))
            self._package.edit(self._part)
        return part

    def _shapes(self, drawing: str) -> "_Shapes":
        return _Shapes(self._package.read(drawing).decode("utf-8", "surrogateescape"))

    def _put(self, drawing: str, shapes: "_Shapes") -> None:
        self._package.put(drawing, shapes.to_text().encode("utf-8", "surrogateescape"))


# The texts ------------------------------------------------------------------------------------------------


class _Comments:
    """The comments part of a worksheet."""

    def __init__(self, root: Element) -> None:
        self._authors = _holder(root, "authors", 0)
        self._list = _holder(root, "commentList", 1)
        self._by_cell = {item.get("ref", ""): item for item in children(self._list)}

    @property
    def is_empty(self) -> bool:
        """Whether no note is left."""
        return next(children(self._list), None) is None

    def conversations(self) -> set[str]:
        """The cells whose note only mirrors a conversation."""
        names = [author.text or "" for author in children(self._authors)]
        mirrors = {str(number) for number, name in enumerate(names) if name.startswith("tc=")}
        return {cell for cell, note in self._by_cell.items() if note.get("authorId") in mirrors}

    def write(self, cell: str, runs: Runs) -> str:
        """Put our text into the note of a cell, after that of the user; the whole text of the note."""
        note = self._by_cell.get(cell)
        if note is None:
            note = self._by_cell[cell] = add(self._list, "comment", ref=cell, authorId=str(self._author()))
        text = note.find(m("text"))
        if text is None:
            text = add(note, "text")
        _divide(text)
        before = text.findall(m("r"))
        ours = [_run(content, bold=bold) for content, bold in ([("\n", False), *runs] if before else runs)]
        place = text.index(before[-1]) + 1 if before else 0
        text[place:place] = ours
        return _text(note)

    def have(self, title: str) -> bool:
        """Whether a note holds a text with a title."""
        return any(title in _text(note) for note in self._by_cell.values())

    def remove(self, title: str) -> list[str]:
        """Take the texts with a title out; the cells whose note went with it."""
        ours, gone = re.compile(rf"\n?{re.escape(title)}[^{END}]*{END}?"), []
        for cell, note in self._by_cell.items():
            text = _text(note)
            found = ours.search(text)
            if found is not None:
                _cut(note, found.span())
                if not (text[: found.start()] + text[found.end() :]).strip() and found.start() == 0:
                    detach(note)
                    gone.append(cell)
        return gone

    def _author(self) -> int:
        names = [author.text or "" for author in children(self._authors)]
        if _AUTHOR not in names:
            add(self._authors, "author", _AUTHOR)
            names.append(_AUTHOR)
        return names.index(_AUTHOR)


def _holder(root: Element, name: str, position: int) -> Element:
    found = root.find(m(name))
    if found is None:
        found = new(name)
        root.insert(position, found)
    return found


def _text(note: Element) -> str:
    return "".join(piece.text or "" for piece in _pieces(note))


def _pieces(note: Element) -> list[Element]:
    text = note.find(m("text"))
    return [] if text is None else [*text.iterfind(m("t")), *text.iterfind(f"{m('r')}/{m('t')}")]


def _divide(text: Element) -> None:
    """Give the bare text of a note a run of its own."""
    bare = text.find(m("t"))
    if bare is not None:
        run = new("r")
        text.replace(bare, run)
        run.append(bare)


def _cut(note: Element, span: tuple[int, int]) -> None:
    """Take a stretch of the text out, and the runs that hold nothing else then."""
    position = 0
    for piece in _pieces(note):
        content = piece.text or ""
        start, end = (min(max(place - position, 0), len(content)) for place in span)
        position += len(content)
        if start == end:
            continue
        piece.text = content[:start] + content[end:]
        if not piece.text:
            run = piece.getparent()
            detach(piece)
            if run is not None and run.tag == m("r") and run.find(m("t")) is None:
                detach(run)


def _run(text: str, *, bold: bool) -> Element:
    made = deepcopy(_BOLD if bold else _PLAIN)
    add_text(made, text)
    return made


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


class _Shapes:
    """The text of a VML drawing, cut where its shapes begin and end.

    Args:
        text: the content of the part.
    """

    def __init__(self, text: str) -> None:
        self._pieces: list[str] = []  # every other one is a shape
        self.notes: dict[Place, int] = {}
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
                    self.notes[int(row[1]) + 1, int(column[1]) + 1] = len(self._pieces) - 1
        self._pieces.append(text[start:])
        self._made: list[str] = []
        self._last = max(map(int, _NUMBER.findall(text)), default=_FIRST_NUMBER)
        root = _ROOT.search(text)
        declared = root is not None and all(name in root[0] for name in _NAMESPACES.split())
        self._names = "" if declared else f"{_NAMESPACES} "

    @property
    def is_empty(self) -> bool:
        """Whether no shape is left."""
        return not self._made and not any(self._pieces[1::2])

    def add(self, place: Place, anchor: str) -> None:
        """Add a box for a cell, behind all other shapes."""
        self._last += 1
        self._made.append(
            _NOTE.format(
                names=self._names, number=self._last, anchor=anchor, row=place[0] - 1, column=place[1] - 1
            )
        )

    def enlarge(self, place: Place, boxes: "_Boxes", text: str) -> None:
        """Let the box on a cell grow where the text needs it; its corner stays."""
        index = self.notes[place]
        self._pieces[index] = _ANCHOR.sub(
            lambda found: found[1] + boxes.enlarged(found[2], text), self._pieces[index], count=1
        )

    def remove(self, places: Iterable[Place]) -> None:
        """Take the boxes on some cells out."""
        for place in places:
            if place in self.notes:
                self._pieces[self.notes.pop(place)] = ""

    def to_text(self) -> str:
        """The content of the part.

        Raises:
            XlsxError: the drawing has no end that new boxes could stand before.
        """
        text = "".join(self._pieces)
        end = text.rfind("</")
        if end < 0:
            raise XlsxError("gambar kotak catatannya tidak utuh")
        kind = "" if 'id="_x0000_t202"' in text or not self._made else _TYPE.format(names=self._names)
        return f"{text[:end]}{kind}{''.join(self._made)}{text[end:]}"


_GAP = 15  # pixels between a cell and its note
_DIGIT = 7  # pixels of a figure in the usual font
_LINE, _MARGIN = 15, 16
_CHARACTER = 6.2
_WIDTHS = ((12, 330), (24, 440), (1000, 560))  # up to so many lines so wide
_MOST_STEPS = 500  # rows or columns that a box spans

Corner = tuple[int, int]
"""A row or column from 0, and a distance in pixels from where it begins."""


class _Boxes:
    """The measures of a worksheet in pixels; rows and columns count from 0."""

    def __init__(self, sheet: Worksheet) -> None:
        form = sheet.root.find(m("sheetFormatPr"))
        stated: Mapping[str, str] = (
            {} if form is None else {str(key): str(value) for key, value in form.items()}
        )
        self._height = round(measure(stated.get("defaultRowHeight"), 15) * 4 / 3)
        width = measure(stated.get("defaultColWidth"), measure(stated.get("baseColWidth"), 8) + 1)
        self._width = round(width * _DIGIT)
        self._rows = sheet.rows
        self._columns = list(children(sheet.root.find(m("cols"))))
        self._widths: dict[int, int] = {}

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

    def _ends(self, left: Corner, top: Corner, text: str) -> tuple[Corner, Corner]:
        width, height = _size_of(text)
        right = _reach(left[0], left[1] + width, self._width_of, LAST_COLUMN)
        return right, _reach(top[0], top[1] + height, self._height_of, LAST_ROW)

    def _width_of(self, column: int) -> int:
        if column not in self._widths:
            holds = (c for c in self._columns if whole(c.get("min")) <= column + 1 <= whole(c.get("max")))
            self._widths[column] = _pixels(next(holds, None), "width", _DIGIT, self._width)
        return self._widths[column]

    def _height_of(self, row: int) -> int:
        return _pixels(self._rows.get(row + 1), "ht", 4 / 3, self._height)


def _reach(index: int, distance: int, size_of: Callable[[int], int], count: int) -> Corner:
    """Where a distance ends that is measured from the beginning of a row or column."""
    for _ in range(_MOST_STEPS):
        size = size_of(index)
        if distance <= size or index >= count - 1:
            break
        index, distance = index + 1, distance - size
    return index, distance


def _anchor(*corners: Corner) -> str:
    return ", ".join(f"{index}, {offset}" for index, offset in corners)


def _pixels(item: Element | None, name: str, factor: float, usual: int) -> int:
    """A stated width or height; 0 for what is hidden."""
    if item is None:
        return usual
    return 0 if item.get("hidden") in TRUE else int(measure(item.get(name), usual / factor) * factor)


def _size_of(text: str) -> tuple[int, int]:
    """Width and height in pixels of a box that holds a text; the longer the text, the wider."""
    lines, width = 0, 0
    for most, width in _WIDTHS:
        room = int(width / _CHARACTER)
        lines = sum(len(wrap(line, room)) or 1 for line in text.splitlines())
        if lines <= most:
            break
    return width, lines * _LINE + _MARGIN
