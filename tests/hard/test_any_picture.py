"""A picture that a workbook names: from its own folder alone, and none that takes all the memory."""

import os
import struct
import zlib
from pathlib import Path

import pytest

from examples.tables import split_tables
from lkt.errors import LktError
from lkt.model import Gambar, GambarProblem
from lkt.rules.helpers import complaint, repair
from lkt.workbook.photos import locate_pictures, photo_bytes
from lkt.workbook.reader import read_grids
from lkt.xlsx import SheetCells
from tests.builders import _rows, base, edit
from tests.wordtemplate.docx_builder import png


def photo(folder: Path, name: str) -> Gambar | None:
    tables = split_tables(edit(base(), "Kegiatan!E2", name))
    dataset = read_grids([SheetCells(sheet, _rows(lines)) for sheet, lines in tables.items()])
    return locate_pictures(dataset, folder).kegiatan[0].gambar


def bomb(width: int, height: int) -> bytes:
    """A PNG that says it has so many pixels."""
    head = struct.pack(">LLBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(10_000))), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data))
        for kind, data in chunks
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "rahasia.png").write_bytes(png())
    inside = tmp_path / "buku"
    inside.mkdir()
    (inside / "foto.png").write_bytes(png())
    (inside / "tautan.png").symlink_to(tmp_path / "rahasia.png")
    (inside / "sub").symlink_to(tmp_path)
    (inside / "sendiri.png").symlink_to(inside / "foto.png")
    (inside / "lingkar.png").symlink_to(inside / "lingkaran.png")
    (inside / "lingkaran.png").symlink_to(inside / "lingkar.png")
    (inside / "folder").symlink_to(inside / "folder")
    os.mkfifo(inside / "pipa.png")
    (inside / "bom.png").write_bytes(bomb(60_000, 60_000))
    with (inside / "besar.jpg").open("wb") as file:
        file.write(b"\xff\xd8\xff\xe0")
        file.truncate(10**12)  # holds nothing on the disk
    return inside


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("foto.png", None),
        ("sendiri.png", None),
        ("../rahasia.png", GambarProblem.OUTSIDE),
        ("..\\rahasia.png", GambarProblem.OUTSIDE),
        ("tautan.png", GambarProblem.OUTSIDE),
        ("sub/rahasia.png", GambarProblem.OUTSIDE),
        ("/etc/passwd", GambarProblem.OUTSIDE),
        ("\\\\server\\x.png", GambarProblem.OUTSIDE),
        ("file:///etc/passwd", GambarProblem.MISSING),
        ("https://contoh.id/x.png", GambarProblem.MISSING),
        ("lingkar.png", GambarProblem.LOOP),
        ("folder/foto.png", GambarProblem.LOOP),
        ("pipa.png", GambarProblem.MISSING),
        ("bom.png", GambarProblem.TOO_LARGE),
        ("besar.jpg", GambarProblem.TOO_LARGE),
    ],
)
def test_where_it_may_lie_and_how_large_it_may_be(
    folder: Path, name: str, problem: GambarProblem | None
) -> None:
    found = photo(folder, name)
    assert found
    assert found.masalah is problem


def test_a_loop_of_links_is_told(folder: Path) -> None:
    found = photo(folder, "lingkar.png")
    assert found
    assert "berputar-putar" in complaint(found)
    assert "Hapus tautan" in repair(found)


@pytest.mark.parametrize("becomes", ["gone", "other", "link", "pipe"])
def test_what_is_printed_is_what_was_judged(folder: Path, becomes: str) -> None:
    """Somebody puts another file in the place of a photo between the check and the report."""
    found = photo(folder, "foto.png")
    assert found
    assert photo_bytes(found) == (folder / "foto.png").read_bytes()
    (folder / "foto.png").unlink()
    if becomes == "other":
        (folder / "foto.png").write_bytes(bomb(60_000, 60_000))
    elif becomes == "link":
        (folder / "foto.png").symlink_to(folder.parent / "rahasia.png")  # of the same content
    elif becomes == "pipe":
        os.mkfifo(folder / "foto.png")
    with pytest.raises(LktError, match=r"“foto.png” berubah"):
        photo_bytes(found)
