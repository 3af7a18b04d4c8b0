"""SECURITY.md promises the limits that the code has, and each promise names tests that exist."""

import re
from pathlib import Path

import pytest

from lkt import bounded
from lkt.batch import processes
from lkt.files import MOST_BYTES
from lkt.wordtemplate import foreign, limits
from lkt.workbook import photos as soundness
from lkt.workbook import reader
from lkt.xlsx import formulas, reading
from lkt.xlsx import package as xlsx
from tests.builders import EXAMPLES

_TEXT = (EXAMPLES.parent / "SECURITY.md").read_text(encoding="utf-8")
_PAGE = " ".join(_TEXT.split())
_DEFENDED = _TEXT.partition("## Defended")[2].partition("### The program itself")[0]
_PROMISES = [line for line in _DEFENDED.splitlines() if line.startswith("- ")]
_TESTS = sorted(set(re.findall(r"([\w/]+)::(test_\w+)", _TEXT)))
_MB = 1024 * 1024


@pytest.mark.parametrize(
    "promise",
    [
        f"regular files are read, of at most {MOST_BYTES // _MB} MB",
        f"at most {bounded.MOST_ENTRIES:,} entries",
        f"declare at most {xlsx.MOST_UNPACKED // _MB} MB together ({limits.BYTES // _MB} MB in a Word",
        f"at most {xlsx.MOST_TAGS:,} tags",
        f"at most {reading.MOST_CELLS:,} cells",
        f"at most {reader._MOST_ROWS:,} rows",
        f"more than {soundness._MOST_PIXELS_OF_JPEG:,} pixels ({soundness._MOST_PIXELS:,} unless",
        f"more than {soundness._MOST_SCANNED:,} pixels in all its scans",
        f"a file of more than {soundness._MOST_BYTES // _MB} MB.",
        f"{formulas._MOST_LETTERS:,} letters are looked into",
        f"{limits.STEPS:,} steps, {limits.CHARACTERS:,} characters of result",
        f"{limits.LONGEST:,} characters or items",
        f"whole numbers up to 10^{len(str(limits.LARGEST)) - 1}, {limits.SECONDS} seconds",
        f"fewer than {limits.DEEPEST} levels",
        f"{limits.MARKS:,} signs `<` and `=` in its XML and {limits.RELATIONS:,} relationships",
        f"a template {limits.TAGS:,} tags with {limits.TAG_LETTERS:,} letters",
        f"has {processes.SECONDS} seconds and, on Linux, {processes.MEMORY // _MB // 1024} GB of memory",
        ", ".join(sorted(foreign.ALLOWED_FIELDS)),
    ],
)
def test_the_page_tells_each_limit(promise: str) -> None:
    assert promise in _PAGE


def test_six_formats() -> None:
    assert len(soundness.FORMATS) == 6
    assert "Six formats are read" in _PAGE


def test_each_promise_names_its_tests() -> None:
    assert len(_PROMISES) > 20
    assert [line for line in _PROMISES if not re.search(r" \[[\w/]+::test_[^]]+\]\.$", line)] == []


@pytest.mark.parametrize(("file", "test"), _TESTS)
def test_a_named_test_exists(file: str, test: str) -> None:
    source = (Path(__file__).parent / f"{file}.py").read_text(encoding="utf-8")
    assert re.search(rf"^def {test}\(", source, re.MULTILINE)
