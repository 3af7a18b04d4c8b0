"""Cells that people fill in: what was typed in another way than it is read.

A correction is only made where the reader takes the new content for the very same value.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal

from lkt.bahasa import DAYS, MONTHS, format_date, format_span, month_number, normalize, squeeze
from lkt.corrections.correction import Correction
from lkt.corrections.places import Place, column_of
from lkt.model import Precision, Ref, Span
from lkt.workbook import styles
from lkt.workbook.cells import Raw, date_order_evidence
from lkt.workbook.convert import Context
from lkt.workbook.declaration import Kind
from lkt.workbook.patch import NewValue

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
