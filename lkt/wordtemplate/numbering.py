"""Numbers that Word gives by itself: their forms, the lists they belong to, and lists that start again."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from itertools import takewhile
from typing import Any

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.parts.story import StoryPart
from lxml.etree import ProcessingInstruction

from lkt.bounded import whole
from lkt.indonesian import roman
from lkt.wordtemplate.document import (
    P_PR,
    P_STYLE,
    PI,
    VAL,
    Element,
    P,
    element,
    related_xml,
    remove,
    styles_of,
    w,
)
from lkt.wordtemplate.tags import Mistake, Tag

# Numbers as Word writes them: 3, iii, C, and 3.1 from the levels of a list --------------------------------

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


def _value(holder: Element, name: str) -> str:
    for child in holder.iterchildren(name):
        return child.get(VAL) or ""
    return ""


@dataclass(frozen=True)
class _Level:
    """One level of a numbered list: its first number, the form of its numbers, and the text around them."""

    start: int
    form: str
    text: str
    in_digits: bool

    @classmethod
    def all_of(cls, holder: Element) -> "dict[int, _Level]":
        """The levels that an abstract list or an override tells, by their depth."""
        levels = {}
        for level in holder.iterchildren(w("lvl")):
            legal = level.find(w("isLgl"))
            levels[whole(level.get(w("ilvl")))] = cls(
                whole(_value(level, w("start"))),
                _value(level, w("numFmt")) or "decimal",
                _value(level, w("lvlText")),
                legal is not None and legal.get(VAL) not in ("0", "false", "off"),
            )
        return {depth: level for depth, level in levels.items() if 0 <= depth <= _DEEPEST}


def numbering_of(document: Document) -> Element | None:
    """What declares the lists of a document."""
    parts = related_xml(document.part, RT.NUMBERING)
    return parts[0].element if parts else None


class Counting:
    """The numbers that Word gives the paragraphs of lists, which are asked for in the order of the text.

    Args:
        numbering: the part that declares the lists; None for a document without any.
    """

    def __init__(self, numbering: Element | None) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}  # by the id of a list
        self._counters: dict[str, str] = {}  # what each list counts with; lists may share it
        self._restarts: dict[str, dict[int, int]] = {}  # where a list starts again from; until it does
        self._numbers: dict[str, dict[int, int]] = {}  # the present numbers of a counter, by depth
        if numbering is None:
            return
        abstract = {
            item.get(w("abstractNumId")): _Level.all_of(item) for item in numbering.iter(w("abstractNum"))
        }
        for item in numbering.iter(w("num")):
            key = item.get(w("numId")) or ""
            self._counters[key] = counter = _value(item, w("abstractNumId"))
            self._levels[key] = dict(abstract.get(counter, {})) if key else {}
            for override in item.iterchildren(w("lvlOverride")):
                self._levels[key] |= _Level.all_of(override)
                if start := _value(override, w("startOverride")):
                    self._restarts.setdefault(key, {})[whole(override.get(w("ilvl")))] = whole(start)

    def levels_of(self, key: str) -> dict[int, _Level]:
        """The levels of a list by their depth."""
        return self._levels.get(key, {})

    def counter(self, key: str, depth: int) -> str:
        """What a paragraph of a list is counted with; empty for a bullet or no list."""
        level = self._levels.get(key, {}).get(depth)
        return self._counters[key] if level and level.form != "bullet" else ""

    def number(self, key: str, depth: int) -> str:
        """The number of the next paragraph of a list, as printed; empty for a bullet or no list."""
        levels = self._levels.get(key, {})
        if depth not in levels:
            return ""
        numbers = self._numbers.setdefault(self._counters[key], {})
        for level, start in self._restarts.pop(key, {}).items():
            numbers[level] = start - (level == depth)
        for level in range(depth):
            numbers.setdefault(level, levels[level].start if level in levels else 1)
        numbers[depth] = numbers.get(depth, levels[depth].start - 1) + 1
        for deeper in [level for level in numbers if level > depth]:
            del numbers[deeper]
        if levels[depth].form == "bullet":
            return ""
        text = levels[depth].text
        for level in range(depth + 1):
            form = "decimal" if levels[depth].in_digits or level not in levels else levels[level].form
            text = text.replace(f"%{level + 1}", in_form(numbers[level], form))
        return text


# The styles of a document, and what they tell of the list and the level of a paragraph ---------------------

BODY_TEXT = 10
"""Word's level of what is no heading."""
_NUMBERED, _LIST, _DEPTH, _OUTLINE = w("numPr"), w("numId"), w("ilvl"), w("outlineLvl")


def _told(holder: Element) -> tuple[str, str, str]:
    """The list, the depth in it and the outline level that a paragraph or a style tells, as it is written."""
    for properties in holder.iterchildren(P_PR):
        for numbered in properties.iterchildren(_NUMBERED):
            return _value(numbered, _LIST), _value(numbered, _DEPTH), _value(properties, _OUTLINE)
        return "", "", _value(properties, _OUTLINE)
    return "", "", ""


class StyleSheet:
    """The styles of a document; names of styles are those that Word stores in every language.

    Attributes:
        usual: the id of the style of paragraphs that name none; empty where there is none.
    """

    def __init__(self, document: Document) -> None:
        self._styles = {style.get(w("styleId")) or "": style for style in styles_of(document)}
        usual = (
            key
            for key, style in self._styles.items()
            if style.get(w("type")) == "paragraph" and style.get(w("default")) in ("1", "true", "on")
        )
        self.usual = next(usual, "")
        self._told = cache(self._told_by_style)  # few styles, many paragraphs

    def id_of(self, name: str) -> str:
        """The id of the style of that name; empty when there is none."""
        names = (key for key, style in self._styles.items() if _value(style, w("name")).lower() == name)
        return next(names, "")

    def chain(self, identifier: str) -> list[Element]:
        """A style and those that it is based on, the nearest first."""
        found: list[Element] = []
        while identifier in self._styles and self._styles[identifier] not in found:
            found.append(self._styles[identifier])
            identifier = _value(found[-1], w("basedOn"))
        return found

    def of(self, paragraph: Element) -> str:
        """The id of the style of a paragraph."""
        for properties in paragraph.iterchildren(P_PR):
            return _value(properties, P_STYLE) or self.usual
        return self.usual

    def standing(self, paragraph: Element) -> tuple[str, int, int]:
        """The list that a paragraph is in, its depth there from 0, and its level as a heading from 1."""
        both = zip(_told(paragraph), self._told(self.of(paragraph)), strict=True)
        key, depth, level = (own or its for own, its in both)
        return key, whole(depth), whole(level, BODY_TEXT - 1) + 1

    def _told_by_style(self, identifier: str) -> tuple[str, str, str]:
        """What a style tells; a style of headings tells their level by its name, too."""
        chain = self.chain(identifier)
        names = (re.fullmatch(r"heading ([1-9])", _value(style, w("name")).lower()) for style in chain)
        named = next((str(int(name[1]) - 1) for name in names if name), "")
        columns = zip(*map(_told, chain), ("", "", named), strict=True)
        key, depth, level = (next(filter(None, column), "") for column in columns)
        return key, depth, level


# Lists in a loop that stands in another start again for each turn of the outer one ------------------------
#
# In the template their paragraphs get a mark, and the beginning of the inner loop a node, which each turn of
# the outer loop repeats. In the filled document the paragraphs behind the second such node, and behind each
# later one, get a list of their own, alike but for where it starts.

_AGAIN = "lkt-again"


_Use = tuple[Element, int, tuple[int, ...]]  # a paragraph, its depth, the numbers of the tags of its loops


def _uses(roots: Iterable[Element], tags: Sequence[Tag], document: Document) -> Iterable[list[_Use]]:
    """The numbered paragraphs of a template, by what counts them."""
    styles, numbers = StyleSheet(document), Counting(numbering_of(document))
    uses: dict[str, list[_Use]] = {}
    loops: list[int] = []
    for node in (node for root in roots for node in root.iter(P, PI)):
        if node.tag == P:
            key, depth, _ = styles.standing(node)
            if counter := numbers.counter(key, depth):
                uses.setdefault(counter, []).append((node, depth, tuple(loops)))
        elif tags[int(node.text or "")].keyword == "for":
            loops.append(int(node.text or ""))
        elif tags[int(node.text or "")].keyword == "endfor":
            del loops[-1:]
    return uses.values()


def mark_lists(roots: Iterable[Element], tags: Sequence[Tag], document: Document) -> Iterator[Mistake]:
    """Mark the lists of inner loops; a remark for each that will go on instead."""
    for items in _uses(roots, tags, document):
        around = [loops for _, _, loops in items]
        common = [
            level[0] for level in takewhile(lambda level: len({*level}) == 1, zip(*around, strict=False))
        ]
        if len(common) > 1:
            for node, _, _ in items:
                node.set(_AGAIN, str(common[-1]))
            tags[common[-1]].node.addprevious(ProcessingInstruction(_AGAIN, str(common[-1])))
            continue
        for inner in dict.fromkeys(loops for loops in around if len(loops) > 1):
            here = min(depth for _, depth, loops in items if loops == inner)
            above = [depth for _, depth, loops in items if loops == inner[:-1]]
            if not any(depth < here for depth in above):
                yield tags[inner[-1]].problem(
                    "nomor otomatis di dalam perulangan ini akan berlanjut, tidak mulai lagi pada setiap "
                    "putaran perulangan di luarnya, karena daftar bernomor itu dipakai juga di luar. Pakai "
                    "daftar bernomor tersendiri di sini bila nomornya harus mulai lagi."
                )


def restart_lists(stories: Iterable[StoryPart], document: Document) -> None:
    """Let the marked lists start again, and take the marks away."""
    found = [node for story in stories for node in story.element.iter(P, PI)]
    found = [node for node in found if getattr(node, "target", "") == _AGAIN or node.get(_AGAIN)]
    if not found:
        return
    styles, turns, made = StyleSheet(document), Counter[str](), dict[tuple[str, int, str], str]()
    for node in found:
        if node.tag != P:
            turns[node.text or ""] += 1
            remove(node)
            continue
        loop = str(node.attrib.pop(_AGAIN))
        key, depth, _ = styles.standing(node)
        turn = (loop, turns[loop], key)
        if turns[loop] > 1:
            if turn not in made:
                made[turn] = _alike(key, document)
            paragraph: Any = node
            listed = paragraph.get_or_add_pPr().get_or_add_numPr()
            listed.get_or_add_ilvl().val = depth
            listed.get_or_add_numId().val = int(made[turn])


def _alike(key: str, document: Document) -> str:
    """The id of a new list that is like another, but starts again at each of its levels."""
    root = numbering_of(document)
    assert root is not None  # a paragraph is in one of its lists
    lists = {item.get(w("numId")) or "": item for item in root.iterchildren(w("num"))}
    made = deepcopy(lists[key])
    identifier = str(max(map(whole, lists)) + 1)
    made.set(w("numId"), identifier)
    for depth, level in Counting(root).levels_of(key).items():
        overrides = (each for each in made if each.get(w("ilvl")) == str(depth))
        override = next(overrides, None)
        if override is None:
            override = element("lvlOverride", ilvl=str(depth))
            made.append(override)
        if override.find(w("startOverride")) is None:
            override.insert(0, element("startOverride", val=str(level.start)))
    [*lists.values()][-1].addnext(made)
    return identifier
