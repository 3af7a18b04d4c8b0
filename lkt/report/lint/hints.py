"""What the user most likely means by a name that does not exist where it stands."""

from collections.abc import Iterable

from lkt.bahasa import nearest
from lkt.report.lint.kinds import Kind, all_kinds
from lkt.report.lint.scope import Scope

_SURE = 0.8  # how alike a name must be to go before others
_SHOWN = 3  # lists that are named as the place of a field


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


def _near(name: str, here: Iterable[str], top: Kind) -> str:
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
