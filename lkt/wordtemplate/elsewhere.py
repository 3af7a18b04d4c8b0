"""Tags outside the text of a document: in charts, SmartArt, WordArt, links, bound data, properties.

``take_out`` leaves a mark in the place of each such text and makes a paragraph of it, which is read, checked
and filled in like any other; ``put_back`` writes what came of it in the place of the mark.
"""

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import replace
from functools import partial
from html import escape
from typing import NamedTuple
from urllib.parse import quote, unquote

from docx.oxml.ns import nsmap, qn
from lxml import etree

from lkt.bounded import ZIP_DAMAGE, ZipTroubleError, open_zip
from lkt.wordtemplate import limits
from lkt.wordtemplate.document import PI, Element, P, T, ancestor, element, parse, remove, w
from lkt.wordtemplate.sandbox import RICH, MisplacedError, Rendering
from lkt.wordtemplate.tags import (
    DELETED,
    FIELD_CODE,
    FORMULA_TEXT,
    Extracted,
    Mistake,
    Places,
    Spot,
    extract,
    find_spans,
)

_TAG = re.compile(r"\{(?:\{[-+]?|%[-+]?(?:p|tr|tc|r)?)\s*[\w(]|\{#")
"""What begins like a tag; data of other programs holds braces too."""
_MARKS = re.compile(r"\{[{%#]")
_DRAWN = re.compile("/(?:charts|diagrams)/")
_ENCODED = re.compile(r"(?i)%7B%7B.*?%7D%7D|%7B%25.*?%25%7D")
_KEPT = ":/?#[]@!$&'()*+,;=%~"  # of an address
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_MARK = "lkt-isian-{}-lkt"
_OWN = {"docProps/core.xml", "[Content_Types].xml"}  # written anew for each document
_BINDINGS = (w("dataBinding"), "{http://schemas.microsoft.com/office/word/2012/wordml}dataBinding")
_DRAWN_P, _DRAWN_T = qn("a:p"), qn("a:t")
_RELATION = f"{{{nsmap['r']}}}"
_IN_ATTRIBUTE = re.compile(rb'="[^"<>]*\{[{%]')

_PARTS = (
    ("/charts/", "grafik"),
    ("/diagrams/", "SmartArt"),
    ("customXml/", "data kontrol isi (content control)"),
    ("docProps/", "properti dokumen"),
    ("/numbering.xml", "penomoran"),
    ("/styles.xml", "gaya"),
    ("/settings.xml", "pengaturan dokumen"),
    ("/glossary/", "blok penyusun (building block)"),
    ("/comments", "komentar"),
)
_ATTRIBUTES = {
    "string": "WordArt",
    "descr": "teks alternatif",
    "alt": "teks alternatif",
    "instr": "kode bidang (field)",
    "alias": "judul kontrol isi",
}
# as ``check`` words it
_LOOPED = re.compile(r"nama «(\w+)» tidak dikenal\. «\1» hanya dikenal di dalam")
_IN_LOOP = "«{}» dari perulangan (for) tidak dikenal di tempat ini; pakai isian yang bukan dari perulangan."
_CUT = "tag di sini tidak terisi karena terpecah; hapus, lalu ketik sekali jalan."
_SHEET = "memuat tag, yang terlihat lagi bila datanya disunting di Word; hapus tagnya di sana."


Shown = Callable[[str, str], str]
"""The name of a text part and the number of a relationship -> the place where it is shown."""


class Elsewhere(NamedTuple):
    """One text outside of the text of a document.

    Attributes:
        mark: what stands in its place.
        part: the name of the part that it is in.
        place: where that is, in words.
        number: of the paragraph that it belongs to; 0 where it belongs to none.
        holder: an element with the text as a paragraph.
        address: whether it is the address of a link.
    """

    mark: str
    part: str
    place: str
    number: int
    holder: Element
    address: bool


def take_out(
    parts: MutableMapping[str, bytes], roots: Mapping[str, Element], places: Mapping[str, Places]
) -> list[Elsewhere]:
    """Put marks in the place of the texts with tags that are in no paragraph of the text parts.

    Args:
        parts: all parts of the package by name; those that hold such a text are changed.
        roots: the parts whose text is filled in, which are changed too.
        places: the place of each of their paragraphs, by part.
    """
    found: list[Elsewhere] = []
    shown = partial(_shown, roots, places)
    for name, root in roots.items():
        if _IN_ATTRIBUTE.search(parts[name]):
            numbers = {paragraph: number for number, paragraph in enumerate(root.iter(P))}
            for node, key in _attributes(root):
                paragraph = node if node.tag == P else ancestor(node, P)
                place = name if paragraph is None else places[name].get(paragraph, name)
                number = 0 if paragraph is None else numbers[paragraph]
                text = node.get(key) or ""
                node.set(key, _mark(text, found, name, f"{place}, {_kind(key)}", number=number))
    others = [name for name in parts if name.endswith((".xml", ".rels")) and name not in {*roots, *_OWN}]
    for name in others:
        text = parts[name].decode("utf-16" if parts[name][:2] in _UTF_16 else "utf-8", errors="replace")
        if name.endswith(".rels") and (_ENCODED.search(text) or _TAG.search(text)):
            tree = _tree(parts[name])
            _take_addresses(tree, name, found, shown)
        elif not name.endswith(".rels") and (_MARKS.search(text) or _DRAWN.search(name)):
            tree = _tree(parts[name])
            _take_texts(tree, name, found, _label(name, parts, roots, shown))
        else:
            continue
        parts[name] = etree.tostring(tree, encoding="UTF-8", standalone=True)
    return found


def _tree(data: bytes) -> Element:
    """A part by plain lxml: some elements of python-docx tell the text of others as their own."""
    root: Element = etree.fromstring(etree.tostring(parse(data)))
    return root


def _mark(
    text: str, found: list[Elsewhere], part: str, place: str, *, number: int = 0, address: bool = False
) -> str:
    """What stands in the place of a text, which is added to those that were found."""
    holder, paragraph, run = element("body"), element("p"), element("r")
    holder.append(paragraph)
    paragraph.append(run)
    run.append(element("t", text))
    found.append(Elsewhere(_MARK.format(len(found)), part, place, number, holder, address))
    return found[-1].mark


def _take_addresses(tree: Element, name: str, found: list[Elsewhere], shown: Shown) -> None:
    source = posixpath.join(posixpath.dirname(posixpath.dirname(name)), posixpath.basename(name)[:-5])
    for relation in tree:
        text = _ENCODED.sub(lambda tag: unquote(tag[0]), relation.get("Target") or "")
        if relation.get("TargetMode") == "External" and _TAG.search(text):
            place = f"{shown(source, relation.get('Id') or '')}, tujuan tautan"
            relation.set("Target", _mark(text, found, name, place, address=True))


def _take_texts(tree: Element, name: str, found: list[Elsewhere], place: str) -> None:
    for node, key in _attributes(tree):
        node.set(key, _mark(node.get(key) or "", found, name, place))
    for first, *rest in list(_texts(tree)):
        first.text = _mark("".join(piece.text or "" for piece in (first, *rest)), found, name, place)
        for piece in rest:
            piece.text = ""


def _attributes(root: Element) -> Iterator[tuple[Element, str]]:
    for node in root.iter(etree.Element):
        for key, value in node.attrib.items():
            if _TAG.search(str(value)):
                yield node, str(key)


def _kind(key: str) -> str:
    return _ATTRIBUTES.get(etree.QName(key).localname, f"atribut {etree.QName(key).localname}")


def _texts(root: Element) -> Iterator[list[Element]]:
    """The elements of each text with a tag: one, or all of a paragraph where a tag reaches over several."""
    grouped: set[Element] = set()
    for paragraph in root.iter(P, _DRAWN_P):
        pieces = list(paragraph.iter(T, _DRAWN_T))
        texts = [piece.text or "" for piece in pieces]
        if len(find_spans("".join(texts))[0]) > sum(len(find_spans(text)[0]) for text in texts):
            grouped.update(pieces)
            yield pieces
    for node in root.iter(etree.Element):
        if node not in grouped and _TAG.search(node.text or ""):
            yield [node]


def _shown(roots: Mapping[str, Element], places: Mapping[str, Places], source: str, identifier: str) -> str:
    """The place of the paragraph of a text part that shows one of its relationships; else the part itself."""
    for node in roots[source].iter(etree.Element) if source in roots else ():
        if any(str(key).startswith(_RELATION) and value == identifier for key, value in node.attrib.items()):
            paragraph = node if node.tag == P else ancestor(node, P)
            if paragraph is not None:
                return places[source].get(paragraph, source)
    return source


def _label(name: str, parts: Mapping[str, bytes], sources: Iterable[str], shown: Shown) -> str:
    """What a part is called, behind the place of the paragraph that shows it, if any does."""
    label = next((label for sign, label in _PARTS if sign in f"/{name}"), f"bagian {name}")
    for source in sources:
        folder, file = posixpath.split(source)
        for relation in parse(parts.get(f"{folder}/_rels/{file}.rels", b"<none/>")):
            target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target") or ""))
            if target == f"/{name}" and (place := shown(source, relation.get("Id") or "")) != source:
                return f"{place}, {label}"
    return label


def extract_elsewhere(each: Elsewhere, found: Extracted) -> None:
    """Find the tags of such a text; they stand at the beginning of the paragraph that it belongs to."""
    number, mistaken, remarked = len(found.tags), len(found.mistakes), len(found.remarks)
    extract(each.holder, each.part, dict.fromkeys(each.holder.iter(P), each.place), found)
    spot = Spot(each.part, each.number, 0, 0)
    found.tags[number:] = [replace(tag, spot=spot) for tag in found.tags[number:]]
    found.mistakes[mistaken:] = [replace(mistake, spot=spot) for mistake in found.mistakes[mistaken:]]
    found.remarks[remarked:] = [replace(remark, spot=spot) for remark in found.remarks[remarked:]]


def explained(mistakes: Iterable[Mistake], elsewhere: Iterable[Elsewhere]) -> list[Mistake]:
    """The mistakes, with what to do where the name of a loop around the place is not known in it."""
    places = {each.place for each in elsewhere}
    return [
        replace(mistake, reason=_IN_LOOP.format(name[1]))
        if mistake.place in places and (name := _LOOPED.match(mistake.reason))
        else mistake
        for mistake in mistakes
    ]


def forget(root: Element) -> None:
    """Take out tags that were deleted or moved away while changes were tracked; nobody sees them any more."""
    for gone in list(root.iter(*DELETED)):
        texts = gone.iter(T, FIELD_CODE, w("delText"), w("delInstrText"))
        if _TAG.search("".join(node.text or "" for node in texts)):
            remove(gone)


def unbind(root: Element) -> None:
    """Part content controls with tags from the data that they are bound to, which Word would show instead."""
    for node in root.iter(PI):
        for control in node.iterancestors(w("sdt")):
            for properties in control.iterchildren(w("sdtPr")):
                etree.strip_elements(properties, *_BINDINGS, with_tail=False)


def put_back(
    parts: MutableMapping[str, bytes], found: Sequence[Elsewhere], texts: Iterable[str], rendering: Rendering
) -> None:
    """Put what came of the texts in the place of their marks.

    Args:
        parts: the filled parts of the package.
        found: the texts that were taken out.
        texts: the XML of their holders, filled in.
        rendering: knows the rich values, which have no place there.

    Raises:
        MisplacedError: a text holds a rich value.
    """
    for each, xml in zip(found, texts, strict=True):
        text = "".join(plain_text(piece, rendering) for piece in parse(xml.encode()).iter(T))
        text = quote(text, safe=_KEPT) if each.address else text
        parts[each.part] = parts[each.part].replace(each.mark.encode(), escape(text).encode())


def flatten(root: Element, rendering: Rendering) -> None:
    """Leave but text in equations and the codes of fields.

    Raises:
        MisplacedError: a tag put a rich value there.
    """
    for piece in root.iter(FORMULA_TEXT, FIELD_CODE):
        if len(piece):
            text = plain_text(piece, rendering)
            etree.strip_elements(piece, PI, with_tail=True)
            piece.text = text


def plain_text(piece: Element, rendering: Rendering) -> str:
    """The text of an element in which only text can stand, its breaks and tabs as spaces.

    Raises:
        MisplacedError: a tag put a rich value there.
    """
    texts = [piece.text or ""]
    for mark in piece:
        if getattr(mark, "target", "") == RICH:
            reason = "di tempat ini hanya dapat ditulis teks; gambar, grafik, dan nomor tidak."
            raise MisplacedError(rendering.met[int(mark.text or "")].line, reason)
        texts.append(f" {mark.tail or ''}")
    return "".join(texts)


def data_sheets(parts: Mapping[str, bytes]) -> Iterator[Mistake]:
    """A remark on each workbook behind a chart that holds tags: Word shows them when its data is edited."""
    for name in (name for name in parts if name.endswith(".xlsx")):
        try:
            with open_zip(parts[name], limits.BYTES) as archive:
                texts = [archive.read(each) for each in archive.namelist() if each.endswith(".xml")]
        except (ZipTroubleError, *ZIP_DAMAGE):
            continue
        if any(_TAG.search(text.decode(errors="replace")) for text in texts):
            yield Mistake("lembar data grafik", posixpath.basename(name), _SHEET)


def left_over(parts: Mapping[str, bytes], roots: Mapping[str, Element]) -> Iterator[Mistake]:
    """The tags that are still in a part behind what was taken out, since its elements cut them up."""
    for name, data in parts.items():
        if name.endswith(".xml") and name not in {*roots, *_OWN} and b"{" in data:
            text = "".join(map(str, parse(data).itertext()))
            if left := _TAG.search(text):
                written = text[left.start() : left.start() + 40]
                yield Mistake(f"bagian {name}", written, _CUT, Spot(name, 0, 0, 0))
