"""What the charts of a report show: the figures of its tables, as printed there."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

import pytest

from lkt.indonesian import format_number
from lkt.pipeline import run
from lkt.report.catalogue import FIELDS
from lkt.report.chart_labels import ROOM_MM, Label, fit, shortened
from lkt.report.context import Laporan
from lkt.report.figure_charts import achievement_chart, budget_chart
from lkt.wordtemplate import Chart, build
from tests.builders import base, dataset, edited
from tests.report.report_text import report_of, result_of
from tests.wordtemplate.docx_builder import findings

PAGE_MM, LYING_PAGE_MM = 280, 160 - 15  # the height of the text of F4, and of A4 on its side with a caption
LONG = "Program Penyelenggaraan Urusan Pemerintahan Umum"
NILAI = {"Indikator!D2": "nilai", "Indikator!F2": "80", "Indikator!H2": "nilai"}


def laporan(edits: Mapping[str, str] | None = None, triwulan: int = 1) -> Laporan:
    return Laporan(result_of(edits or {}, triwulan), {})


def achievement(edits: Mapping[str, str] | None = None, triwulan: int = 1) -> Chart:
    chart = achievement_chart(laporan(edits, triwulan))
    assert chart
    return chart


def budget(edits: Mapping[str, str] | None = None) -> Chart:
    chart = budget_chart(laporan(edits))
    assert chart
    return chart


def shown(chart: Chart, series: int = 1) -> list[str]:
    return ["-" if value is None else str(value) for value in chart.series[series].values]


def rows(sheet: str, first: int, columns: str, lines: Sequence[tuple[str, ...]]) -> dict[str, str]:
    """Cells of a sheet from a row on."""
    return {
        f"{sheet}!{column}{number}": text
        for number, line in enumerate(lines, first)
        for column, text in zip(columns, line, strict=True)
    }


def indicators(count: int, name: str = "Nilai SAKIP") -> dict[str, str]:
    lines = [
        (str(n), "Sasaran", f"{name} {n}", "nilai", "naik", "80", "nilai", str(7 * n))
        for n in range(1, count + 1)
    ]
    return rows("Indikator", 2, "ABCDEFHM", lines)


def programmes(
    count: int, name: str = "Program Pemberdayaan Masyarakat Desa dan Kelurahan"
) -> dict[str, str]:
    lines = [
        (f"7.01.{n:02}", f"{name} {n}", "1", "1000000", "1000000", "250000") for n in range(1, count + 1)
    ]
    return rows("Anggaran", 2, "ABCEGH", lines) | {f"Anggaran!B{count + 2}": "Jumlah"}


# Capaian ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("edits", "values"),
    [
        ({}, ["41.67", "33.33"]),
        ({"Identitas!B20": "0"}, ["42", "33"]),
        ({"Identitas!B20": "4"}, ["41.6667", "33.3333"]),
        ({"Indikator!F3": ""}, ["41.67", "-"]),
        ({**NILAI, "Indikator!M2": "-4"}, ["-", "33.33"]),  # beyond the limits of the column
        ({**NILAI, "Indikator!M2": "80.004"}, ["100.01", "33.33"]),  # 100,005, half up
        ({**NILAI, "Indikator!D2": "Rp", "Indikator!M2": "1000"}, ["1250.00", "33.33"]),
    ],
)  # fmt: skip
def test_capaian_is_drawn_as_it_is_printed(edits: Mapping[str, str], values: list[str]) -> None:
    chart, report = achievement(edits), laporan(edits)
    assert shown(chart) == values
    assert shown(chart, 0) == ["100", "100"]
    printed = [report.figure(hasil.capaian) for hasil in report.result.computed.indikator]
    values_of = chart.series[1].values
    assert printed == ["-" if v is None else f"{format_number(v, report.decimals)}%" for v in values_of]
    digits = f"0.{'0' * report.decimals}" if report.decimals else "0"
    assert chart.number_format == f'[$-421]{digits}"%"'


def test_an_indicator_without_value_keeps_its_row() -> None:
    chart = achievement({"Indikator!F3": ""})
    assert chart.categories[1] == "2. Persentase dokumen desa yang tepat waktu (belum dapat dihitung)"
    assert "2. Persentase dokumen desa yang tepat waktu (belum dapat dihitung)." in chart.alt


@pytest.mark.parametrize("count", [1, 2, 10])
@pytest.mark.parametrize("name", ["Nilai SAKIP", "Nilai akuntabilitas " * 15])
def test_a_chart_of_indicators_fits_its_page(count: int, name: str) -> None:
    edits = indicators(count, name) | ({"Indikator!3": ""} if count == 1 else {})
    chart = achievement(edits)
    assert len(chart.categories) == count
    assert 8 * count < chart.height_emu / 36000 < PAGE_MM - 20
    assert chart.width_emu == 160 * 36000


# Anggaran --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("edits", "unit", "pagu", "realisasi"),
    [
        ({}, "juta rupiah", ["13.60", "11.00"], ["5.00", "2.00"]),
        ({"Anggaran!G2": "13645000"}, "juta rupiah", ["13.65", "11.00"], ["5.00", "2.00"]),
        ({"Anggaran!G2": "1860252824"}, "juta rupiah", ["1860.3", "11.0"], ["5.0", "2.0"]),
        ({"Anggaran!G2": "186025282400"}, "miliar rupiah", ["186.0", "0.0"], ["0.0", "0.0"]),
        ({"Anggaran!H3": ""}, "juta rupiah", ["13.60", "11.00"], ["5.00", "-"]),
        (
            {"Anggaran!G2": "600000", "Anggaran!G3": "0", "Anggaran!H2": "1", "Anggaran!H3": "0"},
            "rupiah", ["600000", "0"], ["1", "0"],
        ),
    ],
)  # fmt: skip
def test_the_budget_in_a_unit_that_keeps_it_short(
    edits: Mapping[str, str], unit: str, pagu: list[str], realisasi: list[str]
) -> None:
    chart = budget(edits)
    assert chart.axis_title == f"{unit}; serapan di dalam kurung"
    assert (shown(chart, 0), shown(chart)) == (pagu, realisasi)
    assert [series.name for series in chart.series] == ["Pagu", "Realisasi"]


def test_serapan_stands_beside_the_programme() -> None:
    names = budget({"Anggaran!G3": "0"}).categories
    assert names[0] == "1. Program Penyelenggaraan Pemerintahan dan Pelayanan Publik (36,76%)"
    assert names[1] == "2. Program Pembinaan dan Pengawasan Pemerintahan Desa (-)"


def test_the_charts_in_words() -> None:
    assert achievement().alt == (
        "Grafik batang capaian setiap indikator terhadap target 100%. 1. Persentase fasilitasi yang "
        "ditindaklanjuti: 41,67%; 2. Persentase dokumen desa yang tepat waktu: 33,33%."
    )
    assert budget().alt.startswith(
        "Grafik batang pagu dan realisasi setiap program. Program Penyelenggaraan Pemerintahan dan Pelayanan "
        "Publik: pagu Rp13.600.000, realisasi Rp5.000.000, serapan 36,76%; Program"
    )


def test_without_any_value_there_is_no_chart() -> None:
    blank = ("Indikator!F2", "Indikator!F3", "Anggaran!G2", "Anggaran!G3", "Anggaran!H2", "Anggaran!H3")
    report = laporan(dict.fromkeys(blank, ""))
    assert (achievement_chart(report), budget_chart(report)) == ("", "")


@pytest.mark.parametrize("count", [1, 15])
def test_a_chart_of_programmes_fits_a_page_on_its_side(count: int) -> None:
    chart = budget(programmes(count) | ({"Anggaran!4": ""} if count == 1 else {}))
    assert len(chart.categories) == count
    assert all(name.endswith(" (25,00%)") for name in chart.categories)
    assert chart.height_emu / 36000 <= LYING_PAGE_MM


# Names beside bars -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "rest", "tallest", "shown"),
    [
        ("Program Desa", " (1%)", 100, "Program Desa (1%)"),
        (LONG, "", 100, LONG),
        (LONG, " (1%)", 5, "Program Penyelenggaraan… (1%)"),
        ("x" * 60, "", 100, f"{'x' * 24}\u200b{'x' * 24}\u200b{'x' * 12}"),
    ],
)  # fmt: skip
def test_a_name_is_shortened_only_for_want_of_room(name: str, rest: str, tallest: int, shown: str) -> None:
    assert fit([Label(name, rest)], Decimal(3), Decimal(tallest)).names == (shown,)


def test_rows_are_as_tall_as_the_longest_name() -> None:
    short, long = Label("Nilai SAKIP"), Label("Nilai akuntabilitas kinerja " * 6)
    assert fit([short, short], Decimal("8.5"), Decimal(175)).height == 17
    assert fit([short, long], Decimal("8.5"), Decimal(175)).height > 17
    assert fit([short] * 60, Decimal("8.5"), Decimal(175)).height == pytest.approx(175)
    assert ROOM_MM < 80


# The report ------------------------------------------------------------------------------------------------


def test_a_template_finds_them() -> None:
    grafik = build(FIELDS, laporan())["grafik"]
    assert isinstance(grafik, dict)
    assert {name: type(value).__name__ for name, value in grafik.items()} == {
        "capaian": "Chart", "anggaran": "Chart", "tren": "str",
    }  # fmt: skip


def test_a_report_of_many_rows_is_valid() -> None:
    edits = {**programmes(15), **indicators(10, 'A & B < C > "D" 🏅')}
    assert findings(report_of(run(dataset(edited(base(), edits))), draft=True)) == []


@pytest.mark.parametrize("word", ["Pertanggungjawaban", "Program kerja ", "i"])
def test_a_name_as_long_as_a_cell_is_cut_like_its_beginning(word: str) -> None:
    name = word * 1800
    assert shortened(name, "", 3) == shortened(name[:600], "", 3)
    assert len(shortened(name, "", 3)) < 110
