"""The page of findings: what it says, that no workbook can change its tags, and how a browser shows it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path

import pypdf
import pytest
from PIL import Image

from lkt import __version__
from lkt.errors import UnreadableWorkbookError
from lkt.findings import Finding, Severity, Unchecked
from lkt.formats.html import findings as findings_html
from lkt.formats.screen import compact
from lkt.model import Ref
from lkt.pipeline import Checked, Result, run
from lkt.rules import RULES, find_rule
from lkt.workbook.reader import read_workbook
from tests.builders import EXAMPLES, base, dataset, edited
from tests.formats.printing import Page
from tests.recap.browser import Browser

REAL = EXAMPLES / "senduro-2024-tw1-asli.xlsx"


@cache
def real() -> Result:
    """The check of the real workbook."""
    return run(read_workbook(REAL))


def html(*outcomes: Result | UnreadableWorkbookError, path: str = "q1.xlsx") -> str:
    """The page for these outcomes."""
    return findings_html([Checked(path, outcome) for outcome in outcomes])


def page(*outcomes: Result | UnreadableWorkbookError, path: str = "q1.xlsx") -> Page:
    """The page taken apart."""
    return Page(html(*outcomes, path=path))


def checked(edits: Mapping[str, str]) -> Result:
    """The check of the clean workbook with these changes."""
    return run(dataset(edited(base(), edits)))


def with_findings(*findings: Finding) -> Result:
    """The clean workbook with made-up findings."""
    return replace(checked({}), findings=findings)


# What it says ----------------------------------------------------------------------------------------------


def test_head_of_a_file() -> None:
    text = page(real()).text
    assert "q1.xlsx Ada kesalahan Kecamatan Senduro Triwulan I Tahun 2024" in text
    assert "Batas penyampaian 5 April 2024" in text
    assert re.search(r"14 kesalahan \d+ peringatan \d+ catatan", text)
    assert "Laporan belum dapat disusun." in text
    assert f"lkt {__version__}" in text


def test_every_finding_with_its_parts() -> None:
    text = page(real()).text
    for finding in real().findings:
        assert " ".join(finding.message.split()) in text
        assert compact(finding.refs) in text
        assert f"Perbaikan: {finding.hint}" in text
        if finding.expected:
            assert f"Seharusnya {finding.expected}" in text


def test_a_card_from_top_to_bottom() -> None:
    text = page(checked({"Anggaran!I2": "30%"})).text
    rule = find_rule("A103")
    order = (
        "Kesalahan Anggaran!I2 A103", " tertulis 30%, hitungannya 36,76%", "Cuplikan Anggaran baris 2",
        "B Program Program Penyelenggaraan Pemerintahan", "I Capaian 30%", "Tertulis 30%",
        "Seharusnya 36,76%", "Selisih 6,76 poin", "Perbaikan:", "Mengapa ini diperiksa", rule.title, rule.why,
    )  # fmt: skip
    places = [text.find(part, text.find("Lembar Anggaran")) for part in order]
    assert -1 not in places
    assert places == sorted(places)


def test_the_cell_is_marked_and_so_is_the_word() -> None:
    marked = re.findall(
        r'<td class="written marked">.*?</td>',
        html(checked({"Narasi!B2": "Laporan Tribulan ini."})),
        re.DOTALL,
    )
    assert len(marked) == 1
    assert 'Laporan <mark class="focus">Tribulan</mark> ini.' in marked[0]


def test_a_blank_cell_says_so() -> None:
    assert '<mark class="blank">kosong</mark>' in html(checked({"Identitas!B10": ""}))


def test_levels_are_words_and_shapes() -> None:
    text = html(real())
    for level, word in (("error", "Kesalahan"), ("warning", "Peringatan"), ("info", "Catatan")):
        assert f'<use href="#bentuk-{level}"/></svg><span class="level">{word}</span>' in text


UNCHECKED = Unchecked(
    Ref("Anggaran", "G2"), "Pagu", "berisi “lima juta”", tuple(each.code for each in RULES[:9])
)
ACCEPTED = tuple(replace(finding, accepted="Surat Nomor 7.") for finding in real().findings[:2])


@pytest.mark.parametrize(
    ("outcome", "said", "unsaid"),
    [
        # a clean file says so plainly
        (checked({}), ("Tidak ada temuan", "Laporan dapat disusun."), ("Sheet",)),
        # a finding of a whole sheet has no excerpt
        (checked({"Tindak Lanjut": ""}), ("Lembar Tindak Lanjut tidak ada.",), ("Cuplikan",)),
        # an unknown code does without its rule
        (with_findings(Finding((Ref("Anggaran"),), "Pesan.", code="Z999")), ("Pesan.",), ("Mengapa",)),
        # the status is that of the worst finding
        (with_findings(Finding((Ref("A"),), "x", severity=Severity.ERROR)), ("Ada kesalahan",), ()),
        (with_findings(Finding((Ref("A"),), "x", severity=Severity.WARNING)), ("Ada peringatan",), ()),
        (with_findings(Finding((Ref("A"),), "x", severity=Severity.INFO)), ("Hanya catatan",), ()),
        # accepted findings stand apart and stop nothing
        (
            replace(real(), findings=ACCEPTED),
            (
                "Tidak ada temuan",
                "2 temuan diterima oleh kantor dan tidak dihitung.",
                "Temuan yang diterima",
                "Alasan diterima: Surat Nomor 7.",
            ),
            ("Lembar Identitas",),
        ),
        (
            replace(checked({}), unchecked=(UNCHECKED,)),
            (
                "1 sel tidak dapat diperiksa sepenuhnya.",
                "Yang tidak dapat diperiksa",
                "Anggaran!G2 Pagu berisi “lima juta” B101 B102 B103 B104 B105 B106 dan 3 lainnya B107",
            ),
            (),
        ),
        (
            UnreadableWorkbookError("Berkas rusak.", "Simpan ulang."),
            ("q1.xlsx Tidak terbaca Berkas rusak. Yang perlu dilakukan: Simpan ulang.",),
            (),
        ),
        (UnreadableWorkbookError("Berkas rusak."), ("Berkas rusak.",), ("Yang perlu dilakukan",)),
    ],
)
def test_what_is_said(
    outcome: Result | UnreadableWorkbookError, said: Sequence[str], unsaid: Sequence[str]
) -> None:
    text = page(outcome).text
    assert [each for each in said if each not in text] == []
    assert [each for each in unsaid if each in text] == []


def test_several_files_have_a_summary_that_leads_to_each() -> None:
    several = page(real(), checked({}), UnreadableWorkbookError("Rusak."))
    assert "3 buku kerja diperiksa" in several.text
    assert [value for value in several.of("href") if re.fullmatch(r"#berkas-\d+", value)] == [
        "#berkas-1", "#berkas-2", "#berkas-3",
    ]  # fmt: skip
    assert "diperiksa Berkas" not in page(real()).text


def test_no_file() -> None:
    assert "Tidak ada buku kerja yang diperiksa." in page().text


# The page itself -------------------------------------------------------------------------------------------


def everything() -> Page:
    """A page on which every part occurs."""
    findings = (replace(real().findings[0], accepted="Surat Nomor 7."), *real().findings[1:])
    cell = Unchecked(Ref("Desa", "E6"), "LPPDesa", "tidak terbaca", ("D101",))
    part = replace(real(), findings=findings, unchecked=(cell,))
    return page(part, part, checked({}), UnreadableWorkbookError("Rusak.", "Ulangi."))


def test_sentences_of_the_head_are_apart() -> None:
    assert "dan tidak dihitung. 1 sel tidak dapat diperiksa sepenuhnya. Identitas 1" in everything().text


def test_every_link_leads_somewhere_on_the_page() -> None:
    whole = everything()
    assert len(set(whole.of("id"))) == len(whole.of("id"))
    for attribute in ("href", "aria-labelledby"):
        assert {value.removeprefix("#") for value in whole.of(attribute)} <= set(whole.of("id"))


def test_it_is_complete_in_itself_and_the_same_each_time() -> None:
    text = html(real())
    assert "default-src 'none'; style-src 'unsafe-inline'" in text
    assert not re.search(r"url\(|@import|https?:|src=|<script|<link|<img|<form|<base\b", text)
    assert text.startswith('<!DOCTYPE html>\n<html lang="id">')
    assert text == html(real())


def test_it_survives_a_console_of_another_encoding() -> None:
    text = html(real(), path="laporan–é\ud800.xlsx")
    assert text.isascii()
    assert "“" in Page(text).text


def test_headings_go_down_one_level_at_a_time() -> None:
    levels = [int(tag[1]) for tag, _ in everything().tags if re.fullmatch(r"h\d", tag)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


# Nothing that is written in a workbook is more than text ---------------------------------------------------

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</style></title></textarea><svg onload=alert(1)>",
    "{{ 7*7 }}{% raw %}{# x #}",
    "<!-- --><![CDATA[ x ]]>&amp;&lt;&#60;",
)


def outcomes(text: str) -> Sequence[Result | UnreadableWorkbookError]:
    """Results with a text in every place where one can stand."""
    cells = dict.fromkeys(
        (
            "Identitas!B4", "Anggaran!B2", "Anggaran!F2", "Anggaran!G2", "Dokumen!A4", "Desa!E1", "Desa!B2",
            "Strategi!B2", "Fasilitasi!C2",
        ),
        text,
    )  # fmt: skip
    cells |= {
        "Narasi!B2": f"Laporan Tribulan {text}",
        "Identitas!A3": f"Kabupaten {text}",
        "Strategi!C1": f"Waktu {text[:3]}",
    }
    written = run(dataset(edited(base(), cells)))
    marked = Ref("Anggaran", "B2")
    made = Finding((marked, Ref(text)), text, text, text, text, text, text)
    findings = (*written.findings, made, replace(made, refs=(Ref(text, text),)), replace(made, accepted=text))
    cell = Unchecked(Ref(text, text), text, text, (text, *(rule.code for rule in RULES[:9])))
    part = replace(written, findings=findings, unchecked=(cell,))
    return (part, UnreadableWorkbookError(text, text), written)


def hostile_page(text: str) -> Page:
    return page(*outcomes(text), path=text)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_as_it_is_written(text: str) -> None:
    shown = hostile_page(text)
    assert shown.text.count(text) > 20
    allowed = {tag for tag, _ in everything().tags}
    assert {tag for tag, _ in shown.tags} <= allowed
    assert not any(name.startswith("on") for _, names in shown.tags for name in names)
    assert {value[0] for value in shown.of("href")} == {"#"}


def test_hostile_text_changes_no_tag() -> None:
    # of the same length and with as many words, so that the excerpts are cut alike
    for text in HOSTILE[:1]:
        harmless = "".join(letter if letter.isalnum() or letter.isspace() else "x" for letter in text)
        assert hostile_page(text).skeleton == hostile_page(harmless).skeleton


# In a browser ----------------------------------------------------------------------------------------------


@pytest.fixture
def shown(tab: Browser, tmp_path: Path) -> Browser:
    """The page of the real workbook."""
    (tmp_path / "temuan.html").write_text(html(real()), encoding="utf-8")
    tab.open(tmp_path / "temuan.html")
    return tab


@pytest.mark.chromium
@pytest.mark.parametrize("width", [1280, 500])
def test_the_page_can_be_seen(shown: Browser, tmp_path: Path, width: int) -> None:
    shown.size(width)
    shown.picture(tmp_path / "temuan.png")
    with Image.open(tmp_path / "temuan.png") as picture:
        assert width - 20 < picture.width <= width  # a scroll bar takes some
        colours = picture.convert("RGB").getcolors(1 << 24) or []
        assert len(colours) > 100
        assert max(count for count, _ in colours) < 0.9 * width * picture.height


@pytest.mark.chromium
def test_the_page_is_all_there(shown: Browser) -> None:
    text = Page(shown.value("document.documentElement.outerHTML")).text
    assert "Hasil pemeriksaan buku kerja" in text
    for finding in real().findings:
        assert " ".join(finding.message.split()) in text


@pytest.mark.chromium
def test_on_paper_everything_is_open(shown: Browser, tmp_path: Path) -> None:
    shown.paper(tmp_path / "temuan.pdf")
    pages = (page.extract_text() for page in pypdf.PdfReader(tmp_path / "temuan.pdf").pages)
    text = " ".join(" ".join(pages).split())
    assert "Mengapa ini diperiksa" not in text
    for code in {finding.code for finding in real().findings}:
        assert find_rule(code).title in text
