"""The content of one workbook as frozen values; every value carries the cell it came from.

The reader makes these values, the rules and the indicators read them, nothing changes them.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Generic, TypeVar

from lkt import addresses
from lkt.indonesian import KINDS_OF_DAERAH, KINDS_OF_KECAMATAN, kind_before, normalize

T = TypeVar("T")


@dataclass(frozen=True, slots=True, order=True)
class Ref:
    """One cell of the workbook, by sheet name as written in the file and A1 address.

    ``cell`` is empty where the whole sheet is meant.
    """

    sheet: str
    cell: str = ""

    def __str__(self) -> str:
        """As people write it: Anggaran!G4."""
        return f"{self.sheet}!{self.cell}" if self.cell else self.sheet

    @property
    def place(self) -> tuple[int, int]:
        """Its row and column, both from 1; (0, 0) where the whole sheet is meant."""
        return addresses.place(self.cell) or (0, 0)


def by_place(sheets: Iterable[str]) -> Callable[[Ref], tuple[int, int, int]]:
    """The key that sorts cells by sheet in this order, by row and by column.

    What is of a whole sheet comes before its cells, and a sheet that is not named before all others.
    """
    order = {name: number for number, name in enumerate(sheets)}
    return lambda ref: (order.get(ref.sheet, -1), *ref.place)


class ProblemKind(Enum):
    """What can be wrong with the content of one cell, or with the workbook's structure."""

    NOT_A_NUMBER = "not a number"
    NOT_A_DATE = "not a date"
    IMPOSSIBLE_DATE = "a date that does not exist"
    TWO_READINGS = "two readings"
    NOT_A_CHOICE = "not one of the choices"
    EXCEL_ERROR = "an error value of the spreadsheet"
    NOT_CALCULATED = "a formula that was never calculated"
    REQUIRED_BLANK = "a required cell is blank"
    MISSING_SHEET = "missing sheet"
    MISSING_COLUMN = "missing column"
    REPEATED_COLUMN = "a heading that stands twice"
    REPEATED_SHEET = "two sheets that are read as the same one"
    COPIED_SHEET = "a copy of a sheet, which is not read"
    UNJUDGED_DATES = "a column of dates that no row of Dokumen judges"
    MISSING_KEY = "missing line of Identitas"
    UNKNOWN_KEY = "unknown line of Identitas"
    REPEATED_KEY = "a line of Identitas that stands twice"
    OUT_OF_RANGE = "a figure or a date that its column cannot hold"
    MERGED = "a cell that lies under a merged one"
    HEADINGS_BELOW = "headings that do not stand in row 1"
    COLUMN_NUMBERS = "a row of column numbers below the headings"
    BELOW_TOTAL = "a row below the row Jumlah"
    EXTRA_TOTAL = "a row Jumlah above the last one"
    NAMELESS_ROW = "a row without code and name on a sheet with a row Jumlah"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that could not be read; a rule of the structure family turns it into a finding.

    Attributes:
        kind: what is wrong.
        ref: where.
        subject: the column, sheet or key concerned, by its name in the declaration.
        written: what stands there, as the user sees it.
        candidates: the possible readings, repairs or nearest names, as printed text; may be empty. Of a
            figure out of range the limit that it passes comes first; of a merged cell it is the merged area,
            of headings below row 1 their row.
    """

    kind: ProblemKind
    ref: Ref
    subject: str
    written: str = ""
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell(Generic[T]):
    """A value with the cell that it came from.

    ``value`` is None when the cell is blank or broken. A broken cell already has its own ``Problem``, so
    everything that depends on it stays silent.

    Attributes:
        ref: sheet and cell.
        value: what was read; None when blank or broken.
        written: the cell as the user sees it, for messages.
        broken: something stands there that could not be read.
        formula: the cell holds a formula.
        decimals: how many decimals the written figure shows; None where that is not known.
        text: a number or a date that was typed as text.
    """

    ref: Ref
    value: T | None = None
    written: str = ""
    broken: bool = False
    formula: bool = False
    decimals: int | None = None
    text: bool = False

    @property
    def blank(self) -> bool:
        """Nothing stands in the cell."""
        return self.value is None and not self.broken

    def __str__(self) -> str:
        """The cell as the user sees it."""
        return self.written


class Precision(Enum):
    """How exactly a point in time was written."""

    DAY = "hari"
    MONTH = "bulan"
    RANGE = "rentang"


@dataclass(frozen=True, slots=True)
class Span:
    """A day, a month or a range of days, both ends included."""

    start: date
    end: date
    precision: Precision = Precision.DAY


Measure = Decimal | str
"""A figure in the unit of its row, percent in percentage points; a letter where the kind is predikat."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a sheet; ``row`` is its number in the sheet."""

    sheet: str
    row: int
    hidden: bool

    def cells(self) -> Iterator[tuple[str, Cell[object]]]:
        """Every cell of the row with the name of its field."""
        for column in fields(self):
            value = getattr(self, column.name)
            if isinstance(value, Cell):
                yield column.name, value


_USUAL = {
    "distrik": ("Kepala Distrik", "Kampung"),
    "kapanewon": ("Panewu", "Kalurahan"),
    "kemantren": ("Mantri Pamong Praja", "Kelurahan"),
}


@dataclass(frozen=True, slots=True)
class Terms:
    """What an area, its kecamatan, the head of it and its desa are called.

    Attributes:
        kecamatan: Kecamatan, Distrik, Kapanewon, Kemantren.
        camat: Camat, Kepala Distrik, Panewu, Mantri Pamong Praja.
        desa: Desa, Gampong, Nagari, Kampung, Pekon …; Kelurahan where there is nothing else.
        daerah: Kabupaten or Kota.
    """

    kecamatan: str = "Kecamatan"
    camat: str = "Camat"
    desa: str = "Desa"
    daerah: str = "Kabupaten"

    @property
    def kepala_daerah(self) -> str:
        """Who heads the kabupaten or kota."""
        return "Wali Kota" if self.daerah == "Kota" else "Bupati"

    def said(self, text: str) -> str:
        """A text for any office in the words of this one: desa as kampung, Bupati as Wali Kota.

        Names of sheets, columns, kinds and keys stay: lembar Desa, Nama Camat, jenis dokumen desa. An office
        with kelurahan only has no village documents, so that what is said of desa is not said of them.
        """
        if self == COMMON_TERMS:
            return text
        desa = "Desa" if self.desa == "Kelurahan" else self.desa
        words = {
            "kecamatan": self.kecamatan.lower(),
            "Camat": self.camat,
            "kabupaten": self.daerah.lower(),
            "Bupati": self.kepala_daerah,
            "desa": desa.lower(),
            "Desa": desa,
        }
        return _SAID.sub(lambda found: words[found[0]], text)


_SAID = re.compile(
    r"\bkecamatan(?=nya\b|\b)|\bkabupaten(?=nya\b|\b)(?!/| atau kota)|(?<!dokumen )\bdesa(?=nya\b|\b)"
    r"|(?<!Nama )(?<!Sebutan )\bCamat\b(?!, Kepala)|\bBupati\b(?! atau Wali)"
    r"|(?<=“)Desa(?=”)|(?<=Peraturan )Desa\b|^Desa(?= [a-z])"
)


def usual_terms(kecamatan: str = "", daerah: str = "", camat: str = "", desa: str = "") -> Terms:
    """What goes with a kind of kecamatan and of area; today's usual words where one is blank."""
    usual = _USUAL.get(normalize(kecamatan), ("Camat", "Desa"))
    return Terms(kecamatan or "Kecamatan", camat or usual[0], desa or usual[1], daerah or "Kabupaten")


COMMON_TERMS = usual_terms()


@dataclass(frozen=True, slots=True)
class Identitas:
    """Who reports, on which quarter, by which regulation; one cell per key of the sheet."""

    versi_format: Cell[Decimal]
    kabupaten: Cell[str]
    kecamatan: Cell[str]
    kode_kecamatan: Cell[str]
    tahun: Cell[Decimal]
    triwulan: Cell[Decimal]
    tanggal_laporan: Cell[Span]
    tempat: Cell[str]
    nama_camat: Cell[str]
    jabatan: Cell[str]
    pangkat_golongan: Cell[str]
    nip: Cell[str]
    pemberi_amanah: Cell[str]
    peraturan_pelaporan: Cell[str]
    pasal_pelaporan: Cell[str]
    peraturan_kedudukan: Cell[str]
    pasal_kedudukan: Cell[str]
    batas_hari_kerja: Cell[Decimal]
    desimal_persen: Cell[Decimal]
    rumus_efisiensi: Cell[str]
    rerata_anggaran: Cell[str]
    batas_capaian: Cell[str]
    dasar_capaian: Cell[str]
    ukuran_kertas: Cell[str]
    logo: Cell[str]
    jenis_daerah: Cell[str]
    sebutan_kecamatan: Cell[str]
    sebutan_camat: Cell[str]
    sebutan_desa: Cell[str]
    tanggal_pk_perubahan: Cell[Span]

    @property
    def terms(self) -> Terms:
        """What the area is called; a kind before its name ("Distrik Sentani") says more than the setting."""
        daerah = kind_before(self.kabupaten.written, KINDS_OF_DAERAH) or self.jenis_daerah.value or ""
        kecamatan = (
            kind_before(self.kecamatan.written, KINDS_OF_KECAMATAN) or self.sebutan_kecamatan.value or ""
        )
        camat, desa = self.sebutan_camat.value or "", self.sebutan_desa.value or ""
        return usual_terms(kecamatan, daerah, camat, desa)

    @property
    def decimals(self) -> int:
        """Decimals of a printed percentage, by Desimal Persen; 2 where that cannot be read."""
        value = self.desimal_persen.value
        return 2 if value is None else max(0, min(int(value), 6))


@dataclass(frozen=True, slots=True)
class TugasFungsi(Row):
    """One duty of the Camat, printed in BAB I."""

    no: Cell[Decimal]
    uraian: Cell[str]


@dataclass(frozen=True, slots=True)
class Indikator(Row):
    """One performance indicator of the Perjanjian Kinerja."""

    no: Cell[Decimal]
    sasaran: Cell[str]
    indikator: Cell[str]
    satuan: Cell[str]
    arah: Cell[str]
    target: Cell[Measure]
    target_triwulan: Cell[Measure]
    jenis: Cell[str]
    uraian_pembilang: Cell[str]
    pembilang: Cell[Decimal]
    uraian_penyebut: Cell[str]
    penyebut: Cell[Decimal]
    realisasi: Cell[Measure]
    capaian: Cell[Decimal]
    keterangan: Cell[str]
    penjelasan: Cell[str]
    sumber_data: Cell[str]
    penanggung_jawab: Cell[str]
    realisasi_tahun_lalu: Cell[Measure]
    target_akhir_renstra: Cell[Measure]
    target_tw1: Cell[Measure]
    target_tw2: Cell[Measure]
    target_tw3: Cell[Measure]
    target_tw4: Cell[Measure]
    target_perubahan: Cell[Measure]

    @property
    def steps(self) -> tuple[Cell[Measure], ...]:
        """The target of each quarter."""
        return (self.target_tw1, self.target_tw2, self.target_tw3, self.target_tw4)


class Level(Enum):
    """The level of a budget row, told by the number of parts in its code (Permendagri 90/2019)."""

    PROGRAM = "program"
    KEGIATAN = "kegiatan"
    SUB_KEGIATAN = "sub kegiatan"


@dataclass(frozen=True, slots=True)
class Anggaran(Row):
    """One budget row: a programme, or a kegiatan or sub kegiatan below it; money in whole rupiah."""

    kode: Cell[str]
    program: Cell[str]
    indikator: Cell[tuple[Decimal, ...]]
    indikator_program: Cell[str]
    anggaran_pk: Cell[Decimal]
    sumber_dana: Cell[str]
    pagu: Cell[Decimal]
    realisasi: Cell[Decimal]
    capaian: Cell[Decimal]
    target: Cell[Decimal]
    realisasi_kinerja: Cell[Decimal]
    keterangan: Cell[str]
    satuan: Cell[str]
    arah: Cell[str]
    penjelasan: Cell[str]
    unit: Cell[str]
    realisasi_triwulan: Cell[Decimal]
    rencana_tw1: Cell[Decimal]
    rencana_tw2: Cell[Decimal]
    rencana_tw3: Cell[Decimal]
    rencana_tw4: Cell[Decimal]
    anggaran_perubahan: Cell[Decimal]

    @property
    def plans(self) -> tuple[Cell[Decimal], ...]:
        """What is planned to be spent in each quarter."""
        return (self.rencana_tw1, self.rencana_tw2, self.rencana_tw3, self.rencana_tw4)

    @property
    def supports(self) -> tuple[Decimal, ...]:
        """The numbers of the indicators that it supports, the first one first; none where unknown."""
        return self.indikator.value or ()

    @property
    def measured_in(self) -> str:
        """What Target and Realisasi Kinerja are measured in."""
        return self.satuan.value or "%"

    @property
    def owner(self) -> str:
        """The unit within the kecamatan that the row is of, for comparing; empty for the kecamatan itself."""
        return normalize(self.unit.value or "")

    @property
    def name(self) -> str:
        """Its name, with its unit where one is written: Program Penunjang … (Kelurahan Serua)."""
        unit = f" ({self.unit.value})" if self.unit.value else ""
        return f"{(self.program.value or self.program.written).strip()}{unit}"

    @property
    def level(self) -> Level:
        """Three parts or fewer are a programme (7.01.02), five a kegiatan, six a sub kegiatan."""
        parts = len([part for part in (self.kode.value or "").split(".") if part])
        if parts <= 3:
            return Level.PROGRAM
        return Level.KEGIATAN if parts <= 5 else Level.SUB_KEGIATAN


@dataclass(frozen=True, slots=True)
class Fasilitasi(Row):
    """One entry of the log of facilitation and coordination."""

    no: Cell[Decimal]
    jenis_fasilitasi: Cell[str]
    tanggal: Cell[Span]
    bukti_pendukung: Cell[str]
    pelaksana: Cell[str]
    ditindaklanjuti: Cell[str]


@dataclass(frozen=True, slots=True)
class Dokumen(Row):
    """One kind of village document that is judged for punctuality."""

    dokumen: Cell[str]
    tahun_anggaran: Cell[Decimal]
    batas_waktu: Cell[Span]
    jenis_tanggal: Cell[str]
    dasar_hukum: Cell[str]
    uraian: Cell[str]


@dataclass(frozen=True, slots=True)
class Desa(Row):
    """One desa of the roster, with its date per document in the order of the sheet Dokumen.

    ``sebutan`` is what a desa is called there.
    """

    kode: Cell[str]
    desa: Cell[str]
    keterangan: Cell[str]
    tanggal: tuple[Cell[Span], ...] = ()
    sebutan: str = "Desa"


@dataclass(frozen=True, slots=True)
class JumlahDesa(Row):
    """The row Jumlah of the roster: per document the count of desa that were on time, as written."""

    tepat_waktu: tuple[Cell[Decimal], ...] = ()


@dataclass(frozen=True, slots=True)
class Strategi(Row):
    """One strategy for an indicator."""

    indikator: Cell[Decimal]
    strategi: Cell[str]
    waktu: Cell[str]


@dataclass(frozen=True, slots=True)
class TindakLanjut(Row):
    """One step of the follow-up plan: of this report, or of an earlier one with what became of it."""

    no: Cell[Decimal]
    uraian: Cell[str]
    penanggung_jawab: Cell[str]
    batas_waktu: Cell[Span]
    asal: Cell[str]
    status: Cell[str]

    @property
    def carried(self) -> bool:
        """Whether an earlier report planned it."""
        return not (self.asal.blank and self.status.blank)


class GambarProblem(Enum):
    """Why a picture cannot be printed."""

    MISSING = "tidak ditemukan"
    OUTSIDE = "di luar folder buku kerja"
    LOOP = "tautan yang berputar"
    LOST = "tidak ada lagi di buku kerja"
    NOT_A_PICTURE = "bukan gambar"
    DAMAGED = "rusak"
    TOO_LARGE = "terlalu besar"
    UNPRINTABLE = "berformat lain"


@dataclass(frozen=True, slots=True)
class Gambar:
    """A picture that a cell names, or that is placed in or over the sheet.

    Attributes:
        sumber: its bytes, or the path of the named file; None where there is neither.
        masalah: why it cannot be printed; None where it can.
        saran: files of the folder that the name may mean.
        format: the name of a format that cannot be printed, such as HEIC.
        sha256: of the named file when it was judged, in hexadecimal; what is printed must be the same.
    """

    sumber: bytes | Path | None = field(default=None, repr=False)
    masalah: GambarProblem | None = None
    saran: tuple[str, ...] = ()
    format: str = ""
    sha256: str = field(default="", repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Kegiatan(Row):
    """One activity of the annex.

    ``gambar`` is the picture placed on its row or else the file that it names; None where there is neither.
    """

    no: Cell[Decimal]
    kegiatan: Cell[str]
    tanggal: Cell[Span]
    uraian: Cell[str]
    foto: Cell[str]
    gambar: Gambar | None = None


@dataclass(frozen=True, slots=True)
class Narasi(Row):
    """A text of the office that replaces or extends a default wording."""

    bagian: Cell[str]
    teks: Cell[str]


@dataclass(frozen=True, slots=True)
class Skala(Row):
    """One grade of a rating scale with its lower bound; ``untuk`` says what the scale rates."""

    predikat: Cell[str]
    batas_bawah: Cell[Decimal]
    untuk: Cell[str]

    @property
    def of_nilai(self) -> bool:
        """Whether it rates the values of indicators, as it does where nothing is written."""
        return not self.untuk.broken and self.untuk.value != "capaian"

    @property
    def of_capaian(self) -> bool:
        """Whether it rates capaian."""
        return self.untuk.value == "capaian"


@dataclass(frozen=True, slots=True)
class Pengecualian(Row):
    """A finding that the office accepts, with the reason."""

    kode: Cell[str]
    sel: Cell[str]
    alasan: Cell[str]


@dataclass(frozen=True, slots=True)
class Dataset:
    """Everything that was read from one workbook, and everything that could not be read.

    Attributes:
        identitas: the keys of sheet Identitas.
        jumlah_anggaran: the row Jumlah of sheet Anggaran; None where it is missing.
        jumlah_desa: the row Jumlah of sheet Desa; None where it is missing.
        logo: the picture placed on its line or else the file that it names; None where there is neither.
        problems: what could not be read, in the order of the sheets.
        sheets: declared sheet name -> name as written in the file, for the sheets that were found.
        headings: (declared sheet name, field) -> the heading's cell, for the columns that were found.
    """

    identitas: Identitas
    tugas_fungsi: tuple[TugasFungsi, ...] = ()
    indikator: tuple[Indikator, ...] = ()
    anggaran: tuple[Anggaran, ...] = ()
    jumlah_anggaran: Anggaran | None = None
    fasilitasi: tuple[Fasilitasi, ...] = ()
    dokumen: tuple[Dokumen, ...] = ()
    desa: tuple[Desa, ...] = ()
    jumlah_desa: JumlahDesa | None = None
    strategi: tuple[Strategi, ...] = ()
    tindak_lanjut: tuple[TindakLanjut, ...] = ()
    kegiatan: tuple[Kegiatan, ...] = ()
    narasi: tuple[Narasi, ...] = ()
    skala: tuple[Skala, ...] = ()
    pengecualian: tuple[Pengecualian, ...] = ()
    logo: Gambar | None = None
    problems: tuple[Problem, ...] = ()
    sheets: dict[str, str] = field(default_factory=dict)
    headings: dict[tuple[str, str], Ref] = field(default_factory=dict)

    @property
    def rencana(self) -> tuple[TindakLanjut, ...]:
        """The follow-up plan of this report."""
        return tuple(row for row in self.tindak_lanjut if not row.carried)

    @property
    def rencana_lalu(self) -> tuple[TindakLanjut, ...]:
        """The steps that earlier reports planned."""
        return tuple(row for row in self.tindak_lanjut if row.carried)
