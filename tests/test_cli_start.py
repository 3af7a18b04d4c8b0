"""The first use as the operator meets it: alone, without a file, dragged onto, unsure, on a new computer."""

import os
import select
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.test_cli import FAULTY, GOOD, REPORT, lkt, process

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A folder with two workbooks."""
    (tmp_path / "q1.xlsx").write_bytes(GOOD.read_bytes())
    (tmp_path / "q1 asli.xlsx").write_bytes(FAULTY.read_bytes())
    return tmp_path


def at_terminal(arguments: Sequence[str], answer: str, cwd: Path) -> tuple[int, str]:
    """Exit code and screen of a run at a terminal of 80 columns, where ``answer`` follows a question."""
    import pty  # noqa: PLC0415 - POSIX alone has it

    terminal, end = pty.openpty()
    environment = {
        **os.environ,
        "PYTHONPATH": str(GOOD.parents[1]),
        "COLUMNS": "80",
        "PYTHONIOENCODING": "utf-8",
    }
    with subprocess.Popen(
        [sys.executable, "-m", "lkt", *arguments], cwd=cwd, env=environment, stdin=end, stdout=end, stderr=end
    ) as process:
        os.close(end)
        screen, limit = b"", time.monotonic() + 60
        while time.monotonic() < limit:
            if not select.select([terminal], [], [], 0.1)[0]:
                continue
            try:
                screen += os.read(terminal, 65536)
            except OSError:  # the program has ended
                break
            if answer and (b": " in screen[-2:] or b"] " in screen[-2:]):
                os.write(terminal, answer.encode())
                answer = ""
        os.close(terminal)
    return process.returncode, screen.decode()


def test_lkt_alone_greets(office: Path) -> None:
    done = process(cwd=office)
    assert done.returncode == 0
    assert "Langkah biasa" in done.stdout
    assert "q1.xlsx       Kecamatan Senduro · Triwulan I Tahun 2024" in done.stdout
    assert done.stderr == ""


@pytest.mark.parametrize("command", ["check", "build", "show"])
def test_without_a_file_on_a_pipe(command: str, office: Path) -> None:
    done = process(command, cwd=office)
    assert done.returncode == 2
    assert "Buku kerja belum disebut." in done.stderr
    assert "q1.xlsx" in done.stderr
    assert done.stdout == ""


@posix
@pytest.mark.parametrize(
    ("command", "answer", "code", "words"),
    [
        ("check", "2\n", 0, "4 peringatan, 1 catatan."),
        ("build", "q1 asli.xlsx\n", 1, "Laporan tidak disusun."),
        ("show", "\n", 130, "Enter untuk batal"),
    ],
)
def test_without_a_file_at_a_terminal(command: str, answer: str, code: int, words: str, office: Path) -> None:
    status, screen = at_terminal([command], answer, office)
    assert status == code
    assert "1. q1 asli.xlsx  Kecamatan Senduro" in screen
    assert words in screen


@posix
def test_the_only_workbook_is_offered(tmp_path: Path) -> None:
    (tmp_path / "q1.xlsx").write_bytes(GOOD.read_bytes())
    status, screen = at_terminal(["check"], "\n", tmp_path)
    assert status == 0
    assert "Pakai “q1.xlsx” (Kecamatan Senduro · Triwulan I Tahun 2024)? [Y/t]" in screen


def test_workbooks_dragged_onto_the_program(office: Path) -> None:
    (office / "folder").mkdir()
    done = process(office / "q1 asli.xlsx", office / "folder", office / "q1.xlsx", cwd=office)
    assert done.returncode == 2
    assert "KESALAHAN  Anggaran!I2  A103" in done.stderr
    assert f'lkt batch "{office / "folder"}"' in done.stderr
    assert f"Laporan tersimpan: {office / REPORT}" in done.stdout
    assert (office / REPORT).is_file()


def test_one_that_is_missing(tmp_path: Path) -> None:
    done = lkt("q9.xlsx", cwd=tmp_path)
    assert done.returncode == 2
    assert "“q9.xlsx” tidak ditemukan" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["chek"], "Maksud Anda check?"),
        (["periksa"], "Maksud Anda check?"),
        (["template", "chek"], "Maksud Anda check?"),
        (["build", "--ouput", "x"], "Maksud Anda --output?"),
        (["check", "--ouput"], "Maksud Anda --output? Opsi itu ada pada lkt build dan lkt batch."),
        (["build", "--fix"], "Opsi --fix tidak dikenal. Opsi itu ada pada lkt check."),
        (["check", "--qqqq"], "Opsi --qqqq tidak dikenal.\n"),
        (["check", "--format", "jsn"], "Maksud Anda json?"),
        (["completion", "fisch"], "Maksud Anda fish?"),
    ],
)
def test_what_was_meant(arguments: list[str], words: str, tmp_path: Path) -> None:
    done = lkt(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert words in done.stderr


def test_doctor_of_this_computer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LKT_SOFFICE", str(tmp_path / "tidak-ada"))
    done = process("doctor", cwd=tmp_path)
    assert done.returncode == 0
    assert "! LibreOffice       LibreOffice tidak ditemukan" in done.stdout
    assert f"✓ Folder ini        {tmp_path}" in " ".join(done.stdout.splitlines())
    assert done.stderr == ""


def test_doctor_of_a_broken_library(tmp_path: Path) -> None:
    broken = tmp_path / "broken" / "lxml"
    broken.mkdir(parents=True)
    (broken / "__init__.py").write_text("raise ImportError('DLL load failed')\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", "import lkt.cli; lkt.cli.main()", "doctor"],
        cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=False,
        env={
            **os.environ, "PYTHONIOENCODING": "utf-8", "LKT_SOFFICE": "tidak-ada",
            "PYTHONPATH": f"{broken.parent}{os.pathsep}{GOOD.parents[1]}",
        },
    )  # fmt: skip
    assert done.returncode == 1
    assert "✗ lxml              tidak dapat dimuat (DLL load failed)" in done.stdout
    assert "Ada yang harus diperbaiki dahulu" in done.stdout


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("lkt b", ["build", "batch"]),
        ("lkt explain A10", [f"A10{number}" for number in range(1, 10)]),
        ("lkt build --no", ["--no-pages"]),
        ("lkt check q", []),
    ],
)
def test_what_tab_completes(typed: str, offered: list[str], tmp_path: Path) -> None:
    code = "import sys; sys.argv = ['lkt']; import lkt.cli; lkt.cli.main()"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=False,
        env={
            **os.environ, "PYTHONPATH": str(GOOD.parents[1]), "_LKT_COMPLETE": "complete_bash",
            "COMP_WORDS": typed, "COMP_CWORD": str(len(typed.split()) - 1),
        },
    )  # fmt: skip
    assert done.stdout.split() == offered


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_the_script_of_each_shell(shell: str, tmp_path: Path) -> None:
    done = lkt("completion", shell, cwd=tmp_path)
    assert done.returncode == 0
    assert "_LKT_COMPLETE" in done.stdout


@posix
def test_the_script_is_put_where_the_shell_looks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    done = process("completion", "bash", "--install", cwd=tmp_path)
    assert "Terpasang di" in done.stdout
    assert "lkt.sh" in (tmp_path / ".bashrc").read_text(encoding="utf-8")
    assert "complete -o default" in (tmp_path / ".bash_completions" / "lkt.sh").read_text(encoding="utf-8")
