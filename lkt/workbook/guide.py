"""Sheet Petunjuk: what the workbook is and how it is filled in. It is never read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lkt.calendar import Triwulan, report_deadline
from lkt.indonesian import format_date, format_weekday, roman, squeeze
from lkt.model import Terms
from lkt.workbook.declaration import IDENTITAS, KEYS, SHEETS
from lkt.workbook.styles import SLATE, Formats, Look, Value, row_height

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_WIDTHS = (3, 24, 82, 26, 3)

_PURPOSE = "Satu buku kerja untuk satu kecamatan dan satu triwulan; laporan Word disusun dari isinya."

_COUNTED = "Isi lembar Fasilitasi, Dokumen, dan Desa. Realisasi indikator dihitung dari ketiganya."
_COUNTED_IN_KELURAHAN = (
    "Isi lembar Fasilitasi bila ada indikator jenis itu. Kelurahan tidak menyusun dokumen desa, sehingga "
    "lembar Dokumen dan Desa dibiarkan kosong."
)

_STEPS = (
    f"Isi lembar {IDENTITAS}: kecamatan, tahun, triwulan, penanda tangan, dan peraturan yang menjadi dasar.",
    "Isi lembar Indikator menurut Perjanjian Kinerja. Kolom Jenis menentukan cara realisasinya dihitung.",
    "Isi lembar Anggaran: pagu dan realisasi setiap program, kumulatif sejak 1 Januari.",
    _COUNTED,
    "Isi lembar Strategi, Tindak Lanjut, dan Kegiatan; lembar Narasi hanya bila ada yang perlu ditambahkan.",
    "Simpan, lalu periksa dengan perintah: lkt check NAMA-BERKAS.xlsx. Perbaiki setiap temuan pada selnya.",
    "Temuan yang memang benar demikian dicatat pada lembar Pengecualian beserta alasannya.",
    "Susun laporan Word dengan perintah: lkt build NAMA-BERKAS.xlsx.",
    "Buat buku kerja triwulan berikutnya dari yang ini: lkt new NAMA-BARU.xlsx --from NAMA-BERKAS.xlsx.",
)

_PURPOSES = {
    IDENTITAS: "Nama kecamatan, periode, penanda tangan, dasar hukum, dan pengaturan perhitungan.",
    **{sheet.name: sheet.help for sheet in SHEETS},
}

_OPEN = ("belum", "kurang")
_READY = "Siap diperiksa: simpan buku kerja, lalu jalankan lkt check."
_NOT_READY = " lembar belum lengkap; klik nama lembar itu untuk mengisi."

_LEGEND = (
    (
        Look.HEADING,
        "Judul kolom",
        "Judul kolom yang diisi. Arahkan penunjuk ke judul itu untuk membaca petunjuk dan contohnya.",
    ),
    (Look.HEADING_COMPUTED, "Judul kolom", "Judul kolom yang dihitung otomatis."),
    (Look.REQUIRED, "Wajib diisi", "Wajib diisi pada setiap baris yang dipakai."),
    (
        Look.OPTIONAL,
        "Boleh kosong",
        "Boleh kosong, atau hanya diisi bila keadaannya disebut pada petunjuk kolom.",
    ),
    (Look.COMPUTED, "Rumus", "Dihitung otomatis dengan rumus; jangan diketik."),
    (Look.ATTENTION, "Perhatian", "Isian yang masih kurang, atau tanggal yang melewati batas waktu."),
)
"""How cells look, with a sample and what it means."""

_WRITING = (
    (
        "Tanggal",
        "26/02/2024 atau 26 Februari 2024. Pada lembar Dokumen dan Desa harus tanggal yang benar-benar ada.",
    ),
    (
        "Bulan, rentang",
        "Pada lembar Fasilitasi dan Kegiatan boleh: Februari, Februari 2024, 19 s.d. 26 Februari 2024.",
    ),
    ("", "Keduanya dihitung menurut hari terakhirnya; Januari/Desember baru dihitung pada triwulan IV."),
    ("Rupiah", "13600000, 13.600.000, atau Rp13.600.000. Tulis angka penuh, bukan dalam ribuan atau jutaan."),
    (
        "Persentase",
        "85% dengan tanda persen. Jangan menulis 0,85 tanpa tanda persen, karena dapat berarti dua hal.",
    ),
    ("Desimal", "Dengan koma: 82,5."),
    ("Realisasi", "Selalu kumulatif: dari 1 Januari sampai dengan hari terakhir triwulan."),
    ("Nihil dan kosong", "Tulis 0 bila memang nihil. Sel kosong berarti belum diisi."),
)

_ALLOWED = (
    "menyisipkan baris, mengurutkan baris, dan menambah kolom sendiri",
    "mengubah lebar kolom, huruf, dan warna",
)
_FORBIDDEN = (
    "menggabungkan sel (merge) atau menyembunyikan baris yang berisi",
    "mengubah nama lembar atau judul kolom pada baris 1",
    "menulis apa pun di bawah baris Jumlah; sisipkan baris di atasnya",
    "mengetik angka di atas rumus, kecuali Realisasi indikator jenis nilai dan predikat",
    "memakai satu buku kerja untuk dua triwulan; buat yang baru untuk setiap triwulan",
)


@dataclass(frozen=True, slots=True)
class SheetState:
    """How far a sheet is filled in.

    Attributes:
        sheet: its name.
        formula: gives the text; one that holds "belum" or "kurang" stands for a sheet that is not complete.
        shown: the text before anything calculates it.
    """

    sheet: str
    formula: str
    shown: str


class _Page:
    """The sheet with a cursor that moves down."""

    def __init__(self, sheet: "Worksheet", formats: Formats, terms: Terms) -> None:
        self.sheet = sheet
        self.formats = formats
        self.terms = terms
        self.row = 0

    def band(self, look: Look, height: float) -> int:
        """Fill the next row from edge to edge; returns its number."""
        for column in range(len(_WIDTHS)):
            self.sheet.write_blank(self.row, column, None, self.formats.get(look))
        self.sheet.set_row(self.row, height)
        self.row += 1
        return self.row - 1

    def section(self, title: str) -> None:
        """An empty row and a heading with a line below."""
        self.row += 1
        self.sheet.write_string(self.row, 1, title, self.formats.get(Look.SECTION))
        for column in (2, 3):
            self.sheet.write_blank(self.row, column, None, self.formats.get(Look.SECTION))
        self.sheet.set_row(self.row, 21)
        self.row += 1

    def line(self, label: str, text: str, look: Look = Look.BODY) -> None:
        """A label and its text."""
        extra = {"bold": True} if look is Look.BODY else {"align": "left", "indent": 1, "valign": "vcenter"}
        self.sheet.write_string(self.row, 1, label, self.formats.get(look, **extra))
        self._text(text)

    def link(self, name: str, text: str) -> None:
        """The name of a sheet that leads there, and its text."""
        target = f"internal:'{name}'!A1"
        tip = f"Buka lembar {name}"
        self.sheet.write_url(self.row, 1, target, self.formats.get(Look.LINK), name, tip)
        self._text(text)

    def _text(self, text: str) -> None:
        """The text of a line in the words of the office, whose row becomes as high as it needs."""
        text = self.terms.said(text)
        self.sheet.write_string(self.row, 2, text, self.formats.get(Look.BODY))
        self.sheet.set_row(self.row, row_height([(text, _WIDTHS[2])]))
        self.row += 1


def write_guide(
    sheet: "Worksheet",
    formats: Formats,
    values: Mapping[str, Value],
    progress: Sequence[SheetState],
    terms: Terms,
) -> None:
    """Fill sheet Petunjuk; ``values`` are those of sheet Identitas by label."""
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    page = _Page(sheet, formats, terms)
    _write_title(page, values)
    _write_panel(page, progress)
    page.section("Langkah pengisian")
    for number, step in enumerate(_STEPS, 1):
        none = step == _COUNTED and terms.desa == "Kelurahan"
        page.line(f"{number}", _COUNTED_IN_KELURAHAN if none else step, Look.NUMBER)
    page.section("Arti warna")
    for look, sample, meaning in _LEGEND:
        page.line(sample, meaning, look)
    page.section("Cara menulis")
    for label, text in _WRITING:
        page.line(label, text)
    page.section("Boleh dan jangan")
    page.line("Boleh", "\n".join(f"• {item}" for item in _ALLOWED))
    page.line("Jangan", "\n".join(f"• {item}" for item in _FORBIDDEN))
    year, days = values["Tahun"], values["Batas Hari Kerja"]
    if isinstance(year, int) and 2000 <= year <= 2100:
        title, *due, text = deadline_lines(year, days if isinstance(days, int) and 1 <= days <= 60 else 5)
        page.section(title)
        for number, day in enumerate(due, 1):
            page.line(f"Triwulan {roman(number)}", day)
        page.line("", text)
    sheet.hide_gridlines(2)
    sheet.set_tab_color(SLATE)
    sheet.activate()


def _write_panel(page: _Page, progress: Sequence[SheetState]) -> None:
    """Each sheet with what it is for and how far it is filled in, and whether the workbook can be checked."""
    sheet, formats = page.sheet, page.formats
    page.section("Keadaan isian")
    status = page.row
    first, last = status + 2, status + 1 + len(progress)
    open_sheets = "+".join(f'COUNTIF($D${first}:$D${last},"*{word}*")' for word in _OPEN)
    left = sum(any(word in each.shown for word in _OPEN) for each in progress)
    formula = f'=IF({open_sheets}=0,"{_READY}",({open_sheets})&"{_NOT_READY}")'
    shown = _READY if left == 0 else f"{left}{_NOT_READY}"
    sheet.write_formula(status, 1, formula, formats.get(Look.NUMBER), shown)
    sheet.set_row(status, 21)
    page.row += 1
    for each in progress:
        sheet.write_formula(page.row, 3, each.formula, formats.get(Look.BODY), each.shown)
        page.link(each.sheet, _PURPOSES[each.sheet])
    for word in _OPEN:
        rule = {
            "type": "text",
            "criteria": "containing",
            "value": word,
            "format": formats.condition(Look.ATTENTION),
        }
        sheet.conditional_format(first - 1, 3, last - 1, 3, rule)


def _write_title(page: _Page, values: Mapping[str, Value]) -> None:
    """The title, and below it a live line with the name and the quarter that sheet Identitas holds."""
    sheet, formats = page.sheet, page.formats
    kind, name, year, quarter = map(key_cell, ("Sebutan Kecamatan", "Kecamatan", "Tahun", "Triwulan"))
    blank, period = "Isi dahulu lembar Identitas.", period_of(values)
    formula = (
        f'=IF(OR({name}="",N({year})=0,N({quarter})=0),"{blank}",'
        f'{kind}&" "&{name}&", Triwulan "&ROMAN({quarter})&" Tahun "&{year})'
    )
    page.band(Look.TITLE, 9)
    row = page.band(Look.TITLE, 30)
    sheet.write_string(row, 1, "Buku Kerja Laporan Kinerja Triwulan", formats.get(Look.TITLE))
    row = page.band(Look.SUBTITLE, 20)
    sheet.write_formula(row, 1, formula, formats.get(Look.SUBTITLE, bold=True), period or blank)
    row = page.band(Look.SUBTITLE, 20)
    sheet.write_string(row, 1, page.terms.said(_PURPOSE), formats.get(Look.SUBTITLE))
    page.band(Look.TITLE, 9)


def key_cell(label: str) -> str:
    """The absolute address of the value of a key in the standard workbook, with its sheet."""
    row = [key.label for key in KEYS].index(label) + 2
    return f"{IDENTITAS}!$B${row}"


def period_of(values: Mapping[str, Value]) -> str:
    """Kecamatan, quarter and year in one line; empty where one of the three is unknown."""
    year, quarter = values["Tahun"], values["Triwulan"]
    name = squeeze(str(values["Kecamatan"] or ""))
    if not name or not isinstance(year, int) or not isinstance(quarter, int) or not 1 <= quarter <= 4:
        return ""
    return f"{values['Sebutan Kecamatan']} {name}, {Triwulan(year, quarter)}"


def deadline_lines(year: int, working_days: int) -> tuple[str, ...]:
    """The texts on the deadlines of a year: the title, the day of each quarter, how they are counted."""
    days = [report_deadline(Triwulan(year, number), working_days) for number in range(1, 5)]
    text = (
        f"Hari kerja ke-{working_days} sesudah triwulan berakhir. Sabtu, Minggu, libur nasional, dan cuti "
        "bersama yang diketahui ketika buku kerja ini dibuat tidak dihitung; lkt check menghitungnya kembali."
    )
    dates = (f"{format_weekday(day)}, {format_date(day)}" for day in days)
    return (f"Batas penyampaian laporan tahun {year}", *dates, text)
