"""The recap as a Word document: every field that its template may use, its chart, and an example."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction
from functools import cache
from operator import attrgetter
from typing import Any, Literal

from lkt import __version__
from lkt.calendar import Triwulan
from lkt.files import source_file
from lkt.findings import Severity
from lkt.indonesian import format_date, format_percent, format_rupiah, normalize, round_half_up, squeeze
from lkt.recap.spreadsheet import heading
from lkt.recap.summary import Capaian, Ringkasan, Serapan, Status, Temuan
from lkt.recap.totals import DRAWN, ENDS, KEADAAN, LISTED, RecapRow, Rekap, combine, drawn, nama_triwulan
from lkt.report.figure_charts import EMU_PER_MM, INDONESIAN, at_end, percent_format, sentence
from lkt.report.seal import seal
from lkt.report.templates import FILTERS, shipped_template
from lkt.wordtemplate.contents import on_paper
from lkt.wordtemplate.document import Properties
from lkt.wordtemplate.fields import Field, Item, build, paths
from lkt.wordtemplate.lint import Known, ValueKind, kinds_of
from lkt.wordtemplate.template import compile_template
from lkt.wordtemplate.values import ROOM_MM, Chart, Label, Plot, Series, fit

# The chart of the recap: serapan of each kecamatan, the highest first; "" with nothing to draw ------------


_TOP, _FIGURE, _BELOW = Decimal(2), Decimal(16), Decimal(13)
_ROW, _TALLEST = Decimal("4.4"), Decimal(96)  # what page 2 has room for with 21 kecamatan on A4
_LEAST = Decimal("3.6")  # what a name and a figure need so that the next row does not touch them
_WIDTH = Decimal(175)  # of the text
_LETTER = Decimal("1.9")  # of a name, generously
_DARK, _DECIMALS = 1, 2


def absorption_chart(rekap: Rekap) -> Chart | Literal[""]:
    """Serapan of each kecamatan that has one, of the highest and the lowest where there are many."""
    rows = drawn(rekap.jumlah.terserap)
    if not rows:
        return ""
    known = [row.serapan for row in rows]
    values = tuple(round_half_up(value, _DECIMALS) for value in known)
    names = [squeeze(row.kecamatan) or "-" for row in rows]
    labels = fit([Label(name) for name in names], _ROW, max(_TALLEST, _LEAST * len(names)))
    longest = max(map(len, labels.names)) * _LETTER
    left = min(longest, ROOM_MM) + 4 + (_FIGURE if values[-1] < 0 else 0)
    whose = "setiap kecamatan" if len(rows) == len(rekap.jumlah.terserap) else "tertinggi dan terendah"
    told = [f"{name} {format_percent(value)}" for name, value in zip(names, known, strict=True)]
    return Chart(
        kind="bar",
        categories=labels.names,
        series=(Series("Serapan", values, _DARK, at_end(values)),),
        number_format=percent_format(_DECIMALS),
        axis_format=f'{INDONESIAN}0"%"',
        axis_title="",
        title="Grafik serapan anggaran menurut kecamatan",
        alt=sentence(f"Grafik batang serapan anggaran {whose}", told),
        width_emu=int(_WIDTH * EMU_PER_MM),
        height_emu=int((_TOP + labels.height + _BELOW) * EMU_PER_MM),
        plot=Plot(left, _TOP, _WIDTH - left - _FIGURE, labels.height),
    )


# Every field that the template of a recap may use: one line a field ---------------------------------------
#
# Values are printed text, counts, truth values and lists, as in ``lkt.report.catalogue``; the wording is the
# template's.


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


def _all(rekap: Rekap) -> Sequence[RecapRow]:
    return rekap.barisan[:LISTED]


def _rows_in(state: str) -> Callable[[Rekap], list[RecapRow]]:
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


# A small recap of a kabupaten that does not exist: one kecamatan in each state, to check templates with ---


_QUARTER, _DUE = Triwulan(2024, 1), date(2024, 4, 5)


def example_recap() -> Rekap:
    """The recap; no list of its fields is empty."""
    first = _kecamatan("35.99.01", "Sukamaju", 200_000_000)
    error = Temuan(Severity.ERROR, "A103", "Anggaran!H2", "Realisasi melebihi pagu.")
    rows = (
        first,
        replace(_kecamatan("35.99.02", "Sukamulya", 150_000_000), tanggal_laporan=date(2024, 4, 8)),
        replace(
            _kecamatan("35.99.03", "Sukajaya", 90_000_000), status=Status.KESALAHAN, daftar_temuan=(error,)
        ),
        replace(_kecamatan("35.99.04", "Sukarame", 80_000_000), status=Status.DRAF, daftar_temuan=(error,)),
        replace(_kecamatan("35.99.05", "Sukasari", 70_000_000), status=Status.GAGAL, tanggal_laporan=None),
        Ringkasan("", Status.BELUM, "Sukadana", "35.99.06"),
        Ringkasan("rusak.xlsx", Status.TIDAK_TERBACA, "rusak", pesan="Berkas rusak."),
        replace(first, status=Status.GANDA, berkas="sukamaju (salinan).xlsx"),
        replace(_kecamatan("35.99.07", "Sukaresmi", 60_000_000), triwulan=Triwulan(2023, 4)),
    )
    return combine(rows)


def _kecamatan(kode: str, nama: str, realisasi: int) -> Ringkasan:
    pagu, spent = Fraction(1_000_000_000), Fraction(realisasi)
    share = spent / pagu * 100
    index = Capaian(
        nomor="1",
        sasaran="Meningkatnya kualitas pelayanan",
        indikator="Indeks Kepuasan Masyarakat",
        satuan="nilai",
        target="85",
        realisasi="84",
        capaian=Fraction(8400, 85),
        tercapai=False,
    )
    return Ringkasan(
        berkas=f"{nama.lower()}.xlsx",
        status=Status.SELESAI,
        kecamatan=nama,
        kode=kode,
        kabupaten="Sukaraya",
        triwulan=_QUARTER,
        batas_lapor=_DUE,
        tanggal_laporan=_DUE,
        capaian=(index,),
        serapan=(Serapan("7.01.01", "Program Penunjang Urusan Pemerintahan", pagu, spent, share),),
        pagu=pagu,
        realisasi=spent,
        serapan_total=share,
        rerata_serapan=share,
    )


# ``rekap.docx``: the recap through the same engine as the reports -----------------------------------------


TEMPLATE = "rekap-bupati.docx"
"""The template that comes with the program."""


def rekap_docx(rekap: Rekap, template: bytes | None = None, name: str = TEMPLATE, paper: str = "F4") -> bytes:
    """The recap as a Word file; equal recaps and templates give equal bytes.

    Args:
        rekap: the recap.
        template: the template's bytes; None for the one that comes with the program.
        name: what the user calls the template, for messages.
        paper: ``F4`` or ``A4``.

    Raises:
        TemplateError: the template has mistakes, or a tag cannot be filled; each place is told.
    """
    data = shipped_template(TEMPLATE) if template is None else template
    compiled = compile_template(on_paper(data, paper, name), name, FILTERS, KNOWN)
    document = compiled.fill(build(FIELDS, rekap), properties=_properties(rekap))
    return seal(document, source_file(name, data), None, draft=False)


@cache
def example_values() -> dict[str, object]:
    """The values of all fields in the example recap, as a template sees them. Not to be changed."""
    return build(FIELDS, example_recap())


@cache
def known_kinds() -> ValueKind:
    """All fields of a recap, as a group without a name."""
    return kinds_of(FIELDS, example_values())


@cache
def fields_key() -> str:
    """A digest of the names of all fields, and of the version of the program."""
    text = "\n".join((__version__, "rekap", *paths(FIELDS)))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


KNOWN = Known(fields_key, known_kinds)
"""The fields of a recap, for the check of a template."""


def _properties(rekap: Rekap) -> Properties:
    return Properties(
        title=heading(rekap),
        subject="Rekapitulasi Laporan Kinerja Triwulan",
        author=f"Pemerintah Kabupaten {rekap.kabupaten}".strip(),
        created=datetime.combine(_day(rekap), time()),
    )


def _day(rekap: Rekap) -> date:
    """The last day on which a report was signed: the same workbooks give the same bytes on any day."""
    end = rekap.triwulan.akhir if rekap.triwulan else date(2000, 1, 1)
    return rekap.jumlah.tanggal_terakhir or end
