"""Summaries for tests of the recap: a kabupaten of 21 kecamatan, in which everything occurs."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

from lkt.calendar import Triwulan
from lkt.findings import Finding, Severity
from lkt.model import Ref
from lkt.recap.summary import Status, Summary, SummaryIndicator, SummaryProgram
from lkt.recap.totals import Recap, combine

NAMES = (
    "Tempursari", "Pronojiwo", "Candipuro", "Pasirian", "Tempeh", "Kunir", "Yosowilangun", "Rowokangkung",
    "Tekung", "Lumajang", "Pasrujambe", "Senduro", "Gucialit", "Padang", "Sukodono", "Kedungjajang",
    "Jatiroto", "Randuagung", "Klakah", "Ranuyoso", "Sumbersuko",
)  # fmt: skip
PROGRAMS = (
    ("7.01.01", "Program Penunjang Urusan Pemerintahan Daerah Kabupaten/Kota"),
    ("7.01.02", "Program Penyelenggaraan Pemerintahan dan Pelayanan Publik"),
    ("7.01.03", "Program Pemberdayaan Masyarakat Desa dan Kelurahan"),
    ("7.01.04", "Program Koordinasi Ketenteraman dan Ketertiban Umum"),
)
INDICATORS = ("Persentase Fasilitasi yang ditindaklanjuti", "Indeks Kepuasan Masyarakat")
DEADLINE = date(2024, 4, 5)
TW1 = Triwulan(2024, 1)


def kecamatan(number: int = 12, status: Status = Status.BUILT, **changes: Any) -> Summary:
    """A kecamatan of Lumajang that has handed in; its figures grow with its number."""
    serapan = tuple(_serapan(number, place) for place in range(len(PROGRAMS)))
    row = Summary(
        file=f"{NAMES[number - 1].lower()}.xlsx",
        status=status,
        kecamatan=NAMES[number - 1],
        kode=f"35.08.{number:02}",
        kabupaten="Lumajang",
        triwulan=TW1,
        batas_lapor=DEADLINE,
        tanggal_laporan=date(2024, 4, 1 + number % 5),
        report=f"LAPORAN KINERJA CAMAT {NAMES[number - 1].upper()} (baru).docx",
        findings_page=f"temuan/{NAMES[number - 1].lower()}.html",
        indicators=tuple(_capaian(number, place) for place in range(len(INDICATORS))),
        programs=serapan,
    )
    return replace(row, **changes)


def absent(number: int) -> Summary:
    """A kecamatan that is expected and has not handed in."""
    return Summary("", Status.MISSING, NAMES[number - 1], kode=f"35.08.{number:02}", kabupaten="Lumajang")


def findings(errors: int, warnings: int = 0, infos: int = 0) -> tuple[Finding, ...]:
    """So many findings, the worst first."""
    levels = (Severity.ERROR,) * errors + (Severity.WARNING,) * warnings + (Severity.INFO,) * infos
    return tuple(_finding(place, level) for place, level in enumerate(levels, 1))


def _finding(place: int, level: Severity) -> Finding:
    message = f"Pesan ke-{place}: jumlah tidak sama."
    return Finding((Ref("Anggaran", f"H{place}"),), message, code=f"A1{place:02}", severity=level)


def lumajang() -> Recap:
    """All 21 kecamatan, and two files more: every status, and one of the wrong quarter."""
    rows = {number: kecamatan(number) for number in range(1, 22)}
    rows[2] = kecamatan(2, Status.FAULTY, report="", findings=findings(14, 34, 1))
    rows[4] = kecamatan(4, Status.DRAFT, findings=findings(1))
    rows[5] = kecamatan(5, tanggal_laporan=date(2024, 4, 9), findings=findings(0, 2))
    rows[6] = absent(6)
    rows[7] = absent(7)
    rows[8] = kecamatan(8, Status.FAILED, report="", message="Laporan sedang dibuka di Word. Tutup dahulu.")
    rows[9] = kecamatan(9, Status.DUPLICATE, report="", message="Ada dua buku kerja kecamatan ini.")
    rows[10] = kecamatan(10, triwulan=Triwulan(2023, 4), report="")
    rows[12] = kecamatan(12, pdf="Laporan Senduro.pdf", note="Tidak berubah sejak rekap terakhir.")
    rows[15] = kecamatan(15, Status.FAULTY, report="", findings=findings(3), batas_lapor=date(2024, 4, 8))
    again = kecamatan(9, Status.DUPLICATE, file="tekung (2).xlsx", report="", findings_page="")
    broken = Summary("rusak.xlsx", Status.UNREADABLE, "rusak", message="Berkas rusak. Simpan ulang.")
    return combine([*rows.values(), again, broken])


def _serapan(number: int, place: int) -> SummaryProgram:
    pagu = Fraction(1_834_590_815 + 7_000_003 * number, 4**place).__floor__()
    realisasi = pagu * (15 + 3 * number // 2 + 5 * place) // 100
    return SummaryProgram(*PROGRAMS[place], Fraction(pagu), Fraction(realisasi))


def _capaian(number: int, place: int) -> SummaryIndicator:
    capaian = Fraction(5200 + 310 * number + 400 * place, 85)
    return SummaryIndicator(
        str(place + 1), "Meningkatnya Pelayanan Publik", INDICATORS[place], ("%", "nilai")[place],
        "85", f"{float(capaian) * 0.85:.2f}".replace(".", ","), capaian, capaian >= 100,
    )  # fmt: skip
