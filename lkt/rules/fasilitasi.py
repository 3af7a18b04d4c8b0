"""F: sheet Fasilitasi, the log of facilitation and coordination."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import chain, groupby, pairwise

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
    desa_named,
    free_day,
    grouped,
    has_column,
    is_stray,
    label,
    listing,
    quarter,
    quote,
    signed,
    tell,
    words,
)

Words = frozenset[str]

_ALIKE = 0.75
_FEW = 3
"""Of two texts that are one activity the smaller has so much of the words of the larger, and so many."""

_LONG_RANGE = timedelta(days=92)
"""A range longer than a quarter is no evidence of one activity."""

_FILLERS = frozenset(
    words(
        "fasilitasi fasilitas koordinasi kegiatan dan yang di ke dari dalam pada untuk dengan tentang bagi "
        "serta oleh"
    )
)
"""Words that do not tell one row from another."""

_NEAR = 0.75
_LONG_LOG, _MANY_A_DAY, _NAMED_OFTEN = 10, 5, 5
_AFTER_DESA = frozenset(
    words(
        "tahap tahun tingkat siaga wisata digital mandiri maju berkembang tertinggal induk persiapan adat "
        "sehat tangguh ramah sadar cerdas cantik bersinar anti dan se tentang triwulan semester i "
        "ii iii iv bumdesa"
    )
)
"""Words with a capital letter that may follow Desa and name none."""

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
    return tell(
        f"{names} bertanggal {quote(rows[0].tanggal.written)}; {complaint}.", *(row.tanggal for row in rows)
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
    if span.precision is Precision.DAY or _too_wide(span, triwulan) or _later(span, triwulan):
        return False
    return span.start.day == 1 and (span.end + timedelta(days=1)).day == 1


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
            yield tell(
                f"{capital(label(row))} bertanggal {row.tanggal.written}, sesudah triwulan berakhir "
                f"({format_date(triwulan.akhir)}), padahal Ditindaklanjuti = Ya; baris ini tidak dihitung.",
                row.tanggal,
                row.ditindaklanjuti,
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
    return tell(message, row.tanggal, *others)


@rule("F105", WARNING, reads="fasilitasi.jenis_fasilitasi fasilitasi.tanggal")
def logged_twice(case: Case) -> Iterator[Finding]:
    """Kegiatan yang sama tercatat lebih dari sekali

    Mengapa: Satu kegiatan hanya boleh dihitung sekali; baris yang hampir sama menaikkan realisasi.
    Perbaikan: Gabungkan barisnya. Bila memang kegiatan yang berbeda, tulis tanggalnya masing-masing dan
        sebutkan bedanya (desa, tahap, atau peserta).
    """
    rows = [row for row in case.dataset.fasilitasi if row.jenis_fasilitasi.value and row.tanggal.value]
    for indices in same_activities([(_telling(row), row.tanggal.value) for row in rows], _yearly_pairs(rows)):
        group = [rows[index] for index in indices]
        message = f"{capital(listing([label(row) for row in group]))} tampaknya kegiatan yang sama."
        written = group[-1].jenis_fasilitasi.written
        yield tell(message, *(row.jenis_fasilitasi for row in group), written=written)


def _telling(row: Fasilitasi) -> Words:
    """The words that tell a row from others."""
    return frozenset(words(row.jenis_fasilitasi.value or "")) - _FILLERS


def _yearly_pairs(rows: Sequence[Fasilitasi]) -> Iterator[tuple[int, int]]:
    """Pairs of rows about the yearly event, unless each has a day of its own."""
    texts = [normalize(row.jenis_fasilitasi.value or "") for row in rows]
    indices = [index for index, text in enumerate(texts) if _YEARLY_EVENT.search(text)]
    days = [day_of(rows[index].tanggal) for index in indices]
    if None in days or len(set(days)) < len(days):
        yield from pairwise(indices)


def same_activities(
    rows: Sequence[tuple[Words, Span | None]], more: Iterable[tuple[int, int]] = ()
) -> list[list[int]]:
    """The indices of rows that record one activity: the same words on the same days, directly or by others.

    The time grows with the rows, not with their pairs: rows with the same words are taken together, and only
    texts that share their rarest word are compared.

    Args:
        rows: the words and the dates of each row.
        more: pairs of indices that are of one activity besides.
    """
    pairs = list(more)
    by_words: dict[Words, dict[tuple[date, date], int]] = defaultdict(dict)
    for index, (own, span) in enumerate(rows):
        if own and span:
            pairs.append((by_words[own].setdefault((span.start, span.end), index), index))
    for days in by_words.values():
        pairs += _overlapping(days.items())
    for one, other in _alike(list(by_words)):
        pairs += _overlapping([*by_words[one].items(), *by_words[other].items()])
    groups = [[index] for index in range(len(rows))]  # of each row, the list that its whole group shares
    for first, second in pairs:
        small, large = sorted((groups[first], groups[second]), key=len)
        if small is not large:
            large += small
            for index in small:
                groups[index] = large
    found: list[list[int]] = []
    for group in groups:
        if len(group) > 1:
            found.append(sorted(group))
            group.clear()  # it is met again at each of its rows
    return found


def _alike(texts: Sequence[Words]) -> Iterator[tuple[Words, Words]]:
    """The pairs of texts of which one holds all words of the other and few more.

    Texts that each have a word of their own, such as the name of a desa, tell two activities apart. The pairs
    are found by the rarest word of the smaller text.
    """
    counts = Counter(chain.from_iterable(texts))
    by_rarest: dict[str, list[Words]] = defaultdict(list)
    for text in texts:
        by_rarest[min(text, key=lambda word: (counts[word], word))].append(text)
    for large in texts:
        for small in chain.from_iterable(by_rarest.get(word, ()) for word in large):
            if max(_FEW, _ALIKE * len(large)) <= len(small) < len(large) and small <= large:
                yield small, large


def _overlapping(days: Iterable[tuple[tuple[date, date], int]]) -> Iterator[tuple[int, int]]:
    """Pairs of indices that link the rows whose days, from first to last, overlap directly or by others."""
    latest, before = date.min, 0
    for (start, end), index in sorted(days):
        if start <= latest:
            yield before, index
        latest, before = max(latest, end), index


@rule("F106", WARNING, reads=f"{PERIOD} {LOG} fasilitasi.jenis_fasilitasi")
def semester_too_early(case: Case) -> Iterator[Finding]:
    """Laporan semester I dicatat sebelum semester berakhir

    Mengapa: Semester I baru berakhir 30 Juni; laporannya belum mungkin selesai sebelumnya.
    Perbaikan: Sebut tahun laporannya bila yang dimaksud tahun lalu, atau keluarkan bagian itu dari baris ini.
    Dasar: Peraturan Pemerintah Nomor 43 Tahun 2014 tentang Peraturan Pelaksanaan Undang-Undang Nomor 6 Tahun
        2014 tentang Desa, Pasal 103
    """
    triwulan = quarter(case)
    if triwulan is None:
        return
    for row in case.dataset.fasilitasi:
        span, text = row.tanggal.value, normalize(row.jenis_fasilitasi.value or "")
        if span is None or row.ditindaklanjuti.value != "Ya" or not _SEMESTER_ONE.search(text):
            continue
        earlier = any(int(year) < triwulan.tahun for year in _YEAR.findall(text))
        if not earlier and min(span.end, triwulan.akhir) < date(triwulan.tahun, 6, 1):
            end = f"semester I {triwulan.tahun} baru berakhir 30 Juni"
            message = f"{capital(label(row))} menyebut laporan semester I, padahal {end}."
            yield tell(message, row.jenis_fasilitasi)


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
            yield tell(message, cell)


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
        yield tell(message, *(row.no for row in odd))


@rule("F109", WARNING, reads="fasilitasi.bukti_pendukung")
def vague_evidence(case: Case) -> Iterator[Finding]:
    """Bukti pendukung terlalu umum

    Mengapa: “Dokumen Fasilitasi” tidak menunjukkan dokumen mana yang dapat diperlihatkan kepada pemeriksa.
    Perbaikan: Sebut dokumennya: berita acara, daftar hadir, notula, surat, atau foto.
    """
    rows = [row for row in case.dataset.fasilitasi if row.bukti_pendukung.value]
    vague = [row for row in rows if _VAGUE.issuperset(words(row.bukti_pendukung.value or ""))]
    if len(rows) >= 5 and 2 * len(vague) > len(rows):
        text = vague[0].bukti_pendukung.written
        message = f"{len(vague)} dari {len(rows)} baris hanya menyebut bukti umum seperti {quote(text)}."
        yield tell(message, *(row.bukti_pendukung for row in vague), written=text)


@rule("F110", INFO, reads="fasilitasi.tanggal")
def on_free_day(case: Case) -> Iterator[Finding]:
    """Fasilitasi pada hari libur

    Mengapa: Kegiatan pada hari libur mungkin saja, tetapi sering berarti tanggalnya salah ketik.
    Perbaikan: Periksa tanggalnya pada bukti pendukung; bila benar, tidak ada yang perlu diubah.
    Dasar: Keputusan Bersama Menteri Agama, Menteri Ketenagakerjaan, dan Menteri PANRB tentang Hari Libur
        Nasional dan Cuti Bersama
    """
    cells, names = [], []
    for cell in (row.tanggal for row in case.dataset.fasilitasi):
        day = day_of(cell)
        if day and (reason := free_day(day)):
            cells.append(cell)
            names.append(f"{cell.ref.cell} {format_date(day)} ({reason})")
    if cells:
        message = f"Fasilitasi bertanggal hari libur: {listing(names)}."
        yield tell(message, *cells)


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
            yield tell(message, *(row.bukti_pendukung for row in group), written=text)


@rule("F112", WARNING, reads="fasilitasi.jenis_fasilitasi desa.desa")
def unknown_desa(case: Case) -> Iterator[Finding]:
    """Nama desa tidak ada pada daftar desa

    Mengapa: Nama desa yang salah ejaan dicetak dalam laporan, atau kegiatannya di kecamatan lain.
    Perbaikan: Samakan ejaannya dengan lembar Desa.
    """
    roster = {desa.desa.value: desa.desa.ref for desa in case.dataset.desa if desa.desa.value}
    kind, named = case.dataset.identitas.terms.desa, list(_desa_named(case))
    guesses = {name: _meant(name, roster) for _, name in named}
    for row, name in named:
        if guess := guesses[name]:
            message = f"{capital(label(row))}: {kind} {name} tidak ada pada lembar Desa. Maksud Anda {guess}?"
            yield tell(message, row.jenis_fasilitasi, roster[guess], written=name, expected=guess)


def _desa_named(case: Case) -> Iterator[tuple[Fasilitasi, str]]:
    """Each row of the log with a name that stands behind the word for a desa."""
    kind = case.dataset.identitas.terms.desa
    for row in case.dataset.fasilitasi:
        yield from ((row, name) for name in desa_named(row.jenis_fasilitasi.value or "", kind))


def _meant(name: str, roster: Iterable[str]) -> str | None:
    """The desa that a name which is none most likely means; its second word may not belong to it."""
    names = (name, name.partition(" ")[0])
    if {normalize(desa) for desa in roster}.intersection(map(normalize, names)):
        return None
    return nearest(names[0], roster, _NEAR) or nearest(names[1], roster, _NEAR)


@rule("F113", INFO, reads="fasilitasi.tanggal")
def out_of_order(case: Case) -> Iterator[Finding]:
    """Tanggal keluar dari urutan catatan

    Mengapa: Pada catatan yang urut menurut tanggal, satu tanggal yang menyimpang biasanya salah ketik, atau
        hari dan bulannya tertukar.
    Perbaikan: Periksa tanggalnya pada bukti pendukung; bila benar, tidak ada yang perlu diubah.
    """
    dated = [(row, day) for row in case.dataset.fasilitasi if (day := day_of(row.tanggal))]
    falls = sum(day < before for (_, before), (_, day) in pairwise(dated))
    if len(dated) < _LONG_LOG or falls * 10 > len(dated):
        return
    for (_, before), (row, day), (_, after) in zip(dated, dated[1:], dated[2:], strict=False):
        if before <= after and not before <= day <= after:
            between = f"{format_date(before)} dan {format_date(after)}"
            message = f"{capital(label(row))} bertanggal {row.tanggal.written}, di antara {between}."
            yield tell(message, row.tanggal)


@rule("F114", INFO, reads="fasilitasi.tanggal")
def one_day_for_many(case: Case) -> Iterator[Finding]:
    """Satu tanggal pada banyak baris berurutan

    Mengapa: Banyak kegiatan berurutan pada satu hari biasanya tanggal yang terseret ke bawah.
    Perbaikan: Isi tanggal masing-masing kegiatan menurut buktinya; bila benar, tidak ada yang perlu diubah.
    """
    for day, group in groupby(case.dataset.fasilitasi, lambda row: day_of(row.tanggal)):
        rows = list(group)
        if day and len(rows) >= _MANY_A_DAY:
            message = f"{len(rows)} baris berurutan bertanggal {format_date(day)}."
            yield tell(message, *(row.tanggal for row in rows[1:]), rows[0].tanggal)


@rule("F115", INFO, reads="fasilitasi.jenis_fasilitasi desa.desa")
def desa_elsewhere(case: Case) -> Iterator[Finding]:
    """Nama desa yang sama sekali tidak ada pada daftar

    Mengapa: Fasilitasi di desa kecamatan lain tidak dihitung sebagai kinerja kecamatan ini.
    Perbaikan: Betulkan nama desanya; bila memang kegiatan antarkecamatan, tidak ada yang perlu diubah.
    """
    roster = {normalize(desa.desa.value) for desa in case.dataset.desa if desa.desa.value}
    kind, named = case.dataset.identitas.terms.desa, list(_desa_named(case))
    if any(desa.desa.value is None for desa in case.dataset.desa):
        return
    found = [name for _, name in named if roster & {normalize(name), normalize(name.partition(" ")[0])}]
    own = set(found)
    for row, name in named if len(found) >= _NAMED_OFTEN else ():
        first = name.partition(" ")[0]
        strange = name not in own and not nearest(first, roster, _NEAR) and not nearest(name, roster, _NEAR)
        if strange and normalize(first) not in _AFTER_DESA:
            message = f"{capital(label(row))}: {kind} {name} tidak ada pada lembar Desa."
            yield tell(message, row.jenis_fasilitasi, written=name)
