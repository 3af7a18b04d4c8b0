"""What a template may not bring along: what makes Word fetch, run or insert something from elsewhere.

A template is made by others, and a report goes on to others. What an operator may have put in unknowingly,
the link to the template of Word that a document was begun with, is taken out; everything else is refused.
"""

import posixpath
import re
from collections.abc import Iterator

from lxml import etree

from lkt.errors import TemplateError
from lkt.report.opc import Package
from lkt.report.wordml import Element, UnreadablePartError, parse, serialize, w

_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_HYPERLINK, _ATTACHED = "hyperlink", "attachedTemplate"
_SAFE_LINK = re.compile(r"(?:https?://|mailto:|#)", re.IGNORECASE)
_REFUSED = {
    "oleObject": "objek OLE (sisipan dari program lain)",
    "control": "kontrol ActiveX",
    "aFChunk": "dokumen lain yang disisipkan utuh (altChunk)",
    "subDocument": "subdokumen",
    "vbaProject": "makro",
    "wordVbaData": "makro",
    "keyMapCustomizations": "penyesuaian papan ketik",
    "attachedToolbars": "bilah alat",
    "recipientData": "data surat gabung (mail merge)",
}
_EXTERNAL = {
    "image": "gambar tertaut di luar dokumen; sisipkan gambarnya ke dalam dokumen",
    "mailMergeSource": "sumber data surat gabung (mail merge)",
    "mailMergeHeaderSource": "sumber data surat gabung (mail merge)",
    "frame": "bingkai halaman web",
}
_FIELDS = frozenset(
    (
        "ADDIN", "CONTROL", "DATABASE", "DDE", "DDEAUTO", "EMBED", "GLOSSARY", "IMPORT", "INCLUDE",
        "INCLUDEPICTURE", "INCLUDETEXT", "LINK", "MACROBUTTON", "PRINT", "RD",
    )
)  # fmt: skip
_MACROS = re.compile(r"vba(?:project|data)\w*\.(?:bin|xml)$", re.IGNORECASE)
_BINARY = re.compile(r"\.(?:bin|exe|dll|js|vbs|hta|lnk|xlsm|docm|pptm|dotm)$", re.IGNORECASE)
_DOCTYPES = tuple("<!DOCTYPE".encode(code) for code in ("ascii", "utf-16-le", "utf-16-be"))
_HINT = "Hapus di Word, simpan sebagai Dokumen Word (*.docx), lalu coba lagi."


def close(package: Package, name: str) -> None:
    """Take the link to another template out of a package, and refuse what reaches out of it otherwise.

    Raises:
        TemplateError: with everything that is refused; ``name`` is what the user calls the template.
    """
    found = tuple(dict.fromkeys(_found(package, name)))
    if found:
        raise TemplateError(
            f"Templat «{name}» memuat yang tidak boleh ikut ke laporan: {'; '.join(found)}.", hint=_HINT
        )
    _detach(package, name)


def _found(package: Package, name: str) -> Iterator[str]:
    for part, data in package.parts.items():
        if ".." in part.split("/") or "\\" in part or part.startswith("/"):
            yield f"bagian bernama “{part}”"
        if _MACROS.search(part):
            yield "makro"
        elif _BINARY.search(part) and "printerSettings" not in part:
            yield f"bagian “{posixpath.basename(part)}” yang bukan dokumen"
        if part.endswith((".xml", ".rels")):
            yield from _in_part(part, data, name)


def _in_part(part: str, data: bytes, name: str) -> Iterator[str]:
    if any(sign in data for sign in _DOCTYPES):
        yield f"jenis dokumen (DTD) pada bagian {part}"
    elif part.endswith(".rels"):
        for relation in _root(part, data, name).iter(_RELATION):
            yield from _in_relation(relation)
    elif b"fldSimple" in data or b"instrText" in data or data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        yield from forbidden_fields(_root(part, data, name))


def _root(part: str, data: bytes, name: str) -> Element:
    try:
        return parse(data)
    except UnreadablePartError:
        raise TemplateError(f"Templat «{name}» rusak: bagian {part} tidak terbaca.", hint=_HINT) from None


def _in_relation(relation: Element) -> Iterator[str]:
    kind = (relation.get("Type") or "").rpartition("/")[2]
    target = relation.get("Target") or ""
    if kind in _REFUSED:
        yield _REFUSED[kind]
    elif (relation.get("TargetMode") or "").lower() == "external" and kind != _ATTACHED:
        if kind != _HYPERLINK:
            yield _EXTERNAL.get(kind, f"tautan ke luar dokumen ({target[:80]})")
        elif not _SAFE_LINK.match(target.strip()):
            yield f"tautan “{target[:80]}”; yang boleh hanya alamat https dan surel"


def forbidden_fields(root: Element) -> Iterator[str]:
    """The fields of a part that fetch or run something, each told once."""
    for instruction in (*_simple(root), *_complex(root)):
        word = instruction.split(None, 1)[0].upper() if instruction.split() else ""
        if word in _FIELDS or word == _NESTED:
            yield f"bidang (field) {word if word in _FIELDS else 'yang kodenya dibuat oleh bidang lain'}"


_NESTED = "\x00"  # stands for a field inside another's code


def _simple(root: Element) -> Iterator[str]:
    for field in root.iter(w("fldSimple")):
        yield field.get(w("instr")) or ""


def _complex(root: Element) -> Iterator[str]:
    """The code of each field that is made of runs, those inside others included."""
    open_codes: list[list[str] | None] = []
    for node in root.iter(w("fldChar"), w("instrText"), w("delInstrText")):
        kind = node.get(w("fldCharType"))
        if kind == "begin":
            if open_codes and (code := open_codes[-1]) is not None:
                code.append(f" {_NESTED} ")
            open_codes.append([])
        elif kind in ("separate", "end") and open_codes:
            code = open_codes.pop()
            yield "".join(code or ())
            if kind == "separate":
                open_codes.append(None)
        elif kind is None:
            yield from _more_code(open_codes, node.text or "")


def _more_code(open_codes: list[list[str] | None], text: str) -> Iterator[str]:
    """Code belongs to the field that is open; code that stands alone is judged alone."""
    if open_codes and (code := open_codes[-1]) is not None:
        code.append(text)
    else:
        yield text


def _detach(package: Package, name: str) -> None:
    """Forget the template that the document was begun with, which Word would fetch."""
    for part in [part for part in package.parts if part.endswith("settings.xml.rels")]:
        root = _root(part, package.parts[part], name)
        links = [link for link in root.iter(_RELATION) if (link.get("Type") or "").endswith(f"/{_ATTACHED}")]
        if not links:
            continue
        for link in links:
            root.remove(link)
        package.parts[part] = serialize(root)
        settings = part.replace("_rels/", "", 1).removesuffix(".rels")
        if settings in package.parts:
            tree = _root(settings, package.parts[settings], name)
            etree.strip_elements(tree, w("attachedTemplate"), with_tail=False)
            package.parts[settings] = serialize(tree)
