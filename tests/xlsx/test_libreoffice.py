"""Patched workbooks as LibreOffice opens, calculates and saves them."""

import shutil
import subprocess
from pathlib import Path

import pytest

from lkt.model import Ref
from lkt.workbook.annotation import annotate
from lkt.xlsx import Formula, NewValue
from tests.xlsx.looking import LISTING, conditions, load, note, with_cells, without_annotations
from tests.xlsx.samples import (
    SAMPLES,
    by_openpyxl,
    by_xlsxwriter,
    findings_for,
    on,
)

pytestmark = [
    pytest.mark.libreoffice,
    pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice (soffice) is missing"),
]
CORRECTIONS: dict[str, NewValue] = {
    "B2": 2,
    "B3": None,
    "B4": 0.31,
    "B5": "-2.5",
    "B6": 1e19,
    "D4": 45383,
    "A2": "Satu",
    "A3": 5,
    "A4": "baris baru",
    "A5": "x" * 401,
    "A7": "tepi",
    "A8": "xA",
    "D2": None,
    "D3": False,
    "D5": 0,
    "C4": 1,
    "C6": "x",
}


def convert(folder: Path, kind: str, **books: bytes) -> dict[str, Path]:
    for name, data in books.items():
        (folder / f"{name}.xlsx").write_bytes(data)
    profile, out = f"-env:UserInstallation={(folder / 'profile').as_uri()}", folder / kind
    sources = [str(folder / f"{name}.xlsx") for name in books]
    command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(out), *sources]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return {name: out / f"{name}.{kind}" for name in books}


def test_highlights_hold_until_a_cell_is_corrected(tmp_path: Path) -> None:
    original = by_xlsxwriter()
    formulas = conditions(annotate(original, [on("Data", *CORRECTIONS)]), "xl/worksheets/sheet1.xml")
    tests: dict[Ref, NewValue] = {
        Ref("Data", f"T{row}"): Formula(f"AND({formulas[cell]})") for row, cell in enumerate(CORRECTIONS, 1)
    }
    corrected = {Ref("Data", cell): value for cell, value in CORRECTIONS.items()}
    books = convert(
        tmp_path, "xlsx", before=with_cells(original, tests), after=with_cells(original, corrected | tests)
    )
    for name, expected in (("before", True), ("after", False)):
        sheet = load(books[name].read_bytes(), values=True)["Data"]
        results = {cell: sheet[f"T{row}"].value for row, cell in enumerate(CORRECTIONS, 1)}
        assert results == dict.fromkeys(CORRECTIONS, expected)


def test_an_annotated_copy_opens_and_prints(tmp_path: Path) -> None:
    books = {name: annotate(SAMPLES[name](), findings_for(name)) for name in ("asli", "xlsxwriter")}
    for path in convert(tmp_path, "pdf", **books).values():
        assert path.read_bytes().startswith(b"%PDF")


def test_marks_are_found_after_a_save_by_libreoffice(tmp_path: Path) -> None:
    original = by_openpyxl()
    annotated = annotate(original, [on("Data", "A2", "B2", "B3")])
    (path,) = convert(tmp_path, "xlsx", buku=annotated).values()
    saved = path.read_bytes()
    assert load(saved).sheetnames[-1] == LISTING
    stripped = without_annotations(saved)
    assert load(stripped).sheetnames == load(original).sheetnames
    assert note(stripped, "Data", "A2") == "Catatan pengguna"
    assert load(stripped)["Data"]["B2"].comment is None
    assert not conditions(stripped, "xl/worksheets/sheet1.xml")
    assert load(annotate(saved, [on("Data", "B2")])).sheetnames == [*load(original).sheetnames, LISTING]
