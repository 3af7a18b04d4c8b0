"""The workbook of the next quarter, made from the user's own: what lasts stays, what is new is emptied."""

import calendar
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import chain
from pathlib import Path
from typing import Any

from lkt.addresses import address as join
from lkt.calendar import Triwulan, quarter_number
from lkt.errors import LktError
from lkt.figures import Sifat
from lkt.findings import Severity, counts
from lkt.indicators import SIFAT, compute
from lkt.indonesian import MONTHS, month_number, normalize, roman
from lkt.model import Cell, Dataset, Dokumen, Indikator, Precision, Ref, Row, Span
from lkt.pipeline import Result, run
from lkt.workbook.cells import as_written
from lkt.workbook.declaration import (
    DESA_DATE,
    IDENTITAS,
    KEYS,
    PETUNJUK,
    SHEET,
    SHEETS,
    Column,
    Fate,
    Kind,
    Sheet,
    is_emptied,
)
from lkt.workbook.guide import deadline_lines
from lkt.workbook.live_formulas import derived_values
from lkt.workbook.opening import Grid, grids_of, refuse_other_files
from lkt.workbook.reader import read_grids
from lkt.xlsx.annotate import Mark, Wait, mark, strip_annotations, strip_marks
from lkt.xlsx.package import PatchError, WorkbookPackage, as_plain
from lkt.xlsx.setting import NewValue, forget_results, linked_cells, set_cells, set_results
from lkt.xlsx.sheets import remove_pictures, split

# Texts and dates that name a period, moved on to the next one. Pure ---------------------------------------


_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_REGULATION = re.compile(
    r"(?:\b(?:nomor|no\.?)\s*[\w./-]+(?:\s+tahun\s+|/)|[A-Z][\w.]*/|(?<![\d/.-])\d+\s?/\s?)$", re.IGNORECASE
)
"""What stands before the year of a regulation: Nomor 6 Tahun, Nomor 7/PMK.07/, 20/."""
_LEAP_DAY = re.compile(r"\b29([\s./-]{1,3}(?:0?2|[fp]eb[a-z]*)[\s./,-]{1,3}(\d{4}))\b", re.IGNORECASE)
_LEAP_DAY_ISO = re.compile(r"\b((\d{4})[-/.]0?2[-/.])29\b")
_QUARTER = re.compile(r"\b((?:triwulan|tribulan|tw)\.?[\s-]*(?:ke-?\s?)?)(IV|I{1,3}|[1-4])\b", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-z]+\.?")
_DAY = re.compile(r"(?<!\d)\d{1,2}(?!\d)")


def next_year(day: date) -> date:
    """The same day a year later; 28 February for 29 February."""
    last = calendar.monthrange(day.year + 1, day.month)[1]
    return day.replace(year=day.year + 1, day=min(day.day, last))


def roll_years(text: str, years: Mapping[int, int]) -> str:
    """A text with other years; the year of a regulation (Nomor 6 Tahun 2024, 6/2014) stays."""

    def other(found: re.Match[str]) -> str:
        year = int(found[0])
        stays = year not in years or _REGULATION.search(text[: found.start()])
        return found[0] if stays else str(years[year])

    rolled = _YEAR.sub(other, text)
    return text if rolled == text else _without_leap_day(rolled)


def _without_leap_day(text: str) -> str:
    """A text in which 29 February of a year that has none is the 28th."""

    def plain(found: re.Match[str]) -> str:
        return found[0] if calendar.isleap(int(found[2])) else f"28{found[1]}"

    def iso(found: re.Match[str]) -> str:
        return found[0] if calendar.isleap(int(found[2])) else f"{found[1]}28"

    return _LEAP_DAY_ISO.sub(iso, _LEAP_DAY.sub(plain, text))


def names_regulation_of(text: str, years: Collection[int]) -> bool:
    """Whether a text names a regulation of one of the years, which ``roll_years`` leaves as it is."""
    found = (match for match in _YEAR.finditer(text) if int(match[0]) in years)
    return any(_REGULATION.search(text[: match.start()]) for match in found)


def names_period(text: str, old: Triwulan, *, new_year: bool) -> bool:
    """Whether a text speaks of the old quarter, or in a new year of the old year."""
    if any(quarter_number(found[2]) == old.nomor for found in _QUARTER.finditer(text)):
        return True
    return new_year and roll_years(text, {old.tahun: old.tahun + 1}) != text


def roll_quarter(text: str, old: Triwulan, new: Triwulan) -> str | None:
    """The text with the next quarter in place of the old one, written the same way.

    Unchanged where it names no period, or the whole year that goes on. None where it names another period,
    so that what it shall be is not known: Februari 2024.
    """
    months = [month for month in map(month_number, _WORD.findall(text)) if month]
    quarters = [quarter_number(found[2]) for found in _QUARTER.finditer(text)]
    years = {int(year) for year in _YEAR.findall(text)}
    if not (months or quarters or years):
        return text
    if years - {old.tahun}:
        return None
    if months in ([old.bulan[0], old.bulan[2]], list(old.bulan)) and not quarters:
        return _roll_months(text, old, new)
    if months == [1, 12] or not (months or quarters):
        return roll_years(text, {old.tahun: new.tahun})
    if quarters == [old.nomor] and not months:
        return roll_years(_roll_number(text, new), {old.tahun: new.tahun})
    return None


def _roll_months(text: str, old: Triwulan, new: Triwulan) -> str | None:
    """Months for months; days only where they are the first and the last."""
    days = [int(day) for day in _DAY.findall(text)]
    if days not in ([], [1, old.akhir.day]):
        return None
    with_months = _WORD.sub(_month_for_month(old, new), text)
    numbers = iter((1, new.akhir.day))
    with_days = _DAY.sub(lambda _: str(next(numbers)), with_months)
    return roll_years(with_days, {old.tahun: new.tahun})


def _month_for_month(old: Triwulan, new: Triwulan) -> Callable[[re.Match[str]], str]:
    follow = dict(zip(old.bulan, new.bulan, strict=True))

    def other(found: re.Match[str]) -> str:
        month = month_number(found[0])
        if month is None:
            return found[0]
        name = MONTHS[follow[month] - 1]
        short = normalize(found[0]).rstrip(".") != normalize(MONTHS[month - 1]) and len(found[0]) < 6
        name = name[:3] + ("." if found[0].endswith(".") else "") if short else name
        return name.upper() if found[0].isupper() else name.lower() if found[0].islower() else name

    return other


def _roll_number(text: str, new: Triwulan) -> str:
    def other(found: re.Match[str]) -> str:
        return found[1] + (str(new.nomor) if found[2].isdigit() else roman(new.nomor))

    return _QUARTER.sub(other, text)


# One step from a quarter to the next, and what a step does to single cells --------------------------------


@dataclass(frozen=True, slots=True)
class CellChange:
    """A cell that is emptied or goes on with the period.

    Attributes:
        cell: as it was read.
        sheet: its sheet by the name in the declaration.
        subject: the heading of its column, or the key of sheet Identitas.
        value: the new content; None where it is emptied.
    """

    cell: Cell[Any]
    sheet: str
    subject: str
    value: NewValue = None


Item = CellChange | Mark


@dataclass(frozen=True, slots=True)
class Step:
    """From one quarter to the next.

    Attributes:
        old: the quarter of the workbook that is there.
        linked: the cells with formulas that look at other cells; they are never emptied.
    """

    old: Triwulan
    linked: frozenset[Ref] = frozenset()

    @property
    def new(self) -> Triwulan:
        """The quarter that is made."""
        return self.old.berikutnya

    @property
    def new_year(self) -> bool:
        """Whether the year changes too."""
        return self.new.tahun != self.old.tahun


def is_filled(cell: Cell[Any]) -> bool:
    """Whether anything stands in a cell that exists."""
    return bool(cell.ref.cell) and bool(cell.written.strip() or cell.formula)


def emptied(step: Step, cell: Cell[Any], sheet: str, column: Column, *, asked: bool) -> Iterator[Item]:
    """A cell that is to be filled in anew.

    Args:
        step: the step.
        cell: the cell.
        sheet: its sheet by the name in the declaration.
        column: its column.
        asked: it must be filled in even where it was blank before.
    """
    if not cell.ref.cell:
        return
    if cell.ref in step.linked:
        text = f"Rumus ini tetap. Pastikan sumbernya sudah memuat isian {step.new}."
        yield Mark(cell.ref, text, Wait.NOTHING)
        return
    if is_filled(cell):
        yield CellChange(cell, sheet, column.heading)
    if is_filled(cell) or asked:
        yield Mark(cell.ref, _request(step, cell, column))


def _request(step: Step, cell: Cell[Any], column: Column) -> str:
    """What the note asks for; a figure or a date stands there with its former value."""
    request = f"Isi untuk {step.new}."
    if column.kind is Kind.TEXT or not is_filled(cell):
        return request
    return f"{request}\n{step.old}: {cell.written}"


def typed_over(step: Step, cell: Cell[Any], sheet: str, column: Column) -> Iterator[Item]:
    """A cell of a live formula: the formula stays, a figure that was typed over it is emptied."""
    if is_filled(cell) and cell.ref not in step.linked:
        yield CellChange(cell, sheet, column.heading)
        yield Mark(cell.ref, "Dikosongkan: dihitung otomatis, tidak perlu diketik.", Wait.NOTHING)


# Sheets that start anew: their rows are emptied where they stand, so that formats and formulas stay -------


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
            text = f"Tambahkan isian {step.new} mulai baris ini; baris di atasnya tetap."
            yield from _marks(dataset, sheet, max(numbers) + 1, text)


def _row(row: Row, sheet: Sheet) -> Iterator[Item]:
    """Every cell but the running number, which alone does not make a row."""
    cells = dict(row.cells())
    for column in sheet.columns:
        cell = cells[column.field]
        if column.field != "no" and is_filled(cell):
            yield CellChange(cell, sheet.name, EMPTIED_ROWS)


def _start(dataset: Dataset, sheet: Sheet, number: int, step: Step, rows: Sequence[int]) -> Iterator[Mark]:
    gone = f" Baris {step.old} dikosongkan; tetap ada dalam buku kerja asalnya." if rows else ""
    if sheet.required:
        yield from _marks(dataset, sheet, number, f"Isi untuk {step.new} mulai baris ini.{gone}")
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
                    note = "" if column in noted else _EXTRA.format(step.new)
                    yield Mark(Ref(grid.name, join(number, column)), note, Wait.REVIEW)
                    noted.add(column)


def _rows(dataset: Dataset, sheet: Sheet) -> tuple[Row, ...]:
    rows: tuple[Row, ...] = getattr(dataset, sheet.field)
    return rows


# Cell by cell: what the declaration says of the fate of each column, applied to the rows that stay --------


_DUE = "Isi bila dokumennya sudah ada; batas waktunya sampai dengan {}."


def identity(dataset: Dataset, step: Step) -> Iterator[Item]:
    """Sheet Identitas: the period goes on, the date of the report is open again."""
    data = dataset.identitas
    for key, number in (("triwulan", step.new.nomor), ("tahun", step.new.tahun)):
        cell: Cell[Any] = getattr(data, key)
        if cell.value != number:
            label = next(each.label for each in KEYS if each.field == key)
            yield CellChange(cell, IDENTITAS, label, str(number) if cell.text else number)
    for key_ in KEYS:
        if key_.fate is Fate.QUARTERLY:
            column = Column(key_.label, key_.field, key_.kind, key_.help)
            yield from emptied(step, getattr(data, key_.field), IDENTITAS, column, asked=key_.filled)


def lasting_rows(dataset: Dataset, step: Step) -> Iterator[Item]:
    """The rows of all sheets but those that are emptied as a whole."""
    for sheet in SHEETS:
        if not is_emptied(sheet.fate, new_year=step.new_year):
            for row in getattr(dataset, sheet.field):
                yield from _row_cells(row, sheet, step)


def _row_cells(row: Row, sheet: Sheet, step: Step) -> Iterator[Item]:
    cells = dict(row.cells())
    for column in sheet.columns:
        cell = cells[column.field]
        fate = _fate(row, column)
        if fate is Fate.TEXT and isinstance(cell.value, str) and cell.ref not in step.linked:
            if names_period(cell.value, step.old, new_year=step.new_year):
                text = f"Teks ini menyebut periode yang lama. Sesuaikan dengan {step.new}."
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
        yield Mark(cell.ref, f"Isi untuk {step.new}.", Wait.NOTHING)  # never typed over before
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
                yield CellChange(cell, "Desa", column.heading)
            if asked and cell.ref.cell and (gone or cell.blank) and cell.ref not in step.linked:
                yield Mark(cell.ref, _DUE.format(step.new) if noted else "")
                noted = False


def _is_due(document: Dokumen, step: Step) -> bool:
    """Whether the deadline, which goes on with the year, lies before the end of the new quarter."""
    due = document.batas_waktu.value
    if due is None:
        return False
    return (next_year(due.end) if step.new_year else due.end) <= step.new.akhir


# What goes on with the period: the documents of the desa in a new year, the time of each strategy ---------


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
        yield CellChange(cell, _SHEET, subject, value)
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
            text = f"Bukan tepat satu triwulan, sehingga tidak digeser. Sesuaikan dengan {step.new}."
            yield Mark(cell.ref, text, Wait.REVIEW)
        elif moved != cell.value:
            yield CellChange(cell, "Strategi", subject, moved)
            yield Mark(cell.ref, f"Digeser dari: {cell.written}", Wait.NOTHING)


# Everything that changes when a workbook goes on to the next quarter. Pure --------------------------------


@dataclass(frozen=True, slots=True)
class CarryPlan:
    """The cells that change, and those that are marked; a cell is marked once."""

    changes: tuple[CellChange, ...]
    marks: tuple[Mark, ...]


def make_plan(dataset: Dataset, step: Step, grids: Sequence[Grid]) -> CarryPlan:
    """What a step does to a workbook as it was read."""
    items: Iterable[Item] = chain(
        identity(dataset, step),
        lasting_rows(dataset, step),
        totals(dataset, step),
        documents(dataset, step),
        village_dates(dataset, step),
        strategy_times(dataset, step),
        fresh_rows(dataset, step),
        extra_cells(dataset, step, grids),
    )
    found = list(items)
    changes = {item.cell.ref: item for item in found if isinstance(item, CellChange)}
    marks = {item.ref: item for item in found if isinstance(item, Mark)}
    return CarryPlan(tuple(changes.values()), tuple(marks.values()))


# What the workbook says of its own period outside the sheets that are read: Petunjuk and the properties ---


_PROPERTIES = "docProps/core.xml"
_SUBJECT = re.compile(rb"<dc:subject>.*?</dc:subject>", re.DOTALL)


def guide_changes(
    grids: Sequence[Grid], old: Triwulan, new: Triwulan, working_days: int
) -> dict[Ref, NewValue]:
    """The deadlines of the year on sheet Petunjuk, where they stand there as we wrote them."""
    if old.tahun == new.tahun:
        return {}
    before, after = (deadline_lines(quarter.tahun, working_days) for quarter in (old, new))
    follow = dict(zip(before, after, strict=True))
    return {ref: follow[text] for ref, text in _texts(grids) if text in follow}


def _texts(grids: Sequence[Grid]) -> Iterator[tuple[Ref, str]]:
    for grid in grids:
        if normalize(grid.name) == normalize(PETUNJUK):
            for row, cells in grid.rows.items():
                for column, raw in cells.items():
                    if isinstance(raw.value, str) and not raw.formula:
                        yield Ref(grid.name, join(row, column)), raw.value


def with_subject(data: bytes, old: Triwulan, new: Triwulan) -> bytes:
    """The workbook with the new quarter in the subject of its properties, where the old one stands there."""
    package = WorkbookPackage(data)
    if _PROPERTIES not in package:
        return data
    names = [str(each).encode() for each in (old, new)]
    before = package.read(_PROPERTIES)
    after = _SUBJECT.sub(lambda found: found[0].replace(names[0], names[1]), before)
    if after == before:
        return data
    package.put(_PROPERTIES, after)
    return package.save()


# The plan put into the file: cells change and get their marks, nothing else in the package does -----------


_PICTURED = "Kegiatan"


@dataclass(frozen=True, slots=True)
class Carried:
    """What became of a workbook.

    Attributes:
        dataset: the workbook that was there.
        step: the two quarters.
        plan: what was changed and marked.
        refused: the cells that the file does not let anyone change on their own; they are as they were.
        pictures: how many pictures on emptied rows were taken out.
        macros: whether macros were, which no .xlsx may hold.
        errors: how many errors the workbook has that was there.
    """

    dataset: Dataset
    step: Step
    plan: CarryPlan
    refused: tuple[Ref, ...]
    pictures: int
    macros: bool
    errors: int


def carry_over(data: bytes, path: Path = Path("buku kerja.xlsx")) -> tuple[bytes, Carried]:
    """The workbook of the next quarter, and what was done for it.

    Args:
        data: the workbook that is there.
        path: its name, in messages.

    Raises:
        UnreadableWorkbookError: the workbook cannot be read.
        LktError: its year or its quarter cannot be read, or cannot be changed.
    """
    refuse_other_files(data, path)
    plain, macros = as_plain(data)
    clean = strip_marks(strip_annotations(plain))
    grids = grids_of(clean, path)
    result = run(read_grids(grids, str(path)))
    step = _step(result, clean, path)
    plan = make_plan(result.dataset, step, grids)
    days = int(result.dataset.identitas.batas_hari_kerja.value or 5)
    values: dict[Ref, NewValue] = {each.cell.ref: each.value for each in plan.changes}
    book, refused = _set(clean, values | guide_changes(grids, step.old, step.new, days), result.dataset)
    book, pictures = _without_pictures(book, result.dataset, step)
    book = _with_results(forget_results(book, values.keys()))
    book = mark(with_subject(book, step.old, step.new), plan.marks)
    errors = counts([each for each in result.findings if not each.accepted])[Severity.ERROR]
    return book, Carried(result.dataset, step, plan, refused, pictures, macros, errors)


def _step(result: Result, data: bytes, path: Path) -> Step:
    periode, identitas = result.computed.periode, result.dataset.identitas
    if periode is None:
        raise LktError(
            f"Tahun atau Triwulan “{path}” tidak terbaca, sehingga triwulan berikutnya tidak diketahui.",
            f"Perbaiki {identitas.tahun.ref} dan {identitas.triwulan.ref}, lalu coba lagi.",
        )
    return Step(periode.triwulan, linked_cells(data))


def _set(data: bytes, values: Mapping[Ref, NewValue], dataset: Dataset) -> tuple[bytes, tuple[Ref, ...]]:
    """The workbook with its new values, and the cells that cannot be changed on their own.

    Raises:
        PatchError: the year or the quarter is such a cell.
    """
    try:
        return set_cells(data, values), ()
    except PatchError:
        refused = tuple(ref for ref in values if not _is_possible(data, ref, values[ref]))
    period = {dataset.identitas.tahun.ref, dataset.identitas.triwulan.ref}
    kept = {ref: value for ref, value in values.items() if ref not in refused or ref in period}
    return set_cells(data, kept), refused


def _is_possible(data: bytes, ref: Ref, value: NewValue) -> bool:
    try:
        set_cells(data, {ref: value})
    except PatchError:
        return False
    return True


def _without_pictures(data: bytes, dataset: Dataset, step: Step) -> tuple[bytes, int]:
    rows = emptied_rows(dataset, step).get(_PICTURED, ())
    return remove_pictures(data, dataset.sheets[_PICTURED], rows) if rows else (data, 0)


def _with_results(data: bytes) -> bytes:
    """The workbook with the figures of its live formulas, as they are worked out from what is left."""
    dataset = read_grids(grids_of(data))
    return set_results(data, derived_values(dataset, compute(dataset)))
