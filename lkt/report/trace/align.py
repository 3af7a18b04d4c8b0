"""Two versions of a document side by side: which passages are the same, which changed, came or went."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from lkt.report.trace.passages import Passage, column_name

Pair = tuple[Passage | None, Passage | None]
_MOST = 20_000  # pairs that are weighed; beyond, passages are paired in their order
_SAME_KIND = 0.05


@dataclass(frozen=True, slots=True)
class Change:
    """A paragraph or a cell that differs between two versions.

    Attributes:
        place: where, with the column of a cell.
        before: its text in the one version; empty where it was added.
        after: its text in the other; empty where it was removed.
        picture: a picture differs, and the texts do not.
    """

    place: str
    before: str
    after: str
    picture: bool = False


def pairs(before: Sequence[Passage], after: Sequence[Passage]) -> Iterator[Pair]:
    """The passages of two versions beside each other in their order; None where one has none."""
    matcher = SequenceMatcher(
        None, [item.content for item in before], [item.content for item in after], autojunk=False
    )
    for kind, start, end, other_start, other_end in matcher.get_opcodes():
        old, new = before[start:end], after[other_start:other_end]
        yield from zip(old, new, strict=True) if kind == "equal" else _alike(old, new)


def changes(before: Sequence[Passage], after: Sequence[Passage]) -> tuple[Change, ...]:
    """Every paragraph and cell that differs, in the order of the documents."""
    return tuple(change for old, new in pairs(before, after) for change in _changes(old, new))


def _changes(old: Passage | None, new: Passage | None) -> Iterator[Change]:
    if old is None or new is None:
        present = old or new
        assert present is not None
        picture = not present.text
        yield Change(present.place, old.text if old else "", new.text if new else "", picture)
        return
    yield from changed_cells(old, new)
    if old.pictures != new.pictures:
        yield Change(new.place, "", "", picture=True)


def changed_cells(old: Passage, new: Passage) -> Iterator[Change]:
    """The cells of a row that differ; the whole where the rows are built differently."""
    if len(old.texts) != len(new.texts):
        yield Change(new.place, old.text, new.text)
        return
    for number, (was, now) in enumerate(zip(old.texts, new.texts, strict=True)):
        if was != now:
            yield Change(place_of(new, number), was.replace("\n", " / "), now.replace("\n", " / "))


def place_of(passage: Passage, number: int) -> str:
    """The place of one cell of a passage, counted from 0."""
    column = column_name(passage, number)
    return f"{passage.place}, {column}" if column else passage.place


# Pairing ---------------------------------------------------------------------------------------------------


def _alike(old: Sequence[Passage], new: Sequence[Passage]) -> Iterator[Pair]:
    """Changed passages beside those that they most resemble, both in their order."""
    if len(old) * len(new) > _MOST:
        shared = min(len(old), len(new))
        yield from zip(old[:shared], new[:shared], strict=True)
        yield from ((item, None) for item in old[shared:])
        yield from ((None, item) for item in new[shared:])
        return
    best = _best(old, new)
    row = column = 0
    while row < len(old) or column < len(new):
        if row < len(old) and best[row][column] == best[row + 1][column]:
            yield old[row], None
            row += 1
        elif column < len(new) and best[row][column] == best[row][column + 1]:
            yield None, new[column]
            column += 1
        else:
            yield old[row], new[column]
            row, column = row + 1, column + 1


def _best(old: Sequence[Passage], new: Sequence[Passage]) -> list[list[float]]:
    """The greatest resemblance that pairs of the rest can reach, from each place on."""
    old_words, new_words = [_words(item) for item in old], [_words(item) for item in new]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for row in reversed(range(len(old))):
        for column in reversed(range(len(new))):
            alike = _resemblance(old_words[row], new_words[column])
            alike += _SAME_KIND * (len(old[row].texts) == len(new[column].texts))
            best[row][column] = max(
                best[row + 1][column], best[row][column + 1], best[row + 1][column + 1] + alike
            )
    return best


def _words(passage: Passage) -> Counter[str]:
    return Counter(passage.text.split())


def _resemblance(one: Counter[str], other: Counter[str]) -> float:
    """How many of the words two texts share, from 0 to 1."""
    together = (one | other).total()
    return (one & other).total() / together if together else 1.0
