"""Which rows and headings are read for what, and which workbooks are refused."""

import io

import openpyxl
import pytest

from examples.tables import join_tables, split_tables
from lkt.errors import UnreadableWorkbookError
from lkt.model import Dataset
from lkt.pipeline import run
from lkt.workbook.declaration import FORMAT_VERSION, SHEET, SHEETS
from lkt.workbook.new import filled_workbook
from lkt.workbook.opening import grids_of
from lkt.workbook.reader import read_grids
from lkt.xlsx import Raw, SheetCells
from tests.builders import base, dataset, edit, edited, workbook


@pytest.mark.parametrize(
    ("written", "said", "hint"),
    [
        ("2", "berformat versi 2, sedangkan lkt ini membaca sampai versi 1", "Pasang lkt versi terbaru"),
        ("0", "berformat versi 0, sedangkan lkt ini membaca sampai versi 1", "Salin isinya ke buku kerja"),
    ],
)
def test_another_version_is_refused(written: str, said: str, hint: str) -> None:
    with pytest.raises(UnreadableWorkbookError, match=said) as raised:
        dataset(edit(base(), "Identitas!B2", written))
    assert raised.value.hint.startswith(hint)


@pytest.mark.parametrize("written", ["", "satu", "1,5"])
def test_without_a_readable_version_it_is_the_first(written: str) -> None:
    """That it cannot be read is a finding; the rest is read as ever."""
    data = dataset(edit(base(), "Identitas!B2", written))
    assert data.indikator == dataset(base()).indikator
    assert len(data.problems) == 1


def test_a_new_workbook_says_the_version_that_is_written() -> None:
    book = filled_workbook({"Identitas": [{"Isian": "Versi Format", "Nilai": 0}]}, spare=False)
    assert read_grids(grids_of(book)).identitas.versi_format.value == FORMAT_VERSION


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        *(("Anggaran!B4", text) for text in (
            "Jumlah :", "JUMLAH", "Grand Total", "TOTAL:", "Jumlah Anggaran", "JML", "Jml.", "Sub Total",
            "Total Keseluruhan", "Jumlah Seluruh Program (Rp)",
        )),
        ("Anggaran!A4", "JUMLAH"), ("Desa!B5", "Jumlah Desa"), ("Desa!A5", "TOTAL"),
    ],
)  # fmt: skip
def test_a_row_of_totals_by_another_name(cell: str, text: str) -> None:
    """It is no programme and no desa, and is compared as the row Jumlah is."""
    sheet, _, address = cell.partition("!")
    blank = {f"{sheet}!{column}{address[1:]}": "" for column in "AB"}
    data = dataset(edited(base(), {**blank, "Anggaran!G4": "24600000", cell: text}))
    assert (len(data.anggaran), len(data.desa)) == (2, 3)
    assert data.jumlah_anggaran
    assert data.jumlah_desa
    assert data.jumlah_anggaran.pagu.value == 24600000
    assert run(data).findings == ()


@pytest.mark.parametrize(
    ("edits", "programs"),
    [
        ({"Anggaran!A3": "7.01.06", "Anggaran!B3": "Total Layanan Desa"}, 2),  # it has a code
        ({"Anggaran!D3": "Jumlah dokumen desa"}, 2),
        ({"Anggaran!B4": "", "Anggaran!G4": "24600000"}, 2),  # asked for
        ({"Anggaran!B5": "Mengetahui", "Anggaran!B6": "Camat"}, 2),
        ({"Anggaran!B4": "Sub Jumlah", "Anggaran!A5": "7.01.03", "Anggaran!B6": "Jumlah"}, 3),
    ],
)
def test_what_is_no_programme_is_not_counted(edits: dict[str, str], programs: int) -> None:
    assert len(dataset(edited(base(), edits)).anggaran) == programs


@pytest.mark.parametrize("name", ["Identitas", *SHEET])
@pytest.mark.parametrize("above", [1, 9])
def test_headings_are_looked_for_in_the_first_ten_rows(name: str, above: int) -> None:
    """The sheet is read as ever, and one finding says what to do."""
    tables = split_tables(base(triwulan=4))
    tables[name] = [["JUDUL", *[""] * (len(tables[name][0]) - 1)]] * above + tables[name]
    data = dataset(join_tables(tables))
    usual = dataset(base(triwulan=4))
    for sheet in SHEETS:
        values = [[cell.value for _, cell in row.cells()] for row in getattr(data, sheet.field)]
        assert values == [[cell.value for _, cell in row.cells()] for row in getattr(usual, sheet.field)]
    assert [(each.code, str(each.ref)) for each in run(data).findings] == [("B108", f"{name}!A1")]


def with_rows(name: str, rows: int, text: str = "x") -> Dataset:
    """The clean workbook with more rows on a sheet, which have a running number and one text."""
    grids = []
    for grid in grids_of(workbook(base())):
        more = {}
        if grid.name == name:
            first = max(grid.rows) + 1
            line = {1: Raw(1), 2: Raw(text)}
            more = dict.fromkeys(range(first, first + rows - len(grid.rows) + 1), line)
        grids.append(SheetCells(grid.name, {**grid.rows, **more}))
    return read_grids(grids, "q1.xlsx")


def test_a_sheet_with_more_rows_than_any_office_fills_is_refused() -> None:
    assert len(with_rows("Tugas Fungsi", 20_000).tugas_fungsi) == 20_000
    with pytest.raises(UnreadableWorkbookError) as raised:
        with_rows("Tugas Fungsi", 20_001)
    assert raised.value.message == (
        "Lembar Tugas Fungsi pada “q1.xlsx” berisi 20.001 baris; "
        "paling banyak 20.000 baris yang dapat dibaca."
    )
    assert raised.value.hint == "Hapus baris yang bukan isian kecamatan itu, lalu coba lagi."
    with pytest.raises(UnreadableWorkbookError, match=r"Lembar Identitas pada “q1\.xlsx” berisi"):
        with_rows("Identitas", 30_000)


def test_rows_that_are_not_used_do_not_count() -> None:
    assert len(with_rows("Tugas Fungsi", 30_000, " ").tugas_fungsi) == 1


def test_a_sheet_of_the_office_may_have_as_many_rows_as_it_likes() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(base())))
    sheet = book.create_sheet("Catatan")
    for number in range(20_001):
        sheet.append([number])
    data = io.BytesIO()
    book.save(data)
    assert read_grids(grids_of(data.getvalue())).problems == ()
