"""A small report of an office that does not exist: what a field looks like, and of which kind it is.

Its workbook is in ``lkt/data/contoh.json``: sheet -> rows of cells, headings first, and what other cells hold
in the workbook of the quarter before. ``2024-02-05`` is a date and ``85%`` a percentage, as in a workbook. It
is read and worked out by the same code as any other.
"""

import base64
import json
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from importlib import resources

from lkt.alamat import place
from lkt.model import Dataset
from lkt.pipeline import run
from lkt.report.catalogue import FIELDS
from lkt.report.context import Laporan
from lkt.report.templatefields import build
from lkt.report.values import Picture
from lkt.workbook.cells import Raw
from lkt.workbook.opening import Grid
from lkt.workbook.reader import read_grids

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_PERCENT = re.compile(r"(\d+)%")
_GREY = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGM4AQAAygDJmcpdfgAAAABJRU5ErkJggg=="
)
_PICTURE = Picture(_GREY, 2_808_000, 1_980_000, "gambar contoh", "png")


@cache
def example_values() -> dict[str, object]:
    """The values of all fields in the example report, as a template sees them. Not to be changed."""
    return build(FIELDS, example_report())


def example_report() -> Laporan:
    """The example, with a picture wherever one can be."""
    text = (resources.files("lkt") / "data" / "contoh.json").read_text(encoding="utf-8")
    parts = json.loads(text)
    sheets, before = parts["buku kerja"], parts["triwulan sebelumnya"]
    dataset = _read(sheets, {})
    result = run(dataset, _read(sheets, before))
    return Laporan(result, {row.row: _PICTURE for row in dataset.kegiatan}, _PICTURE)


def _read(
    sheets: Mapping[str, Sequence[Sequence[object]]], changes: Mapping[str, Mapping[str, object]]
) -> Dataset:
    """The workbook of the sheets, with the cells of ``changes`` set by sheet and address."""
    return read_grids([_grid(name, rows, changes.get(name, {})) for name, rows in sheets.items()], "contoh")


def _grid(name: str, rows: Sequence[Sequence[object]], changes: Mapping[str, object]) -> Grid:
    cells = {
        number: {column: _raw(value) for column, value in enumerate(row, start=1) if value is not None}
        for number, row in enumerate(rows, start=1)
    }
    for address, value in changes.items():
        row, column = place(address)
        cells[row][column] = _raw(value)
    return Grid(name, cells)


def _raw(value: object) -> Raw:
    if isinstance(value, str) and _DATE.fullmatch(value):
        return Raw(datetime.fromisoformat(value), "d mmmm yyyy")
    if isinstance(value, str) and (percent := _PERCENT.fullmatch(value)):
        return Raw(int(percent[1]) / 100, "0%")
    return Raw(value)
