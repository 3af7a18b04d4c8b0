"""Cells of live formulas that were typed over: the standard formula, with the addresses of the workbook.

The formula comes back only where it will show the figure that was computed, so that nothing but the way in
which the cell comes by its figure changes; where an input is missing or cannot be read, the cell stays.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from lkt.corrections.correction import Correction
from lkt.corrections.layout import Found, NotFoundError
from lkt.corrections.places import row_of
from lkt.corrections.sight import Sight
from lkt.figures import Figure
from lkt.model import Cell, ProblemKind, Ref
from lkt.pipeline import Result
from lkt.rules.common import program_rows
from lkt.workbook import styles
from lkt.workbook.addresses import Spot, resolve
from lkt.workbook.declaration import DESA_DATE, SHEET, Column, Kind
from lkt.workbook.patch import Formula

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
    sight, layout = Sight(result, made), Found(result.dataset)
    broken = {problem.ref for problem in result.dataset.problems if problem.kind in _FIGURES}
    for derived in _derived_cells(sight):  # each is judged after those before it were restored
        cell = derived.cell
        figure_typed = cell.ref.cell and (isinstance(cell.value, Decimal) or cell.ref in broken)
        if figure_typed and not cell.formula and derived.agrees:
            correction = _restored(derived, layout)
            if correction is not None:
                sight.restored.add(cell.ref)
                yield correction


def _restored(derived: _Derived, layout: Found) -> Correction | None:
    """The correction; None where the figure has no value that a cell can hold, or the formula no place."""
    column, row = derived.column, row_of(derived.cell.ref)
    if derived.figure.value is None:
        return None
    try:
        text = resolve(derived.formula, Spot(derived.sheet, row, column.heading), layout)
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
    for cell, field, figure in (
        (row.anggaran_pk, "anggaran_pk", budget.anggaran_pk),
        (row.pagu, "pagu", budget.pagu),
        (row.realisasi, "realisasi", budget.realisasi),
    ):
        column = sheet.column(field)
        yield _Derived(cell, sheet.name, column, column.total, figure, sight.total(field))
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
