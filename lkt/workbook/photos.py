"""The photos and the logo of a workbook: where they may come from, and whether they can be printed."""

import io
import re
import warnings
from dataclasses import replace
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING, BinaryIO

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

    def found(placed: Gambar | None, named: Cell[str]) -> Gambar | None:
        gambar = placed or _named((named.value or "").strip(), folder)
        if gambar is None or gambar.sumber is None:
            return gambar
        problem, name = judge(gambar.sumber)
        return replace(gambar, masalah=problem, format=name)

    kegiatan = tuple(replace(row, gambar=found(row.gambar, row.foto)) for row in dataset.kegiatan)
    return replace(dataset, kegiatan=kegiatan, logo=found(dataset.logo, dataset.identitas.logo))


def _named(written: str, folder: Path) -> Gambar | None:
    """The file that a cell names; None where it names none."""
    if not written:
        return None
    for name in (written, written.replace("\\", "/")):
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
    try:
        files = [path.name for path in folder.iterdir() if path.suffix.casefold() in _EXTENSIONS]
    except OSError:
        return ()
    stem = PurePosixPath(name.replace("\\", "/")).stem.casefold()
    if same := tuple(file for file in sorted(files) if PurePosixPath(file).stem.casefold() == stem):
        return same
    # Pictures of a camera differ in their number alone: foto-2.jpg is no slip for foto-3.jpg.
    figures = re.findall(r"\d+", name)
    near = nearest(name, [each for each in sorted(files) if re.findall(r"\d+", each) == figures], 0.8)
    return (near,) if near else ()


# Whether a picture can be printed -------------------------------------------------------------------------
#
# The usual formats are judged without decoding them: thirty photos would take seconds.

FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF")
"""What is opened (MPO is a JPEG); Pillow knows more formats, some of which start other programs."""

_JPEG = frozenset({"JPEG", "MPO"})
_MOST_PIXELS = 64_000_000
_MOST_PIXELS_OF_JPEG = 178_000_000  # read at a fraction of its size; more than this Pillow itself refuses
_MOST_BYTES = 100 * 1024 * 1024  # of a file; it is read whole

_HEIC = ("heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1")
# Formats that are pictures to people but cannot be printed here: offset, bytes, name.
_UNPRINTABLE = (
    *((4, f"ftyp{brand}".encode(), "HEIC") for brand in _HEIC),
    (4, b"ftypavi", "AVIF"),
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


def judge(source: bytes | Path) -> tuple[GambarProblem | None, str]:
    """Why a picture cannot be printed, None where it can; and the name of a format that cannot be."""
    try:
        if isinstance(source, Path) and source.stat().st_size > _MOST_BYTES:
            return GambarProblem.TOO_LARGE, ""
        with io.BytesIO(source) if isinstance(source, bytes) else source.open("rb") as stream:
            return _judge_stream(stream)
    except OSError:
        return GambarProblem.DAMAGED, ""


def _judge_stream(stream: BinaryIO) -> tuple[GambarProblem | None, str]:
    """What Pillow says from the first bytes, and whether the last ones are there."""
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 - only a workbook with pictures pays for it

    head = stream.read(4096)
    stream.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the size is judged here
            image = Image.open(stream, formats=FORMATS)
            if too_large(image):
                return GambarProblem.TOO_LARGE, ""
            return (None if _is_whole(image, stream) else GambarProblem.DAMAGED), ""
    except Image.DecompressionBombError:
        return GambarProblem.TOO_LARGE, ""
    except UnidentifiedImageError:
        return _judge_head(head)
    except Exception:  # noqa: BLE001 - Pillow raises anything at all on a damaged file
        return GambarProblem.DAMAGED, ""


def _judge_head(head: bytes) -> tuple[GambarProblem, str]:
    """What is wrong with a file that Pillow does not take for a picture."""
    found = (name for offset, sign, name in _UNPRINTABLE if head.startswith(sign, offset))
    if name := next(found, "SVG" if b"<svg" in head.lower() else ""):
        return GambarProblem.UNPRINTABLE, name
    # A file that begins like a picture but has no readable head is damaged; so is an empty one.
    begins = head.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or head[8:12] == b"WEBP"
    damaged = begins or not head[:12].strip(b"\0")
    return GambarProblem.DAMAGED if damaged else GambarProblem.NOT_A_PICTURE, ""


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
