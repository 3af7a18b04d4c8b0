"""One mistake as a value: who made it how, on which clean workbook, and which cell must be named.

A workbook is edited as tables of typed cells (``examples.tables``), the way a person edits a sheet: rows
are deleted and move up, a fill handle is dragged, a block is pasted. ``on_file`` is for what only a real file
has.
"""

import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum
from functools import cache
from pathlib import Path

import openpyxl
from openpyxl.utils import column_index_from_string, get_column_letter

from examples.tables import parse_tables, split_tables
from lkt.findings import Finding
from lkt.model import Dataset
from lkt.pipeline import run
from lkt.workbook.declaration import IDENTITAS, SHEET
from lkt.workbook.new import filled_workbook
from lkt.workbook.opening import Grid, grids_of
from lkt.workbook.photos import locate_pictures
from lkt.workbook.reader import read_grids
from tests import builders

HERE = Path(__file__).parent

SHEETS = (IDENTITAS, *SHEET)
"""The sheets that are read."""

NO_RULE = "belum ada aturan: "
"""Begins the reason where a sensible rule could find it, and none does."""

HEADING = (
    f"{NO_RULE}judul yang diganti menjadi satu-satunya judul asing. Yang disebut: lembarnya, bukan judulnya."
)


class How(Enum):
    """How the person came to the mistake."""

    TYPED = "diketik"
    PASTED = "ditempel"
    DRAGGED = "diseret"
    DELETED = "dihapus"
    INSERTED = "disisipkan"
    FORMAT = "format"
    STRUCTURE = "struktur"


# Clean workbooks -------------------------------------------------------------------------------------------


class Clean(Enum):
    """The workbooks in which nothing is wrong."""

    SENDURO = "Senduro, triwulan I 2024 (contoh yang sudah dibetulkan)"
    BASE_1 = "buku kerja kecil, triwulan I 2024"
    BASE_2 = "buku kerja kecil, triwulan II 2024"
    BASE_3 = "buku kerja kecil, triwulan III 2024"
    BASE_4 = "buku kerja kecil, triwulan IV 2024"
    NEXT = "buku kerja kecil, triwulan II 2024, diperiksa bersama buku kerja triwulan I"
    FULL = "buku kerja lengkap, triwulan III 2025"
    TYPED = "buku kerja lengkap yang angkanya diketik (tanpa rumus)"


BASE = (Clean.BASE_1, Clean.BASE_2, Clean.BASE_3, Clean.BASE_4)
"""By quarter."""

_COMPUTED = {
    "Indikator!M2": "67.86%", "Indikator!M3": "63.49%", "Indikator!M4": "92%",
    "Indikator!N2": "104.40%", "Indikator!N3": "97.68%", "Indikator!N4": "102.22%",
    "Indikator!N5": "109.38%", "Indikator!N6": "85.71%",
    "Indikator!J2": "57", "Indikator!J3": "40", "Indikator!L3": "63",
    "Anggaran!I2": "71.30%", "Anggaran!I8": "67.27%", "Anggaran!I11": "56.51%",
    "Anggaran!I13": "68.35%", "Anggaran!I14": "72.62%", "Anggaran!I15": "68.58%",
    "Anggaran!E17": "2528245500", "Anggaran!G17": "2503895500", "Anggaran!H17": "1754968275",
    "Anggaran!I17": "67.44%",
    "Desa!C23": "20", "Desa!D23": "0", "Desa!E23": "20",
}  # fmt: skip
"""What an office types that does not use the formulas: every computed figure, rounded right."""


@dataclass(slots=True)
class Book:
    """A workbook while it is edited: sheet -> lines of cells as typed, and the hidden rows of a sheet."""

    tables: dict[str, list[list[str]]]
    hidden: dict[str, set[int]] = field(default_factory=dict)


@cache
def markdown(clean: Clean) -> str:
    """A clean workbook as tables."""
    if clean is Clean.SENDURO:
        return (builders.EXAMPLES / "data/senduro-2024-tw1.md").read_text(encoding="utf-8")
    if clean in BASE:
        return builders.base(2024, BASE.index(clean) + 1)
    if clean is Clean.NEXT:
        return markdown(Clean.BASE_2)
    full = (HERE / "wanasari-2025-tw3.md").read_text(encoding="utf-8")
    return builders.edited(full, _COMPUTED) if clean is Clean.TYPED else full


@cache
def _tables(clean: Clean) -> dict[str, list[list[str]]]:
    return split_tables(markdown(clean))


def clean_book(clean: Clean) -> Book:
    """A copy of a clean workbook, to be edited."""
    return Book({name: [list(cells) for cells in lines] for name, lines in _tables(clean).items()})


_raw = cache(builders._raw)


def read_book(book: Book) -> Dataset:
    """What the reader makes of it; the same as ``tests.builders.dataset``, each cell text parsed once."""
    grids = [
        Grid(
            name,
            {
                number: {column: _raw(text) for column, text in enumerate(cells, 1) if text}
                for number, cells in enumerate(lines, 1)
            },
            frozenset(book.hidden.get(name, ())),
        )
        for name, lines in book.tables.items()
    ]
    return locate_pictures(read_grids(grids), builders.EXAMPLES)


@cache
def _file(clean: Clean) -> bytes:
    """A clean workbook as the standard file, with its live formulas."""
    return filled_workbook(parse_tables(markdown(clean)), spare=False)


# Edits -----------------------------------------------------------------------------------------------------

Edit = Callable[[Book], None]
FileEdit = Callable[[openpyxl.Workbook], None]

_CELL = re.compile(r"(?P<sheet>[^!]+)!(?P<column>[A-Z]+)(?P<row>\d+)")


def _split(address: str) -> tuple[str, int, int]:
    """Sheet, row, column of Anggaran!G2."""
    match = _CELL.fullmatch(address)
    assert match, address
    return match["sheet"], int(match["row"]), column_index_from_string(match["column"])


def cells_of(area: str) -> Iterator[str]:
    """Every cell of Desa!C2:C22, row by row; a single cell, or a sheet as a whole, is itself."""
    first, _, last = area.partition(":")
    if not last:
        yield area
        return
    sheet, top, left = _split(first)
    _, bottom, right = _split(f"{sheet}!{last}")
    for row in range(top, bottom + 1):
        for column in range(left, right + 1):
            yield f"{sheet}!{get_column_letter(column)}{row}"


def get(book: Book, address: str) -> str:
    """What stands in a cell; nothing right of or below the table."""
    sheet, row, column = _split(address)
    lines = book.tables[sheet]
    return lines[row - 1][column - 1] if row <= len(lines) and column <= len(lines[0]) else ""


def _set(book: Book, address: str, text: str) -> None:
    sheet, row, column = _split(address)
    lines = book.tables[sheet]
    width = max(len(lines[0]), column)
    lines.extend([] for _ in range(row - len(lines)))
    for cells in lines:
        cells.extend([""] * (width - len(cells)))
    lines[row - 1][column - 1] = text


def put(texts: Mapping[str, str]) -> Edit:
    """Type over cells: address -> text."""

    def edit(book: Book) -> None:
        for address, text in texts.items():
            assert get(book, address) != text, f"{address} already is {text}"
            _set(book, address, text)

    return edit


def clear(*areas: str) -> Edit:
    """Press Delete on areas."""

    def edit(book: Book) -> None:
        for area in areas:
            assert any(get(book, address) for address in cells_of(area)), f"{area} is empty"
            for address in cells_of(area):
                _set(book, address, "")

    return edit


def change(area: str, pattern: str, replacement: str) -> Edit:
    """Find and replace by a regular expression in every cell of an area."""

    def edit(book: Book) -> None:
        changed = False
        for address in cells_of(area):
            text = get(book, address)
            new = re.sub(pattern, replacement, text)
            changed |= new != text
            _set(book, address, new)
        assert changed, f"{pattern} stands nowhere in {area}"

    return edit


def swap(first: str, second: str) -> Edit:
    """The contents of two areas of the same shape, exchanged."""

    def edit(book: Book) -> None:
        for one, other in zip(cells_of(first), cells_of(second), strict=True):
            texts = get(book, one), get(book, other)
            _set(book, other, texts[0])
            _set(book, one, texts[1])

    return edit


def paste(source: str, target: str) -> Edit:
    """Copy an area and paste it with its upper left cell at ``target``."""

    def edit(book: Book) -> None:
        texts = [(_split(address), get(book, address)) for address in cells_of(source)]
        _, top, left = texts[0][0]
        sheet, row, column = _split(target)
        for (_, from_row, from_column), text in texts:
            letter = get_column_letter(column + from_column - left)
            _set(book, f"{sheet}!{letter}{row + from_row - top}", text)

    return edit


def delete_rows(sheet: str, first: int, last: int = 0) -> Edit:
    """Delete whole rows; what is below moves up."""

    def edit(book: Book) -> None:
        del book.tables[sheet][first - 1 : max(first, last)]

    return edit


def insert_row(sheet: str, row: int, *texts: str) -> Edit:
    """Insert a row; what is below moves down."""

    def edit(book: Book) -> None:
        lines = book.tables[sheet]
        lines.insert(row - 1, [*texts, *[""] * (len(lines[0]) - len(texts))])

    return edit


def copy_row(sheet: str, source: int, target: int) -> Edit:
    """Copy a row and insert the copy as row ``target``."""

    def edit(book: Book) -> None:
        lines = book.tables[sheet]
        lines.insert(target - 1, list(lines[source - 1]))

    return edit


def delete_column(sheet: str, letter: str) -> Edit:
    """Delete a whole column; what is right of it moves left."""

    def edit(book: Book) -> None:
        for cells in book.tables[sheet]:
            del cells[column_index_from_string(letter) - 1]

    return edit


def insert_cell(address: str) -> Edit:
    """Insert one cell and shift the rest of the row to the right."""

    def edit(book: Book) -> None:
        sheet, row, column = _split(address)
        for cells in book.tables[sheet]:
            cells.append("")
        cells = book.tables[sheet][row - 1]
        cells.insert(column - 1, "")
        cells.pop()

    return edit


def delete_cell(address: str) -> Edit:
    """Delete one cell and shift the rest of the row to the left."""

    def edit(book: Book) -> None:
        sheet, row, column = _split(address)
        cells = book.tables[sheet][row - 1]
        del cells[column - 1]
        cells.append("")

    return edit


def delete_cell_up(address: str) -> Edit:
    """Delete one cell and shift the rest of the column up."""

    def edit(book: Book) -> None:
        sheet, row, column = _split(address)
        lines = book.tables[sheet]
        texts = [cells[column - 1] for cells in lines[row:]]
        for cells, text in zip(lines[row - 1 :], [*texts, ""], strict=True):
            cells[column - 1] = text

    return edit


def sort_column(area: str) -> Edit:
    """Sort one column without the others."""

    def edit(book: Book) -> None:
        places = list(cells_of(area))
        for address, text in zip(places, sorted(get(book, place) for place in places), strict=True):
            _set(book, address, text)

    return edit


def fill_down(area: str) -> Edit:
    """Drag the fill handle: every cell gets what stands in the first."""

    def edit(book: Book) -> None:
        first, *rest = cells_of(area)
        for address in rest:
            _set(book, address, get(book, first))

    return edit


def fill_series(area: str) -> Edit:
    """Drag the fill handle as a series: dates go on by days, numbers and the last figure of a text by one."""

    def edit(book: Book) -> None:
        first, *rest = cells_of(area)
        for step, address in enumerate(rest, 1):
            _set(book, address, _next(get(book, first), step))

    return edit


def _next(text: str, step: int) -> str:
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return (date.fromisoformat(text) + timedelta(days=step)).isoformat()
    match = re.fullmatch(r'(.*?)(\d+)("?)', text)
    assert match, text
    return f"{match[1]}{int(match[2]) + step:0{len(match[2])}}{match[3]}"


def replace_everywhere(old: str, new: str) -> Edit:
    """Find and replace in the whole workbook."""

    def edit(book: Book) -> None:
        for lines in book.tables.values():
            for cells in lines:
                cells[:] = [text.replace(old, new) for text in cells]

    return edit


def rename_sheet(old: str, new: str) -> Edit:
    """Rename a sheet; an empty name deletes it."""

    def edit(book: Book) -> None:
        assert old in book.tables
        kept = {name: lines for name, lines in book.tables.items() if name != old or new}
        book.tables = {new if name == old else name: lines for name, lines in kept.items()}

    return edit


def copy_sheet(old: str, new: str) -> Edit:
    """Copy a sheet under another name."""

    def edit(book: Book) -> None:
        book.tables[new] = deepcopy(book.tables[old])

    return edit


def hide(sheet: str, *rows: int) -> Edit:
    """Hide rows, as a filter does."""

    def edit(book: Book) -> None:
        book.hidden.setdefault(sheet, set()).update(rows)

    return edit


# A mutation ------------------------------------------------------------------------------------------------


class Place(Enum):
    """Where the finding of a mistake points, from best to worst."""

    OWN = "di sel yang salah"
    PARTNER = "di sel yang bertentangan dengannya"
    SECOND = "disebut, tetapi bukan sebagai sel pertama"
    ELSEWHERE = "di sel lain"
    UNSEEN = "tidak ditemukan"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a mutation: where the best finding points, and the codes of false alarms."""

    place: Place
    alarms: tuple[str, ...] = ()

    @property
    def found(self) -> bool:
        """A finding that the clean workbook does not have."""
        return self.place is not Place.UNSEEN

    @property
    def named(self) -> bool:
        """A finding names an expected cell."""
        return self.found and self.place is not Place.ELSEWHERE

    @property
    def right(self) -> bool:
        """A finding leads with an expected cell."""
        return self.place in {Place.OWN, Place.PARTNER}


@dataclass(frozen=True, slots=True)
class Mutation:
    """One mistake.

    Attributes:
        how: how it was made.
        id: its name in the tests.
        what: what the person did.
        clean: the workbook on which it is made.
        edits: the change, step by step.
        expect: areas of which a finding must name a cell. The first is where the mistake was made, the
            others are where something disagrees with it.
        also: codes of further findings that the same mistake cannot but cause.
        place: where the finding points.
        why: in Indonesian, the mistake and why nothing is found or the finding leads with another cell.
        alarms: codes of findings that should not be there.
        on_file: a change of the standard file instead, with its live formulas.
    """

    how: How
    id: str
    what: str
    clean: Clean
    edits: tuple[Edit, ...]
    expect: tuple[str, ...]
    also: frozenset[str] = frozenset()
    place: Place = Place.OWN
    why: str = ""
    alarms: tuple[str, ...] = ()
    on_file: FileEdit | None = None

    def __str__(self) -> str:
        return f"{self.sheet}-{self.id}{'-lalu' if self.clean is Clean.NEXT else ''}"

    @property
    def sheet(self) -> str:
        """The sheet on which the mistake was made; one that has lost its name is no standard sheet."""
        return self.expect[0].partition("!")[0]

    @property
    def expected_found(self) -> bool:
        """The checker must find it."""
        return self.place is not Place.UNSEEN

    @property
    def declared(self) -> Outcome:
        """The outcome that the tests hold it to."""
        return Outcome(self.place, self.alarms)


class Maker:
    """Makes mutations of one kind; ``expect``, ``also`` and ``alarms`` are lists separated by commas."""

    def __init__(self, how: How) -> None:
        self._how = how

    def __call__(
        self,
        name: str,
        what: str,
        clean: Clean,
        edit: Mapping[str, str] | Edit | Sequence[Edit] | None,
        expect: str,
        *,
        also: str = "",
        place: Place = Place.OWN,
        why: str = "",
        alarms: str = "",
        on_file: FileEdit | None = None,
    ) -> Mutation:
        """One mutation; ``edit`` may be the cells that are typed over."""
        return Mutation(
            self._how,
            name,
            what,
            clean,
            _edits(edit),
            tuple(expect.split(", ")),
            frozenset(filter(None, also.split(", "))),
            place,
            why,
            tuple(filter(None, alarms.split(", "))),
            on_file,
        )


def _edits(edit: Mapping[str, str] | Edit | Sequence[Edit] | None) -> tuple[Edit, ...]:
    if edit is None:
        return ()
    if isinstance(edit, Mapping):
        return (put(edit),)
    return tuple(edit) if isinstance(edit, Sequence) else (edit,)


typed, pasted, dragged, deleted, inserted, formatted, structured = map(Maker, How)


# What the checker says -------------------------------------------------------------------------------------


def mutated(mutation: Mutation) -> Dataset:
    """The workbook with the mistake, as it is read."""
    if mutation.on_file is None:
        book = clean_book(mutation.clean)
        for edit in mutation.edits:
            edit(book)
        return read_book(book)
    book_file = openpyxl.load_workbook(io.BytesIO(_file(mutation.clean)))
    mutation.on_file(book_file)
    buffer = io.BytesIO()
    book_file.save(buffer)
    return locate_pictures(read_grids(grids_of(buffer.getvalue())), builders.EXAMPLES)


@cache
def clean_findings(clean: Clean) -> tuple[Finding, ...]:
    """What is said about a clean workbook."""
    return run(read_book(clean_book(clean)), _before(clean)).findings


@cache
def _before(clean: Clean) -> Dataset | None:
    """The workbook of the quarter before, where it is checked as well."""
    return read_book(clean_book(Clean.BASE_1)) if clean is Clean.NEXT else None


def new_findings(mutation: Mutation) -> tuple[Finding, ...]:
    """What is said about the mistake and not about the clean workbook, wherever the rows went."""
    known = {(finding.code, finding.message) for finding in clean_findings(mutation.clean)}
    findings = run(mutated(mutation), _before(mutation.clean)).findings
    return tuple(finding for finding in findings if (finding.code, finding.message) not in known)


def judge(mutation: Mutation, findings: Sequence[Finding]) -> Outcome:
    """Where the findings point, and which of them are false alarms."""
    own = set(cells_of(mutation.expect[0]))
    expected = {cell for area in mutation.expect for cell in cells_of(area)}
    places = [_place(finding, own, expected) for finding in findings]
    alarms = [
        finding.code
        for finding, place in zip(findings, places, strict=True)
        if place is Place.ELSEWHERE and finding.code not in mutation.also
    ]
    if not findings:
        return Outcome(Place.UNSEEN)
    return Outcome(min(places, key=list(Place).index), tuple(sorted(set(alarms))))


def _place(finding: Finding, own: set[str], expected: set[str]) -> Place:
    refs = list(map(str, finding.refs))
    if refs[0] in own:
        return Place.OWN
    if refs[0] in expected:
        return Place.PARTNER
    return Place.SECOND if expected.intersection(refs) else Place.ELSEWHERE
