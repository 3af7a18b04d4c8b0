"""The first use: alone, without a file, dragged onto, unsure, on a new computer."""

import os
import select
import subprocess
import sys
import time
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from lkt.batch.discovery import Owner
from lkt.calendar import Triwulan
from lkt.formats.screen import print_view
from lkt.start import doctor
from lkt.start.doctor import Check, State, doctor_view
from lkt.start.greeting import Nearby, ask, greeting_view, missing, nearby
from lkt.start.icon import dropped, stays_open
from tests.builders import EXAMPLES
from tests.formats.printing import Terminal, printed
from tests.test_cli import FAULTY, GOOD, REPORT, lkt, process
from tests.test_supply import _RUN

_SENDURO = Owner(Path("q1.xlsx"), kecamatan="Senduro", triwulan=Triwulan(2024, 1))
_PASRUJAMBE = Owner(Path("q 2.xlsx"), kecamatan="Pasrujambe")
_TWO = (_SENDURO, _PASRUJAMBE)

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


# Workbooks at hand -----------------------------------------------------------------------------------------


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """A folder with three workbooks among other things."""
    for number, name in enumerate(("senduro-2024-tw1", "sukamaju-2025-tw1", "sukamaju-2025-tw2")):
        path = tmp_path / f"{name}.xlsx"
        path.write_bytes((EXAMPLES / path.name).read_bytes())
        os.utime(path, (1000 - number, 1000 - number))
    for name in ("~$senduro-2024-tw1.xlsx", "catatan.docx", "rekap.xlsx", "q1 (diperiksa).xlsx", ".x.xlsx"):
        (tmp_path / name).write_bytes(b"PK")
    with zipfile.ZipFile(tmp_path / "lain.xlsx", "w") as package:
        package.writestr("xl/workbook.xml", "<workbook/>")
    (tmp_path / "anak.xlsx").mkdir()
    return tmp_path


def test_what_lies_in_a_folder(mixed: Path) -> None:
    around = nearby(mixed)
    assert [(owner.kecamatan, str(owner.triwulan)) for owner in around.owners] == [
        ("Senduro", "Triwulan I Tahun 2024"),
        ("Sukamaju", "Triwulan I Tahun 2025"),
        ("Sukamaju", "Triwulan II Tahun 2025"),
    ]
    assert around.others == (mixed / "lain.xlsx",)
    assert around.latest == mixed / "senduro-2024-tw1.xlsx"
    assert around.more == 0
    assert nearby(mixed, most=2).more == 2
    assert nearby(mixed, seconds=-1).owners == ()
    assert nearby(mixed / "x") == Nearby()


@pytest.mark.parametrize(
    ("around", "words"),
    [
        (Nearby(), ("belum ada buku kerja", "lkt check q1.xlsx", "lkt build q1.xlsx")),
        (
            Nearby(_TWO, (Path("x.xlsx"),), 3, _PASRUJAMBE.path),
            ('lkt build "q 2.xlsx"', "  q1.xlsx   Kecamatan Senduro · Triwulan I", "1 berkas", "3 berkas"),
        ),
    ],
)
def test_the_greeting(around: Nearby, words: Sequence[str]) -> None:
    greeting = printed(greeting_view(around))
    assert all(each in greeting for each in words)
    assert max(map(len, greeting.splitlines())) <= 80


def test_lkt_alone_greets(office: Path) -> None:
    done = lkt(cwd=office)
    assert done.returncode == 0
    assert "Langkah biasa" in done.stdout
    assert "q1.xlsx       Kecamatan Senduro · Triwulan I Tahun 2024" in done.stdout
    assert done.stderr == ""


# A command without its workbook ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("owners", "answers", "chosen"),
    [
        (_TWO, [""], None),
        (_TWO, ["batal"], None),
        (_TWO, [" 2 "], _PASRUJAMBE.path),
        (_TWO, ["Q1.XLSX"], _SENDURO.path),
        (_TWO, ["3", "0", "²", "apa", "1"], _SENDURO.path),
        (_TWO, ["9"], None),  # and the end of the input
        ((_SENDURO,), [""], _SENDURO.path),
        ((_SENDURO,), ["Ya"], _SENDURO.path),
        ((_SENDURO,), ["t"], None),
        ((_SENDURO,), ["1"], _SENDURO.path),
    ],
)
def test_what_is_chosen(owners: tuple[Owner, ...], answers: list[str], chosen: Path | None) -> None:
    asked: list[str] = []
    rest = list(answers)

    def read(prompt: str) -> str:
        asked.append(prompt)
        if not rest:
            raise EOFError
        return rest.pop(0)

    assert ask(owners, read) == chosen
    assert rest == []
    question = "Pakai “q1.xlsx” (Kecamatan Senduro · Triwulan I Tahun 2024)? [Y/t] "
    many = "Nomor buku kerja [1-2], atau Enter untuk batal: "
    assert set(asked) == {question if len(owners) == 1 else many}


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ("q1.xlsx|q 2.xlsx", "Di folder ini ada: q1.xlsx, q 2.xlsx. Misalnya: lkt build q1.xlsx"),
        ("q 2.xlsx", 'Di folder ini ada: q 2.xlsx. Misalnya: lkt build "q 2.xlsx"'),
        ("1|2|3|4|5|6|7", "1, 2, 3, 4, 5, dan 2 lagi."),
    ],
)
def test_what_is_said_where_nobody_can_be_asked(names: str, words: str) -> None:
    around = Nearby(tuple(Owner(Path(name), kecamatan="X") for name in names.split("|")))
    assert words in missing("build", around).hint
    assert "tidak ada berkas .xlsx" in missing("build", Nearby()).message


@pytest.mark.parametrize("command", ["check", "build", "show"])
def test_without_a_file_on_a_pipe(command: str, office: Path) -> None:
    done = lkt(command, cwd=office)
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


# The icon --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "taken"),
    [
        ([], False),
        (["ada.txt"], True),
        (["folder"], True),
        (["tidak-ada.xlsx"], True),
        (["tidak-ada.txt"], False),
        (["check"], False),
        (["check", "ada.txt"], False),
        (["ada.txt", "folder"], True),
        (["ada.txt", "tidak-ada.txt"], False),
        (["ada.txt", "--pdf"], False),
        (["\0.txt"], False),
    ],
)
def test_what_counts_as_dropped(
    arguments: list[str], taken: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ada.txt").touch()
    (tmp_path / "check").touch()
    (tmp_path / "folder").mkdir()
    assert dropped(arguments, {"check"}) == (tuple(map(Path, arguments)) if taken else ())


@pytest.mark.parametrize(
    ("images", "interactive", "waits"),
    [
        ([r"C:\x\Scripts\lkt.exe", r"C:\x\python.exe", r"C:\Python311\python.exe"], True, True),
        ([r"C:\Python 3\python3.11.exe", r"C:\Windows\py.exe"], True, True),
        ([r"C:\x\LKT.EXE"], True, True),
        ([r"C:\x\lkt.exe"], False, False),
        ([r"C:\x\lkt.exe", r"C:\Windows\System32\cmd.exe"], True, False),
        ([r"C:\x\lkt.exe", r"C:\Program Files\PowerShell\7\pwsh.exe"], True, False),
        ([r"C:\x\lkt.exe", ""], True, False),
        ([], True, False),
    ],
)
def test_when_the_window_stays_open(images: list[str], interactive: bool, waits: bool) -> None:
    assert stays_open(images, interactive=interactive) is waits


def test_workbooks_dragged_onto_the_program(office: Path) -> None:
    (office / "folder").mkdir()
    done = lkt(office / "q1 asli.xlsx", office / "folder", office / "q1.xlsx", cwd=office)
    assert done.returncode == 2
    assert "  Anggaran!I2:I5  A103  Capaian anggaran" in done.stderr
    assert f'lkt batch "{office / "folder"}"' in done.stderr
    assert f"Laporan tersimpan: {office / REPORT}" in done.stdout
    assert (office / REPORT).is_file()


def test_one_that_is_missing(tmp_path: Path) -> None:
    done = lkt("q9.xlsx", cwd=tmp_path)
    assert done.returncode == 2
    assert "“q9.xlsx” tidak ditemukan" in done.stderr


# The doctor ------------------------------------------------------------------------------------------------


def test_all_that_lkt_needs_is_looked_at() -> None:
    assert {name.casefold() for name in doctor.LIBRARIES} == {each.name.casefold() for each in _RUN}


@pytest.mark.parametrize(
    ("check", "state", "words"),
    [
        (doctor.console("utf-8"), State.GOOD, "utf-8"),
        (doctor.console("cp1252"), State.NOTE, "PYTHONUTF8=1"),
        (doctor.console("kacau"), State.NOTE, "PYTHONUTF8=1"),
        (doctor.width(None), State.GOOD, "bukan layar"),
        (doctor.width(79), State.NOTE, "80 kolom"),
        (doctor.width(80), State.GOOD, "80 kolom"),
        (doctor.writing("x", None), State.BROKEN, "TMPDIR"),
        (doctor.writing("x", EXAMPLES / "tidak-ada"), State.BROKEN, "tidak dapat ditulisi"),
        (doctor.holidays(date(2026, 12, 31)), State.GOOD, "2018–2026"),
        (doctor.holidays(date(2027, 1, 1)), State.NOTE, "Perbarui lkt"),
    ],
)
def test_what_the_doctor_says(check: Check, state: State, words: str) -> None:
    assert check.state is state
    assert words in f"{check.text} {check.repair}"


def test_a_folder_that_can_be_written_stays_as_it_was(tmp_path: Path) -> None:
    assert doctor.writing("Folder ini", tmp_path).state in {State.GOOD, State.NOTE}
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("columns", [40, 80, 120])
def test_the_table_keeps_to_its_width(columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setenv("TERM", "xterm")
    checks = [
        Check("Satu", State.GOOD, "kata " * 40),
        Check("Dua", State.BROKEN, "[pendek]", "Perbaiki " * 30),
        Check("Tiga", State.NOTE, ""),
    ]
    terminal = Terminal()
    print_view(doctor_view(checks), terminal)
    assert max(len(line.rstrip()) for line in terminal.lines) <= columns
    assert [line[0] for line in terminal.lines if line[:1].strip()] == ["✓", "✗", "!", "A"]
    assert printed(doctor_view(checks)).splitlines()[1:3] == [
        "✗ Dua   [pendek]",
        f"        → {('Perbaiki ' * 30).rstrip()}",
    ]
    assert doctor.exit_code(checks) == 1
    assert doctor.exit_code(checks[::2]) == 0


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
