"""The VML drawing of a worksheet, which holds the boxes of its notes.

It is changed as text: what Excel writes there is not always well-formed XML, and nothing else in it may
change.
"""

import re
from collections.abc import Iterable, Iterator

from lkt.attributes import whole
from lkt.workbook.patch import vml
from lkt.workbook.patch.errors import unreadable

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
        return Drawing(vml.BLANK.format(number=number), taken)

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
        own_names = "" if vml.declares_names(self.text) else f"{vml.NAMESPACES} "
        made = [] if vml.TYPE in self.text else [vml.SHAPE_TYPE.format(names=own_names)]
        first, numbers = len(_SHAPE.findall(self.text)) + 1, self._free_numbers()
        for order, ((row, column), anchor) in enumerate(boxes, first):
            place = {"row": row, "column": column, "anchor": anchor}
            made.append(vml.NOTE.format(names=own_names, number=next(numbers), order=order, **place))
        end = self.text.rfind("</")
        if end < 0:
            raise unreadable("gambar kotak catatannya tidak utuh")
        self.text = f"{self.text[:end]}{''.join(made)}{self.text[end:]}"

    def remove(self, places: Iterable[Place]) -> None:
        """Take the boxes on some cells out, with whatever else was added for them."""
        notes = self._notes()
        gone = {notes[place] for place in places if place in notes}
        self.text = _SHAPE.sub(lambda match: "" if match[0] in gone else match[0], self.text)
        for names in ("", f"{vml.NAMESPACES} "):
            self.text = self.text.replace(vml.SHAPE_TYPE.format(names=names), "", 1)
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
