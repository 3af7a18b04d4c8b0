"""From a photo as it comes from a phone to a picture for print: upright, scaled, without metadata."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from lkt.report.values import Picture
from lkt.workbook.soundness import FORMATS, too_large

if TYPE_CHECKING:
    from PIL.Image import Image

EMU_PER_MM = 36_000
_DOTS_PER_MM = 200 / 25.4
_QUALITIES = (82, 70, 55)
_MOST_BYTES = 150_000  # thirty of them stay under 5 MB
_WHITE = (255, 255, 255)


class UnusablePictureError(Exception):
    """The bytes are no picture, or one that is too large to be opened safely."""


def printable(
    source: bytes | Path, alt: str, width_mm: float, height_mm: float, *, keep_transparent: bool = False
) -> Picture:
    """A picture that fits the box, at 200 dots per inch, in sRGB, with nothing in its file but itself.

    Args:
        source: the bytes or the path of a picture that Pillow reads.
        alt: what it shows.
        width_mm: the box's width.
        height_mm: the box's height.
        keep_transparent: leave transparent what is; else it becomes white, which makes a smaller file.

    Raises:
        UnusablePictureError: it cannot be read, or has so many pixels that opening it is unsafe.
    """
    dots = round(width_mm * _DOTS_PER_MM), round(height_mm * _DOTS_PER_MM)
    image = _upright(source, sorted(dots, reverse=True))
    scale = min(width_mm / image.width, height_mm / image.height)
    width, height = image.width * scale, image.height * scale
    image.thumbnail((round(width * _DOTS_PER_MM) or 1, round(height * _DOTS_PER_MM) or 1))
    image = _in_srgb(image)
    transparent = image.mode == "RGBA" and image.getchannel("A").getextrema() != (255, 255)
    if transparent and not keep_transparent:
        image, transparent = _on_white(image), False
    data = _png(image) if transparent else _jpeg(image)
    size = (max(1, round(width * EMU_PER_MM)), max(1, round(height * EMU_PER_MM)))
    return Picture(data, *size, alt, "png" if transparent else "jpeg")


def _upright(source: bytes | Path, least: Sequence[int]) -> "Image":
    """The picture as it was meant to be seen; its long and short side need ``least`` pixels."""
    from PIL import Image, ImageOps  # noqa: PLC0415 - only a report with pictures pays for Pillow

    try:
        with io.BytesIO(source) if isinstance(source, bytes) else source.open("rb") as stream:
            image = Image.open(stream, formats=FORMATS)
            _refuse_large(image)
            # A JPEG is read at the fraction of its size that is needed, which is much faster.
            long, short = least
            image.draft("RGB", (long, short) if image.width >= image.height else (short, long))
            image.load()
        return _smooth(ImageOps.exif_transpose(image))
    except Exception as error:  # Pillow raises anything at all on a damaged file
        raise UnusablePictureError(str(error)) from error


def _refuse_large(image: "Image") -> None:
    if too_large(image):
        raise UnusablePictureError("too many pixels")


def _smooth(image: "Image") -> "Image":
    """The picture in a mode that can be scaled without losing shades or edges."""
    if "transparency" in image.info or image.mode in {"PA", "LA", "La", "RGBa"}:
        return image.convert("RGBA")
    if image.mode.startswith("I;16"):
        return image.convert("I").point(lambda shade: shade / 257).convert("L")
    if image.mode == "I":  # 16 bits in a wider mode
        return image.point(lambda shade: shade / 257).convert("L")
    return image.convert("RGB") if image.mode in {"1", "P", "YCbCr", "LAB", "HSV", "F"} else image


def _in_srgb(image: "Image") -> "Image":
    """The picture in RGB or RGBA with the colours that its own profile means, and no other data."""
    from PIL import Image  # noqa: PLC0415

    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    plain = _by_profile(image, mode) or image.convert(mode)
    return Image.frombytes(mode, plain.size, plain.tobytes())


def _by_profile(image: "Image", mode: str) -> "Image | None":
    """The picture in sRGB by its embedded profile; None where it has none that can be used."""
    profile = image.info.get("icc_profile")
    if not profile or b"sRGB" in profile[:1024]:
        return None
    from PIL import ImageCms  # noqa: PLC0415 - few pictures have a profile of their own

    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.profileToProfile(image, own, ImageCms.createProfile("sRGB"), outputMode=mode)
    except (ImageCms.PyCMSError, OSError, ValueError):
        return None


def _on_white(image: "Image") -> "Image":
    from PIL import Image  # noqa: PLC0415

    ground = Image.new("RGB", image.size, _WHITE)
    ground.paste(image, mask=image.getchannel("A"))
    return ground


def _png(image: "Image") -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def _jpeg(image: "Image") -> bytes:
    """As a JPEG, of lower quality where it would be too large for a report of many."""
    data = b""
    for quality in _QUALITIES:
        buffer = io.BytesIO()
        image.convert("RGB").save(buffer, "JPEG", quality=quality, optimize=True)
        data = buffer.getvalue()
        if len(data) <= _MOST_BYTES:
            break
    return data
