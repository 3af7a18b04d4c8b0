"""Many jobs on all cores: each answer as it comes, and a stop that leaves whole files."""

import gc
import itertools
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_all_start_methods, get_context
from typing import Self, TypeVar

J = TypeVar("J")
R = TypeVar("R")

_AHEAD = 4
_NEEDED = ("lkt.batch.identity", "lkt.batch.work", "lkt.cli")  # the last by the script that starts lkt
_BY_PROCESS = 4  # fewer jobs for each process are done sooner without it


def cores() -> int:
    """How many jobs can run at once."""
    count = getattr(os, "process_cpu_count", os.cpu_count)
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return count() or 1


class Pool:
    """Processes that do one row of jobs after another; begun with the first, ended with the block.

    Args:
        processes: how many run at once; with few jobs there are fewer, or none but this one.
    """

    def __init__(self, processes: int) -> None:
        self._processes = processes
        self._running: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        """Nothing is begun yet."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the processes; the jobs that were begun are done."""
        self.end()

    def end(self) -> None:
        """End the processes before the block does; the next jobs begin others."""
        if self._running is not None:
            self._running.shutdown(wait=True, cancel_futures=True)
            self._running = None

    def run(
        self, jobs: Sequence[J], work: Callable[[J], R], *, lost: Callable[[J], R]
    ) -> Iterator[tuple[J, R]]:
        """Every job with its answer, in the order in which they are done.

        Args:
            jobs: the jobs.
            work: does one; it and the jobs can be pickled, and it raises nothing.
            lost: the answer for a job that took its process down with it.

        Raises:
            KeyboardInterrupt: the user stopped it; the jobs that were begun are done.
        """
        processes = min(self._processes, len(jobs) // _BY_PROCESS)
        if processes < 2:
            yield from ((job, work(job)) for job in jobs)
            return
        left = dict(enumerate(jobs))
        for number, answer in self._in_processes(left, work, processes):
            yield left.pop(number), answer
        # A process was killed, for want of memory perhaps: each job that is left gets one of its own.
        for job in left.values():
            yield job, _alone(job, work, lost)

    def _in_processes(
        self, jobs: dict[int, J], work: Callable[[J], R], processes: int
    ) -> Iterator[tuple[int, R]]:
        if self._running is None:
            self._running = _begun(processes)
        pool = self._running
        waiting = iter(list(jobs.items()))
        numbers: dict[Future[R], int] = {}
        try:
            while True:
                # A few jobs ahead of each process: enough that none is idle, and an answer is kept by nobody.
                for number, job in itertools.islice(waiting, _AHEAD * processes - len(numbers)):
                    numbers[pool.submit(work, job)] = number
                if not numbers:
                    return
                for future in wait(numbers, return_when=FIRST_COMPLETED).done:
                    yield numbers.pop(future), future.result()
        except BrokenProcessPool:
            self.end()


def _alone(job: J, work: Callable[[J], R], lost: Callable[[J], R]) -> R:
    with _begun(1) as pool:
        try:
            return pool.submit(work, job).result()
        except BrokenProcessPool:
            return lost(job)


def _begun(processes: int) -> ProcessPoolExecutor:
    """Processes that are no copies of this one, which would copy the threads of the progress bar.

    Where the system can, they are copies of one that has imported all they need and done nothing else; else
    each begins anew, which costs it half a second.
    """
    context = get_context("forkserver" if "forkserver" in get_all_start_methods() else "spawn")
    context.set_forkserver_preload(list(_NEEDED))
    return ProcessPoolExecutor(processes, mp_context=context, initializer=_begin)


def _begin() -> None:
    """Ctrl-C reaches every process of the terminal; the first one stops the others, between two jobs.

    What was imported stays until the end, so that the collector need not look at it time and again.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()
