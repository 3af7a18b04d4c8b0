"""``rekap.docx``: the recap as a Word document, through the same engine as the reports."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction
from functools import cache
from operator import attrgetter
from typing import Any, Literal

from lkt.calendar import Triwulan
from lkt.files import source_file
from lkt.findings import Finding, Severity
from lkt.indonesian import format_date, format_percent, format_rupiah, round_half_up, squeeze
from lkt.model import Ref
from lkt.recap.summary import Status, Summary, SummaryIndicator, SummaryProgram
from lkt.recap.totals import DRAWN, ENDS, LISTED, STATES, Recap, RecapRow, combine, drawn
from lkt.report.chart_labels import ROOM_MM, Label, fit
from lkt.report.figure_charts import EMU_PER_MM, INDONESIAN, at_end, percent_format, sentence
from lkt.report.seal import seal
from lkt.report.templates import FILTERS, shipped_template
from lkt.wordtemplate import (
    Catalogue,
    Chart,
    Field,
    Plot,
    Properties,
    Series,
    build,
    compile_template,
    on_paper,
)

TEMPLATE = "rekap-bupati.docx"
"""The template that comes with the program."""
_PAPER = "F4"


def rekap_docx(recap: Recap, template: bytes | None = None, name: str = TEMPLATE) -> bytes:
    """The recap as a Word file; equal recaps and templates give equal bytes.

    Args:
        recap: the recap.
        template: the template's bytes; None for the one that comes with the program.
        name: what the user calls the template, for messages.

    Raises:
        TemplateError: the template has mistakes, or a tag cannot be filled; each place is told.
    """
    data = shipped_template(TEMPLATE) if template is None else template
    compiled = compile_template(on_paper(data, _PAPER, name), name, FILTERS, KNOWN)
    document = compiled.fill(build(FIELDS, recap), properties=_properties(recap))
    return seal(document, source_file(name, data), None, draft=False)


def _properties(recap: Recap) -> Properties:
    return Properties(
        title=recap.heading,
        subject="Rekapitulasi Laporan Kinerja Triwulan",
        author=f"Pemerintah {recap.daerah or recap.terms.daerah}",
        created=datetime.combine(_day(recap), time()),
    )


def _day(recap: Recap) -> date:
    """The last day on which a report was signed: the same workbooks give the same bytes on any day."""
    end = recap.triwulan.akhir if recap.triwulan else date(2000, 1, 1)
    return recap.totals.last_signed or end


# The chart of the recap: serapan of each kecamatan, the highest first; "" with nothing to draw ------------

_TOP, _FIGURE, _BELOW = Decimal(2), Decimal(16), Decimal(13)
_ROW, _TALLEST = Decimal("4.4"), Decimal(96)  # what page 2 has room for with 21 kecamatan on A4
_LEAST = Decimal("3.6")  # what a name and a figure need so that the next row does not touch them
_WIDTH = Decimal(175)  # of the text
_LETTER = Decimal("1.9")  # of a name, generously
_DARK, _DECIMALS = 1, 2


def absorption_chart(recap: Recap) -> Chart | Literal[""]:
    """Serapan of each kecamatan that has one, of the highest and the lowest where there are many."""
    rows = drawn(recap.totals.absorbed)
    if not rows:
        return ""
    known = [row.summary.serapan for row in rows if row.summary.serapan is not None]
    values = tuple(round_half_up(value, _DECIMALS) for value in known)
    names = [squeeze(row.summary.kecamatan) or "-" for row in rows]
    labels = fit([Label(name) for name in names], _ROW, max(_TALLEST, _LEAST * len(names)))
    longest = max(map(len, labels.names)) * _LETTER
    left = min(longest, ROOM_MM) + 4 + (_FIGURE if values[-1] < 0 else 0)
    kind = recap.terms.kecamatan.lower()
    whose = f"setiap {kind}" if len(rows) == len(recap.totals.absorbed) else "tertinggi dan terendah"
    told = [f"{name} {format_percent(value)}" for name, value in zip(names, known, strict=True)]
    return Chart(
        kind="bar",
        categories=labels.names,
        series=(Series("Serapan", values, _DARK, at_end(values)),),
        number_format=percent_format(_DECIMALS),
        axis_format=f'{INDONESIAN}0"%"',
        axis_title="",
        title=f"Grafik serapan anggaran menurut {kind}",
        alt=sentence(f"Grafik batang serapan anggaran {whose}", told),
        width_emu=int(_WIDTH * EMU_PER_MM),
        height_emu=int((_TOP + labels.height + _BELOW) * EMU_PER_MM),
        plot=Plot(left, _TOP, _WIDTH - left - _FIGURE, labels.height),
    )


# Every field that the template of a recap may use ---------------------------------------------------------
#
# Values are printed text, counts, truth values and lists, as in ``lkt.report.catalogue``; the wording is the
# template's.


def _percent(value: Fraction | None) -> str:
    return "-" if value is None else format_percent(value)


def _money(value: Fraction | None) -> str:
    return "-" if value is None else format_rupiah(value)


def _of_quarter(name: str, meaning: str, show: Callable[[Triwulan], str], unknown: str = "") -> Field:
    """A field of the quarter that is recapped."""
    return Field(name, meaning, lambda recap: show(recap.triwulan) if recap.triwulan else unknown)


def _attribute(name: str, meaning: str, path: str, show: Callable[[Any], object] = str) -> Field:
    """A field that prints an attribute of an item of a list."""
    get = attrgetter(path)
    return Field(name, meaning, lambda item: show(get(item.value)))


def _list(
    name: str, meaning: str, rows: Callable[[Recap], Sequence[Any]], fields: tuple[Field, ...]
) -> Field:
    """A list of the first ``LISTED`` rows."""
    return Field(name, meaning, lambda recap: rows(recap)[:LISTED], fields, many=True)


def _in_state(state: str) -> Callable[[Recap], Sequence[RecapRow]]:
    return lambda recap: recap.totals.states[state]


def _number_in(state: str) -> Callable[[Recap], int]:
    return lambda recap: len(recap.totals.states[state])


def _edge(place: int) -> Callable[[Recap], RecapRow | None]:
    """The kecamatan of the highest (0) or lowest (-1) serapan; None where there are no two that differ."""

    def value(recap: Recap) -> RecapRow | None:
        rows = recap.totals.absorbed
        return rows[place] if rows and rows[0].summary.serapan != rows[-1].summary.serapan else None

    return value


PERIODE = (
    _of_quarter("triwulan", "Triwulan dengan angka Romawi; kosong bila tidak terbaca.", attrgetter("roman")),
    _of_quarter("tahun", "Tahun anggaran; kosong bila tidak terbaca.", lambda quarter: str(quarter.tahun)),
    _of_quarter("nama", "Nama triwulan: Triwulan I Tahun 2024; kosong bila tidak terbaca.", str),
    _of_quarter("akhir", "Hari terakhir triwulan.", lambda quarter: format_date(quarter.akhir), "-"),
    Field(
        "batas_lapor",
        "Tanggal terakhir penyampaian laporan, menurut sebagian besar kecamatan.",
        lambda recap: format_date(recap.totals.batas_lapor) if recap.totals.batas_lapor else "-",
    ),
)

JUMLAH = (
    Field("baris", "Banyaknya buku kerja dan kecamatan tanpa buku kerja.", lambda recap: len(recap.rows)),
    Field("kecamatan", "Banyaknya kecamatan, masing-masing sekali.", attrgetter("totals.kecamatan")),
    *(Field(name, f"Banyaknya kecamatan {meaning}.", _number_in(name)) for name, meaning, _ in STATES),
    Field(
        "terserap",
        "Banyaknya kecamatan yang serapannya diketahui.",
        lambda recap: len(recap.totals.absorbed),
    ),
    Field("program", "Banyaknya program.", lambda recap: len(recap.totals.programs)),
    Field("indikator", "Banyaknya indikator.", lambda recap: len(recap.totals.indicators)),
)

KECAMATAN = (
    _attribute("nomor", "Nomor urut.", "number"),
    _attribute("kode", "Kode kecamatan; boleh kosong.", "summary.kode"),
    _attribute("nama", "Nama kecamatan, atau nama berkasnya bila tidak terbaca.", "summary.kecamatan"),
    _attribute(
        "status",
        "Keadaan laporannya: selesai, ada kesalahan, belum menyerahkan, dan seterusnya.",
        "summary.status.value",
    ),
    _attribute("dihitung", "Benar bila angkanya masuk rekap.", "counted", bool),
    _attribute("ketepatan", "Tepat waktu, atau terlambat berapa hari.", "punctuality"),
    Field(
        "hari_terlambat",
        "Banyaknya hari keterlambatan; 0 bila tepat waktu.",
        lambda item: item.value.figures.days_late or 0,
    ),
    Field("kesalahan", "Banyaknya kesalahan.", lambda item: item.value.summary.count(Severity.ERROR)),
    Field("peringatan", "Banyaknya peringatan.", lambda item: item.value.summary.count(Severity.WARNING)),
    _attribute("capaian", "Rata-rata capaian indikatornya.", "figures.capaian", _percent),
    _attribute("pagu", "Pagu programnya.", "figures.pagu", _money),
    _attribute("realisasi", "Realisasi programnya.", "figures.realisasi", _money),
    _attribute("serapan", "Realisasi dibagi pagu.", "figures.serapan", _percent),
    Field(
        "triwulan_lain",
        "Nama triwulan buku kerjanya bila bukan triwulan rekap; kosong bila sama.",
        lambda item: str(item.value.other_quarter or ""),
    ),
    _attribute("masalah", "Yang perlu ditindaklanjuti; kosong bila tidak ada.", "problem"),
    _attribute("catatan", "Keterangan lain.", "summary.note"),
    _attribute(
        "berkas",
        "Nama berkas buku kerjanya, dengan foldernya bila tidak semua berada dalam satu folder; kosong bila "
        "belum ada.",
        "file",
    ),
)

PROGRAM = (
    _attribute("nomor", "Nomor urut.", "number"),
    _attribute("kode", "Kode program; boleh kosong.", "kode"),
    _attribute("nama", "Nama program.", "program"),
    _attribute("kecamatan", "Banyaknya kecamatan yang memilikinya.", "kecamatan", int),
    _attribute("pagu", "Pagu di seluruh kecamatan.", "pagu", _money),
    _attribute("realisasi", "Realisasi di seluruh kecamatan.", "realisasi", _money),
    _attribute("serapan", "Realisasi dibagi pagu.", "serapan", _percent),
)

INDIKATOR = (
    _attribute("nomor", "Nomor urut.", "number"),
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
        lambda row: row.summary.kecamatan if row else "",
    ),
    Field("serapan", "Serapannya.", lambda row: _percent(row.summary.serapan if row else None)),
)

FIELDS: Sequence[Field] = (
    Field("kabupaten", "Nama kabupaten atau kota; kosong bila tidak terbaca.", attrgetter("kabupaten")),
    Field("daerah", "Jenis daerah: Kabupaten atau Kota.", attrgetter("terms.daerah")),
    Field(
        "sebutan_kecamatan",
        "Sebutan kecamatan, misalnya Kecamatan atau Distrik.",
        attrgetter("terms.kecamatan"),
    ),
    Field("periode", "Triwulan yang direkap.", lambda recap: recap, PERIODE),
    Field("jumlah", "Banyaknya kecamatan menurut keadaannya.", lambda recap: recap, JUMLAH),
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
    _list("kecamatan", "Kecamatan menurut kode dan nama.", attrgetter("rows"), KECAMATAN),
    *(_list(name, f"Kecamatan {meaning}.", _in_state(name), KECAMATAN) for name, meaning, _ in STATES),
    Field(
        "rerata_capaian",
        "Rata-rata capaian semua kecamatan yang dihitung.",
        lambda recap: _percent(recap.totals.capaian),
    ),
    Field("pagu", "Pagu semua kecamatan.", lambda recap: _money(recap.totals.pagu)),
    Field("realisasi", "Realisasi semua kecamatan.", lambda recap: _money(recap.totals.realisasi)),
    Field("serapan", "Realisasi dibagi pagu semua kecamatan.", lambda recap: _percent(recap.totals.serapan)),
    Field("serapan_tertinggi", "Kecamatan dengan serapan tertinggi.", _edge(0), TERUJUNG),
    Field("serapan_terendah", "Kecamatan dengan serapan terendah.", _edge(-1), TERUJUNG),
    _list("program", "Program menurut kodenya.", attrgetter("totals.programs"), PROGRAM),
    _list("indikator", "Daftar indikator.", attrgetter("totals.indicators"), INDIKATOR),
    Field(
        "grafik_serapan",
        "Grafik serapan menurut kecamatan; kosong bila tidak ada angkanya.",
        absorption_chart,
    ),
)


# A small recap of a kabupaten that does not exist: one kecamatan in each state, to check templates with ---

_QUARTER, _DUE = Triwulan(2024, 1), date(2024, 4, 5)


def example_recap() -> Recap:
    """The recap; no list of its fields is empty."""
    first = _kecamatan("35.99.01", "Sukamaju", 200_000_000)
    error = Finding((Ref("Anggaran", "H2"),), "Realisasi melebihi pagu.", code="A103")
    rows = (
        first,
        replace(_kecamatan("35.99.02", "Sukamulya", 150_000_000), tanggal_laporan=date(2024, 4, 8)),
        replace(_kecamatan("35.99.03", "Sukajaya", 90_000_000), status=Status.FAULTY, findings=(error,)),
        replace(_kecamatan("35.99.04", "Sukarame", 80_000_000), status=Status.DRAFT, findings=(error,)),
        replace(_kecamatan("35.99.05", "Sukasari", 70_000_000), status=Status.FAILED, tanggal_laporan=None),
        Summary("", Status.MISSING, "Sukadana", "35.99.06"),
        Summary("rusak.xlsx", Status.UNREADABLE, "rusak", message="Berkas rusak."),
        replace(first, status=Status.DUPLICATE, file="sukamaju (salinan).xlsx"),
        replace(_kecamatan("35.99.07", "Sukaresmi", 60_000_000), triwulan=Triwulan(2023, 4)),
    )
    return combine(rows)


def _kecamatan(kode: str, nama: str, realisasi: int) -> Summary:
    pagu, spent = Fraction(1_000_000_000), Fraction(realisasi)
    index = SummaryIndicator(
        nomor="1",
        sasaran="Meningkatnya kualitas pelayanan",
        indikator="Indeks Kepuasan Masyarakat",
        satuan="nilai",
        target="85",
        realisasi="84",
        capaian=Fraction(8400, 85),
        tercapai=False,
    )
    return Summary(
        file=f"{nama.lower()}.xlsx",
        status=Status.BUILT,
        kecamatan=nama,
        kode=kode,
        kabupaten="Sukaraya",
        triwulan=_QUARTER,
        batas_lapor=_DUE,
        tanggal_laporan=_DUE,
        indicators=(index,),
        programs=(SummaryProgram("7.01.01", "Program Penunjang Urusan Pemerintahan", pagu, spent),),
    )


@cache
def example_values() -> dict[str, object]:
    """The values of all fields in the example recap, as a template sees them. Not to be changed."""
    return build(FIELDS, example_recap())


KNOWN = Catalogue(FIELDS, example_values)
"""The fields of a recap, for the check of a template."""
