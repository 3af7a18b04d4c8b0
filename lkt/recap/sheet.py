"""A sheet of XlsxWriter whose long table is written row by row and never held whole.

XlsxWriter keeps every cell as an object until the file is closed, several times what it needs in the file;
its own mode with constant memory knows no tables. So a recap of all Indonesia gives its rows as text, made
at the moment when XlsxWriter writes the sheet. All that this takes of XlsxWriter's inside stands here,
and ``tests/recap/test_sheet.py`` holds it against what XlsxWriter writes by itself.
"""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from xlsxwriter.worksheet import Worksheet

if TYPE_CHECKING:
    from xlsxwriter.format import Format

Row = tuple[float, Sequence[str]]
"""Its height in points, and the text of each of its cells."""


class _Unkept(dict[object, object]):
    """What is entered is not kept."""

    def __setitem__(self, _key: object, _value: object) -> None:
        """Do nothing."""


class RowSheet(Worksheet):  # type: ignore[misc] # XlsxWriter tells no types
    """A sheet with rows that are made while it is written.

    What stands above and below them is written as on any sheet.
    """

    def __init__(self) -> None:
        """No rows are to be made yet."""
        super().__init__()
        self.dim_rowmax: int
        self.table_cells = _Unkept()  # else each cell of a table, lest another one lies over it
        self._rows: Iterable[Row] = ()
        self._first = self._after = 0

    def make_rows(self, first: int, number: int, width: int, rows: Iterable[Row]) -> None:
        """Have rows written when the workbook is closed, and made then.

        Args:
            first: the first one, from 0.
            number: how many.
            width: how many columns they have.
            rows: the rows.
        """
        self._rows, self._first, self._after = rows, first, first + number
        self._check_dimensions(self._after - 1, width - 1)

    def number_of(self, text: str, times: int) -> int:
        """The number of a text among those that the sheets of the workbook share, for so many cells."""
        number: int = self.str_table._get_shared_string_index(text)  # noqa: SLF001 - see above
        self.str_table.count += times - 1
        return number

    def _write_rows(self) -> None:
        last: int = self.dim_rowmax
        self.dim_rowmax = self._first - 1
        super()._write_rows()
        more = ' x14ac:dyDescent="0.25"' if self.excel_version == 2010 else ""
        for number, (height, cells) in enumerate(self._rows, start=self._first + 1):
            # The height is a start only, so that a sorted row takes the room it needs; set_row would fix it.
            attributes = f'r="{number}" spans="1:{len(cells)}" ht="{height:.16g}"{more}'
            self.fh.write(f"<row {attributes}>{''.join(cells)}</row>")
        self.dim_rowmin, self.dim_rowmax = self._after, last
        super()._write_rows()


def style_of(cell_format: "Format") -> int:
    """The number of a format; to be asked when a cell in it is written, since it is numbered by that."""
    number: int = cell_format._get_xf_index()  # noqa: SLF001 - see above
    return number


# The text of cells ----------------------------------------------------------------------------------------


def blank(place: str, style: int) -> str:
    """A cell without a value, such as B5."""
    return f'<c r="{place}" s="{style}"/>'


def text(place: str, style: int, number: int) -> str:
    """A cell with a shared text."""
    return f'<c r="{place}" s="{style}" t="s"><v>{number}</v></c>'


def figure(place: str, style: int, value: float) -> str:
    """A cell with a number, or a day as Excel counts."""
    return f'<c r="{place}" s="{style}"><v>{value:.16G}</v></c>'


def formula(place: str, style: int, told: str, result: float) -> str:
    """A cell with a formula as ``told`` gives it, and what it comes to."""
    return f'<c r="{place}" s="{style}"><f>{told}</f><v>{result}</v></c>'


def array_formula(place: str, style: int, told: str, result: float) -> str:
    """The same of a formula that is one for arrays."""
    return f'<c r="{place}" s="{style}"><f t="array" ref="{place}">{told}</f><v>{result}</v></c>'


def told(formula: str) -> str:
    """A formula as it stands in the file: without = and braces."""
    return escape(formula.strip("{}").removeprefix("="))
