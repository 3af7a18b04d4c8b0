"""Lists of contents, tables and figures, with the numbers of their pages; and paper of another size.

``write_lists`` writes the lists while a template is filled in: fields of Word whose entries are there
already, each linked to its paragraph. They have no page numbers, which only who lays the pages out knows:
``number_pages`` asks LibreOffice and fills them in; without it Word does at "Perbarui Bidang". The fields are
not marked as out of date, since Word would ask the reader a question each time the document is opened.
"""

import logging
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.parts.story import StoryPart
from docx.shared import Twips

from lkt.bounded import whole
from lkt.libreoffice import Convert, LibreOfficeError, convert
from lkt.wordtemplate.document import (
    FALLBACK,
    P_PR,
    PI,
    SECTION,
    TEXT_BOX,
    VAL,
    Element,
    P,
    R,
    T,
    ancestor,
    element,
    field_pieces,
    open_document,
    parent_of,
    related_xml,
    remove,
    save,
    w,
)
from lkt.wordtemplate.numbering import BODY_TEXT, Counting, StyleSheet, in_form, numbering_of
from lkt.wordtemplate.sandbox import MisplacedError, Rendering
from lkt.wordtemplate.tags import own_pieces
from lkt.wordtemplate.values import CaptionList, HeadingList, bookmark_name

# A template is laid out for one size of paper and moved to the other --------------------------------------

_LANDSCAPE_MARGIN, _SAME = 1417, 6  # twips: 25 mm, and what rounding may differ by
_SIZES = {"F4": (12189, 18709), "A4": (11906, 16838)}


def on_paper(template: bytes, size: str, name: str) -> bytes:
    """The template with every section on paper of the size; what it is narrower is taken from the margins.

    A landscape page keeps margins of 25 mm; its tables become narrower by what is still wanting.

    Args:
        template: a .docx file.
        size: ``F4`` (215 × 330 mm) or ``A4``.
        name: what the user calls the template, for messages.

    Raises:
        TemplateError: it is no Word file.
    """
    document = open_document(template, name)
    changed = False
    for section in document.element.iter(w("sectPr")):
        paper, margins = section.find(w("pgSz")), section.find(w("pgMar"))
        if paper is None or margins is None:
            continue
        landscape = paper.get(w("orient")) == "landscape"
        width, height = reversed(_SIZES[size]) if landscape else _SIZES[size]
        spare = width - whole(paper.get(w("w")), width)
        if spare == 0 and whole(paper.get(w("h")), height) == height:
            continue
        changed, before = True, _room(paper, margins)
        paper.set(w("w"), str(width))
        paper.set(w("h"), str(height))
        left = spare // 2 if landscape else 0
        for side, change in (("left", left), ("right", spare - left)):
            now = whole(margins.get(w(side)), 1134)
            least = min(now, _LANDSCAPE_MARGIN) if landscape else 567
            margins.set(w(side), str(max(least, now + change)))
        if landscape and (room := _room(paper, margins)) < before:
            _narrow(document, section, before, room)
    return save(document) if changed else template


def _room(paper: Element, margins: Element) -> int:
    return whole(paper.get(w("w"))) - sum(whole(margins.get(w(side))) for side in ("left", "right", "gutter"))


def _narrow(document: Document, section: Element, before: int, room: int) -> None:
    """Fit the tables of a section, and the tabs at the end of its lines, into less room."""
    end = ancestor(section, P)
    for block in (section if end is None else end).itersiblings(preceding=True):
        if block.find(f"{P_PR}/{SECTION}") is not None:
            break
        for width in block.iter(w("gridCol"), w("tcW"), w("tblW")):
            if width.get(w("type"), "dxa") == "dxa":
                width.set(w("w"), str(round(whole(width.get(w("w"))) * room / before)))
    for tab in document.styles.element.iter(w("tab")):
        if abs(whole(tab.get(w("pos"))) - before) < _SAME and tab.get(VAL) == "right":
            tab.set(w("pos"), str(room))


# The headings of a document, with their numbers -----------------------------------------------------------

_BREAKS = (w("br"), w("tab"), w("cr"))
_HYPHEN = w("noBreakHyphen")
_SPACES = re.compile(r"[ \t\r\n]+")


def _headings(document: Document, paragraphs: Iterable[Element]) -> Iterator[tuple[Element, int, str]]:
    """The headings among the paragraphs of the text, their levels from 1, and their numbers and texts."""
    counting, styles = Counting(numbering_of(document)), StyleSheet(document)
    for paragraph in paragraphs:
        key, depth, level = styles.standing(paragraph)
        number = counting.number(key, depth)
        if level < BODY_TEXT and (text := one_line(paragraph)):
            yield paragraph, level, "\t".join(filter(None, (number, text)))


def one_line(paragraph: Element) -> str:
    """The text of a paragraph with its line breaks and tabs as spaces."""
    text = ""
    for piece in own_pieces(paragraph, T, *_BREAKS, _HYPHEN):
        if piece.tag == T:
            text += piece.text or ""
        elif parent_of(piece).tag == R:  # a tab of the properties is none of the text
            text += "-" if piece.tag == _HYPHEN else " "
    return _SPACES.sub(" ", text).strip()


# Daftar isi, daftar tabel and daftar gambar: written before the paragraphs that ask for them --------------

ANCHOR = "_Toc"  # begins the names of the bookmarks, as in Word
_FIRST = 100000001
_STYLES = {"table of figures": "TableofFigures"} | {f"toc {level}": f"TOC{level}" for level in range(1, 10)}
_USUAL_WIDTH = 9071  # twips of text, where a section does not tell

_Entry = tuple[Element, str, str]
"""A line of a list: the paragraph it leads to, its text, and the name of its style."""


def write_lists(stories: Sequence[StoryPart], rendering: Rendering, document: Document) -> None:
    """Write the lists into the parts, whose other values are settled.

    Raises:
        MisplacedError: a list is not alone in a paragraph of the main part.
    """
    found = [(story, node) for story in stories for node in story.element.iter(PI)]
    if found:
        writer = _ListWriter(document, rendering)
    for story, node in found:
        met = rendering.met[int(node.text or "")]
        place = ancestor(node, P)
        alone = place is not None and ancestor(place, P) is None and not one_line(place)
        if place is None or not alone or story is not document.part or len(list(place.iter(PI))) > 1:
            raise MisplacedError(met.line, "daftar harus sendirian dalam satu paragraf pada isi dokumen.")
        remove(node)
        assert isinstance(met.value, (HeadingList, CaptionList))
        writer.write(met.value, place)


class _ListWriter:
    """The text of a document while lists are written into it; no list names another's entries."""

    def __init__(self, document: Document, rendering: Rendering) -> None:
        self._document = document
        self._styles = StyleSheet(document)
        root = document.element
        boxed = {inner for box in root.iter(TEXT_BOX, FALLBACK) for inner in box.iter(P)}
        text = [paragraph for paragraph in root.iter(P) if paragraph not in boxed]
        self._headings = list(_headings(document, text))
        self._captions: list[tuple[str, str, Element, str]] = []  # label, sequence, paragraph, text
        known = {bookmark_name(key): numbered for key, numbered in rendering.numbers.items()}
        bookmarks = list(root.iter(w("bookmarkStart")))
        for bookmark in bookmarks:
            paragraph = ancestor(bookmark, P)
            name = bookmark.get(w("name")) or ""
            if paragraph is not None and paragraph not in boxed and name in known:
                caption, number = known.pop(name)
                # The label stands in a column of its own where nothing but a space follows it.
                start, line = f"{caption.prefix}{number}", one_line(paragraph)
                line = f"{start}\t{line.removeprefix(f'{start} ')}" if line.startswith(f"{start} ") else line
                self._captions.append((caption.label, caption.sequence, paragraph, line))
        taken = {bookmark.get(w("name")) for bookmark in bookmarks}
        self._names = (name for number in count(_FIRST) if (name := f"{ANCHOR}{number}") not in taken)
        self._anchors: dict[Element, str] = {}

    def write(self, value: HeadingList | CaptionList, place: Element) -> None:
        """Write a list before its place, which goes unless it ends a section."""
        fields: dict[str, list[_Entry]] = {}
        for instruction, entry in self._entries(value):
            if entry[0].getparent() is not None:  # else it was the place of another list
                fields.setdefault(instruction, []).append(entry)
        for instruction, entries in fields.items():
            self._write_field(instruction, entries, place)
        if not fields:  # a list without entries takes its title along
            before, title = place.getprevious(), self._styles.id_of("toc heading")
            if title and before is not None and before.tag == P and self._styles.of(before) == title:
                remove(before)
        if place.find(f"{P_PR}/{SECTION}") is None:
            remove(place)

    def _entries(self, value: HeadingList | CaptionList) -> Iterator[tuple[str, _Entry]]:
        """The entries of a list, each with the code of the field it is in."""
        if isinstance(value, HeadingList):
            for paragraph, level, text in self._headings:
                if level <= value.levels:
                    yield f' TOC \\o "1-{value.levels}" \\h \\z \\u ', (paragraph, text, f"toc {level}")
        else:
            for label, sequence, paragraph, text in self._captions:
                if label == value.label:
                    yield f' TOC \\h \\z \\c "{sequence}" ', (paragraph, text, "table of figures")

    def _write_field(self, instruction: str, entries: Sequence[_Entry], place: Element) -> None:
        """Write one field of Word, which begins in the first of its paragraphs and ends in the last."""
        width = _text_width(place)
        styles = {name: self._style(name) for name in dict.fromkeys(name for _, _, name in entries)}
        tabbed = {name: _ends_at(self._styles.chain(key), width) for name, key in styles.items()}
        paragraphs = [
            _linked(text, styles[name], self._anchor(paragraph), None if tabbed[name] else width)
            for paragraph, text, name in entries
        ]
        *start, end = map(_run, field_pieces(instruction))
        for position, run in enumerate(start, 1):
            paragraphs[0].insert(position, run)
        paragraphs[-1].append(end)
        for number, paragraph in enumerate(paragraphs, 1):
            if number == len(paragraphs) - 1 > 2:  # the last line of a list does not go on alone
                paragraph[0].insert(1, element("keepNext"))
            place.addprevious(paragraph)

    def _style(self, name: str) -> str:
        """The id of a style of lists, made where it is missing: Word makes it only when it needs it."""
        identifier = self._styles.id_of(name)
        if identifier or not related_xml(self._document.part, RT.STYLES):
            return identifier or _STYLES[name]
        all_styles = self._document.styles
        for empty in [each for each in all_styles.element.iter(w("name")) if each.get(w("val")) is None]:
            empty.getparent().remove(empty)  # python-docx reads the name of every style
        style: Any = all_styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=True)
        style.style_id = _STYLES[name]
        style.element.basedOn_val = self._styles.usual or None  # python-docx looks at every style to find it
        style.unhide_when_used = True
        level = int(name[-1]) if name.startswith("toc ") else 0
        style.priority = 39 if level else 99
        hanging = 567 if level else 1418  # twips: one centimetre; the room of "Gambar 3.10"
        layout = style.paragraph_format
        layout.space_after, layout.right_indent = Twips(80), Twips(850)
        layout.left_indent, layout.first_line_indent = Twips(hanging * max(level, 1)), Twips(-hanging)
        self._styles = StyleSheet(self._document)
        return _STYLES[name]

    def _anchor(self, paragraph: Element) -> str:
        """The name of the bookmark around a paragraph, which is made when it is missing."""
        if paragraph not in self._anchors:
            name = self._anchors[paragraph] = next(self._names)
            paragraph.insert(_content_of(paragraph), element("bookmarkStart", id=name, name=name))
            paragraph.append(element("bookmarkEnd", id=name))  # ``tidy`` numbers all bookmarks
        return self._anchors[paragraph]


def _content_of(paragraph: Element) -> int:
    return int(paragraph.find(P_PR) is not None)


def _text_width(paragraph: Any) -> int:
    ends = paragraph.xpath("(.//w:sectPr | following::w:sectPr)[parent::w:pPr or parent::w:body]")
    page, margins = (ends[0].find(w(name)) if ends else None for name in ("pgSz", "pgMar"))
    return _USUAL_WIDTH if page is None or margins is None else _room(page, margins)


def _ends_at(chain: Iterable[Element], position: int) -> bool:
    """Whether a style has a tab to the right, in twips from the margin."""
    tabs = (tab for style in chain for tab in style.iterfind(f"{P_PR}//{w('tab')}"))
    return any((tab.get(VAL), tab.get(w("pos"))) == ("right", str(position)) for tab in tabs)


def _linked(text: str, style: str, anchor: str, width: int | None) -> Element:
    """An entry: a paragraph linked to a bookmark; ``width`` is where its page ends, None by its style."""
    paragraph, properties = element("p"), element("pPr")
    link = element("hyperlink", anchor=anchor, history="1")
    properties.append(element("pStyle", val=style))
    if width is not None:
        tabs = element("tabs")
        tabs.append(element("tab", val="right", leader="dot", pos=str(width)))
        properties.append(tabs)
    for number, piece in enumerate(text.split("\t")):
        link.extend([_run(element("tab"))] if number else [])
        link.append(_run(element("t", piece)))
    paragraph.extend((properties, link))
    return paragraph


def _run(content: Element) -> Element:
    made = element("r")
    made.append(content)
    return made


# Page numbers: LibreOffice lays the pages out, and tells where each bookmark is ---------------------------
#
# A copy of the report, with a bookmark at the start of each section, becomes a PDF. In it each bookmark is a
# named destination, so the page of an entry is known; its printed number follows from the section it is in.

_PROBE = "lkt"  # letters and digits alone: LibreOffice writes other characters of a name in codes
_PLACEHOLDER = "0"  # takes the room of a number while the pages are laid out


def number_pages(reports: Sequence[bytes], to_pdf: Convert = convert) -> list[bytes]:
    """The reports with the page numbers of their lists filled in, by one run of LibreOffice.

    A report without such a list, or with all its numbers, comes back as it is.

    Args:
        reports: .docx files as the template wrote them.
        to_pdf: makes PDF files of Word files, in a folder.

    Raises:
        LibreOfficeError: it is missing, takes too long, or does not tell the pages.
    """
    done = list(reports)
    unnumbered = [index for index, report in enumerate(reports) if is_unnumbered(report)]
    if unnumbered:
        with TemporaryDirectory(prefix="lkt-hal-") as folder:
            files = [Path(folder) / f"{index}.docx" for index in unnumbered]
            for index, file in zip(unnumbered, files, strict=True):
                file.write_bytes(_probe(reports[index]))
            for index, pdf in zip(unnumbered, to_pdf(files, Path(folder)), strict=True):
                done[index] = _filled(reports[index], _destinations(pdf))
    return done


def is_unnumbered(report: bytes) -> bool:
    """Whether the report has list entries without a page number."""
    return bool(_unnumbered_links(open_document(report, "laporan").element))


def _unnumbered_links(root: Element) -> list[tuple[Element, str]]:
    """The links of list entries that have no page yet, with the names of their bookmarks."""
    found: list[tuple[Element, str]] = []
    for link in root.iter(w("hyperlink")):
        anchor = link.get(w("anchor")) or ""
        codes = "".join(code.text or "" for code in link.iter(w("instrText")))
        if anchor.startswith(ANCHOR) and "PAGEREF" not in codes:
            found.append((link, anchor))
    return found


def _number(link: Element, anchor: str, number: str) -> None:
    """End the link of an entry with a tab, and the page of its bookmark."""
    pieces = field_pieces(f" PAGEREF {anchor} \\h ", element("t", number))
    link.extend(map(_run, (element("tab"), *pieces)))


def _probe(report: bytes) -> bytes:
    """The report as LibreOffice gets it: entries as long as they will be, and bookmarks it can tell of."""
    document = open_document(report, "laporan")
    root = document.element
    for link, anchor in _unnumbered_links(root):
        _number(link, anchor, _PLACEHOLDER)
    for kind, attribute in ((w("bookmarkStart"), w("name")), (w("hyperlink"), w("anchor"))):
        for node in root.iter(kind):
            node.set(attribute, _probe_name(node.get(attribute) or ""))
    for number, section in enumerate(sections(root)):
        position, identifier = _content_of(section.first), str(10**6 + number)
        section.first.insert(position, element("bookmarkEnd", id=identifier))
        section.first.insert(position, element("bookmarkStart", id=identifier, name=_section_name(number)))
    return save(document)


def _probe_name(anchor: str) -> str:
    return f"{_PROBE}{anchor[1:]}" if anchor.startswith(ANCHOR) else anchor


def _section_name(number: int) -> str:
    return f"{_PROBE}Bagian{number}"


def _destinations(pdf: Path) -> dict[str, int]:
    import pypdf  # noqa: PLC0415 - only who has the pages laid out pays for it

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it thinks of a damaged file
    try:
        with pypdf.PdfReader(pdf) as reader:
            found = {
                name.removeprefix("/"): reader.get_destination_page_number(destination)
                for name, destination in reader.named_destinations.items()
            }
    except Exception:  # noqa: BLE001 - pypdf raises anything at all on a damaged file
        raise LibreOfficeError(
            "PDF yang ditulis LibreOffice tidak dapat dibaca.", "Coba lagi, atau pasang ulang LibreOffice."
        ) from None
    return {name: page for name, page in found.items() if page is not None}


def _filled(report: bytes, pages: Mapping[str, int]) -> bytes:
    document = open_document(report, "laporan")
    found, links = sections(document.element), _unnumbered_links(document.element)
    try:
        begins = [pages[_section_name(number)] for number in range(len(found))]
        wanted = [pages[_probe_name(anchor)] for _, anchor in links]
    except KeyError:
        raise LibreOfficeError(
            "LibreOffice tidak memberi tahu letak setiap judul.",
            "Pakai LibreOffice 7.4 atau yang lebih baru.",
        ) from None
    for (link, anchor), number in zip(links, printed_numbers(found, begins, wanted), strict=True):
        _number(link, anchor, number)
    return save(document)


# The sections of a document, and what number their pages carry --------------------------------------------

_PARITY = {"oddPage": 1, "evenPage": 0}


@dataclass(frozen=True)
class Section:
    """A section.

    Attributes:
        first: its first paragraph.
        start: the number of its first page; None when it goes on from the section before.
        form: the form of its page numbers, such as ``lowerRoman``.
        kind: where it begins, such as ``nextPage`` or ``continuous``.
    """

    first: Element
    start: int | None
    form: str
    kind: str


def sections(root: Element) -> list[Section]:
    """The sections of a main part, in order."""
    found: list[Section] = []
    first: Element | None = None
    for node in root.iter(P, SECTION):
        if node.tag == P:
            first = node if first is None else first
        elif first is not None and parent_of(node).tag in (P_PR, w("body")):  # else of a tracked change
            numbers = node.find(w("pgNumType"))
            start, form = (None if numbers is None else numbers.get(w(key)) for key in ("start", "fmt"))
            type_of = node.find(w("type"))
            kind = "nextPage" if type_of is None else type_of.get(VAL) or "nextPage"
            found.append(Section(first, None if start is None else whole(start), form or "decimal", kind))
            first = None
    return found


def printed_numbers(found: Sequence[Section], begins: Sequence[int], pages: Iterable[int]) -> list[str]:
    """What the pages print as their number.

    Args:
        found: the sections of the document.
        begins: the page that each begins on, counted from 0 over the whole document.
        pages: pages counted in the same way.
    """
    numbered: list[tuple[int, int, str]] = []  # the first page of a section, its number, its form
    number, before = 1, 0
    for section, begin in zip(found, begins, strict=True):
        first = begin + (bool(numbered) and section.kind == "continuous")  # it shares a page numbered already
        number += first - before
        if section.start is not None:
            number = section.start
        elif section.kind in _PARITY and number % 2 != _PARITY[section.kind]:
            number += 1
        before = first
        numbered.append((first, number, section.form))
    printed: list[str] = []
    for page in pages:
        reached = [each for each in numbered if each[0] <= page] or numbered[:1]
        first, number, form = reached[-1]
        printed.append(in_form(number + page - first, form))
    return printed
