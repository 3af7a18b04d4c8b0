"""The visible content of a Word file: its paragraphs, table rows and charts in order, each with its place."""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import NamedTuple

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.part import Part, XmlPart
from docx.oxml.ns import qn

from lkt.indonesian import format_trimmed, round_half_up
from lkt.wordtemplate import Element, parse, related

# The text of a part ----------------------------------------------------------------------------------------
#
# Page numbers and lists of contents change when Word or LibreOffice computes its fields anew, so what stands
# there is nobody's edit. Numbers of captions and references to them are content and count.

_P, _R, _T, _TBL, _TR, _TC = (qn(f"w:{name}") for name in ("p", "r", "t", "tbl", "tr", "tc"))
_VAL, _STYLED, _LEVEL = qn("w:val"), qn("w:style"), f"{qn('w:pPr')}/{qn('w:outlineLvl')}"
_COMPUTED = frozenset({"TOC", "PAGE", "PAGEREF", "NUMPAGES", "SECTIONPAGES"})
_SIMPLE, _CHAR, _CODE, _SYMBOL = qn("w:fldSimple"), qn("w:fldChar"), qn("w:instrText"), qn("w:sym")
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_NOT_SEEN = frozenset({_FALLBACK, qn("w:moveFrom"), qn("w:del")})
_SIGNS = {qn("w:br"): " ", qn("w:cr"): " ", qn("w:tab"): " ", qn("w:ptab"): " ", qn("w:noBreakHyphen"): "-"}
_TEXTS = frozenset({_T, _SYMBOL, *_SIGNS})
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


def blocks(root: Element) -> Iterator[TextBlock]:
    """The paragraphs and tables of a part, in their order.

    The text of a text box, or of a table in a cell, is that of the paragraphs in it, each a line of its own.
    """
    fields: list[str] = []  # the instructions of those that are open; one may reach over paragraphs
    for element in _outermost(root, _P, _TBL):
        if element.tag == _P:
            yield TextBlock(element, "\n".join(_lines(element, fields)))
            continue
        rows = []
        for row in _outermost(element, _TR):
            cells = (
                "\n".join(line for paragraph in _outermost(cell, _P) for line in _lines(paragraph, fields))
                for cell in _outermost(row, _TC)
            )
            rows.append((row, tuple(cells)))
        yield TextBlock(element, "", tuple(rows))


def _outermost(node: Element, *tags: str) -> Iterator[Element]:
    """The elements of these tags inside a node that stand in no other of them."""
    for child in node:
        if child.tag in tags:
            yield child
        elif child.tag not in _NOT_SEEN:
            yield from _outermost(child, *tags)


def _lines(paragraph: Element, fields: list[str]) -> list[str]:
    """The text of a paragraph, then that of the paragraphs in its text boxes; empty ones are left out."""
    pieces: list[str] = []
    inside: list[str] = []
    _read(paragraph, pieces, inside, fields)
    own = normal("".join(pieces))
    return [own, *inside] if own else inside


def _read(node: Element, pieces: list[str], inside: list[str], fields: list[str]) -> None:
    """Gather the text of a node, which is in a paragraph, and the lines of the paragraphs in it."""
    for child in node:
        tag = child.tag
        if tag == _P:
            inside += _lines(child, fields)
        elif tag in _TEXTS:
            if not any(_COMPUTED.intersection(code.upper().split()[:1]) for code in fields):
                pieces.append(_text_of(child, node))
        elif tag in (_CHAR, _CODE):
            _mark(child, fields)
        elif tag == _SIMPLE:
            fields.append(child.get(qn("w:instr")) or "")
            _read(child, pieces, inside, fields)
            del fields[-1:]
        elif tag not in _NOT_SEEN:
            _read(child, pieces, inside, fields)


def _mark(node: Element, fields: list[str]) -> None:
    """Take a piece of a field that is made of runs: its beginning, its instruction or its end."""
    if node.tag == _CODE and fields:
        fields[-1] += node.text or ""
    elif node.get(qn("w:fldCharType")) == "begin":
        fields.append("")
    elif node.get(qn("w:fldCharType")) == "end":
        del fields[-1:]


def _text_of(node: Element, parent: Element) -> str:
    if node.tag == _T:
        return node.text or ""
    if node.tag == _SYMBOL:
        code = node.get(qn("w:char")) or ""
        return chr(int(code, 16)) if _SYMBOL_CODE.fullmatch(code) else ""
    return _SIGNS[str(node.tag)] if parent.tag == _R else ""  # a tab stop in properties is no tab


# What can be seen, each with its place ---------------------------------------------------------------------

_ASIDES = {
    RT.HEADER: "kepala halaman",
    RT.FOOTER: "kaki halaman",
    RT.FOOTNOTES: "catatan kaki",
    RT.ENDNOTES: "catatan akhir",
    RT.COMMENTS: "komentar",
}
_BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_VML = "{urn:schemas-microsoft-com:vml}imagedata"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_STYLE, _HEAD = f"{qn('w:pPr')}/{qn('w:pStyle')}", f"{qn('w:trPr')}/{qn('w:tblHeader')}"
_CHAPTER = re.compile(r"BAB [IVXLC]+\b")
_CAPTION = re.compile(r"(?:Tabel|Gambar|Grafik) [\d.]+\b")
_CONTENTS = re.compile(r"(toc|contents) \d|table of figures|figure index \d")
_DECIMALS = 6  # of a chart's figure; more are the noise of a program's binary numbers


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
    styles = _Styles(document.part)
    found = list(_PartReader(document.part, styles).read("bagian awal"))
    for kind, label in _ASIDES.items():
        asides = {
            passage.content: passage
            for part in _parsed(document.part, kind)
            for passage in _PartReader(part, styles).read(label)
        }
        found += [asides[content] for content in sorted(asides)]
    return tuple(found)


def _parsed(source: Part, kind: str) -> Iterator[XmlPart]:
    return (part for part in related(source, kind) if isinstance(part, XmlPart))


class _Styles:
    """What the styles of a document say of a paragraph."""

    def __init__(self, main: Part) -> None:
        self.chapters, self.headings, self.contents = set[str](), set[str](), set[str]()
        for style in (style for part in _parsed(main, RT.STYLES) for style in part.element.iter(_STYLED)):
            key, level = style.get(qn("w:styleId")) or "", style.find(_LEVEL)
            name = "".join(each.get(_VAL) or "" for each in style.iterchildren(qn("w:name"))).lower()
            if name == "heading 1" or (level is not None and level.get(_VAL) == "0"):
                self.chapters.add(key)
            if _CONTENTS.fullmatch(name):
                self.contents.add(key)
            elif key in self.chapters or re.fullmatch(r"heading [2-9]", name):
                self.headings.add(key)


class _PartReader:
    """Reads one part from top to bottom, and knows where it is."""

    def __init__(self, part: XmlPart, styles: _Styles) -> None:
        self._part, self._styles = part, styles
        self._where, self._chapter, self._caption = "", "", ""
        self._paragraphs = self._tables = self._charts = 0

    def read(self, label: str) -> Iterator[Passage]:
        self._where = self._chapter = label
        for block in blocks(self._part.element):
            if block.element.tag == _TBL:
                yield from self._table(block)
            elif (paragraph := self._paragraph(block)) is not None:
                yield paragraph
            yield from self._charts_of(block.element)

    def _paragraph(self, block: TextBlock) -> Passage | None:
        element = block.element.find(_STYLE)
        style = "" if element is None else element.get(qn("w:val")) or ""
        text, pictures = block.text, self._pictures(block.element)
        if style in self._styles.contents or not (text or pictures):
            return None
        self._caption = match[0] if (match := _CAPTION.match(text)) else ""
        if text and style in self._styles.headings:
            if style in self._styles.chapters:
                self._chapter = self._where = match[0] if (match := _CHAPTER.match(text)) else text
            else:
                self._where = f"{self._chapter} > {text}"
            self._paragraphs = self._tables = self._charts = 0
            return Passage(f"{self._where}, judul", (text,), (), pictures)
        self._paragraphs += 1
        return Passage(f"{self._where}, paragraf {self._paragraphs}", (text,), (), pictures)

    def _table(self, table: TextBlock) -> Iterator[Passage]:
        self._tables += 1
        name = (
            f"{self._chapter} > {self._caption}" if self._caption else f"{self._where}, tabel {self._tables}"
        )
        self._caption, number = "", 0
        columns: tuple[str, ...] = ()
        for row, cells in table.rows:
            head = row.find(_HEAD) is not None
            number += not head
            pictures = self._pictures(row)
            if any(cells) or pictures:
                fits = columns if len(columns) == len(cells) and not head else ()
                yield Passage(
                    f"{name}, {f'baris {number}' if number else 'kepala tabel'}", cells, fits, pictures
                )
            columns = cells if head else columns

    def _charts_of(self, block: Element) -> Iterator[Passage]:
        """The series of charts, by the figures that the document keeps, which are drawn and printed."""
        for shown in block.iter(f"{_C}chart"):
            chart = self._part.related_parts.get(shown.get(qn("r:id")) or "")
            if chart is None or next(shown.iterancestors(_FALLBACK), None) is not None:
                continue
            self._charts += 1
            for number, series in enumerate(parse(chart.blob).iter(f"{_C}ser"), 1):
                values = (" ".join(_kept(series, "tx")), *map(_number, _kept(series, "val")))
                names = ("Seri", *map(normal, _kept(series, "cat")))
                place = f"{self._where}, grafik {self._charts}, seri {number}"
                yield Passage(place, values, names if len(names) == len(values) else ())

    def _pictures(self, block: Element) -> tuple[str, ...]:
        found = []
        for shown in block.iter(_BLIP, _VML):
            if next(shown.iterancestors(_FALLBACK), None) is None:
                relationship = shown.get(qn("r:embed" if shown.tag == _BLIP else "r:id")) or ""
                picture = self._part.related_parts.get(relationship)
                found.append(hashlib.sha256(picture.blob if picture else b"").hexdigest()[:20])
        return tuple(found)


def _kept(series: Element, kind: str) -> list[str]:
    return [value.text or "" for value in series.iterfind(f"{_C}{kind}//{_C}v")]


def _number(text: str) -> str:
    try:
        value = Decimal(text)
        return format_trimmed(round_half_up(value, _DECIMALS)) if abs(value) < 10**15 else text
    except (InvalidOperation, ValueError):
        return normal(text)


def place_of(passage: Passage, number: int) -> str:
    """The place of one cell of a passage, counted from 0, by the heading of its column."""
    if len(passage.texts) < 2:
        return passage.place
    heading = normal(passage.columns[number]) if number < len(passage.columns) else ""
    return f"{passage.place}, kolom {f'“{heading}”' if heading else number + 1}"


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


def changes(before: Sequence[Passage], after: Sequence[Passage]) -> tuple[PassageChange, ...]:
    """Every paragraph and cell that differs, in the order of the documents.

    A passage that is there in one version only, or a row that is built differently, is told as a whole.
    """
    found: list[PassageChange] = []
    for old, new in pairs(before, after):
        if old is None or new is None:
            present = old or new
            assert present is not None
            was, now = old.text if old else "", new.text if new else ""
            found.append(PassageChange(present.place, was, now, picture=not present.text))
            continue
        if len(old.texts) != len(new.texts):
            found.append(PassageChange(new.place, old.text, new.text))
        else:
            for number, (was, now) in enumerate(zip(old.texts, new.texts, strict=True)):
                if was != now:
                    place = place_of(new, number)
                    found.append(PassageChange(place, was.replace("\n", " / "), now.replace("\n", " / ")))
        if old.pictures != new.pictures:
            found.append(PassageChange(new.place, "", "", picture=True))
    return tuple(found)


def pairs(before: Sequence[Passage], after: Sequence[Passage]) -> Iterator[Pair]:
    """The passages of two versions beside each other in their order; None where one has none."""
    matcher = SequenceMatcher(
        None, [item.content for item in before], [item.content for item in after], autojunk=False
    )
    for kind, start, end, other_start, other_end in matcher.get_opcodes():
        old, new = before[start:end], after[other_start:other_end]
        if kind == "equal" or len(old) * len(new) > _MOST:
            yield from zip_longest(old, new)
        else:
            yield from _alike(old, new)


def _alike(old: Sequence[Passage], new: Sequence[Passage]) -> Iterator[Pair]:
    """Changed passages beside those that they most resemble, both in their order."""
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
    """The greatest resemblance that pairs of the rest can reach, from each place on.

    Two passages resemble each other by the share of their words that they have in common.
    """
    old_words, new_words = ([Counter(item.text.split()) for item in items] for items in (old, new))
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for row, words in reversed(list(enumerate(old_words))):
        for column, others in reversed(list(enumerate(new_words))):
            together = (words | others).total()
            alike = (words & others).total() / together if together else 1.0
            alike += _SAME_KIND * (len(old[row].texts) == len(new[column].texts))
            best[row][column] = max(
                best[row + 1][column], best[row][column + 1], best[row + 1][column + 1] + alike
            )
    return best
