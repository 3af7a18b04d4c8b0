"""The Markdown files of the repository: their fenced blocks, their links, what they show as printed."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md"), *(ROOT / "examples").rglob("*.md")])
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`[^`\n]*`")
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)|<(https?://[^>\s]+)>")


@dataclass(frozen=True)
class Block:
    """A fenced block: its kind, such as ``sh``, and its lines."""

    kind: str
    lines: tuple[str, ...]


def name(path: Path) -> str:
    """The path as the tests name it."""
    return path.relative_to(ROOT).as_posix()


def blocks(path: Path) -> list[Block]:
    """The fenced blocks of a page in their order."""
    text = path.read_text(encoding="utf-8")
    return [Block(kind, tuple(body.splitlines())) for kind, body in _FENCE.findall(text)]


def commands(block: Block) -> Iterator[str]:
    """The commands of a block without their comments."""
    for line in block.lines:
        command = line.split("   #")[0].strip() if "   #" in line else line.strip()
        if command and not command.startswith("#"):
            yield command


def links(path: Path) -> list[str]:
    """The targets of a page's links and pictures."""
    text = _CODE.sub("", _FENCE.sub("", path.read_text(encoding="utf-8")))
    return [inner or plain for inner, plain in _LINK.findall(text)]


def assert_shown(shown: Sequence[str], printed: Sequence[str]) -> None:
    """The lines that a page shows are printed in their order, none between them but where … stands.

    … is a line by itself, or the end of a line that is shortened.
    """
    lines, skipping = iter(printed), False
    for expected in shown:
        if expected.strip() == "…":
            skipping = True
            continue
        start, shortened = expected.rstrip().removesuffix("…"), expected.endswith("…")
        for line in map(str.rstrip, lines):
            if line == expected.rstrip() or (shortened and line.startswith(start)):
                break
            assert skipping, f"{expected!r} is not {line!r}"
        else:
            raise AssertionError(f"{expected!r} is not printed:\n" + "\n".join(printed))
        skipping = False
    assert skipping or not list(lines)
