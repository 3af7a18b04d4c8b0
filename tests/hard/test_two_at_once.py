"""Two runs on the same files at the same time, as real processes."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from lkt.batch.processes import only_one
from lkt.errors import OutputError
from tests.builders import EXAMPLES, base, workbook
from tests.hard.running import names, run

REPORT = "LAPORAN KINERJA TRIWULAN I CAMAT SUKAMULYA TAHUN 2024.docx"


def start(*arguments: object) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "lkt", *map(str, arguments)]
    return subprocess.Popen(command, cwd=EXAMPLES.parent, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def test_two_builds_and_a_batch(tmp_path: Path) -> None:
    """All end well, and each file is whole; the second report is the first, so nothing lies beside it."""
    out = tmp_path / "hasil"
    out.mkdir()
    (tmp_path / "q1.xlsx").write_bytes(workbook(base()))
    built = ("build", tmp_path / "q1.xlsx", "-o", out / REPORT, "--no-pages")
    running = [start(*built), start(*built), start("batch", tmp_path / "q1.xlsx", "-o", out, "--no-pages")]
    for process in running:
        _, err = process.communicate()
        assert process.returncode == 0, err.decode()
    assert {name for name in names(out) if name.endswith((".docx", ".tmp")) and "LAPORAN" in name} == {REPORT}
    with zipfile.ZipFile(out / REPORT) as report:
        assert report.testzip() is None


def test_a_second_batch_says_who_is_at_work(tmp_path: Path) -> None:
    (tmp_path / "q1.xlsx").write_bytes(workbook(base()))
    state = tmp_path / "hasil" / ".lkt"
    state.mkdir(parents=True)
    holder = (
        "import sys; from pathlib import Path; from lkt.batch.processes import only_one\n"
        "with only_one(Path(sys.argv[1])): print('siap', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", holder, str(state)],
        cwd=EXAMPLES.parent,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdout
        assert process.stdout.readline().strip() == b"siap"
        ran = run("batch", tmp_path / "q1.xlsx", "-o", tmp_path / "hasil", "--no-pages")
        assert ran.code == 2
        assert f"sedang dipakai lkt batch lain (proses {process.pid} di komputer" in ran.err
        process.kill()
    assert run("batch", tmp_path / "q1.xlsx", "-o", tmp_path / "hasil", "--no-pages").code == 0


def test_the_lock_goes_with_its_holder(tmp_path: Path) -> None:
    with only_one(tmp_path), pytest.raises(OutputError, match=r"prosesnya|proses "), only_one(tmp_path):
        pass
    with only_one(tmp_path):
        pass
