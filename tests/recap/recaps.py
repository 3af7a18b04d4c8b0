"""Recaps for tests: small ones by hand, and that of the 21 workbooks of the example."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path

from hypothesis import strategies as st

from lkt.calendar import Triwulan
from lkt.findings import Severity
from lkt.pipeline import run
from lkt.recap.summary import Capaian, Ringkasan, Serapan, Status, Temuan, summarize
from lkt.recap.totals import Rekap, combine
from lkt.workbook.reader import read_workbook
from tests.builders import EXAMPLES

Q1, DUE = Triwulan(2024, 1), date(2024, 4, 5)
ERROR = Temuan(Severity.ERROR, "A103", "Anggaran!H2", "Realisasi melebihi pagu.")


def indicator(
    nama: str = "Indeks Kepuasan Masyarakat", capaian: Fraction | None = Fraction(250, 3)
) -> Capaian:
    reached = None if capaian is None else capaian >= 100
    return Capaian("1", "Meningkatnya pelayanan", nama, "nilai", "90", "75", capaian, reached)


def programme(pagu: int | None, realisasi: int | None, kode: str = "7.01.01", nama: str = "") -> Serapan:
    budget, spent = (None if value is None else Fraction(value) for value in (pagu, realisasi))
    return Serapan(kode, nama or f"Program {kode}", budget, spent, None)


def kecamatan(nama: str, **changes: object) -> Ringkasan:
    """A kecamatan whose report was on time and without errors, but for ``changes``."""
    row = Ringkasan(
        f"{nama}.xlsx", Status.SELESAI, nama, kabupaten="Contoh", triwulan=Q1, batas_lapor=DUE,
        tanggal_laporan=DUE, capaian=(indicator(),), serapan=(programme(3_000_000_000, 1_000_000_001),),
    )  # fmt: skip
    return replace(row, **changes)  # type: ignore[arg-type]


@cache
def lumajang() -> Rekap:
    """The kabupaten of the example; one of its workbooks is of another quarter."""
    return combine(_worked_out(path) for path in sorted((EXAMPLES / "lumajang-2024").glob("*.xlsx")))


def _worked_out(path: Path) -> Ringkasan:
    result = run(read_workbook(path))
    bad = any(found.severity is Severity.ERROR and not found.accepted for found in result.findings)
    return summarize(result, path.name, Status.KESALAHAN if bad else Status.SELESAI)


EMPTY = Rekap("", None, ())
NO_FIGURES = combine([Ringkasan("a.xlsx", Status.KESALAHAN, "a", triwulan=Q1, daftar_temuan=(ERROR,))])

# Any recap

NAMES = st.one_of(
    st.sampled_from(
        ["=1", "+1", "-1", "@x", "A & B", "<b>", "🌾", "x" * 300, "[Pagu]", "'#", "", "\x00\x1f", "_x0041_"]
    ),
    st.text(max_size=12),
)
NUMBERS = st.one_of(st.none(), st.fractions(min_value=-(10**6), max_value=10**15))


@st.composite
def any_recap(draw: st.DrawFn) -> Rekap:
    names = draw(st.lists(NAMES, max_size=4))
    return combine(_any_row(draw, name) for name in names)


def _any_row(draw: st.DrawFn, name: str) -> Ringkasan:
    row = kecamatan(
        name,
        kabupaten=draw(NAMES),
        status=draw(st.sampled_from(Status)),
        capaian=tuple(indicator(draw(NAMES), draw(NUMBERS)) for _ in range(draw(st.integers(0, 2)))),
        serapan=tuple(
            replace(
                programme(None, None, draw(st.sampled_from(["", "7"])), draw(NAMES)),
                pagu=draw(NUMBERS),
                realisasi=draw(NUMBERS),
            )
            for _ in range(draw(st.integers(0, 2)))
        ),
        pesan=draw(NAMES),
    )
    return row if draw(st.booleans()) else replace(row, triwulan=None, batas_lapor=None, tanggal_laporan=None)
