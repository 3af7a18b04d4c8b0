"""The formats of cells in styles.xml: each that is needed is found there, or added at the end of its list."""

from copy import deepcopy
from functools import cached_property
from string import hexdigits
from typing import TypeAlias

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
_STARTS = {
    "fonts": '<font><sz val="11"/><name val="Calibri"/></font>',
    "fills": '<fill><patternFill/></fill><fill><patternFill patternType="gray125"/></fill>',
    "borders": "<border><left/><right/><top/><bottom/><diagonal/></border>",
    "cellXfs": '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>',
}
"""What each list of formats starts with, where it is empty; the first two fills have a fixed meaning."""

Shape: TypeAlias = tuple[object, ...]


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

    def code(self, style: int) -> str:
        """The number format of a cell format; ``@`` also where a quote makes everything text."""
        xf = self._xf(style)
        number = whole(xf.get("numFmtId"))
        code = self._own_codes.get(number) or BUILTIN.get(number, GENERAL)
        return TEXT if xf.get("quotePrefix") in TRUE else code

    def with_code(self, style: int, code: str) -> int:
        """The cell format that differs from another in its number format alone."""
        made = deepcopy(self._xf(style))
        made.tail = None
        made.set("numFmtId", str(self._code_number(code)))
        made.set("applyNumberFormat", "1")
        if made.get("quotePrefix"):
            made.set("quotePrefix", "0")
        number = self.number("cellXfs", made)
        if number == len(self._formats):
            self._formats.append(made)
        return number

    def highlight(self, style: int, color: str) -> int:
        """The conditional format that fills cells of a cell format; light letters become dark on it."""
        number = whole(self._xf(style).get("fontId"))
        letters = self._fonts[number].find(m("color")) if 0 <= number < len(self._fonts) else None
        font = f'<font><color rgb="{INK}"/></font>' if _is_light(letters) else ""
        fill = solid(color, f'rgb="{color}"')
        return self.number("dxfs", fragment(f"<dxf>{font}{fill}</dxf>"))

    def number(self, name: str, item: Element) -> int:
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

    def usual_font(self) -> dict[str, str]:
        """Size, name and family of the font that the workbook itself uses."""
        font = self._fonts[0] if self._fonts else None
        stated = {} if font is None else {name: font.find(m(name)) for name in ("sz", "name", "family")}
        own = {name: item.get("val", "") for name, item in stated.items() if item is not None}
        return {"sz": "11", "name": "Calibri", "family": "2"} | own

    @cached_property
    def _formats(self) -> list[Element]:
        return list(children(self._list("cellXfs")))

    @cached_property
    def _fonts(self) -> list[Element]:
        """Those that the workbook came with."""
        return list(children(self._root.find(m("fonts"))))

    def _xf(self, style: int) -> Element:
        """The cell format of a number; the first where there is none of that number."""
        return self._formats[style if 0 <= style < len(self._formats) else 0]

    @cached_property
    def _own_codes(self) -> dict[int, str]:
        declared = children(self._root.find(m("numFmts")))
        return {whole(item.get("numFmtId")): item.get("formatCode", "") for item in declared}

    def _code_number(self, code: str) -> int:
        known = _BUILTIN_NUMBERS | {code: number for number, code in self._own_codes.items()}
        if code not in known:
            known[code] = max([_FIRST_OWN - 1, *self._own_codes]) + 1
            self._own_codes[known[code]] = code
            self.number("numFmts", new("numFmt", numFmtId=str(known[code]), formatCode=code))
        return known[code]

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


def solid(color: str, background: str) -> str:
    """The XML of a fill of one colour; conditional formats use the background, cells the colour."""
    pattern = f'<fgColor rgb="{color}"/><bgColor {background}/>'
    return f'<fill><patternFill patternType="solid">{pattern}</patternFill></fill>'


def _shape(item: Element) -> Shape:
    """An element without what its surroundings add to it, to compare it with others."""
    return tuple((each.tag, tuple(sorted(each.items())), each.text or "") for each in item.iter("*"))


def _is_light(color: Element | None) -> bool:
    if color is None:
        return False
    rgb = color.get("rgb", "")[-6:]
    if len(rgb) == 6 and set(rgb) <= set(hexdigits):
        red, green, blue = bytes.fromhex(rgb)
        return 0.3 * red + 0.59 * green + 0.11 * blue > 150
    return color.get("theme") in {"0", "2"} or color.get("indexed") in {"1", "9"}
