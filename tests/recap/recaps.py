"""Recaps for tests: small ones by hand, one in which everything occurs, and that of the example."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st

from lkt.calendar import Triwulan
from lkt.figures import Standing
from lkt.findings import Finding, Severity
from lkt.indicators.kinds import judge
from lkt.model import Ref
from lkt.pipeline import run
from lkt.recap.summary import Status, Summary, SummaryIndicator, SummaryProgram, summarize
from lkt.recap.totals import Recap, combine
from lkt.workbook.reader import read_workbook
from tests.builders import EXAMPLES

Q1, DUE = Triwulan(2024, 1), date(2024, 4, 5)
ERROR = Finding((Ref("Anggaran", "H2"),), "Realisasi melebihi pagu.", code="A103")


def indicator(
    nama: str = "Indeks Kepuasan Masyarakat", capaian: Fraction | None = Fraction(250, 3)
) -> SummaryIndicator:
    standing = Standing.UNKNOWN if capaian is None else judge(capaian, 100, 60)
    return SummaryIndicator("1", "Meningkatnya pelayanan", nama, "nilai", "90", "75", capaian, standing)


def programme(
    pagu: int | None, realisasi: int | None, kode: str = "7.01.01", nama: str = ""
) -> SummaryProgram:
    budget, spent = (None if value is None else Fraction(value) for value in (pagu, realisasi))
    return SummaryProgram(kode, nama or f"Program {kode}", budget, spent, Q1)


def kecamatan(nama: str, **changes: Any) -> Summary:
    """A kecamatan whose report was on time and without errors, but for ``changes``."""
    row = Summary(
        f"{nama}.xlsx", Status.BUILT, nama, kabupaten="Contoh", triwulan=Q1, batas_lapor=DUE,
        tanggal_laporan=DUE, indicators=(indicator(),), programs=(programme(3_000_000_000, 1_000_000_001),),
    )  # fmt: skip
    return replace(row, **changes)


@cache
def lumajang() -> Recap:
    """The kabupaten of the example; one of its workbooks is of another quarter."""
    return combine(_worked_out(path) for path in sorted((EXAMPLES / "lumajang-2024").glob("*.xlsx")))


def _worked_out(path: Path) -> Summary:
    result = run(read_workbook(path))
    bad = any(found.severity is Severity.ERROR and not found.accepted for found in result.findings)
    return summarize(result, path.name, Status.FAULTY if bad else Status.BUILT)


EMPTY = combine([])
NO_FIGURES = combine([Summary("a.xlsx", Status.FAULTY, "a", triwulan=Q1, findings=(ERROR,))])

# A kabupaten in which everything occurs ---------------------------------------------------------------------

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
INDICATORS = (("Persentase Fasilitasi yang ditindaklanjuti", "%"), ("Indeks Kepuasan Masyarakat", "nilai"))


def numbered(number: int = 12, status: Status = Status.BUILT, **changes: Any) -> Summary:
    """The kecamatan of a number, from 1, which has handed in; its figures grow with its number."""
    name = NAMES[number - 1]
    programs = []
    for place, (kode, program) in enumerate(PROGRAMS):
        pagu = (1_834_590_815 + 7_000_003 * number) // 4**place
        programs.append(programme(pagu, pagu * (15 + 3 * number // 2 + 5 * place) // 100, kode, program))
    indicators = []
    for place, (indikator, unit) in enumerate(INDICATORS):
        capaian = Fraction(5200 + 310 * number + 400 * place, 85)
        reached = f"{float(capaian) * 0.85:.2f}".replace(".", ",")
        row = replace(indicator(indikator, capaian), nomor=str(place + 1), target="85", realisasi=reached)
        indicators.append(replace(row, satuan=unit))
    own = {
        "kode": f"35.08.{number:02}",
        "kabupaten": "Lumajang",
        "status": status,
        "tanggal_laporan": date(2024, 4, 1 + number % 5),
        "report": f"LAPORAN KINERJA CAMAT {name.upper()} (baru).docx",
        "findings_page": f"temuan/{name.lower()}.html",
        "indicators": tuple(indicators),
        "programs": tuple(programs),
    }
    return kecamatan(name, **(own | changes))


def absent(number: int) -> Summary:
    """A kecamatan that is expected and has not handed in."""
    return Summary("", Status.MISSING, NAMES[number - 1], kode=f"35.08.{number:02}", kabupaten="Lumajang")


def findings(errors: int, warnings: int = 0, infos: int = 0) -> tuple[Finding, ...]:
    """So many findings, the worst first."""
    levels = (Severity.ERROR,) * errors + (Severity.WARNING,) * warnings + (Severity.INFO,) * infos
    return tuple(
        Finding(
            (Ref("Anggaran", f"H{place}"),),
            f"Pesan ke-{place}: jumlah tidak sama.",
            code=f"A1{place:02}",
            severity=level,
        )
        for place, level in enumerate(levels, 1)
    )


def everything() -> Recap:
    """All 21 kecamatan, and two files more: every status, and one of the wrong quarter."""
    rows = {number: numbered(number) for number in range(1, 22)}
    rows[2] = numbered(2, Status.FAULTY, report="", findings=findings(14, 34, 1))
    rows[4] = numbered(4, Status.DRAFT, findings=findings(1))
    rows[5] = numbered(5, tanggal_laporan=date(2024, 4, 9), findings=findings(0, 2))
    rows[6] = absent(6)
    rows[7] = absent(7)
    rows[8] = numbered(8, Status.FAILED, report="", message="Laporan sedang dibuka di Word. Tutup dahulu.")
    rows[9] = numbered(9, Status.DUPLICATE, report="", message="Ada dua buku kerja kecamatan ini.")
    rows[10] = numbered(10, triwulan=Triwulan(2023, 4), report="")
    rows[12] = numbered(12, pdf="Laporan Senduro.pdf", note="Tidak berubah sejak rekap terakhir.")
    rows[15] = numbered(15, Status.FAULTY, report="", findings=findings(3), batas_lapor=date(2024, 4, 8))
    again = numbered(9, Status.DUPLICATE, file="tekung (2).xlsx", report="", findings_page="")
    broken = Summary("rusak.xlsx", Status.UNREADABLE, "rusak", message="Berkas rusak. Simpan ulang.")
    return combine([*rows.values(), again, broken])


of_every_shape = pytest.mark.parametrize(
    "recap", [lumajang(), everything(), EMPTY, NO_FIGURES], ids=["21", "all", "none", "blank"]
)

# Any recap ------------------------------------------------------------------------------------------------

TEXTS = st.one_of(
    st.sampled_from(
        ["=1", "+1", "-1", "@x", "A & B", "<b>", "🌾", "x" * 300, "[Pagu]", "'#", "", "\x00\x1f", "_x0041_"]
    ),
    st.text(max_size=12),
)
NUMBERS = st.one_of(st.none(), st.fractions(min_value=-(10**6), max_value=10**15))


@st.composite
def any_recap(draw: st.DrawFn) -> Recap:
    names = draw(st.lists(TEXTS, max_size=4))
    return combine(_any_row(draw, name) for name in names)


def _any_row(draw: st.DrawFn, name: str) -> Summary:
    row = kecamatan(
        name,
        kabupaten=draw(TEXTS),
        status=draw(st.sampled_from(Status)),
        indicators=tuple(indicator(draw(TEXTS), draw(NUMBERS)) for _ in range(draw(st.integers(0, 2)))),
        programs=tuple(
            replace(
                programme(None, None, draw(st.sampled_from(["", "7"])), draw(TEXTS)),
                pagu=draw(NUMBERS),
                realisasi=draw(NUMBERS),
            )
            for _ in range(draw(st.integers(0, 2)))
        ),
        message=draw(TEXTS),
    )
    return row if draw(st.booleans()) else replace(row, triwulan=None, batas_lapor=None, tanggal_laporan=None)
