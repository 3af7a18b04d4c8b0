"""Lines on a screen or a pipe; plain on an old console."""

import codecs
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import IO, Any

from lkt.errors import ListedError, LktError
from lkt.findings import Finding, Severity
from lkt.indonesian import squeeze
from lkt.model import Cell, Dataset, Desa, JumlahDesa, Ref, Row
from lkt.workbook.declaration import IDENTITAS, KEYS, SHEET, TOTAL_LABELS, Sheet

# Lines on a screen or a pipe; plain on an old console -----------------------------------------------------
#
# A view is a list of lines, each with its indent: a terminal gets colour and wraps them under their indent, a
# pipe gets each whole, so that what is searched for stays on one line.


_ASCII = {
    "−": "-", "→": "->", "Σ": "jumlah ", "≥": ">=", "≤": "<=", "✓": "v", "✗": "x", "☐": "[ ]", "•": "-",
}  # fmt: skip
_NARROWEST = 20

SEVERITY_STYLES = {
    Severity.ERROR: "bold red",
    Severity.WARNING: "bold yellow",
    Severity.INFO: "bold cyan",
}

Part = str | tuple[str, str]
"""A piece of text, or one with its style: ``bold red``."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a view, indented by a number of columns."""

    parts: tuple[Part, ...] = ()
    indent: int = 0

    @property
    def plain(self) -> str:
        """The line without styles."""
        return " " * self.indent + "".join(part if isinstance(part, str) else part[0] for part in self.parts)


View = Iterable[Any]


def line(*parts: Part, indent: int = 0) -> Line:
    """A line of pieces."""
    return Line(parts, indent)


def print_view(view: View, file: IO[str]) -> None:
    """Print a view; what the encoding of the stream lacks is shown by plain signs."""
    codecs.register_error("lkt", _substitute)
    reconfigure: Any = getattr(file, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="lkt")
    if file.isatty():
        _print_styled(view, file)
    else:
        file.writelines(f"{_whole(each)}\n" for each in view)


def _print_styled(view: View, file: IO[str]) -> None:
    from rich.console import Console  # noqa: PLC0415 - a pipe does without colour and without its cost
    from rich.text import Text  # noqa: PLC0415

    console = Console(file=file, highlight=False, emoji=False)
    for each in view:
        if not isinstance(each, Line):
            console.print(each)
            continue
        text = Text.assemble(*each.parts)
        wrapped = text.wrap(console, max(_NARROWEST, console.width - each.indent)) or [text]
        for part in wrapped:
            console.print(Text(" " * each.indent) + part, soft_wrap=True)


def _whole(each: Any) -> str:
    """A piece of a view as plain text that is not wrapped."""
    if isinstance(each, Line):
        return each.plain.rstrip()
    from rich.console import Console  # noqa: PLC0415

    console = Console(file=io.StringIO(), width=10_000, color_system=None, highlight=False, emoji=False)
    with console.capture() as capture:
        console.print(each)
    return "\n".join(text.rstrip() for text in capture.get().splitlines())


def _substitute(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text = error.object[error.start : error.end]
    return "".join(_ASCII.get(letter, "?") for letter in text), error.end


def error_view(error: LktError) -> Iterator[Line]:
    """Expected trouble: what happened, where, and what to do."""
    yield line(("Gagal: ", "bold red"), error.message)
    if isinstance(error, ListedError):
        for problem in error.problems:
            if problem not in error.message:
                yield line(f"- {problem}", indent=2)
    if error.hint:
        yield line(error.hint, indent=2)


# Cells in words: a long list of them in the shortest form that still names each one -----------------------


_ADDRESS = re.compile(r"([A-Z]+)(\d+)")


def compact(refs: Iterable[Ref]) -> str:
    """The cells by sheet, with runs down a column as ranges: ``Fasilitasi!C2:C20, F2:F20; Indikator!L2``."""
    sheets: dict[str, dict[str, list[int]]] = {}
    for ref in refs:
        match = _ADDRESS.fullmatch(ref.cell)
        columns = sheets.setdefault(ref.sheet, {})
        if match:
            columns.setdefault(match[1], []).append(int(match[2]))
    return "; ".join(
        f"{sheet}!{', '.join(_ranges(columns))}" if columns else sheet for sheet, columns in sheets.items()
    )


def _ranges(columns: dict[str, list[int]]) -> Iterable[str]:
    for column, rows in columns.items():
        start = previous = None
        for row in [*sorted(set(rows)), None]:
            if start is not None and row != (previous or 0) + 1:
                yield f"{column}{start}" if start == previous else f"{column}{start}:{column}{previous}"
                start = None
            start = row if start is None else start
            previous = row


# A small piece of the sheet around a finding, so that its cell is recognized without opening the file -----


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
        letter: its column in the file; empty where it is not known (the column Isian of Identitas).
        heading: the heading by the declaration; empty in row 1, where the heading itself is what is written.
        written: the cell as the user sees it; empty when blank.
        marked: the finding points at it.
        names_row: people know the row by it.
    """

    letter: str
    heading: str
    written: str
    marked: bool = False
    names_row: bool = False


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


def excerpt(finding: Finding, dataset: Dataset, around: int = 2) -> Excerpt | None:
    """The row of the finding's first cell; None where a whole sheet is meant, or a cell that was not read.

    The first cell is there, then the other cells of the finding in that row, then its neighbours up to
    ``around`` columns away, together at most ``2 * around + 1``; and the column that names the row.
    """
    address = _ADDRESS.fullmatch(finding.ref.cell)
    if address is None:
        return None
    sheet, row = finding.ref.sheet, int(address[2])
    cells = _row(dataset, sheet, row)
    marked = [letter for ref in finding.refs if (letter := _letter_in(ref, sheet, row))]
    chosen = _choose(cells, marked, around)
    if not chosen:
        return None
    shown = tuple(replace(cell, marked=True) if cell.letter in marked else cell for cell in chosen)
    return Excerpt(sheet, row, shown)


def _letter_in(ref: Ref, sheet: str, row: int) -> str:
    """The column of a cell of that row; empty for any other cell."""
    address = _ADDRESS.fullmatch(ref.cell)
    return address[1] if address and ref.sheet == sheet and int(address[2]) == row else ""


def _choose(cells: Sequence[ExcerptCell], marked: Sequence[str], around: int) -> list[ExcerptCell]:
    """The cells to show, from left to right; none where the first marked cell is not among them."""
    places = {cell.letter: place for place, cell in enumerate(cells)}
    here = places.get(marked[0])
    if here is None:
        return []
    wanted = dict.fromkeys(places[letter] for letter in marked if letter in places)
    near = sorted(range(len(cells)), key=lambda place: abs(place - here))
    wanted |= dict.fromkeys(place for place in near if abs(place - here) <= around)
    shown = {*list(wanted)[: 2 * around + 1], *(place for place in near if cells[place].names_row)}
    return [cells[place] for place in sorted(shown)]


# The cells of a row ----------------------------------------------------------------------------------------


def _row(dataset: Dataset, name: str, number: int) -> list[ExcerptCell]:
    """Everything that is known of a row, from left to right."""
    declared = next((declared for declared, written in dataset.sheets.items() if written == name), "")
    if declared == IDENTITAS:
        known = _identitas(dataset, number)
    elif declared and number == 1:
        known = _headings(dataset, SHEET[declared])
    elif declared:
        known = _values(dataset, SHEET[declared], number)
    else:
        known = iter(())
    cells = {cell.letter: cell for cell in (*_not_understood(dataset, Ref(name), number), *known)}
    return sorted(cells.values(), key=lambda cell: (len(cell.letter), cell.letter))


def _not_understood(dataset: Dataset, place: Ref, number: int) -> Iterator[ExcerptCell]:
    """Cells that only a problem tells of: a heading, a key, or a cell of a row that was not kept."""
    key = place.sheet == dataset.sheets.get(IDENTITAS) and number > 1
    for problem in dataset.problems:
        letter = _letter_in(problem.ref, place.sheet, number)
        if letter and number == 1:
            yield ExcerptCell(letter, "", problem.written)
        elif letter:
            heading = _ISIAN if key else problem.subject
            yield ExcerptCell(letter, heading, problem.written, names_row=key)


def _identitas(dataset: Dataset, number: int) -> Iterator[ExcerptCell]:
    """One key with its value. Where Isian stands is not kept; left of B there is only one place for it."""
    for key in KEYS:
        cell: Cell[object] = getattr(dataset.identitas, key.field)
        letter = _letter_in(cell.ref, cell.ref.sheet, number)
        if letter:
            yield ExcerptCell("A" if letter == "B" else "", _ISIAN, key.label, names_row=True)
            yield ExcerptCell(letter, _NILAI, cell.written)


def _headings(dataset: Dataset, sheet: Sheet) -> Iterator[ExcerptCell]:
    declared = {column.field: column.heading for column in sheet.columns}
    for (name, field), ref in dataset.headings.items():
        if name == sheet.name:
            # a date column of sheet Desa is "0 RKPDesa" here
            heading = declared.get(field) or field.partition(" ")[2]
            yield ExcerptCell(_letter_in(ref, ref.sheet, 1), "", heading)


def _values(dataset: Dataset, sheet: Sheet, number: int) -> Iterator[ExcerptCell]:
    row = _find_row(dataset, sheet, number)
    headings = {column.field: column.heading for column in sheet.columns}
    for field, cell in row.cells() if row else ():
        yield from _cell(cell, headings[field], names_row=field == _NAMED_BY[sheet.name])
    if isinstance(row, JumlahDesa):
        yield from _total_label(dataset, sheet)
    if isinstance(row, Desa | JumlahDesa):
        dates: Sequence[Cell[Any]] = row.tanggal if isinstance(row, Desa) else row.tepat_waktu
        for document, date in zip(dataset.dokumen, dates, strict=False):
            yield from _cell(date, document.dokumen.value or "", names_row=False)


def _find_row(dataset: Dataset, sheet: Sheet, number: int) -> Row | None:
    """The row of that number, the row Jumlah too."""
    totals = {"Anggaran": dataset.jumlah_anggaran, "Desa": dataset.jumlah_desa}
    rows: tuple[Row | None, ...] = (*getattr(dataset, sheet.field), totals.get(sheet.name))
    return next((row for row in rows if row and row.row == number), None)


def _cell(cell: Cell[Any], heading: str, *, names_row: bool) -> Iterator[ExcerptCell]:
    """The cell; nothing where its column is missing."""
    address = _ADDRESS.fullmatch(cell.ref.cell)
    if address:
        yield ExcerptCell(address[1], heading, cell.written, names_row=names_row)


def _total_label(dataset: Dataset, sheet: Sheet) -> Iterator[ExcerptCell]:
    """The name of the row Jumlah of sheet Desa, which the dataset does not keep."""
    column = next(column for column in sheet.columns if column.heading == sheet.total_label)
    heading = dataset.headings.get((sheet.name, column.field))
    if heading:
        letter = _letter_in(heading, heading.sheet, 1)
        yield ExcerptCell(letter, column.heading, TOTAL_LABELS[0], names_row=True)


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
    """The end, in whole words where there are any."""
    return _first(text[::-1], width)[::-1]
