import pytest

from tests.builders import Case, Finds, Passes

CASES: tuple[Case, ...] = (
    Finds(
        "I102",
        {"Identitas!B8": "2024-03-27"},
        "Identitas!B8",
        "27 Maret 2024 / triwulan I baru berakhir 31 Maret 2024 / s.d. 5 April 2024",
    ),
    Passes("I102", {"Identitas!B8": "2024-04-01"}),
    Finds(
        "I103",
        {"Identitas!B8": "2024-04-16"},
        "Identitas!B8",
        "11 hari (1 hari kerja) sesudah batas 5 April 2024 / hari kerja ke-5",
    ),
    Passes("I103", {"Identitas!B8": "2024-07-05"}, triwulan=2),
    Finds("I104", {"Identitas!B8": "2024-04-10"}, "Identitas!B8", "10 April 2024 / Idul", ("I103",)),
    Finds("I104", {"Identitas!B8": "2024-07-06"}, "Identitas!B8", "hari Sabtu", ("I103",), triwulan=2),
    Passes("I104", {"Identitas!B8": "2024-04-02"}),
    Finds(
        "I105", {"Identitas!B13": '"19700517 199503 2 0"'}, "Identitas!B13", "bukan 18 angka, melainkan 16"
    ),
    Finds(
        "I105",
        {"Identitas!B13": '"19701317 199513 3 000"'},
        "Identitas!B13",
        "tanggal lahir 17-13-1970 tidak ada / bulan pengangkatan 13 / jenis kelamin 3 / nomor urut 000",
    ),
    Finds(
        "I105",
        {"Identitas!B13": '"19700517 197503 2 003"'},
        "Identitas!B13",
        "diangkat 1975, padahal lahir 1970",
    ),
    Finds("I105", {"Identitas!B13": "196811141990031000"}, "Identitas!B13", "ketik sebagai teks"),
    Finds("I105", {"Identitas!B13": "tidak ada"}, "Identitas!B13", "bukan angka seluruhnya"),
    Passes("I105", {"Identitas!B13": '"19681114.199003.1.004"'}),
    Finds(
        "I106",
        {"Identitas!B11": "Camat Kalisari"},
        "Identitas!B11, Identitas!B4",
        "Jabatan “Camat Kalisari” tidak menyebut kecamatan “Sukamulya”",
    ),
    Finds(
        "I106",
        {"Identitas!B4": "Kecamatan Senduro", "Identitas!B11": "Camat Kalisari"},
        "Identitas!B11, Identitas!B4",
        "tidak menyebut kecamatan “Senduro”",
        ("I108",),
    ),
    Passes("I106", {"Identitas!B11": "Plt. CAMAT SUKAMULYA"}),
    Finds("I107", {"Identitas!B8": '"April 2024"'}, "Identitas!B8", "“April 2024” bukan satu tanggal"),
    Passes("I107", {"Identitas!B8": '"5 April 2024"'}),
    Finds(
        "I108",
        {"Identitas!B4": "Kecamatan Sukamulya"},
        "Identitas!B4",
        "Kecamatan diisi “Kecamatan Sukamulya”; dicetak sebagai “Sukamulya”",
    ),
    Finds("I108", {"Identitas!B3": "Kab. Mekarjaya"}, "Identitas!B3", "“Kab. Mekarjaya” / Mekarjaya"),
    Finds("I108", {"Identitas!B4": "SUKAMULYA"}, "Identitas!B4", "dicetak sebagai “Sukamulya”"),
    Finds("I108", {"Identitas!B9": "sukamulya"}, "Identitas!B9", "Tempat diisi “sukamulya” / Sukamulya"),
    Finds("I108", {"Identitas!B11": "CAMAT SUKAMULYA"}, "Identitas!B11", "Camat Sukamulya"),
    Finds("I108", {"Identitas!B10": "drs. h. pujianto, m.si"}, "Identitas!B10", "Drs. H. Pujianto, M.Si"),
    Passes("I108", {"Identitas!B10": "Drs. H. PUJIANTO, M.Si.", "Identitas!B9": " Sukamulya  "}),
    Passes(
        "I108",
        {
            "Identitas!B3": "Kabanjahe",
            "Identitas!B14": "Bupati Kabanjahe",
            "Identitas!B15": "Peraturan Bupati Kabanjahe Nomor 6 Tahun 2018",
            "Identitas!B17": "Peraturan Bupati Kabanjahe Nomor 96 Tahun 2019",
        },
    ),
    Finds("I109", {"Identitas!B26": "lambang.png"}, "Identitas!B26", "Logo “lambang.png” tidak ada"),
    Passes("I109", {"Identitas!B26": "foto-1.jpg"}),
    Finds("I112", {"Identitas!B26": "README.md"}, "Identitas!B26", "Logo “README.md” bukan gambar"),
    Passes("I112", {"Identitas!B26": "foto-1.jpg"}),
    Finds("I110", {"Identitas!B13": '"19700517 202503 2 003"'}, "Identitas!B13", "diangkat 2025"),
    Finds("I110", {"Identitas!B13": '"19500517 197503 2 003"'}, "Identitas!B13", "berumur 74 tahun"),
    Passes("I110", {"Identitas!B13": '"19600517 198503 2 003"'}),
    Finds("I111", {"Identitas!B14": "Bupati Kalimaya"}, "Identitas!B14, Identitas!B3", "Bupati Kalimaya"),
    Finds(
        "I111",
        {"Identitas!B15": "Peraturan Bupati Kalimaya Nomor 6 Tahun 2018"},
        "Identitas!B15, Identitas!B3",
        "Kalimaya",
    ),
    Passes(
        "I111",
        {"Identitas!B14": "Pj. Bupati Mekarjaya", "Identitas!B15": "Peraturan Bupati Nomor 6 Tahun 2018"},
    ),
    Finds(
        "I113",
        {"Identitas!B6": "2023"},
        "Identitas!B6, Identitas!B8",
        "triwulan I tahun 2023, padahal / 5 April 2024 / cocok dengan triwulan I tahun 2024",
        ("F104", "G101", "I103", "P103"),
    ),
    Finds(
        "I113",
        {"Identitas!B7": "4"},
        "Identitas!B7, Identitas!B8",
        "cocok dengan triwulan I tahun 2024",
        ("D109", "I102", "L108"),
    ),
    Passes("I113", {"Identitas!B8": "2024-10-04"}, triwulan=3),
)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_rule(case: Case) -> None:
    case.verify()
