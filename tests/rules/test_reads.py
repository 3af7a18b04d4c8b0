"""What a rule says that it reads is what it reads: tried on every case of the rule."""

from dataclasses import fields
from functools import reduce

import pytest

from lkt import rules
from lkt.rules.base import Rule, cells_of
from tests.builders import base, dataset
from tests.rules.test_catalogue import CASES
from tests.rules.tracing import Evidence, evidence

NAMING = frozenset(
    {
        "anggaran.kode",
        "anggaran.program",
        "anggaran.unit",
        "desa.desa",
        "desa.kode",
        "dokumen.dokumen",
        "fasilitasi.jenis_fasilitasi",
        "fasilitasi.no",
        "identitas.kecamatan",
        "identitas.kode_kecamatan",
        "indikator.indikator",
        "indikator.no",
        "kegiatan.kegiatan",
        "pengecualian.kode",
        "strategi.strategi",
    }
)
"""Columns that name a row, or by which it is found again in another workbook: one of them will do."""

CALLED = frozenset(
    f"identitas.{name}" for name in ("jenis_daerah", "sebutan_kecamatan", "sebutan_camat", "sebutan_desa")
)
"""Columns that say what the area, its head and its parts are called."""

PRINTING = frozenset({"identitas.desimal_persen", "indikator.satuan"}) | CALLED
"""Columns that decide how a figure or a name is printed in a message."""

REPLACING = frozenset(
    {"identitas.tanggal_pk_perubahan", "indikator.target_perubahan", "anggaran.anggaran_perubahan"}
    | {f"{name}{number}" for name in ("indikator.target_tw", "anggaran.rencana_tw") for number in range(1, 5)}
)
"""Columns that take the place of another where they are filled; the cases of a few rules fill them."""

OF_PROBLEMS = frozenset(
    {"B101", "B102", "B103", "B104", "B105", "B106", "B107", "B108", "B109", "B110", "B111", "B112", "B113"}
    | {"B201", "B202", "B203", "B204", "B205", "B206", "B207", "B208", "B210", "B211", "B214", "B215"}
)
"""Rules about what could not be read, or about rows whatever they hold."""

READS_NOTHING = OF_PROBLEMS | {"A105", "D111"}

READING = [each for each in rules.RULES if each.code not in OF_PROBLEMS]


def _joined(one: Evidence, other: Evidence) -> Evidence:
    return Evidence(*(getattr(one, part.name) | getattr(other, part.name) for part in fields(Evidence)))


def test_only_rules_about_problems_read_nothing() -> None:
    assert {each.code for each in rules.RULES if not each.reads} == READS_NOTHING


def test_every_column_exists() -> None:
    known = {name for name, _ in cells_of(dataset(base()))} | {"pengecualian.kode", "pengecualian.sel"}
    for each in rules.RULES:
        assert each.reads <= known | {"pengecualian.alasan"}, each.code


@pytest.mark.parametrize("each", READING, ids=lambda each: each.code)
def test_a_rule_reads_what_it_declares(each: Rule) -> None:
    """Nothing else, all of it, and what cannot be read silences it at most.

    Without a column that is not declared it finds the same in the same cells, if in other words.
    """
    seen = reduce(_joined, (evidence(each, case.case) for case in CASES if case.code == each.code))
    assert sorted(seen.silenced - each.reads) == []
    assert sorted((seen.worded | seen.looked) - each.reads - NAMING - PRINTING) == []
    assert sorted(each.reads - seen.worded - seen.looked - REPLACING) == []
    assert sorted(seen.alarmed) == []
