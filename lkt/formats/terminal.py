"""What ``lkt check`` and ``lkt show`` print: findings, copies with marks and corrections, figures."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from lkt.errors import LktError
from lkt.figures import Computed, Figure, ProgramResult, figures_of, printed
from lkt.findings import Finding, Unchecked, by_sheet, counts
from lkt.formats.excerpt import Excerpts, clip
from lkt.formats.screen import SEVERITY_STYLES, Line, Part, compact, error_view, level, line
from lkt.indonesian import format_date, normalize
from lkt.model import Ref

if TYPE_CHECKING:
    from pathlib import Path

    from lkt.comparison import Comparison
    from lkt.pipeline import Checked, Result
    from lkt.workbook.changes import Put

_TITLE = "bold underline"
_TYPED = "seperti yang diisi"
_EXCERPT_WIDTH, _CORRECTION_WIDTH = 32, 60


# Findings --------------------------------------------------------------------------------------------------


def checked_view(files: Sequence["Checked"]) -> Iterator[Line]:
    """The findings of every file that could be read."""
    read = [(each.path, each.outcome) for each in files if not isinstance(each.outcome, LktError)]
    for number, (path, result) in enumerate(read):
        if number:
            yield Line()
        yield from findings_view(path, result)


def unreadable_view(files: Sequence["Checked"]) -> Iterator[Line]:
    """Why the other files could not be read."""
    for checked in files:
        if isinstance(checked.outcome, LktError):
            yield from error_view(checked.outcome)


def findings_view(path: str, result: "Result") -> Iterator[Line]:
    """What a check found in one file, by sheet, with a summary line."""
    yield from _head(path, result)
    excerpts = Excerpts(result.dataset)
    for sheet, findings in by_sheet(result.findings).items():
        yield line((f"Lembar {sheet}", _TITLE))
        for finding in findings:
            yield from _finding(finding, excerpts)
        yield Line()
    yield from _accepted([finding for finding in result.findings if finding.accepted])
    yield from _unchecked(result.unchecked)
    yield _summary(result.findings)


def _head(path: str, result: "Result") -> Iterator[Line]:
    yield line((path, "bold"))
    identitas = result.dataset.identitas
    parts = [f"{identitas.terms.kecamatan} {identitas.kecamatan.value or '?'}"]
    periode = result.computed.periode
    if periode is not None:
        parts.append(str(periode.triwulan))
        parts.append(f"batas penyampaian {format_date(periode.batas_lapor)}")
    yield line(" · ".join(parts))
    yield Line()


def _finding(finding: Finding, excerpts: Excerpts) -> Iterator[Line]:
    yield line(
        level(finding.severity), "  ", (compact(finding.refs), "bold"), "  ", (finding.code, "dim"), indent=2
    )
    yield line(finding.message, indent=4)
    yield from _excerpt(finding, excerpts)
    if finding.expected:
        written = f"tertulis {finding.written}" if finding.written else ""
        difference = f"selisih {finding.difference}" if finding.difference else ""
        said = (written, f"seharusnya {finding.expected}", difference)
        yield line(" · ".join(filter(None, said)), indent=4)
    yield line(("Perbaikan: ", "green"), finding.hint, indent=4)


def _excerpt(finding: Finding, excerpts: Excerpts) -> Iterator[Line]:
    """A small piece of the row, its cells in their order and the ones concerned in brackets."""
    piece = excerpts.of(finding)
    if piece is None or len(piece.cells) == 1:
        return
    parts: list[Part] = [(f"baris {piece.row}: ", "dim")]
    for number, cell in enumerate(piece.cells):
        parts += [" | "] if number else []
        text = "".join(clip(cell.written, _EXCERPT_WIDTH, finding.written if cell.marked else ""))
        text = f"{cell.letter} {cell.heading}: {text}".strip()
        parts.append((f"[{text}]", "reverse") if cell.marked else (text, "dim"))
    yield line(*parts, indent=4)


def _accepted(findings: Sequence[Finding]) -> Iterator[Line]:
    """The findings that the office accepts, each with its reason."""
    if findings:
        yield line(("Temuan yang diterima", _TITLE))
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
        yield line(("Yang tidak dapat diperiksa", _TITLE))
        for cell, refs in alike.items():
            text = f"  {cell.subject} {cell.reason}; dilewati: {', '.join(cell.codes)}"
            yield line((compact(refs), "bold"), text, indent=2)
        yield Line()


def _summary(findings: Sequence[Finding]) -> Line:
    found = [(severity, number) for severity, number in counts(findings).items() if number]
    if not found:
        return line(("Tidak ada temuan yang terbuka." if findings else "Tidak ada temuan.", "bold green"))
    parts = [f"{number} {severity.word}" for severity, number in found]
    worst, _ = found[0]
    return line((f"Hasil: {', '.join(parts)}.", SEVERITY_STYLES[worst]))


# Copies of the workbook, with marks or with corrections ----------------------------------------------------


def copies_view(copies: Sequence["Path"]) -> Iterator[Line]:
    """Where the marked copies are."""
    if not copies:
        yield line("Tidak ada temuan yang perlu ditandai; salinan tidak dibuat.")
    for copy in copies:
        yield line(("Salinan bertanda tersimpan: ", "bold green"), str(copy))


def corrections_view(corrections: Sequence["Put"], path: str, copy: "Path | None") -> Iterator[Line]:
    """One line a change, how many there are and where; a sentence where there is nothing to correct."""
    if copy is None:
        yield line((f"{path}: tidak ada yang dapat dikoreksi otomatis.", "bold"))
        return
    yield line((f"Koreksi {path}", _TITLE))
    for each in corrections:
        old, new = _quoted(each.old), _quoted(each.new)
        if each.was != each.becomes:  # the same figure as text and as a number may look alike
            old, new = f"{each.was} {old}".lstrip(), f"{each.becomes} {new}".lstrip()
        change = f"  {each.subject}: {old} → ", (new, "green"), (f"  ({each.reason})", "dim")
        yield line((str(each.ref), "bold"), *change, indent=2)
    yield line((f"{len(corrections)} sel dikoreksi; salinan tersimpan: {copy}", "bold green"))


def _quoted(text: str) -> str:
    """A text on one line in quotation marks, so that blanks at its ends are seen."""
    if not normalize(text):
        return "spasi" if text else "kosong"
    flat = " / ".join(text.splitlines())
    return f"“{flat if len(flat) <= _CORRECTION_WIDTH else f'{flat[: _CORRECTION_WIDTH - 1]}…'}”"


# Figures ---------------------------------------------------------------------------------------------------


def figures_view(path: str, result: "Result") -> Iterator[Line]:
    """Every computed figure with its formula, its inputs and their cells."""
    decimals = result.dataset.identitas.decimals
    yield from _head(path, result)
    for title, value in (*_sections(result.computed), *_sections_beside(result.comparison)):
        yield line((title, _TITLE))
        for figure in {figure.key: figure for figure in figures_of(value)}.values():
            yield from _figure(figure, decimals)
        yield Line()


def _sections(computed: Computed) -> Iterator[tuple[str, object]]:
    for indicator in computed.indikator:
        yield f"Indikator {indicator.row.no}: {indicator.row.indikator}", indicator
    for document in computed.dokumen:
        yield f"Dokumen {document.dokumen.dokumen}", document
    for program in computed.program:
        yield from _sections_of(program)
    for goal in computed.sasaran:
        yield f"Sasaran {goal.nomor}: {goal.nama}", (goal.anggaran, goal.efisiensi)
    yield "Semua program", computed.anggaran


def _sections_of(program: ProgramResult) -> Iterator[tuple[str, object]]:
    title = f"{program.row.level.value.capitalize()} {program.row.kode} {program.row.program}"
    yield title, (program.serapan, program.capaian_kinerja, program.efisiensi)
    for row in program.rincian:
        yield from _sections_of(row)


def _sections_beside(beside: "Comparison | None") -> Iterator[tuple[str, object]]:
    """The rows of the earlier quarter, each under its own name."""
    if beside is None:
        return
    for indicator in beside.indikator:
        yield f"Indikator {indicator.row.no} pada triwulan pembanding", indicator
    for row in beside.anggaran:
        if row.row is not None:
            yield f"{row.row.level.value.capitalize()} {row.row.kode} pada triwulan pembanding", row
    yield "Semua program pada triwulan pembanding", beside.jumlah


def _figure(figure: Figure, decimals: int) -> Iterator[Line]:
    value = f"{figure.label}: ", (printed(figure, decimals), "bold")
    if figure.formula == _TYPED:
        yield line(*value, _cells(figure.refs), indent=2)
        return
    yield line(*value, indent=2)
    yield line(f"= {figure.formula}", indent=6)
    if figure.reason:
        yield line((f"belum dapat dihitung: {figure.reason}", "yellow"), indent=6)
    for part in figure.inputs:
        yield line(f"- {part.name}: {part.printed}", _cells(part.refs), indent=6)


def _cells(refs: Sequence[Ref]) -> Part:
    return (f"  [{compact(refs)}]" if refs else "", "dim")
