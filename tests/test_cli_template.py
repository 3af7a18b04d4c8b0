"""``lkt template`` as the operator runs it."""

import json
from pathlib import Path

import pytest

from lkt.report.build import default_template
from lkt.report.templates import shipped_templates
from tests.report.docx_builder import make
from tests.test_cli import lkt


def test_init_writes_the_default_and_never_replaces_unasked(tmp_path: Path) -> None:
    done = lkt("template", "init", cwd=tmp_path)
    target = tmp_path / "templat-laporan.docx"
    assert (done.returncode, target.read_bytes()) == (0, default_template())
    assert "Templat tersimpan: templat-laporan.docx" in done.stdout
    target.write_bytes(b"suntingan")
    assert lkt("template", "init", cwd=tmp_path).returncode == 2
    assert target.read_bytes() == b"suntingan"
    assert lkt("template", "init", "--force", cwd=tmp_path).returncode == 0
    assert (tmp_path / "templat-laporan.docx.bak").read_bytes() == b"suntingan"


@pytest.mark.parametrize("name", shipped_templates())
def test_init_of_each_template_that_comes_with_the_program(name: str, tmp_path: Path) -> None:
    assert lkt("template", "init", "milik.docx", "--name", name, cwd=tmp_path).returncode == 0
    kind = ["--rekap"] if name.startswith("rekap") else []
    done = lkt("template", "check", "milik.docx", *kind, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "milik.docx\n\nTidak ada kesalahan.\n")


def test_a_template_of_a_recap_has_fields_of_its_own(tmp_path: Path) -> None:
    done = lkt("template", "fields", "--rekap", "serapan_tertinggi", cwd=tmp_path)
    assert "serapan_tertinggi.kecamatan  teks · contoh: Sukamaju" in done.stdout
    lkt("template", "init", "rekap.docx", "--name", "rekap-bupati", cwd=tmp_path)
    assert lkt("template", "check", "rekap.docx", cwd=tmp_path).returncode == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("init", "a.xlsx"), "harus berakhiran .docx"),
        (("init", "--name", "laporan-triwuln"), "Maksud Anda laporan-triwulan? Yang ada:"),
        (("check", "tidak-ada.docx"), "tidak ditemukan"),
        (("check", "rusak.docx"), "bukan berkas Word"),
        (("fields", "progrm"), "Maksud Anda program?"),
    ],
)
def test_misuse(arguments: tuple[str, ...], words: str, tmp_path: Path) -> None:
    (tmp_path / "rusak.docx").write_bytes(b"bukan zip")
    done = lkt("template", *arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert words in done.stderr


def test_check_tells_all_mistakes_and_annotates(tmp_path: Path) -> None:
    (tmp_path / "t.docx").write_bytes(make("{{ kecamtan }}", "{{ periode.nma }}", "{{ tabel(“a”) }}"))
    done = lkt("template", "check", "t.docx", "--annotate", cwd=tmp_path)
    assert done.returncode == 1
    assert "KESALAHAN  isi dokumen, paragraf 1" in done.stdout
    assert "Maksud Anda «identitas.kecamatan»?" in done.stdout
    assert "Hasil: 2 kesalahan, 1 catatan." in done.stdout
    assert done.stderr == "Salinan dengan komentar tersimpan: t (diperiksa).docx\n"
    assert (tmp_path / "t (diperiksa).docx").exists()


def test_remarks_alone_are_no_mistakes(tmp_path: Path) -> None:
    (tmp_path / "t.docx").write_bytes(make("{{ tabel(“a”) }}"))
    done = lkt("template", "check", "t.docx", cwd=tmp_path)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "Tidak ada kesalahan; 1 catatan.")


def test_check_as_json(tmp_path: Path) -> None:
    (tmp_path / "t.docx").write_bytes(make("{{ kecamtan }}"))
    done = lkt("template", "check", "t.docx", "--format", "json", cwd=tmp_path)
    assert done.returncode == 1
    assert json.loads(done.stdout) == {
        "version": 1,
        "path": "t.docx",
        "status": "error",
        "mistakes": [
            {
                "place": "isi dokumen, paragraf 1 («{{ kecamtan }}»)",
                "tag": "{{ kecamtan }}",
                "message": "nama «kecamtan» tidak dikenal. Maksud Anda «identitas.kecamatan»?",
                "part": "word/document.xml",
            }
        ],
        "remarks": [],
    }


def test_fields_as_text_and_json(tmp_path: Path) -> None:
    done = lkt("template", "fields", "periode.triwulan", cwd=tmp_path)
    assert done.stdout.splitlines()[:2] == [
        "periode.triwulan  teks · contoh: II",
        "    Triwulan dengan angka Romawi: I, II, III, atau IV.",
    ]
    everything = lkt("template", "fields", cwd=tmp_path).stdout
    assert "bilang  {{ ringkasan.jumlah_desa|bilang }} → 3 (tiga)" in everything
    report = json.loads(lkt("template", "fields", "--format", "json", cwd=tmp_path).stdout)
    assert report["fields"][0] == {
        "name": "identitas",
        "kind": "kelompok isian",
        "meaning": "Isi lembar Identitas.",
        "example": "",
    }
    assert {"tabel", "rujuk"} <= {function["name"] for function in report["functions"]}


def test_a_group_called_alone_prints_its_help_and_no_complaint(tmp_path: Path) -> None:
    done = lkt("template", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (2, "")
    assert "Perintah" in done.stdout
    assert "Commands" not in done.stdout
