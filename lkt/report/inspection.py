"""Everything that can be said about a template before it is used."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from lkt.errors import TemplateError
from lkt.report.example import example_values
from lkt.report.filters import FILTERS
from lkt.report.lint.kinds import Known
from lkt.report.lint.known import KNOWN
from lkt.report.lint.remarks import remarks
from lkt.report.mistakes import Mistake
from lkt.report.opening import open_package, parse_part
from lkt.report.places import find_places, heading_styles
from lkt.report.properties import Properties
from lkt.report.sandbox import UnknownFieldError
from lkt.report.template import Template, compile_template, text_parts

_TRIED = Properties("Contoh", "Contoh", "Contoh", datetime(2024, 4, 5))  # noqa: DTZ001 - in no time zone


@dataclass(frozen=True, slots=True)
class Inspection:
    """What was found in a template.

    Attributes:
        mistakes: what must be put right before it can be used.
        remarks: what may surprise.
    """

    mistakes: tuple[Mistake, ...]
    remarks: tuple[Mistake, ...]


def inspect_template(
    data: bytes, name: str, known: Known = KNOWN, values: Callable[[], Mapping[str, object]] = example_values
) -> Inspection:
    """Check a template: its tags, its fields, and then by filling it with the example report.

    Args:
        data: the file.
        name: what the user calls it, for messages.
        known: the fields that it may use.
        values: gives their values in the example.

    Raises:
        TemplateError: it is no Word document that can be read.
    """
    said = tuple(_remarks(data, name))
    try:
        template = compile_template(data, name, FILTERS, known)
    except TemplateError as error:
        return Inspection(_mistakes_of(error), said)
    failure = _try(template, values())
    if failure is None:
        return Inspection((), said)
    tried = tuple(
        replace(mistake, reason=f"{mistake.reason} Dicoba dengan laporan contoh.")
        for mistake in _mistakes_of(failure)
    )
    if isinstance(failure.__cause__, UnknownFieldError):  # another report may have what the example has not
        return Inspection((), (*said, *tried))
    return Inspection(tried, said)


def _mistakes_of(error: TemplateError) -> tuple[Mistake, ...]:
    """The mistakes that an error tells; an error of another kind is raised again."""
    found = tuple(mistake for mistake in error.mistakes if isinstance(mistake, Mistake))
    if not found:
        raise error
    return found


def _try(template: Template, values: Mapping[str, object]) -> TemplateError | None:
    """Why a template cannot be filled with the example report."""
    try:
        template.render(values, properties=_TRIED)
    except TemplateError as error:
        return error
    return None


def _remarks(data: bytes, name: str) -> Iterator[Mistake]:
    package, main = open_package(data, name)
    styles = package.related(main, "styles")
    headings = heading_styles(parse_part(package, styles[0], name) if styles else None)
    for part, label in text_parts(package, main):
        root = parse_part(package, part, name)
        yield from remarks(root, find_places(root, label, headings), part)
