"""How a chart looks, in colour and printed in black and white: fills, lines, markers, letters."""

from dataclasses import dataclass
from functools import cache

from lxml import etree

from lkt.report.wordml import R_NS, Element

_NAMESPACES = {
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "r": R_NS,
}
INK, NAVY, GREY, PALE = "000000", "1F3864", "595959", "BFBFBF"
_SIZE = "800"  # hundredths of a point


@dataclass(frozen=True)
class Stroke:
    """One line of a line chart; no two look alike in grey.

    Args:
        colour: of the line.
        dash: its pattern.
        marker: the mark on its points.
        hollow: the mark is white inside.
        width: in EMU.
    """

    colour: str
    dash: str
    marker: str
    hollow: bool = False
    width: int = 19050


STROKES = (
    Stroke(NAVY, "solid", "circle"),
    Stroke(INK, "dash", "square"),
    Stroke(GREY, "sysDot", "triangle"),
    Stroke(NAVY, "lgDash", "diamond"),
    Stroke(INK, "dashDot", "x"),
    Stroke(GREY, "lgDashDotDot", "star"),
    Stroke(INK, "solid", "circle", hollow=True, width=31750),
)
"""The lines by the look of a series; the last is for the one that is of another kind."""


def node(name: str, *children: Element | None, text: str = "", **attributes: object) -> Element:
    """An element such as ``c:ser``; an attribute of relationships is written ``r_id``."""
    made = etree.Element(_full(name), nsmap=None if name != "c:chartSpace" else _NAMESPACES)
    for key, value in attributes.items():
        made.set(_full(key.replace("_", ":")), str(value))
    made.extend([child for child in children if child is not None])
    made.text = text or None
    return made


def val(name: str, value: object) -> Element:
    """An element that is nothing but its value."""
    return node(name, val=value)


@cache
def _full(name: str) -> str:
    prefix, colon, local = name.partition(":")
    return f"{{{_NAMESPACES[prefix]}}}{local}" if colon else name


def solid(colour: str) -> Element:
    """A fill of one colour."""
    return node("a:solidFill", node("a:srgbClr", val=colour))


def outline(colour: str, width: int = 6350, dash: str = "") -> Element:
    """A line, or the edge of a bar."""
    return node("a:ln", solid(colour), val("a:prstDash", dash) if dash else None, w=width)


def no_outline() -> Element:
    """No line."""
    return node("a:ln", node("a:noFill"))


def bar(look: int) -> Element:
    """The shape of the bars of a series: hatched on white, or dark."""
    return node("c:spPr", solid(NAVY) if look % 2 else _hatched(), outline(INK))


def _hatched() -> Element:
    foreground = node("a:fgClr", node("a:srgbClr", val=GREY))
    background = node("a:bgClr", node("a:srgbClr", val="FFFFFF"))
    return node("a:pattFill", foreground, background, prst="ltUpDiag")


def line(look: int) -> Element:
    """The line of a series."""
    stroke = STROKES[look % len(STROKES)]
    drawn = outline(stroke.colour, stroke.width, stroke.dash)
    drawn.set("cap", "rnd")
    drawn.append(node("a:round"))
    return node("c:spPr", drawn)


def marker(look: int) -> Element:
    """The mark on its points."""
    stroke = STROKES[look % len(STROKES)]
    fill = solid("FFFFFF" if stroke.hollow else stroke.colour)
    shape = node("c:spPr", fill, outline(stroke.colour, 9525))
    return node("c:marker", val("c:symbol", stroke.marker), val("c:size", 7), shape)


def letters(font: str, name: str = "c:txPr", wrap: str = "square") -> Element:
    """Small black text in a font; in that of the theme when none is named."""
    latin = node("a:latin", typeface=font) if font else None
    properties = node("a:defRPr", solid(INK), latin, sz=_SIZE, b=0)
    paragraph = node("a:p", node("a:pPr", properties), node("a:endParaRPr", lang="id-ID"))
    return node(name, node("a:bodyPr", wrap=wrap), node("a:lstStyle"), paragraph)


def words(text: str, font: str) -> Element:
    """A text of its own, such as the title of an axis."""
    made = letters(font, "c:rich")
    latin = node("a:latin", typeface=font) if font else None
    properties = node("a:rPr", solid(INK), latin, lang="id-ID", sz=_SIZE, b=0)
    made[-1][-1:] = [node("a:r", properties, node("a:t", text=text))]
    return node("c:tx", made)
