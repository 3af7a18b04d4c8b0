"""SECURITY.md promises the limits that the code has."""

import pytest

from lkt import bounded
from lkt.files import MOST_BYTES
from lkt.wordtemplate import blocks
from lkt.wordtemplate import document as outside
from lkt.wordtemplate import document as package
from lkt.wordtemplate import sandbox as budget
from lkt.workbook import photos as soundness
from lkt.workbook import reader
from lkt.xlsx import package as xlsx
from lkt.xlsx import reading
from tests.builders import EXAMPLES

_PAGE = " ".join((EXAMPLES.parent / "SECURITY.md").read_text(encoding="utf-8").split())
_MB = 1024 * 1024


@pytest.mark.parametrize(
    "promise",
    [
        f"regular files are read, of at most {MOST_BYTES // _MB} MB",
        f"at most {bounded.MOST_ENTRIES:,} entries",
        f"declare at most {xlsx.MOST_UNPACKED // _MB} MB together ({package.LIMIT // _MB} MB in a Word",
        f"at most {xlsx.MOST_TAGS:,} tags",
        f"at most {reading.MOST_CELLS:,} cells",
        f"at most {reader._MOST_ROWS:,} rows",
        f"more than {soundness._MOST_PIXELS_OF_JPEG:,} pixels ({soundness._MOST_PIXELS:,} unless",
        f"a file of more than {soundness._MOST_BYTES // _MB} MB not opened",
        f"{budget.STEPS:,} steps, {budget.CHARACTERS:,} characters of result",
        f"{budget.LONGEST:,} characters or items",
        f"whole numbers up to 10^{len(str(budget._LARGEST)) - 1}, {budget.SECONDS} seconds",
        f"fewer than {blocks.DEEPEST} levels",
        f"only the {budget.SECONDS} seconds end it",
        *sorted(outside.FORBIDDEN_FIELDS),
    ],
)
def test_the_page_tells_each_limit(promise: str) -> None:
    assert promise in _PAGE


def test_six_formats() -> None:
    assert len(soundness.FORMATS) == 6
    assert "Six formats are read" in _PAGE
