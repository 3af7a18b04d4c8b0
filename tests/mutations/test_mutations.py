"""Every mistake of the catalogue is found as it says, or is not found as it says."""

import pytest

from examples.tables import join_tables
from lkt.findings import Severity
from lkt.pipeline import run
from lkt.workbook.declaration import IDENTITAS, SHEET
from lkt.workbook.opening import grids_of
from lkt.workbook.photos import locate_pictures
from lkt.workbook.reader import read_grids
from tests import builders
from tests.mutations import kit, report
from tests.mutations.catalogue import MUTATIONS
from tests.mutations.kit import Clean, Mutation, Place, clean_findings, judge, new_findings

CLEAN = list(Clean)


@pytest.mark.parametrize("mutation", MUTATIONS, ids=str)
def test_mutation(mutation: Mutation) -> None:
    findings = new_findings(mutation)
    said = [f"{finding.code} {', '.join(map(str, finding.refs))}: {finding.message}" for finding in findings]
    assert judge(mutation, findings) == (mutation.place, set()), said
    assert mutation.also <= {finding.code for finding in findings}, "a declared consequence is missing"


@pytest.mark.parametrize("clean", CLEAN, ids=lambda clean: clean.name)
def test_nothing_is_wrong_with_a_clean_workbook(clean: Clean) -> None:
    """Senduro has a note: a desa handed its report in on a Saturday, and it did."""
    assert [finding for finding in clean_findings(clean) if finding.severity is not Severity.INFO] == []
    assert [str(finding.ref) for finding in clean_findings(clean)] == (
        ["Desa!E7"] if clean is Clean.SENDURO else []
    )


@pytest.mark.parametrize(("name", "true"), kit.OFFICES.items())
def test_of_a_real_office_only_what_is_true_is_said(name: str, true: str) -> None:
    """The published figures of kecamatan of Tangerang Selatan; what is only not standard is a note."""
    found = run(kit.office(name)).findings
    said = [f"{each.code} {each.ref}" for each in found if each.severity is not Severity.INFO]
    assert ", ".join(said) == true


def test_a_real_office_beside_its_quarter_before() -> None:
    found = run(kit.office("tangsel-ciputat-tw2"), kit.office("tangsel-ciputat-tw1")).findings
    assert {each.code for each in found} <= {"N108"}


def test_the_catalogue_is_large_and_varied() -> None:
    assert len(MUTATIONS) >= 540
    assert len({str(mutation) for mutation in MUTATIONS}) == len(MUTATIONS)
    assert {mutation.how for mutation in MUTATIONS} == set(kit.How)
    assert {mutation.clean for mutation in MUTATIONS} == set(CLEAN)
    assert {mutation.sheet for mutation in MUTATIONS} >= {IDENTITAS, *SHEET}


def test_what_is_not_found_in_its_place_has_a_reason() -> None:
    for mutation in MUTATIONS:
        in_place = mutation.place in {Place.OWN, Place.PARTNER}
        assert bool(mutation.why) is not in_place, mutation
        assert in_place or mutation.why.endswith("."), mutation


def test_the_page_says_what_the_tests_hold() -> None:
    assert report.PAGE.read_text(encoding="utf-8") == report.page(), "run python -m tests.mutations.report"


def test_a_book_reads_like_its_file() -> None:
    book = kit.clean_book(Clean.BASE_1)
    kit.put({"Anggaran!H2": "13600001"}).apply(book)
    data = builders.workbook(join_tables(book.tables))
    assert locate_pictures(read_grids(grids_of(data)), builders.EXAMPLES) == kit.read_book(book)
