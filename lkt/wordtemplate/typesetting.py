"""The last touch to a filled document: what stays on one line, and what is set in italics."""

import re
from dataclasses import dataclass
from typing import Any, cast

from docx.document import Document
from docx.text.run import Run

from lkt.wordtemplate.document import (
    TC,
    Element,
    R,
    T,
    ancestor,
    divide,
    drop_hollow,
    element,
    parent_of,
    remove,
)
from lkt.wordtemplate.template import text_parts


@dataclass(frozen=True)
class Typography:
    """What the language of a document asks for.

    Attributes:
        bound: texts whose spaces hold them together on one line.
        bound_in_cells: likewise within tables, where a line holds few words: short ones only.
        italic: words of another language.
    """

    bound: re.Pattern[str]
    bound_in_cells: re.Pattern[str]
    italic: re.Pattern[str]


def typeset(document: Document, rules: Typography) -> None:
    """Apply the rules to all text of a filled document; nothing that is read or compared changes by it."""
    for story, _ in text_parts(document):
        for text in list(story.element.iter(T)):
            bound = rules.bound if ancestor(text, TC) is None else rules.bound_in_cells
            text.text = bound.sub(lambda found: found[0].replace(" ", "\N{NO-BREAK SPACE}"), text.text or "")
            for found in reversed([*rules.italic.finditer(text.text)]):
                if parent_of(text).tag == R:
                    _set_in_italics(text, *found.span())


def _set_in_italics(text: Element, start: int, end: int) -> None:
    """Give the letters from ``start`` to ``end`` of a ``w:t`` a run of their own, alike but for that."""
    whole, run = text.text or "", parent_of(text)
    words, rest = element("t", whole[start:end]), element("t", whole[end:])
    text.addnext(words)
    words.addnext(rest)
    text.text = whole[:start]
    slanted = divide(run, words)
    behind = divide(slanted, rest)
    Run(cast("Any", slanted), cast("Any", None)).italic = True
    for piece in (text, rest):
        if not piece.text:
            remove(piece)
    drop_hollow(run, behind)
