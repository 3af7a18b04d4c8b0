"""Cell by cell: what the declaration says of the fate of each column, applied to the rows that stay."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from lkt.carry.periods import names_period, next_year
from lkt.carry.step import Change, Item, Step, emptied, is_filled, name_of, typed_over
from lkt.figures import Sifat
from lkt.indicators import SIFAT
from lkt.model import Cell, Dataset, Dokumen, Indikator, Row
from lkt.workbook.declaration import DESA_DATE, IDENTITAS, KEYS, SHEET, SHEETS, Column, Kind, Sheet
from lkt.workbook.fates import Fate, is_emptied
from lkt.workbook.patch import Mark, Wait

_DUE = "Isi bila dokumennya sudah ada; batas waktunya sampai dengan {}."


def identity(dataset: Dataset, step: Step) -> Iterator[Item]:
    """Sheet Identitas: the period goes on, the date of the report is open again."""
    data = dataset.identitas
    for key, number in (("triwulan", step.new.nomor), ("tahun", step.new.tahun)):
        cell: Cell[Any] = getattr(data, key)
        if cell.value != number:
            label = next(each.label for each in KEYS if each.field == key)
            yield Change(cell, IDENTITAS, label, str(number) if cell.text else number)
    for key_ in KEYS:
        if key_.fate is Fate.QUARTERLY:
            column = Column(key_.label, key_.field, key_.kind, key_.help)
            yield from emptied(step, getattr(data, key_.field), IDENTITAS, column, asked=key_.filled)


def lasting_rows(dataset: Dataset, step: Step) -> Iterator[Item]:
    """The rows of all sheets but those that are emptied as a whole."""
    for sheet in SHEETS:
        if not is_emptied(sheet.fate, new_year=step.new_year):
            for row in getattr(dataset, sheet.field):
                yield from _row(row, sheet, step)


def _row(row: Row, sheet: Sheet, step: Step) -> Iterator[Item]:
    cells = dict(row.cells())
    for column in sheet.columns:
        cell = cells[column.field]
        fate = _fate(row, column)
        if fate is Fate.TEXT and isinstance(cell.value, str) and cell.ref not in step.linked:
            if names_period(cell.value, step.old, new_year=step.new_year):
                text = f"Teks ini menyebut periode yang lama. Sesuaikan dengan {name_of(step.new)}."
                yield Mark(cell.ref, text, Wait.REVIEW)
        elif fate is Fate.COMPUTED:
            yield from typed_over(step, cell, sheet.name, column)
        elif is_emptied(fate, new_year=step.new_year):
            yield from _emptied(row, cell, sheet, column, step)


def _sifat(row: Row) -> Sifat | None:
    """What is known of the kind of an indicator."""
    return SIFAT.get(row.jenis.value or "") if isinstance(row, Indikator) else None


def _fate(row: Row, column: Column) -> Fate:
    """That of the column; what a kind of indicator needs is of the quarter, or a plan of the year."""
    sifat = _sifat(row)
    if sifat is not None and column.field in sifat.needs:
        return Fate.YEARLY if sifat.counted else Fate.QUARTERLY
    return column.fate


def _emptied(row: Row, cell: Cell[Any], sheet: Sheet, column: Column, step: Step) -> Iterator[Item]:
    sifat = _sifat(row)
    if column.field == "pembilang" and sifat is not None and sifat.counted:
        yield from typed_over(step, cell, sheet.name, column)
        return
    asked = column.filled or (sifat is not None and column.field in sifat.needs)
    if column.derived and cell.formula and cell.ref in step.linked:
        yield Mark(cell.ref, f"Isi untuk {name_of(step.new)}.", Wait.NOTHING)  # never typed over before
    else:
        yield from emptied(step, cell, sheet.name, column, asked=asked)


def totals(dataset: Dataset, step: Step) -> Iterator[Item]:
    """The rows Jumlah: live formulas stay, typed figures are emptied where their column is."""
    sheet, row = SHEET["Anggaran"], dataset.jumlah_anggaran
    for column in sheet.columns if row is not None else ():
        cell = dict(row.cells())[column.field] if row is not None else None
        gone = column.fate is Fate.COMPUTED or is_emptied(column.fate, new_year=step.new_year)
        if cell is not None and column.total and gone:
            yield from _total(cell, sheet.name, column, step)
    counts = dataset.jumlah_desa.tepat_waktu if dataset.jumlah_desa is not None else ()
    for document, count in zip(dataset.dokumen, counts, strict=False):
        if step.new_year:
            column = replace(DESA_DATE, heading=document.dokumen.value or "", kind=Kind.WHOLE)
            yield from _total(count, "Desa", column, step)


def _total(cell: Cell[Any], sheet: str, column: Column, step: Step) -> Iterator[Item]:
    if is_filled(cell) and cell.ref not in step.linked:
        yield from emptied(step, cell, sheet, column, asked=False)


def village_dates(dataset: Dataset, step: Step) -> Iterator[Item]:
    """The dates of the documents: emptied in a new year, asked for once their deadline has come."""
    gone = is_emptied(DESA_DATE.fate, new_year=step.new_year)
    for number, document in enumerate(dataset.dokumen):
        column = replace(DESA_DATE, heading=document.dokumen.value or "")
        asked, noted = _is_due(document, step), True
        for desa in dataset.desa:
            cell = desa.tanggal[number]
            if gone and is_filled(cell) and cell.ref not in step.linked:
                yield Change(cell, "Desa", column.heading)
            if asked and cell.ref.cell and (gone or cell.blank) and cell.ref not in step.linked:
                yield Mark(cell.ref, _DUE.format(name_of(step.new)) if noted else "")
                noted = False


def _is_due(document: Dokumen, step: Step) -> bool:
    """Whether the deadline, which goes on with the year, lies before the end of the new quarter."""
    due = document.batas_waktu.value
    if due is None:
        return False
    return (next_year(due.end) if step.new_year else due.end) <= step.new.akhir
