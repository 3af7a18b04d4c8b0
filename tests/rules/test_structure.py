import pytest

from tests.builders import Case, Finds, Passes
from tests.rules.test_indikator import PREDIKAT, TRIWULAN

BELOW = {
    "Narasi!A1": "DAFTAR NARASI", "Narasi!B1": "", "Narasi!A2": "", "Narasi!B2": "", "Narasi!A3": "Bagian",
    "Narasi!B3": "Teks", "Narasi!A4": "Hambatan", "Narasi!B4": "Cuaca ekstrem menghambat perjalanan.",
}  # fmt: skip
"""A title and an empty row above the headings of a sheet."""

CASES: tuple[Case, ...] = (
    # The workbook's structure
    Finds(
        "B101",
        {"Strategi": "Strategy"},
        "Strategy",
        "Lembar Strategi tidak ada / Maksud Anda lembar “Strategy”?",
    ),
    Finds("B101", {"Kegiatan": ""}, "Kegiatan", "Lembar Kegiatan tidak ada"),
    Passes("B101", {"Strategi": " STRATEGI", "Narasi": "", "Skala": "", "Pengecualian": ""}),
    Finds("B102", {"Anggaran!G1": "Pagu Angaran"}, "Anggaran", "Kolom Pagu tidak ada pada lembar Anggaran"),
    Finds(
        "B102", {"Anggaran!D1": "Indikator Progam"}, "Anggaran!D1", "Maksud Anda kolom “Indikator Progam”?"
    ),
    Finds(
        "B102",
        {"Desa!E1": "LPP-Desa"},
        "Desa!E1",
        "Kolom LPPDesa tidak ada / ganti judul “LPP-Desa” menjadi “LPPDesa”",
    ),
    Finds("B102", {"Identitas!B1": "Isi"}, "Identitas", "Kolom Nilai tidak ada pada lembar Identitas"),
    Passes("B102", {"Anggaran!G1": " PAGU", "Anggaran!F1": "", "Anggaran!M1": "Catatan sendiri"}),
    Finds(
        "B103", {"Anggaran!M1": "Pagu"}, "Anggaran!M1, Anggaran!G1", "Judul Pagu sudah ada pada Anggaran!G1"
    ),
    Passes("B103", {"Anggaran!M1": "Pagu lama"}),
    Finds("B104", {"DESA!A1": "Kode"}, "DESA, Desa", "Lembar “DESA” dan “Desa”"),
    Passes("B104", {"Desa 2023!A1": "Kode"}),
    Finds("B105", {"Identitas!A14": ""}, "Identitas", "Isian Pemberi Amanah tidak ada"),
    Passes("B105", {"Identitas!18": "", "Identitas!26": ""}),
    Finds("B106", {"Identitas!A12": "Pangkat"}, "Identitas!A12", "Isian “Pangkat” tidak dikenal"),
    Passes("B106", {"Identitas!A12": "pangkat/golongan "}),
    Finds(
        "B107",
        {"Identitas!A12": "NIP"},
        "Identitas!A13, Identitas!A12",
        "NIP sudah ada pada Identitas!A12",
        ("I105",),
    ),
    Passes("B107", {"Identitas!A12": ""}),
    # Rows above the headings, and below and beside the row Jumlah
    Finds(
        "B108", BELOW, "Narasi!A1", "Judul kolom lembar Narasi ada di baris 3; hapus baris 1 sampai dengan 2"
    ),
    Passes("B108", {"Narasi!A1": "bagian", "Narasi!B1": " TEKS "}),
    Finds(
        "B109",
        {"Desa!B6": "Mengetahui,", "Desa!F8": "Camat Sukamulya"},
        "Desa!B6, Desa!F8",
        "Di bawah baris Jumlah lembar Desa / “Mengetahui,” dan “Camat Sukamulya”; tidak dihitung",
    ),
    Finds("B109", {"Anggaran!E6": "35000000"}, "Anggaran!E6", "lembar Anggaran masih ada isi: “35000000”"),
    Passes("B109", {"Desa!H6": "catatan kantor", "Anggaran!B4": "JUMLAH ANGGARAN :"}),
    Finds("B110", {"Anggaran!B4": "", "Anggaran!G4": "24600000"}, "Anggaran!G4", "Baris 4", ("A105",)),
    Passes("B110", {"Anggaran!A4": "Total", "Anggaran!B4": "", "Anggaran!G4": "24600000"}),
    Finds(
        "B111",
        {"Anggaran!B4": "Sub Jumlah", "Anggaran!B5": "Grand Total"},
        "Anggaran!B4",
        "Lembar Anggaran mempunyai baris Jumlah lain: “Sub Jumlah”",
    ),
    Passes("B111", {"Anggaran!B4": "", "Anggaran!B5": "JML"}),
    # One cell
    Finds(
        "B201",
        {"Anggaran!B2": "", "Anggaran!G2": "", "Anggaran!H2": ""},
        "Anggaran!B2, Anggaran!G2, Anggaran!H2",
        "Baris 2: kolom Program, Pagu, dan Realisasi belum diisi",
    ),
    Finds(
        "B201",
        {"Anggaran!H3": ""},
        "Anggaran!H3",
        "Program Pembinaan dan Pengawasan Pemerintahan Desa (7.01.06): kolom Realisasi",
    ),
    Finds("B201", {"Identitas!B10": ""}, "Identitas!B10", "Isian Nama Camat belum diisi"),
    Passes(
        "B201",
        {"Identitas!B12": "", "Anggaran!F2": "", "Desa!A2": "", "Fasilitasi!3": "", "Fasilitasi!A4": "2"},
    ),
    Finds(
        "B202",
        {"Anggaran!G2": "tiga belas juta"},
        "Anggaran!G2",
        "Kolom Pagu pada Program Penyelenggaraan / “tiga belas juta”",
    ),
    Finds(
        "B202", {"Identitas!B7": "II"}, "Identitas!B7", "“II” / Ketik 2 saja: angka biasa, bukan angka Romawi"
    ),
    Finds("B202", {"Identitas!B7": "TW III"}, "Identitas!B7", "Ketik 3 saja"),
    Finds("B202", {"Identitas!B7": "kedua"}, "Identitas!B7", "Ketik 1, 2, 3, atau 4 saja"),
    Finds("B202", {"Identitas!B7": "2.5"}, "Identitas!B7", "“2,5” / Ketik 1, 2, 3, atau 4 saja"),
    Finds("B202", {"Identitas!B6": "tahun ini"}, "Identitas!B6", "Ketik angkanya saja, tanpa kata lain"),
    Passes("B202", {"Anggaran!G2": "Rp. 13.600.000,-"}),
    Finds(
        "B203",
        {"Fasilitasi!C3": "minggu lalu"},
        "Fasilitasi!C3",
        "Kolom Tanggal pada fasilitasi nomor 2 / tidak dapat dibaca sebagai tanggal / kosongkan sel itu",
    ),
    Finds(
        "B203", {"Fasilitasi!C3": '"13/2/24"'}, "Fasilitasi!C3", "Kemungkinan yang dimaksud: 13 Februari 2024"
    ),
    Passes("B203", {"Fasilitasi!C3": '"5 Pebruari 2024"'}),
    Finds(
        "B204",
        {"Desa!E3": '"29 Februari 2023"'},
        "Desa!E3",
        "Desa Karanganyar / tidak ada pada kalender / 28 Februari 2023, 1 Maret 2023, 29 Februari 2024, atau",
    ),
    Finds(
        "B204",
        {"Desa!E3": '"30 Februari 2024"', "Desa!E4": '"30 Februari 2024"'},
        "Desa!E3, Desa!E4",
        "Desa Karanganyar dan Desa Tegalsari",
    ),
    Passes("B204", {"Desa!E3": '"29 Februari 2024"'}),
    Finds("B205", {"Anggaran!K2": "0.85"}, "Anggaran!K2", "Realisasi Kinerja / 0,85% atau 85%"),
    Finds(
        "B205", {"Indikator!J2": '"1.860"'}, "Indikator!J2", "1,86 atau 1.860 / seperti ini: 1,86 atau 1860."
    ),
    Finds(
        "B205",
        {"Fasilitasi!C3": '"03/04/2024"'},
        "Fasilitasi!C3",
        "seperti ini: 3 April 2024 atau 4 Maret 2024",
    ),
    Passes("B205", {"Anggaran!K2": '"0,85%"'}),
    Finds(
        "B206",
        {"Fasilitasi!F3": "Sudah"},
        "Fasilitasi!F3",
        "Ditindaklanjuti / “Sudah” / bukan salah satu pilihannya",
    ),
    Finds("B206", {"Indikator!H2": "fasiltasi"}, "Indikator!H2", "Kemungkinan yang dimaksud: fasilitasi"),
    Passes("B206", {"Fasilitasi!F3": "YA"}),
    Finds(
        "B207",
        {"Anggaran!G2": "#REF!", "Anggaran!I2": "=H2/G2 → #REF!"},
        "Anggaran!G2",
        "“#REF!”; rumusnya rusak",
    ),
    Finds("B207", {"Anggaran!I2": "=H2/G2 → #REF!"}, "Anggaran!I2", "Kolom Capaian / #REF!"),
    Passes("B207", {"Anggaran!G2": "=6800000*2 → 13600000"}),
    Finds(
        "B208",
        {"Anggaran!G2": "=6800000*2", "Anggaran!G3": "=6000000+5000000"},
        "Anggaran!G2, Anggaran!G3",
        "belum pernah dihitung",
    ),
    Passes(
        "B208",
        {
            "Anggaran!I2": "=H2/G2",
            "Anggaran!G4": "=G2+G3",
            "Desa!E5": "=COUNTA(E2:E4)",
            "Indikator!M2": "=3/9",
        },
    ),
    # Rows
    Finds(
        "B209",
        {"Anggaran!2": "", "Anggaran!3": ""},
        "Anggaran",
        "Lembar Anggaran belum mempunyai satu baris pun",
    ),
    Finds("B209", {"Desa!2": "", "Desa!3": "", "Desa!4": ""}, "Desa", "Lembar Desa / dokumen desa"),
    Passes("B209", {"Desa!2": ""}),
    Finds(
        "B210",
        {"Desa!F3": "Ada"},
        "Desa!A3, Desa!A4",
        "tersembunyi / Desa Karanganyar dan Desa Tegalsari",
        hidden={"Desa": [3, 4]},
    ),
    Passes("B210", {"Desa!3": ""}, hidden={"Desa": [3, 9]}),
    Finds(
        "B211",
        {"Tindak Lanjut!2": ""},
        "Tindak Lanjut",
        "Lembar Tindak Lanjut belum mempunyai satu baris pun",
    ),
    Passes("B211", {"Narasi!2": "", "Skala!2": "", "Skala!3": ""}),
    # Cells that the program computes itself
    Finds(
        "B212",
        {"Indikator!M2": "=J2/L2 → 30%"},
        "Indikator!M2",
        "rumusnya menunjukkan 30% / 33,33% / selisih 3,33 poin",
    ),
    Finds("B212", {"Desa!E5": "=COUNT(E2:E4) → 2"}, "Desa!E5", "Jumlah LPPDesa / menunjukkan 2 / selisih 1"),
    Passes(
        "B212",
        {
            "Indikator!M2": "=3/9*100 → 33.33333333",
            "Anggaran!G4": "=G2+G3 → 24600000",
            "Anggaran!I4": "=H4/G4 → 28.46%",
        },
    ),
    Finds("B214", {"Indikator!F2": "-8500%"}, "Indikator!F2", "“-8500%”; paling kecil 0%"),
    Finds(
        "B214",
        {"Anggaran!J2": "19000%"},
        "Anggaran!J2",
        "paling besar 1.000% / Kemungkinan yang dimaksud: 190%",
    ),
    Finds(
        "B214", {"Anggaran!H2": "-5000000"}, "Anggaran!H2", "Kolom Realisasi pada Program / paling kecil 0"
    ),
    Finds("B214", {"Indikator!L2": "-9"}, "Indikator!L2", "Kolom Penyebut pada indikator 1 / paling kecil 0"),
    Finds("B214", {"Strategi!A2": "0"}, "Strategi!A2", "Kolom Indikator / paling kecil 1"),
    Finds("B214", {"Skala!B2": "8000"}, "Skala!B2", "Batas Bawah / paling besar 1.000"),
    Finds("B214", {"Dokumen!B2": "225"}, "Dokumen!B2", "Tahun Anggaran / paling kecil tahun 2000"),
    Finds("B214", {"Kegiatan!C2": "1924-02-12"}, "Kegiatan!C2", "12 Februari 1924 / paling kecil tahun 2000"),
    Finds("B214", {"Identitas!B7": "5"}, "Identitas!B7", "Isian Triwulan berisi “5”; paling besar 4"),
    Finds("B214", {"Identitas!B6": "224"}, "Identitas!B6", "Isian Tahun / paling kecil tahun 2000"),
    Finds(
        "B214", {"Identitas!B19": "0"}, "Identitas!B19", "Isian Batas Hari Kerja berisi “0”; paling kecil 1"
    ),
    Passes("B214", {"Anggaran!H2": "0", "Identitas!B19": "7", "Identitas!B20": "0", "Desa!C5": "0"}),
    Finds(
        "B215",
        {"Fasilitasi!E3": "", "Fasilitasi!E4": ""},
        "Fasilitasi!E3, Fasilitasi!E4, Fasilitasi!E2",
        "Sel Fasilitasi!E2:E4 digabungkan; kolom Pelaksana hanya terbaca pada Fasilitasi!E2",
        merged={"Fasilitasi": ["E2:E4"]},
    ),
    Finds(
        "B215",
        {"Anggaran!C3": ""},
        "Anggaran!C3, Anggaran!C2",
        "kolom Indikator hanya terbaca pada Anggaran!C2",
        merged={"Anggaran": ["C2:C3"]},
    ),
    Passes("B215", {"Anggaran!A4": "Jumlah", "Anggaran!B4": ""}, merged={"Anggaran": ["A4:D4", "N1:O3"]}),
    Finds("B212", {"Indikator!N2": "=M2/F2 → 41%"}, "Indikator!N2", "menunjukkan 41% / 41,67%"),
    Finds(
        "B212",
        {"Indikator!H2": "rasio", "Indikator!J2": "4", "Indikator!N2": "=M2/F2 → 50%"},
        "Indikator!N2",
        "menunjukkan 50% / 55,56%",
    ),
    Finds("B212", {**PREDIKAT, "Indikator!N2": "=M2/F2 → 70%"}, "Indikator!N2", "menunjukkan 70% / 76,25%"),
    Finds("B212", {**TRIWULAN, "Indikator!N2": "=M2/F2 → 42%"}, "Indikator!N2", "menunjukkan 42% / 166,67%"),
    Finds("B212", {"Anggaran!I2": "=H2/G2 → 30%"}, "Anggaran!I2", "menunjukkan 30% / 36,76%"),
    Finds("B212", {"Anggaran!I4": "=H4/G4 → 30%"}, "Anggaran!I4", "baris Jumlah / 27,47%"),
    Finds("B212", {"Anggaran!E4": "=SUM(E2:E3) → 1"}, "Anggaran!E4", "Jumlah Anggaran PK / Rp24.600.000"),
    Finds("B212", {"Anggaran!G4": "=SUM(G2:G3) → 1"}, "Anggaran!G4", "Jumlah Pagu / Rp24.600.000"),
    Finds("B212", {"Anggaran!H4": "=SUM(H2:H3) → 1"}, "Anggaran!H4", "Jumlah Realisasi / Rp7.000.000"),
    Finds("B213", {"Indikator!M3": "33%"}, "Indikator!M3", "Realisasi indikator 2 / diketik 33% / 33,33%"),
    Finds(
        "B213",
        {"Anggaran!I2": "37%"},
        "Anggaran!I2",
        "Program Penyelenggaraan / diketik 37%, hasil pembulatan dari 36,76%",
    ),
    Finds("B213", {"Indikator!N2": "42%"}, "Indikator!N2", "diketik 42%, hasil pembulatan dari 41,67%"),
    Finds(
        "B213",
        {"Indikator!H2": "rasio", "Indikator!J2": "4", "Indikator!N2": "56%"},
        "Indikator!N2",
        "pembulatan dari 55,56%",
    ),
    Finds("B213", {**PREDIKAT, "Indikator!N2": "76%"}, "Indikator!N2", "pembulatan dari 76,25%"),
    Finds("B213", {**TRIWULAN, "Indikator!N2": "167%"}, "Indikator!N2", "pembulatan dari 166,67%"),
    Finds("B213", {"Anggaran!I4": "28%"}, "Anggaran!I4", "baris Jumlah / pembulatan dari 28,46%"),
    Finds("B213", {"Identitas!B23": "100", "Indikator!N3": "33%"}, "Indikator!N3", "pembulatan dari 33,33%"),
    Passes("B213", {"Identitas!B20": "0", "Indikator!M3": "33%"}),
    Passes(
        "B213",
        {
            "Indikator!M3": "33.33%",
            "Anggaran!G2": "10000000",
            "Anggaran!E2": "10000000",
            "Anggaran!I2": "50%",
            "Anggaran!I3": "18.18%",
            "Anggaran!I4": "34.09%",
        },
    ),
)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_rule(case: Case) -> None:
    case.verify()
