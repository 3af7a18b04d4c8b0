"""Which files of the folders that were named are workbooks, and why the others are passed over."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from lkt.errors import LktError

STATE = ".lkt"
"""The folder in the output folder in which a batch remembers what it did."""
PAGES = "temuan"
"""The folder of the pages of findings."""
RECAP = ("rekap.xlsx", "rekap.docx", "index.html")

_COPY = re.compile(r" \((?:diperiksa|diperbaiki|baru)(?: \d+)?\)$")


@dataclass(frozen=True, slots=True)
class Found:
    """The workbooks in the order of their names, and what was passed over with its reason."""

    workbooks: tuple[Path, ...]
    passed: tuple[tuple[Path, str], ...]


def discover(paths: Sequence[Path], out: Path) -> Found:
    """The workbooks among files and in folders, subfolders included.

    Args:
        paths: files and folders; a file is taken whatever its name is.
        out: the output folder, in which nothing is looked for but workbooks that lie in it directly.

    Raises:
        LktError: a path does not exist.
    """
    named = [path for path in paths if not path.is_dir()]
    for path in named:
        if not path.exists():
            raise LktError(f"“{path}” tidak ditemukan.", "Periksa nama berkas atau foldernya.")
    workbooks = dict.fromkeys(named)
    passed: dict[Path, str] = {}
    for folder in paths:
        if folder.is_dir():
            for path, reason in _files(folder, out):
                if reason:
                    passed[path] = reason
                else:
                    workbooks[path] = None
    ordered = sorted(workbooks, key=lambda path: _natural(str(path)))
    return Found(tuple(ordered), tuple(passed.items()))


def beside(folder: Path) -> list[Path]:
    """The workbooks that lie directly in a folder, in the order of their names; none where it is closed.

    A recap that somebody copied there is none either.
    """
    try:
        files = [path for path in folder.iterdir() if path.is_file() and not path.name.startswith(".")]
    except OSError:
        return []
    workbooks = (path for path in files if path.name not in RECAP and not _why_not(path))
    return sorted(workbooks, key=lambda path: _natural(path.name))


def _files(folder: Path, out: Path) -> Iterator[tuple[Path, str]]:
    """The files below a folder, each with the reason why it is no workbook to be worked out, if there is one.

    What is hidden goes without a word; a folder that a batch wrote is named as one.
    """
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue
        if not path.is_dir():
            yield path, _why_not(path)
        elif _same(path, out) or (path.name == PAGES and _was_written_to(folder)):
            yield path, "folder hasil lkt"
        else:
            yield from _files(path, out)


def _why_not(path: Path) -> str:
    """Why a file in a folder is no workbook to be worked out; empty where it is one."""
    if path.name.startswith("~$"):
        return "berkas kunci sementara Excel"
    if path.suffix.lower() != ".xlsx":
        return f"bukan .xlsx ({path.suffix.lower() or 'tanpa akhiran'})"
    if _COPY.search(path.stem):
        return "salinan yang ditulis lkt"
    if path.name in RECAP and _was_written_to(path.parent):
        return "rekap yang ditulis lkt"
    return ""


def _was_written_to(folder: Path) -> bool:
    """Whether it is the output folder of some batch, of this one or an earlier."""
    return (folder / STATE).is_dir()


def _same(one: Path, other: Path) -> bool:
    return one.resolve() == other.resolve()


def _natural(text: str) -> list[tuple[int, str]]:
    """A key by which q2 comes before q10."""
    return [(int(part), "") if part.isdecimal() else (-1, part.casefold()) for part in _pieces(text)]


def _pieces(text: str) -> Iterable[str]:
    return (part for part in re.split(r"(\d+)", text) if part)
