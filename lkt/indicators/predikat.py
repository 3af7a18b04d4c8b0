"""The grade of a value on a scale of sheet Skala."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from lkt.model import Skala


def reaches(value: Fraction, bound: Decimal) -> bool:
    """``value >= bound``, for which Python first looks for what the two have in common."""
    top, bottom = bound.as_integer_ratio()
    return value.numerator * bottom >= top * value.denominator


def grade(value: Fraction | None, scale: Iterable[Skala]) -> Skala | None:
    """The grade with the highest lower bound that ``value`` reaches, exactly; None where there is none."""
    if value is None:
        return None
    reached = [
        row for row in scale if row.batas_bawah.value is not None and reaches(value, row.batas_bawah.value)
    ]
    return max(reached, key=lambda row: row.batas_bawah.value or Decimal(0), default=None)
