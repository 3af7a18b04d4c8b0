"""Jobs on all cores: what a dead process takes along, and what Ctrl-C leaves."""

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

from lkt.batch.processes import run_jobs
from lkt.batch.running import Order, run_batch
from lkt.recap.summary import Status
from tests.batch.jobs import lost, own_process, square
from tests.batch.test_running import Silent, fill
from tests.builders import EXAMPLES


@pytest.mark.parametrize("method", ["forkserver", "spawn"])
def test_a_process_that_dies_takes_one_job_along(method: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows and macOS know no forkserver."""
    monkeypatch.setattr("multiprocessing.get_all_start_methods", lambda: [method])
    squares = {number: number * number for number in range(8)}
    assert dict(run_jobs(range(8), square, lost=lost, processes=2)) == {**squares, 5: -5}


@pytest.mark.parametrize(("jobs", "processes", "here"), [(3, 1, True), (1, 2, True), (3, 2, False)])
def test_one_job_or_one_process_is_this_one(jobs: int, processes: int, *, here: bool) -> None:
    ids = set(dict(run_jobs(range(jobs), own_process, lost=lost, processes=processes)).values())
    assert (ids == {os.getpid()}) is here


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
    assert {row.status for row in second.summaries} == {Status.BUILT}
    assert second.unchanged == len(written) >= 2
