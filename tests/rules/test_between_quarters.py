"""The workbook beside that of the quarter before."""

from collections.abc import Mapping

import pytest

from lkt.findings import Severity
from lkt.pipeline import run
from tests.builders import Case, Finds, Passes, base, dataset


def typed(sheet: str, row: int, cells: str) -> dict[str, str]:
    """The cells of one row, from column A."""
    texts = (text.strip() for text in cells.split("|"))
    return {f"{sheet}!{column}{row}": text for column, text in zip("ABCDEFGHIJK", texts, strict=False)}


def log_row(row: int, cells: str) -> dict[str, str]:
    """One row of the log, numbered as it should be."""
    return typed("Fasilitasi", row, f"{row - 1} | {cells}")


def finds(
    code: str,
    edits: Mapping[str, str],
    cells: str,
    words: str,
    *also: str,
    triwulan: int = 2,
    then: Mapping[str, str] | None = None,
) -> Case:
    """What a rule finds in a quarter of 2024; ``then`` is typed in the clean workbook of the one before."""
    return Finds(code, edits, cells, words, also, triwulan=triwulan, previous=then or {})


def passes(
    code: str, edits: Mapping[str, str], *, triwulan: int = 2, then: Mapping[str, str] | None = None
) -> Case:
    """A workbook that is beside the one before as it should be."""
    return Passes(code, edits, triwulan=triwulan, previous=then or {})


AGAIN = "evaluasi rancangan peraturan desa tentang aset desa | {} | {} | Kasi Pemerintahan | Ya"
"""What stands in row 3 of the log, with another day and evidence."""

CASES: tuple[Case, ...] = (
    finds(
        "T101",
        {},
        "Identitas!B5",
        "35.99.01, sedangkan buku kerja pembandingnya (Identitas!B5) 35.99.02",
        then={"Identitas!B5": "35.99.02", "Anggaran!H2": "9999999"},
    ),
    finds(
        "T101",
        {},
        "Identitas!B4",
        "Sukamulya, sedangkan buku kerja pembandingnya (Identitas!B4) Kalisari",
        then={"Identitas!B5": "", "Identitas!B4": "Kalisari"},
    ),
    passes("T101", {}, then={"Identitas!B5": "35 99 01", "Identitas!B4": "Kec. Sukamulya"}),
    finds(
        "T102",
        {},
        "Identitas!B7, Identitas!B6",
        "triwulan II tahun 2024, sedangkan buku kerja pembandingnya triwulan II tahun 2024, bukan triwulan I",
        then={"Identitas!B7": "2", "Anggaran!H2": "9999999"},
    ),
    finds(
        "T102",
        {},
        "Identitas!B7, Identitas!B6",
        "pembandingnya triwulan I tahun 2024, bukan triwulan II tahun 2024",
        triwulan=3,
        then={"Identitas!B7": "1"},
    ),
    passes("T102", {}, then={"Identitas!B7": ""}),
    finds(
        "T103",
        {"Anggaran!H2": "4000000"},
        "Anggaran!H2",
        "Realisasi Rp4.000.000, turun Rp1.000.000 dari triwulan lalu (Anggaran!H2) Rp5.000.000",
    ),
    finds(
        "T103",
        {"Anggaran!H2": "4000000"},
        "Anggaran!H2",
        "dari triwulan I tahun 2024 (Anggaran!H2) Rp7.500.000",
        "T102",
        triwulan=3,
        then={"Identitas!B7": "1"},
    ),
    passes("T103", {"Anggaran!H2": "5000000"}),
    passes("T103", {"Anggaran!H2": "0", "Anggaran!K2": "0%"}, triwulan=1),
    passes(
        "T103",
        # the two programmes change places
        {
            **typed(
                "Anggaran",
                2,
                "7.01.06 | Program Pembinaan dan Pengawasan Pemerintahan Desa | 2 | "
                "Persentase desa yang dibina dan diawasi | 11000000 | DAU | 11000000 | 4000000 | | |",
            ),
            **typed(
                "Anggaran",
                3,
                "7.01.02 | Program Penyelenggaraan Pemerintahan dan Pelayanan Publik | 1 | "
                "Persentase pelayanan publik yang terselenggara | 13600000 | DAU | 13600000 | 7500000",
            ),
        },
    ),
    finds(
        "T104",
        {"Fasilitasi!F5": "Tidak", "Fasilitasi!F6": "Tidak"},
        "Indikator!C2",
        "Indikator 1 / pembilang 3, turun dari triwulan lalu (Indikator!C2) 4",
        "T120",
        then=log_row(5, "Asistensi penatausahaan keuangan desa | 2024-02-20 | Notula | Kasi | Ya"),
    ),
    finds(
        "T104",
        {"Indikator!H2": "rasio", "Indikator!J2": "4"},
        "Indikator!J2",
        "pembilang 4, turun dari triwulan lalu (Indikator!J2) 5",
        then={"Indikator!H2": "rasio", "Indikator!J2": "5"},
    ),
    finds(
        "T104",
        {"Desa!E2": "", "Desa!F2": "Laporannya ditarik"},
        "Indikator!C3",
        "Indikator 2 / pembilang 2, turun dari triwulan lalu (Indikator!C3) 3",
        "T113",
    ),
    passes(
        "T104",
        {"Indikator!H2": "rasio", "Indikator!J2": "4", "Indikator!E2": "turun"},
        then={"Indikator!H2": "rasio", "Indikator!J2": "5", "Indikator!E2": "turun"},
    ),
    finds(
        "T105",
        {"Indikator!F2": "70%", "Indikator!E2": "turun"},
        "Indikator!F2, Indikator!E2",
        "berubah: Target 70%, triwulan lalu (Indikator!F2) 80%; Arah turun, triwulan lalu (Indikator!E2)",
    ),
    finds(
        "T105",
        {"Indikator!D2": "kali"},
        "Indikator!D2",
        "Satuan kali, triwulan lalu (Indikator!D2) %",
        "B205",
    ),
    finds(
        "T105",
        {"Indikator!H2": "rasio", "Indikator!J2": "9"},
        "Indikator!H2",
        "Jenis rasio, triwulan lalu (Indikator!H2) fasilitasi",
    ),
    finds("T105", {"Indikator!F2": "70%", "Indikator!O2": "Data sementara"}, "Indikator!F2", "Target 70%"),
    passes(
        "T105",
        {
            "Indikator!F2": "70%",
            "Indikator!O2": "Perubahan Perjanjian Kinerja Juni 2024",
            "Indikator!G3": "50%",
        },
        then={"Indikator!D2": "persen"},
    ),
    passes("T105", {"Indikator!F2": "70%"}, triwulan=1),
    finds(
        "T106",
        {"Anggaran!G2": "13000000", "Anggaran!L2": "Pergeseran pertama"},
        "Anggaran!G2",
        "Pagu Rp13.000.000, sedangkan triwulan lalu (Anggaran!G2) Rp13.500.000, selisih Rp500.000",
        then={"Anggaran!G2": "13500000", "Anggaran!L2": "Pergeseran pertama"},
    ),
    passes(
        "T106",
        {"Anggaran!G2": "13000000", "Anggaran!L2": "Pergeseran kedua"},
        then={"Anggaran!G2": "13500000", "Anggaran!L2": "Pergeseran pertama"},
    ),
    finds(
        "T107",
        {"Anggaran!E2": "13000000", "Anggaran!L2": "DAU"},
        "Anggaran!E2",
        "Anggaran PK Rp13.000.000, sedangkan triwulan lalu (Anggaran!E2) Rp13.600.000",
        "A101",
    ),
    finds("T107", {"Anggaran!E2": ""}, "Anggaran!E2", "Anggaran PK kosong, sedangkan"),
    finds(
        "T107",
        {"Anggaran!E2": "13000000", "Anggaran!L2": "Perubahan Perjanjian Kinerja Juni 2024"},
        "Anggaran!E2",
        "selisih Rp600.000",
    ),
    passes("T107", {"Anggaran!E2": "13600000"}, then={"Anggaran!E2": ""}),
    finds(
        "T108",
        {"Desa!4": "", "Indikator!L3": "6"},
        "Desa",
        "Desa Tegalsari tidak tercantum, padahal tercantum pada triwulan lalu (Desa!B4).",
        "T104",
    ),
    finds(
        "T108",
        {"Desa!A4": "35.99.01.2009", "Desa!B4": "Tegalasri"},
        "Desa!B4",
        "Desa Tegalsari tidak tercantum / Maksud Anda Desa Tegalasri (Desa!B4)?",
        triwulan=1,
    ),
    finds(
        "T108",
        {},
        "Desa!B4",
        "Desa Tegalsari baru tercantum; pada triwulan lalu tidak ada",
        then={"Desa!4": ""},
    ),
    passes("T108", {}, then={"Desa!B2": "DESA Sidomukti"}),
    finds(
        "T109",
        {"Desa!B4": "Tegalasri"},
        "Desa!B4",
        "Desa Tegalasri, triwulan lalu (Desa!B4) Tegalsari",
        triwulan=1,
    ),
    finds(
        "T109",
        {"Desa!A4": "35.99.01.2009"},
        "Desa!A4",
        "Desa Tegalsari berubah: Kode 35.99.01.2009, triwulan lalu (Desa!A4) 35.99.01.2003",
    ),
    finds(
        "T109",
        {"Anggaran!B2": "Program Penyelenggaraan Pemerintahan dan Pelayanan Publik Kecamatan"},
        "Anggaran!B2",
        "triwulan lalu (Anggaran!B2) Program Penyelenggaraan Pemerintahan dan Pelayanan Publik.",
        triwulan=1,
    ),
    finds(
        "T109",
        {},
        "Anggaran!A2",
        "Kode 7.01.02, triwulan lalu (Anggaran!A2) 7.01.2",
        then={"Anggaran!A2": "7.01.2"},
    ),
    finds(
        "T109",
        {"Indikator!B2": "Meningkatnya pelayanan umum", "Indikator!C2": "Persentase fasilitasi"},
        "Indikator!B2, Indikator!C2",
        "Sasaran Meningkatnya pelayanan umum, triwulan lalu (Indikator!B2) Meningkatnya pelayanan publik di",
    ),
    finds(
        "T109",
        {"Indikator!A3": "3", "Anggaran!C3": "3", "Strategi!A3": "3"},
        "Indikator!A3",
        "No 3, triwulan lalu (Indikator!A3) 2",
    ),
    passes("T109", {"Indikator!C2": "Persentase fasilitasi"}, triwulan=1),
    passes(
        "T109",
        {"Desa!B4": "tegalSari", "Anggaran!B2": "penyelenggaraan pemerintahan dan pelayanan publik"},
        then={"Desa!A4": ""},
    ),
    finds(
        "T110",
        {"Anggaran!3": "", "Anggaran!C2": "2"},
        "Anggaran",
        "Desa (7.01.06) tidak ada lagi, padahal ada pada triwulan lalu (Anggaran!B3)",
        "L102",
    ),
    finds(
        "T110",
        {"Indikator!3": "", "Anggaran!C3": "1", "Strategi!3": ""},
        "Indikator",
        "Indikator 2 / padahal ada pada triwulan lalu (Indikator!C3)",
    ),
    finds("T110", {"Anggaran!3": ""}, "Anggaran", "tidak ada lagi", "L102", triwulan=1),
    passes("T110", {"Indikator!3": "", "Anggaran!C3": "1", "Strategi!3": ""}, triwulan=1),
    finds(
        "T111",
        {"Fasilitasi!3": "", "Fasilitasi!A4": "2", "Fasilitasi!A5": "3", "Fasilitasi!A6": "4"},
        "Fasilitasi",
        "1 baris fasilitasi triwulan lalu tidak ada lagi / nomor 2 (“Evaluasi / pada Fasilitasi!B3",
    ),
    passes("T111", {"Fasilitasi!B3": "Evaluasi rancangan Perdes aset", "Fasilitasi!C4": "2024-02-01"}),
    finds(
        "T112",
        log_row(7, AGAIN.format("2024-05-13", "Lembar evaluasi")),
        "Fasilitasi!B7, Fasilitasi!B3",
        "nomor 6 / bertanggal 13 Mei 2024 sama dengan fasilitasi nomor 2 / sudah dilaporkan triwulan lalu "
        "(Fasilitasi!C3) bertanggal 22 Januari 2024",
    ),
    passes("T112", log_row(7, AGAIN.format("2024-05-13", "Lembar evaluasi kedua"))),
    passes(
        "T112",
        log_row(7, AGAIN.format("2024-05-13", "Lembar evaluasi")),
        then=log_row(5, AGAIN.format("2024-03-20", "Lembar evaluasi")),
    ),
    finds(
        "T113",
        {"Desa!E2": "", "Desa!F2": "Laporannya ditarik"},
        "Desa!E2",
        "Desa Sidomukti: LPPDesa kosong, sedangkan triwulan lalu (Desa!E2) 12 Februari 2024",
        "T104",
    ),
    finds(
        "T113",
        {"Desa!E2": "2024-02-15"},
        "Desa!E2",
        "LPPDesa 15 Februari 2024, sedangkan triwulan lalu (Desa!E2) 12 Februari 2024",
    ),
    passes("T113", {"Desa!E2": "2024-02-15"}, then={"Desa!E2": '"Februari 2024"'}),
    finds(
        "T114",
        {"Anggaran!K2": "20%"},
        "Anggaran!K2",
        "Realisasi Kinerja 20%, sedangkan triwulan lalu (Anggaran!K2) 25%",
    ),
    passes("T114", {"Anggaran!K2": "25%"}),
    finds(
        "T115",
        {"Identitas!B10": "Drs. JOKO SUSILO"},
        "Identitas!B10",
        "Nama Camat Drs. JOKO SUSILO, triwulan lalu (Identitas!B10) Dra. SRI LESTARI, M.Si.",
        triwulan=1,
    ),
    finds(
        "T115",
        {},
        "Identitas!B13",
        "NIP 19700517 199503 2 003, triwulan lalu (Identitas!B13) 19700517 199503 2 004",
        then={"Identitas!B13": '"19700517 199503 2 004"'},
    ),
    passes("T115", {}, then={"Identitas!B13": '"197005171995032003"'}),
    finds(
        "T116",
        {"Dokumen!C4": "2024-04-30"},
        "Dokumen!C4",
        "LPPDesa berubah: Batas Waktu 30 April 2024, triwulan lalu (Dokumen!C4) 31 Maret 2024",
    ),
    finds(
        "T116",
        {"Dokumen!B4": "2024", "Dokumen!D4": "penetapan"},
        "Dokumen!B4, Dokumen!D4",
        "Tahun Anggaran 2024 / Jenis Tanggal penetapan, triwulan lalu (Dokumen!D4) penyampaian",
    ),
    passes("T116", {"Dokumen!C4": "2024-04-30"}, triwulan=1),
    finds(
        "T117", {"Indikator!L2": "7"}, "Indikator!L2", "Penyebut 7, sedangkan triwulan lalu (Indikator!L2) 9"
    ),
    passes("T117", {"Indikator!L2": "7", "Indikator!O2": "Rencana direvisi pada April 2024"}),
    finds(
        "T118",
        {"Dokumen!2": "", "Desa!C1": "Catatan"},
        "Dokumen",
        "RKPDesa tidak ada lagi, padahal ada pada triwulan lalu (Dokumen!A2)",
    ),
    passes(
        "T118",
        {"Dokumen!A2": "RKP  desa", "Desa!C1": "RKP desa"},
        then={"Dokumen!A2": "RKP Desa", "Desa!C1": "RKP Desa"},
    ),
    finds(
        "T119",
        {"Identitas!B21": "pmk 214"},
        "Identitas!B21",
        "Rumus Efisiensi pmk 214, sedangkan triwulan lalu (Identitas!B21) selisih",
    ),
    passes("T119", {"Identitas!B22": ""}, then={"Identitas!B24": "", "Identitas!B23": "Tanpa"}),
    finds(
        "T120",
        {"Fasilitasi!F3": "Tidak"},
        "Fasilitasi!F3",
        "Ditindaklanjuti Tidak, sedangkan triwulan lalu (Fasilitasi!F3) Ya",
    ),
    passes("T120", {}, then={"Fasilitasi!F3": "Tidak"}),
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
    findings = Case(code, edits, triwulan=triwulan, previous=sebelumnya).findings
    assert {finding.severity for finding in findings if finding.code == code} == {severity}


@pytest.mark.parametrize("tahun", range(2023, 2027))
@pytest.mark.parametrize("triwulan", range(1, 5))
def test_one_clean_quarter_follows_another(tahun: int, triwulan: int) -> None:
    """TW II to IV after the quarter before, and TW I after TW IV of the year before."""
    before = (tahun, triwulan - 1) if triwulan > 1 else (tahun - 1, 4)
    assert run(dataset(base(tahun, triwulan)), dataset(base(*before))).findings == ()


def test_nothing_is_compared_where_a_quarter_cannot_be_read() -> None:
    unreadable = {"Identitas!B7": "kedua"}
    now = Case("", unreadable, triwulan=2, previous={"Anggaran!H2": "9999999"})
    assert {finding.code for finding in now.findings} == {"B202"}
    assert Case("", {}, triwulan=2, previous={**unreadable, "Anggaran!H2": "9999999"}).findings == ()
