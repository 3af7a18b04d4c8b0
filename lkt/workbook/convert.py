"""A raw cell and the column it stands in -> a ``Cell`` of the model, or a ``Problem``."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

from lkt.bahasa import normalize
from lkt.frozen import quick_dataclass
from lkt.indicators import SIFAT
from lkt.model import Cell, Problem, Ref
from lkt.workbook import cells
from lkt.workbook.cells import Raw, Reading, as_written
from lkt.workbook.declaration import Column, Key, Kind

_NOTHING = Raw(None)
_COMPUTED_KINDS = frozenset(normalize(kind.name) for kind in SIFAT.values() if kind.computed)
_LETTERED_KINDS = frozenset(normalize(kind.name) for kind in SIFAT.values() if kind.letters)


@quick_dataclass(frozen=True, slots=True)
class Context:
    """What else decides how a cell is read.

    Attributes:
        year: the year of a month that is written without one.
        unit: Satuan of the row.
        jenis: Jenis of the row, normalized.
        day_first: 03/04/2024 can only be 3 April in this column.
    """

    year: int | None = None
    unit: str = ""
    jenis: str = ""
    day_first: bool = True


_Read = Callable[[Raw, Context], Reading[Any]]
Converter = Callable[[Raw, Ref, Context], tuple[Cell[Any], Problem | None]]


def convert(raw: Raw, ref: Ref, column: Column, context: Context) -> tuple[Cell[Any], Problem | None]:
    """Read one cell as its column says; the cell is broken where there is a problem."""
    return converter(column.heading, column.kind, column.choices)(raw, ref, context)


def converter(name: str, kind: Kind, choices: tuple[str, ...] = ()) -> Converter:
    """What reads the cells of one column or key.

    Args:
        name: the heading of the column, for problems.
        kind: the type of its cells.
        choices: those of a CHOICE column.
    """
    read = _choice(choices) if kind is Kind.CHOICE else _READERS[kind]

    def converted(raw: Raw, ref: Ref, context: Context) -> tuple[Cell[Any], Problem | None]:
        if raw == _NOTHING:  # most cells of most sheets, and blank whatever the kind
            return Cell(ref), None
        value, trouble, candidates, decimals, text = read(raw, context)
        written = raw.value if isinstance(raw.value, str) else as_written(raw)
        broken = trouble is not None
        cell: Cell[Any] = Cell(ref, value, written, broken, raw.formula, decimals, text)
        return cell, None if trouble is None else Problem(trouble, ref, name, written, candidates)

    return converted


def default_cell(key: Key, ref: Ref) -> Cell[Any]:
    """The cell of a key that was left blank: its default, or nothing."""
    if not key.default:
        return Cell(ref)
    numeric = key.kind is Kind.WHOLE
    return Cell(ref, Decimal(key.default) if numeric else key.default)


def _measure(raw: Raw, context: Context) -> Reading[Any]:
    # A live formula shows percentage points, so its 0,5 is no 50%.
    points = raw.formula and context.jenis in _COMPUTED_KINDS and "%" not in raw.number_format
    unit = "" if points else context.unit
    return cells.read_measure(raw, unit, letters=context.jenis in _LETTERED_KINDS)


def _choice(choices: tuple[str, ...]) -> _Read:
    normal = _normal_choices(choices)
    return lambda raw, _context: cells.read_choice(raw, normal)


@lru_cache(maxsize=128)
def _normal_choices(choices: tuple[str, ...]) -> Mapping[str, str]:
    return {normalize(choice): choice for choice in choices}


def _date(raw: Raw, context: Context) -> Reading[Any]:
    return cells.read_date(raw, context.year, day_first_sure=context.day_first)


_READERS: Mapping[Kind, _Read] = {
    Kind.TEXT: lambda raw, _context: cells.read_text(raw),
    Kind.WHOLE: lambda raw, _context: cells.read_whole(raw),
    Kind.NUMBER: lambda raw, _context: cells.read_number(raw),
    Kind.MONEY: lambda raw, _context: cells.read_money(raw),
    Kind.PERCENT: lambda raw, _context: cells.read_percent(raw),
    Kind.MEASURE: _measure,
    Kind.DATE: _date,
    Kind.PERIOD: _date,
}
