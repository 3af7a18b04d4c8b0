"""The kind of each field, worked out from the values that it has in an example report."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from lkt.report.templatefields import Field
from lkt.report.values import RichValue


@dataclass(frozen=True, slots=True)
class Kind:
    """What a name or an expression of a template stands for.

    Attributes:
        word: what the user calls it; empty where it is not known.
        path: the field that it is, ``sasaran[].program[].pagu``; empty for anything else.
        item: the kind of an item, of a list.
        fields: the kinds of the fields inside, of a group.
    """

    word: str
    path: str = ""
    item: "Kind | None" = None
    fields: Mapping[str, "Kind"] = field(default_factory=dict)

    @property
    def unknown(self) -> bool:
        """Whether nothing can be said of it."""
        return not self.word


UNKNOWN = Kind("")
TEXT = Kind("teks")
NUMBER = Kind("bilangan")
TRUTH = Kind("ya atau tidak")
PICTURE = Kind("gambar")
LIST, GROUP = "daftar", "kelompok isian"


def kinds_of(fields: Sequence[Field], values: Mapping[str, object], path: str = "") -> Kind:
    """The group of those fields.

    Args:
        fields: their declarations.
        values: their values in an example, as ``lkt.report.context.build`` gives them; no list of groups is
            empty and no picture missing.
        path: the field that the group is; empty at the top.
    """
    kinds = {each.name: _kind(each, values[each.name], path and f"{path}.") for each in fields}
    return Kind(GROUP, path, fields=kinds)


def _kind(declared: Field, value: object, prefix: str) -> Kind:
    path = f"{prefix}{declared.name}"
    if not declared.fields:
        return _leaf(value, path)
    if not declared.many:
        assert isinstance(value, Mapping)
        return kinds_of(declared.fields, value, path)
    assert isinstance(value, list)
    return Kind(LIST, path, item=kinds_of(declared.fields, value[0], f"{path}[]") if value else None)


def _leaf(value: object, path: str) -> Kind:
    match value:
        case bool():
            return Kind(TRUTH.word, path)
        case int():
            return Kind(NUMBER.word, path)
        case str():
            return Kind(TEXT.word, path)
        case RichValue():
            return Kind(PICTURE.word, path)
        case list():
            return Kind(LIST, path, item=Kind(TEXT.word, f"{path}[]"))
        case _:
            return Kind("", path)


def all_kinds(kind: Kind) -> Iterator[Kind]:
    """Every field inside a group or list, at any depth, in the order of the catalogue."""
    for inner in kind.fields.values():
        yield inner
        yield from all_kinds(inner)
    if kind.item is not None:
        yield from all_kinds(kind.item)


@dataclass(frozen=True, slots=True)
class Known:
    """The fields there are, worked out only when a template has to be checked.

    Attributes:
        key: changes with the fields; a template that was checked against others must be checked again.
        kinds: gives them as a group without a name.
    """

    key: Callable[[], str]
    kinds: Callable[[], Kind]
