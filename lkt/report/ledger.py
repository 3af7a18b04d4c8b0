"""What one rendering writes, and remembers of the values that are more than text."""

import re
from collections import Counter

import jinja2

from lkt.report.values import Caption, Reference, RichValue, ValueProblemError

# Targets of the processing instructions that a rendered part holds inside its w:t.
BREAK, TAB, RICH = "lkt-br", "lkt-tab", "lkt-rich"

_ILLEGAL = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")  # of what is legal the same takes 4 ms
_NEWLINE = re.compile("\r\n?")


def clean(text: str) -> str:
    """Text without the characters that XML cannot hold."""
    return _ILLEGAL.sub("", _NEWLINE.sub("\n", text))


class Ledger:
    """The values met in one rendering, in order, and the captions among them by key."""

    def __init__(self) -> None:
        self.values: list[RichValue] = []
        self.numbers: dict[str, tuple[Caption, int]] = {}
        self._counts: Counter[tuple[str, str]] = Counter()

    def write(self, value: object) -> str:
        """The XML of a value inside a ``w:t``.

        Raises:
            ValueProblemError: when it is no text.
        """
        if type(value) is str:  # nearly always
            return _text(value)
        return self._note(value) if isinstance(value, RichValue) else _text(printable(value))

    def _note(self, value: RichValue) -> str:
        if isinstance(value, Caption):
            self._number(value)
        self.values.append(value)
        return f"<?{RICH} {len(self.values) - 1}?>"

    def _number(self, caption: Caption) -> None:
        if caption.key in self.numbers:
            raise ValueProblemError(
                f"kunci «{caption.key}» sudah dipakai; setiap nomor memerlukan kunci sendiri."
            )
        group = caption.label, caption.chapter
        self._counts[group] += 1
        self.numbers[caption.key] = caption, self._counts[group]

    def text_of(self, reference: Reference) -> str | None:
        """The label and number of what is referred to; None when there is no such caption."""
        found = self.numbers.get(reference.key)
        return None if found is None else f"{found[0].prefix}{found[1]}"


def printable(value: object) -> str:
    """The text of a value; only text and whole numbers have one.

    Raises:
        ValueProblemError: when it has none.
        UndefinedError: when the field does not exist.
    """
    if isinstance(value, (str, jinja2.Undefined)):
        return str(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    raise ValueProblemError(_why_not(value))


def _why_not(value: object) -> str:
    if value is None:
        return "isinya kosong; periksa dahulu dengan «if … is not none»."
    if isinstance(value, bool):
        return "isinya ya atau tidak; pakai dalam «if»."
    if isinstance(value, (list, tuple, dict)):
        return "isinya kumpulan beberapa nilai; tulis satu per satu dengan «for» atau sebutkan bagiannya."
    return "isinya belum berupa teks; pilih bentuk penulisannya dengan penyaring."


def _text(text: str) -> str:
    text = str.__str__(text)  # a str of a kind that calls itself safe is text all the same
    if text.isascii() and text.isprintable():  # nearly always
        return _escaped(text)
    return _escaped(clean(text)).replace("\n", f"<?{BREAK}?>").replace("\t", f"<?{TAB}?>")


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
