"""Reading numbers, rupiah and percentages in every form in which people write them."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple, Never

from lkt.bahasa import format_trimmed, normalize
from lkt.model import Measure, ProblemKind
from lkt.workbook.cells.display import (
    NumberFormat,
    decimals_of,
    parse_format,
    seen_value,
    shift,
    shown_value,
    to_decimal,
)
from lkt.workbook.cells.raw import Raw, Reading, no_figure
from lkt.workbook.cells.texts import read_text


@dataclass(frozen=True, slots=True)
class _Style:
    """How a column understands a lone separator before three digits, as in 1.860 and 1,860.

    Attributes:
        dot_groups: the dot can only stand between thousands.
        comma_groups: the comma may stand between thousands too.
    """

    dot_groups: bool
    comma_groups: bool


_NUMBER = _Style(dot_groups=False, comma_groups=True)
_MONEY = _Style(dot_groups=True, comma_groups=True)
_PERCENT = _Style(dot_groups=False, comma_groups=False)


class _Figure(NamedTuple):
    """What stands in a number cell, before its column gives it a meaning.

    Attributes:
        forms: the numbers that it can stand for, as seen: 85 for 85%.
        percent: a percent sign is seen.
        decimals: the decimals that are seen; None when ``forms`` have them.
        text: it was typed as text.
    """

    forms: tuple[Decimal, ...]
    percent: bool = False
    decimals: int | None = None
    text: bool = False


_NO_FIGURE = _Figure(())

# (Rp. 13.600.000,-) with each part optional; the figure itself begins and ends with a digit.
_FIGURE = re.compile(
    r"(?P<open>\(\s*)?(?P<minus>[-−]\s*)?(?P<currency>(?:rp|idr)\.?\s*)?(?P<inner_minus>[-−]\s*)?"
    r"(?P<digits>[0-9](?:[0-9.,]*[0-9])?)"
    r"(?P<dash>\s*[.,]\s*[-–—]{1,2})?\s*(?P<percent>%|persen)?(?P<close>\s*\))?"
)


def read_number(raw: Raw) -> Reading[Decimal]:
    """A number with any decimals; with a percent sign it has two readings."""
    return no_figure(raw) or _number(_figure(raw, _NUMBER))


def read_money(raw: Raw) -> Reading[Decimal]:
    """An amount in rupiah, whole or not; "1.860" is 1860 here."""
    return no_figure(raw) or _number(_figure(raw, _MONEY))


def read_whole(raw: Raw) -> Reading[Decimal]:
    """A whole number; "1.860" is 1860 here, and 1,5 is not a number."""
    reading = read_money(raw)
    broken = reading.value is not None and reading.value != reading.value.to_integral_value()
    return _unreadable(text=reading.text) if broken else reading


def read_percent(raw: Raw) -> Reading[Decimal]:
    """A percentage, in percentage points: 85 for 85%, for 0,85 formatted as percent, and for a plain 85.

    A plain figure up to 1 has two readings: 0,85 may be 0,85% or 85%.
    """
    return no_figure(raw) or _percent(_figure(raw, _PERCENT))


def read_measure(raw: Raw, unit: str, *, letters: bool) -> Reading[Measure]:
    """A figure in the unit of its row: a percentage for %, an amount for rupiah, else a number.

    Args:
        raw: the cell.
        unit: the text of Satuan.
        letters: the row is of kind predikat, so that a text that is no number is taken as a grade.
    """
    reading = _UNIT_READERS.get(normalize(unit), read_number)(raw)
    grade = letters and isinstance(raw.value, str) and reading.kind is ProblemKind.NOT_A_NUMBER
    return read_text(raw) if grade else reading


_UNIT_READERS: dict[str, Callable[[Raw], Reading[Decimal]]] = {
    "%": read_percent,
    "persen": read_percent,
    "rupiah": read_money,
    "rp": read_money,
    "rp.": read_money,
}


def _number(figure: _Figure) -> Reading[Decimal]:
    forms = figure.forms
    if figure.percent:
        forms = tuple(reading for form in forms for reading in (shift(form, -2), form))
    return _settle(figure, forms, format_trimmed)


def _percent(figure: _Figure) -> Reading[Decimal]:
    forms = figure.forms
    if not figure.percent:
        forms = tuple(reading for form in forms for reading in _points(form))
    return _settle(figure, forms, lambda value: f"{format_trimmed(value)}%")


def _points(plain: Decimal) -> tuple[Decimal, ...]:
    """What a figure without a percent sign can mean in percentage points."""
    return (plain, shift(plain, 2)) if plain.copy_abs() <= 1 else (plain,)


def _settle(
    figure: _Figure, forms: tuple[Decimal, ...], printed: Callable[[Decimal], str]
) -> Reading[Decimal]:
    """One form is the value, several are two readings, none is not a number."""
    different = forms if len(forms) == 1 else tuple(dict.fromkeys(forms))
    if not different:
        return _unreadable(text=figure.text)
    if len(different) > 1:
        candidates = tuple(map(printed, different))
        return Reading(kind=ProblemKind.TWO_READINGS, candidates=candidates, text=figure.text)
    decimals = decimals_of(different[0]) if figure.decimals is None else figure.decimals
    return Reading(different[0], decimals=decimals, text=figure.text)


def _unreadable(*, text: bool) -> Reading[Never]:
    return Reading(kind=ProblemKind.NOT_A_NUMBER, text=text)


def _figure(raw: Raw, style: _Style) -> _Figure:
    if isinstance(raw.value, str):
        return _figure_of_text(raw.value, style)._replace(text=True)
    number = to_decimal(raw.value)
    return _NO_FIGURE if number is None else _figure_of_number(number, parse_format(raw.number_format))


def _figure_of_number(number: Decimal, layout: NumberFormat | None) -> _Figure:
    seen = seen_value(number, layout)
    percent = layout is not None and layout.percent
    return _Figure((seen,), percent=percent, decimals=decimals_of(shown_value(seen, layout)))


def _figure_of_text(text: str, style: _Style) -> _Figure:
    match = _FIGURE.fullmatch(normalize(text))
    if not match or _signs(match) > 1 or bool(match["open"]) != bool(match["close"]):
        return _NO_FIGURE
    money = match["currency"] or match["dash"]
    forms = map(Decimal, _plain_forms(match["digits"], _MONEY if money else style))
    return _Figure(
        tuple(form.copy_negate() if _signs(match) and form else form for form in forms),
        percent=bool(match["percent"]),
    )


def _signs(match: re.Match[str]) -> int:
    """How often the figure is marked as negative: by a bracket, before or after the currency."""
    return sum(map(bool, (match["open"], match["minus"], match["inner_minus"])))


def _plain_forms(digits: str, style: _Style) -> tuple[str, ...]:
    """The numbers, with a decimal point, that digits with dots and commas can stand for."""
    separators = [char for char in digits if char in ".,"]
    if not separators:
        return (digits,)
    if len(set(separators)) == 2:
        return _grouped_with_decimals(digits, separators[0], separators[-1])
    return _lone_separator(digits, style) if len(separators) == 1 else _grouped(digits, separators[0])


def _grouped(digits: str, separator: str) -> tuple[str, ...]:
    """1.860.252 as 1860252; nothing when the separator does not stand before every three digits."""
    regular = re.fullmatch(rf"[1-9][0-9]{{0,2}}(?:\{separator}[0-9]{{3}})+", digits)
    return (digits.replace(separator, ""),) if regular else ()


def _grouped_with_decimals(digits: str, group: str, point: str) -> tuple[str, ...]:
    """1.860.252,82 as 1860252.82: the decimal separator is the last one and stands once."""
    whole, _, fraction = digits.rpartition(point)
    return tuple(f"{plain}.{fraction}" for plain in _grouped(whole, group))


def _lone_separator(digits: str, style: _Style) -> tuple[str, ...]:
    """A decimal comma is Indonesian, a decimal point is not; before three digits both may group."""
    as_decimal = digits.replace(",", ".")
    grouped = _grouped(digits, "," if "," in digits else ".")
    if "," in digits:
        return (as_decimal, *grouped) if style.comma_groups else (as_decimal,)
    if style.dot_groups and grouped:
        return grouped
    return as_decimal, digits.replace(".", "")
