"""The photos and the logo of a workbook: where they may come from, and whether they can be printed."""

import errno
import hashlib
import io
import os
import re
import stat
import warnings
from contextlib import suppress
from dataclasses import replace
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING

from lkt.errors import LktError
from lkt.files import open_regular
from lkt.indonesian import nearest
from lkt.model import Dataset, Gambar, GambarProblem

if TYPE_CHECKING:
    from PIL.Image import Image

# Pictures placed in the workbook, and files in its own folder, nowhere else -------------------------------

_EXTENSIONS = frozenset({".jpg", ".jpeg", ".png", ".gif", ".webp", ".bmp", ".tif", ".tiff", ".heic", ".heif"})


def locate_pictures(dataset: Dataset, folder: Path) -> Dataset:
    """The dataset with its pictures found and judged; files that its cells name are looked for in ``folder``.

    A picture placed on the row itself wins over a name. A path that leaves the folder is not followed, so
    that a workbook from elsewhere cannot pull files of this machine into a report.
    """
    logo, *photos = (
        placed or _named((named.value or "").strip(), folder)
        for placed, named in (
            (dataset.logo, dataset.identitas.logo),
            *((row.gambar, row.foto) for row in dataset.kegiatan),
        )
    )
    sources = {each.sumber for each in (logo, *photos) if each and each.sumber is not None}
    judged = {source: _judged(source) for source in sources}  # one picture may stand on thousands of rows

    def told(gambar: Gambar | None) -> Gambar | None:
        if gambar is None or gambar.sumber is None:
            return gambar
        problem, name, digest = judged[gambar.sumber]
        return replace(gambar, masalah=problem, format=name, sha256=digest)

    rows = zip(dataset.kegiatan, photos, strict=True)
    kegiatan = tuple(replace(row, gambar=told(gambar)) for row, gambar in rows)
    return replace(dataset, kegiatan=kegiatan, logo=told(logo))


def _judged(source: bytes | Path) -> tuple[GambarProblem | None, str, str]:
    """What ``judge`` says of a picture, and of a file also the SHA-256 by which it is printed later."""
    if isinstance(source, bytes):
        return (*judge(source), "")
    try:
        data = _read(source)
    except OSError:
        return GambarProblem.DAMAGED, "", ""
    return (*judge(data), hashlib.sha256(data).hexdigest())


def _named(written: str, folder: Path) -> Gambar | None:
    """The file that a cell names; None where it names none."""
    if not written:
        return None
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


def _read(path: Path) -> bytes:
    """A file whose links have been followed, up to one byte more than may be.

    Raises:
        OSError: it cannot be read, or has become a link or a pipe.
    """
    with open_regular(path, follow=False) as file:
        return file.read(_MOST_BYTES + 1)


def photo_bytes(gambar: Gambar) -> bytes:
    """The very picture that was judged.

    Raises:
        LktError: its file has changed since, or is gone.
    """
    if isinstance(gambar.sumber, bytes):
        return gambar.sumber
    assert gambar.sumber is not None
    with suppress(OSError):
        data = _read(gambar.sumber)
        if hashlib.sha256(data).hexdigest() == gambar.sha256:
            return data
    raise LktError(f"Gambar “{gambar.sumber.name}” berubah selama laporan disusun.", "Jalankan lagi.")


def _meant(name: str, folder: Path) -> tuple[str, ...]:
    """The pictures in the folder that a name may mean: first those that differ in capitals or type only."""
    try:
        files = [
            path.name for path in folder.iterdir() if path.suffix.casefold() in _EXTENSIONS and path.is_file()
        ]
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
_MOST_SCANNED = 800_000_000  # pixels of all scans of a progressive JPEG, each of which passes over all of it
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
    at_once = image.format not in _JPEG or image.info.get("progressive")
    most = _MOST_PIXELS if at_once else _MOST_PIXELS_OF_JPEG
    return image.width * image.height > most


def judge(data: bytes) -> tuple[GambarProblem | None, str]:
    """Why a picture cannot be printed, None where it can; and the name of a format that cannot be.

    Told by its first bytes as Pillow reads them, and by whether the last ones are there.
    """
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 - only a workbook with pictures pays for it

    if len(data) > _MOST_BYTES:
        return GambarProblem.TOO_LARGE, ""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the size is judged here
            image = Image.open(io.BytesIO(data), formats=FORMATS)
            if too_large(image) or _scans(image, data) * image.width * image.height > _MOST_SCANNED:
                return GambarProblem.TOO_LARGE, ""
            return (None if _is_whole(image, data) else GambarProblem.DAMAGED), ""
    except Image.DecompressionBombError:
        return GambarProblem.TOO_LARGE, ""
    except UnidentifiedImageError:
        return _judge_head(data[:4096])
    except MemoryError:  # says nothing of the picture
        raise
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


def _scans(image: "Image", data: bytes) -> int:
    """How often a decoder passes over the picture."""
    return data.count(b"\xff\xda") if image.info.get("progressive") else 1


def _is_whole(image: "Image", data: bytes) -> bool:
    """Whether the file is complete; a file of a rare format is decoded to tell."""
    if image.format in _JPEG:
        return _jpeg_ends(data)
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
