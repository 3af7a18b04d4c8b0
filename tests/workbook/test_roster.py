"""A list of desa in CSV, as offices and programs write it."""

import pytest

from lkt.errors import RosterError
from lkt.workbook.roster import read_roster

GOOD = """kode_kec,kecamatan,kode,nama,jenis
35.08.12,Senduro,35.08.12.2001,Purworejo,desa
35.08.12,Senduro,35.08.12.2002,"Sari, Kemuning",desa
35.08.05,Lumajang,35.08.05.1001,Rogotrunan,kelurahan
35.08.05,Lumajang,35.08.05.2001,Labruk Lor,desa
35.08.12,Senduro,35.08.12.2003,Pandansari,desa
"""
HEAD = "kode_kec,kecamatan,kode,nama,jenis\n"


def summary(data: bytes) -> list[tuple[str, str, list[str], int]]:
    return [(k.kode, k.nama, [name for _, name in k.desa], k.kelurahan) for k in read_roster(data)]


EXPECTED = [
    ("35.08.12", "Senduro", ["Purworejo", "Sari, Kemuning", "Pandansari"], 0),
    ("35.08.05", "Lumajang", ["Labruk Lor"], 1),
]


SEMICOLONS = GOOD.replace('"Sari, Kemuning"', "Sari# Kemuning").replace(",", ";").replace("#", ",")
NAMED = "Kode Kecamatan, Nama  Kecamatan ,Kode Desa,Desa"
FORMS = {
    "plain": GOOD.encode(),
    "bom": GOOD.encode("utf-8-sig"),
    "utf-16": GOOD.encode("utf-16"),
    "line ends": GOOD.replace("\n", "\r\n").encode(),
    "semicolons": SEMICOLONS.encode(),
    "stated semicolons": f"sep=;\n{SEMICOLONS}".encode(),
    "tabs": SEMICOLONS.replace(";", "\t").encode(),
    "capitals and blank lines": GOOD.upper().replace("\n", "\n\n").encode(),
    "no code of the kecamatan": "\n".join(line.partition(",")[2] for line in GOOD.splitlines()).encode(),
    "no jenis": GOOD.replace("jenis", "").replace(",desa", ",").replace(",kelurahan", ",").encode(),
    "other headings": GOOD.replace("kode_kec,kecamatan,kode,nama", NAMED).encode(),
}


@pytest.mark.parametrize("data", FORMS.values(), ids=FORMS)
def test_a_list_is_read_however_it_was_saved(data: bytes) -> None:
    assert summary(data) == EXPECTED


def test_letters_of_the_windows_encoding() -> None:
    assert summary("kecamatan;nama\nPénjaringan;Désa".encode("cp1252"))[0][1] == "Pénjaringan"


def test_names_in_capitals_keep_their_roman_numerals() -> None:
    (kecamatan,) = read_roster(b"KECAMATAN,NAMA\nKEC. SUKA MAJU,SUMBER II\nSUKA MAJU,DESA MA'ARIF")
    assert (kecamatan.nama, kecamatan.desa) == ("Suka Maju", (("", "Sumber II"), ("", "Ma'arif")))


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        ("35.08.12,Senduro,35.08.12.2001,,desa", "Baris 2: nama desa kosong."),
        ("35.08.12,,35.08.12.2001,Purworejo,desa", "Baris 2: nama kecamatan kosong."),
        ("35.08.12,Senduro,35.08.12.2001,A,desa\n\n35.08.12,Senduro,35.08.12.2001,B,desa",
         "Baris 4: kode 35.08.12.2001 sudah ada pada baris 2."),
        ("35.08.12,Senduro,,A,desa\n35.08.12,Senduro,,a,desa",
         "Baris 3: A, Senduro, sudah ada pada baris 2."),
        ("35.08.12,Senduro,,A,desa\n35.08.12,Sendoro,,B,desa",
         "Baris 3: kode kecamatan 35.08.12 bernama Sendoro, sedangkan pada baris 2 bernama Senduro."),
        ("35.08.12,Senduro,,A,desa\n35.08.13,Senduro,,B,desa",
         "Baris 3: kecamatan Senduro berkode 35.08.13, sedangkan pada baris 2 berkode 35.08.12."),
        ("35.08.12,Senduro,35.08.13.2001,A,desa",
         "Baris 2: kode 35.08.13.2001 tidak berawalan kode kecamatan 35.08.12."),
        ("35.08.12,Senduro,35.08.12.2001,A,dusun", "Baris 2: jenis “dusun” bukan desa atau kelurahan."),
    ],
)  # fmt: skip
def test_a_wrong_line_is_named(lines: str, problem: str) -> None:
    with pytest.raises(RosterError) as caught:
        read_roster((HEAD + lines).encode(), "desa.csv")
    assert caught.value.problems == (problem,)
    assert caught.value.message.startswith("“desa.csv” memuat 1 kekeliruan")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "kosong"),
        ("\n\n", "kosong"),
        (HEAD, "tidak memuat satu desa pun"),
        ("kecamtan,nama\nA,B", "tidak mempunyai judul kolom"),
        ('kecamatan,nama\nA,"B', "baris 2 tidak terbaca sebagai CSV"),
    ],
)
def test_what_is_no_list_is_refused(text: str, words: str) -> None:
    with pytest.raises(RosterError, match=words):
        read_roster(text.encode())


def test_a_missing_heading_is_guessed() -> None:
    with pytest.raises(RosterError) as caught:
        read_roster(b"kecamtan,nama\nA,B")
    assert caught.value.problems == ("Baris 1: kolom kecamatan tidak ada. Maksud Anda “kecamtan”?",)
