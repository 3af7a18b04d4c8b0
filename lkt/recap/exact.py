"""Exact sums, means and shares of many numbers, in a time that grows as their number does."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Self


class Sum:
    """A sum that is asked for when all numbers have come by; none of them is kept.

    Neighbours are added first, then what they came to, and so on. A sum of fractions with thousands of
    denominators has thousands of digits; adding them one by one would drag these along from the start.
    """

    __slots__ = ("_parts", "number")

    def __init__(self) -> None:
        """Nothing came by yet."""
        self.number = 0
        self._parts: list[Fraction | int] = []  # of 8, 4 and 1 numbers after 13 of them

    def add(self, value: Fraction | int) -> None:
        """One number more."""
        if value.denominator == 1:  # as of all money: adding two fractions takes ten times as long
            value = value.numerator
        number = self.number
        self.number += 1
        while number & 1:
            value = self._parts.pop() + value
            number >>= 1
        self._parts.append(value)

    @classmethod
    def of(cls, values: Iterable[Fraction]) -> Self:
        """The sum of these."""
        made = cls()
        for value in values:
            made.add(value)
        return made

    @property
    def total(self) -> Fraction:
        """What they come to; 0 of nothing."""
        value: Fraction | int = 0
        for part in reversed(self._parts):
            value = part + value
        return Fraction(value)

    @property
    def mean(self) -> Fraction | None:
        """Their mean; None of nothing."""
        return self.total / self.number if self.number else None


def total(values: Iterable[Fraction]) -> Fraction:
    """The sum."""
    return Sum.of(values).total


def rerata(values: Sequence[Fraction]) -> Fraction | None:
    """The mean of the few numbers of one workbook; None of nothing."""
    return sum(values, Fraction(0)) / len(values) if values else None


def share(part: Fraction, whole: Fraction) -> Fraction | None:
    """Part ÷ whole × 100; None for a whole of 0."""
    return None if whole == 0 else part / whole * 100
