"""A Word template: compiled once with all its mistakes told, then rendered as often as wanted."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from lkt.errors import TemplateError
from lkt.report.closing import keep_closing_rows
from lkt.report.contents import write_lists
from lkt.report.ledger import Ledger
from lkt.report.lint.captions import check_references
from lkt.report.lint.kinds import Known
from lkt.report.mistakes import Mistake, Spot
from lkt.report.opc import Package
from lkt.report.opening import open_package, parse_part
from lkt.report.outside import close, forbidden_fields
from lkt.report.package import write_parts
from lkt.report.part import Outcome, Part, compile_part
from lkt.report.places import heading_styles
from lkt.report.properties import Properties, write_properties
from lkt.report.sandbox import LEDGER, TemplateEnvironment
from lkt.report.settle import settle
from lkt.report.tidy import tidy
from lkt.report.watermark import add_watermark
from lkt.report.wordml import Element, serialize

_MAIN_LABEL = "isi dokumen"
_LABELS = {
    "header": "kepala halaman {}",
    "footer": "kaki halaman {}",
    "footnotes": "catatan kaki",
    "endnotes": "catatan akhir",
}


@dataclass(frozen=True, slots=True)
class Filled:
    """A filled document that is not packed yet.

    Attributes:
        package: all its parts.
        main: the name of the main one.
        trees: the parts that were filled in, as they stand in the package.
    """

    package: Package
    main: str
    trees: Mapping[str, Element]


class Template:
    """A compiled template.

    Args:
        package: the parts that rendering leaves as they are, and the old state of the others.
        parts: the compiled parts, the main part first.
    """

    def __init__(self, package: Package, parts: tuple[Part, ...]) -> None:
        self._package = package
        self._parts = parts

    @property
    def fields(self) -> frozenset[str]:
        """The fields that the template uses, such as ``sasaran[].program[].pagu``."""
        return frozenset[str]().union(*(part.fields for part in self._parts))

    def render(self, context: Mapping[str, object], *, properties: Properties, watermark: str = "") -> bytes:
        """The filled document as a file; equal input gives equal bytes. See ``fill``."""
        return write_parts(self.fill(context, properties=properties, watermark=watermark).package.parts)

    def fill(self, context: Mapping[str, object], *, properties: Properties, watermark: str = "") -> Filled:
        """The filled document.

        Args:
            context: the fields: mappings, sequences, text, whole numbers, truth values and rich values.
            properties: what the document says of itself.
            watermark: a word across each page; none when empty.

        Raises:
            TemplateError: at the first tag that cannot be filled, with its place.
        """
        package, ledger = self._package.copy(), Ledger()
        variables = {**context, LEDGER: ledger}
        trees = {part.name: part.render(variables) for part in self._parts}
        for tree in trees.values():  # a condition may have joined what stood apart in the template
            for field in forbidden_fields(tree):
                raise TemplateError(f"Hasil templat memuat {field}, yang tidak boleh ada dalam laporan.")
        settle(self._parts, trees, ledger, package)
        write_lists(self._parts, trees, ledger, package)
        tidy(list(trees.values()))
        keep_closing_rows(trees.values())
        if watermark:
            add_watermark(package, self._parts[0].name, trees, watermark)
        write_properties(package, properties)
        package.parts |= {name: serialize(tree) for name, tree in trees.items()}
        return Filled(package, self._parts[0].name, trees)


def compile_template(
    data: bytes,
    name: str,
    filters: Mapping[str, Callable[..., object]] | None = None,
    fields: Known | None = None,
) -> Template:
    """Compile a .docx or .dotx template.

    Args:
        data: the file.
        name: what the user calls it, for messages.
        filters: filters that its tags may use beside Jinja's own.
        fields: the fields that its tags may use; None leaves that to the rendering.

    Raises:
        TemplateError: with all problems that can be found without data.
    """
    package, main = open_package(data, name)
    close(package, name)
    env = TemplateEnvironment(filters or {})
    styles = package.related(main, "styles")
    headings = heading_styles(parse_part(package, styles[0], name) if styles else None)
    outcomes = {
        part: compile_part(part, label, parse_part(package, part, name), headings, env, fields)
        for part, label in text_parts(package, main)
    }
    mistakes = _in_order(outcomes, references=fields is not None)
    if mistakes:
        raise TemplateError(
            f"Templat «{name}» memuat {len(mistakes)} kesalahan.",
            mistakes,
            "Perbaiki di Word, lalu jalankan lagi.",
        )
    return Template(package, tuple(outcome.part for outcome in outcomes.values() if outcome.part))


def _in_order(outcomes: Mapping[str, Outcome], *, references: bool) -> tuple[Mistake, ...]:
    """All mistakes in the order of the parts and their text; what is told alike is told once."""
    found = [mistake for outcome in outcomes.values() for mistake in outcome.mistakes]
    if references:
        seats = [(tag, part) for part, outcome in outcomes.items() for tag in outcome.tags]
        found += check_references(seats)
    numbers = {part: number for number, part in enumerate(outcomes)}
    found.sort(key=lambda mistake: (numbers[mistake.part], mistake.spot or Spot(0, 0, 0)))
    once: dict[str, Mistake] = {}
    for mistake in found:
        once.setdefault(str(mistake), mistake)
    return tuple(once.values())


def text_parts(package: Package, main: str) -> Iterator[tuple[str, str]]:
    """The parts whose text is filled in, each with what the user calls it, the main part first."""
    yield main, _MAIN_LABEL
    for kind, label in _LABELS.items():
        for number, part in enumerate(package.related(main, kind), 1):
            yield part, label.format(number)
