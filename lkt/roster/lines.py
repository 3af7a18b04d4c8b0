"""From the bytes of a CSV to its lines, whichever program wrote it."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from lkt.bahasa import nearest, normalize, squeeze
from lkt.errors import RosterError

_HEADINGS: Mapping[str, tuple[str, ...]] = {
    "kode_kecamatan": ("kode kec", "kode kecamatan", "kode wilayah kecamatan"),
    "kecamatan": ("kecamatan", "nama kecamatan", "kec"),
    "kode": ("kode", "kode desa", "kode desa/kelurahan", "kode wilayah", "kode wilayah desa"),
    "nama": ("nama", "desa", "nama desa", "desa/kelurahan", "nama desa/kelurahan"),
    "jenis": ("jenis", "status", "tipe", "jenis desa"),
}
_REQUIRED = ("kecamatan", "nama")
KELURAHAN = frozenset(("kelurahan", "kel", "kel."))
_DELIMITERS = (",", ";", "\t", "|")
_SEPARATOR_LINE = re.compile(r"\Asep=(.)\r?\n", re.IGNORECASE)
_KELURAHAN_CODE = re.compile(r"\d{6}1\d{3}")
_ROMAN = re.compile(r"[IVX]+")


@dataclass(frozen=True, slots=True)
class Wilayah:
    """One line of the list: a desa or a kelurahan, with the number of the line in the file."""

    line: int
    kode_kecamatan: str
    kecamatan: str
    kode: str
    nama: str
    jenis: str

    @property
    def is_kelurahan(self) -> bool:
        """By Jenis, or by the code where nothing is said."""
        if self.jenis:
            return normalize(self.jenis) in KELURAHAN
        return bool(_KELURAHAN_CODE.fullmatch(digits(self.kode)))


def _text(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def read_lines(data: bytes, name: str) -> Iterator[Wilayah]:
    """The lines of a list; ``name`` is used in messages.

    Raises:
        RosterError: it is empty, no CSV, or lacks a heading.
    """
    text = _text(data)
    lines = _lines(text, name)
    number, headings = next(lines, (0, []))
    if not number:
        raise RosterError(f"“{name}” kosong.")
    places = _places(headings, name)
    found = []
    for line, cells in lines:
        values = {field: _cell(cells, place) for field, place in places.items()}
        found.append(Wilayah(line, **{field: values.get(field, "") for field in _HEADINGS}))
    yield from map(_with_code, _in_usual_letters(found))


def _lines(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """The number of each line that is not blank, and its cells."""
    stated = _SEPARATOR_LINE.match(text)
    body = text[stated.end() :] if stated else text
    first = next((line for line in body.splitlines() if line.strip()), "")
    delimiter = stated[1] if stated else max(_DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=delimiter, strict=True)
    skipped = 1 if stated else 0
    try:
        for cells in reader:
            if any(map(squeeze, cells)):
                yield reader.line_num + skipped, cells
    except csv.Error as error:
        raise RosterError(
            f"“{name}” baris {reader.line_num + skipped} tidak terbaca sebagai CSV ({error}).",
            hint="Periksa tanda kutipnya, atau simpan ulang dari Excel sebagai CSV UTF-8.",
        ) from None


def _cell(cells: Sequence[str], place: int) -> str:
    return squeeze(cells[place]) if place < len(cells) else ""


def _places(headings: Sequence[str], name: str) -> dict[str, int]:
    """Field -> number of its column, by tolerant heading."""
    written = [normalize(heading.replace("_", " ")) for heading in headings]
    places = {
        field: written.index(found)
        for field, known in _HEADINGS.items()
        if (found := next((heading for heading in known if heading in written), None))
    }
    missing = [field for field in _REQUIRED if field not in places]
    if missing:
        guesses = [(field, nearest(field, headings)) for field in missing]
        raise RosterError(
            f"“{name}” tidak mempunyai judul kolom yang diperlukan.",
            tuple(
                f"Baris 1: kolom {field} tidak ada." + (f" Maksud Anda “{guess}”?" if guess else "")
                for field, guess in guesses
            ),
            "Judulnya: kode_kec, kecamatan, kode, nama, jenis; kode dan jenis boleh tidak ada.",
        )
    return places


def _in_usual_letters(rows: Sequence[Wilayah]) -> Iterator[Wilayah]:
    """The names in usual letters where the whole list is in capitals."""
    shouted = bool(rows) and not any(letter.islower() for row in rows for letter in row.kecamatan + row.nama)
    for row in rows:
        yield replace(row, kecamatan=_usual(row.kecamatan), nama=_usual(row.nama)) if shouted else row


def _usual(name: str) -> str:
    words = name.split(" ")
    return " ".join(word if _ROMAN.fullmatch(word) else word[:1] + word[1:].lower() for word in words)


def _with_code(row: Wilayah) -> Wilayah:
    """The code of the kecamatan, which begins that of the desa where it is not given itself."""
    parts = row.kode.split(".")
    if row.kode_kecamatan or len(parts) != 4:
        return row
    return replace(row, kode_kecamatan=".".join(parts[:3]))


def digits(code: str) -> str:
    """A code without its dots."""
    return re.sub(r"\D", "", code)
