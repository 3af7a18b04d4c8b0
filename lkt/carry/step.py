"""One step from a quarter to the next, and what a step does to single cells."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lkt.kalender import Triwulan
from lkt.model import Cell, Ref
from lkt.workbook.declaration import Column, Kind
from lkt.workbook.patch import Mark, NewValue, Wait


@dataclass(frozen=True, slots=True)
class Change:
    """A cell that is emptied or goes on with the period.

    Attributes:
        cell: as it was read.
        sheet: its sheet by the name in the declaration.
        subject: the heading of its column, or the key of sheet Identitas.
        value: the new content; None where it is emptied.
    """

    cell: Cell[Any]
    sheet: str
    subject: str
    value: NewValue = None


Item = Change | Mark


@dataclass(frozen=True, slots=True)
class Step:
    """From one quarter to the next.

    Attributes:
        old: the quarter of the workbook that is there.
        linked: the cells with formulas that look at other cells; they are never emptied.
    """

    old: Triwulan
    linked: frozenset[Ref] = frozenset()

    @property
    def new(self) -> Triwulan:
        """The quarter that is made."""
        return self.old.berikutnya

    @property
    def new_year(self) -> bool:
        """Whether the year changes too."""
        return self.new.tahun != self.old.tahun


def name_of(quarter: Triwulan) -> str:
    """A quarter in words: Triwulan II Tahun 2024."""
    return f"Triwulan {quarter.roman} Tahun {quarter.tahun}"


def is_filled(cell: Cell[Any]) -> bool:
    """Whether anything stands in a cell that exists."""
    return bool(cell.ref.cell) and bool(cell.written.strip() or cell.formula)


def emptied(step: Step, cell: Cell[Any], sheet: str, column: Column, *, asked: bool) -> Iterator[Item]:
    """A cell that is to be filled in anew.

    Args:
        step: the step.
        cell: the cell.
        sheet: its sheet by the name in the declaration.
        column: its column.
        asked: it must be filled in even where it was blank before.
    """
    if not cell.ref.cell:
        return
    if cell.ref in step.linked:
        text = f"Rumus ini tetap. Pastikan sumbernya sudah memuat isian {name_of(step.new)}."
        yield Mark(cell.ref, text, Wait.NOTHING)
        return
    if is_filled(cell):
        yield Change(cell, sheet, column.heading)
    if is_filled(cell) or asked:
        yield Mark(cell.ref, _request(step, cell, column))


def _request(step: Step, cell: Cell[Any], column: Column) -> str:
    """What the note asks for; a figure or a date stands there with its former value."""
    request = f"Isi untuk {name_of(step.new)}."
    if column.kind is Kind.TEXT or not is_filled(cell):
        return request
    return f"{request}\n{name_of(step.old)}: {cell.written}"


def typed_over(step: Step, cell: Cell[Any], sheet: str, column: Column) -> Iterator[Item]:
    """A cell of a live formula: the formula stays, a figure that was typed over it is emptied."""
    if is_filled(cell) and cell.ref not in step.linked:
        yield Change(cell, sheet, column.heading)
        yield Mark(cell.ref, "Dikosongkan: dihitung otomatis, tidak perlu diketik.", Wait.NOTHING)
