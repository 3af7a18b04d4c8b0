"""All that a template may name, with meanings and examples; made from the code that fills templates."""

import html
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lkt.report.budget import NAME as BUDGET
from lkt.report.budget import Budget
from lkt.report.catalogue import FIELDS
from lkt.report.example import example_values
from lkt.report.filters import FILTERS
from lkt.report.glossary import FILTER_WORDS, FUNCTION_WORDS, Word
from lkt.report.ledger import Ledger
from lkt.report.lint.kinds import LIST, TEXT, Kind, all_kinds, kinds_of
from lkt.report.sandbox import FUNCTIONS, LEDGER, TemplateEnvironment
from lkt.report.source import OUTPUT_END, OUTPUT_START
from lkt.report.templatefields import Field, paths
from lkt.report.values import RichValue


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


@dataclass(frozen=True, slots=True)
class WordEntry:
    """One function or filter.

    Attributes:
        name: its name.
        use: a tag that uses it.
        meaning: what it does.
        example: what that tag prints in the example report; empty where it prints no text.
    """

    name: str
    use: str
    meaning: str
    example: str


def field_entries() -> list[FieldEntry]:
    """All fields of a report in the order of the catalogue."""
    return entries_of(FIELDS, example_values())


def entries_of(fields: Sequence[Field], values: Mapping[str, object]) -> list[FieldEntry]:
    """All fields of a catalogue, with their values in its example."""
    meanings = paths(fields)
    return [_entry(kind, meanings, values) for kind in all_kinds(kinds_of(fields, values))]


def _entry(kind: Kind, meanings: Mapping[str, str], values: Mapping[str, object]) -> FieldEntry:
    name = kind.path if kind.path in meanings else f"{kind.path}[]"
    return FieldEntry(name, kind_words(kind), meanings[name], _example(kind.path, values))


def kind_words(kind: Kind) -> str:
    """A kind as the user reads it."""
    texts = kind.word == LIST and kind.item is not None and kind.item.word == TEXT.word
    return "daftar teks" if texts else kind.word


def _example(path: str, values: Mapping[str, object]) -> str:
    """The first telling value of a field, among all items of the lists that it is in."""
    shown = [_shown(value) for value in _values(values, path)]
    return next((text for text in shown if text not in ("", "-")), shown[0] if shown else "")


def _values(owner: object, path: str) -> Iterator[object]:
    name, _, rest = path.partition(".")
    assert isinstance(owner, Mapping)
    value = owner[name.removesuffix("[]")]
    if not rest:
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _values(item, rest)
    else:
        yield from _values(value, rest)


def _shown(value: object) -> str:
    match value:
        case bool():
            return "ya" if value else "tidak"
        case RichValue():
            return "(gambar)"
        case [Mapping(), *_]:
            return f"{len(value)} butir"
        case list():
            return "; ".join(map(str, value))
        case Mapping():
            return ""
        case _:
            return str(value)


def function_entries() -> list[WordEntry]:
    """All functions that a template can call."""
    return _words(FUNCTIONS, FUNCTION_WORDS)


def filter_entries() -> list[WordEntry]:
    """All filters, our own first."""
    usable = filter(str.isidentifier, TemplateEnvironment({}).filters)  # others no template can write
    return _words([*FILTERS, *usable], FILTER_WORDS)


def _words(names: Iterable[str], words: Mapping[str, Word]) -> list[WordEntry]:
    return [
        WordEntry(name, words[name].use, words[name].meaning, _printed(words[name].use)) for name in names
    ]


def _printed(use: str) -> str:
    """What a tag prints in the example report; empty where that is no text."""
    if not use.startswith("{{"):
        return ""
    environment = TemplateEnvironment(FILTERS)
    source = f"{OUTPUT_START}{use[2:-2]}{OUTPUT_END}"
    text = environment.from_string(source).render({**example_values(), LEDGER: Ledger(), BUDGET: Budget()})
    return "" if "<?" in text else html.unescape(text)
