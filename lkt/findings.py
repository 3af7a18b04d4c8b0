"""What a check found: values that point at cells, with what is written, what is expected and what to do."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from lkt.model import Ref


class Severity(Enum):
    """How much a finding matters, the worst first; errors stop a build."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def word(self) -> str:
        """As the user reads it: kesalahan, peringatan, catatan."""
        return _WORDS[self]


_WORDS = {Severity.ERROR: "kesalahan", Severity.WARNING: "peringatan", Severity.INFO: "catatan"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One mistake in the workbook.

    Attributes:
        refs: the cells concerned, the one to correct first; never empty.
        message: one or two sentences that say what is wrong and why, naming desa or program.
        written: what stands in the cell, as the user sees it.
        expected: what was computed or is allowed; empty where there is nothing to say.
        difference: expected against written, printed with its unit; for figures only.
        hint: what to do in this case; empty means that the rule's own repair is shown.
        code: the rule's stable code; filled in by the rule.
        severity: filled in by the rule.
        accepted: the office's reason on sheet Pengecualian; an accepted finding stops nothing.
    """

    refs: tuple[Ref, ...]
    message: str
    written: str = ""
    expected: str = ""
    difference: str = ""
    hint: str = ""
    code: str = ""
    severity: Severity = Severity.ERROR
    accepted: str = ""

    @property
    def ref(self) -> Ref:
        """The cell to correct."""
        return self.refs[0]


@dataclass(frozen=True, slots=True)
class Unchecked:
    """A cell that could not be read or was left blank, and the rules that passed over it for that.

    Attributes:
        ref: the cell.
        subject: its column, by the name in the declaration.
        reason: why, in words.
        codes: the rules that depend on it.
    """

    ref: Ref
    subject: str
    reason: str
    codes: tuple[str, ...]


def counts(findings: Iterable[Finding]) -> dict[Severity, int]:
    """How many findings there are of each severity, accepted ones left out."""
    still_open = [finding.severity for finding in findings if not finding.accepted]
    return {severity: still_open.count(severity) for severity in Severity}


def tally(findings: Iterable[Finding]) -> list[tuple[Severity, str]]:
    """Each severity that occurs, the worst first, with how many there are: 3 peringatan."""
    return [
        (severity, f"{number} {severity.word}") for severity, number in counts(findings).items() if number
    ]


def by_sheet(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    """The findings by sheet, accepted ones left out."""
    sheets: dict[str, list[Finding]] = {}
    for finding in findings:
        if not finding.accepted:
            sheets.setdefault(finding.ref.sheet, []).append(finding)
    return sheets
