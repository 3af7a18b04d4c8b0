"""Small templates from plain Python: a paragraph is a text or a tuple of runs, a table a list of rows."""

import datetime as dt
import functools
import io
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.table import Table
from docx.text.paragraph import Paragraph
from PIL import Image

from lkt.errors import TemplateError
from lkt.wordtemplate.document import Properties
from lkt.wordtemplate.template import Template, compile_template
from lkt.wordtemplate.values import Chart, ChartKind, LabelPlace, Picture, Plot, Series
from tests.validity.checks import complaints

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
PROPERTIES = Properties("Laporan", "Kinerja", "Kecamatan", dt.datetime(2025, 4, 10, 8, 0, tzinfo=dt.UTC))


@dataclass(frozen=True)
class Xml:
    """A block written as WordprocessingML."""

    text: str


@dataclass(frozen=True)
class Heading:
    """A chapter title."""

    text: str


Block = str | tuple[str, ...] | list[list[str]] | Xml | Heading


def new_document() -> Document:
    """python-docx's default document without the part that validators object to, and one style of tables.

    It brings a hundred of them, nine tenths of the file, which each test would read, write and validate.
    """
    return read(_slim())


@functools.cache
def _slim() -> bytes:
    document = docx.Document()
    relations = document.part.rels
    for key in [key for key, rel in relations.items() if rel.reltype.endswith("stylesWithEffects")]:
        del relations[key]
    default = document.styles.default(WD_STYLE_TYPE.TABLE)
    for style in document.styles:
        if style.type == WD_STYLE_TYPE.TABLE and style != default:
            style.delete()
    return saved(document)


def with_footnotes(document: Document, notes: str) -> bytes:
    """The document with those footnotes, each written as WordprocessingML."""
    xml = f"<w:footnotes {NAMESPACES}>{notes}</w:footnotes>".encode()
    document.part.relate_to(Part(PackURI("/word/footnotes.xml"), CT.WML_FOOTNOTES, xml), RT.FOOTNOTES)
    return saved(document)


def rezipped(data: bytes, change: Callable[[dict[str, bytes]], object]) -> bytes:
    """The file with its parts changed."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, blob in parts.items():
            archive.writestr(name, blob)
    return buffer.getvalue()


def saved(document: Document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def make(*blocks: Block, change: Callable[[Document], object] = lambda _: None) -> bytes:
    """A document of those blocks."""
    document = new_document()
    for block in blocks:
        add(document, block)
    change(document)
    return saved(document)


def add(holder: Any, block: Block) -> None:
    match block:
        case str():
            holder.add_paragraph(block)
        case tuple():
            paragraph = holder.add_paragraph()
            for text in block:
                paragraph.add_run(text)
        case Heading():
            holder.add_heading(block.text, 1)
        case Xml():
            body = holder.element.body
            body.insert(len(body) - 1, parse_xml(block.text.replace(">", f" {NAMESPACES}>", 1)))
        case list():
            add_table(holder, block)


def add_table(holder: Any, rows: list[list[str]]) -> None:
    table = holder.add_table(len(rows), max(map(len, rows)))
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text


def compiled(*blocks: Block, filters: Mapping[str, Callable[..., object]] | None = None) -> Template:
    return compile_template(make(*blocks), "uji.docx", filters)


def rendered(*blocks: Block, **context: object) -> bytes:
    return compiled(*blocks).render(context, properties=PROPERTIES)


def fill(*blocks: Block, **context: object) -> list[str]:
    """The lines of text of the filled document."""
    return lines(rendered(*blocks, **context))


def lines(data: bytes) -> list[str]:
    return [line for block in read(data).iter_inner_content() for line in _block_lines(block)]


def _block_lines(block: Paragraph | Table) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield block.text
    else:
        for row in block.rows:
            yield " | ".join(cell.text for cell in row.cells)


def read(data: bytes) -> Document:
    return docx.Document(io.BytesIO(data))


def part(data: bytes, name: str = "word/document.xml") -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode()


def parts(data: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.namelist()


def problems(*blocks: Block, change: Callable[[Document], object] = lambda _: None) -> tuple[str, ...]:
    """The problems of compiling those blocks."""
    with pytest.raises(TemplateError) as caught:
        compile_template(make(*blocks, change=change), "uji.docx")
    return caught.value.problems


def problem(*blocks: Block, **context: object) -> str:
    """The problem of rendering those blocks."""
    template = compiled(*blocks)
    with pytest.raises(TemplateError) as caught:
        template.render(context, properties=PROPERTIES)
    (only,) = caught.value.problems
    return only


@functools.cache
def png(colour: str = "red", size: tuple[int, int] = (40, 30)) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", size, colour).save(buffer, "png")
    return buffer.getvalue()


def picture(colour: str = "red", alt: str = "foto") -> Picture:
    return Picture(png(colour), 1440000, 1080000, alt)


def chart(
    kind: ChartKind = "bar",
    names: tuple[str, ...] = ("satu", "dua"),
    values: tuple[str | None, ...] = ("1.5", "2.25"),
) -> Chart:
    """A chart of two series: the values, and ten each."""
    numbers = tuple(None if value is None else Decimal(value) for value in values)
    place: LabelPlace = "t" if kind == "line" else "outEnd"
    series = (
        Series("Sepuluh", tuple(Decimal(10) for _ in names), 0),
        Series("Nilai", numbers, 1, tuple(place for _ in names)),
    )
    plot = Plot(Decimal(60), Decimal(2), Decimal(80), Decimal(40))
    return Chart(
        kind, names, series, "0.00", "0", "satuan", "Grafik uji", "isi grafik", 5760000, 2160000, plot
    )


def findings(data: bytes) -> list[str]:
    """What two validators say of a document."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "hasil.docx"
        path.write_bytes(data)
        return complaints(path)
