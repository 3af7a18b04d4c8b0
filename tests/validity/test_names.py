"""The name of a report comes from text of the workbook, and any system takes it."""

import re
from dataclasses import replace
from functools import cache
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given

from lkt.files import free_name, write_output
from lkt.pipeline import Result
from lkt.report.build import report_name
from lkt.workbook.cells import read_text
from lkt.xlsx import Raw
from tests.report.report_text import result_of
from tests.validity.awkward import AWKWARD, TEXTS

_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]')
_DEVICE = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")


def name_of(jabatan: str) -> str:
    """The name of the report of an office, as the reader takes its name from the cell."""
    result = clean()
    cell = replace(result.dataset.identitas.jabatan, value=read_text(Raw(jabatan)).value)
    identitas = replace(result.dataset.identitas, jabatan=cell)
    return report_name(replace(result, dataset=replace(result.dataset, identitas=identitas)))


@cache
def clean() -> Result:
    return result_of({})


def complaints(name: str) -> list[str]:
    """What some system or person would have against a file name."""
    stem = name.removesuffix(".docx")
    return [
        reason
        for reason, true in {
            "a letter that is not allowed": _FORBIDDEN.search(name),
            "a device of Windows": _DEVICE.fullmatch(name),
            "a folder": {PurePosixPath(name).name, PureWindowsPath(name).name} != {name},
            "another suffix": stem == name,
            "blanks at an end": stem != stem.strip(),
            "blanks in a row": "  " in name,
            "too long": len(name.encode()) > 200,
            "not LAPORAN": not name.startswith("LAPORAN KINERJA TRIWULAN I "),
            "without its year": not name.endswith("TAHUN 2024.docx"),
        }.items()
        if true
    ]


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_of_awkward_text(text: str) -> None:
    assert complaints(name_of(text)) == []


@given(AWKWARD)
def test_of_any_text(text: str) -> None:
    assert complaints(name_of(text)) == []


def test_an_office_of_usual_length_keeps_its_name() -> None:
    name = name_of("Pelaksana Tugas Camat Kedungkandang Lor Wetan dan Penjabat Sementara Lurah")
    assert "PELAKSANA TUGAS CAMAT KEDUNGKANDANG LOR WETAN DAN PENJABAT SEMENTARA LURAH TAHUN" in name


@pytest.mark.parametrize("jabatan", ["Camat...", "Camat / Sukamulya", "\u202ecmd.exe"])
@pytest.mark.parametrize("blank", ["Identitas!B6", "Identitas!B7"])
def test_without_a_year_or_a_quarter(jabatan: str, blank: str) -> None:
    name = report_name(result_of({"Identitas!B11": jabatan, blank: ""}))
    assert set(complaints(name)) <= {"without its year", "not LAPORAN"}
    assert name.startswith("LAPORAN KINERJA TRIWULAN ")


def test_the_file_can_be_written_beside_others_of_its_name(tmp_path: Path) -> None:
    path = tmp_path / name_of("ز" * 3000)
    for _ in range(2):
        write_output(path, b"x", replace=True)
    write_output(free_name(path, "baru"), b"x")
    assert len(list(tmp_path.iterdir())) == 3
