"""Styles that a template may lack: those of lists, which Word makes only when it needs them."""

from lkt.report.opc import Package
from lkt.report.outline import StyleSheet
from lkt.report.wordml import W_NS, Element, parse, serialize, w

_STYLE = (
    '<w:style xmlns:w="{ns}" w:type="paragraph" w:styleId="{id}"><w:name w:val="{name}"/>{based}'
    '<w:uiPriority w:val="{priority}"/><w:unhideWhenUsed/><w:pPr><w:spacing w:after="80"/>'
    '<w:ind w:left="{left}" w:right="850" w:hanging="{hanging}"/></w:pPr></w:style>'
)
_STEP = 567  # twips, one centimetre
_LABEL = 1247  # room for "Tabel 3.10"


def ensure_style(package: Package, main: str, styles: StyleSheet, name: str) -> str:
    """The id of a style of lists, "toc 1" to "toc 9" or "table of figures", made where it is missing."""
    if found := styles.id_of(name):
        return found
    identifier = name.title().replace(" ", "")
    names = package.related(main, "styles")
    if not names:
        return identifier
    root = parse(package.parts[names[0]])
    if not any(style.get(w("styleId")) == identifier for style in root.iter(w("style"))):
        root.append(_made(identifier, name, styles))
        package.parts[names[0]] = serialize(root)
    return identifier


def _made(identifier: str, name: str, styles: StyleSheet) -> Element:
    level = int(name.removeprefix("toc ")) if name.startswith("toc ") else 0
    normal = styles.id_of("Normal")
    return parse(
        _STYLE.format(
            ns=W_NS,
            id=identifier,
            name=name,
            based=f'<w:basedOn w:val="{normal}"/>' if normal else "",
            priority=39 if level else 99,
            left=_STEP * level if level else _LABEL,
            hanging=_STEP if level else _LABEL,
        ).encode()
    )
