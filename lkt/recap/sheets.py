"""The tables of the recap workbook: what stands in which column, and how Excel works it out."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from operator import attrgetter
from typing import Any

from lkt.bahasa import normalize
from lkt.findings import Severity
from lkt.recap.barisan import Baris, barisan, masuk, nama_triwulan
from lkt.recap.matriks import matrix
from lkt.recap.rekap import JumlahProgram, Rekap, program_key, share
from lkt.recap.tables import Column, Kind, Mark, Table, Value

LEVELS = {Severity.ERROR: "kesalahan", Severity.WARNING: "peringatan", Severity.INFO: "catatan"}
"""What the severities are called."""

_DIVIDED = "=[@Realisasi]/[@Pagu]"
_ALL_DIVIDED = "{0}[[#Totals],[Realisasi]]/{0}[[#Totals],[Pagu]]"
_COUNTED = 'Serapan[Dihitung],"ya"'
_SAME_INDICATOR = "(Capaian[No Indikator]=[@No])*ISNUMBER(Capaian[Capaian])"


@dataclass(frozen=True, slots=True)
class Butir:
    """An indicator, a programme or a finding of a kecamatan; ``nomor`` is its number among its kind."""

    baris: Baris | None
    isi: Any
    nomor: int | None = None


def tables(rekap: Rekap) -> list[Table]:
    """All tables in the order of their sheets: sums first, long lists last."""
    rows = barisan(rekap)
    sums = (summary(rekap, rows), follow_up(rows), programmes(rekap), indicators(rekap))
    long = (absorption(rekap, rows), achievement(rekap, rows), findings(rows))
    beside = matrix(rekap, rows)
    return [*sums, *([beside] if beside else []), *long]


def heading(rekap: Rekap) -> str:
    """What the recap is of, in one line."""
    period = f" {nama_triwulan(rekap.triwulan)}" if rekap.triwulan else ""
    place = f" Kabupaten {rekap.kabupaten}" if rekap.kabupaten else ""
    return f"Rekapitulasi Laporan Kinerja{period}{place}"


# Sums ------------------------------------------------------------------------------------------------------


def summary(rekap: Rekap, rows: Sequence[Baris]) -> Table:
    """One row a workbook, and a kecamatan without one."""

    def counted(severity: Severity) -> Column:
        level = LEVELS[severity]
        mark = Mark.POSITIVE if severity is Severity.ERROR else Mark.NONE
        formula = f'=COUNTIFS(Temuan[No],[@No],Temuan[Tingkat],"{level}")'
        return Column(
            level.capitalize(),
            10,
            Kind.COUNT,
            lambda row: row.ringkasan.jumlah(severity),
            formula,
            "sum",
            mark=mark,
        )

    columns = (
        Column("No", 5, Kind.CENTRED, lambda row: row.nomor),
        Column("Kode", 10, Kind.CENTRED, lambda row: row.ringkasan.kode),
        Column("Kecamatan", 20, Kind.TEXT, lambda row: row.ringkasan.kecamatan),
        Column("Status", 17, Kind.CENTRED, lambda row: row.ringkasan.status.value, mark=Mark.NOT_DONE),
        Column("Batas Penyampaian", 16, Kind.DATE, lambda row: row.ringkasan.batas_lapor),
        Column("Tanggal Laporan", 16, Kind.DATE, lambda row: row.ringkasan.tanggal_laporan),
        Column("Ketepatan", 18, Kind.CENTRED, lambda row: row.ketepatan),
        Column("Hari Terlambat", 10, Kind.COUNT, lambda row: row.terlambat, mark=Mark.POSITIVE),
        *map(counted, LEVELS),
        Column(
            "Rerata Capaian",
            11,
            Kind.PERCENT,
            lambda row: row.capaian,
            "=AVERAGEIFS(Capaian[Capaian],Capaian[No],[@No])",
            "average",
            mark=Mark.BAR,
        ),
        _money("Pagu", f"=SUMIFS(Serapan[Pagu],Serapan[No],[@No],{_COUNTED})"),
        _money("Realisasi", f"=SUMIFS(Serapan[Realisasi],Serapan[No],[@No],{_COUNTED})"),
        _absorbed("Ringkasan"),
        Column("Berkas", 30, Kind.TEXT, lambda row: row.ringkasan.berkas),
    )
    note = (
        "Jumlah dan rerata dihitung dari kecamatan yang tampil: saring atau urutkan lewat judul kolom. "
        "Sel angka yang kosong tidak dihitung; sebabnya ada pada sheet Tindak Lanjut."
    )
    return Table("Ringkasan", "Ringkasan", heading(rekap), note, columns, rows, 3, "Jumlah dan rerata")


def follow_up(rows: Sequence[Baris]) -> Table:
    """Who has something to do."""
    columns = (
        Column("No", 5, Kind.CENTRED, lambda row: row.nomor),
        Column("Kecamatan", 24, Kind.TEXT, lambda row: row.ringkasan.kecamatan),
        Column("Status", 20, Kind.CENTRED, lambda row: row.ringkasan.status.value, mark=Mark.NOT_DONE),
        Column("Masalah", 80, Kind.TEXT, lambda row: row.masalah),
        Column("Keterangan", 36, Kind.TEXT, lambda row: row.ringkasan.catatan),
        Column("Berkas", 36, Kind.TEXT, lambda row: row.ringkasan.berkas),
    )
    note = (
        "Yang belum menyerahkan, tidak terbaca, ganda, dari triwulan lain, terlambat, atau memuat kesalahan. "
        "Rincian kesalahan ada pada sheet Temuan."
    )
    found = [row for row in rows if row.masalah]
    return Table("TindakLanjut", "Tindak Lanjut", "Yang perlu ditindaklanjuti", note, columns, found, 2,
                 nothing="Tidak ada yang perlu ditindaklanjuti.")  # fmt: skip


def programmes(rekap: Rekap) -> Table:
    """One row a programme, over all kecamatan."""
    numbered = [Butir(None, row, number) for number, row in enumerate(rekap.program, start=1)]
    columns = (
        Column("No", 5, Kind.CENTRED, lambda row: row.nomor),
        Column("Kode", 12, Kind.CENTRED, lambda row: _code(row.isi)),
        Column("Program", 64, Kind.TEXT, lambda row: row.isi.program),
        Column(
            "Kecamatan",
            12,
            Kind.COUNT,
            lambda row: row.isi.kecamatan,
            f"=COUNTIFS(Serapan[No Program],[@No],{_COUNTED})",
        ),
        _money("Pagu", f"=SUMIFS(Serapan[Pagu],Serapan[No Program],[@No],{_COUNTED})", "isi.pagu"),
        _money(
            "Realisasi", f"=SUMIFS(Serapan[Realisasi],Serapan[No Program],[@No],{_COUNTED})", "isi.realisasi"
        ),
        _absorbed("Program", "isi."),
    )
    note = "Pagu, realisasi, dan serapan setiap program di seluruh kecamatan; rinciannya pada sheet Serapan."
    return Table("Program", "Program", "Anggaran menurut program", note, columns, numbered, 3, "Jumlah")


def indicators(rekap: Rekap) -> Table:
    """One row an indicator, over all kecamatan."""
    numbered = [Butir(None, row, number) for number, row in enumerate(rekap.indikator, start=1)]
    same = "Capaian[Capaian],Capaian[No Indikator],[@No]"
    columns = (
        Column("No", 5, Kind.CENTRED, lambda row: row.nomor),
        Column("Indikator", 64, Kind.TEXT, lambda row: row.isi.indikator),
        Column("Kecamatan", 12, Kind.COUNT, lambda row: row.isi.kecamatan, f"=SUMPRODUCT({_SAME_INDICATOR})"),
        Column(
            "Mencapai Target",
            12,
            Kind.COUNT,
            lambda row: row.isi.tercapai,
            '=COUNTIFS(Capaian[No Indikator],[@No],Capaian[Tercapai],"ya")',
        ),
        Column(
            "Rerata Capaian",
            13,
            Kind.PERCENT,
            lambda row: row.isi.rerata,
            f"=AVERAGEIFS({same})",
            mark=Mark.BAR,
        ),
        Column(
            "Terendah",
            12,
            Kind.PERCENT,
            lambda row: row.isi.terendah,
            f"{{=MIN(IF({_SAME_INDICATOR},Capaian[Capaian]))}}",
        ),
        Column(
            "Tertinggi",
            12,
            Kind.PERCENT,
            lambda row: row.isi.tertinggi,
            f"{{=MAX(IF({_SAME_INDICATOR},Capaian[Capaian]))}}",
        ),
    )
    note = "Capaian setiap indikator di seluruh kecamatan; rinciannya pada sheet Capaian."
    return Table("Indikator", "Indikator", "Capaian menurut indikator", note, columns, numbered, 2)


# Long lists ------------------------------------------------------------------------------------------------


def absorption(rekap: Rekap, rows: Sequence[Baris]) -> Table:
    """Every programme of every kecamatan."""
    numbers = {row.kode: number for number, row in enumerate(rekap.program, start=1)}
    found = [
        Butir(row, each, numbers.get(program_key(each)))
        for row in rows if row.dihitung for each in row.ringkasan.serapan
    ]  # fmt: skip
    columns = (
        *_whose(),
        Column("No Program", 10, Kind.CENTRED, lambda row: row.nomor),
        Column("Kode", 12, Kind.CENTRED, lambda row: row.isi.kode),
        Column("Program", 56, Kind.TEXT, lambda row: row.isi.program),
        Column("Pagu", 19, Kind.MONEY, lambda row: row.isi.pagu, total="sum"),
        Column("Realisasi", 19, Kind.MONEY, lambda row: row.isi.realisasi, total="sum"),
        Column("Serapan", 11, Kind.PERCENT, _absorbed_of, _DIVIDED, mark=Mark.BAR),
        Column("Dihitung", 10, Kind.CENTRED, lambda row: _yes(value=masuk(row.isi))),
    )
    note = (
        "Setiap program di setiap kecamatan. Program yang pagu atau realisasinya tidak diketahui tidak masuk "
        "jumlah pada sheet lain (kolom Dihitung)."
    )
    return Table("Serapan", "Serapan", "Serapan anggaran", note, columns, found, 2, "Jumlah")


def achievement(rekap: Rekap, rows: Sequence[Baris]) -> Table:
    """Every indicator of every kecamatan."""
    numbers = {normalize(row.indikator): number for number, row in enumerate(rekap.indikator, start=1)}
    found = [
        Butir(row, each, numbers[normalize(each.indikator)])
        for row in rows if row.dihitung for each in row.ringkasan.capaian
    ]  # fmt: skip
    columns = (
        *_whose(),
        Column("No Indikator", 10, Kind.CENTRED, lambda row: row.nomor),
        Column("Nomor", 8, Kind.CENTRED, lambda row: row.isi.nomor),
        Column("Sasaran", 40, Kind.TEXT, lambda row: row.isi.sasaran),
        Column("Indikator", 48, Kind.TEXT, lambda row: row.isi.indikator),
        Column("Satuan", 10, Kind.CENTRED, lambda row: row.isi.satuan),
        Column("Target", 14, Kind.CENTRED, lambda row: row.isi.target),
        Column("Realisasi", 14, Kind.CENTRED, lambda row: row.isi.realisasi),
        Column("Capaian", 12, Kind.PERCENT, lambda row: row.isi.capaian, mark=Mark.BAR),
        Column("Tercapai", 10, Kind.CENTRED, lambda row: _yes(value=row.isi.tercapai)),
    )
    note = "Setiap indikator di setiap kecamatan; target dan realisasi tertulis seperti dalam laporan."
    return Table("Capaian", "Capaian", "Capaian indikator kinerja", note, columns, found, 2)


def findings(rows: Sequence[Baris]) -> Table:
    """Every finding of every workbook."""
    found = [Butir(row, each) for row in rows for each in row.ringkasan.daftar_temuan]
    columns = (
        *_whose(),
        Column("Tingkat", 13, Kind.CENTRED, lambda row: LEVELS[row.isi.severity]),
        Column("Kode", 9, Kind.CENTRED, lambda row: row.isi.code),
        Column("Sel", 24, Kind.TEXT, lambda row: row.isi.sel),
        Column("Temuan", 96, Kind.TEXT, lambda row: row.isi.pesan),
    )
    note = "Kesalahan menghentikan penyusunan laporan. Penjelasan setiap kode: lkt explain KODE"
    return Table(
        "Temuan", "Temuan", "Temuan pemeriksaan", note, columns, found, 2, nothing="Tidak ada temuan."
    )


# Columns that several tables have ---------------------------------------------------------------------------


def _whose() -> tuple[Column, Column]:
    return (
        Column("No", 5, Kind.CENTRED, lambda row: row.baris.nomor),
        Column("Kecamatan", 24, Kind.TEXT, lambda row: row.baris.ringkasan.kecamatan),
    )


def _money(name: str, formula: str, path: str = "") -> Column:
    return Column(name, 18, Kind.MONEY, attrgetter(path or name.lower()), formula, "sum")


def _absorbed(table: str, prefix: str = "") -> Column:
    pagu, spent, value = (attrgetter(f"{prefix}{name}") for name in ("pagu", "realisasi", "serapan"))

    def all_of(rows: Sequence[Any]) -> Value:
        return share(sum(_known(map(spent, rows)), Fraction(0)), sum(_known(map(pagu, rows)), Fraction(0)))

    return Column("Serapan", 11, Kind.PERCENT, value, _DIVIDED, _ALL_DIVIDED.format(table), all_of, Mark.BAR)


def _known(values: Iterable[Fraction | None]) -> Iterator[Fraction]:
    return (value for value in values if value is not None)


def _absorbed_of(row: Butir) -> Value:
    return share(row.isi.realisasi, row.isi.pagu) if masuk(row.isi) else None


def _code(row: JumlahProgram) -> str:
    """The code of a programme; its key is its name where it has none."""
    return "" if row.kode == normalize(row.program) else row.kode


def _yes(*, value: bool | None) -> str:
    return "" if value is None else "ya" if value else "tidak"
