"""``lkt build``: from a workbook that was worked out to a report on disk."""

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from lkt import libreoffice
from lkt.libreoffice import LibreOfficeError
from lkt.output import require_free, require_suffix, write_output
from lkt.pipeline import Result
from lkt.report.pagination import is_unnumbered, number_pages
from lkt.report.word import build_report, read_template, report_name

_BY_HAND = (
    "Nomor halaman pada daftar isi belum terisi. Di Word: klik kanan pada setiap daftar, pilih "
    "Perbarui Bidang (Update Field), lalu Perbarui seluruh tabel."
)


@dataclass(frozen=True)
class Wish:
    """What the user asked for.

    Args:
        output: the report's file; None for its usual name beside the workbook.
        template: the office's own template; None for the one that comes with the program.
        draft: put DRAF across each page.
        pdf: write a PDF too.
        pages: fill the page numbers of the lists in, where LibreOffice is there.
        force: replace files that are there already.
    """

    output: Path | None = None
    template: Path | None = None
    draft: bool = False
    pdf: bool = False
    pages: bool = True
    force: bool = False


@dataclass(frozen=True)
class Written:
    """What was written, and what the user must know when page numbers are missing; usually empty."""

    paths: tuple[Path, ...]
    without_pages: str = ""


def write_report(result: Result, workbook: Path, wish: Wish) -> Written:
    """Build the report and write it, beside the workbook where no other place was named.

    Raises:
        TemplateError: the template has mistakes.
        OutputError: a file is no .docx, cannot be written, or is there already without ``force``.
        LibreOfficeError: a PDF was asked for and cannot be made; nothing is written then.
    """
    target = wish.output or workbook.with_name(report_name(result))
    targets = [target, *([target.with_suffix(".pdf")] if wish.pdf else [])]
    for path in targets:
        require_free(path, replace=wish.force)
    require_suffix(target, ".docx")
    document, missing = _document(result, wish)
    contents = [document, *([to_pdf(document)] if wish.pdf else [])]
    for path, content in zip(targets, contents, strict=True):
        write_output(path, content, replace=wish.force)
    return Written(tuple(targets), missing)


def _document(result: Result, wish: Wish) -> tuple[bytes, str]:
    """The report, and what to say of missing page numbers."""
    if wish.pdf:
        libreoffice.find()
    document = build_report(result, *read_template(wish.template), draft=wish.draft)
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
