"""The Jinja environment of a template: fields, loops and conditions, no way into Python, and a budget."""

import time
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any

import jinja2
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.filters import FILTERS
from jinja2.runtime import Context, LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Namespace, missing

from lkt.wordtemplate import tags as source
from lkt.wordtemplate.values import (
    ValueProblemError,
    daftar_gambar,
    daftar_isi,
    daftar_tabel,
    gambar,
    rujuk,
    tabel,
)

if TYPE_CHECKING:
    from lkt.wordtemplate.values import Ledger

# What a template may spend: steps, characters and seconds, so that no template runs without end -----------


STEPS = 1_000_000
"""Turns of loops, and items that filters look at, in one part; the longest report takes a few thousand."""
CHARACTERS = 30_000_000
"""Of the XML of one part; a report of a hundred pages has a million or two."""
LONGEST = 1_000_000
"""Of one text, in characters, and of one list."""
SECONDS = 20
OUTPUT = 4
"""Steps for each value that is written."""

NAME = " budget"  # where a rendering finds its budget; no name of a template can be that
LOOP, JOINED = "\0for", "\0~"  # filters of our own, under names that no template can write
_LARGEST = 10**30
_TOO_MUCH = "pekerjaannya terlalu banyak; periksa «for» di dalam «for» dan yang disambung-sambung."
_TOO_LONG = "hasilnya terlalu panjang; periksa teks atau daftar yang disambung berulang-ulang."


class Budget:
    """What is left for one part."""

    def __init__(self) -> None:
        self._steps = STEPS
        self._end = time.monotonic() + SECONDS

    def step(self, count: int = 1) -> None:
        """Spend steps.

        Raises:
            ValueProblemError: there are none left, or no time.
        """
        self._steps -= count
        if self._steps < 0 or time.monotonic() > self._end:
            raise ValueProblemError(_TOO_MUCH)

    def joined(self, pieces: Iterable[str]) -> str:
        """The pieces of the result as one text, counted as they come.

        Raises:
            ValueProblemError: it is too long.
        """
        left, kept = CHARACTERS, list[str]()
        for piece in pieces:
            left -= len(piece)
            if left < 0:
                raise ValueProblemError(_TOO_LONG)
            kept.append(piece)
        return "".join(kept)


class Counted:
    """What a loop goes through; each turn costs a step.

    Args:
        items: as the template gave them.
        budget: what pays.
    """

    def __init__(self, items: Any, budget: Budget) -> None:
        self._items = items if hasattr(items, "__len__") else list(islice(items, LONGEST))
        self._budget = budget

    def __len__(self) -> int:
        """How many there are."""
        return len(self._items)

    def __iter__(self) -> Iterator[object]:
        """Each of them, paid for."""
        for item in self._items:
            self._budget.step()
            yield item


def require_short_sum(values: Iterable[object]) -> None:
    """Refuse texts that would be too long together.

    Raises:
        ValueProblemError: they would be.
    """
    if sum(len(value) for value in values if isinstance(value, (str, Sequence))) > LONGEST:
        raise ValueProblemError(_TOO_LONG)


def bounded(name: str, function: Callable[..., Any]) -> Callable[..., object]:
    """A filter that pays for what it looks at, and gives no more than fits."""
    wants_context = getattr(function, "jinja_pass_arg", None)

    @jinja2.pass_context
    def paid(context: Any, value: Any, *args: Any, **kwargs: Any) -> object:
        budget: Budget = context.parent[NAME]
        value = _listed(value)
        budget.step(1 + _weight(value))
        if name == "join":
            _require_short_join(value, *args, **kwargs)
        if name == "batch" and any(isinstance(arg, int) and arg > 1000 for arg in (*args, *kwargs.values())):
            raise ValueProblemError(_TOO_LONG)
        first = () if wants_context is None else (_first(wants_context, context),)
        return paid_for(_listed(function(*first, value, *args, **kwargs)), budget)

    return paid


def paid_for(value: object, budget: Budget) -> Any:
    """A value that was made, after its size is paid for: sixteen characters or one item for a step.

    Raises:
        ValueProblemError: it is longer than any that is wanted, or there are no steps left.
    """
    if isinstance(value, (str, Sequence, Mapping)):
        if len(value) > LONGEST:
            raise ValueProblemError(_TOO_LONG)
        budget.step(_weight(value))
    return value


def _weight(value: object) -> int:
    """The steps that looking at a value costs."""
    if isinstance(value, str):
        return len(value) // 16
    return len(value) if isinstance(value, (Sequence, Mapping)) else 0


@jinja2.pass_context
def loop(context: Any, items: Any) -> Counted:
    """What stands behind ``in`` of a loop, counted."""
    return Counted(items, context.parent[NAME])


@jinja2.pass_context
def joined(context: Any, pieces: list[object]) -> object:
    """Pieces joined by ``~``, as one text."""
    require_short_sum(pieces)
    return paid_for("".join(map(str, pieces)), context.parent[NAME])


def added(context: Any, left: Any, right: Any) -> object:
    """The sum of two numbers, texts or lists."""
    require_short_sum((left, right))
    total = left + right
    if isinstance(total, int) and abs(total) > _LARGEST:
        raise ValueProblemError(_TOO_LONG)
    return paid_for(total, context.parent[NAME])


def limited(tree: nodes.Template) -> None:
    """Let each loop and each ``~`` of a template pay."""
    for repeated in tree.find_all(nodes.For):
        repeated.iter = _through(repeated.iter, LOOP)
    for node in [tree, *tree.find_all(nodes.Node)]:
        for name, value in list(node.iter_fields()):
            if isinstance(value, nodes.Concat):
                setattr(node, name, _pieces(value))
            elif isinstance(value, list):
                value[:] = [_pieces(item) if isinstance(item, nodes.Concat) else item for item in value]


def _pieces(node: nodes.Concat) -> nodes.Filter:
    pieces = nodes.List(node.nodes, lineno=node.lineno, environment=node.environment)
    return _through(pieces, JOINED)


def _through(node: nodes.Node, name: str) -> nodes.Filter:
    assert isinstance(node, nodes.Expr)
    assert node.environment
    made = nodes.Filter(node, name, [], [], None, None)
    made.set_lineno(node.lineno)
    made.set_environment(node.environment)
    return made


def _first(wanted: Any, context: Any) -> object:
    """What a filter of Jinja takes before the value."""
    kinds = {"context": context, "eval_context": context.eval_ctx, "environment": context.environment}
    return kinds[wanted.name]


def _listed(value: Any) -> Any:
    if isinstance(value, (str, list, dict)):  # usual, and asking for a kind of collection is slow
        return value
    return list(islice(value, LONGEST + 1)) if isinstance(value, Iterator) else value


def _require_short_join(value: Any, separator: Any = "", *_: Any, d: Any = "", **__: Any) -> None:
    between = separator or d
    items = list(value) if isinstance(value, (Sequence, Mapping)) else []
    size = len(between) if isinstance(between, str) else 20
    if size * len(items) + sum(len(item) for item in items if isinstance(item, str)) > LONGEST:
        raise ValueProblemError(_TOO_LONG)


# The Jinja environment of a template: fields, loops and conditions, and no way into Python ----------------


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
    context.parent[NAME].step(OUTPUT)
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
        own = {LOOP: loop, JOINED: joined}
        self.filters = {name: bounded(name, function) for name, function in every.items()} | own

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
            return added(context, left, right)
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
