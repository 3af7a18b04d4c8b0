from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkt import indonesian
from lkt.indonesian import Number


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (Fraction(1900, 63), 2, "30.16"),
        (Decimal("0.125"), 2, "0.13"),
        (Decimal("-0.125"), 2, "-0.13"),
        (Decimal("2.5"), 0, "3"),
        (Decimal("1.005"), 2, "1.01"),
        (Decimal("-0.004"), 2, "0.00"),
        (Decimal("-0.0"), 1, "0.0"),
        (7, 2, "7.00"),
        (10**30 + 1, 1, "1000000000000000000000000000001.0"),
    ],
)
def test_round_half_up(value: Number, decimals: int, expected: str) -> None:
    assert str(indonesian.round_half_up(value, decimals)) == expected


@given(st.fractions(), st.integers(0, 6))
def test_round_half_up_is_the_nearest(value: Fraction, decimals: int) -> None:
    rounded = Fraction(indonesian.round_half_up(value, decimals))
    assert abs(rounded - value) <= Fraction(1, 2 * 10**decimals)
    assert (abs(rounded) >= abs(value)) or abs(rounded - value) < Fraction(1, 2 * 10**decimals)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (indonesian.format_number(Decimal("1234.56"), 2), "1.234,56"),
        (indonesian.format_number(-1234), "-1.234"),
        (indonesian.format_number(0), "0"),
        (indonesian.format_number(10**5000)[:5], "100.0"),
        (indonesian.format_rupiah(1860252824), "Rp1.860.252.824"),
        (indonesian.format_rupiah(-5), "-Rp5"),
        (indonesian.format_rupiah(Decimal("0.5")), "Rp1"),
        (indonesian.format_percent(Fraction(1900, 63)), "30,16%"),
        (indonesian.format_percent(Fraction(19 * 10000, 63 * 85)), "35,48%"),
        (indonesian.format_percent(Fraction(1, 3), 0), "0%"),
        (indonesian.format_points(Decimal("14.56")), "14,56 poin"),
        (indonesian.format_points(Decimal("-14.555"), 2), "-14,56 poin"),
        (indonesian.format_trimmed(Decimal("85.00")), "85"),
        (indonesian.format_trimmed(Decimal("87.50")), "87,5"),
        (indonesian.format_trimmed(Decimal(1860)), "1.860"),
        (indonesian.format_trimmed(Decimal("1E+3")), "1.000"),
        (indonesian.format_trimmed(Decimal("-0.25")), "-0,25"),
        (indonesian.format_trimmed(Decimal("-0.0")), "0"),
    ],
)
def test_numbers(text: str, expected: str) -> None:
    assert text == expected


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2024-04-05", "2024-04-05", "5 April 2024"),
        ("2024-02-19", "2024-02-26", "19 s.d. 26 Februari 2024"),
        ("2024-02-28", "2024-03-02", "28 Februari s.d. 2 Maret 2024"),
        ("2023-12-30", "2024-01-02", "30 Desember 2023 s.d. 2 Januari 2024"),
        ("2024-02-01", "2024-02-29", "Februari 2024"),
        ("2024-02-01", "2024-02-28", "1 s.d. 28 Februari 2024"),
        ("2024-01-01", "2024-03-31", "Januari s.d. Maret 2024"),
        ("2023-12-01", "2024-01-31", "Desember 2023 s.d. Januari 2024"),
        ("2023-02-01", "2024-02-29", "Februari 2023 s.d. Februari 2024"),
    ],
)
def test_format_span(start: str, end: str, expected: str) -> None:
    assert indonesian.format_span(date.fromisoformat(start), date.fromisoformat(end)) == expected


def test_format_weekday() -> None:
    assert indonesian.format_weekday(date(2024, 2, 29)) == "Kamis"
    assert indonesian.format_weekday(date(2024, 4, 7)) == "Minggu"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Januari", 1), ("januari", 1), ("JAN", 1), ("Feb.", 2), ("Pebruari", 2), ("Mar", 3), ("Apr", 4),
        ("Mei", 5), ("Jun", 6), ("Juli", 7), ("Agt", 8), ("Agu", 8), ("Ags", 8), ("Agustus", 8), ("Sep", 9),
        ("Sept", 9), ("Okt", 10), ("Nop", 11), ("Nov", 11), ("Nopember", 11), ("Des", 12),
        (" Desember ", 12), ("Desembar", None), ("", None), ("13", None),
    ],
)  # fmt: skip
def test_month_number(text: str, number: int | None) -> None:
    assert indonesian.month_number(text) == number


def test_every_month_is_read_back() -> None:
    assert [indonesian.month_number(name) for name in indonesian.MONTHS] == list(range(1, 13))


@pytest.mark.parametrize(
    ("items", "expected"),
    [([], ""), (["A"], "A"), (["A", "B"], "A dan B"), (["A", "B", "C"], "A, B, dan C")],
)
def test_join_and(items: list[str], expected: str) -> None:
    assert indonesian.join_and(items) == expected


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (0, "nol"),
        (10, "sepuluh"),
        (11, "sebelas"),
        (12, "dua belas"),
        (19, "sembilan belas"),
        (20, "dua puluh"),
        (21, "dua puluh satu"),
        (100, "seratus"),
        (111, "seratus sebelas"),
        (200, "dua ratus"),
        (1000, "seribu"),
        (1100, "seribu seratus"),
        (2024, "dua ribu dua puluh empat"),
        (11_011, "sebelas ribu sebelas"),
        (100_000, "seratus ribu"),
        (101_001, "seratus satu ribu satu"),
        (
            999_999,
            "sembilan ratus sembilan puluh sembilan ribu sembilan ratus sembilan puluh sembilan",
        ),
    ],
)
def test_spell_number(number: int, expected: str) -> None:
    assert indonesian.spell_number(number) == expected


def test_no_two_numbers_are_spelled_alike() -> None:
    assert len({indonesian.spell_number(number) for number in range(3000)}) == 3000


@pytest.mark.parametrize("number", [-1, 1_000_000])
def test_numbers_that_cannot_be_spelled(number: int) -> None:
    with pytest.raises(ValueError, match="can be spelled"):
        indonesian.spell_number(number)


@pytest.mark.parametrize(
    ("number", "expected"),
    [(1, "I"), (4, "IV"), (9, "IX"), (14, "XIV"), (40, "XL"), (2024, "MMXXIV"), (3999, "MMMCMXCIX")],
)
def test_roman(number: int, expected: str) -> None:
    assert indonesian.roman(number) == expected


@pytest.mark.parametrize("number", [0, 4000])
def test_numbers_without_a_roman_numeral(number: int) -> None:
    with pytest.raises(ValueError, match="Roman"):
        indonesian.roman(number)


@pytest.mark.parametrize(
    ("text", "squeezed"),
    [
        ("  Anggaran \u00a0 PK ", "Anggaran PK"),
        ("Anggaran\nPK", "Anggaran PK"),
        ("\ufeffTar\u200bget\u00ad", "Target"),
        ("\u2003\u00a0", ""),
        ("Peng\x07aturan", "Pengaturan"),
    ],
)
def test_squeeze_and_normalize(text: str, squeezed: str) -> None:
    assert indonesian.squeeze(text) == squeezed
    assert indonesian.normalize(text) == squeezed.casefold()


@pytest.mark.parametrize(
    ("name", "word", "taken"),
    [
        *((name, "Kecamatan", "Senduro") for name in (
            "Senduro", "SENDURO", "senduro", "Kecamatan Senduro", "KECAMATAN SENDURO", "Kec. Senduro",
            "kec senduro", "Kec.Senduro", "Kc. Senduro", "Kecamatan Kecamatan Senduro",
        )),
        *((name, "Kabupaten", "Lumajang") for name in ("Kab. Lumajang", "PEMERINTAH KABUPATEN LUMAJANG")),
        *((name, "Desa", "Sumber II") for name in ("DESA SUMBER II", "Ds. Sumber II", "SUMBER II")),
        ("Kecil", "Kecamatan", "Kecil"), ("Kecamatan", "Kecamatan", "Kecamatan"), ("SP 2", "Desa", "SP 2"),
        ("MA'ARIF", "Desa", "Ma'arif"), ("Kota Batu", "Kabupaten", "Kota Batu"),
        ("tegalSari", "", "tegalSari"), ("PLT. CAMAT SENDURO", "", "Plt. Camat Senduro"),
    ],
)  # fmt: skip
def test_a_name_in_usual_letters(name: str, word: str, taken: str) -> None:
    kinds = (word,) if word else ()
    assert indonesian.proper_name(name, kinds) == taken
    assert indonesian.proper_name(taken, kinds) == taken


@pytest.mark.parametrize(
    ("name", "taken"),
    [
        ("drs. pujianto", "Drs. Pujianto"),
        ("drs. h. pujianto, m.si.", "Drs. H. Pujianto, M.Si."),
        ("ma'arif, s.h., mm", "Ma'arif, S.H., MM"),
        ("Dra. SRI LESTARI, M.Si.", "Dra. SRI LESTARI, M.Si."),
        ("SRI LESTARI", "SRI LESTARI"),
    ],
)
def test_the_name_of_a_person(name: str, taken: str) -> None:
    assert indonesian.person_name(name) == taken


@pytest.mark.parametrize(
    ("text", "item"),
    [
        *((f"{mark}Merekap hasil", "Merekap hasil") for mark in (
            "1. ", "1.", "12) ", "(3) ", "a. ", "b) ", "iv. ", "(ii) ", "- ", "-", "• ", "– ", "* ", "o ",
            "1. • ", "2. 1. ", "\uf0b7 ",
        )),
        *((text, text) for text in (
            "Merekap hasil", "a.n. Camat", "2 desa didampingi", "2024 ditutup", "1.5 juta", "H. Ahmad Yani",
            "s.d. Maret", "-", "", "3. ", "obat nyamuk", "e-Government",
        )),
    ],
)  # fmt: skip
def test_an_item_without_its_number(text: str, item: str) -> None:
    assert indonesian.bare_item(text) == item


@given(st.text())
def test_squeeze_twice_changes_nothing(text: str) -> None:
    once = indonesian.squeeze(text)
    assert indonesian.squeeze(once) == once


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Realiasasi", "Realisasi"),
        (" REALISASI\u00a0", "Realisasi"),
        ("Angaran PK", "Anggaran PK"),
        ("Foto", None),
        ("", None),
    ],
)
def test_nearest(name: str, expected: str | None) -> None:
    assert indonesian.nearest(name, ["Realisasi", "Anggaran PK", "Keterangan"]) == expected


def test_nearest_with_another_cutoff() -> None:
    assert indonesian.nearest("Realiasasi", ["Realisasi"], cutoff=0.99) is None
