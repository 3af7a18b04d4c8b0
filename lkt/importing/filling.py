"""From old files to a workbook: a new one, or the blank cells of one that is there; notes say where from."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lkt import areas
from lkt.errors import LktError
from lkt.files import is_there, require_closed, require_free, require_suffix, write_output
from lkt.importing.draft import (
    CONCLUDED,
    DIFFERENT,
    LACKING,
    OPEN,
    UNKNOWN,
    Ask,
    Draft,
    DraftCell,
    Remark,
)
from lkt.importing.existing_book import fill_blanks
from lkt.importing.new_book import make_book
from lkt.importing.other_tables import fill_draft
from lkt.importing.recognition import recognise
from lkt.importing.sources import OldFile, read_old_file
from lkt.indonesian import format_number, join_and, squeeze
from lkt.model import Dataset, ProblemKind, Ref, usual_terms
from lkt.workbook.annotation import remove_sources, write_sources
from lkt.workbook.declaration import IDENTITAS, SHEET, SHEETS
from lkt.workbook.opening import read_bytes
from lkt.workbook.reader import workbook_of
from lkt.workbook.roster import Kecamatan, listed
from lkt.xlsx import WorkbookEditor


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
        OutputError: the target is open or cannot be written, or is there already without ``force``.
    """
    path = _target(paths, target, into, force=force)
    old = b"" if into is None else read_bytes(into)
    book, imported = book_of([read_old_file(each) for each in paths], path, old, into, ask)
    write_output(path, book, replace=force or target in {None, into})
    return imported


def book_of(
    files: Sequence[OldFile], path: Path, old: bytes, into: Path | None, ask: Ask
) -> tuple[bytes, Imported]:
    """The workbook that files make, or ``old`` with its blank cells filled in, and what became of them.

    Raises:
        LktError: nothing is found in any, or ``old`` cannot be read.
    """
    draft = Draft([(file, recognise(file)) for file in files], ask)
    tables = [table for _, found in draft.files for table in found.tables]
    _refuse_many("baris tabel", sum(len(table.lines) for table in tables), 2000)
    fill_draft(draft)
    _refuse_many("indikator", len(draft.rows["Indikator"]), 300)
    if not any(draft.rows.values()) and not draft.identity.keys() & {"Kecamatan", "Nama Camat"}:
        names = join_and([f"“{each.name}”" for each in files])
        raise LktError(
            f"Tidak ada tabel atau keterangan laporan kinerja yang dikenali pada {names}.",
            "Periksa berkasnya, atau isi buku kerja kosong: lkt new --help",
        )
    office = _office(draft)
    _compare_villages(draft, office)
    if into is None:
        data, entries = make_book(draft, office)
    else:
        data, entries = fill_blanks(draft, old, into)
    return _finished(draft, data, entries, path)


def _refuse_many(what: str, count: int, most: int) -> None:
    """Refuse what no office fills in a year, and what would take minutes to write."""
    if count > most:
        raise LktError(
            f"Berkasnya memuat {format_number(count)} {what}; paling banyak {format_number(most)}.",
            "Hapus yang bukan milik kecamatan itu, atau ambil berkasnya satu demi satu.",
        )


def _target(paths: Sequence[Path], target: Path | None, into: Path | None, *, force: bool) -> Path:
    path = target or into
    if path is None:
        raise LktError(
            "Buku kerja yang ditulis belum disebut.",
            "Yang baru: -o BERKAS.xlsx. Mengisi yang sudah ada: --into BERKAS.xlsx.",
        )
    require_suffix(path, ".xlsx")
    if any(is_there(path) and is_there(each) and path.samefile(each) for each in paths):
        raise LktError(f"“{path}” adalah berkas asalnya sendiri.", "Pakai nama lain untuk buku kerjanya.")
    if target not in {None, into}:
        require_free(path, replace=force)
    require_closed(path)
    return path


# The area, by the official list ----------------------------------------------------------------------------


def _office(draft: Draft) -> Kecamatan:
    """The kecamatan that the files are of; where the list says something else it is told."""
    name, area, kind = (draft.says(label) for label in ("Kecamatan", "Kabupaten", "Jenis Daerah"))
    found = areas.look_up(name, "", area, kind or "Kabupaten") if name and area else None
    same = areas.find(name) if name and not area else ()
    district = found.named if found else same[0] if len(same) == 1 else None
    if district is None:
        if len(same) > 1:
            draft.tell(OPEN, f"Ada {len(same)} kecamatan bernama {name}: isi Kabupaten dan Kode Kecamatan.")
        elif name:
            text = f"Kecamatan {name} tidak ada pada daftar wilayah: periksa namanya, isi kode dan desanya."
            draft.tell(DIFFERENT, text)
        return Kecamatan("", name, kabupaten=area, terms=usual_terms("", kind))
    for label, own, official in (
        ("Kecamatan", name, district.name),
        ("Kabupaten", area, district.region.name),
    ):
        if own and areas.bare(own) != areas.bare(official):
            text = f"{label} {own} tidak ada pada daftar wilayah. Maksudnya {official}?"
            draft.tell(DIFFERENT, text, own, draft.identity[label].source)
    return listed(district)


def _compare_villages(draft: Draft, office: Kecamatan) -> None:
    """Add the codes of the list to the villages of the files, and tell where the names differ."""
    known = {areas.bare(name): (code, name) for code, name in office.desa}
    for row in draft.rows["Desa"] if known else ():
        name, source = str(row["Desa"].value), row["Desa"].source
        found = known.pop(areas.bare(name), None)
        if found is not None:
            row.setdefault("Kode", DraftCell(found[0], source, why="menurut daftar wilayah"))
            continue
        near = areas.slip(name, [each for _, each in office.desa], str)
        meant = f" Maksudnya {near}?" if near else ""
        draft.tell(DIFFERENT, f"Desa {name} tidak ada pada daftar wilayah.{meant}", name, source)
    if draft.rows["Desa"] and known:
        names = join_and([name for _, name in known.values()])
        draft.tell(DIFFERENT, f"Desa pada daftar wilayah yang tidak disebut: {names}.")


# Notes, and the sheet Hasil Impor --------------------------------------------------------------------------


def _finished(
    draft: Draft, data: bytes, entries: Mapping[Ref, DraftCell], path: Path
) -> tuple[bytes, Imported]:
    """The workbook with a note on each cell that was filled in, and the list of what to look at."""
    dataset = workbook_of(data, path)
    for text in _lacking(dataset):
        draft.tell(LACKING, text)
    order = (OPEN, UNKNOWN, DIFFERENT, CONCLUDED, LACKING)
    remarks = tuple(sorted(draft.remarks, key=lambda remark: order.index(remark.about)))
    book = WorkbookEditor(data)
    remove_sources(book)
    notes = {ref: _note(entry) for ref, entry in entries.items()}
    write_sources(book, notes, [(each.about, each.text, each.written, each.source) for each in remarks])
    rows: dict[str, set[int]] = {name: set() for name in (IDENTITAS, *SHEET)}
    titles = {title: name for name, title in dataset.sheets.items()}
    for ref in entries:
        rows[titles.get(ref.sheet, ref.sheet)].add(ref.place[0])
    counted = {name: len(each) for name, each in rows.items() if each}
    return book.save(), Imported(path, len(entries), counted, remarks)


_LONGEST_QUOTE = 60


def _note(entry: DraftCell) -> str:
    """What the note on a cell says."""
    written = squeeze(entry.written)
    said = f"Disimpulkan: {entry.why}." if entry.why else ""
    told = written and written != str(entry.value) and len(written) <= _LONGEST_QUOTE and not said
    shown = f"Tertulis: “{written}”" if told else ""
    return "\n".join(filter(None, (said, f"Asal: {entry.source}" if entry.source else "", shown)))


def _lacking(dataset: Dataset) -> Iterator[str]:
    """What must still be filled in, by sheet and column."""
    blanks: dict[str, dict[str, int]] = {}
    rows: dict[str, set[int]] = {}
    for problem in dataset.problems:
        if problem.kind in {ProblemKind.REQUIRED_BLANK, ProblemKind.MISSING_KEY}:
            columns = blanks.setdefault(problem.ref.sheet, {})
            columns[problem.subject] = columns.get(problem.subject, 0) + 1
            rows.setdefault(problem.ref.sheet, set()).add(problem.ref.place[0])
    for sheet, columns in blanks.items():
        named = [f"{name} ({number} sel)" if number > 1 else name for name, number in columns.items()]
        only = max(rows[sheet]) if len(rows[sheet]) == 1 and len(columns) > 1 else 0
        yield f"Lembar {sheet}{f', baris {only}' if only else ''}: {join_and(named)}."
    needless = {"Dokumen", "Desa"} if dataset.identitas.terms.desa == "Kelurahan" else set()
    needed = [sheet for sheet in SHEETS if sheet.required and sheet.name not in needless]
    if empty := [sheet.name for sheet in needed if not getattr(dataset, sheet.field)]:
        yield f"Lembar yang belum berisi: {join_and(empty)}."
