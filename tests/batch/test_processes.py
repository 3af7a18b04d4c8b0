"""Jobs on all cores: what a dead process takes along, and what Ctrl-C leaves."""

import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest

from lkt.batch.processes import Unfinished, run_jobs
from lkt.batch.running import Order, run_batch
from lkt.recap.summary import Status
from tests.batch.jobs import square
from tests.batch.test_running import Silent, fill
from tests.builders import EXAMPLES


@pytest.mark.parametrize(("method", "processes"), [("forkserver", 1), ("spawn", 3)])
def test_no_job_stops_the_others(method: str, processes: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """One dies, one hangs, one takes all the memory, one meets a bug. Windows knows no forkserver."""
    monkeypatch.setattr("multiprocessing.get_all_start_methods", lambda: [method])
    begun = time.monotonic()
    jobs = [number for number in range(12) if number != 7 or sys.platform == "linux"]
    done = dict(run_jobs(jobs, square, processes=processes, seconds=2))
    assert time.monotonic() - begun < 30
    troubles = {job: answer.reason for job, answer in done.items() if isinstance(answer, Unfinished)}
    told = {
        5: "prosesnya berhenti, mungkin karena kehabisan memori",
        6: "belum selesai sesudah 2 detik, lalu dihentikan",
        7: "memerlukan lebih dari 2 GB memori",
        8: "kesalahan program (LookupError: delapan)",
    }
    assert troubles == {job: told[job] for job in jobs if job in told}
    assert {job: done[job] for job in done.keys() - troubles} == {
        job: job * job for job in jobs if job not in told
    }
    assert multiprocessing.active_children() == []


@pytest.fixture
def _interruptible() -> Iterator[None]:
    """A program that a shell runs in the background is deaf to Ctrl-C, and so is all that it starts."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent otherwise on Windows")
@pytest.mark.usefixtures("_interruptible")
def test_ctrl_c_leaves_whole_files_and_a_second_run_goes_on(tmp_path: Path) -> None:
    masuk, out = tmp_path / "masuk", tmp_path / "hasil"
    for number in range(12):
        edits = {"Identitas!B4": f"Sukamaju {number}", "Identitas!B5": f"35.09.{number:02}"}
        fill(masuk, f"Sukamaju {number}", edits)
    shutil.copy(EXAMPLES / "foto-1.jpg", masuk)
    command = [sys.executable, "-m", "lkt", "batch", str(masuk), "-o", str(out), "--no-pages", "--jobs", "2"]
    environment = {**os.environ, "PYTHONPATH": str(EXAMPLES.parent)}
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment)
    assert process.stderr is not None
    while not process.stderr.readline().startswith("[2/"):
        pass
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "perintah yang sama akan melanjutkannya" in errors
    time.sleep(0.2)
    assert not list(out.rglob("*.tmp"))
    written = list(out.glob("*.docx"))
    assert len(written) < 12
    for path in written:
        docx.Document(str(path))
    second = run_batch(Order((masuk,), out, jobs=1, pages=False), Silent())
    assert {row.status for row in second.summaries} == {Status.BUILT, Status.MISSING}
    assert second.unchanged == len(written) >= 2
