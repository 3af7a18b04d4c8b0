"""Number formats: which section shows a number, what kind of value it is shown as, and days as numbers."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from math import isfinite
from operator import eq, ge, gt, le, lt, ne

GENERAL, TEXT = "General", "@"
DATE_FORMAT = "[$-421]d mmmm yyyy"
"""The format of a date in a cell that had none: 31 Maret 2024."""

_DAY, _CLOCK = "mm-dd-yy", "h:mm:ss"

# ECMA-376 Part 1, 18.8.30: the formats that a file uses without declaring them. From 27 to 36 and 50 to 58
# they are the dates of East Asian editions, which other editions show as their own day or time.
BUILTIN: Mapping[int, str] = {
    0: GENERAL, 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00",
    5: '"$"#,##0_);("$"#,##0)', 6: '"$"#,##0_);[Red]("$"#,##0)',
    7: '"$"#,##0.00_);("$"#,##0.00)', 8: '"$"#,##0.00_);[Red]("$"#,##0.00)',
    9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    14: _DAY, 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM",
    20: "h:mm", 21: _CLOCK, 22: "m/d/yy h:mm",
    **dict.fromkeys(range(27, 32), _DAY), **dict.fromkeys(range(32, 36), _CLOCK), 36: _DAY,
    37: "#,##0_);(#,##0)", 38: "#,##0_);[Red](#,##0)", 39: "#,##0.00_);(#,##0.00)",
    40: "#,##0.00_);[Red](#,##0.00)", 41: r'_(* #,##0_);_(* \(#,##0\);_(* "-"_);_(@_)',
    42: r'_("$"* #,##0_);_("$"* \(#,##0\);_("$"* "-"_);_(@_)',
    43: r'_(* #,##0.00_);_(* \(#,##0.00\);_(* "-"??_);_(@_)',
    44: r'_("$"* #,##0.00_)_("$"* \(#,##0.00\)_("$"* "-"??_)_(@_)',
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mmss.0", 48: "##0.0E+0", 49: TEXT,
    **dict.fromkeys(range(50, 59), _DAY),
}  # fmt: skip

LONGEST_CODE = 255
"""Letters of a number format, as in Excel; of a longer one the rest is left out."""

_PIECE = re.compile(r'"[^"]*"?|\\.?|\[[^\]]*\]?|[_*].?|.', re.DOTALL)
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)\s*([-+]?[0-9]+\.?[0-9]*(?:E[-+]?[0-9]+)?)\]", re.IGNORECASE)
_SIGNS: Mapping[str, Callable[[float, float], bool]] = {
    "<": lt,
    "<=": le,
    "=": eq,
    "<>": ne,
    ">=": ge,
    ">": gt,
}


@lru_cache(maxsize=512)
def _sections(code: str) -> tuple[tuple[str, ...], ...]:
    """The sections of a format, each in pieces: quoted text, escaped letters, brackets, single letters."""
    sections: list[list[str]] = [[]]
    for piece in _PIECE.findall(code[:LONGEST_CODE]):
        if piece == ";":
            sections.append([])
        else:
            sections[-1].append(piece)
    return tuple(map(tuple, sections))


def section_for(code: str, number: float) -> str:
    """The section of a number format that shows a number: ``0"%"`` of ``[<=1]0%;0"%"`` for 85.

    Sections without conditions only tell signs apart; of these it is the first.
    """
    if ";" not in code:
        return code
    sections = _sections(code)
    conditions = [_condition(section) for section in sections[:2]]
    held = (index for index, condition in enumerate(conditions) if condition and _holds(condition, number))
    other = sum(map(bool, conditions)) if conditions[0] else 0
    return "".join(sections[min(next(held, other), len(sections) - 1)])


def _condition(section: tuple[str, ...]) -> re.Match[str] | None:
    return next(filter(None, map(_CONDITION.fullmatch, section)), None)


def _holds(condition: re.Match[str], number: float) -> bool:
    return _SIGNS[condition[1]](number, float(condition[2]))


@lru_cache(maxsize=512)
def is_date_format(code: str) -> bool:
    """Whether a number is shown as a date, a time or a duration; of several sections the first decides."""
    return any(
        piece.casefold() in {"d", "m", "h", "y", "s"} or _ELAPSED.fullmatch(piece)
        for piece in _sections(code)[0]
    )


def is_percent_format(code: str) -> bool:
    """Whether a number is shown in hundredths, with a percent sign; of several sections the first decides."""
    return "%" in _sections(code)[0]


# Days as numbers ------------------------------------------------------------------------------------------


_MILLISECONDS = 86_400_000
_EPOCH, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001 - a workbook has no zone
_MARCH_1900 = 61  # before it Excel counts a 29 February 1900 that never was


def to_date(number: float, code: str, *, from_1904: bool) -> datetime | time | timedelta:
    """The moment that a number stands for: a time alone below 1, a duration in a format such as [h]:mm.

    Raises:
        OverflowError: there is no such day; an amount of money in a cell formatted as a date.
    """
    if not isfinite(number):
        raise OverflowError
    if any(map(_ELAPSED.fullmatch, _sections(code)[0])):
        return timedelta(milliseconds=round(number * _MILLISECONDS))
    day, fraction = divmod(number, 1)
    rest = timedelta(milliseconds=round(fraction * _MILLISECONDS))
    if 0 <= number < 1 and not rest.days:
        return (_EPOCH + rest).time()
    if 0 < number < _MARCH_1900 - 1 and not from_1904:
        day += 1
    return (_EPOCH_1904 if from_1904 else _EPOCH) + timedelta(days=day) + rest


def from_date(value: date, *, from_1904: bool) -> str | None:
    """A day, with its time where it has one, as the file holds it; None before 1 March 1900."""
    moment = value if isinstance(value, datetime) else datetime.combine(value, time())
    passed = moment.replace(tzinfo=None) - (_EPOCH_1904 if from_1904 else _EPOCH)
    if passed.days < (0 if from_1904 else _MARCH_1900):
        return None
    return repr(passed.days + passed.seconds / 86_400) if passed.seconds else str(passed.days)
