"""``lkt new`` as the operator runs it, and what a blank workbook already knows."""

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from lkt.indicators import compute
from lkt.model import Dataset
from lkt.pipeline import run
from lkt.workbook.new import file_names, new_contents, roster_workbook, write_blank
from lkt.workbook.opening import grids_of
from lkt.workbook.reader import read_grids, read_workbook
from lkt.workbook.roster import Kecamatan, read_roster
from lkt.workbook.writer import write_workbook
from tests.builders import EXAMPLES
from tests.test_cli import lkt
from tests.workbook.test_roster import GOOD

SOURCE = EXAMPLES / "sukamaju-2025-tw1.xlsx"
TODAY = ("--tahun", "2024", "--triwulan", "1")


def test_the_next_quarter(tmp_path: Path) -> None:
    before = SOURCE.read_bytes()
    done = lkt("new", "tw2.xlsx", "--from", SOURCE, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    for words in (
        "Buku kerja Triwulan II Tahun 2025 tersimpan: tw2.xlsx",
        "2 baris fasilitasi, 1 dokumen, 4 desa beserta tanggalnya",
        "  Strategi: Waktu (4 sel)",
        "  Anggaran: Realisasi (11 sel), Realisasi Kinerja (4 sel)",
        f"  lkt check tw2.xlsx --prev {SOURCE}",
    ):
        assert words in done.stdout
    assert "kesalahan" not in done.stdout
    assert SOURCE.read_bytes() == before
    again = lkt("new", "tw2.xlsx", "--from", SOURCE, cwd=tmp_path)
    assert (again.returncode, "“tw2.xlsx” sudah ada" in again.stderr) == (2, True)
    third = lkt("new", "tw3.xlsx", "--from", "tw2.xlsx", cwd=tmp_path)
    assert "tw2.xlsx masih memuat 12 kesalahan: perbaiki dahulu" in third.stdout


def test_a_kabupaten_in_one_go(tmp_path: Path) -> None:
    (tmp_path / "desa.csv").write_text(GOOD, encoding="utf-8")
    done = lkt("new", "buku", "--roster", "desa.csv", "--kabupaten", "Lumajang", *TODAY, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "2 buku kerja dibuat, 4 desa." in done.stdout
    assert "1 kelurahan tidak dicantumkan" in done.stdout
    names = sorted(path.name for path in (tmp_path / "buku").iterdir())
    assert names == ["lumajang-2024-tw1.xlsx", "senduro-2024-tw1.xlsx"]
    (tmp_path / "buku" / names[0]).unlink()
    kept = (tmp_path / "buku" / names[1]).stat().st_mtime_ns
    again = lkt("new", "buku", "--roster", "desa.csv", *TODAY, cwd=tmp_path)
    assert "1 buku kerja dibuat, 1 desa." in again.stdout
    assert "1 berkas sudah ada dan tidak diganti (pakai --force)" in again.stdout
    assert (tmp_path / "buku" / names[1]).stat().st_mtime_ns == kept


def test_nothing_is_written_when_a_line_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "desa.csv").write_text(GOOD + "35.08.12,Senduro,35.08.12.2001,,desa\n", encoding="utf-8")
    done = lkt("new", "buku", "--roster", "desa.csv", *TODAY, cwd=tmp_path)
    assert done.returncode == 2
    assert "memuat 2 kekeliruan; tidak ada buku kerja yang dibuat" in done.stderr
    assert "- Baris 7: kode 35.08.12.2001 sudah ada pada baris 2." in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["desa.csv"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["x.xlsx"], "Opsi --kecamatan, --tahun, dan --triwulan belum disebutkan"),
        (["x.xlsx", "--kecamatan", "A", "--tahun", "2024"], "Opsi --triwulan belum disebutkan"),
        (["x", "--roster", "desa.csv"], "Opsi --tahun dan --triwulan belum disebutkan"),
        (["x.xlsx", "--from", SOURCE, "--tahun", "2024"], "--tahun tidak dapat dipakai bersama --from"),
        (["x.xlsx", "--from", SOURCE, "--roster", "a"], "--roster tidak dapat dipakai bersama --from"),
        (["x", "--roster", "desa.csv", "--desa", "A", *TODAY], "--desa tidak dapat dipakai bersama --roster"),
        (["x.xlsx", "--from", "tidak-ada.xlsx"], "“tidak-ada.xlsx” tidak ditemukan"),
        (["x.xlsx", "--from", EXAMPLES / "foto-1.jpg"], "adalah foto, bukan buku kerja"),
        (["x.xls", "--from", SOURCE], "harus berakhiran .xlsx"),
        (["x", "--roster", "tidak-ada.csv", *TODAY], "“tidak-ada.csv” tidak ditemukan"),
        (["a/b/c", "--roster", EXAMPLES.parent / "README.md", *TODAY], "tidak mempunyai judul kolom"),
    ],
)
def test_misuse(arguments: list[object], words: str, tmp_path: Path) -> None:
    done = lkt("new", *arguments, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert words in done.stderr
    assert not list(tmp_path.iterdir())


def test_a_workbook_is_not_made_from_itself(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(SOURCE.read_bytes())
    done = lkt("new", "a.xlsx", "--from", "./a.xlsx", "--force", cwd=tmp_path)
    assert (done.returncode, "buku kerja asalnya sendiri" in done.stderr) == (2, True)
    assert (tmp_path / "a.xlsx").read_bytes() == SOURCE.read_bytes()


# What a blank workbook already knows

DESA = (("99.01.01.2001", "Mekar"), ("99.01.01.2002", "Sari"))


@pytest.fixture(scope="module")
def blank() -> Dataset:
    contents = new_contents(Kecamatan("99.01.01", "Contoh", DESA, kabupaten="Teladan"), 2024, 1)
    return read_grids(grids_of(write_workbook(contents)))


def test_identitas_holds_what_is_known(blank: Dataset) -> None:
    known = {
        "kecamatan": "Contoh",
        "kode_kecamatan": "99.01.01",
        "tahun": 2024,
        "triwulan": 1,
        "jabatan": "Camat Contoh",
        "tempat": "Contoh",
        "pemberi_amanah": "Bupati Teladan",
        "batas_hari_kerja": 5,
    }
    assert {name: getattr(blank.identitas, name).value for name in known} == known


def test_an_unknown_kabupaten_leaves_its_cells_blank() -> None:
    identitas = {
        row["Isian"]: row["Nilai"] for row in new_contents(Kecamatan("", "Contoh"), 2024, 1)["Identitas"]
    }
    assert identitas["Kabupaten"] == identitas["Pemberi Amanah"] == ""


def test_documents_are_those_due_in_the_year(blank: Dataset) -> None:
    assert [row.dokumen.value for row in blank.dokumen] == ["RKPDesa", "APBDesa", "LPPDesa"]
    assert [row.tahun_anggaran.value for row in blank.dokumen] == [2025, 2025, 2023]
    due = [row.batas_waktu.value.end for row in blank.dokumen if row.batas_waktu.value]
    assert due == [date(2024, 9, 30), date(2024, 12, 31), date(2024, 3, 31)]
    kinds = [row.jenis_tanggal.value for row in blank.dokumen]
    assert kinds == ["penetapan", "penetapan", "penyampaian"]
    assert [hasil.jumlah.value for hasil in compute(blank).dokumen] == [0, 0, 0]


def test_programmes_roster_scale_and_duties_stand_ready(blank: Dataset) -> None:
    assert [row.kode.value for row in blank.anggaran] == [f"7.01.0{number}" for number in range(1, 7)]
    assert all(row.pagu.blank and row.sumber_dana.blank for row in blank.anggaran)
    assert [(row.kode.value, row.desa.value) for row in blank.desa] == list(DESA)
    nilai = {row.predikat.value: row.batas_bawah.value for row in blank.skala if row.of_nilai}
    assert nilai == {"AA": 90, "A": 80, "BB": 70, "B": 60, "CC": 50, "C": 30, "D": 0}
    assert [row.batas_bawah.value for row in blank.skala if row.of_capaian] == [91, 76, 66, 51, 0]
    assert len(blank.tugas_fungsi) == 10
    assert not blank.fasilitasi


# The workbooks of a list


def test_file_names_are_safe_and_differ() -> None:
    every = read_roster(
        b"kode_kec,kecamatan,nama\n1,Candi Puro,A\n2,Candi-puro,B\n3,../D\xc3\xa9,C\n4,\xe4\xb8\xad,D"
    )
    names = file_names(every, 2024, 1)
    assert names == (
        "candi-puro-1-2024-tw1.xlsx", "candi-puro-2-2024-tw1.xlsx", "de-2024-tw1.xlsx", "4-2024-tw1.xlsx",
    )  # fmt: skip


def test_the_workbook_of_a_kecamatan() -> None:
    senduro, lumajang = read_roster(GOOD.encode())
    data = read_grids(grids_of(roster_workbook(replace(senduro, kabupaten="Lumajang"), 2024, 1)))
    assert [row.kode.value for row in data.desa] == ["35.08.12.2001", "35.08.12.2002", "35.08.12.2003"]
    assert (data.identitas.kode_kecamatan.value, data.identitas.kabupaten.value) == ("35.08.12", "Lumajang")
    book = openpyxl.load_workbook(io.BytesIO(roster_workbook(lumajang, 2024, 1)))
    assert [book["Desa"][f"B{row}"].value for row in (2, 3)] == ["Labruk Lor", None]


# What the official list of areas knows


def first_cells(path: Path) -> dict[str, object]:
    """Sheet Identitas by label."""
    rows = openpyxl.load_workbook(path)["Identitas"].iter_rows(min_row=2, max_col=2, values_only=True)
    return {str(label): value for label, value in rows}


@pytest.mark.parametrize(
    ("arguments", "identitas", "desa", "documents"),
    [
        (
            ["--kecamatan", "senduro"],
            ["Lumajang", "Senduro", "35.08.12", "Kabupaten", "Kecamatan", "Camat", "Desa",
             "Bupati Lumajang"],
            12,
            ["RKPDesa", "APBDesa", "LPPDesa"],
        ),
        (
            ["--kecamatan", "Distrik Sentani"],
            ["Jayapura", "Sentani", "91.03.01", "Kabupaten", "Distrik", "Kepala Distrik", "Kampung",
             "Bupati Jayapura"],
            7,
            ["RKP Kampung", "APB Kampung", "LPP Kampung"],
        ),
        (
            ["--kecamatan", "Ciputat"],
            ["Tangerang Selatan", "Ciputat", "36.74.04", "Kota", "Kecamatan", "Camat", "Kelurahan",
             "Wali Kota Tangerang Selatan"],
            0,
            [],
        ),
        (
            ["--kecamatan", "Jetis", "--kabupaten", "Kota Yogyakarta"],
            ["Yogyakarta", "Jetis", "34.71.02", "Kota", "Kemantren", "Mantri Pamong Praja", "Kelurahan",
             "Wali Kota Yogyakarta"],
            0,
            [],
        ),
        (
            ["--kecamatan", "Lumajang", "--kabupaten", "Lumajang"],
            ["Lumajang", "Lumajang", "35.08.10", "Kabupaten", "Kecamatan", "Camat", "Desa",
             "Bupati Lumajang"],
            5,
            ["RKPDesa", "APBDesa", "LPPDesa"],
        ),
        (
            ["--kecamatan", "Senduro", "--desa", "Ranupani", "--desa", "Burno"],
            ["Lumajang", "Senduro", "35.08.12", "Kabupaten", "Kecamatan", "Camat", "Desa",
             "Bupati Lumajang"],
            2,
            ["RKPDesa", "APBDesa", "LPPDesa"],
        ),
        (
            ["--kecamatan", "Kapanewon Suka Maju", "--kabupaten", "Kota Teladan", "--kode", "99.01.01"],
            ["Teladan", "Suka Maju", "99.01.01", "Kota", "Kapanewon", "Panewu", "Kalurahan",
             "Wali Kota Teladan"],
            0,
            ["RKP Kalurahan", "APB Kalurahan", "LPP Kalurahan"],
        ),
    ],
)  # fmt: skip
def test_a_kecamatan_of_the_list(
    arguments: list[str], identitas: list[str], desa: int, documents: list[str], tmp_path: Path
) -> None:
    done = lkt("new", "q1.xlsx", *arguments, *TODAY, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    labels = ["Kabupaten", "Kecamatan", "Kode Kecamatan", "Jenis Daerah", "Sebutan Kecamatan",
              "Sebutan Camat", "Sebutan Desa", "Pemberi Amanah"]  # fmt: skip
    cells = first_cells(tmp_path / "q1.xlsx")
    assert [cells[label] for label in labels] == identitas
    read = read_workbook(tmp_path / "q1.xlsx")
    assert len(read.desa) == desa
    assert [row.dokumen.value for row in read.dokumen] == documents
    assert "7.01.06" in {row.kode.value for row in read.anggaran} or not documents


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["x.xlsx", "--kecamatan", "Karanganyar"], "Ada 6 kecamatan bernama Karanganyar: Kabupaten Purbali"),
        (["x.xlsx", "--kabupaten", "Lumajang"], "“x.xlsx” adalah nama berkas"),
        (["x", "--kabupaten", "Malang"], "Malang adalah nama Kabupaten Malang dan Kota Malang."),
        (["x", "--kabupaten", "Lumajng"], "Maksud Anda Kabupaten Lumajang?"),
        (["x", "--kabupaten", "Lumajang", "--desa", "A"], "--desa tidak dapat dipakai bersama --kabupaten"),
    ],
)  # fmt: skip
def test_what_the_list_leaves_open(arguments: list[str], words: str, tmp_path: Path) -> None:
    done = lkt("new", *arguments, *TODAY, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert words in done.stderr
    assert not list(tmp_path.iterdir())


def test_a_name_that_is_not_on_the_list(tmp_path: Path) -> None:
    done = lkt("new", "q1.xlsx", "--kecamatan", "Sendruo", "--kabupaten", "Lumajang", *TODAY, cwd=tmp_path)
    assert "tidak ada pada daftar wilayah. Maksud Anda Senduro, Kabupaten Lumajang?" in done.stdout


def test_all_of_a_kabupaten_without_a_list_of_its_own(tmp_path: Path) -> None:
    done = lkt("new", "buku", "--kabupaten", "Kota Malang", *TODAY, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "5 buku kerja dibuat" in done.stdout
    identitas = first_cells(tmp_path / "buku" / "klojen-2024-tw1.xlsx")
    assert (identitas["Kabupaten"], identitas["Jenis Daerah"]) == ("Malang", "Kota")


def test_a_new_workbook_agrees_with_the_list(tmp_path: Path) -> None:
    for number, name in enumerate(("Senduro", "Sentani", "Ciputat")):
        path = tmp_path / f"{number}.xlsx"
        write_blank(path, name, 2024, 1, force=False)
        assert [found for found in run(read_workbook(path)).findings if found.code[0] == "W"] == []


def test_kelurahan_leave_nothing_open_on_petunjuk(tmp_path: Path) -> None:
    write_blank(tmp_path / "q1.xlsx", "Ciputat", 2024, 1, force=False)
    sheet = openpyxl.load_workbook(tmp_path / "q1.xlsx", data_only=True)["Petunjuk"]
    states = {row[1]: row[3] for row in sheet.iter_rows(values_only=True) if row[1] in {"Dokumen", "Desa"}}
    assert states == {"Dokumen": "kosong (boleh)", "Desa": "kosong (boleh)"}


@pytest.mark.parametrize(
    ("kecamatan", "kabupaten", "desa"),
    [
        ("Senduro", "Lumajang", "Burno"),
        ("Kecamatan Senduro", "Kabupaten Lumajang", "Desa Burno"),
        ("KEC. SENDURO", "KAB. LUMAJANG", "DS. BURNO"),
        ("senduro", "lumajang", "burno"),
    ],
)
def test_names_are_written_without_the_word_for_their_kind(
    kecamatan: str, kabupaten: str, desa: str, tmp_path: Path
) -> None:
    path = tmp_path / "q1.xlsx"
    write_blank(path, kecamatan, 2024, 1, force=False, kabupaten=kabupaten, desa=[desa])
    book = openpyxl.load_workbook(path)
    values = {row[0]: row[1] for row in book["Identitas"].values}
    written = [values[label] for label in ("Kecamatan", "Kabupaten", "Tempat", "Jabatan", "Pemberi Amanah")]
    assert written == ["Senduro", "Lumajang", "Senduro", "Camat Senduro", "Bupati Lumajang"]
    assert book["Desa"]["B2"].value == "Burno"
