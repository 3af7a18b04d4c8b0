"""The long lists: what has to be seen to, every programme, every indicator, every finding."""

from collections.abc import Iterable, Iterator

from lkt.bahasa import normalize
from lkt.recap.barisan import LEVELS, Baris, Butir, masuk
from lkt.recap.exact import share
from lkt.recap.jumlah import program_key
from lkt.recap.rekap import Rekap
from lkt.recap.tables import DIVIDED, Column, Kind, Mark, Table, Value


def follow_up(rows: Iterable[Baris]) -> Table:
    """Who has something to do."""
    columns = (
        Column("No", 5, Kind.CENTRED, lambda row: row.nomor),
        Column("Kecamatan", 24, Kind.TEXT, lambda row: row.ringkasan.kecamatan),
        Column("Status", 20, Kind.CENTRED, lambda row: row.ringkasan.status.value, mark=Mark.NOT_DONE),
        Column("Masalah", 80, Kind.TEXT, lambda row: row.masalah),
        Column("Keterangan", 36, Kind.TEXT, lambda row: row.ringkasan.catatan),
        Column("Berkas", 36, Kind.TEXT, lambda row: row.berkas),
    )
    note = (
        "Yang belum menyerahkan, tidak terbaca, ganda, dari triwulan lain, terlambat, atau memuat kesalahan. "
        "Rincian kesalahan ada pada lembar Temuan."
    )
    found = (row for row in rows if row.masalah)
    return Table("TindakLanjut", "Tindak Lanjut", "Yang perlu ditindaklanjuti", note, columns, found, 2,
                 nothing="Tidak ada yang perlu ditindaklanjuti.")  # fmt: skip


def absorption(rekap: Rekap, rows: Iterable[Baris]) -> Table:
    """Every programme of every kecamatan."""
    numbers = {row.kode: number for number, row in enumerate(rekap.jumlah.program, start=1)}

    def found() -> Iterator[Butir]:
        for row in rows:
            for each in row.ringkasan.serapan if row.dihitung else ():
                yield Butir(row, each, numbers.get(program_key(each)))

    columns = (
        *_whose(),
        Column("No Program", 10, Kind.CENTRED, lambda row: row.nomor),
        Column("Kode", 12, Kind.CENTRED, lambda row: row.isi.kode),
        Column("Program", 56, Kind.TEXT, lambda row: row.isi.program),
        Column("Pagu", 19, Kind.MONEY, lambda row: row.isi.pagu, total="sum"),
        Column("Realisasi", 19, Kind.MONEY, lambda row: row.isi.realisasi, total="sum"),
        Column("Serapan", 11, Kind.PERCENT, _absorbed_of, DIVIDED, mark=Mark.BAR),
        Column("Dihitung", 10, Kind.CENTRED, lambda row: _yes(value=masuk(row.isi))),
    )
    note = (
        "Setiap program di setiap kecamatan. Program yang pagu atau realisasinya tidak diketahui tidak masuk "
        "jumlah pada lembar lain (kolom Dihitung)."
    )
    return Table("Serapan", "Serapan", "Serapan anggaran", note, columns, found(), 2, "Jumlah")


def achievement(rekap: Rekap, rows: Iterable[Baris]) -> Table:
    """Every indicator of every kecamatan."""
    known = enumerate(rekap.jumlah.indikator, start=1)
    numbers = {normalize(row.indikator): number for number, row in known}

    def found() -> Iterator[Butir]:
        for row in rows:
            for each in row.ringkasan.capaian if row.dihitung else ():
                yield Butir(row, each, numbers[normalize(each.indikator)])

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
    return Table("Capaian", "Capaian", "Capaian indikator kinerja", note, columns, found(), 2)


def findings(rows: Iterable[Baris]) -> Table:
    """Every finding of every workbook."""
    found = (Butir(row, each) for row in rows for each in row.ringkasan.daftar_temuan)
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


# Columns that several lists have ----------------------------------------------------------------------------


def _whose() -> tuple[Column, Column]:
    return (
        Column("No", 5, Kind.CENTRED, lambda row: row.baris.nomor),
        Column("Kecamatan", 24, Kind.TEXT, lambda row: row.baris.ringkasan.kecamatan),
    )


def _absorbed_of(row: Butir) -> Value:
    return share(row.isi.realisasi, row.isi.pagu) if masuk(row.isi) else None


def _yes(*, value: bool | None) -> str:
    return "" if value is None else "ya" if value else "tidak"
