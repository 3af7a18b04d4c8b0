"""The program as the operator runs it: commands, exit codes, messages, files."""

import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TypeAlias

import docx
import jsonschema
import pytest

from lkt.cli import COMMANDS
from lkt.report.templates import shipped_template, shipped_templates
from tests.builders import EXAMPLES, base, edit, edited, workbook
from tests.hard.running import run
from tests.wordtemplate.docx_builder import make

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


# Help, and what was typed ----------------------------------------------------------------------------------


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["template", "--help"], ["batch", "-h"]])
def test_help_loads_neither_openpyxl_nor_lxml_nor_docx(arguments: list[str], tmp_path: Path) -> None:
    code = (
        f"import sys; sys.argv = {['lkt', *arguments]}\n"
        "import lkt.cli\n"
        "try: lkt.cli.main()\n"
        "except SystemExit: pass\n"
        "sys.exit(bool({'openpyxl', 'docx', 'lxml', 'jinja2', 'xlsxwriter'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True, text=True, check=False, encoding="utf-8", cwd=tmp_path,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONPATH": str(EXAMPLES.parent)},
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("arguments", [[], ["build"], ["template"], ["template", "check"]])
def test_help_is_indonesian(arguments: list[str], tmp_path: Path) -> None:
    text = lkt(*arguments, "--help", cwd=tmp_path).stdout
    for word in ("Pemakaian: lkt", "[OPSI]", "─ Opsi ─", "Cetak halaman ini."):
        assert word in text
    for word in ("Usage", "Options", "Arguments", "Commands", "OPTIONS", "Show this message"):
        assert word not in text


def test_help_lists_the_commands_in_the_order_of_work(tmp_path: Path) -> None:
    listed = re.findall(r"^│ (\w+) ", lkt("--help", cwd=tmp_path).stdout, re.MULTILINE)
    assert listed == list(COMMANDS) == [
        "new", "import", "check", "show", "build", "verify", "batch", "template", "explain", "rules",
        "doctor",
    ]  # fmt: skip


def test_a_group_called_alone_prints_its_help_and_no_complaint(tmp_path: Path) -> None:
    done = lkt("template", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (2, "")
    assert "Perintah" in done.stdout


NEW = ["new", "x.xlsx", "--kecamatan", "A"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["bild"], "Maksud Anda build?"),
        (["chek"], "Maksud Anda check?"),
        (["periksa"], "Maksud Anda check?"),
        (["template", "chek"], "Maksud Anda check?"),
        (["check", "--forma", "json", "x.xlsx"], "Maksud Anda --format?"),
        (["build", "--ouput", "x"], "Maksud Anda --output?"),
        (["check", "--ouput"], "--output? Opsi itu ada pada lkt import, lkt build, dan lkt batch."),
        (["build", "--fix"], "Opsi --fix tidak dikenal. Opsi itu ada pada lkt check."),
        (["check", "--qqqq"], "Opsi --qqqq tidak dikenal.\n"),
        (["check", "--format", "xml", "x.xlsx"], "“xml” bukan salah satu dari text, json, html."),
        (["check", "--format", "jsn"], "Maksud Anda json?"),
        (["check", "x.xlsx", "--select"], "Opsi --select memerlukan nilai."),
        (["check", "x.xlsx", "--select", "Z"], "Tidak ada aturan yang kodenya berawal Z."),
        (["check"], "belum disebut"),
        (["verify"], "LAPORAN belum disebut."),
        (["batch", "."], "--output belum disebut."),
        (
            ["batch", ".", "-o", "x", "--jobs", "0"],
            "Nilai --jobs tidak diterima: tulis bilangan bulat mulai 1.",
        ),
        (["build", "a.xlsx", "b.xlsx"], "Ada argumen yang berlebih"),
        ([*NEW, "--tahun", "24"], "Nilai --tahun tidak diterima: tulis empat angka, misalnya 2024."),
        ([*NEW, "--tahun", "1999"], "harus 2000 sampai dengan 2100."),
        (
            [*NEW, "--tahun", "2024", "--triwulan", "7"],
            "Nilai --triwulan tidak diterima: tulis 1, 2, 3, atau 4",
        ),
        (["new", "x.xls", *NEW[2:], "--tahun", "2024", "--triwulan", "1"], "harus berakhiran .xlsx"),
        (["template", "init", "a.xlsx"], "harus berakhiran .docx"),
        (["template", "init", "--name", "laporan-triwuln"], "Maksud Anda laporan-triwulan? Yang ada:"),
        (["template", "check", "tidak-ada.docx"], "tidak ditemukan"),
        (["template", "check", "rusak.docx"], "bukan berkas Word"),
        (["template", "fields", "progrm"], "Maksud Anda program?"),
        (["explain", "Z999"], "Aturan “Z999” tidak ada."),
    ],
)
def test_misuse_is_explained_in_indonesian(arguments: list[str], words: str, tmp_path: Path) -> None:
    (tmp_path / "rusak.docx").write_bytes(b"bukan zip")
    done = lkt(*arguments, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert words in done.stderr
    assert {path.name for path in tmp_path.iterdir()} == {"rusak.docx"}


# lkt new ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("quarter", ["3", "III", "iii", "TW III", "tw3", "Triwulan 3", " triwulan III "])
def test_new_makes_a_workbook_that_check_understands(quarter: str, tmp_path: Path) -> None:
    arguments = ("baru.xlsx", "--kecamatan", "Sukamulya", "--tahun", 2025, "--triwulan", quarter)
    done = lkt("new", *arguments, "--desa", "35.99.01.2001 Sidomukti", "--desa", "Karanganyar", cwd=tmp_path)
    assert done.returncode == 0
    checked = lkt("check", "baru.xlsx", cwd=tmp_path)
    assert checked.returncode == 1
    assert "Kecamatan Sukamulya · Triwulan III Tahun 2025" in checked.stdout
    again = lkt("new", *arguments, cwd=tmp_path)
    assert again.returncode == 2
    assert "sudah ada" in again.stderr


# lkt check -------------------------------------------------------------------------------------------------


def test_check_of_a_good_workbook(office: Path) -> None:
    done = process("check", GOOD.name, cwd=office)
    assert done.returncode == 0
    assert "kesalahan" not in done.stdout
    assert "Kecamatan Senduro · Triwulan I Tahun 2024 · batas penyampaian 5 April 2024" in done.stdout


def test_check_of_a_faulty_workbook(tmp_path: Path) -> None:
    done = lkt("check", FAULTY, cwd=tmp_path)
    assert done.returncode == 1
    assert (
        "  Anggaran!I2:I5  A103  Capaian anggaran berbeda dari hitungan (4 sel)  → oleh --fix" in done.stdout
    )
    assert done.stderr == ""


def test_one_unreadable_file_does_not_stop_the_others(office: Path) -> None:
    done = lkt("check", "tidak-ada.xlsx", GOOD.name, cwd=office)
    assert done.returncode == 2
    assert "“tidak-ada.xlsx” tidak ditemukan" in done.stderr
    assert "Kecamatan Senduro" in done.stdout


def test_check_as_json(office: Path) -> None:
    done = lkt("check", GOOD.name, FAULTY, "tidak-ada.xlsx", "--format", "json", cwd=office)
    report = json.loads(done.stdout)
    assert report["version"] == 1
    assert [file["status"] for file in report["files"]] == ["ok", "error", "unreadable"]
    finding = next(finding for finding in report["files"][1]["findings"] if finding["code"] == "A103")
    jsonschema.validate(report, json.loads(SCHEMA.read_text(encoding="utf-8")))
    assert report["files"][1]["unchecked"]
    assert (finding["severity"], finding["sheet"], finding["cell"]) == ("error", "Anggaran", "I2")
    assert (finding["written"], finding["expected"]) == ("26%", "25,12%")


def test_html_goes_to_stdout(tmp_path: Path) -> None:
    page = process("check", FAULTY, "--format", "html", cwd=tmp_path)
    assert page.returncode == 1
    assert page.stdout.lower().startswith("<!doctype html>")
    assert "A103" in page.stdout


@pytest.mark.parametrize(
    ("options", "codes"),
    [
        ([], {"A102", "I105"}),
        (["--select", "A"], {"A102"}),
        (["--select", "a102, I"], {"A102", "I105"}),
        (["--select", "A102", "--select", "I"], {"A102", "I105"}),
        (["--ignore", "I105"], {"A102"}),
        (["--select", "A", "--ignore", "A102"], set()),
    ],
)
def test_findings_are_chosen_by_code(options: list[str], codes: set[str], office: Path) -> None:
    faults = {"Anggaran!H2": "99999999", "Identitas!B13": "123"}
    (office / "q1.xlsx").write_bytes(workbook(edited(base(), faults)))
    done = lkt("check", "q1.xlsx", "--format", "json", *options, cwd=office)
    assert done.returncode == int(bool(codes))
    assert {finding["code"] for finding in json.loads(done.stdout)["files"][0]["findings"]} == codes


def test_strict_takes_warnings_for_errors(tmp_path: Path) -> None:
    (tmp_path / "q1.xlsx").write_bytes(workbook(edit(base(), "Anggaran!G3", "12000000")))
    assert lkt("check", "q1.xlsx", "--select", "A101", cwd=tmp_path).returncode == 0
    assert lkt("check", "q1.xlsx", "--select", "A101", "--strict", cwd=tmp_path).returncode == 1


def test_prev_compares_with_the_quarter_before(tmp_path: Path) -> None:
    (tmp_path / "q1.xlsx").write_bytes(workbook(base(triwulan=1)))
    (tmp_path / "q2.xlsx").write_bytes(workbook(edit(base(triwulan=2), "Anggaran!H2", "4000000")))
    done = lkt("check", "q2.xlsx", "--prev", "q1.xlsx", "--select", "T", cwd=tmp_path)
    assert done.returncode == 1
    assert "  Anggaran!H2  T103  Realisasi: triwulan lalu Rp5.000.000, sekarang 4000000\n" in done.stdout
    assert "simpan, lalu lkt check q2.xlsx --prev q1.xlsx; semuanya" in done.stdout
    many = lkt("check", "q2.xlsx", "q1.xlsx", "--prev", "q1.xlsx", cwd=tmp_path)
    assert many.returncode == 2
    assert "--prev hanya dapat dipakai untuk satu buku kerja" in many.stderr


def test_annotate_and_fix_write_copies_and_leave_the_workbook(tmp_path: Path) -> None:
    (tmp_path / "q1.xlsx").write_bytes(FAULTY.read_bytes())
    done = lkt("check", "q1.xlsx", "--annotate", "--fix", cwd=tmp_path)
    assert done.returncode == 1
    assert "Salinan bertanda tersimpan: q1 (diperiksa).xlsx" in done.stderr
    assert re.search(r"^\d+ sel dikoreksi: .*\d+ rumus yang tertimpa angka lain, \d", done.stdout)
    assert "\nAngka ketikan yang diganti hasil rumusnya: Anggaran!I2 26% → 25,12%, Angg" in done.stdout
    assert re.search(r'Masih ada .*\nBerikutnya: lkt check "q1 \(diperbaiki\).xlsx"\n$', done.stdout)
    assert (tmp_path / "q1.xlsx").read_bytes() == FAULTY.read_bytes()
    with zipfile.ZipFile(tmp_path / "q1 (diperiksa).xlsx") as package:
        assert b"Hasil Pemeriksaan" in package.read("xl/workbook.xml")
    assert (tmp_path / "q1 (diperbaiki).xlsx").exists()
    again = lkt("check", "q1 (diperiksa).xlsx", "--annotate", cwd=tmp_path)
    assert "Salinan bertanda tersimpan: q1 (diperiksa 2).xlsx" in again.stderr


def test_annotate_of_a_clean_workbook_writes_nothing(office: Path) -> None:
    (office / "q1.xlsx").write_bytes(workbook(base()))
    done = lkt("check", "q1.xlsx", "--annotate", "--fix", cwd=office)
    assert "salinan tidak dibuat" in done.stderr
    assert done.stdout.endswith(
        "dapat dikoreksi otomatis.\nTidak ada kesalahan.\nBerikutnya: lkt build q1.xlsx\n"
    )
    assert list(office.glob("q1 (*")) == []


def test_rinci_shows_every_finding_with_its_row(tmp_path: Path) -> None:
    (tmp_path / "q1.xlsx").write_bytes(FAULTY.read_bytes())
    done = lkt("check", "q1.xlsx", "--rinci", "--fix", cwd=tmp_path)
    assert "  KESALAHAN  Desa!E2  D103\n    Desa Purworejo" in done.stdout
    assert "    baris 2: B Desa: " in done.stdout
    assert "  CATATAN  Desa!E2" in done.stdout
    assert "Yang tidak dapat diperiksa\n  " in done.stdout
    assert " aturan dilewati\n" in done.stdout
    assert "Anggaran!I2  Capaian: angka “26%” → rumus “25,12%”" in done.stdout


def test_fix_in_place_keeps_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "q1.xlsx"
    path.write_bytes(FAULTY.read_bytes())
    assert lkt("check", "q1.xlsx", "--in-place", cwd=tmp_path).returncode == 2
    (tmp_path / "~$q1.xlsx").touch()
    assert "sedang terbuka" in lkt("check", "q1.xlsx", "--fix", "--in-place", cwd=tmp_path).stderr
    assert path.read_bytes() == FAULTY.read_bytes()
    (tmp_path / "~$q1.xlsx").unlink()
    done = lkt("check", "q1.xlsx", "--fix", "--in-place", cwd=tmp_path)
    assert "Tersimpan: q1.xlsx; yang lama: q1.xlsx.bak\nMasih ada " in done.stdout
    assert (tmp_path / "q1.xlsx.bak").read_bytes() == FAULTY.read_bytes()
    left = done.stdout.partition("Masih ada ")[2].partition(".")[0]
    assert f"Hasil: {left}." in lkt("check", "q1.xlsx", cwd=tmp_path).stdout


def test_what_is_not_filled_in_is_still_an_error(tmp_path: Path) -> None:
    """It is told apart on a terminal alone; after corrections the exit code says what is left."""
    (tmp_path / "q1.xlsx").write_bytes(workbook(edited(base(), {"Fasilitasi!F2": "", "Anggaran!I2": "30%"})))
    report = json.loads(lkt("check", "q1.xlsx", "--format", "json", cwd=tmp_path).stdout)
    assert {each["code"] for each in report["files"][0]["findings"]} >= {"B201", "A103"}
    done = lkt("check", "q1.xlsx", cwd=tmp_path)
    assert "Belum diisi\n  Fasilitasi  Ditindaklanjuti pada baris 2\n" in done.stdout
    assert lkt("check", "q1.xlsx", "--fix", cwd=tmp_path).returncode == done.returncode == 1
    (tmp_path / "q1.xlsx").write_bytes(workbook(edited(base(), {"Fasilitasi!F2": "√"})))
    assert lkt("check", "q1.xlsx", cwd=tmp_path).returncode == 1
    assert lkt("check", "q1.xlsx", "--fix", "--in-place", cwd=tmp_path).returncode == 0


def test_the_next_command_names_the_other_quarters(tmp_path: Path) -> None:
    (tmp_path / "q1.xlsx").write_bytes(workbook(base(triwulan=1)))
    (tmp_path / "q2.xlsx").write_bytes(workbook(edit(base(triwulan=2), "Anggaran!H2", "4000000")))
    stopped = lkt("build", "q2.xlsx", "--prev", "q1.xlsx", cwd=tmp_path)
    assert stopped.stderr.endswith("Selengkapnya: lkt check q2.xlsx --prev q1.xlsx\n")


# lkt show --------------------------------------------------------------------------------------------------


def test_show_as_json_is_exact_and_printed(office: Path) -> None:
    report = json.loads(lkt("show", GOOD.name, "--format", "json", cwd=office).stdout)
    figures = {figure["key"]: figure for figure in report["figures"]}
    capaian = figures["indikator.1.realisasi"]
    head = {key: report[key] for key in ("version", "tahun", "triwulan", "batas_lapor")}
    assert head == {"version": 1, "tahun": 2024, "triwulan": 1, "batas_lapor": "2024-04-05"}
    assert (capaian["exact"], capaian["printed"]) == ("1900/63", "30,16%")
    assert "Indikator!L2" in capaian["inputs"][1]["cells"]


def test_show_as_text_names_formula_and_cells(office: Path) -> None:
    done = lkt("show", GOOD.name, cwd=office)
    assert done.returncode == 0
    assert "Serapan: 25,12%" in done.stdout
    alone = lkt("show", GOOD.name, "7.01.01", cwd=office)
    assert "Serapan: 25,12%" in alone.stdout
    assert "Indikator 1" not in alone.stdout
    figures = json.loads(lkt("show", GOOD.name, "dokumen", "--format", "json", cwd=office).stdout)["figures"]
    assert {figure["key"].partition(".")[0] for figure in figures} == {"dokumen"}
    assert "Tidak ada angka dari “x1”" in lkt("show", GOOD.name, "x1", cwd=office).stderr
    assert "- Realisasi: Rp460.901.183  [Anggaran!H2]" in done.stdout


def test_an_old_console_shows_plain_signs(tmp_path: Path) -> None:
    done = process("show", GOOD, cwd=tmp_path, encoding="cp1252")
    assert done.returncode == 0
    assert "capaian kinerja - capaian anggaran" in done.stdout


# lkt build and lkt verify ----------------------------------------------------------------------------------


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


def test_build_stops_at_errors_unless_a_draft_is_asked_for(tmp_path: Path) -> None:
    target = tmp_path / "laporan.docx"
    stopped = lkt("build", FAULTY, "-o", target, cwd=tmp_path)
    assert (stopped.returncode, target.exists()) == (1, False)
    assert "  Anggaran!I2:I5  A103  Capaian anggaran berbeda dari hitungan" in stopped.stderr
    assert "Peringatan" not in stopped.stderr
    assert re.search(r"\nHasil: \d+ kesalahan, \d+ peringatan", stopped.stderr)
    done = lkt("build", FAULTY, "-o", target, "--draft", cwd=tmp_path)
    assert (done.returncode, target.exists()) == (0, False)
    assert re.match(r"Hasil: \d+ kesalahan, \d+ peringatan.*\n", done.stderr)
    with zipfile.ZipFile(tmp_path / "laporan (DRAF).docx") as package:
        assert any(b"DRAF" in package.read(name) for name in package.namelist() if "header" in name)


def test_an_accepted_finding_no_longer_stops_the_build(office: Path) -> None:
    tables = base().replace(
        "| Kode | Sel | Alasan |\n|---|---|---|",
        "| Kode | Sel | Alasan |\n|---|---|---|\n| A102 | Anggaran!H2 | Pagu perubahan terbit bulan April |",
    )
    (office / "q1.xlsx").write_bytes(workbook(edit(tables, "Anggaran!H2", "14000000")))
    checked = lkt("check", "q1.xlsx", cwd=office)
    assert checked.returncode == 0, checked.stdout
    assert "1 temuan diterima menurut lembar Pengecualian." in checked.stdout
    details = lkt("check", "q1.xlsx", "--rinci", cwd=office).stdout
    assert "Temuan yang diterima" in details
    assert "Pagu perubahan terbit bulan April" in details
    assert lkt("build", "q1.xlsx", "-o", "laporan.docx", cwd=office).returncode == 0


def test_verify_after_an_edit_by_hand(office: Path) -> None:
    assert lkt("build", GOOD.name, "-o", "lap.docx", cwd=office).returncode == 0
    same = lkt("verify", "lap.docx", GOOD.name, cwd=office)
    assert (same.returncode, same.stderr) == (0, "")
    assert "semua angka laporan sama dengan buku kerja" in same.stdout
    document = docx.Document(str(office / "lap.docx"))
    table = next(each for each in document.tables if each.rows[0].cells[-1].text == "Status dan Keterangan")
    table.rows[1].cells[5].paragraphs[0].runs[0].text = "99,99%"
    document.save(str(office / "lap.docx"))
    changed = lkt("verify", "lap.docx", GOOD.name, "--format", "json", cwd=office)
    assert changed.returncode == 1
    (difference,) = json.loads(changed.stdout)["differences"]
    assert difference["sources"][0]["key"] == "indikator.1.capaian_tahun"
    rebuilt = lkt("build", GOOD.name, "-o", "lap.docx", cwd=office)
    assert "Tabel 3.1, baris 1, kolom “Capaian”: “35,48%” → “99,99%”" not in rebuilt.stdout
    assert "Tabel 3.1, baris 1, kolom “Capaian”: “35,48%” → “99,99%”" in rebuilt.stderr
    assert rebuilt.stdout == "Laporan tersimpan: lap (baru).docx\n"


# Files that cannot be read or written ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("kosong.xlsx", b"", "kosong (0 bita)"),
        ("teks.xlsx", b"No;Sasaran\n1;x\n", "adalah teks (CSV), bukan buku kerja"),
        ("potong.xlsx", b"PK\x03\x04" + bytes(40), "rusak atau terpotong"),
        ("~$q1.xlsx", b"x", "berkas kunci sementara"),
        ("q1.xlsx", workbook(edit(base(), "Identitas!B2", "2")), "Pasang lkt versi terbaru"),
        ("q1.xlsx", workbook(edit(base(), "Identitas!B2", "0")), "buku kerja baru berformat 1"),
        (
            "gaji.xlsx",
            workbook("## Gaji\n\n| Nama | Jumlah |\n|---|---|\n| A | 1 |\n"),
            "bukan buku kerja LKT",
        ),
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
    ("arguments", "words"),
    [
        (["build", GOOD.name, "--template", "kosong.docx"], "kosong.docx"),
        (["build", GOOD.name, "-o", "tidak-ada/laporan.docx"], "Folder “tidak-ada” tidak ada"),
        (["build", GOOD.name, "-o", "."], "adalah folder"),
        (["verify", "tidak-ada.docx", GOOD.name], "Gagal: "),
        (["verify", GOOD.name, GOOD.name], "Gagal: "),
        (["verify", "~$lap.docx", GOOD.name], "Gagal: "),
    ],
)
def test_other_files_too(arguments: list[str], words: str, office: Path) -> None:
    (office / "kosong.docx").write_bytes(b"bukan zip")
    done = lkt(*arguments, cwd=office)
    assert done.returncode == 2
    assert words in done.stderr


# lkt template ----------------------------------------------------------------------------------------------


def test_init_writes_the_default_and_never_replaces_unasked(tmp_path: Path) -> None:
    done = lkt("template", "init", cwd=tmp_path)
    target = tmp_path / "templat-laporan.docx"
    assert (done.returncode, target.read_bytes()) == (0, shipped_template())
    assert "Templat tersimpan: templat-laporan.docx" in done.stdout
    target.write_bytes(b"suntingan")
    assert lkt("template", "init", cwd=tmp_path).returncode == 2
    assert target.read_bytes() == b"suntingan"
    assert lkt("template", "init", "--force", cwd=tmp_path).returncode == 0
    assert (tmp_path / "templat-laporan.docx.bak").read_bytes() == b"suntingan"


@pytest.mark.parametrize("name", shipped_templates())
def test_each_template_that_comes_with_the_program_has_no_mistake(name: str, tmp_path: Path) -> None:
    assert lkt("template", "init", "milik.docx", "--name", name, cwd=tmp_path).returncode == 0
    done = lkt("template", "check", "milik.docx", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "milik.docx\n\nTidak ada kesalahan.\n")


def test_check_tells_all_mistakes_and_annotates(tmp_path: Path) -> None:
    (tmp_path / "t.docx").write_bytes(make("{{ kecamtan }}", "{{ periode.nma }}", "{{ tabel(“a”) }}"))
    done = lkt("template", "check", "t.docx", "--annotate", cwd=tmp_path)
    assert done.returncode == 1
    assert "KESALAHAN  isi dokumen, paragraf 1" in done.stdout
    assert "Maksud Anda «identitas.kecamatan»?" in done.stdout
    assert "Hasil: 2 kesalahan, 1 catatan." in done.stdout
    assert done.stderr == "Salinan dengan komentar tersimpan: t (diperiksa).docx\n"
    assert (tmp_path / "t (diperiksa).docx").exists()


@pytest.mark.parametrize(
    ("blocks", "told", "lines"),
    [
        ([f"{{{{ x{number} }}}}" for number in range(13)], "… dan 3 kesalahan lain; semuanya: lkt", 13),
        (["{{ x }}"], "isi dokumen, paragraf 1 («{{ x }}»): {{ x }} — nama «x» tidak dikenal.", 3),
        (["Surat biasa"], "isi dokumen: templat tidak memuat isian satu pun", 3),
        (["{{ rerata_capaian }} {{ grafik_serapan }}"], "“t.docx” adalah templat rekap, bukan templat", 2),
    ],
    ids=["many", "one", "none", "of the recap"],
)  # fmt: skip
def test_build_tells_what_is_wrong_with_a_template(
    blocks: list[str], told: str, lines: int, office: Path
) -> None:
    (office / "t.docx").write_bytes(make(*blocks))
    done = lkt("build", GOOD.name, "-t", "t.docx", cwd=office)
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr
    assert len(done.stderr[done.stderr.index("Gagal: ") :].splitlines()) == lines
    assert lkt("template", "check", "t.docx", cwd=office).returncode in (1, 2)


def test_remarks_alone_are_no_mistakes(tmp_path: Path) -> None:
    (tmp_path / "t.docx").write_bytes(make("{{ tabel(“a”) }}"))
    done = lkt("template", "check", "t.docx", cwd=tmp_path)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "Tidak ada kesalahan; 1 catatan.")


def test_check_of_a_template_as_json(tmp_path: Path) -> None:
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


# lkt explain and lkt rules ---------------------------------------------------------------------------------


def test_explain_and_rules(tmp_path: Path) -> None:
    assert "A103" in lkt("explain", "a103", cwd=tmp_path).stdout
    assert "  T103  KESALAHAN   " in lkt("rules", cwd=tmp_path).stdout
