"""Values that are frozen for the type checker, and made at once."""

import copy
import pickle
from dataclasses import fields, replace

from lkt.frozen import quick_dataclass
from lkt.model import Cell, Ref


@quick_dataclass(frozen=True, slots=True, order=True)
class Pair:
    """Two numbers."""

    one: int
    other: int = 0


def test_it_is_a_value() -> None:
    assert Pair(1) == Pair(1, 0) != Pair(0, 1)
    assert {Pair(1), Pair(1, 0)} == {Pair(1)}
    assert sorted([Pair(2), Pair(1)]) == [Pair(1), Pair(2)]
    assert [each.name for each in fields(Pair)] == ["one", "other"]
    assert not hasattr(Pair(1), "__dict__")


def test_it_can_be_copied_and_sent() -> None:
    cell = Cell(Ref("Anggaran", "G4"), 5, "5")
    assert replace(cell, value=6).value == 6
    assert copy.deepcopy(cell) == cell == pickle.loads(pickle.dumps(cell))


def test_the_type_checker_lets_nobody_change_it() -> None:
    """mypy fails here where it would allow what is marked, since nothing may be marked for nothing."""

    def change(pair: Pair, cell: Cell[int]) -> None:
        pair.one = 2  # type: ignore[misc]
        cell.value = 3  # type: ignore[misc]

    assert callable(change)
