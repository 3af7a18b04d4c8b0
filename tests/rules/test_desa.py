import pytest

from tests.builders import Case, Finds, Passes

CASES: tuple[Case, ...] = (
    Finds(
        "D101",
        {"Desa!E5": "2"},
        "Desa!E5",
        "Jumlah LPPDesa tertulis 2, yang tepat waktu menurut tanggalnya 3 / selisih 1",
    ),
    Finds(
        "D101",
        {"Desa!E5": "1", "Desa!E2": "kelak"},
        "Desa!E5",
        "tanggalnya 2 (dan 1 tanggal tidak terbaca)",
        ("B203",),
    ),
    Passes("D101", {"Desa!E5": "3", "Desa!C5": "0"}),
    Finds(
        "D102",
        {"Desa!E5": "4"},
        "Desa!E5",
        "Jumlah LPPDesa 4, padahal lembar Desa hanya memuat 3 desa",
        ("D101",),
    ),
    Passes("D102", {"Desa!E5": "3"}),
    Finds(
        "D103",
        {"Desa!E2": "2023-12-29"},
        "Desa!E2",
        "Desa Sidomukti: LPPDesa tahun anggaran 2023 / belum mungkin ada sebelum 1 Januari 2024",
    ),
    Finds("D103", {"Desa!C2": "2023-09-11"}, "Desa!C2", "RKPDesa tahun anggaran 2025 / 1 Januari 2024"),
    Passes("D103", {"Desa!E2": "2024-01-02"}),
    Finds(
        "D104",
        {"Desa!E2": "2024-04-22"},
        "Desa!E2, Identitas!B8",
        "Desa Sidomukti / 22 April 2024, sesudah laporan ditandatangani (5 April 2024)",
        ("D109",),
    ),
    Passes("D104", {"Desa!E2": "2024-04-05", "Desa!F2": "Kepala desa sakit"}),
    Finds(
        "D105",
        {"Desa!E2": "2024-04-22"},
        "Desa!E2",
        "LPPDesa terlambat (batas waktu 31 Maret 2024): Desa Sidomukti",
        triwulan=2,
    ),
    Passes("D105", {"Desa!E2": "2024-04-22", "Desa!F2": "Kepala desa sakit"}, triwulan=2),
    Finds(
        "D106",
        {"Desa!B3": "sidomukti"},
        "Desa!B3, Desa!B2",
        "Nama desa Sidomukti tercantum 2 kali",
        ("D113",),
    ),
    Finds(
        "D106", {"Desa!A3": "35.99.01.2001"}, "Desa!A3, Desa!A2", "Kode desa 35.99.01.2001 tercantum 2 kali"
    ),
    Passes("D106", {"Desa!A2": "", "Desa!A3": ""}),
    Finds(
        "D107",
        {"Desa!A2": "35.99.02.2001"},
        "Desa!A2, Identitas!B5",
        "Kode Kecamatan 35.99.01: Desa Sidomukti (35.99.02.2001)",
    ),
    Passes("D107", {"Desa!A2": "3599012001"}),
    Passes("D107", {"Identitas!B5": ""}),
    Finds(
        "D108",
        {"Desa!E2": "2024-02-17", "Desa!E3": "2024-02-14"},
        "Desa!E2, Desa!E3",
        "Desa Sidomukti (LPPDesa 17 Februari 2024, hari Sabtu)",
    ),
    Passes("D108", {"Desa!E2": "2024-02-16"}),
    Finds(
        "D109",
        {"Desa!E2": "", "Desa!E3": ""},
        "Desa!E2, Desa!E3",
        "LPPDesa belum ada, padahal jatuh tempo 31 Maret 2024: Desa Sidomukti dan Desa Karanganyar",
    ),
    Passes("D109", {"Desa!E2": "", "Desa!F2": "Masih disusun"}),
    Finds(
        "D110",
        {"Desa!E2": '"Februari 2024"'},
        "Desa!E2",
        "Desa Sidomukti: LPPDesa bertanggal “Februari 2024”",
    ),
    Passes("D110", {"Desa!E2": '"12 Februari 2024"'}),
    Finds("D111", {"Desa!5": ""}, "Desa", "baris Jumlah"),
    Passes("D111", {"Desa!B5": "Total"}),
    Finds("D112", {"Desa!A2": '"35.99.01.201"'}, "Desa!A2", "35.99.01.201"),
    Passes("D112", {"Desa!A2": '"3599012001"'}),
    Finds("D113", {"Desa!B2": "Desa Sidomukti"}, "Desa!B2", "“Desa Sidomukti”; dicetak sebagai Sidomukti"),
    Finds(
        "D113",
        {"Desa!B2": "SIDOMUKTI", "Desa!B4": "DS. TEGALSARI"},
        "Desa!B2, Desa!B4",
        "“SIDOMUKTI”; dicetak sebagai Sidomukti dan Tegalsari",
    ),
    Passes("D113", {"Desa!B2": "Sidomukti"}),
)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_rule(case: Case) -> None:
    case.verify()
