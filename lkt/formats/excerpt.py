"""A small piece of the sheet around a finding, so that its cell is recognized without opening the file."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from lkt.addresses import column_letters
from lkt.findings import Finding
from lkt.indonesian import squeeze
from lkt.model import Dataset, Desa, JumlahDesa, Ref
from lkt.workbook.declaration import IDENTITAS, KEYS, SHEET, TOTAL_LABELS, Sheet

_AROUND = 2
_ISIAN, _NILAI = "Isian", "Nilai"
_NAMED_BY = {
    "Tugas Fungsi": "uraian",
    "Indikator": "indikator",
    "Anggaran": "program",
    "Fasilitasi": "jenis_fasilitasi",
    "Dokumen": "dokumen",
    "Desa": "desa",
    "Strategi": "strategi",
    "Tindak Lanjut": "uraian",
    "Kegiatan": "kegiatan",
    "Narasi": "bagian",
    "Skala": "predikat",
    "Pengecualian": "kode",
}
"""Sheet -> the field by which people know a row of it."""


@dataclass(frozen=True, slots=True)
class ExcerptCell:
    """One cell of an excerpt.

    Attributes:
        column: the number of its column in the file; 0 where it is not known (the column Isian of Identitas).
        heading: the heading by the declaration; empty in row 1, where the heading itself is what is written.
        written: the cell as the user sees it; empty when blank.
        marked: the finding points at it.
        names_row: people know the row by it.
    """

    column: int
    heading: str
    written: str
    marked: bool = False
    names_row: bool = False

    @property
    def letter(self) -> str:
        """The letters of its column; empty where it is not known."""
        return column_letters(self.column)


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Some cells of one row, from left to right; columns may be left out between two of them.

    Attributes:
        sheet: the sheet as it is named in the file.
        row: the number of the row.
        cells: the cells; at least one of them is marked.
    """

    sheet: str
    row: int
    cells: tuple[ExcerptCell, ...]


class Excerpts:
    """The excerpts of one workbook. Each sheet is indexed once, when the first of it is asked for."""

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset
        self._sheets: dict[str, dict[int, list[ExcerptCell]]] = {}

    def of(self, finding: Finding) -> Excerpt | None:
        """The row of the finding's first cell; None for a whole sheet, or for a cell that was not read.

        The first cell is there, then the other cells of the finding in that row, then the neighbours of the
        first, together at most five; and the column that names the row.
        """
        sheet, (row, here) = finding.ref.sheet, finding.ref.place
        if sheet not in self._sheets:
            self._sheets[sheet] = _rows(self._dataset, sheet)
        cells = self._sheets[sheet].get(row, [])
        if here not in {cell.column for cell in cells}:
            return None
        places = (ref.place for ref in finding.refs if ref.sheet == sheet)
        marked = [column for its_row, column in places if its_row == row]
        return Excerpt(sheet, row, tuple(_chosen(cells, marked)))


def _chosen(cells: Sequence[ExcerptCell], marked: Sequence[int]) -> Iterator[ExcerptCell]:
    positions = {cell.column: position for position, cell in enumerate(cells)}
    here = positions[marked[0]]
    wanted = dict.fromkeys(positions[column] for column in marked if column in positions)
    near = sorted(range(len(cells)), key=lambda position: abs(position - here))
    wanted |= dict.fromkeys(position for position in near if abs(position - here) <= _AROUND)
    names = [position for position in near if cells[position].names_row]
    for position in sorted({*list(wanted)[: 2 * _AROUND + 1], *names}):
        yield replace(cells[position], marked=cells[position].column in marked)


# The cells of a sheet --------------------------------------------------------------------------------------

_Placed = tuple[int, ExcerptCell]
"""A cell and the number of its row."""


def _rows(dataset: Dataset, name: str) -> dict[int, list[ExcerptCell]]:
    """Everything that is known of a sheet: row -> its cells from left to right."""
    declared = next((declared for declared, written in dataset.sheets.items() if written == name), "")
    known: Iterator[_Placed] = iter(())
    if declared == IDENTITAS:
        known = _identitas(dataset)
    elif declared:
        headings = (
            (ref.place[0], ExcerptCell(ref.place[1], "", heading))
            for ref, heading in _headings(dataset)
            if ref.sheet == name and ref.cell
        )
        known = chain(headings, _values(dataset, SHEET[declared]))
    rows: dict[int, dict[int, ExcerptCell]] = {}
    for row, cell in chain(_not_understood(dataset, name), known):
        rows.setdefault(row, {})[cell.column] = cell
    return {row: [cells[column] for column in sorted(cells)] for row, cells in rows.items()}


def _not_understood(dataset: Dataset, name: str) -> Iterator[_Placed]:
    """Cells that only a problem tells of: a heading, a key, or a cell of a row that was not kept."""
    for problem in dataset.problems:
        row, column = problem.ref.place
        if problem.ref.sheet != name or not row:
            continue
        if row == 1:
            yield row, ExcerptCell(column, "", problem.written)
        elif name == dataset.sheets.get(IDENTITAS):
            yield row, ExcerptCell(column, _ISIAN, problem.written, names_row=True)
        else:
            yield row, ExcerptCell(column, problem.subject, problem.written)


def _identitas(dataset: Dataset) -> Iterator[_Placed]:
    """Each key with its value. Where Isian stands is not kept; left of B there is only one place for it."""
    for key in KEYS:
        cell = getattr(dataset.identitas, key.field)
        row, column = cell.ref.place
        if row:
            yield row, ExcerptCell(1 if column == 2 else 0, _ISIAN, key.label, names_row=True)
            yield row, ExcerptCell(column, _NILAI, cell.written)


def names_of(dataset: Dataset) -> Callable[[Ref], str]:
    """What the column of a cell is called, or on sheet Identitas its key; empty where it is unknown."""
    keys = {getattr(dataset.identitas, key.field).ref: key.label for key in KEYS}
    headings = {(ref.sheet, ref.place[1]): heading for ref, heading in _headings(dataset)}
    return lambda ref: keys.get(ref) or headings.get((ref.sheet, ref.place[1]), "")


def _headings(dataset: Dataset) -> Iterator[tuple[Ref, str]]:
    declared = {(sheet.name, each.field): each.heading for sheet in SHEET.values() for each in sheet.columns}
    for (name, field), ref in dataset.headings.items():
        # a date column of sheet Desa is "0 RKPDesa" here
        yield ref, declared.get((name, field)) or field.partition(" ")[2]


def _values(dataset: Dataset, sheet: Sheet) -> Iterator[_Placed]:
    """The cells of every row, the row Jumlah too; a cell whose column is missing has no place."""
    headings = {column.field: column.heading for column in sheet.columns}
    names = _NAMED_BY[sheet.name]
    total = {"Anggaran": dataset.jumlah_anggaran, "Desa": dataset.jumlah_desa}.get(sheet.name)
    for row in (*getattr(dataset, sheet.field), *filter(None, [total])):
        cells = [(cell, headings[field], field == names) for field, cell in row.cells()]
        if isinstance(row, Desa | JumlahDesa):
            dates = row.tanggal if isinstance(row, Desa) else row.tepat_waktu
            documents = (each.dokumen.value or "" for each in dataset.dokumen)
            cells += [(date, document, False) for date, document in zip(dates, documents, strict=False)]
        for cell, heading, names_row in cells:
            if cell.ref.cell:
                yield row.row, ExcerptCell(cell.ref.place[1], heading, cell.written, names_row=names_row)
        if isinstance(row, JumlahDesa):
            yield from _total_label(dataset, sheet, row.row)


def _total_label(dataset: Dataset, sheet: Sheet, row: int) -> Iterator[_Placed]:
    """The name of the row Jumlah of sheet Desa, which the dataset does not keep."""
    column = next(column for column in sheet.columns if column.heading == sheet.total_label)
    if heading := dataset.headings.get((sheet.name, column.field)):
        yield row, ExcerptCell(heading.place[1], column.heading, TOTAL_LABELS[0], names_row=True)


# Long texts ------------------------------------------------------------------------------------------------


def clip(text: str, width: int, focus: str = "") -> tuple[str, str, str]:
    """A text on one line, cut to about ``width`` letters: what precedes the focus, the focus, what follows.

    The focus is the part that a finding is about, such as a misspelt word in a long paragraph. Where it does
    not stand there, or is all there is, the whole is the first part. "…" stands for what was left out.
    """
    text, focus = squeeze(text), squeeze(focus)
    found = re.search(rf"(?<!\w){re.escape(focus)}(?!\w)", text) if focus and focus != text else None
    if found is None:
        return _first(text, width), "", ""
    before, after = text[: found.start()], text[found.end() :]
    room = max(0, width - len(focus))
    left = min(len(before), max(room // 2, room - len(after)))
    return _last(before, left), _first(focus, width), _first(after, room - left)


def _first(text: str, width: int) -> str:
    """The beginning, in whole words where there are any."""
    if len(text) <= width:
        return text
    end = text.rfind(" ", 0, width + 1)
    return f"{text[:end]} …" if end >= 0 else f"{text[:width]}…"


def _last(text: str, width: int) -> str:
    return _first(text[::-1], width)[::-1]
