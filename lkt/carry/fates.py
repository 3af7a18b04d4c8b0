"""What becomes of every column when a workbook goes on to the next quarter: the one table that says so.

A new column of the declaration needs its line here; a test compares the two.
"""

from collections.abc import Mapping
from enum import Enum

from lkt.workbook.declaration import IDENTITAS, KEYS


class Fate(Enum):
    """What becomes of a cell."""

    STAYS = "comes along"
    TEXT = "comes along, and is pointed out where it names the old period"
    YEARLY_TEXT = "the same within a year; in a new year emptied"
    QUARTERLY = "emptied"
    YEARLY = "comes along within a year; in a new year emptied"
    ROLLS = "goes on with the quarter or the year"
    COMPUTED = "the live formula comes along; what was typed over it is emptied"


ROWS: Mapping[str, Fate] = {
    "Fasilitasi": Fate.YEARLY,
    "Tindak Lanjut": Fate.QUARTERLY,
    "Kegiatan": Fate.QUARTERLY,
    "Narasi": Fate.QUARTERLY,
    "Pengecualian": Fate.QUARTERLY,
}
"""The sheets whose rows are emptied as a whole; a finding accepted last quarter is decided anew."""

_MOVING = {"tahun": Fate.ROLLS, "triwulan": Fate.ROLLS, "tanggal_laporan": Fate.QUARTERLY}

COLUMNS: Mapping[str, Mapping[str, Fate]] = {
    IDENTITAS: {key.field: _MOVING.get(key.field, Fate.STAYS) for key in KEYS},
    "Tugas Fungsi": {"no": Fate.STAYS, "uraian": Fate.STAYS},
    "Indikator": {
        "no": Fate.STAYS,
        "sasaran": Fate.TEXT,
        "indikator": Fate.TEXT,
        "satuan": Fate.STAYS,
        "arah": Fate.STAYS,
        "target": Fate.YEARLY,
        "target_triwulan": Fate.QUARTERLY,
        "jenis": Fate.STAYS,
        "uraian_pembilang": Fate.TEXT,
        "pembilang": Fate.QUARTERLY,
        "uraian_penyebut": Fate.TEXT,
        "penyebut": Fate.STAYS,
        "realisasi": Fate.COMPUTED,
        "capaian": Fate.COMPUTED,
        "keterangan": Fate.QUARTERLY,
        "penjelasan": Fate.QUARTERLY,
    },
    "Anggaran": {
        "kode": Fate.STAYS,
        "program": Fate.STAYS,
        "indikator": Fate.STAYS,
        "indikator_program": Fate.TEXT,
        "anggaran_pk": Fate.YEARLY,
        "sumber_dana": Fate.STAYS,
        "pagu": Fate.YEARLY,
        "realisasi": Fate.QUARTERLY,
        "capaian": Fate.COMPUTED,
        "target": Fate.YEARLY,
        "realisasi_kinerja": Fate.QUARTERLY,
        "keterangan": Fate.YEARLY_TEXT,  # why Pagu differs from Anggaran PK, which holds for the year
    },
    "Fasilitasi": dict.fromkeys(
        ("no", "jenis_fasilitasi", "tanggal", "bukti_pendukung", "pelaksana", "ditindaklanjuti"), Fate.STAYS
    ),
    "Dokumen": {
        "dokumen": Fate.TEXT,
        "tahun_anggaran": Fate.ROLLS,
        "batas_waktu": Fate.ROLLS,
        "jenis_tanggal": Fate.STAYS,
        "dasar_hukum": Fate.ROLLS,
        "uraian": Fate.ROLLS,
    },
    "Desa": {
        "kode": Fate.STAYS,
        "desa": Fate.STAYS,
        "keterangan": Fate.YEARLY_TEXT,
        "tanggal": Fate.YEARLY,  # a document of the next budget year has not come yet, whichever it is
    },
    "Strategi": {"indikator": Fate.STAYS, "strategi": Fate.TEXT, "waktu": Fate.ROLLS},
    "Tindak Lanjut": {"no": Fate.STAYS, "uraian": Fate.QUARTERLY},
    "Kegiatan": {
        "no": Fate.STAYS,
        "kegiatan": Fate.QUARTERLY,
        "tanggal": Fate.QUARTERLY,
        "uraian": Fate.QUARTERLY,
        "foto": Fate.QUARTERLY,
    },
    "Narasi": {"bagian": Fate.QUARTERLY, "teks": Fate.QUARTERLY},
    "Skala": {"predikat": Fate.STAYS, "batas_bawah": Fate.STAYS, "untuk": Fate.STAYS},
    "Pengecualian": {"kode": Fate.QUARTERLY, "sel": Fate.QUARTERLY, "alasan": Fate.QUARTERLY},
}
"""Sheet -> field -> fate; ``tanggal`` of Desa stands for the date columns of all documents."""

BY_JENIS: Mapping[tuple[str, str], Fate] = {
    ("nilai", "realisasi"): Fate.QUARTERLY,
    ("predikat", "realisasi"): Fate.QUARTERLY,
    ("rasio", "penyebut"): Fate.QUARTERLY,  # counted since 1 January, as Pembilang is
    ("fasilitasi", "penyebut"): Fate.YEARLY,  # the plan of the year
}
"""(Jenis, field) of sheet Indikator -> fate, where it is another than the column's."""


def is_emptied(fate: Fate, *, new_year: bool) -> bool:
    """Whether what stands in the cell is not taken along."""
    return fate is Fate.QUARTERLY or (new_year and fate in {Fate.YEARLY, Fate.YEARLY_TEXT})
