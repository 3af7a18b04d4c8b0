"""Commands of the pages, run as written: in this process, in a folder of their own."""

import re
import shlex
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import typer

from lkt import cli


@dataclass(frozen=True)
class Run:
    """What a command did."""

    code: int
    output: str


def lkt(arguments: Sequence[str], monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Run the program in the present folder; what it prints on both streams comes together."""
    monkeypatch.setattr(sys, "argv", ["lkt", *arguments])
    monkeypatch.setattr(
        sys.modules["__main__"], "__package__", ""
    )  # or the program is called by pytest's name
    capfd.readouterr()
    with pytest.raises(SystemExit) as ended:
        cli.main()
    printed = capfd.readouterr()
    return Run(int(ended.value.code or 0), printed.out + printed.err)


def differs(shown: Sequence[str], output: str) -> str:
    """The first shown line that the output lacks; empty when all come in their order, ``…`` for any gap."""
    lines, at, free = [line.rstrip() for line in output.splitlines()], 0, True
    for line in shown:
        if line.strip() == "…":
            free = True
            continue
        found = next((n for n in range(at, len(lines)) if lines[n] == line.rstrip()), None)
        if found is None or (not free and found != at):
            return line
        at, free = found + 1, False
    return ""


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


def _installable(root: Path, rest: str) -> bool:
    project = (root / "pyproject.toml").read_text(encoding="utf-8")
    for word in shlex.split(rest):
        path, extra = re.fullmatch(r"([^\[]*)(?:\[(\w+)\])?", word).groups()  # type: ignore[union-attr]
        if extra and not re.search(rf"^{extra} = \[", project, re.MULTILINE):
            return False
        if not (path.startswith("-") or (root / path).exists()):
            return False
    return True


def _checked_by_ci(root: Path, command: str) -> bool:
    """Whether .ci/run runs it too."""
    program, _, arguments = command.partition(" ")
    return f'"$bin/{program}" {arguments}'.strip() in (root / ".ci" / "run").read_text(encoding="utf-8")


SET_UP: tuple[tuple[str, Callable[[Path, str], bool]], ...] = (
    (r"python3 -m venv (\.venv|/tmp/lock)", lambda _root, _rest: True),
    (r"/tmp/lock/bin/pip install -q uv", lambda _root, _rest: True),
    (r'lock="/tmp/lock/bin/uv pip compile .* (pyproject\.toml)"', lambda root, rest: (root / rest).exists()),
    (r"\$lock .* -o (\.ci/lock\.txt)", lambda root, rest: (root / rest).exists()),
    (r"\$lock .* -c (\.ci/lock\.txt) .*", lambda root, rest: (root / rest).exists()),
    (
        r"\.venv/bin/python -m (docs\.dependencies) .*",
        lambda root, rest: (root / f"{rest.replace('.', '/')}.py").exists(),
    ),
    (r"\.venv/bin/pip install (?:-q )?(\S.*)", _installable),
    (r"\.venv/bin/python -m (pytest)\b.*", lambda _root, _rest: True),
    (r"\.venv/bin/(ruff check \.|ruff format --check \.|lint-imports|mypy)", _checked_by_ci),
    (r"\.venv/bin/python -m tests\.(fuzz) .*", lambda root, rest: (root / "tests" / rest).exists()),
    (r"pipx install (\.)", _installable),
    (r"uv tool install (\.)", _installable),
    (r"py --version", lambda _root, _rest: True),
    (r"py -m pip install --user (pipx|uv)", lambda _root, _rest: True),
    (r"py -m pipx (ensurepath|install (--force )?C:\\lkt|uninstall lkt)", lambda _root, _rest: True),
    (r"py -m uv tool (install C:\\lkt|update-shell)", lambda _root, _rest: True),
)
"""The commands that set something up: not run, but what they name must be there."""


def sets_up(root: Path, command: str) -> bool:
    """Whether it is a known set-up command whose parts exist."""
    for pattern, check in SET_UP:
        if match := re.fullmatch(pattern, command):
            return check(root, match[1] if match.re.groups else "")
    return False
