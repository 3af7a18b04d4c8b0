"""The rule catalogue as people read it; the page in docs must be what the program writes."""

import pytest

from docs.build import DOCS, pages
from lkt.errors import LktError
from lkt.formats.rule_pages import FAMILY_NAMES, explain_view, find_rule, rules_view
from lkt.rules import RULES


@pytest.mark.parametrize("name", pages())
def test_generated_pages_are_up_to_date(name: str) -> None:
    assert (DOCS / name).read_text(encoding="utf-8") == pages()[name], "run: python -m docs.build"


def test_every_family_has_a_name() -> None:
    assert {rule.code[0] for rule in RULES} <= set(FAMILY_NAMES)


def test_every_rule_stands_in_the_list_and_is_explained() -> None:
    listed = "\n".join(line.plain for line in rules_view(RULES))
    for rule in RULES:
        assert f"{rule.code}  " in listed
        text = "\n".join(line.plain for line in explain_view(rule))
        assert rule.why in text
        assert rule.repair in text


def test_a_code_is_found_in_any_case() -> None:
    assert find_rule(" a103 ", RULES).code == "A103"


def test_an_unknown_code_names_the_nearest() -> None:
    with pytest.raises(LktError) as caught:
        find_rule("A1O3", RULES)
    assert "Maksud Anda A1" in caught.value.hint
