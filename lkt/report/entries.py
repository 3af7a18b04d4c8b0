"""The XML of one entry of a list: text, link, and the page as a field of Word."""

from collections.abc import Iterable
from xml.sax.saxutils import escape

from lkt.report.wordml import W_NS, Element, add, child_of, element, parse, w

_KEPT = {'"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}  # by the parser, in an attribute too


def entries(made: Iterable[str]) -> list[Element]:
    """The paragraphs of entries, parsed all at once: far quicker than making each of their elements."""
    return list(parse(f'<w:body xmlns:w="{W_NS}">{"".join(made)}</w:body>'.encode()))


def entry(text: str, style: str, anchor: str, width: int | None) -> str:
    """The XML of a paragraph linked to a bookmark.

    Args:
        text: with tabs as they are.
        style: the id of its style.
        anchor: the name of the bookmark.
        width: where the page numbers end, in twips; None where the style says so itself.
    """
    tab = "" if width is None else f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{width}"/></w:tabs>'
    runs = "<w:r><w:tab/></w:r>".join(map(_text_run, text.split("\t")))
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{escape(style, _KEPT)}"/>{tab}</w:pPr>'
        f'<w:hyperlink w:anchor="{escape(anchor, _KEPT)}" w:history="1">{runs}</w:hyperlink></w:p>'
    )


def _text_run(text: str) -> str:
    inside = f'<w:t xml:space="preserve">{escape(text, _KEPT)}</w:t>' if text else "<w:t/>"
    return f"<w:r>{inside}</w:r>"


def page_field(anchor: str, number: str) -> list[Element]:
    """What ends the link of an entry: a tab, and the page of its bookmark."""
    return [
        _run(element("tab")),
        *_field_start(f" PAGEREF {anchor} \\h "),
        _run(element("t", number)),
        _field_end(),
    ]


def enclose_in_field(paragraphs: list[Element], instruction: str) -> None:
    """Make paragraphs the result of one field of Word, which begins in the first and ends in the last."""
    for position, run in enumerate(_field_start(instruction), 1):
        paragraphs[0].insert(position, run)
    paragraphs[-1].append(_field_end())


def enclose_in_bookmark(paragraph: Element, name: str) -> None:
    """Put a bookmark around all of a paragraph; it gets its number when the document is whole."""
    begins = int(child_of(paragraph, w("pPr")) is not None)
    paragraph.insert(begins, element("bookmarkStart", id=name, name=name))
    add(paragraph, "bookmarkEnd", id=name)


def _field_start(instruction: str) -> list[Element]:
    pieces = (
        element("fldChar", fldCharType="begin"),
        element("instrText", instruction),
        element("fldChar", fldCharType="separate"),
    )
    return [_run(piece) for piece in pieces]


def _field_end() -> Element:
    return _run(element("fldChar", fldCharType="end"))


def _run(content: Element) -> Element:
    made = element("r")
    made.append(content)
    return made
