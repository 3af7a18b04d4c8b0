"""The headings of a document: their levels and numbers, found by the styles as Word finds them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from lkt.attributes import whole
from lkt.report.counting import Counting, NumberedList, numbered_lists, value
from lkt.report.places import own_pieces
from lkt.report.wordml import FALLBACK, Element, P, T, ancestor, child_of, parse, w

_BODY_TEXT = 10  # Word's level of what is no heading
_TEXT_BOX = w("txbxContent")
_PROPERTIES, _STYLE, _VAL = w("pPr"), w("pStyle"), w("val")
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
        named = "" if style is None else style.get(_VAL)
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
        marks = [*root.iter(*_OWN), *(mark for mark in root.iter(_STYLE) if self._stands_out(mark.get(_VAL)))]
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


@lru_cache(maxsize=8)
def style_sheet(part: bytes) -> StyleSheet:
    """The styles of a part; those of one template are the same in all its reports, and looked up once."""
    return StyleSheet(parse(part))


@lru_cache(maxsize=8)
def lists_of(part: bytes) -> Mapping[str, NumberedList]:
    """The numbered lists of a part by their id."""
    return numbered_lists(parse(part))


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
