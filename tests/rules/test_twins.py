"""Rows of one activity: what the search finds is what comparing all pairs finds."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from lkt.model import Precision, Span
from lkt.rules.fasilitasi import Words, same_activities

Row = tuple[Words, Span]

TEXTS = st.frozensets(st.sampled_from("abcdefg"), max_size=6)
SPANS = st.builds(
    lambda start, days: Span(
        date(2024, 1, 1) + timedelta(start), date(2024, 1, 1) + timedelta(start + days), Precision.RANGE
    ),
    st.integers(0, 20),
    st.integers(0, 4),
)


def by_pairs(rows: Sequence[Row], more: Sequence[tuple[int, int]]) -> list[list[int]]:
    """The groups, by comparing each row with each other."""
    together = {index: {index} for index in range(len(rows))}
    alike = [
        (one, other) for one, other in combinations(range(len(rows)), 2) if _are_one(rows[one], rows[other])
    ]
    for first, second in (*alike, *more):
        joined = together[first] | together[second]
        for index in joined:
            together[index] = joined
    return [sorted(group) for index, group in together.items() if len(group) > 1 and index == min(group)]


def _are_one(row: Row, other: Row) -> bool:
    (one, days), (two, other_days) = row, other
    within = (one <= two or two <= one) and len(one & two) >= 0.75 * len(one | two)
    alike = within and bool(one) and (one == two or len(one & two) >= 3)
    return alike and days.start <= other_days.end and other_days.start <= days.end


@given(st.lists(st.tuples(TEXTS, SPANS), max_size=25), st.data())
def test_finds_what_comparing_all_pairs_finds(rows: list[Row], data: st.DataObject) -> None:
    places = st.integers(0, len(rows) - 1)
    more = data.draw(st.lists(st.tuples(places, places), max_size=3)) if rows else []
    assert same_activities(rows, more) == by_pairs(rows, more)
