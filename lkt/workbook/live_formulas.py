"""The live formulas of the standard workbook, by which an office sees its figures while it types.

They repeat the arithmetic of ``lkt.indicators`` as far as a spreadsheet can. The report never uses what a
formula shows, and a formula shows nothing where the program has no value.

Formulas name cells by heading, as structured references do; ``resolve`` gives them addresses:

- ``[Pagu]`` is the cell of that column in the same row, ``[sel]`` the cell of the formula itself;
- ``[Anggaran.Pagu]`` is the whole data range of a column, ``[*]`` in a total row that of its own column;
- ``[Identitas.Tahun]`` is the value of a key;
- of formulas on several lines the first whose references the workbook has is taken;
- ``[batas]`` is the deadline of the document in whose column of sheet Desa the formula stands, and
  ``[Desa.jumlah]`` the counts in the row Jumlah of sheet Desa.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from lkt.addresses import column_letters, column_number
from lkt.figures import Computed, Figure, IndikatorKind, ProgramResult
from lkt.indicators import KINDS
from lkt.indicators.kinds import NO_PERIOD, PERIOD_END
from lkt.indonesian import roman
from lkt.model import Cell, Dataset

# The formulas ---------------------------------------------------------------------------------------------

# Those that count a whole sheet come last, since a spreadsheet stops at the first kind that fits.
_KINDS = sorted(KINDS.values(), key=lambda kind: kind.counted)


def of_kind(holds: Callable[[IndikatorKind], bool]) -> str:
    """The condition that Jenis is one of the kinds for which something holds."""
    tests = [_is(kind) for kind in _KINDS if holds(kind)]
    return f"OR({','.join(tests)})" if len(tests) > 1 else "".join(tests) or "FALSE"


def _is(kind: IndikatorKind) -> str:
    return f'[Jenis]="{kind.name}"'


def _realisasi() -> str:
    formula = '""'
    for kind in reversed(_KINDS):
        if kind.formula:
            formula = f"IF({_is(kind)},{kind.formula},{formula})"
    return f"={formula}"


def _number(cell: str, fraction: str) -> str:
    """A typed measure as a number: a letter by its scale, 0,85 formatted as percent as 85.

    Where a spreadsheet does not tell the format of a cell, a figure up to 1 is taken as 100% or less if the
    condition ``fraction`` holds.
    """
    letter = f"INDEX([Skala.Batas Bawah],MATCH({cell},[Skala.Predikat],0))"
    percent = f'OR(IFERROR(LEFT(CELL("format",{cell}))="P",FALSE),AND({fraction},N({cell})<=1))'
    return f"IF(ISTEXT({cell}),{letter},N({cell})*IF({percent},100,1))"


def _reached(target: str) -> str:
    """Realisasi against a target; an error where the target is 0 or a letter is not on the scale."""
    in_percent = 'OR([Satuan]="%",[Satuan]="persen")'
    realisasi = _number("[Realisasi]", f"{in_percent},{TYPED_REALISASI}")
    ratio = f"{realisasi}/{_number(target, in_percent)}"
    return f'IF([Arah]="turun",MAX(0,2-{ratio}),{ratio})'


OPEN_END = 1000
"""A column without a row Jumlah below is taken this far."""

TYPED_REALISASI = of_kind(lambda kind: not kind.computed)
"""The condition that Realisasi is typed."""

REALISASI = _realisasi()
"""In the unit of the row: percent in percentage points. Blank for the kinds that are typed."""


def _capaian(year: str, quarter: str) -> str:
    return (
        '=IF(OR([Realisasi]="",[Arah]=""),"",'
        "IFERROR(MIN(IFERROR(VALUE([Identitas.Batas Capaian])/100,1E+99),"
        f'IF([Identitas.Dasar Capaian]="triwulan",{_reached(quarter)},{_reached(year)})),""))'
    )


_KEY = "Tanggal PK Perubahan"
_PK_PERUBAHAN = f"N([Identitas.{_KEY}])"
_AMENDED = f'AND({_PK_PERUBAHAN}>0,{_PK_PERUBAHAN}<{PERIOD_END}+1,[Target Perubahan]<>"")'
_STEPS = ",".join(f"[Target TW {roman(number)}]" for number in range(1, 5))

CAPAIAN_INDIKATOR = "\n".join(
    (
        _capaian(
            f"IF({_AMENDED},[Target Perubahan],[Target])",
            f'IF([Target Triwulan]="",CHOOSE([Identitas.Triwulan],{_STEPS}),[Target Triwulan])',
        ),
        _capaian("[Target]", "[Target Triwulan]"),
    )
)
"""With the targets of quarters and of an amended agreement; without for a workbook that lacks the columns."""

SERAPAN = '=IF(OR(N([Pagu])=0,NOT(ISNUMBER([Realisasi]))),"",[Realisasi]/[Pagu])'

TOTAL_MONEY = '=SUMPRODUCT((LEN([Anggaran.Kode])-LEN(SUBSTITUTE([Anggaran.Kode],".",""))<=2)*1,[*])'
"""Programme rows only: a code with more than two dots is a kegiatan or sub kegiatan."""

DESA_ON_TIME = f'=IF(OR(N([batas])=0,{NO_PERIOD}),"",COUNTIFS([*],">0",[*],"<"&MIN([batas],{PERIOD_END})+1))'
"""Desa on time with one document by the end of the quarter."""


# References to addresses ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Layout:
    """Where things stand in one workbook; sheets, headings and keys by their names in the declaration.

    What a formula names and the workbook does not have raises LookupError.

    Attributes:
        titles: sheet -> its name as written in the file.
        letters: sheet and heading -> the letters of the column.
        ends: sheet -> the last row of its data.
        keys: key of sheet Identitas -> the absolute address of its value, with its sheet.
        due: document -> that of its deadline.
        total: the row Jumlah of sheet Desa; None where there is none, or a document is not among ``due``.
    """

    titles: Mapping[str, str]
    letters: Mapping[tuple[str, str], str]
    ends: Mapping[str, int]
    keys: Mapping[str, str]
    due: Mapping[str, str]
    total: int | None

    def cells(self, sheet: str, heading: str) -> str:
        """The data range of a column as an absolute reference, without its sheet."""
        letters = self.letters[sheet, heading]
        return f"${letters}$2:${letters}${self.ends[sheet]}"

    def on_time(self) -> str:
        """The counts in the row Jumlah of sheet Desa as arguments: one range where the columns are together.

        0 where there are no documents.
        """
        if self.total is None:
            raise LookupError("Desa.jumlah")
        numbers = sorted(column_number(self.letters["Desa", document]) for document in self.due)
        cells = [f"${column_letters(number)}${self.total}" for number in numbers]
        if numbers and numbers[-1] - numbers[0] == len(numbers) - 1:
            cells = [f"{cells[0]}:{cells[-1]}"]
        return ",".join(f"{quoted(self.titles['Desa'])}!{cell}" for cell in cells) or "0"


@dataclass(frozen=True, slots=True)
class FormulaSpot:
    """The cell that a formula is made for: its sheet and heading in the declaration, its row from 1."""

    sheet: str
    row: int
    heading: str


def resolve(formula: str, spot: FormulaSpot, layout: Layout) -> str:
    """A formula with addresses for its references; LookupError for what the workbook does not have."""
    first, *others = formula.split("\n")
    try:
        return re.sub(r"\[([^\[\]]+)\]", lambda found: _address(found[1], spot, layout), first)
    except LookupError:
        if not others:
            raise
        return resolve("\n".join(others), spot, layout)


def _address(name: str, spot: FormulaSpot, layout: Layout) -> str:
    match name.split("."):
        case ["*"]:
            return layout.cells(spot.sheet, spot.heading)
        case ["batas"]:
            return layout.due[spot.heading]
        case ["Desa", "jumlah"]:
            return layout.on_time()
        case [heading]:
            return f"{layout.letters[spot.sheet, spot.heading if heading == 'sel' else heading]}{spot.row}"
        case ["Identitas", label]:
            return layout.keys[label]
    sheet, _, heading = name.partition(".")
    return f"{quoted(layout.titles[sheet])}!{layout.cells(sheet, heading)}"


def quoted(title: str) -> str:
    """The name of a sheet as it stands in a reference."""
    return title if re.fullmatch("[A-Za-z]+", title) else "'{}'".format(title.replace("'", "''"))


# What the formulas show -----------------------------------------------------------------------------------


def derived_values(dataset: Dataset, computed: Computed) -> dict[tuple[str, str], float | str]:
    """(sheet, address) -> what each live formula shows, in the unit in which its cell holds it.

    Percent cells hold a fraction of one, Realisasi percentage points; "" stands where there is no value.
    """
    return {(cell.ref.sheet, cell.ref.cell): value for cell, value in _derived(dataset, computed)}


def _derived(dataset: Dataset, computed: Computed) -> Iterator[tuple[Cell[Any], float | str]]:
    for indicator in computed.indikator:
        if indicator.kind is None or indicator.computed:
            yield indicator.row.realisasi, _shown(indicator.realisasi)
        yield indicator.row.capaian, _shown(indicator.capaian, 100)
    for program in computed.program:
        yield from _serapan(program)
    row, budget = dataset.jumlah_anggaran, computed.anggaran
    if row is not None and budget is not None:
        # SUMPRODUCT gives 0 where nothing is filled in yet
        yield row.anggaran_pk, _shown(budget.anggaran_pk) or 0.0
        yield row.pagu, _shown(budget.pagu) or 0.0
        yield row.realisasi, _shown(budget.realisasi) or 0.0
        yield row.capaian, _shown(budget.tertimbang, 100)
    if dataset.jumlah_desa is not None:
        for cell, document in zip(dataset.jumlah_desa.tepat_waktu, computed.dokumen, strict=False):
            yield cell, _shown(document.jumlah) or 0.0


def _serapan(program: ProgramResult) -> Iterator[tuple[Cell[Any], float | str]]:
    yield program.row.capaian, _shown(program.serapan, 100)
    for row in program.rincian:
        yield from _serapan(row)


def _shown(figure: Figure, per: int = 1) -> float | str:
    try:
        return "" if figure.value is None else float(figure.value / Fraction(per))
    except OverflowError:  # an amount of 309 digits, which no cell can hold as a number
        return ""
