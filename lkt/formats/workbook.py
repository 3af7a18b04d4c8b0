"""What the live formulas of a workbook show: from its figures to the values of its derived cells."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from lkt.figures import Computed, Figure, HasilProgram
from lkt.model import Cell, Dataset

Value = float | str


def derived_values(dataset: Dataset, computed: Computed) -> dict[tuple[str, str], Value]:
    """(sheet, cell) -> value of each derived cell, in the units in which the cell holds it.

    Percent cells hold a fraction; Realisasi holds percentage points; "" stands where there is no value.
    """
    return {(cell.ref.sheet, cell.ref.cell): value for cell, value in _cells(dataset, computed)}


def _cells(dataset: Dataset, computed: Computed) -> Iterator[tuple[Cell[Any], Value]]:
    for indicator in computed.indikator:
        row = indicator.baris
        if indicator.sifat is None or indicator.computed:
            yield row.realisasi, _value(indicator.realisasi)
        yield row.capaian, _value(indicator.capaian, 100)
    for program in computed.program:
        yield from _program(program)
    yield from _totals(dataset, computed)


def _program(program: HasilProgram) -> Iterator[tuple[Cell[Any], Value]]:
    yield program.baris.capaian, _value(program.serapan, 100)
    for row in program.rincian:
        yield from _program(row)


def _totals(dataset: Dataset, computed: Computed) -> Iterator[tuple[Cell[Any], Value]]:
    budget, row = computed.anggaran, dataset.jumlah_anggaran
    if row is not None and budget is not None:
        # SUMPRODUCT gives 0 where nothing is filled in yet
        yield row.anggaran_pk, _value(budget.anggaran_pk) or 0.0
        yield row.pagu, _value(budget.pagu) or 0.0
        yield row.realisasi, _value(budget.realisasi) or 0.0
        yield row.capaian, _value(budget.tertimbang, 100)
    if dataset.jumlah_desa is not None:
        for cell, document in zip(dataset.jumlah_desa.tepat_waktu, computed.dokumen, strict=False):
            yield cell, _value(document.jumlah) or 0.0


def _value(figure: Figure, per: int = 1) -> Value:
    try:
        return "" if figure.value is None else float(figure.value / Fraction(per))
    except OverflowError:  # an amount of 309 digits, which no cell can hold as a number
        return ""
