"""A cell as the user sees it in an Indonesian spreadsheet: number formats, applied simply."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from math import isfinite

from lkt.bahasa import MONTHS, format_date, round_half_up
from lkt.workbook.cells.raw import Raw


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
