"""The XML of one entry of a list: text, link, and the page as a field of Word."""

from lkt.report.wordml import Element, add, child_of, element, w


def entry(text: str, style: str, anchor: str, width: int | None) -> Element:
    """A paragraph linked to a bookmark.

    Args:
        text: with tabs as they are.
        style: the id of its style.
        anchor: the name of the bookmark.
        width: where the page numbers end, in twips; None where the style says so itself.
    """
    made = element("p")
    properties = add(made, "pPr")
    add(properties, "pStyle", val=style)
    if width is not None:
        add(add(properties, "tabs"), "tab", val="right", leader="dot", pos=str(width))
    link = add(made, "hyperlink", anchor=anchor, history="1")
    first, *others = text.split("\t")
    add(add(link, "r"), "t", first)
    for other in others:
        add(add(link, "r"), "tab")
        add(add(link, "r"), "t", other)
    return made


def page_field(anchor: str, number: str) -> list[Element]:
    """What ends the link of an entry: a tab, and the page of its bookmark."""
    return [
        _run(element("tab")),
        *_field_start(f" PAGEREF {anchor} \\h "),
        _run(element("t", number)),
        _field_end(),
    ]


def enclose_in_field(entries: list[Element], instruction: str) -> None:
    """Make paragraphs the result of one field of Word, which begins in the first and ends in the last."""
    for position, run in enumerate(_field_start(instruction), 1):
        entries[0].insert(position, run)
    entries[-1].append(_field_end())


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
