"""Pictures in a workbook and beside it: found where people put them, judged, and no mistake by themselves."""

import io
import os
import time
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import xlsxwriter
from PIL import Image

from lkt.errors import LktError
from lkt.model import Dataset, Gambar, GambarProblem
from lkt.pipeline import run
from lkt.rules.helpers import complaint, repair
from lkt.workbook.annotation import annotate
from lkt.workbook.corrections import correct_workbook
from lkt.workbook.opening import grids_of
from lkt.workbook.photos import judge, locate_pictures, photo_bytes
from lkt.workbook.reader import read_grids
from tests.builders import EXAMPLES, base, dataset, edited, workbook
from tests.packages import altered, unzipped
from tests.workbook.placing import (
    absolute,
    floating,
    in_excel_cells,
    in_wps_cells,
    one_cell,
    picture_xml,
    two_cells,
)

PROBLEM = GambarProblem
PLAIN = workbook(
    edited(base(), {"Kegiatan!E2": "", "Kegiatan!B3": "Rapat Koordinasi", "Kegiatan!C3": "2024-02-01"})
)
ROW_HEIGHT = 15 * 12_700


def picture(shade: int = 90, kind: str = "JPEG", size: tuple[int, int] = (40, 30), **options: bool) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", size, (shade, 120, 60)).save(buffer, kind, **options)
    return buffer.getvalue()


ONE, TWO = picture(1), picture(2)


def read(data: bytes, folder: Path = EXAMPLES) -> Dataset:
    return locate_pictures(read_grids(grids_of(data)), folder)


def photos(data: bytes) -> list[bytes | Path | None]:
    """The picture of each activity."""
    return [row.gambar.sumber if row.gambar else None for row in read(data).kegiatan]


# In a cell --------------------------------------------------------------------------------------------------

PLACING = pytest.mark.parametrize("place", [in_excel_cells, in_wps_cells], ids=["excel", "wps"])


@PLACING
def test_a_picture_in_the_cell_is_the_photo(place: Callable[..., bytes]) -> None:
    data = place(PLAIN, {"Kegiatan!E3": TWO, "Kegiatan!E2": ONE, "Identitas!B26": TWO})
    found = read(data)
    assert [row.gambar for row in found.kegiatan] == [Gambar(ONE), Gambar(TWO)]
    assert found.logo == Gambar(TWO)
    assert all(row.foto.blank for row in found.kegiatan)
    assert found.identitas.logo.blank
    assert run(found).findings == ()


@PLACING
def test_a_picture_in_another_cell_is_no_mistake_there(place: Callable[..., bytes]) -> None:
    found = read(place(PLAIN, {"Anggaran!L2": ONE}))
    assert found.anggaran[0].keterangan.blank
    assert found.problems == ()


@PLACING
def test_a_row_with_nothing_but_a_photo_is_told(place: Callable[..., bytes]) -> None:
    bare = workbook(
        edited(base(), {"Kegiatan!A2": "x", "Kegiatan!B2": "", "Kegiatan!C2": "", "Kegiatan!D2": ""})
    )
    found = run(read(place(bare, {"Kegiatan!E2": ONE})))
    assert {str(finding.ref) for finding in found.findings} >= {"Kegiatan!B2"}


@PLACING
def test_a_picture_that_another_program_dropped_is_told(place: Callable[..., bytes]) -> None:
    data = altered(place(PLAIN, {"Kegiatan!E2": ONE, "Kegiatan!E3": TWO}), {"xl/media/image1.jpeg": None})
    found = [finding for finding in run(read(data)).findings if finding.code == "G104"]
    assert [str(finding.ref) for finding in found] == ["Kegiatan!E2"]
    assert "hilang dari buku kerja" in found[0].message


def test_the_formula_of_wps_without_its_list_is_a_lost_picture() -> None:
    data = altered(in_wps_cells(PLAIN, {"Kegiatan!E2": ONE}), {"xl/cellimages.xml": None})
    assert read(data).kegiatan[0].gambar == Gambar(None, PROBLEM.LOST)


def test_an_error_that_is_no_picture_stays_one() -> None:
    data = altered(in_excel_cells(PLAIN, {"Kegiatan!E2": ONE}), {"xl/metadata.xml": None})
    assert [str(problem.ref) for problem in read(data).problems] == ["Kegiatan!E2"]


@pytest.mark.parametrize("options", [{}, {"description": "Musrenbang"}])
def test_a_picture_as_xlsxwriter_embeds_it(options: dict[str, str]) -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        book.add_worksheet("Identitas").write_row(0, 0, ["Isian", "Nilai"])
        sheet = book.add_worksheet("Kegiatan")
        sheet.write_row(0, 0, ["No", "Kegiatan", "Tanggal", "Uraian", "Foto"])
        for row, data in ((1, ONE), (2, TWO)):
            sheet.write_row(row, 0, [row, "Musrenbang"])
            sheet.embed_image(row, 4, f"{row}.jpg", {"image_data": io.BytesIO(data), **options})
    assert photos(buffer.getvalue()) == [ONE, TWO]


# Over the sheet ---------------------------------------------------------------------------------------------

GROUP = f"<xdr:grpSp><xdr:grpSpPr/>{picture_xml()}</xdr:grpSp>"
SVG = '<a:extLst><a:ext><x:svgBlip xmlns:x="x" r:embed="rIdP2"/></a:ext></a:extLst>'


@pytest.mark.parametrize(
    ("anchors", "expected"),
    [
        (one_cell(5, 2), [ONE, None]),
        (two_cells(5, 3, 3), [None, ONE]),
        (absolute(ROW_HEIGHT * 2 + 10), [None, ONE]),
        (two_cells(5, 2, 9, offset=ROW_HEIGHT // 4), [ONE, None]),
        (two_cells(5, 2, 9, offset=ROW_HEIGHT * 3 // 4), [None, ONE]),
        (one_cell(5, 2, offset=ROW_HEIGHT * 3 // 4), [ONE, None]),
        (one_cell(5, 2, offset=ROW_HEIGHT * 3 // 4, height=900_000), [None, ONE]),
        (one_cell(2, 2) + one_cell(5, 2, what=picture_xml("rIdP2")), [TWO, None]),
        (one_cell(7, 2) + one_cell(6, 2, what=picture_xml("rIdP2")), [TWO, None]),
        (two_cells(5, 2, 3, what=GROUP), [ONE, None]),
        (one_cell(5, 2, what=picture_xml("rIdP1", SVG)), [ONE, None]),
        (one_cell(5, 2, what="<xdr:sp/>"), [None, None]),
    ],
)  # fmt: skip
def test_a_floating_picture_belongs_to_its_row(anchors: str, expected: list[bytes | None]) -> None:
    assert photos(floating(PLAIN, "Kegiatan", anchors, (ONE, TWO))) == expected


def test_a_floating_logo() -> None:
    assert read(floating(PLAIN, "Identitas", one_cell(2, 26), (ONE,))).logo == Gambar(ONE)


def test_a_picture_on_the_row_wins_over_a_name() -> None:
    named = workbook(edited(base(), {"Kegiatan!E2": "foto-9.jpg"}))
    assert photos(floating(named, "Kegiatan", one_cell(5, 2), (ONE,))) == [ONE]


@pytest.mark.parametrize("bad", [b"", b"no picture", picture()[:300], b"\x89PNG\r\n\x1a\n" + bytes(20)])
def test_a_broken_picture_does_not_keep_a_workbook_from_being_read(bad: bytes) -> None:
    found = read(floating(PLAIN, "Kegiatan", one_cell(5, 2), (bad,)))
    assert found.kegiatan[0].gambar is not None
    assert found.kegiatan[0].gambar.masalah in {PROBLEM.DAMAGED, PROBLEM.NOT_A_PICTURE}


def test_a_bomb_in_a_workbook_is_told_and_not_opened() -> None:
    bomb = huge_png(40_000, 40_000)
    result = run(read(floating(PLAIN, "Kegiatan", one_cell(5, 2), (bomb,))))
    assert [finding.code for finding in result.findings if finding.ref.cell == "E2"] == ["G104"]


# What is kept -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        in_excel_cells(PLAIN, {"Kegiatan!E2": ONE}),
        in_wps_cells(PLAIN, {"Kegiatan!E2": ONE}),
        floating(PLAIN, "Kegiatan", one_cell(5, 2), (ONE,)),
    ],
    ids=["excel", "wps", "floating"],
)
def test_marking_and_correcting_keep_the_pictures(data: bytes) -> None:
    findings = run(read(data)).findings
    for changed in (annotate(data, findings), correct_workbook(data, Path("buku.xlsx"))[0]):
        assert photos(changed)[0] == ONE
        assert _drawn(changed) == _drawn(data)


def _drawn(data: bytes) -> dict[str, bytes]:
    """The parts that the pictures are made of."""
    words = ("media", "richData", "metadata", "cellimages", "drawing1.xml")
    return {name: part for name, part in unzipped(data).items() if any(word in name for word in words)}


# Judged without being decoded -------------------------------------------------------------------------------


def huge_png(width: int, height: int) -> bytes:
    """A small file that says it has very many pixels."""
    data = picture(kind="PNG")
    head = data[12:16] + width.to_bytes(4) + height.to_bytes(4) + data[24:29]
    return data[:12] + head + zlib.crc32(head).to_bytes(4) + data[33:]


PHOTO = picture(size=(640, 480))
WITH_THUMBNAIL = PHOTO[:2] + b"\xff\xe1" + (len(ONE) + 2).to_bytes(2) + ONE + PHOTO[2:]

PROGRESSIVE = picture(kind="JPEG", size=(640, 480), progressive=True)
SCAN = PROGRESSIVE[PROGRESSIVE.rindex(b"\xff\xda") : -2]
SIZE = PROGRESSIVE.index(b"\xff\xc2") + 5

JUDGED: dict[str, tuple[bytes, PROBLEM | None, str]] = {
    "jpeg": (PHOTO, None, ""),
    "jpeg with a film after it": (PHOTO + bytes(50_000), None, ""),
    "jpeg with a thumbnail": (WITH_THUMBNAIL, None, ""),
    "progressive jpeg": (PROGRESSIVE, None, ""),
    "jpeg of thousands of scans": (PROGRESSIVE[:-2] + SCAN * 3000 + PROGRESSIVE[-2:], PROBLEM.TOO_LARGE, ""),
    "progressive jpeg too large to hold": (
        PROGRESSIVE[:SIZE] + (9_000).to_bytes(2) * 2 + PROGRESSIVE[SIZE + 4 :], PROBLEM.TOO_LARGE, ""
    ),
    "truncated jpeg": (PHOTO[:-2000], PROBLEM.DAMAGED, ""),
    "truncated jpeg with a thumbnail": (WITH_THUMBNAIL[:-2000], PROBLEM.DAMAGED, ""),
    "jpeg whose end is empty": (PHOTO[:-2000] + bytes(2000), PROBLEM.DAMAGED, ""),
    "head of a jpeg": (PHOTO[:20], PROBLEM.DAMAGED, ""),
    "png": (picture(kind="PNG"), None, ""),
    "truncated png": (picture(kind="PNG")[:-20], PROBLEM.DAMAGED, ""),
    "png bomb": (huge_png(40_000, 40_000), PROBLEM.TOO_LARGE, ""),
    "png too large for many": (huge_png(9_000, 9_000), PROBLEM.TOO_LARGE, ""),
    "gif": (picture(kind="GIF"), None, ""),
    "webp": (picture(kind="WEBP"), None, ""),
    "truncated webp": (picture(kind="WEBP")[:-20], PROBLEM.DAMAGED, ""),
    "tiff": (picture(kind="TIFF"), None, ""),
    "bmp": (picture(kind="BMP"), None, ""),
    "heic": (b"\0\0\0\x24ftypheic\0\0\0\0mif1heic", PROBLEM.UNPRINTABLE, "HEIC"),
    "svg": (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', PROBLEM.UNPRINTABLE, "SVG"),
    "pdf": (b"%PDF-1.7\n%\xe2\xe3", PROBLEM.UNPRINTABLE, "PDF"),
    "postscript": (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", PROBLEM.NOT_A_PICTURE, ""),
    "film": (b"\0\0\0\x18ftypmp42\0\0\0\0", PROBLEM.NOT_A_PICTURE, ""),
    "text": (b"Berita acara", PROBLEM.NOT_A_PICTURE, ""),
    "nothing": (b"", PROBLEM.DAMAGED, ""),
    "zeros": (bytes(5000), PROBLEM.DAMAGED, ""),
}  # fmt: skip


@pytest.mark.parametrize("name", JUDGED)
def test_a_picture_is_judged(name: str) -> None:
    data, problem, kind = JUDGED[name]
    assert judge(data) == (problem, kind)


def test_one_picture_on_thousands_of_rows_is_judged_once() -> None:
    row = dataset(base()).kegiatan[0]
    data = PHOTO[:-2] + bytes(5_000_000) + PHOTO[-2:]
    rows = tuple(replace(row, gambar=Gambar(data)) for _ in range(3000))
    start = time.process_time()
    found = locate_pictures(replace(dataset(base()), kegiatan=rows), EXAMPLES)
    assert time.process_time() - start < 1
    assert {each.gambar for each in found.kegiatan} == {Gambar(data)}


def test_heic_is_told_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "IMG_0001.HEIC").write_bytes(JUDGED["heic"][0])
    found = run(read(workbook(edited(base(), {"Kegiatan!E2": "IMG_0001.HEIC"})), tmp_path)).findings
    assert [finding.code for finding in found] == ["G104"]
    assert "berformat HEIC" in found[0].message
    assert "Paling Kompatibel" in found[0].hint


# Named ------------------------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder beside which others lie, with files that are too large, or links to the others."""
    inside = tmp_path / "buku"
    (inside / "foto").mkdir(parents=True)
    for path in ("Rapat 1.jpeg", "foto/a.jpg", "../rahasia.jpg"):
        (inside / path).write_bytes(ONE)
    (inside / "luar.jpg").symlink_to(tmp_path / "rahasia.jpg")
    (inside / "sub").symlink_to(tmp_path)
    (inside / "sendiri.jpg").symlink_to(inside / "foto" / "a.jpg")
    (inside / "lingkar.png").symlink_to(inside / "lingkaran.png")
    (inside / "lingkaran.png").symlink_to(inside / "lingkar.png")
    (inside / "folder").symlink_to(inside / "folder")
    if hasattr(os, "mkfifo"):  # Windows has none
        os.mkfifo(inside / "pipa.png")
    (inside / "bom.png").write_bytes(huge_png(60_000, 60_000))
    with (inside / "besar.jpg").open("wb") as file:
        file.write(ONE[:4])
        file.truncate(10**12)  # holds nothing on the disk
    return inside


def logo(name: str, folder: Path) -> Gambar | None:
    """What a name in the cell of the logo leads to."""
    tables = dataset(edited(base(), {"Identitas!B26": name}))
    return locate_pictures(replace(tables, logo=None), folder).logo


@pytest.mark.parametrize(
    ("name", "problem", "meant"),
    [
        ("Rapat 1.jpeg", None, ()),
        (" Rapat 1.jpeg ", None, ()),
        ("foto/a.jpg", None, ()),
        (r"foto\a.jpg", None, ()),
        ("Rapat 1.jpg", PROBLEM.MISSING, ("Rapat 1.jpeg",)),
        ("Rapat 1", PROBLEM.MISSING, ("Rapat 1.jpeg",)),
        ("Rapat1.jpeg", PROBLEM.MISSING, ("Rapat 1.jpeg",)),
        ("Rapat 2.jpeg", PROBLEM.MISSING, ()),
        ("pasar.jpg", PROBLEM.MISSING, ()),
        ("foto", PROBLEM.MISSING, ()),
        ("../rahasia.jpg", PROBLEM.OUTSIDE, ()),
        ("..\\rahasia.jpg", PROBLEM.OUTSIDE, ()),
        ("luar.jpg", PROBLEM.OUTSIDE, ()),
        ("sub/rahasia.jpg", PROBLEM.OUTSIDE, ()),
        ("sendiri.jpg", None, ()),
        ("\\\\server\\x.png", PROBLEM.OUTSIDE, ()),
        ("file:///etc/passwd", PROBLEM.MISSING, ()),
        ("https://contoh.id/x.png", PROBLEM.MISSING, ()),
        ("lingkar.png", PROBLEM.LOOP, ()),
        ("folder/foto.png", PROBLEM.LOOP, ()),
        ("pipa.png", PROBLEM.MISSING, ()),
        ("bom.png", PROBLEM.TOO_LARGE, ()),
        ("besar.jpg", PROBLEM.TOO_LARGE, ()),
        ("/etc/passwd", PROBLEM.OUTSIDE, ()),
        (r"C:\Users\camat\foto.jpg", PROBLEM.OUTSIDE, ()),
        ("x" * 5000, PROBLEM.MISSING, ()),
        ("a\0b", PROBLEM.MISSING, ()),
    ],
)
def test_a_file_is_named(folder: Path, name: str, problem: PROBLEM | None, meant: tuple[str, ...]) -> None:
    gambar = logo(name, folder)
    assert gambar is not None
    assert (gambar.masalah, gambar.saran) == (problem, meant)
    assert (gambar.sumber is None) == (problem not in {None, PROBLEM.TOO_LARGE})


@pytest.mark.skipif(os.path.normcase("A") == "a", reason="file names differ in capitals only")
def test_capitals_are_told(folder: Path) -> None:
    assert logo("rapat 1.JPEG", folder) == Gambar(None, PROBLEM.MISSING, ("Rapat 1.jpeg",))


def test_a_loop_of_links_is_told(folder: Path) -> None:
    found = logo("lingkar.png", folder)
    assert found
    assert "berputar-putar" in complaint(found)
    assert "Hapus tautan" in repair(found)


@pytest.mark.parametrize("becomes", ["gone", "other", "link", "pipe"])
def test_what_is_printed_is_what_was_judged(folder: Path, becomes: str) -> None:
    """Somebody puts another file in the place of a photo between the check and the report."""
    found, path = logo("foto/a.jpg", folder), folder / "foto" / "a.jpg"
    assert found
    assert photo_bytes(found) == ONE
    path.unlink()
    if becomes == "other":
        path.write_bytes(TWO)
    elif becomes == "link":
        path.symlink_to(folder.parent / "rahasia.jpg")  # of the same content
    elif becomes == "pipe" and hasattr(os, "mkfifo"):
        os.mkfifo(path)
    with pytest.raises(LktError, match=r"“a.jpg” berubah"):
        photo_bytes(found)
