"""What the template scripts build with: paragraphs by style, tables by column, sections, and shared passages.

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
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Twips

from lkt.indonesian import roman
from lkt.wordtemplate.document import read_parts, zipped

HERE = Path(__file__).parent
_PROPERTIES = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns='
    b'"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    b"<Application>lkt</Application></Properties>"
)
PORTRAIT_WIDTH = 160
"""Width of the text in mm, on F4 and A4 alike."""
LANDSCAPE_WIDTH = 280
"""Likewise on a landscape page of F4."""
RECAP_WIDTH = 175
"""Likewise on the pages of a recap, which have closer margins."""


class TemplateDocument:
    """A Word template under construction; every method appends to the end."""

    def __init__(self) -> None:
        self.doc: Any = docx.Document()
        _replace_root(self.doc.styles.element, HERE / "styles.xml")
        _replace_root(self.doc.part.numbering_part.element, HERE / "numbering.xml")
        # What validators object to in python-docx's empty document
        for owner in (self.doc.part, self.doc.part.package):
            for key, relation in list(owner.rels.items()):
                if any(word in relation.reltype for word in ("stylesWithEffects", "customXml", "thumbnail")):
                    del owner.rels[key]
        _indonesian(self.doc.settings.element)
        _used_fonts(self.doc.part)
        properties: Any = self.doc.part.package.part_related_by(RELATIONSHIP_TYPE.EXTENDED_PROPERTIES)
        properties._blob = _PROPERTIES  # noqa: SLF001 - python-docx has no way to change this part
        _paper(self.doc.sections[0], landscape=False)

    def add(self, style: str, *texts: str) -> None:
        """A paragraph of the style for each text; a newline is a line break."""
        for text in texts:
            self.doc.add_paragraph(text, style=self.doc.styles[style])

    def when(self, condition: str, style: str, *texts: str) -> None:
        """Paragraphs that are printed where a condition of Jinja holds."""
        self.add(style, f"{{%p if {condition} %}}", *texts, "{%p endif %}")

    def each(self, loop: str, style: str, *texts: str) -> None:
        """Paragraphs for each turn of a loop, such as ``x in program``."""
        self.add(style, f"{{%p for {loop} %}}", *texts, "{%p endfor %}")

    # Sections ----------------------------------------------------------------------------------------------

    def section(self, *, landscape: bool = False) -> Section:
        """A new section on a new page."""
        section: Section = self.doc.add_section(WD_SECTION.NEW_PAGE)
        self.doc.paragraphs[-1].style = self.doc.styles["Akhir Bagian"]  # it carries the break, no text
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
        field, run, shown = OxmlElement("w:fldSimple"), OxmlElement("w:r"), OxmlElement("w:t")
        field.set(qn("w:instr"), "PAGE")
        shown.text = "1"  # until Word works it out
        run.append(shown)
        field.append(run)
        paragraph._p.append(field)  # noqa: SLF001

    def foot(self, section: Section, style: str, *texts: str) -> None:
        """What stands at the foot of the pages of a section, a paragraph for each text."""
        section.footer.is_linked_to_previous = False
        for number, text in enumerate(texts):
            paragraph = section.footer.add_paragraph() if number else section.footer.paragraphs[0]
            paragraph.style = self.doc.styles[style]
            paragraph.add_run(text)

    # Tables ------------------------------------------------------------------------------------------------

    def table(self, columns: "Sequence[Column]", loop: str) -> None:
        """A heading row, a row for each turn of ``loop``, a total row where columns have one, and a gap."""
        self.frame(columns).fill(loop)
        self.gap()

    def frame(self, columns: "Sequence[Column]", heading: str = "Tabel Kepala") -> "TemplateTable":
        """A table with its heading row in a style, to which rows are added one by one."""
        table = TemplateTable(self.doc, columns, "Tabel Laporan")
        table.add_heading(heading)
        return table

    def box(self, rows: Sequence[tuple[str, str]]) -> None:
        """A box of names and values, two columns, such as the formula of an indicator."""
        columns = (Column("", 32, "Tabel Jumlah", ""), Column("", PORTRAIT_WIDTH - 32, "Tabel Isi", ""))
        table = TemplateTable(self.doc, columns, "Kotak Rumus")
        for cells in rows[:-1]:
            table.row(cells, ("Tabel Kepala Samping", "Tabel Rumus"))
        table.row(rows[-1])
        self.gap()

    def gap(self) -> None:
        """The space after a table."""
        self.add("Jarak Tabel", "")

    # Passages that both reports have -----------------------------------------------------------------------

    def chart(self, chapter: int, name: str, lead: str, caption: str) -> None:
        """A chart with the sentence that points at it, where there is one to draw."""
        self.add("Body Text", f"{{%p if grafik.{name} %}}", f'{lead} {{{{ rujuk("grafik-{name}") }}}}.')
        self.add("Grafik", f"{{{{ grafik.{name} }}}}")
        self.add("Keterangan Grafik", f'{{{{ gambar("grafik-{name}", {chapter}) }}}}\n{caption}')
        self.add("Body Text", "{%p endif %}")

    def other_years(self, chapter: int, width: float, plain: Sequence[str]) -> None:
        """Realisasi beside last year's, and on the way to the end of the Renstra; each where it is known."""
        for name, condition, filled, lead, caption, others in (
            (
                "tahun-lalu",
                "ringkasan.ada_tahun_lalu",
                "i.tahun_lalu.ada",
                "Realisasi dibandingkan dengan triwulan yang sama tahun lalu pada",
                "Perbandingan Realisasi {{ periode.nama }} dengan Tahun Lalu",
                (
                    ("Realisasi {{ periode.tahun_lalu }}", with_unit("tahun_lalu.realisasi", plain, " ")),
                    ("Realisasi {{ periode.nama }}", with_unit("realisasi", plain, " ")),
                    ("Perubahan", "{{ i.tahun_lalu.perubahan }}"),
                ),
            ),
            (
                "renstra",
                "ringkasan.ada_target_akhir_renstra",
                'i.target_akhir_renstra != "-"',
                "Kemajuan menuju target akhir Rencana Strategis (Renstra) disajikan pada",
                "Kemajuan terhadap Target Akhir Renstra sampai dengan {{ periode.nama }}",
                (
                    ("Target Akhir Renstra", with_unit("target_akhir_renstra", plain, " ")),
                    ("Realisasi {{ periode.nama }}", with_unit("realisasi", plain, " ")),
                    ("Kemajuan", "{{ i.kemajuan }}"),
                ),
            ),
        ):
            self.add("Body Text", f"{{%p if {condition} %}}", f'{lead} {{{{ rujuk("{name}") }}}}.')
            self.add("caption", f'{{{{ tabel("{name}", {chapter}) }}}}\n{caption}')
            table = self.frame(
                (
                    Column("No", 10, "Tabel Tengah", "{{ i.nomor }}"),
                    Column("Indikator Kinerja", width - 100, "Tabel Isi", "{{ i.nama }}"),
                    *(Column(heading, 30, "Tabel Angka", text) for heading, text in others),
                )
            )
            table.statement("for i in indikator")
            table.statement(f"if {filled}")
            table.row([column.text for column in table.columns])
            table.statement("endif")
            table.statement("endfor")
            self.gap()
            self.add("Body Text", "{%p endif %}")

    def amendment(self, chapter: int, width: float) -> None:
        """What an amended Perjanjian Kinerja that is in force says otherwise."""
        self.add(
            "Body Text",
            "{%p if periode.pk_perubahan %}",
            "Sejak {{ periode.pk_perubahan }} berlaku Perjanjian Kinerja Perubahan, yang menjadi ukuran "
            "laporan ini{% if ringkasan.perubahan_pk %}; perubahannya disajikan pada "
            '{{ rujuk("pk-perubahan") }}{% endif %}.',
            "{%p endif %}",
        )
        self.add(
            "caption",
            "{%p if ringkasan.perubahan_pk %}",
            f'{{{{ tabel("pk-perubahan", {chapter}) }}}}\nPerubahan Target dan Anggaran Perjanjian Kinerja',
        )
        self.table(
            (
                Column("Indikator Kinerja atau Program", width - 80, "Tabel Isi", "{{ u.nama }}"),
                Column("Semula", 40, "Tabel Angka", "{{ u.semula }}"),
                Column("Menjadi", 40, "Tabel Angka", "{{ u.menjadi }}"),
            ),
            "for u in ringkasan.perubahan_pk",
        )
        self.add("Body Text", "{%p endif %}")

    def quarterly_targets(self, chapter: int, width: float, plain: Sequence[str]) -> None:
        """The targets of the four quarters, where they are filled in."""
        self.add(
            "caption",
            "{%p if ringkasan.ada_target_per_triwulan %}",
            f'{{{{ tabel("target-triwulan", {chapter}) }}}}\nTarget Kumulatif Indikator setiap Triwulan '
            "Tahun {{ periode.tahun }}",
        )
        self.table(
            (
                Column("No", 10, "Tabel Tengah", "{{ i.nomor }}"),
                Column("Indikator Kinerja", width - 106, "Tabel Isi", "{{ i.nama }}"),
                *(
                    Column(
                        f"TW {roman(number)}", 24, "Tabel Angka", with_unit(f"target_tw{number}", plain, " ")
                    )
                    for number in range(1, 5)
                ),
            ),
            "for i in indikator",
        )
        self.add("Body Text", "{%p endif %}")

    def quarterly_spending(self, chapter: int, width: float) -> None:
        """What was spent in the quarter alone, and serapan beside its plan, where they are filled in."""
        planned, spent = "ringkasan.ada_rencana", "ringkasan.ada_realisasi_triwulan"
        self.add(
            "Body Text",
            f"{{%p if {planned} or {spent} %}}",
            f"{{% if {spent} %}}Realisasi triwulan ini saja{{% if {planned} %}} dan serapan{{% endif %}}"
            f"{{% else %}}Serapan{{% endif %}}{{% if {planned} %}} terhadap rencana penarikan{{% endif %}} "
            'disajikan pada {{ rujuk("penarikan") }}.',
        )
        self.add(
            "caption", f'{{{{ tabel("penarikan", {chapter}) }}}}\nPenarikan Anggaran {{{{ periode.nama }}}}'
        )
        text, figures = "Tabel Isi Kecil", "Tabel Angka Kecil"
        self.table(
            (
                Column("Program", width - 110, text, "{{ p.nomor }}. {{ p.nama }}", "Jumlah"),
                Column(
                    "Realisasi Triwulan Ini",
                    38,
                    figures,
                    "{{ p.realisasi_triwulan }}",
                    "{{ anggaran.realisasi_triwulan }}",
                    spent,
                ),
                Column("Rencana Serapan", 24, figures, "{{ p.rencana }}", "{{ anggaran.rencana }}", planned),
                Column("Serapan", 24, figures, "{{ p.serapan }}", "{{ anggaran.tertimbang }}"),
                Column("Deviasi", 24, figures, "{{ p.deviasi }}", "{{ anggaran.deviasi }}", planned),
            ),
            "for p in program",
        )
        self.add("Body Text", "{%p endif %}")

    def reasons(self) -> None:
        """Why indicators have no figure, under their table."""
        self.each(
            "i in indikator",
            "Catatan Tabel",
            "{%p if not i.ada_nilai %}",
            "Tanda “-” pada indikator nomor {{ i.nomor }}: {{ i.alasan }}.",
            "{%p endif %}",
        )

    def bullets(self, field: str, lead: str) -> None:
        """A list of narasi with its lead, where there is any."""
        self.add("Body Text", f"{{%p if {field} %}}")
        self.add("Pengantar Daftar", lead)
        self.each(f"teks in {field}", "List Bullet", "{{ teks }}")
        self.add("Body Text", "{%p endif %}")

    def numbered(self, field: str, style: str, mark: str = "") -> None:
        """A numbered list; a single item goes without a number. ``mark`` ends each item."""
        self.add(style, f"{{%p for teks in {field} %}}", "{%p if loop.length > 1 %}", f"{{{{ teks }}}}{mark}")
        self.add("Body Text", "{%p else %}", f"{{{{ teks }}}}{mark}", "{%p endif %}", "{%p endfor %}")

    def next_steps(self, lead: str) -> None:
        """The steps of sheet Tindak Lanjut; what stands where there are none, and the endif, follow."""
        self.add("Body Text", "{%p if tindak_lanjut %}")
        self.add("Pengantar Daftar", lead)
        self.numbered("tindak_lanjut", "Daftar Tindak Lanjut", "{% if loop.last %}.{% else %};{% endif %}")

    def reasons_of_pagu(self, named_by: str = "nomor", lead: str = "nomor ") -> None:
        """Why the pagu of programmes is not the amount that was signed, a sentence for each reason."""
        same = f'program|selectattr("alasan_pagu", "equalto", alasan)|map(attribute="{named_by}")|join(", ")'
        self.each(
            'alasan in program|map(attribute="alasan_pagu")|select|unique(true)',
            "Catatan Tabel",
            f"Pagu {lead}{{{{ {same} }}}} berbeda dari Anggaran PK: {{{{ alasan }}}}",
        )

    def former_plans(self, chapter: int) -> None:
        """What earlier reports planned, and what became of it; nothing where nothing is known."""
        self.add(
            "Body Text",
            "{%p if rencana_lalu %}",
            "Keadaan rencana tindak lanjut yang dilaporkan sebelumnya disajikan pada "
            '{{ rujuk("rencana-lalu") }}.',
        )
        caption = "Keadaan Rencana Tindak Lanjut Sebelumnya pada Akhir {{ periode.nama }}"
        self.add("caption", f'{{{{ tabel("rencana-lalu", {chapter}) }}}}\n{caption}')
        self.table(
            (
                Column("No", 10, "Tabel Tengah", "{{ r.nomor }}"),
                Column("Rencana Tindak Lanjut", 84, "Tabel Isi", "{{ r.uraian }}"),
                Column("Laporan", 38, "Tabel Isi", "{{ r.asal }}"),
                Column("Status", 28, "Tabel Isi", "{{ r.status|kalimat }}"),
            ),
            "for r in rencana_lalu",
        )
        self.add("Body Text", "{%p endif %}")

    def basis_of_figures(self) -> None:
        """The annex Dasar Angka: what each figure rests on; nothing where it was not asked for."""
        self.add("Judul Lampiran", "{%p if dasar_angka %}", "LAMPIRAN\nDASAR ANGKA")
        self.add(
            "Body Text",
            "Setiap angka laporan ini dengan rumus, masukan, dan selnya pada buku kerja, sehingga dapat "
            "dicocokkan satu demi satu.",
        )
        inputs = (
            "{% for m in a.masukan %}{{ m.nama }}{% if m.sel %} [{{ m.sel }}]{% endif %}"
            "{% if not loop.last %}; {% endif %}{% endfor %}"
        )
        basis = f"{{{{ a.rumus }}}}\f{{%p if a.masukan %}}\f{inputs}\f{{%p endif %}}"
        table = self.frame(
            (
                Column("Angka", 40, "Tabel Isi Kecil", "{{ a.nama }}"),
                Column("Nilai", 30, "Tabel Angka Kecil", "{{ a.nilai }}"),
                Column("Rumus, Masukan, dan Sel", 90, "Tabel Isi Kecil", basis),
            )
        )
        table.statement("for b in dasar_angka")
        table.title("{{ b.judul }}")
        table.loop("for a in b.angka")
        table.statement("endfor")
        self.add("Body Text", "{%p endif %}")

    def superior(self) -> None:
        """Day, name and signature of the superior, which are written by hand."""
        self.add("Tanda Tangan Tempat", "……………, ……………………")
        self.add("Tanda Tangan Jabatan", "{{ identitas.pemberi_amanah|kapital }}")
        self.add("Tanda Tangan NIP", "(………………………………)")

    def signature(self, closing: str = "") -> None:
        """Place, day, and who signs, on one page with the sentence that closes the report."""
        self._together(
            *([("Pengantar Daftar", closing)] if closing else []),
            ("Tanda Tangan Tempat", "{{ identitas.tempat }}, {{ identitas.tanggal_laporan }}"),
            ("Tanda Tangan Jabatan", "{{ identitas.jabatan|kapital }}"),
            ("Tanda Tangan Nama", "{{ identitas.nama_camat }}"),
            ("Tanda Tangan", "{%p if identitas.pangkat_golongan %}"),
            ("Tanda Tangan", "{{ identitas.pangkat_golongan }}"),
            ("Tanda Tangan", "{%p endif %}"),
            ("Tanda Tangan NIP", "NIP {{ identitas.nip }}"),
        )

    def _together(self, *lines: tuple[str, str]) -> None:
        """Paragraphs in a row without borders; LibreOffice may divide those that are kept with the next."""
        table = self.doc.add_table(rows=1, cols=1, style=self.doc.styles["Tabel Tanda Tangan"])
        table.autofit = False
        cell = table.cell(0, 0)
        table._tbl.tblGrid.gridCol_lst[0].w = cell.width = Mm(PORTRAIT_WIDTH)  # noqa: SLF001
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001
        for number, (style, text) in enumerate(lines):
            paragraph = cell.add_paragraph() if number else cell.paragraphs[0]
            paragraph.style = self.doc.styles[style]
            paragraph.add_run(text)
        self.add("Akhir Bagian", "")

    def save(self, path: Path) -> None:
        """Write the template with reproducible bytes."""
        path.write_bytes(self.to_bytes())

    def to_bytes(self) -> bytes:
        """The template as a file."""
        buffer = io.BytesIO()
        self.doc.save(buffer)
        return zipped(read_parts(buffer.getvalue(), "templat"))


@dataclass(frozen=True)
class Column:
    r"""One column of a table.

    Attributes:
        heading: its heading.
        width: in mm.
        style: the style of its cells.
        text: their tags; \f begins a new paragraph, and what stands before \v is a style of its own for it.
        total: the cell of the total row.
        when: the condition of Jinja on which the report has the column; the others then share its width.
        each: the loop of Jinja that gives the report a column each turn, which share the width.
    """

    heading: str
    width: float
    style: str
    text: str
    total: str = ""
    when: str = ""
    each: str = ""


class TemplateTable:
    """A table under construction, which fills the width of the text; every method appends a row."""

    def __init__(self, doc: Any, columns: Sequence[Column], style: str) -> None:
        width = sum(column.width for column in columns)
        whole = {PORTRAIT_WIDTH, LANDSCAPE_WIDTH, RECAP_WIDTH}
        assert width in whole, f"a table of {width} mm does not fill the text"
        self._styles, self.columns = doc.styles, columns
        self._table = doc.add_table(rows=0, cols=len(columns), style=doc.styles[style])
        self._table.autofit = False
        # Else Word's mode 14 sets the first column into the margin
        self._table.alignment = WD_TABLE_ALIGNMENT.CENTER
        for grid, column in zip(self._table._tbl.tblGrid.gridCol_lst, columns, strict=True):  # noqa: SLF001
            grid.w = Mm(column.width)

    def add_heading(self, style: str) -> None:
        """The headings of the columns, repeated on each page."""
        row = self.row([column.heading for column in self.columns], [style] * len(self.columns))
        row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001

    def describe(self, text: str) -> None:
        """What the table shows, for who cannot see it."""
        description = OxmlElement("w:tblDescription")
        description.set(qn("w:val"), text)
        self._table._tbl.tblPr.append(description)  # noqa: SLF001

    def fill(self, loop: str) -> None:
        """The rows of a loop, such as ``for x in program``, and a total row where columns have one."""
        self.loop(loop)
        if any(column.total for column in self.columns):
            self.total([column.total for column in self.columns])

    def loop(self, loop: str) -> None:
        """The rows of a loop: its statement, its cells, its end."""
        self.statement(loop)
        self.row([column.text for column in self.columns])
        self.statement("endfor")

    def statement(self, statement: str) -> None:
        """A row that is nothing but a statement of the template."""
        self._row([f"{{%tr {statement} %}}", *[""] * (len(self.columns) - 1)], ())

    def total(self, cells: "Sequence[str | None]") -> None:
        """A row in bold."""
        self.row(cells, [_BOLD[column.style] for column in self.columns])

    def band(self, cells: "Sequence[str | None]") -> None:
        """A row in bold at the head of others, on one page with the first of them."""
        self.row(cells, [_BOLD[column.style].replace("Jumlah", "Pita") for column in self.columns])

    def title(self, text: str) -> None:
        """A row of one cell in bold at the head of others, on one page with the first of them."""
        width = len(self.columns)
        self._row([text, *[None] * (width - 1)], ["Tabel Pita Kecil"] * width)

    def row(self, cells: "Sequence[str | None]", styles: Sequence[str] = ()) -> Any:
        """A row that is not split over two pages, in the styles of the columns or in others.

        A cell that is None is one with that at its left. A condition reaches from the end of the cell before
        to the end of its own cell, so that it takes the whole cell away; the cell before ends in plain text.
        """
        texts = list(cells)
        for place, column in enumerate(self.columns):
            if column.when:
                texts[place - 1] = f"{texts[place - 1]}{{% if {column.when} %}}"
                texts[place] = f"{texts[place]}{{% endif %}}"
        row = self._row(texts, styles)
        for cell, column in zip(row.cells, self.columns, strict=True):
            if column.each:
                cell._tc.addprevious(_tag_cell(f"{{%tc for {column.each} %}}"))  # noqa: SLF001
                cell._tc.addnext(_tag_cell("{%tc endfor %}"))  # noqa: SLF001
        return row

    def _row(self, cells: "Sequence[str | None]", styles: Sequence[str]) -> Any:
        row = self._table.add_row()
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001
        styles = styles or [column.style for column in self.columns]
        for cell, column, text, style in zip(row.cells, self.columns, cells, styles, strict=True):
            cell.width = Mm(column.width)
            for number, told in enumerate((text or "").split("\f")):
                own, _, words = told.rpartition("\v")
                paragraph = cell.add_paragraph() if number else cell.paragraphs[0]
                paragraph.style = self._styles[own or style]
                if words:
                    paragraph.add_run(words)
        for number in range(1, len(cells)):
            if cells[number] is None:
                row.cells[number - 1].merge(row.cells[number])
        return row


_BOLD = {
    "Tabel Isi": "Tabel Jumlah",
    "Tabel Tengah": "Tabel Jumlah",
    "Tabel Angka": "Tabel Jumlah Angka",
    "Tabel Isi Kecil": "Tabel Jumlah Kecil",
    "Tabel Angka Kecil": "Tabel Jumlah Angka Kecil",
    "Tabel Tengah Kecil": "Tabel Jumlah Kecil",
}
"""The style of a total under cells of a style."""


def with_unit(field: str, plain: Sequence[str], gap: str = "\N{NO-BREAK SPACE}") -> str:
    """A figure of an indicator with its unit, but for a unit that is ``plain`` anyhow; nothing has no unit.

    In a table give a plain space as ``gap``: a long unit may take a line of its own there, held together it
    would break within a word.
    """
    units = ", ".join(f'"{unit}"' for unit in plain)
    return (
        f"{{{{ i.{field} }}}}"
        f'{{% if i.{field} != "-" and i.jenis != "predikat" and i.satuan not in ({units}) %}}'
        f"{gap}{{{{ i.satuan }}}}{{% endif %}}"
    )


def _replace_root(element: Any, source: Path) -> None:
    """Replace the content of a part's root element by that of a file."""
    fresh = parse_xml(source.read_bytes())
    for child in list(element):
        element.remove(child)
    for child in list(fresh):
        element.append(child)


def _indonesian(settings: Any) -> None:
    """The language of the text, Word's own layout of today, and none of the layout of East Asia."""
    compat: Any = settings.find(qn("w:compat"))
    for old in compat.findall(qn("w:useFELayout")):
        compat.remove(old)
    mode = next(each for each in compat if each.get(qn("w:name")) == "compatibilityMode")
    mode.set(qn("w:val"), "15")
    compat.insert(0, OxmlElement("w:doNotExpandShiftReturn"))  # a line that ends by a break is not stretched
    for name, mark in (("w:decimalSymbol", ","), ("w:listSeparator", ";")):
        settings.find(qn(name)).set(qn("w:val"), mark)
    languages: Any = settings.find(qn("w:themeFontLang"))
    languages.attrib.clear()
    languages.set(qn("w:val"), "id-ID")


def _used_fonts(part: Any) -> None:
    """Only the fonts that the styles and lists name, in the table of fonts and in the theme."""
    roots = (part.styles.element, part.numbering_part.element)
    named = {fonts.get(qn("w:ascii")) for root in roots for fonts in root.iter(qn("w:rFonts"))}
    usual = part.styles.element.xpath("./w:docDefaults//w:rFonts/@w:ascii")[0]
    table = part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    root: Any = parse_xml(table.blob)
    for font in list(root):
        if font.get(qn("w:name")) in named:
            named.remove(font.get(qn("w:name")))
        else:
            root.remove(font)
    for name in sorted(filter(None, named)):
        font = OxmlElement("w:font")
        font.set(qn("w:name"), name)
        root.append(font)
    table._blob = serialize_part_xml(root)  # noqa: SLF001 - python-docx has no way to change this part
    theme = part.part_related_by(RELATIONSHIP_TYPE.THEME)
    root = parse_xml(theme.blob)
    for latin in root.iter(qn("a:latin")):
        latin.set("typeface", usual)
    for other in list(root.iter(qn("a:font"))):
        other.getparent().remove(other)
    theme._blob = serialize_part_xml(root)  # noqa: SLF001


def _paper(section: Section, *, landscape: bool) -> None:
    """F4 with equal text width on A4; ``contents`` of the engine sets the size that the workbook asks for."""
    width, height = Mm(215), Mm(330)
    section.orientation = WD_ORIENTATION.LANDSCAPE if landscape else WD_ORIENTATION.PORTRAIT
    section.page_width, section.page_height = (height, width) if landscape else (width, height)
    section.left_margin, section.right_margin = (Mm(25), Mm(25)) if landscape else (Mm(30), Mm(25))
    section.top_margin = section.bottom_margin = Mm(25)
    section.header_distance = section.footer_distance = Mm(12)
    section.gutter = Twips(0)


def _tag_cell(tag: str) -> Any:
    """A cell that is nothing but a tag."""
    cell, paragraph, run, text = (OxmlElement(f"w:{name}") for name in ("tc", "p", "r", "t"))
    text.text = tag
    run.append(text)
    paragraph.append(run)
    cell.append(paragraph)
    return cell
