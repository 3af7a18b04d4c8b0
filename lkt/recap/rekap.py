"""The recap of a kabupaten: every kecamatan, and what they come to together."""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from os.path import commonpath
from pathlib import PurePath
from typing import TypeVar

from lkt.bahasa import normalize
from lkt.kalender import Triwulan
from lkt.recap.barisan import Baris, Remembers, baris_of
from lkt.recap.exact import share, total
from lkt.recap.jumlah import Jumlah, jumlah, most
from lkt.recap.packed import Mapped, Packed
from lkt.recap.ringkasan import Ringkasan

T = TypeVar("T")

LISTED = 100
"""The most that a list for reading on paper holds.

A kabupaten has some fifty kecamatan at most, so that this cuts nothing there. Two thousand would make sixty
pages of Word that nobody reads, and a document that is whole in memory while it is filled. The first ones in
their order are listed then, so that a name is found where it is looked for; all of them are counted, and
``rekap.xlsx`` has every one.
"""
ENDS = 25
"""How many of the highest and of the lowest a chart draws where it cannot draw all: more bars than twice that
cannot be told from each other, on paper or on a screen."""
DRAWN = 2 * ENDS
"""The most bars of a chart."""


@dataclass(frozen=True, slots=True)
class Rekap(Remembers):
    """All kecamatan of a kabupaten in one quarter, in the order of their codes and names.

    There may be all of Indonesia: a form of the recap goes through them from the first to the last, as few
    times as it can, and keeps none.

    Attributes:
        kabupaten: its name; empty where no workbook tells.
        triwulan: the quarter that most workbooks are of; None where there is none.
        kecamatan: one a workbook, and one a kecamatan that is expected; each is made when it is asked for.
        folder: the folder in which all files lie, at some depth.
    """

    kabupaten: str
    triwulan: Triwulan | None
    kecamatan: Sequence[Ringkasan]
    folder: PurePath = field(default_factory=PurePath)

    @property
    def barisan(self) -> Sequence[Baris]:
        """The kecamatan as rows, numbered in their order; each is made when it is asked for."""
        return Mapped(
            lambda each, place: baris_of(place + 1, each, self.triwulan, self.folder), self.kecamatan
        )

    @cached_property
    def jumlah(self) -> Jumlah:
        """What all come to together, which each form of the recap asks for time and again."""
        return jumlah(self.barisan)

    @cached_property
    def pagu(self) -> Fraction:
        """The pagu of all programmes together; ties with ``jumlah.program``."""
        return total(row.pagu for row in self.jumlah.program)

    @cached_property
    def realisasi(self) -> Fraction:
        """The realisasi of all programmes together; ties with ``jumlah.program``."""
        return total(row.realisasi for row in self.jumlah.program)

    @property
    def serapan(self) -> Fraction | None:
        """Realisasi ÷ pagu × 100 of all; None for a pagu of 0."""
        return share(self.realisasi, self.pagu)


@dataclass(frozen=True, slots=True)
class _Head:
    """What the recap asks of all kecamatan before it knows their order."""

    key: tuple[bool, str, str, str]
    triwulan: Triwulan | None
    kabupaten: str


def combine(rows: Iterable[Ringkasan]) -> Rekap:
    """The recap of these kecamatan, each of which is packed as it comes."""
    heads: list[_Head] = []
    folders: set[PurePath] = set()
    known: dict[Triwulan | None, Triwulan | None] = {}  # each once, not once a kecamatan

    def passing() -> Iterator[Ringkasan]:
        for row in rows:
            key = (not row.kode, row.kode, normalize(row.kecamatan), row.berkas)
            triwulan = known.setdefault(row.triwulan, row.triwulan)
            heads.append(_Head(key, triwulan, sys.intern(row.kabupaten)))
            if row.berkas:
                folders.add(PurePath(row.berkas).parent)
            yield row

    packed = Packed(passing())
    order = sorted(range(len(heads)), key=lambda place: heads[place].key)
    ordered = [heads[place] for place in order]
    names = Counter(head.kabupaten for head in ordered if head.kabupaten)
    quarters = Counter(head.triwulan for head in ordered if head.triwulan is not None)
    kecamatan = Mapped(lambda place, _: packed[place], order)
    return Rekap(most(names) or "", most(quarters), kecamatan, _common(folders))


def drawn(rows: Sequence[T]) -> Sequence[T]:
    """What a chart draws of rows in their order: all, or both ends where they are too many."""
    return rows if len(rows) <= DRAWN else (*rows[:ENDS], *rows[-ENDS:])


def _common(folders: set[PurePath]) -> PurePath:
    try:
        return PurePath(commonpath(folders))
    except ValueError:  # there is no file, or there are several drives
        return PurePath()
