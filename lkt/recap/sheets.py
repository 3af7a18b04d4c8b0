"""The sheets of the recap workbook in their order."""

from lkt.recap.barisan import nama_triwulan
from lkt.recap.lists import absorption, achievement, findings, follow_up
from lkt.recap.matriks import matrix
from lkt.recap.rekap import Rekap
from lkt.recap.sums import indicators, programmes, summary
from lkt.recap.tables import Table


def tables(rekap: Rekap) -> list[Table]:
    """All tables in the order of their sheets: sums first, long lists last."""
    rows = rekap.barisan
    sums = (summary(heading(rekap), rows), follow_up(rows), programmes(rekap), indicators(rekap))
    long = (absorption(rekap, rows), achievement(rekap, rows), findings(rows))
    beside = matrix(rekap, rows)
    return [*sums, *([beside] if beside else []), *long]


def heading(rekap: Rekap) -> str:
    """What the recap is of, in one line."""
    period = f" {nama_triwulan(rekap.triwulan)}" if rekap.triwulan else ""
    place = f" Kabupaten {rekap.kabupaten}" if rekap.kabupaten else ""
    return f"Rekapitulasi Laporan Kinerja{period}{place}"
