"""Summaries that are packed, laid in a file, or made of others: the same as a list of them."""

import gc
import pickle
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from lkt.errors import OutputError
from lkt.recap.document import example_recap, rekap_docx
from lkt.recap.page import index_parts
from lkt.recap.spreadsheet import rekap_xlsx
from lkt.recap.summary import Laid, Mapped, Packed, Ringkasan, Status
from lkt.recap.totals import Rekap, combine
from tests.recap.recaps import kecamatan

ROWS = [
    replace(row, kecamatan=f"{row.kecamatan} {number}")
    for number in range(80)
    for row in (*example_recap().kecamatan, Ringkasan("\udcff.xlsx", Status.BELUM, ""))
]


def test_a_summary_is_the_same_after_it_was_pickled() -> None:
    assert [pickle.loads(pickle.dumps(row)) for row in ROWS[:20]] == ROWS[:20]


@pytest.mark.parametrize("number", [0, 1, 199, 200, 201, len(ROWS)])
def test_what_is_packed_comes_out_as_it_was(number: int) -> None:
    packed = Packed(iter(ROWS[:number]))
    assert list(packed) == ROWS[:number]
    assert list(packed) == ROWS[:number]
    assert len(packed) == number


def test_a_packed_summary_is_found_by_its_place() -> None:
    packed = Packed(ROWS)
    assert (packed[3], packed[250], packed[-1]) == (ROWS[3], ROWS[250], ROWS[-1])
    assert packed[198:203] == ROWS[198:203]
    with pytest.raises(IndexError):
        packed[len(ROWS)]


def many() -> Rekap:
    rows = (kecamatan(f"Kecamatan {number}", kode=f"35.{number:04}") for number in range(700))
    return combine(rows)


@pytest.fixture
def newly_alive() -> Iterator[Callable[[], int]]:
    """How many summaries there are; what other tests hold is set aside, it takes long to go through."""
    gc.freeze()
    yield lambda: sum(isinstance(each, Ringkasan) for each in gc.get_objects())
    gc.unfreeze()


def test_a_recap_holds_a_few_hundred_summaries_however_many_there_are(newly_alive: Callable[[], int]) -> None:
    assert newly_alive() == 0
    one = kecamatan("Satu")
    assert newly_alive() == 1, "a summary that is held is counted"
    del one
    rekap = many()
    assert rekap.jumlah.baris == 700
    parts = index_parts(rekap, "0")
    held = [newly_alive() for _ in parts]
    assert len(held) > 20
    assert max(held) < 250
    assert rekap_xlsx(rekap)
    assert rekap_docx(rekap)
    assert newly_alive() < 250


@pytest.mark.parametrize("number", [0, 1, 499, 500, 501, 1000, 1501])
def test_what_is_laid_down_is_gone_through_in_its_order(number: int) -> None:
    laid = Laid(iter(range(number)))
    assert len(laid) == number
    assert list(laid) == list(range(number))


def test_what_is_made_of_a_sequence_is_made_when_asked_for() -> None:
    made: list[str] = []

    def make(value: str, place: int) -> str:
        made.append(value)
        return f"{place}{value}"

    mapped = Mapped(make, "abc")
    assert len(mapped) == 3
    assert not made
    assert (mapped[1], mapped[-1], mapped[1:], list(mapped)) == ("1b", "2c", ["1b", "2c"], ["0a", "1b", "2c"])
    with pytest.raises(IndexError):
        mapped[3]


def test_a_missing_folder_for_temporary_files_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "hilang"))
    with pytest.raises(OutputError, match="Berkas sementara tidak dapat ditulis"):
        rekap_xlsx(example_recap())
