"""Addresses of cells and areas in A1 notation, and their order. Pure."""

import re

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
"""The largest row and column that a sheet of Excel has."""

_ADDRESS = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})", re.IGNORECASE)


def column_number(letters: str) -> int:
    """The number of a column: 1 for A, 27 for AA; letters may be small."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """The letters of a column: A for 1, AA for 27."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def address(row: int, column: int) -> str:
    """The address of a cell, both numbers from 1: B2."""
    return f"{column_letters(column)}{row}"


def place(text: str) -> tuple[int, int] | None:
    """Row and column of an address, both from 1; None for anything else.

    Small letters and ``$`` do not matter.
    """
    match = _ADDRESS.fullmatch(text)
    if match is None:
        return None
    row, column = int(match[2]), column_number(match[1])
    return (row, column) if row <= LAST_ROW and column <= LAST_COLUMN else None


def area(text: str) -> tuple[int, int, int, int] | None:
    """First row, first column, last row and last column of a range such as B2:C4, or of a single cell.

    None for anything else. The two corners may stand in any order.
    """
    first, colon, last = text.partition(":")
    start = place(first.strip())
    end = place(last.strip()) if colon else start
    if start is None or end is None:
        return None
    (top, bottom), (left, right) = (sorted(pair) for pair in zip(start, end, strict=True))
    return top, left, bottom, right
