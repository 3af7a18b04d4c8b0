"""Quarters, working days and deadlines. Pure, on the PyPI package ``holidays``."""

import calendar
import csv
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

_ROMAN = ("I", "II", "III", "IV")
SETTLED = range(2018, 2027)
"""The years whose joint decrees are all issued, and are kept in ``SETTLED_FILE``."""
SETTLED_FILE = Path(__file__).parent / "data" / "libur.csv"


@dataclass(frozen=True, slots=True, order=True)
class Triwulan:
    """One quarter of a calendar year; ``nomor`` is 1 to 4, anything else raises ValueError."""

    tahun: int
    nomor: int

    def __post_init__(self) -> None:
        """Refuse a quarter that no year has."""
        if self.nomor not in range(1, 5):
            raise ValueError(f"a year has quarters 1 to 4, not {self.nomor}")

    @property
    def bulan(self) -> tuple[int, int, int]:
        """The numbers of its three months."""
        last = 3 * self.nomor
        return last - 2, last - 1, last

    @property
    def mulai(self) -> date:
        """Its first day."""
        return date(self.tahun, self.bulan[0], 1)

    @property
    def akhir(self) -> date:
        """Its last day."""
        month = self.bulan[-1]
        return date(self.tahun, month, calendar.monthrange(self.tahun, month)[1])

    @property
    def roman(self) -> str:
        """Its number as printed: I, II, III, IV."""
        return _ROMAN[self.nomor - 1]

    def __str__(self) -> str:
        """As a title names it: Triwulan II Tahun 2024."""
        return f"Triwulan {self.roman} Tahun {self.tahun}"

    @property
    def phrase(self) -> str:
        """As a sentence names it: triwulan II tahun 2024."""
        return f"triwulan {self.roman} tahun {self.tahun}"

    @property
    def previous(self) -> "Triwulan":
        """The quarter before."""
        return Triwulan(self.tahun - 1, 4) if self.nomor == 1 else Triwulan(self.tahun, self.nomor - 1)

    @property
    def following(self) -> "Triwulan":
        """The quarter after."""
        return Triwulan(self.tahun + 1, 1) if self.nomor == 4 else Triwulan(self.tahun, self.nomor + 1)


def quarter_number(numeral: str) -> int:
    """The number of a quarter that is written in Roman or in usual figures.

    Raises:
        ValueError: it is neither.
    """
    written = numeral.upper()
    return _ROMAN.index(written) + 1 if written in _ROMAN else int(numeral)


_NAMED = re.compile(r"(?<![\d.,])\b(?:[1-4]|IV|I{1,3})\b(?![.,]?\d)")


def named_quarter(text: str) -> int | None:
    """The one quarter that a text names: Triwulan I, TW1, II (dua); None for none and for several."""
    found = _NAMED.findall(re.sub(r"(?<=[A-Z])(?=\d)", " ", text.upper()))
    return quarter_number(found[0]) if len(found) == 1 else None


def quarter_of(day: date) -> Triwulan:
    """The quarter that a day lies in."""
    return Triwulan(day.year, (day.month + 2) // 3)


def same_day(day: date, year: int) -> date:
    """The same day of another year; 29 February may become 28 February."""
    return date(year, day.month, min(day.day, calendar.monthrange(year, day.month)[1]))


@cache
def _holidays(year: int) -> dict[date, str]:
    """The free days of a year, weekends apart; empty where the package knows none (before 1946)."""
    if year in SETTLED:
        with SETTLED_FILE.open(encoding="utf-8", newline="") as file:
            days = {date.fromisoformat(row["tanggal"]): row["nama"] for row in csv.DictReader(file)}
        return {day: name for day, name in days.items() if day.year == year}
    # The package takes longer to load than all of our own code, and its answer for a year that is over
    # does not change any more.
    from holidays.countries.indonesia import Indonesia  # noqa: PLC0415

    return dict(Indonesia(years=year, language="id", categories=("public", "government")))


def holiday_name(day: date) -> str | None:
    """The Indonesian name of a libur nasional or cuti bersama; None on any other day, weekends too.

    The joint decree for a year is known from the package's release of the year before; later years hold
    the dates by calculation, their uncertain names marked "(perkiraan)", and no cuti bersama.
    """
    return _holidays(day.year).get(day)


def is_working_day(day: date) -> bool:
    """Monday to Friday, and neither libur nasional nor cuti bersama."""
    return day.weekday() < calendar.SATURDAY and holiday_name(day) is None


def working_day_after(day: date, number: int) -> date:
    """The ``number``-th working day after ``day``, which does not count itself.

    Raises:
        ValueError: ``number`` is less than 1.
    """
    if number < 1:
        raise ValueError(f"the first working day after a day is number 1, not {number}")
    while number:
        day += timedelta(days=1)
        number -= is_working_day(day)
    return day


def report_deadline(triwulan: Triwulan, working_days: int = 5) -> date:
    """The last day on which the report of a quarter is in time: so many working days after it ends."""
    return working_day_after(triwulan.akhir, working_days)


def days_late(due: date, done: date) -> int:
    """How many working days ``done`` is after ``due``; 0 when in time."""
    days = (due + timedelta(days=number) for number in range(1, (done - due).days + 1))
    return sum(map(is_working_day, days))
