"""What may not stand in a text that the user reads, and the words that someone has looked at (kata.txt).

``python -m tests.istilah.kata`` shows new words with their places; ``--tambah`` puts them in, after review.
Words that are read nowhere any more are taken out then.
"""

import re
import sys
from collections.abc import Iterable, Iterator, Mapping

from docs.istilah import read_glossary
from lkt.indonesian import MONTHS
from tests.istilah.texts import GAP, REVIEWED, SOURCES, WORD, Text, reviewed

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


UNUSED = {form.lower(): right for form, right in read_glossary().unused_forms().items()}
_FORMS = "|".join(re.escape(form) for form in sorted(UNUSED, key=len, reverse=True))
_UNUSED = re.compile(rf"(?<![\w-])(?:{_FORMS})(?![\w-])", re.IGNORECASE)
_MONTH = "|".join(MONTHS)

WRONG: Mapping[str, str] = {
    # Money, percentages, dates, ranges and reduplications: as they are written everywhere else
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
    # Slips of typing
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
"""What no text looks like, and what it should be or what is wrong with it."""


def complaints(text: str) -> Iterator[str]:
    """What is wrong with a text: forms that the glossary does not use, and what stands in ``WRONG``."""
    said = prose(text)
    for found in _UNUSED.findall(said):
        yield f"“{found}”: {UNUSED[found.lower()]}"
    for pattern, right in WRONG.items():
        yield from (f"“{found[0]}”: {right}" for found in re.finditer(pattern, said))


# Words -----------------------------------------------------------------------------------------------------


def words_of(text: str) -> set[str]:
    """The words of a text in small letters; each part of a compound by itself."""
    return {word.lower() for word in WORD.findall(prose(text))}


def _places(texts: Iterable[Text]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for text in texts:
        for word in words_of(text.text):
            found.setdefault(word, []).append(text.place)
    return found


def unknown(texts: Iterable[Text]) -> list[str]:
    """One line for each word that nobody has looked at, with its first places."""
    found = _places(texts)
    return [f"{word}: {', '.join(found[word][:3])}" for word in sorted(found.keys() - set(reviewed()))]


def main(*arguments: str) -> None:
    """Show the new words; put them in when asked."""
    texts = [text for read in SOURCES.values() for text in read()]
    for line in unknown(texts):
        sys.stdout.write(f"{line}\n")
    if arguments == ("--tambah",):
        REVIEWED.write_text(
            "".join(f"{word}\n" for word in sorted(_places(texts))), encoding="utf-8", newline="\n"
        )


if __name__ == "__main__":
    main(*sys.argv[1:])
