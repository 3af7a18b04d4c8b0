"""The rule catalogue: one module a family, gathered here in the order of the workbook."""

from lkt.figures import Case
from lkt.findings import Finding
from lkt.rules.base import Rule, rules_of

from . import (
    anggaran,
    buku_kerja,
    desa,
    dokumen,
    fasilitasi,
    identitas,
    indikator,
    kegiatan,
    lintas_lembar,
    narasi,
)

FAMILIES = (
    buku_kerja,
    identitas,
    indikator,
    anggaran,
    fasilitasi,
    dokumen,
    desa,
    kegiatan,
    narasi,
    lintas_lembar,
)
"""The family modules; a rule in one of them is in the catalogue."""

RULES: tuple[Rule, ...] = tuple(rule for family in FAMILIES for rule in rules_of(family))


def check(case: Case) -> tuple[Finding, ...]:
    """Every finding of every rule."""
    return tuple(finding for rule in RULES for finding in rule.findings(case))
