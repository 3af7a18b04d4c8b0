"""From the raw grids of a workbook to a frozen ``Dataset``; every problem is collected, none stops it."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from lkt.addresses import address, column_letters
from lkt.errors import UnreadableWorkbookError
from lkt.indicators import SIFAT
from lkt.indonesian import format_trimmed, nearest, normalize
from lkt.model import (
    Cell,
    Dataset,
    Desa,
    Gambar,
    GambarProblem,
    Identitas,
    JumlahDesa,
    Problem,
    ProblemKind,
    Ref,
)
from lkt.workbook import cells
from lkt.workbook.cells import Raw, Reading, as_written, date_order_evidence, is_seen
from lkt.workbook.declaration import (
    DESA_DATE,
    IDENTITAS,
    KEYS,
    PETUNJUK,
    SHEETS,
    TOTAL_LABELS,
    VERSION,
    Column,
    Key,
    Kind,
    Sheet,
)
from lkt.workbook.opening import Grid, grids_of, read_bytes
from lkt.workbook.photos import locate_pictures

# The versions of the workbook format, and the steps from each to the next ---------------------------------
#
# ``declaration`` describes the newest version. A workbook says its own on sheet Identitas; one that says none
# is of version 1. An older one is read by the declaration as it was then, so that nothing in the user's file
# changes and every finding still points at what stands there; ``lkt new --from`` writes the newest version.
#
# Sheets, and the key Versi Format itself, keep their names for good: formulas, links and charts of the office
# name sheets.


@dataclass(frozen=True, slots=True)
class Renamed:
    """A column of a sheet, or a key of sheet Identitas, that had another name before."""

    sheet: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Added:
    """A column of a sheet, or a key of sheet Identitas, that older workbooks need not have."""

    sheet: str
    after: str
    before: str = ""


Step = tuple[Renamed | Added, ...]
"""What changes from one version to the next, by the names in the declaration."""

STEPS: tuple[Step, ...] = ()
"""The first leads from version 1 to 2, the next from 2 to 3, and so on."""


def newest(steps: Sequence[Step] = STEPS) -> int:
    """The version that is written."""
    return len(steps) + 1


@dataclass(frozen=True, slots=True)
class Shape:
    """The declaration as it was in one version; what was not there yet has no name and is not missed."""

    keys: tuple[Key, ...] = KEYS
    sheets: tuple[Sheet, ...] = SHEETS

    def sheet(self, name: str) -> Sheet:
        """The sheet of a name; raises KeyError for an unknown one."""
        return {sheet.name: sheet for sheet in self.sheets}[name]


def shape_of(version: int, steps: Sequence[Step] = STEPS) -> Shape:
    """The declaration as it was in ``version``.

    Raises:
        ValueError: a step names a column or a key that there is not.
    """
    shape = Shape()
    for step in reversed(steps[version - 1 :]):
        for change in reversed(step):
            shape = _undone(shape, change)
    return shape


def _undone(shape: Shape, change: Renamed | Added) -> Shape:
    """The shape before a change."""
    if change.sheet == IDENTITAS:
        keys = tuple(_older_key(key, change) if key.label == change.after else key for key in shape.keys)
        older = replace(shape, keys=keys)
    else:
        older = replace(shape, sheets=tuple(_older_sheet(sheet, change) for sheet in shape.sheets))
    if older == shape:
        raise ValueError(f"{change.sheet} has no {change.after}")
    return older


def _older_sheet(sheet: Sheet, change: Renamed | Added) -> Sheet:
    if sheet.name != change.sheet:
        return sheet
    columns = (
        _older_column(each, change) if each.heading == change.after else each for each in sheet.columns
    )
    return replace(sheet, columns=tuple(columns))


def _older_column(column: Column, change: Renamed | Added) -> Column:
    added = isinstance(change, Added)
    return replace(column, heading=change.before, optional=added or column.optional)


def _older_key(key: Key, change: Renamed | Added) -> Key:
    return replace(key, label=change.before, filled=key.filled and not isinstance(change, Added))


def upgrade(grids: Sequence[Grid], dataset: Dataset, steps: Sequence[Step] = STEPS) -> dict[Ref, str | int]:
    """The cells that make an older workbook one of the newest version; none where it does not say its own."""
    cell = dataset.identitas.versi_format
    version = int(cell.value or 1)
    if not cell.ref.cell or cell.broken or version >= newest(steps):
        return {}
    before = shape_of(version, steps)
    by_name = {grid.name: grid for grid in grids}
    changes: dict[Ref, str | int] = {cell.ref: newest(steps)}
    for sheet in SHEETS:
        if sheet.name in dataset.sheets:
            grid = by_name[dataset.sheets[sheet.name]]
            changes |= dict(_headings(sheet, before.sheet(sheet.name), grid, dataset))
    return changes | dict(_labels(before, by_name[cell.ref.sheet]))


def _headings(after: Sheet, before: Sheet, grid: Grid, dataset: Dataset) -> Iterator[tuple[Ref, str]]:
    """The cells of headings that are renamed; new ones stand right of all others."""
    free = max(grid.rows.get(1, {}), default=0) + 1
    for new, old in zip(after.columns, before.columns, strict=True):
        place = dataset.headings.get((after.name, new.field))
        if not old.heading:
            yield Ref(grid.name, address(1, free)), new.heading
            free += 1
        elif place is not None and old.heading != new.heading:
            yield place, new.heading


def _labels(before: Shape, grid: Grid) -> Iterator[tuple[Ref, str]]:
    """The cells of keys that are renamed; new ones stand below all others."""
    labels = {
        normalize(as_written(raw)): (row, column)
        for row in sorted(grid.rows, reverse=True)
        for column, raw in sorted(grid.rows[row].items(), reverse=True)
    }
    free, (_, column) = max(grid.rows) + 1, labels[normalize(VERSION)]
    for new, old in zip(KEYS, before.keys, strict=True):
        if not old.label:
            yield Ref(grid.name, address(free, column)), new.label
            free += 1
        elif old.label != new.label and normalize(old.label) in labels:
            yield Ref(grid.name, address(*labels[normalize(old.label)])), new.label


def is_known(version: Decimal, steps: Sequence[Step] = STEPS) -> bool:
    """Whether a workbook of this version can be read."""
    return version == int(version) and 1 <= version <= newest(steps)


# A raw cell and the column it stands in -> a ``Cell`` of the model, or a ``Problem`` ----------------------


_NOTHING = Raw(None)
_COMPUTED_KINDS = frozenset(normalize(kind.name) for kind in SIFAT.values() if kind.computed)
_LETTERED_KINDS = frozenset(normalize(kind.name) for kind in SIFAT.values() if kind.letters)


@dataclass(frozen=True, slots=True)
class Context:
    """What else decides how a cell is read.

    Attributes:
        year: the year of a month that is written without one.
        unit: Satuan of the row.
        jenis: Jenis of the row, normalized.
        day_first: 03/04/2024 can only be 3 April in this column.
    """

    year: int | None = None
    unit: str = ""
    jenis: str = ""
    day_first: bool = True


_Read = Callable[[Raw, Context], Reading[Any]]
Converter = Callable[[Raw, Ref, Context], tuple[Cell[Any], Problem | None]]


def convert(raw: Raw, ref: Ref, column: Column, context: Context) -> tuple[Cell[Any], Problem | None]:
    """Read one cell as its column says; the cell is broken where there is a problem."""
    return converter(column.heading, column.kind, column.choices)(raw, ref, context)


def converter(name: str, kind: Kind, choices: tuple[str, ...] = ()) -> Converter:
    """What reads the cells of one column or key.

    Args:
        name: the heading of the column, for problems.
        kind: the type of its cells.
        choices: those of a CHOICE column.
    """
    read = _choice(choices) if kind is Kind.CHOICE else _READERS[kind]

    def converted(raw: Raw, ref: Ref, context: Context) -> tuple[Cell[Any], Problem | None]:
        if raw == _NOTHING:  # most cells of most sheets, and blank whatever the kind
            return Cell(ref), None
        value, trouble, candidates, decimals, text = read(raw, context)
        written = raw.value if isinstance(raw.value, str) else as_written(raw)
        broken = trouble is not None
        cell: Cell[Any] = Cell(ref, value, written, broken, raw.formula, decimals, text)
        return cell, None if trouble is None else Problem(trouble, ref, name, written, candidates)

    return converted


def default_cell(key: Key, ref: Ref) -> Cell[Any]:
    """The cell of a key that was left blank: its default, or nothing."""
    if not key.default:
        return Cell(ref)
    numeric = key.kind is Kind.WHOLE
    return Cell(ref, Decimal(key.default) if numeric else key.default)


def _measure(raw: Raw, context: Context) -> Reading[Any]:
    # A live formula shows percentage points, so its 0,5 is no 50%.
    points = raw.formula and context.jenis in _COMPUTED_KINDS and "%" not in raw.number_format
    unit = "" if points else context.unit
    return cells.read_measure(raw, unit, letters=context.jenis in _LETTERED_KINDS)


def _choice(choices: tuple[str, ...]) -> _Read:
    normal = _normal_choices(choices)
    return lambda raw, _context: cells.read_choice(raw, normal)


@lru_cache(maxsize=128)
def _normal_choices(choices: tuple[str, ...]) -> Mapping[str, str]:
    return {normalize(choice): choice for choice in choices}


def _date(raw: Raw, context: Context) -> Reading[Any]:
    return cells.read_date(raw, context.year, day_first_sure=context.day_first)


_READERS: Mapping[Kind, _Read] = {
    Kind.TEXT: lambda raw, _context: cells.read_text(raw),
    Kind.WHOLE: lambda raw, _context: cells.read_whole(raw),
    Kind.NUMBER: lambda raw, _context: cells.read_number(raw),
    Kind.MONEY: lambda raw, _context: cells.read_money(raw),
    Kind.PERCENT: lambda raw, _context: cells.read_percent(raw),
    Kind.MEASURE: _measure,
    Kind.DATE: _date,
    Kind.PERIOD: _date,
}


# From the raw grids of a workbook to a frozen ``Dataset``; every problem is collected, none stops it ------


_BLANK = Raw(None)
_DATES = frozenset({Kind.DATE, Kind.PERIOD})
_UNIT_AND_KIND = frozenset({"satuan", "jenis"})
_FIRST = Decimal(1)
_VERSION_KEY = next(key for key in KEYS if key.label == VERSION)
_DECLARED = {normalize(name): name for name in (IDENTITAS, *(sheet.name for sheet in SHEETS))}
_OPTIONAL = frozenset(sheet.name for sheet in SHEETS if not sheet.required)
_TOTALS = frozenset(normalize(label) for label in TOTAL_LABELS)


@dataclass(frozen=True, slots=True)
class SheetTable:
    """What one sheet gave.

    Attributes:
        rows: the rows that are used, in the order of the sheet.
        total: the row Jumlah, if there is one.
        problems: what could not be read.
        headings: field -> the cell of its heading.
    """

    rows: tuple[Any, ...] = ()
    total: Any = None
    problems: tuple[Problem, ...] = ()
    headings: Mapping[str, Ref] = field(default_factory=dict)


def read_workbook(path: Path) -> Dataset:
    """Read a workbook in the standard format.

    Raises:
        UnreadableWorkbookError: the file cannot be opened, is no standard workbook, or has another version.
    """
    return workbook_of(read_bytes(path), path)


def workbook_of(data: bytes, path: Path) -> Dataset:
    """The same for the bytes of a workbook file; pictures are looked for beside ``path``.

    Raises:
        UnreadableWorkbookError: as of ``read_workbook``.
    """
    grids = grids_of(data, path, only=_DECLARED.values())
    return locate_pictures(read_grids(grids, str(path)), path.parent)


def read_grids(grids: Sequence[Grid], name: str = "buku kerja", steps: Sequence[Step] = STEPS) -> Dataset:
    """Read the grids of one workbook, of the newest version or an older one.

    Args:
        grids: its sheets.
        name: its name, in messages only.
        steps: the versions that there are.

    Raises:
        UnreadableWorkbookError: no sheet of the standard workbook is there, or its version is not known.
    """
    found, sheet_problems = _match_sheets(grids)
    if IDENTITAS not in found and len(found) < 2:
        raise UnreadableWorkbookError(
            f"“{name}” bukan buku kerja LKT: "
            "lembar Identitas, Indikator, Anggaran, dan seterusnya tidak ada.",
            "Buat buku kerja baku dengan perintah: lkt new BERKAS.xlsx",
        )
    version = _version(found.get(IDENTITAS))
    if not is_known(version, steps):
        raise _unknown_version(version, newest(steps), name)
    shape = shape_of(int(version), steps)
    identitas, identitas_problems, logo = _read_identitas(found.get(IDENTITAS), shape)
    context = Context(year=_whole(identitas.tahun))
    tables = {sheet.field: _read_sheet(sheet, found.get(sheet.name), context) for sheet in shape.sheets}
    documents = _document_names(tables["dokumen"])
    tables["desa"] = _read_desa(shape.sheet("Desa"), found.get("Desa"), context, documents)
    rows: dict[str, Any] = {name: table.rows for name, table in tables.items()}
    return Dataset(
        identitas=identitas,
        jumlah_anggaran=tables["anggaran"].total,
        jumlah_desa=tables["desa"].total,
        logo=logo,
        problems=(
            *sheet_problems,
            *identitas_problems,
            *(problem for table in tables.values() for problem in table.problems),
        ),
        sheets={declared: grid.name for declared, grid in found.items()},
        headings={
            (sheet.name, name): ref for sheet in SHEETS for name, ref in tables[sheet.field].headings.items()
        },
        **rows,
    )


def read_keys(grids: Sequence[Grid], names: Collection[str]) -> dict[str, Cell[Any]]:
    """Some keys of sheet Identitas by field; each is blank where there is no such sheet."""
    found, _ = _find_sheets(grids)
    grid = found.get(IDENTITAS)
    version = _version(grid)
    shape = shape_of(int(version)) if is_known(version) else Shape()
    keys = [key for key in shape.keys if key.field in names]
    if grid is None:
        return {key.field: default_cell(key, Ref(IDENTITAS)) for key in keys}
    lines, _ = _match_keys(grid, _match_columns(grid, _IDENTITAS_COLUMNS)[0], shape.keys)
    return {key.field: _read_key(key, lines.get(key.field), grid)[0] for key in keys}


# Sheets and headings -------------------------------------------------------------------------------------


def _match_sheets(grids: Sequence[Grid]) -> tuple[dict[str, Grid], tuple[Problem, ...]]:
    """The grid of each declared sheet by tolerant name, and what is missing or stands twice."""
    found, problems = _find_sheets(grids)
    known = {*_DECLARED, normalize(PETUNJUK)}
    spare = [grid.name for grid in grids if normalize(grid.name) not in known]
    for name in _DECLARED.values():
        if name not in found:
            guess = nearest(name, spare)
            if guess or name not in _OPTIONAL:
                candidates = (guess,) if guess else ()
                problems.append(Problem(ProblemKind.MISSING_SHEET, Ref(guess or name), name, "", candidates))
    return found, tuple(problems)


def _find_sheets(grids: Sequence[Grid]) -> tuple[dict[str, Grid], list[Problem]]:
    """The grid of each declared sheet by tolerant name, and what stands twice."""
    found: dict[str, Grid] = {}
    problems = []
    for grid in grids:
        name = _DECLARED.get(normalize(grid.name))
        if name in found:
            problems.append(
                Problem(ProblemKind.REPEATED_SHEET, Ref(grid.name), name, grid.name, (found[name].name,))
            )
        elif name is not None:
            found[name] = grid
    return found, problems


def _match_columns(grid: Grid, columns: Sequence[Column]) -> tuple[dict[str, int], tuple[Problem, ...]]:
    """Field -> column number by tolerant heading, and what is missing or stands twice."""
    headings = {number: as_written(raw) for number, raw in sorted(grid.rows.get(1, {}).items())}
    columns = [column for column in columns if column.heading]
    normal = {column.heading: normalize(column.heading) for column in columns}
    by_name: dict[str, list[int]] = {}
    for number, heading in headings.items():
        by_name.setdefault(normal.get(heading) or normalize(heading), []).append(number)
    places = {}
    problems: list[Problem] = []
    for column in columns:
        numbers = by_name.get(normal[column.heading], [])
        if numbers:
            places[column.field] = numbers[0]
        elif missing := _missing_column(grid, column, _spare(headings, normal), headings):
            problems.append(missing)
        problems.extend(
            Problem(ProblemKind.REPEATED_COLUMN, _ref(grid, 1, extra), column.heading, headings[extra],
                    (_ref(grid, 1, numbers[0]).cell,))
            for extra in numbers[1:]
        )  # fmt: skip
    return places, tuple(problems)


def _spare(headings: Mapping[int, str], normal: Mapping[str, str]) -> list[str]:
    """The headings of a grid that are those of no column."""
    known = set(normal.values())
    return [heading for heading in headings.values() if normalize(heading) not in known]


def _missing_column(
    grid: Grid, column: Column, spare: Sequence[str], headings: Mapping[int, str]
) -> Problem | None:
    """An optional column is missed only where a similar heading shows that it was meant to be there."""
    guess = nearest(column.heading, spare)
    if guess is None:
        return (
            None if column.optional else Problem(ProblemKind.MISSING_COLUMN, Ref(grid.name), column.heading)
        )
    number = next(number for number, heading in headings.items() if heading == guess)
    return Problem(ProblemKind.MISSING_COLUMN, _ref(grid, 1, number), column.heading, guess, (guess,))


def _ref(grid: Grid, row: int, column: int) -> Ref:
    return Ref(grid.name, address(row, column))


# Rows ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of a grid, addressed by field."""

    grid: Grid
    number: int
    places: Mapping[str, int]

    def raw(self, name: str) -> Raw:
        return self.grid.rows[self.number].get(self.places.get(name, 0), _BLANK)

    def ref(self, name: str) -> Ref:
        """The field's cell; the sheet alone where the column is missing."""
        column = self.places.get(name)
        return Ref(self.grid.name) if column is None else _ref(self.grid, self.number, column)

    def used(self, slots: Sequence["_Slot"]) -> bool:
        """Something was filled in; a running number or a prepared formula alone is an empty line."""
        if self._holds_picture():
            return True
        raws = self.grid.rows[self.number]
        for slot in slots:
            raw = raws.get(slot.place)
            counts = raw is not None and slot.field != "no" and not (slot.derived and raw.formula)
            if raw is not None and counts and is_seen(raw):
                return True
        return False

    def _holds_picture(self) -> bool:
        return any(
            placed.inside and placed.column in self.places.values()
            for placed in self.grid.pictures.get(self.number, ())
        )

    def picture(self, name: str) -> Gambar | None:
        """The picture placed on the line, that on the field's own cell before any other."""
        placed = self.grid.pictures.get(self.number, ())
        chosen = min(placed, key=lambda each: each.column != self.places.get(name), default=None)
        if chosen is None:
            return None
        return Gambar(chosen.data, None if chosen.data is not None else GambarProblem.LOST)

    def is_total(self) -> bool:
        """One of its cells says Jumlah."""
        texts = (raw.value for raw in self.grid.rows[self.number].values())
        return any(isinstance(text, str) and normalize(text) in _TOTALS for text in texts)


class _Slot(NamedTuple):
    """What is known of a column before any of its cells in one grid is read.

    Attributes:
        field: the field of the row type.
        heading: the heading in the declaration.
        place: its number in the grid; 0 where it is missing.
        letters: the same in letters; empty where it is missing.
        demanded: it is there, and its cells must be filled.
        derived: its cells hold prepared formulas.
        convert: what reads its cells.
        context: what decides how; None where that is the line's.
    """

    field: str
    heading: str
    place: int
    letters: str
    demanded: bool
    derived: bool
    convert: Converter
    context: Context | None

    def ref(self, grid: Grid, number: int) -> Ref:
        """Its cell on a line; the sheet alone where the column is missing."""
        return Ref(grid.name, f"{self.letters}{number}" if self.place else "")


@dataclass(frozen=True, slots=True)
class _Record:
    """The cells of one line by field, with what could not be read of them."""

    line: _Line
    is_total: bool
    cells: Mapping[str, Cell[Any]]
    problems: tuple[Problem, ...]

    def make(self, row_type: Any, **extra: object) -> Any:
        """A row of the model from the record's cells."""
        hidden = self.line.number in self.line.grid.hidden
        return row_type(sheet=self.line.grid.name, row=self.line.number, hidden=hidden, **extra)


def _read_sheet(sheet: Sheet, grid: Grid | None, context: Context) -> SheetTable:
    """All used rows of a sheet."""
    if grid is None:
        return SheetTable()
    places, problems = _match_columns(grid, sheet.columns)
    records = _read_records(grid, sheet.columns, places, context, has_total=bool(sheet.total_label))
    totals = [record.make(sheet.row_type, **record.cells) for record in records if record.is_total]
    return SheetTable(
        rows=tuple(
            record.make(sheet.row_type, **record.cells, **_extra(sheet, record))
            for record in records
            if not record.is_total
        ),
        total=totals[0] if totals else None,
        problems=(*problems, *(problem for record in records for problem in record.problems)),
        headings={name: _ref(grid, 1, number) for name, number in places.items()},
    )


def _extra(sheet: Sheet, record: _Record) -> dict[str, object]:
    """What a row carries besides its cells: the picture placed on a row of the annex."""
    if sheet.field != "kegiatan":
        return {}
    return {"gambar": record.line.picture("foto")}


def _read_records(
    grid: Grid,
    columns: Sequence[Column],
    places: Mapping[str, int],
    context: Context,
    *,
    has_total: bool,
) -> list[_Record]:
    slots = _slots(grid, columns, places, context)
    as_totals = list(map(_as_total, slots, columns)) if has_total else ()
    records = []
    for number in sorted(grid.rows):
        line = _Line(grid, number, places)
        if number > 1 and line.used(slots):
            is_total = has_total and line.is_total()
            cells, problems = _read_line(line, as_totals if is_total else slots, context)
            records.append(_Record(line, is_total, cells, problems))
    return records


def _slots(
    grid: Grid, columns: Sequence[Column], places: Mapping[str, int], context: Context
) -> tuple[_Slot, ...]:
    slots = []
    for column in columns:
        place = places.get(column.field, 0)
        sure = column.kind not in _DATES or date_order_evidence(_column_cells(grid, place))
        slots.append(
            _Slot(
                field=column.field,
                heading=column.heading,
                place=place,
                letters=column_letters(place),
                demanded=bool(place) and column.filled,
                derived=column.derived,
                convert=converter(column.heading, column.kind, column.choices),
                context=None if sure else replace(context, day_first=False),
            )
        )
    return tuple(slots)


def _column_cells(grid: Grid, place: int) -> list[Raw]:
    return [cells[place] for row, cells in grid.rows.items() if row > 1 and place in cells]


def _read_line(
    line: _Line, slots: Sequence[_Slot], context: Context
) -> tuple[dict[str, Cell[Any]], tuple[Problem, ...]]:
    grid, number = line.grid, line.number
    raws = grid.rows[number]
    own = _own_context(line, context)
    cells = {}
    problems = []
    for slot in slots:
        raw = raws.get(slot.place, _BLANK)
        cell, problem = slot.convert(raw, slot.ref(grid, number), slot.context or own)
        cells[slot.field] = cell
        if problem is not None:
            problems.append(problem)
        elif slot.demanded and cell.blank:
            problems.append(Problem(ProblemKind.REQUIRED_BLANK, cell.ref, slot.heading))
    return cells, tuple(problems)


def _own_context(line: _Line, context: Context) -> Context:
    """What else of a line decides how its cells are read: its unit and its kind, where it has them."""
    if not _UNIT_AND_KIND & line.places.keys():
        return context
    unit, jenis = as_written(line.raw("satuan")), normalize(as_written(line.raw("jenis")))
    return replace(context, unit=unit, jenis=jenis)


def _as_total(slot: _Slot, column: Column) -> _Slot:
    """A column in the row Jumlah: nothing must be filled, and under dates stand counts."""
    count = converter(column.heading, Kind.WHOLE) if column.kind is Kind.DATE else slot.convert
    return slot._replace(demanded=False, convert=count)


# Desa: its date columns are named by sheet Dokumen ---------------------------------------------------------


def _document_names(table: SheetTable) -> tuple[str, ...]:
    return tuple(row.dokumen.value or "" for row in table.rows)


def _read_desa(sheet: Sheet, grid: Grid | None, context: Context, documents: Sequence[str]) -> SheetTable:
    """The roster; one date per document, in the order of sheet Dokumen."""
    if grid is None:
        return SheetTable()
    dates = tuple(
        replace(DESA_DATE, heading=name, field=f"{number} {name}") for number, name in enumerate(documents)
    )
    columns = (*sheet.columns, *dates)
    places, problems = _match_columns(grid, columns)
    records = _read_records(grid, columns, places, context, has_total=True)
    totals = [record for record in records if record.is_total]
    fixed = [column.field for column in sheet.columns]
    return SheetTable(
        rows=tuple(_desa(record, fixed, dates) for record in records if not record.is_total),
        total=totals[0].make(JumlahDesa, tepat_waktu=_of(totals[0], dates)) if totals else None,
        problems=(*problems, *(problem for record in records for problem in record.problems)),
        headings={name: _ref(grid, 1, number) for name, number in places.items()},
    )


def _desa(record: _Record, fixed: Iterable[str], dates: Sequence[Column]) -> Desa:
    cells = {name: record.cells[name] for name in fixed}
    desa: Desa = record.make(Desa, **cells, tanggal=_of(record, dates))
    return desa


def _of(record: _Record, columns: Sequence[Column]) -> tuple[Cell[Any], ...]:
    return tuple(record.cells[column.field] for column in columns)


# Identitas -------------------------------------------------------------------------------------------------

_IDENTITAS_COLUMNS = (
    Column("Isian", "label", Kind.TEXT, ""),
    Column("Nilai", "nilai", Kind.TEXT, ""),
)


def _read_identitas(grid: Grid | None, shape: Shape) -> tuple[Identitas, tuple[Problem, ...], Gambar | None]:
    """One cell per key, where a blank setting has its default; and the picture placed beside Logo."""
    if grid is None:
        return Identitas(**{key.field: default_cell(key, Ref(IDENTITAS)) for key in shape.keys}), (), None
    places, problems = _match_columns(grid, _IDENTITAS_COLUMNS)
    lines, line_problems = _match_keys(grid, places, shape.keys)
    cells = {}
    value_problems = []
    for key in shape.keys:
        cell, problem = _read_key(key, lines.get(key.field), grid)
        cells[key.field] = cell
        if problem is not None:
            value_problems.append(problem)
    logo = lines["logo"].picture("nilai") if "logo" in lines else None
    return Identitas(**cells), (*problems, *line_problems, *value_problems), logo


def _match_keys(
    grid: Grid, places: Mapping[str, int], keys: Sequence[Key]
) -> tuple[dict[str, _Line], tuple[Problem, ...]]:
    """Field -> line of each key by tolerant name, and the lines that are unknown or stand twice."""
    known = {key.label: key for key in keys if key.label}
    lines: dict[str, _Line] = {}
    problems = []
    for line, label in _labelled(grid, places):
        key = known.get(label) or _tolerantly(label, known)
        if key is None and label:
            guess = nearest(label, known)
            candidates = (guess,) if guess else ()
            problems.append(Problem(ProblemKind.UNKNOWN_KEY, line.ref("label"), label, label, candidates))
        elif key is not None and key.field in lines:
            first = lines[key.field].ref("label").cell
            problems.append(Problem(ProblemKind.REPEATED_KEY, line.ref("label"), key.label, label, (first,)))
        elif key is not None:
            lines[key.field] = line
    return lines, tuple(problems)


def _tolerantly(label: str, known: Mapping[str, Key]) -> Key | None:
    name = normalize(label)
    return next((key for written, key in known.items() if name and normalize(written) == name), None)


def _labelled(grid: Grid, places: Mapping[str, int]) -> Iterator[tuple[_Line, str]]:
    """The lines of sheet Identitas, each with what stands in column Isian."""
    for number in sorted(row for row in grid.rows if row > 1):
        line = _Line(grid, number, places)
        yield line, as_written(line.raw("label")).strip()


def _read_key(key: Key, line: _Line | None, grid: Grid) -> tuple[Cell[Any], Problem | None]:
    if line is None:
        problem = Problem(ProblemKind.MISSING_KEY, Ref(grid.name), key.label) if key.filled else None
        return default_cell(key, Ref(grid.name)), problem
    convert = converter(key.label, key.kind, key.choices)
    cell, problem = convert(line.raw("nilai"), line.ref("nilai"), Context())
    if cell.blank:
        problem = Problem(ProblemKind.REQUIRED_BLANK, cell.ref, key.label) if key.filled else None
        return default_cell(key, cell.ref), problem
    return cell, problem


def _version(grid: Grid | None) -> Decimal:
    """The version of the format that a workbook says it has; 1 where it says none that can be read."""
    if grid is None:
        return _FIRST
    places, _ = _match_columns(grid, _IDENTITAS_COLUMNS)
    known = {VERSION: _VERSION_KEY}
    lines = _labelled(grid, places)
    line = next((line for line, label in lines if label == VERSION or _tolerantly(label, known)), None)
    cell, _ = _read_key(_VERSION_KEY, line, grid)
    return _FIRST if cell.value is None else cell.value


def _unknown_version(version: Decimal, known: int, name: str) -> UnreadableWorkbookError:
    if version > known:
        hint = "Pasang lkt versi terbaru, lalu coba lagi. Buku kerja itu sendiri tidak rusak."
    else:
        hint = f"Salin isinya ke buku kerja baru berformat {known} (lkt new BERKAS.xlsx)."
    own = f"“{name}” berformat versi {format_trimmed(version)}"
    return UnreadableWorkbookError(f"{own}, sedangkan lkt ini membaca sampai versi {known}.", hint)


def _whole(cell: Cell[Any]) -> int | None:
    """A year as an integer; None where it is blank, broken or not whole."""
    value = cell.value
    return int(value) if value is not None and value == int(value) and 1900 < value < 2200 else None
