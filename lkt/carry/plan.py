"""Everything that changes when a workbook goes on to the next quarter. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from lkt.carry.cells import identity, lasting_rows, totals, village_dates
from lkt.carry.rolling import documents, strategy_times
from lkt.carry.rows import extra_cells, fresh_rows
from lkt.carry.step import Change, Item, Step
from lkt.model import Dataset
from lkt.workbook.opening import Grid
from lkt.workbook.patch import Mark


@dataclass(frozen=True, slots=True)
class Plan:
    """The cells that change, and those that are marked; a cell is marked once."""

    changes: tuple[Change, ...]
    marks: tuple[Mark, ...]


def make_plan(dataset: Dataset, step: Step, grids: Sequence[Grid]) -> Plan:
    """What a step does to a workbook as it was read."""
    items: Iterable[Item] = chain(
        identity(dataset, step),
        lasting_rows(dataset, step),
        totals(dataset, step),
        documents(dataset, step),
        village_dates(dataset, step),
        strategy_times(dataset, step),
        fresh_rows(dataset, step),
        extra_cells(dataset, step, grids),
    )
    found = list(items)
    changes = {item.cell.ref: item for item in found if isinstance(item, Change)}
    marks = {item.ref: item for item in found if isinstance(item, Mark)}
    return Plan(tuple(changes.values()), tuple(marks.values()))
