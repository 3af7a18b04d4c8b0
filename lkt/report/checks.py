"""What is wrong with one tag, told without rendering anything."""

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from math import isfinite

import jinja2
from jinja2 import nodes

from lkt.report.mistakes import Mistake
from lkt.report.sandbox import FUNCTIONS, TemplateEnvironment
from lkt.report.source import STATEMENT_END, STATEMENT_START, Source, jinja_tag
from lkt.report.tags import Tag

_CLOSERS = {"for": "endfor", "if": "endif"}
_BARE = ("else", "endfor", "endif")
_LONGEST, _DEEPEST = 4000, 60  # of a tag; Python cannot read what nests a hundred deep
TOO_DEEP = "isinya terlalu panjang atau terlalu bertingkat; bagilah menjadi beberapa tag."
_KEYWORDS = (*_BARE, "for", "if", "elif", "set")
_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.For, nodes.If, nodes.Assign, nodes.Name,
    nodes.NSRef, nodes.Const, nodes.Tuple, nodes.List, nodes.Filter, nodes.Test, nodes.Call, nodes.Keyword,
    nodes.Getattr, nodes.Getitem, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Concat,
    nodes.CondExpr, nodes.Add, nodes.Sub, nodes.Neg,
)  # fmt: skip


def check_tree(tree: nodes.Template, source: Source, env: TemplateEnvironment) -> Iterator[Mistake]:
    """Yield what a part that can be parsed uses and must not: unknown names, forbidden expressions."""
    for node in tree.find_all(nodes.Node):
        for reason in _check_node(node, env):
            tag = source.tag_at(node.lineno)
            yield tag.problem(reason) if tag else Mistake("isi dokumen", "", reason)


def check_tags(tags: Iterable[Tag], env: TemplateEnvironment) -> Iterator[Mistake]:
    """Yield all problems of single tags, one by one, of a part that cannot be parsed as a whole."""
    known: dict[str, tuple[str, ...]] = {}
    for tag in tags:
        if tag.written not in known:
            known[tag.written] = tuple(_reasons(tag, env))
        yield from map(tag.problem, known[tag.written])


def check_statements(tags: Iterable[Tag]) -> Iterator[Mistake]:
    """Yield the problems that a statement's keyword alone shows."""
    for tag in tags:
        yield from map(tag.problem, _check_keyword(tag))


def _check_keyword(tag: Tag) -> Iterator[str]:
    if tag.statement and tag.keyword not in _KEYWORDS:
        yield f"perintah «{tag.keyword}» tidak dikenal; yang ada: {', '.join(_KEYWORDS)}."
    elif tag.keyword in _BARE and tag.body != tag.keyword:
        yield f"sesudah «{tag.keyword}» tidak boleh ada apa-apa lagi."
    elif len(tag.body) > _LONGEST or sum(map(tag.body.count, "([-~+")) + tag.body.count("not ") > _DEEPEST:
        yield TOO_DEEP


def _reasons(tag: Tag, env: TemplateEnvironment) -> Iterator[str]:
    problems = list(_check_keyword(tag))
    yield from problems
    if not problems and tag.keyword not in _BARE:
        yield from _check_body(tag, env)


def _check_body(tag: Tag, env: TemplateEnvironment) -> Iterator[str]:
    try:
        tree = env.parse(probe(tag))
    except RecursionError:
        yield TOO_DEEP
        return
    except jinja2.TemplateSyntaxError as exc:
        yield _syntax(exc.message or "")
        return
    for node in tree.find_all(nodes.Node):
        yield from _check_node(node, env)


def probe(tag: Tag) -> str:
    """A whole template of that one tag."""
    opened = tag.keyword.replace("elif", "if")
    text = jinja_tag(tag).replace("elif", "if", 1) if tag.keyword == "elif" else jinja_tag(tag)
    closer = _CLOSERS.get(opened)
    return text + (f"{STATEMENT_START}{closer}{STATEMENT_END}" if closer else "")


def _syntax(message: str) -> str:
    if "unexpected char" in message:
        return f"tanda {message.split()[2]} tidak dapat dipakai di sini."
    if "end of" in message and "Expected an expression" in message:
        return "isinya belum lengkap."
    return "penulisannya tidak dapat dibaca; periksa ejaan, tanda kutip, kurung, dan titik."


def _check_node(node: nodes.Node, env: TemplateEnvironment) -> Iterator[str]:
    match node:
        case nodes.Call():
            yield from _check_call(node)
        case nodes.Filter() if node.name not in env.filters:
            usable = filter(str.isidentifier, env.filters)  # others no template can write
            yield f"penyaring «{node.name}» tidak dikenal.{suggestion(node.name, usable)}"
        case nodes.Test() if node.name not in env.tests:
            yield f"pengujian «is {node.name}» tidak dikenal.{suggestion(node.name, env.tests)}"
        case nodes.Getattr() if node.attr.startswith("_"):
            yield f"nama «{node.attr}» tidak boleh dipakai."
        case nodes.CondExpr(expr2=None):
            yield "«if» di dalam tag isian memerlukan «else»."
        case nodes.Const() if isinstance(node.value, float) and not isfinite(node.value):
            yield "bilangan sebesar itu tidak dapat dipakai."
        case nodes.For() if node.recursive:
            yield "kata «recursive» tidak dapat dipakai."
        case _ if not isinstance(node, _ALLOWED):
            yield "perhitungan atau perintah ini tidak dapat dipakai dalam templat."


def _check_call(call: nodes.Call) -> Iterator[str]:
    if not isinstance(call.node, nodes.Name):
        yield "tanda kurung panggilan hanya dapat dipakai sesudah nama fungsi templat, bukan sesudah isian."
    elif call.node.name not in FUNCTIONS:
        yield f"fungsi «{call.node.name}» tidak dikenal.{suggestion(call.node.name, FUNCTIONS)}"
    elif call.dyn_args or call.dyn_kwargs:
        yield "tanda bintang tidak dapat dipakai dalam kurung."


def suggestion(name: object, known: Iterable[str]) -> str:
    """A sentence that offers the nearest known name, or nothing."""
    nearest = get_close_matches(str(name), list(known), 1)
    return f" Maksud Anda «{nearest[0]}»?" if nearest else ""
