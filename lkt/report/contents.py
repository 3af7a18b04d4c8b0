"""Daftar isi, daftar tabel and daftar gambar: fields of Word with their entries written out and linked.

The entries have no page numbers: only who lays the pages out knows them. ``lkt.report.pagination`` asks
LibreOffice and fills them in; without it Word does at "Perbarui Bidang". The fields are not marked as out of
date, since Word would ask the reader a question each time the document is opened.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count, groupby

from lkt.report.ledger import Ledger
from lkt.report.opc import Package
from lkt.report.outline import StyleSheet, body_paragraphs, headings, one_line
from lkt.report.part import Part
from lkt.report.places import own_pieces
from lkt.report.settle import bookmark_name
from lkt.report.styles import ensure_style
from lkt.report.values import Caption, CaptionList, HeadingList
from lkt.report.wordml import PI, Element, P, T, ancestor, element, parent_of, parse, remove, w

ANCHOR = "_Toc"  # begins the names of the bookmarks, as in Word
_FIRST = 100000001
_START = w("bookmarkStart")
_TITLE_STYLE = "toc heading"
_DEFAULT_WIDTH = 9071  # twips, where a section does not tell


@dataclass(frozen=True)
class _Entry:
    paragraph: Element
    text: str
    style: str


@dataclass(frozen=True)
class _Group:
    """The entries of one field of Word."""

    instruction: str
    entries: Sequence[_Entry]


@dataclass(frozen=True)
class _Document:
    """The main part while lists are written into it."""

    root: Element
    styles: StyleSheet
    numbering: Element | None
    ledger: Ledger
    anchors: dict[Element, str] = field(default_factory=dict)

    def anchor(self, paragraph: Element) -> str:
        """The name of the bookmark around a paragraph, which is made when it is missing."""
        if paragraph not in self.anchors:
            taken = {start.get(w("name")) for start in self.root.iter(_START)}
            name = next(name for n in count(_FIRST) if (name := f"{ANCHOR}{n}") not in taken)
            _enclose(paragraph, name)
            self.anchors[paragraph] = name
        return self.anchors[paragraph]


def write_lists(
    parts: Sequence[Part], trees: Mapping[str, Element], ledger: Ledger, package: Package
) -> None:
    """Write the lists into the trees of the parts, whose other values are settled; the main part is first.

    Raises:
        TemplateError: a list is not alone in a paragraph of the main part.
    """
    found = [(part, node) for part in parts for node in trees[part.name].iter(PI)]
    if not found:
        return
    main = parts[0]
    document = _Document(
        trees[main.name],
        StyleSheet(_related(package, main.name, "styles")),
        _related(package, main.name, "numbering"),
        ledger,
    )
    for part, node in found:
        value = ledger.values[int(node.text or "")]
        assert isinstance(value, (HeadingList, CaptionList))
        if part is not main or not _is_alone(node):
            raise part.failure(value.line, "daftar harus sendirian dalam satu paragraf pada isi dokumen.")
        _write(node, value, document, package, main.name)


def _related(package: Package, main: str, kind: str) -> Element | None:
    names = package.related(main, kind)
    return parse(package.parts[names[0]]) if names else None


def _is_alone(node: Element) -> bool:
    paragraph = ancestor(node, P)
    if paragraph is None or ancestor(paragraph, P) is not None:
        return False
    return not one_line(paragraph) and sum(1 for _ in paragraph.iter(PI)) == 1


def _write(
    node: Element, value: HeadingList | CaptionList, document: _Document, package: Package, main: str
) -> None:
    place = ancestor(node, P)
    assert place is not None
    groups = list(_groups(value, document))
    width = _text_width(place)
    for group in groups:
        for number, entry in enumerate(group.entries):
            made = _entry(entry, document.anchor(entry.paragraph), width)
            made[0].insert(0, element("pStyle", val=ensure_style(package, main, document.styles, entry.style)))
            if number == 0:
                _open_field(made, group.instruction)
            place.addprevious(made)
        place_of_last = place.getprevious()
        assert place_of_last is not None
        place_of_last.append(_run(element("fldChar", fldCharType="end")))
    if not groups:
        _drop_title(place, document.styles)
    _drop(place, node)


def _groups(value: HeadingList | CaptionList, document: _Document) -> Iterator[_Group]:
    if isinstance(value, CaptionList):
        yield from _caption_groups(value, document)
        return
    found = [
        _Entry(
            heading.paragraph,
            f"{heading.number}\t{heading.text}" if heading.number else heading.text,
            f"toc {heading.level}",
        )
        for heading in headings(document.root, document.styles, document.numbering)
        if heading.level <= value.levels
    ]
    if found:
        yield _Group(f' TOC \\o "1-{value.levels}" \\h \\z \\u ', found)


def _caption_groups(value: CaptionList, document: _Document) -> Iterator[_Group]:
    """A field for each sequence, since captions are counted by chapter."""
    found = [(caption, entry) for caption, entry in _captions(document) if caption.label == value.label]
    for sequence, group in groupby(found, key=lambda pair: pair[0].sequence):
        yield _Group(f' TOC \\h \\z \\c "{sequence}" ', [entry for _, entry in group])


def _captions(document: _Document) -> Iterator[tuple[Caption, _Entry]]:
    known = {
        bookmark_name(key): (caption, f"{caption.prefix}{number}")
        for key, (caption, number) in document.ledger.numbers.items()
    }
    for paragraph in body_paragraphs(document.root):
        for start in own_pieces(paragraph, _START):
            if found := known.pop(start.get(w("name")) or "", None):
                caption, label = found
                yield caption, _Entry(paragraph, _caption_text(one_line(paragraph), label), _FIGURES)


_FIGURES = "table of figures"


def _caption_text(text: str, label: str) -> str:
    """The label stands in a column of its own where nothing but a space follows it."""
    return text.replace(f"{label} ", f"{label}\t", 1) if text.startswith(f"{label} ") else text


def _text_width(place: Element) -> int:
    """The width of the text in the section that a paragraph is in, in twips."""
    section = next((node for node in place.xpath("following::w:sectPr", namespaces={"w": w("")[1:-1]})), None)
    if section is None:
        return _DEFAULT_WIDTH
    page, margins = section.find(w("pgSz")), section.find(w("pgMar"))
    if page is None or margins is None:
        return _DEFAULT_WIDTH
    taken = sum(int(margins.get(w(side)) or 0) for side in ("left", "right", "gutter"))
    return int(page.get(w("w")) or 0) - taken


def _entry(entry: _Entry, anchor: str, width: int) -> Element:
    made, properties, tabs = element("p"), element("pPr"), element("tabs")
    tabs.append(element("tab", val="right", leader="dot", pos=str(width)))
    properties.append(tabs)
    link = element("hyperlink", anchor=anchor, history="1")
    for number, piece in enumerate(entry.text.split("\t")):
        if number:
            link.append(_run(element("tab")))
        link.append(_run(element("t", piece)))
    made.extend([properties, link])
    return made


def page_field(anchor: str, number: str) -> list[Element]:
    """The end of an entry: a tab, and the page of a bookmark as a field of Word with its result."""
    pieces = (
        element("tab"),
        element("fldChar", fldCharType="begin"),
        element("instrText", f" PAGEREF {anchor} \\h "),
        element("fldChar", fldCharType="separate"),
        element("t", number),
        element("fldChar", fldCharType="end"),
    )
    return [_run(piece) for piece in pieces]


def _open_field(paragraph: Element, instruction: str) -> None:
    pieces = (
        element("fldChar", fldCharType="begin"),
        element("instrText", instruction),
        element("fldChar", fldCharType="separate"),
    )
    for position, piece in enumerate(pieces, 1):
        paragraph.insert(position, _run(piece))


def _run(content: Element) -> Element:
    made = element("r")
    made.append(content)
    return made


def _enclose(paragraph: Element, name: str) -> None:
    """Put a bookmark around all of a paragraph; it gets its number when the document is whole."""
    behind_properties = int(paragraph.find(w("pPr")) is not None)
    paragraph.insert(behind_properties, element("bookmarkStart", id=name, name=name))
    paragraph.append(element("bookmarkEnd", id=name))


def _drop_title(place: Element, styles: StyleSheet) -> None:
    """A list without entries takes its title along: the paragraph before it in the style TOC Heading."""
    before = place.getprevious()
    if before is not None and before.tag == P and styles.name_of(before) == _TITLE_STYLE:
        remove(before)


def _drop(place: Element, node: Element) -> None:
    """Take the paragraph of the tag out, except where it carries the end of a section."""
    if place.find(f"{w('pPr')}/{w('sectPr')}") is None:
        remove(place)
    else:
        text = parent_of(node)
        remove(node)
        assert text.tag == T
