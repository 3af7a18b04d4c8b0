"""Every command of the README and the pages works as written, and prints what the page shows."""

import shlex
import shutil
from pathlib import Path

import pytest

from tests.builders import EXAMPLES
from tests.docs.pages import PAGES, ROOT, Block, blocks, commands, name
from tests.docs.running import Run, differs, lkt, parsed, sets_up

GOOD = EXAMPLES / "senduro-2024-tw1.xlsx"
FAULTY = EXAMPLES / "senduro-2024-tw1-asli.xlsx"
ROSTER = EXAMPLES / "data" / "lumajang_desa.csv"
KABUPATEN = EXAMPLES / "lumajang-2024"
RUN, CHECKED, SHOWN = frozenset({"sh"}), frozenset({"powershell", "bat", "console"}), "text"

FILES: dict[str, dict[str, Path]] = {
    "README.md": {"desa.csv": ROSTER, "examples": EXAMPLES},
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
    ("README.md", "lkt batch examples/lumajang-2024 -o hasil"): (1,),
    ("docs/memulai.md", "lkt check q1.xlsx"): (1, 0),
    ("docs/temuan.md", "lkt check q1.xlsx"): (1,),
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

WITH_COMMANDS = [path for path in PAGES if any(block.kind in RUN for block in blocks(path))]


class Reader:
    """Somebody who does what a page says, in a folder of their own."""

    def __init__(self, page: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
        self.page, self._tools = page, (monkeypatch, capfd)
        self._times: dict[str, int] = {}
        self.ran: list[str] = []

    def do(self, line: str) -> Run | None:
        """Do a line of a block: set-up is looked at, ``lkt`` is run."""
        done = None
        for command in line.split(" && "):
            if command.startswith(("lkt ", ".venv/bin/lkt ")):
                done = self._lkt(command.removeprefix(".venv/bin/"))
            else:
                assert sets_up(ROOT, command), f"{self.page}: nobody knows how to check: {command}"
        return done

    def _lkt(self, command: str) -> Run:
        time = self._times[command] = self._times.get(command, 0) + 1
        for target, source in BY_HAND.get((self.page, command, time), ()):
            put(Path(target), source) if isinstance(source, Path) else lkt(source, *self._tools)
        done = lkt(shlex.split(command)[1:], *self._tools)
        codes = ENDS.get((self.page, command), ())
        expected = codes[time - 1] if time <= len(codes) else 0
        assert done.code == expected, f"{self.page}: {command}\n{done.output}"
        self.ran.append(command)
        return done


def put(target: Path, source: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target)
    else:
        shutil.copyfile(source, target)


def follow(reader: Reader, page: list[Block]) -> None:
    """Do every block; the ``text`` block behind one shows what its last command prints."""
    done = None
    for block in page:
        if block.kind in RUN:
            for command in commands(block):
                done = reader.do(command)
        elif block.kind == SHOWN and done is not None:
            missing = differs(block.lines, done.output)
            assert not missing, f"{reader.page} shows what is not printed: {missing}\n{done.output}"
            done = None


@pytest.mark.parametrize("path", WITH_COMMANDS, ids=name)
def test_every_command_does_what_the_page_says(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for photo in EXAMPLES.glob("foto-*.jpg"):
        put(Path(photo.name), photo)
    for target, source in FILES.get(name(path), {}).items():
        put(Path(target), source)
    reader = Reader(name(path), monkeypatch, capfd)
    follow(reader, blocks(path))
    noted = [command for page, command in ENDS if page == reader.page]
    assert sorted(set(noted) - set(reader.ran)) == [], "exit codes noted for commands that are not there"


@pytest.mark.parametrize("path", [path for path in PAGES if name(path) not in RUN_ELSEWHERE], ids=name)
def test_commands_for_other_systems_are_understood(path: Path) -> None:
    for block in blocks(path):
        for command in commands(block) if block.kind in CHECKED else ():
            if command.startswith("lkt "):
                parsed(command)
            else:
                assert sets_up(ROOT, command), f"nobody knows how to check: {command}"


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


@pytest.mark.parametrize(
    ("shown", "missing"),
    [
        (["a", "b"], ""),
        (["b", "…", "d"], ""),
        (["a", "c"], "c"),
        (["b", "…", "a"], "a"),
        (["x"], "x"),
    ],
)
def test_what_is_shown_is_compared_line_by_line(shown: list[str], missing: str) -> None:
    assert differs(shown, "a\nb\nc\nd\n") == missing


def test_a_command_that_the_program_does_not_know_is_found() -> None:
    with pytest.raises(Exception, match="--nihil"):
        parsed("lkt check q1.xlsx --nihil")
    assert not sets_up(ROOT, ".venv/bin/pip install -q '.[nihil]'")
    assert not sets_up(ROOT, "curl x")
