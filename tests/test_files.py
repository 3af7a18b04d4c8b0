"""Files read with bounds and written in one step; tests/hard has what happens when the power goes."""

import os
import sys
import threading
from pathlib import Path

import pytest

from lkt import files
from lkt.errors import LktError
from lkt.files import free_name, read_file, write_generated, write_output


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("tidak-ada", "tidak ditemukan"),
        ("folder", "adalah folder"),
        ("besar", "terlalu besar"),
        pytest.param(
            "pipa",
            "bukan berkas biasa",
            marks=pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such pipes"),
        ),
    ],
)
def test_what_is_not_read(name: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MOST_BYTES", 3)
    (tmp_path / "folder").mkdir()
    (tmp_path / "besar").write_bytes(b"abcd")
    (tmp_path / "cukup").write_bytes(b"abc")
    if name == "pipa":
        os.mkfifo(tmp_path / name)
    with pytest.raises(LktError, match=words):
        read_file(tmp_path / name)
    assert read_file(tmp_path / "cukup") == b"abc"


def test_a_file_that_grows_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MOST_BYTES", 100_000)
    path, stop = tmp_path / "log", threading.Event()
    path.write_bytes(b"")

    def grow() -> None:
        with path.open("ab", buffering=0) as file:
            while not stop.is_set():
                file.write(bytes(10_000))

    writer = threading.Thread(target=grow)
    writer.start()
    try:
        while path.stat().st_size < 100_000:
            pass
        with pytest.raises(LktError, match="terlalu besar"):
            read_file(path)
    finally:
        stop.set()
        writer.join()


def test_old_copies_are_kept_but_those_that_hold_nothing(tmp_path: Path) -> None:
    path = tmp_path / "lap.docx"
    for content in (b"1", b"2", b"3"):
        write_output(path, content, replace=True)
    assert write_output(path, b"4", replace=True, expendable=lambda old: old.read_bytes() == b"1") == (
        tmp_path / "lap.docx.bak"
    )
    kept = {each.name: each.read_bytes() for each in tmp_path.iterdir()}
    assert kept == {"lap.docx": b"4", "lap.docx.bak": b"3", "lap.docx.bak2": b"2"}


def test_what_can_be_made_again_is_written_only_where_it_differs(tmp_path: Path) -> None:
    path = tmp_path / "index.html"
    write_generated(path, b"a")
    os.utime(path, (0, 0))
    write_generated(path, b"a")
    assert path.stat().st_mtime == 0
    write_generated(path, b"b")
    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == {"index.html": b"b"}


@pytest.mark.parametrize(
    ("there", "name", "free"),
    [
        ([], "q1.xlsx", "q1 (diperiksa).xlsx"),
        (["q1 (diperiksa).xlsx"], "q1.xlsx", "q1 (diperiksa 2).xlsx"),
        (["q1 (diperiksa).xlsx"], "q1 (diperiksa).xlsx", "q1 (diperiksa 2).xlsx"),
        (["q1 (diperiksa).xlsx", "q1 (diperiksa 2).xlsx"], "q1 (diperiksa 2).xlsx", "q1 (diperiksa 3).xlsx"),
    ],
)
def test_a_free_name(there: list[str], name: str, free: str, tmp_path: Path) -> None:
    for each in there:
        (tmp_path / each).touch()
    assert free_name(tmp_path / name, "diperiksa") == tmp_path / free
