"""What one run of a program cost: processor time, time on the clock, and memory at its peak."""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_ROOT = Path(__file__).parents[1]
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
    start = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, *arguments], cwd=_ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as process:
        assert process.stderr is not None
        said = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - start
    if process.returncode:
        raise RuntimeError(f"{' '.join(arguments)}: {process.returncode}\n{said.decode(errors='replace')}")
    return Cost(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss * _BYTES)
