"""The sections of a document, and what number their pages carry."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from lkt.attributes import whole
from lkt.report.counting import in_form, value
from lkt.report.wordml import Element, P, w

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
