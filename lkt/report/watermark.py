"""A word in grey across each page, as Word itself draws it: WordArt hung in the headers."""

from collections.abc import Iterator

from lkt.report.ledger import clean
from lkt.report.opc import Package
from lkt.report.wordml import R_NS, W_NS, Element, P, element, parse, r, w

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


def add_watermark(package: Package, main: str, trees: dict[str, Element], text: str) -> None:
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


def _complete_headers(package: Package, main: str, trees: dict[str, Element]) -> None:
    """Give each section the headers that its pages use, where it neither has nor inherits them."""
    even = _has_even_headers(package, main)
    present: set[str | None] = set()
    for section in trees[main].iter(w("sectPr")):
        present |= {reference.get(w("type")) for reference in section.iterchildren(w("headerReference"))}
        for kind in _kinds_used(section, even=even):
            if kind not in present:
                _add_header(package, main, trees, section, kind)
                present.add(kind)


def _has_even_headers(package: Package, main: str) -> bool:
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


def _add_header(package: Package, main: str, trees: dict[str, Element], section: Element, kind: str) -> None:
    name = next(
        name for n in range(1, len(package.parts) + 2) if (name := f"word/header{n}.xml") not in package.parts
    )
    package.parts[name] = b""
    package.declare(name, _HEADER_TYPE)
    reference = element("headerReference", type=kind)
    reference.set(r("id"), package.relate(main, "header", name))
    section.insert(0, reference)
    trees[name] = parse(f'<w:hdr xmlns:w="{W_NS}" xmlns:r="{R_NS}"><w:p/></w:hdr>'.encode())
