"""Texts and dates that name a period, moved on to the next one. Pure."""

import calendar
import re
from collections.abc import Callable, Collection, Mapping
from datetime import date

from lkt.bahasa import MONTHS, month_number, normalize, roman
from lkt.kalender import Triwulan, quarter_number

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_REGULATION = re.compile(
    r"(?:\b(?:nomor|no\.?)\s*[\w./-]+(?:\s+tahun\s+|/)|[A-Z][\w.]*/|(?<![\d/.-])\d+\s?/\s?)$", re.IGNORECASE
)
"""What stands before the year of a regulation: Nomor 6 Tahun, Nomor 7/PMK.07/, 20/."""
_LEAP_DAY = re.compile(r"\b29([\s./-]{1,3}(?:0?2|[fp]eb[a-z]*)[\s./,-]{1,3}(\d{4}))\b", re.IGNORECASE)
_LEAP_DAY_ISO = re.compile(r"\b((\d{4})[-/.]0?2[-/.])29\b")
_QUARTER = re.compile(r"\b((?:triwulan|tribulan|tw)\.?[\s-]*(?:ke-?\s?)?)(IV|I{1,3}|[1-4])\b", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-z]+\.?")
_DAY = re.compile(r"(?<!\d)\d{1,2}(?!\d)")


def next_year(day: date) -> date:
    """The same day a year later; 28 February for 29 February."""
    last = calendar.monthrange(day.year + 1, day.month)[1]
    return day.replace(year=day.year + 1, day=min(day.day, last))


def roll_years(text: str, years: Mapping[int, int]) -> str:
    """A text with other years; the year of a regulation (Nomor 6 Tahun 2024, 6/2014) stays."""

    def other(found: re.Match[str]) -> str:
        year = int(found[0])
        stays = year not in years or _REGULATION.search(text[: found.start()])
        return found[0] if stays else str(years[year])

    rolled = _YEAR.sub(other, text)
    return text if rolled == text else _without_leap_day(rolled)


def _without_leap_day(text: str) -> str:
    """A text in which 29 February of a year that has none is the 28th."""

    def plain(found: re.Match[str]) -> str:
        return found[0] if calendar.isleap(int(found[2])) else f"28{found[1]}"

    def iso(found: re.Match[str]) -> str:
        return found[0] if calendar.isleap(int(found[2])) else f"{found[1]}28"

    return _LEAP_DAY_ISO.sub(iso, _LEAP_DAY.sub(plain, text))


def names_regulation_of(text: str, years: Collection[int]) -> bool:
    """Whether a text names a regulation of one of the years, which ``roll_years`` leaves as it is."""
    found = (match for match in _YEAR.finditer(text) if int(match[0]) in years)
    return any(_REGULATION.search(text[: match.start()]) for match in found)


def names_period(text: str, old: Triwulan, *, new_year: bool) -> bool:
    """Whether a text speaks of the old quarter, or in a new year of the old year."""
    if any(quarter_number(found[2]) == old.nomor for found in _QUARTER.finditer(text)):
        return True
    return new_year and roll_years(text, {old.tahun: old.tahun + 1}) != text


def roll_quarter(text: str, old: Triwulan, new: Triwulan) -> str | None:
    """The text with the next quarter in place of the old one, written the same way.

    Unchanged where it names no period, or the whole year that goes on. None where it names another period,
    so that what it shall be is not known: Februari 2024.
    """
    months = [month for month in map(month_number, _WORD.findall(text)) if month]
    quarters = [quarter_number(found[2]) for found in _QUARTER.finditer(text)]
    years = {int(year) for year in _YEAR.findall(text)}
    if not (months or quarters or years):
        return text
    if years - {old.tahun}:
        return None
    if months in ([old.bulan[0], old.bulan[2]], list(old.bulan)) and not quarters:
        return _roll_months(text, old, new)
    if months == [1, 12] or not (months or quarters):
        return roll_years(text, {old.tahun: new.tahun})
    if quarters == [old.nomor] and not months:
        return roll_years(_roll_number(text, new), {old.tahun: new.tahun})
    return None


def _roll_months(text: str, old: Triwulan, new: Triwulan) -> str | None:
    """Months for months; days only where they are the first and the last."""
    days = [int(day) for day in _DAY.findall(text)]
    if days not in ([], [1, old.akhir.day]):
        return None
    with_months = _WORD.sub(_month_for_month(old, new), text)
    numbers = iter((1, new.akhir.day))
    with_days = _DAY.sub(lambda _: str(next(numbers)), with_months)
    return roll_years(with_days, {old.tahun: new.tahun})


def _month_for_month(old: Triwulan, new: Triwulan) -> Callable[[re.Match[str]], str]:
    follow = dict(zip(old.bulan, new.bulan, strict=True))

    def other(found: re.Match[str]) -> str:
        month = month_number(found[0])
        if month is None:
            return found[0]
        name = MONTHS[follow[month] - 1]
        short = normalize(found[0]).rstrip(".") != normalize(MONTHS[month - 1]) and len(found[0]) < 6
        name = name[:3] + ("." if found[0].endswith(".") else "") if short else name
        return name.upper() if found[0].isupper() else name.lower() if found[0].islower() else name

    return other


def _roll_number(text: str, new: Triwulan) -> str:
    def other(found: re.Match[str]) -> str:
        return found[1] + (str(new.nomor) if found[2].isdigit() else roman(new.nomor))

    return _QUARTER.sub(other, text)
