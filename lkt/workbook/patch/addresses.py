"""Addresses of cells and references to sheets."""

import re

from lkt.alamat import address as join
from lkt.alamat import column_number

LAST_COLUMN, LAST_ROW = 16384, 1048576
_ADDRESS = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})")


def split(address: str) -> tuple[int, int] | None:
    """Row and column of an address, both from 1; None where it is none."""
    match = _ADDRESS.fullmatch(address.upper())
    if match is None:
        return None
    row, column = int(match[2]), column_number(match[1])
    return (row, column) if row <= LAST_ROW and column <= LAST_COLUMN else None


def plain(address: str) -> str | None:
    """An address without dollar signs and in capitals; None where it is none."""
    place = split(address)
    return None if place is None else join(*place)


def corners(area: str) -> tuple[int, int, int, int] | None:
    """First row and column, last row and column of an area such as B2:C4, or of a single cell."""
    first, _, last = area.partition(":")
    start, end = split(first), split(last or first)
    return None if start is None or end is None else (*start, *end)


def quoted(sheet: str) -> str:
    """The name of a sheet as it stands in a reference."""
    doubled = sheet.replace("'", "''")
    return f"'{doubled}'"
