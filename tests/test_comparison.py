"""Figures beside those of an earlier quarter: which rows are the same, and what changed."""

import pytest

from lkt.comparison import Comparison
from lkt.figures import printed
from lkt.pipeline import run
from tests.builders import base, dataset, edited


def beside(edits: dict[str, str], then: dict[str, str], *, now: int = 2, before: int = 1) -> Comparison:
    """A quarter beside an earlier one of the same year."""
    found = run(
        dataset(edited(base(triwulan=now), edits)), dataset(edited(base(triwulan=before), then))
    ).comparison
    assert found is not None
    return found


def test_each_figure_stands_beside_the_one_before() -> None:
    found = beside(
        {"Anggaran!H2": "600000", "Anggaran!G2": "1000000"},
        {"Anggaran!H2": "250000", "Anggaran!G2": "1000000"},
    )
    row = found.anggaran[0]
    assert row.row is not None
    assert [printed(figure) for figure in (row.realisasi, row.serapan, row.perubahan)] == [
        "Rp250.000",
        "25,00%",
        "35,00 poin",
    ]
    assert (row.serapan.key, row.perubahan.key) == (
        f"program.{row.row.kode}.serapan.lalu",
        f"program.{row.row.kode}.serapan.perubahan",
    )
    assert "Triwulan I Tahun 2024" in row.serapan.label


RATIO = {"Indikator!H2": "rasio", "Indikator!J2": "4", "Indikator!L2": "8", "Indikator!F2": "100%"}


def test_an_indicator_is_found_by_its_name_though_its_number_changed() -> None:
    moved = {**RATIO, "Indikator!A2": "7", "Indikator!J2": "6"}
    row = beside(moved, RATIO).indikator[0]
    assert (printed(row.realisasi), printed(row.capaian), printed(row.perubahan)) == (
        "50,00%",
        "50,00%",
        "25,00 poin",
    )


def test_a_fall_is_negative_and_a_missing_value_gives_its_reason() -> None:
    row = beside({**RATIO, "Indikator!J2": "3"}, RATIO).indikator[0]
    assert printed(row.perubahan) == "-12,50 poin"
    lost = beside({**RATIO, "Indikator!J2": ""}, RATIO).indikator[0].perubahan
    assert (lost.value, bool(lost.reason)) == (None, True)


def test_a_row_that_is_new_has_none_before() -> None:
    new = {"Indikator!C2": "Sesuatu yang sama sekali lain", "Indikator!A2": "9"}
    assert len(beside(new, {}).indikator) == len(beside({}, {}).indikator) - 1


@pytest.mark.parametrize(
    ("now", "before"),
    [((2024, 1), (2023, 4)), ((2024, 2), (2024, 3)), ((2024, 2), (2024, 2))],
    ids=["the year before", "a later quarter", "the same quarter"],
)
def test_what_does_not_compare(now: tuple[int, int], before: tuple[int, int]) -> None:
    assert run(dataset(base(*now)), dataset(base(*before))).comparison is None


def test_another_kecamatan_does_not_compare() -> None:
    other = edited(base(triwulan=1), {"Identitas!B4": "Pasrujambe", "Identitas!B5": "35.08.21"})
    assert run(dataset(base(triwulan=2)), dataset(other)).comparison is None


def test_the_totals_compare_weighted() -> None:
    budget = {"Anggaran!G2": "1000000", "Anggaran!G3": "3000000", "Anggaran!H3": "0"}
    found = beside({**budget, "Anggaran!H2": "800000"}, {**budget, "Anggaran!H2": "400000"})
    assert found.jumlah is not None
    assert [printed(figure) for figure in (found.jumlah.realisasi, found.jumlah.serapan)] == [
        "Rp400.000",
        "10,00%",
    ]
    assert printed(found.jumlah.perubahan) == "10,00 poin"
