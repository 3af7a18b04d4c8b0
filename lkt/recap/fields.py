"""Every field that the template of a recap may use: one line a field.

Values are printed text, counts, truth values and lists, as in ``lkt.report.catalogue``; the wording is the
template's.
"""

from collections.abc import Callable, Sequence
from datetime import date
from fractions import Fraction
from operator import attrgetter
from typing import Any

from lkt.bahasa import format_date, format_percent, format_rupiah, normalize
from lkt.findings import Severity
from lkt.recap.barisan import Baris, nama_triwulan
from lkt.recap.grafik import absorption_chart
from lkt.recap.keadaan import KEADAAN
from lkt.recap.rekap import DRAWN, ENDS, LISTED, Rekap
from lkt.report.templatefields import Field, Item


def _percent(value: Fraction | None) -> str:
    return "-" if value is None else format_percent(value)


def _money(value: Fraction | None) -> str:
    return "-" if value is None else format_rupiah(value)


def _date(day: date | None) -> str:
    return "-" if day is None else format_date(day)


def _attribute(name: str, meaning: str, path: str, show: Callable[[Any], object] = str) -> Field:
    """A field that prints an attribute of a row."""
    get = attrgetter(path)
    return Field(name, meaning, lambda item: show(get(item.value)))


# Which kecamatan -------------------------------------------------------------------------------------------


def _all(rekap: Rekap) -> Sequence[Baris]:
    return rekap.barisan[:LISTED]


def _rows_in(state: str) -> Callable[[Rekap], list[Baris]]:
    return lambda rekap: [rekap.barisan[number - 1] for number in rekap.jumlah.keadaan[state][:LISTED]]


def _number_in(state: str) -> Callable[[Rekap], int]:
    return lambda rekap: len(rekap.jumlah.keadaan[state])


def _edge(place: int) -> Callable[[Rekap], Item]:
    """The kecamatan of the highest (0) or lowest (-1) serapan; of none where there are no two that differ."""

    def value(rekap: Rekap) -> Item:
        rows = rekap.jumlah.terserap
        telling = bool(rows) and rows[0].serapan != rows[-1].serapan
        return Item(rekap, rows[place] if telling else None, 1)

    return value


def _code(item: Item) -> str:
    return "" if item.value.kode == normalize(item.value.program) else item.value.kode


# The fields ------------------------------------------------------------------------------------------------

PERIODE = (
    Field(
        "triwulan",
        "Triwulan dengan angka Romawi; kosong bila tidak terbaca.",
        lambda rekap: rekap.triwulan.roman if rekap.triwulan else "",
    ),
    Field(
        "tahun",
        "Tahun anggaran; kosong bila tidak terbaca.",
        lambda rekap: str(rekap.triwulan.tahun) if rekap.triwulan else "",
    ),
    Field(
        "nama",
        "Nama triwulan: Triwulan I Tahun 2024; kosong bila tidak terbaca.",
        lambda rekap: nama_triwulan(rekap.triwulan),
    ),
    Field(
        "akhir",
        "Hari terakhir triwulan.",
        lambda rekap: _date(rekap.triwulan.akhir if rekap.triwulan else None),
    ),
    Field(
        "batas_lapor",
        "Tanggal terakhir penyampaian laporan, menurut sebagian besar kecamatan.",
        lambda rekap: _date(rekap.jumlah.batas_lapor),
    ),
)

JUMLAH = (
    Field("baris", "Banyaknya buku kerja dan kecamatan tanpa buku kerja.", attrgetter("jumlah.baris")),
    Field("kecamatan", "Banyaknya kecamatan, masing-masing sekali.", attrgetter("jumlah.kecamatan")),
    *(Field(name, f"Banyaknya kecamatan {meaning}.", _number_in(name)) for name, meaning, _ in KEADAAN),
    Field(
        "terserap",
        "Banyaknya kecamatan yang serapannya diketahui.",
        lambda rekap: len(rekap.jumlah.terserap),
    ),
    Field("program", "Banyaknya program.", lambda rekap: len(rekap.jumlah.program)),
    Field("indikator", "Banyaknya indikator.", lambda rekap: len(rekap.jumlah.indikator)),
)

KECAMATAN = (
    _attribute("nomor", "Nomor urut.", "nomor"),
    _attribute("kode", "Kode kecamatan; boleh kosong.", "ringkasan.kode"),
    _attribute("nama", "Nama kecamatan, atau nama berkasnya bila tidak terbaca.", "ringkasan.kecamatan"),
    _attribute(
        "status",
        "Keadaan laporannya: selesai, ada kesalahan, belum menyerahkan, dan seterusnya.",
        "ringkasan.status.value",
    ),
    _attribute("dihitung", "Benar bila angkanya masuk rekap.", "dihitung", bool),
    _attribute("ketepatan", "Tepat waktu, atau terlambat berapa hari.", "ketepatan"),
    Field(
        "hari_terlambat",
        "Banyaknya hari keterlambatan; 0 bila tepat waktu.",
        lambda item: item.value.terlambat or 0,
    ),
    Field("kesalahan", "Banyaknya kesalahan.", lambda item: item.value.ringkasan.jumlah(Severity.ERROR)),
    Field("peringatan", "Banyaknya peringatan.", lambda item: item.value.ringkasan.jumlah(Severity.WARNING)),
    _attribute("capaian", "Rata-rata capaian indikatornya.", "capaian", _percent),
    _attribute("pagu", "Pagu programnya.", "pagu", _money),
    _attribute("realisasi", "Realisasi programnya.", "realisasi", _money),
    _attribute("serapan", "Realisasi dibagi pagu.", "serapan", _percent),
    Field(
        "triwulan_lain",
        "Nama triwulan buku kerjanya bila bukan triwulan rekap; kosong bila sama.",
        lambda item: nama_triwulan(item.value.lain),
    ),
    _attribute("masalah", "Yang perlu ditindaklanjuti; kosong bila tidak ada.", "masalah"),
    _attribute("catatan", "Keterangan lain.", "ringkasan.catatan"),
    _attribute(
        "berkas",
        "Nama berkas buku kerjanya, dengan foldernya bila tidak semua berada dalam satu folder; kosong bila belum ada.",
        "berkas",
    ),
)

PROGRAM = (
    Field("nomor", "Nomor urut.", lambda item: str(item.nomor)),
    Field("kode", "Kode program; boleh kosong.", _code),
    _attribute("nama", "Nama program.", "program"),
    _attribute("kecamatan", "Banyaknya kecamatan yang memilikinya.", "kecamatan", int),
    _attribute("pagu", "Pagu di seluruh kecamatan.", "pagu", _money),
    _attribute("realisasi", "Realisasi di seluruh kecamatan.", "realisasi", _money),
    _attribute("serapan", "Realisasi dibagi pagu.", "serapan", _percent),
)

INDIKATOR = (
    Field("nomor", "Nomor urut.", lambda item: str(item.nomor)),
    _attribute("nama", "Nama indikator.", "indikator"),
    _attribute("kecamatan", "Banyaknya kecamatan yang capaiannya diketahui.", "kecamatan", int),
    _attribute("tercapai", "Banyaknya kecamatan yang mencapai target.", "tercapai", int),
    _attribute("rerata", "Rata-rata capaian.", "rerata", _percent),
    _attribute("terendah", "Capaian terendah.", "terendah", _percent),
    _attribute("tertinggi", "Capaian tertinggi.", "tertinggi", _percent),
)

TERUJUNG = (
    Field(
        "kecamatan",
        "Nama kecamatannya; kosong bila tidak ada dua kecamatan yang serapannya berbeda.",
        lambda item: item.value.kecamatan if item.value else "",
    ),
    Field("serapan", "Serapannya.", lambda item: _percent(item.value.serapan if item.value else None)),
)

FIELDS: Sequence[Field] = (
    Field("kabupaten", "Nama kabupaten; kosong bila tidak terbaca.", lambda rekap: rekap.kabupaten),
    Field("periode", "Triwulan yang direkap.", lambda rekap: rekap, PERIODE),
    Field("jumlah", "Banyaknya kecamatan menurut keadaannya.", lambda rekap: rekap, JUMLAH),
    Field(
        "batas_daftar",
        "Butir terbanyak dalam sebuah daftar; selebihnya hanya ada di rekap.xlsx.",
        lambda _: LISTED,
    ),
    Field(
        "batas_grafik",
        "Kecamatan terbanyak dalam grafik; bila ada lebih banyak, hanya yang tertinggi dan yang terendah.",
        lambda _: DRAWN,
    ),
    Field(
        "ujung_grafik",
        "Banyaknya kecamatan tertinggi, dan terendah, dalam grafik yang tidak memuat semuanya.",
        lambda _: ENDS,
    ),
    Field("kecamatan", "Kecamatan menurut kode dan nama.", _all, KECAMATAN, many=True),
    *(
        Field(name, f"Kecamatan {meaning}.", _rows_in(name), KECAMATAN, many=True)
        for name, meaning, _ in KEADAAN
    ),
    Field(
        "rerata_capaian",
        "Rata-rata capaian semua kecamatan yang dihitung.",
        lambda rekap: _percent(rekap.jumlah.rerata_capaian),
    ),
    Field("pagu", "Pagu semua kecamatan.", lambda rekap: _money(rekap.pagu)),
    Field("realisasi", "Realisasi semua kecamatan.", lambda rekap: _money(rekap.realisasi)),
    Field("serapan", "Realisasi dibagi pagu semua kecamatan.", lambda rekap: _percent(rekap.serapan)),
    Field("serapan_tertinggi", "Kecamatan dengan serapan tertinggi.", _edge(0), TERUJUNG),
    Field("serapan_terendah", "Kecamatan dengan serapan terendah.", _edge(-1), TERUJUNG),
    Field(
        "program",
        "Program menurut kodenya.",
        lambda rekap: rekap.jumlah.program[:LISTED],
        PROGRAM,
        many=True,
    ),
    Field(
        "indikator",
        "Daftar indikator.",
        lambda rekap: rekap.jumlah.indikator[:LISTED],
        INDIKATOR,
        many=True,
    ),
    Field(
        "grafik_serapan",
        "Grafik serapan menurut kecamatan; kosong bila tidak ada angkanya.",
        absorption_chart,
    ),
)
