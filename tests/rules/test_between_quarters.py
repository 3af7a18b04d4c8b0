"""The workbook beside that of the quarter before."""

import pytest

from lkt.findings import Severity
from lkt.pipeline import run
from tests.builders import Case, Finds, Passes, base, dataset


def log_row(row: int, cells: str) -> dict[str, str]:
    """One row of the log, numbered as it should be."""
    texts = (str(row - 1), *cells.split(" | "))
    return {f"Fasilitasi!{column}{row}": text for column, text in zip("ABCDEF", texts, strict=True)}


AGAIN = "evaluasi rancangan peraturan desa tentang aset desa | 2024-05-13 | {} | Kasi Pemerintahan | Ya"
"""What stands in row 3 of the log, on another day."""

CASES: tuple[Case, ...] = (
    Finds(
        "T101",
        {},
        "Identitas!B5",
        "35.99.01, sedangkan buku kerja pembandingnya (Identitas!B5) 35.99.02",
        triwulan=2,
        sebelumnya={"Identitas!B5": "35.99.02", "Anggaran!H2": "9999999"},
    ),
    Finds(
        "T101",
        {},
        "Identitas!B4",
        "Sukamulya, sedangkan buku kerja pembandingnya (Identitas!B4) Kalisari",
        triwulan=2,
        sebelumnya={"Identitas!B5": "", "Identitas!B4": "Kalisari"},
    ),
    Passes("T101", {}, triwulan=2, sebelumnya={"Identitas!B5": "35 99 01", "Identitas!B4": "Kec. Sukamulya"}),
    Finds(
        "T102",
        {},
        "Identitas!B7, Identitas!B6",
        "triwulan II tahun 2024, sedangkan buku kerja pembandingnya triwulan II tahun 2024, bukan triwulan I",
        triwulan=2,
        sebelumnya={"Identitas!B7": "2", "Anggaran!H2": "9999999"},
    ),
    Finds(
        "T102",
        {},
        "Identitas!B7, Identitas!B6",
        "pembandingnya triwulan I tahun 2024, bukan triwulan II tahun 2024",
        triwulan=3,
        sebelumnya={"Identitas!B7": "1"},
    ),
    Passes("T102", {}, triwulan=2, sebelumnya={"Identitas!B7": ""}),
    Finds(
        "T103",
        {"Anggaran!H2": "4000000"},
        "Anggaran!H2",
        "Program Penyelenggaraan / Realisasi Rp4.000.000, turun Rp1.000.000 dari triwulan lalu (Anggaran!H2) "
        "Rp5.000.000",
        triwulan=2,
        sebelumnya={},
    ),
    Finds(
        "T103",
        {"Anggaran!H2": "4000000"},
        "Anggaran!H2",
        "dari triwulan I tahun 2024 (Anggaran!H2) Rp7.500.000",
        ("T102",),
        triwulan=3,
        sebelumnya={"Identitas!B7": "1"},
    ),
    Passes("T103", {"Anggaran!H2": "5000000"}, triwulan=2, sebelumnya={}),
    Passes("T103", {"Anggaran!H2": "0", "Anggaran!K2": "0%"}, sebelumnya={}),
    Passes(
        "T103",
        {
            "Anggaran!A2": "7.01.06",
            "Anggaran!B2": "Program Pembinaan dan Pengawasan Pemerintahan Desa",
            "Anggaran!C2": "2",
            "Anggaran!D2": "Persentase desa yang dibina dan diawasi",
            "Anggaran!E2": "11000000",
            "Anggaran!G2": "11000000",
            "Anggaran!H2": "4000000",
            "Anggaran!J2": "",
            "Anggaran!K2": "",
            "Anggaran!A3": "7.01.02",
            "Anggaran!B3": "Program Penyelenggaraan Pemerintahan dan Pelayanan Publik",
            "Anggaran!C3": "1",
            "Anggaran!D3": "Persentase pelayanan publik yang terselenggara",
            "Anggaran!E3": "13600000",
            "Anggaran!G3": "13600000",
            "Anggaran!H3": "7500000",
        },
        triwulan=2,
        sebelumnya={},
    ),
    Finds(
        "T104",
        {"Fasilitasi!F5": "Tidak", "Fasilitasi!F6": "Tidak"},
        "Indikator!C2",
        "Indikator 1 / pembilang 3, turun dari triwulan lalu (Indikator!C2) 4",
        triwulan=2,
        sebelumnya=log_row(5, "Asistensi penatausahaan keuangan desa | 2024-02-20 | Notula | Kasi | Ya"),
        also=("T120",),
    ),
    Finds(
        "T104",
        {"Indikator!H2": "rasio", "Indikator!J2": "4"},
        "Indikator!J2",
        "pembilang 4, turun dari triwulan lalu (Indikator!J2) 5",
        triwulan=2,
        sebelumnya={"Indikator!H2": "rasio", "Indikator!J2": "5"},
    ),
    Finds(
        "T104",
        {"Desa!E2": "", "Desa!F2": "Laporannya ditarik"},
        "Indikator!C3",
        "Indikator 2 / pembilang 2, turun dari triwulan lalu (Indikator!C3) 3",
        ("T113",),
        triwulan=2,
        sebelumnya={},
    ),
    Passes(
        "T104",
        {"Indikator!H2": "rasio", "Indikator!J2": "4", "Indikator!E2": "turun"},
        triwulan=2,
        sebelumnya={"Indikator!H2": "rasio", "Indikator!J2": "5", "Indikator!E2": "turun"},
    ),
    Finds(
        "T105",
        {"Indikator!F2": "70%", "Indikator!E2": "turun"},
        "Indikator!F2, Indikator!E2",
        "berubah: Target 70%, triwulan lalu (Indikator!F2) 80%; Arah turun, triwulan lalu (Indikator!E2)",
        triwulan=2,
        sebelumnya={},
    ),
    Finds(
        "T105",
        {"Indikator!D2": "kali"},
        "Indikator!D2",
        "Satuan kali, triwulan lalu (Indikator!D2) %",
        ("B205",),
        triwulan=2,
        sebelumnya={},
    ),
    Finds(
        "T105",
        {"Indikator!H2": "rasio", "Indikator!J2": "9"},
        "Indikator!H2",
        "Jenis rasio, triwulan lalu (Indikator!H2) fasilitasi",
        triwulan=2,
        sebelumnya={},
    ),
    Finds(
        "T105",
        {"Indikator!F2": "70%", "Indikator!O2": "Data sementara"},
        "Indikator!F2",
        "Target 70%",
        triwulan=2,
        sebelumnya={},
    ),
    Passes(
        "T105",
        {
            "Indikator!F2": "70%",
            "Indikator!O2": "Perubahan Perjanjian Kinerja Juni 2024",
            "Indikator!G3": "50%",
        },
        triwulan=2,
        sebelumnya={"Indikator!D2": "persen"},
    ),
    Passes("T105", {"Indikator!F2": "70%"}, sebelumnya={}),
    Finds(
        "T106",
        {"Anggaran!G2": "13000000", "Anggaran!L2": "Pergeseran pertama"},
        "Anggaran!G2",
        "Pagu Rp13.000.000, sedangkan triwulan lalu (Anggaran!G2) Rp13.500.000, selisih Rp500.000",
        triwulan=2,
        sebelumnya={"Anggaran!G2": "13500000", "Anggaran!L2": "Pergeseran pertama"},
    ),
    Passes(
        "T106",
        {"Anggaran!G2": "13000000", "Anggaran!L2": "Pergeseran kedua"},
        triwulan=2,
        sebelumnya={"Anggaran!G2": "13500000", "Anggaran!L2": "Pergeseran pertama"},
    ),
    Finds(
        "T107",
        {"Anggaran!E2": "13000000", "Anggaran!L2": "DAU"},
        "Anggaran!E2",
        "Anggaran PK Rp13.000.000, sedangkan triwulan lalu (Anggaran!E2) Rp13.600.000",
        ("A101",),
        triwulan=2,
        sebelumnya={},
    ),
    Finds(
        "T107", {"Anggaran!E2": ""}, "Anggaran!E2", "Anggaran PK kosong, sedangkan", triwulan=2, sebelumnya={}
    ),
    Finds(
        "T107",
        {"Anggaran!E2": "13000000", "Anggaran!L2": "Perubahan Perjanjian Kinerja Juni 2024"},
        "Anggaran!E2",
        "selisih Rp600.000",
        triwulan=2,
        sebelumnya={},
    ),
    Passes("T107", {"Anggaran!E2": "13600000"}, triwulan=2, sebelumnya={"Anggaran!E2": ""}),
    Finds(
        "T108",
        {"Desa!4": "", "Indikator!L3": "6"},
        "Desa",
        "Desa Tegalsari tidak tercantum, padahal tercantum pada triwulan lalu (Desa!B4).",
        ("T104",),
        triwulan=2,
        sebelumnya={},
    ),
    Finds(
        "T108",
        {"Desa!A4": "35.99.01.2009", "Desa!B4": "Tegalasri"},
        "Desa!B4",
        "Desa Tegalsari tidak tercantum / Maksud Anda Desa Tegalasri (Desa!B4)?",
        sebelumnya={},
    ),
    Finds(
        "T108",
        {},
        "Desa!B4",
        "Desa Tegalsari baru tercantum; pada triwulan lalu tidak ada",
        triwulan=2,
        sebelumnya={"Desa!4": ""},
    ),
    Passes("T108", {}, triwulan=2, sebelumnya={"Desa!B2": "DESA Sidomukti"}),
    Finds(
        "T109",
        {"Desa!B4": "Tegalasri"},
        "Desa!B4",
        "Desa Tegalasri, triwulan lalu (Desa!B4) Tegalsari",
        sebelumnya={},
    ),
    Finds(
        "T109",
        {"Desa!A4": "35.99.01.2009"},
        "Desa!A4",
        "Desa Tegalsari berubah: Kode 35.99.01.2009, triwulan lalu (Desa!A4) 35.99.01.2003",
        triwulan=2,
        sebelumnya={},
    ),
    Finds(
        "T109",
        {"Anggaran!B2": "Program Penyelenggaraan Pemerintahan dan Pelayanan Publik Kecamatan"},
        "Anggaran!B2",
        "triwulan lalu (Anggaran!B2) Program Penyelenggaraan Pemerintahan dan Pelayanan Publik.",
        sebelumnya={},
    ),
    Finds(
        "T109",
        {},
        "Anggaran!A2",
        "Kode 7.01.02, triwulan lalu (Anggaran!A2) 7.01.2",
        triwulan=2,
        sebelumnya={"Anggaran!A2": "7.01.2"},
    ),
    Finds(
        "T109",
        {"Indikator!B2": "Meningkatnya pelayanan umum", "Indikator!C2": "Persentase fasilitasi"},
        "Indikator!B2, Indikator!C2",
        "Sasaran Meningkatnya pelayanan umum, triwulan lalu (Indikator!B2) Meningkatnya pelayanan publik di",
        triwulan=2,
        sebelumnya={},
    ),
    Finds(
        "T109",
        {"Indikator!A3": "3", "Anggaran!C3": "3", "Strategi!A3": "3"},
        "Indikator!A3",
        "No 3, triwulan lalu (Indikator!A3) 2",
        triwulan=2,
        sebelumnya={},
    ),
    Passes("T109", {"Indikator!C2": "Persentase fasilitasi"}, sebelumnya={}),
    Passes(
        "T109",
        {"Desa!B4": "TEGALSARI", "Anggaran!B2": "penyelenggaraan pemerintahan dan pelayanan publik"},
        triwulan=2,
        sebelumnya={"Desa!A4": ""},
    ),
    Finds(
        "T110",
        {"Anggaran!3": "", "Anggaran!C2": "2"},
        "Anggaran",
        "Program Pembinaan dan Pengawasan Pemerintahan Desa (7.01.06) tidak ada lagi, padahal ada pada "
        "triwulan lalu (Anggaran!B3)",
        ("L102",),
        triwulan=2,
        sebelumnya={},
    ),
    Finds(
        "T110",
        {"Indikator!3": "", "Anggaran!C3": "1", "Strategi!3": ""},
        "Indikator",
        "Indikator 2 / padahal ada pada triwulan lalu (Indikator!C3)",
        triwulan=2,
        sebelumnya={},
    ),
    Finds("T110", {"Anggaran!3": ""}, "Anggaran", "tidak ada lagi", ("L102",), sebelumnya={}),
    Passes("T110", {"Indikator!3": "", "Anggaran!C3": "1", "Strategi!3": ""}, sebelumnya={}),
    Finds(
        "T111",
        {"Fasilitasi!3": "", "Fasilitasi!A4": "2", "Fasilitasi!A5": "3", "Fasilitasi!A6": "4"},
        "Fasilitasi",
        "1 baris fasilitasi triwulan lalu tidak ada lagi: fasilitasi nomor 2 (“Evaluasi rancangan / "
        "pada Fasilitasi!B3",
        triwulan=2,
        sebelumnya={},
    ),
    Passes(
        "T111",
        {"Fasilitasi!B3": "Evaluasi rancangan Perdes aset", "Fasilitasi!C4": "2024-02-01"},
        triwulan=2,
        sebelumnya={},
    ),
    Finds(
        "T112",
        log_row(7, AGAIN.format("Lembar evaluasi")),
        "Fasilitasi!B7, Fasilitasi!B3",
        "Fasilitasi nomor 6 / bertanggal 13 Mei 2024 sama dengan fasilitasi nomor 2 / yang sudah dilaporkan "
        "triwulan lalu (Fasilitasi!C3) bertanggal 22 Januari 2024",
        triwulan=2,
        sebelumnya={},
    ),
    Passes("T112", log_row(7, AGAIN.format("Lembar evaluasi kedua")), triwulan=2, sebelumnya={}),
    Passes(
        "T112",
        log_row(7, AGAIN.format("Lembar evaluasi")),
        triwulan=2,
        sebelumnya=log_row(
            5,
            "Evaluasi rancangan Peraturan Desa tentang aset desa | 2024-03-20 | Lembar evaluasi | "
            "Kasi Pemerintahan | Ya",
        ),
    ),
    Finds(
        "T113",
        {"Desa!E2": "", "Desa!F2": "Laporannya ditarik"},
        "Desa!E2",
        "Desa Sidomukti: LPPDesa kosong, sedangkan triwulan lalu (Desa!E2) 12 Februari 2024",
        ("T104",),
        triwulan=2,
        sebelumnya={},
    ),
    Finds(
        "T113",
        {"Desa!E2": "2024-02-15"},
        "Desa!E2",
        "LPPDesa 15 Februari 2024, sedangkan triwulan lalu (Desa!E2) 12 Februari 2024",
        triwulan=2,
        sebelumnya={},
    ),
    Passes("T113", {"Desa!E2": "2024-02-15"}, triwulan=2, sebelumnya={"Desa!E2": '"Februari 2024"'}),
    Finds(
        "T114",
        {"Anggaran!K2": "20%"},
        "Anggaran!K2",
        "Realisasi Kinerja 20%, sedangkan triwulan lalu (Anggaran!K2) 25%",
        triwulan=2,
        sebelumnya={},
    ),
    Passes("T114", {"Anggaran!K2": "25%"}, triwulan=2, sebelumnya={}),
    Finds(
        "T115",
        {"Identitas!B10": "Drs. JOKO SUSILO"},
        "Identitas!B10",
        "Nama Camat Drs. JOKO SUSILO, triwulan lalu (Identitas!B10) Dra. SRI LESTARI, M.Si.",
        sebelumnya={},
    ),
    Finds(
        "T115",
        {},
        "Identitas!B13",
        "NIP 19700517 199503 2 003, triwulan lalu (Identitas!B13) 19700517 199503 2 004",
        triwulan=2,
        sebelumnya={"Identitas!B13": '"19700517 199503 2 004"'},
    ),
    Passes("T115", {}, triwulan=2, sebelumnya={"Identitas!B13": '"197005171995032003"'}),
    Finds(
        "T116",
        {"Dokumen!C4": "2024-04-30"},
        "Dokumen!C4",
        "LPPDesa berubah: Batas Waktu 30 April 2024, triwulan lalu (Dokumen!C4) 31 Maret 2024",
        triwulan=2,
        sebelumnya={},
    ),
    Finds(
        "T116",
        {"Dokumen!B4": "2024", "Dokumen!D4": "penetapan"},
        "Dokumen!B4, Dokumen!D4",
        "Tahun Anggaran 2024 / Jenis Tanggal penetapan, triwulan lalu (Dokumen!D4) penyampaian",
        triwulan=2,
        sebelumnya={},
    ),
    Passes("T116", {"Dokumen!C4": "2024-04-30"}, sebelumnya={}),
    Finds(
        "T117",
        {"Indikator!L2": "7"},
        "Indikator!L2",
        "Penyebut 7, sedangkan triwulan lalu (Indikator!L2) 9",
        triwulan=2,
        sebelumnya={},
    ),
    Passes(
        "T117",
        {"Indikator!L2": "7", "Indikator!O2": "Rencana direvisi pada April 2024"},
        triwulan=2,
        sebelumnya={},
    ),
    Finds(
        "T118",
        {"Dokumen!2": "", "Desa!C1": "Catatan"},
        "Dokumen",
        "RKPDesa tidak ada lagi, padahal ada pada triwulan lalu (Dokumen!A2)",
        triwulan=2,
        sebelumnya={},
    ),
    Passes(
        "T118",
        {"Dokumen!A2": "RKP  desa", "Desa!C1": "RKP desa"},
        triwulan=2,
        sebelumnya={"Dokumen!A2": "RKP Desa", "Desa!C1": "RKP Desa"},
    ),
    Finds(
        "T119",
        {"Identitas!B21": "pmk 214"},
        "Identitas!B21",
        "Rumus Efisiensi pmk 214, sedangkan triwulan lalu (Identitas!B21) selisih",
        triwulan=2,
        sebelumnya={},
    ),
    Passes(
        "T119", {"Identitas!B22": ""}, triwulan=2, sebelumnya={"Identitas!B24": "", "Identitas!B23": "Tanpa"}
    ),
    Finds(
        "T120",
        {"Fasilitasi!F3": "Tidak"},
        "Fasilitasi!F3",
        "Ditindaklanjuti Tidak, sedangkan triwulan lalu (Fasilitasi!F3) Ya",
        triwulan=2,
        sebelumnya={},
    ),
    Passes("T120", {}, triwulan=2, sebelumnya={"Fasilitasi!F3": "Tidak"}),
)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_rule(case: Case) -> None:
    case.verify()


@pytest.mark.parametrize(
    ("edits", "triwulan", "sebelumnya", "code", "severity"),
    [
        ({}, 2, {"Identitas!B7": "2"}, "T102", Severity.ERROR),
        ({}, 2, {"Identitas!B6": "2023"}, "T102", Severity.ERROR),
        ({}, 3, {"Identitas!B7": "1"}, "T102", Severity.WARNING),
        ({"Anggaran!E2": "13000000"}, 2, {}, "T107", Severity.ERROR),
        (
            {"Anggaran!E2": "13000000", "Anggaran!L2": "Perubahan Perjanjian Kinerja"},
            2,
            {},
            "T107",
            Severity.WARNING,
        ),
        ({"Anggaran!3": ""}, 2, {}, "T110", Severity.ERROR),
        ({"Anggaran!3": ""}, 1, {}, "T110", Severity.WARNING),
        ({"Desa!E2": ""}, 2, {}, "T113", Severity.ERROR),
        ({"Desa!E2": "2024-02-15"}, 2, {}, "T113", Severity.WARNING),
    ],
)
def test_a_finding_may_be_milder_than_its_rule(
    edits: dict[str, str], triwulan: int, sebelumnya: dict[str, str], code: str, severity: Severity
) -> None:
    findings = Case(code, edits, triwulan=triwulan, sebelumnya=sebelumnya).findings
    assert {finding.severity for finding in findings if finding.code == code} == {severity}


@pytest.mark.parametrize("tahun", range(2023, 2027))
@pytest.mark.parametrize("triwulan", range(1, 5))
def test_one_clean_quarter_follows_another(tahun: int, triwulan: int) -> None:
    """TW II to IV after the quarter before, and TW I after TW IV of the year before."""
    before = (tahun, triwulan - 1) if triwulan > 1 else (tahun - 1, 4)
    assert run(dataset(base(tahun, triwulan)), dataset(base(*before))).findings == ()


def test_nothing_is_compared_where_a_quarter_cannot_be_read() -> None:
    unreadable = {"Identitas!B7": "kedua"}
    now = Case("", unreadable, triwulan=2, sebelumnya={"Anggaran!H2": "9999999"})
    assert {finding.code for finding in now.findings} == {"B202"}
    assert Case("", {}, triwulan=2, sebelumnya={**unreadable, "Anggaran!H2": "9999999"}).findings == ()
