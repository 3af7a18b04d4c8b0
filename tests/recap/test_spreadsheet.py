"""``rekap.xlsx``: totals that tie, texts that stay texts, native tables, and LibreOffice's own sums."""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from openpyxl.workbook import Workbook

from lkt.recap.spreadsheet import rekap_xlsx
from lkt.recap.summary import Summary
from lkt.recap.totals import Recap, combine
from tests.converting import SavedAs
from tests.recap.recaps import (
    ERROR,
    any_recap,
    everything,
    indicator,
    kecamatan,
    lumajang,
    of_every_shape,
    programme,
)
from tests.validity.checks import audited

ROWS = dict[str, object]


@pytest.fixture(scope="module")
def data() -> bytes:
    return rekap_xlsx(lumajang())


@pytest.fixture(scope="module")
def book(data: bytes) -> Workbook:
    return load(data)


def load(data: bytes, *, values: bool = True) -> Workbook:
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", ".*extension is not supported")  # openpyxl leaves data bars out
        return openpyxl.load_workbook(io.BytesIO(data), data_only=values)


def of(*kecamatan: Summary) -> Workbook:
    return load(rekap_xlsx(combine(kecamatan)))


def rows(book: Workbook, sheet: str) -> list[ROWS]:
    """The rows of a table by heading, without the row of totals."""
    lines = list(book[sheet].iter_rows(min_row=4, values_only=True))
    found: list[ROWS] = [dict(zip(map(str, lines[0]), line, strict=True)) for line in lines[1:]]
    return [row for row in found if row["No"] is not None]


def total(book: Workbook, sheet: str) -> ROWS:
    lines = list(book[sheet].iter_rows(min_row=4, values_only=True))
    return dict(zip(map(str, lines[0]), lines[-1], strict=True))


def added(found: list[ROWS], column: str) -> Fraction:
    return sum((exact(row[column]) for row in found), Fraction(0))


def exact(value: object) -> Fraction:
    return Fraction(str(value or 0))


# Sums ------------------------------------------------------------------------------------------------------


def test_money_ties_exactly_on_every_sheet(book: Workbook) -> None:
    recap = lumajang()
    for column, expected in (("Pagu", recap.pagu), ("Realisasi", recap.realisasi)):
        for sheet in ("Ringkasan", "Program", "Serapan"):
            assert added(rows(book, sheet), column) == expected == exact(total(book, sheet)[column])


def test_each_programme_and_each_kecamatan_is_the_sum_of_its_rows(book: Workbook) -> None:
    long = rows(book, "Serapan")
    for sheet, number in (("Program", "No Program"), ("Ringkasan", "No")):
        for row in rows(book, sheet):
            mine = [each for each in long if each[number] == row["No"]]
            assert added(mine, "Realisasi") == exact(row["Realisasi"])
            if row["Pagu"]:
                assert row["Serapan"] == float(added(mine, "Realisasi") / added(mine, "Pagu"))


def test_means_of_the_indicators(book: Workbook) -> None:
    long = rows(book, "Capaian")
    for row in rows(book, "Indikator"):
        mine = [float(str(each["Capaian"])) for each in long if each["No Indikator"] == row["No"]]
        assert row["Rerata Capaian"] == pytest.approx(sum(mine) / len(mine), rel=1e-12)
        told = [row["Terendah"], row["Tertinggi"], row["Kecamatan"]]
        assert told == pytest.approx([min(mine), max(mine), len(mine)], rel=1e-12)


def test_findings_are_counted(book: Workbook) -> None:
    found = [row["No"] for row in rows(book, "Temuan") if row["Tingkat"] == "kesalahan"]
    assert {row["No"]: row["Kesalahan"] for row in rows(book, "Ringkasan") if row["Kesalahan"]} == {
        number: found.count(number) for number in found
    }


def test_a_programme_without_realisasi_is_in_no_total() -> None:
    programmes = (programme(100, 25), programme(900, None, "7.01.02"), programme(0, 0, "7.01.03"))
    book = of(kecamatan("A", programs=programmes))
    assert [each["Dihitung"] for each in rows(book, "Serapan")] == ["ya", "tidak", "ya"]
    assert (total(book, "Program")["Pagu"], rows(book, "Ringkasan")[0]["Pagu"]) == (100, 100)
    assert [each["Serapan"] for each in rows(book, "Program")] == [0.25, None]


def test_what_is_not_counted_has_no_figures_and_is_to_be_seen_to() -> None:
    book = load(rekap_xlsx(everything()))
    empty = [row["Kecamatan"] for row in rows(book, "Ringkasan") if row["Pagu"] is None]
    assert sorted(map(str, empty)) == ["Kunir", "Lumajang", "Tekung", "Tekung", "Yosowilangun", "rusak"]
    told = {str(row["Kecamatan"]): str(row["Masalah"]) for row in rows(book, "Tindak Lanjut")}
    assert told == {
        "Kunir": "Buku kerja belum diserahkan.",
        "Lumajang": "Buku kerja ini dari Triwulan IV Tahun 2023.",
        "Pasirian": "Buku kerja memuat 1 kesalahan. Laporannya disusun sebagai draf.",
        "Pronojiwo": "Buku kerja memuat 14 kesalahan.",
        "Rowokangkung": "Laporan sedang dibuka di Word. Tutup dahulu.",
        "Sukodono": "Buku kerja memuat 3 kesalahan.",
        "Tekung": "Ada buku kerja lain dari kantor dan triwulan yang sama.",
        "Tempeh": "Laporan terlambat 4 hari.",
        "Yosowilangun": "Buku kerja belum diserahkan.",
        "rusak": "Berkas rusak. Simpan ulang.",
    }


# Cells -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("files", "told"),
    [
        (("/data/tw1/a.xlsx", "/data/tw1/b.xlsx"), ["a.xlsx", "b.xlsx"]),
        (("tw1/a.xlsx", "a.xlsx"), [str(Path("tw1/a.xlsx")), "a.xlsx"]),
        (("/data/utara/a.xlsx", "/data/b.xlsx", ""), [str(Path("utara/a.xlsx")), "b.xlsx", None]),
        (("/data/a.xlsx", "b.xlsx"), ["/data/a.xlsx", "b.xlsx"]),
    ],
)
def test_a_file_is_named_below_the_folder_that_all_have(files: Sequence[str], told: list[str | None]) -> None:
    book = of(*(kecamatan(f"K{number}", file=file) for number, file in enumerate(files)))
    assert [row["Berkas"] for row in rows(book, "Ringkasan")[: len(files)]] == told


def test_dates_and_numbers_are_what_they_are(book: Workbook) -> None:
    first = rows(book, "Ringkasan")[0]
    assert (first["Batas Penyampaian"], first["Pagu"]) == (datetime(2024, 4, 5), 1957618000)  # noqa: DTZ001
    formats = {
        str(cell.value): below.number_format for cell, below in zip(*book["Ringkasan"]["A4:P5"], strict=True)
    }
    assert (formats["Pagu"], formats["Serapan"]) == ('"Rp"#,##0', "0.00%")


@pytest.mark.parametrize(
    ("day", "told"),
    [(date(1900, 3, 1), datetime(1900, 3, 1)), (date(1900, 2, 28), "28 Februari 1900")],  # noqa: DTZ001
)
def test_a_day_that_excel_counts_wrongly_is_a_text(day: date, told: object) -> None:
    assert rows(of(kecamatan("A", tanggal_laporan=day)), "Ringkasan")[0]["Tanggal Laporan"] == told


def test_a_number_beyond_those_of_excel_is_nought() -> None:
    book = of(kecamatan("A", programs=(programme(10**400, 10**400),)))
    assert [rows(book, sheet)[0]["Pagu"] for sheet in ("Ringkasan", "Program", "Serapan")] == [0, 0, 0]


@pytest.mark.parametrize("text", ["=1+1", "+62", "-5", "@SUM(A1)", '=HYPERLINK("http://x")', "http://x"])
def test_a_text_stays_a_text(text: str) -> None:
    row = kecamatan(text, indicators=(indicator(text),), programs=(programme(2, 1, nama=text),),
                    findings=(replace(ERROR, message=text),), note=text)  # fmt: skip
    book = load(rekap_xlsx(combine([row])), values=False)
    places = ("Ringkasan!C5", "Serapan!B5", "Capaian!B5", "Program!C5", "Indikator!B5", "Temuan!F5")
    for sheet, place in (place.split("!") for place in places):
        cell = book[sheet][place]
        assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)
        assert cell.quotePrefix is text.startswith(tuple("=+-@"))


@pytest.mark.parametrize(
    ("text", "shown", "number_format"),
    [
        ("x" * 255, "x" * 255, "@"),
        ("x" * 256, "x" * 256, "General"),  # old versions of Excel show it as ##### in the format of a text
        ("x" * 40_000, "x" * 32_767, "General"),
        ("🌾" * 17_000, "🌾" * 16_383, "General"),  # Excel counts each twice
        ("a\x00\nb", "a\nb", "@"),
    ],
)
def test_a_text_is_cut_to_what_a_cell_holds(text: str, shown: str, number_format: str) -> None:
    cell = of(kecamatan("A", findings=(replace(ERROR, message=text),)))["Temuan"]["F5"]
    assert (cell.value, cell.number_format) == (shown, number_format)


# Sheets ----------------------------------------------------------------------------------------------------


def test_tables_are_native_and_sheets_ready_to_print(data: bytes) -> None:
    book = load(data, values=False)
    sums = ["Ringkasan", "Tindak Lanjut", "Program", "Indikator", "Matriks"]
    assert book.sheetnames == [*sums, "Grafik", "Serapan", "Capaian", "Temuan"]
    for sheet in book.worksheets:
        page, footer = sheet.sheet_properties.pageSetUpPr, getattr(sheet.oddFooter, "right", None)
        assert page is not None
        assert page.fitToPage
        assert footer is not None
        assert "Halaman" in str(footer.text)
        if sheet.title != "Grafik":
            assert [table.autoFilter is not None for table in sheet.tables.values()] == [True]
            assert sheet.print_title_rows == "$4:$4"
            assert sheet.freeze_panes
            assert sheet.row_dimensions[5].height is None  # set, it would not follow a sorted row
    charts = [name for name in zipfile.ZipFile(io.BytesIO(data)).namelist() if "charts/chart" in name]
    assert len(charts) == 2


def test_the_chart_begins_with_the_highest(book: Workbook) -> None:
    shares = [row[1] for row in book["Grafik"].iter_rows(min_row=5, max_row=24, values_only=True)]
    assert shares == sorted(map(float, map(str, shares)), reverse=True)
    assert shares[0] == max(row["Serapan"] or 0 for row in rows(book, "Ringkasan"))  # type: ignore[type-var]


def _charted(number: int) -> tuple[str, list[str]]:
    """Of so many kecamatan and indicators: the note on the sheet of charts, and the names beside these."""
    made = [
        kecamatan(
            f"K{each:03}",
            programs=(programme(1000, each),),
            indicators=(indicator(f"I{each:03}", Fraction(each)),),
        )
        for each in range(1, number + 1)
    ]
    texts = [str(row[0]) for row in of(*made)["Grafik"].iter_rows(values_only=True)]
    return texts[1], [text for text in texts if re.fullmatch(r"[KI][0-9]{3}", text)]


def test_a_chart_holds_fifty_and_says_so() -> None:
    note, names = _charted(51)
    ends = [number for number in range(51, 0, -1) if number != 26]
    assert names == [f"{kind}{number:03}" for kind in "KI" for number in ends]
    assert "25 yang tertinggi dan 25 yang terendah" in note
    note, names = _charted(50)
    assert "tertinggi" not in note
    assert names == [f"K{number:03}" for number in range(50, 0, -1)] + [
        f"I{number:03}" for number in range(1, 51)
    ]


# Any recap -------------------------------------------------------------------------------------------------


@of_every_shape
def test_the_file_is_valid_and_always_the_same(recap: Recap, tmp_path: Path) -> None:
    path = tmp_path / "rekap.xlsx"
    path.write_bytes(rekap_xlsx(recap))
    assert audited(path) == []
    assert path.read_bytes() == rekap_xlsx(recap)


@settings(max_examples=20)
@given(any_recap())
def test_any_recap_makes_a_workbook(recap: Recap) -> None:
    book = load(rekap_xlsx(recap))
    assert float(str(total(book, "Program")["Pagu"] or 0)) == pytest.approx(float(recap.pagu))
    assert len(rows(book, "Ringkasan")) == len(recap.rows)


# LibreOffice -----------------------------------------------------------------------------------------------


def without_results(data: bytes) -> bytes:
    """The workbook without the results of its formulas, so that LibreOffice works them out."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(made, "w") as target:
        for entry in source.infolist():
            part = source.read(entry)
            if entry.filename.startswith("xl/worksheets/"):
                part = re.sub(rb"</f><v>[^<]*</v>", b"</f>", part)
            target.writestr(entry, part)
    return made.getvalue()


def formulas(data: bytes) -> Iterator[tuple[str, str]]:
    for sheet in load(data, values=False).worksheets:
        for cells in sheet.iter_rows():
            for cell in cells:
                if cell.data_type == "f":
                    yield sheet.title, cell.coordinate


@pytest.mark.libreoffice
def test_libreoffice_comes_to_the_same(data: bytes, book: Workbook, saved_as: SavedAs) -> None:
    again = load(saved_as("xlsx", {"rekap.xlsx": without_results(data)})["rekap.xlsx"])
    places = list(formulas(data))
    assert len(places) > 300
    told = {place: book[place[0]][place[1]].value for place in places}
    assert {place: again[place[0]][place[1]].value for place in places} == pytest.approx(told, rel=1e-12)
