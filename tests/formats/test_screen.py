"""Lines on a pipe, on a terminal and on an old console."""

import io
import re
from typing import IO

import pytest

from lkt.errors import LktError, TemplateError
from lkt.formats.screen import error_view, line, print_view


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_a_pipe_gets_each_line_whole_and_plain() -> None:
    stream = io.StringIO()
    print_view([line(("KESALAHAN", "bold red"), " " + "kata " * 60, indent=4)], stream)
    assert stream.getvalue() == "    KESALAHAN " + ("kata " * 60).rstrip() + "\n"


def test_a_terminal_wraps_under_the_indent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setenv("TERM", "xterm")
    stream = Terminal()
    print_view([line("kata " * 20, indent=6)], stream)
    lines = re.sub(r"\x1b\[[0-9;]*m", "", stream.getvalue()).splitlines()
    assert len(lines) > 2
    assert all(text.startswith("      kata") and len(text.rstrip()) <= 40 for text in lines)


def test_an_old_console_gets_signs_that_it_has() -> None:
    raw = io.BytesIO()
    stream: IO[str] = io.TextIOWrapper(raw, encoding="cp1252", newline="\n")
    print_view([line("2 × T − R ≥ 5 → “ya” ☐ 漢")], stream)
    stream.flush()
    assert raw.getvalue().decode("cp1252") == "2 × T - R >= 5 -> “ya” [ ] ?\n"


def test_trouble_is_told_with_its_places_and_what_to_do() -> None:
    text = [each.plain for each in error_view(TemplateError("Salah.", ("baris 1", "baris 2"), "Perbaiki."))]
    assert text == ["Gagal: Salah.", "  - baris 1", "  - baris 2", "  Perbaiki."]
    assert [each.plain for each in error_view(LktError("Salah."))] == ["Gagal: Salah."]
