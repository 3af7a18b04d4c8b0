"""The blank standard workbook of a kecamatan, with what a new workbook already knows."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from lkt.errors import LktError
from lkt.figures import Computed, Figure, HasilProgram
from lkt.indicators import compute
from lkt.indonesian import squeeze
from lkt.model import Cell, Dataset
from lkt.workbook.opening import grids_of
from lkt.workbook.reader import read_grids
from lkt.workbook.writer import Contents, Row, write_workbook

if TYPE_CHECKING:
    from lkt.workbook.styles import Value

# What a new workbook already knows: the usual duties, programmes, documents and scale ---------------------
#
# All of it is a start that the office adapts; nothing of one kabupaten stands here.


# Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah, Pasal 225, in our own wording.
_DUTIES = (
    "Menyelenggarakan urusan pemerintahan umum di wilayah kecamatan",
    "Mengoordinasikan kegiatan pemberdayaan masyarakat",
    "Mengoordinasikan upaya menjaga ketenteraman dan ketertiban umum",
    "Mengoordinasikan penerapan dan penegakan Peraturan Daerah dan Peraturan Kepala Daerah",
    "Mengoordinasikan pemeliharaan prasarana dan sarana pelayanan umum",
    "Mengoordinasikan kegiatan pemerintahan yang dilaksanakan perangkat daerah di kecamatan",
    "Membina dan mengawasi penyelenggaraan kegiatan desa dan kelurahan",
    "Melaksanakan urusan pemerintahan kabupaten yang tidak dilaksanakan oleh unit kerja lain di kecamatan",
    "Melaksanakan sebagian kewenangan Bupati yang dilimpahkan kepada Camat",
    "Melaksanakan tugas lain menurut ketentuan peraturan perundang-undangan",
)

# Peraturan Menteri Dalam Negeri Nomor 90 Tahun 2019, unsur kewilayahan; spelled as in its annex.
_PROGRAMS = (
    ("7.01.01", "Program Penunjang Urusan Pemerintahan Daerah Kabupaten/Kota"),
    ("7.01.02", "Program Penyelenggaraan Pemerintahan dan Pelayanan Publik"),
    ("7.01.03", "Program Pemberdayaan Masyarakat Desa dan Kelurahan"),
    ("7.01.04", "Program Koordinasi Ketentraman dan Ketertiban Umum"),
    ("7.01.05", "Program Penyelenggaraan Urusan Pemerintahan Umum"),
    ("7.01.06", "Program Pembinaan dan Pengawasan Pemerintahan Desa"),
)

_MINISTER = "Peraturan Menteri Dalam Negeri"
# Peraturan Menteri PANRB Nomor 88 Tahun 2021: predikat of SAKIP.
_SCALE = (("AA", 90), ("A", 80), ("BB", 70), ("B", 60), ("CC", 50), ("C", 30), ("D", 0))
# Peraturan Menteri Dalam Negeri Nomor 86 Tahun 2017: scale of capaian kinerja.
_SCALE_OF_CAPAIAN = (
    ("Sangat Tinggi", 91),
    ("Tinggi", 76),
    ("Sedang", 66),
    ("Rendah", 51),
    ("Sangat Rendah", 0),
)


def new_contents(
    kecamatan: str,
    tahun: int,
    triwulan: int,
    *,
    kabupaten: str = "",
    kode: str = "",
    desa: Sequence[tuple[str, str]] = (),
) -> Contents:
    """The contents of a new workbook.

    Args:
        kecamatan: its name without the word Kecamatan.
        tahun: the year reported on.
        triwulan: 1 to 4.
        kabupaten: its name without the word Kabupaten.
        kode: the code of the kecamatan.
        desa: code and name of each desa.
    """
    known: dict[str, Value] = {
        "Kabupaten": kabupaten,
        "Kecamatan": kecamatan,
        "Kode Kecamatan": kode,
        "Tahun": tahun,
        "Triwulan": triwulan,
        "Tempat": kecamatan,
        "Jabatan": f"Camat {kecamatan}" if kecamatan else "",
        "Pemberi Amanah": f"Bupati {kabupaten}" if kabupaten else "",
    }
    return {
        "Identitas": [{"Isian": label, "Nilai": value} for label, value in known.items()],
        "Tugas Fungsi": [{"No": number, "Uraian": duty} for number, duty in enumerate(_DUTIES, 1)],
        "Anggaran": [{"Kode": code, "Program": name} for code, name in _PROGRAMS],
        "Dokumen": _documents(tahun),
        "Desa": [{"Kode": code, "Desa": name} for code, name in desa],
        "Skala": [*_scale("nilai", _SCALE), *_scale("capaian", _SCALE_OF_CAPAIAN)],
    }


def _scale(rated: str, grades: Sequence[tuple[str, int]]) -> list[Row]:
    return [{"Predikat": grade, "Batas Bawah": bound, "Untuk": rated} for grade, bound in grades]


def _documents(year: int) -> list[Row]:
    """The village documents whose deadline lies in the year."""
    return [
        {
            "Dokumen": "RKPDesa",
            "Tahun Anggaran": year + 1,
            "Batas Waktu": date(year, 9, 30),
            "Jenis Tanggal": "penetapan",
            "Dasar Hukum": f"{_MINISTER} Nomor 114 Tahun 2014 tentang Pedoman Pembangunan Desa",
            "Uraian": (
                "RKPDesa tepat waktu apabila ditetapkan dengan Peraturan Desa paling lambat akhir bulan "
                "September sebelum tahun anggarannya."
            ),
        },
        {
            "Dokumen": "APBDesa",
            "Tahun Anggaran": year + 1,
            "Batas Waktu": date(year, 12, 31),
            "Jenis Tanggal": "penetapan",
            "Dasar Hukum": f"{_MINISTER} Nomor 20 Tahun 2018 tentang Pengelolaan Keuangan Desa",
            "Uraian": (
                "APBDesa tepat waktu apabila ditetapkan dengan Peraturan Desa paling lambat tanggal "
                "31 Desember sebelum tahun anggarannya."
            ),
        },
        {
            "Dokumen": "LPPDesa",
            "Tahun Anggaran": year - 1,
            "Batas Waktu": date(year, 3, 31),
            "Jenis Tanggal": "penyampaian",
            "Dasar Hukum": f"{_MINISTER} Nomor 46 Tahun 2016 tentang Laporan Kepala Desa",
            "Uraian": (
                "LPPDesa tepat waktu apabila disampaikan secara tertulis oleh Kepala Desa kepada Bupati "
                "melalui Camat paling lambat tiga bulan setelah tahun anggaran berakhir."
            ),
        },
    ]


# What the live formulas of a workbook show: from its figures to the values of its derived cells -----------


DerivedValue = float | str


def derived_values(dataset: Dataset, computed: Computed) -> dict[tuple[str, str], DerivedValue]:
    """(sheet, cell) -> value of each derived cell, in the units in which the cell holds it.

    Percent cells hold a fraction; Realisasi holds percentage points; "" stands where there is no value.
    """
    return {(cell.ref.sheet, cell.ref.cell): value for cell, value in _cells(dataset, computed)}


def _cells(dataset: Dataset, computed: Computed) -> Iterator[tuple[Cell[Any], DerivedValue]]:
    for indicator in computed.indikator:
        row = indicator.baris
        if indicator.sifat is None or indicator.computed:
            yield row.realisasi, _value(indicator.realisasi)
        yield row.capaian, _value(indicator.capaian, 100)
    for program in computed.program:
        yield from _program(program)
    yield from _totals(dataset, computed)


def _program(program: HasilProgram) -> Iterator[tuple[Cell[Any], DerivedValue]]:
    yield program.baris.capaian, _value(program.serapan, 100)
    for row in program.rincian:
        yield from _program(row)


def _totals(dataset: Dataset, computed: Computed) -> Iterator[tuple[Cell[Any], DerivedValue]]:
    budget, row = computed.anggaran, dataset.jumlah_anggaran
    if row is not None and budget is not None:
        # SUMPRODUCT gives 0 where nothing is filled in yet
        yield row.anggaran_pk, _value(budget.anggaran_pk) or 0.0
        yield row.pagu, _value(budget.pagu) or 0.0
        yield row.realisasi, _value(budget.realisasi) or 0.0
        yield row.capaian, _value(budget.tertimbang, 100)
    if dataset.jumlah_desa is not None:
        for cell, document in zip(dataset.jumlah_desa.tepat_waktu, computed.dokumen, strict=False):
            yield cell, _value(document.jumlah) or 0.0


def _value(figure: Figure, per: int = 1) -> DerivedValue:
    try:
        return "" if figure.value is None else float(figure.value / Fraction(per))
    except OverflowError:  # an amount of 309 digits, which no cell can hold as a number
        return ""


# The blank standard workbook of a kecamatan, with figures already in its live formulas --------------------


_CODED = re.compile(r"(?P<kode>[\d.]{5,})\s+(?P<nama>.+)")


def new_workbook(
    kecamatan: str,
    tahun: int,
    triwulan: int,
    *,
    kabupaten: str = "",
    kode: str = "",
    desa: Sequence[str] = (),
) -> bytes:
    """A blank workbook for one kecamatan and quarter, as a .xlsx file.

    Args:
        kecamatan: its name.
        tahun: the year.
        triwulan: 1 to 4.
        kabupaten: name of the kabupaten; may be empty.
        kode: code of the kecamatan; may be empty.
        desa: the names of its desa, each with its code before it where known: ``11.01.01.2001 Sukamaju``.

    Raises:
        LktError: the name of the kecamatan is blank.
    """
    if not squeeze(kecamatan):
        raise LktError("Nama kecamatan kosong.", "Sebutkan namanya: --kecamatan NAMA")
    kecamatan, kabupaten, kode = map(squeeze, (kecamatan, kabupaten, kode))
    roster = [_desa(text) for text in desa]
    return filled_workbook(
        new_contents(kecamatan, tahun, triwulan, kabupaten=kabupaten, kode=kode, desa=roster)
    )


def filled_workbook(contents: Contents, *, spare: bool = True) -> bytes:
    """A standard workbook of the contents.

    It is written twice: the first is read and worked out, so that the formulas of the second carry their
    values and a viewer that does not calculate shows figures too.
    """
    first = read_grids(grids_of(write_workbook(contents, spare=spare)))
    return write_workbook(contents, derived_values(first, compute(first)), spare=spare)


def _desa(text: str) -> tuple[str, str]:
    """Code and name of a desa."""
    match = _CODED.fullmatch(squeeze(text))
    return (match["kode"], match["nama"]) if match else ("", squeeze(text))
