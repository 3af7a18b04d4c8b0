"""Compute, then check: from a workbook as read to everything that can be said about it. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from lkt.areas import Listed, look_up
from lkt.comparison import Comparison, YearBefore, beside_year_before, compare
from lkt.errors import LktError
from lkt.figures import Case, Computed
from lkt.findings import Finding, Severity, Unchecked, counts
from lkt.indicators import compute
from lkt.model import Dataset, Identitas, TindakLanjut, by_place
from lkt.rules import check, unchecked
from lkt.rules.helpers import grouped
from lkt.rules.pairing import plans_left


@dataclass(frozen=True, slots=True)
class Result:
    """A workbook and all that can be said about it.

    Attributes:
        dataset: the workbook as read.
        computed: its figures.
        findings: what the rules found, in the order of the workbook.
        unchecked: what could not be checked for want of readable cells.
        previous: the workbooks of other quarters that were given, oldest first.
        comparison: the figures beside those of the latest earlier quarter, where it is of the same year.
        year_before: the indicators beside the same quarter of the year before, where that is known.
        unfollowed: what the quarter before planned and nothing is said of here.
    """

    dataset: Dataset
    computed: Computed
    findings: tuple[Finding, ...]
    unchecked: tuple[Unchecked, ...] = ()
    previous: tuple[Case, ...] = ()
    comparison: Comparison | None = None
    year_before: tuple[YearBefore, ...] = ()
    unfollowed: tuple[TindakLanjut, ...] = ()


@dataclass(frozen=True, slots=True)
class Checked:
    """One file of a check: its path as given, and what came of it."""

    path: str
    outcome: Result | LktError

    @property
    def status(self) -> str:
        """``ok``, ``warning``, ``error`` or ``unreadable``, by the worst finding."""
        if isinstance(self.outcome, LktError):
            return "unreadable"
        number = counts(self.outcome.findings)
        if number[Severity.ERROR]:
            return "error"
        return "warning" if number[Severity.WARNING] else "ok"


def run(dataset: Dataset, *others: Dataset | None) -> Result:
    """Work out every figure of a workbook and check it, against the latest of the other quarters given."""
    computed = compute(dataset)
    cases = [Case(other, compute(other)) for other in others if other is not None]
    history = tuple(sorted(cases, key=lambda case: _quarter(case.computed)))
    case = Case(dataset, computed, _latest_before(history, computed), listed=listed_as(dataset.identitas))
    order = by_place(dataset.sheets.values())
    findings = sorted(_merged(check(case)), key=lambda finding: order(finding.ref))
    passed_over = unchecked(case, compared=bool(history))
    beside = compare(case), beside_year_before(case, history)
    return Result(dataset, computed, tuple(findings), passed_over, history, *beside, plans_left(case))


def listed_as(identitas: Identitas) -> Listed | None:
    """What the official list of areas says of the office; None where it is on no list."""
    code, kabupaten = identitas.kode_kecamatan.value or "", identitas.kabupaten.value or ""
    return look_up(identitas.kecamatan.value or "", code, kabupaten, identitas.terms.daerah)


def _quarter(computed: Computed) -> tuple[int, int]:
    """Year and quarter; what has none comes first."""
    periode = computed.periode
    return (0, 0) if periode is None else (periode.triwulan.tahun, periode.triwulan.nomor)


def _latest_before(history: Sequence[Case], computed: Computed) -> Case | None:
    """The latest earlier quarter; where none is earlier the latest of all, so that a rule can say so."""
    earlier = [case for case in history if _quarter(case.computed) < _quarter(computed)]
    return next(reversed(earlier or history), None)


def _merged(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings; those that say the same, and are accepted for the same reason, are one with all cells."""
    for same in grouped(findings, lambda finding: replace(finding, refs=())):
        refs = tuple(dict.fromkeys(chain.from_iterable(finding.refs for finding in same)))
        yield same[0] if refs == same[0].refs else replace(same[0], refs=refs)
