"""The families of rules that look at the workbook itself, in the order of its sheets."""

from lkt.rules import (
    anggaran,
    antar_triwulan,
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
from lkt.rules.base import Rule, rules_of

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
    antar_triwulan,
)

RULES: tuple[Rule, ...] = tuple(rule for family in FAMILIES for rule in rules_of(family))
"""The rules that run first; those about exceptions judge what these have found."""
