"""From a workbook as read to its result: order, equal findings, what was passed over, the quarter before."""

from collections.abc import Mapping

import pytest

from lkt.findings import Severity, Unchecked
from lkt.pipeline import Result, run
from tests.builders import EXAMPLES, Case, base, dataset, edit, edited

REASON = "Sudah dijelaskan kepada Inspektorat."


def result(edits: Mapping[str, str]) -> Result:
    """Everything about the clean workbook with some cells changed."""
    return run(dataset(edited(base(), edits)))


def passed_over(edits: Mapping[str, str]) -> dict[str, Unchecked]:
    """What could not be checked, by cell."""
    return {str(item.ref): item for item in result(edits).unchecked}


# Findings --------------------------------------------------------------------------------------------------


def test_findings_stand_in_the_order_of_the_workbook() -> None:
    found = result({"Desa!E5": "2", "Anggaran!H2": "-1", "Identitas!B13": "123", "Anggaran!4": ""}).findings
    assert [str(finding.ref) for finding in found] == ["Identitas!B13", "Anggaran", "Anggaran!H2", "Desa!E5"]


def test_findings_that_say_the_same_are_one() -> None:
    """Two rows of the log with one number and one text each have the same trouble."""
    twin = {
        f"Fasilitasi!{column}{row}": text
        for row in (5, 6)
        for column, text in zip("BCDEF", ("Rapat", "2023-02-07", "Notula", "Kasi", "Ya"), strict=True)
    }
    found = [finding for finding in result(twin).findings if finding.code == "F104"]
    assert [list(map(str, finding.refs)) for finding in found] == [["Fasilitasi!C5", "Fasilitasi!C6"]]


def test_no_two_findings_say_the_same() -> None:
    """Nor in the faulty example."""
    found = run(dataset((EXAMPLES / "data/senduro-2024-tw1-asli.md").read_text(encoding="utf-8"))).findings
    said = [(each.code, each.message, each.written, each.expected, each.hint) for each in found]
    assert len(set(said)) == len(said)


# What was passed over --------------------------------------------------------------------------------------


@pytest.mark.parametrize("triwulan", range(1, 5))
def test_a_clean_workbook_is_checked_as_a_whole(triwulan: int) -> None:
    assert run(dataset(base(triwulan=triwulan))).unchecked == ()


def test_an_unreadable_cell() -> None:
    item = passed_over({"Anggaran!G2": "tiga belas juta"})["Anggaran!G2"]
    assert (item.subject, item.reason) == ("Pagu", "tidak terbaca")
    assert item.codes == (
        "A101",
        "A102",
        "A103",
        "A104",
        "A107",
        "A110",
        "A117",
        "A118",
        "A120",
        "A121",
        "A127",
        "B212",
        "B213",
        "N110",
    )


@pytest.mark.parametrize(
    ("edits", "cell", "subject", "reason", "code"),
    [
        ({"Anggaran!H3": ""}, "Anggaran!H3", "Realisasi", "belum diisi", "A102"),
        ({"Identitas!B13": ""}, "Identitas!B13", "NIP", "belum diisi", "I105"),
        ({"Identitas!B8": "kelak"}, "Identitas!B8", "Tanggal Laporan", "tidak terbaca", "I102"),
        ({"Desa!E3": '"29 Februari 2023"'}, "Desa!E3", "LPPDesa", "tidak terbaca", "D103"),
        ({"Desa!E5": "banyak"}, "Desa!E5", "LPPDesa", "tidak terbaca", "D101"),
        ({"Anggaran!G4": "banyak"}, "Anggaran!G4", "Pagu", "tidak terbaca", "A104"),
        ({"Indikator!H2": "fasiltasi"}, "Indikator!H2", "Jenis", "tidak terbaca", "K104"),
        ({"Anggaran!G2": "=6800000*2"}, "Anggaran!G2", "Pagu", "tidak terbaca", "A102"),
        ({"Anggaran!G1": "Pagu Angaran"}, "Anggaran", "Pagu", "kolom tidak ada", "A104"),
        ({"Desa!E1": "LPP-Desa"}, "Desa!E1", "LPPDesa", "kolom tidak ada", "D102"),
        ({"Identitas!B1": "Isi"}, "Identitas", "Nilai", "kolom tidak ada", "I105"),
        ({"Identitas!A13": ""}, "Identitas", "NIP", "isian tidak ada", "I105"),
        ({"Kegiatan": ""}, "Kegiatan", "Kegiatan", "lembar tidak ada", "G103"),
        (
            {"Pengecualian!A2": "A102", "Pengecualian!C2": REASON},
            "Pengecualian!B2",
            "Sel",
            "belum diisi",
            "X104",
        ),
    ],
)
def test_what_is_passed_over(edits: dict[str, str], cell: str, subject: str, reason: str, code: str) -> None:
    item = passed_over(edits)[cell]
    assert (item.subject, item.reason) == (subject, reason)
    assert code in item.codes
    assert list(item.codes) == sorted(item.codes)


@pytest.mark.parametrize(
    "edits",
    [
        # What stands there is computed here anyway
        {"Anggaran!I2": "=H2/G2", "Desa!E5": "=COUNTA(E2:E4)", "Indikator!M2": "=3/9"},
        # The rest of another row
        {"Fasilitasi!E5": "umum"},
        # A rule speaks of it
        {"Pengecualian!A2": "A102", "Pengecualian!B2": "Anggaran!H2"},
        # Read nevertheless
        {"Anggaran!M1": "Pagu", "Identitas!A12": "Pangkat"},
    ],
)
def test_what_needs_no_check_is_not_passed_over(edits: dict[str, str]) -> None:
    assert result(edits).unchecked == ()


# The quarter before ----------------------------------------------------------------------------------------


def test_the_quarter_before_is_only_compared() -> None:
    """What is wrong with the other workbook is not said of this one."""
    before = dataset(edited(base(), {"Anggaran!G2": "tiga belas juta", "Desa!E3": "kelak"}))
    compared = run(dataset(base(triwulan=2)), before)
    assert compared.findings == ()
    assert compared.unchecked == ()


def test_a_finding_points_into_this_workbook() -> None:
    case = Case("", {"Anggaran!H2": "4000000"}, triwulan=2, previous={"Anggaran": "ANGGARAN"})
    assert [str(finding.ref) for finding in case.findings] == ["Anggaran!H2"]
    assert "triwulan lalu (ANGGARAN!H2) Rp5.000.000" in case.findings[0].message
    assert case.findings[0].severity is Severity.ERROR


def test_the_rules_compare_with_the_latest_of_the_earlier_quarters() -> None:
    first, second, third = (dataset(base(triwulan=number)) for number in (1, 2, 3))
    result = run(third, second, None, first)
    assert [case.dataset for case in result.previous] == [first, second]
    assert result == run(third, first, second)
    changed = dataset(edit(base(triwulan=2), "Anggaran!G2", "Rp9.000.000"))
    assert run(third, first, changed).findings == run(third, changed).findings != run(third, first).findings
