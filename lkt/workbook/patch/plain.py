"""A workbook with macros, or a template of one, as a plain .xlsx: Excel opens nothing else by that name."""

from lkt.workbook.patch.links import Link, drop, links, main_part, retype, unlink
from lkt.workbook.patch.package import Package
from lkt.workbook.patch.record import Record

_PLAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_MACROS = frozenset({"vbaProject"})


def as_plain(data: bytes) -> tuple[bytes, bool]:
    """The workbook as .xlsx, and whether it lost macros by that; untouched where it is one already.

    Raises:
        UnreadableWorkbookError: it is damaged.
    """
    package = Package(data)
    part = main_part(package)
    macros = [item for item in links(package, part) if item.kind in _MACROS]
    changed = retype(package, part, _PLAIN)
    for item in macros:
        _remove(package, part, item)
    return (package.save() if changed or macros else data), bool(macros)


def _remove(package: Package, source: str, item: Link) -> None:
    for signature in list(links(package, item.part)):
        drop(package, signature.part)
    unlink(package, Record(), source, item.part)
    drop(package, item.part)
