"""N: the texts that the report prints, on whatever sheet they stand."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path

from lkt.calendar import Triwulan, quarter_number
from lkt.figures import Case
from lkt.findings import Finding, Severity
from lkt.indonesian import KINDS_OF_KECAMATAN, bare_item, format_date, month_number, normalize, squeeze
from lkt.model import Cell, Dataset, Indikator
from lkt.rules.base import INFO, WARNING, rule
from lkt.rules.helpers import (
    CAPAIAN,
    MEASURED,
    PERIOD,
    SERAPAN,
    capaian_cells,
    covers,
    label,
    listing,
    quarter,
    quote,
    tell,
    unread_rows,
    words,
)

SPELLINGS = Path(__file__).parents[1] / "data" / "ejaan.txt"
"""The forms that are wrong or non-standard, with the standard ones; the file says how it is read."""

_KECAMATAN = re.compile(
    rf"\b({'|'.join(KINDS_OF_KECAMATAN)}) "
    r"((?!Tahun|Triwulan|Dan\b|Yang\b|Se-)[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?)"
)
_WORD = re.compile(r"[^\W\d_]+")
_TRIWULANAN = re.compile(r"\b(triwulanan)\s+(?=(?:i{1,3}|iv|[1-4])\b)", re.IGNORECASE)
_SENTENCE = re.compile(r"[.!?;]\s|\n")
_CLAIM = re.compile(
    r"\b(?:(?:telah|sudah)\s+)?(?:ter|di)capai\s+(?:secara\s+|dengan\s+)?"
    r"(?:maksimal|optimal|sepenuhnya|seluruhnya)\b"
    r"|\b(?:telah|sudah)\s+(?:ter|di)capai\b(?!\s+(?:sebesar|sebanyak|sejumlah|sebagian|\d))",
    re.IGNORECASE,
)
_SUBJECT = re.compile(r"\b(?:target|kinerja|sasaran|indikator)\b", re.IGNORECASE)
_DENIAL = re.compile(r"\b(?:belum|tidak|bukan|agar|supaya|akan)\b", re.IGNORECASE)
_OTHER_REPORT = re.compile(
    r"\blaporan kinerja (?:\w+ )?(?:triwulan|tribulan)(?:an)? (iv|i{1,3}|[1-4])\b"
    r"(?: tahun (?:anggaran )?(\d{4}))?",
    re.IGNORECASE | re.ASCII,  # the numeral is read, and İ is none
)
_OTHER_TIME = re.compile(
    r"\b(?:akan|berikutnya|selanjutnya|mendatang|sebelumnya|lalu|dibanding\w*)\b", re.IGNORECASE
)
_DAY = r"(\d{1,2}) ([a-z]+)(?: (\d{4}))?"
_PERIOD = re.compile(
    rf"\b(?:periode|kurun waktu) {_DAY} ?(?:s ?[./]? ?d\.?|sampai(?: dengan)?|hingga|-) ?{_DAY}",
    re.IGNORECASE,
)
_DANGLING = frozenset(
    words("dan atau yang di ke dari pada untuk dengan secara oleh tentang dalam bagi serta bahwa agar karena")
)
"""A sentence does not end with one of these."""


_LISTED = (
    "tugas_fungsi.uraian indikator.sasaran indikator.indikator anggaran.program fasilitasi.jenis_fasilitasi "
    "strategi.strategi tindak_lanjut.uraian kegiatan.kegiatan narasi.teks"
)
"""The columns whose cells are printed as items of a list, or in a table with numbers of its own."""

_PRINTED = {
    "tugas_fungsi": ("uraian",),
    "indikator": (
        "sasaran",
        "indikator",
        "uraian_pembilang",
        "uraian_penyebut",
        "keterangan",
        "penjelasan",
    ),
    "anggaran": ("program", "indikator_program", "keterangan", "penjelasan"),
    "fasilitasi": ("jenis_fasilitasi", "bukti_pendukung", "pelaksana"),
    "dokumen": ("uraian",),
    "strategi": ("strategi",),
    "tindak_lanjut": ("uraian",),
    "kegiatan": ("kegiatan", "uraian"),
    "narasi": ("teks",),
}
"""The columns of each sheet that the report prints as they stand."""

TEXTS = " ".join(f"{sheet}.{column}" for sheet, columns in _PRINTED.items() for column in columns)


def _texts(case: Case) -> Iterator[tuple[Cell[str], str]]:
    """Every text that the report prints as it stands, with its cell, but for blank ones."""
    for sheet, columns in _PRINTED.items():
        for row in getattr(case.dataset, sheet):
            for column in columns:
                cell: Cell[str] = getattr(row, column)
                if cell.value:
                    yield cell, cell.value


# Spelling --------------------------------------------------------------------------------------------------


_SECTIONS = {"salah ketik": WARNING, "tidak baku": INFO, "singkatan": INFO}
_CLITIC = re.compile(r"(?:nya|lah|kah|pun)$")
_SHORTEST = 4
"""Letters that a form has at least before -nya and its like are looked for at its end."""

_BEFORE_A_NAME = frozenset(
    words(
        "desa dusun kelurahan kecamatan kabupaten kota kampung nagari gampong pekon bapak ibu sdr sdri h hj "
        "drs dr ir pt cv ud jl jalan masjid musala mushola gereja pura sdn smpn sungai pasar gunung pondok"
    )
)
"""Words after which a capital letter begins a name."""


NAMES = "identitas.kabupaten identitas.kecamatan identitas.nama_camat identitas.tempat desa.desa"
"""The columns of names that are left alone."""


@cache
def spellings() -> dict[str, tuple[str, Severity, bool]]:
    """Form in small letters -> the standard form, how much it matters, and whether it is an abbreviation."""
    found: dict[str, tuple[str, Severity, bool]] = {}
    section = ""
    for line in SPELLINGS.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif line and not line.startswith("#"):
            forms, _, right = line.partition(" = ")
            for form in forms.split(", "):
                found[form] = (right, _SECTIONS[section], section == "singkatan")
    return found


def _misspelled(text: str, names: frozenset[str]) -> Iterator[tuple[str, str, Severity]]:
    """The forms in a text that are not standard, each with the standard one; names are left alone."""
    known, shouting = spellings(), text.isupper()
    parts = list(_WORD.finditer(text))
    for place, part in enumerate(parts):
        word, before = part[0], parts[place - 1][0].casefold() if place else ""
        is_name = word[0].isupper() and (word.casefold() in names or before in _BEFORE_A_NAME)
        if is_name or (word.isupper() and not shouting):
            continue
        after = parts[place + 1] if place + 1 < len(parts) else None
        if after and text[part.end() : after.start()].isspace():
            pair = f"{word} {after[0]}"
            if entry := known.get(pair.casefold()):
                yield pair, _like(pair, entry[0]), entry[1]
        clitic = _CLITIC.search(word)
        bare = word[: clitic.start()] if clitic and clitic.start() >= _SHORTEST else word
        for form, rest in ((word, ""), (bare, word[len(bare) :])):
            entry = known.get(form.casefold())
            if entry and (not entry[2] or word.islower()):
                yield word, _like(word, entry[0] + rest.lower()), entry[1]
                break


def _like(word: str, right: str) -> str:
    """The standard form with capitals as in the word."""
    if word.isupper() and len(word) > 1:
        return right.upper()
    return right[:1].upper() + right[1:] if word[0].isupper() else right


def _spelling(case: Case, severity: Severity) -> Iterator[Finding]:
    """One finding for each form of a severity, with all its cells."""
    dataset = case.dataset
    named = [dataset.identitas.kabupaten, dataset.identitas.kecamatan, dataset.identitas.nama_camat]
    named += [dataset.identitas.tempat, *(desa.desa for desa in dataset.desa)]
    names = frozenset(word for cell in named for word in words(cell.value or ""))
    places: dict[tuple[str, str], list[Cell[str]]] = {}
    official = {row.program.ref for row in dataset.anggaran}  # named by the nomenclature, misspelt or not
    for cell, text in _texts(case):
        for wrong, right, matters in _misspelled(text, names):
            if matters is severity and (severity is WARNING or cell.ref not in official):
                places.setdefault((wrong, right), []).append(cell)
        for match in _TRIWULANAN.finditer(text) if severity is WARNING else ():
            places.setdefault((match[1], match[1][:-2]), []).append(cell)
    verb = "seharusnya" if severity is WARNING else "tidak baku; bentuk bakunya"
    for (wrong, right), cells in places.items():
        number = len({cell.ref for cell in cells})
        count = f" ({number} sel)" if number > 1 else ""
        yield tell(f"“{wrong}” {verb} “{right}”{count}.", *cells, written=wrong, expected=right)


@rule("N101", WARNING, reads=f"{TEXTS} {NAMES}")
def misspelled(case: Case) -> Iterator[Finding]:
    """Salah ketik pada teks laporan

    Mengapa: Teks itu dicetak apa adanya dalam laporan yang ditandatangani Camat.
    Perbaikan: Betulkan katanya.
    Dasar: Peraturan Presiden Nomor 63 Tahun 2019 tentang Penggunaan Bahasa Indonesia, Pasal 2; Keputusan
        Kepala Badan Pengembangan dan Pembinaan Bahasa Nomor 0424/I/BS.00.01/2022 tentang Ejaan Bahasa
        Indonesia yang Disempurnakan Edisi Kelima
    """
    yield from _spelling(case, WARNING)


@rule("N108", INFO, reads=f"{TEXTS} {NAMES}")
def not_standard(case: Case) -> Iterator[Finding]:
    """Kata tidak baku pada teks laporan

    Mengapa: Laporan resmi memakai bahasa Indonesia yang baku; bentuk yang tidak baku mudah diganti sebelum
        dicetak.
    Perbaikan: Ganti dengan bentuk bakunya menurut Kamus Besar Bahasa Indonesia. Ini hanya saran: nama dan
        istilah resmi boleh tetap.
    Dasar: Peraturan Presiden Nomor 63 Tahun 2019 tentang Penggunaan Bahasa Indonesia, Pasal 2; Keputusan
        Kepala Badan Pengembangan dan Pembinaan Bahasa Nomor 0424/I/BS.00.01/2022 tentang Ejaan Bahasa
        Indonesia yang Disempurnakan Edisi Kelima
    """
    yield from _spelling(case, INFO)


@rule(
    "N102", WARNING, reads=f"{CAPAIAN} indikator.penjelasan indikator.keterangan narasi.teks dokumen.dokumen"
)
def claim_unlike_figures(case: Case) -> Iterator[Finding]:
    """Pernyataan tercapai, padahal belum

    Mengapa: Kalimat seperti “dicapai secara maksimal” bertentangan dengan capaian di bawah 100% pada tabel.
    Perbaikan: Sebut angkanya, apa yang belum tercapai, dan sebabnya; atau hapus pernyataannya.
    """
    missed = [
        item.row
        for item in capaian_cells(case)
        if isinstance(item.row, Indikator) and max(item.possible, default=100) < 100
    ]
    statements = [(cell, [row]) for row in missed for cell in (row.penjelasan, row.keterangan)]
    statements += [(row.teks, missed) for row in case.dataset.narasi] if missed else []
    for cell, rows in statements:
        if claim := _claim(cell.value or "", case.dataset):
            names = listing([label(row) for row in rows], most=3)
            message = f"Tertulis {quote(claim)}, padahal capaian {names} di bawah 100%."
            yield tell(message, cell, written=claim)


def _claim(text: str, dataset: Dataset) -> str | None:
    """The words that claim success in a sentence about performance as a whole that denies nothing.

    A sentence about one document, such as LPPDesa, may well be true.
    """
    if any(row.dokumen.broken for row in dataset.dokumen):
        return None
    parts = {normalize(row.dokumen.value) for row in dataset.dokumen if row.dokumen.value}
    for sentence in _SENTENCE.split(text):
        plain = squeeze(sentence)
        claim = _CLAIM.search(plain)
        whole = _SUBJECT.search(plain) and not any(part in normalize(plain) for part in parts)
        if claim and whole and not _DENIAL.search(plain):
            return claim[0]
    return None


@rule("N103", WARNING, reads=f"{PERIOD} {TEXTS}")
def another_report(case: Case) -> Iterator[Finding]:
    """Teks menyebut laporan triwulan lain

    Mengapa: Teks yang disalin dari laporan lalu sering masih menyebut triwulan atau tahunnya.
    Perbaikan: Sesuaikan triwulan dan tahunnya.
    """
    triwulan = quarter(case)
    if triwulan is None:
        return
    for cell, text in _texts(case):
        for sentence in _SENTENCE.split(text):
            match = _OTHER_REPORT.search(squeeze(sentence))
            if match is None or _OTHER_TIME.search(sentence):
                continue
            other_year = match[2] is not None and int(match[2]) != triwulan.tahun
            if other_year or quarter_number(match[1]) != triwulan.nomor:
                message = f"Tertulis {quote(match[0])}, padahal laporan ini {triwulan.phrase}."
                yield tell(message, cell, written=match[0])


@rule("N104", WARNING, reads=f"{PERIOD} {TEXTS}")
def another_period(case: Case) -> Iterator[Finding]:
    """Teks menyebut periode lain

    Mengapa: Semua angka dihitung dari 1 Januari sampai dengan akhir triwulan; periode lain membuat laporan
        bertentangan dengan dirinya sendiri.
    Perbaikan: Sesuaikan tanggal awal dan akhirnya, atau hapus; laporan sudah menyebut periodenya.
    """
    triwulan = quarter(case)
    if triwulan is None:
        return
    for cell, text in _texts(case):
        match = _PERIOD.search(squeeze(text))
        if match and _is_half_right(match, triwulan):
            right = f"1 Januari s.d. {format_date(triwulan.akhir)}"
            message = f"Tertulis {quote(match[0])}, padahal periode laporan {right}."
            yield tell(message, cell, written=match[0], expected=right)


def _is_half_right(match: re.Match[str], triwulan: Triwulan) -> bool:
    """One end is that of the period, the other is not; a range with neither is about something else."""
    day, month, year, last_day, last_month, last_year = match.groups()
    start = (int(day), month_number(month), int(year or last_year or triwulan.tahun))
    end = (int(last_day), month_number(last_month), int(last_year or triwulan.tahun))
    starts = {(1, 1, triwulan.tahun), (1, triwulan.mulai.month, triwulan.tahun)}
    whole_year = end == (31, 12, triwulan.tahun)
    ends = end == (triwulan.akhir.day, triwulan.akhir.month, triwulan.tahun) or whole_year
    return (start in starts) != ends


@rule("N105", WARNING, reads=TEXTS)
def cut_off(case: Case) -> Iterator[Finding]:
    """Kalimat terpotong

    Mengapa: Kalimat yang berakhir dengan kata seperti “secara” kehilangan bagian terpentingnya.
    Perbaikan: Lengkapi kalimatnya.
    Dasar: Peraturan Presiden Nomor 63 Tahun 2019 tentang Penggunaan Bahasa Indonesia, Pasal 2
    """
    for cell, text in _texts(case):
        value = text.rstrip()
        last = words(value)[-1:]
        if last and last[0] in _DANGLING and value[-1].isalpha():
            message = f"Teks berakhir dengan “{last[0]}”: {quote(' '.join(value.split()[-8:]))}"
            yield tell(f"{message}.", cell, written=value)


@rule("N106", WARNING, reads=f"{TEXTS} identitas.kecamatan")
def other_kecamatan(case: Case) -> Iterator[Finding]:
    """Teks menyebut kecamatan lain

    Mengapa: Teks yang tertinggal dari buku kerja kecamatan lain tercetak dalam laporan kecamatan ini.
    Perbaikan: Ganti dengan nama kecamatan sendiri, atau sebut juga kecamatan sendiri bila memang bersama.
    """
    identitas = case.dataset.identitas
    own, kind = set(words(identitas.kecamatan.value or "")), identitas.terms.kecamatan.lower()
    for cell, text in _texts(case) if own else ():
        named = [
            f"{word} {name}"
            for word, name in _KECAMATAN.findall(text)
            if not set(words(name.split()[0])) <= own
        ]
        if named and not own <= set(words(text)):
            message = f"Tertulis “{named[0]}”, padahal {kind}nya {identitas.kecamatan}."
            yield tell(message, cell, written=named[0])


@rule("N107", WARNING, reads=_LISTED)
def numbered_item(case: Case) -> Iterator[Finding]:
    """Nomor atau tanda butir di depan isian

    Mengapa: Laporan memberi nomor sendiri, sehingga tercetak “1. 1. Merekap …” atau “2. • Mendampingi …”.
    Perbaikan: Hapus nomor atau tanda butirnya; lkt check --fix menghapusnya. Bila satu sel memuat beberapa
        butir, tulis satu butir pada satu baris.
    """
    for name in _LISTED.split():
        table, _, field = name.partition(".")
        cells: list[Cell[str]] = [getattr(row, field) for row in getattr(case.dataset, table)]
        marked = [cell for cell in cells if cell.value and bare_item(cell.value) != cell.value]
        if marked:
            example = marked[0].value or ""
            message = f"{len(marked)} isian diawali nomor atau tanda butir, misalnya {quote(example, 40)}."
            yield tell(message, *marked, expected=bare_item(example))


# Percentages in sentences ----------------------------------------------------------------------------------


_STATED = re.compile(
    r"\b(?P<of>realisasi|capaian|serapan|penyerapan)\b(?P<about>[^.;%]{0,60}?)\b(?:sebesar|mencapai|adalah|yaitu)"
    r"\s+(?P<value>\d{1,3}(?:,(?P<places>\d+))?)\s*(?:%|persen\b)",
    re.IGNORECASE,
)
_MONEY = re.compile(r"anggaran|serapan|pagu|belanja|dana", re.IGNORECASE)


def _unfounded(cell: Cell[str], values: Sequence[Fraction | None], *, money: bool) -> Iterator[Finding]:
    """The percentages that a text states of money, or of indicators, for this quarter and no figure has.

    Silent where one of the figures has no value, since it may be the one.
    """
    for sentence in _SENTENCE.split(cell.value or "") if None not in values else ():
        for match in _STATED.finditer(squeeze(sentence)):
            stated, places = Decimal(match["value"].replace(",", ".")), len(match["places"] or "")
            if bool(_MONEY.search(match["of"] + match["about"])) is not money or _OTHER_TIME.search(sentence):
                continue
            if not any(covers(stated, places, value) for value in values if value is not None):
                message = f"Tertulis {quote(match[0])}, yang bukan salah satu angka laporan ini."
                yield tell(message, cell, written=match[0])


@rule("N109", WARNING, reads=f"{MEASURED} indikator.penjelasan")
def percentage_of_another_report(case: Case) -> Iterator[Finding]:
    """Penjelasan menyebut persentase lain

    Mengapa: Angka pada Penjelasan yang bukan realisasi, capaian, atau target indikatornya membuat laporan
        bertentangan dengan tabelnya; biasanya tersisa dari triwulan lalu.
    Perbaikan: Sesuaikan dengan angka yang dihitung, atau hapus; laporan sudah menyebut angkanya.
    """
    unread = unread_rows(case)
    for result in case.computed.indikator:
        row = result.row
        figures = [result.realisasi, result.capaian_tahun, result.capaian_triwulan]
        values = [figure.value for figure in figures if figure]
        values += [None] if unread.get(row.jenis.value) else []  # the figures are not certain
        for goal in (row.target.value, row.target_triwulan.value):
            values += [Fraction(goal)] if isinstance(goal, Decimal) else []
        yield from _unfounded(row.penjelasan, values, money=False)


@rule("N110", WARNING, reads=f"{SERAPAN} narasi.teks")
def absorption_of_another_report(case: Case) -> Iterator[Finding]:
    """Narasi menyebut serapan lain

    Mengapa: Serapan pada Narasi yang bukan angka laporan biasanya tersisa dari triwulan lalu.
    Perbaikan: Sesuaikan dengan angka yang dihitung, atau hapus; laporan sudah menyebut angkanya.
    """
    total = case.computed.anggaran
    figures = [result.serapan for result in case.computed.program]
    figures += [total.tertimbang, total.rerata_sederhana] if total else []
    for row in case.dataset.narasi:
        yield from _unfounded(row.teks, [figure.value for figure in figures], money=True)
