"""What is printed on a pipe, on a terminal and on an old console; the screens of check, explain and rules."""

import io
from typing import IO

import pytest

from docs.build import DOCS, pages
from lkt.errors import LktError, TemplateError
from lkt.formats.outcomes import FAMILY_NAMES, explain_view, rules_view
from lkt.formats.screen import compact, error_view, line, print_view
from lkt.formats.terminal import findings_view
from lkt.model import Ref
from lkt.pipeline import run
from lkt.rules import RULES, find_rule
from tests.builders import base, dataset, edited
from tests.formats.printing import Terminal, printed


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
    said = printed(findings_view("q1.xlsx", result))
    assert "Kecamatan Sukamulya · Triwulan I" in said
    assert "Kecamatan Kecamatan" not in said


def test_cells_that_could_not_be_checked_alike_stand_on_one_line() -> None:
    result = run(dataset(edited(base(), {"Anggaran!H2": "", "Anggaran!H3": "", "Identitas!B8": ""})))
    lines = [each.strip() for each in printed(findings_view("q1.xlsx", result)).splitlines()]
    start = lines.index("Yang tidak dapat diperiksa")
    subjects = [text.partition(";")[0] for text in lines[start + 1 : lines.index("", start)]]
    assert subjects == [
        "Identitas!B8  Tanggal Laporan belum diisi",
        "Anggaran!H2:H3  Realisasi belum diisi",
    ]
    assert len(result.unchecked) == 3


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
