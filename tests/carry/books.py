"""Workbooks as an office keeps them, with much that no save by lkt would have made."""

import io
from collections.abc import Callable
from functools import cache
from typing import Any

import openpyxl
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.styles import PatternFill
from openpyxl.workbook.defined_name import DefinedName
from PIL import Image as Pictures

from lkt.model import Dataset, Ref
from lkt.pipeline import run
from lkt.workbook.carry import Carried, carry_over
from lkt.workbook.opening import grids_of
from lkt.workbook.reader import read_grids
from lkt.xlsx.setting import set_cells
from tests.builders import EXAMPLES, base, workbook

SUKAMAJU = (EXAMPLES / "sukamaju-2025-tw1.xlsx").read_bytes()


def in_quarter(triwulan: int) -> bytes:
    """The example with formulas and formats, said to be of another quarter of 2025."""
    return set_cells(SUKAMAJU, {Ref("Identitas", "B7"): triwulan})


def plain(tahun: int, triwulan: int) -> bytes:
    """The clean workbook of a quarter, without formulas and formats."""
    return workbook(base(tahun, triwulan))


def read(data: bytes) -> Dataset:
    return read_grids(grids_of(data))


@cache
def carried(data: bytes, times: int = 1) -> tuple[bytes, Carried]:
    """A workbook so many quarters later."""
    book, told = carry_over(data)
    return (book, told) if times == 1 else carried(book, times - 1)


def filled(data: Dataset) -> dict[tuple[str, str], str]:
    """Every cell that says something, as it is read."""
    rows = [row for name in _TABLES for row in getattr(data, name)]
    cells = [cell for row in rows for _, cell in row.cells()]
    cells += [cell for desa in data.desa for cell in desa.tanggal]
    cells += [getattr(data.identitas, name) for name in data.identitas.__slots__]
    return {
        (cell.ref.sheet, cell.ref.cell): cell.written for cell in cells if cell.written and not cell.formula
    }


_TABLES = (
    "tugas_fungsi", "indikator", "anggaran", "fasilitasi", "dokumen", "desa", "strategi", "tindak_lanjut",
    "kegiatan", "narasi", "skala", "pengecualian",
)  # fmt: skip


def codes(book: bytes, before: bytes) -> dict[str, set[str]]:
    """Code -> the cells of its findings, checked beside the quarter before."""
    found: dict[str, set[str]] = {}
    for finding in run(read(book), read(before)).findings:
        found.setdefault(finding.code, set()).update(map(str, finding.refs))
    return found


def edited_book(change: Callable[[Any], None], data: bytes = SUKAMAJU) -> bytes:
    """A workbook changed by hand."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    change(book)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def _picture(color: str) -> Image:
    data = io.BytesIO()
    Pictures.new("RGB", (8, 8), color).save(data, "PNG")
    return Image(data)


def add_belongings(book: Any) -> None:
    """What an office adds: a sheet, a column, a name, notes, pictures, colours."""
    own = book.create_sheet("Catatan Kami")
    own["A1"], own["A2"], own["B2"] = "Milik kantor", 5, "=A2*2"
    own["A1"].fill = PatternFill("solid", fgColor="FF00FF00")
    own.add_image(_picture("blue"), "D4")
    budget = book["Anggaran"]
    budget["N1"], budget["N2"] = "PPTK", "Rahmat"
    budget["H2"].comment = Comment("Menurut SIPD", "Ani")
    activities = book["Kegiatan"]
    activities["G1"], activities["G2"] = "Lokasi", "Balai desa"
    activities.add_image(_picture("red"), "E2")
    activities.add_image(_picture("green"), "I1")
    book.defined_names["Pegawai"] = DefinedName("Pegawai", attr_text="'Catatan Kami'!$A$2")


def cell(data: bytes, ref: str, *, values: bool = True) -> Any:
    sheet, _, address = ref.partition("!")
    return openpyxl.load_workbook(io.BytesIO(data), data_only=values)[sheet][address].value


def marked(told: Carried, ref: str) -> str:
    """What the mark on a cell says and waits for."""
    sheet, _, address = ref.partition("!")
    found = [mark for mark in told.marks if mark.ref == Ref(sheet, address)]
    return f"{found[0].wait.name}: {found[0].text}" if found else ""
