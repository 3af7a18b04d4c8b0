"""Notes on the cells of a worksheet: their texts, their boxes, and the parts that hold both."""

from collections.abc import Iterable, Mapping, Sequence

from lxml import etree

from lkt.findings import Finding
from lkt.workbook.patch import comments
from lkt.workbook.patch.addresses import split
from lkt.workbook.patch.boxes import Boxes
from lkt.workbook.patch.comments import Comments
from lkt.workbook.patch.drawing import Drawing, Place, numbers_of_map
from lkt.workbook.patch.grid import Grid
from lkt.workbook.patch.links import (
    declare,
    drop,
    link,
    linked,
    links,
    unlink,
)
from lkt.workbook.patch.markup import REL_ID, REL_NS, Element, children, detach, m
from lkt.workbook.patch.package import Package
from lkt.workbook.patch.record import Record
from lkt.workbook.patch.wording import TITLE, Runs, note_runs

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

    def __init__(self, package: Package, record: Record, part: str, title: str = TITLE) -> None:
        self._title = title
        self._package = package
        self._record = record
        self._part = part

    def add(self, grid: Grid, findings: Mapping[str, Sequence[Finding]]) -> None:
        """Write the findings of each cell into its note; a cell with a conversation keeps its own."""
        self.write(grid, {cell: note_runs(found) for cell, found in findings.items()})

    def write(self, grid: Grid, texts_by_cell: Mapping[str, Runs]) -> None:
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
                if comments.append(note, runs):
                    self._record.plain.add((texts, cell))
                self._enlarge(shapes, boxes, (drawing, cell), comments.text_of(note))
        shapes.add(made)
        self._package.put(drawing, _encoded(shapes))

    def remove(self, root: Element) -> None:
        """Take our texts out, and the boxes and parts that held nothing else."""
        texts = linked(self._package, self._part, "comments")
        if texts is None or not comments.has_ours(self._package.root(texts), self._title):
            return
        notes = Comments(self._package.edit(texts), self._title)
        gone, kept = notes.remove_ours()
        for cell in kept:
            if (texts, cell) in self._record.plain:
                comments.make_bare(notes.by_cell[cell])
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
            self._package.put(part, comments.EMPTY)
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
                Grid(root).insert(holder)
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
