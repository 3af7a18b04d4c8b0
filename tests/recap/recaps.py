"""Recaps for tests: small ones by hand, and that of the 21 workbooks of the example."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path

from hypothesis import strategies as st

from lkt.calendar import Triwulan
from lkt.findings import Finding, Severity
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
    reached = None if capaian is None else capaian >= 100
    return SummaryIndicator("1", "Meningkatnya pelayanan", nama, "nilai", "90", "75", capaian, reached)


def programme(
    pagu: int | None, realisasi: int | None, kode: str = "7.01.01", nama: str = ""
) -> SummaryProgram:
    budget, spent = (None if value is None else Fraction(value) for value in (pagu, realisasi))
    return SummaryProgram(kode, nama or f"Program {kode}", budget, spent)


def kecamatan(nama: str, **changes: object) -> Summary:
    """A kecamatan whose report was on time and without errors, but for ``changes``."""
    row = Summary(
        f"{nama}.xlsx", Status.BUILT, nama, kabupaten="Contoh", triwulan=Q1, batas_lapor=DUE,
        tanggal_laporan=DUE, indicators=(indicator(),), programs=(programme(3_000_000_000, 1_000_000_001),),
    )  # fmt: skip
    return replace(row, **changes)  # type: ignore[arg-type]


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

# Any recap

NAMES = st.one_of(
    st.sampled_from(
        ["=1", "+1", "-1", "@x", "A & B", "<b>", "🌾", "x" * 300, "[Pagu]", "'#", "", "\x00\x1f", "_x0041_"]
    ),
    st.text(max_size=12),
)
NUMBERS = st.one_of(st.none(), st.fractions(min_value=-(10**6), max_value=10**15))


@st.composite
def any_recap(draw: st.DrawFn) -> Recap:
    names = draw(st.lists(NAMES, max_size=4))
    return combine(_any_row(draw, name) for name in names)


def _any_row(draw: st.DrawFn, name: str) -> Summary:
    row = kecamatan(
        name,
        kabupaten=draw(NAMES),
        status=draw(st.sampled_from(Status)),
        indicators=tuple(indicator(draw(NAMES), draw(NUMBERS)) for _ in range(draw(st.integers(0, 2)))),
        programs=tuple(
            replace(
                programme(None, None, draw(st.sampled_from(["", "7"])), draw(NAMES)),
                pagu=draw(NUMBERS),
                realisasi=draw(NUMBERS),
            )
            for _ in range(draw(st.integers(0, 2)))
        ),
        message=draw(NAMES),
    )
    return row if draw(st.booleans()) else replace(row, triwulan=None, batas_lapor=None, tanggal_laporan=None)
