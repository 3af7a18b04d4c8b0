"""A zip made at once is the one that Python's zipfile makes."""

import io
import random
import zipfile
from collections.abc import Iterable

import pytest

from lkt.wordtemplate.document import QUICK, SMALL, zipped

LETTERS = random.Random(7)
PARTS: dict[str, list[tuple[str, bytes, bool]]] = {
    "none": [],
    "empty": [("kosong.xml", b"", True)],
    "stored": [("foto.png", bytes(range(256)) * 9, False)],
    "packed": [("word/document.xml", b"<w:p/>" * 20_000, True), ("a/b.xml", b"<a/>", True)],
    "twice alike": [("satu.xml", b"<a/>" * 99, True), ("dua.xml", b"<a/>" * 99, True)],
    "other letters": [("media/café–ü.xml", "é".encode() * 50, True)],
    "not to be packed": [("acak.bin", LETTERS.randbytes(100_000), True)],
}


@pytest.mark.parametrize("level", [SMALL, QUICK])
@pytest.mark.parametrize("name", PARTS)
def test_same_as_zipfile(name: str, level: int) -> None:
    assert zipped(PARTS[name], level) == _by_zipfile(PARTS[name], level)


def _by_zipfile(parts: Iterable[tuple[str, bytes, bool]], level: int) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data, packed in parts:
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system = 3
            entry.external_attr = 0o600 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
            archive.writestr(entry, data, compresslevel=level)
    return buffer.getvalue()
