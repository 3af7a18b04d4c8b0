"""How a batch goes on and what came of it, for a terminal or a pipe."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar
from rich.table import Table
from rich.text import Text

from lkt.figures import printed_share
from lkt.findings import Severity, tally
from lkt.formats.screen import Line, line, print_view
from lkt.recap.summary import Status, Summary
from lkt.recap.totals import RecapRow

if TYPE_CHECKING:
    from lkt.batch.running import Batch

# What came of a batch: a table of the kecamatan, what was passed over, and what is where -------------------

_COLOURS = {
    Status.BUILT: "green",
    Status.DRAFT: "yellow",
    Status.MISSING: "yellow",
    Status.OTHER_QUARTER: "yellow",
    Status.FAULTY: "bold red",
    Status.FAILED: "bold red",
    Status.UNREADABLE: "bold red",
    Status.UNFINISHED: "bold red",
    Status.DUPLICATE: "bold red",
}
_LONGEST_NAME = 32
_MOST_NAMES = 8


def batch_view(batch: "Batch") -> Iterator[Line | Table]:
    """The whole result."""
    kind = batch.recap.terms.kecamatan
    yield _table(kind, batch.recap.rows)
    yield Line()
    for row in batch.recap.rows:
        summary = row.summary
        name = f"{summary.kecamatan} ({summary.file})" if summary.file else summary.kecamatan
        left_out = "" if row.counted or row.status is Status.MISSING else f"Tidak dihitung: {row.problem}"
        for text in filter(None, (left_out or summary.message, summary.note)):
            yield line((f"{name}: ", "bold"), text)
    if batch.unchanged:
        told = "buku kerja tidak berubah, sehingga tidak disusun ulang (pakai --force)."
        yield line(f"{batch.unchanged} {told}")
    yield from _passed(batch)
    for note in batch.notes:
        yield line(("Perhatian: ", "yellow"), note)
    for path in batch.files:
        yield line(f"Rekap tersimpan: {path}")
    counted, left_out = batch.recap.counts
    yield line((f"Hasil: {counted}", "bold"))
    if left_out:
        yield line((left_out, "bold"))


def _table(kind: str, rows: Sequence[RecapRow]) -> Table:
    """One line a row; grey, without figures, where it is not counted."""
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 1, 0, 0))
    table.add_column(kind, max_width=_LONGEST_NAME, no_wrap=True, overflow="ellipsis")
    table.add_column("Status", no_wrap=True)
    for heading in ("Kesalahan", "Peringatan", "Terlambat", "Capaian", "Serapan"):
        table.add_column(heading, justify="right", no_wrap=True)
    for row in rows:
        each, figures = row.summary, row.figures
        checked = each.triwulan is not None and each.status is not Status.DUPLICATE
        numbers = [str(each.count(level)) if checked else "-" for level in (Severity.ERROR, Severity.WARNING)]
        days = figures.days_late
        late = "-" if days is None else f"{days} hari" if days else "tidak"
        known = (figures.capaian, figures.serapan)
        shares = ["-" if value is None else printed_share(value) for value in known]
        status = Text(row.status.value, _COLOURS[row.status] if row.counted else "")
        grey = "" if row.counted else "dim"
        table.add_row(Text(each.kecamatan), status, *numbers, late, *shares, style=grey)
    return table


def _passed(batch: "Batch") -> Iterator[Line]:
    reasons: dict[str, list[str]] = {}
    for path, reason in batch.found.passed:
        reasons.setdefault(reason, []).append(path.name)
    for reason, names in reasons.items():
        more = f", dan {len(names) - _MOST_NAMES} lainnya" if len(names) > _MOST_NAMES else ""
        yield line(f"Dilewati, {reason}: {', '.join(names[:_MOST_NAMES])}{more}")


# How a batch goes on: a bar on a terminal, plain lines on a pipe -------------------------------------------


class PlainProgress:
    """A line for each workbook."""

    def __init__(self, file: IO[str]) -> None:
        self._file, self._total = file, 0

    def begin(self, what: str, total: int) -> None:
        """A part of the work begins."""
        self._total = total
        self._print(f"{what}: {total} berkas")

    def step(self, done: int, row: Summary | None = None) -> None:
        """So many are done; the last one came to this."""
        if row is None:
            return
        found = ", ".join(text for level, text in tally(row.findings) if level is not Severity.INFO)
        also = f" ({found})" if found else ""
        self._print(f"[{done}/{self._total}] {row.kecamatan}: {row.status.value}{also}")

    def _print(self, text: str) -> None:
        print_view([line(text)], self._file)
        self._file.flush()


class BarProgress:
    """A bar with the kecamatan, how many are done, how many have errors, and the time that is left."""

    def __init__(self, bar: Bar) -> None:
        self._bar, self._errors = bar, 0

    def begin(self, what: str, total: int) -> None:
        """A part of the work begins."""
        for task in self._bar.task_ids:
            self._bar.remove_task(task)
        self._bar.add_task(what, total=total, kecamatan="", errors=self._errors)

    def step(self, done: int, row: Summary | None = None) -> None:
        """So many are done; the last one came to this."""
        (task,) = self._bar.task_ids
        if row is not None:
            self._errors += bool(row.message or row.count(Severity.ERROR))
            self._bar.update(task, kecamatan=row.kecamatan[:24])
        self._bar.update(task, completed=done, errors=self._errors)


@contextmanager
def progress_for(file: IO[str]) -> Iterator[PlainProgress | BarProgress]:
    """What fits the stream; the bar is there as long as the block runs."""
    if not file.isatty():
        yield PlainProgress(file)
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("berkesalahan: {task.fields[errors]}"),
        TextColumn("sisa"),
        TimeRemainingColumn(),
        TextColumn("{task.fields[kecamatan]}", markup=False),
    )
    with Bar(*columns, console=Console(file=file), transient=True) as bar:
        yield BarProgress(bar)
