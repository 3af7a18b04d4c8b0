"""One part of a template: its tags compiled to Jinja, and what is rendered turned into Word's elements."""

import contextlib
import hashlib
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from types import CodeType

import jinja2
from jinja2 import nodes
from jinja2.bccache import Bucket, FileSystemBytecodeCache
from lxml import etree

from lkt.errors import LktError, TemplateError
from lkt.wordtemplate.charts import store_chart
from lkt.wordtemplate.document import (
    FALLBACK,
    PI,
    R_NS,
    W_NS,
    Element,
    T,
    UnreadablePartError,
    WordPackage,
    ancestor,
    element,
    parent_of,
    parse,
    remove,
    w,
)
from lkt.wordtemplate.lint import (
    TOO_DEEP,
    Known,
    check_fields,
    check_statements,
    check_tags,
    check_tree,
    suggestion,
)
from lkt.wordtemplate.sandbox import FUNCTIONS, NAME, Budget, TemplateEnvironment, UnknownFieldError, limited
from lkt.wordtemplate.tags import (
    Mistake,
    Tag,
    TemplateSource,
    check_pairs,
    extract,
    find_places,
    jinja_source,
    lift,
    mark_closing_rows,
)
from lkt.wordtemplate.values import (
    BREAK,
    TAB,
    Caption,
    Chart,
    Ledger,
    Picture,
    Reference,
    ValueProblemError,
    clean,
)

# Compiled templates kept between runs, by Jinja's own bytecode cache in the user's temporary folder -------
#
# Compiling the default template takes a third of a build, and the pages of a batch as long; a template that
# has
# not changed need not be compiled again. Jinja checks the source, its own version and Python's before it
# uses what was kept. On Unix the folder belongs to the user alone or is not used; on Windows the temporary
# folder is the user's own.


class _Kept(FileSystemBytecodeCache):
    """A cache that cannot be read or written costs time, never a report."""

    def load_bytecode(self, bucket: Bucket) -> None:
        """Find what was kept; a damaged file is none."""
        try:
            super().load_bytecode(bucket)
        except (OSError, EOFError, ValueError, TypeError):
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        with contextlib.suppress(OSError):
            super().dump_bytecode(bucket)


def kept() -> _Kept | None:
    """What was kept; None where there is no safe folder for it."""
    try:
        return _Kept(pattern="lkt-%s.cache")
    except (OSError, RuntimeError):
        return None


def cached(env: jinja2.Environment, name: str, source: str, make: Callable[[], CodeType]) -> CodeType:
    """The code of a source: what was kept of an earlier run, or what ``make`` gives, kept for the next."""
    cache = kept()
    if cache is None:
        return make()
    bucket = cache.get_bucket(env, name, None, source)
    if bucket.code is None:
        bucket.code = make()
        cache.set_bucket(bucket)
    return bucket.code


# The fields a template uses, as dotted names from the top of its context ----------------------------------


_SAME_ITEMS = ("list", "reject", "rejectattr", "reverse", "select", "selectattr", "sort", "unique")
_ONE_ITEM = ("first", "last")
_BATCH = "/batch"  # a list cut in groups: the items of its items are the items of the list

Scope = dict[str, str]


def used_fields(template: nodes.Template) -> frozenset[str]:
    """The fields that a template prints, tests or loops over, e.g. "unsur.nama" and "indikator[].nama"."""
    found: set[str] = set()
    _walk_all(template.body, dict.fromkeys(FUNCTIONS, ""), found)
    return frozenset(found)


def _walk_all(items: Iterable[nodes.Node], scope: Scope, found: set[str]) -> None:
    for item in items:
        _walk(item, scope, found)


def _walk(node: nodes.Node, scope: Scope, found: set[str]) -> None:
    path = _path(node, scope)
    if path:
        found.add(path.replace(_BATCH, ""))
    match node:
        case nodes.For():
            _walk_loop(node, scope, found)
        case nodes.Assign():
            _walk(node.node, scope, found)
            scope |= _bind(node.target, _path(node.node, scope))
        case nodes.Getattr() | nodes.Getitem() if path:
            _walk_base(node.node, scope, found)
        case _:
            _walk_all(node.iter_child_nodes(), scope, found)


def _walk_base(node: nodes.Node, scope: Scope, found: set[str]) -> None:
    """The fields used below a longer name, which stands for its own beginning."""
    while isinstance(node, (nodes.Getattr, nodes.Getitem)):
        node = node.node
    if isinstance(node, nodes.Filter):
        _walk_all(node.iter_child_nodes(), scope, found)


def _walk_loop(loop: nodes.For, scope: Scope, found: set[str]) -> None:
    _walk(loop.iter, scope, found)
    inner = {**scope, "loop": "", **_bind(loop.target, _item(_path(loop.iter, scope)))}
    _walk_all([loop.test] if loop.test else [], inner, found)
    _walk_all(loop.body, inner, found)
    _walk_all(loop.else_, scope, found)


def _bind(target: nodes.Node, path: str) -> Scope:
    if isinstance(target, nodes.Name):
        return {target.name: path}
    return {name.name: "" for name in target.find_all(nodes.Name)}


def _path(node: nodes.Node | None, scope: Scope) -> str:
    """The dotted name an expression stands for; empty when it is none."""
    match node:
        case nodes.Name():
            return scope.get(node.name, node.name)
        case nodes.Getattr():
            return _below(_path(node.node, scope), node.attr)
        case nodes.Getitem(arg=nodes.Const(value=str(key))):
            return _below(_path(node.node, scope), key)
        case nodes.Getitem():
            return _item(_path(node.node, scope))
        case nodes.Filter():
            return _filtered(node, scope)
        case _:
            return ""


def _filtered(node: nodes.Filter, scope: Scope) -> str:
    path = _path(node.node, scope)
    if node.name in _ONE_ITEM:
        return _item(path)
    if node.name == "batch":
        return path and f"{path}{_BATCH}"
    return path if node.name in _SAME_ITEMS else ""


def _below(path: str, name: str) -> str:
    return path and f"{path}.{name}"


def _item(path: str) -> str:
    return path and f"{path}[]".replace(f"{_BATCH}[]", "")


# One XML part of a template: compiled once, rendered to a tree as often as wanted -------------------------


_EXPECTED = (
    jinja2.TemplateError,
    LktError,
    TypeError,
    ValueError,
    ArithmeticError,
    LookupError,
    AttributeError,
)
_LOCATED = ("rujuk", "daftar_isi", "daftar_tabel", "daftar_gambar")  # fail after the text is written
_LIMITED = "2"  # how the code writes and spends its budget; code kept by an earlier lkt would not
_PARAGRAPH_ID = "{http://schemas.microsoft.com/office/word/2010/wordml}paraId"
_TEXT_ID = "{http://schemas.microsoft.com/office/word/2010/wordml}textId"


@dataclass(frozen=True)
class TemplatePart:
    """A compiled part.

    Args:
        name: its name in the package.
        label: what the user calls it.
        source: its Jinja source, which knows the tags by their lines.
        template: the same, compiled.
    """

    name: str
    label: str
    source: TemplateSource
    template: jinja2.Template

    @property
    def fields(self) -> frozenset[str]:
        """The fields it uses."""
        return used_fields(self.template.environment.parse(self.source.text))

    def render(self, variables: Mapping[str, object]) -> Element:
        """The part filled in.

        Raises:
            TemplateError: with the place of the tag that could not be filled.
        """
        try:
            text = self._text(variables)
        except _EXPECTED as exc:
            raise self.failure(_line_of(exc, self.template), _explain(exc, variables)) from exc
        try:
            return parse(text.encode())
        except UnreadablePartError as exc:
            raise TemplateError(f"Hasil {self.label} bukan XML yang benar ({exc.reason}).") from exc

    def _text(self, variables: Mapping[str, object]) -> str:
        budget = Budget()
        return budget.joined(self.template.generate({**variables, NAME: budget}))

    def failure(self, line: int, reason: str) -> TemplateError:
        """The error of the tag on that line of the source."""
        tag = self.source.tag_at(line)
        problem = tag.problem(reason) if tag else Mistake(self.label, "", reason)
        problem = replace(problem, part=self.name)
        return TemplateError(
            f"Templat tidak dapat diisi. {problem}", (problem,), "Perbaiki di Word, lalu jalankan lagi."
        )


@dataclass(frozen=True)
class Outcome:
    """What became of a part.

    Args:
        part: the compiled part; None where there are mistakes.
        tags: its tags.
        mistakes: what is wrong with it.
    """

    part: TemplatePart | None
    tags: list[Tag]
    mistakes: list[Mistake]


def compile_part(
    name: str,
    label: str,
    root: Element,
    headings: frozenset[str],
    env: TemplateEnvironment,
    fields: Known | None = None,
) -> Outcome:
    """Compile a part; with ``fields`` its names and kinds are checked against them too."""
    _strip(root)
    tags, problems = extract(root, find_places(root, label, headings))
    structure = [*lift(tags), *check_pairs(tags)]
    if problems or structure or any(check_statements(tags)):
        found = [*problems, *check_tags(tags, env), *structure, *_misfits(tags, env, fields)]
        return Outcome(None, tags, _placed(found, name))
    mark_closing_rows(root, tags)
    source = jinja_source(root, tags)
    key = f"{_LIMITED} {name} {fields.key()}" if fields else f"{_LIMITED} {name}"
    try:
        code = cached(env, key, source.text, lambda: _compile(name, source, env, fields))
    except _MistakesError as mistakes:
        return Outcome(None, tags, _placed(mistakes.mistakes, name))
    return Outcome(
        TemplatePart(name, label, source, jinja2.Template.from_code(env, code, env.globals)), tags, []
    )


def _misfits(tags: Sequence[Tag], env: TemplateEnvironment, fields: Known | None) -> Iterator[Mistake]:
    return check_fields(tags, env, fields.kinds()) if fields else iter(())


def _placed(mistakes: Sequence[Mistake], part: str) -> list[Mistake]:
    return [replace(mistake, part=part) for mistake in mistakes]


class _MistakesError(Exception):
    """A part has mistakes that only its whole source shows."""

    def __init__(self, mistakes: list[Mistake]) -> None:
        super().__init__()
        self.mistakes = mistakes


def _compile(name: str, source: TemplateSource, env: TemplateEnvironment, fields: Known | None) -> CodeType:
    try:
        tree = env.parse(source.text)
        mistakes = [*check_tree(tree, source, env), *_misfits(source.tags, env, fields)]
        if mistakes:
            raise _MistakesError(mistakes)
        _settle_references(tree, source)
        limited(tree)
        return env.compile(tree, name, f"<{name}>")
    except (SyntaxError, RecursionError, MemoryError) as exc:  # of Python, that cannot nest so deep
        raise _MistakesError([Mistake(name, "", TOO_DEEP)]) from exc
    except jinja2.TemplateSyntaxError as exc:
        tag = source.tag_at(exc.lineno)
        reason = "nama ini tidak boleh dipakai di sini."
        last = tag.problem(reason) if tag else Mistake(name, "", reason)
        single = [*check_tags(source.tags, env)] or [last]
        raise _MistakesError([*single, *_misfits(source.tags, env, fields)]) from exc


def _strip(root: Element) -> None:
    """Drop what a loop would repeat though it must be unique, and what could be taken for a tag of ours."""
    etree.strip_attributes(root, _PARAGRAPH_ID, _TEXT_ID)
    etree.strip_elements(root, PI, with_tail=False)


def _settle_references(tree: nodes.Template, source: TemplateSource) -> None:
    """Tell references their lines; a caption in the old copy of a text box becomes a reference to itself."""
    for call in tree.find_all(nodes.Call):
        assert isinstance(call.node, nodes.Name)
        tag = source.tag_at(call.lineno)
        if tag and tag.in_fallback and call.node.name in ("tabel", "gambar"):
            call.node.name = "rujuk"
            del call.args[1:]
            call.kwargs = [item for item in call.kwargs if item.key == "key"]
        if call.node.name in _LOCATED:
            line = nodes.Const(call.lineno, lineno=call.lineno, environment=tree.environment)
            call.kwargs.append(nodes.Keyword("line", line, lineno=call.lineno, environment=tree.environment))


def _line_of(exc: Exception, template: jinja2.Template) -> int:
    frames = traceback.walk_tb(exc.__traceback__)
    return next((line for frame, line in frames if frame.f_code.co_filename == template.filename), 0)


def _explain(exc: Exception, variables: Mapping[str, object]) -> str:
    match exc:
        case UnknownFieldError(name=str(name)):
            return f"nama «{name}» tidak dikenal.{suggestion(name, exc.known(variables))}"
        case UnknownFieldError():
            return "bagian yang diminta tidak ada, misalnya karena daftarnya kosong."
        case ValueProblemError(message=str(message)) | LktError(message=message):
            return message
        case _:
            return "tidak dapat dihitung; periksa jenis dan jumlah isian yang dipakai."


# A picture or a chart in the line of text, as DrawingML ---------------------------------------------------


WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
DOC_PR = f"{{{WP}}}docPr"

_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_INLINE = f"""\
<w:drawing xmlns:w="{W_NS}" xmlns:r="{R_NS}" xmlns:wp="{WP}">\
<wp:inline distT="0" distB="0" distL="0" distR="0">\
<wp:extent cx="%(width)d" cy="%(height)d"/><wp:docPr id="0" name="Gambar"/>\
<wp:cNvGraphicFramePr><a:graphicFrameLocks xmlns:a="{_A}" noChangeAspect="1"/></wp:cNvGraphicFramePr>\
<a:graphic xmlns:a="{_A}"><a:graphicData uri="{_PIC}"><pic:pic xmlns:pic="{_PIC}">\
<pic:nvPicPr><pic:cNvPr id="0" name="Gambar"/><pic:cNvPicPr/></pic:nvPicPr>\
<pic:blipFill><a:blip r:embed="%(id)s"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>\
<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="%(width)d" cy="%(height)d"/></a:xfrm>\
<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>\
</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>"""

_FRAME = f"""\
<w:drawing xmlns:w="{W_NS}" xmlns:r="{R_NS}" xmlns:wp="{WP}">\
<wp:inline distT="0" distB="0" distL="0" distR="0">\
<wp:extent cx="%(width)d" cy="%(height)d"/><wp:docPr id="0" name="Grafik"/><wp:cNvGraphicFramePr/>\
<a:graphic xmlns:a="{_A}"><a:graphicData uri="{_C}"><c:chart xmlns:c="{_C}" r:id="%(id)s"/>\
</a:graphicData></a:graphic></wp:inline></w:drawing>"""


def drawing(picture: Picture, relationship: str) -> Element:
    """The element that shows a picture; its number is given when the document is whole."""
    made = parse(
        (_INLINE % {"width": picture.width_emu, "height": picture.height_emu, "id": relationship}).encode()
    )
    for properties in made.iter(DOC_PR):
        properties.set("descr", clean(picture.alt))
    return made


def frame(chart: Chart, relationship: str) -> Element:
    """The element that shows a chart; its number is given when the document is whole."""
    values = {"width": chart.width_emu, "height": chart.height_emu, "id": relationship}
    made = parse((_FRAME % values).encode())
    for properties in made.iter(DOC_PR):
        properties.set("descr", clean(chart.alt))
        properties.set("title", clean(chart.title))
    return made


# Turning what a rendering left in the text into Word's elements: breaks, pictures, charts, numbers --------


_BETWEEN_RUNS = (w("bookmarkStart"), w("bookmarkEnd"))
_NOTES = (w("footnotes"), w("endnotes"))
_IMAGE = {"png": "image/png", "jpeg": "image/jpeg"}


def settle(
    parts: Iterable[TemplatePart], trees: Mapping[str, Element], ledger: Ledger, package: WordPackage
) -> None:
    """Finish the trees of the parts, adding the pictures and charts to the package.

    Raises:
        TemplateError: when a reference has no caption, or a chart stands in a note.
    """
    for part in parts:
        for text in [text for text in trees[part.name].iter(T) if len(text)]:
            _unfold(text)
        for node in list(trees[part.name].iter(PI)):
            _settle_value(node, part, ledger, package)


def _unfold(text: Element) -> None:
    """Lift breaks, tabs and values out of a ``w:t``; the text behind each gets a ``w:t`` of its own."""
    last = text
    for mark in list(text):
        pieces = [_lifted(mark), *([element("t", mark.tail)] if mark.tail else [])]
        mark.tail = None
        for piece in pieces:
            last.addnext(piece)
            last = piece
        if mark.getparent() is text:
            text.remove(mark)
    if not text.text:
        remove(text)


def _lifted(mark: Element) -> Element:
    target = getattr(mark, "target", "")
    return element("br") if target == BREAK else element("tab") if target == TAB else mark


def _settle_value(node: Element, part: TemplatePart, ledger: Ledger, package: WordPackage) -> None:
    value = ledger.values[int(node.text or "")]
    if isinstance(value, Picture):
        parent_of(node).replace(node, drawing(value, _store(value, part.name, package)))
    elif isinstance(value, Chart):
        _settle_chart(node, value, part, package)
    elif isinstance(value, Caption):
        _break_run(node, _caption(value, ledger.numbers[value.key][1]))
    elif isinstance(value, Reference):
        _break_run(node, _reference(value, part, ledger))


def _store(picture: Picture, part: str, package: WordPackage) -> str:
    name = f"word/media/{hashlib.sha256(picture.data).hexdigest()[:20]}.{picture.extension}"
    package.parts[name] = picture.data
    package.declare_extension(picture.extension, _IMAGE[picture.extension])
    return package.relate(part, "image", name)


def _settle_chart(node: Element, chart: Chart, part: TemplatePart, package: WordPackage) -> None:
    """Put a chart in its place; the old copy of a text box goes without."""
    if node.getroottree().getroot().tag in _NOTES:
        raise part.failure(0, "grafik tidak dapat diletakkan di dalam catatan; pindahkan ke isi dokumen.")
    if ancestor(node, FALLBACK) is not None:
        remove(node)
    else:
        parent_of(node).replace(node, frame(chart, store_chart(chart, part.name, package)))


def bookmark_name(key: str) -> str:
    """The name of the bookmark of a caption: hidden, legal, and the same each time."""
    return f"_Ref{int(hashlib.sha256(key.encode()).hexdigest()[:12], 16)}"


def _caption(caption: Caption, number: int) -> Iterator[Element]:
    name = bookmark_name(caption.key)
    yield element("bookmarkStart", id=name, name=name)
    yield element("t", caption.prefix)
    yield from _field(f" SEQ {caption.sequence} \\* ARABIC ", str(number))
    yield element("bookmarkEnd", id=name)


def _reference(reference: Reference, part: TemplatePart, ledger: Ledger) -> Iterator[Element]:
    text = ledger.text_of(reference)
    if text is None:
        raise part.failure(reference.line, f"tidak ada tabel atau gambar dengan kunci «{reference.key}».")
    yield from _field(f" REF {bookmark_name(reference.key)} \\h ", text)


def _field(instruction: str, result: str) -> Iterator[Element]:
    yield element("fldChar", fldCharType="begin")
    yield element("instrText", instruction)
    yield element("fldChar", fldCharType="separate")
    yield element("t", result)
    yield element("fldChar", fldCharType="end")


def _break_run(node: Element, content: Iterable[Element]) -> None:
    """Put content in the place of a node of a run, each piece in a run alike; bookmarks go between runs."""
    run = parent_of(node)
    alike = element("r")
    alike.extend([deepcopy(properties) for properties in run.iterchildren(w("rPr"))])
    rest = deepcopy(alike)
    rest.extend(list(node.itersiblings()))
    run.addnext(rest)
    for piece in content:
        rest.addprevious(piece if piece.tag in _BETWEEN_RUNS else _in_run(alike, piece))
    remove(node)
    for half in (run, rest):
        if all(child.tag == w("rPr") for child in half):
            remove(half)


def _in_run(alike: Element, piece: Element) -> Element:
    """A piece in a run of its own; to copy a run that is ready is cheaper than to make one."""
    made = deepcopy(alike)
    made.append(piece)
    return made
