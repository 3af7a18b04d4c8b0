"""A Word template: compiled once with all its mistakes told, then rendered as often as wanted."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from lkt.errors import TemplateError
from lkt.wordtemplate.compiling import DOC_PR, Outcome, TemplatePart, compile_part, settle
from lkt.wordtemplate.contents import write_lists
from lkt.wordtemplate.document import (
    R_NS,
    TBL,
    TC,
    TR,
    W_NS,
    Element,
    P,
    Properties,
    WordPackage,
    close,
    element,
    forbidden_fields,
    open_package,
    parse,
    parse_part,
    r,
    remove,
    serialize,
    w,
    write_parts,
    write_properties,
)
from lkt.wordtemplate.lint import Known, check_references
from lkt.wordtemplate.sandbox import LEDGER, TemplateEnvironment
from lkt.wordtemplate.tags import Mistake, Spot, heading_styles, keep_closing_rows
from lkt.wordtemplate.values import Ledger, clean

# Making a filled document valid again: no hollow tables or cells, no number or name used twice ------------


_BLOCKS = (P, TBL, w("sdt"), w("customXml"), w("altChunk"))
_CONTAINERS = tuple(w(name) for name in ("tc", "txbxContent", "hdr", "ftr", "footnote", "endnote"))
_CONTROL = w("sdtPr")
_START, _END, _ID, _NAME = w("bookmarkStart"), w("bookmarkEnd"), w("id"), w("name")


def tidy(roots: Sequence[Element]) -> None:
    """Repair what loops and conditions did to the parts of a document, given in their order."""
    for root in roots:
        _drop_without(root, TR, TC)
        _drop_without(root, TBL, TR)
        _close_with_paragraph(root)
    _number_bookmarks(roots)
    _number_drawings(roots)
    _drop_repeated_controls(roots)


def _drop_without(root: Element, name: str, content: str) -> None:
    for item in reversed(list(root.iter(name))):
        if next(item.iter(content), None) is None:
            remove(item)


def _close_with_paragraph(root: Element) -> None:
    """Word wants a paragraph in each cell, header and text box, and behind a table that ends one."""
    for container in root.iter(*_CONTAINERS):
        if len(container) and container[-1].tag == P:  # as in nearly all of hundreds of cells
            continue
        last = next(container.iterchildren(*_BLOCKS, reversed=True), None)
        if last is None or last.tag == TBL:
            container.append(element("p"))


def _number_bookmarks(roots: Iterable[Element]) -> None:
    numbers, names = count(), set[str]()
    for root in roots:
        for start, end in _bookmarks(root):
            name = start.get(_NAME) or ""
            if name in names:
                remove(start)
                remove(end)
                continue
            names.add(name)
            number = str(next(numbers))
            start.set(_ID, number)
            end.set(_ID, number)


def _bookmarks(root: Element) -> list[tuple[Element, Element]]:
    """The bookmarks of a part in the order they end; those that lost one half with a tag are removed."""
    opened: dict[str | None, list[Element]] = {}
    pairs: list[tuple[Element, Element]] = []
    for node in list(root.iter(_START, _END)):
        starts = opened.setdefault(node.get(_ID), [])
        if node.tag == _START:
            starts.append(node)
        elif starts:
            pairs.append((starts.pop(), node))
        else:
            remove(node)
    for start in (start for starts in opened.values() for start in starts):
        remove(start)
    return pairs


def _number_drawings(roots: Iterable[Element]) -> None:
    drawings = (properties for root in roots for properties in root.iter(DOC_PR))
    for number, properties in enumerate(drawings, 1):
        properties.set("id", str(number))


def _drop_repeated_controls(roots: Iterable[Element]) -> None:
    """Of content controls repeated by a loop the first keeps its id; Word gives the others a new one."""
    seen: set[str | None] = set()
    for root in roots:
        controls = root.iter(_CONTROL)
        for identifier in [each for control in controls for each in control.iterchildren(_ID)]:
            if identifier.get(w("val")) in seen:
                remove(identifier)
            seen.add(identifier.get(w("val")))


# A word in grey across each page, as Word itself draws it: WordArt hung in the headers --------------------


_HEADER_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"
_WIDTH, _TALLEST = 440, 150  # points, on A4 between usual margins
_LETTER = 0.6  # the width of a letter by its height
_TEXT_PATH = "{urn:schemas-microsoft-com:vml}textpath"
_RUN = f"""\
<w:r xmlns:w="{W_NS}" xmlns:v="urn:schemas-microsoft-com:vml" \
xmlns:o="urn:schemas-microsoft-com:office:office">\
<w:rPr><w:noProof/></w:rPr><w:pict>\
<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" \
path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/>\
<v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/>\
<v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/>\
<v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/><v:f eqn="sum @6 0 @5"/></v:formulas>\
<v:path textpathok="t" o:connecttype="custom" o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800" \
o:connectangles="270,180,90,0"/><v:textpath on="t" fitshape="t"/>\
<v:handles><v:h position="#0,bottomRight" xrange="6629,14971"/></v:handles>\
<o:lock v:ext="edit" text="t" shapetype="t"/></v:shapetype>\
<v:shape id="PowerPlusWaterMarkObject%(number)d" o:spid="_x0000_s%(spid)d" type="#_x0000_t136" alt="" \
style="position:absolute;margin-left:0;margin-top:0;width:%(width)dpt;height:%(height)dpt;rotation:315;\
z-index:-251658752;mso-position-horizontal:center;mso-position-horizontal-relative:margin;\
mso-position-vertical:center;mso-position-vertical-relative:margin" o:allowincell="f" fillcolor="silver" \
stroked="f"><v:fill opacity=".5"/>\
<v:textpath style="font-family:&quot;Calibri&quot;;font-size:1pt" string=""/></v:shape></w:pict></w:r>"""


def add_watermark(package: WordPackage, main: str, trees: dict[str, Element], text: str) -> None:
    """Put a watermark on each page.

    Args:
        package: gets the headers that are missing.
        main: the name of the main part.
        trees: the parts of the document as they will be written; gets the new headers too.
        text: the word, e.g. "DRAF".
    """
    _complete_headers(package, main, trees)
    headers = [name for name in trees if trees[name].tag == w("hdr")]
    for number, name in enumerate(headers, 1):
        _anchor(trees[name]).append(_shape(text, number))


def _anchor(header: Element) -> Element:
    found = header.find(P)
    if found is None:
        found = element("p")
        header.append(found)
    return found


def _shape(text: str, number: int) -> Element:
    height = min(_TALLEST, _WIDTH / (_LETTER * len(text)))
    values = {"number": number, "spid": 2048 + number, "width": _WIDTH, "height": height}
    made = parse((_RUN % values).encode())
    for path in made.iter(_TEXT_PATH):
        if path.get("string") is not None:
            path.set("string", clean(text))
    return made


def _complete_headers(package: WordPackage, main: str, trees: dict[str, Element]) -> None:
    """Give each section the headers that its pages use, where it neither has nor inherits them."""
    even = _has_even_headers(package, main)
    present: set[str | None] = set()
    for section in trees[main].iter(w("sectPr")):
        present |= {reference.get(w("type")) for reference in section.iterchildren(w("headerReference"))}
        for kind in _kinds_used(section, even=even):
            if kind not in present:
                _add_header(package, main, trees, section, kind)
                present.add(kind)


def _has_even_headers(package: WordPackage, main: str) -> bool:
    settings = package.related(main, "settings")
    return bool(settings) and _is_on(parse(package.parts[settings[0]]), "evenAndOddHeaders")


def _kinds_used(section: Element, *, even: bool) -> Iterator[str]:
    yield "default"
    if _is_on(section, "titlePg"):
        yield "first"
    if even:
        yield "even"


def _is_on(holder: Element, name: str) -> bool:
    switch = holder.find(w(name))
    return switch is not None and switch.get(w("val")) not in ("0", "false", "off")


def _add_header(
    package: WordPackage, main: str, trees: dict[str, Element], section: Element, kind: str
) -> None:
    name = next(
        name for n in range(1, len(package.parts) + 2) if (name := f"word/header{n}.xml") not in package.parts
    )
    package.parts[name] = b""
    package.declare(name, _HEADER_TYPE)
    reference = element("headerReference", type=kind)
    reference.set(r("id"), package.relate(main, "header", name))
    section.insert(0, reference)
    trees[name] = parse(f'<w:hdr xmlns:w="{W_NS}" xmlns:r="{R_NS}"><w:p/></w:hdr>'.encode())


# A Word template: compiled once with all its mistakes told, then rendered as often as wanted --------------


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

    package: WordPackage
    main: str
    trees: Mapping[str, Element]


class Template:
    """A compiled template.

    Args:
        package: the parts that rendering leaves as they are, and the old state of the others.
        parts: the compiled parts, the main part first.
    """

    def __init__(self, package: WordPackage, parts: tuple[TemplatePart, ...]) -> None:
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


def text_parts(package: WordPackage, main: str) -> Iterator[tuple[str, str]]:
    """The parts whose text is filled in, each with what the user calls it, the main part first."""
    yield main, _MAIN_LABEL
    for kind, label in _LABELS.items():
        for number, part in enumerate(package.related(main, kind), 1):
            yield part, label.format(number)
