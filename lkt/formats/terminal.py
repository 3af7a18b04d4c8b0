"""What is printed in full: findings, copies with marks and corrections, figures."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from lkt.errors import LktError
from lkt.figures import Figure, printed
from lkt.findings import Finding, Severity, Unchecked, by_sheet, counts
from lkt.formats.basis import TYPED, ShownPart
from lkt.formats.brief import EXCERPT_WIDTH, counted, fitting, head, summary
from lkt.formats.excerpt import Excerpts, clip
from lkt.formats.screen import Line, Part, compact, error_view, level, line, typed
from lkt.indonesian import normalize
from lkt.model import Ref
from lkt.workbook.changes import OTHER_FIGURE

if TYPE_CHECKING:
    from pathlib import Path

    from lkt.checking import Corrected
    from lkt.pipeline import Checked, Result

_TITLE = "bold underline"
_CORRECTION_WIDTH, _REPLACED = 60, 200


def read_files(files: Sequence["Checked"]) -> "Iterator[tuple[str, Result]]":
    """The files that could be read, with what was found in them."""
    for each in files:
        if not isinstance(each.outcome, LktError):
            yield each.path, each.outcome


def unreadable_view(files: Sequence["Checked"]) -> Iterator[Line]:
    """Why the other files could not be read."""
    for checked in files:
        if isinstance(checked.outcome, LktError):
            yield from error_view(checked.outcome)


# Findings in full ------------------------------------------------------------------------------------------


def details_view(path: str, result: "Result") -> Iterator[Line]:
    """What a check found in one file, by sheet, each finding with its row; and what it passed over."""
    yield from head(path, result)
    yield Line()
    excerpts = Excerpts(result.dataset)
    for sheet, findings in by_sheet(result.findings).items():
        yield line((f"Lembar {sheet}", _TITLE))
        for finding in findings:
            yield from _finding(finding, excerpts)
        yield Line()
    yield from _accepted([finding for finding in result.findings if finding.accepted])
    yield from _unchecked(result.unchecked)
    yield summary(result.findings)


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
        text = "".join(clip(cell.written, EXCERPT_WIDTH, finding.written if cell.marked else ""))
        text = f"{cell.letter} {cell.heading}: {text}".strip()
        parts.append((f"[{text}]", "reverse") if cell.marked else (text, "dim"))
    yield line(*parts, indent=4)


def _accepted(findings: Sequence[Finding]) -> Iterator[Line]:
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
            text = f"  {cell.subject} {cell.reason}; {len(cell.codes)} aturan dilewati"
            yield line((compact(refs), "bold"), text, indent=2)
        yield Line()


# Copies of the workbook, with marks or with corrections ----------------------------------------------------


def copies_view(copies: Sequence["Path"]) -> Iterator[Line]:
    """Where the marked copies are."""
    if not copies:
        yield line("Tidak ada temuan yang perlu ditandai; salinan tidak dibuat.")
    for copy in copies:
        yield line(("Salinan bertanda tersimpan: ", "bold green"), str(copy))


def corrections_view(done: "Corrected", *, details: bool = False, options: str = "") -> Iterator[Line]:
    """What was corrected, by kind and with ``details`` cell by cell; where; what is left; what is next.

    A figure that was typed over a formula and is not the computed one is named in any case.
    """
    if not done.puts:
        yield line((f"{done.path}: tidak ada yang dapat dikoreksi otomatis.", "bold"))
    else:
        kinds = Counter(put.reason for put in done.puts)
        parts = ", ".join(f"{number} {kind}" for kind, number in kinds.most_common())
        yield line((f"{len(done.puts)} sel dikoreksi: ", "bold green"), f"{parts}.")
    if others := [f"{put.ref} {put.old} → {put.new}" for put in done.puts if put.reason == OTHER_FIGURE]:
        yield line("Angka ketikan yang diganti hasil rumusnya: ", ", ".join(fitting(others, _REPLACED)))
    for each in done.puts if details else ():
        old, new = _quoted(each.old), _quoted(each.new)
        if each.was != each.becomes:  # the same figure as text and as a number may look alike
            old, new = f"{each.was} {old}".lstrip(), f"{each.becomes} {new}".lstrip()
        change = f"  {each.subject}: {old} → ", (new, "green"), (f"  ({each.reason})", "dim")
        yield line((str(each.ref), "bold"), *change, indent=2)
    if done.backup is not None:
        yield line(("Tersimpan: ", "bold green"), f"{done.target}; yang lama: {done.backup}")
    elif done.target is not None:
        yield line(("Salinan tersimpan: ", "bold green"), str(done.target))
    left = counts(done.result.findings)
    command = f"lkt {'check' if left[Severity.ERROR] else 'build'} {typed(done.target or done.path)}{options}"
    told = (f"Masih ada {counted(done.result.findings)}.", "bold red")
    if not left[Severity.ERROR]:
        told = (f"Tidak ada kesalahan{' lagi' if done.puts else ''}.", "bold green")
    yield line(told)
    yield line(("Berikutnya: ", "bold"), (command, "cyan"))


def _quoted(text: str) -> str:
    """A text on one line in quotation marks, so that blanks at its ends are seen."""
    if not normalize(text):
        return "spasi" if text else "kosong"
    flat = " / ".join(text.splitlines())
    return f"“{flat if len(flat) <= _CORRECTION_WIDTH else f'{flat[: _CORRECTION_WIDTH - 1]}…'}”"


# Figures ---------------------------------------------------------------------------------------------------


def figures_view(path: str, result: "Result", chosen: Sequence[ShownPart]) -> Iterator[Line]:
    """Computed figures with their formula, inputs and cells."""
    yield from head(path, result)
    yield Line()
    for section in chosen:
        yield line((section.title, _TITLE))
        for figure in section.figures:
            yield from _figure(figure, result.dataset.identitas.decimals)
        yield Line()


def _figure(figure: Figure, decimals: int) -> Iterator[Line]:
    value = f"{figure.label}: ", (printed(figure, decimals), "bold")
    if figure.formula == TYPED:
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
