"""Figures that look drawn but are not: each depends on the words that name it, on nothing else.

The same words give the same figure on every machine and in every version of Python.
"""

import hashlib
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


def figure(low: int, high: int, *words: object) -> int:
    """A whole number from ``low`` to ``high``, both possible."""
    digest = hashlib.sha256("/".join(map(str, words)).encode()).digest()
    return low + int.from_bytes(digest[:8], "big") % (high - low + 1)


def choice(items: Sequence[T], *words: object) -> T:
    """One of the items."""
    return items[figure(0, len(items) - 1, *words)]


def sample(items: Sequence[T], number: int, *words: object) -> list[T]:
    """So many of the items, in their order; all of them where there are not so many."""
    chosen = sorted(range(len(items)), key=lambda place: figure(0, 2**60, place, *words))[:number]
    return [items[place] for place in sorted(chosen)]
