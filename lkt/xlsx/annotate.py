"""The annotated copy of a workbook: marks and notes on cells, and the sheet that lists all findings."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from textwrap import wrap

from lkt.addresses import address as join
from lkt.findings import Finding, Severity
from lkt.model import Ref
from lkt.xlsx.cell_styles import (
    FILLS,
    INK,
    ConditionalFormat,
    Highlights,
    Restorer,
    Styles,
    add_conditions,
    has_conditions,
    is_sealed,
    remove_conditions,
    restore,
    restore_cells,
    seal,
)
from lkt.xlsx.notes import END, Notes, Runs, worst
from lkt.xlsx.package import (
    NAMESPACE,
    Element,
    Record,
    WorkbookPackage,
    add,
    add_text,
    declare,
    drop,
    link,
    links,
    m,
    new,
    serialize,
    unlink,
)
from lkt.xlsx.sheets import (
    MARKER,
    Book,
    SheetXml,
    Strings,
    add_names,
    marked_sheets,
    plain,
    quoted,
    remove_names,
    split,
    unchanged,
)

# The cells of a finding in few words ----------------------------------------------------------------------


_SHOWN = 4  # cells or runs of cells; the notes stand on all of them


def areas(refs: Sequence[Ref]) -> str:
    """The cells with runs down a column as ranges, the sheet only where it changes: Desa!C2:C4, F2."""
    pieces, sheet, shown = [], "", 0
    for run in _runs(refs)[:_SHOWN]:
        first, last = run[0], run[-1]
        area = first.cell if first == last else f"{first.cell}:{last.cell}"
        pieces.append(area if area and first.sheet == sheet else str(Ref(first.sheet, area)))
        sheet, shown = first.sheet, shown + len(run)
    more = len(refs) - shown
    return ", ".join(pieces) + (f", dan {more} sel lain" if more else "")


def _runs(refs: Sequence[Ref]) -> list[list[Ref]]:
    """The cells in their order, divided where one is not right below the one before."""
    runs: list[list[Ref]] = []
    for ref in refs:
        if runs and _is_below(runs[-1][-1], ref):
            runs[-1].append(ref)
        else:
            runs.append([ref])
    return runs


def _is_below(upper: Ref, lower: Ref) -> bool:
    above, below = split(upper.cell), split(lower.cell)
    if upper.sheet != lower.sheet or above is None or below is None:
        return False
    return above[1] == below[1] and above[0] + 1 == below[0]


# The cell formats of the sheet of findings ----------------------------------------------------------------


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


# The sheet that lists all findings, each with a link to its cell ------------------------------------------


SHEET = "Hasil Pemeriksaan"
HEADINGS = ("Tingkat", "Kode", "Sel", "Pesan", "Tertulis", "Seharusnya", "Selisih", "Perbaikan")
NOTHING = "Tidak ada temuan."

_WIDTHS = (14, 7, 21, 54, 23, 23, 16, 46)
_LINE_LISTING = 15
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
        (finding.severity.word.upper(), looks.level(finding.severity)),
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
    return min(max(*lines, 1) * _LINE_LISTING + 5, _HIGHEST)


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


# Taking out what ``annotate`` put in; everything else stays, whatever was changed since -------------------


def strip(book: Book) -> None:
    """Undo an earlier annotation, if there is one."""
    part, record = _find_record(book)
    sealed = is_sealed(book, record)
    marked = marked_sheets(book)
    for index in marked:
        book.remove_sheet(record, book.sheets()[index])
        remove_names(book, record, index)
    _clean_sheets(book, record)
    if part is not None or marked:
        _restore_fills(book, record, sealed=sealed)
    if sealed:
        restore(book, record)
    if part is not None:
        for item in list(links(book.package, part)):
            drop(book.package, item.part)
        unlink(book.package, record, book.part, part)
        drop(book.package, part)


def _find_record(book: Book) -> tuple[str | None, Record]:
    """The custom XML part with our record, and what it says; nothing where it is missing or spoilt."""
    for item in links(book.package, book.part):
        if item.kind == "customXml" and NAMESPACE.encode() in book.package.read(item.part):
            try:
                return item.part, Record.from_xml(book.package.root(item.part))
            except ValueError:
                return item.part, Record()
    return None, Record()


def _clean_sheets(book: Book, record: Record) -> None:
    for sheet in book.worksheets():
        root = book.package.root(sheet.part)
        if has_conditions(root):
            remove_conditions(book.package.edit(sheet.part))
        Notes(book.package, record, sheet.part).remove(root)


def _restore_fills(book: Book, record: Record, *, sealed: bool) -> None:
    part = book.linked("styles")
    restorer = Restorer(
        None if part is None else book.package.root(part), record.styles.originals if sealed else {}
    )
    if part is None or not restorer.needed:
        return
    for sheet in book.worksheets():
        if restore_cells(SheetXml(book.package.root(sheet.part)), restorer):
            book.package.edit(sheet.part)
    if not sealed:
        book.package.edit(part)
        restorer.remove_fills()


# Marks on cells that wait for the user: a fill that goes when the cell is filled or changed, and a note ---
#
# They live beside the marks of ``annotate``: each kind is put in and taken out without the other.


MARK = 'N("lkt isian")=0'
"""Always true; it makes the conditions of these marks recognisable."""

TITLE = "— Isian lkt —"
"""The first line of these notes."""


class Wait(Enum):
    """What a marked cell waits for; the value is the colour of its fill."""

    FILL = "FFB9E4D4"
    REVIEW = "FFE4D3F2"
    NOTHING = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark on one cell.

    Attributes:
        ref: the cell.
        text: what the note says; empty for a mark without a note.
        wait: until when the cell is filled with colour: until it is filled in, or until it is changed.
    """

    ref: Ref
    text: str
    wait: Wait = Wait.FILL


def mark(data: bytes, marks: Iterable[Mark]) -> bytes:
    """A copy of a workbook with marks; those on sheets that do not exist are left out.

    Raises:
        UnreadableWorkbookError: the workbook is damaged.
    """
    book = Book(WorkbookPackage(data))
    looks, strings = _Looks(Styles(book, Record())), Strings(book)
    for part, of_sheet in _by_part(book, marks).items():
        grid = SheetXml(book.package.edit(part))
        placed = {grid.anchor(address): each for address, each in of_sheet.items()}
        add_conditions(grid, list(_conditions(grid, placed, looks, strings)))
        notes = {cell: _runs_marking(each.text) for cell, each in placed.items() if each.text}
        Notes(book.package, Record(), part, TITLE).write(grid, notes)
    return book.package.save()


def strip_marks(data: bytes) -> bytes:
    """A copy of a workbook without the marks of ``mark``.

    Raises:
        UnreadableWorkbookError: the workbook is damaged.
    """
    book = Book(WorkbookPackage(data))
    for sheet in book.worksheets():
        root = book.package.root(sheet.part)
        if has_conditions(root, MARK):
            remove_conditions(book.package.edit(sheet.part), MARK)
        Notes(book.package, Record(), sheet.part, TITLE).remove(root)
    return book.package.save()


def _by_part(book: Book, marks: Iterable[Mark]) -> dict[str, dict[str, Mark]]:
    found: dict[str, dict[str, Mark]] = {}
    for each in marks:
        sheet, address = book.worksheet(each.ref.sheet), plain(each.ref.cell)
        if sheet is not None and address is not None:
            found.setdefault(sheet.part, {})[address] = each
    return found


def _conditions(
    grid: SheetXml, placed: dict[str, Mark], looks: "_Looks", strings: Strings
) -> Iterable[ConditionalFormat]:
    for address, each in placed.items():
        formula = None
        if each.wait is Wait.FILL:
            formula = f"AND({MARK},ISBLANK({address}))"
        elif each.wait is Wait.REVIEW:
            formula = unchanged(address, grid.cell(address), strings, MARK)
        if formula is not None:
            yield ConditionalFormat(address, formula, looks.number(each.wait))


def _runs_marking(text: str) -> Runs:
    return [(TITLE, True), (f"\n{text}", False), (END, False)]


class _Looks:
    """The conditional formats of marks; one that an earlier marking left behind is used again."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles

    def number(self, wait: Wait) -> int:
        wanted = _differential(wait.value)
        known: Sequence[Element] = self._styles.items("dxfs")
        same = (number for number, item in enumerate(known) if _shape(item) == _shape(wanted))
        found = next(same, None)
        return self._styles.append("dxfs", wanted) if found is None else found


def _shape(item: Element) -> str:
    """An element without what its surroundings add to it."""
    return "".join(f"{each.tag}{sorted(each.attrib.items())}" for each in item.iter())


def _differential(color: str) -> Element:
    made = new("dxf")
    add(add(made, "font"), "color", rgb=INK)
    pattern = add(add(made, "fill"), "patternFill", patternType="solid")
    add(pattern, "fgColor", rgb=color)
    add(pattern, "bgColor", rgb=color)
    return made


# The annotated copy of a workbook, and the way back from it -----------------------------------------------


ByCell = dict[str, list[Finding]]


def annotate(data: bytes, findings: Sequence[Finding]) -> bytes:
    """A copy of a workbook with its findings: highlighted cells, notes, and a last sheet that lists them.

    Earlier marks of ours are taken out first. Parts that need no mark keep their bytes.

    Args:
        data: the workbook.
        findings: in the order in which they shall be listed.

    Raises:
        UnreadableWorkbookError: the workbook is damaged.
    """
    book, record = Book(WorkbookPackage(data)), Record()
    strip(book)
    styles, strings = Styles(book, record), Strings(book)
    highlights = Highlights(styles, record)
    for part, cells in _by_sheet(book, findings).items():
        grid = SheetXml(book.package.edit(part))
        _highlight(grid, highlights, strings, cells)
        Notes(book.package, record, part).add(grid, cells)
    add_listing(book, record, styles, findings)
    seal(book, record)
    _keep(book, record)
    return book.package.save()


def strip_annotations(data: bytes) -> bytes:
    """A copy of a workbook without the marks of ``annotate``.

    Args:
        data: the workbook, annotated or not.

    Raises:
        UnreadableWorkbookError: the workbook is damaged.
    """
    book = Book(WorkbookPackage(data))
    strip(book)
    return book.package.save()


def _by_sheet(book: Book, findings: Sequence[Finding]) -> dict[str, ByCell]:
    """Part of the worksheet -> cell -> its findings; only for cells that exist in the workbook."""
    found: dict[str, ByCell] = {}
    parts = {name: book.worksheet(name) for name in {ref.sheet for f in findings for ref in f.refs}}
    grids: dict[str, SheetXml] = {}
    for finding in findings:
        for ref in finding.refs:
            sheet, address = parts[ref.sheet], plain(ref.cell)
            if sheet is not None and address is not None:
                grid = grids.setdefault(sheet.part, SheetXml(book.package.root(sheet.part)))
                of_cell = found.setdefault(sheet.part, {}).setdefault(grid.anchor(address), [])
                if finding not in of_cell:
                    of_cell.append(finding)
    return found


def _highlight(
    grid: SheetXml, highlights: Highlights, strings: Strings, cells: Mapping[str, Sequence[Finding]]
) -> None:
    """By a formula that holds as long as the cell is not corrected; by a fill of its own otherwise."""
    conditions = []
    for address, found in cells.items():
        cell, severity = grid.cell(address), worst(found)
        formula = unchanged(address, cell, strings)
        if formula is not None:
            conditions.append(ConditionalFormat(address, formula, highlights.conditional(severity, cell)))
        elif cell is not None:
            highlights.restyle(severity, cell)
    add_conditions(grid, conditions)


def _keep(book: Book, record: Record) -> None:
    """Store what is needed to undo this, beside the workbook's own custom XML."""
    part = book.package.free_name("customXml/item{}.xml")
    link(book.package, record, book.part, "customXml", part)
    book.package.put(part, record.to_xml())
    declare(book.package, part, "application/xml")
