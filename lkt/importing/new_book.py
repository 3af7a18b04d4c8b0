"""A new workbook of what files say, on top of what ``lkt new`` knows."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from lkt.addresses import address
from lkt.areas import letters
from lkt.importing.draft import Draft, DraftCell, Record, column_of
from lkt.indicators import KINDS, compute
from lkt.indonesian import round_half_up
from lkt.model import Dataset, Ref
from lkt.workbook.declaration import IDENTITAS, KEYS, SHEET, SHEETS, TOTAL_LABELS
from lkt.workbook.live_formulas import derived_values
from lkt.workbook.new import new_contents
from lkt.workbook.opening import grids_of
from lkt.workbook.reader import read_grids
from lkt.workbook.roster import Kecamatan
from lkt.workbook.styles import Value
from lkt.workbook.writer import Contents, write_workbook
from lkt.xlsx import Percent

Records = dict[str, list[Record]]


def make_book(draft: Draft, office: Kecamatan) -> tuple[bytes, dict[Ref, DraftCell]]:
    """The workbook, and which of its cells come from where.

    What is printed where the workbook has a live formula is typed over it only where it says something else.
    """
    records = _records(draft, office)
    worked = read_grids(grids_of(write_workbook(_contents(records, derived=False))))
    values = derived_values(worked, compute(worked))
    decimals = int(worked.identitas.desimal_persen.value or 0)
    for sheet, rows in records.items():
        for number, row in enumerate(rows):
            places = places_of(worked, sheet, number + 2, row)
            for heading in [each for each in row if _is_derived(sheet, each, row)]:
                value = values.get((sheet, places.get(heading, "")))
                if _shows(row[heading].value, value, heading, decimals):
                    del row[heading]
    return write_workbook(_contents(records), values), dict(_entries(records, worked))


def _records(draft: Draft, office: Kecamatan) -> Records:
    """All rows: what ``lkt new`` knows, and in its place what the files say."""
    year, quarter = draft.number("Tahun"), draft.number("Triwulan")
    known = new_contents(office, year or 2000, quarter or 1)
    base: Records = {
        sheet: [{heading: DraftCell(value, "") for heading, value in row.items()} for row in rows]
        for sheet, rows in known.items()
    }
    labels = {str(row["Isian"].value): row["Nilai"] for row in base[IDENTITAS]}
    labels |= {"Tahun": DraftCell("", ""), "Triwulan": DraftCell("", ""), **draft.identity}
    records: Records = {IDENTITAS: [{"Isian": DraftCell(k, ""), "Nilai": v} for k, v in labels.items()]}
    draft.rows["Dokumen"] = _documents(draft, base["Dokumen"] if year else [])
    for sheet in SHEETS:
        rows = draft.rows[sheet.name] or base.get(sheet.name, [])
        records[sheet.name] = [*rows, *draft.rows.get(f"Jumlah {sheet.name}", [])]
    return records


def _documents(draft: Draft, base: Sequence[Record]) -> list[Record]:
    """The village documents: those given with their deadlines, else the usual ones as the files word them."""
    given = {
        document_key(str(row["Dokumen"].value)): row for row in draft.rows["Dokumen"] if "Dokumen" in row
    }
    usual = {document_key(str(row["Dokumen"].value)): row for row in base}
    rows = {name: row for name, row in given.items() if "Batas Waktu" in row} or usual
    for name, row in rows.items():
        if name in usual:
            row.setdefault("Jenis Tanggal", usual[name]["Jenis Tanggal"])
        if name in given and "Uraian" in given[name]:
            row["Uraian"] = given[name]["Uraian"]
    for name in draft.documents:
        entry = DraftCell(name, "", why="ada kolomnya pada tabel desa")
        rows.setdefault(document_key(name), {"Dokumen": entry})
    name_documents(draft, [str(row["Dokumen"].value) for row in rows.values()])
    return list(rows.values())


def name_documents(draft: Draft, titles: Sequence[str]) -> None:
    """Call the documents of the villages as the workbook does."""
    known = {document_key(title): title for title in titles}
    for village in (*draft.rows["Desa"], *draft.rows.get("Jumlah Desa", ())):
        for name in draft.documents:
            if name in village and document_key(name) in known:
                village[known[document_key(name)]] = village.pop(name)


def document_key(name: str) -> str:
    """RKP, APB or LPP, by which a document is known whatever a village is called."""
    return letters(name)[:3]


def _contents(records: Mapping[str, Sequence[Record]], *, derived: bool = True) -> Contents:
    """The rows as the writer takes them, with or without what is typed over live formulas.

    Dates of a document that is not on sheet Dokumen are left out.
    """
    of_desa = {column.heading for column in SHEET["Desa"].columns}
    of_desa |= {str(row["Dokumen"].value) for row in records["Dokumen"]}
    return {
        sheet: [
            {
                heading: entry.value
                for heading, entry in row.items()
                if (derived or not _is_derived(sheet, heading, row))
                and (sheet != "Desa" or heading in of_desa)
            }
            for row in rows
        ]
        for sheet, rows in records.items()
    }


def is_total_row(sheet: str, row: Record) -> bool:
    """Whether it is the row Jumlah of a sheet."""
    label = SHEET[sheet].total_label if sheet in SHEET else ""
    return bool(label) and label in row and row[label].value == TOTAL_LABELS[0]


def _is_derived(sheet: str, heading: str, row: Record) -> bool:
    """A cell that holds a live formula, were it not typed over."""
    if sheet == IDENTITAS:
        return False
    if is_total_row(sheet, row):
        return heading != SHEET[sheet].total_label
    column = column_of(sheet, heading)
    kind = KINDS.get(str(row["Jenis"].value)) if "Jenis" in row else None
    typed = heading == "Realisasi" and kind is not None and not kind.computed
    return column.derived and not typed


def _shows(typed: Value, worked: object, heading: str, decimals: int) -> bool:
    """Whether a formula shows what is printed, with as many decimals as the workbook has."""
    if not isinstance(worked, float):
        return False
    exact = Decimal(str(worked))
    if isinstance(typed, Percent):
        points = exact if heading == "Realisasi" else exact * 100
        rounded = typed.decimals >= decimals and round_half_up(points, typed.decimals)
        return typed.points in {points, rounded}
    return isinstance(typed, int | Decimal) and typed == exact


def places_of(dataset: Dataset, sheet: str, line: int, row: Record) -> dict[str, str]:
    """Heading -> the cell of a row of a new workbook."""
    if sheet == IDENTITAS:
        return {}
    if is_total_row(sheet, row):
        total = dataset.jumlah_anggaran if sheet == "Anggaran" else dataset.jumlah_desa
        line = total.row if total is not None else line
    return {heading: address(line, number) for heading, number in columns_of(dataset, sheet).items()}


def columns_of(dataset: Dataset, sheet: str) -> dict[str, int]:
    """Heading -> the number of its column."""
    names = {column.field: column.heading for column in SHEET[sheet].columns}
    documents = [row.dokumen.value or "" for row in dataset.dokumen]
    names |= {f"{number} {name}": name for number, name in enumerate(documents)}
    found = dataset.headings.items()
    return {names[field]: ref.place[1] for (name, field), ref in found if name == sheet and field in names}


def _entries(records: Records, dataset: Dataset) -> Iterator[tuple[Ref, DraftCell]]:
    """Each cell that was filled in from a file."""
    fields: dict[str, Any] = {key.label: getattr(dataset.identitas, key.field) for key in KEYS}
    for row in records.pop(IDENTITAS):
        if row["Nilai"].source:
            yield fields[str(row["Isian"].value)].ref, row["Nilai"]
    for sheet, rows in records.items():
        for number, row in enumerate(rows, 2):
            places = places_of(dataset, sheet, number, row)
            for heading, entry in row.items():
                if entry.source and heading in places:
                    yield Ref(sheet, places[heading]), entry
