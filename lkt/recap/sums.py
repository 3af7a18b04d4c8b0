"""The tables that sum up: a row a kecamatan, a programme, an indicator, each worked out from the long lists."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from operator import attrgetter

from lkt.bahasa import normalize
from lkt.findings import Severity
from lkt.recap.barisan import LEVELS, Baris, Butir
from lkt.recap.exact import share
from lkt.recap.jumlah import JumlahProgram
from lkt.recap.rekap import Rekap
from lkt.recap.tables import DIVIDED, Column, Kind, Mark, Table, Value

_ALL_DIVIDED = "{0}[[#Totals],[Realisasi]]/{0}[[#Totals],[Pagu]]"
_COUNTED = 'Serapan[Dihitung],"ya"'
_SAME_INDICATOR = "(Capaian[No Indikator]=[@No])*ISNUMBER(Capaian[Capaian])"


def summary(title: str, rows: Iterable[Baris]) -> Table:
    """One row a workbook, and a kecamatan without one; the title is that of the recap."""

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
        Column("Berkas", 30, Kind.TEXT, lambda row: row.berkas),
    )
    note = (
        "Jumlah dan rerata dihitung dari kecamatan yang tampil: saring atau urutkan lewat judul kolom. "
        "Sel angka yang kosong tidak dihitung; sebabnya ada pada lembar Tindak Lanjut."
    )
    return Table("Ringkasan", "Ringkasan", title, note, columns, rows, 3, "Jumlah dan rerata")


def programmes(rekap: Rekap) -> Table:
    """One row a programme, over all kecamatan."""
    numbered = [Butir(None, row, number) for number, row in enumerate(rekap.jumlah.program, start=1)]
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
    note = "Pagu, realisasi, dan serapan setiap program di seluruh kecamatan; rinciannya pada lembar Serapan."
    return Table("Program", "Program", "Anggaran menurut program", note, columns, numbered, 3, "Jumlah")


def indicators(rekap: Rekap) -> Table:
    """One row an indicator, over all kecamatan."""
    numbered = [Butir(None, row, number) for number, row in enumerate(rekap.jumlah.indikator, start=1)]
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
    note = "Capaian setiap indikator di seluruh kecamatan; rinciannya pada lembar Capaian."
    return Table("Indikator", "Indikator", "Capaian menurut indikator", note, columns, numbered, 2)


# Columns that several tables have ---------------------------------------------------------------------------


def _money(name: str, formula: str, path: str = "") -> Column:
    return Column(name, 18, Kind.MONEY, attrgetter(path or name.lower()), formula, "sum")


def _absorbed(table: str, prefix: str = "") -> Column:
    value, total = attrgetter(f"{prefix}serapan"), _ALL_DIVIDED.format(table)
    return Column("Serapan", 11, Kind.PERCENT, value, DIVIDED, total, _all_absorbed, Mark.BAR)


def _all_absorbed(totals: Mapping[str, Value]) -> Value:
    spent, pagu = totals["Realisasi"], totals["Pagu"]
    return share(spent, pagu) if isinstance(spent, Fraction) and isinstance(pagu, Fraction) else None


def _code(row: JumlahProgram) -> str:
    """The code of a programme; its key is its name where it has none."""
    return "" if row.kode == normalize(row.program) else row.kode
