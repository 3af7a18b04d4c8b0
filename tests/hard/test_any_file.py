"""Any file at all, by any command: an exit code, a message that says what to do, and nothing left behind."""

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest

from tests.builders import EXAMPLES
from tests.hard.kinds import KINDS, OLE, SHEET, Kind, changed, good, template_of_workbooks, with_macros
from tests.hard.running import names, run
from tests.packages import unzipped


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind[0])
def test_what_check_says(tmp_path: Path, kind: Kind) -> None:
    name, recipe, code, words = kind
    path = tmp_path / name
    path.write_bytes(recipe())
    ran = run("check", path)
    assert ran.code == code, ran.text
    for word in words.split(" / "):
        assert word in ran.text
    assert name.removeprefix("~$") in ran.text
    assert names(tmp_path) == {name}


def test_thousands_of_cells_with_one_mistake_take_no_time(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(EXAMPLES / "senduro-2024-tw1.xlsx")
    for _ in range(5000):
        book["Fasilitasi"].append([None, "Rapat", 45664, "Notulen", "Camat"])
    book.save(tmp_path / "q1.xlsx")
    begun = time.process_time()
    assert "45664" in run("check", tmp_path / "q1.xlsx").text
    assert time.process_time() - begun < 4


COMMANDS: tuple[tuple[str, Callable[[Path], tuple[object, ...]]], ...] = (
    ("show", lambda path: ("show", path)),
    ("annotate", lambda path: ("check", "--annotate", "--fix", path)),
    ("build", lambda path: ("build", path, "--no-pages")),
    ("prev", lambda path: ("check", path.with_name("q1 baik.xlsx"), "--prev", path)),
    ("new", lambda path: ("new", path.with_name("q2.xlsx"), "--from", path)),
    ("import", lambda path: ("import", path, "-o", path.with_name("q2.xlsx"))),
    (
        "roster",
        lambda path: ("new", path.with_name("buku"), "--roster", path, "--tahun", "2024", "--triwulan", "1"),
    ),
    ("verify", lambda path: ("verify", path, path.with_name("q1 baik.xlsx"))),
    ("template", lambda path: ("template", "check", path, "--annotate")),
    ("build -t", lambda path: ("build", path.with_name("q1 baik.xlsx"), "-t", path, "--no-pages")),
)
UNREADABLE = tuple(
    kind for kind in KINDS if kind[2] == 2 and kind[0] not in {"data.csv", "csv.xlsx", "csv16.xlsx"}
)


@pytest.fixture(scope="module")
def every_kind(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("semua")
    for name, recipe, *_ in UNREADABLE:
        (folder / name).write_bytes(recipe())
    (folder / "q1 baik.xlsx").write_bytes(good())
    return folder


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_every_command_refuses_what_it_cannot_read(
    every_kind: Path, command: tuple[str, Callable[[Path], tuple[object, ...]]]
) -> None:
    before = names(every_kind)
    for name, *_ in UNREADABLE:
        ran = run(*command[1](every_kind / name))
        assert ran.code == 2, (name, ran.text)
        assert "Gagal: " in ran.err or "TIDAK TERBACA" in ran.err, (name, ran.text)
        assert "temuan" not in ran.text, (name, ran.text)
        assert names(every_kind) == before, name


READABLE = tuple(kind for kind in KINDS if kind[2] == 0)


@pytest.mark.parametrize("kind", READABLE, ids=lambda kind: kind[0])
def test_every_command_takes_what_it_can_read(tmp_path: Path, kind: Kind) -> None:
    path = tmp_path / kind[0]
    path.write_bytes(kind[1]())
    before = path.read_bytes()
    for arguments in (
        ("show", path),
        ("build", path, "--no-pages", "-o", tmp_path / "q1.docx"),
        ("check", "--annotate", "--fix", path),
        ("verify", tmp_path / "q1.docx", path),
        ("new", tmp_path / "q2.xlsx", "--from", path),
        ("check", tmp_path / "q2.xlsx", "--prev", path),
    ):
        ran = run(*arguments)
        assert ran.code in {0, 1}, (arguments, ran.text)
        assert "Gagal" not in ran.err
    assert path.read_bytes() == before


@pytest.mark.parametrize("recipe", [with_macros, template_of_workbooks, good])
def test_the_next_quarter_is_a_plain_workbook(tmp_path: Path, recipe: Callable[[], bytes]) -> None:
    """Excel opens no .xlsx that calls itself one with macros, or a template."""
    path, target = tmp_path / "q1.xlsm", tmp_path / "q2.xlsx"
    path.write_bytes(recipe())
    ran = run("new", target, "--from", path)
    parts = unzipped(target.read_bytes())
    assert ran.code == 0
    assert (b"macroEnabled" in parts["[Content_Types].xml"], "xl/vbaProject.bin" in parts) == (False, False)
    assert b"spreadsheetml.sheet.main+xml" in parts["[Content_Types].xml"]
    assert b"vbaProject" not in parts["xl/_rels/workbook.xml.rels"]
    assert ("Makro tidak ikut" in ran.text) == (recipe is with_macros)


def test_a_batch_names_each_and_does_the_others(every_kind: Path, tmp_path: Path) -> None:
    wanted = [every_kind / name for name in ("q1 baik.xlsx", "sandi.xlsx", "tawa.xlsx", "kosong.xlsx")]
    ran = run("batch", *wanted, "-o", tmp_path / "hasil", "--jobs", "1", "--no-pages")
    assert ran.code == 1
    assert "sandi.xlsx" in ran.text
    assert any(name.endswith(".docx") for name in names(tmp_path / "hasil"))


def test_a_batch_with_a_name_that_is_not_utf8(tmp_path: Path) -> None:
    """As a disk from an old system gives it; macOS and Windows have no such names."""
    folder = tmp_path / "isi"
    folder.mkdir()
    path = folder / os.fsdecode(b"q\xff.xlsx")
    try:
        path.write_bytes(good())
    except OSError as error:
        pytest.skip(f"this file system takes no such name: {error}")
    out = tmp_path / "hasil"
    first = run("batch", folder, "-o", out, "--jobs", "1", "--no-pages")
    assert (first.code, "1 selesai" in first.text) == (0, True), first.text
    report = next(out.glob("LAPORAN*.docx")).read_bytes()
    again = run("batch", folder, "-o", out, "--jobs", "1", "--no-pages")
    assert (again.code, "tidak berubah" in again.text) == (0, True), again.text
    assert next(out.glob("LAPORAN*.docx")).read_bytes() == report


# Paths ---------------------------------------------------------------------------------------------------


def test_a_very_long_path(tmp_path: Path) -> None:
    """One that no file can have, one that is not there, and one that leaves no room for a copy's name."""
    for path in (
        tmp_path / ("a" * 300 + ".xlsx"),
        tmp_path / ("a" * 200) / ("b" * 4000),
        Path("/" + "c/" * 3000),
    ):
        for command in ("check", "show", "build"):
            ran = run(command, path)
            assert ran.code == 2
            assert "tidak dapat dibaca: nama atau foldernya terlalu panjang" in ran.err
        assert run("new", path, "--kecamatan", "X", "--tahun", "2024", "--triwulan", "1").code == 2
        assert run("new", tmp_path / "x.xlsx", "--from", path).code == 2
        assert run("template", "check", path).code == 2
        assert run("template", "init", path.with_suffix(".docx")).code == 2


def test_a_copy_of_the_longest_name_has_a_shorter_one(tmp_path: Path) -> None:
    path = tmp_path / ("a" * 250 + ".xlsx")
    path.write_bytes((EXAMPLES / "senduro-2024-tw1-asli.xlsx").read_bytes())
    assert run("check", "--annotate", path).code == 1
    (copy,) = names(tmp_path) - {path.name}
    assert copy.endswith("a (diperiksa).xlsx")


def test_what_is_no_regular_file_or_too_large(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipa.xlsx")
    (tmp_path / "tautan.xlsx").symlink_to("tautan.xlsx")
    with (tmp_path / "besar.xlsx").open("wb") as file:
        file.truncate(10**12)  # holds nothing on the disk
    for path, words in (
        (tmp_path, "adalah folder"),
        (tmp_path / "pipa.xlsx", "bukan berkas biasa"),
        (Path("/dev/zero"), "bukan berkas biasa"),
        (Path("/dev/null"), "bukan berkas biasa"),
        (tmp_path / "tautan.xlsx", ""),
        (tmp_path / "besar.xlsx", "terlalu besar"),
    ):
        for command in (("check",), ("show",), ("build",), ("template", "check"), ("verify", path)):
            ran = run(*command, path)
            assert ran.code == 2, (command, path)
            assert words in ran.err, (command, path)


@pytest.fixture
def nobody() -> Iterator[None]:
    """Root may read everything; give that up for a while."""
    if os.geteuid():
        yield
        return
    run("check", "tidak-ada.xlsx")  # what it imports may lie where nobody may read
    os.seteuid(65534)
    yield
    os.seteuid(0)


def test_a_file_that_may_not_be_read(tmp_path: Path, nobody: None) -> None:
    del nobody
    path = tmp_path / "q1.xlsx"
    previous = os.geteuid()
    with contextlib.suppress(PermissionError):
        os.seteuid(0)
    path.write_bytes(good())
    path.chmod(0)
    for folder in (tmp_path, tmp_path.parent, tmp_path.parent.parent):
        folder.chmod(0o755)
    os.seteuid(previous)
    ran = run("check", path)
    assert ran.code == 2
    assert "tidak boleh dibaca" in ran.err
    assert "Tutup dahulu bila sedang terbuka di Excel" in ran.err


def test_a_workbook_that_is_open_in_excel_is_read(tmp_path: Path) -> None:
    (tmp_path / "q1.xlsx").write_bytes(good())
    (tmp_path / "~$q1.xlsx").write_bytes(b"\x05admin")
    assert run("check", tmp_path / "q1.xlsx").code == 0


# Real processes ------------------------------------------------------------------------------------------


def lkt(*arguments: object, encoding: str = "utf-8") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "lkt", *map(str, arguments)],
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": encoding, "PYTHONPATH": str(EXAMPLES.parent)},
    )


@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
def test_a_name_that_the_screen_cannot_show(tmp_path: Path, encoding: str) -> None:
    path = os.fsencode(tmp_path) + b"/camat-\xff-\xe7\x8c\xab.xlsx"
    Path(os.fsdecode(path)).write_bytes(OLE)
    for form in ("text", "json", "html"):
        ran = lkt("check", os.fsdecode(path), "--format", form, encoding=encoding)
        assert ran.returncode == 2, ran.stderr
        assert b"Traceback" not in ran.stderr


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells the peak of a process")
def test_memory_stays_bounded(tmp_path: Path) -> None:
    """Neither a lying directory nor one row of millions of cells takes half a gigabyte."""
    path = tmp_path / "q1.xlsx"
    # Not ru_maxrss: a process begins with the peak of the one that starts it, here a busy test worker.
    script = (
        "import re, sys; from tests.hard.running import run; from pathlib import Path;"
        "ran = run('check', sys.argv[1]); status = Path('/proc/self/status').read_text();"
        "print(ran.code, re.search(r'VmHWM:\\s*(\\d+)', status)[1])"
    )
    for recipe in (KINDS[[kind[0] for kind in KINDS].index("bohong.xlsx")][1], one_endless_row):
        path.write_bytes(recipe())
        done = subprocess.run(
            [sys.executable, "-c", script, str(path)],
            capture_output=True,
            check=True,
            cwd=EXAMPLES.parent,
            text=True,
        )
        code, kilobytes = map(int, done.stdout.split())
        assert code == 2
        assert kilobytes < 500_000


def one_endless_row() -> bytes:
    head = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row>'
    return changed(SHEET, lambda _: head + b"<c/>" * 13_000_000)
