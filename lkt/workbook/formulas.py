"""The live formulas of the standard workbook, so that an office sees its figures while typing.

They repeat the arithmetic of ``lkt.indicators`` as far as a spreadsheet can; what a formula shows is never
used for the report. A formula shows nothing where the program has no value. References are written as in
``declaration``; besides these, ``[*]`` in a total row is the column's own data range, ``[batas]`` the
deadline of the document in whose column of sheet Desa it stands, and ``[Desa.jumlah]`` the counts in the
row Jumlah of sheet Desa.
"""

from collections.abc import Callable
from functools import reduce

from lkt.figures import Sifat
from lkt.indicators import SIFAT
from lkt.indicators.lembar import NO_PERIOD, PERIOD_END

_BY_COST = sorted(SIFAT.values(), key=lambda kind: kind.counted)
"""The kinds that count a whole sheet last: a spreadsheet stops at the first that fits."""


def of_kind(holds: Callable[[Sifat], bool]) -> str:
    """Whether Jenis is one of the kinds for which something holds."""
    tests = [_is(kind) for kind in _BY_COST if holds(kind)]
    return f"OR({','.join(tests)})" if len(tests) > 1 else "".join(tests) or "FALSE"


def _is(kind: Sifat) -> str:
    return f'[Jenis]="{kind.name}"'


TYPED_REALISASI = of_kind(lambda kind: not kind.computed)
_IN_PERCENT = 'OR([Satuan]="%",[Satuan]="persen")'

REALISASI = "=" + reduce(
    lambda rest, kind: f"IF({_is(kind)},{kind.formula},{rest})",
    (kind for kind in reversed(_BY_COST) if kind.formula),
    '""',
)
"""In the unit of the row: percent in percentage points. Blank for the kinds that are typed."""


def _number(cell: str, fraction: str) -> str:
    """A typed measure as a number: a letter by its scale, 0,85 formatted as percent as 85.

    Where a spreadsheet does not tell the format of a cell, a figure up to 1 is taken as 100% or less if
    ``fraction`` holds.
    """
    letter = f"INDEX([Skala.Batas Bawah],MATCH({cell},[Skala.Predikat],0))"
    percent = f'OR(IFERROR(LEFT(CELL("format",{cell}))="P",FALSE),AND({fraction},N({cell})<=1))'
    return f"IF(ISTEXT({cell}),{letter},N({cell})*IF({percent},100,1))"


def _reached(target: str) -> str:
    """Realisasi against a target; an error where the target is 0 or a letter is not on the scale."""
    ratio = f"{_number('[Realisasi]', f'{_IN_PERCENT},{TYPED_REALISASI}')}/{_number(target, _IN_PERCENT)}"
    return f'IF([Arah]="turun",MAX(0,2-{ratio}),{ratio})'


_CAP = "IFERROR(VALUE([Identitas.Batas Capaian])/100,1E+99)"

CAPAIAN_INDIKATOR = (
    f'=IF(OR([Realisasi]="",[Arah]=""),"",IFERROR(MIN({_CAP},'
    f'IF([Identitas.Dasar Capaian]="triwulan",{_reached("[Target Triwulan]")},{_reached("[Target]")})),""))'
)
SERAPAN = '=IF(OR(N([Pagu])=0,NOT(ISNUMBER([Realisasi]))),"",[Realisasi]/[Pagu])'

TOTAL_MONEY = '=SUMPRODUCT((LEN([Anggaran.Kode])-LEN(SUBSTITUTE([Anggaran.Kode],".",""))<=2)*1,[*])'
"""Programme rows only: a code with more than two dots is a kegiatan or sub kegiatan."""

DESA_ON_TIME = f'=IF(OR(N([batas])=0,{NO_PERIOD}),"",COUNTIFS([*],">0",[*],"<"&MIN([batas],{PERIOD_END})+1))'
"""Desa on time with one document by the end of the quarter."""
