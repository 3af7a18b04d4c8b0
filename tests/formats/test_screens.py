"""What is printed on a pipe, on a terminal and on an old console; the screens of check, explain and rules."""

import io
import re
from pathlib import Path
from typing import IO

import pytest
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from docs.build import DOCS, pages
from lkt.errors import LktError, TemplateError
from lkt.formats.basis import sections
from lkt.formats.brief import brief_view
from lkt.formats.outcomes import FAMILY_NAMES, explain_view, rules_view
from lkt.formats.screen import compact, error_view, line, print_view
from lkt.formats.terminal import details_view, figures_view
from lkt.model import Ref
from lkt.pipeline import run
from lkt.rules import RULES, find_rule
from lkt.workbook.corrections import corrections
from lkt.workbook.reader import read_workbook
from tests.builders import base, dataset, edited
from tests.formats.printing import Terminal, printed

SEED = Path(__file__).with_name("seed-as-printed.xlsx")
"""The report of the examples, typed in as it was printed."""


def test_a_pipe_gets_each_line_whole_and_plain() -> None:
    text = printed([line(("KESALAHAN", "bold red"), " " + "kata " * 60, indent=4)])
    assert text == "    KESALAHAN " + ("kata " * 60).rstrip() + "\n"


@pytest.mark.parametrize("columns", [40, 80])
def test_a_terminal_wraps_under_the_indent(columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setenv("TERM", "xterm")
    stream = Terminal()
    print_view([line("kata [b]x[/b] :smile: " * 8, indent=6)], stream)
    assert len(stream.lines) > 1
    assert all(text.startswith("      ") and len(text.rstrip()) <= columns for text in stream.lines)
    assert " ".join(" ".join(stream.lines).split()) == " ".join(["kata [b]x[/b] :smile:"] * 8)


def test_an_old_console_gets_signs_that_it_has() -> None:
    raw = io.BytesIO()
    stream: IO[str] = io.TextIOWrapper(raw, encoding="cp1252", newline="\n")
    print_view([line("2 × T − R ≥ 5 → “ya” ☐ 漢")], stream)
    stream.flush()
    assert raw.getvalue().decode("cp1252") == "2 × T - R >= 5 -> “ya” [ ] ?\n"


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (TemplateError("Salah.", ("baris 1", "baris 2"), "Perbaiki."),
         "Gagal: Salah.\n  - baris 1\n  - baris 2\n  Perbaiki.\n"),
        (LktError("Salah."), "Gagal: Salah.\n"),
    ],
)  # fmt: skip
def test_trouble_is_told_with_its_places_and_what_to_do(error: LktError, text: str) -> None:
    assert printed(error_view(error)) == text


@pytest.mark.parametrize(
    ("cells", "text"),
    [
        ("Fasilitasi!C2 Fasilitasi!C3 Fasilitasi!F2 Indikator!L2", "Fasilitasi!C2:C3, F2; Indikator!L2"),
        ("A!B9 A!B11 A!B10 A!B10 A!B2", "A!B2, B9:B11"),
        ("Anggaran", "Anggaran"),
        ("", ""),
    ],
)
def test_cells_that_follow_each_other_are_a_range(cells: str, text: str) -> None:
    assert compact(Ref(*each.split("!")) for each in cells.split()) == text


# lkt check -------------------------------------------------------------------------------------------------


def test_the_word_kecamatan_is_said_once() -> None:
    result = run(dataset(edited(base(), {"Identitas!B4": "Kecamatan Sukamulya"})))
    said = printed(details_view("q1.xlsx", result))
    assert "Kecamatan Sukamulya · Triwulan I" in said
    assert "Kecamatan Kecamatan" not in said


def test_cells_that_could_not_be_checked_alike_stand_on_one_line() -> None:
    result = run(dataset(edited(base(), {"Anggaran!H2": "", "Anggaran!H3": "", "Identitas!B8": ""})))
    lines = [each.strip() for each in printed(details_view("q1.xlsx", result)).splitlines()]
    start = lines.index("Yang tidak dapat diperiksa")
    subjects = [text.partition(";")[0] for text in lines[start + 1 : lines.index("", start)]]
    assert subjects == [
        "Identitas!B8  Tanggal Laporan belum diisi",
        "Anggaran!H2:H3  Realisasi belum diisi",
    ]
    assert len(result.unchecked) == 3


BRIEF = """
Fasilitasi!F2= Fasilitasi!F3= Desa!E2=kelak Kegiatan!E2=
  Desa  1 kesalahan

Belum diisi
  Fasilitasi  Ditindaklanjuti pada baris 2–3
  Kegiatan    Foto pada baris 2

Kesalahan
  Desa!E2  B203  Tanggal tidak terbaca: kelak
    → Tulis tanggal lengkap dengan tahun empat angka, misalnya 26 Februari 2024 atau 26/02/2024 …

Hasil: 3 kesalahan, 1 peringatan. Di antaranya 3 belum diisi.
Berikutnya: betulkan di Excel, simpan, lalu lkt check "q 1.xlsx"; semuanya dengan --rinci
----
Anggaran!I2=30% Anggaran!I3=1%
  Anggaran  2 kesalahan

Kesalahan
  Anggaran!I2:I3  A103  Capaian anggaran berbeda dari hitungan  → oleh --fix

Hasil: 2 kesalahan.
Berikutnya: lkt check "q 1.xlsx" --fix mengoreksi 2 sel; semuanya dengan --rinci
----
Identitas!B3= Identitas!B9= Identitas!B10= Identitas!B13=

Belum diisi
  Identitas  Kabupaten, Tempat, Nama Camat, NIP (B3, B9:B10, B13)

Hasil: 4 kesalahan. Semuanya belum diisi.
Berikutnya: lengkapi di Excel, simpan, lalu lkt check "q 1.xlsx"; semuanya dengan --rinci
----
Desa!E5=2 Indikator!J2=7 Indikator!J3=8
  Indikator  2 kesalahan
  Desa       1 kesalahan

Kesalahan
  Indikator!J2:J3  K104  Pembilang berbeda dari yang tercatat: J2 7 → 3; J3 8 → 3
    → Kosongkan sel Pembilang supaya dihitung dari lembarnya, atau lengkapi catatannya.
  Desa!E5  D101  Jumlah desa tepat waktu berbeda dari hitungan: 2 → 3  → oleh --fix

Hasil: 3 kesalahan.
Berikutnya: lkt check "q 1.xlsx" --fix mengoreksi 1 sel; semuanya dengan --rinci
----
Fasilitasi!C2=2024-01-06
Hasil: 1 catatan.
Selengkapnya: lkt check "q 1.xlsx" --rinci
Laporan dapat disusun: lkt build "q 1.xlsx"
----
Strategi=
  Strategi  1 kesalahan

Kesalahan
  Strategi  B101  Lembar Strategi tidak ada.
    → Kembalikan nama lembar seperti pada buku kerja baku …

Hasil: 1 kesalahan.
Berikutnya: betulkan di Excel, simpan, lalu lkt check "q 1.xlsx"; semuanya dengan --rinci
----
Identitas!B8=2024-03-11 Desa!E3=2024-03-20 Indikator!J2=2 Indikator!M2=22% Indikator!N3=50%
  Identitas  1 kesalahan
  Indikator  2 kesalahan

Kesalahan
  Identitas!B8  I102  Laporan ditandatangani sebelum triwulan berakhir: 11 Maret 2024
    → Isi Tanggal Laporan dengan hari kerja sesudah triwulan berakhir …
  Indikator!J2  K104  Pembilang berbeda dari yang tercatat: 2 → 3
    → Kosongkan sel Pembilang supaya dihitung dari lembarnya, atau lengkapi catatannya.
  Indikator!N3  K103  Capaian berbeda dari hitungan: 50% → 33,33%
    → Kosongkan sel Capaian atau pulihkan rumusnya. Realisasi tidak dibulatkan sebelum dibagi.

Hasil: 5 kesalahan, 1 peringatan. Di antaranya 3 akibat temuan lain.
Berikutnya: betulkan di Excel, simpan, lalu lkt check "q 1.xlsx"; semuanya dengan --rinci
----
Fasilitasi!B3=Penyelenggaraan Musrenbangcam Fasilitasi!C3=2024-01-11 Anggaran!G2= Anggaran!H2= Anggaran!G3=
  Fasilitasi  1 peringatan

Belum diisi
  Anggaran  Pagu pada baris 2–3; Realisasi pada baris 2

Peringatan
  Fasilitasi!B2:B3  F105  Kegiatan yang sama tercatat lebih dari sekali  → Gabungkan barisnya …

Hasil: 2 kesalahan, 1 peringatan. Di antaranya 2 belum diisi.
Berikutnya: betulkan di Excel, simpan, lalu lkt check "q 1.xlsx"; semuanya dengan --rinci
----
Identitas!B13=19700517 199503 2 003
Tidak ada temuan.
Laporan dapat disusun: lkt build "q 1.xlsx"
"""
"""What is typed in the clean workbook, and what a check prints below its head."""


@pytest.mark.parametrize("case", BRIEF.split("----"))
def test_findings_in_brief(case: str) -> None:
    typed, _, shown = case.strip("\n").partition("\n")
    edits = dict(re.findall(r"([A-Z][a-z]+(?:![A-Z]+\d+)?)=(.*?)(?= [A-Z][a-z]+!|$)", typed))
    result = run(dataset(edited(base(), edits)))
    said = printed(brief_view("q 1.xlsx", result, corrections(result)))
    assert said.partition("\n")[2] == f"{shown}\n"


def test_very_many_cells_are_cut() -> None:
    log = [
        "| No | Jenis Fasilitasi | Tanggal | Bukti Pendukung | Pelaksana | Ditindaklanjuti |",
        "|---|---|---|---|---|---|",
    ]
    log += [
        f"| {row} | Rapat di Desa {row} | 2024-02-0{row % 5 + 5} | Notula {row} | Kasi | {'Ya' * (row % 2)} |"
        for row in range(1, 41)
    ]
    head, _, rest = base().partition("## Fasilitasi")
    tables = f"{head}## Fasilitasi\n\n" + "\n".join(log) + f"\n\n## Dokumen{rest.partition('## Dokumen')[2]}"
    result = run(dataset(tables))
    lines = [each.plain for each in brief_view("q1.xlsx", result)]
    rows = "3, 5, 7, 9, 11, 13, 15, 17, 19, dan 11 lainnya"
    assert f"  Fasilitasi  Ditindaklanjuti pada baris {rows}" in lines


@pytest.mark.parametrize(("columns", "most"), [(100, 64), (80, 75)])
def test_a_report_typed_as_printed_is_read_at_once(
    columns: int, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has some fifty findings."""
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setenv("TERM", "xterm")
    result = run(read_workbook(SEED))
    stream = Terminal()
    print_view(brief_view(SEED.name, result, corrections(result), width=columns), stream)
    assert len(result.findings) >= 45
    assert len(stream.lines) <= most
    assert max(map(len, stream.lines)) <= columns


@pytest.mark.parametrize(
    ("part", "titles"),
    [
        ("", 11),
        ("Indikator", 3),
        ("2", ["Indikator 2: Persentase dokumen desa yang tepat waktu"]),
        ("7.01.02", ["Program 7.01.02 Program Penyelenggaraan Pemerintahan dan Pelayanan Publik"]),
        ("7.01", 2),
        (" lppdesa ", ["Dokumen LPPDesa"]),
        ("Fasilitasi", 3),
        ("semua program", ["Semua program"]),
        ("sasaran 1", ["Sasaran 1: Meningkatnya pelayanan publik di kecamatan"]),
        ("dibina", []),
        ("Angaran", []),
    ],
)
def test_the_figures_of_a_part(part: str, titles: int | list[str]) -> None:
    result = run(dataset(base()))
    if not titles:
        with pytest.raises(LktError, match="Tidak ada angka dari") as caught:
            sections(result, part)
        assert ("Maksud Anda Anggaran?" in caught.value.hint) is (part == "Angaran")
        return
    chosen = sections(result, part)
    assert [each.title for each in chosen] == titles or len(chosen) == titles
    said = printed(figures_view("q1.xlsx", result, chosen))
    assert all(f"\n{each.title}\n" in said for each in chosen)


# Nothing that is written anywhere reaches a screen as anything but text ------------------------------------

EVIL = "\x1b[31mmerah\x07\x9b2J\x7f\r\u202exslx\u2066\u200f\u061c\u2028"


@pytest.mark.parametrize("terminal", [True, False])
def test_a_view_is_safe(terminal: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    table = Table.grid()
    table.add_row(EVIL)
    stream = Terminal() if terminal else io.StringIO()
    print_view(
        [line((EVIL, "bold")), Padding(Text(EVIL), (0, 1)), table, *error_view(LktError(EVIL, EVIL))], stream
    )
    said = re.sub(r"\x1b\[[0-9;]*m", "", stream.getvalue()) if terminal else stream.getvalue()
    assert said.count("merah") == 5
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]", said)


# lkt explain, lkt rules, and the generated pages -----------------------------------------------------------


@pytest.mark.parametrize("name", pages())
def test_generated_pages_are_up_to_date(name: str) -> None:
    assert (DOCS / name).read_text(encoding="utf-8") == pages()[name], "run: python -m docs.build"


def test_every_rule_stands_in_the_list_and_is_explained() -> None:
    assert {rule.code[0] for rule in RULES} <= set(FAMILY_NAMES)
    listed = printed(rules_view(RULES))
    for rule in RULES:
        assert f"  {rule.code}  {rule.severity.word.upper():<10}  {rule.title}\n" in listed
        text = printed(explain_view(rule))
        assert rule.why in text
        assert rule.repair in text


def test_a_code_is_found_in_any_case_and_an_unknown_one_names_the_nearest() -> None:
    assert find_rule(" a103 ").code == "A103"
    with pytest.raises(LktError) as caught:
        find_rule("A1O3")
    assert "Maksud Anda A1" in caught.value.hint
