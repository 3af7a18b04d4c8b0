"""lkt beside the script that one would write instead: ``python -m benchmarks.compare``.

The rival (``benchmarks/rival.py``) reads the same workbooks with openpyxl, fills a template with docxtpl and
checks nothing. Programs run in turn within a round, on one core, so that the load of the machine falls on all
alike: only the ratios of one run mean something. The first round warms up and is not counted.
"""

import argparse
import contextlib
import ctypes
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from benchmarks.rival import reduce_template
from examples.lumajang import workbooks

ROOT = Path(__file__).parents[1]
TEMPLATE = ROOT / "templates" / "laporan-triwulan.docx"
LOG_ROWS = 25
"""Rows of sheet Fasilitasi, the middle of what the kecamatan of Lumajang have."""

RUN = "import lkt.cli; lkt.cli.main()"
WITHOUT = {
    "templates compiled anew": "import lkt.bytecode; lkt.bytecode.bytecode_cache = lambda: None; ",
    "garbage collected as usual": "import gc; gc.set_threshold = gc.freeze = lambda *_: None; ",
}
"""What a build does without one of its settings -> the code that takes it away."""

_PR_SET_CHILD_SUBREAPER = 36  # of Linux: <linux/prctl.h>

Round = dict[str, float]
"""What each run of a round cost, by its name: seconds of processor time."""


class Bench:
    """A folder with workbooks and templates, in which programs are run.

    Args:
        folder: an empty folder, which fills with the workbooks and what is made of them.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.template = folder / "reduced.docx"
        self.out = folder / "out"
        reduce_template(TEMPLATE, self.template)
        # Where the environment forbids bytecode, lkt alone would be compiled at each run.
        own = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        self.env = {**own, "PYTHONPYCACHEPREFIX": str(folder / "bytecode")}

    def books(self, count: int, log_rows: int = LOG_ROWS) -> Path:
        """A folder with so many workbooks, each with so many rows in its log."""
        folder = self.folder / f"{count}-books-of-{log_rows}-rows"
        if not folder.exists():
            folder.mkdir()
            for name, data in workbooks(count, log_rows, notes=True):
                (folder / name).write_bytes(data)
        return folder

    def cost(self, *arguments: str) -> float:
        """Seconds of processor time of Python run with these arguments, and of its children.

        Raises:
            RuntimeError: it failed, so that its time says nothing.
        """
        shutil.rmtree(self.out, ignore_errors=True)
        command, spent = [sys.executable, *arguments], 0.0
        with subprocess.Popen(
            command, cwd=ROOT, env=self.env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        ) as process:
            said = process.stderr.read() if process.stderr else b""
            with contextlib.suppress(ChildProcessError):  # once all have ended
                while True:
                    number, status, usage = os.wait4(-1, 0)
                    spent += usage.ru_utime + usage.ru_stime
                    if number == process.pid:
                        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise RuntimeError(f"{' '.join(command)}: {process.returncode}\n{said.decode(errors='replace')}")
        return spent

    def lkt(self, books: Path, *, equal: bool = False) -> float:
        """What ``lkt batch`` costs, with its own template or with the one that the rival fills."""
        template = ["--template", str(self.template)] if equal else []
        batch = ["-m", "lkt", "batch", str(books), "-o", str(self.out), "--no-pages", "--jobs", "1"]
        return self.cost(*batch, *template)

    def rival(self, books: Path) -> float:
        """What the script costs."""
        return self.cost("-m", "benchmarks.rival", str(self.template), str(books), str(self.out))

    def round(self, few: int, many: int, rows: Sequence[int]) -> Round:
        """Every measurement once."""
        (book,) = self.books(1).iterdir()
        build = ["build", str(book), "-o", str(self.folder / "laporan.docx"), "--force", "--no-pages"]
        costs = {
            "import": self.cost("-c", "import openpyxl, docx"),
            "check": self.cost("-m", "lkt", "check", str(book)),
            "build": self.cost("-m", "lkt", *build),
            **{name: self.cost("-c", code + RUN, *build) for name, code in WITHOUT.items()},
        }
        for count in (few, many):
            books = self.books(count)
            costs |= {
                f"lkt {count}": self.lkt(books),
                f"equal {count}": self.lkt(books, equal=True),
                f"rival {count}": self.rival(books),
            }
        for number in rows:
            books = self.books(1, number)
            costs |= {f"lkt rows {number}": self.lkt(books), f"rival rows {number}": self.rival(books)}
        return costs


def table(rounds: Sequence[Round], few: int, many: int, rows: Sequence[int]) -> Iterator[str]:
    """The results as one Markdown table: medians, and the least and the largest in brackets."""

    def further(program: str) -> Callable[[Round], float]:
        return lambda cost: (cost[f"{program} {many}"] - cost[f"{program} {few}"]) / (many - few)

    def each_row(program: str) -> Callable[[Round], float]:
        return lambda cost: (
            (cost[f"{program} rows {most}"] - cost[f"{program} rows {least}"]) / (most - least)
        )

    def spread(value: Callable[[Round], float], unit: str, factor: float = 1, decimals: int = 1) -> str:
        values = [value(cost) * factor for cost in rounds]
        return (
            f"{statistics.median(values):.{decimals}f} {unit} "
            f"({min(values):.{decimals}f}–{max(values):.{decimals}f})"
        )

    def line(name: str, own: Callable[[Round], float], other: Callable[[Round], float]) -> str:
        times = spread(lambda cost: other(cost) / own(cost), "×")
        return f"| {name} | {spread(own, 'ms', 1000)} | {spread(other, 'ms', 1000)} | {times} |"

    least, most = min(rows), max(rows)
    yield "| Processor time of | lkt | the script | the script takes |"
    yield "|---|---|---|---|"
    yield line("a further report, own template", further("lkt"), further("rival"))
    yield line("a further report, equal template", further("equal"), further("rival"))
    yield line(f"a log row, {least} to {most}", each_row("lkt"), each_row("rival"))
    for count in (few, many):
        yield line(
            f"each of {count} reports",
            lambda cost, count=count: cost[f"lkt {count}"] / count,  # type: ignore[misc]
            lambda cost, count=count: cost[f"rival {count}"] / count,  # type: ignore[misc]
        )
    yield ""
    yield "| Cold, beside `import openpyxl, docx` | times |"
    yield "|---|---|"
    for command in ("check", "build"):
        ratio = spread(lambda cost, name=command: cost[name] / cost["import"], "×", decimals=2)  # type: ignore[misc]
        yield f"| `lkt {command}{' --no-pages' * (command == 'build')}` | {ratio} |"
    for name in WITHOUT:
        ratio = spread(lambda cost, name=name: cost[name] / cost["import"], "×", decimals=2)  # type: ignore[misc]
        yield f"| the same build, {name} | {ratio} |"


def main() -> None:
    """Measure and print."""
    # The processes of a batch outlive the one that began them: they become ours, so that they are counted.
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=6, help="the first is not counted")
    parser.add_argument("--books", type=int, nargs=2, default=(21, 210), help="few and many workbooks")
    parser.add_argument("--rows", type=int, nargs=2, default=(60, 6000), help="few and many log rows")
    given = parser.parse_args()
    few, many = given.books
    with tempfile.TemporaryDirectory(prefix="lkt-bench-") as folder:
        bench = Bench(Path(folder))
        rounds = [bench.round(few, many, given.rows) for _ in range(given.rounds)]
    print("\n".join(table(rounds[1:] or rounds, few, many, given.rows)))


if __name__ == "__main__":
    main()
