"""The pieces of VML that a note's box is made of."""

import re

NAMESPACES = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
BLANK = (
    f'<xml {NAMESPACES}><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{{number}}"/>'
    "</o:shapelayout></xml>"
)
TYPE = 'id="_x0000_t202"'
# The order of its attributes tells it from one that was there before.
SHAPE_TYPE = (
    '<v:shapetype {names}coordsize="21600,21600" id="_x0000_t202" o:spt="202" '
    'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
NOTE = (
    '<v:shape {names}id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;margin-left:60pt;'
    'margin-top:2pt;width:240pt;height:80pt;z-index:{order};visibility:hidden" fillcolor="#fffdf2" '
    'o:insetmode="auto"><v:fill color2="#fffdf2"/><v:shadow on="t" color="black" obscured="t"/>'
    '<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"><div style="text-align:left">'
    '</div></v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
    "<x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row>"
    "<x:Column>{column}</x:Column></x:ClientData></v:shape>"
)
_ROOT = re.compile(r"<xml\b[^>]*>")


def declares_names(text: str) -> bool:
    """Whether the root of a drawing declares the three prefixes as they are used here."""
    root = _ROOT.search(text)
    return root is not None and all(name in root[0] for name in NAMESPACES.split())
