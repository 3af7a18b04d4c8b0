"""How a chart looks, in colour and printed in black and white: fills, lines, markers, letters.

A chart is written as text: it has some three hundred elements, most of them the same in every chart, and to
make each of them an object took most of the time of a chart.
"""

from dataclasses import dataclass
from functools import lru_cache
from xml.sax.saxutils import escape

_QUOTED = {'"': "&quot;", "\n": "&#10;", "\t": "&#9;"}
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


def node(name: str, *children: str, text: str = "", **attributes: object) -> str:
    """An element such as ``c:ser``, as XML; an attribute of relationships is written ``r_id``."""
    given = "".join([_attribute(key, str(value)) for key, value in attributes.items()])
    inside = escape(text) + "".join(children) if text else "".join(children)
    return f"<{name}{given}>{inside}</{name}>" if inside else f"<{name}{given}/>"


@lru_cache(maxsize=512)
def _attribute(key: str, value: str) -> str:
    return f' {key.replace("_", ":")}="{escape(value, _QUOTED)}"'


def val(name: str, value: object) -> str:
    """An element that is nothing but its value."""
    return node(name, val=value)


def solid(colour: str) -> str:
    """A fill of one colour."""
    return node("a:solidFill", node("a:srgbClr", val=colour))


def outline(colour: str, width: int = 6350, dash: str = "", *end: str, **attributes: str) -> str:
    """A line, or the edge of a bar."""
    dashes = val("a:prstDash", dash) if dash else ""
    return node("a:ln", solid(colour), dashes, *end, w=width, **attributes)


def no_outline() -> str:
    """No line."""
    return node("a:ln", node("a:noFill"))


@lru_cache(maxsize=64)
def bar(look: int) -> str:
    """The shape of the bars of a series: hatched on white, or dark."""
    return node("c:spPr", solid(NAVY) if look % 2 else _hatched(), outline(INK))


def _hatched() -> str:
    foreground = node("a:fgClr", node("a:srgbClr", val=GREY))
    background = node("a:bgClr", node("a:srgbClr", val="FFFFFF"))
    return node("a:pattFill", foreground, background, prst="ltUpDiag")


@lru_cache(maxsize=64)
def line(look: int) -> str:
    """The line of a series."""
    stroke = STROKES[look % len(STROKES)]
    drawn = outline(stroke.colour, stroke.width, stroke.dash, node("a:round"), cap="rnd")
    return node("c:spPr", drawn)


@lru_cache(maxsize=64)
def marker(look: int) -> str:
    """The mark on its points."""
    stroke = STROKES[look % len(STROKES)]
    fill = solid("FFFFFF" if stroke.hollow else stroke.colour)
    shape = node("c:spPr", fill, outline(stroke.colour, 9525))
    return node("c:marker", val("c:symbol", stroke.marker), val("c:size", 7), shape)


@lru_cache(maxsize=64)
def letters(font: str, wrap: str = "square") -> str:
    """Small black text in a font; in that of the theme when none is named."""
    properties = node("a:defRPr", solid(INK), _latin(font), sz=_SIZE, b=0)
    return _body("c:txPr", wrap, node("a:pPr", properties), node("a:endParaRPr", lang="id-ID"))


def words(text: str, font: str) -> str:
    """A text of its own, such as the title of an axis."""
    usual = node("a:defRPr", solid(INK), _latin(font), sz=_SIZE, b=0)
    properties = node("a:rPr", solid(INK), _latin(font), lang="id-ID", sz=_SIZE, b=0)
    run = node("a:r", properties, node("a:t", text=text))
    return node("c:tx", _body("c:rich", "square", node("a:pPr", usual), run))


def _latin(font: str) -> str:
    return node("a:latin", typeface=font) if font else ""


def _body(name: str, wrap: str, *paragraph: str) -> str:
    return node(name, node("a:bodyPr", wrap=wrap), node("a:lstStyle"), node("a:p", *paragraph))
