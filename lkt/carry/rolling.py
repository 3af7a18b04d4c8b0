"""What goes on with the period: the documents of the desa in a new year, the time of each strategy."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from lkt.carry.periods import names_regulation_of, next_year, roll_quarter, roll_years
from lkt.carry.step import Change, Item, Step, is_filled, name_of
from lkt.model import Cell, Dataset, Dokumen, Precision, Span
from lkt.workbook.declaration import SHEET
from lkt.workbook.patch import Mark, NewValue, Wait

_SHEET = "Dokumen"


def documents(dataset: Dataset, step: Step) -> Iterator[Item]:
    """Sheet Dokumen in a new year: each document is that of the next budget year."""
    for row in dataset.dokumen if step.new_year else ():
        years = _years(row, step)
        for field, moved in (
            ("tahun_anggaran", _next_number(row.tahun_anggaran)),
            ("batas_waktu", _next_deadline(row.batas_waktu)),
            ("dasar_hukum", _rolled(row.dasar_hukum, years)),
            ("uraian", _rolled(row.uraian, years)),
        ):
            cell: Cell[Any] = getattr(row, field)
            if is_filled(cell) and cell.ref not in step.linked:
                yield from _moved(cell, SHEET[_SHEET].column(field).heading, moved, step)
        yield from _regulation(row.dasar_hukum, years, step)
        yield from _regulation(row.uraian, years, step)


def _years(row: Dokumen, step: Step) -> dict[int, int]:
    """The years that the texts of a row may name, each with the one that follows."""
    years = {step.old.tahun}
    if row.tahun_anggaran.value is not None:
        years.add(int(row.tahun_anggaran.value))
    if row.batas_waktu.value is not None:
        years |= {row.batas_waktu.value.start.year, row.batas_waktu.value.end.year}
    return {year: year + 1 for year in years}


def _next_number(cell: Cell[Decimal]) -> NewValue:
    if cell.value is None:
        return None
    number = int(cell.value) + 1
    return str(number) if cell.text else number


def _next_deadline(cell: Cell[Span]) -> NewValue:
    """A real date stays one, a text stays a text; None where the year of the text is not plain."""
    span = cell.value
    if span is None:
        return None
    if not cell.text:
        return _first(span) if span.precision is Precision.MONTH else next_year(span.start)
    years = {year: year + 1 for year in (span.start.year, span.end.year)}
    rolled = roll_years(cell.written, years)
    return None if rolled == cell.written else rolled


def _first(span: Span) -> date:
    return span.start.replace(year=span.start.year + 1)


def _rolled(cell: Cell[str], years: Mapping[int, int]) -> NewValue:
    return None if cell.value is None else roll_years(cell.value, years)


def _moved(cell: Cell[Any], subject: str, value: NewValue, step: Step) -> Iterator[Item]:
    if value is None:
        yield Mark(
            cell.ref, f"Tidak dapat digeser otomatis. Sesuaikan dengan tahun {step.new.tahun}.", Wait.REVIEW
        )
    elif value != cell.value:
        yield Change(cell, _SHEET, subject, value)
        yield Mark(cell.ref, f"Digeser ke tahun berikutnya. Semula: {cell.written}", Wait.NOTHING)


def _regulation(cell: Cell[str], years: Mapping[int, int], step: Step) -> Iterator[Item]:
    if cell.value and names_regulation_of(cell.value, years):
        text = f"Periksa apakah peraturan ini masih berlaku pada tahun {step.new.tahun}."
        yield Mark(cell.ref, text, Wait.REVIEW)


def strategy_times(dataset: Dataset, step: Step) -> Iterator[Item]:
    """Column Waktu of sheet Strategi, where it is exactly the old quarter."""
    subject = SHEET["Strategi"].column("waktu").heading
    for row in dataset.strategi:
        cell = row.waktu
        if cell.value is None or cell.ref in step.linked:
            continue
        moved = roll_quarter(cell.value, step.old, step.new)
        if moved is None:
            text = f"Bukan tepat satu triwulan, sehingga tidak digeser. Sesuaikan dengan {name_of(step.new)}."
            yield Mark(cell.ref, text, Wait.REVIEW)
        elif moved != cell.value:
            yield Change(cell, "Strategi", subject, moved)
            yield Mark(cell.ref, f"Digeser dari: {cell.written}", Wait.NOTHING)
