"""What a recap needs of one workbook: small, frozen, and independent of the workbook itself."""

import itertools
import pickle
import zlib
from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from enum import Enum
from fractions import Fraction
from tempfile import TemporaryFile
from typing import IO, Any, Generic, Self, TypeVar, overload

from lkt.calendar import Triwulan
from lkt.errors import LktError
from lkt.figures import Figure, HasilIndikator, HasilProgram, printed, printed_measure
from lkt.findings import Finding, Severity
from lkt.formats.screen import compact
from lkt.indonesian import bare_name
from lkt.pipeline import Result

# Exact sums, means and shares of many numbers, in a time that grows as their number does ------------------


class Sum:
    """A sum that is asked for when all numbers have come by; none of them is kept.

    Neighbours are added first, then what they came to, and so on. A sum of fractions with thousands of
    denominators has thousands of digits; adding them one by one would drag these along from the start.
    """

    __slots__ = ("_parts", "number")

    def __init__(self) -> None:
        """Nothing came by yet."""
        self.number = 0
        self._parts: list[Fraction | int] = []  # of 8, 4 and 1 numbers after 13 of them

    def add(self, value: Fraction | int) -> None:
        """One number more."""
        if value.denominator == 1:  # as of all money: adding two fractions takes ten times as long
            value = value.numerator
        number = self.number
        self.number += 1
        while number & 1:
            value = self._parts.pop() + value
            number >>= 1
        self._parts.append(value)

    @classmethod
    def of(cls, values: Iterable[Fraction]) -> Self:
        """The sum of these."""
        made = cls()
        for value in values:
            made.add(value)
        return made

    @property
    def total(self) -> Fraction:
        """What they come to; 0 of nothing."""
        value: Fraction | int = 0
        for part in reversed(self._parts):
            value = part + value
        return Fraction(value)

    @property
    def mean(self) -> Fraction | None:
        """Their mean; None of nothing."""
        return self.total / self.number if self.number else None


def total(values: Iterable[Fraction]) -> Fraction:
    """The sum."""
    return Sum.of(values).total


def rerata(values: Sequence[Fraction]) -> Fraction | None:
    """The mean of the few numbers of one workbook; None of nothing."""
    return sum(values, Fraction(0)) / len(values) if values else None


def share(part: Fraction, whole: Fraction) -> Fraction | None:
    """Part ÷ whole × 100; None for a whole of 0."""
    return None if whole == 0 else part / whole * 100


# What a recap needs of one workbook: small, frozen, and independent of the workbook itself ----------------


class Status(Enum):
    """What became of a workbook."""

    SELESAI = "selesai"
    """its report was built"""
    DRAF = "draf"
    """its report was built as a draft, though it has errors"""
    KESALAHAN = "ada kesalahan"
    """it has errors, so no report was built"""
    GAGAL = "gagal"
    """it has no errors, but its report could not be built or written"""
    TIDAK_TERBACA = "tidak terbaca"
    """the file is no workbook that can be read"""
    GANDA = "ganda"
    """another workbook is of the same kecamatan and quarter"""
    BELUM = "belum menyerahkan"
    """it is expected, and there is no workbook"""


class _Quick:
    """Is pickled as a call with the values of its fields, half the time of what dataclasses do by themselves.

    A batch makes each summary anew a dozen times (see ``lkt.recap.summary``).
    """

    __slots__ = ()
    __match_args__: tuple[str, ...] = ()

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        """The class and the values."""
        return type(self), tuple([getattr(self, name) for name in self.__match_args__])


@dataclass(frozen=True, slots=True)
class Temuan(_Quick):
    """One finding that is not accepted.

    Attributes:
        severity: how much it matters.
        code: the code of its rule.
        sel: its cells, such as ``Anggaran!H2:H4``.
        pesan: what is wrong.
    """

    severity: Severity
    code: str
    sel: str
    pesan: str


@dataclass(frozen=True, slots=True)
class Capaian(_Quick):
    """One indicator; texts as the report prints them, capaian in percentage points or None."""

    nomor: str
    sasaran: str
    indikator: str
    satuan: str
    target: str
    realisasi: str
    capaian: Fraction | None
    tercapai: bool | None


@dataclass(frozen=True, slots=True)
class Serapan(_Quick):
    """One programme; pagu and realisasi in rupiah, serapan in percentage points, None where unknown."""

    kode: str
    program: str
    pagu: Fraction | None
    realisasi: Fraction | None
    serapan: Fraction | None


@dataclass(frozen=True, slots=True)
class Ringkasan(_Quick):
    """One workbook in a recap, or one kecamatan that has not handed in any.

    Attributes:
        berkas: the file as it was found; empty for a kecamatan without one.
        status: what became of it.
        kode: the code of the kecamatan; may be empty.
        kecamatan: its name; the name of the file where that cannot be read.
        kabupaten: the name of the kabupaten.
        triwulan: the quarter; None where it cannot be read.
        batas_lapor: the last day for handing in.
        tanggal_laporan: the day on which the report is signed.
        pesan: what went wrong, and what to do, for a file that gave no figures or no report.
        catatan: what else there is to say: unchanged since the last run, written beside an edited report.
        laporan: the report, relative to the folder of the recap; empty where there is none.
        pdf: the same as PDF.
        temuan: the page of its findings, relative to the folder of the recap; empty where there is none.
        daftar_temuan: the findings, the worst first.
        capaian: its indicators.
        serapan: its programmes.
        pagu: of all programmes together, in rupiah.
        realisasi: the same.
        serapan_total: realisasi ÷ pagu × 100, weighted.
        rerata_serapan: the average that the office prints, by Rerata Anggaran.
    """

    berkas: str
    status: Status
    kecamatan: str
    kode: str = ""
    kabupaten: str = ""
    triwulan: Triwulan | None = None
    batas_lapor: date | None = None
    tanggal_laporan: date | None = None
    pesan: str = ""
    catatan: str = ""
    laporan: str = ""
    pdf: str = ""
    temuan: str = ""
    daftar_temuan: tuple[Temuan, ...] = ()
    capaian: tuple[Capaian, ...] = ()
    serapan: tuple[Serapan, ...] = ()
    pagu: Fraction | None = None
    realisasi: Fraction | None = None
    serapan_total: Fraction | None = None
    rerata_serapan: Fraction | None = None

    def jumlah(self, severity: Severity) -> int:
        """How many findings there are of a severity."""
        return sum(found.severity is severity for found in self.daftar_temuan)

    @property
    def rerata_capaian(self) -> Fraction | None:
        """The mean capaian of the indicators that have one."""
        return rerata([row.capaian for row in self.capaian if row.capaian is not None])

    @property
    def hari_terlambat(self) -> int | None:
        """Days of the calendar from deadline to signature, 0 when on time; None where one is unknown."""
        if self.batas_lapor is None or self.tanggal_laporan is None:
            return None
        return max(0, (self.tanggal_laporan - self.batas_lapor).days)


def summarize(result: Result, berkas: str, status: Status) -> Ringkasan:
    """The summary of a workbook that was worked out; where its report lies is filled in by who writes it."""
    identitas, computed = result.dataset.identitas, result.computed
    signed, totals = identitas.tanggal_laporan.value, computed.anggaran
    return Ringkasan(
        berkas=berkas,
        status=status,
        kecamatan=bare_name(identitas.kecamatan.value or "") or berkas,
        kode=identitas.kode_kecamatan.value or "",
        kabupaten=identitas.kabupaten.value or "",
        triwulan=computed.periode.triwulan if computed.periode else None,
        batas_lapor=computed.periode.batas_lapor if computed.periode else None,
        tanggal_laporan=signed.end if signed else None,
        daftar_temuan=_findings(result.findings),
        capaian=tuple(_capaian(row, identitas.decimals) for row in computed.indikator),
        serapan=tuple(_serapan(row) for row in computed.program),
        pagu=totals.pagu.value if totals else None,
        realisasi=totals.realisasi.value if totals else None,
        serapan_total=totals.tertimbang.value if totals else None,
        rerata_serapan=totals.rerata.value if totals else None,
    )


def unreadable(error: LktError, berkas: str, name: str) -> Ringkasan:
    """The summary of a file that cannot be read; ``name`` stands for its kecamatan."""
    return Ringkasan(berkas, Status.TIDAK_TERBACA, name, pesan=f"{error.message} {error.hint}".strip())


def _findings(findings: tuple[Finding, ...]) -> tuple[Temuan, ...]:
    order = list(Severity)
    still_open = [found for found in findings if not found.accepted]
    still_open.sort(key=lambda found: order.index(found.severity))
    return tuple(
        Temuan(found.severity, found.code, compact(found.refs), found.message) for found in still_open
    )


def _capaian(hasil: HasilIndikator, decimals: int) -> Capaian:
    row = hasil.baris
    target = row.target.value
    return Capaian(
        nomor=str(row.no),
        sasaran=row.sasaran.value or "",
        indikator=row.indikator.value or "",
        satuan=row.satuan.value or "",
        target=row.target.written or "-"
        if target is None
        else printed_measure(target, row.satuan.value or ""),
        realisasi=printed(hasil.realisasi, decimals),
        capaian=hasil.capaian.value,
        tercapai=hasil.tercapai,
    )


def _serapan(hasil: HasilProgram) -> Serapan:
    row = hasil.baris
    return Serapan(
        kode=row.kode.value or "",
        program=row.program.value or "",
        pagu=_exact(row.pagu.value),
        realisasi=_exact(row.realisasi.value),
        serapan=_value(hasil.serapan),
    )


def _value(figure: Figure) -> Fraction | None:
    return figure.value


def _exact(value: object) -> Fraction | None:
    return None if value is None else Fraction(str(value))


# A summary as JSON and back, so that an unchanged workbook need not be read again -------------------------


def encode(value: object) -> Any:
    """A summary, or a part of one, as what JSON can hold; exact numbers are text."""
    if isinstance(value, Enum):
        return value.name
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value):
        return {part.name: encode(getattr(value, part.name)) for part in fields(value)}
    if isinstance(value, tuple):
        return [encode(item) for item in value]
    return value


def decode(data: Mapping[str, Any]) -> Ringkasan:
    """The summary that ``encode`` was given.

    Raises:
        ValueError, KeyError, TypeError, AttributeError: it is no such thing.
    """
    return Ringkasan(
        **{
            **data,
            "status": Status[data["status"]],
            "triwulan": Triwulan(**data["triwulan"]) if data["triwulan"] else None,
            "batas_lapor": _date(data["batas_lapor"]),
            "tanggal_laporan": _date(data["tanggal_laporan"]),
            "daftar_temuan": tuple(
                Temuan(**{**row, "severity": Severity[row["severity"]]}) for row in data["daftar_temuan"]
            ),
            "capaian": tuple(Capaian(**_exact_codec(row, "capaian")) for row in data["capaian"]),
            "serapan": tuple(
                Serapan(**_exact_codec(row, "pagu", "realisasi", "serapan")) for row in data["serapan"]
            ),
            **_numbers(data, "pagu", "realisasi", "serapan_total", "rerata_serapan"),
        }
    )


def _exact_codec(row: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {**row, **_numbers(row, *names)}


def _numbers(row: Mapping[str, Any], *names: str) -> dict[str, Fraction | None]:
    return {name: None if row[name] is None else Fraction(row[name]) for name in names}


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


# Thousands of summaries in the memory of a few: each is kept packed, and made anew when it is asked for ---


S = TypeVar("S")
T = TypeVar("T")
_WINDOW = -15  # of zlib, without a heading: each of thousands would have its own
_QUICK = 1
_FEW = 200
_AT_ONCE = 500


class _Made(Sequence[T]):
    """A sequence whose values are made when they are asked for."""

    @abstractmethod
    def _at(self, number: int) -> T:
        """The value of that number, from 0 to the last."""

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[T]: ...
    def __getitem__(self, place: int | slice) -> T | Sequence[T]:
        """The value there, or those."""
        numbers = range(len(self))[place]
        return self._at(numbers) if isinstance(numbers, int) else [self._at(number) for number in numbers]


class Packed(_Made[T]):
    """Values that can be pickled, packed one by one as they come; the first ones are kept as they are.

    A summary of 1,400 bytes, five thousand with all its objects, takes some 250: what the first one holds,
    the names of programmes and indicators above all, is not written again in the others. Making one anew
    takes 30 µs, which a kabupaten with its few dozen need not spend.
    """

    def __init__(self, values: Iterable[T]) -> None:
        """Pack them; none of them is kept as it was."""
        coming = iter(values)
        self._first = tuple(itertools.islice(coming, _FEW))
        self._known = pickle.dumps(self._first[:1], pickle.HIGHEST_PROTOCOL)
        self._packed = tuple(map(self._packing, coming))

    def _packing(self, value: T) -> bytes:
        packer = zlib.compressobj(_QUICK, wbits=_WINDOW, zdict=self._known)
        return packer.compress(pickle.dumps(value, pickle.HIGHEST_PROTOCOL)) + packer.flush()

    def __len__(self) -> int:
        """How many there are."""
        return len(self._first) + len(self._packed)

    def _at(self, number: int) -> T:
        """The value there, or one that is equal to it."""
        if number < len(self._first):
            return self._first[number]
        data = zlib.decompressobj(_WINDOW, self._known).decompress(self._packed[number - len(self._first)])
        value: T = pickle.loads(data)  # noqa: S301 - our own
        return value


class Laid(Generic[T]):
    """Values that can be pickled, laid in a file as they come, to be gone through once; few need no file."""

    def __init__(self, values: Iterable[T]) -> None:
        """Lay them down.

        Raises:
            OSError: the folder for temporary files is full or closed.
        """
        self._file: IO[bytes] | None = None
        self._laid = 0
        self._last: list[T] = []
        for value in values:
            if len(self._last) == _AT_ONCE:
                self._lay()
            self._last.append(value)

    def _lay(self) -> None:
        if self._file is None:
            self._file = TemporaryFile(prefix="lkt-")  # noqa: SIM115 - closed when it was read
        pickle.dump(self._last, self._file, pickle.HIGHEST_PROTOCOL)
        self._laid += 1
        self._last.clear()

    def __len__(self) -> int:
        """How many there are."""
        return self._laid * _AT_ONCE + len(self._last)

    def __iter__(self) -> Iterator[T]:
        """From the first to the last; the file is gone then."""
        if self._file is not None:
            with self._file as file:
                file.seek(0)
                for _ in range(self._laid):
                    yield from pickle.load(file)  # noqa: S301 - our own
        yield from self._last


class Mapped(_Made[T], Generic[S, T]):
    """What is made of each value of a sequence, whenever it is asked for.

    Args:
        make: from the value and its place, from 0.
        values: the sequence.
    """

    def __init__(self, make: Callable[[S, int], T], values: Sequence[S]) -> None:
        self._make, self._values = make, values

    def __iter__(self) -> Iterator[T]:
        """What is made of each, from the first to the last."""
        return map(self._make, self._values, itertools.count())

    def __len__(self) -> int:
        """How many there are."""
        return len(self._values)

    def _at(self, number: int) -> T:
        return self._make(self._values[number], number)
