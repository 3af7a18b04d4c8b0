"""Lists of contents, tables and figures, with the numbers of their pages."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from xml.sax.saxutils import escape

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml.ns import nsmap
from docx.parts.story import StoryPart

from lkt.bounded import whole
from lkt.indonesian import roman
from lkt.libreoffice import LibreOfficeError, convert
from lkt.wordtemplate.document import (
    FALLBACK,
    PI,
    Element,
    P,
    T,
    ancestor,
    child_of,
    element,
    open_document,
    parse,
    related_xml,
    remove,
    save,
    w,
)
from lkt.wordtemplate.sandbox import MisplacedError, Rendering
from lkt.wordtemplate.tags import own_pieces
from lkt.wordtemplate.values import CaptionList, HeadingList, bookmark_name

# The paper that Ukuran Kertas asks for: a template is laid out for one size and moved to the other --------


_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SIZES = {"F4": (12189, 18709), "A4": (11906, 16838)}


def on_paper(template: bytes, size: str, name: str) -> bytes:
    """The template with every section on paper of the size, text width unchanged.

    Args:
        template: a .docx file.
        size: ``F4`` (215 × 330 mm) or ``A4``.
        name: what the user calls the template, for messages.

    Raises:
        TemplateError: it is no Word file.
    """
    document = open_document(template, name)
    changed = [_change(section, _SIZES[size]) for section in document.element.iter(f"{_W}sectPr")]
    return save(document) if any(changed) else template


def _change(section: Any, size: tuple[int, int]) -> bool:
    """Change one section; what the paper is narrower is taken from its margins."""
    paper, margins = section.find(f"{_W}pgSz"), section.find(f"{_W}pgMar")
    if paper is None or margins is None:
        return False
    landscape = paper.get(f"{_W}orient") == "landscape"
    width, height = reversed(size) if landscape else size
    spare = width - whole(paper.get(f"{_W}w"), width)
    if (spare, whole(paper.get(f"{_W}h"), height)) == (0, height):
        return False
    paper.set(f"{_W}w", str(width))
    paper.set(f"{_W}h", str(height))
    left = spare // 2 if landscape else 0
    for side, change in (("left", left), ("right", spare - left)):
        margins.set(f"{_W}{side}", str(max(567, whole(margins.get(f"{_W}{side}"), 1134) + change)))
    return True


# Numbers as Word writes them: 3, iii, C, and 3.1 from the levels of a list --------------------------------


_VAL = w("val")
_DEEPEST = 8  # of the nine levels that a list has
_MOST = {"upperRoman": 3999, "lowerRoman": 3999, "upperLetter": 780, "lowerLetter": 780}


def _letters(number: int) -> str:
    """A to Z, then AA to ZZ, as Word goes on."""
    return chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)


_FORMS: Mapping[str, Callable[[int], str]] = {
    "decimalZero": lambda number: f"{number:02}",
    "upperRoman": roman,
    "lowerRoman": lambda number: roman(number).lower(),
    "upperLetter": _letters,
    "lowerLetter": lambda number: _letters(number).lower(),
    "none": lambda _: "",
}


def in_form(number: int, form: str) -> str:
    """A number in a form of Word such as ``lowerRoman``; in digits where the form is another."""
    return _FORMS.get(form, str)(number) if 0 < number <= _MOST.get(form, number) else str(number)


@dataclass(frozen=True)
class NumberingLevel:
    """One level of a numbered list: where it starts, the form of its number, its text such as ``%1.%2``."""

    start: int
    form: str
    text: str
    legal: bool


@dataclass(frozen=True)
class NumberedList:
    """A list: what it counts with, its levels by depth, and the numbers it starts again from."""

    counter: str
    levels: Mapping[int, NumberingLevel]
    restarts: Mapping[int, int]


def numbered_lists(numbering: Element | None) -> dict[str, NumberedList]:
    """The lists of a numbering part by their id; one without an id numbers nothing."""
    if numbering is None:
        return {}
    abstract = {
        item.get(w("abstractNumId")): {depth: _level(level) for depth, level in _depths(item)}
        for item in numbering.iter(w("abstractNum"))
    }
    numbered = ((item.get(w("numId")), item) for item in numbering.iter(w("num")))
    return {identifier: _list(item, abstract) for identifier, item in numbered if identifier}


def _list(item: Element, abstract: Mapping[str | None, Mapping[int, NumberingLevel]]) -> NumberedList:
    counter = value(item, "abstractNumId")
    levels, restarts = dict(abstract.get(counter, {})), dict[int, int]()
    for override in item.iterchildren(w("lvlOverride")):
        levels |= {depth: _level(level) for depth, level in _depths(override)}
        start = value(override, "startOverride")
        if start:
            restarts[whole(override.get(w("ilvl")))] = whole(start)
    return NumberedList(counter, levels, restarts)


def _depths(holder: Element) -> list[tuple[int, Element]]:
    levels = ((whole(level.get(w("ilvl"))), level) for level in holder.iterchildren(w("lvl")))
    return [(depth, level) for depth, level in levels if 0 <= depth <= _DEEPEST]


def _level(level: Element) -> NumberingLevel:
    legal = level.find(w("isLgl"))
    return NumberingLevel(
        whole(value(level, "start")),
        value(level, "numFmt") or "decimal",
        value(level, "lvlText"),
        legal is not None and legal.get(w("val")) not in ("0", "false", "off"),
    )


def value(holder: Element | None, path: str) -> str:
    """The ``w:val`` of an element inside another, by names joined with ``/``; empty where there is none."""
    # Asked thousands of times a report, and lxml's own search by a path is slow.
    for name in _steps(path):
        if holder is None:
            return ""
        holder = child_of(holder, name)
    return "" if holder is None else holder.get(_VAL) or ""


@cache
def _steps(path: str) -> tuple[str, ...]:
    return tuple(w(name) for name in path.split("/"))


class Counting:
    """The numbers given so far, in the order of the text.

    Args:
        lists: the lists by their id.
    """

    def __init__(self, lists: Mapping[str, NumberedList]) -> None:
        self._lists = lists
        self._numbers: dict[str, dict[int, int]] = {}
        self._begun: set[str] = set()

    def number(self, identifier: str, depth: int) -> str:
        """The number of the next paragraph of a list, as printed; empty for a bullet or no list."""
        found = self._lists.get(identifier)
        if found is None or depth not in found.levels:
            return ""
        numbers = self._numbers.setdefault(found.counter, {})
        if identifier not in self._begun:
            self._begun.add(identifier)
            numbers |= {level: start - 1 for level, start in found.restarts.items()}
        for level in range(depth):
            numbers.setdefault(level, found.levels[level].start if level in found.levels else 1)
        numbers[depth] = numbers.get(depth, found.levels[depth].start - 1) + 1
        for deeper in [level for level in numbers if level > depth]:
            del numbers[deeper]
        return _written(found.levels, depth, numbers)


def _written(levels: Mapping[int, NumberingLevel], depth: int, numbers: Mapping[int, int]) -> str:
    text = levels[depth].text
    if levels[depth].form == "bullet":
        return ""
    for level in range(depth + 1):
        form = "decimal" if levels[depth].legal or level not in levels else levels[level].form
        text = text.replace(f"%{level + 1}", in_form(numbers[level], form))
    return text


# The headings of a document: their levels and numbers, found by the styles as Word finds them -------------


_BODY_TEXT = 10  # Word's level of what is no heading
_TEXT_BOX = w("txbxContent")
_PROPERTIES, _STYLE, _VAL_OUTLINE = w("pPr"), w("pStyle"), w("val")
_OWN = (w("numPr"), w("outlineLvl"))
_BREAKS = (w("br"), w("tab"), w("cr"))
_HYPHEN = w("noBreakHyphen")
_BLANKS = re.compile(r"[ \t\r\n]+")


class StyleSheet:
    """The styles of a document, by id and by name.

    Args:
        root: the styles part; None when there is none.
    """

    def __init__(self, root: Element | None) -> None:
        styles = () if root is None else root.iter(w("style"))
        self._styles = {style.get(w("styleId")) or "": style for style in styles}
        self._names: dict[str, str] = {}
        for key, style in self._styles.items():
            self._names.setdefault(_name(style), key)
        self._default = next(map(_id, filter(_is_default, self._styles.values())), "")
        self._standings: dict[str, tuple[str, int, int]] = {}

    def id_of(self, name: str) -> str:
        """The id of the style of a built-in name, whatever the language of Word; empty when there is none."""
        return self._names.get(name.lower(), "")

    def name_of(self, paragraph: Element) -> str:
        """The name of a paragraph's style in lower case, as Word stores it."""
        style = self._styles.get(self._style_id(paragraph))
        return "" if style is None else _name(style)

    def standing(self, paragraph: Element) -> tuple[str, int, int]:
        """The list of a paragraph, its depth there, and its level as a heading, from 1.

        Each is its own or the one nearest among its styles; ``_BODY_TEXT`` is no heading.
        """
        own = child_of(paragraph, _PROPERTIES)
        style, plain = None, True
        for each in () if own is None else own:  # once, since every paragraph of a report is asked
            if each.tag == _STYLE:
                style = each if style is None else style
            elif each.tag in _OWN:
                plain = False
        named = "" if style is None else style.get(_VAL_OUTLINE)
        usual = self._standing_of(named or self._default)
        if plain:
            return usual
        identifier, depth, level = (value(own, path) for path in ("numPr/numId", "numPr/ilvl", "outlineLvl"))
        return (
            identifier or usual[0],
            whole(depth) if depth else usual[1],
            whole(level, _BODY_TEXT - 1) + 1 if level else usual[2],
        )

    def outstanding(self, root: Element) -> set[Element]:
        """The paragraphs of a part that may be headings or belong to a list; no other has a standing.

        These are few, and found by their styles in a fraction of the time of asking hundreds of others.
        """
        if self._stands_out(self._default):
            return set(root.iter(P))
        marks = [
            *root.iter(*_OWN),
            *(mark for mark in root.iter(_STYLE) if self._stands_out(mark.get(_VAL_OUTLINE))),
        ]
        return {paragraph for mark in marks if (paragraph := ancestor(mark, P)) is not None}

    def _stands_out(self, style: str | None) -> bool:
        identifier, _, level = self._standing_of(style or self._default)
        return bool(identifier) or level < _BODY_TEXT

    def _standing_of(self, style: str) -> tuple[str, int, int]:
        known = self._standings.get(style)
        if known is None:
            known = self._standings[style] = (
                self._of_style(style, "numPr/numId"),
                whole(self._of_style(style, "numPr/ilvl")),
                self._level_of_style(style),
            )
        return known

    def _of_style(self, identifier: str, path: str) -> str:
        """A value of a style, its own or the one nearest among those that it is based on."""
        values = (value(style, f"pPr/{path}") for style in self._chain(identifier))
        return next(filter(None, values), "")

    def _level_of_style(self, identifier: str) -> int:
        found = self._of_style(identifier, "outlineLvl")
        names = (re.fullmatch(r"heading ([1-9])", _name(style)) for style in self._chain(identifier))
        heading = next(filter(None, names), None)
        usual = int(heading[1]) if heading else _BODY_TEXT
        return whole(found, usual - 1) + 1 if found else usual

    def ends_at(self, identifier: str, position: int) -> bool:
        """Whether a style has a tab to the right, in twips from the margin."""
        tabs = (tab for style in self._chain(identifier) for tab in style.iterfind(f"{w('pPr')}//{w('tab')}"))
        return any((tab.get(w("val")), tab.get(w("pos"))) == ("right", str(position)) for tab in tabs)

    def _style_id(self, paragraph: Element) -> str:
        return value(paragraph, "pPr/pStyle") or self._default

    def _chain(self, identifier: str) -> Iterator[Element]:
        seen: set[str] = set()
        while identifier in self._styles and identifier not in seen:
            seen.add(identifier)
            yield self._styles[identifier]
            identifier = value(self._styles[identifier], "basedOn")


def _id(style: Element) -> str:
    return style.get(w("styleId")) or ""


def _name(style: Element) -> str:
    return value(style, "name").lower()


def _is_default(style: Element) -> bool:
    return style.get(w("type")) == "paragraph" and style.get(w("default")) in ("1", "true", "on")


@dataclass(frozen=True)
class Heading:
    """A heading as it is printed.

    Args:
        paragraph: where it stands.
        level: from 1.
        number: such as "3.1"; may be empty.
        text: on one line.
    """

    paragraph: Element
    level: int
    number: str
    text: str


def headings(
    root: Element, paragraphs: Iterable[Element], styles: StyleSheet, lists: Mapping[str, NumberedList]
) -> Iterator[Heading]:
    """The headings among the paragraphs of the text, with the numbers that Word will give them."""
    counting, outstanding = Counting(lists), styles.outstanding(root)
    for paragraph in paragraphs:
        if paragraph in outstanding:
            identifier, depth, level = styles.standing(paragraph)
            number = counting.number(identifier, depth)
            if level < _BODY_TEXT and (text := one_line(paragraph)):
                yield Heading(paragraph, level, number, text)


def body_paragraphs(root: Element) -> Iterator[Element]:
    """The paragraphs of the text, without those of text boxes."""
    boxed = {inner for box in root.iter(_TEXT_BOX, FALLBACK) for inner in box.iter(P)}
    return (paragraph for paragraph in root.iter(P) if paragraph not in boxed)


def one_line(paragraph: Element) -> str:
    """The text of a paragraph with its line breaks and tabs as spaces."""
    pieces = own_pieces(paragraph, T, *_BREAKS, _HYPHEN)
    return _BLANKS.sub(" ", "".join(map(_shown, pieces))).strip()


def _shown(piece: Element) -> str:
    if piece.tag in _BREAKS:
        return " " if next(piece.iterancestors(w("tabs")), None) is None else ""
    return "-" if piece.tag == _HYPHEN else piece.text or ""


# The sections of a document, and what number their pages carry --------------------------------------------


_USUAL_WIDTH = 9071  # twips of text, where a section does not tell
_PARITY = {"oddPage": 1, "evenPage": 0}


@dataclass(frozen=True)
class Section:
    """A section.

    Args:
        first: its first paragraph.
        start: the number of its first page; None when it goes on from the section before.
        form: the form of its page numbers, such as ``lowerRoman``.
        kind: where it begins, such as ``nextPage`` or ``continuous``.
    """

    first: Element
    start: int | None
    form: str
    kind: str


def sections(root: Element) -> Iterator[Section]:
    """The sections of a main part, in order."""
    first: Element | None = None
    for node in root.iter(P, w("sectPr")):
        if node.tag == P:
            first = node if first is None else first
        elif first is not None and _ends_section(node):
            yield _section(first, node)
            first = None


def _ends_section(properties: Element) -> bool:
    """Whether these are properties in force; a tracked change keeps the old ones beside them."""
    parent = properties.getparent()
    return parent is not None and parent.tag in (w("pPr"), w("body"))


def _section(first: Element, properties: Element) -> Section:
    numbers = properties.find(w("pgNumType"))
    start = None if numbers is None else numbers.get(w("start"))
    form = None if numbers is None else numbers.get(w("fmt"))
    kind = value(properties, "type") or "nextPage"
    return Section(first, None if start is None else whole(start), form or "decimal", kind)


def text_width(paragraph: Element) -> int:
    """The width of the text in the section that a paragraph is in, in twips."""
    nodes = iter(paragraph.getroottree().getroot().iter(P, w("sectPr")))
    behind = (node for node in nodes if node is paragraph)
    next(behind)
    section = next((node for node in nodes if node.tag != P and _ends_section(node)), None)
    page, margins = (None, None) if section is None else (section.find(w("pgSz")), section.find(w("pgMar")))
    if page is None or margins is None:
        return _USUAL_WIDTH
    taken = sum(whole(margins.get(w(side))) for side in ("left", "right", "gutter"))
    return whole(page.get(w("w"))) - taken


def printed_numbers(found: Sequence[Section], begins: Sequence[int], pages: Iterable[int]) -> list[str]:
    """What the pages print as their number.

    Args:
        found: the sections of the document.
        begins: the page that each begins on, counted from 0 over the whole document.
        pages: pages counted in the same way.
    """
    firsts = [
        begin + (number > 0 and section.kind == "continuous")  # it shares the page, whose number is set
        for number, (section, begin) in enumerate(zip(found, begins, strict=True))
    ]
    starts = list(_starts(found, firsts))
    return [_printed(page, found, firsts, starts) for page in pages]


def _starts(found: Sequence[Section], firsts: Sequence[int]) -> Iterator[int]:
    """The number of the first page of each section."""
    number, before = 1, 0
    for section, first in zip(found, firsts, strict=True):
        number += first - before
        if section.start is not None:
            number = section.start
        elif section.kind in _PARITY and number % 2 != _PARITY[section.kind]:
            number += 1
        before = first
        yield number


def _printed(page: int, found: Sequence[Section], firsts: Sequence[int], starts: Sequence[int]) -> str:
    index = max((i for i, first in enumerate(firsts) if first <= page), default=0)
    return in_form(starts[index] + page - firsts[index], found[index].form)


# The XML of one entry of a list: text, link, and the page as a field of Word ------------------------------


_KEPT = {'"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}  # by the parser, in an attribute too


def entries(made: Iterable[str]) -> list[Element]:
    """The paragraphs of entries, parsed all at once: far quicker than making each of their elements."""
    return list(parse(f'<w:body xmlns:w="{nsmap["w"]}">{"".join(made)}</w:body>'.encode()))


def entry(text: str, style: str, anchor: str, width: int | None) -> str:
    """The XML of a paragraph linked to a bookmark.

    Args:
        text: with tabs as they are.
        style: the id of its style.
        anchor: the name of the bookmark.
        width: where the page numbers end, in twips; None where the style says so itself.
    """
    tab = "" if width is None else f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{width}"/></w:tabs>'
    runs = "<w:r><w:tab/></w:r>".join(map(_text_run, text.split("\t")))
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{escape(style, _KEPT)}"/>{tab}</w:pPr>'
        f'<w:hyperlink w:anchor="{escape(anchor, _KEPT)}" w:history="1">{runs}</w:hyperlink></w:p>'
    )


def _text_run(text: str) -> str:
    inside = f'<w:t xml:space="preserve">{escape(text, _KEPT)}</w:t>' if text else "<w:t/>"
    return f"<w:r>{inside}</w:r>"


def page_field(anchor: str, number: str) -> list[Element]:
    """What ends the link of an entry: a tab, and the page of its bookmark."""
    return [
        _run(element("tab")),
        *_field_start(f" PAGEREF {anchor} \\h "),
        _run(element("t", number)),
        _field_end(),
    ]


def enclose_in_field(paragraphs: list[Element], instruction: str) -> None:
    """Make paragraphs the result of one field of Word, which begins in the first and ends in the last."""
    for position, run in enumerate(_field_start(instruction), 1):
        paragraphs[0].insert(position, run)
    paragraphs[-1].append(_field_end())


def enclose_in_bookmark(paragraph: Element, name: str) -> None:
    """Put a bookmark around all of a paragraph; it gets its number when the document is whole."""
    begins = int(child_of(paragraph, w("pPr")) is not None)
    paragraph.insert(begins, element("bookmarkStart", id=name, name=name))
    paragraph.append(element("bookmarkEnd", id=name))


def _field_start(instruction: str) -> list[Element]:
    pieces = (
        element("fldChar", fldCharType="begin"),
        element("instrText", instruction),
        element("fldChar", fldCharType="separate"),
    )
    return [_run(piece) for piece in pieces]


def _field_end() -> Element:
    return _run(element("fldChar", fldCharType="end"))


def _run(content: Element) -> Element:
    made = element("r")
    made.append(content)
    return made


# Styles that a template may lack: those of lists, which Word makes only when it needs them ----------------


_STYLE_STYLES = (
    '<w:style xmlns:w="{ns}" w:type="paragraph" w:styleId="{id}"><w:name w:val="{name}"/>{based}'
    '<w:uiPriority w:val="{priority}"/><w:unhideWhenUsed/><w:pPr><w:spacing w:after="80"/>'
    '<w:ind w:left="{left}" w:right="850" w:hanging="{hanging}"/></w:pPr></w:style>'
)
_STEP = 567  # twips, one centimetre
_LABEL = 1418  # room for "Gambar 3.10"


def ensure_style(document: Document, name: str) -> str:
    """The id of a style of lists, "toc 1" to "toc 9" or "table of figures", made where it is missing.

    Args:
        document: has the styles.
        name: the name that Word stores in every language.
    """
    parts = related_xml(document.part, RT.STYLES)
    if not parts:
        return _usual_id(name)
    styles = StyleSheet(parts[0].element)
    if not styles.id_of(name):
        parts[0].element.append(_made(name, styles.id_of("Normal")))
    return styles.id_of(name) or _usual_id(name)


def _usual_id(name: str) -> str:
    return name.replace("toc ", "TOC").replace("table of figures", "TableofFigures")


def _made(name: str, normal: str) -> Element:
    level = int(name.removeprefix("toc ")) if name.startswith("toc ") else 0
    return parse(
        _STYLE_STYLES.format(
            ns=nsmap["w"],
            id=_usual_id(name),
            name=name,
            based=f'<w:basedOn w:val="{normal}"/>' if normal else "",
            priority=39 if level else 99,
            left=_STEP * level if level else _LABEL,
            hanging=_STEP if level else _LABEL,
        ).encode()
    )


# Daftar isi, daftar tabel and daftar gambar: fields of Word with their entries written out and linked -----
#
# The entries have no page numbers: only who lays the pages out knows them. ``lkt.wordtemplate.contents`` asks
# LibreOffice and fills them in; without it Word does at "Perbarui Bidang". The fields are not marked as out
# of
# date, since Word would ask the reader a question each time the document is opened.


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
class _Text:
    """The main part while lists are written into it."""

    document: Document
    rendering: Rendering
    anchors: dict[Element, str] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=lambda: count(_FIRST))
    taken: set[str | None] = field(default_factory=set)

    @property
    def root(self) -> Element:
        """The main part."""
        root: Element = self.document.element
        return root

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

    def related(self, kind: str) -> Element | None:
        """The styles or the numbering; None when there is none."""
        parts = related_xml(self.document.part, kind)
        return parts[0].element if parts else None

    @property
    def styles(self) -> StyleSheet:
        """The styles as they are now; a list may add some."""
        return StyleSheet(self.related(RT.STYLES))

    def anchor(self, paragraph: Element) -> str:
        """The name of the bookmark around a paragraph, which is made when it is missing."""
        if paragraph not in self.anchors:
            if not self.taken:
                self.taken.update(start.get(w("name")) for start in self.root.iter(_START))
            name = next(name for n in self.numbers if (name := f"{ANCHOR}{n}") not in self.taken)
            enclose_in_bookmark(paragraph, name)
            self.anchors[paragraph] = name
        return self.anchors[paragraph]


def write_lists(stories: Sequence[StoryPart], rendering: Rendering, document: Document) -> None:
    """Write the lists into the parts, whose other values are settled.

    Raises:
        MisplacedError: a list is not alone in a paragraph of the main part.
    """
    text = _Text(document, rendering)
    found = [(story, node) for story in stories for node in story.element.iter(PI)]
    for story, node in found:
        met = rendering.met[int(node.text or "")]
        assert isinstance(met.value, (HeadingList, CaptionList))
        place = ancestor(node, P)
        if story is not document.part or place is None or not _is_alone(place):
            raise MisplacedError(met.line, "daftar harus sendirian dalam satu paragraf pada isi dokumen.")
        remove(node)
        _write(met.value, place, text)


def _is_alone(place: Element) -> bool:
    """Whether a paragraph of the text, not of a text box, holds the list and nothing else."""
    return ancestor(place, P) is None and not one_line(place) and sum(1 for _ in place.iter(PI)) == 1


def _write(value: HeadingList | CaptionList, place: Element, document: _Text) -> None:
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


def _write_field(instruction: str, lines: Sequence[_Entry], place: Element, document: _Text) -> None:
    width, names = text_width(place), dict.fromkeys(item.style for item in lines)
    styles = {name: ensure_style(document.document, name) for name in names}
    sheet = document.styles
    tabs = {style: None if sheet.ends_at(style, width) else width for style in styles.values()}
    made = entries(
        entry(item.text, styles[item.style], document.anchor(item.paragraph), tabs[styles[item.style]])
        for item in lines
    )
    enclose_in_field(made, instruction)
    for paragraph in made:
        place.addprevious(paragraph)


def _headings(value: HeadingList, document: _Text) -> Iterator[tuple[str, Sequence[_Entry]]]:
    lists = numbered_lists(document.related(RT.NUMBERING))
    found = [
        _Entry(item.paragraph, "\t".join(filter(None, (item.number, item.text))), f"toc {item.level}")
        for item in headings(document.root, document.paragraphs(), document.styles, lists)
        if item.level <= value.levels
    ]
    if found:
        yield f' TOC \\o "1-{value.levels}" \\h \\z \\u ', found


def _captions(value: CaptionList, document: _Text) -> Iterator[tuple[str, Sequence[_Entry]]]:
    """A field for each sequence, since captions are counted by chapter."""
    groups: dict[str, list[_Entry]] = {}
    for sequence, item in _captioned(document, value.label):
        groups.setdefault(sequence, []).append(item)
    for sequence, lines in groups.items():
        yield f' TOC \\h \\z \\c "{sequence}" ', lines


def _captioned(document: _Text, wanted: str) -> Iterator[tuple[str, _Entry]]:
    """The sequence and entry of each caption of a label, in the order of the text."""
    known = {bookmark_name(key): found for key, found in document.rendering.numbers.items()}
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


# Page numbers of the lists of a report: LibreOffice lays the pages out, and tells where each bookmark is --
#
# A copy of the report, with a bookmark at the start of each section, becomes a PDF. In it each bookmark is a
# named destination, so the page of an entry is known; its printed number follows from the section it is in.


_PROBE = "lkt"  # letters and digits alone: LibreOffice writes other characters of a name in codes
_PLACEHOLDER = "0"  # takes the room of a number while the pages are laid out
_INSTRUCTION = f".//{w('instrText')}"
_NAMES = ((w("bookmarkStart"), w("name")), (w("hyperlink"), w("anchor")))

Convert = Callable[[Sequence[Path], Path], Sequence[Path]]


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
    return next(_entries(open_document(report, "laporan").element), None) is not None


def _entries(root: Element) -> Iterator[tuple[Element, str]]:
    """The links of list entries that have no page yet, with the names of their bookmarks."""
    for link in root.iter(w("hyperlink")):
        anchor = link.get(w("anchor")) or ""
        fields = "".join(instruction.text or "" for instruction in link.iterfind(_INSTRUCTION))
        if anchor.startswith(ANCHOR) and "PAGEREF" not in fields:
            yield link, anchor


def _probe(report: bytes) -> bytes:
    """The report as LibreOffice gets it: entries as long as they will be, and bookmarks it can tell of."""
    document = open_document(report, "laporan")
    root = document.element
    for link, anchor in list(_entries(root)):
        link.extend(page_field(anchor, _PLACEHOLDER))
    for kind, attribute in _NAMES:
        for node in root.iter(kind):
            node.set(attribute, _probe_name(node.get(attribute) or ""))
    for number, section in enumerate(list(sections(root))):
        position = int(section.first.find(w("pPr")) is not None)
        identifier = str(10**6 + number)
        section.first.insert(position, element("bookmarkEnd", id=identifier))
        section.first.insert(position, element("bookmarkStart", id=identifier, name=_section_name(number)))
    return save(document)


def _probe_name(anchor: str) -> str:
    return f"{_PROBE}{anchor[1:]}" if anchor.startswith(ANCHOR) else anchor


def _section_name(number: int) -> str:
    return f"{_PROBE}Bagian{number}"


def _destinations(pdf: Path) -> dict[str, int]:
    """The page of each bookmark in a PDF, counted from 0."""
    import pypdf  # noqa: PLC0415 - only who has the pages laid out pays for it

    with pypdf.PdfReader(pdf) as reader:
        found = {
            name.removeprefix("/"): reader.get_destination_page_number(destination)
            for name, destination in reader.named_destinations.items()
        }
    return {name: page for name, page in found.items() if page is not None}


def _filled(report: bytes, pages: Mapping[str, int]) -> bytes:
    document = open_document(report, "laporan")
    root = document.element
    found = list(sections(root))
    entries = list(_entries(root))
    try:
        begins = [pages[_section_name(number)] for number in range(len(found))]
        wanted = [pages[_probe_name(anchor)] for _, anchor in entries]
    except KeyError:
        raise LibreOfficeError(
            "LibreOffice tidak memberi tahu letak setiap judul.",
            "Pakai LibreOffice 7.4 atau yang lebih baru.",
        ) from None
    for (link, anchor), number in zip(entries, printed_numbers(found, begins, wanted), strict=True):
        link.extend(page_field(anchor, number))
    return save(document)
