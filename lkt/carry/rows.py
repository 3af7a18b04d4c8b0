"""Sheets that start anew: their rows are emptied where they stand, so that formats and formulas stay."""

from collections.abc import Iterator, Mapping, Sequence

from lkt.alamat import address as join
from lkt.carry.step import Change, Item, Step, is_filled, name_of
from lkt.model import Dataset, Ref, Row
from lkt.workbook.cells import as_written
from lkt.workbook.declaration import SHEETS, Sheet
from lkt.workbook.fates import Fate, is_emptied
from lkt.workbook.opening import Grid
from lkt.workbook.patch import Mark, Wait
from lkt.workbook.patch.addresses import split

EMPTIED_ROWS = "baris"
_EXTRA = "Kolom kantor sendiri: isinya tidak dikosongkan. Sesuaikan dengan {}."


def emptied_rows(dataset: Dataset, step: Step) -> Mapping[str, tuple[int, ...]]:
    """Sheet -> the numbers of the rows that are emptied, for the sheets that start anew."""
    return {
        sheet.name: tuple(row.row for row in _rows(dataset, sheet))
        for sheet in SHEETS
        if is_emptied(sheet.fate, new_year=step.new_year) and sheet.name in dataset.sheets
    }


def fresh_rows(dataset: Dataset, step: Step) -> Iterator[Item]:
    """The cells that are emptied, and a mark on the first row to be filled in."""
    starting = emptied_rows(dataset, step)
    for sheet in SHEETS:
        name = sheet.name
        if sheet.fate is Fate.STAYS:
            continue
        if name in starting:
            for row in _rows(dataset, sheet):
                yield from _row(row, sheet)
            yield from _start(dataset, sheet, min(starting[name], default=2), step, starting[name])
        elif numbers := [row.row for row in _rows(dataset, sheet)]:
            text = f"Tambahkan isian {name_of(step.new)} mulai baris ini; baris di atasnya tetap."
            yield from _marks(dataset, sheet, max(numbers) + 1, text)


def _row(row: Row, sheet: Sheet) -> Iterator[Item]:
    """Every cell but the running number, which alone does not make a row."""
    cells = dict(row.cells())
    for column in sheet.columns:
        cell = cells[column.field]
        if column.field != "no" and is_filled(cell):
            yield Change(cell, sheet.name, EMPTIED_ROWS)


def _start(dataset: Dataset, sheet: Sheet, number: int, step: Step, rows: Sequence[int]) -> Iterator[Mark]:
    gone = f" Baris {name_of(step.old)} dikosongkan; tetap ada dalam buku kerja asalnya." if rows else ""
    if sheet.required:
        yield from _marks(dataset, sheet, number, f"Isi untuk {name_of(step.new)} mulai baris ini.{gone}")
    elif rows:
        first = _address(dataset, sheet, sheet.columns[0].field, number)
        yield from (Mark(ref, gone.strip(), Wait.NOTHING) for ref in first)


def _marks(dataset: Dataset, sheet: Sheet, number: int, text: str) -> Iterator[Mark]:
    """The columns that must be filled, coloured; the first has the note."""
    for column in sheet.columns:
        if column.filled:
            for ref in _address(dataset, sheet, column.field, number):
                yield Mark(ref, text)
                text = ""


def _address(dataset: Dataset, sheet: Sheet, field: str, number: int) -> Iterator[Ref]:
    """The cell of a column in a row, where the workbook has the column."""
    heading = dataset.headings.get((sheet.name, field))
    place = None if heading is None else split(heading.cell)
    if heading is not None and place is not None:
        yield Ref(heading.sheet, join(number, place[1]))


def extra_cells(dataset: Dataset, step: Step, grids: Sequence[Grid]) -> Iterator[Mark]:
    """What stands in columns of the office beside emptied rows: it is left, and pointed out."""
    by_name = {grid.name: grid for grid in grids}
    for name, numbers in emptied_rows(dataset, step).items():
        grid = by_name[dataset.sheets[name]]
        ours = {split(ref.cell) for (sheet, _), ref in dataset.headings.items() if sheet == name}
        columns = {place[1] for place in ours if place}
        noted: set[int] = set()
        for number in numbers:
            for column, raw in sorted(grid.rows[number].items()):
                if column not in columns and not raw.formula and as_written(raw).strip():
                    note = "" if column in noted else _EXTRA.format(name_of(step.new))
                    yield Mark(Ref(grid.name, join(number, column)), note, Wait.REVIEW)
                    noted.add(column)


def _rows(dataset: Dataset, sheet: Sheet) -> tuple[Row, ...]:
    rows: tuple[Row, ...] = getattr(dataset, sheet.field)
    return rows
