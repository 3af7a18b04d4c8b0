"""The files of an office as blocks: paragraphs and tables in their order, every value with its place."""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TypeAlias

from docx.document import Document

from lkt.bounded import ZipTroubleError, open_zip, part_key
from lkt.errors import LktError, TemplateError, UnreadableWorkbookError
from lkt.files import read_file
from lkt.indonesian import bare_item, normalize, squeeze
from lkt.wordtemplate.document import Element, custom_properties, open_document, w
from lkt.workbook.cells import as_written
from lkt.workbook.declaration import IDENTITAS, SHEET
from lkt.workbook.opening import grids_of, what_bytes_are
from lkt.xlsx import MOST_UNPACKED, Raw, SheetCells

BLANK = Raw(None)
_SHORT = 40  # letters


@dataclass(frozen=True, slots=True)
class TableLine:
    """One row of a table.

    Attributes:
        number: its number, from 1 as the user counts.
        cells: what each column shows; a merged cell shows the same in all its columns and rows.
        own: for each column whether the value stands there itself, not by a merge.
    """

    number: int
    cells: tuple[Raw, ...]
    own: tuple[bool, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """What the cells show, line breaks kept."""
        return tuple(as_written(raw).strip() for raw in self.cells)


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table of a report, or a sheet.

    Attributes:
        place: where it is, to follow the name of the file: tabel 3 (Tabel 2.1), lembar “Realisasi”.
        lines: its rows.
        is_sheet: it is a sheet, which may hold several tables and text around them.
    """

    place: str
    lines: tuple[TableLine, ...]
    is_sheet: bool = False


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A paragraph.

    Attributes:
        text: what it says; line breaks are kept.
        is_item: it is an item of a list, by its numbering or by what it begins with.
        is_heading: it is a heading, by its style or its looks.
    """

    text: str
    is_item: bool = False
    is_heading: bool = False

    @property
    def place(self) -> str:
        """How it begins, by which it is found again."""
        text = squeeze(self.text)
        return f"“{text if len(text) <= _SHORT else text[:_SHORT].rstrip() + '…'}”"


Block: TypeAlias = TextBlock | TableBlock


@dataclass(frozen=True, slots=True)
class OldFile:
    """A file that is taken in.

    Attributes:
        name: its name, without its folder.
        blocks: what it holds, in its order.
        facts: label of sheet Identitas -> what the file itself says, such as the size of its paper.
        is_own: it is a report of lkt.
    """

    name: str
    blocks: tuple[Block, ...]
    facts: Mapping[str, str] = field(default_factory=dict)
    is_own: bool = False


# Files -----------------------------------------------------------------------------------------------------

_WORD = "Buka di Word, pilih Simpan Sebagai, lalu jenis “Dokumen Word (*.docx)”."
_NOT_THESE = (
    "Pakai berkas Word (.docx) atau Excel (.xlsx) asalnya; lkt tidak membaca hasil cetak atau pindaian."
)
_HINTS = (
    ("Word lama", _WORD),
    ("RTF", _WORD),
    (".odt", _WORD),
    ("PDF", _NOT_THESE),
    ("foto", _NOT_THESE),
    ("gambar", _NOT_THESE),
    ("kata sandi", "Buka di Word atau Excel, hapus kata sandinya pada Berkas > Info, lalu simpan."),
)
_FEW_LETTERS = 300
_OWN_SHEETS = 4  # of a workbook of lkt, more than other files have by chance
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_VML = "{urn:schemas-microsoft-com:vml}"
_COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"


def read_old_file(path: Path) -> OldFile:
    """A Word report or an Excel workbook.

    Raises:
        LktError: it is missing, protected, damaged, too large, of another kind, or only pictures.
    """
    if path.name.startswith("~$"):
        raise LktError(f"“{path.name}” adalah berkas kunci sementara.", f"Pakai “{path.name[2:]}”.")
    return old_file(read_file(path), path)


def old_file(data: bytes, path: Path) -> OldFile:
    """The same of a file in memory; ``path`` is its name.

    Raises:
        LktError: as of ``read_old_file``.
    """
    if _is_word(data):
        return _word_file(data, path)
    if not data.startswith(b"PK"):
        what, hint = what_bytes_are(data, path.suffix.lower())
        what = what.replace(", bukan buku kerja", "").replace(
            "bukan buku kerja Excel (.xlsx)", "bukan berkas Word atau Excel"
        )
        raise LktError(f"“{path}” {what}.", next((h for sign, h in _HINTS if sign in what), hint))
    grids = grids_of(data, path)
    known = {normalize(grid.name) for grid in grids} & {normalize(name) for name in (IDENTITAS, *SHEET)}
    if normalize(IDENTITAS) in known and len(known) > _OWN_SHEETS:
        hint = f'Periksa: lkt check "{path}". Triwulan berikutnya: lkt new q2.xlsx --from "{path}".'
        raise LktError(f"“{path}” sudah berupa buku kerja lkt.", hint)
    blocks = tuple(_sheet(grid) for grid in grids if grid.rows)
    if not blocks:
        raise UnreadableWorkbookError(f"“{path}” tidak berisi apa-apa.", "Periksa berkasnya di Excel.")
    return OldFile(path.name, blocks)


def _is_word(data: bytes) -> bool:
    """Whether a zip file holds a Word document; what cannot be opened is told by who reads it."""
    with suppress(ZipTroubleError), open_zip(data, MOST_UNPACKED) as archive:
        return any(part_key(name).startswith("word/") for name in archive.namelist())
    return False


def _word_file(data: bytes, path: Path) -> OldFile:
    try:
        document = open_document(data, path.name)
    except TemplateError as error:
        raise LktError(error.message.replace("Templat «", "“", 1).replace("»", "”", 1), error.hint) from None
    blocks = tuple(_WordReader(document).blocks())
    letters = sum(len(block.text) for block in blocks if isinstance(block, TextBlock))
    pictures = next(document.element.iter(f"{_DRAWING}blip"), None)
    if not any(isinstance(block, TableBlock) for block in blocks) and letters < _FEW_LETTERS:
        if pictures is not None or next(document.element.iter(f"{_VML}imagedata"), None) is not None:
            raise LktError(
                f"“{path}” hanya berisi gambar, seperti hasil pindai; teksnya tidak ada.", _NOT_THESE
            )
        raise LktError(f"“{path}” hampir tidak berisi teks.", "Periksa berkasnya di Word.")
    try:
        own = any(name.startswith("lkt-") for name in custom_properties(document))
    except TemplateError:
        own = False
    return OldFile(path.name, blocks, {"Ukuran Kertas": paper} if (paper := _paper(document)) else {}, own)


def _paper(document: Document) -> str:
    """The size of the paper of the first section, where it is one that lkt knows."""
    sizes = [section.page_width.mm for section in document.sections if section.page_width]
    heights = [section.page_height.mm for section in document.sections if section.page_height]
    if not sizes or not heights:
        return ""
    short, long = sorted((sizes[0], heights[0]))
    for name, (width, height) in {"A4": (210, 297), "F4": (215, 330)}.items():
        if abs(short - width) < 2.5 and abs(long - height) < 5:
            return name
    return ""


# Sheets ----------------------------------------------------------------------------------------------------

_WIDEST = 60  # columns; what an office writes beyond is no table of a report


def _sheet(grid: SheetCells) -> TableBlock:
    width = min(_WIDEST, max(max(cells) for cells in grid.rows.values()))
    lines = []
    for number, cells in sorted(grid.rows.items()):
        shown, own = [], []
        for column in range(1, width + 1):
            first = grid.merged.first(number, column)
            source = (
                cells.get(column, BLANK)
                if first is None
                else grid.rows.get(first[0], {}).get(first[1], BLANK)
            )
            shown.append(source)
            own.append(first is None)
        lines.append(TableLine(number, tuple(shown), tuple(own)))
    return TableBlock(f"lembar “{grid.name}”", tuple(lines), is_sheet=True)


# Word ------------------------------------------------------------------------------------------------------

_P, _TBL, _TR, _TC, _T = (w(name) for name in ("p", "tbl", "tr", "tc", "t"))
_HOLDERS = {w(name) for name in ("sdt", "sdtContent", "ins", "smartTag", "customXml")}
_BREAKS = {w("tab"): "\t", w("br"): "\n", w("cr"): "\n", w("noBreakHyphen"): "-"}
_UNBROKEN = str.maketrans("\u00a0\u202f\u2011", "  -")  # what holds a line together
_UNSEEN = {w(name) for name in ("del", "moveFrom", "tabs", "txbxContent")}
_LISTS = re.compile(r"(?:toc|table of figures|daftar isi)\b", re.IGNORECASE)
_HEADING_STYLE = re.compile(r"(?:heading|judul|title)", re.IGNORECASE)
_CAPTION = re.compile(r"(?:tabel|gambar|grafik|diagram)\s*\.?\s*\d", re.IGNORECASE)
_NUMBERED_HEADING = re.compile(
    r"(?:BAB\s+[IVX]+\b|\d{1,2}\.\d{1,2}\.?(?:\d{1,2}\.?)*\s+\S|[A-Z]\.\s+[A-Z]{3})"
)
_TABLE_NUMBER = re.compile(r"tabel\s*\.?\s*\d+(?:\.\d+)*", re.IGNORECASE)
_MOST_COLUMNS = 63  # as Word has it


class _WordReader:
    """Goes through a document once."""

    def __init__(self, document: Document) -> None:
        self._body = document.element.body
        styles = document.styles.element if document.part.package is not None else ()
        self._styles = {style.get(w("styleId")): style for style in styles if style.tag == w("style")}
        self._tables = 0
        self._caption = ""

    def blocks(self, parent: Element | None = None) -> Iterator[Block]:
        """The blocks below an element, in their order; text boxes behind their paragraph."""
        for child in self._body if parent is None else parent:
            if child.tag == _P:
                block = self._paragraph(child)
                if block is not None:
                    yield block
                for box in _text_boxes(child):
                    yield from self.blocks(box)
            elif child.tag == _TBL:
                yield self._table(child)
            elif child.tag in _HOLDERS:
                yield from self.blocks(child)

    def _paragraph(self, paragraph: Element) -> TextBlock | None:
        text = _text(paragraph).strip()
        names = self._style_names(paragraph)
        if not squeeze(text) or any(map(_LISTS.match, names)):
            return None
        if _CAPTION.match(text):
            self._caption = text
        item = self._is_numbered(paragraph) or bare_item(squeeze(text)) != squeeze(text)
        by_style = any(map(_HEADING_STYLE.match, names))
        looks = (
            len(text) < 120 and not _CAPTION.match(text) and (_NUMBERED_HEADING.match(text) or text.isupper())
        )
        heading = bool(by_style or looks)
        return TextBlock(text, item and not heading, heading)

    def _chain(self, paragraph: Element) -> Iterator[Element]:
        """The style of a paragraph and those it is based on."""
        found = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
        name = None if found is None else found.get(w("val"))
        seen: set[str | None] = set()
        while name in self._styles and name not in seen:
            seen.add(name)
            style = self._styles[name]
            yield style
            based = style.find(w("basedOn"))
            name = None if based is None else based.get(w("val"))

    def _style_names(self, paragraph: Element) -> list[str]:
        names = (style.find(w("name")) for style in self._chain(paragraph))
        return [name.get(w("val"), "") for name in names if name is not None]

    def _is_numbered(self, paragraph: Element) -> bool:
        for owner in (paragraph, *self._chain(paragraph)):
            number = owner.find(f"{w('pPr')}/{w('numPr')}/{w('numId')}")
            if number is not None:
                return number.get(w("val")) != "0"
        return False

    def _table(self, table: Element) -> TableBlock:
        self._tables += 1
        known = _TABLE_NUMBER.match(self._caption)
        place = f"tabel ke-{self._tables}" + (f" ({squeeze(known[0])})" if known else "")
        self._caption = ""
        rows = [list(islice(self._cells(row), _MOST_COLUMNS)) for row in _within(table, _TR)]
        width = max(map(len, rows), default=0)
        above: list[Raw] = [BLANK] * width
        lines = []
        for number, row in enumerate(rows, 1):
            cells = row + [(BLANK, True)] * (width - len(row))
            shown = [above[column] if raw is None else raw for column, (raw, _) in enumerate(cells)]
            own = tuple(raw is not None and first for raw, first in cells)
            lines.append(TableLine(number, tuple(shown), own))
            above = shown
        return TableBlock(place, tuple(lines))

    def _cells(self, row: Element) -> Iterator[tuple[Raw | None, bool]]:
        """For each column what its cell holds, None below a merged one, and whether the cell begins there."""
        before = row.find(f"{w('trPr')}/{w('gridBefore')}")
        for _ in range(_count(before)):
            yield BLANK, True
        for cell in _within(row, _TC):
            span = _count(cell.find(f"{w('tcPr')}/{w('gridSpan')}")) or 1
            merge = cell.find(f"{w('tcPr')}/{w('vMerge')}")
            below = merge is not None and merge.get(w("val"), "continue") == "continue"
            raw = None if below else Raw(self._cell_text(cell) or None)
            for place in range(span):
                yield raw, place == 0

    def _cell_text(self, cell: Element) -> str:
        boxed = w("txbxContent")
        own = (each for each in cell.iter(_P) if next(each.iterancestors(boxed), None) is None)
        return "\n".join(text for each in own if (text := _text(each).strip()))


def _within(parent: Element, name: str) -> Iterator[Element]:
    for child in parent:
        if child.tag == name:
            yield child
        elif child.tag in _HOLDERS:
            yield from _within(child, name)


def _count(element: Element | None) -> int:
    value = "" if element is None else element.get(w("val")) or ""
    return min(_MOST_COLUMNS, int(value)) if re.fullmatch("[0-9]{1,4}", value) else 0


def _text(node: Element) -> str:
    """What a reader sees of a paragraph; not what was deleted, nor the text of boxes."""
    if node.tag in {_T, f"{_MATH}t"}:
        return (node.text or "").translate(_UNBROKEN)
    if node.tag == f"{_MATH}f":  # a fraction of an equation
        return " ÷ ".join(_text(part) for part in node if part.tag in {f"{_MATH}num", f"{_MATH}den"})
    if node.tag in _BREAKS:
        return _BREAKS[str(node.tag)]
    return "".join(_text(child) for child in node if child.tag not in _UNSEEN and isinstance(child.tag, str))


def _text_boxes(paragraph: Element) -> Iterator[Element]:
    """The text boxes of a paragraph, not those inside them; of two ways to draw one the first."""
    for box in paragraph.iter(w("txbxContent")):
        if next(box.iterancestors(_P, f"{_COMPATIBLE}Fallback"), None) is paragraph:
            yield box
