"""A rule: a small documented function that looks at a case and yields findings.

The docstring is the rule's page, in Indonesian, and everything that is printed about the rule comes from it:

    Judul dalam satu baris.

    Mengapa: why it matters to the office, the Bupati or the Inspektorat.
    Perbaikan: what the operator should do.
    Dasar: the regulation and its article (optional).
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from lkt.figures import Case
from lkt.findings import Finding, Severity

Check = Callable[[Case], Iterator[Finding]]

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO

_MILDER = (ERROR, WARNING, INFO)

_CODE = re.compile(r"[A-Z]\d{3}")
_SECTION = re.compile(r"^ *(Mengapa|Perbaikan|Dasar): ", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the catalogue.

    Attributes:
        code: its stable code, a letter for the family and three digits.
        severity: the level of its findings.
        check: the function.
        title: what is wrong when it speaks.
        why: why it matters.
        repair: what to do.
        basis: the regulation it rests on; may be empty.
        reads: the columns that must be readable for it to speak, such as ``anggaran.pagu``; see
            ``lkt.rules.columns``. Columns that only name a row in a message are left out.
    """

    code: str
    severity: Severity
    check: Check
    title: str
    why: str
    repair: str
    basis: str = ""
    reads: frozenset[str] = frozenset()

    def findings(self, case: Case) -> Iterator[Finding]:
        """Its findings, with code, level and, where the finding has none of its own, the repair.

        A finding may be milder than its rule, and says so itself; it is never more severe.
        """
        return map(self._told, self.check(case))

    def _told(self, finding: Finding) -> Finding:
        severity = max(self.severity, finding.severity, key=_MILDER.index)
        return replace(finding, code=self.code, severity=severity, hint=finding.hint or self.repair)


def rule(code: str, severity: Severity, reads: str = "") -> Callable[[Check], Rule]:
    """Make a documented function the rule ``code``.

    Args:
        code: its stable code.
        severity: the level of its findings.
        reads: the columns it depends on, separated by spaces.

    Raises:
        ValueError: the code is malformed, or the docstring lacks its title, Mengapa or Perbaikan.
    """

    def make(check: Check) -> Rule:
        title, sections = _read_docstring(check.__doc__ or "")
        if not (_CODE.fullmatch(code) and title and sections.get("Mengapa") and sections.get("Perbaikan")):
            raise ValueError(f"rule {code} ({check.__name__}) is not fully documented")
        return Rule(
            code,
            severity,
            check,
            title,
            sections["Mengapa"],
            sections["Perbaikan"],
            sections.get("Dasar", ""),
            frozenset(reads.split()),
        )

    return make


def _read_docstring(text: str) -> tuple[str, dict[str, str]]:
    """The title and the sections, each as one line of text."""
    head, *rest = _SECTION.split(text)
    pairs = zip(rest[::2], rest[1::2], strict=True)
    return _one_line(head).rstrip("."), {name: _one_line(body) for name, body in pairs}


def _one_line(text: str) -> str:
    return " ".join(text.split())


def rules_of(module: object) -> tuple[Rule, ...]:
    """The rules of a family module, in the order of their codes."""
    found = (value for value in vars(module).values() if isinstance(value, Rule))
    return tuple(sorted(found, key=lambda rule: rule.code))
