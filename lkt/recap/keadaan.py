"""The states in which kecamatan are counted and listed."""

from collections.abc import Callable

from lkt.findings import Severity
from lkt.recap.barisan import Baris
from lkt.recap.ringkasan import Status

Test = Callable[[Baris], bool]


def _has(status: Status) -> Test:
    return lambda row: row.ringkasan.status is status


def _undated(row: Baris) -> bool:
    return row.dihitung and row.terlambat is None


def _built(row: Baris) -> bool:
    return row.dihitung and row.ringkasan.status is Status.SELESAI


def _has_errors(row: Baris) -> bool:
    return row.dihitung and row.ringkasan.jumlah(Severity.ERROR) > 0


def _other(row: Baris) -> bool:
    """A workbook that can be read and stands alone, yet is not of the quarter of the recap."""
    excused = {Status.BELUM, Status.TIDAK_TERBACA, Status.GANDA}
    return not row.dihitung and row.ringkasan.status not in excused


KEADAAN: tuple[tuple[str, str, Test], ...] = (
    ("dihitung", "yang angkanya masuk rekap", lambda row: row.dihitung),
    ("tepat_waktu", "yang laporannya tepat waktu", lambda row: row.terlambat == 0),
    ("terlambat", "yang laporannya terlambat", lambda row: bool(row.terlambat)),
    ("tanpa_tanggal", "yang tanggal laporan atau batasnya tidak terbaca", _undated),
    ("kesalahan", "yang buku kerjanya masih memuat kesalahan", _has_errors),
    ("selesai", "yang laporannya selesai disusun", _built),
    ("draf", "yang laporannya disusun sebagai draf", _has(Status.DRAF)),
    ("gagal", "yang laporannya tidak dapat disusun", _has(Status.GAGAL)),
    ("belum", "yang belum menyerahkan buku kerja", _has(Status.BELUM)),
    ("tidak_terbaca", "yang berkasnya tidak terbaca", _has(Status.TIDAK_TERBACA)),
    ("ganda", "yang buku kerjanya ganda", _has(Status.GANDA)),
    ("triwulan_lain", "yang buku kerjanya dari triwulan lain atau tidak jelas triwulannya", _other),
)
"""Name, meaning and test of each state."""
