"""Photos as they come from phones: upright, small, in the right colours, without where and when."""

import hashlib
import io
import os
import re
import time
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from PIL import Image, ImageCms, ImageOps

from lkt.model import Gambar, GambarProblem
from lkt.pipeline import Result, run
from lkt.report.build import printable as prepared
from lkt.wordtemplate.values import Picture
from lkt.workbook.photos import locate_pictures
from tests.builders import base, dataset, edited
from tests.report.report_text import dump, report_of, result_of
from tests.wordtemplate.docx_builder import findings

RED, GREEN, BLUE, YELLOW, WHITE = (220, 40, 40), (40, 180, 60), (40, 60, 220), (230, 210, 50), (255, 255, 255)
CORNERS = (RED, GREEN, BLUE, YELLOW)
"""Top left, top right, bottom left, bottom right."""
BOX = (78, 55)
METADATA = (b"Exif", b"http://ns.adobe.com", b"ICC_PROFILE", b"iCCP", b"eXIf", b"tEXt", b"iTXt", b"Rahasia")


def quarters(size: tuple[int, int] = (400, 300)) -> Image.Image:
    """A picture with a colour in each corner."""
    image = Image.new("RGB", (2, 2))
    image.putdata(CORNERS)
    return image.resize(size, Image.Resampling.NEAREST)


def saved(image: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def phone_exif(orientation: int) -> Image.Exif:
    """Orientation, camera, time and place, as a phone writes them."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0x0132] = orientation, "Rahasia", "2024:02:05 09:30:00"
    exif.get_ifd(0x8825).update({1: "S", 2: (8.0, 4.0, 12.0), 3: "E", 4: (113.0, 8.0, 1.0)})
    return exif


def printable(source: bytes, alt: str, width: int, height: int, *, keep_transparent: bool = False) -> Picture:
    picture = prepared(source, alt, width, height, keep_transparent=keep_transparent)
    assert picture is not None
    return picture


def opened(picture: Picture) -> Image.Image:
    return Image.open(io.BytesIO(picture.data))


def corners(image: Image.Image) -> list[tuple[int, ...]]:
    """The colour in the middle of each quarter."""
    shown = image.convert("RGB")
    places = [(x, y) for y in (1, 3) for x in (1, 3)]
    return [shown.getpixel((shown.width * x // 4, shown.height * y // 4)) for x, y in places]  # type: ignore[misc]


def near(found: list[tuple[int, ...]], expected: tuple[tuple[int, ...], ...], most: int = 12) -> bool:
    return all(
        abs(a - b) <= most for x, y in zip(found, expected, strict=True) for a, b in zip(x, y, strict=True)
    )


def test_each_orientation_comes_out_upright() -> None:
    turns = {
        1: None, 2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM, 5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE, 8: Image.Transpose.ROTATE_270,
    }  # fmt: skip
    for orientation, turn in turns.items():
        stored = quarters() if turn is None else quarters().transpose(turn)
        picture = printable(saved(stored, exif=phone_exif(orientation), quality=95), "foto", *BOX)
        assert near(corners(opened(picture)), CORNERS), orientation
        assert picture.width_emu > picture.height_emu, orientation


@pytest.mark.parametrize("keep", [False, True])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_nothing_but_the_picture_is_in_the_file(kind: str, *, keep: bool) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    options: dict[str, object] = {"exif": phone_exif(1), "icc_profile": profile, "dpi": (72, 72)}
    if kind == "JPEG":
        options |= {"comment": b"Rahasia", "xmp": b"<x:xmpmeta>http://ns.adobe.com Rahasia</x:xmpmeta>"}
    source = quarters().convert("RGB" if kind == "JPEG" else "RGBA")
    if kind != "JPEG":
        source.putpixel((0, 0), (0, 0, 0, 0))
    picture = printable(saved(source, kind, **options), "foto", *BOX, keep_transparent=keep)
    assert Image.open(io.BytesIO(picture.data)).format == ("PNG" if keep and kind != "JPEG" else "JPEG")
    assert [word for word in METADATA if word in picture.data] == []
    assert dict(opened(picture).getexif()) == {}


def shades(mode: str) -> bytes:
    """A grey ramp of 16 bits from black to white."""
    row = b"".join((x * 257).to_bytes(2, "little") for x in range(256))
    return saved(Image.frombytes(mode, (256, 2), row * 2), "PNG")


def gif(**options: object) -> bytes:
    first, second = quarters(), Image.new("RGB", (400, 300), BLUE)
    return saved(first, "GIF", save_all=True, append_images=[second], duration=100, **options)


def see_through(kind: str) -> bytes:
    image = quarters().convert("RGBA")
    image.paste((0, 0, 0, 0), (0, 0, 200, 150))
    return saved(image, kind, **({"lossless": True} if kind == "WEBP" else {}))


SEEN: Mapping[str, tuple[bytes, tuple[tuple[int, ...], ...]]] = {
    "cmyk jpeg": (saved(quarters().convert("CMYK"), quality=95), CORNERS),
    "grey jpeg": (saved(Image.new("L", (40, 30), 128)), ((128, 128, 128),) * 4),
    "palette png": (saved(quarters().quantize(16), "PNG"), CORNERS),
    "1 bit png": (saved(Image.new("1", (40, 30), 1), "PNG"), (WHITE,) * 4),
    "16 bit png": (shades("I;16"), ((64,) * 3, (192,) * 3, (64,) * 3, (192,) * 3)),
    "animated gif": (gif(), CORNERS),
    "webp": (saved(quarters(), "WEBP", quality=95), CORNERS),
    "bmp": (saved(quarters(), "BMP"), CORNERS),
    "tiff": (saved(quarters(), "TIFF"), CORNERS),
    "png with alpha": (see_through("PNG"), (WHITE, *CORNERS[1:])),
    "webp with alpha": (see_through("WEBP"), (WHITE, *CORNERS[1:])),
    "grey png with alpha": (saved(Image.new("LA", (40, 30), (0, 0)), "PNG"), (WHITE,) * 4),
}


@pytest.mark.parametrize("name", SEEN)
def test_every_kind_of_picture_is_shown_as_it_is(name: str) -> None:
    source, expected = SEEN[name]
    picture = printable(source, "foto", *BOX)
    assert (opened(picture).format, opened(picture).mode) == ("JPEG", "RGB")
    assert near(corners(opened(picture)), expected)


def test_a_logo_keeps_what_is_transparent() -> None:
    picture = printable(see_through("PNG"), "logo", 40, 40, keep_transparent=True)
    alpha = opened(picture).getchannel("A")
    assert opened(picture).format == "PNG"
    assert (alpha.getpixel((5, 5)), alpha.getpixel((300, 200))) == (0, 255)
    opaque = saved(quarters().convert("RGBA"), "PNG")
    assert opened(printable(opaque, "logo", 40, 40, keep_transparent=True)).format == "JPEG"


def test_colours_follow_the_profile_of_the_picture() -> None:
    swapped = ImageCms.ImageCmsProfile(io.BytesIO(SWAPPED_PROFILE))
    own = ImageCms.profileToProfile(quarters(), ImageCms.createProfile("sRGB"), swapped, outputMode="RGB")
    assert own is not None
    assert not near(corners(own), CORNERS)
    picture = printable(saved(own, quality=95, icc_profile=SWAPPED_PROFILE), "foto", *BOX)
    assert near(corners(opened(picture)), CORNERS, 16)


def _swapped_profile() -> bytes:
    """sRGB with its red and green primaries exchanged: a wide difference in a valid profile."""
    data = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes().replace(b"sRGB", b"uRGB")
    return data.replace(b"rXYZ", b"tmp!").replace(b"gXYZ", b"rXYZ").replace(b"tmp!", b"gXYZ")


SWAPPED_PROFILE = _swapped_profile()


def test_a_profile_that_cannot_be_used_is_passed_over() -> None:
    source = saved(quarters(), quality=95, icc_profile=b"no profile" * 20)
    assert near(corners(opened(printable(source, "foto", *BOX))), CORNERS)


@pytest.mark.parametrize("size", [(1, 1), (1, 3000), (3000, 1)])
def test_a_picture_of_odd_size_is_printed(size: tuple[int, int]) -> None:
    picture = printable(saved(Image.new("RGB", size)), "foto", *BOX)
    assert 0 < picture.width_emu <= 78 * 36_000
    assert 0 < picture.height_emu <= 55 * 36_000


@pytest.mark.parametrize("source", [b"", b"no picture", saved(quarters())[:-500]])
def test_what_cannot_be_read_is_no_picture(source: bytes) -> None:
    assert prepared(source, "foto", *BOX) is None


# In the report ---------------------------------------------------------------------------------------------


def with_photos(*photos: Gambar, logo: Gambar | None = None) -> Result:
    """The clean workbook with one activity for each photo."""
    tables = dataset(edited(base(), {"Kegiatan!E2": ""}))
    row = tables.kegiatan[0]
    rows = tuple(replace(row, row=number, gambar=photo) for number, photo in enumerate(photos, 2))
    return run(replace(tables, kegiatan=rows, logo=logo))


@pytest.mark.parametrize("draft", [False, True])
@pytest.mark.parametrize("problem", GambarProblem)
def test_a_picture_that_cannot_be_printed_becomes_a_frame(problem: GambarProblem, *, draft: bool) -> None:
    bad = Gambar(None, problem)
    report = report_of(with_photos(bad, logo=bad), draft=draft)
    text = dump(report)
    assert "Foto belum tersedia" in text
    assert f"Gambar di buku kerja ({problem.value})" in text
    assert "[Logo Kosong] 'Logo belum tersedia" in text
    assert findings(report) == []


def test_a_frame_names_the_file_and_why() -> None:
    text = dump(report_of(result_of({"Kegiatan!E2": "foto-9.jpg", "Identitas!B26": "README.md"})))
    assert "Foto belum tersedia ¶ foto-9.jpg (tidak ditemukan)" in text
    assert "README.md (bukan gambar)'" in text
    assert "Foto belum tersedia" in dump(report_of(result_of({"Kegiatan!E2": ""})))


def test_damage_that_only_decoding_shows_becomes_a_frame() -> None:
    """The file is complete but its data is not that of a picture."""
    data = bytearray(saved(quarters(), "PNG"))
    place = data.index(b"IDAT")
    length = int.from_bytes(data[place - 4 : place])
    data[place + 6 : place + 4 + length] = os.urandom(length - 2)
    text = dump(report_of(with_photos(Gambar(bytes(data)))))
    assert "Gambar di buku kerja (rusak)" in text


def phone_photos(folder: Path, count: int) -> int:
    """Photos of 12 megapixels with grain, about 5 MB each and each another picture; their size in bytes."""
    grain = Image.frombytes("L", (4000, 3000), os.urandom(12_000_000))
    scene = Image.frombytes("RGB", (80, 60), os.urandom(14_400)).resize(
        (4000, 3000), Image.Resampling.BICUBIC
    )
    photo = Image.blend(scene, ImageOps.colorize(grain, (0, 0, 0), WHITE), 0.13)
    whole = 0
    for number in range(count):
        name = folder / f"foto-{number}.jpg"
        turned = photo if number % 2 else ImageOps.mirror(photo)
        part = turned.crop((number * 8, 0, 4000, 3000))
        part.save(name, quality=92, exif=phone_exif(6 if number % 3 else 1))
        whole += name.stat().st_size
    return whole


def test_ten_photos_make_a_report_under_2_mb(tmp_path: Path) -> None:
    assert phone_photos(tmp_path, 10) > 10 * 4_500_000
    tables = dataset(edited(base(), {"Kegiatan!E2": ""}))
    row = tables.kegiatan[0]
    rows = tuple(
        replace(
            row,
            row=n + 2,
            no=replace(row.no, value=Decimal(n + 1)),
            kegiatan=replace(row.kegiatan, value=f"Kegiatan ke-{n + 1}"),
            gambar=None,
            foto=replace(row.foto, value=f"foto-{n}.jpg"),
        )
        for n in range(10)
    )
    started = time.perf_counter()
    located = locate_pictures(replace(tables, kegiatan=rows), tmp_path)
    judged = time.perf_counter() - started
    result = run(located)
    report = report_of(result)
    built = time.perf_counter() - started
    media = [name for name in zipfile.ZipFile(io.BytesIO(report)).namelist() if "media" in name]
    assert result.findings == ()
    assert len(media) == 10
    assert len(report) < 1_700_000
    assert (judged < 5, built < 60) == (True, True)


@pytest.mark.parametrize("name", ["jpeg", "png"])
def test_even_noise_stays_small(name: str) -> None:
    noise = Image.frombytes("RGB", (700, 500), os.urandom(1_050_000))
    assert len(printable(saved(noise, name), "foto", *BOX).data) < 5_000_000 / 30


def test_a_report_holds_no_place_and_no_time_of_a_photo(tmp_path: Path) -> None:
    data = saved(quarters(), exif=phone_exif(6))
    (tmp_path / "a.jpg").write_bytes(data)
    report = report_of(with_photos(Gambar(tmp_path / "a.jpg", sha256=hashlib.sha256(data).hexdigest())))
    with zipfile.ZipFile(io.BytesIO(report)) as package:
        media = [package.read(name) for name in package.namelist() if "media" in name]
    assert len(media) == 1
    assert not re.search(rb"Exif|Rahasia|2024:02:05|GPS", media[0])
