"""What is said in the user's own workbook: findings on their cells and in a list, and cells to fill in."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from lkt import addresses
from lkt.findings import Finding, Severity, counts
from lkt.indonesian import format_number
from lkt.model import Ref
from lkt.workbook.declaration import PETUNJUK
from lkt.xlsx import INK, CellLook, ListedCell, Listing, WorkbookEditor

# A copy with its findings: highlighted cells, notes, and a sheet that lists them --------------------------


LISTING = "Hasil Pemeriksaan"
TITLE = "— Pemeriksaan lkt —"
"""The first line of our part of a note."""

_MARK, _LISTING_MARK = "lkt", "_lkt_hasil"
_FILLS = {Severity.ERROR: "FFFFB3AD", Severity.WARNING: "FFFFE36E", Severity.INFO: "FFBFDDF5"}
_MOST_IN_A_NOTE = 12
_MOST_LISTED = 5000  # findings, and marked cells; more help nobody, and cost memory


def annotate(data: bytes, findings: Sequence[Finding]) -> bytes:
    """A copy of a workbook with its findings; marks of an earlier check are replaced.

    Of very many findings the first are marked and listed; the list says how many there are besides.

    Args:
        data: the workbook.
        findings: in the order in which they shall be listed.

    Raises:
        XlsxError: the workbook is damaged.
    """
    book = WorkbookEditor(data)
    remove_annotations(book)
    by_cell: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings[:_MOST_LISTED]:
        shown = (book.shown_cell(ref.sheet, ref.cell) for ref in finding.refs)
        for at in dict.fromkeys(filter(None, shown)):
            if at in by_cell or len(by_cell) < _MOST_LISTED:
                by_cell.setdefault(at, []).append(finding)
    by_sheet: dict[str, dict[str, list[Finding]]] = {}
    for (sheet, cell), found in by_cell.items():
        by_sheet.setdefault(sheet, {})[cell] = found
    for sheet, cells in by_sheet.items():
        worst = {cell: min(found, key=_rank).severity for cell, found in cells.items()}
        book.highlight(sheet, {cell: _FILLS[severity] for cell, severity in worst.items()}, _MARK)
        book.add_notes(sheet, {cell: _note(found) for cell, found in cells.items()}, TITLE)
    book.add_list(_listing(book, findings))
    return book.save()


def remove_annotations(book: WorkbookEditor) -> None:
    """Take the marks of a check out, and the sheet that lists its findings."""
    book.remove_lists(_LISTING_MARK)
    book.remove_marks(_MARK, TITLE)


def _rank(finding: Finding) -> int:
    return list(Severity).index(finding.severity)


def _note(findings: Sequence[Finding]) -> list[tuple[str, bool]]:
    """The note on a cell: pieces of text, each with whether it is bold."""
    runs: list[tuple[str, bool]] = []
    for number, finding in enumerate(findings[:_MOST_IN_A_NOTE]):
        lead = "\n\n" if number else "\n"
        runs += [
            (f"{lead}{finding.severity.word.upper()} {finding.code}".rstrip() + ": ", True),
            (finding.message, False),
        ]
        if finding.hint:
            runs += [("\nPerbaikan: ", True), (finding.hint, False)]
    if len(findings) > _MOST_IN_A_NOTE:
        runs.append((f"\n\nDan {len(findings) - _MOST_IN_A_NOTE} temuan lain pada sel ini.", False))
    return runs


# The sheet that lists all findings, each with a link to its cell ------------------------------------------


_HEADINGS = ("Tingkat", "Kode", "Sel", "Pesan", "Perbaikan", "Tertulis", "Seharusnya", "Selisih")
_WIDTHS = (14, 7, 21, 54, 46, 23, 23, 16)
_NOTHING = "Tidak ada temuan."
_NAVY, _WHITE, _RED, _GREEN = "FF1F4E79", "FFFFFFFF", "FFC0392B", "FF2E7D32"
_HEADING = CellLook(_WHITE, _NAVY, effect="b", horizontal="center")
_BODY, _FIGURE = CellLook(), CellLook(horizontal="right")
_TOP = CellLook(_NAVY, effect="b")
_CODE, _LINK = CellLook(effect="b", horizontal="center"), CellLook(_NAVY, effect="u")
_MOST_RUNS = 4  # of cells in a row of the list; the notes stand on all of them


def _listing(book: WorkbookEditor, findings: Sequence[Finding]) -> Listing:
    rows = [[ListedCell(text, _HEADING) for text in _HEADINGS]]
    for each in findings[:_MOST_LISTED]:
        level = CellLook(INK, _FILLS[each.severity], "b", "center")
        link = book.shown_cell(each.ref.sheet, each.ref.cell or "A1")
        texts = (each.message, each.hint, each.written, each.expected, each.difference)
        looks = (_BODY, _BODY, _BODY, _BODY, _FIGURE)
        rows.append(
            [
                ListedCell(each.severity.word.upper(), level),
                ListedCell(each.code, _CODE),
                ListedCell(cells_in_short(each.refs), _LINK, link),
                *map(ListedCell, texts, looks),
            ]
        )
    more = len(findings) - _MOST_LISTED
    last = f"Dan {format_number(more)} temuan lain; betulkan dahulu yang di atas." if more > 0 else _NOTHING
    if not findings or more > 0:
        rows.append([ListedCell(last if heading == "Pesan" else "") for heading in _HEADINGS])
    counted = [f"{number} {severity.word}" for severity, number in counts(findings).items() if number]
    title = ListedCell(f"Hasil pemeriksaan: {', '.join(counted)}" if counted else _NOTHING, _TOP)
    tab = _RED if findings else _GREEN
    return Listing(LISTING, _LISTING_MARK, title, rows, _WIDTHS, tab, after=PETUNJUK)


def cells_in_short(refs: Sequence[Ref]) -> str:
    """Cells with runs down a column as ranges, the sheet only where it changes: Desa!C2:C4, F2."""
    runs: list[list[Ref]] = []
    for ref in refs:
        if runs and _is_below(runs[-1][-1], ref):
            runs[-1].append(ref)
        else:
            runs.append([ref])
    pieces, sheet = [], ""
    for run in runs[:_MOST_RUNS]:
        first, last = run[0], run[-1]
        area = first.cell if first == last else f"{first.cell}:{last.cell}"
        pieces.append(area if area and first.sheet == sheet else str(Ref(first.sheet, area)))
        sheet = first.sheet
    more = sum(map(len, runs[_MOST_RUNS:]))
    return ", ".join(pieces) + (f", dan {more} sel lain" if more else "")


def _is_below(upper: Ref, lower: Ref) -> bool:
    above, below = addresses.place(upper.cell), addresses.place(lower.cell)
    return upper.sheet == lower.sheet and above is not None and below == (above[0] + 1, above[1])


# Cells that wait for the user: a fill that goes when the cell is filled in or changed, and a note ---------
#
# They live beside the marks of a check: each kind is put in and taken out without the other.


WAITING_TITLE = "— Isian lkt —"
_WAITING_MARK = "lkt isian"


class Wait(Enum):
    """What a marked cell waits for; the value is the colour of its fill."""

    FILL = "FFB9E4D4"
    REVIEW = "FFE4D3F2"
    NOTHING = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark on one cell.

    Attributes:
        ref: the cell.
        text: what the note says; empty for a mark without a note.
        wait: until when the cell is filled with colour: until it is filled in, or until it is changed.
    """

    ref: Ref
    text: str
    wait: Wait = Wait.FILL


def add_marks(book: WorkbookEditor, marks: Iterable[Mark]) -> None:
    """Mark cells; those on sheets that do not exist are left out."""
    by_sheet: dict[str, dict[str, Mark]] = {}
    for each in marks:
        shown = book.shown_cell(each.ref.sheet, each.ref.cell)
        if shown is not None:
            by_sheet.setdefault(shown[0], {})[shown[1]] = each
    for sheet, placed in by_sheet.items():
        for wait in (Wait.FILL, Wait.REVIEW):
            colors = {cell: wait.value for cell, each in placed.items() if each.wait is wait}
            book.highlight(sheet, colors, _WAITING_MARK, blank=wait is Wait.FILL)
        notes = {cell: [(f"\n{each.text}", False)] for cell, each in placed.items() if each.text}
        book.add_notes(sheet, notes, WAITING_TITLE)


def remove_marks(book: WorkbookEditor) -> None:
    """Take the marks of cells that wait out."""
    book.remove_marks(_WAITING_MARK, WAITING_TITLE)


# Where imported cells come from: a note on each, and a sheet that lists what import could not settle -------


SOURCES = "Hasil Impor"
SOURCES_TITLE = "— Impor lkt —"
_SOURCES_MARK, _SOURCES_LISTING = "lkt impor", "_lkt_impor"
_SOURCES_HEADINGS = ("Perihal", "Penjelasan", "Tertulis", "Asal")
_SOURCES_WIDTHS = (18, 70, 40, 44)
_NO_SOURCES = "Semua isian dikenali."


def write_sources(book: WorkbookEditor, notes: Mapping[Ref, str], rows: Sequence[Sequence[str]]) -> None:
    """Note on each cell where it comes from, and list what the user should look at."""
    by_sheet: dict[str, dict[str, list[tuple[str, bool]]]] = {}
    for ref, text in notes.items():
        by_sheet.setdefault(ref.sheet, {})[ref.cell] = [(f"\n{text}", False)]
    for sheet, placed in by_sheet.items():
        book.add_notes(sheet, placed, SOURCES_TITLE)
    listed = [[ListedCell(text, _HEADING) for text in _SOURCES_HEADINGS]]
    for about, *texts in rows or [("", _NO_SOURCES, "", "")]:
        listed.append([ListedCell(about, CellLook(effect="b")), *map(ListedCell, texts)])
    title = ListedCell(
        "Hasil impor: periksa sebelum lkt check. Lembar ini tidak dibaca dan boleh dihapus.", _TOP
    )
    book.add_list(Listing(SOURCES, _SOURCES_LISTING, title, listed, _SOURCES_WIDTHS, _NAVY, after=PETUNJUK))


def remove_sources(book: WorkbookEditor) -> None:
    """Take the notes and the sheet of an import out."""
    book.remove_lists(_SOURCES_LISTING)
    book.remove_marks(_SOURCES_MARK, SOURCES_TITLE)
