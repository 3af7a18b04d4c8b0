"""What becomes of a cell in the next quarter's workbook; ``declaration`` says it of each column."""

from enum import Enum


class Fate(Enum):
    """What becomes of a cell."""

    STAYS = "comes along"
    TEXT = "comes along, and is pointed out where it names the old period"
    YEARLY_TEXT = "the same within a year; in a new year emptied"
    QUARTERLY = "emptied"
    YEARLY = "comes along within a year; in a new year emptied"
    ROLLS = "goes on with the quarter or the year"
    COMPUTED = "the live formula comes along; what was typed over it is emptied"


def is_emptied(fate: Fate, *, new_year: bool) -> bool:
    """Whether what stands in the cell is not taken along."""
    return fate is Fate.QUARTERLY or (new_year and fate in {Fate.YEARLY, Fate.YEARLY_TEXT})
