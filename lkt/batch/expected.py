"""Who should hand in a workbook: a list of kecamatan, as plain lines or as CSV."""

import csv
from collections.abc import Iterator
from pathlib import Path

from lkt.bahasa import normalize, squeeze
from lkt.errors import LktError
from lkt.files import read_file

_NAMES = ("kecamatan", "nama kecamatan")
_CODES = ("kode kecamatan", "kode_kec", "kode kec")
_OF_DESA = {"desa", "nama", "nama desa"}


def read_expected(path: Path) -> tuple[tuple[str, str], ...]:
    """Code and name of each kecamatan, each once, in the order of the list; a code may be empty.

    The list is one name a line, or a CSV with a column kecamatan and perhaps one of codes; a roster of desa
    will do, since each kecamatan counts once.

    Raises:
        LktError: the file cannot be read, or names nobody.
    """
    text = _decoded(read_file(path, "Daftar"))
    lines = [line for line in text.splitlines() if line.strip()]
    rows = list(_rows(lines)) if lines else []
    found = {(code, normalize(name)): (code, name) for code, name in rows if name}
    if not found:
        raise LktError(
            f"Daftar “{path}” tidak menyebut satu kecamatan pun.",
            "Tulis satu nama kecamatan setiap baris, atau CSV dengan kolom kecamatan.",
        )
    return tuple(found.values())


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _rows(lines: list[str]) -> Iterator[tuple[str, str]]:
    delimiter = ";" if lines[0].count(";") > lines[0].count(",") else ","
    heading = [normalize(cell) for cell in next(csv.reader([lines[0]], delimiter=delimiter))]
    name = next((heading.index(label) for label in _NAMES if label in heading), None)
    if name is None:
        yield from (("", squeeze(line)) for line in lines)
        return
    plain = () if _OF_DESA & set(heading) else ("kode",)  # in a roster that is the code of the desa
    code = next((heading.index(label) for label in (*_CODES, *plain) if label in heading), None)
    for row in csv.reader(lines[1:], delimiter=delimiter):
        cells = [squeeze(cell) for cell in row] + [""] * len(heading)
        yield "" if code is None else cells[code], cells[name]
