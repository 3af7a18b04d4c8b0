"""The sheets of a workbook in their order, each with its cells."""

import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml.etree import _Element

from lkt.workbook.cells import Raw
from lkt.workbook.xlsx.cells import SharedParts, read_table, text_of
from lkt.workbook.xlsx.numberformats import format_codes
from lkt.workbook.xlsx.xml import RELATION_ID, RELATIONSHIP, XmlError, main, parse, stream

_WORKBOOK = "xl/workbook.xml"
_MOST_CELLS = 1_500_000
_ON = ("1", "true")


class BookError(Exception):
    """The workbook cannot be read; ``too_large`` tells whether for its size alone."""

    def __init__(self, reason: str, *, too_large: bool = False) -> None:
        super().__init__(reason)
        self.too_large = too_large


@dataclass(frozen=True, slots=True)
class SheetCells:
    """One sheet.

    Attributes:
        name: as written.
        part: its name in the package.
        rows: row number -> column number -> cell, only those that hold something.
        hidden: the numbers of hidden rows.
    """

    name: str
    part: str
    rows: Mapping[int, Mapping[int, Raw]]
    hidden: frozenset[int]


def read_book(package: zipfile.ZipFile) -> tuple[SheetCells, ...]:
    """The worksheets of a workbook.

    Raises:
        BookError: a part is missing, damaged or unsafe, or there are too many cells.
    """
    try:
        return tuple(_sheets(package))
    except XmlError as error:
        raise BookError(str(error)) from None
    except OverflowError:
        raise BookError("too many cells", too_large=True) from None
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError, KeyError) as error:
        raise BookError(type(error).__name__) from None


def _sheets(package: zipfile.ZipFile) -> Iterator[SheetCells]:
    book = parse(package.read(_WORKBOOK))
    targets = _targets(package)
    shared = _shared(package, book, targets)
    left = _MOST_CELLS
    for sheet in book.iter(main("sheet")):
        kind, part = targets.get(sheet.get(RELATION_ID, ""), ("", ""))
        if kind == "worksheet":
            table = read_table(package.read(part), shared, left)
            left -= table.count
            yield SheetCells(sheet.get("name", ""), part, table.rows, frozenset(table.hidden))


def _shared(package: zipfile.ZipFile, book: _Element, targets: Mapping[str, tuple[str, str]]) -> SharedParts:
    parts = {kind: part for kind, part in targets.values() if part in package.namelist()}
    strings = _strings(package.read(parts["sharedStrings"])) if "sharedStrings" in parts else []
    styles = parse(package.read(parts["styles"])) if "styles" in parts else None
    properties = book.find(main("workbookPr"))
    from_1904 = properties is not None and properties.get("date1904") in _ON
    return SharedParts(strings, format_codes(styles), from_1904)


def _strings(data: bytes) -> list[str]:
    return [text_of(item) for item in stream(data, "si")]


def _targets(package: zipfile.ZipFile) -> dict[str, tuple[str, str]]:
    """Relationship id -> kind and name of the part that it leads to inside the package."""
    found = {}
    for relation in parse(package.read("xl/_rels/workbook.xml.rels")).iter(RELATIONSHIP):
        if relation.get("TargetMode") != "External":
            part = posixpath.normpath(posixpath.join("/xl", relation.get("Target", ""))).lstrip("/")
            found[relation.get("Id", "")] = relation.get("Type", "").rsplit("/", 1)[-1], part
    return found
