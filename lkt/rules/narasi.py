"""N: the texts that the report prints, on whatever sheet they stand."""

import re
from collections.abc import Iterator, Mapping

from lkt.calendar import Triwulan, quarter_number
from lkt.figures import Case
from lkt.findings import Finding
from lkt.indonesian import KINDS_OF_KECAMATAN, bare_item, format_date, month_number, normalize, squeeze
from lkt.model import Cell, Dataset, Indikator
from lkt.rules.base import WARNING, rule
from lkt.rules.helpers import CAPAIAN, PERIOD, capaian_cells, label, listing, quarter, quote, tell, words

_MISSPELLED: Mapping[str, str] = {
    "presentase": "persentase",
    "prosentase": "persentase",
    "realiasasi": "realisasi",
    "realiasi": "realisasi",
    "realisai": "realisasi",
    "tribulan": "triwulan",
    "tribulanan": "triwulan",
    "tribuunan": "triwulan",
    "kordinasi": "koordinasi",
    "faslitasi": "fasilitasi",
    "kecamtan": "kecamatan",
    "anggran": "anggaran",
    "bada": "pada",
    "ahir": "akhir",
}
"""Words that are certainly wrong, in small letters."""

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
    "anggaran": ("program", "indikator_program", "keterangan"),
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


@rule("N101", WARNING, reads=TEXTS)
def misspelled(case: Case) -> Iterator[Finding]:
    """Salah ketik pada teks laporan

    Mengapa: Teks itu dicetak apa adanya dalam laporan yang ditandatangani Camat.
    Perbaikan: Betulkan katanya.
    Dasar: Peraturan Presiden Nomor 63 Tahun 2019 tentang Penggunaan Bahasa Indonesia, Pasal 2; Keputusan
        Kepala Badan Pengembangan dan Pembinaan Bahasa Nomor 0424/I/BS.00.01/2022 tentang Ejaan Bahasa
        Indonesia yang Disempurnakan Edisi Kelima
    """
    places: dict[tuple[str, str], list[Cell[str]]] = {}
    for cell, text in _texts(case):
        for word in _WORD.findall(text):
            if right := _MISSPELLED.get(word.casefold()):
                right = right.capitalize() if word[0].isupper() else right
                places.setdefault((word, right), []).append(cell)
        for match in _TRIWULANAN.finditer(text):
            places.setdefault((match[1], match[1][:-2]), []).append(cell)
    for (wrong, right), cells in places.items():
        number = len({cell.ref for cell in cells})
        count = f" ({number} sel)" if number > 1 else ""
        yield tell(f"“{wrong}” seharusnya “{right}”{count}.", *cells, written=wrong, expected=right)


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
