"""Names of SpreadsheetML and the one way its parts are parsed: no entity, no document type, no network."""

import io
import re
from collections.abc import Iterator

from lxml import etree
from lxml.etree import _Element

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_SMALL = 300_000  # its tree takes a few megabytes at most, and is read sooner than a stream
_LARGE = 1_000_000
_MOST_TAGS = 12_000_000  # each costs a hundred bytes or two while its row is read; a cell has four
# A cell or row that only carries a format. Where text holds such characters they are written as &lt;.
_EMPTY_CELL = re.compile(rb"<c [^<>]*/>|<c [^<>]*[^<>/]></c>")
_EMPTY_ROW = re.compile(rb"<row [^<>]*/>|<row [^<>]*[^<>/]>\s*</row>")


class TooLargeError(Exception):
    """A part holds more than is ever read."""


class XmlError(Exception):
    """A part is not well-formed, or declares a document type, which Office files never do."""


def main(name: str) -> str:
    """The full name of an element of SpreadsheetML."""
    return f"{{{_MAIN}}}{name}"


def parse(data: bytes) -> _Element:
    """The root of a part.

    Raises:
        XmlError: it cannot be parsed safely.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root: _Element = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError) as error:
        raise XmlError(str(error)) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise XmlError("a document type is declared")
    return root


def is_small(data: bytes) -> bool:
    """Whether the elements of a part are kept while it is read."""
    return len(data) < _SMALL


def stream(data: bytes, *names: str) -> Iterator[_Element]:
    """The elements of those names, none inside another; of a large part each is emptied once read.

    Raises:
        XmlError: as ``parse``.
        TooLargeError: it has more elements than fit into memory.
    """
    if len(data) > _MOST_TAGS and data.count(b"<") > _MOST_TAGS:
        raise TooLargeError
    tags = [main(name) for name in names]
    if is_small(data):
        yield from parse(data).iter(*tags)
        return
    events = etree.iterparse(
        io.BytesIO(data),
        tag=tags,
        resolve_entities=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
    )
    checked = False
    try:
        for _, found in events:
            if not checked and found.getroottree().docinfo.internalDTD is not None:
                raise XmlError("a document type is declared")
            checked = True
            yield found
            found.clear()
    except etree.LxmlError as error:
        raise XmlError(str(error)) from None


def without_blanks(data: bytes) -> bytes:
    """A sheet without the rows and cells that hold nothing, where there may be a million of them."""
    if len(data) < _LARGE:
        return data
    return _EMPTY_ROW.sub(b"", _EMPTY_CELL.sub(b"", _without_tail(data)))


def _without_tail(data: bytes) -> bytes:
    """A sheet without the rows behind its last value, where they hold nothing: the usual million."""
    end = data.rfind(b"</sheetData>")
    last = max(data.rfind(b"</v>", 0, end), data.rfind(b"</is>", 0, end))
    start = data.find(b"</row>", last, end) + len(b"</row>")
    if min(end, last) < 0 or start < last:
        return data
    tail = data[start:end]
    blank = sum(map(tail.count, (b"<row ", b"<c ", b"</row>", b"</c>")))
    return data[:start] + data[end:] if blank == tail.count(b"<") else data
