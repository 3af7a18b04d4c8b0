"""F: sheet Fasilitasi, the log of facilitation and coordination."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain, pairwise
from typing import TypeAlias

from lkt.calendar import Triwulan
from lkt.figures import Case
from lkt.findings import Finding
from lkt.indonesian import format_date, format_number, nearest, normalize
from lkt.model import Fasilitasi, Precision, Ref, Span
from lkt.rules.base import ERROR, INFO, WARNING, rule
from lkt.rules.helpers import (
    LOG,
    PERIOD,
    capital,
    day_of,
    free_day,
    grouped,
    has_column,
    is_stray,
    label,
    listing,
    once,
    quarter,
    quote,
    signed,
    words,
)

# Rows of the log that record one activity, found in time linear in the rows but for the rare look-alikes --
#
# Comparing each row with each other took seconds for a log of some thousand rows. Only rows count on whose
# days
# another row lies, which are few; rows with the same words are one kind; only kinds that share their rarest
# word can hold one another, and of a kind only the days count on which anything of it happened.


_ALIKE = 0.75
_FEW = 3

Words: TypeAlias = frozenset[str]


def same_activity(one: Words, other: Words) -> bool:
    """Whether one text holds all words of the other and few more.

    Texts that each have a word of their own, such as the name of a desa, tell two activities apart.
    """
    small, large = sorted((one, other), key=len)
    if not small or not small <= large:
        return False
    return small == large or (len(small) >= _FEW and len(small) >= _ALIKE * len(large))


def overlap(one: Span, other: Span) -> bool:
    """Whether the dates can be the same."""
    return one.start <= other.end and other.start <= one.end


def clusters(
    spans: Sequence[Span], words: Callable[[int], Words], more: Iterable[tuple[int, int]] = ()
) -> Iterator[list[int]]:
    """The indices of rows that record the same activity, each in one group at most, by their first row.

    Args:
        spans: the dates of each row.
        words: gives the words that tell a row from others; it is asked of few.
        more: pairs of indices that are of one activity besides.
    """
    groups = _Groups(len(spans))
    kinds: dict[Words, list[int]] = defaultdict(list)
    for index in sorted(_overlapping(spans)):
        if own := words(index):
            kinds[own].append(index)
    alike = list(_alike(list(kinds)))
    paired = {kind for pair in alike for kind in pair}
    islands = {
        kind: list(_islands(spans, indices, groups))
        for kind, indices in kinds.items()
        if len(indices) > 1 or kind in paired
    }
    for one, other in alike:
        _join(islands[one], islands[other], groups)
    for first, second in more:
        groups.join(first, second)
    yield from groups.larger()


def _overlapping(spans: Sequence[Span]) -> set[int]:
    """The indices of the spans that share a day with another one."""
    found: set[int] = set()
    latest: int | None = None  # of those that begin no later, the one that ends last
    for index in sorted(range(len(spans)), key=lambda index: spans[index].start):
        if latest is not None and spans[index].start <= spans[latest].end:
            found |= {latest, index}
        if latest is None or spans[index].end > spans[latest].end:
            latest = index
    return found


class _Groups:
    """Indices that belong together; the least of each group stands for it."""

    def __init__(self, count: int) -> None:
        self._parents = list(range(count))

    def _top(self, index: int) -> int:
        while self._parents[index] != index:
            self._parents[index] = index = self._parents[self._parents[index]]
        return index

    def join(self, first: int, second: int) -> None:
        low, high = sorted((self._top(first), self._top(second)))
        self._parents[high] = low

    def larger(self) -> Iterator[list[int]]:
        """The groups of more than one, by their least index."""
        members: dict[int, list[int]] = defaultdict(list)
        for index in range(len(self._parents)):
            members[self._top(index)].append(index)
        return (group for group in members.values() if len(group) > 1)


@dataclass(slots=True)
class _Island:
    """Days without a gap on which rows of one kind can lie, and one of these rows."""

    start: date
    end: date
    index: int


def _islands(spans: Sequence[Span], indices: Iterable[int], groups: _Groups) -> Iterator[_Island]:
    """The islands of the rows of one kind, by date; the rows of each are one group."""
    last: _Island | None = None
    for index in sorted(indices, key=lambda index: spans[index].start):
        span = spans[index]
        if last is not None and span.start <= last.end:
            last.end = max(last.end, span.end)
            groups.join(last.index, index)
            continue
        if last is not None:
            yield last
        last = _Island(span.start, span.end, index)
    if last is not None:
        yield last


def _join(one: Sequence[_Island], other: Sequence[_Island], groups: _Groups) -> None:
    """Put together what lies on the same days in two kinds; both are in the order of their dates."""
    first = second = 0
    while first < len(one) and second < len(other):
        mine, theirs = one[first], other[second]
        if mine.start <= theirs.end and theirs.start <= mine.end:
            groups.join(mine.index, theirs.index)
        if mine.end < theirs.end:
            first += 1
        else:
            second += 1


def _alike(kinds: Sequence[Words]) -> Iterator[tuple[Words, Words]]:
    """The pairs of different kinds of which one holds the other, found by the rarest word of the smaller."""
    counts = Counter(chain.from_iterable(kinds))
    known: dict[str, dict[int, list[Words]]] = defaultdict(lambda: defaultdict(list))
    for kind in kinds:
        if len(kind) >= _FEW:
            known[min(kind, key=counts.__getitem__)][len(kind)].append(kind)
    for large in kinds:
        for by_size in [known[word] for word in large if word in known]:
            # Two kinds of one size hold each other only when they are equal
            sizes = [size for size in by_size if _ALIKE * len(large) <= size < len(large)]
            for small in (small for size in sizes for small in by_size[size]):
                if same_activity(small, large):
                    yield small, large


# F: sheet Fasilitasi, the log of facilitation and coordination --------------------------------------------


_LONG_RANGE = timedelta(days=92)
"""A range longer than a quarter is no evidence of one activity."""

_FILLERS = frozenset(
    words(
        "fasilitasi fasilitas koordinasi kegiatan dan yang di ke dari dalam pada untuk dengan tentang bagi "
        "serta oleh"
    )
)
"""Words that do not tell one row from another."""

_DESA = re.compile(r"\b[Dd]esa ([A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?)")
_NEAR = 0.75
_VAGUE = frozenset(
    words(
        "dokumen fasilitasi fasilitas koordinasi kegiatan bukti pendukung berkas arsip ada lengkap terlampir "
        "lampiran"
    )
)
"""Evidence in these words alone is no document that can be shown."""

_YEARLY_EVENT = re.compile("musrenbang(?:cam|kec| kecamatan)")
"""What a kecamatan holds once a year, so that several vague rows of it are one event."""

_SEMESTER_ONE = re.compile(r"\bsemester\s+(?:1|i|satu|pertama)\b")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@rule("F101", WARNING, reads=f"{PERIOD} fasilitasi.tanggal")
def range_too_wide(case: Case) -> Iterator[Finding]:
    """Rentang tanggal melampaui triwulan

    Mengapa: “Januari/Desember” bukan bukti bahwa sesuatu sudah dilakukan dalam triwulan ini; baris itu baru
        dihitung setelah hari terakhirnya lewat.
    Perbaikan: Tulis tanggal pelaksanaannya dalam triwulan ini. Kegiatan yang berulang ditulis satu baris
        untuk setiap pelaksanaan.
    """
    triwulan = quarter(case)
    if triwulan is None:
        return
    for rows in _by_written(case, lambda span: _too_wide(span, triwulan)):
        complaint = "itu bukan bukti kegiatan dalam triwulan ini"
        if any(row.tanggal.value and row.tanggal.value.end > triwulan.akhir for row in rows):
            complaint = (
                f"itu melampaui akhir triwulan ({format_date(triwulan.akhir)}), sehingga belum dihitung"
            )
        yield _dates(rows, complaint)


def _too_wide(span: Span, triwulan: Triwulan) -> bool:
    if span.precision is not Precision.RANGE:
        return False
    return span.start <= triwulan.akhir < span.end or span.end - span.start > _LONG_RANGE


def _by_written(case: Case, wrong: Callable[[Span], bool]) -> Iterator[list[Fasilitasi]]:
    """The rows whose date is wrong, those with the same text together."""
    rows = (row for row in case.dataset.fasilitasi if row.tanggal.value and wrong(row.tanggal.value))
    return grouped(rows, lambda row: normalize(row.tanggal.written))


def _dates(rows: Sequence[Fasilitasi], complaint: str) -> Finding:
    """One finding for rows with the same text in Tanggal."""
    names = capital(listing([label(row) for row in rows], most=3))
    return Finding(
        refs=tuple(row.tanggal.ref for row in rows),
        message=f"{names} bertanggal {quote(rows[0].tanggal.written)}; {complaint}.",
        written=rows[0].tanggal.written,
    )


@rule("F102", WARNING, reads=f"{PERIOD} fasilitasi.tanggal")
def month_only(case: Case) -> Iterator[Finding]:
    """Hanya bulan, tanpa tanggal

    Mengapa: Bulan saja sulit dibuktikan dengan berita acara atau daftar hadir yang selalu bertanggal.
    Perbaikan: Tulis tanggal pelaksanaannya seperti pada bukti pendukung.
    """
    triwulan = quarter(case)
    if triwulan is None:
        return
    for rows in _by_written(case, lambda span: _months_of_period(span, triwulan)):
        yield _dates(rows, "tanggal pelaksanaannya tidak disebutkan")


def _months_of_period(span: Span, triwulan: Triwulan) -> bool:
    """Whole months for which no other rule speaks."""
    return _whole_months(span) and not _too_wide(span, triwulan) and not _later(span, triwulan)


def _whole_months(span: Span) -> bool:
    if span.precision is Precision.DAY or span.start.day != 1:
        return False
    return (span.end + timedelta(days=1)).day == 1


@rule("F103", ERROR, reads=f"{PERIOD} {LOG}")
def after_the_quarter(case: Case) -> Iterator[Finding]:
    """Ditindaklanjuti, tetapi bertanggal sesudah triwulan

    Mengapa: Kegiatan yang belum terjadi tidak mungkin sudah ditindaklanjuti, dan belum dihitung.
    Perbaikan: Betulkan tanggalnya, atau hapus seluruh barisnya dan catat pada triwulan berikutnya.
    """
    triwulan = quarter(case)
    if triwulan is None:
        return
    for row in case.dataset.fasilitasi:
        span = row.tanggal.value
        if span and row.ditindaklanjuti.value == "Ya" and _later(span, triwulan):
            yield Finding(
                refs=(row.tanggal.ref, row.ditindaklanjuti.ref),
                message=f"{capital(label(row))} bertanggal {row.tanggal.written}, sesudah triwulan berakhir "
                f"({format_date(triwulan.akhir)}), padahal Ditindaklanjuti = Ya; baris ini tidak dihitung.",
                written=row.tanggal.written,
                expected=f"paling lambat {format_date(triwulan.akhir)}",
            )


def _later(span: Span, triwulan: Triwulan) -> bool:
    return span.start.year == triwulan.tahun and span.start > triwulan.akhir


@rule("F104", ERROR, reads=f"{PERIOD} fasilitasi.tanggal identitas.tanggal_laporan")
def outside_the_report(case: Case) -> Iterator[Finding]:
    """Tanggal di luar tahun laporan atau sesudah tanda tangan

    Mengapa: Baris dari tahun lain tidak dihitung; baris sesudah tanggal tanda tangan belum mungkin diketahui
        ketika laporan ditandatangani.
    Perbaikan: Periksa tahunnya, atau betulkan Tahun atau Tanggal Laporan pada lembar Identitas.
    """
    triwulan, signature = quarter(case), signed(case)
    if triwulan is None:
        return
    for row in case.dataset.fasilitasi:
        span = row.tanggal.value
        if span is None or _later(span, triwulan):
            continue
        if triwulan.tahun not in range(span.start.year, span.end.year + 1):
            yield _outside(row, f"di luar tahun {triwulan.tahun}, sehingga tidak dihitung")
        elif signature and span.start > signature:
            signature_ref = case.dataset.identitas.tanggal_laporan.ref
            yield _outside(row, f"sesudah laporan ditandatangani ({format_date(signature)})", signature_ref)


def _outside(row: Fasilitasi, complaint: str, *others: Ref) -> Finding:
    message = f"{capital(label(row))} bertanggal {row.tanggal.written}, {complaint}."
    return Finding((row.tanggal.ref, *others), message, row.tanggal.written)


@rule("F105", WARNING, reads="fasilitasi.jenis_fasilitasi fasilitasi.tanggal")
def logged_twice(case: Case) -> Iterator[Finding]:
    """Kegiatan yang sama tercatat lebih dari sekali

    Mengapa: Satu kegiatan hanya boleh dihitung sekali; baris yang hampir sama menaikkan realisasi.
    Perbaikan: Gabungkan barisnya. Bila memang kegiatan yang berbeda, tulis tanggalnya masing-masing dan
        sebutkan bedanya (desa, tahap, atau peserta).
    """
    rows = [
        (row, plain)
        for row, plain in zip(case.dataset.fasilitasi, _activities(case), strict=True)
        if row.jenis_fasilitasi.value and row.tanggal.value
    ]
    for group in _clusters(rows):
        names = listing([label(row) for row in group])
        message = f"{capital(names)} tampaknya kegiatan yang sama."
        yield Finding(
            tuple(row.jenis_fasilitasi.ref for row in group), message, group[-1].jenis_fasilitasi.written
        )


@once
def _activities(case: Case) -> tuple[str, ...]:
    """What was facilitated in each row of the log, without regard to case and spaces."""
    return tuple(normalize(row.jenis_fasilitasi.value or "") for row in case.dataset.fasilitasi)


def _clusters(rows: Sequence[tuple[Fasilitasi, str]]) -> Iterator[list[Fasilitasi]]:
    """Groups of rows that record the same activity, each row in one group at most."""
    spans = [row.tanggal.value for row, _ in rows if row.tanggal.value is not None]

    def telling(index: int) -> frozenset[str]:
        return frozenset(words(rows[index][0].jenis_fasilitasi.value or "")) - _FILLERS

    for indices in clusters(spans, telling, _yearly_pairs(rows)):
        yield [rows[index][0] for index in indices]


def _yearly_pairs(rows: Sequence[tuple[Fasilitasi, str]]) -> Iterator[tuple[int, int]]:
    """Pairs of rows about the yearly event, unless each has a day of its own."""
    indices = [index for index, (_, plain) in enumerate(rows) if _YEARLY_EVENT.search(plain)]
    days = [day_of(rows[index][0].tanggal) for index in indices]
    if None in days or len(set(days)) < len(days):
        yield from pairwise(indices)


@rule("F106", WARNING, reads=f"{PERIOD} {LOG} fasilitasi.jenis_fasilitasi")
def semester_too_early(case: Case) -> Iterator[Finding]:
    """Laporan semester I dicatat sebelum semester berakhir

    Mengapa: Semester I baru berakhir 30 Juni; laporannya belum mungkin selesai sebelumnya.
    Perbaikan: Sebut tahun laporannya bila yang dimaksud tahun lalu, atau keluarkan bagian itu dari baris ini.
    """
    triwulan = quarter(case)
    if triwulan is None:
        return
    for row, text in zip(case.dataset.fasilitasi, _activities(case), strict=True):
        span = row.tanggal.value
        if "semester" not in text or span is None or row.ditindaklanjuti.value != "Ya":
            continue
        earlier = any(int(year) < triwulan.tahun for year in _YEAR.findall(text))
        done = min(span.end, triwulan.akhir)
        if _SEMESTER_ONE.search(text) and not earlier and done < date(triwulan.tahun, 6, 1):
            end = f"semester I {triwulan.tahun} baru berakhir 30 Juni"
            message = f"{capital(label(row))} menyebut laporan semester I, padahal {end}."
            yield Finding((row.jenis_fasilitasi.ref,), message, row.jenis_fasilitasi.written)


@rule(
    "F107",
    WARNING,
    reads=f"{LOG} fasilitasi.jenis_fasilitasi fasilitasi.bukti_pendukung fasilitasi.pelaksana",
)
def stray_row(case: Case) -> Iterator[Finding]:
    """Baris lepas

    Mengapa: Baris yang hanya berisi satu sel biasanya sambungan baris di atasnya yang terpotong.
    Perbaikan: Gabungkan isinya ke baris di atasnya, lalu kosongkan baris itu.
    """
    for row in case.dataset.fasilitasi:
        if is_stray(row):
            cell = next(cell for name, cell in row.cells() if name != "no" and not cell.blank)
            message = f"Baris {row.row} hanya berisi {quote(cell.written)} dan tidak dihitung."
            yield Finding((cell.ref,), message, cell.written)


@rule("F108", WARNING, reads="fasilitasi.no")
def numbers_irregular(case: Case) -> Iterator[Finding]:
    """Nomor urut ganda atau melompat

    Mengapa: Nomor yang melompat memberi kesan ada kegiatan yang dihapus; nomor ganda membingungkan pembaca.
    Perbaikan: Nomori ulang kolom No dari 1.
    """
    rows = [row for row in case.dataset.fasilitasi if has_column(row.no) and row.no.value is not None]
    odd = [row for before, row in pairwise(rows) if row.no.value != (before.no.value or 0) + 1]
    if odd:
        numbers = listing([f"{format_number(row.no.value or 0)} ({row.no.ref.cell})" for row in odd])
        message = f"Nomor urut tidak berlanjut pada nomor {numbers}."
        yield Finding(tuple(row.no.ref for row in odd), message, odd[0].no.written)


@rule("F109", WARNING, reads="fasilitasi.bukti_pendukung")
def vague_evidence(case: Case) -> Iterator[Finding]:
    """Bukti pendukung terlalu umum

    Mengapa: “Dokumen Fasilitasi” tidak menunjukkan dokumen mana yang dapat diperlihatkan kepada pemeriksa.
    Perbaikan: Sebut dokumennya: berita acara, daftar hadir, notula, surat, atau foto.
    """
    rows = [row for row in case.dataset.fasilitasi if row.bukti_pendukung.value]
    texts = {row.bukti_pendukung.value or "" for row in rows}
    says_nothing = {text for text in texts if _VAGUE.issuperset(words(text))}
    vague = [row for row in rows if row.bukti_pendukung.value in says_nothing]
    if len(rows) >= 5 and 2 * len(vague) > len(rows):
        text = vague[0].bukti_pendukung.written
        message = f"{len(vague)} dari {len(rows)} baris hanya menyebut bukti umum seperti {quote(text)}."
        yield Finding(tuple(row.bukti_pendukung.ref for row in vague), message, text)


@rule("F110", INFO, reads="fasilitasi.tanggal")
def on_free_day(case: Case) -> Iterator[Finding]:
    """Fasilitasi pada hari libur

    Mengapa: Kegiatan pada hari libur mungkin saja, tetapi sering berarti tanggalnya salah ketik.
    Perbaikan: Periksa tanggalnya pada bukti pendukung; bila benar, tidak ada yang perlu diubah.
    """
    days = [(row, day_of(row.tanggal)) for row in case.dataset.fasilitasi]
    free = [(row, day, reason) for row, day in days if day and (reason := free_day(day))]
    if free:
        names = [f"{row.tanggal.ref.cell} {format_date(day)} ({reason})" for row, day, reason in free]
        message = f"Fasilitasi bertanggal hari libur: {listing(names)}."
        yield Finding(tuple(row.tanggal.ref for row, *_ in free), message, free[0][0].tanggal.written)


@rule("F111", WARNING, reads="fasilitasi.bukti_pendukung")
def same_evidence(case: Case) -> Iterator[Finding]:
    """Bukti pendukung yang sama pada banyak baris

    Mengapa: Satu dokumen jarang membuktikan banyak kegiatan; isian yang sama biasanya disalin ke bawah.
    Perbaikan: Sebut dokumen masing-masing kegiatan, dengan nomor atau tanggalnya.
    """
    rows = [row for row in case.dataset.fasilitasi if row.bukti_pendukung.value]
    for group in grouped(rows, lambda row: normalize(row.bukti_pendukung.value or "")):
        text = group[0].bukti_pendukung.written
        if len(rows) >= 5 and 2 * len(group) > len(rows) and not _VAGUE.issuperset(words(text)):
            message = f"{len(group)} dari {len(rows)} baris menyebut bukti yang sama: {quote(text)}."
            yield Finding(tuple(row.bukti_pendukung.ref for row in group), message, text)


@rule("F112", WARNING, reads="fasilitasi.jenis_fasilitasi desa.desa")
def unknown_desa(case: Case) -> Iterator[Finding]:
    """Nama desa tidak ada pada daftar desa

    Mengapa: Nama desa yang salah ejaan dicetak dalam laporan, atau kegiatannya di kecamatan lain.
    Perbaikan: Samakan ejaannya dengan lembar Desa.
    """
    roster = {desa.desa.value: desa.desa.ref for desa in case.dataset.desa if desa.desa.value}
    known = {normalize(name) for name in roster}
    guesses: dict[str, str | None] = {}  # a name is looked up once, however often the log has it
    for row in case.dataset.fasilitasi:
        text = row.jenis_fasilitasi.value or ""
        for name in _DESA.findall(text) if "esa " in text else ():
            if name not in guesses:
                names = (name, name.split()[0])
                guesses[name] = None if known.intersection(map(normalize, names)) else _meant(names, roster)
            guess = guesses[name]
            if guess:
                message = (
                    f"{capital(label(row))}: Desa {name} tidak ada pada lembar Desa. Maksud Anda {guess}?"
                )
                yield Finding((row.jenis_fasilitasi.ref, roster[guess]), message, name, guess)


def _meant(names: Iterable[str], roster: Iterable[str]) -> str | None:
    """The desa that is most like one of the names, the first of which goes before."""
    return next(filter(None, (nearest(name, roster, _NEAR) for name in names)), None)
