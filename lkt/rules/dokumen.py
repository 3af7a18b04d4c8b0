"""P: sheet Dokumen, the village documents that are judged for punctuality."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from lkt.figures import Case
from lkt.findings import Finding
from lkt.indonesian import normalize
from lkt.model import Dokumen, Precision
from lkt.rules.base import ERROR, WARNING, rule
from lkt.rules.helpers import (
    PERIOD,
    label,
    quarter,
    repeated,
    tell,
)

# When a document is made ----------------------------------------------------------------------------------


_PLAN = re.compile(r"\b(?:rkp|apb|dpa)|\brencana kerja|\banggaran pendapatan")
_REPORT = re.compile(r"^(?:ilpp|lpp|lkpp|lra|lpj|laporan)|\bpertanggungjawaban")
_WITHIN_THE_YEAR = re.compile(r"perubahan|semester|triwulan|bulan|\brpjm|jangka menengah")
_HALF_A_YEAR, _QUARTER = timedelta(days=184), timedelta(days=92)


def looks_back(dokumen: Dokumen) -> bool | None:
    """Whether a document reports on its year, or plans it; None where its name tells neither."""
    name = normalize(dokumen.dokumen.value or "")
    if _WITHIN_THE_YEAR.search(name):
        return None
    if _REPORT.search(name):
        return True
    return False if _PLAN.search(name) else None


def first_day(dokumen: Dokumen) -> date | None:
    """The day before which the document cannot exist; None where year and deadline contradict each other.

    A report comes after its year, a plan in the year before at the earliest; where the name tells neither,
    a document due after its year is taken for a report.
    """
    year, due = dokumen.tahun_anggaran.value, dokumen.batas_waktu.value
    if year is None or due is None or not 1900 < year < 2200 or abs(due.end.year - year) > 1:
        return None
    if _right_year(dokumen) not in {None, due.end.year}:
        return None
    return date(int(year) + 1 if due.end.year > year else int(year) - 1, 1, 1)


def _right_year(dokumen: Dokumen) -> int | None:
    """The year in which a document of its name is due; None where the name does not tell."""
    year, back = dokumen.tahun_anggaran.value, looks_back(dokumen)
    return None if year is None or back is None else int(year) + (1 if back else -1)


def window(dokumen: Dokumen, *, late: bool = False) -> tuple[date, date] | None:
    """The days on which the document is usually made: in the half year before it is due, or later."""
    start, due = first_day(dokumen), dokumen.batas_waktu.value
    if start is None or due is None:
        return None
    return max(start, due.end - _HALF_A_YEAR), due.end + (_QUARTER if late else timedelta())


# The rules ------------------------------------------------------------------------------------------------


@rule("P101", ERROR, reads="dokumen.dokumen")
def document_repeated(case: Case) -> Iterator[Finding]:
    """Dokumen tercantum dua kali

    Mengapa: Kolom yang sama pada lembar Desa dihitung dua kali, sehingga pembilang dan penyebut keliru.
    Perbaikan: Hapus salah satu barisnya, atau bedakan namanya, misalnya APBDesa dan APBDesa Perubahan.
    """
    for rows in repeated(case.dataset.dokumen, lambda row: normalize(row.dokumen.value or "") or None):
        message = f"Dokumen {rows[0].dokumen.value} tercantum {len(rows)} kali."
        yield tell(message, *(row.dokumen for row in reversed(rows)))


@rule("P102", WARNING, reads="dokumen.batas_waktu dokumen.tahun_anggaran")
def deadline_unlike_year(case: Case) -> Iterator[Finding]:
    """Batas waktu tidak sesuai tahun anggaran

    Mengapa: Rencana dan anggaran ditetapkan sebelum tahun anggarannya, laporan disampaikan sesudahnya; tahun
        yang terlalu jauh biasanya sisa dari buku kerja tahun lalu.
    Perbaikan: Periksa Tahun Anggaran dan tahun pada Batas Waktu.
    Dasar: Peraturan Menteri Dalam Negeri Nomor 114 Tahun 2014 tentang Pedoman Pembangunan Desa; Peraturan
        Menteri Dalam Negeri Nomor 20 Tahun 2018 tentang Pengelolaan Keuangan Desa; Peraturan Menteri Dalam
        Negeri Nomor 46 Tahun 2016 tentang Laporan Kepala Desa
    """
    for row in case.dataset.dokumen:
        year, span = row.tahun_anggaran.value, row.batas_waktu.value
        if year is not None and span is not None and abs(span.end.year - year) > 1:
            name = f"{label(row)} tahun anggaran {row.tahun_anggaran.written}"
            message = f"{name}: Batas Waktu {row.batas_waktu.written}."
            yield tell(message, row.batas_waktu, row.tahun_anggaran)


@rule("P103", WARNING, reads=f"{PERIOD} dokumen.batas_waktu")
def deadline_of_another_time(case: Case) -> Iterator[Finding]:
    """Batas waktu jauh dari tahun laporan

    Mengapa: Yang dinilai adalah dokumen yang jatuh tempo pada tahun laporan atau tahun sebelumnya; batas
        waktu lain biasanya salah ketik atau sisa dari buku kerja lama.
    Perbaikan: Sesuaikan Tahun Anggaran dan Batas Waktu dengan tahun laporan.
    """
    triwulan = quarter(case)
    if triwulan is None:
        return
    for row in case.dataset.dokumen:
        span = row.batas_waktu.value
        if span and not triwulan.tahun - 1 <= span.end.year <= triwulan.tahun:
            due = f"Batas Waktu {label(row)} {row.batas_waktu.written}"
            message = f"{due}, sedangkan laporan ini untuk tahun {triwulan.tahun}."
            yield tell(message, row.batas_waktu)


@rule("P104", ERROR, reads="dokumen.batas_waktu")
def deadline_no_day(case: Case) -> Iterator[Finding]:
    """Batas waktu bukan satu tanggal

    Mengapa: Tepat waktu atau terlambat hanya dapat dinilai terhadap satu tanggal.
    Perbaikan: Tulis tanggal terakhirnya, misalnya 30 September 2024.
    """
    for row in case.dataset.dokumen:
        if row.batas_waktu.value and row.batas_waktu.value.precision is not Precision.DAY:
            message = f"Batas Waktu {label(row)} diisi {row.batas_waktu.written}."
            yield tell(message, row.batas_waktu)


@rule("P105", ERROR, reads="dokumen.dokumen dokumen.batas_waktu dokumen.tahun_anggaran")
def deadline_unlike_kind(case: Case) -> Iterator[Finding]:
    """Batas waktu tidak mungkin untuk jenis dokumennya

    Mengapa: Laporan atas suatu tahun baru dapat diminta sesudah tahun itu berakhir, sedangkan RKPDesa dan
        APBDesa ditetapkan pada tahun sebelum tahun anggarannya; batas waktu yang keliru setahun membuat semua
        desa tampak terlambat atau semua tampak tepat waktu.
    Perbaikan: Betulkan Tahun Anggaran atau tahun pada Batas Waktu. Rencana yang menurut peraturan daerah
        jatuh tempo pada tahun anggarannya sendiri hanya menjadi peringatan.
    Dasar: Peraturan Pemerintah Nomor 43 Tahun 2014 tentang Peraturan Pelaksanaan Undang-Undang Nomor 6 Tahun
        2014 tentang Desa; Peraturan Menteri Desa PDTT Nomor 21 Tahun 2020 tentang Pedoman Umum Pembangunan
        Desa dan Pemberdayaan Masyarakat Desa, Pasal 22
    """
    for row in case.dataset.dokumen:
        year, due, right = row.tahun_anggaran.value, row.batas_waktu.value, _right_year(row)
        if year is None or due is None or right is None or abs(due.end.year - year) > 1:
            continue
        if due.end.year != right:
            back = right > year
            yield tell(
                f"{label(row)} {'melaporkan' if back else 'merencanakan'} tahun {year}, tetapi Batas Waktu "
                f"{row.batas_waktu.written}; yang mungkin tahun {right}.",
                row.batas_waktu,
                row.tahun_anggaran,
                expected=f"tahun {right}",
                severity=ERROR if back else WARNING,
            )
