"""What each filter takes and gives; a filter that is not named here takes and gives anything."""

from collections.abc import Callable

from jinja2 import nodes

from lkt.report.lint.kinds import LIST, NUMBER, TEXT, UNKNOWN, Kind

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


def _same(kind: Kind, _: nodes.Filter) -> Kind:
    return kind


def _item(kind: Kind, _: nodes.Filter) -> Kind:
    return kind.item or UNKNOWN


def _batch(kind: Kind, _: nodes.Filter) -> Kind:
    return Kind(LIST, item=kind)


def _mapped(kind: Kind, node: nodes.Filter) -> Kind:
    attribute = attribute_of(node)
    inner = kind.item.fields.get(attribute, UNKNOWN) if kind.item else UNKNOWN
    return Kind(LIST, item=inner)


_GIVES: dict[str, Callable[[Kind, nodes.Filter], Kind]] = {
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


def given(kind: Kind, node: nodes.Filter) -> Kind:
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
