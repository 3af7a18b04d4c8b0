"""Numbers as Word writes them: 3, iii, C, and 3.1 from the levels of a list."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from lkt.attributes import whole
from lkt.bahasa import roman
from lkt.report.wordml import Element, child_of, w

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
class Level:
    """One level of a numbered list: where it starts, the form of its number, its text such as ``%1.%2``."""

    start: int
    form: str
    text: str
    legal: bool


@dataclass(frozen=True)
class NumberedList:
    """A list: what it counts with, its levels by depth, and the numbers it starts again from."""

    counter: str
    levels: Mapping[int, Level]
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


def _list(item: Element, abstract: Mapping[str | None, Mapping[int, Level]]) -> NumberedList:
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


def _level(level: Element) -> Level:
    legal = level.find(w("isLgl"))
    return Level(
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


def _written(levels: Mapping[int, Level], depth: int, numbers: Mapping[int, int]) -> str:
    text = levels[depth].text
    if levels[depth].form == "bullet":
        return ""
    for level in range(depth + 1):
        form = "decimal" if levels[depth].legal or level not in levels else levels[level].form
        text = text.replace(f"%{level + 1}", in_form(numbers[level], form))
    return text
