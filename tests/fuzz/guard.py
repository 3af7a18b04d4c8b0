"""One input under guard: what it raises, how long it takes, how much memory it wants."""

import contextlib
import signal
import sys
import time
import traceback
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from lkt.errors import LktError

SECONDS = 5.0
"""Of this process, not of the clock: the machine may have other work."""
MEGABYTES = 700
_ROOT = Path(__file__).parents[2]


class TooSlowError(BaseException):
    """No ``except Exception`` of what is tried may take it for its own."""


@dataclass(frozen=True, slots=True)
class Crash:
    """What should not have come of an input.

    Attributes:
        kind: the type of the exception, or what was exceeded.
        place: where in lkt, so that the same mistake is told once.
        detail: the traceback.
    """

    kind: str
    place: str
    detail: str

    @property
    def key(self) -> str:
        """The same for two inputs that meet the same mistake."""
        return f"{self.kind} {self.place}"


def crash_of(read: Callable[[bytes], object], data: bytes, seconds: float = SECONDS) -> Crash | None:
    """Try one input; None where all is well."""
    before, start = _peak(), time.process_time()
    try:
        with warnings.catch_warnings(), _bounded(seconds):
            warnings.simplefilter("error")
            read(data)
    except LktError:
        pass
    except (Exception, TooSlowError) as error:  # noqa: BLE001 - that is what is looked for
        return Crash(type(error).__name__, _place(error), traceback.format_exc(limit=-6))
    spent, grown = time.process_time() - start, _peak() - before
    if spent > seconds:
        return Crash("TooSlowError", "", f"{spent:.1f} seconds")
    return Crash("TooMuchMemory", "", f"{grown:.0f} MB") if grown > MEGABYTES else None


@contextlib.contextmanager
def _bounded(seconds: float) -> Iterator[None]:
    """Break off after so many seconds of the processor, where the system can do that."""
    if sys.platform == "win32":
        yield
        return

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise TooSlowError

    old = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, old)


def _peak() -> float:
    """The most memory that this process ever had, in MB; 0 where the system does not tell."""
    if sys.platform == "win32":
        return 0.0
    import resource  # noqa: PLC0415 - not on Windows

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1024**2 if sys.platform == "darwin" else 1024)


def _place(error: BaseException) -> str:
    """The innermost line of our own; for an endless recursion or run the function alone would differ."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if Path(frame.filename).is_relative_to(_ROOT / "lkt")]
    if not ours:
        return ""
    file = Path(ours[-1].filename).relative_to(_ROOT).as_posix()
    return file if isinstance(error, TooSlowError | RecursionError) else f"{file}:{ours[-1].lineno}"
