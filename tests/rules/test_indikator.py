import pytest

from tests.builders import Case, Finds, Passes

PREDIKAT = {
    "Indikator!H2": "predikat",
    "Indikator!D2": "nilai",
    "Indikator!F2": "A",
    "Indikator!M2": "B",
    "Skala!B3": "61",
}
"""B of A is 61 of 80, 76,25%."""

TRIWULAN = {"Identitas!B24": "triwulan", "Indikator!G2": "20%", "Indikator!G3": "40%"}

CASES: tuple[Case, ...] = (
    Finds("K101", {"Indikator!F2": "0%"}, "Indikator!F2", "Indikator 1 / Target 0"),
    Finds(
        "K101",
        {"Identitas!B24": "triwulan", "Indikator!G2": "20%"},
        "Indikator!G3",
        "Indikator 2 / Target Triwulan belum diisi",
    ),
    Finds(
        "K101",
        {"Indikator!H2": "predikat", "Indikator!D2": "nilai", "Indikator!F2": "AA", "Indikator!M2": "B"},
        "Indikator!F2",
        "Target “AA” tidak ada pada lembar Skala",
    ),
    Passes("K101", {"Identitas!B24": "triwulan", "Indikator!G2": "20%", "Indikator!G3": "40%"}),
    Finds(
        "K102",
        {"Indikator!M2": "30%"},
        "Indikator!M2",
        "Realisasi indikator 1 / tertulis 30%, hitungannya 33,33% (3 ÷ 9 × 100) / selisih 3,33 poin",
    ),
    Finds(
        "K102",
        {"Indikator!M3": "35%", "Desa!E4": ""},
        "Indikator!M3",
        "hitungannya 22,22% (2 ÷ 9 × 100)",
        ("D109",),
    ),
    Finds("K102", {"Indikator!M3": "35%", "Desa!E4": "kelak"}, "Indikator!M3", "22,22%", ("B203",)),
    Finds(
        "K102",
        {"Indikator!H2": "rasio", "Indikator!J2": "4", "Indikator!M2": "40%"},
        "Indikator!M2",
        "hitungannya 44,44% (4 ÷ 9 × 100)",
    ),
    Passes("K102", {"Indikator!M2": "33.33%"}),
    Finds(
        "K103",
        {"Indikator!N2": "37.5%"},
        "Indikator!N2",
        "Capaian indikator 1 / hitungannya 41,67% (33,33% ÷ 80,00% × 100) / selisih 4,17 poin",
    ),
    Finds("K103", {"Indikator!N3": "40%"}, "Indikator!N3", "hitungannya 33,33%"),
    Finds(
        "K103",
        {"Indikator!H2": "rasio", "Indikator!J2": "4", "Indikator!N2": "50%"},
        "Indikator!N2",
        "hitungannya 55,56%",
    ),
    Finds("K103", {**PREDIKAT, "Indikator!N2": "80%"}, "Indikator!N2", "hitungannya 76,25%"),
    Finds("K103", {**TRIWULAN, "Indikator!N2": "41.67%"}, "Indikator!N2", "hitungannya 166,67%"),
    Passes("K103", {"Indikator!N2": "41.67%"}),
    Finds(
        "K104",
        {"Indikator!J2": "5"},
        "Indikator!J2",
        "Pembilang indikator 1 / tertulis 5, yang tercatat dan dihitung 3 / selisih 2",
    ),
    Finds(
        "K104",
        {"Indikator!J2": "3", "Fasilitasi!C3": "Januari/Desember"},
        "Indikator!J2",
        "dihitung 2; 1 baris Ya bertanggal di luar periode",
        ("F101",),
    ),
    Finds(
        "K104",
        {"Indikator!J3": "4", "Desa!E4": "kelak"},
        "Indikator!J3",
        "dihitung 2 (1 tanggal tidak terbaca",
        ("B203",),
    ),
    Passes("K104", {"Indikator!J2": "3", "Indikator!J3": "3"}),
    Finds("K105", {"Indikator!L3": "12"}, "Indikator!L3", "3 desa × 3 dokumen = 9 / selisih 3"),
    Passes("K105", {"Indikator!L3": "9"}),
    Finds("K106", {"Indikator!L2": ""}, "Indikator!L2", "Indikator 1 / karena Penyebut belum diisi"),
    Finds(
        "K106",
        {"Indikator!H2": "rasio", "Indikator!J2": "3", "Indikator!L2": "0"},
        "Indikator!L2",
        "karena Penyebut 0",
    ),
    Finds("K106", {"Indikator!H2": "nilai"}, "Indikator!M2", "karena Realisasi belum diisi"),
    Finds(
        "K106",
        {"Indikator!H2": "predikat", "Indikator!D2": "nilai", "Indikator!F2": "A", "Indikator!M2": "Z"},
        "Indikator!M2",
        "Realisasi “Z” tidak ada pada lembar Skala",
    ),
    Passes("K106", {"Indikator!H2": "nilai", "Indikator!O2": "Survei dilakukan pada triwulan IV"}),
    Passes(
        "K106",
        {"Indikator!H2": "predikat", "Indikator!D2": "nilai", "Indikator!F2": "A", "Indikator!M2": "B"},
    ),
    Finds("K107", {"Indikator!F2": "800%"}, "Indikator!F2", "Target 800% lebih dari 100%"),
    Passes("K107", {"Indikator!F2": "100%"}),
    Passes(
        "K107",
        {"Indikator!D2": "indeks", "Indikator!H2": "nilai", "Indikator!F2": "800", "Indikator!M2": "790"},
    ),
    Finds(
        "K108",
        {"Indikator!A3": "1", "Anggaran!C3": "1", "Strategi!A3": "1"},
        "Indikator!A3, Indikator!A2",
        "Nomor indikator 1 dipakai 2 kali",
    ),
    Passes("K108", {"Indikator!A3": "3", "Anggaran!C3": "3", "Strategi!A3": "3"}),
    Finds("K109", {"Indikator!L2": "2"}, "Indikator!L2", "pembilang 3 lebih besar dari penyebut 2"),
    Passes("K109", {"Indikator!L2": "3"}),
    Finds(
        "K110",
        {"Indikator!B3": "Meningkatnya pelayanan publik di kecamtan"},
        "Indikator!B3, Indikator!B2",
        "hampir sama dengan",
        ("N101",),
    ),
    Passes("K110", {"Indikator!B3": "MENINGKATNYA pelayanan  publik di kecamatan"}),
    Finds(
        "K111",
        {"Indikator!I3": "Fasilitas yang ditindaklanjuti"},
        "Indikator!I3, Indikator!I2",
        "Indikator 2 / sama dengan indikator 1",
    ),
    Passes("K111", {"Indikator!I3": "Dokumen yang ditetapkan"}),
    Passes(
        "K111",
        {
            "Indikator!C2": "Persentase desa dengan RKPDesa",
            "Indikator!C3": "Persentase desa dengan APBDesa",
            "Indikator!I2": "Jumlah desa yang menyusun RKPDesa",
            "Indikator!I3": "Jumlah desa yang menyusun APBDesa",
        },
    ),
    Finds("K112", {"Indikator!G2": "90%"}, "Indikator!G2, Indikator!F2, Indikator!E2", "lebih tinggi"),
    Passes("K112", {"Indikator!G2": "30%"}),
    Finds("K113", {"Skala!A3": "A"}, "Skala!A3, Skala!A2", "Predikat “A” ditulis 2 kali pada lembar Skala"),
    Finds(
        "K113",
        {"Skala!B3": "85", "Skala!A4": "C", "Skala!B4": "40", "Skala!A5": "D", "Skala!B5": "0"},
        "Skala!B2, Skala!B3",
        "Batas Bawah predikat “A” (80) seharusnya lebih tinggi daripada predikat “B” (85)",
    ),
    Passes("K113", {"Skala!B2": "90", "Skala!C3": "capaian"}),
    Passes("K113", {"Skala!B2": "90", "Skala!A3": "A", "Skala!C3": "capaian"}),
)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_rule(case: Case) -> None:
    case.verify()
