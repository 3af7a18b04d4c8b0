"""Highlighted cells: conditional formats that end when a cell is changed, or when it is filled in.

Each carries a mark in its formula, by which it is found again whichever program saved the workbook since.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence

from lkt.addresses import address
from lkt.bounded import whole
from lkt.xlsx.package import TRUE, Element, add, children, detach, insert_in_order, m, new, unescape
from lkt.xlsx.reading import Place, text_of

_X14_RULE = "{http://schemas.microsoft.com/office/spreadsheetml/2009/9/main}cfRule"
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([Ee][+-]?\d+)?", re.ASCII)
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_UNSAYABLE = re.compile(r"[\x00\ud800-\udfff\ufffe\uffff]")  # neither XML nor CHAR() knows them
_LONGEST = 4000  # half of what a formula may have
_PIECE = 250  # of the 255 characters that a text in a formula may have; half where some count twice


def while_blank(place: Place, mark: str) -> str:
    """A condition that holds as long as a cell is blank."""
    return f"AND({_tag(mark)},ISBLANK({address(*place)}))"


def while_unchanged(place: Place, cell: Element | None, texts: Sequence[str], mark: str) -> str:
    """A condition that holds as long as a cell holds what it holds now.

    It always holds where no formula can tell: for a formula that was never calculated, a picture in the cell,
    a date in ISO notation and a text too long for a formula.
    """
    test = f"ISBLANK({address(*place)})" if cell is None else _test(address(*place), cell, texts)
    formula = f"AND({_tag(mark)},{test})"
    return formula if test and len(formula) <= _LONGEST else _tag(mark)


def _tag(mark: str) -> str:
    """The part of a condition by which it is found again; it is always true."""
    return f'N("{mark}")=0'


def _test(at: str, cell: Element, texts: Sequence[str]) -> str:
    """What is true of a cell as long as it holds what it holds now; empty where that cannot be said."""
    written, inline = cell.findtext(m("v")) or "", cell.find(m("is"))
    value = written.strip()
    if cell.get("vm"):
        return ""
    if not value and inline is None and cell.find(m("f")) is None:
        return f"ISBLANK({at})"
    test, text = "", None
    match cell.get("t", "n"):
        case "n" if _NUMBER.fullmatch(value):
            test = f"ISNUMBER({at}),{at}={value}"
        case "b" if value:
            test = f"ISLOGICAL({at}),{at}={'TRUE' if value in TRUE else 'FALSE'}"
        case "e":
            test = f"ISERROR({at})"
        case "s" if 0 <= whole(value, -1) < len(texts):
            text = texts[whole(value)]
        case "str" | "inlineStr":
            text = unescape(written) if inline is None else text_of(inline)
    if text is not None and not _UNSAYABLE.search(text):
        # Type and letters are compared: a number that was typed as text is corrected by typing it again.
        test = f"ISTEXT({at}),EXACT({at},{_literal(text)})"
    return test


def _literal(text: str) -> str:
    """A text as an expression of a formula, in pieces that it may hold; control characters by number."""
    size = _PIECE if text.isascii() and '"' not in text else _PIECE // 2
    pieces = []
    for piece in re.findall(rf"[\x00-\x1f]|[^\x00-\x1f]{{1,{size}}}", text[:_LONGEST]):
        quoted = '"' + _LOOKS_ESCAPED.sub('_"&"', piece.replace('"', '""')) + '"'
        pieces.append(f"CHAR({ord(piece)})" if piece < " " else quoted)
    return "&".join(pieces) or '""'


# Conditional formats of a worksheet ------------------------------------------------------------------------


def add_conditions(root: Element, conditions: Sequence[tuple[Place, str, int]]) -> None:
    """Put conditions, each a cell, a formula and a format, before all others, whose numbers move up.

    Formats of a pivot table are tied to it by their number: where there are any, ours come last.
    """
    others, first = _rules(root), 1
    if any(_holder(rule).get("pivot") in TRUE for rule in others):
        first = max(map(_priority, others)) + 1
    else:
        for rule in others:
            rule.set("priority", str(_priority(rule) + len(conditions)))
    made = []
    for number, (place, formula, look) in enumerate(conditions, first):
        holder = new("conditionalFormatting", sqref=address(*place))
        rule = add(holder, "cfRule", type="expression", dxfId=str(look), priority=str(number))
        add(rule, "formula", formula)
        made.append(holder)
    insert_in_order(root, made)


def remove_conditions(root: Element, mark: str) -> None:
    """Take the conditions with a mark out; the numbers of the others move back."""
    rules = _rules(root)
    marked = [rule for rule in rules if _tag(mark) in (rule.findtext(m("formula")) or "")]
    gone = sorted(map(_priority, marked))
    for rule in rules if gone else ():
        rule.set("priority", str(_priority(rule) - bisect_left(gone, _priority(rule))))
    for rule in marked:
        holder = _holder(rule)
        detach(rule)
        if next(children(holder), None) is None:
            detach(holder)


def _rules(root: Element) -> list[Element]:
    """All rules that have a number, those that only newer programs know included."""
    return [rule for rule in root.iter(m("cfRule"), _X14_RULE) if _priority(rule) > 0]


def _priority(rule: Element) -> int:
    return whole(rule.get("priority"))


def _holder(rule: Element) -> Element:
    parent = rule.getparent()
    assert parent is not None
    return parent
