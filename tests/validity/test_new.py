"""``lkt new`` with names that XML, XlsxWriter or a command line stumble over."""

from pathlib import Path

import pytest

from lkt.indonesian import squeeze
from lkt.workbook.new import new_workbook
from tests.validity.awkward import LONGEST, TEXTS, read_back
from tests.validity.checks import complaints

NAMES = {
    "no characters": TEXTS["not characters"] + TEXTS["control characters"],
    "rich text of XlsxWriter": "<r>&</r>",
    "bytes of a command line": "a\udc80b",
    "too long": "x" * 40_000,
}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_the_workbook_is_valid_and_holds_the_names(name: str, tmp_path: Path) -> None:
    path = tmp_path / "q1.xlsx"
    path.write_bytes(new_workbook(name, 2024, 1, kabupaten=name, kode=name, desa=[name, *TEXTS.values()]))
    assert complaints(path) == []
    dataset = read_back(path.read_bytes())
    assert dataset.identitas.kecamatan.value == squeeze(name)[:LONGEST]
    written = [row.desa.value for row in dataset.desa]
    assert written == [squeeze(text)[:LONGEST] for text in (name, *TEXTS.values())]
