"""Workbooks to patch, by several producers."""

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import Rule
from openpyxl.styles import PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.datavalidation import DataValidation
from PIL import Image
from xlsxwriter.workbook import Workbook

from lkt.findings import Finding, Severity
from lkt.model import Ref
from tests.packages import OFFICE as _R
from tests.packages import relate, unzipped, zipped

EXAMPLES = Path(__file__).parents[2] / "examples"
SHEET = "xl/worksheets/sheet1.xml"
ODD_NAME = "Dana 'A' & B"
ERROR, WARNING, INFO = Severity
TALL = "x" * 400
ENDLESS = "z" * 9000
_S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_T = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def finding(*refs: Ref, severity: Severity = ERROR, code: str = "A103", message: str = "Keliru.") -> Finding:
    return Finding(refs, message, "26%", "25,12%", "0,88 poin", "Betulkan.", code, severity)


def on(sheet: str, *cells: str, severity: Severity = ERROR, code: str = "A103") -> Finding:
    return finding(*(Ref(sheet, cell) for cell in cells), severity=severity, code=code)


def by_xlsxwriter() -> bytes:
    """With everything that a save by openpyxl would lose or change."""
    data = io.BytesIO()
    book = Workbook(data, {"in_memory": True})
    first, second, hidden = (book.add_worksheet(name) for name in ("Data", ODD_NAME, "Tersembunyi"))
    _fill_cells(book, first)
    _add_objects(book, first)
    rows = {"columns": [{"header": "Nama"}, {"header": "Nilai"}], "data": [["a", 1], ["b", 2]]}
    second.add_table("A1:B3", rows)
    second.protect("rahasia")
    second.set_header("&L&G", {"image_left": "foto.png", "image_data_left": _picture()})
    hidden.write("A1", "tak tampak")
    hidden.hide()
    book.define_name("Dasar", "=Data!$B$2:$B$4")
    book.define_name("Data!Lokal", "=Data!$A$1")
    book.close()
    return data.getvalue()


def _fill_cells(book: Workbook, sheet: Any) -> None:
    bold = book.add_format({"bold": True, "bg_color": "#1F4E79", "font_color": "#FFFFFF", "border": 1})
    sheet.write_row("A1", ["Teks", "Angka", "Rumus", "Lain"], bold)
    sheet.write_column("A2", ["satu", 'dua "kutip"', "baris\nbaru", TALL, ENDLESS, " tepi ", "x_x0041_"])
    sheet.write_column("B2", [1, 0, 0.30120000000000002, -2.5, 1e20])
    for cell, formula, result in (
        ("C2", "=B2+1", 2),
        ("C4", "=1/0", "#DIV/0!"),
        ("C5", "=B2>0", True),
        ("C6", '=A2&"!"', "satu!"),
    ):
        sheet.write_formula(cell, formula, None, result)
    sheet.write_rich_string("D2", "biasa ", bold, "tebal", " akhir")
    sheet.write_boolean("D3", True)
    sheet.write_datetime("D4", date(2024, 3, 31), book.add_format({"num_format": "d mmmm yyyy"}))
    sheet.write_blank("D5", None, book.add_format({"font_color": "red"}))
    sheet.merge_range("D7:F8", "Gabungan")


def _add_objects(book: Workbook, sheet: Any) -> None:
    sheet.insert_textbox("J2", "Kotak teks", {"width": 100})
    sheet.insert_image("J8", "foto.png", {"image_data": _picture()})
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=Data!$B$2:$B$4"})
    sheet.insert_chart("J14", chart)
    sheet.write_comment("A1", "Catatan pengguna", {"author": "Ani"})
    sheet.data_validation("B2:B9", {"validate": "decimal", "criteria": ">=", "value": 0})
    sheet.conditional_format("B2:B9", {"type": "data_bar", "data_bar_2010": True})
    green = book.add_format({"bg_color": "#00FF00"})
    sheet.conditional_format("B2:B9", {"type": "cell", "criteria": ">", "value": 5, "format": green})


def _picture() -> io.BytesIO:
    data = io.BytesIO()
    Image.new("RGB", (4, 4), "red").save(data, "PNG")
    return data


def by_openpyxl() -> bytes:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = "Data"
    for row in (["Teks", "Angka"], ["satu", 1], ["dua", "=B2+1"], [True, None]):
        sheet.append(row)
    sheet["A2"].comment = Comment("Catatan pengguna", "Budi")
    validation = DataValidation(type="list", formula1='"satu,dua"')
    validation.add("A2:A9")
    sheet.add_data_validation(validation)
    look = DifferentialStyle(fill=PatternFill(bgColor="FFFF00", fill_type="solid"))
    sheet.conditional_formatting.add("B2:B9", Rule("cellIs", dxf=look, operator="lessThan", formula=["0"]))
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=2, min_row=1, max_row=3))
    sheet.add_chart(chart, "E2")
    book.create_sheet("Kosong")
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def by_hand() -> bytes:
    """Bare: prefixed names, absolute targets, no addresses, no shared strings, lists without counts."""
    return zipped(
        {
            "[Content_Types].xml": _content_types("/xl/workbook.xml", "/ab/lembar.xml", "/xl/styles.xml"),
            "_rels/.rels": _rels(("officeDocument", "/xl/workbook.xml")),
            "xl/_rels/workbook.xml.rels": _rels(("worksheet", "/ab/lembar.xml"), ("styles", "styles.xml")),
            "xl/workbook.xml": f'<x:workbook xmlns:x="{_S}" xmlns:q="{_R}"><x:sheets>'
            '<x:sheet name="Data" sheetId="7" q:id="rId1"/></x:sheets></x:workbook>',
            "xl/styles.xml": f'<styleSheet xmlns="{_S}"><fonts><font/></fonts>'
            "<fills><fill><patternFill/></fill></fills><borders><border/></borders><cellXfs><xf/></cellXfs></styleSheet>",
            "ab/lembar.xml": f'<?xml version="1.0"?>\r\n<x:worksheet xmlns:x="{_S}"><x:sheetData>\n'
            '  <x:row><x:c t="inlineStr"><x:is><x:t>satu</x:t></x:is></x:c><x:c><x:v>5</x:v></x:c></x:row>\n'
            '  <x:row r="4"><x:c r="B4" t="d"><x:v>2024-03-31</x:v></x:c>'
            "<x:c><x:f>B1+1</x:f></x:c></x:row>\n</x:sheetData></x:worksheet>",
        }
    )


def with_threads() -> bytes:
    """A conversation on A2, which the note of the file by openpyxl mirrors for older programs."""
    parts = unzipped(by_openpyxl())
    comments = next(name for name in parts if name.startswith("xl/comments"))
    parts[comments] = parts[comments].replace(b"Budi", b"tc={1}")
    kind = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
    relate(parts, SHEET, kind, "../threadedComments/threadedComment1.xml")
    parts["xl/threadedComments/threadedComment1.xml"] = (
        b'<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
        b'<threadedComment ref="A2" id="{1}"><text>Mengapa?</text></threadedComment></ThreadedComments>'
    )
    return zipped(parts)


def _content_types(book: str, sheet: str, styles: str) -> str:
    kinds = ((book, "sheet.main"), (sheet, "worksheet"), (styles, "styles"))
    items = "".join(f'<Override PartName="{part}" ContentType="{_T}.{kind}+xml"/>' for part, kind in kinds)
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Default Extension="rels" ContentType="{rels}"/>{items}</Types>'
    )


def _rels(*links: tuple[str, str]) -> str:
    items = "".join(
        f'<Relationship Id="rId{number}" Type="{_R}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(links, 1)
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{items}</Relationships>'


SAMPLES: dict[str, Callable[[], bytes]] = {
    "xlsxwriter": by_xlsxwriter,
    "openpyxl": by_openpyxl,
    "hand": by_hand,
    "threads": with_threads,
    "asli": (EXAMPLES / "senduro-2024-tw1-asli.xlsx").read_bytes,
}


def findings_for(name: str) -> tuple[Finding, ...]:
    """Findings on cells of every kind, on a whole sheet, and on a sheet that does not exist."""
    if name == "asli":
        cells = [Ref("Identitas", "B8"), Ref("Anggaran", "G2"), Ref("Indikator", "P2"), Ref("Desa", "E13")]
        other = Ref("Tindak Lanjut", "B2")
    else:
        cells = [Ref("Data", f"{column}{row}") for column in "ABCD" for row in range(1, 9)]
        other = Ref(ODD_NAME if name == "xlsxwriter" else "Data", "B2")
    return (
        finding(*cells, severity=WARNING, code="A101"),
        finding(*cells[1:3], other, severity=ERROR),
        finding(
            other, Ref("Data", "XFD1048576"), severity=INFO, code="D108", message="Pesan <&> “panjang”. " * 30
        ),
        finding(Ref(cells[0].sheet), code="B101"),
        finding(Ref("Tidak Ada", "A1"), code="B102"),
    )
