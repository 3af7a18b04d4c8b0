"""Tags of a template: found whole however Word has split them, each with its place, paired to blocks.

A mistake gets its place here: ``find_places`` names that of each paragraph, ``Tag.problem`` tells it.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import NamedTuple

from docx.oxml.ns import qn
from lxml import etree

from lkt.wordtemplate.document import (
    FALLBACK,
    P_PR,
    P_STYLE,
    PI,
    R_PR,
    TBL,
    TC,
    TR,
    VAL,
    XML_SPACE,
    Element,
    P,
    R,
    T,
    ancestor,
    parent_of,
    remove,
    w,
)

# The text of a paragraph ----------------------------------------------------------------------------------

BLANKS, _TYPE = (w("br"), w("cr"), w("tab")), w("type")
_EQUATION, FORMULA_TEXT, FIELD_CODE = qn("m:oMath"), qn("m:t"), w("instrText")
_TEXTS = (T, FORMULA_TEXT, FIELD_CODE)
DELETED = (w("moveFrom"), w("del"))


def own_pieces(paragraph: Element, *names: str) -> list[Element]:
    """The elements of those names in a paragraph; not those of paragraphs in it, nor what was deleted."""
    return [
        piece
        for piece in paragraph.iter(*names)
        if ancestor(piece, P) is paragraph and next(piece.iterancestors(*DELETED), None) is None
    ]


def _streams(paragraph: Element) -> Iterator[list[tuple[Element, str]]]:
    """The texts of a paragraph that can hold tags: its own, that of each equation, the codes of fields."""
    yield text_pieces(paragraph)
    for equation in own_pieces(paragraph, _EQUATION):
        yield [(piece, piece.text or "") for piece in equation.iter(FORMULA_TEXT)]
    yield [(piece, piece.text or "") for piece in own_pieces(paragraph, FIELD_CODE)]


def text_pieces(paragraph: Element) -> list[tuple[Element, str]]:
    """The ``w:t`` of a paragraph with their texts, and its line breaks and tabs as spaces."""
    return [
        (piece, piece.text or "" if piece.tag == T else " ")
        for piece in own_pieces(paragraph, T, *BLANKS)
        if piece.tag == T or (parent_of(piece).tag == R and piece.get(_TYPE, "") in ("", "textWrapping"))
    ]


# Where a paragraph stands, in words a reader of the document can follow -----------------------------------

_EXCERPT = 40

Places = dict[Element, str]


def chapter_styles(styles: Iterable[Element]) -> frozenset[str]:
    """The ids of the styles of chapter titles: Heading 1, and any other of outline level 1."""
    return frozenset(
        style.get(w("styleId")) or ""
        for style in styles
        if _is_chapter(style)
        or any((name.get(VAL) or "").lower() == "heading 1" for name in style.iterchildren(w("name")))
    )


def _is_chapter(holder: Element) -> bool:
    level = holder.find(f"{P_PR}/{w('outlineLvl')}")
    return level is not None and level.get(VAL) == "0"


def find_places(root: Element, label: str, chapters: frozenset[str]) -> Places:
    """The place of each paragraph of a part.

    Args:
        root: the part.
        label: what the part is called, e.g. "isi dokumen".
        chapters: the ids of the styles of chapter titles.
    """
    places: Places = {}
    chapter, paragraphs, tables = f"{label}, ", 0, 0
    for block in _blocks(root):
        if block.tag == TBL:
            tables += 1
            for row_number, row in enumerate(_members(block, TR), 1):
                for column, cell in enumerate(_members(row, TC), 1):
                    place = f"{chapter}tabel {tables}, baris {row_number}, kolom {column}"
                    places |= dict.fromkeys(cell.iter(P), place)
            continue
        text = "".join(text for _, text in text_pieces(block)).strip()
        style = block.find(f"{P_PR}/{P_STYLE}")
        if text and (_is_chapter(block) or (style is not None and style.get(VAL) in chapters)):
            chapter, paragraphs, tables = f"{label}, {text} > ", 0, 0
        paragraphs += bool(text)
        excerpt = text if len(text) <= _EXCERPT else text[:_EXCERPT].rsplit(" ", 1)[0] + " …"
        place = f"{chapter}paragraf {paragraphs}{f' («{excerpt}»)' if excerpt else ''}"
        places |= {p: place if p is block else f"{place}, kotak teks" for p in block.iter(P)}
    return places


def _blocks(parent: Element) -> Iterator[Element]:
    for child in parent:
        if child.tag in (P, TBL):
            yield child
        else:
            yield from _blocks(child)


def _members(whole: Element, name: str) -> list[Element]:
    """The rows of a table, or cells of a row, leaving out those of tables nested in it."""
    return [item for item in whole.iter(name) if ancestor(item, str(whole.tag)) is whole]


# One thing that is wrong with a template, with the words and the spot it stands at ------------------------


@dataclass(frozen=True, slots=True)
class Spot:
    """Characters of a paragraph.

    Attributes:
        part: the name of the part that the paragraph is in.
        paragraph: the number of the paragraph among all of its part, from 0, nested ones included.
        start: the first character, counted over ``text_pieces``.
        end: the one behind the last.
    """

    part: str
    paragraph: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mistake:
    """A mistake, or a remark.

    Attributes:
        place: where it is, in words.
        written: the tag, or the piece of text, as the user wrote it.
        reason: what is wrong and what to do, one or two sentences.
        spot: the same place for programs.
    """

    place: str
    written: str
    reason: str
    spot: Spot | None = None

    @property
    def part(self) -> str:
        """The name of the part that it is in; empty where that is not known."""
        return self.spot.part if self.spot else ""

    @property
    def sentence(self) -> str:
        """The reason with a capital, to stand alone."""
        return f"{self.reason[:1].upper()}{self.reason[1:]}"

    def __str__(self) -> str:
        """The mistake on one line."""
        return f"{self.place}: {f'{self.written} — ' if self.written else ''}{self.reason}"


CELL_TAGS = {"vm": False, "hm": False, "colspan": True, "cellbg": True}
"""The tags that change the cell of a table around them, and whether a value follows."""


@dataclass(frozen=True)
class Tag:
    """One tag of a template.

    Attributes:
        written: the tag as the user wrote it.
        body: what is between its braces, without the letter of its scope.
        kind: its opening braces: ``{{``, ``{%`` or ``{#``.
        scope: what it stands for: "p", "tr", "tc", "r", or "" for itself alone.
        joins: whether what stands before it, and behind it, is joined over the end of the line or paragraph.
        place: where it stands, in words.
        node: the processing instruction that stands for it in the tree.
        spot: where it stands in its part.
    """

    written: str
    body: str
    kind: str
    scope: str
    joins: tuple[bool, bool]
    place: str
    node: Element
    spot: Spot

    @property
    def keyword(self) -> str:
        """The first word of a statement; empty for an output."""
        return self.body.split(None, 1)[0] if self.kind == "{%" and self.body else ""

    @property
    def code(self) -> str:
        """What Jinja reads of it: of a tag for the cell around it, the value that it sets."""
        if self.keyword in CELL_TAGS:
            return self.body.removeprefix(self.keyword) if CELL_TAGS[self.keyword] else "loop"
        return self.body

    @property
    def in_fallback(self) -> bool:
        """Whether it stands in the copy of a text box that only old programs read."""
        return ancestor(self.node, FALLBACK) is not None

    def problem(self, reason: str) -> Mistake:
        """A problem with this tag, with its place."""
        return Mistake(self.place, self.written, reason, self.spot)


# Finding the tags of a part -------------------------------------------------------------------------------

_TARGET = "lkt"  # of the processing instructions that stand for tags in the tree
_MARK = re.compile(r"\{_?[{%#]|[}%#]_?\}")
_CLOSING = {"{{": "}}", "{%": "%}", "{#": "#}"}
_LITERAL = re.compile(r"\{_[{%#]|[}%#]_\}")  # braces that are only text
_SCOPES = {  # a field may be called p or r: what follows must then begin a value
    "{{": r"(?:(?P<scope>[pr])(?=\s+(?!(?:if|else|and|or|not|in|is)\b)[\w\"'(\[]))?",
    "{%": r"(?:(?P<scope>p|tr|tc|r)(?=[\s%]))?",
    "{#": r"(?:(?P<scope>p|tr|tc)(?=[\s#]))?",
}
_PATTERNS = {
    start: re.compile(
        rf"{re.escape(start)}(?P<before>[-+]?){scope}(?P<body>.*?)(?P<after>[-+]?){re.escape(_CLOSING[start])}",
        re.DOTALL,
    )
    for start, scope in _SCOPES.items()
}
_CURLY = "“”„‟‘’‚‛"
_TYPED = str.maketrans(
    dict(zip(_CURLY, "\"\"\"\"''''", strict=True))
    | dict.fromkeys("\u00a0\n\r\t", " ")
    | dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff")
)
"""Quotation marks and blanks as they were typed, before Word changed them; invisible characters go."""
_UNSEEN = frozenset(w(name) for name in ("lang", "noProof", "rPrChange"))

Span = tuple[int, int]


def find_spans(text: str) -> tuple[list[Span], list[Span]]:
    """The tags of a text and its literal braces, and the braces that open or close none; in one pass."""
    tags: list[Span] = []
    lone: list[Span] = []
    opened: list[re.Match[str]] = []  # the mark that opens a tag, and closing marks of other kinds behind it
    last_comment = text.rfind("#}")
    for mark in _MARK.finditer(text):
        opener = opened[0][0] if opened else ""
        if "_" in mark[0]:
            tags += [] if opener else [mark.span()]
            continue
        if opener and mark[0] == _CLOSING[opener]:
            tags.append((opened[0].start(), mark.end()))
            opened = []
        elif opener and (opener == "{#" or mark[0] not in _CLOSING):
            opened.append(mark)
        elif mark[0] in _CLOSING and (mark[0] != "{#" or mark.end() <= last_comment):
            lone += [each.span() for each in opened]
            opened = [mark]
        else:
            lone += [each.span() for each in (*opened, mark)]
            opened = []
    return tags, lone + [each.span() for each in opened]


@dataclass(frozen=True)
class Extracted:
    """The tags of a template.

    Attributes:
        tags: in order of appearance; the text of each one's node is its number in this list.
        mistakes: those of braces that make no tag.
        remarks: what may surprise: tags in pieces of different formatting, curly quotation marks.
    """

    tags: list[Tag] = field(default_factory=list)
    mistakes: list[Mistake] = field(default_factory=list)
    remarks: list[Mistake] = field(default_factory=list)


class _Held(NamedTuple):
    """What a piece holds of a tag: the characters from ``low`` to ``high``, which are ``text``."""

    piece: Element
    low: int
    high: int
    text: str


def extract(root: Element, part: str, places: Places, found: Extracted) -> None:
    """Replace each tag of a part with a processing instruction, in the ``w:t`` that it starts in.

    Args:
        root: the part.
        part: its name.
        places: the place of each of its paragraphs.
        found: the tags of the parts before it; those of this one are added.
    """
    etree.strip_elements(root, PI, etree.Comment, with_tail=False)  # what could be taken for one of ours
    for number, paragraph in enumerate(list(root.iter(P))):
        place = places.get(paragraph, "isi dokumen")
        for stream, pieces in enumerate(_streams(paragraph)):
            _extract_from(pieces, place, Spot(part, number, 0, 0), found, spotted=stream == 0)


def _extract_from(
    pieces: Sequence[tuple[Element, str]], place: str, whole: Spot, found: Extracted, *, spotted: bool
) -> None:
    """Find the tags of one text; each has a spot of its own where ``spotted``, else that of the whole."""
    text = "".join(text for _, text in pieces)
    spans, lone = find_spans(text)
    for start, end in lone:
        mistake = _lone_brace(text, place, Spot(whole.part, whole.paragraph, start, end))
        if spotted or text[start] == "{":  # equations and codes have closing braces of their own
            found.mistakes.append(mistake if spotted else replace(mistake, spot=whole))
    starts = [0, *accumulate(len(text) for _, text in pieces)]
    taken: list[tuple[Element | str, list[_Held]]] = []
    for start, end in spans:
        written = text[start:end].translate(_TYPED)
        spot = Spot(whole.part, whole.paragraph, start, end) if spotted else whole
        held = list(_held(pieces, starts, start, end))
        taken.append((_tag(written, place, spot, held, found), held))
    for new, held in reversed(taken):  # so that what stands before a tag is still as it was
        _put(new, held)


def _tag(written: str, place: str, spot: Spot, held: Sequence[_Held], found: Extracted) -> Element | str:
    """Note a tag; what stands for it in the tree: the text of literal braces, nothing for a comment."""
    if _LITERAL.fullmatch(written):
        return written.replace("_", "")
    kind = written[:2]
    inside = _PATTERNS[kind].fullmatch(written)
    assert inside is not None
    scope = inside["scope"] or ""
    found.remarks.extend(Mistake(place, written, reason, spot) for reason in _remarks(held))
    if kind == "{#" and not scope:
        return ""
    node = PI(_TARGET, str(len(found.tags)))
    body = _LITERAL.sub(lambda braces: braces[0].replace("_", ""), inside["body"].strip())
    joins = (kind == "{%" and inside["before"] == "-", kind == "{%" and inside["after"] == "-")
    found.tags.append(Tag(written, body, kind, "" if kind == "{{" else scope, joins, place, node, spot))
    return node


def _lone_brace(text: str, place: str, spot: Spot) -> Mistake:
    opens = text[spot.start] == "{"
    start = spot.start if opens else max(spot.start - 30, 0)
    word = "pembuka tanpa penutup" if opens else "penutup tanpa pembuka"
    reason = f"tanda {text[spot.start : spot.end]} adalah {word}."
    return Mistake(place, text[start : start + 40].strip(), reason, spot)


def _held(
    pieces: Sequence[tuple[Element, str]], starts: Sequence[int], start: int, end: int
) -> Iterator[_Held]:
    """The pieces that a tag lies in; each starts at its place in the text of the paragraph."""
    for index in range(bisect_right(starts, start) - 1, len(pieces)):
        piece, text = pieces[index]
        if starts[index] >= end:
            return
        low, high = max(start - starts[index], 0), min(end - starts[index], len(text))
        yield _Held(piece, low, high, text[low:high])


def _put(new: Element | str, held: Sequence[_Held]) -> None:
    for number, (piece, low, high, _) in enumerate(held):
        text = piece.text or ""
        if piece.tag in _TEXTS:
            before, after = text[:low], text[high:]
            if number or isinstance(new, str):
                piece.text = f"{before}{'' if number else new}{after}"
            else:
                piece.text, new.tail = before, after
                piece.insert(0, new)
            piece.set(XML_SPACE, "preserve")
        if piece.tag not in _TEXTS or (not piece.text and not len(piece)):  # it held only the rest of a tag
            run = parent_of(piece)
            remove(piece)
            if run.tag == R and all(child.tag == R_PR for child in run):
                remove(run)


def _remarks(held: Sequence[_Held]) -> Iterator[str]:
    if any(mark in each.text for each in held for mark in _CURLY):
        yield "tanda kutip melengkung di dalam tag dibaca sebagai tanda kutip lurus; tidak perlu diubah."
    shown = [each for each in held if each.text.strip()]  # blanks show no formatting
    if len(shown) > 1 and len({_formatting(each.piece) for each in shown}) > 1:
        yield (
            f"tag ini terpecah oleh format huruf yang berbeda-beda; seluruh hasilnya memakai format bagian "
            f"pertamanya, «{shown[0].text.strip()}»."
        )


def _formatting(piece: Element) -> bytes:
    """The formatting of a piece as comparable bytes."""
    properties = parent_of(piece).iterchildren(R_PR)
    seen = (each for holder in properties for each in holder if each.tag not in _UNSEEN)
    return b"".join(sorted(etree.tostring(each, method="c14n") for each in seen))


# From a tree with tags in it to the source of a Jinja template, and back from its lines to the tags -------

# Characters that XML cannot hold: nothing in a document can be mistaken for a tag.
OUTPUT_START, OUTPUT_END = "\x01", "\x02"
STATEMENT_START, STATEMENT_END = "\x03", "\x04"
COMMENT_START, COMMENT_END = "\x05", "\x06"

PART_END = "\x07"
"""Between the parts of a template, whose text is one source."""

_NODE = re.compile(rf"<\?{_TARGET} (\d+)\?>")


@dataclass(frozen=True)
class TemplateSource:
    """The source of a Jinja template.

    Attributes:
        text: the source; the body of each tag is on a line of its own.
        lines: those lines, ascending.
        tags: the tag of each of them.
    """

    text: str
    lines: tuple[int, ...]
    tags: tuple[Tag, ...]

    def tag_at(self, line: int) -> Tag | None:
        """The tag that a line of the source belongs to."""
        index = bisect_right(self.lines, line)
        return self.tags[index - 1] if index else None


def source_of(pieces: Iterable[tuple[Tag, str, str]], start: str = "") -> TemplateSource:
    """A source: what it starts with, then tags, each with its body and with the text behind it."""
    texts, lines, tags, line = [start], list[int](), list[Tag](), 1 + start.count("\n")
    for tag, body, after in pieces:
        output = tag.kind == "{{" or tag.keyword in CELL_TAGS
        begin, end = (OUTPUT_START, OUTPUT_END) if output else (STATEMENT_START, STATEMENT_END)
        texts.append(f"{begin}\n{body}{end}{after}")
        lines.append(line + 1)
        tags.append(tag)
        line += 1 + after.count("\n")
    return TemplateSource("".join(texts), tuple(lines), tuple(tags))


def jinja_source(roots: Iterable[Element], tags: Sequence[Tag]) -> TemplateSource:
    """The source of the template that the parts are."""
    text = PART_END.join(etree.tostring(root, encoding="unicode") for root in roots)
    start, *rest = _NODE.split(text)
    found = [tags[int(index)] for index in rest[::2]]
    return source_of(((tag, tag.code, after) for tag, after in zip(found, rest[1::2], strict=True)), start)
