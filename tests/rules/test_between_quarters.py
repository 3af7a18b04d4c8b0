"""The workbook beside that of the quarter before."""

import pytest

from lkt.findings import Severity
from lkt.pipeline import run
from tests.builders import Case, base, dataset


@pytest.mark.parametrize(
    ("edits", "triwulan", "sebelumnya", "code", "severity"),
    [
        ({}, 2, {"Identitas!B7": "2"}, "T102", Severity.ERROR),
        ({}, 2, {"Identitas!B6": "2023"}, "T102", Severity.ERROR),
        ({}, 3, {"Identitas!B7": "1"}, "T102", Severity.WARNING),
        ({"Anggaran!E2": "13000000"}, 2, {}, "T107", Severity.ERROR),
        (
            {"Anggaran!E2": "13000000", "Anggaran!L2": "Perubahan Perjanjian Kinerja"},
            2,
            {},
            "T107",
            Severity.WARNING,
        ),
        ({"Anggaran!3": ""}, 2, {}, "T110", Severity.ERROR),
        ({"Anggaran!3": ""}, 1, {}, "T110", Severity.WARNING),
        ({"Desa!E2": ""}, 2, {}, "T113", Severity.ERROR),
        ({"Desa!E2": "2024-02-15"}, 2, {}, "T113", Severity.WARNING),
    ],
)
def test_a_finding_may_be_milder_than_its_rule(
    edits: dict[str, str], triwulan: int, sebelumnya: dict[str, str], code: str, severity: Severity
) -> None:
    findings = Case(code, edits, triwulan=triwulan, previous=sebelumnya).findings
    assert {finding.severity for finding in findings if finding.code == code} == {severity}


@pytest.mark.parametrize("tahun", range(2023, 2027))
@pytest.mark.parametrize("triwulan", range(1, 5))
def test_one_clean_quarter_follows_another(tahun: int, triwulan: int) -> None:
    """TW II to IV after the quarter before, and TW I after TW IV of the year before."""
    before = (tahun, triwulan - 1) if triwulan > 1 else (tahun - 1, 4)
    assert run(dataset(base(tahun, triwulan)), dataset(base(*before))).findings == ()


def test_nothing_is_compared_where_a_quarter_cannot_be_read() -> None:
    unreadable = {"Identitas!B7": "kedua"}
    now = Case("", unreadable, triwulan=2, previous={"Anggaran!H2": "9999999"})
    assert {finding.code for finding in now.findings} == {"B202"}
    assert Case("", {}, triwulan=2, previous={**unreadable, "Anggaran!H2": "9999999"}).findings == ()
