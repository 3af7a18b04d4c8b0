"""Versions of the workbook format: the newest, older ones, none, and one that is not known yet."""

from functools import cache

import pytest

from lkt.errors import UnreadableWorkbookError
from lkt.model import Dataset
from lkt.pipeline import Result, run
from lkt.workbook.new import filled_workbook
from lkt.workbook.opening import grids_of
from lkt.workbook.reader import STEPS, Added, Renamed, Step, newest, read_grids, shape_of
from tests.builders import base, edit, workbook

SECOND: Step = (
    Renamed("Strategi", "Jadwal", "Waktu"),
    Renamed("Identitas", "Penanda Tangan", "Nama Camat"),
    Added("Kegiatan", "Uraian"),
    Added("Identitas", "Ukuran Kertas"),
)
THIRD: Step = (Renamed("Strategi", "Saat", "Jadwal"), Renamed("Anggaran", "Sumber", "Sumber Dana"))
MADE_UP = (THIRD, SECOND)
"""Two steps, oldest first: column Waktu was Saat in version 1 and Jadwal in version 2."""

NAMES = {
    1: {"| Waktu |": "| Saat |", "| Sumber Dana |": "| Sumber |"},
    2: {"| Waktu |": "| Jadwal |"},
}
OLD = {
    "| Nama Camat |": "| Penanda Tangan |",
    "| Versi Format | 1 |": "| Versi Format | {} |",
    "| Ukuran Kertas | F4 | |\n": "",
}


@cache
def of_version(number: int) -> str:
    """The clean workbook as it would have been in a version of the made-up history."""
    text = base()
    for new, old in {**NAMES.get(number, {}), **(OLD if number < 3 else {})}.items():
        assert text.count(new) == 1
        text = text.replace(new, old.format(number))
    return text if number < 3 else text.replace("| Versi Format | 1 |", "| Versi Format | 3 |")


def read(markdown: str, steps: tuple[Step, ...] = MADE_UP) -> Dataset:
    return read_grids(grids_of(workbook(markdown)), "q1.xlsx", steps)


def judged(result: Result) -> set[tuple[str, str, str]]:
    return {(finding.code, str(finding.ref), finding.message) for finding in result.findings}


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_workbook_of_any_version_is_read_alike(number: int) -> None:
    data, now = read(of_version(number)), read(of_version(3))
    assert data.strategi == now.strategi
    assert data.anggaran == now.anggaran
    assert data.identitas.nama_camat == now.identitas.nama_camat
    assert judged(run(data)) == judged(run(now)) == set()


@pytest.mark.parametrize("number", [1, 2])
def test_a_name_of_another_version_is_missed(number: int) -> None:
    """The version decides, so that a name may come back with another meaning."""
    said = of_version(number).replace(f"| Versi Format | {number} |", "| Versi Format | 3 |")
    assert {(each.kind.name, each.subject) for each in read(said).problems} >= {
        ("MISSING_KEY", "Nama Camat"),
        ("UNKNOWN_KEY", "Penanda Tangan"),
    }


def test_what_was_added_is_not_missed_even_beside_a_similar_name() -> None:
    data = read(of_version(1).replace("| Uraian | Foto |", "| Uraian2 | Foto |"))
    assert not data.problems
    assert data.identitas.ukuran_kertas.value == "F4"
    assert all(row.uraian.blank for row in data.kegiatan)


@pytest.mark.parametrize(
    ("written", "steps", "said"),
    [
        ("2", STEPS, "berformat versi 2, sedangkan lkt ini membaca sampai versi 1"),
        ("4", MADE_UP, "berformat versi 4, sedangkan lkt ini membaca sampai versi 3"),
        ("0", MADE_UP, "berformat versi 0"),
    ],
)
def test_a_version_that_is_not_known_is_refused(written: str, steps: tuple[Step, ...], said: str) -> None:
    with pytest.raises(UnreadableWorkbookError, match=said) as raised:
        read(edit(base(), "Identitas!B2", written), steps)
    assert raised.value.hint


@pytest.mark.parametrize("written", ["", "satu", "1,5"])
def test_without_a_readable_version_it_is_the_first(written: str) -> None:
    """That it cannot be read is a finding; the rest is read as ever."""
    data = read(edit(base(), "Identitas!B2", written), STEPS)
    assert data.indikator == read(base(), STEPS).indikator
    assert len(data.problems) == 1


def test_every_step_that_there_is_can_be_undone() -> None:
    assert [shape_of(version) for version in range(1, newest() + 1)]


def test_a_step_that_names_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="Strategi has no Kapan"):
        shape_of(1, ((Renamed("Strategi", "Saat", "Kapan"),),))


def test_a_new_workbook_is_of_the_newest_version() -> None:
    book = filled_workbook({"Identitas": [{"Isian": "Versi Format", "Nilai": 0}]}, spare=False)
    assert read_grids(grids_of(book)).identitas.versi_format.value == newest()
