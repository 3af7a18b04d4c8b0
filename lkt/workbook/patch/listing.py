"""The sheet that lists all findings, each with a link to its cell."""

import re
from collections.abc import Sequence
from textwrap import wrap

from lkt.alamat import address as join
from lkt.findings import Finding
from lkt.workbook.patch.addresses import plain, quoted
from lkt.workbook.patch.areas import areas
from lkt.workbook.patch.book import Book
from lkt.workbook.patch.links import declare
from lkt.workbook.patch.looks import Looks
from lkt.workbook.patch.markup import Element, add, add_text, new, serialize
from lkt.workbook.patch.names import MARKER, add_names
from lkt.workbook.patch.record import Record
from lkt.workbook.patch.styles import Styles
from lkt.workbook.patch.wording import LEVELS

SHEET = "Hasil Pemeriksaan"
HEADINGS = ("Tingkat", "Kode", "Sel", "Pesan", "Tertulis", "Seharusnya", "Selisih", "Perbaikan")
NOTHING = "Tidak ada temuan."

_WIDTHS = (14, 7, 21, 54, 23, 23, 16, 46)
_LINE = 15
_LETTERS = 1.15  # of running text to a unit of width, which is that of a figure
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_LONGEST = 32000  # characters; a cell holds 767 more
_HIGHEST = 405  # points; a row may have 409
_PAPER = re.compile(rb'paperSize="(\d+)"')
_F4 = "14"


def add_listing(book: Book, record: Record, styles: Styles, findings: Sequence[Finding]) -> None:
    """Append the sheet of findings to a workbook."""
    name, part = book.free_name(SHEET), book.package.free_name("xl/worksheets/sheet{}.xml")
    root = _worksheet(Looks(styles), findings, _sheets(book, findings), _paper(book))
    book.package.put(part, serialize(root))
    declare(book.package, part, _TYPE)
    index = book.add_sheet(record, name, part)
    last = join(max(len(findings), 1) + 1, len(HEADINGS))
    area = f"$A$1:${last[0]}${last[1:]}"
    names = {
        "_xlnm._FilterDatabase": f"{quoted(name)}!{area}",
        "_xlnm.Print_Titles": f"{quoted(name)}!$1:$1",
        MARKER: f"{quoted(name)}!$A$1",
    }
    add_names(book, record, index, names, hidden={"_xlnm._FilterDatabase", MARKER})


def _worksheet(looks: Looks, findings: Sequence[Finding], sheets: dict[str, str], paper: str) -> Element:
    last = join(max(len(findings), 1) + 1, len(HEADINGS))
    root = new("worksheet")
    properties = add(root, "sheetPr")
    add(properties, "tabColor", rgb="FFC0392B" if findings else "FF2E7D32")
    add(properties, "pageSetUpPr", fitToPage="1")
    add(root, "dimension", ref=f"A1:{last}")
    _add_view(root)
    _add_cells(root, looks, findings)
    add(root, "autoFilter", ref=f"A1:{last}")
    _add_links(root, findings, sheets)
    _add_page(root, paper)
    add(add(root, "ignoredErrors"), "ignoredError", sqref=f"A1:{last}", numberStoredAsText="1")
    return root


def _add_view(root: Element) -> None:
    view = add(add(root, "sheetViews"), "sheetView", showGridLines="0", workbookViewId="0")
    add(view, "pane", ySplit="1", topLeftCell="A2", activePane="bottomLeft", state="frozen")
    add(view, "selection", pane="bottomLeft", activeCell="A2", sqref="A2")
    add(root, "sheetFormatPr", defaultRowHeight="15")
    columns = add(root, "cols")
    for number, width in enumerate(_WIDTHS, 1):
        add(columns, "col", min=str(number), max=str(number), width=f"{width}.7109375", customWidth="1")


def _add_cells(root: Element, looks: Looks, findings: Sequence[Finding]) -> None:
    data = add(root, "sheetData")
    heading = add(data, "row", r="1", ht="24", customHeight="1")
    for column, text in enumerate(HEADINGS, 1):
        _add_cell(heading, 1, column, (text, looks.heading))
    if not findings:
        _add_cell(add(data, "row", r="2"), 2, 4, (NOTHING, looks.body))
    for number, finding in enumerate(findings, 2):
        cells = _cells(looks, finding)
        row = add(data, "row", r=str(number), ht=str(_height([text for text, _ in cells])))
        for column, cell in enumerate(cells, 1):
            _add_cell(row, number, column, cell)


def _cells(looks: Looks, finding: Finding) -> list[tuple[str, int]]:
    return [
        (LEVELS[finding.severity], looks.level(finding.severity)),
        (finding.code, looks.code),
        (areas(finding.refs), looks.link),
        (finding.message, looks.body),
        (finding.written, looks.body),
        (finding.expected, looks.body),
        (finding.difference, looks.figure),
        (finding.hint, looks.body),
    ]


def _add_cell(row: Element, number: int, column: int, content: tuple[str, int]) -> None:
    text, style = content
    cell = add(row, "c", r=join(number, column), s=str(style))
    if text:
        cell.set("t", "inlineStr")
        add_text(add(cell, "is"), text[:_LONGEST])


def _height(texts: Sequence[str]) -> int:
    """The height of a row; not fixed, so that it follows when a text is edited."""
    rooms = [int((width - 2) * _LETTERS) for width in _WIDTHS]
    lines = [
        sum(len(wrap(line, room)) or 1 for line in text.splitlines())
        for text, room in zip(texts, rooms, strict=True)
    ]
    return min(max(*lines, 1) * _LINE + 5, _HIGHEST)


def _add_links(root: Element, findings: Sequence[Finding], sheets: dict[str, str]) -> None:
    """Links from the third column to the cells; none to a sheet that does not exist."""
    linked = [(number, f.ref) for number, f in enumerate(findings, 2) if f.ref.sheet in sheets]
    holder = add(root, "hyperlinks") if linked else root
    for number, ref in linked:
        cell = plain(ref.cell) or "A1"
        add(
            holder,
            "hyperlink",
            ref=f"C{number}",
            location=f"{quoted(sheets[ref.sheet])}!{cell}",
            display=str(ref),
        )


def _add_page(root: Element, paper: str) -> None:
    add(root, "pageMargins", left="0.5", right="0.5", top="0.6", bottom="0.7", header="0.3", footer="0.3")
    add(root, "pageSetup", paperSize=paper, orientation="landscape", fitToHeight="0")
    add(add(root, "headerFooter"), "oddFooter", "&L&9&A&R&9Halaman &P dari &N")


def _sheets(book: Book, findings: Sequence[Finding]) -> dict[str, str]:
    """The names of sheets in findings, each with the name of the sheet that is meant."""
    found = {name: book.worksheet(name) for name in {finding.ref.sheet for finding in findings}}
    return {name: sheet.name for name, sheet in found.items() if sheet is not None}


def _paper(book: Book) -> str:
    """The paper of the first sheet that states one."""
    parts = (book.package.read(sheet.part) for sheet in book.worksheets())
    found = next(filter(None, map(_PAPER.search, parts)), None)
    return found[1].decode() if found else _F4
