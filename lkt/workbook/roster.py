"""A list of the desa of a kabupaten in CSV, as offices and programs write it, and the kecamatan in it."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from lkt.areas import District
from lkt.errors import RosterError
from lkt.indonesian import KINDS_OF_KECAMATAN, nearest, normalize, proper_name, squeeze
from lkt.model import COMMON_TERMS, Terms

# From the bytes of a CSV to its lines, whichever program wrote it -----------------------------------------

_DELIMITERS = (",", ";", "\t", "|")
_STATED_DELIMITER = re.compile(r"\Asep=(.)\r?\n", re.IGNORECASE)


def decoded(data: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 or the Windows encoding."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def csv_lines(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """The number of each line of a CSV that is not blank, and its cells; ``name`` is used in messages.

    The delimiter is the one that Excel's own first line states, else the one that the headings hold most.

    Raises:
        RosterError: a line is no CSV.
    """
    stated = _STATED_DELIMITER.match(text)
    body = text[stated.end() :] if stated else text
    first = next((line for line in body.splitlines() if line.strip()), "")
    delimiter = stated[1] if stated else max(_DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=delimiter, strict=True)
    skipped = 1 if stated else 0
    try:
        for cells in reader:
            if any(map(squeeze, cells)):
                yield reader.line_num + skipped, [squeeze(cell) for cell in cells]
    except csv.Error as error:
        raise RosterError(
            f"“{name}” baris {reader.line_num + skipped} tidak terbaca sebagai CSV ({error}).",
            hint="Periksa tanda kutipnya, atau simpan ulang dari Excel sebagai CSV UTF-8.",
        ) from None


# The kecamatan of a list ----------------------------------------------------------------------------------

_HEADINGS: Mapping[str, tuple[str, ...]] = {
    "kode_kecamatan": ("kode kec", "kode kecamatan", "kode wilayah kecamatan"),
    "kecamatan": ("kecamatan", "nama kecamatan", "kec"),
    "kode": ("kode", "kode desa", "kode desa/kelurahan", "kode wilayah", "kode wilayah desa"),
    "nama": ("nama", "desa", "nama desa", "desa/kelurahan", "nama desa/kelurahan"),
    "jenis": ("jenis", "status", "tipe", "jenis desa"),
}
_DESA = frozenset(
    ("desa", "desa adat", "nagari", "gampong", "kampung", "kalurahan", "pekon", "tiyuh", "lembang", "negeri")
)
_KELURAHAN = frozenset(("kelurahan", "kel", "kel."))


@dataclass(frozen=True, slots=True)
class Kecamatan:
    """One kecamatan of a list.

    Attributes:
        kode: its code; may be empty.
        nama: its name.
        desa: code and name of each of its desa.
        kelurahan: how many kelurahan it has; they make no village documents.
        kabupaten: the name of its kabupaten or kota; may be empty.
        terms: what all of them are called.
    """

    kode: str
    nama: str
    desa: tuple[tuple[str, str], ...] = ()
    kelurahan: int = 0
    kabupaten: str = ""
    terms: Terms = COMMON_TERMS


@dataclass(frozen=True, slots=True)
class _Wilayah:
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
            return normalize(self.jenis) in _KELURAHAN
        return bool(re.fullmatch(r"\d{6}1\d{3}", digits(self.kode)))


def read_roster(data: bytes, name: str = "desa.csv") -> tuple[Kecamatan, ...]:
    """The kecamatan of a list in the order in which they are first named; ``name`` is used in messages.

    Comma, semicolon, tab or bar divide the columns, which are found by their headings: Kecamatan and Nama;
    Kode, Kode Kecamatan and Jenis may be missing. UTF-8, UTF-16 and the Windows encoding are read.

    Raises:
        RosterError: a heading is missing or a line is wrong; all such lines are listed.
    """
    rows = _read_rows(data, name)
    if wrong := tuple(_mistakes(rows)):
        raise RosterError(
            f"“{name}” memuat {len(wrong)} kekeliruan; tidak ada buku kerja yang dibuat.",
            wrong,
            "Betulkan barisnya, lalu coba lagi.",
        )
    if not rows:
        raise RosterError(f"“{name}” tidak memuat satu desa pun.")
    by_name: dict[str, list[_Wilayah]] = {}
    for row in rows:
        by_name.setdefault(normalize(row.kecamatan), []).append(row)
    kecamatan = []
    for mine in by_name.values():
        kode = next((row.kode_kecamatan for row in mine if row.kode_kecamatan), "")
        desa = tuple((row.kode, row.nama) for row in mine if not row.is_kelurahan)
        kecamatan.append(Kecamatan(kode, mine[0].kecamatan, desa, len(mine) - len(desa)))
    return tuple(kecamatan)


def listed(district: District) -> Kecamatan:
    """A kecamatan of the official list of areas with its desa."""
    villages = district.villages()
    desa = tuple(
        (each.code, each.name.replace("Desa Adat ", "Adat ")) for each in villages if not each.is_kelurahan
    )
    terms = replace(district.terms, desa="Kelurahan") if villages and not desa else district.terms
    return Kecamatan(
        district.code, district.name, desa, len(villages) - len(desa), district.region.name, terms
    )


def digits(code: str) -> str:
    """A code without its dots."""
    return re.sub(r"\D", "", code)


def _read_rows(data: bytes, name: str) -> list[_Wilayah]:
    lines = csv_lines(decoded(data), name)
    _, headings = next(lines, (0, None))
    if headings is None:
        raise RosterError(f"“{name}” kosong.")
    places = _find_headings(headings, name)
    rows = []
    for number, cells in lines:
        values = {field: cells[place] for field, place in places.items() if place < len(cells)}
        row = _Wilayah(number, **{field: values.get(field, "") for field in _HEADINGS})
        parts = row.kode.split(".")
        if not row.kode_kecamatan and len(parts) == 4:  # the code of a desa begins with that of its kecamatan
            row = replace(row, kode_kecamatan=".".join(parts[:3]))
        kecamatan, nama = proper_name(row.kecamatan, KINDS_OF_KECAMATAN), proper_name(row.nama, ("Desa",))
        rows.append(replace(row, kecamatan=kecamatan, nama=nama))
    return rows


def _find_headings(headings: Sequence[str], name: str) -> dict[str, int]:
    """Field -> number of its column, by tolerant heading."""
    written = [normalize(heading.replace("_", " ")) for heading in headings]
    found = {field: [known for known in names if known in written] for field, names in _HEADINGS.items()}
    problems = []
    for field in ("kecamatan", "nama"):
        if not found[field]:
            guess = nearest(field, headings)
            meant = f" Maksud Anda “{guess}”?" if guess else ""
            problems.append(f"Baris 1: kolom {field} tidak ada.{meant}")
    if problems:
        raise RosterError(
            f"“{name}” tidak mempunyai judul kolom yang diperlukan.",
            tuple(problems),
            "Judulnya: kode_kec, kecamatan, kode, nama, jenis; kode dan jenis boleh tidak ada.",
        )
    return {field: written.index(known[0]) for field, known in found.items() if known}


def _mistakes(rows: Sequence[_Wilayah]) -> Iterator[str]:
    """What is wrong with the lines, alone and with those before them."""
    codes: dict[str, int] = {}
    names: dict[tuple[str, str, bool], int] = {}
    by_code: dict[str, _Wilayah] = {}
    by_name: dict[str, _Wilayah] = {}
    for row in rows:
        here, kecamatan = f"Baris {row.line}:", normalize(row.kecamatan)
        code, outer = digits(row.kode), digits(row.kode_kecamatan)
        name = (kecamatan, normalize(row.nama), row.is_kelurahan)
        if not row.kecamatan:
            yield f"{here} nama kecamatan kosong."
        if not row.nama:
            yield f"{here} nama desa kosong."
        if row.jenis and normalize(row.jenis) not in _DESA | _KELURAHAN:
            yield f"{here} jenis “{row.jenis}” bukan desa atau kelurahan."
        if code and code in codes:
            yield f"{here} kode {row.kode} sudah ada pada baris {codes[code]}."
        elif row.nama and name in names:
            yield f"{here} {row.nama}, {row.kecamatan}, sudah ada pada baris {names[name]}."
        if len(code) > len(outer) >= 6 and not code.startswith(outer):
            yield f"{here} kode {row.kode} tidak berawalan kode kecamatan {row.kode_kecamatan}."
        yield from _two_names(row, by_code.setdefault(outer, row), by_name.setdefault(kecamatan, row))
        codes.setdefault(code, row.line)
        names.setdefault(name, row.line)


def _two_names(row: _Wilayah, same_code: _Wilayah, namesake: _Wilayah) -> Iterator[str]:
    """One code of a kecamatan with two names, or one name with two codes."""
    if not row.kecamatan or not row.kode_kecamatan:
        return
    if normalize(same_code.kecamatan) != normalize(row.kecamatan):
        said = f"kode kecamatan {row.kode_kecamatan} bernama {row.kecamatan}"
        other = f"baris {same_code.line} bernama {same_code.kecamatan}"
        yield f"Baris {row.line}: {said}, sedangkan pada {other}."
    elif namesake.kode_kecamatan and digits(namesake.kode_kecamatan) != digits(row.kode_kecamatan):
        said = f"kecamatan {row.kecamatan} berkode {row.kode_kecamatan}"
        other = f"baris {namesake.line} berkode {namesake.kode_kecamatan}"
        yield f"Baris {row.line}: {said}, sedangkan pada {other}."
