"""Indonesian text, both ways: numbers, rupiah, percent, dates, months, lists, names. Pure."""

import calendar
import difflib
import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal
from fractions import Fraction

Number = int | Decimal | Fraction
"""An exact number; a float never gets here."""

MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip
"""The months, January first."""

DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
"""The days of the week, in the order of ``date.weekday``."""

_OTHER_SPELLINGS = {
    "jan": 1, "feb": 2, "peb": 2, "pebruari": 2, "mar": 3, "mrt": 3, "apr": 4, "jun": 6, "jul": 7,
    "agt": 8, "agu": 8, "ags": 8, "agst": 8, "sep": 9, "sept": 9, "okt": 10,
    "nov": 11, "nop": 11, "nopember": 11, "des": 12,
}  # fmt: skip
_MONTH_NUMBERS = {name.casefold(): number for number, name in enumerate(MONTHS, 1)} | _OTHER_SPELLINGS

_WORDS = (
    "nol", "satu", "dua", "tiga", "empat", "lima",
    "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas",
)  # fmt: skip
_SCALES = ((1000, "ribu"), (100, "ratus"), (10, "puluh"))
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
    (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip

# Zero-width characters, soft hyphens, marks of direction, control characters that are no space, and what is
# no character at all: halves of pairs of UTF-16, which a command line may hold, U+FFFE and U+FFFF.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff\ufffe\uffff]"
)
# What Word and people put before an item of a list. A letter needs a blank behind it: a.n. is none.
_MARKS = re.compile(
    r"^(?:[-–—*•●▪■◦‣·○✓✔➢➤§\uf000-\uf0ff]\s*|o\s+|\(?\d{1,2}[.)]\s*|\(?[a-z][.)]\s+|\(?[ivx]{2,4}[.)]\s+)+(?=[^\W\d_])"
)
_LETTERS = re.compile(r"[^\W\d_][\w'’]*")
_EXACT = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN)


def round_half_up(value: Number, decimals: int) -> Decimal:
    """Round half away from zero, exactly; the result shows that many decimals and is never minus zero."""
    numerator, denominator = value.as_integer_ratio()
    units = (2 * abs(numerator) * 10**decimals + denominator) // (2 * denominator)
    return _EXACT.scaleb(Decimal(-units if value < 0 else units), -decimals)


def format_number(value: Number, decimals: int = 0) -> str:
    """A number with dots between thousands and a decimal comma: 1.234,56."""
    whole, point, part = f"{round_half_up(value, decimals):,f}".partition(".")
    text = whole.replace(",", ".")
    return f"{text},{part}" if point else text


def format_trimmed(value: Decimal) -> str:
    """The shortest exact text of a number, thousands grouped: 85, 87,5, 1.860."""
    decimals = max(0, -int(value.as_tuple().exponent))
    text = format_number(value, decimals)
    return text.rstrip("0").rstrip(",") if decimals else text


def format_rupiah(value: Number) -> str:
    """Money in whole rupiah: Rp1.860.252.824, -Rp5."""
    text = format_number(value)
    return f"-Rp{text[1:]}" if text.startswith("-") else f"Rp{text}"


def format_percent(value: Number, decimals: int = 2) -> str:
    """A value in percentage points: 35,48%."""
    return f"{format_number(value, decimals)}%"


def format_points(value: Number, decimals: int = 2) -> str:
    """A difference of two percentages, in percentage points: 14,56 poin."""
    return f"{format_number(value, decimals)} poin"


def format_date(day: date) -> str:
    """A date in full: 5 April 2024."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def format_weekday(day: date) -> str:
    """The day of the week: Senin."""
    return DAYS[day.weekday()]


def format_span(start: date, end: date) -> str:
    """The days from ``start`` to ``end``, which is not earlier, in the shortest usual form.

    5 April 2024; 19 s.d. 26 Februari 2024; 28 Februari s.d. 2 Maret 2024; whole months without days:
    Februari 2024, Januari s.d. Maret 2024.
    """
    if start == end:
        return format_date(start)
    days = [f"{start.day} ", f"{end.day} "]
    if start.day == 1 and end.day == calendar.monthrange(end.year, end.month)[1]:
        days = ["", ""]
    last = f"{days[1]}{MONTHS[end.month - 1]} {end.year}"
    if start.year != end.year:
        return f"{days[0]}{MONTHS[start.month - 1]} {start.year} s.d. {last}"
    if start.month != end.month:
        return f"{days[0]}{MONTHS[start.month - 1]} s.d. {last}"
    return f"{days[0]}s.d. {last}" if days[0] else last


def month_number(text: str) -> int | None:
    """The month (1 to 12) that a name or an abbreviation in any case stands for; old spellings too."""
    return _MONTH_NUMBERS.get(normalize(text).rstrip("."))


def join_and(items: Sequence[str]) -> str:
    """A list in a sentence: A; A dan B; A, B, dan C."""
    return " dan ".join(items) if len(items) <= 2 else f"{', '.join(items[:-1])}, dan {items[-1]}"


def spell_number(number: int) -> str:
    """A number from 0 to 999.999 in words: dua puluh satu. Raises ValueError for any other."""
    if not 0 <= number <= 999_999:
        raise ValueError(f"only 0 to 999999 can be spelled, not {number}")
    return _spell(number)


def _spell(number: int) -> str:
    if number < len(_WORDS):
        return _WORDS[number]
    if number < 20:
        return f"{_WORDS[number - 10]} belas"
    scale, name = next(scale for scale in _SCALES if scale[0] <= number)
    count, rest = divmod(number, scale)
    head = f"se{name}" if count == 1 else f"{_spell(count)} {name}"
    return f"{head} {_spell(rest)}" if rest else head


def roman(number: int) -> str:
    """A number from 1 to 3999 in Roman numerals. Raises ValueError for any other."""
    if not 1 <= number <= 3999:
        raise ValueError(f"only 1 to 3999 have a Roman numeral, not {number}")
    text = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        text += letters * count
    return text


def squeeze(text: str) -> str:
    """The text on one line: every run of spaces one space, none at the ends, nothing invisible."""
    return " ".join(_INVISIBLE.sub("", text).split())


def normalize(text: str) -> str:
    """The text for comparing headings and names: ``squeeze`` without regard to case."""
    return squeeze(text).casefold()


KINDS_OF_DAERAH = ("Kabupaten", "Kota")
KINDS_OF_KECAMATAN = ("Kecamatan", "Distrik", "Kapanewon", "Kemantren")


def bare_name(name: str, kinds: Iterable[str]) -> str:
    """The name of a region without a word for its kind: "Kec. Senduro", "Ds Burno", "Kecamatan Senduro"."""
    words = "|".join(map(_kind_pattern, kinds))
    return re.sub(rf"^(?:(?:Pemerintah\s+)?(?:{words})\s*)+(?=\S)", "", name, flags=re.IGNORECASE)


def kind_before(name: str, kinds: Iterable[str]) -> str:
    """The kind that stands before the name of a region, in full or short; empty where none does."""
    own = re.sub(r"^Pemerintah\s+", "", name, flags=re.IGNORECASE)
    found = (kind for kind in kinds if re.match(rf"{_kind_pattern(kind)}\s*\S", own, re.IGNORECASE))
    return next(found, "")


def _kind_pattern(kind: str) -> str:
    short = f"{kind[:3]}|{re.sub('[aeiou]', '', kind)[:2]}"
    return rf"(?:{kind}\s|(?:{short})(?:\.|\s))"


def proper_name(name: str, kinds: Sequence[str] = ()) -> str:
    """A name in usual letters, without a word for its kind: Kec. Senduro and SENDURO are Senduro.

    Letters change only where all are capital or all small; words of one or two capitals stay: SP 2. Before
    the name the word is left out, its first three letters or its first two consonants: Kecamatan, Kec., Kc.
    """
    name = bare_name(name, kinds) if kinds else name
    if name.isupper():
        return _LETTERS.sub(lambda found: _capitalized(found[0]), name)
    return _LETTERS.sub(lambda found: found[0][:1].upper() + found[0][1:], name) if name.islower() else name


def _capitalized(word: str) -> str:
    stays = len(word) <= 2 or re.fullmatch("[IVX]+", word)
    return word if stays else word[:1] + word[1:].lower()


def person_name(name: str) -> str:
    """The name of a person in usual letters where all are small: Drs. Pujianto, M.Si."""
    if not name.islower():
        return name
    own, comma, degrees = name.partition(",")
    spelled = re.sub(r"[\w.]+", lambda found: found[0].upper() if "." not in found[0] else found[0], degrees)
    return proper_name(own) + comma + re.sub(r"\b[a-z]", lambda found: found[0].upper(), spelled)


def bare_number(text: str, word: str) -> str:
    """A number without its own name before it: NIP. 19681114 …, NIP : 19681114 …"""
    return re.sub(rf"^{word}\b[\s.:]*", "", text, flags=re.IGNORECASE)


def bare_item(text: str) -> str:
    """A text without the numbers and bullets before it: 1. Merekap, a) Merekap, • Merekap."""
    return _MARKS.sub("", text)


def nearest(name: str, candidates: Iterable[str], cutoff: float = 0.6) -> str | None:
    """The candidate that ``name`` most likely means, as it stands in ``candidates``.

    None when no candidate is at least as similar as ``cutoff`` (0 to 1, the ratio of difflib).
    """
    by_normal_form = {normalize(candidate): candidate for candidate in candidates}
    if not by_normal_form:
        return None
    found = difflib.get_close_matches(normalize(name), by_normal_form, n=1, cutoff=cutoff)
    return by_normal_form[found[0]] if found else None
