"""The defined names that belong to the sheet of findings, one of which is its marker."""

from lkt.attributes import whole
from lkt.workbook.patch.book import Book
from lkt.workbook.patch.markup import add, children, detach, m, new
from lkt.workbook.patch.record import Record
from lkt.workbook.patch.schema import insert_in_order

MARKER = "_lkt_hasil"
"""A hidden name on the sheet of findings: it survives renaming, moving and saving elsewhere."""

_CREATED = "definedNames"


def add_names(book: Book, record: Record, index: int, names: dict[str, str], *, hidden: set[str]) -> None:
    """Give a sheet its own names: name -> reference."""
    root = book.package.edit(book.part)
    holder = root.find(m("definedNames"))
    if holder is None:
        holder = new("definedNames")
        insert_in_order(root, holder)
        record.created.add(_CREATED)
    for name, reference in names.items():
        item = add(holder, "definedName", reference, name=name, localSheetId=str(index))
        if name in hidden:
            item.set("hidden", "1")


def marked_sheets(book: Book) -> list[int]:
    """The indexes of the sheets that carry our marker, the last first."""
    holder = book.package.root(book.part).find(m("definedNames"))
    found = {item.get("localSheetId") for item in children(holder) if item.get("name") == MARKER}
    count = len(book.sheets())
    return sorted(
        (place for place in (whole(text, -1) for text in found) if 0 <= place < count), reverse=True
    )


def remove_names(book: Book, record: Record, index: int) -> None:
    """Drop the names of a sheet that was removed; those of the sheets after it follow them."""
    holder = book.package.edit(book.part).find(m("definedNames"))
    if holder is None:
        return
    for item in list(children(holder)):
        place = whole(item.get("localSheetId"), -1)
        if place == index:
            detach(item)
        elif place > index:
            item.set("localSheetId", str(place - 1))
    if _CREATED in record.created and not len(holder):
        detach(holder)
