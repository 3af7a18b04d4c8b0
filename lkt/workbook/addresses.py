"""From the references of the declaration's formulas to addresses, wherever things stand in a workbook.

The standard workbook and one that an office has rearranged differ in their ``Layout`` alone.
"""

import re
from dataclasses import dataclass
from typing import Protocol

from lkt.workbook.declaration import IDENTITAS

_REFERENCE = re.compile(r"\[([^\[\]]+)\]")
_PLAIN = re.compile("[A-Za-z]+")


class Layout(Protocol):
    """Where things stand in one workbook; sheets, headings and keys by their names in the declaration."""

    def letter(self, sheet: str, heading: str) -> str:
        """The letter of a column."""

    def cells(self, sheet: str, heading: str) -> str:
        """The data range of a column as an absolute reference, without its sheet."""

    def title(self, sheet: str) -> str:
        """A sheet's name as written in the file."""

    def key(self, label: str) -> str:
        """The absolute address of the value of a key of sheet Identitas, with its sheet."""

    def deadline(self, document: str) -> str:
        """The absolute address of the deadline of a document, with its sheet."""

    def on_time(self) -> str:
        """The counts in the row Jumlah of sheet Desa, as arguments of a function."""


@dataclass(frozen=True, slots=True)
class Spot:
    """The cell that a formula is made for."""

    sheet: str
    row: int
    heading: str


def resolve(formula: str, spot: Spot, layout: Layout) -> str:
    """A formula of the declaration with addresses for its references.

    What the layout raises for a thing that is not there is passed on.
    """
    return _REFERENCE.sub(lambda found: _address(found[1], spot, layout), formula)


def _address(name: str, spot: Spot, layout: Layout) -> str:
    special = {
        "*": lambda: layout.cells(spot.sheet, spot.heading),
        "sel": lambda: f"{layout.letter(spot.sheet, spot.heading)}{spot.row}",
        "batas": lambda: layout.deadline(spot.heading),
        "Desa.jumlah": layout.on_time,
    }
    if name in special:
        return special[name]()
    sheet, dot, heading = name.partition(".")
    if not dot:
        return f"{layout.letter(spot.sheet, name)}{spot.row}"
    if sheet == IDENTITAS:
        return layout.key(heading)
    return f"{quoted(layout.title(sheet))}!{layout.cells(sheet, heading)}"


def quoted(title: str) -> str:
    """The name of a sheet as it stands in a reference."""
    return title if _PLAIN.fullmatch(title) else "'{}'".format(title.replace("'", "''"))
