"""The figures of a workbook by what they are of, each with formula, inputs and cells.

For the screen, for the page of its own, and for the annex of the report: who signs can check each of them
with a finger on the workbook.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lkt.errors import LktError
from lkt.figures import Computed, Figure, ProgramResult, figures_of, printed
from lkt.formats.screen import compact
from lkt.indonesian import nearest, normalize
from lkt.model import Level

if TYPE_CHECKING:
    from lkt.comparison import Comparison
    from lkt.pipeline import Result

TYPED = "seperti yang diisi"
"""The formula of a figure that stands in a cell."""


@dataclass(frozen=True, slots=True)
class ShownPart:
    """Figures that belong together.

    Attributes:
        sheet: the sheet whose row they are of.
        name: the number, code or name of that row.
        title: as it is printed.
        figures: each of them once.
    """

    sheet: str
    name: str
    title: str
    figures: tuple[Figure, ...]


def sections(result: "Result", part: str = "") -> list[ShownPart]:
    """The figures of a workbook by indicator, document, programme and sasaran.

    Args:
        result: the workbook.
        part: only what is so called: the name of a sheet that the figures are of, or else come from, the
            number of an indicator, the code of a programme with what is below it, or words of a title.

    Raises:
        LktError: nothing is so called.
    """
    every = [*_sections(result.computed), *_sections_beside(result.comparison)]
    for indicator in result.year_before:
        number = str(indicator.row.no)
        every.append(_section("Indikator", number, f"Indikator {number} tahun lalu", indicator))
    wanted = normalize(part)
    ways: tuple[Callable[[ShownPart], bool], ...] = (
        lambda each: wanted == normalize(each.sheet),
        lambda each: wanted == normalize(each.name) or each.name.startswith(f"{wanted}."),
        lambda each: any(wanted == normalize(ref.sheet) for figure in each.figures for ref in figure.refs),
        lambda each: wanted in normalize(each.title),
    )
    for fits in ways:
        if found := [each for each in every if fits(each)]:
            return found
    names = sorted({each.sheet for each in every}) + [each.name for each in every]
    guess = nearest(part, names)
    meant = f"Maksud Anda {guess}? " if guess else ""
    hint = "Sebutkan nomor indikator, kode program, atau nama lembar."
    raise LktError(f"Tidak ada angka dari “{part}”.", meant + hint)


def _section(sheet: str, name: str, title: str, value: object) -> ShownPart:
    figures = {figure.key: figure for figure in figures_of(value)}
    return ShownPart(sheet, name, title, tuple(figures.values()))


def _sections(computed: Computed) -> Iterator[ShownPart]:
    for indicator in computed.indikator:
        number = str(indicator.row.no)
        title = f"Indikator {number}: {indicator.row.indikator}"
        yield _section("Indikator", number, title, indicator)
    for document in computed.dokumen:
        name = str(document.dokumen.dokumen)
        yield _section("Dokumen", name, f"Dokumen {name}", document)
    for program in computed.program:
        yield from _sections_of(program)
    for goal in computed.sasaran:
        mean = goal.capaian if len(goal.indikator) > 1 else None
        figures = (mean, goal.anggaran, goal.efisiensi)
        yield _section("Anggaran", f"Sasaran {goal.nomor}", f"Sasaran {goal.nomor}: {goal.nama}", figures)
    for unit in computed.unit if len(computed.unit) > 1 else ():
        yield _section("Anggaran", f"Jumlah {unit.nama}", f"Jumlah {unit.nama}", unit.anggaran)
    yield _section("Anggaran", "Semua program", "Semua program", (computed.anggaran, computed.jalur))
    if len(computed.indikator) > 1:
        yield _section("Indikator", "Semua indikator", "Semua indikator", computed.capaian)


def _sections_of(program: ProgramResult) -> Iterator[ShownPart]:
    code = str(program.row.kode)
    title = f"{program.row.level.value.capitalize()} {code} {program.row.name}"
    verdict = program.jalur if program.row.level is Level.PROGRAM else None  # it is told of programmes alone
    figures = (
        program.serapan,
        program.sisa,
        program.realisasi_triwulan,
        verdict,
        program.capaian_kinerja,
        program.efisiensi,
    )
    yield _section("Anggaran", code, title, figures)
    for row in program.rincian:
        yield from _sections_of(row)


def _sections_beside(beside: "Comparison | None") -> Iterator[ShownPart]:
    if beside is None:
        return
    for indicator in beside.indikator:
        number = str(indicator.row.no)
        yield _section("Indikator", number, f"Indikator {number} pada triwulan pembanding", indicator)
    for row in beside.anggaran:
        if row.row is not None:
            code = str(row.row.kode)
            unit = f" ({row.row.unit})" if row.row.unit.value else ""
            title = f"{row.row.level.value.capitalize()} {code}{unit} pada triwulan pembanding"
            yield _section("Anggaran", code, title, row)
    for name, total in beside.unit:
        yield _section("Anggaran", f"Jumlah {name}", f"Jumlah {name} pada triwulan pembanding", total)
    yield _section("Anggaran", "Semua program", "Semua program pada triwulan pembanding", beside.jumlah)


@dataclass(frozen=True, slots=True)
class Basis:
    """What one figure rests on, as text.

    Attributes:
        label: what it is.
        printed: the figure as the report prints it.
        formula: how it is worked out, or why it cannot be.
        inputs: each input with its value; its cells, or the other workbook that it stands in. Of a figure
            that was typed these are no more than its formula says.
    """

    label: str
    printed: str
    formula: str
    inputs: tuple[tuple[str, str], ...]


def bases(result: "Result", part: ShownPart) -> Iterator[Basis]:
    """What each figure of a part rests on."""
    beside = result.comparison
    elsewhere = f"buku kerja {beside.triwulan}" if beside else ""
    for figure in part.figures:
        inputs = []
        for each in figure.inputs:
            place = compact(each.refs) or (elsewhere if figure.key.endswith(".lalu") else "")
            inputs.append((f"{each.name}: {each.printed}", place))
        formula = f"belum dapat dihitung: {figure.reason}" if figure.reason else figure.formula
        if formula == TYPED:
            formula, inputs = f"{TYPED} [{inputs[0][1]}]", []
        yield Basis(figure.label, printed(figure, result.dataset.identitas.decimals), formula, tuple(inputs))
