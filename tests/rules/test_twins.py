"""Rows of one activity: what the fast search finds is what comparing all pairs finds."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from lkt.model import Precision, Span
from lkt.rules.fasilitasi import Words, clusters, overlap, same_activity

Row = tuple[Words, Span]

TEXTS = st.frozensets(st.sampled_from("abcdefg"), max_size=6)
SPANS = st.builds(
    lambda start, days: Span(
        date(2024, 1, 1) + timedelta(start), date(2024, 1, 1) + timedelta(start + days), Precision.RANGE
    ),
    st.integers(0, 20),
    st.integers(0, 4),
)


def slowly(rows: Sequence[Row], more: Sequence[tuple[int, int]]) -> list[list[int]]:
    """The same by comparing each row with each other, as the rule once did."""
    together = {index: {index} for index in range(len(rows))}
    alike = [
        (one, other)
        for one, other in combinations(range(len(rows)), 2)
        if _by_sets(rows[one][0], rows[other][0]) and overlap(rows[one][1], rows[other][1])
    ]
    for first, second in (*alike, *more):
        joined = together[first] | together[second]
        for index in joined:
            together[index] = joined
    return [sorted(group) for index, group in together.items() if len(group) > 1 and index == min(group)]


def _by_sets(one: Words, other: Words) -> bool:
    alike = (one <= other or other <= one) and len(one & other) >= 0.75 * len(one | other)
    return alike and bool(one) and (one == other or len(one & other) >= 3)


@given(st.lists(st.tuples(TEXTS, SPANS), max_size=25), st.data())
def test_finds_what_comparing_all_pairs_finds(rows: list[Row], data: st.DataObject) -> None:
    places = st.integers(0, len(rows) - 1)
    more = data.draw(st.lists(st.tuples(places, places), max_size=3)) if rows else []
    spans = [span for _, span in rows]
    assert list(clusters(spans, lambda index: rows[index][0], more)) == slowly(rows, more)


@given(TEXTS, TEXTS)
def test_same_activity_is_as_it_was(one: Words, other: Words) -> None:
    assert same_activity(one, other) == same_activity(other, one) == _by_sets(one, other)
