"""Workbooks whose cells hold text that formats, templates and file names stumble over."""

import unicodedata
from collections.abc import Mapping
from functools import cache

from hypothesis import strategies as st

from examples.tables import parse_tables
from lkt.model import Dataset
from lkt.workbook.new import filled_workbook
from lkt.workbook.reader import workbook_of
from lkt.workbook.writer import Row
from tests.builders import EXAMPLES, base

Cell = tuple[str, int, str]
"""Sheet, number of the row from 0, heading."""

LONGEST = 32_767
"""Characters in a cell of Excel."""

TEXTS: Mapping[str, str] = {
    "markup": "A & B < C > D \"kutip\" 'petik' &amp; &#65; &lt; akhir",
    "elements": '<w:p><w:t xml:space="preserve">x</w:t></w:p><!-- y --><?lkt-br?>',
    "rich text of XlsxWriter": "<r><t>tebal</t></r>",
    "end of CDATA": "a ]]> b <![CDATA[ c",
    "template": "{{ x }} {% if y %} {# z #} {%p endif %} {{ 7 * 7 }}",
    "template alone": "{%p for i in indikator %}",
    "emoji": "Rapat 😀 🇮🇩 👨‍👩‍👧‍👦 ✍🏽 𝒜",
    "long word": "Pertanggungjawaban" * 278,
    "longest": "kata " * 6553,
    "lines": "satu\ndua\r\ntiga\n\nlima\rakhir",
    "tabs": "satu\tdua\t\ttiga",
    "control characters": "a\x00b\x01c\x08d\x0be\x0cf\x1fg\x7fh\x85i",
    "not characters": "a\ufffeb\uffffc\U0001fffed",
    "escapes": "_x0041_ _x000D_ _x005F_ _x0001_ _x_ _xD83D_",
    "right to left": "مكتب المقاطعة (٢٠٢٤) משרד — kecamatan",
    "direction": "a\u202eb\u202dc\u2066d\u2069e\u200ff\u202cg",
    "spaces": "\u00a0a\u00a0\u2003b\u3000c\u2028d\u2029e\u200b",
    "combining marks": "é ñ Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L",
    "formula": "=1+1",
    "commands": "+cmd|' /C calc'!A0",
    "error value": "#REF! bukan rujukan",
    "path": "..\\..\\C:\\Windows/../etc/passwd\x00.exe",
    "device": "CON",
    "dots": "akhir. . ...",
}
"""What it is about -> the text."""

_PIECES = (
    "&<>\"'{}%#]_x=\\/:|?*.;, \n\t\r\x00\x01\x0b\x1b\xa0\u200d\u200f\u202e\u2066\ufeff\ufffd\ufffe\uffff😀é٣ש"
)
LETTERS = st.characters(exclude_categories=["Cs"]) | st.sampled_from(_PIECES)
AWKWARD = st.text(LETTERS, min_size=1, max_size=40) | st.sampled_from(sorted(TEXTS.values()))
"""Any text that a cell can hold."""


@cache
def _rows() -> Mapping[str, tuple[Row, ...]]:
    return {sheet: tuple(rows) for sheet, rows in parse_tables(base()).items()}


FREE: Mapping[str, tuple[str, ...]] = {
    "Indikator": ("Sasaran", "Indikator", "Uraian Pembilang", "Uraian Penyebut", "Penjelasan"),
    "Anggaran": ("Program",),
    "Fasilitasi": ("Jenis Fasilitasi", "Bukti Pendukung", "Pelaksana"),
    "Desa": ("Desa", "Keterangan"),
    "Strategi": ("Strategi",),
    "Tindak Lanjut": ("Uraian",),
    "Tugas Fungsi": ("Uraian",),
    "Kegiatan": ("Kegiatan", "Uraian"),
    "Narasi": ("Teks",),
}
"""Sheet -> the headings under which an office writes what it likes, and the report prints it."""


def cells() -> list[Cell]:
    """The cells of the clean workbook that may hold anything; a workbook of another version is refused."""
    return [
        (sheet, number, heading)
        for sheet, rows in _rows().items()
        for number, row in enumerate(rows)
        for heading in (["Nilai"] if sheet == "Identitas" else row)
        if row.get("Isian") != "Versi Format"
    ]


FREE_CELLS = [cell for cell in cells() if cell[2] in FREE.get(cell[0], ())]


def workbook_with(texts: Mapping[Cell, str]) -> bytes:
    """The clean workbook with these texts in its cells, as a .xlsx file of its own program.

    The name of a document is the heading of its column on sheet Desa too.
    """
    rows = {sheet: [dict(row) for row in found] for sheet, found in _rows().items()}
    names = {}
    for (sheet, number, heading), text in texts.items():
        if (sheet, heading) == ("Dokumen", "Dokumen"):
            names[rows[sheet][number][heading]] = text
        rows[sheet][number][heading] = text
    rows["Desa"] = [
        {names.get(heading, heading): cell for heading, cell in row.items()} for row in rows["Desa"]
    ]
    return filled_workbook(rows, spare=False)


def read_back(book: bytes) -> Dataset:
    return workbook_of(book, EXAMPLES / "awkward.xlsx")


def visible(text: str) -> str:
    """The characters of a text that can be seen, in their order, without any space between them."""
    hidden = {"Cc", "Cf", "Zs", "Zl", "Zp"}
    return "".join(
        each for each in text if unicodedata.category(each) not in hidden and ord(each) & 0xFFFE != 0xFFFE
    )
