import pytest

from tests.builders import Case, Finds, Passes

CASES: tuple[Case, ...] = (
    Finds(
        "L101",
        {"Anggaran!C3": "5"},
        "Anggaran!C3",
        "menunjuk nomor 5 / hanya memuat nomor 1 dan 2",
        ("L102",),
    ),
    Passes(
        "L101",
        {
            "Anggaran!A4": "7.01.06.2.01",
            "Anggaran!B4": "Tata kelola",
            "Anggaran!G4": "11000000",
            "Anggaran!H4": "2000000",
            "Anggaran!B5": "Jumlah",
        },
    ),
    Finds("L102", {"Anggaran!C3": "1"}, "Indikator!A3", "Indikator 2 / tidak didukung satu program pun"),
    Passes("L102", {"Anggaran!C2": "2", "Anggaran!C3": "1"}),
    Finds(
        "L103",
        {"Strategi!A4": "3", "Strategi!B4": "Membentuk tim"},
        "Strategi!A4",
        "Strategi “Membentuk tim” menunjuk indikator nomor 3",
    ),
    Passes("L103", {"Strategi!A4": "2", "Strategi!B4": "Membentuk tim"}),
    Finds("L104", {"Strategi!A3": "1"}, "Indikator!A3", "Indikator 2 / belum mempunyai strategi"),
    Passes("L104", {"Strategi!A2": "2", "Strategi!A3": "1"}),
    Finds(
        "L105",
        {"Tindak Lanjut!B2": "Merekap hasil fasilitasi setiap seksi pada akhir bulan."},
        "Tindak Lanjut!B2, Strategi!B2",
        "1 baris Tindak Lanjut sama dengan Strategi",
    ),
    Passes("L105", {"Tindak Lanjut!B2": "Merekap hasil pendampingan desa pada bulan April"}),
    Finds(
        "L106",
        {
            "Narasi!B2": "Strateginya: 1. Merekap hasil fasilitasi setiap seksi pada akhir bulan<br>"
            "2. Menyurati desa mengenai batas waktu penyampaian dokumen"
        },
        "Narasi!B2",
        "Narasi Hambatan mengulang 2 strategi",
    ),
    Passes("L106", {"Narasi!B2": "Kami merekap hasil fasilitasi setiap seksi pada akhir bulan."}),
    Finds(
        "L107",
        {
            "Indikator!P2": "Sasaran Kinerja 1 Mengoptimalkan Fasilitasi Kecamatan dengan indikator: "
            "persentase fasilitasi."
        },
        "Indikator!P2, Indikator!B2",
        "disebut “Mengoptimalkan Fasilitasi Kecamatan”, sedangkan namanya “Meningkatnya pelayanan publik",
    ),
    Passes(
        "L107",
        {
            "Indikator!P2": "Sasaran 1 Meningkatnya Pelayanan Publik di Kecamatan dengan indikator ini "
            "saja. Sasaran 1 belum selesai."
        },
    ),
    Finds(
        "L108",
        {"Strategi!C3": "Januari s.d. Maret 2024"},
        "Strategi!C3",
        "berakhir sebelum triwulan ini",
        triwulan=2,
    ),
    Finds(
        "L108",
        {"Strategi!C2": "Oktober 2023", "Strategi!C3": "Oktober 2023"},
        "Strategi!C2, Strategi!C3",
        "pada 2 strategi",
    ),
    Passes("L108", {"Strategi!C3": "Januari s.d. Desember"}, triwulan=3),
    Finds(
        "L109",
        {"Anggaran!C2": "", "Anggaran!C3": "1"},
        "Anggaran!C2",
        "Program Penyelenggaraan Pemerintahan dan Pelayanan Publik (7.01.02) belum menunjuk",
        ("L102",),
    ),
    Passes(
        "L109",
        {
            "Anggaran!A4": "7.01.06.2.01",
            "Anggaran!B4": "Tata kelola",
            "Anggaran!G4": "11000000",
            "Anggaran!H4": "2000000",
            "Anggaran!B5": "Jumlah",
        },
    ),
)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_rule(case: Case) -> None:
    case.verify()
