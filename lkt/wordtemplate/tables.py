"""Tables of a filled document: cells that tags merge or colour, columns of loops, rows kept together.

What matters is seen in the template (which rows stand behind the loop, which have cells that come and go) and
done in the filled document. So a mark goes from the one to the other: an attribute of a row.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, cast

from lkt.bounded import whole
from lkt.wordtemplate.document import P_PR, PI, TBL, TC, TR, Element, P, T, ancestor, element, parent_of, w
from lkt.wordtemplate.tags import Mistake, Tag
from lkt.wordtemplate.values import CellMark

_CLOSING, _REPEATS, VARYING = "lkt-closing", "lkt-repeats", "lkt-varying"
_DOWN_TO_SHADE = ("w:noWrap", "w:tcMar", "w:textDirection", "w:tcFitText", "w:vAlign", "w:hideMark")


def mark_rows(roots: Iterable[Element], tags: Sequence[Tag]) -> Iterator[Mistake]:
    """Mark the rows of a template that stand behind a loop of their table, or whose cells vary.

    Yields remarks on loops that add cells where rows may be meant.
    """
    trees = list(roots)
    for table in (table for root in trees for table in root.iter(TBL)):
        closes, nodes = False, cast("Iterable[Any]", table)
        for node in nodes:
            if node.tag == TR and closes:
                node.set(_CLOSING, "")
            elif node.tag == PI and (word := tags[int(node.text or "")].keyword) in ("for", "endfor"):
                closes = word == "endfor"
                table.set(_REPEATS, "")
    for row in (row for root in trees for row in root.iter(TR)):
        own = [tags[int(node.text or "")] for node in row.iter(PI) if ancestor(node, TR) is row]
        uneven = list(_uneven(own))
        if uneven or any(tag.scope == "tc" or tag.keyword in ("hm", "colspan") for tag in own):
            row.set(VARYING, "")
        for tag in uneven:
            if tag.keyword == "for":
                yield tag.problem(
                    "perulangan ini menambah sel ke samping dalam barisnya; untuk menambah baris, tulis "
                    "{%tr for … %} dan {%tr endfor %} dalam baris tersendiri di atas dan di bawahnya."
                )


def _uneven(tags: Sequence[Tag]) -> Iterator[Tag]:
    """The tags of a row that open or close a block over several of its cells."""
    plain = [(ancestor(tag.node, TC), tag) for tag in tags if not tag.scope]
    words = Counter((cell, tag.keyword) for cell, tag in plain)
    for cell, tag in plain:
        word = tag.keyword.removeprefix("end")
        if word in ("for", "if") and words[cell, word] != words[cell, f"end{word}"]:
            yield tag


# Cells that tags change -----------------------------------------------------------------------------------


def change_cells(marked: Iterable[tuple[Element, int, CellMark]]) -> None:
    """Merge, widen and colour cells.

    Args:
        marked: the place of each mark, the line of its tag, and the mark; in the order of the text.
    """
    last: dict[tuple[int, object], Any] = {}  # the last cell of the merges of a tag in a loop
    for place, line, mark in marked:
        cell: Any = place
        before: Any = last.get((line, mark.value)) if mark.kind in ("vm", "hm") else None
        if mark.kind == "vm":
            above = next(parent_of(cell).itersiblings(TR, preceding=True), None)
            goes_on = before is not None and parent_of(before) is above
            cell.vMerge = "continue" if goes_on else "restart"
            if goes_on:
                _empty(cell)
            last[line, mark.value] = cell
        elif mark.kind == "hm":
            beside = next(cell.itersiblings(TC, preceding=True), None)
            joined = before is not None and beside is before
            if joined:
                before.grid_span += cell.grid_span
                parent_of(cell).remove(cell)
            else:
                last[line, mark.value] = cell
        elif mark.kind == "colspan":
            cell.grid_span = max(1, whole(str(mark.value)))
        else:
            _colour(cell, str(mark.value))


def _empty(cell: Element) -> None:
    """Leave one paragraph without text in a cell."""
    kept = element("p")
    for paragraph in cell.iterchildren(P):
        kept.extend(list(paragraph.iterchildren(P_PR)))
        break
    for child in list(cell):
        if child.tag != w("tcPr"):
            cell.remove(child)
    cell.append(kept)


def _colour(cell: Any, colour: str) -> None:
    properties = cell.get_or_add_tcPr()
    for old in list(properties.iterchildren(w("shd"))):
        properties.remove(old)
    if colour:
        shade = element("shd", val="clear", color="auto", fill=colour)
        properties.insert_element_before(shade, *_DOWN_TO_SHADE)


# Columns --------------------------------------------------------------------------------------------------


def fit_columns(table: Element) -> None:
    """Give a table whose rows vary a grid and widths that fit its cells, as wide as it was altogether."""
    rows = [row for row in table.iter(TR) if ancestor(row, TBL) is table]
    varying = [row for row in rows if row.attrib.pop(VARYING, "no") != "no"]
    grid = table.find(w("tblGrid"))
    if not varying or grid is None:
        return
    old = [whole(column.get(w("w"))) for column in grid]
    fixed = [row for row in rows if row not in varying and _span(row) == len(old)]
    columns = max(*map(_span, varying), *(len(_cells(row)) for row in fixed), 1)
    for row in fixed:
        _stretch(row, columns)
    widest = max((row for row in rows if _span(row) == columns), key=lambda row: len(_cells(row)))
    shares = [share for cell in _cells(widest) for share in [_width(cell) / cell.grid_span] * cell.grid_span]
    if columns == len(old) or not all(shares) or len(shares) != columns:
        shares = old if columns == len(old) else [1.0] * columns
    total = sum(old)
    widths = [round(total * share / (sum(shares) or 1)) for share in shares]
    for column in list(grid.iterchildren(w("gridCol"))):
        grid.remove(column)
    for number, width in enumerate(widths):
        grid.insert(number, element("gridCol", w=str(width)))
    for row in rows:
        missing = columns - _span(row)
        if missing > 0:
            properties: Any = row
            properties.get_or_add_trPr().insert(0, element("gridAfter", val=str(missing)))
        start = _skipped(row, "gridBefore")
        for cell in _cells(row):
            width = cell.get_or_add_tcPr().get_or_add_tcW()
            width.type, width.w = "dxa", sum(widths[start : start + cell.grid_span])
            start += cell.grid_span


def _cells(row: Element) -> list[Any]:
    return [cell for cell in row.iter(TC) if ancestor(cell, TR) is row]


def _span(row: Element) -> int:
    spans: list[int] = [cell.grid_span for cell in _cells(row)]
    return _skipped(row, "gridBefore") + sum(spans) + _skipped(row, "gridAfter")


def _skipped(row: Element, side: str) -> int:
    found = row.find(f"{w('trPr')}/{w(side)}")
    return 0 if found is None else whole(found.get(w("val")))


def _width(cell: Any) -> int:
    """The width of a cell in twips; 0 where it is told in another way."""
    found = cell.find(f"{w('tcPr')}/{w('tcW')}")
    return whole(found.get(w("w"))) if found is not None and found.get(w("type"), "dxa") == "dxa" else 0


def _stretch(row: Element, columns: int) -> None:
    """Make the last cells of a row take more columns, or fewer."""
    for cell in reversed(_cells(row)):
        cell.grid_span = max(1, cell.grid_span + columns - _span(row))


# Rows that close a table, such as its total, stay on the page of the row before them; none ends it alone ---


def keep_closing_rows(table: Element) -> None:
    """Bind the row before each marked one to it, and the last two of a loop, and take the marks away."""
    rows = list(table.iterchildren(TR))
    closing = [row.attrib.pop(_CLOSING, "no") != "no" for row in rows]
    if table.attrib.pop(_REPEATS, "no") != "no" and rows:
        closing[-1] = True
    for before, closes in zip(rows, closing[1:], strict=False):
        paragraphs: Iterable[Any] = before.iter(P) if closes else ()
        for properties in (paragraph.get_or_add_pPr() for paragraph in paragraphs):
            if properties.keepNext is None:
                properties.keepNext_val = True  # Word and LibreOffice keep a row by its paragraphs


# What readers who listen are told of a table --------------------------------------------------------------


def describe(table: Element) -> None:
    """Tell a table's caption and columns as its alternative text, where it has none of its own."""
    properties = table.find(w("tblPr"))
    head = table.find(TR)
    if properties is None or head is None or head.find(f"{w('trPr')}/{w('tblHeader')}") is None:
        return
    above = table.getprevious()
    captioned = above is not None and any(" SEQ " in (code.text or "") for code in above.iter(w("instrText")))
    columns = ", ".join(map(_words, _cells(head)))
    told = {"tblCaption": _words(above) if captioned else "", "tblDescription": f"Kolom: {columns}"}
    for name, text in told.items():
        if text and properties.find(w(name)) is None:
            properties.append(element(name, val=text))


def _words(node: Element | None) -> str:
    pieces = () if node is None else node.iter(T, w("br"), w("tab"), P)
    return " ".join("".join((piece.text or "") if piece.tag == T else " " for piece in pieces).split())
