"""What the charts of a report show: the figures of its tables, as printed there."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

import pytest

from lkt.pipeline import run
from lkt.report.catalogue import FIELDS
from lkt.report.chart_labels import ROOM_MM, Label, fit, shortened
from lkt.report.context import Laporan
from lkt.report.figure_charts import achievement_chart, budget_chart
from lkt.wordtemplate import Chart, Series, build
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


def shown(series: Series) -> list[str]:
    return ["-" if value is None else str(value) for value in series.values]


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
    assert shown(chart.series[0]) == values
    assert shown(chart.marks[0]) == ["100", "100"]
    printed = [report.figure(hasil.capaian) for hasil in report.result.computed.indikator]
    assert list(chart.beside) == ["belum dapat\ndihitung" if text == "-" else text for text in printed]


@pytest.mark.parametrize(
    ("edits", "triwulan", "asked"),
    [
        ({}, 1, ["25.00", "33.33"]),
        ({}, 2, ["50.00", "33.33"]),
        ({"Indikator!G2": "20"}, 2, ["25.00", "33.33"]),
        ({"Indikator!G2": "20", "Indikator!E2": "turun"}, 2, ["175.00", "33.33"]),
    ],
)
def test_a_light_stroke_shows_what_the_quarter_asks_for(
    edits: Mapping[str, str], triwulan: int, asked: list[str]
) -> None:
    chart = achievement(edits, triwulan)
    assert [shown(mark) for mark in chart.marks[1:]] == [asked]
    assert chart.axis_title.endswith("; garis putih: yang diminta sampai triwulan ini")


def test_in_the_last_quarter_the_target_of_the_year_is_all() -> None:
    assert [mark.name for mark in achievement({}, 4).marks] == ["Target"]


def test_an_indicator_without_value_keeps_its_row() -> None:
    chart = achievement({"Indikator!F3": ""})
    assert chart.beside[1] == "belum dapat\ndihitung"
    assert "2. Persentase dokumen desa yang tepat waktu: belum dapat dihitung." in chart.alt


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
    ("pagu", "realisasi", "serapan", "beside"),
    [
        ("13600000", "5000000", "36.76", "36,76%\nRp5,0 dari Rp13,6 juta"),
        ("1860252824", "467200000", "25.11", "25,11%\nRp0,47 dari Rp1,86 miliar"),
        ("600000", "1", "0.00", "0,00%\nRp0 dari Rp600 ribu"),
        ("900", "90", "10.00", "10,00%\nRp90 dari Rp900"),
        ("7200000", "0", "0.00", "0,00%\nRp0 dari Rp7,2 juta"),
        ("13600000", "", "-", "-\n- dari Rp13,6 juta"),
        ("10000000", "13000000", "130.00", "130,00%\nRp13,0 dari Rp10,0 juta"),
    ],
)
def test_serapan_with_realisasi_of_pagu(pagu: str, realisasi: str, serapan: str, beside: str) -> None:
    chart = budget({"Anggaran!G2": pagu, "Anggaran!H2": realisasi})
    assert shown(chart.series[0])[0] == serapan
    assert chart.beside[0] == beside
    assert shown(chart.marks[0]) == ["25.00", "25.00"]
    assert chart.scale
    assert chart.scale.end > max(value or 0 for value in chart.series[0].values)


@pytest.mark.parametrize(
    ("largest", "end", "step"), [("88", 100, 25), ("100", 100, 25), ("101", 125, 25), ("623", 750, 250)]
)
def test_the_axis_goes_on_to_the_longest_bar(largest: str, end: int, step: int) -> None:
    chart = achievement({**NILAI, "Indikator!F2": "100", "Indikator!M2": largest})
    assert chart.axis_format == f'[>{end}]"";0"%"'
    assert chart.scale
    assert (chart.scale.step, chart.scale.end > end) == (step, True)


def test_the_charts_in_words() -> None:
    assert achievement().alt == (
        "Grafik batang capaian setiap indikator terhadap target 100%. 1. Persentase fasilitasi yang "
        "ditindaklanjuti: 41,67%; 2. Persentase dokumen desa yang tepat waktu: 33,33%."
    )
    assert budget().alt.startswith(
        "Grafik batang serapan anggaran setiap program, realisasi dari pagu. 1. Program Penyelenggaraan "
        "Pemerintahan dan Pelayanan Publik: 36,76% Rp5,0 dari Rp13,6 juta; 2. Program"
    )


def test_without_any_value_there_is_no_chart() -> None:
    blank = ("Indikator!F2", "Indikator!F3", "Anggaran!G2", "Anggaran!G3", "Anggaran!H2", "Anggaran!H3")
    report = laporan(dict.fromkeys(blank, ""))
    assert (achievement_chart(report), budget_chart(report)) == ("", "")


@pytest.mark.parametrize("count", [1, 15])
def test_a_chart_of_programmes_fits_a_page_on_its_side(count: int) -> None:
    chart = budget(programmes(count) | ({"Anggaran!4": ""} if count == 1 else {}))
    assert len(chart.categories) == count
    assert set(chart.beside) == {"25,00%\nRp0,3 dari Rp1,0 juta"}
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
