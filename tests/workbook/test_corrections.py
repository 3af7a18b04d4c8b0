"""Corrections: what is changed, what is left alone, and the laws that hold for any workbook."""

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.workbook import Workbook
from openpyxl.worksheet.table import Table

from examples.tables import join_tables, split_tables
from lkt.checking import Corrected
from lkt.figures import all_figures
from lkt.formats.terminal import corrections_view
from lkt.model import ProblemKind, Ref
from lkt.pipeline import Result, run
from lkt.workbook.changes import Put
from lkt.workbook.corrections import correct_workbook, corrections
from lkt.workbook.declaration import KEYS
from lkt.workbook.opening import grids_of
from lkt.workbook.photos import locate_pictures
from lkt.workbook.reader import read_grids
from lkt.xlsx import Formula, SheetCells
from tests.builders import EXAMPLES, _rows, base, dataset, edit, edited, workbook
from tests.converting import SavedAs

ORIGINAL = EXAMPLES / "senduro-2024-tw1-asli.xlsx"
NUMBER, PERCENT = "angka yang diketik sebagai teks", "persentase yang diketik sebagai teks"
DATE, PERIOD = "tanggal yang diketik sebagai teks", "ejaan bulan atau rentang tanggal"
CHOICE, BLANKS = "ejaan pilihan", "spasi yang berlebih"
NAME, ITEM = "kata jenis atau huruf besar pada nama", "nomor atau tanda butir di depan isian"
HEADING, KEY = "ejaan judul kolom", "ejaan nama isian"
TYPED_OVER, EMPTIED = "rumus yang tertimpa ketikan", "rumus yang terhapus"
NIL, BESIDE = "nihil yang belum ditulis 0", "kata di samping angka atau tanggal"
SPELLING = "salah ketik"
ROW = {key.label: row for row, key in enumerate(KEYS, 2)}


def found(edits: Mapping[str, str], triwulan: int = 1) -> tuple[Put, ...]:
    """The corrections of the clean workbook with some cells changed."""
    return corrections(run(dataset(edited(base(triwulan=triwulan), edits))))


def changes(made: Sequence[Put]) -> dict[str, str]:
    return {str(put.ref): put.new for put in made}


def formulas(made: Sequence[Put]) -> dict[str, str]:
    return {str(put.ref): put.value.text for put in made if isinstance(put.value, Formula)}


def test_nothing_is_wrong_with_the_clean_workbook() -> None:
    assert found({}) == ()


@pytest.mark.parametrize(
    ("cell", "typed", "new", "reason"),
    [
        ("Anggaran!G2", '"13600000"', "13.600.000", NUMBER),
        ("Anggaran!G2", '"Rp. 13.600.000,-"', "13.600.000", NUMBER),
        ("Indikator!L2", '"9"', "9", NUMBER),
        ("Skala!B2", '"82,50"', "82,50", NUMBER),
        (f"Identitas!B{ROW['Tahun']}", '"2024"', "2024", NUMBER),
        ("Indikator!F2", '"80,5 %"', "80,5%", PERCENT),
        ("Indikator!F2", '"80"', "80%", PERCENT),
        ("Anggaran!J2", '"100 persen"', "100%", PERCENT),
        ("Desa!E2", '"26/02/2024"', "26 Februari 2024", DATE),
        ("Desa!E2", '"Senin, 12 Pebruari 2024"', "12 Februari 2024", DATE),
        ("Fasilitasi!C2", "pebruari", "Februari", PERIOD),
        ("Fasilitasi!C2", "4 s/d 9 Mar 2024", "4 s.d. 9 Maret 2024", PERIOD),
        ("Fasilitasi!C2", "24/03/2024 - 26/03/2024", "24 s.d. 26 Maret 2024", PERIOD),
        ("Fasilitasi!F2", "ya", "Ya", CHOICE),
        ("Fasilitasi!F2", '"Ya\u00a0"', "Ya", BLANKS),
        ("Indikator!H2", "FASILITASI", "fasilitasi", CHOICE),
        ("Anggaran!B2", '" Program\u200b  Publik\u00a0A "', "Program Publik A", BLANKS),
        ("Indikator!P2", '"Satu. <br>  Dua."', "Satu.\nDua.", BLANKS),
        ("Anggaran!L2", '"  "', "", "sel yang hanya berisi spasi"),
        ("Identitas!B4", "KECAMATAN SUKAMULYA", "Sukamulya", NAME),
        ("Identitas!B3", "Kab. Mekarjaya", "Mekarjaya", NAME),
        ("Identitas!B9", "sukamulya", "Sukamulya", NAME),
        ("Identitas!B10", "dra. sri lestari, m.si.", "Dra. Sri Lestari, M.Si.", NAME),
        ("Identitas!B11", "CAMAT SUKAMULYA", "Camat Sukamulya", NAME),
        ("Desa!B2", "Ds. Sidomukti", "Sidomukti", NAME),
        ("Strategi!B2", "1. Merekap hasil", "Merekap hasil", ITEM),
        ("Strategi!B2", "2. • Mendampingi desa", "Mendampingi desa", ITEM),
        ("Tindak Lanjut!B2", '"a)  Menyusun jadwal<br>kedua"', "Menyusun jadwal\nkedua", ITEM),
        ("Kegiatan!B2", "-Bersih Desa Sidomukti", "Bersih Desa Sidomukti", ITEM),
        ("Anggaran!H1", "Realisai", "Realisasi", HEADING),
        ("Fasilitasi!F1", "Ditindak lanjuti", "Ditindaklanjuti", HEADING),
        ("Desa!C1", "RKP Desa", "RKPDesa", HEADING),
        ("Identitas!A1", "Isian:", "Isian", HEADING),
        (f"Identitas!A{ROW['Nama Camat']}", "Nama Camatt", "Nama Camat", KEY),
        # what cannot be read as it stands, but can without a word that adds nothing
        (f"Identitas!B{ROW['NIP']}", "NIP. 19700517 199503 2 003", "19700517 199503 2 003", BESIDE),
        (f"Identitas!B{ROW['NIP']}", "nip : 197005171995032003", "197005171995032003", BESIDE),
        (f"Identitas!B{ROW['Triwulan']}", "Triwulan I", "1", BESIDE),
        (f"Identitas!B{ROW['Triwulan']}", "TW1", "1", BESIDE),
        (f"Identitas!B{ROW['Triwulan']}", "I", "1", BESIDE),
        (f"Identitas!B{ROW['Tahun']}", "Tahun 2024", "2024", BESIDE),
        (f"Identitas!B{ROW['Batas Hari Kerja']}", "5 hari kerja", "5", BESIDE),
        (f"Identitas!B{ROW['Tanggal Laporan']}", "Tanggal 5 April 2024", "5 April 2024", BESIDE),
        (f"Identitas!B{ROW['Tanggal Laporan']}", "Sukamulya, 5 April 2024", "5 April 2024", BESIDE),
        ("Kegiatan!C2", "Tgl. 6 s/d 9 Feb 2024", "6 s.d. 9 Februari 2024", BESIDE),
        ("Fasilitasi!C2", "pada tanggal 12 Februari", "12 Februari", BESIDE),
        ("Indikator!L2", "9 kegiatan", "9", BESIDE),
        ("Indikator!L2", "sebanyak 9 fasilitasi dan koordinasi", "9", BESIDE),
        ("Indikator!A2", "1.", "1", BESIDE),
        ("Indikator!F2", '"Target 80 %"', "80%", BESIDE),
        ("Indikator!F2", '"80.5%"', "80,5%", PERCENT),
        ("Anggaran!G2", "13.600.000 rupiah", "13.600.000", BESIDE),
        ("Anggaran!H2", "Nihil", "0", NIL),
        ("Anggaran!H2", "-", "0", NIL),
        ("Anggaran!H2", '"Rp. -"', "0", NIL),
        ("Anggaran!E2", "nihil", "0", NIL),
        ("Anggaran!K2", "Nihil", "0%", NIL),
        ("Fasilitasi!F2", "Y", "Ya", CHOICE),
        ("Fasilitasi!F2", "Sudah", "Ya", CHOICE),
        ("Fasilitasi!F2", "sudah ditindaklanjuti", "Ya", CHOICE),
        ("Fasilitasi!F2", "√", "Ya", CHOICE),
        ("Fasilitasi!F2", "v", "Ya", CHOICE),
        ("Fasilitasi!F2", "T", "Tidak", CHOICE),
        ("Fasilitasi!F2", "Belum", "Tidak", CHOICE),
        ("Fasilitasi!F2", "-", "Tidak", CHOICE),
        ("Indikator!H2", "fasilitas", "fasilitasi", CHOICE),
        ("Dokumen!D2", "penetapn", "penetapan", CHOICE),
        ("Anggaran!D2", "Presentase layanan", "Persentase layanan", SPELLING),
        ("Strategi!B2", "1. Monev tribulan", "Monev triwulan", ITEM),
    ],
)
def test_one_reading_is_written_as_it_is_read(cell: str, typed: str, new: str, reason: str) -> None:
    (made,) = found({cell: typed})
    assert (str(made.ref), made.new, made.reason) == (cell, new, reason)


@pytest.mark.parametrize(
    ("cell", "typed"),
    [
        ("Anggaran!J2", '"0,85"'),  # 0,85% or 85%
        ("Skala!B2", '"4.25"'),  # 4,25 or 425
        ("Anggaran!G2", "tiga belas juta"),
        ("Anggaran!G2", '"12345678901234567890"'),  # a spreadsheet keeps fifteen digits
        ("Tugas Fungsi!A2", '"12345678901234567890"'),
        ("Anggaran!G2", '= → "13600000"'),  # a formula is not replaced by its result
        ("Desa!E2", '"29 Februari 2023"'),
        ("Desa!E2", '"12/02/24"'),
        ("Desa!E2", '"Selasa, 12 Februari 2024"'),  # that day was a Monday
        ("Desa!E2", '"2024-02-12 10:00"'),  # a date would not say the hour
        ("Desa!E2", "Februari"),
        ("Fasilitasi!C2", "29 Februari"),  # the year would be ours
        ("Fasilitasi!F2", "x"),  # a mark for yes, or for no
        ("Fasilitasi!F2", "menyusul"),
        ("Dokumen!D2", "pen"),  # penetapan or penyampaian
        ("Indikator!L2", "9 juta"),
        ("Indikator!L2", "9 dari 12 kegiatan"),
        ("Indikator!F2", "80 kegiatan"),  # the target is a percentage
        ("Anggaran!G2", "13.600.000 orang"),
        ("Indikator!J2", "-"),  # it is counted from the log
        ("Anggaran!E2", "-"),
        ("Anggaran!H2", "belum ada"),
        ("Fasilitasi!C2", "Tanggal 30 Februari 2024"),
        ("Fasilitasi!C2", "5 Februari, 7 Maret 2024"),
        (f"Identitas!B{ROW['Triwulan']}", "Triwulan I dan II"),
        ("Indikator!J2", "2"),  # a typed Pembilang that disagrees with the log
        (f"Identitas!B{ROW['Batas Capaian']}", "100"),
        ("Strategi!C2", "Januari s/d Maret 2024"),  # free text
        ("Strategi!B2", "a.n. Camat menyurati desa"),
        ("Strategi!B2", '"1. Merekap<br>2. Melapor"'),  # two items in one cell
        ("Anggaran!G2", '"13.600,000"'),  # 13.600 or 13.600.000
        ("Identitas!B10", "Dra. SRI LESTARI, M.Si."),
        ("Anggaran!G1", "Pagu DPA"),
        ("Indikator!G1", "Target Tahunan"),
        ("Desa!E1", "LKPPDesa"),  # another document
        (f"Identitas!A{ROW['NIP']}", "NIK"),
        ("Identitas!A27", "Nama Camatt"),  # that key is there
        ("Tugas Fungsi", "Tugas Fungsii"),  # formulas anywhere may name the sheet
    ],
)
def test_what_is_not_surely_one_thing_is_left_alone(cell: str, typed: str) -> None:
    assert found({cell: typed}) == ()


def test_real_dates_would_put_the_order_of_other_texts_in_doubt() -> None:
    dates = {"Desa!E2": '"04/03/2024"', "Desa!E3": '"05/03/2024"', "Desa!E4": '"06/03/2024"'}
    assert len(found(dates)) == 3
    assert found({**dates, "Desa!E4": '= → "06/03/2024"'}) == ()
    assert found({**dates, "Desa!E4": '"06/03/24"'}) == ()
    assert found({**dates, "Desa!E4": "45357"}) == ()  # a date that lost its format


# Formulas --------------------------------------------------------------------------------------------------

TYPED = {
    "Indikator!M2": "33%", "Indikator!N2": "42%", "Indikator!M3": "33.33%", "Indikator!N3": "0.33",
    "Anggaran!I2": "40%", "Anggaran!I3": "18.18%", "Anggaran!E4": "24600000", "Anggaran!G4": "24600000",
    "Anggaran!H4": "6999999", "Anggaran!I4": "28.46%", "Desa!C5": "0", "Desa!D5": "0", "Desa!E5": "3",
}  # fmt: skip
"""Every derived cell of the clean workbook, typed over."""


def test_formulas_that_were_typed_over_come_back() -> None:
    made = found(TYPED)
    assert set(formulas(made)) == set(TYPED)
    others = {str(put.ref) for put in made if put.reason == "rumus yang tertimpa angka lain"}
    assert others == {"Anggaran!I2", "Anggaran!H4"}
    assert {put.reason for put in made if str(put.ref) not in others} == {TYPED_OVER}
    assert changes(made)["Anggaran!I2"] == "36,76%"
    assert changes(made)["Anggaran!H4"] == "7.000.000"
    assert formulas(made)["Anggaran!I3"] == '=IF(OR(N(G3)=0,NOT(ISNUMBER(H3))),"",H3/G3)'
    assert formulas(made)["Desa!E5"].endswith('COUNTIFS($E$2:$E$4,">0",$E$2:$E$4,"<"&MIN(Dokumen!$C$4,DATE('
                                              "Identitas!$B$6,3*Identitas!$B$7+1,0))+1))")  # fmt: skip


@pytest.mark.parametrize(
    ("edits", "left"),
    [
        ({"Anggaran!G2": '"13.600.000"', "Fasilitasi!C2": '"12 Pebruari 2024"'}, set()),  # corrected too
        ({"Desa!E3": '"29 Februari 2023"'}, {"Desa!E5", "Indikator!M3", "Indikator!N3"}),
        ({"Dokumen!C4": "1 s.d. 31 Maret 2024", "Desa!E5": "2"}, {"Desa!E5", "Indikator!M3", "Indikator!N3"}),
        ({"Dokumen!C4": "1 s.d. 31 Maret 2024"}, {"Desa!E5"}),  # the count that was typed is right
        ({"Anggaran!H3": ""}, {"Anggaran!I3", "Anggaran!H4", "Anggaran!I4"}),
        ({"Anggaran!G3": "tiga"}, {"Anggaran!I3", "Anggaran!G4", "Anggaran!I4"}),
        ({"Anggaran!G3": '= → "11000000"'}, {"Anggaran!I3", "Anggaran!G4"}),  # a formula sees a text
        ({"Anggaran!A3": "7.01.03."}, {"Anggaran!E4", "Anggaran!G4", "Anggaran!H4", "Anggaran!I4"}),
        ({"Fasilitasi!C2": "kemarin"}, {"Indikator!M2", "Indikator!N2"}),
        ({"Fasilitasi!F2": ""}, {"Indikator!M2", "Indikator!N2"}),
        ({"Fasilitasi!C2": "19 s.d. 26 Februari"}, set()),
        ({"Fasilitasi!C2": "= → 24/03/2024 - 26/03/2024"}, {"Indikator!M2", "Indikator!N2"}),
        ({"Indikator!J2": "2"}, {"Indikator!M2", "Indikator!N2"}),
        ({"Indikator!G1": "Catatan"}, {"Indikator!N2", "Indikator!N3"}),
        ({"Anggaran!I4": "27.47%"}, {"Anggaran!I4"}),  # the mean of the programmes, which has no formula
        ({"Anggaran!I4": "30%"}, {"Anggaran!I4"}),
        ({"Anggaran!I4": "30%", f"Identitas!B{ROW['Rerata Anggaran']}": "tertimbang"}, set()),
        ({"Anggaran!A6": "7.01.09", "Anggaran!B6": "Program lain", "Anggaran!G6": "5"}, set()),  # not counted
        ({"Anggaran!I2": "menyusul"}, {"Anggaran!I2"}),
        ({"Anggaran!I2": "=H2/G2 → 36.76%"}, {"Anggaran!I2"}),
        ({"Anggaran!I2": ""}, set()),
    ],
)  # fmt: skip
def test_a_formula_whose_inputs_are_in_doubt_stays_away(edits: dict[str, str], left: set[str]) -> None:
    assert set(TYPED) - set(formulas(found({**TYPED, **edits}))) == left


def test_formulas_that_were_emptied_come_back() -> None:
    """Where most of the workbook's are there, or another one of the column."""
    gone = {"Anggaran!I2": "", "Anggaran!I3": "", "Anggaran!G4": "", "Desa!D5": ""}
    made = found({cell: f"= → {text}" for cell, text in TYPED.items()} | gone)
    assert set(formulas(made)) == set(gone)
    assert {put.reason for put in made} == {EMPTIED}
    others = {cell: f"= → {text}" for cell, text in TYPED.items()} | gone | {"Anggaran!G3": "tiga"}
    assert set(formulas(found(others))) == set(gone) - {"Anggaran!G4"}  # Capaian of that row shows nothing
    assert set(formulas(found({"Anggaran!I2": "36.76%"}))) == {"Anggaran!I2", "Anggaran!I3"}
    assert found({"Anggaran!H4": "= → 7000000"}) == ()


def rearranged(markdown: str) -> str:
    """Every table with its columns the other way round, an extra column in front, and other sheet names."""
    tables = split_tables(markdown)
    turned = {
        {"Anggaran": "ANGGARAN", "Tindak Lanjut": "tindak  lanjut"}.get(name, name): [
            [*(["Catatan", "7"] if number == 0 else ["", ""]), *reversed(cells)]
            for number, cells in enumerate(lines)
        ]
        for name, lines in tables.items()
    }
    return join_tables(turned)


def test_formulas_follow_the_columns() -> None:
    turned = corrections(run(dataset(rearranged(edited(base(), TYPED)))))
    assert len(formulas(turned)) == len(TYPED)
    assert formulas(turned)["ANGGARAN!F3"] == '=IF(OR(N(H3)=0,NOT(ISNUMBER(G3))),"",G3/H3)'
    assert "SUM(Desa!$D$5:$F$5)" in formulas(turned)["Indikator!F3"]
    lines = split_tables(edited(base(), TYPED))
    lines["Desa"] = [[*cells[:3], "x", *cells[3:]] for cells in lines["Desa"]]
    apart = corrections(run(dataset(join_tables(lines))))
    assert "COUNT(Desa!$C$5,Desa!$E$5,Desa!$F$5)" in formulas(apart)["Indikator!M3"]


# Files -----------------------------------------------------------------------------------------------------


def read(data: bytes) -> Result:
    return run(locate_pictures(read_grids(grids_of(data)), EXAMPLES))


def file_of(edits: Mapping[str, str], change: Callable[[Workbook], None] = lambda _: None) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(workbook(edited(base(), edits))), rich_text=True)
    change(book)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def test_a_file_is_corrected_until_nothing_is_left() -> None:
    data = file_of({**TYPED, "Anggaran!H1": "Realisai", "Anggaran!H2": '"5.000.000"'})
    new, made = correct_workbook(data)
    assert {"Anggaran!H1", "Anggaran!H2", *TYPED} == set(changes(made))
    assert correct_workbook(new) == (new, ())
    assert read(new).findings == ()


def test_the_source_report_changes_in_its_cells_alone() -> None:
    data = ORIGINAL.read_bytes()
    new, made = correct_workbook(data)
    before, after = (zipfile.ZipFile(io.BytesIO(each)) for each in (data, new))
    parts = {name for name in before.namelist() if before.read(name) != after.read(name)}
    assert before.namelist() == after.namelist()
    sheets = {f"xl/worksheets/sheet{number}.xml" for number in (5, 6, 12)}
    assert parts <= {"xl/workbook.xml", "xl/styles.xml", *sheets}
    old_book, new_book = (openpyxl.load_workbook(io.BytesIO(each)) for each in (data, new))
    changed = {
        f"{sheet.title}!{cell.coordinate}"
        for sheet in old_book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if new_book[sheet.title][cell.coordinate].value != cell.value
    }
    assert changed == set(changes(made)) == {
        *(f"Anggaran!I{row}" for row in range(2, 8)),
        "Anggaran!E8",
        *(f"Fasilitasi!C{row}" for row in (3, 7, 13, 14, 15)),
        "Fasilitasi!B12", "Anggaran!D5", "Anggaran!D6", "Anggaran!D7", "Narasi!B2", "Narasi!B3", "Narasi!B4",
    }  # fmt: skip
    assert figures(read(data)) == figures(read(new))
    assert findings(read(new)) < findings(read(data))


@pytest.mark.parametrize(
    ("ref", "typed", "own", "kept"),
    [
        ("Anggaran!G2", '"13600000"', '"Rp" #,##0', '"Rp" #,##0'),
        ("Anggaran!G3", '"11000000"', "@", "#,##0"),
        ("Anggaran!H3", '"2000000"', "0%", "#,##0"),
        ("Desa!E2", '"12 Februari 2024"', "dd/mm/yyyy", "dd/mm/yyyy"),
        ("Desa!E3", '"1 Maret 2024"', "mmm yyyy", "[$-421]d mmmm yyyy"),
        ("Indikator!M2", "33%", "0%", "#,##0.00"),
    ],
)
def test_a_cell_keeps_a_number_format_that_shows_its_value(ref: str, typed: str, own: str, kept: str) -> None:
    sheet, _, cell = ref.partition("!")

    def change(book: Workbook) -> None:
        book[sheet][cell].number_format = own

    new, made = correct_workbook(file_of({ref: typed}, change))
    assert ref in changes(made)
    corrected = openpyxl.load_workbook(io.BytesIO(new))[sheet][cell]
    assert corrected.number_format == kept
    assert not isinstance(corrected.value, str) or ref in formulas(made)


def test_what_the_file_does_not_allow_is_left_out() -> None:
    def change(book: Workbook) -> None:
        book["Anggaran"].add_table(Table(displayName="Belanja", ref="A1:L3"))
        bold = TextBlock(InlineFont(b=True), "Program ")
        book["Anggaran"]["B2"].value = CellRichText(bold, "  Pelayanan")

    new, made = correct_workbook(file_of({"Anggaran!H1": "Realisai", "Fasilitasi!F2": "ya"}, change))
    assert changes(made) == {"Fasilitasi!F2": "Ya"}
    program = openpyxl.load_workbook(io.BytesIO(new), rich_text=True)["Anggaran"]["B2"].value
    assert isinstance(program, CellRichText)


def test_no_correction_leaves_the_bytes() -> None:
    data = file_of({})
    assert correct_workbook(data) == (data, ())


# The view --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "typed", "words"),
    [
        ("Fasilitasi!F2", '" ya"', "Fasilitasi!F2  Ditindaklanjuti: “ ya” → “Ya”  (ejaan pilihan)"),
        ("Anggaran!L2", '"  "', "Keterangan: spasi → kosong  (sel yang hanya berisi spasi)"),
        ("Anggaran!H1", "Realisai", "Realisasi: “Realisai” → “Realisasi”  (ejaan judul kolom)"),
        ("Indikator!F2", '"85%"', "teks “85%” → angka “85%”"),
        ("Indikator!L2", '"9"', "teks “9” → angka “9”"),
        ("Desa!E2", '"26 Februari 2024"', "teks “26 Februari 2024” → tanggal “26 Februari 2024”"),
        ("Anggaran!G4", "24600000", "angka “24600000” → rumus “24.600.000”"),
        ("Anggaran!G4", '"24.600.000"', "teks “24.600.000” → rumus “24.600.000”"),
    ],
)
def test_the_view_says_each_change(cell: str, typed: str, words: str) -> None:
    puts = tuple(put for put in found({cell: typed}) if put.reason != EMPTIED)
    done = Corrected("buku.xlsx", puts, run(dataset(base())), Path("buku (diperbaiki).xlsx"))
    first, change, saved, left, after = [line.plain for line in corrections_view(done, details=True)]
    assert words in change
    assert first == f"1 sel dikoreksi: 1 {puts[0].reason}."
    assert saved == "Salinan tersimpan: buku (diperbaiki).xlsx"
    assert (left, after) == ("Tidak ada kesalahan lagi.", 'Berikutnya: lkt build "buku (diperbaiki).xlsx"')


def test_the_view_sums_up() -> None:
    puts = found({"Indikator!L2": '"9"', "Anggaran!G2": '"13.600.000"', "Fasilitasi!F2": '" ya"'})
    wrong = run(dataset(edit(base(), "Identitas!B13", "123")))
    done = Corrected("buku.xlsx", puts, wrong, Path("buku.xlsx"), Path("buku.xlsx.bak"))
    assert [line.plain for line in corrections_view(done)] == [
        "3 sel dikoreksi: 2 angka yang diketik sebagai teks, 1 ejaan pilihan.",
        "Tersimpan: buku.xlsx; yang lama: buku.xlsx.bak",
        "Masih ada 1 kesalahan.",
        "Berikutnya: lkt check buku.xlsx",
    ]
    nothing = Corrected("buku.xlsx", (), wrong)
    assert "tidak ada yang dapat dikoreksi" in next(corrections_view(nothing)).plain


# Laws ------------------------------------------------------------------------------------------------------

_NUMBERS = ('"13600000"', '"Rp. 13.600.000,-"', '"13,5"', '"4.25"', '"1.860"', "-", "0", '"-5"', "abc",
            "#REF!", '= → "3"', "= → 2", '"(5)"', "24600000", '"24.600.000"', '"9"', "3")  # fmt: skip
_PERCENTS = ('"80%"', '"0,85"', "0.85", "85%", '"85,50 %"', '"85"', "1", '"0,5%"', "-5", "= → 85%", '" "',
             "30", "BB", "33.33%", "41.67%", "36.76%", "27.47%", "28.46%")  # fmt: skip
_DATES = ('"12/02/2024"', '"2 Feb 2024"', '"Selasa, 12 Februari 2024"', '"12/02/2024 - 14/02/2024"',
          "Pebruari", '"29 Februari 2023"', '"03/04/24"', '"02/13/2024"', '"03/04/2024"', "2024-02-12",
          '"29 Februari"', "Jan/Des", '"10/04/2024 - 03/05/2024"', '"03/04/2024 s.d. 31/04/2024"',
          '= → "12/02/2024"', "", "-", "19s/d26 Feb 2024", "45324", '"1 Januari 1200"')  # fmt: skip
_WORDS = ("ya", '" Ya"', "Tidak", "FASILITASI", "rasio", "nilai", "predikat", "persen", "rupiah", "Naik",
          "TURUN", '" "', "", '"A  b"', "7.01.02.2.01", "LPPDesa", "100", "triwulan")  # fmt: skip
_CELLS = {
    _NUMBERS: "Anggaran!E2 Anggaran!G2 Anggaran!H2 Anggaran!G3 Anggaran!H3 Anggaran!E4 Anggaran!G4 "
    "Anggaran!H4 Indikator!J2 Indikator!L2 Indikator!L3 Skala!B2 Identitas!B6 Identitas!B7 Desa!C5 "
    "Desa!D5 Desa!E5",
    _PERCENTS: "Indikator!F2 Indikator!G2 Indikator!M2 Indikator!N2 Indikator!F3 Indikator!M3 Indikator!N3 "
    "Anggaran!I2 Anggaran!I3 Anggaran!I4 Anggaran!J2 Anggaran!K2",
    _DATES: "Fasilitasi!C2 Fasilitasi!C3 Fasilitasi!C4 Desa!E2 Desa!E3 Desa!E4 Desa!C2 Dokumen!C2 Dokumen!C4 "
    "Kegiatan!C2 Identitas!B8",
    _WORDS: "Fasilitasi!F2 Fasilitasi!F3 Indikator!D2 Indikator!E2 Indikator!H2 Anggaran!A2 Anggaran!B2 "
    "Desa!B2 Dokumen!A2 Skala!A2 Identitas!B21 Identitas!B22 Identitas!B23",
}
_EDITS = st.lists(
    st.sampled_from([(cell, texts) for texts, cells in _CELLS.items() for cell in cells.split()]).flatmap(
        lambda place: st.tuples(st.just(place[0]), st.sampled_from(place[1]))
    ),
    max_size=14,
).map(dict)
_UNREADABLE = {
    ProblemKind.NOT_A_NUMBER, ProblemKind.NOT_A_DATE, ProblemKind.IMPOSSIBLE_DATE, ProblemKind.TWO_READINGS,
    ProblemKind.NOT_A_CHOICE, ProblemKind.EXCEL_ERROR,
}  # fmt: skip


def figures(result: Result) -> dict[str, object]:
    return {figure.key: figure.value for figure in all_figures(result.computed)}


def findings(result: Result) -> set[tuple[str, Ref]]:
    return {(finding.code, ref) for finding in result.findings for ref in finding.refs}


def put_in(grids: Sequence[SheetCells], made: Sequence[Put]) -> list[SheetCells]:
    """The grids as they are read after the corrections; every one changes its cell."""
    rows = {grid.name: {row: dict(cells) for row, cells in grid.rows.items()} for grid in grids}
    for put in made:
        row, column = coordinate_to_tuple(put.ref.cell)
        assert rows[put.ref.sheet][row].pop(column, None) != put.raw
        if put.value is not None:
            rows[put.ref.sheet][row][column] = put.raw
    return [SheetCells(grid.name, rows[grid.name], grid.hidden) for grid in grids]


@settings(max_examples=60, deadline=None)
@given(edits=_EDITS, triwulan=st.integers(1, 4), turned=st.booleans())
def test_laws(edits: dict[str, str], triwulan: int, *, turned: bool) -> None:
    tables = edited(base(triwulan=triwulan), edits)
    markdown = rearranged(tables) if turned else tables
    grids = [SheetCells(name, _rows(lines)) for name, lines in split_tables(markdown).items()]
    before = run(read_grids(grids))
    made = corrections(before)
    unread = {each.ref for each in before.dataset.problems if each.kind in _UNREADABLE}
    changed = {put.ref: put.reason for put in made if not isinstance(put.value, Formula)}
    meant = {ref for ref, reason in changed.items() if ref in unread or reason == NIL}
    after = run(read_grids(put_in(grids, made)))
    if meant:  # what can be read now changes figures, and is looked at by more rules
        assert not meant & {each.ref for each in after.dataset.problems}
        return
    assert figures(after) == figures(before)
    assert findings(after) <= findings(before)
    assert corrections(after) == ()


@pytest.mark.libreoffice
def test_restored_formulas_show_the_computed_figures(saved_as: SavedAs) -> None:
    letters = {"Indikator!H2": "predikat", "Indikator!F2": "A", "Indikator!M2": '"b "', "Skala!B3": '"60"'}
    ratio = {
        "Indikator!H2": "rasio",
        "Indikator!J2": '"3"',
        "Indikator!E2": "Turun",
        "Indikator!D2": "persen",
    }
    texts = {"Fasilitasi!C2": "4 s/d 9 Peb 2024", "Fasilitasi!C3": '"12/02/2024"', "Desa!E2": '"12 Feb 2024"'}
    capped = {f"Identitas!B{ROW['Batas Capaian']}": '"100"', "Indikator!F3": "20%"}
    books = {
        "biasa": edited(base(), TYPED),
        "terhapus": edited(base(), {**TYPED, "Anggaran!I3": "", "Anggaran!I4": "", "Indikator!N3": ""}),
        "teks": edited(base(), {**TYPED, **texts}),
        "terbalik": rearranged(edited(base(triwulan=4), {**TYPED, "Desa!E3": '"26/02/2024"'})),
        "rasio": edited(base(triwulan=2), {**TYPED, **ratio}),
        "predikat": edited(base(), {**TYPED, **letters}),
        "batas": edited(base(), {**TYPED, **capped}),
    }
    corrected = {f"{name}.xlsx": correct_workbook(workbook(markdown)) for name, markdown in books.items()}
    saved = saved_as("xlsx", {name: data for name, (data, _) in corrected.items()})
    for name, (_, made) in corrected.items():
        expected = {put.ref: put.value.cached for put in made if isinstance(put.value, Formula)}
        assert len(expected) >= 10
        book = openpyxl.load_workbook(io.BytesIO(saved[name]), data_only=True)
        shown = {ref: book[ref.sheet][ref.cell].value for ref in expected}
        assert shown == {ref: pytest.approx(value) for ref, value in expected.items()}
