"""A template looked at before it is used, and a copy of it with a Word comment at each mistake."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.text.run import Run

from lkt.errors import TemplateError
from lkt.wordtemplate.document import (
    R_PR,
    TEXT_BOX,
    XML_SPACE,
    Element,
    P,
    Properties,
    R,
    T,
    divide,
    element,
    open_document,
    parent_of,
    related_xml,
    remove,
    save,
    styles_of,
    w,
)
from lkt.wordtemplate.fields import Catalogue
from lkt.wordtemplate.repeated import AUTHOR, drop_own_comments
from lkt.wordtemplate.sandbox import UnknownFieldError
from lkt.wordtemplate.tags import Mistake, Spot, text_pieces
from lkt.wordtemplate.template import Inspection, analyse
from lkt.wordtemplate.values import clean

# Everything that can be said about a template before it is used -------------------------------------------

_TRIED = Properties("Contoh", "Contoh", "Contoh", datetime(2024, 4, 5))  # noqa: DTZ001 - in no time zone


def inspect_template(
    data: bytes, name: str, filters: Mapping[str, Callable[..., object]], catalogue: Catalogue
) -> Inspection:
    """Check a template: its tags, its fields, and then by filling it in with the example.

    Args:
        data: the file.
        name: what the user calls it, for messages.
        filters: filters that its tags may use beside Jinja's own.
        catalogue: the fields that its tags may use.

    Raises:
        TemplateError: it is no Word document that can be read.
    """
    template, inspection = analyse(data, name, filters, catalogue)
    try:
        if template is not None:
            template.render(catalogue.example(), properties=_TRIED)
    except TemplateError as error:
        found = [mistake for mistake in error.mistakes if isinstance(mistake, Mistake)]
        if not found:
            raise
        tried = tuple(
            replace(mistake, reason=f"{mistake.reason} Dicoba dengan laporan contoh.") for mistake in found
        )
        if isinstance(error.__cause__, UnknownFieldError):  # other values may have what the example has not
            return replace(inspection, remarks=(*inspection.remarks, *tried))
        return replace(inspection, mistakes=tried)
    return inspection


# A copy with comments -------------------------------------------------------------------------------------


def annotated(data: bytes, name: str, mistakes: Sequence[Mistake]) -> bytes:
    """The document with a comment for each mistake; the rest of it stays as it is.

    Word knows comments in the body alone: what is in a text box is told at its paragraph, what is in a
    header, footer or note at the first paragraph.

    Args:
        data: a .docx or .dotx file; a .docx is given back.
        name: what the user calls it, for messages.
        mistakes: what to tell, with their spots.

    Raises:
        TemplateError: it is no Word document.
    """
    document = open_document(data, name)
    drop_own_comments(document)
    for paragraph, spot, lines in _notes(mistakes, document):
        runs = [Run(run, document) for run in _runs(paragraph, spot)]
        document.add_comment(runs, clean("\n".join(lines)), AUTHOR, AUTHOR)
    _strip(document)
    return save(document)


def _notes(
    mistakes: Iterable[Mistake], document: Document
) -> Iterator[tuple[Element, Spot | None, Sequence[str]]]:
    """The paragraph, the characters (all without a spot) and the lines of each comment, in their order.

    What is said of the same characters is one comment.
    """
    paragraphs = list(document.element.iter(P))
    main = document.part.partname.membername
    lines: dict[tuple[int, Spot | None], list[str]] = {}
    for mistake in mistakes if paragraphs else ():
        if mistake.spot is None or mistake.spot.part != main:
            first = next(number for number, each in enumerate(paragraphs) if _outside_boxes(each) is each)
            lines.setdefault((first, None), []).append(str(mistake))
            continue
        paragraph = paragraphs[mistake.spot.paragraph]
        outer = _outside_boxes(paragraph)
        if outer is paragraph:
            lines.setdefault((mistake.spot.paragraph, mistake.spot), []).append(mistake.sentence)
        else:
            lines.setdefault((paragraphs.index(outer), None), []).append(str(mistake))
    for number, spot in sorted(lines, key=lambda key: (key[0], key[1].start if key[1] else 0)):
        yield paragraphs[number], spot, lines[number, spot]


def _outside_boxes(paragraph: Element) -> Element:
    """The paragraph itself, or the one that holds the outermost text box around it."""
    boxes = list(paragraph.iterancestors(TEXT_BOX))
    return next(boxes[-1].iterancestors(P)) if boxes else paragraph


def _strip(document: Document) -> None:
    """Take the time out of our comments, so that equal files give equal bytes, and missing styles."""
    known = {style.get(w("styleId")) for style in styles_of(document)}
    ours = [
        comment
        for part in related_xml(document.part, RT.COMMENTS)
        for comment in part.element.iter(w("comment"))
        if comment.get(w("author")) == AUTHOR
    ]
    ids = {comment.get(w("id")) for comment in ours}
    references = [
        parent_of(each) for each in document.element.iter(w("commentReference")) if each.get(w("id")) in ids
    ]
    for comment in ours:
        comment.attrib.pop(w("date"), "")
    for holder in (*ours, *references):
        for style in list(holder.iter(w("pStyle"), w("rStyle"))):
            if style.get(w("val")) not in known:
                remove(style)


# The runs of some characters ------------------------------------------------------------------------------


def _runs(paragraph: Element, spot: Spot | None) -> tuple[Any, Any]:
    """The first and the last run of some characters, cut so that they hold nothing else; else of all."""
    if spot is not None:
        for offset in (spot.start, spot.end):
            _cut(paragraph, offset)
        held: list[Element] = []
        start = 0
        for piece, text in text_pieces(paragraph):
            held += [parent_of(piece)] if spot.start <= start < spot.end and text else []
            start += len(text)
        if held and held[0].tag == held[-1].tag == R:
            return held[0], held[-1]
    runs = list(paragraph.iterchildren(R))
    if not runs:
        runs = [element("r")]
        paragraph.append(runs[0])
    return runs[0], runs[-1]


def _cut(paragraph: Element, offset: int) -> None:
    """Make a run end before a character of the paragraph."""
    start = 0
    for piece, text in text_pieces(paragraph):
        run, begin = parent_of(piece), piece
        if run.tag == R and piece.tag == T and start <= offset < start + len(text):
            if start < offset:  # the text becomes two
                begin = element("t", text[offset - start :])
                piece.text = text[: offset - start]
                piece.set(XML_SPACE, "preserve")
                piece.addnext(begin)
            if any(child.tag != R_PR for child in begin.itersiblings(preceding=True)):
                divide(run, begin)
            return
        start += len(text)
