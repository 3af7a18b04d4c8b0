"""Two workbooks of one kecamatan: whether they compare, and which row of one is which of the other."""

import re
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from lkt.calendar import Triwulan
from lkt.figures import Case
from lkt.indonesian import normalize
from lkt.model import Anggaran, Cell, Dataset, Desa, Dokumen, Fasilitasi, Indikator, TindakLanjut
from lkt.rules.helpers import PERIOD, quarter, words

R = TypeVar("R")

Key = Callable[[R], Hashable]
"""What a row is known by; None where it has no such mark."""

COMPARED = PERIOD
"""The columns without which nothing is compared; the kecamatan may be told by its code or its name."""

_CHANGE = re.compile(
    r"ubah|revisi|penyesuaian|disesuaikan|menyesuaikan|pergeseran|digeser|dialihkan|koreksi|diperbaiki|"
    r"perbaikan|semula|ad+endum"
)
_FUNDS = frozenset(words("DAU DAK DBH DID PAD APBD ADD DD SiLPA"))


# Whether two workbooks compare ----------------------------------------------------------------------------


LAST_QUARTER = "triwulan lalu"


@dataclass(frozen=True, slots=True)
class Before:
    """The earlier workbook that the current one can be compared with.

    Attributes:
        case: the earlier workbook with its figures.
        name: its quarter as a message names it.
        same_year: both are of one year, so that figures add up and agreements hold.
        year_before: it is the same quarter of the year before.
    """

    case: Case
    name: str
    same_year: bool
    year_before: bool

    @property
    def dataset(self) -> Dataset:
        """The earlier workbook."""
        return self.case.dataset

    def at(self, cell: Cell[Any], value: str | None = None) -> str:
        """A value of the earlier workbook with its cell: triwulan lalu (Anggaran!H4) Rp5.000.000."""
        return f"{self.name} ({cell.ref}) {cell.written if value is None else value}".rstrip()


def earlier(case: Case) -> Before | None:
    """The earlier workbook, where it is of this kecamatan and of a quarter that can be compared."""
    if case.previous is None or other_district(case):
        return None
    now, then = quarter(case), quarter(case.previous)
    if now is None or then is None or not (is_earlier(then, now) or is_year_before(then, now)):
        return None
    name = LAST_QUARTER if then == now.previous else then.phrase
    return Before(case.previous, name, then.tahun == now.tahun, is_year_before(then, now))


def within_year(case: Case) -> Before | None:
    """The earlier workbook, where it is of the same year."""
    before = earlier(case)
    return before if before and before.same_year else None


def is_earlier(then: Triwulan, now: Triwulan) -> bool:
    """An earlier quarter of the same year, or the last one of the year before the first."""
    return then == now.previous or (then.tahun == now.tahun and then.nomor < now.nomor)


def is_year_before(then: Triwulan, now: Triwulan) -> bool:
    """The same quarter of the year before."""
    return (then.tahun, then.nomor) == (now.tahun - 1, now.nomor)


def other_district(case: Case) -> tuple[Cell[str], Cell[str]] | None:
    """The cells, of this workbook and of the other, by which that one is of another kecamatan."""
    if case.previous is None:
        return None
    now, then = case.dataset.identitas, case.previous.dataset.identitas
    codes = digits(now.kode_kecamatan), digits(then.kode_kecamatan)
    if all(codes):
        return None if codes[0] == codes[1] else (now.kode_kecamatan, then.kode_kecamatan)
    names = [bare(each.kecamatan, "kecamatan", "kec.") for each in (now, then)]
    return (now.kecamatan, then.kecamatan) if all(names) and names[0] != names[1] else None


# What a row is known by -----------------------------------------------------------------------------------


def digits(cell: Cell[str]) -> str | None:
    """A code without dots and spaces."""
    return re.sub(r"[\s.]", "", cell.value or "").casefold() or None


def bare(cell: Cell[str], *titles: str) -> str | None:
    """A name without regard to case and spaces, and without the title that may stand before it."""
    name = normalize(cell.value or "")
    for title in titles:
        name = name.removeprefix(f"{title} ")
    return name or None


def _both(first: Hashable, second: Hashable) -> Hashable:
    return None if first is None or second is None else (first, second)


def activity(row: Fasilitasi) -> Hashable:
    """What was facilitated, word for word."""
    return words(row.jenis_fasilitasi.value or "") or None


DESA_KEYS: tuple[Key[Desa], ...] = (
    lambda row: _both(bare(row.desa, "desa"), digits(row.kode)),
    lambda row: bare(row.desa, "desa"),
    lambda row: digits(row.kode),
)


def _program(row: Anggaran) -> Hashable:
    return _both(bare(row.program, "program"), digits(row.kode))


PROGRAM_KEYS: tuple[Key[Anggaran], ...] = (
    lambda row: _both(row.owner, _program(row)),
    lambda row: _both(row.owner, bare(row.program, "program")),
    lambda row: _both(row.owner, digits(row.kode)),
    _program,  # of a unit that is written otherwise
)
INDIKATOR_KEYS: tuple[Key[Indikator], ...] = (
    lambda row: _both(bare(row.indikator), row.no.value),
    lambda row: bare(row.indikator),
    lambda row: row.no.value,
)
NAMED_KEYS = INDIKATOR_KEYS[:-1]
"""For two years: each year's Perjanjian Kinerja counts its indicators anew."""
DOKUMEN_KEYS: tuple[Key[Dokumen], ...] = (lambda row: bare(row.dokumen),)
LOG_KEYS: tuple[Key[Fasilitasi], ...] = (
    lambda row: _both(activity(row), row.tanggal.value),
    activity,
    lambda row: _both(row.tanggal.value, _both(bare(row.bukti_pendukung), bare(row.pelaksana))),
)
"""A row stands there again with the same text, or with a corrected text and everything else as before."""


# Pairs ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Pairs(Generic[R]):
    """The rows of two workbooks side by side.

    Attributes:
        both: the row of the current workbook and that of the earlier one.
        new: the rows of the current workbook that the earlier one lacks.
        gone: the rows of the earlier workbook that the current one lacks.
    """

    both: tuple[tuple[R, R], ...]
    new: tuple[R, ...]
    gone: tuple[R, ...]

    def surely_gone(self, name: str, *others: str) -> tuple[R, ...]:
        """The rows with a name that the current workbook lacks; none where one of its rows may be such a one.

        Args:
            name: the field by which a row is known.
            others: further fields by which it is found again.
        """
        for row in self.new:
            if getattr(row, name).value is None or any(getattr(row, field).broken for field in others):
                return ()
        return tuple(row for row in self.gone if getattr(row, name).value is not None)


def pair(now: Sequence[R], then: Sequence[R], keys: Sequence[Key[R]]) -> Pairs[R]:
    """Pair the rows by the first key, what is left by the second, and so on; each row once."""
    partners: dict[int, int] = {}
    free = dict.fromkeys(range(len(then)))
    for key in keys:
        places: dict[Hashable, list[int]] = {}
        for place in free:
            places.setdefault(key(then[place]), []).append(place)
        for place, row in enumerate(now):
            mark = key(row)
            if place not in partners and mark is not None and places.get(mark):
                partners[place] = places[mark].pop(0)
                del free[partners[place]]
    return Pairs(
        both=tuple((now[place], then[other]) for place, other in sorted(partners.items())),
        new=tuple(row for place, row in enumerate(now) if place not in partners),
        gone=tuple(then[place] for place in free),
    )


def plans_left(case: Case) -> tuple[TindakLanjut, ...]:
    """What the earlier report planned and nothing is said of here, where the workbook has a column for it."""
    before = earlier(case)
    if before is None or ("Tindak Lanjut", "status") not in case.dataset.headings:
        return ()
    carried = case.dataset.rencana_lalu
    told = {bare(row.uraian) for row in carried}
    if any(row.uraian.broken for row in carried):  # one that cannot be read may be any of them
        return ()
    return tuple(row for row in before.dataset.rencana if row.uraian.value and bare(row.uraian) not in told)


# Explanations ---------------------------------------------------------------------------------------------


def says_more_than_funds(cell: Cell[str]) -> bool:
    """The note says more than where the money comes from; one that cannot be read may."""
    return cell.broken or not _FUNDS.issuperset(words(cell.value or ""))


def is_new_note(now: Cell[str], then: Cell[str]) -> bool:
    """The note explains something, and did not stand there before."""
    return now.broken or (says_more_than_funds(now) and bare(now) != bare(then))


def tells_of_change(*cells: Cell[str]) -> bool:
    """One of the texts speaks of a change; one that cannot be read may."""
    return any(cell.broken or _CHANGE.search(normalize(cell.value or "")) for cell in cells)
