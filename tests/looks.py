"""Reports of every shape as pictures, to be looked at: ``python -m tests.looks FOLDER [name…]``.

For each case FOLDER gets the .docx, its PDF, a PNG a page, and all pages on one sheet. Needs LibreOffice and
poppler.
"""

import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from PIL import Image, ImageDraw

from examples.tables import join_tables, split_tables
from lkt.calendar import Triwulan
from lkt.libreoffice import convert
from lkt.pipeline import Result, run
from lkt.report.build import build_report
from lkt.wordtemplate.contents import number_pages
from tests.builders import EXAMPLES, base, dataset, edited

TEMPLATES = Path(__file__).parents[1] / "templates"
DPI = 60
SHEET = (1560, 1570)
"""Pixels of a sheet of pages, as large as can be seen at once."""


@dataclass(frozen=True)
class Case:
    """The size of an office, and what else changes the look of its report."""

    triwulan: int = 1
    indikator: int = 2
    desa: int = 3
    log: int = 5
    program: int = 2
    foto: int = 1
    logo: str = ""
    rincian: bool = False
    panjang: bool = False
    previous: bool = False
    draf: bool = False
    templat: str = "laporan-triwulan"
    edits: Mapping[str, str] = field(default_factory=dict)


A4 = {"Identitas!B25": "A4"}
QUARTERLY = {"Identitas!B24": "triwulan"}
SECOND = "laporan-pembanding"
LOGO = "lambang.png"
EMPTY = {
    "Tugas Fungsi!2": "", "Strategi!2": "", "Strategi!3": "", "Tindak Lanjut!2": "", "Narasi!2": "",
    "Anggaran!H2": "0", "Anggaran!H3": "0", "Identitas!B12": "", "Indikator!F2": "", "Indikator!F3": "",
}  # fmt: skip

CASES: Mapping[str, Case] = {
    "01-kecil-f4": Case(1, 1, 3, 5, 1, 1, LOGO),
    "02-kecil-a4-kosong": Case(1, 2, 3, 0, 2, 0, edits=A4 | EMPTY),
    "03-sedang-tw2": Case(2, 4, 12, 40, 6, 4, LOGO, previous=True),
    "04-besar-tw3": Case(3, 10, 40, 300, 15, 12, LOGO, rincian=True, previous=True),
    "05-besar-a4-tw4-panjang": Case(
        4, 10, 40, 60, 15, 12, "tidak-ada.png", panjang=True, previous=True, edits=A4 | QUARTERLY
    ),
    "06-draf-tw2": Case(2, 6, 20, 18, 4, 3, draf=True, edits={"Identitas!B13": ""}),
    "07-satu-desa-banyak": Case(4, 1, 40, 300, 1, 0, LOGO, previous=True, edits=A4),
    "08-triwulan-f4": Case(3, 7, 3, 12, 5, 6, LOGO, panjang=True, edits=QUARTERLY),
    "11-pembanding-kecil": Case(1, 1, 3, 5, 1, 0, templat=SECOND),
    "12-pembanding-tw2": Case(2, 4, 12, 20, 5, 2, LOGO, rincian=True, previous=True, templat=SECOND),
    "13-pembanding-besar": Case(
        4, 10, 40, 60, 15, 12, LOGO, rincian=True, panjang=True, previous=True, templat=SECOND,
        edits=A4 | QUARTERLY,
    ),
    "14-pembanding-draf": Case(3, 6, 3, 5, 6, 0, "tidak-ada.png", draf=True, templat=SECOND, edits=A4),
}  # fmt: skip

# A workbook of a size --------------------------------------------------------------------------------------

_KINDS = (
    "%|naik|80%|25%|fasilitasi|Fasilitasi yang ditindaklanjuti||Fasilitasi yang direncanakan|{plan}|",
    "%|naik|100%|50%|dokumen desa|Dokumen desa yang tepat waktu||Banyaknya desa dikali banyaknya dokumen||",
    "nilai|naik|88,50|87|nilai|||||86.75",
    "%|turun|10%|15%|rasio|Gangguan yang belum diselesaikan|3|Gangguan yang dilaporkan|27|",
    "predikat|naik|A|B|predikat|||||74.35",
    "Rp|naik|Rp12.750.000.000|Rp6.500.000.000|nilai|||||Rp5.893.417.250",
    "dokumen|naik|12||nilai|||||",
    "%|naik|100%|100%|rasio|Pengaduan yang selesai ditangani|41|Pengaduan yang masuk|44|",
    "kegiatan|naik|48|24|nilai|||||31",
    "%|turun|0%||rasio|Temuan yang berulang|0|Temuan hasil pemeriksaan|12|",
)
_NAMES = (
    "Persentase fasilitasi yang ditindaklanjuti",
    "Persentase dokumen desa yang tepat waktu",
    "Indeks Kepuasan Masyarakat",
    "Persentase gangguan ketertiban yang belum diselesaikan",
    "Predikat SAKIP Kecamatan",
    "Penerimaan Pajak Bumi dan Bangunan Perdesaan dan Perkotaan",
    "Jumlah dokumen perencanaan wilayah yang ditetapkan",
    "Persentase pengaduan yang ditangani sampai selesai",
    "Jumlah kegiatan pemberdayaan masyarakat",
    "Persentase temuan pemeriksaan yang berulang",
)
_LONG = (
    " yang dilaksanakan secara terpadu, berjenjang, dan berkelanjutan oleh seluruh perangkat kecamatan "
    "bersama pemerintah desa, lembaga kemasyarakatan desa, dan pemangku kepentingan lainnya"
)
_GOALS = (
    "Meningkatnya pelayanan publik di kecamatan",
    "Meningkatnya akuntabilitas pemerintahan desa",
    "Meningkatnya ketenteraman dan ketertiban umum",
)
_PROGRAMS = (
    "Program Penunjang Urusan Pemerintahan Daerah Kabupaten/Kota",
    "Program Penyelenggaraan Pemerintahan dan Pelayanan Publik",
    "Program Pemberdayaan Masyarakat Desa dan Kelurahan",
    "Program Koordinasi Ketenteraman dan Ketertiban Umum",
    "Program Penyelenggaraan Urusan Pemerintahan Umum",
    "Program Pembinaan dan Pengawasan Pemerintahan Desa",
)
_JENIS = (
    "Penyelenggaraan Musrenbangcam",
    "Evaluasi rancangan Peraturan Desa tentang Anggaran Pendapatan dan Belanja Desa",
    "Pembinaan kader posyandu",
    "Penyelesaian batas wilayah antardesa bersama Badan Permusyawaratan Desa",
)


def _tables(case: Case, triwulan: int) -> str:
    """The workbook of a quarter, without the changes of the case."""
    tables = split_tables(base(triwulan=triwulan))
    small = case.indikator <= 2 and case.program <= 2
    made = {
        "Indikator": _indikator(case),
        "Anggaran": tables["Anggaran"][1:3] if small and case.program == 2 else _anggaran(case, triwulan),
        "Fasilitasi": _log(case.log * triwulan // case.triwulan, triwulan),
        "Desa": _desa(case, triwulan),
        "Kegiatan": [_kegiatan(number, triwulan) for number in range(case.foto)],
    }
    if case.indikator > 2:
        made["Strategi"] = [
            [str(number), f"Langkah {step} untuk indikator ini{_LONG if case.panjang else ''}", "April 2024"]
            for number in range(1, case.indikator + 1)
            for step in range(1 + number % 3)
        ]
    for sheet, rows in made.items():
        tables[sheet] = [tables[sheet][0], *rows, *_total(sheet, len(tables[sheet][0]))]
    tables["Identitas"][-1][1] = case.logo
    return join_tables(tables)


def _total(sheet: str, width: int) -> list[list[str]]:
    return [["", "Jumlah", *[""] * (width - 2)]] if sheet in {"Anggaran", "Desa"} else []


def _indikator(case: Case) -> list[list[str]]:
    rows = []
    for number in range(case.indikator):
        cells = _KINDS[number].format(plan=max(9, case.log * 2)).split("|")
        unit, way, target, quarterly, kind, above, count, below, whole, value = cells
        wanted = quarterly if case.edits.get("Identitas!B24") == "triwulan" else ""
        goal = _GOALS[number % len(_GOALS)] + (_LONG if case.panjang else "")
        name = _NAMES[number] + (_LONG if case.panjang and number % 2 else "")
        fixed = [str(number + 1), goal, name, unit, way, target, wanted, kind, above, count, below, whole]
        rows.append([*fixed, value, "", "Menurut hasil survei" if number == 2 else "", "Sesuai rencana."])
    return rows


def _anggaran(case: Case, triwulan: int) -> list[list[str]]:
    rows = []
    for number in range(1, case.program + 1):
        name = _PROGRAMS[(number - 1) % len(_PROGRAMS)] + (f" Tahap {number}" if number > 6 else "")
        pagu = 1_860_252_824 if number == 1 else 13_600_000 * number
        spent = 0 if number == 5 else pagu * (17 + number % 7) // 100 * triwulan
        goal = str((number - 1) % case.indikator + 1)
        target = ["100%", f"{25 * triwulan}%"] if number % 3 else ["", ""]
        kode = f"7.01.{number:02d}"
        amounts = [str(pagu), "DAU", str(pagu), str(spent), ""]
        rows.append([kode, name, goal, f"Persentase {name[8:].lower()}", *amounts, *target, ""])
        if case.rincian:
            nameless = [str(pagu), "DAU", str(pagu), str(spent), "", "", "", ""]
            rows.append([f"{kode}.2.01", f"Administrasi {name[8:]}", "", "", *nameless])
            rows.append([f"{kode}.2.01.0001", f"Penyediaan Layanan {name[8:]}", "", "", *nameless])
    return rows


def _days(triwulan: int) -> int:
    return (Triwulan(2024, triwulan).akhir - date(2024, 1, 1)).days


def _log(rows: int, triwulan: int) -> list[list[str]]:
    first = date(2024, 1, 2)
    return [
        [
            str(number + 1),
            f"{_JENIS[number % 4]} ke-{number + 1}",
            (first + timedelta(days=number * (_days(triwulan) - 1) // rows)).isoformat(),
            "Berita acara dan daftar hadir",
            "Kasi Pemberdayaan Masyarakat" if number % 3 else "Sekretaris Kecamatan",
            "Tidak" if number % 9 == 8 else "Ya",
        ]
        for number in range(rows)
    ]


def _desa(case: Case, triwulan: int) -> list[list[str]]:
    names = ("Sidomukti", "Karanganyar", "Tegalsari", "Purwodadi Kidul", "Sumbersari Wetan", "Ranupani")
    rows = []
    for number in range(case.desa):
        name = f"{names[number % 6]}{f' {number // 6 + 1}' if number >= 6 else ''}"
        made = (
            (date(2024, 9, 16), 3, 25 * (number % 5 == 4)),
            (date(2024, 12, 16), 4, 0),
            (date(2024, 3, 11), 1, 40 * (number % 4 == 3)),
        )
        dates = [
            (day + timedelta(days=late)).isoformat() if quarter <= triwulan and number % 7 != 6 else ""
            for day, quarter, late in made
        ]
        rows.append(
            [f"35.99.01.2{number + 1:03d}", name, *dates, "Sekretaris baru" if number % 4 == 3 else ""]
        )
    return rows


def _kegiatan(number: int, triwulan: int) -> list[str]:
    """Of three photos the third is missing, the others lie and stand in turn."""
    photo = (
        "hilang.jpg"
        if number % 3 == 2
        else "berdiri.jpg"
        if number % 6 == 4
        else f"foto-{number % 4 + 1}.jpg"
    )
    day = Triwulan(2024, triwulan).mulai + timedelta(days=10 + number)
    return [str(number + 1), f"Kegiatan ke-{number + 1} di balai desa", day.isoformat(),
            "Warga bekerja bakti bersama perangkat desa." * (1 + number % 3), photo]  # fmt: skip


# From the workbook to pictures -----------------------------------------------------------------------------


def result_of(case: Case, pictures: Path) -> Result:
    """The case worked out, beside its earlier quarters where it has them."""
    earlier = range(1, case.triwulan) if case.previous else ()
    now = edited(_tables(case, case.triwulan), case.edits)
    others = [edited(_tables(case, number), case.edits) for number in earlier]
    return run(*(dataset(text, folder=pictures) for text in (now, *others)))


def report_of(case: Case, pictures: Path) -> bytes:
    """The report of a case."""
    name = f"{case.templat}.docx"
    return build_report(result_of(case, pictures), (TEMPLATES / name).read_bytes(), name, draft=case.draf)


def draw_pictures(folder: Path) -> Path:
    """The photos of the examples, one that stands, and a logo."""
    folder.mkdir(parents=True, exist_ok=True)
    for photo in EXAMPLES.glob("foto-*.jpg"):
        (folder / photo.name).write_bytes(photo.read_bytes())
    Image.new("RGB", (900, 1600), "#7a9bb5").save(folder / "berdiri.jpg")
    logo = Image.new("RGBA", (480, 600), (0, 0, 0, 0))
    ImageDraw.Draw(logo).polygon([(0, 0), (480, 0), (480, 360), (240, 600), (0, 360)], fill="#1f3864")
    logo.save(folder / LOGO)
    return folder


def render(names: list[str], folder: Path) -> None:
    """Reports, PDF files by one run of LibreOffice after that for the page numbers, and pictures."""
    pictures = draw_pictures(folder / "gambar")
    reports = number_pages([report_of(CASES[name], pictures) for name in names])
    files = [folder / f"{name}.docx" for name in names]
    for file, report in zip(files, reports, strict=True):
        file.write_bytes(report)
    for pdf in convert(files, folder):
        pages = folder / pdf.stem
        pages.mkdir(exist_ok=True)
        for old in pages.glob("*.png"):
            old.unlink()
        subprocess.run(["pdftoppm", "-r", str(DPI), "-png", str(pdf), str(pages / "h")], check=True)
        sheets(pages)


def sheets(pages: Path) -> None:
    """All pages of a case side by side in their own size, as many to a sheet as it holds."""
    files = sorted(pages.glob("h-*.png"))
    number, x, y, tallest = 1, 0, 0, 0
    sheet = Image.new("RGB", SHEET, "#555555")
    for file in files:
        page = Image.open(file)
        if x + page.width > SHEET[0]:
            x, y, tallest = 0, y + tallest + 4, 0
        if y + page.height > SHEET[1]:
            sheet.save(pages / f"lembar-{number}.png")
            number, x, y, tallest = number + 1, 0, 0, 0
            sheet = Image.new("RGB", SHEET, "#555555")
        sheet.paste(page, (x, y))
        x, tallest = x + page.width + 4, max(tallest, page.height)
    sheet.save(pages / f"lembar-{number}.png")
    print(f"{pages}: {len(files)} halaman, {number} lembar")


if __name__ == "__main__":
    render(sys.argv[2:] or list(CASES), Path(sys.argv[1]))
