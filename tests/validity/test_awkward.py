"""Text that formats stumble over, in any cell: it is printed as it stands, and every file stays valid."""

import io
from collections.abc import Callable, Mapping
from itertools import cycle
from pathlib import Path

import docx
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lkt.pipeline import run
from lkt.report.build import build_report
from lkt.report.templates import shipped_template, shipped_templates
from lkt.workbook.annotation import annotate
from lkt.workbook.corrections import correct_workbook
from tests.validity.awkward import (
    AWKWARD,
    FREE,
    LONGEST,
    TEXTS,
    Cell,
    cells,
    read_back,
    visible,
    workbook_with,
)
from tests.validity.checks import complaints
from tests.wordtemplate.docx_builder import W

FREE_CELLS = [cell for cell in cells() if cell[2] in FREE.get(cell[0], ())]
_EXAMPLES = max(1, settings().max_examples // 50)


def draft(book: bytes, template: str = "laporan-triwulan") -> bytes:
    return build_report(run(read_back(book)), shipped_template(template), template, draft=True)


def marked(book: bytes) -> bytes:
    return annotate(book, run(read_back(book)).findings)


def files_of(book: bytes) -> Mapping[str, Callable[[], bytes]]:
    """Name -> how it is made."""
    reports = {
        f"{name}.docx": lambda name=name: draft(book, name)
        for name in shipped_templates()
        if name.startswith("laporan-")
    }
    return {
        **reports,
        "buku.xlsx": lambda: book,
        "diperiksa.xlsx": lambda: marked(book),
        "diperbaiki.xlsx": lambda: correct_workbook(book)[0],
    }


def wrong_files(book: bytes, folder: Path) -> dict[str, list[str]]:
    """The files made of a workbook that a validator objects to."""
    wrong = {}
    for name, make in files_of(book).items():
        path = folder / name
        path.write_bytes(make())
        wrong[name] = complaints(path)
    return {name: found for name, found in wrong.items() if found}


def everywhere() -> dict[Cell, str]:
    """Each of the texts in some of the cells for free text, each with a number of its own at its end."""
    return {
        cell: f"{text[: LONGEST - 4]}Z{number}Z"
        for number, (cell, text) in enumerate(zip(FREE_CELLS, cycle(TEXTS.values()), strict=False), 10)
    }


def shown(report: bytes) -> str:
    body = docx.Document(io.BytesIO(report)).element.body
    return visible("".join(each.text or "" for each in body.iter(f"{{{W}}}t")))


def test_the_report_prints_every_text_as_it_stands(tmp_path: Path) -> None:
    texts = everywhere()
    book = workbook_with(texts)
    body = shown(draft(book))
    assert [text for text in texts.values() if visible(text) not in body] == []
    assert wrong_files(book, tmp_path) == {}


@given(st.dictionaries(st.sampled_from(cells()), AWKWARD, min_size=1, max_size=20))
@settings(
    max_examples=_EXAMPLES, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
def test_any_text_in_any_cell(tmp_path: Path, texts: Mapping[Cell, str]) -> None:
    assert wrong_files(workbook_with(texts), tmp_path) == {}
