"""A filled document: rich values become elements of Word, and what loops did to it is made valid again.

A picture enters the package in ``_drawing``, a chart in ``_put_chart``.
"""

import io
from collections import Counter
from collections.abc import Iterable, Sequence
from copy import deepcopy
from itertools import count
from typing import Any, cast

from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.oxml.shape import CT_Inline
from docx.parts.story import StoryPart
from docx.shared import Emu, RGBColor
from docx.text.run import Run

from lkt.wordtemplate.charts import store_chart
from lkt.wordtemplate.document import (
    FALLBACK,
    PI,
    R_PR,
    TBL,
    TC,
    TR,
    VAL,
    Element,
    P,
    T,
    ancestor,
    divide,
    drop_hollow,
    element,
    field_pieces,
    parent_of,
    remove,
    w,
)
from lkt.wordtemplate.sandbox import BREAK, TAB, Met, MisplacedError, Rendering
from lkt.wordtemplate.tables import change_cells, describe, fit_columns, keep_closing_rows
from lkt.wordtemplate.values import (
    Caption,
    CellMark,
    Chart,
    Picture,
    Piece,
    Quotient,
    Reference,
    StyledText,
    bookmark_name,
    clean,
)

# Breaks, pictures, charts, numbers ------------------------------------------------------------------------

_EQUATION, _FORMULA_TEXT = qn("m:oMath"), qn("m:t")
_BETWEEN_RUNS = (w("bookmarkStart"), w("bookmarkEnd"), _EQUATION)
_NOTES = (w("footnotes"), w("endnotes"), w("comments"))
_DOC_PR = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_CHART_FRAME = """\
<wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" \
xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" \
xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" \
xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" \
distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/>\
<wp:docPr id="0" name="Grafik"/><wp:cNvGraphicFramePr/><a:graphic>\
<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart r:id="{id}"/>\
</a:graphicData></a:graphic></wp:inline>"""
_TERM = '<m:argPr><m:argSz m:val="1"/></m:argPr><m:r><m:rPr><m:nor/></m:rPr><m:t xml:space="preserve"/></m:r>'
_FRACTION = (
    '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math">'
    f"<m:f><m:num>{_TERM}</m:num><m:den>{_TERM}</m:den></m:f></m:oMath>"
)


def settle(story: StoryPart, rendering: Rendering, document: Document) -> None:
    """Turn what a rendering left in the text of a part into elements.

    Raises:
        MisplacedError: a reference has no caption, or a chart stands in a note.
    """
    for text in [text for text in story.element.iter(T) if next(text.iterchildren(PI), None) is not None]:
        _unfold(text)
    cells: list[tuple[Element, int, CellMark]] = []
    breaks: list[tuple[Element, Sequence[Element | Piece]]] = []
    for node in list(story.element.iter(PI)):
        met = rendering.met[int(node.text or "")]
        match met.value:
            case Picture():
                parent_of(node).replace(node, _drawing(met.value, story))
            case Chart():
                _put_chart(node, met, story, document)
            case CellMark():
                cell = ancestor(node, TC)
                assert cell is not None  # ``pair`` wants one
                cells.append((cell, met.line, met.value))
                breaks.append((node, ()))
            case StyledText(pieces=pieces):
                breaks.append((node, pieces))
            case Quotient():
                letters = parent_of(node).find(R_PR)
                breaks.append((node, (_fraction(met.value, letters),)))
            case Caption() | Reference():
                breaks.append((node, _numbered(met, rendering)))
    for node, content in reversed(breaks):  # the last one first, so that each moves what is behind it once
        _break_run(node, content)
    change_cells(cells)


def _unfold(text: Element) -> None:
    """Lift breaks, tabs and values out of a ``w:t``; the text behind each gets a ``w:t`` of its own."""
    last = text
    for mark in list(text):
        lifted = {BREAK: element("br"), TAB: element("tab")}.get(getattr(mark, "target", ""), mark)
        pieces = [lifted, element("t", mark.tail)] if mark.tail else [lifted]
        mark.tail = None
        for piece in pieces:
            last.addnext(piece)
            last = piece
        if mark.getparent() is text:
            text.remove(mark)
    if not text.text:
        remove(text)


def _write(piece: Piece, run: Element) -> None:
    made = Run(cast("Any", run), cast("Any", None))  # of its parent only styles would be asked
    made.text = clean(piece.text)
    if piece.bold is not None:
        made.bold = piece.bold
    if piece.italic is not None:
        made.italic = piece.italic
    if piece.colour:
        made.font.color.rgb = RGBColor.from_string(piece.colour)


def _drawing(picture: Picture, story: StoryPart) -> Element:
    """The element that shows a picture, which enters the package here."""
    relationship, image = story.get_or_add_image(io.BytesIO(picture.data))
    inline = CT_Inline.new_pic_inline(
        0, relationship, str(image.filename), Emu(picture.width_emu), Emu(picture.height_emu)
    )
    inline.docPr.set("name", "Gambar")
    inline.docPr.set("descr", clean(picture.alt))
    drawing = element("drawing")
    drawing.append(inline)
    return drawing


def _put_chart(node: Element, met: Met, story: StoryPart, document: Document) -> None:
    """Put a chart in the place of a node; the copy of a text box for old programs goes without."""
    chart = met.value
    assert isinstance(chart, Chart)
    if story.element.tag in _NOTES:
        reason = "grafik tidak dapat diletakkan di dalam catatan; pindahkan ke isi dokumen."
        raise MisplacedError(met.line, reason)
    if ancestor(node, FALLBACK) is not None:
        remove(node)
        return
    frame = _CHART_FRAME.format(
        width=chart.width_emu, height=chart.height_emu, id=store_chart(chart, story, document)
    )
    drawing = element("drawing")
    drawing.append(parse_xml(frame))
    for properties in drawing.iter(_DOC_PR):
        properties.set("descr", clean(chart.alt))
        properties.set("title", clean(chart.title))
    parent_of(node).replace(node, drawing)


def _fraction(value: Quotient, letters: Element | None) -> Element:
    """The equation that shows a quotient, in the upright letters of the text around it and as large."""
    equation: Element = parse_xml(_FRACTION)
    for part, told in zip(equation.iter(_FORMULA_TEXT), (value.over, value.under), strict=True):
        part.text = clean(told)
        if letters is not None:
            part.addprevious(deepcopy(letters))
    return equation


def _numbered(met: Met, rendering: Rendering) -> list[Element]:
    """A caption with its own number, or a reference to one."""
    value = met.value
    assert isinstance(value, (Caption, Reference))
    if value.key not in rendering.numbers:
        raise MisplacedError(met.line, f"tidak ada tabel atau gambar dengan kunci «{value.key}».")
    name, (caption, number) = bookmark_name(value.key), rendering.numbers[value.key]
    if isinstance(value, Reference):
        return field_pieces(f" REF {name} \\h ", element("t", f"{caption.prefix}{number}"))
    start = [element("bookmarkStart", id=name, name=name), element("t", caption.prefix)]
    counted = field_pieces(f" SEQ {caption.sequence} \\* ARABIC ", element("t", str(number)))
    return [*start, *counted, element("bookmarkEnd", id=name)]


def _break_run(node: Element, content: Iterable[Element | Piece]) -> None:
    """Put content in the place of a node of a run, each piece in a run alike; bookmarks go between runs."""
    run = parent_of(node)
    rest = divide(run, node)
    for piece in content:
        if not isinstance(piece, Piece) and piece.tag in _BETWEEN_RUNS:
            rest.addprevious(piece)
            continue
        made = element("r")
        made.extend([deepcopy(properties) for properties in run.iterchildren(R_PR)])
        if isinstance(piece, Piece):
            _write(piece, made)
        else:
            made.append(piece)
        rest.addprevious(made)
    remove(node)
    drop_hollow(run, rest)


# Making a filled document valid again: no hollow tables or cells, no number or name used twice ------------

_BLOCKS = (P, TBL, w("sdt"), w("customXml"), w("altChunk"))
_CONTAINERS = tuple(w(name) for name in ("tc", "txbxContent", "hdr", "ftr", "footnote", "endnote"))
_START, _END, _ID, _NAME = w("bookmarkStart"), w("bookmarkEnd"), w("id"), w("name")


def tidy(roots: Sequence[Element]) -> None:
    """Repair what loops and conditions did to the parts of a document, given in their order."""
    for root in roots:
        for name, content in ((TR, TC), (TBL, TR)):
            hollow = [each for each in root.iter(name) if next(each.iter(content), None) is None]
            for item in reversed(hollow):
                remove(item)
        for table in root.iter(TBL):
            fit_columns(table)
            keep_closing_rows(table)
            describe(table)
        for container in root.iter(*_CONTAINERS):  # Word wants each to end with a paragraph
            last = next(container.iterchildren(*_BLOCKS, reversed=True), None)
            if last is None or last.tag == TBL:
                container.append(element("p"))
    _number_bookmarks(roots)
    for number, properties in enumerate((each for root in roots for each in root.iter(_DOC_PR)), 1):
        properties.set("id", str(number))
    _drop_repeated_controls(roots)


def _number_bookmarks(roots: Iterable[Element]) -> None:
    numbers, names = count(), set[str]()
    for root in roots:
        for start, end in _bookmarks(root):
            name = start.get(_NAME) or ""
            if name in names:
                remove(start)
                remove(end)
                continue
            names.add(name)
            number = str(next(numbers))
            start.set(_ID, number)
            end.set(_ID, number)


def _bookmarks(root: Element) -> list[tuple[Element, Element]]:
    """The bookmarks of a part in the order they end; those that lost one half with a tag are removed."""
    opened: dict[str | None, list[Element]] = {}
    pairs: list[tuple[Element, Element]] = []
    for node in list(root.iter(_START, _END)):
        starts = opened.setdefault(node.get(_ID), [])
        if node.tag == _START:
            starts.append(node)
        elif starts:
            pairs.append((starts.pop(), node))
        else:
            remove(node)
    for start in (start for starts in opened.values() for start in starts):
        remove(start)
    return pairs


def _drop_repeated_controls(roots: Iterable[Element]) -> None:
    """Of content controls repeated by a loop the first keeps its id; Word gives the others a new one."""
    seen: Counter[str | None] = Counter()
    controls = [control for root in roots for control in root.iter(w("sdtPr"))]
    for identifier in [each for control in controls for each in control.iterchildren(_ID)]:
        seen[identifier.get(VAL)] += 1
        if seen[identifier.get(VAL)] > 1:
            remove(identifier)
