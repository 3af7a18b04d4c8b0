# ruff: noqa: DTZ001 - a workbook knows no time zones
import calendar
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkt.indonesian import format_date, format_percent, format_rupiah, format_span
from lkt.model import Precision, ProblemKind, Span
from lkt.workbook.cells import (
    Reading,
    as_written,
    date_order_evidence,
    read_choice,
    read_date,
    read_measure,
    read_money,
    read_number,
    read_numbers,
    read_percent,
    read_text,
    read_whole,
    without_unit,
)
from lkt.xlsx import Raw

NOT_A_NUMBER = ProblemKind.NOT_A_NUMBER
NOT_A_DATE = ProblemKind.NOT_A_DATE
IMPOSSIBLE_DATE = ProblemKind.IMPOSSIBLE_DATE
TWO_READINGS = ProblemKind.TWO_READINGS

LEAP_DAY = date(2024, 2, 29)
NAN, INFINITY = float("nan"), float("inf")

Reader = Callable[[Raw], Reading[object]]


def dates(raw: Raw) -> Reading[Span]:
    return read_date(raw, 2024, day_first_sure=True)


def measure(raw: Raw) -> Reading[Decimal | str]:
    return read_measure(raw, "%", letters=True)


def choice(raw: Raw) -> Reading[str]:
    return read_choice(raw, ("Ya", "Tidak"))


FIGURE_READERS: list[Reader] = [read_number, read_money, read_whole, read_percent, dates, measure]
READERS: list[Reader] = [*FIGURE_READERS, read_text, choice]


# --- Nothing to read -----------------------------------------------------------------------------------


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("value", [None, "", "   ", "\u00a0\u2003", "\u200b\n"])
def test_blank(reader: Reader, value: object) -> None:
    assert reader(Raw(value)) == Reading()


@pytest.mark.parametrize("reader", FIGURE_READERS)
@pytest.mark.parametrize("value", ["-", "–", " — ", "--"])
def test_dashes_are_blank_for_figures(reader: Reader, value: str) -> None:
    assert reader(Raw(value)) == Reading()


def test_a_dash_is_a_text() -> None:
    assert read_text(Raw(" - ")).value == "-"


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("raw", [Raw("#REF!", error=True), Raw("#VALUE!"), Raw("#BUSY!", error=True)])
def test_error_values(reader: Reader, raw: Raw) -> None:
    assert reader(raw) == Reading(kind=ProblemKind.EXCEL_ERROR)


@pytest.mark.parametrize("reader", READERS)
def test_a_formula_that_was_never_calculated(reader: Reader) -> None:
    assert reader(Raw(None, formula=True)) == Reading(kind=ProblemKind.NOT_CALCULATED)


@pytest.mark.parametrize("reader", READERS)
def test_a_formula_that_gives_an_empty_text_is_blank(reader: Reader) -> None:
    assert reader(Raw("", formula=True)) == Reading()


# --- As written ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "number_format", "expected"),
    [
        (None, "General", ""),
        ("  Rp. 5,-", "General", "  Rp. 5,-"),
        ("#REF!", "General", "#REF!"),
        (True, "General", "TRUE"),
        (1860252824, "General", "1860252824"),
        (85.0, "General", "85"),
        (85.5, "General", "85,5"),
        (30.158730158730158, "General", "30,15873016"),
        (1 / 3, "General", "0,333333333"),
        (-0.5, "General", "-0,5"),
        (-0.0, "0.00", "0,00"),
        (1e308, "General", "1,00000E+308"),
        (1e-30, "General", "1,00000E-30"),
        (12345678901234567890123456789012345, "0", "12345678901234567890123456789012345"),
        (0.85, "0%", "85%"),
        (0.30158730158730157, "0.00%", "30,16%"),
        (0.497499, "0%", "50%"),
        (0.85, '0.00"%"', "0,85%"),
        (85, '[<=1]0%;0"%"', "85%"),
        (0.85, '[<=1]0%;0"%"', "85%"),
        (85, r"0\%", "85%"),
        (0.1234, "0.00 %", "12,34 %"),
        (1860252824, "#,##0", "1.860.252.824"),
        (1860252824, '_-"Rp"* #,##0_-;-"Rp"* #,##0_-;_-"Rp"* "-"_-;_-@_-', "Rp1.860.252.824"),
        (13600000, "[$Rp-421]#,##0.00", "Rp13.600.000,00"),
        (-5, '"Rp"#,##0;[Red]-"Rp"#,##0', "-Rp5"),
        (12, '0" desa"', "12 desa"),
        (12.5, "0.0##", "12,5"),
        (12, "0.0##", "12,0"),
        (0.5, ".00", "0,50"),
        (12.5, "0.00E+00", "12,5"),
        (12.5, "# ?/?", "12,5"),
        (12.5, "@", "12,5"),
        (12.5, '"', "12,5"),
        (45351, "dd/mm/yyyy", "45351"),
        (date(2024, 2, 29), "dd/mm/yyyy", "29 Februari 2024"),
        (datetime(2024, 2, 29), "mm-dd-yy", "29 Februari 2024"),
        (datetime(2024, 2, 29, 8, 30), "General", "29 Februari 2024 08.30"),
        (datetime(2024, 2, 1), "mmm-yy", "Februari 2024"),
        (time(8, 30), "h:mm", "08.30"),
        (timedelta(hours=30), "[h]:mm", "1 day, 6:00:00"),
    ],
)
def test_as_written(value: object, number_format: str, expected: str) -> None:
    assert as_written(Raw(value, number_format)) == expected


# --- Text and choices ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (" Camat\u00a0 Senduro ", "Camat Senduro"),
        ("Satu \r\n  dua\n\n tiga\n", "Satu\ndua\n\ntiga"),
        (7, "7"),
        (196811141990031004, "196811141990031004"),
        (True, "TRUE"),
        (date(2024, 2, 29), "29 Februari 2024"),
    ],
)
def test_read_text(value: object, expected: str) -> None:
    assert read_text(Raw(value)) == Reading(expected)


@pytest.mark.parametrize(
    ("value", "number_format", "expected"),
    [
        ("ya", "General", Reading("Ya")),
        ("  TIDAK\u00a0", "General", Reading("Tidak")),
        (100, "General", Reading("100")),
        (100.0, "0.00", Reading("100")),
        ("tidk", "General", Reading(kind=ProblemKind.NOT_A_CHOICE, candidates=("Tidak",))),
        ("entah", "General", Reading(kind=ProblemKind.NOT_A_CHOICE)),
        (True, "General", Reading(kind=ProblemKind.NOT_A_CHOICE)),
    ],
)
def test_read_choice(value: object, number_format: str, expected: Reading[str]) -> None:
    choices = ("Ya", "Tidak", "100")
    assert read_choice(Raw(value, number_format), choices) == expected


# --- Numbers -------------------------------------------------------------------------------------------

TYPED: list[tuple[str, str]] = [
    ("1860252824", "1860252824"), ("1.860.252.824", "1860252824"), ("13,600,000", "13600000"),
    ("1.860.252,82", "1860252.82"), ("1,860,252.82", "1860252.82"), ("1.860,5", "1860.5"),
    ("1,860.5", "1860.5"), ("85,5", "85.5"), ("85,50", "85.50"), ("0,8500", "0.8500"),
    ("12345,67", "12345.67"), ("-1.000.000", "-1000000"), ("−85,5", "-85.5"), ("(85,5)", "-85.5"),
    ("( 1.000.000 )", "-1000000"), ("0", "0"), ("-0", "0"), ("007", "7"), ("0.0", "0.0"),
    ("\u00a085,5\u200b", "85.5"), ("Rp. 13.600.000,-", "13600000"), ("Rp13.600.000,00", "13600000.00"),
    ("rp 13.600", "13600"), ("IDR 13.600", "13600"), ("13.600,-", "13600"), ("13.600.000.-", "13600000"),
    ("Rp 500 ,--", "500"), ("-Rp5", "-5"), ("Rp-5", "-5"), ("(Rp5.000)", "-5000"),
]  # fmt: skip


@pytest.mark.parametrize("reader", [read_number, read_money])
@pytest.mark.parametrize(("text", "value"), TYPED)
def test_numbers_typed_as_text(reader: Reader, text: str, value: str) -> None:
    expected = Decimal(value)
    decimals = -int(expected.as_tuple().exponent)
    assert reader(Raw(text)) == Reading(expected, decimals=decimals, text=True)


@pytest.mark.parametrize(
    "text",
    [
        "1 234", "1.86.000", "1,86,000", "1.860.25,5", "1.860,252.824", "1.860.252.82", "1.2,3.4",
        "0.860.000", ",5", "5,", ".", "Rp", "Rp.", "(5", "5)", "(-5)", "--5", "-Rp-5", "5-", "+5", "1e5",
        "0x10", "13,6 juta", "١٢", "²", "½", "NaN", "inf", "Infinity", "dua", "1/2", "% 85", "85%%",
    ],
)  # fmt: skip
@pytest.mark.parametrize("reader", [read_number, read_money, read_whole, read_percent])
def test_not_a_number(reader: Reader, text: str) -> None:
    assert reader(Raw(text)) == Reading(kind=NOT_A_NUMBER, text=True)


def num(value: str | int, decimals: int = 0, *, text: bool = False) -> Reading[Decimal]:
    return Reading(Decimal(value), decimals=decimals, text=text)


def two(*candidates: str, text: bool = False) -> Reading[Decimal]:
    return Reading(kind=TWO_READINGS, candidates=candidates, text=text)


@pytest.mark.parametrize("reader", [read_number, read_money, read_whole, read_percent])
@pytest.mark.parametrize(
    "value", [True, False, LEAP_DAY, datetime(2024, 2, 29), time(8), timedelta(1), NAN, INFINITY, object]
)
def test_what_is_no_number_at_all(reader: Reader, value: object) -> None:
    assert reader(Raw(value)) == Reading(kind=NOT_A_NUMBER)


@pytest.mark.parametrize(
    ("reader", "text", "expected"),
    [
        (read_number, "4.25", two("4,25", "425", text=True)),
        (read_money, "4.25", two("4,25", "425", text=True)),
        (read_whole, "4.25", two("4,25", "425", text=True)),
        (read_percent, "4.25", two("4,25%", "425%", text=True)),
        (read_percent, "85.5 %", num("85.5", 1, text=True)),  # nobody writes so for 855%
        (read_percent, "35.30%", num("35.30", 2, text=True)),
        # a lone separator before three digits
        (read_number, "1.860", two("1,86", "1.860", text=True)),
        (read_number, "-1.860", two("-1,86", "-1.860", text=True)),
        (read_number, "1,860", two("1,86", "1.860", text=True)),
        (read_money, "1,860", two("1,86", "1.860", text=True)),
        (read_money, "1.860", num(1860, text=True)),
        (read_number, "0,850", num("0.850", 3, text=True)),
        # rupiah with three decimals: a divider of thousands that was typed as comma
        (read_money, "460.901,183", two("460.901,183", "460.901.183", text=True)),
        (read_money, "Rp460,901.183", two("460.901,183", "460.901.183", text=True)),
        (read_money, "460901,183", two("460.901,183", "460.901.183", text=True)),
        (read_money, "-460.901,180", two("-460.901,18", "-460.901.180", text=True)),
        (read_money, "460.901,1835", num("460901.1835", 4, text=True)),
        (read_number, "460.901,183", num("460901.183", 3, text=True)),
        (read_whole, "1.860", num(1860, text=True)),
        (read_percent, "1.860%", two("1,86%", "1.860%", text=True)),
        (read_percent, "33,333%", num("33.333", 3, text=True)),
        (read_money, "Rp 0.85", two("0,85", "85", text=True)),
        # whole numbers
        (read_whole, "2024", num(2024, text=True)),
        (read_whole, "12,00", num(12, 2, text=True)),
        (read_whole, "1,5", Reading(kind=NOT_A_NUMBER, text=True)),
        # percentages with their sign, and without
        (read_percent, "85 %", num(85, text=True)),
        (read_percent, "85%", num(85, text=True)),
        (read_percent, "85,50 %", num("85.5", 2, text=True)),
        (read_percent, "85 persen", num(85, text=True)),
        (read_percent, "0,85%", num("0.85", 2, text=True)),
        (read_percent, "85,5", num("85.5", 1, text=True)),
        (read_percent, "(3,5%)", num("-3.5", 1, text=True)),
        (read_percent, "0,85", two("0,85%", "85%", text=True)),
        (read_percent, "1", two("1%", "100%", text=True)),
        (read_percent, "0.5", two("0,5%", "50%", "5%", text=True)),
        (read_number, "85%", two("0,85", "85", text=True)),
    ],
)
def test_figures_typed_as_text(reader: Reader, text: str, expected: Reading[Decimal]) -> None:
    assert reader(Raw(text)) == expected


@pytest.mark.parametrize(
    ("value", "number_format", "expected", "decimals"),
    [
        (85, "General", "85", 0),
        (85.0, "General", "85", 0),
        (0.1, "General", "0.1", 1),
        (30.158730158730158, "General", "30.158730158730158", 8),
        (30.158730158730158, "0.00", "30.158730158730158", 2),
        (487589183, "#,##0", "487589183", 0),
        (5, "#,##0.00", "5", 2),
        (-0.0, "General", "0", 0),
        (1e22, "General", "1E+22", 0),
        (10**40 + 1, "General", str(10**40 + 1), 0),
    ],
)
def test_numbers(value: object, number_format: str, expected: str, decimals: int) -> None:
    assert read_number(Raw(value, number_format)) == num(expected, decimals)
    assert read_money(Raw(value, number_format)) == num(expected, decimals)


@pytest.mark.parametrize(
    ("reader", "raw", "expected"),
    [
        (read_number, Raw(0.85, "0%"), two("0,85", "85")),  # no percentage belongs there
        (read_number, Raw(0, "0%"), num(0)),
        (read_money, Raw(460901.183, "#,##0"), two("460.901,183", "460.901.183")),
        (read_money, Raw(460901.183, formula=True), num("460901.183", 3)),
        (read_money, Raw(13333.3333), num("13333.3333", 4)),
        (read_whole, Raw(2024), num(2024)),
        (read_whole, Raw(2024.0), num(2024)),
        (read_whole, Raw(1.5), Reading(kind=NOT_A_NUMBER)),
        (read_whole, Raw(1e308), num("1E+308")),
        (read_percent, Raw(85), num(85)),
        (read_percent, Raw(35.4806, "0.00"), num("35.4806", 2)),
        (read_percent, Raw(0), num(0)),
        (read_percent, Raw(0.85, "0%"), num(85)),
        (read_percent, Raw(1, "0%"), num(100)),
        (read_percent, Raw(0.354806722689, "0.00%"), num("35.4806722689", 2)),
        (read_percent, Raw(0.07, "0.0 %"), num(7, 1)),
        (read_percent, Raw(85, "0%"), num(8500)),
        (read_percent, Raw(0.85, '0.00"%"'), num("0.85", 2)),
        (read_percent, Raw(85, '[<=1]0%;0"%"'), num(85, 0)),
        (read_percent, Raw(85, r"0\%"), num(85)),
        (read_percent, Raw(0.85), two("0,85%", "85%")),
        (read_percent, Raw(0.85, "0.00"), two("0,85%", "85%")),
        (read_percent, Raw(-0.85), two("-0,85%", "-85%")),
        (read_percent, Raw(1), two("1%", "100%")),
    ],
)
def test_number_cells(reader: Reader, raw: Raw, expected: Reading[Decimal]) -> None:
    assert reader(raw) == expected


@pytest.mark.parametrize(
    ("raw", "unit", "letters", "expected"),
    [
        (Raw(0.85, "0%"), "%", False, num(85)),
        (Raw(0.85, "0%"), " Persen ", False, num(85)),
        (Raw(0.85), "%", False, two("0,85%", "85%")),
        (Raw(0.85), "indeks", False, num("0.85", 2)),
        (Raw("1.860"), "Rupiah", False, num(1860, text=True)),
        (Raw("1.860"), "desa", False, two("1,86", "1.860", text=True)),
        (Raw("BB"), "predikat", False, Reading(kind=NOT_A_NUMBER, text=True)),
        (Raw(" BB "), "predikat", True, Reading("BB")),
        (Raw("82,5"), "predikat", True, num("82.5", 1, text=True)),
        (Raw(True), "predikat", True, Reading(kind=NOT_A_NUMBER)),
        (Raw("-"), "predikat", True, Reading()),
    ],
)
def test_read_measure(raw: Raw, unit: str, letters: bool, expected: Reading[Any]) -> None:
    assert read_measure(raw, unit, letters=letters) == expected


# --- Dates ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "29 Februari 2024", "29 Pebruari 2024", "29 FEB 2024", "29 Feb. 2024", "29 Februari, 2024",
        "Senin, 29 Februari 2024", "jum’at 29 februari 2024", "29/02/2024", "29-02-2024", "29.02.2024",
        "29/2/2024", "29 / 2 / 2024", "2024-02-29", "2024/2/29", "2024-02-29 00:00:00", "29-Feb-2024",
        "29 Februari", "\u00a029\u00a0Februari  2024 ", "29 s.d. 29 Februari 2024",
    ],
)  # fmt: skip
def test_a_day_typed_as_text(text: str) -> None:
    assert dates(Raw(text)) == Reading(Span(LEAP_DAY, LEAP_DAY, Precision.DAY), text=True)


@pytest.mark.parametrize("value", [LEAP_DAY, datetime(2024, 2, 29), datetime(2024, 2, 29, 23, 59, 59)])
def test_a_date_cell(value: date) -> None:
    assert dates(Raw(value, "mm-dd-yy")) == Reading(Span(LEAP_DAY, LEAP_DAY))


@pytest.mark.parametrize("code", ['[=0]"";d mmmm yyyy', '[=0]"-";dd/mm/yy', '[>0]d mmm yyyy;""'])
def test_a_zero_that_a_date_format_hides_is_blank(code: str) -> None:
    for raw in (Raw(0, code), Raw(0.0, code, formula=True)):
        assert (dates(raw), as_written(raw)) == (Reading(), "")
    assert dates(Raw(datetime(2024, 2, 29), code)).value == Span(LEAP_DAY, LEAP_DAY)


def test_a_date_cell_that_shows_only_the_month_is_a_month() -> None:
    february = Span(date(2024, 2, 1), LEAP_DAY, Precision.MONTH)
    assert dates(Raw(datetime(2024, 2, 1), "mmm-yy")) == Reading(february)
    assert dates(Raw(datetime(2024, 2, 1), "[$-421]mmmm yyyy;@")) == Reading(february)
    assert dates(Raw(datetime(2024, 2, 1), '[=0]"";mmmm yyyy')) == Reading(february)
    assert dates(Raw(datetime(2024, 2, 29), "mmm-yy")) == Reading(Span(LEAP_DAY, LEAP_DAY))


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Februari", "2024-02-01", "2024-02-29"),
        ("Februari 2023", "2023-02-01", "2023-02-28"),
        ("Nopember 2023", "2023-11-01", "2023-11-30"),
    ],
)
def test_months(text: str, start: str, end: str) -> None:
    span = Span(date.fromisoformat(start), date.fromisoformat(end), Precision.MONTH)
    assert dates(Raw(text)) == Reading(span, text=True)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("februari/maret", "2024-02-01", "2024-03-31"),
        ("Januari/Desember", "2024-01-01", "2024-12-31"),
        ("Januari / Desember 2023", "2023-01-01", "2023-12-31"),
        ("Januari s.d. Maret 2024", "2024-01-01", "2024-03-31"),
        ("Januari-Maret", "2024-01-01", "2024-03-31"),
        ("Desember 2023 s.d. Januari 2024", "2023-12-01", "2024-01-31"),
        *((text, "2024-02-19", "2024-02-26") for text in (
            "19 s.d. 26 Februari 2024", "19 s.d 26 Februari 2024", "19 s/d 26 Februari 2024",
            "19 S/D 26 FEBRUARI 2024", "19 sd 26 Februari 2024", "19s.d.26 Februari 2024",
            "19 sampai dengan 26 Februari 2024", "19 - 26 Februari 2024", "19-26 Februari 2024",
            "19–26 Februari", "19/02/2024 - 26/02/2024", "19-02-2024 s.d. 26-02-2024",
            "2024-02-19 - 2024-02-26", "19-26/02/2024",
        )),
        ("28 Februari s.d. 2 Maret 2024", "2024-02-28", "2024-03-02"),
        ("30 Desember 2023 s.d. 2 Januari 2024", "2023-12-30", "2024-01-02"),
        ("Senin, 19 s.d. Rabu, 21 Februari 2024", "2024-02-19", "2024-02-21"),
        ("19 Februari 2023 s.d. 26 Februari", "2023-02-19", "2023-02-26"),
    ],
)  # fmt: skip
def test_ranges(text: str, start: str, end: str) -> None:
    span = Span(date.fromisoformat(start), date.fromisoformat(end), Precision.RANGE)
    assert dates(Raw(text)) == Reading(span, text=True)


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("29 Feb 24", ("29 Februari 2024",)),
        ("29/02/24", ("29 Februari 2024",)),
        ("19 s.d. 26 Feb 24", ("19 s.d. 26 Februari 2024",)),
        ("02/29/2024", ("29 Februari 2024",)),
        ("2/29/24", ("29 Februari 2024",)),
        *((text, ()) for text in (
            "26 s.d. 19 Februari 2024", "Desember/Januari", "Februari 24", "19 s.d. Februari 2024",
            "19, 26 Februari 2024", "19/26 Februari 2024", "19 s.d. 20 s.d. 21 Februari 2024",
            "0 Januari 2024", "13/13/2024", "02/45/2024", "2024-13-01", "29 Februari 0024",
            "29 Februari 3024", "2024", "29", "umum", "triwulan I", "٢٩ Februari 2024",
            "29 Februari 2024" + "." * 100,
        )),
    ],
)  # fmt: skip
def test_not_a_date(text: str, candidates: tuple[str, ...]) -> None:
    assert dates(Raw(text)) == Reading(kind=NOT_A_DATE, candidates=candidates, text=True)


@pytest.mark.parametrize(
    ("raw", "candidates"),
    [
        (Raw(45351), ("29 Februari 2024",)),
        (Raw(45351.0), ("29 Februari 2024",)),
        (Raw(45351.5), ("29 Februari 2024",)),
        (Raw(45351, "0.00"), ("29 Februari 2024",)),
        (Raw(29_999), ()),
        (Raw(2024), ()),
        (Raw(80001), ()),
        (Raw(1e308), ()),
        (Raw(True), ()),
        (Raw(time(8)), ()),
        (Raw(timedelta(1)), ()),
    ],
)
def test_cells_that_hold_no_date(raw: Raw, candidates: tuple[str, ...]) -> None:
    assert dates(raw) == Reading(kind=NOT_A_DATE, candidates=candidates)


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("29 Februari 2023", ("28 Februari 2023", "1 Maret 2023", "29 Februari 2024", "29 Februari 2020")),
        ("29 Februari 2022", ("28 Februari 2022", "1 Maret 2022", "29 Februari 2020", "29 Februari 2024")),
        ("29 Februari 1900", ("28 Februari 1900", "1 Maret 1900", "29 Februari 1896", "29 Februari 1904")),
        ("31 April 2024", ("30 April 2024", "1 Mei 2024")),
        ("31 April", ("30 April 2024", "1 Mei 2024")),
        ("31/02/2024", ("29 Februari 2024", "2 Maret 2024")),
        ("02/30/2024", ("29 Februari 2024", "1 Maret 2024")),
        ("2023-02-30", ("28 Februari 2023", "2 Maret 2023")),
        ("32 Januari 2024", ("31 Januari 2024", "1 Februari 2024")),
        ("32 Desember 2999", ("31 Desember 2999", "1 Januari 3000")),
        ("99 Januari 2024", ("31 Januari 2024",)),
        ("29/02/23", ("28 Februari 2023", "1 Maret 2023", "29 Februari 2024", "29 Februari 2020")),
        ("19 s.d. 30 Februari 2024", ("19 s.d. 29 Februari 2024", "19 Februari s.d. 1 Maret 2024")),
    ],
)
def test_impossible_dates(text: str, candidates: tuple[str, ...]) -> None:
    assert dates(Raw(text)) == Reading(kind=IMPOSSIBLE_DATE, candidates=candidates, text=True)


@pytest.mark.parametrize("text", ["Februari", "29 Februari", "Januari/Desember", "19–26 Februari"])
@pytest.mark.parametrize("year", [None, 0, 99_999])
def test_a_date_without_a_year_needs_the_year_of_the_report(text: str, year: int | None) -> None:
    assert read_date(Raw(text), year, day_first_sure=True) == Reading(kind=NOT_A_DATE, text=True)


@pytest.mark.parametrize(
    ("text", "sure", "unsure"),
    [
        ("03/04/2024", "3 April 2024", ("3 April 2024", "4 Maret 2024")),
        ("3-4-2024", "3 April 2024", ("3 April 2024", "4 Maret 2024")),
        (
            "03/04/2024 - 05/04/2024",
            "3 s.d. 5 April 2024",
            ("3 s.d. 5 April 2024", "4 Maret s.d. 4 Mei 2024"),
        ),
    ],
)
def test_figures_that_can_be_read_in_both_orders(text: str, sure: str, unsure: tuple[str, ...]) -> None:
    span = read_date(Raw(text), None, day_first_sure=True).value
    assert span
    assert format_span(span.start, span.end) == sure
    reading = read_date(Raw(text), None, day_first_sure=False)
    assert reading == Reading(kind=TWO_READINGS, candidates=unsure, text=True)


@pytest.mark.parametrize("text", ["03/03/2024", "13/03/2024", "03.04.2024", "2024-04-03", "3 April 2024"])
def test_texts_that_do_not_depend_on_the_order(text: str) -> None:
    sure, unsure = (read_date(Raw(text), None, day_first_sure=order) for order in (True, False))
    assert sure == unsure
    assert sure.value


@pytest.mark.parametrize(
    ("values", "sure"),
    [
        ([], True),
        (["03/04/2024", "29/02/2024", None, "Februari", 5], True),
        (["03/04/2024", datetime(2024, 2, 29)], False),
        (["03/04/2024", "02/29/2024"], False),
        (["29/02/2024", datetime(2024, 2, 29)], True),
        ([datetime(2024, 2, 29), date(2024, 3, 1)], True),
        (["03/04/2024", 45351], False),
        (["03/04/2024", 20], True),
        (["29/02/2024", 45351], True),
        (["02/29/2024"], True),
        (["03/04/2024", 45_350.5], False),
        (["03/04/2024", " 45350 "], False),
        (["03/04/2024", 2024, 7, "1500000"], True),
    ],
)
def test_date_order_evidence(values: list[object], sure: bool) -> None:
    assert date_order_evidence(map(Raw, values)) is sure


# --- Laws ----------------------------------------------------------------------------------------------

FORMATS = (
    "General", "0%", '0.00"%"', "#,##0.00", '_-"Rp"* #,##0_-', "dd/mm/yyyy", "mmm-yy", "@", "0.0E+0", "\\",
)  # fmt: skip
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.text(),
    st.text("0123456789.,-()%Rp /", max_size=30),
    st.text("0123456789/-. s.d.FebruariMaret", max_size=30),
    st.from_regex(r"[0-9]{1,2}[-/. ](?:[0-9]{1,2}|Feb|Des)[-/. ][0-9]{2,4}", fullmatch=True),
    st.integers(),
    st.integers(-(10**400), 10**400),
    st.floats(),
    st.sampled_from([1e308, 5e-324, "#REF!"]),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
)
RAWS = st.builds(
    Raw,
    VALUES,
    st.one_of(st.sampled_from(FORMATS), st.text('0#?.,%";[]$-\\_*GymdhE/ ')),
    st.booleans(),
    st.booleans(),
)


@given(RAWS)
def test_any_content_gives_a_value_a_problem_or_nothing(raw: Raw) -> None:
    for reader in READERS:
        reading = reader(raw)
        assert reading.value is None or reading.kind is None
        assert reading.kind is not TWO_READINGS or len(reading.candidates) > 1


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("text", ["1" * 32_767, "1." + "0" * 32_765, "9" * 5000 + ".25", " " * 32_766 + "x"])
def test_the_longest_texts_that_a_cell_can_hold(reader: Reader, text: str) -> None:
    assert reader(Raw(text)) != Reading()


@given(RAWS, st.text(), st.booleans(), st.one_of(st.none(), st.integers()))
def test_any_content_with_any_neighbours(raw: Raw, unit: str, flag: bool, year: int | None) -> None:
    assert isinstance(as_written(raw), str)
    read_measure(raw, unit, letters=flag)
    read_date(raw, year, day_first_sure=flag)
    date_order_evidence([raw, raw])


@given(st.integers())
def test_rupiah_is_read_back(amount: int) -> None:
    assert read_money(Raw(format_rupiah(amount))).value == amount


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2))
def test_percent_is_read_back(value: Decimal) -> None:
    assert read_percent(Raw(format_percent(value))) == Reading(value, decimals=2, text=True)


@given(st.dates(date(1000, 1, 1), date(2999, 12, 31)))
def test_a_date_is_read_back(day: date) -> None:
    reading = read_date(Raw(format_date(day)), None, day_first_sure=False)
    assert reading == Reading(Span(day, day), text=True)


@given(
    st.dates(date(1000, 1, 1), date(2999, 12, 31)),
    st.dates(date(1000, 1, 1), date(2999, 12, 31)),
    st.booleans(),
)
def test_a_span_is_read_back(one: date, other: date, whole_months: bool) -> None:
    start, end = min(one, other), max(one, other)
    if whole_months:
        start = start.replace(day=1)
        end = end.replace(day=calendar.monthrange(end.year, end.month)[1])
    span = read_date(Raw(format_span(start, end)), None, day_first_sure=False).value
    assert span
    assert (span.start, span.end) == (start, end)


@given(st.integers(-(10**12), 10**12), st.integers(0, 4))
def test_a_number_cell_is_exact(units: int, places: int) -> None:
    value = float(Decimal(units).scaleb(-places))
    assert read_number(Raw(value)).value == Decimal(str(value))
    assert read_percent(Raw(value, "0%")).value == Decimal(str(value)) * 100


@pytest.mark.parametrize(
    ("value", "numbers"),
    [
        (1.0, (1,)), (1.2, (1, 2)), (1.12, (1, 12)), ("1", (1,)), ("1; 2", (1, 2)), ("1;2;3", (1, 2, 3)),
        ("1,2", (1, 2)), ("1, 2, dan 4", (1, 2, 4)), ("1 dan 5", (1, 5)), ("3 & 1", (3, 1)), ("2; 2", (2,)),
        ("", None), ("-", None), ("1; x", None), ("semua", None),
    ],
)  # fmt: skip
def test_one_number_or_several(value: str | float, numbers: tuple[int, ...] | None) -> None:
    reading = read_numbers(Raw(value))
    expected = None if numbers is None else tuple(map(Decimal, map(str, numbers)))
    assert reading.value == expected
    assert (reading.kind is None) == (numbers is not None or value in {"", "-"})


@pytest.mark.parametrize(
    ("text", "unit", "figure"),
    [("190 Kasus", "kasus", "190"), ("46 orang", "kasus", "46 orang"), ("85%", "%", "85%"),
     ("kasus", "kasus", "kasus"),
     ("1.860", "desa", "1.860")],
)  # fmt: skip
def test_a_figure_without_its_unit(text: str, unit: str, figure: str) -> None:
    assert without_unit(text, unit) == figure
