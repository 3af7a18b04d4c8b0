"""The photos and the logo of a workbook: where they may come from, and whether they can be printed."""

import errno
import hashlib
import io
import os
import re
import stat
import warnings
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING, BinaryIO

from lkt.errors import LktError
from lkt.files import open_regular
from lkt.indonesian import nearest
from lkt.model import Cell, Dataset, Gambar, GambarProblem

if TYPE_CHECKING:
    from PIL.Image import Image

# Pictures placed in the workbook, and files in its own folder, nowhere else -------------------------------

_EXTENSIONS = frozenset({".jpg", ".jpeg", ".png", ".gif", ".webp", ".bmp", ".tif", ".tiff", ".heic", ".heif"})


def locate_pictures(dataset: Dataset, folder: Path) -> Dataset:
    """The dataset with its pictures found and judged; files that its cells name are looked for in ``folder``.

    A picture placed on the row itself wins over a name. A path that leaves the folder is not followed, so
    that a workbook from elsewhere cannot pull files of this machine into a report.
    """
    kegiatan = tuple(
        replace(row, gambar=_judged(row.gambar or _named(row.foto, folder))) for row in dataset.kegiatan
    )
    return replace(
        dataset, kegiatan=kegiatan, logo=_judged(dataset.logo or _named(dataset.identitas.logo, folder))
    )


def _judged(gambar: Gambar | None) -> Gambar | None:
    if gambar is None or gambar.sumber is None:
        return gambar
    if isinstance(gambar.sumber, bytes):
        problem, name = judge(gambar.sumber)
        return replace(gambar, masalah=problem, format=name)
    try:
        data = _read(gambar.sumber)
    except OSError:
        return replace(gambar, masalah=GambarProblem.DAMAGED)
    problem, name = (GambarProblem.TOO_LARGE, "") if data is None else judge(data)
    digest = hashlib.sha256(data or b"").hexdigest()
    return replace(gambar, masalah=problem, format=name, sha256=digest)


def _named(cell: Cell[str], folder: Path) -> Gambar | None:
    """The file that a cell names; None where it names none."""
    if not cell.value:
        return None
    written = cell.value.strip()
    for name in (written, written.replace("\\", "/")):
        try:
            path = Path(os.path.realpath(folder / name))
            if not path.is_relative_to(os.path.realpath(folder)):
                return Gambar(masalah=GambarProblem.OUTSIDE)
            if stat.S_ISREG(path.stat().st_mode):
                return Gambar(path)
        except ValueError:  # a NUL
            break
        except OSError as error:
            if error.errno == errno.ELOOP:
                return Gambar(masalah=GambarProblem.LOOP)
    if PureWindowsPath(written).drive or PureWindowsPath(written).root:
        return Gambar(masalah=GambarProblem.OUTSIDE)
    return Gambar(masalah=GambarProblem.MISSING, saran=_meant(written, folder))


def _read(path: Path) -> bytes | None:
    """A file whose links have been followed, whole; None for one that is too large.

    Raises:
        OSError: it cannot be read, or has become a link or a pipe.
    """
    with open_regular(path, follow=False) as file:
        data = file.read(_MOST_BYTES + 1)
    return None if len(data) > _MOST_BYTES else data


def photo_bytes(gambar: Gambar) -> bytes:
    """The very picture that was judged.

    Raises:
        LktError: its file has changed since, or is gone.
    """
    if isinstance(gambar.sumber, bytes):
        return gambar.sumber
    assert gambar.sumber is not None
    try:
        data = _read(gambar.sumber)
    except OSError:
        data = None
    if data is None or hashlib.sha256(data).hexdigest() != gambar.sha256:
        raise LktError(f"Gambar “{gambar.sumber.name}” berubah selama laporan disusun.", "Jalankan lagi.")
    return data


def _meant(name: str, folder: Path) -> tuple[str, ...]:
    """The pictures in the folder that a name may mean: first those that differ in capitals or type only."""
    pictures = sorted(_pictures(folder))
    stem = PurePosixPath(name.replace("\\", "/")).stem.casefold()
    same = tuple(picture for picture in pictures if PurePosixPath(picture).stem.casefold() == stem)
    if same:
        return same
    # Pictures of a camera differ in their number alone: foto-2.jpg is no slip for foto-3.jpg.
    figures = re.findall(r"\d+", name)
    near = nearest(name, [each for each in pictures if re.findall(r"\d+", each) == figures], 0.8)
    return (near,) if near else ()


def _pictures(folder: Path) -> Iterator[str]:
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if Path(entry.name).suffix.casefold() in _EXTENSIONS and entry.is_file():
                    yield entry.name
    except OSError:
        return


# Whether a picture can be printed -------------------------------------------------------------------------
#
# The usual formats are judged without decoding them: thirty photos would take seconds.

FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF")
"""What is opened (MPO is a JPEG); Pillow knows more formats, some of which start other programs."""

_JPEG = frozenset({"JPEG", "MPO"})
_MOST_PIXELS = 64_000_000
_MOST_PIXELS_OF_JPEG = 178_000_000  # read at a fraction of its size; more than this Pillow itself refuses
_MOST_BYTES = 100 * 1024 * 1024  # of a file

_HEIC = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
# Formats that are pictures to people but cannot be printed here: offset, bytes, name.
_UNPRINTABLE = (
    *((4, b"ftyp" + brand, "HEIC") for brand in _HEIC),
    *((4, b"ftyp" + brand, "AVIF") for brand in (b"avif", b"avis")),
    (0, b"%PDF", "PDF"),
    (0, b"8BPS", "PSD"),
    (40, b" EMF", "EMF"),
    (0, b"\xd7\xcd\xc6\x9a", "WMF"),
    (0, b"II*\0\x10\0\0\0CR", "CR2"),
    (0, b"\0\0\x01\0", "ICO"),
)


def too_large(image: "Image") -> bool:
    """Whether it has so many pixels that decoding it may take all the memory."""
    most = _MOST_PIXELS_OF_JPEG if image.format in _JPEG else _MOST_PIXELS
    return image.width * image.height > most


def judge(data: bytes) -> tuple[GambarProblem | None, str]:
    """Why a picture cannot be printed, None where it can; and the name of a format that cannot be."""
    problem = _problem(io.BytesIO(data))
    if problem is GambarProblem.NOT_A_PICTURE and (name := _unprintable(data[:4096])):
        return GambarProblem.UNPRINTABLE, name
    return problem, ""


def _unprintable(head: bytes) -> str:
    """The name of a format that people take for a picture; empty for anything else."""
    found = (name for offset, sign, name in _UNPRINTABLE if head.startswith(sign, offset))
    return next(found, "SVG" if b"<svg" in head.lower() else "")


def _problem(stream: BinaryIO) -> GambarProblem | None:
    """What Pillow says from the first bytes, and whether the last ones are there."""
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 - only a workbook with pictures pays for it

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the size is judged here
            image = Image.open(stream, formats=FORMATS)
            if too_large(image):
                return GambarProblem.TOO_LARGE
            return None if _is_whole(image, stream) else GambarProblem.DAMAGED
    except Image.DecompressionBombError:
        return GambarProblem.TOO_LARGE
    except UnidentifiedImageError:
        stream.seek(0)
        head = stream.read(12)
    except Exception:  # noqa: BLE001 - Pillow raises anything at all on a damaged file
        return GambarProblem.DAMAGED
    # A file that begins like a picture but has no readable head is damaged; so is an empty one.
    begins = head.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or head[8:] == b"WEBP"
    return GambarProblem.DAMAGED if begins or not head.strip(b"\0") else GambarProblem.NOT_A_PICTURE


def _is_whole(image: "Image", stream: BinaryIO) -> bool:
    """Whether the file is complete; a file of a rare format is decoded to tell."""
    if image.format in _JPEG:
        stream.seek(0)
        return _jpeg_ends(stream.read())
    if image.format == "PNG":
        image.verify()
    else:
        image.load()
    return True


def _jpeg_ends(data: bytes) -> bool:
    """Whether the end marker follows the first scan, in whose data it cannot occur by chance.

    The segments before the scan are skipped by their length: one of them may hold a thumbnail, which is a
    JPEG with an end of its own.
    """
    place = 2
    while place + 4 <= len(data) and data[place] == 0xFF:
        marker = data[place + 1]
        if marker == 0xDA:  # start of scan
            return data.find(b"\xff\xd9", place) >= 0
        if marker == 0xFF:  # padding
            place += 1
        elif marker == 0x01 or 0xD0 <= marker <= 0xD8:  # a marker without a segment
            place += 2
        else:
            place += 2 + int.from_bytes(data[place + 2 : place + 4])
    return False
