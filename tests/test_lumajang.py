"""The made-up workbooks of Lumajang: as the script writes them, and wrong only where their page says."""

import csv
from datetime import date

import pytest

from examples.kekeliruan import MISTAKES
from examples.lumajang import FOLDER, NOTE, NUMBER, file_name, readme, workbooks
from examples.rekaan import QUARTER, contents
from examples.wilayah import ROSTER, Kecamatan, kecamatan
from lkt.calendar import is_working_day
from lkt.checking import work_out
from lkt.findings import Severity
from lkt.pipeline import Result, run
from lkt.wordtemplate.document import read_parts
from lkt.workbook.new import filled_workbook
from lkt.workbook.opening import grids_of
from lkt.workbook.reader import read_grids

OFFICES = tuple(kecamatan(NUMBER))
AGAIN = "run python -m examples.lumajang"


def serious(result: Result) -> list[str]:
    """Errors and warnings that the office does not accept, each with its first place."""
    return sorted(
        f"{finding.code} {finding.ref}"
        for finding in result.findings
        if finding.severity is not Severity.INFO and not finding.accepted
    )


def made(office: Kecamatan, log_rows: int | None = None) -> Result:
    """The right workbook of an office as it is read."""
    return run(read_grids(grids_of(filled_workbook(contents(office, log_rows), spare=False))))


@pytest.mark.parametrize("office", OFFICES, ids=lambda office: office.nama)
def test_what_is_wrong_is_what_the_page_lists(office: Kecamatan) -> None:
    listed = sorted(found for mistake in MISTAKES.get(office.nama, ()) for found in mistake.found)
    result = work_out(FOLDER / file_name(office))
    assert serious(result) == listed
    assert not [finding for finding in result.findings if finding.severity is Severity.INFO]


def test_the_folder_holds_what_the_script_writes() -> None:
    """Parts are compared as text: how well a zip is packed depends on the machine."""
    written = dict(workbooks())
    assert {path.name for path in FOLDER.glob("*.xlsx")} == set(written), AGAIN
    for name, data in written.items():
        assert read_parts((FOLDER / name).read_bytes(), name) == read_parts(data, name), AGAIN
    assert (FOLDER / "README.md").read_text(encoding="utf-8") == readme(), AGAIN


def test_the_folder_is_small() -> None:
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 1_000_000


def test_the_roster_is_whole() -> None:
    with ROSTER.open(encoding="utf-8", newline="") as file:
        rows = {(row["kode"], row["nama"]) for row in csv.DictReader(file) if row["jenis"] == "desa"}
    assert len(OFFICES) == NUMBER
    assert {desa for office in OFFICES for desa in office.desa} == rows


@pytest.mark.parametrize("office", OFFICES, ids=lambda office: office.nama)
def test_every_workbook_says_that_it_is_made_up(office: Kecamatan) -> None:
    front = {grid.name: grid for grid in grids_of((FOLDER / file_name(office)).read_bytes())}["Identitas"]
    assert str(front.rows[2][3].value).startswith(NOTE)
    assert str(front.rows[10][2].value).endswith("(rekaan)")


def test_figures_are_plausible() -> None:
    for office in OFFICES:
        sheets = contents(office)
        assert 10 <= len(sheets["Fasilitasi"]) <= 40
        assert all(row["Tanggal"] in QUARTER for row in sheets["Fasilitasi"])
        for row in sheets["Anggaran"]:
            assert isinstance(row["Realisasi"], int)
            assert isinstance(row["Pagu"], int)
            assert 0.08 <= row["Realisasi"] / row["Pagu"] <= 0.30
        days = [row["LPPDesa"] for row in sheets["Desa"] if row.get("LPPDesa")]
        assert all(isinstance(day, date) and is_working_day(day) for day in days)


@pytest.mark.parametrize(("nomor", "log_rows"), [(22, None), (99, 1), (100, 60), (2100, 300)])
def test_nothing_is_wrong_in_an_invented_kecamatan(nomor: int, log_rows: int | None) -> None:
    *_, office = kecamatan(nomor)
    result = made(office, log_rows)
    assert office.nomor == nomor
    assert serious(result) == []
    assert log_rows in {None, len(result.dataset.fasilitasi)}


def test_without_their_mistakes_nothing_is_wrong() -> None:
    assert [serious(made(office)) for office in OFFICES if office.nama in MISTAKES] == [[]] * len(MISTAKES)
