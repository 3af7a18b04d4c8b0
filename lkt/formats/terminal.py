"""What ``lkt check`` and ``lkt show`` print: findings, copies with marks and corrections, figures.

Findings are printed in brief: a line a sheet, then one entry for all findings of a rule on a sheet. With
``details`` each finding stands alone, with its row, beside notes and what could not be checked.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING

from lkt.errors import LktError
from lkt.figures import Figure, printed
from lkt.findings import Finding, Severity, Unchecked, by_sheet, counts
from lkt.formats.basis import TYPED, ShownPart
from lkt.formats.excerpt import Excerpts, clip, names_of
from lkt.formats.screen import SEVERITY_STYLES, Line, Part, compact, error_view, level, line, typed
from lkt.indonesian import format_date, normalize
from lkt.model import Ref
from lkt.rules import find_rule
from lkt.rules.helpers import grouped

if TYPE_CHECKING:
    from pathlib import Path

    from lkt.checking import Corrected
    from lkt.pipeline import Checked, Result
    from lkt.workbook.changes import Put

_TITLE = "bold underline"
_EXCERPT_WIDTH, _CORRECTION_WIDTH = 32, 60


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


def _head(path: str, result: "Result") -> Iterator[Line]:
    identitas = result.dataset.identitas
    parts = [f"{identitas.terms.kecamatan} {identitas.kecamatan.value or '?'}"]
    periode = result.computed.periode
    if periode is not None:
        parts.append(str(periode.triwulan))
        parts.append(f"batas penyampaian {format_date(periode.batas_lapor)}")
    yield line((path, "bold"), f" · {' · '.join(parts)}")


def _counted(findings: Sequence[Finding]) -> str:
    """So many of each severity: 3 kesalahan, 1 peringatan."""
    return ", ".join(f"{number} {severity.word}" for severity, number in counts(findings).items() if number)


def summary(findings: Sequence[Finding]) -> Line:
    """How many findings of each severity there are."""
    worst = next((severity for severity, number in counts(findings).items() if number), None)
    if worst is None:
        return line(("Tidak ada temuan yang terbuka." if findings else "Tidak ada temuan.", "bold green"))
    return line((f"Hasil: {_counted(findings)}.", SEVERITY_STYLES[worst]))


# Findings in brief -----------------------------------------------------------------------------------------

_SHORT = 90  # letters of what is read in passing
_MANY = 3
_MOST_RUNS = 6  # of cells
_OF_ANY_COLUMN = "B2"  # rules that may speak of any, so that its name is told
_BY_FIX = "oleh --fix"
_LINE = 90  # letters of cells and mistake that fit on one line of 100
_MORE = 16  # letters of "dan 12 lainnya"
_ASIDE = re.compile(r" \([^)]*\)")
_CLAUSE_END = re.compile(r"; |(?<!s\.d)\. (?=[A-Z])")


def brief_view(
    path: str, result: "Result", mends: "Sequence[Put] | None" = (), options: str = ""
) -> Iterator[Line]:
    """The findings of one file to be read at once, and what to do next.

    Args:
        path: the file as it was named.
        result: what was found.
        mends: what ``lkt check --fix`` would correct; None where that is being done.
        options: those that the next commands need too: ``" --prev q1.xlsx"``.
    """
    yield from _head(path, result)
    sheets = by_sheet(each for each in result.findings if each.severity is not Severity.INFO)
    width = max(map(len, sheets), default=0)
    for sheet, findings in sheets.items():
        yield line(f"{sheet:<{width}}  {_counted(findings)}", indent=2)
    if sheets:
        yield Line()
    mended = {put.ref: put.new for put in mends or ()}
    yield from entries_view(result, Severity.ERROR, mended)
    yield from entries_view(result, Severity.WARNING, mended)
    yield from _ending(f"{typed(path)}{options}", result, mends)


def entries_view(
    result: "Result", severity: Severity, mended: Mapping[Ref, str] | None = None
) -> Iterator[Line]:
    """The findings of a severity that are not accepted, those of one rule on one sheet together."""
    mine = [each for each in result.findings if each.severity is severity and not each.accepted]
    if mine:
        called = names_of(result.dataset)
        yield line((severity.word.capitalize(), SEVERITY_STYLES[severity]))
        for same in grouped(mine, lambda finding: (finding.code, finding.ref.sheet)):
            title = result.dataset.identitas.terms.said(find_rule(same[0].code).title)
            yield from _entry(same, mended or {}, called, title)
        yield Line()


def _entry(
    same: Sequence[Finding], mended: Mapping[Ref, str], called: Callable[[Ref], str], title: str
) -> Iterator[Line]:
    """The cells, what is wrong there and, on a line below, what to do."""
    first, refs = same[0], _cells_of(same)
    hints = {finding.hint for finding in same}
    hint = hints.pop() if len(hints) == 1 else find_rule(first.code).repair
    fixed = all(finding.expected and mended.get(finding.ref) == finding.expected for finding in same)
    todo = _BY_FIX if fixed else _in_brief(hint)
    runs = compact(refs).split(", ")
    cells = ", ".join(runs if len(runs) <= _MOST_RUNS else [*runs[:_MOST_RUNS], "…"])
    room = _LINE - len(cells) - (len(todo) + 4 if fixed else 0)
    columns = dict.fromkeys(map(called, refs)) if first.code.startswith(_OF_ANY_COLUMN) else ()
    names = [name for name in columns if name.casefold() not in title.casefold()]
    if len(same) == 1:
        what = _alone(first, hint, names, room, title)
    else:
        what = _together(same, hint, names, room, len(refs), title)
    wrong: tuple[Part, ...] = ((cells, "bold"), f"  {what}  ", (first.code, "dim"))
    shortest = f"{_CLAUSE_END.split(hint)[0]} …"
    beside = next((text for text in (todo, shortest) if fixed or len(what) + len(text) + 4 <= room), None)
    if beside:
        yield line(*wrong, ("  → ", "green"), beside, indent=2)
    else:
        yield line(*wrong, indent=2)
        yield line(("→ ", "green"), todo, indent=4)


def _in_brief(hint: str) -> str:
    """What to do, without what is said in brackets and the clauses at its end where it would be long."""
    text = hint
    if len(text) > _SHORT:
        text = _CLAUSE_END.split(_ASIDE.sub("", text))[0]
    while len(text) > _SHORT and ", " in text:
        text = text.rpartition(", ")[0]
    return text if text == hint else f"{text} …"


def _cells_of(same: Sequence[Finding]) -> tuple[Ref, ...]:
    """The cells to correct: of each finding those that stand in the column of its first one."""
    if len(same) == 1:
        return tuple(ref for ref in same[0].refs if ref.sheet == same[0].ref.sheet)
    return tuple(
        dict.fromkeys(
            ref
            for finding in same
            for ref in finding.refs
            if ref.sheet == finding.ref.sheet and ref.place[1] == finding.ref.place[1]
        )
    )


def _alone(finding: Finding, hint: str, names: Sequence[str], room: int, title: str) -> str:
    """What is wrong, in the fullest words that have room."""
    if not finding.ref.cell:
        return finding.message
    said = [finding.message]
    if finding.expected and finding.expected not in hint:
        said.append(f"{title}: {_pair(finding)}")
    if finding.written:
        said.append(f"{title}: {''.join(clip(finding.written, _EXCERPT_WIDTH))}")
    said += [f"{title}: {name}" for name in names]
    return next((text for text in said if len(text) <= room), title)


def _together(
    same: Sequence[Finding], hint: str, names: Sequence[str], room: int, number: int, title: str
) -> str:
    """What is wrong in several places, in the words of the rule, with what is written and what is right."""
    told = [
        f"{', '.join(each.ref.cell for each in alike)} {_pair(alike[0])}"
        for alike in grouped((each for each in same if each.expected), _pair)
        if alike[0].expected not in hint
    ]
    if pairs := _fitting(told, room - len(title)):
        return f"{title}: {'; '.join(pairs)}"
    if names:  # they may take a second line: in an empty workbook they are what is to be done
        title = f"{title}: {', '.join(_fitting(names, _LINE))}"
    return f"{title} ({number} sel)" if number > _MANY else title


def _fitting(texts: Sequence[str], room: int) -> list[str]:
    """The first of many texts, as many as have room, and how many more there are."""
    ends = [*accumulate(len(text) + 2 for text in texts)]
    if not ends or ends[-1] <= room:
        return [*texts]
    number = sum(end <= room - _MORE for end in ends)
    return [*texts[:number], f"dan {len(texts) - number} lainnya"] if number else []


def _pair(finding: Finding) -> str:
    """What is written and what is expected."""
    return f"{''.join(clip(finding.written, _EXCERPT_WIDTH)) or 'kosong'} → {finding.expected}"


def _ending(arguments: str, result: "Result", mends: "Sequence[Put] | None") -> Iterator[Line]:
    """What was found and what is counted only; what to do next, and how to see more."""
    accepted = sum(bool(finding.accepted) for finding in result.findings)
    aside = (
        f"{len(result.unchecked)} sel kosong atau tidak terbaca" if result.unchecked else "",
        f"{accepted} temuan diterima menurut lembar Pengecualian" if accepted else "",
    )
    also = f" Selain itu {'; '.join(filter(None, aside))}." if any(aside) else ""
    yield line(*summary(result.findings).parts, also)
    if mends is None:
        return
    command = f"lkt check {arguments}"
    errors = counts(result.findings)[Severity.ERROR]
    more = ("; semuanya dengan ", ("--rinci", "cyan")) if result.findings or result.unchecked else ()
    if mends:
        fix = f"{command} --fix"
        yield line(("Berikutnya: ", "bold"), (fix, "cyan"), f" mengoreksi {len(mends)} sel", *more)
    elif errors:
        yield line(("Berikutnya: ", "bold"), "betulkan di Excel, simpan, lalu ", (command, "cyan"), *more)
    elif more:
        yield line("Selengkapnya: ", (f"{command} --rinci", "cyan"))
    if not errors:
        yield line(("Laporan dapat disusun: ", "bold"), (f"lkt build {arguments}", "cyan"))


def stopped_view(path: str, result: "Result", *, strict: bool) -> Iterator[Line]:
    """Why a report is not built: how many findings there are, and those that stop it."""
    yield from entries_view(result, Severity.ERROR)
    if strict:
        yield from entries_view(result, Severity.WARNING)
    yield summary(result.findings)
    yield line("Laporan tidak disusun. Perbaiki temuan di atas, atau pakai --draft untuk rancangan.")
    yield line("Selengkapnya: ", (f"lkt check {typed(path)}", "cyan"))


# Findings in full ------------------------------------------------------------------------------------------


def details_view(path: str, result: "Result") -> Iterator[Line]:
    """What a check found in one file, by sheet, each finding with its row; and what it passed over."""
    yield from _head(path, result)
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
    """What was corrected, by kind and with ``details`` cell by cell; where; what is left; what is next."""
    if done.target is None:
        yield line((f"{done.path}: tidak ada yang dapat dikoreksi otomatis.", "bold"))
        return
    kinds = Counter(put.reason for put in done.puts)
    parts = ", ".join(f"{number} {kind}" for kind, number in kinds.most_common())
    yield line((f"{len(done.puts)} sel dikoreksi: ", "bold green"), f"{parts}.")
    if details:
        for each in done.puts:
            old, new = _quoted(each.old), _quoted(each.new)
            if each.was != each.becomes:  # the same figure as text and as a number may look alike
                old, new = f"{each.was} {old}".lstrip(), f"{each.becomes} {new}".lstrip()
            change = f"  {each.subject}: {old} → ", (new, "green"), (f"  ({each.reason})", "dim")
            yield line((str(each.ref), "bold"), *change, indent=2)
    if done.backup is None:
        yield line(("Salinan tersimpan: ", "bold green"), str(done.target))
    else:
        yield line(("Tersimpan: ", "bold green"), f"{done.target}; yang lama: {done.backup}")
    left = counts(done.result.findings)[Severity.ERROR]
    command = f"lkt {'check' if left else 'build'} {typed(done.target)}{options}"
    told = f"Masih ada {left} kesalahan: " if left else "Tidak ada kesalahan lagi: "
    yield line((told, "bold red" if left else "bold green"), (command, "cyan"))


def _quoted(text: str) -> str:
    """A text on one line in quotation marks, so that blanks at its ends are seen."""
    if not normalize(text):
        return "spasi" if text else "kosong"
    flat = " / ".join(text.splitlines())
    return f"“{flat if len(flat) <= _CORRECTION_WIDTH else f'{flat[: _CORRECTION_WIDTH - 1]}…'}”"


# Figures ---------------------------------------------------------------------------------------------------


def figures_view(path: str, result: "Result", chosen: Sequence[ShownPart]) -> Iterator[Line]:
    """Computed figures with their formula, inputs and cells."""
    yield from _head(path, result)
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
