"""compute, then check: from a workbook as read to everything that can be said about it. Pure."""

import re
from dataclasses import dataclass

from lkt.figures import Case, Computed
from lkt.findings import Finding, Severity, Unchecked, counts
from lkt.indicators import compute
from lkt.model import Dataset
from lkt.rules import check


@dataclass(frozen=True, slots=True)
class Result:
    """A workbook, its figures and its findings."""

    dataset: Dataset
    computed: Computed
    findings: tuple[Finding, ...]
    unchecked: tuple[Unchecked, ...] = ()

    @property
    def has_errors(self) -> bool:
        """Whether a finding stops a build."""
        return counts(self.findings)[Severity.ERROR] > 0


def run(dataset: Dataset, sebelumnya: Dataset | None = None) -> Result:
    """Work out every figure of a workbook and check it, against the quarter before where it is given."""
    computed = compute(dataset)
    before = None if sebelumnya is None else Case(sebelumnya, compute(sebelumnya))
    findings = check(Case(dataset, computed, before))
    order = {name: number for number, name in enumerate(dataset.sheets.values())}
    return Result(dataset, computed, tuple(sorted(findings, key=lambda finding: _place(finding, order))))


def _place(finding: Finding, order: dict[str, int]) -> tuple[int, int, int, str]:
    """By sheet from left to right, by row, by column; what is of the whole sheet first."""
    match = re.fullmatch(r"([A-Z]+)(\d+)", finding.ref.cell)
    column, row = (match[1], int(match[2])) if match else ("", 0)
    return order.get(finding.ref.sheet, -1), row, len(column), column
