"""Findings, figures and corrections as lines for a terminal."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from lkt.errors import LktError
from lkt.figures import Computed, Figure, ProgramResult, figures_of, printed
from lkt.findings import Finding, Severity, Unchecked, counts
from lkt.formats.screen import SEVERITY_STYLES, ExcerptCell, Line, clip, compact, error_view, excerpt, line
from lkt.indonesian import bare_name, format_date, normalize
from lkt.model import Dataset, Ref

if TYPE_CHECKING:
    from pathlib import Path

    from lkt.comparison import Comparison
    from lkt.formats.json import Checked
    from lkt.pipeline import Result
    from lkt.workbook.changes import Put

# Findings and figures as lines for a terminal -------------------------------------------------------------


_TYPED = "seperti yang diisi"
_EXCERPT_WIDTH = 32


def _bold(text: str, style: str = "bold") -> Line:
    return line((text, style))


# Findings --------------------------------------------------------------------------------------------------


def checked_view(files: Sequence["Checked"]) -> Iterator[Line]:
    """The findings of every file that could be read."""
    for number, checked in enumerate(files):
        if not isinstance(checked.outcome, LktError):
            if number:
                yield Line()
            yield from findings_view(checked.path, checked.outcome)


def unreadable_view(files: Sequence["Checked"]) -> Iterator[Line]:
    """Why the other files could not be read."""
    for checked in files:
        if isinstance(checked.outcome, LktError):
            yield from error_view(checked.outcome)


def findings_view(path: str, result: "Result") -> Iterator[Line]:
    """What a check found in one file, by sheet, with a summary line."""
    yield from _title(path, result)
    still_open = [finding for finding in result.findings if not finding.accepted]
    for sheet in dict.fromkeys(finding.ref.sheet for finding in still_open):
        yield _bold(f"Lembar {sheet}", "bold underline")
        for finding in still_open:
            if finding.ref.sheet == sheet:
                yield from _finding(finding, result.dataset)
        yield Line()
    yield from _accepted([finding for finding in result.findings if finding.accepted])
    yield from _unchecked(result.unchecked)
    yield _summary(result.findings)


def _title(path: str, result: "Result") -> Iterator[Line]:
    yield _bold(path)
    parts = [f"Kecamatan {bare_name(result.dataset.identitas.kecamatan.value or '?')}"]
    periode = result.computed.periode
    if periode is not None:
        parts.append(str(periode.triwulan))
        parts.append(f"batas penyampaian {format_date(periode.batas_lapor)}")
    yield line(" · ".join(parts))
    yield Line()


def _finding(finding: Finding, dataset: Dataset) -> Iterator[Line]:
    level = (finding.severity.word.upper(), SEVERITY_STYLES[finding.severity])
    yield line(level, "  ", (compact(finding.refs), "bold"), "  ", (finding.code, "dim"), indent=2)
    yield line(finding.message, indent=4)
    yield from _row_of(finding, dataset)
    comparison = " · ".join(_comparison(finding))
    if comparison:
        yield line(comparison, indent=4)
    yield line(("Perbaikan: ", "green"), finding.hint, indent=4)


def _accepted(findings: Sequence[Finding]) -> Iterator[Line]:
    """The findings that the office accepts, each with its reason."""
    if findings:
        yield _bold("Temuan yang diterima", "bold underline")
        for finding in findings:
            yield line((f"{compact(finding.refs)}  {finding.code}", "bold"), f"  {finding.message}", indent=2)
            yield line(("Alasan: ", "green"), finding.accepted, indent=4)
        yield Line()


def _unchecked(cells: Sequence[Unchecked]) -> Iterator[Line]:
    """What could not be checked because of a cell, so that silence is not taken for approval."""
    alike: dict[Unchecked, list[Ref]] = {}
    for cell in cells:
        alike.setdefault(replace(cell, ref=Ref(cell.ref.sheet)), []).append(cell.ref)
    if alike:
        yield _bold("Yang tidak dapat diperiksa", "bold underline")
        for cell, refs in alike.items():
            codes = ", ".join(cell.codes)
            yield line(
                (compact(refs), "bold"), f"  {cell.subject} {cell.reason}; dilewati: {codes}", indent=2
            )
        yield Line()


def _row_of(finding: Finding, dataset: Dataset) -> Iterator[Line]:
    """A small piece of the row, its cells in their order and the ones concerned in brackets."""
    piece = excerpt(finding, dataset)
    if piece is not None and len(piece.cells) > 1:
        parts = [part for cell in piece.cells for part in (" | ", _excerpt_cell(cell, finding))][1:]
        yield line((f"baris {piece.row}: ", "dim"), *parts, indent=4)


def _excerpt_cell(cell: ExcerptCell, finding: Finding) -> tuple[str, str]:
    before, focus, after = clip(cell.written, _EXCERPT_WIDTH, finding.written if cell.marked else "")
    text = f"{cell.letter} {cell.heading}: {before}{focus}{after}".strip()
    return (f"[{text}]", "reverse") if cell.marked else (text, "dim")


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
    if not any(number.values()):
        return _bold("Tidak ada temuan yang terbuka." if findings else "Tidak ada temuan.", "bold green")
    parts = [f"{number[severity]} {severity.word}" for severity in Severity if number[severity]]
    worst = next(severity for severity in Severity if number[severity])
    return _bold(f"Hasil: {', '.join(parts)}.", SEVERITY_STYLES[worst])


# Figures ---------------------------------------------------------------------------------------------------


def figures_view(path: str, result: "Result") -> Iterator[Line]:
    """Every computed figure with its formula, its inputs and their cells."""
    decimals = result.dataset.identitas.decimals
    yield from _title(path, result)
    for title, value in (*_sections(result.computed), *_beside(result.perbandingan)):
        yield _bold(title, "bold underline")
        for figure in {figure.key: figure for figure in figures_of(value)}.values():
            yield from _figure(figure, decimals)
        yield Line()


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


def _beside(beside: "Comparison | None") -> Iterator[tuple[str, object]]:
    """The rows of the earlier quarter, each under its own name."""
    if beside is None:
        return
    for indicator in beside.indikator:
        yield f"Indikator {indicator.baris.no} pada triwulan pembanding", indicator
    for row in beside.anggaran:
        if row.baris is not None:
            yield f"{row.baris.level.value.capitalize()} {row.baris.kode} pada triwulan pembanding", row
    yield "Semua program pada triwulan pembanding", beside.jumlah


def _program_sections(program: ProgramResult) -> Iterator[tuple[str, object]]:
    title = f"{program.baris.level.value.capitalize()} {program.baris.kode} {program.baris.program}"
    yield title, (program.serapan, program.capaian_kinerja, program.efisiensi)
    for row in program.rincian:
        yield from _program_sections(row)


def _figure(figure: Figure, decimals: int) -> Iterator[Line]:
    value = f"{figure.label}: ", (printed(figure, decimals), "bold")
    if figure.formula == _TYPED:
        place = f"  [{compact(figure.refs)}]" if figure.refs else ""
        yield line(*value, (place, "dim"), indent=2)
        return
    yield line(*value, indent=2)
    yield line(f"= {figure.formula}", indent=6)
    if figure.reason:
        yield line((f"tanpa nilai: {figure.reason}", "yellow"), indent=6)
    for part in figure.inputs:
        place = f"  [{compact(part.refs)}]" if part.refs else ""
        yield line(f"- {part.name}: {part.printed}", (place, "dim"), indent=6)


# Corrections as lines for a terminal ----------------------------------------------------------------------


_WIDTH = 60


def corrections_view(corrections: Sequence["Put"], path: str, copy: "Path | None") -> Iterator[Line]:
    """One line a change, how many there are and where; a sentence where there is nothing to correct."""
    if copy is None:
        yield line((f"{path}: tidak ada yang dapat dikoreksi otomatis.", "bold"))
        return
    yield line((f"Koreksi {path}", "bold underline"))
    for each in corrections:
        yield _change(each)
    yield line((f"{len(corrections)} sel dikoreksi; salinan tersimpan: {copy}", "bold green"))


def copies_view(copies: Sequence["Path"]) -> Iterator[Line]:
    """Where the marked copies are."""
    if not copies:
        yield line("Tidak ada temuan yang perlu ditandai; salinan tidak dibuat.")
    for copy in copies:
        yield line(("Salinan bertanda tersimpan: ", "bold green"), str(copy))


def _change(correction: "Put") -> Line:
    old, new = _shown(correction.old), _shown(correction.new)
    if correction.was != correction.becomes:  # the same figure as text and as a number may look alike
        old, new = f"{correction.was} {old}".lstrip(), f"{correction.becomes} {new}".lstrip()
    return line(
        (str(correction.ref), "bold"),
        f"  {correction.subject}: {old} → ",
        (new, "green"),
        (f"  ({correction.reason})", "dim"),
        indent=2,
    )


def _shown(text: str) -> str:
    """A text on one line in quotation marks, so that blanks at its ends are seen."""
    if not normalize(text):
        return "spasi" if text else "kosong"
    flat = " / ".join(text.splitlines())
    return f"“{flat if len(flat) <= _WIDTH else f'{flat[: _WIDTH - 1]}…'}”"
