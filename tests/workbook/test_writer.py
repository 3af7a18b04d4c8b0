# ruff: noqa: DTZ001 - a workbook knows no time zones
"""The writer: what stands in the cells, that it can be read back, and that its formulas are right."""

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from lkt.figures import Computed, Figure
from lkt.indicators import compute
from lkt.model import Dataset
from lkt.workbook import styles
from lkt.workbook.declaration import DESA_DATE, KEYS, PETUNJUK, SHEET, SHEET_ORDER, SHEETS
from lkt.workbook.new import new_contents
from lkt.workbook.opening import grids_of
from lkt.workbook.reader import read_grids
from lkt.workbook.roster import Kecamatan
from lkt.workbook.styles import Value
from lkt.workbook.writer import Contents, Row, write_workbook
from lkt.xlsx import DATE_FORMAT, Percent, WorkbookEditor
from tests.converting import SavedAs
from tests.validity.checks import complaints

DESA = (("99.01.01.2001", "Mekar"), ("99.01.01.2002", "Sari"), ("", "Jaya"), ("", "Makmur"))
IDENTITAS: dict[str, str | date] = {
    "Tanggal Laporan": date(2024, 4, 5),
    "Nama Camat": "Drs. CONTOH, M.Si.",
    "NIP": "196811141990031004",
    "Peraturan Pelaporan": "Peraturan Bupati Teladan Nomor 6 Tahun 2018",
    "Peraturan Kedudukan": "Peraturan Bupati Teladan Nomor 96 Tahun 2019",
}


def indikator(number: int, jenis: str, satuan: str, target: Value, **more: Value) -> Row:
    fixed: Row = {"No": number, "Sasaran": "Meningkatnya pelayanan", "Indikator": f"Indikator {number}"}
    return {**fixed, "Arah": "naik", "Jenis": jenis, "Satuan": satuan, "Target": target, **more}


INDIKATOR = (
    indikator(1, "fasilitasi", "%", Percent(Decimal(85)), Penyebut=63),
    indikator(2, "dokumen desa", "%", Percent(Decimal(100)), **{"Target Triwulan": Percent(Decimal(30))}),
    indikator(3, "rasio", "%", Percent(Decimal(150)), Pembilang=17, Penyebut=20),
    indikator(4, "nilai", "indeks", Decimal("82.5"), Realisasi=Decimal("80.25")),
    indikator(5, "predikat", "predikat", "A", Realisasi="BB"),
    indikator(
        6, "nilai", "%", Percent(Decimal("2.5"), 1), Realisasi=Percent(Decimal("3.25"), 2), Arah="turun"
    ),
    indikator(7, "nilai", "%", Percent(Decimal("0.5"), 1), Realisasi=Percent(Decimal("0.3"), 1)),
    indikator(8, "nilai", "indeks", 75),
    indikator(9, "rasio", "%", 75, Penyebut=3),
    indikator(10, "predikat", "predikat", "BB", Realisasi="Z"),
    indikator(11, "rasio", "%", 80, Pembilang=3, Penyebut=0),
    indikator(12, "rasio", "%", 50, Pembilang=13, Penyebut=9),
)


def program(kode: str, name: str, pagu: int, realisasi: int, **more: Value) -> Row:
    fixed: Row = {"Kode": kode, "Program": name, "Pagu": pagu, "Realisasi": realisasi}
    return {**fixed, **{heading.replace("_", " "): value for heading, value in more.items()}}


ANGGARAN = (
    program("7.01.01", "Program A", 1834590815, 460901183, Anggaran_PK=1860252824),
    program("7.01.02", "Program B", 13464000, 6699000, Anggaran_PK=13600000),
    program("7.01.02.2.01", "Kegiatan B", 13464000, 6699000),
    program("7.01.02.2.01.01", "Sub Kegiatan B", 13464000, 6699000),
    program("7.01.03", "Program C", 7200000, 0, Target=Percent(Decimal(100))),
)
FASILITASI_DATES: tuple[Value, ...] = (
    date(2024, 1, 1), "Februari", "19 s.d. 26 Februari 2024", "Januari/Desember", date(2024, 3, 31),
    date(2024, 4, 1), date(2023, 12, 31), "Pebruari 2024", "April", "Maret 2023",
    "28 Februari s.d. 2 Maret 2024", date(2024, 2, 29),
)  # fmt: skip
DESA_DATES: tuple[tuple[Value, Value, Value], ...] = (
    (None, None, date(2024, 1, 31)),
    (None, date(2024, 3, 1), date(2024, 4, 2)),
    (date(2024, 5, 1), None, date(2024, 3, 31)),
    (None, None, None),
)


def filled(**identitas: Value) -> Contents:
    contents = dict(new_contents(Kecamatan("", "Contoh", DESA, kabupaten="Teladan"), 2024, 1))
    values = {**IDENTITAS, **{label.replace("_", " "): value for label, value in identitas.items()}}
    more: list[Row] = [{"Isian": label, "Nilai": value} for label, value in values.items()]
    contents["Identitas"] = [*contents["Identitas"], *more]
    contents["Indikator"] = INDIKATOR
    contents["Anggaran"] = ANGGARAN
    contents["Fasilitasi"] = [
        {
            "No": number,
            "Jenis Fasilitasi": f"Fasilitasi {number}",
            "Tanggal": day,
            "Bukti Pendukung": "Berita acara",
            "Pelaksana": "Kasi Pemerintahan",
            "Ditindaklanjuti": "Tidak" if number == len(FASILITASI_DATES) else "Ya",
        }
        for number, day in enumerate(FASILITASI_DATES, 1)
    ]
    contents["Desa"] = [
        {**desa, "RKPDesa": rkp, "APBDesa": apb, "LPPDesa": lpp}
        for desa, (rkp, apb, lpp) in zip(contents["Desa"], DESA_DATES, strict=True)
    ]
    contents["Strategi"] = [{"Indikator": 1, "Strategi": "Merekap hasil fasilitasi", "Waktu": "Januari 2024"}]
    contents["Kegiatan"] = [{"No": 1, "Kegiatan": "Rapat", "Tanggal": "19 s.d. 26 Februari 2024"}]
    return contents


def load(data: bytes, *, values: bool = False) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(data), data_only=values)


@cache
def opened() -> Workbook:
    """The filled workbook as openpyxl opens it, once; no test changes it."""
    return load(write_workbook(filled()))


def read(data: bytes) -> Dataset:
    return read_grids(grids_of(data))


def headings(sheet: Worksheet) -> list[object]:
    found: list[object] = [cell.value for cell in sheet[1]]
    way_back = found.pop()
    assert way_back == "← Petunjuk"
    return found


# What stands there


def test_a_blank_workbook_has_every_sheet_and_column() -> None:
    book = load(write_workbook({}))
    assert tuple(book.sheetnames) == SHEET_ORDER
    for sheet in SHEETS:
        assert headings(book[sheet.name]) == [column.heading for column in sheet.columns]
    assert [row[0].value for row in book["Identitas"].iter_rows(min_row=2)] == [key.label for key in KEYS]


def test_every_heading_explains_itself_without_an_author() -> None:
    book = load(write_workbook(new_contents(Kecamatan("", "Contoh"), 2024, 1)))
    for sheet in SHEETS:
        notes = [cell.comment for cell in book[sheet.name][1][:-1]]
        assert all(note is not None and note.text and note.author in {"", "None"} for note in notes)
        helps = [column.help for column in sheet.columns if sheet.name != "Desa"]
        assert all(text in str(note and note.text) for text, note in zip(helps, notes, strict=False))


def test_desa_has_a_column_for_each_document_before_keterangan() -> None:
    book = opened()
    assert headings(book["Desa"]) == ["Kode", "Desa", "RKPDesa", "APBDesa", "LPPDesa", "Keterangan"]


@pytest.mark.parametrize(("spare", "row"), [(True, 14), (False, 7)])
def test_jumlah_stands_below_the_prepared_rows(*, spare: bool, row: int) -> None:
    sheet = load(write_workbook(filled(), spare=spare))["Anggaran"]
    assert sheet.max_row == row
    assert sheet.cell(row, 2).value == "Jumlah"
    assert f"$G$2:$G${row - 1}" in str(sheet.cell(row, 7).value)


def test_more_rows_than_prepared_still_leave_some_empty() -> None:
    contents: Contents = {
        "Skala": [{"Predikat": f"P{number}", "Batas Bawah": number} for number in range(30)]
    }
    assert load(write_workbook(contents))["Skala"].max_row == 34


@pytest.mark.parametrize("contents", [{}, filled()], ids=["blank", "filled"])
def test_no_reference_of_the_declaration_is_left_over(contents: Contents) -> None:
    with zipfile.ZipFile(io.BytesIO(write_workbook(contents))) as package:
        sheets = [package.read(name).decode() for name in package.namelist() if "worksheets/sheet" in name]
    formulas = [formula for sheet in sheets for formula in re.findall(r"<(?:f|formula1?)>([^<]*)<", sheet)]
    assert len(formulas) > 20
    assert not [formula for formula in formulas if "[" in formula]


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "number_format"),
    [
        ("Indikator", "F2", 0.85, "0%"),
        ("Indikator", "M7", 0.0325, "0.00%"),
        ("Indikator", "M5", 80.25, "#,##0.00"),
        ("Anggaran", "G2", 1834590815, "#,##0"),
        ("Anggaran", "A2", "7.01.01", "@"),
        ("Fasilitasi", "C2", datetime(2024, 1, 1), DATE_FORMAT),
        ("Fasilitasi", "C3", "Februari", DATE_FORMAT),
        ("Identitas", "B13", "196811141990031004", "@"),
    ],
)
def test_values_are_stored_as_people_see_them(
    sheet: str, cell: str, value: object, number_format: str
) -> None:
    stored = opened()[sheet][cell]
    assert (stored.value, stored.number_format) == (value, number_format)


def test_choices_in_figures_are_numbers_as_a_dropdown_enters_them() -> None:
    values = {row[0]: row[1] for row in load(write_workbook(filled(Batas_Capaian="120")))["Identitas"].values}
    assert values["Batas Capaian"] == 120
    assert values["Desimal Persen"] == 2
    assert values["Rumus Efisiensi"] == "selisih"


def test_dates_of_desa_must_be_real_and_those_of_the_log_need_not() -> None:
    book = opened()
    rules = {str(rule.sqref): rule for rule in book["Desa"].data_validations.dataValidation}
    assert (rules["C2:C21"].type, rules["C2:C21"].errorStyle or "stop") == ("date", "stop")
    assert "tanggal" in str(rules["C2:C21"].error)
    log = {str(rule.sqref): rule for rule in book["Fasilitasi"].data_validations.dataValidation}
    assert (log["C2:C201"].type, log["C2:C201"].errorStyle) == ("date", "information")
    assert log["F2:F201"].formula1 == '"Ya,Tidak"'


def test_indikator_numbers_are_offered_where_they_are_referred_to() -> None:
    book = opened()
    for name, cells in (("Anggaran", "C2:C13"), ("Strategi", "A2:A21")):
        rules = {str(rule.sqref): rule for rule in book[name].data_validations.dataValidation}
        assert "Indikator!$A$2" in str(rules[cells].formula1)
        assert rules[cells].errorStyle == "warning"


def test_petunjuk_leads_to_every_sheet_and_names_the_deadlines_and_commands() -> None:
    sheet = opened()[PETUNJUK]
    cells = [cell for row in sheet.iter_rows() for cell in row]
    targets = {str(cell.hyperlink.location) for cell in cells if cell.hyperlink}
    assert targets == {f"'{name}'!A1" for name in SHEET_ORDER if name != PETUNJUK}
    assert "Jumat, 5 April 2024" in {cell.value for cell in cells}
    told = re.findall(r": lkt (\w+) NAMA-", " ".join(str(cell.value) for cell in cells))
    assert told == ["check", "build", "new"]
    blank = [str(cell.value) for row in load(write_workbook({}))[PETUNJUK].iter_rows() for cell in row]
    assert not [text for text in blank if text.startswith("Batas penyampaian")]


def test_rows_grow_with_what_is_typed_into_them() -> None:
    with zipfile.ZipFile(io.BytesIO(write_workbook(filled()))) as package:
        sheet = package.read("xl/worksheets/sheet4.xml").decode()
    assert sheet.count("customHeight") == 1  # the headings
    assert 'ht="18"' in sheet


# Derived cells


def test_a_given_value_is_typed_over_the_formula() -> None:
    contents: Contents = {**filled(), "Anggaran": [{**ANGGARAN[0], "Capaian": Percent(Decimal(26))}]}
    sheet = load(write_workbook(contents))["Anggaran"]
    assert (sheet["I2"].value, sheet["I2"].number_format) == (0.26, "0%")
    assert str(sheet["I3"].value).startswith("=")


def test_a_given_total_is_typed_over_the_formula() -> None:
    contents: Contents = {**filled(), "Anggaran": [*ANGGARAN, {"Program": "Jumlah", "Pagu": 5}]}
    sheet = load(write_workbook(contents))["Anggaran"]
    assert (sheet["B14"].value, sheet["G14"].value) == ("Jumlah", 5)
    assert str(sheet["H14"].value).startswith("=")


def test_cached_results_show_before_anything_calculates() -> None:
    cached = {("Indikator", "M2"): Fraction(19, 63) * 100, ("Indikator", "M9"): ""}
    sheet = load(write_workbook(filled(), cached), values=True)["Indikator"]
    assert sheet["M2"].value == pytest.approx(30.15873, abs=1e-5)
    assert str(sheet["M9"].value).strip() == ""
    assert sheet["M3"].value is None


def test_a_blank_workbook_counts_as_calculated() -> None:
    dataset = read(write_workbook({}))
    assert not dataset.anggaran
    assert {problem.ref.sheet for problem in dataset.problems} == {"Identitas"}


# Read back


def test_what_is_written_is_read_back() -> None:
    dataset = read(write_workbook(filled()))
    assert dataset.identitas.nama_camat.value == "Drs. CONTOH, M.Si."
    targets = [row.target.value for row in dataset.indikator][:6]
    assert targets == [85, 100, 150, Decimal("82.5"), "A", Decimal("2.5")]
    assert [row.pagu.value for row in dataset.anggaran] == [row["Pagu"] for row in ANGGARAN]
    assert [len(row.tanggal) for row in dataset.desa] == [3, 3, 3, 3]
    assert [row.jenis_fasilitasi.value for row in dataset.fasilitasi] == [
        f"Fasilitasi {n}" for n in range(1, 13)
    ]


def test_an_unknown_sheet_or_heading_is_refused() -> None:
    with pytest.raises(ValueError, match="Anggran"):
        write_workbook({"Anggran": []})
    with pytest.raises(ValueError, match="Pagu Akhir"):
        write_workbook({"Anggaran": [{"Pagu Akhir": 1}]})


# The file


@pytest.mark.parametrize("contents", [{}, filled()], ids=["blank", "filled"])
def test_the_file_is_valid(tmp_path: Path, contents: Contents) -> None:
    path = tmp_path / "buku.xlsx"
    path.write_bytes(write_workbook(contents))
    assert complaints(path) == []


def test_the_same_contents_give_the_same_bytes() -> None:
    assert write_workbook(filled()) == write_workbook(filled())


def test_the_properties_are_in_indonesian() -> None:
    properties = opened().properties
    assert properties.title == "Buku Kerja Laporan Kinerja Triwulan"
    assert properties.subject == "Kecamatan Contoh, Triwulan I Tahun 2024"


def test_the_paper_follows_identitas() -> None:
    assert opened()["Anggaran"].page_setup.paperSize == 14
    sheet = load(write_workbook(filled(Ukuran_Kertas="A4")))["Anggaran"]
    assert sheet.page_setup.paperSize == 9
    assert sheet.page_setup.orientation == "landscape"


def test_notes_have_room_for_their_text() -> None:
    short, long = (styles.note_options(text) for text in ("Nomor urut.", "kata " * 60))
    assert long["height"] > 3 * short["height"]
    assert DESA_DATE.help in styles.note_of(DESA_DATE)


# The formulas, calculated by LibreOffice


def with_targets(rows: Contents, **more: Value) -> Contents:
    """Every percentage that is counted without Target Triwulan, and with other targets instead."""
    extra = {heading.replace("_", " "): value for heading, value in more.items()}
    changed = [
        {**{key: value for key, value in row.items() if key != "Target Triwulan"}, **extra}
        if row["Jenis"] in {"fasilitasi", "dokumen desa", "rasio"}
        else row
        for row in INDIKATOR
    ]
    return {**rows, "Indikator": changed}


CALCULATED: Mapping[str, Contents] = {
    "by the target of a quarter": with_targets(
        filled(Dasar_Capaian="triwulan"), Target_TW_I=Percent(Decimal(40))
    ),
    "amended": with_targets(
        filled(Tanggal_PK_Perubahan=date(2024, 3, 15)), Target_Perubahan=Percent(Decimal(90))
    ),
    "to be amended": with_targets(
        filled(Tanggal_PK_Perubahan=date(2024, 4, 15)), Target_Perubahan=Percent(Decimal(90))
    ),
    "triwulan I": filled(),
    "triwulan IV, at most 100": filled(Triwulan="4", Batas_Capaian="100"),
    "against Target Triwulan": filled(Dasar_Capaian="triwulan"),
    "blank": {},
}
"""What it is -> the rows of a workbook that LibreOffice calculates."""


@pytest.fixture(scope="module")
def recalculated(saved_as: SavedAs) -> Mapping[str, tuple[bytes, Workbook]]:
    """Each workbook, and how it is after LibreOffice has calculated all of them in one run.

    Results that are absent make it do so.
    """
    made = {name: write_workbook(rows) for name, rows in CALCULATED.items()}
    saved = saved_as("xlsx", {f"{name}.xlsx": _without_panel(data) for name, data in made.items()})
    return {name: (data, load(saved[f"{name}.xlsx"], values=True)) for name, data in made.items()}


def _without_panel(data: bytes) -> bytes:
    """Without the results of the formulas on sheet Petunjuk."""
    book = WorkbookEditor(data)
    for row in range(7, 25):
        for column in "BD":
            book.set_result(PETUNJUK, f"{column}{row}", None)
    return book.save()


def shown(figure: Figure, scale: int = 1) -> object:
    return None if figure.value is None else pytest.approx(float(figure.value / scale))


def indicators_of(computed: Computed) -> list[tuple[object, object]]:
    """Realisasi and Capaian per row; a typed Realisasi is left out."""
    return [
        (None if row.pembilang is None else shown(row.realisasi), shown(row.capaian, 100))
        for row in computed.indikator
    ]


@pytest.mark.libreoffice
@pytest.mark.parametrize("name", [name for name in CALCULATED if name != "blank"])
def test_live_formulas_agree_with_the_program(
    recalculated: Mapping[str, tuple[bytes, Workbook]], name: str
) -> None:
    data, book = recalculated[name]
    computed = compute(read(data))
    sheet = book["Indikator"]
    typed = {row for row, given in enumerate(INDIKATOR, 2) if given["Jenis"] in {"nilai", "predikat"}}
    rows = range(2, 2 + len(INDIKATOR))
    written = [
        (None if row in typed else sheet.cell(row, 13).value, sheet.cell(row, 14).value) for row in rows
    ]
    assert written == indicators_of(computed)
    budget, total = book["Anggaran"], computed.anggaran
    assert total is not None
    assert [budget.cell(row, 9).value for row in (2, 3, 6)] == [
        shown(row.serapan, 100) for row in computed.program
    ]
    assert [budget.cell(14, column).value for column in (7, 8)] == [shown(total.pagu), shown(total.realisasi)]
    assert budget["I14"].value == shown(total.tertimbang, 100)
    assert budget["E14"].value == 1873852824
    counts = [book["Desa"].cell(22, column).value for column in (3, 4, 5)]
    assert counts == [shown(row.jumlah) for row in computed.dokumen]


def progress(book: Workbook) -> dict[str, str]:
    """Sheet -> what sheet Petunjuk tells of it; under "" whether the workbook can be checked."""
    sheet = book[PETUNJUK]
    told = {str(row[1].value): str(row[3].value) for row in sheet.iter_rows(7, 21) if row[3].value}
    return {**told, "": str(sheet["B8"].value)}


def test_petunjuk_tells_how_far_each_sheet_is_filled_in() -> None:
    some = filled()
    rows = [dict(row) for row in some["Anggaran"]]
    del rows[0]["Pagu"]
    told = progress(load(write_workbook({**some, "Anggaran": rows}), values=True))
    assert list(told)[:-1] == [name for name in SHEET_ORDER if name != PETUNJUK]
    assert (
        told["Anggaran"] == f"{len([row for row in rows if row['Program'] != 'Jumlah'])} baris, kurang 1 sel"
    )
    assert told["Narasi"] == "kosong (boleh)"
    assert told["Identitas"] == "lengkap"
    blank = progress(load(write_workbook({}), values=True))
    assert blank["Identitas"].startswith("kurang ")
    assert blank["Indikator"] == "belum diisi"
    assert "lembar belum lengkap" in blank[""]


@pytest.mark.libreoffice
def test_the_panel_of_petunjuk_is_live(recalculated: Mapping[str, tuple[bytes, Workbook]]) -> None:
    """What is shown before anything calculates is what LibreOffice calculates."""
    for data, book in recalculated.values():
        assert progress(book) == progress(load(data, values=True))


@pytest.mark.libreoffice
def test_a_blank_workbook_shows_no_errors(recalculated: Mapping[str, tuple[bytes, Workbook]]) -> None:
    _, book = recalculated["blank"]
    texts = [
        str(cell) for sheet in book.worksheets for row in sheet.values for cell in row if cell is not None
    ]
    assert not [text for text in texts if text.startswith("#")]


FOLDED = [column.heading for column in SHEET["Anggaran"].columns if column.folded]


@pytest.mark.parametrize(("unit", "folded"), [("", FOLDED), ("Kelurahan Sawah", [])])
def test_columns_that_few_offices_need_are_folded_away(unit: str, folded: list[str]) -> None:
    """Until one of them is filled in."""
    contents = {"Anggaran": [{"Kode": "7.01.01", "Unit": unit}]}
    sheet = load(write_workbook(contents))["Anggaran"]
    away = [
        range(each.min or 0, (each.max or 0) + 1) for each in sheet.column_dimensions.values() if each.hidden
    ]
    hidden = [sheet.cell(1, number).value for number in sorted({n for numbers in away for n in numbers})]
    assert hidden == folded


@pytest.mark.parametrize(
    ("jenis", "states"),
    [("nilai", {"kosong (boleh)"}), ("fasilitasi", {"belum diisi", "kosong (boleh)"}), ("", {"belum diisi"})],
)
def test_a_sheet_that_no_indicator_needs_may_stay_empty(jenis: str, states: set[str]) -> None:
    data = write_workbook({"Indikator": [{"No": 1, "Jenis": jenis}]})
    told = progress(load(data, values=True))
    assert {told[name] for name in ("Fasilitasi", "Dokumen", "Desa")} == states
