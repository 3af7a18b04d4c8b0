"""What is wrong with the expressions of a template: names, filters, kinds of values."""

import inspect
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from math import isfinite

import jinja2
from jinja2 import nodes
from jinja2.utils import Namespace
from lxml import etree

from lkt.indonesian import nearest
from lkt.wordtemplate.document import Element, P, R, parent_of, w
from lkt.wordtemplate.fields import Field
from lkt.wordtemplate.sandbox import FUNCTIONS, LOOP_FIELDS, TemplateEnvironment
from lkt.wordtemplate.tags import (
    STATEMENT_END,
    STATEMENT_START,
    STRAIGHT,
    TAG,
    Mistake,
    Places,
    Spot,
    Tag,
    TemplateSource,
    jinja_tag,
    own_texts,
)
from lkt.wordtemplate.values import RichValue

# What is wrong with one tag, told without rendering anything ----------------------------------------------


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


def check_tree(tree: nodes.Template, source: TemplateSource, env: TemplateEnvironment) -> Iterator[Mistake]:
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


# The kind of each field, worked out from the values that it has in an example report ----------------------


@dataclass(frozen=True, slots=True)
class ValueKind:
    """What a name or an expression of a template stands for.

    Attributes:
        word: what the user calls it; empty where it is not known.
        path: the field that it is, ``sasaran[].program[].pagu``; empty for anything else.
        item: the kind of an item, of a list.
        fields: the kinds of the fields inside, of a group.
    """

    word: str
    path: str = ""
    item: "ValueKind | None" = None
    fields: Mapping[str, "ValueKind"] = field(default_factory=dict)

    @property
    def unknown(self) -> bool:
        """Whether nothing can be said of it."""
        return not self.word


UNKNOWN = ValueKind("")
TEXT = ValueKind("teks")
NUMBER = ValueKind("bilangan")
TRUTH = ValueKind("ya atau tidak")
PICTURE = ValueKind("gambar")
LIST, GROUP = "daftar", "kelompok isian"


def kinds_of(fields: Sequence[Field], values: Mapping[str, object], path: str = "") -> ValueKind:
    """The group of those fields.

    Args:
        fields: their declarations.
        values: their values in an example, as ``lkt.report.context.build`` gives them; no list of groups is
            empty and no picture missing.
        path: the field that the group is; empty at the top.
    """
    kinds = {each.name: _kind(each, values[each.name], path and f"{path}.") for each in fields}
    return ValueKind(GROUP, path, fields=kinds)


def _kind(declared: Field, value: object, prefix: str) -> ValueKind:
    path = f"{prefix}{declared.name}"
    if not declared.fields:
        return _leaf(value, path)
    if not declared.many:
        assert isinstance(value, Mapping)
        return kinds_of(declared.fields, value, path)
    assert isinstance(value, list)
    return ValueKind(LIST, path, item=kinds_of(declared.fields, value[0], f"{path}[]") if value else None)


def _leaf(value: object, path: str) -> ValueKind:
    match value:
        case bool():
            return ValueKind(TRUTH.word, path)
        case int():
            return ValueKind(NUMBER.word, path)
        case str():
            return ValueKind(TEXT.word, path)
        case RichValue():
            return ValueKind(PICTURE.word, path)
        case list():
            return ValueKind(LIST, path, item=ValueKind(TEXT.word, f"{path}[]"))
        case _:
            return ValueKind("", path)


def all_kinds(kind: ValueKind) -> Iterator[ValueKind]:
    """Every field inside a group or list, at any depth, in the order of the catalogue."""
    for inner in kind.fields.values():
        yield inner
        yield from all_kinds(inner)
    if kind.item is not None:
        yield from all_kinds(kind.item)


@dataclass(frozen=True, slots=True)
class Known:
    """The fields there are, worked out only when a template has to be checked.

    Attributes:
        key: changes with the fields; a template that was checked against others must be checked again.
        kinds: gives them as a group without a name.
    """

    key: Callable[[], str]
    kinds: Callable[[], ValueKind]


# The names that a tag may use where it stands -------------------------------------------------------------


class Scope:
    """The names of the top level, and those of the loops and settings around the present tag.

    Args:
        top: the fields of a report.
        loops: every name that some loop of the template gives its items -> the loop as it is written.
    """

    def __init__(self, top: ValueKind, loops: Mapping[str, str]) -> None:
        self.top = top
        self.loops = loops
        self._frames: list[dict[str, ValueKind]] = [{}]

    def enter(self, names: Mapping[str, ValueKind]) -> None:
        """Go into a loop that gives those names."""
        self._frames.append(dict(names))

    def leave(self) -> None:
        """Go out of the innermost loop, if there is one."""
        if len(self._frames) > 1:
            self._frames.pop()

    def bind(self, name: str, kind: ValueKind) -> None:
        """Give a name a value until the innermost loop ends."""
        self._frames[-1][name] = kind

    def find(self, name: str) -> ValueKind | None:
        """What a name stands for; None when there is no such name here."""
        for frame in reversed(self._frames):
            if name in frame:
                return frame[name]
        return self.top.fields.get(name)

    def local(self) -> Iterator[tuple[str, ValueKind]]:
        """The names of loops and settings, the innermost first."""
        for frame in reversed(self._frames):
            yield from frame.items()


# What each filter takes and gives; a filter that is not named here takes and gives anything ---------------


_SHORT = frozenset({TEXT.word, NUMBER.word})
_LISTS = frozenset({LIST})
_MANY = frozenset({LIST, TEXT.word})

_TAKES = {
    "bilang": frozenset({NUMBER.word}),
    "kapital": frozenset({TEXT.word}),
    "kalimat": frozenset({TEXT.word}),
    **dict.fromkeys(("upper", "lower", "title", "capitalize", "trim"), _SHORT),
    **dict.fromkeys(("length", "count", "reverse"), _MANY),
    **dict.fromkeys(
        ("daftar", "kutip", "join", "first", "last", "sort", "unique", "batch", "list", "map", "select",
         "selectattr", "reject", "rejectattr"),
        _LISTS,
    ),
}  # fmt: skip
_OF_TEXTS = ("daftar", "kutip")
_BY_ATTRIBUTE = ("map", "selectattr", "rejectattr", "sort", "unique")


def _same(kind: ValueKind, _: nodes.Filter) -> ValueKind:
    return kind


def _item(kind: ValueKind, _: nodes.Filter) -> ValueKind:
    return kind.item or UNKNOWN


def _batch(kind: ValueKind, _: nodes.Filter) -> ValueKind:
    return ValueKind(LIST, item=kind)


def _mapped(kind: ValueKind, node: nodes.Filter) -> ValueKind:
    attribute = attribute_of(node)
    inner = kind.item.fields.get(attribute, UNKNOWN) if kind.item else UNKNOWN
    return ValueKind(LIST, item=inner)


_GIVES: dict[str, Callable[[ValueKind, nodes.Filter], ValueKind]] = {
    **dict.fromkeys(("first", "last"), _item),
    **dict.fromkeys(
        ("sort", "unique", "list", "select", "selectattr", "reject", "rejectattr", "kutip"), _same
    ),
    **dict.fromkeys(("length", "count"), lambda _kind, _node: NUMBER),
    **dict.fromkeys(
        ("bilang", "kapital", "kalimat", "upper", "lower", "title", "capitalize", "trim", "daftar", "join"),
        lambda _kind, _node: TEXT,
    ),
    "batch": _batch,
    "map": _mapped,
}


def taken(name: str) -> frozenset[str]:
    """The kinds that a filter takes, by their words; empty where it takes any."""
    return _TAKES.get(name, frozenset())


def wants_texts(name: str) -> bool:
    """Whether a filter takes a list of texts only."""
    return name in _OF_TEXTS


def given(kind: ValueKind, node: nodes.Filter) -> ValueKind:
    """What a filter makes of a value of that kind, which it takes."""
    gives = _GIVES.get(node.name)
    return UNKNOWN if gives is None else gives(kind, node)


def attribute_of(node: nodes.Filter) -> str:
    """The field of the items that a filter looks at, where it names one; dotted names are left alone."""
    named = [pair.value for pair in node.kwargs if pair.key == "attribute"]
    first = node.args[:1] if node.name in ("selectattr", "rejectattr") else []
    match [*named, *first]:
        case [nodes.Const(value=str(name)), *_] if node.name in _BY_ATTRIBUTE and "." not in name:
            return name
        case _:
            return ""


# What the user most likely means by a name that does not exist where it stands ----------------------------


_SURE = 0.8  # how alike a name must be to go before others
_SHOWN = 3  # lists that are named as the place of a field


def unknown_name(name: str, owner: ValueKind, scope: Scope, others: Iterable[str] = ()) -> str:
    """The complaint about a name that ``owner`` does not have.

    Args:
        name: the name as written.
        owner: the group it was looked for in, the top level included.
        scope: the names that can be used at the tag.
        others: further names that exist there, such as functions.
    """
    hint = _hint(name, owner, scope, others)
    return f"nama «{name}» tidak dikenal." + (f" {hint}" if hint else "")


def _hint(name: str, owner: ValueKind, scope: Scope, others: Iterable[str]) -> str:
    at_top = owner is scope.top
    if at_top and name in scope.loops:
        loop = scope.loops[name]
        return f"«{name}» hanya dikenal di dalam {loop}; pindahkan tag ini di antara {loop} dan penutupnya."
    here = [*owner.fields, *others, *(dict(scope.local()) if at_top else ())]
    if near := nearest(name, here, _SURE):
        return f"Maksud Anda «{near}»?"
    return _in_scope(name, scope) or _elsewhere(name, scope.top) or _near(name, here, scope.top)


def _in_scope(name: str, scope: Scope) -> str:
    """A name of a loop around the tag whose items have such a field."""
    owners = (variable for variable, kind in scope.local() if name in kind.fields)
    found = next(owners, "")
    return f"Maksud Anda «{found}.{name}»?" if found else ""


def _elsewhere(name: str, top: ValueKind) -> str:
    """The field of that name that is printed without a loop, and those that lie least deep in lists."""
    found = [kind.path for kind in all_kinds(top) if kind.path.rpartition(".")[2] == name]
    least = min(map(_depth, (path for path in found if "[]" in path)), default=(0, 0))
    in_lists = [path for path in found if _depth(path) == least and "[]" in path][:_SHOWN]
    plain = next((path for path in found if "[]" not in path and not 0 < least[1] < path.count(".")), "")
    hints = [f"Maksud Anda «{plain}»?"] if plain else []
    if in_lists:
        also = "juga ada" if plain else "ada"
        shown = " dan ".join(f"«{_list_of(path).replace('[]', '')}»" for path in in_lists)
        hints.append(f"«{name}» {also} di dalam {shown}: pakai {', atau '.join(map(_use, in_lists))}.")
    return " ".join(hints)


def _depth(path: str) -> tuple[int, int]:
    return path.count("[]"), path.count(".")


def _list_of(path: str) -> str:
    """The innermost list that a field is in."""
    return path[: path.rindex("[]")]


def _use(path: str) -> str:
    """How a field inside a list is used."""
    loops, variable = loops_over(_list_of(path))
    return f"{variable}{path[path.rindex('[]') + 2 :]} di dalam {loops}"


def _near(name: str, here: Iterable[str], top: ValueKind) -> str:
    """A name spelled alike: a very similar one of a group goes before a less similar one of this place."""
    last = {kind.path.rpartition(".")[2]: kind.path for kind in all_kinds(top) if "[]" not in kind.path}
    if far := nearest(name, last, _SURE):
        return f"Maksud Anda «{last[far]}»?"
    near = nearest(name, here)
    return f"Maksud Anda «{near}»?" if near else ""


def loops_over(path: str) -> tuple[str, str]:
    """The loops that reach the items of a list, and the name of the innermost item.

    ``dokumen[].desa[]`` gives ``{% for d in dokumen %}{% for de in d.desa %}`` and ``de``.
    """
    loops, owner = "", ""
    for step in path.removesuffix("[]").split("[]."):
        source = f"{owner}.{step}" if owner else step
        letters = step.rpartition(".")[2]
        owner = letters[: 2 if owner.startswith(letters[0]) else 1]
        loops += f"{{% for {owner} in {source} %}}"
    return loops, owner


# What is said of a value that does not fit where it is used -----------------------------------------------


NUMBERING = ValueKind("nomor atau rujukan")
ALONE = "gambar, nomor, dan rujukan harus berdiri sendiri dalam tagnya; jangan digabung atau disaring."


def rich(kind: ValueKind) -> bool:
    """Whether a value must stand alone in its tag."""
    return kind.word in (PICTURE.word, NUMBERING.word)


def misfit(kind: ValueKind, node: nodes.Filter) -> str:
    """Why a filter cannot take a value of that kind; empty when it can."""
    assert node.node is not None
    wanted = taken(node.name)
    if rich(kind):
        return ALONE
    if wanted and kind.word not in wanted:
        words = " atau ".join(sorted(wanted))
        return (
            f"penyaring «{node.name}» memerlukan {words}, sedangkan {spelled(node.node)} adalah {kind.word}."
        )
    if wants_texts(node.name) and kind.item and kind.item.word in (GROUP, NUMBER.word):
        part = next(iter(kind.item.fields), "nama")
        return (
            f"penyaring «{node.name}» memerlukan daftar teks; pilih satu bagian setiap butir, misalnya "
            f'map(attribute="{part}")|{node.name}.'
        )
    return ""


def inside_a_list(kind: ValueKind, spelling: str, name: str) -> str:
    """The complaint about a part that is asked of a whole list."""
    loops, variable = loops_over(kind.path or "daftar")
    if kind.item and name in kind.item.fields:
        return f"{spelling} adalah daftar; pakai {variable}.{name} di dalam {loops}."
    return f"{spelling} adalah daftar; bagian setiap butirnya dipakai di dalam {loops}."


def unprintable(kind: ValueKind, node: nodes.Node) -> str:
    """Why a value of that kind cannot be printed; empty when it can."""
    spelling = spelled(node)
    plain = spelling.strip("«»") if spelling.startswith("«") else "…"
    if kind.word == TRUTH.word:
        return f"{spelling} bernilai ya atau tidak; pakai di dalam {{% if {plain} %}}."
    if kind.word == GROUP:
        first = next(iter(kind.fields), "…")
        example = f"{{{{ {plain}.{first} }}}}"
        return f"{spelling} adalah kelompok isian; sebut salah satu bagiannya, misalnya {example}."
    if kind.word != LIST:
        return ""
    if kind.item and kind.item.fields:
        loops, variable = loops_over(kind.path or plain)
        first = next(iter(kind.item.fields))
        return f"{spelling} adalah daftar; pakai {loops}, lalu misalnya {{{{ {variable}.{first} }}}}."
    return f"{spelling} adalah daftar; pakai {{{{ {plain}|daftar }}}}, atau {{% for %}} satu demi satu."


def spelled(node: nodes.Node) -> str:
    """An expression as the user wrote it, where it is a name; else "isi tag ini"."""
    name = _dotted(node)
    return f"«{name}»" if name else "isi tag ini"


def _dotted(node: nodes.Node) -> str:
    match node:
        case nodes.Name():
            return node.name
        case nodes.Getattr():
            base = _dotted(node.node)
            return base and f"{base}.{node.attr}"
        case _:
            return ""


# The kind of an expression, and the complaints about the names and kinds in it ----------------------------


_LOOP = "loop"
_NUMBERING = ("tabel", "gambar", "rujuk")
_ORDERED = ("eq", "ne", "lt", "lteq", "gt", "gteq")


def loop_kind(item: ValueKind) -> ValueKind:
    """What ``loop`` is inside a loop over such items."""
    truths = dict.fromkeys(("first", "last"), TRUTH)
    items = dict.fromkeys(("previtem", "nextitem"), item)
    return ValueKind(GROUP, fields=dict.fromkeys(sorted(LOOP_FIELDS), NUMBER) | truths | items)


class Expressions:
    """Reads the expressions of a template, tag by tag.

    Args:
        scope: the names that can be used.
        complain: is given each complaint.
    """

    def __init__(self, scope: Scope, complain: Callable[[str], None]) -> None:
        self.scope = scope
        self.complain = complain

    def kind(self, node: nodes.Node) -> ValueKind:
        """The kind of an expression."""
        match node:
            case nodes.Const():
                return _constant(node.value)
            case nodes.Name() | nodes.Getattr() | nodes.Getitem():
                return self._field(node)
            case nodes.Filter():
                return self._filtered(node)
            case nodes.Call():
                return self._called(node)
            case _:
                return self._combined(node)

    def _field(self, node: nodes.Name | nodes.Getattr | nodes.Getitem) -> ValueKind:
        match node:
            case nodes.Name():
                return self._name(node)
            case nodes.Getattr():
                return self._inside(node.node, node.attr)
            case nodes.Getitem(arg=nodes.Const(value=str(name))):
                return self._inside(node.node, name)
            case _:
                self.kind(node.arg)
                return self.kind(node.node).item or UNKNOWN

    def _combined(self, node: nodes.Node) -> ValueKind:
        match node:
            case nodes.Concat():
                self._joined(node.nodes)
                return TEXT
            case nodes.Add() | nodes.Sub():
                return self._reckoned(node)
            case nodes.Compare():
                self._compared(node)
                return TRUTH
            case nodes.CondExpr():
                self.kind(node.test)
                return _either([self.kind(each) for each in (node.expr1, node.expr2) if each is not None])
            case nodes.And() | nodes.Or():
                return _either([self.kind(node.left), self.kind(node.right)])
            case _:
                return self._rest(node)

    def _rest(self, node: nodes.Node) -> ValueKind:
        match node:
            case nodes.Test(name="defined" | "undefined"):
                return TRUTH
            case nodes.Tuple() | nodes.List():
                return ValueKind(LIST, item=_either([self.kind(each) for each in node.items]))
            case _:
                for child in node.iter_child_nodes():
                    self.kind(child)
                return TRUTH if isinstance(node, (nodes.Not, nodes.Test)) else UNKNOWN

    # Names ---------------------------------------------------------------------------------------------

    def _name(self, node: nodes.Name) -> ValueKind:
        found = self.scope.find(node.name)
        if found is not None:
            return found
        if node.name in FUNCTIONS:
            self.complain(f"«{node.name}» adalah fungsi; tambahkan tanda kurung, {node.name}(…).")
        elif node.name == _LOOP:
            self.complain("«loop» hanya dikenal di dalam {% for … %}.")
        else:
            self.complain(unknown_name(node.name, self.scope.top, self.scope, FUNCTIONS))
        return UNKNOWN

    def _inside(self, base: nodes.Node, name: str) -> ValueKind:
        """The part of that name of a base."""
        owner = self.kind(base)
        if owner.unknown or name in owner.fields:
            return owner.fields.get(name, UNKNOWN)
        if owner.word == GROUP:
            self.complain(unknown_name(name, owner, self.scope))
        elif owner.word == LIST:
            self.complain(inside_a_list(owner, spelled(base), name))
        else:
            self.complain(f"{spelled(base)} adalah {owner.word}; tidak ada «{name}» di dalamnya.")
        return UNKNOWN

    # Functions and filters -----------------------------------------------------------------------------

    def _called(self, call: nodes.Call) -> ValueKind:
        for value in (*call.args, *(pair.value for pair in call.kwargs)):
            if rich(self.kind(value)):
                self.complain(ALONE)
        name = call.node.name if isinstance(call.node, nodes.Name) else ""
        function = FUNCTIONS.get(name)
        if function is None or function is Namespace:
            return UNKNOWN
        if not _can_be_called(function, len(call.args), [pair.key for pair in call.kwargs]):
            self.complain(
                f"isi kurung «{name}» kurang, berlebih, atau salah nama; lihat: lkt template fields."
            )
        return NUMBERING if name in _NUMBERING else UNKNOWN

    def _filtered(self, node: nodes.Filter) -> ValueKind:
        for value in (*node.args, *(pair.value for pair in node.kwargs)):
            self.kind(value)
        if node.node is None:
            return UNKNOWN
        kind = self.kind(node.node)
        if kind.unknown:
            return given(kind, node)
        complaint = misfit(kind, node)
        if complaint:
            self.complain(complaint)
            return UNKNOWN
        attribute = attribute_of(node)
        if attribute and kind.item and kind.item.fields and attribute not in kind.item.fields:
            self.complain(unknown_name(attribute, kind.item, self.scope))
        return given(kind, node)

    # Operators -----------------------------------------------------------------------------------------

    def _joined(self, parts: Iterable[nodes.Node]) -> None:
        for part in parts:
            kind = self.kind(part)
            if rich(kind):
                self.complain(ALONE)
            elif kind.word in (LIST, GROUP, TRUTH.word):
                self.complain(unprintable(kind, part))

    def _reckoned(self, node: nodes.BinExpr) -> ValueKind:
        left, right = self.kind(node.left), self.kind(node.right)
        if rich(left) or rich(right):
            self.complain(ALONE)
        elif left.unknown or right.unknown or left.word == right.word == NUMBER.word:
            return _either([left, right])
        elif isinstance(node, nodes.Add) and left.word == right.word and left.word in (TEXT.word, LIST):
            return left
        else:
            sign = "+" if isinstance(node, nodes.Add) else "−"
            self.complain(f"{left.word} {sign} {right.word} tidak dapat dihitung; hanya bilangan yang dapat.")
        return UNKNOWN

    def _compared(self, node: nodes.Compare) -> None:
        left = self.kind(node.expr)
        for operand in node.ops:
            right = self.kind(operand.expr)
            if operand.op in _ORDERED and {left.word, right.word} == {TEXT.word, NUMBER.word}:
                texts = node.expr if left.word == TEXT.word else operand.expr
                self.complain(
                    f"{spelled(texts)} adalah teks, sedangkan pembandingnya bilangan, sehingga tidak pernah "
                    'sama; tulis bilangannya di antara tanda kutip, misalnya "1".'
                )
            left = right


def _constant(value: object) -> ValueKind:
    match value:
        case bool():
            return TRUTH
        case int():
            return NUMBER
        case str():
            return TEXT
        case _:
            return UNKNOWN


def _either(kinds: list[ValueKind]) -> ValueKind:
    """What is one of several kinds: that kind if all are alike."""
    return kinds[0] if kinds and len({kind.word for kind in kinds}) == 1 else UNKNOWN


def _can_be_called(function: Callable[..., object], args: int, names: list[str]) -> bool:
    try:
        inspect.signature(function).bind(*[None] * args, **dict.fromkeys(names))
    except TypeError:
        return False
    return True


def bound(target: nodes.Node, kind: ValueKind) -> Mapping[str, ValueKind]:
    """The names that a loop or setting gives, with their kinds."""
    if isinstance(target, nodes.Name):
        return {target.name: kind}
    return {name.name: UNKNOWN for name in target.find_all(nodes.Name)}


# References to tables and pictures that are nowhere numbered ----------------------------------------------


_CALL = re.compile(
    r"""\b(?P<function>\w+)\s*\(\s*(?:(?P<quote>["'])(?P<key>.*?)(?P=quote)\s*(?P<rest>[,)]|~)?)?"""
)
_NOT_NUMBERING = ("rujuk", "namespace")


def check_references(tags: Sequence[tuple[Tag, str]]) -> Iterator[Mistake]:
    """Yield the references whose key no caption of the whole template can have.

    A key that is put together, ``"log-" ~ i.nomor``, stands for all that begin alike.

    Args:
        tags: all tags of the template, each with the part that it is in.
    """
    calls = [
        (seat, call) for seat in tags if "(" in (tag := seat[0]).body for call in _CALL.finditer(tag.body)
    ]
    numbering = [
        call for _, call in calls if call["function"] in FUNCTIONS and call["function"] not in _NOT_NUMBERING
    ]
    keys = {call["key"] for call in numbering if call["rest"] in (",", ")")}
    prefixes = tuple(_prefix(call) for call in numbering if call["rest"] not in (",", ")"))
    for (tag, part), call in calls:
        key = call["key"]
        if (
            call["function"] == "rujuk"
            and call["rest"] == ")"
            and key not in keys
            and not key.startswith(prefixes)
        ):
            reason = f"tidak ada tabel atau gambar dengan kunci «{key}».{suggestion(key, sorted(keys))}"
            yield replace(tag.problem(reason), part=part)


def _prefix(call: re.Match[str]) -> str:
    """How the keys begin that a call puts together."""
    return call["key"] if call["rest"] == "~" else ""


# Reading the tags of a part from the first to the last, for names and kinds that do not fit ---------------


def check_fields(tags: Sequence[Tag], env: TemplateEnvironment, top: ValueKind) -> Iterator[Mistake]:
    """Yield what is wrong with the names and kinds of a part, also where its loops are not all closed.

    Args:
        tags: all tags of the part, in order; those that cannot be parsed are passed over.
        env: parses them.
        top: the fields there are.
    """
    trees = {tag.written: _parsed(tag, env) for tag in tags}
    scope = Scope(top, _loops(tags, trees))
    for tag in tags:
        complaints: list[str] = []
        try:
            _Walk(scope, complaints).read(tag, trees[tag.written])
        except RecursionError:  # Jinja reads a sum of hundreds one by one, and nests them
            complaints.append(TOO_DEEP)
        yield from map(tag.problem, dict.fromkeys(complaints))


def _parsed(tag: Tag, env: TemplateEnvironment) -> list[nodes.Node]:
    """What a tag alone consists of; nothing where it cannot be read."""
    if tag.keyword in ("else", "endif", "endfor"):
        return []
    try:
        return list(env.parse(probe(tag)).body)
    except (jinja2.TemplateSyntaxError, RecursionError, ValueError):  # the last for a number of 4301 digits
        return []


def _loops(tags: Sequence[Tag], trees: dict[str, list[nodes.Node]]) -> dict[str, str]:
    """The name of the items of each loop -> the loop as it is written, its scope left out."""
    return {
        node.target.name: f"{{% {tag.body} %}}"
        for tag in tags
        for node in trees[tag.written]
        if isinstance(node, nodes.For) and isinstance(node.target, nodes.Name)
    }


class _Walk:
    """One tag; what it finds is put into ``complaints``."""

    def __init__(self, scope: Scope, complaints: list[str]) -> None:
        self.scope = scope
        self.complain = complaints.append
        self.kind = Expressions(scope, self.complain).kind

    def read(self, tag: Tag, body: list[nodes.Node]) -> None:
        """Check a tag, and go in and out of loops."""
        if tag.keyword == "endfor":
            self.scope.leave()
        elif tag.keyword == "for" and not body:
            self.scope.enter(_guessed(tag))
        for node in body:
            self._statement(node)

    def _statement(self, node: nodes.Node) -> None:
        match node:
            case nodes.For():
                self._loop(node)
            case nodes.If():
                self.kind(node.test)
            case nodes.Assign():
                kind = self.kind(node.node)
                for name, each in bound(node.target, kind).items():
                    self.scope.bind(name, each)
            case nodes.Output():
                self._output(node)

    def _output(self, output: nodes.Output) -> None:
        for node in output.nodes:
            if not isinstance(node, nodes.TemplateData):
                complaint = unprintable(self.kind(node), node)
                if complaint:
                    self.complain(complaint)

    def _loop(self, loop: nodes.For) -> None:
        kind = self.kind(loop.iter)
        if kind.word not in ("", LIST):
            self.complain(
                f"{spelled(loop.iter)} adalah {kind.word}, bukan daftar; {{% for %}} memerlukan daftar."
            )
        item = kind.item or UNKNOWN
        self.scope.enter({"loop": loop_kind(item), **bound(loop.target, item)})
        if loop.test is not None:
            self.kind(loop.test)


def _guessed(tag: Tag) -> dict[str, ValueKind]:
    """The names of a loop that cannot be read: all words before «in»."""
    words = tag.body.partition(" in ")[0].replace(",", " ").split()[1:]
    return dict.fromkeys((*words, "loop"), UNKNOWN)


# What is no mistake but may surprise: tags in pieces of different formatting, curly quotation marks -------


_INVISIBLE = frozenset(w(name) for name in ("lang", "noProof", "rPrChange"))
_CURLY = "“”„‟‘’‚‛"
_QUOTES = "tanda kutip melengkung di dalam tag dibaca sebagai tanda kutip lurus; tidak perlu diubah."


def remarks(root: Element, places: Places, part: str) -> Iterator[Mistake]:
    """Yield what can be said of the tags of a part as it is in the file."""
    for number, paragraph in enumerate(root.iter(P)):
        pieces = own_texts(paragraph)
        text = "".join(piece.text or "" for piece in pieces)
        for match in TAG.finditer(text):
            spot = Spot(number, match.start(), match.end())
            for reason in _reasons_remarks(pieces, spot, match.group()):
                written = match.group().translate(STRAIGHT)
                yield Mistake(places.get(paragraph, "isi dokumen"), written, reason, spot, part)


def _reasons_remarks(pieces: list[Element], spot: Spot, written: str) -> Iterator[str]:
    if any(mark in written for mark in _CURLY):
        yield _QUOTES
    covered = list(_covered(pieces, spot))
    if len({_formatting(piece) for piece, _ in covered}) > 1:
        yield (
            f"tag ini terpecah oleh format huruf yang berbeda-beda; seluruh hasilnya memakai format bagian "
            f"pertamanya, «{covered[0][1].strip()}»."
        )


def _covered(pieces: list[Element], spot: Spot) -> Iterator[tuple[Element, str]]:
    """The pieces that a tag lies in, each with what it holds of it; blanks show no formatting."""
    offset = 0
    for piece in pieces:
        text = piece.text or ""
        held = text[max(spot.start - offset, 0) : max(spot.end - offset, 0)]
        if held.strip():
            yield piece, held
        offset += len(text)


def _formatting(piece: Element) -> bytes:
    """The formatting of a piece as comparable bytes."""
    run = parent_of(piece)
    properties = run.find(w("rPr")) if run.tag == R else None
    if properties is None:
        return b""
    shown = sorted(etree.tostring(each, method="c14n") for each in properties if each.tag not in _INVISIBLE)
    return b"".join(shown)
