"""One HTML page of what a check found: complete in itself, without a script, for screen, phone and paper."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files as resources
from typing import TYPE_CHECKING

from lkt import __version__
from lkt.addresses import column_number
from lkt.errors import LktError
from lkt.findings import Finding, Severity, Unchecked, counts
from lkt.formats.json import Checked
from lkt.formats.screen import Excerpt, ExcerptCell, clip, compact, excerpt
from lkt.indonesian import format_date
from lkt.model import Dataset
from lkt.pipeline import Result
from lkt.rules import RULES
from lkt.rules.base import Rule

if TYPE_CHECKING:
    import jinja2

# What the HTML pages have in common: how their templates are found and filled, and plain ASCII bytes ------


_SHARED = "lkt.formats"


@cache
def environment(*packages: str) -> "jinja2.Environment":
    """Templates from folder ``templates`` of these packages, then the shared ones; everything is escaped.

    One environment serves all pages of a run, since it keeps the templates that it compiled: a batch writes
    hundreds of pages.
    """
    import jinja2  # noqa: PLC0415 - most commands do without it

    from lkt.wordtemplate.compiling import kept  # noqa: PLC0415 - it takes jinja2

    return jinja2.Environment(
        loader=jinja2.ChoiceLoader([_loader(package) for package in (*packages, _SHARED)]),
        bytecode_cache=kept(),
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


def _loader(package: str) -> "jinja2.FunctionLoader":
    import jinja2  # noqa: PLC0415 - most commands do without it

    folder = resources(package) / "templates"

    def text(name: str) -> str | None:
        file = folder / name
        return file.read_text(encoding="utf-8") if file.is_file() else None

    return jinja2.FunctionLoader(text)


# One HTML page of what a check found: complete in itself, without a script, for screen, phone and paper ---
#
# Python says what stands there, ``templates/pemeriksaan.html.j2`` in which order and words, and
# ``templates/pemeriksaan.css``, after ``dasar.css`` that all pages share, how it looks. Everything that comes
# from a workbook passes autoescape. The page is plain ASCII.


_TEMPLATE = "pemeriksaan.html.j2"
_MARKED_WIDTH, _OTHER_WIDTH = 150, 70
_LONG_WORD = 24
_FIRST_CODES = 6
_RULES = {rule.code: rule for rule in RULES}

_UNREADABLE = "unreadable"
_NOTHING = "ok"


@dataclass(frozen=True, slots=True)
class _Cell:
    """One cell of an excerpt, its text cut to ``before``, ``focus`` and ``after``.

    ``apart`` says that columns were left out before it.
    """

    letter: str
    heading: str
    before: str
    focus: str
    after: str
    marked: bool
    apart: bool

    @property
    def long(self) -> bool:
        """It holds a word that may have to be broken."""
        text = f"{self.heading} {self.before}{self.focus}{self.after}"
        return max(map(len, text.split()), default=0) > _LONG_WORD


@dataclass(frozen=True, slots=True)
class _Excerpt:
    """An excerpt as it is drawn."""

    place: str
    row: int
    cells: tuple[_Cell, ...]


@dataclass(frozen=True, slots=True)
class _Card:
    """One finding with everything that is shown of it."""

    finding: Finding
    level: str
    word: str
    cells: str
    rule: Rule | None
    excerpt: _Excerpt | None


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The findings of one sheet that are still open, with their number by level."""

    anchor: str
    name: str
    numbers: tuple[tuple[str, str], ...]
    cards: tuple[_Card, ...]


@dataclass(frozen=True, slots=True)
class _Passed:
    """A cell that was passed over: the rules that depend on it, the first of them apart."""

    cell: Unchecked
    first: tuple[tuple[str, str], ...]
    rest: tuple[tuple[str, str], ...]


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
    accepted: tuple[_Card, ...] = ()
    unchecked: tuple[_Passed, ...] = ()
    message: str = ""
    hint: str = ""


def findings(files: Sequence[Checked], _rules: Sequence[Rule] = ()) -> str:
    """The page of ``lkt check``."""
    return findings_html(files, __version__)


def findings_html(files: Sequence[Checked], version: str) -> str:
    """The page for many files.

    Args:
        files: what was checked.
        version: the version of this program, for the foot of the page.
    """
    views = [_file(f"berkas-{number}", checked) for number, checked in enumerate(files, start=1)]
    return ascii_page(environment().get_template(_TEMPLATE).render(files=views, version=version))


# What is shown ---------------------------------------------------------------------------------------------


def _file(anchor: str, checked: Checked) -> _File:
    result = checked.outcome
    if isinstance(result, LktError):
        return _File(anchor, checked.path, _UNREADABLE, message=result.message, hint=result.hint)
    number = counts(result.findings)
    worst = next((severity.value for severity in Severity if number[severity]), _NOTHING)
    periode = result.computed.periode
    return _File(
        anchor=anchor,
        path=checked.path,
        level=worst,
        numbers=_numbers(result.findings),
        kecamatan=result.dataset.identitas.kecamatan.value or "",
        triwulan=f"{periode.triwulan.roman} Tahun {periode.triwulan.tahun}" if periode else "",
        deadline=format_date(periode.batas_lapor) if periode else "",
        sheets=tuple(_sheets(anchor, result)),
        accepted=tuple(_card(finding, result.dataset) for finding in result.findings if finding.accepted),
        unchecked=tuple(_passed(cell) for cell in result.unchecked),
    )


def _numbers(findings: Sequence[Finding]) -> tuple[tuple[str, str], ...]:
    """Level and "3 peringatan", for every level that there is."""
    number = counts(findings)
    return tuple(
        (severity.value, f"{number[severity]} {severity.word}") for severity in Severity if number[severity]
    )


def _sheets(anchor: str, result: Result) -> Iterator[_Sheet]:
    still_open = [finding for finding in result.findings if not finding.accepted]
    names = dict.fromkeys(finding.ref.sheet for finding in still_open)
    for number, name in enumerate(names, start=1):
        mine = [finding for finding in still_open if finding.ref.sheet == name]
        cards = tuple(_card(finding, result.dataset) for finding in mine)
        yield _Sheet(f"{anchor}-sheet-{number}", name, _numbers(mine), cards)


def _card(finding: Finding, dataset: Dataset) -> _Card:
    found = excerpt(finding, dataset)
    return _Card(
        finding=finding,
        level=finding.severity.value,
        word=finding.severity.word.capitalize(),
        cells=compact(finding.refs),
        rule=_RULES.get(finding.code),
        excerpt=_drawn(found, finding.written) if found else None,
    )


def _drawn(found: Excerpt, written: str) -> _Excerpt:
    before = ("", *(cell.letter for cell in found.cells))
    cells = (_cell(cell, previous, written) for cell, previous in zip(found.cells, before, strict=False))
    return _Excerpt(f"{found.sheet} baris {found.row}", found.row, tuple(cells))


def _cell(cell: ExcerptCell, previous: str, written: str) -> _Cell:
    """The cell after the one in column ``previous``; in a marked one, what was ``written`` is the focus."""
    texts = clip(cell.written, _MARKED_WIDTH, written) if cell.marked else clip(cell.written, _OTHER_WIDTH)
    apart = bool(previous) and column_number(cell.letter) != column_number(previous) + 1
    return _Cell(cell.letter, cell.heading, *texts, marked=cell.marked, apart=apart)


def _passed(cell: Unchecked) -> _Passed:
    codes = tuple((code, _RULES[code].title if code in _RULES else "") for code in cell.codes)
    return _Passed(cell, codes[:_FIRST_CODES], codes[_FIRST_CODES:])
