"""The visible content of a Word file: its paragraphs and table rows in order, each with its place."""

import hashlib
import itertools
import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType

from lkt.frozen import quick_dataclass
from lkt.report.opc import Package
from lkt.report.places import heading_styles
from lkt.report.trace.charts import CHART, chart_series
from lkt.report.trace.texts import Block, blocks, normal
from lkt.report.wordml import FALLBACK, TBL, Element, child_of, parse, r, w

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


@quick_dataclass(frozen=True, slots=True)
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
    package: Package, main: str, trees: Mapping[str, Element] = MappingProxyType({})
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


def _aside(package: Package, main: str, kind: str, reader: "Callable[[str], _Reader]") -> Iterator[Passage]:
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

    def __init__(self, package: Package, part: str, root: Element, styles: _Styles) -> None:
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

    def _paragraph(self, block: Block) -> Passage | None:
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

    def _table(self, table: Block) -> Iterator[Passage]:
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
