"""D: sheet Desa, the roster with the date of each document."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from lkt.calendar import same_day
from lkt.figures import Case
from lkt.findings import Finding
from lkt.indonesian import format_date, format_number, join_and, normalize, squeeze
from lkt.model import Cell, Desa, Dokumen, Precision, Span
from lkt.rules.base import ERROR, INFO, WARNING, rule
from lkt.rules.dokumen import first_day, window
from lkt.rules.helpers import (
    DATES,
    PERIOD,
    day_of,
    free_day,
    has_column,
    label,
    listing,
    mismatch,
    on_time_cells,
    quote,
    repeated,
    sheet_ref,
    signed,
    tell,
)

_MANY_DESA = 5
_FEW = 0.1
"""The share of a column, 0 to 1, that may be otherwise and it is still said of the whole."""

_NO_DIGIT = re.compile(r"\D")
_DIVIDER = re.compile(r"[.\s-]")


def _dates(case: Case) -> Iterator[tuple[Desa, Dokumen, Cell[Span]]]:
    """Every date of the roster with its desa and its document."""
    for column, dokumen in enumerate(case.dataset.dokumen):
        for desa in case.dataset.desa:
            yield desa, dokumen, desa.tanggal[column]


def misplaced(case: Case) -> dict[int, int]:
    """Column of dates -> that of the document whose dates they are.

    Nearly none lies in the half year before its own document is due or the quarter after, and nearly all in
    the half year before the other one is.
    """
    found: dict[int, int] = {}
    documents = list(enumerate(case.dataset.dokumen))
    days = [
        [desa.tanggal[column].value for desa in case.dataset.desa if desa.tanggal[column].value]
        for column, _ in documents
    ]
    for column, dokumen in documents:
        mine, enough = window(dokumen, late=True), max(2, len(case.dataset.desa) // 2)
        if mine is None or len(days[column]) < enough or _share(days[column], mine) > _FEW:
            continue
        for other, another in documents:
            fits = window(another)
            if other != column and fits and _share(days[column], fits) >= 1 - _FEW:
                found.setdefault(column, other)
    return found


def _share(days: Sequence[Span | None], within: tuple[date, date]) -> float:
    """How many of the days lie within two, 0 to 1."""
    return sum(day is not None and within[0] <= day.end <= within[1] for day in days) / len(days)


@rule("D101", ERROR, reads=f"{PERIOD} {DATES} jumlah_desa.tepat_waktu")
def on_time_differs(case: Case) -> Iterator[Finding]:
    """Jumlah desa tepat waktu berbeda dari hitungan

    Mengapa: Jumlah pada baris terakhir harus dapat ditelusuri ke tanggal setiap desa.
    Perbaikan: Pulihkan rumus baris Jumlah, lengkapi desa yang belum tercantum, atau betulkan tanggalnya.
    """
    for item in on_time_cells(case):
        if item.typed and item.differs:
            unread = len(item.possible) - 1
            uncertain = f" (dan {unread} tanggal tidak terbaca)" if unread else ""
            right = f"yang tepat waktu menurut tanggalnya {format_number(item.possible[0])}{uncertain}"
            yield mismatch(item, f"{item.name} tertulis {item.cell.written}, {right}")


@rule("D102", WARNING, follows="W103", reads="jumlah_desa.tepat_waktu")
def desa_missing(case: Case) -> Iterator[Finding]:
    """Ada desa yang belum tercantum

    Mengapa: Jumlah yang melebihi banyaknya baris berarti ada desa yang terlewat, sehingga penyebut keliru.
    Perbaikan: Tambahkan desa yang belum tercantum; setiap desa ditulis walaupun dokumennya belum ada.
    """
    row, roster = case.dataset.jumlah_desa, len(case.dataset.desa)
    for cell, dokumen in zip(row.tepat_waktu if row else (), case.dataset.dokumen, strict=False):
        if cell.value is not None and cell.value > roster:
            count = f"{roster} {case.dataset.identitas.terms.desa.lower()}"
            message = f"Jumlah {label(dokumen)} {cell.written}, padahal lembar Desa hanya memuat {count}."
            yield tell(message, cell, expected=f"paling banyak {roster}")


@rule("D103", ERROR, reads=f"{DATES} dokumen.dokumen dokumen.tahun_anggaran")
def date_too_early(case: Case) -> Iterator[Finding]:
    """Tanggal dokumen terlalu dini

    Mengapa: Laporan atas suatu tahun tidak mungkin ada sebelum tahun itu berakhir, dan rencana tidak
        ditetapkan lebih dari setahun sebelumnya.
    Perbaikan: Periksa tahunnya pada dokumen aslinya.
    """
    shifted: list[tuple[Dokumen, int, list[Cell[Span]]]] = []
    elsewhere = misplaced(case)
    for column, dokumen in enumerate(case.dataset.dokumen):
        earliest = first_day(dokumen)
        if earliest is None or column in elsewhere:
            continue
        dated = [(desa, desa.tanggal[column]) for desa in case.dataset.desa if desa.tanggal[column].value]
        early = [(desa, cell) for desa, cell in dated if cell.value and cell.value.end < earliest]
        if len(early) > 1 and 2 * len(early) > len(dated):
            years = Counter(earliest.year - cell.value.end.year for _, cell in early if cell.value)
            shifted.append((dokumen, years.most_common(1)[0][0], [cell for _, cell in early]))
            continue
        for desa, cell in early:
            yield tell(
                f"{label(desa)}: {label(dokumen)} tahun anggaran {dokumen.tahun_anggaran.written} "
                f"bertanggal {cell.written}, padahal belum mungkin ada sebelum {format_date(earliest)}.",
                cell,
                expected=f"{format_date(earliest)} atau sesudahnya",
            )
    if shifted:
        yield _of_another_year(shifted, case.dataset.identitas.terms.desa.lower())


def _of_another_year(shifted: Sequence[tuple[Dokumen, int, list[Cell[Span]]]], kind: str) -> Finding:
    """One finding for the documents of which most dates are so many years too early."""
    described, repairs = [], []
    cells: list[Cell[Any]] = []
    for dokumen, years, early in shifted:
        year, due = dokumen.tahun_anggaran.value or 0, dokumen.batas_waktu.value
        described.append(f"{label(dokumen)} {year} ({len(early)} {kind}, misalnya {early[0].written})")
        day = same_day(due.end, due.end.year - years) if due else date.min
        repairs.append(f"{label(dokumen)}: Tahun Anggaran {year - years}, Batas Waktu {format_date(day)}")
        cells += [dokumen.tahun_anggaran, dokumen.batas_waktu]
    names = join_and([label(dokumen) for dokumen, *_ in shifted])
    return tell(
        f"Tanggal {join_and(described)} terlalu dini untuk tahun anggarannya; tanggal itu cocok dengan "
        f"{names} dari tahun anggaran sebelumnya.",
        *cells,
        *(cell for *_, early in shifted for cell in early),
        hint=f"Bila memang itu yang dinilai, ubah pada lembar Dokumen {'; '.join(repairs)}. Bila tidak, "
        f"tanggal itu dari dokumen tahun lalu: kosongkan sampai dokumen yang dinilai ditetapkan.",
    )


@rule("D104", ERROR, reads="desa.tanggal identitas.tanggal_laporan", follows="I102")
def date_after_signature(case: Case) -> Iterator[Finding]:
    """Tanggal dokumen sesudah laporan ditandatangani

    Mengapa: Tanggal yang belum terjadi ketika laporan ditandatangani tidak mungkin dilaporkan.
    Perbaikan: Periksa tanggalnya, atau betulkan Tanggal Laporan pada lembar Identitas.
    """
    signature = signed(case)
    for desa, dokumen, cell in _dates(case):
        if signature and cell.value and cell.value.start > signature:
            message = (
                f"{label(desa)}: {label(dokumen)} bertanggal {cell.written}, sesudah laporan ditandatangani "
                f"({format_date(signature)})."
            )
            expected = f"paling lambat {format_date(signature)}"
            yield tell(message, cell, case.dataset.identitas.tanggal_laporan, expected=expected)


@rule("D105", INFO, reads=f"{PERIOD} {DATES} dokumen.tahun_anggaran desa.keterangan")
def late(case: Case) -> Iterator[Finding]:
    """Desa yang terlambat

    Mengapa: Keterlambatan menurunkan realisasi; laporan lebih berguna bila menyebut sebabnya.
    Perbaikan: Tidak ada yang salah. Tulis sebabnya pada kolom Keterangan desa itu.
    Dasar: Peraturan Menteri Dalam Negeri Nomor 114 Tahun 2014 tentang Pedoman Pembangunan Desa; Peraturan
        Menteri Dalam Negeri Nomor 20 Tahun 2018 tentang Pengelolaan Keuangan Desa; Peraturan Menteri Dalam
        Negeri Nomor 46 Tahun 2016 tentang Laporan Kepala Desa
    """
    elsewhere = misplaced(case)
    for column, result in enumerate(case.computed.dokumen):
        due = result.dokumen.batas_waktu.written
        if column not in elsewhere:
            yield from _unexplained(case, column, result.terlambat, f"terlambat (batas waktu {due})")


@rule("D106", ERROR, reads="desa.desa desa.kode")
def desa_repeated(case: Case) -> Iterator[Finding]:
    """Desa tercantum dua kali

    Mengapa: Desa yang ganda dihitung dua kali pada pembilang dan penyebut.
    Perbaikan: Hapus salah satu barisnya, atau betulkan kode atau namanya.
    """
    roster = case.dataset.desa
    for name, cells in (("Nama", [row.desa for row in roster]), ("Kode", [row.kode for row in roster])):
        for same in repeated(cells, lambda cell: normalize(cell.value or "") or None):
            message = f"{name} {roster[0].sebutan.lower()} {same[0].written} tercantum {len(same)} kali."
            yield tell(message, *reversed(same))


@rule("D107", WARNING, reads="desa.kode identitas.kode_kecamatan")
def code_elsewhere(case: Case) -> Iterator[Finding]:
    """Kode desa bukan dari kecamatan ini

    Mengapa: Kode desa diawali kode kecamatannya; kode lain berarti desanya atau kode kecamatannya keliru.
    Perbaikan: Periksa Kode pada lembar Desa dan Kode Kecamatan pada lembar Identitas.
    Dasar: Peraturan Menteri Dalam Negeri Nomor 58 Tahun 2021 tentang Kode, Data Wilayah Administrasi
        Pemerintahan, dan Pulau
    """
    district = case.dataset.identitas.kode_kecamatan
    start = _NO_DIGIT.sub("", district.value or "")
    rows = [row for row in case.dataset.desa if row.kode.value]
    wrong = [row for row in rows if not _NO_DIGIT.sub("", row.kode.value or "").startswith(start)]
    if start and wrong:
        names = listing([f"{label(row)} ({row.kode.value})" for row in wrong])
        message = f"Kode {wrong[0].sebutan.lower()} tidak diawali Kode Kecamatan {district.value}: {names}."
        yield tell(message, *(row.kode for row in wrong), district, written=wrong[0].kode.written)


@rule("D108", INFO, reads="desa.tanggal")
def on_free_day(case: Case) -> Iterator[Finding]:
    """Dokumen desa bertanggal hari libur

    Mengapa: Peraturan Desa jarang ditetapkan pada hari libur; tanggalnya mungkin salah ketik.
    Perbaikan: Periksa tanggalnya pada dokumen aslinya; bila benar, tidak ada yang perlu diubah.
    Dasar: Keputusan Bersama Menteri Agama, Menteri Ketenagakerjaan, dan Menteri PANRB tentang Hari Libur
        Nasional dan Cuti Bersama
    """
    cells, names = [], []
    for desa, dokumen, cell in _dates(case):
        day = day_of(cell)
        if day and (reason := free_day(day)):
            cells.append(cell)
            names.append(f"{label(desa)} ({label(dokumen)} {cell.written}, {reason})")
    if cells:
        message = f"Dokumen bertanggal hari libur: {listing(names)}."
        yield tell(message, *cells)


@rule("D109", INFO, reads=f"{PERIOD} {DATES} dokumen.tahun_anggaran desa.keterangan")
def not_yet(case: Case) -> Iterator[Finding]:
    """Belum ada dokumen padahal sudah jatuh tempo

    Mengapa: Desa tanpa tanggal dihitung belum menyampaikan; laporan lebih berguna bila menyebut sebabnya.
    Perbaikan: Isi tanggalnya bila dokumennya sudah ada; bila belum, tulis sebabnya pada kolom Keterangan.
    Dasar: Peraturan Menteri Dalam Negeri Nomor 114 Tahun 2014 tentang Pedoman Pembangunan Desa; Peraturan
        Menteri Dalam Negeri Nomor 20 Tahun 2018 tentang Pengelolaan Keuangan Desa; Peraturan Menteri Dalam
        Negeri Nomor 46 Tahun 2016 tentang Laporan Kepala Desa
    """
    typed_elsewhere = misplaced(case).values()
    for column, result in enumerate(case.computed.dokumen):
        if result.jatuh_tempo and column not in typed_elsewhere:
            due = result.dokumen.batas_waktu.written
            yield from _unexplained(case, column, result.belum, f"belum ada, padahal jatuh tempo {due}")


def _unexplained(case: Case, column: int, roster: tuple[Desa, ...], state: str) -> Iterator[Finding]:
    """One finding for the desa in a state that say nothing about it in Keterangan."""
    silent = [desa for desa in roster if desa.keterangan.blank and has_column(desa.tanggal[column])]
    if silent:
        names = listing([label(desa) for desa in silent])
        message = f"{label(case.dataset.dokumen[column])} {state}: {names}."
        yield tell(message, *(desa.tanggal[column] for desa in silent), written="")


@rule("D110", WARNING, reads="desa.tanggal")
def no_single_day(case: Case) -> Iterator[Finding]:
    """Tanggal dokumen bukan satu tanggal

    Mengapa: Peraturan Desa dan tanda terima bertanggal satu hari; bulan atau rentang dinilai menurut hari
        terakhirnya.
    Perbaikan: Tulis tanggal yang tertera pada dokumennya.
    Dasar: Peraturan Menteri Dalam Negeri Nomor 111 Tahun 2014 tentang Pedoman Teknis Peraturan di Desa
    """
    for desa, dokumen, cell in _dates(case):
        if cell.value and cell.value.precision is not Precision.DAY:
            message = f"{label(desa)}: {label(dokumen)} bertanggal “{cell.written}”, bukan satu tanggal."
            yield tell(message, cell)


@rule("D111", WARNING)
def total_missing(case: Case) -> Iterator[Finding]:
    """Baris Jumlah desa tidak ada

    Mengapa: Tanpa baris Jumlah tidak ada angka pembanding untuk menemukan desa yang terlewat.
    Perbaikan: Tambahkan baris terakhir dengan kata Jumlah pada kolom Desa.
    """
    if case.dataset.desa and case.dataset.jumlah_desa is None:
        yield tell("Lembar Desa tidak mempunyai baris Jumlah.", sheet_ref(case.dataset, "Desa"))


@rule("D112", WARNING, reads="desa.kode")
def malformed_code(case: Case) -> Iterator[Finding]:
    """Kode desa bukan sepuluh angka

    Mengapa: Kode wilayah desa terdiri atas sepuluh angka; yang lain tidak dikenali oleh aplikasi lain.
    Perbaikan: Salin kodenya dari daftar kode wilayah, misalnya 11.01.01.2001, sebagai teks.
    Dasar: Peraturan Menteri Dalam Negeri Nomor 58 Tahun 2021 tentang Kode, Data Wilayah Administrasi
        Pemerintahan, dan Pulau
    """
    for desa in case.dataset.desa:
        digits = _DIVIDER.sub("", desa.kode.value or "")
        if desa.kode.value and not (digits.isdecimal() and len(digits) == 10):
            yield tell(f"{label(desa)}: kode {quote(desa.kode.written)}.", desa.kode)


@rule("D113", INFO, reads="desa.desa")
def desa_taken_otherwise(case: Case) -> Iterator[Finding]:
    """Nama desa memuat kata Desa atau berhuruf besar semua

    Mengapa: Laporan sudah mencetak kata Desa, dan nama dalam kalimat tidak ditulis dengan huruf besar atau
        huruf kecil semua; nama itu sudah dicetak sebagaimana mestinya.
    Perbaikan: Tulis namanya saja dengan huruf biasa; lkt check --fix menuliskannya.
    """
    cells = [row.desa for row in case.dataset.desa]
    otherwise = [cell for cell in cells if cell.value and cell.value != squeeze(cell.written)]
    if otherwise:
        names = listing([cell.value or "" for cell in otherwise])
        kind = case.dataset.identitas.terms.desa
        message = f"{kind} ditulis {quote(otherwise[0].written)}; dicetak sebagai {names}."
        yield tell(message, *otherwise, expected=otherwise[0].value)


@rule("D114", ERROR, reads=f"{DATES} dokumen.dokumen dokumen.tahun_anggaran")
def dates_of_another_document(case: Case) -> Iterator[Finding]:
    """Tanggal satu kolom milik dokumen lain

    Mengapa: Tanggal LPPDesa yang diketik di bawah APBDesa membuat laporan menyebut APBDesa tepat waktu dan
        LPPDesa belum ada.
    Perbaikan: Pindahkan tanggal-tanggal itu ke kolom dokumennya, atau betulkan Tahun Anggaran dan Batas Waktu
        pada lembar Dokumen.
    """
    documents = case.dataset.dokumen
    for column, other in misplaced(case).items():
        cells = [desa.tanggal[column] for desa in case.dataset.desa if desa.tanggal[column].value]
        fits, mine = window(documents[other]), window(documents[column])
        if fits and mine:
            empty = all(desa.tanggal[other].blank for desa in case.dataset.desa)
            yield tell(
                f"{len(cells)} tanggal pada kolom {label(documents[column])} ({cells[0].written} dan "
                f"seterusnya) adalah waktu {label(documents[other])} {documents[other].tahun_anggaran} "
                f"({format_date(fits[0])} s.d. {format_date(fits[1])}), bukan {label(documents[column])} "
                f"{documents[column].tahun_anggaran} ({format_date(mine[0])} s.d. {format_date(mine[1])})"
                f"{f'; kolom {label(documents[other])} kosong' if empty else ''}.",
                *cells,
                hint=f"Pindahkan ke kolom {label(documents[other])}, atau betulkan Tahun Anggaran dan Batas "
                f"Waktu {label(documents[column])} pada lembar Dokumen.",
            )


@rule("D115", WARNING, reads="desa.tanggal dokumen.dokumen dokumen.tahun_anggaran")
def budget_before_plan(case: Case) -> Iterator[Finding]:
    """APBDesa bertanggal sebelum RKPDesa

    Mengapa: APBDesa disusun menurut RKPDesa tahun yang sama, jadi ditetapkan sesudahnya; bila terbalik,
        biasanya kedua kolomnya tertukar.
    Perbaikan: Periksa kedua tanggal pada Peraturan Desanya; bila kolomnya tertukar, tukar kembali isinya.
    Dasar: Peraturan Menteri Dalam Negeri Nomor 20 Tahun 2018 tentang Pengelolaan Keuangan Desa
    """
    columns = {
        (normalize(row.dokumen.value or "")[:3], row.tahun_anggaran.value): column
        for column, row in enumerate(case.dataset.dokumen)
    }
    for (name, year), plan in columns.items():
        budget = columns.get(("apb", year)) if name == "rkp" else None
        if budget is None:
            continue
        wrong = []
        for desa in case.dataset.desa:
            planned, granted = desa.tanggal[plan].value, desa.tanggal[budget].value
            if planned and granted and granted.end < planned.start:
                wrong.append(desa)
        if wrong:
            kinds = [label(case.dataset.dokumen[column]) for column in (budget, plan)]
            yield tell(
                f"{kinds[0]} bertanggal sebelum {kinds[1]} pada {listing([label(desa) for desa in wrong])}.",
                *(desa.tanggal[column] for desa in wrong for column in (budget, plan)),
            )


@rule("D116", INFO, reads="desa.tanggal")
def one_day_for_all(case: Case) -> Iterator[Finding]:
    """Semua desa bertanggal sama

    Mengapa: Tanggal yang sama pada semua desa biasanya terseret ke bawah dari desa yang pertama.
    Perbaikan: Periksa tanggal masing-masing desa; bila memang serentak, tidak ada yang perlu diubah.
    """
    for column, dokumen in enumerate(case.dataset.dokumen):
        cells = [desa.tanggal[column] for desa in case.dataset.desa if desa.tanggal[column].value]
        if len(cells) >= _MANY_DESA and len({cell.value for cell in cells}) == 1:
            kind = case.dataset.identitas.terms.desa.lower()
            message = f"{len(cells)} {kind} bertanggal {label(dokumen)} sama: {cells[0].written}."
            yield tell(message, *cells[1:], cells[0])
