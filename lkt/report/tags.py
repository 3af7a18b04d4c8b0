"""Finding the tags of a template, whole, however Word has split them over runs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lkt.report.mistakes import Mistake, Spot
from lkt.report.places import Places, own_texts
from lkt.report.wordml import FALLBACK, PI, XML_SPACE, Element, P, R, ancestor, parent_of, remove, w

TARGET = "lkt"  # of the processing instructions that stand for tags in the tree

TAG = re.compile(
    r"\{\{(?:(?!\{\{|\{%|\{\#).)*?\}\}|\{%(?:(?!\{\{|\{%|\{\#).)*?%\}|\{\#.*?\#\}",
    re.DOTALL,
)
_LONE = re.compile(r"\{\{|\{%|\{\#|\}\}|%\}|\#\}")
_STATEMENT = re.compile(r"\{%[-+]?(?:(?P<scope>p|tr|tc|r)(?=[\s%]))?(?P<body>.*?)[-+]?%\}", re.DOTALL)
_OUTPUT = re.compile(r"\{\{[-+]?(?P<body>.*?)[-+]?\}\}", re.DOTALL)
STRAIGHT = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "‟": '"', "‘": "'", "’": "'", "‚": "'", "‛": "'"}
    | dict.fromkeys("\u00a0\n\r\t", " ")
)


@dataclass(frozen=True)
class Tag:
    """One tag of a template.

    Args:
        written: the tag as the user wrote it.
        body: what is between its braces, without the letter of its scope.
        scope: what it stands for: "p", "tr", "tc", "r", or "" for itself alone.
        statement: whether it is ``{% … %}`` rather than ``{{ … }}``.
        place: where it stands, in words.
        node: the processing instruction that stands for it in the tree.
        spot: where it stands in its part.
    """

    written: str
    body: str
    scope: str
    statement: bool
    place: str
    node: Element
    spot: Spot

    @property
    def keyword(self) -> str:
        """The first word of a statement; empty for an output."""
        return self.body.split(None, 1)[0] if self.statement and self.body else ""

    @property
    def in_fallback(self) -> bool:
        """Whether it stands in the copy of a text box that only old programs read."""
        return ancestor(self.node, FALLBACK) is not None

    def problem(self, reason: str) -> Mistake:
        """A problem with this tag, with its place."""
        return Mistake(self.place, self.written, reason, self.spot)


def mend(paragraph: Element) -> list[Element]:
    """Put each tag of a paragraph into the one ``w:t`` that it starts in, with straight quotes.

    Returns:
        The ``w:t`` that it has then.
    """
    pieces = own_texts(paragraph)
    text = "".join(piece.text or "" for piece in pieces)
    for match in reversed(list(TAG.finditer(text))):
        _gather(pieces, match.start(), match.end(), match.group().translate(STRAIGHT))
    spent = [piece for piece in pieces if text and not piece.text]
    for piece in spent:
        _drop(piece)
    return own_texts(paragraph) if spent else pieces


def _gather(pieces: list[Element], start: int, end: int, tag: str) -> None:
    offset = 0
    for piece in pieces:
        text = piece.text or ""
        low, high = max(start - offset, 0), min(end - offset, len(text))
        if low < high:
            piece.text, tag = text[:low] + tag + text[high:], ""
        offset += len(text)


def _drop(text: Element) -> None:
    run = parent_of(text)
    remove(text)
    if run.tag == R and all(child.tag == w("rPr") for child in run):
        remove(run)


def lone_braces(text: str, place: str, number: int) -> Iterator[Mistake]:
    """The problems of braces that open or close no tag in the text of paragraph ``number``."""
    rest = TAG.sub(lambda match: " " * len(match.group()), text)
    for match in _LONE.finditer(rest):
        word = "pembuka tanpa penutup" if match.group()[0] == "{" else "penutup tanpa pembuka"
        start = match.start() if match.group()[0] == "{" else max(match.start() - 30, 0)
        spot = Spot(number, match.start(), match.end())
        excerpt = text[start : start + 40].strip()
        yield Mistake(place, excerpt, f"tanda {match.group()} adalah {word}.", spot)


def extract(root: Element, places: Places) -> tuple[list[Tag], list[Mistake]]:
    """Replace each tag of a part with a processing instruction.

    Returns:
        The tags, in order of appearance, and the problems of those that are not whole. The text of each
        instruction is the index of its tag.
    """
    tags: list[Tag] = []
    problems: list[Mistake] = []
    for number, paragraph in enumerate(list(root.iter(P))):
        place = places.get(paragraph, "isi dokumen")
        pieces = mend(paragraph)
        written = "".join(piece.text or "" for piece in pieces)
        if "{" not in written and "}" not in written:
            continue
        problems += lone_braces(written, place, number)
        offset = 0
        for text in pieces:
            length = len(text.text or "")
            _extract_from(text, place, Spot(number, offset, offset + length), tags)
            offset += length
    return tags, problems


def _extract_from(text: Element, place: str, spot: Spot, tags: list[Tag]) -> None:
    """Extract the tags of one ``w:t``, which spans ``spot``."""
    written = text.text or ""
    found = list(TAG.finditer(written))
    if not found:
        return
    text.set(XML_SPACE, "preserve")
    text.text = written[: found[0].start()]
    ends = [*(match.start() for match in found[1:]), len(written)]
    for match, end in zip(found, ends, strict=True):
        literal = written[match.end() : end]
        if not match.group().startswith("{#"):
            text.append(PI(TARGET, str(len(tags))))
            seat = Spot(spot.paragraph, spot.start + match.start(), spot.start + match.end())
            tags.append(_read(match.group(), place, text[-1], seat))
        _write_behind(text, literal)


def _write_behind(text: Element, literal: str) -> None:
    if len(text):
        text[-1].tail = (text[-1].tail or "") + literal
    else:
        text.text = (text.text or "") + literal


def _read(written: str, place: str, node: Element, spot: Spot) -> Tag:
    statement = written.startswith("{%")
    inside = (_STATEMENT if statement else _OUTPUT).fullmatch(written)
    assert inside is not None
    scope = (inside["scope"] or "") if statement else ""
    return Tag(written, inside["body"].strip(), scope, statement=statement, place=place, node=node, spot=spot)
