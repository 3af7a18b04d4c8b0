"""The piece of the sheet around a finding."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkt.findings import Finding
from lkt.formats.excerpt import Excerpt, Excerpts, clip
from lkt.model import Dataset, Ref
from lkt.pipeline import run
from lkt.workbook.reader import read_workbook
from tests.builders import EXAMPLES, base, dataset, edited, found


def at(data: Dataset, *addresses: str) -> Excerpt | None:
    """The excerpt of a finding at these cells."""
    places = (address.partition("!") for address in addresses)
    return Excerpts(data).of(Finding(tuple(Ref(sheet, cell) for sheet, _, cell in places), ""))


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


@pytest.mark.parametrize(
    ("cells", "letters"),
    [
        ("Anggaran!L2 Anggaran!E2 Anggaran!E3 Desa!A2", "B *E J K *L"),  # marked ones however far
        (" ".join(f"Anggaran!{letter}2" for letter in "LKJIHGFEDC"), "B *H *I *J *K *L"),  # but not all
    ],
)
def test_other_cells_of_the_finding_in_that_row(cells: str, letters: str) -> None:
    texts = shown(at(dataset(base()), *cells.split()))
    assert [text.partition(" ")[0] for text in texts] == letters.split()


@pytest.mark.parametrize(
    ("edits", "cell", "cells"),
    [
        # columns stand as in the file, with the headings of the declaration; one that is missing is left out
        (
            {"Narasi!A1": "TEKS", "Narasi!B1": "bagian ", "Narasi!A2": "Hujan.", "Narasi!B2": "Hambatan"},
            "Narasi!A2",
            ["*A Teks=Hujan.", "B Bagian=Hambatan"],
        ),
        (
            {"Strategi!C1": "Catatan"},
            "Strategi!A2",
            ["*A Indikator=1", "B Strategi=Merekap hasil fasilitasi setiap seksi pada akhir bulan"],
        ),
        # date columns have the name of their document
        (
            {},
            "Desa!E3",
            [
                "B Desa=Karanganyar",
                "C RKPDesa=",
                "D APBDesa=",
                "*E LPPDesa=12 Februari 2024",
                "F Keterangan=",
            ],
        ),
        # Identitas shows the key beside its value; a default is not shown as if it were written
        ({}, "Identitas!B8", ["A Isian=Tanggal Laporan", "*B Nilai=5 April 2024"]),
        ({"Identitas!B20": ""}, "Identitas!B20", ["A Isian=Desimal Persen", "*B Nilai="]),
        # where Isian stands is not guessed
        (
            {"Identitas!C1": "Nilai", "Identitas!B1": "Keterangan", "Identitas!C4": "Sukamulya"},
            "Identitas!C4",
            ["Isian=Kecamatan", "*C Nilai=Sukamulya"],
        ),
    ],
)
def test_the_cells_of_a_row(edits: Mapping[str, str], cell: str, cells: list[str]) -> None:
    assert shown(at(dataset(edited(base(), edits)), cell)) == cells


@pytest.mark.parametrize(
    ("edits", "code", "cells"),
    [
        ({"Identitas!A3": "Kabupatenn"}, "B106", ["*A Isian=Kabupatenn"]),
        ({"Desa!E5": "12"}, "D101", ["B Desa=Jumlah", "C RKPDesa=", "D APBDesa=", "*E LPPDesa=12"]),
        # a heading is shown in its row as it is written
        (
            {"Anggaran!H1": "Realisasie"},
            "B102",
            ["F =Sumber Dana", "G =Pagu", "*H =Realisasie", "I =Capaian", "J =Target"],
        ),
        ({"Desa!G1": "LPPDesa"}, "B103", ["*E =LPPDesa", "F =Keterangan", "*G =LPPDesa"]),
    ],
)
def test_the_row_of_a_finding(edits: Mapping[str, str], code: str, cells: list[str]) -> None:
    data = dataset(edited(base(), edits))
    assert shown(Excerpts(data).of(found(data, code)[0])) == cells


def test_row_jumlah_of_anggaran() -> None:
    data = dataset(edited(base(), {"Anggaran!G4": "99000000"}))
    texts = shown(Excerpts(data).of(found(data, "A104")[0]))
    assert texts[0] == "B Program=Jumlah"
    assert "*G Pagu=99000000" in texts


@pytest.mark.parametrize("address", ["Anggaran", "Anggaran!G99", "Anggaran!ZZ2", "Lain!A1", "Identitas!B99"])
def test_nothing_for_a_whole_sheet_and_for_what_was_not_read(address: str) -> None:
    assert at(dataset(base()), address) is None


def test_a_sheet_under_another_spelling() -> None:
    piece = at(dataset(edited(base(), {"Tindak Lanjut": "TINDAK  LANJUT"})), "TINDAK  LANJUT!A2")
    assert piece is not None
    assert piece.sheet == "TINDAK  LANJUT"


def test_every_finding_of_a_real_workbook_has_one() -> None:
    result = run(read_workbook(Path(EXAMPLES / "senduro-2024-tw1-asli.xlsx")))
    excerpts = Excerpts(result.dataset)
    for finding in (each for each in result.findings if each.ref.cell):
        piece = excerpts.of(finding)
        assert piece is not None, finding
        assert (piece.sheet, piece.row) == (finding.ref.sheet, finding.ref.place[0])
        assert finding.ref.place[1] in {cell.column for cell in piece.cells if cell.marked}
        assert len(piece.cells) <= 6
        assert sum(cell.names_row for cell in piece.cells) == 1


@pytest.mark.parametrize(
    ("text", "width", "focus", "parts"),
    [
        ("Februari", 20, "", ("Februari", "", "")),
        ("dua\n baris", 20, "", ("dua baris", "", "")),
        ("satu dua tiga empat", 10, "", ("satu dua …", "", "")),  # between words
        ("satuduatigaempat", 10, "", ("satuduatig…", "", "")),
        (f"{'awal ' * 40}tribulan{' akhir' * 40}", 40, "tribulan",
         ("… awal awal awal ", "tribulan", " akhir akhir …")),
        ("satu dua tiga empat lima", 16, "lima", ("… tiga empat ", "lima", "")),
        ("abada lalu bada kiamat", 50, "bada", ("abada lalu ", "bada", " kiamat")),  # a whole word
        ("abada", 50, "bada", ("abada", "", "")),
        ("bada", 50, "bada", ("bada", "", "")),
    ],
)  # fmt: skip
def test_a_long_text_is_cut_around_its_focus(
    text: str, width: int, focus: str, parts: tuple[str, str, str]
) -> None:
    assert clip(text, width, focus) == parts


@given(st.text(), st.integers(1, 60), st.text(max_size=8))
def test_a_cut_text_is_never_much_longer_than_asked(text: str, width: int, focus: str) -> None:
    assert sum(map(len, clip(text, width, focus))) <= width + len(focus) + 8
