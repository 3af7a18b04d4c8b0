"""A sheet that lists something under a row of headings, to be filtered and printed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from textwrap import wrap

from lkt.addresses import address
from lkt.xlsx.package import Element, add, add_text, detach, fragment, m
from lkt.xlsx.styles import INK, Styles, solid

_LINE = 15  # points
_LETTERS = 1.15  # of running text to a unit of width, which is that of a figure
_HIGHEST = 405  # points; a row may have 409
_LONGEST = 32_000
_BEFORE = (
    '<sheetPr><tabColor rgb="{tab}"/><pageSetUpPr fitToPage="1"/></sheetPr><dimension ref="{area}"/>'
    '<sheetViews><sheetView showGridLines="0" workbookViewId="0">'
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
    '<selection pane="bottomLeft" activeCell="A2" sqref="A2"/></sheetView></sheetViews>'
    f'<sheetFormatPr defaultRowHeight="{_LINE}"/><cols>{{columns}}</cols><sheetData/>'
    '<autoFilter ref="{area}"/><hyperlinks/>'
)
_COLUMN = '<col min="{number}" max="{number}" width="{width}.7109375" customWidth="1"/>'
_AFTER = (
    '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.7" header="0.3" footer="0.3"/>'
    '<pageSetup paperSize="{paper}" orientation="landscape" fitToHeight="0"/>'
    "<headerFooter><oddFooter>&amp;L&amp;9&amp;A&amp;R&amp;9Halaman &amp;P dari &amp;N</oddFooter>"
    "</headerFooter>"
    '<ignoredErrors><ignoredError sqref="{area}" numberStoredAsText="1"/></ignoredErrors>'
)


_SIDES = ("left", "right", "top", "bottom")
_BOX = "".join(f'<{side} style="thin"><color rgb="FFCBD3DC"/></{side}>' for side in _SIDES)


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
    """A cell of a sheet that lists something.

    Attributes:
        text: what it says.
        look: how it looks.
        link: the sheet and the cell that it leads to, where there is one.
    """

    text: str
    look: CellLook = field(default_factory=CellLook)
    link: tuple[str, str] | None = None


def list_sheet(
    rows: Sequence[Sequence[ListedCell]], widths: Sequence[int], tab: str, paper: str, styles: Styles
) -> Element:
    """The XML of a list; the first row are its headings."""
    area = f"A1:{address(len(rows), len(widths))}"
    columns = "".join(_COLUMN.format(number=number, width=width) for number, width in enumerate(widths, 1))
    before, after = _BEFORE.format(tab=tab, area=area, columns=columns), _AFTER.format(paper=paper, area=area)
    root = fragment(f"<worksheet>{before}{after}</worksheet>")
    data, links = root.find(m("sheetData")), root.find(m("hyperlinks"))
    assert data is not None
    assert links is not None
    formats = {
        look: _format(look, styles) for look in dict.fromkeys(each.look for row in rows for each in row)
    }
    for number, cells in enumerate(rows, 1):
        row = add(data, "row", r=str(number), ht=str(_height(cells, widths)))
        for column, listed in enumerate(cells, 1):
            cell = add(row, "c", r=address(number, column), s=formats[listed.look])
            if listed.text:
                cell.set("t", "inlineStr")
                add_text(add(cell, "is"), listed.text[:_LONGEST])
            if listed.link:
                sheet, target = listed.link
                location = f"{quoted(sheet)}!{target}"
                add(links, "hyperlink", ref=address(number, column), location=location, display=listed.text)
    data[0].set("ht", "24")
    data[0].set("customHeight", "1")
    if not len(links):
        detach(links)
    return root


def _format(look: CellLook, styles: Styles) -> str:
    """The number of the cell format of a look."""
    letters = fragment(
        f"<font>{f'<{look.effect}/>' if look.effect else ''}<sz/><color/><name/><family/></font>"
    )
    for name, value in ({"color": look.color} | styles.usual_font()).items():
        for item in letters.iterfind(m(name)):
            item.set("rgb" if name == "color" else "val", value)
    fill = styles.number("fills", fragment(solid(look.fill, 'indexed="64"'))) if look.fill else 0
    border = styles.number("borders", fragment(f"<border>{_BOX}<diagonal/></border>"))
    indent = "" if look.horizontal == "center" else ' indent="1"'
    xf = (
        f'<xf numFmtId="0" fontId="{styles.number("fonts", letters)}" fillId="{fill}" '
        f'borderId="{border}" xfId="0" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">'
        f'<alignment horizontal="{look.horizontal}" vertical="center" wrapText="1"{indent}/></xf>'
    )
    return str(styles.number("cellXfs", fragment(xf)))


def quoted(sheet: str) -> str:
    """The name of a sheet as it stands in a reference."""
    doubled = sheet.replace("'", "''")
    return f"'{doubled}'"


def _height(cells: Sequence[ListedCell], widths: Sequence[int]) -> int:
    """The height of a row; not fixed, so that it follows when a text is edited."""
    most = 1
    for cell, width in zip(cells, widths, strict=True):
        room = int((width - 2) * _LETTERS)
        most = max(most, sum(len(wrap(line, room)) or 1 for line in cell.text.splitlines()))
    return min(most * _LINE + 5, _HIGHEST)
