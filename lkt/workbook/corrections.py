"""Corrections of a workbook: what has exactly one reading is written the way the workbook wants it."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from lkt.bounded import whole
from lkt.indonesian import DAYS, MONTHS, format_date, format_span, month_number, normalize, squeeze
from lkt.model import Dataset, Precision, Problem, ProblemKind, Ref, Span, by_place
from lkt.pipeline import Result, run
from lkt.workbook import styles
from lkt.workbook.cells import Raw, as_written, date_order_evidence
from lkt.workbook.declaration import KEYS, Kind
from lkt.workbook.formula_corrections import (
    Correction,
    Place,
    column_of,
    places_of,
    raw_of,
    restore_formulas,
)
from lkt.workbook.opening import grids_of
from lkt.workbook.reader import Context, read_grids
from lkt.xlsx.cell_styles import NumberFormats, Styles
from lkt.xlsx.package import Element, PatchError, Record, WorkbookPackage, children, m
from lkt.xlsx.reading import BUILTIN
from lkt.xlsx.setting import NewValue, set_cells
from lkt.xlsx.sheets import Book, SheetXml

# Headings and keys of sheet Identitas that are spelled nearly right ---------------------------------------
#
# A misspelled sheet name is left alone: formulas anywhere in the workbook may name it.


HEADING_SPELLING = "ejaan judul kolom"
KEY_SPELLING = "ejaan nama isian"

_SIGNS = re.compile(r"[\W_]+")
_SHORT, _LONG = 5, 10
"""Letters from which one slip, and from which two slips leave no doubt about a name: NIK is not NIP."""


def correct_names(dataset: Dataset) -> Iterator[Correction]:
    """The headings and keys whose one intended name is missing."""
    documents = {normalize(row.dokumen.value or "") for row in dataset.dokumen}
    wrong = [problem for problem in dataset.problems if problem.candidates and problem.ref.cell]
    headings = [problem for problem in wrong if problem.kind is ProblemKind.MISSING_COLUMN]
    keys = [problem for problem in wrong if problem.kind is ProblemKind.UNKNOWN_KEY]
    for problem in _alone(headings, [problem.ref for problem in headings]):
        # The documents of an office are its own words: LKPPDesa may be another document than LPPDesa.
        slips = normalize(problem.subject) not in documents
        if _is_slip(problem.written, problem.subject, slips=slips):
            yield _named(problem, problem.subject, problem.subject, HEADING_SPELLING)
    lacking = {key.label for key in KEYS if not getattr(dataset.identitas, key.field).ref.cell}
    for problem in _alone(keys, [problem.candidates for problem in keys]):
        label = problem.candidates[0]
        if label in lacking and _is_slip(problem.written, label):
            yield _named(problem, "Isian", label, KEY_SPELLING)


def _alone(problems: list[Problem], claims: list[object]) -> Iterator[Problem]:
    """The problems that claim something no other one claims."""
    counted = Counter(claims)
    return (problem for problem, claim in zip(problems, claims, strict=True) if counted[claim] == 1)


def _named(problem: Problem, subject: str, name: str, reason: str) -> Correction:
    return Correction(problem.ref, subject, problem.written, name, name, reason)


def _is_slip(written: str, name: str, *, slips: bool = True) -> bool:
    """A name with other signs and blanks, or with a slip of the pen; figures never slip."""
    first, second = (_SIGNS.sub("", normalize(text)) for text in (written, name))
    if not slips or first == second:
        return first == second
    if re.findall(r"\d", first) != re.findall(r"\d", second) or len(second) < _SHORT:
        return False
    return _distance(first, second) <= (1 if len(second) < _LONG else 2)


def _distance(first: str, second: str) -> int:
    """Letters added, left out, exchanged or swapped with their neighbour."""
    before: list[int] = []
    row = list(range(len(second) + 1))
    for number, letter in enumerate(first, 1):
        previous, before, row = before, row, [number]
        for place, other in enumerate(second, 1):
            best = min(before[place] + 1, row[-1] + 1, before[place - 1] + (letter != other))
            if number > 1 < place and letter == second[place - 2] and first[number - 2] == other:
                best = min(best, previous[place - 2] + 1)
            row.append(best)
    return row[-1]


# How cells look: a number format that shows a new value, and texts that a new value would make plainer ----


_NO_DIGITS = re.compile("[^0-9,%-]")


def with_formats(data: bytes, made: Iterable[Correction]) -> bytes:
    """The workbook with the cells ready for their new values, which are not put in yet.

    A cell keeps its own number format where that shows the value with the same digits, or as the same day.
    """
    book = Book(WorkbookPackage(data))
    styles = Styles(book, Record())
    formats = NumberFormats(styles)
    codes = {whole(item.get("numFmtId")): item.get("formatCode", "") for item in styles.items("numFmts")}
    for each, cell in _cells(book, [each for each in made if each.number_format]):
        style = whole(cell.get("s"))
        own = codes.get(whole(styles.format(style).get("numFmtId"))) or _built_in(styles, style)
        if formats.is_text(style) or formats.is_date(style) != each.is_date or not _shows(own, each):
            cell.set("s", str(formats.with_code(style, each.number_format)))
    return book.package.save()


def _built_in(styles: Styles, style: int) -> str:
    return BUILTIN.get(whole(styles.format(style).get("numFmtId")), "General")


def _shows(code: str, made: Correction) -> bool:
    shown = as_written(raw_of(made.value, code))
    return shown == made.new or (
        not made.is_date and _NO_DIGITS.sub("", shown) == _NO_DIGITS.sub("", made.new)
    )


def divided_texts(data: bytes, refs: Sequence[Ref]) -> set[Ref]:
    """The cells whose text has letters of different looks, which a new text would lose."""
    book = Book(WorkbookPackage(data))
    part = book.linked("sharedStrings")
    strings = list(children(None if part is None else book.package.root(part)))
    return {ref for ref, cell in _located(book, refs) if _is_divided(cell, strings)}


def _is_divided(cell: Element, strings: Sequence[Element]) -> bool:
    item = cell.find(m("is"))
    number = cell.findtext(m("v")) or ""
    if cell.get("t") == "s" and 0 <= whole(number, -1) < len(strings):
        item = strings[whole(number)]
    return item is not None and item.find(m("r")) is not None


def _cells(book: Book, made: Sequence[Correction]) -> Iterator[tuple[Correction, Element]]:
    found = dict(_located(book, [each.ref for each in made]))
    return ((each, found[each.ref]) for each in made if each.ref in found)


def _located(book: Book, refs: Iterable[Ref]) -> Iterator[tuple[Ref, Element]]:
    """The elements of cells, to change."""
    grids: dict[str, SheetXml] = {}
    for ref in refs:
        sheet = book.worksheet(ref.sheet)
        if sheet is not None:
            if sheet.part not in grids:
                grids[sheet.part] = SheetXml(book.package.edit(sheet.part))
            cell = grids[sheet.part].cell(ref.cell)
            if cell is not None:
                yield ref, cell


# Cells that people fill in: what was typed in another way than it is read ---------------------------------
#
# A correction is only made where the reader takes the new content for the very same value.


NUMBER_AS_TEXT = "angka yang diketik sebagai teks"
PERCENT_AS_TEXT = "persentase yang diketik sebagai teks"
DATE_AS_TEXT = "tanggal yang diketik sebagai teks"
PERIOD_SPELLING = "ejaan bulan atau rentang tanggal"
CHOICE_SPELLING = "ejaan pilihan"
STRAY_BLANKS = "spasi yang berlebih"
ONLY_BLANKS = "sel yang hanya berisi spasi"

_FIRST_DAY = date(1900, 3, 1)
"""Before it, Excel counts days that the calendar does not have."""
_MOST_DIGITS = 8
"""A text with more digits than a day has says more than the day, such as the hour."""
_EXACT_DIGITS, _LARGEST_POWER = 15, 300
"""Of a number in a cell; a text with more digits would lose some."""
_FIGURES = re.compile(r"[0-9]\s?[-/.]\s?[0-9]{1,2}\s?[-/.]\s?[0-9]")
_UNTIL = re.compile(r"\s*(?<![a-z])s\s?[./]?\s?d(?![a-z])\.?\s*", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-z]+\.?")
_MONTH = f"({'|'.join(MONTHS)})"
_DAY_AND_MONTH = re.compile(rf"\b([0-9]{{1,2}})[\s./-]*{_MONTH}")
_MONTH_AND_YEAR = re.compile(rf"{_MONTH}[\s,/-]*([12][0-9]{{3}})\b")


def correct_inputs(places: Iterable[Place]) -> Iterator[Correction]:
    """What can be said of input cells, one by one, but for the order of day and month in a column."""
    everything = list(places)
    found = {place.cell.ref: made for place in everything if (made := _correct(place))}
    unsure = _unsure_columns(everything, found)
    for ref, made in found.items():
        if column_of(ref) not in unsure:
            yield made


def _correct(place: Place) -> Correction | None:
    cell = place.cell
    if cell.formula or cell.broken:
        return None
    match cell.value:
        case None if cell.written and not squeeze(cell.written):
            return _made(place, None, ONLY_BLANKS)
        case Decimal() if cell.text:
            return _number(place, cell.value)
        case Span() if cell.text:
            return _period(place, cell.value)
        case str():
            return (_choice if place.column.kind is Kind.CHOICE else _blanks)(place, cell.value)
    return None


def _made(place: Place, value: NewValue, reason: str, number_format: str = "") -> Correction | None:
    """The correction, if the reader takes the new content for the value that it took before."""
    made = Correction.of(place.cell, place.column.heading, value, reason, number_format)
    return made if place.reads_the_same(made.raw) else None


# Numbers -------------------------------------------------------------------------------------------------


def _number(place: Place, value: Decimal) -> Correction | None:
    """The number that stands for a text, in a format that shows the decimals that were typed."""
    if not _fits_a_cell(value):
        return None
    entry: styles.Value = value
    reason = NUMBER_AS_TEXT
    if place.in_percent:
        entry, reason = styles.Percent(value, place.cell.decimals or 0), PERCENT_AS_TEXT
    elif place.column.kind is Kind.WHOLE:
        entry = int(value)
    return _made(place, entry, reason, styles.number_format(place.column.field, place.column.kind, entry))


def _fits_a_cell(value: Decimal) -> bool:
    """Whether Excel keeps all its digits."""
    shortest = value.normalize()
    return len(shortest.as_tuple().digits) <= _EXACT_DIGITS and abs(shortest.adjusted()) < _LARGEST_POWER


# Dates -----------------------------------------------------------------------------------------------------


def _period(place: Place, value: Span) -> Correction | None:
    """A full date as a real one; a month or a range, and a date without its year, in standard spelling."""
    text = place.cell.written
    if value.precision is Precision.DAY and _is_full(place):
        fits = value.start >= _FIRST_DAY and sum(map(str.isdigit, text)) <= _MOST_DIGITS
        if not fits or not _weekday_fits(text, value.start):
            return None
        return _made(place, value.start, DATE_AS_TEXT, styles.DATE_FORMAT)
    made = (_made(place, spelled, PERIOD_SPELLING) for spelled in _spellings(text, value) if spelled != text)
    return next(filter(None, made), None)


def _is_full(place: Place) -> bool:
    """The text names the year itself."""
    alone = Place(place.cell, place.column, Context(day_first=True))
    return alone.reads_the_same(Raw(place.cell.written))


def _weekday_fits(text: str, day: date) -> bool:
    """A day of the week that is written too is the right one; else there are two readings."""
    plain = normalize(text).replace("’", "").replace("'", "").replace("`", "").replace("ahad", "minggu")
    named = {name for name in DAYS if re.search(rf"\b{name.casefold()}\b", plain)}
    return named <= {DAYS[day.weekday()]}


def _spellings(text: str, value: Span) -> Iterator[str]:
    """The text in standard spelling: all of it where months are figures, else its words alone."""
    if _FIGURES.search(text):
        yield format_span(value.start, value.end)
        yield f"{format_date(value.start)} s.d. {format_date(value.end)}"
    else:
        yield _spelled(text)


def _spelled(text: str) -> str:
    plain = _WORD.sub(_standard_month, _UNTIL.sub(" s.d. ", squeeze(text)))
    return _MONTH_AND_YEAR.sub(r"\1 \2", _DAY_AND_MONTH.sub(r"\1 \2", plain))


def _standard_month(word: re.Match[str]) -> str:
    number = month_number(word[0])
    return word[0] if number is None else MONTHS[number - 1]


def _unsure_columns(places: Iterable[Place], made: Mapping[Ref, Correction]) -> set[tuple[str, str]]:
    """The columns of dates that would be read differently once they were corrected.

    Real dates beside a text such as 03/04/2024 put the order of its day and month in doubt, see
    ``date_order_evidence``; so such a column stays as it is.
    """
    before: dict[tuple[str, str], list[Raw]] = {}
    after: dict[tuple[str, str], list[Raw]] = {}
    for place in places:
        if place.column.kind in {Kind.DATE, Kind.PERIOD}:
            cell, column = place.cell, column_of(place.cell.ref)
            raw = Raw(cell.written if cell.text or cell.value is None else cell.value.start)
            before.setdefault(column, []).append(raw)
            after.setdefault(column, []).append(made[cell.ref].raw if cell.ref in made else raw)
    return {
        column
        for column in before
        if date_order_evidence(before[column]) != date_order_evidence(after[column])
    }


# Words -----------------------------------------------------------------------------------------------------


def _choice(place: Place, value: str) -> Correction | None:
    """The choice as it is declared; a figure among the choices as a number, as a dropdown enters it."""
    written = place.cell.written
    if written == value or normalize(written) != normalize(value):
        return None
    reason = STRAY_BLANKS if squeeze(written) == value else CHOICE_SPELLING
    return _made(place, int(value), reason, "0") if value.isdecimal() else _made(place, value, reason)


def _blanks(place: Place, value: str) -> Correction | None:
    """The text as it was taken, where it differs from what is written in blanks alone."""
    written = place.cell.written
    if written == value or _without_blanks(written) != _without_blanks(value):
        return None
    return _made(place, value, STRAY_BLANKS)


def _without_blanks(text: str) -> str:
    return squeeze(text).replace(" ", "")


# All corrections of a workbook that was read and worked out -----------------------------------------------


def corrections(result: Result) -> tuple[Correction, ...]:
    """What can be corrected without choosing, in the order of the workbook. Pure.

    After the correction of a heading or a key the cells under it are read for the first time, so that the
    workbook may offer more to correct; ``correct_workbook`` goes on until it does not.
    """
    dataset = result.dataset
    found = {made.ref: made for made in correct_names(dataset)}
    inputs = {made.ref: made for made in correct_inputs(places_of(dataset))}
    found.update(inputs)
    found.update({made.ref: made for made in restore_formulas(result, inputs)})
    order = by_place(dataset.sheets.values())
    return tuple(sorted(found.values(), key=lambda made: order(made.ref)))


# Corrections put into the file: the cells change, and nothing else in the package does --------------------


_MOST_ROUNDS = 9


def corrected(data: bytes, made: Iterable[Correction]) -> bytes:
    """A copy of a workbook with these corrections.

    Raises:
        UnreadableWorkbookError: the workbook is damaged.
        PatchError: one of the cells cannot be changed on its own, such as the heading of an Excel table.
    """
    every = list(made)
    if not every:
        return data
    return set_cells(with_formats(data, every), {each.ref: each.value for each in every})


def correct_workbook(
    data: bytes, path: Path = Path("buku kerja.xlsx")
) -> tuple[bytes, tuple[Correction, ...]]:
    """A corrected copy of a workbook and what was changed in it, until there is nothing left to correct.

    What the file does not allow is left out: the heading of an Excel table, a cell below a merged one, a
    text whose letters have different looks. ``path`` is the workbook's name in messages.

    Raises:
        UnreadableWorkbookError: it cannot be read.
    """
    changed: dict[Ref, Correction] = {}
    refused: set[Ref] = set()
    for _ in range(_MOST_ROUNDS):
        found = corrections(run(read_grids(grids_of(data, path), str(path))))
        wanted = [each for each in found if each.ref not in refused]
        data, done = _apply(data, wanted)
        if not done:
            break
        refused.update(each.ref for each in wanted if each not in done)
        for each in done:
            first = changed.get(each.ref)
            changed[each.ref] = replace(each, old=first.old, was=first.was) if first else each
    return data, tuple(changed.values())


def _apply(data: bytes, made: Sequence[Correction]) -> tuple[bytes, Sequence[Correction]]:
    """The workbook with the corrections that it allows, and these."""
    divided = divided_texts(data, [each.ref for each in made if isinstance(each.value, str)])
    whole = [each for each in made if each.ref not in divided]
    try:
        return corrected(data, whole), whole
    except PatchError:
        possible = [each for each in whole if _is_possible(data, each)]
        return corrected(data, possible), possible


def _is_possible(data: bytes, made: Correction) -> bool:
    try:
        corrected(data, [made])
    except PatchError:
        return False
    return True
