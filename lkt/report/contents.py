"""Daftar isi, daftar tabel and daftar gambar: fields of Word with their entries written out and linked.

The entries have no page numbers: only who lays the pages out knows them. ``lkt.report.pagination`` asks
LibreOffice and fills them in; without it Word does at "Perbarui Bidang". The fields are not marked as out of
date, since Word would ask the reader a question each time the document is opened.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count

from lkt.report.entries import enclose_in_bookmark, enclose_in_field, entries, entry
from lkt.report.ledger import Ledger
from lkt.report.opc import Package
from lkt.report.outline import StyleSheet, body_paragraphs, headings, lists_of, one_line, style_sheet
from lkt.report.part import Part
from lkt.report.sections import text_width
from lkt.report.settle import bookmark_name
from lkt.report.styles import ensure_style
from lkt.report.values import CaptionList, HeadingList
from lkt.report.wordml import PI, Element, P, ancestor, remove, w

ANCHOR = "_Toc"  # begins the names of the bookmarks, as in Word
_FIRST = 100000001
_START = w("bookmarkStart")
_NAME = w("name")
_TITLE_STYLE = "toc heading"
_CAPTION_STYLE = "table of figures"


@dataclass(frozen=True)
class _Entry:
    """A line of a list: the paragraph it leads to, its text, and the name of its style."""

    paragraph: Element
    text: str
    style: str


@dataclass(frozen=True)
class _Document:
    """The main part while lists are written into it."""

    root: Element
    package: Package
    main: str
    ledger: Ledger
    anchors: dict[Element, str] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=lambda: count(_FIRST))
    taken: set[str | None] = field(default_factory=set)

    @cached_property
    def _paragraphs(self) -> tuple[Element, ...]:
        """The paragraphs of the text before lists are written into it; no list names another's entries."""
        return tuple(body_paragraphs(self.root))

    @cached_property
    def _marks(self) -> tuple[tuple[str, Element], ...]:
        """The names of all bookmarks that begin in these paragraphs, each with its paragraph."""
        starts = ((start.get(_NAME) or "", ancestor(start, P)) for start in self.root.iter(_START))
        known = set(self._paragraphs)
        return tuple((name, paragraph) for name, paragraph in starts if paragraph in known)

    def paragraphs(self) -> Iterator[Element]:
        """The paragraphs of the text that are still there."""
        return (paragraph for paragraph in self._paragraphs if paragraph.getparent() is not None)

    def marks(self) -> Iterator[tuple[str, Element]]:
        """The names of bookmarks, each with the paragraph in which it begins."""
        return ((name, found) for name, found in self._marks if found.getparent() is not None)

    def related(self, kind: str) -> bytes | None:
        """The styles or the numbering; None when there is none."""
        names = self.package.related(self.main, kind)
        return self.package.parts[names[0]] if names else None

    @property
    def styles(self) -> StyleSheet:
        """The styles as they are now; a list may add some."""
        part = self.related("styles")
        return StyleSheet(None) if part is None else style_sheet(part)

    def anchor(self, paragraph: Element) -> str:
        """The name of the bookmark around a paragraph, which is made when it is missing."""
        if paragraph not in self.anchors:
            if not self.taken:
                self.taken.update(start.get(w("name")) for start in self.root.iter(_START))
            name = next(name for n in self.numbers if (name := f"{ANCHOR}{n}") not in self.taken)
            enclose_in_bookmark(paragraph, name)
            self.anchors[paragraph] = name
        return self.anchors[paragraph]


def write_lists(
    parts: Sequence[Part], trees: Mapping[str, Element], ledger: Ledger, package: Package
) -> None:
    """Write the lists into the trees of the parts, whose other values are settled; the main part is first.

    Raises:
        TemplateError: a list is not alone in a paragraph of the main part.
    """
    main = parts[0]
    document = _Document(trees[main.name], package, main.name, ledger)
    found = [(part, node) for part in parts for node in trees[part.name].iter(PI)]
    for part, node in found:
        value = ledger.values[int(node.text or "")]
        assert isinstance(value, (HeadingList, CaptionList))
        place = ancestor(node, P)
        if part is not main or place is None or not _is_alone(place):
            raise part.failure(value.line, "daftar harus sendirian dalam satu paragraf pada isi dokumen.")
        remove(node)
        _write(value, place, document)


def _is_alone(place: Element) -> bool:
    """Whether a paragraph of the text, not of a text box, holds the list and nothing else."""
    return ancestor(place, P) is None and not one_line(place) and sum(1 for _ in place.iter(PI)) == 1


def _write(value: HeadingList | CaptionList, place: Element, document: _Document) -> None:
    """Write a list before its place, which goes unless it ends a section."""
    fields = list(
        _headings(value, document) if isinstance(value, HeadingList) else _captions(value, document)
    )
    for instruction, lines in fields:
        _write_field(instruction, lines, place, document)
    if not fields:
        _drop_title(place, document.styles)
    if place.find(f"{w('pPr')}/{w('sectPr')}") is None:
        remove(place)


def _write_field(instruction: str, lines: Sequence[_Entry], place: Element, document: _Document) -> None:
    width, names = text_width(place), dict.fromkeys(item.style for item in lines)
    styles = {name: ensure_style(document.package, document.main, name) for name in names}
    sheet = document.styles
    tabs = {style: None if sheet.ends_at(style, width) else width for style in styles.values()}
    made = entries(
        entry(item.text, styles[item.style], document.anchor(item.paragraph), tabs[styles[item.style]])
        for item in lines
    )
    enclose_in_field(made, instruction)
    for paragraph in made:
        place.addprevious(paragraph)


def _headings(value: HeadingList, document: _Document) -> Iterator[tuple[str, Sequence[_Entry]]]:
    numbering = document.related("numbering")
    lists = {} if numbering is None else lists_of(numbering)
    found = [
        _Entry(item.paragraph, "\t".join(filter(None, (item.number, item.text))), f"toc {item.level}")
        for item in headings(document.root, document.paragraphs(), document.styles, lists)
        if item.level <= value.levels
    ]
    if found:
        yield f' TOC \\o "1-{value.levels}" \\h \\z \\u ', found


def _captions(value: CaptionList, document: _Document) -> Iterator[tuple[str, Sequence[_Entry]]]:
    """A field for each sequence, since captions are counted by chapter."""
    groups: dict[str, list[_Entry]] = {}
    for sequence, item in _captioned(document, value.label):
        groups.setdefault(sequence, []).append(item)
    for sequence, lines in groups.items():
        yield f' TOC \\h \\z \\c "{sequence}" ', lines


def _captioned(document: _Document, wanted: str) -> Iterator[tuple[str, _Entry]]:
    """The sequence and entry of each caption of a label, in the order of the text."""
    known = {bookmark_name(key): found for key, found in document.ledger.numbers.items()}
    for name, paragraph in document.marks():
        caption, number = known.pop(name, (None, 0))
        if caption is not None and caption.label == wanted:
            text = _caption_text(one_line(paragraph), f"{caption.prefix}{number}")
            yield caption.sequence, _Entry(paragraph, text, _CAPTION_STYLE)


def _caption_text(text: str, label: str) -> str:
    """The label stands in a column of its own where nothing but a space follows it."""
    return f"{label}\t{text.removeprefix(f'{label} ')}" if text.startswith(f"{label} ") else text


def _drop_title(place: Element, styles: StyleSheet) -> None:
    """A list without entries takes its title along: the paragraph before it in the style TOC Heading."""
    before = place.getprevious()
    if before is not None and before.tag == P and styles.name_of(before) == _TITLE_STYLE:
        remove(before)
