"""lkt batch beside the scripts that one would write instead: ``python -m benchmarks.batch``.

On the same workbooks and equal templates, in one run and in turn: lkt with its own template and with the
reduced one, openpyxl with docxtpl, openpyxl with docx-mailmerge2. A round is one workbook, those of one
kabupaten, and all of them with each program; a further report costs the difference between the last two, by
the number of workbooks, so that neither the start of a program nor that of its processes is in it. The first
round warms up and is not counted. The rivals need the extra ``bench``; those that are missing are left out.
"""

import argparse
import importlib.util
import json
import os
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measuring import Cost, cost_of
from benchmarks.rivals.templates import merge_template, reduced_template
from examples.lumajang import workbooks

LOG_ROWS = 25
"""Rows of sheet Fasilitasi, the middle of what the kecamatan of Lumajang have."""

OWN, REDUCED = "lkt", "lkt, reduced template"
ALL_CORES, REDUCED_ALL_CORES = f"{OWN}, all cores", f"{REDUCED}, all cores"
DOCXTPL, MAILMERGE = "openpyxl + docxtpl", "openpyxl + docx-mailmerge2"
MODULES = {DOCXTPL: "docxtpl", MAILMERGE: "mailmerge"}


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is measured.

    Attributes:
        rounds: how often each program runs, the first time not counted.
        few: workbooks of a kabupaten.
        count: workbooks of a round.
        counts: numbers of workbooks to show how lkt grows.
        rows: numbers of rows in the log to show the same.
        rival_limit: the most workbooks that docxtpl is asked to do for the growth.
    """

    rounds: int = 5
    few: int = 21
    count: int = 126
    counts: tuple[int, ...] = (21, 210, 2100)
    rows: tuple[int, ...] = (60, 600, 6000)
    rival_limit: int = 210


USUAL = Plan()
QUICK = Plan(rounds=2, few=2, count=3, counts=(2, 4), rows=(5, 10), rival_limit=2)


class Bench:
    """A folder with workbooks and templates, in which programs are run.

    Args:
        folder: where to; workbooks that are there already are used again.
    """

    def __init__(self, folder: Path) -> None:
        self.folder, self.out = folder, folder / "out"
        (folder / "reduced.docx").write_bytes(reduced_template())
        document, plan = merge_template()
        (folder / "merge.docx").write_bytes(document)
        (folder / "merge.json").write_text(json.dumps(plan))

    def workbooks(self, count: int, log_rows: int = LOG_ROWS) -> Path:
        """A folder with so many workbooks that have so many rows in their log."""
        every = self.folder / f"rows-{log_rows}"
        every.mkdir(exist_ok=True)
        if len(list(every.iterdir())) < count:
            for name, data in workbooks(count, log_rows, notes=True):
                (every / name).write_bytes(data)
        some = self.folder / f"rows-{log_rows}-of-{count}"
        shutil.rmtree(some, ignore_errors=True)
        some.mkdir()
        for path in sorted(every.iterdir())[:count]:
            os.link(path, some / path.name)
        return some

    def run(self, program: str, source: Path) -> Cost:
        """What a program costs for all workbooks of a folder, its output begun anew.

        Raises:
            RuntimeError: it failed, or not every workbook has its report.
        """
        shutil.rmtree(self.out, ignore_errors=True)
        cost = self.cost(self.arguments(program, source))
        made = sum(path.name != "rekap.docx" for path in self.out.glob("*.docx"))
        given = len(list(source.iterdir()))
        if made != given:
            raise RuntimeError(f"{program}: {made} reports of {given} workbooks")
        return cost

    def cost(self, arguments: Sequence[str]) -> Cost:
        """What one run of Python costs."""
        return cost_of(arguments, self.folder / "bytecode")

    def arguments(self, program: str, source: Path) -> list[str]:
        """What Python is given to run a program on the workbooks of a folder."""
        template = {DOCXTPL: "reduced.docx", MAILMERGE: "merge.docx"}.get(program, "")
        if template:
            script = "docxtpl_script" if program == DOCXTPL else "mailmerge_script"
            return [
                "-m",
                f"benchmarks.rivals.{script}",
                str(self.folder / template),
                str(source),
                str(self.out),
            ]
        own = ["-m", "lkt", "batch", str(source), "-o", str(self.out), "--no-pages"]
        jobs = [] if program in (ALL_CORES, REDUCED_ALL_CORES) else ["--jobs", "1"]
        equal = program in (REDUCED, REDUCED_ALL_CORES)
        reduced = ["--template", str(self.folder / "reduced.docx")] if equal else []
        return [*own, *jobs, *reduced]


def installed() -> tuple[str, ...]:
    """The rivals that can be run here."""
    return tuple(name for name, module in MODULES.items() if importlib.util.find_spec(module))


# Side by side ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Round:
    """One workbook, a few and all of them, by one program.

    Attributes:
        one: what one workbook costs.
        few: what those of a kabupaten cost.
        all: what all cost.
        more: how many all are than few.
    """

    one: Cost
    few: Cost
    all: Cost
    more: int

    def further(self, what: Callable[[Cost], float]) -> float:
        """What each report after the few costs."""
        return (what(self.all) - what(self.few)) / self.more


def side_by_side(bench: Bench, plan: Plan) -> dict[str, list[Round]]:
    """The rounds of each program, taken in turn so that the load of the machine falls on all alike."""
    sources = [bench.workbooks(count) for count in (1, plan.few, plan.count)]
    programs = (OWN, REDUCED, ALL_CORES, REDUCED_ALL_CORES, *installed())
    rounds: dict[str, list[Round]] = {program: [] for program in programs}
    for number in range(plan.rounds):
        for program in programs:
            one, few, every = (bench.run(program, source) for source in sources)
            rounds[program].append(Round(one, few, every, plan.count - plan.few))
            _say(f"round {number + 1}: {program}")
    return {program: found[1:] for program, found in rounds.items()}


def comparison(rounds: dict[str, list[Round]]) -> Iterator[str]:
    """The table of the programs: medians, and least and largest in brackets."""
    yield "| Program | One report, cold: wall | CPU | Further report: CPU | Wall | Peak |"
    yield "|---|---|---|---|---|---|"
    for program, found in rounds.items():
        cells = (
            _spread([each.one.wall * 1000 for each in found], "ms"),
            _spread([each.one.cpu * 1000 for each in found], "ms"),
            _spread([each.further(_cpu) * 1000 for each in found], "ms"),
            _spread([each.further(_wall) * 1000 for each in found], "ms"),
            f"{max(each.all.peak for each in found) / 1024**2:.0f} MB",
        )
        yield f"| {program} | {' | '.join(cells)} |"


def ratios(rounds: dict[str, list[Round]]) -> Iterator[str]:
    """How many times as much a further report costs with a rival, round by round."""
    yield "| Rival | Beside | CPU | Wall |"
    yield "|---|---|---|---|"
    for rival in (name for name in MODULES if name in rounds):
        for own in (OWN, REDUCED, ALL_CORES, REDUCED_ALL_CORES):
            pairs = list(zip(rounds[rival], rounds[own], strict=True))
            cells = (
                _spread([theirs.further(what) / ours.further(what) for theirs, ours in pairs], "×", 1)
                for what in (_cpu, _wall)
            )
            yield f"| {rival} | {own} | {' | '.join(cells)} |"


def _cpu(cost: Cost) -> float:
    return cost.cpu


def _wall(cost: Cost) -> float:
    return cost.wall


def _spread(values: Sequence[float], unit: str, decimals: int = 0) -> str:
    least, most = min(values), max(values)
    return f"{statistics.median(values):.{decimals}f} {unit} ({least:.{decimals}f}–{most:.{decimals}f})"


# Growth ----------------------------------------------------------------------------------------------------


def cold(bench: Bench, plan: Plan) -> Iterator[str]:
    """One check and one build beside Python's own start."""
    (workbook,) = bench.workbooks(1).iterdir()
    report = str(bench.folder / "laporan.docx")
    commands = {
        "python -c pass": ["-c", "pass"],
        "import openpyxl, docx": ["-c", "import openpyxl, docx"],
        "lkt check": ["-m", "lkt", "check", str(workbook)],
        "lkt build --no-pages": ["-m", "lkt", "build", str(workbook), "-o", report, "--force", "--no-pages"],
    }
    costs = [{name: bench.cost(command) for name, command in commands.items()} for _ in range(plan.rounds)][
        1:
    ]
    yield "| Command | Wall | CPU | Times `python -c pass` (CPU) |"
    yield "|---|---|---|---|"
    for name in commands:
        wall, cpu = ([what(each[name]) * 1000 for each in costs] for what in (_wall, _cpu))
        times = [each[name].cpu / each["python -c pass"].cpu for each in costs]
        yield f"| `{name}` | {_spread(wall, 'ms')} | {_spread(cpu, 'ms')} | {_spread(times, '×', 1)} |"


def growth(bench: Bench, plan: Plan) -> Iterator[str]:
    """More workbooks: what each of them costs, and the memory."""
    yield f"| Program | Workbooks of {LOG_ROWS} log rows | CPU | Wall | CPU a report | Wall a report | Peak |"
    yield "|---|---|---|---|---|---|---|"
    rivals = [name for name in (DOCXTPL,) if name in installed()]
    for program in (OWN, ALL_CORES, *rivals):
        for count in plan.counts:
            if program not in rivals or count <= plan.rival_limit:
                _say(f"{program}: {count} workbooks")
                yield _grown(program, bench.run(program, bench.workbooks(count)), count)


def more_rows(bench: Bench, plan: Plan) -> Iterator[str]:
    """One workbook with more rows in its log: what each row costs."""
    yield "| Program | Log rows | CPU | Wall | CPU a row | Wall a row | Peak |"
    yield "|---|---|---|---|---|---|---|"
    rivals = [name for name in (DOCXTPL,) if name in installed()]
    for program in (OWN, *rivals):
        for rows in plan.rows:
            _say(f"{program}: {rows} log rows")
            yield _grown(program, bench.run(program, bench.workbooks(1, rows)), rows)


def _grown(program: str, cost: Cost, count: int) -> str:
    total = f"{cost.cpu:.1f} s | {cost.wall:.1f} s"
    each = f"{cost.cpu / count * 1000:.1f} ms | {cost.wall / count * 1000:.1f} ms"
    return f"| {program} | {count} | {total} | {each} | {cost.peak / 1024**2:.0f} MB |"


def _say(text: str) -> None:
    load = f" (load {os.getloadavg()[0]:.1f})" if hasattr(os, "getloadavg") else ""
    print(f"{text}{load}", file=sys.stderr, flush=True)


# All of it -------------------------------------------------------------------------------------------------


def figures(bench: Bench, plan: Plan) -> Iterator[str]:
    """All tables, as Markdown."""
    yield from ("## Cold start", "", *cold(bench, plan), "")
    rounds = side_by_side(bench, plan)
    yield from (
        f"## {plan.few} and {plan.count} workbooks, side by side",
        "",
        *comparison(rounds),
        "",
        *ratios(rounds),
        "",
    )
    yield from ("## More log rows", "", *more_rows(bench, plan), "")
    yield from ("## More workbooks", "", *growth(bench, plan), "")


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(number) for number in text.split(",") if number)


def main() -> None:
    """Print the tables as they are measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="tiny numbers, to see that it runs")
    parser.add_argument("--folder", type=Path, help="keep the workbooks here, for the next time")
    parser.add_argument("--rounds", type=int, default=USUAL.rounds, help="the first is not counted")
    parser.add_argument("--counts", type=_numbers, default=USUAL.counts, help="workbooks, for the growth")
    parser.add_argument("--rows", type=_numbers, default=USUAL.rows, help="log rows, for the growth")
    given = parser.parse_args()
    usual = Plan(rounds=given.rounds, counts=given.counts, rows=given.rows)
    with tempfile.TemporaryDirectory(prefix="lkt-bench-") as temporary:
        folder = given.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        for line in figures(Bench(folder), QUICK if given.quick else usual):
            print(line, flush=True)


if __name__ == "__main__":
    main()
