from datetime import date
from pathlib import Path

import pytest

from lkt.indicators import compute
from lkt.model import Dataset
from lkt.workbook.new import new_contents
from lkt.workbook.reader import read_workbook
from lkt.workbook.writer import write_workbook

DESA = (("99.01.01.2001", "Mekar"), ("99.01.01.2002", "Sari"))


@pytest.fixture
def new(tmp_path: Path) -> Dataset:
    contents = new_contents("Contoh", 2024, 1, kabupaten="Teladan", kode="99.01.01", desa=DESA)
    path = tmp_path / "baru.xlsx"
    path.write_bytes(write_workbook(contents))
    return read_workbook(path)


def test_identitas_holds_what_is_known(new: Dataset) -> None:
    identitas = new.identitas
    assert identitas.kecamatan.value == "Contoh"
    assert identitas.kode_kecamatan.value == "99.01.01"
    assert identitas.tahun.value == 2024
    assert identitas.triwulan.value == 1
    assert identitas.jabatan.value == "Camat Contoh"
    assert identitas.tempat.value == "Contoh"
    assert identitas.pemberi_amanah.value == "Bupati Teladan"
    assert identitas.batas_hari_kerja.value == 5


def test_an_unknown_kabupaten_leaves_its_cells_blank() -> None:
    identitas = {row["Isian"]: row["Nilai"] for row in new_contents("Contoh", 2024, 1)["Identitas"]}
    assert identitas["Kabupaten"] == identitas["Pemberi Amanah"] == ""


def test_documents_are_those_due_in_the_year(new: Dataset) -> None:
    assert [row.dokumen.value for row in new.dokumen] == ["RKPDesa", "APBDesa", "LPPDesa"]
    assert [row.tahun_anggaran.value for row in new.dokumen] == [2025, 2025, 2023]
    due = [row.batas_waktu.value.end for row in new.dokumen if row.batas_waktu.value]
    assert due == [date(2024, 9, 30), date(2024, 12, 31), date(2024, 3, 31)]
    kinds = [row.jenis_tanggal.value for row in new.dokumen]
    assert kinds == ["penetapan", "penetapan", "penyampaian"]


def test_six_programmes_stand_ready(new: Dataset) -> None:
    assert [row.kode.value for row in new.anggaran] == [f"7.01.0{number}" for number in range(1, 7)]
    assert all(row.pagu.blank and row.sumber_dana.blank for row in new.anggaran)


def test_roster_scale_and_duties_stand_ready(new: Dataset) -> None:
    assert [(row.kode.value, row.desa.value) for row in new.desa] == list(DESA)
    nilai = {row.predikat.value: row.batas_bawah.value for row in new.skala if row.of_nilai}
    assert nilai == {"AA": 90, "A": 80, "BB": 70, "B": 60, "CC": 50, "C": 30, "D": 0}
    assert [row.batas_bawah.value for row in new.skala if row.of_capaian] == [91, 76, 66, 51, 0]
    assert len(new.tugas_fungsi) == 10
    assert not new.fasilitasi


def test_a_new_workbook_computes(new: Dataset) -> None:
    assert [hasil.jumlah.value for hasil in compute(new).dokumen] == [0, 0, 0]
