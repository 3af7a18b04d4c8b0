"""The fields a template uses."""

import pytest
from docx.document import Document

from lkt.wordtemplate.template import compile_template
from tests.report.docx_builder import compiled, make


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("tanpa isian", set()),
        ("{{ a }}{{ a.b.c }}{{ a['d'] }}", {"a", "a.b.c", "a.d"}),
        ("{% for x in a.b %}{{ x.c }}{{ loop.index }}{% endfor %}", {"a.b", "a.b[].c"}),
        (
            "{% for x in a %}{% for y in x.b if y.u %}{{ y }}{% endfor %}{% endfor %}",
            {"a", "a[].b", "a[].b[].u", "a[].b[]"},
        ),
        ("{% for x in a|sort(attribute='c')|reverse %}{{ x.b }}{% endfor %}", {"a", "a[].b"}),
        ("{% for r in a|batch(2) %}{% for x in r %}{{ x.b }}{% endfor %}{% endfor %}", {"a", "a[].b"}),
        ("{% set x = a.b %}{{ x.c }}", {"a.b", "a.b.c"}),
        ("{% set x = 'a' %}{{ x }}", set()),
        ("{{ (a|first).b }}{{ c[0].d }}", {"a", "a[].b", "c[].d"}),
        ("{% if a.b and not c %}{{ d|join(e) }}{% endif %}", {"a.b", "c", "d", "e"}),
        ("{{ tabel('k' ~ a, b) }}", {"a", "b"}),
        ("{% for x, y in a %}{{ x }}{% endfor %}", {"a"}),
        ("{% for x in a %}{% else %}{{ x }}{% endfor %}", {"a", "x"}),
    ],
)
def test_fields(text: str, fields: set[str]) -> None:
    assert compiled(text).fields == fields


def test_fields_of_all_parts() -> None:
    def change(document: Document) -> None:
        document.sections[0].header.paragraphs[0].text = "{{ b.c }}"

    assert compile_template(make("{{ a }}", change=change), "uji.docx").fields == {"a", "b.c"}
