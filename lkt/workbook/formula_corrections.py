"""Live formulas that were typed over or emptied, put back where they will show the figure that was computed.

So nothing but the way in which a cell comes by its figure changes. Where an input is missing or cannot be
read, or where a formula does not see it as the reader does, the typed figure stays. An emptied cell is known
by the formulas that are left.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from lkt.addresses import column_letters
from lkt.figures import Figure, IndikatorResult, Unit, unit_of
from lkt.indicators import compute
from lkt.indonesian import MONTHS
from lkt.model import Cell, Dataset, Fasilitasi, Indikator, Level, ProblemKind, Ref, Row, Span
from lkt.pipeline import Result
from lkt.rules.helpers import covers, is_stray
from lkt.workbook import styles
from lkt.workbook.changes import OTHER_FIGURE, TEXT, Put
from lkt.workbook.declaration import DESA_DATE, KEYS, SHEET, SHEETS, Column, Kind, rows_with_columns
from lkt.workbook.live_formulas import OPEN_END, FormulaSpot, Layout, derived_values, quoted, resolve
from lkt.xlsx import Formula

TYPED_OVER = "rumus yang tertimpa ketikan"
EMPTIED = "rumus yang terhapus"

_MEANT_AS_FIGURE = frozenset({ProblemKind.TWO_READINGS, ProblemKind.EXCEL_ERROR})
"""What cannot be read but is meant as a figure; a remark in words is not thrown away."""
_NEARLY = Fraction(1, 10**6)
_WILDCARDS = frozenset("*?~")


def restore_formulas(
    result: Result, inputs: Mapping[Ref, Put], emptied: Collection[Ref] = ()
) -> dict[Ref, Put]:
    """The formulas to put back.

    A blank cell gets one where a cell of its column has one or gets one, or most of the workbook's do; so
    a workbook that never had formulas is left alone.

    Args:
        result: the workbook as it was read and worked out.
        inputs: the corrections of its inputs, on which the formulas count.
        emptied: the cells in which something stood before.
    """
    derived = [
        cell
        for row, cells in rows_with_columns(result.dataset)
        for column, cell in cells
        if (column.total if row in _totals(result.dataset) else column.derived) and cell.ref.cell
    ]
    there = {cell.ref for cell in derived if cell.formula or cell.ref in emptied}
    known = there
    while True:
        most = 2 * len(known) > len(derived)
        columns = {(ref.sheet, ref.place[1]) for ref in (known if not most else (c.ref for c in derived))}
        work = _Restoring(result, inputs, columns)
        work.budget()
        work.counts()
        work.indicators()
        if there | work.puts.keys() == known:
            return work.puts
        known = there | work.puts.keys()


def _totals(dataset: Dataset) -> tuple[Row | None, ...]:
    return dataset.jumlah_anggaran, dataset.jumlah_desa


class _Restoring:
    """The formulas that are put back, each judged after those that it looks at."""

    def __init__(
        self, result: Result, inputs: Mapping[Ref, Put], columns: Collection[tuple[str, int]]
    ) -> None:
        self._dataset, self._computed = result.dataset, result.computed
        self._inputs, self._columns = inputs, columns
        self._seen = as_formulas_see(result, inputs)
        self._wanted = derived_values(result.dataset, result.computed)
        self._shown = derived_values(self._seen, compute(self._seen))
        problems = result.dataset.problems
        self._unread = {problem.ref for problem in problems if problem.kind in _MEANT_AS_FIGURE}
        self._layout = _layout(result.dataset)
        self.puts: dict[Ref, Put] = {}

    def _restore(
        self,
        cell: Cell[Any],
        sheet: str,
        column: Column,
        formula: str,
        *,
        judged: bool = False,
        sure: bool = True,
    ) -> None:
        """Put a formula back that was typed over, or is gone, where it will show the computed figure.

        ``judged`` says that it will: it looks at other derived cells alone, which show their figures. Where
        the inputs leave doubt (not ``sure``) an emptied formula comes back that shows nothing yet.
        """
        address = cell.ref.sheet, cell.ref.cell
        wanted, shown = self._wanted.get(address, ""), self._shown.get(address)
        typed = isinstance(cell.value, Decimal) or cell.ref in self._unread
        gone = cell.blank and (cell.ref.sheet, cell.ref.place[1]) in self._columns
        if not cell.ref.cell or cell.formula or not (typed or gone) or not (judged or shown == wanted):
            return
        if typed if wanted == "" else not sure:
            return
        spot = FormulaSpot(sheet, cell.ref.place[0], column.heading)
        try:
            text = resolve(formula, spot, self._layout)
        except LookupError:
            return
        kind = Kind.WHOLE if column.kind is Kind.DATE else column.kind
        code = styles.number_format(column.field, kind, None, derived=column.derived)
        reason = TYPED_OVER if typed else EMPTIED
        if isinstance(cell.value, Decimal):
            exact = Fraction(wanted) * (100 if kind is Kind.PERCENT else 1)
            reason = TYPED_OVER if covers(cell.value, cell.decimals, exact) else OTHER_FIGURE
        self.puts[cell.ref] = Put(cell, column.heading, Formula(text, wanted), reason, code)

    def _shows(self, cell: Cell[Any], figure: Figure) -> bool:
        """A cell shows its figure, by a formula that was put back or as it was typed."""
        if cell.ref in self.puts:
            return True
        if not isinstance(cell.value, Decimal) or (cell.text and cell.ref not in self._inputs):
            return False
        return figure.value is not None and abs(Fraction(cell.value) - figure.value) < _NEARLY

    # Sheet Anggaran

    def budget(self) -> None:
        """Capaian of each row, the sums, and Capaian of the row Jumlah."""
        sheet = SHEET["Anggaran"]
        capaian = sheet.column("capaian")
        for row in self._dataset.anggaran:
            self._restore(row.capaian, sheet.name, capaian, capaian.formula)
        total, sums = self._dataset.jumlah_anggaran, self._computed.anggaran
        if total is None or sums is None:
            return
        for field in ("anggaran_pk", "pagu", "realisasi"):
            if getattr(sums, field).value is not None and self._adds_up(field):
                column = sheet.column(field)
                self._restore(getattr(total, field), sheet.name, column, column.total)
        summed = self._shows(total.pagu, sums.pagu) and self._shows(total.realisasi, sums.realisasi)
        if summed and self._is_weighted(total.capaian, sums.tertimbang, sums.rerata_sederhana):
            self._restore(total.capaian, sheet.name, capaian, capaian.total, judged=True)

    def _adds_up(self, field: str) -> bool:
        """The formula of a sum, which counts the dots of a code, takes the same rows for programmes."""
        return all(
            not row.kode.broken
            and not getattr(row, field).broken
            and ((row.kode.value or "").count(".") <= 2) == (row.level is Level.PROGRAM)
            for row in self._dataset.anggaran
        )

    def _is_weighted(self, cell: Cell[Decimal], weighted: Figure, mean: Figure) -> bool:
        """The weighted average is meant: the mean of the programmes has no formula."""
        if self._dataset.identitas.rerata_anggaran.value == "tertimbang" or cell.blank:
            return True
        typed = cell.value
        meant = {
            figure.value
            for figure in (weighted, mean)
            if typed is not None and figure.value is not None and covers(typed, cell.decimals, figure.value)
        }
        return meant == {weighted.value}

    # Sheet Desa

    def counts(self) -> None:
        """How many desa were on time with each document."""
        total = self._dataset.jumlah_desa
        cells = () if total is None else total.tepat_waktu
        documents = zip(cells, self._computed.dokumen, self._seen.dokumen, strict=False)
        for cell, hasil, document in documents:
            if hasil.jumlah.value is not None and not hasil.tidak_terbaca and document.batas_waktu.value:
                column = replace(DESA_DATE, heading=hasil.dokumen.dokumen.value or "")
                self._restore(cell, "Desa", column, column.total)

    # Sheet Indikator

    def indicators(self) -> None:
        """Realisasi of the kinds that are computed, and every Capaian."""
        # Their formulas look at the counts on sheet Desa, not at the dates.
        counted = replace(self._seen, desa=self._dataset.desa, dokumen=self._dataset.dokumen)
        self._shown = derived_values(counted, compute(counted))
        sheet = SHEET["Indikator"]
        realisasi, capaian = sheet.column("realisasi"), sheet.column("capaian")
        for hasil, seen in zip(self._computed.indikator, self._seen.indikator, strict=True):
            row = hasil.row
            if hasil.kind is not None and hasil.kind.formula:
                sure = self._counts_all(hasil)
                self._restore(row.realisasi, sheet.name, realisasi, realisasi.formula, sure=sure)
            basis = self._dataset.identitas.dasar_capaian.value
            target = row.target_triwulan if basis == "triwulan" else row.target
            if hasil.computed:
                reached = self._shows(row.realisasi, hasil.realisasi)
            else:
                reached = self._sees_measure(row.realisasi, row, seen)
            sure = reached and self._sees_measure(target, row, seen)
            self._restore(row.capaian, sheet.name, capaian, capaian.formula, sure=sure)

    def _counts_all(self, hasil: IndikatorResult) -> bool:
        """All that Realisasi is counted from is known, and no typed Pembilang or Penyebut contradicts it."""
        row, kind = hasil.row, hasil.kind
        pairs = ((row.pembilang, hasil.pembilang), (row.penyebut, hasil.penyebut))
        agreed = all(
            cell.blank or (figure is not None and self._shows(cell, figure)) for cell, figure in pairs
        )
        if not agreed or kind is None or not kind.formula:
            return False
        if kind.name == "fasilitasi":
            return all(is_stray(entry) or _is_decided(entry) for entry in self._dataset.fasilitasi)
        if kind.name == "dokumen desa":
            return self._counts_documents()
        return not kind.counted

    def _counts_documents(self) -> bool:
        total, documents = self._dataset.jumlah_desa, self._computed.dokumen
        if total is None or any(hasil.tidak_terbaca for hasil in documents):
            return False
        counts = zip(total.tepat_waktu, documents, strict=False)
        names = [row.desa for row in self._dataset.desa] + [row.dokumen for row in self._dataset.dokumen]
        return all(self._shows(cell, hasil.jumlah) for cell, hasil in counts) and all(
            name.value is not None for name in names
        )

    def _sees_measure(self, cell: Cell[Any], row: Indikator, seen: Indikator) -> bool:
        """A formula takes a target or a typed value as the reader does.

        It finds a letter on sheet Skala whatever that row rates, and does not know that a figure up to 1 is a
        percentage.
        """
        if isinstance(cell.value, str):
            letter = cell.value.casefold()
            grades = (
                grade for grade in self._seen.skala if letter == (grade.predikat.value or "").casefold()
            )
            found = next(grades, None)
            return found is not None and found.of_nilai and not _WILDCARDS & set(letter)
        in_percent = unit_of(row.satuan.value or "") is Unit.PERCENT
        same_unit = in_percent == ((seen.satuan.value or "").casefold() in {"%", "persen"})
        is_plain = cell.value is not None and (not in_percent or cell.value == 0 or cell.value > 1)
        return same_unit and is_plain


def _is_decided(row: Fasilitasi) -> bool:
    return row.ditindaklanjuti.value == "Tidak" or bool(row.ditindaklanjuti.value and row.tanggal.value)


# What formulas see: a text such as "85" is no number to them, whatever the reader makes of it -------------


_MONTHS = {**{month: number for number, month in enumerate(MONTHS, 1)}, "Pebruari": 2, "Nopember": 11}
"""The months that the formula of the kind fasilitasi knows."""


def as_formulas_see(result: Result, inputs: Mapping[Ref, Put]) -> Dataset:
    """A workbook with its inputs corrected, in which what no formula sees cannot be read.

    The live formulas repeat the arithmetic of ``compute``, which so gives the figures that they will show.
    """
    dataset, periode = result.dataset, result.computed.periode
    rows: dict[str, Any] = {}
    for sheet in SHEETS:
        year = periode.triwulan.tahun if periode and sheet.field == "fasilitasi" else None
        rows[sheet.field] = tuple(
            replace(row, **{name: _seen(cell, inputs, year) for name, cell in row.cells()})
            for row in getattr(dataset, sheet.field)
        )
    rows["desa"] = tuple(
        replace(row, tanggal=tuple(_seen(cell, inputs) for cell in row.tanggal)) for row in rows["desa"]
    )
    keys = {key.field: _seen(getattr(dataset.identitas, key.field), inputs) for key in KEYS}
    return replace(dataset, identitas=replace(dataset.identitas, **keys), **rows)


def _seen(cell: Cell[Any], inputs: Mapping[Ref, Put], log_year: int | None = None) -> Cell[Any]:
    """A cell as formulas see it; those on the log, of the year ``log_year``, read the words of a date too."""
    put = inputs.get(cell.ref)
    text = (cell.written if put is None else put.new).casefold()
    is_text = cell.text if put is None else put.becomes == TEXT
    match cell.value:
        case None:
            return cell
        case Decimal() if not is_text:
            return cell
        case Span() if not is_text:
            day = cell.value.start  # of a date that shows only its month the first day
            return replace(cell, value=Span(day, day))
        case Span() if log_year and (month := _last_month(text, log_year)):
            day = date(log_year, month, 1)
            return replace(cell, value=Span(day, day))
        case str() if text == cell.value.casefold() or not cell.written:  # a blank key has its default
            return cell
    return replace(cell, value=None, broken=True)


def _last_month(text: str, year: int) -> int | None:
    """The month that a text such as 19 s.d. 26 Februari ends with, in this year where it names one."""
    names = ((name.casefold(), number) for name, number in _MONTHS.items())
    return next((number for name, number in names if text.endswith((name, f"{name} {year}"))), None)


# Where things stand in a workbook that was read, however its columns and rows are arranged ----------------


def _layout(dataset: Dataset) -> Layout:
    names = [row.dokumen.value for row in dataset.dokumen]
    due = {
        name: row.batas_waktu.ref
        for name, row in zip(names, dataset.dokumen, strict=True)
        if name and names.count(name) == 1 and row.batas_waktu.ref.cell
    }
    fields = {(sheet.name, column.field): column.heading for sheet in SHEETS for column in sheet.columns}
    letters = {
        (sheet, fields.get((sheet, field)) or field.partition(" ")[2]): column_letters(ref.place[1])
        for (sheet, field), ref in dataset.headings.items()
    }
    totals = {"Anggaran": dataset.jumlah_anggaran, "Desa": dataset.jumlah_desa}
    ends = {}
    for sheet in SHEETS:
        rows: tuple[Row, ...] = getattr(dataset, sheet.field)
        total = totals.get(sheet.name)
        ends[sheet.name] = total.row - 1 if total else max([OPEN_END, *(row.row for row in rows)])
    counts = dataset.jumlah_desa if len(due) == len(dataset.dokumen) else None
    keys = {key.label: getattr(dataset.identitas, key.field).ref for key in KEYS}
    return Layout(
        dataset.sheets,
        letters,
        ends,
        {label: _absolute(ref) for label, ref in keys.items() if ref.cell},
        {document: _absolute(ref) for document, ref in due.items()},
        None if counts is None else counts.row,
    )


def _absolute(ref: Ref) -> str:
    row, column = ref.place
    return f"{quoted(ref.sheet)}!${column_letters(column)}${row}"
