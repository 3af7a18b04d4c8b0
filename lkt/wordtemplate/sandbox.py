"""The Jinja environment of a template: fields, loops and conditions, no way into Python, and a budget.

``instrument`` sends what each tag prints to ``Rendering.write``, which makes text of it.
"""

import html
import time
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from typing import Any, NamedTuple

import jinja2
from jinja2 import nodes
from jinja2.filters import FILTERS as JINJA_FILTERS
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Namespace, missing

from lkt.wordtemplate import limits, tags
from lkt.wordtemplate.values import (
    Caption,
    CaptionList,
    Chart,
    HeadingList,
    Reference,
    RichValue,
    ValueProblemError,
    cell_mark,
    clean,
    daftar_gambar,
    daftar_isi,
    daftar_tabel,
    gambar,
    printable,
    rujuk,
    tabel,
)

# One rendering: what it may spend, so that no template runs without end, and what it has met --------------

_OUTPUT = 4  # steps for each value that is written
_RICH = 100  # for one that is more than text, and takes no more than a moment
_DEARER: Mapping[type, int] = {Chart: 2000, HeadingList: 20_000, CaptionList: 20_000}
_LETTERS, _LETTERS_OF_A_NAME = 16, 2  # of a text that cost a step
_TOO_MUCH = "pekerjaannya terlalu banyak; periksa «for» di dalam «for» dan yang disambung-sambung."
_TOO_LONG = "hasilnya terlalu panjang; periksa teks atau daftar yang disambung berulang-ulang."

BREAK, TAB, RICH = "lkt-br", "lkt-tab", "lkt-rich"
"""Targets of the processing instructions that a rendered part holds inside its ``w:t``."""


class MisplacedError(Exception):
    """A rich value cannot be where it was written.

    Args:
        line: the line of the template source that wrote it.
        reason: why, in Indonesian.
    """

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line
        self.reason = reason


class Met(NamedTuple):
    """A rich value and the line of the template source that wrote it."""

    value: RichValue
    line: int


class Rendering:
    """What one rendering of a document may still spend, and the rich values that it wrote.

    Attributes:
        met: the rich values in the order of their processing instructions, whose text is the number here.
        numbers: the captions among them and their numbers, by key.
    """

    def __init__(self) -> None:
        self.met: list[Met] = []
        self.numbers: dict[str, tuple[Caption, int]] = {}
        self._counts: Counter[tuple[str, str]] = Counter()
        self._steps = limits.STEPS
        self._characters = limits.CHARACTERS
        self._end = time.monotonic() + limits.SECONDS

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
        kept = list[str]()
        for piece in pieces:
            self._characters -= len(piece)
            if self._characters < 0:
                raise ValueProblemError(_TOO_LONG)
            kept.append(piece)
        return "".join(kept)

    def write(self, value: object, line: int, *, copy: bool = False, cell: str = "") -> str:
        """The XML of a value inside a ``w:t``.

        Args:
            value: what a tag prints.
            line: where the tag is in the source.
            copy: whether it is in the copy of a text box that only old programs read; a caption is not
                counted twice.
            cell: the keyword of a tag that changes the cell around it.

        Raises:
            ValueProblemError: when it is no text.
        """
        self.step(_OUTPUT)
        value = cell_mark(cell, value) if cell else value
        if not isinstance(value, RichValue):
            text = html.escape(clean(printable(value)), quote=False)
            return text.replace("\n", f"<?{BREAK}?>").replace("\t", f"<?{TAB}?>")
        if isinstance(value, Caption) and copy:
            value = Reference(value.key)
        elif isinstance(value, Caption):
            if value.key in self.numbers:
                raise ValueProblemError(
                    f"kunci «{value.key}» sudah dipakai; setiap nomor memerlukan kunci sendiri."
                )
            self._counts[value.label, value.chapter] += 1
            self.numbers[value.key] = value, self._counts[value.label, value.chapter]
        self.step(_DEARER.get(type(value), _RICH))
        self.met.append(Met(value, line))
        return f"<?{RICH} {len(self.met) - 1}?>"


RENDERING = " rendering"
"""Where a template finds its rendering; no name of a template can be that."""

# What loops, filters, sums and outputs cost ---------------------------------------------------------------

# Filters under names that no template can write:
_LOOP, _JOINED, _MADE, _SEEN, _PRINTED = "\0for", "\0~", "\0[]", "\0=", "\0print"


def instrument(tree: nodes.Template, tag_at: Callable[[int], tags.Tag | None]) -> None:
    """Send what can cost more than it is long through a filter that pays for it.

    That is each loop, each ``~``, each list, what is compared or tested, and each output.
    """
    for node in reversed([tree, *tree.find_all(nodes.Node)]):  # the inner ones first
        for name, value in list(node.iter_fields()):
            if isinstance(value, nodes.Node):
                setattr(node, name, _priced(value))
            elif isinstance(value, list):
                value[:] = map(_priced, value)
    for output in list(tree.find_all(nodes.Output)):
        output.nodes = [
            node if isinstance(node, nodes.TemplateData) else _through(node, _PRINTED, *_about(node, tag_at))
            for node in output.nodes
        ]


def _about(node: nodes.Node, tag_at: Callable[[int], tags.Tag | None]) -> tuple[int, bool, str]:
    """What ``Rendering.write`` must know of the tag that prints a node."""
    tag = tag_at(node.lineno)
    keyword = tag.keyword if tag else ""
    return node.lineno, bool(tag and tag.in_fallback), keyword


def _priced(node: Any) -> Any:
    """A node, or what stands for it, with what it goes through sent through filters."""
    match node:
        case nodes.Concat():
            pieces = nodes.List(node.nodes, lineno=node.lineno, environment=node.environment)
            return _through(pieces, _JOINED)
        case nodes.List() | nodes.Tuple(ctx="load"):
            return _through(node, _MADE)
        case nodes.For():
            node.iter = _through(node.iter, _LOOP)
        case nodes.Compare() | nodes.Operand():
            node.expr = _through(node.expr, _SEEN)
        case nodes.Test() if node.name not in ("defined", "undefined"):
            node.node = _through(node.node, _SEEN)
            node.args = [_through(each, _SEEN) for each in node.args]
    return node


def _through(node: nodes.Node, name: str, *arguments: object) -> nodes.Filter:
    assert isinstance(node, nodes.Expr)
    assert node.environment
    constants: list[nodes.Expr] = [nodes.Const(each) for each in arguments]
    made = nodes.Filter(node, name, constants, [], None, None)
    made.set_lineno(node.lineno)
    made.set_environment(node.environment)
    return made


def _of(context: Any) -> Rendering:
    rendering: Rendering = context.parent[RENDERING]
    return rendering


@jinja2.pass_context
def _looped(context: Any, items: Any) -> Any:
    items = items if hasattr(items, "__len__") else list(islice(items, limits.LONGEST))
    _of(context).step(len(items))
    return items


@jinja2.pass_context
def _joined(context: Any, pieces: list[object]) -> object:
    return _paid_for("".join(map(printable, _paid_for(pieces, _of(context)))), _of(context))


@jinja2.pass_context
def _made(context: Any, value: object) -> object:
    return _paid_for(value, _of(context))


@jinja2.pass_context
def _seen(context: Any, value: object) -> object:
    _of(context).step(_weight(value))
    return value


@jinja2.pass_context
def _printed(context: Any, value: object, line: int, copy: bool, cell: str) -> str:  # noqa: FBT001 - Jinja calls it
    return _of(context).write(value, line, copy=copy, cell=cell)


def _bounded(name: str, function: Callable[..., Any]) -> Callable[..., object]:
    """A filter that pays for what it looks at, and gives no more than fits."""
    wanted = getattr(function, "jinja_pass_arg", None)

    @jinja2.pass_context
    def paid(context: Any, value: Any, *args: Any, **kwargs: Any) -> object:
        rendering, value = _of(context), _listed(value)
        given = [*args, *kwargs.values()]
        rendering.step(1 + _weight(value))
        if isinstance(value, Sequence):  # of which each item meets what was given, such as "a.b.c"
            rendering.step(len(value) * sum(_weight(each, letters=_LETTERS_OF_A_NAME) for each in given))
        if name == "batch" and any(isinstance(each, int) and each > limits.BATCH for each in given):
            raise ValueProblemError(_TOO_LONG)
        known = {"context": context, "eval_context": context.eval_ctx, "environment": context.environment}
        first = () if wanted is None else (known[wanted.name],)
        return _paid_for(_listed(function(*first, value, *args, **kwargs)), rendering)

    return paid


def _as_it_is(value: object) -> object:
    """What templates of other programs call to escape a value, which is done here to all of them."""
    return value


def _paid_for(value: Any, rendering: Rendering) -> Any:
    """A value that was made, or of which another will be, after its size is paid for."""
    if isinstance(value, (str, Sequence, Mapping)):
        if len(value) > limits.LONGEST:
            raise ValueProblemError(_TOO_LONG)
        rendering.step(_weight(value) if isinstance(value, str) else _weight(value, letters=0))
    return value


def _weight(value: object, letters: int = _LETTERS) -> int:
    """The steps that going through a value costs: one for an item at any depth, or for so many letters.

    Lists that share their parts are long all the same. What costs more than there are steps is not counted
    to its end. With 0 letters no text costs anything.
    """
    count, left = 0, [value]
    while left and count <= limits.STEPS:
        each = left.pop()
        if isinstance(each, str):
            count += len(each) // letters if letters else 0
        elif isinstance(each, (Sequence, Mapping)):
            count += len(each)
            left.extend(() if isinstance(each, Mapping) else each)
    return count


def _listed(value: Any) -> Any:
    return list(islice(value, limits.LONGEST + 1)) if isinstance(value, Iterator) else value


# The environment ------------------------------------------------------------------------------------------

FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    **{each.__name__: each for each in (tabel, gambar, rujuk, daftar_isi, daftar_tabel, daftar_gambar)},
    "namespace": Namespace,
}
"""All that a template can call."""

FILTERS = (
    "batch", "capitalize", "count", "default", "e", "first", "join", "last", "length", "list", "lower", "map",
    "reject", "rejectattr", "reverse", "select", "selectattr", "sort", "title", "trim", "unique", "upper",
)  # fmt: skip
LOOP_FIELDS = frozenset(
    ("index", "index0", "revindex", "revindex0", "first", "last", "length", "depth", "previtem", "nextitem")
)
"""What a loop knows of itself."""


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


class TemplateEnvironment(ImmutableSandboxedEnvironment):
    """Jinja without a loader, without globals but ours, and with names that reach into data only.

    Args:
        filters: filters beside those of Jinja that are harmless here.
    """

    intercepted_binops = frozenset({"+"})

    def __init__(self, filters: Mapping[str, Callable[..., object]]) -> None:
        super().__init__(
            variable_start_string=tags.OUTPUT_START,
            variable_end_string=tags.OUTPUT_END,
            block_start_string=tags.STATEMENT_START,
            block_end_string=tags.STATEMENT_END,
            comment_start_string=tags.COMMENT_START,
            comment_end_string=tags.COMMENT_END,
            autoescape=False,  # ``Rendering.write`` escapes all that is printed
            undefined=MissingField,
            keep_trailing_newline=True,
        )
        self.globals = dict(FUNCTIONS)
        self.own_filters = filters
        every = {name: JINJA_FILTERS[name] for name in FILTERS} | {"e": _as_it_is} | dict(filters)
        own = {_LOOP: _looped, _JOINED: _joined, _MADE: _made, _SEEN: _seen, _PRINTED: _printed}
        self.filters = {name: _bounded(name, function) for name, function in every.items()} | own

    def getattr(self, obj: Any, attribute: str) -> Any:
        """The item ``attribute`` of a mapping; of nothing else."""
        return self.getitem(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """An item of a mapping or list, or what a loop knows of itself; never an attribute of an object."""
        match obj:
            case jinja2.Undefined():
                return str(obj)  # raises
            case Mapping() if isinstance(argument, Hashable) and argument in obj:
                return obj[argument]
            case LoopContext() if argument in LOOP_FIELDS:
                return getattr(obj, argument)
            case Namespace() if isinstance(argument, str) and not argument.startswith("_"):
                return getattr(obj, argument, self.undefined(obj=obj, name=argument))
            case str() | bytes():
                pass
            case Sequence() if isinstance(argument, int) and -len(obj) <= argument < len(obj):
                return obj[argument]
        return self.undefined(obj=obj, name=argument)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """A sum, no larger than is wanted."""
        if operator != "+":
            return super().call_binop(context, operator, left, right)
        rendering = _of(context)
        total = _paid_for(_paid_for(left, rendering) + _paid_for(right, rendering), rendering)
        if isinstance(total, int) and abs(total) > limits.LARGEST:
            raise ValueProblemError(_TOO_LONG)
        return total

    def is_safe_callable(self, obj: Any) -> bool:
        """Only our own functions are called."""
        return any(obj is function for function in FUNCTIONS.values())
