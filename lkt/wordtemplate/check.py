"""What is wrong with the tags of a template: how they are written, their names, filters, kinds of values.

``read`` parses a template, ``check`` looks through the parse. Both tell all mistakes at once, each with the
place of its tag.
"""

import hashlib
import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import isfinite
from typing import Any, NamedTuple, get_args, get_origin, get_type_hints

import jinja2
from jinja2 import nodes

from lkt import __version__
from lkt.indonesian import nearest
from lkt.wordtemplate.sandbox import FUNCTIONS, LOOP_FIELDS, TemplateEnvironment
from lkt.wordtemplate.tags import (
    CLOSERS,
    OUTPUT_END,
    STATEMENT_END,
    STATEMENT_START,
    Mistake,
    Tag,
    TemplateSource,
    jinja_tag,
    pair,
    source_of,
)
from lkt.wordtemplate.values import Field, RichValue, paths

# Parsing a template, and what can be read of one that has mistakes ----------------------------------------

_BARE = ("else", *CLOSERS)
_KEYWORDS = ("else", "endfor", "endif", "for", "if", "elif", "set")
_LONGEST, _DEEPEST = 4000, 60  # of a tag; Python cannot read what nests a hundred deep
_UNREADABLE = (jinja2.TemplateSyntaxError, RecursionError, ValueError)  # the last for 4301 digits
TOO_DEEP = "isinya terlalu panjang atau terlalu bertingkat; bagilah menjadi beberapa tag."


class Parsed(NamedTuple):
    """The parse of a template.

    Attributes:
        tree: what Jinja made of it.
        source: knows the tags by the lines of the tree.
        mistakes: of the tags that cannot be read; these are not in the tree.
    """

    tree: nodes.Template
    source: TemplateSource
    mistakes: list[Mistake]


def read(whole: TemplateSource, env: TemplateEnvironment) -> Parsed:
    """The parse of a template; of one with mistakes, of the tags that can be read, all blocks closed."""
    balanced, mistakes = pair(whole.tags)
    if not mistakes and not any(map(_misused, whole.tags)):
        try:
            return Parsed(env.parse(whole.text), whole, [])
        except _UNREADABLE:
            pass  # tag by tag below
    reasons = {tag.written: _unreadable(tag, env) for tag in whole.tags}
    mistakes += [tag.problem(reason) for tag in whole.tags if (reason := reasons[tag.written])]
    pieces: list[tuple[Tag, str, str]] = []
    for each in balanced:
        if isinstance(each, str):  # a closing tag that is missing
            tag, written, after = pieces.pop()
            pieces.append((tag, written, f"{after}{STATEMENT_START}{each}{STATEMENT_END}"))
        elif not reasons[each.written]:
            pieces.append((each, jinja_tag(each, each.body), ""))
        elif each.keyword in CLOSERS.values():
            pieces.append((each, jinja_tag(each, _in_place_of(each)), ""))
    source = source_of(pieces)
    try:
        return Parsed(env.parse(source.text), source, mistakes)
    except _UNREADABLE:
        return Parsed(nodes.Template([], lineno=1), source, mistakes)


def _in_place_of(tag: Tag) -> str:
    """A block that can be read, in the place of one that cannot; of a loop, words before «in» are names."""
    if tag.keyword == "if":
        return "if 1"
    words = tag.body.partition(" in ")[0].replace(",", " ").split()[1:]
    return f"for {', '.join(filter(str.isidentifier, words)) or 'x'} in ()"


def _misused(tag: Tag) -> str:
    """What is wrong with a tag at first sight; empty when nothing is."""
    if tag.statement and tag.keyword not in _KEYWORDS:
        return f"perintah «{tag.keyword}» tidak dikenal; yang ada: {', '.join(_KEYWORDS)}."
    if tag.keyword in _BARE and tag.body != tag.keyword:
        return f"sesudah «{tag.keyword}» tidak boleh ada apa-apa lagi."
    if len(tag.body) > _LONGEST or sum(map(tag.body.count, "([-~+")) + tag.body.count("not ") > _DEEPEST:
        return TOO_DEEP
    return ""


def _unreadable(tag: Tag, env: TemplateEnvironment) -> str:
    """Why a tag cannot be read by itself; empty when it can."""
    if (reason := _misused(tag)) or tag.keyword in _BARE:
        return reason
    text = jinja_tag(tag, tag.body.removeprefix("el") if tag.keyword == "elif" else tag.body)
    if closer := {"for": "endfor", "if": "endif", "elif": "endif"}.get(tag.keyword):
        text += f"{STATEMENT_START}{closer}{STATEMENT_END}"
    try:
        list(env.parse(text).find_all(nodes.Node))  # what can be parsed may nest too deep to be gone through
    except jinja2.TemplateSyntaxError as exc:
        return _syntax(exc.message or "", tag)
    except (RecursionError, ValueError):
        return TOO_DEEP
    return ""


def _syntax(message: str, tag: Tag) -> str:
    if repr(OUTPUT_END) in message or tag.body.startswith("{"):
        return "kurung kurawalnya tidak seimbang; tulis tepat dua di depan dan dua di belakang."
    if "unexpected char" in message:
        return f"tanda {message.split()[2]} tidak dapat dipakai di sini."
    if "end of" in message and "Expected an expression" in message:
        return "isinya belum lengkap."
    return "penulisannya tidak dapat dibaca; periksa ejaan, tanda kutip, kurung, dan titik."


# What a tag uses and must not -----------------------------------------------------------------------------

_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.For, nodes.If, nodes.Assign, nodes.Name,
    nodes.NSRef, nodes.Const, nodes.Tuple, nodes.List, nodes.Filter, nodes.Test, nodes.Call, nodes.Keyword,
    nodes.Getattr, nodes.Getitem, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Concat,
    nodes.CondExpr, nodes.Add, nodes.Sub, nodes.Neg,
)  # fmt: skip


def _forbidden(node: nodes.Node, env: TemplateEnvironment) -> str:
    """Why a node may not be in a template; empty when it may."""
    reason = ""
    match node:
        case nodes.Call():
            reason = _forbidden_call(node)
        case nodes.Filter() if node.name not in env.filters:
            usable = filter(str.isidentifier, env.filters)  # others no template can write
            reason = f"penyaring «{node.name}» tidak dikenal.{suggestion(node.name, usable)}"
        case nodes.Test() if node.name not in env.tests:
            reason = f"pengujian «is {node.name}» tidak dikenal.{suggestion(node.name, env.tests)}"
        case nodes.Getattr() if node.attr.startswith("_"):
            reason = f"nama «{node.attr}» tidak boleh dipakai."
        case nodes.CondExpr(expr2=None):
            reason = "«if» di dalam tag isian memerlukan «else»."
        case nodes.Const() if isinstance(node.value, float) and not isfinite(node.value):
            reason = "bilangan sebesar itu tidak dapat dipakai."
        case nodes.For() if node.recursive:
            reason = "kata «recursive» tidak dapat dipakai."
        case _ if not isinstance(node, _ALLOWED):
            reason = "perhitungan atau perintah ini tidak dapat dipakai dalam templat."
    return reason


def _forbidden_call(call: nodes.Call) -> str:
    if not isinstance(call.node, nodes.Name):
        return "tanda kurung panggilan hanya dapat dipakai sesudah nama fungsi templat, bukan sesudah isian."
    if call.node.name not in FUNCTIONS:
        return f"fungsi «{call.node.name}» tidak dikenal.{suggestion(call.node.name, FUNCTIONS)}"
    return "tanda bintang tidak dapat dipakai dalam kurung." if call.dyn_args or call.dyn_kwargs else ""


def suggestion(name: str, known: Iterable[str]) -> str:
    """A sentence that offers the nearest known name, or nothing."""
    near = nearest(name, known)
    return f" Maksud Anda «{near}»?" if near else ""


# Kinds of values ------------------------------------------------------------------------------------------


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

    @property
    def rich(self) -> bool:
        """Whether it must stand alone in its tag."""
        return self.word in (PICTURE.word, _NUMBERING.word)


UNKNOWN = ValueKind("")
TEXT = ValueKind("teks")
NUMBER = ValueKind("bilangan")
TRUTH = ValueKind("ya atau tidak")
PICTURE = ValueKind("gambar")
_NUMBERING = ValueKind("nomor atau rujukan")
LIST, GROUP = "daftar", "kelompok isian"
_OF_PYTHON: Mapping[type, ValueKind] = {bool: TRUTH, int: NUMBER, str: TEXT}


def kinds_of(fields: Sequence[Field], values: Mapping[str, object], path: str = "") -> ValueKind:
    """The group of those fields.

    Args:
        fields: their declarations.
        values: their values in an example, as ``build`` gives them; no list of groups is empty and no picture
            missing.
        path: the field that the group is; empty at the top.
    """
    kinds = {each.name: _kind(each, values[each.name], path and f"{path}.") for each in fields}
    return ValueKind(GROUP, path, fields=kinds)


def _kind(declared: Field, value: object, prefix: str) -> ValueKind:
    path = f"{prefix}{declared.name}"
    match value:
        case list() if declared.fields:
            return ValueKind(LIST, path, kinds_of(declared.fields, value[0], f"{path}[]") if value else None)
        case Mapping() if declared.fields:
            return kinds_of(declared.fields, value, path)
        case list():
            return ValueKind(LIST, path, ValueKind(TEXT.word, f"{path}[]"))
        case RichValue():
            return ValueKind(PICTURE.word, path)
    return ValueKind(_OF_PYTHON.get(type(value), UNKNOWN).word, path)


def all_kinds(kind: ValueKind) -> Iterator[ValueKind]:
    """Every field inside a group or list, at any depth, in the order of the declarations."""
    for inner in kind.fields.values():
        yield inner
        yield from all_kinds(inner)
    if kind.item is not None:
        yield from all_kinds(kind.item)


@dataclass(frozen=True)
class Catalogue:
    """The fields that a template may use.

    Attributes:
        fields: their declarations.
        example: gives their values in an example, from which their kinds follow.
    """

    fields: Sequence[Field]
    example: Callable[[], Mapping[str, object]]

    @cached_property
    def kinds(self) -> ValueKind:
        """All fields, as a group without a name."""
        return kinds_of(self.fields, self.example())

    @cached_property
    def key(self) -> str:
        """Changes with the fields and the program, when what was compiled earlier must be checked again."""
        return hashlib.sha256("\n".join((__version__, *paths(self.fields))).encode()).hexdigest()[:16]


# Filters: what each takes and gives; one that is not named here takes and gives anything ------------------

_SHORT, _LISTS, _MANY = (TEXT.word, NUMBER.word), (LIST,), (LIST, TEXT.word)
_TEXTS = ValueKind(LIST, item=TEXT)
_BY_ATTRIBUTE = ("map", "selectattr", "rejectattr", "sort", "unique")
_TAKES: Mapping[str, Sequence[str]] = {
    **dict.fromkeys(("upper", "lower", "title", "capitalize", "trim"), _SHORT),
    **dict.fromkeys(("length", "count", "reverse"), _MANY),
    **dict.fromkeys(
        ("join", "first", "last", "sort", "unique", "batch", "list", "map", "select", "selectattr", "reject",
         "rejectattr"),
        _LISTS,
    ),
}  # fmt: skip


def _given(kind: ValueKind, node: nodes.Filter) -> ValueKind:
    """What a filter of Jinja makes of a value of that kind, which it takes."""
    gives = UNKNOWN
    match node.name:
        case "first" | "last":
            gives = kind.item or UNKNOWN
        case "sort" | "unique" | "list" | "select" | "selectattr" | "reject" | "rejectattr":
            gives = kind
        case "length" | "count":
            gives = NUMBER
        case "upper" | "lower" | "title" | "capitalize" | "trim" | "join":
            gives = TEXT
        case "batch":
            gives = ValueKind(LIST, item=kind)
        case "map":
            inner = kind.item.fields.get(_attribute_of(node)) if kind.item else None
            gives = ValueKind(LIST, item=inner or UNKNOWN)
    return gives


def _attribute_of(node: nodes.Filter) -> str:
    """The field of the items that a filter looks at, where it names one; dotted names are left alone."""
    named = [pair.value for pair in node.kwargs if pair.key == "attribute"]
    first = node.args[:1] if node.name in ("selectattr", "rejectattr") else []
    match [*named, *first]:
        case [nodes.Const(value=str(name)), *_] if node.name in _BY_ATTRIBUTE and "." not in name:
            return name
        case _:
            return ""


def _of_annotation(annotation: object) -> ValueKind:
    """What a filter of the caller takes or gives, by its annotation: int, str, or a sequence of str."""
    if isinstance(annotation, type) and annotation in _OF_PYTHON:
        return _OF_PYTHON[annotation]
    origin = get_origin(annotation)
    texts = isinstance(origin, type) and issubclass(origin, Sequence) and get_args(annotation) == (str,)
    return _TEXTS if texts else UNKNOWN


# What the user most likely means by a name that does not exist where it stands ----------------------------

_SURE = 0.8  # how alike a name must be to go before others
_SHOWN = 3  # lists that are named as the place of a field


def _elsewhere(name: str, top: ValueKind) -> str:
    """The field of that name that is printed without a loop, and those that lie least deep in lists."""
    found = [kind.path for kind in all_kinds(top) if kind.path.rpartition(".")[2] == name]
    depth = {path: (path.count("[]"), path.count(".")) for path in found}
    least = min((depth[path] for path in found if "[]" in path), default=(0, 0))
    in_lists = [path for path in found if "[]" in path and depth[path] == least][:_SHOWN]
    plain = next((path for path in found if "[]" not in path and not 0 < least[1] < depth[path][1]), "")
    hints = [f"Maksud Anda «{plain}»?"] if plain else []
    if in_lists:
        lists = [path[: path.rindex("[]")] for path in in_lists]
        uses = []
        for path, where in zip(in_lists, lists, strict=True):
            loops, variable = _loops_over(where)
            uses.append(f"{variable}{path.removeprefix(f'{where}[]')} di dalam {loops}")
        shown = " dan ".join(f"«{where.replace('[]', '')}»" for where in lists)
        also = "juga ada" if plain else "ada"
        hints.append(f"«{name}» {also} di dalam {shown}: pakai {', atau '.join(uses)}.")
    return " ".join(hints)


def _spelled_alike(name: str, here: Iterable[str], top: ValueKind) -> str:
    """A very similar name of a group goes before a less similar one of this place."""
    last = {kind.path.rpartition(".")[2]: kind.path for kind in all_kinds(top) if "[]" not in kind.path}
    far = nearest(name, last, _SURE)
    near = last[far] if far else nearest(name, here)
    return f"Maksud Anda «{near}»?" if near else ""


def _loops_over(path: str) -> tuple[str, str]:
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

_ALONE = "gambar, nomor, dan rujukan harus berdiri sendiri dalam tagnya; jangan digabung atau disaring."


def _unprintable(kind: ValueKind, node: nodes.Node) -> str:
    """Why a value of that kind cannot be printed; empty when it can."""
    spelling = _spelled(node)
    plain = spelling.strip("«»") if spelling.startswith("«") else "…"
    if kind.word == TRUTH.word:
        return f"{spelling} bernilai ya atau tidak; pakai di dalam {{% if {plain} %}}."
    if kind.word == GROUP:
        example = f"{{{{ {plain}.{next(iter(kind.fields), '…')} }}}}"
        return f"{spelling} adalah kelompok isian; sebut salah satu bagiannya, misalnya {example}."
    if kind.word == LIST and kind.item and kind.item.fields:
        loops, variable = _loops_over(kind.path or plain)
        example = f"{{{{ {variable}.{next(iter(kind.item.fields))} }}}}"
        return f"{spelling} adalah daftar; pakai {loops}, lalu misalnya {example}."
    if kind.word == LIST:
        return f"{spelling} adalah daftar; pakai {{{{ {plain}|daftar }}}}, atau {{% for %}} satu demi satu."
    return ""


def _spelled(node: nodes.Node) -> str:
    """An expression as the user wrote it, where it is a name; else "isi tag ini"."""
    after = ""
    while isinstance(node, nodes.Getattr):
        after = f".{node.attr}{after}"
        node = node.node
    return f"«{node.name}{after}»" if isinstance(node, nodes.Name) else "isi tag ini"


# Going through the parse ----------------------------------------------------------------------------------

_CAPTIONS = ("tabel", "gambar")
_ORDERED = ("eq", "ne", "lt", "lteq", "gt", "gteq")


def check(parsed: Parsed, env: TemplateEnvironment, catalogue: Catalogue | None) -> list[Mistake]:
    """What is wrong with the readable tags; names, kinds and references only where the fields are known."""
    found: list[Mistake] = []
    try:
        line = 0
        for node in parsed.tree.find_all(nodes.Node):
            line = node.lineno or line  # an operand has none, and follows its comparison
            tag = parsed.source.tag_at(line)
            if tag and (reason := _forbidden(node, env)):
                found.append(tag.problem(reason))
        if catalogue is not None:
            _Walk(parsed, env, catalogue.kinds, found).body(parsed.tree.body)
            found += () if parsed.mistakes else _lost_references(parsed)
    except RecursionError:  # Jinja reads a sum of hundreds one by one, and nests them
        longest = max(parsed.source.tags, key=lambda tag: len(tag.body))
        found.append(longest.problem(TOO_DEEP))
    return found


class _Walk:
    """Goes through statements and expressions with the names that each may use; adds to ``found``."""

    def __init__(
        self, parsed: Parsed, env: TemplateEnvironment, top: ValueKind, found: list[Mistake]
    ) -> None:
        self.tag_at = parsed.source.tag_at
        self.env = env
        self.top = top
        self.found = found
        self.line = 0
        self.frames: list[dict[str, ValueKind]] = [{}]  # the names of loops and settings, the innermost last
        self.loops = {  # the name of the items of each loop -> the loop as it is written
            loop.target.name: f"{{% {tag.body} %}}"
            for loop in parsed.tree.find_all(nodes.For)
            if isinstance(loop.target, nodes.Name) and (tag := self.tag_at(loop.lineno))
        }

    def complain(self, reason: str) -> None:
        """Note something that is wrong with the present tag."""
        tag = self.tag_at(self.line)
        if reason and tag is not None:
            self.found.append(tag.problem(reason))

    def unknown(self, name: str, owner: ValueKind) -> None:
        """Complain about a name that a group, or the top level, does not have."""
        at_top = owner is self.top
        local = {key: kind for frame in self.frames for key, kind in frame.items()}
        here = [*owner.fields, *((*FUNCTIONS, *local) if at_top else ())]
        around = (key for key, kind in reversed(local.items()) if name in kind.fields)
        if at_top and name in self.loops:
            loop = self.loops[name]
            hint = (
                f"«{name}» hanya dikenal di dalam {loop}; pindahkan tag ini di antara {loop} dan penutupnya."
            )
        elif near := nearest(name, here, _SURE):
            hint = f"Maksud Anda «{near}»?"
        elif variable := next(around, ""):
            hint = f"Maksud Anda «{variable}.{name}»?"
        else:
            hint = _elsewhere(name, self.top) or _spelled_alike(name, here, self.top)
        self.complain(f"nama «{name}» tidak dikenal. {hint}".rstrip())

    def body(self, statements: Iterable[nodes.Node]) -> None:
        """Go through statements in their order."""
        for node in statements:
            self.line = node.lineno
            match node:
                case nodes.Output():
                    for each in node.nodes:
                        self.line = each.lineno
                        if not isinstance(each, nodes.TemplateData):
                            self.complain(_unprintable(self.kind(each), each))
                case nodes.If():
                    self.kind(node.test)
                    self.body([*node.body, *node.elif_, *node.else_])
                case nodes.Assign():
                    self.frames[-1].update(_bound(node.target, self.kind(node.node)))
                case nodes.For():
                    self.loop(node)

    def loop(self, loop: nodes.For) -> None:
        """Go into a loop with the names that it gives, and out again."""
        kind = self.kind(loop.iter)
        if kind.word not in ("", LIST):
            self.complain(
                f"{_spelled(loop.iter)} adalah {kind.word}, bukan daftar; {{% for %}} memerlukan daftar."
            )
        item = kind.item or UNKNOWN
        self.frames.append({"loop": _loop_kind(item), **_bound(loop.target, item)})
        if loop.test is not None:
            self.kind(loop.test)
        self.body(loop.body)
        self.frames.pop()
        self.body(loop.else_)

    def kind(self, node: nodes.Node) -> ValueKind:
        """The kind of an expression."""
        reader: Callable[[_Walk, Any], ValueKind] = _READERS.get(type(node), _Walk.other)
        return reader(self, node)

    def other(self, node: nodes.Node) -> ValueKind:
        """An expression of which only the parts are looked at."""
        for child in node.iter_child_nodes():
            self.kind(child)
        return UNKNOWN

    def name(self, node: nodes.Name) -> ValueKind:
        """A name of a loop, a setting, a field."""
        for names in (*reversed(self.frames), self.top.fields):
            if node.name in names:
                return names[node.name]
        if node.name in FUNCTIONS:
            self.complain(f"«{node.name}» adalah fungsi; tambahkan tanda kurung, {node.name}(…).")
        elif node.name == "loop":
            self.complain("«loop» hanya dikenal di dalam {% for … %}.")
        else:
            self.unknown(node.name, self.top)
        return UNKNOWN

    def item(self, node: nodes.Getitem) -> ValueKind:
        """A part of a group by name, or an item of a list."""
        if isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
            return self.inside(node.node, node.arg.value)
        self.kind(node.arg)
        return self.kind(node.node).item or UNKNOWN

    def inside(self, base: nodes.Node, name: str) -> ValueKind:
        """The part of that name of a base."""
        owner, spelling = self.kind(base), _spelled(base)
        if owner.unknown or name in owner.fields:
            return owner.fields.get(name, UNKNOWN)
        if owner.word == GROUP:
            self.unknown(name, owner)
        elif owner.word == LIST:
            loops, variable = _loops_over(owner.path or "daftar")
            known = owner.item is not None and name in owner.item.fields
            use = f"pakai {variable}.{name}" if known else "bagian setiap butirnya dipakai"
            self.complain(f"{spelling} adalah daftar; {use} di dalam {loops}.")
        else:
            self.complain(f"{spelling} adalah {owner.word}; tidak ada «{name}» di dalamnya.")
        return UNKNOWN

    def called(self, call: nodes.Call) -> ValueKind:
        """A function of a template."""
        for value in (*call.args, *(each.value for each in call.kwargs)):
            if self.kind(value).rich:
                self.complain(_ALONE)
        name = call.node.name if isinstance(call.node, nodes.Name) else ""
        if name not in FUNCTIONS or name == "namespace":
            return UNKNOWN
        try:
            inspect.signature(FUNCTIONS[name]).bind(*call.args, **{each.key: None for each in call.kwargs})
        except TypeError:
            self.complain(
                f"isi kurung «{name}» kurang, berlebih, atau salah nama; lihat: lkt template fields."
            )
        return UNKNOWN if name.startswith("daftar") else _NUMBERING

    def filtered(self, node: nodes.Filter) -> ValueKind:
        """A value behind a filter."""
        for value in (*node.args, *(each.value for each in node.kwargs)):
            self.kind(value)
        if node.node is None:
            return UNKNOWN
        kind = self.kind(node.node)
        takes, gives = _TAKES.get(node.name, ()), _given(kind, node)
        if node.name in self.env.own_filters:
            hints = get_type_hints(self.env.own_filters[node.name])
            taken, gives = (_of_annotation(hints.get(each)) for each in (next(iter(hints), ""), "return"))
            takes = () if taken.unknown else (taken.word,)
        if kind.unknown:
            return gives
        if complaint := self.misfit(kind, node, takes, of_texts=node.name in self.env.own_filters):
            self.complain(complaint)
            return UNKNOWN
        attribute = _attribute_of(node)
        if attribute and kind.item and kind.item.fields and attribute not in kind.item.fields:
            self.unknown(attribute, kind.item)
        return gives

    def misfit(self, kind: ValueKind, node: nodes.Filter, takes: Sequence[str], *, of_texts: bool) -> str:
        """Why a filter cannot take a value of that kind; empty when it can."""
        assert node.node is not None
        if kind.rich:
            return _ALONE
        if takes and kind.word not in takes:
            words = " atau ".join(sorted(takes))
            given = f"sedangkan {_spelled(node.node)} adalah {kind.word}."
            return f"penyaring «{node.name}» memerlukan {words}, {given}"
        if of_texts and kind.item and kind.item.word in (GROUP, NUMBER.word):
            part = next(iter(kind.item.fields), "nama")
            return (
                f"penyaring «{node.name}» memerlukan daftar teks; pilih satu bagian setiap butir, misalnya "
                f'map(attribute="{part}")|{node.name}.'
            )
        return ""

    def joined(self, node: nodes.Concat) -> ValueKind:
        """Values joined by ``~``."""
        for part in node.nodes:
            kind = self.kind(part)
            self.complain(_ALONE if kind.rich else _unprintable(kind, part))
        return TEXT

    def reckoned(self, node: nodes.BinExpr) -> ValueKind:
        """A sum or a difference."""
        left, right = self.kind(node.left), self.kind(node.right)
        if left.rich or right.rich:
            self.complain(_ALONE)
        elif left.unknown or right.unknown or left.word == right.word == NUMBER.word:
            return _either([left, right])
        elif isinstance(node, nodes.Add) and left.word == right.word and left.word in (TEXT.word, LIST):
            return left
        else:
            sign = "+" if isinstance(node, nodes.Add) else "−"
            self.complain(f"{left.word} {sign} {right.word} tidak dapat dihitung; hanya bilangan yang dapat.")
        return UNKNOWN

    def compared(self, node: nodes.Compare) -> ValueKind:
        """A comparison; a text is never equal to a number."""
        left = self.kind(node.expr)
        for operand in node.ops:
            right = self.kind(operand.expr)
            if operand.op in _ORDERED and {left.word, right.word} == {TEXT.word, NUMBER.word}:
                texts = node.expr if left.word == TEXT.word else operand.expr
                self.complain(
                    f"{_spelled(texts)} adalah teks, sedangkan pembandingnya bilangan, sehingga tidak pernah "
                    'sama; tulis bilangannya di antara tanda kutip, misalnya "1".'
                )
            left = right
        return TRUTH

    def chosen(self, node: nodes.CondExpr) -> ValueKind:
        """One of two values."""
        self.kind(node.test)
        return _either(self.kind(each) for each in (node.expr1, node.expr2) if each is not None)

    def tested(self, node: nodes.Test | nodes.Not) -> ValueKind:
        """A truth; only a field that does not exist can be undefined."""
        if not isinstance(node, nodes.Test) or node.name not in ("defined", "undefined"):
            self.other(node)
        return TRUTH


_READERS: Mapping[type[nodes.Node], Callable[[_Walk, Any], ValueKind]] = {
    nodes.Const: lambda _, node: _OF_PYTHON.get(type(node.value), UNKNOWN),
    nodes.Name: _Walk.name,
    nodes.Getattr: lambda walk, node: walk.inside(node.node, node.attr),
    nodes.Getitem: _Walk.item,
    nodes.Filter: _Walk.filtered,
    nodes.Call: _Walk.called,
    nodes.Concat: _Walk.joined,
    nodes.Add: _Walk.reckoned,
    nodes.Sub: _Walk.reckoned,
    nodes.Compare: _Walk.compared,
    nodes.CondExpr: _Walk.chosen,
    nodes.And: lambda walk, node: _either([walk.kind(node.left), walk.kind(node.right)]),
    nodes.Or: lambda walk, node: _either([walk.kind(node.left), walk.kind(node.right)]),
    nodes.Not: _Walk.tested,
    nodes.Test: _Walk.tested,
    nodes.Tuple: lambda walk, node: ValueKind(LIST, item=_either(map(walk.kind, node.items))),
    nodes.List: lambda walk, node: ValueKind(LIST, item=_either(map(walk.kind, node.items))),
}


def _loop_kind(item: ValueKind) -> ValueKind:
    """What ``loop`` is inside a loop over such items."""
    truths = dict.fromkeys(("first", "last"), TRUTH)
    items = dict.fromkeys(("previtem", "nextitem"), item)
    return ValueKind(GROUP, fields=dict.fromkeys(sorted(LOOP_FIELDS), NUMBER) | truths | items)


def _either(kinds: Iterable[ValueKind]) -> ValueKind:
    """What is one of several kinds: that kind if all are alike."""
    found = list(kinds)
    return found[0] if found and len({kind.word for kind in found}) == 1 else UNKNOWN


def _bound(target: nodes.Node, kind: ValueKind) -> Mapping[str, ValueKind]:
    """The names that a loop or setting gives, with their kinds."""
    if isinstance(target, nodes.Name):
        return {target.name: kind}
    return {name.name: UNKNOWN for name in target.find_all(nodes.Name)}


# References to tables and pictures that are nowhere numbered ----------------------------------------------


def _lost_references(parsed: Parsed) -> Iterator[Mistake]:
    """Yield the references whose key no caption of the template can have.

    A key that is put together, ``"log-" ~ i.nomor``, stands for all that begin alike.
    """
    captions: set[str] = set()
    beginnings: list[str] = []
    references: list[tuple[str, Tag]] = []
    for call in parsed.tree.find_all(nodes.Call):
        name = call.node.name if isinstance(call.node, nodes.Name) else ""
        tag = parsed.source.tag_at(call.lineno)
        match [*call.args[:1], *(each.value for each in call.kwargs if each.key == "key")]:
            case [nodes.Const(value=str(key)), *_] if name == "rujuk" and tag:
                references.append((key, tag))
            case [nodes.Const(value=str(key)), *_] if name in _CAPTIONS:
                captions.add(key)
            case [nodes.Concat(nodes=[nodes.Const(value=str(key)), *_]), *_] if name in _CAPTIONS:
                beginnings.append(key)
            case _ if name in _CAPTIONS:
                beginnings.append("")
    for key, tag in references:
        if key not in captions and not key.startswith(tuple(beginnings)):
            reason = f"tidak ada tabel atau gambar dengan kunci «{key}»."
            yield tag.problem(reason + suggestion(key, sorted(captions)))
