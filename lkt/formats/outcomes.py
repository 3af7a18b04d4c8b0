"""What the other commands print: new, build, verify, template, explain and rules."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby, takewhile
from typing import TYPE_CHECKING

from lkt.findings import Severity
from lkt.formats.screen import Line, Part, View, compact, level, line, typed, with_previous
from lkt.indonesian import join_and

if TYPE_CHECKING:
    from pathlib import Path

    from lkt.importing.filling import Imported
    from lkt.model import Ref
    from lkt.report.build import Written
    from lkt.report.passages import PassageChange
    from lkt.report.templates import WordEntry
    from lkt.report.verify import Difference, NumberSource, Verification
    from lkt.rules.base import Rule
    from lkt.wordtemplate import FieldEntry, Inspection, Mistake
    from lkt.workbook.carry import Carried
    from lkt.workbook.changes import Put
    from lkt.workbook.new import Made
    from lkt.workbook.roster import Kecamatan

_ATTENTION = ("Perhatian: ", "bold yellow")

# lkt new ---------------------------------------------------------------------------------------------------

_MOST_CELLS = 12


def carried_view(carried: "Carried", source: "Path", target: "Path") -> Iterator[Line]:
    """What came along, what was emptied, and what is to be done next."""
    old, new = carried.step.old, carried.step.new
    yield line((f"Buku kerja {new} tersimpan: {target}", "bold green"))
    yield line(f"Asalnya {source} ({old}), yang tidak diubah.", indent=2)
    yield line(("Dibawa: ", "bold"), f"{join_and(_kept(carried))}.")
    yield from _changes("Digeser:", carried, [put for put in carried.puts if put.value is not None])
    yield from _changes("Dikosongkan:", carried, [put for put in carried.puts if put.value is None])
    if carried.restored:
        yield line(("Rumus dipulihkan: ", "bold"), compact(carried.restored))
    if carried.pictures:
        yield line(f"{carried.pictures} gambar pada baris kegiatan yang dikosongkan.", indent=2)
    if carried.macros:
        yield line("Makro tidak ikut: berkas .xlsx tidak dapat memuatnya.", indent=2)
    yield from _to_do(carried, source, target)


def _kept(carried: "Carried") -> list[str]:
    data, new_year = carried.dataset, carried.step.new_year
    desa = data.identitas.terms.desa.lower()
    counted = [
        (data.tugas_fungsi, "tugas dan fungsi"),
        (data.indikator, "indikator"),
        (data.anggaran, "baris anggaran"),
        (() if new_year else data.fasilitasi, "baris fasilitasi"),
        (data.dokumen, "dokumen"),
        (data.desa, desa if new_year else f"{desa} beserta tanggalnya"),
        (data.strategi, "strategi"),
        ([row for row in data.tindak_lanjut if row.row not in carried.gone], "rencana tindak lanjut"),
        (data.skala, "baris skala"),
    ]
    return ["identitas", *(f"{len(rows)} {name}" for rows, name in counted if rows)]


def _changes(title: str, carried: "Carried", puts: Sequence["Put"]) -> Iterator[Line]:
    """One line a sheet: the columns, each with the number of its rows."""
    declared = {written: name for name, written in carried.dataset.sheets.items()}
    sheets: dict[str, dict[str, set[int]]] = {}
    for put in puts:
        row, _ = put.ref.place
        sheets.setdefault(declared[put.ref.sheet], {}).setdefault(put.subject, set()).add(row)
    if sheets:
        yield line((title, "bold"))
    for sheet, subjects in sheets.items():
        counted = [
            f"{len(rows)} baris" if subject == "baris" else subject + f" ({len(rows)} sel)" * (len(rows) > 1)
            for subject, rows in subjects.items()
        ]
        yield line(f"{sheet}: {', '.join(counted)}", indent=2)


def _to_do(carried: "Carried", source: "Path", target: "Path") -> Iterator[Line]:
    fill = sum(mark.wait.name == "FILL" for mark in carried.marks)
    review = [mark.ref for mark in carried.marks if mark.wait.name == "REVIEW"]
    if review:
        yield line(("Periksa dan sesuaikan: ", "bold"), _first_cells(review))
    if carried.refused:
        text = "Tidak dapat diubah otomatis; ubah sendiri di Excel: "
        yield line((text, "bold red"), _first_cells(carried.refused))
    if carried.errors:
        text = f"{source} masih memuat {carried.errors} kesalahan: perbaiki dahulu"
        yield line((text, "bold red"), f" (lkt check {source}), lalu ulangi; kesalahannya ikut terbawa.")
    purple = f" dan sesuaikan {len(review)} sel berwarna ungu" if review else ""
    yield line(("Berikutnya: ", "bold"), f"isi {fill} sel berwarna hijau{purple}, lalu jalankan")
    yield line(f"lkt check {target} --prev {source}", indent=2)


def _first_cells(refs: Sequence["Ref"]) -> str:
    more = len(refs) - _MOST_CELLS
    return ", ".join(map(str, refs[:_MOST_CELLS])) + (f", dan {more} sel lain" if more > 0 else "")


def blank_view(target: "Path", known: "Kecamatan | None", meant: str) -> Iterator[Line]:
    """The blank workbook of one kecamatan, and what of it comes from the official list of areas.

    ``meant`` is what the name of one that is not on the list may mean.
    """
    yield line((f"Buku kerja tersimpan: {target}", "bold green"))
    if known is None:
        question = f"Maksud Anda {meant}?" if meant else "Isi sendiri kode dan desanya."
        yield line(_ATTENTION, f"kecamatan itu tidak ada pada daftar wilayah. {question}")
    else:
        terms = known.terms
        area = f"{terms.kecamatan} {known.nama} ({known.kode}), {terms.daerah} {known.kabupaten}"
        sheets = "lembar Identitas dan Desa" if known.desa else "lembar Identitas"
        yield line(f"Dari daftar wilayah: {area}; {_villages(known)}. Periksa {sheets}.")
    yield line(f"Isi di Excel atau WPS, lalu jalankan: lkt check {target}")


def _villages(kecamatan: "Kecamatan") -> str:
    counted = [(len(kecamatan.desa), kecamatan.terms.desa.lower()), (kecamatan.kelurahan, "kelurahan")]
    return join_and([f"{number} {word}" for number, word in counted if number]) or "desanya belum ada"


def made_view(made: Sequence["Made"]) -> Iterator[Line]:
    """The workbooks of a kabupaten, and those that were there already."""
    written, old = [each for each in made if each.written], [each for each in made if not each.written]
    for each in written:
        name = f"{each.kecamatan.terms.kecamatan} {each.kecamatan.nama}"
        yield line(f"{each.path}: {name}, {_villages(each.kecamatan)}", indent=2)
    desa = sum(len(each.kecamatan.desa) for each in written)
    kinds = {each.kecamatan.terms.desa.lower() for each in written if each.kecamatan.desa}
    counted = f", {desa} {kinds.pop() if len(kinds) == 1 else 'desa'}" if desa else ""
    yield line((f"{len(written)} buku kerja dibuat{counted}.", "bold green"))
    if kelurahan := sum(each.kecamatan.kelurahan for each in made):
        yield line(f"{kelurahan} kelurahan tidak dicantumkan: kelurahan tidak menyusun dokumen desa.")
    if old:
        yield line((f"{len(old)} berkas sudah ada dan tidak diganti (pakai --force):", "bold"))
    for each in old:
        yield line(str(each.path), indent=2)


# lkt import ------------------------------------------------------------------------------------------------

_MOST_REMARKS = 8


def imported_view(imported: "Imported") -> Iterator[Line]:
    """What was filled in, what should be looked at, and what comes next."""
    yield line((f"Buku kerja tersimpan: {imported.path}", "bold green"))
    counted = [f"{sheet} {rows} baris" for sheet, rows in imported.rows.items()]
    filled = (
        f"{imported.cells} sel terisi: {', '.join(counted)}." if counted else "Tidak ada sel yang terisi."
    )
    yield line(filled, indent=2)
    for about, group in groupby(imported.remarks, lambda remark: remark.about):
        remarks = list(group)
        yield line((f"{about}:", "bold"))
        for each in remarks[:_MOST_REMARKS]:
            where = f" [{each.source}]" if each.source else ""
            written = f" Tertulis “{each.written}”." if each.written and each.written not in each.text else ""
            yield line(f"{each.text}{written}{where}", indent=2)
        if len(remarks) > _MOST_REMARKS:
            more = len(remarks) - _MOST_REMARKS
            yield line(f"… dan {more} lagi pada lembar Hasil Impor.", indent=2)
    yield line(
        "Asal setiap isian ada pada catatan selnya. Berikutnya: lihat lembar Hasil Impor, lalu jalankan"
    )
    yield line(f"lkt check {typed(imported.path)}", indent=2)


# lkt build -------------------------------------------------------------------------------------------------

_MOST_EDITS = 20
_AROUND, _LONGEST = 3, 80
_FOUND = {
    "EDITED": "sudah diubah dengan tangan sejak ditulis lkt",
    "FOREIGN": "bukan tulisan lkt, atau catatan lkt di dalamnya sudah hilang",
    "OPEN": "sedang terbuka di Word atau program lain",
    "OTHER": "adalah rancangan (DRAF) atau laporan akhir; keduanya tidak saling menggantikan",
}
"""How an older file was found -> why it is not replaced unasked."""


def rebuilt_view(written: "Written") -> Iterator[Line]:
    """What is to be said of the older file; nothing where there was none."""
    old, target = written.old.name, written.target
    if written.path != target:
        yield line(_ATTENTION, f"“{target}” {_FOUND[old]}, sehingga tidak diganti.")
        yield from edits_view(written.edits)
        if old == "EDITED" and not written.edits:
            text = "Bagian yang diubah tidak dapat disebut: catatan lkt tentang teksnya hilang."
            yield line(text, indent=2)
        force = "Pakai --force untuk menggantinya (yang lama disimpan sebagai .bak)."
        what_to_do = "Tutup dahulu, lalu jalankan lagi." if old == "OPEN" else force
        yield line(f"Laporan baru ditulis di sampingnya. {what_to_do}", indent=2)
    elif old == "OURS":
        text = "Laporan lama, yang teks dan gambarnya belum diubah dengan tangan, diganti; salinannya:"
        yield line(f"{text} {written.backup}")
    elif written.backup is not None:
        yield line(_ATTENTION, f"laporan lama {_FOUND[old]}; diganti, salinannya: {written.backup}")
        yield from edits_view(written.edits)
    elif old == "SAME":
        yield line("Laporan yang ada sudah sama, sehingga tidak ditulis ulang.")


def edits_view(edits: Sequence["PassageChange"]) -> Iterator[Line]:
    """Each edit with its place, before and after; of very many the first."""
    for edit in edits[:_MOST_EDITS]:
        yield line((edit.place, "bold"), ": ", *_edit(edit), indent=2)
    if len(edits) > _MOST_EDITS:
        yield line(f"… dan {len(edits) - _MOST_EDITS} perubahan lain.", indent=2)


def _edit(change: "PassageChange") -> tuple[Part, ...]:
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
    head = _words_alike(old, new)
    tail = _words_alike(old[head:][::-1], new[head:][::-1])
    return _cut(old, head, tail), _cut(new, head, tail)


def _words_alike(one: Sequence[str], other: Sequence[str]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _cut(words: Sequence[str], head: int, tail: int) -> str:
    start, end = max(0, head - _AROUND), min(len(words), len(words) - tail + _AROUND)
    text = clipped(" ".join(words[start:end]))
    return f"{'… ' if start else ''}{text}{' …' if end < len(words) else ''}"


def clipped(text: str) -> str:
    """A text that fits on a line, cut where it is longer."""
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"


# lkt verify ------------------------------------------------------------------------------------------------

_CAUSES = {
    "HAND": "bila di Word yang benar, betulkan buku kerjanya; bila tidak, susun ulang: ",
    "BOTH": "lihat mana yang benar, betulkan buku kerjanya, lalu susun ulang: ",
    "UNKNOWN": "lihat mana yang benar, lalu susun ulang: ",
}
"""Why a report may differ -> what to do about it, those to be looked at first; else it is built anew."""
_MOST_PLACES = 3
_NUMBERING = "kolom “No”"


def verification_view(done: "Verification", options: str = "") -> Iterator[Line]:
    """Where the report comes from, what differs by its cause, equal differences once, and a summary line.

    ``options`` are those that the next command needs too: ``" --template kantor.docx"``.
    """
    yield line((done.report, "bold"))
    yield from _origin(done)
    yield Line()
    order = [*_CAUSES]
    causes = dict.fromkeys(each.cause for each in done.differences)
    for cause in sorted(
        causes, key=lambda each: order.index(each.name) if each.name in order else len(order)
    ):
        mine = [each for each in done.differences if each.cause is cause]
        yield line((f"{cause.value.capitalize()} ({len(mine)})", "bold underline"))
        belongs = "menurut buku kerja" if done.conclusive else "semula ditulis lkt"
        yield line((f"tertulis di laporan → {belongs}", "dim"), indent=2)
        yield from _differences(mine)
        advice = _CAUSES.get(cause.name, "susun ulang laporannya: ")
        command = f"lkt build {typed(done.workbook)}{with_previous(done.previous)}{options}"
        yield line(("Berikutnya: ", "bold"), advice, (command, "cyan"), indent=2)
        yield Line()
    yield _result(done)


def _differences(found: Sequence["Difference"]) -> Iterator[Line]:
    """Each change once, with the places where the report has it; numbers of rows that moved in one line."""
    moved = [each for each in found if each.place.endswith(_NUMBERING)]
    same: dict[tuple[str, str, str], list[Difference]] = {}
    for each in found:
        if each not in moved:
            same.setdefault((each.kind.name, each.reported, each.expected), []).append(each)
    for alike in same.values():
        yield from _difference(alike)
    for place, rows in Counter(each.place.rpartition(", baris ")[0] for each in moved).items():
        yield line((place, "bold"), f": nomor urut bergeser pada {rows} baris", indent=2)


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
    used = done.built_by.nama
    if done.same_template:
        yield line(f"Templat: “{done.template}”, sama.")
    elif done.template:
        yield line(f"Templat: “{done.template}”, tidak sama lagi dengan “{used}” saat disusun.")
    else:
        text = f"laporan disusun dengan templat “{used}”; sebutkan dengan --template."
        yield line(_ATTENTION, f"{text} Yang dicari kini hanya perubahan dengan tangan.")
    for name in done.previous_changed:
        yield line(
            f"Buku kerja triwulan lain “{name}” tidak sama dengan saat disusun; sebutkan dengan --prev."
        )
    if done.version != done.current:
        yield line(f"Disusun dengan lkt {done.version or '?'}; dibandingkan dengan lkt {done.current}.")


def _difference(alike: Sequence["Difference"]) -> Iterator[Line]:
    first = alike[0]
    reported, expected = first.reported, first.expected
    if reported and expected:
        reported, expected = excerpts(reported, expected)
    named = dict.fromkeys(map(_named, first.sources))
    meant = f"  {' atau '.join(filter(None, named))}" if any(named) else ""
    cells = dict.fromkeys(ref for source in first.sources for ref in source.refs)
    places = list(dict.fromkeys(each.place for each in alike))
    more = f"; dan {len(places) - _MOST_PLACES} tempat lain" if len(places) > _MOST_PLACES else ""
    if first.kind.name == "PICTURE":
        yield line("gambar berbeda", indent=2)
    else:
        yield line((_quoted(reported), "red"), " → ", (_quoted(expected), "green"), meant, indent=2)
    yield line(("di ", "dim"), "; ".join(places[:_MOST_PLACES]), more, indent=4)
    if cells:
        yield line(("dari ", "dim"), compact(cells), indent=4)


def _named(source: "NumberSource") -> str:
    """A figure by its label and its row: Serapan program 7.01.01; empty for a number in a cell."""
    row = source.name.rpartition(".")[0]
    kind, _, which = row.partition(".")
    of = "semua program" if kind == "total" else f"{kind} {which}"
    return f"{source.label} {of}" if source.name else ""


def _quoted(text: str) -> str:
    return f"“{clipped(text)}”" if text else "tidak ada"


def _result(done: "Verification") -> Line:
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


# lkt template ----------------------------------------------------------------------------------------------


def fields_view(fields: Sequence["FieldEntry"]) -> Iterator[Line]:
    """The fields of a template, those of one group together."""
    for number, (_, group) in enumerate(groupby(fields, key=lambda entry: entry.name.partition(".")[0])):
        if number:
            yield Line()
        for entry in group:
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


def inspection_view(path: str, inspection: "Inspection") -> Iterator[Line]:
    """What was found in one template, with a summary line."""
    yield line((path, "bold"))
    yield Line()
    for mistake in inspection.mistakes:
        yield from _mistake(mistake, Severity.ERROR)
    for mistake in inspection.remarks:
        yield from _mistake(mistake, Severity.INFO)
    mistakes, remarks = len(inspection.mistakes), len(inspection.remarks)
    also = f"{remarks} catatan" if remarks else ""
    if mistakes:
        yield line((f"Hasil: {mistakes} kesalahan{also and f', {also}'}.", "bold red"))
    else:
        yield line((f"Tidak ada kesalahan{also and f'; {also}'}.", "bold green"))


def _mistake(mistake: "Mistake", severity: Severity) -> Iterator[Line]:
    yield line(level(severity), "  ", (mistake.place, "bold"), indent=2)
    if mistake.written:
        yield line((mistake.written, "dim"), indent=4)
    yield line(mistake.sentence, indent=4)
    yield Line()


# lkt explain and lkt rules ---------------------------------------------------------------------------------

FAMILY_NAMES = {
    "B": "Struktur dan isian buku kerja",
    "I": "Identitas",
    "K": "Indikator kinerja",
    "A": "Anggaran",
    "F": "Fasilitasi",
    "P": "Dokumen",
    "D": "Desa",
    "W": "Daftar wilayah",
    "G": "Kegiatan",
    "N": "Narasi dan kata-kata",
    "L": "Lintas lembar",
    "T": "Antar-triwulan",
    "X": "Pengecualian",
}
"""The families of rules by the letter that their codes begin with."""

_EFFECTS = {
    Severity.ERROR: "menghentikan penyusunan laporan",
    Severity.WARNING: "tidak menghentikan penyusunan laporan; dengan --strict dianggap kesalahan",
    Severity.INFO: "untuk diketahui",
}


def explain_view(rule: "Rule") -> Iterator[Line]:
    """Everything that is known about one rule."""
    yield line((rule.code, "bold"), f"  {rule.title}")
    yield line(level(rule.severity), f": {_EFFECTS[rule.severity]}.")
    yield Line()
    yield line(("Mengapa: ", "bold"), rule.why)
    yield line(("Perbaikan: ", "bold"), rule.repair)
    if rule.basis:
        yield line(("Dasar: ", "bold"), rule.basis)


def rules_view(rules: Sequence["Rule"]) -> View:
    """The list of rules by family."""
    from rich.padding import Padding  # noqa: PLC0415 - no other view here needs rich
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    width = max(len(severity.word) for severity in Severity)
    for letter, family in groupby(rules, key=lambda rule: rule.code[0]):
        yield line((FAMILY_NAMES[letter], "bold underline"))
        table = Table.grid(padding=(0, 2, 0, 0))
        table.add_column(style="bold")
        table.add_column(min_width=width)
        for rule in family:
            table.add_row(rule.code, Text.assemble(level(rule.severity)), rule.title)
        yield Padding(table, (0, 0, 1, 2), expand=False)
    yield line("Penjelasan satu aturan: lkt explain KODE")
