"""Findings in brief: what is to be filled in, a line a sheet, then an entry for each rule on a sheet."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING

from lkt.findings import Finding, Severity, by_sheet, counts, tally
from lkt.formats.excerpt import clip, names_of
from lkt.formats.screen import SEVERITY_STYLES, Line, Part, compact, line, runs, typed
from lkt.indonesian import format_date
from lkt.model import Ref
from lkt.rules import find_rule
from lkt.rules.helpers import grouped

if TYPE_CHECKING:
    from lkt.pipeline import Result
    from lkt.workbook.changes import Put

EXCERPT_WIDTH = 32
"""Letters of what is written in a cell."""

WIDTH = 100  # letters of a line, where nothing else is known
_MARGIN = 10  # letters of a line that are left free
_MANY = 3
_MOST_RUNS = 6  # of cells
_BETWEEN_QUARTERS = "T"
_NAMED = ("B2", _BETWEEN_QUARTERS)  # rules that may speak of any column, so that its name is told
_BY_FIX = "oleh --fix"
_MENDED = ("B2", "N101", "N107")  # rules that speak of how a cell is written, not of what it says
_MORE = 16  # letters of "dan 12 lainnya"
_ASIDE = re.compile(r" \([^)]*\)")
_CLAUSE_END = re.compile(r"; |(?<!s\.d)\. (?=[A-Z])")


def head(path: str, result: "Result") -> Iterator[Line]:
    """Whose workbook it is, its quarter and the deadline."""
    identitas = result.dataset.identitas
    parts = [f"{identitas.terms.kecamatan} {identitas.kecamatan.value or '?'}"]
    periode = result.computed.periode
    if periode is not None:
        parts.append(str(periode.triwulan))
        parts.append(f"batas penyampaian {format_date(periode.batas_lapor)}")
    yield line((path, "bold"), f" · {' · '.join(parts)}")


def counted(findings: Sequence[Finding]) -> str:
    """So many of each severity: 3 kesalahan, 1 peringatan."""
    return ", ".join(text for _, text in tally(findings))


def summary(findings: Sequence[Finding]) -> Line:
    """How many findings of each severity there are."""
    found = tally(findings)
    if not found:
        return line(("Tidak ada temuan yang terbuka." if findings else "Tidak ada temuan.", "bold green"))
    return line((f"Hasil: {counted(findings)}.", SEVERITY_STYLES[found[0][0]]))


def brief_view(
    path: str, result: "Result", mends: "Sequence[Put]" = (), options: str = "", width: int = WIDTH
) -> Iterator[Line]:
    """The findings of one file to be read at once, and what to do next.

    Args:
        path: the file as it was named.
        result: what was found.
        mends: what ``lkt check --fix`` would correct.
        options: those that the next commands need too: ``" --prev q1.xlsx"``.
        width: the letters of a line.
    """
    yield from head(path, result)
    told = [each for each in result.findings if each.severity is not Severity.INFO and not each.accepted]
    unfilled = [each for each in told if _is_unfilled(each)]
    following = [each for each in told if _follows(each, told)]
    beside = {*unfilled, *following}
    mistakes = [each for each in told if each not in beside]
    sheets = by_sheet(mistakes)
    longest = max(map(len, sheets), default=0)
    for sheet, findings in sheets.items():
        yield line(f"{sheet:<{longest}}  {counted(findings)}", indent=2)
    if told:
        yield Line()
    yield from _to_fill_view(unfilled, result)
    mended = {put.ref: put.new for put in mends}
    yield from _entries_view(mistakes, result, mended, width)
    aside = {"belum diisi": len(unfilled), "akibat temuan lain": len(following)}
    yield _sum(result, aside, len(told))
    yield from _next(f"{typed(path)}{options}", result, len(mends), all_blank=not mistakes)


def _is_unfilled(finding: Finding) -> bool:
    """Nothing is wrong but that nothing stands there yet."""
    return find_rule(finding.code).unfilled and not finding.written


def _follows(finding: Finding, others: Sequence[Finding]) -> bool:
    """It is mostly a consequence of another: on its own row, of a sheet as a whole, or of another sheet."""
    causes, rows = find_rule(finding.code).follows, {ref.place[0] for ref in finding.refs}
    return any(
        not cause.ref.cell
        or cause.ref.sheet != finding.ref.sheet
        or rows & {ref.place[0] for ref in cause.refs if ref.sheet == cause.ref.sheet}
        for cause in others
        if cause.code in causes
    )


def _to_fill_view(findings: Sequence[Finding], result: "Result") -> Iterator[Line]:
    """A line a sheet with what is still to be filled in, in the order of work."""
    sheets = by_sheet(findings)
    if not sheets:
        return
    called = names_of(result.dataset)
    longest = max(map(len, sheets))
    yield line(("Belum diisi", SEVERITY_STYLES[Severity.WARNING]))
    for sheet, mine in sheets.items():
        refs = list(dict.fromkeys(ref for finding in mine for ref in finding.refs if ref.cell))
        if not refs:
            carried = sheet == result.dataset.sheets.get("Tindak Lanjut") and result.dataset.tindak_lanjut
            said = "belum ada rencana baru" if carried else "belum ada satu baris pun"
        elif sheet == result.dataset.sheets.get("Identitas"):
            cells = compact(refs).partition("!")[2]
            said = f"{', '.join(map(called, refs))} ({cells})"
        else:
            said = "; ".join(_blanks(refs, called))
        yield line((f"{sheet:<{longest}}", "bold"), f"  {said}", indent=2)
    yield Line()


def _blanks(refs: Sequence[Ref], called: Callable[[Ref], str]) -> Iterator[str]:
    """The columns that are blank on the same rows together: Pagu, Realisasi pada baris 2–7."""
    columns: dict[str, list[int]] = {}
    for ref in refs:
        columns.setdefault(called(ref), []).append(ref.place[0])
    for names in grouped(columns, lambda name: tuple(sorted(columns[name]))):
        rows = [str(one) if one == two else f"{one}–{two}" for one, two in runs(columns[names[0]])]
        yield f"{', '.join(names)} pada baris {', '.join(fitting(rows, WIDTH // 2))}"


def _entries_view(
    findings: Sequence[Finding], result: "Result", mended: Mapping[Ref, str], width: int
) -> Iterator[Line]:
    called = names_of(result.dataset)
    for severity in (Severity.ERROR, Severity.WARNING):
        mine = [each for each in findings if each.severity is severity]
        if mine:
            yield line((severity.word.capitalize(), SEVERITY_STYLES[severity]))
        for same in grouped(mine, lambda finding: (finding.code, finding.ref.sheet)):
            title = result.dataset.identitas.terms.said(find_rule(same[0].code).title)
            yield from _entry(same, mended, called, title, width - _MARGIN)
        if mine:
            yield Line()


def _entry(
    same: Sequence[Finding], mended: Mapping[Ref, str], called: Callable[[Ref], str], title: str, width: int
) -> Iterator[Line]:
    """The cells, what is wrong there and, on a line below, what to do."""
    first, refs = same[0], _cells_of(same)
    hints = {finding.hint for finding in same}
    hint = hints.pop() if len(hints) == 1 else find_rule(first.code).repair
    fixed = all(_is_mended(finding, mended) for finding in same)
    todo = _BY_FIX if fixed else _in_brief(hint, width)
    cells = _written_cells(same, refs)
    space = width - len(cells)
    room = space - (len(todo) + 4 if fixed else 0)
    columns = dict.fromkeys(map(called, refs)) if first.code.startswith(_NAMED) else ()
    told = "" if first.code.startswith(_BETWEEN_QUARTERS) else title.casefold()
    names = [name for name in columns if name.casefold() not in told]
    alone = len(same) == 1
    what = (
        _alone(first, hint, names, room, title) if alone else _together(same, hint, names, room, refs, title)
    )
    wrong: tuple[Part, ...] = ((cells, "bold"), (f"  {first.code}  ", "dim"), what)
    shortest = f"{_CLAUSE_END.split(hint)[0]} …"
    beside = next((text for text in (todo, shortest) if len(what) + len(text) + 4 <= space), None)
    if beside:
        yield line(*wrong, ("  → ", "green"), beside, indent=2)
    else:
        yield line(*wrong, indent=2)
        yield line(("→ ", "green"), todo, indent=4)


def _is_mended(finding: Finding, mended: Mapping[Ref, str]) -> bool:
    """The correction of its cells is the end of a finding."""
    if finding.code.startswith(_MENDED):
        return all(ref in mended for ref in finding.refs)
    return bool(finding.expected) and mended.get(finding.ref) == finding.expected


def _in_brief(hint: str, width: int) -> str:
    """What to do, without what is said in brackets and the clauses at its end where it would be long."""
    text = hint
    if len(text) > width:
        text = _CLAUSE_END.split(_ASIDE.sub("", text))[0]
    while len(text) > width and ", " in text:
        text = text.rpartition(", ")[0]
    return text if text == hint else f"{text} …"


def _cells_of(same: Sequence[Finding]) -> tuple[Ref, ...]:
    """The cells to correct: of several findings those that stand in the column of the first one of each."""
    found = ((ref, finding.ref) for finding in same for ref in finding.refs if ref.sheet == finding.ref.sheet)
    alone = len(same) == 1
    return tuple(dict.fromkeys(ref for ref, first in found if alone or ref.place[1] == first.place[1]))


def _written_cells(same: Sequence[Finding], refs: Sequence[Ref]) -> str:
    """The cells as ranges; those of findings that each speak of several are kept apart by semicolons."""
    groups = [_cells_of([finding, finding]) for finding in same]
    if 1 < len(groups) <= _MOST_RUNS and not same[0].code.startswith(_MENDED) and min(map(len, groups)) > 1:
        return f"{refs[0].sheet}!{'; '.join(compact(group).partition('!')[2] for group in groups)}"
    ranges = compact(refs).split(", ")
    return ", ".join(ranges if len(ranges) <= _MOST_RUNS else [*ranges[:_MOST_RUNS], "…"])


def _alone(finding: Finding, hint: str, names: Sequence[str], room: int, title: str) -> str:
    """What is wrong, in the fullest words that have room."""
    if not finding.ref.cell:
        return finding.message
    said = [finding.message]
    if finding.expected and finding.expected not in hint:
        said += [f"{what}: {_pair(finding)}" for what in (title, *names)]
    if finding.written and finding.written not in title:
        said.append(f"{title}: {''.join(clip(finding.written, EXCERPT_WIDTH))}")
    said += [f"{title}: {name}" for name in names]
    return next((text for text in said if len(text) <= room), title)


def _together(
    same: Sequence[Finding], hint: str, names: Sequence[str], room: int, refs: Sequence[Ref], title: str
) -> str:
    """What is wrong in several places, in the words of the rule, with what is written and what is right."""
    told = [
        f"{', '.join(each.ref.cell for each in alike)} {_pair(alike[0])}"
        for alike in grouped((each for each in same if each.expected), _pair)
        if alike[0].expected not in hint
    ]
    if pairs := fitting(told, room - len(title)):
        return f"{title}: {'; '.join(pairs)}"
    if told := fitting(names, room - len(title) - 2):
        title = f"{title}: {', '.join(told)}"
    longer = f"{title} ({len(refs)} sel)"
    return longer if len(refs) > _MANY and len(longer) <= room else title


def fitting(texts: Sequence[str], room: int) -> list[str]:
    """The first of many texts, as many as have room, and how many more there are."""
    ends = [*accumulate(len(text) + 2 for text in texts)]
    if not ends or ends[-1] <= room:
        return [*texts]
    number = sum(end <= room - _MORE for end in ends)
    return [*texts[:number], f"dan {len(texts) - number} lainnya"] if number else []


def _pair(finding: Finding) -> str:
    """What is written and what is expected, or what was written a quarter ago."""
    written = "".join(clip(finding.written, EXCERPT_WIDTH)) or "kosong"
    if finding.code.startswith(_BETWEEN_QUARTERS):
        return f"triwulan lalu {finding.expected.removeprefix('sekurangnya ')}, sekarang {written}"
    return f"{written} → {finding.expected}"


def _sum(result: "Result", aside: Mapping[str, int], told: int) -> Line:
    """What was found; what of it is not among the ``told`` mistakes."""
    accepted = sum(bool(finding.accepted) for finding in result.findings)
    parts = [
        (f"{number} {what}" if number < told else f"Semuanya {what}")
        for what, number in aside.items()
        if number
    ]
    also = f" {'Di antaranya ' if parts[0][0].isdigit() else ''}{', '.join(parts)}." if parts else ""
    if accepted:
        also += f" Selain itu {accepted} temuan diterima menurut lembar Pengecualian."
    return line(*summary(result.findings).parts, also)


def _next(arguments: str, result: "Result", mends: int, *, all_blank: bool) -> Iterator[Line]:
    command = f"lkt check {arguments}"
    errors = counts(result.findings)[Severity.ERROR]
    more = ("; semuanya dengan ", ("--rinci", "cyan")) if result.findings or result.unchecked else ()
    if mends:
        yield line(("Berikutnya: ", "bold"), (f"{command} --fix", "cyan"), f" mengoreksi {mends} sel", *more)
    elif errors:
        work = "lengkapi" if all_blank else "betulkan"
        yield line(("Berikutnya: ", "bold"), f"{work} di Excel, simpan, lalu ", (command, "cyan"), *more)
    elif more:
        yield line("Selengkapnya: ", (f"{command} --rinci", "cyan"))
    if not errors:
        yield line(("Laporan dapat disusun: ", "bold"), (f"lkt build {arguments}", "cyan"))


def stopped_view(
    path: str, result: "Result", *, strict: bool, options: str = "", width: int = WIDTH
) -> Iterator[Line]:
    """Why a report is not built: how many findings there are, and those that stop it."""
    stopping = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    found = [each for each in result.findings if each.severity in stopping and not each.accepted]
    yield from _to_fill_view([each for each in found if _is_unfilled(each)], result)
    yield from _entries_view([each for each in found if not _is_unfilled(each)], result, {}, width)
    yield summary(result.findings)
    yield line("Laporan tidak disusun. Perbaiki temuan di atas, atau pakai --draft untuk rancangan.")
    yield line("Selengkapnya: ", (f"lkt check {typed(path)}{options}", "cyan"))
