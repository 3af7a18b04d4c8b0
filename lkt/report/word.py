"""From a ``Result`` to the Word report: pictures, context, template."""

import re
import warnings
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, time
from functools import lru_cache
from importlib import resources
from pathlib import Path

from lkt.errors import TemplateError
from lkt.files import read_file
from lkt.kalender import Triwulan
from lkt.model import Dataset, Gambar, Kegiatan
from lkt.pipeline import Result
from lkt.report.catalogue import FIELDS
from lkt.report.context import Laporan
from lkt.report.filters import FILTERS
from lkt.report.lint.known import KNOWN
from lkt.report.paper import on_paper
from lkt.report.pictures import UnusablePictureError, printable
from lkt.report.properties import Properties
from lkt.report.template import Template, compile_template
from lkt.report.templatefields import build
from lkt.report.trace.asal import Asal, Berkas, berkas
from lkt.report.trace.seal import seal
from lkt.report.values import Picture

DEFAULT_TEMPLATE = "laporan-triwulan.docx"
DRAFT = "DRAF"
_LONGEST_NAME = 200  # bytes of a file name; systems take 255, and marks such as (baru 2) and .bak follow
_UNNAMEABLE = re.compile(r'[<>:"/\\|?*]')
_THREADS = 4  # as many decoded pictures are in memory at once
_PHOTO_MM = (78, 55)  # four activities to a page of F4
_LOGO_MM = (40, 40)


def default_template() -> bytes:
    """The template that comes with the program."""
    packaged = resources.files("lkt") / "templates" / DEFAULT_TEMPLATE
    if packaged.is_file():
        return packaged.read_bytes()
    return (Path(__file__).parents[2] / "templates" / DEFAULT_TEMPLATE).read_bytes()  # a source checkout


def read_template(path: Path | None) -> tuple[bytes, str]:
    """The bytes and the name of a template; of the default one for None.

    Raises:
        TemplateError: the file cannot be read.
    """
    if path is None:
        return default_template(), DEFAULT_TEMPLATE
    if path.name.startswith("~$"):
        raise TemplateError(
            f"“{path.name}” adalah berkas kunci sementara Word, bukan templat.",
            hint="Sebutkan templatnya sendiri.",
        )
    return read_file(path, "Templat", TemplateError), path.name


@lru_cache(maxsize=4)
def compiled(data: bytes, name: str, paper: str) -> Template:
    """A template on paper of a size, compiled once for all reports.

    Raises:
        TemplateError: it has mistakes, all of which are listed.
    """
    return compile_template(on_paper(data, paper, name), name, FILTERS, KNOWN)


@lru_cache(maxsize=4)
def template_file(name: str, data: bytes) -> Berkas:
    """A template as a file that reports are made of; its digest is worked out once for all of them."""
    return berkas(name, data)


def build_report(
    result: Result, template: bytes, name: str, *, draft: bool = False, asal: Asal | None = None
) -> bytes:
    """The report as a .docx file; the same workbook and template give the same bytes.

    The pictures are prepared in threads while the template is compiled: the one is the work of C libraries,
    the other of Python.

    Args:
        result: the workbook, worked out.
        template: the template's bytes.
        name: what the user calls the template, for messages.
        draft: put DRAF across each page.
        asal: the files that it is made from, told in the report's properties.

    Raises:
        TemplateError: the template has mistakes, or a tag cannot be filled; each place is told.
    """
    dataset = result.dataset
    with warnings.catch_warnings(), ThreadPoolExecutor(_THREADS) as pool:
        warnings.filterwarnings("ignore", "Image size ")  # Pillow's; pictures.py judges the size itself
        # A thread is begun by the first picture: most reports of a batch may have none.
        photos = {
            row.row: pool.submit(_photo, row, source)
            for row in dataset.kegiatan
            if (source := _source(row.gambar))
        }
        source = _source(dataset.logo)
        logo = pool.submit(_logo, dataset, source) if source else None
        compiled_template = compiled(template, name, dataset.identitas.ukuran_kertas.value or "F4")
    ready = {number: photo.result() for number, photo in photos.items()}
    laporan = Laporan(
        result, {row: photo for row, photo in ready.items() if photo}, logo.result() if logo else None
    )
    document = compiled_template.fill(
        build(FIELDS, laporan), properties=_properties(result), watermark=DRAFT if draft else ""
    )
    return seal(document, template_file(name, template), asal, draft=draft)


def report_name(result: Result) -> str:
    """The usual file name: LAPORAN KINERJA TRIWULAN I CAMAT … TAHUN ….docx.

    Any system takes it; an office with an endless name has it cut.
    """
    periode = result.computed.periode
    quarter = f"TRIWULAN {periode.triwulan.roman}" if periode else "TRIWULAN"
    year = f"TAHUN {periode.triwulan.tahun}" if periode else ""
    office = (result.dataset.identitas.jabatan.value or "CAMAT").upper()
    head, tail = f"LAPORAN KINERJA {quarter} ", f" {year}.docx"
    room = _LONGEST_NAME - len(f"{head}{tail}".encode())
    office = _nameable(office).encode()[:room].decode(errors="ignore")
    return " ".join(f"{head}{office}{tail}".split()).replace(" .docx", ".docx")


def _nameable(text: str) -> str:
    """The text without what no file name may hold."""
    letters = _UNNAMEABLE.sub("", " ".join(text.split()))
    return letters if letters.isprintable() else "".join(filter(str.isprintable, letters))


def _source(gambar: Gambar | None) -> bytes | Path | None:
    """Where a picture is; None for one with which something is wrong, as for none."""
    return None if gambar is None or gambar.masalah else gambar.sumber


def _photo(row: Kegiatan, source: bytes | Path) -> Picture | None:
    return _picture(source, f"Foto {row.kegiatan.value or 'kegiatan'}", _PHOTO_MM)


def _logo(dataset: Dataset, source: bytes | Path) -> Picture | None:
    alt = f"Lambang Kabupaten {dataset.identitas.kabupaten.value}"
    return _picture(source, alt, _LOGO_MM, transparent=True)


def _picture(
    source: bytes | Path, alt: str, box: tuple[int, int], *, transparent: bool = False
) -> Picture | None:
    """A picture that can be printed; None for one that cannot, in whose place the template puts a frame."""
    try:
        return printable(source, alt, *box, keep_transparent=transparent)
    except UnusablePictureError:
        return None


def _properties(result: Result) -> Properties:
    identitas = result.dataset.identitas
    return Properties(
        title=report_name(result).removesuffix(".docx").title(),
        subject="Laporan Kinerja Triwulan",
        author=identitas.jabatan.value or "",
        created=_created(result),
    )


def _created(result: Result) -> datetime:
    """The report's own date, so that the same workbook gives the same bytes on any day."""
    signed = result.dataset.identitas.tanggal_laporan.value
    periode = result.computed.periode
    day = signed.end if signed else (periode.triwulan if periode else Triwulan(2000, 1)).akhir
    return datetime.combine(day, time())
