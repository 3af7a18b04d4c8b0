"""Text for a terminal, by rich; plain on a pipe, on a narrow screen and on an old console."""

import codecs
from collections.abc import Iterable, Sequence
from typing import IO, Any

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from lkt.bahasa import format_date
from lkt.errors import LktError, TemplateError
from lkt.figures import Computed, Figure, HasilIndikator, HasilProgram, HasilSasaran, figures_of, printed
from lkt.findings import Finding, Severity, counts
from lkt.formats.places import compact
from lkt.pipeline import Result

_LEVELS = {
    Severity.ERROR: ("KESALAHAN", "bold red"),
    Severity.WARNING: ("PERINGATAN", "bold yellow"),
    Severity.INFO: ("CATATAN", "bold cyan"),
}
_WORDS = {Severity.ERROR: "kesalahan", Severity.WARNING: "peringatan", Severity.INFO: "catatan"}
_ASCII = {
    "−": "-", "→": "->", "Σ": "jumlah ", "≥": ">=", "≤": "<=", "✓": "v", "✗": "x", "☐": "[ ]", "•": "-",
}  # fmt: skip


def console(file: IO[str]) -> Console:
    """A console that writes to a stream; what the stream's encoding lacks is shown by plain signs."""
    codecs.register_error("lkt", _substitute)
    reconfigure: Any = getattr(file, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="lkt")
    return Console(file=file, highlight=False, soft_wrap=False, emoji=False)


def _substitute(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text = error.object[error.start : error.end]
    return "".join(_ASCII.get(letter, "?") for letter in text), error.end


def _heading(text: str) -> Text:
    return Text(text, style="bold")


def _indented(*lines: RenderableType) -> RenderableType:
    return Padding(Group(*lines), (0, 0, 0, 4))


# Findings --------------------------------------------------------------------------------------------------


def findings_view(path: str, result: Result) -> RenderableType:
    """What a check found in one file, by sheet, with a summary line."""
    return Group(_title(path, result), *_by_sheet(result.findings), _summary(result.findings))


def _title(path: str, result: Result) -> RenderableType:
    name = f"Kecamatan {result.dataset.identitas.kecamatan.value or '?'}"
    periode = result.computed.periode
    if periode is None:
        return Group(_heading(path), Text(name), Text())
    quarter = f"Triwulan {periode.triwulan.roman} Tahun {periode.triwulan.tahun}"
    due = f"batas penyampaian {format_date(periode.batas_lapor)}"
    return Group(_heading(path), Text(f"{name} · {quarter} · {due}"), Text())


def _by_sheet(findings: Sequence[Finding]) -> Iterable[RenderableType]:
    for sheet in dict.fromkeys(finding.ref.sheet for finding in findings):
        yield Text(f"Sheet {sheet}", style="bold underline")
        for finding in findings:
            if finding.ref.sheet == sheet:
                yield _finding(finding)
        yield Text()


def _finding(finding: Finding) -> RenderableType:
    label, style = _LEVELS[finding.severity]
    head = Text.assemble((label, style), "  ", (compact(finding.refs), "bold"), "  ", (finding.code, "dim"))
    lines = [Text(finding.message)]
    if finding.expected or finding.difference:
        lines.append(Text(" · ".join(_comparison(finding))))
    lines.append(Text.assemble(("Perbaikan: ", "green"), finding.hint))
    return Group(head, _indented(*lines))


def _comparison(finding: Finding) -> Iterable[str]:
    for name, value in (
        ("tertulis", finding.written),
        ("seharusnya", finding.expected),
        ("selisih", finding.difference),
    ):
        if value:
            yield f"{name} {value}"


def _summary(findings: tuple[Finding, ...]) -> Text:
    number = counts(findings)
    if not findings:
        return Text("Tidak ada temuan.", style="bold green")
    parts = [f"{number[severity]} {_WORDS[severity]}" for severity in Severity if number[severity]]
    style = "bold red" if number[Severity.ERROR] else "bold yellow" if number[Severity.WARNING] else "bold green"
    return Text(f"Hasil: {', '.join(parts)}.", style=style)


# Trouble ---------------------------------------------------------------------------------------------------


def error_view(error: LktError) -> RenderableType:
    """Expected trouble: what happened, where, and what to do."""
    lines: list[RenderableType] = [Text.assemble(("Gagal: ", "bold red"), error.message)]
    if isinstance(error, TemplateError):
        lines.extend(_indented(Text(f"- {problem}")) for problem in error.problems)
    if error.hint:
        lines.append(_indented(Text(error.hint)))
    return Group(*lines)


# Figures ---------------------------------------------------------------------------------------------------


def figures_view(path: str, result: Result, decimals: int) -> RenderableType:
    """Every computed figure with its formula, its inputs and their cells."""
    sections = [
        section
        for title, value in _sections(result.computed)
        for section in (Text(title, style="bold underline"), *_figures(value, decimals), Text())
    ]
    return Group(_title(path, result), *sections)


def _sections(computed: Computed) -> Iterable[tuple[str, object]]:
    for indicator in computed.indikator:
        yield f"Indikator {indicator.baris.no}: {indicator.baris.indikator}", _own(indicator)
    for document in computed.dokumen:
        yield f"Dokumen {document.dokumen.dokumen}", document
    for program in computed.program:
        yield from _program_sections(program)
    for goal in computed.sasaran:
        yield f"Sasaran {goal.nomor}: {goal.nama}", _goal(goal)
    yield "Semua program", computed.anggaran


def _program_sections(program: HasilProgram) -> Iterable[tuple[str, object]]:
    title = f"{program.baris.level.value.capitalize()} {program.baris.kode} {program.baris.program}"
    yield title, (program.serapan, program.capaian_kinerja, program.efisiensi)
    for row in program.rincian:
        yield from _program_sections(row)


def _own(indicator: HasilIndikator) -> object:
    """The figures of an indicator, each once."""
    return tuple({figure.key: figure for figure in figures_of(indicator)}.values())


def _goal(goal: HasilSasaran) -> object:
    return tuple({figure.key: figure for figure in figures_of((goal.anggaran, goal.efisiensi))}.values())


def _figures(value: object, decimals: int) -> Iterable[RenderableType]:
    for figure in {figure.key: figure for figure in figures_of(value)}.values():
        yield _figure(figure, decimals)


def _figure(figure: Figure, decimals: int) -> RenderableType:
    head = Text.assemble("  ", figure.label, "  ", (printed(figure, decimals), "bold"), f"  = {figure.formula}")
    lines: list[Text] = []
    if figure.reason:
        lines.append(Text(f"tanpa nilai: {figure.reason}", style="yellow"))
    for part in figure.inputs:
        place = f" [{compact(part.refs)}]" if part.refs else ""
        lines.append(Text.assemble(f"{part.name}: {part.printed}", (place, "dim")))
    return Group(head, Padding(Group(*lines), (0, 0, 0, 6)))
