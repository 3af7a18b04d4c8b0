"""The workbook of the next quarter: what comes along, what is emptied, what goes on, and what is marked."""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from lxml import etree
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.styles import PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.formula import ArrayFormula
from PIL import Image as Pictures

from lkt.calendar import Triwulan
from lkt.errors import LktError, UnreadableWorkbookError
from lkt.findings import Finding
from lkt.model import Dataset, Ref
from lkt.pipeline import run
from lkt.workbook.annotation import annotate
from lkt.workbook.carry import (
    Carried,
    carry_over,
    names_period,
    names_regulation_of,
    next_year,
    roll_quarter,
    roll_years,
)
from lkt.workbook.declaration import KEYS, SHEETS, Fate, Kind
from lkt.workbook.opening import grids_of
from lkt.workbook.reader import read_grids
from tests.builders import EXAMPLES, base, edited, workbook
from tests.converting import SavedAs
from tests.validity.checks import audited
from tests.xlsx.looking import without_annotations, without_marks

SUKAMAJU = (EXAMPLES / "sukamaju-2025-tw1.xlsx").read_bytes()


@cache
def carried(data: bytes, times: int = 1) -> tuple[bytes, Carried]:
    """A workbook so many quarters later."""
    book, told = carry_over(data)
    return (book, told) if times == 1 else carried(book, times - 1)


@cache
def plain(tahun: int, triwulan: int) -> bytes:
    """The clean workbook of a quarter, without formulas and formats."""
    return workbook(base(tahun, triwulan))


def read(data: bytes) -> Dataset:
    return read_grids(grids_of(data))


def load(data: bytes, *, values: bool = False) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data), data_only=values)


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def changed(change: Callable[[Any], None], data: bytes = SUKAMAJU) -> bytes:
    """A workbook changed by hand."""
    book, saved = load(data), io.BytesIO()
    change(book)
    book.save(saved)
    return saved.getvalue()


def cell(data: bytes, ref: str, *, values: bool = True) -> Any:
    sheet, _, address = ref.partition("!")
    return load(data, values=values)[sheet][address].value


def note(data: bytes, ref: str) -> str:
    sheet, _, address = ref.partition("!")
    comment = load(data)[sheet][address].comment
    return "" if comment is None else comment.text


def marked(told: Carried, ref: str) -> str:
    """What the mark on a cell waits for and says."""
    found = [mark for mark in told.marks if str(mark.ref) == ref]
    return f"{found[0].wait.name}: {found[0].text}" if found else ""


# Quarters --------------------------------------------------------------------------------------------------

QUARTERS = [(2024, 1), (2024, 2), (2024, 3), (2024, 4), (2023, 4)]
IN_YEAR = {
    "B201": {"Identitas!B8", "Anggaran!H2", "Anggaran!H3"},
    "B211": {"Tindak Lanjut", "Kegiatan"},
}
DUE = {2: {}, 3: {"D109": {"Desa!C2", "Desa!C3", "Desa!C4"}}, 4: {"D109": {"Desa!D2", "Desa!D3", "Desa!D4"}}}
"""Quarter -> the documents that fall due in it."""
NEW_YEAR = {
    "B201": IN_YEAR["B201"] | {"Indikator!F2", "Indikator!F3", "Anggaran!G2", "Anggaran!G3"},
    "B209": {"Fasilitasi"},
    "B211": IN_YEAR["B211"],
    "K106": {"Indikator!L2"},
    "D109": {"Desa!E2", "Desa!E3", "Desa!E4"},
}


def codes(book: bytes, before: bytes) -> dict[str, set[str]]:
    """Code -> the cells of its findings, checked beside the quarter before."""
    found: dict[str, set[str]] = {}
    for finding in run(read(book), read(before)).findings:
        found.setdefault(finding.code, set()).update(map(str, finding.refs))
    return found


def filled(data: Dataset) -> dict[tuple[str, str], str]:
    """Every cell that says something, as it is read."""
    rows = [row for sheet in SHEETS for row in getattr(data, sheet.field)]
    cells = [cell for row in rows for _, cell in row.cells()]
    cells += [cell for desa in data.desa for cell in desa.tanggal]
    cells += [getattr(data.identitas, key.field) for key in KEYS]
    return {(each.ref.sheet, each.ref.cell): each.written for each in cells if each.written}


@pytest.mark.parametrize(("tahun", "triwulan"), QUARTERS)
def test_what_stands_there_is_right_for_the_new_quarter_and_the_rest_is_found_missing(
    tahun: int, triwulan: int
) -> None:
    before, after = plain(tahun, triwulan), Triwulan(tahun, triwulan).following
    book, told = carried(before)
    assert told.errors == 0
    found = codes(book, before)
    lagging = found.pop("K115", set())  # the reason was emptied with the figures of the quarter
    assert lagging <= {"Indikator!P2", "Indikator!P3"}
    assert found == (NEW_YEAR if triwulan == 4 else IN_YEAR | DUE[triwulan + 1])
    right = filled(read(plain(after.tahun, after.nomor)))
    wrong = {key for key, text in filled(read(book)).items() if right.get(key) != text}
    assert {key for key in wrong if key[0] == "Indikator" or not key[1].startswith("A")} == set()


def test_two_steps_from_the_third_quarter_end_in_the_new_year() -> None:
    book, told = carried(plain(2024, 3), 2)
    assert (told.step.old, told.step.new) == (Triwulan(2024, 4), Triwulan(2025, 1))
    assert codes(book, carried(plain(2024, 3))[0]) == NEW_YEAR


# Cells -----------------------------------------------------------------------------------------------------

EDITS = [
    # what was typed, in which quarter, where, what stands there then, the beginning of the mark
    (1, "Identitas!B7", '"1"', "2", ""),
    (4, "Identitas!B6", '"2024"', "2025", ""),
    (1, "Indikator!G2", "20%", None, "FILL: Isi untuk Triwulan II Tahun 2024.\nTriwulan I Tahun 2024: 20%"),
    (1, "Indikator!P2", "Berjalan.", None, "FILL: Isi untuk Triwulan II Tahun 2024."),
    (1, "Indikator!J2", "3", None, "NOTHING: Dihitung otomatis, tidak perlu diketik. Semula diketik: 3"),
    (1, "Indikator!M2", "0.3", 100 / 3, "NOTHING: Dihitung otomatis, tidak perlu diketik. Semula"),
    (1, "Indikator!L2", "9", 9, ""),
    (4, "Indikator!L2", "9", None, "FILL: Isi untuk Triwulan I Tahun 2025."),
    (4, "Indikator!L3", "9", 9, ""),
    (1, "Indikator!K2", "Rencana Triwulan I", "Rencana Triwulan I", "REVIEW: Teks ini menyebut"),
    (4, "Indikator!K2", "Rencana tahun 2024", "Rencana tahun 2024", "REVIEW: Teks ini menyebut"),
    (1, "Anggaran!L2", "Pergeseran.", "Pergeseran.", ""),
    (4, "Anggaran!L2", "Pergeseran.", None, "FILL: Isi"),
    (1, "Anggaran!I2", "30%", None, "NOTHING: Dihitung otomatis"),
    (1, "Anggaran!H4", "9500000", None, "NOTHING: Dihitung otomatis"),
    (1, "Anggaran!G4", "24600000", 24600000, "NOTHING: Dihitung otomatis"),
    (4, "Anggaran!G4", "24600000", None, "NOTHING: Dihitung otomatis"),
    (4, "Desa!E5", "3", 0, "NOTHING: Dihitung otomatis, tidak perlu diketik. Semula diketik: 3"),
    (1, "Desa!F2", "Sakit.", "Sakit.", ""),
    (4, "Dokumen!C2", '"30 September 2024"', "30 September 2025", "NOTHING: Digeser"),
    (4, "Dokumen!C2", '"29/02/2024"', "28/02/2025", "NOTHING: Digeser"),
    (4, "Dokumen!C2", '"30/9/24"', "30/9/24", "REVIEW: Tidak dapat digeser"),
    (4, "Dokumen!C2", '"30 September"', "30 September", "REVIEW: Tidak dapat digeser"),
    (4, "Dokumen!B2", '"2025"', "2026", "NOTHING: Digeser"),
    (4, "Dokumen!F2", "RKPDesa 2025: 30-9-2024.", "RKPDesa 2026: 30-9-2025.", "NOTHING: Digeser"),
    (4, "Dokumen!E2", "Perbup Nomor 6 Tahun 2024", "Perbup Nomor 6 Tahun 2024", "REVIEW: Periksa apakah"),
    (4, "Dokumen!E2", "Permendagri Nomor 114 Tahun 2014", "Permendagri Nomor 114 Tahun 2014", ""),
    (1, "Strategi!C2", "Februari 2024", "Februari 2024", "REVIEW: Bukan tepat"),
    (1, "Strategi!C2", "setiap bulan", "setiap bulan", ""),
    (1, "Narasi!C2", "catatan sendiri", "catatan sendiri", "REVIEW: Kolom kantor sendiri"),
    (1, "Pengecualian!A2", "A104", None, "NOTHING: Baris Triwulan I Tahun 2024"),
    (1, "Fasilitasi!H3", "catatan sendiri", "catatan sendiri", ""),
]  # fmt: skip


@pytest.mark.parametrize(("triwulan", "place", "typed", "value", "mark"), EDITS)
def test_a_cell(triwulan: int, place: str, typed: str, value: object, mark: str) -> None:
    book, told = carried(workbook(edited(base(2024, triwulan), {place: typed})))
    assert cell(book, place) == value
    assert marked(told, place).startswith(mark) if mark else not marked(told, place)


@pytest.mark.parametrize(
    ("jenis", "typed", "asked"),
    [
        # what was typed, which columns are emptied and asked for anew
        ("rasio", {"J2": "3", "L2": "9"}, "JL"),
        ("nilai", {"M2": "85.2"}, "M"),
        ("predikat", {"M2": "BB"}, "M"),
        ("dokumen desa", {"L2": "9"}, ""),
    ],
)
def test_a_kind_of_indicator(jenis: str, typed: dict[str, str], asked: str) -> None:
    edits = {f"Indikator!{place}": text for place, text in ({"H2": jenis} | typed).items()}
    book, told = carried(workbook(edited(base(), edits)))
    for column in asked:
        assert cell(book, f"Indikator!{column}2") is None
        assert marked(told, f"Indikator!{column}2").startswith("FILL: Isi")
    assert all(cell(book, f"Indikator!{place}") is not None for place in typed if place[0] not in asked)


@pytest.mark.parametrize(("triwulan", "asked"), [(1, ""), (2, "C"), (3, "D"), (4, "E")])
def test_documents_that_fall_due_are_asked_for(triwulan: int, asked: str) -> None:
    _, told = carried(plain(2024, triwulan))
    dates = [mark.ref.cell for mark in told.marks if mark.ref.sheet == "Desa"]
    assert dates == [f"{asked}{row}" for row in (2, 3, 4) if asked]


def test_the_log_goes_on_below_its_last_row() -> None:
    _, told = carried(plain(2024, 1))
    assert marked(told, "Fasilitasi!B5").startswith("FILL: Tambahkan isian Triwulan II Tahun 2024")


def test_live_formulas_stay_with_their_new_figures() -> None:
    book, _ = carried(SUKAMAJU)
    for place, shown in (("Anggaran!I2", ""), ("Anggaran!H13", 0), ("Indikator!N2", ""), ("Desa!C6", 3)):
        assert str(cell(book, place, values=False)).startswith("=")
        assert (cell(book, place) or "") == (shown or "")


def test_formulas_that_are_gone_come_back() -> None:
    typed_over = changed(lambda book: book["Anggaran"].__setitem__("I2", 0.3))
    emptied = changed(lambda book: book["Anggaran"].__setitem__("I2", None))
    for book, told in map(carried, (typed_over, emptied)):
        assert told.restored == (Ref("Anggaran", "I2"),)
        assert str(cell(book, "Anggaran!I2", values=False)).startswith("=IF(OR(N(G2)=0")
    assert carried(plain(2024, 1))[1].restored == ()  # it never had any


def test_the_guide_and_the_properties_tell_the_new_period() -> None:
    last_quarter = changed(lambda book: book["Identitas"].__setitem__("B7", 4))
    guide = load(carried(last_quarter)[0], values=True)["Petunjuk"]
    texts = [str(text) for row in guide.iter_rows(values_only=True) for text in row]
    assert "Batas penyampaian laporan tahun 2026" in texts
    assert not [text for text in texts if text.endswith(" April 2025")]
    book = load(carried(SUKAMAJU)[0])
    assert book.properties.subject == "Kecamatan Sukamaju, Triwulan II Tahun 2025"
    assert {sheet.oddHeader.right.text for sheet in book} == {book.properties.subject}


@pytest.mark.parametrize(
    "column",
    [column for sheet in SHEETS if sheet.fate is Fate.STAYS for column in sheet.columns],
    ids=lambda column: column.heading,
)
def test_no_figure_and_no_date_stays_by_oversight(column: Any) -> None:
    """A column says nothing where it stays; an amount, a percentage or a date cannot stay for good."""
    figures = {Kind.MONEY, Kind.PERCENT, Kind.MEASURE, Kind.DATE, Kind.PERIOD}
    assert column.kind not in figures or column.fate is not Fate.STAYS


# What the office added -------------------------------------------------------------------------------------


def _picture(color: str) -> Image:
    data = io.BytesIO()
    Pictures.new("RGB", (8, 8), color).save(data, "PNG")
    return Image(data)


@pytest.fixture(scope="module")
def office() -> bytes:
    """A workbook with a sheet, a column, a name, notes, pictures and colours of the office."""

    def add(book: Any) -> None:
        own = book.create_sheet("Catatan Kami")
        own["A1"], own["A2"], own["B2"] = "Milik kantor", 5, "=A2*2"
        own["A1"].fill = PatternFill("solid", fgColor="FF00FF00")
        own.add_image(_picture("blue"), "D4")
        book["Anggaran"]["N1"], book["Anggaran"]["N2"] = "PPTK", "Rahmat"
        book["Anggaran"]["H2"].comment = Comment("Menurut SIPD", "Ani")
        book["Kegiatan"]["G1"], book["Kegiatan"]["G2"] = "Lokasi", "Balai desa"
        book["Kegiatan"].add_image(_picture("red"), "E2")
        book["Kegiatan"].add_image(_picture("green"), "I1")
        book.defined_names["Pegawai"] = DefinedName("Pegawai", attr_text="'Catatan Kami'!$A$2")

    return changed(add)


def test_what_the_office_added_is_still_there(office: bytes) -> None:
    data, told = carried(office)
    book = load(data)
    assert book["Catatan Kami"]["A1"].fill.fgColor.rgb == "FF00FF00"
    assert len(book["Catatan Kami"]._images) == 1
    assert book["Anggaran"]["N2"].value == "Rahmat"
    assert "Menurut SIPD" in book["Anggaran"]["H2"].comment.text
    assert book.defined_names["Pegawai"].attr_text == "'Catatan Kami'!$A$2"
    assert book["Anggaran"]["H2"].number_format == load(office)["Anggaran"]["H2"].number_format
    assert book["Kegiatan"]["G2"].value == "Balai desa"
    assert marked(told, "Kegiatan!G2").startswith("REVIEW: Kolom kantor sendiri")
    assert not marked(told, "Anggaran!N2")


def test_parts_that_need_no_change_keep_their_bytes(office: bytes) -> None:
    before, after = parts(office), parts(carried(office)[0])
    own = [sheet.title for sheet in load(office).worksheets].index("Catatan Kami") + 1
    for name in (f"sheet{own}.xml", f"_rels/sheet{own}.xml.rels"):
        assert before[f"xl/worksheets/{name}"] == after[f"xl/worksheets/{name}"]
    for name in ("xl/worksheets/sheet3.xml", "xl/worksheets/sheet13.xml"):  # but for the line above each page
        moved = before[name].replace(b"Triwulan I Tahun 2025", b"Triwulan II Tahun 2025")
        assert etree.tostring(etree.fromstring(moved), method="c14n") == etree.tostring(
            etree.fromstring(after[name]), method="c14n"
        )
    assert before["xl/theme/theme1.xml"] == after["xl/theme/theme1.xml"]


def test_pictures_of_emptied_rows_go_and_others_stay(office: bytes) -> None:
    book, told = carried(office)
    assert told.pictures == 1
    assert [image.anchor._from.row for image in load(book)["Kegiatan"]._images] == [0]
    assert sum(name.startswith("xl/media/") for name in parts(book)) == 2


def _with_formulas(book: Any) -> None:
    book["Anggaran"]["H3"], book["Anggaran"]["H4"] = "=SUM(H4:H5)", "=1000000+3000000"
    book["Identitas"]["B8"] = "=TODAY()"
    book.create_sheet("Rekap")["A1"] = "=Anggaran!H4"
    book["Rekap"]["A2"] = "=1+1"


def test_a_formula_that_adds_up_cells_stays_and_one_of_figures_goes() -> None:
    book, told = carried(changed(_with_formulas))
    assert cell(book, "Anggaran!H3", values=False) == "=SUM(H4:H5)"
    assert marked(told, "Anggaran!H3").startswith("NOTHING: Rumus ini tetap")
    assert cell(book, "Anggaran!H4", values=False) is None
    assert cell(book, "Identitas!B8", values=False) is None


def test_a_cell_that_cannot_be_changed_alone_is_told() -> None:
    formula = ArrayFormula("H4:H5", "={4000000;2250000}")
    book, told = carried(changed(lambda book: book["Anggaran"].__setitem__("H4", formula)))
    assert [str(ref) for ref in told.refused] == ["Anggaran!H4", "Anggaran!H5"]
    assert cell(book, "Anggaran!H5") == 2250000
    assert cell(book, "Anggaran!H6") is None


# Marks -----------------------------------------------------------------------------------------------------


def test_marks_of_a_check_are_taken_out() -> None:
    finding = Finding((Ref("Anggaran", "G2"),), "Keliru.", code="A103")
    book, _ = carried(annotate(SUKAMAJU, [finding]))
    assert "Hasil Pemeriksaan" not in load(book).sheetnames
    assert "Keliru" not in note(book, "Anggaran!G2")


def test_a_check_and_its_marks_leave_the_open_cells_marked() -> None:
    book, _ = carried(SUKAMAJU)
    finding = Finding((Ref("Anggaran", "H2"),), "Belum diisi.", code="B201")
    checked = annotate(book, [finding])
    assert "Isi untuk Triwulan II Tahun 2025" in note(checked, "Anggaran!H2")
    assert "Belum diisi" in note(checked, "Anggaran!H2")
    assert note(without_annotations(checked), "Anggaran!H2") == note(book, "Anggaran!H2")
    assert filled(read(without_annotations(checked))) == filled(read(book))


def test_the_next_step_takes_old_marks_out() -> None:
    first, second = carried(SUKAMAJU)[0], carried(SUKAMAJU, 2)[0]
    assert "Triwulan II " not in note(second, "Anggaran!H2")
    assert "Isi untuk Triwulan III Tahun 2025" in note(second, "Anggaran!H2")
    formats = [parts(book)["xl/styles.xml"].count(b"<dxf>") for book in (first, second)]
    assert formats[0] == formats[1]


def test_without_marks_no_note_of_ours_is_left(office: bytes) -> None:
    stripped = without_marks(carried(office)[0])
    assert note(stripped, "Anggaran!H2").strip() == "Menurut SIPD"
    assert not note(stripped, "Anggaran!H8")


# Files -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", ["Identitas!B6", "Identitas!B7"])
def test_a_workbook_of_no_known_quarter_is_refused(place: str) -> None:
    with pytest.raises(LktError, match="tidak terbaca") as caught:
        carry_over(workbook(edited(base(), {place: "dua"})))
    assert place in caught.value.hint


def test_a_quarter_that_cannot_be_changed_is_refused() -> None:
    inside = parts(plain(2024, 1))
    sheet = re.sub(
        rb'(<c r="B7"[^>]*>)', rb'\1<f t="array" ref="B7:C7">1</f>', inside["xl/worksheets/sheet1.xml"]
    )
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as package:
        for name, content in (inside | {"xl/worksheets/sheet1.xml": sheet}).items():
            package.writestr(name, content)
    with pytest.raises(LktError, match=r"Identitas!B7"):
        carry_over(data.getvalue())


@pytest.mark.parametrize("data", [b"", b"\xff\xd8foto", b"PK\x03\x04", SUKAMAJU[:9000]])
def test_no_workbook_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableWorkbookError, match=r"foto\.jpg"):
        carry_over(data, Path("foto.jpg"))


def test_errors_of_the_source_are_counted() -> None:
    assert carried(workbook(edited(base(), {"Anggaran!G2": ""})))[1].errors > 0


def test_the_same_workbook_gives_the_same_bytes() -> None:
    assert carry_over(SUKAMAJU)[0] == carry_over(SUKAMAJU)[0]


def test_the_file_is_sound(office: bytes, tmp_path: Path) -> None:
    def problems(data: bytes) -> set[str]:
        """What the validator says, but for its advice on how to store texts."""
        path = tmp_path / "buku.xlsx"
        path.write_bytes(data)
        told = {str(error) for error in audited(path)}
        return {text for text in told if "inline-string" not in text}

    assert problems(carried(office)[0]) <= problems(office)
    assert not problems(carried(SUKAMAJU)[0])


@pytest.mark.libreoffice
def test_libreoffice_shows_no_figure_of_the_old_quarter(saved_as: SavedAs) -> None:
    before = saved_as("xlsx", {"tw1.xlsx": changed(_with_formulas)})["tw1.xlsx"]
    assert cell(before, "Rekap!A1") == 4000000
    book = load(saved_as("xlsx", {"tw2.xlsx": carried(before)[0]})["tw2.xlsx"], values=True)
    assert book["Rekap"]["A1"].value in {None, 0}
    assert book["Anggaran"]["H3"].value == 0
    assert book["Rekap"]["A2"].value == 2
    assert "Isi untuk Triwulan II" in book["Anggaran"]["H2"].comment.text


# Texts and dates that go on with the period ----------------------------------------------------------------

Q1, Q2, Q4 = Triwulan(2024, 1), Triwulan(2024, 2), Triwulan(2024, 4)


def test_a_year_later() -> None:
    assert next_year(date(2024, 9, 30)) == date(2025, 9, 30)
    assert next_year(date(2024, 2, 29)) == date(2025, 2, 28)


@pytest.mark.parametrize(
    ("text", "rolled"),
    [
        ("paling lambat 30 September 2024", "paling lambat 30 September 2025"),
        ("RKPDesa 2025 ditetapkan sebelum 30-9-2024", "RKPDesa 2026 ditetapkan sebelum 30-9-2025"),
        ("29 Februari 2024", "28 Februari 2025"),
        ("29 Pebruari 2024", "28 Pebruari 2025"),
        ("29/02/2024", "28/02/2025"),
        ("2024-02-29", "2025-02-28"),
        ("Peraturan Bupati Nomor 6 Tahun 2024", "Peraturan Bupati Nomor 6 Tahun 2024"),
        ("PMK No. 7/PMK.07/2024 Tahun 2024", "PMK No. 7/PMK.07/2024 Tahun 2024"),
        ("Permendagri 20/2024", "Permendagri 20/2024"),
        ("sejak 2014", "sejak 2014"),
        ("12024 desa", "12024 desa"),
        ("29 Februari 2020 dan Maret 2024", "29 Februari 2020 dan Maret 2025"),
    ],
)
def test_years_in_a_text(text: str, rolled: str) -> None:
    assert roll_years(text, {2024, 2025}) == rolled


@pytest.mark.parametrize(
    ("text", "old", "rolled"),
    [
        ("Januari s.d. Maret 2024", Q1, "April s.d. Juni 2024"),
        ("JANUARI - MARET 2024", Q1, "APRIL - JUNI 2024"),
        ("Januari, Februari, Maret", Q1, "April, Mei, Juni"),
        ("Jan-Mar 2024", Q1, "Apr-Jun 2024"),
        ("1 Januari s.d. 31 Maret 2024", Q1, "1 April s.d. 30 Juni 2024"),
        ("April s.d. Juni 2024", Q2, "Juli s.d. September 2024"),
        ("Oktober s.d. Desember 2024", Q4, "Januari s.d. Maret 2025"),
        ("Nopember", Q4, None),
        ("Triwulan I 2024", Q1, "Triwulan II 2024"),
        ("TW 4 Tahun 2024", Q4, "TW 1 Tahun 2025"),
        ("Januari s.d. Desember 2024", Q1, "Januari s.d. Desember 2024"),
        ("Januari s.d. Desember 2024", Q4, "Januari s.d. Desember 2025"),
        ("Tahun 2024", Q4, "Tahun 2025"),
        ("setiap bulan", Q1, "setiap bulan"),
        ("Februari 2024", Q1, None),
        ("5 Januari s.d. 31 Maret 2024", Q1, None),
        ("Januari s.d. Maret 2023", Q1, None),
        ("April s.d. Juni 2024", Q1, None),
        ("Triwulan II 2024", Q1, None),
    ],
)
def test_the_time_of_a_strategy(text: str, old: Triwulan, rolled: str | None) -> None:
    assert roll_quarter(text, old, old.following) == rolled


@pytest.mark.parametrize(
    ("text", "in_year", "in_new_year"),
    [
        ("hasil Triwulan I", True, True),
        ("hasil tw. 1", True, True),
        ("hasil Triwulan II", False, False),
        ("rencana tahun 2024", False, True),
        ("menurut Perbup Nomor 6 Tahun 2024", False, False),
    ],
)
def test_a_text_names_the_old_period(text: str, in_year: bool, in_new_year: bool) -> None:
    assert names_period(text, Q1, new_year=False) is in_year
    assert names_period(text, Q1, new_year=True) is in_new_year


def test_a_regulation_of_the_year() -> None:
    assert names_regulation_of("Perbup Nomor 6 Tahun 2024", {2024})
    assert not names_regulation_of("Perbup Nomor 6 Tahun 2014, mulai 2024", {2024})


# The follow-up plan ----------------------------------------------------------------------------------------

PLANS = {
    "Tindak Lanjut!C1": "Asal Rencana", "Tindak Lanjut!D1": "Status",
    "Tindak Lanjut!B3": "Mendata aset desa", "Tindak Lanjut!C3": "Triwulan IV Tahun 2023",
    "Tindak Lanjut!D3": "proses", "Tindak Lanjut!B4": "Menyusun jadwal piket",
    "Tindak Lanjut!C4": "Triwulan IV Tahun 2023", "Tindak Lanjut!D4": "selesai",
}  # fmt: skip


def test_what_was_planned_goes_on_as_the_plan_of_an_earlier_report() -> None:
    """What is done is left behind; a workbook without the columns is emptied as a whole."""
    book, told = carried(workbook(edited(base(), PLANS)))
    rows = [(row.uraian.written, row.asal.written, row.status.written) for row in read(book).tindak_lanjut]
    assert rows == [
        ("Menyusun jadwal pendampingan desa untuk triwulan berikutnya", "Triwulan I Tahun 2024", ""),
        ("Mendata aset desa", "Triwulan IV Tahun 2023", ""),
    ]
    assert {str(mark.ref) for mark in told.marks if mark.ref.sheet == "Tindak Lanjut"} == {
        "Tindak Lanjut!D2", "Tindak Lanjut!D3", "Tindak Lanjut!B5",
    }  # fmt: skip
    assert read(carried(workbook(base()))[0]).tindak_lanjut == ()
