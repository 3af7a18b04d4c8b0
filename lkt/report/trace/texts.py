"""The text of the paragraphs of a part as a reader sees it, without what Word itself fills in.

Page numbers and lists of contents change when Word or LibreOffice computes its fields anew, so what stands
there is nobody's edit. Numbers of captions and references to them are content and count.
"""

import re
import unicodedata
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from lkt.report.wordml import FALLBACK, Element, P, T, ancestor, w

_COMPUTED = frozenset({"TOC", "PAGE", "PAGEREF", "NUMPAGES", "SECTIONPAGES"})
_SIMPLE, _CHAR, _CODE, _SYMBOL = w("fldSimple"), w("fldChar"), w("instrText"), w("sym")
_INSTRUCTION, _KIND, _CHARACTER = w("instr"), w("fldCharType"), w("char")
_GONE = (FALLBACK, w("moveFrom"), w("del"))
_SIGNS = {w("br"): " ", w("cr"): " ", w("tab"): " ", w("ptab"): " ", w("noBreakHyphen"): "-"}
_RUN = w("r")
_TAGS = (P, T, _SIMPLE, _CHAR, _CODE, _SYMBOL, *_GONE, *_SIGNS)
_INVISIBLE: dict[int, str | None] = dict.fromkeys(map(ord, "\xad\u200b\u200c\u200d\u2060\ufeff"))
_SEEN = _INVISIBLE | {0x2011: "-"}
_SYMBOL_CODE = re.compile("(?![dD][89a-fA-F])[0-9a-fA-F]{1,4}")  # half of a pair is no character

Texts = dict[Element, str]


def normal(text: str) -> str:
    """A text by what is seen: one kind of space, one at a time; no soft hyphens; letters composed."""
    if text.isascii():  # as nearly all are, which have neither
        return " ".join(text.split())
    return " ".join(unicodedata.normalize("NFC", text.translate(_SEEN)).split())


def paragraph_texts(root: Element) -> Texts:
    """The normal text of each paragraph of a part; that of a text box belongs to its own paragraphs."""
    reader = _Reader()
    reader.read(root.iter(*_TAGS))
    return {paragraph: normal("".join(pieces)) for paragraph, pieces in reader.texts.items()}


@dataclass(slots=True)
class _Field:
    """A field that is being read: its instruction, and whether its result has begun."""

    instruction: str = ""
    result: bool = False

    @property
    def computed(self) -> bool:
        words = self.instruction.split(maxsplit=1)
        return bool(words) and words[0].upper() in _COMPUTED


@dataclass(slots=True)
class _Reader:
    """Gathers text by paragraph, in the order of a part."""

    texts: dict[Element, list[str]] = field(default_factory=dict)
    _fields: list[_Field] = field(default_factory=list)

    def read(self, nodes: Iterator[Element]) -> None:
        # Thousands of nodes a report: going over them in one line, and asking a node for its ancestors or
        # its size where that matters, takes a quarter of the time of being told where each begins and ends.
        for node in nodes:
            tag = node.tag
            if tag == T:
                self._add(node, node.text)
            elif tag == P:
                self.texts[node] = []
            elif tag == _CHAR:
                self._mark(node.get(_KIND) or "")
            elif tag == _CODE:
                if self._fields:
                    self._fields[-1].instruction += node.text or ""
            elif tag == _SIMPLE:
                self._simple(node, nodes)
            elif tag in _GONE:
                deque(_inside(node, nodes), maxlen=0)
            else:
                self._add(node, _sign(node))

    def _simple(self, node: Element, nodes: Iterator[Element]) -> None:
        """A field that is one element; nodes follow it, first those inside."""
        self._fields.append(_Field(node.get(_INSTRUCTION) or "", result=True))
        self.read(_inside(node, nodes))
        if self._fields:
            self._fields.pop()

    def _mark(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].result = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _add(self, node: Element, text: str | None) -> None:
        if not text or (self._fields and any(open_field.computed for open_field in self._fields)):
            return
        paragraph = ancestor(node, P)
        if paragraph is not None:
            self.texts[paragraph].append(text)


def _inside(node: Element, nodes: Iterator[Element]) -> Iterator[Element]:
    """Those of the nodes to come, which follow a node, that are inside it."""
    return islice(nodes, sum(1 for _ in node.iter(*_TAGS)) - 1)


def _sign(node: Element) -> str:
    if node.tag == _SYMBOL:
        return _symbol(node.get(_CHARACTER) or "")
    parent = node.getparent()  # a tab stop of the paragraph's properties is no tab
    return _SIGNS[str(node.tag)] if parent is not None and parent.tag == _RUN else ""


def _symbol(code: str) -> str:
    return chr(int(code, 16)) if _SYMBOL_CODE.fullmatch(code) else ""
