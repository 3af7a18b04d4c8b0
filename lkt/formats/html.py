"""The findings of ``lkt check``, and the figures of ``lkt show``, as one HTML page each.

A page is complete in itself, without a script, for screen and paper. Python says what stands there, its
``.html.j2`` in ``templates/`` in which order and words, and its ``.css``, after ``dasar.css`` that all pages
share, how it looks. Everything that comes from a workbook passes autoescape.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from lkt import __version__
from lkt.errors import LktError
from lkt.findings import Finding, Severity, Unchecked, by_sheet, tally
from lkt.formats.basis import ShownPart, bases
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
    """The page with other letters as character references, and without controls, which HTML does not allow.

    So a redirection on an old console that takes it for another encoding does not spoil it.
    """
    plain = re.sub("[\x00-\x08\x0b-\x1f\x7f-\x9f]", "\N{REPLACEMENT CHARACTER}", page)
    return plain.encode("ascii", "xmlcharrefreplace").decode("ascii")


# The page of figures ---------------------------------------------------------------------------------------


def figures_page(path: str, result: Result, chosen: Sequence[ShownPart]) -> str:
    """What each figure rests on, to be read or printed, in plain ASCII."""
    identitas, periode = result.dataset.identitas, result.computed.periode
    page = (
        environment()
        .get_template("angka.html.j2")
        .render(
            path=path,
            triwulan=periode.triwulan if periode else "",
            sebutan=identitas.terms.kecamatan,
            kecamatan=identitas.kecamatan.value,
            parts=[(part.title, list(bases(result, part))) for part in chosen],
            version=__version__,
        )
    )
    return ascii_page(page)


# The page of findings --------------------------------------------------------------------------------------

_MARKED_WIDTH, _OTHER_WIDTH = 150, 70
_LONG_WORD = 24


@dataclass(frozen=True, slots=True)
class _File:
    """One file of the page; of one that could not be read, ``error`` says why and most others are empty."""

    path: str
    level: str
    tally: Sequence[tuple[Severity, str]] = ()
    kecamatan: str = ""
    triwulan: str = ""
    deadline: str = ""
    sheets: Mapping[str, Sequence[Finding]] = field(default_factory=dict)
    accepted: Sequence[Finding] = ()
    unchecked: Sequence[Unchecked] = ()
    excerpts: Excerpts | None = None
    error: LktError | None = None


def findings(files: Sequence[Checked]) -> str:
    """The page for many files, in plain ASCII."""
    page = (
        environment()
        .get_template("pemeriksaan.html.j2")
        .render(
            files=[_file(checked) for checked in files],
            version=__version__,
            rules={rule.code: rule for rule in RULES},
            compact=compact,
            drawn=_drawn,
            tally_of=tally,
        )
    )
    return ascii_page(page)


def _file(checked: Checked) -> _File:
    result = checked.outcome
    if isinstance(result, LktError):
        return _File(checked.path, "unreadable", error=result)
    periode, tallied = result.computed.periode, tally(result.findings)
    return _File(
        checked.path,
        level=tallied[0][0].value if tallied else "ok",
        tally=tallied,
        kecamatan=result.dataset.identitas.kecamatan.value or "",
        triwulan=f"{periode.triwulan.roman} Tahun {periode.triwulan.tahun}" if periode else "",
        deadline=format_date(periode.batas_lapor) if periode else "",
        sheets=by_sheet(result.findings),
        accepted=[finding for finding in result.findings if finding.accepted],
        unchecked=result.unchecked,
        excerpts=Excerpts(result.dataset),
    )


def _drawn(
    excerpt: Excerpt, finding: Finding
) -> Iterator[tuple[ExcerptCell, tuple[str, str, str], bool, bool]]:
    """The cells of an excerpt as they are drawn.

    Each with what is written in it (before, in and after the focus, which in a marked cell is what the
    finding says is written), whether columns were left out before it, and whether it holds a long word.
    """
    left = 0
    for cell in excerpt.cells:
        texts = clip(cell.written, *((_MARKED_WIDTH, finding.written) if cell.marked else (_OTHER_WIDTH, "")))
        words = f"{cell.heading} {''.join(texts)}".split()
        yield cell, texts, 0 < left != cell.column - 1, max(map(len, words), default=0) > _LONG_WORD
        left = cell.column
