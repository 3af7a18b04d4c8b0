"""Values that a template prints as more than text: pictures, numbered captions, references, lists of them."""

import re
from dataclasses import dataclass
from typing import Literal, NoReturn

import jinja2

Extension = Literal["png", "jpeg"]
_DEEPEST = 9  # levels of headings that Word knows


class ValueProblemError(jinja2.TemplateRuntimeError):
    """A value cannot be printed; the message tells why, in Indonesian."""


class RichValue:
    """A value that must be the whole of a tag: it cannot be joined with text or go through a text filter."""

    __slots__ = ()

    def __str__(self) -> NoReturn:
        """There is no text to join or filter."""
        raise ValueProblemError("gambar, nomor, rujukan, dan daftar harus berdiri sendiri dalam tagnya.")


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
