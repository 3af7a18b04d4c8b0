"""The report by the default template: its text, its wording in every case, its validity."""

import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from io import BytesIO
from types import ModuleType
from typing import Any

import pytest
from docx.oxml.ns import qn

from examples.tables import join_tables, split_tables
from lkt.pipeline import run
from lkt.report.build import build_report, report_name
from lkt.report.catalogue import FIELDS
from lkt.report.templates import inspect_template, shipped_template
from lkt.wordtemplate.fields import paths
from lkt.workbook.reader import read_workbook
from templates import build_laporan, build_pembanding
from tests import looks
from tests.builders import EXAMPLES, base, dataset, edited
from tests.report.report_text import dump, report_of, result_of, sentences
from tests.wordtemplate.docx_builder import read, rezipped

RASIO = {"Indikator!H2": "rasio", "Indikator!J2": "9", "Indikator!L2": "9", "Indikator!F2": "80%"}
RASIO_2 = {"Indikator!H3": "rasio", "Indikator!J3": "9", "Indikator!L3": "9", "Indikator!F3": "80%"}
MISSED_2 = {**RASIO_2, "Indikator!J3": "1"}


@pytest.mark.parametrize("script", [build_laporan, build_pembanding])
def test_a_template_is_what_its_script_builds(script: ModuleType) -> None:
    data = script.TARGET.read_bytes()
    assert script.build().to_bytes() == data, f"run: python -m {script.__name__}"
    assert inspect_template(data, script.TARGET.name).mistakes == ()


def test_every_field_has_a_meaning() -> None:
    assert all(meaning.endswith(".") for meaning in paths(FIELDS).values())


@pytest.mark.parametrize("example", ["senduro-2024-tw1", "senduro-2024-tw1-asli", "ciputat-2023-tw1"])
def test_the_report_of_an_example(golden: Callable[[str, str], None], example: str) -> None:
    result = run(read_workbook(EXAMPLES / f"{example}.xlsx"))
    without_appendix = replace(result, findings=())  # whose words are those of the rules
    golden(f"{example}.txt", dump(report_of(without_appendix, draft="asli" in example)))
    office, tahun = ("CIPUTAT", 2023) if "ciputat" in example else ("SENDURO", 2024)
    assert report_name(result) == f"LAPORAN KINERJA TRIWULAN I CAMAT {office} TAHUN {tahun}.docx"


ONE = {"Indikator!3": "", "Anggaran!C3": "1", "Strategi!3": ""}


@pytest.mark.parametrize(
    ("edits", "words"),
    [
        ({**ONE, **RASIO}, "Indikator kinerja yang diperjanjikan tercapai."),
        (ONE, "Indikator kinerja yang diperjanjikan sesuai jalur."),
        ({**ONE, "Indikator!F2": ""}, "Indikator kinerja yang diperjanjikan belum dapat dihitung"),
        ({**RASIO, **RASIO_2}, "Seluruh indikator kinerja yang diperjanjikan, sebanyak 2 (dua) indikator"),
        ({}, "Seluruh indikator kinerja yang diperjanjikan, sebanyak 2 (dua) indikator, sesuai jalur."),
        (
            {**RASIO, **MISSED_2},
            "1 (satu) indikator tercapai (nomor 1) dan 1 (satu) indikator tertinggal (nomor 2).",
        ),
        (
            {**RASIO, "Indikator!F3": ""},
            "1 (satu) indikator tercapai (nomor 1) dan 1 (satu) indikator belum dapat dihitung (nomor 2).",
        ),
        (
            {"Indikator!F3": ""},
            "1 (satu) indikator sesuai jalur (nomor 1) dan 1 (satu) indikator belum dapat dihitung",
        ),
        ({"Fasilitasi!F2": "Tidak", "Fasilitasi!F3": "Tidak", "Fasilitasi!F4": "Tidak"}, "(nihil)"),
        ({"Fasilitasi!F2": "", "Fasilitasi!F3": "", "Fasilitasi!F4": ""},
         "banyaknya yang ditindaklanjuti belum dapat dihitung."),
        ({"Desa!E2": ""}, "yang belum sampai dengan 31 Maret 2024 adalah Desa Sidomukti."),
        ({"Desa!E2": "2024-04-02"}, "yang terlambat adalah Desa Sidomukti."),
        ({"Anggaran!E2": "tiga"}, "Program yang mendukungnya disajikan pada"),
        ({"Anggaran!H2": "tiga"}, "Realisasi anggaran Kecamatan Sukamulya belum dapat dihitung seluruhnya."),
        ({}, "Serapan tertinggi ada pada Program Penyelenggaraan"),
        ({"Dokumen!C4": "2024-02-12"}, "yang terlambat adalah Desa"),
        ({"Anggaran!H3": "0"}, "Program yang belum ada realisasinya (nihil) adalah Program Pembinaan"),
        ({"Tindak Lanjut!2": ""}, "Nihil."),
        ({"Strategi!2": "", "Strategi!3": ""}, "belum ditetapkan (nihil)"),
        ({"Identitas!B24": "triwulan", "Indikator!G2": "30%", "Indikator!G3": "33%"},
         "terhadap target sampai dengan akhir Triwulan I Tahun 2024"),
    ],
)  # fmt: skip
def test_wording_follows_the_figures(edits: Mapping[str, str], words: str) -> None:
    assert words in sentences(report_of(result_of(edits)))


def test_one_programme_is_not_the_highest_and_the_lowest() -> None:
    """Nor one of several that alone has a serapan."""
    for edits in (ONE | {"Anggaran!3": ""}, {"Anggaran!G3": "0", "Anggaran!H3": "0"}):
        assert "tertinggi" not in sentences(report_of(result_of(edits)))


CASES: Mapping[str, Mapping[str, str]] = {
    "none reached": {},
    "all reached": {**RASIO, **RASIO_2},
    "mixed": {**RASIO, **MISSED_2},
    "one": ONE,
    "no value": {"Indikator!F2": "", "Indikator!F3": ""},
    "nothing but identity": {
        "Fasilitasi!2": "", "Fasilitasi!3": "", "Fasilitasi!4": "", "Tindak Lanjut!2": "", "Narasi!2": "",
        "Strategi!2": "", "Strategi!3": "", "Kegiatan!2": "", "Tugas Fungsi!2": "", "Identitas!B12": "",
        "Identitas!B16": "", "Identitas!B18": "",
    },
}  # fmt: skip

# two marks in a row, a space before one, a space too many, a word of Python, a bracket with nothing in it
BAD = re.compile(r"[.,;:]{2}|(?<=\w) [.,;:]|  |\bNone\b|\bnan\b|\(\)|\{|\}|“”")


@pytest.mark.parametrize("triwulan", [1, 2, 3, 4])
@pytest.mark.parametrize("case", CASES)
def test_every_sentence_is_well_formed(case: str, triwulan: int) -> None:
    text = sentences(report_of(result_of(CASES[case], triwulan)))
    assert not BAD.search(text), BAD.search(text)
    assert f"Triwulan {('I', 'II', 'III', 'IV')[triwulan - 1]} Tahun 2024" in text


def test_a_list_of_one_item_has_no_number() -> None:
    text = dump(report_of(result_of({})))  # of an office with one task and one step
    assert "[List Number]" not in text
    assert "[Daftar Tindak Lanjut]" not in text


def test_the_next_quarter_of_the_fourth_is_in_the_next_year() -> None:
    assert "pada Triwulan I Tahun 2025 akan" in sentences(report_of(result_of({}, 4)))


@pytest.mark.parametrize(("paper", "size"), [("F4", (12189, 18709)), ("A4", (11906, 16838))])
def test_every_section_is_on_the_paper_that_was_asked_for(paper: str, size: tuple[int, int]) -> None:
    report = report_of(result_of({"Identitas!B25": paper}))
    xml = zipfile.ZipFile(BytesIO(report)).read("word/document.xml").decode()
    sizes = {frozenset(map(int, pair)) for pair in re.findall(r'<w:pgSz w:w="(\d+)" w:h="(\d+)"', xml)}
    assert sizes == {frozenset(size)}


def test_the_totals_of_the_report(tmp_path: Any) -> None:
    report = read(looks.report_of(looks.CASES["06-draf-tw2"], tmp_path))
    costs = [table for table in report.tables if table.rows[-1].cells[0].text.startswith("Jumlah Seluruh")]
    assert costs
    for table in costs:
        *_, last, _ = table.rows
        assert last._tr.findall(f".//{qn('w:keepNext')}")


def test_a_programme_is_named_under_each_sasaran_that_it_supports() -> None:
    text = dump(report_of(result_of({"Anggaran!C2": "1; 2"})))
    assert text.count("Juga didukung Program Penyelenggaraan Pemerintahan dan Pelayanan Publik") == 1
    assert "Juga didukung" not in dump(report_of(result_of({})))


@pytest.mark.parametrize(("rows", "annexed"), [(25, False), (26, True)])
def test_a_long_log_goes_to_an_annex(rows: int, annexed: bool) -> None:
    tables = split_tables(base())
    tables["Fasilitasi"][1:] = [
        [str(n), f"Rapat {n}", f"2024-0{1 + n % 3}-05", f"Notula {n}", f"Kasi {n % 2}", "Ya"]
        for n in range(1, rows + 1)
    ]
    text = dump(report_of(run(dataset(join_tables(tables)))))
    assert ("LAMPIRAN CATATAN FASILITASI" in text.replace("\\n", " ")) == annexed
    assert ("  | Pelaksana | Jan | Feb | Mar | Jumlah" in text) == annexed
    assert ("  | Jumlah | 8 | 9 | 9 | 26" in text) == annexed
    assert text.count("| Rapat 25 |") == 1


def test_an_office_asks_for_preface_and_approval_in_the_template() -> None:
    def change(parts: dict[str, bytes]) -> None:
        xml = parts["word/document.xml"].decode()
        parts["word/document.xml"] = re.sub("(tampilkan_\\w+) = false", r"\1 = true", xml).encode()

    text = dump(build_report(result_of({}), rezipped(shipped_template(), change), "kantor.docx"))
    for title in ("KATA PENGANTAR", "LEMBAR PENGESAHAN"):
        assert f"[toc 1] '{title}" in text
        assert f"[Judul Depan] '{title}'" in text


def test_optional_columns_are_printed_where_they_are_filled() -> None:
    filled = {
        "Indikator!Q1": "Sumber Data", "Indikator!Q2": "Buku register.", "Indikator!R1": "Penanggung Jawab",
        "Indikator!R2": "Kasi Pemerintahan", "Tindak Lanjut!C1": "Penanggung Jawab",
        "Tindak Lanjut!C2": "Kasi Pelayanan Umum", "Tindak Lanjut!D1": "Batas Waktu",
        "Tindak Lanjut!D2": "Mei 2024",
        "Narasi!A3": "Solusi", "Narasi!B3": "Rapat dijadwalkan ulang.",
    }  # fmt: skip
    text = sentences(report_of(result_of(filled)))
    assert "Sumber data: Buku register. Penanggung jawab: Kasi Pemerintahan." in text
    assert "(penanggung jawab: Kasi Pelayanan Umum; batas waktu: Mei 2024)" in text
    assert "Cara mengatasinya:\nRapat dijadwalkan ulang." in text
    plain = sentences(report_of(result_of({})))
    assert not any(word in plain for word in ("Sumber data", "anggung jawab:", "Cara mengatasinya"))


@pytest.mark.parametrize(
    ("edits", "said"),
    [
        ({}, "Rata-rata capaian indikator adalah 37,50%."),
        ({"Indikator!M3": "", "Indikator!H3": "nilai", "Indikator!L3": "", "Indikator!J3": ""},
         "Rata-rata capaian indikator yang dapat dihitung adalah 41,67%."),
        ({"Skala!A2": "Rendah", "Skala!B2": "0", "Skala!C2": "capaian"},
         "Rata-rata capaian indikator adalah 37,50% dengan predikat Rendah."),
    ],
)  # fmt: skip
def test_the_mean_capaian_of_the_office(edits: Mapping[str, str], said: str) -> None:
    assert said in sentences(report_of(result_of(edits)))


def test_other_years_are_told_where_they_are_known() -> None:
    """Last year's realisasi as typed, else of the workbook of the same quarter of that year."""
    columns = {"Q1": "Realisasi Tahun Lalu", "Q2": "40%", "R1": "Target Akhir Renstra", "R2": "90%"}
    filled = {f"Indikator!{cell}": value for cell, value in columns.items()}
    text = dump(report_of(result_of(filled)))
    assert "| 1 | Persentase fasilitasi yang ditindaklanjuti | 40,00% | 33,33% | -6,67 poin" in text
    assert "| 1 | Persentase fasilitasi yang ditindaklanjuti | 90% | 33,33% | 37,04%" in text
    year_before = dataset(base(tahun=2023))
    text = dump(report_of(run(dataset(base()), dataset(base(2023, 4)), year_before)))
    assert "Realisasi Triwulan I Tahun 2023 | Realisasi Triwulan I Tahun 2024 | Perubahan" in text
    assert "| 2 | Persentase dokumen desa yang tepat waktu | 33,33% | 33,33% | 0,00 poin" in text
    assert "Renstra" not in text
    other = {"Indikator!C3": "Indeks lain", "Indikator!D2": "nilai"}  # its number alone says nothing
    assert "tahun lalu" not in sentences(report_of(run(dataset(base()), dataset(edited(base(2023), other)))))
    assert "tahun lalu" not in sentences(report_of(result_of({})))


# What lags, what was planned, and what follows -------------------------------------------------------------

WHY = {"Anggaran!M1": "Penjelasan", "Anggaran!M3": "Pembinaan desa dimulai pada bulan Maret."}
PLAN = {
    "Tindak Lanjut!C1": "Asal Rencana", "Tindak Lanjut!D1": "Status", "Tindak Lanjut!B3": "Mendata aset desa",
    "Tindak Lanjut!C3": "Triwulan IV Tahun 2023", "Tindak Lanjut!D3": "proses",
}  # fmt: skip


@pytest.mark.parametrize(
    ("edits", "said"),
    [
        (WHY, "Program Pembinaan dan Pengawasan Pemerintahan Desa (perlu perhatian): Pembinaan desa dimulai"),
        (WHY, "(perlu perhatian, serapan 18,18%): Pembinaan desa dimulai pada bulan Maret."),
        ({}, "Program Pembinaan dan Pengawasan Pemerintahan Desa (perlu perhatian, serapan 18,18%)."),
        ({"Indikator!L2": "30"}, "(tertinggal, 50,00% terhadap 25% target setahun): Fasilitasi berjalan"),
        (ONE | {"Anggaran!3": ""}, "sesuai jalur. Capaiannya 41,67%."),
        ({}, "Rata-rata capaiannya 37,50%."),
        ({}, "yaitu 113,82% dari bagian yang sebanding dengan triwulan ini (25% pagu): sesuai jalur."),
        ({}, "Dokumen desa yang sudah jatuh tempo dan tepat waktu: LPPDesa Tahun Anggaran 2023 pada 3"),
        ({}, "Untuk Triwulan II Tahun 2024 direncanakan 1 (satu) langkah tindak lanjut."),
        ({"Anggaran!H2": "0", "Anggaran!H3": "0"}, "yaitu 0,00% dari bagian yang sebanding"),
        (PLAN, "Dari 1 (satu) rencana tindak lanjut yang dilaporkan sebelumnya, 1 (satu) dalam proses."),
        (PLAN, "Keadaan rencana tindak lanjut yang dilaporkan sebelumnya disajikan pada Tabel 3."),
        ({"Anggaran!G2": "13000000", "Anggaran!L2": "Pergeseran Rp600.000"},
         "Pagu nomor 1 berbeda dari Anggaran PK: Pergeseran Rp600.000."),
        ({}, "yaitu 3 desa × 3 jenis = 9 dokumen; sampai dengan 31 Maret 2024 yang sudah jatuh tempo 3"),
        ({"Indikator!D2": "indeks", "Indikator!H2": "nilai", "Indikator!F2": "91", "Indikator!M2": "88.5"},
         "88,5 indeks dari target 91 indeks"),
    ],
)  # fmt: skip
def test_conclusions_follow_the_figures(edits: Mapping[str, str], said: str) -> None:
    assert said in sentences(report_of(result_of(edits)))


@pytest.mark.parametrize("triwulan", [1, 4])
def test_nothing_is_said_of_what_is_not_there(triwulan: int) -> None:
    """Nothing lags, nothing was planned before, no figure is behind its share in the last quarter."""
    reached = {
        **RASIO,
        **RASIO_2,
        "Anggaran!H2": "13600000",
        "Anggaran!H3": "11000000",
        "Strategi!2": "",
        "Strategi!3": "",
    }
    text = sentences(report_of(result_of(reached, triwulan)))
    for words in (
        "Yang perlu perhatian",
        "rencana tindak lanjut yang",
        "Strategi yang ditempuh",
        "berbeda dari",
    ):
        assert words not in text
    assert ("bagian yang sebanding" in text) is (triwulan < 4)


@pytest.mark.parametrize(
    ("edits", "heading", "there"),
    [
        ({}, "Sumber Dana", True), ({"Anggaran!F2": "", "Anggaran!F3": ""}, "Sumber Dana", False),
        ({"Strategi!C2": "", "Strategi!C3": ""}, "| Waktu", False), ({}, "| Waktu", True),
        ({}, "Tanggal Penyampaian | Status | Keterangan", False),
        ({"Desa!F2": "Tertib."}, "Tanggal Penyampaian | Status | Keterangan", True),
    ],
)  # fmt: skip
def test_a_column_that_would_be_empty_is_left_out(
    edits: Mapping[str, str], heading: str, *, there: bool
) -> None:
    assert (heading in dump(report_of(result_of(edits)))) is there


def test_last_quarter_stands_beside_this_one() -> None:
    now, before = (read_workbook(EXAMPLES / f"sukamaju-2025-tw{number}.xlsx") for number in (2, 1))
    text = dump(report_of(run(now, before)))
    assert "| 86,75 nilai | 99,07% | 98,58% ↵ (99,71%)" in text
    assert "| Rp36.750.000 | 12,50% | ▼ 12,50%" in text
    assert "TW I" not in dump(report_of(run(now)))


def test_a_plan_that_is_not_followed_is_told_as_that() -> None:
    """Where the workbook has a column for it."""
    before = dataset(base())
    for edits, told in (({"Tindak Lanjut!C1": "Status"}, True), ({}, False)):
        text = dump(report_of(run(dataset(edited(base(triwulan=2), edits)), before)))
        assert ("| Triwulan I Tahun 2024 | Belum dilaporkan" in text) is told
