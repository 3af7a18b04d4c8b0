"""A workbook with four times the rows takes about four times as long, not sixteen times."""

import time
from collections.abc import Callable

import pytest

from examples.tables import join_tables, split_tables
from lkt.model import Dataset
from lkt.pipeline import run
from tests.builders import base, dataset

Line = Callable[[int], str]
"""The number of a row -> its cells, separated by bars."""

WORDS = ("jalan", "air", "sawah", "pasar", "sekolah", "ternak", "hutan", "pantai", "sungai", "gunung")


def few_words(number: int) -> str:
    """Four words and the number, as names of one kind are alike."""
    return " ".join([*(WORDS[number // 10**place % 10] for place in range(4)), str(number)])


def program(number: int) -> str:
    """A programme."""
    money = "1000000 | DAU | 1000000 | 500000"
    return (
        f"7.01.{number:05} | Program {few_words(number)} | 1 | Persentase {number} | {money} | | 100% | 25% |"
    )


def kegiatan(number: int) -> str:
    """Every tenth row a programme, the others below it, and below none in the second half of the numbers."""
    part = "" if number % 10 == 0 else f".2.{number % 10:02}"
    family = 7 if number % 2 else 8
    money = "| DAU | 1000000 | 500000"
    return f"{family}.01.{number // 10:05}{part} | {few_words(number)} | 1 | | {money} | | | |"


def indikator(number: int) -> str:
    """An indicator with a sasaran of its own."""
    return (
        f"{number} | Meningkatnya {few_words(number)} | Persentase {few_words(7 * number)} | % | naik | 80% "
        f"| | rasio | Jumlah {few_words(5 * number)} | 10 | Banyaknya | 20 | | | |"
    )


def faulty_log(number: int) -> str:
    """A row of the log with a date that cannot be read, or lies after the quarter; no evidence."""
    day = f"{number % 28 + 1} Mei 2024" if number % 3 else "32 Januari 2024"
    return (
        f"{number} | Rapat di Desa Sidomukto{number} | {day} | | Kasi | {'Ya' if number % 5 else 'Mungkin'}"
    )


def same_log(number: int) -> str:
    """The meeting of all rows, on some days of a month."""
    return f"{number} | Rapat staf kecamatan | {number % 28 + 1} Januari 2024 | Notula | Kasi | Ya"


def with_rows(sheet: str, line: Line, count: int, to: str | None = None) -> str:
    """The clean workbook, or another, with so many rows on one sheet, and none Jumlah."""
    tables = split_tables(to or base())
    rows = [[cell.strip() for cell in line(number).split("|")] for number in range(1, count + 1)]
    tables[sheet] = [tables[sheet][0], *rows]
    return join_tables(tables)


def seconds(data: Dataset) -> float:
    """The time of the processor that a check of the workbook takes, the best of two."""
    taken = []
    for _ in range(2):
        start = time.process_time()
        run(data)
        taken.append(time.process_time() - start)
    return min(taken)


def accepted(number: int) -> str:
    """An exception for the date of every row of ``faulty_log``."""
    return f"F103 | Fasilitasi!C{number + 1} | Sudah diperiksa oleh Inspektorat dengan surat nomor {number}"


def test_time_grows_with_the_exceptions() -> None:
    few, many = (
        with_rows("Pengecualian", accepted, count, to=with_rows("Fasilitasi", faulty_log, count))
        for count in (200, 800)
    )
    assert seconds(dataset(many)) <= 8 * seconds(dataset(few))


@pytest.mark.parametrize(
    ("sheet", "line"),
    [
        ("Anggaran", program),
        ("Anggaran", kegiatan),
        ("Indikator", indikator),
        ("Fasilitasi", faulty_log),
        ("Fasilitasi", same_log),
    ],
)
def test_time_grows_with_the_rows(sheet: str, line: Line) -> None:
    few, many = (dataset(with_rows(sheet, line, count)) for count in (100, 400))
    assert seconds(many) <= 8 * seconds(few)
