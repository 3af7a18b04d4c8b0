"""--select and --ignore."""

import pytest

from lkt.checking import parse_codes, selected
from lkt.errors import LktError
from lkt.pipeline import run
from tests.builders import base, dataset, edited

FAULTY = {"Anggaran!H2": "99999999", "Identitas!B13": "123"}


@pytest.mark.parametrize(
    ("select", "ignore", "codes"),
    [
        ((), (), {"A102", "I105"}),
        (("A",), (), {"A102"}),
        (("A102", "I"), (), {"A102", "I105"}),
        ((), ("I105",), {"A102"}),
        (("A",), ("A102",), set()),
    ],
)
def test_findings_are_chosen_by_code(
    select: tuple[str, ...], ignore: tuple[str, ...], codes: set[str]
) -> None:
    result = selected(run(dataset(edited(base(), FAULTY))), select, ignore)
    assert {finding.code for finding in result.findings} == codes


def test_codes_are_separated_by_commas_in_any_case() -> None:
    assert parse_codes(["a, k102", "D"]) == ("A", "K102", "D")


def test_an_unknown_code_is_misuse() -> None:
    with pytest.raises(LktError, match="Z"):
        parse_codes(["Z"])
