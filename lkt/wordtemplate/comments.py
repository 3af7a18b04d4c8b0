"""A copy of a document with Word comments at places of its text; everything else stays as it is."""

import posixpath
from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass

from lkt.wordtemplate.document import (
    XML_SPACE,
    Element,
    P,
    R,
    WordPackage,
    element,
    open_package,
    parent_of,
    parse_part,
    serialize,
    w,
    write_parts,
)
from lkt.wordtemplate.tags import Mistake, Spot, own_texts
from lkt.wordtemplate.values import clean

_AUTHOR = "lkt"
_COMMENTS = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_TEXT_BOX = w("txbxContent")


@dataclass(frozen=True, slots=True)
class _Note:
    """One comment: the paragraph it is at, the characters it is about, all of them without a spot."""

    paragraph: int
    spot: Spot | None
    lines: tuple[str, ...]


def annotated(data: bytes, name: str, mistakes: Sequence[Mistake]) -> bytes:
    """The document with a comment for each mistake.

    Word knows comments in the body alone: what is in a text box is told at its paragraph, what is in a
    header, footer or note at the first paragraph.

    Args:
        data: a .docx or .dotx file; a .docx is given back.
        name: what the user calls it, for messages.
        mistakes: what to tell, with their spots.

    Raises:
        TemplateError: it is no Word document.
    """
    package, main = open_package(data, name)
    root = parse_part(package, main, name)
    part, comments = _comments_part(package, main, name)
    paragraphs = list(root.iter(P))
    first = _unused_id(comments)
    for number, note in enumerate(_notes(mistakes, main, paragraphs), start=first):
        comments.append(_comment(number, note.lines))
        _anchor(paragraphs[note.paragraph], note.spot, str(number))
    package.parts |= {main: serialize(root), part: serialize(comments)}
    return write_parts(package.parts)


# What is told where ----------------------------------------------------------------------------------------


def _notes(mistakes: Iterable[Mistake], main: str, paragraphs: Sequence[Element]) -> list[_Note]:
    """The comments in the order of the text; what is said of the same characters is one comment."""
    lines: dict[tuple[int, Spot | None], list[str]] = {}
    numbers = {paragraph: number for number, paragraph in enumerate(paragraphs)}
    for mistake in mistakes if paragraphs else ():
        if mistake.spot is None or mistake.part != main:
            lines.setdefault((_first(paragraphs), None), []).append(str(mistake))
            continue
        paragraph = paragraphs[mistake.spot.paragraph]
        outer = _outside_boxes(paragraph)
        if outer is paragraph:
            lines.setdefault((mistake.spot.paragraph, mistake.spot), []).append(mistake.sentence)
        else:
            lines.setdefault((numbers[outer], None), []).append(str(mistake))
    order = sorted(lines, key=lambda key: (key[0], key[1] or Spot(0, 0, 0)))
    return [_Note(number, spot, tuple(lines[number, spot])) for number, spot in order]


def _first(paragraphs: Sequence[Element]) -> int:
    return next(number for number, each in enumerate(paragraphs) if _outside_boxes(each) is each)


def _outside_boxes(paragraph: Element) -> Element:
    """The paragraph itself, or the one that holds the outermost text box around it."""
    boxes = list(paragraph.iterancestors(_TEXT_BOX))
    if not boxes:
        return paragraph
    return next(boxes[-1].iterancestors(P))


# The part of the comments ----------------------------------------------------------------------------------


def _comments_part(package: WordPackage, main: str, name: str) -> tuple[str, Element]:
    """The name and the root of the part that holds comments, made where there is none."""
    existing = package.related(main, "comments")
    if existing:
        return existing[0], parse_part(package, existing[0], name)
    part = posixpath.join(posixpath.dirname(main), "comments.xml")
    package.parts[part] = b""
    package.relate(main, "comments", part)
    package.declare(part, _COMMENTS)
    return part, element("comments")


def _unused_id(comments: Element) -> int:
    ids = [comment.get(w("id")) or "" for comment in comments.iter(w("comment"))]
    return max((int(each) for each in ids if each.isdecimal()), default=-1) + 1


def _comment(number: int, lines: Sequence[str]) -> Element:
    """A comment without a date, so that the same file gives the same bytes."""
    made = element("comment", id=str(number), author=_AUTHOR, initials=_AUTHOR)
    for line in lines:
        paragraph, run = element("p"), element("r")
        run.append(element("t", clean(line)))
        paragraph.append(run)
        made.append(paragraph)
    return made


# Anchors ---------------------------------------------------------------------------------------------------


def _anchor(paragraph: Element, spot: Spot | None, number: str) -> None:
    """Mark the characters of a paragraph, or the whole paragraph, as what a comment is about."""
    runs = _runs(paragraph, spot) if spot else None
    start, end = element("commentRangeStart", id=number), element("commentRangeEnd", id=number)
    reference = element("r")
    reference.append(element("commentReference", id=number))
    if runs is None:
        properties = paragraph.find(w("pPr"))
        paragraph.insert(0 if properties is None else 1, start)
        paragraph.extend([end, reference])
        return
    runs[0].addprevious(start)
    runs[1].addnext(end)
    end.addnext(reference)


def _runs(paragraph: Element, spot: Spot) -> tuple[Element, Element] | None:
    """The first and the last run of some characters, cut so that they hold nothing else."""
    for offset in (spot.start, spot.end):
        _cut(paragraph, offset)
    held = [piece for piece, start in _offsets(paragraph) if spot.start <= start < spot.end and piece.text]
    if not held or any(parent_of(piece).tag != R for piece in (held[0], held[-1])):
        return None
    return parent_of(held[0]), parent_of(held[-1])


def _offsets(paragraph: Element) -> Iterator[tuple[Element, int]]:
    offset = 0
    for piece in own_texts(paragraph):
        yield piece, offset
        offset += len(piece.text or "")


def _cut(paragraph: Element, offset: int) -> None:
    """Make a run end before a character of the paragraph."""
    for piece, start in list(_offsets(paragraph)):
        text, run = piece.text or "", parent_of(piece)
        if run.tag == R and start <= offset < start + len(text):
            _split(run, piece if offset == start else _cut_text(piece, offset - start))


def _cut_text(piece: Element, at: int) -> Element:
    """The second of the two pieces that a text is cut into."""
    text = piece.text or ""
    rest = element("t", text[at:])
    piece.text = text[:at]
    piece.set(XML_SPACE, "preserve")
    piece.addnext(rest)
    return rest


def _split(run: Element, piece: Element) -> None:
    """Move a child of a run and all behind it into a run of its own, unless it is the first already."""
    content = [child for child in run if child.tag != w("rPr")]
    if content[0] is piece:
        return
    rest = deepcopy(run)
    for child in list(rest):
        if child.tag != w("rPr"):
            rest.remove(child)
    rest.extend(content[content.index(piece) :])
    run.addnext(rest)
