"""A: sheet Anggaran, pagu and realisasi of the programmes."""

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from functools import partial

from lkt.figures import Case, Unit, printed, unit_of
from lkt.findings import Finding
from lkt.indonesian import format_percent, format_rupiah, normalize
from lkt.model import Anggaran, Cell, Level
from lkt.rules.base import ERROR, INFO, WARNING, rule
from lkt.rules.helpers import (
    AMENDED,
    NEARBY,
    PERIOD,
    SERAPAN,
    TOTALS,
    alike,
    capital,
    has_column,
    label,
    listing,
    mismatch,
    program_rows,
    quarter,
    quote,
    repeated,
    serapan_cells,
    sheet_ref,
    tell,
    total_cells,
    unlike_figure,
    words,
)
from lkt.rules.pairing import says_more_than_funds, tells_of_change

_FEW, _MANY = 1_000, 1_000_000
"""Rupiah: a realisasi below the first beside a pagu above the second is no amount of money."""

NOMENCLATURE = {
    "7.01.01": "Program Penunjang Urusan Pemerintahan Daerah Kabupaten/Kota",
    "7.01.02": "Program Penyelenggaraan Pemerintahan dan Pelayanan Publik",
    "7.01.03": "Program Pemberdayaan Masyarakat Desa dan Kelurahan",
    "7.01.04": "Program Koordinasi Ketentraman dan Ketertiban Umum",
    "7.01.05": "Program Penyelenggaraan Urusan Pemerintahan Umum",
    "7.01.06": "Program Pembinaan dan Pengawasan Pemerintahan Desa",
}
"""The programmes of a kecamatan by Permendagri 90/2019, spelled as there."""

_CODE = re.compile(r"[0-9X]+(\.[0-9X]+)*\.?", re.IGNORECASE)
_WHOLE_CODE = re.compile(r"[0-9]+(\.[0-9]+){1,2}")
_RUPIAH = re.compile(r"\bRp\.?\s*(\d{1,3}(?:\.\d{3})+)")
_SAME_NAME, _SAME_WORD = 0.8, 0.75
_FILLERS = frozenset(words("program kegiatan sub dan di ke yang untuk persentase presentase jumlah rata"))
_CLEARLY = 0.5
"""How much more of another programme's name an indicator must hold than of its own."""


SPENDING_PLAN = " ".join(f"anggaran.rencana_tw{number}" for number in range(1, 5))
SIGNED = f"{AMENDED} anggaran.anggaran_pk anggaran.anggaran_perubahan"
"""The columns that the amount in force depends on."""


def _programs(case: Case) -> list[Anggaran]:
    return [row for row in case.dataset.anggaran if row.level is Level.PROGRAM]


def _code(row: Anggaran) -> str | None:
    return row.kode.value.rstrip(".") if row.kode.value else None


def _code_in_unit(row: Anggaran) -> tuple[str, str] | None:
    """By what a row is told from all others; None where it cannot be told."""
    code = _code(row)
    return None if code is None or row.unit.broken else (row.owner, code)


@rule("A101", WARNING, reads=f"{SIGNED} anggaran.pagu anggaran.keterangan")
def pagu_unlike_pk(case: Case) -> Iterator[Finding]:
    """Pagu berbeda dari Anggaran PK tanpa penjelasan

    Mengapa: Anggaran pada Perjanjian Kinerja dan pagu dicetak pada dua tabel; keduanya boleh berbeda, tetapi
        selisih yang tidak dijelaskan dapat dianggap kesalahan oleh pemeriksa.
    Perbaikan: Bila anggarannya memang berubah, tulis perubahannya pada kolom Keterangan (misalnya pergeseran
        atau perubahan APBD); bila tidak, betulkan salah satu angkanya.
    Dasar: Peraturan Menteri PANRB Nomor 53 Tahun 2014 tentang Petunjuk Teknis Perjanjian Kinerja, Pelaporan
        Kinerja, dan Tata Cara Reviu atas Laporan Kinerja Instansi Pemerintah
    """
    for row in (program.row for program in case.computed.program):
        planned, budget = row.anggaran_pk.value, row.pagu.value
        explained = says_more_than_funds(row.keterangan)
        if planned is not None and budget is not None and planned != budget and not explained:
            gap = format_rupiah(abs(planned - budget))
            more = "lebih kecil dari" if budget < planned else "lebih besar dari"
            yield tell(
                f"{label(row)}: Pagu {format_rupiah(budget)} {more} Anggaran PK "
                f"{format_rupiah(planned)}, selisih {gap}, dan kolom Keterangan belum menyebut sebabnya.",
                row.pagu,
                row.anggaran_pk,
            )


@rule("A102", ERROR, reads="anggaran.realisasi anggaran.pagu")
def spent_over_budget(case: Case) -> Iterator[Finding]:
    """Realisasi melebihi pagu

    Mengapa: Belanja tidak boleh melebihi pagu; serapannya menjadi lebih dari 100%.
    Perbaikan: Periksa Pagu dan Realisasi pada SP2D dan DPA; mungkin ada angka yang tertukar atau salah ketik.
    Dasar: Undang-Undang Nomor 1 Tahun 2004 tentang Perbendaharaan Negara
    """
    for row in case.dataset.anggaran:
        spent, budget = row.realisasi.value, row.pagu.value
        if spent is not None and budget is not None and spent > budget >= 0:
            gap = format_rupiah(spent - budget)
            yield tell(
                f"{label(row)}: Realisasi {format_rupiah(spent)} melebihi Pagu "
                f"{format_rupiah(budget)}, selisih {gap}.",
                row.realisasi,
                row.pagu,
                expected=f"paling banyak {format_rupiah(budget)}",
                difference=gap,
            )


@rule("A103", ERROR, reads=f"{SERAPAN} identitas.rerata_anggaran anggaran.capaian jumlah_anggaran.capaian")
def serapan_differs(case: Case) -> Iterator[Finding]:
    """Capaian anggaran berbeda dari hitungan

    Mengapa: Capaian anggaran adalah realisasi dibagi pagu; angka yang lain membuat tabel saling bertentangan.
    Perbaikan: Kosongkan sel Capaian atau pulihkan rumusnya. Bila hitungannya tampak keliru, periksa Pagu dan
        Realisasi.
    """
    yield from (unlike_figure(case, item) for item in serapan_cells(case) if item.typed and item.differs)


@rule(
    "A104",
    ERROR,
    reads=f"{SERAPAN} {TOTALS} anggaran.anggaran_pk anggaran.anggaran_perubahan "
    "identitas.tanggal_pk_perubahan",
)
def total_differs(case: Case) -> Iterator[Finding]:
    """Jumlah berbeda dari penjumlahan program

    Mengapa: Jumlah yang tidak cocok adalah kesalahan yang paling cepat dilihat pembaca; kegiatan dan sub
        kegiatan tidak ikut dijumlahkan karena sudah termasuk dalam programnya.
    Perbaikan: Pulihkan rumus baris Jumlah, atau betulkan baris program yang keliru atau belum tercantum.
    """
    for item in total_cells(case):
        if item.typed and item.differs:
            count, right = len(_programs(case)), format_rupiah(item.possible[0])
            yield mismatch(item, f"{item.name} tertulis {item.shown}, jumlah {count} program {right}")


@rule("A105", WARNING)
def total_missing(case: Case) -> Iterator[Finding]:
    """Baris Jumlah tidak ada

    Mengapa: Tanpa baris Jumlah tidak ada angka pembanding untuk menemukan program yang terlewat.
    Perbaikan: Tambahkan baris terakhir dengan kata Jumlah pada kolom Program.
    """
    if case.dataset.anggaran and case.dataset.jumlah_anggaran is None:
        yield tell("Lembar Anggaran tidak mempunyai baris Jumlah.", sheet_ref(case.dataset, "Anggaran"))


@rule(
    "A107",
    WARNING,
    reads="anggaran.realisasi_kinerja anggaran.target anggaran.satuan anggaran.arah anggaran.realisasi "
    "anggaran.pagu",
)
def done_without_spending(case: Case) -> Iterator[Finding]:
    """Kinerja program 100% tanpa belanja

    Mengapa: Program yang kinerjanya sudah penuh padahal belum ada belanja akan ditanyakan pemeriksa, dan
        efisiensinya menjadi tidak wajar.
    Perbaikan: Isi Realisasi Kinerja sampai dengan triwulan ini saja, kosongkan bila belum diukur, atau
        periksa Realisasi anggarannya.
    """
    for row in _programs(case):
        goal = Decimal(100) if unit_of(row.measured_in) is Unit.PERCENT else row.target.value
        done = row.realisasi_kinerja.value
        full = goal is not None and done is not None and done >= goal and row.arah.value != "turun"
        full = full and not (row.satuan.broken or row.arah.broken)
        if full and row.realisasi.value == 0 and row.pagu.value:
            message = (
                f"{label(row)}: Realisasi Kinerja {row.realisasi_kinerja.written}, padahal Realisasi Rp0."
            )
            yield tell(message, row.realisasi_kinerja, row.realisasi)


@rule("A108", WARNING, reads="anggaran.kode anggaran.program")
def name_unlike_code(case: Case) -> Iterator[Finding]:
    """Nama program tidak sesuai kodenya

    Mengapa: Kode dan nama program harus sama dengan nomenklatur supaya cocok dengan DPA dan SIPD.
    Perbaikan: Betulkan kodenya atau namanya menurut DPA.
    Dasar: Peraturan Menteri Dalam Negeri Nomor 90 Tahun 2019 tentang Klasifikasi, Kodefikasi, dan Nomenklatur
        Perencanaan Pembangunan dan Keuangan Daerah
    """
    for row in _programs(case):
        official = NOMENCLATURE.get(_code(row) or "")
        if official and row.program.value and not _same_name(row.program.value, official):
            other = next(
                (code for code, name in NOMENCLATURE.items() if _same_name(row.program.value, name)), ""
            )
            yield tell(
                f"Kode {_code(row)} adalah {official}, tetapi namanya tertulis "
                f"{quote(row.program.value, 90)}.",
                row.program,
                row.kode,
                expected=official,
                hint=f"Nama itu berkode {other}: betulkan kode atau namanya menurut DPA." if other else "",
            )


def _same_name(name: str, official: str) -> bool:
    first, second = (normalize(text).removeprefix("program ") for text in (name, official))
    return alike(first, second, _SAME_NAME)


@rule("A109", ERROR, reads="anggaran.kode anggaran.unit")
def code_repeated(case: Case) -> Iterator[Finding]:
    """Kode anggaran ganda

    Mengapa: Dua baris dengan kode yang sama dihitung dua kali dalam jumlah dan rata-rata.
    Perbaikan: Hapus baris yang ganda atau betulkan kodenya. Bila anggarannya milik unit lain, misalnya
        kelurahan, tulis unitnya pada kolom Unit.
    """
    for rows in repeated(case.dataset.anggaran, _code_in_unit):
        names = listing([quote(row.program.value or "") for row in rows])
        message = f"Kode {_code(rows[0])} dipakai {len(rows)} kali: {names}."
        yield tell(message, *(row.kode for row in reversed(rows)))


@rule("A110", ERROR, reads="anggaran.kode anggaran.pagu anggaran.realisasi")
def parts_unlike_whole(case: Case) -> Iterator[Finding]:
    """Rincian tidak sama dengan induknya

    Mengapa: Kegiatan dan sub kegiatan adalah rincian; jumlahnya harus sama dengan angka induknya.
    Perbaikan: Lengkapi rinciannya atau betulkan angkanya menurut DPA dan buku kas.
    """
    for result in program_rows(case.computed.program):
        row, parts = result.row, [part.row for part in result.rincian]
        for name, whole, cells in (
            ("Pagu", row.pagu, [part.pagu for part in parts]),
            ("Realisasi", row.realisasi, [part.realisasi for part in parts]),
        ):
            values = [cell.value for cell in cells if cell.value is not None]
            if whole.value is None or not cells or len(values) < len(cells) or sum(values) == whole.value:
                continue
            right = sum(values, Decimal(0))
            gap = format_rupiah(abs(right - whole.value))
            yield tell(
                f"{label(row)}: {name} tertulis {format_rupiah(whole.value)}, jumlah {len(cells)} rinciannya "
                f"{format_rupiah(right)}, selisih {gap}.",
                whole,
                *cells,
                expected=format_rupiah(right),
                difference=gap,
            )


@rule("A111", WARNING, reads="anggaran.program anggaran.indikator_program")
def indicator_of_neighbour(case: Case) -> Iterator[Finding]:
    """Indikator program milik program lain

    Mengapa: Indikator yang tertukar membuat program dinilai dengan ukuran program lain.
    Perbaikan: Periksa Indikator Program pada Renstra atau DPA, lalu tukar kembali.
    """
    rows = [row for row in _programs(case) if row.program.value and row.indikator_program.value]
    for same in repeated(rows, lambda row: (row.owner, normalize(row.indikator_program.value or ""))):
        message = f"{listing([label(row) for row in same])} memakai Indikator Program yang sama."
        yield tell(message, *(row.indikator_program for row in same))
    names = [_words(row.program) for row in rows]
    for place, row in enumerate(rows):
        indicator = _words(row.indikator_program)
        shares = {
            near: len(names[near] & indicator) / (len(names[near]) or 1)
            for near in range(max(0, place - NEARBY), min(len(rows), place + NEARBY + 1))
        }
        owner = max(shares, key=shares.__getitem__)
        if len(names[owner] & indicator) >= 2 and shares[owner] - shares[place] >= _CLEARLY:
            cell = row.indikator_program
            message = f"Indikator Program {quote(cell.value or '')} tampaknya milik {label(rows[owner])}."
            yield tell(f"{label(row)}: {message}", cell)


def _words(cell: Cell[str]) -> frozenset[str]:
    return frozenset(words(cell.value or "")) - _FILLERS


@rule("A112", WARNING, reads="anggaran.kode anggaran.unit")
def part_without_whole(case: Case) -> Iterator[Finding]:
    """Kegiatan tanpa baris programnya

    Mengapa: Hanya baris program yang dijumlahkan; kegiatan tanpa baris programnya tidak masuk dalam laporan.
    Perbaikan: Tambahkan baris programnya di atas kegiatan itu, dengan Unit yang sama, atau betulkan kodenya.
    Dasar: Peraturan Menteri Dalam Negeri Nomor 90 Tahun 2019 tentang Klasifikasi, Kodefikasi, dan Nomenklatur
        Perencanaan Pembangunan dan Keuangan Daerah
    """
    if any(row.unit.broken for row in _programs(case)):
        return
    codes = {_code_in_unit(row) for row in _programs(case)}
    for row in case.dataset.anggaran:
        parts = (_code(row) or "").split(".")
        above = {(row.owner, ".".join(parts[:length])) for length in (1, 2, 3)}
        if row.level is not Level.PROGRAM and not row.unit.broken and not codes & above:
            program = ".".join(parts[:3])
            elsewhere = any(code == program for _, code in filter(None, codes))
            where = f"{program} pada unit yang sama" if elsewhere else program
            message = f"{capital(row.level.value)} {label(row)} tidak mempunyai baris program {where}."
            yield tell(message, row.kode)


@rule("A113", WARNING, reads="anggaran.realisasi_kinerja anggaran.target")
def performance_without_target(case: Case) -> Iterator[Finding]:
    """Realisasi Kinerja tanpa Target

    Mengapa: Capaian kinerja program dihitung terhadap Target; tanpa Target dicetak “-”.
    Perbaikan: Isi Target programnya, atau kosongkan Realisasi Kinerja bila belum diukur.
    """
    for row in _programs(case):
        if row.realisasi_kinerja.value is not None and row.target.blank and has_column(row.target):
            message = (
                f"{label(row)}: Realisasi Kinerja {row.realisasi_kinerja.written}, tetapi Target kosong."
            )
            yield tell(message, row.target, row.realisasi_kinerja, written="")


@rule("A114", WARNING, reads="anggaran.kode")
def code_malformed(case: Case) -> Iterator[Finding]:
    """Kode anggaran bukan kode nomenklatur

    Mengapa: Tingkat baris (program, kegiatan, sub kegiatan) dikenali dari kodenya; Excel kadang mengubah kode
        menjadi tanggal.
    Perbaikan: Ketik kodenya sebagai teks, misalnya 7.01.02.
    Dasar: Peraturan Menteri Dalam Negeri Nomor 90 Tahun 2019 tentang Klasifikasi, Kodefikasi, dan Nomenklatur
        Perencanaan Pembangunan dan Keuangan Daerah
    """
    for row in case.dataset.anggaran:
        if row.kode.value and not _CODE.fullmatch(row.kode.value):
            message = f"{capital(label(row))}: Kode {quote(row.kode.value)} bukan angka dengan titik."
            yield tell(message, row.kode)


@rule("A115", WARNING, reads="anggaran.target anggaran.realisasi_kinerja anggaran.satuan")
def performance_over_hundred(case: Case) -> Iterator[Finding]:
    """Target atau Realisasi Kinerja di atas 100%

    Mengapa: Persentase di atas 100% biasanya koma yang terlewat atau angka dari satuan lain.
    Perbaikan: Periksa angkanya pada dokumen perencanaan; tulis 85% atau 0,85 berformat persen.
    """
    for row in case.dataset.anggaran:
        for name, cell in (("Target", row.target), ("Realisasi Kinerja", row.realisasi_kinerja)):
            percent = unit_of(row.measured_in) is Unit.PERCENT and not row.satuan.broken
            if percent and cell.value is not None and cell.value > 100:
                yield tell(f"{label(row)}: {name} {cell.written}, di atas 100%.", cell)


@rule("A116", WARNING, reads="anggaran.kode anggaran.program")
def code_unlike_name(case: Case) -> Iterator[Finding]:
    """Kode program tidak sesuai namanya

    Mengapa: Kode dan nama program harus sama dengan nomenklatur supaya cocok dengan DPA dan SIPD.
    Perbaikan: Betulkan kodenya menurut DPA.
    Dasar: Peraturan Menteri Dalam Negeri Nomor 90 Tahun 2019 tentang Klasifikasi, Kodefikasi, dan Nomenklatur
        Perencanaan Pembangunan dan Keuangan Daerah
    """
    for row in _programs(case):
        code = _code(row)
        if code and code not in NOMENCLATURE and _WHOLE_CODE.fullmatch(code):
            for official, name in NOMENCLATURE.items():
                if _same_name(row.program.value or "", name):
                    message = f"{quote(row.program.written, 90)} berkode {official}, tetapi tertulis {code}."
                    yield tell(message, row.kode, row.program, expected=official)


@rule("A117", WARNING, reads="anggaran.pagu anggaran.realisasi")
def percentage_for_rupiah(case: Case) -> Iterator[Finding]:
    """Realisasi beberapa rupiah saja

    Mengapa: Realisasi di bawah Rp1.000 pada pagu jutaan biasanya persentase yang terketik di kolom rupiah;
        serapannya lalu dicetak 0% dan menurunkan rata-ratanya.
    Perbaikan: Isi Realisasi dengan rupiah, misalnya 85800000; persentasenya dihitung sendiri.
    """
    for row in case.dataset.anggaran:
        pagu, spent = row.pagu.value, row.realisasi.value
        if pagu is not None and spent is not None and 0 < spent < _FEW <= _MANY <= pagu:
            message = f"{capital(label(row))}: Realisasi {row.realisasi.written}, pagu {format_rupiah(pagu)}."
            yield tell(message, row.realisasi, row.pagu)


@rule("A118", WARNING, reads=f"{PERIOD} anggaran.pagu anggaran.realisasi")
def spent_too_little(case: Case) -> Iterator[Finding]:
    """Realisasi tampaknya hanya triwulan ini

    Mengapa: Realisasi dihitung dari 1 Januari; bila sebagian besar program jauh di bawah laju setahun,
        kolomnya mungkin berisi realisasi triwulan ini saja dan serapannya dilaporkan terlalu rendah.
    Perbaikan: Cocokkan dengan laporan realisasi sampai dengan akhir triwulan. Bila kolomnya berisi triwulan
        ini saja, tambahkan realisasi triwulan sebelumnya pada setiap program. Bila serapannya memang rendah,
        catat sebabnya pada lembar Pengecualian.
    """
    triwulan = quarter(case)
    if triwulan is None or triwulan.nomor == 1:
        return
    least = Fraction(triwulan.nomor, 8)  # half of an even pace over the year
    rows = [row for row in _programs(case) if row.pagu.value and row.realisasi.value is not None]
    low = [row for row in rows if Fraction(row.realisasi.value or 0) < least * Fraction(row.pagu.value or 0)]
    spent = sum((row.realisasi.value or Decimal(0) for row in rows), Decimal(0))
    budget = sum((row.pagu.value or Decimal(0) for row in rows), Decimal(0))
    if 2 * len(low) > len(rows) and Fraction(spent) < least * Fraction(budget):
        share, limit = (format_percent(part * 100, 1) for part in (Fraction(spent) / Fraction(budget), least))
        state = f"Serapan {len(low)} dari {len(rows)} program di bawah {limit}, seluruhnya {share}"
        if not spent:
            state = "Realisasi semua program 0"
        yield tell(
            f"{state} pada akhir triwulan {triwulan.roman}; kolom Realisasi mungkin berisi realisasi "
            "triwulan ini saja, padahal dihitung dari 1 Januari.",
            *(row.realisasi for row in low),
        )


@rule("A119", INFO, reads="anggaran.kode anggaran.program")
def name_misspelled(case: Case) -> Iterator[Finding]:
    """Nama program sedikit berbeda dari nomenklatur

    Mengapa: Nama program dicetak pada beberapa tabel; satu huruf yang berbeda terlihat sebagai salah ketik.
    Perbaikan: Samakan dengan DPA; bila DPA memang menulisnya demikian, tidak ada yang perlu diubah.
    Dasar: Peraturan Menteri Dalam Negeri Nomor 90 Tahun 2019 tentang Klasifikasi, Kodefikasi, dan Nomenklatur
        Perencanaan Pembangunan dan Keuangan Daerah
    """
    for row in _programs(case):
        official = NOMENCLATURE.get(_code(row) or "")
        if not official or not row.program.value or not _same_name(row.program.value, official):
            continue
        written = [word for word in words(row.program.value) if word != "ketenteraman"]
        odd = [word for word in written if word not in words(official)]
        near = [word for word in odd if any(alike(word, right, _SAME_WORD) for right in words(official))]
        if near:
            message = f"{label(row)}: {quote(near[0])} tidak ada pada nama resminya, {official}."
            yield tell(message, row.program, expected=official)


@rule("A120", WARNING, reads="anggaran.pagu anggaran.anggaran_pk anggaran.keterangan")
def note_unlike_gap(case: Case) -> Iterator[Finding]:
    """Rupiah pada Keterangan bukan selisih pagunya

    Mengapa: Keterangan menjelaskan perubahan anggaran; bila jumlahnya bukan selisih Anggaran PK dan Pagu,
        salah satu angkanya keliru.
    Perbaikan: Cocokkan Anggaran PK, Pagu, dan jumlah pada Keterangan dengan DPA dan perubahannya.
    """
    for row in _programs(case):
        planned, budget, note = row.anggaran_pk.value, row.pagu.value, row.keterangan.value or ""
        amounts = [Decimal(text.replace(".", "")) for text in _RUPIAH.findall(note)]
        if planned is None or budget is None or len(amounts) != 1 or not tells_of_change(row.keterangan):
            continue
        gap = abs(budget - planned)
        if amounts[0] not in {gap, planned, budget}:
            yield tell(
                f"{label(row)}: Keterangan menyebut {format_rupiah(amounts[0])}, selisih Anggaran PK dan "
                f"Pagu {format_rupiah(gap)}.",
                row.pagu,
                row.keterangan,
                row.anggaran_pk,
                expected=format_rupiah(gap),
            )


@rule("A126", ERROR, reads=f"{PERIOD} anggaran.realisasi_triwulan anggaran.realisasi")
def quarter_unlike_whole(case: Case) -> Iterator[Finding]:
    """Realisasi Triwulan Ini tidak cocok dengan Realisasi

    Mengapa: Realisasi kumulatif dari 1 Januari: pada triwulan I sama dengan realisasi triwulan itu,
        sesudahnya paling sedikit sebesar itu.
    Perbaikan: Cocokkan keduanya dengan register SP2D; Realisasi diisi sejak 1 Januari, Realisasi Triwulan Ini
        hanya triwulan yang dilaporkan.
    """
    periode = quarter(case)
    for row in case.dataset.anggaran if periode else ():
        now, whole = row.realisasi_triwulan, row.realisasi
        if periode is None or now.value is None or whole.value is None:
            continue
        first = periode.nomor == 1
        if now.value > whole.value or (first and now.value != whole.value):
            said = "berbeda dari" if first else "lebih besar dari"
            message = f"Realisasi Triwulan Ini {format_rupiah(now.value)} {said} Realisasi "
            yield tell(f"{label(row)}: {message}{format_rupiah(whole.value)}.", now, whole)


@rule(
    "A127",
    WARNING,
    reads=f"anggaran.pagu {SPENDING_PLAN}",
)
def plan_unlike_pagu(case: Case) -> Iterator[Finding]:
    """Rencana penarikan tidak genap sepagu

    Mengapa: Anggaran kas membagi habis pagu ke dalam triwulan; serapan dinilai terhadapnya.
    Perbaikan: Isi Rencana TW I sampai dengan IV menurut anggaran kas, masing-masing triwulan itu saja,
        sehingga jumlahnya sama dengan Pagu.
    Dasar: Peraturan Menteri Dalam Negeri Nomor 77 Tahun 2020 tentang Pedoman Teknis Pengelolaan Keuangan
        Daerah
    """
    for row in case.dataset.anggaran:
        filled = [cell for cell in row.plans if not cell.blank]
        if not filled or row.pagu.value is None or any(cell.broken for cell in filled):
            continue
        planned = sum((cell.value or Decimal(0) for cell in filled), Decimal(0))
        if len(filled) < len(row.plans):
            missing = next(cell for cell in row.plans if cell.blank)
            yield tell(f"{label(row)}: Rencana TW hanya terisi {len(filled)} dari 4.", missing, written="")
        elif planned != row.pagu.value:
            gap = format_rupiah(abs(planned - row.pagu.value))
            message = f"Rencana TW I s.d. IV berjumlah {format_rupiah(planned)}, Pagu "
            message += f"{format_rupiah(row.pagu.value)}, selisih {gap}."
            yield tell(f"{label(row)}: {message}", *row.plans, row.pagu, written="", difference=gap)


@rule("A121", WARNING, reads=f"{PERIOD} {SERAPAN} {SPENDING_PLAN} anggaran.penjelasan")
def lagging_programme_unexplained(case: Case) -> Iterator[Finding]:
    """Program belum sesuai jalur, tanpa Penjelasan

    Mengapa: Atasan ingin tahu sebab serapan program tertinggal atau perlu perhatian; laporan tidak mengarang
        sebabnya.
    Perbaikan: Tulis sebabnya dan apa yang dilakukan pada kolom Penjelasan; laporan mencetaknya di bawah
        angkanya dan pada simpulan.
    """
    for program in case.computed.program if quarter(case) else ():
        row, status = program.row, program.jalur.status
        if status.lags and row.penjelasan.blank and has_column(row.penjelasan):
            spent = f"serapan {printed(program.serapan)}, tolok ukurnya {program.jalur.against}"
            yield tell(f"{label(row)} {status.words} ({spent}), tanpa Penjelasan.", row.penjelasan)


@rule("A125", WARNING, reads="anggaran.unit identitas.kecamatan")
def unit_spelled_twice(case: Case) -> Iterator[Finding]:
    """Satu unit ditulis dengan dua cara

    Mengapa: Unit yang tidak ditulis sama persis dibaca sebagai dua unit, sehingga jumlah per unit terpecah.
    Perbaikan: Tulis nama unitnya sama persis pada setiap baris; untuk kecamatan itu sendiri kosongkan Unit.
    """
    identitas, rows = case.dataset.identitas, case.dataset.anggaran
    firsts = {row.owner: row.unit for row in reversed(rows) if row.unit.value}
    itself = normalize(f"{identitas.terms.kecamatan} {identitas.kecamatan.value}")
    if itself in firsts and any(row.unit.blank for row in rows):
        cell = firsts[itself]
        yield tell(f"{cell.written} sama dengan Unit yang kosong, padahal dijumlahkan tersendiri.", cell)
    units = list(reversed(firsts))
    for place, unit in enumerate(units):
        for other in units[max(0, place - NEARBY) : place]:
            if _same_unit(unit, other):
                cell, first = firsts[unit], firsts[other]
                message = f"Unit {quote(cell.written)} hampir sama dengan {quote(first.written)}."
                yield tell(message, cell, first, expected=first.written)


def _same_unit(one: str, other: str) -> bool:
    """Whether the names differ in letters only: Kel. Serua, Kelurahan Seruwa; not Serua and Serua Indah."""
    first, second = (
        ["kelurahan" if word == "kel" else word for word in words(name)] for name in (one, other)
    )
    return len(first) == len(second) and all(map(partial(alike, least=_SAME_WORD), first, second))
