"""Number formats: the code of each cell style, and dates from the numbers that hold them."""

import re
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from functools import lru_cache

from lxml.etree import _Element

from lkt.workbook.xlsx.xml import main

# ECMA-376 Part 1, 18.8.30: the formats that a file uses without declaring them.
BUILTIN: Mapping[int, str] = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00",
    5: '"$"#,##0_);("$"#,##0)', 6: '"$"#,##0_);[Red]("$"#,##0)',
    7: '"$"#,##0.00_);("$"#,##0.00)', 8: '"$"#,##0.00_);[Red]("$"#,##0.00)',
    9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    14: "mm-dd-yy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM",
    20: "h:mm", 21: "h:mm:ss", 22: "m/d/yy h:mm",
    37: "#,##0_);(#,##0)", 38: "#,##0_);[Red](#,##0)", 39: "#,##0.00_);(#,##0.00)",
    40: "#,##0.00_);[Red](#,##0.00)", 41: r'_(* #,##0_);_(* \(#,##0\);_(* "-"_);_(@_)',
    42: r'_("$"* #,##0_);_("$"* \(#,##0\);_("$"* "-"_);_(@_)',
    43: r'_(* #,##0.00_);_(* \(#,##0.00\);_(* "-"??_);_(@_)',
    44: r'_("$"* #,##0.00_)_("$"* \(#,##0.00\)_("$"* "-"??_)_(@_)',
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mmss.0", 48: "##0.0E+0", 49: "@",
}  # fmt: skip

_NOT_A_PATTERN = re.compile(r'".*?"|\[(?!hh?\]|mm?\]|ss?\])[^\]]*\]')
_DATE_LETTER = re.compile(r"(?<![_\\])[dmhys]", re.IGNORECASE)
_DURATION = re.compile(r"\[(?:hh?|mm?|ss?)\]", re.IGNORECASE)
_MILLISECONDS = 86_400_000
_EPOCH, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001 - a workbook has no zone


def format_codes(styles: _Element | None) -> list[str]:
    """The number format of each cell style, in the order in which cells refer to them."""
    if styles is None:
        return []
    codes = dict(BUILTIN)
    for declared in styles.iter(main("numFmt")):
        identifier = declared.get("numFmtId", "")
        if identifier.isdecimal():
            codes[int(identifier)] = declared.get("formatCode") or "General"
    holder = styles.find(main("cellXfs"))
    return [] if holder is None else [_code(style, codes) for style in holder.iterchildren(main("xf"))]


def _code(style: _Element, codes: Mapping[int, str]) -> str:
    identifier = style.get("numFmtId", "0")
    return codes.get(int(identifier), "General") if identifier.isdecimal() else "General"


@lru_cache(maxsize=512)
def is_date(code: str) -> bool:
    """Whether a number in that format is shown as a date, a time or a duration."""
    return _DATE_LETTER.search(_NOT_A_PATTERN.sub("", code.split(";", 1)[0])) is not None


def to_date(number: float, code: str, *, from_1904: bool) -> datetime | time | timedelta:
    """The moment that a number stands for: a time alone below 1, a duration in a format such as [h]:mm.

    Raises:
        OverflowError: there is no such day; an amount of money in a cell formatted as a date.
    """
    if _DURATION.search(code.split(";", 1)[0]):
        return timedelta(days=number)
    day, fraction = divmod(number, 1)
    rest = timedelta(milliseconds=round(fraction * _MILLISECONDS))
    if 0 <= number < 1 and not rest.days:
        return (_EPOCH + rest).time()
    # Excel counts a 29 February 1900 that never was.
    if 0 < number < 60 and not from_1904:
        day += 1
    return (_EPOCH_1904 if from_1904 else _EPOCH) + timedelta(days=day) + rest
