"""What a value prints: the text it is, and nothing that is none."""

import re
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from tests.wordtemplate.docx_builder import PROPERTIES as PROPS
from tests.wordtemplate.docx_builder import compiled, findings, lines, part, picture, problem, rendered

TEMPLATE = compiled("{{ x }}")
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def printed(value: object) -> list[str]:
    return lines(TEMPLATE.render({"x": value}, properties=PROPS))


@given(st.text(st.characters() | st.sampled_from("&<>\"'\n\t\x00\x01\x02\u200f😀\u2028{}%#?]")))
@settings(max_examples=120, deadline=None)
def test_any_text_reads_back_as_it_was(text: str) -> None:
    assert printed(text) == [ILLEGAL.sub("", re.sub("\r\n?", "\n", text))]


@pytest.mark.parametrize(
    "text", ["A & B < C", "<w:br/>", "&amp;", "<?lkt-rich 0?>", "{{ x }}", "{%p if %}", "]]>"]
)
def test_markup_is_only_text(text: str) -> None:
    assert printed(text) == [text]
    assert printed(Markup(text)) == [text]


def test_lines_and_tabs_become_breaks_and_tabs() -> None:
    data = rendered("a{{ x }}b", x="1\n\n2\t")
    assert part(data).count("<w:br/>") == 2
    assert part(data).count("<w:tab/>") == 1
    assert lines(data) == ["a1\n\n2\tb"]
    assert findings(data) == []


def test_whole_numbers_print_as_digits() -> None:
    assert printed(1234567) == ["1234567"]
    assert printed(-1) == ["-1"]


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (None, "isinya kosong"),
        (1.5, "belum berupa teks"),
        (Decimal(1), "belum berupa teks"),
        (True, "ya atau tidak"),
        ([1], "kumpulan beberapa nilai"),
        ({"a": 1}, "kumpulan beberapa nilai"),
    ],
)
def test_what_is_no_text_is_a_problem(value: object, reason: str) -> None:
    found = problem("Nilai {{ x }} saja", x=value)
    assert found.startswith("isi dokumen, paragraf 1 («Nilai {{ x }} saja»): {{ x }} — ")
    assert reason in found


@pytest.mark.parametrize("tag", ["{{ 'a' ~ foto }}", "{{ foto|upper }}", "{{ [foto]|join }}"])
def test_a_rich_value_stands_alone(tag: str) -> None:
    assert "harus berdiri sendiri" in problem(tag, foto=picture())
