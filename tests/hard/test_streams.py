"""Streams that are closed or full, a folder that is gone, endless names, signals: no traceback."""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.builders import EXAMPLES, base, edited, workbook
from tests.hard.running import run

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a shell of POSIX closes the streams")
FAULTY = EXAMPLES / "senduro-2024-tw1-asli.xlsx"
UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def shell(command: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a command in a shell, in which ``lkt`` is the program."""
    script = f'lkt() {{ "{sys.executable}" -m lkt "$@"; }}; {command}'
    own = {**os.environ, "PYTHONPATH": str(EXAMPLES.parent)}
    return subprocess.run(
        ["bash", "-c", script], cwd=cwd, check=False, capture_output=True, text=True, env=own
    )


def assert_told(done: subprocess.CompletedProcess[str]) -> None:
    assert done.returncode in {0, 1, 2}, done.stderr
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux alone has a full device")
@pytest.mark.parametrize("streams", [">/dev/full 2>/dev/full", "<&- >&- 2>&-", "| head -n 1"])
@pytest.mark.parametrize("command", ["check", "check --format json", "--help"])
def test_a_stream_that_takes_nothing(command: str, streams: str, tmp_path: Path) -> None:
    file = f"'{FAULTY}'" if command.startswith("check") else ""
    assert_told(shell(f"lkt {command} {file} {streams}", tmp_path))


@pytest.mark.parametrize("command", ["", "check", "doctor", "batch . -o hasil", "template init"])
def test_a_folder_that_is_gone(command: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    assert_told(shell(f"cd folder && rmdir ../folder && lkt {command}", tmp_path))


@pytest.mark.parametrize(
    "command",
    [
        "check {}.xlsx",
        "build q1.xlsx --draft -o {}.docx",
        "build q1.xlsx -t {}.docx",
        "batch {} -o hasil",
        "batch q1.xlsx -o {}",
        "verify {}.docx q1.xlsx",
        "new {}.xlsx --kecamatan A --tahun 2024 --triwulan 1",
        "new q2.xlsx --from {}.xlsx",
        "template check {}.docx",
        "{}.xlsx",
    ],
)
def test_a_name_that_no_file_can_have(command: str, tmp_path: Path) -> None:
    (tmp_path / "q1.xlsx").write_bytes(workbook(base()))
    done = run(*command.format("a" * 300).split(), cwd=tmp_path)
    assert done.code == 2
    assert "Gagal: " in done.err


def test_a_long_name_leaves_room_for_the_marks_of_copies(tmp_path: Path) -> None:
    name = "b" * 245
    (tmp_path / f"{name}.xlsx").write_bytes(FAULTY.read_bytes())
    assert run("check", f"{name}.xlsx", "--annotate", "--fix", cwd=tmp_path).code == 1
    assert len(list(tmp_path.glob("b* (dip*).xlsx"))) == 2


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_to_end_leaves_no_temporary_folder(number: signal.Signals, tmp_path: Path) -> None:
    slow, temporary = tmp_path / "soffice", tmp_path / "sementara"
    slow.write_text("#!/bin/sh\nsleep 60\n")
    slow.chmod(0o755)
    temporary.mkdir()
    (tmp_path / "q1.xlsx").write_bytes(workbook(base()))
    own = {"LKT_SOFFICE": str(slow), "TMPDIR": str(temporary), "PYTHONPATH": str(EXAMPLES.parent)}
    command = [sys.executable, "-m", "lkt", "build", "q1.xlsx"]
    ignored = signal.signal(number, signal.SIG_DFL)  # nohup hands on that SIGHUP is ignored
    with subprocess.Popen(
        command, cwd=tmp_path, env={**os.environ, **own}, stderr=subprocess.PIPE
    ) as process:
        signal.signal(number, ignored)
        limit = time.monotonic() + 60
        while not list(temporary.glob("lkt-lo-*")) and time.monotonic() < limit:
            time.sleep(0.05)
        process.send_signal(number)
        _, errors = process.communicate(timeout=30)
    assert process.returncode == 128 + number
    assert b"Traceback" not in errors
    assert list(temporary.glob("lkt-*")) == []


EVIL = "Senduro\x1b[31m\u202e\x9b2J\u2066"


@pytest.mark.parametrize(
    "command",
    [
        "check",
        "check --rinci",
        "check --format json",
        "check --format html",
        "check --fix --annotate",
        "show",
        "show --format json",
        "build --draft",
        "new q2.xlsx --from",
    ],
)
def test_what_a_cell_or_a_name_holds_reaches_no_pipe_raw(command: str, tmp_path: Path) -> None:
    name = "q1 \x1b[31m\u202e\x9b.xlsx"
    cells = ("Identitas!B10", "Identitas!B13", "Anggaran!B2", "Fasilitasi!C2", "Desa!B2")
    (tmp_path / name).write_bytes(book_with(dict.fromkeys(cells, EVIL)))
    done = run(*command.split(), name, cwd=tmp_path)
    assert done.text
    assert not UNSAFE.search(done.text)


def book_with(texts: dict[str, str]) -> bytes:
    """A workbook whose cells hold what no XML can: as Excel writes it, _x001B_."""
    written = {
        cell: "".join(f"_x{ord(sign):04X}_" if UNSAFE.match(sign) else sign for sign in text)
        for cell, text in texts.items()
    }
    return workbook(edited(base(), written))


@pytest.mark.parametrize(
    ("trouble", "words"),
    [(MemoryError, "Memori komputer ini tidak cukup"), (RecursionError, "terlalu bertingkat")],
)
def test_want_of_memory_or_of_depth_is_a_message(
    trouble: type[Exception], words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise trouble

    monkeypatch.setattr("lkt.checking.check_files", fail)
    ran = run("check", "x.xlsx", cwd=tmp_path)
    assert ran.code == 2
    assert words in ran.err
