"""What a rule is, and the columns that rules declare to read."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields, replace
from typing import Any

from lkt.figures import Case
from lkt.findings import Finding, Severity, Unchecked
from lkt.model import Cell, Dataset, Desa, Identitas, Problem, ProblemKind, Ref, Row
from lkt.rules.helpers import computed_refs, field_name, is_stray

# A rule: a small documented function that looks at a case and yields findings -----------------------------
#
# Its docstring, in Indonesian, is its page: all that is printed about the rule comes from it.
#
#     Judul dalam satu baris
#
#     Mengapa: why it matters to the office, the Bupati or the Inspektorat.
#     Perbaikan: what the operator should do.
#     Dasar: the regulation that it rests on, with its article where that is known (optional).


Check = Callable[[Case], Iterator[Finding]]

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO

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
        reads: the columns that must be readable for it to speak, such as ``anggaran.pagu``. Columns that
            only name a row in a message are left out.
        unfilled: it tells of what is merely not filled in yet.
        follows: the rules without whose findings it has probably nothing to say.
    """

    code: str
    severity: Severity
    check: Check
    title: str
    why: str
    repair: str
    basis: str = ""
    reads: frozenset[str] = frozenset()
    unfilled: bool = False
    follows: frozenset[str] = frozenset()

    def findings(self, case: Case) -> Iterator[Finding]:
        """Its findings, with code, level and, where the finding has none of its own, the repair.

        A finding may be milder than its rule, and says so itself; it is never more severe.
        """
        repair = ""
        for finding in self.check(case):
            severity = max(self.severity, finding.severity, key=list(Severity).index)
            repair = repair or case.dataset.identitas.terms.said(self.repair)
            yield replace(finding, code=self.code, severity=severity, hint=finding.hint or repair)


def rule(
    code: str, severity: Severity, reads: str = "", *, unfilled: bool = False, follows: str = ""
) -> Callable[[Check], Rule]:
    """Make a documented function the rule ``code``.

    Args:
        code: its stable code.
        severity: the level of its findings.
        reads: the columns it depends on, separated by spaces.
        unfilled: it tells of what is merely not filled in yet.
        follows: the rules of which its findings are mostly a consequence, separated by spaces.

    Raises:
        ValueError: the code is malformed, or the docstring lacks its title, Mengapa or Perbaikan.
    """

    def make(check: Check) -> Rule:
        title, sections = _read_page(check.__doc__ or "")
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
            unfilled,
            frozenset(follows.split()),
        )

    return make


def _read_page(text: str) -> tuple[str, dict[str, str]]:
    """The title and the sections, each as one line of text."""
    title, *rest = (" ".join(part.split()) for part in _SECTION.split(text))
    return title.rstrip("."), dict(zip(rest[::2], rest[1::2], strict=True))


def rules_of(module: object) -> tuple[Rule, ...]:
    """The rules of a family module, in the order of their codes."""
    found = (value for value in vars(module).values() if isinstance(value, Rule))
    return tuple(sorted(found, key=lambda rule: rule.code))


# What the rules passed over, since it could not be read ---------------------------------------------------
#
# A column is named by the attribute of ``Dataset`` and the field of the row: ``anggaran.pagu``,
# ``identitas.tahun``, ``desa.tanggal`` for the dates of the documents, ``jumlah_desa.tepat_waktu``.


_REASONS = {
    ProblemKind.REQUIRED_BLANK: "belum diisi",
    ProblemKind.MISSING_SHEET: "lembar tidak ada",
    ProblemKind.MISSING_COLUMN: "kolom tidak ada",
    ProblemKind.MISSING_KEY: "isian tidak ada",
    ProblemKind.OUT_OF_RANGE: "di luar batas",
    ProblemKind.MERGED: "tergabung (merge)",
}
"""Why something could not be checked; every other problem makes a cell unreadable."""

_HARMLESS = {
    ProblemKind.COPIED_SHEET,
    ProblemKind.UNJUDGED_DATES,
    ProblemKind.REPEATED_COLUMN,
    ProblemKind.REPEATED_SHEET,
    ProblemKind.UNKNOWN_KEY,
    ProblemKind.REPEATED_KEY,
    ProblemKind.HEADINGS_BELOW,
    ProblemKind.COLUMN_NUMBERS,
    ProblemKind.BELOW_TOTAL,
    ProblemKind.EXTRA_TOTAL,
    ProblemKind.NAMELESS_ROW,
}
"""Problems after which everything that is needed was read nevertheless."""

_SHOWN_ONLY = {ProblemKind.NOT_CALCULATED, ProblemKind.EXCEL_ERROR}
"""Problems that do not matter in a cell that is computed here anyway."""


def cells_of(dataset: Dataset) -> Iterator[tuple[str, Cell[Any]]]:
    """Every cell of the workbook with its column."""
    for part in fields(dataset):
        for row in _each(getattr(dataset, part.name)):
            for column in fields(row) if isinstance(row, Row | Identitas) else ():
                for cell in _each(getattr(row, column.name)):
                    if isinstance(cell, Cell):
                        yield f"{part.name}.{column.name}", cell


def _each(value: object) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else (value,)


def passed_over(case: Case, rules: Iterable[Rule]) -> tuple[Unchecked, ...]:
    """Each cell, column or sheet that could not be read, with the rules that passed over it for that.

    What no rule depends on is left out, and so is what needs no repair: a row that is the rest of another
    one, a formula that was never calculated in a cell that is computed here anyway.
    """
    dataset = case.dataset
    columns = {cell.ref: name for name, cell in cells_of(dataset)}
    needless = {(kind, ref) for kind in _SHOWN_ONLY for ref in computed_refs(case)}
    needless |= {
        (ProblemKind.REQUIRED_BLANK, ref)
        for ref in (
            *(cell.ref for row in dataset.fasilitasi if is_stray(row) for _, cell in row.cells()),
            *(row.alasan.ref for row in dataset.pengecualian),  # a rule speaks of a blank reason
            *map(Ref, dataset.sheets.values()),  # another problem speaks of a missing column
        )
    }
    depending: dict[str, set[str]] = defaultdict(set)  # column, or sheet as a whole -> codes
    for rule in rules:
        for name in rule.reads:
            depending[name].add(rule.code)
            depending[name.partition(".")[0]].add(rule.code)
    found = []
    for problem in dataset.problems:
        if problem.kind in _HARMLESS or (problem.kind, problem.ref) in needless:
            continue
        codes = {code for name in _names(problem, dataset, columns) for code in depending[name]}
        if codes:
            reason = _REASONS.get(problem.kind, "tidak terbaca")
            found.append(Unchecked(problem.ref, problem.subject, reason, tuple(sorted(codes))))
    return tuple(found)


def _names(problem: Problem, dataset: Dataset, columns: dict[Ref, str]) -> set[str]:
    """The columns, or the sheet as a whole, that the problem keeps from being read."""
    match problem.kind:
        case ProblemKind.MISSING_SHEET:
            name = field_name(problem.subject)
            return {name, f"jumlah_{name}"}
        case ProblemKind.MISSING_KEY:
            return {f"identitas.{field_name(problem.subject)}"}
        case ProblemKind.MISSING_COLUMN:
            declared = {written: name for name, written in dataset.sheets.items()}
            sheet, name = field_name(declared[problem.ref.sheet]), field_name(problem.subject)
            if sheet == "identitas":
                return {sheet}
            if sheet == "desa" and name not in {column.name for column in fields(Desa)}:
                return {"desa.tanggal", "jumlah_desa.tepat_waktu"}
            return {f"{sheet}.{name}", f"jumlah_{sheet}.{name}"}  # and below it in the row Jumlah
        case _:
            return {columns[problem.ref]} if problem.ref in columns else set()
