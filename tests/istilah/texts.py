"""A text, and whether it is one that the user reads."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

GAP = "…"
"""Stands for what an f-string or a template fills in."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text the user reads, and where it stands."""

    place: str
    text: str


REVIEWED = Path(__file__).with_name("kata.txt")
"""The words that someone has looked at (``tests.istilah.kata``); they tell Indonesian from English."""


@cache
def reviewed() -> tuple[str, ...]:
    """The words of kata.txt."""
    return tuple(REVIEWED.read_text(encoding="utf-8").split())


@cache
def _indonesian() -> frozenset[str]:
    return frozenset(reviewed()) - _ENGLISH


_ENGLISH = frozenset(
    re.findall(
        r"\w+",
        "the of is are and that with for which not its their no each what this be as by from one in it on "
        "was were bold a an or only to another any open use none getting",
    )
)
_NAME = re.compile(r"[a-z0-9_.%\[\]-]*")
_TECHNICAL = re.compile(
    r"\\[bswdA-Z(.]|<[a-z/!?]|\(\?|\w\|\w+\||'(?:none|self)'"  # patterns, XML
    r"|^\{?=|\[\[|[A-Z]{2,}\(|\w\[\w|^\[\w+\.\w+\]$|\w\(\"|^\"|#,##|^#[A-Z]|[dmyhs]{2}[/:-]"  # formulas
    r"|^(?:[\w.]*[_.]\w*|…|,| )+$|^/?[\w-]+/[\w./{}…+%-]+$|^\W*\w{1,3}\W*$|^[a-z]+:\w+|^\w+ \| None"  # names
)
_WORD = re.compile(r"[^\W\d_]{2,}")


def is_indonesian(text: str) -> bool:
    """Whether a string of the code is meant for the user, who reads Indonesian."""
    return not _NAME.fullmatch(text) and not _TECHNICAL.search(text) and speaks_indonesian(text)


def speaks_indonesian(text: str) -> bool:
    """Whether at least half of the words of a text are Indonesian, and more than are English."""
    words = [word.lower() for word in _WORD.findall(text)]
    ours, theirs = (sum(word in known for word in words) for known in (_indonesian(), _ENGLISH))
    return ours > theirs and 2 * ours >= len(words)
