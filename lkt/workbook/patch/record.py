"""What is needed to undo an annotation exactly, kept in a custom XML part of the annotated copy.

Marks themselves are recognised by what they are: conditional formats by their formula, notes by their
author and marker line, the sheet by a hidden name. The record only says which containers did not exist
before and how restyled cells looked. It holds nothing of the content of a cell. A copy that was saved by
a spreadsheet program since may not fit it any more; each entry is verified before it is used.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from lkt.workbook.patch.markup import Element, serialize

NAMESPACE = "urn:lkt:pemeriksaan"
_N = f"{{{NAMESPACE}}}"


@dataclass(slots=True)
class StyleRecord:
    """How styles.xml was before.

    Attributes:
        digest: of the part as we wrote it; other bytes void this record.
        sizes: collection -> number of its elements and its attribute ``count`` before.
        originals: number of a restyled format -> attribute ``s`` of its cells before; may be empty.
    """

    digest: str = ""
    sizes: dict[str, tuple[int, str | None]] = field(default_factory=dict)
    originals: dict[int, str] = field(default_factory=dict)


@dataclass(slots=True)
class Record:
    """What an annotation added besides its marks.

    Attributes:
        created: parts and elements that did not exist before.
        plain: (comments part, cell) of notes whose text was not divided into runs.
        boxes: (drawing part, cell) -> the anchor of a note's box before and after it was enlarged.
        styles: how styles.xml was.
    """

    created: set[str] = field(default_factory=set)
    plain: set[tuple[str, str]] = field(default_factory=set)
    boxes: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    styles: StyleRecord = field(default_factory=StyleRecord)

    def to_xml(self) -> bytes:
        """The content of the custom XML part."""
        root = etree.Element(f"{_N}pemeriksaan", nsmap={"lkt": NAMESPACE})
        for name in sorted(self.created):
            _add(root, "dibuat", nama=name)
        for part, cell in sorted(self.plain):
            _add(root, "polos", bagian=part, sel=cell)
        for (part, cell), (before, after) in sorted(self.boxes.items()):
            _add(root, "kotak", bagian=part, sel=cell, asli=before, baru=after)
        self._add_styles(root)
        return serialize(root)

    def _add_styles(self, root: Element) -> None:
        styles = _add(root, "gaya", sidik=self.styles.digest)
        for name, (size, count) in sorted(self.styles.sizes.items()):
            item = _add(styles, "koleksi", nama=name, banyak=str(size))
            if count is not None:
                item.set("count", count)
        for made, original in sorted(self.styles.originals.items()):
            _add(styles, "format", baru=str(made), asli=original)

    @staticmethod
    def from_xml(root: Element) -> "Record":
        """The record that a custom XML part holds."""
        record = Record()
        record.created = {item.get("nama", "") for item in _all(root, "dibuat")}
        record.plain = {(item.get("bagian", ""), item.get("sel", "")) for item in _all(root, "polos")}
        for item in _all(root, "kotak"):
            anchors = item.get("asli", ""), item.get("baru", "")
            record.boxes[item.get("bagian", ""), item.get("sel", "")] = anchors
        for styles in _all(root, "gaya"):
            record.styles.digest = styles.get("sidik", "")
        for item in _all(root, "koleksi"):
            record.styles.sizes[_collection(item)] = int(item.get("banyak", "0")), item.get("count")
        for item in _all(root, "format"):
            record.styles.originals[int(item.get("baru", "0"))] = item.get("asli", "")
        return record


def _collection(item: Element) -> str:
    name = item.get("nama", "")
    if not name.isidentifier():
        raise ValueError("no name of a list of formats")
    return name


def _add(parent: Element, name: str, **attributes: str) -> Element:
    return etree.SubElement(parent, f"{_N}{name}", attributes)


def _all(root: Element, name: str) -> Iterator[Element]:
    return root.iter(f"{_N}{name}")
