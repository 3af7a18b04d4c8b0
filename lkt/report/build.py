"""``lkt build``: from a ``Result`` to the Word report on disk, and its PDF."""

import hashlib
import io
import re
import warnings
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, time
from enum import Enum
from functools import lru_cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from docx.oxml import OxmlElement

from lkt import libreoffice
from lkt.calendar import Triwulan
from lkt.errors import LktError, OpenElsewhereError, OutputError, TakenError, TemplateError
from lkt.files import (
    Origin,
    fitting,
    free_name,
    lock_of,
    read_file,
    require_folder,
    require_suffix,
    source_file,
    why,
    write_output,
)
from lkt.findings import Finding, counts
from lkt.formats.screen import compact
from lkt.libreoffice import LibreOfficeError
from lkt.model import Gambar
from lkt.pipeline import Result
from lkt.report.catalogue import FIELDS
from lkt.report.context import Laporan
from lkt.report.passages import PassageChange, changes
from lkt.report.seal import seal, unseal
from lkt.report.templates import DEFAULT_TEMPLATE, FILTERS, KNOWN, TYPOGRAPHY, refuse_recap, shipped_template
from lkt.wordtemplate import (
    Picture,
    Properties,
    Template,
    build,
    clean,
    compile_template,
    is_unnumbered,
    number_pages,
    on_paper,
    typeset,
)
from lkt.workbook.photos import FORMATS, photo_bytes, too_large

if TYPE_CHECKING:
    from docx.document import Document
    from PIL.Image import Image

# From a photo as it comes from a phone to a picture for print: upright, scaled, without metadata ----------


EMU_PER_MM = 36_000
_DOTS_PER_MM = 200 / 25.4
_QUALITIES = (82, 70, 55)
_MOST_BYTES = 150_000  # thirty of them stay under 5 MB


def printable(
    source: bytes, alt: str, width_mm: float, height_mm: float, *, keep_transparent: bool = False
) -> Picture | None:
    """A picture that fits the box, at 200 dots per inch, in sRGB, with nothing in its file but itself.

    Args:
        source: a picture that Pillow reads.
        alt: what it shows.
        width_mm: the box's width.
        height_mm: the box's height.
        keep_transparent: leave transparent what is; else it becomes white, which makes a smaller file.

    Returns:
        None where it cannot be read, or has so many pixels that opening it is unsafe.
    """
    from PIL import Image, ImageOps  # noqa: PLC0415 - only a report with pictures pays for Pillow

    long, short = sorted((round(width_mm * _DOTS_PER_MM), round(height_mm * _DOTS_PER_MM)), reverse=True)
    try:
        opened = Image.open(io.BytesIO(source), formats=FORMATS)
        if too_large(opened):
            return None
        # A JPEG is read at the fraction of its size that is needed, which is much faster.
        opened.draft("RGB", (long, short) if opened.width >= opened.height else (short, long))
        opened.load()
        image = _scalable(ImageOps.exif_transpose(opened))
    except MemoryError:  # says nothing of the picture
        raise
    except Exception:  # noqa: BLE001 - Pillow raises anything at all on a damaged file
        return None
    scale = min(width_mm / image.width, height_mm / image.height)
    width, height = image.width * scale, image.height * scale
    image.thumbnail((round(width * _DOTS_PER_MM) or 1, round(height * _DOTS_PER_MM) or 1))
    image = _in_srgb(image)
    size = (max(1, round(width * EMU_PER_MM)), max(1, round(height * EMU_PER_MM)))
    if image.mode == "RGBA" and image.getchannel("A").getextrema() != (255, 255):
        if keep_transparent:
            return Picture(_saved(image, "PNG"), *size, alt)
        ground = Image.new("RGB", image.size, "white")
        ground.paste(image, mask=image.getchannel("A"))
        image = ground
    image, data = image.convert("RGB"), b""
    for quality in _QUALITIES:  # a report of many pictures must stay small
        data = _saved(image, "JPEG", quality=quality)
        if len(data) <= _MOST_BYTES:
            break
    return Picture(data, *size, alt)


def _scalable(image: "Image") -> "Image":
    """The picture in a mode that can be scaled without losing shades or edges."""
    if "transparency" in image.info or image.mode in {"PA", "LA", "La", "RGBa"}:
        return image.convert("RGBA")
    if image.mode.startswith("I"):  # 16 bits, perhaps in a wider mode
        return image.convert("I").point(lambda shade: shade / 257).convert("L")
    return image.convert("RGB") if image.mode in {"1", "P", "YCbCr", "LAB", "HSV", "F"} else image


def _in_srgb(image: "Image") -> "Image":
    """The picture in RGB or RGBA, with the colours that its own profile means, and no other data."""
    from PIL import Image, ImageCms  # noqa: PLC0415

    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    profile = image.info.get("icc_profile")
    plain = None
    if profile and b"sRGB" not in profile[:1024]:
        with suppress(ImageCms.PyCMSError, OSError, ValueError):  # a profile that cannot be used
            own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            plain = ImageCms.profileToProfile(image, own, ImageCms.createProfile("sRGB"), outputMode=mode)
    plain = plain or image.convert(mode)
    return Image.frombytes(mode, plain.size, plain.tobytes())


def _saved(image: "Image", form: str, **options: int) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, form, optimize=True, **options)
    return buffer.getvalue()


# From a ``Result`` to the Word report: pictures, context, template ----------------------------------------


DRAFT = "DRAF"
_LONGEST_NAME = 200  # bytes of a file name; systems take 255, and marks such as (baru 2) and .bak follow
_UNNAMEABLE = re.compile(r'[<>:"/\\|?*]')
_THREADS = 4  # as many decoded pictures are in memory at once
_PHOTO_MM = (78, 55)  # four activities to a page of F4
_LOGO_MM = (40, 40)


def read_template(path: Path | None) -> tuple[bytes, str]:
    """The bytes and the name of a template; of the default one for None.

    Raises:
        TemplateError: the file cannot be read.
    """
    if path is None:
        return shipped_template(), DEFAULT_TEMPLATE
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
    try:
        return compile_template(on_paper(data, paper, name), name, FILTERS, KNOWN)
    except TemplateError as error:
        refuse_recap(error.problems, name)
        raise


def build_report(
    result: Result,
    template: bytes,
    name: str,
    *,
    draft: bool = False,
    figures: bool = False,
    asal: Origin | None = None,
) -> bytes:
    """The report as a .docx file; the same workbook and template give the same bytes.

    Pictures are prepared in threads while the template is compiled: that is the work of C libraries.

    Args:
        result: the workbook, worked out.
        template: the template's bytes.
        name: what the user calls the template, for messages.
        draft: put DRAF across each page, and the open findings at the end.
        figures: list what each figure rests on, in the annex.
        asal: the files that it is made from, told in the report's properties.

    Raises:
        TemplateError: the template has mistakes, or a tag cannot be filled; each place is told.
    """
    data = result.dataset
    with warnings.catch_warnings(), ThreadPoolExecutor(_THREADS) as pool:
        warnings.filterwarnings("ignore", "Image size ")  # Pillow's; the size is judged when it is opened
        jobs = {
            row.row: pool.submit(_picture, row.gambar, f"Foto {row.kegiatan.value or 'kegiatan'}", *_PHOTO_MM)
            for row in data.kegiatan
        }
        alt = f"Lambang {data.identitas.terms.daerah} {data.identitas.kabupaten.value}"
        logo = pool.submit(_picture, data.logo, alt, *_LOGO_MM, keep_transparent=True)
        compiled_template = compiled(template, name, data.identitas.ukuran_kertas.value or "F4")
    if figures and not any("dasar_angka" in tag.body for tag in compiled_template.source.tags):
        raise TemplateError(
            f"Templat «{name}» tidak memuat dasar_angka, sehingga lampirannya tidak dapat ditambahkan.",
            hint="Salin lampiran Dasar Angka dari templat bawaan: lkt template init.",
        )
    photos = {row: photo for row, job in jobs.items() if (photo := job.result())}
    values = build(FIELDS, Laporan(result, photos, logo.result(), figures))
    # The report has its own date, so that the same workbook gives the same bytes on any day.
    signed, periode = data.identitas.tanggal_laporan.value, result.computed.periode
    day = signed.end if signed else (periode.triwulan if periode else Triwulan(2000, 1)).akhir
    properties = Properties(
        title=report_name(result).removesuffix(".docx").title(),
        subject="Laporan Kinerja Triwulan",
        author=data.identitas.jabatan.value or "",
        created=datetime.combine(day, time()),
    )
    document = compiled_template.fill(values, properties=properties, watermark=DRAFT if draft else "")
    if draft:
        append_findings(document, result.findings)
    typeset(document, TYPOGRAPHY)
    return seal(document, source_file(name, template), asal, draft=draft, figures=figures)


def _picture(
    gambar: Gambar | None, alt: str, width_mm: float, height_mm: float, *, keep_transparent: bool = False
) -> Picture | None:
    """A picture that can be printed; None for one that cannot, in whose place the template puts a frame."""
    if gambar is None or gambar.masalah or gambar.sumber is None:
        return None
    return printable(photo_bytes(gambar), alt, width_mm, height_mm, keep_transparent=keep_transparent)


def report_name(result: Result, *, draft: bool = False) -> str:
    """The usual file name: LAPORAN KINERJA TRIWULAN I CAMAT … TAHUN ….docx; that of a draft says (DRAF).

    Any system takes it; an office with an endless name has it cut.
    """
    periode = result.computed.periode
    quarter = f"TRIWULAN {periode.triwulan.roman}" if periode else "TRIWULAN"
    year = f"TAHUN {periode.triwulan.tahun}" if periode else ""
    identitas = result.dataset.identitas
    office = " ".join((identitas.jabatan.value or identitas.terms.camat).upper().split())
    office = "".join(filter(str.isprintable, _UNNAMEABLE.sub("", office)))
    head, tail = f"LAPORAN KINERJA {quarter} ", f" {year}{f' ({DRAFT})' if draft else ''}.docx"
    office = fitting(office, _LONGEST_NAME - len(f"{head}{tail}"))
    return " ".join(f"{head}{office}{tail}".split()).replace(" .docx", ".docx")


# The last pages of a draft: the findings that are still open, for whoever corrects it ----------------------

APPENDIX = "Lampiran rancangan: temuan yang masih terbuka"
_COLUMNS = {"Tingkat": 0.16, "Sel": 0.22, "Temuan dan perbaikannya": 0.62}
_TABLE_STYLES = ("Tabel Laporan", "Table Grid")
_MOST_LISTED = 200


def append_findings(document: "Document", findings: Sequence[Finding]) -> None:
    """End a document with a table of the findings that are not accepted, in the styles that it has."""
    still_open = [finding for finding in findings if not finding.accepted]
    if not still_open:
        return
    counted = (f"{number} {level.word}" for level, number in counts(still_open).items() if number)
    document.add_paragraph(APPENDIX).paragraph_format.page_break_before = True
    document.add_paragraph(f"{', '.join(counted)}. Laporan akhir tidak memuat lampiran ini.")
    table = document.add_table(1, len(_COLUMNS))
    known = {style.name for style in document.styles}
    table.style = next((name for name in _TABLE_STYLES if name in known), None)
    rows: list[tuple[str, ...]] = [tuple(_COLUMNS)]
    rows += [
        (each.severity.word, compact(each.refs), f"{each.message} {each.hint}")
        for each in still_open[:_MOST_LISTED]
    ]
    if len(still_open) > _MOST_LISTED:
        rows.append(("…", "", f"dan {len(still_open) - _MOST_LISTED} temuan lain: lkt check"))
    wide = sum(column.width for column in table.columns)
    for column, share in zip(table.columns, _COLUMNS.values(), strict=True):
        column.width = round(wide * share)
    for number, texts in enumerate(rows):
        row = table.rows[0] if number == 0 else table.add_row()
        properties = row._tr.get_or_add_trPr()  # noqa: SLF001 - python-docx has no property for these
        properties.append(OxmlElement("w:cantSplit"))
        if number == 0:
            properties.append(OxmlElement("w:tblHeader"))
        for cell, text, share in zip(row.cells, texts, _COLUMNS.values(), strict=True):
            cell.width = round(wide * share)
            cell.paragraphs[0].add_run(clean(text))


# ``lkt build``: from a workbook that was worked out to a report on disk, and its PDF ----------------------


BESIDE = "baru"
"""The mark of a report that is written beside an old one."""
_PDF_SEAL = b"%lkt-sidik "
_PDF_SOURCE = b"%lkt-laporan "
_PDF_END = 1000  # bytes in which both comments stand
_BY_HAND = (
    "Nomor halaman pada daftar isi belum terisi. Di Word: klik kanan pada setiap daftar, pilih "
    "Perbarui Bidang (Update Field), lalu Perbarui seluruh tabel."
)


@dataclass(frozen=True, slots=True)
class Wish:
    """What the user asked for.

    Attributes:
        template: the office's own template; None for the one that comes with the program.
        draft: put DRAF across each page.
        figures: list what each figure rests on.
        pdf: write a PDF too.
        pages: fill the page numbers of the lists in, where LibreOffice is there.
        force: replace files that are there already.
    """

    template: Path | None = None
    draft: bool = False
    figures: bool = False
    pdf: bool = False
    pages: bool = True
    force: bool = False


class Old(Enum):
    """How the file was found that stood where the new one belongs."""

    NONE = "there was none"
    SAME = "it is the very report"
    OURS = "as lkt wrote it"
    OTHER = "a draft where the final report belongs, or the reverse"
    EDITED = "edited by hand since"
    FOREIGN = "not written by lkt, or its seal is gone"
    OPEN = "open in another program"


@dataclass(frozen=True, slots=True)
class Written:
    """What became of one file.

    Attributes:
        path: the file that was written.
        target: where it belongs; another file than ``path`` where the old one was left alone.
        old: how the old one was found.
        backup: the copy of the one that was replaced.
        edits: what was edited by hand in the old one; empty where that can no longer be told.
    """

    path: Path
    target: Path
    old: Old = Old.NONE
    backup: Path | None = None
    edits: tuple[PassageChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Built:
    """What became of a build.

    Attributes:
        report: the Word file.
        pdf: the PDF, where one was asked for.
        without_pages: what the user must know when page numbers are missing; usually empty.
    """

    report: Written
    pdf: Written | None = None
    without_pages: str = ""


Look = Callable[[bytes], tuple[Old, tuple[PassageChange, ...]]]
"""The content of an old file -> whether it is as lkt wrote it, and what was edited in it."""


def report_path(result: Result, workbook: Path, output: Path | None, *, draft: bool = False) -> Path:
    """Where the report belongs: beside the workbook where no other place was named; of a draft it says DRAF.

    Raises:
        OutputError: another kind of file was named, or its folder is missing.
    """
    target = output or workbook.with_name(report_name(result, draft=draft))
    require_folder(target)
    if not target.is_dir():  # the writer says what is wrong with a folder
        require_suffix(target, ".docx")
        if draft and DRAFT not in target.stem.upper():
            return target.with_stem(f"{fitting(target.stem)} ({DRAFT})")
    return target


def write_report(result: Result, asal: Origin, target: Path, wish: Wish) -> Built:
    """Build the report and write it, with its PDF where one is wished for.

    A file that is there already is replaced where nothing of the user's is in it; otherwise the new one is
    written beside it, unless ``wish.force``.

    Raises:
        TemplateError: the template has mistakes.
        OutputError: a file cannot be written.
        LibreOfficeError: a PDF was asked for and cannot be made; nothing is written then.
    """
    if wish.pdf:
        libreoffice.find()
    document, missing = _document(result, asal, wish)
    pdf = as_pdf([document])[0] if wish.pdf else None
    report = put(target, document, partial(look_at_report, draft=wish.draft), force=wish.force)
    if pdf is None:
        return Built(report, None, missing)
    return Built(report, put(report.path.with_suffix(".pdf"), pdf, look_at_pdf, force=wish.force), missing)


def _document(result: Result, asal: Origin, wish: Wish) -> tuple[bytes, str]:
    """The report, and what to say of missing page numbers."""
    data, name = read_template(wish.template)
    document = build_report(result, data, name, draft=wish.draft, figures=wish.figures, asal=asal)
    if not is_unnumbered(document):
        return document, ""
    if not wish.pages:
        return document, _BY_HAND
    try:
        return number_pages([document])[0], ""
    except LibreOfficeError as error:
        if wish.pdf:
            raise
        return document, f"{error.message} {_BY_HAND}"


def as_pdf(documents: Sequence[bytes], to_pdf: libreoffice.Convert = libreoffice.convert) -> list[bytes]:
    """Word files as sealed PDFs, all in one run of LibreOffice.

    Args:
        documents: .docx files.
        to_pdf: makes PDF files of Word files, in a folder.

    Raises:
        LibreOfficeError: LibreOffice cannot do it.
    """
    with TemporaryDirectory(prefix="lkt-pdf-") as folder:
        sources = [Path(folder) / f"{number}.docx" for number in range(len(documents))]
        for source, document in zip(sources, documents, strict=True):
            source.write_bytes(document)
        pdfs = [path.read_bytes() for path in to_pdf(sources, Path(folder))]
    return [sealed_pdf(pdf, document) for pdf, document in zip(pdfs, documents, strict=True)]


def sealed_pdf(pdf: bytes, report: bytes) -> bytes:
    """A PDF with comments at its end: the digest of the report that it shows, and its own.

    The latter tells a file that nobody touched.
    """
    body = (pdf if pdf.endswith(b"\n") else pdf + b"\n") + _pdf_source(report)
    return body + _PDF_SEAL + hashlib.sha256(body).hexdigest().encode() + b"\n"


def is_pdf_of(pdf: bytes, report: bytes) -> bool:
    """Whether a PDF was made from just this report."""
    return _pdf_source(report) in pdf[-_PDF_END:]


def _pdf_source(report: bytes) -> bytes:
    return _PDF_SOURCE + hashlib.sha256(report).hexdigest().encode() + b"\n"


def put(target: Path, content: bytes, look: Look, *, force: bool) -> Written:
    """Write one file where it belongs, or beside an old one that may hold work of the user's.

    Raises:
        OutputError: it cannot be written.
    """
    if not target.is_file():
        try:
            write_output(target, content)
        except TakenError:
            if not target.is_file():
                raise
        else:
            return Written(target, target)
    # It was there before, or another lkt wrote it a moment ago.
    old, edits = _examine(target, content, look)
    if old is Old.SAME:
        return Written(target, target, old)
    if old is Old.OURS or force:
        try:
            backup = write_output(target, content, replace=True, expendable=partial(_is_ours, look))
        except OpenElsewhereError:
            old = Old.OPEN
        else:
            return Written(target, target, old, backup, edits)
    beside = free_name(target, BESIDE)
    write_output(beside, content)
    return Written(beside, target, old, None, edits)


def _examine(target: Path, content: bytes, look: Look) -> tuple[Old, tuple[PassageChange, ...]]:
    """How the old file stands, and what was edited in it; one that is open may yet change."""
    try:
        data = target.read_bytes()
    except PermissionError:
        return Old.OPEN, ()
    except OSError as error:
        raise OutputError(f"“{target}” tidak dapat dibaca: {why(error)}.") from None
    if data == content:
        return Old.SAME, ()
    old, edits = look(data)
    return (Old.OPEN if lock_of(target) else old), edits


def _is_ours(look: Look, backup: Path) -> bool:
    try:
        return look(backup.read_bytes())[0] is Old.OURS
    except OSError:
        return False


def look_at_report(data: bytes, *, draft: bool | None = None) -> tuple[Old, tuple[PassageChange, ...]]:
    """An old Word file: its seal tells whether its text and pictures are as they were written.

    ``draft`` tells which kind of report would take its place, where there are two.
    """
    try:
        report = unseal(data, "")
    except LktError:
        return Old.FOREIGN, ()
    if report.ours and draft not in {None, report.draft}:
        return Old.OTHER, ()
    if not report.ours or not report.edited:
        return (Old.OURS if report.ours else Old.FOREIGN), ()
    return Old.EDITED, () if report.written is None else tuple(changes(report.written, report.content))


def look_at_pdf(data: bytes) -> tuple[Old, tuple[PassageChange, ...]]:
    """An old PDF: ours as long as not one byte is different, so that a signed or scanned one is kept."""
    body, mark, digest = data.rpartition(_PDF_SEAL)
    ours = bool(mark) and digest.strip() == hashlib.sha256(body).hexdigest().encode()
    return (Old.OURS if ours else Old.FOREIGN), ()
