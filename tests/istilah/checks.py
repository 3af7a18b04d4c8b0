"""What may not stand in a text that the user reads. Each check takes a text and yields complaints."""

import re
from collections.abc import Callable, Iterator, Mapping

from docs.istilah import read_glossary
from lkt.indonesian import MONTHS
from tests.istilah.texts import GAP

Check = Callable[[str], Iterator[str]]

_COMMAND = r"lkt (?:template )?[a-z]+(?![\w-])"
_NOT_PROSE = re.compile(
    rf"`[^`]*`|\{{\{{.*?\}}\}}|\{{%.*?%\}}|«[^»]*»|\w+_\w+|\{{[a-z_.\[\]]+\}}|{_COMMAND}|--[a-z-]+|https?://\S+|\]\([^)]*\)"
    r"|[\w./-]*\.(?:xlsx|docx|dotx|md|png|jpg|csv|json|html|bak)\b"
)

ALLOWED: Mapping[str, str] = {
    "(Update Field)": "the English name of the command of Word, beside the Indonesian one",
    "bidang (field)": "the name that Word itself shows",
    "“Excel Workbook (*.xlsx)”": "the name that Excel itself shows",
    "XML Spreadsheet": "the name of the format",
    "Koordinasi Ketentraman": "the name of the programme in Permendagri 90/2019",
    "kode kec": "a heading of the lists of others, which is understood",
}
"""Words that would be complained of and are meant, with the reason."""


def prose(text: str) -> str:
    """A text without what is no sentence: code, names of commands, options, files; what is allowed."""
    for words in ALLOWED:
        text = text.replace(words, GAP)
    return _NOT_PROSE.sub(GAP, text)


def _forms(forms: Mapping[str, str]) -> re.Pattern[str]:
    words = "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE)


UNUSED = {form.lower(): right for form, right in read_glossary().unused_forms().items()}
_UNUSED = _forms(UNUSED)


def unused_forms(text: str) -> Iterator[str]:
    """Forms that the glossary does not use, and misspellings."""
    for found in _UNUSED.findall(prose(text)):
        yield f"“{found}”: {UNUSED[found.lower()]}"


_MONTH = "|".join(MONTHS)

FORMATS: Mapping[str, str] = {
    r"\b[Rr][Pp]\.? +[\d…]|\b[Rr][Pp]\.(?=\d)|\bRP\d|\brp\d": "Rp1.860.252.824",
    r"\bRp\d{4,}|\bRp[\d.]*,\d{3}(?!\d)": "Rp1.860.252.824",
    r"[\d…)] +%": "35,48%",
    r"(?<![\d.])\d+\.\d{1,2} ?%": "35,48%",
    rf"\b0\d (?:{_MONTH})\b": "5 April 2024",
    rf"\b\d{{1,2}}[-/ ](?:{_MONTH.lower()}|{_MONTH.upper()})\b|\b\d-(?:{_MONTH})\b": "5 April 2024",
    r"\b(?:January|February|March|May|June|July|August|October|December)\b": "5 April 2024",
    r"(?<![\w.–-])\d{1,3} ?- ?\d{1,3}(?![\w.–-])": "1–5",
    r"\bBAB [IVX]+ ?- ?[IVX]+\b": "BAB I–IV",
    r"\bs\.d(?!\.)|\bs/d\b|\bsd\.?(?= \d)": "s.d.",
    r"\bhal hal\b|\brata rata\b|\bmasing masing\b|\bsama sama\b|\bbeda beda\b": "hal-hal",
}
"""What money, percentages, dates, ranges and reduplications do not look like, and what they do."""


def formats(text: str) -> Iterator[str]:
    """Money, percentages, dates and ranges written otherwise than everywhere else."""
    for pattern, right in FORMATS.items():
        for found in re.finditer(pattern, prose(text)):
            yield f"“{found[0]}”: {right}"


TYPOGRAPHY: Mapping[str, str] = {
    r"\b([a-z]{2,}) \1\b": "a word twice",
    r"(?<=\S)(?<!\|)  +(?=\S)": "two spaces",
    r"(?<=[\w”)%]) [,;:?!](?!\S)|(?<=[\w”)%]) \.(?=\s|$)": "a space before a mark",
    r"(?<=[a-z]),(?=[A-Za-z])": "no space after a comma",
    r"[^\W\d_]\"|\"[^\W\d_]|(?<!\w)'\w|\w'(?!\w)": "a straight quotation mark: “…”",
    r"\.\.(?!\.)(?<!\.\.\.)|,,|;;": "a mark twice",
    r"[a-z]\.[A-Z][a-z]": "no space after a full stop",
    r"\( | \)": "a space inside brackets",
    r"\bdi (?!bukan\b)[a-z]{4,}kan\b": "di- of a verb stands joined to it",
    r"\bdi(?:atas|bawah|dalam|luar|antara|samping|depan|belakang|mana|sana)\b": "di of a place is a word",
    r"\b[Nn]on (?=[a-z])|\b[Aa]ntar (?=[a-z])|\b[Pp]asca (?=[a-z])": "a prefix stands joined to its word",
}
"""Slips of typing."""


def typography(text: str) -> Iterator[str]:
    """Slips that no spelling check sees."""
    for pattern, what in TYPOGRAPHY.items():
        for found in re.finditer(pattern, prose(text)):
            yield f"“{text if len(text) < 60 else found[0]}”: {what}"


CHECKS: tuple[Check, ...] = (unused_forms, formats, typography)
