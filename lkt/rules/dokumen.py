"""P: sheet Dokumen, the village documents that are judged for punctuality."""

from collections.abc import Iterator

from lkt.figures import Case
from lkt.findings import Finding
from lkt.indonesian import normalize
from lkt.model import Precision
from lkt.rules.base import ERROR, WARNING, rule
from lkt.rules.helpers import (
    PERIOD,
    label,
    quarter,
    repeated,
    tell,
)


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
