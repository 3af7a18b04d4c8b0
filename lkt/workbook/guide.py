"""Sheet Petunjuk: what the workbook is and how it is filled in. It is never read."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lkt.calendar import Triwulan, report_deadline
from lkt.indonesian import format_date, format_weekday
from lkt.workbook.declaration import IDENTITAS, SHEETS
from lkt.workbook.styles import Formats, Look, row_height

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_WIDTHS = (3, 24, 92, 3)
_LAST = len(_WIDTHS) - 1

_PURPOSE = "Satu buku kerja untuk satu kecamatan dan satu triwulan; laporan Word disusun dari isinya."

_STEPS = (
    f"Isi lembar {IDENTITAS}: kecamatan, tahun, triwulan, penanda tangan, dan peraturan yang menjadi dasar.",
    "Isi lembar Indikator menurut Perjanjian Kinerja. Kolom Jenis menentukan cara realisasinya dihitung.",
    "Isi lembar Anggaran: pagu dan realisasi setiap program, kumulatif sejak 1 Januari.",
    "Isi lembar Fasilitasi, Dokumen, dan Desa. Realisasi indikator dihitung dari ketiganya.",
    "Isi lembar Strategi, Tindak Lanjut, dan Kegiatan; lembar Narasi hanya bila ada yang perlu ditambahkan.",
    "Simpan, lalu periksa dengan perintah: lkt check NAMA-BERKAS.xlsx. Perbaiki setiap temuan pada selnya.",
    "Temuan yang memang benar demikian dicatat pada lembar Pengecualian beserta alasannya.",
    "Susun laporan Word dengan perintah: lkt build NAMA-BERKAS.xlsx.",
    "Buat buku kerja triwulan berikutnya dari yang ini: lkt new NAMA-BARU.xlsx --from NAMA-BERKAS.xlsx.",
)

_LEGEND = (
    (
        Look.HEADING,
        "Judul kolom yang diisi. Arahkan penunjuk ke judul itu untuk membaca petunjuk dan contohnya.",
    ),
    (Look.HEADING_COMPUTED, "Judul kolom yang dihitung otomatis."),
    (Look.REQUIRED, "Wajib diisi pada setiap baris yang dipakai."),
    (Look.OPTIONAL, "Boleh kosong, atau hanya diisi bila keadaannya disebut pada petunjuk kolom."),
    (Look.COMPUTED, "Dihitung otomatis dengan rumus; jangan diketik."),
    (Look.ATTENTION, "Isian yang masih kurang, atau tanggal yang melewati batas waktu."),
)
_SAMPLES = {
    Look.HEADING: "Judul kolom",
    Look.HEADING_COMPUTED: "Judul kolom",
    Look.REQUIRED: "Wajib diisi",
    Look.OPTIONAL: "Boleh kosong",
    Look.COMPUTED: "Rumus",
    Look.ATTENTION: "Perhatian",
}

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
    ("Rupiah", "13600000 atau 13.600.000, tanpa “Rp”. Tulis angka penuh, bukan dalam ribuan atau jutaan."),
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
class Header:
    """The live line under the title: its formula, and what it shows now."""

    formula: str
    shown: str


class _Page:
    """The sheet with a cursor that moves down."""

    def __init__(self, sheet: "Worksheet", formats: Formats) -> None:
        self.sheet = sheet
        self.formats = formats
        self.row = 0

    def band(self, look: Look, height: float) -> int:
        """Fill the next row from edge to edge; returns its number."""
        for column in range(_LAST + 1):
            self.sheet.write_blank(self.row, column, None, self.formats.get(look))
        self.sheet.set_row(self.row, height)
        self.row += 1
        return self.row - 1

    def section(self, title: str) -> None:
        """An empty row and a heading with a line below."""
        self.row += 1
        self.sheet.write_string(self.row, 1, title, self.formats.get(Look.SECTION))
        self.sheet.write_blank(self.row, 2, None, self.formats.get(Look.SECTION))
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
        """The text of a line, whose row becomes as high as it needs."""
        self.sheet.write_string(self.row, 2, text, self.formats.get(Look.BODY))
        self.sheet.set_row(self.row, row_height([(text, _WIDTHS[2])]))
        self.row += 1


def write_guide(
    sheet: "Worksheet", formats: Formats, header: Header, year: int | None, working_days: int
) -> None:
    """Fill sheet Petunjuk.

    Args:
        sheet: the empty sheet.
        formats: the formats of its workbook.
        header: the line that names kecamatan and quarter.
        year: the year of the deadlines; None leaves them out.
        working_days: how many working days after the quarter the report is due.
    """
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    page = _Page(sheet, formats)
    _write_title(page, header)
    page.section("Langkah pengisian")
    for number, step in enumerate(_STEPS, 1):
        page.line(f"{number}", step, Look.NUMBER)
    page.section("Arti warna")
    for look, meaning in _LEGEND:
        page.line(_SAMPLES[look], meaning, look)
    page.section("Isi buku kerja")
    for name, text in _contents():
        page.link(name, text)
    page.section("Cara menulis")
    for label, text in _WRITING:
        page.line(label, text)
    page.section("Boleh dan jangan")
    page.line("Boleh", f"{_as_list(_ALLOWED)}")
    page.line("Jangan", f"{_as_list(_FORBIDDEN)}")
    if year is not None:
        _write_deadlines(page, year, working_days)


def _write_title(page: _Page, header: Header) -> None:
    sheet, formats = page.sheet, page.formats
    page.band(Look.TITLE, 9)
    sheet.write_string(
        page.band(Look.TITLE, 30), 1, "Buku Kerja Laporan Kinerja Triwulan", formats.get(Look.TITLE)
    )
    row = page.band(Look.SUBTITLE, 20)
    sheet.write_formula(row, 1, header.formula, formats.get(Look.SUBTITLE, bold=True), header.shown)
    row = page.band(Look.SUBTITLE, 20)
    sheet.write_string(row, 1, _PURPOSE, formats.get(Look.SUBTITLE))
    page.band(Look.TITLE, 9)


def _contents() -> Iterator[tuple[str, str]]:
    """Each sheet with what it is for, in the order of the workbook."""
    yield IDENTITAS, "Kecamatan, periode, penanda tangan, dasar hukum, dan pengaturan perhitungan."
    for sheet in SHEETS:
        yield sheet.name, sheet.help


def _as_list(items: tuple[str, ...]) -> str:
    return "\n".join(f"• {item}" for item in items)


def _write_deadlines(page: _Page, year: int, working_days: int) -> None:
    title, *days, text = deadline_lines(year, working_days)
    page.section(title)
    for number, day in enumerate(days, 1):
        page.line(f"Triwulan {Triwulan(year, number).roman}", day)
    page.line("", text)


def deadline_lines(year: int, working_days: int) -> tuple[str, ...]:
    """The texts on the deadlines of a year: the title, the day of each quarter, how they are counted."""
    days = [report_deadline(Triwulan(year, number), working_days) for number in range(1, 5)]
    text = (
        f"Hari kerja ke-{working_days} sesudah triwulan berakhir. Sabtu, Minggu, libur nasional, dan cuti "
        "bersama yang diketahui ketika buku kerja ini dibuat tidak dihitung; lkt check menghitungnya kembali."
    )
    dates = (f"{format_weekday(day)}, {format_date(day)}" for day in days)
    return (f"Batas penyampaian laporan tahun {year}", *dates, text)
