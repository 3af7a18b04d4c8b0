"""Every cell that was read, with what its column says about it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from string import ascii_uppercase, digits
from typing import Any

from lkt.bahasa import normalize
from lkt.model import Cell, Dataset, Indikator, Ref, Row
from lkt.workbook.cells import Raw
from lkt.workbook.convert import Context, convert
from lkt.workbook.declaration import DESA_DATE, KEYS, SHEETS, Column, Kind

_PERCENT_UNITS = frozenset({"%", "persen"})


@dataclass(frozen=True, slots=True)
class Place:
    """One cell in its column; ``context`` is what the reader knows besides when it reads it.

    Date order is taken as uncertain, so that a date has one reading only where nothing else decides it.
    """

    cell: Cell[Any]
    column: Column
    context: Context

    @property
    def in_percent(self) -> bool:
        """Its figures are percentages."""
        unit = normalize(self.context.unit)
        return self.column.kind is Kind.PERCENT or (
            self.column.kind is Kind.MEASURE and unit in _PERCENT_UNITS
        )

    def reads_the_same(self, raw: Raw) -> bool:
        """The reader takes another content of the cell for the same value, as exact as before."""
        other, _ = convert(raw, self.cell.ref, self.column, self.context)
        return (other.value, other.decimals) == (self.cell.value, self.cell.decimals)


def places_of(dataset: Dataset) -> Iterator[Place]:
    """Every cell of the workbook that stands in a column of the declaration, rows Jumlah included."""
    return (place for place in _all_places(dataset) if place.cell.ref.cell)


def _all_places(dataset: Dataset) -> Iterator[Place]:
    year = dataset.identitas.tahun.value
    known = year is not None and year == int(year) and 1900 < year < 2200
    context = Context(year=int(year) if known and year is not None else None, day_first=False)
    for key in KEYS:
        column = Column(key.label, key.field, key.kind, key.help, choices=key.choices)
        yield Place(getattr(dataset.identitas, key.field), column, replace(context, year=None))
    for sheet in SHEETS:
        for row in getattr(dataset, sheet.field):
            yield from _row(row, sheet.columns, context)
            if sheet.field == "desa":
                yield from _dates(dataset, row.tanggal, context)
    if dataset.jumlah_anggaran is not None:
        columns = next(sheet.columns for sheet in SHEETS if sheet.field == "anggaran")
        yield from _row(dataset.jumlah_anggaran, columns, context)
    if dataset.jumlah_desa is not None:
        yield from _dates(dataset, dataset.jumlah_desa.tepat_waktu, context, Kind.WHOLE)


def _row(row: Row, columns: tuple[Column, ...], context: Context) -> Iterator[Place]:
    if isinstance(row, Indikator):
        unit, jenis = row.satuan.written, normalize(row.jenis.written)
        context = replace(context, unit=unit, jenis=jenis)
    cells = dict(row.cells())
    for column in columns:
        yield Place(cells[column.field], column, context)


def _dates(
    dataset: Dataset, cells: tuple[Cell[Any], ...], context: Context, kind: Kind = Kind.DATE
) -> Iterator[Place]:
    for document, cell in zip(dataset.dokumen, cells, strict=False):
        yield Place(cell, replace(DESA_DATE, heading=document.dokumen.value or "", kind=kind), context)


def column_of(ref: Ref) -> tuple[str, str]:
    """Sheet and letter of a cell's column."""
    return ref.sheet, ref.cell.rstrip(digits)


def row_of(ref: Ref) -> int:
    """The number of a cell's row."""
    return int(ref.cell.lstrip(ascii_uppercase))
