"""The workbook of the next quarter, made from the user's own: what lasts stays, what is new is emptied.

What becomes of each column is said by its ``Fate`` in the declaration. Cells change where they stand and get
marks; nothing else in the file does, so that formats, formulas and whatever the office added come along.
"""

import calendar
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from lkt.addresses import address
from lkt.calendar import Triwulan, quarter_number
from lkt.errors import LktError
from lkt.figures import IndikatorKind
from lkt.findings import Severity, counts
from lkt.indicators import KINDS, compute
from lkt.indonesian import MONTHS, month_number, normalize, roman
from lkt.model import Cell, Dataset, Desa, Dokumen, Indikator, Ref, Row, Span
from lkt.pipeline import Result, run
from lkt.workbook.annotation import (
    Mark,
    Wait,
    add_marks,
    remove_annotations,
    remove_marks,
    remove_sources,
)
from lkt.workbook.cells import as_written
from lkt.workbook.changes import Put, put_into
from lkt.workbook.declaration import (
    DESA_DATE,
    KEYS,
    PETUNJUK,
    SHEET,
    SHEETS,
    Column,
    Fate,
    Kind,
    Sheet,
    is_emptied,
    rows_with_columns,
)
from lkt.workbook.formula_corrections import restore_formulas
from lkt.workbook.guide import deadline_lines
from lkt.workbook.live_formulas import derived_values
from lkt.workbook.opening import grids_of, refuse_other_files
from lkt.workbook.reader import read_grids
from lkt.xlsx import NewValue, SheetCells, WorkbookEditor


@dataclass(frozen=True, slots=True)
class Step:
    """From one quarter to the next.

    Attributes:
        old: the quarter of the workbook that is there.
        linked: the cells with formulas that look at other cells; they are not emptied one by one.
    """

    old: Triwulan
    linked: frozenset[Ref] = frozenset()

    @property
    def new(self) -> Triwulan:
        """The quarter that is made."""
        return self.old.following

    @property
    def new_year(self) -> bool:
        """Whether the year changes too."""
        return self.new.tahun != self.old.tahun

    def empties(self, fate: Fate) -> bool:
        """Whether what has this fate is not taken along."""
        return is_emptied(fate, new_year=self.new_year)


@dataclass(frozen=True, slots=True)
class Carried:
    """What became of a workbook.

    Attributes:
        dataset: the workbook that was there.
        step: the two quarters.
        puts: the cells that were changed; those without a value were emptied.
        marks: the cells that were marked.
        refused: the cells that the file does not let anyone change on their own; they are as they were.
        pictures: how many pictures on emptied rows were taken out.
        macros: whether macros were, which no .xlsx may hold.
        errors: how many errors the workbook has that was there.
        restored: the cells whose formula was gone and is back.
    """

    dataset: Dataset
    step: Step
    puts: tuple[Put, ...]
    marks: tuple[Mark, ...]
    refused: tuple[Ref, ...]
    pictures: int
    macros: bool
    errors: int
    restored: tuple[Ref, ...]

    @property
    def gone(self) -> tuple[int, ...]:
        """The rows of the follow-up plan that did not come along."""
        return emptied_rows(self.dataset, self.step).get(PLAN, ())


def carry_over(data: bytes, path: Path = Path("buku kerja.xlsx")) -> tuple[bytes, Carried]:
    """The workbook of the next quarter, and what was done for it; ``path`` is the old one's name in messages.

    Raises:
        UnreadableWorkbookError: the workbook cannot be read.
        LktError: its year or its quarter cannot be read, or cannot be changed.
    """
    refuse_other_files(data, path)
    book = WorkbookEditor(data)
    macros = book.make_plain()
    remove_annotations(book)
    remove_marks(book)
    remove_sources(book)
    grids = grids_of(book.save(), path)
    result = run(read_grids(grids, str(path)))
    step = _step(result, book, path)
    puts, marks = plan(result.dataset, step, grids)
    refused = put_into(book, [*puts, *_guide_puts(result.dataset, step, grids)])
    for cell in (result.dataset.identitas.tahun, result.dataset.identitas.triwulan):
        if cell.ref in refused:
            raise refused[cell.ref]
    pictured = emptied_rows(result.dataset, step).get("Kegiatan", ())
    pictures = book.remove_pictures(result.dataset.sheets["Kegiatan"], pictured) if pictured else 0
    book.forget_results((put.ref.sheet, put.ref.cell) for put in puts)
    restored = _put_results(book, [put.ref for put in puts if put.value is None])
    book.replace_in_property("subject", str(step.old), str(step.new))
    book.replace_in_headers(str(step.old), str(step.new))
    add_marks(book, marks)
    errors = counts([each for each in result.findings if not each.accepted])[Severity.ERROR]
    carried = Carried(result.dataset, step, puts, marks, tuple(refused), pictures, macros, errors, restored)
    return book.save(), carried


def _step(result: Result, book: WorkbookEditor, path: Path) -> Step:
    periode, identitas = result.computed.periode, result.dataset.identitas
    if periode is None:
        raise LktError(
            f"Tahun atau Triwulan “{path}” tidak terbaca, sehingga triwulan berikutnya tidak diketahui.",
            f"Perbaiki {identitas.tahun.ref} dan {identitas.triwulan.ref}, lalu coba lagi.",
        )
    return Step(periode.triwulan, frozenset(Ref(*cell) for cell in book.linked_cells()))


def _put_results(book: WorkbookEditor, emptied: Collection[Ref]) -> tuple[Ref, ...]:
    """Put the live formulas back that are gone, and the figures of all, as worked out from what is left.

    ``emptied`` are the cells in which something stood before. Gives the cells whose formula is back.
    """
    dataset = read_grids(grids_of(book.save()))
    computed = compute(dataset)
    puts = restore_formulas(Result(dataset, computed, ()), {}, emptied)
    refused = put_into(book, puts.values())
    for (sheet, cell), value in derived_values(dataset, computed).items():
        book.set_result(sheet, cell, value)
    return tuple(ref for ref in puts if ref not in refused)


def plan(
    dataset: Dataset, step: Step, grids: Sequence[SheetCells]
) -> tuple[tuple[Put, ...], tuple[Mark, ...]]:
    """The cells that change, and those that are marked; a cell is marked once. Pure."""
    items: list[Put | Mark] = [
        *_identity(dataset, step),
        *_lasting_rows(dataset, step),
        *_documents(dataset, step),
        *_village_dates(dataset, step),
        *_strategy_times(dataset, step),
        *_plans(dataset, step),
        *_fresh_rows(dataset, step),
        *_extra_cells(dataset, step, grids),
    ]
    puts = {item.ref: item for item in items if isinstance(item, Put)}
    marks = {item.ref: item for item in items if isinstance(item, Mark)}
    return tuple(puts.values()), tuple(marks.values())


# Cell by cell: the rows that stay, and sheet Identitas ----------------------------------------------------


def _identity(dataset: Dataset, step: Step) -> Iterator[Put | Mark]:
    """The period goes on, the date of the report is open again."""
    data = dataset.identitas
    for cell, label, number in (
        (data.triwulan, "Triwulan", step.new.nomor),
        (data.tahun, "Tahun", step.new.tahun),
    ):
        if cell.value != number:
            yield Put(cell, label, str(number) if cell.text else number)
    for key in KEYS:
        if step.empties(key.fate):
            yield from _emptied(step, getattr(data, key.field), key.column, asked=key.filled)


def _lasting_rows(dataset: Dataset, step: Step) -> Iterator[Put | Mark]:
    """The rows of all sheets but those that are emptied as a whole; of a row Jumlah the figures."""
    fresh = {dataset.sheets[name] for name in emptied_rows(dataset, step)}
    for row, cells in rows_with_columns(dataset):
        is_total = row is dataset.jumlah_anggaran or row is dataset.jumlah_desa
        for column, cell in cells if row.sheet not in fresh else ():
            if is_total and column.total and cell.ref not in step.linked:
                yield from _lasting_cell(row, cell, replace(column, fate=Fate.COMPUTED), step)
            elif not is_total and not (isinstance(row, Desa) and column.kind is Kind.DATE):
                yield from _lasting_cell(row, cell, column, step)


def _lasting_cell(row: Row, cell: Cell[Any], column: Column, step: Step) -> Iterator[Put | Mark]:
    kind = KINDS.get(row.jenis.value or "") if isinstance(row, Indikator) else None
    fate = _fate(column, kind)
    if fate is Fate.TEXT:
        named = isinstance(cell.value, str) and names_period(cell.value, step.old, new_year=step.new_year)
        if named and cell.ref not in step.linked:
            text = f"Teks ini menyebut periode yang lama. Sesuaikan dengan {step.new}."
            yield Mark(cell.ref, text, Wait.REVIEW)
    elif fate is Fate.COMPUTED:
        if _is_filled(cell) and cell.ref not in step.linked:
            yield Put(cell, column.heading)
            text = f"Dihitung otomatis, tidak perlu diketik. Semula diketik: {cell.written}"
            yield Mark(cell.ref, text, Wait.NOTHING)
    elif step.empties(fate):
        if column.derived and cell.formula and cell.ref in step.linked:  # never typed over before
            yield Mark(cell.ref, f"Isi untuk {step.new}.", Wait.NOTHING)
        else:
            needed = kind is not None and column.field in kind.needs
            yield from _emptied(step, cell, column, asked=column.filled or needed)


def _fate(column: Column, kind: IndikatorKind | None) -> Fate:
    """That of the column, but for what the kind of an indicator counts or needs."""
    if kind is None:
        return column.fate
    if kind.counted and column.field == "pembilang":
        return Fate.COMPUTED
    if column.field in kind.needs:
        return Fate.YEARLY if kind.counted else Fate.QUARTERLY  # a plan of the year, or of the quarter
    return column.fate


def _emptied(step: Step, cell: Cell[Any], column: Column, *, asked: bool) -> Iterator[Put | Mark]:
    """A cell that is to be filled in anew; ``asked`` says that it must be, even where it was blank before."""
    if not cell.ref.cell:
        return
    if cell.ref in step.linked:
        text = f"Rumus ini tetap. Pastikan sumbernya sudah memuat isian {step.new}."
        yield Mark(cell.ref, text, Wait.NOTHING)
        return
    if _is_filled(cell):
        yield Put(cell, column.heading)
    if _is_filled(cell) or asked:
        request = f"Isi untuk {step.new}."
        has_former = column.kind is not Kind.TEXT and _is_filled(cell)
        former = f"\n{step.old}: {cell.written}" if has_former else ""
        yield Mark(cell.ref, request + former)


def _village_dates(dataset: Dataset, step: Step) -> Iterator[Put | Mark]:
    """The dates of the documents: emptied in a new year, asked for once their deadline has come."""
    gone = step.empties(DESA_DATE.fate)
    note = f"Isi bila dokumennya sudah ada; batas waktunya sampai dengan {step.new}."
    for number, document in enumerate(dataset.dokumen):
        dates = [desa.tanggal[number] for desa in dataset.desa]
        cells = [cell for cell in dates if cell.ref.cell and cell.ref not in step.linked]
        if gone:
            yield from (Put(cell, document.dokumen.value or "") for cell in cells if _is_filled(cell))
        if _is_due(document, step):
            yield from _marked((cell.ref for cell in cells if gone or cell.blank), note)


def _is_due(document: Dokumen, step: Step) -> bool:
    """Whether the deadline, which goes on with the year, lies before the end of the new quarter."""
    due = document.batas_waktu.value
    if due is None:
        return False
    return (next_year(due.end) if step.new_year else due.end) <= step.new.akhir


def _is_filled(cell: Cell[Any]) -> bool:
    return bool(cell.ref.cell) and bool(cell.written.strip() or cell.formula)


def _rows(dataset: Dataset, sheet: Sheet) -> tuple[Row, ...]:
    rows: tuple[Row, ...] = getattr(dataset, sheet.field)
    return rows


# What goes on with the period: the documents of the desa in a new year, the time of each strategy ---------


def _documents(dataset: Dataset, step: Step) -> Iterator[Put | Mark]:
    """Sheet Dokumen in a new year: each document is that of the next budget year."""
    rolling = [column for column in SHEET["Dokumen"].columns if column.fate is Fate.ROLLS]
    for row in dataset.dokumen if step.new_year else ():
        years, cells = _years(row, step), dict(row.cells())
        for column in rolling:
            cell: Cell[Any] = cells[column.field]
            if _is_filled(cell) and cell.ref not in step.linked:
                moved = _a_year_on(cell, years)
                if moved is None:
                    text = f"Tidak dapat digeser otomatis. Sesuaikan dengan tahun {step.new.tahun}."
                    yield Mark(cell.ref, text, Wait.REVIEW)
                elif moved != cell.value:
                    yield Put(cell, column.heading, moved)
                    text = f"Digeser ke tahun berikutnya. Semula: {cell.written}"
                    yield Mark(cell.ref, text, Wait.NOTHING)
            if isinstance(cell.value, str) and names_regulation_of(cell.value, years):
                text = f"Periksa apakah peraturan ini masih berlaku pada tahun {step.new.tahun}."
                yield Mark(cell.ref, text, Wait.REVIEW)


def _years(row: Dokumen, step: Step) -> set[int]:
    """The years that the texts of a row may name."""
    budget, due = row.tahun_anggaran.value, row.batas_waktu.value
    years = {step.old.tahun}
    if budget is not None:
        years.add(int(budget))
    return years if due is None else years | {due.start.year, due.end.year}


def _a_year_on(cell: Cell[Any], years: Collection[int]) -> NewValue:
    """The content of a cell a year later, a text as a text; None where that is not plain."""
    match cell.value:
        case str():
            return roll_years(cell.value, years)
        case Decimal() | Span() if cell.text:
            rolled = roll_years(cell.written, years)
            return None if rolled == cell.written else rolled
        case Decimal():
            return int(cell.value) + 1
        case Span():
            return next_year(cell.value.start)
    return None


def _strategy_times(dataset: Dataset, step: Step) -> Iterator[Put | Mark]:
    """Column Waktu of sheet Strategi, where it is exactly the old quarter."""
    heading = SHEET["Strategi"].column("waktu").heading
    for cell in (row.waktu for row in dataset.strategi):
        if cell.value is None or cell.ref in step.linked:
            continue
        moved = roll_quarter(cell.value, step.old, step.new)
        if moved is None:
            text = f"Bukan tepat satu triwulan, sehingga tidak digeser. Sesuaikan dengan {step.new}."
            yield Mark(cell.ref, text, Wait.REVIEW)
        elif moved != cell.value:
            yield Put(cell, heading, moved)
            yield Mark(cell.ref, f"Digeser dari: {cell.written}", Wait.NOTHING)


# Sheets that start anew: their rows are emptied where they stand, so that formats and formulas stay -------


EMPTIED_ROWS = "baris"
"""The subject of their cells."""


def emptied_rows(dataset: Dataset, step: Step) -> dict[str, tuple[int, ...]]:
    """Sheet -> the numbers of the rows that are emptied, for the sheets that start anew.

    Of the follow-up plan what is done, where the workbook has room to say what became of the rest.
    """
    gone = {
        sheet.name: tuple(row.row for row in _rows(dataset, sheet))
        for sheet in SHEETS
        if step.empties(sheet.fate) and sheet.name in dataset.sheets
    }
    if _tells_of_plans(dataset):
        gone[PLAN] = tuple(row.row for row in dataset.tindak_lanjut if row.status.value == "selesai")
    return gone


PLAN = "Tindak Lanjut"


def _tells_of_plans(dataset: Dataset) -> bool:
    return all((PLAN, field) in dataset.headings for field in ("asal", "status"))


def _plans(dataset: Dataset, step: Step) -> Iterator[Put | Mark]:
    """What was planned goes on as the plan of an earlier report, whose state is asked for."""
    if not _tells_of_plans(dataset):
        return
    asal, status = (SHEET[PLAN].column(field) for field in ("asal", "status"))
    going_on = [row for row in dataset.tindak_lanjut if row.status.value != "selesai"]
    for row in going_on:
        if not _is_filled(row.asal):
            yield Put(row.asal, asal.heading, str(step.old))
        if _is_filled(row.status):
            yield Put(row.status, status.heading)
    note = f"Isi keadaannya pada akhir {step.new}: {', '.join(status.choices)}."
    yield from _marked((row.status.ref for row in going_on), note)


def _fresh_rows(dataset: Dataset, step: Step) -> Iterator[Put | Mark]:
    """The cells that are emptied, and marks on the first row to be filled in."""
    starting = emptied_rows(dataset, step)
    for sheet in SHEETS:
        rows = _rows(dataset, sheet)
        if sheet.name in starting:
            emptied = [row for row in rows if row.row in starting[sheet.name]]
            for row in emptied:
                for field, cell in row.cells():
                    if field != "no" and _is_filled(cell):  # the running number alone makes no row
                        yield Put(cell, EMPTIED_ROWS)
            first = min(starting[sheet.name], default=2)
            if len(emptied) < len(rows):  # what stays stands above
                first = max(row.row for row in rows) + 1
            gone = f"Baris {step.old} dikosongkan; tetap ada dalam buku kerja asalnya." if emptied else ""
            if sheet.required:
                request = f"Isi untuk {step.new} mulai baris ini. {gone}".rstrip()
                yield from _row_to_fill(dataset, sheet, first, request)
            elif rows and (ref := _ref(dataset, sheet, sheet.columns[0], first)):
                yield Mark(ref, gone, Wait.NOTHING)
        elif sheet.fate is not Fate.STAYS and rows:
            text = f"Tambahkan isian {step.new} mulai baris ini; baris di atasnya tetap."
            yield from _row_to_fill(dataset, sheet, max(row.row for row in rows) + 1, text)


def _row_to_fill(dataset: Dataset, sheet: Sheet, number: int, note: str) -> Iterator[Mark]:
    filled = (_ref(dataset, sheet, column, number) for column in sheet.columns if column.filled)
    return _marked(filter(None, filled), note)


def _marked(refs: Iterable[Ref], note: str) -> Iterator[Mark]:
    """A mark on each cell; the first alone has the note."""
    return (Mark(ref, "" if number else note) for number, ref in enumerate(refs))


def _ref(dataset: Dataset, sheet: Sheet, column: Column, number: int) -> Ref | None:
    heading = dataset.headings.get((sheet.name, column.field))
    return heading and Ref(heading.sheet, address(number, heading.place[1]))


def _extra_cells(dataset: Dataset, step: Step, grids: Sequence[SheetCells]) -> Iterator[Mark]:
    """What stands in columns of the office beside emptied rows: it is left, and pointed out."""
    by_name = {grid.name: grid for grid in grids}
    for name, numbers in emptied_rows(dataset, step).items():
        grid = by_name[dataset.sheets[name]]
        ours = {ref.place[1] for (sheet, _), ref in dataset.headings.items() if sheet == name}
        noted: set[int] = set()
        for number in numbers:
            for column, raw in sorted(grid.rows[number].items()):
                if column not in ours and not raw.formula and as_written(raw).strip():
                    note = f"Kolom kantor sendiri: isinya tidak dikosongkan. Sesuaikan dengan {step.new}."
                    text = "" if column in noted else note
                    yield Mark(Ref(grid.name, address(number, column)), text, Wait.REVIEW)
                    noted.add(column)


# What the workbook says of its own period outside the sheets that are read: Petunjuk and the properties ---


def _guide_puts(dataset: Dataset, step: Step, grids: Sequence[SheetCells]) -> Iterator[Put]:
    """The deadlines of the year on sheet Petunjuk, where they stand there as we wrote them."""
    if not step.new_year:
        return
    days = int(dataset.identitas.batas_hari_kerja.value or 5)
    before, after = (deadline_lines(quarter.tahun, days) for quarter in (step.old, step.new))
    follow = dict(zip(before, after, strict=True))
    for grid in grids:
        for row, cells in grid.rows.items() if normalize(grid.name) == normalize(PETUNJUK) else ():
            for column, raw in cells.items():
                if isinstance(raw.value, str) and raw.value in follow and not raw.formula:
                    cell = Cell(Ref(grid.name, address(row, column)), raw.value, raw.value)
                    yield Put(cell, PETUNJUK, follow[raw.value])


# Texts and dates that name a period, moved on to the next one. Pure ---------------------------------------


_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_REGULATION = re.compile(
    r"(?:\b(?:nomor|no\.?)\s*[\w./-]+(?:\s+tahun\s+|/)|[A-Z][\w.]*/|(?<![\d/.-])\d+\s?/\s?)$", re.IGNORECASE
)
"""What stands before the year of a regulation: Nomor 6 Tahun, Nomor 7/PMK.07/, 20/."""
_LEAP_DAYS = (
    re.compile(
        r"(?P<before>\b)29(?P<after>[\s./-]{1,3}(?:0?2|[fp]eb[a-z]*)[\s./,-]{1,3}(?P<year>\d{4})\b)",
        re.IGNORECASE,
    ),
    re.compile(r"(?P<before>\b(?P<year>\d{4})[-/.]0?2[-/.])29(?P<after>\b)"),
)
_QUARTER = re.compile(r"\b((?:triwulan|tribulan|tw)\.?[\s-]*(?:ke-?\s?)?)(IV|I{1,3}|[1-4])\b", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-z]+\.?")
_DAY = re.compile(r"(?<!\d)\d{1,2}(?!\d)")


def next_year(day: date) -> date:
    """The same day a year later; 28 February for 29 February."""
    last = calendar.monthrange(day.year + 1, day.month)[1]
    return day.replace(year=day.year + 1, day=min(day.day, last))


def roll_years(text: str, years: Collection[int]) -> str:
    """A text with the next year for each of these; that of a regulation (Nomor 6 Tahun 2024, 6/2014) stays.

    29 February becomes the 28th of a year that does not have it.
    """

    def following(found: re.Match[str]) -> str:
        stays = int(found[0]) not in years or _REGULATION.search(text[: found.start()])
        return found[0] if stays else str(int(found[0]) + 1)

    def existing(found: re.Match[str]) -> str:
        return found[0] if calendar.isleap(int(found["year"])) else f"{found['before']}28{found['after']}"

    rolled = _YEAR.sub(following, text)
    for pattern in _LEAP_DAYS if rolled != text else ():
        rolled = pattern.sub(existing, rolled)
    return rolled


def names_regulation_of(text: str, years: Collection[int]) -> bool:
    """Whether a text names a regulation of one of the years, which ``roll_years`` leaves as it is."""
    found = (match for match in _YEAR.finditer(text) if int(match[0]) in years)
    return any(_REGULATION.search(text[: match.start()]) for match in found)


def names_period(text: str, old: Triwulan, *, new_year: bool) -> bool:
    """Whether a text speaks of the old quarter, or in a new year of the old year."""
    if any(quarter_number(found[2]) == old.nomor for found in _QUARTER.finditer(text)):
        return True
    return new_year and roll_years(text, {old.tahun}) != text


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
    moved: str | None = None
    if years <= {old.tahun}:
        if months in ([old.bulan[0], old.bulan[2]], list(old.bulan)) and not quarters:
            moved = _roll_months(text, old, new)
        elif months == [1, 12] or not (months or quarters):
            moved = text
        elif quarters == [old.nomor] and not months:
            moved = _QUARTER.sub(
                lambda found: found[1] + (str(new.nomor) if found[2].isdigit() else roman(new.nomor)), text
            )
    return roll_years(moved, {old.tahun}) if moved and old.tahun != new.tahun else moved


def _roll_months(text: str, old: Triwulan, new: Triwulan) -> str | None:
    """Months for months; days only where they are the first and the last."""
    days = [int(day) for day in _DAY.findall(text)]
    if days not in ([], [1, old.akhir.day]):
        return None
    follow = dict(zip(old.bulan, new.bulan, strict=True))

    def other(word: re.Match[str]) -> str:
        month = month_number(word[0])
        return (
            word[0] if month is None else _written_like(word[0], MONTHS[month - 1], MONTHS[follow[month] - 1])
        )

    numbers = iter((1, new.akhir.day))
    return _DAY.sub(lambda _: str(next(numbers)), _WORD.sub(other, text))


def _written_like(written: str, full: str, name: str) -> str:
    """The name of another month, as short as one is written whose full name is known, and in its letters."""
    if normalize(written).rstrip(".") != normalize(full) and len(written) < 6:
        name = name[:3] + ("." if written.endswith(".") else "")
    return name.upper() if written.isupper() else name.lower() if written.islower() else name
