"""The part that lists the sheets of a workbook."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from lkt.attributes import whole
from lkt.workbook.patch.errors import unreadable
from lkt.workbook.patch.links import drop, link, linked, links, main_part, unlink
from lkt.workbook.patch.markup import REL_ID, REL_NS, Element, children, detach, m
from lkt.workbook.patch.package import Package
from lkt.workbook.patch.record import Record


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """One sheet.

    Attributes:
        name: as the user sees it.
        index: its place among all sheets, from 0.
        number: its lasting number, which the calculation chain uses.
        part: its part; empty where that is missing.
    """

    name: str
    index: int
    number: str
    part: str


class Book:
    """The list of the sheets of a workbook.

    Args:
        package: the parts.

    Raises:
        UnreadableWorkbookError: it has no workbook, or one in the strict dialect.
    """

    def __init__(self, package: Package) -> None:
        self.package = package
        self.part = main_part(package)
        if package.root(self.part).tag != m("workbook"):
            raise unreadable("buku kerjanya berdialek lain")

    def sheets(self) -> list[SheetEntry]:
        """All sheets in their order."""
        targets = {link.identifier: link.part for link in links(self.package, self.part)}
        return [
            SheetEntry(
                item.get("name", ""), index, item.get("sheetId", ""), targets.get(item.get(REL_ID, ""), "")
            )
            for index, item in enumerate(self._items())
        ]

    def worksheets(self) -> Iterator[SheetEntry]:
        """The sheets that hold cells; chart sheets do not."""
        for sheet in self.sheets():
            if sheet.part and self.package.root(sheet.part).tag == m("worksheet"):
                yield sheet

    def worksheet(self, name: str) -> SheetEntry | None:
        """The worksheet of a name, as written or else in any case."""
        named = [sheet for sheet in self.sheets() if sheet.name.casefold() == name.casefold()]
        for sheet in sorted(named, key=lambda sheet: sheet.name != name):
            if sheet.part and self.package.root(sheet.part).tag == m("worksheet"):
                return sheet
        return None

    def linked(self, kind: str) -> str | None:
        """The part of a kind that belongs to the workbook as a whole."""
        return linked(self.package, self.part, kind)

    @property
    def from_1904(self) -> bool:
        """Whether dates count from 1904."""
        properties = self.package.root(self.part).find(m("workbookPr"))
        return properties is not None and properties.get("date1904", "") in {"1", "true"}

    def free_name(self, wanted: str) -> str:
        """The name, or the first numbered one that no sheet has."""
        taken = {sheet.name.casefold() for sheet in self.sheets()}
        numbered = (f"{wanted} ({number})" for number in range(2, len(taken) + 3))
        return next(name for name in (wanted, *numbered) if name.casefold() not in taken)

    def add_sheet(self, record: Record, name: str, part: str) -> int:
        """Append a sheet; its index."""
        items = list(self._items())
        number = max((whole(item.get("sheetId")) for item in items), default=0) + 1
        identifier = link(self.package, record, self.part, "worksheet", part)
        self.package.edit(self.part)
        item = etree.SubElement(self._list(), m("sheet"), nsmap={"r": REL_NS})
        for key, value in (("name", name), ("sheetId", str(number)), (REL_ID, identifier)):
            item.set(key, value)
        return len(items)

    def remove_sheet(self, record: Record, sheet: SheetEntry) -> None:
        """Take a sheet out, with the printer settings that a spreadsheet program may have given it."""
        for item in links(self.package, sheet.part):
            if item.kind == "printerSettings":
                drop(self.package, item.part)
        self.package.edit(self.part)
        detach(list(self._items())[sheet.index])
        unlink(self.package, record, self.part, sheet.part)
        drop(self.package, sheet.part)
        self._move_views(sheet.index)

    def _move_views(self, removed: int) -> None:
        """Keep showing the sheet that was in front; the one before where that is gone."""
        for view in self.package.root(self.part).iter(m("workbookView")):
            for key in ("activeTab", "firstSheet"):
                place = whole(view.get(key))
                if place and place >= removed:
                    view.set(key, str(place - 1))

    def _list(self) -> Element:
        found = self.package.root(self.part).find(m("sheets"))
        if found is None:
            raise unreadable("tidak ada daftar lembar")
        return found

    def _items(self) -> Iterator[Element]:
        return (item for item in children(self._list()) if item.tag == m("sheet"))
