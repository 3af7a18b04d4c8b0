"""One raw cell to a value or a problem: text, choices, numbers, money, percentages, dates."""

import calendar
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from math import isfinite
from typing import Generic, Never, TypeVar

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
from lkt.xlsx import Raw, is_date_format, section_for

# The outcome of reading a raw cell ------------------------------------------------------------------------

T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Reading(Generic[T_co]):
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


_ERRORS = frozenset(
    ("#REF!", "#VALUE!", "#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#GETTING_DATA")
)


def _nothing(raw: Raw, *, dashes: bool = False) -> Reading[Never] | None:
    """The outcome of a cell that has nothing to read: an error, no result, or blank; None for any other.

    Where ``dashes`` holds, a text of dashes alone is blank too.
    """
    value = raw.value
    if raw.error or (isinstance(value, str) and value in _ERRORS):
        return Reading(kind=ProblemKind.EXCEL_ERROR)
    if value is None:
        return Reading(kind=ProblemKind.NOT_CALCULATED) if raw.formula else Reading()
    if not isinstance(value, str):
        return Reading() if _is_no_day(raw) else None
    text = squeeze(value)
    return Reading() if not text or (dashes and re.fullmatch("[-–—−]+", text)) else None


_SEVERAL = re.compile(r"\d{1,3}(?:\s*(?:[;,/&+]|,?\s*dan)\s*\d{1,3})+", re.IGNORECASE)


# A cell as the user sees it in an Indonesian spreadsheet --------------------------------------------------


def as_written(raw: Raw) -> str:
    """The cell as an Indonesian spreadsheet shows it, for messages: text as it stands, figures formatted.

    Of the number format it follows sign, decimals, thousands, percent and fixed words; dates are in full.
    """
    value, code = raw.value, raw.number_format
    match value:
        case None | str():
            return value or ""
        case bool():
            return "TRUE" if value else "FALSE"
        case date():
            return _date_as_written(value, code)
        case time():
            return f"{value:%H.%M}"
    if _is_no_day(raw):
        return ""
    number = _to_decimal(value)
    return str(value) if number is None else _number_as_written(number, code)


def _date_as_written(value: date, code: str) -> str:
    if shows_month_only(code):
        return f"{MONTHS[value.month - 1]} {value.year}"
    clock = isinstance(value, datetime) and value.time() != time()
    return f"{format_date(value)} {value:%H.%M}" if clock else format_date(value)


_A_DAY = 45_000  # a number of which a format that tells numbers apart shows the day


def _is_no_day(raw: Raw) -> bool:
    """A zero under a date format that does not show it: what a formula makes of a blank cell."""
    zero = isinstance(raw.value, int | float) and raw.value == 0 and raw.value is not False
    return zero and is_date_format(section_for(raw.number_format, _A_DAY))


def shows_month_only(code: str) -> bool:
    """A date format such as mmm-yy: Excel gives it to "Feb 2024" and stores 1 February."""
    codes = set(_mask_and_shown(section_for(code, _A_DAY))[0].casefold())
    return "m" in codes and not codes & set("dhs")


def _number_as_written(number: Decimal, code: str) -> str:
    layout = _parse_format(section_for(code, float(number)))
    shown = _rounded(_seen(number, layout), layout)
    sign, size = "-" if shown < 0 else "", shown.copy_abs()
    style = "f"
    if layout is None:
        style = ".5E" if abs(size.adjusted()) > 20 else "f"  # 1,00000E+308
    elif layout.thousands:
        style = ",f"
    digits = f"{size:{style}}".translate(str.maketrans(",.", ".,"))
    return f"{sign}{layout.prefix}{digits}{layout.suffix}".strip() if layout else sign + digits


@dataclass(frozen=True, slots=True)
class _NumberFormat:
    """The positive section of a number format that shows a plain figure.

    Attributes:
        prefix: what stands before the figure.
        suffix: what stands behind it.
        scaled: a percent sign multiplies the figure by 100.
        thousands: thousands are grouped.
        least: decimals that are always shown.
        most: decimals that are shown at most.
    """

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
def _parse_format(code: str) -> _NumberFormat | None:
    """The layout of a plain or percent format; None for General and whatever else shows no plain figure."""
    mask, shown = _mask_and_shown(code)
    digits = _DIGITS.search(mask)
    if digits is None:
        return None
    rest = mask[: digits.start()] + mask[digits.end() :]
    if re.search(r"[#0?A-Za-z]", rest):  # dates, exponents, fractions, figures with a text inside
        return None
    fraction = digits[0].partition(".")[2]
    return _NumberFormat(
        prefix=shown[: digits.start()],
        suffix=shown[digits.end() :],
        scaled="%" in rest,
        thousands=re.search(r"[#0?],+[#0?]", digits[0]) is not None,
        least=fraction.count("0"),
        most=len(fraction),
    )


def _to_decimal(value: object) -> Decimal | None:
    """The exact number of a number cell: a float as its shortest text; None for anything else."""
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    if not isinstance(value, float) or not isfinite(value):
        return None
    return Decimal(str(value)) if value else Decimal(0)  # -0.0 too


def _seen(number: Decimal, layout: _NumberFormat | None) -> Decimal:
    """The figure that stands in the cell: 0.85 formatted as percent is 85."""
    return _shifted(number, 2) if layout and layout.scaled else number


def _rounded(seen: Decimal, layout: _NumberFormat | None) -> Decimal:
    """A figure rounded to what is shown, with exactly the decimals that are shown."""
    if layout:
        return _trimmed(round_half_up(seen, layout.most), layout.least)
    rounded = round_half_up(seen, max(0, 9 - max(0, seen.adjusted())))  # General has room for ten digits
    return _trimmed(rounded or seen)


def _trimmed(value: Decimal, least: int = 0) -> Decimal:
    """The same value without zeros at its end, but with at least so many decimals."""
    whole, _, fraction = f"{value:f}".partition(".")
    fraction = fraction.rstrip("0").ljust(least, "0")
    return Decimal(f"{whole}.{fraction}" if fraction else whole)


def _shifted(value: Decimal, places: int) -> Decimal:
    """The value times ten to the power of ``places``, exactly, whatever its length."""
    sign, digits, exponent = value.as_tuple()
    return Decimal((sign, digits, int(exponent) + places))


def _decimals(value: Decimal) -> int:
    """How many decimals a figure has."""
    return max(0, -int(value.as_tuple().exponent))


# Text and choices -----------------------------------------------------------------------------------------


def read_text(raw: Raw) -> Reading[str]:
    """The text with single spaces and without blank ends; line breaks stay.

    A number, a date or a truth value is taken as the user sees it.
    """
    lines = map(squeeze, as_written(raw).splitlines())
    return _nothing(raw) or Reading("\n".join(lines).strip())


def read_choice(raw: Raw, choices: Collection[str]) -> Reading[str]:
    """One of ``choices``, whatever its capitals and spaces; else the nearest one as candidate."""
    if nothing := _nothing(raw):
        return nothing
    text = as_written(Raw(raw.value))  # 100 shown as 100,00 is 100
    found = next((choice for choice in choices if normalize(choice) == normalize(text)), None)
    if found is not None:
        return Reading(found)
    near = nearest(text, choices)
    return Reading(kind=ProblemKind.NOT_A_CHOICE, candidates=() if near is None else (near,))


# Numbers, rupiah and percentages in every form in which people write them ---------------------------------


@dataclass(frozen=True, slots=True)
class _Style:
    """How a column understands a figure; 1.860 and 1,860 have a lone separator before three digits.

    Attributes:
        dot_groups: such a dot can only stand between thousands.
        comma_groups: such a comma may stand between thousands too.
        percent: the column holds percentages.
        thousandths: three decimals are odd there; the separator before them may stand between thousands.
    """

    dot_groups: bool = False
    comma_groups: bool = True
    percent: bool = False
    thousandths: bool = False


_NUMBER = _Style()
_WHOLE = _Style(dot_groups=True)
_MONEY = _Style(dot_groups=True, thousandths=True)
_PERCENT = _Style(comma_groups=False, percent=True)


def read_number(raw: Raw) -> Reading[Decimal]:
    """A number with any decimals; with a percent sign it has two readings."""
    return _read_figure(raw, _NUMBER)


def read_money(raw: Raw) -> Reading[Decimal]:
    """An amount in rupiah, whole or not; "1.860" is 1860 here, and 1.860,252 has two readings."""
    return _read_figure(raw, _MONEY)


def read_whole(raw: Raw) -> Reading[Decimal]:
    """A whole number; "1.860" is 1860 here, and 1,5 is not a number."""
    reading = _read_figure(raw, _WHOLE)
    if reading.value is not None and reading.value != reading.value.to_integral_value():
        return Reading(kind=ProblemKind.NOT_A_NUMBER, text=reading.text)
    return reading


def read_numbers(raw: Raw) -> Reading[tuple[Decimal, ...]]:
    """The numbers of one row or several: 1, 1; 2, 1,2, 1 dan 2. A spreadsheet takes a typed 1,2 for 1.2."""
    one = read_whole(raw)
    if one.kind is not ProblemKind.NOT_A_NUMBER:
        return Reading(
            None if one.value is None else (one.value,), one.kind, one.candidates, one.decimals, one.text
        )
    written = f"{raw.value:g}".replace(".", ",") if isinstance(raw.value, float) else squeeze(str(raw.value))
    if not _SEVERAL.fullmatch(written):
        return Reading(kind=one.kind, text=one.text)
    return Reading(tuple(dict.fromkeys(map(Decimal, re.findall(r"\d+", written)))))


def read_percent(raw: Raw) -> Reading[Decimal]:
    """A percentage, in percentage points: 85 for 85%, for 0,85 formatted as percent, and for a plain 85.

    A plain figure up to 1 has two readings: 0,85 may be 0,85% or 85%.
    """
    return _read_figure(raw, _PERCENT)


def read_measure(raw: Raw, unit: str, *, letters: bool) -> Reading[Measure]:
    """A figure in the unit of its row: a percentage for %, an amount for rupiah, else a number.

    Args:
        raw: the cell.
        unit: the text of Satuan.
        letters: the row is of kind predikat, so that a text that is no number is taken as a grade.
    """
    match normalize(unit):
        case "%" | "persen":
            reading = read_percent(raw)
        case "rupiah" | "rp" | "rp.":
            reading = read_money(raw)
        case _:
            reading = read_number(raw)
    grade = letters and isinstance(raw.value, str) and reading.kind is ProblemKind.NOT_A_NUMBER
    return read_text(raw) if grade else reading


def without_unit(text: str, unit: str) -> str:
    """A figure without its own unit behind it: 190 for "190 Kasus"; a percent sign stays."""
    own, written = normalize(unit), squeeze(text)
    bare = normalize(written).removesuffix(own).strip() if own and own != "%" else ""
    return bare if bare[:1].isdigit() and bare != normalize(written) else text


@dataclass(frozen=True, slots=True)
class _Figure:
    """What stands in a number cell, before its column gives it a meaning.

    Attributes:
        forms: the numbers that it can stand for, as seen: 85 for 85%; none where it is no number.
        percent: a percent sign is seen.
        decimals: the decimals that are seen; None when ``forms`` have them.
        text: it was typed as text.
    """

    forms: tuple[Decimal, ...]
    percent: bool = False
    decimals: int | None = None
    text: bool = False


def _read_figure(raw: Raw, style: _Style) -> Reading[Decimal]:
    """One form is the value, several are two readings, none is not a number."""
    if nothing := _nothing(raw, dashes=True):
        return nothing
    figure = _figure(raw, style)
    forms = list(figure.forms)
    if figure.percent and not style.percent:
        forms = [meaning for form in forms for meaning in (_shifted(form, -2), form)]
    if style.percent and not figure.percent:
        forms = [
            meaning
            for form in forms
            for meaning in ((form, _shifted(form, 2)) if form.copy_abs() <= 1 else (form,))
        ]
    if style.thousandths and not raw.formula:
        forms += [_shifted(form, 3) for form in forms if _decimals(form) == 3]
    match list(dict.fromkeys(forms)):
        case []:
            return Reading(kind=ProblemKind.NOT_A_NUMBER, text=figure.text)
        case [value]:
            decimals = _decimals(value) if figure.decimals is None else figure.decimals
            return Reading(value, decimals=decimals, text=figure.text)
        case several:
            sign = "%" if style.percent else ""
            candidates = tuple(f"{format_trimmed(value)}{sign}" for value in several)
            return Reading(kind=ProblemKind.TWO_READINGS, candidates=candidates, text=figure.text)


def _figure(raw: Raw, style: _Style) -> _Figure:
    if isinstance(raw.value, str):
        return _figure_of_text(raw.value, style)
    number = _to_decimal(raw.value)
    if number is None:
        return _Figure(())
    layout = _parse_format(section_for(raw.number_format, float(number)))
    seen = _seen(number, layout)
    percent = layout is not None and layout.percent
    return _Figure((seen,), percent=percent, decimals=_decimals(_rounded(seen, layout)))


# (Rp. 13.600.000,-) with each part optional; the figure itself begins and ends with a digit.
_FIGURE = re.compile(
    r"(?P<open>\(\s*)?(?P<minus>[-−]\s*)?(?P<currency>(?:rp|idr)\.?\s*)?(?P<inner_minus>[-−]\s*)?"
    r"(?P<digits>[0-9](?:[0-9.,]*[0-9])?)"
    r"(?P<dash>\s*[.,]\s*[-–—]{1,2})?\s*(?P<percent>%|persen)?(?P<close>\s*\))?"
)

_DECIMAL_POINT = re.compile(r"[0-9]+\.[0-9]{1,2}")


def _figure_of_text(text: str, style: _Style) -> _Figure:
    match = _FIGURE.fullmatch(normalize(text))
    if match is None:
        return _Figure((), text=True)
    signs = sum(map(bool, (match["open"], match["minus"], match["inner_minus"])))
    if signs > 1 or bool(match["open"]) != bool(match["close"]):
        return _Figure((), text=True)
    money = match["currency"] or match["dash"]
    forms = _plain_forms(match["digits"], _MONEY if money else style)
    if style.percent and match["percent"] and _DECIMAL_POINT.fullmatch(match["digits"]):
        forms = forms[:1]  # nobody writes 35.3% for 353%
    return _Figure(
        tuple(form.copy_negate() if signs and form else form for form in map(Decimal, forms)),
        percent=bool(match["percent"]),
        text=True,
    )


def _plain_forms(digits: str, style: _Style) -> tuple[str, ...]:
    """The numbers, with a decimal point, that digits with dots and commas can stand for.

    Where both separators stand, the last is the decimal one and stands once. A lone comma is decimal as is
    usual in Indonesia, a lone dot is not; before three digits both may group.
    """
    separators = [char for char in digits if char in ".,"]
    if not separators:
        return (digits,)
    if len(set(separators)) == 2:
        whole, _, fraction = digits.rpartition(separators[-1])
        return tuple(f"{plain}.{fraction}" for plain in _grouped(whole, separators[0]))
    grouped = _grouped(digits, separators[0])
    if len(separators) > 1:
        return grouped
    if separators == [","]:
        as_decimal = digits.replace(",", ".")
        return (as_decimal, *grouped) if style.comma_groups else (as_decimal,)
    return grouped if style.dot_groups and grouped else (digits, digits.replace(".", ""))


def _grouped(digits: str, separator: str) -> tuple[str, ...]:
    """1.860.252 as 1860252; nothing when the separator does not stand before every three digits."""
    regular = re.fullmatch(rf"[1-9][0-9]{{0,2}}(?:\{separator}[0-9]{{3}})+", digits)
    return (digits.replace(separator, ""),) if regular else ()


# Days, months and ranges of days in every form in which people write them ---------------------------------


def read_date(raw: Raw, year: int | None, *, day_first_sure: bool) -> Reading[Span]:
    """A day, a month or a range of days or months.

    A date cell that shows only a month (Excel makes one of "Feb 2024") is that month.

    Args:
        raw: the cell.
        year: the year of a date that is written without one; None where there is none.
        day_first_sure: figures such as 03/04/2024 have the day first; see ``date_order_evidence``.
    """
    if nothing := _nothing(raw, dashes=True):
        return nothing
    value = raw.value
    if isinstance(value, date):
        day = date(value.year, value.month, value.day)
        if day.day == 1 and shows_month_only(raw.number_format):
            return Reading(Span(day, _last_day(day.year, day.month), Precision.MONTH))
        return Reading(Span(day, day))
    if not isinstance(value, str):
        return Reading(kind=ProblemKind.NOT_A_DATE, candidates=_serial_date(value))
    ends = _parse_date(value)
    if ends is None:
        return Reading(kind=ProblemKind.NOT_A_DATE, candidates=_serial_date(value), text=True)
    return replace(_date_of_text(ends, year, day_first_sure=day_first_sure), text=True)


_TWO_DAYS = re.compile(r"([0-9]{1,2}) ?(?:/|,|&|\+|dan|dan tanggal) ?([0-9]{1,2}) ([a-z]+\b.*)")


def range_meant(text: str, year: int | None) -> tuple[str, ...]:
    """The range that two days of a month may stand for: 2 s.d. 3 Januari 2024 for "2 dan 3 Januari 2024"."""
    days = _TWO_DAYS.fullmatch(normalize(text))
    ends = _parse_date(f"{days[1]} s.d. {days[2]} {days[3]}") if days else None
    span = _date_of_text(ends, year, day_first_sure=True).value if ends else None
    return _printed([span]) if span else ()


def date_order_evidence(raws: Iterable[Raw]) -> bool:
    """Whether 03/04/2024, typed as text in this column, surely is 3 April.

    An English-language Excel turns what it can read with the month first into real dates and leaves the
    rest as text. A column that holds such texts beside real dates, with or without their format, or beside a
    text that makes sense only with the month first, may have been filled by one; then the order is not sure.
    """
    cells = list(raws)
    ends = [end for raw in cells if isinstance(raw.value, str) for end in _parse_date(raw.value) or ()]
    real = any(isinstance(raw.value, date) or _serial_date(raw.value) for raw in cells)
    foreign = real or any(end.month_first for end in ends)
    return not (foreign and any(end.either_order for end in ends))


def _serial_date(value: object) -> tuple[str, ...]:
    """The date that a plain number, or a text of one, would be in a cell that is formatted as a date."""
    if not _SERIAL.fullmatch(str(value).strip()):
        return ()
    return (format_date(date(1899, 12, 30) + timedelta(days=int(str(value).strip()[:5]))),)


# From a text to its two ends


@dataclass(frozen=True, slots=True)
class _End:
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


_LONGEST = 80  # letters of a date text; a longer one is not searched for a date
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
_SERIAL = re.compile(r"[3-7][0-9]{4}(?:[.,][0-9]{1,15})?")
_WEEKDAY = re.compile(r"\b(?:senin|selasa|rabu|kamis|jum['’`]?at|sabtu|minggu|ahad)\b\s?,?\s?")
_SEPARATORS = (
    re.compile(r"\s?(?<![a-z])(?:s\s?[./]?\s?d|sampai(?: dengan)?|hingga)(?![a-z])\.?\s?"),
    re.compile(r"\s-\s"),
    re.compile(r"\s?[–—]\s?"),
    re.compile(r"\s?-\s?"),
    re.compile(r"(?<=[a-z])\s?/\s?(?=[a-z])"),  # between months only: 19/26 may also be "and"
)


def _parse_date(text: str) -> tuple[_End, _End] | None:
    """Both ends of a date text; twice the same when it is no range."""
    plain = _WEEKDAY.sub("", normalize(text))
    if len(plain) > _LONGEST:
        return None
    if single := _parse_end(plain):
        return single, single
    for separator in _SEPARATORS:
        pieces = separator.split(plain)
        ends = [end for end in map(_parse_end, pieces) if end]
        if len(pieces) == len(ends) == 2:
            return ends[0], ends[1]
    return None


def _parse_end(text: str) -> _End | None:
    if match := _ISO.fullmatch(text):
        return _end(int(match["day"]), int(match["month"]), match["year"])
    if match := _FIGURES.fullmatch(text):
        return _end_in_figures(int(match["first"]), int(match["second"]), match["year"], match["sep"])
    if match := _NAMED.fullmatch(text):
        month = month_number(match["month"])
        # In "Februari 24" the figure may be a day.
        if month is None or (match["day"] is None and len(match["year"] or "") == 2):
            return None
        return _end(None if match["day"] is None else int(match["day"]), month, match["year"])
    match = _LONE_DAY.fullmatch(text)
    return _End(day=int(match["day"])) if match and int(match["day"]) else None


def _end_in_figures(first: int, second: int, year: str, separator: str) -> _End | None:
    """Day and month in figures; with dots between them nobody writes the month first."""
    if 1 <= first <= 12 < second <= 31:
        end = _end(second, first, year)
        return end and replace(end, month_first=True)
    end = _end(first, second, year)
    either = separator != "." and first <= 12 and first != second
    return end and replace(end, either_order=either)


def _end(day: int | None, month: int, year: str | None) -> _End | None:
    """None where there is no such month or the day is 0."""
    if not 1 <= month <= 12 or day == 0:
        return None
    short = year is not None and len(year) == 2
    full = None if year is None else int(f"20{year}" if short else year)
    return _End(day, month, full, short_year=short)


# From two ends to a span


def _date_of_text(ends: tuple[_End, _End], year: int | None, *, day_first_sure: bool) -> Reading[Span]:
    """The one reading; two where the order of day and month decides; a candidate where it was odd."""
    readings = [_resolve(*ends, year)]
    if not day_first_sure and any(end.either_order for end in ends):
        readings.append(_resolve(_swapped(ends[0]), _swapped(ends[1]), year))
    spans = dict.fromkeys(reading.value for reading in readings if reading.value)
    if len(spans) > 1:
        return Reading(kind=ProblemKind.TWO_READINGS, candidates=_printed(spans))
    if spans and any(end.short_year or end.month_first for end in ends):
        return Reading(kind=ProblemKind.NOT_A_DATE, candidates=_printed(spans))
    return next((reading for reading in readings if reading.value), readings[0])


def _swapped(end: _End) -> _End:
    return replace(end, day=end.month, month=end.day) if end.either_order else end


def _printed(spans: Iterable[Span]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(format_span(span.start, span.end) for span in spans))


def _resolve(left: _End, right: _End, year: int | None) -> Reading[Span]:
    """The span between two ends, which are the same for a single day or month.

    An end without a month or a year takes that of the other end, and the year of the report.
    """
    report_year = year if year is not None and 1000 <= year < 3000 else None
    right = replace(right, year=right.year or left.year or report_year)
    left = replace(left, month=left.month or right.month, year=left.year or right.year)
    if not right.month or not right.year or (left.day is None) != (right.day is None):
        return Reading(kind=ProblemKind.NOT_A_DATE)
    spans = tuple(_spans(left, right))
    if not (_exists(left) and _exists(right)):
        return Reading(kind=ProblemKind.IMPOSSIBLE_DATE, candidates=_printed(spans))
    return Reading(spans[0]) if spans else Reading(kind=ProblemKind.NOT_A_DATE)


def _spans(left: _End, right: _End) -> Iterator[Span]:
    """The spans between the possible days of both ends, those that do not run backwards."""
    if left == right and left.day:
        yield from (Span(day, day) for day in _days(left))
        return
    precision = Precision.MONTH if left == right else Precision.RANGE
    for start in _days(left):
        for end in _days(right, last=True):
            if start <= end:
                yield Span(start, end, precision)


def _days(end: _End, *, last: bool = False) -> tuple[date, ...]:
    """The day of a complete end, or the possible repairs of an impossible one; of a month its first or last.

    Repairs are the last day of the month, the day it runs over to, and 29 February of the nearest leap years,
    the nearer one first.
    """
    year, month, day = end.year or 1, end.month or 1, end.day
    last_day = _last_day(year, month)
    if day is None:
        return (last_day if last else date(year, month, 1),)
    if _exists(end):
        return (date(year, month, day),)
    over = day - last_day.day
    next_month = (last_day + timedelta(days=over),) if over <= 3 else ()
    if (day, month) != (29, 2):
        return (last_day, *next_month)
    before = next(other for other in range(year, 0, -1) if calendar.isleap(other))
    after = next(other for other in range(year, year + 9) if calendar.isleap(other))
    leap_years = sorted((before, after), key=lambda other: abs(other - year))
    return (last_day, *next_month, *(date(other, 2, 29) for other in leap_years))


def _exists(end: _End) -> bool:
    return end.day is None or end.day <= _last_day(end.year or 1, end.month or 1).day


def _last_day(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])
