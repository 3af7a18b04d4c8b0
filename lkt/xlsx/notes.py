"""Notes on the cells of a worksheet: their texts, their boxes, and the parts that hold both."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from textwrap import wrap

from lxml import etree

from lkt.bounded import measure, whole
from lkt.findings import Finding, Severity
from lkt.xlsx.package import (
    REL_ID,
    REL_NS,
    Element,
    Record,
    WorkbookPackage,
    add,
    add_text,
    children,
    declare,
    detach,
    drop,
    link,
    linked,
    links,
    m,
    new,
    unlink,
    unreadable,
)
from lkt.xlsx.sheets import LAST_COLUMN, LAST_ROW, SheetXml, split

# What stands in a note and how levels are called ----------------------------------------------------------


AUTHOR = "lkt"
TITLE = "— Pemeriksaan lkt —"
"""The first line of our part of a note."""

END = "\u200b"
"""The invisible end of our part of a note: what people write after it is theirs."""

_SHOWN = 12  # findings in one note

Runs = list[tuple[str, bool]]
"""Pieces of text, each with whether it is bold."""


def note_runs(findings: Sequence[Finding]) -> Runs:
    """Our part of the note on a cell."""
    runs: Runs = [(TITLE, True)]
    for number, finding in enumerate(findings[:_SHOWN]):
        lead = "\n\n" if number else "\n"
        runs += [(f"{lead}{label(finding)}: ", True), (finding.message, False)]
        if finding.hint:
            runs += [("\nPerbaikan: ", True), (finding.hint, False)]
    if len(findings) > _SHOWN:
        runs.append((f"\n\nDan {len(findings) - _SHOWN} temuan lain pada sel ini.", False))
    return [*runs, (END, False)]


def label(finding: Finding) -> str:
    """Level and code: KESALAHAN A103."""
    return f"{finding.severity.word.upper()} {finding.code}".rstrip()


def worst(findings: Sequence[Finding]) -> Severity:
    """The most serious level among findings."""
    return min((finding.severity for finding in findings), key=list(Severity).index)


# The pieces of VML that a note's box is made of -----------------------------------------------------------


NAMESPACES = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
BLANK = (
    f'<xml {NAMESPACES}><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{{number}}"/>'
    "</o:shapelayout></xml>"
)
TYPE = 'id="_x0000_t202"'
# The order of its attributes tells it from one that was there before.
SHAPE_TYPE = (
    '<v:shapetype {names}coordsize="21600,21600" id="_x0000_t202" o:spt="202" '
    'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
NOTE = (
    '<v:shape {names}id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;margin-left:60pt;'
    'margin-top:2pt;width:240pt;height:80pt;z-index:{order};visibility:hidden" fillcolor="#fffdf2" '
    'o:insetmode="auto"><v:fill color2="#fffdf2"/><v:shadow on="t" color="black" obscured="t"/>'
    '<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"><div style="text-align:left">'
    '</div></v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
    "<x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row>"
    "<x:Column>{column}</x:Column></x:ClientData></v:shape>"
)
_ROOT = re.compile(r"<xml\b[^>]*>")


def declares_names(text: str) -> bool:
    """Whether the root of a drawing declares the three prefixes as they are used here."""
    root = _ROOT.search(text)
    return root is not None and all(name in root[0] for name in NAMESPACES.split())


# The VML drawing of a worksheet, which holds the boxes of its notes ---------------------------------------
#
# It is changed as text: what Excel writes there is not always well-formed XML, and nothing else in it may
# change.


_SHAPE = re.compile(r"<(?P<p>(?:\w+:)?)shape(?=[\s>])[^>]*(?<!/)>.*?</(?P=p)shape>", re.DOTALL)
_ROW = re.compile(r"<(?:\w+:)?Row\b[^>]*>\s*(\d{1,9})\s*<")
_COLUMN = re.compile(r"<(?:\w+:)?Column\b[^>]*>\s*(\d{1,9})\s*<")
_ANCHOR = re.compile(r"(<(?:\w+:)?Anchor\b[^>]*>)([^<]*)(<)")
_NUMBER = re.compile(r"_x0000_s(\d{1,9})")
_MAP = re.compile(r"(<(?:\w+:)?idmap\b[^>]*?\bdata=[\"'])([\d,\s]*)([\"'])")
_ROOM = 1024  # numbers of shapes to each number of the map

Place = tuple[int, int]
"""Row and column of a cell, from 0."""


class Drawing:
    """The text of a VML drawing.

    Args:
        text: the content of the part.
        taken: the numbers that the maps of all drawings of the workbook use; grows with this one.
    """

    def __init__(self, text: str, taken: set[int]) -> None:
        self.text = text
        self._taken = taken

    @staticmethod
    def blank(taken: set[int]) -> "Drawing":
        """A drawing without shapes, with a number of its own."""
        number = max(taken, default=0) + 1
        taken.add(number)
        return Drawing(BLANK.format(number=number), taken)

    @property
    def is_blank(self) -> bool:
        """Whether no shape is left."""
        return _SHAPE.search(self.text) is None

    def anchor(self, place: Place) -> str:
        """The anchor of the box on a cell as it is written; empty where there is none."""
        shape = self._notes().get(place, "")
        match = _ANCHOR.search(shape)
        return match[2] if match else ""

    def set_anchor(self, place: Place, anchor: str) -> None:
        """Move or enlarge the box on a cell."""
        shape = self._notes()[place]
        self.text = self.text.replace(shape, _ANCHOR.sub(rf"\g<1>{anchor}\g<3>", shape, count=1), 1)

    def add(self, boxes: Iterable[tuple[Place, str]]) -> None:
        """Add boxes, each with its cell and its anchor, behind all other shapes.

        Raises:
            UnreadableWorkbookError: the drawing has no end that they could stand before.
        """
        own_names = "" if declares_names(self.text) else f"{NAMESPACES} "
        made = [] if TYPE in self.text else [SHAPE_TYPE.format(names=own_names)]
        first, numbers = len(_SHAPE.findall(self.text)) + 1, self._free_numbers()
        for order, ((row, column), anchor) in enumerate(boxes, first):
            place = {"row": row, "column": column, "anchor": anchor}
            made.append(NOTE.format(names=own_names, number=next(numbers), order=order, **place))
        end = self.text.rfind("</")
        if end < 0:
            raise unreadable("gambar kotak catatannya tidak utuh")
        self.text = f"{self.text[:end]}{''.join(made)}{self.text[end:]}"

    def remove(self, places: Iterable[Place]) -> None:
        """Take the boxes on some cells out, with whatever else was added for them."""
        notes = self._notes()
        gone = {notes[place] for place in places if place in notes}
        self.text = _SHAPE.sub(lambda match: "" if match[0] in gone else match[0], self.text)
        for names in ("", f"{NAMESPACES} "):
            self.text = self.text.replace(SHAPE_TYPE.format(names=names), "", 1)
        self._shrink_map({number // _ROOM for shape in gone for number in _numbers(shape)})

    def _notes(self) -> dict[Place, str]:
        """The shapes of notes by the cell that they belong to."""
        found = {}
        for match in _SHAPE.finditer(self.text):
            row, column = _ROW.search(match[0]), _COLUMN.search(match[0])
            if row and column and '"Note"' in match[0].replace("'", '"'):
                found[int(row[1]), int(column[1])] = match[0]
        return found

    def _free_numbers(self) -> Iterator[int]:
        """Numbers for new shapes; where the map is exhausted it gets a further entry."""
        used = set(_numbers(self.text))
        for entry in numbers_of_map(self.text):
            yield from (n for n in range(entry * _ROOM + 1, (entry + 1) * _ROOM) if n not in used)
        while True:
            entry = max(self._taken, default=0) + 1
            self._taken.add(entry)
            self.text = _MAP.sub(rf"\g<1>\g<2>,{entry}\g<3>", self.text, count=1)
            yield from range(entry * _ROOM + 1, (entry + 1) * _ROOM)

    def _shrink_map(self, suspects: set[int]) -> None:
        """Drop further entries of the map that no shape uses any more."""
        used = {number // _ROOM for number in _numbers(self.text)}
        entries = numbers_of_map(self.text)
        for entry in entries[:0:-1]:
            if entry in suspects - used:
                self.text = re.sub(rf",{entry}(?=[\"'])", "", self.text, count=1)


def numbers_of_map(text: str) -> list[int]:
    """The numbers that the map of a drawing claims."""
    match = _MAP.search(text)
    return [number for piece in match[2].split(",") if (number := whole(piece)) > 0] if match else []


def _numbers(text: str) -> list[int]:
    return [int(number) for number in _NUMBER.findall(text)]


# The box of a note: where it stands beside its cell, and how large it must be for its text ----------------


_GAP = 15  # pixels between a cell and its note
_DIGIT = 7  # pixels of a figure in the usual font
_LINE, _MARGIN = 15, 16
_CHARACTER = 6.2
_WIDTHS = ((12, 330), (24, 440), (1000, 560))  # up to so many lines so wide

Measure = Callable[[int], int]


class Boxes:
    """The measures of a worksheet in pixels; rows and columns count from 0.

    Args:
        grid: the worksheet.
    """

    def __init__(self, grid: SheetXml) -> None:
        form = grid.root.find(m("sheetFormatPr"))
        self._row = round(_number(form, "defaultRowHeight", 15) * 4 / 3)
        self._column = round(_number(form, "defaultColWidth", _number(form, "baseColWidth", 8) + 1) * _DIGIT)
        self._rows = {number - 1: _pixels(row, "ht", 4 / 3) for number, row in grid.rows().items()}
        self._columns = list(children(grid.root.find(m("cols"))))

    def beside(self, row: int, column: int, text: str) -> str:
        """The anchor of a new box for a text, to the right of its cell."""
        width, height = size_of(text)
        column = min(column + 1, LAST_COLUMN - 12)
        row = min(max(row - 1, 0), LAST_ROW - 60)
        return self._anchor((column, _GAP), (row, 2), width, height)

    def enlarged(self, anchor: str, text: str) -> str:
        """An anchor with the same corner, grown where the text needs it; as it is where it is none."""
        numbers = [whole(piece, -1) for piece in anchor.split(",")]
        if len(numbers) != 8 or min(numbers) < 0:
            return anchor
        left, top, right, bottom = (tuple(numbers[place : place + 2]) for place in (0, 2, 4, 6))
        width, height = size_of(text)
        width = max(width, _distance(left, right, self._width))
        height = max(height, _distance(top, bottom, self._height))
        return self._anchor((left[0], left[1]), (top[0], top[1]), width, height)

    def _anchor(self, left: tuple[int, int], top: tuple[int, int], width: int, height: int) -> str:
        right = _reach(*left, width, self._width, LAST_COLUMN)
        bottom = _reach(*top, height, self._height, LAST_ROW)
        return ", ".join(str(number) for number in (*left, *top, *right, *bottom))

    def _width(self, column: int) -> int:
        for item in self._columns:
            if whole(item.get("min")) <= column + 1 <= whole(item.get("max")):
                width = _pixels(item, "width", _DIGIT)
                return self._column if width is None else width
        return self._column

    def _height(self, row: int) -> int:
        height = self._rows.get(row)
        return self._row if height is None else height


def size_of(text: str) -> tuple[int, int]:
    """Width and height in pixels of a box that holds a text; the longer the text, the wider."""
    lines, width = 0, 0
    for most, width in _WIDTHS:
        room = int(width / _CHARACTER)
        lines = sum(len(wrap(line, room)) or 1 for line in text.splitlines())
        if lines <= most:
            break
    return width, lines * _LINE + _MARGIN


def _reach(index: int, offset: int, size: int, measure: Measure, limit: int) -> tuple[int, int]:
    """The row or column, and the place inside it, where a length that starts at a place ends."""
    end = offset + size
    while end > measure(index) and index < limit - 1:
        end -= measure(index)
        index += 1
    return index, end


def _distance(start: tuple[int, ...], end: tuple[int, ...], measure: Measure) -> int:
    between = range(start[0], min(end[0], start[0] + 500))
    return sum(map(measure, between)) - start[1] + end[1]


def _pixels(item: Element, name: str, factor: float) -> int | None:
    """A stated width or height; 0 for what is hidden, None where nothing is stated."""
    if item.get("hidden") in {"1", "true"}:
        return 0
    stated = item.get(name)
    return None if stated is None else int(measure(stated) * factor)


def _number(item: Element | None, name: str, default: float) -> float:
    return default if item is None else measure(item.get(name), default)


# The texts of the notes of one worksheet: ours stand after the user's, and leave without a trace ----------


EMPTY = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b"<authors/><commentList/></comments>"
)

_THREADED = "tc="


class Comments:
    """The comments part of a worksheet.

    Args:
        root: its root element.
        title: the first line of the texts that are ours.
    """

    def __init__(self, root: Element, title: str = TITLE) -> None:
        self._title = title
        self._authors = _holder(root, "authors", 0)
        self._list = _holder(root, "commentList", 1)
        self.by_cell = {item.get("ref", ""): item for item in children(self._list)}

    def is_threaded(self, note: Element) -> bool:
        """Whether a note only mirrors a conversation, for older programs."""
        return self._author(note).startswith(_THREADED)

    def create(self, cell: str, runs: Runs) -> None:
        """A new note by us."""
        names = [author.text or "" for author in children(self._authors)]
        if AUTHOR not in names:
            add(self._authors, "author", AUTHOR)
            names.append(AUTHOR)
        note = add(self._list, "comment", ref=cell, authorId=str(names.index(AUTHOR)))
        text = add(note, "text")
        text.extend(_run(*run) for run in runs)

    def remove_ours(self) -> tuple[set[str], set[str]]:
        """Take our texts out: the cells whose note went with it, and those whose note stays."""
        gone: set[str] = set()
        kept: set[str] = set()
        for note in list(children(self._list)):
            text = text_of(note)
            span = _span_of_ours(text, self._title)
            if span is None:
                continue
            _cut(note, span)
            ours = text.startswith(self._title) and not text_of(note).strip()
            (gone if ours else kept).add(note.get("ref", ""))
            if ours:
                detach(note)
        self._drop_author()
        return gone, kept

    @property
    def is_empty(self) -> bool:
        """Whether no note is left."""
        return next(children(self._list), None) is None

    def _author(self, note: Element) -> str:
        names = [author.text or "" for author in children(self._authors)]
        number = whole(note.get("authorId"))
        return names[number] if 0 <= number < len(names) else ""

    def _drop_author(self) -> None:
        """Our name goes too, where it is the last one and no note is by it."""
        authors = list(children(self._authors))
        used = {note.get("authorId") for note in children(self._list)}
        if authors and authors[-1].text == AUTHOR and str(len(authors) - 1) not in used:
            detach(authors[-1])


def has_ours(root: Element, title: str = TITLE) -> bool:
    """Whether a comments part holds text of ours."""
    return any(_span_of_ours(text_of(note), title) for note in root.iter(m("comment")))


def _span_of_ours(text: str, title: str) -> tuple[int, int] | None:
    found = re.search(rf"\n?{re.escape(title)}.*?(?:{END}|\Z)", text, re.DOTALL)
    return None if found is None else found.span()


def text_of(note: Element) -> str:
    """The text of a note."""
    return "".join(piece.text or "" for piece in _pieces(note))


def append(note: Element, runs: Runs) -> bool:
    """Add our text after that of the user; whether the note was a bare text and has runs now."""
    text = note.find(m("text"))
    text = add(note, "text") if text is None else text
    bare = text.find(m("t"))
    if bare is not None:
        _wrap(bare)
    position = sum(1 for child in text if child.tag in {m("t"), m("r")})
    lead, *rest = runs
    for run in ((f"\n{lead[0]}", lead[1]), *rest):
        text.insert(position, _run(*run))
        position += 1
    return bare is not None


def make_bare(note: Element) -> None:
    """Turn the only run of a note into a bare text again."""
    text = note.find(m("text"))
    runs = [] if text is None else text.findall(m("r"))
    if text is None or len(runs) != 1 or len(runs[0]) != 1:
        return
    bare, run = runs[0][0], runs[0]
    bare.tail = run.tail
    text.replace(run, bare)


def _wrap(bare: Element) -> None:
    run, text = new("r"), bare.getparent()
    assert text is not None
    run.tail, bare.tail = bare.tail, None
    text.replace(bare, run)
    run.append(bare)


def _cut(note: Element, span: tuple[int, int]) -> None:
    """Take our text out, and the runs that hold nothing else then."""
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


def _pieces(note: Element) -> list[Element]:
    text = note.find(m("text"))
    return [] if text is None else [*text.iterfind(m("t")), *text.iterfind(f"{m('r')}/{m('t')}")]


def _run(text: str, bold: bool) -> Element:  # noqa: FBT001 - one of the runs, unpacked
    made = new("r")
    look = add(made, "rPr")
    if bold:
        add(look, "b")
    add(look, "sz", val="9")
    add(look, "color", indexed="81")
    add(look, "rFont", val="Tahoma")
    add(look, "family", val="2")
    add_text(made, text)
    return made


def _holder(root: Element, name: str, position: int) -> Element:
    found = root.find(m(name))
    if found is None:
        found = new(name)
        root.insert(position, found)
    return found


# Notes on the cells of a worksheet: their texts, their boxes, and the parts that hold both ----------------


_COMMENTS = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_VML = "application/vnd.openxmlformats-officedocument.vmlDrawing"


class Notes:
    """The notes of one worksheet.

    Args:
        package: the workbook.
        record: where what is created is noted.
        part: the part of the worksheet.
        title: the first line of the texts that are ours.
    """

    def __init__(self, package: WorkbookPackage, record: Record, part: str, title: str = TITLE) -> None:
        self._title = title
        self._package = package
        self._record = record
        self._part = part

    def add(self, grid: SheetXml, findings: Mapping[str, Sequence[Finding]]) -> None:
        """Write the findings of each cell into its note; a cell with a conversation keeps its own."""
        self.write(grid, {cell: note_runs(found) for cell, found in findings.items()})

    def write(self, grid: SheetXml, texts_by_cell: Mapping[str, Runs]) -> None:
        """Write a text, which starts with the title, into the note of each cell."""
        conversations = self._conversations()
        wanted = {cell: runs for cell, runs in texts_by_cell.items() if cell not in conversations}
        if not wanted:
            return
        texts, drawing = self._comments_part(), self._drawing_part(grid.root)
        notes = Comments(self._package.edit(texts), self._title)
        boxes, shapes, made = Boxes(grid), self._open(drawing), []
        for cell, runs in wanted.items():
            note = notes.by_cell.get(cell)
            if note is None:
                notes.create(cell, runs)
                row, column = _place(cell)
                made.append(((row, column), boxes.beside(row, column, "".join(text for text, _ in runs))))
            else:
                if append(note, runs):
                    self._record.plain.add((texts, cell))
                self._enlarge(shapes, boxes, (drawing, cell), text_of(note))
        shapes.add(made)
        self._package.put(drawing, _encoded(shapes))

    def remove(self, root: Element) -> None:
        """Take our texts out, and the boxes and parts that held nothing else."""
        texts = linked(self._package, self._part, "comments")
        if texts is None or not has_ours(self._package.root(texts), self._title):
            return
        notes = Comments(self._package.edit(texts), self._title)
        gone, kept = notes.remove_ours()
        for cell in kept:
            if (texts, cell) in self._record.plain:
                make_bare(notes.by_cell[cell])
        self._remove_boxes(root, gone, kept)
        if notes.is_empty:
            unlink(self._package, self._record, self._part, texts)
            drop(self._package, texts)

    def _conversations(self) -> set[str]:
        """The cells with threaded comments, whose notes only mirror them for older programs."""
        found = set()
        for item in links(self._package, self._part):
            if item.kind == "threadedComment":
                found |= {thread.get("ref", "") for thread in children(self._package.root(item.part))}
            if item.kind == "comments":
                notes = Comments(self._package.root(item.part))
                found |= {cell for cell, note in notes.by_cell.items() if notes.is_threaded(note)}
        return found

    def _enlarge(self, shapes: Drawing, boxes: Boxes, key: tuple[str, str], text: str) -> None:
        before = shapes.anchor(_place(key[1]))
        after = boxes.enlarged(before, text)
        if after != before:
            shapes.set_anchor(_place(key[1]), after)
            self._record.boxes[key] = before, after

    def _remove_boxes(self, root: Element, gone: Iterable[str], kept: Iterable[str]) -> None:
        holder = root.find(m("legacyDrawing"))
        drawing = self._legacy_drawing(holder)
        if holder is None or drawing is None:
            return
        shapes = self._open(drawing)
        for cell in filter(split, kept):
            before, after = self._record.boxes.get((drawing, cell), ("", ""))
            if after and shapes.anchor(_place(cell)) == after:
                shapes.set_anchor(_place(cell), before)
        shapes.remove(map(_place, filter(split, gone)))
        self._package.put(drawing, _encoded(shapes))
        if shapes.is_blank:
            detach(holder)
            unlink(self._package, self._record, self._part, drawing)
            drop(self._package, drawing)

    def _comments_part(self) -> str:
        part = linked(self._package, self._part, "comments")
        if part is None:
            part = self._package.free_name("xl/comments{}.xml")
            self._package.put(part, EMPTY)
            declare(self._package, part, _COMMENTS)
            link(self._package, self._record, self._part, "comments", part)
        return part

    def _drawing_part(self, root: Element) -> str:
        part = self._legacy_drawing(root.find(m("legacyDrawing")))
        if part is None:
            part = self._package.free_name("xl/drawings/vmlDrawing{}.vml")
            self._package.put(part, _encoded(Drawing.blank(self._map_numbers())))
            declare(self._package, part, _VML)
            holder = root.find(m("legacyDrawing"))
            if holder is None:
                holder = etree.Element(m("legacyDrawing"), nsmap={"r": REL_NS})
                SheetXml(root).insert(holder)
            holder.set(REL_ID, link(self._package, self._record, self._part, "vmlDrawing", part))
        return part

    def _legacy_drawing(self, holder: Element | None) -> str | None:
        identifier = None if holder is None else holder.get(REL_ID)
        found = (item.part for item in links(self._package, self._part) if item.identifier == identifier)
        return next(found, None)

    def _open(self, part: str) -> Drawing:
        return Drawing(_decoded(self._package.read(part)), self._map_numbers())

    def _map_numbers(self) -> set[int]:
        """The numbers of shape maps that are taken anywhere in the workbook."""
        drawings = (name for name in self._package.names() if name.lower().endswith(".vml"))
        return {n for name in drawings for n in numbers_of_map(_decoded(self._package.read(name)))}


def _place(cell: str) -> Place:
    place = split(cell)
    assert place is not None
    return place[0] - 1, place[1] - 1


def _decoded(content: bytes) -> str:
    return content.decode("utf-8", "surrogateescape")


def _encoded(drawing: Drawing) -> bytes:
    return drawing.text.encode("utf-8", "surrogateescape")
