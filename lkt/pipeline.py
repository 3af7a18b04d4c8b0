"""compute, then check: from a workbook as read to everything that can be said about it. Pure."""

from dataclasses import dataclass

from lkt.figures import Case, Computed
from lkt.findings import Finding, Severity
from lkt.indicators import compute
from lkt.model import Dataset
from lkt.rules import check


@dataclass(frozen=True, slots=True)
class Result:
    """A workbook, its figures and its findings."""

    dataset: Dataset
    computed: Computed
    findings: tuple[Finding, ...]

    @property
    def has_errors(self) -> bool:
        """Whether a finding stops a build."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)


def run(dataset: Dataset) -> Result:
    """Work out every figure of a workbook and check it."""
    computed = compute(dataset)
    return Result(dataset, computed, check(Case(dataset, computed)))
