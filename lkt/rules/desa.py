"""D: sheet Desa, the roster with the date of each document."""

import re
from collections.abc import Iterator
from datetime import date

from lkt.figures import Case, DokumenResult
from lkt.findings import Finding
from lkt.indonesian import format_date, format_number, normalize
from lkt.model import Cell, Desa, Dokumen, Precision, Span
from lkt.rules.base import ERROR, INFO, WARNING, rule
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

_NO_DIGIT = re.compile(r"\D")
_DIVIDER = re.compile(r"[.\s-]")


def _dates(case: Case) -> Iterator[tuple[Desa, Dokumen, Cell[Span]]]:
    """Every date of the roster with its desa and its document."""
    for column, dokumen in enumerate(case.dataset.dokumen):
        for desa in case.dataset.desa:
            yield desa, dokumen, desa.tanggal[column]


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


@rule("D102", WARNING, reads="jumlah_desa.tepat_waktu")
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


@rule("D103", ERROR, reads=f"{DATES} dokumen.tahun_anggaran")
def date_too_early(case: Case) -> Iterator[Finding]:
    """Tanggal dokumen terlalu dini

    Mengapa: Laporan atas suatu tahun tidak mungkin ada sebelum tahun itu berakhir, dan rencana tidak
        ditetapkan lebih dari setahun sebelumnya.
    Perbaikan: Periksa tahunnya pada dokumen aslinya.
    """
    for desa, dokumen, cell in _dates(case):
        earliest = _earliest(dokumen)
        if earliest and cell.value and cell.value.end < earliest:
            message = (
                f"{label(desa)}: {label(dokumen)} tahun anggaran {dokumen.tahun_anggaran.written} "
                f"bertanggal {cell.written}, padahal belum mungkin ada sebelum {format_date(earliest)}."
            )
            yield tell(message, cell, expected=f"{format_date(earliest)} atau sesudahnya")


def _earliest(dokumen: Dokumen) -> date | None:
    """A document due after its year looks back on it; any other is prepared in the year before at most."""
    year, due = dokumen.tahun_anggaran.value, dokumen.batas_waktu.value
    if year is None or due is None or not 1900 < year < 2200 or abs(due.end.year - year) > 1:
        return None
    return date(int(year) + 1 if due.end.year > year else int(year) - 1, 1, 1)


@rule("D104", ERROR, reads="desa.tanggal identitas.tanggal_laporan")
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


@rule("D105", INFO, reads=f"{PERIOD} {DATES} desa.keterangan")
def late(case: Case) -> Iterator[Finding]:
    """Desa yang terlambat

    Mengapa: Keterlambatan menurunkan realisasi; laporan lebih berguna bila menyebut sebabnya.
    Perbaikan: Tidak ada yang salah. Tulis sebabnya pada kolom Keterangan desa itu.
    Dasar: Peraturan Menteri Dalam Negeri Nomor 114 Tahun 2014 tentang Pedoman Pembangunan Desa; Peraturan
        Menteri Dalam Negeri Nomor 20 Tahun 2018 tentang Pengelolaan Keuangan Desa; Peraturan Menteri Dalam
        Negeri Nomor 46 Tahun 2016 tentang Laporan Kepala Desa
    """
    for result in case.computed.dokumen:
        due = result.dokumen.batas_waktu.written
        yield from _unexplained(case, result, result.terlambat, f"terlambat (batas waktu {due})")


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


@rule("D109", INFO, reads=f"{PERIOD} {DATES} desa.keterangan")
def not_yet(case: Case) -> Iterator[Finding]:
    """Belum ada dokumen padahal sudah jatuh tempo

    Mengapa: Desa tanpa tanggal dihitung belum menyampaikan; laporan lebih berguna bila menyebut sebabnya.
    Perbaikan: Isi tanggalnya bila dokumennya sudah ada; bila belum, tulis sebabnya pada kolom Keterangan.
    Dasar: Peraturan Menteri Dalam Negeri Nomor 114 Tahun 2014 tentang Pedoman Pembangunan Desa; Peraturan
        Menteri Dalam Negeri Nomor 20 Tahun 2018 tentang Pengelolaan Keuangan Desa; Peraturan Menteri Dalam
        Negeri Nomor 46 Tahun 2016 tentang Laporan Kepala Desa
    """
    for result in case.computed.dokumen:
        if result.jatuh_tempo:
            due = result.dokumen.batas_waktu.written
            yield from _unexplained(case, result, result.belum, f"belum ada, padahal jatuh tempo {due}")


def _unexplained(
    case: Case, result: DokumenResult, roster: tuple[Desa, ...], state: str
) -> Iterator[Finding]:
    """One finding for the desa in a state that say nothing about it in Keterangan."""
    column = case.dataset.dokumen.index(result.dokumen)
    silent = [desa for desa in roster if desa.keterangan.blank and has_column(desa.tanggal[column])]
    if silent:
        message = f"{label(result.dokumen)} {state}: {listing([label(desa) for desa in silent])}."
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


@rule("D113", WARNING, reads="desa.desa")
def name_with_its_kind(case: Case) -> Iterator[Finding]:
    """Nama desa memuat kata Desa atau sebutannya

    Mengapa: Laporan sudah mencetak kata Desa; tertulis lagi di depan nama, tercetak ganda atau tidak seragam.
    Perbaikan: Tulis namanya saja.
    """
    for desa in case.dataset.desa:
        kind, _, name = (desa.desa.value or "").partition(" ")
        if name and normalize(kind) in {"desa", normalize(desa.sebutan)}:
            yield tell(f"Tertulis {quote(desa.desa.written)}.", desa.desa, expected=name)
