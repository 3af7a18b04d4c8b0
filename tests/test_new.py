"""``lkt new --from`` and ``lkt new --roster`` as the operator runs them."""

from pathlib import Path

import pytest

from tests.builders import EXAMPLES
from tests.test_cli import lkt
from tests.test_roster import GOOD

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
    assert "tw2.xlsx masih memuat 22 kesalahan: perbaiki dahulu" in third.stdout


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
