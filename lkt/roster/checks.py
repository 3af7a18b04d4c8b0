"""What can be wrong with the lines of a list of desa."""

from collections.abc import Iterator, Sequence

from lkt.bahasa import normalize
from lkt.roster.lines import KELURAHAN, Wilayah, digits

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
