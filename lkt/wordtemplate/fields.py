"""Fields that a template may use: declared, built from a source, and what kind of value each is."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from lkt import __version__
from lkt.wordtemplate.values import Quotient, RichValue

# Fields, declared one by one ------------------------------------------------------------------------------
#
# Numbers and names only, never wording. Every figure is printed text already, so a template cannot do
# arithmetic; what a template may decide upon is a bool, an int or an empty list.


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list.

    Attributes:
        laporan: what the whole document is made from.
        value: the item.
        nomor: its place in the list, from 1.
    """

    laporan: Any
    value: Any
    nomor: int


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the template.

    Attributes:
        name: its name within the enclosing field.
        meaning: what it is, for the author of a template, in Indonesian.
        value: from the enclosing source (what the document is made from, or ``Item``) to str, int, bool, rich
            value or a list of str; for a field with ``fields``, to the source of those; for ``many``, to a
            sequence of values, each of which becomes an ``Item``.
        fields: the fields inside this one.
        many: a list; the template loops over it.
    """

    name: str
    meaning: str
    value: Callable[[Any], Any]
    fields: tuple["Field", ...] = ()
    many: bool = False


def build(fields: Sequence[Field], source: object) -> dict[str, object]:
    """The values of fields for one source, nested as the template sees them."""
    built: dict[str, object] = {}
    for each in fields:
        value = each.value(source)
        if each.many and each.fields:
            whole = source.laporan if isinstance(source, Item) else source
            items = (Item(whole, item, number) for number, item in enumerate(value, start=1))
            value = [build(each.fields, item) for item in items]
        elif each.fields:
            value = build(each.fields, value)
        built[each.name] = value
    return built


def paths(fields: Sequence[Field], prefix: str = "") -> dict[str, str]:
    """Dotted name -> meaning of every field, a list marked with ``[]``: ``sasaran[].program[].pagu``."""
    found: dict[str, str] = {}
    for each in fields:
        name = f"{prefix}{each.name}{'[]' if each.many else ''}"
        found |= {name: each.meaning, **paths(each.fields, f"{name}.")}
    return found


# Kinds of values ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ValueKind:
    """What a name or an expression of a template stands for.

    Attributes:
        word: what the user calls it; empty where it is not known.
        path: the field that it is, ``sasaran[].program[].pagu``; empty for anything else.
        item: the kind of an item, of a list.
        fields: the kinds of the fields inside, of a group.
    """

    word: str
    path: str = ""
    item: "ValueKind | None" = None
    fields: Mapping[str, "ValueKind"] = field(default_factory=dict)

    @property
    def unknown(self) -> bool:
        """Whether nothing can be said of it."""
        return not self.word

    @property
    def rich(self) -> bool:
        """Whether it must stand alone in its tag."""
        return self.word in (PICTURE.word, FRACTION.word, NUMBERING.word)


UNKNOWN = ValueKind("")
TEXT = ValueKind("teks")
NUMBER = ValueKind("bilangan")
TRUTH = ValueKind("ya atau tidak")
PICTURE = ValueKind("gambar")
FRACTION = ValueKind("pecahan")
NUMBERING = ValueKind("nomor atau rujukan")
LIST, GROUP = "daftar", "kelompok isian"
OF_PYTHON: Mapping[type, ValueKind] = {bool: TRUTH, int: NUMBER, str: TEXT}


def kinds_of(fields: Sequence[Field], values: Mapping[str, object], path: str = "") -> ValueKind:
    """The group of those fields.

    Args:
        fields: their declarations.
        values: their values in an example, as ``build`` gives them; no list of groups is empty and no picture
            missing.
        path: the field that the group is; empty at the top.
    """
    kinds = {each.name: _kind(each, values[each.name], path and f"{path}.") for each in fields}
    return ValueKind(GROUP, path, fields=kinds)


def _kind(declared: Field, value: object, prefix: str) -> ValueKind:
    path = f"{prefix}{declared.name}"
    match value:
        case list() if declared.fields:
            return ValueKind(LIST, path, kinds_of(declared.fields, value[0], f"{path}[]") if value else None)
        case Mapping() if declared.fields:
            return kinds_of(declared.fields, value, path)
        case list():
            return ValueKind(LIST, path, ValueKind(TEXT.word, f"{path}[]"))
        case Quotient():
            return ValueKind(FRACTION.word, path)
        case RichValue():
            return ValueKind(PICTURE.word, path)
    return ValueKind(OF_PYTHON.get(type(value), UNKNOWN).word, path)


def all_kinds(kind: ValueKind) -> Iterator[ValueKind]:
    """Every field inside a group or list, at any depth, in the order of the declarations."""
    for inner in kind.fields.values():
        yield inner
        yield from all_kinds(inner)
    if kind.item is not None:
        yield from all_kinds(kind.item)


# All fields together -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FieldEntry:
    """One field.

    Attributes:
        name: its dotted name, lists marked with ``[]``.
        kind: its kind, in Indonesian.
        meaning: what it is.
        example: its value in the example report as text; empty for a group.
    """

    name: str
    kind: str
    meaning: str
    example: str


def _entries(
    fields: Sequence[Field], kinds: ValueKind, owners: Sequence[Any], prefix: str = ""
) -> Iterator[FieldEntry]:
    """The entries of fields, each with its first telling value among those that hold them."""
    for declared in fields:
        kind, values = kinds.fields[declared.name], [owner[declared.name] for owner in owners]
        shown = [_shown(value) for value in values]
        name = f"{prefix}{declared.name}{'[]' if declared.many else ''}"
        yield FieldEntry(
            name,
            "daftar teks" if kind.item and kind.item.word == TEXT.word else kind.word,
            declared.meaning,
            next((text for text in shown if text not in ("", "-")), shown[0] if shown else ""),
        )
        inside = [item for value in values for item in (value if isinstance(value, list) else [value])]
        yield from _entries(declared.fields, kind.item or kind, inside, f"{name}.")


def _shown(value: object) -> str:
    match value:
        case bool():
            return "ya" if value else "tidak"
        case RichValue():
            return value.on_a_line if isinstance(value, Quotient) else "(gambar)"
        case [Mapping(), *_]:
            return f"{len(value)} butir"
        case list():
            return "; ".join(map(str, value))
        case Mapping():
            return ""
        case _:
            return str(value)


@dataclass(frozen=True)
class Catalogue:
    """The fields that a template may use.

    Attributes:
        fields: their declarations.
        example: gives their values in an example, from which their kinds follow.
    """

    fields: Sequence[Field]
    example: Callable[[], Mapping[str, object]]

    @cached_property
    def kinds(self) -> ValueKind:
        """All fields, as a group without a name."""
        return kinds_of(self.fields, self.example())

    @cached_property
    def key(self) -> str:
        """Changes with the fields and the program, when what was compiled earlier must be checked again."""
        return hashlib.sha256("\n".join((__version__, *paths(self.fields))).encode()).hexdigest()[:16]

    def entries(self) -> list[FieldEntry]:
        """All fields in the order of their declarations, each with its first telling value in the example."""
        return list(_entries(self.fields, self.kinds, [self.example()]))
