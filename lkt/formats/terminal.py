"""Findings and figures as lines for a terminal."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from lkt.bahasa import format_date
from lkt.figures import Computed, Figure, HasilProgram, figures_of, printed
from lkt.findings import Finding, Severity, counts
from lkt.formats.places import compact
from lkt.formats.screen import Line

if TYPE_CHECKING:
    from lkt.pipeline import Result

_LEVELS = {
    Severity.ERROR: ("KESALAHAN", "bold red"),
    Severity.WARNING: ("PERINGATAN", "bold yellow"),
    Severity.INFO: ("CATATAN", "bold cyan"),
}
_TYPED = "seperti yang diisi"


def _blank() -> Line:
    return Line(Text())


def _bold(text: str, style: str = "bold") -> Line:
    return Line(Text(text, style=style))


# Findings --------------------------------------------------------------------------------------------------


def findings_view(path: str, result: "Result") -> Iterator[Line]:
    """What a check found in one file, by sheet, with a summary line."""
    yield from _title(path, result)
    for sheet in dict.fromkeys(finding.ref.sheet for finding in result.findings):
        yield _bold(f"Sheet {sheet}", "bold underline")
        for finding in result.findings:
            if finding.ref.sheet == sheet:
                yield from _finding(finding)
        yield _blank()
    yield _summary(result.findings)


def _title(path: str, result: "Result") -> Iterator[Line]:
    yield _bold(path)
    parts = [f"Kecamatan {result.dataset.identitas.kecamatan.value or '?'}"]
    periode = result.computed.periode
    if periode is not None:
        parts.append(f"Triwulan {periode.triwulan.roman} Tahun {periode.triwulan.tahun}")
        parts.append(f"batas penyampaian {format_date(periode.batas_lapor)}")
    yield Line(Text(" · ".join(parts)))
    yield _blank()


def _finding(finding: Finding) -> Iterator[Line]:
    label, style = _LEVELS[finding.severity]
    yield Line(
        Text.assemble((label, style), "  ", (compact(finding.refs), "bold"), "  ", (finding.code, "dim")), 2
    )
    yield Line(Text(finding.message), 4)
    comparison = " · ".join(_comparison(finding))
    if comparison:
        yield Line(Text(comparison), 4)
    yield Line(Text.assemble(("Perbaikan: ", "green"), finding.hint), 4)


def _comparison(finding: Finding) -> Iterator[str]:
    """Written, expected and difference, where there is something to compare."""
    if not finding.expected:
        return
    if finding.written:
        yield f"tertulis {finding.written}"
    yield f"seharusnya {finding.expected}"
    if finding.difference:
        yield f"selisih {finding.difference}"


def _summary(findings: Sequence[Finding]) -> Line:
    number = counts(tuple(findings))
    if not findings:
        return _bold("Tidak ada temuan.", "bold green")
    parts = [
        f"{number[severity]} {_LEVELS[severity][0].lower()}" for severity in Severity if number[severity]
    ]
    worst = next(severity for severity in Severity if number[severity])
    return _bold(f"Hasil: {', '.join(parts)}.", _LEVELS[worst][1])


# Figures ---------------------------------------------------------------------------------------------------


def figures_view(path: str, result: "Result", decimals: int) -> Iterator[Line]:
    """Every computed figure with its formula, its inputs and their cells."""
    yield from _title(path, result)
    for title, value in _sections(result.computed):
        yield _bold(title, "bold underline")
        for figure in {figure.key: figure for figure in figures_of(value)}.values():
            yield from _figure(figure, decimals)
        yield _blank()


def _sections(computed: Computed) -> Iterator[tuple[str, object]]:
    for indicator in computed.indikator:
        yield f"Indikator {indicator.baris.no}: {indicator.baris.indikator}", indicator
    for document in computed.dokumen:
        yield f"Dokumen {document.dokumen.dokumen}", document
    for program in computed.program:
        yield from _program_sections(program)
    for goal in computed.sasaran:
        yield f"Sasaran {goal.nomor}: {goal.nama}", (goal.anggaran, goal.efisiensi)
    yield "Semua program", computed.anggaran


def _program_sections(program: HasilProgram) -> Iterator[tuple[str, object]]:
    title = f"{program.baris.level.value.capitalize()} {program.baris.kode} {program.baris.program}"
    yield title, (program.serapan, program.capaian_kinerja, program.efisiensi)
    for row in program.rincian:
        yield from _program_sections(row)


def _figure(figure: Figure, decimals: int) -> Iterator[Line]:
    head = Text.assemble(f"{figure.label}: ", (printed(figure, decimals), "bold"))
    if figure.formula == _TYPED:
        yield Line(Text.assemble(head, (f"  [{compact(figure.refs)}]", "dim")), 2)
        return
    yield Line(head, 2)
    yield Line(Text(f"= {figure.formula}"), 6)
    if figure.reason:
        yield Line(Text(f"tanpa nilai: {figure.reason}", style="yellow"), 6)
    for part in figure.inputs:
        place = f"  [{compact(part.refs)}]" if part.refs else ""
        yield Line(Text.assemble(f"- {part.name}: {part.printed}", (place, "dim")), 6)
