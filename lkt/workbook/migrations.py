"""The versions of the workbook format, and the steps from each to the next.

``declaration`` describes the newest version. A workbook says its own on sheet Identitas; one that says none
is of version 1. An older one is read by the declaration as it was then, so that nothing in the user's file
changes and every finding still points at what stands there; ``lkt new --from`` writes the newest version.

Sheets, and the key Versi Format itself, keep their names for good: formulas, links and charts of the office
name sheets.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from lkt.alamat import address
from lkt.bahasa import normalize
from lkt.model import Dataset, Ref
from lkt.workbook.cells import as_written
from lkt.workbook.declaration import IDENTITAS, KEYS, SHEETS, VERSION, Column, Key, Sheet
from lkt.workbook.opening import Grid


@dataclass(frozen=True, slots=True)
class Renamed:
    """A column of a sheet, or a key of sheet Identitas, that had another name before."""

    sheet: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Added:
    """A column of a sheet, or a key of sheet Identitas, that older workbooks need not have."""

    sheet: str
    after: str
    before: str = ""


Step = tuple[Renamed | Added, ...]
"""What changes from one version to the next, by the names in the declaration."""

STEPS: tuple[Step, ...] = ()
"""The first leads from version 1 to 2, the next from 2 to 3, and so on."""


def newest(steps: Sequence[Step] = STEPS) -> int:
    """The version that is written."""
    return len(steps) + 1


@dataclass(frozen=True, slots=True)
class Shape:
    """The declaration as it was in one version; what was not there yet has no name and is not missed."""

    keys: tuple[Key, ...] = KEYS
    sheets: tuple[Sheet, ...] = SHEETS

    def sheet(self, name: str) -> Sheet:
        """The sheet of a name; raises KeyError for an unknown one."""
        return {sheet.name: sheet for sheet in self.sheets}[name]


def shape_of(version: int, steps: Sequence[Step] = STEPS) -> Shape:
    """The declaration as it was in ``version``.

    Raises:
        ValueError: a step names a column or a key that there is not.
    """
    shape = Shape()
    for step in reversed(steps[version - 1 :]):
        for change in reversed(step):
            shape = _undone(shape, change)
    return shape


def _undone(shape: Shape, change: Renamed | Added) -> Shape:
    """The shape before a change."""
    if change.sheet == IDENTITAS:
        keys = tuple(_older_key(key, change) if key.label == change.after else key for key in shape.keys)
        older = replace(shape, keys=keys)
    else:
        older = replace(shape, sheets=tuple(_older_sheet(sheet, change) for sheet in shape.sheets))
    if older == shape:
        raise ValueError(f"{change.sheet} has no {change.after}")
    return older


def _older_sheet(sheet: Sheet, change: Renamed | Added) -> Sheet:
    if sheet.name != change.sheet:
        return sheet
    columns = (
        _older_column(each, change) if each.heading == change.after else each for each in sheet.columns
    )
    return replace(sheet, columns=tuple(columns))


def _older_column(column: Column, change: Renamed | Added) -> Column:
    added = isinstance(change, Added)
    return replace(column, heading=change.before, optional=added or column.optional)


def _older_key(key: Key, change: Renamed | Added) -> Key:
    return replace(key, label=change.before, filled=key.filled and not isinstance(change, Added))


def upgrade(grids: Sequence[Grid], dataset: Dataset, steps: Sequence[Step] = STEPS) -> dict[Ref, str | int]:
    """The cells that make an older workbook one of the newest version; none where it does not say its own."""
    cell = dataset.identitas.versi_format
    version = int(cell.value or 1)
    if not cell.ref.cell or cell.broken or version >= newest(steps):
        return {}
    before = shape_of(version, steps)
    by_name = {grid.name: grid for grid in grids}
    changes: dict[Ref, str | int] = {cell.ref: newest(steps)}
    for sheet in SHEETS:
        if sheet.name in dataset.sheets:
            grid = by_name[dataset.sheets[sheet.name]]
            changes |= dict(_headings(sheet, before.sheet(sheet.name), grid, dataset))
    return changes | dict(_labels(before, by_name[cell.ref.sheet]))


def _headings(after: Sheet, before: Sheet, grid: Grid, dataset: Dataset) -> Iterator[tuple[Ref, str]]:
    """The cells of headings that are renamed; new ones stand right of all others."""
    free = max(grid.rows.get(1, {}), default=0) + 1
    for new, old in zip(after.columns, before.columns, strict=True):
        place = dataset.headings.get((after.name, new.field))
        if not old.heading:
            yield Ref(grid.name, address(1, free)), new.heading
            free += 1
        elif place is not None and old.heading != new.heading:
            yield place, new.heading


def _labels(before: Shape, grid: Grid) -> Iterator[tuple[Ref, str]]:
    """The cells of keys that are renamed; new ones stand below all others."""
    labels = {
        normalize(as_written(raw)): (row, column)
        for row in sorted(grid.rows, reverse=True)
        for column, raw in sorted(grid.rows[row].items(), reverse=True)
    }
    free, (_, column) = max(grid.rows) + 1, labels[normalize(VERSION)]
    for new, old in zip(KEYS, before.keys, strict=True):
        if not old.label:
            yield Ref(grid.name, address(free, column)), new.label
            free += 1
        elif old.label != new.label and normalize(old.label) in labels:
            yield Ref(grid.name, address(*labels[normalize(old.label)])), new.label


def is_known(version: Decimal, steps: Sequence[Step] = STEPS) -> bool:
    """Whether a workbook of this version can be read."""
    return version == int(version) and 1 <= version <= newest(steps)
