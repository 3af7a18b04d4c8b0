"""The visible content of a Word file: its paragraphs, table rows and charts in order, each with its place."""

import hashlib
import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from difflib import SequenceMatcher
from typing import NamedTuple

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.part import XmlPart
from docx.oxml.ns import qn

from lkt.indonesian import format_trimmed, round_half_up
from lkt.wordtemplate.document import (
    FALLBACK,
    TBL,
    TC,
    TR,
    Element,
    P,
    R,
    T,
    heading_styles,
    parse,
    related_xml,
    styles_of,
    w,
)

# The text of a part ----------------------------------------------------------------------------------------
#
# Page numbers and lists of contents change when Word or LibreOffice computes its fields anew, so what stands
# there is nobody's edit. Numbers of captions and references to them are content and count.

_COMPUTED = frozenset({"TOC", "PAGE", "PAGEREF", "NUMPAGES", "SECTIONPAGES"})
_SIMPLE, _CHAR, _CODE, _SYMBOL = w("fldSimple"), w("fldChar"), w("instrText"), w("sym")
_NOT_SEEN = frozenset({FALLBACK, w("moveFrom"), w("del")})
_SIGNS = {w("br"): " ", w("cr"): " ", w("tab"): " ", w("ptab"): " ", w("noBreakHyphen"): "-"}
_TEXTS = frozenset({T, _SYMBOL, *_SIGNS})
_INVISIBLE: dict[int, str | None] = dict.fromkeys(map(ord, "\xad\u200b\u200c\u200d\u2060\ufeff"))
_SEEN = _INVISIBLE | {0x2011: "-"}
_SYMBOL_CODE = re.compile("(?![dD][89a-fA-F])[0-9a-fA-F]{1,4}")  # a lone surrogate is no character


def normal(text: str) -> str:
    """A text by what is seen: one kind of space, one at a time; no soft hyphens; letters composed."""
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


class _Fields:
    """The fields that are open at a place of a part, by their instructions; one may reach over paragraphs."""

    def __init__(self) -> None:
        self._open: list[str] = []

    @property
    def computed(self) -> bool:
        """Whether Word itself fills in what stands here."""
        return any(words[0].upper() in _COMPUTED for code in self._open if (words := code.split(maxsplit=1)))

    def begin(self, instruction: str = "") -> None:
        """A field begins."""
        self._open.append(instruction)

    def end(self) -> None:
        """The innermost field ends."""
        if self._open:
            self._open.pop()

    def mark(self, node: Element) -> None:
        """Take a piece of a field that is made of runs: its beginning, its instruction or its end."""
        if node.tag == _CODE and self._open:
            self._open[-1] += node.text or ""
        elif node.get(w("fldCharType")) == "begin":
            self.begin()
        elif node.get(w("fldCharType")) == "end":
            self.end()


def blocks(root: Element) -> list[TextBlock]:
    """The paragraphs and tables of a part, in their order.

    The text of a text box, or of a table in a cell, is that of the paragraphs in it, each a line of its own.
    """
    fields = _Fields()
    found: list[TextBlock] = []
    for element in _outermost(root, P, TBL):
        if element.tag == P:
            found.append(TextBlock(element, "\n".join(_lines(element, fields))))
        else:
            rows = (
                (row, tuple("\n".join(_all_lines(cell, fields)) for cell in _outermost(row, TC)))
                for row in _outermost(element, TR)
            )
            found.append(TextBlock(element, "", tuple(rows)))
    return found


def _outermost(node: Element, *tags: str) -> Iterator[Element]:
    """The elements of these tags inside a node that stand in no other of them."""
    for child in node:
        if child.tag in tags:
            yield child
        elif child.tag not in _NOT_SEEN:
            yield from _outermost(child, *tags)


def _all_lines(node: Element, fields: _Fields) -> Iterator[str]:
    for paragraph in _outermost(node, P):
        yield from _lines(paragraph, fields)


def _lines(paragraph: Element, fields: _Fields) -> list[str]:
    """The text of a paragraph, then that of the paragraphs in its text boxes; empty ones are left out."""
    pieces: list[str] = []
    inside: list[str] = []
    _read(paragraph, pieces, inside, fields)
    own = normal("".join(pieces))
    return [own, *inside] if own else inside


def _read(node: Element, pieces: list[str], inside: list[str], fields: _Fields) -> None:
    """Gather the text of a node, which is in a paragraph, and the lines of the paragraphs in it."""
    for child in node:
        tag = child.tag
        if tag == P:
            inside += _lines(child, fields)
        elif tag in _TEXTS:
            if not fields.computed:
                pieces.append(_text_of(child, node))
        elif tag in (_CHAR, _CODE):
            fields.mark(child)
        elif tag == _SIMPLE:
            fields.begin(child.get(w("instr")) or "")
            _read(child, pieces, inside, fields)
            fields.end()
        elif tag not in _NOT_SEEN:
            _read(child, pieces, inside, fields)


def _text_of(node: Element, parent: Element) -> str:
    if node.tag == T:
        return node.text or ""
    if node.tag == _SYMBOL:
        code = node.get(w("char")) or ""
        return chr(int(code, 16)) if _SYMBOL_CODE.fullmatch(code) else ""
    return _SIGNS[str(node.tag)] if parent.tag == R else ""  # a tab stop in properties is no tab


# The figures of a chart as the document keeps them, which is what is drawn and printed --------------------


_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
CHART = f"{_C}chart"
_DECIMALS = 6  # more are the noise of a program's binary numbers

Series = tuple[tuple[str, ...], tuple[str, ...]]
"""The name and the values of a series, and what these are called; both begin with the name's own."""


def chart_series(block: Element, part: XmlPart) -> Iterator[list[Series]]:
    """The series of each chart in a paragraph or row.

    Raises:
        UnreadablePartError: the part of a chart is not well-formed.
    """
    for shown in block.iter(CHART):
        chart = part.related_parts.get(shown.get(qn("r:id")) or "")
        if chart is not None and next(shown.iterancestors(FALLBACK), None) is None:
            yield [_series(each) for each in parse(chart.blob).iter(f"{_C}ser")]


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
    RT.HEADER: "kepala halaman",
    RT.FOOTER: "kaki halaman",
    RT.FOOTNOTES: "catatan kaki",
    RT.ENDNOTES: "catatan akhir",
    RT.COMMENTS: "komentar",
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


def passages(document: Document) -> tuple[Passage, ...]:
    """All that can be seen in a document but what Word fills in itself; what is empty is left out.

    Headers, footers and notes follow the body, equal ones once and in an order of their own, since programs
    number and repeat them as they like.

    Raises:
        UnreadablePartError: the part of a chart is not well-formed.
    """
    styles = _Styles(styles_of(document))
    body = tuple(_Reader(document.part, styles).read(_START))
    return (*body, *itertools.chain.from_iterable(_aside(document, kind, styles) for kind in _ASIDES))


def _aside(document: Document, kind: str, styles: "_Styles") -> Iterator[Passage]:
    found = {
        passage.content: passage
        for part in related_xml(document.part, kind)
        for passage in _Reader(part, styles).read(_ASIDES[kind])
    }
    for content in sorted(found):
        yield found[content]


class _Styles:
    """What the styles of a document say of a paragraph."""

    def __init__(self, root: Element) -> None:
        names = {style.get(w("styleId")) or "": _name(style) for style in root.iter(w("style"))}
        self.chapters = heading_styles(root)
        sections = frozenset(key for key, name in names.items() if re.fullmatch(r"heading [2-9]", name))
        self.headings = self.chapters | sections
        self.contents = frozenset(key for key, name in names.items() if _CONTENTS.fullmatch(name))


def _name(style: Element) -> str:
    name = style.find(w("name"))
    return "" if name is None else (name.get(w("val")) or "").lower()


class _Reader:
    """Reads one part from top to bottom, and knows where it is."""

    def __init__(self, part: XmlPart, styles: _Styles) -> None:
        self._part, self._styles = part, styles
        self._root = root = part.element
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
        for chart in chart_series(block, self._part):
            self._charts += 1
            for number, (values, names) in enumerate(chart, 1):
                place = f"{self._where}, grafik {self._charts}, seri {number}"
                yield Passage(place, values, names if len(names) == len(values) else ())

    def _pictures(self, block: Element) -> tuple[str, ...]:
        if block not in self._drawn:  # nearly always; a search in each paragraph and row is slow
            return ()
        return tuple(
            self._digest(shown.get(qn("r:embed" if shown.tag == _BLIP else "r:id")) or "")
            for shown in block.iter(_BLIP, _VML)
            if next(shown.iterancestors(FALLBACK), None) is None
        )

    def _digest(self, relationship: str) -> str:
        picture = self._part.related_parts.get(relationship)
        return hashlib.sha256(picture.blob if picture else b"").hexdigest()[:20]


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
    style = paragraph.find(f"{_OF_PARAGRAPH}/{_STYLE}")
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
