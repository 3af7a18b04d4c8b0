"""What one run of a program cost: processor time, time on the clock, and memory at its peak."""

import contextlib
import ctypes
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

_ROOT = Path(__file__).parents[1]
_SET_CHILD_SUBREAPER = 36  # of prctl
_BYTES = 1 if sys.platform == "darwin" else 1024  # of ru_maxrss


@dataclass(frozen=True, slots=True)
class Cost:
    """What a run cost, its child processes included.

    Attributes:
        cpu: seconds of processor time, of the program and of the system for it.
        wall: seconds on the clock.
        peak: bytes of the largest process.
    """

    cpu: float
    wall: float
    peak: int


def cost_of(arguments: Sequence[str]) -> Cost:
    """Run Python with these arguments from the root of the repository.

    Raises:
        RuntimeError: it failed, so that its time says nothing.
    """
    _adopt_orphans()
    start = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, *arguments],
        cwd=_ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        assert process.stderr is not None
        said = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - start
    every = [usage, *_left_behind(process.pid)]
    if process.returncode:
        raise RuntimeError(f"{' '.join(arguments)}: {process.returncode}\n{said.decode(errors='replace')}")
    cpu = sum(each.ru_utime + each.ru_stime for each in every)
    return Cost(cpu, wall, max(each.ru_maxrss for each in every) * _BYTES)


def _adopt_orphans() -> None:
    """Let what outlives a program be waited for here; Linux alone can, elsewhere it is not counted.

    The processes of lkt batch are children of one that begins before them and ends after the program.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def _left_behind(group: int) -> Iterator[resource.struct_rusage]:
    """What the processes cost that a program left behind in its process group."""
    with contextlib.suppress(ChildProcessError):
        while True:
            yield os.wait4(-group, 0)[2]
