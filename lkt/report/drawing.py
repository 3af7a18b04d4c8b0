"""A picture or a chart in the line of text, as DrawingML."""

from lkt.report.ledger import clean
from lkt.report.values import Chart, Picture
from lkt.report.wordml import R_NS, W_NS, Element, parse

WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
DOC_PR = f"{{{WP}}}docPr"

_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_INLINE = f"""\
<w:drawing xmlns:w="{W_NS}" xmlns:r="{R_NS}" xmlns:wp="{WP}">\
<wp:inline distT="0" distB="0" distL="0" distR="0">\
<wp:extent cx="%(width)d" cy="%(height)d"/><wp:docPr id="0" name="Gambar"/>\
<wp:cNvGraphicFramePr><a:graphicFrameLocks xmlns:a="{_A}" noChangeAspect="1"/></wp:cNvGraphicFramePr>\
<a:graphic xmlns:a="{_A}"><a:graphicData uri="{_PIC}"><pic:pic xmlns:pic="{_PIC}">\
<pic:nvPicPr><pic:cNvPr id="0" name="Gambar"/><pic:cNvPicPr/></pic:nvPicPr>\
<pic:blipFill><a:blip r:embed="%(id)s"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>\
<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="%(width)d" cy="%(height)d"/></a:xfrm>\
<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>\
</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>"""

_FRAME = f"""\
<w:drawing xmlns:w="{W_NS}" xmlns:r="{R_NS}" xmlns:wp="{WP}">\
<wp:inline distT="0" distB="0" distL="0" distR="0">\
<wp:extent cx="%(width)d" cy="%(height)d"/><wp:docPr id="0" name="Grafik"/><wp:cNvGraphicFramePr/>\
<a:graphic xmlns:a="{_A}"><a:graphicData uri="{_C}"><c:chart xmlns:c="{_C}" r:id="%(id)s"/>\
</a:graphicData></a:graphic></wp:inline></w:drawing>"""


def drawing(picture: Picture, relationship: str) -> Element:
    """The element that shows a picture; its number is given when the document is whole."""
    made = parse(
        (_INLINE % {"width": picture.width_emu, "height": picture.height_emu, "id": relationship}).encode()
    )
    for properties in made.iter(DOC_PR):
        properties.set("descr", clean(picture.alt))
    return made


def frame(chart: Chart, relationship: str) -> Element:
    """The element that shows a chart; its number is given when the document is whole."""
    values = {"width": chart.width_emu, "height": chart.height_emu, "id": relationship}
    made = parse((_FRAME % values).encode())
    for properties in made.iter(DOC_PR):
        properties.set("descr", clean(chart.alt))
        properties.set("title", clean(chart.title))
    return made
