"""What new, build, verify and template did, as lines for a terminal."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from itertools import takewhile
from typing import TYPE_CHECKING

from lkt.formats.screen import Line, Part, compact, line
from lkt.indonesian import join_and

if TYPE_CHECKING:
    from pathlib import Path

    from lkt.model import Ref
    from lkt.report.build import Written
    from lkt.report.passages import PassageChange
    from lkt.report.templates import FieldEntry, Inspection, WordEntry
    from lkt.report.verify import Difference, Verification
    from lkt.wordtemplate.tags import Mistake
    from lkt.workbook.carry import Carried
    from lkt.workbook.changes import Put
    from lkt.workbook.new import Made
    from lkt.xlsx.annotate import Mark

# What ``lkt new`` made, as lines for a terminal -----------------------------------------------------------


_MOST = 12


def carried_view(carried: "Carried", source: "Path", target: "Path") -> Iterator[Line]:
    """What came along, what was emptied, and what is to be done next."""
    old, new = carried.step.old, carried.step.new
    yield line((f"Buku kerja {new} tersimpan: {target}", "bold green"))
    yield line(f"Asalnya {source} ({old}), yang tidak diubah.", indent=2)
    yield line(("Dibawa: ", "bold"), f"{join_and(list(_kept(carried)))}.")
    yield from _changes("Digeser: ", carried, [put for put in carried.puts if put.value is not None])
    yield from _changes("Dikosongkan: ", carried, [put for put in carried.puts if put.value is None])
    if carried.pictures:
        yield line(f"{carried.pictures} gambar pada baris kegiatan yang dikosongkan.", indent=2)
    if carried.macros:
        yield line("Makro tidak ikut: berkas .xlsx tidak dapat memuatnya.", indent=2)
    yield from _to_do(carried, source, target)


def _kept(carried: "Carried") -> Iterator[str]:
    data, new_year = carried.dataset, carried.step.new_year
    yield "identitas"
    counted = [
        (data.tugas_fungsi, "tugas dan fungsi"),
        (data.indikator, "indikator"),
        (data.anggaran, "baris anggaran"),
        (() if new_year else data.fasilitasi, "baris fasilitasi"),
        (data.dokumen, "dokumen"),
        (data.desa, "desa" if new_year else "desa beserta tanggalnya"),
        (data.strategi, "strategi"),
        (data.skala, "baris skala"),
    ]
    yield from (f"{len(rows)} {name}" for rows, name in counted if rows)


def _changes(title: str, carried: "Carried", puts: Sequence["Put"]) -> Iterator[Line]:
    """One line a sheet: the columns, each with the number of its cells."""
    declared = {written: name for name, written in carried.dataset.sheets.items()}
    by_sheet: dict[str, dict[str, set[object]]] = {}
    for put in puts:
        row, _ = put.ref.place
        by_sheet.setdefault(declared[put.ref.sheet], {}).setdefault(put.subject, set()).add(row)
    if by_sheet:
        yield line((title.strip(), "bold"))
    for sheet, subjects in by_sheet.items():
        yield line(f"{sheet}: {', '.join(_counted(*item) for item in subjects.items())}", indent=2)


def _counted(subject: str, rows: set[object]) -> str:
    if subject == "baris":
        return f"{len(rows)} baris"
    return subject if len(rows) == 1 else f"{subject} ({len(rows)} sel)"


def _to_do(carried: "Carried", source: "Path", target: "Path") -> Iterator[Line]:
    review = [mark.ref for mark in carried.marks if mark.wait.name == "REVIEW"]
    if review:
        yield line(("Periksa dan sesuaikan: ", "bold"), _places(review))
    if carried.refused:
        text = ("Tidak dapat diubah otomatis; ubah sendiri di Excel: ", "bold red")
        yield line(text, _places(carried.refused))
    if carried.errors:
        text = (f"{source} masih memuat {carried.errors} kesalahan: perbaiki dahulu", "bold red")
        yield line(text, f" (lkt check {source}), lalu ulangi; kesalahannya ikut terbawa.")
    first, second = _filling(carried.marks)
    yield line(("Berikutnya: ", "bold"), f"isi {first} sel berwarna hijau{second}, lalu jalankan")
    yield line(f"lkt check {target} --prev {source}", indent=2)


def _filling(marks: Sequence["Mark"]) -> tuple[int, str]:
    waiting = sum(mark.wait.name == "FILL" for mark in marks)
    review = sum(mark.wait.name == "REVIEW" for mark in marks)
    return waiting, f" dan sesuaikan {review} sel berwarna ungu" if review else ""


def _places(refs: Sequence["Ref"]) -> str:
    shown = ", ".join(map(str, refs[:_MOST]))
    return shown + (f", dan {len(refs) - _MOST} sel lain" if len(refs) > _MOST else "")


def made_view(made: Sequence["Made"]) -> Iterator[Line]:
    """The workbooks of a kabupaten, and those that were there already."""
    written, old = [each for each in made if each.written], [each for each in made if not each.written]
    for each in written:
        yield line(f"{each.path}: Kecamatan {each.kecamatan.nama}, {len(each.kecamatan.desa)} desa", indent=2)
    desa = sum(len(each.kecamatan.desa) for each in written)
    yield line((f"{len(written)} buku kerja dibuat, {desa} desa.", "bold green"))
    kelurahan = sum(each.kecamatan.kelurahan for each in made)
    if kelurahan:
        yield line(f"{kelurahan} kelurahan tidak dicantumkan: kelurahan tidak menyusun dokumen desa.")
    if old:
        yield line((f"{len(old)} berkas sudah ada dan tidak diganti (pakai --force):", "bold"))
    for each in old:
        yield line(str(each.path), indent=2)


# What became of a build as lines for a terminal: where the report is, and what happened to an older one ---


_MOST_REBUILD = 20
_AROUND, _LONGEST = 3, 80
_WHY = {
    "EDITED": "sudah diubah dengan tangan sejak ditulis lkt",
    "FOREIGN": "bukan tulisan lkt, atau catatan lkt di dalamnya sudah hilang",
    "OPEN": "sedang terbuka di Word atau program lain",
}
_FORCE = "Pakai --force untuk menggantinya (yang lama disimpan sebagai .bak)."
_CLOSE = "Tutup dahulu, lalu jalankan lagi."


def rebuilt_view(written: "Written") -> Iterator[Line]:
    """What is to be said of the older file; nothing where there was none."""
    old, target = written.old.name, written.target
    if written.path != target:
        yield line(("Perhatian: ", "bold yellow"), f"“{target}” {_WHY[old]}, sehingga tidak diganti.")
        yield from edits_view(written.edits)
        if old == "EDITED" and not written.edits:
            yield line(
                "Bagian yang diubah tidak dapat disebut: catatan lkt tentang teksnya hilang.", indent=2
            )
        yield line(f"Laporan baru ditulis di sampingnya. {_CLOSE if old == 'OPEN' else _FORCE}", indent=2)
    elif old == "OURS":
        yield line(
            "Laporan lama, yang teks dan gambarnya belum diubah dengan tangan, diganti; "
            f"salinannya: {written.backup}"
        )
    elif written.backup is not None:
        yield line(
            ("Perhatian: ", "bold yellow"), f"laporan lama {_WHY[old]}; diganti, salinannya: {written.backup}"
        )
        yield from edits_view(written.edits)
    elif old == "SAME":
        yield line("Laporan yang ada sudah sama, sehingga tidak ditulis ulang.")


def edits_view(edits: Sequence["PassageChange"]) -> Iterator[Line]:
    """Each edit with its place, before and after; of very many the first."""
    for edit in edits[:_MOST_REBUILD]:
        yield line((edit.place, "bold"), ": ", *_edit(edit), indent=2)
    if len(edits) > _MOST_REBUILD:
        yield line(f"… dan {len(edits) - _MOST_REBUILD} perubahan lain.", indent=2)


def _edit(change: "PassageChange") -> tuple[str | tuple[str, str], ...]:
    if change.picture:
        return ("gambar diganti, ditambahkan, atau dihapus",)
    if not change.before:
        return "ditambahkan ", (f"“{clipped(change.after)}”", "green")
    if not change.after:
        return "dihapus ", (f"“{clipped(change.before)}”", "red")
    before, after = excerpts(change.before, change.after)
    return (f"“{before}”", "red"), " → ", (f"“{after}”", "green")


def excerpts(before: str, after: str) -> tuple[str, str]:
    """The part of two texts in which they differ, with a few words around it."""
    old, new = before.split(), after.split()
    head = _shared(old, new)
    tail = _shared(old[head:][::-1], new[head:][::-1])
    return _cut(old, head, tail), _cut(new, head, tail)


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """How many words two texts begin with alike."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _cut(words: Sequence[str], head: int, tail: int) -> str:
    start, end = max(0, head - _AROUND), min(len(words), len(words) - tail + _AROUND)
    text = clipped(" ".join(words[start:end]))
    return f"{'… ' if start else ''}{text}{' …' if end < len(words) else ''}"


def clipped(text: str) -> str:
    """A text that fits on a line, cut where it is longer."""
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"


# The comparison of a report with its workbook as lines for a terminal, and as JSON version 1 --------------


VERIFY_VERSION = 1
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
        "version": VERIFY_VERSION,
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


# Templates for people and programs: what they may name, and what is wrong with one ------------------------


TEMPLATE_VERSION = 1
"""Of both JSON formats."""

_PAGE_ORIGIN = (
    "Halaman ini dibuat dari program (`python -m docs.build`); jangan disunting dengan tangan. "
    "Daftar yang sama tercetak dengan `lkt template fields`. Cara memakainya: [templat.md](templat.md)."
)
_PAGE_LISTS = (
    "Tanda `[]` berarti daftar: `sasaran[].program[].pagu` ditulis `{{ p.pagu }}` di dalam "
    "`{% for s in sasaran %}{% for p in s.program %} … {% endfor %}{% endfor %}`."
)

# Fields ----------------------------------------------------------------------------------------------------


def fields_view(fields: Sequence["FieldEntry"]) -> Iterator[Line]:
    """The fields, those of one group together."""
    group = ""
    for entry in fields:
        first = entry.name.partition(".")[0]
        if group and first != group:
            yield Line()
        group = first
        example = f" · contoh: {entry.example}" if entry.example else ""
        yield line((entry.name, "bold"), (f"  {entry.kind}", "cyan"), example)
        yield line(entry.meaning, indent=4)


def words_view(functions: Sequence["WordEntry"], filters: Sequence["WordEntry"]) -> Iterator[Line]:
    """The functions and filters, and how lists are used."""
    for title, words in (("Fungsi", functions), ("Penyaring", filters)):
        yield Line()
        yield line((title, "bold underline"))
        for word in words:
            result = f" → {word.example}" if word.example else ""
            yield line((word.name, "bold"), f"  {word.use}{result}")
            yield line(word.meaning, indent=4)
    yield Line()
    yield line(
        "Tanda [] berarti daftar. Isian sasaran[].program[].pagu ditulis {{ p.pagu }} di dalam "
        "{% for s in sasaran %}{% for p in s.program %} … {% endfor %}{% endfor %}."
    )


def fields_json(
    fields: Sequence["FieldEntry"], functions: Sequence["WordEntry"], filters: Sequence["WordEntry"]
) -> str:
    """The same for programs."""
    report = {
        "version": TEMPLATE_VERSION,
        "fields": [asdict(entry) for entry in fields],
        "functions": [asdict(entry) for entry in functions],
        "filters": [asdict(entry) for entry in filters],
    }
    return json.dumps(report, ensure_ascii=False, indent=2)


def fields_markdown(
    fields: Sequence["FieldEntry"], functions: Sequence["WordEntry"], filters: Sequence["WordEntry"]
) -> str:
    """The reference page docs/isian.md."""
    parts = [
        "# Isian templat",
        _PAGE_ORIGIN,
        _PAGE_LISTS,
        "## Isian",
        _table(
            ("Isian", "Jenis", "Arti", "Contoh"),
            ((f"`{entry.name}`", entry.kind, entry.meaning, entry.example) for entry in fields),
        ),
    ]
    for title, words in (("Fungsi", functions), ("Penyaring", filters)):
        rows = ((f"`{word.name}`", f"`{word.use}`", word.meaning, word.example) for word in words)
        parts += [f"## {title}", _table(("Nama", "Pemakaian", "Arti", "Hasil"), rows)]
    return "\n\n".join(parts) + "\n"


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [headings, ["---"] * len(headings), *rows]
    return "\n".join(f"| {' | '.join(map(_escaped, cells))} |" for cells in lines)


def _escaped(cell: str) -> str:
    return cell.replace("|", r"\|")


# Mistakes --------------------------------------------------------------------------------------------------


def inspection_view(path: str, inspection: "Inspection") -> Iterator[Line]:
    """What was found in one template, with a summary line."""
    yield line((path, "bold"))
    yield Line()
    for mistake in inspection.mistakes:
        yield from _mistake(mistake, "KESALAHAN", "bold red")
    for mistake in inspection.remarks:
        yield from _mistake(mistake, "CATATAN", "bold cyan")
    yield _summary_templates(len(inspection.mistakes), len(inspection.remarks))


def _mistake(mistake: "Mistake", label: str, style: str) -> Iterator[Line]:
    yield line((label, style), "  ", (mistake.place, "bold"), indent=2)
    if mistake.written:
        yield line((mistake.written, "dim"), indent=4)
    yield line(mistake.sentence, indent=4)
    yield Line()


def _summary_templates(mistakes: int, remarks: int) -> Line:
    if mistakes:
        also = f", {remarks} catatan" if remarks else ""
        return line((f"Hasil: {mistakes} kesalahan{also}.", "bold red"))
    if remarks:
        return line((f"Tidak ada kesalahan; {remarks} catatan.", "bold green"))
    return line(("Tidak ada kesalahan.", "bold green"))


def inspection_json(path: str, inspection: "Inspection") -> str:
    """The same for programs."""
    report = {
        "version": TEMPLATE_VERSION,
        "path": path,
        "status": "error" if inspection.mistakes else "ok",
        "mistakes": [_as_json_templates(mistake) for mistake in inspection.mistakes],
        "remarks": [_as_json_templates(mistake) for mistake in inspection.remarks],
    }
    return json.dumps(report, ensure_ascii=False, indent=2)


def _as_json_templates(mistake: "Mistake") -> dict[str, str]:
    return {"place": mistake.place, "tag": mistake.written, "message": mistake.reason, "part": mistake.part}
