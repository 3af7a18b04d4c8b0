"""The headings of a document: their levels and numbers, found by the styles as Word finds them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from lkt.report.counting import Counting, NumberedList, numbered_lists, value
from lkt.report.places import own_pieces
from lkt.report.wordml import FALLBACK, Element, P, T, parse, w

_BODY_TEXT = 10  # Word's level of what is no heading
_TEXT_BOX = w("txbxContent")
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
        self._default = next(map(_id, filter(_is_default, self._styles.values())), "")
        self._inherited: dict[tuple[str, str], str] = {}
        self._levels: dict[str, int] = {}

    def id_of(self, name: str) -> str:
        """The id of the style of a built-in name, whatever the language of Word; empty when there is none."""
        wanted = name.lower()
        return next((key for key, style in self._styles.items() if _name(style) == wanted), "")

    def name_of(self, paragraph: Element) -> str:
        """The name of a paragraph's style in lower case, as Word stores it."""
        style = self._styles.get(self._style_id(paragraph))
        return "" if style is None else _name(style)

    def find(self, paragraph: Element, path: str) -> str:
        """A value of a paragraph's properties, its own or the one nearest among its styles."""
        return value(paragraph, f"pPr/{path}") or self._of_style(self._style_id(paragraph), path)

    def _of_style(self, identifier: str, path: str) -> str:
        """A value of a style, its own or the one nearest among those that it is based on."""
        key = identifier, path
        if key not in self._inherited:
            values = (value(style, f"pPr/{path}") for style in self._chain(identifier))
            self._inherited[key] = next(filter(None, values), "")
        return self._inherited[key]

    def level(self, paragraph: Element) -> int:
        """The level of a heading, from 1; ``_BODY_TEXT`` when it is none."""
        own = value(paragraph, "pPr/outlineLvl")
        return int(own) + 1 if own else self._level_of_style(self._style_id(paragraph))

    def _level_of_style(self, identifier: str) -> int:
        if identifier not in self._levels:
            found = self._of_style(identifier, "outlineLvl")
            names = (re.fullmatch(r"heading ([1-9])", _name(style)) for style in self._chain(identifier))
            heading = next(filter(None, names), None)
            usual = int(heading[1]) if heading else _BODY_TEXT
            self._levels[identifier] = int(found) + 1 if found else usual
        return self._levels[identifier]

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
    paragraphs: Iterable[Element], styles: StyleSheet, lists: Mapping[str, NumberedList]
) -> Iterator[Heading]:
    """The headings among the paragraphs of the text, with the numbers that Word will give them."""
    counting = Counting(lists)
    for paragraph in paragraphs:
        number = counting.number(
            styles.find(paragraph, "numPr/numId"), int(styles.find(paragraph, "numPr/ilvl") or 0)
        )
        level = styles.level(paragraph)
        if level < _BODY_TEXT and (text := one_line(paragraph)):
            yield Heading(paragraph, level, number, text)


def body_paragraphs(root: Element) -> Iterator[Element]:
    """The paragraphs of the text, without those of text boxes."""
    return (p for p in root.iter(P) if next(p.iterancestors(_TEXT_BOX, FALLBACK), None) is None)


def one_line(paragraph: Element) -> str:
    """The text of a paragraph with its line breaks and tabs as spaces."""
    pieces = own_pieces(paragraph, T, *_BREAKS, _HYPHEN)
    return _BLANKS.sub(" ", "".join(map(_shown, pieces))).strip()


def _shown(piece: Element) -> str:
    if piece.tag in _BREAKS:
        return " " if next(piece.iterancestors(w("tabs")), None) is None else ""
    return "-" if piece.tag == _HYPHEN else piece.text or ""
