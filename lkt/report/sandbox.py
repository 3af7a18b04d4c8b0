"""The Jinja environment of a template: fields, loops and conditions, and no way into Python."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import jinja2
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.filters import FILTERS
from jinja2.runtime import Context, LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Namespace, missing

from lkt.report import budget, source
from lkt.report.values import daftar_gambar, daftar_isi, daftar_tabel, gambar, rujuk, tabel

if TYPE_CHECKING:
    from lkt.report.ledger import Ledger

LEDGER = " ledger"  # where a rendering finds its ledger; no name of a template can be that
FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "tabel": tabel,
    "gambar": gambar,
    "rujuk": rujuk,
    "daftar_isi": daftar_isi,
    "daftar_tabel": daftar_tabel,
    "daftar_gambar": daftar_gambar,
    "namespace": Namespace,
}

_FILTERS = (
    "batch", "capitalize", "count", "first", "join", "last", "length", "list", "lower", "map", "reject",
    "rejectattr", "reverse", "select", "selectattr", "sort", "title", "trim", "unique", "upper",
)  # fmt: skip
LOOP_FIELDS = frozenset(
    ("index", "index0", "revindex", "revindex0", "first", "last", "length", "depth", "previtem", "nextitem")
)


class UnknownFieldError(jinja2.UndefinedError):
    """A field does not exist.

    Args:
        name: its name; None for an expression that yields nothing.
        owner: what should have it; ``missing`` for a name of the top level.
    """

    def __init__(self, message: str, *, name: object, owner: object) -> None:
        super().__init__(message)
        self.name = name
        self.owner = owner

    def known(self, top: Mapping[str, object]) -> list[str]:
        """The names that exist where this one was looked for."""
        owner = top if self.owner is missing else self.owner
        return [name for name in owner if isinstance(name, str)] if isinstance(owner, Mapping) else []


class MissingField(jinja2.StrictUndefined):
    """A field that does not exist: any use of it raises UnknownFieldError."""

    __slots__ = ()

    def __init__(
        self, hint: str | None = None, obj: Any = missing, name: Any = None, exc: Any = None
    ) -> None:
        del exc
        failure: Any = partial(UnknownFieldError, name=name, owner=obj)
        super().__init__(hint, obj, name, failure)


@jinja2.pass_context
def _finalize(context: Context, value: object) -> str:
    context.parent[budget.NAME].step(budget.OUTPUT)
    ledger: Ledger = context.parent[LEDGER]
    return ledger.write(value)


class _Generator(CodeGenerator):
    """Writes the code of a template in which a value is printed by ``_finalize`` alone.

    That gives XML in which all is escaped; Jinja would look through each value once more for nothing.
    """

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:  # noqa: ARG002
        self.write(finalize.src)

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:  # noqa: ARG002
        self.write(")")


class TemplateEnvironment(ImmutableSandboxedEnvironment):
    """Jinja without a loader, without globals but ours, and with names that reach into data only.

    Args:
        filters: filters beside those of Jinja that are harmless here.
    """

    intercepted_binops = frozenset({"+"})
    code_generator_class = _Generator

    def __init__(self, filters: Mapping[str, Callable[..., object]]) -> None:
        super().__init__(
            variable_start_string=source.OUTPUT_START,
            variable_end_string=source.OUTPUT_END,
            block_start_string=source.STATEMENT_START,
            block_end_string=source.STATEMENT_END,
            comment_start_string=source.COMMENT_START,
            comment_end_string=source.COMMENT_END,
            autoescape=True,
            undefined=MissingField,
            finalize=_finalize,
            keep_trailing_newline=True,
        )
        self.globals = dict(FUNCTIONS)
        every = {name: FILTERS[name] for name in _FILTERS} | dict(filters)
        own = {budget.LOOP: budget.loop, budget.JOINED: budget.joined}
        self.filters = {name: budget.bounded(name, function) for name, function in every.items()} | own

    def getattr(self, obj: Any, attribute: str) -> Any:
        """The item ``attribute`` of a mapping; of nothing else."""
        if type(obj) is dict and attribute in obj:  # nearly always
            return obj[attribute]
        return self.getitem(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """An item of a mapping or list, or what a loop knows of itself; never an attribute of an object."""
        if isinstance(obj, jinja2.Undefined):
            return str(obj)  # raises
        # The plain kinds stand first since they are usual, and asking for a kind of collection is slow.
        if isinstance(obj, (dict, Mapping)) and isinstance(argument, (str, Hashable)) and argument in obj:
            return obj[argument]
        if isinstance(obj, Sequence) and not isinstance(obj, (str, bytes)) and _within(obj, argument):
            return obj[argument]
        if _is_own(obj, argument):
            return getattr(obj, argument)
        return self.undefined(obj=obj, name=argument)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """A sum, no larger than is wanted."""
        if operator == "+":
            return budget.added(context, left, right)
        return super().call_binop(context, operator, left, right)

    def is_safe_callable(self, obj: Any) -> bool:
        """Only our own functions are called."""
        return any(obj is function for function in FUNCTIONS.values())


def _within(items: Sequence[object], index: object) -> bool:
    return isinstance(index, int) and -len(items) <= index < len(items)


def _is_own(obj: object, name: object) -> bool:
    if isinstance(obj, LoopContext):
        return name in LOOP_FIELDS
    return (
        isinstance(obj, Namespace)
        and isinstance(name, str)
        and not name.startswith("_")
        and hasattr(obj, name)
    )
