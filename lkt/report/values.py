"""Values that a template prints as more than text: pictures, charts, captions, references, lists of them."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, NoReturn

import jinja2

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
