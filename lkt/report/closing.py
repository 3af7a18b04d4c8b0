"""Rows that close a table, such as its total: they stay on the page of the row before them.

A row closes a table when it stands behind the loop of the table's rows. Which rows do is plain only in the
template, which row comes before them only in the filled document; so a mark goes from the one to the other.
"""

from collections.abc import Iterable, Sequence

from lkt.report.tags import Tag
from lkt.report.wordml import PI, TBL, TR, Element, P, child_of, element, w

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
