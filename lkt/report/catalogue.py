"""Every field that a Word template may use: one line a field."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from lkt.comparison import Comparison, IndikatorBefore, SerapanBefore
from lkt.figures import (
    Figure,
    IndikatorResult,
    Period,
    ProgramResult,
    SasaranResult,
    Standing,
    Unit,
    is_amended,
    printed_measure,
    printed_value,
    unit_of,
)
from lkt.formats.basis import ShownPart, bases, sections
from lkt.indicators.kinds import grade
from lkt.indicators.serapan import FORMULAS
from lkt.indonesian import (
    MONTHS,
    format_date,
    format_number,
    format_span,
    format_trimmed,
    normalize,
    roman,
)
from lkt.model import (
    Anggaran,
    Cell,
    Desa,
    Fasilitasi,
    Gambar,
    GambarProblem,
    Indikator,
    Measure,
    Skala,
    Span,
    Strategi,
    TindakLanjut,
)
from lkt.report.context import Laporan
from lkt.report.figure_charts import achievement_chart, budget_chart, number_of, trend_chart
from lkt.wordtemplate import Field, Item, Picture, Quotient
from lkt.workbook.declaration import KEYS

_REQUIRED = {key.field: key.label for key in KEYS if key.filled}
_PLACE = re.compile(r" \([^()]*![A-Z]+[0-9]+\)")

# Cells and figures as printed ------------------------------------------------------------------------------


def _text(cell: Cell[Any]) -> str:
    """A cell as text; what cannot be read is shown as it was written, for drafts."""
    return cell.written.strip() if cell.value is None else str(cell.value).strip()


def _item(cell: Cell[str]) -> str:
    """The text of a list item without the punctuation that the template sets."""
    return _text(cell).rstrip(" ;.,")


def _sentence(cell: Cell[str]) -> str:
    """A text of the office with a full stop where it ends without any mark."""
    text = _text(cell)
    return text if not text or text[-1] in ".!?:”)" else f"{text}."


def _span(cell: Cell[Span]) -> str:
    return cell.written if cell.value is None else format_span(cell.value.start, cell.value.end)


def _number(cell: Cell[Decimal]) -> str:
    return "-" if cell.value is None else format_trimmed(cell.value)


def _money(cell: Cell[Decimal]) -> str:
    return "-" if cell.value is None else printed_value(cell.value, Unit.RUPIAH)


def _measure(cell: Cell[Measure], row: Indikator) -> str:
    return cell.written or "-" if cell.value is None else printed_measure(cell.value, row.satuan.value or "")


def _paragraphs(cell: Cell[str]) -> list[str]:
    return [line.strip() for line in _text(cell).splitlines() if line.strip()]


def _cell(name: str, meaning: str, show: Callable[[Any], object] = _text) -> Field:
    """A field that prints one cell of a row."""
    return Field(name, meaning, lambda item: show(getattr(item.value, name)))


def _of(show: Callable[[Any], object]) -> Callable[[Item], object]:
    """The value of an item as a field shows it."""
    return lambda item: show(item.value)


def _key(name: str, meaning: str, show: Callable[[Any], str] = _text) -> Field:
    """A field that prints one key of Identitas; a draft shows which required one is blank."""
    missing = f"[{_REQUIRED[name]} belum diisi]" if name in _REQUIRED else ""
    return Field(name, meaning, lambda laporan: show(getattr(laporan.dataset.identitas, name)) or missing)


# The quarter -----------------------------------------------------------------------------------------------


def _of_period(show: Callable[[Period], object]) -> Callable[[Laporan], object]:
    def value(laporan: Laporan) -> object:
        periode = laporan.result.computed.periode
        return "-" if periode is None else show(periode)

    return value


def _amended_on(laporan: Laporan) -> str:
    amended = is_amended(laporan.dataset, laporan.result.computed.periode)
    return _span(laporan.dataset.identitas.tanggal_pk_perubahan) if amended else ""


PERIODE = (
    Field("triwulan", "Triwulan dengan angka Romawi: I, II, III, atau IV.", _of_period(lambda p: p.triwulan.roman)),
    Field("nama", "Nama triwulan: Triwulan I Tahun 2024.", _of_period(lambda p: str(p.triwulan))),
    Field("tahun", "Tahun anggaran yang dilaporkan.", _of_period(lambda p: str(p.triwulan.tahun))),
    Field("mulai", "Hari pertama masa yang dihitung, 1 Januari.", _of_period(lambda p: f"1 Januari {p.triwulan.tahun}")),
    Field("akhir", "Hari terakhir triwulan.", _of_period(lambda p: format_date(p.triwulan.akhir))),
    Field("rentang", "Masa yang dihitung: 1 Januari s.d. 31 Maret 2024.", _of_period(lambda p: f"1 Januari s.d. {format_date(p.triwulan.akhir)}")),
    Field("bulan", "Bulan-bulan triwulan: Januari s.d. Maret 2024.", _of_period(lambda p: format_span(p.triwulan.mulai, p.triwulan.akhir))),
    Field("batas_lapor", "Tanggal terakhir penyampaian laporan.", _of_period(lambda p: format_date(p.batas_lapor))),
    Field("hari_kerja", "Banyaknya hari kerja sampai batas penyampaian.", lambda laporan: int(laporan.dataset.identitas.batas_hari_kerja.value or 0)),
    Field("berikutnya", "Nama triwulan berikutnya.", _of_period(lambda p: str(p.triwulan.following))),
    Field("bagian", "Bagian tahun yang sudah lewat pada akhir triwulan: 25%, 50%, 75%, atau 100%.", _of_period(lambda p: f"{25 * p.triwulan.nomor}%")),
    Field("tahun_lalu", "Nama triwulan yang sama tahun lalu.", _of_period(lambda p: str(replace(p.triwulan, tahun=p.triwulan.tahun - 1)))),
    Field("pembanding", "Nama triwulan pembanding dari --prev; kosong bila tidak ada pada tahun yang sama.", lambda laporan: str(laporan.result.comparison.triwulan) if laporan.result.comparison else ""),
    Field("pembanding_singkat", "Triwulan pembanding dengan singkat: TW I; kosong bila tidak ada.", lambda laporan: f"TW {laporan.result.comparison.triwulan.roman}" if laporan.result.comparison else ""),
    Field("pk_perubahan", "Tanggal Perjanjian Kinerja Perubahan; kosong bila belum berlaku pada akhir triwulan.", _amended_on),
    Field("triwulan_terakhir", "Benar pada Triwulan IV.", lambda laporan: laporan.result.computed.periode is not None and laporan.result.computed.periode.triwulan.nomor == 4),
)  # fmt: skip


def _term(name: str, meaning: str) -> Field:
    """A field that prints what something is called."""
    return Field(
        name, meaning, lambda laporan: getattr(laporan.dataset.identitas.terms, name.removeprefix("sebutan_"))
    )


IDENTITAS = (
    _key("kabupaten", "Nama kabupaten atau kota tanpa kata Kabupaten atau Kota."),
    _key("kecamatan", "Nama kecamatan tanpa kata Kecamatan."),
    _term("daerah", "Jenis daerah: Kabupaten atau Kota."),
    _term("kepala_daerah", "Jabatan kepala daerah: Bupati atau Wali Kota."),
    _term("sebutan_kecamatan", "Sebutan kecamatan: Kecamatan, Distrik, Kapanewon, atau Kemantren."),
    _term("sebutan_camat", "Sebutan kepalanya: Camat, Kepala Distrik, Panewu, atau Mantri Pamong Praja."),
    _term("sebutan_desa", "Sebutan desa: Desa, Kampung, Kalurahan, Nagari, dan sebagainya."),
    _key("kode_kecamatan", "Kode wilayah kecamatan."),
    _key("tempat", "Tempat penandatanganan."),
    _key("tanggal_laporan", "Tanggal penandatanganan.", _span),
    _key("nama_camat", "Nama Camat."),
    _key("jabatan", "Jabatan penanda tangan."),
    _key("pangkat_golongan", "Pangkat dan golongan; boleh kosong."),
    _key("nip", "NIP Camat."),
    _key("pemberi_amanah", "Pejabat yang menandatangani Perjanjian Kinerja bersama Camat."),
    _key("peraturan_pelaporan", "Peraturan yang mewajibkan laporan.", _item),
    _key("pasal_pelaporan", "Pasal peraturan itu; boleh kosong."),
    _key("peraturan_kedudukan", "Peraturan tentang kedudukan, tugas, dan fungsi kecamatan.", _item),
    _key("pasal_kedudukan", "Pasal peraturan itu; boleh kosong."),
)  # fmt: skip


def _formula(attribute: str) -> Callable[[Laporan], str]:
    """What is known of the chosen formula of efisiensi."""

    def value(laporan: Laporan) -> str:
        formula = FORMULAS.get(laporan.dataset.identitas.rumus_efisiensi.value or "")
        return "-" if formula is None else getattr(formula, attribute)

    return value


PENGATURAN = (
    _key("dasar_capaian", "Dasar capaian: tahun atau triwulan."),
    _key("rerata_anggaran", "Rata-rata pencapaian anggaran: rata-rata atau tertimbang."),
    _key("batas_capaian", "Batas capaian yang dicetak: tanpa, 100, atau 120."),
    _key("rumus_efisiensi", "Rumus efisiensi: selisih, sisa anggaran, atau pmk 214."),
    Field("rumus_efisiensi_kata", "Rumus efisiensi dalam kata.", _formula("words")),
    Field("arti_efisiensi", "Apa arti tanda efisiensi menurut rumus itu.", _formula("meaning")),
    Field("satuan_efisiensi", "Satuan efisiensi: poin atau %.", lambda laporan: "poin" if laporan.dataset.identitas.rumus_efisiensi.value == "selisih" else "%"),
)  # fmt: skip


# Indicators ------------------------------------------------------------------------------------------------


def _row(name: str, meaning: str, show: Callable[[Any], object] = _text) -> Field:
    """A field that prints one cell of the row behind a result."""
    return Field(name, meaning, lambda item: show(getattr(item.value.row, name)))


def _figure(name: str, meaning: str) -> Field:
    """A field that prints one figure of a result."""
    return Field(name, meaning, lambda item: item.laporan.figure(getattr(item.value, name)))


def _grade(value: Fraction | None, scale: Iterable[Skala]) -> str:
    found = grade(value, scale)
    return "" if found is None else _text(found.predikat)


def _letter(item: Item) -> str:
    """The letter of a score by sheet Skala; an index that is no predikat has a scale of its own."""
    if item.value.row.jenis.value != "predikat":
        return ""
    return _grade(item.value.realisasi.value, [row for row in item.laporan.dataset.skala if row.of_nilai])


def _realisasi(item: Item) -> str:
    """A letter is printed with its score, a score with its letter."""
    score, letter = item.laporan.figure(item.value.realisasi), _letter(item)
    typed = item.value.row.realisasi.value
    if item.value.row.jenis.value == "predikat" and isinstance(typed, str):
        return f"{typed} ({score})"
    return f"{score} ({letter})" if letter else str(score)


def _parts(item: Item) -> Quotient | str:
    """What realisasi is the quotient of."""
    result, show = item.value, item.laporan.figure
    return "" if result.pembilang is None else Quotient(show(result.pembilang), show(result.penyebut))


def _reached(item: Item) -> Quotient | str:
    """What capaian of the target of the year is the quotient of, by Arah."""
    row, reached = item.value.row, _realisasi(item)
    if item.value.capaian_tahun.value is None:
        return ""
    target = _measure(row.target, row)
    return Quotient(f"2 × {target} − {reached}" if row.arah.value == "turun" else reached, target)


def _predikat_of(laporan: Laporan, capaian: Figure | None) -> str:
    """The grade of capaian by sheet Skala."""
    scale = [row for row in laporan.dataset.skala if row.of_capaian]
    return "" if capaian is None else _grade(capaian.value, scale)


def _predikat(item: Item) -> str:
    return _predikat_of(item.laporan, item.value.capaian)


def _before(name: str, meaning: str) -> Field:
    """A figure of the earlier quarter; the group that holds it may be empty."""
    return Field(name, meaning, lambda item: item.laporan.figure(item.value and getattr(item.value, name)))


def _change(item: Item) -> str:
    """A change with its sign."""
    figure: Figure | None = item.value and item.value.perubahan
    text: str = item.laporan.figure(figure)
    rises = figure is not None and (figure.value or 0) > 0 and text.strip("0, poin")
    return f"+{text}" if rises else text


def _direction(item: Item) -> str:
    figure: Figure | None = item.value and item.value.perubahan
    if figure is None or figure.value is None:
        return ""
    return "naik" if figure.value > 0 else "turun" if figure.value < 0 else "tetap"


def _earlier_fields(share: str) -> tuple[Field, ...]:
    """The fields of one row in the earlier quarter; ``share`` is capaian or serapan."""
    return (
        Field(
            "ada", "Benar bila baris ini ada pada triwulan pembanding.", _of(lambda value: value is not None)
        ),
        _before("realisasi", "Realisasi pada triwulan pembanding; “-” bila tidak ada."),
        _before(share, f"{share.capitalize()} pada triwulan pembanding; “-” bila tidak ada."),
        Field("perubahan", f"Perubahan {share} dalam poin dengan tandanya; “-” bila tidak ada.", _change),
        Field("arah", "naik, turun, atau tetap; kosong bila tidak ada.", _direction),
    )


def _earlier(
    share: str, rows: Callable[[Comparison], Iterable[IndikatorBefore | SerapanBefore]], meaning: str
) -> Field:
    """The group of fields of the same row in the earlier quarter."""

    def value(item: Item) -> Item:
        beside, row = item.laporan.result.comparison, item.value.row
        found = (
            () if beside is None else (each for each in rows(beside) if each.row and each.row.row == row.row)
        )
        return Item(item.laporan, next(iter(found), None), item.nomor)

    return Field("lalu", meaning, value, _earlier_fields(share))


def _year_before(item: Item) -> Item:
    found = (each for each in item.laporan.result.year_before if each.row.row == item.value.row.row)
    return Item(item.laporan, next(found, None), item.nomor)


def _realisasi_then(item: Item) -> str:
    """A letter is printed with its score."""
    score = item.laporan.figure(item.value and item.value.realisasi)
    return f"{item.value.huruf} ({score})" if item.value and item.value.huruf else str(score)


YEAR_BEFORE = (
    Field("ada", "Benar bila realisasi tahun lalu diketahui.", _of(lambda value: value is not None)),
    Field("realisasi", "Realisasi sampai dengan triwulan yang sama tahun lalu; “-” bila tidak ada.", _realisasi_then),
    Field("perubahan", "Perubahan realisasi dengan tandanya; “-” bila tidak ada.", _change),
    Field("arah", "naik, turun, atau tetap; kosong bila tidak ada.", _direction),
)  # fmt: skip

_STATUS = (
    Field("status", "tercapai, sesuai jalur, perlu perhatian, tertinggal, belum waktunya diukur, atau belum dapat dihitung.", _of(lambda result: result.jalur.status.words)),
    Field("tanda", "Tanda status, yang dapat dibedakan tanpa warna: ● ▲ □ ▼ –.", _of(lambda result: result.jalur.status.sign)),
    Field("tolok_ukur", "Yang menjadi ukuran status: target triwulan, 25% target setahun, target setahun, atau 25% pagu.", _of(lambda result: result.jalur.against)),
    Field("terhadap_tolok_ukur", "Capaian atau serapan dibagi tolok ukur itu.", lambda item: item.laporan.figure(item.value.jalur.figure)),
)  # fmt: skip

_LAGS = Field(
    "tertinggal",
    "Benar bila statusnya perlu perhatian atau tertinggal.",
    _of(lambda result: result.jalur.status.lags),
)


def _target_of(quarter: int) -> Callable[[Item], object]:
    return _of(lambda result: _measure(result.row.steps[quarter - 1], result.row))


INDIKATOR = (
    Field("nomor", "Nomor indikator.", lambda item: number_of(item.value, item.nomor)),
    _row("sasaran", "Sasaran menurut Perjanjian Kinerja."),
    Field("nama", "Nama indikator.", _of(lambda result: _text(result.row.indikator))),
    _row("satuan", "Satuan."),
    _row("jenis", "Jenis: fasilitasi, dokumen desa, rasio, nilai, atau predikat."),
    Field("turun", "Benar bila makin rendah makin baik.", _of(lambda result: result.row.arah.value == "turun")),
    Field("target", "Target setahun.", _of(lambda result: _measure(result.row.target, result.row))),
    Field("target_triwulan", "Target sampai dengan akhir triwulan; “-” bila kosong.", _of(lambda result: _measure(result.row.target_triwulan, result.row))),
    *(
        Field(f"target_tw{number}", f"Target sampai dengan akhir triwulan {roman(number)}; “-” bila kosong.", _target_of(number))
        for number in range(1, 5)
    ),
    Field("realisasi", "Realisasi dalam satuannya.", _realisasi),
    _figure("capaian", "Capaian menurut Dasar Capaian."),
    _figure("capaian_tahun", "Capaian terhadap Target."),
    _figure("capaian_triwulan", "Capaian terhadap Target Triwulan; “-” bila tidak ada."),
    Field("ada_nilai", "Benar bila capaian dapat dihitung.", _of(lambda result: result.capaian.value is not None)),
    Field("tercapai", "Benar bila capaian 100% atau lebih.", _of(lambda result: result.tercapai is True)),
    *_STATUS,
    _LAGS,
    Field("alasan", "Mengapa capaian tidak dapat dihitung; kosong bila dapat.", _of(lambda result: _PLACE.sub("", result.capaian.reason))),
    Field("ada_rumus", "Benar bila realisasi dihitung dari pembilang dan penyebut.", _of(lambda result: result.pembilang is not None)),
    Field("uraian_pembilang", "Kalimat pembilang.", _of(lambda result: result.pembilang.label if result.pembilang else "")),
    _figure("pembilang", "Pembilang; “-” bila tidak ada."),
    Field("uraian_penyebut", "Kalimat penyebut.", _of(lambda result: result.penyebut.label if result.penyebut else "")),
    _figure("penyebut", "Penyebut; “-” bila tidak ada."),
    Field("pecahan_realisasi", "Pembilang per penyebut sebagai pecahan; kosong bila tidak ada.", _parts),
    Field("pecahan_capaian", "Realisasi per Target menurut Arah sebagai pecahan; kosong bila capaian tidak dapat dihitung.", _reached),
    Field("predikat", "Predikat capaian menurut lembar Skala (Untuk: capaian); kosong bila tidak ada.", _predikat),
    Field("predikat_nilai", "Predikat nilai menurut lembar Skala (Untuk: nilai) bagi jenis predikat; kosong bila tidak ada.", _letter),
    _earlier("capaian", lambda beside: beside.indikator, "Indikator ini pada triwulan pembanding."),
    Field("tahun_lalu", "Indikator ini pada triwulan yang sama tahun lalu.", _year_before, YEAR_BEFORE),
    Field("target_akhir_renstra", "Target akhir Renstra; “-” bila kosong.", _of(lambda result: _measure(result.row.target_akhir_renstra, result.row))),
    _figure("kemajuan", "Realisasi terhadap target akhir Renstra; “-” bila tidak ada."),
    _row("keterangan", "Keterangan."),
    _row("penjelasan", "Penjelasan, satu butir satu paragraf.", _paragraphs),
    _row("sumber_data", "Sumber data; boleh kosong.", _item),
    _row("penanggung_jawab", "Penanggung jawab; boleh kosong.", _item),
)  # fmt: skip

# Budget ----------------------------------------------------------------------------------------------------


def _efficiency(item: Item) -> str:
    figure: Figure = item.value.efisiensi
    return "-" if figure.value is None else format_number(figure.value, item.laporan.decimals)


def _performed(name: str, meaning: str) -> Field:
    """A field that prints the performance of a budget row in the unit of the row."""

    def value(item: Item) -> str:
        row: Anggaran = item.value.row
        cell: Cell[Decimal] = getattr(row, name)
        if cell.value is None:
            return "-"
        text = printed_measure(cell.value, row.measured_in)
        return f"{text} {row.measured_in}" if unit_of(row.measured_in) is Unit.VALUE else text

    return Field(name, meaning, value)


def _reason_of_pagu(row: Anggaran) -> str:
    """What the office says where the pagu is not the amount that was signed."""
    pagu, signed = row.pagu.value, row.anggaran_pk.value
    return "" if pagu is None or signed is None or pagu == signed else _sentence(row.keterangan)


_PLANNED = (
    Field("rencana", "Rencana serapan sampai dengan akhir triwulan; “-” bila Rencana TW tidak diisi.", lambda item: item.laporan.figure(item.value.jalur.planned)),
    Field("deviasi", "Serapan dikurangi rencana serapan, dalam poin; “-” bila tidak diisi.", lambda item: item.laporan.figure(item.value.jalur.deviasi)),
)  # fmt: skip

_ROW_OF_BUDGET = (
    _row("kode", "Kode nomenklatur."),
    Field(
        "nama",
        "Nama program, kegiatan, atau sub kegiatan, beserta unitnya bila ada.",
        lambda item: item.value.row.name,
    ),
    Field("nama_tanpa_unit", "Nama itu tanpa unitnya.", lambda item: _text(item.value.row.program)),
    _row("unit", "Unit pemilik anggarannya; kosong bagi kecamatan itu sendiri."),
    _row("indikator_program", "Indikator kinerja program."),
    _row("anggaran_pk", "Anggaran menurut Perjanjian Kinerja.", _money),
    _row("sumber_dana", "Sumber dana."),
    _row("pagu", "Pagu.", _money),
    _row("realisasi", "Realisasi anggaran.", _money),
    _figure("sisa", "Sisa pagu: pagu dikurangi realisasi."),
    _figure("realisasi_triwulan", "Realisasi triwulan ini saja; “-” bila tidak diisi."),
    _figure("serapan", "Serapan: realisasi dibagi pagu."),
    *_PLANNED,
    _performed("target", "Target kinerja program dengan satuannya."),
    _performed("realisasi_kinerja", "Realisasi kinerja program dengan satuannya."),
    _figure("capaian_kinerja", "Capaian kinerja program; “-” bila tidak diukur."),
    Field("efisiensi", "Efisiensi tanpa satuan; “-” bila tidak dihitung.", _efficiency),
    *_STATUS,
    _LAGS,
    _earlier("serapan", lambda beside: beside.anggaran, "Baris ini pada triwulan pembanding."),
    Field(
        "alasan_pagu",
        "Keterangan bila Pagu berbeda dari Anggaran PK; kosong bila sama.",
        lambda item: _reason_of_pagu(item.value.row),
    ),
    _row("keterangan", "Keterangan."),
    _row("penjelasan", "Penjelasan, satu butir satu paragraf.", _paragraphs),
)


def _details(program: ProgramResult) -> list[ProgramResult]:
    """The rows below a programme, in the order of their codes."""
    return [row for child in program.rincian for row in (child, *_details(child))]


def _program_number(item: Item) -> int:
    """Its number among all programmes, the same in every table."""
    programs: Sequence[ProgramResult] = item.laporan.result.computed.program
    return next(number for number, program in enumerate(programs, start=1) if program is item.value)


RINCIAN = (
    *_ROW_OF_BUDGET,
    Field("tingkat", "kegiatan atau sub kegiatan.", lambda item: item.value.row.level.value),
)
PROGRAM = (
    Field("nomor", "Nomor urut program.", _program_number),
    *_ROW_OF_BUDGET,
    Field("rincian", "Kegiatan dan sub kegiatan di bawah program.", _of(_details), RINCIAN, many=True),
)  # fmt: skip


def _total(name: str, meaning: str) -> Field:
    return Field(name, meaning, lambda item: item.laporan.figure(getattr(item.value.anggaran, name)))


_TOTALS = (
    _total("anggaran_pk", "Jumlah anggaran menurut Perjanjian Kinerja."),
    _total("pagu", "Jumlah pagu."),
    _total("realisasi", "Jumlah realisasi."),
    _total("realisasi_triwulan", "Jumlah realisasi triwulan ini saja; “-” bila tidak diisi."),
    _total("sisa", "Jumlah sisa pagu."),
    _total("rerata", "Rata-rata pencapaian anggaran menurut Rerata Anggaran."),
    _total("rerata_sederhana", "Rata-rata serapan program."),
    _total("tertimbang", "Jumlah realisasi dibagi jumlah pagu."),
)


def _unit_before(item: Item) -> Item:
    beside = item.laporan.result.comparison
    return Item(item.laporan, dict(beside.unit).get(item.value.nama) if beside else None, item.nomor)


UNIT = (
    Field("nomor", "Nomor urut unit.", lambda item: item.nomor),
    Field("nama", "Nama unit.", _of(lambda unit: unit.nama)),
    Field("program", "Programnya.", _of(lambda unit: unit.program), PROGRAM, many=True),
    *_TOTALS,
    Field(
        "serapan",
        "Serapan: jumlah realisasi dibagi jumlah pagu.",
        lambda item: item.laporan.figure(item.value.anggaran.tertimbang),
    ),
    *_STATUS,
    Field("lalu", "Unit itu pada triwulan pembanding.", _unit_before, _earlier_fields("serapan")),
)

SASARAN = (
    Field("nomor", "Nomor urut sasaran.", lambda item: item.value.nomor),
    Field("nama", "Nama sasaran.", lambda item: _text(item.value.nama)),
    Field("tercapai", "Benar bila semua indikatornya mencapai target.", lambda item: item.value.tercapai is True),
    Field("status", "Status indikatornya yang paling tertinggal.", lambda item: item.value.status.words),
    Field("tanda", "Tanda status itu.", lambda item: item.value.status.sign),
    Field("indikator", "Indikator sasaran.", lambda item: item.value.indikator, INDIKATOR, many=True),
    Field("program", "Program yang mendukung sasaran.", lambda item: item.value.program, PROGRAM, many=True),
    Field("program_lain", "Nama program yang juga mendukung sasaran, tetapi anggarannya dihitung pada sasaran lain.", lambda item: [program.row.name for program in item.value.program_lain]),
    _figure("capaian", "Rata-rata capaian indikator sasaran."),
    Field("predikat", "Predikat rata-rata itu menurut lembar Skala (Untuk: capaian); kosong bila tidak ada.", _predikat),
    Field("efisiensi", "Efisiensi sasaran tanpa satuan; “-” bila tidak dihitung.", _efficiency),
    *_TOTALS,
)  # fmt: skip

# Log, documents, desa --------------------------------------------------------------------------------------

FASILITASI = (
    Field("nomor", "Nomor urut.", lambda item: item.nomor),
    _cell("jenis_fasilitasi", "Apa yang difasilitasi."),
    _cell("tanggal", "Tanggal pelaksanaan.", _span),
    _cell("bukti_pendukung", "Bukti pendukung."),
    _cell("pelaksana", "Pelaksana."),
    _cell("ditindaklanjuti", "Ya atau Tidak."),
)


def _months(laporan: Laporan) -> range:
    """The months from January to the end of the quarter; none where that is unknown."""
    periode = laporan.result.computed.periode
    return range(1, 1 if periode is None else periode.triwulan.akhir.month + 1)


def _log_by_month(laporan: Laporan, rows: Iterable[Fasilitasi]) -> list[tuple[str, int]]:
    """The short name of each month, and how many of the rows end in it."""
    ends = Counter(row.tanggal.value.end.month for row in rows if row.tanggal.value is not None)
    return [(MONTHS[month - 1][:3], ends[month]) for month in _months(laporan)]


def _log_by_pelaksana(laporan: Laporan) -> list[tuple[str, list[Fasilitasi]]]:
    """The rows that count of each pelaksana, who has most first."""
    groups: dict[str, list[Fasilitasi]] = {}
    for row in laporan.counted:
        groups.setdefault(_text(row.pelaksana), []).append(row)
    return sorted(groups.items(), key=lambda group: -len(group[1]))


LOG_BY_PELAKSANA = (
    Field("nama", "Pelaksana.", lambda item: item.value[0] or "-"),
    Field("jumlah", "Banyaknya fasilitasinya.", lambda item: len(item.value[1])),
    Field("bulan", "Banyaknya setiap bulan, menurut urutan fasilitasi_bulan; “-” bila tidak ada.", lambda item: [str(count or "-") for _, count in _log_by_month(item.laporan, item.value[1])]),
)  # fmt: skip
LOG_BY_MONTH = (
    Field("nama", "Nama pendek bulan: Jan.", lambda item: item.value[0]),
    Field("jumlah", "Banyaknya fasilitasi bulan itu.", lambda item: item.value[1]),
)


def _names(roster: Iterable[Desa]) -> list[str]:
    return [_text(desa.desa) for desa in roster]


def _roster(item: Item) -> list[tuple[Desa, Cell[Span], str]]:
    """Every desa, its date of the document, and how it stands."""
    result, dataset = item.value, item.laporan.dataset
    column = next(n for n, row in enumerate(dataset.dokumen) if row is result.dokumen)
    groups = {"tepat waktu": result.tepat_waktu, "terlambat": result.terlambat, "belum ada": result.belum}
    states = {desa.row: state for state, group in groups.items() for desa in group}
    return [(desa, desa.tanggal[column], states.get(desa.row, "tidak terbaca")) for desa in dataset.desa]


DESA = (
    Field("nomor", "Nomor urut desa.", lambda item: item.nomor),
    Field("nama", "Nama desa.", lambda item: _text(item.value[0].desa)),
    Field("tanggal", "Tanggal dokumen; “-” bila belum ada.", lambda item: _span(item.value[1]) or "-"),
    Field("status", "tepat waktu, terlambat, belum ada, atau tidak terbaca.", lambda item: item.value[2]),
    Field("keterangan", "Keterangan.", lambda item: _text(item.value[0].keterangan)),
)

DOKUMEN = (
    Field("nomor", "Nomor urut dokumen.", lambda item: item.nomor),
    Field("nama", "Nama dokumen.", _of(lambda result: _text(result.dokumen.dokumen))),
    Field("tahun_anggaran", "Tahun anggaran dokumen.", _of(lambda result: _text(result.dokumen.tahun_anggaran))),
    Field("batas_waktu", "Batas waktu.", _of(lambda result: _span(result.dokumen.batas_waktu))),
    Field("jenis_tanggal", "penetapan atau penyampaian.", _of(lambda result: _text(result.dokumen.jenis_tanggal))),
    Field("dasar_hukum", "Dasar hukum batas waktunya.", _of(lambda result: _text(result.dokumen.dasar_hukum))),
    Field("uraian", "Kapan dokumen dinilai tepat waktu.", _of(lambda result: _text(result.dokumen.uraian))),
    Field("jatuh_tempo", "Benar bila batas waktunya sudah lewat pada akhir triwulan.", _of(lambda result: result.jatuh_tempo)),
    Field("ada_tanggal", "Benar bila sedikitnya satu desa sudah mempunyai dokumen ini.", _of(lambda result: bool(result.tepat_waktu or result.terlambat))),
    Field("jumlah_tepat", "Banyaknya desa yang tepat waktu.", _of(lambda result: len(result.tepat_waktu))),
    Field("jumlah_terlambat", "Banyaknya desa yang terlambat.", _of(lambda result: len(result.terlambat))),
    Field("jumlah_belum", "Banyaknya desa yang belum mempunyai dokumen.", _of(lambda result: len(result.belum))),
    Field("tepat", "Nama desa yang tepat waktu.", _of(lambda result: _names(result.tepat_waktu))),
    Field("terlambat", "Nama desa yang terlambat.", _of(lambda result: _names(result.terlambat))),
    Field("belum", "Nama desa yang belum mempunyai dokumen.", _of(lambda result: _names(result.belum))),
    Field("ada_keterangan", "Benar bila sedikitnya satu desa mempunyai Keterangan.", lambda item: any(_text(desa.keterangan) for desa in item.laporan.dataset.desa)),
    Field("desa", "Semua desa dengan tanggal dokumennya.", _roster, DESA, many=True),
)  # fmt: skip

# Plans, annex, texts ---------------------------------------------------------------------------------------


def _strategies(laporan: Laporan) -> list[tuple[str, list[Strategi]]]:
    """The strategies by indicator, in the order of the sheet: (name of the indicator, its rows)."""
    names = {row.no.value: _text(row.indikator) for row in laporan.dataset.indikator}
    groups: dict[Decimal | None, list[Strategi]] = {}
    for row in laporan.dataset.strategi:
        groups.setdefault(row.indikator.value, []).append(row)
    return [(names.get(number, "-"), rows) for number, rows in groups.items()]


def _times(item: Item) -> list[str]:
    """The different times of the steps, each once."""
    return list(dict.fromkeys(_text(row.waktu) for row in item.value[1] if _text(row.waktu)))


STRATEGI = (
    Field("nomor", "Nomor urut.", lambda item: item.nomor),
    Field("indikator", "Nama indikator.", lambda item: item.value[0]),
    Field("langkah", "Langkah-langkahnya.", lambda item: item.value[1], (
        Field("nomor", "Nomor urut langkah.", lambda item: item.nomor),
        Field("uraian", "Langkah.", lambda item: _item(item.value.strategi)),
        _cell("waktu", "Waktu langkah."),
    ), many=True),
    Field("waktu", "Waktu pelaksanaan, yang berbeda-beda masing-masing satu butir.", _times),
)  # fmt: skip


def _problem(gambar: Gambar | None, printed_as: Picture | None) -> str:
    if gambar is None or printed_as is not None:
        return ""
    if gambar.format:
        return f"berformat {gambar.format}"
    return (gambar.masalah or GambarProblem.DAMAGED).value


KEGIATAN = (
    Field("nomor", "Nomor urut.", lambda item: item.nomor),
    Field("nama", "Nama kegiatan.", lambda item: _text(item.value.kegiatan)),
    _cell("tanggal", "Tanggal kegiatan.", _span),
    _cell("uraian", "Uraian."),
    Field("foto", "Foto; kosong bila tidak ada atau tidak dapat dicetak.", lambda item: item.laporan.photos.get(item.value.row, "")),
    Field("nama_foto", "Nama berkas foto yang ditulis di buku kerja.", lambda item: _text(item.value.foto)),
    Field("masalah_foto", "Mengapa foto tidak dapat dicetak, misalnya rusak; kosong bila dicetak atau belum ada.", lambda item: _problem(item.value.gambar, item.laporan.photos.get(item.value.row))),
)  # fmt: skip


def _step(row: TindakLanjut) -> str:
    """A step of the follow-up plan, and in brackets by whom and until when, where that is known."""
    known = {"penanggung jawab": _item(row.penanggung_jawab), "batas waktu": _span(row.batas_waktu)}
    told = "; ".join(f"{name}: {text}" for name, text in known.items() if text)
    return f"{_item(row.uraian)} ({told})" if told else _item(row.uraian)


_STATES = {
    "selesai": "selesai",
    "proses": "dalam proses",
    "belum": "belum dilaksanakan",
    "": "belum dilaporkan",
}
"""The state of a plan -> its words in the report, in the order in which a sentence counts them."""


def _state(row: TindakLanjut) -> str:
    return _STATES.get(_text(row.status), _text(row.status))


PLANNED = (
    Field("nomor", "Nomor urut.", lambda item: item.nomor),
    Field("uraian", "Rencana, dengan penanggung jawab dan batas waktunya bila ada.", _of(_step)),
    Field("asal", "Laporan yang memuat rencana itu.", lambda item: _text(item.value.asal) or _quarter_before(item.laporan)),
    Field("status", "selesai, dalam proses, belum dilaksanakan, atau belum dilaporkan.", _of(_state)),
)  # fmt: skip


def _quarter_before(laporan: Laporan) -> str:
    periode = laporan.result.computed.periode
    return str(periode.triwulan.previous) if periode else "-"


def _former_plans(laporan: Laporan) -> list[TindakLanjut]:
    """What earlier reports planned, with what the quarter before planned and nothing is said of any more."""
    mine = laporan.dataset.rencana_lalu
    return [*mine, *laporan.result.unfollowed]


def _plans_by_status(laporan: Laporan) -> list[tuple[str, int]]:
    """The states of the former plans that occur, each with its number."""
    states = Counter(map(_state, _former_plans(laporan)))
    return [(state, states[state]) for state in dict.fromkeys((*_STATES.values(), *states)) if states[state]]


def _texts(part: str) -> Callable[[Laporan], list[str]]:
    return lambda laporan: [
        _sentence(row.teks)
        for row in laporan.dataset.narasi
        if normalize(row.bagian.value or "") == normalize(part)
    ]


NARASI = (
    Field("penjelasan", "Teks tambahan pada uraian capaian.", _texts("Penjelasan")),
    Field("faktor_pendukung", "Faktor pendukung.", _texts("Faktor Pendukung")),
    Field("hambatan", "Hambatan.", _texts("Hambatan")),
    Field("solusi", "Cara hambatan diatasi.", _texts("Solusi")),
    Field("simpulan", "Simpulan tambahan.", _texts("Simpulan")),
    Field("dukungan_atasan", "Dukungan yang diminta dari atasan.", _texts("Dukungan Atasan")),
)

SKALA = (
    _cell("predikat", "Predikat."),
    _cell("batas_bawah", "Nilai atau capaian terendah predikat itu.", _number),
)

# Summaries, for wording that follows the figures -------------------------------------------------------------


def _those(
    results: str, show: Callable[[Any, int], str], *, tercapai: bool | None
) -> Callable[[Laporan], list[str]]:
    """The indicators or goals that are in that state, as ``show`` prints one and its place."""

    def value(laporan: Laporan) -> list[str]:
        rows = enumerate(getattr(laporan.result.computed, results), start=1)
        return [show(row, place) for place, row in rows if row.tercapai is tercapai]

    return value


def _indicator_name(result: IndikatorResult, _: int) -> str:
    return _text(result.row.indikator)


def _goal_name(goal: SasaranResult, _: int) -> str:
    return _text(goal.nama)


def _unspent(laporan: Laporan) -> list[str]:
    return [
        program.row.name
        for program in laporan.result.computed.program
        if program.row.realisasi.value == 0 and program.row.pagu.value != 0
    ]


def _extreme(pick: Callable[..., ProgramResult]) -> Callable[[Laporan], str]:
    """The name and serapan of the programme with the highest or lowest serapan."""

    def value(laporan: Laporan) -> str:
        known = [program for program in laporan.result.computed.program if program.serapan.value is not None]
        if not known:
            return "-"
        program = pick(known, key=lambda row: row.serapan.value)
        return f"{program.row.name} ({laporan.figure(program.serapan)})"

    return value


def _by_status(
    results: Callable[[Laporan], Iterable[Any]], status: Callable[[Any], Standing]
) -> Callable[[Laporan], list[tuple[Standing, list[tuple[int, Any]]]]]:
    """The statuses that occur, best first, each with its numbered results."""

    def value(laporan: Laporan) -> list[tuple[Standing, list[tuple[int, Any]]]]:
        numbered = list(enumerate(results(laporan), start=1))
        groups = [(each, [pair for pair in numbered if status(pair[1]) is each]) for each in Standing]
        return [(each, found) for each, found in groups if found]

    return value


def _group(named: Callable[[int, Any], str], many: str) -> tuple[Field, ...]:
    """The fields of one status: its words and sign, how many have it, and which."""
    return (
        Field("status", "Statusnya.", lambda item: item.value[0].words),
        Field("tanda", "Tandanya.", lambda item: item.value[0].sign),
        Field("jumlah", f"Banyaknya {many}.", lambda item: len(item.value[1])),
        Field("anggota", f"{many.capitalize()}.", lambda item: [named(*each) for each in item.value[1]]),
    )


def _documents_of_year(laporan: Laporan, *, due: bool) -> int:
    """How many documents all desa together owe that are due, or not yet."""
    kinds = [each for each in laporan.result.computed.dokumen if each.jatuh_tempo is due]
    return len(kinds) * len(laporan.dataset.desa)


def _amendments(laporan: Laporan) -> list[tuple[str, str, str]]:
    """What an amended agreement that is in force says otherwise: name, first and then."""
    found = []
    first = {row.row: row for row in laporan.dataset.indikator}
    for result in laporan.result.computed.indikator:
        now, then = result.row.target, first[result.row.row].target
        if now.value != then.value:
            row = result.row
            found.append((_text(row.indikator), _measure(then, row), _measure(now, row)))
    signed = {row.row: row for row in laporan.dataset.anggaran}
    for program in laporan.result.computed.program:
        amount, before = program.row.anggaran_pk, signed[program.row.row].anggaran_pk
        if amount.value != before.value:
            found.append((program.row.name, _money(before), _money(amount)))
    return found


RINGKASAN = (
    Field("status_indikator", "Indikator menurut statusnya, yang terbaik dahulu.", _by_status(lambda laporan: laporan.result.computed.indikator, lambda result: result.jalur.status), _group(lambda number, result: number_of(result, number), "nomor indikator"), many=True),
    Field("status_sasaran", "Sasaran menurut statusnya, yang terbaik dahulu.", _by_status(lambda laporan: laporan.result.computed.sasaran, lambda goal: goal.status), _group(lambda _, goal: _text(goal.nama), "nama sasaran"), many=True),
    Field("status_program", "Program menurut status serapannya, yang terbaik dahulu.", _by_status(lambda laporan: laporan.result.computed.program, lambda program: program.jalur.status), _group(lambda _, program: program.row.name, "nama program"), many=True),
    Field("status_rencana", "Rencana laporan sebelumnya menurut statusnya.", _plans_by_status, (
        Field("status", "Statusnya.", lambda item: item.value[0]),
        Field("jumlah", "Banyaknya rencana.", lambda item: item.value[1]),
    ), many=True),
    Field("jumlah_indikator", "Banyaknya indikator.", lambda laporan: len(laporan.dataset.indikator)),
    Field("jumlah_sasaran", "Banyaknya sasaran.", lambda laporan: len(laporan.result.computed.sasaran)),
    Field("jumlah_program", "Banyaknya program.", lambda laporan: len(laporan.result.computed.program)),
    Field("jumlah_desa", "Banyaknya desa.", lambda laporan: len(laporan.dataset.desa)),
    Field("jumlah_dokumen", "Banyaknya jenis dokumen desa.", lambda laporan: len(laporan.dataset.dokumen)),
    Field("jumlah_fasilitasi", "Banyaknya baris catatan fasilitasi.", lambda laporan: len(laporan.dataset.fasilitasi)),
    Field("jumlah_ditindaklanjuti", "Banyaknya fasilitasi yang ditindaklanjuti dalam masa yang dihitung.", lambda laporan: len(laporan.counted)),
    Field("indikator_tercapai", "Nama indikator yang mencapai target.", _those("indikator", _indicator_name, tercapai=True)),
    Field("indikator_belum", "Nama indikator yang belum mencapai target.", _those("indikator", _indicator_name, tercapai=False)),
    Field("indikator_tanpa_nilai", "Nama indikator yang capaiannya tidak dapat dihitung.", _those("indikator", _indicator_name, tercapai=None)),
    Field("nomor_tercapai", "Nomor indikator yang mencapai target.", _those("indikator", number_of, tercapai=True)),
    Field("nomor_belum", "Nomor indikator yang belum mencapai target.", _those("indikator", number_of, tercapai=False)),
    Field("nomor_tanpa_nilai", "Nomor indikator yang capaiannya tidak dapat dihitung.", _those("indikator", number_of, tercapai=None)),
    Field("sasaran_tercapai", "Nama sasaran yang tercapai.", _those("sasaran", _goal_name, tercapai=True)),
    Field("sasaran_belum", "Nama sasaran yang belum tercapai.", _those("sasaran", _goal_name, tercapai=False)),
    Field("sasaran_tanpa_nilai", "Nama sasaran yang capaiannya tidak dapat dinilai.", _those("sasaran", _goal_name, tercapai=None)),
    Field("ada_target_triwulan", "Benar bila sedikitnya satu indikator mempunyai Target Triwulan.", lambda laporan: any(result.capaian_triwulan is not None for result in laporan.result.computed.indikator)),
    Field("ada_tahun_lalu", "Benar bila realisasi tahun lalu sedikitnya satu indikator diketahui.", lambda laporan: bool(laporan.result.year_before)),
    Field("ada_target_per_triwulan", "Benar bila Target TW sedikitnya satu indikator diisi.", lambda laporan: any(not step.blank for result in laporan.result.computed.indikator for step in result.row.steps)),
    Field("ada_realisasi_triwulan", "Benar bila Realisasi Triwulan Ini sedikitnya satu program diisi.", lambda laporan: any(program.realisasi_triwulan for program in laporan.result.computed.program)),
    Field("ada_rencana", "Benar bila Rencana TW sedikitnya satu program diisi.", lambda laporan: any(program.jalur.planned for program in laporan.result.computed.program)),
    Field("perubahan_pk", "Target dan anggaran yang diubah oleh Perjanjian Kinerja Perubahan yang berlaku.", _amendments, (
        Field("nama", "Indikator atau program.", lambda item: item.value[0]),
        Field("semula", "Target atau anggaran semula.", lambda item: item.value[1]),
        Field("menjadi", "Target atau anggaran sesudah perubahan.", lambda item: item.value[2]),
    ), many=True),
    Field("ada_target_akhir_renstra", "Benar bila sedikitnya satu indikator mempunyai Target Akhir Renstra.", lambda laporan: any(result.kemajuan is not None for result in laporan.result.computed.indikator)),
    Field("ada_rupiah", "Benar bila sedikitnya satu indikator dalam rupiah.", lambda laporan: any(unit_of(row.satuan.value or "") is Unit.RUPIAH for row in laporan.dataset.indikator)),
    Field("ada_sumber_dana", "Benar bila sedikitnya satu program mempunyai Sumber Dana.", lambda laporan: any(_text(program.row.sumber_dana) for program in laporan.result.computed.program)),
    Field("ada_predikat", "Benar bila sedikitnya satu capaian indikator mempunyai predikat.", lambda laporan: any(_predikat_of(laporan, result.capaian) for result in laporan.result.computed.indikator)),
    Field("ada_waktu_strategi", "Benar bila sedikitnya satu strategi mempunyai Waktu.", lambda laporan: any(_text(row.waktu) for row in laporan.dataset.strategi)),
    Field("ada_tertinggal", "Benar bila sedikitnya satu indikator atau program perlu perhatian atau tertinggal.", lambda laporan: any(each.jalur.status.lags for each in (*laporan.result.computed.indikator, *laporan.result.computed.program))),
    Field("dokumen_jatuh_tempo", "Banyaknya dokumen yang sudah jatuh tempo, semua desa bersama-sama.", lambda laporan: _documents_of_year(laporan, due=True)),
    Field("dokumen_belum_tempo", "Banyaknya dokumen yang belum jatuh tempo, semua desa bersama-sama.", lambda laporan: _documents_of_year(laporan, due=False)),
    Field("ada_foto", "Benar bila sedikitnya satu kegiatan mempunyai foto.", lambda laporan: bool(laporan.photos)),
    Field("rerata_capaian", "Rata-rata capaian indikator yang dapat dihitung; “-” bila tidak ada.", lambda laporan: laporan.figure(laporan.result.computed.capaian)),
    Field("predikat_capaian", "Predikat rata-rata itu menurut lembar Skala (Untuk: capaian); kosong bila tidak ada.", lambda laporan: _predikat_of(laporan, laporan.result.computed.capaian)),
    Field("ada_kinerja_program", "Benar bila sedikitnya satu program, kegiatan, atau sub kegiatan mempunyai Target kinerja.", lambda laporan: any(row.target.value is not None for row in laporan.dataset.anggaran)),
    Field("program_tanpa_realisasi", "Nama program yang belum ada realisasinya.", _unspent),
    Field("serapan_tertinggi", "Program dengan serapan tertinggi beserta serapannya.", _extreme(max)),
    Field("serapan_terendah", "Program dengan serapan terendah beserta serapannya.", _extreme(min)),
)  # fmt: skip

GRAFIK = (
    Field("capaian", "Grafik capaian setiap indikator, dengan garis pada target dan pada yang diminta triwulan ini; kosong bila belum ada yang dapat dihitung.", achievement_chart),
    Field("anggaran", "Grafik serapan setiap program di samping realisasi dan pagunya; kosong bila belum ada angkanya.", budget_chart),
    Field("tren", "Grafik capaian dan serapan dari triwulan ke triwulan; kosong bila buku kerja triwulan sebelumnya pada tahun yang sama tidak disertakan.", trend_chart),
)  # fmt: skip


def _report(laporan: Laporan) -> Laporan:
    return laporan


def _basis(laporan: Laporan) -> list[ShownPart]:
    """The figures that can be checked; of what cannot be worked out the report itself says why."""
    parts = sections(laporan.result) if laporan.figures else []
    known = (
        replace(part, figures=tuple(each for each in part.figures if each.value is not None))
        for part in parts
    )
    return [part for part in known if part.figures]


def _all_before(item: Item) -> Item:
    beside = item.laporan.result.comparison
    return Item(item.laporan, beside and beside.jumlah, 1)


FIELDS: tuple[Field, ...] = (
    Field("identitas", "Isi lembar Identitas.", _report, IDENTITAS),
    Field("periode", "Triwulan yang dilaporkan.", _report, PERIODE),
    Field("pengaturan", "Cara menghitung yang dipilih pada lembar Identitas.", _report, PENGATURAN),
    Field("logo", "Gambar lambang daerah; kosong bila tidak ada atau tidak dapat dicetak.", lambda laporan: laporan.logo or ""),
    Field("nama_logo", "Nama berkas logo yang ditulis di buku kerja.", lambda laporan: _text(laporan.dataset.identitas.logo)),
    Field("masalah_logo", "Mengapa logo tidak dapat dicetak, misalnya rusak; kosong bila dicetak atau belum ada.", lambda laporan: _problem(laporan.dataset.logo, laporan.logo)),
    Field("ringkasan", "Banyaknya dan nama-nama, untuk kalimat yang mengikuti angka.", _report, RINGKASAN),
    Field("tugas_fungsi", "Tugas dan fungsi Camat.", lambda laporan: [_item(row.uraian) for row in laporan.dataset.tugas_fungsi]),
    Field("indikator", "Semua indikator.", lambda laporan: laporan.result.computed.indikator, INDIKATOR, many=True),
    Field("sasaran", "Semua sasaran dengan indikator dan programnya.", lambda laporan: laporan.result.computed.sasaran, SASARAN, many=True),
    Field("program", "Semua program.", lambda laporan: laporan.result.computed.program, PROGRAM, many=True),
    Field("unit", "Kecamatan dan unit di dalamnya yang mempunyai anggaran sendiri, masing-masing dengan programnya; hanya satu bila kolom Unit tidak diisi.", lambda laporan: laporan.result.computed.unit, UNIT, many=True),
    Field("anggaran", "Jumlah dan rata-rata semua program.", lambda laporan: Item(laporan, laporan.result.computed, 1), (
        *_TOTALS,
        *_PLANNED,
        *_STATUS,
        Field("lalu", "Semua program pada triwulan pembanding.", _all_before, _earlier_fields("serapan")),
    )),
    Field("dasar_angka", "Dasar setiap angka laporan; kosong tanpa lkt build --figures.", _basis, (
        Field("judul", "Indikator, dokumen, program, atau sasaran.", lambda item: item.value.title),
        Field("angka", "Angka-angkanya yang dapat dihitung.", lambda item: list(bases(item.laporan.result, item.value)), (
            Field("nama", "Nama angka.", lambda item: item.value.label),
            Field("nilai", "Angka seperti yang dicetak.", lambda item: item.value.printed),
            Field("rumus", "Rumusnya, atau mengapa tidak dapat dihitung.", lambda item: item.value.formula),
            Field("masukan", "Masukan dengan nilainya.", lambda item: item.value.inputs, (
                Field("nama", "Nama dan nilai masukan.", lambda item: item.value[0]),
                Field("sel", "Selnya; kosong bila tidak ada.", lambda item: item.value[1]),
            ), many=True),
        ), many=True),
    ), many=True),
    Field("grafik", "Grafik Word; dicetak sebagai isi paragraf, dan dapat diuji dengan if.", _report, GRAFIK),
    Field("fasilitasi", "Catatan fasilitasi yang dihitung.", lambda laporan: laporan.counted, FASILITASI, many=True),
    Field("fasilitasi_pelaksana", "Banyaknya fasilitasi yang dihitung menurut pelaksana, yang terbanyak dahulu.", _log_by_pelaksana, LOG_BY_PELAKSANA, many=True),
    Field("fasilitasi_bulan", "Banyaknya fasilitasi yang dihitung menurut bulan, dari Januari sampai dengan akhir triwulan.", lambda laporan: _log_by_month(laporan, laporan.counted), LOG_BY_MONTH, many=True),
    Field("dokumen", "Dokumen desa yang dinilai.", lambda laporan: laporan.result.computed.dokumen, DOKUMEN, many=True),
    Field("strategi", "Strategi menurut indikator.", _strategies, STRATEGI, many=True),
    Field("tindak_lanjut", "Rencana tindak lanjut.", lambda laporan: [_step(row) for row in laporan.dataset.rencana]),
    Field("rencana_lalu", "Rencana tindak lanjut laporan sebelumnya dengan statusnya.", _former_plans, PLANNED, many=True),
    Field("kegiatan", "Kegiatan yang didokumentasikan.", lambda laporan: laporan.dataset.kegiatan, KEGIATAN, many=True),
    Field("narasi", "Teks tambahan dari lembar Narasi.", _report, NARASI),
    Field("skala_nilai", "Predikat nilai dari lembar Skala, misalnya predikat SAKIP.", lambda laporan: [row for row in laporan.dataset.skala if row.of_nilai], SKALA, many=True),
    Field("skala_capaian", "Predikat capaian dari lembar Skala.", lambda laporan: [row for row in laporan.dataset.skala if row.of_capaian], SKALA, many=True),
)  # fmt: skip
"""Everything that a template may name."""
