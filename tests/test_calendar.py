import subprocess
import sys
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkt.calendar import (
    SETTLED_FILE,
    Triwulan,
    days_late,
    holiday_name,
    is_working_day,
    quarter_number,
    quarter_of,
    report_deadline,
    working_day_after,
)
from tests.settled_holidays import settled_csv

# tahun, triwulan, the 5th working day after it: libur nasional and cuti bersama are free days.
DEADLINES = [
    (2023, 1, "2023-04-10"),
    (2023, 2, "2023-07-07"),
    (2023, 3, "2023-10-06"),
    (2023, 4, "2024-01-08"),
    (2024, 1, "2024-04-05"),
    (2024, 2, "2024-07-05"),
    (2024, 3, "2024-10-07"),
    (2024, 4, "2025-01-08"),
    (2025, 1, "2025-04-14"),
    (2025, 2, "2025-07-07"),
    (2025, 3, "2025-10-07"),
    (2025, 4, "2026-01-08"),
    (2026, 1, "2026-04-08"),
    (2026, 2, "2026-07-07"),
    (2026, 3, "2026-10-07"),
    (2026, 4, "2027-01-11"),
]


@pytest.mark.parametrize(("tahun", "nomor", "expected"), DEADLINES)
def test_report_deadline(tahun: int, nomor: int, expected: str) -> None:
    assert report_deadline(Triwulan(tahun, nomor)) == date.fromisoformat(expected)


def test_report_deadline_of_another_regulation() -> None:
    assert report_deadline(Triwulan(2024, 1), working_days=6) == date(2024, 4, 16)


@pytest.mark.parametrize(
    ("nomor", "roman", "bulan", "mulai", "akhir"),
    [
        (1, "I", (1, 2, 3), date(2024, 1, 1), date(2024, 3, 31)),
        (2, "II", (4, 5, 6), date(2024, 4, 1), date(2024, 6, 30)),
        (3, "III", (7, 8, 9), date(2024, 7, 1), date(2024, 9, 30)),
        (4, "IV", (10, 11, 12), date(2024, 10, 1), date(2024, 12, 31)),
    ],
)
def test_triwulan(nomor: int, roman: str, bulan: tuple[int, int, int], mulai: date, akhir: date) -> None:
    triwulan = Triwulan(2024, nomor)
    assert (triwulan.roman, triwulan.bulan, triwulan.mulai, triwulan.akhir) == (roman, bulan, mulai, akhir)
    assert str(triwulan) == f"Triwulan {roman} Tahun 2024"
    assert triwulan.phrase == f"triwulan {roman} tahun 2024"


@pytest.mark.parametrize(("numeral", "number"), [("I", 1), ("ii", 2), ("IV", 4), ("3", 3)])
def test_a_quarter_in_roman_or_usual_figures(numeral: str, number: int) -> None:
    assert quarter_number(numeral) == number


def test_triwulan_before_and_after() -> None:
    assert Triwulan(2024, 1).previous == Triwulan(2023, 4)
    assert Triwulan(2024, 2).previous == Triwulan(2024, 1)
    assert Triwulan(2024, 3).following == Triwulan(2024, 4)
    assert Triwulan(2024, 4).following == Triwulan(2025, 1)


@given(st.dates(min_value=date(2, 1, 1)))
def test_a_day_lies_in_its_quarter_and_after_the_quarter_before(day: date) -> None:
    quarter = quarter_of(day)
    assert quarter.previous.akhir < quarter.mulai <= day <= quarter.akhir
    assert quarter.previous.following == quarter


def test_triwulan_are_ordered_by_time() -> None:
    assert sorted([Triwulan(2024, 1), Triwulan(2023, 4), Triwulan(2023, 2)]) == [
        Triwulan(2023, 2),
        Triwulan(2023, 4),
        Triwulan(2024, 1),
    ]


@pytest.mark.parametrize("nomor", [0, 5, -1])
def test_triwulan_that_no_year_has(nomor: int) -> None:
    with pytest.raises(ValueError, match="quarters 1 to 4"):
        Triwulan(2024, nomor)


@pytest.mark.parametrize(
    ("day", "name", "working"),
    [
        (date(2024, 3, 11), "Hari Suci Nyepi", False),
        (date(2024, 3, 12), "Cuti Bersama Hari Suci Nyepi", False),
        (date(2024, 4, 1), None, True),
        (date(2024, 4, 6), None, False),  # Sabtu
        (date(2024, 4, 7), None, False),  # Minggu
        (date(1900, 1, 1), None, True),  # before the holidays that are known
    ],
)
def test_holiday_name_and_working_day(day: date, name: str | None, working: bool) -> None:
    assert (holiday_name(day), is_working_day(day)) == (name, working)


def test_working_day_after_counts_from_the_next_day() -> None:
    assert working_day_after(date(2024, 4, 1), 1) == date(2024, 4, 2)
    assert working_day_after(date(2024, 4, 5), 1) == date(2024, 4, 16)


def test_working_day_after_needs_a_positive_number() -> None:
    with pytest.raises(ValueError, match="number 1"):
        working_day_after(date(2024, 4, 1), 0)


@pytest.mark.parametrize(
    ("done", "days"),
    [
        (date(2024, 3, 11), 0),
        (date(2024, 4, 5), 0),
        (date(2024, 4, 15), 0),
        (date(2024, 4, 16), 1),
        (date(2024, 4, 19), 4),
    ],
)
def test_days_late(done: date, days: int) -> None:
    assert days_late(date(2024, 4, 5), done) == days


def test_holidays_is_not_imported_before_it_is_needed() -> None:
    program = "import sys, lkt.calendar; sys.exit('holidays' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_the_settled_years_are_those_of_the_package() -> None:
    assert SETTLED_FILE.read_text(encoding="utf-8") == settled_csv(), "run: python -m tests.settled_holidays"
