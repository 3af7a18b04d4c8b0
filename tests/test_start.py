"""The first use in its parts: what is offered, what an answer means, what doctor says of each thing."""

import io
import os
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from lkt.batch.discovery import Owner
from lkt.calendar import Triwulan
from lkt.formats.screen import Line
from lkt.start import doctor
from lkt.start.doctor import Check, State, doctor_view, fonts_of, stand_in
from lkt.start.greeting import (
    Nearby,
    ask,
    choice,
    greeting_view,
    label,
    missing,
    names,
    nearby,
    question,
    quoted,
)
from lkt.start.icon import dropped, stays_open
from tests.builders import EXAMPLES
from tests.test_supply import _RUN

_SENDURO = Owner(Path("q1.xlsx"), kecamatan="Senduro", triwulan=Triwulan(2024, 1))
_PASRUJAMBE = Owner(Path("q 2.xlsx"), kecamatan="Pasrujambe")
_TWO = (_SENDURO, _PASRUJAMBE)


def text(view: Sequence[Line]) -> str:
    return "\n".join(each.plain for each in view)


# Workbooks at hand -----------------------------------------------------------------------------------------


@pytest.fixture
def office(tmp_path: Path) -> Path:
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


def test_the_word_kecamatan_is_said_once() -> None:
    assert label(Owner(Path("q1.xlsx"), kecamatan="Kecamatan Senduro")) == "Kecamatan Senduro"


def test_what_lies_in_a_folder(office: Path) -> None:
    around = nearby(office)
    assert [label(owner) for owner in around.owners] == [
        "Kecamatan Senduro · Triwulan I Tahun 2024",
        "Kecamatan Sukamaju · Triwulan I Tahun 2025",
        "Kecamatan Sukamaju · Triwulan II Tahun 2025",
    ]
    assert around.others == (office / "lain.xlsx",)
    assert around.latest == office / "senduro-2024-tw1.xlsx"
    assert around.more == 0


def test_no_more_is_looked_at_than_was_asked(office: Path) -> None:
    assert nearby(office, most=2).more == 2
    assert nearby(office, seconds=-1).owners == ()


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    assert nearby(tmp_path / "x") == Nearby()


@pytest.mark.parametrize(
    ("count", "words"), [(2, "1.xlsx, 2.xlsx"), (7, "1.xlsx, 2.xlsx, 3.xlsx, 4.xlsx, 5.xlsx, dan 2 lagi")]
)
def test_names_in_a_row(count: int, words: str) -> None:
    assert names([Path(f"{number}.xlsx") for number in range(1, count + 1)]) == words


def test_a_name_with_blanks_is_quoted() -> None:
    assert quoted(Path("q 1.xlsx")) == '"q 1.xlsx"'


@pytest.mark.parametrize(
    ("around", "words"),
    [
        (Nearby(), ("belum ada buku kerja", "lkt check q1.xlsx", "lkt build q1.xlsx")),
        (
            Nearby(_TWO, (Path("x.xlsx"),), 3, _PASRUJAMBE.path),
            ('lkt build "q 2.xlsx"', "q1.xlsx   Kecamatan Senduro · Triwulan I", "1 berkas", "3 berkas"),
        ),
    ],
)
def test_the_greeting(around: Nearby, words: Sequence[str]) -> None:
    greeting = text(list(greeting_view(around)))
    assert all(each in greeting for each in words)
    assert max(map(len, greeting.splitlines())) <= 80


# The choice ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "owners", "chosen"),
    [
        ("", _TWO, False),
        ("batal", _TWO, False),
        (" 2 ", _TWO, _PASRUJAMBE.path),
        ("Q1.XLSX", _TWO, _SENDURO.path),
        ("3", _TWO, True),
        ("0", _TWO, True),
        ("²", _TWO, True),
        ("apa", _TWO, True),
        ("", (_SENDURO,), _SENDURO.path),
        ("Ya", (_SENDURO,), _SENDURO.path),
        ("t", (_SENDURO,), False),
        ("1", (_SENDURO,), _SENDURO.path),
    ],
)
def test_what_an_answer_means(answer: str, owners: tuple[Owner, ...], chosen: Path | bool) -> None:
    assert choice(answer, owners) == chosen


def test_the_question_is_asked_until_it_is_answered() -> None:
    asked: list[str] = []
    answers = iter(("9", "x", "2"))

    def read(prompt: str) -> str:
        asked.append(prompt)
        return next(answers)

    assert ask(_TWO, read) == _PASRUJAMBE.path
    assert asked == [question(_TWO)] * 3
    assert question((_SENDURO,)) == "Pakai “q1.xlsx” (Kecamatan Senduro · Triwulan I Tahun 2024)? [Y/t] "


def test_the_end_of_input_is_no_choice() -> None:
    def read(_: str) -> str:
        raise EOFError

    assert ask(_TWO, read) is None


def test_what_is_said_where_nobody_can_be_asked() -> None:
    assert missing("build", Nearby(_TWO)).hint.endswith("q1.xlsx, q 2.xlsx. Misalnya: lkt build q1.xlsx")
    assert "tidak ada berkas .xlsx" in missing("build", Nearby()).message


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
        (next(doctor.fonts(["Arial"], None)), State.NOTE, "tidak dapat diketahui"),
        (next(doctor.fonts(["Arial"], frozenset({"arial"}))), State.GOOD, "Arial"),
        (next(doctor.fonts(["Arial"], frozenset({"Liberation Sans"}))), State.GOOD, "sama lebarnya"),
        (next(doctor.fonts(["Arial"], frozenset({"Verdana"}))), State.NOTE, "tidak terpasang"),
    ],
)
def test_what_the_doctor_says(check: Check, state: State, words: str) -> None:
    assert check.state is state
    assert words in f"{check.text} {check.repair}"


def test_a_folder_that_can_be_written_stays_as_it_was(tmp_path: Path) -> None:
    assert doctor.writing("Folder ini", tmp_path).state in {State.GOOD, State.NOTE}
    assert list(tmp_path.iterdir()) == []


def test_fonts_of_a_word_file() -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as package:
        package.writestr(
            "word/styles.xml", '<w:rFonts w:ascii="Tahoma"/><w:rFonts w:hint="x" w:ascii="Arial"/>'
        )
    assert fonts_of(data.getvalue()) == ["Arial", "Tahoma"]
    assert stand_in("Tahoma", ["TAHOMA"]) == "Tahoma"


@pytest.mark.parametrize("columns", [20, 80, 120])
def test_the_table_keeps_to_its_width(columns: int) -> None:
    checks = [
        Check("Satu", State.GOOD, "kata " * 40),
        Check("Dua", State.BROKEN, "pendek", "Perbaiki " * 30),
        Check("Tiga", State.NOTE, ""),
    ]
    table = text(list(doctor_view(checks, columns)))
    lines = table.splitlines()
    assert max(map(len, lines)) < max(columns, 51)
    assert [line[0] for line in lines if line[:1].strip()] == ["✓", "✗", "!", "A"]
    assert doctor.exit_code(checks) == 1
    assert doctor.exit_code(checks[::2]) == 0
