"""Finding the tags of a template, whole, however Word has split them; where they stand, and their blocks."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from lkt.wordtemplate.document import (
    FALLBACK,
    PI,
    TBL,
    TC,
    TR,
    XML_SPACE,
    Element,
    P,
    R,
    T,
    ancestor,
    child_of,
    element,
    parent_of,
    remove,
    w,
)

# Where a paragraph stands, in words a reader of the document can follow -----------------------------------


_EXCERPT = 40
_BREAK = w("br")
_STYLE = f"{w('pPr')}/{w('pStyle')}"
_LEVEL = f"{w('pPr')}/{w('outlineLvl')}"
_VAL = w("val")

Places = dict[Element, str]


def heading_styles(styles: Element | None) -> frozenset[str]:
    """The ids of the styles of chapter titles: Heading 1, and any other of outline level 1."""
    found = () if styles is None else styles.iter(w("style"))
    return frozenset(style.get(w("styleId")) or "" for style in found if _is_heading_style(style))


def _is_heading_style(style: Element) -> bool:
    name = style.find(w("name"))
    return _outline(style) or (name is not None and (name.get(_VAL) or "").lower() == "heading 1")


def _outline(holder: Element) -> bool:
    level = holder.find(_LEVEL)
    return level is not None and level.get(_VAL) == "0"


def find_places(root: Element, label: str, headings: frozenset[str]) -> Places:
    """The place of each paragraph of a part.

    Args:
        root: the part.
        label: what the part is called, e.g. "isi dokumen".
        headings: the ids of the styles of chapter titles.
    """
    places: Places = {}
    chapter, paragraphs, tables = label, 0, 0
    for block in _blocks(root):
        if block.tag == TBL:
            tables += 1
            places |= _in_table(block, f"{_below(chapter, label)}tabel {tables}")
            continue
        text = visible_text(block).strip()
        if text and _is_heading(block, headings):
            chapter, paragraphs, tables = f"{label}, {text}", 0, 0
        paragraphs += bool(text)
        places |= _in_paragraph(block, f"{_below(chapter, label)}paragraf {paragraphs}", text)
    return places


def _below(chapter: str, label: str) -> str:
    return f"{chapter}, " if chapter == label else f"{chapter} > "


def _blocks(parent: Element) -> Iterator[Element]:
    for child in parent:
        if child.tag in (P, TBL):
            yield child
        else:
            yield from _blocks(child)


def _is_heading(paragraph: Element, headings: frozenset[str]) -> bool:
    style = paragraph.find(_STYLE)
    return _outline(paragraph) or (style is not None and style.get(_VAL) in headings)


def _in_paragraph(paragraph: Element, place: str, text: str) -> Places:
    excerpt = text if len(text) <= _EXCERPT else text[:_EXCERPT].rsplit(" ", 1)[0] + " …"
    place = f"{place} («{excerpt}»)" if excerpt else place
    return {p: place if p is paragraph else f"{place}, kotak teks" for p in paragraph.iter(P)}


def _in_table(table: Element, place: str) -> Places:
    return {
        paragraph: f"{place}, baris {row_number}, kolom {column_number}"
        for row_number, row in enumerate(members(table, TR, TBL), 1)
        for column_number, cell in enumerate(members(row, TC, TR), 1)
        for paragraph in cell.iter(P)
    }


def members(whole: Element, name: str, kind: str) -> list[Element]:
    """The rows of a table, or cells of a row, leaving out those of tables nested in it."""
    items = list(whole.iter(name))
    if _has_none(whole, kind):
        return items
    return [item for item in items if ancestor(item, kind) is whole]


def _has_none(whole: Element, kind: str) -> bool:
    """Nothing of the kind is nested: nearly always so, and looking at the ancestors of each item is slow."""
    return next(whole.iterdescendants(kind), None) is None


def visible_text(paragraph: Element) -> str:
    """The text of a paragraph without that of the text boxes in it; a line break is a space."""
    return "".join(
        " " if piece.tag == _BREAK else piece.text or "" for piece in own_pieces(paragraph, T, _BREAK)
    )


def own_texts(paragraph: Element) -> list[Element]:
    """The ``w:t`` of a paragraph, leaving out those of paragraphs nested in it."""
    return own_pieces(paragraph, T)


def own_pieces(paragraph: Element, *names: str) -> list[Element]:
    """The elements of those names in a paragraph, leaving out those of paragraphs nested in it."""
    pieces = list(paragraph.iter(*names))
    if _has_none(paragraph, P):
        return pieces
    return [piece for piece in pieces if ancestor(piece, P) is paragraph]


# One thing that is wrong with a template, with the words and the spot it stands at ------------------------


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """Characters of a paragraph.

    Attributes:
        paragraph: the number of the paragraph among all of its part, from 0, nested ones included.
        start: the first character, counted over the ``w:t`` of the paragraph itself.
        end: the one behind the last.
    """

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
        part: the part of the package it is in; empty until that is known.
    """

    place: str
    written: str
    reason: str
    spot: Spot | None = None
    part: str = ""

    @property
    def sentence(self) -> str:
        """The reason with a capital, to stand alone."""
        return f"{self.reason[:1].upper()}{self.reason[1:]}"

    def __str__(self) -> str:
        """The mistake on one line."""
        return (
            f"{self.place}: {self.written} — {self.reason}"
            if self.written
            else f"{self.place}: {self.reason}"
        )


# Finding the tags of a template, whole, however Word has split them over runs -----------------------------


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


# Tags that stand for a whole paragraph, row, cell or run, and the pairs of tags that open and close -------


_WORDS = {"p": "paragraf", "tr": "baris tabel", "tc": "sel tabel", "r": "potongan teks"}
_OBSTACLES = tuple(w(name) for name in ("drawing", "pict", "object", "sectPr"))
_DEEPEST = 16  # Python reads no more than twenty blocks in each other
_CLOSERS = {"endfor": "for", "endif": "if"}
_BRANCHES = {"elif": ("if",), "else": ("if", "for")}


def lift(tags: Sequence[Tag]) -> Iterator[Mistake]:
    """Replace the paragraphs, rows, cells and runs of block tags with the tags; yield the problems met."""
    lifted: set[Element] = set()
    for tag in tags:
        if not tag.scope or tag.node in lifted:
            continue
        container = ancestor(tag.node, w(tag.scope))
        if container is None:
            yield tag.problem(
                f"tag ini berlaku untuk satu {_WORDS[tag.scope]}, tetapi tidak berada di dalamnya."
            )
        elif _stands_alone(container, tag.scope, tags):
            lifted.update(_lift_out(container))
        else:
            yield tag.problem(
                f"tag ini harus sendirian dalam satu {_WORDS[tag.scope]}; pindahkan isi di dekatnya."
            )


def _stands_alone(container: Element, scope: str, tags: Sequence[Tag]) -> bool:
    literal = "".join(_literal(text) for text in container.iter(T))
    scopes = {tags[int(node.text or "")].scope for node in container.iter(PI)}
    return not literal.strip() and scopes == {scope} and next(container.iter(*_OBSTACLES), None) is None


def _literal(text: Element) -> str:
    return (text.text or "") + "".join(node.tail or "" for node in text)


def _lift_out(container: Element) -> list[Element]:
    nodes = list(container.iter(PI))
    for node in nodes:
        node.tail = None
        container.addprevious(node)
    remove(container)
    return nodes


def check_pairs(tags: Sequence[Tag]) -> Iterator[Mistake]:
    """Yield the problems of statements that are unknown, unclosed, or closed elsewhere."""
    open_tags: list[Tag] = []
    for tag in tags:
        word = tag.keyword
        if word in ("for", "if"):
            open_tags.append(tag)
            if len(open_tags) == _DEEPEST:
                yield tag.problem("«for» dan «if» bertingkat terlalu dalam.")
        elif word in _CLOSERS:
            yield from _close(tag, open_tags)
        elif word in _BRANCHES:
            yield from _branch(tag, open_tags)
    yield from map(_unclosed, open_tags)


def _close(tag: Tag, open_tags: list[Tag]) -> Iterator[Mistake]:
    wanted = _CLOSERS[tag.keyword]
    if not any(opener.keyword == wanted for opener in open_tags):
        yield tag.problem(f"tidak ada «{wanted}» yang dapat ditutup oleh tag ini.")
        return
    while (opener := open_tags.pop()).keyword != wanted:
        yield _unclosed(opener)
    yield from _same_seat(opener, tag)


def _branch(tag: Tag, open_tags: list[Tag]) -> Iterator[Mistake]:
    if not open_tags or open_tags[-1].keyword not in _BRANCHES[tag.keyword]:
        yield tag.problem(f"tidak ada «{_BRANCHES[tag.keyword][0]}» yang menaungi tag ini.")
    else:
        yield from _same_seat(open_tags[-1], tag)


def _unclosed(opener: Tag) -> Mistake:
    return opener.problem(f"belum ditutup; tambahkan {{%{opener.scope} end{opener.keyword} %}}.")


def _same_seat(opener: Tag, tag: Tag) -> Iterator[Mistake]:
    if _in_place(opener) and _in_place(tag) and _seat(opener) != _seat(tag):
        yield tag.problem(
            f"pasangannya, {opener.written} di {opener.place}, berada di tempat lain. Letakkan keduanya "
            "dalam paragraf, sel, atau tabel yang sama, dengan jenis tag yang sama."
        )


def _in_place(tag: Tag) -> bool:
    """Whether a block tag was lifted; one that was not has been reported."""
    return not tag.scope or parent_of(tag.node).tag != T


def _seat(tag: Tag) -> tuple[Element, tuple[str, ...]]:
    """Where a tag cuts the tree: two tags of one seat can be paired and leave well-formed XML."""
    chain: list[str] = []
    node = parent_of(tag.node)
    while not tag.scope and node.tag != P:
        chain.append(node.tag)
        node = parent_of(node)
    return node, tuple(chain)


# From a tree with tags in it to the source of a Jinja template, and back from its lines to the tags -------


# Characters that XML cannot hold: nothing in a document can be mistaken for a tag.
OUTPUT_START, OUTPUT_END = "\x01", "\x02"
STATEMENT_START, STATEMENT_END = "\x03", "\x04"
COMMENT_START, COMMENT_END = "\x05", "\x06"

_NODE = re.compile(rf"<\?{TARGET} (\d+)\?>")


@dataclass(frozen=True)
class TemplateSource:
    """The source of a Jinja template.

    Args:
        text: the source; each tag begins on a line of its own.
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


def jinja_source(root: Element, tags: Sequence[Tag]) -> TemplateSource:
    """The source of the template that a part is."""
    literal, *rest = _NODE.split(etree.tostring(root, encoding="unicode"))
    texts, lines, line = [literal], [], 1 + literal.count("\n")
    found = [tags[int(index)] for index in rest[::2]]
    for tag, after in zip(found, rest[1::2], strict=True):
        texts += [jinja_tag(tag), after]
        lines.append(line + 1)
        line += 1 + after.count("\n")
    return TemplateSource("".join(texts), tuple(lines), tuple(found))


def jinja_tag(tag: Tag) -> str:
    """One tag in Jinja's terms, its body on the line after the one it starts on."""
    if tag.statement:
        return f"{STATEMENT_START}\n{tag.body}{STATEMENT_END}"
    return f"{OUTPUT_START}\n{tag.body}{OUTPUT_END}"


# Rows that close a table, such as its total: they stay on the page of the row before them -----------------
#
# A row closes a table when it stands behind the loop of the table's rows. Which rows do is plain only in the
# template, which row comes before them only in the filled document; so a mark goes from the one to the other.


_MARK = "lkt-closing"
_LOOP = "endfor"


def mark_closing_rows(root: Element, tags: Sequence[Tag]) -> None:
    """Mark the rows of a template that stand behind the last loop of their table."""
    for table in root.iter(TBL):
        ends = [node for node in table.iterchildren(PI) if tags[int(node.text or "")].keyword == _LOOP]
        for row in ends[-1].itersiblings(TR) if ends else ():
            row.set(_MARK, "")


def keep_closing_rows(roots: Iterable[Element]) -> None:
    """Bind the row before each marked one to it, and take the marks away."""
    for root in roots:
        for table in root.iter(TBL):
            before: Element | None = None
            for row in table.iterchildren(TR):
                if row.get(_MARK) is not None:
                    del row.attrib[_MARK]
                    if before is not None:
                        _keep_with_next(before)
                before = row


def _keep_with_next(row: Element) -> None:
    """Word and LibreOffice keep a row by its paragraphs."""
    for paragraph in row.iter(P):
        properties = child_of(paragraph, w("pPr"))
        if properties is None:
            properties = element("pPr")
            paragraph.insert(0, properties)
        if child_of(properties, w("keepNext")) is None:
            style = child_of(properties, w("pStyle"))
            properties.insert(0 if style is None else 1, element("keepNext"))
