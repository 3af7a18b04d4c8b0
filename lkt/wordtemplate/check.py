"""What is wrong with the tags of a template: how they are written, their names, filters, kinds of values.

``read`` parses a template, ``check`` looks through the parse; both tell all mistakes at once.
"""

# ruff: noqa: N802, N815 - Jinja's visitor calls methods by the names of its nodes

import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from math import isfinite
from typing import Any, NamedTuple, get_args, get_origin, get_type_hints

import jinja2
from jinja2 import nodes
from jinja2.visitor import NodeVisitor

from lkt.indonesian import nearest
from lkt.wordtemplate import limits
from lkt.wordtemplate.blocks import CLOSERS, pair
from lkt.wordtemplate.fields import (
    GROUP,
    LIST,
    NUMBER,
    NUMBERING,
    OF_PYTHON,
    TEXT,
    TRUTH,
    UNKNOWN,
    Catalogue,
    ValueKind,
    all_kinds,
)
from lkt.wordtemplate.sandbox import FUNCTIONS, LOOP_FIELDS, TemplateEnvironment
from lkt.wordtemplate.tags import (
    CELL_TAGS,
    OUTPUT_END,
    STATEMENT_END,
    STATEMENT_START,
    Mistake,
    Tag,
    TemplateSource,
    source_of,
)

# Parsing a template, and what can be read of one that has mistakes ----------------------------------------

_BARE = ("else", *CLOSERS, *(word for word, valued in CELL_TAGS.items() if not valued))
_KEYWORDS = ("for", "endfor", "if", "elif", "else", "endif", "set", *CELL_TAGS)
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
    source = source_of(
        (tag, _in_place_of(tag) if code == tag.code and reasons[tag.written] else code, "")
        for tag, code in balanced
    )
    try:
        return Parsed(env.parse(source.text), source, mistakes)
    except _UNREADABLE:
        return Parsed(nodes.Template([], lineno=1), source, mistakes)


def _in_place_of(tag: Tag) -> str:
    """What can be read in the place of a tag that cannot; of a loop, words before «in» are names."""
    match tag.keyword:
        case "for":
            words = tag.body.partition(" in ")[0].replace(",", " ").split()[1:]
            return f"for {', '.join(filter(str.isidentifier, words)) or 'x'} in ()"
        case "if" | "elif":
            return f"{tag.keyword} 1"
        case word if word in _BARE:
            return word
        case _:
            return "set _ = 1" if word == "set" else "''"


def _misused(tag: Tag) -> str:
    """What is wrong with a tag at first sight; empty when nothing is."""
    if tag.kind == "{%" and tag.keyword not in _KEYWORDS:
        return f"perintah «{tag.keyword}» tidak dikenal; yang ada: {', '.join(_KEYWORDS)}."
    if tag.keyword in _BARE and tag.body != tag.keyword:
        return f"sesudah «{tag.keyword}» tidak boleh ada apa-apa lagi."
    deep = sum(map(tag.body.count, ("(", "[", "-", "~", "+", "not ")))
    if len(tag.body) > limits.LONGEST_TAG or deep > limits.DEEPEST_TAG:
        return TOO_DEEP
    return ""


def _unreadable(tag: Tag, env: TemplateEnvironment) -> str:
    """Why a tag cannot be read by itself; empty when it can."""
    if (reason := _misused(tag)) or tag.keyword in _BARE:
        return reason
    body = tag.code.removeprefix("el") if tag.keyword == "elif" else tag.code
    closer = {"for": "endfor", "if": "endif", "elif": "endif"}.get(tag.keyword)
    text = source_of([(tag, body, f"{STATEMENT_START}{closer}{STATEMENT_END}" if closer else "")]).text
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


# Filters: what each takes and gives; one that is not named here takes and gives anything ------------------

_SHORT, _LISTS, _MANY = (TEXT.word, NUMBER.word), (LIST,), (LIST, TEXT.word)
_TEXTS = ValueKind(LIST, item=TEXT)
_BY_ATTRIBUTE = ("map", "selectattr", "rejectattr", "sort", "unique")
_CHOOSING = ("sort", "unique", "list", "select", "selectattr", "reject", "rejectattr")
_Use = tuple[Sequence[str], Callable[[ValueKind], ValueKind]]
_ANY_USE: _Use = ((), lambda _: UNKNOWN)
_FILTERS: Mapping[str, _Use] = {
    **dict.fromkeys(("upper", "lower", "title", "capitalize", "trim"), (_SHORT, lambda _: TEXT)),
    **dict.fromkeys(("length", "count"), (_MANY, lambda _: NUMBER)),
    **dict.fromkeys(("first", "last"), (_LISTS, lambda kind: kind.item or UNKNOWN)),
    **dict.fromkeys(_CHOOSING, (_LISTS, lambda kind: kind)),
    "default": ((), lambda kind: kind),
    "e": (_SHORT, lambda kind: kind),
    "reverse": (_MANY, lambda _: UNKNOWN),
    "join": (_LISTS, lambda _: TEXT),
    "batch": (_LISTS, lambda kind: ValueKind(LIST, item=kind)),
    "map": (_LISTS, lambda _: ValueKind(LIST, item=UNKNOWN)),
}


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
    if isinstance(annotation, type) and annotation in OF_PYTHON:
        return OF_PYTHON[annotation]
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
    walk = _Walk(parsed, env, catalogue.kinds if catalogue else UNKNOWN)
    try:
        walk.look_for_loops()
        walk.visit(parsed.tree)
        walk.look_for_captions()
    except RecursionError:  # Jinja reads a sum of hundreds one by one, and nests them
        longest = max(parsed.source.tags, key=lambda tag: len(tag.body))
        walk.found.append(longest.problem(TOO_DEEP))
    except _EnoughError:
        told = f"baru {limits.MISTAKES} kesalahan isian yang disebut; perbaiki dahulu, lalu periksa lagi."
        walk.found.append(Mistake("berkas templat", "", told))
    return walk.found


class _EnoughError(Exception):
    """So many mistakes were found that what is meant by further ones is not worth looking for."""


class _Walk(NodeVisitor):
    """Goes through the parse with the names that each place may use; an expression gives its kind.

    Attributes:
        found: what is wrong so far.
    """

    def __init__(self, parsed: Parsed, env: TemplateEnvironment, top: ValueKind) -> None:
        self.found: list[Mistake] = []
        self.parsed = parsed
        self.env = env
        self.top = top  # the kinds of all fields; unknown where the fields are
        self.line = 0
        self.frames: list[dict[str, ValueKind]] = [{}]  # the names of loops and settings, the innermost last
        self.loops: dict[str, str] = {}  # the name of the items of each loop -> the loop as it is written
        self.captions: list[tuple[str, bool]] = []  # their keys, or only what those begin with
        self.references: list[tuple[str, int]] = []  # the keys, and the lines of their tags

    def complain(self, reason: str, *, line: int = 0) -> None:
        """Note something that is wrong with the present tag, or that of a line."""
        tag = self.parsed.source.tag_at(line or self.line)
        if reason and tag is not None:
            self.found.append(tag.problem(reason))
        if len(self.found) >= limits.MISTAKES:
            raise _EnoughError

    def object(self, reason: str) -> None:
        """Complain where the fields are known: else they may be whatever is right."""
        if not self.top.unknown:
            self.complain(reason)

    def unknown(self, name: str, owner: ValueKind) -> None:
        """Complain about a name that a group, or the top level, does not have."""
        at_top = owner is self.top
        local = {key: kind for frame in self.frames for key, kind in frame.items()}
        here = [*owner.fields, *((*FUNCTIONS, *local) if at_top else ())]
        around = (key for key, kind in reversed(local.items()) if name in kind.fields)
        if at_top and (loop := self.loops.get(name)):
            hint = (
                f"«{name}» hanya dikenal di dalam {loop}; pindahkan tag ini di antara {loop} dan penutupnya."
            )
        elif near := nearest(name, here, _SURE):
            hint = f"Maksud Anda «{near}»?"
        elif variable := next(around, ""):
            hint = f"Maksud Anda «{variable}.{name}»?"
        else:
            hint = _elsewhere(name, self.top) or _spelled_alike(name, here, self.top)
        self.object(f"nama «{name}» tidak dikenal. {hint}".rstrip())

    def look_for_loops(self) -> None:
        """Note the loops, for names that stand outside of theirs."""
        for loop in self.parsed.tree.find_all(nodes.For):
            tag = self.parsed.source.tag_at(loop.lineno)
            if tag is not None and isinstance(loop.target, nodes.Name):
                self.loops[loop.target.name] = f"{{% {tag.body} %}}"

    def visit(self, node: nodes.Node, *_: Any, **__: Any) -> ValueKind:
        """Visit a statement or an expression; what is known of it."""
        self.line = node.lineno or self.line  # an operand has none, and follows its comparison
        self.complain(_forbidden(node, self.env))
        kind: ValueKind = super().visit(node) or UNKNOWN
        return kind

    def generic_visit(self, node: nodes.Node, *_: Any, **__: Any) -> ValueKind:
        """Visit the parts of anything else, of which nothing is known."""
        for child in node.iter_child_nodes():
            self.visit(child)
        return UNKNOWN

    def visit_Output(self, output: nodes.Output) -> None:
        """Each value is printed."""
        for each in output.nodes:
            kind = self.visit(each)
            tag = self.parsed.source.tag_at(each.lineno)
            keyword = tag.keyword if tag else ""
            if keyword == "colspan" and kind.word not in ("", NUMBER.word):
                self.object(f"«colspan» memerlukan bilangan, sedangkan {_spelled(each)} adalah {kind.word}.")
            elif keyword == "cellbg" and kind.word not in ("", TEXT.word):
                self.object(f"«cellbg» memerlukan kode warna, sedangkan {_spelled(each)} adalah {kind.word}.")
            elif not keyword and not isinstance(each, nodes.TemplateData):
                self.object(_unprintable(kind, each))

    def visit_Assign(self, node: nodes.Assign) -> None:
        """A setting gives a name from here on."""
        self.frames[-1].update(_bound(node.target, self.visit(node.node)))

    def visit_For(self, loop: nodes.For) -> None:
        """A loop gives names to its body."""
        kind = self.visit(loop.iter)
        if kind.word not in ("", LIST):
            self.object(
                f"{_spelled(loop.iter)} adalah {kind.word}, bukan daftar; {{% for %}} memerlukan daftar."
            )
        item = kind.item or UNKNOWN
        self.frames.append({"loop": _loop_kind(item), **_bound(loop.target, item)})
        for inner in filter(None, (loop.test, *loop.body)):
            self.visit(inner)
        self.frames.pop()
        for inner in loop.else_:
            self.visit(inner)

    def visit_Const(self, node: nodes.Const) -> ValueKind:
        """A text or a number."""
        return OF_PYTHON.get(type(node.value), UNKNOWN)

    def visit_Tuple(self, node: nodes.Tuple | nodes.List) -> ValueKind:
        """A list."""
        return ValueKind(LIST, item=_either(map(self.visit, node.items)))

    visit_List = visit_Tuple

    def visit_Name(self, node: nodes.Name) -> ValueKind:
        """A name of a loop, a setting, a field."""
        for names in (*reversed(self.frames), self.top.fields):
            if node.name in names:
                return names[node.name]
        if self.top.unknown:
            return UNKNOWN
        if node.name in FUNCTIONS:
            self.object(f"«{node.name}» adalah fungsi; tambahkan tanda kurung, {node.name}(…).")
        elif node.name == "loop":
            self.object("«loop» hanya dikenal di dalam {% for … %}.")
        else:
            self.unknown(node.name, self.top)
        return UNKNOWN

    def visit_Getattr(self, node: nodes.Getattr) -> ValueKind:
        """A part of a group by name."""
        return self.inside(node.node, node.attr)

    def visit_Getitem(self, node: nodes.Getitem) -> ValueKind:
        """A part of a group by name, or an item of a list."""
        if isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
            return self.inside(node.node, node.arg.value)
        self.visit(node.arg)
        return self.visit(node.node).item or UNKNOWN

    def inside(self, base: nodes.Node, name: str) -> ValueKind:
        """The part of that name of a base."""
        owner, spelling = self.visit(base), _spelled(base)
        if owner.unknown or name in owner.fields:
            return owner.fields.get(name, UNKNOWN)
        if owner.word == GROUP:
            self.unknown(name, owner)
        elif owner.word == LIST:
            loops, variable = _loops_over(owner.path or "daftar")
            known = owner.item is not None and name in owner.item.fields
            use = f"pakai {variable}.{name}" if known else "bagian setiap butirnya dipakai"
            self.object(f"{spelling} adalah daftar; {use} di dalam {loops}.")
        else:
            self.object(f"{spelling} adalah {owner.word}; tidak ada «{name}» di dalamnya.")
        return UNKNOWN

    def visit_Call(self, call: nodes.Call) -> ValueKind:
        """A function of a template."""
        for value in (*call.args, *(each.value for each in call.kwargs)):
            if self.visit(value).rich:
                self.object(_ALONE)
        name = call.node.name if isinstance(call.node, nodes.Name) else ""
        if name not in FUNCTIONS or name == "namespace":
            return UNKNOWN
        match [*call.args[:1], *(each.value for each in call.kwargs if each.key == "key")]:
            case [nodes.Const(value=str(key))] if name == "rujuk":
                self.references.append((key, self.line))
            case [nodes.Const(value=str(key))] if name in _CAPTIONS:
                self.captions.append((key, True))
            case [nodes.Concat(nodes=[nodes.Const(value=str(key)), *_])] if name in _CAPTIONS:
                self.captions.append((key, False))
            case _ if name in _CAPTIONS:
                self.captions.append(("", False))
        try:
            inspect.signature(FUNCTIONS[name]).bind(*call.args, **{each.key: None for each in call.kwargs})
        except TypeError:
            self.object(f"isi kurung «{name}» kurang, berlebih, atau salah nama; lihat: lkt template fields.")
        return UNKNOWN if name.startswith("daftar") else NUMBERING

    def look_for_captions(self) -> None:
        """Complain about references whose key no caption can have, where all that can be read was.

        A key that is put together, ``"log-" ~ i.nomor``, stands for all that begin alike.
        """
        whole = [key for key, exact in self.captions if exact]
        beginnings = tuple(key for key, exact in self.captions if not exact)
        for key, line in self.references:
            lost = not self.parsed.mistakes and key not in whole and not key.startswith(beginnings)
            if lost and not self.top.unknown:
                reason = f"tidak ada tabel atau gambar dengan kunci «{key}»."
                self.complain(reason + suggestion(key, sorted(whole)), line=line)

    def visit_Filter(self, node: nodes.Filter) -> ValueKind:
        """A value behind a filter."""
        for value in (*node.args, *(each.value for each in node.kwargs)):
            self.visit(value)
        if node.node is None:
            return UNKNOWN
        kind = self.visit(node.node)
        takes, give = _FILTERS.get(node.name, _ANY_USE)
        attribute, gives = _attribute_of(node), give(kind)
        if node.name == "map" and kind.item:
            gives = ValueKind(LIST, item=kind.item.fields.get(attribute, UNKNOWN))
        if node.name in self.env.own_filters:
            hints = get_type_hints(self.env.own_filters[node.name])
            taken, gives = (_of_annotation(hints.get(each)) for each in (next(iter(hints), ""), "return"))
            takes = () if taken.unknown else (taken.word,)
        if kind.unknown:
            return gives
        if complaint := self.misfit(kind, node, takes, of_texts=node.name in self.env.own_filters):
            self.object(complaint)
            return UNKNOWN
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

    def visit_Concat(self, node: nodes.Concat) -> ValueKind:
        """Values joined by ``~``."""
        for part in node.nodes:
            kind = self.visit(part)
            self.object(_ALONE if kind.rich else _unprintable(kind, part))
        return TEXT

    def visit_Add(self, node: nodes.BinExpr) -> ValueKind:
        """A sum or a difference."""
        left, right = self.visit(node.left), self.visit(node.right)
        if left.rich or right.rich:
            self.object(_ALONE)
        elif left.unknown or right.unknown or left.word == right.word == NUMBER.word:
            return _either([left, right])
        elif isinstance(node, nodes.Add) and left.word == right.word and left.word in (TEXT.word, LIST):
            return left
        else:
            sign = "+" if isinstance(node, nodes.Add) else "−"
            self.object(f"{left.word} {sign} {right.word} tidak dapat dihitung; hanya bilangan yang dapat.")
        return UNKNOWN

    visit_Sub = visit_Add

    def visit_Compare(self, node: nodes.Compare) -> ValueKind:
        """A comparison; a text is never equal to a number."""
        left = self.visit(node.expr)
        for operand in node.ops:
            right = self.visit(operand.expr)
            if operand.op in _ORDERED and {left.word, right.word} == {TEXT.word, NUMBER.word}:
                texts = node.expr if left.word == TEXT.word else operand.expr
                self.object(
                    f"{_spelled(texts)} adalah teks, sedangkan pembandingnya bilangan, sehingga tidak pernah "
                    'sama; tulis bilangannya di antara tanda kutip, misalnya "1".'
                )
            left = right
        return TRUTH

    def visit_CondExpr(self, node: nodes.CondExpr) -> ValueKind:
        """One of two values."""
        self.visit(node.test)
        return _either(self.visit(each) for each in (node.expr1, node.expr2) if each is not None)

    def visit_And(self, node: nodes.BinExpr) -> ValueKind:
        """One of two values."""
        return _either([self.visit(node.left), self.visit(node.right)])

    visit_Or = visit_And

    def visit_Not(self, node: nodes.Node) -> ValueKind:
        """A truth."""
        self.generic_visit(node)
        return TRUTH

    def visit_Test(self, node: nodes.Test) -> ValueKind:
        """A truth; only a field that does not exist can be undefined."""
        if node.name not in ("defined", "undefined"):
            return self.visit_Not(node)
        for part in node.find_all(nodes.Node):
            self.complain(_forbidden(part, self.env))
        return TRUTH


def _loop_kind(item: ValueKind) -> ValueKind:
    """What ``loop`` is inside a loop over such items."""
    truths = dict.fromkeys(("first", "last"), TRUTH)
    items = dict.fromkeys(("previtem", "nextitem"), item)
    return ValueKind(GROUP, fields=dict.fromkeys(sorted(LOOP_FIELDS), NUMBER) | truths | items)


def _either(kinds: Iterable[ValueKind]) -> ValueKind:
    found = list(kinds)
    return found[0] if found and len({kind.word for kind in found}) == 1 else UNKNOWN


def _bound(target: nodes.Node, kind: ValueKind) -> Mapping[str, ValueKind]:
    """The names that a loop or setting gives, with their kinds."""
    if isinstance(target, nodes.Name):
        return {target.name: kind}
    return {name.name: UNKNOWN for name in target.find_all(nodes.Name)}
