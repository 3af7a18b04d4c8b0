"""From a draft to a workbook: a new one, or the blank cells of one that is there; notes say where from."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from lkt import areas
from lkt.addresses import address
from lkt.areas import letters
from lkt.errors import LktError
from lkt.files import is_there, require_free, require_suffix, write_output
from lkt.importing.gathering import (
    CONCLUDED,
    DIFFERENT,
    LACKING,
    OPEN,
    UNKNOWN,
    Ask,
    Draft,
    Entry,
    Record,
    Remark,
    gather,
    program_key,
)
from lkt.importing.recognition import recognise
from lkt.importing.sources import read_old_file
from lkt.indicators import KINDS, compute
from lkt.indonesian import join_and, normalize, round_half_up, squeeze
from lkt.model import Cell, Dataset, ProblemKind, Ref, Row, usual_terms
from lkt.workbook import styles
from lkt.workbook.annotation import remove_sources, write_sources
from lkt.workbook.changes import Put, put_into
from lkt.workbook.declaration import (
    IDENTITAS,
    KEYS,
    SHEET,
    SHEETS,
    Column,
    Fate,
    Kind,
    is_emptied,
    rows_with_columns,
)
from lkt.workbook.live_formulas import derived_values
from lkt.workbook.new import filled_workbook, new_contents
from lkt.workbook.opening import grids_of, read_bytes
from lkt.workbook.reader import Context, convert, read_grids, workbook_of
from lkt.workbook.roster import Kecamatan, listed
from lkt.workbook.writer import Contents, write_workbook
from lkt.xlsx import Percent, WorkbookEditor


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of some files.

    Attributes:
        path: the workbook.
        cells: how many cells were filled in.
        rows: sheet -> how many of its rows were filled in.
        remarks: what the user is told, the most pressing first.
    """

    path: Path
    cells: int
    rows: Mapping[str, int]
    remarks: tuple[Remark, ...]


def import_files(
    paths: Sequence[Path], target: Path | None, into: Path | None, ask: Ask, *, force: bool
) -> Imported:
    """Make a workbook of files of an office, or fill in the blank cells of one.

    Args:
        paths: Word reports and Excel workbooks; what comes first goes before what comes later.
        target: the workbook that is written; None writes ``into`` itself, and keeps the old one as .bak.
        into: the workbook whose blank cells are filled in; None makes a new one.
        ask: answers what has two readings.
        force: an existing target may be replaced.

    Raises:
        LktError: a file cannot be read, or nothing is found in any.
        OutputError: the target cannot be written, or is there already without ``force``.
    """
    path = target or into
    if path is None:
        raise LktError(
            "Nama buku kerja belum disebut.", "Yang baru: -o BERKAS.xlsx; yang sudah ada: --into BERKAS.xlsx."
        )
    require_suffix(path, ".xlsx")
    for each in paths:
        if is_there(path) and is_there(each) and path.samefile(each):
            raise LktError(
                f"“{path}” adalah berkas asalnya sendiri.", "Pakai nama lain untuk buku kerja itu."
            )
    if target is not None and target != into:
        require_free(target, replace=force)
    old = None if into is None else read_bytes(into)
    files = [read_old_file(each) for each in paths]
    draft = gather([(file, recognise(file)) for file in files], ask)
    if not any(draft.rows.values()) and not draft.identity.keys() & {"Kecamatan", "Nama Camat"}:
        names = join_and([f"“{each}”" for each in paths])
        raise LktError(
            f"Tidak ada tabel atau keterangan laporan kinerja yang dikenali pada {names}.",
            "Periksa berkasnya, atau isi buku kerja baru sendiri: lkt new --help",
        )
    data, imported = (
        _new_book(draft, path) if old is None or into is None else _filled_book(draft, old, into, path)
    )
    write_output(path, data, replace=force or target is None or target == into)
    return imported


# The area, by the official list ----------------------------------------------------------------------------


def _office(draft: Draft) -> Kecamatan:
    """The kecamatan that the files are of; where the list says something else it is told."""
    name, area, kind = (
        str(draft.identity[key].value) if key in draft.identity else ""
        for key in ("Kecamatan", "Kabupaten", "Jenis Daerah")
    )
    found = areas.look_up(name, "", area, kind or "Kabupaten") if name else None
    district = found.named if found else None
    if district is None and name and not area:
        same = areas.find(name)
        district = same[0] if len(same) == 1 else None
        if len(same) > 1:
            draft.tell(OPEN, f"Ada {len(same)} kecamatan bernama {name}; isi Kabupaten dan Kode Kecamatan.")
    if district is None:
        if name:
            draft.tell(
                DIFFERENT,
                f"Kecamatan {name} tidak ada pada daftar wilayah. Periksa namanya, lalu isi kode dan desanya.",
            )
        return Kecamatan("", name, kabupaten=area, terms=usual_terms("", kind))
    if areas.bare(district.name) != areas.bare(name):
        draft.tell(
            DIFFERENT,
            f"Kecamatan {name} tidak ada pada daftar wilayah. Maksudnya {district.name}?",
            draft.identity["Kecamatan"].source,
            name,
        )
    if area and areas.bare(district.region.name) != areas.bare(area):
        draft.tell(
            DIFFERENT,
            f"Kabupaten {area} tidak ada pada daftar wilayah. Maksudnya {district.region.name}?",
            draft.identity["Kabupaten"].source,
            area,
        )
    return listed(district)


def _compare_villages(draft: Draft, office: Kecamatan) -> None:
    """Add the codes of the list to the villages of the files, and tell where the names differ."""
    known = {areas.bare(name): (code, name) for code, name in office.desa}
    for row in draft.rows["Desa"]:
        name = str(row["Desa"].value)
        found = known.pop(areas.bare(name), None)
        if found and found[0] and "Kode" not in row:
            row["Kode"] = Entry(found[0], row["Desa"].source, why="menurut daftar wilayah")
        elif found is None and office.desa:
            near = areas.slip(name, [each for _, each in office.desa], str)
            meant = f" Maksudnya {near}?" if near else ""
            draft.tell(
                DIFFERENT, f"Desa {name} tidak ada pada daftar wilayah.{meant}", row["Desa"].source, name
            )
    if draft.rows["Desa"] and known:
        names = join_and([name for _, name in known.values()])
        draft.tell(DIFFERENT, f"Desa pada daftar wilayah yang tidak disebut: {names}.")


def _documents(draft: Draft, base: Sequence[Record]) -> list[Record]:
    """The village documents: those that the report gives with their deadlines, or the usual ones as it words them."""
    own = [row for row in draft.rows["Dokumen"] if "Batas Waktu" in row]
    kinds = {_short(str(row["Dokumen"].value)): row["Jenis Tanggal"] for row in base}
    for row in own:
        row.setdefault("Jenis Tanggal", kinds.get(_short(str(row["Dokumen"].value)), Entry("", "")))
    rows = own or [dict(row) for row in base]
    by_name = {_short(str(row["Dokumen"].value)): row for row in rows if "Dokumen" in row}
    for row in draft.rows["Dokumen"]:
        known = by_name.get(_short(str(row["Dokumen"].value)))
        if known is not None and known is not row and "Uraian" in row:
            known["Uraian"] = row["Uraian"]
    for name in draft.documents:
        known = by_name.get(_short(name))
        if known is None:
            rows.append({"Dokumen": Entry(name, "", why="ada kolomnya pada tabel desa")})
        elif known["Dokumen"].value != name:
            title = str(known["Dokumen"].value)
            for village in (*draft.rows["Desa"], *draft.rows.get("Jumlah Desa", ())):
                if name in village:
                    village[title] = village.pop(name)
    return rows


def _short(document: str) -> str:
    """RKP, APB or LPP, by which a document is known whatever a village is called."""
    return letters(document)[:3]


# A new workbook --------------------------------------------------------------------------------------------


def _new_book(draft: Draft, path: Path) -> tuple[bytes, Imported]:
    office = _office(draft)
    records = _records(draft, office)
    contents = _plain(records)
    typed = _without_derived(contents)
    dataset = read_grids(grids_of(write_workbook(typed)))
    kept = _differing(records, dataset)
    data = filled_workbook(kept)
    final = read_grids(grids_of(data))
    notes = dict(_notes(records, kept, final))
    return _finished(data, notes, draft, path, final)


def _records(draft: Draft, office: Kecamatan) -> dict[str, list[Record]]:
    """All rows of the new workbook: what ``lkt new`` knows, and in its place what the files say."""
    year, quarter = (draft.identity.get(key) for key in ("Tahun", "Triwulan"))
    known = new_contents(
        office,
        *(
            each.value if each is not None and isinstance(each.value, int) else default
            for each, default in ((year, 2000), (quarter, 1))
        ),
    )
    base = {
        sheet: [{heading: Entry(value, "") for heading, value in row.items()} for row in rows]
        for sheet, rows in known.items()
    }
    _compare_villages(draft, office)
    if year is None:
        base["Dokumen"] = []
    documents = _documents(draft, base["Dokumen"])
    records: dict[str, list[Record]] = {}
    for sheet in SHEETS:
        rows = documents if sheet.name == "Dokumen" else draft.rows[sheet.name] or base.get(sheet.name, [])
        records[sheet.name] = [*rows, *draft.rows.get(f"Jumlah {sheet.name}", [])]
    labels = {str(row["Isian"].value): row["Nilai"] for row in base[IDENTITAS]}
    labels |= {
        label: Entry("", "") for label, found in (("Tahun", year), ("Triwulan", quarter)) if found is None
    }
    labels |= draft.identity
    records[IDENTITAS] = [{"Isian": Entry(label, ""), "Nilai": entry} for label, entry in labels.items()]
    return records


def _plain(records: Mapping[str, Sequence[Record]]) -> dict[str, list[dict[str, styles.Value]]]:
    headings = {sheet.name: {column.heading for column in sheet.columns} for sheet in SHEETS}
    headings[IDENTITAS] = {"Isian", "Nilai"}
    headings["Desa"] |= {str(row["Dokumen"].value) for row in records["Dokumen"] if "Dokumen" in row}
    return {
        sheet: [
            {heading: entry.value for heading, entry in row.items() if heading in headings[sheet]}
            for row in rows
        ]
        for sheet, rows in records.items()
    }


def _is_derived(sheet: str, heading: str, row: Mapping[str, Any]) -> bool:
    """A cell that holds a live formula, were it not typed over."""
    if sheet not in SHEET:
        return False
    column = next((each for each in SHEET[sheet].columns if each.heading == heading), None)
    if row.get(SHEET[sheet].total_label) == "Jumlah":
        return heading != SHEET[sheet].total_label
    if column is None or not column.derived:
        return False
    kind = KINDS.get(str(row.get("Jenis", "")))
    return not (heading == "Realisasi" and kind is not None and not kind.computed)


def _without_derived(contents: Contents) -> Contents:
    return {
        sheet: [
            {heading: value for heading, value in row.items() if not _is_derived(sheet, heading, row)}
            for row in rows
        ]
        for sheet, rows in contents.items()
    }


def _differing(records: Mapping[str, Sequence[Record]], dataset: Dataset) -> Contents:
    """The contents, where a live formula stays that shows what is printed."""
    values = derived_values(dataset, compute(dataset))
    decimals = int(dataset.identitas.desimal_persen.value or 2)
    kept: dict[str, list[dict[str, styles.Value]]] = {}
    for sheet, rows in _plain(records).items():
        kept[sheet] = []
        for number, row in enumerate(rows):
            places = _places(dataset, sheet, number, row)
            kept[sheet].append({
                heading: value for heading, value in row.items()
                if not _is_derived(sheet, heading, row) or not _shows(value, values.get((sheet, places.get(heading, ""))), heading, decimals)
            })  # fmt: skip
    return kept


def _shows(typed: styles.Value, worked: object, heading: str, decimals: int) -> bool:
    """Whether a formula shows what is printed, with as many decimals as the workbook has."""
    if not isinstance(worked, float):
        return False
    exact = Decimal(str(worked))
    if isinstance(typed, Percent):
        points = exact if heading == "Realisasi" else exact * 100
        return typed.decimals >= decimals and round_half_up(points, typed.decimals) == typed.points
    return isinstance(typed, int | Decimal) and typed == exact


def _places(dataset: Dataset, sheet: str, number: int, row: Mapping[str, Any]) -> dict[str, str]:
    """Heading -> the cell of a row of a new workbook."""
    if sheet == IDENTITAS:
        return {}
    is_total = bool(SHEET[sheet].total_label) and row.get(SHEET[sheet].total_label) == "Jumlah"
    line = number + 2
    if is_total:
        total = dataset.jumlah_anggaran if sheet == "Anggaran" else dataset.jumlah_desa
        line = total.row if total is not None else line
    return {heading: address(line, column) for heading, column in _columns(dataset, sheet).items()}


def _columns(dataset: Dataset, sheet: str) -> dict[str, int]:
    """Heading -> number of its column."""
    fields = {column.field: column.heading for column in SHEET[sheet].columns}
    fields |= {
        f"{number} {row.dokumen.value or ''}": row.dokumen.value or ""
        for number, row in enumerate(dataset.dokumen)
    }
    return {
        fields[field]: ref.place[1]
        for (name, field), ref in dataset.headings.items()
        if name == sheet and field in fields
    }


def _notes(
    records: Mapping[str, Sequence[Record]], kept: Contents, dataset: Dataset
) -> Iterator[tuple[Ref, str]]:
    """The note of each cell that was filled in from a file."""
    for sheet, rows in records.items():
        for number, (record, row) in enumerate(zip(rows, kept[sheet], strict=True)):
            places = _places(
                dataset, sheet, number, {heading: entry.value for heading, entry in record.items()}
            )
            for heading, entry in record.items():
                if not entry.source or heading not in row:
                    continue
                if sheet == IDENTITAS:
                    key = next(key for key in KEYS if key.label == record["Isian"].value)
                    yield getattr(dataset.identitas, key.field).ref, _note(entry)
                elif heading in places:
                    yield Ref(sheet, places[heading]), _note(entry)


def _note(entry: Entry) -> str:
    if entry.why:
        return (
            f"Disimpulkan: {entry.why}.\nAsal: {entry.source}"
            if entry.source
            else f"Disimpulkan: {entry.why}."
        )
    written = squeeze(entry.written)
    shown = f"\nTertulis: “{written}”" if 0 < len(written) <= 60 else ""
    return f"Asal: {entry.source}{shown}"


def _finished(
    data: bytes, notes: Mapping[Ref, str], draft: Draft, path: Path, dataset: Dataset
) -> tuple[bytes, Imported]:
    """The workbook with its notes and the sheet Hasil Impor."""
    for text in _lacking(dataset):
        draft.tell(LACKING, text)
    order = (OPEN, UNKNOWN, DIFFERENT, CONCLUDED, LACKING)
    remarks = tuple(sorted(draft.remarks, key=lambda remark: order.index(remark.about)))
    rows: dict[str, set[int]] = {}
    for ref in notes:
        rows.setdefault(ref.sheet, set()).add(ref.place[0])
    counted = {
        name: len(rows[title])
        for name, title in ((name, dataset.sheets.get(name, name)) for name in (IDENTITAS, *SHEET))
        if title in rows
    }
    book = WorkbookEditor(data)
    remove_sources(book)
    listed_rows = [(remark.about, remark.text, remark.written, remark.source) for remark in remarks]
    write_sources(book, notes, listed_rows)
    return book.save(), Imported(path, len(notes), counted, remarks)


def _lacking(dataset: Dataset) -> Iterator[str]:
    """What must still be filled in, by sheet and column."""
    blanks: dict[tuple[str, str], list[str]] = {}
    for problem in dataset.problems:
        if problem.kind in {ProblemKind.REQUIRED_BLANK, ProblemKind.MISSING_KEY}:
            blanks.setdefault((problem.ref.sheet, problem.subject), []).append(problem.ref.cell)
    by_sheet: dict[str, list[str]] = {}
    for (sheet, subject), cells in blanks.items():
        by_sheet.setdefault(sheet, []).append(f"{subject} ({len(cells)} sel)" if len(cells) > 1 else subject)
    for sheet, subjects in by_sheet.items():
        yield f"Lembar {sheet}: {join_and(subjects)}."
    kelurahan = dataset.identitas.terms.desa == "Kelurahan"
    empty = [
        sheet.name for sheet in SHEETS
        if sheet.required and not getattr(dataset, sheet.field) and not (kelurahan and sheet.field in {"dokumen", "desa"})
    ]  # fmt: skip
    if empty:
        yield f"Lembar yang belum berisi: {join_and(empty)}."


# A workbook that is there: only its blank cells are filled in ---------------------------------------------


def _filled_book(draft: Draft, data: bytes, into: Path, path: Path) -> tuple[bytes, Imported]:
    dataset = workbook_of(data, into)
    _compare_villages(draft, _office(draft))
    filler = _Filler(dataset, draft)
    puts = filler.puts()
    book = WorkbookEditor(data)
    refused = put_into(book, [put for put, _ in puts])
    for put, entry in puts:
        if put.ref in refused:
            draft.tell(
                OPEN, f"{put.ref} tidak dapat diisi: {refused[put.ref].message}", entry.source, put.new
            )
    filled = book.save()
    notes = {put.ref: _note(entry) for put, entry in puts if put.ref not in refused}
    return _finished(filled, notes, draft, path, workbook_of(filled, into))


class _Filler:
    """Finds the row of each record in a workbook, and the cells of it that are blank."""

    def __init__(self, dataset: Dataset, draft: Draft) -> None:
        self._dataset, self._draft = dataset, draft
        self._numbers: dict[styles.Value, styles.Value] = {}
        self._rows: dict[str, list[tuple[Row, dict[str, tuple[Column, Cell[Any]]]]]] = {}
        titles = {title: name for name, title in dataset.sheets.items()}
        for row, cells in rows_with_columns(dataset):
            by_heading = {column.heading: (column, cell) for column, cell in cells}
            self._rows.setdefault(titles.get(row.sheet, row.sheet), []).append((row, by_heading))
        self._other_quarter, self._other_year = self._other_period()

    def _other_period(self) -> tuple[bool, bool]:
        """Whether the files are of another quarter than the workbook, and of another year."""
        own = (self._dataset.identitas.tahun.value, self._dataset.identitas.triwulan.value)
        year, quarter = (
            self._draft.identity[key].value if key in self._draft.identity else None
            for key in ("Tahun", "Triwulan")
        )
        other_year = None not in {year, own[0]} and year != own[0]
        other = other_year or (None not in {quarter, own[1]} and quarter != own[1])
        if other:
            self._draft.tell(
                DIFFERENT,
                f"Berkas itu dari Triwulan {quarter} Tahun {year}, bukan periode buku kerja; isian triwulan tidak diambil.",
            )
        return other, other_year

    def puts(self) -> list[tuple[Put, Entry]]:
        """The cells to fill in, with what goes there."""
        made = list(self._identity())
        for sheet in SHEETS:
            if sheet.name in self._dataset.sheets:
                made += self._sheet(sheet.name)
        return made

    def _taken(self, fate: Fate, sheet: str = "") -> bool:
        """Whether a value of another period may be taken."""
        fates = (fate, SHEET[sheet].fate) if sheet else (fate,)
        rolls = self._other_quarter and Fate.ROLLS in fates
        return not (
            rolls
            or (self._other_quarter and any(is_emptied(each, new_year=self._other_year) for each in fates))
        )

    def _identity(self) -> Iterator[tuple[Put, Entry]]:
        for key in KEYS:
            entry = self._draft.identity.get(key.label)
            cell = getattr(self._dataset.identitas, key.field)
            if entry is not None and cell.ref.cell and self._taken(key.fate):
                yield from self._cell(key.column, cell, entry, key.label, default=key.default)

    def _sheet(self, name: str) -> Iterator[tuple[Put, Entry]]:
        free = self._free_rows(name)
        columns = _columns(self._dataset, name)
        known = {
            self._key(name, {heading: cell.value for heading, (_, cell) in cells.items()}): cells
            for _, cells in self._rows.get(name, ())
        }
        for record in self._draft.rows[name]:
            values = {heading: entry.value for heading, entry in record.items()}
            cells = known.get(self._key(name, values))
            if cells is None:
                row = next(free, None)
                if row is None:
                    self._draft.tell(
                        OPEN,
                        f"Lembar {name} tidak mempunyai baris kosong lagi; baris ini tidak ditambahkan.",
                        next(iter(record.values())).source,
                        " | ".join(str(value) for value in values.values()),
                    )
                    continue
                cells = self._blank_cells(name, row, columns)
                self._renumber(name, record, None)
            else:
                self._renumber(name, record, cells)
            label = f"Lembar {name}"
            for heading, entry in record.items():
                if heading not in cells or (
                    name == "Indikator" and heading == "No" and cells["No"][1].value is not None
                ):
                    continue
                column, cell = cells[heading]
                shared = heading == "Indikator" and name in {"Anggaran", "Strategi"}
                value = self._numbers.get(entry.value, entry.value) if shared else entry.value
                if self._taken(column.fate, name):
                    yield from self._cell(column, cell, replace(entry, value=value), f"{label}, {heading}")

    def _renumber(
        self, name: str, record: Record, cells: Mapping[str, tuple[Column, Cell[Any]]] | None
    ) -> None:
        """Remember which number an indicator of the files has in the workbook."""
        if name != "Indikator":
            return
        taken = [cells_["No"][1].value for _, cells_ in self._rows.get(name, ()) if "No" in cells_]
        own = cells["No"][1].value if cells is not None and "No" in cells else None
        if own is None:
            own = (
                max(
                    [
                        int(each)
                        for each in (*taken, *self._numbers.values())
                        if isinstance(each, int | Decimal)
                    ],
                    default=0,
                )
                + 1
            )
        self._numbers[record["No"].value] = int(own)
        record["No"] = replace(record["No"], value=int(own))

    def _free_rows(self, name: str) -> Iterator[int]:
        """The rows below the last that is used, down to the row Jumlah."""
        used = [
            cell.ref.place[0]
            for _, cells in self._rows.get(name, ())
            for _, cell in cells.values()
            if cell.ref.cell
        ]
        total = {"Anggaran": self._dataset.jumlah_anggaran, "Desa": self._dataset.jumlah_desa}.get(name)
        end = total.row if total is not None else max(used, default=1) + 10_000
        body = [row for row in used if row < end]
        return iter(range(max(body, default=1) + 1, end))

    def _blank_cells(
        self, name: str, row: int, columns: Mapping[str, int]
    ) -> dict[str, tuple[Column, Cell[Any]]]:
        title = self._dataset.sheets[name]
        declared = {column.heading: column for column in SHEET[name].columns}
        dates = replace(next(iter(SHEET["Desa"].columns)), kind=Kind.DATE)
        return {
            heading: (
                declared.get(heading, replace(dates, heading=heading)),
                Cell(Ref(title, address(row, number))),
            )
            for heading, number in columns.items()
        }

    def _cell(
        self, column: Column, cell: Cell[Any], entry: Entry, name: str, default: str = ""
    ) -> Iterator[tuple[Put, Entry]]:
        """A put where the cell is blank; where it says something else that is told."""
        if not cell.ref.cell or entry.value in {None, ""}:
            return
        if cell.blank and not cell.formula and not cell.written:
            if not column.derived and normalize(str(entry.value)) != normalize(default):
                shown = styles.number_format(column.field, column.kind, entry.value)
                yield Put(cell, column.heading, entry.value, number_format=shown), entry
            return
        put = Put(cell, column.heading, entry.value)
        context = Context(
            self._dataset.identitas.tahun.value and int(self._dataset.identitas.tahun.value),
            "%" if isinstance(entry.value, Percent) else "",
        )
        same = convert(put.raw, cell.ref, column, context)[0].value == cell.value
        if not same and letters(put.new) != letters(cell.written) and not entry.why:
            self._draft.tell(
                DIFFERENT,
                f"{name} ({cell.ref}) tetap “{squeeze(cell.written)[:80]}”; berkasnya lain.",
                entry.source,
                entry.written or put.new,
            )

    @staticmethod
    def _key(sheet: str, values: Mapping[str, Any]) -> str:
        """By what a row of a sheet is known."""
        match sheet:
            case "Anggaran":
                return f"{squeeze(str(values.get('Kode') or '')) or program_key(str(values.get('Program') or ''))}"
            case "Fasilitasi":
                when = values.get("Tanggal")
                return letters(f"{values.get('Jenis Fasilitasi') or ''}{getattr(when, 'start', when) or ''}")
            case _:
                heading = {
                    "Indikator": "Indikator",
                    "Dokumen": "Dokumen",
                    "Desa": "Desa",
                    "Strategi": "Strategi",
                    "Kegiatan": "Kegiatan",
                    "Narasi": "Teks",
                }.get(sheet, "Uraian")
                return letters(str(values.get(heading) or ""))
