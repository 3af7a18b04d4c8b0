"""Sheet Pengecualian: what is accepted, and what is wrong with an exception."""

from collections.abc import Mapping, Sequence

import pytest

from lkt.findings import Finding, Severity, counts
from tests.builders import Case

REASON = "Sudah dijelaskan kepada Inspektorat dengan surat nomor 5."
OVER_BUDGET = {"Anggaran!H2": "13700000"}
"""A102 at Anggaran!H2 and Anggaran!G2."""

WIDE_DATES = {"Fasilitasi!C2": "Januari/Desember", "Fasilitasi!C4": "Januari/Desember"}
"""F101 at Fasilitasi!C2 and Fasilitasi!C4."""


def excepted(*rows: tuple[str, str, str]) -> dict[str, str]:
    """The rows of sheet Pengecualian: Kode, Sel, Alasan."""
    return {
        f"Pengecualian!{column}{number}": text
        for number, row in enumerate(rows, 2)
        for column, text in zip("ABC", row, strict=True)
    }


def accepted(edits: Mapping[str, str], *rows: tuple[str, str, str]) -> Sequence[Finding]:
    """The findings that are accepted."""
    return [each for each in Case("", {**edits, **excepted(*rows)}).result.findings if each.accepted]


@pytest.mark.parametrize(
    "cells",
    [
        "Anggaran!H2",
        "Anggaran!G2",
        "anggaran ! h2",
        "'Anggaran'!H2",
        "‘Anggaran’!$H$2",
        "Anggaran!A1:Z9",
        "Anggaran!Z9 : A1",
        "Desa!E2<br>Anggaran!H2",
    ],
)
def test_a_finding_is_accepted_at_any_of_its_columns(cells: str) -> None:
    found = accepted(OVER_BUDGET, ("A102", cells, REASON))
    assert [(each.code, each.accepted) for each in found] == [("A102", REASON)]


@pytest.mark.parametrize("cells", ["Anggaran!H3", "Anggaran!AH2", "Anggaran", "Desa!H2", "Anggaran!H20"])
def test_another_cell_is_not_accepted(cells: str) -> None:
    assert accepted(OVER_BUDGET, ("A102", cells, REASON)) == []


def test_a_sheet_whose_name_has_a_space() -> None:
    copied = {"Tindak Lanjut!B2": "Merekap hasil fasilitasi setiap seksi pada akhir bulan."}
    assert len(accepted(copied, ("L105", "'Tindak Lanjut'!B2", REASON))) == 1


def test_a_finding_about_a_sheet_is_accepted_by_its_name() -> None:
    assert [each.code for each in accepted({"Anggaran!4": ""}, ("A105", "Anggaran", REASON))] == ["A105"]


def test_a_merged_finding_needs_all_its_cells() -> None:
    """Two exceptions may share them, and give both their reasons."""
    one, other = ("F101", "Fasilitasi!C2", REASON), ("F101", "Fasilitasi!C4", "Rapat berulang")
    assert accepted(WIDE_DATES, one) == []
    assert [each.accepted for each in accepted(WIDE_DATES, one, other)] == [f"{REASON}; Rapat berulang"]


def test_an_accepted_error_stops_nothing() -> None:
    row = ("A102", "Anggaran!H2", REASON)
    assert counts(Case("", OVER_BUDGET).result.findings)[Severity.ERROR]
    assert not counts(Case("", {**OVER_BUDGET, **excepted(row)}).result.findings)[Severity.ERROR]


def test_an_exception_of_a_comparison_counts_where_there_is_one() -> None:
    row = excepted(("T103", "Anggaran!H2", REASON))
    falls = {"Anggaran!H2": "4000000", **row}
    assert Case("", falls, triwulan=2, previous={}).findings == ()
    assert [each.code for each in Case("", row, triwulan=2, previous={}).findings] == ["X101"]


def test_nothing_is_accepted_by_an_unreadable_reason() -> None:
    found = Case("", {**OVER_BUDGET, **excepted(("A102", "Anggaran!H2", "#REF!"))}).findings
    assert {each.code for each in found} == {"A102", "B207"}
