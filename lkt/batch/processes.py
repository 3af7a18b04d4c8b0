"""Processes: one batch at a time in an output folder, and its jobs on all cores, ended where they hang."""

import contextlib
import multiprocessing
import os
import platform
import signal
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any, TypeVar

from lkt.errors import OutputError

# One batch at a time: a lock that the system itself releases when its holder dies --------------------------

_LOCK = "kunci"
_FAR = 1 << 30  # Windows locks bytes against reading too; this one is behind what is written


@contextlib.contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """Hold the lock of an existing folder for as long as the block runs.

    Two batches in one folder would build every report twice and take each other's for files of the user's.
    The file stays; what counts is the lock on it. A file system that knows no locks is used without.

    Raises:
        OutputError: another batch holds it.
    """
    try:
        handle = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError:  # the first report tells why nothing can be written here
        yield
        return
    try:
        if not _take(handle):
            os.lseek(handle, 0, os.SEEK_SET)
            holder = "".join(filter(str.isprintable, os.read(handle, 200).decode(errors="replace")))
            raise OutputError(
                f"Folder “{folder.parent}” sedang dipakai lkt batch lain ({holder}).",
                "Tunggu sampai selesai, atau pilih folder hasil lain dengan --output.",
            )
        with contextlib.suppress(OSError):
            os.ftruncate(handle, 0)
            os.lseek(handle, 0, os.SEEK_SET)
            os.write(handle, f"proses {os.getpid()} di komputer {platform.node()}".encode())
        yield
    finally:
        os.close(handle)


def _take(handle: int) -> bool:
    """Take the lock unless another process holds it; a file system that knows no locks gives it to anyone."""
    try:
        if os.name == "nt":
            import msvcrt  # noqa: PLC0415

            os.lseek(handle, _FAR, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            import fcntl  # noqa: PLC0415

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:
        return True
    return True


# Many jobs on all cores, each with a limit of time and memory ----------------------------------------------

SECONDS = 120
"""For one job. A workbook with its report takes two."""
MEMORY = 2 * 1024**3
"""Bytes of address space for the process of a job, where the system can limit that, as Linux can."""

J = TypeVar("J")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A job came to no end; ``reason`` is told after "tidak selesai: "."""

    reason: str


def run_jobs(
    jobs: Sequence[J], work: Callable[[J], R], *, processes: int | None, seconds: float = SECONDS
) -> Iterator[tuple[J, R | Unfinished]]:
    """Every job with its answer, in the order in which they are done; none stops the others.

    Args:
        jobs: the jobs.
        work: does one, in another process; it, the jobs and the answers can be pickled.
        processes: how many run at once; None for one a core.
        seconds: after which a job is ended.

    Raises:
        KeyboardInterrupt: the user stopped it; the jobs that were begun are done.
    """
    waiting = list(reversed(jobs))
    most = processes or _cores()
    idle: list[_Worker] = []
    busy: dict[Connection, tuple[_Worker, J, float]] = {}
    try:
        while waiting or busy:
            while waiting and len(busy) < most:
                worker, job = idle.pop() if idle else _Worker(work), waiting.pop()
                with contextlib.suppress(OSError):  # one that died meanwhile has an end of its pipe to read
                    worker.pipe.send(job)
                busy[worker.pipe] = worker, job, time.monotonic() + seconds
            first = min(end for *_, end in busy.values())
            ready = wait(list(busy), max(0.0, first - time.monotonic()))
            late = [pipe for pipe, (*_, end) in busy.items() if pipe not in ready and end <= time.monotonic()]
            for pipe in (*busy.keys() & {*ready}, *late):
                worker, job, _ = busy.pop(pipe)
                answer = Unfinished(_TOO_SLOW.format(seconds)) if pipe in late else worker.answer()
                if pipe in late:
                    worker.end()
                elif worker.process.is_alive():
                    idle.append(worker)
                yield job, answer
    finally:
        for worker, _, end in busy.values():
            worker.pipe.poll(max(0.0, end - time.monotonic()))
        for worker in (*idle, *(worker for worker, *_ in busy.values())):
            worker.end()


_TOO_SLOW = "belum selesai sesudah {:g} detik, lalu dihentikan"
_DIED = "prosesnya berhenti, mungkin karena kehabisan memori"
_NO_MEMORY = f"memerlukan lebih dari {MEMORY // 1024**3} GB memori"


_LONGEST_FOLDER = 60
"""In bytes, of the temporary folder: the socket of a forkserver has a name of at most 107."""


class _Worker:
    """A process that does one job after another, and can be ended in the midst of one.

    It is no copy of this one, which would copy the threads of the progress bar. Where the system can, it is
    one of a process that did nothing but import what is needed; that saves a fifth of the time of 21
    workbooks.
    """

    def __init__(self, work: Callable[[Any], Any]) -> None:
        able = "forkserver" in multiprocessing.get_all_start_methods()
        able = able and len(os.fsencode(tempfile.gettempdir())) <= _LONGEST_FOLDER
        context: Any = multiprocessing.get_context("forkserver" if able else "spawn")
        context.set_forkserver_preload(["lkt.batch.running", "lkt.cli"])
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(theirs, work), daemon=True)
        self.process.start()
        theirs.close()

    def answer(self) -> Any:
        """What its job came to."""
        try:
            return self.pipe.recv()
        except (EOFError, OSError):
            self.end()
            return Unfinished(_DIED)

    def end(self) -> None:
        """End it, whatever it is at."""
        self.process.kill()
        self.process.join()
        self.pipe.close()


def _serve(pipe: Connection, work: Callable[[Any], Any]) -> None:
    """Do jobs until there are no more; Ctrl-C, which all processes of a terminal get, is for the first."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(ImportError, OSError, ValueError):  # Windows has no limits, macOS not this one
        import resource  # noqa: PLC0415

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    with contextlib.suppress(EOFError):
        while True:
            job = pipe.recv()
            try:
                answer = work(job)
            except MemoryError:
                answer = Unfinished(_NO_MEMORY)
            except Exception as error:  # noqa: BLE001 - a bug met in one job must not take the others along
                answer = Unfinished(f"kesalahan program ({type(error).__name__}: {error})")
            pipe.send(answer)


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
