"""The photos and the logo of a workbook: where they may come from, and whether they can be printed."""

import io
import os
import re
import warnings
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING, BinaryIO

from lkt.indonesian import nearest
from lkt.model import Cell, Dataset, Gambar, GambarProblem, Kegiatan

if TYPE_CHECKING:
    from PIL.Image import Image

# Whether a picture can be printed, told without decoding it: thirty photos take a fraction of a second ----


FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF")
"""What is opened (MPO is a JPEG); Pillow knows more formats, some of which start other programs."""

_FOREIGN = {
    **dict.fromkeys((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"), "HEIC"),
    **dict.fromkeys((b"avif", b"avis"), "AVIF"),
}
_SIGNS = (
    (0, b"%PDF", "PDF"),
    (0, b"8BPS", "PSD"),
    (40, b" EMF", "EMF"),
    (0, b"\xd7\xcd\xc6\x9a", "WMF"),
    (0, b"II*\0\x10\0\0\0CR", "CR2"),
    (0, b"\0\0\x01\0", "ICO"),
)
"""Offset, bytes and name of formats that are pictures to people but cannot be printed here."""

_JPEG = frozenset({"JPEG", "MPO"})
_MOST_PIXELS = 64_000_000
_MOST_PIXELS_OF_JPEG = 178_000_000  # read at a fraction of its size; more than this Pillow itself refuses
_HEAD = 4096
_MOST_BYTES = 100 * 1024 * 1024  # of a file; it is read whole
_START_OF_SCAN, _END = 0xDA, b"\xff\xd9"
_STANDALONE = frozenset({0x01, *range(0xD0, 0xD9)})


def too_large(image: "Image") -> bool:
    """Whether it has so many pixels that decoding it may take all the memory."""
    most = _MOST_PIXELS_OF_JPEG if image.format in _JPEG else _MOST_PIXELS
    return image.width * image.height > most


def judge(source: bytes | Path) -> tuple[GambarProblem | None, str]:
    """Why a picture cannot be printed, None where it can; and the name of a format that cannot be."""
    if isinstance(source, Path) and _size(source) > _MOST_BYTES:
        return GambarProblem.TOO_LARGE, ""
    try:
        with io.BytesIO(source) if isinstance(source, bytes) else source.open("rb") as stream:
            problem = _problem(stream)
            stream.seek(0)
            head = stream.read(_HEAD)
    except OSError:
        return GambarProblem.DAMAGED, ""
    if problem is GambarProblem.NOT_A_PICTURE and (name := _foreign(head)):
        return GambarProblem.UNPRINTABLE, name
    return problem, ""


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _problem(stream: BinaryIO) -> GambarProblem | None:
    """What Pillow says from the first bytes, and whether the last ones are there."""
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 - only a workbook with pictures pays for it

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the size is judged here
            image = Image.open(stream, formats=FORMATS)
            if too_large(image):
                return GambarProblem.TOO_LARGE
            return None if _whole(image, stream) else GambarProblem.DAMAGED
    except Image.DecompressionBombError:
        return GambarProblem.TOO_LARGE
    except UnidentifiedImageError:
        return _unidentified(stream)
    except Exception:  # noqa: BLE001 - Pillow raises anything at all on a damaged file
        return GambarProblem.DAMAGED


def _unidentified(stream: BinaryIO) -> GambarProblem:
    """A file that begins like a picture but has no readable head is damaged; so is an empty one."""
    stream.seek(0)
    head = stream.read(12)
    begins = head[:3] == b"\xff\xd8\xff" or head[:8] == b"\x89PNG\r\n\x1a\n" or head[8:12] == b"WEBP"
    return GambarProblem.DAMAGED if begins or not head.strip(b"\0") else GambarProblem.NOT_A_PICTURE


def _whole(image: "Image", stream: BinaryIO) -> bool:
    """The file is complete; a file of a rare format is decoded to tell."""
    if image.format in _JPEG:
        stream.seek(0)
        return _jpeg_ends(stream.read())
    if image.format == "PNG":
        image.verify()
    else:
        image.load()
    return True


def _jpeg_ends(data: bytes) -> bool:
    """The end marker follows the first scan, in whose data it cannot occur by chance."""
    place = 2
    while place + 4 <= len(data):
        if data[place] != 0xFF:
            return False
        marker = data[place + 1]
        if marker == 0xFF or marker in _STANDALONE:
            place += 1 if marker == 0xFF else 2
        elif marker == _START_OF_SCAN:
            return data.find(_END, place) >= 0
        else:
            place += 2 + int.from_bytes(data[place + 2 : place + 4])
    return False


def _foreign(head: bytes) -> str:
    """The name of a format that people take for a picture; empty for anything else."""
    if head[4:8] == b"ftyp":
        return _FOREIGN.get(head[8:12].lower(), "")
    named = (name for offset, sign, name in _SIGNS if head[offset : offset + len(sign)] == sign)
    return next(named, "SVG" if b"<svg" in head.lower() else "")


# The photos and the logo of a workbook: those placed in it, and files in its own folder, nowhere else -----


_EXTENSIONS = frozenset({".jpg", ".jpeg", ".png", ".gif", ".webp", ".bmp", ".tif", ".tiff", ".heic", ".heif"})


def locate_pictures(dataset: Dataset, folder: Path) -> Dataset:
    """The dataset with its pictures found and judged; files that its cells name are looked for in ``folder``.

    A picture placed on the row itself wins over a name. A path that leaves the folder is not followed, so
    that a workbook from elsewhere cannot pull files of this machine into a report.
    """
    kegiatan = tuple(_located(row, folder) for row in dataset.kegiatan)
    logo = _judged(dataset.logo or _named(dataset.identitas.logo, folder))
    return replace(dataset, kegiatan=kegiatan, logo=logo)


def _located(row: Kegiatan, folder: Path) -> Kegiatan:
    return replace(row, gambar=_judged(row.gambar or _named(row.foto, folder)))


def _judged(gambar: Gambar | None) -> Gambar | None:
    if gambar is None or gambar.sumber is None:
        return gambar
    problem, name = judge(gambar.sumber)
    return replace(gambar, masalah=problem, format=name)


def _named(cell: Cell[str], folder: Path) -> Gambar | None:
    """The file that a cell names; None where it names none."""
    if not cell.value:
        return None
    written = cell.value.strip()
    for name in dict.fromkeys((written, written.replace("\\", "/"))):
        try:
            path = (folder / name).resolve()
            if not path.is_relative_to(folder.resolve()):
                return Gambar(masalah=GambarProblem.OUTSIDE)
            if path.is_file():
                return Gambar(path)
        except (OSError, ValueError):  # a name that no file can have: too long, or with a NUL
            break
    if PureWindowsPath(written).drive or PureWindowsPath(written).root:
        return Gambar(masalah=GambarProblem.OUTSIDE)
    return Gambar(masalah=GambarProblem.MISSING, saran=_meant(written, folder))


def _meant(name: str, folder: Path) -> tuple[str, ...]:
    """The pictures in the folder that a name may mean: first those that differ in capitals or type only."""
    pictures = sorted(_pictures(folder))
    stem = PurePosixPath(name.replace("\\", "/")).stem.casefold()
    same = tuple(picture for picture in pictures if PurePosixPath(picture).stem.casefold() == stem)
    if same:
        return same
    # Pictures of a camera differ in their number alone: foto-2.jpg is no slip for foto-3.jpg.
    near = nearest(name, [picture for picture in pictures if _figures(picture) == _figures(name)], 0.8)
    return (near,) if near else ()


def _figures(name: str) -> list[str]:
    return re.findall(r"\d+", name)


def _pictures(folder: Path) -> Iterator[str]:
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if Path(entry.name).suffix.casefold() in _EXTENSIONS and entry.is_file():
                    yield entry.name
    except OSError:
        return
