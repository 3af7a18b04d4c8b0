"""Corrections of a workbook: what has exactly one reading is written the way the workbook wants it."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from lkt.calendar import named_quarter
from lkt.indicators import KINDS
from lkt.indonesian import DAYS, MONTHS, bare_item, format_date, format_span, month_number, normalize, squeeze
from lkt.model import Anggaran, Cell, Dataset, Indikator, Precision, Problem, ProblemKind, Ref, Span, by_place
from lkt.pipeline import Result, run
from lkt.workbook import styles
from lkt.workbook.cells import date_order_evidence
from lkt.workbook.changes import Put, put_into
from lkt.workbook.declaration import KEYS, Column, Kind, rows_with_columns
from lkt.workbook.formula_corrections import restore_formulas
from lkt.workbook.opening import grids_of
from lkt.workbook.reader import Context, convert, read_grids
from lkt.xlsx import DATE_FORMAT, NewValue, Percent, Raw, WorkbookEditor

_MOST_ROUNDS = 9


def correct_workbook(data: bytes, path: Path = Path("buku kerja.xlsx")) -> tuple[bytes, tuple[Put, ...]]:
    """A corrected copy of a workbook and what was changed in it, until there is nothing left to correct.

    What the file does not allow is left out: what ``put_into`` refuses, and a text whose letters have
    different looks. ``path`` is the workbook's name in messages.

    Raises:
        UnreadableWorkbookError: it cannot be read.
    """
    done: dict[Ref, Put] = {}
    refused: set[Ref] = set()
    for _ in range(_MOST_ROUNDS):
        found = corrections(run(read_grids(grids_of(data, path), str(path))))
        book = WorkbookEditor(data)
        texts = [put.ref for put in found if isinstance(put.value, str)]
        refused |= {ref for ref in texts if book.has_runs(ref.sheet, ref.cell)}
        wanted = [put for put in found if put.ref not in refused]
        refused |= put_into(book, wanted).keys()
        made = [put for put in wanted if put.ref not in refused]
        if not made:
            break
        data = book.save()
        for put in made:
            before = done.get(put.ref)
            done[put.ref] = replace(put, cell=before.cell) if before else put
    return data, tuple(done.values())


def corrections(result: Result) -> tuple[Put, ...]:
    """What can be corrected without choosing, in the order of the workbook. Pure.

    After the correction of a heading or a key the cells under it are read for the first time, so that the
    workbook may offer more to correct; ``correct_workbook`` goes on until it does not.
    """
    opened = [finding for finding in result.findings if not finding.accepted]
    numbered = {ref for finding in opened if finding.code == "N107" for ref in finding.refs}
    misspelled = [
        (ref, finding.written, finding.expected)
        for finding in opened
        if finding.code == "N101"
        for ref in finding.refs
    ]
    inputs = correct_inputs(result.dataset, numbered, misspelled)
    names = {put.ref: put for put in correct_names(result.dataset)}
    found = names | inputs | restore_formulas(result, inputs)
    order = by_place(result.dataset.sheets.values())
    return tuple(sorted(found.values(), key=lambda put: order(put.ref)))


# Headings and keys of sheet Identitas that are spelled nearly right ---------------------------------------
#
# A misspelled sheet name is left alone: formulas anywhere in the workbook may name it.


HEADING_SPELLING = "ejaan judul kolom"
KEY_SPELLING = "ejaan nama isian"

_SIGNS = re.compile(r"[\W_]+")
_SHORT, _LONG = 5, 10
"""Letters from which one slip, and from which two slips leave no doubt about a name: NIK is not NIP."""


def correct_names(dataset: Dataset) -> Iterator[Put]:
    """The headings and keys whose one intended name is missing."""
    documents = {normalize(row.dokumen.value or "") for row in dataset.dokumen}
    wrong = [problem for problem in dataset.problems if problem.candidates and problem.ref.cell]
    headings = [problem for problem in wrong if problem.kind is ProblemKind.MISSING_COLUMN]
    claims = Counter(problem.ref for problem in headings)
    for problem in headings:
        # The documents of an office are its own words: LKPPDesa may be another document than LPPDesa.
        slips = normalize(problem.subject) not in documents
        if claims[problem.ref] == 1 and _is_slip(problem.written, problem.subject, slips=slips):
            yield _renamed(problem, problem.subject, problem.subject, HEADING_SPELLING)
    keys = [problem for problem in wrong if problem.kind is ProblemKind.UNKNOWN_KEY]
    guesses = Counter(problem.candidates[0] for problem in keys)
    lacking = {key.label for key in KEYS if not getattr(dataset.identitas, key.field).ref.cell}
    for problem in keys:
        label = problem.candidates[0]
        if guesses[label] == 1 and label in lacking and _is_slip(problem.written, label):
            yield _renamed(problem, "Isian", label, KEY_SPELLING)


def _renamed(problem: Problem, subject: str, name: str, reason: str) -> Put:
    return Put(Cell(problem.ref, problem.written, problem.written), subject, name, reason)


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
        for column, other in enumerate(second, 1):
            best = min(before[column] + 1, row[-1] + 1, before[column - 1] + (letter != other))
            if number > 1 < column and letter == second[column - 2] and first[number - 2] == other:
                best = min(best, previous[column - 2] + 1)
            row.append(best)
    return row[-1]


# Every cell that was read, with what its column says about it ---------------------------------------------


@dataclass(frozen=True, slots=True)
class ReadCell:
    """One cell in its column.

    Attributes:
        cell: the cell.
        column: its column.
        context: what the reader knows besides when it reads the cell. The order of day and month is taken as
            uncertain, so that a date has one reading only where nothing else decides it.
        needs: the fields that the kind of an indicator cannot do without.
    """

    cell: Cell[Any]
    column: Column
    context: Context
    needs: tuple[str, ...] = ()

    @property
    def in_percent(self) -> bool:
        """Its figures are percentages."""
        measured = self.column.kind is Kind.MEASURE and normalize(self.context.unit) in {"%", "persen"}
        return measured or self.column.kind is Kind.PERCENT

    def reads_the_same(self, raw: Raw) -> bool:
        """The reader takes another content of the cell for the same value, as exact as before."""
        other, _ = convert(raw, self.cell.ref, self.column, self.context)
        return (other.value, other.decimals) == (self.cell.value, self.cell.decimals)


def read_cells(dataset: Dataset) -> Iterator[ReadCell]:
    """Every cell of the workbook that stands in a column of the declaration, rows Jumlah included."""
    unsure = Context(day_first=False)
    for key in KEYS:
        yield ReadCell(getattr(dataset.identitas, key.field), key.column, unsure)
    year = dataset.identitas.tahun.value
    if year is not None and year in range(1901, 2200):
        unsure = replace(unsure, year=int(year))
    for row, cells in rows_with_columns(dataset):
        context = unsure
        needs: tuple[str, ...] = ()
        if isinstance(row, Indikator):
            context = replace(unsure, unit=row.satuan.written, jenis=normalize(row.jenis.written))
            needs = KINDS[row.jenis.value].needs if row.jenis.value else ()
        if isinstance(row, Anggaran):
            context = replace(unsure, unit=row.measured_in)
        yield from (ReadCell(cell, column, context, needs) for column, cell in cells)


# Cells that people fill in: what was typed in another way than it is read ---------------------------------
#
# A correction is only made where the reader takes the new content for the very same value.


NUMBER_AS_TEXT = "angka yang diketik sebagai teks"
PERCENT_AS_TEXT = "persentase yang diketik sebagai teks"
DATE_AS_TEXT = "tanggal yang diketik sebagai teks"
PERIOD_SPELLING = "ejaan bulan atau rentang tanggal"
CHOICE_SPELLING = "ejaan pilihan"
NAME_SPELLING = "kata jenis atau huruf besar pada nama"
ITEM_MARK = "nomor atau tanda butir di depan isian"
STRAY_BLANKS = "spasi yang berlebih"
ONLY_BLANKS = "sel yang hanya berisi spasi"
NIL_AS_WORD = "nihil yang belum ditulis 0"
WORDS_BESIDE = "kata di samping angka atau tanggal"
MISSPELLED = "salah ketik"


def correct_inputs(
    dataset: Dataset, numbered: Collection[Ref] = (), misspelled: Iterable[tuple[Ref, str, str]] = ()
) -> dict[Ref, Put]:
    """What can be said of input cells, one by one, but for the order of day and month in a column.

    Args:
        dataset: the workbook.
        numbered: the cells with a number or a bullet before their text.
        misspelled: the cells with a misspelled word, that word and the right one.
    """
    cells = [each for each in read_cells(dataset) if each.cell.ref.cell]
    found = {each.cell.ref: put for each in cells if not each.cell.formula and (put := _correct(each))}
    for each in cells:
        if each.cell.ref in numbered and not each.cell.formula and (item := _bare_item(each.cell.value)):
            found[each.cell.ref] = Put(each.cell, each.column.heading, item, ITEM_MARK)
    places = {each.cell.ref: each for each in cells if not each.cell.formula}
    for ref, wrong, right in misspelled:
        if ref in places:
            at = places[ref]
            before = found.get(ref) or Put(at.cell, at.column.heading, at.cell.value, MISSPELLED)
            text = re.sub(rf"(?<!\w){re.escape(wrong)}(?!\w)", right, str(before.value))
            found[ref] = replace(before, value=text)
    unsure = _unsure_columns(cells, found)
    return {ref: put for ref, put in found.items() if _column_of(ref) not in unsure}


def _correct(at: ReadCell) -> Put | None:
    cell = at.cell
    if cell.broken or (cell.value is None and squeeze(cell.written)):
        return _meant(at)
    match cell.value:
        case None if cell.written and not squeeze(cell.written):
            return _put(at, None, ONLY_BLANKS)
        case Decimal() if cell.text:
            return _number(at, cell.value)
        case Span() if cell.text:
            return _period(at, cell.value)
        case str():
            return (_choice if at.column.kind is Kind.CHOICE else _blanks)(at, cell.value)
    return None


def _put(at: ReadCell, value: NewValue, reason: str, number_format: str = "") -> Put | None:
    """The correction, if the reader takes the new content for the value that it took before."""
    put = Put(at.cell, at.column.heading, value, reason, number_format)
    return put if at.reads_the_same(put.raw) else None


# Cells that cannot be read, but for a word beside their figure or another word for a choice ----------------

_NIL = re.compile(r"nihil|nol|tidak ada|(?:rp\.? ?)?[-–—]+", re.IGNORECASE)
_UNITS = (
    "dan|kegiatan|fasilitasi|koordinasi|kali|desa|kelurahan|orang|dokumen|berkas|kasus|laporan|unit|paket|buah|"
    "lembaga|kelompok|pengaduan|permohonan|layanan|surat|perkara|peserta|warga|indikator|program|poin|hari|kerja"
)
"""What is counted; a word such as juta is left alone, since it is a part of the figure."""
_BEFORE_DATE = re.compile(
    r"^(?:pada )?(?:hari )?(?:tanggal|tgl)\b[\s.:]*"
    r"|^(?!(?:senin|selasa|rabu|kamis|jum.?at|sabtu|minggu|ahad)\b)[a-z][a-z' ]+, ?(?=\d)",
    re.IGNORECASE,
)
_YES_AND_NO = {
    "Ya": {"y", "ya", "sudah", "sdh", "√", "✓", "✔", "☑", "v"},
    "Tidak": {"t", "tidak", "tdk", "belum", "blm", "-"},
}


def _meant(at: ReadCell) -> Put | None:
    """The correction of a cell that cannot be read, where it can be without a word that adds nothing."""
    for text, reason in _plainer(at):
        cell, problem = convert(Raw(text), at.cell.ref, at.column, at.context)
        if problem is None and cell.value is not None:
            typed = _correct(replace(at, cell=cell))
            value = typed.value if typed else text
            code = typed.number_format if typed else ""
            return Put(at.cell, at.column.heading, value, reason, code)
    return None


def _plainer(at: ReadCell) -> Iterator[tuple[str, str]]:
    """What may be meant, with what is wrong now."""
    text, column = squeeze(at.cell.written), at.column
    if column.kind is Kind.CHOICE:
        yield from ((choice, CHOICE_SPELLING) for choice in _choices_meant(text, column))
    elif column.kind in {Kind.DATE, Kind.PERIOD}:
        yield _BEFORE_DATE.sub("", text), WORDS_BESIDE
    elif column.field == "triwulan" and (quarter := named_quarter(text)):
        yield str(quarter), WORDS_BESIDE
    elif column.kind is not Kind.TEXT:
        needed = column.filled or column.field in at.needs
        if column.nil and _NIL.fullmatch(text) and (needed or text[-1].isalpha()):
            yield "0", NIL_AS_WORD
        own = "persen" if at.in_percent else re.escape(squeeze(at.context.unit) or "persen")
        units = {Kind.MONEY: "rupiah", Kind.MEASURE: own, Kind.PERCENT: own}.get(column.kind, _UNITS)
        before = rf"(?:(?:sebanyak|sejumlah|{re.escape(column.heading)})\b[\s:]*)?"
        figure = re.fullmatch(rf"{before}(.*\d ?%?)(?: ?(?:{units})\b)*[.)]?", text, re.IGNORECASE)
        if figure:
            yield figure[1], WORDS_BESIDE


def _choices_meant(text: str, column: Column) -> list[str]:
    """The only choice that a text can stand for: another word for it, its beginning, or it with a slip."""
    said = normalize(text).removesuffix(column.heading.casefold()).strip(" .")
    if {*column.choices} == {*_YES_AND_NO}:
        return [choice for choice, words in _YES_AND_NO.items() if said in words]
    begun = [choice for choice in column.choices if normalize(choice).startswith(said)]
    near = begun or [choice for choice in column.choices if _is_slip(said, choice)]
    return near if len(near) == 1 else []


# Numbers -------------------------------------------------------------------------------------------------

_EXACT_DIGITS, _LARGEST_POWER = 15, 300
"""Of a number in a cell; a text with more digits would lose some."""


def _number(at: ReadCell, value: Decimal) -> Put | None:
    """The number that stands for a text, in a format that shows the decimals that were typed."""
    shortest = value.normalize()
    if len(shortest.as_tuple().digits) > _EXACT_DIGITS or abs(shortest.adjusted()) >= _LARGEST_POWER:
        return None
    entry: styles.Value = value
    reason = NUMBER_AS_TEXT
    if at.in_percent:
        entry, reason = Percent(value, at.cell.decimals or 0), PERCENT_AS_TEXT
    elif at.column.kind is Kind.WHOLE:
        entry = int(value)
    return _put(at, entry, reason, styles.number_format(at.column.field, at.column.kind, entry))


# Dates -----------------------------------------------------------------------------------------------------

_FIRST_DAY = date(1900, 3, 1)
"""Before it, Excel counts days that the calendar does not have."""
_MOST_DIGITS = 8
"""A text with more digits than a day has says more than the day, such as the hour."""
_FIGURES = re.compile(r"[0-9]\s?[-/.]\s?[0-9]{1,2}\s?[-/.]\s?[0-9]")
_UNTIL = re.compile(r"\s*(?<![a-z])s\s?[./]?\s?d(?![a-z])\.?\s*", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-z]+\.?")
_MONTH = f"({'|'.join(MONTHS)})"
_DAY_AND_MONTH = re.compile(rf"\b([0-9]{{1,2}})[\s./-]*{_MONTH}")
_MONTH_AND_YEAR = re.compile(rf"{_MONTH}[\s,/-]*([12][0-9]{{3}})\b")


def _period(at: ReadCell, value: Span) -> Put | None:
    """A full date as a real one; a month or a range, and a date without its year, in standard spelling."""
    text = at.cell.written
    if value.precision is Precision.DAY and _names_its_year(at):
        exact = value.start >= _FIRST_DAY and sum(map(str.isdigit, text)) <= _MOST_DIGITS
        if not exact or not _weekday_fits(text, value.start):
            return None
        return _put(at, value.start, DATE_AS_TEXT, DATE_FORMAT)
    made = (_put(at, spelled, PERIOD_SPELLING) for spelled in _spellings(text, value) if spelled != text)
    return next(filter(None, made), None)


def _names_its_year(at: ReadCell) -> bool:
    alone = replace(at, context=Context(day_first=True))
    return alone.reads_the_same(Raw(at.cell.written))


def _weekday_fits(text: str, day: date) -> bool:
    """A day of the week that is written too is the right one; else there are two readings."""
    plain = re.sub("[’'`]", "", normalize(text)).replace("ahad", "minggu")
    named = {name for name in DAYS if re.search(rf"\b{name.casefold()}\b", plain)}
    return named <= {DAYS[day.weekday()]}


def _spellings(text: str, value: Span) -> Iterator[str]:
    """The text in standard spelling: all of it where months are figures, else its words alone."""
    if _FIGURES.search(text):
        yield format_span(value.start, value.end)
        yield f"{format_date(value.start)} s.d. {format_date(value.end)}"
    else:
        plain = _WORD.sub(_standard_month, _UNTIL.sub(" s.d. ", squeeze(text)))
        yield _MONTH_AND_YEAR.sub(r"\1 \2", _DAY_AND_MONTH.sub(r"\1 \2", plain))


def _standard_month(word: re.Match[str]) -> str:
    number = month_number(word[0])
    return word[0] if number is None else MONTHS[number - 1]


def _unsure_columns(everything: Iterable[ReadCell], found: Mapping[Ref, Put]) -> set[tuple[str, int]]:
    """The columns of dates that would be read differently once they were corrected.

    Real dates beside a text such as 03/04/2024 put the order of its day and month in doubt, see
    ``date_order_evidence``; so such a column stays as it is.
    """
    columns: dict[tuple[str, int], list[Cell[Any]]] = {}
    for each in everything:
        if each.column.kind in {Kind.DATE, Kind.PERIOD}:
            columns.setdefault(_column_of(each.cell.ref), []).append(each.cell)
    unsure = set()
    for column, cells in columns.items():
        before = {cell.ref: _raw_date(cell) for cell in cells}
        after = before | {cell.ref: found[cell.ref].raw for cell in cells if cell.ref in found}
        if date_order_evidence(before.values()) != date_order_evidence(after.values()):
            unsure.add(column)
    return unsure


def _raw_date(cell: Cell[Any]) -> Raw:
    return Raw(cell.written if cell.text or cell.value is None else cell.value.start)


def _column_of(ref: Ref) -> tuple[str, int]:
    return ref.sheet, ref.place[1]


# Words -----------------------------------------------------------------------------------------------------


def _choice(at: ReadCell, value: str) -> Put | None:
    """The choice as it is declared; a figure among the choices as a number, as a dropdown enters it."""
    written = at.cell.written
    if written == value or normalize(written) != normalize(value):
        return None
    reason = STRAY_BLANKS if squeeze(written) == value else CHOICE_SPELLING
    return _put(at, int(value), reason, "0") if value.isdecimal() else _put(at, value, reason)


def _blanks(at: ReadCell, value: str) -> Put | None:
    """The text as it was taken, where it differs from what is written in blanks alone, or is a name."""
    written = at.cell.written
    same = _without_blanks(written) == _without_blanks(value)
    if written == value or not (same or at.column.named):
        return None
    reason = WORDS_BESIDE if value[:1].isdigit() else NAME_SPELLING
    return _put(at, value, STRAY_BLANKS if same else reason)


def _bare_item(text: Any) -> str:
    """The only item of a cell without its number; empty where there are several."""
    first, *others = str(text).splitlines()
    several = any(bare_item(line) != line for line in others)
    return "" if several else "\n".join((bare_item(first), *others))


def _without_blanks(text: str) -> str:
    return squeeze(text).replace(" ", "")
