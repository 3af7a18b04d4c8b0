"""The workbook of the next quarter beside that of the quarter before."""

from pathlib import Path

import pytest

from lkt.calendar import Triwulan
from lkt.errors import LktError, UnreadableWorkbookError
from lkt.workbook.carry import carry_over
from tests.builders import base, edited, workbook
from tests.carry.books import SUKAMAJU, carried, cell, codes, filled, in_quarter, marked, plain, read
from tests.workbook.patch.looking import load

QUARTERS = [(2024, 1), (2024, 2), (2024, 3), (2024, 4), (2023, 4)]
IN_YEAR = {
    "B201": {"Identitas!B8", "Anggaran!H2", "Anggaran!H3"},
    "B211": {"Tindak Lanjut", "Kegiatan"},
}
DUE = {2: {}, 3: {"D109": {"Desa!C2", "Desa!C3", "Desa!C4"}}, 4: {"D109": {"Desa!D2", "Desa!D3", "Desa!D4"}}}
"""Quarter -> the documents that fall due in it."""
NEW_YEAR = {
    "B201": IN_YEAR["B201"] | {"Indikator!F2", "Indikator!F3", "Anggaran!G2", "Anggaran!G3"},
    "B211": IN_YEAR["B211"] | {"Fasilitasi"},
    "K106": {"Indikator!L2"},
    "D109": {"Desa!E2", "Desa!E3", "Desa!E4"},
}


@pytest.mark.parametrize(("tahun", "triwulan"), QUARTERS)
def test_only_what_is_open_is_found(tahun: int, triwulan: int) -> None:
    before = plain(tahun, triwulan)
    book, told = carried(before)
    assert told.errors == 0
    assert codes(book, before) == (NEW_YEAR if triwulan == 4 else IN_YEAR | DUE[triwulan + 1])


@pytest.mark.parametrize(("tahun", "triwulan"), QUARTERS)
def test_all_that_stands_there_is_right_for_the_new_quarter(tahun: int, triwulan: int) -> None:
    after = Triwulan(tahun, triwulan).berikutnya
    book, _ = carried(plain(tahun, triwulan))
    right = filled(read(plain(after.tahun, after.nomor)))
    running_numbers = {key for key in filled(read(book)) if key[0] != "Indikator" and key[1].startswith("A")}
    wrong = {key: text for key, text in filled(read(book)).items() if right.get(key) != text}
    assert set(wrong) <= running_numbers


def test_two_steps_from_the_third_quarter_end_in_the_new_year() -> None:
    book, told = carried(plain(2024, 3), 2)
    assert (told.step.old, told.step.new) == (Triwulan(2024, 4), Triwulan(2025, 1))
    assert codes(book, carried(plain(2024, 3))[0]) == NEW_YEAR
    assert carried(book)[1].step.new == Triwulan(2025, 2)


EDITS = [
    # what was typed, in which quarter, where, what stands there then, the beginning of the mark
    (1, "Identitas!B7", '"1"', "2", ""),
    (4, "Identitas!B6", '"2024"', "2025", ""),
    (1, "Indikator!G2", "20%", None, "FILL: Isi untuk Triwulan II Tahun 2024.\nTriwulan I Tahun 2024: 20%"),
    (1, "Indikator!P2", "Berjalan.", None, "FILL: Isi untuk Triwulan II Tahun 2024."),
    (1, "Indikator!J2", "3", None, "NOTHING: Dikosongkan: dihitung otomatis"),
    (1, "Indikator!M2", "0.3", None, "NOTHING: Dikosongkan: dihitung otomatis"),
    (1, "Indikator!L2", "9", 9, ""),
    (4, "Indikator!L2", "9", None, "FILL: Isi untuk Triwulan I Tahun 2025."),
    (4, "Indikator!L3", "9", 9, ""),
    (1, "Indikator!K2", "Rencana Triwulan I", "Rencana Triwulan I", "REVIEW: Teks ini menyebut"),
    (4, "Indikator!K2", "Rencana tahun 2024", "Rencana tahun 2024", "REVIEW: Teks ini menyebut"),
    (1, "Anggaran!L2", "Pergeseran.", "Pergeseran.", ""),
    (4, "Anggaran!L2", "Pergeseran.", None, "FILL: Isi"),
    (1, "Anggaran!I2", "30%", None, "NOTHING: Dikosongkan"),
    (1, "Anggaran!H4", "9500000", None, "FILL: Isi"),
    (1, "Anggaran!G4", "24600000", 24600000, ""),
    (4, "Anggaran!G4", "24600000", None, "FILL: Isi"),
    (4, "Desa!E5", "3", None, "FILL: Isi"),
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
]  # fmt: skip


@pytest.mark.parametrize(("triwulan", "place", "typed", "value", "mark"), EDITS)
def test_a_cell(triwulan: int, place: str, typed: str, value: object, mark: str) -> None:
    book, told = carried(workbook(edited(base(2024, triwulan), {place: typed})))
    assert cell(book, place) == value
    assert marked(told, place).startswith(mark) if mark else not marked(told, place)


KINDS = [
    # Jenis, what was typed, the new year, what is emptied and asked for anew
    ("rasio", {"J2": "3", "L2": "9"}, "JL"),
    ("nilai", {"M2": "85.2"}, "M"),
    ("predikat", {"M2": "BB"}, "M"),
    ("dokumen desa", {"L2": "9"}, ""),
]


@pytest.mark.parametrize(("jenis", "typed", "asked"), KINDS)
def test_a_kind_of_indicator(jenis: str, typed: dict[str, str], asked: str) -> None:
    edits = {f"Indikator!{place}": text for place, text in ({"H2": jenis} | typed).items()}
    book, told = carried(workbook(edited(base(), edits)))
    for column in asked:
        assert cell(book, f"Indikator!{column}2") is None
        assert marked(told, f"Indikator!{column}2").startswith("FILL: Isi")
    assert not [
        place for place in typed if place[0] not in asked and cell(book, f"Indikator!{place}") is None
    ]


def test_the_log_goes_on_below_its_last_row() -> None:
    _, told = carried(plain(2024, 1))
    assert marked(told, "Fasilitasi!B5").startswith("FILL: Tambahkan isian Triwulan II Tahun 2024")


@pytest.mark.parametrize(("triwulan", "asked"), [(1, ""), (2, "C"), (3, "D"), (4, "E")])
def test_documents_that_fall_due_are_asked_for(triwulan: int, asked: str) -> None:
    _, told = carried(plain(2024, triwulan))
    dates = [mark.ref.cell for mark in told.marks if mark.ref.sheet == "Desa"]
    assert dates == [f"{asked}{row}" for row in (2, 3, 4) if asked]


def test_live_formulas_stay_with_their_new_figures() -> None:
    book, _ = carried(SUKAMAJU)
    for place, shown in (("Anggaran!I2", ""), ("Anggaran!H13", 0), ("Indikator!N2", ""), ("Desa!C6", 3)):
        assert str(cell(book, place, values=False)).startswith("=")
        assert (cell(book, place) or "") == (shown or "")


def test_the_guide_and_the_properties_tell_the_new_period() -> None:
    book = carried(in_quarter(4))[0]
    rows = load(book, values=True)["Petunjuk"].iter_rows(values_only=True)
    texts = [str(text) for row in rows for text in row]
    assert "Batas penyampaian laporan tahun 2026" in texts
    assert not [text for text in texts if text.endswith(" April 2025")]
    assert load(carried(SUKAMAJU)[0]).properties.subject == "Kecamatan Sukamaju, Triwulan II Tahun 2025"


@pytest.mark.parametrize("place", ["Identitas!B6", "Identitas!B7"])
def test_a_workbook_of_no_known_quarter_is_refused(place: str) -> None:
    with pytest.raises(LktError, match="tidak terbaca") as caught:
        carried(workbook(edited(base(), {place: "dua"})))
    assert place in caught.value.hint


@pytest.mark.parametrize("data", [b"", b"\xff\xd8foto", b"PK\x03\x04", SUKAMAJU[:9000]])
def test_no_workbook_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableWorkbookError, match=r"foto\.jpg"):
        carry_over(data, Path("foto.jpg"))


def test_errors_of_the_source_are_counted() -> None:
    assert carried(workbook(edited(base(), {"Anggaran!G2": ""})))[1].errors > 0


def test_the_same_workbook_gives_the_same_bytes() -> None:
    assert carry_over(SUKAMAJU)[0] == carry_over(SUKAMAJU)[0]
