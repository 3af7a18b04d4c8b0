"""Absorption, totals, averages and efficiency; the worked example of the source report to the digit."""

from collections.abc import Iterable, Mapping

import pytest

from lkt.figures import Computed, ProgramResult, all_figures, printed
from lkt.indicators import compute
from lkt.pipeline import run
from lkt.recap.summary import Status, summarize
from tests.builders import EXAMPLES, base, dataset, edited

SELISIH, SISA, PMK = "selisih", "sisa anggaran", "pmk 214"


def computed(edits: Mapping[str, str]) -> Computed:
    """The figures of the clean workbook with some cells changed."""
    return compute(dataset(edited(base(), edits)))


def test_the_worked_example() -> None:
    tables = (EXAMPLES / "data" / "senduro-2024-tw1.md").read_text(encoding="utf-8")
    figures = {figure.key: printed(figure) for figure in all_figures(compute(dataset(tables)))}
    wanted = {
        "indikator.1.pembilang": "19",
        "indikator.1.penyebut": "63",
        "indikator.1.realisasi": "30,16%",
        "indikator.1.capaian_tahun": "35,48%",
        "indikator.2.pembilang": "12",
        "indikator.2.penyebut": "36",
        "indikator.2.capaian_tahun": "33,33%",
        "program.7.01.01.serapan": "25,12%",
        "program.7.01.02.serapan": "49,75%",
        "program.7.01.03.serapan": "11,05%",
        "program.7.01.04.serapan": "18,65%",
        "program.7.01.05.serapan": "0,00%",
        "sasaran.1.rerata": "20,92%",
        "sasaran.1.tertimbang": "24,15%",
        "sasaran.1.pagu": "Rp2.018.622.815",
        "sasaran.1.realisasi": "Rp487.589.183",
        "total.anggaran_pk": "Rp2.080.252.824",
    }
    assert {key: figures[key] for key in wanted} == wanted


def test_a_code_is_that_of_its_unit() -> None:
    """A kegiatan lies below the programme of its unit, and the recap adds up what is one programme."""
    unit = {"A3": "7.01.02", "A4": "7.01.02.2.01", "G4": "11000000", "H4": "2000000", "B5": "Jumlah"}
    unit |= {"B4": "Fasilitasi tata kelola", "M1": "Unit", "M3": "Kelurahan Sawah", "M4": "kelurahan  sawah"}
    result = run(dataset(edited(base(), {f"Anggaran!{cell}": text for cell, text in unit.items()})))
    first, second = result.computed.program
    assert (len(first.rincian), len(second.rincian)) == (0, 1)
    assert second.serapan.key == "program.7.01.02 (Kelurahan Sawah).serapan"
    assert [(each.nama, printed(each.anggaran.pagu)) for each in result.computed.unit] == [
        ("Kecamatan Sukamulya", "Rp13.600.000"),
        ("Kelurahan Sawah", "Rp11.000.000"),
    ]
    assert [each.pagu for each in summarize(result, "", Status.BUILT).programs] == [24_600_000]


def measured(satuan: str, target: str, realisasi: str, arah: str = "") -> dict[str, str]:
    """A programme whose performance has a unit of its own."""
    optional = {"M1": "Satuan", "N1": "Arah", "M2": satuan, "N2": arah}
    return {f"Anggaran!{cell}": text for cell, text in {**optional, "J2": target, "K2": realisasi}.items()}


@pytest.mark.parametrize(
    ("edits", "serapan", "capaian_kinerja", "efisiensi"),
    [
        ({}, "36,76%", "25,00%", "-11,76 poin"),
        ({"Anggaran!K2": ""}, "36,76%", "-", "-"),
        ({"Anggaran!J2": ""}, "36,76%", "-", "-"),
        ({"Anggaran!J2": "0%"}, "36,76%", "-", "-"),
        ({"Anggaran!G2": "0", "Anggaran!H2": "0"}, "-", "25,00%", "-"),
        ({"Anggaran!H2": "lima juta"}, "-", "25,00%", "-"),
        ({"Identitas!B21": SISA}, "36,76%", "25,00%", "-"),
        ({"Identitas!B21": SISA, "Anggaran!K2": "100%"}, "36,76%", "100,00%", "63,24%"),
        # (13.600.000 × 25% − 5.000.000) ÷ (13.600.000 × 25%) × 100
        ({"Identitas!B21": PMK}, "36,76%", "25,00%", "-47,06%"),
        ({"Identitas!B21": PMK, "Anggaran!K2": "0%"}, "36,76%", "0,00%", "-"),
        (measured("kasus", "190", "46"), "36,76%", "24,21%", "-12,55 poin"),
        (measured("Kasus", "190 Kasus", "46 kasus"), "36,76%", "24,21%", "-12,55 poin"),
        (measured("hari", "10", "12", "turun"), "36,76%", "80,00%", "43,24 poin"),
        (measured("hari", "10", "25", "turun"), "36,76%", "0,00%", "-36,76 poin"),
        (measured("hari", "0", "1", "turun"), "36,76%", "-", "-"),
        (measured("rupiah", "Rp20.000.000", "5.000.000"), "36,76%", "25,00%", "-11,76 poin"),
        (measured("", "100%", "25%", "naik"), "36,76%", "25,00%", "-11,76 poin"),
    ],
)
def test_a_programme(edits: Mapping[str, str], serapan: str, capaian_kinerja: str, efisiensi: str) -> None:
    program = computed(edits).program[0]
    figures = (program.serapan, program.capaian_kinerja, program.efisiensi)
    assert tuple(map(printed, figures)) == (serapan, capaian_kinerja, efisiensi)


@pytest.mark.parametrize(
    ("edits", "rerata"),
    [
        ({}, "27,47%"),
        ({"Identitas!B22": "tertimbang"}, "28,46%"),
        ({"Anggaran!G3": "0", "Anggaran!H3": "0"}, "36,76%"),  # nothing to absorb, so not in the mean
        ({"Anggaran!H3": ""}, "-"),
    ],
)
def test_the_average_of_all_programmes(edits: Mapping[str, str], rerata: str) -> None:
    budget = computed(edits).anggaran
    assert budget is not None
    assert printed(budget.rerata) == rerata


def test_kegiatan_rows_are_detail_and_enter_no_total() -> None:
    row = "| 7.01.02.2.01 | Koordinasi | | | | | 600000 | 500000 | | | | |\n"
    marker = "| 7.01.06 |"
    result = compute(dataset(base().replace(marker, row + marker)))
    assert len(result.program) == 2
    assert [printed(child.serapan) for child in result.program[0].rincian] == ["83,33%"]
    assert result.anggaran is not None
    assert printed(result.anggaran.pagu) == "Rp24.600.000"


def test_a_sasaran_with_two_indicators_takes_their_mean() -> None:
    edits = {"Indikator!B3": "Meningkatnya  PELAYANAN publik di kecamatan"}
    result = computed(edits)
    assert len(result.sasaran) == 1
    goal = result.sasaran[0]
    assert len(goal.indikator) == len(goal.program) == 2
    values = [result.capaian.value for result in goal.indikator]
    assert None not in values
    mean = sum(value for value in values if value is not None) / 2
    assert goal.anggaran.rerata.value is not None
    assert goal.efisiensi.value == mean - goal.anggaran.rerata.value


def test_the_sum_of_a_broken_column_has_no_value() -> None:
    budget = computed({"Anggaran!G3": "sebelas juta"}).anggaran
    assert budget is not None
    assert budget.pagu.value is None
    assert "Anggaran!G3" in budget.pagu.reason


@pytest.mark.parametrize(
    ("numbers", "first", "second"),
    [
        (("1", "2"), ("1", ""), ("2", "")),
        (("1; 2", "2"), ("1", ""), ("2", "1")),
        (("2; 1", "2"), ("", "1"), ("12", "")),
        (("1,2", "1 dan 2"), ("12", ""), ("", "12")),
    ],
)
def test_the_money_of_a_programme_with_several_indicators_counts_once(
    numbers: tuple[str, str], first: tuple[str, str], second: tuple[str, str]
) -> None:
    result = computed({"Anggaran!C2": numbers[0], "Anggaran!C3": numbers[1]})
    order = {program.row.row: str(number) for number, program in enumerate(result.program, 1)}

    def named(programs: Iterable[ProgramResult]) -> str:
        return "".join(order[each.row.row] for each in programs)

    assert [(named(goal.program), named(goal.program_lain)) for goal in result.sasaran] == [first, second]
    pagu = sum(goal.anggaran.pagu.value or 0 for goal in result.sasaran)
    assert result.anggaran is not None
    assert pagu == result.anggaran.pagu.value


PLAN = {
    f"Anggaran!{letter}1": f"Rencana TW {name}"
    for letter, name in zip("MNOP", ("I", "II", "III", "IV"), strict=True)
}


@pytest.mark.parametrize(
    ("plans", "against", "deviasi"),
    [
        ((5000000, 4000000, 4000000, 600000), "rencana serapan 36,76%", "0,00 poin"),
        ((6800000, 4000000, 2000000, 800000), "rencana serapan 50,00%", "-13,24 poin"),
        ((5000000, "", "", ""), "rencana serapan 36,76%", "0,00 poin"),
        (("", 4000000, 4000000, 600000), "25% pagu", "-"),
    ],
)
def test_serapan_is_held_against_its_plan(plans: tuple[object, ...], against: str, deviasi: str) -> None:
    edits = PLAN | {f"Anggaran!{letter}2": str(plan) for letter, plan in zip("MNOP", plans, strict=True)}
    verdict = computed(edits).program[0].jalur
    assert verdict.against == against
    assert ("-" if verdict.deviasi is None else printed(verdict.deviasi)) == deviasi


def test_all_programmes_are_held_against_the_plan_where_each_has_one() -> None:
    for edits, against in (
        ({"Anggaran!M2": "5000000", "Anggaran!M3": "1150000"}, "rencana serapan 25,00%"),
        ({"Anggaran!M2": "5000000"}, "25% pagu"),
    ):
        verdict = computed(PLAN | edits).jalur
        assert verdict is not None
        assert verdict.against == against


def spent_in_the_quarter(edits: Mapping[str, str]) -> str:
    total = computed(edits).anggaran
    assert total is not None
    return "" if total.realisasi_triwulan is None else printed(total.realisasi_triwulan)


def test_what_was_spent_in_the_quarter_alone() -> None:
    edits = {"Anggaran!M1": "Realisasi Triwulan Ini", "Anggaran!M2": "5000000"}
    assert spent_in_the_quarter(edits) == "-"  # the second programme has none
    assert spent_in_the_quarter(edits | {"Anggaran!M3": "2000000"}) == "Rp7.000.000"
    assert spent_in_the_quarter({}) == ""
