"""Cells of live formulas that were typed over, and texts that formulas cannot see as numbers."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from string import ascii_uppercase, digits
from typing import Any

from lkt.addresses import column_number
from lkt.figures import Figure, HasilAnggaran, HasilDokumen, HasilIndikator, Unit, unit_of
from lkt.indonesian import MONTHS, normalize
from lkt.model import Anggaran, Cell, Dataset, Indikator, Level, ProblemKind, Ref, Row, Skala, Span
from lkt.pipeline import Result
from lkt.rules.helpers import covers, is_stray, program_rows
from lkt.workbook import styles
from lkt.workbook.cells import Raw, as_written
from lkt.workbook.declaration import DESA_DATE, IDENTITAS, KEYS, SHEET, SHEETS, Column, Kind
from lkt.workbook.live_formulas import FormulaSpot, quoted, resolve
from lkt.workbook.reader import Context, convert
from lkt.workbook.styles import Percent
from lkt.xlsx.setting import Formula, NewValue

# What a correction is -------------------------------------------------------------------------------------


TEXT, NUMBER, DATE, FORMULA = "teks", "angka", "tanggal", "rumus"
"""The kinds of content, as the user is told of them."""


@dataclass(frozen=True, slots=True)
class Correction:
    """One cell that has exactly one reading and is written in another way.

    Attributes:
        ref: the cell.
        subject: the heading of its column, or the key of sheet Identitas.
        old: what stands there, as the user sees it.
        new: what will stand there, as the user will see it.
        value: the same for the file.
        reason: what was wrong, in a few words.
        number_format: shows the value as ``new`` does, where the cell's own format does not.
        was: what kind of content stands there, in a word; empty where that does not matter.
    """

    ref: Ref
    subject: str
    old: str
    new: str
    value: NewValue
    reason: str
    number_format: str = ""
    was: str = ""

    @staticmethod
    def of(
        cell: Cell[Any], subject: str, value: NewValue, reason: str, number_format: str = ""
    ) -> "Correction":
        """The correction of a cell that was read."""
        new = as_written(raw_of(value, number_format))
        return Correction(cell.ref, subject, cell.written, new, value, reason, number_format, _kind_of(cell))

    @property
    def raw(self) -> Raw:
        """The cell as the reader will find it."""
        return raw_of(self.value, self.number_format)

    @property
    def becomes(self) -> str:
        """What kind of content will stand there, in a word; empty for a cell that is emptied."""
        match self.value:
            case None:
                return ""
            case Formula():
                return FORMULA
            case str():
                return TEXT
            case date():
                return DATE
            case _:
                return NUMBER

    @property
    def is_date(self) -> bool:
        """A real date will stand there."""
        return isinstance(self.value, date)


def _kind_of(cell: Cell[Any]) -> str:
    if cell.text or isinstance(cell.value, str):
        return TEXT
    return NUMBER if isinstance(cell.value, Decimal) else ""


def raw_of(value: NewValue, number_format: str = "") -> Raw:
    """A value as the reader finds it in a cell of a number format."""
    content = value.cached if isinstance(value, Formula) else value
    if isinstance(content, Percent):
        content = content.points / 100
    if isinstance(content, Decimal):
        content = float(content)
    return Raw(content, number_format or "General", formula=isinstance(value, Formula))


# Every cell that was read, with what its column says about it ---------------------------------------------


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


# Where things stand in a workbook that was read, however its columns and rows are arranged ----------------


_OPEN_END = 1000
"""A column without a row Jumlah below is taken this far, as in the standard workbook."""


class NotFoundError(LookupError):
    """The workbook has no place for what a formula names."""


class FoundSheet:
    """The layout of a workbook.

    Args:
        dataset: the workbook as read.
    """

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset

    def letter(self, sheet: str, heading: str) -> str:
        """The letter of a column.

        Raises:
            NotFoundError: it is not there.
        """
        heading_cell = self._dataset.headings.get((sheet, self._field(sheet, heading)))
        if heading_cell is None:
            raise NotFoundError(f"{sheet}.{heading}")
        return column_of(heading_cell)[1]

    def cells(self, sheet: str, heading: str) -> str:
        """The data range of a column, to the row before Jumlah.

        Raises:
            NotFoundError: it is not there, or goes on below the row Jumlah.
        """
        letter, total = self.letter(sheet, heading), self.total(sheet)
        last = max((row.row for row in self.rows(sheet)), default=2)
        if total is not None and last >= total.row:
            raise NotFoundError(f"{sheet}.{heading}")
        end = max(last, _OPEN_END) if total is None else total.row - 1
        return f"${letter}$2:${letter}${end}"

    def title(self, sheet: str) -> str:
        """A sheet's name as written in the file.

        Raises:
            NotFoundError: there is no such sheet.
        """
        if sheet not in self._dataset.sheets:
            raise NotFoundError(sheet)
        return self._dataset.sheets[sheet]

    def key(self, label: str) -> str:
        """The address of the value of a key.

        Raises:
            NotFoundError: sheet Identitas has no such line.
        """
        field = next(key.field for key in KEYS if key.label == label)
        return self._absolute(getattr(self._dataset.identitas, field).ref, f"{IDENTITAS}.{label}")

    def deadline(self, document: str) -> str:
        """The address of the deadline of a document.

        Raises:
            NotFoundError: there is no such document, or no column of deadlines.
        """
        return self._absolute(self._dataset.dokumen[self._number(document)].batas_waktu.ref, document)

    def on_time(self) -> str:
        """The counts in the row Jumlah, as one range or, with other columns between them, one by one.

        Raises:
            NotFoundError: there is no row Jumlah, or no column for one of the documents.
        """
        total = self._dataset.jumlah_desa
        if total is None or not total.tepat_waktu:
            raise NotFoundError("Desa.jumlah")
        letters = sorted(
            (self.letter("Desa", row.dokumen.value or "") for row in self._dataset.dokumen),
            key=column_number,
        )
        sheet = quoted(self.title("Desa"))
        steps = {column_number(right) - column_number(left) for left, right in pairwise(letters)}
        if steps <= {1}:
            return f"{sheet}!${letters[0]}${total.row}:${letters[-1]}${total.row}"
        if 0 in steps:
            raise NotFoundError("Desa.jumlah")
        return ",".join(f"{sheet}!${letter}${total.row}" for letter in letters)

    def rows(self, sheet: str) -> tuple[Row, ...]:
        """The rows of a sheet without the row Jumlah."""
        rows: tuple[Row, ...] = getattr(self._dataset, SHEET[sheet].field)
        return rows

    def total(self, sheet: str) -> Row | None:
        """The row Jumlah of a sheet."""
        totals: dict[str, Row | None] = {
            "Anggaran": self._dataset.jumlah_anggaran,
            "Desa": self._dataset.jumlah_desa,
        }
        return totals.get(sheet)

    def _field(self, sheet: str, heading: str) -> str:
        fields = {column.heading: column.field for column in SHEET[sheet].columns}
        return fields[heading] if heading in fields else f"{self._number(heading)} {heading}"

    def _number(self, document: str) -> int:
        """The place of a document on sheet Dokumen, from 0."""
        names = [row.dokumen.value for row in self._dataset.dokumen]
        if names.count(document) != 1:
            raise NotFoundError(document)
        return names.index(document)

    @staticmethod
    def _absolute(ref: Ref, name: str) -> str:
        letter = column_of(ref)[1]
        if not letter:
            raise NotFoundError(name)
        return f"{quoted(ref.sheet)}!${letter}${ref.cell.removeprefix(letter)}"


# What formulas see: a text such as "85" is no number to them, whatever the reader makes of it -------------
#
# The live formulas repeat the arithmetic of ``lkt.indicators`` as far as a spreadsheet can. The functions
# here say for the content of a workbook at hand whether a formula will show the figure that was computed.


_MONTHS = {**{month: number for number, month in enumerate(MONTHS, 1)}, "Pebruari": 2, "Nopember": 11}
_WILD = frozenset("*?~")
_NEARLY = Fraction(1, 10**6)


@dataclass(slots=True)
class Sight:
    """The cells of a workbook after its inputs were corrected, as a formula sees them.

    Attributes:
        result: the workbook as read.
        made: the corrections of its inputs.
        restored: the cells that have been given their formula back.
    """

    result: Result
    made: Mapping[Ref, Correction]
    restored: set[Ref] = field(default_factory=set)

    def number(self, cell: Cell[Any]) -> Decimal | None:
        """The number in a cell; None where there is none, or only a text that looks like one."""
        typed = cell.text and cell.ref not in self.made
        return cell.value if isinstance(cell.value, Decimal) and not typed else None

    def day(self, cell: Cell[Any]) -> date | None:
        """The real date in a cell; of a date that shows only its month the first day."""
        made = self.made.get(cell.ref)
        if made is not None:
            return made.value if isinstance(made.value, date) else None
        return cell.value.start if isinstance(cell.value, Span) and not cell.text else None

    def text(self, cell: Cell[Any]) -> str:
        """The text in a cell; a formula does not tell small letters from capitals."""
        made = self.made.get(cell.ref)
        return (cell.written if made is None else made.new).casefold()

    def says(self, cell: Cell[Any]) -> bool:
        """A formula sees the same word in a cell as the reader."""
        return isinstance(cell.value, str) and self.text(cell) == cell.value.casefold()

    def shows(self, cell: Cell[Any], figure: Figure) -> bool:
        """A cell shows its computed figure, by a formula or as it was typed."""
        if cell.ref in self.restored:
            return True
        seen = self.number(cell)
        return seen is not None and figure.value is not None and abs(Fraction(seen) - figure.value) < _NEARLY

    def _agrees(self, cell: Cell[Any], figure: Figure | None) -> bool:
        return cell.blank or (figure is not None and self.shows(cell, figure))

    # Sheet Anggaran

    def absorption(self, row: Anggaran) -> bool:
        """Realisasi ÷ Pagu of a row."""
        return self.number(row.pagu) is not None and self.number(row.realisasi) is not None

    def total(self, column: str) -> bool:
        """The sum of a column over the rows that the dots of their code make programmes."""
        return all(self._adds(row, getattr(row, column)) for row in self.result.dataset.anggaran)

    def weighted(self, row: Anggaran, budget: HasilAnggaran) -> bool:
        """Realisasi ÷ Pagu of the row Jumlah, where that is the average which is meant there.

        The standard workbook has no formula for the other one, the mean of the programmes.
        """
        typed, decimals = row.capaian.value, row.capaian.decimals
        meant = {
            figure.value
            for figure in (budget.tertimbang, budget.rerata_sederhana)
            if typed is not None and figure.value is not None and covers(typed, decimals, figure.value)
        }
        chosen = self.result.dataset.identitas.rerata_anggaran.value == "tertimbang"
        shown = self.shows(row.pagu, budget.pagu) and self.shows(row.realisasi, budget.realisasi)
        return shown and (chosen or meant == {budget.tertimbang.value})

    def _adds(self, row: Anggaran, cell: Cell[Decimal]) -> bool:
        taken = self.text(row.kode).count(".") <= 2
        if cell.broken or row.kode.broken or taken != (row.level is Level.PROGRAM):
            return False
        return not taken or cell.blank or self.number(cell) is not None

    # Sheet Desa

    def on_time(self, hasil: HasilDokumen, place: int) -> bool:
        """The desa that were on time with the document of a place."""
        end, due = self._end(), self.day(hasil.dokumen.batas_waktu)
        if end is None or due is None or hasil.tidak_terbaca:
            return False
        days = [self.day(desa.tanggal[place]) for desa in self.result.dataset.desa]
        return hasil.jumlah.value == sum(day is not None and day <= min(due, end) for day in days)

    # Sheet Indikator

    def realisasi(self, hasil: HasilIndikator) -> bool:
        """Realisasi of a kind that is computed, where no typed Pembilang or Penyebut contradicts it."""
        row = hasil.baris
        agreed = self._agrees(row.pembilang, hasil.pembilang) and self._agrees(row.penyebut, hasil.penyebut)
        if not agreed or not self.says(row.jenis):
            return False
        if row.jenis.value == "dokumen desa":
            return self._documents()
        if hasil.sifat is None or not hasil.sifat.formula:
            return False
        counted = not hasil.counted or (row.jenis.value == "fasilitasi" and self._log(hasil))
        return counted and all(self.number(getattr(row, field)) is not None for field in hasil.sifat.needs)

    def capaian(self, hasil: HasilIndikator) -> bool:
        """Capaian against the target that Dasar Capaian names."""
        row, identitas = hasil.baris, self.result.dataset.identitas
        words = self.says(row.arah) and self.says(row.jenis)
        basis = row.target_triwulan if identitas.dasar_capaian.value == "triwulan" else row.target
        named = self.says(identitas.dasar_capaian) or identitas.dasar_capaian.value == "tahun"
        if hasil.computed:
            reached = self.shows(row.realisasi, hasil.realisasi)
        else:
            reached = self._measure(row.realisasi, row)
        return words and named and self._below_cap(hasil) and reached and self._measure(basis, row)

    def _below_cap(self, hasil: HasilIndikator) -> bool:
        """A cap that may be written as text, which a formula does not see, makes no difference."""
        cap = self.result.dataset.identitas.batas_capaian
        if cap.value in {None, "tanpa"} or cap.ref in self.made:
            return cap.value is not None
        return hasil.capaian.value is not None and hasil.capaian.value < Fraction(cap.value or 0)

    def _measure(self, cell: Cell[Any], row: Indikator) -> bool:
        """A target or a typed value; of a percentage up to 1% a formula may not know that it is one."""
        if isinstance(cell.value, str):
            return self._grade(cell)
        value = self.number(cell)
        in_percent = unit_of(row.satuan.value or "") is Unit.PERCENT
        same_unit = in_percent == (self.text(row.satuan) in {"%", "persen"})
        return value is not None and same_unit and (not in_percent or value == 0 or value > 1)

    def _grade(self, cell: Cell[str]) -> bool:
        """A letter is found on sheet Skala where the program finds it."""
        scale = self.result.dataset.skala
        mine = _first(
            scale,
            lambda grade: (
                grade.of_nilai and normalize(grade.predikat.value or "") == normalize(cell.value or "")
            ),
        )
        theirs = _first(scale, lambda grade: self.text(grade.predikat) == self.text(cell))
        found = mine is not None and mine is theirs and self.number(mine.batas_bawah) is not None
        return found and not _WILD & set(self.text(cell))

    def _documents(self) -> bool:
        """The counts of all documents, over the desa times the documents."""
        data, documents = self.result.dataset, self.result.computed.dokumen
        if data.jumlah_desa is None or any(hasil.tidak_terbaca for hasil in documents):
            return False
        names = [*(row.desa for row in data.desa), *(row.dokumen for row in data.dokumen)]
        counts = zip(data.jumlah_desa.tepat_waktu, documents, strict=False)
        return all(self.shows(cell, hasil.jumlah) for cell, hasil in counts) and all(
            name.value is not None for name in names
        )

    def _log(self, hasil: HasilIndikator) -> bool:
        """The rows of the log that count, every one of them decided."""
        rows = [row for row in self.result.dataset.fasilitasi if not is_stray(row)]
        decided = all(
            row.ditindaklanjuti.value == "Tidak" or (row.ditindaklanjuti.value and row.tanggal.value)
            for row in rows
        )
        followed_up = (row for row in rows if self.text(row.ditindaklanjuti) == "ya")
        counted = sum(self._in_period(row.tanggal) for row in followed_up)
        return decided and hasil.pembilang is not None and hasil.pembilang.value == counted

    def _in_period(self, cell: Cell[Span]) -> bool:
        """A real date in the period, or a text that ends with a month of it."""
        end, day = self._end(), self.day(cell)
        if end is None:
            return False
        if day is not None:
            return end.replace(month=1, day=1) <= day <= end
        text = self.text(cell)
        return any(
            text.endswith((month.casefold(), f"{month.casefold()} {end.year}"))
            for month, number in _MONTHS.items()
            if number <= end.month
        )

    def _end(self) -> date | None:
        """The last day of the quarter, where year and quarter are numbers."""
        identitas, periode = self.result.dataset.identitas, self.result.computed.periode
        known = None not in {self.number(identitas.tahun), self.number(identitas.triwulan)}
        return periode.triwulan.akhir if known and periode else None


def _first(scale: tuple[Skala, ...], matches: Callable[[Skala], bool]) -> Skala | None:
    return next((grade for grade in scale if matches(grade)), None)


# Cells of live formulas that were typed over: the standard formula, with the addresses of the workbook ----
#
# The formula comes back only where it will show the figure that was computed, so that nothing but the way in
# which the cell comes by its figure changes; where an input is missing or cannot be read, the cell stays.


TYPED_OVER = "rumus yang tertimpa ketikan"

_FIGURES = frozenset({ProblemKind.TWO_READINGS, ProblemKind.EXCEL_ERROR})
"""What cannot be read but is meant as a figure; a remark in words is not thrown away."""


@dataclass(frozen=True, slots=True)
class _Derived:
    """A cell that holds a formula in the standard workbook.

    Attributes:
        cell: the cell.
        sheet: its sheet by the name in the declaration.
        column: its column.
        formula: the formula of the declaration.
        figure: what was computed for it.
        agrees: whether the formula will show that.
        per: the figure's units to one of the cell.
    """

    cell: Cell[Any]
    sheet: str
    column: Column
    formula: str
    figure: Figure
    agrees: bool
    per: int = 1


def restore_formulas(result: Result, made: Mapping[Ref, Correction]) -> Iterator[Correction]:
    """The formulas that come back; ``made`` are the corrections of the inputs."""
    sight, layout = Sight(result, made), FoundSheet(result.dataset)
    broken = {problem.ref for problem in result.dataset.problems if problem.kind in _FIGURES}
    for derived in _derived_cells(sight):  # each is judged after those before it were restored
        cell = derived.cell
        figure_typed = cell.ref.cell and (isinstance(cell.value, Decimal) or cell.ref in broken)
        if figure_typed and not cell.formula and derived.agrees:
            correction = _restored(derived, layout)
            if correction is not None:
                sight.restored.add(cell.ref)
                yield correction


def _restored(derived: _Derived, layout: FoundSheet) -> Correction | None:
    """The correction; None where the figure has no value that a cell can hold, or the formula no place."""
    column, row = derived.column, row_of(derived.cell.ref)
    if derived.figure.value is None:
        return None
    try:
        text = resolve(derived.formula, FormulaSpot(derived.sheet, row, column.heading), layout)
        result = float(derived.figure.value / derived.per)
    except (NotFoundError, OverflowError):
        return None
    kind = Kind.WHOLE if column.kind is Kind.DATE else column.kind
    code = styles.number_format(column.field, kind, None, derived=column.derived)
    value = Formula(text, result)
    return Correction.of(derived.cell, column.heading, value, TYPED_OVER, code)


def _derived_cells(sight: Sight) -> Iterator[_Derived]:
    """Every cell of a live formula, after those that it depends on."""
    yield from _budget_rows(sight)
    yield from _budget_totals(sight)
    yield from _village_counts(sight)
    yield from _indicators(sight)


def _budget_rows(sight: Sight) -> Iterator[_Derived]:
    column = SHEET["Anggaran"].column("capaian")
    for hasil in program_rows(sight.result.computed.program):
        cell, agrees = hasil.baris.capaian, sight.absorption(hasil.baris)
        yield _Derived(cell, "Anggaran", column, column.formula, hasil.serapan, agrees, 100)


def _budget_totals(sight: Sight) -> Iterator[_Derived]:
    row, budget = sight.result.dataset.jumlah_anggaran, sight.result.computed.anggaran
    if row is None or budget is None:
        return
    sheet = SHEET["Anggaran"]
    for cell, name, figure in (
        (row.anggaran_pk, "anggaran_pk", budget.anggaran_pk),
        (row.pagu, "pagu", budget.pagu),
        (row.realisasi, "realisasi", budget.realisasi),
    ):
        column = sheet.column(name)
        yield _Derived(cell, sheet.name, column, column.total, figure, sight.total(name))
    column, agrees = sheet.column("capaian"), sight.weighted(row, budget)
    yield _Derived(row.capaian, sheet.name, column, column.total, budget.tertimbang, agrees, 100)


def _village_counts(sight: Sight) -> Iterator[_Derived]:
    total = sight.result.dataset.jumlah_desa
    cells = () if total is None else total.tepat_waktu
    for place, (cell, hasil) in enumerate(zip(cells, sight.result.computed.dokumen, strict=False)):
        column = replace(DESA_DATE, heading=hasil.dokumen.dokumen.value or "")
        yield _Derived(cell, "Desa", column, column.total, hasil.jumlah, sight.on_time(hasil, place))


def _indicators(sight: Sight) -> Iterator[_Derived]:
    sheet = SHEET["Indikator"]
    realisasi, capaian = sheet.column("realisasi"), sheet.column("capaian")
    for hasil in sight.result.computed.indikator:
        row = hasil.baris
        if hasil.computed:
            agrees = sight.realisasi(hasil)
            yield _Derived(row.realisasi, sheet.name, realisasi, realisasi.formula, hasil.realisasi, agrees)
        agrees = sight.capaian(hasil)
        yield _Derived(row.capaian, sheet.name, capaian, capaian.formula, hasil.capaian, agrees, 100)
