"""Text that formats stumble over: printed as it stands, in valid files, under names that any system takes."""

import io
import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from itertools import cycle
from pathlib import Path, PurePosixPath, PureWindowsPath

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lkt.files import free_name, write_output
from lkt.indonesian import proper_name, squeeze
from lkt.pipeline import Result, run
from lkt.report.build import build_report, report_name
from lkt.report.templates import shipped_template, shipped_templates
from lkt.workbook.annotation import annotate
from lkt.workbook.cells import read_text
from lkt.workbook.corrections import correct_workbook
from lkt.workbook.new import new_workbook
from lkt.xlsx import Raw
from tests.report.report_text import result_of
from tests.validity.awkward import (
    AWKWARD,
    FREE_CELLS,
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

_EXAMPLES = max(1, settings().max_examples // 25)
_REPORTS = tuple(name for name in shipped_templates() if name.startswith("laporan-"))


# In a workbook ---------------------------------------------------------------------------------------------


def draft(book: bytes, template: str = "laporan-triwulan") -> bytes:
    return build_report(run(read_back(book)), shipped_template(template), template, draft=True)


def wrong_files(book: bytes, folder: Path) -> dict[str, list[str]]:
    """The files made of a workbook that a validator objects to."""
    made = {
        **{f"{name}.docx": draft(book, name) for name in _REPORTS},
        "buku.xlsx": book,
        "diperiksa.xlsx": annotate(book, run(read_back(book)).findings),
        "diperbaiki.xlsx": correct_workbook(book)[0],
    }
    wrong = {}
    for name, data in made.items():
        (folder / name).write_bytes(data)
        if found := complaints(folder / name):
            wrong[name] = found
    return wrong


def shown(report: bytes) -> str:
    body = docx.Document(io.BytesIO(report)).element.body
    return visible("".join(each.text or "" for each in body.iter(f"{{{W}}}t")))


def test_the_report_prints_every_text_as_it_stands(tmp_path: Path) -> None:
    """Each of the texts stands in some of the cells for free text, with a number of its own at its end."""
    texts = {
        cell: f"{text[: LONGEST - 4]}Z{number}Z"
        for number, (cell, text) in enumerate(zip(FREE_CELLS, cycle(TEXTS.values()), strict=False), 10)
    }
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


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(TEXTS["not characters"] + TEXTS["control characters"], id="no characters"),
        pytest.param("<r>&</r>", id="rich text of XlsxWriter"),
        pytest.param("a\udc80b", id="bytes of a command line"),
        pytest.param("x" * 40_000, id="too long"),
    ],
)
def test_a_new_workbook_is_valid_and_holds_the_names(name: str, tmp_path: Path) -> None:
    path = tmp_path / "q1.xlsx"
    path.write_bytes(new_workbook(name, 2024, 1, kabupaten=name, kode=name, desa=[name, *TEXTS.values()]))
    assert complaints(path) == []
    dataset = read_back(path.read_bytes())
    assert dataset.identitas.kecamatan.value == proper_name(squeeze(name))[:LONGEST]
    written = [row.desa.value for row in dataset.desa]
    assert written == [proper_name(squeeze(text))[:LONGEST] for text in (name, *TEXTS.values())]


# In the name of a report -----------------------------------------------------------------------------------

_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]')
_DEVICE = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")


@cache
def clean() -> Result:
    return result_of({})


def name_of(jabatan: str) -> str:
    """The name of the report of an office, as the reader takes its name from the cell."""
    dataset = clean().dataset
    cell = replace(dataset.identitas.jabatan, value=read_text(Raw(jabatan)).value)
    identitas = replace(dataset.identitas, jabatan=cell)
    return report_name(replace(clean(), dataset=replace(dataset, identitas=identitas)))


def objections(name: str) -> set[str]:
    """What some system or person would have against a file name."""
    stem = name.removesuffix(".docx")
    judged = {
        "a letter that is not allowed": _FORBIDDEN.search(name),
        "a device of Windows": _DEVICE.fullmatch(name),
        "a folder": {PurePosixPath(name).name, PureWindowsPath(name).name} != {name},
        "another suffix": stem == name,
        "blanks at an end": stem != stem.strip(),
        "blanks in a row": "  " in name,
        "too long": len(name.encode()) > 200,
        "not LAPORAN": not name.startswith("LAPORAN KINERJA TRIWULAN I "),
        "without its year": not name.endswith("TAHUN 2024.docx"),
    }
    return {objection for objection, true in judged.items() if true}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_the_name_of_awkward_text(text: str) -> None:
    assert objections(name_of(text)) == set()


@given(AWKWARD)
def test_the_name_of_any_text(text: str) -> None:
    assert objections(name_of(text)) == set()


def test_an_office_of_usual_length_keeps_its_name() -> None:
    name = name_of("Pelaksana Tugas Camat Kedungkandang Lor Wetan dan Penjabat Sementara Lurah")
    assert "PELAKSANA TUGAS CAMAT KEDUNGKANDANG LOR WETAN DAN PENJABAT SEMENTARA LURAH TAHUN" in name


@pytest.mark.parametrize("jabatan", ["Camat...", "Camat / Sukamulya", "\u202ecmd.exe"])
@pytest.mark.parametrize("blank", ["Identitas!B6", "Identitas!B7"])
def test_the_name_without_a_year_or_a_quarter(jabatan: str, blank: str) -> None:
    name = report_name(result_of({"Identitas!B11": jabatan, blank: ""}))
    assert objections(name) <= {"without its year", "not LAPORAN"}
    assert name.startswith("LAPORAN KINERJA TRIWULAN ")


def test_the_file_can_be_written_beside_others_of_its_name(tmp_path: Path) -> None:
    path = tmp_path / name_of("ز" * 3000)
    for _ in range(2):
        write_output(path, b"x", replace=True)
    write_output(free_name(path, "baru"), b"x")
    assert len(list(tmp_path.iterdir())) == 3
