"""The rule catalogue: one module a family, gathered in ``catalogue``, and the rules about exceptions last."""

from dataclasses import replace

from lkt.figures import Case
from lkt.findings import Finding, Unchecked
from lkt.rules import base as columns
from lkt.rules import catalogue
from lkt.rules import exceptions as pengecualian
from lkt.rules.base import Rule, rules_of
from lkt.rules.exceptions import accept

FAMILIES = (*catalogue.FAMILIES, pengecualian)
"""The family modules; a rule in one of them is in the catalogue."""

RULES: tuple[Rule, ...] = tuple(rule for family in FAMILIES for rule in rules_of(family))


def check(case: Case) -> tuple[Finding, ...]:
    """Every finding of every rule; those that the office accepts on sheet Pengecualian say why."""
    found = accept((finding for rule in catalogue.RULES for finding in rule.findings(case)), case)
    judged = replace(case, findings=found)
    return (*found, *(finding for rule in rules_of(pengecualian) for finding in rule.findings(judged)))


def unchecked(case: Case, *, compared: bool) -> tuple[Unchecked, ...]:
    """Everything that the rules passed over because it could not be read.

    Without a quarter to compare with (``compared``), the rules between quarters were not asked.
    """
    asked = (rule for rule in RULES if compared or rule.code[0] != "T")
    return columns.unchecked(case, asked)
