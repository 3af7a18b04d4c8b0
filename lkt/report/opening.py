"""Opening a template: is this a Word document that we can fill? If not, say what it is and what to do."""

from lxml import etree

from lkt.errors import TemplateError
from lkt.report.opc import ROOT, Package
from lkt.report.package import CONTENT_TYPES, read_parts
from lkt.report.wordml import STRICT_NS, Element, UnreadablePartError, parse

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
DOCUMENT = f"{_WORD}.document.main+xml"
TEMPLATE = f"{_WORD}.template.main+xml"
_STRICT_MAIN = "http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument"
_AS_DOCX = "Buka berkas itu di Word, lalu pilih Simpan Sebagai > Dokumen Word (*.docx)."


def open_package(data: bytes, name: str) -> tuple[Package, str]:
    """The package of a .docx or .dotx file, as a .docx, and the name of its main part.

    Raises:
        TemplateError: when it is anything else.
    """
    package = Package(read_parts(data, name))
    try:
        main = _main_part(package, name)
    except UnreadablePartError as exc:
        raise TemplateError(f"Templat «{name}» rusak: daftar isinya tidak terbaca.", hint=_AS_DOCX) from exc
    if package.content_type(main) == TEMPLATE:
        package.declare(main, DOCUMENT)
    return package, main


def _main_part(package: Package, name: str) -> str:
    if CONTENT_TYPES not in package.parts:
        raise TemplateError(f"Templat «{name}» bukan dokumen Word (.docx).", hint=_AS_DOCX)
    mains = package.related(ROOT, "officeDocument") or package.related(ROOT, _STRICT_MAIN)
    kind = package.content_type(mains[0]) if mains else ""
    if "macroEnabled" in kind or any(part.endswith("vbaProject.bin") for part in package.parts):
        raise TemplateError(f"Templat «{name}» memuat makro, sehingga tidak dapat dipakai.", hint=_AS_DOCX)
    if kind not in (DOCUMENT, TEMPLATE):
        raise TemplateError(f"Templat «{name}» bukan dokumen Word (.docx).", hint=_AS_DOCX)
    return mains[0]


def parse_part(package: Package, part: str, name: str) -> Element:
    """The root of an XML part of a template.

    Raises:
        TemplateError: when it is not well-formed, or written in the Strict variant of the format.
    """
    try:
        root = parse(package.parts[part])
    except UnreadablePartError as exc:
        raise TemplateError(f"Templat «{name}» rusak: bagian {part} tidak terbaca.", hint=_AS_DOCX) from exc
    if etree.QName(root).namespace == STRICT_NS:
        raise TemplateError(f"Templat «{name}» disimpan sebagai Dokumen Strict Open XML.", hint=_AS_DOCX)
    return root
