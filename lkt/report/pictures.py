"""From a photo as it comes from a phone to a picture for print: upright, scaled, without metadata."""

import io
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from lkt.report.values import Picture

if TYPE_CHECKING:
    from PIL.Image import Image

EMU_PER_MM = 36_000
_DOTS_PER_MM = 200 / 25.4
_QUALITY = 82


class UnusablePictureError(Exception):
    """The bytes are no picture, or one that is too large to be opened safely."""


def printable(source: bytes | Path, alt: str, width_mm: float, height_mm: float) -> Picture:
    """A picture that fits the box, at 200 dots per inch, without EXIF and so without a place or a time.

    Args:
        source: the bytes or the path of a picture that Pillow reads.
        alt: what it shows.
        width_mm: the box's width.
        height_mm: the box's height.

    Raises:
        UnusablePictureError: it cannot be read, or has so many pixels that opening it is unsafe.
    """
    dots = round(width_mm * _DOTS_PER_MM), round(height_mm * _DOTS_PER_MM)
    image = _upright(source, sorted(dots, reverse=True))
    scale = min(width_mm / image.width, height_mm / image.height)
    width, height = image.width * scale, image.height * scale
    image.thumbnail((round(width * _DOTS_PER_MM) or 1, round(height * _DOTS_PER_MM) or 1))
    transparent = image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info
    data = _encoded(image, transparent=transparent)
    size = (max(1, round(width * EMU_PER_MM)), max(1, round(height * EMU_PER_MM)))
    return Picture(data, *size, alt, "png" if transparent else "jpeg")


def _upright(source: bytes | Path, least: Sequence[int]) -> "Image":
    """The picture as it was meant to be seen; its long and short side need ``least`` pixels."""
    from PIL import Image, ImageOps  # noqa: PLC0415 - only a report with pictures pays for Pillow

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(source) if isinstance(source, bytes) else source)
            # A JPEG is read at the fraction of its size that is needed, which is much faster.
            long, short = least
            image.draft("RGB", (long, short) if image.width >= image.height else (short, long))
            image.load()
        return ImageOps.exif_transpose(image)
    except (
        OSError,
        ValueError,
        SyntaxError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
    ) as error:
        raise UnusablePictureError(str(error)) from error


def _encoded(image: "Image", *, transparent: bool) -> bytes:
    buffer = io.BytesIO()
    if transparent:
        image.convert("RGBA").save(buffer, "PNG", optimize=True)
    else:
        image.convert("RGB").save(buffer, "JPEG", quality=_QUALITY)
    return buffer.getvalue()
