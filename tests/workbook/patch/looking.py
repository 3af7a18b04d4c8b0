"""Ways to look into a patched workbook."""

import io
import warnings
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
from lxml import etree
from lxml.etree import _Element

from tests.validity.checks import audited
from tests.workbook.patch.samples import unzipped

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LISTING = "Hasil Pemeriksaan"


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


def raw_entries(data: bytes) -> dict[str, bytes]:
    """The compressed bytes of each entry."""
    found = {}
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for info in package.infolist():
            header = data[info.header_offset : info.header_offset + 30]
            start = (
                info.header_offset
                + 30
                + int.from_bytes(header[26:28], "little")
                + int.from_bytes(header[28:30], "little")
            )
            found[info.filename] = data[start : start + info.compress_size]
    return found


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
    return [str(error) for error in audited(path) if "inline-string" not in str(error)]
