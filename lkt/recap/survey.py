"""The rows of a table gone through once: what their cells hold, and what one has to know before the first.

A sheet begins with how many rows there are and which texts they share; what comes below them is their sum. So
the rows of a table come by before one is written, and what a cell holds is laid in a file meanwhile: to have
all Indonesia in memory, or to work all of it out twice, would cost more.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from lkt.recap.cells import number_of, serial, shown
from lkt.recap.exact import Sum
from lkt.recap.packed import Laid
from lkt.recap.tables import TOP, Column, Kind, Table, Value
from lkt.workbook.styles import row_height

Cell = int | float | None
"""A text by its place among those of the column, a number or a day as Excel counts, or nothing."""

_WRAPPED = {Kind.TEXT, Kind.CENTRED}
_ADDED = {"sum", "average"}


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of a column, each once, and in how many cells each stands."""

    texts: Sequence[str]
    times: Sequence[int]


@dataclass(frozen=True, slots=True)
class Survey:
    """What is known of a table.

    Attributes:
        number: how many rows there are.
        rows: the height of each in points, and its cells; to be gone through once.
        texts: those of each column.
        totals: what each column comes to in the row below; None where there is nothing to add or to divide.
    """

    number: int
    rows: Laid[tuple[float, list[Cell]]]
    texts: Sequence[Texts]
    totals: Sequence[Value]

    @property
    def last(self) -> int:
        """The last row of the data, from 0; an empty table has one blank row."""
        return TOP + max(1, self.number)


def survey(table: Table) -> Survey:
    """Go through the rows of a table."""
    columns = [_Passing(column) for column in table.columns]
    rows = Laid(_passing(table, columns))
    return Survey(len(rows), rows, [column.found for column in columns], _totals(table, columns))


def _passing(table: Table, columns: "Sequence[_Passing]") -> Iterator[tuple[float, list[Cell]]]:
    """The rows, each as high as its text that wraps most."""
    wrapped = [(place, column.width) for place, column in enumerate(table.columns) if column.kind in _WRAPPED]
    for row in table.rows:
        values: list[Any] = [column.value(row) for column in table.columns]
        height = row_height([(values[place], width) for place, width in wrapped])
        yield height, [column.take(value) for column, value in zip(columns, values, strict=True)]


class _Passing:
    """A column while its cells come by."""

    def __init__(self, column: Column) -> None:
        self.sum = Sum()
        self._added = column.total in _ADDED
        self._percent = column.kind is Kind.PERCENT
        self._known: dict[str, int] = {}
        self._times: list[int] = []

    @property
    def found(self) -> Texts:
        return Texts(tuple(self._known), self._times)

    def take(self, value: Value) -> Cell:
        if isinstance(value, date):
            value = shown(value)
            if isinstance(value, date):
                return serial(value)
        if value is None or isinstance(value, str):
            return self._text(value) if value else None
        if self._added:
            self.sum.add(value)
        return number_of(value, percent=self._percent)

    def _text(self, value: str) -> int:
        place = self._known.setdefault(value, len(self._times))
        if place == len(self._times):
            self._times.append(0)
        self._times[place] += 1
        return place


def _totals(table: Table, columns: Sequence[_Passing]) -> list[Value]:
    """The values of the row below, those with a formula of their own from the others."""
    known: dict[str, Value] = {}
    if table.total:
        for column, found in zip(table.columns, columns, strict=True):
            if column.total in _ADDED:
                known[column.heading] = found.sum.mean if column.total == "average" else found.sum.total
        for column in table.columns:
            if column.sums is not None:
                known[column.heading] = column.sums(known)
    return [known.get(column.heading) for column in table.columns]
