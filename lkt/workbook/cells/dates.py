"""Reading days, months and ranges of days in every form in which people write them."""

import calendar
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Never

from lkt.bahasa import format_date, format_span, month_number, normalize
from lkt.model import Precision, ProblemKind, Span
from lkt.workbook.cells.display import shows_month_only, to_decimal
from lkt.workbook.cells.raw import Raw, Reading, no_figure


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
