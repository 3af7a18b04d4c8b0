"""A killed process, a full disk, a closed folder: the old file stays whole, and nothing is left about."""

import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from lkt.errors import OutputError, TakenError
from lkt.files import sweep, write_output
from tests.builders import EXAMPLES
from tests.hard.running import names

OLD, NEW = b"lama" * 250_000, b"baru" * 250_000
WRITER = (
    "import sys; from pathlib import Path; from lkt.files import write_output\n"
    "while True:\n"
    "    write_output(Path(sys.argv[1]), b'baru' * 250_000, replace=True, keep=False)\n"
    "    print(flush=True)"
)


def test_a_kill_at_any_moment_leaves_one_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "laporan.docx"
    for milliseconds in (0, 3, 7, 13, 21):
        path.write_bytes(OLD)
        process = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, cwd=EXAMPLES.parent
        )
        assert process.stdout
        process.stdout.readline()
        time.sleep(milliseconds / 1000)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert path.read_bytes() in (OLD, NEW)
    for unfinished in tmp_path.glob(".lkt-*"):
        os.utime(unfinished, (0, 0))
    write_output(path, b"akhir", replace=True, keep=False)
    assert names(tmp_path) == {"laporan.docx"}


@pytest.mark.parametrize("old", [None, OLD], ids=["nothing", "a report"])
def test_a_full_disk_leaves_what_was_there(tmp_path: Path, old: bytes | None) -> None:
    """The largest file that may be written stands for the space on a disk; no privileges are needed."""
    path = tmp_path / "laporan.docx"
    if old:
        path.write_bytes(old)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (500_000, limits[1]))
    try:
        with pytest.raises(OutputError, match="lebih besar daripada yang diizinkan"):
            write_output(path, NEW, replace=True)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, handler)
    assert names(tmp_path) == ({"laporan.docx"} if old else set())
    assert old is None or path.read_bytes() == old


def test_a_folder_that_is_closed(tmp_path: Path) -> None:
    path = tmp_path / "laporan.docx"
    path.write_bytes(OLD)
    tmp_path.chmod(0o555)
    root = not os.geteuid()
    if root:
        os.seteuid(65534)
    try:
        with pytest.raises(OutputError, match="tidak dapat ditulis"):
            write_output(path, NEW, replace=True)
    finally:
        if root:
            os.seteuid(0)
        tmp_path.chmod(0o755)
    assert path.read_bytes() == OLD
    assert names(tmp_path) == {"laporan.docx"}


def test_a_name_is_taken_by_one_alone(tmp_path: Path) -> None:
    path = tmp_path / "laporan.docx"
    write_output(path, OLD)
    with pytest.raises(TakenError):
        write_output(path, NEW)
    assert path.read_bytes() == OLD


def test_only_what_nobody_writes_any_more_is_swept(tmp_path: Path) -> None:
    old, new, mine = (tmp_path / name for name in (".lkt-a.tmp", ".lkt-b.tmp", "lkt-saya.tmp"))
    for path in (old, new, mine):
        path.touch()
    os.utime(old, (0, 0))
    os.utime(mine, (0, 0))
    sweep(tmp_path)
    assert names(tmp_path) == {new.name, mine.name}


def test_a_copy_of_a_run_that_was_killed_is_used_again(tmp_path: Path) -> None:
    path = tmp_path / "laporan.docx"
    path.write_bytes(OLD)
    os.link(path, tmp_path / "laporan.docx.bak")
    assert write_output(path, NEW, replace=True) == tmp_path / "laporan.docx.bak"
    assert names(tmp_path) == {"laporan.docx", "laporan.docx.bak"}
    assert (tmp_path / "laporan.docx.bak").read_bytes() == OLD
