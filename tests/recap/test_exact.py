"""Sums of many fractions: the same as one by one."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from lkt.recap.exact import rerata, total

MANY = st.lists(st.fractions(), max_size=40)


@given(MANY)
def test_halves_come_to_the_same_as_one_by_one(values: list[Fraction]) -> None:
    assert total(values) == sum(values, Fraction(0))
    assert rerata(values) == (sum(values, Fraction(0)) / len(values) if values else None)
