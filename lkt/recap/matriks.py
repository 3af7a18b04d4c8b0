"""The indicators that most kecamatan have, side by side."""

import re
from collections.abc import Iterable, Sequence
from fractions import Fraction

from lkt.bahasa import normalize, squeeze
from lkt.recap.barisan import Baris, Butir
from lkt.recap.exact import rerata
from lkt.recap.rekap import Rekap
from lkt.recap.tables import Column, Kind, Mark, Table
from lkt.report.ledger import clean

_MOST = 16  # columns that a page on its side has room for
_HEADING = 90  # letters
_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")  # in the name of a column Excel would take it for a letter
_FORMULA = "=AVERAGEIFS(Capaian[Capaian],Capaian[No],[@No],Capaian[No Indikator],{})"


def matrix(rekap: Rekap, rows: Iterable[Baris]) -> Table | None:
    """One row a kecamatan, one column an indicator; None where there are no two to compare."""
    counted = len(rekap.jumlah.keadaan["dihitung"])
    common = [
        (number, each.indikator)
        for number, each in enumerate(rekap.jumlah.indikator, start=1)
        if 2 * each.kecamatan >= counted > 1
    ][:_MOST]
    if not common:
        return None
    columns = (
        Column("No", 5, Kind.CENTRED, lambda row: row.baris.nomor),
        Column("Kecamatan", 24, Kind.TEXT, lambda row: row.baris.ringkasan.kecamatan),
        *(_column(number, name) for number, name in common),
    )
    keys = [normalize(name) for _, name in common]
    beside = (Butir(row, _means(row, keys)) for row in rows if row.dihitung)
    note = "Indikator yang dimiliki sedikitnya separuh kecamatan; sel kosong berarti tidak ada angkanya."
    return Table("Matriks", "Matriks", "Capaian setiap kecamatan", note, columns, beside, 2)


def _column(number: int, name: str) -> Column:
    heading = f"{number}. {_short(_ESCAPED.sub(' ', squeeze(clean(name))))}"
    key = normalize(name)
    return Column(heading, 22, Kind.PERCENT, lambda row: row.isi[key], _FORMULA.format(number), mark=Mark.BAR)


def _short(name: str) -> str:
    return name if len(name) <= _HEADING else f"{name[: _HEADING - 1].rpartition(' ')[0] or name[:_HEADING]}…"


def _means(row: Baris, indicators: Sequence[str]) -> dict[str, Fraction | None]:
    """The capaian of these indicators in a kecamatan; the mean where one stands there more than once."""
    found: dict[str, list[Fraction]] = {indicator: [] for indicator in indicators}
    for each in row.ringkasan.capaian:
        mine = found.get(normalize(each.indikator))
        if mine is not None and each.capaian is not None:
            mine.append(each.capaian)
    return {indicator: rerata(values) for indicator, values in found.items()}
