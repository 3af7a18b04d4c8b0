"""A small recap of a kabupaten that does not exist: one kecamatan in each state, to check templates with."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

from lkt.findings import Severity
from lkt.kalender import Triwulan
from lkt.recap.rekap import Rekap, combine
from lkt.recap.ringkasan import Capaian, Ringkasan, Serapan, Status, Temuan

_QUARTER, _DUE = Triwulan(2024, 1), date(2024, 4, 5)


def example_recap() -> Rekap:
    """The recap; no list of its fields is empty."""
    first = _kecamatan("35.99.01", "Sukamaju", 200_000_000)
    error = Temuan(Severity.ERROR, "A103", "Anggaran!H2", "Realisasi melebihi pagu.")
    rows = (
        first,
        replace(_kecamatan("35.99.02", "Sukamulya", 150_000_000), tanggal_laporan=date(2024, 4, 8)),
        replace(
            _kecamatan("35.99.03", "Sukajaya", 90_000_000), status=Status.KESALAHAN, daftar_temuan=(error,)
        ),
        replace(_kecamatan("35.99.04", "Sukarame", 80_000_000), status=Status.DRAF, daftar_temuan=(error,)),
        replace(_kecamatan("35.99.05", "Sukasari", 70_000_000), status=Status.GAGAL, tanggal_laporan=None),
        Ringkasan("", Status.BELUM, "Sukadana", "35.99.06"),
        Ringkasan("rusak.xlsx", Status.TIDAK_TERBACA, "rusak", pesan="Berkas rusak."),
        replace(first, status=Status.GANDA, berkas="sukamaju (salinan).xlsx"),
        replace(_kecamatan("35.99.07", "Sukaresmi", 60_000_000), triwulan=Triwulan(2023, 4)),
    )
    return combine(rows)


def _kecamatan(kode: str, nama: str, realisasi: int) -> Ringkasan:
    pagu, spent = Fraction(1_000_000_000), Fraction(realisasi)
    share = spent / pagu * 100
    index = Capaian(
        nomor="1",
        sasaran="Meningkatnya kualitas pelayanan",
        indikator="Indeks Kepuasan Masyarakat",
        satuan="nilai",
        target="85",
        realisasi="84",
        capaian=Fraction(8400, 85),
        tercapai=False,
    )
    return Ringkasan(
        berkas=f"{nama.lower()}.xlsx",
        status=Status.SELESAI,
        kecamatan=nama,
        kode=kode,
        kabupaten="Sukaraya",
        triwulan=_QUARTER,
        batas_lapor=_DUE,
        tanggal_laporan=_DUE,
        capaian=(index,),
        serapan=(Serapan("7.01.01", "Program Penunjang Urusan Pemerintahan", pagu, spent, share),),
        pagu=pagu,
        realisasi=spent,
        serapan_total=share,
        rerata_serapan=share,
    )
