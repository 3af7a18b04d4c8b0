"""One thing that is wrong with a template, with the words and the spot it stands at."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """Characters of a paragraph.

    Attributes:
        paragraph: the number of the paragraph among all of its part, from 0, nested ones included.
        start: the first character, counted over the ``w:t`` of the paragraph itself.
        end: the one behind the last.
    """

    paragraph: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mistake:
    """A mistake, or a remark.

    Attributes:
        place: where it is, in words.
        written: the tag, or the piece of text, as the user wrote it.
        reason: what is wrong and what to do, one or two sentences.
        spot: the same place for programs.
        part: the part of the package it is in; empty until that is known.
    """

    place: str
    written: str
    reason: str
    spot: Spot | None = None
    part: str = ""

    @property
    def sentence(self) -> str:
        """The reason with a capital, to stand alone."""
        return f"{self.reason[:1].upper()}{self.reason[1:]}"

    def __str__(self) -> str:
        """The mistake on one line."""
        return (
            f"{self.place}: {self.written} — {self.reason}"
            if self.written
            else f"{self.place}: {self.reason}"
        )
