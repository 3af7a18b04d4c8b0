"""Addresses of cells in A1 notation. Pure."""

from functools import lru_cache


def column_number(letters: str) -> int:
    """The number of a column: 1 for A, 27 for AA; letters may be small."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


@lru_cache(maxsize=1024)
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


def place(text: str) -> tuple[int, int]:
    """Row and column of an address, both from 1; raises ValueError for anything else."""
    letters = text.rstrip("0123456789")
    return int(text[len(letters) :]), column_number(letters)
