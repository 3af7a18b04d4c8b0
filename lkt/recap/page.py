"""The recap as one HTML page."""

import base64
import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from lkt.findings import Severity
from lkt.formats.html import ascii_page, environment
from lkt.formats.screen import compact
from lkt.indonesian import format_date, format_percent, format_rupiah, normalize, round_half_up
from lkt.recap.summary import Status, Summary
from lkt.recap.totals import Recap

# What the page of a recap shows, before it is HTML: its head, its tiles, one row a kecamatan, the filter --


MISSING = "–"
"""What stands where there is no value."""

_SHAPES = {
    Status.BUILT: "ok",
    Status.DRAFT: "warning",
    Status.FAULTY: "error",
    Status.FAILED: "error",
    Status.UNREADABLE: "unreadable",
    Status.DUPLICATE: "double",
    Status.MISSING: "missing",
}
_ALWAYS_TOLD = (Status.BUILT, Status.FAULTY, Status.MISSING)


@dataclass(frozen=True, slots=True)
class PageRow:
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

    data: Summary
    shape: str
    numbers: tuple[tuple[str, str], ...]
    groups: tuple[str, ...]
    notes: tuple[str, ...]
    keys: Mapping[str, str]
    batas: date | None


def title_of(recap: Recap) -> str:
    """The title: what is recapped, of which quarter and kabupaten."""
    period = f" {recap.triwulan}" if recap.triwulan else ""
    return f"Rekap Laporan Kinerja{period}{f' — {_kabupaten(recap)}' if recap.kabupaten else ''}"


def _kabupaten(recap: Recap) -> str:
    whole = normalize(recap.kabupaten).startswith(("kabupaten ", "kota "))
    return recap.kabupaten if whole else f"Kabupaten {recap.kabupaten}"


@dataclass(frozen=True, slots=True)
class Tally:
    """What the page says above its rows, counted in one go.

    Attributes:
        kecamatan: what each is known by; two workbooks of one count once, a file that cannot be read never.
        status: how many there are of each.
        groups: how many the filter finds by each of its names.
        batas: the last day for handing in, by how many have it in the quarter of the recap.
    """

    kecamatan: set[str] = field(default_factory=set)
    status: Counter[Status] = field(default_factory=Counter)
    groups: Counter[str] = field(default_factory=Counter)
    batas: Counter[date] = field(default_factory=Counter)

    @property
    def deadline(self) -> date | None:
        """The last day for handing in that most kecamatan have."""
        return next((day for day, _ in self.batas.most_common(1)), None)


def tally_of(recap: Recap) -> Tally:
    """The kecamatan of a recap, counted."""
    tally = Tally()
    for row in (each.summary for each in recap.rows):
        if row.status is not Status.UNREADABLE or row.kode:
            tally.kecamatan.add(row.kode or normalize(row.kecamatan))
        tally.status[row.status] += 1
        tally.groups.update(_asked_for(row, other=_is_other(row, recap)))
        if row.batas_lapor and row.triwulan == recap.triwulan:
            tally.batas[row.batas_lapor] += 1
    return tally


def rows_of(recap: Recap, deadline: date | None) -> Iterator[PageRow]:
    """One row a kecamatan, in the order of the recap; made one at a time."""
    return (_row(row.summary, recap, deadline, counts=row.counted) for row in recap.rows)


def _row(row: Summary, recap: Recap, deadline: date | None, *, counts: bool) -> PageRow:
    other = _is_other(row, recap)
    return PageRow(
        data=row,
        shape=_SHAPES[row.status],
        numbers=_numbers(row),
        groups=_asked_for(row, other=other),
        notes=tuple(_notes(row, other=other, counts=counts)),
        keys=_keys(row),
        batas=row.batas_lapor or (deadline if row.status is Status.MISSING else None),
    )


def _is_other(row: Summary, recap: Recap) -> bool:
    """Whether a workbook is of another quarter."""
    return row.triwulan is not None and row.triwulan != recap.triwulan


def _group(status: Status) -> str:
    """What the filter calls a status."""
    return status.value.replace(" ", "-")


def _numbers(row: Summary) -> tuple[tuple[str, str], ...]:
    return tuple(
        (severity.value, f"{number} {severity.word}")
        for severity in Severity
        if (number := row.count(severity))
    )


def _asked_for(row: Summary, *, other: bool) -> tuple[str, ...]:
    troubled = other or row.status not in {Status.BUILT, Status.MISSING}
    return (
        _group(row.status),
        *(("bermasalah",) if troubled else ()),
        *(("terlambat",) if row.days_late else ()),
    )


def _notes(row: Summary, *, other: bool, counts: bool) -> list[str]:
    notes = [row.message, row.note]
    if other and row.triwulan:
        notes.append(f"Buku kerja ini untuk {row.triwulan}.")
    if not counts and (row.indicators or row.programs):
        notes.append("Angkanya tidak ikut dihitung dalam jumlah kabupaten.")
    return [note for note in notes if note]


def _keys(row: Summary) -> dict[str, str]:
    errors, warnings, infos = (row.count(severity) for severity in Severity)
    read = row.status not in {Status.MISSING, Status.UNREADABLE}
    return {
        "kode": row.kode,
        "kecamatan": row.kecamatan,
        "status": str(list(Status).index(row.status)),
        "tanggal": row.tanggal_laporan.isoformat() if row.tanggal_laporan else "",
        "temuan": str((errors * 100_000 + warnings) * 100_000 + infos) if read else "",
        "capaian": exact(row.capaian),
        "serapan": exact(row.serapan),
        "pagu": exact(row.pagu),
        "realisasi": exact(row.realisasi),
    }


def tiles_of(recap: Recap, tally: Tally) -> list[tuple[str, str, str]]:
    """Shape, name and value of each figure at the head of the page."""
    number = tally.status
    told = [status for status in Status if number[status] or status in _ALWAYS_TOLD]
    percent = or_dash(format_percent)
    return [
        ("", "Kecamatan", str(len(tally.kecamatan))),
        *((_SHAPES[status], status.value.capitalize(), str(number[status])) for status in told),
        ("late", "Terlambat", str(tally.groups["terlambat"])),
        ("", "Serapan kabupaten", percent(recap.totals.serapan)),
        ("", "Rata-rata capaian", percent(recap.totals.capaian)),
    ]


def groups_of(tally: Tally) -> list[tuple[str, str, int]]:
    """Name, words and number of what the filter offers: the three asked for most, then each status."""
    words = {
        "bermasalah": "Bermasalah",
        _group(Status.MISSING): "Belum menyerahkan",
        "terlambat": "Terlambat",
    }
    words |= {_group(status): status.value.capitalize() for status in Status}
    return [(name, text, tally.groups[name]) for name, text in words.items()]


# How a value is written ------------------------------------------------------------------------------------


def or_dash(write: Callable[[Any], str]) -> Callable[[Any], str]:
    """How a value is written that may be unknown."""
    return lambda value: MISSING if value is None else write(value)


def exact(value: Fraction | None, decimals: int = 6) -> str:
    """The number as a script reads it."""
    return "" if value is None else format(round_half_up(value, decimals), "f")


# The recap as one HTML page: complete in itself, for a folder without a server, phone, keyboard and paper -
#
# Python says what stands there, ``templates/rekap.html.j2`` in which order and words, ``templates/rekap.css``
# how it looks, and ``templates/rekap.js`` filters and sorts; without the script everything is there all the
# same. Everything that comes from a workbook passes autoescape, and the policy of the page lets no style or
# script run but its own two, known by their hashes.


_DOCUMENTS = {".xlsx": "Rekap (Excel)", ".docx": "Rekap (Word)", ".pdf": "Rekap (PDF)"}
_FIRST_FINDINGS = 5
_AT_ONCE = 1000  # pieces of text that are put together


def index_html(recap: Recap, version: str, *, documents: Sequence[str] = ()) -> str:
    """The page whole; see ``index_parts``."""
    return "".join(index_parts(recap, version, documents=documents))


def index_parts(recap: Recap, version: str, *, documents: Sequence[str] = ()) -> Iterator[str]:
    """The page part by part, so that one of thousands of kecamatan is never held whole.

    Args:
        recap: what it shows.
        version: the version of this program, for the foot of the page.
        documents: the other forms of the recap that lie in its folder, such as ``rekap.xlsx``; like the links
            of a ``Summary``, relative to that folder, with / between folders.
    """
    templates = environment("lkt.recap")
    templates.filters |= _filters()
    style, script = (templates.get_template(name).render() for name in ("rekap.css", "rekap.js"))
    tally = tally_of(recap)
    page = templates.get_template("rekap.html.j2").stream(
        recap=recap,
        title=title_of(recap),
        batas=tally.deadline,
        rows=rows_of(recap, tally.deadline),
        tiles=tiles_of(recap, tally),
        groups=groups_of(tally),
        documents=[(path, _DOCUMENTS.get(PurePosixPath(path).suffix, path)) for path in documents],
        style=style,
        script=script,
        policy=_policy(style, script),
        version=version,
        first=_FIRST_FINDINGS,
    )
    page.enable_buffering(_AT_ONCE)
    return map(ascii_page, page)


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
        "cells": compact,
        "rupiah": or_dash(format_rupiah),
        "percent": or_dash(format_percent),
        "date": or_dash(format_date),
        "level": lambda found: (found.severity.value, found.severity.word.capitalize()),
        "length_of_bar": lambda value: exact(min(max(value, Fraction(0)), Fraction(100)), 2),
    }
