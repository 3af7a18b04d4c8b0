"""Where a paragraph stands, in words a reader of the document can follow."""

from collections.abc import Iterator

from lkt.report.wordml import TBL, TC, TR, Element, P, T, ancestor, w

_EXCERPT = 40
_BREAK = w("br")
_STYLE = f"{w('pPr')}/{w('pStyle')}"
_LEVEL = f"{w('pPr')}/{w('outlineLvl')}"
_VAL = w("val")

Places = dict[Element, str]


def heading_styles(styles: Element | None) -> frozenset[str]:
    """The ids of the styles of chapter titles: Heading 1, and any other of outline level 1."""
    found = () if styles is None else styles.iter(w("style"))
    return frozenset(style.get(w("styleId")) or "" for style in found if _is_heading_style(style))


def _is_heading_style(style: Element) -> bool:
    name = style.find(w("name"))
    return _outline(style) or (name is not None and (name.get(_VAL) or "").lower() == "heading 1")


def _outline(holder: Element) -> bool:
    level = holder.find(_LEVEL)
    return level is not None and level.get(_VAL) == "0"


def find_places(root: Element, label: str, headings: frozenset[str]) -> Places:
    """The place of each paragraph of a part.

    Args:
        root: the part.
        label: what the part is called, e.g. "isi dokumen".
        headings: the ids of the styles of chapter titles.
    """
    places: Places = {}
    chapter, paragraphs, tables = label, 0, 0
    for block in _blocks(root):
        if block.tag == TBL:
            tables += 1
            places |= _in_table(block, f"{_below(chapter, label)}tabel {tables}")
            continue
        text = visible_text(block).strip()
        if text and _is_heading(block, headings):
            chapter, paragraphs, tables = f"{label}, {text}", 0, 0
        paragraphs += bool(text)
        places |= _in_paragraph(block, f"{_below(chapter, label)}paragraf {paragraphs}", text)
    return places


def _below(chapter: str, label: str) -> str:
    return f"{chapter}, " if chapter == label else f"{chapter} > "


def _blocks(parent: Element) -> Iterator[Element]:
    for child in parent:
        if child.tag in (P, TBL):
            yield child
        else:
            yield from _blocks(child)


def _is_heading(paragraph: Element, headings: frozenset[str]) -> bool:
    style = paragraph.find(_STYLE)
    return _outline(paragraph) or (style is not None and style.get(_VAL) in headings)


def _in_paragraph(paragraph: Element, place: str, text: str) -> Places:
    excerpt = text if len(text) <= _EXCERPT else text[:_EXCERPT].rsplit(" ", 1)[0] + " …"
    place = f"{place} («{excerpt}»)" if excerpt else place
    return {p: place if p is paragraph else f"{place}, kotak teks" for p in paragraph.iter(P)}


def _in_table(table: Element, place: str) -> Places:
    return {
        paragraph: f"{place}, baris {row_number}, kolom {column_number}"
        for row_number, row in enumerate(members(table, TR, TBL), 1)
        for column_number, cell in enumerate(members(row, TC, TR), 1)
        for paragraph in cell.iter(P)
    }


def members(whole: Element, name: str, kind: str) -> list[Element]:
    """The rows of a table, or cells of a row, leaving out those of tables nested in it."""
    items = list(whole.iter(name))
    if _has_none(whole, kind):
        return items
    return [item for item in items if ancestor(item, kind) is whole]


def _has_none(whole: Element, kind: str) -> bool:
    """Nothing of the kind is nested: nearly always so, and looking at the ancestors of each item is slow."""
    return next(whole.iterdescendants(kind), None) is None


def visible_text(paragraph: Element) -> str:
    """The text of a paragraph without that of the text boxes in it; a line break is a space."""
    return "".join(
        " " if piece.tag == _BREAK else piece.text or "" for piece in own_pieces(paragraph, T, _BREAK)
    )


def own_texts(paragraph: Element) -> list[Element]:
    """The ``w:t`` of a paragraph, leaving out those of paragraphs nested in it."""
    return own_pieces(paragraph, T)


def own_pieces(paragraph: Element, *names: str) -> list[Element]:
    """The elements of those names in a paragraph, leaving out those of paragraphs nested in it."""
    pieces = list(paragraph.iter(*names))
    if _has_none(paragraph, P):
        return pieces
    return [piece for piece in pieces if ancestor(piece, P) is paragraph]
