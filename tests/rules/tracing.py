"""What a rule depends on, by experiment: its cells keep a record, and one column after another is broken."""

from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from typing import Any

from lkt.figures import Case
from lkt.findings import Finding
from lkt.indicators import compute
from lkt.model import Cell, Dataset, Identitas, Ref, Row
from lkt.pipeline import listed_as
from lkt.rules.base import Rule, cells_of

Change = Callable[[str, Cell[Any]], Cell[Any]]
"""(column, cell) -> the cell to put in its place."""

_COMPUTED, _LISTED = "computed", "listed"
_READ = frozenset({"value", "broken"})


@dataclass(frozen=True, slots=True)
class Recording(Cell[Any]):
    """A cell that records when what it holds is looked at; how it is written may be quoted by anyone."""

    column: str = ""
    record: set[str] = field(default_factory=set)

    def __getattribute__(self, name: str) -> Any:
        if name in _READ:
            object.__getattribute__(self, "record").add(object.__getattribute__(self, "column"))
        return object.__getattribute__(self, name)


@dataclass(frozen=True, slots=True)
class Watched(Case):
    """A case that records when the figures are looked at."""

    record: set[str] = field(default_factory=set)

    def __getattribute__(self, name: str) -> Any:
        if name in {_COMPUTED, _LISTED}:
            object.__getattribute__(self, "record").add(name)
        return object.__getattribute__(self, name)


def changed(dataset: Dataset, change: Change, *sheets: str) -> Dataset:
    """The workbook with other cells, on these sheets."""
    parts = {}
    for name in sheets:
        value = getattr(dataset, name)
        if isinstance(value, tuple):
            value = tuple(_row(name, row, change) for row in value)
        parts[name] = _row(name, value, change)
    return replace(dataset, **parts)


def _row(sheet: str, row: Any, change: Change) -> Any:
    if not isinstance(row, Row | Identitas):
        return row
    cells: dict[str, Any] = {}
    for column in fields(row):
        value = getattr(row, column.name)
        name = f"{sheet}.{column.name}"
        if isinstance(value, Cell):
            cells[column.name] = change(name, value)
        elif isinstance(value, tuple):
            cells[column.name] = tuple(change(name, cell) for cell in value)
    return replace(row, **cells)


def broken(dataset: Dataset, column: str) -> Dataset:
    """The workbook with something unreadable in every cell of a column, also in blank ones."""

    def change(name: str, cell: Cell[Any]) -> Cell[Any]:
        return Cell(cell.ref, None, "#REF!", broken=True) if name == column else cell

    return changed(dataset, change, column.partition(".")[0])


def recorded(dataset: Dataset, record: set[str]) -> Dataset:
    """The workbook with cells that record when they are looked at."""
    taken = [part.name for part in fields(Cell)]

    def change(name: str, cell: Cell[Any]) -> Cell[Any]:
        return Recording(**{part: getattr(cell, part) for part in taken}, column=name, record=record)

    return changed(dataset, change, *(part.name for part in fields(dataset)))


@dataclass(frozen=True)
class Evidence:
    """What was seen of one rule on one workbook.

    Attributes:
        looked: the columns that the rule itself looked at.
        silenced: the columns without which it finds something else or nothing, or in other cells.
        worded: the columns without which its findings are at least worded differently.
        alarmed: the columns that, broken, make it point at a cell that it was silent about.
    """

    looked: frozenset[str]
    silenced: frozenset[str]
    worded: frozenset[str]
    alarmed: frozenset[str]


def evidence(rule: Rule, case: Case) -> Evidence:
    """Try a rule on a workbook, whole and with each column broken that it or the figures look at."""
    record: set[str] = set()
    dataset = recorded(case.dataset, record)
    computed, used = compute(dataset), frozenset(record)
    record.clear()
    listed, office = listed_as(dataset.identitas), frozenset(record)
    record.clear()
    usual = list(
        rule.findings(Watched(dataset, computed, case.previous, case.findings, case.titles, listed, record))
    )
    columns = record & {name for name, _ in cells_of(case.dataset)}
    looked = frozenset(columns) | (office if _LISTED in record else frozenset())
    silenced, worded, alarmed = set(), set(), set()
    for column in sorted(looked | used if _COMPUTED in record else looked):
        data = broken(case.dataset, column)
        seen = replace(
            case,
            dataset=data,
            computed=compute(data) if column in used else computed,
            listed=listed_as(data.identitas) if column in office else listed,
        )
        found = list(rule.findings(seen))
        if found != usual:
            worded.add(column)
        if _places(found) != _places(usual):
            silenced.add(column)
        if not _cells(found) <= _cells(usual):
            alarmed.add(column)
    return Evidence(looked, frozenset(silenced), frozenset(worded), frozenset(alarmed))


def _places(findings: list[Finding]) -> list[tuple[Ref, ...]]:
    return [finding.refs for finding in findings]


def _cells(findings: list[Finding]) -> set[Ref]:
    return {ref for finding in findings for ref in finding.refs}
