"""The catalogue as a whole: codes, titles, evidence, and no false alarm on a clean workbook."""

import importlib
import inspect
import re
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from examples.tables import join_tables, parse_tables, split_tables
from lkt import rules
from lkt.findings import Finding, Severity
from lkt.pipeline import run
from lkt.rules.base import Rule, rule, rules_of
from lkt.workbook.opening import grids_of
from lkt.workbook.photos import locate_pictures
from lkt.workbook.reader import read_grids
from tests.builders import (
    EXAMPLES,
    Case,
    Finds,
    Passes,
    base,
    codes,
    dataset,
    found,
    patched,
    read_cases,
    workbook,
)

LETTERS = dict(zip("BIKAFPDWGNLTX", rules.FAMILIES, strict=True))
FOLDER = Path(__file__).parent / "cases"
CASES: tuple[Case, ...] = tuple(
    case
    for family in rules.FAMILIES
    for case in read_cases((FOLDER / f"{family.__name__.rpartition('.')[2]}.txt").read_text(encoding="utf-8"))
)

SOURCE_ERRORS = {
    "19/63 is 30,16%, not 30%": "K102 Indikator!M2",
    "capaian from the rounded 30": "K103 Indikator!N2",
    "33% is 33,33%": "B213 Indikator!M3, B213 Indikator!N3",
    "serapan": "A103 Anggaran!I2, A103 Anggaran!I3, A103 Anggaran!I4, A103 Anggaran!I5",
    "pagu unlike PK": ", ".join(f"A101 Anggaran!G{row}" for row in (2, 3, 4, 5, 7)),
    "P6 done with Rp0": "A107 Anggaran!K7",
    "12 of 11 desa": "D101 Desa!E13, D102 Desa!E13, K105 Indikator!L3",
    "Burno": "B204 Desa!E6",
    "Purworejo": "D103 Desa!E2",
    "Argosari": "D104 Desa!E12",
    "definition c cut off": "N105 Dokumen!F4",
    "signed too early, on Nyepi": "I102 Identitas!B8, I104 Identitas!B8",
    "Januari/Desember": ", ".join(
        f"F101 Fasilitasi!C{row}" for row in (4, 5, 6, 8, 9, 10, 12, *range(16, 21))
    ),
    "only a month": ", ".join(f"F102 Fasilitasi!C{row}" for row in (2, 3, 7, 11, 13, 14, 15)),
    "semester report in TW I": "F106 Fasilitasi!B10",
    "period from 2 January": "N104 Indikator!P2, N104 Indikator!P3",
    "Musrenbangcam three times": "F105 Fasilitasi!B11, F105 Fasilitasi!B13, F105 Fasilitasi!B14",
    "rows 17 and 18": "F105 Fasilitasi!B18, F105 Fasilitasi!B19",
    "stray row": "F107 Fasilitasi!E21",
    "19 logged": "K104 Indikator!J2",
    "indicator of the neighbour": "A111 Anggaran!D3, A111 Anggaran!D4",
    "sasaran 1 has two names": "L107 Indikator!P2",
    "Presentase": "N101 Anggaran!D5, N101 Anggaran!D6, N101 Anggaran!D7",
    "formula box copied": "K111 Indikator!I3",
    "six lines in three places": "L105 Tindak Lanjut!B2, L105 Tindak Lanjut!B7, L106 Narasi!B5",
    "dicapai secara maksimal": "N102 Narasi!B3",
    "Realiasasi, Tribulanan, tribuunan, bada": "N101 Narasi!B2, N101 Narasi!B3, N101 Narasi!B4",
}


@cache
def example(name: str) -> tuple[Finding, ...]:
    """All findings of one of the example workbooks."""
    return run(dataset((EXAMPLES / f"data/{name}.md").read_text(encoding="utf-8"))).findings


@pytest.mark.parametrize("case", CASES, ids=str)
def test_rule(case: Case) -> None:
    case.verify()


def test_codes_and_titles_are_unique() -> None:
    assert len({each.code for each in rules.RULES}) == len(rules.RULES)
    assert len({each.title for each in rules.RULES}) == len(rules.RULES)


def test_codes_belong_to_their_family_and_ascend() -> None:
    for letter, family in LETTERS.items():
        found_codes = [each.code for each in rules_of(family)]
        assert found_codes
        assert all(code.startswith(letter) for code in found_codes)
        assert all(first < second for first, second in pairwise(found_codes))


def test_no_rule_is_left_out() -> None:
    """Every decorated function of every module of the package is in the catalogue."""
    for path in Path(inspect.getfile(rules)).parent.glob("*.py"):
        name = "" if path.stem == "__init__" else f".{path.stem}"
        module = importlib.import_module(f"lkt.rules{name}")
        assert set(rules_of(module)) <= set(rules.RULES)


def test_a_rule_without_its_page_is_refused() -> None:
    def undocumented(case: object) -> None:
        """Judul saja."""

    with pytest.raises(ValueError, match="not fully documented"):
        rule("B999", Severity.ERROR)(undocumented)  # type: ignore[arg-type]


BASIS = re.compile(
    r"(?:Undang-Undang|Peraturan (?:Pemerintah|Presiden|Menteri [\w ]+|Kepala BKN)|Keputusan Kepala [\w ]+) "
    r"Nomor \d\S*(?: Tahun \d{4})? tentang [A-Z][^;]+?(?:, Pasal \d+(?: dan Pasal \d+)*)?"
    r"|Keputusan Bersama Menteri [^;]+ tentang [A-Z][^;]+"  # made anew each year, under another number
)
"""A regulation: its kind, number and year, what it is about, and its articles where they are known."""


@pytest.mark.parametrize("each", [each for each in rules.RULES if each.basis], ids=lambda each: each.code)
def test_a_basis_names_regulations_in_one_form(each: Rule) -> None:
    for regulation in each.basis.split("; "):
        assert BASIS.fullmatch(regulation)
        assert not regulation.endswith(".")


@pytest.mark.parametrize("each", rules.RULES, ids=lambda each: each.code)
def test_every_rule_has_a_passing_and_a_failing_case(each: Rule) -> None:
    mine = [case for case in CASES if case.code == each.code]
    assert any(isinstance(case, Finds) for case in mine)
    assert any(isinstance(case, Passes) for case in mine)


@pytest.mark.parametrize("tahun", range(2023, 2027))
@pytest.mark.parametrize("triwulan", range(1, 5))
def test_the_clean_workbook_is_clean(tahun: int, triwulan: int) -> None:
    assert run(dataset(base(tahun, triwulan))).findings == ()


@pytest.mark.parametrize(
    "name", ["senduro-2024-tw1", "ciputat-2023-tw1", "sentani-2024-tw2", "pakem-2024-tw3"]
)
def test_an_example_is_clean(name: str) -> None:
    assert [finding for finding in example(name) if finding.severity is not Severity.INFO] == []


@pytest.mark.parametrize("name", SOURCE_ERRORS)
def test_the_source_report_is_seen_through(name: str) -> None:
    places = {f"{finding.code} {ref}" for finding in example("senduro-2024-tw1-asli") for ref in finding.refs}
    assert set(SOURCE_ERRORS[name].split(", ")) <= places


def test_findings_say_what_to_do() -> None:
    for case in CASES:
        for finding in case.findings:
            assert finding.refs
            assert finding.hint
            assert finding.message.endswith((".", "?"))
            assert "None" not in finding.message


# The builders themselves -----------------------------------------------------------------------------------


def test_a_workbook_on_disk_reads_like_its_tables(tmp_path: Path) -> None:
    path = tmp_path / "buku.xlsx"
    path.write_bytes(workbook(base()))
    assert locate_pictures(read_grids(grids_of(path.read_bytes(), path)), EXAMPLES) == dataset(base())


def test_tables_survive_a_round_trip() -> None:
    tables = split_tables(base())
    assert split_tables(join_tables(tables)) == tables
    assert parse_tables(base())["Indikator"][0]["Penyebut"] == 9


def test_one_cell_can_be_patched() -> None:
    data = patched("Anggaran", "H2", "13600001")
    assert codes(data) == {"A102"}
    assert [str(finding.ref) for finding in found(data, "A102")] == ["Anggaran!H2"]
