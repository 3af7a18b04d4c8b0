"""Pictures that float over rows which were emptied: they go with what they illustrated."""

from collections.abc import Collection, Iterator

from lkt.attributes import whole
from lkt.workbook.patch.book import Book
from lkt.workbook.patch.links import drop, links, rels_of
from lkt.workbook.patch.markup import REL_NS, Element, children, detach
from lkt.workbook.patch.package import Package

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"


def remove_pictures(data: bytes, sheet: str, rows: Collection[int]) -> tuple[bytes, int]:
    """A copy of a workbook without the pictures whose upper edge lies on some rows; how many these were.

    Charts, shapes and all pictures elsewhere stay. An image that no other picture shows leaves the file.

    Raises:
        UnreadableWorkbookError: the workbook is damaged.
    """
    package = Package(data)
    entry, count = Book(package).worksheet(sheet), 0
    drawings = (
        [] if entry is None else [item for item in links(package, entry.part) if item.kind == "drawing"]
    )
    for drawing in drawings:
        gone = [anchor for anchor in children(package.root(drawing.part)) if _row(anchor) in rows]
        if gone:
            package.edit(drawing.part)
            for anchor in gone:
                detach(anchor)
            _release_images(package, drawing.part)
        count += len(gone)
    return (package.save(), count) if count else (data, 0)


def _row(anchor: Element) -> int | None:
    """The row of the upper edge of a picture; None for anything else."""
    row = anchor.findtext(f"{_DRAWING}from/{_DRAWING}row") or ""
    is_picture = anchor.find(f"{_DRAWING}pic") is not None
    return whole(row) + 1 if is_picture and row.strip() else None


def _release_images(package: Package, drawing: str) -> None:
    """Take out the relationships that no picture uses any more, and the images that nothing shows."""
    used = {value for item in package.root(drawing).iter("*") for value in _relations(item)}
    spare = {item.identifier: item.part for item in links(package, drawing) if item.kind == "image"}
    spare = {identifier: part for identifier, part in spare.items() if identifier not in used}
    for item in list(children(package.root(rels_of(drawing)))) if spare else ():
        if item.get("Id") in spare:
            package.edit(rels_of(drawing))
            detach(item)
    still_shown = {item.part for source in _sources(package) for item in links(package, source)}
    for part in sorted(set(spare.values()) - still_shown):
        drop(package, part)


def _relations(item: Element) -> Iterator[str]:
    return (str(value) for key, value in item.attrib.items() if str(key).startswith(f"{{{REL_NS}}}"))


def _sources(package: Package) -> Iterator[str]:
    """The parts that have relationships."""
    for name in package.names():
        folder, found, source = name.rpartition("_rels/")
        if found and source.endswith(".rels"):
            yield folder + source.removesuffix(".rels")
