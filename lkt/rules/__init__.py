"""The rule catalogue: one module a family, and the one pass of all rules over a workbook."""

from dataclasses import replace

from lkt.errors import LktError
from lkt.figures import Case
from lkt.findings import Finding, Unchecked
from lkt.indonesian import nearest
from lkt.rules import (
    anggaran,
    between_quarters,
    cross_sheet,
    desa,
    dokumen,
    exceptions,
    fasilitasi,
    identitas,
    indikator,
    kegiatan,
    narasi,
    structure,
    wilayah,
)
from lkt.rules.base import Rule, passed_over, rules_of

FAMILIES = (
    structure,
    identitas,
    indikator,
    anggaran,
    fasilitasi,
    dokumen,
    desa,
    wilayah,
    kegiatan,
    narasi,
    cross_sheet,
    between_quarters,
    exceptions,
)
"""The family modules, in the order of the sheets; a rule in one of them is in the catalogue."""

RULES: tuple[Rule, ...] = tuple(rule for family in FAMILIES for rule in rules_of(family))

TITLES = {rule.code: rule.title for rule in RULES if rule.code[0] != "X"}
"""The rules about the workbook; those of sheet Pengecualian judge what these have found."""


def find_rule(code: str) -> Rule:
    """The rule of a code, in any case.

    Raises:
        LktError: there is none; the hint names the nearest.
    """
    wanted = code.strip().upper()
    for rule in RULES:
        if rule.code == wanted:
            return rule
    guess = nearest(wanted, [rule.code for rule in RULES])
    hint = f"Maksud Anda {guess}? " if guess else ""
    raise LktError(f"Aturan “{code}” tidak ada.", f"{hint}Daftarnya: lkt rules")


def check(case: Case) -> tuple[Finding, ...]:
    """Every finding of every rule; those that the office accepts on sheet Pengecualian say why."""
    found = (finding for rule in RULES if rule.code in TITLES for finding in rule.findings(case))
    judged = replace(case, findings=exceptions.accept(found, case), titles=TITLES)
    judging = (rule for rule in RULES if rule.code not in TITLES)
    return (*judged.findings, *(finding for rule in judging for finding in rule.findings(judged)))


def unchecked(case: Case, *, compared: bool) -> tuple[Unchecked, ...]:
    """Everything that the rules passed over because it could not be read.

    Without a quarter to compare with (``compared``), the rules between quarters were not asked.
    """
    return passed_over(case, [rule for rule in RULES if compared or rule.code[0] != "T"])
