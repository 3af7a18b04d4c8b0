"""What stands in a cell, and the formula that says so."""

import re

from lkt.workbook.patch.book import Book
from lkt.workbook.patch.markup import Element, children, m, unescape

MARK = 'N("lkt")=0'
"""Always true; it makes our conditions recognisable, whichever program saved them last."""

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([Ee][+-]?\d+)?")
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_UNSAYABLE = re.compile(r"[\x00\ud800-\udfff\ufffe\uffff]")  # neither XML nor CHAR() knows them
_LONGEST = 4000  # half of what a formula may have
_PIECE = 250  # of the 255 characters that a text in a formula may have; half where some count twice


class Strings:
    """The shared strings of a workbook, read when the first one is asked for."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._items: list[Element] | None = None

    def text(self, index: str) -> str | None:
        """The text of a shared string; None where there is none of that number."""
        if self._items is None:
            part = self._book.linked("sharedStrings")
            root = None if part is None else self._book.package.root(part)
            self._items = [item for item in children(root) if item.tag == m("si")]
        try:
            return plain_text(self._items[int(index)])
        except (ValueError, IndexError):
            return None


def plain_text(item: Element) -> str:
    """The text of a string element with or without runs; phonetic hints are no part of it."""
    texts = [text for text in item.iter(m("t")) if not _is_phonetic(text)]
    return unescape("".join(text.text or "" for text in texts))


def _is_phonetic(text: Element) -> bool:
    parent = text.getparent()
    return parent is not None and parent.tag == m("rPh")


def unchanged(address: str, cell: Element | None, strings: Strings, mark: str = MARK) -> str | None:
    """A formula that holds as long as a cell shows what it shows now; None where none can say that.

    None it is for a formula that was never calculated, a picture in the cell, a date in ISO notation and a
    text too long for a formula.
    """
    test = _test(address, cell, strings)
    formula = f"AND({mark},{test})"
    return formula if test and len(formula) <= _LONGEST else None


def _test(address: str, cell: Element | None, strings: Strings) -> str | None:
    if cell is None:
        return f"ISBLANK({address})"
    if cell.get("vm") is not None:
        return None
    kind, value = cell.get("t", "n"), cell.findtext(m("v")) or ""
    if kind in {"s", "str", "inlineStr"}:
        return _test_text(address, cell, strings)
    if not value:
        return None if cell.find(m("f")) is not None else f"ISBLANK({address})"
    return _test_value(address, kind, value.strip())


def _test_value(address: str, kind: str, value: str) -> str | None:
    if kind == "n" and _NUMBER.fullmatch(value):
        return f"ISNUMBER({address}),{address}={value}"
    if kind == "b":
        return f"ISLOGICAL({address}),{address}={'TRUE' if value in {'1', 'true'} else 'FALSE'}"
    return f"ISERROR({address})" if kind == "e" else None


def _test_text(address: str, cell: Element, strings: Strings) -> str | None:
    """Type and letters are compared: a number that was typed as text is corrected by typing it again."""
    if cell.find(m("v")) is None and cell.find(m("is")) is None and cell.find(m("f")) is None:
        return f"ISBLANK({address})"
    text = text_of(cell, strings)
    if text is None or _UNSAYABLE.search(text):
        return None
    return f"ISTEXT({address}),EXACT({address},{literal(text)})"


def text_of(cell: Element, strings: Strings) -> str | None:
    """The text of a text cell; None where a shared string is missing."""
    inline, value = cell.find(m("is")), cell.findtext(m("v")) or ""
    if inline is not None:
        return plain_text(inline)
    return strings.text(value) if cell.get("t") == "s" else unescape(value)


def literal(text: str) -> str:
    """A text as an expression of a formula, in pieces that it may hold; control characters by number."""
    size = _PIECE if text.isascii() and '"' not in text else _PIECE // 2
    pieces = re.findall(rf"[\x00-\x1f]|[^\x00-\x1f]{{1,{size}}}", text)
    return "&".join(f"CHAR({ord(piece)})" if piece < " " else _quoted(piece) for piece in pieces) or '""'


def _quoted(piece: str) -> str:
    doubled = piece.replace('"', '""')
    return '"' + _LOOKS_ESCAPED.sub('_"&"', doubled) + '"'
