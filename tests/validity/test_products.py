"""Every file of every kind, over every example: valid, the same each time, and silent about its maker."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.builders import EXAMPLES
from tests.validity.checks import complaints, leaks
from tests.validity.products import OF_A_WORKBOOK, OF_NOTHING, produce

ROOT = EXAMPLES.parent
BEFORE = {"sukamaju-2025-tw2": ("sukamaju-2025-tw1",)}
FAULTY = EXAMPLES / "senduro-2024-tw1-asli.xlsx"
BOOKS = [*sorted(EXAMPLES.glob("*.xlsx")), EXAMPLES / "lumajang-2024" / "03-candipuro-2024-tw1.xlsx"]
CASES = [
    pytest.param(book, kind, id=f"{book.stem}-{kind}")
    for book in BOOKS
    for kind in OF_A_WORKBOOK
    if kind != "rancangan" or book == FAULTY  # of the others it differs by its watermark alone
]


def previous(book: Path) -> list[Path]:
    return [book.with_name(f"{name}.xlsx") for name in BEFORE.get(book.stem, ())]


@pytest.mark.parametrize(("book", "kind"), CASES)
def test_what_is_made_of_a_workbook(book: Path, kind: str, tmp_path: Path) -> None:
    make = OF_A_WORKBOOK[kind]
    first, second = (produce(make, book, tmp_path / name, previous(book)) for name in ("Ruang Satu", "dua"))
    assert (first is None) == (second is None)
    assert first or book != FAULTY, "every kind is made of the workbook with mistakes"
    if first and second:
        assert complaints(first) == []
        assert first.read_bytes() == second.read_bytes()
        assert leaks(first, ["Ruang Satu", str(tmp_path)]) == []


@pytest.mark.parametrize("kind", OF_NOTHING)
def test_what_is_made_without_a_workbook(kind: str, tmp_path: Path) -> None:
    first, second = (produce(OF_NOTHING[kind], BOOKS[0], tmp_path / name) for name in ("Ruang Satu", "dua"))
    assert first is not None
    assert second is not None
    assert complaints(first) == []
    assert first.read_bytes() == second.read_bytes()
    assert leaks(first, ["Ruang Satu", str(tmp_path)]) == []


HERE = {"PYTHONHASHSEED": "1", "TZ": "UTC", "LANG": "C", "LC_ALL": "C", "USER": "satu"}
THERE = {
    "PYTHONHASHSEED": "77",
    "TZ": "Asia/Jayapura",
    "LANG": "id_ID.UTF-8",
    "LC_ALL": "C.UTF-8",
    "USER": "dua",
}


def test_another_process_elsewhere_makes_the_same_bytes(tmp_path: Path) -> None:
    name = "sukamaju-2025-tw2"
    here, there = (
        made_in(tmp_path / "sini", name, HERE, 0),
        made_in(tmp_path / "lain" / "sana", name, THERE, 9e8),
    )
    assert here == there
    assert len(here) >= len(OF_NOTHING) + 4


def made_in(folder: Path, name: str, environment: Mapping[str, str], mtime: float) -> dict[str, bytes]:
    """All files that a process of its own makes of an example that lies in a folder."""
    folder.mkdir(parents=True)
    books = []
    for each in (name, *BEFORE.get(name, ())):
        copy = folder / f"{each}.xlsx"
        copy.write_bytes((EXAMPLES / copy.name).read_bytes())
        os.utime(copy, (mtime, mtime))
        books.append(str(copy))
    command = [sys.executable, "-m", "tests.validity.products", books[0], str(folder / "hasil"), *books[1:]]
    subprocess.run(
        command, check=True, cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT), **environment}
    )
    return {path.name: path.read_bytes() for path in sorted((folder / "hasil").glob("*.*"))}
