"""The look of a highlighted cell: a conditional fill, or a fill of its own where no formula can be given."""

import re

from lkt.attributes import whole
from lkt.findings import Severity
from lkt.workbook.patch.grid import Grid, cells_of
from lkt.workbook.patch.markup import Element, add, m, new
from lkt.workbook.patch.record import Record
from lkt.workbook.patch.styles import Styles

FILLS = {Severity.ERROR: "FFFFB3AD", Severity.WARNING: "FFFFE36E", Severity.INFO: "FFBFDDF5"}
INK = "FF1F2A37"

STATIC_FILLS = {Severity.ERROR: "FFFEB2AC", Severity.WARNING: "FFFEE26D", Severity.INFO: "FFBEDCF4"}
"""The same to the eye, and odd enough to be recognised in whatever program the copy was saved."""

_LIGHT_THEME = {"0", "2"}  # the colours that themes give to backgrounds
_LIGHT = 150
_RGB = re.compile("[0-9A-Fa-f]{6}")


class Highlights:
    """The formats of highlighted cells, each made once.

    Args:
        styles: where they are added.
        record: where a restyled format is noted with its original.
    """

    def __init__(self, styles: Styles, record: Record) -> None:
        self._styles = styles
        self._record = record
        self._conditional: dict[tuple[Severity, bool], int] = {}
        self._static: dict[tuple[Severity, str], int] = {}
        self._fills: dict[Severity, int] = {}

    def conditional(self, severity: Severity, cell: Element | None) -> int:
        """The number of the conditional format; on light letters it makes them dark."""
        key = severity, self._has_light_letters(_style(cell))
        if key not in self._conditional:
            self._conditional[key] = self._styles.append("dxfs", _differential(*key))
        return self._conditional[key]

    def restyle(self, severity: Severity, cell: Element) -> None:
        """Give a cell a copy of its format that differs in the fill alone."""
        key = severity, cell.get("s", "")
        if key not in self._static:
            if severity not in self._fills:
                self._fills[severity] = self._styles.append("fills", _fill(STATIC_FILLS[severity]))
            fill = str(self._fills[severity])
            made = self._styles.variant(_style(cell), fillId=fill, applyFill="1")
            self._record.styles.originals[made] = key[1]
            self._static[key] = made
        cell.set("s", str(self._static[key]))

    def _has_light_letters(self, cell_format: int) -> bool:
        fonts = self._styles.items("fonts")
        number = whole(self._styles.format(cell_format).get("fontId"))
        color = fonts[number].find(m("color")) if 0 <= number < len(fonts) else None
        return color is not None and _is_light(color)


def _style(cell: Element | None) -> int:
    return 0 if cell is None else whole(cell.get("s"))


def _is_light(color: Element) -> bool:
    rgb = color.get("rgb", "")[-6:]
    if _RGB.fullmatch(rgb):
        red, green, blue = (int(rgb[place : place + 2], 16) for place in (0, 2, 4))
        return 0.3 * red + 0.59 * green + 0.11 * blue > _LIGHT
    return color.get("theme") in _LIGHT_THEME or color.get("indexed") in {"1", "9"}


def _differential(severity: Severity, dark: bool) -> Element:  # noqa: FBT001 - unpacked from a key
    made = new("dxf")
    if dark:
        add(add(made, "font"), "color", rgb=INK)
    pattern = add(add(made, "fill"), "patternFill", patternType="solid")
    add(pattern, "fgColor", rgb=FILLS[severity])
    add(pattern, "bgColor", rgb=FILLS[severity])
    return made


def _fill(color: str) -> Element:
    made = new("fill")
    pattern = add(made, "patternFill", patternType="solid")
    add(pattern, "fgColor", rgb=color)
    add(pattern, "bgColor", indexed="64")
    return made


class Restorer:
    """Tells which cell format a restyled one was made from.

    Args:
        styles: the root of styles.xml, or None.
        originals: what the record says; empty where it is void.
    """

    def __init__(self, styles: Element | None, originals: dict[int, str]) -> None:
        self._originals = originals
        self._formats = [] if styles is None else list(styles.iterfind(f"{m('cellXfs')}/{m('xf')}"))
        fills = [] if styles is None else list(styles.iterfind(f"{m('fills')}/{m('fill')}"))
        self._ours = {str(number) for number, fill in enumerate(fills) if _is_ours(fill)}

    @property
    def needed(self) -> bool:
        """Whether there can be restyled cells at all."""
        return bool(self._ours)

    def original(self, number: int) -> str | None:
        """The former attribute ``s``, which may be empty; None where a format is not of our making.

        Without a record it is that of a format that differs in its fill alone, if there is one.
        """
        if number >= len(self._formats) or self._formats[number].get("fillId") not in self._ours:
            return None
        if number in self._originals:
            return self._originals[number]
        wanted = _apart_from_fill(self._formats[number])
        for other, item in enumerate(self._formats):
            if item.get("fillId") not in self._ours and _apart_from_fill(item) == wanted:
                return str(other)
        return None

    def remove_fills(self) -> None:
        """Take our fill from the formats that still have it: others may have been made from ours."""
        for item in self._formats:
            if item.get("fillId") in self._ours:
                item.set("fillId", "0")


def restore_cells(grid: Grid, restorer: Restorer) -> bool:
    """Give restyled cells their former format; whether there were any."""
    changed = False
    for row in grid.rows().values():
        for _, cell in cells_of(row):
            original = restorer.original(whole(cell.get("s")))
            if original is None:
                continue
            cell.set("s", original)
            if not original:
                del cell.attrib["s"]
            changed = True
    return changed


def _is_ours(fill: Element) -> bool:
    return any(color.get("rgb") in STATIC_FILLS.values() for color in fill.iter(m("fgColor")))


def _apart_from_fill(item: Element) -> tuple[object, ...]:
    ignored = {"fillId", "applyFill"}
    own = tuple(sorted((str(key), str(value)) for key, value in item.attrib.items() if key not in ignored))
    inner = tuple((str(child.tag), tuple(sorted(map(str, child.attrib.items())))) for child in item)
    return own, inner
