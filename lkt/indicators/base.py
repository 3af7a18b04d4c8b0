"""What every indicator kind needs: its registration, and figures that say why they have no value."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from lkt.figures import Figure, HasilDokumen, Input, Part, Periode, Sifat, Unit, printed_value
from lkt.model import Cell, Dataset, Indikator


@dataclass(frozen=True, slots=True)
class Bahan:
    """What an indicator may look at: the workbook, the quarter, and how the desa stand."""

    dataset: Dataset
    periode: Periode | None
    dokumen: tuple[HasilDokumen, ...]


@dataclass(frozen=True, slots=True)
class Perhitungan:
    """Realisasi of one indicator, with numerator and denominator where the kind has them."""

    realisasi: Figure
    pembilang: Figure | None = None
    penyebut: Figure | None = None


Compute = Callable[[Indikator, Bahan, str], Perhitungan]
"""(row, material, key prefix) -> calculation."""


@dataclass(frozen=True, slots=True)
class Jenis:
    """One kind of indicator: what is known of it, and how it is worked out."""

    sifat: Sifat
    compute: Compute


def indicator(
    name: str, source: str, needs: str, *, counted: bool = False, letters: bool = False, formula: str = ""
) -> Callable[[Compute], Jenis]:
    """Make a function the computation of the indicator kind ``name``.

    Column Jenis offers it, the blank workbook asks for the cells it needs and shows its formula, the rules
    miss what is blank, and the next quarter's workbook empties what was typed: all by what is said here.

    Args:
        name: the value of column Jenis.
        source: where its realisasi comes from, in a few words for the operator.
        needs: the columns that must be typed, separated by spaces: pembilang, penyebut, realisasi.
        counted: Pembilang is counted from another sheet.
        letters: a target or value may be a letter of sheet Skala.
        formula: Realisasi as a spreadsheet works it out.
    """
    sifat = Sifat(name, source, tuple(needs.split()), counted, letters, formula)
    return lambda compute: Jenis(sifat, compute)


def kinds_of(module: object) -> dict[str, Jenis]:
    """The kinds of indicator of a module by the value of column Jenis, in the order of their functions."""
    return {value.sifat.name: value for value in vars(module).values() if isinstance(value, Jenis)}


def number_figure(key: str, label: str, cell: Cell[Any], unit: Unit = Unit.COUNT) -> Figure:
    """A figure that is typed in one cell as a number."""
    value = None if cell.value is None else exact(cell.value)
    inputs = (Input(label, cell.written, (cell.ref,)),)
    reason = missing(label, cell) if value is None else ""
    return Figure(key, label, value, unit, "seperti yang diisi", inputs, reason)


def exact(value: Decimal) -> Fraction:
    """A typed number as a fraction; most are whole, for which ``Fraction(value)`` takes twice as long."""
    top, bottom = value.as_integer_ratio()
    return Fraction(top) if bottom == 1 else Fraction(top, bottom)


def percent(part: Fraction, whole: Fraction) -> Fraction:
    """``part / whole * 100``, made in one step in place of two; ``whole`` is not 0."""
    return Fraction(part.numerator * whole.denominator * 100, part.denominator * whole.numerator)


def added(values: Sequence[Fraction]) -> Fraction:
    """The sum; whole numbers, as money and counts are, without looking for a common denominator each time."""
    if all(value.denominator == 1 for value in values):
        return Fraction(sum(value.numerator for value in values))
    return sum(values, Fraction(0))


def missing(label: str, cell: Cell[Any]) -> str:
    """Why a cell gives no value: blank, or something that cannot be read."""
    state = "tidak terbaca" if cell.broken else "belum diisi"
    return f"{label} {state} ({cell.ref})"


def derived(
    key: str,
    label: str,
    unit: Unit,
    formula: str,
    parts: Sequence[tuple[str, Figure]],
    work: Callable[..., Fraction | str],
) -> Figure:
    """A figure worked out from others.

    Args:
        key: the figure's key.
        label: its label.
        unit: its unit.
        formula: in words.
        parts: (name, figure); each must have a value, or its reason becomes this figure's. Names come from
            the workbook too, where two may be the same.
        work: given the values in the order of ``parts``; returns the value, or the reason for none.
    """
    inputs = tuple([Part(name, part) for name, part in parts])
    lacking = [part.reason for _, part in parts if part.value is None]
    if lacking:
        return Figure(key, label, None, unit, formula, inputs, lacking[0])
    outcome = work(*(part.value for _, part in parts))
    if isinstance(outcome, str):
        return Figure(key, label, None, unit, formula, inputs, outcome)
    return Figure(key, label, outcome, unit, formula, inputs)


def ratio(key: str, label: str, pembilang: Figure, penyebut: Figure) -> Figure:
    """Numerator ÷ denominator × 100, in percentage points; none for a denominator of 0."""

    def work(top: Fraction, bottom: Fraction) -> Fraction | str:
        return f"{penyebut.label} 0" if bottom == 0 else percent(top, bottom)

    formula = f"{pembilang.label} ÷ {penyebut.label} × 100"
    parts = ((pembilang.label, pembilang), (penyebut.label, penyebut))
    return derived(key, label, Unit.PERCENT, formula, parts, work)


def total(key: str, label: str, figures: Iterable[Figure], unit: Unit) -> Figure:
    """The sum of figures; none where one of them has no value, or where there are none."""
    parts = tuple(figures)
    inputs = tuple([Part(part.label, part) for part in parts])
    lacking = [part.reason for part in parts if part.value is None]
    if lacking or not parts:
        reason = lacking[0] if lacking else "tidak ada yang dijumlahkan"
        return Figure(key, label, None, unit, "jumlah", inputs, reason)
    value = added([part.value for part in parts if part.value is not None])
    return Figure(key, label, value, unit, "jumlah", inputs)


def count_input(name: str, count: int, cells: Iterable[Cell[Any]]) -> Input:
    """An input that is a count of rows, with the cells that decided it."""
    return Input(name, printed_value(count, Unit.COUNT), tuple(cell.ref for cell in cells))
