"""Tags are found whole, wherever Word has split or put them."""

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lkt.errors import TemplateError
from lkt.wordtemplate.document import read_parts, zipped
from lkt.wordtemplate.tags import find_spans
from lkt.wordtemplate.template import compile_template
from tests.wordtemplate.docx_builder import (
    PROPERTIES,
    W,
    Xml,
    fill,
    findings,
    lines,
    make,
    part,
    picture,
    read,
    rendered,
    with_footnotes,
)

TAG_TEXT = "Camat {{ unsur.nama }}, {% if x %}ya{% else %}tidak{% endif %}."
NOISE = (
    '<w:proofErr w:type="spellStart"/><w:bookmarkStart w:id="7" w:name="_GoBack"/><w:bookmarkEnd w:id="7"/>'
)
TEXT_BOX = (
    "<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:inline>"
    "<wp:extent cx='900000' cy='900000'/><wp:docPr id='1' name='Kotak'/><a:graphic>"
    "<a:graphicData uri='http://schemas.microsoft.com/office/word/2010/wordprocessingShape'><wps:wsp>"
    "<wps:cNvSpPr txBox='1'/><wps:spPr/><wps:txbx>{0}</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData>"
    "</a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict>"
    "<v:rect style='width:70pt;height:70pt'><v:textbox>{0}</v:textbox></v:rect></w:pict></mc:Fallback>"
    "</mc:AlternateContent></w:r></w:p>"
)


def box(*paragraphs: str) -> Xml:
    inner = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    return Xml(TEXT_BOX.format(f"<w:txbxContent>{inner}</w:txbxContent>"))


@pytest.mark.parametrize(
    ("text", "tags", "lone"),
    [
        ("a {{ b }} c {%p if d %}{# e #}", ["{{ b }}", "{%p if d %}", "{# e #}"], []),
        ("a { b } % c # {d} 100%", [], []),
        ("{{ a {{ b }}", ["{{ b }}"], ["{{"]),
        ("{{ a %} }}", ["{{ a %} }}"], []),
        ("{{ a %}", [], ["{{", "%}"]),
        ("{# {{ a }} #} }}", ["{# {{ a }} #}"], ["}}"]),
        ("{# {{ a }}", ["{{ a }}"], ["{#"]),
        ("{{ a {# b #}", ["{# b #}"], ["{{"]),
        ("{{{ a }}}", ["{{{ a }}"], []),
    ],
)
def test_the_tags_of_a_text(text: str, tags: list[str], lone: list[str]) -> None:
    spans, braces = find_spans(text)
    assert [text[start:end] for start, end in spans] == tags
    assert [text[start:end] for start, end in sorted(braces)] == lone


@pytest.mark.parametrize("text", ["{{" * 300_000, "{#" * 300_000, "{# {{ a }}" * 60_000, "{{ a }}" * 80_000])
def test_finding_takes_linear_time(text: str) -> None:
    start = time.process_time()
    find_spans(text)
    assert time.process_time() - start < 2


@given(st.sets(st.integers(1, len(TAG_TEXT) - 1)), st.booleans())
@settings(max_examples=40, deadline=None)
def test_runs_may_split_a_tag_anywhere(cuts: set[int], truth: bool) -> None:
    ends = [0, *sorted(cuts), len(TAG_TEXT)]
    runs = tuple(TAG_TEXT[a:b] for a, b in pairwise(ends))
    assert fill(runs, unsur={"nama": "Budi"}, x=truth) == [f"Camat Budi, {'ya' if truth else 'tidak'}."]


def test_a_tag_takes_the_look_of_its_first_run() -> None:
    block = Xml(
        "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{{ na</w:t></w:r>"
        "<w:r><w:rPr><w:i/></w:rPr><w:t>ma }} kecil</w:t></w:r></w:p>"
    )
    text = part(rendered(block, nama="Budi"))
    assert '<w:rPr><w:b/></w:rPr><w:t xml:space="preserve">Budi</w:t>' in text
    assert '<w:rPr><w:i/></w:rPr><w:t xml:space="preserve"> kecil</w:t>' in text


def test_noise_between_the_runs_does_not_matter() -> None:
    block = Xml(f"<w:p><w:r><w:t>{{{{ na</w:t></w:r>{NOISE}<w:r><w:t>ma }}}}</w:t></w:r></w:p>")
    assert fill(block, nama="Budi") == ["Budi"]


def test_quotes_are_straightened_inside_tags_only() -> None:
    assert fill("“{{ “a” ~ ‘b’ ~ x }}”", x="’") == ["“ab’”"]


def test_spaces_beside_a_tag_are_kept() -> None:
    assert fill(Xml("<w:p><w:r><w:t>{{ a }} {{ b }} </w:t></w:r></w:p>"), a="1", b="2") == ["1 2 "]


def test_comments_vanish() -> None:
    assert fill("a{# catatan penyusun #}b") == ["ab"]


def test_tags_in_hyperlinks_smart_tags_and_content_controls() -> None:
    run = "<w:r><w:t>{{ a }}</w:t></w:r>"
    link = f"<w:hyperlink w:anchor='x'>{run}</w:hyperlink>"
    smart = f"<w:smartTag w:uri='u' w:element='e'>{run}</w:smartTag>"
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{run}</w:sdtContent></w:sdt>"
    assert part(rendered(Xml(f"<w:p>{link}{smart}{control}</w:p>"), a="isi")).count(">isi<") == 3


def test_tags_in_both_copies_of_a_text_box() -> None:
    data = rendered(box("{%p for x in daftar %}", "isi {{ x }}", "{%p endfor %}"), daftar=["1", "2"])
    assert part(data).count(">isi 1<") == part(data).count(">isi 2<") == 2
    assert findings(data) == []


def test_an_empty_text_box_keeps_a_paragraph() -> None:
    data = rendered(box("{%p if ya %}", "isi", "{%p endif %}"), ya=False)
    assert part(data).count("<w:txbxContent><w:p/></w:txbxContent>") == 2


def test_a_caption_in_a_text_box_counts_once() -> None:
    data = rendered(
        box("{{ gambar(key='kotak', chapter=2) }}"), "{{ gambar('biasa', 2) }} sesudah {{ rujuk('kotak') }}"
    )
    assert part(data).count(" SEQ Gambar_2 ") == 2
    assert part(data).count(">Gambar 2.1<") == 2
    assert findings(data) == []


def test_tags_in_footnotes() -> None:
    note = "<w:footnote w:id='{}'><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:footnote>"
    notes = note.format(0, "") + note.format(1, "{{ x }}") + note.format(2, "{{ y }}")
    template = compile_template(with_footnotes(read(make("isi")), notes), "uji.docx")
    assert ">a<" in part(template.render({"x": "a", "y": "b"}, properties=PROPERTIES), "word/footnotes.xml")
    with pytest.raises(TemplateError, match=r"catatan kaki, paragraf 2 .* «y»"):
        template.render({"x": "a"}, properties=PROPERTIES)


def test_any_prefix_will_do_for_the_namespace_of_word() -> None:
    parts = read_parts(
        make("{{ x }} {{ tabel('a') }} {{ foto }}", "{%p if x %}", "ya", "{%p endif %}"), "uji"
    )
    text = parts["word/document.xml"].decode()
    text = text.replace("<w:", "<").replace("</w:", "</").replace("xmlns:w=", "xmlns=", 1)
    document = text.replace("<document ", f"<document xmlns:w='{W}' ", 1)
    template = compile_template(zipped(parts | {"word/document.xml": document.encode()}), "uji.docx")
    data = template.render({"x": "a\nb", "foto": picture()}, properties=PROPERTIES)
    assert lines(data) == ["a\nb Tabel 1 ", "ya"]


def test_whitespace_signs_of_jinja_are_accepted() -> None:
    assert fill("a {%- if x -%} b {%- endif %} c", x=1) == ["a  b  c"]


def test_what_cannot_be_seen_in_a_tag_does_not_matter() -> None:
    assert fill("{{ a\u200b.b\ufeff }}{{\u00ad a.b }}", a={"b": "x"}) == ["xx"]
    split = Xml("<w:p><w:r><w:t>{% for x</w:t><w:br/><w:t>in l %}{{ x }}{% endfor %}</w:t></w:r></w:p>")
    assert fill(split, l=["a", "b"]) == ["ab"]
