"""One raw cell to a value or a problem: text, choices, numbers, money, percentages, dates."""

import calendar
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from math import isfinite
from typing import Generic, NamedTuple, Never, TypeVar

from lkt.indonesian import (
    MONTHS,
    format_date,
    format_span,
    format_trimmed,
    month_number,
    nearest,
    normalize,
    round_half_up,
    squeeze,
)
from lkt.model import Measure, Precision, ProblemKind, Span

# A raw cell as openpyxl gives it, and the outcome of reading one ------------------------------------------
#
# Both are made for every cell of every workbook; a named tuple is made three times faster than a frozen
# dataclass, and is as frozen.


T_co = TypeVar("T_co", covariant=True)


class Raw(NamedTuple):
    """What openpyxl gives for one cell.

    Attributes:
        value: None, str, int, float, bool, datetime, date, time, timedelta, or an error as text.
        number_format: the number format, in the English codes of the file.
        formula: the cell holds a formula; its result is ``value``, None where it was never calculated.
        error: the result is an error value (data type "e").
    """

    value: object
    number_format: str = "General"
    formula: bool = False
    error: bool = False


class Reading(NamedTuple, Generic[T_co]):
    """The outcome: ``value`` or ``kind`` is set, never both; neither when the cell is blank.

    Attributes:
        value: the one thing that the cell can mean.
        kind: what is wrong with it.
        candidates: possible readings, repairs or nearest names, as printed text.
        decimals: the decimals that the user sees of a number, in the unit of ``value``.
        text: a number or a date that was typed as text.
    """

    value: T_co | None = None
    kind: ProblemKind | None = None
    candidates: tuple[str, ...] = ()
    decimals: int | None = None
    text: bool = False


BLANK: Reading[Never] = Reading()
"""Nothing stands there."""

_ERROR: Reading[Never] = Reading(kind=ProblemKind.EXCEL_ERROR)
_ERRORS = frozenset(
    ("#REF!", "#VALUE!", "#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#GETTING_DATA")
)
_DASHES = re.compile("[-–—−]+")


def no_value(raw: Raw) -> Reading[Never] | None:
    """The outcome of a cell that has nothing to read: an error, no result, or blank."""
    value = raw.value
    if isinstance(value, str):
        return no_text(raw) or (None if squeeze(value) else BLANK)
    if raw.error:
        return _ERROR
    if value is None:
        return Reading(kind=ProblemKind.NOT_CALCULATED) if raw.formula else BLANK
    return None


def no_text(raw: Raw) -> Reading[Never] | None:
    """The outcome of a text that is an error; None where it may be read."""
    return _ERROR if raw.error or raw.value in _ERRORS else None


def no_figure(raw: Raw) -> Reading[Never] | None:
    """The same as ``no_value`` for a number or a date cell, where dashes are blank."""
    dashes = isinstance(raw.value, str) and _DASHES.fullmatch(squeeze(raw.value))
    return BLANK if dashes else no_value(raw)


# A cell as the user sees it in an Indonesian spreadsheet: number formats, applied simply ------------------


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """The positive section of a number format; ``least`` and ``most`` are its decimals."""

    prefix: str
    suffix: str
    scaled: bool
    thousands: bool
    least: int
    most: int

    @property
    def percent(self) -> bool:
        """The user sees a percent sign, whether it multiplies by 100 (``scaled``) or is mere text."""
        return "%" in self.prefix + self.suffix


_WHOLE = Decimal(1)
_SWAP_SEPARATORS = str.maketrans(",.", ".,")
_LITERAL = "\0"
_TOKEN = re.compile(r'"([^"]*)"|\\(.)|\[\$([^\]-]*)[^\]]*\]|\[[^\]]*\]|[_*].|(.)', re.DOTALL)
_DIGITS = re.compile(r"[#0?][#0?,]*(?:\.[#0?]*)?|\.[#0?]+")


def _mask_and_shown(code: str) -> tuple[str, str]:
    """The first section of a number format: its codes with literals masked, and as it is shown."""
    mask = shown = ""
    for quoted, escaped, currency, char in _TOKEN.findall(code):
        if char == ";":
            break
        literal = quoted or escaped or currency
        mask += char or _LITERAL * len(literal)
        shown += char or literal
    return mask, shown


@lru_cache(maxsize=256)
def parse_format(code: str) -> NumberFormat | None:
    """The layout of a plain or percent format; None for General and whatever else shows no plain figure."""
    mask, shown = _mask_and_shown(code)
    digits = _DIGITS.search(mask)
    if digits is None:
        return None
    rest = mask[: digits.start()] + mask[digits.end() :]
    if re.search(r"[#0?A-Za-z]", rest):  # dates, exponents, fractions, figures with a text inside
        return None
    fraction = digits[0].partition(".")[2]
    return NumberFormat(
        prefix=shown[: digits.start()],
        suffix=shown[digits.end() :],
        scaled="%" in rest,
        thousands=re.search(r"[#0?],+[#0?]", digits[0]) is not None,
        least=fraction.count("0"),
        most=len(fraction),
    )


@lru_cache(maxsize=256)
def shows_month_only(code: str) -> bool:
    """A date format such as mmm-yy: Excel gives it to "Feb 2024" and stores 1 February."""
    codes = set(_mask_and_shown(code)[0].casefold())
    return "m" in codes and not codes & set("dhs")


def as_written(raw: Raw) -> str:
    """The cell as an Indonesian spreadsheet shows it, for messages: text as it stands, figures formatted.

    Of the number format it follows sign, decimals, thousands, percent and fixed words; dates are in full.
    """
    value = raw.value
    if isinstance(value, str):
        return value
    if isinstance(value, date):
        return _written_date(value, raw.number_format)
    if isinstance(value, time):
        return f"{value:%H.%M}"
    number = to_decimal(value)
    return _written_other(value) if number is None else _written_number(number, raw.number_format)


def is_seen(raw: Raw) -> bool:
    """Whether ``as_written`` gives more than spaces: every value shows something but a text of spaces."""
    value = raw.value
    return bool(value.strip()) if isinstance(value, str) else value is not None


def _written_date(value: date, code: str) -> str:
    if shows_month_only(code):
        return f"{MONTHS[value.month - 1]} {value.year}"
    clock = isinstance(value, datetime) and value.time() != time()
    return f"{format_date(value)} {value:%H.%M}" if clock else format_date(value)


def _written_other(value: object) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return "" if value is None else str(value)


def _written_number(number: Decimal, code: str) -> str:
    layout = parse_format(code)
    shown = shown_value(seen_value(number, layout), layout)
    sign = "-" if shown < 0 else ""
    if layout is None:
        return sign + plain(shown.copy_abs())
    digits = _with_comma(f"{shown.copy_abs():,f}" if layout.thousands else f"{shown.copy_abs():f}")
    return f"{sign}{layout.prefix}{digits}{layout.suffix}".strip()


def plain(shown: Decimal) -> str:
    """A figure without a number format: 1860252824, 30,15873016, 1,00000E+308."""
    return _with_comma(f"{shown:.5E}" if abs(shown.adjusted()) > 20 else f"{shown:f}")


def _with_comma(text: str) -> str:
    return text.translate(_SWAP_SEPARATORS)


def seen_value(number: Decimal, layout: NumberFormat | None) -> Decimal:
    """The figure that stands in the cell: 0.85 formatted as percent is 85."""
    return shift(number, 2) if layout and layout.scaled else number


def shown_value(seen: Decimal, layout: NumberFormat | None) -> Decimal:
    """Rounded to what is shown, with exactly the decimals that are shown."""
    if seen.same_quantum(_WHOLE):  # an amount or a count: nothing to round, and no zeros to strip
        return strip_zeros(seen, layout.least) if layout and layout.least else seen
    if layout:
        return strip_zeros(round_half_up(seen, layout.most), layout.least)
    rounded = round_half_up(seen, max(0, 9 - max(0, seen.adjusted())))  # General has room for ten digits
    return strip_zeros(rounded or seen)


def strip_zeros(value: Decimal, least: int = 0) -> Decimal:
    """The same value without zeros at its end, but with at least so many decimals."""
    whole, _, fraction = f"{value:f}".partition(".")
    fraction = fraction.rstrip("0").ljust(least, "0")
    return Decimal(f"{whole}.{fraction}" if fraction else whole)


def shift(value: Decimal, places: int) -> Decimal:
    """The value times ten to the power of ``places``, exactly, whatever its length."""
    sign, digits, exponent = value.as_tuple()
    return Decimal((sign, digits, int(exponent) + places))


def decimals_of(value: Decimal) -> int:
    """How many decimals a figure has."""
    return 0 if value.same_quantum(_WHOLE) else max(0, -int(value.as_tuple().exponent))


def to_decimal(value: object) -> Decimal | None:
    """The exact number of a number cell: a float as its shortest text; None for anything else."""
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    if not isinstance(value, float) or not isfinite(value):
        return None
    return Decimal(str(value)) if value else Decimal(0)  # -0.0 too


# Reading text and choices ---------------------------------------------------------------------------------


def read_text(raw: Raw) -> Reading[str]:
    """The text with single spaces and without blank ends; line breaks stay.

    A number, a date or a truth value is taken as the user sees it.
    """
    value = raw.value
    if not isinstance(value, str):
        return no_value(raw) or Reading(_squeezed_lines(as_written(raw)))
    if error := no_text(raw):
        return error
    text = _squeezed_lines(value)
    return Reading(text) if text else BLANK


def _squeezed_lines(text: str) -> str:
    if text.isprintable():  # no character that ends a line is
        return squeeze(text)
    return "\n".join(map(squeeze, text.splitlines())).strip()


def read_choice(raw: Raw, choices: Mapping[str, str]) -> Reading[str]:
    """One of ``choices``, which maps normalized text to the value; the nearest one as candidate."""
    return no_value(raw) or _choice(_choice_text(raw), choices)


def _choice_text(raw: Raw) -> str:
    """A number without its format, so that 100 shown as 100,00 is still the choice 100."""
    number = to_decimal(raw.value)
    return as_written(raw) if number is None else plain(strip_zeros(number))


def _choice(text: str, choices: Mapping[str, str]) -> Reading[str]:
    found = choices.get(normalize(text))
    if found is not None:
        return Reading(found)
    near = nearest(text, choices)
    return Reading(kind=ProblemKind.NOT_A_CHOICE, candidates=() if near is None else (choices[near],))


# Reading numbers, rupiah and percentages in every form in which people write them -------------------------


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


# Reading days, months and ranges of days in every form in which people write them -------------------------


@dataclass(frozen=True, slots=True)
class _Part:
    """One end of a date text; what is None stands in the other end or in the report's year.

    Attributes:
        day: 1 to 99; whether the month has it is judged later.
        month: 1 to 12.
        year: four digits.
        short_year: the year was written with two digits.
        month_first: the figures make sense only with the month first.
        either_order: the figures make sense with the day first and with the month first.
    """

    day: int | None = None
    month: int | None = None
    year: int | None = None
    short_year: bool = False
    month_first: bool = False
    either_order: bool = False


_EPOCH = date(1899, 12, 30)
"""Day 0 of Excel's date serials, from March 1900 on."""
_LONGEST = 80
_YEARS = range(1000, 3000)
_YEAR = "(?P<year>[12][0-9]{3}|[0-9]{2})"
_ISO = re.compile(
    r"(?P<year>[12][0-9]{3})[-/.](?P<month>[0-9]{1,2})[-/.](?P<day>[0-9]{1,2})"
    r"(?:[t ][0-9]{1,2}[:.][0-9]{2}(?:[:.][0-9]{2})?)?"
)
_FIGURES = re.compile(
    rf"(?P<first>[0-9]{{1,2}})\s?(?P<sep>[-/.])\s?(?P<second>[0-9]{{1,2}})\s?(?P=sep)\s?{_YEAR}"
)
_NAMED = re.compile(rf"(?:(?P<day>[0-9]{{1,2}})[\s./-]*)?(?P<month>[a-z]+)\.?(?:[\s,/-]*{_YEAR})?")
_LONE_DAY = re.compile(r"(?P<day>[0-9]{1,2})")
_WEEKDAY = re.compile(r"\b(?:senin|selasa|rabu|kamis|jum['’`]?at|sabtu|minggu|ahad)\b\s?,?\s?")
_SEPARATORS = (
    re.compile(r"\s?(?<![a-z])(?:s\s?[./]?\s?d|sampai(?: dengan)?|hingga)(?![a-z])\.?\s?"),
    re.compile(r"\s-\s"),
    re.compile(r"\s?[–—]\s?"),
    re.compile(r"\s?-\s?"),
    re.compile(r"(?<=[a-z])\s?/\s?(?=[a-z])"),  # between months only: 19/26 may also be "and"
)


def read_date(raw: Raw, year: int | None, *, day_first_sure: bool) -> Reading[Span]:
    """A day, a month or a range of days or months.

    A date cell that shows only a month (Excel makes one of "Feb 2024") is that month.

    Args:
        raw: the cell.
        year: the year of a date that is written without one; None where there is none.
        day_first_sure: figures such as 03/04/2024 have the day first; see ``date_order_evidence``.
    """
    return no_figure(raw) or _date(raw, year, day_first_sure=day_first_sure)


def date_order_evidence(raws: Iterable[Raw]) -> bool:
    """Whether 03/04/2024, typed as text in this column, surely is 3 April.

    An English-language Excel turns what it can read with the month first into real dates and leaves the
    rest as text. A column that holds such texts beside real dates, or beside a text that makes sense only
    with the month first, may have been filled by one; then the order is not sure.
    """
    cells = list(raws)
    parts = [part for raw in cells for part in _parts(raw)]
    foreign = any(isinstance(raw.value, date) for raw in cells) or any(part.month_first for part in parts)
    return not (foreign and any(part.either_order for part in parts))


def _parts(raw: Raw) -> tuple[_Part, ...]:
    return (_parse_date(raw.value) or ()) if isinstance(raw.value, str) else ()


def _date(raw: Raw, year: int | None, *, day_first_sure: bool) -> Reading[Span]:
    value = raw.value
    if isinstance(value, date):
        return Reading(_span_of_cell(value, raw.number_format))
    if not isinstance(value, str):
        return _not_a_date(_serial_date(raw))
    parts = _parse_date(value)
    if parts is None:
        return _not_a_date(text=True)
    return _date_of_text(parts, year, day_first_sure=day_first_sure)._replace(text=True)


def _not_a_date(candidates: tuple[str, ...] = (), *, text: bool = False) -> Reading[Never]:
    return Reading(kind=ProblemKind.NOT_A_DATE, candidates=candidates, text=text)


def _span_of_cell(value: date, code: str) -> Span:
    day = date(value.year, value.month, value.day)
    if day.day == 1 and shows_month_only(code):
        return Span(day, _last_day(day.year, day.month), Precision.MONTH)
    return Span(day, day)


def _serial_date(raw: Raw) -> tuple[str, ...]:
    """The date that a plain number would be, had the cell been formatted as one."""
    number = to_decimal(raw.value)
    plain = number is not None and raw.number_format == "General" and number == number.to_integral_value()
    if number is None or not plain or not 30_000 <= number <= 80_000:
        return ()
    return (format_date(_EPOCH + timedelta(days=int(number))),)


def _date_of_text(parts: tuple[_Part, _Part], year: int | None, *, day_first_sure: bool) -> Reading[Span]:
    """The one reading; two where the order of day and month decides; a candidate where it was odd."""
    readings = [_resolve(parts, year)]
    if not day_first_sure and any(part.either_order for part in parts):
        readings.append(_resolve((_swapped(parts[0]), _swapped(parts[1])), year))
    spans = dict.fromkeys(reading.value for reading in readings if reading.value)
    if len(spans) > 1:
        return Reading(kind=ProblemKind.TWO_READINGS, candidates=_printed(spans))
    if spans and any(part.short_year or part.month_first for part in parts):
        return _not_a_date(_printed(spans))
    return next((reading for reading in readings if reading.value), readings[0])


def _swapped(part: _Part) -> _Part:
    return replace(part, day=part.month, month=part.day) if part.either_order else part


def _printed(spans: Iterable[Span]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(format_span(span.start, span.end) for span in spans))


def _resolve(parts: tuple[_Part, _Part], year: int | None) -> Reading[Span]:
    """The span between two ends, which are the same part for a single day or month."""
    ends = _complete(*parts, year)
    if ends is None:
        return _not_a_date()
    spans = tuple(_spans(*ends))
    if not all(map(_exists, ends)):
        return Reading(kind=ProblemKind.IMPOSSIBLE_DATE, candidates=_printed(spans))
    return Reading(spans[0]) if spans else _not_a_date()


def _complete(left: _Part, right: _Part, year: int | None) -> tuple[_Part, _Part] | None:
    """Both ends with month and year; None where these are unknown, or only one end has a day."""
    right = replace(right, year=right.year or left.year or (year if year in _YEARS else None))
    left = replace(left, month=left.month or right.month, year=left.year or right.year)
    known = right.month and right.year and (left.day is None) == (right.day is None)
    return (left, right) if known else None


def _spans(left: _Part, right: _Part) -> Iterator[Span]:
    """The spans between the possible days of both ends, those that do not run backwards."""
    if left == right and left.day:
        yield from (Span(day, day) for day in _days(left))
        return
    precision = Precision.MONTH if left == right else Precision.RANGE
    for start in _days(left):
        for end in _days(right, last=True):
            if start <= end:
                yield Span(start, end, precision)


def _days(part: _Part, *, last: bool = False) -> tuple[date, ...]:
    """The day of a complete part, or the possible repairs of an impossible one; of a month its end."""
    year, month = part.year or 1, part.month or 1
    if part.day is None:
        return (_last_day(year, month) if last else date(year, month, 1),)
    return (date(year, month, part.day),) if _exists(part) else _repairs(year, month, part.day)


def _exists(part: _Part) -> bool:
    return part.day is None or part.day <= _last_day(part.year or 1, part.month or 1).day


def _repairs(year: int, month: int, day: int) -> tuple[date, ...]:
    """The last day of the month, the day it runs over to, and 29 February of the nearest leap years."""
    last = _last_day(year, month)
    over = day - last.day
    next_month = (last + timedelta(days=over),) if over <= 3 else ()
    leap = _leap_days(year) if (day, month) == (29, 2) else ()
    return (last, *next_month, *leap)


def _leap_days(year: int) -> tuple[date, ...]:
    """29 February of the nearest leap year before and after, the nearer one first."""
    before = next(other for other in range(year, 0, -1) if calendar.isleap(other))
    after = next(other for other in range(year, year + 9) if calendar.isleap(other))
    return tuple(date(other, 2, 29) for other in sorted((before, after), key=lambda other: abs(other - year)))


def _last_day(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _parse_date(text: str) -> tuple[_Part, _Part] | None:
    """Both ends of a date text; twice the same part when it is no range."""
    plain = _WEEKDAY.sub("", normalize(text))
    if len(plain) > _LONGEST:
        return None
    part = _parse_part(plain)
    return (part, part) if part else next(_parse_ranges(plain), None)


def _parse_ranges(text: str) -> Iterator[tuple[_Part, _Part]]:
    for separator in _SEPARATORS:
        pieces = separator.split(text)
        parts = [part for part in map(_parse_part, pieces) if part]
        if len(pieces) == len(parts) == 2:
            yield parts[0], parts[1]


def _parse_part(text: str) -> _Part | None:
    if match := _ISO.fullmatch(text):
        return _part(int(match["day"]), int(match["month"]), match["year"])
    if match := _FIGURES.fullmatch(text):
        return _figures_part(int(match["first"]), int(match["second"]), match["year"], match["sep"])
    if match := _NAMED.fullmatch(text):
        return _named_part(match)
    match = _LONE_DAY.fullmatch(text)
    return _Part(day=int(match["day"])) if match and int(match["day"]) else None


def _named_part(match: re.Match[str]) -> _Part | None:
    """29 Februari 2024, 29 Februari, Februari 2024, Februari; in "Februari 24" the figure may be a day."""
    month = month_number(match["month"])
    if month is None or (match["day"] is None and len(match["year"] or "") == 2):
        return None
    return _part(None if match["day"] is None else int(match["day"]), month, match["year"])


def _figures_part(first: int, second: int, year: str, separator: str) -> _Part | None:
    """Day and month in figures; with dots between them nobody writes the month first."""
    if 1 <= first <= 12 < second <= 31:
        part = _part(second, first, year)
        return part and replace(part, month_first=True)
    part = _part(first, second, year)
    either = separator != "." and first <= 12 and first != second
    return part and replace(part, either_order=either)


def _part(day: int | None, month: int, year: str | None) -> _Part | None:
    """None where there is no such month or the day is 0."""
    if not 1 <= month <= 12 or day == 0:
        return None
    short = year is not None and len(year) == 2
    full = None if year is None else int(f"20{year}" if short else year)
    return _Part(day, month, full, short_year=short)
