"""The standard workbook, declared once: sheets, columns, keys, types, help, formulas, and what becomes of each.

The blank workbook, the reader, the messages and the reference pages are all made from ``SHEETS`` and ``KEYS``:
a new column is one line here and one field in ``lkt.model``.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import Enum
from functools import partial
from typing import Any

from lkt import model
from lkt.figures import IndikatorKind
from lkt.indicators import KINDS
from lkt.indicators.serapan import FORMULAS
from lkt.indonesian import (
    KINDS_OF_DAERAH,
    KINDS_OF_KECAMATAN,
    bare_number,
    join_and,
    person_name,
    proper_name,
    roman,
)
from lkt.workbook.live_formulas import CAPAIAN_INDIKATOR, DESA_ON_TIME, REALISASI, SERAPAN, TOTAL_MONEY

FORMAT_VERSION = 1
"""The version of the workbook format; a workbook of a newer one is refused."""

IDENTITAS = "Identitas"
PETUNJUK = "Petunjuk"
TOTAL_LABELS = ("Jumlah", "Total", "Jumlah Total")


# What a column, a sheet and a key are ---------------------------------------------------------------------


class Kind(Enum):
    """The type of a column, by the words the documentation uses."""

    TEXT = "teks"
    WHOLE = "bilangan bulat"
    NUMBERS = "satu nomor atau beberapa"
    NUMBER = "bilangan"
    MONEY = "rupiah"
    PERCENT = "persen"
    MEASURE = "angka menurut Satuan"
    DATE = "tanggal"
    PERIOD = "tanggal, bulan, atau rentang tanggal"
    CHOICE = "pilihan"


class Fate(Enum):
    """What becomes of a cell, or of the rows of a sheet, in the next quarter's workbook."""

    STAYS = "comes along"
    TEXT = "comes along, and is pointed out where it names the old period"
    YEARLY_TEXT = "the same within a year; in a new year emptied"
    QUARTERLY = "emptied"
    YEARLY = "comes along within a year; in a new year emptied"
    ROLLS = "goes on with the quarter or the year"
    COMPUTED = "the live formula comes along; what was typed over it is emptied"


LIMITS: dict[Kind, tuple[int, int]] = {
    Kind.WHOLE: (0, 1_000_000),
    Kind.NUMBER: (0, 10**13),
    Kind.MONEY: (0, 10**13),
    Kind.PERCENT: (0, 1_000),
    Kind.MEASURE: (0, 10**13),
    Kind.DATE: (2000, 2100),
    Kind.PERIOD: (2000, 2100),
}
"""What a column of a type can hold at least and at most; percent in percentage points, of dates the years.

Where Satuan of the row is percent, a MEASURE holds what a PERCENT does.
"""


def is_emptied(fate: Fate, *, new_year: bool) -> bool:
    """Whether what stands in the cell is not taken along."""
    return fate is Fate.QUARTERLY or (new_year and fate in {Fate.YEARLY, Fate.YEARLY_TEXT})


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet.

    Attributes:
        heading: the heading in row 1.
        field: the field of the sheet's row type in ``lkt.model``.
        kind: how its cells are read.
        help: one or two sentences for the operator; the note on the heading and the reference page.
        width: width in characters.
        filled: the cell must not be blank in a row that is used.
        optional: a workbook may lack the column.
        choices: the values of a CHOICE column.
        formula: the live formula of a derived column; empty for an input column.
        total: the formula of the row Jumlah; empty where it has none.
        examples: values as people write them, for the reference page.
        fate: what becomes of its cells in the next quarter's workbook. A cell that the kind of its indicator
            needs is emptied whatever stands here.
        least: the least that it can hold; None for that of its type.
        most: the most that it can hold, likewise.
        named: how a name is taken; None where the text is no name.
        blank: what a blank cell stands for where other cells of the row depend on it.
        folded: the column is folded away in a blank workbook, since few offices need it.
        nil: a word such as Nihil stands for 0.
    """

    heading: str
    field: str
    kind: Kind
    help: str
    width: int = 14
    filled: bool = False
    optional: bool = False
    choices: tuple[str, ...] = ()
    formula: str = ""
    total: str = ""
    examples: tuple[str, ...] = ()
    fate: Fate = Fate.STAYS
    least: int | None = None
    most: int | None = None
    named: Callable[[str], str] | None = None
    blank: str = ""
    folded: bool = False
    nil: bool = False

    @property
    def derived(self) -> bool:
        """The cell holds a formula in the standard workbook; the program computes it itself."""
        return bool(self.formula)

    @property
    def limits(self) -> tuple[int, int] | None:
        """The least and the most that it can hold, as of ``LIMITS``; None where anything goes."""
        if self.kind not in LIMITS:
            return None
        least, most = LIMITS[self.kind]
        return least if self.least is None else self.least, most if self.most is None else self.most


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet with one kind of row.

    Attributes:
        name: the name of the sheet.
        field: the field of ``lkt.model.Dataset`` that holds its rows.
        row_type: the row type in ``lkt.model``.
        help: what the sheet is for.
        columns: its columns in their standard order.
        required: a workbook without it cannot be reported on.
        prepared: how many empty rows a blank workbook offers.
        total_label: the heading of the column in which the word Jumlah stands; empty without such a row.
        fate: what becomes of its rows as a whole in the next quarter's workbook.
    """

    name: str
    field: str
    row_type: type[model.Row]
    help: str
    columns: tuple[Column, ...]
    required: bool = True
    prepared: int = 20
    total_label: str = ""
    fate: Fate = Fate.STAYS

    def column(self, field: str) -> Column:
        """The column that fills ``field``; raises KeyError for an unknown one."""
        return {column.field: column for column in self.columns}[field]


@dataclass(frozen=True, slots=True)
class Key:
    """One line of sheet Identitas: ``label`` in column Isian, its value in column Nilai.

    Attributes:
        label: what stands in column Isian.
        field: the field of ``lkt.model.Identitas``.
        kind: how its value is read.
        help: one sentence for the operator, in column Keterangan.
        filled: the value must not be blank.
        choices: the values that may be chosen.
        default: what a blank value stands for; empty without a default.
        fate: what becomes of the value in the next quarter's workbook.
        least: the least that the value can be, as of ``Column``.
        most: the most that it can be.
        named: how a name is taken.
    """

    label: str
    field: str
    kind: Kind
    help: str
    filled: bool = True
    choices: tuple[str, ...] = ()
    default: str = ""
    fate: Fate = Fate.STAYS
    least: int | None = None
    most: int | None = None
    named: Callable[[str], str] | None = None

    @property
    def column(self) -> Column:
        """The key as a column whose only cell is its value."""
        return Column(
            self.label,
            self.field,
            self.kind,
            self.help,
            filled=self.filled,
            choices=self.choices,
            least=self.least,
            most=self.most,
            named=self.named,
        )


# Sheet Identitas ------------------------------------------------------------------------------------------

KEYS: tuple[Key, ...] = (
    Key("Versi Format", "versi_format", Kind.WHOLE, "Versi buku kerja ini. Jangan diubah.", default=str(FORMAT_VERSION)),
    Key("Kabupaten", "kabupaten", Kind.TEXT, "Nama kabupaten atau kota tanpa kata “Kabupaten” atau “Kota”.", named=partial(proper_name, kinds=KINDS_OF_DAERAH)),
    Key("Kecamatan", "kecamatan", Kind.TEXT, "Nama kecamatan tanpa kata “Kecamatan”, “Distrik”, dan sebagainya.", named=partial(proper_name, kinds=KINDS_OF_KECAMATAN)),
    Key("Kode Kecamatan", "kode_kecamatan", Kind.TEXT, "Kode wilayah menurut Kementerian Dalam Negeri.", filled=False),
    Key("Tahun", "tahun", Kind.WHOLE, "Tahun anggaran yang dilaporkan, empat angka.", fate=Fate.ROLLS, least=2000, most=2100),
    Key("Triwulan", "triwulan", Kind.WHOLE, "1, 2, 3, atau 4.", choices=("1", "2", "3", "4"), fate=Fate.ROLLS, least=1, most=4),
    Key("Tanggal Laporan", "tanggal_laporan", Kind.DATE, "Tanggal laporan ditandatangani: sesudah triwulan berakhir, paling lambat pada hari kerja kelima.", fate=Fate.QUARTERLY),
    Key("Tempat", "tempat", Kind.TEXT, "Tempat penandatanganan, biasanya nama kecamatan.", named=proper_name),
    Key("Nama Camat", "nama_camat", Kind.TEXT, "Nama lengkap dengan gelar, seperti pada surat dinas.", named=person_name),
    Key("Jabatan", "jabatan", Kind.TEXT, "Jabatan penanda tangan: Camat dan nama kecamatan.", named=proper_name),
    Key("Pangkat/Golongan", "pangkat_golongan", Kind.TEXT, "Misalnya Pembina Tingkat I (IV/b). Boleh kosong.", filled=False),
    Key("NIP", "nip", Kind.TEXT, "18 angka, ditulis sebagai teks: tanggal lahir, bulan pengangkatan, jenis kelamin, nomor urut.", named=partial(bare_number, word="NIP")),
    Key("Pemberi Amanah", "pemberi_amanah", Kind.TEXT, "Pejabat yang menandatangani Perjanjian Kinerja bersama Camat: Bupati atau Penjabat Bupati."),
    Key("Peraturan Pelaporan", "peraturan_pelaporan", Kind.TEXT, "Peraturan yang mewajibkan laporan kinerja triwulan, lengkap dengan nomor, tahun, dan judulnya."),
    Key("Pasal Pelaporan", "pasal_pelaporan", Kind.TEXT, "Misalnya Pasal 4. Boleh kosong.", filled=False),
    Key("Peraturan Kedudukan", "peraturan_kedudukan", Kind.TEXT, "Peraturan tentang kedudukan, tugas, dan fungsi kecamatan, lengkap dengan nomor, tahun, dan judulnya."),
    Key("Pasal Kedudukan", "pasal_kedudukan", Kind.TEXT, "Misalnya Pasal 8. Boleh kosong.", filled=False),
    Key("Batas Hari Kerja", "batas_hari_kerja", Kind.WHOLE, "Laporan disampaikan paling lambat sekian hari kerja sesudah triwulan berakhir.", filled=False, default="5", least=1, most=60),
    Key("Desimal Persen", "desimal_persen", Kind.WHOLE, "Banyaknya angka di belakang koma pada persentase yang dicetak.", filled=False, choices=("0", "1", "2", "3", "4"), default="2", most=4),
    Key("Rumus Efisiensi", "rumus_efisiensi", Kind.CHOICE, f"{'; '.join(f'{each.name} = {each.help}' for each in FORMULAS.values())}.", filled=False, choices=tuple(FORMULAS), default=next(iter(FORMULAS))),
    Key("Rerata Anggaran", "rerata_anggaran", Kind.CHOICE, "rata-rata = rata-rata serapan program; tertimbang = jumlah realisasi dibagi jumlah pagu.", filled=False, choices=("rata-rata", "tertimbang"), default="rata-rata"),
    Key("Batas Capaian", "batas_capaian", Kind.CHOICE, "Capaian indikator tertinggi yang dicetak: tanpa batas, 100%, atau 120%.", filled=False, choices=("tanpa", "100", "120"), default="tanpa"),
    Key("Dasar Capaian", "dasar_capaian", Kind.CHOICE, "tahun = capaian diukur terhadap Target; triwulan = terhadap Target Triwulan.", filled=False, choices=("tahun", "triwulan"), default="tahun"),
    Key("Ukuran Kertas", "ukuran_kertas", Kind.CHOICE, "F4 (215 × 330 mm) atau A4.", filled=False, choices=("F4", "A4"), default="F4"),
    Key("Logo", "logo", Kind.TEXT, "Nama berkas gambar lambang daerah di folder buku kerja, misalnya logo.png; atau tempelkan gambar di sel ini. Boleh kosong.", filled=False),
    Key("Jenis Daerah", "jenis_daerah", Kind.CHOICE, "Kabupaten atau Kota; kepala daerahnya menjadi Bupati atau Wali Kota.", filled=False, choices=("Kabupaten", "Kota"), default="Kabupaten"),
    Key("Sebutan Kecamatan", "sebutan_kecamatan", Kind.TEXT, "Kecamatan, Distrik, Kapanewon, atau Kemantren.", filled=False, default="Kecamatan"),
    Key("Sebutan Camat", "sebutan_camat", Kind.TEXT, "Camat, Kepala Distrik, Panewu, atau Mantri Pamong Praja. Kosong berarti menurut Sebutan Kecamatan.", filled=False),
    Key("Sebutan Desa", "sebutan_desa", Kind.TEXT, "Desa, Kampung, Kalurahan, Nagari, Gampong, Pekon, dan sebagainya; Kelurahan bila tidak ada desa. Kosong berarti menurut Sebutan Kecamatan.", filled=False),
    Key("Tanggal PK Perubahan", "tanggal_pk_perubahan", Kind.DATE, "Tanggal Perjanjian Kinerja Perubahan; sejak triwulan yang memuatnya, Target Perubahan dan Anggaran Perubahan yang berlaku. Boleh kosong.", filled=False, fate=Fate.YEARLY),
)  # fmt: skip

# The other sheets -----------------------------------------------------------------------------------------

_JENIS = ", ".join(f"{kind.name} ({kind.help})" for kind in KINDS.values())


def _kinds_that(hold: Callable[[IndikatorKind], bool]) -> str:
    """The kinds of indicator of which something is true, in a sentence; those that are counted last."""
    kinds = sorted(filter(hold, KINDS.values()), key=lambda kind: kind.counted)
    return join_and([kind.name for kind in kinds])


SHEETS: tuple[Sheet, ...] = (
    Sheet("Tugas Fungsi", "tugas_fungsi", model.TugasFungsi, "Daftar tugas dan fungsi Camat yang dicetak pada BAB I.", (
        Column("No", "no", Kind.WHOLE, "Nomor urut.", 6, optional=True),
        Column("Uraian", "uraian", Kind.TEXT, "Satu tugas atau fungsi menurut peraturan.", 100, filled=True),
    ), prepared=15),
    Sheet("Indikator", "indikator", model.Indikator, "Satu baris satu indikator Perjanjian Kinerja.", (
        Column("No", "no", Kind.WHOLE, "Nomor indikator; dirujuk oleh lembar Anggaran dan Strategi.", 6, filled=True, least=1, most=1_000),
        Column("Sasaran", "sasaran", Kind.TEXT, "Sasaran menurut Perjanjian Kinerja. Bila satu sasaran mempunyai beberapa indikator, tulis sasarannya sama persis pada setiap baris.", 30, filled=True, fate=Fate.TEXT),
        Column("Indikator", "indikator", Kind.TEXT, "Nama indikator menurut Perjanjian Kinerja.", 34, filled=True, fate=Fate.TEXT),
        Column("Satuan", "satuan", Kind.TEXT, "%, nilai, indeks, rupiah, dan sebagainya.", 9, filled=True, examples=("%", "indeks", "desa")),
        Column("Arah", "arah", Kind.CHOICE, "naik = makin tinggi makin baik; turun = makin rendah makin baik.", 8, filled=True, choices=("naik", "turun")),
        Column("Target", "target", Kind.MEASURE, "Target setahun dalam satuannya; untuk jenis predikat boleh huruf (misalnya BB).", 10, filled=True, examples=("85%", "82,5", "BB"), fate=Fate.YEARLY),
        Column("Target Triwulan", "target_triwulan", Kind.MEASURE, "Target sampai dengan akhir triwulan ini, kumulatif: pada triwulan II sudah termasuk triwulan I. Ukuran capaian bila Dasar Capaian = triwulan; bila tahun, boleh kosong.", 10, optional=True, fate=Fate.QUARTERLY),
        Column("Jenis", "jenis", Kind.CHOICE, f"Cara menghitung realisasi: {_JENIS}.", 14, filled=True, choices=tuple(KINDS)),
        Column("Uraian Pembilang", "uraian_pembilang", Kind.TEXT, "Kalimat pembilang dalam kotak rumus.", 26, optional=True, fate=Fate.TEXT),
        Column("Pembilang", "pembilang", Kind.NUMBER, f"Wajib untuk jenis {_kinds_that(lambda kind: 'pembilang' in kind.needs)}. Untuk {_kinds_that(lambda kind: kind.counted)} boleh kosong: dihitung dari lembarnya.", 11, fate=Fate.QUARTERLY, nil=True),
        Column("Uraian Penyebut", "uraian_penyebut", Kind.TEXT, "Kalimat penyebut dalam kotak rumus.", 26, optional=True, fate=Fate.TEXT),
        Column("Penyebut", "penyebut", Kind.NUMBER, f"Wajib untuk jenis {_kinds_that(lambda kind: 'penyebut' in kind.needs)} (rencana setahun). Untuk dokumen desa boleh kosong: desa × dokumen.", 11),
        Column("Realisasi", "realisasi", Kind.MEASURE, f"Dihitung otomatis. Hanya untuk jenis {_kinds_that(lambda kind: not kind.computed)}: ketik angkanya atau hurufnya di sini.", 11, formula=REALISASI, fate=Fate.COMPUTED),
        Column("Capaian", "capaian", Kind.PERCENT, "Dihitung otomatis: realisasi dibagi target. Jangan diketik.", 11, formula=CAPAIAN_INDIKATOR, fate=Fate.COMPUTED, most=1_000_000),
        Column("Keterangan", "keterangan", Kind.TEXT, "Dicetak pada kolom keterangan tabel capaian.", 24, optional=True, fate=Fate.QUARTERLY),
        Column("Penjelasan", "penjelasan", Kind.TEXT, "Penjelasan capaian, faktor, atau kendala; dicetak pada BAB III.", 46, optional=True, fate=Fate.QUARTERLY),
        Column("Sumber Data", "sumber_data", Kind.TEXT, "Dari mana realisasinya diperoleh, misalnya Buku register Seksi Pemerintahan.", 30, optional=True, folded=True),
        Column("Penanggung Jawab", "penanggung_jawab", Kind.TEXT, "Seksi atau pejabat yang bertanggung jawab atas indikator ini.", 26, optional=True, folded=True),
        Column("Realisasi Tahun Lalu", "realisasi_tahun_lalu", Kind.MEASURE, "Realisasi sampai dengan triwulan yang sama tahun lalu, dalam satuan yang sama. Boleh kosong bila buku kerja triwulan itu disertakan dengan --prev.", 13, optional=True, folded=True, fate=Fate.QUARTERLY),
        Column("Target Akhir Renstra", "target_akhir_renstra", Kind.MEASURE, "Target pada tahun terakhir Renstra, dalam satuan yang sama.", 13, optional=True, folded=True, fate=Fate.YEARLY),
        *(
            Column(f"Target TW {roman(number)}", f"target_tw{number}", Kind.MEASURE, f"Target sampai dengan akhir triwulan {roman(number)}, kumulatif. Menjadi Target Triwulan bila kolom itu kosong.", 11, optional=True, folded=True, fate=Fate.YEARLY)
            for number in range(1, 5)
        ),
        Column("Target Perubahan", "target_perubahan", Kind.MEASURE, "Target setahun menurut Perjanjian Kinerja Perubahan; tanggalnya pada lembar Identitas. Kosong berarti tidak berubah.", 12, optional=True, folded=True, fate=Fate.YEARLY),
    ), prepared=10),
    Sheet("Anggaran", "anggaran", model.Anggaran, "Pagu dan realisasi setiap program; kegiatan dan sub kegiatan boleh ditulis di bawah programnya.", (
        Column("Kode", "kode", Kind.TEXT, "Kode nomenklatur, misalnya 7.01.02. Kegiatan dan sub kegiatan mempunyai kode yang lebih panjang.", 16, filled=True),
        Column("Program", "program", Kind.TEXT, "Nama program (atau kegiatan, sub kegiatan) menurut DPA.", 42, filled=True),
        Column("Indikator", "indikator", Kind.NUMBERS, "Nomor indikator pada lembar Indikator yang didukung program ini. Bila beberapa, pisahkan dengan titik koma; anggarannya dihitung pada sasaran indikator yang pertama.", 10, examples=("1", "1; 2"), least=1, most=1_000),
        Column("Indikator Program", "indikator_program", Kind.TEXT, "Indikator kinerja program itu sendiri.", 34, fate=Fate.TEXT),
        Column("Anggaran PK", "anggaran_pk", Kind.MONEY, "Anggaran menurut Perjanjian Kinerja.", 18, total=TOTAL_MONEY, fate=Fate.YEARLY, nil=True),
        Column("Sumber Dana", "sumber_dana", Kind.TEXT, "Misalnya DAU.", 10, optional=True),
        Column("Pagu", "pagu", Kind.MONEY, "Pagu menurut DPA yang berlaku pada akhir triwulan.", 18, filled=True, total=TOTAL_MONEY, fate=Fate.YEARLY, nil=True),
        Column("Realisasi", "realisasi", Kind.MONEY, "Realisasi dari 1 Januari sampai dengan akhir triwulan (kumulatif), bukan realisasi triwulan ini saja. Tulis 0 bila nihil.", 18, filled=True, total=TOTAL_MONEY, fate=Fate.QUARTERLY, nil=True),
        Column("Capaian", "capaian", Kind.PERCENT, "Dihitung otomatis: realisasi dibagi pagu. Jangan diketik.", 11, formula=SERAPAN, total=SERAPAN, fate=Fate.COMPUTED, most=1_000_000),
        Column("Target", "target", Kind.MEASURE, "Target kinerja program, bila diukur pada triwulan ini: persen, atau menurut Satuan.", 10, examples=("100%", "190"), fate=Fate.YEARLY),
        Column("Realisasi Kinerja", "realisasi_kinerja", Kind.MEASURE, "Realisasi kinerja program sampai dengan akhir triwulan, dalam satuan yang sama.", 11, examples=("25%", "46"), fate=Fate.QUARTERLY, nil=True),
        Column("Keterangan", "keterangan", Kind.TEXT, "Wajib bila Pagu berbeda dari Anggaran PK: sebutkan perubahan anggarannya.", 36, optional=True, fate=Fate.YEARLY_TEXT),  # holds for the year
        Column("Satuan", "satuan", Kind.TEXT, "Satuan Target dan Realisasi Kinerja, misalnya kasus, orang, dokumen. Kosong berarti %.", 12, optional=True, examples=("%", "kasus", "orang"), blank="%", folded=True),
        Column("Arah", "arah", Kind.CHOICE, "naik = makin tinggi makin baik; turun = makin rendah makin baik. Kosong berarti naik.", 10, optional=True, choices=("naik", "turun"), folded=True),
        Column("Penjelasan", "penjelasan", Kind.TEXT, "Sebab serapannya tertinggal dan apa yang dilakukan; dicetak pada BAB III.", 46, optional=True, fate=Fate.QUARTERLY),
        Column("Unit", "unit", Kind.TEXT, "Unit yang mempunyai anggaran sendiri, misalnya kelurahan; tulis juga pada kegiatan dan sub kegiatannya. Kosong berarti kecamatan itu sendiri.", 24, optional=True, examples=("Kelurahan Serua",), folded=True),
        Column("Realisasi Triwulan Ini", "realisasi_triwulan", Kind.MONEY, "Realisasi triwulan ini saja; realisasi s.d. triwulan lalu ditambah ini sama dengan Realisasi. Pengembalian belanja boleh membuatnya negatif.", 18, optional=True, folded=True, total=TOTAL_MONEY, fate=Fate.QUARTERLY, least=-(10**13), nil=True),
        *(
            Column(f"Rencana TW {roman(number)}", f"rencana_tw{number}", Kind.MONEY, f"Rencana penarikan pada triwulan {roman(number)} menurut anggaran kas, bukan kumulatif. Serapan dinilai terhadap jumlahnya.", 16, optional=True, folded=True, total=TOTAL_MONEY, fate=Fate.YEARLY, nil=True)
            for number in range(1, 5)
        ),
        Column("Anggaran Perubahan", "anggaran_perubahan", Kind.MONEY, "Anggaran menurut Perjanjian Kinerja Perubahan; tanggalnya pada lembar Identitas. Kosong berarti tidak berubah.", 18, optional=True, folded=True, total=TOTAL_MONEY, fate=Fate.YEARLY, nil=True),
    ), prepared=12, total_label="Program"),
    Sheet("Fasilitasi", "fasilitasi", model.Fasilitasi, "Catatan fasilitasi dan koordinasi, satu baris satu kegiatan, dari 1 Januari sampai dengan akhir triwulan.", (
        Column("No", "no", Kind.WHOLE, "Nomor urut.", 6, optional=True),
        Column("Jenis Fasilitasi", "jenis_fasilitasi", Kind.TEXT, "Apa yang difasilitasi, di mana atau untuk siapa.", 60, filled=True),
        Column("Tanggal", "tanggal", Kind.PERIOD, "Tanggal pelaksanaan. Bulan atau rentang diterima, tetapi tanggal yang pasti adalah bukti yang lebih kuat.", 26, filled=True, examples=("26/02/2024", "19 s.d. 26 Februari 2024", "Februari")),
        Column("Bukti Pendukung", "bukti_pendukung", Kind.TEXT, "Dokumen yang dapat ditunjukkan: berita acara, daftar hadir, notula, surat, dan sebagainya.", 40, filled=True),
        Column("Pelaksana", "pelaksana", Kind.TEXT, "Seksi atau pejabat pelaksana.", 26, filled=True),
        Column("Ditindaklanjuti", "ditindaklanjuti", Kind.CHOICE, "Ya bila hasilnya sudah ditindaklanjuti; hanya baris Ya yang dihitung.", 15, filled=True, choices=("Ya", "Tidak")),
    ), prepared=200, fate=Fate.YEARLY),
    Sheet("Dokumen", "dokumen", model.Dokumen, "Dokumen desa yang jatuh tempo pada tahun laporan dan dinilai ketepatan waktunya.", (
        Column("Dokumen", "dokumen", Kind.TEXT, "Nama dokumen; kolom dengan nama yang sama harus ada pada lembar Desa.", 16, filled=True, fate=Fate.TEXT),
        Column("Tahun Anggaran", "tahun_anggaran", Kind.WHOLE, "Tahun anggaran dokumen itu: RKPDesa dan APBDesa tahun sesudah tahun laporan, LPPDesa tahun sebelumnya.", 12, filled=True, fate=Fate.ROLLS, least=2000, most=2100),
        Column("Batas Waktu", "batas_waktu", Kind.DATE, "Tanggal terakhir dokumen dinilai tepat waktu.", 20, filled=True, fate=Fate.ROLLS),
        Column("Jenis Tanggal", "jenis_tanggal", Kind.CHOICE, "penetapan = tanggal Peraturan Desa ditetapkan; penyampaian = tanggal dokumen diterima.", 15, filled=True, choices=("penetapan", "penyampaian")),
        Column("Dasar Hukum", "dasar_hukum", Kind.TEXT, "Peraturan yang menetapkan batas waktunya.", 50, optional=True, fate=Fate.ROLLS),
        Column("Uraian", "uraian", Kind.TEXT, "Kalimat yang dicetak: kapan dokumen dinilai tepat waktu.", 70, optional=True, fate=Fate.ROLLS),
    ), prepared=5),
    Sheet("Desa", "desa", model.Desa, "Daftar semua desa di kecamatan, dengan satu kolom tanggal untuk setiap dokumen pada lembar Dokumen.", (
        Column("Kode", "kode", Kind.TEXT, "Kode desa menurut Kementerian Dalam Negeri. Boleh kosong.", 16, optional=True),
        Column("Desa", "desa", Kind.TEXT, "Nama desa tanpa kata “Desa”.", 24, filled=True, named=partial(proper_name, kinds=("Desa",))),
        Column("Keterangan", "keterangan", Kind.TEXT, "Misalnya sebab keterlambatan.", 40, optional=True, fate=Fate.YEARLY_TEXT),
    ), prepared=20, total_label="Desa"),
    Sheet("Strategi", "strategi", model.Strategi, "Strategi untuk mencapai target, satu baris satu langkah.", (
        Column("Indikator", "indikator", Kind.WHOLE, "Nomor indikator pada lembar Indikator.", 10, filled=True, least=1, most=1_000),
        Column("Strategi", "strategi", Kind.TEXT, "Langkah yang ditempuh pada triwulan ini.", 80, filled=True, fate=Fate.TEXT),
        Column("Waktu", "waktu", Kind.TEXT, "Misalnya Januari s.d. Maret 2024.", 26, optional=True, fate=Fate.ROLLS),
    ), prepared=20),
    Sheet("Tindak Lanjut", "tindak_lanjut", model.TindakLanjut, "Rencana tindak lanjut pada triwulan berikutnya, dan apa yang terjadi dengan rencana triwulan lalu.", (
        Column("No", "no", Kind.WHOLE, "Nomor urut.", 6, optional=True),
        Column("Uraian", "uraian", Kind.TEXT, "Apa yang akan dilakukan; jangan menyalin strategi.", 100, filled=True),
        Column("Penanggung Jawab", "penanggung_jawab", Kind.TEXT, "Seksi atau pejabat yang melaksanakannya.", 26, optional=True, folded=True),
        Column("Batas Waktu", "batas_waktu", Kind.PERIOD, "Kapan selesai: tanggal atau bulan pada triwulan berikutnya.", 22, optional=True, folded=True, examples=("15/05/2024", "Mei 2024")),
        Column("Asal Rencana", "asal", Kind.TEXT, "Hanya untuk rencana triwulan lalu: laporan yang memuatnya; diisi oleh lkt new --from. Kosong berarti rencana baru.", 26, optional=True, examples=("Triwulan I Tahun 2024",)),
        Column("Status", "status", Kind.CHOICE, "Hanya untuk rencana triwulan lalu: selesai, proses, atau belum.", 12, optional=True, choices=("selesai", "proses", "belum")),
    ), prepared=15, fate=Fate.QUARTERLY),
    Sheet("Kegiatan", "kegiatan", model.Kegiatan, "Kegiatan yang didokumentasikan pada lampiran.", (
        Column("No", "no", Kind.WHOLE, "Nomor urut.", 6, optional=True),
        Column("Kegiatan", "kegiatan", Kind.TEXT, "Nama kegiatan.", 40, filled=True),
        Column("Tanggal", "tanggal", Kind.PERIOD, "Tanggal atau rentang tanggal kegiatan.", 26, filled=True),
        Column("Uraian", "uraian", Kind.TEXT, "Satu atau dua kalimat.", 70, optional=True),
        Column("Foto", "foto", Kind.TEXT, "Nama berkas foto di folder buku kerja, misalnya foto-1.jpg; atau tempelkan gambar di sel ini.", 20, optional=True),
    ), prepared=15, fate=Fate.QUARTERLY),
    Sheet("Narasi", "narasi", model.Narasi, "Teks tambahan untuk laporan; boleh kosong. Laporan sudah menyusun kalimatnya sendiri dari angka.", (
        Column("Bagian", "bagian", Kind.CHOICE, "Penjelasan ditambahkan pada uraian capaian, Faktor Pendukung, Hambatan, dan Solusi pada evaluasi, Simpulan pada BAB IV, Dukungan Atasan (yang diminta dari atasan) pada ikhtisar.", 20, filled=True, choices=("Penjelasan", "Faktor Pendukung", "Hambatan", "Solusi", "Simpulan", "Dukungan Atasan")),
        Column("Teks", "teks", Kind.TEXT, "Satu paragraf atau satu butir.", 100, filled=True),
    ), required=False, prepared=12, fate=Fate.QUARTERLY),
    Sheet("Skala", "skala", model.Skala, "Skala predikat: untuk nilai (misalnya nilai SAKIP) dan untuk capaian indikator; boleh kosong bila tidak ada.", (
        Column("Predikat", "predikat", Kind.TEXT, "Huruf predikat, misalnya BB.", 12, filled=True),
        Column("Batas Bawah", "batas_bawah", Kind.NUMBER, "Nilai terendah predikat itu; dipakai sebagai nilainya.", 14, filled=True, most=1_000),
        Column("Untuk", "untuk", Kind.CHOICE, "Yang dinilai dengan predikat itu: nilai (indikator jenis predikat, misalnya nilai SAKIP) atau capaian (capaian indikator). Kosong berarti nilai.", 12, optional=True, choices=("nilai", "capaian")),
    ), required=False, prepared=15),
    Sheet("Pengecualian", "pengecualian", model.Pengecualian, "Temuan yang diterima oleh kantor, masing-masing dengan alasannya; boleh kosong.", (
        Column("Kode", "kode", Kind.TEXT, "Kode temuan, misalnya A104.", 10, filled=True),
        Column("Sel", "sel", Kind.TEXT, "Sel temuan, misalnya Anggaran!G4.", 22, filled=True),
        Column("Alasan", "alasan", Kind.TEXT, "Alasan temuan itu diterima; wajib.", 90, filled=True),
    ), required=False, prepared=15, fate=Fate.QUARTERLY),
)  # fmt: skip

SHEET: dict[str, Sheet] = {sheet.name: sheet for sheet in SHEETS}

SHEET_ORDER: tuple[str, ...] = (PETUNJUK, IDENTITAS, *SHEET)
"""The sheets of a standard workbook from left to right."""

DESA_DATE = Column(
    "",
    "tanggal",
    Kind.DATE,
    "Tanggal dokumen; jenis tanggal dan batas waktunya tertulis pada lembar Dokumen. Kosongkan bila belum ada.",
    20,
    total=DESA_ON_TIME,
    fate=Fate.YEARLY,  # a document of the next budget year has not come yet, whichever it is
)
"""The date column of sheet Desa that every row of sheet Dokumen adds; its heading is the document."""


def rows_with_columns(
    dataset: model.Dataset,
) -> Iterator[tuple[model.Row, list[tuple[Column, model.Cell[Any]]]]]:
    """Every row of a workbook with its columns and their cells; rows Jumlah too, where dates are counts."""
    dates = [replace(DESA_DATE, heading=row.dokumen.value or "") for row in dataset.dokumen]
    for sheet in SHEETS:
        for row in getattr(dataset, sheet.field):
            own = zip(dates, getattr(row, "tanggal", ()), strict=False) if sheet.field == "desa" else ()
            cells = dict(row.cells())
            yield row, [*((column, cells[column.field]) for column in sheet.columns), *own]
    if dataset.jumlah_anggaran is not None:
        cells = dict(dataset.jumlah_anggaran.cells())
        columns = (replace(column, filled=False, nil=False) for column in SHEET["Anggaran"].columns)
        yield dataset.jumlah_anggaran, [(column, cells[column.field]) for column in columns]
    if dataset.jumlah_desa is not None:
        counts = [replace(column, kind=Kind.WHOLE) for column in dates]
        yield dataset.jumlah_desa, list(zip(counts, dataset.jumlah_desa.tepat_waktu, strict=False))
