"""The visible content of a Word file: its paragraphs, table rows and charts in order, each with its place."""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from difflib import SequenceMatcher
from itertools import accumulate, product, zip_longest

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.part import Part, XmlPart
from docx.oxml.ns import qn
from lxml import etree

from lkt.bounded import whole
from lkt.indonesian import format_trimmed, round_half_up
from lkt.wordtemplate import Quotient
from lkt.wordtemplate.document import Element, parse, related

_P, _R, _T, _TBL, _TR, _TC = (qn(f"w:{name}") for name in ("p", "r", "t", "tbl", "tr", "tc"))
_VAL = qn("w:val")


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, a row of a table, or a series of a chart.

    Attributes:
        place: where it stands, for a reader: "BAB III > Tabel 3.4, baris 2".
        texts: its normal text; of a row, that of each cell, the paragraphs of one divided by line breaks; of
            a series, its name and its values.
        columns: the headings of a row's cells, or the names of values; empty for a paragraph and where there
            are none.
        pictures: the digests of the pictures in it.
    """

    place: str
    texts: tuple[str, ...]
    columns: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()

    @property
    def content(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What is compared; a place changes with what stands before it."""
        return self.texts, self.pictures

    @property
    def text(self) -> str:
        """The whole as one line."""
        return " | ".join(text.replace("\n", " / ") for text in self.texts if text)


_ASIDES = {
    RT.HEADER: "kepala halaman",
    RT.FOOTER: "kaki halaman",
    RT.FOOTNOTES: "catatan kaki",
    RT.ENDNOTES: "catatan akhir",
    RT.COMMENTS: "komentar",
}


def passages(document: Document) -> tuple[Passage, ...]:
    """All that can be seen in a document but what Word fills in itself; what is empty is left out.

    Headers, footers and notes follow the body, equal ones once and in an order of their own, since programs
    number and repeat them as they like.

    Raises:
        UnreadablePartError: the part of a chart is not well-formed.
    """
    roles = _roles(document.part)
    found = list(_read(document.part, roles, "bagian awal"))
    for kind, label in _ASIDES.items():
        parts = _parsed(document.part, kind)
        asides = {passage.content: passage for part in parts for passage in _read(part, roles, label)}
        found += [asides[content] for content in sorted(asides)]
    return tuple(found)


# One part from top to bottom -------------------------------------------------------------------------------

_STYLE, _HEAD = f"{qn('w:pPr')}/{qn('w:pStyle')}", f"{qn('w:trPr')}/{qn('w:tblHeader')}"
_CHAPTER = re.compile(r"BAB [IVXLC]+\b")
_CAPTION = re.compile(r"(?:Tabel|Gambar|Grafik) [\d.]+\b")
_CONTENTS = re.compile(r"(toc|contents) \d|table of figures|figure index \d")


def _roles(main: Part) -> dict[str, str]:
    """Style of paragraphs -> chapter, front, heading, contents for an entry of a list, or nothing."""
    roles = {}
    for style in (style for part in _parsed(main, RT.STYLES) for style in part.element.iter(qn("w:style"))):
        name = "".join(each.get(_VAL) or "" for each in style.iterchildren(qn("w:name"))).lower()
        level = style.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
        if _CONTENTS.fullmatch(name):
            role = "contents"
        elif name == "heading 1" or (level is not None and level.get(_VAL) == "0"):
            role = "chapter"
        elif name.startswith("judul "):
            role = "front"  # of a section that is in no list of contents
        else:
            role = "heading" if re.fullmatch("heading [2-9]", name) else ""
        roles[style.get(qn("w:styleId")) or ""] = role
    return roles


def _parsed(source: Part, kind: str) -> Iterator[XmlPart]:
    return (part for part in related(source, kind) if isinstance(part, XmlPart))


def _read(part: XmlPart, roles: dict[str, str], label: str) -> Iterator[Passage]:
    """The passages of a part; ``label`` is the place of what stands before the first chapter."""
    where = chapter = label
    caption, counts = "", Counter[str]()
    for block in _outermost(_seen(part.element), _P, _TBL):
        if block.tag == _TBL:
            counts["tabel"] += 1
            place = f"{chapter} > {caption}" if caption else f"{where}, tabel {counts['tabel']}"
            caption = ""
            yield from _rows(part, block, place)
        else:
            style = block.find(_STYLE)
            role = "" if style is None else roles.get(style.get(_VAL) or "", "")
            text, pictures = _text(block), _pictures(part, block)
            if role != "contents" and (text or pictures):
                caption = match[0] if (match := _CAPTION.match(text)) else ""
                if role and text:
                    if role == "front":
                        chapter = text.capitalize() if text.isupper() else text
                    elif role == "chapter":
                        chapter = (_CHAPTER.match(text) or [text])[0]
                    where = f"{chapter} > {text}" if role == "heading" else chapter
                    counts.clear()
                    place = f"{where}, judul"
                else:
                    counts["paragraf"] += 1
                    place = f"{where}, paragraf {counts['paragraf']}"
                yield Passage(place, (text,), (), pictures)
        for series in _charts(part, block):
            counts["grafik"] += 1
            yield from _series(series, f"{where}, grafik {counts['grafik']}")


def _outermost(node: Element, *tags: str) -> Iterator[Element]:
    """The elements of these tags inside a node that stand in no other of them."""
    for child in node:
        if child.tag in tags:
            yield child
        else:
            yield from _outermost(child, *tags)


def _rows(part: XmlPart, table: Element, name: str) -> Iterator[Passage]:
    columns: tuple[str, ...] = ()
    number = 0
    for row in _outermost(table, _TR):
        head = row.find(_HEAD) is not None
        number += not head
        cells, pictures = tuple(_text(cell) for cell in _outermost(row, _TC)), _pictures(part, row)
        if any(cells) or pictures:
            fits = () if head else _columns_of(row, columns)
            yield Passage(f"{name}, {f'baris {number}' if number else 'kepala tabel'}", cells, fits, pictures)
        columns = cells if head else columns


def _columns_of(row: Element, columns: tuple[str, ...]) -> tuple[str, ...]:
    """The heading above each cell of a row, the first above merged ones; none where they do not fit."""
    spans = [cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}") for cell in _outermost(row, _TC)]
    widths = [1 if span is None else max(1, whole(span.get(_VAL), 1)) for span in spans]
    if sum(widths) != len(columns):
        return ()
    return tuple(columns[start] for start in accumulate(widths[:-1], initial=0))


def _pictures(part: XmlPart, block: Element) -> tuple[str, ...]:
    found = []
    for shown in block.iter(qn("a:blip"), "{urn:schemas-microsoft-com:vml}imagedata"):
        picture = part.related_parts.get(shown.get(qn("r:embed")) or shown.get(qn("r:id")) or "")
        found.append(hashlib.sha256(picture.blob if picture else b"").hexdigest()[:20])
    return tuple(found)


# The text of a paragraph or a cell -------------------------------------------------------------------------
#
# Page numbers and lists of contents change when Word or LibreOffice computes its fields anew, so what stands
# there is nobody's edit. Numbers of captions and references to them are content and count.

_COMPUTED = {"TOC", "PAGE", "PAGEREF", "NUMPAGES", "SECTIONPAGES"}
_SIMPLE, _CHAR, _CODE, _SYMBOL = qn("w:fldSimple"), qn("w:fldChar"), qn("w:instrText"), qn("w:sym")
_SIGNS = {qn("w:br"): " ", qn("w:cr"): " ", qn("w:tab"): " ", qn("w:ptab"): " ", qn("w:noBreakHyphen"): "-"}
_TEXTS = (_T, _SYMBOL, *_SIGNS)
_EQUATION, _FORMULA_TEXT, _FRACTION = qn("m:oMath"), qn("m:t"), qn("m:f")
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_AS_SEEN = {**dict.fromkeys(map(ord, "\xad\u200b\u200c\u200d\u2060\ufeff"), ""), 0x2011: "-"}
_SYMBOL_CODE = re.compile("(?![dD][89a-fA-F])[0-9a-fA-F]{1,4}")  # a lone surrogate is no character


def normal(text: str) -> str:
    """A text by what is seen: one kind of space, one at a time; no soft hyphens; letters composed."""
    return " ".join(unicodedata.normalize("NFC", text.translate(_AS_SEEN)).split())


def _seen(root: Element) -> Element:
    """A copy of a part without what was deleted or moved away, and without what Word fills in itself."""
    root = deepcopy(root)
    etree.strip_elements(root, _FALLBACK, qn("w:moveFrom"), qn("w:del"), with_tail=False)
    for field in root.iter(_SIMPLE):
        if _is_computed(field.get(qn("w:instr")) or ""):
            etree.strip_elements(field, *_TEXTS, with_tail=False)
    fields: list[str] = []  # the instructions of those that are open; one may reach over paragraphs
    for node in list(root.iter(_CHAR, _CODE, *_TEXTS)):
        if node.tag == _CODE and fields:
            fields[-1] += node.text or ""
        elif node.get(qn("w:fldCharType")) == "begin":
            fields.append("")
        elif node.get(qn("w:fldCharType")) == "end":
            del fields[-1:]
        elif node.tag in _TEXTS and any(map(_is_computed, fields)):
            next(node.iterancestors()).remove(node)
    return root


def _is_computed(instruction: str) -> bool:
    return bool(_COMPUTED.intersection(instruction.upper().split()[:1]))


def _text(holder: Element) -> str:
    """The text of each paragraph that is not empty, on a line of its own; one in a text box after its own."""
    lines: dict[Element, list[str]] = {}
    for node in holder.iter(_P, _EQUATION, *_TEXTS):
        parent, paragraph = next(node.iterancestors(), node), next(node.iterancestors(_P), None)
        if node.tag == _P:
            lines[node] = []
        elif paragraph in lines and node.tag == _EQUATION:
            lines[paragraph].append(formula(node))
        elif paragraph in lines and parent.tag == _R:  # a tab stop in properties is no tab
            lines[paragraph].append(_written(node))
    return "\n".join(filter(None, (normal("".join(pieces)) for pieces in lines.values())))


def formula(node: Element) -> str:
    """An equation, or a part of one, on a line: 11 ÷ 31."""
    if node.tag == _FORMULA_TEXT:
        return node.text or ""
    parts = [part for child in node if (part := formula(child))]
    return Quotient(*parts).on_a_line if node.tag == _FRACTION and len(parts) == 2 else "".join(parts)


def _written(node: Element) -> str:
    if node.tag == _SYMBOL:
        code = node.get(qn("w:char")) or ""
        return chr(int(code, 16)) if _SYMBOL_CODE.fullmatch(code) else ""
    return _SIGNS.get(str(node.tag)) or node.text or ""


# The series of a chart, by the figures that the document keeps, which are drawn and printed ----------------

_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_DECIMALS = 6  # of a chart's figure; more are the noise of a program's binary numbers


def _charts(part: XmlPart, block: Element) -> Iterator[Element]:
    for shown in block.iter(f"{_C}chart"):
        if (chart := part.related_parts.get(shown.get(qn("r:id")) or "")) is not None:
            yield parse(chart.blob)


def _series(chart: Element, place: str) -> Iterator[Passage]:
    for number, series in enumerate(chart.iter(f"{_C}ser"), 1):
        title, names, values = (
            [value.text or "" for value in series.iterfind(f"{_C}{kind}//{_C}v")]
            for kind in ("tx", "cat", "val")
        )
        texts, columns = (" ".join(title), *map(_number, values)), ("Seri", *map(normal, names))
        yield Passage(f"{place}, seri {number}", texts, columns if len(columns) == len(texts) else ())
        labels = [_label(label) for label in series.iterfind(f"{_C}dLbls/{_C}dLbl/{_C}tx")]
        if labels:
            yield Passage(f"{place}, teks seri {number}", tuple(labels))


def _label(text: Element) -> str:
    """The words of a label, whose lines are paragraphs, or runs of one."""
    lines = ("".join(letters.text or "" for letters in line.iter(f"{_A}t")) for line in text.iter(f"{_A}p"))
    return normal(" ".join(lines))


def _number(text: str) -> str:
    try:
        value = Decimal(text)
        return format_trimmed(round_half_up(value, _DECIMALS)) if abs(value) < 10**15 else text
    except (InvalidOperation, ValueError):
        return normal(text)


# Two versions of a document side by side: which passages are the same, which changed, came or went --------

_MOST = 20_000  # pairs that are weighed; beyond, passages are paired in their order
_SAME_KIND = 0.05


@dataclass(frozen=True, slots=True)
class PassageChange:
    """A paragraph or a cell that differs between two versions.

    Attributes:
        place: where, with the column of a cell.
        before: its text in the one version, empty where it was added; of pictures, their digests.
        after: the same of the other version, empty where it was removed.
        picture: a picture differs, and the texts do not.
    """

    place: str
    before: str
    after: str
    picture: bool = False


def changes(before: Sequence[Passage], after: Sequence[Passage]) -> Iterator[PassageChange]:
    """Every paragraph and cell that differs, in the order of the documents."""
    for old, new in pairs(before, after):
        yield from changed(old, new)


def changed(old: Passage | None, new: Passage | None) -> Iterator[PassageChange]:
    """How a passage differs; one that came, went, or is built differently is told as a whole."""
    was, now = old or Passage("", ()), new or Passage("", ())
    if len(was.texts) != len(now.texts):
        yield PassageChange((new or was).place, was.text, now.text, picture=not (was.text or now.text))
        return
    for number, (text, other) in enumerate(zip(was.texts, now.texts, strict=True)):
        if text != other:
            yield PassageChange(_place(now, number), text.replace("\n", " / "), other.replace("\n", " / "))
    if was.pictures != now.pictures:
        yield PassageChange(now.place, " ".join(was.pictures), " ".join(now.pictures), picture=True)


def _place(passage: Passage, number: int) -> str:
    if len(passage.texts) < 2:
        return passage.place
    heading = normal(passage.columns[number]) if number < len(passage.columns) else ""
    return f"{passage.place}, kolom {f'“{heading}”' if heading else number + 1}"


def pairs(
    before: Sequence[Passage], after: Sequence[Passage]
) -> Iterator[tuple[Passage | None, Passage | None]]:
    """The passages of two versions beside each other in their order; None where one has none."""
    old_contents, new_contents = ([item.content for item in items] for items in (before, after))
    matcher = SequenceMatcher(None, old_contents, new_contents, autojunk=False)
    for kind, start, end, other_start, other_end in matcher.get_opcodes():
        old, new = before[start:end], after[other_start:other_end]
        if kind == "equal" or len(old) * len(new) > _MOST:
            yield from zip_longest(old, new)
        else:
            yield from _alike(old, new)


def _alike(old: Sequence[Passage], new: Sequence[Passage]) -> Iterator[tuple[Passage | None, Passage | None]]:
    """The two that resemble each other most side by side, and so on with those before and after them."""
    words = [[Counter(item.text.split()) for item in items] for items in (old, new)]

    def likeness(place: tuple[int, int]) -> float:
        """The share of words that two have in common."""
        row, column = place
        one, other = words[0][row], words[1][column]
        together = (one | other).total()
        alike = (one & other).total() / together if together else 1.0
        return alike + _SAME_KIND * (len(old[row].texts) == len(new[column].texts))

    likenesses = {place: likeness(place) for place in product(range(len(old)), range(len(new)))}

    def between(rows: range, columns: range) -> Iterator[tuple[Passage | None, Passage | None]]:
        if not rows or not columns:
            yield from zip_longest((old[row] for row in rows), (new[column] for column in columns))
            return
        row, column = max(product(rows, columns), key=likenesses.__getitem__)
        yield from between(range(rows.start, row), range(columns.start, column))
        yield old[row], new[column]
        yield from between(range(row + 1, rows.stop), range(column + 1, columns.stop))

    yield from between(range(len(old)), range(len(new)))
