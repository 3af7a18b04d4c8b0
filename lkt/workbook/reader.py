"""From a workbook to a ``Dataset``: its sheets, headings, rows and cells, read as ``declaration`` says.

Every problem is collected, none stops the reading: it becomes part of the dataset.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from lkt.addresses import address
from lkt.errors import UnreadableWorkbookError
from lkt.indicators import KINDS
from lkt.indonesian import format_number, format_trimmed, nearest, normalize
from lkt.model import (
    Cell,
    Dataset,
    Gambar,
    GambarProblem,
    Identitas,
    JumlahDesa,
    Problem,
    ProblemKind,
    Ref,
)
from lkt.workbook.cells import (
    Reading,
    as_written,
    date_order_evidence,
    read_choice,
    read_date,
    read_measure,
    read_money,
    read_number,
    read_percent,
    read_text,
    read_whole,
)
from lkt.workbook.declaration import (
    DESA_DATE,
    FORMAT_VERSION,
    IDENTITAS,
    KEYS,
    PETUNJUK,
    SHEET,
    SHEETS,
    TOTAL_LABELS,
    Column,
    Key,
    Kind,
    Sheet,
)
from lkt.workbook.opening import grids_of, read_bytes
from lkt.workbook.photos import locate_pictures
from lkt.xlsx import Raw, SheetCells

_MOST_ROWS = 20_000
"""Used rows of one sheet; no office fills as many in a year."""

_BLANK = Raw(None)


def read_workbook(path: Path) -> Dataset:
    """Read a workbook in the standard format.

    Raises:
        UnreadableWorkbookError: the file cannot be opened, is no standard workbook, has another version, or
            a sheet with more rows than any office fills.
    """
    return workbook_of(read_bytes(path), path)


def workbook_of(data: bytes, path: Path) -> Dataset:
    """Read the bytes of a workbook file; pictures are looked for beside ``path``.

    Raises:
        UnreadableWorkbookError: as of ``read_workbook``.
    """
    grids = grids_of(data, path, only=(IDENTITAS, *SHEET))
    return locate_pictures(read_grids(grids, str(path)), path.parent)


def read_grids(grids: Sequence[SheetCells], name: str = "buku kerja") -> Dataset:
    """Read the grids of one workbook; ``name`` is used in messages.

    Raises:
        UnreadableWorkbookError: no sheet of the standard workbook is there, its version is not known, or a
            sheet has more rows than any office fills.
    """
    found, problems = _find_sheets(grids)
    if IDENTITAS not in found and len(found) < 2:
        raise UnreadableWorkbookError(
            f"“{name}” bukan buku kerja LKT: "
            "lembar Identitas, Indikator, Anggaran, dan seterusnya tidak ada.",
            "Buat buku kerja baku dengan perintah: lkt new BERKAS.xlsx",
        )
    identitas, logo, more = _read_identitas(found.get(IDENTITAS), name)
    problems += more
    _refuse_other_version(identitas.versi_format, name)
    tables: dict[str, _SheetRows] = {}
    for sheet in SHEETS:
        dates = _document_columns(tables["dokumen"]) if sheet.field == "desa" else ()
        grid = found.get(sheet.name)
        table = (
            _SheetRows() if grid is None else _read_sheet(sheet, grid, dates, _year(identitas.tahun), name)
        )
        tables[sheet.field] = table
        problems += table.problems
    rows: dict[str, Any] = {field: tuple(table.rows) for field, table in tables.items()}
    return Dataset(
        identitas=identitas,
        jumlah_anggaran=tables["anggaran"].total,
        jumlah_desa=tables["desa"].total,
        logo=logo,
        problems=tuple(problems),
        sheets={declared: grid.name for declared, grid in found.items()},
        headings={
            (sheet.name, field): ref
            for sheet in SHEETS
            for field, ref in tables[sheet.field].headings.items()
        },
        **rows,
    )


def read_keys(grids: Sequence[SheetCells], names: Collection[str]) -> dict[str, Cell[Any]]:
    """Some keys of sheet Identitas by field; each is blank where there is no such sheet.

    Raises:
        UnreadableWorkbookError: the sheet has more rows than any office fills.
    """
    found, _ = _find_sheets(grids)
    identitas, _, _ = _read_identitas(found.get(IDENTITAS), "buku kerja")
    return {name: getattr(identitas, name) for name in names}


def _refuse_other_version(cell: Cell[Decimal], name: str) -> None:
    """A workbook that says no version that can be read is of version 1."""
    version = Decimal(1) if cell.value is None else cell.value
    if version == FORMAT_VERSION:
        return
    hint = f"Salin isinya ke buku kerja baru berformat {FORMAT_VERSION} (lkt new BERKAS.xlsx)."
    if version > FORMAT_VERSION:
        hint = "Pasang lkt versi terbaru, lalu coba lagi. Buku kerja itu sendiri tidak rusak."
    own = f"“{name}” berformat versi {format_trimmed(version)}"
    raise UnreadableWorkbookError(f"{own}, sedangkan lkt ini membaca sampai versi {FORMAT_VERSION}.", hint)


def _refuse_many_rows(grid: SheetCells, count: int, name: str) -> None:
    if count > _MOST_ROWS:
        raise UnreadableWorkbookError(
            f"Lembar {grid.name} pada “{name}” berisi {format_number(count)} baris; "
            f"paling banyak {format_number(_MOST_ROWS)} baris yang dapat dibaca.",
            "Hapus baris yang bukan isian kecamatan itu, lalu coba lagi.",
        )


def _year(cell: Cell[Decimal]) -> int | None:
    """The year of the report; None where it is blank, broken or not whole."""
    value = cell.value
    return int(value) if value is not None and value == int(value) and 1900 < value < 2200 else None


def _document_columns(dokumen: "_SheetRows") -> tuple[Column, ...]:
    """The date columns of sheet Desa, one for each document in the order of sheet Dokumen."""
    names = [row.dokumen.value or "" for row in dokumen.rows]
    return tuple(
        replace(DESA_DATE, heading=name, field=f"{number} {name}") for number, name in enumerate(names)
    )


# Sheets and headings --------------------------------------------------------------------------------------


def _find_sheets(grids: Sequence[SheetCells]) -> tuple[dict[str, SheetCells], list[Problem]]:
    """The grid of each declared sheet by tolerant name, and what stands twice or is missing."""
    declared = {normalize(name): name for name in (IDENTITAS, *SHEET)}
    found: dict[str, SheetCells] = {}
    problems: list[Problem] = []
    spare = []
    for grid in grids:
        name = declared.get(normalize(grid.name))
        if name is None:
            if normalize(grid.name) != normalize(PETUNJUK):
                spare.append(grid.name)
        elif name in found:
            first = (found[name].name,)
            problems.append(Problem(ProblemKind.REPEATED_SHEET, Ref(grid.name), name, grid.name, first))
        else:
            found[name] = grid
    for name in declared.values():
        if name not in found:
            guess = nearest(name, spare)
            if guess or name == IDENTITAS or SHEET[name].required:
                candidates = (guess,) if guess else ()
                problems.append(Problem(ProblemKind.MISSING_SHEET, Ref(guess or name), name, "", candidates))
    return found, problems


def _find_columns(grid: SheetCells, columns: Sequence[Column]) -> tuple[dict[str, int], list[Problem]]:
    """Field -> number of its column by tolerant heading, and what is missing or stands twice.

    An optional column is missed only where a similar heading shows that it was meant to be there.
    """
    columns = [column for column in columns if column.heading]
    wanted = {normalize(column.heading) for column in columns}
    headings = {number: as_written(raw) for number, raw in sorted(grid.rows.get(1, {}).items())}
    numbers: dict[str, list[int]] = {}
    spare: dict[str, int] = {}
    for number, heading in headings.items():
        if normalize(heading) in wanted:
            numbers.setdefault(normalize(heading), []).append(number)
        else:
            spare.setdefault(heading, number)
    places = {}
    problems = []
    for column in columns:
        mine = numbers.get(normalize(column.heading))
        if mine is None:
            guess = nearest(column.heading, spare)
            if guess is not None:
                ref = _ref(grid, 1, spare[guess])
                problems.append(Problem(ProblemKind.MISSING_COLUMN, ref, column.heading, guess, (guess,)))
            elif not column.optional:
                problems.append(Problem(ProblemKind.MISSING_COLUMN, Ref(grid.name), column.heading))
            continue
        places[column.field], *others = mine
        first = (_ref(grid, 1, mine[0]).cell,)
        for number in others:
            ref, written = _ref(grid, 1, number), headings[number]
            problems.append(Problem(ProblemKind.REPEATED_COLUMN, ref, column.heading, written, first))
    return places, problems


def _raw(grid: SheetCells, row: int, column: int | None) -> Raw:
    """What stands in a cell of a row that exists; nothing where the column is missing."""
    return _BLANK if column is None else grid.rows[row].get(column, _BLANK)


def _ref(grid: SheetCells, row: int, column: int | None) -> Ref:
    """The place of a cell; the sheet alone where the column is missing."""
    return Ref(grid.name) if column is None else Ref(grid.name, address(row, column))


# Rows -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _SheetRows:
    """What one sheet gave.

    Attributes:
        rows: the rows that are used, in the order of the sheet.
        total: the row Jumlah, the first where there are several; None where there is none.
        problems: what could not be read.
        headings: field -> the cell of its heading.
    """

    rows: Sequence[Any] = ()
    total: Any = None
    problems: Sequence[Problem] = ()
    headings: Mapping[str, Ref] = field(default_factory=dict)


def _read_sheet(
    sheet: Sheet, grid: SheetCells, dates: Sequence[Column], year: int | None, name: str
) -> _SheetRows:
    """The rows of a sheet; ``dates`` are the columns of documents that sheet Desa has besides its own."""
    columns = (*sheet.columns, *dates)
    places, problems = _find_columns(grid, columns)
    used = [row for row in sorted(grid.rows) if row > 1 and _is_used(grid, row, columns, places)]
    _refuse_many_rows(grid, len(used), name)
    day_first = {
        column.field: date_order_evidence(_cells_below(grid, places[column.field]))
        for column in columns
        if column.field in places and column.kind in {Kind.DATE, Kind.PERIOD}
    }
    rows: list[Any] = []
    total: Any = None
    for row in used:
        is_total = bool(sheet.total_label) and _says_total(grid.rows[row])
        asked = tuple(map(_in_total_row, columns)) if is_total else columns
        cells, found = _read_row(grid, row, asked, places, year, day_first)
        problems += found
        place: dict[str, Any] = {"sheet": grid.name, "row": row, "hidden": row in grid.hidden}
        values: dict[str, Any] = {**place, **cells}
        if sheet.field == "desa":
            values["tanggal"] = tuple(values.pop(column.field) for column in dates)
        if sheet.field == "kegiatan":
            values["gambar"] = _picture(grid, row, places.get("foto"))
        if not is_total:
            rows.append(sheet.row_type(**values))
        elif total is None and sheet.field == "desa":
            total = JumlahDesa(**place, tepat_waktu=values["tanggal"])
        elif total is None:
            total = sheet.row_type(**values)
    return _SheetRows(
        rows, total, problems, {field: _ref(grid, 1, number) for field, number in places.items()}
    )


def _read_row(
    grid: SheetCells,
    row: int,
    columns: Sequence[Column],
    places: Mapping[str, int],
    year: int | None,
    day_first: Mapping[str, bool],
) -> tuple[dict[str, Cell[Any]], list[Problem]]:
    """The cells of a row by field, and what could not be read of them."""
    unit = as_written(_raw(grid, row, places.get("satuan")))
    jenis = normalize(as_written(_raw(grid, row, places.get("jenis"))))
    cells = {}
    problems = []
    for column in columns:
        context = Context(year, unit, jenis, day_first.get(column.field, True))
        place = places.get(column.field)
        ref = _ref(grid, row, place)
        cell, problem = convert(_raw(grid, row, place), ref, column, context)
        cells[column.field] = cell
        if problem is not None:
            problems.append(problem)
        elif column.filled and place is not None and cell.blank:
            problems.append(Problem(ProblemKind.REQUIRED_BLANK, ref, column.heading))
    return cells, problems


def _is_used(grid: SheetCells, row: int, columns: Sequence[Column], places: Mapping[str, int]) -> bool:
    """Something was filled in; a running number or a prepared formula alone is an empty line."""
    pictures = grid.pictures.get(row, ())
    if any(placed.inside and placed.column in places.values() for placed in pictures):
        return True
    for column in columns:
        raw = _raw(grid, row, places.get(column.field))
        prepared = column.field == "no" or (column.derived and raw.formula)
        if not prepared and as_written(raw).strip():
            return True
    return False


def _says_total(raws: Mapping[int, Raw]) -> bool:
    texts = [normalize(raw.value) for raw in raws.values() if isinstance(raw.value, str)]
    return any(normalize(label) in texts for label in TOTAL_LABELS)


def _in_total_row(column: Column) -> Column:
    """A column in the row Jumlah: nothing must be filled, and under dates stand counts."""
    return replace(column, filled=False, kind=Kind.WHOLE if column.kind is Kind.DATE else column.kind)


def _cells_below(grid: SheetCells, column: int) -> Iterator[Raw]:
    """What stands in a column below its heading."""
    return (raws[column] for row, raws in grid.rows.items() if row > 1 and column in raws)


def _picture(grid: SheetCells, row: int, column: int | None) -> Gambar | None:
    """The picture placed on a row, that in a column before any other."""
    chosen = min(grid.pictures.get(row, ()), key=lambda placed: placed.column != column, default=None)
    if chosen is None:
        return None
    return Gambar(chosen.data, None if chosen.data is not None else GambarProblem.LOST)


# Sheet Identitas ------------------------------------------------------------------------------------------

_LABEL, _VALUE = Column("Isian", "label", Kind.TEXT, ""), Column("Nilai", "nilai", Kind.TEXT, "")


def _read_identitas(grid: SheetCells | None, name: str) -> tuple[Identitas, Gambar | None, list[Problem]]:
    """One cell for each key, where a blank one has its default; the picture placed beside Logo; problems."""
    if grid is None:
        return Identitas(**{key.field: _default(key, Ref(IDENTITAS)) for key in KEYS}), None, []
    places, problems = _find_columns(grid, (_LABEL, _VALUE))
    rows, more = _find_keys(grid, places.get("label"), name)
    problems += more
    cells: dict[str, Cell[Any]] = {}
    for key in KEYS:
        row = rows.get(key.field)
        if row is None:
            cells[key.field] = _default(key, Ref(grid.name))
            if key.filled:
                problems.append(Problem(ProblemKind.MISSING_KEY, Ref(grid.name), key.label))
            continue
        ref = _ref(grid, row, places.get("nilai"))
        cell, problem = convert(_raw(grid, row, places.get("nilai")), ref, key.column, Context())
        if cell.blank:
            cell = _default(key, ref)
            problem = Problem(ProblemKind.REQUIRED_BLANK, ref, key.label) if key.filled else None
        cells[key.field] = cell
        if problem is not None:
            problems.append(problem)
    logo = _picture(grid, rows["logo"], places.get("nilai")) if "logo" in rows else None
    return Identitas(**cells), logo, problems


def _find_keys(grid: SheetCells, column: int | None, name: str) -> tuple[dict[str, int], list[Problem]]:
    """Field -> row of each key by tolerant label, and the lines that are unknown or stand twice."""
    written = {row: as_written(_raw(grid, row, column)).strip() for row in sorted(grid.rows)}
    labels = {row: label for row, label in written.items() if row > 1 and label}
    _refuse_many_rows(grid, len(labels), name)
    known = {normalize(key.label): key for key in KEYS}
    rows: dict[str, int] = {}
    problems = []
    for row, label in labels.items():
        key, ref = known.get(normalize(label)), _ref(grid, row, column)
        if key is None:
            guess = nearest(label, [key.label for key in KEYS])
            candidates = () if guess is None else (guess,)
            problems.append(Problem(ProblemKind.UNKNOWN_KEY, ref, label, label, candidates))
        elif key.field in rows:
            first = (_ref(grid, rows[key.field], column).cell,)
            problems.append(Problem(ProblemKind.REPEATED_KEY, ref, key.label, label, first))
        else:
            rows[key.field] = row
    return rows, problems


def _default(key: Key, ref: Ref) -> Cell[Any]:
    """The cell of a key that was left blank: its default, or nothing."""
    if not key.default:
        return Cell(ref)
    return Cell(ref, Decimal(key.default) if key.kind is Kind.WHOLE else key.default)


# Cells ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Context:
    """What else decides how a cell is read.

    Attributes:
        year: the year of a date that is written without one.
        unit: Satuan of the row.
        jenis: Jenis of the row, normalized.
        day_first: 03/04/2024 can only be 3 April in this column.
    """

    year: int | None = None
    unit: str = ""
    jenis: str = ""
    day_first: bool = True


def convert(raw: Raw, ref: Ref, column: Column, context: Context) -> tuple[Cell[Any], Problem | None]:
    """Read one cell as its column says; the cell is broken where there is a problem."""
    reading, written = _read(raw, column, context), as_written(raw)
    cell: Cell[Any] = Cell(
        ref, reading.value, written, reading.kind is not None, raw.formula, reading.decimals, reading.text
    )
    if reading.kind is None:
        return cell, None
    return cell, Problem(reading.kind, ref, column.heading, written, reading.candidates)


_READERS: Mapping[Kind, Callable[[Raw], Reading[Any]]] = {
    Kind.TEXT: read_text,
    Kind.WHOLE: read_whole,
    Kind.NUMBER: read_number,
    Kind.MONEY: read_money,
    Kind.PERCENT: read_percent,
}


def _read(raw: Raw, column: Column, context: Context) -> Reading[Any]:
    match column.kind:
        case Kind.MEASURE:
            kind = next((each for each in KINDS.values() if normalize(each.name) == context.jenis), None)
            # A live formula shows percentage points, so its 0,5 is no 50%.
            points = raw.formula and kind is not None and kind.computed and "%" not in raw.number_format
            letters = kind is not None and kind.letters
            return read_measure(raw, "" if points else context.unit, letters=letters)
        case Kind.DATE | Kind.PERIOD:
            return read_date(raw, context.year, day_first_sure=context.day_first)
        case Kind.CHOICE:
            return read_choice(raw, column.choices)
        case kind:
            return _READERS[kind](raw)
