"""The kinds of indicator: one function a kind, in the order in which column Jenis offers them."""

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from lkt.bahasa import format_span, normalize
from lkt.figures import Figure, Input, Periode, Unit, unit_of
from lkt.indicators import lembar
from lkt.indicators.base import (
    Bahan,
    Perhitungan,
    count_input,
    indicator,
    missing,
    number_figure,
    ratio,
    total,
)
from lkt.model import Cell, Fasilitasi, Indikator, Measure, Skala


def counted_rows(rows: Iterable[Fasilitasi], periode: Periode | None) -> tuple[Fasilitasi, ...]:
    """The log rows that were followed up in the period; none when the quarter is unknown.

    All figures are cumulative: a date, a month or a range counts when its last day lies between
    1 January and the last day of the quarter.
    """
    if periode is None:
        return ()
    until = periode.triwulan.akhir
    return tuple(
        row
        for row in rows
        if row.ditindaklanjuti.value == "Ya"
        and row.tanggal.value is not None
        and row.tanggal.value.end.year == until.year
        and row.tanggal.value.end <= until
    )


@indicator("fasilitasi", "dari lembar Fasilitasi", "penyebut", counted=True, formula=lembar.FASILITASI)
def fasilitasi(row: Indikator, bahan: Bahan, key: str) -> Perhitungan:
    """Rows of the log followed up in the period ÷ Penyebut (the year's plan) × 100."""
    label = row.uraian_pembilang.value or "Fasilitasi yang ditindaklanjuti"
    penyebut = number_figure(f"{key}.penyebut", row.uraian_penyebut.value or "Penyebut", row.penyebut)
    pembilang = _count_log(f"{key}.pembilang", label, bahan)
    return Perhitungan(ratio(f"{key}.realisasi", "Realisasi", pembilang, penyebut), pembilang, penyebut)


def _count_log(key: str, label: str, bahan: Bahan) -> Figure:
    formula = "banyaknya baris lembar Fasilitasi dengan Ditindaklanjuti = Ya yang bertanggal dalam periode"
    if bahan.periode is None:
        return Figure(
            key, label, None, Unit.COUNT, formula, (), "Tahun atau Triwulan belum diisi dengan benar"
        )
    rows = counted_rows(bahan.dataset.fasilitasi, bahan.periode)
    until = bahan.periode.triwulan.akhir
    period = format_span(until.replace(month=1, day=1), until)
    cells: list[Cell[Any]] = [cell for row in rows for cell in (row.tanggal, row.ditindaklanjuti)]
    inputs = (count_input(f"baris bertanggal {period}", len(rows), cells),)
    return Figure(key, label, Fraction(len(rows)), Unit.COUNT, formula, inputs)


@indicator("dokumen desa", "dari lembar Desa", "", counted=True, formula=lembar.DOKUMEN_DESA)
def dokumen_desa(row: Indikator, bahan: Bahan, key: str) -> Perhitungan:
    """Documents on time so far ÷ (desa × documents) × 100."""
    pembilang = total(
        f"{key}.pembilang",
        row.uraian_pembilang.value or "Dokumen desa yang tepat waktu",
        (hasil.jumlah for hasil in bahan.dokumen),
        Unit.COUNT,
    )
    penyebut = _expected_documents(f"{key}.penyebut", row.uraian_penyebut.value or "Desa × dokumen", bahan)
    return Perhitungan(ratio(f"{key}.realisasi", "Realisasi", pembilang, penyebut), pembilang, penyebut)


def _expected_documents(key: str, label: str, bahan: Bahan) -> Figure:
    desa, dokumen = bahan.dataset.desa, bahan.dataset.dokumen
    inputs = (
        count_input("desa", len(desa), (row.desa for row in desa)),
        count_input("dokumen", len(dokumen), (row.dokumen for row in dokumen)),
    )
    value = Fraction(len(desa) * len(dokumen))
    return Figure(key, label, value, Unit.COUNT, "banyaknya desa × banyaknya dokumen", inputs)


@indicator("rasio", "Pembilang dibagi Penyebut", "pembilang penyebut", formula=lembar.RASIO)
def rasio(row: Indikator, _bahan: Bahan, key: str) -> Perhitungan:
    """Pembilang ÷ Penyebut × 100."""
    pembilang = number_figure(
        f"{key}.pembilang", row.uraian_pembilang.value or "Pembilang", row.pembilang, Unit.VALUE
    )
    penyebut = number_figure(
        f"{key}.penyebut", row.uraian_penyebut.value or "Penyebut", row.penyebut, Unit.VALUE
    )
    return Perhitungan(ratio(f"{key}.realisasi", "Realisasi", pembilang, penyebut), pembilang, penyebut)


@indicator("nilai", "diketik", "realisasi")
def nilai(row: Indikator, _bahan: Bahan, key: str) -> Perhitungan:
    """The typed value: an index, a score, a count, rupiah."""
    return Perhitungan(measure_figure(f"{key}.realisasi", "Realisasi", row.realisasi, row, ()))


@indicator("predikat", "huruf menurut lembar Skala", "realisasi", letters=True)
def predikat(row: Indikator, bahan: Bahan, key: str) -> Perhitungan:
    """The score of a typed letter by sheet Skala."""
    return Perhitungan(
        measure_figure(f"{key}.realisasi", "Realisasi", row.realisasi, row, bahan.dataset.skala)
    )


def measure_figure(
    key: str, label: str, cell: Cell[Measure], row: Indikator, skala: tuple[Skala, ...]
) -> Figure:
    """A target or value as a figure in the unit of its row; a letter by its lower bound in ``skala``."""
    unit = unit_of(row.satuan.value or "")
    if not isinstance(cell.value, str):
        return number_figure(key, label, cell, unit)
    grade = _grade(cell.value, skala)
    if grade is None or grade.batas_bawah.value is None:
        reason = f"{label}: predikat “{cell.value}” tidak ada pada lembar Skala ({cell.ref})"
        return Figure(key, label, None, Unit.VALUE, "nilai predikat menurut lembar Skala", (), reason)
    inputs = (Input(f"predikat {cell.value}", str(grade.batas_bawah), (cell.ref, grade.batas_bawah.ref)),)
    value = Fraction(grade.batas_bawah.value)
    return Figure(key, label, value, Unit.VALUE, "nilai predikat menurut lembar Skala", inputs)


def _grade(letter: str, skala: tuple[Skala, ...]) -> Skala | None:
    return next(
        (row for row in skala if row.of_nilai and normalize(row.predikat.value or "") == normalize(letter)),
        None,
    )


def unknown_kind(row: Indikator, key: str) -> Perhitungan:
    """The calculation of a row whose Jenis is blank or unreadable."""
    reason = missing("Jenis", row.jenis)
    return Perhitungan(Figure(f"{key}.realisasi", "Realisasi", None, Unit.VALUE, "-", (), reason))
