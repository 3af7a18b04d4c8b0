"""B: the workbook itself, what could not be read, and cells that show another figure than was computed.

Most rules here turn one kind of ``Problem`` into findings; equal problems are one finding with all cells.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from lkt.calendar import named_quarter
from lkt.figures import Case, printed_value
from lkt.findings import Finding
from lkt.indonesian import month_number
from lkt.model import Problem, ProblemKind, Ref, Row
from lkt.rules.base import ERROR, WARNING, rule
from lkt.rules.dokumen import first_day
from lkt.rules.helpers import (
    COMPUTED,
    all_rows,
    alternatives,
    capital,
    computed_cells,
    computed_refs,
    covers,
    grouped,
    is_stray,
    label,
    listing,
    mismatch,
    quarter,
    quote,
    sheet_ref,
    tell,
)

_MANY = 3
"""Rows; a column that is blank in so many, and in all, is one finding."""
_FILL_IN = "Isi kolom Nilai pada baris itu; isian ini wajib."
_FIGURE_DOTS = re.compile(r"(?<=\d)\.(?=\d{3})")


def _problems(
    case: Case, kind: ProblemKind, skipped: Collection[Ref] = frozenset()
) -> Iterator[tuple[Problem, tuple[Ref, ...]]]:
    """The problems of a kind, equal ones once with all their cells; the cells ``skipped`` are left out."""
    mine = [each for each in case.dataset.problems if each.kind is kind and each.ref not in skipped]
    for same in grouped(mine, lambda each: (each.ref.sheet, each.subject, each.written, each.candidates)):
        yield same[0], tuple(each.ref for each in same)


def _placed(
    case: Case, kind: ProblemKind, skipped: Collection[Ref] = frozenset()
) -> Iterator[tuple[Problem, tuple[Ref, ...], str]]:
    """The problems with their place in words: "Kolom LPPDesa pada Desa Burno"."""
    found = list(_problems(case, kind, skipped))
    names = _row_names(case) if found else {}
    for problem, refs in found:
        if problem.ref.sheet == case.dataset.sheets.get("Identitas"):
            yield problem, refs, f"Isian {problem.subject}"
        else:
            yield problem, refs, f"Kolom {problem.subject} pada {_rows(refs, names)}"


def _row_names(case: Case) -> dict[tuple[str, int], str]:
    """Sheet and row number -> the row's name."""
    dataset = case.dataset
    totals = [row for row in (dataset.jumlah_anggaran, dataset.jumlah_desa) if row]
    names = {(row.sheet, row.row): label(row) for row in all_rows(dataset)}
    return names | {(row.sheet, row.row): "baris Jumlah" for row in totals}


def _rows(refs: Iterable[Ref], names: Mapping[tuple[str, int], str]) -> str:
    """The rows of cells by name, each once."""
    numbers = [(ref.sheet, ref.place[0]) for ref in refs]
    return listing(list(dict.fromkeys(names.get(each) or f"baris {each[1]}" for each in numbers)))


def _repairs(problem: Problem) -> str:
    """The possible repairs as a hint; empty where none is known."""
    if not problem.candidates:
        return ""
    meant = alternatives(problem.candidates)
    return f"Kemungkinan yang dimaksud: {meant}. Periksa dokumen aslinya, lalu tulis yang benar."


def _unreadable(
    case: Case,
    kind: ProblemKind,
    complaint: str,
    skipped: Collection[Ref] = frozenset(),
    hint: Callable[[Problem], str] = _repairs,
) -> Iterator[Finding]:
    """The findings for cells whose content cannot be used; {} in the complaint are the possible readings."""
    for each, refs, place in _placed(case, kind, skipped):
        problem = _without_impossible(case, each) if kind is ProblemKind.IMPOSSIBLE_DATE else each
        meant, written = alternatives(problem.candidates), problem.written
        message = f"{place} berisi {quote(written)}; {complaint.format(meant)}."
        yield tell(message, *refs, written=written, expected=meant, hint=hint(problem))


# Structure -------------------------------------------------------------------------------------------------


@rule("B101", ERROR)
def sheet_missing(case: Case) -> Iterator[Finding]:
    """Lembar tidak ada

    Mengapa: Tanpa lembar itu sebagian laporan tidak dapat disusun.
    Perbaikan: Kembalikan nama lembar seperti pada buku kerja baku, atau salin lembar kosongnya dari buku
        kerja baru.
    """
    for problem, refs in _problems(case, ProblemKind.MISSING_SHEET):
        name, near = problem.subject, problem.candidates
        question = f" Maksud Anda lembar “{near[0]}”?" if near else ""
        hint = f"Bila benar, ganti nama lembar “{near[0]}” menjadi “{name}”." if near else ""
        yield tell(
            f"Lembar {name} tidak ada.{question}", *refs, written="".join(near), expected=name, hint=hint
        )


@rule("B102", ERROR)
def column_missing(case: Case) -> Iterator[Finding]:
    """Kolom tidak ada

    Mengapa: Isi kolom dikenali dari judulnya pada baris 1; kolom yang judulnya lain tidak terbaca.
    Perbaikan: Tulis judul kolom itu pada baris 1 persis seperti pada buku kerja baku.
    """
    for problem, refs in _problems(case, ProblemKind.MISSING_COLUMN):
        name, near = problem.subject, problem.candidates
        question = f" Maksud Anda kolom “{near[0]}”?" if near else ""
        hint = f"Bila benar, ganti judul “{near[0]}” menjadi “{name}”." if near else ""
        message = f"Kolom {name} tidak ada pada lembar {problem.ref.sheet}.{question}"
        yield tell(message, *refs, written=problem.written, expected=name, hint=hint)


@rule("B103", ERROR)
def column_repeated(case: Case) -> Iterator[Finding]:
    """Judul kolom ganda

    Mengapa: Hanya kolom yang pertama yang dibaca; isi kolom yang kedua hilang dari laporan.
    Perbaikan: Hapus kolom yang tidak dipakai, atau ganti judulnya.
    """
    for problem, refs in _problems(case, ProblemKind.REPEATED_COLUMN):
        first = Ref(problem.ref.sheet, problem.candidates[0])
        message = f"Judul {problem.subject} sudah ada pada {first}; kolom ini tidak dibaca."
        yield tell(message, *refs, first, written=problem.written)


@rule("B104", ERROR)
def sheet_repeated(case: Case) -> Iterator[Finding]:
    """Dua lembar dengan nama yang sama

    Mengapa: Nama yang hanya berbeda huruf besar atau spasi dibaca sama; hanya yang pertama dipakai.
    Perbaikan: Hapus atau ganti nama salah satunya.
    """
    for problem, refs in _problems(case, ProblemKind.REPEATED_SHEET):
        other = problem.candidates[0]
        message = (
            f"Lembar “{problem.written}” dan “{other}” sama-sama terbaca sebagai {problem.subject}; "
            f"yang dipakai hanya “{other}”."
        )
        yield tell(message, *refs, Ref(other), written=problem.written)


@rule("B105", ERROR)
def key_missing(case: Case) -> Iterator[Finding]:
    """Isian Identitas tidak ada

    Mengapa: Isian itu dicetak pada laporan atau menentukan cara menghitung.
    Perbaikan: Tambahkan satu baris pada lembar Identitas dengan nama isian itu pada kolom Isian.
    """
    for problem, refs in _problems(case, ProblemKind.MISSING_KEY):
        message = f"Isian {problem.subject} tidak ada pada lembar {problem.ref.sheet}."
        yield tell(message, *refs, expected=problem.subject)


@rule("B106", WARNING)
def key_unknown(case: Case) -> Iterator[Finding]:
    """Isian Identitas tidak dikenal

    Mengapa: Isian yang namanya tidak dikenal tidak dibaca.
    Perbaikan: Betulkan nama isian pada kolom Isian, atau hapus barisnya.
    """
    for problem, refs in _problems(case, ProblemKind.UNKNOWN_KEY):
        near = problem.candidates
        question = f" Maksud Anda “{near[0]}”?" if near else ""
        message = f"Isian {quote(problem.written)} tidak dikenal dan tidak dibaca.{question}"
        yield tell(message, *refs, written=problem.written, expected="".join(near))


@rule("B107", ERROR)
def key_repeated(case: Case) -> Iterator[Finding]:
    """Isian Identitas ganda

    Mengapa: Hanya baris yang pertama yang dibaca; bila isinya berbeda, laporan memuat yang salah.
    Perbaikan: Hapus salah satu barisnya.
    """
    for problem, refs in _problems(case, ProblemKind.REPEATED_KEY):
        first = Ref(problem.ref.sheet, problem.candidates[0])
        message = f"Isian {problem.subject} sudah ada pada {first}; baris ini tidak dibaca."
        yield tell(message, *refs, first, written=problem.written)


@rule("B108", ERROR)
def headings_below(case: Case) -> Iterator[Finding]:
    """Judul kolom tidak pada baris 1, atau bernomor di bawahnya

    Mengapa: Rumus buku kerja mengharapkan judul kolom pada baris 1 dan isian mulai baris 2; baris tambahan di
        atas atau di bawah judul menggeser semuanya.
    Perbaikan: Hapus baris itu (klik kanan nomor barisnya, lalu Hapus).
    """
    for problem, refs in _problems(case, ProblemKind.HEADINGS_BELOW):
        head = int(problem.candidates[0])
        rows = "baris 1" if head == 2 else f"baris 1 sampai dengan {head - 1}"
        message = f"Judul kolom lembar {problem.ref.sheet} ada di baris {head}; hapus {rows} di atasnya."
        yield tell(message, *refs, written=problem.written)
    for problem, refs in _problems(case, ProblemKind.COLUMN_NUMBERS):
        row, sheet = problem.ref.place[0], problem.ref.sheet
        yield tell(f"Baris {row} lembar {sheet} berisi nomor kolom, bukan isian; hapus baris itu.", *refs)


@rule("B109", ERROR)
def below_total(case: Case) -> Iterator[Finding]:
    """Isi di bawah baris Jumlah

    Mengapa: Baris Jumlah adalah baris terakhir; apa pun di bawahnya, misalnya tanda tangan, tidak dihitung
        dan tidak dicetak.
    Perbaikan: Hapus isi itu; bila baris data, sisipkan di atas baris Jumlah.
    """
    problems = [each for each in case.dataset.problems if each.kind is ProblemKind.BELOW_TOTAL]
    for mine in grouped(problems, lambda problem: problem.ref.sheet):
        texts = listing([quote(problem.written) for problem in mine])
        message = f"Di bawah baris Jumlah lembar {mine[0].ref.sheet} masih ada isi: {texts}; tidak dihitung."
        yield tell(message, *(problem.ref for problem in mine), written=mine[0].written)


@rule("B110", ERROR)
def nameless_row(case: Case) -> Iterator[Finding]:
    """Baris tanpa kode dan nama

    Mengapa: Tidak jelas apakah baris itu jumlah, lanjutan baris di atasnya, atau data yang belum lengkap;
        karena itu tidak dihitung.
    Perbaikan: Bila baris itu jumlah, tulis Jumlah pada kolom namanya; bila data, lengkapi kode dan namanya;
        bila bukan keduanya, hapus.
    """
    for problem, refs in _problems(case, ProblemKind.NAMELESS_ROW):
        row, sheet = problem.ref.place[0], problem.ref.sheet
        message = f"Baris {row} lembar {sheet} tidak bernama ({quote(problem.written)}) dan tidak dihitung."
        yield tell(message, *refs, written=problem.written)


@rule("B111", WARNING)
def extra_total(case: Case) -> Iterator[Finding]:
    """Baris Jumlah lebih dari satu

    Mengapa: Hanya baris Jumlah yang terakhir yang dibandingkan; rumus Jumlah menjumlahkan sub jumlah sekali
        lagi.
    Perbaikan: Hapus baris itu bila tertinggal dari salinan; sub jumlah tidak diperlukan, karena dihitung dari
        kode.
    """
    for problem, refs in _problems(case, ProblemKind.EXTRA_TOTAL):
        message = f"Lembar {problem.ref.sheet} mempunyai baris Jumlah lain: {quote(problem.written)}."
        yield tell(message, *refs, written=problem.written)


@rule("B112", WARNING)
def sheet_copied(case: Case) -> Iterator[Finding]:
    """Salinan lembar baku tidak dibaca

    Mengapa: Hanya lembar dengan nama bakunya yang dibaca; yang diisi pada salinannya tidak masuk laporan.
    Perbaikan: Pindahkan isinya ke lembar bakunya, lalu hapus salinannya.
    """
    for problem, refs in _problems(case, ProblemKind.COPIED_SHEET):
        message = f"Lembar “{problem.written}” adalah salinan lembar {problem.subject} dan tidak dibaca."
        yield tell(message, *refs, written=problem.written)


@rule("B113", WARNING)
def dates_unjudged(case: Case) -> Iterator[Finding]:
    """Kolom tanggal tanpa dokumennya

    Mengapa: Kolom pada lembar Desa dinilai hanya bila dokumennya tercantum pada lembar Dokumen.
    Perbaikan: Tambahkan barisnya pada lembar Dokumen dengan nama yang sama, atau hapus kolomnya.
    """
    for problem, refs in _problems(case, ProblemKind.UNJUDGED_DATES):
        message = (
            f"Kolom {quote(problem.written)} berisi tanggal, tetapi tidak tercantum pada lembar Dokumen."
        )
        yield tell(message, *refs, written=problem.written)


# Cells -----------------------------------------------------------------------------------------------------


@rule("B201", ERROR, unfilled=True)
def required_blank(case: Case) -> Iterator[Finding]:
    """Sel yang wajib belum diisi

    Mengapa: Tanpa isian itu baris tidak lengkap dan angkanya tidak dapat dihitung.
    Perbaikan: Isi sel itu; bila barisnya memang tidak dipakai, kosongkan seluruh barisnya.
    """
    stray = {(row.sheet, row.row) for row in case.dataset.fasilitasi if is_stray(row)}
    # Rules of their own speak of a reason that lacks, and of a column that lacks
    others = {row.alasan.ref for row in case.dataset.pengecualian} | set(
        map(Ref, case.dataset.sheets.values())
    )
    blank = [
        problem
        for problem in case.dataset.problems
        if problem.kind is ProblemKind.REQUIRED_BLANK and problem.ref not in others
    ]
    rows = Counter(row.sheet for row in all_rows(case.dataset))
    told: set[tuple[str, str]] = set()
    for problems in grouped(blank, lambda problem: (problem.ref.sheet, problem.subject)):
        sheet, column = problems[0].ref.sheet, problems[0].subject
        if len(problems) == rows[sheet] >= _MANY:
            told.add((sheet, column))
            said = f"Kolom {column} lembar {sheet} belum diisi pada semua baris"
            yield tell(
                f"{said}; yang bergantung padanya belum dapat dihitung.", *(each.ref for each in problems)
            )
    blank = [problem for problem in blank if (problem.ref.sheet, problem.subject) not in told]
    names = _row_names(case) if blank else {}
    for problems in grouped(blank, lambda problem: (problem.ref.sheet, problem.ref.place[0])):
        refs = tuple(problem.ref for problem in problems)
        sheet, row = refs[0].sheet, refs[0].place[0]
        columns = listing([problem.subject for problem in problems], most=8)
        if sheet == case.dataset.sheets.get("Identitas"):
            yield tell(f"Isian {columns} belum diisi.", *refs, hint=_FILL_IN)
        elif (sheet, row) not in stray:
            yield tell(f"{capital(_rows(refs, names))}: kolom {columns} belum diisi.", *refs)


@rule("B202", ERROR)
def not_a_number(case: Case) -> Iterator[Finding]:
    """Angka tidak terbaca

    Mengapa: Sel yang bukan angka tidak dapat dihitung, sehingga angka yang bergantung padanya dicetak “-”.
    Perbaikan: Ketik angkanya saja, misalnya 13600000 atau 30,5; keterangan ditulis pada kolom Keterangan.
    """

    def hint(problem: Problem) -> str:
        return _repairs(problem) or _number_of_identitas(case, problem)

    yield from _unreadable(case, ProblemKind.NOT_A_NUMBER, "itu bukan angka yang dapat dibaca", hint=hint)


def _number_of_identitas(case: Case, problem: Problem) -> str:
    """What to type on sheet Identitas, which has no Keterangan; empty elsewhere."""
    if problem.ref == case.dataset.identitas.triwulan.ref:
        number = named_quarter(problem.written) or "1, 2, 3, atau 4"
        return f"Ketik {number} saja: angka biasa, bukan angka Romawi, tanpa kata lain."
    if problem.ref.sheet == case.dataset.sheets.get("Identitas"):
        return "Ketik angkanya saja, tanpa kata lain."
    return ""


@rule("B203", ERROR)
def not_a_date(case: Case) -> Iterator[Finding]:
    """Tanggal tidak terbaca

    Mengapa: Tanpa tanggal yang terbaca tidak dapat dinilai apakah sesuatu terjadi dalam triwulan ini atau
        tepat waktu.
    Perbaikan: Tulis tanggal lengkap dengan tahun empat angka, misalnya 26 Februari 2024 atau 26/02/2024;
        bila tanggalnya belum ada, kosongkan sel itu.
    """
    found = [each for each in case.dataset.problems if each.kind is ProblemKind.NOT_A_DATE]
    serial = [each for each in found if each.candidates and each.written.isdecimal()]
    told: set[Ref] = set()
    for same in grouped(serial, lambda problem: (problem.ref.sheet, problem.subject)):
        if len(same) >= _MANY:
            first, refs = same[0], [each.ref for each in same]
            message = (
                f"Kolom {first.subject} lembar {first.ref.sheet} berisi {len(same)} tanggal tanpa format"
            )
            meant = f"{first.written} adalah {first.candidates[0]}"
            hint = "Pilih sel-sel itu, beri format Tanggal, lalu cocokkan beberapa dengan dokumen aslinya."
            yield tell(f"{message}; {meant}.", *refs, written=first.written, hint=hint)
            told.update(refs)
    complaint = "isi itu tidak dapat dibaca sebagai tanggal"
    yield from _unreadable(case, ProblemKind.NOT_A_DATE, complaint, told)


@rule("B204", ERROR)
def impossible_date(case: Case) -> Iterator[Finding]:
    """Tanggal yang tidak ada

    Mengapa: Tanggal itu tidak ada pada kalender, sehingga laporan memuat bukti yang mustahil.
    Perbaikan: Periksa dokumen aslinya, lalu tulis tanggal yang benar.
    """
    yield from _unreadable(case, ProblemKind.IMPOSSIBLE_DATE, "tanggal itu tidak ada pada kalender")


def _without_impossible(case: Case, problem: Problem) -> Problem:
    """The possible repairs but those that another rule would refuse where the date stands."""
    dataset, period = case.dataset, quarter(case)
    declared = {written: name for name, written in dataset.sheets.items()}
    first, last = date.min, date.max
    match declared.get(problem.ref.sheet):
        case "Desa":
            documents = [row for row in dataset.dokumen if row.dokumen.value == problem.subject]
            first = next(filter(None, map(first_day, documents)), first)
        case "Identitas" if period:
            first = period.akhir
        case "Fasilitasi" | "Kegiatan" if period:
            first, last = date(period.tahun, 1, 1), period.akhir
    days = {text: _one_day(text) for text in problem.candidates}
    left = tuple(text for text, day in days.items() if day is None or first <= day <= last)
    return replace(problem, candidates=left or problem.candidates)


def _one_day(text: str) -> date | None:
    """The day that ``format_date`` has printed; None for a range."""
    day, _, rest = text.partition(" ")
    month, _, year = rest.partition(" ")
    number = month_number(month)
    return date(int(year), number, int(day)) if number and year.isdecimal() else None


@rule("B205", ERROR)
def two_readings(case: Case) -> Iterator[Finding]:
    """Isi yang dapat dibaca dengan dua cara

    Mengapa: Bila salah dibaca, angka atau tanggalnya keliru tanpa terlihat; karena itu tidak ada yang
        dipilihkan, dan sel itu belum dihitung.
    Perbaikan: Periksa dokumen aslinya, lalu tulis ulang sehingga hanya ada satu arti: persentase dengan tanda
        persen (85%), bilangan tanpa titik (1860), tanggal dengan nama bulan (3 April 2024).
    """

    def hint(problem: Problem) -> str:
        typed = alternatives([_FIGURE_DOTS.sub("", meaning) for meaning in problem.candidates])
        return f"Periksa dokumen aslinya, lalu tulis salah satunya persis seperti ini: {typed}."

    yield from _unreadable(case, ProblemKind.TWO_READINGS, "itu dapat berarti {}", hint=hint)


@rule("B206", ERROR)
def not_a_choice(case: Case) -> Iterator[Finding]:
    """Isi bukan salah satu pilihan

    Mengapa: Kolom pilihan menentukan cara menghitung atau tempat mencetak; isi yang lain tidak dimengerti.
    Perbaikan: Pilih salah satu dari daftar pada sel itu.
    """
    yield from _unreadable(case, ProblemKind.NOT_A_CHOICE, "itu bukan salah satu pilihannya")


@rule("B207", ERROR)
def error_value(case: Case) -> Iterator[Finding]:
    """Sel menunjukkan galat rumus

    Mengapa: Galat seperti #REF! atau #DIV/0! berarti rumusnya rusak, sehingga angkanya tidak ada.
    Perbaikan: Betulkan rumusnya, atau ketik nilainya.
    """
    # A broken input shows up again in the formulas that use it; only the input has to be repaired.
    inputs = list(_unreadable(case, ProblemKind.EXCEL_ERROR, "rumusnya rusak", computed_refs(case)))
    yield from inputs or _unreadable(case, ProblemKind.EXCEL_ERROR, "rumusnya rusak")


@rule("B208", ERROR)
def never_calculated(case: Case) -> Iterator[Finding]:
    """Rumus yang belum pernah dihitung

    Mengapa: Berkas menyimpan rumus tanpa hasilnya, sehingga nilainya tidak diketahui.
    Perbaikan: Buka buku kerja di Excel, WPS, atau LibreOffice, simpan, lalu periksa lagi.
    """
    for _, refs, place in _placed(case, ProblemKind.NOT_CALCULATED, computed_refs(case)):
        yield tell(f"{place} berisi rumus yang belum pernah dihitung.", *refs)


@rule("B214", ERROR)
def out_of_range(case: Case) -> Iterator[Finding]:
    """Angka atau tanggal di luar batas kolomnya

    Mengapa: Angka itu tidak mungkin benar pada kolomnya, misalnya target negatif atau ribuan persen; karena
        itu tidak dihitung.
    Perbaikan: Periksa tanda minus, koma, nol, dan tanda persennya pada dokumen aslinya, lalu tulis yang
        benar.
    """
    for problem, refs, place in _placed(case, ProblemKind.OUT_OF_RANGE):
        limit, *meant = problem.candidates
        hint = _repairs(replace(problem, candidates=tuple(meant)))
        message = f"{place} berisi {quote(problem.written)}; {limit}."
        yield tell(message, *refs, written=problem.written, expected=alternatives(meant) or limit, hint=hint)


@rule("B215", ERROR)
def merged_cells(case: Case) -> Iterator[Finding]:
    """Sel yang digabung (merge)

    Mengapa: Dari sel yang digabung hanya sel pertama yang berisi; baris yang lain tampak terisi, padahal
        kosong, dan tidak dapat dihitung.
    Perbaikan: Pilih sel itu, klik Gabungkan & Tengahkan (Merge & Center) untuk membatalkannya, lalu isi
        setiap barisnya.
    """
    for problem, refs in _problems(case, ProblemKind.MERGED):
        area, sheet = problem.candidates[0], problem.ref.sheet
        first = Ref(sheet, area.partition(":")[0])
        message = f"Sel {sheet}!{area} digabung; kolom {problem.subject} hanya terbaca pada {first}."
        yield tell(message, *refs, first)


# Rows ------------------------------------------------------------------------------------------------------


@rule("B209", ERROR, reads="indikator.jenis", unfilled=True)
def no_rows(case: Case) -> Iterator[Finding]:
    """Lembar yang wajib masih kosong

    Mengapa: Tanpa baris pada lembar itu tidak ada yang dapat dihitung; kosong tidak sama dengan nol.
    Perbaikan: Isi lembar itu: satu baris untuk setiap indikator, program, fasilitasi, dokumen, atau desa yang
        dicatat di sana.
    """
    data = case.dataset
    tables: tuple[tuple[str, tuple[Row, ...], str], ...] = (
        ("Indikator", data.indikator, ""),
        ("Anggaran", data.anggaran, ""),
        ("Fasilitasi", data.fasilitasi, "fasilitasi"),
        ("Dokumen", data.dokumen, "dokumen desa"),
        ("Desa", data.desa, "dokumen desa"),
    )
    kinds = {row.jenis.value for row in data.indikator}
    for name, rows, kind in tables:
        if name in data.sheets and not rows and (not kind or kind in kinds):
            reason = f", padahal ada indikator jenis {kind}" if kind else ""
            yield tell(f"Lembar {name} belum mempunyai satu baris pun{reason}.", sheet_ref(data, name))


@rule("B210", WARNING)
def hidden_rows(case: Case) -> Iterator[Finding]:
    """Baris tersembunyi ikut dihitung

    Mengapa: Baris yang disembunyikan tetap dibaca; orang yang memeriksa lembar kerja tidak melihatnya.
    Perbaikan: Tampilkan barisnya, lalu hapus bila memang tidak dipakai.
    """
    hidden = (row for row in all_rows(case.dataset) if row.hidden)
    for rows in grouped(hidden, lambda row: row.sheet):
        names = listing(list(map(label, rows)))
        message = f"Lembar {rows[0].sheet} memuat baris tersembunyi yang ikut dibaca: {names}."
        yield tell(message, *map(_first_cell, rows))


def _first_cell(row: Row) -> Ref:
    """The first filled cell of a row."""
    return next((cell.ref for _, cell in row.cells() if not cell.blank), Ref(row.sheet, f"A{row.row}"))


@rule("B211", WARNING, unfilled=True)
def empty_sheet(case: Case) -> Iterator[Finding]:
    """Lembar yang dicetak masih kosong

    Mengapa: Bagian laporan yang berasal dari lembar itu menjadi kosong.
    Perbaikan: Isi lembar itu sebelum laporan dibuat.
    """
    data = case.dataset
    tables: tuple[tuple[str, tuple[Row, ...]], ...] = (
        ("Tugas Fungsi", data.tugas_fungsi),
        ("Strategi", data.strategi),
        ("Tindak Lanjut", data.rencana),
        ("Kegiatan", data.kegiatan),
    )
    for name, rows in tables:
        if name in data.sheets and not rows:
            new = " rencana baru" if data.rencana_lalu and name == "Tindak Lanjut" else ""
            yield tell(f"Lembar {name} belum mempunyai satu baris{new} pun.", sheet_ref(data, name))


# Cells that the program computes itself --------------------------------------------------------------------


@rule(
    "B212",
    WARNING,
    reads=f"{COMPUTED} anggaran.anggaran_pk anggaran.anggaran_perubahan identitas.rerata_anggaran",
)
def formula_differs(case: Case) -> Iterator[Finding]:
    """Rumus menunjukkan angka lain

    Mengapa: Laporan memuat angka yang dihitung lkt dari isian; lembar kerja dan laporan jadi berbeda.
    Perbaikan: Hitung ulang buku kerja (F9) dan simpan. Bila masih berbeda, pulihkan rumusnya; periksa pula
        apakah ada angka atau tanggal yang tersimpan sebagai teks, karena rumus tidak menghitungnya.
    """
    for item in computed_cells(case):
        if item.cell.formula and item.differs:
            message = (
                f"{capital(item.name)}: rumusnya menunjukkan {item.shown}, sedangkan hitungan dari isian lain"
            )
            yield mismatch(item, message, places=max(2, case.dataset.identitas.decimals))


@rule("B213", WARNING, reads=f"{COMPUTED} identitas.desimal_persen")
def typed_and_rounded(case: Case) -> Iterator[Finding]:
    """Angka yang dihitung otomatis diketik dan dibulatkan

    Mengapa: Pembulatan yang terlalu dini menyebar ke angka berikutnya, misalnya capaian dari realisasi.
    Perbaikan: Kosongkan sel itu atau pulihkan rumusnya; lkt menghitung dari angka yang belum dibulatkan.
    """
    decimals = case.dataset.identitas.decimals
    if case.dataset.identitas.desimal_persen.broken:
        return
    for item in computed_cells(case):
        exact = item.meant if item.typed else None
        if exact is not None and not covers(item.written or Decimal(0), decimals, exact):
            right = printed_value(exact, item.figure.unit, decimals)
            yield tell(
                f"{capital(item.name)} diketik {item.cell.written}, hasil pembulatan dari {right}.",
                item.cell,
                expected=right,
            )
