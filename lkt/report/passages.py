"""The visible content of a Word file: its paragraphs, table rows and charts in order, each with its place."""

import hashlib
import itertools
import re
import unicodedata
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import islice
from types import MappingProxyType
from typing import NamedTuple

from lxml import etree

from lkt.indonesian import format_trimmed, round_half_up
from lkt.wordtemplate.document import (
    FALLBACK,
    TBL,
    TC,
    TR,
    Element,
    P,
    T,
    WordPackage,
    ancestor,
    child_of,
    parse,
    r,
    w,
)
from lkt.wordtemplate.tags import heading_styles

# The text of the paragraphs and tables of a part as a reader sees it, without what Word itself fills in ---
#
# Page numbers and lists of contents change when Word or LibreOffice computes its fields anew, so what stands
# there is nobody's edit. Numbers of captions and references to them are content and count.


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


class TextBlock(NamedTuple):
    """A paragraph or a table of a part that stands in no other.

    Attributes:
        element: its element.
        text: the normal text of a paragraph.
        rows: the rows of a table with the normal text of their cells.
    """

    element: Element
    text: str = ""
    rows: tuple[tuple[Element, tuple[str, ...]], ...] = ()


def blocks(root: Element) -> list[TextBlock]:
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
        self._blocks: list[TextBlock] = []
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

    def done(self) -> list[TextBlock]:
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
            self._blocks.append(TextBlock(self._block, _lines(self._paragraphs)))
        elif self._block.tag == TBL:
            rows = tuple((row, tuple(map(_lines, cells))) for row, cells in self._rows)
            self._blocks.append(TextBlock(self._block, "", rows))


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


# The figures of a chart as the document keeps them, which is what is drawn and printed --------------------


_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
CHART = f"{_C}chart"
_DECIMALS = 6  # more are the noise of a program's binary numbers

Series = tuple[tuple[str, ...], tuple[str, ...]]
"""The name and the values of a series, and what these are called; both begin with the name's own."""


def chart_series(block: Element, package: WordPackage, part: str) -> Iterator[list[Series]]:
    """The series of each chart in a paragraph or row.

    Raises:
        UnreadablePartError: the part of a chart is not well-formed.
    """
    for shown in block.iter(CHART):
        data = package.parts.get(package.target(part, shown.get(r("id")) or ""))
        if data is not None and next(shown.iterancestors(FALLBACK), None) is None:
            yield [_series(each) for each in parse(data).iter(f"{_C}ser")]


def _series(series: Element) -> Series:
    name = " ".join(_values(series, "tx"))
    categories = tuple(normal(text) for text in _values(series, "cat"))
    return (name, *map(_number, _values(series, "val"))), ("Seri", *categories)


def _values(series: Element, kind: str) -> list[str]:
    found = series.find(f"{_C}{kind}")
    return [] if found is None else [value.text or "" for value in found.iter(f"{_C}v")]


def _number(text: str) -> str:
    try:
        value = Decimal(text)
        return format_trimmed(round_half_up(value, _DECIMALS)) if abs(value) < 10**15 else text
    except (InvalidOperation, ValueError):
        return normal(text)


# The visible content of a Word file: its paragraphs and table rows in order, each with its place ----------


_ASIDES = {
    "header": "kepala halaman",
    "footer": "kaki halaman",
    "footnotes": "catatan kaki",
    "endnotes": "catatan akhir",
    "comments": "komentar",
}
_BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_VML = "{urn:schemas-microsoft-com:vml}imagedata"
_STYLE, _OF_PARAGRAPH, _VAL = w("pStyle"), w("pPr"), w("val")
_ROW, _HEAD = w("trPr"), w("tblHeader")
_CHAPTER = re.compile(r"BAB [IVXLC]+\b")
_CAPTION = re.compile(r"(?:Tabel|Gambar|Grafik) [\d.]+\b")
_CONTENTS = re.compile(r"(toc|contents) \d|table of figures|figure index \d")
_START = "bagian awal"


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, a row of a table, or a series of a chart.

    Attributes:
        place: where it stands, for a reader: "BAB III > Tabel 3.4, baris 2".
        texts: its normal text; of a row, that of each cell, the paragraphs of one divided by line breaks; of
            a series, its name and its values.
        columns: the headings of a row's cells, or the names of values; empty for a paragraph and where there
            are none.
        pictures: the digests of the pictures in it.
    """

    place: str
    texts: tuple[str, ...]
    columns: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()

    @property
    def content(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What is compared; a place changes with what stands before it."""
        return self.texts, self.pictures

    @property
    def text(self) -> str:
        """The whole as one line."""
        return " | ".join(text.replace("\n", " / ") for text in self.texts if text)


def passages(
    package: WordPackage, main: str, trees: Mapping[str, Element] = MappingProxyType({})
) -> tuple[Passage, ...]:
    """All that can be seen in a document but what Word fills in itself; what is empty is left out.

    Headers, footers and notes follow the body, equal ones once and in an order of their own, since programs
    number and repeat them as they like.

    Args:
        package: the document.
        main: its main part.
        trees: parts of it that are at hand as trees; the others are parsed.

    Raises:
        UnreadablePartError: a part is not well-formed.
    """
    styles = package.related(main, "styles")
    named = _styles(package.parts[styles[0]]) if styles else _Styles(None)

    def reader(part: str) -> _Reader:
        return _Reader(package, part, trees[part] if part in trees else parse(package.parts[part]), named)

    body = tuple(reader(main).read(_START))
    return (*body, *itertools.chain.from_iterable(_aside(package, main, kind, reader) for kind in _ASIDES))


def _aside(
    package: WordPackage, main: str, kind: str, reader: "Callable[[str], _Reader]"
) -> Iterator[Passage]:
    found = {
        passage.content: passage
        for part in package.related(main, kind)
        for passage in reader(part).read(_ASIDES[kind])
    }
    for content in sorted(found):
        yield found[content]


class _Styles:
    """What the styles of a document say of a paragraph."""

    def __init__(self, root: Element | None) -> None:
        styles = () if root is None else root.iter(w("style"))
        names = {style.get(w("styleId")) or "": _name(style) for style in styles}
        self.chapters = heading_styles(root)
        sections = frozenset(key for key, name in names.items() if re.fullmatch(r"heading [2-9]", name))
        self.headings = self.chapters | sections
        self.contents = frozenset(key for key, name in names.items() if _CONTENTS.fullmatch(name))


@lru_cache(maxsize=8)
def _styles(part: bytes) -> _Styles:
    """What a part of styles says; that of a template is the same in all its reports."""
    return _Styles(parse(part))


def _name(style: Element) -> str:
    name = style.find(w("name"))
    return "" if name is None else (name.get(w("val")) or "").lower()


class _Reader:
    """Reads one part from top to bottom, and knows where it is."""

    def __init__(self, package: WordPackage, part: str, root: Element, styles: _Styles) -> None:
        self._package, self._part, self._root, self._styles = package, part, root, styles
        self._drawn = _holders(root, _BLIP, _VML, CHART)
        self._heads = frozenset(_rows_marked(root, _HEAD))
        self._where, self._chapter, self._caption = "", "", ""
        self._paragraphs = self._tables = self._charts = 0

    def read(self, label: str) -> Iterator[Passage]:
        self._where = self._chapter = label
        for block in blocks(self._root):
            if block.element.tag == TBL:
                yield from self._table(block)
            elif (paragraph := self._paragraph(block)) is not None:
                yield paragraph
            if block.element in self._drawn:
                yield from self._charts_of(block.element)

    def _paragraph(self, block: TextBlock) -> Passage | None:
        style, text, pictures = _style(block.element), block.text, self._pictures(block.element)
        if style in self._styles.contents or not (text or pictures):
            return None
        self._caption = match[0] if (match := _CAPTION.match(text)) else ""
        if text and style in self._styles.headings:
            self._enter(style, text)
            return Passage(f"{self._where}, judul", (text,), (), pictures)
        self._paragraphs += 1
        return Passage(f"{self._where}, paragraf {self._paragraphs}", (text,), (), pictures)

    def _enter(self, style: str, text: str) -> None:
        """Go on below a heading."""
        if style in self._styles.chapters:
            self._chapter = self._where = match[0] if (match := _CHAPTER.match(text)) else text
        else:
            self._where = f"{self._chapter} > {text}"
        self._paragraphs = self._tables = self._charts = 0

    def _table(self, table: TextBlock) -> Iterator[Passage]:
        self._tables += 1
        name = (
            f"{self._chapter} > {self._caption}" if self._caption else f"{self._where}, tabel {self._tables}"
        )
        self._caption, number = "", 0
        columns: tuple[str, ...] = ()
        for row, cells in table.rows:
            head = row in self._heads
            number += not head
            pictures = self._pictures(row)
            if any(cells) or pictures:
                fits = columns if len(columns) == len(cells) and not head else ()
                yield Passage(
                    f"{name}, {f'baris {number}' if number else 'kepala tabel'}", cells, fits, pictures
                )
            columns = cells if head else columns

    def _charts_of(self, block: Element) -> Iterator[Passage]:
        for chart in chart_series(block, self._package, self._part):
            self._charts += 1
            for number, (values, names) in enumerate(chart, 1):
                place = f"{self._where}, grafik {self._charts}, seri {number}"
                yield Passage(place, values, names if len(names) == len(values) else ())

    def _pictures(self, block: Element) -> tuple[str, ...]:
        if block not in self._drawn:  # nearly always; a search in each paragraph and row is slow
            return ()
        return tuple(
            self._digest(shown.get(r("embed" if shown.tag == _BLIP else "id")) or "")
            for shown in block.iter(_BLIP, _VML)
            if next(shown.iterancestors(FALLBACK), None) is None
        )

    def _digest(self, relationship: str) -> str:
        data = self._package.parts.get(self._package.target(self._part, relationship), b"")
        return hashlib.sha256(data).hexdigest()[:20]


def _holders(root: Element, *names: str) -> frozenset[Element]:
    """The elements that have one of those names anywhere inside."""
    return frozenset(holder for item in root.iter(*names) for holder in item.iterancestors())


def _rows_marked(root: Element, name: str) -> Iterator[Element | None]:
    """The rows in whose properties there is a mark."""
    for mark in root.iter(name):
        properties = mark.getparent()
        if properties is not None and properties.tag == _ROW:
            yield properties.getparent()


def _style(paragraph: Element) -> str:
    properties = child_of(paragraph, _OF_PARAGRAPH)
    style = None if properties is None else child_of(properties, _STYLE)
    return "" if style is None else style.get(_VAL) or ""


def column_name(passage: Passage, number: int) -> str:
    """What the cell of a row is called, counted from 0; empty for a paragraph."""
    if len(passage.texts) < 2:
        return ""
    heading = normal(passage.columns[number]) if number < len(passage.columns) else ""
    return f"kolom “{heading}”" if heading else f"kolom {number + 1}"


# Two versions of a document side by side: which passages are the same, which changed, came or went --------


Pair = tuple[Passage | None, Passage | None]
_MOST = 20_000  # pairs that are weighed; beyond, passages are paired in their order
_SAME_KIND = 0.05


@dataclass(frozen=True, slots=True)
class PassageChange:
    """A paragraph or a cell that differs between two versions.

    Attributes:
        place: where, with the column of a cell.
        before: its text in the one version; empty where it was added.
        after: its text in the other; empty where it was removed.
        picture: a picture differs, and the texts do not.
    """

    place: str
    before: str
    after: str
    picture: bool = False


def pairs(before: Sequence[Passage], after: Sequence[Passage]) -> Iterator[Pair]:
    """The passages of two versions beside each other in their order; None where one has none."""
    matcher = SequenceMatcher(
        None, [item.content for item in before], [item.content for item in after], autojunk=False
    )
    for kind, start, end, other_start, other_end in matcher.get_opcodes():
        old, new = before[start:end], after[other_start:other_end]
        yield from zip(old, new, strict=True) if kind == "equal" else _alike(old, new)


def changes(before: Sequence[Passage], after: Sequence[Passage]) -> tuple[PassageChange, ...]:
    """Every paragraph and cell that differs, in the order of the documents."""
    return tuple(change for old, new in pairs(before, after) for change in _changes(old, new))


def _changes(old: Passage | None, new: Passage | None) -> Iterator[PassageChange]:
    if old is None or new is None:
        present = old or new
        assert present is not None
        picture = not present.text
        yield PassageChange(present.place, old.text if old else "", new.text if new else "", picture)
        return
    yield from changed_cells(old, new)
    if old.pictures != new.pictures:
        yield PassageChange(new.place, "", "", picture=True)


def changed_cells(old: Passage, new: Passage) -> Iterator[PassageChange]:
    """The cells of a row that differ; the whole where the rows are built differently."""
    if len(old.texts) != len(new.texts):
        yield PassageChange(new.place, old.text, new.text)
        return
    for number, (was, now) in enumerate(zip(old.texts, new.texts, strict=True)):
        if was != now:
            yield PassageChange(place_of(new, number), was.replace("\n", " / "), now.replace("\n", " / "))


def place_of(passage: Passage, number: int) -> str:
    """The place of one cell of a passage, counted from 0."""
    column = column_name(passage, number)
    return f"{passage.place}, {column}" if column else passage.place


# Pairing ---------------------------------------------------------------------------------------------------


def _alike(old: Sequence[Passage], new: Sequence[Passage]) -> Iterator[Pair]:
    """Changed passages beside those that they most resemble, both in their order."""
    if len(old) * len(new) > _MOST:
        shared = min(len(old), len(new))
        yield from zip(old[:shared], new[:shared], strict=True)
        yield from ((item, None) for item in old[shared:])
        yield from ((None, item) for item in new[shared:])
        return
    best = _best(old, new)
    row = column = 0
    while row < len(old) or column < len(new):
        if row < len(old) and best[row][column] == best[row + 1][column]:
            yield old[row], None
            row += 1
        elif column < len(new) and best[row][column] == best[row][column + 1]:
            yield None, new[column]
            column += 1
        else:
            yield old[row], new[column]
            row, column = row + 1, column + 1


def _best(old: Sequence[Passage], new: Sequence[Passage]) -> list[list[float]]:
    """The greatest resemblance that pairs of the rest can reach, from each place on."""
    old_words, new_words = [_words(item) for item in old], [_words(item) for item in new]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for row in reversed(range(len(old))):
        for column in reversed(range(len(new))):
            alike = _resemblance(old_words[row], new_words[column])
            alike += _SAME_KIND * (len(old[row].texts) == len(new[column].texts))
            best[row][column] = max(
                best[row + 1][column], best[row][column + 1], best[row + 1][column + 1] + alike
            )
    return best


def _words(passage: Passage) -> Counter[str]:
    return Counter(passage.text.split())


def _resemblance(one: Counter[str], other: Counter[str]) -> float:
    """How many of the words two texts share, from 0 to 1."""
    together = (one | other).total()
    return (one & other).total() / together if together else 1.0
