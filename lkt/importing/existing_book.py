"""A workbook that is there: only its blank cells are filled in, and what differs is told."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from lkt import areas
from lkt.addresses import address
from lkt.areas import letters
from lkt.errors import LktError
from lkt.importing.draft import DIFFERENT, OPEN, Draft, DraftCell, Record, column_of
from lkt.importing.new_book import columns_of, document_key, name_documents
from lkt.importing.program_tables import program_key
from lkt.indonesian import normalize, squeeze
from lkt.model import Cell, Dataset, Ref
from lkt.workbook import styles
from lkt.workbook.changes import Put, put_into
from lkt.workbook.declaration import (
    IDENTITAS,
    KEYS,
    SHEET,
    Column,
    Fate,
    is_emptied,
    rows_with_columns,
)
from lkt.workbook.reader import Context, convert, workbook_of
from lkt.xlsx import Percent, WorkbookEditor

_GROWS = frozenset(("Indikator", "Anggaran", "Fasilitasi", "Dokumen", "Desa", "Kegiatan"))
"""The sheets whose rows are things with a name: those that are missing are added below the others."""

Cells = dict[str, tuple[Column, Cell[Any]]]
"""One row of the workbook: heading -> its column and its cell."""


def fill_blanks(draft: Draft, data: bytes, path: Path) -> tuple[bytes, dict[Ref, DraftCell]]:
    """The workbook with its blank cells filled in, and which of them come from where.

    Raises:
        UnreadableWorkbookError: it is no workbook of lkt that can be read.
        LktError: it is of another kecamatan.
    """
    dataset = workbook_of(data, path)
    own, theirs = dataset.identitas.kecamatan.value or "", draft.says("Kecamatan")
    if own and theirs and areas.bare(own) != areas.bare(theirs):
        raise LktError(
            f"Berkasnya dari Kecamatan {theirs}, sedangkan “{path}” dari Kecamatan {own}.",
            "Periksa berkas dan buku kerjanya.",
        )
    name_documents(draft, [row.dokumen.value or "" for row in dataset.dokumen])
    filler = _Filler(dataset, draft)
    wanted = {put.ref: (put, entry) for put, entry in filler.puts()}
    book = WorkbookEditor(data)
    refused = put_into(book, [put for put, _ in wanted.values()])
    for ref, error in refused.items():
        put, entry = wanted.pop(ref)
        draft.tell(OPEN, f"{ref} tidak dapat diisi: {error.message}", put.new, entry.source)
    return book.save(), {ref: entry for ref, (_, entry) in wanted.items()}


class _Filler:
    """Finds the row of each record in the workbook, and which of its cells are blank."""

    def __init__(self, dataset: Dataset, draft: Draft) -> None:
        self._dataset, self._draft = dataset, draft
        self._numbers: dict[styles.Value, int] = {}
        self._rows: dict[str, list[Cells]] = {}
        titles = {title: name for name, title in dataset.sheets.items()}
        for row, cells in rows_with_columns(dataset):
            found = {column.heading: (column, cell) for column, cell in cells}
            self._rows.setdefault(titles.get(row.sheet, row.sheet), []).append(found)
        own = (dataset.identitas.tahun.value, dataset.identitas.triwulan.value)
        theirs = draft.number("Tahun"), draft.number("Triwulan")
        differs = [None not in pair and pair[0] != pair[1] for pair in zip(own, theirs, strict=True)]
        self._other_year, self._other_quarter = differs[0], any(differs)
        if self._other_quarter:
            text = f"Berkasnya dari Triwulan {theirs[1]} Tahun {theirs[0]}: isian triwulan tidak diambil."
            draft.tell(DIFFERENT, text)

    def puts(self) -> Iterator[tuple[Put, DraftCell]]:
        """The cells to fill in, with what goes there."""
        for key in KEYS:
            cell = getattr(self._dataset.identitas, key.field)
            if key.label in self._draft.identity and self._lasts(key.fate):
                shown = key.label, (key.column, cell)
                yield from self._cell(IDENTITAS, shown, self._draft.identity[key.label], key.default)
        for name in SHEET:
            if name in self._dataset.sheets:
                yield from self._sheet(name)

    def _lasts(self, *fates: Fate) -> bool:
        """Whether what has these fates holds for the workbook too, where the files are of another quarter."""
        gone = (each is Fate.ROLLS or is_emptied(each, new_year=self._other_year) for each in fates)
        return not self._other_quarter or not any(gone)

    def _sheet(self, name: str) -> Iterator[tuple[Put, DraftCell]]:
        used = self._rows.get(name, [])
        known: dict[str, list[Cells]] = {}
        for row in used:
            key = _key(name, {heading: cell.value for heading, (_, cell) in row.items()})
            known.setdefault(key, []).append(row)
        free = iter(()) if used and name not in _GROWS else self._free_rows(name)
        without = 0
        for record in self._draft.rows[name]:
            cells = self._cells_for(name, record, known, free)
            without += cells is None
            for heading in [each for each in record if cells and each in cells]:
                own_number = heading == "No" and name != "Indikator" and used
                if cells and not own_number and self._lasts(cells[heading][0].fate, SHEET[name].fate):
                    yield from self._cell(
                        name, (heading, cells[heading]), self._renumbered(record[heading], heading)
                    )
        if without:
            text = f"Lembar {name}: {without} baris dari berkas tidak ditambahkan: lembarnya sudah berisi."
            self._draft.tell(DIFFERENT, text)

    def _cells_for(
        self, name: str, record: Record, known: Mapping[str, list[Cells]], free: Iterator[int]
    ) -> Cells | None:
        """The row that a record belongs to, or a blank one; of several that are called so the next."""
        key = _key(name, {heading: entry.value for heading, entry in record.items()})
        same = known.get(key, []) if key else []
        cells = same.pop(0) if same else None
        if name == "Indikator":
            self._renumber(record, cells)
        if cells is not None:
            return cells
        if not key or (name == "Dokumen" and "Batas Waktu" not in record):
            return {}  # a row that nothing names, and a rule alone makes no document
        row = next(free, 0)
        return self._blank(name, row) if row else None

    def _renumbered(self, entry: DraftCell, heading: str) -> DraftCell:
        """A reference to an indicator by the number that it has in the workbook."""
        if heading != "Indikator" or not isinstance(entry.value, int):
            return entry
        return replace(entry, value=self._numbers.get(entry.value, entry.value))

    def _renumber(self, record: Record, cells: Cells | None) -> None:
        """Which number an indicator of the files has in the workbook."""
        own = None if cells is None else cells["No"][1].value
        used = [row["No"][1].value for row in self._rows.get("Indikator", ()) if row["No"][1].value]
        number = int(own) if own else max(map(int, (*used, *self._numbers.values())), default=0) + 1
        self._numbers[record["No"].value] = number
        record["No"] = replace(record["No"], value=number)

    def _free_rows(self, name: str) -> Iterator[int]:
        """The rows below the last that is used, down to the row Jumlah."""
        totals = {"Anggaran": self._dataset.jumlah_anggaran, "Desa": self._dataset.jumlah_desa}
        total = totals.get(name)
        end = total.row if total is not None else 20_000
        used = [
            cell.ref.place[0]
            for cells in self._rows.get(name, ())
            for _, cell in cells.values()
            if cell.ref.cell
        ]
        return iter(range(max((row for row in used if row < end), default=1) + 1, end))

    def _blank(self, name: str, row: int) -> Cells:
        """A row that is not used."""
        title = self._dataset.sheets[name]
        found = columns_of(self._dataset, name).items()
        return {
            heading: (column_of(name, heading), Cell(Ref(title, address(row, number))))
            for heading, number in found
        }

    def _cell(
        self, sheet: str, at: tuple[str, tuple[Column, Cell[Any]]], entry: DraftCell, default: str = ""
    ) -> Iterator[tuple[Put, DraftCell]]:
        """A put where the cell is blank; where it says something else that is told."""
        heading, (column, cell) = at
        if (
            not cell.ref.cell
            or entry.value in {None, ""}
            or (sheet == "Indikator" and heading == "No" and cell.value)
        ):
            return
        shown = styles.number_format(column.field, column.kind, entry.value)
        put = Put(cell, heading, entry.value, number_format=shown)
        if cell.blank and not cell.formula and not cell.written:
            if not column.derived and normalize(str(entry.value)) != normalize(default):
                yield put, entry
            return
        year = self._dataset.identitas.tahun.value
        unit = "%" if isinstance(entry.value, Percent) else ""
        read = convert(put.raw, cell.ref, column, Context(None if year is None else int(year), unit))[0]
        if entry.written and read.value != cell.value and letters(put.new) != letters(cell.written):
            kept = squeeze(cell.written)[:80]
            text = f"{cell.ref} ({heading}) tetap “{kept}”, padahal tertulis “{put.new[:80]}”."
            self._draft.tell(DIFFERENT, text, entry.written, entry.source)


def _key(sheet: str, values: Mapping[str, Any]) -> str:
    """By what a row of a sheet is known."""
    if sheet == "Anggaran":
        return str(values.get("Kode") or "") or program_key(str(values.get("Program") or ""))
    if sheet == "Dokumen":
        return document_key(str(values.get("Dokumen") or ""))
    own = {
        "Fasilitasi": "Jenis Fasilitasi",
        "Narasi": "Teks",
        "Tugas Fungsi": "Uraian",
        "Tindak Lanjut": "Uraian",
        "Skala": "Predikat",
    }
    return letters(str(values.get(own.get(sheet, sheet)) or ""))
