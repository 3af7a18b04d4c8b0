"""Addresses in A1 notation, and the order of cells."""

import pytest

from lkt import addresses
from lkt.model import Ref, by_place


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("A1", (1, 1)),
        ("b2", (2, 2)),
        ("$AA$10", (10, 27)),
        ("XFD1048576", (1048576, 16384)),
        ("XFE1", None),
        ("A1048577", None),
        ("A0", None),
        ("A", None),
        ("12", None),
        ("A1:B2", None),
        ("Á1", None),
        ("A١", None),
        ("", None),
    ],
)
def test_a_place_is_read(text: str, place: tuple[int, int] | None) -> None:
    assert addresses.place(text) == place


@pytest.mark.parametrize(
    ("text", "corners"),
    [
        ("B2:C4", (2, 2, 4, 3)),
        ("$C$4 : b2", (2, 2, 4, 3)),
        ("C2:B4", (2, 2, 4, 3)),
        ("D7", (7, 4, 7, 4)),
        ("D7:", None),
        (":D7", None),
        ("A:B", None),
        ("A1:B2:C3", None),
    ],
)
def test_an_area_is_read(text: str, corners: tuple[int, int, int, int] | None) -> None:
    assert addresses.area(text) == corners


@pytest.mark.parametrize(("number", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA")])
def test_columns_by_number_and_letters(number: int, letters: str) -> None:
    assert addresses.column_letters(number) == letters
    assert addresses.column_number(letters) == addresses.column_number(letters.lower()) == number
    assert addresses.address(7, number) == f"{letters}7"


def test_cells_in_the_order_of_the_workbook() -> None:
    order = ["Lain", "Identitas", "Identitas!B2", "Desa!Z1", "Desa!AA1", "Desa!A2", "Desa!A10"]
    refs = [Ref(*name.split("!")) for name in sorted(order)]
    assert list(map(str, sorted(refs, key=by_place(["Identitas", "Desa"])))) == order
