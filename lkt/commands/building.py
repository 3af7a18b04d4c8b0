"""``lkt build``: from a workbook that was worked out to a report on disk, and its PDF."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from lkt import libreoffice
from lkt.errors import LktError, OpenElsewhereError, OutputError, TakenError
from lkt.files import why
from lkt.libreoffice import LibreOfficeError
from lkt.output import free_name, lock_of, require_folder, require_suffix, write_output
from lkt.pipeline import Result
from lkt.report.pagination import is_unnumbered, number_pages
from lkt.report.trace.align import Change, changes
from lkt.report.trace.asal import Asal
from lkt.report.trace.seal import unseal
from lkt.report.word import build_report, read_template, report_name

_BESIDE = "baru"
_PDF_SEAL = b"%lkt-sidik "
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
        pdf: write a PDF too.
        pages: fill the page numbers of the lists in, where LibreOffice is there.
        force: replace files that are there already.
    """

    template: Path | None = None
    draft: bool = False
    pdf: bool = False
    pages: bool = True
    force: bool = False


class Old(Enum):
    """How the file was found that stood where the new one belongs."""

    NONE = "there was none"
    SAME = "it is the very report"
    OURS = "as lkt wrote it"
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
    edits: tuple[Change, ...] = ()


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


Look = Callable[[bytes, str], tuple[Old, tuple[Change, ...]]]
"""(content, name) -> whether an old file is as lkt wrote it, and what was edited in it."""


def report_path(result: Result, workbook: Path, output: Path | None) -> Path:
    """Where the report belongs: beside the workbook where no other place was named.

    Raises:
        OutputError: another kind of file was named, or its folder is missing.
    """
    target = output or workbook.with_name(report_name(result))
    require_folder(target)
    if not target.is_dir():  # the writer says what is wrong with a folder
        require_suffix(target, ".docx")
    return target


def write_report(result: Result, asal: Asal, target: Path, wish: Wish) -> Built:
    """Build the report and write it, with its PDF where one is wished for.

    A file that is there already is replaced where nothing of the user's is in it; otherwise the new one is
    written beside it, unless ``wish.force``.

    Raises:
        TemplateError: the template has mistakes.
        OutputError: a file cannot be written.
        LibreOfficeError: a PDF was asked for and cannot be made; nothing is written then.
    """
    document, missing = _document(result, asal, wish)
    pdf = sealed_pdf(to_pdf(document)) if wish.pdf else None
    report = put(target, document, look_at_report, force=wish.force)
    if pdf is None:
        return Built(report, None, missing)
    return Built(report, put(report.path.with_suffix(".pdf"), pdf, look_at_pdf, force=wish.force), missing)


def _document(result: Result, asal: Asal, wish: Wish) -> tuple[bytes, str]:
    """The report, and what to say of missing page numbers."""
    if wish.pdf:
        libreoffice.find()
    document = build_report(result, *read_template(wish.template), draft=wish.draft, asal=asal)
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


def to_pdf(document: bytes) -> bytes:
    """A Word file as PDF.

    Raises:
        LibreOfficeError: LibreOffice cannot do it.
    """
    with TemporaryDirectory(prefix="lkt-pdf-") as folder:
        source = Path(folder) / "laporan.docx"
        source.write_bytes(document)
        (pdf,) = libreoffice.convert([source], Path(folder))
        return pdf.read_bytes()


def sealed_pdf(pdf: bytes) -> bytes:
    """A PDF with its own digest in a comment at the end, by which a file that nobody touched is known."""
    body = pdf if pdf.endswith(b"\n") else pdf + b"\n"
    return body + _PDF_SEAL + hashlib.sha256(body).hexdigest().encode() + b"\n"


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
    untouched = partial(_untouched, look)
    if old is Old.OURS or force:
        try:
            backup = write_output(target, content, replace=True, expendable=untouched)
        except OpenElsewhereError:
            old = Old.OPEN
        else:
            return Written(target, target, old, backup, edits)
    beside = free_name(target, _BESIDE)
    write_output(beside, content)
    return Written(beside, target, old, None, edits)


def _examine(target: Path, content: bytes, look: Look) -> tuple[Old, tuple[Change, ...]]:
    """How the old file stands, and what was edited in it; one that is open may yet change."""
    try:
        data = target.read_bytes()
    except PermissionError:
        return Old.OPEN, ()
    except OSError as error:
        raise OutputError(f"“{target}” tidak dapat dibaca: {why(error)}.") from None
    if data == content:
        return Old.SAME, ()
    old, edits = look(data, target.name)
    return (Old.OPEN if lock_of(target) else old), edits


def look_at_report(data: bytes, name: str) -> tuple[Old, tuple[Change, ...]]:
    """An old Word file: its seal tells whether its text and pictures are as they were written."""
    try:
        report = unseal(data, name)
    except LktError:
        return Old.FOREIGN, ()
    if not report.ours:
        return Old.FOREIGN, ()
    if not report.edited:
        return Old.OURS, ()
    return Old.EDITED, () if report.written is None else changes(report.written, report.content)


def look_at_pdf(data: bytes, _name: str) -> tuple[Old, tuple[Change, ...]]:
    """An old PDF: ours as long as not one byte is different, so that a signed or scanned one is kept."""
    body, mark, digest = data.rpartition(_PDF_SEAL)
    ours = bool(mark) and digest.strip() == hashlib.sha256(body).hexdigest().encode()
    return (Old.OURS if ours else Old.FOREIGN), ()


def _untouched(look: Look, backup: Path) -> bool:
    """Whether a file is just as lkt wrote it."""
    try:
        return look(backup.read_bytes(), backup.name)[0] is Old.OURS
    except OSError:
        return False
