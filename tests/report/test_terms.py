"""What an area, its head, its kecamatan and its desa are called, in both templates and in what is said."""

import re
from collections.abc import Mapping

import pytest

from lkt.model import COMMON_TERMS, Terms, usual_terms
from lkt.pipeline import run
from lkt.report.build import build_report, report_name
from lkt.workbook.reader import read_workbook
from templates.build_laporan import TARGET as LAPORAN
from templates.build_pembanding import TARGET as PEMBANDING
from tests.builders import EXAMPLES
from tests.report.report_text import dump, result_of

SEBUTAN = ("Jenis Daerah", "Sebutan Kecamatan", "Sebutan Camat", "Sebutan Desa")
DOUBLED = re.compile(
    r"\b(?:kabupaten kota|kabupaten kabupaten|kota kota|kecamatan (?:distrik|kapanewon|kemantren|kecamatan)"
    r"|distrik distrik|bupati kota|wali kota kota|desa (?:kampung|nagari|kalurahan))\b",
    re.IGNORECASE,
)


def called(*terms: str, **names: str) -> dict[str, str]:
    """Changes of the clean workbook: Jenis Daerah and the three Sebutan, and what stands in named cells."""
    rows = enumerate(zip(SEBUTAN, terms, strict=False), 27)
    settings = {
        f"Identitas!{column}{row}": text
        for row, pair in rows
        for column, text in zip("AB", pair, strict=True)
    }
    return {**settings, **{f"Identitas!{cell}": text for cell, text in names.items()}}


OFFICES: Mapping[str, tuple[dict[str, str], tuple[str, ...], tuple[str, ...]]] = {
    "as today": (
        {},
        ("PEMERINTAH KABUPATEN MEKARJAYA", "KECAMATAN SUKAMULYA", "kepada Bupati Mekarjaya",
         "Tugas dan Fungsi Camat", "(tiga) desa, dengan ketentuan", "SAKIP Kecamatan Sukamulya"),
        (),
    ),
    "kota": (
        called("Kota", B14="Wali Kota Mekarjaya"),
        ("PEMERINTAH KOTA MEKARJAYA", "KECAMATAN SUKAMULYA", "kepada Wali Kota Mekarjaya",
         ", Kota Mekarjaya, yang"),
        ("kepada Bupati", "KABUPATEN"),
    ),
    "kota by its name": (
        {"Identitas!B3": "Kota Mekarjaya", "Identitas!B14": "Wali Kota Mekarjaya"},
        ("PEMERINTAH KOTA MEKARJAYA", "kepada Wali Kota Mekarjaya"),
        ("KABUPATEN",),
    ),
    "distrik": (
        called("Kabupaten", "Distrik", "Kepala Distrik", "Kampung", B11="Kepala Distrik Sukamulya"),
        ("DISTRIK SUKAMULYA", "Tugas dan Fungsi Kepala Distrik", "(tiga) kampung, dengan ketentuan",
         "mewajibkan Kepala Distrik menyampaikan", "Kepala Distrik merupakan jabatan di Distrik Sukamulya",
         "No | Kampung | Tanggal"),
        ("KECAMATAN", "Fungsi Camat"),
    ),
    "distrik by its name": (
        {"Identitas!B4": "Distrik Sukamulya", "Identitas!B11": "Kepala Distrik Sukamulya"},
        ("DISTRIK SUKAMULYA", "Tugas dan Fungsi Kepala Distrik", "(tiga) kampung, dengan ketentuan"),
        ("KECAMATAN",),
    ),
    "kapanewon": (
        called("Kabupaten", "Kapanewon", "", "", B11="Panewu Sukamulya"),
        ("KAPANEWON SUKAMULYA", "Tugas dan Fungsi Panewu", "(tiga) kalurahan, dengan ketentuan"),
        ("KECAMATAN",),
    ),
    "kemantren": (
        called("Kota", "Kemantren", "Mantri Pamong Praja", "Kelurahan", B11="Mantri Pamong Praja Sukamulya"),
        ("PEMERINTAH KOTA MEKARJAYA", "KEMANTREN SUKAMULYA", "Tugas dan Fungsi Mantri Pamong Praja"),
        ("KECAMATAN", "KABUPATEN"),
    ),
    "nagari": (
        called("Kabupaten", "Kecamatan", "Camat", "Nagari"),
        ("KECAMATAN SUKAMULYA", "(tiga) nagari, dengan ketentuan"),
        ("(tiga) desa",),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", OFFICES)
def test_an_office_by_its_own_words(name: str) -> None:
    edits, said, unsaid = OFFICES[name]
    result = result_of(edits)
    first = dump(build_report(result, LAPORAN.read_bytes(), LAPORAN.name))
    second = dump(build_report(result, PEMBANDING.read_bytes(), PEMBANDING.name))
    assert [text for text in said if text not in first] == []
    for report in (first, second):
        assert [text for text in unsaid if text in report] == []
        assert DOUBLED.search(report) is None
    covers = [text for text in said if text.isupper()]
    assert [text for text in covers if text not in second] == []


@pytest.mark.parametrize("name", OFFICES)
def test_what_it_is_called_makes_no_finding(name: str) -> None:
    named = {found.code for found in result_of(OFFICES[name][0]).findings}
    assert named <= {"I108", "I111", "I117"}
    assert named == set() or "name" in name or name in {"kota", "kemantren"}


def test_the_file_is_named_by_the_office() -> None:
    result = result_of(called("Kabupaten", "Distrik", "Kepala Distrik", "Kampung", B11=""))
    assert report_name(result).startswith("LAPORAN KINERJA TRIWULAN I KEPALA DISTRIK")


def test_an_office_with_kelurahan_only_says_nothing_of_village_documents() -> None:
    edits = {"Dokumen": "", "Desa": "", "Indikator!H3": "rasio", "Indikator!J3": "3", "Indikator!L3": "4"}
    report = dump(build_report(result_of(edits | called("Kota")), LAPORAN.read_bytes(), LAPORAN.name))
    assert not re.search(r"Dokumen desa yang dinilai|Ketepatan Waktu|0 \(nol\)", report)


@pytest.mark.parametrize(
    ("example", "unsaid"),
    [
        ("ciputat-2023-tw1", "Bupati|KABUPATEN|[Kk]abupaten(?!/Kota)|[Dd]okumen desa|RKP|0 \\(nol\\)"),
        ("sentani-2024-tw2", "[Kk]ecamatan|KECAMATAN|[Cc]amat|CAMAT|Wali Kota|[Dd]okumen desa|Kalurahan"),
        ("pakem-2024-tw3", "[Kk]ecamatan|KECAMATAN|[Cc]amat|CAMAT|Wali Kota|[Dd]okumen desa|Kampung"),
    ],
)
def test_an_example_by_both_templates(example: str, unsaid: str) -> None:
    result = run(read_workbook(EXAMPLES / f"{example}.xlsx"))
    for template in (LAPORAN, PEMBANDING):
        report = dump(build_report(result, template.read_bytes(), template.name))
        assert re.findall(unsaid, report) == []
        assert DOUBLED.search(report) is None


def test_examples_are_called_as_before() -> None:
    terms = run(read_workbook(EXAMPLES / "senduro-2024-tw1.xlsx")).dataset.identitas.terms
    assert (terms.daerah, terms.kecamatan, terms.camat, terms.desa) == (
        "Kabupaten",
        "Kecamatan",
        "Camat",
        "Desa",
    )


DISTRIK = usual_terms("Distrik")


@pytest.mark.parametrize(
    ("terms", "text", "said"),
    [
        (COMMON_TERMS, "Camat, Bupati, desa", "Camat, Bupati, desa"),
        (
            DISTRIK,
            "Nama kecamatan dan desanya pada lembar Desa",
            "Nama distrik dan kampungnya pada lembar Desa",
        ),
        (DISTRIK, "Jabatan Camat, Nama Camat", "Jabatan Kepala Distrik, Nama Camat"),
        (DISTRIK, "jenis dokumen desa: desa × dokumen", "jenis dokumen desa: kampung × dokumen"),
        (DISTRIK, "tanpa kata “Desa”; Peraturan Desa", "tanpa kata “Kampung”; Peraturan Kampung"),
        (usual_terms("", "Kota"), "rekap kabupaten, kabupaten atau kota", "rekap kota, kabupaten atau kota"),
        (usual_terms("", "Kota"), "Bupati atau Penjabat Bupati", "Wali Kota atau Penjabat Wali Kota"),
        (usual_terms("", "Kota", desa="Kelurahan"), "dokumen setiap desa", "dokumen setiap desa"),
    ],
)
def test_help_speaks_in_the_words_of_the_office(terms: Terms, text: str, said: str) -> None:
    assert terms.said(text) == said


def test_advice_of_a_finding_does_so_too() -> None:
    named = called("Kabupaten", "Distrik", B11="Kepala Distrik Sukamulya")
    hints = [found.hint for found in result_of({**named, "Desa!A2": "35.98.01.2001"}).findings]
    assert hints
    assert not any(re.search("kecamatan|Camat(?<!Nama Camat)|[^n] desa", hint) for hint in hints)
