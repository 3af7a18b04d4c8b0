"""Processes: one batch at a time in an output folder, and the jobs of a batch on all cores."""

import contextlib
import multiprocessing
import os
import platform
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import TypeVar

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


# Many jobs on all cores ------------------------------------------------------------------------------------

J = TypeVar("J")
R = TypeVar("R")


def run_jobs(
    jobs: Sequence[J], work: Callable[[J], R], *, lost: Callable[[J], R], processes: int | None
) -> Iterator[tuple[J, R]]:
    """Every job with its answer, in the order in which they are done.

    Args:
        jobs: the jobs.
        work: does one; it and the jobs can be pickled, and it raises nothing.
        lost: the answer for a job that took its process down with it.
        processes: how many run at once; None for one a core. With one the jobs are done in this process.

    Raises:
        KeyboardInterrupt: the user stopped it; the jobs that were begun are done.
    """
    number = min(processes or _cores(), len(jobs))
    if number < 2:
        yield from ((job, work(job)) for job in jobs)
        return
    left = dict(enumerate(jobs))
    pool = _pool(number)
    try:
        places = {pool.submit(work, job): place for place, job in left.items()}
        for future in as_completed(places):
            answer = future.result()
            yield left.pop(places[future]), answer
    except BrokenProcessPool:
        pass
    finally:
        pool.shutdown(cancel_futures=True)
    # A process was killed, for want of memory perhaps: each job that is left gets one of its own.
    for job in left.values():
        with _pool(1) as alone:
            try:
                answer = alone.submit(work, job).result()
            except BrokenProcessPool:
                answer = lost(job)
        yield job, answer


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _pool(processes: int) -> ProcessPoolExecutor:
    """New processes, none of them a copy of this one, which would copy the threads of the progress bar.

    Where the system can, they are copies of a process that did nothing but import what they need; that
    saves a fifth of the time of 21 workbooks.
    """
    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
    context.set_forkserver_preload(["lkt.batch.running", "lkt.cli"])
    return ProcessPoolExecutor(processes, mp_context=context, initializer=_leave_stopping_to_the_first)


def _leave_stopping_to_the_first() -> None:
    """Ctrl-C reaches every process of the terminal; the first one stops the others, between two jobs."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
