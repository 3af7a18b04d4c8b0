"""The findings of ``lkt check`` as one HTML page: complete in itself, without a script, for screen and paper.

Python says what stands there, ``templates/pemeriksaan.html.j2`` in which order and words, and
``templates/pemeriksaan.css``, after ``dasar.css`` that all pages share, how it looks. Everything that comes
from a workbook passes autoescape.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from lkt import __version__
from lkt.errors import LktError
from lkt.findings import Finding, Unchecked, counts
from lkt.formats.excerpt import Excerpt, ExcerptCell, Excerpts, clip
from lkt.formats.screen import compact
from lkt.indonesian import format_date
from lkt.pipeline import Checked, Result
from lkt.rules import RULES

if TYPE_CHECKING:
    import jinja2

# What the HTML pages have in common ------------------------------------------------------------------------


@cache
def environment(*packages: str) -> "jinja2.Environment":
    """Templates from folder ``templates`` of these packages, then the shared ones; everything is escaped.

    One environment serves all pages of a run, since it keeps the templates that it compiled.
    """
    import jinja2  # noqa: PLC0415 - most commands do without it

    from lkt.bytecode import bytecode_cache  # noqa: PLC0415 - it takes jinja2

    return jinja2.Environment(
        loader=jinja2.ChoiceLoader([jinja2.PackageLoader(each) for each in (*packages, "lkt.formats")]),
        bytecode_cache=bytecode_cache(),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def ascii_page(page: str) -> str:
    """The page with other letters as character references.

    So a redirection on an old console that takes it for another encoding does not spoil it.
    """
    return page.encode("ascii", "xmlcharrefreplace").decode("ascii")


# The page of findings --------------------------------------------------------------------------------------

_RULES = {rule.code: rule for rule in RULES}
_MARKED_WIDTH, _OTHER_WIDTH = 150, 70
_LONG_WORD = 24


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The findings of one sheet that are still open, with their number by severity."""

    anchor: str
    name: str
    numbers: tuple[tuple[str, str], ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class _File:
    """One file of the page; of one that could not be read, ``message`` and ``hint`` alone."""

    anchor: str
    path: str
    level: str
    numbers: tuple[tuple[str, str], ...] = ()
    kecamatan: str = ""
    triwulan: str = ""
    deadline: str = ""
    sheets: tuple[_Sheet, ...] = ()
    accepted: tuple[Finding, ...] = ()
    unchecked: tuple[Unchecked, ...] = ()
    excerpts: Excerpts | None = None
    message: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class _Cell:
    """One cell of an excerpt as it is drawn.

    Attributes:
        cell: the cell.
        texts: what is written, cut, in three parts: before the focus, the focus, after it.
        apart: columns were left out before it.
        long: it holds a word that may have to be broken.
    """

    cell: ExcerptCell
    texts: tuple[str, str, str]
    apart: bool
    long: bool


def findings(files: Sequence[Checked]) -> str:
    """The page for many files, in plain ASCII."""
    template = environment().get_template("pemeriksaan.html.j2")
    views = [_file(f"berkas-{number}", checked) for number, checked in enumerate(files, start=1)]
    page = template.render(files=views, version=__version__, rules=_RULES, compact=compact, drawn=_drawn)
    return ascii_page(page)


def _file(anchor: str, checked: Checked) -> _File:
    result = checked.outcome
    if isinstance(result, LktError):
        return _File(anchor, checked.path, "unreadable", message=result.message, hint=result.hint)
    periode, numbers = result.computed.periode, _numbers(result.findings)
    return _File(
        anchor=anchor,
        path=checked.path,
        level=numbers[0][0] if numbers else "ok",
        numbers=numbers,
        kecamatan=result.dataset.identitas.kecamatan.value or "",
        triwulan=f"{periode.triwulan.roman} Tahun {periode.triwulan.tahun}" if periode else "",
        deadline=format_date(periode.batas_lapor) if periode else "",
        sheets=tuple(_sheets(anchor, result)),
        accepted=tuple(finding for finding in result.findings if finding.accepted),
        unchecked=result.unchecked,
        excerpts=Excerpts(result.dataset),
    )


def _numbers(findings: Sequence[Finding]) -> tuple[tuple[str, str], ...]:
    """Severity and "3 peringatan", the worst first, for every severity that there is."""
    found = counts(findings).items()
    return tuple((severity.value, f"{number} {severity.word}") for severity, number in found if number)


def _sheets(anchor: str, result: Result) -> Iterator[_Sheet]:
    by_sheet: dict[str, list[Finding]] = {}
    for finding in result.findings:
        if not finding.accepted:
            by_sheet.setdefault(finding.ref.sheet, []).append(finding)
    for number, (name, mine) in enumerate(by_sheet.items(), start=1):
        yield _Sheet(f"{anchor}-sheet-{number}", name, _numbers(mine), tuple(mine))


def _drawn(excerpt: Excerpt, finding: Finding) -> Iterator[_Cell]:
    """The cells of an excerpt; in a marked one, what the finding says is written is the focus."""
    for previous, cell in pairwise((None, *excerpt.cells)):
        assert cell is not None
        marked = (_MARKED_WIDTH, finding.written) if cell.marked else (_OTHER_WIDTH, "")
        texts = clip(cell.written, *marked)
        words = f"{cell.heading} {''.join(texts)}".split()
        apart = previous is not None and previous.column > 0 and cell.column != previous.column + 1
        yield _Cell(cell, texts, apart, long=max(map(len, words), default=0) > _LONG_WORD)
