"""The seal on a report: properties that say what it was made of, and its text as lkt wrote it.

The digest in the properties says whether a person edited the report since. A custom XML part holds the
texts themselves, so that an edit can be shown with what stood there before, though the workbook may have
changed meanwhile. Programs that save the report anew keep both; one that drops the part leaves the digest.
"""

import base64
import hashlib
import itertools
import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.part import Part
from lxml import etree

from lkt import __version__
from lkt.errors import LktError, TemplateError
from lkt.files import Origin, SourceFile
from lkt.report.passages import Passage, passages
from lkt.wordtemplate.document import (
    UnreadablePartError,
    add_custom_properties,
    custom_properties,
    open_document,
    parse,
    related,
    save,
)

DIGEST = "lkt-sidik"
VERSION = "lkt-versi"
DRAFT = "lkt-rancangan"
FIGURES = "lkt-dasar-angka"
WORKBOOK = "lkt-buku-kerja"
TEMPLATE = "lkt-templat"
PREVIOUS = "lkt-sebelumnya"
PICTURES = "lkt-gambar"
_SHA = "-sha256"
_LONGEST = 255  # of a property, by Word
_LARGEST = 20 * 1024 * 1024  # of the record unpacked; a real one is far under it
_NAMESPACE = "urn:lkt:sidik:1"
_STORE = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_STORE_ID = "{6C6B7400-5369-4469-A001-000000000001}"
_HEAD = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
_RECORD = f'{_HEAD}<sidik xmlns="{_NAMESPACE}">%s</sidik>'.encode()
_ABOUT_RECORD = (
    f'{_HEAD}<ds:datastoreItem xmlns:ds="{_STORE}" ds:itemID="{_STORE_ID}"><ds:schemaRefs>'
    f'<ds:schemaRef ds:uri="{_NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
).encode()


class UnreadableReportError(LktError):
    """The file is no Word document that can be read."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """A report as it stands on disk.

    Attributes:
        properties: its named values.
        content: what can be seen in it.
        written: what lkt wrote into it; None when that record is gone.
    """

    properties: Mapping[str, str]
    content: tuple[Passage, ...]
    written: tuple[Passage, ...] | None

    @property
    def ours(self) -> bool:
        """Whether lkt wrote it."""
        return bool(self.properties.get(DIGEST))

    @property
    def edited(self) -> bool:
        """Whether a text or a picture changed since."""
        return self.properties.get(DIGEST) != digest(self.content)

    @property
    def draft(self) -> bool:
        """Whether it was built as a draft."""
        return self.properties.get(DRAFT) == "ya"

    @property
    def figures(self) -> bool:
        """Whether it lists what each figure rests on."""
        return self.properties.get(FIGURES) == "ya"

    def file(self, kind: str) -> SourceFile:
        """The name and digest of what it was made of: ``WORKBOOK`` or ``TEMPLATE``; empty where untold."""
        return SourceFile(self.properties.get(kind, ""), self.properties.get(kind + _SHA, ""))

    @property
    def previous(self) -> tuple[SourceFile, ...]:
        """The workbooks of the quarters before that it was compared with."""
        numbered = (self.file(f"{PREVIOUS}-{number}") for number in itertools.count(1))
        return tuple(itertools.takewhile(lambda each: each.sha256, numbered))


def seal(
    document: Document, template: SourceFile, asal: Origin | None, *, draft: bool, figures: bool = False
) -> bytes:
    """The document with its seal, as a file; equal input gives equal bytes.

    Args:
        document: what was just made; it is changed.
        template: the template that it was made by.
        asal: the workbooks; None where it was not made from files.
        draft: whether it is a draft.
        figures: whether it lists what each figure rests on.
    """
    content, made_from = passages(document), _made_from(template, asal, draft=draft)
    listed = {FIGURES: "ya"} if figures else {}
    add_custom_properties(document, {**made_from, **listed, DIGEST: digest(content)})
    _store(document, content)
    return save(document)


def _made_from(template: SourceFile, asal: Origin | None, *, draft: bool) -> dict[str, str]:
    """The properties that say what a report was made from; it is the same report where they are equal."""
    files = {TEMPLATE: template}
    if asal is not None:
        files[WORKBOOK] = asal.buku_kerja
        files |= {f"{PREVIOUS}-{number}": each for number, each in enumerate(asal.previous, 1)}
    values = {VERSION: __version__, DRAFT: "ya" if draft else "tidak"}
    for kind, each in sorted(files.items()):
        values |= {kind: each.nama[:_LONGEST], kind + _SHA: each.sha256}
    return values | ({PICTURES + _SHA: asal.pictures} if asal and asal.pictures else {})


def is_made_from(report: bytes, template: SourceFile, asal: Origin, *, draft: bool) -> bool:
    """Whether a file is a report that this version made from just these, edited since or not."""
    try:
        properties = custom_properties(open_document(report, ""))
    except (UnreadablePartError, TemplateError):
        return False
    made_from = _made_from(template, asal, draft=draft)
    telling = {
        name
        for name in properties.keys() | made_from.keys()
        if name in {VERSION, DRAFT, FIGURES} or name.endswith(_SHA)  # no report depends on the names of files
    }
    return all(properties.get(name) == made_from.get(name) for name in telling)


def unseal(data: bytes, name: str) -> Sealed:
    """What a report says of itself, and what stands in it.

    Raises:
        UnreadableReportError: it is no Word document, or damaged; ``name`` is what the user calls it.
    """
    try:
        document = open_document(data, name)
        properties, written = custom_properties(document), _stored(document)
        if written is not None and digest(written) != properties.get(DIGEST):
            written = None  # a record that belongs to another report
        return Sealed(properties, passages(document), written)
    except UnreadablePartError:
        raise UnreadableReportError(
            f"Laporan «{name}» rusak: isinya tidak terbaca.", "Buka dan simpan ulang di Word, lalu coba lagi."
        ) from None
    except TemplateError as error:
        raise UnreadableReportError(error.message.replace("Templat", "Laporan", 1), error.hint) from None


def digest(content: Sequence[Passage]) -> str:
    """The SHA-256 of what can be seen, in hexadecimal."""
    return hashlib.sha256(_json([passage.content for passage in content])).hexdigest()


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


# The texts as lkt wrote them -------------------------------------------------------------------------------


def _store(document: Document, content: Sequence[Passage]) -> None:
    package = document.part.package
    rows = [[item.place, item.texts, item.columns, item.pictures] for item in content]
    packed = base64.b64encode(zlib.compress(_json(rows)))
    name = package.next_partname("/customXml/itemProps%d.xml")
    about = Part(name, CT.OFC_CUSTOM_XML_PROPERTIES, _ABOUT_RECORD, package)
    name = package.next_partname("/customXml/item%d.xml")
    record = Part(name, CT.XML, _RECORD % packed, package)
    record.relate_to(about, RT.CUSTOM_XML_PROPS)
    document.part.relate_to(record, RT.CUSTOM_XML)


def _stored(document: Document) -> tuple[Passage, ...] | None:
    """The record; None when it is gone or was meddled with."""
    for part in related(document.part, RT.CUSTOM_XML):
        try:
            root = parse(part.blob)
            if etree.QName(root).namespace != _NAMESPACE:
                continue
            unpacker = zlib.decompressobj()
            data = unpacker.decompress(base64.b64decode(root.text or ""), _LARGEST)
            if unpacker.eof:  # else cut short, or too large
                return tuple(map(_passage, json.loads(data)))
        except (UnreadablePartError, ValueError, TypeError, zlib.error, RecursionError):
            continue
    return None


def _passage(row: Any) -> Passage:
    place, *lists = row
    texts, columns, pictures = (tuple(map(str, each)) for each in lists)
    return Passage(str(place), texts, columns, pictures)
