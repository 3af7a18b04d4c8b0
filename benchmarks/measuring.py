"""What one run of a program costs: processor time, time on the clock, and memory at its peak.

``python -m benchmarks.measuring ARGUMENTS`` runs Python with these arguments and prints the cost as JSON. It
is a process of its own for each run, since a program begins with the peak of the one that starts it: whoever
makes two thousand workbooks first would find that memory again in every program.
"""

import contextlib
import ctypes
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
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
        peak: bytes of the largest process; what is smaller than the measuring process itself, some 15 MB, is
            told as that.
    """

    cpu: float
    wall: float
    peak: int


def cost_of(arguments: Sequence[str], bytecode: Path) -> Cost:
    """Run Python with these arguments from the root of the repository.

    Args:
        arguments: what to run.
        bytecode: a folder for compiled modules.

    Raises:
        RuntimeError: it failed, so that its time says nothing.
    """
    command, env = [sys.executable, "-m", "benchmarks.measuring", *arguments], compiled_in(bytecode)
    done = subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, check=False, env=env)
    if done.returncode:
        raise RuntimeError(f"{' '.join(arguments)}: {done.returncode}\n{done.stderr}")
    return Cost(**json.loads(done.stdout))


def compiled_in(folder: Path) -> dict[str, str]:
    """The environment in which all modules are read from bytecode, as those of an installed program are.

    Where this environment forbids Python to write any, lkt alone would be compiled anew each time.
    """
    own = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**own, "PYTHONPYCACHEPREFIX": str(folder)}


def _run(arguments: Sequence[str]) -> tuple[Cost, int]:
    """The cost of a run, and its exit code."""
    _adopt_orphans()
    start = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, *arguments], stdout=subprocess.DEVNULL, start_new_session=True
    ) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - start
    every = [usage, *_left_behind(process.pid)]
    cpu = sum(each.ru_utime + each.ru_stime for each in every)
    return Cost(cpu, wall, max(each.ru_maxrss for each in every) * _BYTES), process.returncode


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


def main() -> None:
    """Run Python with the arguments given, print what it cost, and end as it did."""
    cost, code = _run(sys.argv[1:])
    print(json.dumps(asdict(cost)))
    sys.exit(code)


if __name__ == "__main__":
    main()
