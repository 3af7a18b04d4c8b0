"""What a template prints: text, and values that become more than text."""

import hashlib
import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Literal, NoReturn

import jinja2

# Text -----------------------------------------------------------------------------------------------------

_MOST_COLUMNS = 63  # of a table, by Word
_ILLEGAL = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")


class ValueProblemError(jinja2.TemplateRuntimeError):
    """A value cannot be printed; the message tells why, in Indonesian."""


def clean(text: str) -> str:
    """Text without the characters that XML cannot hold; its lines end in a line feed."""
    return _ILLEGAL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


class RichValue:
    """A value that must be the whole of a tag: it cannot be joined with text or go through a text filter."""

    __slots__ = ()

    def __str__(self) -> NoReturn:
        """There is no text to join or filter."""
        raise ValueProblemError(
            "gambar, grafik, pecahan, nomor, rujukan, daftar, dan teks berformat harus berdiri sendiri "
            "dalam tagnya."
        )


def printable(value: object) -> str:
    """The text of a value; only text and whole numbers have one.

    Raises:
        ValueProblemError: when it has none.
        UndefinedError: when the field does not exist.
    """
    match value:
        case str():
            return str.__str__(value)  # a str of a kind that calls itself safe is text all the same
        case jinja2.Undefined() | RichValue():
            return str(value)  # raises what is wrong
        case None:
            reason = "isinya kosong; periksa dahulu dengan «if … is not none»."
        case bool():
            reason = "isinya ya atau tidak; pakai dalam «if»."
        case int():
            return str(value)
        case list() | tuple() | dict():
            reason = (
                "isinya kumpulan beberapa nilai; tulis satu per satu dengan «for» atau sebutkan bagiannya."
            )
        case _:
            reason = "isinya belum berupa teks; pilih bentuk penulisannya dengan penyaring."
    raise ValueProblemError(reason)


# Text of several looks, and what changes the cell around a tag --------------------------------------------


@dataclass(frozen=True)
class Piece:
    """Letters that look alike.

    Attributes:
        text: may have line breaks and tabs.
        bold: whether they are bold; None as around them.
        italic: likewise.
        colour: six hexadecimal digits; empty as around them.
    """

    text: str
    bold: bool | None = None
    italic: bool | None = None
    colour: str = ""


@dataclass(frozen=True, repr=False)
class StyledText(RichValue):
    """Text in pieces of different looks; what they do not tell is that of the tag's own letters."""

    pieces: tuple[Piece, ...]

    @classmethod
    def of(cls, value: "str | StyledText", **look: Any) -> "StyledText":
        """A text with a look, or a text of several looks with one more for all of it."""
        pieces = value.pieces if isinstance(value, StyledText) else (Piece(printable(value)),)
        return cls(tuple(replace(piece, **look) for piece in pieces))


def colour_code(value: object) -> str:
    """A colour as Word writes it, six hexadecimal digits; a # before them may be there.

    Raises:
        ValueProblemError: it is none.
    """
    code = printable(value).strip().removeprefix("#").upper()
    if not re.fullmatch("[0-9A-F]{6}", code):
        raise ValueProblemError("warna ditulis dengan kode enam angka atau huruf A–F, misalnya FFDD00.")
    return code


@dataclass(frozen=True, repr=False)
class CellMark(RichValue):
    """A change of the cell around a tag.

    Attributes:
        kind: ``vm``, ``hm``, ``colspan`` or ``cellbg``.
        value: the loop whose cells are merged, the number of columns, or the colour; empty for none.
    """

    kind: str
    value: object


def cell_mark(kind: str, value: object) -> CellMark:
    """The change that a tag wants.

    Raises:
        ValueProblemError: its value is no number of columns, or no colour.
    """
    if kind == "colspan":
        value = printable(value).strip()
        if not value.isdecimal() or int(value) > _MOST_COLUMNS:
            raise ValueProblemError(f"lebar sel ditulis dengan bilangan 1 sampai dengan {_MOST_COLUMNS}.")
    elif kind == "cellbg":
        value = colour_code(value) if printable(value).strip() else ""
    return CellMark(kind, value)


# Pictures and charts --------------------------------------------------------------------------------------

ChartKind = Literal["bar", "column", "line"]
LabelPlace = Literal["", "outEnd", "t", "b"]
"""Where the figure of a point is written: nowhere, at the end of its bar, above or below it."""


@dataclass(frozen=True, repr=False)
class Picture(RichValue):
    """A picture in the line of text.

    Attributes:
        data: the file, of a format that python-docx knows, such as PNG or JPEG.
        width_emu: its width on paper, 360,000 to the centimetre.
        height_emu: its height.
        alt: what it shows, for who cannot see it.
    """

    data: bytes
    width_emu: int
    height_emu: int
    alt: str

    def __post_init__(self) -> None:
        """Refuse a size that cannot be seen."""
        if min(self.width_emu, self.height_emu) <= 0:
            raise ValueError("a picture has a width and a height")


@dataclass(frozen=True)
class Series:
    """One row of figures of a chart.

    Attributes:
        name: what the legend calls it.
        values: one for each category, rounded as they are printed; None where there is none.
        look: the number of its look among the fills of bars, the lines, or the strokes.
        labels: where the figure of each category is written; nowhere when empty.
        texts: the figures as they are written, in the same words on every computer.
    """

    name: str
    values: tuple[Decimal | None, ...]
    look: int = 0
    labels: tuple[LabelPlace, ...] = ()
    texts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plot:
    """The place of the bars or lines themselves, in mm from the upper left corner of the chart."""

    left: Decimal
    top: Decimal
    width: Decimal
    height: Decimal


@dataclass(frozen=True)
class Scale:
    """The axis of values, from 0: where it ends, and how far its numbers are apart."""

    end: Decimal
    step: int


@dataclass(frozen=True, repr=False)
class Chart(RichValue):
    """A chart of Word in the line of text, which can be edited there; its size is in EMU.

    Attributes:
        kind: lying bars from top to bottom, standing columns, or lines.
        categories: the names along its first axis.
        series: at least one, each with a value for each category.
        number_format: how a figure is written, in the codes of a spreadsheet.
        axis_format: how it is written along the axis of values.
        axis_title: what the axis of values counts; may be empty.
        title: its name for who cannot see it.
        alt: what it shows, with its figures.
        width_emu: its width on paper.
        height_emu: its height.
        plot: where in it the bars or lines are.
        marks: strokes across the lying bars of each category, such as a target, dark with look 0 and light
            with look 1; values of 0 or more. Such a chart has no legend: its axis title is to explain them.
        beside: a text for each category at the end of its row, which neither bar nor stroke crosses.
        scale: of lying bars with marks or texts beside them.
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
    marks: tuple[Series, ...] = ()
    beside: tuple[str, ...] = ()
    scale: Scale | None = None

    def __post_init__(self) -> None:
        """Refuse what cannot be drawn."""
        if not self.categories or not self.series:
            raise ValueError("a chart has categories and series")
        if any(len(series.values) != len(self.categories) for series in (*self.series, *self.marks)):
            raise ValueError("a series has a value, or None, for each category")
        if (self.marks or self.beside) and (self.scale is None or self.kind != "bar"):
            raise ValueError("marks and texts beside the bars need lying bars and a scale")


# Equations ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, repr=False)
class Quotient(RichValue):
    """One term over another, in the line of text: an equation of Word, which can be edited there."""

    over: str
    under: str

    @property
    def on_a_line(self) -> str:
        """With a sign in place of the bar: 11 ÷ 31, (2 × 80 − 75) ÷ 80."""
        return " ÷ ".join(f"({part})" if " " in part else part for part in (self.over, self.under))


# Captions, references and lists, and the functions by which a template makes them -------------------------

_DEEPEST = 9  # levels of headings that Word knows


@dataclass(frozen=True, repr=False)
class Caption(RichValue):
    """A label and number that counts itself, such as "Tabel 3.1".

    Attributes:
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
    """A reference to the caption of that key, printed as its label and number."""

    key: str


@dataclass(frozen=True, repr=False)
class HeadingList(RichValue):
    """A list of so many levels of headings with their pages."""

    levels: int


@dataclass(frozen=True, repr=False)
class CaptionList(RichValue):
    """A list of the captions of one label with their pages."""

    label: str


def bookmark_name(key: str) -> str:
    """The name of the bookmark of a caption: hidden, legal, and the same each time."""
    return f"_Ref{int(hashlib.sha256(key.encode()).hexdigest()[:12], 16)}"


def tabel(key: object, chapter: object = "") -> Caption:
    """The number of a table."""
    return Caption(printable(key), "Tabel", printable(chapter))


def gambar(key: object, chapter: object = "") -> Caption:
    """The number of a picture."""
    return Caption(printable(key), "Gambar", printable(chapter))


def rujuk(key: object) -> Reference:
    """A reference to a table or picture."""
    return Reference(printable(key))


def daftar_isi(tingkat: object = 2) -> HeadingList:
    """The table of contents, ``tingkat`` levels deep."""
    if not isinstance(tingkat, int) or not 1 <= tingkat <= _DEEPEST:
        raise ValueProblemError(f"tingkat daftar isi adalah bilangan 1 sampai dengan {_DEEPEST}.")
    return HeadingList(tingkat)


def daftar_tabel() -> CaptionList:
    """The list of tables."""
    return CaptionList("Tabel")


def daftar_gambar() -> CaptionList:
    """The list of pictures."""
    return CaptionList("Gambar")
