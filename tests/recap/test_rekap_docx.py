"""``rekap.docx``: two pages whose wording follows the figures."""

import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdf
import pytest
from hypothesis import given, settings

from lkt.libreoffice import convert
from lkt.recap.rekap_docx import TEMPLATE, absorption_chart, rekap_docx
from lkt.recap.summary import Status, Summary
from lkt.recap.totals import Recap, combine
from lkt.report.seal import unseal
from lkt.report.templates import templates_folder
from lkt.wordtemplate import Chart
from templates.build_rekap import TARGET, build
from tests.recap.recaps import (
    ERROR,
    any_recap,
    indicator,
    kecamatan,
    lumajang,
    of_every_shape,
    programme,
)
from tests.report.report_text import dump, sentences
from tests.wordtemplate.docx_builder import findings


def text(*rows: Summary) -> str:
    return sentences(rekap_docx(combine(rows)))


def test_the_template_is_what_its_script_builds_and_what_is_shipped() -> None:
    assert build().to_bytes() == TARGET.read_bytes(), "run: python -m templates.build_rekap"
    assert (templates_folder() / TEMPLATE).read_bytes() == TARGET.read_bytes()


# The document ----------------------------------------------------------------------------------------------


def test_the_recap_of_lumajang(golden: Callable[[str, str], None]) -> None:
    golden("lumajang-2024-tw1-rekap.txt", dump(rekap_docx(lumajang())))


@of_every_shape
def test_it_is_valid_sealed_and_always_the_same(recap: Recap) -> None:
    made = rekap_docx(recap)
    assert findings(made) == []
    assert made == rekap_docx(recap)
    sealed = unseal(made, "rekap.docx")
    assert (sealed.ours, sealed.edited, sealed.draft) == (True, False, False)


@settings(max_examples=15)
@given(any_recap())
def test_any_recap_makes_a_document(rekap: Recap) -> None:
    assert "REKAPITULASI LAPORAN KINERJA" in sentences(rekap_docx(rekap))


# The wording -----------------------------------------------------------------------------------------------

LATE = date(2024, 4, 9)


@pytest.mark.parametrize(
    ("rows", "said", "unsaid"),
    [
        (
            [kecamatan("Satu")],
            [
                "Kecamatan Satu di Kabupaten Contoh telah menyerahkan",
                "Laporannya tepat waktu terhadap batas",
                "Tidak ada: semua",
            ],
            ["Seluruh", "Serapan tertinggi", "Dari "],
        ),
        (
            [kecamatan("Satu", tanggal_laporan=LATE)],
            ["Laporannya terlambat 4 (empat) hari", "Laporan terlambat: Satu (4 hari)."],
            ["tepat waktu", "Tidak ada: semua"],
        ),
        (
            [kecamatan("Satu"), kecamatan("Dua")],
            [
                "Seluruh kecamatan, sebanyak 2 (dua) kecamatan,",
                "Semua laporannya tepat waktu",
                "Tidak ada buku kerja yang memuat",
            ],
            ["terlambat", "Serapan tertinggi"],
        ),
        (
            [kecamatan(name, findings=(ERROR,), status=Status.FAULTY) for name in ("Satu", "Dua")],
            ["Semua buku kerja masih memuat kesalahan.", "Buku kerja memuat kesalahan: Dua (1), Satu (1)."],
            ["Tidak ada buku kerja"],
        ),
        (
            [kecamatan("Satu"), kecamatan("Dua", tanggal_laporan=LATE), Summary("", Status.MISSING, "Tiga")],
            [
                "Dari 3 (tiga) kecamatan di Kabupaten Contoh, 2 (dua) kecamatan telah menyerahkan",
                "Tidak dihitung: 1 kecamatan belum menyerahkan.",
                "Laporan 1 (satu) kecamatan tepat waktu dan laporan 1 (satu) kecamatan terlambat",
                "Belum menyerahkan: Tiga.",
            ],
            [],
        ),
        (
            [kecamatan("Satu", indicators=(), programs=())],
            ["Angka anggaran dan capaian kinerja belum tersedia."],
            ["terealisasi", "Anggaran Menurut Program", "Serapan Anggaran"],
        ),
        (
            [kecamatan("Satu", programs=())],
            ["Rata-rata capaian indikator kinerja adalah 83,33%. Angka anggaran belum tersedia."],
            ["terealisasi"],
        ),
        (
            [kecamatan("Satu", tanggal_laporan=None)],
            ["Ketepatan waktunya tidak diketahui.", "Ketepatan waktu tidak diketahui: Satu."],
            ["Tidak ada: semua"],
        ),
        (
            [Summary("", Status.MISSING, "Satu"), Summary("x.xlsx", Status.UNREADABLE, "x")],
            [
                "Belum ada kecamatan yang",
                "Tidak dihitung: 1 berkas tidak terbaca, 1 kecamatan belum menyerahkan.",
                "SELURUH KECAMATAN",
            ],
            ["kesalahan", "terhadap batas"],
        ),
        ([], ["Belum ada kecamatan yang direkap."], ["Tidak ada: semua"]),
    ],
)  # fmt: skip
def test_the_wording_follows_the_figures(
    rows: Sequence[Summary], said: Sequence[str], unsaid: Sequence[str]
) -> None:
    found = text(*rows)
    assert [words for words in said if words not in found] == []
    assert [words for words in unsaid if words in found] == []


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, "Daftar ini memuat 100 (seratus) baris pertama dari 101 (seratus satu); selengkapnya ada di"),
        ({"tanggal_laporan": LATE}, "K100 (4 hari), dan lainnya, seluruhnya 101 (seratus satu)."),
        ({"tanggal_laporan": LATE}, "Semua laporannya terlambat"),
    ],
)
def test_a_list_holds_a_hundred_and_says_what_more_there_is(changes: dict[str, object], told: str) -> None:
    rows = [kecamatan(f"K{number:03}", programs=(), **changes) for number in range(1, 102)]  # without a chart
    cut, whole = dump(rekap_docx(combine(rows))), dump(rekap_docx(combine(rows[1:])))
    assert told in cut
    assert "K100" in cut
    assert "K101" not in cut
    assert "K101" in whole
    assert "selengkapnya" not in whole
    assert "lainnya" not in whole


def test_the_chart_draws_the_highest_and_the_lowest_where_there_are_many() -> None:
    rows = [kecamatan(f"K{number:03}", programs=(programme(1000, number),)) for number in range(1, 52)]
    many, few = combine(rows), combine(rows[1:])
    cut, whole = absorption_chart(many), absorption_chart(few)
    assert isinstance(cut, Chart)
    assert isinstance(whole, Chart)
    assert list(cut.categories) == [f"K{number:03}" for number in range(51, 0, -1) if number != 26]
    assert len(whole.categories) == 50
    told = (
        "Grafik ini memuat 25 (dua puluh lima) kecamatan dengan serapan tertinggi dan 25 (dua puluh lima) "
        "kecamatan dengan serapan terendah dari 51 (lima puluh satu); selengkapnya ada di rekap.xlsx."
    )
    assert told in dump(rekap_docx(many))
    assert "Grafik ini memuat" not in dump(rekap_docx(few))


def test_programmes_and_indicators_are_cut_too() -> None:
    programmes = tuple(programme(2, 1, f"{number:03}") for number in range(1, 102))
    indicators = tuple(indicator(f"Indikator {number:03}") for number in range(1, 102))
    found = dump(rekap_docx(combine([kecamatan("Satu", programs=programmes, indicators=indicators)])))
    assert "memuat 100 (seratus) program pertama dari 101 (seratus satu)" in found
    assert "memuat 100 (seratus) indikator pertama dari 101 (seratus satu)" in found
    assert ("Program 100" in found, "Program 101" in found) == (True, False)
    assert ("Indikator 100" in found, "Indikator 101" in found) == (True, False)
    assert "Rp202" in found  # the pagu of all


@pytest.mark.libreoffice
@pytest.mark.usefixtures("libreoffice")
def test_21_kecamatan_take_two_pages(tmp_path: Path) -> None:
    if not shutil.which("soffice"):
        pytest.skip("LibreOffice is missing")
    rekap = lumajang()
    worst = combine(replace(row.summary, tanggal_laporan=LATE, findings=(ERROR,) * 12) for row in rekap.rows)
    files = [tmp_path / name for name in ("rekap.docx", "terburuk.docx")]
    made = (rekap_docx(rekap), rekap_docx(worst))
    for path, data in zip(files, made, strict=True):
        path.write_bytes(data)
    pages = [[page.extract_text() for page in pypdf.PdfReader(pdf).pages] for pdf in convert(files, tmp_path)]
    assert [len(each) for each in pages] == [2, 2]
    for first, second in pages:
        assert "21 Sumbersuko" in first
        assert "Anggaran Menurut Program" in first
        assert "Jatiroto (1" in second
