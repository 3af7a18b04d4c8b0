"""What ``lkt new`` made, as lines for a terminal."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from lkt.bahasa import join_and
from lkt.formats.screen import Line, line

if TYPE_CHECKING:
    from pathlib import Path

    from lkt.carry import Carried
    from lkt.carry.step import Change
    from lkt.commands.making import Made
    from lkt.kalender import Triwulan
    from lkt.model import Ref
    from lkt.workbook.patch import Mark

_MOST = 12


def carried_view(carried: "Carried", source: "Path", target: "Path") -> Iterator[Line]:
    """What came along, what was emptied, and what is to be done next."""
    old, new = carried.step.old, carried.step.new
    yield line((f"Buku kerja {_name(new)} tersimpan: {target}", "bold green"))
    yield line(f"Asalnya {source} ({_name(old)}), yang tidak diubah.", indent=2)
    yield line(("Dibawa: ", "bold"), f"{join_and(list(_kept(carried)))}.")
    yield from _changes("Digeser: ", [each for each in carried.plan.changes if each.value is not None])
    yield from _changes("Dikosongkan: ", [each for each in carried.plan.changes if each.value is None])
    if carried.renewed:
        yield line(("Format buku kerja diperbarui: ", "bold"), _places(carried.renewed))
    if carried.pictures:
        yield line(f"{carried.pictures} gambar pada baris kegiatan yang dikosongkan.", indent=2)
    if carried.macros:
        yield line("Makro tidak ikut: berkas .xlsx tidak dapat memuatnya.", indent=2)
    yield from _to_do(carried, source, target)


def _name(quarter: "Triwulan") -> str:
    return f"Triwulan {quarter.roman} Tahun {quarter.tahun}"


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


def _changes(title: str, changes: Sequence["Change"]) -> Iterator[Line]:
    """One line a sheet: the columns, each with the number of its cells."""
    by_sheet: dict[str, dict[str, set[object]]] = {}
    for each in changes:
        rows = each.cell.ref.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        by_sheet.setdefault(each.sheet, {}).setdefault(each.subject, set()).add(rows)
    if by_sheet:
        yield line((title.strip(), "bold"))
    for sheet, subjects in by_sheet.items():
        yield line(f"{sheet}: {', '.join(_counted(*item) for item in subjects.items())}", indent=2)


def _counted(subject: str, rows: set[object]) -> str:
    if subject == "baris":
        return f"{len(rows)} baris"
    return subject if len(rows) == 1 else f"{subject} ({len(rows)} sel)"


def _to_do(carried: "Carried", source: "Path", target: "Path") -> Iterator[Line]:
    review = [mark.ref for mark in carried.plan.marks if mark.wait.name == "REVIEW"]
    if review:
        yield line(("Periksa dan sesuaikan: ", "bold"), _places(review))
    if carried.refused:
        text = ("Tidak dapat diubah otomatis; ubah sendiri di Excel: ", "bold red")
        yield line(text, _places(carried.refused))
    if carried.errors:
        text = (f"{source} masih memuat {carried.errors} kesalahan: perbaiki dahulu", "bold red")
        yield line(text, f" (lkt check {source}), lalu ulangi; kesalahannya ikut terbawa.")
    first, second = _filling(carried.plan.marks)
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
