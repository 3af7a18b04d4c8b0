"""The cell formats of the sheet of findings."""

from lkt.findings import Severity
from lkt.workbook.patch.highlight import FILLS, INK
from lkt.workbook.patch.markup import Element, add, m, new
from lkt.workbook.patch.styles import Styles

_NAVY, _WHITE, _LINE = "FF1F4E79", "FFFFFFFF", "FFCBD3DC"


class Looks:
    """The numbers of the formats; fonts take name and size of the workbook's own.

    Args:
        styles: where they are added.
    """

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._border = styles.append("borders", _box())
        plain, bold = self._font(INK), self._font(INK, "b")
        white, link = self._font(_WHITE, "b"), self._font(_NAVY, "u")
        self.heading = self._format(white, _NAVY, horizontal="center")
        self.body = self._format(plain)
        self.code = self._format(bold, horizontal="center")
        self.link = self._format(link)
        self.figure = self._format(plain, horizontal="right")
        self.levels = {level: self._format(bold, fill, horizontal="center") for level, fill in FILLS.items()}

    def level(self, severity: Severity) -> int:
        """The format of the cell that names a level."""
        return self.levels[severity]

    def _font(self, color: str, *effects: str) -> int:
        """A font like that of the workbook; effects are elements such as ``b``."""
        usual = next(iter(self._styles.items("fonts")), None)
        made = new("font")
        for effect in effects:
            add(made, effect)
        for name, default in (("sz", "11"), ("color", ""), ("name", "Calibri"), ("family", "2")):
            if name == "color":
                add(made, "color", rgb=color)
            else:
                add(made, name, val=_value(usual, name, default))
        return self._styles.append("fonts", made)

    def _format(self, font: int, fill: str = "", horizontal: str = "left") -> int:
        number = self._styles.append("fills", _solid(fill)) if fill else 0
        made = new(
            "xf", numFmtId="0", fontId=str(font), fillId=str(number), borderId=str(self._border), xfId="0"
        )
        for name in ("applyFont", "applyFill", "applyBorder", "applyAlignment"):
            made.set(name, "1")
        alignment = add(made, "alignment", horizontal=horizontal, vertical="center", wrapText="1")
        if horizontal != "center":
            alignment.set("indent", "1")
        return self._styles.append("cellXfs", made)


def _value(font: Element | None, name: str, default: str) -> str:
    found = None if font is None else font.find(m(name))
    return default if found is None else found.get("val", default)


def _solid(color: str) -> Element:
    made = new("fill")
    pattern = add(made, "patternFill", patternType="solid")
    add(pattern, "fgColor", rgb=color)
    add(pattern, "bgColor", indexed="64")
    return made


def _box() -> Element:
    made = new("border")
    for name in ("left", "right", "top", "bottom"):
        add(add(made, name, style="thin"), "color", rgb=_LINE)
    add(made, "diagonal")
    return made
