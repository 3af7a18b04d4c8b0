"""A template reaches its data and nothing else."""

from dataclasses import dataclass
from types import MappingProxyType

import pytest

from tests.wordtemplate.docx_builder import fill, problem, problems


@pytest.mark.parametrize(
    "text",
    [
        "{{ ''.__class__ }}",
        "{{ x.__init__ }}",
        "{{ '{}'.format(x) }}",
        "{{ x.items() }}",
        "{{ x['a']() }}",
        "{{ namespace(**x) }}",
        "{{ range(9) }}",
        "{{ 'a' * 999999999 }}",
        "{{ 9 ** 9 }}",
        "{{ '%s' % x }}",
        "{{ x[1:2] }}",
        "{{ {'a': 1} }}",
        "{% for a in x recursive %}{% endfor %}",
    ],
)
def test_what_is_refused_before_rendering(text: str) -> None:
    assert problems(text)[0].startswith("isi dokumen, paragraf 1")


@pytest.mark.parametrize(
    "text",
    [
        "{{ x.items }}",
        "{{ x['__class__'] }}",
        "{{ t.upper }}",
        "{{ t[0] }}",
        "{{ o.a }}",
        "{{ l.append }}",
        "{{ tabel.x }}",
    ],
)
def test_what_is_unknown_in_rendering(text: str) -> None:
    found = problem(text, x={"a": 1}, t="teks", o=Thing("a"), l=["a"])
    assert "tidak dikenal" in found or "tidak ada" in found


def test_a_field_cannot_be_called_through_a_name() -> None:
    assert "tidak dapat dihitung" in problem("{% set tabel = x %}{{ tabel('a') }}", x=print)


@pytest.mark.parametrize("text", ["{{ o }}", "{{ f }}"])
def test_a_python_object_does_not_print(text: str) -> None:
    assert "belum berupa teks" in problem(text, o=Thing("a"), f=print)


@dataclass
class Thing:
    a: str


def test_data_is_reached_by_name_and_number() -> None:
    data = MappingProxyType({"items": "x", "l": ("p", "q")})
    assert fill("{{ d.items }}{{ d['items'] }}{{ d.l[1] }}{{ d.l|last }}", d=data) == ["xxqq"]


def test_loops_know_their_place() -> None:
    text = "{% for x in l %}{{ loop.index }}{{ x }}{% if not loop.last %}, {% endif %}{% endfor %}"
    assert fill(text, l=["a", "b"]) == ["1a, 2b"]


def test_names_can_be_set() -> None:
    loop = "{% for x in l %}{% set n.total = n.total + x %}{% endfor %}"
    assert fill("{% set n = namespace(total=0) %}" + loop + "{{ n.total }}", l=[1, 2, 3]) == ["6"]
