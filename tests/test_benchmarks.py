"""The programs of the benchmark run, on one small workbook; what they cost is no test."""

from pathlib import Path

from benchmarks.batch import REDUCED, Bench, installed


def test_each_program_makes_its_report(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    for program in (REDUCED, *installed()):
        assert bench.run(program, bench.workbooks(1, 5)).cpu > 0
