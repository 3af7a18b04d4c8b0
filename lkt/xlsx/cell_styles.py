"""styles.xml, number formats, and the look of highlighted cells."""

import re
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from hashlib import sha256

from lxml import etree

from lkt.bounded import whole
from lkt.findings import Severity
from lkt.xlsx.package import (
    X14_RULE,
    Element,
    Record,
    add,
    children,
    declare,
    detach,
    drop,
    insert_in_order,
    link,
    m,
    new,
    unlink,
    unreadable,
)
from lkt.xlsx.sheets import MARK, Book, SheetXml, cells_of

# styles.xml: what is added to it goes to the end of its lists, so that it can be taken off again ----------


_CREATED = "gaya:"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
_EMPTY = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
)


class Styles:
    """The lists of formats of a workbook; a part is made where there is none.

    Args:
        book: the workbook.
        record: where what is added is noted.

    Raises:
        UnreadableWorkbookError: what should be its part of formats is something else.
    """

    def __init__(self, book: Book, record: Record) -> None:
        self._book, self._record = book, record
        self._part = book.linked("styles") or _make_part(book, record)
        self._root = book.package.root(self._part)
        if self._root.tag != m("styleSheet"):
            raise unreadable("bagian format selnya berisi hal lain")

    def append(self, collection: str, item: Element) -> int:
        """Add an element to a list; its number there."""
        holder = self._collection(collection)
        self._extend(holder, [item])
        return len(list(children(holder))) - 1

    def format(self, number: int) -> Element:
        """The cell format of a number; the first where there is none of that number."""
        formats = list(children(self._collection("cellXfs")))
        return formats[number] if 0 <= number < len(formats) else formats[0]

    def variant(self, number: int, **attributes: str) -> int:
        """A copy of a cell format with other attributes; its number."""
        made = deepcopy(self.format(number))
        made.tail = None
        for key, value in attributes.items():
            made.set(key, value)
        return self.append("cellXfs", made)

    def items(self, collection: str) -> list[Element]:
        """All elements of a list."""
        return list(children(self._root.find(m(collection))))

    def _collection(self, name: str) -> Element:
        found = self._root.find(m(name))
        if found is None:
            found = new(name, count="0")
            insert_in_order(self._root, found)
            self._record.created.add(_CREATED + name)
        if not len(found):
            self._extend(found, _defaults(name))
        return found

    def _extend(self, holder: Element, items: list[Element]) -> None:
        self._book.package.edit(self._part)
        size, name = len(list(children(holder))), etree.QName(holder).localname
        self._record.styles.sizes.setdefault(name, (size, holder.get("count")))
        holder.extend(items)
        holder.set("count", str(size + len(items)))


def _defaults(collection: str) -> list[Element]:
    """The elements that every list starts with."""
    font, border, plain = new("font"), new("border"), new("fill")
    add(font, "sz", val="11")
    add(font, "name", val="Calibri")
    add(plain, "patternFill", patternType="none")
    gray = new("fill")
    add(gray, "patternFill", patternType="gray125")
    for side in ("left", "right", "top", "bottom", "diagonal"):
        add(border, side)
    xf = new("xf", numFmtId="0", fontId="0", fillId="0", borderId="0")
    return {"fonts": [font], "borders": [border], "fills": [plain, gray], "cellXfs": [xf]}.get(collection, [])


def _make_part(book: Book, record: Record) -> str:
    part = (
        "xl/styles.xml" if "xl/styles.xml" not in book.package else book.package.free_name("xl/styles{}.xml")
    )
    book.package.put(part, _EMPTY)
    declare(book.package, part, _TYPE)
    link(book.package, record, book.part, "styles", part)
    record.created.add(part)
    return part


def seal(book: Book, record: Record) -> None:
    """Note how the part looks now, so that only this very part is put back later."""
    part = book.linked("styles")
    if part is not None:
        record.styles.digest = sha256(book.package.read(part)).hexdigest()


def is_sealed(book: Book, record: Record) -> bool:
    """Whether the part is still as we wrote it."""
    part = book.linked("styles")
    return part is not None and sha256(book.package.read(part)).hexdigest() == record.styles.digest


def restore(book: Book, record: Record) -> None:
    """Put the lists of a sealed part back to their former length."""
    part = book.linked("styles")
    assert part is not None
    if part in record.created:
        unlink(book.package, record, book.part, part)
        drop(book.package, part)
        return
    root = book.package.edit(part)
    for name, (size, count) in record.styles.sizes.items():
        _shorten(root, name, size, count, created=_CREATED + name in record.created)


def _shorten(root: Element, name: str, size: int, count: str | None, *, created: bool) -> None:
    holder = root.find(m(name))
    if holder is None:
        return
    for item in list(children(holder))[max(size, 0) :]:
        detach(item)
    if count is None:
        holder.attrib.pop("count", "")
    else:
        holder.set("count", count)
    if created:
        detach(holder)


# Number formats: what kind a cell has, and a copy of its format with another ------------------------------


GENERAL = "General"
_TEXT = "@"
_BUILT_IN = {GENERAL: 0, "0%": 9, "0.00%": 10}
_NAMES = {number: code for code, number in _BUILT_IN.items()} | {49: _TEXT}
_DATES = frozenset([*range(14, 23), *range(27, 37), 45, 46, 47, *range(50, 59)])
_FIRST_OWN = 164
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')


class NumberFormats:
    """The number formats of a workbook's cells.

    Args:
        styles: its styles.
    """

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._made: dict[tuple[int, str], int] = {}

    def is_date(self, cell_format: int) -> bool:
        """Whether a number of that format shows as a date or a time."""
        number = whole(self._styles.format(cell_format).get("numFmtId"))
        code = _LITERAL.sub("", self._own().get(number, ""))
        return number in _DATES or bool(re.search("[dmyhs]", code.lower()))

    def is_percent(self, cell_format: int) -> bool:
        """Whether a number of that format shows as a percentage."""
        return "%" in _LITERAL.sub("", self._code(cell_format))

    def is_text(self, cell_format: int) -> bool:
        """Whether what is typed into a cell of that format is taken as text."""
        quoted = self._styles.format(cell_format).get("quotePrefix", "0") in {"1", "true"}
        return quoted or self._code(cell_format) == _TEXT

    def with_code(self, cell_format: int, code: str) -> int:
        """The number of a copy of a cell format that differs in its number format alone."""
        key = cell_format, code
        if key not in self._made:
            number = str(self._number(code))
            changes = {"numFmtId": number, "applyNumberFormat": "1"}
            if self._styles.format(cell_format).get("quotePrefix"):
                changes["quotePrefix"] = "0"
            self._made[key] = self._styles.variant(cell_format, **changes)
        return self._made[key]

    def _code(self, cell_format: int) -> str:
        number = whole(self._styles.format(cell_format).get("numFmtId"))
        return self._own().get(number) or _NAMES.get(number, "")

    def _number(self, code: str) -> int:
        known = _BUILT_IN | {own: number for number, own in self._own().items()}
        if code in known:
            return known[code]
        number = max([_FIRST_OWN - 1, *self._own()]) + 1
        self._styles.append("numFmts", new("numFmt", numFmtId=str(number), formatCode=code))
        return number

    def _own(self) -> dict[int, str]:
        return {
            whole(item.get("numFmtId")): item.get("formatCode", "") for item in self._styles.items("numFmts")
        }


# Conditional formats of a worksheet: ours go first, and leave without a trace -----------------------------


@dataclass(frozen=True, slots=True)
class ConditionalFormat:
    """A cell, the formula for as long as which it is highlighted, and the number of the format."""

    address: str
    formula: str
    format: int


def add_conditions(grid: SheetXml, conditions: Sequence[ConditionalFormat]) -> None:
    """Put conditions before all others, whose numbers move up.

    Formats of a pivot table are tied to it by their number: where there are any, ours come last.
    """
    rules = _rules(grid.root)
    pivot = any(_parent(rule).get("pivot") in {"1", "true"} for rule in rules)
    first = max(map(_priority, rules), default=0) + 1 if pivot else 1
    for rule in [] if pivot else rules:
        rule.set("priority", str(_priority(rule) + len(conditions)))
    for number, condition in enumerate(conditions, first):
        grid.insert(_element(condition, number))


def _element(condition: ConditionalFormat, priority: int) -> Element:
    made = new("conditionalFormatting", sqref=condition.address)
    rule = add(made, "cfRule", type="expression", dxfId=str(condition.format), priority=str(priority))
    add(rule, "formula", condition.formula)
    return made


def has_conditions(root: Element, mark: str = MARK) -> bool:
    """Whether a worksheet has conditions of ours."""
    return any(_is_ours(rule, mark) for rule in _rules(root))


def remove_conditions(root: Element, mark: str = MARK) -> None:
    """Take our conditions out; the numbers of the others move back."""
    rules = _rules(root)
    ours = [rule for rule in rules if _is_ours(rule, mark)]
    numbers = sorted(map(_priority, ours))
    for rule in rules:
        if rule not in ours:
            lower = sum(number < _priority(rule) for number in numbers)
            rule.set("priority", str(_priority(rule) - lower))
    for rule in ours:
        holder = _parent(rule)
        detach(rule)
        if holder.find(m("cfRule")) is None:
            detach(holder)


def _rules(root: Element) -> list[Element]:
    """All rules that have a number, those that only newer programs know included."""
    return [rule for rule in root.iter(m("cfRule"), X14_RULE) if _priority(rule) > 0]


def _priority(rule: Element) -> int:
    text = rule.get("priority", "")
    return whole(text)


def _is_ours(rule: Element, mark: str) -> bool:
    return mark in (rule.findtext(m("formula")) or "")


def _parent(rule: Element) -> Element:
    parent = rule.getparent()
    assert parent is not None
    return parent


# The look of a highlighted cell: a conditional fill, or a fill of its own where no formula can be given ---


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
        self._ours = {str(number) for number, fill in enumerate(fills) if _is_ours_highlight(fill)}

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


def restore_cells(grid: SheetXml, restorer: Restorer) -> bool:
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


def _is_ours_highlight(fill: Element) -> bool:
    return any(color.get("rgb") in STATIC_FILLS.values() for color in fill.iter(m("fgColor")))


def _apart_from_fill(item: Element) -> tuple[object, ...]:
    ignored = {"fillId", "applyFill"}
    own = tuple(sorted((str(key), str(value)) for key, value in item.attrib.items() if key not in ignored))
    inner = tuple((str(child.tag), tuple(sorted(map(str, child.attrib.items())))) for child in item)
    return own, inner
