"""The families of rules that look at the workbook itself, in the order of its sheets."""

from lkt.rules import (
    anggaran,
    between_quarters,
    cross_sheet,
    desa,
    dokumen,
    fasilitasi,
    identitas,
    indikator,
    kegiatan,
    narasi,
    structure,
)
from lkt.rules.base import Rule, rules_of

FAMILIES = (
    structure,
    identitas,
    indikator,
    anggaran,
    fasilitasi,
    dokumen,
    desa,
    kegiatan,
    narasi,
    cross_sheet,
    between_quarters,
)

RULES: tuple[Rule, ...] = tuple(rule for family in FAMILIES for rule in rules_of(family))
"""The rules that run first; those about exceptions judge what these have found."""
