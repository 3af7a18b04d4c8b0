"""The fields a template uses, as dotted names from the top of its context."""

from collections.abc import Iterable

from jinja2 import nodes

from lkt.report.sandbox import FUNCTIONS

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
