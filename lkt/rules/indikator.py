"""K: sheet Indikator, targets, numerators and denominators, realisasi and capaian."""

import difflib
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any

from lkt.figures import Case, IndikatorResult, Unit, printed, printed_value, unit_of
from lkt.findings import Finding
from lkt.indonesian import format_number, normalize, roman
from lkt.model import Cell, Measure, Skala
from lkt.rules.base import ERROR, WARNING, rule
from lkt.rules.helpers import (
    AGREED,
    CAPAIAN,
    COUNTED,
    LOG,
    MEASURED,
    NEARBY,
    PERIOD,
    REALISASI,
    DerivedCell,
    alike,
    capaian_cells,
    capital,
    has_column,
    known,
    label,
    listing,
    mismatch,
    pembilang_cells,
    quarter,
    quote,
    realisasi_cells,
    repeated,
    tell,
    unlike_figure,
    unread_rows,
)

_MANY_TIMES = 5
_ALIKE, _UNLIKE = 0.9, 0.75
"""How alike, 0 to 1, a copied text is at least, and the names of two indicators that are not one."""


@rule(
    "K101",
    ERROR,
    reads=f"{AGREED} identitas.dasar_capaian skala.predikat skala.untuk",
)
def target_unusable(case: Case) -> Iterator[Finding]:
    """Target tidak dapat dipakai

    Mengapa: Capaian dihitung dengan membagi realisasi dengan target; tanpa target capaian dicetak “-”.
    Perbaikan: Isi target menurut Perjanjian Kinerja; untuk jenis predikat pakai huruf pada lembar Skala.
    Dasar: Peraturan Presiden Nomor 29 Tahun 2014 tentang Sistem Akuntabilitas Kinerja Instansi Pemerintah
    """
    by_quarter = case.dataset.identitas.dasar_capaian.value == "triwulan"
    for row in (result.row for result in case.computed.indikator):
        name, cell = ("Target Triwulan", row.target_triwulan) if by_quarter else ("Target", row.target)
        # A blank Target is already a finding of its own; a blank Target Triwulan only matters here.
        fault = _measure_fault(cell, case.dataset.skala)
        if cell.blank and by_quarter and has_column(cell):
            fault = "belum diisi, padahal Dasar Capaian = triwulan"
        if fault:
            yield tell(f"{capital(label(row))}: {name} {fault}.", cell)


def _measure_fault(cell: Cell[Measure], skala: tuple[Skala, ...]) -> str:
    """Why a target or a typed realisasi gives no figure to divide by; empty where it does."""
    if not isinstance(cell.value, str):
        return "0" if cell.value == 0 else ""
    letter = normalize(cell.value)
    grades = [row.predikat for row in skala if not row.of_capaian]
    # A grade that cannot be read may be the one
    if any(grade.broken or normalize(grade.value or "") == letter for grade in grades):
        return ""
    return f"{quote(cell.value)} tidak ada pada lembar Skala"


@rule("K102", ERROR, reads=REALISASI, follows="K104 K105")
def realisasi_differs(case: Case) -> Iterator[Finding]:
    """Realisasi berbeda dari hitungan

    Mengapa: Realisasi dihitung dari pembilang dan penyebut; angka yang diketik sendiri tidak terbukti.
    Perbaikan: Kosongkan sel Realisasi atau pulihkan rumusnya; bila hitungannya yang keliru, periksa isian
        asalnya.
    """
    yield from (unlike_figure(case, item) for item in realisasi_cells(case) if item.typed and item.differs)


@rule("K103", ERROR, reads=f"{CAPAIAN} indikator.capaian", follows="K102 K104 K105")
def capaian_differs(case: Case) -> Iterator[Finding]:
    """Capaian berbeda dari hitungan

    Mengapa: Capaian adalah realisasi dibagi target; angka yang lain membuat laporan saling bertentangan.
    Perbaikan: Kosongkan sel Capaian atau pulihkan rumusnya. Realisasi tidak dibulatkan sebelum dibagi.
    Dasar: Peraturan Presiden Nomor 29 Tahun 2014 tentang Sistem Akuntabilitas Kinerja Instansi Pemerintah
    """
    yield from (unlike_figure(case, item) for item in capaian_cells(case) if item.typed and item.differs)


@rule("K104", ERROR, reads=f"{COUNTED} indikator.pembilang")
def pembilang_differs(case: Case) -> Iterator[Finding]:
    """Pembilang berbeda dari yang tercatat

    Mengapa: Pembilang harus dapat dibuktikan baris demi baris dari lembar Fasilitasi atau lembar Desa.
    Perbaikan: Kosongkan sel Pembilang supaya dihitung dari lembarnya, atau lengkapi catatannya.
    """
    log = case.dataset.fasilitasi
    followed_up = sum(row.ditindaklanjuti.value == "Ya" and row.tanggal.value is not None for row in log)
    for result, item in pembilang_cells(case):
        if item.differs:
            count, unread = item.possible[0], len(item.possible) - 1
            message = f"{item.name} tertulis {item.cell.written}, yang tercatat dan dihitung"
            message += f" {format_number(count)}"
            if unread:
                message += f" ({unread} tanggal tidak terbaca dan belum ikut)"
            if result.row.jenis.value == "fasilitasi" and followed_up > count:  # what surprises people
                message += f"; {followed_up - int(count)} baris Ya bertanggal di luar periode"
            yield mismatch(item, message)


@rule("K105", ERROR, reads="indikator.jenis indikator.penyebut")
def penyebut_differs(case: Case) -> Iterator[Finding]:
    """Penyebut berbeda dari desa × dokumen

    Mengapa: Penyebut yang tidak sama dengan banyaknya desa kali banyaknya dokumen menandakan ada desa atau
        dokumen yang belum tercantum.
    Perbaikan: Lengkapi lembar Desa dan Dokumen, atau kosongkan sel Penyebut supaya dihitung.
    """
    for result in case.computed.indikator:
        row = result.row
        if row.jenis.value != "dokumen desa" or result.penyebut is None or not result.penyebut.value:
            continue
        item = DerivedCell(row.penyebut, "Penyebut", row, result.penyebut, known(result.penyebut))
        if item.differs:
            desa, dokumen = len(case.dataset.desa), len(case.dataset.dokumen)
            sebutan = case.dataset.identitas.terms.desa.lower()
            product = f"{desa} {sebutan} × {dokumen} dokumen = {format_number(item.possible[0])}"
            yield mismatch(item, f"{item.name} tertulis {item.cell.written}, sedangkan {product}")


@rule(
    "K106",
    ERROR,
    reads="indikator.jenis indikator.realisasi indikator.pembilang indikator.penyebut indikator.keterangan "
    "skala.predikat skala.untuk",
    unfilled=True,
)
def realisasi_impossible(case: Case) -> Iterator[Finding]:
    """Realisasi tidak dapat dihitung

    Mengapa: Tanpa realisasi, capaian indikator dan efisiensinya dicetak “-”.
    Perbaikan: Isi sel itu. Bila indikatornya memang belum diukur pada triwulan ini, tulis sebabnya pada kolom
        Keterangan.
    """
    for result in case.computed.indikator:
        for name, cell, fault in _realisasi_faults(result, case.dataset.skala):
            if has_column(cell):
                message = (
                    f"{capital(label(result.row))}: realisasi tidak dapat dihitung karena {name} {fault}."
                )
                yield tell(message, cell)


def _realisasi_faults(
    result: IndikatorResult, skala: tuple[Skala, ...]
) -> Iterator[tuple[str, Cell[Any], str]]:
    """What a row lacks for its realisasi: column, cell and fault. A stated reason excuses a blank cell."""
    row, kind = result.row, result.kind
    for field in () if kind is None else kind.needs:
        cell: Cell[Any] = getattr(row, field)
        excused = not row.keterangan.blank and not result.counted
        fault = "belum diisi" if cell.blank and not excused else ""
        if field == "realisasi" and isinstance(cell.value, str):
            fault = _measure_fault(cell, skala)
        elif field == "penyebut" and cell.value == 0:
            fault = "0"
        if fault:
            yield field.capitalize(), cell, fault


@rule(
    "K107",
    WARNING,
    reads="indikator.satuan indikator.target indikator.target_triwulan indikator.target_akhir_renstra",
)
def target_over_hundred(case: Case) -> Iterator[Finding]:
    """Target persen lebih dari 100%

    Mengapa: Target di atas 100% jarang dimaksudkan; biasanya angkanya salah ketik.
    Perbaikan: Samakan dengan Perjanjian Kinerja.
    """
    for row in case.dataset.indikator:
        if unit_of(row.satuan.value or "") is not Unit.PERCENT:
            continue
        for name, cell in (
            ("Target", row.target),
            ("Target Triwulan", row.target_triwulan),
            ("Target Akhir Renstra", row.target_akhir_renstra),
        ):
            if not isinstance(cell.value, str | None) and cell.value > 100:
                message = f"{capital(label(row))}: {name} {cell.written} lebih dari 100%."
                yield tell(message, cell)


@rule("K108", ERROR, reads="indikator.no")
def number_repeated(case: Case) -> Iterator[Finding]:
    """Nomor indikator ganda

    Mengapa: Program dan strategi merujuk indikator dengan nomornya; nomor ganda tidak jelas merujuk ke mana.
    Perbaikan: Beri setiap indikator nomor sendiri, lalu sesuaikan lembar Anggaran dan Strategi.
    """
    for rows in repeated(case.dataset.indikator, lambda row: row.no.value):
        names = listing([quote(row.indikator.value or "") for row in rows])
        message = f"Nomor indikator {rows[0].no.written} dipakai {len(rows)} kali: {names}."
        yield tell(message, *(row.no for row in reversed(rows)))


@rule(
    "K109",
    WARNING,
    reads=f"{PERIOD} {LOG} indikator.jenis indikator.satuan indikator.pembilang indikator.penyebut",
)
def part_over_whole(case: Case) -> Iterator[Finding]:
    """Pembilang lebih besar dari penyebut

    Mengapa: Bagian yang lebih besar dari keseluruhan membuat realisasi lebih dari 100%.
    Perbaikan: Periksa keduanya; untuk fasilitasi, penyebut adalah rencana setahun.
    """
    for result in case.computed.indikator:
        row, top, bottom = result.row, result.pembilang, result.penyebut
        percent = unit_of(row.satuan.value or "") is Unit.PERCENT
        if percent and top and bottom and top.value and bottom.value and top.value > bottom.value:
            parts = (printed_value(figure.value or 0, Unit.VALUE) for figure in (top, bottom))
            message = "{}: pembilang {} lebih besar dari penyebut {}.".format(capital(label(row)), *parts)
            filled: list[Cell[Any]] = [
                cell for cell in (row.pembilang, row.penyebut) if cell.value is not None
            ]
            yield tell(message, *(filled or [row.indikator]), written="")


@rule("K110", WARNING, reads="indikator.sasaran")
def sasaran_alike(case: Case) -> Iterator[Finding]:
    """Satu sasaran ditulis dengan dua ejaan

    Mengapa: Sasaran yang tidak sama persis dibaca sebagai dua sasaran, sehingga tabelnya terpisah.
    Perbaikan: Tulis sasarannya sama persis pada setiap baris.
    """
    firsts: dict[str, Cell[str]] = {}
    for row in case.dataset.indikator:
        if row.sasaran.value:
            firsts.setdefault(normalize(row.sasaran.value), row.sasaran)
    names = list(firsts)
    for place, name in enumerate(names):
        before = names[max(0, place - NEARBY) : place]
        for other in difflib.get_close_matches(name, before, NEARBY, _ALIKE):
            cell, first = firsts[name], firsts[other]
            message = f"Sasaran {quote(cell.written)} hampir sama dengan {quote(first.written)}."
            yield tell(message, cell, first, expected=first.written)


@rule("K111", WARNING, reads="indikator.indikator indikator.uraian_pembilang")
def formula_text_copied(case: Case) -> Iterator[Finding]:
    """Uraian Pembilang disalin dari indikator lain

    Mengapa: Kotak rumus menjelaskan cara menghitung indikatornya sendiri; uraian indikator lain menyesatkan.
    Perbaikan: Tulis apa yang dihitung sebagai pembilang indikator ini.
    """
    rows = [row for row in case.dataset.indikator if row.uraian_pembilang.value]
    for place, row in enumerate(rows):
        cell = row.uraian_pembilang
        for first in rows[max(0, place - NEARBY) : place]:
            copied = alike(cell.written, first.uraian_pembilang.written, _ALIKE)
            if copied and not alike(row.indikator.written, first.indikator.written, _UNLIKE):
                message = f"Uraian Pembilang {quote(cell.written)} sama dengan {label(first)}."
                yield tell(f"{capital(label(row))}: {message}", cell, first.uraian_pembilang)


@rule("K112", WARNING, reads=f"{AGREED} indikator.arah")
def quarterly_target_above_yearly(case: Case) -> Iterator[Finding]:
    """Target Triwulan melebihi Target setahun

    Mengapa: Target triwulan adalah bagian dari target setahun, jadi tidak mungkin lebih tinggi.
    Perbaikan: Periksa kedua target pada Perjanjian Kinerja dan rencana aksinya.
    """
    for row in (result.row for result in case.computed.indikator):
        year, quarter_target = row.target.value, row.target_triwulan.value
        comparable = not isinstance(year, str | None) and not isinstance(quarter_target, str | None)
        if comparable and row.arah.value == "naik" and quarter_target > year:  # type: ignore[operator]
            message = (
                f"{capital(label(row))}: Target Triwulan {row.target_triwulan} lebih tinggi dari "
                f"Target {row.target}."
            )
            yield tell(message, row.target_triwulan, row.target, row.arah)


@rule("K119", WARNING, reads=f"{AGREED} indikator.arah")
def steps_disagree(case: Case) -> Iterator[Finding]:
    """Target per triwulan tidak sejalan

    Mengapa: Target TW I sampai dengan IV kumulatif dan berakhir pada Target setahun; Target Triwulan adalah
        target triwulan yang dilaporkan.
    Perbaikan: Samakan dengan rencana aksi Perjanjian Kinerja. Target Triwulan boleh dikosongkan bila Target
        TW diisi.
    Dasar: Peraturan Menteri PANRB Nomor 53 Tahun 2014 tentang Petunjuk Teknis Perjanjian Kinerja, Pelaporan
        Kinerja, dan Tata Cara Reviu atas Laporan Kinerja Instansi Pemerintah
    """
    periode = quarter(case)
    for row in (result.row for result in case.computed.indikator):
        steps, subject = row.steps, capital(label(row))
        numbers = [cell for cell in steps if isinstance(cell.value, Decimal)]
        for cell, following in pairwise(numbers):
            if row.arah.value == "naik" and following.value < cell.value:  # type: ignore[operator]
                message = f"{subject}: target {following} lebih rendah daripada triwulan sebelumnya, {cell}."
                yield tell(message, following, cell)
        last = steps[-1]
        if last.value is not None and row.target.value is not None and last.value != row.target.value:
            yield tell(f"{subject}: Target TW IV {last}, Target setahun {row.target}.", last, row.target)
        now = steps[periode.nomor - 1] if periode else last
        typed = row.target_triwulan
        if periode and now.value is not None and typed.value is not None and now.value != typed.value:
            name = f"Target TW {roman(periode.nomor)}"
            yield tell(f"{subject}: Target Triwulan {typed}, {name} {now}.", typed, now)


@rule("K113", WARNING, reads="skala.predikat skala.batas_bawah skala.untuk")
def scale_out_of_order(case: Case) -> Iterator[Finding]:
    """Skala predikat ganda atau tidak urut

    Mengapa: Predikat dicari dari batas bawahnya; batas yang tertukar atau predikat yang tertulis dua kali
        memberi predikat yang salah.
    Perbaikan: Urutkan predikat dari yang tertinggi, masing-masing satu baris dengan batas bawahnya sendiri.
    """
    rated = case.dataset.skala
    for scale in ([row for row in rated if row.of_nilai], [row for row in rated if row.of_capaian]):
        for rows in repeated(scale, _name_of_grade):
            message = (
                f"Predikat {quote(rows[0].predikat.written)} ditulis {len(rows)} kali pada lembar Skala."
            )
            yield tell(message, *(row.predikat for row in reversed(rows)))
        yield from _bounds_out_of_order([row for row in scale if row.batas_bawah.value is not None])


def _name_of_grade(row: Skala) -> str | None:
    return normalize(row.predikat.value or "") or None


def _bounds_out_of_order(scale: Sequence[Skala]) -> Iterator[Finding]:
    """The bounds that do not lie below the one before; a scale may also be written from the lowest up."""
    bounds = [row.batas_bawah.value or Decimal(0) for row in scale]
    up = sum(low < high for low, high in pairwise(bounds)) * 2 > len(bounds) - 1
    signed = [bound if up else -bound for bound in bounds]
    for place, (first, row) in enumerate(pairwise(scale)):
        if signed[place] >= signed[place + 1] and _name_of_grade(first) != _name_of_grade(row):
            message = (
                f"Batas Bawah predikat {quote(first.predikat.written)} ({first.batas_bawah}) seharusnya "
                f"lebih {'rendah' if up else 'tinggi'} daripada predikat {quote(row.predikat.written)} "
                f"({row.batas_bawah})."
            )
            # The one that does not fit its other neighbour leads
            odd_first = place == 0 or signed[place - 1] < signed[place + 1]
            odd, other = (first, row) if odd_first else (row, first)
            yield tell(message, odd.batas_bawah, other.batas_bawah)


@rule("K114", WARNING, reads="indikator.jenis indikator.realisasi indikator.target")
def realisasi_far_above_target(case: Case) -> Iterator[Finding]:
    """Realisasi berkali-kali lipat Target

    Mengapa: Nilai yang berkali-kali lipat targetnya biasanya koma yang terlewat, misalnya 145 untuk 14,5.
    Perbaikan: Periksa Realisasi dan Target pada sumbernya.
    """
    for row in case.dataset.indikator:
        actual, goal = row.realisasi.value, row.target.value
        if row.jenis.value != "nilai" or not isinstance(actual, Decimal) or not isinstance(goal, Decimal):
            continue
        if goal > 0 and actual >= _MANY_TIMES * goal:
            message = (
                f"{capital(label(row))}: Realisasi {row.realisasi.written}, Target {row.target.written}."
            )
            yield tell(message, row.realisasi, row.target)


@rule("K115", WARNING, reads=f"{MEASURED} indikator.penjelasan")
def lagging_unexplained(case: Case) -> Iterator[Finding]:
    """Indikator belum sesuai jalur, tanpa Penjelasan

    Mengapa: Atasan ingin tahu sebab indikator tertinggal atau perlu perhatian; laporan tidak mengarang
        sebabnya.
    Perbaikan: Tulis sebabnya dan apa yang dilakukan pada kolom Penjelasan; laporan mencetaknya di bawah
        angkanya dan pada simpulan.
    """
    unread = unread_rows(case)
    for result in case.computed.indikator if quarter(case) else ():
        row, status = result.row, result.jalur.status
        sure = not unread.get(row.jenis.value)
        if sure and status.lags and row.penjelasan.blank and has_column(row.penjelasan):
            reached = f"{printed(result.jalur.figure)} terhadap {result.jalur.against}"
            message = f"{capital(label(row))} {status.words} ({reached}), tanpa Penjelasan."
            yield tell(message, row.penjelasan)


@rule(
    "K118",
    WARNING,
    reads="indikator.target indikator.target_akhir_renstra indikator.realisasi_tahun_lalu indikator.arah "
    "skala.predikat skala.untuk",
)
def renstra_behind_target(case: Case) -> Iterator[Finding]:
    """Target Akhir Renstra atau Realisasi Tahun Lalu tampak keliru

    Mengapa: Target akhir Renstra adalah tujuan jangka menengah, jadi tidak lebih ringan dari target tahun
        ini; huruf yang tidak dikenal tidak dapat dibandingkan.
    Perbaikan: Samakan dengan Renstra dan laporan tahun lalu; untuk jenis predikat pakai huruf pada lembar
        Skala.
    Dasar: Peraturan Menteri PANRB Nomor 53 Tahun 2014 tentang Petunjuk Teknis Perjanjian Kinerja, Pelaporan
        Kinerja, dan Tata Cara Reviu atas Laporan Kinerja Instansi Pemerintah
    """
    skala = case.dataset.skala
    for row in case.dataset.indikator:
        last, then, year = row.target_akhir_renstra, row.realisasi_tahun_lalu, row.target.value
        lighter = False
        if isinstance(year, Decimal) and isinstance(last.value, Decimal) and row.arah.value is not None:
            lighter = last.value > year if row.arah.value == "turun" else last.value < year
        for name, cell, fault in (
            ("Target Akhir Renstra", last, _measure_fault(last, skala)),
            (
                "Target Akhir Renstra",
                last,
                f"{last} lebih ringan dari Target {row.target}" if lighter else "",
            ),
            (
                "Realisasi Tahun Lalu",
                then,
                _measure_fault(then, skala) if isinstance(then.value, str) else "",
            ),
        ):
            if fault:
                yield tell(f"{capital(label(row))}: {name} {fault}.", cell)
