"""The piece of the sheet around a finding."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkt.findings import Finding
from lkt.formats.screen import Excerpt, clip, excerpt
from lkt.model import Dataset, Ref
from lkt.pipeline import run
from lkt.workbook.reader import read_workbook
from tests.builders import EXAMPLES, base, dataset, edit, edited, found


def at(data: Dataset, *addresses: str, around: int = 2) -> Excerpt | None:
    """The excerpt of a finding at these cells."""
    places = (address.partition("!") for address in addresses)
    return excerpt(Finding(tuple(Ref(sheet, cell) for sheet, _, cell in places), ""), data, around)


def shown(piece: Excerpt | None) -> list[str]:
    """Its cells as ``G Pagu=13.600.000``, a marked one with a star."""
    assert piece is not None
    return [
        f"{'*' if cell.marked else ''}{cell.letter} {cell.heading}={cell.written}".strip()
        for cell in piece.cells
    ]


def test_row_number_neighbours_and_the_name_of_the_row() -> None:
    piece = at(dataset(base()), "Anggaran!G2")
    assert piece is not None
    assert (piece.sheet, piece.row) == ("Anggaran", 2)
    assert shown(piece) == [
        "B Program=Program Penyelenggaraan Pemerintahan dan Pelayanan Publik",
        "E Anggaran PK=13600000",
        "F Sumber Dana=DAU",
        "*G Pagu=13600000",
        "H Realisasi=5000000",
        "I Capaian=",
    ]
    assert [cell.letter for cell in piece.cells if cell.names_row] == ["B"]


def test_fewer_neighbours() -> None:
    assert [text[:2] for text in shown(at(dataset(base()), "Anggaran!G2", around=1))] == [
        "B ",
        "F ",
        "*G",
        "H ",
    ]
    assert [text[:2] for text in shown(at(dataset(base()), "Anggaran!G2", around=0))] == ["B ", "*G"]


def test_every_cell_of_the_finding_in_that_row_is_marked_however_far() -> None:
    texts = shown(at(dataset(base()), "Anggaran!L2", "Anggaran!E2", "Anggaran!E3", "Desa!A2"))
    assert [text.partition(" ")[0] for text in texts] == ["B", "*E", "J", "K", "*L"]


def test_many_cells_of_a_finding_do_not_make_it_wide() -> None:
    piece = at(dataset(base()), *(f"Anggaran!{letter}2" for letter in "LKJIHGFEDC"))
    assert [text.partition(" ")[0] for text in shown(piece)] == ["B", "*H", "*I", "*J", "*K", "*L"]


def test_columns_stand_as_in_the_file_with_the_headings_of_the_declaration() -> None:
    tables = edited(
        base(), {"Narasi!A1": "TEKS", "Narasi!B1": "bagian ", "Narasi!A2": "Hujan.", "Narasi!B2": "Hambatan"}
    )
    assert shown(at(dataset(tables), "Narasi!A2")) == ["*A Teks=Hujan.", "B Bagian=Hambatan"]


def test_columns_that_are_missing_are_left_out() -> None:
    tables = edit(base(), "Strategi!C1", "Catatan")
    assert shown(at(dataset(tables), "Strategi!A2")) == [
        "*A Indikator=1",
        "B Strategi=Merekap hasil fasilitasi setiap seksi pada akhir bulan",
    ]


def test_date_columns_have_the_name_of_their_document() -> None:
    texts = shown(at(dataset(base()), "Desa!E3"))
    assert texts[:3] == ["B Desa=Karanganyar", "C RKPDesa=", "D APBDesa="]
    assert texts[3] == "*E LPPDesa=12 Februari 2024"


def test_identitas_shows_the_key_beside_its_value() -> None:
    assert shown(at(dataset(base()), "Identitas!B8")) == ["A Isian=Tanggal Laporan", "*B Nilai=5 April 2024"]


def test_a_default_is_not_shown_as_if_it_were_written() -> None:
    tables = edit(base(), "Identitas!B20", "")
    assert shown(at(dataset(tables), "Identitas!B20")) == ["A Isian=Desimal Persen", "*B Nilai="]


def test_where_isian_stands_is_not_guessed() -> None:
    tables = edited(
        base(), {"Identitas!C1": "Nilai", "Identitas!B1": "Keterangan", "Identitas!C4": "Sukamulya"}
    )
    assert shown(at(dataset(tables), "Identitas!C4")) == ["Isian=Kecamatan", "*C Nilai=Sukamulya"]


def test_a_key_that_is_not_understood() -> None:
    data = dataset(edit(base(), "Identitas!A3", "Kabupatenn"))
    finding = found(data, "B106")[0]
    assert shown(excerpt(finding, data)) == ["*A Isian=Kabupatenn"]


def test_row_jumlah_of_anggaran() -> None:
    data = dataset(edit(base(), "Anggaran!G4", "99000000"))
    texts = shown(excerpt(found(data, "A104")[0], data))
    assert texts[0] == "B Program=Jumlah"
    assert "*G Pagu=99000000" in texts


def test_row_jumlah_of_desa() -> None:
    data = dataset(edit(base(), "Desa!E5", "12"))
    finding = found(data, "D101")[0]
    assert shown(excerpt(finding, data)) == ["B Desa=Jumlah", "C RKPDesa=", "D APBDesa=", "*E LPPDesa=12"]


def test_a_heading_is_shown_in_its_row_as_it_is_written() -> None:
    data = dataset(edit(base(), "Anggaran!H1", "Realisasie"))
    finding = found(data, "B102")[0]
    piece = excerpt(finding, data)
    assert piece is not None
    assert piece.row == 1
    assert shown(piece) == ["F =Sumber Dana", "G =Pagu", "*H =Realisasie", "I =Capaian", "J =Target"]


def test_a_heading_that_stands_twice() -> None:
    data = dataset(edit(base(), "Desa!G1", "LPPDesa"))
    finding = found(data, "B103")[0]
    assert shown(excerpt(finding, data)) == ["*E =LPPDesa", "F =Keterangan", "*G =LPPDesa"]


@pytest.mark.parametrize("address", ["Anggaran", "Anggaran!G99", "Anggaran!ZZ2", "Lain!A1", "Identitas!B99"])
def test_nothing_for_a_whole_sheet_and_for_what_was_not_read(address: str) -> None:
    assert at(dataset(base()), address) is None


def test_a_sheet_under_another_spelling() -> None:
    piece = at(dataset(edit(base(), "Tindak Lanjut", "TINDAK  LANJUT")), "TINDAK  LANJUT!A2")
    assert piece is not None
    assert piece.sheet == "TINDAK  LANJUT"


def test_every_finding_of_a_real_workbook_has_one() -> None:
    result = run(read_workbook(Path(EXAMPLES / "senduro-2024-tw1-asli.xlsx")))
    for finding in result.findings:
        piece = excerpt(finding, result.dataset)
        assert piece is not None, finding
        assert (piece.sheet, finding.ref.cell.lstrip("ABCDEFGHIJKLMNOP")) == (
            finding.ref.sheet,
            str(piece.row),
        )
        assert finding.ref.cell[0] in {cell.letter for cell in piece.cells if cell.marked}
        assert len(piece.cells) <= 6
        assert sum(cell.names_row for cell in piece.cells) == 1


# Long texts ------------------------------------------------------------------------------------------------


def test_a_short_text_stays_whole() -> None:
    assert clip("Februari", 20) == ("Februari", "", "")
    assert clip("dua\n baris", 20) == ("dua baris", "", "")


def test_a_long_text_is_cut_between_words() -> None:
    assert clip("satu dua tiga empat", 10) == ("satu dua …", "", "")
    assert clip("satuduatigaempat", 10) == ("satuduatig…", "", "")


def test_the_focus_is_kept_in_the_middle_of_a_long_text() -> None:
    before, focus, after = clip(f"{'awal ' * 40}tribulan{' akhir' * 40}", 40, "tribulan")
    assert focus == "tribulan"
    assert before == "… awal awal awal "
    assert after == " akhir akhir …"


def test_a_focus_at_the_end_leaves_room_for_what_precedes_it() -> None:
    assert clip("satu dua tiga empat lima", 16, "lima") == ("… tiga empat ", "lima", "")


def test_a_focus_is_whole_words() -> None:
    assert clip("abada lalu bada kiamat", 50, "bada") == ("abada lalu ", "bada", " kiamat")
    assert clip("abada", 50, "bada") == ("abada", "", "")
    assert clip("bada", 50, "bada") == ("bada", "", "")


@given(st.text(), st.integers(1, 60), st.text(max_size=8))
def test_a_cut_text_is_never_much_longer_than_asked(text: str, width: int, focus: str) -> None:
    assert sum(map(len, clip(text, width, focus))) <= width + len(focus) + 8
