"""Exact sums, means and shares of many numbers, in a time that grows as their number does."""

from collections.abc import Iterable, Sequence
from fractions import Fraction


def total(values: Iterable[Fraction]) -> Fraction:
    """The sum.

    Neighbours are added first, then what they came to, and so on. A sum of fractions with thousands of
    denominators has thousands of digits; adding them one by one would drag these along from the start.
    """
    sums = list(values)
    while len(sums) > 1:
        rest = sums[-1:] if len(sums) % 2 else []
        sums = [one + other for one, other in zip(sums[::2], sums[1::2], strict=False)] + rest
    return sums[0] if sums else Fraction(0)


def rerata(values: Sequence[Fraction]) -> Fraction | None:
    """The mean; None of nothing."""
    return total(values) / len(values) if values else None


def share(part: Fraction, whole: Fraction) -> Fraction | None:
    """Part ÷ whole × 100; None for a whole of 0."""
    return None if whole == 0 else part / whole * 100
