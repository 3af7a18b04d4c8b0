"""How a batch goes on: a bar on a terminal, plain lines on a pipe."""

import sys
from types import TracebackType
from typing import IO, TYPE_CHECKING, Self

from lkt.batch.view import step_line
from lkt.formats.screen import line, print_view
from lkt.recap.ringkasan import Ringkasan

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


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

    def step(self, done: int, row: Ringkasan | None = None) -> None:
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

    def step(self, done: int, row: Ringkasan | None = None) -> None:
        """So many are done; the last one came to this."""
        assert self._task is not None
        if row is not None:
            self._errors += bool(row.pesan) or any(
                found.severity.name == "ERROR" for found in row.daftar_temuan
            )
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
