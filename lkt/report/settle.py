"""Turning what a rendering left in the text into Word's elements: breaks, pictures, charts, numbers."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy

from lkt.report.charts import store_chart
from lkt.report.drawing import drawing, frame
from lkt.report.ledger import BREAK, TAB, Ledger
from lkt.report.opc import Package
from lkt.report.part import Part
from lkt.report.values import Caption, Chart, Picture, Reference
from lkt.report.wordml import FALLBACK, PI, Element, T, ancestor, element, parent_of, remove, w

_BETWEEN_RUNS = (w("bookmarkStart"), w("bookmarkEnd"))
_NOTES = (w("footnotes"), w("endnotes"))
_IMAGE = {"png": "image/png", "jpeg": "image/jpeg"}


def settle(parts: Iterable[Part], trees: Mapping[str, Element], ledger: Ledger, package: Package) -> None:
    """Finish the trees of the parts, adding the pictures and charts to the package.

    Raises:
        TemplateError: when a reference has no caption, or a chart stands in a note.
    """
    for part in parts:
        for text in [text for text in trees[part.name].iter(T) if len(text)]:
            _unfold(text)
        for node in list(trees[part.name].iter(PI)):
            _settle_value(node, part, ledger, package)


def _unfold(text: Element) -> None:
    """Lift breaks, tabs and values out of a ``w:t``; the text behind each gets a ``w:t`` of its own."""
    last = text
    for mark in list(text):
        pieces = [_lifted(mark), *([element("t", mark.tail)] if mark.tail else [])]
        mark.tail = None
        for piece in pieces:
            last.addnext(piece)
            last = piece
        if mark.getparent() is text:
            text.remove(mark)
    if not text.text:
        remove(text)


def _lifted(mark: Element) -> Element:
    target = getattr(mark, "target", "")
    return element("br") if target == BREAK else element("tab") if target == TAB else mark


def _settle_value(node: Element, part: Part, ledger: Ledger, package: Package) -> None:
    value = ledger.values[int(node.text or "")]
    if isinstance(value, Picture):
        parent_of(node).replace(node, drawing(value, _store(value, part.name, package)))
    elif isinstance(value, Chart):
        _settle_chart(node, value, part, package)
    elif isinstance(value, Caption):
        _break_run(node, _caption(value, ledger.numbers[value.key][1]))
    elif isinstance(value, Reference):
        _break_run(node, _reference(value, part, ledger))


def _store(picture: Picture, part: str, package: Package) -> str:
    name = f"word/media/{hashlib.sha256(picture.data).hexdigest()[:20]}.{picture.extension}"
    package.parts[name] = picture.data
    package.declare_extension(picture.extension, _IMAGE[picture.extension])
    return package.relate(part, "image", name)


def _settle_chart(node: Element, chart: Chart, part: Part, package: Package) -> None:
    """Put a chart in its place; the old copy of a text box goes without."""
    if node.getroottree().getroot().tag in _NOTES:
        raise part.failure(0, "grafik tidak dapat diletakkan di dalam catatan; pindahkan ke isi dokumen.")
    if ancestor(node, FALLBACK) is not None:
        remove(node)
    else:
        parent_of(node).replace(node, frame(chart, store_chart(chart, part.name, package)))


def bookmark_name(key: str) -> str:
    """The name of the bookmark of a caption: hidden, legal, and the same each time."""
    return f"_Ref{int(hashlib.sha256(key.encode()).hexdigest()[:12], 16)}"


def _caption(caption: Caption, number: int) -> Iterator[Element]:
    name = bookmark_name(caption.key)
    yield element("bookmarkStart", id=name, name=name)
    yield element("t", caption.prefix)
    yield from _field(f" SEQ {caption.sequence} \\* ARABIC ", str(number))
    yield element("bookmarkEnd", id=name)


def _reference(reference: Reference, part: Part, ledger: Ledger) -> Iterator[Element]:
    text = ledger.text_of(reference)
    if text is None:
        raise part.failure(reference.line, f"tidak ada tabel atau gambar dengan kunci «{reference.key}».")
    yield from _field(f" REF {bookmark_name(reference.key)} \\h ", text)


def _field(instruction: str, result: str) -> Iterator[Element]:
    yield element("fldChar", fldCharType="begin")
    yield element("instrText", instruction)
    yield element("fldChar", fldCharType="separate")
    yield element("t", result)
    yield element("fldChar", fldCharType="end")


def _break_run(node: Element, content: Iterable[Element]) -> None:
    """Put content in the place of a node of a run, each piece in a run alike; bookmarks go between runs."""
    run = parent_of(node)
    alike = element("r")
    alike.extend([deepcopy(properties) for properties in run.iterchildren(w("rPr"))])
    rest = deepcopy(alike)
    rest.extend(list(node.itersiblings()))
    run.addnext(rest)
    for piece in content:
        rest.addprevious(piece if piece.tag in _BETWEEN_RUNS else _in_run(alike, piece))
    remove(node)
    for half in (run, rest):
        if all(child.tag == w("rPr") for child in half):
            remove(half)


def _in_run(alike: Element, piece: Element) -> Element:
    """A piece in a run of its own; to copy a run that is ready is cheaper than to make one."""
    made = deepcopy(alike)
    made.append(piece)
    return made
