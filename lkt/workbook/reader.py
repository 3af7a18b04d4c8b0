"""From a workbook to a ``Dataset``: its sheets, headings, rows and cells, read as ``declaration`` says.

Every problem is collected, none stops the reading: it becomes part of the dataset.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
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
    Span,
)
from lkt.workbook.cells import (
    Reading,
    as_written,
    date_order_evidence,
    range_meant,
    read_choice,
    read_date,
    read_measure,
    read_money,
    read_number,
    read_numbers,
    read_percent,
    read_text,
    read_whole,
    without_unit,
)
from lkt.workbook.declaration import (
    DESA_DATE,
    FORMAT_VERSION,
    IDENTITAS,
    KEYS,
    LIMITS,
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

_COPY = re.compile(
    r"^(?:salinan|copy)(?: dari| of)?\s+|\s*(?:\(\d+\)|-\s*(?:copy|salinan).*)$", re.IGNORECASE
)
"""What Excel and people add to the name of a copied sheet."""

_MOST_ROWS = 20_000
"""Used rows of one sheet; no office fills as many in a year."""

_LAST_HEADING_ROW = 10
_BLANK = Raw(None)
_TOTALS = frozenset(map(normalize, TOTAL_LABELS))
_TOTAL = re.compile(r"(?:grand|sub)?[\s-]*(?:jumlah|jml|jlh|total|rekapitulasi|keseluruhan)\b")
"""How the name of a row Jumlah begins where it is called otherwise: JML, Grand Total, Jumlah Anggaran."""


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
    identitas, logo = _read_identitas(found.get(IDENTITAS), problems, name)
    _refuse_other_version(identitas.versi_format, name)
    values: dict[str, Any] = {}
    headings: dict[tuple[str, str], Ref] = {}
    for sheet in SHEETS:
        if sheet.name not in found:
            continue
        columns = sheet.columns
        if sheet.field == "desa":
            columns += _document_columns(values.get("dokumen", ()))
        table = _find_columns(found[sheet.name], columns, problems)
        if sheet.field == "desa" and len(table.places) == len(columns):  # a missing one may be misspelt
            problems += _unjudged(table)
        headings |= {(sheet.name, field): table.ref(table.head, field) for field in table.places}
        rows, total = _read_rows(sheet, columns, table, _year(identitas.tahun), name)
        values[sheet.field] = tuple(rows)
        if sheet.total_label:
            values[f"jumlah_{sheet.field}"] = total
    if sebutan := identitas.terms.desa:
        values["desa"] = tuple(replace(row, sebutan=sebutan) for row in values.get("desa", ()))
    titles = {declared: grid.name for declared, grid in found.items()}
    return Dataset(identitas, logo=logo, problems=tuple(problems), sheets=titles, headings=headings, **values)


def read_keys(grids: Sequence[SheetCells], names: Collection[str]) -> dict[str, Cell[Any]]:
    """Some keys of sheet Identitas by field; each is blank where there is no such sheet.

    Raises:
        UnreadableWorkbookError: the sheet has more rows than any office fills.
    """
    found, problems = _find_sheets(grids)
    identitas, _ = _read_identitas(found.get(IDENTITAS), problems, "buku kerja")
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


def _document_columns(dokumen: Sequence[Any]) -> tuple[Column, ...]:
    """The date columns of sheet Desa, one for each document in the order of sheet Dokumen."""
    names = [row.dokumen.value or "" for row in dokumen]
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
    for copy in spare:
        name = declared.get(normalize(_COPY.sub("", copy)))
        if name in found:
            problems.append(Problem(ProblemKind.COPIED_SHEET, Ref(copy), name, copy))
    for name in declared.values():
        if name not in found:
            guess = nearest(name, spare)
            if guess or name == IDENTITAS or SHEET[name].required:
                candidates = (guess,) if guess else ()
                problems.append(Problem(ProblemKind.MISSING_SHEET, Ref(guess or name), name, "", candidates))
    return found, problems


@dataclass(frozen=True, slots=True)
class _Table:
    """One sheet whose columns were found.

    Attributes:
        grid: its cells.
        head: the row of its headings.
        first: the first row that may hold data.
        places: field -> number of its column.
        problems: the list to which whatever cannot be read is added.
    """

    grid: SheetCells
    head: int
    first: int
    places: Mapping[str, int]
    problems: list[Problem]

    @property
    def rows(self) -> list[int]:
        """The numbers of the rows below the headings that hold something."""
        return [row for row in sorted(self.grid.rows) if row >= self.first]

    def raw(self, row: int, field: str) -> Raw:
        """What stands in a cell of a row that exists; nothing where the column is missing."""
        column = self.places.get(field)
        return _BLANK if column is None else self.grid.rows[row].get(column, _BLANK)

    def ref(self, row: int, field: str) -> Ref:
        """The place of a cell; the sheet alone where the column is missing."""
        column = self.places.get(field)
        return Ref(self.grid.name, "" if column is None else address(row, column))

    def read(self, row: int, column: Column, context: "Context", *, label: bool = False) -> Cell[Any]:
        """A cell as its column says; one under a merged cell is broken, but for a ``label``."""
        ref, place = self.ref(row, column.field), self.places.get(column.field)
        area = None if place is None or label else self.grid.merged.find(row, place)
        if area is None or area[:2] == (row, place):
            cell, problem = convert(self.raw(row, column.field), ref, column, context)
        else:
            cell = Cell(ref, broken=True)
            problem = Problem(ProblemKind.MERGED, ref, column.heading, "", (_written_area(area),))
        if problem is not None:
            self.problems.append(problem)
        return cell


def _find_columns(grid: SheetCells, columns: Sequence[Column], problems: list[Problem]) -> _Table:
    """The columns by tolerant heading; what is missing or stands twice is a problem.

    An optional column is missed only where a similar heading shows that it was meant to be there.
    """
    columns = [column for column in columns if column.heading]
    wanted = {normalize(column.heading) for column in columns}
    head = _heading_row(grid, wanted)
    if head > 1:
        above = [(row, min(grid.rows[row])) for row in range(1, head) if grid.rows.get(row)]
        corner = above[0] if above else (1, 1)
        written = as_written(grid.rows.get(corner[0], {}).get(corner[1], _BLANK))
        ref = Ref(grid.name, address(*corner))
        problems.append(Problem(ProblemKind.HEADINGS_BELOW, ref, grid.name, written, (str(head),)))
    numbers: dict[str, list[int]] = {}
    spare: dict[str, int] = {}
    headings = {number: as_written(raw) for number, raw in sorted(grid.rows.get(head, {}).items())}
    for number, heading in headings.items():
        if normalize(heading) in wanted:
            numbers.setdefault(normalize(heading), []).append(number)
        else:
            spare.setdefault(heading, number)
    places = {}
    for column in columns:
        mine = numbers.get(normalize(column.heading))
        if mine is None:
            guess = nearest(column.heading, spare)
            if guess is not None:
                ref = Ref(grid.name, address(head, spare[guess]))
                problems.append(Problem(ProblemKind.MISSING_COLUMN, ref, column.heading, guess, (guess,)))
            elif not column.optional:
                problems.append(Problem(ProblemKind.MISSING_COLUMN, Ref(grid.name), column.heading))
            continue
        places[column.field], *others = mine
        for number in others:
            ref, first = Ref(grid.name, address(head, number)), (address(head, mine[0]),)
            problems.append(
                Problem(ProblemKind.REPEATED_COLUMN, ref, column.heading, headings[number], first)
            )
    if len(places) < len(columns):
        _tell_merged(grid, head, headings, problems)
    return _Table(grid, head, _first_row(grid, head, problems), places, problems)


def _unjudged(table: _Table) -> Iterator[Problem]:
    """Each column of dates, two or more, whose heading is none of the documents."""
    grid, known = table.grid, set(table.places.values())
    rows = [cells for row, cells in grid.rows.items() if row > table.head]
    for number, heading in sorted(grid.rows.get(table.head, {}).items()):
        below = [cells[number].value for cells in rows if number in cells]
        if number not in known and sum(isinstance(value, datetime) for value in below) > 1:
            ref, name = Ref(grid.name, address(table.head, number)), as_written(heading)
            yield Problem(ProblemKind.UNJUDGED_DATES, ref, name, name)


def _tell_merged(grid: SheetCells, head: int, headings: Mapping[int, str], problems: list[Problem]) -> None:
    """A heading that is merged with the cell on its right hides that column."""
    for number, heading in headings.items():
        area = grid.merged.find(head, number)
        if area is not None and area[3] > number:
            ref, covering = Ref(grid.name, address(head, number + 1)), _written_area(area)
            problems.append(Problem(ProblemKind.MERGED, ref, heading, "", (covering,)))


def _written_area(area: tuple[int, int, int, int]) -> str:
    return f"{address(*area[:2])}:{address(*area[2:])}"


def _first_row(grid: SheetCells, head: int, problems: list[Problem]) -> int:
    """The first row that may hold data: a row of column numbers below the headings holds none."""
    row = head + 1
    written = [as_written(raw).strip(" ()") for _, raw in sorted(grid.rows.get(row, {}).items())]
    numbers = [str(number) for number in range(1, len(written) + 1)]
    if written != numbers or len(numbers) < min(3, max(2, len(grid.rows.get(head, {})))):
        return row
    ref = Ref(grid.name, address(row, min(grid.rows[row])))
    problems.append(Problem(ProblemKind.COLUMN_NUMBERS, ref, grid.name, " ".join(written)))
    return row + 1


def _heading_row(grid: SheetCells, wanted: Collection[str]) -> int:
    """The row that holds most of the headings, where row 1 holds less than half of them."""

    def known(row: int) -> int:
        return len({normalize(as_written(raw)) for raw in grid.rows.get(row, {}).values()} & set(wanted))

    if 2 * known(1) >= len(wanted):
        return 1
    best = max(range(1, _LAST_HEADING_ROW + 1), key=known)
    return best if known(best) > 1 else 1


# Rows -----------------------------------------------------------------------------------------------------


def _read_rows(
    sheet: Sheet, columns: Sequence[Column], table: _Table, year: int | None, name: str
) -> tuple[list[Any], Any]:
    """The rows of a sheet, and its row Jumlah, the last where there are several; None without one."""
    grid = table.grid
    used = [row for row in table.rows if _is_used(row, columns, table)]
    _refuse_many_rows(grid, len(used), name)
    total_rows = {row for row in used if sheet.total_label and _is_total(row, sheet, table)}
    if sheet.total_label:
        used = _counted(used, total_rows, columns, table)
    contexts = {
        column.field: Context(year, day_first=_day_first(table, column.field))
        for column in columns
        if column.kind in {Kind.DATE, Kind.PERIOD}
    }
    totals = tuple(map(_in_total_row, columns)) if total_rows else ()
    rows: list[Any] = []
    total: Any = None
    for row in used:
        is_total = row in total_rows
        place: dict[str, Any] = {"sheet": grid.name, "row": row, "hidden": row in grid.hidden}
        asked = totals if is_total else columns
        cells: dict[str, Any] = _read_row(row, asked, table, contexts, is_total=is_total)
        if sheet.field == "desa":
            dates = [column.field for column in columns[len(sheet.columns) :]]
            cells["tanggal"] = tuple(cells.pop(field) for field in dates)
        if sheet.field == "kegiatan":
            cells["gambar"] = _picture(grid, row, table.places.get("foto"))
        if not is_total:
            rows.append(sheet.row_type(**place, **cells))
        elif sheet.field == "desa":
            total = JumlahDesa(**place, tepat_waktu=cells["tanggal"])
        else:
            total = sheet.row_type(**place, **cells)
    return rows, total


def _counted(
    used: Sequence[int], total_rows: Collection[int], columns: Sequence[Column], table: _Table
) -> list[int]:
    """The last row Jumlah, and the rows above it that have a code or a name; the others are problems."""
    code, name, *_ = (column.field for column in columns)
    last = max(total_rows, default=0)
    counted = []
    for row in used:
        if 0 < last < row:
            kind = ProblemKind.BELOW_TOTAL
        elif row in total_rows and row < last:
            kind = ProblemKind.EXTRA_TOTAL
        elif any(_holds_something(table.raw(row, field)) for field in (code, name)) or row == last:
            counted.append(row)
            continue
        else:
            kind = ProblemKind.NAMELESS_ROW
        filled = (column for column in columns if _holds_something(table.raw(row, column.field)))
        first = next(filled, columns[0])
        written = as_written(table.raw(row, first.field))
        table.problems.append(Problem(kind, table.ref(row, first.field), first.heading, written))
    return counted


def _read_row(
    row: int, columns: Sequence[Column], table: _Table, contexts: Mapping[str, "Context"], *, is_total: bool
) -> dict[str, Cell[Any]]:
    """The cells of a row by field."""
    unit = next((column.blank for column in columns if column.field == "satuan"), "")
    measured = Context(
        unit=as_written(table.raw(row, "satuan")) or unit,
        jenis=normalize(as_written(table.raw(row, "jenis"))),
    )
    cells = {}
    for column in columns:
        label = is_total and not column.total  # Jumlah often stands in a cell that is merged with others
        cell = table.read(row, column, contexts.get(column.field, measured), label=label)
        cells[column.field] = cell
        if column.filled and cell.ref.cell and cell.blank:
            table.problems.append(Problem(ProblemKind.REQUIRED_BLANK, cell.ref, column.heading))
    return cells


def _is_used(row: int, columns: Sequence[Column], table: _Table) -> bool:
    """Something was filled in; a running number or a prepared formula alone is an empty line."""
    for column in columns:
        raw = table.raw(row, column.field)
        prepared = column.field == "no" or (column.derived and raw.formula)
        if not prepared and _holds_something(raw):
            return True
    pictures = table.grid.pictures.get(row, ())
    return any(placed.inside and placed.column in table.places.values() for placed in pictures)


def _holds_something(raw: Raw) -> bool:
    return bool(raw.value.strip()) if isinstance(raw.value, str) else raw.value is not None


def _is_total(row: int, sheet: Sheet, table: _Table) -> bool:
    """A cell says Jumlah alone, or the code or the name begins so, and there is no code in figures."""
    texts = [raw.value for raw in table.grid.rows[row].values() if isinstance(raw.value, str)]
    if any(normalize(text).strip(" .:=") in _TOTALS for text in texts):
        return True
    code, name, *_ = (normalize(as_written(table.raw(row, column.field))) for column in sheet.columns)
    has_code = any(letter.isdigit() for letter in code)
    return not has_code and any(map(_TOTAL.match, (code, name)))


def _in_total_row(column: Column) -> Column:
    """A column in the row Jumlah: nothing must be filled, and under dates stand counts."""
    kind = Kind.WHOLE if column.kind is Kind.DATE else column.kind
    return replace(column, filled=False, kind=kind, named=None)


def _day_first(table: _Table, field: str) -> bool:
    """Whether 03/04/2024 can only be 3 April in this column."""
    number = table.places.get(field, 0)
    rows = table.grid.rows.items()
    return date_order_evidence(raws[number] for row, raws in rows if row >= table.first and number in raws)


def _picture(grid: SheetCells, row: int, column: int | None) -> Gambar | None:
    """The picture placed on a row, that in a column before any other."""
    chosen = min(grid.pictures.get(row, ()), key=lambda placed: placed.column != column, default=None)
    if chosen is None:
        return None
    return Gambar(chosen.data, None if chosen.data is not None else GambarProblem.LOST)


# Sheet Identitas ------------------------------------------------------------------------------------------

_LABEL, _VALUE = Column("Isian", "label", Kind.TEXT, ""), Column("Nilai", "nilai", Kind.TEXT, "")


def _read_identitas(
    grid: SheetCells | None, problems: list[Problem], name: str
) -> tuple[Identitas, Gambar | None]:
    """One cell for each key, where a blank one has its default, and the picture placed beside Logo."""
    if grid is None:
        return Identitas(**{key.field: _default(key, Ref(IDENTITAS)) for key in KEYS}), None
    table = _find_columns(grid, (_LABEL, _VALUE), problems)
    rows = _find_keys(table, name)
    if "nilai" in table.places:
        table = replace(table, places={key.field: table.places["nilai"] for key in KEYS})
    cells: dict[str, Cell[Any]] = {}
    cell: Cell[Any]
    for key in KEYS:
        row = rows.get(key.field)
        if row is None:
            cell, kind = Cell(Ref(grid.name)), ProblemKind.MISSING_KEY
        else:
            kind = ProblemKind.REQUIRED_BLANK
            cell = table.read(row, key.column, Context())
        if cell.blank:
            if key.filled:
                problems.append(Problem(kind, cell.ref, key.label))
            cell = _default(key, cell.ref)
        cells[key.field] = cell
    logo = _picture(grid, rows["logo"], table.places.get("logo")) if "logo" in rows else None
    return Identitas(**cells), logo


def _find_keys(table: _Table, name: str) -> dict[str, int]:
    """Field -> row of each key by tolerant label; lines that are unknown or stand twice are problems."""
    written = {row: as_written(table.raw(row, "label")).strip() for row in table.rows}
    labels = {row: label for row, label in written.items() if label}
    _refuse_many_rows(table.grid, len(labels), name)
    known = {normalize(key.label): key for key in KEYS}
    rows: dict[str, int] = {}
    for row, label in labels.items():
        key, ref = known.get(normalize(label)), table.ref(row, "label")
        if key is None:
            guess = nearest(label, [key.label for key in KEYS])
            candidates = () if guess is None else (guess,)
            table.problems.append(Problem(ProblemKind.UNKNOWN_KEY, ref, label, label, candidates))
        elif key.field in rows:
            first = (table.ref(rows[key.field], "label").cell,)
            table.problems.append(Problem(ProblemKind.REPEATED_KEY, ref, key.label, label, first))
        else:
            rows[key.field] = row
    return rows


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
    if raw.value is None and not (raw.formula or raw.error):
        return Cell(ref), None
    reading, written = _read(raw, column, context), as_written(raw)
    if limit := _passed_limit(reading.value, raw, column, context):
        reading = Reading(kind=ProblemKind.OUT_OF_RANGE, candidates=limit, text=reading.text)
    value: Any = reading.value
    if column.named is not None and value is not None:
        value = column.named(value)
    broken = reading.kind is not None
    cell: Cell[Any] = Cell(ref, value, written, broken, raw.formula, reading.decimals, reading.text)
    if reading.kind is None:
        return cell, None
    return cell, Problem(reading.kind, ref, column.heading, written, reading.candidates)


def _passed_limit(value: object, raw: Raw, column: Column, context: Context) -> tuple[str, ...]:
    """The limit that a value passes and what else the cell may mean; empty for a value within the limits."""
    limits = None if value is None or isinstance(value, str) else column.limits
    if limits is None or (column.derived and raw.formula):
        return ()
    least, most = limits
    measured = column.kind is Kind.MEASURE and normalize(context.unit) in {"%", "persen"}
    if measured:
        least, most = LIMITS[Kind.PERCENT]
    ends: Any = (value.start.year, value.end.year) if isinstance(value, Span) else (value, value)
    if least <= ends[0] and ends[1] <= most:
        return ()
    percent = measured or column.kind is Kind.PERCENT
    unit = "tahun " if isinstance(value, Span) or most == LIMITS[Kind.DATE][1] else ""
    side, limit = ("paling kecil", least) if ends[0] < least else ("paling besar", most)
    shown = f"{side} {unit}{limit if unit else format_number(limit)}{'%' if percent else ''}"
    if percent and isinstance(raw.value, int | float) and least <= raw.value <= most < ends[1]:
        return (shown, f"{format_trimmed(Decimal(str(raw.value)))}%")  # 190 in a cell formatted as percent
    return (shown,)


_READERS: Mapping[Kind, Callable[[Raw], Reading[Any]]] = {
    Kind.TEXT: read_text,
    Kind.WHOLE: read_whole,
    Kind.NUMBERS: read_numbers,
    Kind.NUMBER: read_number,
    Kind.MONEY: read_money,
    Kind.PERCENT: read_percent,
}
_KINDS = {normalize(kind.name): kind for kind in KINDS.values()}


def _read(raw: Raw, column: Column, context: Context) -> Reading[Any]:
    match column.kind:
        case Kind.MEASURE:
            kind = _KINDS.get(context.jenis)
            # A live formula shows percentage points, so its 0,5 is no 50%.
            points = raw.formula and kind is not None and kind.computed and "%" not in raw.number_format
            letters = kind is not None and kind.letters
            if kind is None and isinstance(raw.value, str):  # on Anggaran, where no formula counts with it
                raw = Raw(without_unit(raw.value, context.unit))
            return read_measure(raw, "" if points else context.unit, letters=letters)
        case Kind.DATE | Kind.PERIOD:
            reading = read_date(raw, context.year, day_first_sure=context.day_first)
            unread = reading.kind is ProblemKind.NOT_A_DATE and not reading.candidates
            if unread and column.kind is Kind.PERIOD:
                return replace(reading, candidates=range_meant(str(raw.value), context.year))
            return reading
        case Kind.CHOICE:
            return read_choice(raw, column.choices)
        case kind:
            return _READERS[kind](raw)
