"""Every kind of file that lkt produces: one line each in a table. A test of all of them needs no change.

``python -m tests.validity.products WORKBOOK FOLDER [PREVIOUS]`` writes all into a folder.
"""

import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from lkt import checking as copies
from lkt import template_command as templates
from lkt.checking import check_file, work_out_from
from lkt.report import build as building
from lkt.report.templates import inspect_template, shipped_template
from lkt.wordtemplate.document import read_parts, zipped
from lkt.workbook.new import new_workbook

Produce = Callable[[Path, Path, Sequence[Path]], Path | None]
"""(workbook, an empty folder, workbooks of earlier quarters) -> the file; None where none is due."""


def _report(
    book: Path, folder: Path, previous: Sequence[Path], *, template: str | None = None, draft: bool = True
) -> Path:
    office = folder / f"{template}.docx" if template else None
    if office:
        office.write_bytes(shipped_template(str(template)))
    result, asal = work_out_from(book, previous)
    wish = building.Wish(office, draft=draft, pages=False)
    return building.write_report(result, asal, building.report_path(result, book, None), wish).report.path


def _annotated(book: Path, _folder: Path, previous: Sequence[Path]) -> Path | None:
    return next(iter(copies.annotated_copies([check_file(book, previous)])), None)


def _corrected(book: Path, _folder: Path, _previous: Sequence[Path]) -> Path | None:
    (done,) = copies.correct_files([check_file(book)])
    return done.target


OF_A_WORKBOOK: Mapping[str, Produce] = {
    "laporan": partial(_report, draft=False),
    "rancangan": _report,
    "pembanding": partial(_report, template="laporan-pembanding"),
    "diperiksa": _annotated,
    "diperbaiki": _corrected,
}
"""What is made of a workbook."""


def _new(_book: Path, folder: Path, _previous: Sequence[Path]) -> Path:
    path = folder / "q1.xlsx"
    path.write_bytes(
        new_workbook("Suka & Maju", 2025, 2, kabupaten="O'Hara", kode="99.01.01", desa=["99.01.01.2001 A<B"])
    )
    return path


def _copied(_book: Path, folder: Path, _previous: Sequence[Path], *, name: str) -> Path:
    return templates.copy_template(folder / "templat.docx", name, force=False)


def _commented(_book: Path, folder: Path, _previous: Sequence[Path], *, name: str) -> Path | None:
    """A template in which tags are wrong."""
    office = folder / "kantor.docx"
    office.write_bytes(_misspelt(shipped_template(name)))
    return templates.annotated_copy(office, inspect_template(office.read_bytes(), office.name))


def _misspelt(template: bytes) -> bytes:
    parts = read_parts(template, "templat")
    main = parts["word/document.xml"]
    return zipped(
        {**parts, "word/document.xml": main.replace(b"{{ camat.", b"{{ cmat.").replace(b"nama", b"nma")}
    )


OF_NOTHING: Mapping[str, Produce] = {
    "buku kerja baru": _new,
    "templat": partial(_copied, name="laporan-triwulan"),
    "templat pembanding": partial(_copied, name="laporan-pembanding"),
    "templat diperiksa": partial(_commented, name="laporan-triwulan"),
    "templat pembanding diperiksa": partial(_commented, name="laporan-pembanding"),
}
"""What is made without a workbook."""


def produce(make: Produce, book: Path, folder: Path, previous: Sequence[Path] = ()) -> Path | None:
    """One file, made in a folder of its own in which its workbook and the photos lie too."""
    folder.mkdir(parents=True)
    own = [Path(shutil.copy(each, folder)) for each in (book, *previous)]
    for photo in book.parent.glob("foto-*.jpg"):
        shutil.copy(photo, folder)
    return make(own[0], folder, own[1:])


def main(book: Path, folder: Path, *previous: Path) -> None:
    """Make all of them, each in the folder of its name."""
    for name, make in {**OF_A_WORKBOOK, **OF_NOTHING}.items():
        made = produce(make, book, folder / name, previous)
        if made is not None:
            made.rename(folder / f"{name}{made.suffix}")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
