"""Ways to look into a patched workbook."""

import io
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import openpyxl
from lxml import etree
from lxml.etree import _Element

from lkt.model import Ref
from lkt.workbook.annotation import remove_annotations, remove_marks
from lkt.xlsx import NewValue, WorkbookEditor
from tests.packages import unzipped
from tests.validity.checks import audited, wrong_roots

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LISTING = "Hasil Pemeriksaan"


def with_cells(data: bytes, values: Mapping[Ref, NewValue]) -> bytes:
    """The workbook with new values in some cells."""
    book = WorkbookEditor(data)
    for ref, value in values.items():
        book.set_cell(ref.sheet, ref.cell, value)
    return book.save()


def changed(data: bytes, change: Callable[[WorkbookEditor], object]) -> bytes:
    """The workbook after a change."""
    book = WorkbookEditor(data)
    change(book)
    return book.save()


def without_annotations(data: bytes) -> bytes:
    return changed(data, remove_annotations)


def without_marks(data: bytes) -> bytes:
    return changed(data, remove_marks)


def load(data: bytes, *, values: bool = False) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl names what it would drop
        return openpyxl.load_workbook(io.BytesIO(data), data_only=values, rich_text=True)


def cells_of(data: bytes, *, values: bool = False) -> dict[tuple[str, str], str]:
    """Every filled cell with its content and its formatting but the fill, without the sheet of findings."""
    return {
        (sheet.title, cell.coordinate): repr((cell.value, formatting(cell)))
        for sheet in load(data, values=values).worksheets
        if not sheet.title.startswith(LISTING)
        for cell in sheet._cells.values()
        if cell.value is not None
    }


def formatting(cell: Any) -> str:
    """The formatting of a cell but its fill."""
    return repr((cell.number_format, cell.font, cell.border, cell.alignment, cell.protection))


def root(data: bytes, part: str) -> _Element:
    return etree.fromstring(unzipped(data)[part])


def canonical(content: bytes) -> bytes:
    return etree.tostring(etree.fromstring(content), method="c14n")


def conditions(data: bytes, part: str) -> dict[str, str]:
    """Our conditional formats: cell -> formula without its marker."""
    found = {}
    for item in root(data, part).iter(f"{MAIN}conditionalFormatting"):
        formula = item.findtext(f"{MAIN}cfRule/{MAIN}formula") or ""
        if 'N("lkt")=0' in formula:
            found[item.get("sqref", "")] = formula.removeprefix('AND(N("lkt")=0,').removesuffix(")")
    return found


def note(data: bytes, sheet: str, cell: str) -> str:
    comment = load(data)[sheet][cell].comment
    return "" if comment is None else str(comment.text)


def problems(data: bytes, folder: Path) -> list[str]:
    """What the validator says, but for its advice on how to store texts."""
    path = folder / "buku.xlsx"
    path.write_bytes(data)
    said = [str(error) for error in audited(path) if "inline-string" not in str(error)]
    return [*said, *wrong_roots(path)]
