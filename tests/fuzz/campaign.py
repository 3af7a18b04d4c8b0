"""Inputs made from the seeds by a numbered chance, each tried under a bound on its time and memory.

The same target, seed and number give the same bytes.
"""

import contextlib
import random
import signal
import sys
import time
import traceback
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from types import FrameType

from lxml import etree

from lkt.errors import LktError
from tests.fuzz.mutating import packed, unpacked
from tests.fuzz.targets import Target

SECONDS = 5.0
"""Of this process, not of the clock: the machine may have other work."""
MEGABYTES = 700
_CHAINED = 0.3  # of the inputs are made from an input before them
_ROOT = Path(__file__).parents[2]


# One input -------------------------------------------------------------------------------------------------


class TooSlowError(BaseException):
    """Not an ``Exception``, which the code that is tried could catch."""


@dataclass(frozen=True, slots=True)
class Crash:
    """What should not have come of an input.

    Attributes:
        key: the type of the exception, or what was exceeded, and where in lkt: equal for one mistake.
        detail: the traceback.
    """

    key: str
    detail: str


def crash_of(read: Callable[[bytes], object], data: bytes, seconds: float = SECONDS) -> Crash | None:
    """Try one input; None where it ends in a value or an ``LktError`` within the bounds."""
    before, start = _peak(), time.process_time()
    try:
        with warnings.catch_warnings(), _bounded(seconds):
            warnings.simplefilter("error")
            read(data)
    except LktError:
        pass
    except (Exception, TooSlowError) as error:  # noqa: BLE001 - that is what is looked for
        return Crash(f"{type(error).__name__} {_place(error)}", traceback.format_exc(limit=-6))
    spent, grown = time.process_time() - start, _peak() - before
    if spent > seconds:
        return Crash("TooSlowError", f"{spent:.1f} seconds")
    return Crash("TooMuchMemory", f"{grown:.0f} MB") if grown > MEGABYTES else None


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
    """The innermost line of our own; its file alone where an endless recursion or run is cut anywhere."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if Path(frame.filename).is_relative_to(_ROOT / "lkt")]
    if not ours:
        return ""
    file = Path(ours[-1].filename).relative_to(_ROOT).as_posix()
    return file if isinstance(error, TooSlowError | RecursionError) else f"{file}:{ours[-1].lineno}"


# Many inputs -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Found:
    """An input that was not dealt with."""

    target: Target
    seed: int
    number: int
    data: bytes
    crash: Crash

    def __str__(self) -> str:
        place = f"seed {self.seed}, input {self.number}"
        return f"{self.target.name}: {self.crash.key} ({place})\n{self.crash.detail}"

    def keep(self, folder: Path) -> str:
        """Store the input; how to meet the mistake again."""
        folder.mkdir(parents=True, exist_ok=True)
        suffix = ".zip" if self.data.startswith(b"PK") else ".bin"
        path = folder / f"{self.target.name}-{sha256(self.data).hexdigest()[:10]}{suffix}"
        path.write_bytes(self.data)
        return f"python -m tests.fuzz --target {self.target.name} --file {path}"


def made(target: Target, seed: int, number: int) -> bytes:
    """One input; it depends on nothing else that was tried."""
    chance = random.Random(f"{target.name} {seed} {number}")
    data = target.mutate(chance.choice(target.corpus()), chance)
    while chance.random() < _CHAINED:
        data = target.mutate(data, chance)
    return data


def campaign(target: Target, seed: int, *, seconds: float = 0, inputs: int = 0) -> Iterator[Found]:
    """Try inputs until the time is up or there were that many; each mistake is told once."""
    end, number, known = time.monotonic() + seconds, 0, set[str]()
    while number < inputs or time.monotonic() < end:
        data = made(target, seed, number)
        crash = crash_of(target.read, data)
        if crash is not None and crash.key not in known:
            known.add(crash.key)
            yield Found(target, seed, number, data, crash)
        number += 1


# A smaller input of one mistake ----------------------------------------------------------------------------


def smaller(target: Target, data: bytes, key: str) -> bytes:
    """An input that meets the same mistake, with as few entries, then as few elements as possible."""

    def meets(candidate: bytes) -> bool:
        crash = crash_of(target.read, candidate)
        return crash is not None and crash.key == key

    for shrink in (_without_entries, _without_elements):
        start = 0
        while True:
            for number, candidate in enumerate(shrink(data, start), start):
                if meets(candidate):
                    data, start = candidate, number  # what was needed before it is needed still
                    break
            else:
                break
    return data


def _without_entries(data: bytes, start: int) -> Iterator[bytes]:
    parts = unpacked(data)
    for at in range(start, len(parts)):
        yield packed(parts[:at] + parts[at + 1 :])


def _without_elements(data: bytes, start: int) -> Iterator[bytes]:
    """Without one element of one part, in document order, from the element of a number on."""
    parts, number = unpacked(data), 0
    for at, (name, part) in enumerate(parts):
        try:
            count = sum(1 for _ in etree.fromstring(part).iter())
        except (etree.LxmlError, ValueError):
            continue
        for place in range(1, count):
            if number >= start:
                root = etree.fromstring(part)
                element = list(root.iter())[place]
                parent = element.getparent()
                if parent is not None:
                    parent.remove(element)
                yield packed([*parts[:at], (name, etree.tostring(root)), *parts[at + 1 :]])
            number += 1
