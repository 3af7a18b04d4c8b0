"""``index.html``: the recap as one page, complete in itself, for a folder without a server, phone and paper.

Python says what stands there, ``templates/rekap.html.j2`` in which order and words, ``templates/rekap.css``
how it looks, and ``templates/rekap.js`` filters and sorts; without the script nothing but that is missing.
Everything that comes from a workbook passes autoescape, and the policy of the page lets no style or script
run but its own two, known by their hashes.
"""

import base64
import hashlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from pathlib import PurePosixPath
from typing import Any, NamedTuple
from urllib.parse import quote

from lkt.figures import printed_share
from lkt.findings import Severity, tally
from lkt.formats.html import ascii_page, environment
from lkt.formats.screen import compact
from lkt.indonesian import format_date, format_rupiah, round_half_up
from lkt.recap.summary import NOT_READ, Status, Summary
from lkt.recap.totals import Recap, RecapRow

_DOCUMENTS = {".xlsx": "Rekap (Excel)", ".docx": "Rekap (Word)"}
_FIRST_FINDINGS = 5
_LOOKS = {
    Status.BUILT: ("ok", "selesai"),
    Status.DRAFT: ("warning", "draf"),
    Status.FAULTY: ("error", "kesalahan"),
    Status.FAILED: ("error", "gagal"),
    Status.UNREADABLE: ("unreadable", "tidak_terbaca"),
    Status.UNFINISHED: ("unreadable", "tidak_selesai"),
    Status.DUPLICATE: ("double", "ganda"),
    Status.OTHER_QUARTER: ("other", "triwulan_lain"),
    Status.MISSING: ("missing", "belum"),
}
"""The shape and colour of each status, and what the filter and an address with #saring= call it."""
_ALWAYS_TOLD = (Status.BUILT, Status.MISSING)


def index_html(recap: Recap, version: str, *, documents: Sequence[str] = ()) -> str:
    """The whole page, in ASCII.

    Args:
        recap: what it shows.
        version: the version of this program, for the foot of the page.
        documents: the other forms of the recap that lie in its folder, such as ``rekap.xlsx``; like the links
            of a ``Summary``, relative to that folder, with / between folders.
    """
    templates = environment("lkt.recap")
    templates.filters |= _FILTERS
    style, script = (templates.get_template(name).render() for name in ("rekap.css", "rekap.js"))
    rows = [_row(row, recap) for row in recap.rows]
    page = templates.get_template("rekap.html.j2").render(
        recap=recap,
        title=_title(recap),
        batas=recap.batas_lapor,
        tiles=_tiles(recap),
        kind=recap.terms.kecamatan,
        groups=_groups(rows),
        rows=rows,
        first=_FIRST_FINDINGS,
        documents=[(path, _DOCUMENTS.get(PurePosixPath(path).suffix, path)) for path in documents],
        style=style,
        script=script,
        policy=(
            f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; "
            "base-uri 'none'; form-action 'none'"
        ),
        version=version,
    )
    return ascii_page(page)


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("ascii")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


# The head: what is recapped, a tile for each figure, and what the filter offers ----------------------------


def _title(recap: Recap) -> str:
    period = f" {recap.triwulan}" if recap.triwulan else ""
    return f"Rekap Laporan Kinerja{period}{f' — {recap.daerah}' if recap.kabupaten else ''}"


def _tiles(recap: Recap) -> list[tuple[str, str, str]]:
    percent = _or_dash(printed_share)
    told = [status for status in Status if recap.status[status] or status in _ALWAYS_TOLD]
    return [
        ("", recap.terms.kecamatan, str(recap.kecamatan)),
        ("", "Dihitung", str(len(recap.states["dihitung"]))),
        *((_LOOKS[status][0], status.value.capitalize(), str(recap.status[status])) for status in told),
        ("error", "Memuat kesalahan", str(len(recap.states["kesalahan"]))),
        ("late", "Terlambat", str(len(recap.states["terlambat"]))),
        ("", f"Serapan {recap.terms.daerah.lower()}", percent(recap.serapan)),
        ("", "Rata-rata capaian", percent(recap.capaian)),
    ]


def _groups(rows: "Sequence[PageRow]") -> list[tuple[str, str, int]]:
    """Name, words and number of what the filter offers: the three asked for most, then each status."""
    number = Counter(name for row in rows for name in row.groups)
    words = {"bermasalah": "Bermasalah", "belum": "Belum menyerahkan", "terlambat": "Terlambat"}
    words |= {group: status.value.capitalize() for status, (_, group) in _LOOKS.items()}
    return [(name, text, number[name]) for name, text in words.items()]


# One row a kecamatan ---------------------------------------------------------------------------------------


class PageRow(NamedTuple):
    """One kecamatan as it is shown.

    Attributes:
        data: its summary.
        status: the word of its status.
        shape: the shape and colour of its status.
        groups: what the filter may ask for: its status, ``bermasalah``, ``terlambat``.
        notes: what else is said of it, under its figures.
        counted: whether its figures are in the totals.
        keys: what the rows are sorted by: name of the column -> text or number; empty where unknown.
        batas: the last day for handing in.
    """

    data: Summary
    status: str
    shape: str
    groups: list[str]
    notes: list[str]
    counted: bool
    keys: Mapping[str, str]
    batas: date | None


def _row(row: RecapRow, recap: Recap) -> PageRow:
    data = row.summary
    shape, group = _LOOKS[row.status]
    groups = {
        group: True,
        "bermasalah": row.other_quarter or data.status not in {Status.BUILT, Status.MISSING},
        "terlambat": row.figures.days_late,
    }
    uncounted = not row.counted and (data.indicators or data.programs)
    notes = (
        data.message,
        data.note,
        row.other_quarter and f"Buku kerja ini untuk {row.other_quarter}.",
        uncounted and "Angkanya tidak ikut dihitung dalam jumlah seluruhnya.",
    )
    return PageRow(
        data,
        row.status.value.capitalize(),
        shape,
        [name for name, holds in groups.items() if holds],
        [note for note in notes if note],
        row.counted,
        _keys(row),
        data.batas_lapor or (recap.batas_lapor if data.status is Status.MISSING else None),
    )


def _keys(row: RecapRow) -> dict[str, str]:
    """What the columns sort by; findings by errors, then warnings, then the rest."""
    data = row.summary
    errors, warnings, infos = (data.count(severity) for severity in Severity)
    read = data.status not in {Status.MISSING, *NOT_READ}
    numbers = ("capaian", "serapan", "pagu", "realisasi")
    return {
        "kode": data.kode,
        "kecamatan": data.kecamatan,
        "status": str(list(Status).index(row.status)),
        "tanggal": data.tanggal_laporan.isoformat() if data.tanggal_laporan else "",
        "temuan": str((errors * 100_000 + warnings) * 100_000 + infos) if read else "",
        **{name: _plain(getattr(data, name)) for name in numbers},
    }


# How a value is written ------------------------------------------------------------------------------------


def link(path: str) -> str:
    """A relative address of a file: never a scheme, another host or an attribute, whatever its name is."""
    try:
        name = path.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # a lone surrogate, which Windows allows in a name
        name = path.encode("utf-8", "surrogatepass")
    return f"./{quote(name)}"


def _or_dash(write: Callable[[Any], str]) -> Callable[[Any], str]:
    return lambda value: "–" if value is None else write(value)


def _plain(value: Fraction | None, decimals: int = 6) -> str:
    """The number as a script reads it."""
    return "" if value is None else format(round_half_up(value, decimals), "f")


_FILTERS: Mapping[str, Callable[..., Any]] = {
    "link": link,
    "rupiah": _or_dash(format_rupiah),
    "percent": _or_dash(printed_share),
    "date": _or_dash(format_date),
    "cells": compact,
    "tally": tally,
    "standing": lambda each: f"{each.sign} {each.words}",
    "standings": lambda found: [f"{each.sign} {number} {each.words}" for each, number in found.items()],
    "level": lambda found: (found.severity.value, found.severity.word.capitalize()),
    "length_of_bar": lambda value: _plain(min(max(value, Fraction(0)), Fraction(100)), 2),
}
