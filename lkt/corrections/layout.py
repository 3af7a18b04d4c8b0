"""Where things stand in a workbook that was read, however its columns and rows are arranged."""

from itertools import pairwise

from lkt.alamat import column_number
from lkt.corrections.places import column_of
from lkt.model import Dataset, Ref, Row
from lkt.workbook.addresses import quoted
from lkt.workbook.declaration import IDENTITAS, KEYS, SHEET

_OPEN_END = 1000
"""A column without a row Jumlah below is taken this far, as in the standard workbook."""


class NotFoundError(LookupError):
    """The workbook has no place for what a formula names."""


class Found:
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
