"""The kind of an expression, and the complaints about the names and kinds in it."""

import inspect
from collections.abc import Callable, Iterable, Mapping

from jinja2 import nodes
from jinja2.utils import Namespace

from lkt.report.lint.complaints import ALONE, NUMBERING, inside_a_list, misfit, rich, spelled, unprintable
from lkt.report.lint.filters import attribute_of, given
from lkt.report.lint.hints import unknown_name
from lkt.report.lint.kinds import GROUP, LIST, NUMBER, TEXT, TRUTH, UNKNOWN, Kind
from lkt.report.lint.scope import Scope
from lkt.report.sandbox import FUNCTIONS, LOOP_FIELDS

_LOOP = "loop"
_NUMBERING = ("tabel", "gambar", "rujuk")
_ORDERED = ("eq", "ne", "lt", "lteq", "gt", "gteq")


def loop_kind(item: Kind) -> Kind:
    """What ``loop`` is inside a loop over such items."""
    truths = dict.fromkeys(("first", "last"), TRUTH)
    items = dict.fromkeys(("previtem", "nextitem"), item)
    return Kind(GROUP, fields=dict.fromkeys(sorted(LOOP_FIELDS), NUMBER) | truths | items)


class Expressions:
    """Reads the expressions of a template, tag by tag.

    Args:
        scope: the names that can be used.
        complain: is given each complaint.
    """

    def __init__(self, scope: Scope, complain: Callable[[str], None]) -> None:
        self.scope = scope
        self.complain = complain

    def kind(self, node: nodes.Node) -> Kind:
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

    def _field(self, node: nodes.Name | nodes.Getattr | nodes.Getitem) -> Kind:
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

    def _combined(self, node: nodes.Node) -> Kind:
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

    def _rest(self, node: nodes.Node) -> Kind:
        match node:
            case nodes.Test(name="defined" | "undefined"):
                return TRUTH
            case nodes.Tuple() | nodes.List():
                return Kind(LIST, item=_either([self.kind(each) for each in node.items]))
            case _:
                for child in node.iter_child_nodes():
                    self.kind(child)
                return TRUTH if isinstance(node, (nodes.Not, nodes.Test)) else UNKNOWN

    # Names ---------------------------------------------------------------------------------------------

    def _name(self, node: nodes.Name) -> Kind:
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

    def _inside(self, base: nodes.Node, name: str) -> Kind:
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

    def _called(self, call: nodes.Call) -> Kind:
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

    def _filtered(self, node: nodes.Filter) -> Kind:
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

    def _reckoned(self, node: nodes.BinExpr) -> Kind:
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


def _constant(value: object) -> Kind:
    match value:
        case bool():
            return TRUTH
        case int():
            return NUMBER
        case str():
            return TEXT
        case _:
            return UNKNOWN


def _either(kinds: list[Kind]) -> Kind:
    """What is one of several kinds: that kind if all are alike."""
    return kinds[0] if kinds and len({kind.word for kind in kinds}) == 1 else UNKNOWN


def _can_be_called(function: Callable[..., object], args: int, names: list[str]) -> bool:
    try:
        inspect.signature(function).bind(*[None] * args, **dict.fromkeys(names))
    except TypeError:
        return False
    return True


def bound(target: nodes.Node, kind: Kind) -> Mapping[str, Kind]:
    """The names that a loop or setting gives, with their kinds."""
    if isinstance(target, nodes.Name):
        return {target.name: kind}
    return {name.name: UNKNOWN for name in target.find_all(nodes.Name)}
