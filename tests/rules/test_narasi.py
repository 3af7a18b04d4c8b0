import pytest

from tests.builders import Case, Finds, Passes
from tests.rules.test_indikator import PREDIKAT, TRIWULAN

CASES: tuple[Case, ...] = (
    Finds(
        "N101",
        {"Anggaran!D2": "Presentase pelayanan", "Anggaran!D3": "Presentase desa"},
        "Anggaran!D2, Anggaran!D3",
        "“Presentase” seharusnya “Persentase” (2 sel)",
    ),
    Finds(
        "N101",
        {"Narasi!B2": "Realisasi pada Triwulanan I rendah."},
        "Narasi!B2",
        "“Triwulanan” seharusnya “Triwulan”",
    ),
    Passes("N101", {"Narasi!B2": "Laporan triwulanan disusun dengan presentasi."}),
    Finds(
        "N102",
        {"Narasi!B2": "Kinerja sudah dicapai secara maksimal."},
        "Narasi!B2",
        "“sudah dicapai secara maksimal”, padahal capaian indikator 1 / dan indikator 2",
    ),
    Finds(
        "N102",
        {"Indikator!P2": "Target telah tercapai. Terima kasih."},
        "Indikator!P2",
        "“telah tercapai”, padahal capaian indikator 1 / ditindaklanjuti”) di bawah 100%",
    ),
    Finds(
        "N102",
        {"Indikator!P2": "Target telah tercapai.", "Indikator!H2": "rasio", "Indikator!J2": "4"},
        "Indikator!P2",
        "capaian indikator 1",
    ),
    Finds("N102", {**PREDIKAT, "Indikator!P2": "Target telah tercapai."}, "Indikator!P2", "indikator 1"),
    Finds("N102", {**TRIWULAN, "Indikator!P3": "Target telah tercapai."}, "Indikator!P3", "indikator 2"),
    Passes("N102", {"Narasi!B2": "Target telah tercapai.", "Indikator!L2": "3", "Indikator!F3": "33%"}),
    Passes("N102", {"Narasi!B2": "Kinerja belum dicapai secara maksimal; target telah tercapai 35,48%."}),
    Passes("N102", {"Indikator!P2": "Target telah tercapai.", "Indikator!L2": "3"}),
    Passes("N102", {"Narasi!B2": "Target penyampaian LPPDesa telah tercapai seluruhnya."}),
    Finds(
        "N103",
        {"Narasi!B2": "Demikian Laporan Kinerja Triwulan IV Tahun 2023 disusun."},
        "Narasi!B2",
        "padahal laporan ini triwulan I tahun 2024",
    ),
    Passes(
        "N103",
        {
            "Narasi!B2": "Laporan Kinerja Triwulan I Tahun 2024 disusun; "
            "sisanya pada laporan kinerja triwulan II berikutnya."
        },
    ),
    Finds(
        "N104",
        {"Indikator!P2": "Untuk periode 02 Januari 2024 s/d 31 Maret 2024 tercapai."},
        "Indikator!P2",
        "“periode 02 Januari 2024 s/d 31 Maret 2024” / 1 Januari s.d. 31 Maret 2024",
    ),
    Passes("N104", {"Indikator!P2": "Untuk periode 1 Januari s.d. 31 Maret 2024 dilaksanakan."}),
    Passes("N104", {"Indikator!P2": "Rencana untuk periode 1 Januari s.d. 31 Desember 2024."}),
    Passes("N104", {"Indikator!P2": "Pada periode 5 Februari 2024 s.d. 9 Februari 2024 jalan terputus."}),
    Finds(
        "N105",
        {"Dokumen!F4": "Disampaikan kepada Bupati secara"},
        "Dokumen!F4",
        "Teks berakhir dengan “secara”",
    ),
    Passes("N105", {"Dokumen!F4": "Disampaikan kepada Bupati secara tertulis"}),
    Finds("N106", {"Narasi!B2": "Cuaca buruk di Kecamatan Kalisari."}, "Narasi!B2", "Kecamatan Kalisari"),
    Finds(
        "N107",
        {
            "Strategi!B2": "1. Merekap hasil setiap seksi",
            "Strategi!B3": "2) • Menyurati desa tentang dokumen",
        },
        "Strategi!B2, Strategi!B3",
        "2 isian diawali nomor atau tanda butir, misalnya “1. Merekap hasil setiap seksi”",
    ),
    Finds("N107", {"Tindak Lanjut!B2": "- Menyusun jadwal pendampingan"}, "Tindak Lanjut!B2", "butir"),
    Finds("N107", {"Kegiatan!B2": "a) Bersih Desa Sidomukti"}, "Kegiatan!B2", "1 isian diawali"),
    Passes("N107", {"Strategi!B2": "a.n. Camat menyurati desa", "Tindak Lanjut!B2": "2 desa didampingi"}),
    Passes("N106", {"Narasi!B2": "Kerja bakti Kecamatan Sukamulya bersama Kecamatan Kalisari."}),
)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_rule(case: Case) -> None:
    case.verify()
