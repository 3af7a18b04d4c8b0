"""Styles that a template may lack: those of lists, which Word makes only when it needs them."""

from lkt.report.opc import Package
from lkt.report.outline import style_sheet
from lkt.report.wordml import W_NS, Element, parse, serialize

_STYLE = (
    '<w:style xmlns:w="{ns}" w:type="paragraph" w:styleId="{id}"><w:name w:val="{name}"/>{based}'
    '<w:uiPriority w:val="{priority}"/><w:unhideWhenUsed/><w:pPr><w:spacing w:after="80"/>'
    '<w:ind w:left="{left}" w:right="850" w:hanging="{hanging}"/></w:pPr></w:style>'
)
_STEP = 567  # twips, one centimetre
_LABEL = 1418  # room for "Gambar 3.10"


def ensure_style(package: Package, main: str, name: str) -> str:
    """The id of a style of lists, "toc 1" to "toc 9" or "table of figures", made where it is missing.

    Args:
        package: has the styles.
        main: the name of the main part.
        name: the name that Word stores in every language.
    """
    parts = package.related(main, "styles")
    if not parts:
        return _usual_id(name)
    styles = style_sheet(package.parts[parts[0]])
    if not styles.id_of(name):
        root = parse(package.parts[parts[0]])
        root.append(_made(name, styles.id_of("Normal")))
        package.parts[parts[0]] = serialize(root)
    return styles.id_of(name) or _usual_id(name)


def _usual_id(name: str) -> str:
    return name.replace("toc ", "TOC").replace("table of figures", "TableofFigures")


def _made(name: str, normal: str) -> Element:
    level = int(name.removeprefix("toc ")) if name.startswith("toc ") else 0
    return parse(
        _STYLE.format(
            ns=W_NS,
            id=_usual_id(name),
            name=name,
            based=f'<w:basedOn w:val="{normal}"/>' if normal else "",
            priority=39 if level else 99,
            left=_STEP * level if level else _LABEL,
            hanging=_STEP if level else _LABEL,
        ).encode()
    )
