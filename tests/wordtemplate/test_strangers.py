"""A template made by others reaches its data alone; it ends, stays small, and nothing in it reaches out."""

import re
import time
from dataclasses import dataclass
from types import MappingProxyType

import pytest

from lkt.errors import TemplateError
from lkt.report.templates import FILTERS, KNOWN
from lkt.wordtemplate import Inspection, compile_template, limits
from lkt.wordtemplate.document import read_parts, zipped
from lkt.wordtemplate.template import analyse
from tests.wordtemplate.docx_builder import (
    NAMESPACES,
    PROPERTIES,
    Block,
    Xml,
    fill,
    make,
    png,
    problem,
    problems,
    rezipped,
)

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


def shared(times: int) -> str:
    """Two equal lists that are doubled so often."""
    doubled = "{% set n.a = [n.a, n.a] %}{% set n.b = [n.b, n.b] %}"
    return "{% set n = namespace(a=[1], b=[1]) %}" + doubled * times


TEXT = "{% set n = namespace(x='ab', l=[]) %}" + "{% set n.x = n.x ~ n.x %}" * 15
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
    "{% for a in l %}{{ daftar_isi() }}{% endfor %}",
    # lists that share their parts are long all the same
    shared(30) + "{{ 'a' if n.a == n.b else 'b' }}",
    shared(15) + "{% for a in l %}{{ 'a' if n.a == n.b else 'b' }}{% endfor %}",
    shared(15) + "{% for a in l %}{{ 'a' if n.a in [n.b] else 'b' }}{% endfor %}",
    shared(15) + "{% for a in l %}{{ 'a' if n.a is eq(n.b) else 'b' }}{% endfor %}",
    shared(15) + "{% for a in l %}{{ [n.a, n.a]|select('eq', n.b)|list|length }}{% endfor %}",
    shared(15) + "{% for a in l %}{{ [n.a, n.b]|sort|length }}{% endfor %}",
    shared(15) + "{% for a in l %}{{ n.a|join|length }}{% endfor %}",
    "{% set n = namespace(a=l) %}" + ("{% set n.a = [" + "n.a," * 900 + "] %}") * 2,
    "{% set n = namespace(a=[1]) %}{% for a in l %}{% set n.a = [n.a] %}{% endfor %}",
    "{% set n = namespace(a=l) %}{% for a in l %}{% set n.a = n.a|batch(2)|list %}{% endfor %}",
    # texts in lists, texts made of lists
    TEXT + "{% for a in l %}{% set n.l = n.l + [n.x] %}{% endfor %}{{ [n.l]|join|length }}",
    TEXT + "{% for a in l %}{% set n.l = n.l + [n.x] %}{% endfor %}{{ n.l|upper|length }}",
    # what each item meets
    "{% for a in l %}{{ l|map(attribute='" + "a." * 1900 + "a')|list|length }}{% endfor %}",
    "{% for a in l %}{{ l|sort(attribute='" + "0," * 1900 + "0')|length }}{% endfor %}",
    "{% for a in l %}{{ l|unique(attribute='" + "0." * 1900 + "0')|list|length }}{% endfor %}",
    "{% for a in l %}{{ l|select('in', l)|list|length }}{% endfor %}",
    "{% for a in l %}{% for b in l if b in l %}{% endfor %}{% endfor %}",
)


@pytest.mark.parametrize("text", ENDLESS, ids=range(len(ENDLESS)))
def test_what_would_not_end_is_stopped(text: str) -> None:
    start = time.process_time()
    found = problem(text, l=LONG)
    assert "terlalu banyak" in found or "terlalu panjang" in found
    assert time.process_time() - start < 6


def test_time_is_an_end_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SECONDS", 0)
    assert "terlalu banyak" in problem("{% for a in l %}{% endfor %}", l=LONG)


def test_a_text_that_stands_in_a_loop_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "CHARACTERS", 100_000)
    assert "terlalu panjang" in problem("{% for a in l %}" + "x" * 100 + "{% endfor %}", l=LONG)


def test_many_values_in_one_line_take_no_more_than_their_number() -> None:
    start = time.process_time()
    fill("{% for a in l %}{{ tabel(a) }} {{ rujuk(a) }}{% endfor %}", l=LONG)
    assert time.process_time() - start < 8


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
        "{{ x" + ".a" * 1900 + " }}",
        "{{ x" + "|e" * 1900 + " }}",
        "{{ " + "x if x else " * 300 + "x }}",
        "{{ [" * 1 + "[" * 400 + "]" * 400 + "] }}",
        "{% for a in x %}" * 30 + "{% endfor %}" * 30,
        "{% if x %}" * 120 + "{% endif %}" * 120,
        "{{ x if x else " * 1 + "x if x else " * 500 + "x }}",
    ],
    ids=lambda text: text[:12],
)
def test_what_python_cannot_nest_is_a_message(text: str) -> None:
    assert problems(text)[0]


@pytest.mark.parametrize(
    "blocks",
    [
        [tuple(["{{ 1 }}"] * 5001)],
        [" ".join(["{{ 'x' if x else '" + "y" * 300 + "' }}"] * 700)],
        ["{#" * 200_000],
        ["{{" * 200_000],
        [Xml("<w:p>" + "<w:r/>" * 600_000 + "</w:p>")],
        [Xml("<w:p>" + "<w:r a='' b=''/>" * 200_000 + "</w:p>")],
    ],
    ids=["tags", "letters", "comments", "braces", "elements", "attributes"],
)
def test_a_template_has_an_end(blocks: list[Block]) -> None:
    data = make(*blocks)
    start = time.process_time()
    with pytest.raises(TemplateError, match="terlalu"):
        compile_template(data, "uji.docx")
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    "text", ["{{ %s }}", "{{ kecamatan.%s }}", "{{ kecamatan|%s }}", "{{ %s + }}", "{%% if %s %%}"]
)
def test_so_many_mistakes_are_told_in_time(text: str) -> None:
    """What each of them may mean is looked for, as long as it can still be of use."""
    data = make(*(text % f"isian_{number}" for number in range(3000)))
    KNOWN.kinds  # noqa: B018 - worked out once
    start = time.process_time()
    with pytest.raises(TemplateError) as caught:
        compile_template(data, "uji.docx", FILTERS, KNOWN)
    assert len(caught.value.mistakes) >= limits.MISTAKES
    assert time.process_time() - start < 8


# What reaches out ----------------------------------------------------------------------------------------

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
MICROSOFT = "http://schemas.microsoft.com/office"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
EXTERNAL = 'TargetMode="External"'
TELLTALE = "luar.contoh"
"""The host of all that is outside; a report must not name it."""


def inspect(data: bytes, name: str) -> Inspection:
    return analyse(data, name, {}, None)[1]


def relation(kind: str, target: str, mode: str = EXTERNAL, key: str = "rId99") -> str:
    """A relationship; ``kind`` is whole or the end of one of Office's."""
    kind = kind if "/" in kind else f"{OFFICE}/{kind}"
    return f'<Relationship Id="{key}" Type="{kind}" Target="{target}" {mode}/>'


def stranger(
    *blocks: Block,
    document: str = "",
    package: str = "",
    x: str = "",
    parts: dict[str, tuple[str, bytes]] | None = None,
) -> bytes:
    """A template with those relationships of its main part, of the package, of part x, and with more parts.

    Args:
        blocks: its text.
        document: relationships of the main part.
        package: those of the package.
        x: those of word/x.xml.
        parts: the type of content and the content of each further part.
    """
    indexes = {"_rels/.rels": package, "word/_rels/document.xml.rels": document, "word/_rels/x.xml.rels": x}

    def change(found: dict[str, bytes]) -> None:
        for name, entries in indexes.items():
            if entries:
                index = found.get(name, f'<Relationships xmlns="{PACKAGE}"></Relationships>'.encode())
                found[name] = index.replace(b"</Relationships>", f"{entries}</Relationships>".encode())
        for name, (content, data) in (parts or {}).items():
            found[name] = data
            override = f'<Override PartName="/{name}" ContentType="{content}"/></Types>'
            types = found["[Content_Types].xml"]
            found["[Content_Types].xml"] = types.replace(b"</Types>", override.encode())

    return rezipped(make("isi", *blocks), change)


def holding(block: Block, kind: str, name: str, content: str, data: bytes) -> bytes:
    """A template with a block, and the part in the document that it refers to."""
    part = {f"word/{name}": (content, data)}
    return stranger(block, document=relation(kind, f"/word/{name}", ""), parts=part)


def linked(address: str) -> bytes:
    """A template with a link."""
    link = Xml('<w:p><w:hyperlink r:id="rId99"/></w:p>')
    return stranger(link, document=relation("hyperlink", address))


def word(name: str, inner: str) -> bytes:
    """A part of WordprocessingML."""
    return f"<w:{name} {NAMESPACES}>{inner}</w:{name}>".encode()


def shape(inner: str) -> Xml:
    return Xml(f"<w:p><w:r><w:pict>{inner}</w:pict></w:r></w:p>")


def blip(attribute: str) -> Xml:
    return Xml(f'<w:p><w:r><w:drawing><a:blip r:{attribute}="rId99"/></w:drawing></w:r></w:p>')


def simple(code: str) -> bytes:
    return make("isi", Xml(f'<w:p><w:fldSimple w:instr="{code}"><w:r><w:t>x</w:t></w:r></w:fldSimple></w:p>'))


def field_of(*pieces: str) -> str:
    """A field of runs: ``{`` begins, ``}`` ends, ``|`` separates, ``t:…`` is text, anything else code."""
    kinds = {"{": "begin", "}": "end", "|": "separate"}
    return "".join(
        f'<w:r><w:fldChar w:fldCharType="{kinds[piece]}"/></w:r>'
        if piece in kinds
        else f"<w:r><w:t>{piece[2:]}</w:t></w:r>"
        if piece.startswith("t:")
        else f"<w:r><w:instrText>{piece}</w:instrText></w:r>"
        for piece in pieces
    )


def runs(*pieces: str) -> bytes:
    return make("isi", Xml(f"<w:p>{field_of(*pieces)}</w:p>"))


def x_part(content: str, data: bytes, kind: str = "", relations: str = "", name: str = "word/x.xml") -> bytes:
    """A template with one more part in its main part."""
    data = stranger(
        document=relation(kind or content, f"/{name}", "", "rIdX"),
        x=relations,
        parts={name: (content if "/" in content else f"{WORD}.{content}+xml", data)},
    )
    return rezipped(data, _without_settings) if content == "settings" else data


def _without_settings(parts: dict[str, bytes]) -> None:
    """Forget the settings that python-docx's own template has."""
    index = "word/_rels/document.xml.rels"
    parts[index] = re.sub(rb'<Relationship [^>]*Target="settings.xml"[^>]*>', b"", parts[index])


def book(content: str, index: str = "") -> bytes:
    """The workbook of a chart, with a part of that content."""
    types = f'<Types xmlns="x"><Override PartName="/a" ContentType="{content}"/></Types>'
    return zipped(
        {
            "[Content_Types].xml": types.encode(),
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="x">{index}</Relationships>'.encode(),
        }
    )


def chart_with(data: bytes) -> bytes:
    chart = (
        b'<c:chartSpace xmlns:c="c" xmlns:r="%s"><c:externalData r:id="rId99"/></c:chartSpace>'
        % OFFICE.encode()
    )
    return stranger(
        document=relation("chart", "/word/x.xml", "", "rIdX"),
        x=relation("package", "/word/x.xlsx", ""),
        parts={
            "word/x.xml": ("application/vnd.openxmlformats-officedocument.drawingml.chart+xml", chart),
            "word/x.xlsx": (f"{SHEET}.sheet", data),
        },
    )


URL = f"https://{TELLTALE}/x"
SVG = "<svg xmlns='http://www.w3.org/2000/svg'>{}</svg>"
INCLUDED = field_of("{", f'INCLUDEPICTURE "{URL}"', "|", "}")
REFUSED: dict[str, tuple[bytes, str]] = {
    "remote picture": (stranger(blip("link"), document=relation("image", URL)), "gambar tertaut"),
    "mode in blanks": (
        stranger(blip("link"), document=relation("image", URL, 'TargetMode=" external "')),
        "gambar tertaut",
    ),
    "hyperlink as picture": (
        stranger(blip("link"), document=relation("hyperlink", URL)),
        "dipakai oleh «blip»",
    ),
    "hyperlink in VML": (
        stranger(shape('<v:imagedata r:href="rId99"/>'), document=relation("hyperlink", URL)),
        "«imagedata»",
    ),
    "picture as altChunk": (
        holding(Xml('<w:altChunk r:id="rId99"></w:altChunk>'), "image", "a.png", "image/png", png()),
        "dipakai oleh «altChunk»",
    ),
    "altChunk": (
        holding(Xml('<w:altChunk r:id="rId99"></w:altChunk>'), "aFChunk", "a.htm", "text/html", b"<html/>"),
        "altChunk",
    ),
    "OLE": (
        holding(
            shape('<o:OLEObject xmlns:o="o" r:id="rId99"/>'),
            "oleObject",
            "o.bin",
            "application/vnd.openxmlformats-officedocument.oleObject",
            b"x",
        ),
        "objek OLE",
    ),
    "linked OLE": (
        stranger(shape('<o:OLEObject xmlns:o="o" r:id="rId99"/>'), document=relation("oleObject", URL)),
        "objek OLE",
    ),
    "ActiveX": (
        holding(
            Xml('<w:p><w:r><w:object><w:control r:id="rId99"/></w:object></w:r></w:p>'),
            "control",
            "a.xml",
            "application/xml",
            b"<a/>",
        ),
        "ActiveX",
    ),
    "subdocument": (
        stranger(Xml('<w:subDoc r:id="rId99"></w:subDoc>'), document=relation("subDocument", URL)),
        "subdokumen",
    ),
    "frame": (
        x_part(
            "webSettings",
            word("webSettings", '<w:sourceFileName r:id="rId99"/>'),
            relations=relation("frame", URL),
        ),
        "bingkai",
    ),
    "two parts of settings": (
        stranger(
            document=relation("settings", "/word/x.xml", ""),
            parts={"word/x.xml": (f"{WORD}.settings+xml", word("settings", ""))},
        ),
        "bagian jenis «settings» sebanyak 2",
    ),
    "unknown external": (stranger(blip("link"), document=relation("apaSaja", URL)), "tautan ke luar dokumen"),
    "javascript": (
        linked("javascript:alert(1)"),
        "hanya alamat https dan surel",
    ),
    "file link": (
        linked(f"file://{TELLTALE}/x"),
        "hanya alamat https dan surel",
    ),
    "VML src": (stranger(shape(f'<v:imagedata src="{URL}"/>')), "pada «imagedata»"),
    "VML src of a share": (stranger(shape(rf'<v:fill src="\\{TELLTALE}\x"/>')), "pada «fill»"),
    "VML src beside": (stranger(shape('<v:imagedata src="foto.png"/>')), "pada «imagedata»"),
    "VML href to a file": (stranger(shape('<v:rect href="file:///c:/x.exe"/>')), "pada «rect»"),
    "address elsewhere": (stranger(Xml(f'<w:p w:apa="{URL}"></w:p>')), "pada «p»"),
    "SVG": (
        holding(
            blip("embed"), "image", "a.svg", "image/svg+xml", SVG.format(f"<image href='{URL}'/>").encode()
        ),
        "pada «image»",
    ),
    "style of an SVG": (
        holding(
            blip("embed"),
            "image",
            "a.svg",
            "image/svg+xml",
            SVG.format(f"<style>@import '{URL}'</style>").encode(),
        ),
        "pada «style»",
    ),
    "program as picture": (
        holding(blip("embed"), "image", "a.png", "image/png", b"MZ\x90"),
        "yang bukan gambar",
    ),
    "other content": (
        holding(blip("embed"), "image", "a.png", "application/x-msdownload", b"MZ\x90"),
        "gambar",
    ),
    "chart with a linked workbook": (
        chart_with(book(f"{SHEET}.sheet.main+xml", relation("externalLinkPath", URL))),
        "data grafik",
    ),
    "chart with queries": (chart_with(book(f"{SHEET}.connections+xml")), "data grafik"),
    "chart with macros": (
        chart_with(book("application/vnd.ms-excel.sheet.macroEnabled.main+xml")),
        "data grafik",
    ),
    "chart with no workbook": (chart_with(b"MZ\x90"), "tidak terbaca"),
    "macros": (rezipped(make("isi"), lambda parts: parts.update({"word/VBAPROJECT.BIN": b"x"})), "makro"),
    "climbing name": (x_part("comments", word("comments", ""), name=r"word/..\..\x.xml"), "bagian bernama"),
    "DTD": (x_part("application/xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a/>', "customXml"), "DTD"),
    "DTD in UTF-16": (x_part("application/xml", "<!DOCTYPE a><a/>".encode("utf-16"), "customXml"), "DTD"),
    "DTD under another name": (
        x_part("application/xml", b"<!DOCTYPE a><a/>", "customXml", name="x.foo"),
        "tidak terbaca",
    ),
    "INCLUDETEXT": (simple("INCLUDETEXT c:/x.docx"), "INCLUDETEXT"),
    "INCLUDEPICTURE": (simple(" includepicture http://x/y.png"), "INCLUDEPICTURE"),
    "field in comments.foo": (
        x_part(
            "comments",
            word("comments", f"<w:comment w:id='0'><w:p>{INCLUDED}</w:p></w:comment>"),
            name="word/comments.foo",
        ),
        "INCLUDEPICTURE",
    ),
    "field in UTF-16": (
        x_part(
            "footnotes",
            word("footnotes", f"<w:footnote w:id='2'><w:p>{INCLUDED}</w:p></w:footnote>")
            .decode()
            .encode("utf-16"),
        ),
        "INCLUDEPICTURE",
    ),
    "field of another namespace": (
        x_part(
            "people",
            b'<a xmlns="x"><fldSimple instr="DDE cmd"/></a>',
            f"{MICROSOFT}/2011/relationships/people",
        ),
        "DDE",
    ),
    "unknown field": (simple("APASAJA x"), "APASAJA"),
    "mail merge field": (simple("MERGEFIELD Nama"), "MERGEFIELD"),
    "DDEAUTO": (runs("{", "DDEAUTO c:/cmd.exe", "|", "}"), "DDEAUTO"),
    "split DDE": (runs("{", " D", "DE ", "cmd", "}"), "DDE"),
    "code as text": (runs("{", "t:D", "DE ", "t:cmd", "}"), "DDE"),
    "DDE inside another": (runs("{", "IF 1=1 ", "{", "DDE cmd", "}", "}"), "DDE"),
    "DDE in a result": (runs("{", "PAGE", "|", "{", "DDE cmd", "}", "}"), "DDE"),
    "code made by code": (
        runs("{", "{", "QUOTE 68 68 69", "}", " cmd", "}"),
        "kodenya dibuat oleh bidang lain",
    ),
    "letters made by code": (runs("{", "D", "{", "QUOTE 68 69", "}", " cmd", "}"), "bidang \\(field\\) D"),
    "field without an end": (runs("{", "PAGE ", "t:x"), "tidak berakhir"),
    "result without an end": (runs("{", "PAGE ", "|", "t:x"), "tidak berakhir"),
    "code outside of a field": (runs("DDE cmd"), "DDE"),
    "link to a file": (simple("HYPERLINK &quot;file:///c:/windows/system32/calc.exe&quot;"), "HYPERLINK"),
    "link to a share": (simple(r"HYPERLINK \\server\x \o &quot;http://aman&quot;"), "HYPERLINK"),
    "link behind a place": (simple(r"HYPERLINK \l &quot;tempat&quot; &quot;file:///x&quot;"), "HYPERLINK"),
    "link behind quotes": (simple(r"HYPERLINK &quot;#a\&quot; file:///x &quot;"), "HYPERLINK"),
    "link made by code": (runs("{", 'HYPERLINK "', "{", "PAGE", "}", '"', "}"), "HYPERLINK"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_reaches_out_is_refused(name: str) -> None:
    data, words = REFUSED[name]
    with pytest.raises(TemplateError, match=words) as caught:
        compile_template(data, "uji.docx")
    assert caught.value.hint


ATTACHED = '<w:attachedTemplate r:id="rId99"></w:attachedTemplate>'
TAKEN_OUT: dict[str, tuple[bytes, str]] = {
    "attached template": (
        x_part("settings", word("settings", ATTACHED), relations=relation("attachedTemplate", URL)),
        "templat asalnya",
    ),
    "attached template in another part": (
        stranger(Xml(ATTACHED), document=relation("attachedTemplate", URL)),
        "templat asalnya",
    ),
    "mail merge": (
        x_part(
            "settings",
            word(
                "settings",
                f'<w:mailMerge><w:connectString w:val="{TELLTALE}"/>'
                '<w:dataSource r:id="rId99"/></w:mailMerge>',
            ),
            relations=relation("mailMergeSource", URL),
        ),
        "surat gabung",
    ),
    "style sheet of the saved XML": (
        x_part(
            "settings",
            word("settings", '<w:saveThroughXslt r:id="rId99"/>'),
            relations=relation("transform", URL),
        ),
        "transform",
    ),
    "unused remote picture": (stranger(document=relation("image", URL)), "gambar tertaut"),
    "video from the web": (
        stranger(
            Xml(
                f'<w:p><w:r><w:drawing><wp15:webVideoPr xmlns:wp15="x" embeddedHtml="{TELLTALE}"/>'
                "</w:drawing></w:r></w:p>"
            )
        ),
        "video dari web",
    ),
    "web extension": (
        stranger(
            package=relation(f"{MICROSOFT}/2011/relationships/webextensiontaskpanes", "/word/t.xml", ""),
            parts={"word/t.xml": ("application/vnd.ms-office.webextensiontaskpanes+xml", TELLTALE.encode())},
        ),
        "add-in Office",
    ),
    "ribbon": (
        stranger(
            package=relation(f"{MICROSOFT}/2006/relationships/ui/extensibility", "/x.xml", ""),
            parts={"x.xml": ("application/xml", TELLTALE.encode())},
        ),
        "extensibility",
    ),
    "part of another program": (
        stranger(
            document=relation("http://apa/saja", "/word/a.exe", ""),
            parts={"word/a.exe": ("application/x-msdownload", TELLTALE.encode())},
        ),
        "saja",
    ),
    "macros under another name": (
        stranger(
            document=relation(f"{MICROSOFT}/2006/relationships/vbaProject", "/word/a.xml", ""),
            parts={"word/a.xml": ("application/vnd.ms-office.vbaProject", TELLTALE.encode())},
        ),
        "makro",
    ),
    "nothing refers to it": (
        stranger(parts={"word/a.exe": ("application/x-msdownload", TELLTALE.encode())}),
        "",
    ),
}


@pytest.mark.parametrize("name", TAKEN_OUT)
def test_what_a_report_does_without_is_taken_out_and_told(name: str) -> None:
    data, words = TAKEN_OUT[name]
    remarks = " ".join(remark.sentence for remark in inspect(data, "uji.docx").remarks)
    assert words in remarks
    assert bool(words) == ("ikut ke laporan" in remarks)
    done = compile_template(data, "uji.docx").render({}, properties=PROPERTIES)
    assert not [name for name, blob in read_parts(done, "hasil").items() if TELLTALE.encode() in blob]


@pytest.mark.parametrize(
    "data",
    [
        linked("https://x.id"),
        linked("mailto:c@x.id"),
        stranger(shape('<v:rect href="https://x.id"/>'), shape('<v:imagedata src=""/>')),
        stranger(Xml('<w:p><w:r><w:drawing><wp:docPr descr="lihat https://x.id"/></w:drawing></w:r></w:p>')),
        holding(blip("embed"), "image", "a.png", "image/png", png()),
        x_part("application/xml", b'<a href="https://x.id" xmlns="y"/>', "customXml"),
        chart_with(book(f"{SHEET}.worksheet+xml", relation("sharedStrings", "a.xml", ""))),
        runs("{", "PAGE", "|", "}"),
        runs("{", "IF ", "{", "PAGE", "|", "t:3", "}", " = 1 a b", "|", "}"),
        simple("DATE \\@ yyyy"),
        simple("=SUM(ABOVE)"),
        simple("HYPERLINK &quot;https://x.id/a b&quot; \\o &quot;petunjuk&quot; \\t _blank"),
        simple("HYPERLINK \\l &quot;tempat&quot; \\h"),
    ],
)
def test_what_is_harmless_stays(data: bytes) -> None:
    assert inspect(data, "uji.docx").remarks == ()
    compile_template(data, "uji.docx").render({}, properties=PROPERTIES)


def test_relationships_have_an_end() -> None:
    links = "".join(relation("hyperlink", "https://x.id", key=f"r{number}") for number in range(10_001))
    with pytest.raises(TemplateError, match="terlalu besar"):
        compile_template(stranger(document=links), "uji.docx")


def test_a_field_that_only_the_filled_report_has() -> None:
    """A condition takes away the end of a harmless field."""
    tag = "<w:r><w:t>{{%r {} %}}</w:t></w:r>"
    wall = f"{tag.format('if ada')}{field_of('}')}{tag.format('endif')}"
    template = compile_template(make(Xml(f"<w:p>{field_of('{', 'PAGE ')}{wall}</w:p>")), "uji.docx")
    template.render({"ada": True}, properties=PROPERTIES)
    with pytest.raises(TemplateError, match="tidak berakhir"):
        template.render({"ada": False}, properties=PROPERTIES)


@pytest.mark.parametrize("code", [False, True])
def test_an_address_that_only_the_filled_report_has(*, code: bool) -> None:
    link = Xml('<w:p><w:hyperlink r:id="rId99"><w:r><w:t>x</w:t></w:r></w:hyperlink></w:p>')
    address = stranger(link, document=relation("hyperlink", "%7B%7B url %7D%7D"))
    field = make(Xml(f"<w:p>{field_of('{', 'HYPERLINK &quot;{{ url }}&quot;', '|', 't:x', '}')}</w:p>"))
    template = compile_template(field if code else address, "uji.docx")
    template.render({"url": "https://x.id"}, properties=PROPERTIES)
    with pytest.raises(TemplateError, match="hanya alamat https dan surel"):
        template.render({"url": "file:///c:/x.exe"}, properties=PROPERTIES)
