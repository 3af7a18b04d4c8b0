"""What the user most likely means by a name that does not exist where it stands."""

from collections.abc import Iterable

from lkt.bahasa import nearest
from lkt.report.lint.kinds import Kind, all_kinds
from lkt.report.lint.scope import Scope

_SURE = 0.8


def unknown_name(name: str, owner: Kind, scope: Scope, others: Iterable[str] = ()) -> str:
    """The complaint about a name that ``owner`` does not have.

    Args:
        name: the name as written.
        owner: the group it was looked for in, the top level included.
        scope: the names that can be used at the tag.
        others: further names that exist there, such as functions.
    """
    hint = _hint(name, owner, scope, others)
    return f"nama «{name}» tidak dikenal." + (f" {hint}" if hint else "")


def _hint(name: str, owner: Kind, scope: Scope, others: Iterable[str]) -> str:
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


def _elsewhere(name: str, top: Kind) -> str:
    """The field of that name that lies least deep."""
    found = [kind.path for kind in all_kinds(top) if kind.path.rpartition(".")[2] == name]
    if not found:
        return ""
    path = min(found, key=lambda each: (each.count("[]"), each.count(".")))
    if "[]" not in path:
        return f"Maksud Anda «{path}»?"
    owner = path.rpartition(".")[0]
    loops, variable = loops_over(owner)
    return f"«{name}» ada di dalam «{owner.removesuffix('[]')}»: pakai {variable}.{name} di dalam {loops}."


def _near(name: str, here: Iterable[str], top: Kind) -> str:
    if near := nearest(name, here):
        return f"Maksud Anda «{near}»?"
    last = {path.rpartition(".")[2]: path for path in _plain_paths(top)}
    far = nearest(name, last, _SURE)
    return f"Maksud Anda «{last[far]}»?" if far else ""


def _plain_paths(top: Kind) -> list[str]:
    return [kind.path for kind in all_kinds(top) if "[]" not in kind.path]


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
