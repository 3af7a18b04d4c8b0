"""Sums of many fractions: the same as one by one."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from lkt.recap.summary import Sum, rerata, total

MANY = st.lists(st.fractions(), max_size=40)


@given(MANY)
def test_halves_come_to_the_same_as_one_by_one(values: list[Fraction]) -> None:
    assert total(values) == sum(values, Fraction(0))
    mean = sum(values, Fraction(0)) / len(values) if values else None
    assert (rerata(values), Sum.of(values).mean, Sum.of(values).number) == (mean, mean, len(values))


def test_a_sum_may_be_asked_for_in_between() -> None:
    found, asked = Sum(), []
    for number in range(1, 20):
        found.add(Fraction(number, number + 1))
        asked.append(found.total)
    assert asked == [sum(Fraction(n, n + 1) for n in range(1, number + 1)) for number in range(1, 20)]
