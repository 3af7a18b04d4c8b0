"""A list of the desa of a kabupaten in CSV: from its lines to one blank workbook for each kecamatan."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from lkt.errors import RosterError
from lkt.indonesian import nearest, normalize, squeeze
from lkt.workbook.new import filled_workbook, new_contents

# From the bytes of a CSV to its lines, whichever program wrote it -----------------------------------------


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


# What can be wrong with the lines of a list of desa -------------------------------------------------------


_DESA = frozenset(
    ("desa", "desa adat", "nagari", "gampong", "kampung", "kalurahan", "pekon", "tiyuh", "lembang", "negeri")
)
_CODE_DIGITS = 6

Problem = tuple[int, str]
"""The number of the line and what is wrong with it."""


def _blank(rows: Sequence[Wilayah]) -> Iterator[Problem]:
    for row in rows:
        for field, name in (("kecamatan", "nama kecamatan"), ("nama", "nama desa")):
            if not getattr(row, field):
                yield row.line, f"Baris {row.line}: {name} kosong."


def _unknown_kind(rows: Sequence[Wilayah]) -> Iterator[Problem]:
    for row in rows:
        if row.jenis and normalize(row.jenis) not in _DESA | KELURAHAN:
            yield row.line, f"Baris {row.line}: jenis “{row.jenis}” bukan desa atau kelurahan."


def _repeated(rows: Sequence[Wilayah]) -> Iterator[Problem]:
    codes: dict[str, int] = {}
    names: dict[tuple[str, str, bool], int] = {}
    for row in rows:
        code, name = digits(row.kode), (normalize(row.kecamatan), normalize(row.nama), row.is_kelurahan)
        if code and code in codes:
            yield row.line, f"Baris {row.line}: kode {row.kode} sudah ada pada baris {codes[code]}."
        elif row.nama and name in names:
            yield (
                row.line,
                f"Baris {row.line}: {row.nama}, {row.kecamatan}, sudah ada pada baris {names[name]}.",
            )
        codes.setdefault(code, row.line)
        names.setdefault(name, row.line)


def _two_names(rows: Sequence[Wilayah]) -> Iterator[Problem]:
    """One code of a kecamatan with two names, or one name with two codes."""
    by_code: dict[str, Wilayah] = {}
    by_name: dict[str, Wilayah] = {}
    for row in rows:
        code, name = digits(row.kode_kecamatan), normalize(row.kecamatan)
        if not code or not name:
            continue
        same, namesake = by_code.setdefault(code, row), by_name.setdefault(name, row)
        if normalize(same.kecamatan) != name:
            yield (
                row.line,
                (
                    f"Baris {row.line}: kode kecamatan {row.kode_kecamatan} bernama {row.kecamatan}, "
                    f"sedangkan pada baris {same.line} bernama {same.kecamatan}."
                ),
            )
        elif digits(namesake.kode_kecamatan) != code:
            yield (
                row.line,
                (
                    f"Baris {row.line}: kecamatan {row.kecamatan} berkode {row.kode_kecamatan}, sedangkan "
                    f"pada baris {namesake.line} berkode {namesake.kode_kecamatan}."
                ),
            )


def _foreign_code(rows: Sequence[Wilayah]) -> Iterator[Problem]:
    for row in rows:
        code, outer = digits(row.kode), digits(row.kode_kecamatan)
        if len(code) > len(outer) >= _CODE_DIGITS and not code.startswith(outer):
            yield (
                row.line,
                (f"Baris {row.line}: kode {row.kode} tidak berawalan kode kecamatan {row.kode_kecamatan}."),
            )


_CHECKS = (_blank, _unknown_kind, _repeated, _two_names, _foreign_code)


def problems(rows: Sequence[Wilayah]) -> tuple[str, ...]:
    """All that is wrong, in the order of the lines."""
    found = sorted(problem for check in _CHECKS for problem in check(rows))
    return tuple(text for _, text in found)


# The kecamatan of a list, and the blank workbook of each --------------------------------------------------


@dataclass(frozen=True, slots=True)
class Kecamatan:
    """One kecamatan: code and name, code and name of each of its desa, and how many kelurahan it has."""

    kode: str
    nama: str
    desa: tuple[tuple[str, str], ...]
    kelurahan: int


def read_roster(data: bytes, name: str = "desa.csv") -> tuple[Kecamatan, ...]:
    """The kecamatan of a list in the order in which they are first named; ``name`` is used in messages.

    Comma, semicolon, tab or bar divide the columns, which are found by their headings: Kecamatan and Nama;
    Kode, Kode Kecamatan and Jenis may be missing. UTF-8, UTF-16 and the Windows encoding are read.

    Raises:
        RosterError: a heading is missing or a line is wrong; all such lines are listed.
    """
    rows = list(read_lines(data, name))
    wrong = problems(rows)
    if wrong:
        raise RosterError(
            f"“{name}” memuat {len(wrong)} kekeliruan; tidak ada buku kerja yang dibuat.",
            wrong,
            "Betulkan barisnya, lalu coba lagi.",
        )
    if not rows:
        raise RosterError(f"“{name}” tidak memuat satu desa pun.")
    return tuple(_kecamatan(rows))


def roster_workbook(kecamatan: Kecamatan, tahun: int, triwulan: int, kabupaten: str = "") -> bytes:
    """The blank workbook of a kecamatan, as a .xlsx file; a kelurahan makes no village documents."""
    return filled_workbook(
        new_contents(
            kecamatan.nama, tahun, triwulan, kabupaten=kabupaten, kode=kecamatan.kode, desa=kecamatan.desa
        )
    )


def file_names(every: Sequence[Kecamatan], tahun: int, triwulan: int) -> tuple[str, ...]:
    """A safe file name for each kecamatan: ``senduro-2024-tw1.xlsx``; with its code where two are alike."""
    stems = [_slug(each.nama) or _slug(each.kode) for each in every]
    names = []
    for number, (stem, each) in enumerate(zip(stems, every, strict=True), 1):
        mark = "" if stems.count(stem) == 1 else f"-{digits(each.kode) or number}"
        names.append(f"{stem}{mark}-{tahun}-tw{triwulan}.xlsx")
    return tuple(names)


def _kecamatan(rows: Sequence[Wilayah]) -> Iterator[Kecamatan]:
    by_name: dict[str, list[Wilayah]] = {}
    for row in rows:
        by_name.setdefault(normalize(row.kecamatan), []).append(row)
    for every in by_name.values():
        desa = tuple((row.kode, row.nama) for row in every if not row.is_kelurahan)
        code = next((row.kode_kecamatan for row in every if row.kode_kecamatan), "")
        yield Kecamatan(code, every[0].kecamatan, desa, len(every) - len(desa))


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    return "-".join(re.findall("[a-z0-9]+", plain.replace("'", "")))
