"""The index answers as comparing everything with everything would, in a time that does not run away."""

from hypothesis import given
from hypothesis import strategies as st

from lkt.batch.discovery import Alike, Mark, same_kecamatan

MARKS = st.tuples(st.sampled_from(["", "350801", "350802"]), st.sampled_from(["", "senduro", "klakah"]))


@given(st.lists(MARKS, max_size=12), MARKS)
def test_it_finds_what_comparing_finds(marks: list[Mark], asked: Mark) -> None:
    plain = [place for place, mark in enumerate(marks) if same_kecamatan(asked, mark)]
    assert Alike((mark, place) for place, mark in enumerate(marks)).of(asked) == plain


def test_all_indonesia_compares_each_with_its_own() -> None:
    compared = 0

    class Name(str):
        __slots__ = ()

        def __eq__(self, other: object) -> bool:
            nonlocal compared
            compared += 1
            return super().__eq__(other)

        __hash__ = str.__hash__

    marks = [(str(number), Name(f"kecamatan {number % 4000}")) for number in range(7285)]
    index = Alike((mark, mark) for mark in marks)
    assert all(index.of(mark) == [mark] for mark in marks)
    assert compared < 20 * len(marks)
