"""Every command of the README and the pages works as written, and prints what the page shows."""

import importlib.util
import re
import shlex
import shutil
import tomllib
from pathlib import Path
from typing import Any

import pytest
import typer

from lkt import cli
from tests.builders import EXAMPLES
from tests.docs.pages import PAGES, ROOT, assert_shown, blocks, commands, name
from tests.hard.running import Ran, run
from tests.importing.office import FOLDER, report, sheets

GOOD = EXAMPLES / "senduro-2024-tw1.xlsx"
FAULTY = EXAMPLES / "senduro-2024-tw1-asli.xlsx"
ROSTER = EXAMPLES / "data" / "lumajang_desa.csv"
KABUPATEN = EXAMPLES / "lumajang-2024"
RUN, CHECKED = frozenset({"sh"}), frozenset({"powershell", "bat", "console"})

OLD, SHEETS = (
    (FOLDER / name).read_text(encoding="utf-8") for name in ("laporan-senduro.txt", "sheets-realisasi.txt")
)
FILES: dict[str, dict[str, Path | bytes]] = {
    "README.md": {"desa.csv": ROSTER, "examples": EXAMPLES, "LAPORAN TW I.docx": report(OLD)},
    "docs/laporan-lama.md": {
        "LAPORAN TW I.docx": report(OLD),
        "REALISASI SP2D.xlsx": sheets(SHEETS),
        "Rekap LPPDesa.xlsx": sheets(SHEETS),
        "REALISASI TW II.xlsx": sheets(SHEETS.replace("Triwulan I ", "Triwulan II ")),
    },
    "docs/antar-triwulan.md": {"q1.xlsx": GOOD},
    "docs/batch.md": {"desa.csv": ROSTER, "terkumpul": KABUPATEN},
    "docs/tanya-jawab.md": {"q1.xlsx": GOOD},
    "docs/templat.md": {"q1.xlsx": GOOD},
    "docs/temuan.md": {"q1.xlsx": FAULTY},
}
"""Page -> what lies in the folder before its first command."""

MADE = "LAPORAN KINERJA TRIWULAN I CAMAT SENDURO TAHUN 2024.docx"
BY_HAND: dict[tuple[str, str, int], tuple[tuple[str, Path | tuple[str, ...]], ...]] = {
    ("README.md", "lkt new q2.xlsx --from q1.xlsx", 1): (("q1.xlsx", GOOD),),
    ("README.md", "lkt verify report.docx q1.xlsx", 1): (
        ("report.docx", ("build", "q1.xlsx", "-o", "report.docx")),
    ),
    ("docs/laporan-lama.md", 'lkt import "REALISASI TW II.xlsx" --into q2.xlsx', 1): (
        ("q2.xlsx", ("new", "q2.xlsx", "--from", "q1.xlsx")),
    ),
    ("docs/memulai.md", "lkt check q1.xlsx", 2): (("q1.xlsx", GOOD),),
    ("docs/antar-triwulan.md", "lkt build q4.xlsx --prev q1.xlsx --prev q2.xlsx --prev q3.xlsx", 1): (
        ("q3.xlsx", ("new", "q3.xlsx", "--from", "q2.xlsx")),
        ("q4.xlsx", ("new", "q4.xlsx", "--from", "q3.xlsx")),
    ),
    ("docs/antar-triwulan.md", "lkt verify laporan.docx q1.xlsx", 1): (
        ("laporan.docx", ("build", "q1.xlsx", "-o", "laporan.docx")),
    ),
}
"""(page, command, how manyth time) -> what the reader did before: a file filled in, or made by lkt."""

ENDS: dict[tuple[str, str], tuple[int, ...]] = {
    ("docs/memulai.md", "lkt check q1.xlsx"): (1, 0),
    ("docs/laporan-lama.md", "lkt check q1.xlsx"): (1,),
    ("docs/temuan.md", "lkt check q1.xlsx"): (1,),
    ("docs/temuan.md", "lkt check q1.xlsx --rinci"): (1,),
    ("docs/temuan.md", "lkt check q1.xlsx --annotate --fix"): (1,),
    ("docs/temuan.md", "lkt check q1.xlsx --strict"): (1,),
    ("docs/temuan.md", "lkt check q1.xlsx --select A,K102"): (1,),
    ("docs/temuan.md", "lkt check q1.xlsx --ignore N101"): (1,),
    ("docs/antar-triwulan.md", "lkt check q2.xlsx --prev q1.xlsx"): (1,),  # not filled in yet
    ("docs/antar-triwulan.md", "lkt build q4.xlsx --prev q1.xlsx --prev q2.xlsx --prev q3.xlsx"): (1,),
    ("docs/batch.md", "lkt batch terkumpul -o hasil --no-pages"): (1, 1),
    ("docs/batch.md", "lkt batch terkumpul -o hasil --no-pages --expected desa.csv"): (1,),
    ("docs/tanya-jawab.md", "lkt chek q1.xlsx"): (2,),
    ("docs/tanya-jawab.md", "lkt check nihil.xlsx"): (2,),
}
"""(page, command) -> its exit codes, time after time; 0 where nothing is said."""

RUN_ELSEWHERE = frozenset({"CONTRIBUTING.md", "docs/worked-examples.md"})
"""Set-up for maintainers, and examples that test_worked_examples runs."""

TOO_LONG = {
    ("README.md", "lkt batch examples/lumajang-2024 -o hasil"),
    ("README.md", "lkt new buku --roster desa.csv --tahun 2024 --triwulan 1"),
}
"""Only parsed: docs/batch.md does the same for the same kecamatan."""

WITH_COMMANDS = [path for path in PAGES if any(block.kind in RUN for block in blocks(path))]


SET_UP = (
    r"python3 -m venv (?:\.venv|/tmp/lock)",
    r"/tmp/lock/bin/pip install -q uv",
    r'lock="/tmp/lock/bin/uv pip compile .* (pyproject\.toml)"',
    r"\$lock .* -o (\.ci/lock\.txt)",
    r"\$lock .* -c (\.ci/lock\.txt) .*",
    r"\.venv/bin/pip install (?:-q )?--require-hashes -r (\.ci/lock\.txt)",
    r"\.venv/bin/pip install (?:-q )?(?:--no-deps --no-build-isolation )?(?:-e )?'?(\.)(?:\[\w+\]')?",
    r"\.venv/bin/python -m (?:pytest|docs\.dependencies|tests\.fuzz)\b.*",
    r"(?:pipx|uv tool) install (\.)",
    r"py --version",
    r"py -m pip install --user (?:pipx|uv)",
    r"py -m pipx (?:ensurepath|install (?:--force )?C:\\lkt|uninstall lkt)",
    r"py -m uv tool (?:install C:\\lkt|update-shell)",
)
"""The commands that set something up: not run, but the files in brackets must be there."""


def sets_up(command: str) -> bool:
    """Whether it is a known set-up command whose parts exist, or one that .ci/run runs too."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for pattern in SET_UP:
        if match := re.fullmatch(pattern, command):
            extras = re.findall(r"\.\[(\w+)\]", command)
            modules = re.findall(r"/python -m ([\w.]+)", command)
            return (
                all((ROOT / part).exists() for part in match.groups())
                and set(extras) <= project["optional-dependencies"].keys()
                and all(map(importlib.util.find_spec, modules))
            )
    program, _, arguments = command.removeprefix(".venv/bin/").partition(" ")
    return (
        f'"$bin/{program}" {arguments}'.strip()
        in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    )


def parsed(command: str) -> None:
    """Let the command line read a command without doing it; raises what it complains of."""
    root: Any = typer.main.get_command(cli.app)
    arguments = shlex.split(command, posix=True)[1:]
    if arguments == ["--version"]:
        return
    found, context = root, root.make_context("lkt", [], resilient_parsing=True)
    while hasattr(found, "commands"):
        name, found, arguments = found.resolve_command(context, arguments)
        if hasattr(found, "commands"):
            context = found.make_context(name, [], resilient_parsing=True)
    found.make_context(found.name, list(arguments))


class Reader:
    """Somebody who does what a page says, in a folder of their own."""

    def __init__(self, page: str) -> None:
        self.page = page
        self.ran: list[str] = []

    def do(self, line: str) -> Ran | None:
        """Do a line of a block: set-up is looked at, ``lkt`` is run."""
        done = None
        for command in line.split(" && "):
            if command.startswith(("lkt ", ".venv/bin/lkt ")):
                if (self.page, command) in TOO_LONG:
                    parsed(command)
                else:
                    done = self._lkt(command.removeprefix(".venv/bin/"))
            else:
                assert sets_up(command), f"{self.page}: nobody knows how to check: {command}"
        return done

    def _lkt(self, command: str) -> Ran:
        self.ran.append(command)
        time = self.ran.count(command)
        for target, source in BY_HAND.get((self.page, command, time), ()):
            put(Path(target), source) if isinstance(source, Path) else run(*source)
        done = run(*shlex.split(command)[1:])
        codes = ENDS.get((self.page, command), ())
        assert done.code == (codes[time - 1] if time <= len(codes) else 0), (
            f"{self.page}: {command}\n{done.text}"
        )
        return done


def put(target: Path, source: Path | bytes) -> None:
    if isinstance(source, bytes):
        target.write_bytes(source)
        return
    (shutil.copytree if source.is_dir() else shutil.copyfile)(source, target)


@pytest.mark.parametrize("path", WITH_COMMANDS, ids=name)
def test_every_command_does_what_the_page_says(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The ``text`` block behind one of commands shows what the last of them prints."""
    monkeypatch.chdir(tmp_path)
    for photo in EXAMPLES.glob("foto-*.jpg"):
        put(Path(photo.name), photo)
    for target, source in FILES.get(name(path), {}).items():
        put(Path(target), source)
    reader, done = Reader(name(path)), None
    for block in blocks(path):
        if block.kind in RUN:
            for command in commands(block):
                done = reader.do(command)
        elif block.kind == "text" and done is not None:
            assert_shown(["…", *block.lines, "…"], done.text.splitlines())
            done = None
    noted = [command for page, command in ENDS if page == reader.page]
    assert sorted(set(noted) - set(reader.ran)) == [], "exit codes noted for commands that are not there"


@pytest.mark.parametrize("path", [path for path in PAGES if name(path) not in RUN_ELSEWHERE], ids=name)
def test_commands_for_other_systems_are_understood(path: Path) -> None:
    for block in blocks(path):
        for command in commands(block) if block.kind in CHECKED else ():
            if command.startswith("lkt "):
                parsed(command)
            else:
                assert sets_up(command), f"nobody knows how to check: {command}"


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_no_command_hides_in_a_block_of_another_kind(path: Path) -> None:
    hidden = [
        line
        for block in blocks(path)
        if block.kind not in RUN | CHECKED
        for line in block.lines
        if line.startswith(("lkt ", "$ lkt", ".venv/bin/"))
    ]
    assert hidden == []


def test_a_command_that_the_program_does_not_know_is_found() -> None:
    with pytest.raises(Exception, match="--nihil"):
        parsed("lkt check q1.xlsx --nihil")
    assert not sets_up(".venv/bin/pip install -q '.[nihil]'")
    assert not sets_up("curl x")
