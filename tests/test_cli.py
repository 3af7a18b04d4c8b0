"""The program as the operator runs it: commands, exit codes, messages, files."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TypeAlias

import docx
import jsonschema
import pytest

from tests.builders import EXAMPLES, base, edit, workbook
from tests.hard.running import run

GOOD = EXAMPLES / "senduro-2024-tw1.xlsx"
FAULTY = EXAMPLES / "senduro-2024-tw1-asli.xlsx"
SCHEMA = EXAMPLES.parent / "docs" / "lkt-check.schema.json"
REPORT = "LAPORAN KINERJA TRIWULAN I CAMAT SENDURO TAHUN 2024.docx"


Done: TypeAlias = subprocess.CompletedProcess[str]


def lkt(*arguments: object, cwd: Path, encoding: str = "utf-8") -> Done:
    """Run the program in a folder, in this process: to start Python anew takes longer than most commands."""
    ran = run(*arguments, cwd=cwd, encoding=encoding)
    return Done(["lkt", *map(str, arguments)], ran.code, ran.out, ran.err)


def process(*arguments: object, cwd: Path, encoding: str = "utf-8") -> Done:
    """Run the program in a folder, in a process of its own, as its user does."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "lkt", *map(str, arguments)],
        cwd=cwd,
        capture_output=True,
        text=True,
        encoding=encoding,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": encoding, "PYTHONPATH": str(EXAMPLES.parent)},
    )


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A folder with a workbook and its photos, as an office has it."""
    for path in (GOOD, *EXAMPLES.glob("foto-*.jpg")):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    return tmp_path


def test_check_of_a_good_workbook(office: Path) -> None:
    done = process("check", GOOD.name, cwd=office)
    assert done.returncode == 0
    assert "kesalahan" not in done.stdout
    assert "Kecamatan Senduro · Triwulan I Tahun 2024 · batas penyampaian 5 April 2024" in done.stdout


def test_check_of_a_faulty_workbook(tmp_path: Path) -> None:
    done = process("check", FAULTY, cwd=tmp_path)
    assert done.returncode == 1
    assert "KESALAHAN  Anggaran!I2  A103" in done.stdout
    assert done.stderr == ""


def test_one_unreadable_file_does_not_stop_the_others(office: Path) -> None:
    done = process("check", "tidak-ada.xlsx", GOOD.name, cwd=office)
    assert done.returncode == 2
    assert "“tidak-ada.xlsx” tidak ditemukan" in done.stderr
    assert "Kecamatan Senduro" in done.stdout


def test_check_as_json(office: Path) -> None:
    done = process("check", GOOD.name, FAULTY, "tidak-ada.xlsx", "--format", "json", cwd=office)
    report = json.loads(done.stdout)
    assert report["version"] == 1
    assert [file["status"] for file in report["files"]] == ["ok", "error", "unreadable"]
    finding = next(finding for finding in report["files"][1]["findings"] if finding["code"] == "A103")
    jsonschema.validate(report, json.loads(SCHEMA.read_text(encoding="utf-8")))
    assert report["files"][1]["unchecked"]
    assert (finding["severity"], finding["sheet"], finding["cell"]) == ("error", "Anggaran", "I2")
    assert (finding["written"], finding["expected"]) == ("26%", "25,12%")


def test_show_as_json_is_exact_and_printed(office: Path) -> None:
    report = json.loads(lkt("show", GOOD.name, "--format", "json", cwd=office).stdout)
    figures = {figure["key"]: figure for figure in report["figures"]}
    capaian = figures["indikator.1.realisasi"]
    assert (report["version"], report["tahun"], report["triwulan"], report["batas_lapor"]) == (
        1,
        2024,
        1,
        "2024-04-05",
    )
    assert (capaian["exact"], capaian["printed"]) == ("1900/63", "30,16%")
    assert "Indikator!L2" in capaian["inputs"][1]["cells"]


def test_show_as_text_names_formula_and_cells(office: Path) -> None:
    done = lkt("show", GOOD.name, cwd=office)
    assert done.returncode == 0
    assert "Serapan: 25,12%" in done.stdout
    assert "- Realisasi: Rp460.901.183  [Anggaran!H2]" in done.stdout


def test_build_writes_the_report_beside_the_workbook(office: Path) -> None:
    done = process("build", GOOD.name, cwd=office)
    assert done.returncode == 0
    assert done.stdout == f"Laporan tersimpan: {REPORT}\n"
    with zipfile.ZipFile(office / REPORT) as package:
        assert sum(name.startswith("word/media/") for name in package.namelist()) == 4


def test_build_never_replaces_a_file_unasked(office: Path) -> None:
    (office / REPORT).write_bytes(b"tulisan tangan")
    done = lkt("build", GOOD.name, cwd=office)
    assert done.returncode == 0
    assert "bukan tulisan lkt" in done.stderr
    assert done.stdout == f"Laporan tersimpan: {REPORT.replace('.docx', ' (baru).docx')}\n"
    assert (office / REPORT).read_bytes() == b"tulisan tangan"
    assert lkt("build", GOOD.name, "--force", cwd=office).returncode == 0
    assert (office / f"{REPORT}.bak").read_bytes() == b"tulisan tangan"


def test_verify_after_an_edit_by_hand(office: Path) -> None:
    assert lkt("build", GOOD.name, "-o", "lap.docx", cwd=office).returncode == 0
    same = lkt("verify", "lap.docx", GOOD.name, cwd=office)
    assert (same.returncode, same.stderr) == (0, "")
    assert "semua angka laporan sama dengan buku kerja" in same.stdout
    document = docx.Document(str(office / "lap.docx"))
    document.tables[2].rows[1].cells[5].paragraphs[0].runs[0].text = "99,99%"
    document.save(str(office / "lap.docx"))
    changed = lkt("verify", "lap.docx", GOOD.name, "--format", "json", cwd=office)
    assert changed.returncode == 1
    (difference,) = json.loads(changed.stdout)["differences"]
    assert difference["sources"][0]["key"] == "indikator.1.capaian_tahun"
    rebuilt = lkt("build", GOOD.name, "-o", "lap.docx", cwd=office)
    assert "Tabel 3.1, baris 1, kolom “Capaian”: “35,48%” → “99,99%”" not in rebuilt.stdout
    assert "Tabel 3.1, baris 1, kolom “Capaian”: “35,48%” → “99,99%”" in rebuilt.stderr
    assert rebuilt.stdout == "Laporan tersimpan: lap (baru).docx\n"


@pytest.mark.parametrize("report", ["tidak-ada.docx", GOOD.name, "~$lap.docx"])
def test_verify_of_something_else(report: str, office: Path) -> None:
    done = lkt("verify", report, GOOD.name, cwd=office)
    assert done.returncode == 2
    assert done.stderr.startswith("Gagal: ")


def test_build_stops_at_errors_unless_a_draft_is_asked_for(tmp_path: Path) -> None:
    target = tmp_path / "laporan.docx"
    stopped = lkt("build", FAULTY, "-o", target, cwd=tmp_path)
    assert (stopped.returncode, target.exists()) == (1, False)
    assert "KESALAHAN  Anggaran!I2  A103" in stopped.stderr
    assert lkt("build", FAULTY, "-o", target, "--draft", cwd=tmp_path).returncode == 0
    with zipfile.ZipFile(target) as package:
        assert any(b"DRAF" in package.read(name) for name in package.namelist() if "header" in name)


def test_build_with_a_faulty_template_names_the_place(office: Path) -> None:
    (office / "kosong.docx").write_bytes(b"bukan zip")
    done = lkt("build", GOOD.name, "--template", "kosong.docx", cwd=office)
    assert done.returncode == 2
    assert "kosong.docx" in done.stderr


def test_new_makes_a_workbook_that_check_understands(tmp_path: Path) -> None:
    arguments = ("baru.xlsx", "--kecamatan", "Sukamulya", "--tahun", 2025, "--triwulan", 3)
    done = lkt("new", *arguments, "--desa", "35.99.01.2001 Sidomukti", "--desa", "Karanganyar", cwd=tmp_path)
    assert done.returncode == 0
    checked = lkt("check", "baru.xlsx", cwd=tmp_path)
    assert checked.returncode == 1
    assert "Kecamatan Sukamulya · Triwulan III Tahun 2025" in checked.stdout
    again = lkt("new", *arguments, cwd=tmp_path)
    assert again.returncode == 2
    assert "sudah ada" in again.stderr


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("kosong.xlsx", b"", "kosong (0 bita)"),
        ("lama.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "Excel lama (.xls)"),
        (
            "kunci.xlsx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "dilindungi kata sandi",
        ),
        ("teks.xlsx", b"No;Sasaran\n1;x\n", "adalah teks (CSV), bukan buku kerja"),
        ("potong.xlsx", b"PK\x03\x04" + bytes(40), "rusak atau terpotong"),
        ("~$q1.xlsx", b"x", "berkas kunci sementara"),
    ],
)
@pytest.mark.parametrize("command", ["check", "show", "build"])
def test_bad_files_get_a_message_and_exit_2(
    command: str, name: str, content: bytes, words: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(content)
    done = lkt(command, name, cwd=tmp_path)
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("version", "words"), [("2", "Pasang lkt versi terbaru"), ("0", "buku kerja baru berformat 1")]
)
def test_another_format_version(version: str, words: str, tmp_path: Path) -> None:
    (tmp_path / "q1.xlsx").write_bytes(workbook(edit(base(), "Identitas!B2", version)))
    done = lkt("check", "q1.xlsx", cwd=tmp_path)
    assert done.returncode == 2
    assert words in done.stderr


def test_a_workbook_of_something_else(tmp_path: Path) -> None:
    (tmp_path / "gaji.xlsx").write_bytes(workbook("## Gaji\n\n| Nama | Jumlah |\n|---|---|\n| A | 1 |\n"))
    done = lkt("check", "gaji.xlsx", cwd=tmp_path)
    assert done.returncode == 2
    assert "bukan buku kerja LKT" in done.stderr


def test_an_output_folder_that_is_missing(office: Path) -> None:
    done = lkt("build", GOOD.name, "-o", "tidak-ada/laporan.docx", cwd=office)
    assert done.returncode == 2
    assert "Folder “tidak-ada” tidak ada" in done.stderr


def test_a_folder_as_output(office: Path) -> None:
    done = lkt("build", GOOD.name, "-o", ".", cwd=office)
    assert done.returncode == 2
    assert "adalah folder" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["bild"], "Maksud Anda build?"),
        (["check", "--forma", "json", "x.xlsx"], "Maksud Anda --format?"),
        (["check", "--format", "xml", "x.xlsx"], "bukan salah satu dari"),
        (["check"], "belum disebut"),
        (["build", "a.xlsx", "b.xlsx"], "Ada argumen yang berlebih"),
        (["new", "x.xlsx", "--kecamatan", "A", "--tahun", "2024", "--triwulan", "7"], "Nilai --triwulan"),
        (
            ["new", "x.xls", "--kecamatan", "A", "--tahun", "2024", "--triwulan", "1"],
            "harus berakhiran .xlsx",
        ),
    ],
)
def test_misuse_is_explained_in_indonesian(arguments: list[str], words: str, tmp_path: Path) -> None:
    done = lkt(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert words in done.stderr


def test_help_is_indonesian_and_loads_neither_openpyxl_nor_docx(tmp_path: Path) -> None:
    code = (
        "import sys; sys.argv = ['lkt', '--help']\n"
        "import lkt.cli\n"
        "try: lkt.cli.main()\n"
        "except SystemExit: pass\n"
        "sys.exit(bool({'openpyxl', 'docx', 'lxml'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True, text=True, check=False, encoding="utf-8", cwd=tmp_path,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONPATH": str(EXAMPLES.parent)},
    )  # fmt: skip
    assert done.returncode == 0
    assert "Pemakaian:" in done.stdout
    assert "Usage" not in done.stdout
    assert "Show this message" not in done.stdout


def test_an_old_console_shows_plain_signs(tmp_path: Path) -> None:
    done = process("show", GOOD, cwd=tmp_path, encoding="cp1252")
    assert done.returncode == 0
    assert "capaian kinerja - capaian anggaran" in done.stdout


def test_annotate_and_fix_write_copies_and_leave_the_workbook(tmp_path: Path) -> None:
    (tmp_path / "q1.xlsx").write_bytes(FAULTY.read_bytes())
    done = lkt("check", "q1.xlsx", "--annotate", "--fix", cwd=tmp_path)
    assert done.returncode == 1
    assert "Salinan bertanda tersimpan: q1 (diperiksa).xlsx" in done.stderr
    assert "Anggaran!I2  Capaian: angka “26%” → rumus “25,12%”" in done.stderr
    assert (tmp_path / "q1.xlsx").read_bytes() == FAULTY.read_bytes()
    with zipfile.ZipFile(tmp_path / "q1 (diperiksa).xlsx") as package:
        assert b"Hasil Pemeriksaan" in package.read("xl/workbook.xml")
    assert (tmp_path / "q1 (diperbaiki).xlsx").exists()
    again = lkt("check", "q1 (diperiksa).xlsx", "--annotate", cwd=tmp_path)
    assert "Salinan bertanda tersimpan: q1 (diperiksa 2).xlsx" in again.stderr


def test_annotate_of_a_clean_workbook_writes_nothing(office: Path) -> None:
    (office / "q1.xlsx").write_bytes(workbook(base()))
    done = lkt("check", "q1.xlsx", "--annotate", "--fix", cwd=office)
    assert done.stdout.endswith("Tidak ada temuan.\n")
    assert "salinan tidak dibuat" in done.stderr
    assert "tidak ada yang dapat dikoreksi otomatis" in done.stderr
    assert list(office.glob("q1 (*")) == []


def test_prev_compares_with_the_quarter_before(tmp_path: Path) -> None:
    (tmp_path / "q1.xlsx").write_bytes(workbook(base(triwulan=1)))
    (tmp_path / "q2.xlsx").write_bytes(workbook(edit(base(triwulan=2), "Anggaran!H2", "4000000")))
    done = lkt("check", "q2.xlsx", "--prev", "q1.xlsx", "--select", "T", cwd=tmp_path)
    assert done.returncode == 1
    assert "KESALAHAN  Anggaran!H2  T103" in done.stdout
    many = lkt("check", "q2.xlsx", "q1.xlsx", "--prev", "q1.xlsx", cwd=tmp_path)
    assert many.returncode == 2
    assert "--prev hanya dapat dipakai untuk satu buku kerja" in many.stderr


def test_html_goes_to_stdout(tmp_path: Path) -> None:
    page = process("check", FAULTY, "--format", "html", cwd=tmp_path)
    assert page.returncode == 1
    assert page.stdout.lower().startswith("<!doctype html>")
    assert "A103" in page.stdout


def test_strict_takes_warnings_for_errors(tmp_path: Path) -> None:
    (tmp_path / "q1.xlsx").write_bytes(workbook(edit(base(), "Anggaran!G3", "12000000")))
    assert lkt("check", "q1.xlsx", "--select", "A101", cwd=tmp_path).returncode == 0
    assert lkt("check", "q1.xlsx", "--select", "A101", "--strict", cwd=tmp_path).returncode == 1


def test_explain_and_rules(tmp_path: Path) -> None:
    assert "A103" in lkt("explain", "a103", cwd=tmp_path).stdout
    assert lkt("explain", "Z999", cwd=tmp_path).returncode == 2
    assert "T103" in lkt("rules", cwd=tmp_path).stdout


def test_an_accepted_finding_no_longer_stops_the_build(office: Path) -> None:
    tables = base().replace(
        "| Kode | Sel | Alasan |\n|---|---|---|",
        "| Kode | Sel | Alasan |\n|---|---|---|\n| A102 | Anggaran!H2 | Pagu perubahan terbit bulan April |",
    )
    (office / "q1.xlsx").write_bytes(workbook(edit(tables, "Anggaran!H2", "14000000")))
    checked = lkt("check", "q1.xlsx", cwd=office)
    assert checked.returncode == 0, checked.stdout
    assert "Temuan yang diterima" in checked.stdout
    assert "Pagu perubahan terbit bulan April" in checked.stdout
    assert lkt("build", "q1.xlsx", "-o", "laporan.docx", cwd=office).returncode == 0
