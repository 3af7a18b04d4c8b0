"""The kinds of indicator, directions and caps: each row is an office's typing and what must come out."""

from collections.abc import Mapping
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkt.figures import IndikatorResult, decimals_for, printed, printed_share
from lkt.indicators import compute
from lkt.indonesian import round_half_up
from lkt.pipeline import run
from tests.builders import base, dataset, edited

RASIO = {"Indikator!H2": "rasio", "Indikator!J2": "19", "Indikator!L2": "63", "Indikator!F2": "85%"}
NILAI = {"Indikator!H2": "nilai", "Indikator!D2": "indeks", "Indikator!F2": "82.5", "Indikator!L2": ""}
PREDIKAT = {"Indikator!H2": "predikat", "Indikator!D2": "predikat", "Indikator!F2": "A", "Indikator!L2": ""}


def first(edits: Mapping[str, str], triwulan: int = 1) -> IndikatorResult:
    """The first indicator of the clean workbook with some cells changed."""
    return compute(dataset(edited(base(triwulan=triwulan), edits))).indikator[0]


@pytest.mark.parametrize(
    ("edits", "realisasi", "capaian"),
    [
        (RASIO, "30,16%", "35,48%"),
        ({**RASIO, "Indikator!J2": "0"}, "0,00%", "0,00%"),
        ({**RASIO, "Indikator!L2": "0"}, "-", "-"),
        ({**RASIO, "Indikator!J2": ""}, "-", "-"),
        ({**RASIO, "Indikator!F2": "0%"}, "30,16%", "-"),
        ({**RASIO, "Indikator!F2": ""}, "30,16%", "-"),
        ({**RASIO, "Indikator!E2": "turun"}, "30,16%", "164,52%"),
        ({**RASIO, "Indikator!E2": "turun", "Indikator!J2": "63", "Indikator!F2": "20%"}, "100,00%", "0,00%"),
        ({**RASIO, "Indikator!F2": "20%"}, "30,16%", "150,79%"),
        ({**RASIO, "Indikator!F2": "20%", "Identitas!B23": '"120"'}, "30,16%", "120,00%"),
        ({**RASIO, "Indikator!F2": "20%", "Identitas!B23": "100"}, "30,16%", "100,00%"),
        ({**RASIO, "Identitas!B20": "0"}, "30%", "35%"),
        ({**NILAI, "Indikator!M2": "81.9"}, "81,9", "99,27%"),
        ({**NILAI, "Indikator!M2": ""}, "-", "-"),
        ({**NILAI, "Indikator!D2": "Rp", "Indikator!F2": "1000000", "Indikator!M2": '"Rp. 250.000,-"'},
         "Rp250.000", "25,00%"),
        ({**PREDIKAT, "Indikator!M2": "B"}, "60", "75,00%"),
        ({**PREDIKAT, "Indikator!M2": "ZZ"}, "-", "-"),
        ({"Indikator!H2": ""}, "-", "-")
    ],
)  # fmt: skip
def test_realisasi_and_capaian(edits: Mapping[str, str], realisasi: str, capaian: str) -> None:
    result = first(edits)
    decimals = 0 if "Identitas!B20" in edits else 2
    assert (printed(result.realisasi, decimals), printed(result.capaian, decimals)) == (realisasi, capaian)


TYPED = {**NILAI, "Identitas!B20": "0", "Indikator!F2": "100"}


@pytest.mark.parametrize(
    ("edits", "realisasi", "capaian"),
    [
        # What was typed keeps its decimals, whatever Desimal Persen
        ({**TYPED, "Indikator!M2": "99.6"}, "99,6", "99,6%"),
        ({**TYPED, "Indikator!M2": "99.999"}, "99,999", "99,999%"),
        ({**TYPED, "Indikator!M2": "100.25"}, "100,25", "100%"),
        ({**TYPED, "Indikator!D2": "%", "Indikator!F2": "100%", "Indikator!M2": "84.55%"}, "84,55%", "85%"),
        # A formula of the office is rounded as always
        ({**TYPED, "Indikator!M2": "=AVERAGE(A1:A3) → 81.3333333333"}, "81", "81%"),
        # As many decimals as the verdict needs: below the target, below 100, below a grade
        ({**RASIO, "Indikator!J2": "849996", "Indikator!L2": "1000000"}, "84,9996%", "99,9995%"),
        ({**RASIO, "Indikator!J2": "850004", "Indikator!L2": "1000000"}, "85,00%", "100,00%"),
        (
            {**RASIO, "Indikator!E2": "turun", "Indikator!J2": "850004", "Indikator!L2": "1000000"},
            "85,0004%",
            "99,9995%",
        ),
        (
            {**TYPED, "Identitas!B20": "2", "Skala!A4": "Tinggi", "Skala!B4": "85", "Skala!C4": "capaian",
             "Skala!C1": "Untuk", "Indikator!M2": "84.996"},
            "84,996",
            "84,996%",
        ),
    ],
)  # fmt: skip
def test_a_figure_has_the_decimals_that_show_it_true(
    edits: Mapping[str, str], realisasi: str, capaian: str
) -> None:
    result = first(edits)
    decimals = int(edits.get("Identitas!B20", "2"))
    assert (printed(result.realisasi, decimals), printed(result.capaian, decimals)) == (realisasi, capaian)


@given(st.integers(0, 10**7), st.integers(1, 10**6), st.integers(0, 4), st.booleans())
def test_no_rounded_figure_crosses_a_bound(top: int, bottom: int, least: int, falling: bool) -> None:
    value, bounds = Fraction(top, bottom), [Fraction(1), Fraction(85), Fraction(100)]
    shown = Fraction(round_half_up(value, decimals_for(value, bounds, least, falling=falling)))
    for bound in bounds:
        assert (shown <= bound) is (value <= bound) if falling else (shown >= bound) is (value >= bound)


def test_a_missing_value_tells_its_reason_and_its_cell() -> None:
    reason = first({**RASIO, "Indikator!J2": ""}).capaian.reason
    assert reason == "Fasilitasi yang ditindaklanjuti belum diisi (Indikator!J2)"


def test_dasar_capaian_chooses_between_the_two_targets() -> None:
    edits = {**RASIO, "Indikator!G2": "30%"}
    yearly, quarterly = first(edits), first({**edits, "Identitas!B24": "triwulan"})
    assert printed(yearly.capaian) == printed(yearly.capaian_tahun) == "35,48%"
    assert quarterly.capaian_triwulan is not None
    assert printed(quarterly.capaian) == printed(quarterly.capaian_triwulan) == "100,53%"
    assert quarterly.tercapai
    assert not yearly.tercapai


def test_dasar_triwulan_without_a_quarterly_target_gives_no_value() -> None:
    assert first({**RASIO, "Identitas!B24": "triwulan"}).capaian.value is None


@pytest.mark.parametrize(
    ("tanggal", "triwulan", "counted"),
    [
        ("2024-02-29", 1, True),
        ("2024-04-01", 1, False),
        ("2024-04-01", 2, True),
        ("2023-12-31", 1, False),
        ("Februari", 1, True),
        ("Pebruari", 1, True),
        ("April", 1, False),
        ("April", 2, True),
        ('"19 s.d. 26 Februari 2024"', 1, True),
        ('"28 Maret s.d. 2 April 2024"', 1, False),
        ("Januari/Desember", 1, False),
        ("Januari/Desember", 3, False),
        ("Januari/Desember", 4, True),
        ('"31 April 2024"', 4, False),
    ],
)
def test_a_log_row_counts_by_its_last_day(tanggal: str, triwulan: int, counted: bool) -> None:
    with_it = first({"Fasilitasi!C2": tanggal}, triwulan).pembilang
    without = first({"Fasilitasi!C2": tanggal, "Fasilitasi!F2": "Tidak"}, triwulan).pembilang
    assert with_it is not None
    assert without is not None
    assert (with_it.value or 0) - (without.value or 0) == int(counted)


EMPTY_LOG = {f"Fasilitasi!{row}": "" for row in (2, 3, 4)}


@pytest.mark.parametrize(
    ("edits", "reason"),
    [
        (EMPTY_LOG, "lembar Fasilitasi belum mempunyai satu baris pun"),
        (
            {f"Fasilitasi!F{row}": "" for row in (2, 3, 4)},
            "Ditindaklanjuti belum diisi (Fasilitasi!F2) pada semua baris lembar Fasilitasi",
        ),
        (
            {f"Fasilitasi!C{row}": "kelak" for row in (2, 3, 4)},
            "Tanggal tidak terbaca (Fasilitasi!C2) pada semua baris lembar Fasilitasi",
        ),
    ],
)
def test_a_blank_log_is_not_zero(edits: Mapping[str, str], reason: str) -> None:
    """A typed 0 is not confirmed, and nobody is told that it should be 0."""
    figure = first(edits).pembilang
    assert figure
    assert (figure.value, figure.reason) == (None, reason)
    findings = run(dataset(edited(base(), {**edits, "Indikator!J2": "3", "Indikator!M2": "33%"}))).findings
    assert not {"K102", "K103", "K104"} & {finding.code for finding in findings}
    assert not [finding for finding in findings if finding.expected.startswith("0")]


def test_nobody_followed_up_is_zero() -> None:
    pembilang = first({f"Fasilitasi!F{row}": "Tidak" for row in (2, 3, 4)}).pembilang
    assert pembilang
    assert pembilang.value == 0


def test_figures_keep_their_cells() -> None:
    refs = {str(ref) for ref in first({}).capaian.refs}
    assert {"Fasilitasi!C2", "Fasilitasi!F4", "Indikator!L2", "Indikator!F2"} <= refs


@pytest.mark.parametrize(
    ("tanggal", "triwulan", "tepat", "terlambat", "belum"),
    [
        ("2024-03-29", 1, 3, 0, 0),
        ("2024-04-02", 1, 2, 1, 0),
        ("2024-03-30", 1, 3, 0, 0),
        ("2024-04-02", 2, 2, 1, 0),
        ("", 2, 2, 0, 1),
        ('"29 Februari 2023"', 1, 2, 0, 0),
    ],
)
def test_documents_are_judged_by_deadline_and_quarter(
    tanggal: str, triwulan: int, tepat: int, terlambat: int, belum: int
) -> None:
    lppdesa = compute(dataset(edited(base(triwulan=triwulan), {"Desa!E2": tanggal}))).dokumen[2]
    assert (len(lppdesa.tepat_waktu), len(lppdesa.terlambat), len(lppdesa.belum)) == (tepat, terlambat, belum)


@given(st.integers(0, 10**9), st.integers(1, 10**9), st.integers(1, 1000))
def test_capaian_is_exact(top: int, bottom: int, target: int) -> None:
    edits = {**RASIO, "Indikator!J2": str(top), "Indikator!L2": str(bottom), "Indikator!F2": f"{target}%"}
    assert first(edits).capaian.value == Fraction(top, bottom) * 100 / target * 100


@given(st.permutations(range(3)))
def test_shuffled_log_rows_give_the_same_figures(order: list[int]) -> None:
    lines = base().splitlines()
    start = next(n for n, line in enumerate(lines) if "Musrenbangcam" in line)
    rows = [lines[start + place] for place in order]
    shuffled = "\n".join([*lines[:start], *rows, *lines[start + 3 :]])
    assert compute(dataset(shuffled)).indikator[0].capaian.value == first({}).capaian.value


def test_numerator_and_denominator_may_be_called_the_same() -> None:
    result = first({**RASIO, "Indikator!I2": "Fasilitasi", "Indikator!K2": "Fasilitasi"})
    assert printed(result.realisasi) == "30,16%"
    assert [part.printed for part in result.realisasi.inputs] == ["19", "63"]


def test_the_mean_of_a_sasaran_counts_indicators_of_one_number_each() -> None:
    same = {"Indikator!B3": "Meningkatnya pelayanan publik di kecamatan", "Anggaran!C3": "1"}
    (goal,) = compute(dataset(edited(base(), {**same, "Indikator!A3": "1"}))).sasaran
    (numbered,) = compute(dataset(edited(base(), same))).sasaran
    assert goal.efisiensi.value == numbered.efisiensi.value is not None


@pytest.mark.parametrize(
    ("value", "shown"),
    [("99.996", "99,996%"), ("99.99", "99,99%"), ("100.004", "100,00%"), ("33.333333", "33,33%")],
)
def test_a_share_never_looks_as_if_it_had_reached_100(value: str, shown: str) -> None:
    assert printed_share(Fraction(value)) == shown


STEPS = {
    f"Indikator!{letter}1": f"Target TW {name}"
    for letter, name in zip("QRST", ("I", "II", "III", "IV"), strict=True)
}


def test_the_target_of_the_quarter_is_the_target_triwulan() -> None:
    edits = STEPS | {
        "Indikator!Q2": "20%",
        "Indikator!R2": "40%",
        "Indikator!S2": "60%",
        "Indikator!T2": "80%",
    }
    for number, cell in ((1, "Q2"), (2, "R2"), (4, "T2")):
        result = first(edits, number)
        assert result.row.target_triwulan.ref.cell == cell
        assert result.capaian_triwulan is not None
        assert any(ref.cell == cell for ref in result.capaian_triwulan.refs)
    assert first(edits | {"Indikator!G2": "25%"}).row.target_triwulan.ref.cell == "G2"


@pytest.mark.parametrize(
    ("day", "cell", "value"),
    [("15/03/2024", "Q2", True), ("15/04/2024", "F2", True), ("", "F2", True), ("kapan", "Q2", False)],
)
def test_an_amended_target_holds_from_the_quarter_of_its_date(day: str, cell: str, value: bool) -> None:
    """Where the date cannot be read, neither is taken."""
    edits = {"Identitas!A27": "Tanggal PK Perubahan", "Identitas!B27": day}
    result = first(edits | {"Indikator!Q1": "Target Perubahan", "Indikator!Q2": "85%"})
    assert result.row.target.ref.cell == cell
    assert (result.capaian_tahun.value is not None) is value
