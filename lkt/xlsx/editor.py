"""Changes to somebody's workbook: cells, notes, highlights, a sheet more; all else stays as it is."""

import itertools
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from lxml import etree

from lkt import addresses
from lkt.addresses import address, column_letters
from lkt.bounded import whole
from lkt.xlsx.cell_styles import Styles
from lkt.xlsx.highlights import add_conditions, is_marked, remove_conditions, while_blank, while_unchanged
from lkt.xlsx.listing import F4, ListedCell, list_sheet, quoted
from lkt.xlsx.notes import Notes, Runs
from lkt.xlsx.number_formats import DATE_FORMAT, GENERAL, TEXT, is_date_format, is_percent_format
from lkt.xlsx.package import (
    REL_ID,
    REL_NS,
    TRUE,
    Element,
    Package,
    add,
    children,
    detach,
    insert_in_order,
    m,
    new,
    serialize,
    stream,
)
from lkt.xlsx.reading import read_texts
from lkt.xlsx.results import dependents, formulas_of
from lkt.xlsx.sheets import SheetEntry, dates_from_1904, list_sheets
from lkt.xlsx.worksheet import CellError, Formula, NewValue, Percent, Worksheet

_PLAIN_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_PAPER = re.compile(rb'paperSize="(\d{1,4})"')
_DC = "{http://purl.org/dc/elements/1.1/}"


class WorkbookEditor:
    """A workbook that is changed in memory until it is saved.

    Names of sheets are compared without regard to case.

    Args:
        data: the file.

    Raises:
        XlsxError: it is damaged, protected or no .xlsx workbook. So does any method that comes upon a damaged
            part.
    """

    def __init__(self, data: bytes) -> None:
        self._package = Package(data)
        self._book = self._package.workbook_part
        self._from_1904 = dates_from_1904(self._package)
        self._sheets: dict[str, Worksheet] = {}
        self._entries = self._worksheets()
        self._styles_found: Styles | None = None
        self._texts: list[str] | None = None
        self._divided: set[int] | None = None

    def save(self) -> bytes:
        """The file as it is now."""
        return self._package.save()

    # Sheets and cells

    def sheet_name(self, name: str) -> str | None:
        """The name of a worksheet as it is written; None where there is none."""
        entry = self._entries.get(name.casefold())
        return None if entry is None else entry.name

    def shown_cell(self, sheet: str, cell: str) -> tuple[str, str] | None:
        """The sheet and the cell that shows what a cell shows: the first of the merged area that it lies in.

        None where there is no such sheet, or the address is none.
        """
        found, place = self._sheet(sheet), addresses.place(cell)
        if found is None or place is None:
            return None
        return found.name, address(*(found.merged.first(*place) or place))

    def number_format(self, sheet: str, cell: str) -> str:
        """The number format of a cell; ``@`` also where a quote makes its content text."""
        found, place = self._sheet(sheet), addresses.place(cell)
        return GENERAL if found is None or place is None else self._styles.code(found.style(place))

    def has_runs(self, sheet: str, cell: str) -> bool:
        """Whether the text of a cell has letters of different looks, which a new text would lose."""
        found, place = self._sheet(sheet), addresses.place(cell)
        element = None if found is None or place is None else found.cell(place)
        if element is None or element.get("t") != "s":
            return element is not None and element.find(f"{m('is')}/{m('r')}") is not None
        if self._divided is None:
            part = self._package.related(self._book, "sharedstrings")
            items = () if part is None else stream(self._package.read(part), part, "si")
            self._divided = {number for number, item in enumerate(items) if item.find(m("r")) is not None}
        return whole(element.findtext(m("v")), -1) in self._divided

    def set_cell(self, sheet: str, cell: str, value: NewValue, number_format: str = "") -> None:
        """Give a cell a new value; formulas are calculated when the workbook is opened.

        The cell keeps its style. Its number format changes where one is given, or where the value would not
        show as what it is: a date, a percentage, or a number in a cell for text.

        Args:
            sheet: the name of the sheet.
            cell: the address.
            value: the new value.
            number_format: the code of the number format; empty keeps that of the cell as far as it can.

        Raises:
            CellError: there is no such cell, or it cannot be changed on its own. Nothing is changed then.
        """
        found, place = self._sheet(sheet), addresses.place(cell)
        if found is None or place is None:
            raise CellError(f"Sel {sheet}!{cell} tidak ada dalam buku kerja ini.")
        element, had_formula = found.put(place, value, from_1904=self._from_1904)
        self._package.edit(found.part)
        style = whole(element.get("s"))
        code = number_format or self._fitting_code(self._styles.code(style), value)
        if code:
            element.set("s", str(self._styles.with_code(style, code)))
        self._calculate_on_load()
        chain = self._package.related(self._book, "calcchain")
        if had_formula and chain is not None:  # a spreadsheet program finds a new order of calculation
            self._package.remove_related(self._book, chain)

    @staticmethod
    def _fitting_code(own: str, value: NewValue) -> str:
        """The number format for a value that a cell's own would hide; empty where it does not."""
        match value:
            case None | str() | Formula() | bool():
                return ""
            case Percent() if not is_percent_format(own):
                return f"0.{'0' * value.decimals}%" if value.decimals else "0%"
            case date() if not is_date_format(own):
                return DATE_FORMAT
            case int() | float() | Decimal() if own == TEXT:
                return GENERAL
        return ""

    def _calculate_on_load(self) -> None:
        """Let the spreadsheet program calculate everything when it opens the workbook."""
        settings = self._package.root(self._book).find(m("calcPr"))
        if settings is None or settings.get("fullCalcOnLoad") not in TRUE:
            root = self._package.edit(self._book)
            if settings is None:
                settings = new("calcPr")
                insert_in_order(root, [settings])
            settings.set("fullCalcOnLoad", "1")

    # Results of formulas

    def linked_cells(self) -> frozenset[tuple[str, str]]:
        """The cells whose formula looks at other cells; one of figures alone, =2+3, is typed content."""
        formulas = formulas_of(self._package)
        return frozenset((each.sheet, address(*each.place)) for each in formulas if each.looks_at != ())

    def forget_results(self, changed: Iterable[tuple[str, str]]) -> None:
        """Take the results out of the formulas that hang on these cells, directly or by others."""
        places = [(sheet.casefold(), place) for sheet, cell in changed if (place := addresses.place(cell))]
        for each in dependents(formulas_of(self._package), places) if places else ():
            self.set_result(each.sheet, address(*each.place), None)

    def set_result(self, sheet: str, cell: str, value: float | str | None) -> None:
        """Put a result where a cell has a formula; None takes it out."""
        found, place = self._sheet(sheet), addresses.place(cell)
        if found is not None and place is not None and found.put_result(place, value):
            self._package.edit(found.part)

    # Marks: each has a name by which it is found again

    def highlight(self, sheet: str, colors: Mapping[str, str], mark: str, *, blank: bool = False) -> None:
        """Fill cells with colour until they are changed.

        Args:
            sheet: the name of the sheet.
            colors: cell -> its colour as ARGB.
            mark: the name of the mark.
            blank: the colour goes only when the cell is filled in.
        """
        found = self._sheet(sheet)
        places = [(place, color) for cell, color in colors.items() if (place := addresses.place(cell))]
        if found is None or not places:
            return
        conditions = [
            (
                place,
                while_blank(place, mark)
                if blank
                else while_unchanged(place, found.cell(place), self._shared_texts(), mark),
                self._styles.highlight(found.style(place), color),
            )
            for place, color in places
        ]
        add_conditions(self._package.edit(found.part), conditions)

    def add_notes(self, sheet: str, notes: Mapping[str, Runs], title: str) -> None:
        """Write into the note of each cell, after what the user wrote there.

        Args:
            sheet: the name of the sheet.
            notes: cell -> pieces of text, each with whether it is bold.
            title: the first line, by which the text is found again.
        """
        found = self._sheet(sheet)
        if found is not None and notes:
            Notes(self._package, found).write(notes, title)

    def remove_marks(self, mark: str, title: str) -> None:
        """Take all highlights with a mark and all notes with a title out."""
        for entry in self._entries.values():
            if is_marked(self._package.read(entry.part), mark):
                remove_conditions(self._package.edit(entry.part), mark)
            found = self._sheet(entry.name) if self._package.related(entry.part, "comments") else None
            if found is not None:
                Notes(self._package, found).remove(title)

    # One sheet more

    def add_list(
        self, wanted: str, mark: str, rows: Sequence[Sequence[ListedCell]], widths: Sequence[int], tab: str
    ) -> None:
        """Append a sheet that lists something under a row of headings, to be filtered and printed.

        Args:
            wanted: its name; a number is added where a sheet has that.
            mark: the name of a hidden name, by which the sheet is found again whatever becomes of it.
            rows: the cells, the headings first.
            widths: the widths of the columns, in figures.
            tab: the colour of its tab, as ARGB.
        """
        entries = list_sheets(self._package)
        taken = {entry.name.casefold() for entry in entries}
        names = itertools.chain([wanted], (f"{wanted} ({number})" for number in itertools.count(2)))
        name = next(name for name in names if name.casefold() not in taken)
        part = self._package.free_name("xl/worksheets/sheet{}.xml")
        sheet = list_sheet(rows, widths, tab, self._paper(), self._styles)
        self._package.put(part, serialize(sheet), _SHEET_TYPE)
        root = self._package.edit(self._book)
        sheets, names_of_book = root.find(m("sheets")), root.find(m("definedNames"))
        assert sheets is not None
        number = max((whole(item.get("sheetId")) for item in children(sheets)), default=0) + 1
        item = etree.SubElement(sheets, m("sheet"), nsmap={"r": REL_NS})
        for key, value in (("name", name), ("sheetId", str(number))):
            item.set(key, value)
        item.set(REL_ID, self._package.relate(self._book, "worksheet", part))
        if names_of_book is None:
            names_of_book = new("definedNames")
            insert_in_order(root, [names_of_book])
        last = f"${column_letters(len(widths))}${len(rows)}"
        for own, area, hidden in (
            ("_xlnm._FilterDatabase", f"$A$1:{last}", "1"),
            ("_xlnm.Print_Titles", "$1:$1", "0"),
            (mark, "$A$1", "1"),
        ):
            attributes = {"name": own, "localSheetId": str(len(entries)), "hidden": hidden}
            add(names_of_book, "definedName", f"{quoted(name)}!{area}", **attributes)
        self._entries = self._worksheets()

    def remove_lists(self, mark: str) -> None:
        """Take the sheets out that carry a hidden name."""
        marked = {item.get("localSheetId") for item in self._names() if item.get("name") == mark}
        for entry in reversed(list_sheets(self._package)):
            if str(entry.index) in marked:
                self._remove_sheet(entry)
        self._entries = self._worksheets()

    def _remove_sheet(self, entry: SheetEntry) -> None:
        """Take a sheet out; names and views of the sheets after it follow them."""
        root = self._package.edit(self._book)
        detach(root.findall(f"{m('sheets')}/{m('sheet')}")[entry.index])
        for item in list(self._names()):
            place = whole(item.get("localSheetId"), -1)
            if place == entry.index:
                detach(item)
            elif place > entry.index:
                item.set("localSheetId", str(place - 1))
        names = root.find(m("definedNames"))
        if names is not None and not len(names):
            detach(names)
        for view in root.iter(m("workbookView")):
            for key in ("activeTab", "firstSheet"):
                place = whole(view.get(key))
                if place and place >= entry.index:
                    view.set(key, str(place - 1))
        for each in self._package.relations(entry.part):
            if each.kind == "printersettings":
                self._package.remove(each.part)
        self._package.remove_related(self._book, entry.part)
        self._sheets.pop(entry.name.casefold(), None)

    def _names(self) -> Iterable[Element]:
        return children(self._package.root(self._book).find(m("definedNames")))

    def _paper(self) -> str:
        """The paper of the first sheet that states one."""
        parts = (self._package.read(entry.part) for entry in self._entries.values())
        found = next(filter(None, map(_PAPER.search, parts)), None)
        return found[1].decode() if found else F4

    # The rest of the package

    def remove_pictures(self, sheet: str, rows: Collection[int]) -> int:
        """Take the pictures out whose upper edge lies on some rows; how many these were.

        Charts, shapes and all pictures elsewhere stay. An image that no other picture shows leaves the file.
        """
        entry, gone = self._entries.get(sheet.casefold()), 0
        drawing = None if entry is None else self._package.related(entry.part, "drawing")
        if drawing is not None:
            for anchor in list(children(self._package.root(drawing))):
                if _picture_row(anchor) in rows:
                    detach(anchor)
                    gone += 1
            if gone:
                self._package.edit(drawing)
                self._release_images(drawing)
        return gone

    def _release_images(self, drawing: str) -> None:
        """Take out the relationships that no picture uses any more, and the images that nothing shows."""
        prefix = f"{{{REL_NS}}}"
        used = {
            value
            for item in self._package.root(drawing).iter("*")
            for key, value in item.items()
            if str(key).startswith(prefix)
        }
        relations = self._package.relations(drawing)
        spare = [each for each in relations if each.kind == "image" and each.identifier not in used]
        self._package.unrelate(drawing, (each.identifier for each in spare))
        shown = {each.part for source in self._package.sources() for each in self._package.relations(source)}
        for part in {each.part for each in spare} - shown:
            self._package.remove(part)

    def make_plain(self) -> bool:
        """Make a workbook with macros, or a template, a plain .xlsx; whether it lost macros by that."""
        self._package.retype(self._book, _PLAIN_TYPE)
        macros = [each.part for each in self._package.relations(self._book) if each.kind == "vbaproject"]
        for part in macros:
            for signature in self._package.relations(part):
                self._package.remove(signature.part)
            self._package.remove_related(self._book, part)
        return bool(macros)

    def replace_in_property(self, name: str, old: str, new_text: str) -> None:
        """Replace a text in one of the properties of the workbook: title, subject, creator, description."""
        part = self._package.related("", "core-properties")
        item = (
            None
            if part is None or part not in self._package
            else self._package.root(part).find(f"{_DC}{name}")
        )
        if part is not None and item is not None and old in (item.text or ""):
            item.text = (item.text or "").replace(old, new_text)
            self._package.edit(part)

    def replace_in_headers(self, old: str, new_text: str) -> None:
        """Replace a text in what is printed above and below the pages of all sheets."""
        for entry in self._worksheets().values():
            holder = self._package.root(entry.part).find(m("headerFooter"))
            for item in children(holder):
                if old in (item.text or ""):
                    item.text = (item.text or "").replace(old, new_text)
                    self._package.edit(entry.part)

    # What is looked up

    def _worksheets(self) -> dict[str, SheetEntry]:
        """The sheets that hold cells by their name in small letters."""
        return {entry.name.casefold(): entry for entry in list_sheets(self._package) if entry.holds_cells}

    def _sheet(self, name: str) -> Worksheet | None:
        key = name.casefold()
        if key in self._entries and key not in self._sheets:
            self._sheets[key] = Worksheet(self._package, self._entries[key])
        return self._sheets.get(key)

    @property
    def _styles(self) -> Styles:
        if self._styles_found is None:
            self._styles_found = Styles(self._package)
        return self._styles_found

    def _shared_texts(self) -> list[str]:
        if self._texts is None:
            self._texts = read_texts(self._package)
        return self._texts


_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"


def _picture_row(anchor: Element) -> int | None:
    """The row of the upper edge of a picture; None for anything else."""
    row = anchor.findtext(f"{_DRAWING}from/{_DRAWING}row")
    return None if row is None or anchor.find(f"{_DRAWING}pic") is None else whole(row) + 1
