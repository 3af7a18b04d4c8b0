"""The page of a recap: what it says, that no workbook can change it, and how it works in a browser."""

import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from lkt.calendar import Triwulan
from lkt.model import Terms
from lkt.recap.page import index_html, link
from lkt.recap.summary import Status, Summary
from lkt.recap.totals import Recap, combine
from tests.formats.printing import Page
from tests.recap.browser import Browser
from tests.recap.recaps import EMPTY, NAMES, absent, everything, findings, numbered


def page(*rows: Summary, documents: tuple[str, ...] = ()) -> Page:
    """The page of these kecamatan."""
    return Page(index_html(combine(rows), "9.8.7", documents=documents))


@cache
def whole() -> str:
    """The page of a kabupaten in which everything occurs."""
    return index_html(everything(), "9.8.7", documents=("rekap.xlsx", "rekap.docx"))


# What it says ----------------------------------------------------------------------------------------------


ROW_OF_TEMPEH = (
    "35.08.05 Tempeh Selesai 1 April 2024 tepat waktu 2 peringatan 81,76% 23,59% "
    "Rp2.483.050.319 Rp585.707.749 Word Tempeh Temuan Tempeh Tidak berubah."
)


@pytest.mark.parametrize(
    ("recap", "said", "unsaid"),
    [
        pytest.param(
            everything(),
            [
                "Rekap Laporan Kinerja Triwulan I Tahun 2024 — Kabupaten Lumajang",
                "Batas penyampaian: 5 April 2024",
                *("Kecamatan 21 Dihitung 17 Selesai 13", "Draf 1", "Ada kesalahan 2", "Gagal 1"),
                *("Tidak terbaca 1", "Ganda 2", "Triwulan lain 1", "Belum menyerahkan 2"),
                *("Memuat kesalahan 3", "Terlambat 1", "Serapan kabupaten 34,11%"),
                "Rata-rata capaian 106,22%",
                "9 April 2024 terlambat 4 hari",
                "1 April 2024 tepat waktu batas 8 April 2024",
                "Pemerintahan Daerah Kabupaten/Kota 17 32,52% ▲ sesuai jalur Rp32",
                "Jumlah 34,11% Rp43.271.699.641 Rp14.761.269.222",
                "Indeks Kepuasan Masyarakat 108,57% 69,53% 142,47% ▲ 11 sesuai jalur □ 6 perlu perhatian",
                "lkt 9.8.7",
            ],
            [],
            id="everything",
        ),
        pytest.param(
            combine([numbered()]),
            ["Selesai 1 Belum menyerahkan 0 Memuat kesalahan 0 Terlambat 0"],
            ["Draf", "Ganda"],
            id="only the usual tiles where all is well",
        ),
        pytest.param(
            combine([numbered(5, findings=findings(0, 2), note="Tidak berubah.")]),
            [ROW_OF_TEMPEH],
            [],
            id="a row",
        ),
        pytest.param(
            combine([numbered(findings=findings(4, 3))]),
            [
                "Status 1 Persentase Fasilitasi yang ditindaklanjuti % 85 89,20 104,94% ▲ sesuai jalur",
                "7.01.01 Program Penunjang Urusan Pemerintahan Daerah Kabupaten/Kota Rp1.918.590.851",
                "Kesalahan Anggaran!H1 A101 Pesan ke-1: jumlah tidak sama.",
                "Peringatan Anggaran!H5 A105",
                "2 temuan lainnya ada di halaman temuan.",
                "Buku kerja: Senduro.xlsx",
            ],
            ["A106"],
            id="details of a kecamatan",
        ),
        pytest.param(
            combine([numbered(1), numbered(2), numbered(3, triwulan=Triwulan(2023, 4))]),
            [
                "Buku kerja ini untuk Triwulan IV Tahun 2023. Angkanya tidak ikut dihitung",
                "Bermasalah (1)",
                "Kabupaten (2 buku kerja yang dihitung)",
            ],
            [],
            id="what is not counted",
        ),
        pytest.param(
            combine([absent(2)]),
            ["Serapan kabupaten –", "35.08.02 Pronojiwo Belum menyerahkan – – – – – – –"],
            ["se-kabupaten", "Word"],
            id="nobody has handed in",
        ),
        pytest.param(EMPTY, ["Rekap Laporan Kinerja", "Kecamatan 0"], ["se-kabupaten"], id="nobody at all"),
    ],
)
def test_what_it_says(recap: Recap, said: Sequence[str], unsaid: Sequence[str]) -> None:
    text = Page(index_html(recap, "9.8.7")).text
    assert [words for words in said if words not in text] == []
    assert [words for words in unsaid if words in text] == []


@pytest.mark.parametrize(
    ("terms", "title", "kind"),
    [
        (Terms(), "Kabupaten Malang", "Kecamatan"),
        (Terms(daerah="Kota"), "Kota Malang", "Kecamatan"),
        (Terms("Distrik"), "Kabupaten Malang", "Distrik"),
    ],
)
def test_what_the_area_and_its_parts_are_called(terms: Terms, title: str, kind: str) -> None:
    text = page(numbered(kabupaten="Malang", terms=terms)).text
    assert f"Tahun 2024 — {title}" in text
    assert f"Cari {kind.lower()}" in text


@pytest.mark.parametrize("status", Status)
def test_status_is_a_word_and_a_shape(status: Status) -> None:
    text = index_html(combine([numbered(status=status)]), "1")
    badge = re.search(r'<span class="badge (\w+)"><svg .*?href="#bentuk-(\w+)"/></svg>([^<]+)</span>', text)
    assert badge
    assert badge[1] == badge[2]
    assert badge[3] == status.value.capitalize()
    assert f'id="bentuk-{badge[1]}"' in text


# Links -----------------------------------------------------------------------------------------------------


def test_links_are_relative_and_encoded() -> None:
    row = numbered(report="LAPORAN “Ñ” #1 (baru)?.docx", pdf="a/b c.pdf", findings_page="temuan/x%20.html")
    assert page(row, documents=("rekap.xlsx", "rekap.docx")).links == [
        "./rekap.xlsx", "./rekap.docx",
        "./LAPORAN%20%E2%80%9C%C3%91%E2%80%9D%20%231%20%28baru%29%3F.docx", "./a/b%20c.pdf",
        "./temuan/x%2520.html",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("javascript:alert(1)", "./javascript%3Aalert%281%29"),
        ("//host.example/x.docx", ".///host.example/x.docx"),
        ("https://host.example/", "./https%3A//host.example/"),
        ("\"'><b>.docx", "./%22%27%3E%3Cb%3E.docx"),
        ("rusak-\udcff.docx", "./rusak-%FF.docx"),
        ("rusak-\ud800.docx", "./rusak-%ED%A0%80.docx"),
    ],
)
def test_no_name_of_a_file_is_more_than_a_path(path: str, address: str) -> None:
    assert link(path) == address


# The page itself -------------------------------------------------------------------------------------------


def test_it_is_complete_in_itself() -> None:
    text = whole()
    assert text.startswith('<!DOCTYPE html>\n<html lang="id">')
    assert not re.search(r"url\(|@import|https?:|src=|<link|<img|<base\b|\bstyle=|\son\w+=|unsafe", text)
    assert [tag for tag, _ in Page(text).tags if tag == "script"] == ["script"]


def test_equal_recaps_give_equal_bytes() -> None:
    assert whole() == index_html(everything(), "9.8.7", documents=("rekap.xlsx", "rekap.docx"))
    assert whole().isascii()


def test_every_link_within_the_page_leads_somewhere() -> None:
    shown = Page(whole())
    names = shown.of("id")
    assert len(set(names)) == len(names)
    inside = {address[1:] for address in shown.of("href") if address.startswith("#")}
    assert inside | set(shown.of("aria-labelledby")) <= set(names)


def test_a_whole_country_is_built_too() -> None:
    rows = [numbered(1 + n % 21, kode=f"{n:06}", findings=findings(2)) for n in range(600)]
    assert len(index_html(combine(rows), "1")) < 600 * 6_500


# Nothing that is written in a workbook is more than text ---------------------------------------------------

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</script></style></title><svg onload=alert(1)>",
    "{{ 7*7 }}{% raw %}{# x #}",
    "javascript:alert(1)",
)


def hostile(text: str) -> Recap:
    """A recap with a text in every place where one can stand."""

    def everywhere(value: Any) -> Any:
        changes = {part.name: text for part in fields(value) if isinstance(getattr(value, part.name), str)}
        return replace(value, **changes)

    row = everywhere(numbered(findings=findings(1, 1, 1)))
    lists = {name: tuple(everywhere(item) for item in getattr(row, name))
             for name in ("indicators", "programs", "findings")}  # fmt: skip
    row = replace(row, pdf=text, **lists)
    return combine([row, replace(row, status=Status.UNREADABLE)])


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_as_it_is_written(text: str) -> None:
    shown = Page(index_html(hostile(text), text, documents=(text,)))
    harmless = Page(index_html(hostile("x"), "x", documents=("x",)))
    assert shown.text.count(text) > 30
    assert shown.skeleton == harmless.skeleton
    assert all(address.startswith("./") for address in shown.links)


# In a browser ----------------------------------------------------------------------------------------------

ROWS = "#kecamatan .one:not([hidden]) > tr:first-child > th"
SHOWN = f"Array.from(document.querySelectorAll('{ROWS}')).map(e => e.textContent)"
COUNT = "document.getElementById('jumlah').textContent"
FOCUS = "document.activeElement.textContent.trim() || document.activeElement.id"
SORTED = "Array.from(document.querySelectorAll('[aria-sort]')).map(e => e.textContent + ' ' + e.ariaSort)"


@pytest.fixture
def shown(tab: Browser, tmp_path: Path) -> Iterator[Browser]:
    """The page of Lumajang, opened from the disk; nothing of it may be refused or go wrong."""
    (tmp_path / "index.html").write_text(whole(), encoding="utf-8")
    tab.size(1280)
    tab.open(tmp_path / "index.html")
    yield tab
    assert complaints(tab) == []


def complaints(tab: Browser) -> list[str]:
    """What the browser refused, what went wrong, and every alert."""
    bad = {"Log.entryAdded", "Runtime.exceptionThrown", "Page.javascriptDialogOpening"}
    return [f"{name} {values}" for name, values in tab.events if name in bad]


@pytest.mark.chromium
def test_filter_and_sort_from_the_address(tab: Browser, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(whole(), encoding="utf-8")
    for fragment, names in (
        ("#saring=belum", ["Kunir", "Yosowilangun"]),
        ("#saring=terlambat", ["Tempeh"]),
        ("#cari=RANU", ["Ranuyoso"]),
        ("#cari=08.1&saring=kesalahan", ["Sukodono"]),
        ("#cari=su&urut=serapan&arah=turun", ["Sumbersuko", "Sukodono"]),
        ("#cari=su&urut=kecamatan&arah=naik", ["Sukodono", "Sumbersuko"]),
        ("#saring=constructor&urut=__proto__&arah=x&cari=zzz", []),
    ):
        tab.open(tmp_path / "index.html", fragment)
        assert tab.value(SHOWN) == names
    assert tab.value(COUNT) == "Tidak ada yang cocok."
    assert complaints(tab) == []


@pytest.mark.chromium
def test_by_keyboard_alone(shown: Browser) -> None:
    shown.press("Tab")
    assert shown.value(FOCUS) == "Langsung ke daftar kecamatan"
    shown.press("Tab", 3)
    assert shown.value(FOCUS) == "cari"
    shown.type("su")
    assert shown.value(COUNT) == "Menampilkan 2 dari 23 baris."
    shown.press("Backspace", 2)
    shown.press("Tab", 3)
    assert shown.value(FOCUS).startswith("Bermasalah")
    shown.press("Space")
    assert shown.value(COUNT) == "Menampilkan 8 dari 23 baris."
    assert shown.value("document.activeElement.ariaPressed") == "true"
    assert shown.value("location.hash") == "#saring=bermasalah"
    shown.press("Tab", 2 + 1 + 6)
    assert shown.value(FOCUS) == "Capaian"
    shown.press("Enter")
    assert shown.value(SORTED) == ["Capaian ascending"]
    assert shown.value(SHOWN)[0] == "Pronojiwo"
    shown.press("Enter")
    assert shown.value(SORTED) == ["Capaian descending"]
    # what has no capaian stays last
    assert shown.value(SHOWN) == [
        "Sukodono", "Lumajang", "Tekung", "Tekung", "Rowokangkung", "Pasirian", "Pronojiwo", "rusak",
    ]  # fmt: skip
    assert shown.value(COUNT) == "Menampilkan 8 dari 23 baris, diurutkan menurut capaian (turun)."


@pytest.mark.chromium
@pytest.mark.parametrize(
    "name", ["kode", "kecamatan", "status", "tanggal", "temuan", "serapan", "pagu", "realisasi"]
)
def test_every_column_can_be_sorted(shown: Browser, name: str) -> None:
    keys = f"Array.from(document.getElementById('kecamatan').tBodies).map(e => e.dataset.{name})"
    before = shown.value(keys)
    shown.value(f"document.querySelector('[data-urut={name}] button').click()")
    number = name in {"status", "temuan", "serapan", "pagu", "realisasi"}
    known = sorted((key for key in before if key), key=float if number else str.casefold)
    assert shown.value(keys) == known + [""] * before.count("")
    assert shown.value("document.querySelector('#kecamatan').lastElementChild.tagName") == "TFOOT"


@pytest.mark.chromium
@pytest.mark.parametrize("width", [360, 768, 769, 1024, 1040, 1280])
def test_nothing_has_to_be_moved_sideways(shown: Browser, width: int) -> None:
    shown.size(width)
    shown.value("document.querySelectorAll('details').forEach(e => { e.open = true; })")
    assert shown.value("document.documentElement.scrollWidth") <= width
    wide = (
        "Array.from(document.querySelectorAll('#kecamatan td, #kecamatan th, .tiles *, .tools *'))"
        f".filter(e => e.offsetParent && e.getBoundingClientRect().right > {width}).map(e => e.outerHTML)"
    )
    assert shown.value(wide) == []


@pytest.mark.chromium
def test_a_phone_sorts_by_a_list(shown: Browser) -> None:
    assert not shown.value("!!document.getElementById('urut').offsetParent")
    shown.size(360)
    assert shown.value("!!document.getElementById('urut').offsetParent")
    shown.value(
        "const c = document.getElementById('urut'); c.value = 'serapan'; c.dispatchEvent(new Event('change'))"
    )
    assert shown.value(SHOWN)[:2] == ["Tempursari", "Pronojiwo"]


@pytest.mark.chromium
def test_without_a_script_all_is_there(shown: Browser, tmp_path: Path) -> None:
    shown.call("Emulation.setScriptExecutionDisabled", value=True)
    shown.open(tmp_path / "index.html")
    shown.call("Emulation.setScriptExecutionDisabled", value=False)
    assert set(NAMES) < set(shown.value(SHOWN))
    assert not shown.value("!!document.getElementById('cari').offsetParent")
    assert not shown.value("document.querySelectorAll('th button').length")


@pytest.mark.chromium
def test_on_paper(shown: Browser, tmp_path: Path) -> None:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is missing")
    shown.paper(tmp_path / "rekap.pdf")
    done = subprocess.run(
        ["pdftotext", "-layout", str(tmp_path / "rekap.pdf"), "-"], capture_output=True, check=True
    )
    pages = done.stdout.decode().split("\f")[:-1]
    size = subprocess.run(
        ["pdfinfo", str(tmp_path / "rekap.pdf")], capture_output=True, check=True
    ).stdout.decode()
    assert re.search(r"841\.\d+ x 59[45]\.\d+ pts \(A4\)", size)
    assert all("Tanggal laporan" in text for text in pages if "35.08." in text)
    text = "".join(pages)
    assert all(name in text for name in NAMES)
    for hidden in ("Rincian", "Cari", "Buku kerja:", "Halaman temuan", "Pesan ke-1"):
        assert hidden not in text
    assert text.count("Kabupaten (17") == 1


@pytest.mark.chromium
def test_hostile_text_runs_nothing(tab: Browser, tmp_path: Path) -> None:
    for text in HOSTILE:
        (tmp_path / "index.html").write_text(
            index_html(hostile(text), text, documents=(text,)), encoding="utf-8"
        )
        tab.open(tmp_path / "index.html", "#cari=<img src=x onerror=alert(1)>&saring='><script>")
        tab.open(tmp_path / "index.html")
        assert text in tab.value(SHOWN)
        tab.value("document.querySelectorAll('button').forEach(e => e.click())")
        links = tab.value("Array.from(document.links).map(e => e.href)")
        assert all(address.startswith("file:///") for address in links)
        assert complaints(tab) == []
        assert not any(name == "Network.requestWillBeSent" and "index.html" not in values["request"]["url"]
                       for name, values in tab.events)  # fmt: skip


@pytest.mark.chromium
def test_even_a_script_that_got_in_would_not_run(tab: Browser, tmp_path: Path) -> None:
    evil = "<script>alert(1)</script><img src=x onerror='alert(2)'><style>body { display: none }</style>"
    text = whole().replace("</main>", f"{evil}<p style='color: red' id=red>x</p></main>")
    (tmp_path / "index.html").write_text(text, encoding="utf-8")
    tab.open(tmp_path / "index.html")
    assert len(complaints(tab)) >= 4
    assert not any("Dialog" in complaint for complaint in complaints(tab))
    assert tab.value("getComputedStyle(document.body).display") == "block"
    assert tab.value(COUNT) == "23 baris."
