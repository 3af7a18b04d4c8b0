"""L: what two sheets say about the same thing."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from lkt.calendar import Triwulan
from lkt.figures import Case
from lkt.findings import Finding
from lkt.indonesian import format_number, month_number, normalize
from lkt.model import Cell, Level
from lkt.rules.base import ERROR, WARNING, rule
from lkt.rules.helpers import (
    PERIOD,
    PLANNED,
    PLANS,
    alike,
    capital,
    grouped,
    has_column,
    label,
    listing,
    quarter,
    quote,
    repeated,
    tell,
    words,
)

_COPIED, _SAME_GOAL = 0.92, 0.8
"""How alike, 0 to 1, a copied sentence and a name of the same sasaran are at least."""

_GOAL = re.compile(
    r"\bsasaran(?:\s+(?:kinerja|strategis|kegiatan))?\s+(?P<number>\d{1,3})\s*[:,]?\s*"
    r"(?:[“\"](?P<quoted>[^”\"]{10,160})[”\"]|(?P<plain>\S.{9,160}?)\s+dengan\s+indikator\b)",
    re.IGNORECASE | re.DOTALL,
)
_MONTH_OF_YEAR = re.compile(r"\b(?P<month>[A-Za-z]+) (?P<year>20\d\d)\b")
_MONTH_OR_YEAR = re.compile(r"[a-z]+|\d{4}")


def _numbers(case: Case) -> dict[Decimal, str]:
    """The numbers of the indicators as printed; none where one is unreadable and may be meant."""
    numbers: dict[Decimal, str] = {}
    for row in case.dataset.indikator:
        if row.no.value is None:
            return {}
        numbers[row.no.value] = format_number(row.no.value)
    return numbers


@rule("L101", ERROR, reads="anggaran.indikator indikator.no")
def program_unknown_indicator(case: Case) -> Iterator[Finding]:
    """Program menunjuk indikator yang tidak ada

    Mengapa: Bila nomornya tidak cocok, program itu tidak masuk dalam tabel sasaran mana pun.
    Perbaikan: Samakan kedua lembar: betulkan kolom Indikator pada program itu, atau kolom No pada lembar
        Indikator bila di sana yang keliru atau belum lengkap.
    """
    numbers = _numbers(case)
    known = listing(list(numbers.values()), 9)
    for row in case.dataset.anggaran if numbers else ():
        if not set(row.supports) <= numbers.keys():
            message = (
                f"{label(row)}: kolom Indikator menunjuk nomor {row.indikator.written}, tetapi lembar "
                f"Indikator hanya memuat nomor {known}."
            )
            yield tell(message, row.indikator)


@rule("L102", WARNING, reads="anggaran.indikator indikator.no indikator.sasaran", follows="B209 L109")
def indicator_without_program(case: Case) -> Iterator[Finding]:
    """Indikator tanpa program

    Mengapa: Bila tidak satu pun indikator suatu sasaran didukung program, tabel biaya sasaran itu kosong dan
        efisiensinya tidak dapat dihitung. Indikator lain dengan sasaran yang sama dianggap memakai program
        yang sama.
    Perbaikan: Tulis nomor indikator itu pada kolom Indikator di lembar Anggaran, pada program pendukungnya.
    Dasar: Peraturan Menteri PANRB Nomor 53 Tahun 2014 tentang Petunjuk Teknis Perjanjian Kinerja, Pelaporan
        Kinerja, dan Tata Cara Reviu atas Laporan Kinerja Instansi Pemerintah
    """
    programs = [row for row in case.dataset.anggaran if row.level is Level.PROGRAM]
    usable = programs and all(has_column(row.indikator) and not row.indikator.broken for row in programs)
    numbers = {number for row in programs for number in row.supports}
    goals = {
        normalize(row.sasaran.value)
        for row in case.dataset.indikator
        if row.no.value in numbers and row.sasaran.value
    }
    for indikator in case.dataset.indikator if usable else ():
        shared = indikator.sasaran.broken or normalize(indikator.sasaran.value or "") in goals
        if indikator.no.value is not None and indikator.no.value not in numbers and not shared:
            yield tell(
                f"{capital(label(indikator))} tidak didukung satu program pun.", indikator.no, written=""
            )


@rule("L103", ERROR, reads="strategi.indikator indikator.no")
def strategy_unknown_indicator(case: Case) -> Iterator[Finding]:
    """Strategi menunjuk indikator yang tidak ada

    Mengapa: Strategi itu tidak dicetak pada indikator mana pun.
    Perbaikan: Isi kolom Indikator dengan nomor yang ada pada lembar Indikator.
    """
    numbers = _numbers(case)
    known = listing(list(numbers.values()), 9)
    for row in case.dataset.strategi if numbers else ():
        if row.indikator.value is not None and row.indikator.value not in numbers:
            text = quote(row.strategi.value or "")
            message = f"Strategi {text} menunjuk indikator nomor {row.indikator.written}, yang tidak ada."
            yield tell(message, row.indikator, expected=known)


@rule("L104", WARNING, reads="strategi.indikator indikator.no")
def indicator_without_strategy(case: Case) -> Iterator[Finding]:
    """Indikator tanpa strategi

    Mengapa: Bagian strategi pada laporan menjadi kosong untuk indikator itu.
    Perbaikan: Tambahkan sekurangnya satu strategi pada lembar Strategi.
    """
    rows = case.dataset.strategi
    usable = rows and all(has_column(row.indikator) and not row.indikator.broken for row in rows)
    covered = {row.indikator.value for row in rows}
    for indikator in case.dataset.indikator if usable else ():
        if indikator.no.value is not None and indikator.no.value not in covered:
            yield tell(f"{capital(label(indikator))} belum mempunyai strategi.", indikator.no, written="")


@rule("L105", WARNING, reads=f"{PLANS} strategi.strategi")
def follow_up_copied(case: Case) -> Iterator[Finding]:
    """Tindak lanjut menyalin strategi

    Mengapa: Strategi sudah dijalankan pada triwulan ini, tindak lanjut adalah rencana berikutnya; kalimat
        yang sama di dua tempat tidak memberi tahu apa-apa.
    Perbaikan: Tulis apa yang akan dilakukan pada triwulan berikutnya: apa, siapa, dan kapan.
    """
    strategies = [(row, _plain(row.strategi)) for row in case.dataset.strategi]
    pairs = [
        (step, strategy)
        for step in case.dataset.rencana
        for strategy, text in strategies
        if text and alike(_plain(step.uraian), text, _COPIED)
    ]
    if pairs:
        texts = listing([quote(step.uraian.value or "") for step, _ in pairs], most=2)
        message = f"{len(pairs)} baris Tindak Lanjut sama dengan Strategi: {texts}."
        yield tell(message, *(step.uraian for step, _ in pairs), *(line.strategi for _, line in pairs))


def _plain(cell: Cell[str]) -> str:
    """The words of a text, whatever stands between them."""
    return " ".join(words(cell.value or ""))


@rule("L106", WARNING, reads="narasi.teks strategi.strategi")
def conclusion_copies_strategy(case: Case) -> Iterator[Finding]:
    """Narasi menyalin strategi

    Mengapa: Daftar strategi sudah dicetak pada bagiannya; simpulan yang mengulanginya tidak menyimpulkan.
    Perbaikan: Ganti dengan simpulan dari angkanya, atau kosongkan; laporan menyusun simpulan sendiri.
    """
    lines = {text for row in case.dataset.strategi if len(text := _plain(row.strategi)) > 20}
    for row in case.dataset.narasi:
        text = _plain(row.teks)
        copied = sum(line in text for line in lines)
        if copied >= 2:
            message = f"Narasi {row.bagian.written} mengulang {copied} strategi kata demi kata."
            yield tell(message, row.teks)


@rule("L107", WARNING, reads="indikator.sasaran indikator.penjelasan narasi.teks")
def goal_renamed(case: Case) -> Iterator[Finding]:
    """Sasaran disebut dengan nama lain

    Mengapa: Satu sasaran dengan dua nama membuat pembaca mengira ada dua sasaran.
    Perbaikan: Pakai nama sasaran seperti pada Perjanjian Kinerja dan kolom Sasaran.
    """
    goals = {goal.nomor: goal for goal in case.computed.sasaran}
    cells = [row.penjelasan for row in case.dataset.indikator] + [row.teks for row in case.dataset.narasi]
    for cell in cells:
        for match in _GOAL.finditer(cell.value or ""):
            goal = goals.get(int(match["number"]))
            name = (match["quoted"] or match["plain"]).strip()
            if goal and goal.nama.value and not alike(name, goal.nama.value, _SAME_GOAL):
                names = f"di sini disebut {quote(name)}, sedangkan namanya {quote(goal.nama.value)}"
                message = f"Sasaran {goal.nomor} {names}."
                yield tell(message, cell, goal.nama, written=name, expected=goal.nama.value)


@rule("L108", WARNING, reads=f"{PERIOD} strategi.waktu")
def strategy_of_another_time(case: Case) -> Iterator[Finding]:
    """Waktu strategi sudah lewat

    Mengapa: Waktu yang berakhir sebelum triwulan ini biasanya sisa dari laporan triwulan lalu.
    Perbaikan: Sesuaikan kolom Waktu dengan triwulan ini.
    """
    triwulan = quarter(case)
    if triwulan is None:
        return
    rows = [row for row in case.dataset.strategi if _is_past(row.waktu.value or "", triwulan)]
    for group in grouped(rows, lambda row: normalize(row.waktu.written)):
        message = (
            f"Waktu {quote(group[0].waktu.written)} pada {len(group)} strategi berakhir sebelum triwulan ini."
        )
        yield tell(message, *(row.waktu for row in group))


def _is_past(time: str, triwulan: Triwulan) -> bool:
    """Its last month, in its last year or the year of the report, lies before the quarter."""
    parts = _MONTH_OR_YEAR.findall(normalize(time))
    years = [int(part) for part in parts if part.isdecimal()]
    months = [number for part in parts if (number := month_number(part))]
    year = max(years, default=triwulan.tahun)
    return year < triwulan.tahun or (
        year == triwulan.tahun and bool(months) and months[-1] < triwulan.mulai.month
    )


@rule("L109", WARNING, reads="anggaran.indikator anggaran.kode", unfilled=True)
def program_without_indicator(case: Case) -> Iterator[Finding]:
    """Program tidak menunjuk indikator

    Mengapa: Program tanpa nomor indikator tidak masuk dalam tabel biaya per sasaran.
    Perbaikan: Isi kolom Indikator dengan nomor indikator yang didukung program itu.
    Dasar: Peraturan Menteri PANRB Nomor 53 Tahun 2014 tentang Petunjuk Teknis Perjanjian Kinerja, Pelaporan
        Kinerja, dan Tata Cara Reviu atas Laporan Kinerja Instansi Pemerintah
    """
    for row in case.dataset.anggaran if case.dataset.indikator else ():
        is_program = row.level is Level.PROGRAM and not row.kode.broken
        if is_program and row.indikator.blank and has_column(row.indikator):
            yield tell(f"{label(row)} belum menunjuk satu indikator pun.", row.indikator, written="")


@rule(
    "L110",
    WARNING,
    reads=f"tugas_fungsi.uraian strategi.indikator strategi.strategi {PLANS} kegiatan.kegiatan "
    "kegiatan.tanggal",
)
def row_repeated(case: Case) -> Iterator[Finding]:
    """Baris yang sama tercantum dua kali

    Mengapa: Baris yang tertempel dua kali tercetak dua kali dalam laporan.
    Perbaikan: Hapus salah satunya, atau sebutkan bedanya.
    """
    data = case.dataset
    texts: list[tuple[Cell[str], object]] = [(row.uraian, row.sheet) for row in data.tugas_fungsi]
    told = [row for row in data.strategi if not row.indikator.broken]
    texts += [(row.strategi, (row.sheet, row.indikator.value)) for row in told]
    texts += [(row.uraian, (row.sheet, row.carried)) for row in data.tindak_lanjut]
    texts += [(row.kegiatan, (row.sheet, row.tanggal.value)) for row in data.kegiatan]
    for same in repeated(texts, lambda pair: (_plain(pair[0]), pair[1]) if _plain(pair[0]) else None):
        cells = [cell for cell, _ in reversed(same)]
        message = f"{quote(cells[0].written)} tercantum {len(cells)} kali pada lembar {cells[0].ref.sheet}."
        yield tell(message, *cells)


@rule("L111", WARNING, reads=f"tugas_fungsi.no tindak_lanjut.no {PLANNED} kegiatan.no")
def number_repeated_in_list(case: Case) -> Iterator[Finding]:
    """Nomor urut ganda pada daftar

    Mengapa: Nomor yang sama pada dua butir membingungkan pembaca yang merujuknya.
    Perbaikan: Nomori ulang kolom No dari 1.
    """
    data = case.dataset
    for rows in (data.tugas_fungsi, data.rencana, data.rencana_lalu, data.kegiatan):
        for same in repeated((row.no for row in rows), lambda cell: cell.value):
            message = f"Nomor {same[0].written} dipakai {len(same)} kali pada lembar {same[0].ref.sheet}."
            yield tell(message, *reversed(same))


@rule("L112", WARNING, reads=f"{PERIOD} {PLANS} tindak_lanjut.batas_waktu")
def plan_in_the_past(case: Case) -> Iterator[Finding]:
    """Rencana tindak lanjut dengan waktu yang sudah lewat

    Mengapa: Tindak lanjut adalah rencana berikutnya; bulan yang sudah lewat biasanya sisa laporan triwulan
        lalu.
    Perbaikan: Perbarui rencananya, atau hapus bila sudah dilaksanakan.
    """
    triwulan = quarter(case)
    past: list[tuple[Cell[Any], str]] = []
    for row in case.dataset.rencana if triwulan else ():
        found = [
            (int(match["year"]), month_number(match["month"]) or 0, match[0])
            for match in _MONTH_OF_YEAR.finditer(row.uraian.value or "")
            if month_number(match["month"])
        ]
        if found and triwulan and max(found)[:2] <= (triwulan.tahun, triwulan.akhir.month):
            past.append((row.uraian, quote(max(found)[2])))
        due = row.batas_waktu.value
        if due and triwulan and due.end <= triwulan.akhir:
            past.append((row.batas_waktu, quote(row.batas_waktu.written)))
    if past:
        times = listing(list(dict.fromkeys(time for _, time in past)))
        yield tell(f"{len(past)} rencana menyebut {times}, yang sudah lewat.", *(cell for cell, _ in past))


@rule("L113", WARNING, reads=PLANNED)
def plan_without_status(case: Case) -> Iterator[Finding]:
    """Rencana triwulan lalu tanpa Status

    Mengapa: Pembaca ingin tahu apa yang terjadi dengan rencana tindak lanjut laporan yang lalu.
    Perbaikan: Pilih selesai, proses, atau belum pada kolom Status; rencana yang tidak lagi berlaku dihapus
        barisnya.
    """
    carried = [row for row in case.dataset.rencana_lalu if not row.asal.broken]
    cells = [row.status for row in carried if row.status.blank and has_column(row.status)]
    if cells:
        yield tell(f"{len(cells)} rencana triwulan lalu belum mempunyai Status.", *cells)
