"""A sheet more, which lists something under a row of headings, to be filtered and printed."""

import html
import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from lxml import etree

from lkt.addresses import address, column_letters
from lkt.bounded import whole
from lkt.xlsx.cell_styles import INK, Styles, solid
from lkt.xlsx.package import (
    HEAD,
    MAIN_NS,
    REL_ID,
    REL_NS,
    Package,
    add,
    children,
    detach,
    escape,
    fragment,
    insert_in_order,
    m,
    new,
)
from lkt.xlsx.reading import list_sheets


@dataclass(frozen=True, slots=True)
class CellLook:
    """How a cell of the list looks, in the font of the workbook, with a thin box around it.

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


@dataclass(frozen=True, slots=True)
class ListedCell:
    """A cell of the list.

    Attributes:
        text: what it says.
        look: how it looks.
        link: the sheet and the cell that it leads to, where there is one.
    """

    text: str
    look: CellLook = field(default_factory=CellLook)
    link: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """A sheet that lists something.

    Attributes:
        name: what it is called; a number is added where a sheet has that name.
        mark: a hidden name, by which the sheet is found again whatever becomes of it.
        title: what stands over the list, in one cell.
        rows: the cells, the headings first.
        widths: the widths of the columns, in figures.
        tab: the colour of its tab, as ARGB.
        after: the sheet behind which it is put; at the end where there is none of that name.
    """

    name: str
    mark: str
    title: ListedCell
    rows: Sequence[Sequence[ListedCell]]
    widths: Sequence[int]
    tab: str
    after: str = ""


_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_PAPER, _F4 = re.compile(rb'paperSize="(\d{1,4})"'), "14"
_CHOSEN, _HEAD = re.compile(rb'tabSelected\s*=\s*["\'](?:1|true)'), 20_000
"""The views of a sheet stand before its rows."""


def add_list(package: Package, listing: Listing, styles: Styles) -> None:
    """Add the sheet, on the paper of the first that states one; the workbook opens on it."""
    book = package.workbook_part
    entries = list_sheets(package)
    places = (at for at, each in enumerate(entries, 1) if each.name.casefold() == listing.after.casefold())
    index = next(places, len(entries))
    taken = {entry.name.casefold() for entry in entries}
    names = itertools.chain([listing.name], (f"{listing.name} ({number})" for number in itertools.count(2)))
    name = next(name for name in names if name.casefold() not in taken)
    papers = (_PAPER.search(package.read(entry.part)) for entry in entries if entry.holds_cells)
    paper = next((found[1].decode() for found in papers if found), _F4)
    part = package.free_name("xl/worksheets/sheet{}.xml")
    package.put(part, _sheet(listing, paper, styles), _TYPE)
    root = package.edit(book)
    sheets, defined = root.find(m("sheets")), root.find(m("definedNames"))
    assert sheets is not None
    number = max((whole(item.get("sheetId")) for item in children(sheets)), default=0) + 1
    item = etree.Element(m("sheet"), {"name": name, "sheetId": str(number)}, nsmap={"r": REL_NS})
    item.set(REL_ID, package.relate(book, "worksheet", part))
    sheets.insert(index, item)
    for other in children(defined):
        if whole(other.get("localSheetId"), -1) >= index:
            other.set("localSheetId", str(whole(other.get("localSheetId")) + 1))
    _open_on(package, index, [entry.part for entry in entries])
    if defined is None:
        defined = new("definedNames")
        insert_in_order(root, [defined])
    last = f"${column_letters(len(listing.widths))}${len(listing.rows) + 1}"
    for own, area, hidden in (
        ("_xlnm._FilterDatabase", f"$A$2:{last}", "1"),
        ("_xlnm.Print_Titles", "$1:$2", "0"),
        (listing.mark, "$A$1", "1"),
    ):
        attributes = {"name": own, "localSheetId": str(index), "hidden": hidden}
        add(defined, "definedName", f"{_quoted(name)}!{area}", **attributes)


def _open_on(package: Package, index: int, others: Sequence[str]) -> None:
    """Let the workbook open on a sheet that was added, which alone is chosen: cells typed are typed once."""
    root = package.edit(package.workbook_part)
    views = root.find(m("bookViews"))
    if views is None:
        views = new("bookViews")
        add(views, "workbookView")
        insert_in_order(root, [views])
    for view in children(views):
        first = whole(view.get("firstSheet"))
        if first >= index:
            view.set("firstSheet", str(first + 1))
        view.set("activeTab", str(index))
    for part in others:
        if _CHOSEN.search(package.read(part)[:_HEAD]):
            for view in package.edit(part).iter(m("sheetView")):
                view.set("tabSelected", "0")


def remove_lists(package: Package, mark: str) -> None:
    """Take the sheets out that carry a hidden name; names and views of the sheets after them follow."""
    book = package.workbook_part
    names = package.root(book).find(m("definedNames"))
    marked = {whole(item.get("localSheetId"), -1) for item in children(names) if item.get("name") == mark}
    for index, entry in reversed(list(enumerate(list_sheets(package)))):
        if index not in marked:
            continue
        root = package.edit(book)
        detach(root.findall(f"{m('sheets')}/{m('sheet')}")[index])
        for item in list(children(names)):
            place = whole(item.get("localSheetId"), -1)
            if place == index:
                detach(item)
            elif place > index:
                item.set("localSheetId", str(place - 1))
        for view in root.iter(m("workbookView")):
            for key in ("activeTab", "firstSheet"):
                place = whole(view.get(key))
                if place and place >= index:
                    view.set(key, str(place - 1))
        package.unrelate(book, [each for each in package.relations(book) if each.part == entry.part])
    if names is not None and not len(names):
        detach(names)


# The sheet ------------------------------------------------------------------------------------------------

_LINE = 15  # points
_LETTERS = 1.08  # of running text, with its ragged end, to a unit of width, which is that of a figure
_HIGHEST = 405  # points; a row may have 409
_LONGEST = 32_000
_ROW = '<row r="{number}" ht="{height}">'
_TITLE = '<row r="1" ht="30" customHeight="1">{cells}</row>'
_HEADINGS = '<row r="2" ht="24" customHeight="1">'
_CELL = '<c r="{at}" s="{look}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
_BLANK = '<c r="{at}" s="{look}"/>'
_LINK = '<hyperlink ref="{at}" location={location} display={shown}/>'
_COLUMN = '<col min="{number}" max="{number}" width="{width}.7109375" customWidth="1"/>'
_SHEET = (
    f'<worksheet xmlns="{MAIN_NS}">'
    '<sheetPr><tabColor rgb="{tab}"/><pageSetUpPr fitToPage="1"/></sheetPr>'
    '<dimension ref="A1:{last}"/><sheetViews>'
    '<sheetView showGridLines="0" tabSelected="1" workbookViewId="0">'
    '<pane ySplit="2" topLeftCell="A3" activePane="bottomLeft" state="frozen"/>'
    '<selection pane="bottomLeft" activeCell="A3" sqref="A3"/></sheetView></sheetViews>'
    f'<sheetFormatPr defaultRowHeight="{_LINE}"/><cols>{{columns}}</cols><sheetData>{{rows}}</sheetData>'
    '<autoFilter ref="A2:{last}"/><mergeCells count="1"><mergeCell ref="A1:{wide}1"/></mergeCells>{links}'
    '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.7" header="0.3" footer="0.3"/>'
    '<pageSetup paperSize="{paper}" orientation="landscape" fitToHeight="0"/>'
    "<headerFooter><oddFooter>&amp;L&amp;9&amp;A&amp;R&amp;9Halaman &amp;P dari &amp;N</oddFooter>"
    "</headerFooter>"
    '<ignoredErrors><ignoredError sqref="A2:{last}" numberStoredAsText="1"/></ignoredErrors></worksheet>'
)
_SIDES = ("left", "right", "top", "bottom")
_BOX = "".join(f'<{side} style="thin"><color rgb="FFCBD3DC"/></{side}>' for side in _SIDES)


def _attribute(text: str) -> str:
    """As the value of an attribute of XML, quotation marks around it."""
    return f'"{html.escape(text)}"'.replace("\n", "&#10;")


def _sheet(listing: Listing, paper: str, styles: Styles) -> bytes:
    columns = (_COLUMN.format(number=number, width=width) for number, width in enumerate(listing.widths, 1))
    formats: dict[CellLook, str] = {}
    rows, links = [], []

    def cell(at: str, listed: ListedCell) -> str:
        if listed.look not in formats:
            formats[listed.look] = _format(listed.look, styles)
        text = html.escape(escape(listed.text[:_LONGEST]), quote=False)
        return (_CELL if text else _BLANK).format(at=at, look=formats[listed.look], text=text)

    blank = ListedCell("", listing.title.look)
    titles = (listing.title, *(blank for _ in listing.widths[1:]))
    rows.append(
        _TITLE.format(cells="".join(cell(address(1, column), each) for column, each in enumerate(titles, 1)))
    )
    for number, cells in enumerate(listing.rows, 2):
        height = _height(cells, listing.widths)
        rows.append(_ROW.format(number=number, height=height) if number > 2 else _HEADINGS)
        for column, listed in enumerate(cells, 1):
            at, text = address(number, column), escape(listed.text[:_LONGEST])
            rows.append(cell(at, listed))
            if listed.link:
                location = f"{_quoted(listed.link[0])}!{listed.link[1]}"
                links.append(_LINK.format(at=at, location=_attribute(location), shown=_attribute(text)))
        rows.append("</row>")
    sheet = _SHEET.format(
        tab=listing.tab,
        last=address(len(listing.rows) + 1, len(listing.widths)),
        wide=column_letters(len(listing.widths)),
        columns="".join(columns),
        rows="".join(rows),
        links=f"<hyperlinks>{''.join(links)}</hyperlinks>" if links else "",
        paper=paper,
    )
    return HEAD + sheet.encode()


def _format(look: CellLook, styles: Styles) -> str:
    effect = f"<{look.effect}/>" if look.effect else ""
    letters = fragment(f'<font>{effect}<sz/><color rgb="{look.color}"/><name/><family/></font>')
    for name, value in styles.usual_font().items():
        for item in letters.iterfind(m(name)):
            item.set("val", value)
    fill = styles.number("fills", fragment(solid(look.fill, 'indexed="64"'))) if look.fill else 0
    border = styles.number("borders", fragment(f"<border>{_BOX}<diagonal/></border>"))
    indent = "" if look.horizontal == "center" else ' indent="1"'
    xf = (
        f'<xf numFmtId="0" fontId="{styles.number("fonts", letters)}" fillId="{fill}" '
        f'borderId="{border}" xfId="0" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">'
        f'<alignment horizontal="{look.horizontal}" vertical="center" wrapText="1"{indent}/></xf>'
    )
    return str(styles.number("cellXfs", fragment(xf)))


def _quoted(sheet: str) -> str:
    return "'{}'".format(sheet.replace("'", "''"))


def _height(cells: Sequence[ListedCell], widths: Sequence[int]) -> int:
    """The height of a row; not fixed, so that it follows when a text is edited."""
    lines = [
        sum(1 + int(len(line) / (width - 2) / _LETTERS) for line in cell.text.splitlines())
        for cell, width in zip(cells, widths, strict=True)
    ]
    return min(max(1, *lines) * _LINE + 5, _HIGHEST)
