"""A filled document: rich values become elements of Word, and what loops did to it is made valid again.

A picture enters the package in ``_drawing``, a chart in ``_chart_drawing``.
"""

import io
from collections import Counter
from collections.abc import Iterable, Sequence
from copy import deepcopy
from itertools import count
from typing import Any

from docx.document import Document
from docx.oxml.parser import parse_xml
from docx.oxml.shape import CT_Inline
from docx.parts.story import StoryPart
from docx.shared import Emu

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
    element,
    field_pieces,
    parent_of,
    remove,
    w,
)
from lkt.wordtemplate.sandbox import BREAK, TAB, MisplacedError, Rendering
from lkt.wordtemplate.tags import Tag
from lkt.wordtemplate.values import Caption, Chart, Picture, Reference, bookmark_name, clean

# Breaks, pictures, charts, numbers ------------------------------------------------------------------------

_BETWEEN_RUNS = (w("bookmarkStart"), w("bookmarkEnd"))
_NOTES = (w("footnotes"), w("endnotes"))
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


def settle(story: StoryPart, rendering: Rendering, document: Document) -> None:
    """Turn what a rendering left in the text of a part into elements.

    Raises:
        MisplacedError: a reference has no caption, or a chart stands in a note.
    """
    for text in [text for text in story.element.iter(T) if len(text)]:
        _unfold(text)
    for node in list(story.element.iter(PI)):
        met = rendering.met[int(node.text or "")]
        match met.value:
            case Picture():
                parent_of(node).replace(node, _drawing(met.value, story))
            case Chart() if story.element.tag in _NOTES:
                reason = "grafik tidak dapat diletakkan di dalam catatan; pindahkan ke isi dokumen."
                raise MisplacedError(met.line, reason)
            case Chart() if ancestor(node, FALLBACK) is not None:
                remove(node)  # the copy of a text box for old programs goes without
            case Chart():
                parent_of(node).replace(node, _chart_drawing(met.value, story, document))
            case Caption(key=key, prefix=prefix, sequence=sequence):
                name, number = bookmark_name(key), str(rendering.numbers[key][1])
                label = [element("bookmarkStart", id=name, name=name), element("t", prefix)]
                counted = field_pieces(f" SEQ {sequence} \\* ARABIC ", element("t", number))
                _break_run(node, [*label, *counted, element("bookmarkEnd", id=name)])
            case Reference(key=key):
                if key not in rendering.numbers:
                    raise MisplacedError(met.line, f"tidak ada tabel atau gambar dengan kunci «{key}».")
                caption, place = rendering.numbers[key]
                text = element("t", f"{caption.prefix}{place}")
                _break_run(node, field_pieces(f" REF {bookmark_name(key)} \\h ", text))


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


def _chart_drawing(chart: Chart, story: StoryPart, document: Document) -> Element:
    frame = _CHART_FRAME.format(
        width=chart.width_emu, height=chart.height_emu, id=store_chart(chart, story, document)
    )
    drawing = element("drawing")
    drawing.append(parse_xml(frame))
    for properties in drawing.iter(_DOC_PR):
        properties.set("descr", clean(chart.alt))
        properties.set("title", clean(chart.title))
    return drawing


def _break_run(node: Element, content: Iterable[Element]) -> None:
    """Put content in the place of a node of a run, each piece in a run alike; bookmarks go between runs."""
    run = parent_of(node)
    alike = element("r")
    alike.extend([deepcopy(properties) for properties in run.iterchildren(R_PR)])
    rest = deepcopy(alike)
    rest.extend(list(node.itersiblings()))
    run.addnext(rest)
    for piece in content:
        if piece.tag in _BETWEEN_RUNS:
            rest.addprevious(piece)
        else:
            made = deepcopy(alike)
            made.append(piece)
            rest.addprevious(made)
    remove(node)
    for half in (run, rest):
        if all(child.tag == R_PR for child in half):
            remove(half)


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
        for container in root.iter(*_CONTAINERS):  # Word wants each to end with a paragraph
            last = next(container.iterchildren(*_BLOCKS, reversed=True), None)
            if last is None or last.tag == TBL:
                container.append(element("p"))
        _keep_closing_rows(root)
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


# Rows that close a table, such as its total, stay on the page of the row before them. Which rows do, those
# behind the loop of the table's rows, is plain only in the template; which row comes before them only in the
# filled document. So a mark goes from the one to the other.

_CLOSING = "lkt-closing"


def mark_closing_rows(roots: Iterable[Element], tags: Sequence[Tag]) -> None:
    """Mark the rows of a template that stand behind the last loop of their table."""
    for table in (table for root in roots for table in root.iter(TBL)):
        ends = [node for node in table.iterchildren(PI) if tags[int(node.text or "")].keyword == "endfor"]
        for row in ends[-1].itersiblings(TR) if ends else ():
            row.set(_CLOSING, "")


def _keep_closing_rows(root: Element) -> None:
    """Bind the row before each marked one to it, and take the marks away."""
    for table in root.iter(TBL):
        before: Element | None = None
        for row in table.iterchildren(TR):
            if row.get(_CLOSING) is not None:
                del row.attrib[_CLOSING]
                paragraphs: Iterable[Any] = () if before is None else before.iter(P)
                for properties in (paragraph.get_or_add_pPr() for paragraph in paragraphs):
                    if properties.keepNext is None:
                        properties.keepNext_val = True  # Word and LibreOffice keep a row by its paragraphs
            before = row
