import pytest

from tests.builders import Case, Finds, Passes

CASES: tuple[Case, ...] = (
    Finds(
        "A101",
        {"Anggaran!G2": "13464000"},
        "Anggaran!G2, Anggaran!E2",
        "Pagu Rp13.464.000 lebih kecil dari Anggaran PK Rp13.600.000, selisih Rp136.000, dan kolom "
        "Keterangan belum menyebut sebabnya",
    ),
    Passes("A101", {"Anggaran!G2": "13464000", "Anggaran!L2": "Pergeseran anggaran Rp136.000"}),
    Finds(
        "A101",
        {"Anggaran!G2": "13700000", "Anggaran!L2": "DAU"},
        "Anggaran!G2, Anggaran!E2",
        "lebih besar dari",
    ),
    Passes("A101", {"Anggaran!E2": ""}),
    Finds(
        "A102",
        {"Anggaran!H2": "13600001"},
        "Anggaran!H2, Anggaran!G2",
        "Program Penyelenggaraan / selisih Rp1.",
    ),
    Passes("A102", {"Anggaran!H2": "13600000"}),
    Finds(
        "A103",
        {"Anggaran!I2": "26%"},
        "Anggaran!I2",
        "tertulis 26%, hitungannya 36,76% (Rp5.000.000 ÷ Rp13.600.000 × 100) / selisih 10,76 poin",
    ),
    Finds("A103", {"Anggaran!I4": "30%"}, "Anggaran!I4", "baris Jumlah / 27,47%"),
    Passes("A103", {"Anggaran!I2": "36.76%", "Anggaran!I4": "28.46%"}),
    Finds(
        "A104",
        {"Anggaran!G4": "24600009"},
        "Anggaran!G4",
        "Jumlah Pagu / jumlah 2 program Rp24.600.000, selisih Rp9.",
    ),
    Finds("A104", {"Anggaran!E4": "13600000"}, "Anggaran!E4", "Jumlah Anggaran PK / selisih Rp11.000.000"),
    Finds("A104", {"Anggaran!H4": "Rp. 9.000.000"}, "Anggaran!H4", "Jumlah Realisasi tertulis Rp. 9.000.000"),
    Passes("A104", {"Anggaran!E4": "24600000", "Anggaran!G4": "24600000", "Anggaran!H4": "7000000"}),
    Finds("A105", {"Anggaran!4": ""}, "Anggaran", "tidak mempunyai baris Jumlah"),
    Passes("A105", {"Anggaran!B4": "TOTAL"}),
    Finds(
        "A107",
        {"Anggaran!H2": "0", "Anggaran!K2": "100%"},
        "Anggaran!K2, Anggaran!H2",
        "Realisasi Kinerja 100%, padahal Realisasi Rp0",
    ),
    Passes("A107", {"Anggaran!H2": "0"}),
    Finds(
        "A108",
        {"Anggaran!A3": "7.01.05"},
        "Anggaran!B3, Anggaran!A3",
        "Kode 7.01.05 adalah Program Penyelenggaraan Urusan Pemerintahan Umum / Nama itu berkode 7.01.06",
    ),
    Passes("A108", {"Anggaran!B3": "PROGRAM PEMBINAAN & PENGAWASAN PEMERINTAHAN DESA"}),
    Finds(
        "A109",
        {"Anggaran!A3": "7.01.02", "Anggaran!B3": "Penyelenggaraan Pemerintahan dan Pelayanan Publik"},
        "Anggaran!A3, Anggaran!A2",
        "Kode 7.01.02 dipakai 2 kali",
    ),
    Passes("A109", {"Anggaran!A3": "7.01.06."}),
    Finds(
        "A110",
        {
            "Anggaran!A4": "7.01.06.2.01",
            "Anggaran!B4": "Fasilitasi tata kelola desa",
            "Anggaran!G4": "10000000",
            "Anggaran!H4": "2000000",
            "Anggaran!B5": "Jumlah",
        },
        "Anggaran!G3, Anggaran!G4",
        "Pagu tertulis 11000000, jumlah 1 rinciannya Rp10.000.000, selisih Rp1.000.000",
    ),
    Passes(
        "A110",
        {
            "Anggaran!A4": "7.01.06.2.01",
            "Anggaran!B4": "Fasilitasi tata kelola desa",
            "Anggaran!G4": "11000000",
            "Anggaran!H4": "2000000",
            "Anggaran!B5": "Jumlah",
        },
    ),
    Finds(
        "A111",
        {"Anggaran!D2": "Persentase pembinaan dan pengawasan desa"},
        "Anggaran!D2",
        "tampaknya milik Program Pembinaan dan Pengawasan Pemerintahan Desa",
    ),
    Finds(
        "A111",
        {"Anggaran!D2": "Persentase layanan", "Anggaran!D3": "persentase layanan"},
        "Anggaran!D2, Anggaran!D3",
        "Indikator Program yang sama",
    ),
    Passes("A111", {"Anggaran!D2": "Indeks kepuasan masyarakat desa"}),
    Finds(
        "A112",
        {
            "Anggaran!A4": "7.01.05.2.01",
            "Anggaran!B4": "Pembinaan wawasan kebangsaan",
            "Anggaran!G4": "1",
            "Anggaran!H4": "0",
            "Anggaran!B5": "Jumlah",
        },
        "Anggaran!A4",
        "Kegiatan Pembinaan wawasan kebangsaan (7.01.05.2.01) tidak mempunyai baris program 7.01.05",
    ),
    Passes(
        "A112",
        {
            "Anggaran!A4": "7.01.06.2.01.0001",
            "Anggaran!B4": "Evaluasi APBDesa",
            "Anggaran!G4": "11000000",
            "Anggaran!H4": "2000000",
            "Anggaran!B5": "Jumlah",
        },
    ),
    Finds(
        "A113", {"Anggaran!J2": ""}, "Anggaran!J2, Anggaran!K2", "Realisasi Kinerja 25%, tetapi Target kosong"
    ),
    Passes("A113", {"Anggaran!K2": ""}),
    Finds(
        "A114", {"Anggaran!A2": "2001-01-07"}, "Anggaran!A2", "Kode “7 Januari 2001” bukan angka dengan titik"
    ),
    Passes("A114", {"Anggaran!A2": "X.XX.01"}),
    Finds("A115", {"Anggaran!J2": "1000%"}, "Anggaran!J2", "di atas 100%"),
    Passes("A115", {"Anggaran!K2": "100%"}),
    Finds("A116", {"Anggaran!A2": "7.02.02"}, "Anggaran!A2, Anggaran!B2", "berkode 7.01.02"),
    Passes("A116", {"Anggaran!A2": "7.01.02."}),
    Finds("A117", {"Anggaran!H2": "71.5"}, "Anggaran!H2, Anggaran!G2", "Realisasi / pagu Rp"),
    Passes("A117", {"Anggaran!H2": "1000"}),
)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_rule(case: Case) -> None:
    case.verify()
