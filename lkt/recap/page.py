"""The recap as one HTML page: complete in itself, for a folder without a server, phone, keyboard and paper.

Python says what stands there, ``templates/rekap.html.j2`` in which order and words, ``templates/rekap.css``
how it looks, and ``templates/rekap.js`` filters and sorts; without the script everything is there all the
same. Everything that comes from a workbook passes autoescape, and the policy of the page lets no style or
script run but its own two, known by their hashes.
"""

import base64
import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from lkt.bahasa import format_date, format_percent, format_rupiah, normalize, round_half_up
from lkt.findings import Severity
from lkt.formats.pages import ascii_page, environment
from lkt.formats.rules import LEVELS
from lkt.recap.rekap import Rekap
from lkt.recap.ringkasan import Ringkasan, Status

_SHAPES = {
    Status.SELESAI: "ok",
    Status.DRAF: "warning",
    Status.KESALAHAN: "error",
    Status.GAGAL: "error",
    Status.TIDAK_TERBACA: "unreadable",
    Status.GANDA: "double",
    Status.BELUM: "missing",
}
_ALWAYS_TOLD = (Status.SELESAI, Status.KESALAHAN, Status.BELUM)
_DOCUMENTS = {".xlsx": "Rekap (Excel)", ".docx": "Rekap (Word)", ".pdf": "Rekap (PDF)"}
_FIRST_FINDINGS = 5
_MISSING = "–"


@dataclass(frozen=True, slots=True)
class _Baris:
    """One kecamatan as it is shown.

    Attributes:
        data: its summary.
        shape: the shape and colour of its status.
        numbers: level and "3 peringatan", for every level that there is.
        groups: what the filter may ask for: its status, ``bermasalah``, ``terlambat``.
        notes: what else is said of it, under its figures.
        keys: by what the rows are sorted: name of the column -> text or number; empty where unknown.
        batas: the last day for handing in.
    """

    data: Ringkasan
    shape: str
    numbers: tuple[tuple[str, str], ...]
    groups: tuple[str, ...]
    notes: tuple[str, ...]
    keys: Mapping[str, str]
    batas: date | None


def index_html(rekap: Rekap, version: str, *, documents: Sequence[str] = ()) -> str:
    """The page.

    Args:
        rekap: what it shows.
        version: the version of this program, for the foot of the page.
        documents: the other forms of the recap that lie in its folder, such as ``rekap.xlsx``; like the links
            of a ``Ringkasan``, relative to that folder, with / between folders.
    """
    templates = environment("lkt.recap")
    templates.filters |= _filters()
    style, script = (templates.get_template(name).render() for name in ("rekap.css", "rekap.js"))
    rows = _rows(rekap)
    page = templates.get_template("rekap.html.j2").render(
        rekap=rekap,
        title=_title(rekap),
        batas=_deadline(rekap),
        rows=rows,
        tiles=_tiles(rekap, rows),
        groups=_groups(rows),
        documents=[(path, _DOCUMENTS.get(PurePosixPath(path).suffix, path)) for path in documents],
        style=style,
        script=script,
        policy=_policy(style, script),
        version=version,
        first=_FIRST_FINDINGS,
    )
    return ascii_page(page)


def link(path: str) -> str:
    """A relative address of a file: never a scheme, another host or an attribute, whatever its name is."""
    try:
        name = path.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # half a character, as Windows allows in a name
        name = path.encode("utf-8", "surrogatepass")
    return f"./{quote(name)}"


def _policy(style: str, script: str) -> str:
    def own(text: str) -> str:
        digest = hashlib.sha256(text.encode("ascii")).digest()
        return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"

    return (
        f"default-src 'none'; style-src {own(style)}; script-src {own(script)}; "
        "base-uri 'none'; form-action 'none'"
    )


# How a value is written ------------------------------------------------------------------------------------


def _filters() -> dict[str, Callable[..., Any]]:
    return {
        "link": link,
        "rupiah": _or_dash(format_rupiah),
        "percent": _or_dash(format_percent),
        "date": _or_dash(format_date),
        "level": lambda found: (found.severity.value, LEVELS[found.severity][0].capitalize()),
        "length_of_bar": lambda value: _exact(min(max(value, Fraction(0)), Fraction(100)), 2),
    }


def _or_dash(write: Callable[[Any], str]) -> Callable[[Any], str]:
    return lambda value: _MISSING if value is None else write(value)


def _exact(value: Fraction | None, decimals: int = 6) -> str:
    """The number as a script reads it."""
    return "" if value is None else format(round_half_up(value, decimals), "f")


# What is shown ---------------------------------------------------------------------------------------------


def _title(rekap: Rekap) -> str:
    period = f" Triwulan {rekap.triwulan.roman} Tahun {rekap.triwulan.tahun}" if rekap.triwulan else ""
    return f"Rekap Laporan Kinerja{period}{f' — {_kabupaten(rekap)}' if rekap.kabupaten else ''}"


def _kabupaten(rekap: Rekap) -> str:
    whole = normalize(rekap.kabupaten).startswith(("kabupaten ", "kota "))
    return rekap.kabupaten if whole else f"Kabupaten {rekap.kabupaten}"


def _deadline(rekap: Rekap) -> date | None:
    """The last day for handing in that most kecamatan have."""
    days = [row.batas_lapor for row in rekap.kecamatan if row.triwulan == rekap.triwulan and row.batas_lapor]
    return max(dict.fromkeys(days), key=days.count, default=None)


def _rows(rekap: Rekap) -> tuple[_Baris, ...]:
    deadline = _deadline(rekap)
    counted = {id(row) for row in rekap.dihitung}
    return tuple(_row(row, rekap, deadline, counts=id(row) in counted) for row in rekap.kecamatan)


def _row(row: Ringkasan, rekap: Rekap, deadline: date | None, *, counts: bool) -> _Baris:
    other = row.triwulan is not None and row.triwulan != rekap.triwulan
    return _Baris(
        data=row,
        shape=_SHAPES[row.status],
        numbers=_numbers(row),
        groups=_groups_of(row, other=other),
        notes=tuple(_notes(row, other=other, counts=counts)),
        keys=_keys(row),
        batas=row.batas_lapor or (deadline if row.status is Status.BELUM else None),
    )


def _numbers(row: Ringkasan) -> tuple[tuple[str, str], ...]:
    return tuple(
        (severity.value, f"{number} {LEVELS[severity][0].lower()}")
        for severity in Severity
        if (number := row.jumlah(severity))
    )


def _groups_of(row: Ringkasan, *, other: bool) -> tuple[str, ...]:
    troubled = other or row.status not in {Status.SELESAI, Status.BELUM}
    return (
        row.status.name.lower(),
        *(("bermasalah",) if troubled else ()),
        *(("terlambat",) if row.hari_terlambat else ()),
    )


def _notes(row: Ringkasan, *, other: bool, counts: bool) -> list[str]:
    notes = [row.pesan, row.catatan]
    if other and row.triwulan:
        notes.append(f"Buku kerja ini untuk Triwulan {row.triwulan.roman} Tahun {row.triwulan.tahun}.")
    if not counts and (row.capaian or row.serapan):
        notes.append("Angkanya tidak ikut dihitung dalam jumlah kabupaten.")
    return [note for note in notes if note]


def _keys(row: Ringkasan) -> dict[str, str]:
    errors, warnings, infos = (row.jumlah(severity) for severity in Severity)
    read = row.status not in {Status.BELUM, Status.TIDAK_TERBACA}
    return {
        "kode": row.kode,
        "kecamatan": row.kecamatan,
        "status": str(list(Status).index(row.status)),
        "tanggal": row.tanggal_laporan.isoformat() if row.tanggal_laporan else "",
        "temuan": str((errors * 100_000 + warnings) * 100_000 + infos) if read else "",
        "capaian": _exact(row.rerata_capaian),
        "serapan": _exact(row.serapan_total),
        "pagu": _exact(row.pagu),
        "realisasi": _exact(row.realisasi),
    }


def _tiles(rekap: Rekap, rows: Sequence[_Baris]) -> list[tuple[str, str, str]]:
    """Shape, name and value of each figure at the head of the page."""
    number = {status: sum(row.data.status is status for row in rows) for status in Status}
    told = [status for status in Status if number[status] or status in _ALWAYS_TOLD]
    late = sum("terlambat" in row.groups for row in rows)
    percent = _or_dash(format_percent)
    return [
        ("", "Kecamatan", str(_kecamatan(rekap))),
        *((_SHAPES[status], status.value.capitalize(), str(number[status])) for status in told),
        ("late", "Terlambat", str(late)),
        ("", "Serapan kabupaten", percent(rekap.serapan)),
        ("", "Rata-rata capaian", percent(rekap.rerata_capaian)),
    ]


def _kecamatan(rekap: Rekap) -> int:
    """How many there are; two workbooks of one count once, a file that cannot be read not at all."""
    known = (row for row in rekap.kecamatan if row.status is not Status.TIDAK_TERBACA or row.kode)
    return len({row.kode or normalize(row.kecamatan) for row in known})


def _groups(rows: Sequence[_Baris]) -> list[tuple[str, str, int]]:
    """Name, words and number of what the filter offers: the three asked for most, then each status."""
    found = [group for row in rows for group in row.groups]
    words = {"bermasalah": "Bermasalah", "belum": "Belum menyerahkan", "terlambat": "Terlambat"}
    words |= {status.name.lower(): status.value.capitalize() for status in Status}
    return [(name, text, found.count(name)) for name, text in words.items()]
