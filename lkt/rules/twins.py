"""Rows of the log that record one activity, found in time linear in the rows but for the rare look-alikes.

Comparing each row with each other took seconds for a log of some thousand rows. Only rows count on whose days
another row lies, which are few; rows with the same words are one kind; only kinds that share their rarest
word can hold one another, and of a kind only the days count on which anything of it happened.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import TypeAlias

from lkt.model import Span

_ALIKE = 0.75
_FEW = 3

Words: TypeAlias = frozenset[str]


def same_activity(one: Words, other: Words) -> bool:
    """Whether one text holds all words of the other and few more.

    Texts that each have a word of their own, such as the name of a desa, tell two activities apart.
    """
    small, large = sorted((one, other), key=len)
    if not small or not small <= large:
        return False
    return small == large or (len(small) >= _FEW and len(small) >= _ALIKE * len(large))


def overlap(one: Span, other: Span) -> bool:
    """Whether the dates can be the same."""
    return one.start <= other.end and other.start <= one.end


def clusters(
    spans: Sequence[Span], words: Callable[[int], Words], more: Iterable[tuple[int, int]] = ()
) -> Iterator[list[int]]:
    """The indices of rows that record the same activity, each in one group at most, by their first row.

    Args:
        spans: the dates of each row.
        words: gives the words that tell a row from others; it is asked of few.
        more: pairs of indices that are of one activity besides.
    """
    groups = _Groups(len(spans))
    kinds: dict[Words, list[int]] = defaultdict(list)
    for index in sorted(_overlapping(spans)):
        if own := words(index):
            kinds[own].append(index)
    alike = list(_alike(list(kinds)))
    paired = {kind for pair in alike for kind in pair}
    islands = {
        kind: list(_islands(spans, indices, groups))
        for kind, indices in kinds.items()
        if len(indices) > 1 or kind in paired
    }
    for one, other in alike:
        _join(islands[one], islands[other], groups)
    for first, second in more:
        groups.join(first, second)
    yield from groups.larger()


def _overlapping(spans: Sequence[Span]) -> set[int]:
    """The indices of the spans that share a day with another one."""
    found: set[int] = set()
    latest: int | None = None  # of those that begin no later, the one that ends last
    for index in sorted(range(len(spans)), key=lambda index: spans[index].start):
        if latest is not None and spans[index].start <= spans[latest].end:
            found |= {latest, index}
        if latest is None or spans[index].end > spans[latest].end:
            latest = index
    return found


class _Groups:
    """Indices that belong together; the least of each group stands for it."""

    def __init__(self, count: int) -> None:
        self._parents = list(range(count))

    def _top(self, index: int) -> int:
        while self._parents[index] != index:
            self._parents[index] = index = self._parents[self._parents[index]]
        return index

    def join(self, first: int, second: int) -> None:
        low, high = sorted((self._top(first), self._top(second)))
        self._parents[high] = low

    def larger(self) -> Iterator[list[int]]:
        """The groups of more than one, by their least index."""
        members: dict[int, list[int]] = defaultdict(list)
        for index in range(len(self._parents)):
            members[self._top(index)].append(index)
        return (group for group in members.values() if len(group) > 1)


@dataclass(slots=True)
class _Island:
    """Days without a gap on which rows of one kind can lie, and one of these rows."""

    start: date
    end: date
    index: int


def _islands(spans: Sequence[Span], indices: Iterable[int], groups: _Groups) -> Iterator[_Island]:
    """The islands of the rows of one kind, by date; the rows of each are one group."""
    last: _Island | None = None
    for index in sorted(indices, key=lambda index: spans[index].start):
        span = spans[index]
        if last is not None and span.start <= last.end:
            last.end = max(last.end, span.end)
            groups.join(last.index, index)
            continue
        if last is not None:
            yield last
        last = _Island(span.start, span.end, index)
    if last is not None:
        yield last


def _join(one: Sequence[_Island], other: Sequence[_Island], groups: _Groups) -> None:
    """Put together what lies on the same days in two kinds; both are in the order of their dates."""
    first = second = 0
    while first < len(one) and second < len(other):
        mine, theirs = one[first], other[second]
        if mine.start <= theirs.end and theirs.start <= mine.end:
            groups.join(mine.index, theirs.index)
        if mine.end < theirs.end:
            first += 1
        else:
            second += 1


def _alike(kinds: Sequence[Words]) -> Iterator[tuple[Words, Words]]:
    """The pairs of different kinds of which one holds the other, found by the rarest word of the smaller."""
    counts = Counter(chain.from_iterable(kinds))
    known: dict[str, dict[int, list[Words]]] = defaultdict(lambda: defaultdict(list))
    for kind in kinds:
        if len(kind) >= _FEW:
            known[min(kind, key=counts.__getitem__)][len(kind)].append(kind)
    for large in kinds:
        for by_size in [known[word] for word in large if word in known]:
            # Two kinds of one size hold each other only when they are equal
            sizes = [size for size in by_size if _ALIKE * len(large) <= size < len(large)]
            for small in (small for size in sizes for small in by_size[size]):
                if same_activity(small, large):
                    yield small, large
