import pytest

from tests.builders import Case, Finds, Passes

CASES: tuple[Case, ...] = (
    Finds(
        "F101",
        {"Fasilitasi!C2": "Januari/Desember", "Fasilitasi!C4": "januari/desember"},
        "Fasilitasi!C2, Fasilitasi!C4",
        "“Januari/Desember” / melampaui akhir triwulan (31 Maret 2024)",
    ),
    Finds("F101", {"Fasilitasi!C3": "Januari/Desember"}, "Fasilitasi!C3", "bukan bukti", triwulan=4),
    Passes("F101", {"Fasilitasi!C3": '"19 s.d. 26 Februari 2024"'}),
    Finds(
        "F102",
        {"Fasilitasi!C3": "Februari"},
        "Fasilitasi!C3",
        "Fasilitasi nomor 2 / bertanggal “Februari”; tanggal pelaksanaannya",
    ),
    Finds("F102", {"Fasilitasi!C3": "februari/maret"}, "Fasilitasi!C3", "bertanggal “februari/maret”"),
    Passes("F102", {"Fasilitasi!C3": '"1 Februari"'}),
    Finds(
        "F103",
        {"Fasilitasi!C3": "2024-04-02"},
        "Fasilitasi!C3, Fasilitasi!F3",
        "2 April 2024 / sesudah triwulan berakhir (31 Maret 2024) / tidak dihitung",
    ),
    Passes("F103", {"Fasilitasi!C3": "2024-04-02", "Fasilitasi!F3": "Tidak"}),
    Finds("F104", {"Fasilitasi!C3": "2023-02-02"}, "Fasilitasi!C3", "di luar tahun 2024"),
    Finds(
        "F104",
        {"Identitas!B8": "2024-01-29"},
        "Fasilitasi!C4, Identitas!B8",
        "31 Januari 2024, sesudah laporan ditandatangani (29 Januari 2024)",
        ("I102", "D104", "G101"),
    ),
    Passes("F104", {"Fasilitasi!C3": "2024-01-02"}),
    Finds(
        "F105",
        {"Fasilitasi!B3": "Sosialisasi standar pelayanan kepada perangkat", "Fasilitasi!C3": "2024-01-31"},
        "Fasilitasi!B3, Fasilitasi!B4",
        "tampaknya kegiatan yang sama",
    ),
    Finds(
        "F105",
        {"Fasilitasi!B3": "Musrenbangcam yang partisipatif", "Fasilitasi!C3": "Februari"},
        "Fasilitasi!B2, Fasilitasi!B3",
        "Penyelenggaraan Musrenbangcam",
        ("F102",),
    ),
    Passes("F105", {"Fasilitasi!B3": "Sosialisasi standar pelayanan kepada perangkat desa"}),
    Passes("F105", {"Fasilitasi!B3": "Persiapan Musrenbangcam"}),
    Passes(
        "F105",
        {
            "Fasilitasi!B3": "Sosialisasi standar pelayanan kepada perangkat Desa Sidomukti",
            "Fasilitasi!B4": "Sosialisasi standar pelayanan kepada perangkat Desa Tegalsari",
            "Fasilitasi!C3": "2024-01-31",
        },
    ),
    Finds(
        "F106",
        {"Fasilitasi!B3": "Asistensi laporan semester 1 desa"},
        "Fasilitasi!B3",
        "semester I 2024 baru berakhir 30 Juni",
    ),
    Passes("F106", {"Fasilitasi!B3": "Asistensi laporan semester I tahun 2023"}),
    Passes("F106", {"Fasilitasi!B8": "Asistensi laporan semester I"}, triwulan=3),
    Finds("F107", {"Fasilitasi!E5": "umum"}, "Fasilitasi!E5", "Baris 5 hanya berisi “umum”"),
    Passes("F107", {"Fasilitasi!A5": "4"}),
    Finds("F108", {"Fasilitasi!A4": "2"}, "Fasilitasi!A4", "nomor 2 (A4)"),
    Finds(
        "F108",
        {"Fasilitasi!A3": "4", "Fasilitasi!A4": "9"},
        "Fasilitasi!A3, Fasilitasi!A4",
        "nomor 4 (A3) dan 9 (A4)",
    ),
    Passes("F108", {"Fasilitasi!A2": "", "Fasilitasi!A3": "", "Fasilitasi!A4": ""}),
    Finds(
        "F109",
        {
            **{
                f"Fasilitasi!{column}{row}": text
                for row in (5, 6)
                for column, text in zip(
                    "ABCDEF",
                    (str(row - 1), f"Rapat ke-{row}", f"2024-02-0{row}", "Dokumen Fasilitasi", "Kasi", "Ya"),
                    strict=True,
                )
            },
            "Fasilitasi!D2": "dokumen fasilitas",
        },
        "Fasilitasi!D2, Fasilitasi!D5, Fasilitasi!D6",
        "3 dari 5 baris",
    ),
    Passes("F109", {"Fasilitasi!D2": "Dokumen", "Fasilitasi!D3": "Dokumen", "Fasilitasi!D4": "Dokumen"}),
    Finds(
        "F110",
        {"Fasilitasi!C3": "2024-02-10", "Fasilitasi!C4": "2024-02-08"},
        "Fasilitasi!C3, Fasilitasi!C4",
        "C3 10 Februari 2024 ( / C4 8 Februari 2024 (",
    ),
    Passes("F110", {"Fasilitasi!C3": "2024-02-13"}),
    Finds(
        "F111",
        {
            **{f"Fasilitasi!D{row}": "Berita acara Musrenbang" for row in range(2, 7)},
            **{f"Fasilitasi!D{row}": f"Notula rapat {row}" for row in range(7, 8)},
        },
        "Fasilitasi!D2, Fasilitasi!D3, Fasilitasi!D4, Fasilitasi!D5, Fasilitasi!D6",
        "bukti yang sama",
        triwulan=3,
    ),
    Passes("F111", {"Fasilitasi!D2": "Berita acara", "Fasilitasi!D3": "Berita acara"}, triwulan=3),
    Finds(
        "F112",
        {"Fasilitasi!B2": "Pembinaan di Desa Sidomukty"},
        "Fasilitasi!B2, Desa!B2",
        "Maksud Anda Sidomukti?",
    ),
    Passes("F112", {"Fasilitasi!B2": "Lokakarya Peraturan Desa Siaga di Desa Sidomukti"}),
)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_rule(case: Case) -> None:
    case.verify()
