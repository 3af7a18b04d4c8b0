"""Whether a picture can be printed, told without decoding it: thirty photos take a fraction of a second."""

import io
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from lkt.model import GambarProblem

if TYPE_CHECKING:
    from PIL.Image import Image

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
