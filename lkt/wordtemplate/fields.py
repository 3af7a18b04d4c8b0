"""Fields of a template, declared one by one, and their values; numbers and names only, never wording.

Every figure is printed text already, so a template cannot do arithmetic; what a template may decide upon is a
bool, an int or an empty list.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list, with the report that it belongs to and its place in the list, from 1.

    A document of another kind, such as a recap, has its own source in the place of the report.
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
        value: from the enclosing source (``Laporan``, a recap or ``Item``) to str, int, bool, rich value or a
            list of str; for a field with ``fields``, to the source of those; for ``many``, to a sequence of
            values, each of which becomes an ``Item``. A dict in the place of a source or of such a value
            holds the values of the fields already.
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
    # In one loop, since a report has a thousand of them, nearly all of which hold no others
    values: dict[str, object] = {}
    for each in fields:
        value = each.value(source)
        if each.fields:
            value = _items(each.fields, source, value) if each.many else _group(each.fields, value)
        values[each.name] = value
    return values


def _items(fields: Sequence[Field], source: object, values: Iterable[object]) -> list[dict[str, object]]:
    laporan = source.laporan if isinstance(source, Item) else source
    return [
        value if isinstance(value, dict) else build(fields, Item(laporan, value, number))
        for number, value in enumerate(values, start=1)
    ]


def _group(fields: Sequence[Field], source: object) -> dict[str, object]:
    return source if isinstance(source, dict) else build(fields, source)


def paths(fields: Sequence[Field], prefix: str = "") -> dict[str, str]:
    """Dotted name -> meaning of every field, a list marked with ``[]``: ``sasaran[].program[].pagu``."""
    found: dict[str, str] = {}
    for each in fields:
        name = f"{prefix}{each.name}{'[]' if each.many else ''}"
        found[name] = each.meaning
        found.update(paths(each.fields, f"{name}."))
    return found
