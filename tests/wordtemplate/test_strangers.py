"""A template made by others reaches its data alone; it ends, stays small, and nothing in it reaches out."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType

import pytest

from lkt.errors import TemplateError
from lkt.wordtemplate import compile_template
from lkt.wordtemplate import sandbox as budget
from lkt.wordtemplate.document import read_parts
from tests.wordtemplate.docx_builder import PROPERTIES, Xml, fill, make, part, problem, problems, rezipped

# What it reaches -------------------------------------------------------------------------------------------


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


@dataclass
class Thing:
    a: str


def test_data_is_reached_by_name_and_number() -> None:
    data = MappingProxyType({"items": "x", "l": ("p", "q")})
    assert fill("{{ d.items }}{{ d['items'] }}{{ d.l[1] }}{{ d.l|last }}", d=data) == ["xxqq"]


# How long and how large ------------------------------------------------------------------------------------

LONG = [str(number) for number in range(3000)]
N = "{% set n = namespace(x='ab') %}{% for a in l %}"
END = "{% endfor %}"
DOUBLING = "{% set n.x = n.x ~ n.x %}"
ENDLESS = (
    "{% for a in l %}{% for b in l %}{% for c in l %}{% endfor %}{% endfor %}{% endfor %}",
    "{% for a in l %}{% for b in l %}{{ loop.index }}{% endfor %}{% endfor %}",
    N + DOUBLING + END,
    "{% set n = namespace(x='ab') %}{% for a in l %}{% set n.x = n.x + n.x %}{% endfor %}",
    "{% set n = namespace(x=[1]) %}{% for a in l %}{% set n.x = n.x + n.x %}{% endfor %}",
    "{% set n = namespace(x=1) %}{% for a in l %}{% set n.x = n.x + n.x %}{% endfor %}",
    "{% set n = namespace(x='ab') %}{% for a in l %}{% set n.x = l|join(n.x) %}{% endfor %}",
    "{% set n = namespace(x='ab') %}{% for a in l %}{% set n.x = l|join(d=n.x) %}{% endfor %}",
    "{% for a in l %}{% set x = l|map('upper')|list|sort|join(',') %}{% endfor %}",
    "{{ l|batch(999999999, 'x')|list|length }}",
    "{% for a in l %}{% for b in l|batch(linecount=88888888) %}{% endfor %}{% endfor %}",
    "{% for a in l %}{% for b in l %}{{ l|join }}{% endfor %}{% endfor %}",
    N + "{% for b in l %}{% set n.x = n.x ~ 'a' %}{% endfor %}" + END,
)


@pytest.mark.parametrize("text", ENDLESS)
def test_what_would_not_end_is_stopped(text: str) -> None:
    start = time.process_time()
    found = problem(text, l=LONG)
    assert "terlalu banyak" in found or "terlalu panjang" in found
    assert time.process_time() - start < 6


def test_time_is_an_end_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budget, "SECONDS", 0.2)
    searching = "{% for a in l %}{% for b in l if b in l %}{% endfor %}{% endfor %}"
    assert "terlalu banyak" in problem(searching, l=LONG)


def test_a_text_that_stands_in_a_loop_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budget, "CHARACTERS", 100_000)
    assert "terlalu panjang" in problem("{% for a in l %}" + "x" * 100 + "{% endfor %}", l=LONG)


def test_honest_work_is_far_from_the_limits() -> None:
    text = "{% for a in l %}{{ loop.index ~ '/' ~ loop.length }} {% endfor %}"
    assert fill(text, l=LONG)[0].split()[-1] == "3000/3000"


@pytest.mark.parametrize(
    "text",
    [
        "{{ " + "(" * 300 + "x" + ")" * 300 + " }}",
        "{{ " + "not " * 900 + "x }}",
        "{{ " + "-" * 900 + "1 }}",
        "{{ x" + ".a" * 3000 + " }}",
        "{{ x" + "|upper" * 1500 + " }}",
        "{{ [" * 1 + "[" * 400 + "]" * 400 + "] }}",
        "{% for a in x %}" * 30 + "{% endfor %}" * 30,
        "{% if x %}" * 120 + "{% endif %}" * 120,
        "{{ x if x else " * 1 + "x if x else " * 500 + "x }}",
    ],
    ids=lambda text: text[:12],
)
def test_what_python_cannot_nest_is_a_message(text: str) -> None:
    assert problems(text)[0]


# What reaches out ----------------------------------------------------------------------------------------

RELS = "word/_rels/document.xml.rels"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def related(kind: str, target: str = "https://contoh.id/x", mode: str = 'TargetMode="External"') -> bytes:
    """A template whose main part has one more relationship."""
    entry = f'<Relationship Id="rId99" Type="{OFFICE}/{kind}" Target="{target}" {mode}/></Relationships>'

    def change(parts: dict[str, bytes]) -> None:
        parts[RELS] = parts[RELS].replace(b"</Relationships>", entry.encode())

    return rezipped(make("isi"), change)


def with_part(name: str, data: bytes = b"x") -> bytes:
    return rezipped(make("isi"), lambda parts: parts.update({name: data}))


def simple(code: str) -> bytes:
    return make(Xml(f'<w:p><w:fldSimple w:instr="{code}"><w:r><w:t>x</w:t></w:r></w:fldSimple></w:p>'))


def runs(*pieces: str) -> bytes:
    """A field of runs: ``{`` begins, ``}`` ends, ``|`` separates, anything else is code."""
    kinds = {"{": "begin", "}": "end", "|": "separate"}
    inner = "".join(
        f'<w:r><w:fldChar w:fldCharType="{kinds[piece]}"/></w:r>'
        if piece in kinds
        else f"<w:r><w:instrText>{piece}</w:instrText></w:r>"
        for piece in pieces
    )
    return make(Xml(f"<w:p>{inner}</w:p>"))


REFUSED: tuple[tuple[str, Callable[[], bytes], str], ...] = (
    ("remote picture", lambda: related("image"), "gambar tertaut"),
    ("picture of another computer", lambda: related("image", r"\\server\x.png"), "gambar tertaut"),
    ("OLE", lambda: related("oleObject", "embeddings/o.bin", ""), "objek OLE"),
    ("linked OLE", lambda: related("oleObject", "file:///c:/x.xlsx"), "objek OLE"),
    ("ActiveX", lambda: related("control", "activeX/a.xml", ""), "ActiveX"),
    ("altChunk", lambda: related("aFChunk", "chunk.html", ""), "altChunk"),
    ("subdocument", lambda: related("subDocument", "x.docx"), "subdokumen"),
    ("frame", lambda: related("frame"), "bingkai"),
    ("mail merge", lambda: related("mailMergeSource", "file:///c:/x.mdb"), "surat gabung"),
    ("unknown external", lambda: related("apaSaja"), "tautan ke luar dokumen"),
    ("javascript", lambda: related("hyperlink", "javascript:alert(1)"), "hanya alamat https dan surel"),
    ("file link", lambda: related("hyperlink", "file://server/x"), "hanya alamat https dan surel"),
    ("macros", lambda: with_part("word/vbaProject.bin"), "makro"),
    ("macros in capitals", lambda: with_part("word/VBAPROJECT.BIN"), "makro"),
    ("macro data", lambda: with_part("word/vbaData.xml", b"<x/>"), "makro"),
    ("program", lambda: with_part("word/embeddings/x.exe"), "bukan dokumen"),
    ("climbing name", lambda: with_part("../x.xml", b"<x/>"), "bagian bernama"),
    ("DTD elsewhere", lambda: with_part("customXml/item1.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'), "DTD"),
    ("DTD in UTF-16", lambda: with_part("customXml/item1.xml", "<!DOCTYPE a><a/>".encode("utf-16")), "DTD"),
    ("INCLUDETEXT", lambda: simple("INCLUDETEXT c:/x.docx"), "INCLUDETEXT"),
    ("INCLUDEPICTURE", lambda: simple(" includepicture http://x/y.png"), "INCLUDEPICTURE"),
    ("DDEAUTO", lambda: runs("{", "DDEAUTO c:/cmd.exe", "|", "}"), "DDEAUTO"),
    ("split DDE", lambda: runs("{", " D", "DE ", "cmd", "}"), "DDE"),
    ("DDE inside another", lambda: runs("{", "IF 1=1 ", "{", "DDE cmd", "}", "}"), "DDE"),
    (
        "code made by code",
        lambda: runs("{", "{", "QUOTE 68 68 69", "}", " cmd", "}"),
        "kodenya dibuat oleh bidang lain",
    ),
)


@pytest.mark.parametrize(("data", "words"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_what_reaches_out_is_refused(data: Callable[[], bytes], words: str) -> None:
    with pytest.raises(TemplateError, match=words) as caught:
        compile_template(data(), "uji.docx")
    assert caught.value.hint


@pytest.mark.parametrize(
    "data",
    [
        related("hyperlink", "https://contoh.id"),
        related("hyperlink", "mailto:camat@contoh.id"),
        runs("{", "PAGE", "|", "}"),
        runs("{", "IF ", "{", "PAGE", "|", "}", " = 1 a b", "|", "}"),
        simple("DATE \\@ yyyy"),
    ],
    ids=["https", "mailto", "page", "condition", "date"],
)
def test_what_is_harmless_stays(data: bytes) -> None:
    compile_template(data, "uji.docx").render({}, properties=PROPERTIES)


def test_a_code_that_only_the_filled_report_has() -> None:
    """A condition takes away what ended a first, harmless field."""
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    code = "<w:r><w:instrText>{}</w:instrText></w:r>"
    tag = "<w:r><w:t>{{%r {} %}}</w:t></w:r>"
    wall = f"{tag.format('if ada')}{end}{begin}{code.format('PAGE ')}{tag.format('endif')}"
    block = Xml(f"<w:p>{begin}{code.format('D')}{wall}{code.format('DE cmd')}{end}</w:p>")
    template = compile_template(make(block), "uji.docx")
    template.render({"ada": True}, properties=PROPERTIES)
    with pytest.raises(TemplateError, match="memuat bidang \\(field\\) DDE, yang tidak boleh ada"):
        template.render({"ada": False}, properties=PROPERTIES)


def test_the_link_to_the_template_of_word_is_taken_out() -> None:
    index = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/attachedTemplate" Target="https://x.id/t.dotm" '
        'TargetMode="External"/></Relationships>'
    )
    link = f'<w:attachedTemplate r:id="rId1" xmlns:r="{OFFICE}"/></w:settings>'

    def change(parts: dict[str, bytes]) -> None:
        parts["word/_rels/settings.xml.rels"] = index.encode()
        settings = parts["word/settings.xml"]
        parts["word/settings.xml"] = settings.replace(b"</w:settings>", link.encode())

    data = rezipped(make("isi"), change)
    assert b"attachedTemplate" in read_parts(data, "uji")["word/settings.xml"]
    done = compile_template(data, "uji.docx").render({}, properties=PROPERTIES)
    assert "attachedTemplate" not in part(done, "word/settings.xml")
    assert "word/_rels/settings.xml.rels" not in read_parts(done, "hasil")
