"""Making a filled document valid again: no hollow tables or cells, no number or name used twice."""

from collections.abc import Iterable, Sequence
from itertools import count

from lkt.report.drawing import DOC_PR
from lkt.report.wordml import TBL, TC, TR, Element, P, element, remove, w

_BLOCKS = (P, TBL, w("sdt"), w("customXml"), w("altChunk"))
_CONTAINERS = tuple(w(name) for name in ("tc", "txbxContent", "hdr", "ftr", "footnote", "endnote"))
_CONTROL = w("sdtPr")
_START, _END, _ID, _NAME = w("bookmarkStart"), w("bookmarkEnd"), w("id"), w("name")


def tidy(roots: Sequence[Element]) -> None:
    """Repair what loops and conditions did to the parts of a document, given in their order."""
    for root in roots:
        _drop_without(root, TR, TC)
        _drop_without(root, TBL, TR)
        _close_with_paragraph(root)
    _number_bookmarks(roots)
    _number_drawings(roots)
    _drop_repeated_controls(roots)


def _drop_without(root: Element, name: str, content: str) -> None:
    for item in reversed(list(root.iter(name))):
        if next(item.iter(content), None) is None:
            remove(item)


def _close_with_paragraph(root: Element) -> None:
    """Word wants a paragraph in each cell, header and text box, and behind a table that ends one."""
    for container in root.iter(*_CONTAINERS):
        if len(container) and container[-1].tag == P:  # as in nearly all of hundreds of cells
            continue
        last = next(container.iterchildren(*_BLOCKS, reversed=True), None)
        if last is None or last.tag == TBL:
            container.append(element("p"))


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


def _number_drawings(roots: Iterable[Element]) -> None:
    drawings = (properties for root in roots for properties in root.iter(DOC_PR))
    for number, properties in enumerate(drawings, 1):
        properties.set("id", str(number))


def _drop_repeated_controls(roots: Iterable[Element]) -> None:
    """Of content controls repeated by a loop the first keeps its id; Word gives the others a new one."""
    seen: set[str | None] = set()
    for root in roots:
        controls = root.iter(_CONTROL)
        for identifier in [each for control in controls for each in control.iterchildren(_ID)]:
            if identifier.get(w("val")) in seen:
                remove(identifier)
            seen.add(identifier.get(w("val")))
