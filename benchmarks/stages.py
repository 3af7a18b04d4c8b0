"""Where the time of a report goes in a batch: ``python -m benchmarks.stages``.

Each stage is run alone, in one process, over the same workbooks, several times; the least processor time of
the rounds is printed for one report, since whatever else the machine does only adds to it. Figures of one run
belong together; compare two states of the code by two runs in turn.
"""

import argparse
import gc
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.batch import Bench
from lkt.batch.discovery import owner_of
from lkt.batch.running import BatchPlan, Job, work
from lkt.files import source_file
from lkt.findings import Severity
from lkt.formats.html import findings_html
from lkt.formats.json import Checked
from lkt.indicators import compute
from lkt.pipeline import Result, run
from lkt.recap.document import rekap_docx
from lkt.recap.page import index_html
from lkt.recap.spreadsheet import rekap_xlsx
from lkt.recap.summary import Status, summarize
from lkt.recap.totals import combine
from lkt.report.build import build_report, compiled, read_template
from lkt.report.catalogue import FIELDS
from lkt.report.context import Laporan
from lkt.report.seal import seal
from lkt.wordtemplate.document import Properties
from lkt.wordtemplate.fields import build
from lkt.workbook.opening import grids_of, read_bytes
from lkt.workbook.reader import read_grids, workbook_of


@dataclass(frozen=True, slots=True)
class Stage:
    """A part of the work.

    Attributes:
        name: what it is.
        work: does it for one item, or for all of them where it is ``whole``.
        items: what it is done to; made anew each round where a stage changes it.
        whole: it is done once for all items.
    """

    name: str
    work: Callable[[Any], object]
    items: Callable[[], Sequence[Any]]
    whole: bool = False

    def cost(self, rounds: int) -> float:
        """Seconds of processor time for one item, the least of the rounds; one more warms up."""
        return min(self._round() for _ in range(rounds + 1))

    def _round(self) -> float:
        items = self.items()
        gc.collect()
        begin = time.process_time()
        if self.whole:
            self.work(items)
        else:
            for item in items:
                self.work(item)
        return (time.process_time() - begin) / len(items)


def stages(paths: Sequence[Path], out: Path, template: Path | None) -> Iterator[Stage]:
    """The parts of a batch, in order; those indented are parts of the one before."""
    data, name = read_template(template)
    files = [(read_bytes(path), path) for path in paths]
    results: list[Result] = [run(workbook_of(*file)) for file in files]
    made = compiled(data, name, "F4")
    contexts = [build(FIELDS, Laporan(result, {})) for result in results]
    about = Properties("Laporan", "Laporan", "Camat", datetime(2024, 4, 1, tzinfo=UTC))
    plan = BatchPlan(out, data, name, force=True)
    done = [work(Job(path), plan).ringkasan for path in paths]

    def fixed(items: Sequence[Any]) -> Callable[[], Sequence[Any]]:
        return lambda: items

    def filled() -> Sequence[Any]:
        return [made.fill(context, properties=about) for context in contexts]

    yield Stage("whose workbook it is", owner_of, fixed(paths))
    yield Stage("one job, whole", lambda path: work(Job(path), plan), fixed(paths))
    yield Stage("- read the workbook", lambda file: workbook_of(*file), fixed(files))
    yield Stage("  - its XML", lambda file: grids_of(*file), fixed(files))
    yield Stage("  - its cells", read_grids, fixed([grids_of(*file) for file in files]))
    yield Stage("- compute and check", run, fixed([result.dataset for result in results]))
    yield Stage("  - compute", compute, fixed([result.dataset for result in results]))
    yield Stage("- summarize", lambda result: summarize(result, "q1.xlsx", Status.SELESAI), fixed(results))
    yield Stage("- page of findings", _page, fixed([each for each in results if each.findings]))
    yield Stage("- build the report", lambda result: build_report(result, data, name), fixed(results))
    yield Stage("  - fields", lambda result: build(FIELDS, Laporan(result, {})), fixed(results))
    yield Stage("  - fill", lambda context: made.fill(context, properties=about), fixed(contexts))
    yield Stage("  - seal", lambda each: seal(each, source_file(name, data), None, draft=False), filled)
    yield Stage("recap: rekap.xlsx", lambda rows: rekap_xlsx(combine(rows)), fixed(done), whole=True)
    yield Stage("recap: rekap.docx", lambda rows: rekap_docx(combine(rows)), fixed(done), whole=True)
    yield Stage("recap: index.html", lambda rows: index_html(combine(rows), "0"), fixed(done), whole=True)


def _page(result: Result) -> str:
    assert Severity.ERROR not in {found.severity for found in result.findings}
    return findings_html([Checked("q1.xlsx", result)], "0")


def main() -> None:
    """Print the stages as they are measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, help="keep the workbooks here, for the next time")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--count", type=int, default=20, help="workbooks")
    parser.add_argument("--reduced", action="store_true", help="the template that the rivals fill too")
    parser.add_argument("--only", default="", help="only stages whose name has this in it")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="lkt-stages-") as temporary:
        bench = Bench(given.folder or Path(temporary))
        paths = sorted(bench.workbooks(given.count).iterdir())
        out = Path(temporary) / "out"
        for folder in (".lkt", "temuan"):
            (out / folder).mkdir(parents=True)
        template = bench.folder / "reduced.docx" if given.reduced else None
        for stage in stages(paths, out, template):
            if given.only in stage.name:
                print(f"{stage.name:<24}{stage.cost(given.rounds) * 1000:8.2f} ms", flush=True)


if __name__ == "__main__":
    main()
