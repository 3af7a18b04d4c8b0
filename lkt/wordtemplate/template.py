"""A Word template: compiled once with all its mistakes told, then filled in as often as wanted.

``analyse`` makes the XML of the parts, tags in it, one Jinja template. ``Template.fill`` renders it: a tag
becomes text in ``Rendering.write`` (``sandbox.py``), what is more than text elements in ``elements.py``.
What goes wrong gets its place in ``Template._failure``, by the line of the source that failed.
"""

import html
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import CodeType

import jinja2
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.parts.story import StoryPart
from lxml import etree

from lkt.bytecode import bytecode_cache
from lkt.errors import LktError, TemplateError
from lkt.wordtemplate import limits
from lkt.wordtemplate.blocks import arrange
from lkt.wordtemplate.check import TOO_DEEP, Parsed, check, read, suggestion
from lkt.wordtemplate.contents import write_lists
from lkt.wordtemplate.document import (
    Element,
    Properties,
    add_watermark,
    keep_short_lines,
    load,
    parts_of,
    read_parts,
    related_xml,
    save,
    set_properties,
    styles_of,
)
from lkt.wordtemplate.elements import settle, tidy
from lkt.wordtemplate.elsewhere import (
    Elsewhere,
    data_sheets,
    explained,
    extract_elsewhere,
    flatten,
    forget,
    left_over,
    put_back,
    take_out,
    unbind,
)
from lkt.wordtemplate.fields import Catalogue
from lkt.wordtemplate.foreign import refuse_foreign, strip_foreign
from lkt.wordtemplate.numbering import mark_lists, restart_lists
from lkt.wordtemplate.repeated import COMMENTS, drop_own_comments, renumber
from lkt.wordtemplate.sandbox import (
    RENDERING,
    MisplacedError,
    Rendering,
    TemplateEnvironment,
    UnknownFieldError,
    instrument,
)
from lkt.wordtemplate.tables import mark_rows
from lkt.wordtemplate.tags import (
    CELL_TAGS,
    OUTPUT_END,
    OUTPUT_START,
    PART_END,
    Extracted,
    Mistake,
    Spot,
    TemplateSource,
    chapter_styles,
    extract,
    find_places,
    jinja_source,
)
from lkt.wordtemplate.values import (
    ValueProblemError,
)

# Compiling: from a file to a template, or to its mistakes -------------------------------------------------

_MAIN_LABEL = "isi dokumen"
_LABELS = {
    RT.HEADER: "kepala halaman {}",
    RT.FOOTER: "kaki halaman {}",
    RT.FOOTNOTES: "catatan kaki",
    RT.ENDNOTES: "catatan akhir",
    RT.COMMENTS: "komentar",
}
_PARAGRAPH_IDS = tuple(
    f"{{http://schemas.microsoft.com/office/word/2010/wordml}}{name}" for name in ("paraId", "textId")
)
_NO_TAG = "templat tidak memuat isian satu pun; tulis tag seperti {{ periode.nama }}, atau pilih berkas lain."
_FILE = "<templat>"
_FORM = "6"  # of the code made here: raise it when ``instrument`` or ``check`` changes, for the cache


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
    found = Extracted(remarks=strip_foreign(document))
    refuse_foreign(document, name)
    drop_own_comments(document)
    unfilled = parts_of(document)
    roots, elsewhere = _extracted(document, unfilled, found)
    number, letters = len(found.tags) + len(found.mistakes), sum(len(tag.written) for tag in found.tags)
    if number > limits.TAGS or letters > limits.TAG_LETTERS:
        raise TemplateError(
            f"Templat «{name}» memuat terlalu banyak tag; paling banyak {limits.TAGS} tag, atau "
            f"{limits.TAG_LETTERS} huruf di dalam semuanya.",
            hint="Ulangi dengan «for», atau bagilah menjadi beberapa templat.",
        )
    trees = [*roots.values(), *(each.holder for each in elsewhere)]
    mistakes = [*found.mistakes, *arrange(found, trees)]
    if catalogue and not (found.tags or mistakes):
        mistakes.append(Mistake(_MAIN_LABEL, "", _NO_TAG, Spot(next(iter(roots)), 0, 0, 0)))
    found.remarks.extend(mark_rows(roots.values(), found.tags))
    found.remarks.extend(mark_lists(roots.values(), found.tags, document))
    source = jinja_source(trees, found.tags)
    env = TemplateEnvironment(filters)
    cache = bytecode_cache()
    cells = [f"{number}{tag.keyword}" for number, tag in enumerate(source.tags) if tag.keyword in CELL_TAGS]
    # what decides beside the source
    key = " ".join((_FORM, catalogue.key if catalogue else "", *cells, *sorted(filters)))
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
        mistakes = explained(mistakes, elsewhere)
        return None, Inspection(_in_order(mistakes, list({**roots, **unfilled})), tuple(found.remarks))
    template = jinja2.Template.from_code(env, code, env.globals)
    made = Template(name, unfilled, list(roots), elsewhere, source, template)
    return made, Inspection((), tuple(found.remarks))


def _extracted(
    document: Document, unfilled: dict[str, bytes], found: Extracted
) -> tuple[dict[str, Element], list[Elsewhere]]:
    """The text parts and the texts outside of them, whose tags are added to those found.

    What holds a text outside of the text parts is changed in ``unfilled``.
    """
    chapters = chapter_styles(styles_of(document))
    stories = {story.partname.membername: (story.element, label) for story, label in text_parts(document)}
    roots: dict[str, Element] = {part: root for part, (root, _) in stories.items()}
    for root in roots.values():
        forget(root)
        if root.tag != COMMENTS:  # whose answers are told by them
            etree.strip_attributes(root, *_PARAGRAPH_IDS)  # a loop would repeat what must be unique
    places = {part: find_places(root, label, chapters) for part, (root, label) in stories.items()}
    elsewhere = take_out(unfilled, roots, places)
    for part, root in roots.items():
        extract(root, part, places[part], found)
        unbind(root)
    for each in elsewhere:
        extract_elsewhere(each, found)
    found.remarks.extend(data_sheets(unfilled))
    found.mistakes.extend(left_over(unfilled, roots))
    return roots, elsewhere


def text_parts(document: Document) -> Iterator[tuple[StoryPart, str]]:
    """The parts whose text is filled in, each once, with what the user calls it; the main part first."""
    found: dict[StoryPart, str] = {document.part: _MAIN_LABEL}
    for kind, label in _LABELS.items():
        for number, part in enumerate(related_xml(document.part, kind), 1):
            if isinstance(part, StoryPart):
                found.setdefault(part, label.format(number))
    yield from found.items()


def _compile(parsed: Parsed, env: TemplateEnvironment) -> tuple[CodeType | None, list[Mistake]]:
    try:
        instrument(parsed.tree, parsed.source.tag_at)
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
        elsewhere: the texts outside of their paragraphs, which follow them in the source.
        source: their Jinja source, which knows the tags by their lines.
        compiled: the source compiled.
    """

    name: str
    parts: Mapping[str, bytes]
    names: Sequence[str]
    elsewhere: Sequence[Elsewhere]
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
        filled = {name: text.encode() for name, text in zip(self.names, texts, strict=False)}
        parts = {**self.parts, **filled}
        try:
            put_back(parts, self.elsewhere, texts[len(self.names) :], rendering)
        except MisplacedError as exc:
            raise self._failure(exc.line, exc.reason) from exc
        document = load(parts, self.name)
        stories = [story for story, _ in text_parts(document)]
        roots = [story.element for story in stories]
        restart_lists(stories, document)
        try:
            for root in roots:
                flatten(root, rendering)
            # A condition may have joined what stood apart, a value completed an address.
            refuse_foreign(document, self.name, None if self.elsewhere else self.names)
            for story in stories:
                settle(story, rendering, document)
            write_lists(stories, rendering, document)
        except MisplacedError as exc:
            raise self._failure(exc.line, exc.reason) from exc
        renumber(document, roots)
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
            frames = traceback.walk_tb(exc.__traceback__)  # which Jinja has rewritten to lines of the source
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
