"""What a table of the recap workbook is: its columns, their values and formulas, its row below.

Percentages are fractions of one in the format 0,00%: so they sort, chart and divide like any number of Excel,
and a formula such as Realisasi ÷ Pagu needs no factor.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import Any

from lkt.workbook.styles import DATE_FORMAT

Value = str | int | Fraction | date | None
"""What stands in one cell; money in rupiah, percentages in percentage points."""

TOP = 3
"""The row of the headings, from 0; above it the title and a note."""

DIVIDED = "=[@Realisasi]/[@Pagu]"
"""The formula of serapan."""


class Kind(Enum):
    """What a column holds, which decides how it looks; the value is its number format."""

    TEXT = "@"
    CENTRED = "General"
    COUNT = "#,##0"
    MONEY = '"Rp"#,##0'
    PERCENT = "0.00%"
    DATE = DATE_FORMAT


class Mark(Enum):
    """What a column shows of its values at a glance."""

    NONE = ""
    BAR = "a bar in each cell, full at 100 per cent"
    POSITIVE = "all but 0 stands out"
    NOT_DONE = "all but selesai stands out"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Attributes:
        heading: its heading, no two alike in a table.
        width: in letters.
        kind: what it holds.
        value: what a row has in it.
        formula: how Excel works that out, ``[@Pagu]`` is the cell of the same row; written where there is a
            value. An array formula stands in braces.
        total: ``sum`` or ``average`` for the row below; or a formula, then ``sums`` gives its value.
        sums: the value of that formula, from those of the other columns by heading.
        mark: what it shows at a glance.
    """

    heading: str
    width: float
    kind: Kind
    value: Callable[[Any], Value]
    formula: str = ""
    total: str = ""
    sums: Callable[[Mapping[str, Value]], Value] | None = None
    mark: Mark = Mark.NONE


@dataclass(frozen=True, slots=True)
class Table:
    """One table with its sheet.

    Attributes:
        name: what formulas call it.
        sheet: the name of the sheet.
        title: what stands above it.
        note: what one has to know of it.
        columns: left to right.
        rows: what the columns take their values from; they are gone through once, and none is kept.
        frozen: how many columns stay in view.
        total: the label of the row below; no such row when empty.
        nothing: what it says when it has no rows.
    """

    name: str
    sheet: str
    title: str
    note: str
    columns: tuple[Column, ...]
    rows: Iterable[Any]
    frozen: int = 0
    total: str = ""
    nothing: str = "Tidak ada."

    @property
    def label(self) -> int:
        """The column of the label of the row below: the first of text without a total."""
        return next(
            n for n, column in enumerate(self.columns) if column.kind is Kind.TEXT and not column.total
        )
