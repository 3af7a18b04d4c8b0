"""Finding the tags of a template, whole, however Word has split them over runs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lkt.report.places import Places, own_texts
from lkt.report.wordml import FALLBACK, PI, XML_SPACE, Element, P, R, ancestor, parent_of, remove, w

TARGET = "lkt"  # of the processing instructions that stand for tags in the tree

_TAG = re.compile(
    r"\{\{(?:(?!\{\{|\{%|\{\#).)*?\}\}|\{%(?:(?!\{\{|\{%|\{\#).)*?%\}|\{\#.*?\#\}",
    re.DOTALL,
)
_LONE = re.compile(r"\{\{|\{%|\{\#|\}\}|%\}|\#\}")
_STATEMENT = re.compile(r"\{%[-+]?(?:(p|tr|tc|r)(?=[\s%]))?(.*?)[-+]?%\}", re.DOTALL)
_OUTPUT = re.compile(r"\{\{[-+]?(.*?)[-+]?\}\}", re.DOTALL)
_STRAIGHT = str.maketrans(
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
    """

    written: str
    body: str
    scope: str
    statement: bool
    place: str
    node: Element

    @property
    def keyword(self) -> str:
        """The first word of a statement; empty for an output."""
        return self.body.split(None, 1)[0] if self.statement and self.body else ""

    @property
    def in_fallback(self) -> bool:
        """Whether it stands in the copy of a text box that only old programs read."""
        return ancestor(self.node, FALLBACK) is not None

    def problem(self, text: str) -> str:
        """A problem with this tag, told with its place."""
        return f"{self.place}: {self.written} — {text}"


def mend(paragraph: Element) -> None:
    """Put each tag of a paragraph into the one ``w:t`` that it starts in, with straight quotes."""
    pieces = own_texts(paragraph)
    text = "".join(piece.text or "" for piece in pieces)
    for match in reversed(list(_TAG.finditer(text))):
        _gather(pieces, match.start(), match.end(), match.group().translate(_STRAIGHT))
    for piece in pieces:
        if text and not piece.text:
            _drop(piece)


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


def lone_braces(paragraph: Element, place: str) -> Iterator[str]:
    """The problems of braces that open or close no tag."""
    text = "".join(piece.text or "" for piece in own_texts(paragraph))
    rest = _TAG.sub(lambda match: " " * len(match.group()), text)
    for match in _LONE.finditer(rest):
        word = "pembuka tanpa penutup" if match.group()[0] == "{" else "penutup tanpa pembuka"
        start = match.start() if match.group()[0] == "{" else max(match.start() - 30, 0)
        yield f"{place}: {text[start : start + 40].strip()} — tanda {match.group()} adalah {word}."


def extract(root: Element, places: Places) -> tuple[list[Tag], list[str]]:
    """Replace each tag of a part with a processing instruction.

    Returns:
        The tags, in order of appearance, and the problems of those that are not whole. The text of each
        instruction is the index of its tag.
    """
    tags: list[Tag] = []
    problems: list[str] = []
    for paragraph in list(root.iter(P)):
        place = places.get(paragraph, "isi dokumen")
        mend(paragraph)
        problems += lone_braces(paragraph, place)
        for text in own_texts(paragraph):
            _extract_from(text, place, tags)
    return tags, problems


def _extract_from(text: Element, place: str, tags: list[Tag]) -> None:
    found, literals = _TAG.findall(text.text or ""), _TAG.split(text.text or "")
    if not found:
        return
    text.set(XML_SPACE, "preserve")
    text.text = literals[0]
    for written, literal in zip(found, literals[1:], strict=True):
        if not written.startswith("{#"):
            text.append(PI(TARGET, str(len(tags))))
            tags.append(_read(written, place, text[-1]))
        _write_behind(text, literal)


def _write_behind(text: Element, literal: str) -> None:
    if len(text):
        text[-1].tail = (text[-1].tail or "") + literal
    else:
        text.text = (text.text or "") + literal


def _read(written: str, place: str, node: Element) -> Tag:
    statement = _STATEMENT.fullmatch(written)
    if statement:
        return Tag(written, statement[2].strip(), statement[1] or "", statement=True, place=place, node=node)
    output = _OUTPUT.fullmatch(written)
    assert output is not None
    return Tag(written, output[1].strip(), "", statement=False, place=place, node=node)
