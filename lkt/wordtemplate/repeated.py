"""What a loop repeats stays valid: notes and comments are copied, shapes and changes are numbered anew."""

from collections.abc import Iterable, Sequence
from copy import deepcopy
from itertools import count

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT

from lkt.wordtemplate.document import R_PR, Element, R, parent_of, related_xml, remove, w

AUTHOR = "lkt"
"""Whose comments are the program's own."""
COMMENTS = w("comments")
"""The root of the part of comments."""
_ID, _NAME = w("id"), w("author")
_COMMENT, _STARTS, _ENDS = w("comment"), w("commentRangeStart"), w("commentRangeEnd")
_REFERENCES = {
    RT.COMMENTS: (w("commentReference"), _COMMENT),
    RT.FOOTNOTES: (w("footnoteReference"), w("footnote")),
    RT.ENDNOTES: (w("endnoteReference"), w("endnote")),
}
_CHANGES = tuple(
    w(name)
    for name in (
        "ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "sectPrChange", "tblPrChange",
        "trPrChange", "tcPrChange", "tblPrExChange", "tblGridChange", "numberingChange", "cellIns", "cellDel",
        "cellMerge",
    )
)  # fmt: skip
_PAIRS = tuple(
    (w(f"{name}Start"), w(f"{name}End"))
    for name in ("perm", "moveFromRange", "moveToRange", "customXmlInsRange", "customXmlDelRange")
)
_VML, _OFFICE = "{urn:schemas-microsoft-com:vml}", "{urn:schemas-microsoft-com:office:office}"


def drop_own_comments(document: Document) -> None:
    """Take out the comments that ``annotated`` put into a template."""
    ids = set[str | None]()
    for part in related_xml(document.part, RT.COMMENTS):
        for comment in [each for each in part.element.iter(_COMMENT) if each.get(_NAME) == AUTHOR]:
            ids.add(comment.get(_ID))
            remove(comment)
    if ids:
        _unmark([node for node in document.element.iter(*_MARKS) if node.get(_ID) in ids])


_MARKS = (_STARTS, _ENDS, w("commentReference"))


def _unmark(nodes: Iterable[Element]) -> None:
    """Remove the marks of comments, and the runs that hold nothing else."""
    for node in nodes:
        run = parent_of(node)
        remove(node)
        if run.tag == R and all(child.tag == R_PR for child in run):
            remove(run)


def renumber(document: Document, roots: Sequence[Element]) -> None:
    """Give everything that must be unique in a filled document a number of its own.

    Args:
        document: it; comments and notes are copied for each further place that refers to them.
        roots: its parts in their order.
    """
    for kind, (reference, note) in _REFERENCES.items():
        for part in related_xml(document.part, kind):
            _copy_notes(part.element, note, reference, roots)
    _number_shapes(roots)
    numbers = count(1)
    changes = [node for root in roots for node in root.iter(*_CHANGES) if node.get(_ID) is not None]
    if len({node.get(_ID) for node in changes}) < len(changes):
        for node in changes:
            node.set(_ID, str(next(numbers)))
    for start, end in _PAIRS:
        for name in (start, end):
            seen = set[str | None]()
            for node in [node for root in roots for node in root.iter(name)]:
                if node.get(_ID) in seen:
                    remove(node)
                seen.add(node.get(_ID))


def _copy_notes(notes: Element, note: str, reference: str, roots: Sequence[Element]) -> None:
    """Let each reference have a note of its own, with the range of a comment where a loop did not cut it."""
    known = {each.get(_ID): each for each in notes.iter(note)}
    numbers = count(1 + max((int(number) for number in known if number and number.isdecimal()), default=0))
    marks: dict[str | None, dict[str, list[Element]]] = {}
    for node in (node for root in roots for node in root.iter(_STARTS, _ENDS, reference)):
        if node.tag == reference or note == _COMMENT:
            marks.setdefault(node.get(_ID), {}).setdefault(str(node.tag), []).append(node)
    for identifier, nodes in marks.items():
        places, ranges = nodes.get(reference, []), [nodes.get(name, []) for name in (_STARTS, _ENDS)]
        if any(len(halves) != len(places) for halves in ranges):
            _unmark(node for halves in ranges for node in halves)
            ranges = []
        for again, together in enumerate(zip(places, *ranges, strict=True)):
            if again and identifier in known:
                copy = deepcopy(known[identifier])
                copy.set(_ID, str(next(numbers)))
                notes.append(copy)
                for node in together:
                    node.set(_ID, copy.get(_ID) or "")
    for comment in [each for key, each in known.items() if note == _COMMENT and key not in marks]:
        remove(comment)


def _number_shapes(roots: Sequence[Element]) -> None:
    """Give shapes of older drawings that have one name names of their own; a kind of shape is told once."""
    seen = set[str]()
    numbers = count(10_000)
    for node in [node for root in roots for node in root.iter(f"{_VML}*")]:
        name = node.get("id")
        if name in seen and node.tag == f"{_VML}shapetype":
            remove(node)
        elif name in seen:
            node.set("id", f"_x0000_s{next(numbers)}")
            if node.get(f"{_OFFICE}spid"):
                node.set(f"{_OFFICE}spid", node.get("id") or "")
        elif name:
            seen.add(name)
