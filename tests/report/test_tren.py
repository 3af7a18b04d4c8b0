"""The chart over the quarters of a year: which workbooks count, which indicator is which."""

from collections.abc import Mapping
from decimal import Decimal

import pytest

from lkt.model import Dataset
from lkt.pipeline import run
from lkt.report.context import Laporan
from lkt.report.figure_charts import label_places, trend_chart
from lkt.wordtemplate.values import Chart
from tests.builders import base, dataset, edited
from tests.report.report_text import report_of, sentences
from tests.wordtemplate.docx_builder import findings

ONE = "Indikator 1: Persentase fasilitasi yang ditindaklanjuti"
TWO = "Indikator 2: Persentase dokumen desa yang tepat waktu"
SPENT = "Serapan anggaran"
RENAMED = {"Indikator!C3": "Persentase dokumen desa yang disampaikan tepat waktu"}
OTHER = {
    "Indikator!C3": "Nilai SAKIP",
    "Indikator!D3": "nilai",
    "Indikator!F3": "80",
    "Indikator!H3": "nilai",
    "Indikator!M3": "40",
}

Quarter = tuple[int, Mapping[str, str]] | tuple[int, Mapping[str, str], int]


def _read(triwulan: int, edits: Mapping[str, str], tahun: int = 2024) -> Dataset:
    return dataset(edited(base(tahun, triwulan), edits))


def drawn(*history: Quarter) -> Chart | str:
    """The chart of the last of the quarters, the others given beside it."""
    *before, now = [_read(*quarter) for quarter in history]
    return trend_chart(Laporan(run(now, *before), {}))


def lines(*history: Quarter) -> dict[str, str]:
    chart = drawn(*history)
    assert isinstance(chart, Chart)
    return {
        series.name: " ".join("-" if value is None else str(value) for value in series.values)
        for series in chart.series
    }


def test_the_figures_of_each_quarter_as_printed_in_its_own_report() -> None:
    assert lines(*((triwulan, {}) for triwulan in (1, 2, 3, 4))) == {
        ONE: "41.67 69.44 97.22 125.00",
        TWO: "33.33 33.33 66.67 100.00",
        SPENT: "28.46 46.75 65.04 83.33",
    }


@pytest.mark.parametrize(
    ("history", "expected"),
    [
        ([(1, RENAMED), (2, {})], {ONE: "41.67 69.44", TWO: "33.33 33.33", SPENT: "28.46 46.75"}),
        ([(1, OTHER), (2, {})], {ONE: "41.67 69.44", TWO: "- 33.33", SPENT: "28.46 46.75"}),
        ([(1, {"Indikator!3": ""}), (2, {})], {ONE: "41.67 69.44", TWO: "- 33.33", SPENT: "28.46 46.75"}),
        ([(1, {}), (2, {"Indikator!3": ""})], {ONE: "41.67 69.44", SPENT: "28.46 46.75"}),
        ([(1, {"Indikator!F3": ""}), (2, {})], {ONE: "41.67 69.44", TWO: "- 33.33", SPENT: "28.46 46.75"}),
        ([(1, {}), (3, {})], {ONE: "41.67 - 97.22", TWO: "33.33 - 66.67", SPENT: "28.46 - 65.04"}),
        ([(2, {}), (3, {})], {ONE: "69.44 97.22", TWO: "33.33 66.67", SPENT: "46.75 65.04"}),
        ([(4, {}, 2023), (1, {}), (2, {})], {ONE: "41.67 69.44", TWO: "33.33 33.33", SPENT: "28.46 46.75"}),
        ([(1, {}), (2, {"Identitas!B20": "0"})], {ONE: "42 69", TWO: "33 33", SPENT: "28 47"}),
    ],
    ids=["renamed", "another in its place", "new", "gone", "no value", "a gap", "a late start", "last year",
         "decimals"],
)  # fmt: skip
def test_an_indicator_is_followed(history: list[Quarter], expected: dict[str, str]) -> None:
    assert lines(*history) == expected


@pytest.mark.parametrize(
    "history",
    [
        [(2, {})],
        [(4, {}, 2023), (1, {})],
        [(3, {}), (2, {})],
        [(1, {"Identitas!B5": "35.99.02"}), (2, {})],
        [(1, {"Identitas!B7": ""}), (2, {})],
        [(1, {}), (2, {"Identitas!B7": ""})],
    ],
    ids=["alone", "last year", "a later one", "another kecamatan", "no quarter", "no quarter now"],
)
def test_one_quarter_is_no_trend(history: list[Quarter]) -> None:
    assert drawn(*history) == ""


def test_the_order_of_the_workbooks_does_not_matter() -> None:
    assert lines((2, {}), (1, {}), (3, {})) == lines((1, {}), (2, {}), (3, {}))


def test_the_basis_is_that_of_the_current_workbook() -> None:
    quarterly = {"Identitas!B24": "triwulan", "Indikator!G2": "50%", "Indikator!G3": "50%"}
    then = {"Indikator!G2": "40%", "Indikator!G3": "40%"}
    assert lines((1, then), (2, quarterly)) == {
        ONE: "83.33 111.11", TWO: "83.33 66.67", SPENT: "28.46 46.75",
    }  # fmt: skip


def _many(count: int, blank: int = 0) -> dict[str, str]:
    return {
        f"Indikator!{column}{number + 1}": text
        for number in range(3, count + 1)
        for column, text in zip(
            "ABCDEFHM",
            (str(number), "Sasaran", f"N{number}", "nilai", "naik", "100", "nilai", "50" * (number != blank)),
            strict=True,
        )
    }  # fmt: skip


def test_up_to_six_indicators_have_a_line_each() -> None:
    assert len(lines((1, _many(6)), (2, _many(6)))) == 7


@pytest.mark.parametrize(
    ("blank", "name", "values"),
    [
        # 41,67 + 33,33 + 5 × 50 and 69,44 + 33,33 + 5 × 50, by 7
        (0, "Rata-rata capaian 7 indikator", "46.43 50.40"),
        # without one that has no value in Triwulan II
        (7, "Rata-rata capaian 6 indikator", "45.83 50.46"),
    ],
)
def test_more_are_drawn_as_their_mean(blank: int, name: str, values: str) -> None:
    found = lines((1, _many(7)), (2, _many(7, blank)))
    assert found == {name: values, SPENT: "28.46 46.75"}


def test_its_words() -> None:
    chart = drawn((1, {}), (3, {}))
    assert isinstance(chart, Chart)
    assert chart.alt.startswith(
        f"Grafik garis capaian indikator dan serapan anggaran. {ONE}: Triwulan I 41,67%, Triwulan II -, "
        "Triwulan III 97,22%; Indikator 2"
    )
    assert chart.categories == ("Triwulan I", "Triwulan II", "Triwulan III")


@pytest.mark.parametrize(
    ("lines", "places"),
    [
        ([["10"], ["50"]], [("t",), ("t",)]),
        ([["100"], ["98"]], [("t",), ("b",)]),
        ([["100"], ["98"], ["96"]], [("t",), ("",), ("b",)]),
        ([["100", None], ["100", "5"]], [("t", ""), ("b", "t")]),
        ([["0"], ["0"]], [("t",), ("b",)]),
    ],
)
def test_no_figure_covers_another(lines: list[list[str | None]], places: list[tuple[str, ...]]) -> None:
    assert label_places([[None if v is None else Decimal(v) for v in line] for line in lines]) == places


def test_the_report_has_it_with_its_sentence() -> None:
    report = report_of(run(_read(2, {}), _read(1, {})))
    assert findings(report) == []
    assert "sampai dengan Triwulan II Tahun 2024 digambarkan pada Gambar 3.3." in sentences(report)
    assert "Gambar 3.3\nPerkembangan Capaian Kinerja" in sentences(report)


def test_the_report_of_one_quarter_does_not_speak_of_it() -> None:
    assert "Perkembangan" not in sentences(report_of(run(_read(2, {}))))
