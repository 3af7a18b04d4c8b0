"""The text of the paragraphs and tables of a part as a reader sees it, without what Word itself fills in.

Page numbers and lists of contents change when Word or LibreOffice computes its fields anew, so what stands
there is nobody's edit. Numbers of captions and references to them are content and count.
"""

import re
import unicodedata
from collections import deque
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from lxml import etree

from lkt.report.wordml import FALLBACK, TBL, TC, TR, Element, P, T, ancestor, w

_COMPUTED = frozenset({"TOC", "PAGE", "PAGEREF", "NUMPAGES", "SECTIONPAGES"})
_SIMPLE, _CHAR, _CODE, _SYMBOL = w("fldSimple"), w("fldChar"), w("instrText"), w("sym")
_INSTRUCTION, _KIND, _CHARACTER = w("instr"), w("fldCharType"), w("char")
_GONE = (FALLBACK, w("moveFrom"), w("del"))
_SIGNS = {w("br"): " ", w("cr"): " ", w("tab"): " ", w("ptab"): " ", w("noBreakHyphen"): "-"}
_RUN = w("r")
_TEXTS = frozenset({T, _SYMBOL, *_SIGNS})
_TAGS = (P, TBL, TR, TC, *_TEXTS, _SIMPLE, _CHAR, _CODE, *_GONE)
_INVISIBLE: dict[int, str | None] = dict.fromkeys(map(ord, "\xad\u200b\u200c\u200d\u2060\ufeff"))
_SEEN = _INVISIBLE | {0x2011: "-"}
_SYMBOL_CODE = re.compile("(?![dD][89a-fA-F])[0-9a-fA-F]{1,4}")  # half of a pair is no character


def normal(text: str) -> str:
    """A text by what is seen: one kind of space, one at a time; no soft hyphens; letters composed."""
    if text.isascii():  # as nearly all are, which have neither
        return " ".join(text.split())
    return " ".join(unicodedata.normalize("NFC", text.translate(_SEEN)).split())


class Block(NamedTuple):
    """A paragraph or a table of a part that stands in no other.

    Attributes:
        element: its element.
        text: the normal text of a paragraph.
        rows: the rows of a table with the normal text of their cells.
    """

    element: Element
    text: str = ""
    rows: tuple[tuple[Element, tuple[str, ...]], ...] = ()


def blocks(root: Element) -> list[Block]:
    """The paragraphs and tables of a part, in their order.

    The text of a text box, or of a table in a cell, is that of the paragraphs in it, each a line of its own.
    """
    # A report has thousands of nodes: it is gone over in one line, and a node is asked for its ancestors
    # only where something is nested. To search in each block or cell anew takes several times as long.
    reading = _Reading()
    reading.read(root.iter(*_TAGS))
    return reading.done()


_Paragraphs = list[list[str]]  # each in pieces
_NONE = etree.Element("none")


class _Reading:
    """The blocks that were read, and the one that is: its paragraphs, or its rows of cells of paragraphs."""

    def __init__(self) -> None:
        self._blocks: list[Block] = []
        self._block = self._row = self._cell = _NONE
        self._rows: list[tuple[Element, list[_Paragraphs]]] = []
        self._cells: list[_Paragraphs] = []
        self._paragraphs: _Paragraphs = []
        self._pieces: list[str] = []
        self._pieces_of: dict[Element, list[str]] = {}
        self._nested = False
        self._fields: list[str] = []  # the instructions of those that are open, the innermost last

    def read(self, nodes: Iterator[Element]) -> None:
        """Go over the nodes of a part, or of a field in it, in their order."""
        begin = {P: self._begin_paragraph, TBL: self._begin_table, TR: self._begin_row, TC: self._begin_cell}
        for node in nodes:
            tag = str(node.tag)
            if tag == T and not (self._fields or self._nested):  # a third of the nodes
                self._pieces.append(node.text or "")
            elif begun := begin.get(tag):
                begun(node)
            elif tag in _TEXTS:
                self._text(node, node.text or "" if tag == T else _sign(node))
            elif tag == _SIMPLE:
                self._fields.append(node.get(_INSTRUCTION) or "")
                self.read(_inside(node, nodes))
                if self._fields:
                    self._fields.pop()
            elif tag in _GONE:
                deque(_inside(node, nodes), maxlen=0)
            else:
                self._mark(node)

    def done(self) -> list[Block]:
        """All blocks, read to their end."""
        self._close()
        return self._blocks

    def _begin_paragraph(self, node: Element) -> None:
        """A paragraph begins: a block, or one in the block."""
        if node.getparent() is not self._cell and not self._holds(node):
            self._begin_block(node)
        self._pieces = self._pieces_of[node] = []
        self._paragraphs.append(self._pieces)

    def _begin_table(self, node: Element) -> None:
        """A table begins: a block, or one in a cell of the block."""
        if not self._holds(node):
            self._begin_block(node)

    def _begin_row(self, node: Element) -> None:
        """A row begins, unless it is that of a table in a cell."""
        if node.getparent() is self._block or ancestor(node, TBL) is self._block:
            self._row, self._cells = node, []
            self._rows.append((node, self._cells))

    def _begin_cell(self, node: Element) -> None:
        """A cell begins, unless it is that of a table in a cell."""
        if node.getparent() is self._row or ancestor(node, TR) is self._row:  # nearly always the first
            self._cell, self._paragraphs = node, []
            self._cells.append(self._paragraphs)

    def _text(self, node: Element, text: str) -> None:
        """A piece of text: nearly always of the last paragraph, unless that is nested in another."""
        if self._fields and any(map(_is_computed, self._fields)):
            return
        pieces = self._pieces
        if self._nested:
            paragraph = ancestor(node, P)
            pieces = [] if paragraph is None else self._pieces_of.get(paragraph, [])
        pieces.append(text)

    def _mark(self, node: Element) -> None:
        """A field made of runs begins, goes on or ends."""
        kind = node.get(_KIND)
        if kind == "begin":
            self._fields.append("")
        elif self._fields and kind == "end":
            self._fields.pop()
        elif self._fields and node.tag == _CODE:
            self._fields[-1] += node.text or ""

    def _holds(self, node: Element) -> bool:
        """Whether a node is in the block, and whether from here on paragraphs are in others."""
        above, nested = node.getparent(), self._block.tag == P
        while above is not None and above is not self._block:
            nested = nested or above.tag == P
            above = above.getparent()
        self._nested = self._nested or (above is not None and nested)
        return above is not None

    def _begin_block(self, block: Element) -> None:
        self._close()
        self._block = self._cell = block
        self._row = _NONE
        self._rows, self._cells, self._paragraphs, self._pieces_of = [], [], [], {}
        self._nested = False

    def _close(self) -> None:
        if self._block.tag == P:
            self._blocks.append(Block(self._block, _lines(self._paragraphs)))
        elif self._block.tag == TBL:
            rows = tuple((row, tuple(map(_lines, cells))) for row, cells in self._rows)
            self._blocks.append(Block(self._block, "", rows))


def _is_computed(instruction: str) -> bool:
    words = instruction.split(maxsplit=1)
    return bool(words) and words[0].upper() in _COMPUTED


def _lines(paragraphs: _Paragraphs) -> str:
    """The paragraphs that have text, each from its pieces."""
    if len(paragraphs) == 1:  # nearly always
        return normal("".join(paragraphs[0]))
    return "\n".join(text for pieces in paragraphs if (text := normal("".join(pieces))))


def _inside(node: Element, nodes: Iterator[Element]) -> Iterator[Element]:
    """Those of the nodes to come, which follow a node, that are inside it."""
    return islice(nodes, sum(1 for _ in node.iter(*_TAGS)) - 1)


def _sign(node: Element) -> str:
    if node.tag == _SYMBOL:
        return _symbol(node.get(_CHARACTER) or "")
    parent = node.getparent()  # a tab stop of the paragraph's properties is no tab
    return _SIGNS[str(node.tag)] if parent is not None and parent.tag == _RUN else ""


def _symbol(code: str) -> str:
    return chr(int(code, 16)) if _SYMBOL_CODE.fullmatch(code) else ""
