"""The workbook of the next quarter, made from the user's own: what lasts comes along, what is new is emptied.

The file is patched, never saved anew, so that everything the office added stays: columns, sheets, formats,
pictures, names, notes.
"""

from lkt.carry.applying import Carried, carry_over

__all__ = ["Carried", "carry_over"]
