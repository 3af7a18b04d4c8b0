"""The comparison of a report with its workbook as lines for a terminal, and as JSON version 1."""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from lkt.formats.places import compact
from lkt.formats.rebuild import clipped, excerpts
from lkt.formats.screen import Line, Part, line

if TYPE_CHECKING:
    from lkt.commands.verifying import Verification
    from lkt.report.trace.verdict import Difference

VERSION = 1
_TITLES = {
    "FIGURE": "Angka yang berbeda",
    "WORDING": "Kata-kata yang berbeda",
    "PICTURE": "Gambar yang berbeda",
}


def verification_view(done: "Verification") -> Iterator[Line]:
    """Where the report comes from, each difference by kind, and a summary line."""
    yield line((done.report, "bold"))
    yield from _origin(done)
    yield Line()
    for kind, title in _TITLES.items():
        found = [each for each in done.differences if each.kind.name == kind]
        if found:
            yield line((title, "bold underline"))
            for each in found:
                yield from _difference(
                    each, "menurut buku kerja" if done.conclusive else "semula ditulis lkt"
                )
            yield Line()
    yield _summary(done)


def _origin(done: "Verification") -> Iterator[Line]:
    if done.draft:
        yield line(("Laporan ini rancangan (DRAF).", "yellow"))
    if done.same_workbook:
        yield line(f"Buku kerja: “{done.workbook}”, sama dengan yang dipakai menyusun laporan.")
    elif done.built_from.sha256:
        name = done.built_from.nama
        yield line(f"Buku kerja: “{done.workbook}”, tidak sama lagi dengan “{name}” saat laporan disusun.")
    else:
        yield line(f"Buku kerja: “{done.workbook}”; laporan tidak menyebut buku kerja asalnya.")
    yield from _template(done)
    for name in done.previous_changed:
        yield line(
            f"Buku kerja triwulan lain “{name}” tidak sama dengan saat disusun; sebutkan dengan --prev."
        )
    if done.version != done.current:
        yield line(f"Disusun dengan lkt {done.version or '?'}; dibandingkan dengan lkt {done.current}.")


def _template(done: "Verification") -> Iterator[Line]:
    if done.same_template:
        yield line(f"Templat: “{done.template}”, sama.")
    elif done.template:
        yield line(f"Templat: “{done.template}”, tidak sama lagi dengan “{done.built_by.nama}” saat disusun.")
    else:
        yield line(
            ("Perhatian: ", "bold yellow"),
            f"laporan disusun dengan templat “{done.built_by.nama}”; sebutkan dengan --template. "
            "Yang dicari kini hanya perubahan dengan tangan.",
        )


def _difference(each: "Difference", belongs: str) -> Iterator[Line]:
    yield line((each.place, "bold"), indent=2)
    yield from (line(*parts, indent=4) for parts in _comparison(each, belongs))
    yield line(("Sebab: ", "dim"), each.cause.value, indent=4)
    label = "Asal: " if len(each.sources) == 1 else "Asal, salah satu dari: "
    for source in each.sources:
        name = f"{source.name} ({source.label})  " if source.name else ""
        yield line((label, "dim"), f"{name}[{compact(source.refs)}]", indent=4)


def _comparison(each: "Difference", label: str) -> Iterator[tuple[Part, ...]]:
    if not each.reported and not each.expected:
        return
    stands, belongs = each.reported, each.expected
    if stands and belongs:
        stands, belongs = excerpts(stands, belongs)
    yield "tertulis di laporan: ", (_quoted(stands), "red")
    yield f"{label}: ", (_quoted(belongs), "green")


def _quoted(text: str) -> str:
    return f"“{clipped(text)}”" if text else "tidak ada"


def _summary(done: "Verification") -> Line:
    figures = sum(each.kind.name == "FIGURE" for each in done.differences)
    others = len(done.differences) - figures
    rest = f" Kata-kata atau gambar berbeda di {others} tempat." if others else ""
    if not done.conclusive:
        edited = f"{figures} angka diubah dengan tangan; " if figures else ""
        rest = f"selebihnya belum dapat dibandingkan, karena templatnya belum disebut.{rest}"
        return line((f"Hasil: {edited}{rest}", "bold red" if figures else "bold yellow"))
    if figures:
        return line((f"Hasil: {figures} angka tidak sama dengan buku kerja.{rest}", "bold red"))
    return line((f"Hasil: semua angka laporan sama dengan buku kerja.{rest}", "bold green"))


def verification_json(done: "Verification") -> str:
    """The same for programs."""
    value = {
        "version": VERSION,
        "report": done.report,
        "workbook": done.workbook,
        "status": ("same", "different", "unknown")[done.exit_code],
        "draft": done.draft,
        "same_workbook": done.same_workbook,
        "same_template": done.same_template,
        "template": done.template,
        "previous_changed": list(done.previous_changed),
        "built_with": done.version,
        "compared_with": done.current,
        "differences": [_as_json(each) for each in done.differences],
    }
    return json.dumps(value, ensure_ascii=False, indent=2)


def _as_json(each: "Difference") -> dict[str, object]:
    return {
        "kind": each.kind.name.lower(),
        "place": each.place,
        "reported": each.reported,
        "expected": each.expected,
        "cause": each.cause.name.lower(),
        "sources": [
            {"key": source.name, "label": source.label, "cells": [str(ref) for ref in source.refs]}
            for source in each.sources
        ],
    }
