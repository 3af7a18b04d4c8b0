"""Where a number of the report comes from: the figure that prints it, or the cell that holds it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from string import ascii_uppercase
from typing import Any

from lkt.bahasa import format_number, format_rupiah, format_span, format_trimmed, squeeze
from lkt.figures import all_figures, printed
from lkt.model import Cell, Dataset, Desa, Ref, Row, Span
from lkt.pipeline import Result

_MOST = 3
_NAME = 4  # letters of the shortest text that names a row


@dataclass(frozen=True, slots=True)
class Source:
    """What a number is in the workbook.

    Attributes:
        name: the key of a figure, as ``lkt show`` has it; empty for a number that stands in a cell.
        label: the figure's label, or the first word of the cell's column.
        refs: the cells that it was worked out from, or the one that it stands in.
    """

    name: str
    label: str
    refs: tuple[Ref, ...]


class Sources:
    """The numbers of one workbook.

    Args:
        result: the workbook, worked out.
    """

    def __init__(self, result: Result) -> None:
        self._result = result
        self._names = {
            (row.sheet, row.row): [squeeze(text) for text in _texts(row)] for row in _rows(result.dataset)
        }

    def of(self, number: str, text: str, place: str) -> tuple[Source, ...]:
        """What may have been printed as that number; none where it could be too many things.

        Args:
            number: as printed: ``35,48%``.
            text: the paragraph or the row that it stands in.
            place: where that is.
        """
        found = list(dict.fromkeys((*self._figures(number), *self._cells(number, text))))
        found = _narrowed(found, lambda source: self._near(source, text))
        found = _narrowed(found, lambda source: bool(source.label) and source.label.lower() in place.lower())
        return tuple(found) if len(found) <= _MOST else ()

    def _figures(self, number: str) -> Iterator[Source]:
        decimals = self._result.dataset.identitas.decimals
        for figure in all_figures(self._result.computed):
            if number in (shown := printed(figure, decimals), shown.removesuffix(" poin")):
                yield Source(figure.key, figure.label, figure.refs)

    def _cells(self, number: str, text: str) -> Iterator[Source]:
        for row in _rows(self._result.dataset):
            for column, cell in _cells(row):
                if _prints(cell, number, text):
                    yield Source("", column.split("_")[0], (cell.ref,))

    def _near(self, source: Source, text: str) -> bool:
        rows = {
            (ref.sheet, int(digits))
            for ref in source.refs
            if (digits := ref.cell.lstrip(ascii_uppercase)).isdigit()
        }
        return any(name in text for row in rows for name in self._names.get(row, ()))


def _narrowed(found: list[Source], fits: Callable[[Source], bool]) -> list[Source]:
    return [source for source in found if fits(source)] or found


def _rows(dataset: Dataset) -> Iterator[Row]:
    yield from (*dataset.indikator, *dataset.anggaran, *dataset.fasilitasi)
    yield from (*dataset.dokumen, *dataset.desa, *dataset.kegiatan)


def _cells(row: Row) -> Iterator[tuple[str, Cell[Any]]]:
    yield from row.cells()
    if isinstance(row, Desa):
        yield from (("tanggal", cell) for cell in row.tanggal)


def _texts(row: Row) -> Iterator[str]:
    for _, cell in row.cells():
        if isinstance(cell.value, str) and len(cell.value) >= _NAME:
            yield cell.value


def _prints(cell: Cell[object], number: str, text: str) -> bool:
    """Whether a cell may be printed as that number, or as a date in the text that the number is part of."""
    value = cell.value
    if isinstance(value, Decimal):
        plain = format_trimmed(value)
        return number in (plain, f"{plain}%", format_number(value), format_rupiah(value))
    if isinstance(value, Span):
        day = format_span(value.start, value.end)
        return number in day.split() and day in text
    return False
