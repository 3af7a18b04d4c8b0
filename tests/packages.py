"""Office packages taken apart, changed and put together, to make files that no program writes."""

import io
import posixpath
import zipfile
from collections.abc import Callable, Mapping

from lxml import etree

Parts = dict[str, bytes]

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def unzipped(data: bytes) -> Parts:
    """The parts of a sound package."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert package.testzip() is None
        return {name: package.read(name) for name in package.namelist()}


def zipped(parts: Mapping[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The same parts give the same bytes."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as package:
        for name, content in parts.items():
            package.writestr(zipfile.ZipInfo(name), content, method)
    return data.getvalue()


def altered(data: bytes, changes: Mapping[str, Callable[[bytes], bytes] | bytes | None]) -> bytes:
    """The package with parts changed, put in, or, for None, taken out."""
    parts = unzipped(data)
    for name, change in changes.items():
        content = parts.pop(name, b"")
        if change is not None:
            parts[name] = change if isinstance(change, bytes) else change(content)
    return zipped(parts)


def relate(parts: Parts, source: str, kind: str, target: str) -> str:
    """A new relationship of a part; its id. A kind that is no address is one of Office's own."""
    rels = posixpath.join(posixpath.dirname(source), "_rels", f"{posixpath.basename(source)}.rels")
    root = etree.fromstring(parts.get(rels, f'<Relationships xmlns="{_RELATIONS}"/>'.encode()))
    number = f"rIdP{len(root) + 1}"
    kind = kind if ":" in kind else f"{OFFICE}/{kind}"
    etree.SubElement(root, f"{{{_RELATIONS}}}Relationship", Id=number, Type=kind, Target=target)
    parts[rels] = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return number
