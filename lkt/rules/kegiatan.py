"""G: sheet Kegiatan, the activities of the annex."""

from collections.abc import Iterator

from lkt.figures import Case
from lkt.findings import Finding
from lkt.indonesian import format_date, normalize
from lkt.rules.base import WARNING, rule
from lkt.rules.helpers import (
    NOT_FOUND,
    PERIOD,
    capital,
    complaint,
    label,
    quarter,
    repair,
    repeated,
    signed,
    tell,
)


@rule("G101", WARNING, reads=f"{PERIOD} kegiatan.tanggal identitas.tanggal_laporan")
def outside_the_period(case: Case) -> Iterator[Finding]:
    """Kegiatan di luar periode laporan

    Mengapa: Lampiran memuat kegiatan dari 1 Januari sampai dengan akhir triwulan yang dilaporkan.
    Perbaikan: Periksa tanggalnya, atau pindahkan kegiatannya ke laporan triwulan yang sesuai.
    """
    triwulan, signature = quarter(case), signed(case)
    if triwulan is None:
        return
    start = triwulan.akhir.replace(month=1, day=1)
    for row in case.dataset.kegiatan:
        span, complaint = row.tanggal.value, ""
        if span is None:
            continue
        if span.start < start or span.end > triwulan.akhir:
            complaint = f"di luar {format_date(start)} s.d. {format_date(triwulan.akhir)}"
        elif signature and span.start > signature:
            complaint = f"sesudah laporan ditandatangani ({format_date(signature)})"
        if complaint:
            message = f"{capital(label(row))} bertanggal {row.tanggal.written}, {complaint}."
            yield tell(message, row.tanggal)


@rule("G102", WARNING, reads="kegiatan.foto", unfilled=True)
def no_photo(case: Case) -> Iterator[Finding]:
    """Kegiatan tanpa foto

    Mengapa: Lampiran adalah dokumentasi; kegiatan tanpa foto dicetak dengan kotak kosong.
    Perbaikan: Tulis nama berkas fotonya pada kolom Foto, atau tempelkan gambarnya pada baris itu.
    """
    for row in case.dataset.kegiatan:
        if row.gambar is None and row.foto.blank:
            yield tell(f"{capital(label(row))} belum mempunyai foto.", row.foto, written="")


@rule("G103", WARNING, reads="kegiatan.foto")
def photo_missing(case: Case) -> Iterator[Finding]:
    """Berkas foto tidak ditemukan

    Mengapa: Foto yang tidak ditemukan tidak dicetak pada lampiran.
    Perbaikan: Simpan fotonya di folder buku kerja, atau betulkan nama berkasnya persis seperti di folder itu.
    """
    for row in case.dataset.kegiatan:
        if row.foto.value and row.gambar and row.gambar.masalah in NOT_FOUND:
            message = f"{capital(label(row))}: foto “{row.foto.value}” {complaint(row.gambar)}"
            yield tell(message, row.foto, hint=repair(row.gambar))


@rule("G104", WARNING, reads="kegiatan.foto")
def photo_unusable(case: Case) -> Iterator[Finding]:
    """Foto tidak dapat dicetak

    Mengapa: Foto yang rusak, terlalu besar, atau berformat lain dicetak sebagai kotak kosong pada lampiran.
    Perbaikan: Ganti fotonya dengan berkas JPG atau PNG yang dapat dibuka.
    """
    for row in case.dataset.kegiatan:
        if row.gambar and row.gambar.masalah and row.gambar.masalah not in NOT_FOUND:
            name = f"foto “{row.foto.value}”" if row.foto.value else "gambar pada barisnya"
            message = f"{capital(label(row))}: {name} {complaint(row.gambar)}"
            yield tell(message, row.foto, hint=repair(row.gambar))


@rule("G105", WARNING, reads="kegiatan.foto")
def photo_repeated(case: Case) -> Iterator[Finding]:
    """Foto yang sama pada beberapa kegiatan

    Mengapa: Satu foto tidak mendokumentasikan dua kegiatan; biasanya nama berkasnya terseret ke bawah.
    Perbaikan: Tulis nama berkas foto masing-masing kegiatan.
    """
    cells = (row.foto for row in case.dataset.kegiatan)
    for same in repeated(cells, lambda cell: normalize(cell.value or "") or None):
        message = f"Foto “{same[0].value}” dipakai pada {len(same)} kegiatan."
        yield tell(message, *reversed(same))
