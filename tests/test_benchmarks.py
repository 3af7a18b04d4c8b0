"""The programs of the benchmark run on one small workbook; what they cost is no test."""

from pathlib import Path

from benchmarks.compare import Bench
from benchmarks.rival import context_of


def test_lkt_fills_the_template_of_the_rival_and_the_rival_reads_the_workbook(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    books = bench.books(1, 5)
    assert bench.lkt(books, equal=True) > 0
    (book,) = books.iterdir()
    assert len(context_of(book)["fasilitasi"]) <= 5
