"""The formats of cells in styles.xml: each that is needed is found there, or added at the end of its list."""

from copy import deepcopy
from dataclasses import dataclass
from string import hexdigits

from lkt.bounded import whole
from lkt.xlsx.number_formats import BUILTIN, GENERAL, TEXT
from lkt.xlsx.package import (
    TRUE,
    Element,
    Package,
    XlsxError,
    children,
    fragment,
    insert_in_order,
    m,
    new,
    serialize,
)

INK = "FF1F2A37"
"""The colour of letters on a light fill."""

_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
_BUILTIN_NUMBERS = {code: number for number, code in sorted(BUILTIN.items(), reverse=True)}
_FIRST_OWN = 164  # numbers below are those of the formats that need no declaration
_SIDES = ("left", "right", "top", "bottom")
_BOX = "".join(f'<{side} style="thin"><color rgb="FFCBD3DC"/></{side}>' for side in _SIDES)
_STARTS = {
    "fonts": '<font><sz val="11"/><name val="Calibri"/></font>',
    "fills": '<fill><patternFill/></fill><fill><patternFill patternType="gray125"/></fill>',
    "borders": "<border><left/><right/><top/><bottom/><diagonal/></border>",
    "cellXfs": '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>',
}
"""What each list of formats starts with, where it is empty; the first two fills have a fixed meaning."""

Shape = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class CellLook:
    """How a cell of a new sheet looks, in the font of the workbook, with a thin box around it.

    Attributes:
        color: of its letters, as ARGB.
        fill: its background, as ARGB; empty for none.
        effect: "b" for bold letters, "u" for underlined ones; empty for plain ones.
        horizontal: left, center or right.
    """

    color: str = INK
    fill: str = ""
    effect: str = ""
    horizontal: str = "left"


class Styles:
    """The lists of formats of a workbook; the part is made where there is none.

    Args:
        package: the workbook.

    Raises:
        XlsxError: what should be the part of formats is something else.
    """

    def __init__(self, package: Package) -> None:
        book = package.workbook_part
        part = package.related(book, "styles")
        if part is None:
            usual = "xl/styles.xml"  # some programs look nowhere else
            part = package.free_name("xl/styles{}.xml") if usual in package else usual
            package.put(part, serialize(new("styleSheet")), _TYPE)
            package.relate(book, "styles", part)
        self._package, self._part = package, part
        self._root = package.root(part)
        if self._root.tag != m("styleSheet"):
            raise XlsxError("bagian format selnya berisi hal lain")
        self._numbers: dict[str, dict[Shape, int]] = {}
        self._codes: dict[int, str] = {}
        self._with_code: dict[tuple[int, str], int] = {}
        self._looks: dict[CellLook, int] = {}
        self._highlights: dict[tuple[int, str], int] = {}

    def code(self, style: int) -> str:
        """The number format of a cell format; ``@`` also where a quote makes everything text."""
        if style not in self._codes:
            xf = self._xf(style)
            number = whole(xf.get("numFmtId"))
            code = self._own_codes().get(number) or BUILTIN.get(number, GENERAL)
            self._codes[style] = TEXT if xf.get("quotePrefix") in TRUE else code
        return self._codes[style]

    def with_code(self, style: int, code: str) -> int:
        """The cell format that differs from another in its number format alone."""
        if (style, code) not in self._with_code:
            made = deepcopy(self._xf(style))
            made.tail = None
            made.set("numFmtId", str(self._code_number(code)))
            made.set("applyNumberFormat", "1")
            if made.get("quotePrefix"):
                made.set("quotePrefix", "0")
            self._with_code[style, code] = self._number("cellXfs", made)
        return self._with_code[style, code]

    def of_look(self, look: CellLook) -> int:
        """The cell format of a look."""
        if look not in self._looks:
            fill = self._number("fills", fragment(_fill(look.fill, 'indexed="64"'))) if look.fill else 0
            border = self._number("borders", fragment(f"<border>{_BOX}<diagonal/></border>"))
            indent = "" if look.horizontal == "center" else ' indent="1"'
            xf = (
                f'<xf numFmtId="0" fontId="{self._font(look)}" fillId="{fill}" borderId="{border}" xfId="0" '
                'applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">'
                f'<alignment horizontal="{look.horizontal}" vertical="center" wrapText="1"{indent}/></xf>'
            )
            self._looks[look] = self._number("cellXfs", fragment(xf))
        return self._looks[look]

    def highlight(self, style: int, color: str) -> int:
        """The conditional format that fills cells of a cell format; light letters become dark on it."""
        if (style, color) not in self._highlights:
            font = f'<font><color rgb="{INK}"/></font>' if self._has_light_letters(style) else ""
            fill = _fill(color, f'rgb="{color}"')
            self._highlights[style, color] = self._number("dxfs", fragment(f"<dxf>{font}{fill}</dxf>"))
        return self._highlights[style, color]

    def _font(self, look: CellLook) -> int:
        """A font with size, name and family of the workbook's own."""
        usual = next(children(self._root.find(m("fonts"))), None)
        own = {} if usual is None else {name: usual.find(m(name)) for name in ("sz", "name", "family")}
        made = fragment(
            f'<font>{f"<{look.effect}/>" if look.effect else ""}<sz val="11"/><color rgb="{look.color}"/>'
            '<name val="Calibri"/><family val="2"/></font>'
        )
        for name, item in own.items():
            stated = made.find(m(name))
            if item is not None and stated is not None:
                stated.set("val", item.get("val", ""))
        return self._number("fonts", made)

    def _has_light_letters(self, style: int) -> bool:
        fonts = list(children(self._root.find(m("fonts"))))
        number = whole(self._xf(style).get("fontId"))
        color = fonts[number].find(m("color")) if 0 <= number < len(fonts) else None
        return color is not None and _is_light(color)

    def _xf(self, style: int) -> Element:
        """The cell format of a number; the first where there is none of that number."""
        formats = list(children(self._list("cellXfs")))
        return formats[style] if 0 <= style < len(formats) else formats[0]

    def _own_codes(self) -> dict[int, str]:
        declared = children(self._root.find(m("numFmts")))
        return {whole(item.get("numFmtId")): item.get("formatCode", "") for item in declared}

    def _code_number(self, code: str) -> int:
        own = self._own_codes()
        known = _BUILTIN_NUMBERS | {code: number for number, code in own.items()}
        if code not in known:
            known[code] = max([_FIRST_OWN - 1, *own]) + 1
            self._number("numFmts", new("numFmt", numFmtId=str(known[code]), formatCode=code))
        return known[code]

    def _number(self, name: str, item: Element) -> int:
        """The number of an element like this one in a list, to which it is added where there is none."""
        holder = self._list(name)
        numbers = self._numbers.setdefault(name, {})
        if not numbers:
            for number, known in enumerate(children(holder)):
                numbers.setdefault(_shape(known), number)
        shape = _shape(item)
        if shape not in numbers:
            numbers[shape] = sum(1 for _ in children(holder))
            holder.append(item)
            holder.set("count", str(numbers[shape] + 1))
            self._package.edit(self._part)
        return numbers[shape]

    def _list(self, name: str) -> Element:
        """A list with the elements that it starts with."""
        found = self._root.find(m(name))
        if found is None:
            found = new(name)
            insert_in_order(self._root, [found])
        if not len(found):
            found.extend(list(fragment(f"<x>{_STARTS.get(name, '')}</x>")))
            found.set("count", str(len(found)))
            self._package.edit(self._part)
        return found


def _shape(item: Element) -> Shape:
    """An element without what its surroundings add to it, to compare it with others."""
    return tuple((each.tag, tuple(sorted(each.items())), each.text or "") for each in item.iter("*"))


def _fill(color: str, background: str) -> str:
    pattern = (
        f'<patternFill patternType="solid"><fgColor rgb="{color}"/><bgColor {background}/></patternFill>'
    )
    return f"<fill>{pattern}</fill>"


def _is_light(color: Element) -> bool:
    rgb = color.get("rgb", "")[-6:]
    if len(rgb) == 6 and set(rgb) <= set(hexdigits):
        red, green, blue = bytes.fromhex(rgb)
        return 0.3 * red + 0.59 * green + 0.11 * blue > 150
    return color.get("theme") in {"0", "2"} or color.get("indexed") in {"1", "9"}
