"""B: the workbook itself, what could not be read, and cells that show another figure than was computed.

Most rules here turn one kind of ``Problem`` into findings; equal problems are one finding with all cells.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from lkt.calendar import quarter_number
from lkt.figures import Case, printed_value
from lkt.findings import Finding
from lkt.model import Problem, ProblemKind, Ref, Row
from lkt.rules.base import ERROR, WARNING, rule
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
    quote,
    sheet_ref,
)

_FILL_IN = "Isi kolom Nilai pada baris itu; isian ini wajib."
_QUARTER = re.compile(r"(?<![\d.,])\b(?:[1-4]|IV|I{1,3})\b(?![.,]?\d)")
_FIGURE_DOTS = re.compile(r"(?<=\d)\.(?=\d{3})")


def _problems(
    case: Case, kind: ProblemKind, skipped: Collection[Ref] = frozenset()
) -> Iterator[list[Problem]]:
    """The problems of a kind, equal ones together; those in the cells ``skipped`` are left out."""
    mine = (problem for problem in case.dataset.problems if problem.kind is kind)
    return grouped(
        (problem for problem in mine if problem.ref not in skipped),
        lambda problem: (problem.ref.sheet, problem.subject, problem.written, problem.candidates),
    )


def _refs(problems: list[Problem]) -> tuple[Ref, ...]:
    return tuple(problem.ref for problem in problems)


def _placed(
    case: Case, kind: ProblemKind, skipped: Collection[Ref] = frozenset()
) -> Iterator[tuple[list[Problem], str]]:
    """The groups of ``_problems``, each with its place in words: "Kolom LPPDesa pada Desa Burno"."""
    groups = list(_problems(case, kind, skipped))
    names = _row_names(case) if groups else {}
    for problems in groups:
        first = problems[0]
        if first.ref.sheet == case.dataset.sheets.get("Identitas"):
            yield problems, f"Isian {first.subject}"
        else:
            yield problems, f"Kolom {first.subject} pada {_rows(problems, names)}"


def _row_names(case: Case) -> dict[tuple[str, int], str]:
    """Sheet and row number -> the row's name."""
    dataset = case.dataset
    totals = [row for row in (dataset.jumlah_anggaran, dataset.jumlah_desa) if row]
    names = {(row.sheet, row.row): label(row) for row in all_rows(dataset)}
    return names | {(row.sheet, row.row): "baris Jumlah" for row in totals}


def _rows(problems: list[Problem], names: Mapping[tuple[str, int], str]) -> str:
    """The rows of problems by name, each once."""
    numbers = [(problem.ref.sheet, problem.ref.place[0]) for problem in problems]
    return listing(list(dict.fromkeys(names.get(each) or f"baris {each[1]}" for each in numbers)))


def _unreadable(problems: list[Problem], place: str, complaint: str, hint: str = "") -> Finding:
    """The finding for cells whose content cannot be used."""
    written = problems[0].written
    return Finding(
        refs=_refs(problems),
        message=f"{place} berisi {quote(written)}; {complaint}.",
        written=written,
        expected=alternatives(problems[0].candidates),
        hint=hint,
    )


def _repairs(problem: Problem) -> str:
    """The possible repairs as a hint; empty where none is known."""
    if not problem.candidates:
        return ""
    meant = alternatives(problem.candidates)
    return f"Kemungkinan yang dimaksud: {meant}. Periksa dokumen aslinya, lalu tulis yang benar."


# Structure -------------------------------------------------------------------------------------------------


@rule("B101", ERROR)
def sheet_missing(case: Case) -> Iterator[Finding]:
    """Lembar tidak ada

    Mengapa: Tanpa lembar itu sebagian laporan tidak dapat disusun.
    Perbaikan: Kembalikan nama lembar seperti pada buku kerja baku, atau salin lembar kosongnya dari buku
        kerja baru.
    """
    for problems in _problems(case, ProblemKind.MISSING_SHEET):
        name, near = problems[0].subject, problems[0].candidates
        question = f" Maksud Anda lembar “{near[0]}”?" if near else ""
        hint = f"Bila benar, ganti nama lembar “{near[0]}” menjadi “{name}”." if near else ""
        yield Finding(_refs(problems), f"Lembar {name} tidak ada.{question}", "".join(near), name, hint=hint)


@rule("B102", ERROR)
def column_missing(case: Case) -> Iterator[Finding]:
    """Kolom tidak ada

    Mengapa: Isi kolom dikenali dari judulnya pada baris 1; kolom yang judulnya lain tidak terbaca.
    Perbaikan: Tulis judul kolom itu pada baris 1 persis seperti pada buku kerja baku.
    """
    for problems in _problems(case, ProblemKind.MISSING_COLUMN):
        name, near = problems[0].subject, problems[0].candidates
        question = f" Maksud Anda kolom “{near[0]}”?" if near else ""
        hint = f"Bila benar, ganti judul “{near[0]}” menjadi “{name}”." if near else ""
        message = f"Kolom {name} tidak ada pada lembar {problems[0].ref.sheet}.{question}"
        yield Finding(_refs(problems), message, problems[0].written, name, hint=hint)


@rule("B103", ERROR)
def column_repeated(case: Case) -> Iterator[Finding]:
    """Judul kolom ganda

    Mengapa: Hanya kolom yang pertama yang dibaca; isi kolom yang kedua hilang dari laporan.
    Perbaikan: Hapus kolom yang tidak dipakai, atau ganti judulnya.
    """
    for problems in _problems(case, ProblemKind.REPEATED_COLUMN):
        first = Ref(problems[0].ref.sheet, problems[0].candidates[0])
        message = f"Judul {problems[0].subject} sudah ada pada {first}; kolom ini tidak dibaca."
        yield Finding((*_refs(problems), first), message, problems[0].written)


@rule("B104", ERROR)
def sheet_repeated(case: Case) -> Iterator[Finding]:
    """Dua lembar dengan nama yang sama

    Mengapa: Nama yang hanya berbeda huruf besar atau spasi dibaca sama; hanya yang pertama dipakai.
    Perbaikan: Hapus atau ganti nama salah satunya.
    """
    for problems in _problems(case, ProblemKind.REPEATED_SHEET):
        other = problems[0].candidates[0]
        message = (
            f"Lembar “{problems[0].written}” dan “{other}” sama-sama terbaca sebagai {problems[0].subject}; "
            f"yang dipakai hanya “{other}”."
        )
        yield Finding((*_refs(problems), Ref(other)), message, problems[0].written)


@rule("B105", ERROR)
def key_missing(case: Case) -> Iterator[Finding]:
    """Isian Identitas tidak ada

    Mengapa: Isian itu dicetak pada laporan atau menentukan cara menghitung.
    Perbaikan: Tambahkan satu baris pada lembar Identitas dengan nama isian itu pada kolom Isian.
    """
    for problems in _problems(case, ProblemKind.MISSING_KEY):
        message = f"Isian {problems[0].subject} tidak ada pada lembar {problems[0].ref.sheet}."
        yield Finding(_refs(problems), message, expected=problems[0].subject)


@rule("B106", WARNING)
def key_unknown(case: Case) -> Iterator[Finding]:
    """Isian Identitas tidak dikenal

    Mengapa: Isian yang namanya tidak dikenal tidak dibaca.
    Perbaikan: Betulkan nama isian pada kolom Isian, atau hapus barisnya.
    """
    for problems in _problems(case, ProblemKind.UNKNOWN_KEY):
        near = problems[0].candidates
        question = f" Maksud Anda “{near[0]}”?" if near else ""
        message = f"Isian {quote(problems[0].written)} tidak dikenal dan tidak dibaca.{question}"
        yield Finding(_refs(problems), message, problems[0].written, "".join(near))


@rule("B107", ERROR)
def key_repeated(case: Case) -> Iterator[Finding]:
    """Isian Identitas ganda

    Mengapa: Hanya baris yang pertama yang dibaca; bila isinya berbeda, laporan memuat yang salah.
    Perbaikan: Hapus salah satu barisnya.
    """
    for problems in _problems(case, ProblemKind.REPEATED_KEY):
        first = Ref(problems[0].ref.sheet, problems[0].candidates[0])
        message = f"Isian {problems[0].subject} sudah ada pada {first}; baris ini tidak dibaca."
        yield Finding((*_refs(problems), first), message, problems[0].written)


@rule("B108", ERROR)
def headings_below(case: Case) -> Iterator[Finding]:
    """Judul kolom tidak pada baris 1

    Mengapa: Rumus buku kerja dan alat lain mengharapkan judul kolom pada baris 1; baris judul di atasnya
        menggeser semuanya.
    Perbaikan: Hapus baris di atas judul kolom (klik kanan nomor barisnya, lalu Hapus).
    """
    for problems in _problems(case, ProblemKind.HEADINGS_BELOW):
        head = int(problems[0].candidates[0])
        rows = "baris 1" if head == 2 else f"baris 1 sampai dengan {head - 1}"
        message = f"Judul kolom lembar {problems[0].ref.sheet} ada di baris {head}; hapus {rows} di atasnya."
        yield Finding(_refs(problems), message, problems[0].written)


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
        yield Finding(_refs(mine), message, mine[0].written)


@rule("B110", ERROR)
def nameless_row(case: Case) -> Iterator[Finding]:
    """Baris tanpa kode dan nama

    Mengapa: Tidak jelas apakah baris itu jumlah, lanjutan baris di atasnya, atau data yang belum lengkap;
        karena itu tidak dihitung.
    Perbaikan: Bila baris itu jumlah, tulis Jumlah pada kolom namanya; bila data, lengkapi kode dan namanya;
        bila bukan keduanya, hapus.
    """
    for problem in (each for each in case.dataset.problems if each.kind is ProblemKind.NAMELESS_ROW):
        row = problem.ref.place[0]
        said = (
            f"hanya berisi {quote(problem.written)} dan seterusnya" if problem.written else "hanya bergambar"
        )
        message = f"Baris {row} lembar {problem.ref.sheet} tidak bernama, {said}; tidak dihitung."
        yield Finding((problem.ref,), message, problem.written)


@rule("B111", WARNING)
def extra_total(case: Case) -> Iterator[Finding]:
    """Baris Jumlah lebih dari satu

    Mengapa: Hanya baris Jumlah yang terakhir yang dibandingkan; rumus Jumlah menjumlahkan sub jumlah sekali
        lagi.
    Perbaikan: Hapus baris itu bila tertinggal dari salinan; sub jumlah tidak diperlukan, karena dihitung dari
        kode.
    """
    for problem in (each for each in case.dataset.problems if each.kind is ProblemKind.EXTRA_TOTAL):
        message = f"Lembar {problem.ref.sheet} mempunyai baris Jumlah lain: {quote(problem.written)}."
        yield Finding((problem.ref,), message, problem.written)


# Cells -----------------------------------------------------------------------------------------------------


@rule("B201", ERROR)
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
    names = _row_names(case) if blank else {}
    for problems in grouped(blank, lambda problem: (problem.ref.sheet, problem.ref.place[0])):
        sheet, row = problems[0].ref.sheet, problems[0].ref.place[0]
        columns = listing([problem.subject for problem in problems], most=8)
        if sheet == case.dataset.sheets.get("Identitas"):
            yield Finding(_refs(problems), f"Isian {columns} belum diisi.", hint=_FILL_IN)
        elif (sheet, row) not in stray:
            message = f"{capital(_rows(problems, names))}: kolom {columns} belum diisi."
            yield Finding(_refs(problems), message)


@rule("B202", ERROR)
def not_a_number(case: Case) -> Iterator[Finding]:
    """Angka tidak terbaca

    Mengapa: Sel yang bukan angka tidak dapat dihitung, sehingga angka yang bergantung padanya dicetak “-”.
    Perbaikan: Ketik angkanya saja, misalnya 13600000 atau 30,5; keterangan ditulis pada kolom Keterangan.
    """
    for problems, place in _placed(case, ProblemKind.NOT_A_NUMBER):
        hint = _repairs(problems[0]) or _number_of_identitas(case, problems[0])
        yield _unreadable(problems, place, "itu bukan angka yang dapat dibaca", hint)


def _number_of_identitas(case: Case, problem: Problem) -> str:
    """What to type on sheet Identitas, which has no Keterangan; empty elsewhere."""
    if problem.ref == case.dataset.identitas.triwulan.ref:
        meant = _QUARTER.findall(problem.written.upper())
        number = quarter_number(meant[0]) if len(meant) == 1 else "1, 2, 3, atau 4"
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
    for problems, place in _placed(case, ProblemKind.NOT_A_DATE):
        yield _unreadable(
            problems, place, "isi itu tidak dapat dibaca sebagai tanggal", _repairs(problems[0])
        )


@rule("B204", ERROR)
def impossible_date(case: Case) -> Iterator[Finding]:
    """Tanggal yang tidak ada

    Mengapa: Tanggal itu tidak ada pada kalender, sehingga laporan memuat bukti yang mustahil.
    Perbaikan: Periksa dokumen aslinya, lalu tulis tanggal yang benar.
    """
    for problems, place in _placed(case, ProblemKind.IMPOSSIBLE_DATE):
        yield _unreadable(problems, place, "tanggal itu tidak ada pada kalender", _repairs(problems[0]))


@rule("B205", ERROR)
def two_readings(case: Case) -> Iterator[Finding]:
    """Isi yang dapat dibaca dengan dua cara

    Mengapa: Bila salah dibaca, angka atau tanggalnya keliru tanpa terlihat; karena itu tidak ada yang
        dipilihkan, dan sel itu belum dihitung.
    Perbaikan: Periksa dokumen aslinya, lalu tulis ulang sehingga hanya ada satu arti: persentase dengan tanda
        persen (85%), bilangan tanpa titik (1860), tanggal dengan nama bulan (3 April 2024).
    """
    for problems, place in _placed(case, ProblemKind.TWO_READINGS):
        meanings = problems[0].candidates
        typed = alternatives([_FIGURE_DOTS.sub("", meaning) for meaning in meanings])
        hint = f"Periksa dokumen aslinya, lalu tulis salah satunya persis seperti ini: {typed}."
        yield _unreadable(problems, place, f"itu dapat berarti {alternatives(meanings)}", hint)


@rule("B206", ERROR)
def not_a_choice(case: Case) -> Iterator[Finding]:
    """Isi bukan salah satu pilihan

    Mengapa: Kolom pilihan menentukan cara menghitung atau tempat mencetak; isi yang lain tidak dimengerti.
    Perbaikan: Pilih salah satu dari daftar pada sel itu.
    """
    for problems, place in _placed(case, ProblemKind.NOT_A_CHOICE):
        yield _unreadable(problems, place, "itu bukan salah satu pilihannya", _repairs(problems[0]))


@rule("B207", ERROR)
def error_value(case: Case) -> Iterator[Finding]:
    """Sel menunjukkan galat rumus

    Mengapa: Galat seperti #REF! atau #DIV/0! berarti rumusnya rusak, sehingga angkanya tidak ada.
    Perbaikan: Betulkan rumusnya, atau ketik nilainya.
    """
    # A broken input shows up again in the formulas that use it; only the input has to be repaired.
    inputs = list(_placed(case, ProblemKind.EXCEL_ERROR, computed_refs(case)))
    for problems, place in inputs or _placed(case, ProblemKind.EXCEL_ERROR):
        yield _unreadable(problems, place, "rumusnya rusak")


@rule("B208", ERROR)
def never_calculated(case: Case) -> Iterator[Finding]:
    """Rumus yang belum pernah dihitung

    Mengapa: Berkas menyimpan rumus tanpa hasilnya, sehingga nilainya tidak diketahui.
    Perbaikan: Buka buku kerja di Excel, WPS, atau LibreOffice, simpan, lalu periksa lagi.
    """
    for problems, place in _placed(case, ProblemKind.NOT_CALCULATED, computed_refs(case)):
        yield Finding(_refs(problems), f"{place} berisi rumus yang belum pernah dihitung.")


@rule("B214", ERROR)
def out_of_range(case: Case) -> Iterator[Finding]:
    """Angka atau tanggal di luar batas kolomnya

    Mengapa: Angka itu tidak mungkin benar pada kolomnya, misalnya target negatif atau ribuan persen; karena
        itu tidak dihitung.
    Perbaikan: Periksa tanda minus, koma, nol, dan tanda persennya pada dokumen aslinya, lalu tulis yang
        benar.
    """
    for problems, place in _placed(case, ProblemKind.OUT_OF_RANGE):
        limit, *meant = problems[0].candidates
        hint = _repairs(replace(problems[0], candidates=tuple(meant)))
        written = problems[0].written
        message = f"{place} berisi {quote(written)}; {limit}."
        yield Finding(_refs(problems), message, written, alternatives(meant) or limit, hint=hint)


@rule("B215", ERROR)
def merged_cells(case: Case) -> Iterator[Finding]:
    """Sel yang digabungkan (merge)

    Mengapa: Dari sel yang digabungkan hanya sel pertama yang berisi; baris yang lain tampak terisi, padahal
        kosong, dan tidak dapat dihitung.
    Perbaikan: Pilih sel itu, klik Gabungkan & Tengahkan (Merge & Center) untuk membatalkannya, lalu isi
        setiap barisnya.
    """
    for problems in _problems(case, ProblemKind.MERGED):
        area, sheet = problems[0].candidates[0], problems[0].ref.sheet
        first = Ref(sheet, area.partition(":")[0])
        message = f"Sel {sheet}!{area} digabungkan; kolom {problems[0].subject} hanya terbaca pada {first}."
        yield Finding((*_refs(problems), first), message)


# Rows ------------------------------------------------------------------------------------------------------


@rule("B209", ERROR, reads="indikator.jenis")
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
            yield Finding((sheet_ref(data, name),), f"Lembar {name} belum mempunyai satu baris pun{reason}.")


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
        yield Finding(tuple(map(_first_cell, rows)), message)


def _first_cell(row: Row) -> Ref:
    """The first filled cell of a row."""
    return next((cell.ref for _, cell in row.cells() if not cell.blank), Ref(row.sheet, f"A{row.row}"))


@rule("B211", WARNING)
def empty_sheet(case: Case) -> Iterator[Finding]:
    """Lembar yang dicetak masih kosong

    Mengapa: Bagian laporan yang berasal dari lembar itu menjadi kosong.
    Perbaikan: Isi lembar itu sebelum laporan dibuat.
    """
    data = case.dataset
    tables: tuple[tuple[str, tuple[Row, ...]], ...] = (
        ("Tugas Fungsi", data.tugas_fungsi),
        ("Strategi", data.strategi),
        ("Tindak Lanjut", data.tindak_lanjut),
        ("Kegiatan", data.kegiatan),
    )
    for name, rows in tables:
        if name in data.sheets and not rows:
            yield Finding((sheet_ref(data, name),), f"Lembar {name} belum mempunyai satu baris pun.")


# Cells that the program computes itself --------------------------------------------------------------------


@rule("B212", WARNING, reads=f"{COMPUTED} anggaran.anggaran_pk identitas.rerata_anggaran")
def formula_differs(case: Case) -> Iterator[Finding]:
    """Rumus menunjukkan angka lain

    Mengapa: Laporan memuat angka yang dihitung lkt dari isian; lembar kerja dan laporan jadi berbeda.
    Perbaikan: Hitung ulang buku kerja (F9) dan simpan. Bila masih berbeda, pulihkan rumusnya; periksa pula
        apakah ada angka atau tanggal yang tersimpan sebagai teks, karena rumus tidak menghitungnya.
    """
    for item in computed_cells(case):
        if item.cell.formula and item.differs:
            written = item.cell.written
            message = (
                f"{capital(item.name)}: rumusnya menunjukkan {written}, sedangkan hitungan dari isian lain"
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
            yield Finding(
                refs=(item.cell.ref,),
                message=f"{capital(item.name)} diketik {item.cell.written}, hasil pembulatan dari {right}.",
                written=item.cell.written,
                expected=right,
            )
