"""Sums of many fractions: the same as one by one, and not in a time that runs away."""

import time
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from lkt.recap.exact import rerata, total

MANY = st.lists(st.fractions(), max_size=40)


@given(MANY)
def test_halves_come_to_the_same_as_one_by_one(values: list[Fraction]) -> None:
    assert total(values) == sum(values, Fraction(0))
    assert rerata(values) == (sum(values, Fraction(0)) / len(values) if values else None)


def test_all_kecamatan_of_indonesia_with_denominators_of_their_own() -> None:
    """One by one it takes as many seconds as it takes hundredths of one by halves."""
    values = [Fraction(number, 10**9 + 2 * number + 1) for number in range(1, 7286)]
    start = time.process_time()
    mean = rerata(values)
    assert time.process_time() - start < 5
    assert mean is not None
    assert 0 < mean < 1
