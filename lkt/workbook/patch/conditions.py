"""Conditional formats of a worksheet: ours go first, and leave without a trace."""

from collections.abc import Sequence
from dataclasses import dataclass

from lkt.attributes import whole
from lkt.workbook.patch.contents import MARK
from lkt.workbook.patch.grid import Grid
from lkt.workbook.patch.markup import X14_RULE, Element, add, detach, m, new


@dataclass(frozen=True, slots=True)
class Condition:
    """A cell, the formula for as long as which it is highlighted, and the number of the format."""

    address: str
    formula: str
    format: int


def add_conditions(grid: Grid, conditions: Sequence[Condition]) -> None:
    """Put conditions before all others, whose numbers move up.

    Formats of a pivot table are tied to it by their number: where there are any, ours come last.
    """
    rules = _rules(grid.root)
    pivot = any(_parent(rule).get("pivot") in {"1", "true"} for rule in rules)
    first = max(map(_priority, rules), default=0) + 1 if pivot else 1
    for rule in [] if pivot else rules:
        rule.set("priority", str(_priority(rule) + len(conditions)))
    for number, condition in enumerate(conditions, first):
        grid.insert(_element(condition, number))


def _element(condition: Condition, priority: int) -> Element:
    made = new("conditionalFormatting", sqref=condition.address)
    rule = add(made, "cfRule", type="expression", dxfId=str(condition.format), priority=str(priority))
    add(rule, "formula", condition.formula)
    return made


def has_conditions(root: Element, mark: str = MARK) -> bool:
    """Whether a worksheet has conditions of ours."""
    return any(_is_ours(rule, mark) for rule in _rules(root))


def remove_conditions(root: Element, mark: str = MARK) -> None:
    """Take our conditions out; the numbers of the others move back."""
    rules = _rules(root)
    ours = [rule for rule in rules if _is_ours(rule, mark)]
    numbers = sorted(map(_priority, ours))
    for rule in rules:
        if rule not in ours:
            lower = sum(number < _priority(rule) for number in numbers)
            rule.set("priority", str(_priority(rule) - lower))
    for rule in ours:
        holder = _parent(rule)
        detach(rule)
        if holder.find(m("cfRule")) is None:
            detach(holder)


def _rules(root: Element) -> list[Element]:
    """All rules that have a number, those that only newer programs know included."""
    return [rule for rule in root.iter(m("cfRule"), X14_RULE) if _priority(rule) > 0]


def _priority(rule: Element) -> int:
    text = rule.get("priority", "")
    return whole(text)


def _is_ours(rule: Element, mark: str) -> bool:
    return mark in (rule.findtext(m("formula")) or "")


def _parent(rule: Element) -> Element:
    parent = rule.getparent()
    assert parent is not None
    return parent
