"""Corrections of a workbook: what has exactly one reading is written the way the workbook wants it.

No figure and no date is picked: nothing is done about two readings, a date that does not exist, an unknown
choice, typed inputs that disagree, or the name of a sheet. Corrected are numbers, percentages and dates
that were typed as text, formulas that were typed over, stray blanks, and the spelling of choices, months,
headings and keys.
"""

from lkt.corrections.applying import correct_workbook, corrected
from lkt.corrections.correction import Correction
from lkt.corrections.finding import corrections

__all__ = ["Correction", "correct_workbook", "corrected", "corrections"]
