"""How a batch goes on and what came of it, as lines for a terminal."""

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from types import TracebackType
from typing import IO, TYPE_CHECKING, Self

from lkt.findings import Severity
from lkt.formats.screen import Line, Part, line, print_view
from lkt.indonesian import format_percent
from lkt.recap.summary import Status, Summary

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from lkt.batch.running import Batch

# What came of a batch as lines: a table of the kecamatan, what was passed over, and what is where ---------


_COLOURS = {
    Status.BUILT: "green",
    Status.DRAFT: "yellow",
    Status.MISSING: "yellow",
    Status.FAULTY: "bold red",
    Status.FAILED: "bold red",
    Status.UNREADABLE: "bold red",
    Status.DUPLICATE: "bold red",
}
_HEADINGS = ("Kecamatan", "Status", "Kesalahan", "Peringatan", "Capaian", "Serapan")
_LONGEST = 32
_MOST = 8


def batch_view(batch: "Batch") -> Iterator[Line]:
    """The whole result."""
    yield from _table(batch.summaries)
    yield Line()
    yield from _messages(batch.summaries)
    if batch.unchanged:
        told = "buku kerja tidak berubah, sehingga tidak disusun ulang (pakai --force)."
        yield line(f"{batch.unchanged} {told}")
    yield from _passed(batch)
    for note in batch.notes:
        yield line(("Perhatian: ", "yellow"), note)
    for path in batch.files:
        yield line(f"Rekap tersimpan: {path}")
    yield line((_counts(batch.summaries), "bold"))


def step_line(number: int, total: int, row: Summary) -> str:
    """One workbook that is done, for a pipe."""
    return f"[{number}/{total}] {row.kecamatan}: {row.status.value}{_count_words(row)}"


def _count_words(row: Summary) -> str:
    words = [
        f"{row.count(severity)} {word}"
        for severity, word in ((Severity.ERROR, "kesalahan"), (Severity.WARNING, "peringatan"))
        if row.count(severity)
    ]
    return f" ({', '.join(words)})" if words else ""


def _table(rows: Sequence[Summary]) -> Iterator[Line]:
    widths = [len(heading) for heading in _HEADINGS]
    for row in rows:
        widths = [max(width, len(text)) for width, text in zip(widths, _cells(row), strict=True)]
    yield line((_aligned(_HEADINGS, widths), "bold"))
    for row in rows:
        yield line(*_coloured(_cells(row), widths, _COLOURS[row.status]))


def _cells(row: Summary) -> tuple[str, ...]:
    name = row.kecamatan if len(row.kecamatan) <= _LONGEST else f"{row.kecamatan[: _LONGEST - 1]}…"
    checked = row.triwulan is not None and row.status is not Status.DUPLICATE
    errors, warnings = (
        str(row.count(severity)) if checked else "-" for severity in (Severity.ERROR, Severity.WARNING)
    )
    return name, row.status.value, errors, warnings, _percent(row.capaian), _percent(row.serapan)


def _percent(value: Fraction | None) -> str:
    return "-" if value is None else format_percent(value)


def _aligned(texts: Sequence[str], widths: Sequence[int]) -> str:
    """Two columns of words, the others of figures."""
    pairs = zip(texts, widths, strict=True)
    return "  ".join(
        text.ljust(width) if column < 2 else text.rjust(width) for column, (text, width) in enumerate(pairs)
    )


def _coloured(texts: Sequence[str], widths: Sequence[int], colour: str) -> Iterator[Part]:
    whole = _aligned(texts, widths)
    start, end = widths[0] + 2, widths[0] + 2 + widths[1]
    yield from (whole[:start], (whole[start:end], colour), whole[end:])


def _messages(rows: Sequence[Summary]) -> Iterator[Line]:
    """What went wrong with whole files, and what is to be known of single reports."""
    for row in rows:
        name = f"{row.kecamatan} ({row.file})" if row.file else row.kecamatan
        if row.message:
            yield line((f"{name}: ", "bold"), row.message)
        if row.note:
            yield line((f"{name}: ", "bold"), row.note)


def _passed(batch: "Batch") -> Iterator[Line]:
    reasons: dict[str, list[str]] = {}
    for path, reason in batch.found.passed:
        reasons.setdefault(reason, []).append(path.name)
    for reason, names in reasons.items():
        shown = ", ".join(names[:_MOST])
        more = f", dan {len(names) - _MOST} lainnya" if len(names) > _MOST else ""
        yield line(f"Dilewati, {reason}: {shown}{more}")


def _counts(rows: Sequence[Summary]) -> str:
    counts = Counter(row.status for row in rows)
    parts = [f"{counts[status]} {status.value}" for status in Status if counts[status]]
    return f"Hasil: {len(rows)} kecamatan; {', '.join(parts)}."


# How a batch goes on: a bar on a terminal, plain lines on a pipe ------------------------------------------


class PlainProgress:
    """A line for each workbook."""

    def __init__(self, file: IO[str] = sys.stderr) -> None:
        self._file, self._total = file, 0

    def __enter__(self) -> Self:
        """Nothing is to be set up."""
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing is to be cleared away."""

    def begin(self, what: str, total: int) -> None:
        """A part of the work begins."""
        self._total = total
        print_view([line(f"{what}: {total} berkas")], self._file)
        self._file.flush()

    def step(self, done: int, row: Summary | None = None) -> None:
        """So many are done; the last one came to this."""
        if row is not None:
            print_view([line(step_line(done, self._total, row))], self._file)
            self._file.flush()


class BarProgress:
    """A bar with the kecamatan, how many are done, how many have errors, and the time that is left."""

    def __init__(self) -> None:
        self._errors = 0
        self._bar, self._task = _bar(), None

    _bar: "Progress"
    _task: "TaskID | None"

    def __enter__(self) -> Self:
        """Show the bar."""
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take the bar away."""
        self._bar.stop()

    def begin(self, what: str, total: int) -> None:
        """A part of the work begins."""
        if self._task is not None:
            self._bar.remove_task(self._task)
        self._task = self._bar.add_task(what, total=total, kecamatan="", kesalahan=self._errors)

    def step(self, done: int, row: Summary | None = None) -> None:
        """So many are done; the last one came to this."""
        assert self._task is not None
        if row is not None:
            self._errors += bool(row.message) or any(found.severity.name == "ERROR" for found in row.findings)
            self._bar.update(self._task, kecamatan=row.kecamatan[:24])
        self._bar.update(self._task, completed=done, kesalahan=self._errors)


def _bar() -> "Progress":
    from rich.console import Console  # noqa: PLC0415 - a pipe does without
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("berkesalahan: {task.fields[kesalahan]}"),
        TextColumn("sisa"),
        TimeRemainingColumn(),
        TextColumn("{task.fields[kecamatan]}"),
        console=Console(stderr=True),
        transient=True,
    )


def progress_for(file: IO[str]) -> PlainProgress | BarProgress:
    """What fits the stream."""
    return BarProgress() if file.isatty() else PlainProgress(file)
