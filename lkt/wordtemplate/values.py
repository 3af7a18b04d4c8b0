"""Values that a template prints as more than text, and the limits that a rendering keeps."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal, NoReturn

import jinja2

# Values that a template prints as more than text: pictures, charts, captions, references, lists of them ---


Extension = Literal["png", "jpeg"]
_DEEPEST = 9  # levels of headings that Word knows
ChartKind = Literal["bar", "column", "line"]
LabelPlace = Literal["", "outEnd", "t", "b"]
"""Where the figure of a point is written: nowhere, at the end of its bar, above or below it."""


class ValueProblemError(jinja2.TemplateRuntimeError):
    """A value cannot be printed; the message tells why, in Indonesian."""


class RichValue:
    """A value that must be the whole of a tag: it cannot be joined with text or go through a text filter."""

    __slots__ = ()

    def __str__(self) -> NoReturn:
        """There is no text to join or filter."""
        raise ValueProblemError(
            "gambar, grafik, nomor, rujukan, dan daftar harus berdiri sendiri dalam tagnya."
        )


@dataclass(frozen=True, repr=False)
class Picture(RichValue):
    """A picture in the line of text.

    Args:
        data: the file.
        width_emu: its width on paper, 360,000 to the centimetre.
        height_emu: its height.
        alt: what it shows, for who cannot see it.
        extension: its format.
    """

    data: bytes
    width_emu: int
    height_emu: int
    alt: str
    extension: Extension

    def __post_init__(self) -> None:
        """Refuse a size that cannot be seen."""
        if min(self.width_emu, self.height_emu) <= 0:
            raise ValueError("a picture has a width and a height")


@dataclass(frozen=True)
class Series:
    """One row of figures of a chart.

    Args:
        name: what the legend calls it.
        values: one for each category, rounded as they are printed; None where there is none.
        look: the number of its look among the fills of bars, or among the lines.
        labels: where the figure of each category is written; nowhere when empty.
    """

    name: str
    values: tuple[Decimal | None, ...]
    look: int = 0
    labels: tuple[LabelPlace, ...] = ()


@dataclass(frozen=True)
class Plot:
    """The place of the bars or lines themselves, in mm from the upper left corner of the chart."""

    left: Decimal
    top: Decimal
    width: Decimal
    height: Decimal


@dataclass(frozen=True, repr=False)
class Chart(RichValue):
    """A chart of Word in the line of text, which can be edited there; its size is in EMU.

    Args:
        kind: lying bars from top to bottom, standing columns, or lines.
        categories: the names along its first axis.
        series: at least one, each with a value for each category.
        number_format: how a figure is written, in the codes of a spreadsheet.
        axis_format: the same along the axis of values.
        axis_title: what the axis of values counts; may be empty.
        title: its name for who cannot see it.
        alt: what it shows, with its figures.
        width_emu: its width on paper.
        height_emu: its height.
        plot: where in it the bars or lines are.
    """

    kind: ChartKind
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    number_format: str
    axis_format: str
    axis_title: str
    title: str
    alt: str
    width_emu: int
    height_emu: int
    plot: Plot

    def __post_init__(self) -> None:
        """Refuse what cannot be drawn."""
        if not self.categories or not self.series:
            raise ValueError("a chart has categories and series")
        if any(len(series.values) != len(self.categories) for series in self.series):
            raise ValueError("a series has a value, or None, for each category")


@dataclass(frozen=True, repr=False)
class Caption(RichValue):
    """A label and number that counts itself, such as "Tabel 3.1".

    Args:
        key: what references call it.
        label: "Tabel" or "Gambar".
        chapter: the number of the chapter, printed before its own; may be empty.
    """

    key: str
    label: str
    chapter: str

    @property
    def prefix(self) -> str:
        """What stands before the number."""
        return f"{self.label} {self.chapter}." if self.chapter else f"{self.label} "

    @property
    def sequence(self) -> str:
        """The name of the sequence that Word counts it in."""
        return re.sub(r"\W", "_", f"{self.label} {self.chapter}".strip())


@dataclass(frozen=True, repr=False)
class Reference(RichValue):
    """A reference to a caption, printed as its label and number.

    Args:
        key: the key of the caption.
        line: the line of the template source it was made on.
    """

    key: str
    line: int


@dataclass(frozen=True, repr=False)
class HeadingList(RichValue):
    """A list of the headings with their pages.

    Args:
        levels: how many levels of them.
        line: the line of the template source it was made on.
    """

    levels: int
    line: int


@dataclass(frozen=True, repr=False)
class CaptionList(RichValue):
    """A list of the captions of one label with their pages.

    Args:
        label: "Tabel" or "Gambar".
        line: the line of the template source it was made on.
    """

    label: str
    line: int


def tabel(key: object, chapter: object = "") -> Caption:
    """The number of a table."""
    return Caption(str(key), "Tabel", str(chapter))


def gambar(key: object, chapter: object = "") -> Caption:
    """The number of a picture."""
    return Caption(str(key), "Gambar", str(chapter))


def rujuk(key: object, line: int = 0) -> Reference:
    """A reference to a table or picture; the compiler fills in the line."""
    return Reference(str(key), line)


def daftar_isi(tingkat: object = 2, *, line: int = 0) -> HeadingList:
    """The table of contents, ``tingkat`` levels deep."""
    if not isinstance(tingkat, int) or not 1 <= tingkat <= _DEEPEST:
        raise ValueProblemError(f"tingkat daftar isi adalah bilangan 1 sampai dengan {_DEEPEST}.")
    return HeadingList(tingkat, line)


def daftar_tabel(*, line: int = 0) -> CaptionList:
    """The list of tables."""
    return CaptionList("Tabel", line)


def daftar_gambar(*, line: int = 0) -> CaptionList:
    """The list of pictures."""
    return CaptionList("Gambar", line)


# What one rendering writes, and remembers of the values that are more than text ---------------------------


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


# Names beside lying bars: how much room they take, so that none is cut off and no chart is too tall -------


ROOM_MM = Decimal(62)  # for a name, beside the bars
_PER_MM = 20  # widths are counted in whole twentieths of a mm, as Decimals are slow to add letter by letter
_ROOM = int(ROOM_MM * _PER_MM)
_LINE_MM = Decimal("3.3")
_MARGIN_MM = Decimal("1.2")  # between the names of two rows
_SLIM, _USUAL, _BROAD, _BROADEST = (int(Decimal(mm) * _PER_MM) for mm in ("0.9", "1.55", "1.95", "2.9"))
"""Letters of 8 points by their width, generously."""
_MOST_LETTERS = _ROOM // _SLIM + 2  # on one line, whatever they are
_ENDLESS = re.compile(r"\S{24}(?=\S{6})")
_BREAK = "\u200b"  # where a word without end may be broken


@dataclass(frozen=True, slots=True)
class Label:
    """A name that may be shortened, and what follows it and may not."""

    name: str
    rest: str = ""

    @property
    def text(self) -> str:
        """The whole of it."""
        return f"{self.name}{self.rest}"


@dataclass(frozen=True)
class Rows:
    """The rows of a chart of lying bars.

    Attributes:
        names: as they stand beside the bars.
        height: of all rows, in mm.
    """

    names: tuple[str, ...]
    height: Decimal


def fit(labels: Sequence[Label], least_mm: Decimal, tallest_mm: Decimal) -> Rows:
    """Rows that hold the names whole, or shortened where they would be taller than ``tallest_mm``.

    Args:
        labels: top to bottom.
        least_mm: what the bars of a row need.
        tallest_mm: of all rows.
    """
    labels = [Label(breakable(label.name), label.rest) for label in labels]
    needed = max(_lines(label.text) for label in labels)
    allowed = max(1, int((tallest_mm / len(labels) - _MARGIN_MM) / _LINE_MM))
    lines = min(needed, allowed)
    row = min(max(least_mm, lines * _LINE_MM + _MARGIN_MM), tallest_mm / len(labels))
    names = [label.text for label in labels]
    if needed > lines:
        names = [f"{shortened(label.name, lines, label.rest)}{label.rest}" for label in labels]
    return Rows(tuple(names), row * len(labels))


def shortened(name: str, lines: int, rest: str = "") -> str:
    """The name, cut between two words where it and ``rest`` do not fit in so many lines."""
    if _lines(f"{name}{rest}") <= lines:
        return name
    most = min(len(name), lines * _MOST_LETTERS)
    end = next((n for n in range(most, 0, -1) if _lines(f"{name[:n]}…{rest}") <= lines), 1)
    words = name[:end].rpartition(" ")[0]
    return f"{(words if len(words) > end // 3 else name[:end]).rstrip(' ,;:-')}…"


def breakable(name: str) -> str:
    """The name with places to break in words that are longer than a line."""
    return _ENDLESS.sub(lambda word: f"{word[0]}{_BREAK}", name)


def _lines(text: str) -> int:
    """How many lines the text takes, broken between words."""
    lines, used = 1, 0
    for word in text.replace(_BREAK, " ").split(" "):
        width = _width_of(word)
        if used and used + _SLIM + width > _ROOM:
            lines, used = lines + 1, width
        else:
            used += width + (_SLIM if used else 0)
    return lines


@lru_cache(maxsize=1024)  # neighbours have the same programmes; no word is longer than 30 letters here
def _width_of(word: str) -> int:
    return sum(map(_WIDTHS.__getitem__, word))


def _width(letter: str) -> int:
    if letter in " .,;:()'/-!|iIjlftr":
        return _SLIM
    if ord(letter) > 0x2FFF:
        return _BROADEST
    return _BROAD if letter.isupper() or letter in "mw%@&" else _USUAL


class _Widths(dict[str, int]):
    """The width of every letter; those of common letters are kept."""

    def __missing__(self, letter: str) -> int:
        """Work out that of a rare letter."""
        return _width(letter)


_WIDTHS = _Widths((letter, _width(letter)) for letter in map(chr, range(0x180)))
