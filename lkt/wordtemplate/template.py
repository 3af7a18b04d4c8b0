"""A Word template: compiled once with all its mistakes told, then filled in as often as wanted.

``analyse`` makes the XML of the parts, tags in it, one Jinja template. ``Template.fill`` renders it: a tag
becomes text in ``Rendering.write`` (``sandbox.py``), which leaves a processing instruction for what is more
than text. ``_settle`` puts elements in their places; a picture enters the package in ``_drawing``, a chart in
``_chart_drawing``. What goes wrong on the way gets its place in ``Template._failure``, by the line of the
source that failed.
"""

import html
import io
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from itertools import count
from types import CodeType
from typing import Any

import jinja2
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml.parser import parse_xml
from docx.oxml.shape import CT_Inline
from docx.parts.story import StoryPart
from docx.shared import Emu
from lxml import etree

from lkt.bytecode import bytecode_cache
from lkt.errors import LktError, TemplateError
from lkt.wordtemplate.charts import store_chart
from lkt.wordtemplate.check import TOO_DEEP, Catalogue, Parsed, check, read, suggestion
from lkt.wordtemplate.contents import write_lists
from lkt.wordtemplate.document import (
    FALLBACK,
    PI,
    TBL,
    TC,
    TR,
    Element,
    P,
    Properties,
    T,
    add_watermark,
    ancestor,
    detach,
    element,
    field_pieces,
    forbidden_fields,
    heading_styles,
    keep_short_lines,
    load,
    parent_of,
    parts_of,
    read_parts,
    refuse_foreign,
    related_xml,
    remove,
    save,
    set_properties,
    styles_of,
    w,
)
from lkt.wordtemplate.sandbox import (
    BREAK,
    RENDERING,
    TAB,
    MisplacedError,
    Rendering,
    TemplateEnvironment,
    UnknownFieldError,
    instrument,
)
from lkt.wordtemplate.tags import (
    OUTPUT_END,
    OUTPUT_START,
    PART_END,
    Extracted,
    Mistake,
    Tag,
    TemplateSource,
    extract,
    find_places,
    jinja_source,
    lift,
)
from lkt.wordtemplate.values import (
    Caption,
    Chart,
    Picture,
    Reference,
    ValueProblemError,
    bookmark_name,
    clean,
)

# Compiling: from a file to a template, or to its mistakes -------------------------------------------------

_MAIN_LABEL = "isi dokumen"
_LABELS = {
    RT.HEADER: "kepala halaman {}",
    RT.FOOTER: "kaki halaman {}",
    RT.FOOTNOTES: "catatan kaki",
    RT.ENDNOTES: "catatan akhir",
}
_PARAGRAPH_IDS = tuple(
    f"{{http://schemas.microsoft.com/office/word/2010/wordml}}{name}" for name in ("paraId", "textId")
)
_FILE = "<templat>"
_FORM = "4"  # of the code made here; what another form of it left in the cache is not used


@dataclass(frozen=True, slots=True)
class Inspection:
    """What was found in a template.

    Attributes:
        mistakes: what must be put right before it can be used, in the order of the text.
        remarks: what may surprise.
    """

    mistakes: tuple[Mistake, ...]
    remarks: tuple[Mistake, ...]


def compile_template(
    data: bytes,
    name: str,
    filters: Mapping[str, Callable[..., object]] | None = None,
    catalogue: Catalogue | None = None,
) -> "Template":
    """Compile a .docx or .dotx template.

    Args:
        data: the file.
        name: what the user calls it, for messages.
        filters: filters that its tags may use beside Jinja's own.
        catalogue: the fields that its tags may use; None leaves that to the rendering.

    Raises:
        TemplateError: with all mistakes that can be found without data.
    """
    template, found = analyse(data, name, filters or {}, catalogue)
    if template is None:
        raise TemplateError(
            f"Templat «{name}» memuat {len(found.mistakes)} kesalahan.",
            found.mistakes,
            "Perbaiki di Word, lalu jalankan lagi.",
        )
    return template


def analyse(
    data: bytes, name: str, filters: Mapping[str, Callable[..., object]], catalogue: Catalogue | None
) -> "tuple[Template | None, Inspection]":
    """Compile a template as ``compile_template`` does; None instead when there are mistakes.

    Raises:
        TemplateError: it is no Word document that can be read, or brings along what it may not.
    """
    parts = read_parts(data, name)
    document = load(parts, name)
    refuse_foreign(parts, name)
    detach(document)
    unfilled = parts_of(document)
    headings = heading_styles(styles_of(document))
    found = Extracted()
    roots: dict[str, Element] = {}
    for story, label in text_parts(document):
        part, root = story.partname.membername, story.element
        etree.strip_attributes(root, *_PARAGRAPH_IDS)  # a loop would repeat them, though they must be unique
        extract(root, part, find_places(root, label, headings), found)
        roots[part] = root
    mistakes = [*found.mistakes, *lift(found.tags)]
    _mark_closing_rows(roots.values(), found.tags)
    source = jinja_source(roots.values(), found.tags)
    env = TemplateEnvironment(filters)
    cache = bytecode_cache()
    key = f"{_FORM} {catalogue.key if catalogue else ''}"
    bucket = None if mistakes or cache is None else cache.get_bucket(env, key, None, source.text)
    code = bucket.code if bucket else None
    if code is None:
        parsed = read(source, env)
        mistakes += [*parsed.mistakes, *check(parsed, env, catalogue)]
        if not mistakes:
            code, mistakes = _compile(parsed, env)
        if cache and bucket and code:
            bucket.code = code
            cache.set_bucket(bucket)
    if code is None:
        return None, Inspection(_in_order(mistakes, list(roots)), tuple(found.remarks))
    template = jinja2.Template.from_code(env, code, env.globals)
    return Template(name, unfilled, list(roots), source, template), Inspection((), tuple(found.remarks))


def text_parts(document: Document) -> Iterator[tuple[StoryPart, str]]:
    """The parts whose text is filled in, each once, with what the user calls it; the main part first."""
    found: dict[StoryPart, str] = {document.part: _MAIN_LABEL}
    for kind, label in _LABELS.items():
        for number, part in enumerate(related_xml(document.part, kind), 1):
            if isinstance(part, StoryPart):
                found.setdefault(part, label.format(number))
    yield from found.items()


def _compile(parsed: Parsed, env: TemplateEnvironment) -> tuple[CodeType | None, list[Mistake]]:
    """The code of a template, or what is wrong with it though it can be parsed."""
    instrument(parsed.tree, parsed.source.tag_at)
    try:
        return env.compile(parsed.tree, _FILE, _FILE), []
    except jinja2.TemplateSyntaxError as exc:
        tag, reason = parsed.source.tag_at(exc.lineno), "nama ini tidak boleh dipakai di sini."
    except (SyntaxError, RecursionError, MemoryError):  # of Python, that cannot nest so deep
        tag, reason = max(parsed.source.tags, key=lambda tag: len(tag.body)), TOO_DEEP
    return None, [tag.problem(reason) if tag else Mistake(_MAIN_LABEL, "", reason)]


def _in_order(mistakes: Iterable[Mistake], names: Sequence[str]) -> tuple[Mistake, ...]:
    """The mistakes in the order of the parts and their text; what is told alike is told once."""

    def place(mistake: Mistake) -> tuple[int, int, int]:
        spot = mistake.spot
        return (names.index(spot.part), spot.paragraph, spot.start) if spot else (0, 0, 0)

    once: dict[str, Mistake] = {}
    for mistake in sorted(mistakes, key=place):
        once.setdefault(str(mistake), mistake)
    return tuple(once.values())


# Filling in -----------------------------------------------------------------------------------------------

_EXPECTED = (
    jinja2.TemplateError,
    LktError,
    TypeError,
    ValueError,
    ArithmeticError,
    LookupError,
    AttributeError,
    RecursionError,
    MemoryError,
)


def _explain(exc: Exception, values: Mapping[str, object]) -> str:
    match exc:
        case UnknownFieldError(name=str(name)):
            return f"nama «{name}» tidak dikenal.{suggestion(name, exc.known(values))}"
        case UnknownFieldError():
            return "bagian yang diminta tidak ada, misalnya karena daftarnya kosong."
        case ValueProblemError(message=str(message)) | LktError(message=message):
            return message
        case _:
            return "tidak dapat dihitung; periksa jenis dan jumlah isian yang dipakai."


@dataclass(frozen=True)
class Template:
    """A compiled template.

    Attributes:
        name: what the user calls it.
        parts: all parts of the file as they are without being filled in.
        names: those whose text is filled in, the main part first.
        source: their Jinja source, which knows the tags by their lines.
        compiled: the source compiled.
    """

    name: str
    parts: Mapping[str, bytes]
    names: Sequence[str]
    source: TemplateSource
    compiled: jinja2.Template

    def render(self, values: Mapping[str, object], *, properties: Properties, watermark: str = "") -> bytes:
        """The filled document as a file; equal input gives equal bytes. See ``fill``."""
        return save(self.fill(values, properties=properties, watermark=watermark))

    def fill(self, values: Mapping[str, object], *, properties: Properties, watermark: str = "") -> Document:
        """The filled document.

        Args:
            values: the fields: mappings, sequences, text, whole numbers, truth values and rich values.
            properties: what the document says of itself.
            watermark: a word across each page; none when empty.

        Raises:
            TemplateError: at the first tag that cannot be filled, with its place.
        """
        rendering = Rendering()
        texts = self._text(values, rendering).split(PART_END)
        filled = {name: text.encode() for name, text in zip(self.names, texts, strict=True)}
        document = load({**self.parts, **filled}, self.name)
        stories = [story for story, _ in text_parts(document)]
        roots = [story.element for story in stories]
        for root in roots:  # a condition may have joined what stood apart in the template
            for field in forbidden_fields(root):
                raise TemplateError(f"Hasil templat memuat {field}, yang tidak boleh ada dalam laporan.")
        try:
            for story in stories:
                _settle(story, rendering, document)
            write_lists(stories, rendering, document)
        except MisplacedError as exc:
            raise self._failure(exc.line, exc.reason) from exc
        tidy(roots)
        keep_short_lines(document)
        if watermark:
            add_watermark(document, watermark, self.name)
        set_properties(document, properties)
        return document

    def _text(self, values: Mapping[str, object], rendering: Rendering) -> str:
        """The XML of the parts filled in; here tags become text."""
        try:
            return rendering.joined(self.compiled.generate({**values, RENDERING: rendering}))
        except _EXPECTED as exc:
            frames = traceback.walk_tb(exc.__traceback__)
            lines = (line for frame, line in frames if frame.f_code.co_filename == _FILE)
            raise self._failure(next(lines, 0), _explain(exc, values)) from exc

    def _failure(self, line: int, reason: str) -> TemplateError:
        """The error of the tag on that line of the source; here a mistake gets its place."""
        tag = self.source.tag_at(line)
        problem = tag.problem(reason) if tag else Mistake(_MAIN_LABEL, "", reason)
        return TemplateError(
            f"Templat tidak dapat diisi. {problem}", (problem,), "Perbaiki di Word, lalu jalankan lagi."
        )


def print_tag(tag: str, filters: Mapping[str, Callable[..., object]], values: Mapping[str, object]) -> str:
    """What a single tag ``{{ … }}`` prints; empty where that is no text."""
    env = TemplateEnvironment(filters)
    tree = env.parse(f"{OUTPUT_START}{tag[2:-2]}{OUTPUT_END}")
    instrument(tree, lambda _: None)
    template = jinja2.Template.from_code(env, env.compile(tree), env.globals)
    text = template.render({**values, RENDERING: Rendering()})
    return "" if "<?" in text else html.unescape(text)


# What is rich becomes elements of Word: breaks, pictures, charts, numbers ---------------------------------

_BETWEEN_RUNS = (w("bookmarkStart"), w("bookmarkEnd"))
_NOTES = (w("footnotes"), w("endnotes"))
_DOC_PR = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_CHART_FRAME = """\
<wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" \
xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" \
xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" \
xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" \
distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/>\
<wp:docPr id="0" name="Grafik"/><wp:cNvGraphicFramePr/><a:graphic>\
<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart r:id="{id}"/>\
</a:graphicData></a:graphic></wp:inline>"""


def _settle(story: StoryPart, rendering: Rendering, document: Document) -> None:
    """Turn what a rendering left in the text of a part into elements.

    Raises:
        MisplacedError: a reference has no caption, or a chart stands in a note.
    """
    for text in [text for text in story.element.iter(T) if len(text)]:
        _unfold(text)
    for node in list(story.element.iter(PI)):
        met = rendering.met[int(node.text or "")]
        match met.value:
            case Picture():
                parent_of(node).replace(node, _drawing(met.value, story))
            case Chart() if story.element.tag in _NOTES:
                reason = "grafik tidak dapat diletakkan di dalam catatan; pindahkan ke isi dokumen."
                raise MisplacedError(met.line, reason)
            case Chart() if ancestor(node, FALLBACK) is not None:
                remove(node)  # the copy of a text box for old programs goes without
            case Chart():
                parent_of(node).replace(node, _chart_drawing(met.value, story, document))
            case Caption(key=key, prefix=prefix, sequence=sequence):
                name, number = bookmark_name(key), str(rendering.numbers[key][1])
                label = [element("bookmarkStart", id=name, name=name), element("t", prefix)]
                counted = field_pieces(f" SEQ {sequence} \\* ARABIC ", element("t", number))
                _break_run(node, [*label, *counted, element("bookmarkEnd", id=name)])
            case Reference(key=key):
                if key not in rendering.numbers:
                    raise MisplacedError(met.line, f"tidak ada tabel atau gambar dengan kunci «{key}».")
                caption, place = rendering.numbers[key]
                text = element("t", f"{caption.prefix}{place}")
                _break_run(node, field_pieces(f" REF {bookmark_name(key)} \\h ", text))


def _unfold(text: Element) -> None:
    """Lift breaks, tabs and values out of a ``w:t``; the text behind each gets a ``w:t`` of its own."""
    last = text
    for mark in list(text):
        lifted = {BREAK: element("br"), TAB: element("tab")}.get(getattr(mark, "target", ""), mark)
        pieces = [lifted, element("t", mark.tail)] if mark.tail else [lifted]
        mark.tail = None
        for piece in pieces:
            last.addnext(piece)
            last = piece
        if mark.getparent() is text:
            text.remove(mark)
    if not text.text:
        remove(text)


def _drawing(picture: Picture, story: StoryPart) -> Element:
    """The element that shows a picture, which enters the package here."""
    relationship, image = story.get_or_add_image(io.BytesIO(picture.data))
    inline = CT_Inline.new_pic_inline(
        0, relationship, str(image.filename), Emu(picture.width_emu), Emu(picture.height_emu)
    )
    inline.docPr.set("name", "Gambar")
    inline.docPr.set("descr", clean(picture.alt))
    drawing = element("drawing")
    drawing.append(inline)
    return drawing


def _chart_drawing(chart: Chart, story: StoryPart, document: Document) -> Element:
    frame = _CHART_FRAME.format(
        width=chart.width_emu, height=chart.height_emu, id=store_chart(chart, story, document)
    )
    drawing = element("drawing")
    drawing.append(parse_xml(frame))
    for properties in drawing.iter(_DOC_PR):
        properties.set("descr", clean(chart.alt))
        properties.set("title", clean(chart.title))
    return drawing


def _break_run(node: Element, content: Iterable[Element]) -> None:
    """Put content in the place of a node of a run, each piece in a run alike; bookmarks go between runs."""
    run = parent_of(node)
    alike = element("r")
    alike.extend([deepcopy(properties) for properties in run.iterchildren(w("rPr"))])
    rest = deepcopy(alike)
    rest.extend(list(node.itersiblings()))
    run.addnext(rest)
    for piece in content:
        if piece.tag in _BETWEEN_RUNS:
            rest.addprevious(piece)
        else:
            made = deepcopy(alike)
            made.append(piece)
            rest.addprevious(made)
    remove(node)
    for half in (run, rest):
        if all(child.tag == w("rPr") for child in half):
            remove(half)


# Making a filled document valid again: no hollow tables or cells, no number or name used twice ------------

_BLOCKS = (P, TBL, w("sdt"), w("customXml"), w("altChunk"))
_CONTAINERS = tuple(w(name) for name in ("tc", "txbxContent", "hdr", "ftr", "footnote", "endnote"))
_START, _END, _ID, _NAME = w("bookmarkStart"), w("bookmarkEnd"), w("id"), w("name")


def tidy(roots: Sequence[Element]) -> None:
    """Repair what loops and conditions did to the parts of a document, given in their order."""
    for root in roots:
        for name, content in ((TR, TC), (TBL, TR)):
            hollow = [each for each in root.iter(name) if next(each.iter(content), None) is None]
            for item in reversed(hollow):
                remove(item)
        for container in root.iter(*_CONTAINERS):  # Word wants each to end with a paragraph
            last = next(container.iterchildren(*_BLOCKS, reversed=True), None)
            if last is None or last.tag == TBL:
                container.append(element("p"))
        _keep_closing_rows(root)
    _number_bookmarks(roots)
    for number, properties in enumerate((each for root in roots for each in root.iter(_DOC_PR)), 1):
        properties.set("id", str(number))
    _drop_repeated_controls(roots)


def _number_bookmarks(roots: Iterable[Element]) -> None:
    numbers, names = count(), set[str]()
    for root in roots:
        for start, end in _bookmarks(root):
            name = start.get(_NAME) or ""
            if name in names:
                remove(start)
                remove(end)
                continue
            names.add(name)
            number = str(next(numbers))
            start.set(_ID, number)
            end.set(_ID, number)


def _bookmarks(root: Element) -> list[tuple[Element, Element]]:
    """The bookmarks of a part in the order they end; those that lost one half with a tag are removed."""
    opened: dict[str | None, list[Element]] = {}
    pairs: list[tuple[Element, Element]] = []
    for node in list(root.iter(_START, _END)):
        starts = opened.setdefault(node.get(_ID), [])
        if node.tag == _START:
            starts.append(node)
        elif starts:
            pairs.append((starts.pop(), node))
        else:
            remove(node)
    for start in (start for starts in opened.values() for start in starts):
        remove(start)
    return pairs


def _drop_repeated_controls(roots: Iterable[Element]) -> None:
    """Of content controls repeated by a loop the first keeps its id; Word gives the others a new one."""
    seen: Counter[str | None] = Counter()
    controls = [control for root in roots for control in root.iter(w("sdtPr"))]
    for identifier in [each for control in controls for each in control.iterchildren(_ID)]:
        seen[identifier.get(w("val"))] += 1
        if seen[identifier.get(w("val"))] > 1:
            remove(identifier)


# Rows that close a table, such as its total, stay on the page of the row before them. Which rows do, those
# behind the loop of the table's rows, is plain only in the template; which row comes before them only in the
# filled document. So a mark goes from the one to the other.

_CLOSING = "lkt-closing"


def _mark_closing_rows(roots: Iterable[Element], tags: Sequence[Tag]) -> None:
    """Mark the rows of a template that stand behind the last loop of their table."""
    for table in (table for root in roots for table in root.iter(TBL)):
        ends = [node for node in table.iterchildren(PI) if tags[int(node.text or "")].keyword == "endfor"]
        for row in ends[-1].itersiblings(TR) if ends else ():
            row.set(_CLOSING, "")


def _keep_closing_rows(root: Element) -> None:
    """Bind the row before each marked one to it, and take the marks away."""
    for table in root.iter(TBL):
        before: Element | None = None
        for row in table.iterchildren(TR):
            if row.get(_CLOSING) is not None:
                del row.attrib[_CLOSING]
                paragraphs: Iterable[Any] = () if before is None else before.iter(P)
                for properties in (paragraph.get_or_add_pPr() for paragraph in paragraphs):
                    if properties.keepNext is None:
                        properties.keepNext_val = True  # Word and LibreOffice keep a row by its paragraphs
            before = row
