"""What a check of a template tells beside its mistakes, and that nothing makes it fall over."""

# ruff: noqa: E501 - the pieces of tags are read across

import hypothesis.strategies as st
import pytest
from docx.document import Document
from hypothesis import given, settings

from lkt.errors import TemplateError
from lkt.report.templates import inspect_template, shipped_template
from tests.wordtemplate.docx_builder import Block, Xml, make


def remarks(*blocks: Block) -> list[str]:
    inspection = inspect_template(make(*blocks), "uji.docx")
    assert inspection.mistakes == ()
    return [str(remark) for remark in inspection.remarks]


def runs(*pieces: tuple[str, str]) -> Xml:
    """A paragraph of runs, each a text with the XML of its properties."""
    made = (f'<w:r><w:rPr>{rpr}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>' for text, rpr in pieces)
    return Xml(f"<w:p>{''.join(made)}</w:p>")


def test_nothing_is_said_of_the_default_template() -> None:
    inspection = inspect_template(shipped_template(), "bawaan.docx")
    assert (inspection.mistakes, inspection.remarks) == ((), ())


@pytest.mark.parametrize(
    ("pieces", "first"),
    [
        ((("{{ peri", ""), ("ode.nama }}", "<w:b/>")), "{{ peri"),
        ((("Laporan {{ ", "<w:b/>"), ("periode.nama", "<w:i/>"), (" }}", "<w:b/>")), "{{"),
    ],
)
def test_a_tag_in_pieces_of_different_formatting(pieces: tuple[tuple[str, str], ...], first: str) -> None:
    (remark,) = remarks(runs(*pieces))
    assert f"seluruh hasilnya memakai format bagian pertamanya, «{first}»" in remark
    assert "{{ periode.nama }} — tag ini terpecah" in remark


@pytest.mark.parametrize(
    "pieces",
    [
        (("{{ peri", ""), ("ode.nama }}", "")),
        (("{{ peri", "<w:b/>"), ("ode.nama }}", "<w:b/>")),
        (("{{ peri", ""), ("ode.nama }}", '<w:lang w:val="id-ID"/><w:noProof/>')),  # shows nothing
        (("{{ periode.nama", ""), (" ", "<w:b/>"), ("}}", "")),  # nor does a blank
        (("tebal", "<w:b/>"), ("{{ periode.nama }}", ""), ("miring", "<w:i/>")),
    ],
)
def test_a_tag_in_pieces_that_look_alike(pieces: tuple[tuple[str, str], ...]) -> None:
    assert remarks(runs(*pieces)) == []


def test_curly_quotation_marks() -> None:
    (remark,) = remarks("{{ tabel(“a”) }} dan “kata” biasa")
    assert "tanda kutip melengkung" in remark


def test_a_failure_that_only_filling_in_shows() -> None:
    (mistake,) = inspect_template(
        make("{{ 'a'|bilang }}{{ ringkasan.jumlah_desa|join }}"), "u.docx"
    ).mistakes[:1]
    assert "memerlukan" in mistake.reason
    twice = '{% for i in indikator %}{{ tabel("a") }}{% endfor %}'
    (mistake,) = inspect_template(make(twice), "u.docx").mistakes
    assert mistake.reason == (
        "kunci «a» sudah dipakai; setiap nomor memerlukan kunci sendiri. Dicoba dengan laporan contoh."
    )
    assert mistake.spot is not None


def test_an_item_that_the_example_has_not_is_no_mistake() -> None:
    (remark,) = remarks("{{ kegiatan[7].nama }}")
    assert "bagian yang diminta tidak ada" in remark


def test_a_file_that_cannot_be_read() -> None:
    with pytest.raises(TemplateError, match="bukan berkas Word"):
        inspect_template(b"bukan zip", "uji.docx")


# Whatever is written ---------------------------------------------------------------------------------------

NAMES = st.sampled_from(
    ["indikator", "i", "i.nama", "p.pagu", "periode", "periode.nama", "logo", "zz", "tugas_fungsi", "loop.index",
     "ringkasan.jumlah_desa", "tabel", 'tabel("a")', 'rujuk("a")', "i[0]", "1", '"x"', "namespace()", "i.rincian"]
)  # fmt: skip
OPERATORS = st.sampled_from(
    [" ~ ", " + ", " - ", "|", ".", " == ", " in ", " and ", ", ", "(", ")", " if ", " is "]
)
FILTERS = st.sampled_from(
    ["daftar", "bilang", "first", "map(attribute='nama')", "batch(2)", "defined", "sort", "zz"]
)
BODIES = st.lists(st.one_of(NAMES, OPERATORS, FILTERS), min_size=1, max_size=5).map("".join)
TAGS = st.one_of(
    BODIES.map("{{{{ {} }}}}".format),
    BODIES.map("{{% if {} %}}".format),
    BODIES.map("{{% for i in {} %}}".format),
    BODIES.map("{{% set x = {} %}}".format),
    st.sampled_from(
        [
            "{% endif %}",
            "{% endfor %}",
            "{% else %}",
            "{%p endfor %}",
            "{{",
            "%}",
            "{# c #}",
            "teks",
            "{% vm %}",
            "{% colspan 2 %}",
            "{% cellbg i %}",
            "{%- if i -%}",
            "{%- endif -%}",
            "{#p c #}",
            "{_{",
            "{{r i }}",
            "{%r endif %}",
        ]
    ),
)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.lists(TAGS, min_size=1, max_size=5))
def test_no_tags_make_the_check_fall_over(tags: list[str]) -> None:
    def change(document: Document) -> None:
        document.sections[0].header.paragraphs[0].text = tags[0]

    inspection = inspect_template(make("".join(tags), *tags, change=change), "uji.docx")
    for mistake in inspection.mistakes:
        assert mistake.place
        assert mistake.part or not mistake.written  # of the whole template
