"""docs/worked-examples.md: each example is applied to a copy of the repository as it stands, and run."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.docs.pages import DOCS, ROOT, assert_shown

COPIED = ("lkt", "templates", "tests", "pyproject.toml")
LINKED = ("examples", "docs")
ELSEWHERE = shutil.ignore_patterns("golden", "mutations", "hard")

_EXAMPLE = re.compile(r"^## (.+?)\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
_BLOCK = re.compile(r"^```(diff|console)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_FILE = re.compile(r"^--- (?:a/)?(\S+)\n\+\+\+ b/(\S+)\n", re.MULTILINE)
_HUNK = re.compile(r"^@@.*\n", re.MULTILINE)


EXAMPLES = dict(_EXAMPLE.findall((DOCS / "worked-examples.md").read_text(encoding="utf-8")))
"""Heading -> text of each example."""


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """What the examples change, copied; what they only read, linked."""
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, tmp_path / name, ignore=ELSEWHERE)
        else:
            shutil.copy(source, tmp_path)
    for name in LINKED:
        (tmp_path / name).symlink_to(ROOT / name)
    return tmp_path


def apply(diff: str, root: Path) -> list[str]:
    """Apply a patch: each hunk has its lines in one place, or goes to the end of its file; those files."""
    _, *parts = _FILE.split(diff)
    for old, new, hunks in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
        path = root / new
        text = "" if old == "/dev/null" else path.read_text(encoding="utf-8")
        for hunk in _HUNK.split(hunks)[1:]:
            before, after = (_side(hunk, signs) for signs in (" -", " +"))
            assert not before or text.count(before) == 1, f"{new}: not in one place:\n{before}"
            text = text.replace(before, after) if before else text + after
        path.write_text(text, encoding="utf-8")
    return parts[1::3]


def _side(hunk: str, signs: str) -> str:
    return "".join(line[1:] or "\n" for line in hunk.splitlines(keepends=True) if line[0] in signs)


def commands(console: str) -> Iterator[tuple[list[str], list[str]]]:
    """Each command with the lines it prints; … stands for lines, or for the rest of one."""
    for part in re.split(r"^\$ ", console, flags=re.MULTILINE)[1:]:
        line, *printed = part.splitlines()
        yield shlex.split(line), printed


def run(command: list[str], root: Path) -> list[str]:
    """What a command prints; its first word is python or lkt. It ends without a traceback or a misuse."""
    program = {"python": [sys.executable], "lkt": [sys.executable, "-m", "lkt"]}[command[0]]
    done = subprocess.run(
        [*program, *command[1:]],
        cwd=root,
        env={
            **os.environ,
            "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",  # which takes long
            "PYTHONPATH": str(root),
            "PYTHONUTF8": "1",
        },
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    findings_are_expected = command[:2] == ["lkt", "check"]
    assert done.returncode in ((0, 1) if findings_are_expected else (0,)), done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout.splitlines()


def test_everything_that_is_added_in_one_place_has_its_example() -> None:
    assert list(EXAMPLES) == [
        "A rule",
        "A kind of indicator",
        "A column",
        "A field of the template",
        "An output format",
    ]


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_example_works_as_it_stands(name: str, copy: Path) -> None:
    blocks = _BLOCK.findall(EXAMPLES[name])
    assert [kind for kind, _ in blocks] == ["diff", "console"]
    changed = [path for path in apply(blocks[0][1], copy) if path.endswith(".py")]
    for check in ("check", "format --check"):
        run(["python", "-m", "ruff", *check.split(), "-q", *changed], copy)
    for command, shown in commands(blocks[1][1]):
        assert_shown(shown, run(command, copy))
