"""What the template scripts build with: paragraphs by style, tables by column, sections, page numbers.

The document starts from python-docx's own empty one, with its styles and numbering replaced by
``styles.xml`` and ``numbering.xml`` beside this file, and without the parts that validators object to.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import docx
from docx.enum.section import WD_ORIENTATION, WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Twips
from docx.text.paragraph import Paragraph

from lkt.wordtemplate.document import read_parts, write_parts

HERE = Path(__file__).parent
PORTRAIT_WIDTH = 160
"""Width of the text in mm, on F4 and A4 alike."""
LANDSCAPE_WIDTH = 250
"""The same on a landscape page."""
RECAP_WIDTH = 175
"""The same on the pages of a recap, which have closer margins."""


_BOLD = {
    "Tabel Isi": "Tabel Jumlah",
    "Tabel Tengah": "Tabel Jumlah",
    "Tabel Angka": "Tabel Jumlah Angka",
    "Tabel Isi Kecil": "Tabel Jumlah Kecil",
    "Tabel Angka Kecil": "Tabel Jumlah Angka Kecil",
    "Tabel Tengah Kecil": "Tabel Jumlah Kecil",
}
"""The style of a total under cells of a style."""


@dataclass(frozen=True)
class Column:
    r"""One column of a table: its heading, its width in mm, the style of its cells and their tags.

    In the text, \f begins a new paragraph, and what stands before \v is a style of its own for the paragraph.
    """

    heading: str
    width: float
    style: str
    text: str
    total: str = ""
    when: str = ""


class TemplateDocument:
    """A Word template under construction; every method appends to the end."""

    def __init__(self) -> None:
        self.doc: Any = docx.Document()
        _replace_root(self.doc.styles.element, HERE / "styles.xml")
        _replace_root(self.doc.part.numbering_part.element, HERE / "numbering.xml")
        _drop_parts(self.doc)
        _indonesian(self.doc.settings.element)
        _paper(self.doc.sections[0], landscape=False)

    def add(self, style: str, *texts: str) -> None:
        """A paragraph of the style for each text; a newline is a line break."""
        for text in texts:
            _fill(self.doc.add_paragraph(style=self.doc.styles[style]), text)

    def section(self, *, landscape: bool = False) -> Section:
        """A new section on a new page."""
        section: Section = self.doc.add_section(WD_SECTION.NEW_PAGE)
        self.doc.paragraphs[-1].style = self.doc.styles["Jarak Tabel"]  # it carries the break, no text
        for numbers in section._sectPr.findall(qn("w:pgNumType")):  # noqa: SLF001
            section._sectPr.remove(numbers)  # noqa: SLF001 - copied from the section before
        _paper(section, landscape=landscape)
        return section

    def start_numbering(self, section: Section, form: str = "decimal") -> None:
        """Count the pages of the section from 1, in a form of Word such as ``lowerRoman``."""
        numbers = OxmlElement("w:pgNumType")
        numbers.set(qn("w:fmt"), form)
        numbers.set(qn("w:start"), "1")
        margins: Any = section._sectPr.find(qn("w:pgMar"))  # noqa: SLF001
        margins.addnext(numbers)

    def footer(self, section: Section, text: str, style: str = "footer") -> None:
        """A footer with the text at the left and the page number at the right."""
        section.footer.is_linked_to_previous = False
        paragraph = section.footer.paragraphs[0]
        paragraph.style = self.doc.styles[style]
        paragraph.add_run(f"{text}\t")
        _field(paragraph, "PAGE", "1")

    def table(self, columns: Sequence[Column], loop: str, *, before: Sequence[Sequence[str]] = ()) -> None:
        """A heading row, a row for each turn of ``loop``, and a total row where columns have one.

        Args:
            columns: left to right.
            loop: the Jinja statement of the loop, such as ``for x in program``.
            before: rows of plain cells between heading and loop, in the styles of the columns.
        """
        table = self._frame(columns)
        _heading_row(table, columns, self.doc)
        for cells in before:
            self._row(table, columns, cells)
        self.loop_rows(table, columns, loop)
        if any(column.total for column in columns):
            self.total_row(table, columns, [column.total for column in columns])
        self.gap()

    def _frame(self, columns: Sequence[Column], style: str = "Tabel Laporan") -> Any:
        table = self.doc.add_table(rows=0, cols=len(columns), style=self.doc.styles[style])
        width = sum(column.width for column in columns)
        whole = {PORTRAIT_WIDTH, LANDSCAPE_WIDTH, RECAP_WIDTH}
        assert width in whole, f"a table of {width} mm does not fill the text"
        table.autofit = False
        table.alignment = WD_TABLE_ALIGNMENT.CENTER  # else mode 14 sets its first column into the margin
        for grid, column in zip(table._tbl.tblGrid.gridCol_lst, columns, strict=True):  # noqa: SLF001
            grid.w = Mm(column.width)
        return table

    def frame(self, columns: Sequence[Column]) -> Any:
        """A table with its heading row, to which rows are added one by one."""
        table = self._frame(columns)
        _heading_row(table, columns, self.doc)
        return table

    def statement_row(self, table: Any, columns: Sequence[Column], statement: str) -> None:
        """A row that is nothing but a statement of the template."""
        self._row(table, columns, [f"{{%tr {statement} %}}", *[""] * (len(columns) - 1)])

    def loop_rows(self, table: Any, columns: Sequence[Column], loop: str) -> None:
        """The rows of a loop: its statement, its cells, its end."""
        self.statement_row(table, columns, loop)
        self._row(table, columns, [column.text for column in columns])
        self.statement_row(table, columns, "endfor")

    def total_row(self, table: Any, columns: Sequence[Column], cells: Sequence[str]) -> None:
        """A row in bold."""
        self._row(table, columns, cells, [_BOLD[column.style] for column in columns])

    def row(self, table: Any, columns: Sequence[Column], cells: Sequence[str]) -> None:
        """A row in the styles of the columns."""
        self._row(table, columns, cells)

    def _row(
        self, table: Any, columns: Sequence[Column], cells: Sequence[str], styles: Sequence[str] = ()
    ) -> None:
        row = table.add_row()
        _keep_whole(row)
        for cell, column, text, style in zip(
            row.cells, columns, cells, styles or [column.style for column in columns], strict=True
        ):
            cell.width = Mm(column.width)
            for number, paragraph in enumerate(text.split("\f")):
                own, _, words = paragraph.rpartition("\v")
                _fill(_styled(_nth_paragraph(cell, number), self.doc, own or style), words)

    def box(self, rows: Sequence[tuple[str, str]]) -> None:
        """A box of names and values, two columns, such as the formula of an indicator."""
        columns = (Column("", 32, "Tabel Jumlah", ""), Column("", PORTRAIT_WIDTH - 32, "Tabel Isi", ""))
        table = self._frame(columns, "Kotak Rumus")
        for cells in rows[:-1]:
            self._row(table, columns, cells, ("Tabel Kepala Samping", "Tabel Rumus"))
        self._row(table, columns, rows[-1])
        self.gap()

    def gap(self) -> None:
        """The space after a table."""
        self.add("Jarak Tabel", "")

    def save(self, path: Path) -> None:
        """Write the template with reproducible bytes."""
        path.write_bytes(self.to_bytes())

    def to_bytes(self) -> bytes:
        """The template as a file."""
        buffer = io.BytesIO()
        self.doc.save(buffer)
        return write_parts(read_parts(buffer.getvalue(), "templat"))


def _replace_root(element: Any, source: Path) -> None:
    """Replace the content of a part's root element by that of a file."""
    fresh = parse_xml(source.read_bytes())
    for child in list(element):
        element.remove(child)
    for child in list(fresh):
        element.append(child)


def _drop_parts(doc: Any) -> None:
    """Drop what python-docx's empty document carries and validators object to."""
    unwanted = ("stylesWithEffects", "customXml", "thumbnail")
    for owner in (doc.part, doc.part.package):
        for key, relation in list(owner.rels.items()):
            if any(word in relation.reltype for word in unwanted):
                del owner.rels[key]


def _indonesian(settings: Any) -> None:
    """The language of the text, and none of the layout of East Asia.

    Word's compatibility mode 14 stays: in mode 15 LibreOffice has no room for the page numbers of lists,
    which stand beyond the indent that keeps long entries from them.
    """
    for old in settings.findall(f"{qn('w:compat')}/{qn('w:useFELayout')}"):
        old.getparent().remove(old)
    languages: Any = settings.find(qn("w:themeFontLang"))
    languages.attrib.clear()
    languages.set(qn("w:val"), "id-ID")


def _paper(section: Section, *, landscape: bool) -> None:
    """F4 with equal text width on A4; ``contents`` of the engine sets the size that the workbook asks for."""
    width, height = Mm(215), Mm(330)
    section.orientation = WD_ORIENTATION.LANDSCAPE if landscape else WD_ORIENTATION.PORTRAIT
    section.page_width, section.page_height = (height, width) if landscape else (width, height)
    section.left_margin, section.right_margin = (Mm(40), Mm(40)) if landscape else (Mm(30), Mm(25))
    section.top_margin = section.bottom_margin = Mm(25)
    section.header_distance = section.footer_distance = Mm(12)
    section.gutter = Twips(0)


def _heading_row(table: Any, columns: Sequence[Column], doc: Any) -> None:
    row = table.add_row()
    _keep_whole(row)
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001
    for cell, column in zip(row.cells, columns, strict=True):
        cell.width = Mm(column.width)
        _fill(_styled(cell.paragraphs[0], doc, "Tabel Kepala"), column.heading)


def _keep_whole(row: Any) -> None:
    """A row is not split over two pages."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001


def _styled(paragraph: Paragraph, doc: Any, style: str) -> Paragraph:
    paragraph.style = doc.styles[style]
    return paragraph


def _nth_paragraph(cell: Any, number: int) -> Paragraph:
    """A paragraph of a cell that is filled from the top; a new cell has its first."""
    paragraph: Paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
    return paragraph


def _fill(paragraph: Paragraph, text: str) -> None:
    """Text, with newlines as line breaks and tabs as tabs."""
    if text:
        paragraph.add_run(text)


def _field(paragraph: Paragraph, instruction: str, shown: str) -> None:
    """A field of Word with the result that is shown until Word works it out."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = shown
    run.append(text)
    field.append(run)
    paragraph._p.append(field)  # noqa: SLF001
