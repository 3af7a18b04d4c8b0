"""One mistake as a value: who made it how, on which clean workbook, and which cell must be named.

A workbook is edited as tables of typed cells (``examples.tables``), the way a person edits a sheet: rows
are deleted and move up, a fill handle is dragged, a block is pasted. ``on_file`` is for what only a real file
has.
"""

import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any, Concatenate, ParamSpec

import openpyxl
from openpyxl.utils import column_index_from_string, get_column_letter

from examples.tables import parse_tables, split_tables
from lkt.findings import Finding
from lkt.model import Dataset
from lkt.pipeline import run
from lkt.workbook.new import filled_workbook
from lkt.workbook.opening import grids_of
from lkt.workbook.photos import locate_pictures
from lkt.workbook.reader import read_grids
from tests import builders

HERE = Path(__file__).parent

NO_RULE = "belum ada aturan: "
"""Begins the reason where a sensible rule could find it, and none does."""


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


_AREA = re.compile(r"[A-Z]+\d+(?::[A-Z]+\d+)?")
_CELL = re.compile(r"(?:(?P<sheet>[^!]+)!)?(?P<column>[A-Z]+)(?P<row>\d+)")


def split(address: str) -> tuple[str, int, int]:
    """Sheet, row, column of Anggaran!G2; the sheet is empty in G2."""
    match = _CELL.fullmatch(address)
    assert match, address
    return match["sheet"] or "", int(match["row"]), column_index_from_string(match["column"])


def cells_of(area: str) -> Iterator[str]:
    """Every cell of Desa!C2:C22, row by row; a single cell, or a sheet as a whole, is itself."""
    first, _, last = area.partition(":")
    if not last:
        yield area
        return
    (sheet, top, left), (_, bottom, right) = split(first), split(last)
    for row in range(top, bottom + 1):
        for column in range(left, right + 1):
            yield f"{sheet}{'!' if sheet else ''}{get_column_letter(column)}{row}"


@dataclass(slots=True)
class Book:
    """A workbook while it is edited.

    Attributes:
        tables: sheet -> lines of cells as typed.
        sheet: the one that is edited.
        hidden: sheet -> its hidden rows.
        merged: sheet -> its merged areas.
    """

    tables: dict[str, list[list[str]]]
    sheet: str = ""
    hidden: dict[str, set[int]] = field(default_factory=dict)
    merged: dict[str, list[str]] = field(default_factory=dict)

    @property
    def lines(self) -> list[list[str]]:
        """The lines of the sheet that is edited."""
        return self.tables[self.sheet]

    def get(self, address: str) -> str:
        """What stands in a cell; nothing right of or below the table."""
        sheet, row, column = split(address)
        lines = self.tables[sheet or self.sheet]
        return lines[row - 1][column - 1] if row <= len(lines) and column <= len(lines[0]) else ""

    def set(self, address: str, text: str) -> None:
        """Type over a cell, which may be right of or below the table."""
        sheet, row, column = split(address)
        lines = self.tables[sheet or self.sheet]
        width = max(len(lines[0]), column)
        lines.extend([] for _ in range(row - len(lines)))
        for cells in lines:
            cells.extend([""] * (width - len(cells)))
        lines[row - 1][column - 1] = text

    def texts(self, area: str) -> list[str]:
        """What stands in every cell of an area."""
        return list(map(self.get, cells_of(area)))

    def fill(self, area: str, texts: Sequence[str]) -> None:
        """Type over every cell of an area."""
        for address, text in zip(cells_of(area), texts, strict=True):
            self.set(address, text)


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


def clean_book(clean: Clean, sheet: str = "") -> Book:
    """A copy of a clean workbook, to be edited on a sheet."""
    return Book({name: [list(cells) for cells in lines] for name, lines in _tables(clean).items()}, sheet)


def read_book(book: Book) -> Dataset:
    return builders.dataset_of(book.tables, book.hidden, merged=book.merged)


@cache
def _file(clean: Clean) -> bytes:
    """A clean workbook as the standard file, with its live formulas."""
    tables = builders.edited(markdown(clean), _REASON) if clean in BASE else markdown(clean)
    return filled_workbook(parse_tables(tables), spare=False)


_REASON = {"Anggaran!M1": "Penjelasan", "Anggaran!M3": "Pembinaan desa dimulai pada bulan Maret."}
"""The standard file has a column that the tables lack; a programme that lags needs a reason there."""


OFFICES = {
    "tangsel-ciputat-tw1": "",
    "tangsel-ciputat-tw2": "",
    "tangsel-setu-tw1": "N101 Anggaran!D18, A104 Anggaran!H59",
    "ciputat-program-tw2": "A118 Anggaran!H2",
}
"""Books with the published figures of real offices, and the mistakes that are in them."""


def office(name: str) -> Dataset:
    return builders.dataset((HERE / "offices" / f"{name}.md").read_text(encoding="utf-8"))


# Edits -----------------------------------------------------------------------------------------------------
#
# Addresses without a sheet are of the sheet on which the mistake is made.


@dataclass(frozen=True, slots=True)
class Edit:
    """A change of a book, with what it is called with besides the book."""

    change: Callable[..., object]
    args: tuple[Any, ...]

    def apply(self, book: Book) -> None:
        """Make the change."""
        self.change(book, *self.args)


P = ParamSpec("P")


def edit(change: Callable[Concatenate[Book, P], object]) -> Callable[P, Edit]:
    """Make an edit of a function that changes a book; it is called without the book."""
    return lambda *args, **_none: Edit(change, args)


@edit
def put(book: Book, texts: Mapping[str, str]) -> None:
    """Type over cells: address -> text."""
    for address, text in texts.items():
        assert book.get(address) != text, f"{address} already is {text}"
        book.set(address, text)


@edit
def clear(book: Book, area: str) -> None:
    """Press Delete on an area."""
    assert any(book.texts(area)), f"{area} is empty"
    book.fill(area, [""] * len(book.texts(area)))


@edit
def change(book: Book, area: str, pattern: str, replacement: str) -> None:
    """Find and replace by a regular expression in every cell of an area."""
    before = book.texts(area)
    after = [re.sub(pattern, replacement, text) for text in before]
    assert before != after, f"{pattern} stands nowhere in {area}"
    book.fill(area, after)


@edit
def swap(book: Book, first: str, second: str) -> None:
    """The contents of two areas of the same shape, exchanged."""
    one, other = book.texts(first), book.texts(second)
    book.fill(first, other)
    book.fill(second, one)


@edit
def paste(book: Book, source: str, target: str) -> None:
    """Copy an area and paste it with its upper left cell at ``target``."""
    texts = [(split(address), book.get(address)) for address in cells_of(source)]
    _, top, left = texts[0][0]
    sheet, row, column = split(target)
    for (_, from_row, from_column), text in texts:
        letter = get_column_letter(column + from_column - left)
        book.set(f"{sheet or book.sheet}!{letter}{row + from_row - top}", text)


@edit
def sort_column(book: Book, area: str) -> None:
    """Sort one column without the others."""
    book.fill(area, sorted(book.texts(area)))


@edit
def fill_down(book: Book, area: str) -> None:
    """Drag the fill handle: every cell gets what stands in the first."""
    texts = book.texts(area)
    book.fill(area, texts[:1] * len(texts))


@edit
def fill_series(book: Book, area: str) -> None:
    """Drag the fill handle as a series: dates go on by days, numbers and the last figure of a text by one."""
    first, *rest = book.texts(area)
    book.fill(area, [first, *(_next(first, step) for step in range(1, len(rest) + 1))])


def _next(text: str, step: int) -> str:
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return (date.fromisoformat(text) + timedelta(days=step)).isoformat()
    match = re.fullmatch(r'(.*?)(\d+)("?)', text)
    assert match, text
    return f"{match[1]}{int(match[2]) + step:0{len(match[2])}}{match[3]}"


@edit
def delete_rows(book: Book, first: int, last: int = 0) -> None:
    """Delete whole rows; what is below moves up."""
    del book.lines[first - 1 : max(first, last)]


@edit
def insert_row(book: Book, row: int, *texts: str) -> None:
    """Insert a row; what is below moves down."""
    book.lines.insert(row - 1, [*texts, *[""] * (len(book.lines[0]) - len(texts))])


@edit
def copy_row(book: Book, source: int, target: int) -> None:
    """Copy a row and insert the copy as row ``target``."""
    book.lines.insert(target - 1, list(book.lines[source - 1]))


@edit
def delete_column(book: Book, letter: str) -> None:
    """Delete a whole column; what is right of it moves left."""
    for cells in book.lines:
        del cells[column_index_from_string(letter) - 1]


@edit
def insert_cell(book: Book, address: str) -> None:
    """Insert one cell and shift the rest of the row to the right."""
    _, row, column = split(address)
    for cells in book.lines:
        cells.append("")
    book.lines[row - 1].insert(column - 1, "")
    book.lines[row - 1].pop()


@edit
def delete_cell(book: Book, address: str) -> None:
    """Delete one cell and shift the rest of the row to the left."""
    _, row, column = split(address)
    del book.lines[row - 1][column - 1]
    book.lines[row - 1].append("")


@edit
def delete_cell_up(book: Book, address: str) -> None:
    """Delete one cell and shift the rest of the column up."""
    _, row, column = split(address)
    texts = [cells[column - 1] for cells in book.lines[row:]]
    for cells, text in zip(book.lines[row - 1 :], [*texts, ""], strict=True):
        cells[column - 1] = text


@edit
def replace_everywhere(book: Book, old: str, new: str) -> None:
    """Find and replace in the whole workbook."""
    for lines in book.tables.values():
        for cells in lines:
            cells[:] = [text.replace(old, new) for text in cells]


@edit
def rename_sheet(book: Book, old: str, new: str) -> None:
    """Rename a sheet; an empty name deletes it."""
    assert old in book.tables
    kept = {name: lines for name, lines in book.tables.items() if name != old or new}
    book.tables = {new if name == old else name: lines for name, lines in kept.items()}


@edit
def copy_sheet(book: Book, old: str, new: str) -> None:
    """Copy a sheet under another name."""
    book.tables[new] = deepcopy(book.tables[old])


@edit
def hide(book: Book, *rows: int) -> None:
    """Hide rows, as a filter does."""
    book.hidden.setdefault(book.sheet, set()).update(rows)


@edit
def merge(book: Book, area: str) -> None:
    """Merge cells: only the upper left one keeps what it holds."""
    first, *covered = cells_of(area)
    assert book.get(first), f"{first} is empty"
    for address in covered:
        book.set(address, "")
    book.merged.setdefault(book.sheet, []).append(area)


# A mutation ------------------------------------------------------------------------------------------------


FileEdit = Callable[[openpyxl.Workbook], None]


class Place(Enum):
    """Where the finding of a mistake points, from best to worst."""

    OWN = "di sel yang salah"
    PARTNER = "di sel yang bertentangan dengannya"
    SECOND = "disebut, tetapi bukan sebagai sel pertama"
    ELSEWHERE = "di sel lain"
    UNSEEN = "tidak ditemukan"


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
        on_file: a change of the standard file instead, with its live formulas.
        edited: the sheet on which it is made.
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
    on_file: FileEdit | None = None
    edited: str = ""

    def __str__(self) -> str:
        return f"{self.sheet}-{self.id}{'-lalu' if self.clean is Clean.NEXT else ''}"

    @property
    def sheet(self) -> str:
        """The sheet on which the mistake was made; one that has lost its name is no standard sheet."""
        return self.expect[0].partition("!")[0]


class Maker:
    """Makes mutations of one kind."""

    def __init__(self, how: How) -> None:
        self._how = how

    def __call__(
        self,
        name: str,
        what: str,
        edit: Mapping[str, str] | Edit | tuple[Edit, ...],
        expect: str = "",
        *,
        clean: Clean = Clean.FULL,
        also: str = "",
        partner: bool = False,
        on_file: FileEdit | None = None,
        **why: str,
    ) -> Mutation:
        """One mutation.

        Args:
            name: its name in the tests.
            what: what the person did.
            edit: the cells that are typed over, or other edits.
            expect: areas, separated by commas; where nothing is said the one that the edit names first.
            clean: the workbook on which it is made.
            also: codes of further findings that it cannot but cause, separated by commas.
            partner: the finding leads with a cell that the mistake contradicts.
            on_file: a change of the standard file instead.
            why: ``unseen``, ``no_rule``, ``second`` or ``elsewhere``: where the finding points, and why.
        """
        place, reason = (Place.PARTNER if partner else Place.OWN), ""
        for key, text in why.items():
            place = {"second": Place.SECOND, "elsewhere": Place.ELSEWHERE}.get(key, Place.UNSEEN)
            reason = NO_RULE + text if key == "no_rule" else text
        edits = (put(edit),) if isinstance(edit, Mapping) else (edit,) if isinstance(edit, Edit) else edit
        first = edits[0].args[0] if edits and not expect else ""
        areas = (expect or (first if isinstance(first, str) else next(iter(first)))).split(", ")
        codes = frozenset(filter(None, also.split(", ")))
        return Mutation(self._how, name, what, clean, edits, tuple(areas), codes, place, reason, on_file)


typed, pasted, dragged, deleted, inserted, formatted, structured = map(Maker, How)


def on(sheet: str, *mutations: Mutation) -> tuple[Mutation, ...]:
    """Mutations of one sheet, to which addresses without a sheet belong."""
    return tuple(
        replace(
            each,
            edited=sheet,
            expect=tuple(f"{sheet}!{area}" if _AREA.fullmatch(area) else area for area in each.expect),
        )
        for each in mutations
    )


# What the checker says -------------------------------------------------------------------------------------


def mutated(mutation: Mutation) -> Dataset:
    """The workbook with the mistake, as it is read."""
    if mutation.on_file is None:
        book = clean_book(mutation.clean, mutation.edited)
        for edit in mutation.edits:
            edit.apply(book)
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


def judge(mutation: Mutation, findings: Sequence[Finding]) -> tuple[Place, set[str]]:
    """Where the best finding points, and the codes of false alarms."""
    own = set(cells_of(mutation.expect[0]))
    expected = {cell for area in mutation.expect for cell in cells_of(area)}
    best, alarms = Place.UNSEEN, set()
    for finding in findings:
        first, *others = map(str, finding.refs)
        place = (
            Place.OWN
            if first in own
            else Place.PARTNER
            if first in expected
            else Place.SECOND
            if expected.intersection(others)
            else Place.ELSEWHERE
        )
        if place is Place.ELSEWHERE and finding.code not in mutation.also:
            alarms.add(finding.code)
        best = min(best, place, key=list(Place).index)
    return best, alarms
