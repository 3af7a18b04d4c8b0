"""Texts and dates that go on with the period."""

from datetime import date

import pytest

from lkt.calendar import Triwulan
from lkt.workbook.carry import names_period, names_regulation_of, next_year, roll_quarter, roll_years

Q1, Q2, Q4 = Triwulan(2024, 1), Triwulan(2024, 2), Triwulan(2024, 4)


@pytest.mark.parametrize(
    ("day", "later"),
    [
        (date(2024, 9, 30), date(2025, 9, 30)),
        (date(2024, 2, 29), date(2025, 2, 28)),
        (date(2023, 2, 28), date(2024, 2, 28)),
    ],
)
def test_a_year_later(day: date, later: date) -> None:
    assert next_year(day) == later


@pytest.mark.parametrize(
    ("text", "rolled"),
    [
        ("paling lambat 30 September 2024", "paling lambat 30 September 2025"),
        ("RKPDesa 2025 ditetapkan sebelum 30-9-2024", "RKPDesa 2026 ditetapkan sebelum 30-9-2025"),
        ("29 Februari 2024", "28 Februari 2025"),
        ("29 Pebruari 2024", "28 Pebruari 2025"),
        ("29/02/2024", "28/02/2025"),
        ("2024-02-29", "2025-02-28"),
        ("Peraturan Bupati Nomor 6 Tahun 2024", "Peraturan Bupati Nomor 6 Tahun 2024"),
        ("PMK No. 7/PMK.07/2024 Tahun 2024", "PMK No. 7/PMK.07/2024 Tahun 2024"),
        ("Permendagri 20/2024", "Permendagri 20/2024"),
        ("sejak 2014", "sejak 2014"),
        ("12024 desa", "12024 desa"),
    ],
)
def test_years_in_a_text(text: str, rolled: str) -> None:
    assert roll_years(text, {2024: 2025, 2025: 2026}) == rolled


def test_a_leap_day_stays_where_the_year_has_one() -> None:
    assert roll_years("29 Februari 2024 dan Maret 2023", {2023: 2024}) == "29 Februari 2024 dan Maret 2024"


@pytest.mark.parametrize(
    ("text", "old", "rolled"),
    [
        ("Januari s.d. Maret 2024", Q1, "April s.d. Juni 2024"),
        ("JANUARI - MARET 2024", Q1, "APRIL - JUNI 2024"),
        ("Januari, Februari, Maret", Q1, "April, Mei, Juni"),
        ("Jan-Mar 2024", Q1, "Apr-Jun 2024"),
        ("1 Januari s.d. 31 Maret 2024", Q1, "1 April s.d. 30 Juni 2024"),
        ("April s.d. Juni 2024", Q2, "Juli s.d. September 2024"),
        ("Oktober s.d. Desember 2024", Q4, "Januari s.d. Maret 2025"),
        ("Nopember", Q4, None),
        ("Triwulan I 2024", Q1, "Triwulan II 2024"),
        ("TW 4 Tahun 2024", Q4, "TW 1 Tahun 2025"),
        ("Januari s.d. Desember 2024", Q1, "Januari s.d. Desember 2024"),
        ("Januari s.d. Desember 2024", Q4, "Januari s.d. Desember 2025"),
        ("Tahun 2024", Q4, "Tahun 2025"),
        ("setiap bulan", Q1, "setiap bulan"),
        ("Februari 2024", Q1, None),
        ("5 Januari s.d. 31 Maret 2024", Q1, None),
        ("Januari s.d. Maret 2023", Q1, None),
        ("April s.d. Juni 2024", Q1, None),
        ("Triwulan II 2024", Q1, None),
    ],
)
def test_the_time_of_a_strategy(text: str, old: Triwulan, rolled: str | None) -> None:
    assert roll_quarter(text, old, old.berikutnya) == rolled


@pytest.mark.parametrize(
    ("text", "new_year", "named"),
    [
        ("hasil Triwulan I", False, True),
        ("hasil tw. 1", False, True),
        ("hasil Triwulan II", False, False),
        ("rencana tahun 2024", False, False),
        ("rencana tahun 2024", True, True),
        ("menurut Perbup Nomor 6 Tahun 2024", True, False),
    ],
)
def test_a_text_names_the_old_period(text: str, new_year: bool, named: bool) -> None:
    assert names_period(text, Q1, new_year=new_year) is named


def test_a_regulation_of_the_year() -> None:
    assert names_regulation_of("Perbup Nomor 6 Tahun 2024", {2024})
    assert not names_regulation_of("Perbup Nomor 6 Tahun 2014, mulai 2024", {2024})
