"""T: what this workbook says beside that of the quarter before; silent where that one is not at hand.

All figures are cumulative, so within a year they never fall. Across two years the names, the roster and the
codes are compared, and nothing that is agreed anew each year.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from operator import attrgetter
from typing import Any, TypeVar

from lkt.figures import Case, Unit, printed, printed_value, unit_of
from lkt.findings import Finding
from lkt.indonesian import format_rupiah, nearest
from lkt.model import Anggaran, Cell, Desa, Dokumen, Fasilitasi, Indikator, Level, Row
from lkt.rules.base import ERROR, INFO, WARNING, rule
from lkt.rules.helpers import (
    COUNTED,
    PLANS,
    capital,
    covers,
    field_name,
    has_column,
    known,
    label,
    listing,
    pembilang_cells,
    quarter,
    quote,
    sheet_ref,
    tell,
)
from lkt.rules.pairing import (
    COMPARED,
    DESA_KEYS,
    DOKUMEN_KEYS,
    INDIKATOR_KEYS,
    LAST_QUARTER,
    LOG_KEYS,
    NAMED_KEYS,
    PROGRAM_KEYS,
    Before,
    Pairs,
    activity,
    bare,
    digits,
    earlier,
    is_earlier,
    is_new_note,
    is_year_before,
    other_district,
    pair,
    plans_left,
    tells_of_change,
    within_year,
)

R = TypeVar("R")
Mark = Callable[[Cell[Any]], object]

LOG_ROWS = "fasilitasi.jenis_fasilitasi fasilitasi.tanggal fasilitasi.bukti_pendukung fasilitasi.pelaksana"
"""The columns by which a row of the log is found again."""

Columns = Mapping[str, Mark]
"""Heading of a column -> how its cells are compared."""

_VALUE: Mark = attrgetter("value")


def _programs(case: Case, before: Before) -> Pairs[Anggaran]:
    return pair(case.dataset.anggaran, before.dataset.anggaran, PROGRAM_KEYS)


def _indicators(case: Case, before: Before) -> Pairs[Indikator]:
    return pair(case.dataset.indikator, before.dataset.indikator, INDIKATOR_KEYS)


def _roster(case: Case, before: Before) -> Pairs[Desa]:
    return pair(case.dataset.desa, before.dataset.desa, DESA_KEYS)


def _documents(case: Case, before: Before) -> Pairs[Dokumen]:
    return pair(case.dataset.dokumen, before.dataset.dokumen, DOKUMEN_KEYS)


def _log(case: Case, before: Before) -> Pairs[Fasilitasi]:
    return pair(case.dataset.fasilitasi, before.dataset.fasilitasi, LOG_KEYS)


def _pairs(case: Case, sheet: Callable[[Case, Before], Pairs[R]]) -> Iterator[tuple[Before, R, R]]:
    """The rows of a sheet beside those of an earlier quarter of the same year."""
    if before := within_year(case):
        yield from ((before, row, other) for row, other in sheet(case, before).both)


def _beside(
    row: Row, name: str, now: Cell[Any], then: str, *, expected: str = "", milder: bool = False
) -> Finding:
    """The finding for a cell that says something else than before."""
    return tell(
        f"{capital(label(row))}: {name} {now.written or 'kosong'}, sedangkan {then}.",
        now,
        expected=expected,
        severity=WARNING if milder else ERROR,
    )


# Which workbook --------------------------------------------------------------------------------------------


@rule("T101", ERROR, reads="identitas.kode_kecamatan identitas.kecamatan")
def another_district(case: Case) -> Iterator[Finding]:
    """Buku kerja triwulan lalu dari kecamatan lain

    Mengapa: Angka dua kecamatan tidak dapat dibandingkan, sehingga tidak satu pun perbandingan dilakukan.
    Perbaikan: Sebut buku kerja triwulan lalu dari kecamatan ini, atau betulkan Kecamatan dan Kode Kecamatan.
    """
    if cells := other_district(case):
        now, then = cells
        kind = case.dataset.identitas.terms.kecamatan
        message = f"{kind} laporan ini {now.written}, sedangkan buku kerja pembandingnya ({then.ref})"
        yield tell(f"{message} {then.written}.", now)


@rule("T102", ERROR, reads=COMPARED)
def not_the_quarter_before(case: Case) -> Iterator[Finding]:
    """Buku kerja pembanding bukan triwulan sebelumnya

    Mengapa: Angka kumulatif hanya dapat dibandingkan dengan triwulan yang lebih dahulu pada tahun yang sama;
        dengan triwulan IV tahun lalu, atau triwulan yang sama tahun lalu, hanya nama dan daftar desa yang
        dibandingkan.
    Perbaikan: Sebut buku kerja triwulan tepat sebelumnya. Triwulan yang lebih awal tetap dibandingkan dan
        hanya menjadi peringatan.
    """
    now, then = quarter(case), None if case.previous is None else quarter(case.previous)
    if now and then and then != now.previous and not is_year_before(then, now):
        cell, right = case.dataset.identitas.triwulan, now.previous
        yield tell(
            f"Laporan ini {now.phrase}, sedangkan buku kerja pembandingnya {then.phrase}, "
            f"bukan {right.phrase}.",
            cell,
            case.dataset.identitas.tahun,
            severity=WARNING if is_earlier(then, now) else ERROR,
        )


# Figures that add up ---------------------------------------------------------------------------------------


@rule("T103", ERROR, reads=f"{COMPARED} anggaran.realisasi anggaran.realisasi_triwulan")
def spending_falls(case: Case) -> Iterator[Finding]:
    """Realisasi anggaran lebih kecil daripada triwulan lalu

    Mengapa: Realisasi bersifat kumulatif dari 1 Januari, sehingga tidak mungkin turun kecuali ada
        pengembalian belanja.
    Perbaikan: Isi realisasi sampai dengan akhir triwulan ini, bukan realisasi triwulan ini saja. Bila ada
        pengembalian belanja, kecualikan temuan ini dengan alasannya.
    """
    pairs = [
        (before, row, other)
        for before, row, other in _pairs(case, _programs)
        if row.realisasi.value is not None and other.realisasi.value is not None
    ]
    for before, row, other in pairs:
        now, then, alone = row.realisasi, other.realisasi, row.realisasi_triwulan
        if alone.broken or (alone.value or 0) < 0:  # what came back is told; T127 looks at the sum
            continue
        if now.value is not None and then.value is not None and now.value < then.value:
            gap = format_rupiah(then.value - now.value)
            yield tell(
                f"{label(row)}: Realisasi {format_rupiah(now.value)}, turun {gap} dari "
                f"{before.at(then, format_rupiah(then.value))}.",
                now,
                expected=f"sekurangnya {format_rupiah(then.value)}",
                difference=gap,
                hint=_of_the_quarter_alone([(row, other) for _, row, other in pairs]),
            )


def _of_the_quarter_alone(pairs: Sequence[tuple[Anggaran, Anggaran]]) -> str:
    """What to type in each programme, if the column holds what was spent in this quarter alone."""
    sums = [
        f"{label(row)} {format_rupiah(row.realisasi.value + other.realisasi.value)}"
        for row, other in pairs
        if row.level is Level.PROGRAM
        and row.realisasi.value is not None
        and other.realisasi.value is not None
    ]
    return (
        "Isi realisasi dari 1 Januari sampai dengan akhir triwulan ini. Bila kolom Realisasi berisi triwulan "
        f"ini saja, semua programnya menjadi: {listing(sums, 8)}. Bila ada pengembalian belanja, kecualikan "
        "temuan ini dengan alasannya."
    )


@rule("T104", ERROR, reads=f"{COMPARED} {COUNTED} indikator.arah indikator.pembilang")
def count_falls(case: Case) -> Iterator[Finding]:
    """Hitungan indikator lebih kecil daripada triwulan lalu

    Mengapa: Pembilang dihitung dari 1 Januari, sehingga tidak mungkin turun; biasanya ada baris atau tanggal
        yang terhapus, atau yang diisi hanya triwulan ini.
    Perbaikan: Kembalikan baris atau tanggal yang hilang pada lembar Fasilitasi atau Desa; untuk jenis
        rasio isi pembilang sampai dengan akhir triwulan.
    """
    before = within_year(case)
    if before is None:
        return
    counts_now, counts_then = _growing_counts(case), _growing_counts(before.case)
    for row, other in _indicators(case, before).both:
        now, then = counts_now.get(row.row, ()), counts_then.get(other.row, ())
        if now and then and row.jenis.value == other.jenis.value and max(now) < min(then):
            least, most = printed_value(min(then), Unit.VALUE), printed_value(max(now), Unit.VALUE)
            place = other.pembilang if other.pembilang.value is not None else other.indikator
            yield tell(
                f"{capital(label(row))}: pembilang {most}, turun dari {before.at(place, least)}.",
                row.indikator.ref if row.pembilang.value is None else row.pembilang.ref,
                written=most,
                expected=f"sekurangnya {least}",
                difference=printed_value(min(then) - max(now), Unit.VALUE),
            )


def _growing_counts(case: Case) -> dict[int, tuple[Fraction, ...]]:
    """Row -> the possible numerators, where they can only grow: counted, or of a rasio that is to rise."""
    found = {result.row.row: item.possible for result, item in pembilang_cells(case)}
    for result in case.computed.indikator:
        if result.row.jenis.value == "rasio" and result.row.arah.value == "naik":
            found[result.row.row] = known(result.pembilang)
    return found


@rule("T114", WARNING, reads=f"{COMPARED} anggaran.realisasi_kinerja anggaran.arah")
def performance_falls(case: Case) -> Iterator[Finding]:
    """Realisasi Kinerja program lebih kecil daripada triwulan lalu

    Mengapa: Realisasi Kinerja diisi sampai dengan akhir triwulan, sehingga biasanya tidak turun.
    Perbaikan: Isi Realisasi Kinerja dari awal tahun, bukan hanya triwulan ini.
    """
    for before, row, other in _pairs(case, _programs):
        now, then = row.realisasi_kinerja, other.realisasi_kinerja
        rises = row.arah.value != "turun" and not row.arah.broken
        if rises and now.value is not None and then.value is not None and now.value < then.value:
            yield _beside(row, "Realisasi Kinerja", now, before.at(then))


@rule("T126", WARNING, reads=f"{COMPARED} indikator.indikator indikator.realisasi_tahun_lalu")
def year_before_differs(case: Case) -> Iterator[Finding]:
    """Realisasi Tahun Lalu berbeda dari buku kerja tahun lalu

    Mengapa: Realisasi tahun ini dibandingkan dengan yang dilaporkan tahun lalu; angka yang lain membuat kedua
        laporan saling bertentangan.
    Perbaikan: Kosongkan Realisasi Tahun Lalu supaya diambil dari buku kerja itu, atau betulkan angkanya.
    """
    before = earlier(case)
    if before is None or not before.year_before:
        return
    then = {each.row.row: each.realisasi for each in before.case.computed.indikator}
    for row, other in pair(case.dataset.indikator, before.dataset.indikator, NAMED_KEYS).both:
        typed, figure = row.realisasi_tahun_lalu, then[other.row]
        if not isinstance(typed.value, Decimal) or figure.value is None:
            continue
        if not covers(typed.value, typed.decimals, figure.value):
            there = before.at(other.realisasi, printed(figure))
            yield _beside(row, "Realisasi Tahun Lalu", typed, there, expected=printed(figure), milder=True)


# What was agreed for the year ------------------------------------------------------------------------------


@rule(
    "T105",
    WARNING,
    reads=f"{COMPARED} indikator.target indikator.target_perubahan indikator.satuan "
    "indikator.arah indikator.jenis indikator.keterangan "
    "indikator.penjelasan",
)
def agreement_changed(case: Case) -> Iterator[Finding]:
    """Target, Satuan, Arah, atau Jenis indikator berubah tanpa penjelasan

    Mengapa: Target setahun dan cara mengukurnya disepakati dalam Perjanjian Kinerja; yang berubah diam-diam
        membuat capaian dua triwulan tidak dapat dibandingkan.
    Perbaikan: Kembalikan seperti triwulan lalu, atau sebutkan perubahan Perjanjian Kinerjanya pada Keterangan
        atau Penjelasan.
    Dasar: Peraturan Menteri PANRB Nomor 53 Tahun 2014 tentang Petunjuk Teknis Perjanjian Kinerja, Pelaporan
        Kinerja, dan Tata Cara Reviu atas Laporan Kinerja Instansi Pemerintah
    """
    columns: Columns = {
        "Target": _VALUE,
        "Target Perubahan": _VALUE,
        "Satuan": _unit,
        "Arah": _VALUE,
        "Jenis": _VALUE,
    }
    for before, row, other in _pairs(case, _indicators):
        if not tells_of_change(row.keterangan, row.penjelasan):
            yield from _changes(before, row, other, columns)


def _unit(satuan: Cell[str]) -> object:
    """Satuan, whichever way percent and rupiah are written."""
    unit = unit_of(satuan.value or "")
    return bare(satuan) if unit is Unit.VALUE else unit


def _changes(before: Before, row: Row, other: Row, columns: Columns) -> Iterator[Finding]:
    """One finding for the cells of a row that were filled before and say something else now."""
    changed = []
    for name, mark in columns.items():
        now, then = (getattr(each, field_name(name)) for each in (row, other))
        if now.value is not None and then.value is not None and mark(now) != mark(then):
            changed.append((name, now, then))
    if changed:
        texts = [f"{name} {now.written}, {before.at(then)}" for name, now, then in changed]
        yield tell(
            f"{capital(label(row))} berubah: {'; '.join(texts)}.",
            *(now for _, now, _ in changed),
            expected=changed[0][2].written,
        )


@rule("T106", WARNING, reads=f"{COMPARED} anggaran.pagu anggaran.anggaran_perubahan anggaran.keterangan")
def budget_changed(case: Case) -> Iterator[Finding]:
    """Pagu berubah dari triwulan lalu tanpa penjelasan

    Mengapa: Pagu berubah hanya dengan pergeseran atau perubahan anggaran; pemeriksa menanyakan dasarnya.
    Perbaikan: Tulis perubahan anggarannya pada kolom Keterangan; catatan yang sama dengan triwulan lalu belum
        menjelaskan perubahan yang baru. Bila tidak ada perubahan, betulkan angkanya.
    Dasar: Peraturan Pemerintah Nomor 12 Tahun 2019 tentang Pengelolaan Keuangan Daerah
    """
    for before, row, other in _pairs(case, _programs):
        now, then = row.pagu, other.pagu
        differ = now.value is not None and then.value is not None and now.value != then.value
        amended = (
            row.anggaran_perubahan.broken or now.value == row.anggaran_perubahan.value
        )  # the new Perjanjian Kinerja is the reason
        if differ and not amended and not is_new_note(row.keterangan, other.keterangan):
            yield _money_beside(before, row, "Pagu", now, then)


def _money_beside(
    before: Before, row: Anggaran, name: str, now: Cell[Decimal], then: Cell[Decimal], *, milder: bool = False
) -> Finding:
    """The finding for an amount that is another than before, or none any more."""
    amount = "kosong" if now.value is None else format_rupiah(now.value)
    old = then.value or Decimal(0)
    gap = format_rupiah(abs((now.value or Decimal(0)) - old))
    return tell(
        f"{label(row)}: {name} {amount}, sedangkan {before.at(then, format_rupiah(old))}, selisih {gap}.",
        now,
        expected=format_rupiah(old),
        difference=gap,
        severity=WARNING if milder else ERROR,
    )


@rule("T127", ERROR, reads=f"{COMPARED} anggaran.realisasi anggaran.realisasi_triwulan")
def quarters_do_not_add_up(case: Case) -> Iterator[Finding]:
    """Realisasi triwulan lalu ditambah triwulan ini bukan Realisasi

    Mengapa: Realisasi kumulatif adalah realisasi sampai dengan triwulan lalu ditambah realisasi triwulan ini.
    Perbaikan: Cocokkan ketiganya dengan register SP2D; bila realisasi triwulan lalu dibetulkan, sebutkan pada
        Keterangan.
    """
    for before, row, other in _pairs(case, _programs):
        whole, now, then = row.realisasi, row.realisasi_triwulan, other.realisasi
        if before.name != LAST_QUARTER or now.value is None or whole.value is None or then.value is None:
            continue
        if now.value + then.value != whole.value:
            gap = format_rupiah(abs(now.value + then.value - whole.value))
            yield tell(
                f"{label(row)}: Realisasi {format_rupiah(whole.value)}, sedangkan "
                f"{before.at(then, format_rupiah(then.value))} ditambah Realisasi Triwulan Ini "
                f"{format_rupiah(now.value)}, selisih {gap}.",
                whole,
                now,
                difference=gap,
            )


@rule("T107", ERROR, reads=f"{COMPARED} anggaran.anggaran_pk anggaran.keterangan")
def signed_amount_changed(case: Case) -> Iterator[Finding]:
    """Anggaran PK berubah dari triwulan lalu

    Mengapa: Anggaran PK berasal dari Perjanjian Kinerja yang sudah ditandatangani; yang berubah hanya pagu.
    Perbaikan: Kembalikan angkanya dan tulis perubahan anggaran pada Pagu. Bila Perjanjian Kinerjanya memang
        diubah, sebutkan pada Keterangan; temuannya menjadi peringatan.
    Dasar: Peraturan Menteri PANRB Nomor 53 Tahun 2014 tentang Petunjuk Teknis Perjanjian Kinerja, Pelaporan
        Kinerja, dan Tata Cara Reviu atas Laporan Kinerja Instansi Pemerintah
    """
    for before, row, other in _pairs(case, _programs):
        now, then = row.anggaran_pk, other.anggaran_pk
        gone = now.blank and has_column(now)
        changed = now.value is not None and now.value != then.value
        if then.value is not None and (gone or changed):
            explained = is_new_note(row.keterangan, other.keterangan)
            yield _money_beside(before, row, "Anggaran PK", now, then, milder=explained)


@rule("T117", WARNING, reads=f"{COMPARED} indikator.jenis indikator.penyebut indikator.keterangan "
      "indikator.penjelasan")  # fmt: skip
def plan_changed(case: Case) -> Iterator[Finding]:
    """Rencana fasilitasi setahun berubah tanpa penjelasan

    Mengapa: Penyebut indikator fasilitasi adalah rencana setahun; rencana yang mengecil di tengah tahun
        menaikkan realisasi tanpa ada kegiatan.
    Perbaikan: Kembalikan Penyebut seperti triwulan lalu, atau sebutkan perubahannya pada Keterangan atau
        Penjelasan.
    """
    for before, row, other in _pairs(case, _indicators):
        kinds = {row.jenis.value, other.jenis.value}
        now, then = row.penyebut, other.penyebut
        differ = now.value is not None and then.value is not None and now.value != then.value
        explained = tells_of_change(row.keterangan, row.penjelasan)
        if kinds == {"fasilitasi"} and differ and not explained:
            yield _beside(row, "Penyebut", now, before.at(then), expected=then.written)


@rule(
    "T116",
    WARNING,
    reads=f"{COMPARED} dokumen.dokumen dokumen.tahun_anggaran dokumen.batas_waktu dokumen.jenis_tanggal",
)
def deadline_changed(case: Case) -> Iterator[Finding]:
    """Ketentuan dokumen desa berubah dari triwulan lalu

    Mengapa: Tahun Anggaran, Batas Waktu, dan Jenis Tanggal menentukan desa mana yang tepat waktu; yang
        berubah di tengah tahun mengubah hasil yang sudah dilaporkan.
    Perbaikan: Kembalikan seperti triwulan lalu, atau pastikan peraturannya memang berubah dan sebutkan pada
        Dasar Hukum.
    Dasar: Peraturan Menteri Dalam Negeri Nomor 114 Tahun 2014 tentang Pedoman Pembangunan Desa; Peraturan
        Menteri Dalam Negeri Nomor 20 Tahun 2018 tentang Pengelolaan Keuangan Desa; Peraturan Menteri Dalam
        Negeri Nomor 46 Tahun 2016 tentang Laporan Kepala Desa
    """
    columns = {"Tahun Anggaran": _VALUE, "Batas Waktu": _VALUE, "Jenis Tanggal": _VALUE}
    for before, row, other in _pairs(case, _documents):
        yield from _changes(before, row, other, columns)


@rule(
    "T119",
    WARNING,
    reads=f"{COMPARED} identitas.rumus_efisiensi identitas.rerata_anggaran identitas.batas_capaian "
    "identitas.dasar_capaian",
)
def method_changed(case: Case) -> Iterator[Finding]:
    """Cara menghitung berubah di tengah tahun

    Mengapa: Rumus, rerata, batas, atau dasar capaian yang lain membuat angka dua laporan tidak dapat
        dibandingkan.
    Perbaikan: Pakai cara yang sama sepanjang tahun, atau jelaskan perubahannya kepada penerima laporan.
    """
    before = within_year(case)
    if before is None:
        return
    yield from _other_settings(
        case, before, ("Rumus Efisiensi", "Rerata Anggaran", "Batas Capaian", "Dasar Capaian")
    )


@rule(
    "T121",
    INFO,
    reads=f"{COMPARED} identitas.tempat identitas.peraturan_pelaporan identitas.peraturan_kedudukan",
)
def identity_changed(case: Case) -> Iterator[Finding]:
    """Isian Identitas berubah dari triwulan lalu

    Mengapa: Tempat, peraturan, dan batas hari kerja jarang berubah di tengah tahun; yang berubah biasanya
        salah ketik.
    Perbaikan: Samakan dengan triwulan lalu; bila memang berubah, tidak ada yang perlu diubah.
    """
    if before := within_year(case):
        names = ("Tempat", "Peraturan Pelaporan", "Peraturan Kedudukan", "Batas Hari Kerja")
        yield from _other_settings(case, before, names)


def _other_settings(case: Case, before: Before, names: Sequence[str]) -> Iterator[Finding]:
    """The keys of Identitas that say something else than before."""
    both = case.dataset.identitas, before.dataset.identitas
    for name in names:
        cell, other = (getattr(each, field_name(name)) for each in both)
        if cell.value is not None and other.value is not None and cell.value != other.value:
            message = f"{name} {cell.written}, sedangkan {before.at(other)}."
            yield tell(message, cell, expected=other.written)


# Names and rows --------------------------------------------------------------------------------------------


@rule("T108", WARNING, reads=f"{COMPARED} desa.desa")
def roster_changed(case: Case) -> Iterator[Finding]:
    """Daftar desa berbeda dari triwulan lalu

    Mengapa: Desa yang hilang atau bertambah mengubah penyebut; desa jarang dibentuk atau dihapus.
    Perbaikan: Tulis semua desa dengan kode dan nama seperti triwulan lalu, juga yang dokumennya belum ada.
    Dasar: Undang-Undang Nomor 6 Tahun 2014 tentang Desa
    """
    before = earlier(case)
    if before is None or "Desa" not in case.dataset.sheets:
        return
    pairs = _roster(case, before)
    explained = set()
    for other in pairs.surely_gone("desa", "kode"):
        names = {row.desa.value: row for row in pairs.new if row.desa.value and row.row not in explained}
        near = names.get(nearest(other.desa.value or "", names) or "")
        question = f" Maksud Anda {label(near)} ({near.desa.ref})?" if near else ""
        explained |= {near.row} if near else set()
        yield tell(
            f"{label(other)} tidak tercantum, padahal tercantum pada {before.at(other.desa, '')}.{question}",
            near.desa.ref if near else sheet_ref(case.dataset, "Desa"),
            written=near.desa.written if near else "",
            expected=other.desa.written,
        )
    for row in pairs.new:
        if row.desa.value and row.row not in explained:
            message = f"{label(row)} baru tercantum; pada {before.name} tidak ada."
            yield tell(message, row.desa)


@rule(
    "T109",
    WARNING,
    reads=f"{COMPARED} desa.desa desa.kode anggaran.program anggaran.kode anggaran.unit indikator.no "
    "indikator.indikator indikator.sasaran",
)
def renamed(case: Case) -> Iterator[Finding]:
    """Nama atau kode ditulis lain daripada triwulan lalu

    Mengapa: Desa, program, indikator, dan sasaran yang namanya berubah-ubah tampak sebagai yang lain, dan
        tidak dapat ditelusuri dari laporan ke laporan.
    Perbaikan: Samakan dengan dokumen resminya (DPA, Perjanjian Kinerja, kode wilayah), pada buku kerja yang
        keliru.
    """
    before = earlier(case)
    if before is None:
        return
    if before.same_year:
        names: Columns = {"No": _VALUE, "Sasaran": bare, "Indikator": bare}
        for row, other in _indicators(case, before).both:
            yield from _changes(before, row, other, names)
    names = {"Kode": digits, "Program": lambda cell: bare(cell, "program"), "Unit": bare}
    for program, other_program in _programs(case, before).both:
        yield from _changes(before, program, other_program, names)
    names = {"Kode": digits, "Desa": lambda cell: bare(cell, "desa")}
    for desa, other_desa in _roster(case, before).both:
        yield from _changes(before, desa, other_desa, names)


@rule("T110", ERROR, reads=f"{COMPARED} anggaran.program indikator.indikator")
def row_gone(case: Case) -> Iterator[Finding]:
    """Program atau indikator triwulan lalu tidak ada lagi

    Mengapa: Program dan indikator berlaku setahun; yang hilang membuat jumlah dan rata-rata berubah tanpa
        penjelasan.
    Perbaikan: Kembalikan barisnya, dengan realisasi sampai dengan akhir triwulan. Pada triwulan I program
        yang tidak ada lagi hanya menjadi peringatan, karena Perjanjian Kinerjanya baru.
    Dasar: Peraturan Menteri PANRB Nomor 53 Tahun 2014 tentang Petunjuk Teknis Perjanjian Kinerja, Pelaporan
        Kinerja, dan Tata Cara Reviu atas Laporan Kinerja Instansi Pemerintah
    """
    before = earlier(case)
    if before is None:
        return
    programs = _programs(case, before).surely_gone("program", "kode")
    lost: list[tuple[str, Row, Cell[str]]] = [
        ("Anggaran", row, row.program) for row in programs if row.level is Level.PROGRAM
    ]
    if before.same_year:
        indicators = _indicators(case, before).surely_gone("indikator", "no")
        lost += [("Indikator", row, row.indikator) for row in indicators]
    for sheet, row, cell in lost:
        if sheet in case.dataset.sheets:
            yield tell(
                f"{capital(label(row))} tidak ada lagi, padahal ada pada {before.at(cell, '')}.",
                sheet_ref(case.dataset, sheet),
                expected=cell.written,
                severity=ERROR if before.same_year else WARNING,
            )


@rule("T118", WARNING, reads=f"{COMPARED} dokumen.dokumen")
def document_gone(case: Case) -> Iterator[Finding]:
    """Dokumen desa triwulan lalu tidak dinilai lagi

    Mengapa: Dokumen yang tidak lagi dinilai mengubah pembilang dan penyebut indikator dokumen desa.
    Perbaikan: Kembalikan barisnya pada lembar Dokumen dan kolomnya pada lembar Desa, atau samakan namanya.
    """
    before = within_year(case)
    if before is None or "Dokumen" not in case.dataset.sheets:
        return
    for row in _documents(case, before).surely_gone("dokumen"):
        message = f"{label(row)} tidak ada lagi, padahal ada pada {before.at(row.dokumen, '')}."
        yield tell(message, sheet_ref(case.dataset, "Dokumen"), expected=row.dokumen.written)


# The log ---------------------------------------------------------------------------------------------------


@rule("T111", WARNING, reads=f"{COMPARED} {LOG_ROWS}")
def log_rows_gone(case: Case) -> Iterator[Finding]:
    """Baris fasilitasi triwulan lalu tidak ada lagi

    Mengapa: Catatan bersifat kumulatif dari 1 Januari; baris yang hilang mengurangi pembilang dan menghapus
        bukti yang sudah dilaporkan.
    Perbaikan: Salin kembali baris triwulan lalu, lalu tambahkan baris triwulan ini di bawahnya.
    """
    before = within_year(case)
    if before is None or "Fasilitasi" not in case.dataset.sheets:
        return
    gone = _log(case, before).surely_gone("jenis_fasilitasi", "tanggal", "bukti_pendukung", "pelaksana")
    if gone:
        names = listing([f"{label(row)} pada {row.jenis_fasilitasi.ref}" for row in gone])
        yield tell(
            f"{len(gone)} baris fasilitasi {before.name} tidak ada lagi: {names}.",
            sheet_ref(case.dataset, "Fasilitasi"),
        )


@rule("T112", WARNING, reads=f"{COMPARED} {LOG_ROWS}")
def logged_again(case: Case) -> Iterator[Finding]:
    """Baris fasilitasi triwulan lalu tercatat lagi dengan tanggal lain

    Mengapa: Kegiatan yang sama dengan bukti dan pelaksana yang sama dihitung dua kali, sekali pada triwulan
        lalu dan sekali pada triwulan ini.
    Perbaikan: Hapus baris yang disalin. Bila kegiatannya memang diadakan lagi, sebutkan bedanya pada Jenis
        Fasilitasi atau Bukti Pendukung.
    """
    before = within_year(case)
    if before is None:
        return
    pairs = _log(case, before)
    reported: dict[object, list[tuple[Fasilitasi, Fasilitasi]]] = defaultdict(list)
    for still, other in pairs.both:
        reported[_but_for_its_day(still)].append((still, other))
    times = Counter(map(activity, before.dataset.fasilitasi))
    for row in pairs.new:
        mark = _but_for_its_day(row)
        if None in mark or times[activity(row)] > 1:  # one more time of what recurs is no surprise
            continue
        for still, other in reported[mark]:
            now, then = row.tanggal.value, other.tanggal.value
            if now is not None and then is not None and now != then:
                yield tell(
                    f"{capital(label(row))} bertanggal {row.tanggal.written} sama dengan "
                    f"{label(still)}, yang sudah dilaporkan {before.name} ({other.tanggal.ref}) bertanggal "
                    f"{other.tanggal.written}.",
                    row.jenis_fasilitasi,
                    still.jenis_fasilitasi,
                )
                break


def _but_for_its_day(row: Fasilitasi) -> tuple[Hashable, ...]:
    """Everything that is known of a row of the log but its date."""
    return activity(row), bare(row.bukti_pendukung), bare(row.pelaksana)


@rule("T122", WARNING, reads=f"{COMPARED} {LOG_ROWS}")
def log_date_changed(case: Case) -> Iterator[Finding]:
    """Tanggal fasilitasi berubah dari triwulan lalu

    Mengapa: Kegiatan yang sudah dilaporkan tetap bertanggal sama seperti buktinya.
    Perbaikan: Kembalikan tanggalnya, atau periksa bukti pendukungnya. Bulan atau rentang yang dilengkapi
        menjadi tanggal tidak dianggap berubah.
    """
    times = Counter(map(activity, case.dataset.fasilitasi))
    for before, row, other in _pairs(case, _log):
        now, then = row.tanggal.value, other.tanggal.value
        once = times[activity(row)] == 1 and _but_for_its_day(row) == _but_for_its_day(other)
        if once and now and then and not then.start <= now.start <= now.end <= then.end:
            yield _beside(row, "Tanggal", row.tanggal, before.at(other.tanggal), milder=True)


@rule("T120", WARNING, reads=f"{COMPARED} {LOG_ROWS} fasilitasi.ditindaklanjuti")
def no_longer_followed_up(case: Case) -> Iterator[Finding]:
    """Fasilitasi yang sudah ditindaklanjuti menjadi belum

    Mengapa: Baris yang triwulan lalu dihitung dan sekarang tidak mengubah angka yang sudah dilaporkan.
    Perbaikan: Kembalikan Ya, atau pastikan yang dilaporkan triwulan lalu memang keliru.
    """
    for before, row, other in _pairs(case, _log):
        states = row.ditindaklanjuti.value, other.ditindaklanjuti.value
        if states == ("Tidak", "Ya"):
            yield _beside(row, "Ditindaklanjuti", row.ditindaklanjuti, before.at(other.ditindaklanjuti))


# The desa --------------------------------------------------------------------------------------------------


@rule("T113", ERROR, reads=f"{COMPARED} desa.tanggal dokumen.dokumen")
def date_gone_or_changed(case: Case) -> Iterator[Finding]:
    """Tanggal dokumen desa hilang atau berubah

    Mengapa: Dokumen yang sudah ditetapkan atau disampaikan tetap bertanggal sama; tanggal yang hilang
        menurunkan hitungan, tanggal yang berubah dapat mengubah yang terlambat menjadi tepat waktu.
    Perbaikan: Isi kembali tanggalnya, atau periksa dokumen aslinya. Tanggal yang berubah hanya menjadi
        peringatan; bulan yang dilengkapi menjadi tanggal tidak dianggap berubah.
    """
    before = within_year(case)
    if before is None:
        return
    columns = [
        (row, case.dataset.dokumen.index(row), before.dataset.dokumen.index(other))
        for row, other in _documents(case, before).both
    ]
    for desa, other in _roster(case, before).both:
        for dokumen, column, column_before in columns:
            now, then = desa.tanggal[column], other.tanggal[column_before]
            gone = now.blank and has_column(now)
            changed = (
                now.value is not None
                and then.value is not None
                and not then.value.start <= now.value.start <= now.value.end <= then.value.end
            )
            if then.value is not None and (gone or changed):
                yield _beside(
                    desa, label(dokumen), now, before.at(then), expected=then.written, milder=not gone
                )


# What was planned ------------------------------------------------------------------------------------------


@rule("T123", WARNING, reads=f"{COMPARED} {PLANS}")
def plan_not_followed(case: Case) -> Iterator[Finding]:
    """Rencana tindak lanjut triwulan lalu tidak disebut lagi

    Mengapa: Rencana yang dilaporkan triwulan lalu dan tidak disebut lagi tampak dilupakan.
    Perbaikan: Tulis rencana itu pada lembar Tindak Lanjut dengan Asal Rencana dan Status selesai, proses,
        atau belum; lkt new --from membawanya sendiri.
    """
    before, left = earlier(case), plans_left(case)
    if before and left:
        texts = listing([f"{quote(row.uraian.written)} ({row.uraian.ref})" for row in left], 2)
        heading = case.dataset.headings["Tindak Lanjut", "status"]
        yield tell(f"{len(left)} rencana {before.name} belum disebut: {texts}.", heading, written="")


# The signature ---------------------------------------------------------------------------------------------


@rule("T115", INFO, reads=f"{COMPARED} identitas.nama_camat identitas.nip")
def signer_changed(case: Case) -> Iterator[Finding]:
    """Penanda tangan berganti

    Mengapa: Nama dan NIP dicetak pada sampul dan tanda tangan; yang berganti sebagian saja biasanya salah
        ketik.
    Perbaikan: Bila Camat memang berganti, periksa Nama Camat, Jabatan, Pangkat/Golongan, dan NIP; tidak ada
        yang salah. Bila tidak, betulkan ejaannya.
    """
    before = earlier(case)
    if before is None:
        return
    now, then = case.dataset.identitas, before.dataset.identitas
    changed = [
        (name, cell, other)
        for name, cell, other, mark in (
            ("Nama Camat", now.nama_camat, then.nama_camat, bare),
            ("NIP", now.nip, then.nip, digits),
        )
        if mark(cell) and mark(other) and mark(cell) != mark(other)
    ]
    if changed:
        texts = [f"{name} {cell.written}, {before.at(other)}" for name, cell, other in changed]
        yield tell(f"Penanda tangan berubah: {'; '.join(texts)}.", *(cell for _, cell, _ in changed))
