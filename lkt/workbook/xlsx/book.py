"""The sheets of a workbook in their order, each with its cells."""

import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import cast

from lxml.etree import XPath, _Element

from lkt.workbook.cells import Raw
from lkt.workbook.marks import Marks
from lkt.workbook.parts import REL, WORKBOOK, Relation, relations
from lkt.workbook.xlsx.cells import SharedParts, SharedTexts, StyleFormats, read_table, text_of, unescaped
from lkt.workbook.xlsx.numberformats import format_codes
from lkt.workbook.xlsx.xml import TooLargeError, XmlError, is_small, main, parse, stream
from lkt.workbook.zips import ZIP_DAMAGE

_MOST_CELLS = 1_500_000
_ON = ("1", "true")
_NAMESPACES = {"m": main("")[1:-1]}
_TEXTS, _RUNS = (XPath(path, namespaces=_NAMESPACES) for path in ("m:si/m:t", "m:si/*[2]"))
Wanted = Callable[[str], bool]


def _every(_name: str) -> bool:
    return True


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
        marks: the cells that may hold a picture.
        drawn: something is drawn over it, such as a picture.
        heights: row number -> its height in points, where one is set.
        usual_height: the height of the other rows.
    """

    name: str
    part: str
    rows: Mapping[int, Mapping[int, Raw]] = field(default_factory=dict)
    hidden: frozenset[int] = frozenset()
    marks: Marks = field(default_factory=Marks)
    drawn: bool = False
    heights: Mapping[int, float] = field(default_factory=dict)
    usual_height: float = 0

    def height(self, row: int) -> float:
        """The height of a row in points."""
        return self.heights.get(row, self.usual_height)


def read_book(package: zipfile.ZipFile, wanted: Wanted = _every) -> tuple[SheetCells, ...]:
    """The worksheets of a workbook.

    Args:
        package: the file.
        wanted: by its name, whether the cells of a sheet are read; without them it is as an empty one.

    Raises:
        BookError: a part is missing, damaged or unsafe, or there are too many cells.
    """
    try:
        return tuple(_sheets(package, wanted))
    except XmlError as error:
        raise BookError(str(error)) from None
    except (TooLargeError, MemoryError):
        raise BookError("too many cells", too_large=True) from None
    except ZIP_DAMAGE as error:
        raise BookError(type(error).__name__) from None


def _sheets(package: zipfile.ZipFile, wanted: Wanted) -> Iterator[SheetCells]:
    book, targets = parse(_bytes(package, WORKBOOK)), relations(package, WORKBOOK)
    shared = _shared(package, book, targets)
    left, seen = _MOST_CELLS, set[str]()
    for sheet in book.iter(main("sheet")):
        target = targets.get(sheet.get(f"{REL}id", ""))
        if target is None or target.kind != "worksheet":
            continue
        if target.part in seen:  # a thousand names of one huge sheet would take a thousand times as long
            raise XmlError("two sheets are one part")
        seen.add(target.part)
        name = sheet.get("name", "")
        if not wanted(name):
            yield SheetCells(name, target.part)
            continue
        table = read_table(_bytes(package, target.part), shared, left)
        left -= table.count
        yield SheetCells(
            name,
            target.part,
            table.rows,
            frozenset(table.hidden),
            Marks(table.described, table.wps),
            table.drawn,
            table.heights,
            table.usual_height,
        )


def _shared(package: zipfile.ZipFile, book: _Element, targets: Mapping[str, Relation]) -> SharedParts:
    parts = {target.kind: target.part for target in targets.values()}
    strings = _optional(package, parts.get("sharedstrings", ""))
    styles = _optional(package, parts.get("styles", ""))
    properties = book.find(main("workbookPr"))
    return SharedParts(
        strings=_texts(strings) if strings else SharedTexts(),
        formats=_formats(styles) if styles else StyleFormats(),
        from_1904=properties is not None and properties.get("date1904") in _ON,
    )


def _formats(styles: bytes) -> StyleFormats:
    """The number formats of the cell styles; workbooks that began as one file have the same part."""
    return StyleFormats(_known_codes(styles) if is_small(styles) else _codes(styles))


def _codes(styles: bytes) -> tuple[str, ...]:
    return tuple(format_codes(parse(styles)))


_known_codes = lru_cache(maxsize=16)(_codes)


def _texts(strings: bytes) -> SharedTexts:
    if not is_small(strings):
        return SharedTexts([text_of(item) for item in stream(strings, "si")])
    root = parse(strings)
    plain = [] if _RUNS(root) else cast("list[_Element]", _TEXTS(root))
    if len(plain) == len(root):  # each is one text: nearly always, and it saves looking into each
        texts = [each.text or "" for each in plain]
        return SharedTexts.ready([unescaped(text) if "_x" in text else text for text in texts])
    return SharedTexts.ready([text_of(item) for item in root.iter(main("si"))])


def _optional(package: zipfile.ZipFile, name: str) -> bytes:
    """A part that a workbook may do without."""
    return _bytes(package, name) if {name, f"/{name}"} & package.NameToInfo.keys() else b""


def _bytes(package: zipfile.ZipFile, name: str) -> bytes:
    """A part; some programs write the name of an entry with a slash before it."""
    return package.read(name if name in package.NameToInfo else f"/{name}")
